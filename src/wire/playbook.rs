//! Playbooks on the wire: the shelf, one playbook as it reads on paper, and what is asked while somebody edits it.

use crate::domain::Act;
use crate::domain::deadline::{Clock, Deadline};
use crate::domain::frozen::{Expected, Phase, PlannedTask};
use crate::domain::ids::{CommandId, Digest, IncidentId, RowId};
use crate::domain::level::Level;
use crate::domain::office::Office;
use crate::domain::task::Task;
use crate::playbook::compare::Difference;
use crate::wire::DataProblem;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a version of a playbook came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum PlaybookOrigin {
    /// A file, found when the program started.
    File {
        /// The file.
        file: String,
    },
    /// It was published in the web.
    Web,
}

/// A version of a playbook, without its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PlaybookVersion {
    /// Its number.
    pub version: u32,
    /// Digest of the Markdown.
    pub digest: Digest,
    /// The playbook's title in it.
    pub title: String,
    /// Why it was published; none for a file's.
    pub reason: Option<String>,
    /// Who published it, or that the program took it in.
    pub by: Act,
    /// Where it came from.
    pub origin: PlaybookOrigin,
}

/// A playbook on the shelf.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PlaybookRow {
    /// Its code.
    pub id: String,
    /// Its title.
    pub title: String,
    /// When to use it.
    pub when: String,
    /// The level an incident begins with.
    pub level: Level,
    /// How many tasks it plans.
    pub tasks: u32,
    /// How many of them have a limit of the law's.
    pub by_law: u32,
    /// How many have a limit of the office's own.
    pub by_policy: u32,
    /// The number of the version in force.
    pub version: u32,
    /// The newest version that was kept; older or newer than the one in force while something is wrong.
    pub newest: Option<PlaybookVersion>,
}

/// The shelf.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PlaybookList {
    /// Playbooks by their title.
    pub playbooks: Vec<PlaybookRow>,
    /// What is wrong with files and versions; told to those who may do something about it.
    pub problems: Vec<DataProblem>,
}

/// A playbook as it reads on paper: codes are names, provisions say whether they were compared with the signed text.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PlaybookSheet {
    /// Its code.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// Its title.
    pub title: String,
    /// When to use it.
    pub when: String,
    /// Signs that say: open an incident.
    pub triggers: String,
    /// Words by which it is found.
    pub keywords: Vec<String>,
    /// The level an incident begins with.
    pub level: Level,
    /// When to raise the level.
    pub escalation: String,
    /// How to speak.
    pub strategy: String,
    /// Clocks of the law that run, as of today.
    pub clocks: Vec<Clock>,
    /// Prepared statements, by title.
    pub statements: Vec<String>,
    /// Its phases.
    pub phases: Vec<Phase>,
    /// Its tasks, as of today.
    pub tasks: Vec<PlannedTask>,
    /// What people will ask.
    pub expected: Vec<Expected>,
}

/// One version of a playbook, to be read.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PlaybookEdition {
    /// Which, by whom, why.
    pub version: PlaybookVersion,
    /// The Markdown.
    pub text: String,
    /// As it reads on paper; none when its names are not there any more.
    pub sheet: Option<PlaybookSheet>,
    /// What is wrong with it today.
    pub problems: Vec<DataProblem>,
}

/// A playbook, all of its versions, and the newest of them.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PlaybookPage {
    /// Its code.
    pub id: String,
    /// Its versions, the newest first.
    pub versions: Vec<PlaybookVersion>,
    /// The newest.
    pub newest: PlaybookEdition,
    /// The number of the version in force, which is older than the newest while that one cannot be used.
    pub in_force: Option<u32>,
    /// The person may publish.
    pub may_edit: bool,
}

/// Please look whether this can be published.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PlaybookText {
    /// The Markdown.
    pub text: String,
}

/// What the reader says of a text.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PlaybookChecked {
    /// What is wrong with it, by line.
    pub problems: Vec<DataProblem>,
    /// As it reads on paper; none while something is wrong.
    pub sheet: Option<PlaybookSheet>,
}

/// Please open an incident on this text, in thought only.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ScheduleRequest {
    /// The Markdown.
    pub text: String,
    /// When it happened; with the reception when empty.
    pub occurred_at: Option<Timestamp>,
    /// When the office received it, and opened the incident.
    pub received_at: Timestamp,
    /// When the office found that it touches public opinion.
    pub impact_assessed_at: Option<Timestamp>,
    /// The commune's code.
    pub commune: Option<String>,
    /// The day whose law and organisation apply; the day of reception when empty.
    pub in_force_on: Option<Date>,
}

/// What such an incident would begin with. Rows as its room would show them.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Schedule {
    /// The day whose law and organisation apply.
    pub in_force_on: Date,
    /// Its tasks in the playbook's order.
    pub tasks: Vec<Task>,
    /// Its clocks of the law.
    pub deadlines: Vec<Deadline>,
    /// Its offices.
    pub offices: Vec<Office>,
}

/// Please put this version in force.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NewPlaybookVersion {
    /// Chosen by the browser; sending again is safe.
    pub id: CommandId,
    /// The version that was edited, by its digest.
    pub base: Digest,
    /// The Markdown.
    pub text: String,
    /// Why.
    pub reason: String,
}

/// A step in which a newer version differs from what the incident has.
#[derive(Clone, Debug, Serialize, TS)]
pub struct NewerStep {
    /// Its number in the newer version; none when it went.
    pub seq: Option<u32>,
    /// The incident's own task; none when it has none.
    pub task: Option<RowId>,
    /// That task is done or skipped: it stays as it is.
    pub ended: bool,
    /// How it differs.
    pub difference: Difference,
}

/// A newer version of a playbook that runs in an incident.
#[derive(Clone, Debug, Serialize, TS)]
pub struct NewerPlaybook {
    /// Its code.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The version that the incident began with.
    pub had: u32,
    /// The version in force.
    pub version: u32,
    /// Who published that, when and why.
    pub newest: Option<PlaybookVersion>,
    /// The steps that differ.
    pub steps: Vec<NewerStep>,
}

/// A step that was skipped, or a task that people added.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Lesson {
    /// What is to be done.
    pub title: String,
    /// Why it was skipped, or what came of it.
    pub reason: String,
    /// Who skipped or did it.
    pub by: Option<Act>,
}

/// What an incident that is over says about one of its playbooks.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PlaybookLessons {
    /// The incident.
    pub incident: IncidentId,
    /// The playbook's code.
    pub playbook: String,
    /// Its title.
    pub title: String,
    /// The incident's number.
    pub number: String,
    /// The version that the incident began with.
    pub had: u32,
    /// The version whose reason names the incident.
    pub considered: Option<u32>,
    /// Steps that were skipped.
    pub skipped: Vec<Lesson>,
    /// Tasks that people added.
    pub added: Vec<Lesson>,
    /// The newest version with all of it written in; none when there is nothing left to write.
    pub text: Option<String>,
}
