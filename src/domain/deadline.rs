//! The clocks of the law, which only a published statement of the right kind stops, a moment or a recorded proof, and
//! whose miss is a record that nobody can remove.

mod due;
mod of;

pub use super::anchor::{Anchor, Anchors};
pub use due::{Counted, Due, Source};
pub use of::Of;

use super::calendar::WorkingCalendar;
use super::condition::Condition;
use super::ids::{OfficeId, Rev, RowId};
use super::refusal::Refusal;
use super::table::Row;
use super::{Act, Context, Incident, incident, text};
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use ts_rs::TS;

/// Minutes before its end at which a clock is called to mind, the first reminder first: the head, the office and the
/// spokesperson; then everybody on the call list; then whoever is awake.
pub const REMINDERS: [u32; 3] = [360, 120, 30];

/// A provision on which a rule rests, and whether somebody has compared it with the signed text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Basis {
    /// Code of the provision in the law data.
    pub code: String,
    /// The citation in words.
    pub cite: String,
    /// What it says, short.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Compared with the signed text.
    pub verified: bool,
}

/// A clock of the law, as frozen when the incident opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "DeadlineClock")]
pub struct Clock {
    /// The duty that it measures; also its id.
    pub id: RowId,
    /// What has to be done.
    pub title: String,
    /// Its limit.
    pub due: Due,
    /// What it rests on.
    pub basis: Vec<Basis>,
    /// Kinds of statement whose publication stops it.
    pub stopped_by: Vec<String>,
    /// The moment whose recording stops it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub stopped_when: Option<Anchor>,
    /// What else stops it, in words: a report that was sent, a correction that appeared. A person records it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub stopped_on: Option<String>,
    /// Until this holds, it does not apply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub only_if: Option<Condition>,
    /// The office that owes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub office: Option<OfficeId>,
    /// Owed by somebody outside, the press or a platform; the office keeps an eye on it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>", optional)]
    pub outside: bool,
}

/// How a clock was stopped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "DeadlineStop")]
pub struct Stop {
    /// When the statement was released, the moment recorded, or the thing done.
    pub at: Timestamp,
    /// Which statement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<RowId>,
    /// What was recorded instead, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
}

/// A clock of the law, running.
#[derive(Clone, Debug, Serialize, JsonSchema, TS)]
pub struct Deadline {
    /// Its rule.
    #[serde(flatten)]
    #[ts(flatten)]
    pub clock: Clock,
    /// Last change.
    pub rev: Rev,
    /// When time is up; none while the anchor is not known.
    pub due_at: Option<Timestamp>,
    /// How it was stopped.
    pub stopped: Option<Stop>,
    /// Recorded as missed, at the revision's moment.
    pub missed_at: Option<Timestamp>,
    /// What it waits for, in words; it does not apply before.
    pub asleep: Option<String>,
    /// Minutes before the end of which the newest reminder spoke.
    pub reminded: Option<u32>,
    /// When it was due before the moment from which it counts was changed.
    pub was_due_at: Option<Timestamp>,
    /// The claim whose clock it is; none for the incident's own.
    pub of: Option<Of>,
    /// Why it does not apply any more.
    pub lifted: Option<String>,
}

impl Row for Deadline {
    type Id = RowId;
    fn id(&self) -> &RowId {
        &self.clock.id
    }
    fn rev(&self) -> Rev {
        self.rev
    }
    fn stamp(&mut self, rev: Rev) {
        self.rev = rev;
    }
}

impl Deadline {
    /// A clock that begins to run, waits for its anchor, or does not apply yet.
    pub(super) fn new(clock: Clock, incident: &Incident) -> Self {
        let condition = clock.only_if.as_ref().filter(|condition| !condition.holds(incident));
        let asleep = condition.map(Condition::words);
        let (stopped, missed_at, reminded, was_due_at) = (None, None, None, None);
        let (due_at, of, lifted) = (None, None, None);
        let mut row =
            Self { clock, rev: 0, due_at, stopped, missed_at, asleep, reminded, was_due_at, of, lifted };
        if let (Some(header), Some(frame)) = (&incident.header, &incident.frame) {
            row.recount(&header.anchors, &frame.calendar);
        }
        row
    }
    /// From when it counts.
    fn from(&self, anchors: &Anchors) -> Option<Timestamp> {
        self.of.as_ref().map_or_else(|| anchors.get(&self.clock.due.anchor).copied(), |of| Some(of.from))
    }
    /// When its time is up, the incident's moments being these.
    pub(super) fn due_by(&self, anchors: &Anchors, calendar: &WorkingCalendar) -> Option<Timestamp> {
        self.clock.due.after(self.from(anchors)?, calendar)
    }
    /// Counts its limit anew, unless what became of it is on record already.
    pub(super) fn recount(&mut self, anchors: &Anchors, calendar: &WorkingCalendar) {
        if self.missed_at.is_some() || self.stopped.is_some() || self.asleep.is_some() {
            return;
        }
        let due_at = self.due_by(anchors, calendar);
        if self.due_at.is_some() && due_at != self.due_at {
            (self.was_due_at, self.reminded) = (self.due_at, None);
        }
        self.due_at = due_at;
    }
    /// Still to be met.
    pub fn is_running(&self) -> bool {
        self.stopped.is_none() && self.asleep.is_none() && self.lifted.is_none()
    }
    /// The reminders to come: when, and how many minutes before the end. One that would lie before the clock began
    /// says nothing.
    fn reminders(&self, anchors: &Anchors) -> impl Iterator<Item = (Timestamp, u32)> {
        let due_at = self.due_at.filter(|_| self.is_running() && self.missed_at.is_none());
        let due = &self.clock.due;
        let began = if due.before { Some(Timestamp::MIN) } else { self.from(anchors) };
        let last = self.reminded.unwrap_or(u32::MAX);
        due_at.zip(began).into_iter().flat_map(move |(due_at, began)| {
            let coming = REMINDERS.into_iter().filter(move |minutes| *minutes < last);
            let moment =
                move |minutes| due_at.checked_sub(SignedDuration::from_mins(i64::from(minutes))).ok();
            coming.filter_map(move |minutes| Some((moment(minutes).filter(|at| *at > began)?, minutes)))
        })
    }
}

/// What the room asks of a clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[ts(rename = "DeadlineCommand")]
pub enum Command {
    /// Time is up; sent by the room itself.
    Miss {
        /// Which clock.
        id: RowId,
    },
    /// Time is running short; sent by the room itself.
    Remind {
        /// Which clock.
        id: RowId,
    },
    /// What the law asks for was done, and no statement of ours shows it: a report was sent, a paper corrected.
    Meet {
        /// Which clock.
        id: RowId,
        /// When it was done.
        at: Timestamp,
        /// What shows it: number and date of the document, the link.
        on: String,
    },
}

/// What happened to a clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Event {
    /// A qualifying statement went out.
    Stopped {
        /// Which clock.
        id: RowId,
        /// By what.
        stop: Stop,
    },
    /// Time ran out.
    Missed {
        /// Which clock.
        id: RowId,
        /// When it was due.
        due_at: Timestamp,
    },
    /// It applies now.
    Woken {
        /// Which clock.
        id: RowId,
        /// The condition, in words.
        why: String,
    },
    /// Time is running short.
    Reminded {
        /// Which clock.
        id: RowId,
        /// Minutes before its end.
        minutes: u32,
        /// When it is due.
        due_at: Timestamp,
    },
    /// A claim reached the moment from which it counts.
    Begun {
        /// The clock.
        clock: Box<Clock>,
        /// Whose it is.
        of: Of,
    },
    /// It does not apply any more: the claim is judged otherwise.
    Lifted {
        /// Which clock.
        id: RowId,
        /// Why.
        why: String,
    },
}

/// The next clock that will run out or has to be called to mind: when, and the command.
pub fn next_due(incident: &Incident) -> Option<(Timestamp, Command)> {
    let header = incident.header.as_ref().filter(|header| header.closed.is_none())?;
    let running = incident.deadlines.iter().filter(|row| row.is_running() && row.missed_at.is_none());
    let next = running.flat_map(|row| {
        let id = || row.clock.id.clone();
        let miss = row.due_at.map(|at| (at, Command::Miss { id: id() }));
        let remind = row.reminders(&header.anchors).min();
        let remind = remind.map(|(at, _)| (at, Command::Remind { id: id() }));
        [miss, remind]
    });
    next.flatten().min_by(|(at, one), (then, other)| (at, one.id()).cmp(&(then, other.id())))
}

impl Command {
    /// The clock that it is about.
    pub fn id(&self) -> &RowId {
        match self {
            Self::Miss { id } | Self::Remind { id } | Self::Meet { id, .. } => id,
        }
    }
}

/// The clocks that the recording of this moment stops.
pub(super) fn stops_when(incident: &Incident, anchor: Anchor, at: Timestamp) -> Vec<super::Event> {
    let stopped = |row: &&Arc<Deadline>| {
        row.is_running() && row.due_at.is_some() && row.clock.stopped_when == Some(anchor)
    };
    let event = |row: &Arc<Deadline>| {
        let stop = Stop { at, statement: None, on: Some(anchor.title().into()) };
        super::Event::Deadline(Event::Stopped { id: row.clock.id.clone(), stop })
    };
    incident.deadlines.iter().filter(stopped).map(event).collect()
}

/// The sleeping clocks whose condition holds.
pub(super) fn woken(incident: &Incident) -> Vec<super::Event> {
    let asleep = incident.deadlines.iter().filter(|row| row.asleep.is_some());
    let holds = asleep.filter(|row| row.clock.only_if.as_ref().is_none_or(|it| it.holds(incident)));
    let event = |row: &Arc<Deadline>| {
        let why = row.asleep.clone().unwrap_or_default();
        super::Event::Deadline(Event::Woken { id: row.clock.id.clone(), why })
    };
    holds.map(event).collect()
}

/// The clocks that this publication stops.
pub(super) fn stops(incident: &Incident, kind: &str, statement: &RowId, at: Timestamp) -> Vec<super::Event> {
    let stopped = |row: &&Arc<Deadline>| {
        row.is_running() && row.due_at.is_some() && row.clock.stopped_by.iter().any(|stops| stops == kind)
    };
    let stop = Stop { at, statement: Some(statement.clone()), on: None };
    let event = |row: &Arc<Deadline>| {
        super::Event::Deadline(Event::Stopped { id: row.clock.id.clone(), stop: stop.clone() })
    };
    incident.deadlines.iter().filter(stopped).map(event).collect()
}

pub(super) fn decide(
    incident: &Incident,
    command: Command,
    context: &Context,
) -> Result<Vec<super::Event>, Refusal> {
    let row = incident.deadlines.get(command.id()).ok_or(Refusal::Unknown)?;
    let header = incident.header.as_ref().ok_or(Refusal::NotOpen)?;
    let event = match command {
        Command::Miss { id } => match row.due_at {
            Some(due_at) if row.is_running() && row.missed_at.is_none() && context.at >= due_at => {
                Event::Missed { id, due_at }
            }
            _ => return Err(Refusal::NotDue),
        },
        Command::Remind { id } => {
            let passed = row.reminders(&header.anchors).filter(|(at, _)| *at <= context.at);
            // After a pause only the newest of what was slept through is said.
            let minutes = passed.map(|(_, minutes)| minutes).min();
            let (minutes, due_at) = minutes.zip(row.due_at).ok_or(Refusal::NotDue)?;
            Event::Reminded { id, minutes, due_at }
        }
        Command::Meet { id, at, on } => {
            if row.clock.stopped_on.is_none() || row.stopped.is_some() {
                return Err(Refusal::NotStoppedSo);
            }
            if !row.is_running() || row.due_at.is_none() {
                return Err(Refusal::NotYet);
            }
            let at = incident::typed(at, context)?;
            let stop = Stop { at, statement: None, on: Some(text::note(&on)?) };
            Event::Stopped { id, stop }
        }
    };
    Ok(vec![super::Event::Deadline(event)])
}

pub(super) fn apply(incident: &mut Incident, rev: Rev, event: &Event, act: &Act) {
    match event {
        Event::Stopped { id, stop } => {
            incident.deadlines.edit(rev, id, |row| row.stopped = Some(stop.clone()));
        }
        Event::Missed { id, .. } => incident.deadlines.edit(rev, id, |row| row.missed_at = Some(act.at)),
        Event::Reminded { id, minutes, .. } => {
            incident.deadlines.edit(rev, id, |row| row.reminded = Some(*minutes));
        }
        Event::Begun { clock, of } => of::begun(incident, rev, clock, of),
        Event::Lifted { id, why } => {
            incident.deadlines.edit(rev, id, |row| row.lifted = Some(why.clone()));
        }
        Event::Woken { id, .. } => {
            let (header, frame) = (incident.header.clone(), incident.frame.clone());
            incident.deadlines.edit(rev, id, |row| {
                row.asleep = None;
                if let (Some(header), Some(frame)) = (header, frame) {
                    row.recount(&header.anchors, &frame.calendar);
                }
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::given::{self, Case, at};

    #[test]
    fn a_clock_runs_out_once_and_only_when_it_is_due() {
        let id = RowId::new("initial").expect("an id");
        let miss = || super::super::Command::Deadline(Command::Miss { id: id.clone() });
        let open = given::an_incident();
        open.clone().at(at("23:59:59")).by_the_room().when(miss()).refused(Refusal::NotDue);
        let next_day = "2026-03-02T13:00:00+07:00".parse().expect("a date");
        let missed = open.at(next_day).by_the_room().when(miss()).accepted();
        let row = missed.incident().deadlines.get(&id).expect("planned").clone();
        assert_eq!(row.missed_at, Some(next_day));
        missed.by_the_room().when(miss()).refused(Refusal::NotDue);
    }

    #[test]
    fn nobody_but_the_room_says_that_a_clock_ran_out() {
        let miss =
            super::super::Command::Deadline(Command::Miss { id: RowId::new("initial").expect("an id") });
        let next_day = "2026-03-02T13:00:00+07:00".parse().expect("a date");
        given::an_incident().at(next_day).by("press").when(miss).refused(Refusal::NotAllowed);
    }

    #[test]
    fn the_next_clock_is_the_earliest_that_can_run_out() {
        let open = given::an_incident();
        let id = || RowId::new("initial").expect("an id");
        let six = "2026-03-02T06:00:00+07:00".parse().expect("a date");
        assert_eq!(next_due(open.incident()), Some((six, Command::Remind { id: id() })));
        let remind = || super::super::Command::Deadline(Command::Remind { id: id() });
        open.clone().by_the_room().when(remind()).refused(Refusal::NotDue);
        let reminded = open.at(six).by_the_room().when(remind()).accepted();
        let two = "2026-03-02T10:00:00+07:00".parse().expect("a date");
        assert_eq!(next_due(reminded.incident()), Some((two, Command::Remind { id: id() })));
        // The server slept through the second one and the third.
        let late = "2026-03-02T11:45:00+07:00".parse().expect("a date");
        let reminded = reminded.at(late).by_the_room().when(remind()).accepted();
        assert_eq!(reminded.incident().deadlines.get(&id()).expect("planned").reminded, Some(30));
        let due = "2026-03-02T12:00:00+07:00".parse().expect("a date");
        assert_eq!(next_due(reminded.incident()), Some((due, Command::Miss { id: id() })));
    }

    /// The one clock of the invented incident, changed.
    fn with(change: impl FnOnce(&mut Clock)) -> Case {
        let mut opening = given::an_opening();
        change(&mut opening.clocks[0]);
        let open = super::super::Command::Incident(incident::Command::Open(Box::new(opening)));
        given::nothing().at(at("12:30:00")).by("press").when(open).accepted()
    }
    fn the_clock(case: &Case) -> Arc<Deadline> {
        case.incident().deadlines.iter().next().expect("one clock").clone()
    }
    fn meet(time: &str, on: &str) -> super::super::Command {
        let id = RowId::new("initial").expect("an id");
        super::super::Command::Deadline(Command::Meet { id, at: at(time), on: on.into() })
    }
    fn set(anchor: Anchor, time: &str) -> super::super::Command {
        let reason = Some("ghi nhầm giờ".into());
        super::super::Command::Incident(incident::Command::SetAnchor { anchor, at: at(time), reason })
    }

    #[test]
    fn what_no_statement_shows_is_recorded_with_its_proof_where_the_law_accepts_that() {
        with(|_| ()).when(meet("12:20:00", "VB 12")).refused(Refusal::NotStoppedSo);
        let reports = with(|clock| clock.stopped_on = Some("số và giờ gửi báo cáo".into()));
        reports.clone().when(meet("12:20:00", " ")).refused(Refusal::Empty);
        reports.clone().when(meet("23:20:00", "VB 12")).refused(Refusal::InTheFuture);
        let met = reports.when(meet("12:20:00", "VB 12/BC-TCT")).accepted();
        let stop = the_clock(&met).stopped.clone().expect("stopped");
        assert_eq!(
            (stop.at, stop.statement, stop.on.as_deref()),
            (at("12:20:00"), None, Some("VB 12/BC-TCT"))
        );
        met.when(meet("12:20:00", "VB 13")).refused(Refusal::NotStoppedSo);
    }

    #[test]
    fn a_moment_stops_the_clock_that_asks_for_it() {
        let labels = with(|clock| clock.stopped_when = Some(Anchor::LabelledAt));
        let other = labels.when(set(Anchor::VerdictAt, "12:10:00")).accepted();
        assert!(the_clock(&other).is_running());
        let labelled = other.when(set(Anchor::LabelledAt, "12:20:00")).accepted();
        assert_eq!(the_clock(&labelled).stopped.as_ref().map(|stop| stop.at), Some(at("12:20:00")));
    }

    #[test]
    fn a_clock_with_a_condition_sleeps_until_it_holds_and_then_counts_from_its_moment() {
        let question = "Tin thuộc loại đặc biệt nghiêm trọng?";
        let part = super::super::condition::Part::Answer { question: question.into(), yes: true };
        let sleeps = with(|clock| clock.only_if = Some(Condition { any: vec![part] }));
        let row = the_clock(&sleeps);
        assert_eq!((row.due_at, row.is_running()), (None, false));
        assert_eq!(next_due(sleeps.incident()), None, "what does not apply is not missed");
        let yes = super::super::question::Command::Answer {
            id: super::super::question::id(question),
            yes: true,
            note: None,
        };
        let woken = sleeps.when(super::super::Command::Question(yes)).accepted();
        let due = "2026-03-02T12:00:00+07:00".parse().expect("a date");
        assert_eq!(
            the_clock(&woken).due_at,
            Some(due),
            "the law counts from its moment, not from the answer"
        );
    }

    #[test]
    fn a_moved_moment_is_seen_in_the_clock_and_in_the_line_and_reminders_begin_anew() {
        let moved = with(|_| ()).when(set(Anchor::ReceivedAt, "11:30:00")).accepted();
        let row = the_clock(&moved);
        let old = "2026-03-02T12:00:00+07:00".parse().expect("a date");
        assert_eq!((row.was_due_at, row.reminded), (Some(old), None));
        let line = moved.incident().lines.iter().last().expect("a line").text.clone();
        assert!(line.contains("dời từ 12:00 ngày 02/03/2026 sang 11:30 ngày 02/03/2026"), "{line}");
    }
}
