//! What people, and time, ask of statements.

use super::Follows;

use crate::domain::attachment::Attachment;
use crate::domain::ids::{Digest, OfficeId, RowId};
use crate::domain::words::Update;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What people ask of statements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[ts(rename = "StatementCommand")]
pub enum Command {
    /// Begin one from the prepared words.
    Draft {
        /// Its id.
        id: RowId,
        /// Its kind.
        kind: String,
        /// Its title; the kind's title when empty.
        title: Option<String>,
        /// The published statement that it updates, corrects or withdraws.
        #[serde(default)]
        #[ts(optional)]
        follows: Option<Follows>,
    },
    /// A change of the shared text, as an editor makes it; only while it is a draft.
    Type {
        /// Which.
        id: RowId,
        /// The change.
        update: Update,
    },
    /// Put new words in place of those that the writer saw. On a submitted statement: opens it and voids the
    /// approvals.
    Write {
        /// Which.
        id: RowId,
        /// The digest of the words that were changed.
        over: Digest,
        /// The new words.
        text: String,
    },
    /// Fill a blank of a pre-approved statement; an empty value empties it.
    Fill {
        /// Which.
        id: RowId,
        /// The blank's name.
        blank: String,
        /// What belongs there.
        value: String,
    },
    /// Rest on a fact of the ledger, as it stands now. Again: as it stands now.
    Cite {
        /// Which.
        id: RowId,
        /// The fact.
        fact: RowId,
    },
    /// Rest on it no more.
    Uncite {
        /// Which.
        id: RowId,
        /// The fact.
        fact: RowId,
    },
    /// Put a draft aside for good. It stays readable.
    Drop {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
    /// Freeze the words and ask for approval.
    Submit {
        /// Which.
        id: RowId,
        /// The words that were read.
        digest: Digest,
    },
    /// Open a submitted text for an edit; its approvals become void.
    Reopen {
        /// Which.
        id: RowId,
        /// Why, if it has to be said.
        #[serde(default)]
        #[ts(optional)]
        reason: Option<String>,
    },
    /// These words may go out.
    Approve {
        /// Which.
        id: RowId,
        /// The words that were read.
        digest: Digest,
    },
    /// These words should not go out.
    Object {
        /// Which.
        id: RowId,
        /// The words that were read.
        digest: Digest,
        /// Why.
        reason: String,
        /// Stops publication until the head of the task force decides.
        #[serde(default)]
        strong: bool,
    },
    /// The head's decision over the strong objections: publish all the same, or back to the draft.
    Settle {
        /// Which.
        id: RowId,
        /// The words that were read.
        digest: Digest,
        /// Publish all the same.
        publish: bool,
        /// Why.
        reason: String,
    },
    /// A time box ran out; sent by the room itself.
    Lapse {
        /// Which.
        id: RowId,
        /// The words that were submitted.
        digest: Digest,
        /// The function that was asked.
        function: String,
    },
    /// Go out together, not before a time. Again: another time, agreed anew.
    Hold {
        /// Which.
        id: RowId,
        /// Not before.
        until: Timestamp,
        /// Who has to agree.
        offices: Vec<OfficeId>,
    },
    /// The actor's office agrees to go out together with these words.
    Agree {
        /// Which.
        id: RowId,
        /// The words that were read.
        digest: Digest,
    },
    /// The joint release is called off.
    Release {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
    /// The time of the joint release has come; sent by the room itself.
    Reach {
        /// Which.
        id: RowId,
    },
    /// Meant to go out on this channel.
    Plan {
        /// Which.
        id: RowId,
        /// On which channel.
        channel: String,
        /// When, if known.
        at: Option<Timestamp>,
    },
    /// They went out.
    Publish {
        /// Which.
        id: RowId,
        /// The words that went out.
        digest: Digest,
        /// On which channel.
        channel: String,
        /// When.
        at: Timestamp,
        /// Where they can be read.
        link: Option<String>,
    },
    /// What was found on a channel.
    Capture {
        /// Which.
        id: RowId,
        /// On which channel.
        channel: String,
        /// The words found there.
        text: Option<String>,
        /// A picture or file of it, uploaded before.
        file: Option<Attachment>,
    },
    /// The registry gave a number and a date.
    Number {
        /// Which.
        id: RowId,
        /// Number and sign.
        number: String,
        /// The date on it.
        date: Date,
    },
    /// The old words were dealt with on this channel, after newer ones went out.
    Tick {
        /// Which of the older statements.
        id: RowId,
        /// On which channel.
        channel: String,
        /// What was done.
        note: Option<String>,
    },
}

impl Command {
    /// The kind that it begins a statement of.
    pub fn kind(&self) -> Option<&str> {
        match self {
            Self::Draft { kind, .. } => Some(kind),
            _ => None,
        }
    }

    /// The statement that it is about.
    pub fn id(&self) -> &RowId {
        match self {
            Self::Draft { id, .. }
            | Self::Type { id, .. }
            | Self::Write { id, .. }
            | Self::Fill { id, .. }
            | Self::Cite { id, .. }
            | Self::Uncite { id, .. }
            | Self::Drop { id, .. }
            | Self::Submit { id, .. }
            | Self::Reopen { id, .. }
            | Self::Approve { id, .. }
            | Self::Object { id, .. }
            | Self::Settle { id, .. }
            | Self::Lapse { id, .. }
            | Self::Hold { id, .. }
            | Self::Agree { id, .. }
            | Self::Release { id, .. }
            | Self::Reach { id, .. }
            | Self::Plan { id, .. }
            | Self::Publish { id, .. }
            | Self::Capture { id, .. }
            | Self::Number { id, .. }
            | Self::Tick { id, .. } => id,
        }
    }
}
