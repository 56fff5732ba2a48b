//! The directory: people, their accounts, positions and designations, the list of spokespersons, and the register of
//! incidents. The same shape as an incident, a fold of its own log. Offices are not here: they are data with dates.

mod command;
pub mod day;
mod designation;
mod person;
pub mod position;
pub mod press;
mod service;
mod speaker;
mod table;

pub use command::{Command, Event};
pub use designation::{DELEGATION_DAYS_MAX, Held};
pub use person::{Person, Profile};
pub use position::Post;
pub use service::{SERVICES_MAX, Service, TOKEN_MAX};
pub use speaker::{ROWS_MAX, Speaker};
pub use table::{csv as table_csv, read as read_table};

use crate::domain::ids::{IncidentId, PersonId, Rev};
use crate::domain::incident::CLOCK_TOLERANCE;
use crate::domain::refusal::{Refusal, Speaking};
use crate::domain::table::{Table, row};
use crate::domain::{Context, Record, Role, text};
use crate::room::Fold;
use crate::wire::{Designation, DesignationState, Publication, Revocation};
use command::may;
use jiff::Timestamp;

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

row!(Registered, IncidentId);

/// The directory, as it stands after some revision.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    /// People.
    pub people: Table<Person>,
    /// The list of spokespersons of all agencies.
    pub speakers: Table<Speaker>,
    /// Services that may send what was published.
    pub services: Table<Service>,
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
            Command::SetDisabled { id, disabled, left } => {
                let person = known(&id)?;
                if disabled && self.is_last_administrator(person) {
                    return Err(Refusal::LastAdministrator);
                }
                let left = left.filter(|_| disabled);
                moved(person, left, context.at)?;
                Event::DisabledSet { id, disabled, left }
            }
            Command::SetProfile { id, title, function, roles, from, instrument } => {
                let person = known(&id)?;
                let moves = (&title, &function) != (&person.profile.title, &person.profile.function);
                let profile = Profile { title, function, roles, ..person.profile.clone() }.checked()?;
                if profile == person.profile {
                    return Ok(vec![]);
                }
                if !profile.roles.contains(&Role::Admin) && self.is_last_administrator(person) {
                    return Err(Refusal::LastAdministrator);
                }
                let from = from.filter(|_| moves);
                moved(person, from, context.at)?;
                let instrument = text::note_if_any(instrument.as_deref())?.filter(|_| moves);
                let Profile { title, function, roles, .. } = profile;
                Event::ProfileSet { id, title, function, roles, from, instrument }
            }
            Command::SetPosition { id, number, position } => {
                let (number, position) = self.position(&id, number, position)?;
                let same = known(&id)?.posts.iter().find(|post| post.number == number);
                if same.is_some_and(|post| post.position == position) {
                    return Ok(vec![]);
                }
                Event::PositionSet { id, number, position }
            }
            Command::List { entries } => {
                let listed = self.listed(entries)?.into_iter();
                return Ok(listed.map(|(id, entry)| Event::Listed { id, entry }).collect());
            }
            Command::Relist { id, entry } => match self.relisted(&id, entry)? {
                Some(entry) => Event::Relisted { id, entry },
                None => return Ok(vec![]),
            },
            Command::Delist { id, until, reason } => {
                self.delisted(&id, until)?;
                Event::Delisted { id, until, reason: text::note(&reason)? }
            }
            Command::Publish { ids, at, link } => {
                let ids = self.published(ids, at, context.at)?;
                Event::Published { ids, at, link: text::link(link.as_deref())? }
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
                    return Err(Refusal::Speaking(Speaking::DesignationOver));
                }
                Event::Revoked { id, number, reason: text::note(&reason)? }
            }
            Command::Register { id, .. } if self.register.get(&id).is_some() => return Ok(vec![]),
            Command::Register { id, exercise, year } => {
                Event::Registered { number: self.next_number(exercise, year), id, year, exercise }
            }
            Command::Issue { id, name, hash, incident, until } => {
                Event::Issued { name: self.let_in(&id, &name, until, context.at)?, id, hash, incident, until }
            }
            Command::EndService { id, reason } => {
                let service = self.services.get(&id).ok_or(Refusal::Unknown)?;
                // A token for all incidents is the administrator's to end.
                let keeps_accounts = context.by.is(Role::Admin) || context.by.is(Role::Room);
                if service.incident.is_none() && !keeps_accounts {
                    return Err(Refusal::NotAllowed);
                }
                if service.revoked.is_some() {
                    return Ok(vec![]);
                }
                Event::ServiceEnded { id, reason: text::note(&reason)? }
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
                    let (designations_held, posts) = (vec![], vec![]);
                    let mut person = Person {
                        id,
                        rev,
                        profile,
                        password,
                        disabled,
                        designations: designations_held,
                        posts,
                    };
                    person.begin(record.at, None, record.act());
                    designations.into_iter().for_each(|one| person.hold(one, record.act()));
                    self.people.put(rev, person);
                }
                Event::PasswordSet { id, hash } => {
                    self.people.edit(rev, &id, |row| row.password = Some(hash))
                }
                Event::DisabledSet { id, disabled, left } => self.people.edit(rev, &id, |row| {
                    row.disabled = disabled;
                    match left {
                        Some(left) => row.end_post(left),
                        // Whoever is let in again is what the account says, from now on.
                        None if !disabled && row.post().is_none() => row.begin(record.at, None, record.act()),
                        None => {}
                    }
                }),
                Event::ProfileSet { id, title, function, roles, from, instrument } => {
                    self.people.edit(rev, &id, |row| {
                        let profile = Profile { title, function, roles, ..row.profile.clone() };
                        let moves = (&profile.title, &profile.function)
                            != (&row.profile.title, &row.profile.function);
                        if moves {
                            row.end_post(from.unwrap_or(record.at));
                        }
                        row.profile = profile;
                        if moves {
                            row.begin(from.unwrap_or(record.at), instrument, record.act());
                        }
                    });
                }
                Event::PositionSet { id, number, position } => {
                    self.people.edit(rev, &id, |row| row.put(Some(number), position, record.act()));
                }
                Event::Listed { id, entry } => {
                    self.speakers.put(rev, Speaker::new(id, entry, record.act()));
                }
                Event::Relisted { id, entry } => self.speakers.edit(rev, &id, |row| {
                    row.entry = entry;
                    row.corrected = Some(record.act());
                }),
                Event::Delisted { id, until, reason } => self.speakers.edit(rev, &id, |row| {
                    row.entry.until = Some(until);
                    row.ended = Some((record.act(), reason));
                }),
                Event::Published { ids, at, link } => {
                    for id in ids {
                        let published = Publication { at, link: link.clone(), recorded: record.act() };
                        self.speakers.edit(rev, &id, |row| row.published = Some(published));
                    }
                }
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
                Event::Issued { id, name, hash, incident, until } => {
                    let (issued, revoked) = (record.act(), None);
                    self.services.put(rev, Service { id, rev, name, hash, incident, until, issued, revoked });
                }
                Event::ServiceEnded { id, reason } => {
                    self.services.edit(rev, &id, |row| row.revoked = Some((record.act(), reason)));
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

/// Refuses a day of leaving or moving that lies ahead, or before the position began that it ends.
fn moved(person: &Person, on: Option<Timestamp>, now: Timestamp) -> Result<(), Refusal> {
    let Some(on) = on else { return Ok(()) };
    if on > now.checked_add(CLOCK_TOLERANCE).unwrap_or(now) {
        return Err(Refusal::InTheFuture);
    }
    match person.post().and_then(|post| post.position.from) {
        Some(from) if on <= from => Err(Refusal::EndBeforeBeginning { from }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
