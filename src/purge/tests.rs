//! Whatever is taken out of a record, the rest of it stands: no row goes, no state moves, the chain holds.

use super::*;
use crate::domain::ids::{CommandId, PersonId};
use crate::domain::{Actor, Role, Viewer};
use crate::log::Head;
use crate::log::chain::verify;
use serde_json::json;

/// Two nights as releases recorded them.
const RECORDED: [&str; 2] =
    [include_str!("../../tests/golden/0.1.0.jsonl"), include_str!("../../tests/golden/0.2.0.jsonl")];

fn whole(lines: &[String]) -> Whole {
    Whole::read(lines.to_vec()).expect("a record")
}

fn recorded(night: usize) -> Whole {
    whole(&RECORDED[night].lines().map(ToOwned::to_owned).collect::<Vec<_>>())
}

fn damage(lines: &[String], head: Head) -> Option<Rev> {
    let bytes: String = lines.iter().map(|line| format!("{line}\n")).collect();
    verify(bytes.as_bytes(), Some(head)).damage.map(|damage| damage.line)
}

fn only(line: Rev) -> What {
    What::Lines(BTreeSet::from([line]))
}

/// The log after the purge, as the room leaves it: other lines in place of some, and the record of it.
fn purged(whole: &Whole, survey: &Survey) -> Whole {
    let left = survey.left(whole).expect("readable");
    let mut lines = whole.lines.clone();
    let purges: Vec<_> = left.iter().map(|(_, purged)| *purged).collect();
    for (line, Purged { rev, .. }) in left {
        lines[rev as usize - 1] = line;
    }
    let by = Actor {
        person: PersonId::new("admin").expect("an id"),
        name: "Nguyễn Văn Quản Trị".into(),
        title: "Quản trị viên".into(),
        office: None,
        roles: vec![Role::Admin],
        mandate: None,
    };
    let taken = purge::Event::Taken {
        lines: purges.iter().map(|purged| purged.rev).collect(),
        statements: survey.statements.iter().cloned().collect(),
        files: survey.files().into_iter().collect(),
        standing: survey.standing.iter().cloned().collect(),
        reason: "Thử".into(),
    };
    let record = Record {
        rev: whole.head.rev + 1,
        at: whole.records.last().expect("recorded").at,
        by,
        cause: CommandId::new("purge").expect("an id"),
        events: vec![Event::Purge(taken)],
        written_at: None,
    };
    lines.push(chain::purging(whole.head, &record, &purges).expect("JSON").0);
    self::whole(&lines)
}

fn rows(whole: &Whole) -> Value {
    serde_json::to_value(whole.incident.all_since(0, Viewer::FULL)).expect("JSON")
}

/// What may differ: words, the digests made of them, files that are gone, and whether a statement still says what a fact
/// says that has no words any more.
fn same_but_for_words(place: &str, was: &Value, is: &Value) {
    match (was, is) {
        (Value::Object(was), Value::Object(is)) => {
            for (key, value) in was {
                match is.get(key) {
                    Some(left) => same_but_for_words(&format!("{place}/{key}"), value, left),
                    None => assert!(key == "attachments", "{place}/{key} is gone"),
                }
            }
        }
        (Value::Array(was), Value::Array(is)) if was.len() == is.len() => {
            for (index, (was, is)) in was.iter().zip(is).enumerate() {
                same_but_for_words(&format!("{place}/{index}"), was, is);
            }
        }
        (Value::String(was), Value::String(is)) if was != is => {
            let words = is.contains(LEFT) || Digest::try_from(is.clone()).is_ok();
            assert!(words, "{place}: {was:?} is {is:?}");
        }
        (was, is) => {
            let compared = place.ends_with("/rests_on/verified");
            assert!(was == is || is.is_null() || compared, "{place}: {was} is {is}");
        }
    }
}

#[test]
fn every_line_of_a_night_can_go_and_the_rest_stands() {
    let gone: usize = (0..RECORDED.len()).map(|night| every_line_goes(&recorded(night))).sum();
    assert!(gone > 20, "only {gone} lines had anything to take out");
}

fn every_line_goes(whole: &Whole) -> usize {
    let (before, mut gone) = (rows(whole), 0);
    for line in 2..=whole.head.rev {
        let survey = match survey(whole, &only(line)) {
            Ok(survey) => survey,
            Err(Refusal::Purges(Purges::NothingToPurge)) => continue,
            Err(Refusal::Purges(Purges::PurgeStanding { .. } | Purges::PurgePublished { .. })) => {
                assert!(words_of(&whole.records[line as usize - 1]).next().is_some(), "line {line}");
                continue;
            }
            Err(refusal) => panic!("line {line}: {refusal}"),
        };
        let after = purged(whole, &survey);
        assert_eq!(damage(&after.lines, after.head), None, "line {line}");
        // Whoever saw the record before knows it again.
        assert_eq!(after.head.rev, whole.head.rev + 1);
        let said: BTreeSet<_> = texts(&whole.records[line as usize - 1]);
        let left = texts(&after.records[line as usize - 1]);
        let plan = texts(&whole.records[0]);
        for text in said.iter().filter(|text| is_said(text) && !plan.contains(*text)) {
            assert!(!left.contains(text), "line {line} still says {text:?}");
        }
        let mut after = rows(&after);
        // But for the sentence of the purge itself.
        let lines = after["lines"].as_array_mut().expect("a timeline");
        assert_eq!(lines.pop().expect("its sentence")["id"], json!([whole.head.rev + 1, 0]));
        after["rev"] = before["rev"].clone();
        same_but_for_words("", &before, &after);
        gone += 1;
    }
    gone
}

#[test]
fn a_line_that_is_changed_without_a_record_of_it_shows() {
    let whole = recorded(0);
    let message = whole.records.iter().find(|record| matches!(record.events[0], Event::Message(_)));
    let line = message.expect("they talked").rev;
    let survey = survey(&whole, &only(line)).expect("a message");
    let after = purged(&whole, &survey);
    assert_eq!(damage(&after.lines, after.head), None);
    // Without the record; with the record of another line; with more changed than the record says.
    assert_eq!(damage(&after.lines[..whole.lines.len()], whole.head), Some(line));
    let mut other = after.lines.clone();
    other[line as usize - 1] = other[line as usize - 1].replace(LEFT, "[thay bằng lời khác]");
    assert_eq!(damage(&other, after.head), Some(line));
    // The old line put back is the record as it was, and its digest stands.
    let mut back = after.lines.clone();
    back[line as usize - 1].clone_from(&whole.lines[line as usize - 1]);
    assert_eq!(damage(&back, after.head), None);
}

#[test]
fn what_is_gone_can_be_purged_further_and_not_again() {
    let whole = recorded(0);
    let texts_of = |record: &&Record<Event>| matches!(record.events[0], Event::Entry(_));
    let entry = whole.records.iter().find(texts_of).expect("they wrote");
    let said = texts(entry).into_iter().find(|text| is_said(text)).expect("words");
    let passage = said.chars().take(8).collect::<String>();
    let part = purged(&whole, &survey(&whole, &What::Passage(passage.clone())).expect("there"));
    assert_eq!(survey(&part, &What::Passage(passage)).unwrap_err(), Purges::NothingToPurge.into());
    let all = purged(&part, &survey(&part, &only(entry.rev)).expect("the rest"));
    let bytes: String = all.lines.iter().map(|line| format!("{line}\n")).collect();
    let verified = verify(bytes.as_bytes(), Some(all.head));
    assert_eq!((verified.damage, all.head.rev), (None, whole.head.rev + 2));
    assert!(!texts(&all.records[entry.rev as usize - 1]).contains(&said));
}

#[test]
fn what_cannot_be_named_so_is_refused() {
    let whole = recorded(0);
    let refused = |what: What| match survey(&whole, &what) {
        Err(Refusal::Purges(rule)) => rule,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(only(1)), Purges::PurgeOpening);
    assert_eq!(refused(What::Lines(BTreeSet::new())), Purges::NothingToPurge);
    let beyond = whole.head.rev + 1;
    assert_eq!(refused(only(beyond)), Purges::PurgeUnknownLine { line: beyond });
    assert_eq!(refused(What::Passage("ab".into())), Purges::PurgeTooShort { min: PASSAGE_MIN });
    assert_eq!(refused(What::Passage("không ai viết câu này".into())), Purges::NothingToPurge);
}
