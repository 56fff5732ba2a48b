//! Who acts, as what, and when: the copies that the record keeps, because people change posts and the record does not.

use super::Mandate;
use super::ids::{OfficeId, PersonId};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a person is in the room for. One person may hold several.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Head of the task force, or the deputy in the chair.
    Head,
    /// Secretary of the task force.
    Secretary,
    /// Duty officer of an office.
    Duty,
    /// May speak for the authority: a designation that covers this matter at this moment.
    Spokesperson,
    /// Officer at the scene: reports, sees no drafts.
    Field,
    /// Follows, changes nothing.
    Observer,
    /// Keeps accounts; has no part in incidents.
    Admin,
    /// A monitoring service: sends what was published, sees nothing.
    Service,
    /// The program itself, for what no person does: a deadline that runs out.
    Room,
}

/// Who acts: a frozen copy, because people change posts and the record does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Actor {
    /// The person.
    pub person: PersonId,
    /// Name at that moment.
    pub name: String,
    /// Position at that moment.
    pub title: String,
    /// Office at that moment.
    pub office: Option<OfficeId>,
    /// What they may act as.
    pub roles: Vec<Role>,
    /// By what right they speak for the authority in this matter, while they may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub mandate: Option<Mandate>,
}

impl Actor {
    /// Whether they act in this role.
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

/// Who did something, and when it was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Act {
    /// The person.
    pub person: PersonId,
    /// Name at that moment.
    pub name: String,
    /// Position at that moment.
    pub title: String,
    /// Office at that moment.
    pub office: Option<OfficeId>,
    /// When the server recorded it.
    pub at: Timestamp,
    /// When it was written, when that was notably earlier: it waited on a device without a network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub written_at: Option<Timestamp>,
}

/// All that the outside world contributes to a decision.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Now, by the server's clock.
    pub at: Timestamp,
    /// Who asks.
    pub by: &'a Actor,
    /// When it was written, when that was notably earlier; within bounds, see `written`.
    pub written_at: Option<Timestamp>,
}

impl Context<'_> {
    /// When the person acted, as far as anybody knows: what happened "now" happened then.
    pub fn acted_at(&self) -> Timestamp {
        self.written_at.unwrap_or(self.at)
    }
}

/// Whether a line of the demonstration is on public record or was made for it. Real incidents say nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// From public sources, named beside it.
    Documented,
    /// Made for the demonstration.
    Reconstructed,
}
