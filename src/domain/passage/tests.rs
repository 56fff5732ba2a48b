//! Who finds what: what the room shows, and nothing that it hides.

use super::{Kind, Passage, Seen};
use crate::domain::given::{Case, an_incident, at};
use crate::domain::ids::{Digest, RowId};
use crate::domain::statement::Command as Say;
use crate::domain::{Command, Viewer};
use serde_json::json;

const SECRET: &str = "Ba mươi hộ đã sơ tán.";

fn id(text: &str) -> RowId {
    RowId::new(text).expect("an id")
}
fn acts(case: Case, who: &str, command: Say) -> Case {
    case.by(who).when(Command::Statement(command)).accepted()
}
fn drafted() -> Case {
    let draft = Say::Draft { id: id("s"), kind: "holding_statement".into(), title: None, follows: None };
    let case = acts(an_incident(), "drafter", draft);
    let over = case.incident().statements.get(&id("s")).expect("drafted").digest;
    acts(case, "drafter", Say::Write { id: id("s"), over, text: SECRET.into() })
}
fn seen_by(case: &Case, viewer: Viewer, kind: Kind) -> Vec<Passage> {
    let mine = |seen: &Seen| seen.by & viewer.bit() != 0 && seen.passage.kind == kind;
    case.incident().passages_since(0).into_iter().filter(mine).map(|seen| seen.passage).collect()
}

const SCENE: Viewer = Viewer { drafts: false };

#[test]
fn a_draft_is_found_by_the_desk_only_until_it_is_out() {
    let digest = Digest::of(SECRET.as_bytes());
    let case = acts(drafted(), "drafter", Say::Submit { id: id("s"), digest });
    let reason = "Con số chưa chắc".to_owned();
    let case =
        acts(case, "party", Say::Object { id: id("s"), digest, reason: reason.clone(), strong: false });
    let [desk] = &seen_by(&case, Viewer::FULL, Kind::Statement)[..] else { panic!("one") };
    assert!(desk.text.contains(SECRET) && desk.text.contains(&reason));
    assert!(desk.who.contains(&"Nguyễn Văn party".to_owned()) && desk.who.contains(&"VP A".to_owned()));
    let [scene] = &seen_by(&case, SCENE, Kind::Statement)[..] else { panic!("one") };
    assert_eq!((scene.text.as_str(), scene.title.as_str()), ("", desk.title.as_str()), "that it is there");
    assert!(!scene.who.contains(&"Nguyễn Văn party".to_owned()), "nor who judged it");
    let everything =
        format!("{:?}", Kind::ALL.iter().map(|kind| seen_by(&case, SCENE, *kind)).collect::<Vec<_>>());
    assert!(!everything.contains("sơ tán"), "{everything}");

    let case = acts(case, "party", Say::Approve { id: id("s"), digest });
    let case = acts(case, "people", Say::Approve { id: id("s"), digest });
    let (channel, at) = ("portal".into(), at("12:30:00"));
    let link = Some("https://example.vn/1".to_owned());
    let case = acts(case, "people", Say::Publish { id: id("s"), digest, channel, at, link });
    let [scene] = &seen_by(&case, SCENE, Kind::Statement)[..] else { panic!("one") };
    assert!(scene.text.contains(SECRET) && !scene.text.contains(&reason), "{scene:?}");
}

#[test]
fn one_passage_serves_all_who_see_the_same() {
    let text = "Nước đang rút".to_owned();
    let add = json!({ "noun": "entry", "verb": "add", "id": "e", "text": text, "occurred_at": at("11:30:00"),
        "source": "UBND xã" });
    let case = an_incident().by("party").when(serde_json::from_value(add).expect("a command")).accepted();
    let all = case.incident().passages_since(0);
    let [line] = &all.iter().filter(|seen| seen.passage.text.contains(&text)).collect::<Vec<_>>()[..] else {
        panic!("one")
    };
    assert_eq!((line.by, line.passage.at, line.passage.kind), (0b11, at("11:30:00"), Kind::Line));
    assert_eq!(line.passage.who, ["Nguyễn Văn party", "VP A"]);
    assert!(
        all.iter().any(|seen| seen.passage.kind == Kind::Incident && seen.passage.text.contains("Xã Thử"))
    );
}

#[test]
fn nothing_is_left_out_of_a_long_night_and_only_what_changed_comes_again() {
    let say = |n: u32| {
        let say = json!({ "noun": "message", "verb": "send", "id": format!("m-{n}"), "text": format!("tin số {n}") });
        serde_json::from_value::<Command>(say).expect("a command")
    };
    let case = (0..500).fold(an_incident().by("party"), |case, n| case.when(say(n)).accepted());
    assert_eq!(seen_by(&case, SCENE, Kind::Message).len(), 500);
    let before = case.incident().rev;
    let case = case.when(say(500)).accepted();
    let newer = case.incident().passages_since(before);
    assert_eq!(newer.iter().map(|seen| seen.passage.text.as_str()).collect::<Vec<_>>(), ["tin số 500"]);
}
