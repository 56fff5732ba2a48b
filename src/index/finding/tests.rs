//! What is found is what a plain reading of every row finds, whatever was put in between; and little is read for it.

use super::*;
use crate::domain::folding::fold;
use crate::domain::given::{Case, an_incident_with, at};
use crate::domain::ids::{Digest, RowId};
use crate::domain::statement::Command as Say;
use crate::domain::{Command, Viewer, entry};
use crate::log::Head;
use serde_json::json;
use std::time::{Duration, Instant};

/// The same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % (sides as u64)).expect("small")
    }
    fn words(&mut self, among: &[&str], many: usize) -> String {
        (0..many).map(|_| among[self.roll(among.len())]).collect::<Vec<_>>().join(" ")
    }
}

const WORDS: [&str; 24] = [
    "đập",
    "Đắp",
    "hòa",
    "hoà",
    "thủy",
    "thuỷ",
    "điện",
    "vỡ",
    "lũ",
    "xã",
    "Cốc",
    "Ly",
    "an",
    "anh",
    "toàn",
    "sạt",
    "lở",
    "đường",
    "SC-2026",
    "12.300",
    "hộ",
    "sơ",
    "tán",
    "Hmông",
];
const SECRET: [&str; 4] = ["mật", "nháp", "thử", "chưa"];

fn row(text: &str) -> RowId {
    RowId::new(text).expect("an id")
}
fn id(n: usize) -> IncidentId {
    IncidentId::new(&format!("su-co-{n}")).expect("an id")
}
fn head(incident: &Incident) -> Head {
    Head { rev: incident.rev, digest: Digest::of(&incident.rev.to_be_bytes()) }
}
fn put(index: &Index, id: &IncidentId, case: &Case) {
    index.put(id, case.incident(), head(case.incident())).expect("stored");
}
fn opened(n: usize, title: String) -> Case {
    an_incident_with(|opening| {
        opening.title = title;
        opening.number = format!("SC-2026-{n:04}");
    })
}
/// Written as browsers send it: what is added to a command later is left out here.
fn sent(command: serde_json::Value) -> Command {
    serde_json::from_value(command).expect("a command")
}
fn said(n: usize, text: String) -> Command {
    sent(json!({ "noun": "message", "verb": "send", "id": format!("m-{n}"), "text": text }))
}
fn entered(n: usize, text: String) -> Command {
    sent(json!({ "noun": "entry", "verb": "add", "id": format!("e-{n}"), "text": text,
        "occurred_at": at("11:10:00"), "source": null }))
}
fn known(n: usize, label: String, source: String) -> Command {
    sent(json!({ "noun": "fact", "verb": "enter", "id": format!("f-{n}"), "label": label, "value": null,
        "as_of": at("11:00:00"), "source": source }))
}
fn on(command: Say) -> Command {
    Command::Statement(command)
}
fn digest_of(case: &Case, id: &RowId) -> Digest {
    case.incident().statements.get(id).expect("drafted").digest
}

/// Some act or other; what is refused changes nothing.
fn acted(case: Case, n: usize, dice: &mut Dice) -> Case {
    let many = 1 + dice.roll(6);
    let text = dice.words(&WORDS, many);
    let who = ["party", "people", "press", "drafter"][dice.roll(4)];
    let case = case.by(who);
    let old = |dice: &mut Dice| row(&format!("e-{}", dice.roll(n + 1)));
    let s = row(&format!("s-{}", dice.roll(3)));
    let command = match dice.roll(9) {
        0 | 1 => said(n, text),
        2 | 3 => entered(n, text),
        4 => {
            let (id, occurred_at, reason) = (old(dice), at("11:20:00"), "nhầm".into());
            Command::Entry(entry::Command::Correct { id, text, occurred_at, reason })
        }
        5 => known(n, text, "xã".into()),
        6 => on(Say::Draft { id: s, kind: "qa_sheet".into(), title: None, follows: None }),
        7 if case.incident().statements.get(&s).is_some() => {
            let over = digest_of(&case, &s);
            on(Say::Write { id: s, over, text: format!("{text} {}", dice.words(&SECRET, 2)) })
        }
        _ if case.incident().statements.get(&s).is_some() => {
            let digest = digest_of(&case, &s);
            let submitted = case.clone().when(on(Say::Submit { id: s.clone(), digest }));
            let submitted = if submitted.was_accepted() { submitted.accepted() } else { return case };
            let approved = submitted.by("people").when(on(Say::Approve { id: s.clone(), digest }));
            let approved = if approved.was_accepted() { approved.accepted() } else { return case };
            let (channel, at, link) = ("portal".into(), at("12:30:00"), Some("https://example.vn/1".into()));
            let published = approved.when(on(Say::Publish { id: s, digest, channel, at, link }));
            return if published.was_accepted() { published.accepted() } else { case };
        }
        _ => said(n, text),
    };
    let tried = case.clone().when(command);
    if tried.was_accepted() { tried.accepted() } else { case }
}

/// What holds a word, by reading everything.
fn scanned(cases: &[Case], question: &Question, visible: &BTreeMap<IncidentId, u8>) -> Vec<String> {
    let tokens = |text: &str| {
        let folded = fold(text);
        folded.split(|c: char| !c.is_alphanumeric()).map(ToOwned::to_owned).collect::<Vec<_>>()
    };
    let stands = |text: &str, wanted: &Term| tokens(text).iter().any(|token| wanted.is(token));
    let mut found = vec![];
    for (n, case) in cases.iter().enumerate() {
        let Some(eyes) = visible.get(&id(n)) else { continue };
        for Seen { passage, by } in case.incident().passages_since(0) {
            let who = passage.who.join(" ");
            let all = format!("{} {} {who}", passage.title, passage.text);
            let holds = question.words.iter().all(|word| stands(&all, word))
                && question.people.iter().all(|word| stands(&who, word));
            if by & eyes != 0 && holds {
                found.push(format!("{} {} {}", id(n), passage.kind.code(), passage.row));
            }
        }
    }
    found.sort();
    found
}

fn found(index: &Index, question: &Question, visible: &BTreeMap<IncidentId, u8>) -> (Vec<String>, usize) {
    let Findings { hits, stretches } = index.find(question, visible).expect("readable");
    let mut rows = vec![];
    for (id, hits) in hits {
        assert!(hits.is_sorted_by(|a, b| a.second >= b.second), "the newest first");
        for hit in hits {
            let passage = index.passage(&id, hit.row).expect("readable").expect("kept");
            assert_eq!(passage.kind, hit.kind);
            rows.push(format!("{id} {} {}", passage.kind.code(), passage.row));
        }
    }
    rows.sort();
    (rows, stretches)
}

fn asked(words: &str, people: &str) -> Question {
    Question { words: Term::read(words), people: Term::read(people), ..Question::default() }
}

#[test]
fn what_grew_line_by_line_finds_what_a_rebuild_finds_and_what_a_plain_reading_does() {
    let dir = tempfile::tempdir().expect("a directory");
    let open = |name: &str| Index::open(&dir.path().join(name)).expect("openable");
    let (grown, rebuilt) = (open("grown"), open("rebuilt"));
    let mut dice = Dice(20_241_110);
    let mut cases: Vec<Case> = (0..4).map(|n| opened(n, dice.words(&WORDS, 4))).collect();
    for (n, case) in cases.iter().enumerate() {
        put(&grown, &id(n), case);
    }
    for step in 0..500 {
        let n = dice.roll(cases.len());
        cases[n] = acted(cases[n].clone(), step, &mut dice);
        if dice.roll(3) == 0 {
            put(&grown, &id(n), &cases[n]);
        }
    }
    for (n, case) in cases.iter().enumerate() {
        put(&grown, &id(n), case);
        put(&rebuilt, &id(n), case);
    }
    let mut non_empty = 0;
    for _ in 0..300 {
        let (many, named) = (dice.roll(3), dice.roll(4) == 0);
        let mut words = dice.words(&WORDS, many);
        if dice.roll(3) == 0 {
            words = format!("{words} {}", dice.words(&SECRET, 1));
        }
        let question = asked(&words, if named { "nguyen PARTY" } else { "" });
        if question.words.is_empty() && question.people.is_empty() {
            continue;
        }
        let eyes = (0..cases.len()).filter(|_| dice.roll(4) > 0).map(|n| (id(n), n)).collect::<Vec<_>>();
        let visible = eyes.into_iter().map(|(id, _)| (id, 1 << dice.roll(2))).collect();
        let plain = scanned(&cases, &question, &visible);
        non_empty += usize::from(!plain.is_empty());
        assert_eq!(found(&grown, &question, &visible).0, plain, "{words}");
        assert_eq!(found(&rebuilt, &question, &visible).0, plain, "{words}");
    }
    assert!(non_empty > 100, "the questions ask for something: {non_empty}");
    // As an index of another log is taken in: everything anew, and nothing of what was.
    let older = opened(0, "núi lửa".into());
    put(&grown, &id(0), &older);
    let visible = BTreeMap::from([(id(0), Viewer::FULL.bit())]);
    assert_eq!(
        found(&grown, &asked("nui lua", ""), &visible).0.len(),
        2,
        "the incident, and the line of its opening"
    );
    cases[0] = older;
    assert_eq!(found(&grown, &asked("dap", ""), &visible).0, scanned(&cases, &asked("dap", ""), &visible));
}

#[test]
fn a_draft_is_not_found_by_whom_it_is_not_shown_before_it_is_out_and_is_after() {
    let dir = tempfile::tempdir().expect("a directory");
    let index = Index::open(&dir.path().join("index")).expect("openable");
    let s = row("s");
    let draft = Say::Draft { id: s.clone(), kind: "qa_sheet".into(), title: None, follows: None };
    let case = opened(0, "Lũ".into()).by("drafter").when(on(draft)).accepted();
    let over = digest_of(&case, &s);
    let text = "Bí ẩn chưa công bố".to_owned();
    let case = case.when(on(Say::Write { id: s.clone(), over, text: text.clone() })).accepted();
    put(&index, &id(0), &case);
    let eyes = |viewer: Viewer| BTreeMap::from([(id(0), viewer.bit())]);
    let rows = |viewer| found(&index, &asked("bi an", ""), &eyes(viewer)).0.len();
    let scene = Viewer { drafts: false };
    assert_eq!((rows(scene), rows(Viewer::FULL)), (0, 1));
    let digest = Digest::of(text.as_bytes());
    let case = case.when(on(Say::Submit { id: s.clone(), digest })).accepted();
    let case = case.by("people").when(on(Say::Approve { id: s.clone(), digest })).accepted();
    put(&index, &id(0), &case);
    assert_eq!((rows(scene), rows(Viewer::FULL)), (0, 1), "approved is not out");
    let (channel, at, link) = ("portal".into(), at("12:30:00"), Some("https://example.vn/1".into()));
    let case = case.when(on(Say::Publish { id: s, digest, channel, at, link })).accepted();
    put(&index, &id(0), &case);
    assert_eq!((rows(scene), rows(Viewer::FULL)), (1, 1));
}

#[test]
fn little_is_read_however_many_rows_hold_a_word() {
    let dir = tempfile::tempdir().expect("a directory");
    let index = Index::open(&dir.path().join("index")).expect("openable");
    let (incidents, rows) = (30, 300);
    for n in 0..incidents {
        let all = (0..rows).fold(opened(n, "Lũ".into()).by("party"), |case, m| {
            case.when(said(m, format!("Đập Cốc Ly an toàn, tin thứ {m}"))).accepted()
        });
        put(&index, &id(n), &all);
    }
    let visible: BTreeMap<_, _> = (0..incidents).map(|n| (id(n), Viewer::FULL.bit())).collect();
    let (all, stretches) = found(&index, &asked("đập cốc ly", ""), &visible);
    assert_eq!(all.len(), incidents * rows);
    let cut = 1 + (rows + 8) / 256;
    assert!(
        stretches <= 3 * incidents * cut,
        "{stretches} stretches for three words in {incidents} incidents"
    );
    let (one, stretches) = found(&index, &asked("SC-2026-0007 dap", ""), &visible);
    assert_eq!(one, Vec::<String>::new(), "no row holds both");
    assert!(stretches <= (incidents + 3) * cut, "the rarer word first: {stretches}");
    let few = BTreeMap::from([(id(3), Viewer::FULL.bit())]);
    assert!(found(&index, &asked("dap", ""), &few).1 <= cut, "other incidents are not read");
}

/// A night as they go: (messages, entries, facts, decisions, questions).
const NIGHT: [usize; 5] = [60, 60, 10, 6, 5];
const SYLLABLES: [&str; 40] = [
    "thông",
    "tin",
    "người",
    "dân",
    "đã",
    "được",
    "trong",
    "của",
    "tỉnh",
    "công",
    "an",
    "báo",
    "cáo",
    "nước",
    "sông",
    "đường",
    "giao",
    "không",
    "có",
    "thiệt",
    "hại",
    "về",
    "kiểm",
    "tra",
    "xác",
    "minh",
    "trên",
    "mạng",
    "bài",
    "đăng",
    "hình",
    "ảnh",
    "lúc",
    "giờ",
    "phút",
    "lực",
    "lượng",
    "huyện",
    "thôn",
    "bản",
];

/// `cargo test --release --lib index::finding -- --ignored --nocapture` prints how long finding takes at 1,000 incidents,
/// beside a plain reading of every row.
#[test]
#[ignore = "a measurement, minutes long"]
fn how_long_finding_takes() {
    let dir = tempfile::tempdir().expect("a directory");
    let index = Index::open(&dir.path().join("index")).expect("openable");
    let mut dice = Dice(1);
    let rare: Vec<String> = (0..4_000).map(|n| format!("Tên{n}")).collect();
    let mut sentence = |many: usize| {
        let mut text = dice.words(&SYLLABLES, many);
        for _ in 0..3 {
            text = format!("{text} {}", rare[dice.roll(rare.len())]);
        }
        text
    };
    let incidents = 1_000;
    let (mut rows, mut plain, mut putting) = (0, vec![], vec![]);
    for n in 0..incidents {
        let mut case = opened(n, sentence(8)).by("party");
        for m in 0..NIGHT[0] {
            case = case.when(said(m, sentence(18))).accepted();
        }
        for m in 0..NIGHT[1] {
            case = case.when(entered(m, sentence(25))).accepted();
        }
        for m in 0..NIGHT[2] {
            case = case.when(known(m, sentence(8), sentence(4))).accepted();
        }
        for m in 0..NIGHT[3] {
            let take = json!({ "noun": "decision", "verb": "take", "id": format!("d-{m}"), "text": sentence(15),
                "reason": sentence(15), "occurred_at": null });
            case = case.when(sent(take)).accepted();
        }
        for m in 0..NIGHT[4] {
            let asked =
                json!({ "outlet": sentence(2), "question": sentence(30), "received_at": at("12:05:00") });
            let enter = json!({ "noun": "enquiry", "verb": "enter", "id": format!("b-{m}"), "asked": asked });
            case = case.when(sent(enter)).accepted();
        }
        for m in 0..3 {
            let s = row(&format!("s-{m}"));
            let draft = Say::Draft { id: s.clone(), kind: "qa_sheet".into(), title: None, follows: None };
            case = case.when(on(draft)).accepted();
            let over = digest_of(&case, &s);
            case = case.when(on(Say::Write { id: s, over, text: sentence(400) })).accepted();
        }
        let begun = Instant::now();
        put(&index, &id(n), &case);
        putting.push(begun.elapsed());
        plain.extend(case.incident().passages_since(0).into_iter().map(|seen| seen.passage));
        rows = plain.len();
    }
    // One line more, as a room goes on.
    let night = opened(0, sentence(8)).by("party").when(said(0, sentence(18))).accepted();
    put(&index, &id(incidents), &night);
    let more = night.when(said(1, sentence(18))).accepted();
    let begun = Instant::now();
    put(&index, &id(incidents), &more);
    println!("{incidents} incidents, {rows} rows; {:?} on disk", index.db.size_on_disk().expect("known"));
    println!("an incident taken in: median {:?}; one line more: {:?}", median(putting), begun.elapsed());
    let visible: BTreeMap<_, _> = (0..incidents).map(|n| (id(n), Viewer::FULL.bit())).collect();
    for question in [
        "công an",
        "thông tin người dân",
        "ten123",
        "xác minh hình ảnh ten7",
        "SC-2026-0500",
        "lực lượng",
        "thu",
    ] {
        let asked = asked(question, "");
        let once = || {
            let begun = Instant::now();
            let Findings { hits, stretches } = index.find(&asked, &visible).expect("readable");
            // The first page, read as it is shown.
            for (id, hits) in hits.iter().rev().take(10) {
                for hit in hits.iter().take(5) {
                    let passage = index.passage(id, hit.row).expect("readable").expect("kept");
                    std::hint::black_box(crate::domain::term::snippet(&passage.text, &asked.words));
                }
            }
            (begun.elapsed(), hits.values().map(Vec::len).sum::<usize>(), stretches)
        };
        let (_, hits, stretches) = once();
        let took = median((0..15).map(|_| once().0).collect());
        let begun = Instant::now();
        let stands = |text: &str, wanted: &Term| words(text).any(|(.., folded)| wanted.is(&folded));
        let scan = plain.iter().filter(|passage| {
            let whole = format!("{} {} {}", passage.title, passage.text, passage.who.join(" "));
            asked.words.iter().all(|word| stands(&whole, word))
        });
        let scanned = scan.count();
        let plainly = begun.elapsed();
        let ratio = plainly.as_secs_f64() / took.as_secs_f64();
        assert_eq!(hits, scanned);
        println!(
            "«{question}»: {hits} rows, {stretches} stretches, median {took:?}; plain {plainly:?}, {ratio:.0} times as long"
        );
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
