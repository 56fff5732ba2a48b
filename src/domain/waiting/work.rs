//! What work waits for somebody: tasks at hand, questions of the press, claims with a step to take, and what was given
//! out after the incident.

use super::{AT_HAND, Wait, WaitFor};
use crate::domain::claim::Claim;
use crate::domain::enquiry::Enquiry;
use crate::domain::may::REPORTS;
use crate::domain::review::owed::Owed;
use crate::domain::task::Task;
use crate::domain::{Actor, Incident, Role};
use jiff::Timestamp;
use std::sync::Arc;

/// Questions of the press that are open: the leads answer for all of them, and whoever has to answer for theirs.
pub(super) fn enquiries(incident: &Incident, actor: &Actor, now: Timestamp) -> Vec<Wait> {
    let leads = actor.is(Role::Head) || actor.is(Role::Secretary) || actor.is(Role::Spokesperson);
    let mine = incident.enquiries.iter().filter(|row| row.is_open() && (leads || row.is_owned_by(actor)));
    let mut mine: Vec<_> = mine.collect();
    mine.sort_by_key(|row| (row.asked.due_at.is_none(), row.asked.due_at, row.asked.received_at));
    let wait = |row: &Arc<Enquiry>| Wait {
        what: WaitFor::Enquiry {
            enquiry: row.id.clone(),
            over: row.asked.due_at.is_some_and(|due_at| due_at <= now),
        },
        words: format!("Trả lời câu hỏi của {}", row.asked.outlet),
        due_at: row.asked.due_at,
    };
    mine.into_iter().map(wait).collect()
}

/// Claims with a step to take: the leads', that of the office which verifies, and until somebody does, that of the
/// office which entered it. A clock that was called to mind speaks for itself.
pub(super) fn claims(incident: &Incident, actor: &Actor, now: Timestamp) -> Vec<Wait> {
    let leads = actor.is(Role::Head) || actor.is(Role::Secretary);
    let mine = |row: &Claim| leads || actor.office.as_ref().is_some_and(|office| row.held_by(office));
    let wait = |row: &Arc<Claim>| {
        let step = row.next.filter(|_| mine(row))?;
        let clocks = incident.deadlines.iter().filter(|clock| {
            let own = clock.of.as_ref().is_some_and(|of| of.claim == row.id);
            own && clock.is_running() && !clock.clock.outside
        });
        let clocks: Vec<_> = clocks.collect();
        if clocks.iter().any(|clock| clock.reminded.is_some() || clock.missed_at.is_some()) {
            return None;
        }
        let due_at = clocks.iter().filter_map(|clock| clock.due_at).min();
        let what = WaitFor::Claim { claim: row.id.clone(), over: due_at.is_some_and(|due_at| due_at <= now) };
        let again = if row.recurs_unsought() { ", thấy lại" } else { "" };
        Some(Wait { what, words: format!("{}{again}: {}", step.title(), row.name()), due_at })
    };
    let mut waits: Vec<_> = incident.claims.iter().filter_map(wait).collect();
    waits.sort_by_key(|wait| (wait.due_at.is_none(), wait.due_at));
    waits
}

/// Tasks of the actor that are at hand, and those that were given to them by name.
pub(super) fn tasks(incident: &Incident, actor: &Actor, now: Timestamp) -> Vec<Wait> {
    let reports = REPORTS.iter().any(|role| actor.is(*role));
    let mine = incident.tasks.iter().filter(|task| {
        let own = task.plan.office.is_some() && task.plan.office == actor.office;
        // What was given to a colleague by name waits for that colleague.
        let own = own && task.named.is_none();
        reports && task.is_asked() && (task.is_named(actor) || own)
    });
    let at_hand = |at: Timestamp| at.duration_since(now) < AT_HAND;
    // Whoever was named is told at once, whatever the hour at which it is due.
    let mut due: Vec<_> =
        mine.filter(|task| task.is_named(actor) || task.due_at.is_some_and(at_hand)).collect();
    due.sort_by_key(|task| (task.due_at.is_none(), task.due_at, task.plan.seq));
    let wait = |task: &Arc<Task>| Wait {
        what: WaitFor::Task { task: task.plan.id.clone(), over: task.due_at.is_some_and(|at| at <= now) },
        words: task.plan.title.clone(),
        due_at: task.due_at,
    };
    due.into_iter().map(wait).collect()
}

/// Whether it waits for the actor: theirs by name, or their office's and nobody's by name. Officers at the scene are told
/// as of a task; whoever only follows is asked nothing.
pub fn is_asked_of(owed: &Owed, actor: &Actor) -> bool {
    REPORTS.iter().any(|role| actor.is(*role)) && owed.owner.is(actor)
}

/// What was given out after the incident and waits for the actor.
pub fn actions(owed: &[Owed], actor: &Actor, now: Timestamp) -> Vec<Wait> {
    let wait = |row: &Owed| Wait {
        what: WaitFor::Action { action: row.action.clone(), over: row.is_over(now) },
        words: format!("Việc sau sự cố: {}", row.text),
        due_at: row.over_at,
    };
    owed.iter().filter(|row| is_asked_of(row, actor)).map(wait).collect()
}
