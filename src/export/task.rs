//! Tasks in an export: whose, due when, what became of them, and whether in time. Must not hide what was skipped.

use super::report::Desk;
use super::words::{Deed, Moment};
use crate::domain::deadline::Due;
use crate::domain::task::{self, Progress};
use jiff::Timestamp;
use serde::Serialize;

/// A task.
#[derive(Clone, Debug, Serialize)]
pub struct Task {
    /// Its number in the playbook.
    pub seq: u32,
    /// Its phase.
    pub phase: String,
    /// What was to be done.
    pub title: String,
    /// The office, or the function when no office held it.
    pub office: String,
    /// The incident cannot be closed without it.
    pub mandatory: bool,
    /// Its limit in words; empty without one.
    pub limit: String,
    /// When it was due.
    pub due: Option<Moment>,
    /// Done, skipped, waived, taken, open.
    pub state: &'static str,
    /// The result, or the reason.
    pub note: String,
    /// What shows it; empty without.
    pub evidence: String,
    /// Who did so.
    pub by: Option<Deed>,
    /// In time, late; empty without a limit.
    pub verdict: &'static str,
    /// Late.
    pub late: bool,
}

impl Task {
    /// All tasks, in the order of the playbook.
    pub(super) fn all(desk: &Desk) -> Vec<Self> {
        let mut rows: Vec<_> = desk.incident.tasks.iter().collect();
        rows.sort_by_key(|row| (row.plan.seq, row.plan.id.clone()));
        rows.into_iter().map(|row| Self::of(row, desk)).collect()
    }

    pub(super) fn of(row: &task::Task, desk: &Desk) -> Self {
        let plan = &row.plan;
        let phase = desk.frame.phases.iter().find(|phase| phase.code == plan.phase);
        let (state, note, by) = match &row.progress {
            Progress::Open => ("Chưa làm", None, None),
            Progress::Taken { by } => ("Đang làm", None, Some(by)),
            Progress::Done { by, note, .. } => ("Đã xong", note.as_ref(), Some(by)),
            Progress::Skipped { by, reason } if plan.mandatory => ("Được miễn", Some(reason), Some(by)),
            Progress::Skipped { by, reason } => ("Bỏ qua", Some(reason), Some(by)),
        };
        let evidence = match &row.progress {
            Progress::Done { evidence, .. } => evidence.words(desk.incident),
            _ => String::new(),
        };
        let (verdict, late) = verdict(row, desk.now);
        Self {
            seq: plan.seq,
            phase: phase.map_or_else(|| plan.phase.clone(), |phase| phase.title.clone()),
            title: plan.title.clone(),
            office: match &plan.office {
                Some(office) => desk.incident.office_name(Some(office)),
                None => plan.function_title.clone(),
            },
            mandatory: plan.mandatory,
            limit: plan.due.as_ref().map_or_else(String::new, Due::words),
            due: row.due_at.map(|at| desk.moment(at)),
            state,
            note: note.cloned().unwrap_or_default(),
            evidence,
            by: by.map(|act| desk.deed(act)),
            verdict,
            late,
        }
    }
}

fn verdict(row: &task::Task, now: Timestamp) -> (&'static str, bool) {
    match (&row.progress, row.due_at) {
        (Progress::Skipped { .. }, _) => ("", false),
        (_, None) if row.plan.due.is_some() => ("chưa tính hạn", false),
        (_, None) => ("không có hạn", false),
        (Progress::Done { by, .. }, Some(due)) if by.at > due => ("quá hạn", true),
        (Progress::Done { .. }, Some(_)) => ("đúng hạn", false),
        (_, Some(due)) if now > due => ("quá hạn", true),
        (_, Some(_)) => ("còn hạn", false),
    }
}

#[cfg(test)]
mod tests {
    use super::super::given;
    use super::super::report::Report;

    #[test]
    fn tasks_say_what_became_of_them_and_whether_in_time() {
        let case = given::an_exercise();
        let tasks = Report::of(&case.incident, &case.records, &given::options()).expect("open").tasks;
        let said: Vec<_> = tasks.iter().map(|task| (task.seq, task.state, task.verdict)).collect();
        let expected = [
            (1, "Đã xong", "quá hạn"),
            (2, "Được miễn", ""),
            (3, "Đang làm", "còn hạn"),
            (4, "Chưa làm", "chưa tính hạn"),
        ];
        assert_eq!(said, expected);
        assert_eq!(tasks[0].limit, "30 phút kể từ khi phát hiện (mục tiêu nội bộ)");
        assert_eq!(tasks[0].evidence, "diễn biến “Hai xe cứu thương tới nơi”");
        assert_eq!(tasks[1].note, "đã có cơ quan khác thông tin");
    }
}
