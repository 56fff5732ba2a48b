//! Deadlines: a moment that anchors them, a length, a way of counting. And the clocks of the law, which only a
//! published statement of the right kind stops, and whose miss is a record that nobody can remove.

pub use super::anchor::{Anchor, Anchors};

use super::calendar::WorkingCalendar;
use super::condition::Condition;
use super::ids::{Rev, RowId};
use super::refusal::Refusal;
use super::table::Row;
use super::{Act, Context, Incident};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use ts_rs::TS;

/// How a length of time is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// By the clock on the wall, nights and holidays included.
    Elapsed,
    /// Only the hours in which the office works.
    WorkingHours,
    /// Whole working days; ends with the office.
    WorkingDays,
    /// Whole days of the calendar, the first one not counted; ends when the last one does.
    CalendarDays,
}

/// Who set the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The law.
    Law,
    /// The office, which may change it.
    Policy,
}

/// A deadline as data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "DeadlineDue")]
pub struct Due {
    /// From when.
    pub anchor: Anchor,
    /// Minutes; for working days and days of the calendar, days.
    pub amount: u32,
    /// How they are counted.
    pub counted: Counted,
    /// Whose limit it is.
    pub source: Source,
    /// The time ends so long before the moment, not after it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>", optional)]
    pub before: bool,
}

impl Due {
    /// The moment at which the time is up, once the anchor is known.
    pub fn at(&self, anchors: &Anchors, calendar: &WorkingCalendar) -> Option<Timestamp> {
        let from = *anchors.get(&self.anchor)?;
        let elapsed = SignedDuration::from_mins(i64::from(self.amount));
        match (self.counted, self.before) {
            (Counted::Elapsed, false) => from.checked_add(elapsed).ok(),
            (Counted::Elapsed, true) => from.checked_sub(elapsed).ok(),
            (Counted::WorkingHours, false) => calendar.add_working_minutes(from, self.amount),
            (Counted::WorkingHours, true) => calendar.subtract_working_minutes(from, self.amount),
            (Counted::WorkingDays, false) => calendar.add_working_days(from, self.amount),
            (Counted::WorkingDays, true) => calendar.subtract_working_days(from, self.amount),
            (Counted::CalendarDays, false) => calendar.add_days(from, self.amount),
            (Counted::CalendarDays, true) => calendar.subtract_days(from, self.amount),
        }
    }
}

/// A provision on which a rule rests, and whether somebody has compared it with the signed text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
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
    /// Owed by somebody outside, the press or a platform; the office keeps an eye on it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>", optional)]
    pub outside: bool,
}

/// How a clock was stopped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "DeadlineStop")]
pub struct Stop {
    /// When the statement was released.
    pub at: Timestamp,
    /// Which statement.
    pub statement: RowId,
}

/// A clock of the law, running.
#[derive(Clone, Debug, Serialize, TS)]
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
    /// A clock that begins to run, or waits for its anchor.
    pub fn new(clock: Clock, anchors: &Anchors, calendar: &WorkingCalendar) -> Self {
        let due_at = clock.due.at(anchors, calendar);
        Self { clock, rev: 0, due_at, stopped: None, missed_at: None }
    }
    /// Still to be met.
    pub fn is_running(&self) -> bool {
        self.stopped.is_none()
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
}

/// The next clock that will run out, and when.
pub fn next_due(incident: &Incident) -> Option<(Timestamp, RowId)> {
    if incident.is_closed() {
        return None;
    }
    let running = incident.deadlines.iter().filter(|row| row.is_running() && row.missed_at.is_none());
    running.filter_map(|row| Some((row.due_at?, row.clock.id.clone()))).min()
}

/// The clocks that this publication stops.
pub(super) fn stops(incident: &Incident, kind: &str, statement: &RowId, at: Timestamp) -> Vec<super::Event> {
    let stopped = |row: &&Arc<Deadline>| {
        row.is_running() && row.due_at.is_some() && row.clock.stopped_by.iter().any(|stops| stops == kind)
    };
    let stop = Stop { at, statement: statement.clone() };
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
    let Command::Miss { id } = command;
    let row = incident.deadlines.get(&id).ok_or(Refusal::Unknown)?;
    match row.due_at {
        Some(due_at) if row.is_running() && row.missed_at.is_none() && context.at >= due_at => {
            Ok(vec![super::Event::Deadline(Event::Missed { id, due_at })])
        }
        _ => Err(Refusal::NotDue),
    }
}

pub(super) fn apply(incident: &mut Incident, rev: Rev, event: &Event, act: &Act) {
    match event {
        Event::Stopped { id, stop } => {
            incident.deadlines.edit(rev, id, |row| row.stopped = Some(stop.clone()));
        }
        Event::Missed { id, .. } => incident.deadlines.edit(rev, id, |row| row.missed_at = Some(act.at)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::given::{self, at};

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
        let due = next_due(open.incident()).expect("one clock is anchored");
        assert_eq!(
            due,
            ("2026-03-02T12:00:00+07:00".parse().expect("a date"), RowId::new("initial").expect("an id"))
        );
    }
}
