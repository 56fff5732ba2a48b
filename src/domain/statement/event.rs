//! What happened to statements. Its JSON is permanent: add, never rename, retype or reuse.

use super::Follows;
use crate::domain::approval::Signatory;
use crate::domain::attachment::Attachment;
use crate::domain::frozen::Preapproval;
use crate::domain::ids::{Digest, OfficeId, RowId};
use crate::domain::release::Comparison;
use crate::domain::words::{Splice, Update};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What happened to statements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Event {
    /// Begun.
    Drafted {
        /// Its id.
        id: RowId,
        /// Its number.
        number: String,
        /// Its kind.
        kind: String,
        /// Its title.
        title: String,
        /// Meant for the public.
        public: bool,
        /// The prepared words.
        text: String,
        /// What it follows.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        follows: Option<Follows>,
        /// Approved beforehand: only its blanks are filled in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        preapproved: Option<Preapproval>,
    },
    /// A submission was taken back for an edit; its approvals are void.
    Reopened {
        /// Which.
        id: RowId,
        /// How many verdicts became void.
        voided: u32,
        /// Why, if it was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// Typed: the change of the shared text, and what it means in plain words.
    Typed {
        /// Which.
        id: RowId,
        /// The change, for editors.
        update: Update,
        /// What differs in the words, for everybody else.
        splice: Splice,
    },
    /// New words.
    Written {
        /// Which.
        id: RowId,
        /// The words.
        text: String,
    },
    /// A blank was filled, or emptied.
    Filled {
        /// Which.
        id: RowId,
        /// The blank's name.
        blank: String,
        /// What stands there.
        value: String,
    },
    /// Rests on a fact.
    Cited {
        /// Which.
        id: RowId,
        /// The fact.
        fact: RowId,
        /// The fact in words, as it stood.
        said: String,
    },
    /// Rests on it no more.
    Uncited {
        /// Which.
        id: RowId,
        /// The fact.
        fact: RowId,
    },
    /// Put aside for good.
    Dropped {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
    /// Frozen.
    Submitted {
        /// Which.
        id: RowId,
        /// The words.
        digest: Digest,
        /// The same in full, so that the line proves itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        /// Who must approve.
        required: Vec<Signatory>,
        /// Who is asked.
        consulted: Vec<Signatory>,
    },
    /// Approved.
    Approved {
        /// Which.
        id: RowId,
        /// The words.
        digest: Digest,
        /// The functions for which it counts.
        functions: Vec<String>,
    },
    /// Objected to.
    Objected {
        /// Which.
        id: RowId,
        /// The words.
        digest: Digest,
        /// The functions for which it counts.
        functions: Vec<String>,
        /// Why.
        reason: String,
        /// Stops publication until the head decides.
        #[serde(default)]
        strong: bool,
    },
    /// The head decided that the words go out over the strong objections that stood.
    Settled {
        /// Which.
        id: RowId,
        /// The words.
        digest: Digest,
        /// Why.
        reason: String,
    },
    /// A time box ran out without a word.
    Lapsed {
        /// Which.
        id: RowId,
        /// The words.
        digest: Digest,
        /// The function that was asked.
        function: String,
        /// That is enough here.
        silence: bool,
    },
    /// To go out together, not before a time.
    Held {
        /// Which.
        id: RowId,
        /// Not before.
        until: Timestamp,
        /// Who has to agree.
        offices: Vec<OfficeId>,
    },
    /// An office agreed to go out together.
    Agreed {
        /// Which.
        id: RowId,
        /// Who.
        office: OfficeId,
        /// The words.
        digest: Digest,
    },
    /// The joint release was called off.
    Released {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
    /// The time of the joint release came.
    Reached {
        /// Which.
        id: RowId,
        /// Everything was in place.
        ready: bool,
    },
    /// Meant to go out on a channel.
    Planned {
        /// Which.
        id: RowId,
        /// On which channel.
        channel: String,
        /// When, if known.
        at: Option<Timestamp>,
    },
    /// Out.
    Published {
        /// Which.
        id: RowId,
        /// The words.
        digest: Digest,
        /// On which channel.
        channel: String,
        /// When.
        at: Timestamp,
        /// Where.
        link: Option<String>,
    },
    /// What was found on a channel.
    Captured {
        /// Which.
        id: RowId,
        /// On which channel.
        channel: String,
        /// The words found there.
        text: Option<String>,
        /// A picture or file of it.
        file: Option<Attachment>,
        /// How the words compare with the approved ones.
        compared: Comparison,
    },
    /// The registry gave a number.
    Numbered {
        /// Which.
        id: RowId,
        /// Number and sign.
        number: String,
        /// The date on it.
        date: Date,
    },
    /// The old words were dealt with on a channel.
    Ticked {
        /// Which.
        id: RowId,
        /// On which channel.
        channel: String,
        /// What was done.
        note: Option<String>,
    },
}

impl Event {
    /// The statement whose own words it holds, as against what was said about it.
    pub fn words_of(&self) -> Option<&RowId> {
        match self {
            Self::Drafted { id, .. }
            | Self::Typed { id, .. }
            | Self::Written { id, .. }
            | Self::Filled { id, .. }
            | Self::Submitted { id, text: Some(_), .. } => Some(id),
            _ => None,
        }
    }

    /// Takes out what was typed, which is no text that could be put in place of another.
    pub fn untype(&mut self) {
        if let Self::Typed { update, splice, .. } = self {
            *update = Update::nothing();
            *splice = Splice { at: 0, cut: 0, put: String::new() };
        }
    }

    /// The statement that it is about.
    pub fn id(&self) -> &RowId {
        match self {
            Self::Drafted { id, .. }
            | Self::Reopened { id, .. }
            | Self::Typed { id, .. }
            | Self::Written { id, .. }
            | Self::Filled { id, .. }
            | Self::Cited { id, .. }
            | Self::Uncited { id, .. }
            | Self::Dropped { id, .. }
            | Self::Submitted { id, .. }
            | Self::Approved { id, .. }
            | Self::Objected { id, .. }
            | Self::Settled { id, .. }
            | Self::Lapsed { id, .. }
            | Self::Held { id, .. }
            | Self::Agreed { id, .. }
            | Self::Released { id, .. }
            | Self::Reached { id, .. }
            | Self::Planned { id, .. }
            | Self::Published { id, .. }
            | Self::Captured { id, .. }
            | Self::Numbered { id, .. }
            | Self::Ticked { id, .. } => id,
        }
    }
}
