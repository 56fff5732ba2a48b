//! Who sees what: only public words that are out, in a real incident, to the letter, and never as markup.

use super::page::{LISTED, list, missing, statement};
use super::{Published, Site, feed, is_number};
use crate::domain::Command;
use crate::domain::given::{Case, an_incident, an_incident_with, at};
use crate::domain::ids::{Digest, IncidentId, RowId};
use crate::domain::statement::{Command as Say, Follows, Relation};

fn id(text: &str) -> RowId {
    RowId::new(text).expect("an id")
}

fn all(case: &Case) -> Vec<Published> {
    Published::of(&IncidentId::new("su-co-1").expect("an id"), case.incident())
}

fn site() -> Site {
    Site::new("https://phatngon.example.vn/", Some("Cơ quan <A>"))
}

fn acts(case: Case, who: &str, command: Say) -> Case {
    case.by(who).when(Command::Statement(command)).accepted()
}

/// Drafted, written and submitted.
fn submitted(case: Case, row: &str, kind: &str, title: &str, words: &str, follows: Option<Follows>) -> Case {
    let draft = Say::Draft { id: id(row), kind: kind.into(), title: Some(title.into()), follows };
    let case = acts(case, "drafter", draft);
    let over = case.incident().statements.get(&id(row)).expect("drafted").digest;
    let case = acts(case, "drafter", Say::Write { id: id(row), over, text: words.into() });
    acts(case, "drafter", Say::Submit { id: id(row), digest: Digest::of(words.as_bytes()) })
}

/// The same, approved and out on the portal at this time of the day.
fn out(case: Case, row: &str, kind: &str, words: &str, time: &str, follows: Option<Follows>) -> Case {
    let digest = Digest::of(words.as_bytes());
    let case = submitted(case.at(at(time)), row, kind, &format!("Về {row}"), words, follows);
    let case =
        if kind == "qa_sheet" { case } else { acts(case, "party", Say::Approve { id: id(row), digest }) };
    let case = acts(case, "people", Say::Approve { id: id(row), digest });
    let link = Some("https://cong.example.vn/?a=1&b=2".to_owned());
    let publish = Say::Publish { id: id(row), digest, channel: "portal".into(), at: at(time), link };
    acts(case, "people", publish)
}

/// One statement that is out.
pub(crate) fn given() -> Published {
    let case = out(an_incident(), "a", "holding_statement", "Đập an toàn.", "13:00:00", None);
    all(&case).remove(0)
}

fn follows(row: &str, relation: Relation) -> Option<Follows> {
    Some(Follows { statement: id(row), relation })
}

#[test]
fn nothing_is_public_but_public_words_that_are_out() {
    let case = out(an_incident(), "a", "holding_statement", "Đập an toàn.", "13:00:00", None);
    let case = out(case, "noi-bo", "qa_sheet", "Chỉ trong phòng.", "13:10:00", None);
    let case = submitted(case, "b", "holding_statement", "Đang trình", "Chưa duyệt.", None);
    let draft = Say::Draft { id: id("c"), kind: "holding_statement".into(), title: None, follows: None };
    let case = acts(case, "drafter", draft);
    let case = acts(case, "drafter", Say::Drop { id: id("c"), reason: "thừa".into() });
    let seen = all(&case);
    let [row] = &seen[..] else { panic!("one statement: {seen:#?}") };
    assert_eq!((row.path().as_str(), row.at), ("/phat-ngon/SC-2026-0001/PN-01", at("13:00:00")));
    assert_eq!(Digest::of(row.text.as_bytes()), row.digest);
    assert_eq!(row.speaker.name, "Nguyễn Văn people");
    let everything =
        [statement(&site(), row), list(&site(), &seen, 1, 1), feed::json(&site(), &seen)].concat();
    for kept in ["Chỉ trong phòng", "Chưa duyệt", "Tin đồn vỡ đập", "Xã Thử"] {
        assert!(!everything.contains(kept), "{kept}");
    }
    let exercise = out(
        an_incident_with(|opening| opening.exercise = true),
        "a",
        "holding_statement",
        "Diễn tập.",
        "13:00:00",
        None,
    );
    assert_eq!(all(&exercise), []);
    assert_eq!(all(&an_incident_with(|opening| opening.number = "../SC".into())), []);
}

#[test]
fn older_and_newer_words_point_at_each_other() {
    let first = "Hai người mất tích.";
    let case = out(an_incident(), "a", "holding_statement", first, "13:00:00", None);
    let case =
        out(case, "b", "holding_statement", "Một người.", "14:00:00", follows("a", Relation::Correction));
    let case = out(case, "c", "holding_statement", "Không ai.", "15:00:00", follows("b", Relation::Update));
    let seen = all(&case);
    let by_number = |number: &str| seen.iter().find(|row| row.number == number).expect("public").clone();
    let (a, b, c) = (by_number("PN-01"), by_number("PN-01.2"), by_number("PN-01.3"));
    let page = statement(&site(), &a);
    let top = page.find("đã được đính chính").expect("said");
    assert!(top < page.find("<article>").expect("there"), "at the very top");
    assert!(page[top..].contains("/phat-ngon/SC-2026-0001/PN-01.2"), "the newer");
    assert!(page.contains("Bản mới nhất: <a href=\"/phat-ngon/SC-2026-0001/PN-01.3\">"), "and the newest");
    let newer = statement(&site(), &b);
    assert!(newer.contains("Bản này đính chính <a href=\"/phat-ngon/SC-2026-0001/PN-01\">"), "{newer}");
    assert!(newer.contains("đã có bản cập nhật"));
    assert!(statement(&site(), &c).contains("Bản này cập nhật"));
    // The standing of the older ones changed when the newer went out; ids stay.
    assert_eq!([a.updated, b.updated, c.updated], [at("14:00:00"), at("15:00:00"), at("15:00:00")]);
    let before = all(&out(an_incident(), "a", "holding_statement", first, "13:00:00", None));
    assert_eq!((before[0].id, before[0].updated), (a.id, at("13:00:00")));
    // Words that are wrong are not spread by the list.
    assert!(!list(&site(), &[a], 1, 1).contains(first));
}

#[test]
fn an_inner_successor_is_not_named_but_its_correction_is_told() {
    for (relation, told) in [(Relation::Withdrawal, true), (Relation::Update, false)] {
        let case = out(an_incident(), "a", "holding_statement", "Đập an toàn.", "13:00:00", None);
        let case = out(case, "b", "qa_sheet", "Trong phòng.", "14:00:00", follows("a", relation));
        let seen = all(&case);
        let [row] = &seen[..] else { panic!("one statement: {seen:#?}") };
        let page = statement(&site(), row);
        assert_eq!(page.contains("không còn giá trị"), told, "{page}");
        assert!(!page.contains("PN-01.2") && !page.contains("Về b"), "{page}");
    }
}

#[test]
fn whatever_people_wrote_stays_text() {
    let words = "<script>alert(1)</script>\n# Không phải tiêu đề\n\n**đậm** & \"nháy\" 'đơn'";
    let case = submitted(an_incident(), "a", "holding_statement", "<b>'\"&", words, None);
    let digest = Digest::of(words.as_bytes());
    let case = acts(case, "party", Say::Approve { id: id("a"), digest });
    let case = acts(case, "people", Say::Approve { id: id("a"), digest });
    let link = Some("https://x.vn/\"><script>".to_owned());
    let publish = Say::Publish { id: id("a"), digest, channel: "portal".into(), at: at("12:30:00"), link };
    let case = acts(case, "people", publish);
    let seen = all(&case);
    let feeds = [feed::atom(&site(), &seen), feed::json(&site(), &seen)];
    for page in [statement(&site(), &seen[0]), list(&site(), &seen, 1, 1), missing(&site())] {
        assert!(
            !page.contains("<script") && !page.contains("<b>'") && !page.contains("Cơ quan <A>"),
            "{page}"
        );
    }
    assert!(!feeds[0].contains("<script"), "{}", feeds[0]);
    let item: serde_json::Value = serde_json::from_str(&feeds[1]).expect("JSON");
    let html = item["items"][0]["content_html"].as_str().expect("text");
    assert!(
        html.contains("&lt;script&gt;") && html.contains("<br>\n# Không") && !html.contains("<h1"),
        "{html}"
    );
    assert_eq!(item["items"][0]["content_text"], words);
}

#[test]
fn the_list_has_pages_and_the_clock_is_the_incidents() {
    let case = out(an_incident(), "a", "holding_statement", "Đập an toàn.", "13:00:00", None);
    let seen = all(&case);
    let page = list(&site(), &seen, 2, 3);
    assert!(page.contains("Trang 2/3") && page.contains("href=\"/\">Mới hơn") && page.contains("/trang/3"));
    assert!(
        page.contains("<time datetime=\"2026-03-01T13:00:00+07:00\">13:00 ngày 01/03/2026</time>"),
        "{page}"
    );
    assert!(!list(&site(), &[], 1, 1).contains("Trang 1") && LISTED > 1);
    for bad in ["", "..", ".a", "a/b", "a b", "a%2f", "ạ", "PN-01.txt", &"a".repeat(41)] {
        assert!(!is_number(bad), "{bad}");
    }
}
