//! What crosses for opening an incident: what there is to choose from, and the request.

use crate::domain::ids::{IncidentId, OfficeId};
use crate::domain::incident::Level;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Please open an incident.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenRequest {
    /// Chosen by the browser; the same id opens the same incident.
    pub id: IncidentId,
    /// What happened.
    pub title: String,
    /// The playbook's code.
    pub playbook: String,
    /// Codes of further playbooks that run beside it.
    #[serde(default)]
    pub also: Vec<String>,
    /// How serious; the playbook's default when empty.
    pub level: Option<Level>,
    /// An exercise.
    #[serde(default)]
    pub exercise: bool,
    /// The commune's code.
    pub commune: Option<String>,
    /// When it happened; now when empty.
    pub occurred_at: Option<Timestamp>,
    /// When the office received it; now when empty.
    pub received_at: Option<Timestamp>,
    /// When the office found that it touches public opinion.
    pub impact_assessed_at: Option<Timestamp>,
    /// The day whose law and organisation apply; the day of reception when empty. For exercises on a past event.
    #[serde(default)]
    pub in_force_on: Option<Date>,
}

/// The incident is open.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Opened {
    /// Its id.
    pub id: IncidentId,
    /// Its number.
    pub number: String,
}

/// A playbook to choose from.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PlaybookChoice {
    /// Its code.
    pub id: String,
    /// Its title.
    pub title: String,
    /// When to use it.
    pub when: String,
    /// Its default level.
    pub level: Level,
    /// Its version.
    pub version: u32,
    /// How many tasks it plans.
    pub tasks: u32,
    /// Some clock of it counts from the assessment of impact.
    pub asks_impact: bool,
    /// The words of the person's text that it was proposed for; empty without a match.
    pub matched: Vec<String>,
}

/// A data file that was left out, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DataProblem {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// Why.
    pub reason: String,
}

impl From<&crate::playbook::Problem> for DataProblem {
    fn from(problem: &crate::playbook::Problem) -> Self {
        Self { file: problem.file.clone(), line: problem.line, reason: problem.reason.clone() }
    }
}

/// Something that the data will lack before long.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Reminder {
    /// One line for whoever opens incidents.
    pub words: String,
    /// What has to be done, for whoever keeps the data.
    pub todo: String,
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
}

/// What the opening page needs.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Choices {
    /// Playbooks, the best match first.
    pub playbooks: Vec<PlaybookChoice>,
    /// Files that were left out.
    pub problems: Vec<DataProblem>,
    /// What will be missing before long, such as the days off of the coming year.
    pub reminders: Vec<Reminder>,
}

/// An office that may be pulled into an incident.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OfficeChoice {
    /// Its id.
    pub id: OfficeId,
    /// Its name on the day.
    pub name: String,
    /// The authority of a commune.
    pub commune: bool,
}
