//! An officer as the record names one who does not act: who is to relieve, who was put on duty.

use crate::domain::ids::PersonId;
use crate::domain::message::spoken;
use crate::domain::{Act, Actor};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A person with the name and the position that they had at that moment; the server fills both in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Officer {
    /// The person.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Position.
    pub title: String,
}

impl Officer {
    /// The name as it is spoken.
    pub fn spoken(&self) -> &str {
        spoken(&self.name)
    }
}

impl From<&Actor> for Officer {
    fn from(actor: &Actor) -> Self {
        let Actor { person, name, title, .. } = actor.clone();
        Self { person, name, title }
    }
}

impl From<&Act> for Officer {
    fn from(act: &Act) -> Self {
        let Act { person, name, title, .. } = act.clone();
        Self { person, name, title }
    }
}
