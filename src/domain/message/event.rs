//! What happened to messages. Its JSON is permanent: add, never rename, retype or reuse.

use super::Mention;
use crate::domain::Origin;
use crate::domain::attachment::Attachment;
use crate::domain::ids::{OfficeId, RowId};
use serde::{Deserialize, Serialize};

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
        /// The message that it answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reply: Option<RowId>,
        /// Whom the words name, as they were called then.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        mentions: Vec<Mention>,
    },
    /// Read by whom it names, or by somebody of the office that it names.
    Seen {
        /// Which.
        id: RowId,
    },
    /// Pinned.
    Pinned {
        /// Which.
        id: RowId,
    },
    /// No longer pinned.
    Unpinned {
        /// Which.
        id: RowId,
    },
    /// Offices were asked to confirm that they know.
    Asked {
        /// Which message.
        id: RowId,
        /// Which offices, beside those that had been asked.
        offices: Vec<OfficeId>,
    },
    /// An office confirmed.
    Acknowledged {
        /// Which message.
        id: RowId,
        /// Which office.
        office: OfficeId,
    },
    /// Nobody has to confirm any more.
    CalledOff {
        /// Which message.
        id: RowId,
    },
    /// The room asked an office again.
    Reminded {
        /// Which message.
        id: RowId,
        /// Which office.
        office: OfficeId,
        /// For the how manieth time.
        time: u32,
    },
}
