//! What an incident would begin with: the opening itself, folded in memory and thrown away. No second reckoning of
//! offices and limits, so the preview shows what the room will.

use crate::domain::ids::{CommandId, IncidentId};
use crate::domain::refusal::Refusal;
use crate::domain::{Actor, Command, Context, Incident, Record, Role, decide, incident};
use crate::library::Library;
use crate::opening::opening;
use crate::playbook::Playbook;
use crate::wire::{OpenRequest, Problem, Schedule, ScheduleRequest};

/// The tasks, clocks and offices of an incident on this playbook.
///
/// # Errors
/// What is wrong with the example, in words.
pub fn schedule(
    library: &Library,
    playbook: Playbook,
    asked: ScheduleRequest,
    by: &Actor,
) -> Result<Schedule, Problem> {
    let ScheduleRequest { occurred_at, received_at, impact_assessed_at, commune, in_force_on, .. } = asked;
    let id = IncidentId::new("thi-du").expect("a literal that is an id");
    let request = OpenRequest {
        id,
        title: playbook.title.clone(),
        playbook: playbook.id.clone(),
        also: vec![],
        level: None,
        exercise: true,
        commune,
        occurred_at,
        received_at: Some(received_at),
        impact_assessed_at,
        in_force_on,
    };
    // It opens when the last of the moments is known.
    let at = received_at.max(impact_assessed_at.unwrap_or(received_at));
    let opening = opening(library, &[playbook], &request, by, at)?;
    let in_force_on = opening.in_force_on;
    // Who keeps the data opens no incident; in thought anybody may.
    let by = Actor { roles: vec![Role::Head], ..by.clone() };
    let open = Command::Incident(incident::Command::Open(Box::new(opening)));
    let refused = |refusal: Refusal| Problem { code: refusal.code(), words: refusal.to_string() };
    let events =
        decide(&Incident::default(), open, &Context { at, by: &by, written_at: None }).map_err(refused)?;
    let mut incident = Incident::default();
    let cause = CommandId::new("thi-du").expect("a literal that is an id");
    incident.apply(&Record { rev: 1, at, by, cause, events, written_at: None });
    let mut tasks: Vec<_> = incident.tasks.iter().map(|row| row.as_ref().clone()).collect();
    tasks.sort_by_key(|task| task.plan.seq);
    let mut offices: Vec<_> = incident.offices.iter().map(|row| row.as_ref().clone()).collect();
    offices.sort_by_key(|office| office.order);
    let deadlines = incident.deadlines.iter().map(|row| row.as_ref().clone()).collect();
    Ok(Schedule { in_force_on, tasks, deadlines, offices })
}
