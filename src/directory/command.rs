//! What is asked of the directory and what happened to it, and who may ask for which.

use super::{Profile, press};
use crate::domain::frozen::Ground;
use crate::domain::ids::{Digest, IncidentId, PersonId, RowId};
use crate::domain::may::LEADS;
use crate::domain::{Actor, Role};
use crate::wire::{Designation, Position, PressCommand, Spokesperson};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What is asked of the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Add a person.
    Add {
        /// Their id.
        id: PersonId,
        /// Who they are.
        profile: Profile,
        /// A designation as spokesperson.
        designation: Option<Designation>,
    },
    /// Set a password, already hashed. The secret itself never comes here.
    SetPassword {
        /// Whose.
        id: PersonId,
        /// Argon2id hash.
        hash: String,
    },
    /// Bar from signing in, or let in again.
    SetDisabled {
        /// Whom.
        id: PersonId,
        /// Barred.
        disabled: bool,
        /// They left their post, at this moment; none when only the account is shut.
        left: Option<Timestamp>,
    },
    /// Give somebody another position, office or roles.
    SetProfile {
        /// Whom.
        id: PersonId,
        /// Position.
        title: String,
        /// The function whose office they sit in.
        function: Option<String>,
        /// What they may act as.
        roles: Vec<Role>,
        /// Since when they hold the position, when it is another one; now when nothing is said.
        from: Option<Timestamp>,
        /// The document that says so.
        instrument: Option<String>,
    },
    /// Record a position that somebody holds or held, or correct one.
    SetPosition {
        /// Whose.
        id: PersonId,
        /// Which of theirs is corrected; a further one when nothing is said.
        number: Option<u32>,
        /// The position.
        position: Position,
    },
    /// Put spokespersons of agencies on the list: all of them, or none.
    List {
        /// Each with the id of its row.
        entries: Vec<(RowId, Spokesperson)>,
    },
    /// Correct what the list says of a spokesperson; the agency stays.
    Relist {
        /// Which row.
        id: RowId,
        /// What is right.
        entry: Spokesperson,
    },
    /// Record that somebody no longer speaks for their agency.
    Delist {
        /// Which row.
        id: RowId,
        /// Since when.
        until: Timestamp,
        /// Why, or by which document.
        reason: String,
    },
    /// Record that the list was made public with these rows in it.
    Publish {
        /// Which rows.
        ids: Vec<RowId>,
        /// When.
        at: Timestamp,
        /// Where.
        link: Option<String>,
    },
    /// Record that somebody was made a spokesperson.
    Designate {
        /// Whom.
        id: PersonId,
        /// What the document says.
        designation: Designation,
    },
    /// Record that a designation was taken back; it stays readable.
    Revoke {
        /// Whose.
        id: PersonId,
        /// The designation's number.
        number: u32,
        /// Why.
        reason: String,
    },
    /// Give an incident its number.
    Register {
        /// Its id.
        id: IncidentId,
        /// An exercise.
        exercise: bool,
        /// The year it counts in, by the office's clock.
        year: i16,
    },
    /// Let a service send what was published.
    Issue {
        /// Its id.
        id: PersonId,
        /// What it is called.
        name: String,
        /// SHA-256 of its token. The token itself never comes here.
        hash: Digest,
        /// The only incident that it may send to; every one under way when empty.
        incident: Option<IncidentId>,
        /// Until when.
        until: Timestamp,
    },
    /// Let a service send no more.
    EndService {
        /// Which.
        id: PersonId,
        /// Why.
        reason: String,
    },
    /// Keep the office's press log.
    Press {
        /// What is asked of it.
        command: PressCommand,
        /// Grounds on which information may be refused on the day.
        grounds: Vec<Ground>,
    },
}

/// What happened to the directory. Its JSON is permanent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Event {
    /// A person was added.
    Added {
        /// Their id.
        id: PersonId,
        /// Who they are.
        profile: Profile,
        /// Designations as spokesperson.
        designations: Vec<Designation>,
    },
    /// A password was set.
    PasswordSet {
        /// Whose.
        id: PersonId,
        /// Argon2id hash.
        hash: String,
    },
    /// Somebody was barred, or let in again.
    DisabledSet {
        /// Who.
        id: PersonId,
        /// Barred.
        disabled: bool,
        /// When they left their post, if they did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        left: Option<Timestamp>,
    },
    /// Somebody got another position, office or roles.
    ProfileSet {
        /// Who.
        id: PersonId,
        /// Position.
        title: String,
        /// The function whose office they sit in.
        #[serde(default)]
        function: Option<String>,
        /// What they may act as.
        roles: Vec<Role>,
        /// Since when they hold the position; since this record when nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Timestamp>,
        /// The document that says so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instrument: Option<String>,
    },
    /// A position was recorded, or corrected.
    PositionSet {
        /// Whose.
        id: PersonId,
        /// Its number among theirs.
        number: u32,
        /// The position.
        position: Position,
    },
    /// A spokesperson of an agency came on the list.
    Listed {
        /// The row.
        id: RowId,
        /// What it says.
        entry: Spokesperson,
    },
    /// What the list says of a spokesperson was corrected.
    Relisted {
        /// The row.
        id: RowId,
        /// What it says now.
        entry: Spokesperson,
    },
    /// Somebody no longer speaks for their agency.
    Delisted {
        /// The row.
        id: RowId,
        /// Since when.
        until: Timestamp,
        /// Why.
        reason: String,
    },
    /// The list was made public with these rows in it.
    Published {
        /// The rows.
        ids: Vec<RowId>,
        /// When.
        at: Timestamp,
        /// Where.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        link: Option<String>,
    },
    /// Somebody was made a spokesperson.
    Designated {
        /// Who.
        id: PersonId,
        /// What the document says.
        designation: Designation,
    },
    /// A designation was taken back.
    Revoked {
        /// Whose.
        id: PersonId,
        /// The designation's number.
        number: u32,
        /// Why.
        reason: String,
    },
    /// An incident got its number.
    Registered {
        /// Its id.
        id: IncidentId,
        /// Its number.
        number: String,
        /// The year it counts in.
        year: i16,
        /// An exercise.
        exercise: bool,
    },
    /// A service may send what was published.
    Issued {
        /// Its id.
        id: PersonId,
        /// What it is called.
        name: String,
        /// SHA-256 of its token.
        hash: Digest,
        /// The only incident that it may send to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        incident: Option<IncidentId>,
        /// Until when.
        until: Timestamp,
    },
    /// A service may send no more.
    ServiceEnded {
        /// Which.
        id: PersonId,
        /// Why.
        reason: String,
    },
    /// Something happened to the office's press log.
    Press {
        /// What.
        event: press::Event,
    },
}

/// Who may send which command: one exhaustive match.
pub(super) fn may(actor: &Actor, command: &Command) -> bool {
    let keeps_accounts = actor.is(Role::Admin) || actor.is(Role::Room);
    match command {
        Command::Add { .. }
        | Command::SetDisabled { .. }
        | Command::SetProfile { .. }
        | Command::SetPosition { .. }
        | Command::List { .. }
        | Command::Relist { .. }
        | Command::Delist { .. }
        | Command::Publish { .. }
        | Command::Designate { .. }
        | Command::Revoke { .. } => keeps_accounts,
        Command::SetPassword { id, .. } => actor.is(Role::Room) || actor.person == *id,
        // Leads let a service into an incident of theirs; which are theirs, the call asks.
        Command::Issue { incident: Some(_), .. } | Command::EndService { .. } => {
            keeps_accounts || LEADS.iter().any(|role| actor.is(*role))
        }
        Command::Issue { incident: None, .. } => keeps_accounts,
        Command::Register { .. } => {
            [Role::Head, Role::Secretary, Role::Duty].iter().any(|role| actor.is(*role))
        }
        Command::Press { .. } => press::may(actor),
    }
}
