//! Talk in the room. Messages are on the record but not on the timeline.

use super::attachment::{self, Attachment};
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
    /// Files that show it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Attachment>>", optional)]
    pub attachments: Vec<Attachment>,
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
        /// Files that show it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<Vec<Attachment>>", optional)]
        attachments: Vec<Attachment>,
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
        /// Files that show it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        attachments: Vec<Attachment>,
    },
}

pub(super) fn decide(incident: &Incident, command: Command) -> Result<Vec<AnyEvent>, Refusal> {
    let Command::Send { id, text, origin, attachments } = command;
    if incident.messages.get(&id).is_some() {
        return Err(Refusal::AlreadyThere);
    }
    let attachments = attachment::together(attachments)?;
    // A picture may speak for itself.
    let wordless = !attachments.is_empty() && text.trim().is_empty();
    let text = if wordless { String::new() } else { text::entry(&text)? };
    Ok(vec![AnyEvent::Message(Event::Sent { id, text, origin, attachments })])
}

pub(super) fn apply(incident: &mut Incident, rev: Rev, event: &Event, act: &Act) {
    let Event::Sent { id, text, origin, attachments } = event.clone();
    incident.messages.put(rev, Message { id, rev, text, by: act.clone(), origin, attachments });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::refusal::Files;
    use crate::domain::{Command as AnyCommand, given};

    fn send(text: &str) -> AnyCommand {
        with(text, 0)
    }
    fn with(text: &str, files: usize) -> AnyCommand {
        let id = RowId::new("m-1").expect("an id");
        let attachments = (0..files).map(given::file).collect();
        AnyCommand::Message(Command::Send { id, text: text.into(), origin: None, attachments })
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
    fn a_picture_may_speak_for_itself_and_ten_are_enough() {
        let max = attachment::COUNT_MAX;
        let open = given::an_incident().by("party");
        open.clone().when(with(" ", 0)).refused(Refusal::Empty);
        open.clone().when(with("", max + 1)).refused(Refusal::Files(Files::TooMany { max }));
        let said = open.when(with(" ", max)).accepted();
        let row = said.incident().messages.iter().next().expect("sent").clone();
        assert_eq!((row.text.as_str(), row.attachments.len()), ("", max));
    }

    #[test]
    fn a_message_of_a_megabyte_is_refused() {
        let length = 1 << 20;
        let refusal = Refusal::TooLong { length, max: text::ENTRY_MAX };
        given::an_incident().by("party").when(send(&"a".repeat(length))).refused(refusal);
    }
}
