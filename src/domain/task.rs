//! Tasks: who does what by when. Taken, finished, or skipped with a reason; a mandatory one is waived by the
//! leads only, and holds up closing until then. One with a condition sleeps until the condition holds, and once awake
//! stays so: what became due is done or skipped by people, it does not vanish.

pub mod evidence;

use super::calendar::WorkingCalendar;
use super::condition::Condition;
use super::deadline::{Anchor, Anchors, Counted, Due, Source};
use super::frozen::PlannedTask;
use super::ids::{OfficeId, Rev, RowId};
use super::may::LEADS;
use super::owner::Named;
use super::refusal::Refusal;
use super::table::Row;
use super::{Act, Actor, Context, Event as AnyEvent, Incident, Role, text};
use evidence::Evidence;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Longest time that a task added by hand may have, minutes: a year, as in playbooks; a later date is a slip of the pen.
const DUE_MINUTES_MAX: u32 = 366 * 24 * 60;

/// How far a task is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
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
        /// What shows it.
        #[serde(skip_serializing_if = "Evidence::is_empty")]
        #[ts(as = "Option<Evidence>", optional)]
        evidence: Evidence,
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
#[derive(Clone, Debug, Serialize, JsonSchema, TS)]
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
    /// What it waits for, in words; nobody is asked to do it before.
    pub asleep: Option<String>,
    /// Since when its condition holds.
    pub woken_at: Option<Timestamp>,
    /// Who is to do it, by name; their office may all the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub named: Option<Named>,
    /// Who was at it and left their post or their office; the task waits to be taken again.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub left_by: Option<Act>,
    /// The message that it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub from: Option<RowId>,
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
    /// A task as the incident stands: asleep when its condition does not hold.
    pub(super) fn new(plan: PlannedTask, incident: &Incident) -> Self {
        let condition = plan.only_if.as_ref().filter(|condition| !condition.holds(incident));
        let asleep = condition.map(Condition::words);
        let mut task = Self {
            plan,
            rev: 0,
            due_at: None,
            progress: Progress::Open,
            asleep,
            woken_at: None,
            named: None,
            left_by: None,
            from: None,
        };
        if let (Some(header), Some(frame)) = (&incident.header, &incident.frame) {
            task.recount(&header.anchors, &frame.calendar);
        }
        task
    }
    /// Counts its limit anew. The office's own limit does not run before the task is asked for; the law's does.
    pub(super) fn recount(&mut self, anchors: &Anchors, calendar: &WorkingCalendar) {
        self.due_at = self.plan.due.filter(|_| self.asleep.is_none()).and_then(|due| {
            let from = *anchors.get(&due.anchor)?;
            let asked = self.woken_at.filter(|_| due.source == Source::Policy && !due.before);
            let counted = Anchors::from([(due.anchor, asked.map_or(from, |asked| asked.max(from)))]);
            due.at(&counted, calendar)
        });
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
    /// Whether it is the actor's to act on: theirs by name, their office's, anybody's, or they lead.
    pub fn is_for(&self, actor: &Actor) -> bool {
        let leads = LEADS.iter().any(|role| actor.is(*role));
        leads || self.is_named(actor) || self.plan.office.is_none() || actor.office == self.plan.office
    }
    /// Whether the actor is to do it, by name.
    pub fn is_named(&self, actor: &Actor) -> bool {
        self.named.as_ref().is_some_and(|named| named.person == actor.person)
    }
    /// To be done now or soon: open, and its condition holds.
    pub fn is_asked(&self) -> bool {
        self.is_open() && self.asleep.is_none()
    }
    /// Counts from the closing of the incident, so it can only be done after it.
    pub fn is_after_closing(&self) -> bool {
        self.plan.due.is_some_and(|due| due.anchor == Anchor::ClosedAt)
    }
    /// The incident cannot be closed before it is done or waived.
    pub fn holds_up_closing(&self) -> bool {
        self.plan.mandatory && self.is_asked() && !self.is_after_closing()
    }
}

/// What people ask of tasks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[ts(rename = "TaskCommand")]
pub enum Command {
    /// One more, which no playbook knew of.
    Add {
        /// Its id.
        id: RowId,
        /// What is to be done.
        title: String,
        /// In which phase.
        phase: String,
        /// Which office.
        office: Option<OfficeId>,
        /// By when.
        due_at: Option<Timestamp>,
        /// The message that it came from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        from: Option<RowId>,
    },
    /// I am at it.
    Take {
        /// Which.
        id: RowId,
    },
    /// It is done.
    Finish {
        /// Which.
        id: RowId,
        /// With what result; a mandatory task needs one.
        note: Option<String>,
        /// What shows it; a mandatory task needs something.
        #[serde(default, skip_serializing_if = "Evidence::is_empty")]
        #[ts(as = "Option<Evidence>", optional)]
        evidence: Evidence,
    },
    /// This person is to do it; nobody in particular when empty.
    Name {
        /// Which.
        id: RowId,
        /// Who; the server fills in who that is.
        to: Option<Named>,
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
            Self::Add { id, .. }
            | Self::Take { id }
            | Self::Finish { id, .. }
            | Self::Name { id, .. }
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
        /// The message that it came from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<RowId>,
    },
    /// Its condition holds now.
    Woken {
        /// Which.
        id: RowId,
        /// The condition, in words.
        why: String,
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
        /// What shows it.
        #[serde(default, skip_serializing_if = "Evidence::is_empty")]
        evidence: Evidence,
    },
    /// Somebody is to do it, or nobody in particular.
    Named {
        /// Which.
        id: RowId,
        /// Who.
        to: Option<Named>,
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
    if let Command::Add { .. } = command {
        return added(incident, command).map(|event| vec![AnyEvent::Task(event)]);
    }
    let task = incident.tasks.get(command.id()).ok_or(Refusal::Unknown)?;
    if !task.is_open() {
        return Err(Refusal::TaskEnded);
    }
    if task.asleep.is_some() && !matches!(command, Command::Skip { .. } | Command::Release { .. }) {
        return Err(Refusal::NotYet);
    }
    let by = context.by;
    let leads = LEADS.iter().any(|role| by.is(*role));
    if !by.is(Role::Room) && !task.is_for(by) {
        return Err(Refusal::NotYourTask);
    }
    let event = match command {
        Command::Add { .. } => return Err(Refusal::Unreadable),
        Command::Take { id } => match &task.progress {
            Progress::Taken { by: taker } if taker.person == by.person => return Ok(vec![]),
            _ => Event::Taken { id },
        },
        Command::Finish { id, note, evidence } => {
            let (note, evidence) = (text::note_if_any(note.as_deref())?, evidence.checked(incident)?);
            if task.plan.mandatory {
                evidence::sufficient(note.as_ref(), &evidence)?;
            }
            Event::Finished { id, note, evidence }
        }
        Command::Name { to, .. } if task.named == to => return Ok(vec![]),
        Command::Name { id, to } => Event::Named { id, to },
        Command::Skip { .. } if task.plan.mandatory && !leads => return Err(Refusal::Mandatory),
        Command::Skip { id, reason } => Event::Skipped { id, reason: text::note(&reason)? },
        Command::Release { .. } if task.taker().is_none() => return Ok(vec![]),
        Command::Release { id, reason } => Event::Released { id, reason: text::note(&reason)? },
    };
    Ok(vec![AnyEvent::Task(event)])
}

/// A task that people add by hand: numbered behind all others, in a phase and for an office that the incident has.
fn added(incident: &Incident, command: Command) -> Result<Event, Refusal> {
    let Command::Add { id, title, phase, office, due_at, from } = command else {
        return Err(Refusal::Unreadable);
    };
    if incident.tasks.get(&id).is_some() {
        return Err(Refusal::AlreadyThere);
    }
    let (header, frame) = incident.header.as_ref().zip(incident.frame.as_ref()).ok_or(Refusal::NotOpen)?;
    if !frame.phases.iter().any(|known| known.code == phase) {
        return Err(Refusal::Unknown);
    }
    if office.as_ref().is_some_and(|office| incident.offices.get(office).is_none()) {
        return Err(Refusal::UnknownOffice);
    }
    let opened = header.opened.at;
    let due = due_at.map(|at| match u32::try_from(at.duration_since(opened).as_mins()) {
        Ok(amount) if amount <= DUE_MINUTES_MAX => {
            let (anchor, counted, source) = (Anchor::OpenedAt, Counted::Elapsed, Source::Policy);
            Ok(Due { anchor, amount, counted, source, before: false })
        }
        Ok(_) => Err(Refusal::DueTooFar),
        Err(_) => Err(Refusal::OutOfOrder {
            earlier: Anchor::OpenedAt.title().into(),
            later: "thời hạn".into(),
        }),
    });
    let seq = incident.tasks.iter().map(|task| task.plan.seq).max().unwrap_or(0) + 1;
    let plan = PlannedTask {
        id,
        seq,
        phase,
        title: text::title(&title)?,
        function: String::new(),
        function_title: incident.office_name(office.as_ref()),
        office,
        support: vec![],
        due: due.transpose()?,
        mandatory: false,
        basis: vec![],
        output: None,
        only_if: None,
        playbook: None,
    };
    Ok(Event::Added { plan: Box::new(plan), from })
}

/// The sleeping tasks whose condition holds.
pub(super) fn woken(incident: &Incident) -> Vec<AnyEvent> {
    let asleep = incident.tasks.iter().filter(|row| row.asleep.is_some() && row.is_open());
    let holds = asleep.filter(|row| row.plan.only_if.as_ref().is_none_or(|it| it.holds(incident)));
    let event = |row: &std::sync::Arc<Task>| {
        let why = row.asleep.clone().unwrap_or_default();
        AnyEvent::Task(Event::Woken { id: row.plan.id.clone(), why })
    };
    holds.map(event).collect()
}

pub(super) fn apply(incident: &mut Incident, rev: Rev, event: &Event, act: &Act) {
    let by = act.clone();
    let (id, progress) = match event.clone() {
        Event::Added { plan, from } => {
            let task = Task { from, ..Task::new(*plan, incident) };
            incident.tasks.put(rev, task);
            return;
        }
        Event::Woken { id, .. } => {
            let (header, frame) = (incident.header.clone(), incident.frame.clone());
            incident.tasks.edit(rev, &id, |row| {
                (row.asleep, row.woken_at) = (None, Some(act.at));
                if let (Some(header), Some(frame)) = (header, frame) {
                    row.recount(&header.anchors, &frame.calendar);
                }
            });
            return;
        }
        Event::Taken { id } => (id, Progress::Taken { by }),
        Event::Finished { id, note, evidence } => (id, Progress::Done { by, note, evidence }),
        Event::Named { id, to } => {
            incident.tasks.edit(rev, &id, |row| row.named = to);
            return;
        }
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
        let evidence = Evidence { link: Some("https://example.vn/minh-chung".into()), ..Evidence::default() };
        AnyCommand::Task(Command::Finish { id: id(seq), note: Some("xong".into()), evidence })
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

    fn named(who: &str) -> Named {
        let Actor { person, name, title, office, .. } = given::actor(who);
        Named { person, name, title, office }
    }

    #[test]
    fn whoever_is_named_may_do_it_and_their_office_still_may() {
        let name = |to: Option<&str>| AnyCommand::Task(Command::Name { id: id(2), to: to.map(named) });
        given::an_incident().by("party").when(name(Some("party"))).refused(Refusal::NotYourTask);
        let case = given::an_incident().by("people").when(name(Some("party"))).accepted();
        let line = case.incident().lines.newest().expect("a line").text.clone();
        assert_eq!(
            line,
            "Giao nhiệm vụ: Thông tin ban đầu, cho Nguyễn Văn party, Chuyên viên (Văn phòng A)."
        );
        let waits = |case: &given::Case, who| {
            let waits =
                super::super::waiting::waiting(case.incident(), &given::actor(who), given::at("12:31:00"));
            waits.iter().any(|wait| wait.words == "Thông tin ban đầu")
        };
        assert!(waits(&case, "party"), "told at once, although it is due tomorrow");
        assert!(!waits(&case, "people"), "it is a colleague's");
        let again = case.clone().when(name(Some("party"))).accepted();
        assert_eq!(again.incident().rev, case.incident().rev);
        case.clone().by("people").when(take(2)).accepted();
        let done = case.clone().by("party").when(take(2)).accepted().when(finish(2)).accepted();
        assert!(!waits(&done, "party"));
        let freed = case.by("people").when(name(None)).accepted();
        assert_eq!(freed.incident().tasks.get(&id(2)).expect("planned").named, None);
        freed.by("party").when(take(2)).refused(Refusal::NotYourTask);
    }

    #[test]
    fn a_task_that_is_not_there() {
        given::an_incident().by("press").when(take(99)).refused(Refusal::Unknown);
    }
}
