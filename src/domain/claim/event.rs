//! What happened to claims. Its JSON is permanent: add, never rename, retype or reuse.

use super::{Access, Answer, Harm, Judged, OfficeId, RowId, Seen, Sought, Told};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What happened to a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Event {
    /// Entered.
    Entered {
        /// Its id.
        id: RowId,
        /// Its number.
        number: String,
        /// What is said.
        said: String,
        /// The suspected kind.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kind: Option<String>,
        /// Where it was seen.
        place: Seen,
        /// The message that it came from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<RowId>,
    },
    /// Corrected.
    Corrected {
        /// Which.
        id: RowId,
        /// What is said.
        said: String,
        /// The suspected kind.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kind: Option<String>,
        /// Why.
        reason: String,
    },
    /// Seen at one more place.
    Seen {
        /// Which.
        id: RowId,
        /// Where.
        place: Seen,
        /// After the conclusion.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        again: bool,
    },
    /// Its reach was read off.
    Reached {
        /// Which.
        id: RowId,
        /// Where.
        place: RowId,
        /// How many.
        count: u32,
        /// When.
        at: Timestamp,
    },
    /// Sorted.
    Classified {
        /// Which.
        id: RowId,
        /// How much harm.
        harm: Harm,
        /// Who may have it.
        access: Access,
        /// Why anew.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// Somebody verifies it.
    Verifying {
        /// Which.
        id: RowId,
        /// An office of the room.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        office: Option<OfficeId>,
        /// Its name, or that of another body.
        body: String,
        /// Since when.
        at: Timestamp,
    },
    /// Concluded.
    Concluded {
        /// Which.
        id: RowId,
        /// What.
        judged: Judged,
    },
    /// The label was put on.
    Labelled {
        /// Which.
        id: RowId,
        /// Where.
        place: String,
        /// When.
        at: Timestamp,
    },
    /// The label was taken off.
    Unlabelled {
        /// Which.
        id: RowId,
        /// When.
        at: Timestamp,
        /// Why.
        reason: String,
    },
    /// The public was told.
    Told {
        /// Which.
        id: RowId,
        /// How.
        told: Told,
    },
    /// Removal was asked for.
    Requested {
        /// Which.
        id: RowId,
        /// The request.
        request: RowId,
        /// To whom, about what.
        sought: Sought,
    },
    /// A request was answered.
    Answered {
        /// Which.
        id: RowId,
        /// The request.
        request: RowId,
        /// At which place; at all of them when none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<RowId>,
        /// What.
        answer: Answer,
        /// When.
        at: Timestamp,
        /// What shows it, or why not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// The result was sent.
    Reported {
        /// Which.
        id: RowId,
        /// To whom.
        to: String,
        /// The document.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document: Option<String>,
        /// When.
        at: Timestamp,
    },
    /// Work on it is done.
    Completed {
        /// Which.
        id: RowId,
    },
    /// The steps do not apply to it.
    Excepted {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
    /// They apply again.
    Resumed {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
    /// Struck out, the whole or one place.
    Struck {
        /// Which.
        id: RowId,
        /// One place only.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<RowId>,
        /// Why.
        reason: String,
    },
}

impl Event {
    /// The claim that it is about.
    pub fn id(&self) -> &RowId {
        match self {
            Self::Entered { id, .. }
            | Self::Corrected { id, .. }
            | Self::Seen { id, .. }
            | Self::Reached { id, .. }
            | Self::Classified { id, .. }
            | Self::Verifying { id, .. }
            | Self::Concluded { id, .. }
            | Self::Labelled { id, .. }
            | Self::Unlabelled { id, .. }
            | Self::Told { id, .. }
            | Self::Requested { id, .. }
            | Self::Answered { id, .. }
            | Self::Reported { id, .. }
            | Self::Completed { id }
            | Self::Excepted { id, .. }
            | Self::Resumed { id, .. }
            | Self::Struck { id, .. } => id,
        }
    }
}
