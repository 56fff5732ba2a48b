//! The incident against what was prescribed for it: each limit of the law, each task of the playbooks, each approval that
//! was asked for, with what was laid down, what happened, and the difference. One pure function reads it from the record
//! as it stands at a moment; nobody types it, and nothing is graded that was not prescribed.

use super::approval::{Answer, Square};
use super::deadline::{Deadline, Due};
use super::ids::OfficeId;
use super::limit::hours;
use super::statement::{State, Statement};
use super::task::{Progress, Task};
use super::{Act, Incident, Viewer};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use ts_rs::TS;

/// What prescribes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Prescribed {
    /// A limit of the law.
    Limit,
    /// A task of a playbook.
    Task,
    /// An approval of words, by the matrix.
    Approval,
}

impl Prescribed {
    /// All of them, as they are shown.
    pub const ALL: &'static [Self] = &[Self::Limit, Self::Task, Self::Approval];
    /// The code used on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::Limit => "limit",
            Self::Task => "task",
            Self::Approval => "approval",
        }
    }
    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Limit => "Thời hạn theo quy định",
            Self::Task => "Nhiệm vụ của kịch bản",
            Self::Approval => "Duyệt phát ngôn",
        }
    }
}

/// How it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "YardstickVerdict")]
pub enum Verdict {
    /// Done within its limit.
    InTime,
    /// Done, after its limit.
    Late,
    /// Not done, and its time is over.
    NotDone,
    /// Done; there was no limit to keep.
    Done,
    /// Not done, and there is time left.
    Running,
    /// Somebody decided that it need not be done, with a reason.
    Excused,
    /// It was not asked of this incident.
    NotApplicable,
}

impl Verdict {
    /// All of them, as they are shown.
    pub const ALL: &'static [Self] = &[
        Self::InTime,
        Self::Late,
        Self::NotDone,
        Self::Done,
        Self::Running,
        Self::Excused,
        Self::NotApplicable,
    ];
    /// The code used on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::InTime => "in_time",
            Self::Late => "late",
            Self::NotDone => "not_done",
            Self::Done => "done",
            Self::Running => "running",
            Self::Excused => "excused",
            Self::NotApplicable => "not_applicable",
        }
    }
    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Self::InTime => "Trong hạn",
            Self::Late => "Muộn",
            Self::NotDone => "Chưa làm",
            Self::Done => "Xong, không đặt hạn",
            Self::Running => "Còn thời gian",
            Self::Excused => "Được miễn, bỏ qua",
            Self::NotApplicable => "Không áp dụng",
        }
    }
    /// It did not go as prescribed.
    pub fn is_short(self) -> bool {
        matches!(self, Self::Late | Self::NotDone)
    }
}

/// One thing that was prescribed, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "YardstickReading")]
pub struct Reading {
    /// What prescribes it.
    pub kind: Prescribed,
    /// Tells it from all others of the incident.
    pub key: String,
    /// What was to be done.
    pub title: String,
    /// Whose it was, short; empty when it is nobody's in particular.
    pub whose: String,
    /// What was laid down, in words.
    pub prescribed: String,
    /// When its time was up.
    pub due_at: Option<Timestamp>,
    /// When it was done.
    pub done_at: Option<Timestamp>,
    /// What was left of the limit when it was done, seconds; below nought: late.
    #[ts(type = "number | null")]
    pub left_seconds: Option<i64>,
    /// How it went.
    pub verdict: Verdict,
    /// Who did it or what shows it, or why it was not done; may be empty.
    pub note: String,
}

/// Everything that was prescribed, as the record stands `now` and as far as the viewer sees it: who does not see drafts
/// sees no squares. Nothing before the incident is opened.
pub fn readings(incident: &Incident, now: Timestamp, viewer: Viewer) -> Vec<Reading> {
    if incident.header.is_none() {
        return vec![];
    }
    let sheet = Sheet { incident, now };
    let mut limits: Vec<_> = incident.deadlines.iter().filter(|row| !row.clock.outside).collect();
    limits.sort_by_key(|row| (row.due_at.is_none(), row.due_at, row.clock.id.clone()));
    // What people added by hand no playbook prescribed.
    let mut tasks: Vec<_> = incident.tasks.iter().filter(|row| !row.plan.function.is_empty()).collect();
    tasks.sort_by_key(|row| (row.plan.seq, row.plan.id.clone()));
    let words = incident.statements.iter().filter(|row| row.state != State::Dropped);
    let mut words: Vec<_> = words.map(|row| row.clone().seen_by(viewer)).collect();
    words.sort_by(|a, b| (a.number.len(), &a.number).cmp(&(b.number.len(), &b.number)));
    let approvals = words.iter().flat_map(|row| row.squares.iter().map(|it| sheet.approval(row, it)));
    let limits = limits.into_iter().map(|row| sheet.limit(row));
    limits.chain(tasks.into_iter().map(|row| sheet.task(row))).chain(approvals).collect()
}

/// How many of this kind went so.
pub fn count(readings: &[Reading], kind: Prescribed, verdict: Verdict) -> usize {
    readings.iter().filter(|row| (row.kind, row.verdict) == (kind, verdict)).count()
}

struct Sheet<'a> {
    incident: &'a Incident,
    now: Timestamp,
}

/// Done at this moment, by this limit.
fn done(due: Option<Timestamp>, at: Timestamp) -> (Verdict, Option<i64>) {
    match due {
        None => (Verdict::Done, None),
        Some(due) if at > due => (Verdict::Late, Some(due.duration_since(at).as_secs())),
        Some(due) => (Verdict::InTime, Some(due.duration_since(at).as_secs())),
    }
}

impl Sheet<'_> {
    fn short(&self, office: Option<&OfficeId>) -> String {
        let row = office.and_then(|id| self.incident.offices.get(id));
        row.map_or_else(|| self.incident.office_name(office), |row| row.short.clone())
    }

    fn did(&self, act: &Act) -> String {
        match self.short(act.office.as_ref()) {
            office if office.is_empty() => act.name.clone(),
            office => format!("{} ({office})", act.name),
        }
    }

    fn limit(&self, row: &Arc<Deadline>) -> Reading {
        let claim = row.of.as_ref().and_then(|of| self.incident.claims.get(&of.claim));
        let over = row.missed_at.is_some() || row.due_at.is_some_and(|due| due <= self.now);
        let (done_at, (verdict, left_seconds), note) = match (&row.stopped, row.due_at) {
            (Some(stop), due) => {
                let number = stop.statement.as_ref().map(|id| self.incident.statement_number(id));
                let shown = number.or_else(|| stop.on.clone()).unwrap_or_default();
                (Some(stop.at), done(due, stop.at), shown)
            }
            (None, _) if row.asleep.is_some() => {
                let when = row.asleep.as_deref().unwrap_or_default();
                (None, (Verdict::NotApplicable, None), format!("Chỉ tính khi {when}."))
            }
            (None, _) if row.lifted.is_some() => {
                let verdict = if over { Verdict::NotDone } else { Verdict::NotApplicable };
                (
                    None,
                    (verdict, None),
                    format!("Thôi áp dụng: {}.", row.lifted.as_deref().unwrap_or_default()),
                )
            }
            (None, None) => {
                let verdict =
                    if self.incident.is_closed() { Verdict::NotApplicable } else { Verdict::Running };
                (None, (verdict, None), format!("Chưa ghi mốc {}.", row.clock.due.anchor.title()))
            }
            (None, Some(_)) => {
                (None, (if over { Verdict::NotDone } else { Verdict::Running }, None), String::new())
            }
        };
        Reading {
            kind: Prescribed::Limit,
            key: row.clock.id.to_string(),
            title: claim.map_or_else(
                || row.clock.title.clone(),
                |claim| format!("{} – {}", row.clock.title, claim.name()),
            ),
            whose: self.short(row.clock.office.as_ref()),
            prescribed: row.clock.due.words(),
            due_at: row.due_at,
            done_at,
            left_seconds,
            verdict,
            note,
        }
    }

    fn task(&self, row: &Arc<Task>) -> Reading {
        let plan = &row.plan;
        let ended = self.incident.is_closed() && !row.is_after_closing();
        let (done_at, (verdict, left_seconds), note) = match &row.progress {
            Progress::Done { by, .. } => (Some(by.at), done(row.due_at, by.at), self.did(by)),
            Progress::Skipped { reason, .. } => (None, (Verdict::Excused, None), reason.clone()),
            Progress::Open | Progress::Taken { .. } => match (&row.asleep, row.due_at) {
                (Some(when), _) => (None, (Verdict::NotApplicable, None), format!("Chỉ làm khi {when}.")),
                (None, Some(due)) if due <= self.now => (None, (Verdict::NotDone, None), String::new()),
                (None, _) if ended => (None, (Verdict::NotDone, None), "Sự cố kết thúc khi chưa làm.".into()),
                (None, None) if plan.due.is_some() => {
                    let anchor = plan.due.map_or("", |due| due.anchor.title());
                    (None, (Verdict::Running, None), format!("Chưa ghi mốc {anchor}."))
                }
                (None, _) => (None, (Verdict::Running, None), String::new()),
            },
        };
        Reading {
            kind: Prescribed::Task,
            key: plan.id.to_string(),
            title: plan.title.clone(),
            whose: match &plan.office {
                Some(office) => self.short(Some(office)),
                None => plan.function_title.clone(),
            },
            prescribed: plan.due.as_ref().map_or_else(|| "không đặt hạn".into(), Due::words),
            due_at: row.due_at,
            done_at,
            left_seconds,
            verdict,
            note,
        }
    }

    /// A square of the newest submission. Whoever objects has answered in time as well as whoever approves.
    fn approval(&self, row: &Arc<Statement>, square: &Square) -> Reading {
        let over = square.due_at.is_some_and(|due| due <= self.now);
        let (done_at, (verdict, left_seconds), note) = match &square.answer {
            Answer::Approved { by } => (Some(by.at), done(square.due_at, by.at), self.did(by)),
            Answer::Objected { by, .. } => {
                (Some(by.at), done(square.due_at, by.at), format!("Không đồng ý: {}", self.did(by)))
            }
            Answer::Silent => {
                (None, (Verdict::Excused, None), "Hết giờ không có ý kiến, theo quy tắc được đi tiếp.".into())
            }
            Answer::Waiting | Answer::NotYet if row.is_out() => {
                (None, (Verdict::NotDone, None), "Đã phát hành khi chưa có ý kiến.".into())
            }
            Answer::Waiting if over => (None, (Verdict::NotDone, None), String::new()),
            Answer::Waiting => (None, (Verdict::Running, None), String::new()),
            Answer::NotYet => (None, (Verdict::Running, None), "Chưa đến lượt.".into()),
        };
        let signatory = &square.signatory;
        let verb = if square.required { "Duyệt" } else { "Cho ý kiến về" };
        Reading {
            kind: Prescribed::Approval,
            key: format!("{} {}", row.id, signatory.function),
            title: format!("{verb} {} “{}”", row.number, row.title),
            whose: match signatory.office_short.as_str() {
                "" => signatory.title.clone(),
                office => office.to_owned(),
            },
            prescribed: match signatory.minutes {
                Some(minutes) => format!("{} kể từ khi đến lượt", hours(minutes)),
                None => "không đặt giờ".into(),
            },
            due_at: square.due_at,
            done_at,
            left_seconds,
            verdict,
            note,
        }
    }
}

#[cfg(test)]
#[path = "yardstick/tests.rs"]
mod tests;
