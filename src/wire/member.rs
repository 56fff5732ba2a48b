//! What crosses about the people who have a part in an incident, whether or not they are there now.

use crate::domain::Role;
use crate::domain::ids::{OfficeId, PersonId};
use serde::Serialize;
use ts_rs::TS;

/// Somebody who has a part in an incident, as of today: whom a message, or a plan of duty, may name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Member {
    /// The person.
    pub person: PersonId,
    /// Name, as it is spoken.
    pub name: String,
    /// Position.
    pub title: String,
    /// Office on the incident's day.
    pub office: Option<OfficeId>,
    /// What they may act as.
    pub roles: Vec<Role>,
}
