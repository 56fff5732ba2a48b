//! The people who have a part in an incident, there or not: who may be named in it, and as an officer of which office.

use super::{Hall, Rooms};
use crate::domain::ids::{OfficeId, PersonId};
use crate::domain::may::REPORTS;
use crate::domain::refusal::{Duty, Refusal};
use crate::domain::shift::{self, Officer};
use crate::domain::{Actor, Incident};
use crate::wire::Member;

impl Rooms {
    /// Everybody who has a part in the incident now, by name.
    pub fn who_has_a_part(&self, hall: &Hall) -> Vec<Member> {
        let (directory, snapshot) = (self.directory.now(), hall.room.now());
        let actors = directory.state.people.iter().filter_map(|person| self.actor(&person.id, Some(hall)));
        let inside = actors.filter(|actor| Self::enters(actor, &snapshot.state));
        let member =
            |Actor { person, name, title, office, roles, .. }| Member { person, name, title, office, roles };
        let mut members: Vec<_> = inside.map(member).collect();
        members.sort_by(|a, b| a.name.cmp(&b.name));
        members
    }

    /// A command about duty with the officers that it names as the directory knows them: never as a browser says.
    pub(super) fn named(
        &self,
        incident: &Incident,
        command: shift::Command,
    ) -> Result<shift::Command, Refusal> {
        use shift::Command;
        let of = |id| incident.shifts.get(id).map(|row| &row.office).ok_or(Refusal::Unknown);
        Ok(match command {
            Command::Assign { id, office, officer, from, reason } => {
                let officer = self.officer(incident, &officer.person, &office)?;
                Command::Assign { id, office, officer, from, reason }
            }
            Command::Plan { id, officer: Some(officer), at } => {
                let officer = Some(self.officer(incident, &officer.person, of(&id)?)?);
                Command::Plan { id, officer, at }
            }
            Command::Offer { id, handover, to, remark } => {
                let to = self.officer(incident, &to.person, of(&id)?)?;
                Command::Offer { id, handover, to, remark }
            }
            command => command,
        })
    }

    fn officer(&self, incident: &Incident, person: &PersonId, office: &OfficeId) -> Result<Officer, Refusal> {
        let on = incident.header.as_ref().ok_or(Refusal::NotOpen)?.in_force_on;
        let actor = self.actor_on(person, on, None);
        let fits = |actor: &Actor| {
            actor.office.as_ref() == Some(office) && REPORTS.iter().any(|role| actor.is(*role))
        };
        let actor = actor.filter(fits).ok_or(Refusal::Duty(Duty::NotOfTheOffice))?;
        Ok(Officer::from(&actor))
    }
}
