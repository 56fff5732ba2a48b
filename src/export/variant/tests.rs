//! What variants leave out, and that nothing of it is anywhere in any format.

use super::super::given::{self, Case, id};
use super::super::{Format, Options, render};
use super::*;
use crate::domain::folding::fold;
use crate::domain::{Command, statement};
use serde_json::json;

/// Names, numbers and addresses that stand in the invented record, each as it was written.
const PRIVATE: [&str; 18] = [
    "Nguyễn Văn press",
    "Nguyễn Văn people",
    "Nguyễn Văn party",
    "Nguyễn Thị Lan",
    "Lê Văn Thử",
    "Giàng A Thử",
    "Trần Thị Bịa",
    "Phạm Văn Báo",
    "0912 345 678",
    "0912345678",
    "giang.thu@example.vn",
    "số nhà 12A, đường Hoàng Liên",
    "Chợ Cốc Thử",
    "@banlangque",
    "https://mxh.example/bai/77?u=giangthu",
    "24A-123.45",
    "giang-a-thu-truoc-dap",
    "congthongtin.example.vn",
];

fn command(value: serde_json::Value) -> Command {
    serde_json::from_value(value).expect("a command")
}

/// The exercise, with people in every desk.
pub(in crate::export) fn a_crowd() -> Case {
    let mut case = given::an_exercise();
    let file = json!({ "digest": Digest::of(b"a"), "name": "anh-giang-a-thu-truoc-dap.png", "size": 8, "media": "image/png" });
    let commands = [
        (
            "people",
            json!({ "noun": "entry", "verb": "add", "id": "e-10", "text":
            "Ông Giàng A Thử, số nhà 12A, đường Hoàng Liên, máy 0912 345 678, báo nước dâng; đ/c Thử nhắc lại. GIANG A THU \
             gửi thư giang.thu@example.vn. Vợ là bà Trần Thị Bịa. Xe 24A-123.45.",
            "source": "Ông Thử gọi 0912345678", "attachments": [file] }),
        ),
        (
            "drafter",
            json!({ "noun": "claim", "verb": "enter", "id": "cl-1", "said":
            "Tài khoản Facebook “Chợ Cốc Thử” nói đập vỡ", "place": { "id": "pl-1", "link":
            "https://mxh.example/bai/77?u=giangthu", "note": "nhóm Zalo “Chợ Cốc Thử”, theo @banlangque",
            "seen_at": "2026-03-01T11:30:00+07:00" } }),
        ),
        (
            "drafter",
            json!({ "noun": "clipping", "verb": "enter", "entry": { "link":
            "https://mxh.example/bai/77?u=giangthu", "outlet": "Mạng xã hội", "title": "Giàng A Thử kể chuyện đập",
            "tone": "negative", "reach": 1200 } }),
        ),
        (
            "people",
            json!({ "noun": "enquiry", "verb": "enter", "id": "q-1", "asked": { "outlet": "Báo Thử", "asked_by":
            "phóng viên Phạm Văn Báo", "question": "Ông Giàng A Thử nói gì?", "received_at": "2026-03-01T13:50:00+07:00" } }),
        ),
        (
            "press",
            json!({ "noun": "decision", "verb": "take", "id": "d-9", "text": "Giao tổ thăm hộ ông Thử",
            "decider": { "name": "Lê Văn Thử" } }),
        ),
    ];
    for (who, value) in commands {
        case.then("13:55:00", who, command(value));
    }
    let said = crate::domain::message::Command::plain(id("m-9"), "Lan nói riêng với tôi", None);
    case.then("13:55:30", "people", Command::Message(said));
    case
}

fn options(variant: Variant) -> Options {
    Options { variant, ..given::options() }
}

fn exported(case: &Case, format: Format, variant: Variant) -> Vec<u8> {
    render(format, case.source(), &options(variant)).unwrap_or_else(|error| panic!("{format:?}: {error}"))
}

/// Whether text says it, with or without marks, in any case, with anything between the words.
fn says(text: &str, what: &str) -> bool {
    let bare = |text: &str| fold(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    bare(text).contains(&bare(what))
}

#[test]
fn nothing_private_is_in_the_redacted_record() {
    let case = a_crowd();
    let whole = String::from_utf8(exported(&case, Format::Json, Variant::Internal)).expect("text");
    let redacted = String::from_utf8(exported(&case, Format::Json, Variant::Redacted)).expect("text");
    for private in PRIVATE {
        assert!(says(&whole, private), "the record names {private}");
        assert!(!says(&redacted, private), "{private} slipped through");
    }
    for public in
        ["Sở C", "Chuyên viên", "Xã Thử", "Mạng xã hội", "Báo Thử", "Người-01", "Liên-kết-01", "Tệp-01.png"]
    {
        assert!(redacted.contains(public), "{public}");
    }
    assert!(!redacted.contains("nói riêng") && !redacted.contains(given::DRAFT));
}

#[test]
fn a_person_has_one_code_however_they_are_named() {
    let case = a_crowd();
    let options = options(Variant::Redacted);
    let view = View::of(case.source(), &options).expect("redacted");
    let line =
        view.source().incident.lines.iter().find(|line| line.text.contains("báo nước dâng")).expect("a line");
    let code = line.text.strip_prefix("Ông ").and_then(|text| text.split(',').next()).expect("a code");
    assert!(code.starts_with("Người-"), "{}", line.text);
    // With his name, in capitals without marks; with his given name another bears too, he has a code of his own.
    assert_eq!(line.text.matches(code).count(), 2, "{}", line.text);
    let clipping = view.source().incident.clippings.iter().next().expect("one");
    assert_eq!(clipping.words.title, format!("{code} kể chuyện đập"));
    let phone = |text: &str| text.split("Điện-thoại-").nth(1).map(|rest| rest[..2].to_owned());
    assert_eq!(phone(&line.text), phone(line.source.as_deref().expect("a source")));
}

/// Nobody is called by what a digest looks like.
const DIGEST_DIGITS: usize = 40;

#[test]
fn who_is_known_by_a_word_that_is_also_an_id_or_a_code_is_no_reason_to_refuse() {
    let mut case = a_crowd();
    let mut words = BTreeSet::new();
    for record in &case.records {
        let mut tree = serde_json::to_value(&record.events).expect("JSON");
        each_text(&mut tree, "", &mut |_, text| {
            if like_an_id(text) && text.len() < DIGEST_DIGITS {
                words.insert(text.clone());
                words.extend(text.split(['-', '_']).filter(|word| like_an_id(word)).map(str::to_owned));
            }
        });
    }
    assert!(
        ["initial", "claim", "taken", "stt", "holding", "spokesperson"]
            .iter()
            .all(|word| words.contains(*word)),
        "{words:?}"
    );
    for (n, word) in words.iter().enumerate() {
        let taken = json!({ "noun": "decision", "verb": "take", "id": format!("d-1{n}"), "text": "Giao tổ thăm hộ",
            "decider": { "name": word } });
        case.then("13:57:00", "press", command(taken));
    }
    let options = options(Variant::Redacted);
    let view = View::of(case.source(), &options).expect("redacted");
    let decided: Vec<_> =
        view.source().incident.decisions.iter().filter_map(|row| row.decider.as_ref()).collect();
    assert!(decided.len() > words.len(), "{decided:?}");
    assert!(decided.iter().all(|decider| decider.name.starts_with("Người-")), "{decided:?}");
}

#[test]
fn codes_stay_when_the_record_grows() {
    let mut case = a_crowd();
    let options = options(Variant::Redacted);
    let first = View::of(case.source(), &options).expect("redacted").source().lines.to_vec();
    let late =
        json!({ "noun": "entry", "verb": "add", "id": "e-11", "text": "Bà Sùng Thị Thử gọi 0987 654 321" });
    case.then("13:58:00", "people", command(late));
    let view = View::of(case.source(), &options).expect("redacted");
    assert_eq!(view.source().lines[..first.len()], first);
}

#[test]
fn verdicts_hold_on_words_that_became_others() {
    let mut case = a_crowd();
    let draft = statement::Command::Draft {
        id: id("s-3"),
        kind: "holding_statement".into(),
        title: None,
        follows: None,
    };
    case.then("13:56:00", "drafter", Command::Statement(draft));
    let digest = |case: &Case| case.incident.statements.get(&id("s-3")).expect("drafted").digest;
    let text = "Ông Giàng A Thử, 0912 345 678, xác nhận đập an toàn.".to_owned();
    let write = statement::Command::Write { id: id("s-3"), over: digest(&case), text };
    case.then("13:56:10", "drafter", Command::Statement(write));
    let submit = statement::Command::Submit { id: id("s-3"), digest: digest(&case) };
    case.then("13:56:20", "drafter", Command::Statement(submit));
    let approve = statement::Command::Approve { id: id("s-3"), digest: digest(&case) };
    case.then("13:56:30", "party", Command::Statement(approve));
    let options = options(Variant::Redacted);
    let view = View::of(case.source(), &options).expect("redacted");
    let row = view.source().incident.statements.get(&id("s-3")).expect("there");
    assert!(row.text.starts_with("Ông Người-") && row.digest != digest(&case), "{}", row.text);
    assert_eq!(row.digest, Digest::of(row.text.as_bytes()));
    assert!(row.approvals.iter().all(|given| given.digest == row.digest && given.voided.is_none()));
    assert_eq!(row.state, case.incident.statements.get(&id("s-3")).expect("there").state);
}

#[test]
fn an_inspection_gets_the_record_without_talk_and_unsubmitted_drafts() {
    let case = a_crowd();
    let options = options(Variant::Inspection);
    let view = View::of(case.source(), &options).expect("a view");
    let left = view.source();
    assert_eq!(left.records.len(), case.records.len());
    assert_eq!(left.incident.messages.iter().count(), 0);
    assert_eq!(left.incident.lines.iter().count(), case.incident.lines.iter().count());
    let draft = left.incident.statements.get(&id("s-2")).expect("there");
    assert_eq!(draft.text, WITHHELD);
    let out =
        |incident: &Incident| incident.statements.get(&id("s-1")).map(|row| (row.text.clone(), row.digest));
    assert_eq!(out(left.incident), out(&case.incident), "what was submitted stays to the letter");
    let text = String::from_utf8(exported(&case, Format::Json, Variant::Inspection)).expect("text");
    assert!(text.contains("Giàng A Thử") && !text.contains("nói riêng") && !text.contains(given::DRAFT));
}

#[test]
fn typed_words_are_left_as_they_were_reached_and_their_keys_are_not() {
    use crate::domain::words::{Update, blank};
    use yrs::updates::decoder::Decode as _;
    use yrs::{GetString as _, ReadTxn as _, Text as _, Transact as _};
    let mut case = given::an_exercise();
    let row = |case: &Case| case.incident.statements.get(&id("s-2")).expect("drafted").clone();
    for more in [" Gửi bà Giàng", " Thị Thử"] {
        let (doc, shared) = blank(7);
        let state = yrs::Update::decode_v1(row(&case).words.state()).expect("a state");
        doc.transact_mut().apply_update(state).expect("whole");
        let known = doc.transact().state_vector();
        let end = u32::try_from(shared.get_string(&doc.transact()).encode_utf16().count()).expect("short");
        shared.insert(&mut doc.transact_mut(), end, more);
        let update = Update(doc.transact().encode_diff_v1(&known));
        case.then(
            "13:57:00",
            "drafter",
            Command::Statement(statement::Command::Type { id: id("s-2"), update }),
        );
    }
    let digest = row(&case).digest;
    case.then(
        "13:58:00",
        "drafter",
        Command::Statement(statement::Command::Submit { id: id("s-2"), digest }),
    );
    let options = options(Variant::Redacted);
    let view = View::of(case.source(), &options).expect("redacted");
    let left = view.source().incident.statements.get(&id("s-2")).expect("there");
    assert!(left.text.starts_with(&format!("{} Gửi bà Người-0", given::DRAFT)), "{}", left.text);
    assert!(!left.text.contains("Giàng") && left.digest == Digest::of(left.text.as_bytes()));
    let said = |incident: &Incident| incident.lines.iter().map(|line| line.id).collect::<Vec<_>>();
    assert_eq!(said(view.source().incident), said(&case.incident), "lines keep their numbers");
}
