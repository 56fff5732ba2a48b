//! The directory: people, their accounts and designations, and the register of incidents. The same shape as an
//! incident, a fold of its own log. Offices are not here: they are data with dates.

use crate::domain::ids::{IncidentId, OfficeId, PersonId, Rev};
use crate::domain::refusal::Refusal;
use crate::domain::table::{Row, Table};
use crate::domain::{Actor, Context, Record, Role, text};
use crate::organisation::Organisation;
use crate::room::Fold;
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
    /// Designations as spokesperson, newest last.
    pub designations: Vec<Designation>,
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

impl Row for Person {
    type Id = PersonId;
    fn id(&self) -> &PersonId {
        &self.id
    }
    fn rev(&self) -> Rev {
        self.rev
    }
    fn stamp(&mut self, rev: Rev) {
        self.rev = rev;
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
        if self.designations.iter().any(|designation| covers(designation, now, matter)) {
            roles.push(Role::Spokesperson);
        }
        Actor {
            person: self.id.clone(),
            name: self.profile.name.clone(),
            title: self.profile.title.clone(),
            office: office.and_then(|office| OfficeId::new(&office.id)),
            roles,
        }
    }
}

fn covers(designation: &Designation, now: Timestamp, matter: Option<&IncidentId>) -> bool {
    let begun = designation.from <= now;
    let over = designation.until.is_some_and(|until| until <= now);
    let this = designation.incident.is_none() || designation.incident.as_ref() == matter;
    begun && !over && this
}

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
    /// Give an incident its number.
    Register {
        /// Its id.
        id: IncidentId,
        /// An exercise.
        exercise: bool,
        /// The year it counts in, by the office's clock.
        year: i16,
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
}

/// The directory, as it stands after some revision.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    /// People.
    pub people: Table<Person>,
    /// The register of incidents.
    pub register: Table<Registered>,
}

impl Directory {
    /// The person with this sign-in name.
    pub fn by_login(&self, login: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.profile.login == login).map(AsRef::as_ref)
    }

    /// Somebody who can keep accounts: has a password and is not barred.
    pub fn has_administrator(&self) -> bool {
        self.people.iter().any(|person| person.password.is_some() && keeps_accounts(person))
    }

    fn next_number(&self, exercise: bool, year: i16) -> String {
        let series = if exercise { "DT" } else { "SC" };
        let given = self.register.iter().filter(|row| row.exercise == exercise && row.year == year).count();
        format!("{series}-{year}-{:04}", given + 1)
    }
}

fn keeps_accounts(person: &Person) -> bool {
    person.profile.roles.contains(&Role::Admin) && !person.disabled
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
        Command::Add { .. } | Command::SetDisabled { .. } => keeps_accounts,
        Command::SetPassword { id, .. } => actor.is(Role::Room) || actor.person == *id,
        Command::Register { .. } => {
            [Role::Head, Role::Secretary, Role::Duty].iter().any(|role| actor.is(*role))
        }
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
            Command::Add { id, profile, designation } => self.add(id, profile, designation)?,
            Command::SetPassword { id, hash } => {
                known(&id)?;
                Event::PasswordSet { id, hash }
            }
            Command::SetDisabled { id, disabled } => {
                let person = known(&id)?;
                let others = || self.people.iter().any(|other| other.id != id && keeps_accounts(other));
                if disabled && keeps_accounts(person) && !others() {
                    return Err(Refusal::LastAdministrator);
                }
                Event::DisabledSet { id, disabled }
            }
            Command::Register { id, .. } if self.register.get(&id).is_some() => return Ok(vec![]),
            Command::Register { id, exercise, year } => {
                Event::Registered { number: self.next_number(exercise, year), id, year, exercise }
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
                    self.people.put(rev, Person { id, rev, profile, password, disabled, designations });
                }
                Event::PasswordSet { id, hash } => {
                    self.people.edit(rev, &id, |row| row.password = Some(hash))
                }
                Event::DisabledSet { id, disabled } => {
                    self.people.edit(rev, &id, |row| row.disabled = disabled)
                }
                Event::Registered { id, number, year, exercise } => {
                    self.register.put(rev, Registered { id, rev, number, year, exercise });
                }
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
        if let Some(Designation { from, until: Some(until), .. }) = &designation
            && until <= from
        {
            return Err(Refusal::EndBeforeBeginning { from: *from });
        }
        let (name, title) = (text::title(&profile.name)?, text::title(&profile.title)?);
        // Spokesperson and the room itself are never given by hand: one needs an instrument, the other is no person.
        let given = |role: &Role| !matches!(role, Role::Spokesperson | Role::Room);
        let roles = profile.roles.into_iter().filter(given).collect();
        let profile = Profile { name, title, roles, ..profile };
        Ok(Event::Added { id, profile, designations: designation.into_iter().collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::given::{actor, at};
    use crate::domain::ids::CommandId;
    use crate::room::the_room;

    fn profile(login: &str, roles: &[Role]) -> Profile {
        let (name, title) = ("Nguyễn Văn Thử".into(), "Trực".into());
        Profile {
            login: login.into(),
            name,
            title,
            function: Some("press_authority".into()),
            roles: roles.into(),
        }
    }
    fn person(id: &str) -> PersonId {
        PersonId::new(id).expect("an id")
    }
    fn add(id: &str, roles: &[Role]) -> Command {
        Command::Add { id: person(id), profile: profile(id, roles), designation: None }
    }
    fn register(id: &str, exercise: bool, year: i16) -> Command {
        Command::Register { id: IncidentId::new(id).expect("an id"), exercise, year }
    }
    fn ask(directory: &mut Directory, by: &Actor, command: Command) -> Result<(), Refusal> {
        let events = directory.decide(command, &Context { at: at("12:00:00"), by })?;
        let cause = CommandId::new("c").expect("an id");
        directory.apply(&Record { rev: 1, at: at("12:00:00"), by: by.clone(), cause, events });
        Ok(())
    }

    #[test]
    fn numbers_run_by_year_and_exercises_have_their_own() {
        let mut directory = Directory::default();
        let by = actor("press");
        for (id, exercise, year) in
            [("a", false, 2026), ("b", true, 2026), ("c", false, 2026), ("d", false, 2027)]
        {
            ask(&mut directory, &by, register(id, exercise, year)).expect("registered");
        }
        // Asking again gives no second number.
        ask(&mut directory, &by, register("a", false, 2026)).expect("known");
        let numbers: Vec<_> = directory.register.iter().map(|row| row.number.as_str()).collect();
        assert_eq!(numbers, ["SC-2026-0001", "DT-2026-0001", "SC-2026-0002", "SC-2027-0001"]);
    }

    #[test]
    fn accounts_are_the_administrators_to_keep_and_one_always_stays() {
        let mut directory = Directory::default();
        assert_eq!(ask(&mut directory, &actor("press"), add("a", &[])), Err(Refusal::NotAllowed));
        ask(&mut directory, &the_room(), add("quan-tri", &[Role::Admin])).expect("added");
        let disable = Command::SetDisabled { id: person("quan-tri"), disabled: true };
        assert_eq!(ask(&mut directory, &the_room(), disable.clone()), Err(Refusal::LastAdministrator));
        ask(&mut directory, &the_room(), add("khac", &[Role::Admin])).expect("added");
        ask(&mut directory, &the_room(), disable).expect("disabled");
    }

    #[test]
    fn names_are_checked_and_taken_once() {
        let mut directory = Directory::default();
        ask(&mut directory, &the_room(), add("a1", &[])).expect("added");
        let again = Command::Add { id: person("other"), profile: profile("a1", &[]), designation: None };
        assert_eq!(ask(&mut directory, &the_room(), again), Err(Refusal::NameTaken));
        for bad in ["a", "Ab", "có dấu", "a b", ""] {
            let bad = Command::Add { id: person("other"), profile: profile(bad, &[]), designation: None };
            assert_eq!(ask(&mut directory, &the_room(), bad), Err(Refusal::BadName));
        }
    }

    #[test]
    fn a_designation_that_ends_before_it_begins_is_refused() {
        let mut directory = Directory::default();
        let (from, until) = (at("12:00:00"), Some(at("11:00:00")));
        let designation = Some(Designation { from, until, instrument: "01/QĐ".into(), incident: None });
        let add = Command::Add { id: person("a1"), profile: profile("a1", &[]), designation };
        assert_eq!(ask(&mut directory, &the_room(), add), Err(Refusal::EndBeforeBeginning { from }));
    }

    #[test]
    fn nobody_becomes_spokesperson_by_a_tick_in_a_form() {
        let mut directory = Directory::default();
        ask(&mut directory, &the_room(), add("a1", &[Role::Duty, Role::Spokesperson, Role::Room]))
            .expect("added");
        assert_eq!(directory.by_login("a1").expect("added").profile.roles, [Role::Duty]);
    }

    #[test]
    fn a_designation_holds_for_its_time_and_its_matter() {
        let matter = IncidentId::new("su-co").expect("an id");
        let other = IncidentId::new("khac").expect("an id");
        let designation = Designation {
            from: at("08:00:00"),
            until: Some(at("17:00:00")),
            instrument: "01/QĐ".into(),
            incident: Some(matter.clone()),
        };
        let holds = |now, matter| covers(&designation, at(now), matter);
        assert!(holds("08:00:00", Some(&matter)) && holds("16:59:59", Some(&matter)));
        assert!(!holds("07:59:59", Some(&matter)) && !holds("17:00:00", Some(&matter)));
        assert!(!holds("12:00:00", Some(&other)) && !holds("12:00:00", None));
    }
}
