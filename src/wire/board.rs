//! What crosses for the board: incidents in short, and what waits in each.

use crate::domain::Act;
use crate::domain::ids::{IncidentId, OfficeId, Rev, RowId};
use crate::domain::incident::{Level, Place};
use crate::domain::waiting::Wait;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An incident on the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Summary {
    /// Its id.
    pub id: IncidentId,
    /// Its number.
    pub number: String,
    /// What happened.
    pub title: String,
    /// How serious.
    pub level: Level,
    /// An exercise.
    pub exercise: bool,
    /// Where.
    pub place: Option<Place>,
    /// The playbook's title.
    pub playbook: String,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// The newest revision.
    pub rev: Rev,
    /// When the newest line was recorded.
    pub changed_at: Timestamp,
    /// The next clock of the law to run out.
    pub due_at: Option<Timestamp>,
    /// What that clock measures.
    pub due_title: Option<String>,
    /// A clock was missed.
    pub missed: bool,
    /// Statements waiting for approval.
    pub in_review: u32,
    /// Tasks that still hold up closing.
    pub mandatory_open: u32,
    /// Questions of the press without an answer.
    pub enquiries_open: u32,
    /// What rules brought up and nobody has decided.
    pub proposals_open: u32,
    /// The task force's own seats, then who was pulled in.
    pub seats: Vec<SeatShown>,
    /// What can be said of it in figures.
    pub outcome: Outcome,
    /// What waits for the reader; filled in as it is asked.
    pub waits: u32,
}

/// An office with a part in an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SeatShown {
    /// Its id.
    pub office: OfficeId,
    /// Its short name.
    pub short: String,
    /// One of the task force's own.
    pub seat: bool,
    /// Who accepted the incident for it, and when.
    pub accepted: Option<Act>,
    /// How many of its people are in the room; filled in as it is asked.
    pub present: u32,
}

/// The few figures that stand in a list. What is none has not happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "SummaryOutcome")]
pub struct Outcome {
    /// Seconds from the reception to the first public statement.
    #[ts(type = "number | null")]
    pub first_public_seconds: Option<i64>,
    /// Something went out.
    pub spoke: bool,
    /// Corrections that went out.
    pub corrections: u32,
    /// Clocks of the law that were met in time.
    pub clocks_met: u32,
    /// Clocks of the law that had a limit.
    pub clocks: u32,
}

/// An incident under way in plain words, for who leads.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Situation {
    /// In short.
    pub incident: Summary,
    /// What was said to the public last.
    pub said: Option<SaidPublicly>,
    /// What was decided, the newest first.
    pub decisions: Vec<Decided>,
    /// What waits for the reader.
    pub waits: Vec<Wait>,
}

/// A public statement that is out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SaidPublicly {
    /// Its id.
    pub statement: RowId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its beginning.
    pub text: String,
    /// There is more of it.
    pub more: bool,
    /// When it went out first.
    pub at: Timestamp,
    /// Where.
    pub channels: Vec<String>,
    /// What it does to the one before it, in words.
    pub relation: Option<String>,
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Decided {
    /// What was decided.
    pub text: String,
    /// When.
    pub at: Timestamp,
    /// By whom it was recorded.
    pub by: String,
}

/// What goes on, for who leads.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Outlook {
    /// Who leads the task force today: names and positions.
    pub heads: Vec<String>,
    /// Incidents under way.
    pub situations: Vec<Situation>,
    /// What ended within the last day.
    pub ended: Vec<Summary>,
}

/// What waits for a person in one incident.
#[derive(Clone, Debug, Serialize, TS)]
pub struct IncidentWaits {
    /// Which.
    pub incident: IncidentId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// An exercise.
    pub exercise: bool,
    /// What waits, the most urgent kinds first.
    pub waits: Vec<Wait>,
}

/// Something that is to be done after an incident and is not done yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OpenAction {
    /// After which incident.
    pub incident: IncidentId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// An exercise.
    pub exercise: bool,
    /// The incident is closed.
    pub closed: bool,
    /// Which action of its review.
    pub action: RowId,
    /// What is to be done.
    pub text: String,
    /// Whose it is, in words.
    pub whose: String,
    /// The last day for it.
    #[ts(type = "string")]
    pub due: Date,
    /// That day has gone by.
    pub over: bool,
    /// It waits for the reader: theirs by name, or their office's and nobody's by name.
    pub mine: bool,
    /// The reader's office sees to it, whoever of it.
    pub office: bool,
}
