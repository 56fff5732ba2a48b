//! Tasks of people who left their post or moved to another: which they are, and that they wait to be taken again.

use super::{Hall, Rooms};
use crate::clock;
use crate::directory::Person;
use crate::domain::ids::{CommandId, IncidentId, PersonId};
use crate::domain::may::REPORTS;
use crate::domain::{Command, Incident, task};
use crate::room::the_room;
use crate::wire::HeldTask;
use jiff::SignedDuration;
use std::sync::Arc;

/// How long after its end an incident still has tasks: reports and reviews are due within days.
const AFTERMATH: SignedDuration = SignedDuration::from_hours(24 * 60);

impl Rooms {
    /// The tasks that somebody is at and could not finish as `becomes`; all of theirs when they become nobody.
    ///
    /// # Errors
    /// When an incident's log or the index cannot be read.
    pub async fn out_of_reach(
        self: &Arc<Self>,
        person: &PersonId,
        becomes: Option<&Person>,
    ) -> anyhow::Result<Vec<HeldTask>> {
        let mut held = vec![];
        for hall in self.unfinished().await? {
            let state = &hall.room.now().state;
            let Some(header) = &state.header else { continue };
            let rows = state.tasks.iter().filter(|row| row.taker().is_some_and(|by| by.person == *person));
            let lost =
                rows.filter(|row| !becomes.is_some_and(|person| self.reaches(person, row, &hall, state)));
            held.extend(lost.map(|row| HeldTask {
                incident: hall.id.clone(),
                number: header.number.clone(),
                incident_title: header.title.clone(),
                task: row.plan.id.clone(),
                title: row.plan.title.clone(),
                office: match row.plan.office.as_ref().and_then(|office| state.offices.get(office)) {
                    Some(office) => office.short.clone(),
                    None => row.plan.function_title.clone(),
                },
                mandatory: row.plan.mandatory,
                due_at: row.due_at,
            }));
        }
        Ok(held)
    }

    /// Lets every task wait for its office again whose taker can no longer finish it; of one person, or of all. A task
    /// that could not be let go is let go at the next start.
    pub async fn let_go(self: &Arc<Self>, only: Option<&PersonId>) {
        let directory = self.directory.now();
        let people = directory.state.people.iter().filter(|person| only.is_none_or(|id| person.id == *id));
        for person in people.cloned().collect::<Vec<_>>() {
            let becomes = (!person.disabled).then_some(person.as_ref());
            let held = match self.out_of_reach(&person.id, becomes).await {
                Ok(held) => held,
                Err(error) => {
                    tracing::error!(error = format!("{error:#}"), person = %person.id, "tasks were not let go");
                    continue;
                }
            };
            let how = if person.disabled { "đã rời vị trí" } else { "đã chuyển vị trí" };
            let reason = format!("{} {how}", person.profile.name);
            for HeldTask { incident, task, .. } in held {
                if let Err(error) =
                    self.release(&incident, task::Command::Release { id: task, reason: reason.clone() }).await
                {
                    tracing::error!(error = format!("{error:#}"), %incident, "a task was not let go");
                }
            }
        }
    }

    async fn release(self: &Arc<Self>, incident: &IncidentId, command: task::Command) -> anyhow::Result<()> {
        if let (Some(hall), Some(id)) = (self.find(incident).await?, CommandId::new(&clock::id())) {
            let asked = hall.room.ask(id, the_room(), Command::Task(command)).await;
            asked.map_err(|failure| anyhow::anyhow!("{failure}"))?;
        }
        Ok(())
    }

    fn reaches(&self, person: &Person, row: &task::Task, hall: &Hall, state: &Incident) -> bool {
        let Some(header) = &state.header else { return false };
        let now = clock::now();
        let actor = person.actor(&self.library.organisation, header.in_force_on, now, Some(&hall.id));
        Self::enters(&actor, state) && row.is_for(&actor) && REPORTS.iter().any(|role| actor.is(*role))
    }

    /// Incidents in which something may still be to do.
    async fn unfinished(self: &Arc<Self>) -> anyhow::Result<Vec<Arc<Hall>>> {
        let known = self.index.all();
        let since = clock::now() - AFTERMATH;
        let lasting = known.into_iter().filter(|known| known.summary.closed_at.is_none_or(|at| at > since));
        let mut halls = vec![];
        for known in lasting {
            halls.extend(self.find(&known.summary.id).await?);
        }
        Ok(halls)
    }
}
