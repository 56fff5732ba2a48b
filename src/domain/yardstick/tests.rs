//! Given an incident with limits, tasks and approvals, when some of it is done in time, some late and some not at all,
//! then each says so, and by how much.

use super::*;
use crate::domain::given::{Case, an_incident, an_incident_with, at, evidence};
use crate::domain::ids::{Digest, RowId};
use crate::domain::statement::Command as Say;
use crate::domain::{Command, incident, task};

const WORDS: &str = "Đập an toàn.";

fn id(text: &str) -> RowId {
    RowId::new(text).expect("an id")
}
fn then(case: Case, time: &str, who: &str, command: Command) -> Case {
    case.at(at(time)).by(who).when(command).accepted()
}
fn finish(key: &str) -> Command {
    Command::Task(task::Command::Finish { id: id(key), note: Some("xong".into()), evidence: evidence() })
}
fn says(case: Case, time: &str, who: &str, command: Say) -> Case {
    then(case, time, who, Command::Statement(command))
}
/// Submitted at 12:30, answered by both at these times.
fn judged(case: Case, [party, people]: [&str; 2]) -> Case {
    let kind = "holding_statement".to_owned();
    let case =
        says(case, "12:26:00", "drafter", Say::Draft { id: id("a"), kind, title: None, follows: None });
    let over = case.incident().statements.get(&id("a")).expect("drafted").digest;
    let case = says(case, "12:27:00", "drafter", Say::Write { id: id("a"), over, text: WORDS.into() });
    let digest = Digest::of(WORDS.as_bytes());
    let case = says(case, "12:30:00", "drafter", Say::Submit { id: id("a"), digest });
    let case = says(case, party, "party", Say::Approve { id: id("a"), digest });
    says(case, people, "people", Say::Approve { id: id("a"), digest })
}
fn reading(case: &Case, key: &str, now: &str) -> Reading {
    let now = now.parse().unwrap_or_else(|_| at(now));
    let all = readings(case.incident(), now, Viewer::FULL);
    all.into_iter().find(|row| row.key == key).unwrap_or_else(|| panic!("no {key}"))
}
fn verdict(case: &Case, key: &str, now: &str) -> (Verdict, Option<i64>) {
    let row = reading(case, key, now);
    (row.verdict, row.left_seconds.map(|seconds| seconds / 60))
}
const NEXT_NOON: &str = "2026-03-02T12:00:00+07:00";

#[test]
fn a_task_is_in_time_late_or_not_done_by_its_own_limit() {
    let open = an_incident();
    assert_eq!(verdict(&open, "t-1", "12:29:59"), (Verdict::Running, None));
    assert_eq!(verdict(&open, "t-1", "12:30:00"), (Verdict::NotDone, None), "half an hour is over");
    let early = then(open.clone(), "12:30:00", "drafter", finish("t-1"));
    assert_eq!(verdict(&early, "t-1", "13:00:00"), (Verdict::InTime, Some(0)), "the last second counts");
    let late = then(open.clone(), "12:40:00", "drafter", finish("t-1"));
    assert_eq!(verdict(&late, "t-1", "13:00:00"), (Verdict::Late, Some(-10)));
    let row = reading(&late, "t-1", "13:00:00");
    assert_eq!(row.prescribed, "30 phút kể từ khi phát hiện (mục tiêu nội bộ)");
    assert_eq!((row.due_at, row.done_at), (Some(at("12:30:00")), Some(at("12:40:00"))));
    assert_eq!((row.whose.as_str(), row.note.as_str()), ("Sở C", "Nguyễn Văn drafter (Sở C)"));
    let skip = task::Command::Skip { id: id("t-1"), reason: "đã rõ".into() };
    let skipped = then(open, "12:40:00", "drafter", Command::Task(skip));
    assert_eq!(reading(&skipped, "t-1", "13:00:00").note, "đã rõ");
    assert_eq!(verdict(&skipped, "t-1", "13:00:00"), (Verdict::Excused, None));
}

#[test]
fn the_end_of_the_incident_ends_what_was_not_done_and_not_what_counts_from_it() {
    let done = then(an_incident(), "13:00:00", "people", finish("t-2"));
    assert_eq!(verdict(&done, "t-2", "13:00:00"), (Verdict::InTime, Some(23 * 60)));
    assert_eq!(verdict(&done, "t-3", "13:00:00"), (Verdict::Running, None), "nothing was published");
    let close = incident::Command::Close { summary: "Không có thật".into(), despite: true };
    let closed = then(done, "14:00:00", "press", Command::Incident(close));
    assert_eq!(verdict(&closed, "t-3", "14:00:00"), (Verdict::NotDone, None));
    assert_eq!(verdict(&closed, "t-4", "14:00:00"), (Verdict::Running, None), "ten days from the end");
    assert_eq!(verdict(&closed, "initial", NEXT_NOON), (Verdict::NotDone, None));
}

#[test]
fn a_limit_is_measured_to_the_words_that_met_it_and_an_approval_by_its_time_box() {
    let boxed = an_incident_with(|opening| opening.approvals[0].required[0].minutes = Some(15));
    let case = judged(boxed, ["12:50:00", "12:52:00"]);
    assert_eq!(verdict(&case, "a party_office", "13:00:00"), (Verdict::Late, Some(-5)));
    assert_eq!(verdict(&case, "a spokesperson", "13:00:00"), (Verdict::Done, None), "nobody set it a time");
    assert_eq!(reading(&case, "a party_office", "13:00:00").prescribed, "15 phút kể từ khi đến lượt");
    assert_eq!(verdict(&case, "initial", "13:00:00"), (Verdict::Running, None));
    let (digest, channel) = (Digest::of(WORDS.as_bytes()), "portal".to_owned());
    let link = Some("https://example.vn/1".to_owned());
    let publish = Say::Publish { id: id("a"), digest, channel, at: at("13:00:00"), link };
    let out = says(case, "13:00:00", "people", publish);
    assert_eq!(verdict(&out, "initial", "13:00:00"), (Verdict::InTime, Some(23 * 60)));
    assert_eq!(reading(&out, "initial", "13:00:00").note, "PN-01");
    let all = readings(out.incident(), at("13:00:00"), Viewer::FULL);
    assert_eq!(count(&all, Prescribed::Approval, Verdict::Late), 1);
    assert_eq!(all.iter().filter(|row| row.kind == Prescribed::Task).count(), 4);
    let follower = readings(out.incident(), at("13:00:00"), Viewer { drafts: false });
    assert!(follower.len() + 2 == all.len() && follower.iter().all(|row| row.kind != Prescribed::Approval));
}

#[test]
fn what_people_added_no_playbook_prescribed_and_nothing_is_prescribed_before_the_opening() {
    let (title, phase) = ("Gọi lại xã".to_owned(), "intake".to_owned());
    let add = task::Command::Add { id: id("own"), title, phase, office: None, due_at: None, from: None };
    let case = then(an_incident(), "12:35:00", "press", Command::Task(add));
    assert!(readings(case.incident(), at("12:40:00"), Viewer::FULL).iter().all(|row| row.key != "own"));
    assert_eq!(readings(&Incident::default(), at("12:40:00"), Viewer::FULL), []);
}
