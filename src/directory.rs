//! The directory: people, their accounts and designations, and the register of incidents. The same shape as an
//! incident, a fold of its own log. Offices are not here: they are data with dates.

mod designation;
mod person;
pub mod press;

pub use designation::{DELEGATION_DAYS_MAX, Held};
pub use person::{Person, Profile};

use crate::domain::frozen::Ground;
use crate::domain::ids::{IncidentId, PersonId, Rev};
use crate::domain::refusal::Refusal;
use crate::domain::table::{Row, Table};
use crate::domain::{Actor, Context, Record, Role, text};
use crate::room::Fold;
use crate::wire::{Designation, DesignationState, PressCommand, Revocation};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// An incident in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// Its id.
    pub id: IncidentId,
    /// Last change.
    pub rev: Rev,
    /// Its number; never given twice.
    pub number: String,
    /// The year it counts in.
    pub year: i16,
    /// Exercises have a series of their own.
    pub exercise: bool,
}

impl Row for Registered {
    type Id = IncidentId;
    fn id(&self) -> &IncidentId {
        &self.id
    }
    fn rev(&self) -> Rev {
        self.rev
    }
    fn stamp(&mut self, rev: Rev) {
        self.rev = rev;
    }
}

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
    /// Something happened to the office's press log.
    Press {
        /// What.
        event: press::Event,
    },
}

/// The directory, as it stands after some revision.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    /// People.
    pub people: Table<Person>,
    /// The register of incidents.
    pub register: Table<Registered>,
    /// The office's own press log.
    pub press: press::PressLog,
}

impl Directory {
    /// The person with this sign-in name.
    pub fn by_login(&self, login: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.profile.login == login).map(AsRef::as_ref)
    }

    /// Somebody who can keep accounts: has a password and is not barred.
    pub fn has_administrator(&self) -> bool {
        self.people.iter().any(|person| person.password.is_some() && person.keeps_accounts())
    }

    /// Whether without this person nobody would keep accounts.
    fn is_last_administrator(&self, person: &Person) -> bool {
        let others = || self.people.iter().any(|other| other.id != person.id && other.keeps_accounts());
        person.keeps_accounts() && !others()
    }

    fn next_number(&self, exercise: bool, year: i16) -> String {
        let series = if exercise { "DT" } else { "SC" };
        let given = self.register.iter().filter(|row| row.exercise == exercise && row.year == year).count();
        format!("{series}-{year}-{:04}", given + 1)
    }
}

/// Whether `login` may be a sign-in name: 2 to 40 of lower-case letters, digits, dots and hyphens.
fn is_login(login: &str) -> bool {
    let known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '-';
    (2..=40).contains(&login.len()) && login.chars().all(known)
}

/// Who may send which command: one exhaustive match.
fn may(actor: &Actor, command: &Command) -> bool {
    let keeps_accounts = actor.is(Role::Admin) || actor.is(Role::Room);
    match command {
        Command::Add { .. }
        | Command::SetDisabled { .. }
        | Command::SetProfile { .. }
        | Command::Designate { .. }
        | Command::Revoke { .. } => keeps_accounts,
        Command::SetPassword { id, .. } => actor.is(Role::Room) || actor.person == *id,
        Command::Register { .. } => {
            [Role::Head, Role::Secretary, Role::Duty].iter().any(|role| actor.is(*role))
        }
        Command::Press { .. } => press::may(actor),
    }
}

impl Fold for Directory {
    type Command = Command;
    type Event = Event;

    fn decide(&self, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
        if !may(context.by, &command) {
            return Err(Refusal::NotAllowed);
        }
        let known = |id: &PersonId| self.people.get(id).ok_or(Refusal::Unknown);
        let event = match command {
            Command::Add { id, profile, designation } => self.add(id, profile, designation, context.at)?,
            Command::SetPassword { id, hash } => {
                known(&id)?;
                Event::PasswordSet { id, hash }
            }
            Command::SetDisabled { id, disabled } => {
                let person = known(&id)?;
                if disabled && self.is_last_administrator(person) {
                    return Err(Refusal::LastAdministrator);
                }
                Event::DisabledSet { id, disabled }
            }
            Command::SetProfile { id, title, function, roles } => {
                let person = known(&id)?;
                let profile = Profile { title, function, roles, ..person.profile.clone() }.checked()?;
                if profile == person.profile {
                    return Ok(vec![]);
                }
                if !profile.roles.contains(&Role::Admin) && self.is_last_administrator(person) {
                    return Err(Refusal::LastAdministrator);
                }
                let Profile { title, function, roles, .. } = profile;
                Event::ProfileSet { id, title, function, roles }
            }
            Command::Designate { id, designation } => {
                known(&id)?;
                let designation = self.designation(&id, designation, context.at)?;
                Event::Designated { id, designation }
            }
            Command::Revoke { id, number, reason } => {
                let held = known(&id)?.designations.iter().find(|held| held.number == number);
                let state = held.ok_or(Refusal::Unknown)?.state(context.at);
                if matches!(state, DesignationState::Ended | DesignationState::Revoked) {
                    return Err(Refusal::DesignationOver);
                }
                Event::Revoked { id, number, reason: text::note(&reason)? }
            }
            Command::Register { id, .. } if self.register.get(&id).is_some() => return Ok(vec![]),
            Command::Register { id, exercise, year } => {
                Event::Registered { number: self.next_number(exercise, year), id, year, exercise }
            }
            Command::Press { command, grounds } => {
                Event::Press { event: self.press(command, &grounds, context)? }
            }
        };
        Ok(vec![event])
    }

    fn apply(&mut self, record: &Record<Event>) {
        let rev = record.rev;
        for event in record.events.clone() {
            match event {
                Event::Added { id, profile, designations } => {
                    let (password, disabled) = (None, false);
                    let mut person = Person { id, rev, profile, password, disabled, designations: vec![] };
                    designations.into_iter().for_each(|one| person.hold(one, record.act()));
                    self.people.put(rev, person);
                }
                Event::PasswordSet { id, hash } => {
                    self.people.edit(rev, &id, |row| row.password = Some(hash))
                }
                Event::DisabledSet { id, disabled } => {
                    self.people.edit(rev, &id, |row| row.disabled = disabled)
                }
                Event::ProfileSet { id, title, function, roles } => self.people.edit(rev, &id, |row| {
                    row.profile = Profile { title, function, roles, ..row.profile.clone() };
                }),
                Event::Designated { id, designation } => {
                    self.people.edit(rev, &id, |row| row.hold(designation, record.act()));
                }
                Event::Revoked { id, number, reason } => self.people.edit(rev, &id, |row| {
                    let revocation = Revocation { act: record.act(), reason };
                    let mut held = row.designations.iter_mut();
                    held.find(|held| held.number == number).map(|held| held.revoked.insert(revocation));
                }),
                Event::Registered { id, number, year, exercise } => {
                    self.register.put(rev, Registered { id, rev, number, year, exercise });
                }
                Event::Press { event } => self.press.take_in(rev, &event, &record.act()),
            }
        }
    }

    fn next_due(&self) -> Option<(Timestamp, Command)> {
        None
    }
}

impl Directory {
    fn add(
        &self,
        id: PersonId,
        profile: Profile,
        designation: Option<Designation>,
        now: Timestamp,
    ) -> Result<Event, Refusal> {
        if self.people.get(&id).is_some() {
            return Err(Refusal::AlreadyThere);
        }
        if !is_login(&profile.login) {
            return Err(Refusal::BadName);
        }
        if self.by_login(&profile.login).is_some() {
            return Err(Refusal::NameTaken);
        }
        let profile = profile.checked()?;
        let designation = designation.map(|designation| self.designation(&id, designation, now));
        let designations = designation.transpose()?.into_iter().collect();
        Ok(Event::Added { id, profile, designations })
    }
}

#[cfg(test)]
mod tests;
