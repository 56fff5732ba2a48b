//! Officers whom a command about duty names: as the directory knows them, and only of the office that it is about.

use super::Rooms;
use crate::domain::ids::{OfficeId, PersonId};
use crate::domain::may::REPORTS;
use crate::domain::refusal::{Duty, Refusal};
use crate::domain::shift::{self, Officer};
use crate::domain::{Actor, Incident};

impl Rooms {
    /// A command about duty with the officers that it names as the directory knows them: never as a browser says.
    pub(super) fn with_officers(
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
