//! The administrator's page on the wire: accounts, their designations as spokesperson, and what is asked about them.

use super::PostRow;
use crate::domain::ids::{CommandId, IncidentId, PersonId, RowId};
use crate::domain::{Act, MandateKind, Role};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An account on the administrator's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Account {
    /// The person.
    pub person: PersonId,
    /// Sign-in name.
    pub login: String,
    /// Name.
    pub name: String,
    /// Position.
    pub title: String,
    /// The function whose office they sit in; the office follows from the date.
    pub function: Option<String>,
    /// That office's name today.
    pub office_name: String,
    /// What they may act as.
    pub roles: Vec<Role>,
    /// All that ever made them a spokesperson, newest last.
    pub designations: Vec<DesignationRow>,
    /// All positions that they hold or held, oldest first.
    pub posts: Vec<PostRow>,
    /// Barred from signing in.
    pub disabled: bool,
    /// Has chosen a password.
    pub has_password: bool,
}

/// A designation as spokesperson. Its JSON stands in the directory's log and is permanent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Designation {
    /// As what they speak.
    #[serde(default)]
    pub kind: MandateKind,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Option<Timestamp>,
    /// The document that says so.
    pub instrument: String,
    /// The one incident that it covers; all when empty.
    pub incident: Option<IncidentId>,
    /// The head who delegated it.
    #[serde(default)]
    pub by: Option<PersonId>,
}

/// Whether a designation holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DesignationState {
    /// It begins later.
    NotYet,
    /// It holds.
    InForce,
    /// Its time is over.
    Ended,
    /// It was taken back.
    Revoked,
}

/// That a designation was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Revocation {
    /// Who recorded it, and since when it holds.
    pub act: Act,
    /// Why.
    pub reason: String,
}

/// A designation as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DesignationRow {
    /// Its number among the person's, from 1; never given twice.
    pub number: u32,
    /// What the document says.
    pub designation: Designation,
    /// Whether it holds now.
    pub state: DesignationState,
    /// The number of the incident that it covers.
    pub incident_number: Option<String>,
    /// The name of the head who delegated it.
    pub by_name: Option<String>,
    /// Who recorded it, and when.
    pub recorded: Act,
    /// That it was taken back.
    pub revoked: Option<Revocation>,
}

/// Please create an account; the answer is a one-time link.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NewAccount {
    /// Sign-in name.
    pub login: String,
    /// Name.
    pub name: String,
    /// Position.
    pub title: String,
    /// The function whose office they sit in.
    pub function: Option<String>,
    /// What they may act as; spokesperson comes by designation only.
    pub roles: Vec<Role>,
    /// A designation as spokesperson.
    pub spokesperson: Option<Designation>,
}

/// Please record that somebody was made a spokesperson.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NewDesignation {
    /// Chosen by the browser; sending again with the same id records nothing twice.
    pub id: CommandId,
    /// What the document says.
    pub designation: Designation,
}

/// Please record that a designation was taken back.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NewRevocation {
    /// Chosen by the browser.
    pub id: CommandId,
    /// Why.
    pub reason: String,
}

/// Please give somebody another position, office or roles.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NewProfile {
    /// Chosen by the browser.
    pub id: CommandId,
    /// Position.
    pub title: String,
    /// The function whose office they sit in.
    pub function: Option<String>,
    /// What they may act as; spokesperson comes by designation only.
    pub roles: Vec<Role>,
    /// Since when they hold the position, when it is another one; since now when nothing is said.
    #[serde(default)]
    pub from: Option<Timestamp>,
    /// The document that says so.
    #[serde(default)]
    pub instrument: Option<String>,
    /// The tasks that the administrator knows will wait to be taken again.
    #[serde(default)]
    pub released: Vec<TaskRef>,
}

/// Please bar somebody from signing in.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Leaving {
    /// When they left their post; none when only the account is shut.
    #[serde(default)]
    pub left: Option<Timestamp>,
    /// The tasks that the administrator knows will wait to be taken again.
    #[serde(default)]
    pub released: Vec<TaskRef>,
}

/// A task, as one names it from outside its incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TaskRef {
    /// The incident.
    pub incident: IncidentId,
    /// The task in it.
    pub task: RowId,
}

/// A task that somebody is at, for the administrator who is about to move them: numbers and titles only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HeldTask {
    /// The incident.
    pub incident: IncidentId,
    /// Its number.
    pub number: String,
    /// What happened.
    pub incident_title: String,
    /// The task.
    pub task: RowId,
    /// What has to be done.
    pub title: String,
    /// The short name of the office whose task it is.
    pub office: String,
    /// The incident cannot be closed before it is done or waived.
    pub mandatory: bool,
    /// When it is due, once that is known.
    pub due_at: Option<Timestamp>,
}

/// An incident under way, as the matter of a delegation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Matter {
    /// Its id.
    pub id: IncidentId,
    /// Its number.
    pub number: String,
    /// What happened.
    pub title: String,
}

/// A one-time link.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Link {
    /// The address to hand over.
    pub url: String,
}

/// A function that an account may sit in.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FunctionChoice {
    /// Its code.
    pub code: String,
    /// Its name.
    pub title: String,
    /// The office that holds it today.
    pub office: String,
}
