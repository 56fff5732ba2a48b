//! What people ask of the register of claims.

use super::{Access, Answer, Attachment, Harm, NoticeKind, OfficeId, RowId, Seen, Verdict};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What verification concluded, and on what it rests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "ClaimJudged")]
pub struct Judged {
    /// What it found.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
    /// When it was concluded.
    pub at: Timestamp,
    /// Number and date of the written conclusion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub document: Option<String>,
    /// Facts of the ledger that show it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<RowId>>", optional)]
    pub facts: Vec<RowId>,
    /// Files that show it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Attachment>>", optional)]
    pub attachments: Vec<Attachment>,
}

/// How the public was told: by a statement that is out, or in a form of another office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "ClaimTold")]
pub struct Told {
    /// Made public, or warned of.
    pub kind: NoticeKind,
    /// By which statement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub statement: Option<RowId>,
    /// How else: which office, in what form, where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub note: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// A request for removal or blocking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "ClaimSought")]
pub struct Sought {
    /// Whom it went to: a platform, an authority.
    pub to: String,
    /// Number and date of the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub document: Option<String>,
    /// When it went out.
    pub at: Timestamp,
    /// Urgent, as the force that asks says.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>", optional)]
    pub urgent: bool,
    /// The places that it names.
    pub places: Vec<RowId>,
}

/// What people ask of the register of claims.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[ts(rename = "ClaimCommand")]
pub enum Command {
    /// Enter one, with the place where it was seen.
    Enter {
        /// Its id.
        id: RowId,
        /// What is said, word for word.
        said: String,
        /// Code of the kind that it is suspected to be.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        kind: Option<String>,
        /// Where it was seen.
        place: Seen,
        /// The message that it came from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        from: Option<RowId>,
    },
    /// Correct what was entered.
    Correct {
        /// Which.
        id: RowId,
        /// What is said.
        said: String,
        /// The suspected kind.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        kind: Option<String>,
        /// Why it is corrected.
        reason: String,
    },
    /// It was seen at one more place; `again`: after it was concluded.
    See {
        /// Which.
        id: RowId,
        /// Where.
        place: Seen,
        /// After the conclusion, so that requests begin anew.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(as = "Option<bool>", optional)]
        again: bool,
    },
    /// Somebody read off how far it reaches at a place.
    Reach {
        /// Which.
        id: RowId,
        /// At which place.
        place: RowId,
        /// How many, as the place counts.
        count: u32,
        /// When it was read off.
        at: Timestamp,
    },
    /// Sort it.
    Classify {
        /// Which.
        id: RowId,
        /// How much harm.
        harm: Harm,
        /// Who may have it.
        access: Access,
        /// Why, when it is sorted anew.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        reason: Option<String>,
    },
    /// Say who verifies it: an office of the room, or another body.
    Verify {
        /// Which.
        id: RowId,
        /// An office of the room.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        office: Option<OfficeId>,
        /// A body outside the room.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        body: Option<String>,
        /// Since when.
        at: Timestamp,
    },
    /// Record what verification concluded.
    Conclude {
        /// Which.
        id: RowId,
        /// What.
        judged: Judged,
    },
    /// Record that the label was put on; and with it that the public was told, when both were one act.
    Label {
        /// Which.
        id: RowId,
        /// Where.
        place: String,
        /// When.
        at: Timestamp,
        /// How the public was told with it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        told: Option<Told>,
    },
    /// Record that the label was taken off, because it was wrong.
    Unlabel {
        /// Which.
        id: RowId,
        /// When.
        at: Timestamp,
        /// Why.
        reason: String,
    },
    /// Record how the public was told.
    Tell {
        /// Which.
        id: RowId,
        /// How.
        told: Told,
    },
    /// Record a request for removal or blocking.
    Request {
        /// Which.
        id: RowId,
        /// The request's id.
        request: RowId,
        /// To whom, about what.
        sought: Sought,
    },
    /// Record what came of a request.
    Answer {
        /// Which.
        id: RowId,
        /// The request.
        request: RowId,
        /// At which place; at all of them when none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        place: Option<RowId>,
        /// What.
        answer: Answer,
        /// When.
        at: Timestamp,
        /// What shows it, or why not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        note: Option<String>,
    },
    /// Record that the result was sent to whom the law names.
    Report {
        /// Which.
        id: RowId,
        /// To whom.
        to: String,
        /// Number and date of the document.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        document: Option<String>,
        /// When.
        at: Timestamp,
    },
    /// Record that work on it is done.
    Complete {
        /// Which.
        id: RowId,
    },
    /// The steps do not apply to it: it is under investigation, on trial, or handled under another law.
    Except {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
    /// They apply again.
    Resume {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
    /// Strike out the whole of it, or one place.
    Strike {
        /// Which.
        id: RowId,
        /// One place only.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        place: Option<RowId>,
        /// Why.
        reason: String,
    },
}

impl Command {
    /// The claim that it is about.
    pub fn id(&self) -> &RowId {
        match self {
            Self::Enter { id, .. }
            | Self::Correct { id, .. }
            | Self::See { id, .. }
            | Self::Reach { id, .. }
            | Self::Classify { id, .. }
            | Self::Verify { id, .. }
            | Self::Conclude { id, .. }
            | Self::Label { id, .. }
            | Self::Unlabel { id, .. }
            | Self::Tell { id, .. }
            | Self::Request { id, .. }
            | Self::Answer { id, .. }
            | Self::Report { id, .. }
            | Self::Complete { id }
            | Self::Except { id, .. }
            | Self::Resume { id, .. }
            | Self::Strike { id, .. } => id,
        }
    }
    /// The files that it names.
    pub fn attachments(&mut self) -> Vec<&mut Attachment> {
        match self {
            Self::Enter { place, .. } | Self::See { place, .. } => place.attachments.iter_mut().collect(),
            Self::Conclude { judged, .. } => judged.attachments.iter_mut().collect(),
            _ => vec![],
        }
    }
}
