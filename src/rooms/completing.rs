//! What a command must not take from its sender: plans and names come from the data in force, people from the
//! directory, files from the disk.

use super::{Hall, Rooms};
use crate::attachments::Sending;
use crate::domain::attachment::{self, Attachment};
use crate::domain::ids::{OfficeId, PersonId};
use crate::domain::incident::{self, PlannedOffice};
use crate::domain::message::{self, Mention};
use crate::domain::owner::{self, Named};
use crate::domain::refusal::{Desks, Files, Playbooks, Refusal, Talk};
use crate::domain::{Actor, Command, Incident, Role, Viewer, may, office, plan};
use crate::opening;
use crate::wire::Member;

impl Rooms {
    /// Fills in what a command must not take from its sender.
    ///
    /// # Errors
    /// When there is nothing to fill in with: an unknown office, a file that is not here.
    pub async fn completed(
        &self,
        hall: &Hall,
        actor: &Actor,
        mut command: Command,
    ) -> Result<Command, Refusal> {
        let now = hall.room.now();
        let incident = &now.state;
        for file in attachment::named(&mut command) {
            *file = self.attached(hall, actor, file).await?;
        }
        if let Some((named, roles)) = owner::named(&mut command) {
            *named = self.given(incident, &named.person, roles)?;
        }
        match command {
            Command::Office(office::Command::Invite { office }) => {
                let office = self.invited(incident, &office.id).ok_or(Refusal::UnknownOffice)?;
                Ok(Command::Office(office::Command::Invite { office }))
            }
            Command::Message(message::Command::Send { ref mut mentions, .. }) => {
                for mention in mentions {
                    *mention = self.named(incident, mention)?;
                }
                Ok(command)
            }
            Command::Plan(command) => self.planned(incident, command).map(Command::Plan),
            Command::Shift(command) => self.with_officers(incident, command).map(Command::Shift),
            // The frame of an incident comes from the data in force, never from a browser.
            Command::Incident(incident::Command::Open(_)) => Err(Refusal::AlreadyOpen),
            command => Ok(command),
        }
    }

    /// The person as the directory has them, when they have a part in the incident and one of the roles.
    fn given(&self, incident: &Incident, person: &PersonId, roles: &[Role]) -> Result<Named, Refusal> {
        let header = incident.header.as_ref().ok_or(Refusal::NotOpen)?;
        let actor = self.actor_on(person, header.in_force_on, None);
        let actor = actor.filter(|actor| Self::enters(actor, incident));
        let actor = actor.ok_or(Refusal::Desks(Desks::NoPart))?;
        if !roles.iter().any(|role| actor.is(*role)) {
            return Err(Refusal::Desks(Desks::CannotDo { name: actor.name }));
        }
        let Actor { person, name, title, office, .. } = actor;
        Ok(Named { person, name, title, office })
    }

    /// Whom a message names, as they are called; only who has a part in the incident reads it.
    fn named(&self, incident: &Incident, mention: &Mention) -> Result<Mention, Refusal> {
        let header = incident.header.as_ref().ok_or(Refusal::NotOpen)?;
        match mention {
            Mention::Person { person, .. } => {
                let known = self.actor_on(person, header.in_force_on, None);
                let known = known.ok_or(Refusal::Talk(Talk::NobodySo))?;
                let name = message::spoken(&known.name).to_owned();
                let reads = Self::enters(&known, incident);
                let outside = Refusal::Talk(Talk::PersonOutside { name: name.clone() });
                if reads { Ok(Mention::Person { person: person.clone(), name }) } else { Err(outside) }
            }
            Mention::Office { office, .. } if incident.offices.get(office).is_some() => Ok(mention.clone()),
            Mention::Office { office, .. } => {
                let known = self.invited(incident, office).ok_or(Refusal::UnknownOffice)?;
                Err(Refusal::Talk(Talk::OfficeOutside { office: known.name }))
            }
        }
    }

    /// Everybody with a part in the incident who reads there, by name: whom a message may name, and whom something
    /// is given to.
    pub fn members_of(&self, hall: &Hall) -> Vec<Member> {
        let directory = self.directory.now();
        let state = hall.room.now().state.clone();
        let actors = directory.state.people.iter().filter_map(|person| self.actor(&person.id, Some(hall)));
        let reads = |actor: &Actor| may::READS.iter().any(|role| actor.is(*role));
        let members = actors.filter(|actor| reads(actor) && Self::enters(actor, &state));
        let mut members: Vec<_> = members
            .map(|Actor { person, name, title, office, roles, .. }| {
                let name = message::spoken(&name).to_owned();
                Member { person, name, title, office, roles }
            })
            .collect();
        members.sort_by(|a, b| (&a.name, &a.person).cmp(&(&b.name, &b.person)));
        members
    }

    /// The plan that a command names, from the playbooks in force: never from a browser.
    fn planned(&self, incident: &Incident, command: plan::Command) -> Result<plan::Command, Refusal> {
        let header = incident.header.as_ref().ok_or(Refusal::NotOpen)?;
        let library = self.in_force();
        let known = |id: &String| library.playbook(id).ok_or(Refusal::Playbooks(Playbooks::UnknownPlaybook));
        Ok(match command {
            plan::Command::Run { playbook, reason, .. } => {
                let plan = opening::plan(&library, known(&playbook)?, header);
                plan::Command::Run { playbook, reason, plan: Some(Box::new(plan)) }
            }
            plan::Command::TakeStep { playbook, version, seq, replaces, reason, .. } => {
                let newest = known(&playbook)?;
                let step = (newest.version == version).then(|| opening::step(&library, newest, seq, header));
                let step =
                    Some(Box::new(step.flatten().ok_or(Refusal::Playbooks(Playbooks::UnknownPlaybook))?));
                plan::Command::TakeStep { playbook, version, seq, replaces, reason, step }
            }
        })
    }

    fn invited(&self, incident: &Incident, id: &OfficeId) -> Option<PlannedOffice> {
        let on = incident.header.as_ref()?.in_force_on;
        opening::planned(&self.library.organisation.office_on(id.as_str(), on)?, false)
    }

    /// The file as it lies on disk: no log ever names one that is not there. Only what this person sent up into this
    /// incident, or sees in it: a digest that somebody heard of opens nothing.
    async fn attached(&self, hall: &Hall, actor: &Actor, file: &Attachment) -> Result<Attachment, Refusal> {
        let Attachment { digest, size, .. } = *file;
        let now = hall.room.now();
        let seen = now.state.attachment(&digest, Viewer::of(actor)).is_some_and(|seen| seen.size == size);
        let found = if seen {
            self.attachments.find(digest, size).await
        } else {
            let (incident, person) = (hall.id.clone(), actor.person.clone());
            self.attachments.received(&Sending { incident, person, digest, size }).await
        };
        let found = found.unwrap_or_else(|error| {
            tracing::error!(error = format!("{error:#}"), %digest, "an attachment could not be read");
            None
        });
        let kind = found.and_then(|kept| kept.kind).ok_or(Refusal::Files(Files::NoSuchFile))?;
        let name = attachment::true_name(&file.name, kind)?;
        Ok(Attachment { name, media: kind.media.to_owned(), digest, size })
    }
}
