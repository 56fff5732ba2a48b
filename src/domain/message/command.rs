//! What people ask of messages.

use super::Mention;
use crate::domain::Origin;
use crate::domain::attachment::Attachment;
use crate::domain::ids::{OfficeId, RowId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

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
        /// The message that it answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        reply: Option<RowId>,
        /// Whom the words name; the server fills in what they are called.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<Vec<Mention>>", optional)]
        mentions: Vec<Mention>,
        /// Offices that are asked to confirm that they know.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<Vec<OfficeId>>", optional)]
        ask: Vec<OfficeId>,
    },
    /// I have read what names me or my office.
    See {
        /// Which.
        id: RowId,
    },
    /// Keep it in sight.
    Pin {
        /// Which.
        id: RowId,
    },
    /// No longer.
    Unpin {
        /// Which.
        id: RowId,
    },
    /// Ask offices to confirm that they know.
    Ask {
        /// Which message.
        id: RowId,
        /// Which offices; those that are asked already are not asked twice.
        offices: Vec<OfficeId>,
    },
    /// The actor's office knows.
    Acknowledge {
        /// Which message.
        id: RowId,
    },
    /// Nobody has to confirm any more.
    CallOff {
        /// Which message.
        id: RowId,
    },
    /// The room asks again those offices that have not confirmed.
    Remind {
        /// Which message.
        id: RowId,
    },
}

impl Command {
    /// Words alone: no files, answering nothing, calling nobody.
    pub fn plain(id: RowId, text: &str, origin: Option<Origin>) -> Self {
        let (attachments, reply, mentions, ask) = (vec![], None, vec![], vec![]);
        Self::Send { id, text: text.to_owned(), origin, attachments, reply, mentions, ask }
    }
}
