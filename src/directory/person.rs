//! A person with an account, and who they are when they act: position, office of the day, roles, mandate.

use super::designation::Held;
use super::position::Post;
use crate::domain::ids::{IncidentId, OfficeId, PersonId, Rev};
use crate::domain::refusal::Refusal;
use crate::domain::table::row;
use crate::domain::{Act, Actor, MandateKind, Role, Viewer, text};
use crate::organisation::Organisation;
use crate::wire::Designation;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A person with an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// Last change.
    pub rev: Rev,
    /// Who they are and what for.
    pub profile: Profile,
    /// Argon2id hash of the password; none before one is chosen.
    pub password: Option<String>,
    /// Barred from signing in.
    pub disabled: bool,
    /// All designations as spokesperson, newest last; those that are over stay readable.
    pub designations: Vec<Held>,
    /// All positions, in the order in which they were recorded.
    pub posts: Vec<Post>,
}

/// Who a person is and what for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Sign-in name.
    pub login: String,
    /// Name.
    pub name: String,
    /// Position.
    pub title: String,
    /// The function whose office they sit in; which office that is depends on the day.
    pub function: Option<String>,
    /// What they may act as, without what designations add.
    pub roles: Vec<Role>,
}

row!(Person, PersonId);

impl Profile {
    /// The profile in the form in which it is kept.
    pub(super) fn checked(self) -> Result<Self, Refusal> {
        let (name, title) = (text::title(&self.name)?, text::title(&self.title)?);
        // Spokesperson and the room itself are never given by hand: one needs an instrument, the others are no persons.
        let given = |role: &Role| !matches!(role, Role::Spokesperson | Role::Room | Role::Service);
        let roles = self.roles.into_iter().filter(given).collect();
        Ok(Self { name, title, roles, ..self })
    }
}

impl Person {
    /// The person as an actor: their office on the day, and spokesperson if a designation covers the matter now.
    pub fn actor(
        &self,
        organisation: &Organisation,
        on: Date,
        now: Timestamp,
        matter: Option<&IncidentId>,
    ) -> Actor {
        let function = self.profile.function.as_deref();
        let office = function.and_then(|function| organisation.holder(function, on));
        let mut roles = self.profile.roles.clone();
        let held = self.speaks(now, matter);
        roles.extend(held.map(|_| Role::Spokesperson));
        Actor {
            person: self.id.clone(),
            name: self.profile.name.clone(),
            title: self.profile.title.clone(),
            office: office.and_then(|office| OfficeId::new(&office.id)),
            roles,
            mandate: held.map(Held::mandate),
        }
    }

    /// The designation by which they speak in the matter now: the weightiest, and of equals the oldest.
    pub fn speaks(&self, now: Timestamp, matter: Option<&IncidentId>) -> Option<&Held> {
        let covering = self.designations.iter().filter(|held| held.covers(now, matter));
        covering.min_by_key(|held| held.designation.kind)
    }

    /// Whether in any incident they may read what is not published yet.
    pub fn reads_drafts(&self, organisation: &Organisation, on: Date, now: Timestamp) -> bool {
        let somewhere = self.designations.iter().any(|held| held.is_in_force(now));
        somewhere || Viewer::of(&self.actor(organisation, on, now, None)).drafts
    }

    /// Puts a designation on record, under the next of their numbers.
    pub(super) fn hold(&mut self, designation: Designation, recorded: Act) {
        let number = self.designations.last().map_or(1, |last| last.number + 1);
        self.designations.push(Held { number, designation, recorded, revoked: None });
    }

    /// Keeps accounts, and may.
    pub(super) fn keeps_accounts(&self) -> bool {
        self.profile.roles.contains(&Role::Admin) && !self.disabled
    }

    /// Heads the authority in this matter now, and may act: who may delegate.
    pub(super) fn may_delegate(&self, now: Timestamp, matter: &IncidentId) -> bool {
        let heads = |held: &Held| held.designation.kind == MandateKind::Head;
        !self.disabled && self.speaks(now, Some(matter)).is_some_and(heads)
    }
}
