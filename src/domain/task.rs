//! Tasks: who does what by when. Taken, finished, or skipped with a reason; a mandatory one is waived by the
//! leads only, and holds up closing until then.

use super::calendar::WorkingCalendar;
use super::deadline::{Anchor, Anchors};
use super::frozen::PlannedTask;
use super::ids::{Rev, RowId};
use super::may::LEADS;
use super::refusal::Refusal;
use super::table::Row;
use super::{Act, Actor, Context, Event as AnyEvent, Incident, Role, text};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How far a task is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
#[ts(rename = "TaskProgress")]
pub enum Progress {
    /// Nobody has taken it.
    Open,
    /// Somebody is at it.
    Taken {
        /// Who.
        by: Act,
    },
    /// Done.
    Done {
        /// Who finished it.
        by: Act,
        /// With what result.
        note: Option<String>,
    },
    /// Will not be done.
    Skipped {
        /// Who decided so.
        by: Act,
        /// Why.
        reason: String,
    },
}

/// A task of the incident.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Task {
    /// As planned.
    #[serde(flatten)]
    #[ts(flatten)]
    pub plan: PlannedTask,
    /// Last change.
    pub rev: Rev,
    /// When it is due; none while its anchor is not known.
    pub due_at: Option<Timestamp>,
    /// How far it is.
    pub progress: Progress,
    /// Who was at it and left their post or their office; the task waits to be taken again.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub left_by: Option<Act>,
}

impl Row for Task {
    type Id = RowId;
    fn id(&self) -> &RowId {
        &self.plan.id
    }
    fn rev(&self) -> Rev {
        self.rev
    }
    fn stamp(&mut self, rev: Rev) {
        self.rev = rev;
    }
}

impl Task {
    pub(super) fn new(plan: PlannedTask, anchors: &Anchors, calendar: &WorkingCalendar) -> Self {
        let due_at = plan.due.and_then(|due| due.at(anchors, calendar));
        Self { plan, rev: 0, due_at, progress: Progress::Open, left_by: None }
    }
    /// Neither done nor skipped.
    pub fn is_open(&self) -> bool {
        matches!(self.progress, Progress::Open | Progress::Taken { .. })
    }
    /// Who is at it.
    pub fn taker(&self) -> Option<&Act> {
        match &self.progress {
            Progress::Taken { by } => Some(by),
            _ => None,
        }
    }
    /// Whether it is the actor's to act on: their office's, anybody's, or they lead.
    pub fn is_for(&self, actor: &Actor) -> bool {
        let leads = LEADS.iter().any(|role| actor.is(*role));
        leads || self.plan.office.is_none() || actor.office == self.plan.office
    }
    /// Counts from the closing of the incident, so it can only be done after it.
    pub fn is_after_closing(&self) -> bool {
        self.plan.due.is_some_and(|due| due.anchor == Anchor::ClosedAt)
    }
    /// The incident cannot be closed before it is done or waived.
    pub fn holds_up_closing(&self) -> bool {
        self.plan.mandatory && self.is_open() && !self.is_after_closing()
    }
}

/// What people ask of tasks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[ts(rename = "TaskCommand")]
pub enum Command {
    /// I am at it.
    Take {
        /// Which.
        id: RowId,
    },
    /// It is done.
    Finish {
        /// Which.
        id: RowId,
        /// With what result.
        note: Option<String>,
    },
    /// It will not be done.
    Skip {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
    /// Whoever was at it is so no longer, because they left; it waits for its office again.
    Release {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
}

impl Command {
    /// The task that it is about.
    pub fn id(&self) -> &RowId {
        match self {
            Self::Take { id }
            | Self::Finish { id, .. }
            | Self::Skip { id, .. }
            | Self::Release { id, .. } => id,
        }
    }
}

/// What happened to tasks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Event {
    /// One more, because something happened.
    Added {
        /// The task.
        plan: Box<PlannedTask>,
    },
    /// Somebody is at it.
    Taken {
        /// Which.
        id: RowId,
    },
    /// Done.
    Finished {
        /// Which.
        id: RowId,
        /// With what result.
        note: Option<String>,
    },
    /// Will not be done.
    Skipped {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
    /// Waits to be taken again: who was at it left.
    Released {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
}

pub(super) fn decide(
    incident: &Incident,
    command: Command,
    context: &Context,
) -> Result<Vec<AnyEvent>, Refusal> {
    let task = incident.tasks.get(command.id()).ok_or(Refusal::Unknown)?;
    if !task.is_open() {
        return Err(Refusal::TaskEnded);
    }
    let by = context.by;
    let leads = LEADS.iter().any(|role| by.is(*role));
    if !by.is(Role::Room) && !task.is_for(by) {
        return Err(Refusal::NotYourTask);
    }
    let event = match command {
        Command::Take { id } => match &task.progress {
            Progress::Taken { by: taker } if taker.person == by.person => return Ok(vec![]),
            _ => Event::Taken { id },
        },
        Command::Finish { id, note } => Event::Finished { id, note: text::note_if_any(note.as_deref())? },
        Command::Skip { .. } if task.plan.mandatory && !leads => return Err(Refusal::Mandatory),
        Command::Skip { id, reason } => Event::Skipped { id, reason: text::note(&reason)? },
        Command::Release { .. } if task.taker().is_none() => return Ok(vec![]),
        Command::Release { id, reason } => Event::Released { id, reason: text::note(&reason)? },
    };
    Ok(vec![AnyEvent::Task(event)])
}

pub(super) fn apply(incident: &mut Incident, rev: Rev, event: &Event, act: &Act) {
    let by = act.clone();
    let (id, progress) = match event.clone() {
        Event::Added { plan } => {
            let (header, frame) = (incident.header.clone(), incident.frame.clone());
            if let (Some(header), Some(frame)) = (header, frame) {
                incident.tasks.put(rev, Task::new(*plan, &header.anchors, &frame.calendar));
            }
            return;
        }
        Event::Taken { id } => (id, Progress::Taken { by }),
        Event::Finished { id, note } => (id, Progress::Done { by, note }),
        Event::Skipped { id, reason } => (id, Progress::Skipped { by, reason }),
        Event::Released { id, .. } => (id, Progress::Open),
    };
    incident.tasks.edit(rev, &id, |row| {
        row.left_by = row.taker().filter(|_| progress == Progress::Open).cloned();
        row.progress = progress;
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Command as AnyCommand, given};

    fn id(seq: u32) -> RowId {
        RowId::new(&format!("t-{seq}")).expect("an id")
    }
    fn take(seq: u32) -> AnyCommand {
        AnyCommand::Task(Command::Take { id: id(seq) })
    }
    fn finish(seq: u32) -> AnyCommand {
        AnyCommand::Task(Command::Finish { id: id(seq), note: Some("xong".into()) })
    }
    fn skip(seq: u32) -> AnyCommand {
        AnyCommand::Task(Command::Skip { id: id(seq), reason: "không cần".into() })
    }

    #[test]
    fn the_office_that_owns_a_task_takes_and_finishes_it_once() {
        let done = given::an_incident().by("people").when(take(2)).accepted().when(finish(2)).accepted();
        assert!(!done.incident().tasks.get(&id(2)).expect("planned").is_open());
        done.clone().when(finish(2)).refused(Refusal::TaskEnded);
        done.when(take(2)).refused(Refusal::TaskEnded);
    }

    #[test]
    fn others_leave_it_alone_but_the_leads_may_act_for_an_office() {
        given::an_incident().by("party").when(take(2)).refused(Refusal::NotYourTask);
        given::an_incident().by("press").when(finish(2)).accepted();
    }

    #[test]
    fn a_mandatory_task_is_waived_by_the_leads_with_a_reason() {
        given::an_incident().by("people").when(skip(2)).refused(Refusal::Mandatory);
        let bare = AnyCommand::Task(Command::Skip { id: id(2), reason: " ".into() });
        given::an_incident().by("press").when(bare).refused(Refusal::Empty);
        given::an_incident().by("press").when(skip(2)).accepted();
        given::an_incident().by("people").when(skip(3)).accepted();
    }

    #[test]
    fn a_task_whose_taker_left_waits_for_its_office_again_and_the_record_says_who_had_it() {
        let release =
            |seq| AnyCommand::Task(Command::Release { id: id(seq), reason: "đã rời vị trí".into() });
        let taken = given::an_incident().by("people").when(take(2)).accepted();
        taken.clone().by("press").when(release(2)).refused(Refusal::NotAllowed);
        let left = taken.by_the_room().when(release(2)).accepted();
        let row = left.incident().tasks.get(&id(2)).expect("planned").clone();
        assert_eq!((row.progress.clone(), row.is_open()), (Progress::Open, true));
        assert_eq!(row.left_by.as_ref().map(|act| act.person.as_str()), Some("people"));
        let line = left.incident().lines.iter().next_back().expect("a line").text.clone();
        assert!(line.starts_with("Nhiệm vụ chờ nhận lại: ") && line.ends_with("đã rời vị trí"), "{line}");
        let again = left.clone().by_the_room().when(release(2)).accepted();
        assert_eq!(again.incident().rev, left.incident().rev, "nobody is at it: nothing is recorded");
        let retaken = left.by("people").when(take(2)).accepted();
        assert_eq!(retaken.incident().tasks.get(&id(2)).expect("planned").left_by, None);
    }

    #[test]
    fn a_task_that_is_not_there() {
        given::an_incident().by("press").when(take(99)).refused(Refusal::Unknown);
    }
}
