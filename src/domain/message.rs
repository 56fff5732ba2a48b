//! Talk in the room: messages, what they answer, whom they name, what is pinned, and which office has confirmed that it
//! knows. On the record but not on the timeline; what of it becomes record stands in `message/record.rs`.

mod asking;
mod command;
mod event;
mod mention;
pub mod record;

pub use asking::{Asked, AskedOffice, REMIND_EVERY, REMIND_TIMES, next_due};
pub use command::Command;
pub use event::Event;
pub use mention::{MENTIONS_MAX, Mention, Mentioned, spoken};
pub use record::{Became, Noun};

use super::attachment::{self, Attachment};
use super::ids::{Rev, RowId};
use super::may::LEADS;
use super::refusal::{Refusal, Talk as Broken};
use super::table::row;
use super::{Act, Context, Event as AnyEvent, Incident, Origin, text};
use imbl::{OrdMap, OrdSet};
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

/// Messages pinned at a time: what fits above the talk and is still read. More than that is a list nobody keeps.
pub const PINS_MAX: usize = 10;
/// Characters of a message that a reply carries: two lines of a phone.
pub const QUOTE_MAX: usize = 160;

/// A message.
#[derive(Clone, Debug, Serialize, JsonSchema, TS)]
pub struct Message {
    /// Its id.
    pub id: RowId,
    /// Last change.
    pub rev: Rev,
    /// The revision in which it was sent: talk stands in this order, whatever becomes of a message later.
    pub sent: Rev,
    /// The words.
    pub text: String,
    /// Who sent it.
    pub by: Act,
    /// Of the demonstration: on public record, or made for it.
    pub origin: Option<Origin>,
    /// Files that show it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Attachment>>", optional)]
    pub attachments: Vec<Attachment>,
    /// What it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reply: Option<Quote>,
    /// Whom it names, and who of them has read it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Mentioned>>", optional)]
    pub mentions: Vec<Mentioned>,
    /// Who pinned it, while it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub pinned: Option<Act>,
    /// Which offices are asked to confirm that they know, and which have.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub asked: Option<Asked>,
    /// What of the record came of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Became>>", optional)]
    pub became: Vec<Became>,
}

/// A message as a reply carries it: readable where the message itself is not loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "MessageQuote")]
pub struct Quote {
    /// Which message.
    pub id: RowId,
    /// Who sent it.
    pub by: Act,
    /// Its beginning.
    pub text: String,
}

row!(Message, RowId);

impl Message {
    /// Its beginning in one line, of at most `max` characters; of a picture without words, its name.
    pub fn beginning(&self, max: usize) -> String {
        let line = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let line =
            if line.is_empty() { self.attachments.first().map_or(line, |it| it.name.clone()) } else { line };
        match line.char_indices().nth(max) {
            Some((end, _)) => format!("{}…", line[..end].trim_end()),
            None => line,
        }
    }
}

/// Where messages stand. Derived from the rows, like they from the log.
#[derive(Clone, Debug, Default)]
pub struct Talk {
    /// In the order in which they were sent.
    sent: OrdMap<(Rev, RowId), ()>,
    /// Pinned.
    pinned: OrdSet<RowId>,
    /// Somebody who is named has not read them.
    calling: OrdSet<RowId>,
    /// Some office that is asked has not confirmed.
    asking: OrdSet<RowId>,
}

impl Talk {
    /// Messages sent before a revision, the newest first.
    pub fn before(&self, rev: Rev) -> impl Iterator<Item = (Rev, &RowId)> {
        let earlier = self.sent.iter().rev().skip_while(move |((sent, _), ())| *sent >= rev);
        earlier.map(|((sent, id), ())| (*sent, id))
    }
    /// What stands apart from the order: pinned, or waiting for an office.
    pub fn apart(&self) -> impl Iterator<Item = &RowId> {
        self.pinned.iter().chain(self.asking.iter().filter(|id| !self.pinned.contains(*id)))
    }
    /// Messages that somebody who is named has not read.
    pub fn calling(&self) -> impl Iterator<Item = &RowId> {
        self.calling.iter()
    }
    /// Messages that some office has yet to confirm.
    pub fn asking(&self) -> impl Iterator<Item = &RowId> {
        self.asking.iter()
    }
    /// The message that was sent last.
    pub fn newest(&self) -> Option<&RowId> {
        self.sent.get_max().map(|((_, id), ())| id)
    }

    fn place(&mut self, row: &Message) {
        self.sent.insert((row.sent, row.id.clone()), ());
        let among = |set: &mut OrdSet<RowId>, is: bool| {
            if is {
                set.insert(row.id.clone());
            } else {
                set.remove(&row.id);
            }
        };
        among(&mut self.pinned, row.pinned.is_some());
        among(&mut self.calling, row.mentions.iter().any(|mention| mention.seen.is_none()));
        among(&mut self.asking, row.asked.as_ref().is_some_and(|asked| asked.waits().next().is_some()));
    }
}

pub(super) fn decide(
    incident: &Incident,
    command: Command,
    context: &Context,
) -> Result<Vec<AnyEvent>, Refusal> {
    let row = |id: &RowId| incident.messages.get(id).ok_or(Refusal::Unknown);
    let events = match command {
        Command::Send { id, .. } if incident.messages.get(&id).is_some() => {
            return Err(Refusal::AlreadyThere);
        }
        Command::Send { id, text, origin, attachments, reply, mentions, ask } => {
            let attachments = attachment::together(attachments)?;
            // A picture may speak for itself.
            let wordless = !attachments.is_empty() && text.trim().is_empty();
            let text = if wordless { String::new() } else { text::entry(&text)? };
            let mentions = mention::checked(incident, &text, mentions)?;
            let answered = reply.as_ref().map(row).transpose()?;
            let answers =
                answered.filter(|row| row.calls(context.by)).map(|row| Event::Seen { id: row.id.clone() });
            let asks = asking::asked(incident, None, ask)?;
            let asks = asks.map(|offices| Event::Asked { id: id.clone(), offices });
            let sent = Event::Sent { id, text, origin, attachments, reply, mentions };
            std::iter::once(sent).chain(answers).chain(asks).collect()
        }
        Command::See { id } => {
            let calls = row(&id)?.calls(context.by);
            calls.then_some(Event::Seen { id }).into_iter().collect()
        }
        Command::Pin { id } if row(&id)?.pinned.is_some() => vec![],
        Command::Pin { .. } if incident.talk.pinned.len() >= PINS_MAX => {
            return Err(Refusal::Talk(Broken::TooManyPins { max: PINS_MAX }));
        }
        Command::Pin { id } => vec![Event::Pinned { id }],
        Command::Unpin { id } => {
            let pinned = row(&id)?.pinned.is_some();
            pinned.then_some(Event::Unpinned { id }).into_iter().collect()
        }
        Command::Ask { id, offices } => {
            let offices = asking::asked(incident, Some(row(&id)?), offices)?;
            vec![Event::Asked { offices: offices.ok_or(Refusal::Talk(Broken::NobodyAsked))?, id }]
        }
        Command::Acknowledge { id } => {
            let row = row(&id)?;
            let office = context.by.office.clone().filter(|office| row.asks(office));
            let acknowledged = |office| Event::Acknowledged { id, office };
            match office {
                Some(office) => vec![acknowledged(office)],
                // Somebody of the office was faster: it has confirmed.
                None if row.asked_at_all(context.by.office.as_ref()) => vec![],
                None => return Err(Refusal::Talk(Broken::NotAskedToConfirm)),
            }
        }
        Command::CallOff { id } => match row(&id)?.asked.as_ref().filter(|asked| asked.ended.is_none()) {
            None => vec![],
            Some(asked) if asked.by.person == context.by.person => vec![Event::CalledOff { id }],
            Some(_) if LEADS.iter().any(|role| context.by.is(*role)) => vec![Event::CalledOff { id }],
            Some(asked) => return Err(Refusal::Talk(Broken::NotYourRequest { name: asked.by.name.clone() })),
        },
        Command::Remind { id } => asking::reminded(row(&id)?, context.at)?,
    };
    Ok(events.into_iter().map(AnyEvent::Message).collect())
}

pub(super) fn apply(incident: &mut Incident, rev: Rev, event: &Event, act: &Act) {
    let by = act.clone();
    match event.clone() {
        Event::Sent { id, text, origin, attachments, reply, mentions } => {
            let quote = |row: &std::sync::Arc<Message>| Quote {
                id: row.id.clone(),
                by: row.by.clone(),
                text: row.beginning(QUOTE_MAX),
            };
            let reply = reply.and_then(|id| incident.messages.get(&id).map(quote));
            let mentions = mentions.into_iter().map(|whom| Mentioned { whom, seen: None }).collect();
            let (sent, pinned, asked, became) = (rev, None, None, vec![]);
            let row = Message {
                id,
                rev,
                sent,
                text,
                by,
                origin,
                attachments,
                reply,
                mentions,
                pinned,
                asked,
                became,
            };
            incident.talk.place(&row);
            incident.messages.put(rev, row);
        }
        Event::Seen { id } => change(incident, rev, &id, |row| {
            let mine = row.mentions.iter_mut().filter(|it| it.seen.is_none() && it.whom.is(act));
            mine.for_each(|mention| mention.seen = Some(by.clone()));
        }),
        Event::Pinned { id } => change(incident, rev, &id, |row| row.pinned = Some(by)),
        Event::Unpinned { id } => change(incident, rev, &id, |row| row.pinned = None),
        Event::Asked { id, offices } => change(incident, rev, &id, |row| row.ask(offices, by)),
        Event::Acknowledged { id, office } => change(incident, rev, &id, |row| {
            row.of_asked(&office, |asked| asked.confirmed = Some(by));
        }),
        Event::CalledOff { id } => change(incident, rev, &id, |row| {
            if let Some(asked) = &mut row.asked {
                asked.ended = Some(by);
            }
        }),
        Event::Reminded { id, office, time } => change(incident, rev, &id, |row| {
            row.of_asked(&office, |asked| (asked.reminded, asked.reminded_at) = (time, Some(by.at)));
        }),
    }
}

/// Changes a row and its places. Total: a message that is not there stays not there.
fn change(incident: &mut Incident, rev: Rev, id: &RowId, change: impl FnOnce(&mut Message)) {
    incident.messages.edit(rev, id, change);
    if let Some(row) = incident.messages.get(id) {
        incident.talk.place(row);
    }
}

#[cfg(test)]
mod tests;
