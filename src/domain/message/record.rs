//! Talk that becomes record: what came of a message, and which message a row came from. The rows say it, so that the
//! message can be found from them; the message says it, so that nobody writes it down twice.

use super::change;
use crate::domain::ids::{Rev, RowId};
use crate::domain::refusal::Refusal;
use crate::domain::{
    Act, Event as AnyEvent, Incident, claim, clipping, decision, enquiry, entry, fact, task,
};
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

/// What a message can become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "MessageNoun")]
pub enum Noun {
    /// An entry of the timeline.
    Entry,
    /// A task.
    Task,
    /// A fact.
    Fact,
    /// A decision.
    Decision,
    /// A question of the press.
    Enquiry,
    /// A claim that is going round.
    Claim,
    /// Something that was published.
    Clipping,
}

/// What came of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "MessageBecame")]
pub struct Became {
    /// What it is.
    pub noun: Noun,
    /// Its row.
    pub id: RowId,
    /// Who put it on record.
    pub by: Act,
}

/// What the event puts on record, and the message that it came from. A gesture is a line here.
pub fn made(event: &AnyEvent) -> Option<(Noun, &RowId, &RowId)> {
    Some(match event {
        AnyEvent::Entry(entry::Event::Added { id, from: Some(from), .. }) => (Noun::Entry, id, from),
        AnyEvent::Task(task::Event::Added { plan, from: Some(from), .. }) => (Noun::Task, &plan.id, from),
        AnyEvent::Fact(fact::Event::Entered { id, from: Some(from), .. }) => (Noun::Fact, id, from),
        AnyEvent::Decision(decision::Event::Taken { id, from: Some(from), .. }) => (Noun::Decision, id, from),
        AnyEvent::Enquiry(enquiry::Event::Entered { id, from: Some(from), .. }) => (Noun::Enquiry, id, from),
        AnyEvent::Claim(event) => match &**event {
            claim::Event::Entered { id, from: Some(from), .. } => (Noun::Claim, id, from),
            _ => return None,
        },
        AnyEvent::Clipping(clipping::Event::Entered { id, from: Some(from), .. }) => {
            (Noun::Clipping, id, from)
        }
        _ => return None,
    })
}

/// Whether the messages are there from which the events say that they came.
pub(in crate::domain) fn known(incident: &Incident, events: &[AnyEvent]) -> Result<(), Refusal> {
    let mut origins = events.iter().filter_map(made);
    let known = origins.all(|(_, _, from)| incident.messages.get(from).is_some());
    if known { Ok(()) } else { Err(Refusal::Unknown) }
}

/// The message shows what came of it.
pub(in crate::domain) fn note(incident: &mut Incident, rev: Rev, event: &AnyEvent, act: &Act) {
    if let Some((noun, id, from)) = made(event) {
        let became = Became { noun, id: id.clone(), by: act.clone() };
        change(incident, rev, from, |row| row.became.push(became));
    }
}
