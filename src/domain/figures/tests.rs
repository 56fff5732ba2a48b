//! Figures worked by hand on a scripted incident.
//!
//! Happened 11:00, received and opened 12:00. The first office accepts at 12:05, the second at 12:20, the third not.
//! The first statement: submitted 12:30; the first office approves at 12:40, the second at 12:45; reopened, submitted
//! again at 12:50, approved at 12:52 and 13:10; out at 13:15 and, on a second channel, at 13:40. It cites two facts, of
//! which one is verified. Its correction is out at 15:00. Task 1 (due 12:30) is done at 12:25, task 2 (due the next noon)
//! at 13:20, task 3 (three hours after the first statement) is skipped.

use super::{Figure, Measure, Value, figures, first_public};
use crate::domain::given::{Case, an_incident, an_incident_with, at};
use crate::domain::ids::{Digest, RowId};
use crate::domain::statement::{Command as Say, Follows, Relation};
use crate::domain::{Command, Incident, deadline, fact, incident, office, task};
use serde_json::json;

const WORDS: &str = "Đập an toàn.";
const NEWER: &str = "Đập an toàn, 12 hộ sơ tán.";

fn id(text: &str) -> RowId {
    RowId::new(text).expect("an id")
}
fn then(case: Case, time: &str, who: &str, command: Command) -> Case {
    case.at(at(time)).by(who).when(command).accepted()
}
fn says(case: Case, time: &str, who: &str, command: Say) -> Case {
    then(case, time, who, Command::Statement(command))
}
fn digest(text: &str) -> Digest {
    Digest::of(text.as_bytes())
}
fn written(case: Case, time: &str, row: &str, words: &str, follows: Option<Follows>) -> Case {
    let draft = Say::Draft { id: id(row), kind: "holding_statement".into(), title: None, follows };
    let case = says(case, time, "drafter", draft);
    let over = case.incident().statements.get(&id(row)).expect("drafted").digest;
    says(case, time, "drafter", Say::Write { id: id(row), over, text: words.into() })
}
fn judged(case: Case, row: &str, words: &str, asked: &str, [party, people]: [&str; 2]) -> Case {
    let digest = digest(words);
    let case = says(case, asked, "drafter", Say::Submit { id: id(row), digest });
    let case = says(case, party, "party", Say::Approve { id: id(row), digest });
    says(case, people, "people", Say::Approve { id: id(row), digest })
}
fn out(case: Case, time: &str, row: &str, words: &str, channel: &str) -> Case {
    let (channel, link) = (channel.to_owned(), Some("https://example.vn/1".to_owned()));
    says(
        case,
        time,
        "people",
        Say::Publish { id: id(row), digest: digest(words), channel, at: at(time), link },
    )
}
fn the_night() -> Case {
    let case = then(an_incident(), "12:05:00", "party", Command::Office(office::Command::Accept));
    let case = then(case, "12:20:00", "people", Command::Office(office::Command::Accept));
    let finish = |seq: u32| {
        Command::Task(task::Command::Finish {
            id: id(&format!("t-{seq}")),
            note: Some("xong".into()),
            evidence: crate::domain::given::evidence(),
        })
    };
    let mut case = then(case, "12:25:00", "drafter", finish(1));
    for n in [1, 2] {
        let (label, value, as_of) = (format!("Số liệu {n}"), "12 hộ", at("12:20:00"));
        let enter = json!({ "noun": "fact", "verb": "enter", "id": format!("f-{n}"), "label": label,
            "value": value, "as_of": as_of, "source": "xã" });
        case = then(case, "12:26:00", "drafter", serde_json::from_value(enter).expect("a command"));
    }
    let verify = fact::Command::Verify { id: id("f-1"), version: 1 };
    let mut case = then(case, "12:27:00", "party", Command::Fact(verify));
    case = written(case, "12:28:00", "a", WORDS, None);
    for n in [1, 2] {
        case = says(case, "12:29:00", "drafter", Say::Cite { id: id("a"), fact: id(&format!("f-{n}")) });
    }
    let case = judged(case, "a", WORDS, "12:30:00", ["12:40:00", "12:45:00"]);
    let case = says(case, "12:48:00", "drafter", Say::Reopen { id: id("a"), reason: Some("sót".into()) });
    let case = judged(case, "a", WORDS, "12:50:00", ["12:52:00", "13:10:00"]);
    let case = out(case, "13:15:00", "a", WORDS, "portal");
    let case = then(case, "13:20:00", "people", finish(2));
    let case = out(case, "13:40:00", "a", WORDS, "fanpage");
    let skip = task::Command::Skip { id: id("t-3"), reason: "không cần".into() };
    let case = then(case, "13:50:00", "people", Command::Task(skip));
    let follows = Some(Follows { statement: id("a"), relation: Relation::Correction });
    let case = judged(
        written(case, "14:00:00", "b", NEWER, follows),
        "b",
        NEWER,
        "14:00:00",
        ["14:30:00", "14:01:00"],
    );
    out(case, "15:00:00", "b", NEWER, "portal")
}

fn of(incident: &Incident, measure: Measure) -> Vec<Figure> {
    figures(incident).into_iter().filter(|figure| figure.measure == measure).collect()
}
fn values(incident: &Incident, measure: Measure) -> Vec<Value> {
    of(incident, measure).into_iter().map(|figure| figure.value).collect()
}
fn minutes(minutes: i64) -> Value {
    Value::Length { seconds: minutes * 60 }
}
fn is_missing(value: &Value) -> bool {
    matches!(value, Value::NotYet { why } | Value::NotApplicable { why } if !why.is_empty())
}

#[test]
fn the_night_in_figures() {
    let case = the_night();
    let night = case.incident();
    let first = values(night, Measure::FirstStatement);
    assert_eq!(
        (&first[0], &first[2]),
        (&minutes(75), &minutes(135)),
        "received 12:00, happened 11:00, out 13:15"
    );
    assert!(matches!(first[1], Value::NotYet { .. }), "nobody said when its impact was assessed");
    assert_eq!(
        first_public(night).map(|(at, row)| (at, row.number.clone())),
        Some((at("13:15:00"), "PN-01".into()))
    );
    assert_eq!(values(night, Measure::Margin), [minutes(24 * 60 - 75)], "due the next noon, met at 13:15");
    let approval = values(night, Measure::Approval);
    assert_eq!(approval, [minutes(30), minutes(20)], "10, 2 and 30; 15, 20 and 1; the third was never asked");
    let acceptance = values(night, Measure::Acceptance);
    assert_eq!(acceptance[..2], [minutes(5), minutes(20)]);
    assert!(matches!(acceptance[2], Value::NotYet { .. }));
    assert_eq!(values(night, Measure::Corrections), [Value::Count { count: 1 }]);
    assert_eq!(
        values(night, Measure::Withdrawals),
        [Value::Count { count: 0 }],
        "looked for, and there are none"
    );
    assert_eq!(
        values(night, Measure::TasksInTime),
        [Value::Share { part: 2, whole: 2 }],
        "skipped is not done"
    );
    assert_eq!(values(night, Measure::FactsVerified), [Value::Share { part: 1, whole: 2 }]);
}

#[test]
fn every_figure_says_what_it_is_counted_from() {
    let case = the_night();
    for figure in figures(case.incident()) {
        let said = !figure.counted.is_empty() || is_missing(&figure.value);
        assert!(said, "{figure:?}");
    }
    let [margin] = &of(case.incident(), Measure::Margin)[..] else { panic!("one clock") };
    assert_eq!(margin.counted, "Hạn 12:00:00 ngày 02/03/2026; hoàn thành 13:15:00 ngày 01/03/2026 (PN-01).");
    let [tasks] = &of(case.incident(), Measure::TasksInTime)[..] else { panic!("one") };
    assert_eq!(tasks.counted, "3 nhiệm vụ có hạn: 2 đã xong, 1 bỏ qua hoặc được miễn.");
}

#[test]
fn nothing_is_nought_that_was_not_counted() {
    let case = an_incident_with(|opening| opening.tasks.clear());
    for figure in figures(case.incident()) {
        assert!(is_missing(&figure.value), "{figure:?}");
    }
    assert_eq!(figures(&Incident::default()), []);
}

#[test]
fn facts_are_counted_as_they_stood_when_the_words_went_out() {
    let withdraw = fact::Command::Withdraw { id: id("f-1"), reason: "sai".into() };
    let later = then(the_night(), "15:10:00", "party", Command::Fact(withdraw));
    assert_eq!(values(later.incident(), Measure::FactsVerified), [Value::Share { part: 1, whole: 2 }]);
}

#[test]
fn late_is_below_nought_and_an_end_without_words_stays_without_a_figure() {
    let short = an_incident_with(|opening| opening.clocks[0].due.amount = 40);
    let missed =
        then(short, "12:41:00", "room", Command::Deadline(deadline::Command::Miss { id: id("initial") }));
    assert!(matches!(&values(missed.incident(), Measure::Margin)[..], [Value::NotYet { .. }]));
    let case = judged(
        written(missed, "12:42:00", "a", WORDS, None),
        "a",
        WORDS,
        "12:45:00",
        ["12:46:00", "12:47:00"],
    );
    let case = out(case, "12:50:00", "a", WORDS, "portal");
    assert_eq!(values(case.incident(), Measure::Margin), [minutes(-10)]);

    let quiet = an_incident_with(|opening| opening.tasks.clear());
    let close = incident::Command::Close { summary: "Không có thật".into(), despite: true };
    let closed = then(quiet, "18:00:00", "press", Command::Incident(close));
    let first = values(closed.incident(), Measure::FirstStatement);
    assert!(matches!(first[0], Value::NotYet { .. }) && matches!(first[1], Value::NotApplicable { .. }));
    assert!(matches!(&values(closed.incident(), Measure::Corrections)[..], [Value::NotApplicable { .. }]));
}
