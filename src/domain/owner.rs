//! Whose it is to answer or to do something: an office, or a person of it by name. A name is the server's word, from
//! the directory of the moment; a sender only says whom they mean.

use super::ids::{OfficeId, PersonId};
use super::may::{DESK, REPORTS};
use super::refusal::{Desks, Refusal};
use super::{Actor, Command, Incident, Role, enquiry, review, task};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A person as they were when they were named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Named {
    /// Who.
    pub person: PersonId,
    /// Name at that moment; the server fills it in.
    #[serde(default)]
    pub name: String,
    /// Position at that moment; the server fills it in.
    #[serde(default)]
    pub title: String,
    /// Office at that moment; the server fills it in.
    #[serde(default)]
    pub office: Option<OfficeId>,
}

/// Whose something is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Owner {
    /// Whoever sits in this office.
    Office {
        /// Which.
        office: OfficeId,
    },
    /// This person.
    Person {
        /// Who.
        named: Named,
    },
}

impl Owner {
    /// The office that sees to it.
    pub fn office(&self) -> Option<&OfficeId> {
        match self {
            Self::Office { office } => Some(office),
            Self::Person { named } => named.office.as_ref(),
        }
    }

    /// Whether it is the actor's: theirs by name, or their office's and nobody's by name.
    pub fn is(&self, actor: &Actor) -> bool {
        match self {
            Self::Office { office } => actor.office.as_ref() == Some(office),
            Self::Person { named } => named.person == actor.person,
        }
    }

    /// The owner, when the incident knows the office.
    ///
    /// # Errors
    /// When the office has no part in the incident.
    pub(super) fn checked(self, incident: &Incident) -> Result<Self, Refusal> {
        match self.office() {
            Some(office) if incident.offices.get(office).is_none() => Err(Refusal::Desks(Desks::NoPart)),
            _ => Ok(self),
        }
    }

    /// The owner in words: `Nguyễn Văn A, Chuyên viên (Văn phòng B)`.
    pub fn words(&self, incident: &Incident) -> String {
        match self {
            Self::Office { office } => incident.office_name(Some(office)),
            Self::Person { named } => named.words(incident),
        }
    }
}

impl Named {
    /// The person in words: `Nguyễn Văn A, Chuyên viên (Văn phòng B)`.
    pub(super) fn words(&self, incident: &Incident) -> String {
        let office = incident.office_name(self.office.as_ref());
        let office = if office.is_empty() { office } else { format!(" ({office})") };
        format!("{}, {}{office}", self.name, self.title)
    }
}

/// The person whom a command names, and the roles of which they need one for it. Who that is the server fills in before
/// the command is decided, so a command that names a person stands here.
pub fn named(command: &mut Command) -> Option<(&mut Named, &'static [Role])> {
    match command {
        Command::Task(task::Command::Name { to, .. }) => Some((to.as_mut()?, REPORTS)),
        Command::Enquiry(
            enquiry::Command::Enter { owner: Some(Owner::Person { named }), .. }
            | enquiry::Command::HandOn { to: Owner::Person { named }, .. },
        )
        | Command::Review(
            review::Command::Assign { owner: Owner::Person { named }, .. }
            | review::Command::Move { owner: Owner::Person { named }, .. },
        ) => Some((named, DESK)),
        _ => None,
    }
}
