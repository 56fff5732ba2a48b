//! What crosses for the board: incidents in short, and what waits in each.

use crate::domain::ids::{IncidentId, Rev};
use crate::domain::incident::{Level, Place};
use crate::domain::waiting::Wait;
use jiff::Timestamp;
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
