//! Purges, as the administrator orders them: what would go, then that it goes. Words cross in one direction only, from
//! whoever types a passage.

use crate::domain::ids::{CommandId, IncidentId, Rev};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What shall be looked at: lines, or a passage wherever it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PurgeQuestion {
    /// All words of these lines.
    #[serde(default)]
    #[ts(as = "Option<Vec<Rev>>", optional)]
    pub lines: Vec<Rev>,
    /// This passage, letter by letter.
    #[serde(default)]
    #[ts(optional)]
    pub passage: Option<String>,
}

/// A line of the log, without what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PurgeLine {
    /// Its number.
    pub rev: Rev,
    /// When it was recorded.
    pub at: Timestamp,
    /// Whose it is.
    pub by: String,
    /// What it is about.
    pub about: Vec<String>,
    /// How many texts of it would lose words; 0 for a line that would stay.
    pub texts: u32,
    /// How many files it names that would go.
    pub files: u32,
}

/// What a purge would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PurgeSurvey {
    /// The lines that it would touch.
    pub lines: Vec<PurgeLine>,
    /// Other lines that say the same words or name the same files.
    pub also: Vec<PurgeLine>,
    /// Numbers of drafts that would lose all their words.
    pub drafts: Vec<String>,
    /// What says it too and stays, and what to do about that.
    pub standing: Vec<String>,
    /// Files that would be removed.
    pub files: u32,
    /// Files that stay because something else names them.
    pub kept: u32,
}

/// That it goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PurgeOrder {
    /// The id of the command: sent again, it is the same one.
    pub id: CommandId,
    /// What.
    pub what: PurgeQuestion,
    /// Why, without saying what; on the record.
    pub reason: String,
}

/// That it is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PurgeDone {
    /// The line that records it.
    pub rev: Rev,
    /// How many lines lost words.
    pub lines: u32,
    /// How many files were removed.
    pub files: u32,
    /// What says it too and stays.
    pub standing: Vec<String>,
}

/// An incident that can be purged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PurgePlace {
    /// Which.
    pub id: IncidentId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// It is over.
    pub closed: bool,
}
