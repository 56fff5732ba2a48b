//! Duty (trực ban): who is on duty for each office and since when, who relieves them and when, and the handing over.
//! Whoever is on duty stays so until somebody else has read the note and confirmed, or took over with a reason: there
//! is no moment at which the record does not say who answered for an office.

mod command;
mod event;
mod note;
mod officer;

pub use command::Command;
pub use event::Event;
pub use note::{Item, Kind as NoteKind, Note};
pub use officer::Officer;

use super::ids::{OfficeId, Rev, RowId};
use super::incident::typed;
use super::may::LEADS;
use super::refusal::{Duty, Refusal};
use super::table::row;
use super::{Act, Actor, Context, Event as AnyEvent, Incident, text};
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;
use ts_rs::TS;

/// Nobody is on duty for longer than three days; what is said to have begun before is a wrong date.
pub const BEGUN_MAX: SignedDuration = SignedDuration::from_hours(72);
/// Duty is planned for the week; a relief after that is a wrong month.
pub const RELIEF_MAX: SignedDuration = SignedDuration::from_hours(24 * 7);

/// Who is to relieve, and when, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "ShiftRelief")]
pub struct Relief {
    /// Who.
    pub officer: Option<Officer>,
    /// When.
    pub at: Option<Timestamp>,
    /// Who planned it.
    pub planned: Act,
}

/// What became of a handover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(rename = "HandoverOutcome")]
pub enum Outcome {
    /// The one who relieves has read the note and is on duty.
    Confirmed {
        /// Who.
        by: Act,
    },
    /// Not taken.
    Declined {
        /// By whom.
        by: Act,
        /// Why.
        reason: String,
    },
    /// Taken back before it was answered.
    TakenBack {
        /// By whom.
        by: Act,
    },
}

/// A handover: what was handed to whom, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Handover {
    /// Its id.
    pub id: RowId,
    /// Who is to take over.
    pub to: Officer,
    /// What the office had on its hands, as it stood then.
    pub note: Note,
    /// What else there is to say.
    pub remark: Option<String>,
    /// Who offered it, and when.
    pub offered: Act,
    /// What became of it; none while it waits.
    pub outcome: Option<Outcome>,
}

/// How somebody's duty ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "ShiftEnd")]
pub struct End {
    /// Who recorded it.
    pub by: Act,
    /// The duty that came after it; none when nobody followed.
    pub next: Option<RowId>,
    /// Why, when it did not end by a handover.
    pub reason: Option<String>,
}

/// One officer's duty for their office.
#[derive(Clone, Debug, Serialize, JsonSchema, TS)]
pub struct Shift {
    /// Its id.
    pub id: RowId,
    /// Last change.
    pub rev: Rev,
    /// For which office.
    pub office: OfficeId,
    /// Who is on duty.
    pub officer: Officer,
    /// Since when.
    pub from: Timestamp,
    /// Who recorded its beginning.
    pub begun: Act,
    /// Who comes after.
    pub relief: Option<Relief>,
    /// Handovers that were offered, the last one last; only that one may wait.
    pub handovers: Vec<Handover>,
    /// How it ended.
    pub ended: Option<End>,
}

row!(Shift, RowId);

impl Shift {
    /// The handover that waits to be confirmed.
    pub fn offer(&self) -> Option<&Handover> {
        self.handovers.last().filter(|last| self.ended.is_none() && last.outcome.is_none())
    }
    fn settle(&mut self, outcome: Outcome) {
        if let Some(last) = self.handovers.last_mut().filter(|last| last.outcome.is_none()) {
            last.outcome = Some(outcome);
        }
    }
}

impl Incident {
    /// Who is on duty for an office now.
    pub fn on_duty(&self, office: &OfficeId) -> Option<&Arc<Shift>> {
        self.shifts.iter().find(|row| row.office == *office && row.ended.is_none())
    }
}

fn leads(actor: &Actor) -> bool {
    LEADS.iter().any(|role| actor.is(*role))
}

pub(super) fn decide(
    incident: &Incident,
    command: Command,
    context: &Context,
) -> Result<Vec<AnyEvent>, Refusal> {
    let by = context.by;
    let event = match command {
        Command::Take { id, from, reason } => {
            let office = by.office.clone().ok_or(Refusal::UnknownOffice)?;
            return begun(incident, (id, office, Officer::from(by)), from, reason.as_deref(), context);
        }
        Command::Assign { id, office, officer, from, reason } => {
            return begun(incident, (id, office, officer), from, reason.as_deref(), context);
        }
        Command::Plan { id, officer, at } => planned(of_ours(incident, &id, by)?, officer, at, context)?,
        Command::Offer { id, handover, to, remark } => {
            let row = current(incident, &id)?;
            on_duty(row, by)?;
            let known = |known: &Arc<Shift>| known.handovers.iter().any(|one| one.id == handover);
            match row.offer() {
                _ if incident.shifts.iter().any(known) => return Err(Refusal::AlreadyThere),
                Some(open) => return Err(Duty::HandoverWaits { name: open.to.name.clone() }.into()),
                None if to.person == by.person => return Err(Duty::OwnRelief.into()),
                None => {}
            }
            let note = Box::new(Note::of(incident, &row.office, by, context.at));
            Event::Offered { id, handover, to, note, remark: text::note_if_any(remark.as_deref())? }
        }
        Command::Confirm { id, handover, next } => {
            let row = current(incident, &id)?;
            asked_of(row, &handover, by)?;
            if incident.shifts.get(&next).is_some() {
                return Err(Refusal::AlreadyThere);
            }
            Event::Confirmed { id, handover, next }
        }
        Command::Decline { id, handover, reason } => {
            asked_of(current(incident, &id)?, &handover, by)?;
            Event::Declined { id, handover, reason: text::note(&reason)? }
        }
        Command::TakeBack { id, handover } => {
            let open = waiting(current(incident, &id)?, &handover)?;
            if open.offered.person != by.person && !leads(by) {
                return Err(Duty::NotYourHandover { name: open.offered.name.clone() }.into());
            }
            Event::TakenBack { id, handover }
        }
        Command::Leave { id, reason } => {
            let row = current(incident, &id)?;
            if !leads(by) {
                on_duty(row, by)?;
            }
            Event::Left { id, reason: text::note(&reason)? }
        }
    };
    Ok(vec![AnyEvent::Shift(event)])
}

fn begun(
    incident: &Incident,
    (id, office, officer): (RowId, OfficeId, Officer),
    from: Option<Timestamp>,
    reason: Option<&str>,
    context: &Context,
) -> Result<Vec<AnyEvent>, Refusal> {
    incident.offices.get(&office).ok_or(Refusal::UnknownOffice)?;
    if incident.shifts.get(&id).is_some() {
        return Err(Refusal::AlreadyThere);
    }
    let from = typed(from.unwrap_or(context.at), context)?;
    if context.at.duration_since(from) > BEGUN_MAX {
        return Err(Refusal::TooLongAgo);
    }
    let before = incident.on_duty(&office);
    let reason = match before {
        Some(before) if before.officer.person == officer.person => return Ok(vec![]),
        Some(before) if reason.is_none_or(|reason| reason.trim().is_empty()) => {
            return Err(Duty::OnDutyAlready { name: before.officer.name.clone() }.into());
        }
        Some(before) if before.from > from => {
            let (earlier, later) = ("giờ trực của người trước".into(), "giờ nhận trực".into());
            return Err(Refusal::OutOfOrder { earlier, later });
        }
        Some(_) => text::note_if_any(reason)?,
        None => None,
    };
    let replaces = before.map(|before| before.id.clone());
    Ok(vec![AnyEvent::Shift(Event::Begun { id, office, officer, from, replaces, reason })])
}

fn planned(
    row: &Shift,
    officer: Option<Officer>,
    at: Option<Timestamp>,
    context: &Context,
) -> Result<Event, Refusal> {
    if officer.as_ref().is_some_and(|officer| officer.person == row.officer.person) {
        return Err(Duty::OwnRelief.into());
    }
    match at.map(|at| at.duration_since(context.at)) {
        Some(ahead) if !ahead.is_positive() => Err(Refusal::InThePast),
        Some(ahead) if ahead > RELIEF_MAX => Err(Refusal::TooFarAhead),
        _ => Ok(Event::Planned { id: row.id.clone(), officer, at }),
    }
}

fn current<'a>(incident: &'a Incident, id: &RowId) -> Result<&'a Arc<Shift>, Refusal> {
    let row = incident.shifts.get(id).ok_or(Refusal::Unknown)?;
    if row.ended.is_some() {
        return Err(Duty::DutyOver { name: row.officer.name.clone() }.into());
    }
    Ok(row)
}

fn of_ours<'a>(incident: &'a Incident, id: &RowId, by: &Actor) -> Result<&'a Arc<Shift>, Refusal> {
    let row = current(incident, id)?;
    let ours = leads(by) || by.office.as_ref() == Some(&row.office);
    if ours { Ok(row) } else { Err(Duty::NotYourDuty { name: row.officer.name.clone() }.into()) }
}

fn on_duty(row: &Shift, by: &Actor) -> Result<(), Refusal> {
    if row.officer.person == by.person {
        return Ok(());
    }
    Err(Duty::NotYourDuty { name: row.officer.name.clone() }.into())
}

fn waiting<'a>(row: &'a Shift, handover: &RowId) -> Result<&'a Handover, Refusal> {
    row.offer().filter(|open| open.id == *handover).ok_or(Duty::NoHandover.into())
}

/// It waits, and for this person, who still is of the office.
fn asked_of(row: &Shift, handover: &RowId, by: &Actor) -> Result<(), Refusal> {
    let open = waiting(row, handover)?;
    if open.to.person != by.person || by.office.as_ref() != Some(&row.office) {
        return Err(Duty::NotYourHandover { name: open.to.name.clone() }.into());
    }
    Ok(())
}

pub(super) fn apply(incident: &mut Incident, rev: Rev, event: &Event, act: &Act) {
    let by = act.clone();
    let rows = &mut incident.shifts;
    match event.clone() {
        Event::Begun { id, office, officer, from, replaces, reason } => {
            if let Some(replaced) = replaces {
                rows.edit(rev, &replaced, |row| {
                    row.settle(Outcome::TakenBack { by: by.clone() });
                    row.ended = Some(End { by: by.clone(), next: Some(id.clone()), reason });
                });
            }
            rows.put(rev, shift(id, office, officer, from, by));
        }
        Event::Planned { id, officer, at } => rows.edit(rev, &id, |row| {
            let known = officer.is_some() || at.is_some();
            row.relief = known.then_some(Relief { officer, at, planned: by });
        }),
        Event::Offered { id, handover, to, note, remark } => rows.edit(rev, &id, |row| {
            row.handovers.push(Handover {
                id: handover,
                to,
                note: *note,
                remark,
                offered: by,
                outcome: None,
            });
        }),
        Event::Confirmed { id, next, .. } => {
            let office = rows.get(&id).map(|row| row.office.clone());
            rows.edit(rev, &id, |row| {
                row.settle(Outcome::Confirmed { by: by.clone() });
                row.ended = Some(End { by: by.clone(), next: Some(next.clone()), reason: None });
            });
            if let Some(office) = office {
                rows.put(rev, shift(next, office, Officer::from(act), act.at, by));
            }
        }
        Event::Declined { id, reason, .. } => {
            rows.edit(rev, &id, |row| row.settle(Outcome::Declined { by, reason }));
        }
        Event::TakenBack { id, .. } => rows.edit(rev, &id, |row| row.settle(Outcome::TakenBack { by })),
        Event::Left { id, reason } => rows.edit(rev, &id, |row| {
            row.settle(Outcome::TakenBack { by: by.clone() });
            row.ended = Some(End { by, next: None, reason: Some(reason) });
        }),
    }
}

fn shift(id: RowId, office: OfficeId, officer: Officer, from: Timestamp, begun: Act) -> Shift {
    let (relief, handovers, ended) = (None, vec![], None);
    Shift { id, rev: 0, office, officer, from, begun, relief, handovers, ended }
}

#[cfg(test)]
#[path = "shift/tests.rs"]
mod tests;
