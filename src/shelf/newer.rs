//! An incident and the versions published since it began: what differs, step by step. Only says so; the room decides
//! what it takes over.

use super::Shelf;
use crate::domain::Incident;
use crate::domain::frozen::PlaybookRef;
use crate::domain::plan::Plan;
use crate::domain::task::Task;
use crate::library::Library;
use crate::opening::plan;
use crate::playbook::compare::{Difference, Step, steps};
use crate::wire::{NewerPlaybook, NewerStep};
use std::sync::Arc;

/// The tasks that a playbook brought into the incident, in its order; what people added is nobody's step.
pub(super) fn tasks_of<'a>(incident: &'a Incident, playbook: &PlaybookRef) -> Vec<&'a Arc<Task>> {
    let first = incident.header.as_ref().is_some_and(|header| header.playbook.id == playbook.id);
    let own = |task: &&Arc<Task>| match &task.plan.playbook {
        Some(id) => *id == playbook.id,
        None => first,
    };
    let mut tasks: Vec<_> =
        incident.tasks.iter().filter(|task| !task.plan.function.is_empty()).filter(own).collect();
    tasks.sort_by_key(|task| task.plan.seq);
    tasks
}

/// The playbooks of the incident of which a newer version is in force, and how its steps differ from the incident's.
pub fn newer(library: &Library, shelf: &Shelf, incident: &Incident) -> Vec<NewerPlaybook> {
    let (Some(header), Some(frame)) = (&incident.header, &incident.frame) else { return vec![] };
    let newer = |had: &PlaybookRef| {
        let playbook = library.playbook(&had.id).filter(|newest| newest.version > had.version)?;
        let tasks = tasks_of(incident, had);
        let numbered = |(task, number): (&&Arc<Task>, u32)| Step {
            // Taken steps have the numbers of their own version: here each has its place.
            seq: number,
            ..Step::planned(&task.plan, &frame.phases, &frame.prepared)
        };
        let before: Vec<_> = tasks.iter().zip(1..).map(numbered).collect();
        let Plan { tasks: planned, phases, prepared, .. } = plan(library, playbook, header);
        let after: Vec<_> = planned.iter().map(|task| Step::planned(task, &phases, &prepared)).collect();
        let step = |difference: Difference| {
            let (place, seq) = match &difference {
                Difference::Same { .. } => return None,
                Difference::Changed { before, after, .. } => (Some(*before), Some(*after)),
                Difference::Added { after, .. } => (None, Some(*after)),
                Difference::Removed { before, .. } => (Some(*before), None),
            };
            let task = place.and_then(|place| tasks.get(usize::try_from(place).ok()?.checked_sub(1)?));
            let (ended, task) =
                (task.is_some_and(|task| !task.is_open()), task.map(|task| task.plan.id.clone()));
            Some(NewerStep { seq, task, ended, difference })
        };
        let edition = shelf.get(&had.id).and_then(|held| held.edition(playbook.version));
        Some(NewerPlaybook {
            id: had.id.clone(),
            title: playbook.title.clone(),
            had: had.version,
            version: playbook.version,
            newest: edition.map(|edition| edition.version.clone()),
            steps: steps(&before, &after).into_iter().filter_map(step).collect(),
        })
    };
    header.playbooks().filter_map(newer).collect()
}
