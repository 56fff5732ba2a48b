//! Talk in the room. Messages are on the record but not on the timeline.

use super::ids::{Rev, RowId};
use super::refusal::Refusal;
use super::table::Row;
use super::{Act, Event as AnyEvent, Incident, Origin, text};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A message.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Message {
    /// Its id.
    pub id: RowId,
    /// Last change.
    pub rev: Rev,
    /// The words.
    pub text: String,
    /// Who sent it.
    pub by: Act,
    /// Of the demonstration: on public record, or made for it.
    pub origin: Option<Origin>,
}

impl Row for Message {
    type Id = RowId;
    fn id(&self) -> &RowId {
        &self.id
    }
    fn rev(&self) -> Rev {
        self.rev
    }
    fn stamp(&mut self, rev: Rev) {
        self.rev = rev;
    }
}

/// What people ask of messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[ts(rename = "MessageCommand")]
pub enum Command {
    /// Say something to everyone in the room.
    Send {
        /// Its id.
        id: RowId,
        /// The words.
        text: String,
        /// Of the demonstration: on public record, or made for it.
        #[serde(default)]
        #[ts(optional)]
        origin: Option<Origin>,
    },
}

/// What happened to messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Event {
    /// Sent.
    Sent {
        /// Its id.
        id: RowId,
        /// The words.
        text: String,
        /// Of the demonstration.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        origin: Option<Origin>,
    },
}

pub(super) fn decide(incident: &Incident, command: Command) -> Result<Vec<AnyEvent>, Refusal> {
    let Command::Send { id, text, origin } = command;
    if incident.messages.get(&id).is_some() {
        return Err(Refusal::AlreadyThere);
    }
    Ok(vec![AnyEvent::Message(Event::Sent { id, text: text::entry(&text)?, origin })])
}

pub(super) fn apply(incident: &mut Incident, rev: Rev, event: &Event, act: &Act) {
    let Event::Sent { id, text, origin } = event.clone();
    incident.messages.put(rev, Message { id, rev, text, by: act.clone(), origin });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Command as AnyCommand, given};

    fn send(text: &str) -> AnyCommand {
        let id = RowId::new("m-1").expect("an id");
        AnyCommand::Message(Command::Send { id, text: text.into(), origin: None })
    }

    #[test]
    fn talk_stays_off_the_timeline() {
        let open = given::an_incident();
        let lines = open.incident().lines.len();
        let said = open.by("party").when(send("Đã nhận")).accepted();
        assert_eq!((said.incident().messages.len(), said.incident().lines.len()), (1, lines));
        said.when(send("Đã nhận")).refused(Refusal::AlreadyThere);
    }

    #[test]
    fn a_message_of_a_megabyte_is_refused() {
        let length = 1 << 20;
        let refusal = Refusal::TooLong { length, max: text::ENTRY_MAX };
        given::an_incident().by("party").when(send(&"a".repeat(length))).refused(refusal);
    }
}
