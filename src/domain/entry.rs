//! Timeline entries written by people: what happened, when it happened, and how it is known. A correction is a line of
//! its own, which points to the one that it says right; that one keeps its words.

use super::attachment::{self, Attachment};
use super::ids::RowId;
use super::refusal::Refusal;
use super::{Context, Event as AnyEvent, Incident, Origin, incident, text};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What people ask of entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[ts(rename = "EntryCommand")]
pub enum Command {
    /// Put something that happened on the timeline.
    Add {
        /// Its id.
        id: RowId,
        /// What happened.
        text: String,
        /// When it happened; when it was written when empty.
        occurred_at: Option<Timestamp>,
        /// How it is known.
        source: Option<String>,
        /// Of the demonstration: on public record, or made for it.
        #[serde(default)]
        #[ts(optional)]
        origin: Option<Origin>,
        /// Files that show it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<Vec<Attachment>>", optional)]
        attachments: Vec<Attachment>,
        /// The message that it came from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        from: Option<RowId>,
    },
    /// Correct an entry, with a reason.
    Correct {
        /// Which.
        id: RowId,
        /// What happened.
        text: String,
        /// When it happened.
        occurred_at: Timestamp,
        /// Why it is corrected.
        reason: String,
    },
}

/// What happened to entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Event {
    /// Written.
    Added {
        /// Its id.
        id: RowId,
        /// What happened.
        text: String,
        /// When it happened.
        occurred_at: Timestamp,
        /// How it is known.
        source: Option<String>,
        /// Of the demonstration.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        origin: Option<Origin>,
        /// Files that show it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        attachments: Vec<Attachment>,
        /// The message that it came from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<RowId>,
    },
    /// Corrected.
    Corrected {
        /// Which.
        id: RowId,
        /// What happened.
        text: String,
        /// When it happened.
        occurred_at: Timestamp,
        /// Why.
        reason: String,
    },
}

pub(super) fn decide(
    incident: &Incident,
    command: Command,
    context: &Context,
) -> Result<Vec<AnyEvent>, Refusal> {
    let entry = |id: &RowId| incident.entries.contains_key(id);
    let event = match command {
        Command::Add { id, .. } if entry(&id) => return Err(Refusal::AlreadyThere),
        Command::Add { id, text, occurred_at, source, origin, attachments, from } => Event::Added {
            id,
            text: text::entry(&text)?,
            occurred_at: incident::typed(occurred_at.unwrap_or(context.acted_at()), context)?,
            source: text::note_if_any(source.as_deref())?,
            origin,
            attachments: attachment::together(attachments)?,
            from,
        },
        Command::Correct { id, .. } if !entry(&id) => return Err(Refusal::Unknown),
        Command::Correct { id, text, occurred_at, reason } => Event::Corrected {
            id,
            text: text::entry(&text)?,
            occurred_at: incident::typed(occurred_at, context)?,
            reason: text::note(&reason)?,
        },
    };
    Ok(vec![AnyEvent::Entry(event)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Command as AnyCommand, given};

    fn id() -> RowId {
        RowId::new("e-1").expect("an id")
    }
    fn add(when: Option<&str>) -> AnyCommand {
        let (text, source) = ("Dân thôn 3 di chuyển trong đêm".into(), Some("UBND xã báo".into()));
        AnyCommand::Entry(Command::Add {
            id: id(),
            text,
            occurred_at: when.map(given::at),
            source,
            origin: None,
            attachments: vec![given::file(1), given::file(1)],
            from: None,
        })
    }
    fn correct(reason: &str) -> AnyCommand {
        let (text, occurred_at) = ("Dân thôn 4 di chuyển trong đêm".into(), given::at("11:00:00"));
        AnyCommand::Entry(Command::Correct { id: id(), text, occurred_at, reason: reason.into() })
    }

    #[test]
    fn an_entry_keeps_both_times() {
        let added = given::an_incident()
            .at(given::at("12:45:00"))
            .by("people")
            .when(add(Some("11:15:00")))
            .accepted();
        let line = added.incident().lines.iter().find(|line| line.entry.is_some()).expect("added").clone();
        assert_eq!(line.occurred_at, given::at("11:15:00"));
        assert_eq!(line.by.at, given::at("12:45:00"));
        assert_eq!(line.attachments, [given::file(1)], "a file that is named twice is one file");
        added.when(add(None)).refused(Refusal::AlreadyThere);
    }

    #[test]
    fn a_correction_is_a_line_of_its_own_and_the_old_one_stays_readable() {
        let added = given::an_incident().by("people").when(add(None)).accepted();
        added.clone().when(correct("")).refused(Refusal::Empty);
        let corrected = added.at(given::at("12:50:00")).by("press").when(correct("xã báo lại")).accepted();
        let lines: Vec<_> =
            corrected.incident().lines.iter().filter(|line| line.entry.is_some()).cloned().collect();
        let [old, new] = &lines[..] else { panic!("two lines: {lines:?}") };
        assert!(old.text.contains("thôn 3") && old.occurred_at == given::at("12:30:00"));
        assert_eq!((old.corrected_by, new.corrects), (Some(new.id), Some(old.id)));
        assert_eq!(old.corrected.as_ref().map(|act| act.at), Some(given::at("12:50:00")));
        assert!(new.text.contains("thôn 4") && new.occurred_at == given::at("11:00:00"));
        assert_eq!(new.reason.as_deref(), Some("xã báo lại"));
        assert_eq!((&new.source, &new.attachments), (&old.source, &old.attachments));
        // Corrected once more, it is the newer words that are said right.
        let again = corrected.when(correct("ghi nhầm giờ")).accepted();
        let newest = again.incident().lines.iter().next_back().expect("a line").clone();
        assert_eq!(newest.corrects, Some(new.id));
        let first = again.incident().lines.get(&old.id).expect("stays").clone();
        assert_eq!(first.corrected_by, Some(new.id));
    }

    #[test]
    fn an_entry_from_the_future_is_refused() {
        given::an_incident().by("people").when(add(Some("23:00:00"))).refused(Refusal::InTheFuture);
    }
}
