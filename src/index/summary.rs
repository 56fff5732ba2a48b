//! An incident in short, as the board, the wall and the leaders' page show it. What changes without a line of the log
//! (who is present, what waits for the reader) is filled in when it is asked for.

use crate::domain::Incident;
use crate::domain::deadline::{Anchor, Deadline};
use crate::domain::figures::first_public;
use crate::domain::ids::IncidentId;
use crate::domain::statement::Relation;
use crate::wire::{Outcome, SeatShown, Summary};

/// The incident as the board shows it; none before it is opened.
pub(super) fn summary(id: &IncidentId, incident: &Incident) -> Option<Summary> {
    let header = incident.header.as_ref()?;
    let running = incident.deadlines.iter().filter(|row| row.is_running() && header.closed.is_none());
    let due = running.filter_map(|row| Some((row.due_at?, row.clock.title.clone()))).min();
    let newest = incident.lines.iter().next_back().map(|line| line.by.at);
    let said = incident.talk.newest().and_then(|id| incident.messages.get(id)).map(|message| message.by.at);
    let reviewed = incident.statements.iter().filter(|row| row.is_in_review()).count();
    let mandatory = incident.tasks.iter().filter(|task| task.holds_up_closing()).count();
    Some(Summary {
        id: id.clone(),
        number: header.number.clone(),
        title: header.title.clone(),
        level: header.level,
        exercise: header.exercise,
        place: header.place.clone(),
        playbook: header.playbook.title.clone(),
        opened_at: header.opened.at,
        closed_at: header.closed.as_ref().map(|closing| closing.by.at),
        rev: incident.rev,
        changed_at: newest.max(said).unwrap_or(header.opened.at),
        due_at: due.as_ref().map(|(at, _)| *at),
        due_title: due.map(|(_, title)| title),
        missed: incident.deadlines.iter().any(|row| row.missed_at.is_some()),
        in_review: many(reviewed),
        mandatory_open: many(mandatory),
        enquiries_open: many(incident.enquiries.iter().filter(|row| row.is_open()).count()),
        proposals_open: many(incident.proposals.iter().filter(|row| row.is_open(incident)).count()),
        seats: seats(incident),
        outcome: outcome(incident),
        waits: 0,
    })
}

fn many(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn seats(incident: &Incident) -> Vec<SeatShown> {
    let mut rows: Vec<_> = incident.offices.iter().collect();
    rows.sort_by_key(|row| row.order);
    let seat = |row: &std::sync::Arc<crate::domain::office::Office>| SeatShown {
        office: row.id.clone(),
        short: row.short.clone(),
        seat: row.seat,
        accepted: row.accepted.clone(),
        present: 0,
    };
    rows.into_iter().map(seat).collect()
}

fn outcome(incident: &Incident) -> Outcome {
    let received = incident.header.as_ref().and_then(|header| header.anchors.get(&Anchor::ReceivedAt));
    let first = first_public(incident).map(|(at, _)| at);
    let met = |row: &Deadline| Some(row.stopped.as_ref()?.at <= row.due_at?);
    let corrects = incident.statements.iter().filter(|row| {
        row.is_out() && row.follows.as_ref().is_some_and(|it| it.relation == Relation::Correction)
    });
    Outcome {
        first_public_seconds: first.zip(received).map(|(at, from)| at.duration_since(*from).as_secs()),
        spoke: incident.statements.iter().any(|row| row.is_out()),
        corrections: many(corrects.count()),
        clocks_met: many(incident.deadlines.iter().filter(|row| met(row) == Some(true)).count()),
        clocks: many(incident.deadlines.iter().filter(|row| row.due_at.is_some()).count()),
    }
}
