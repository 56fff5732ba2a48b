//! What people ask of the log of questions, and what happened to it.

use super::Asked;
use crate::domain::frozen::Ground;
use crate::domain::ids::RowId;
use crate::domain::owner::Owner;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What people ask of the log of questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[ts(rename = "EnquiryCommand")]
pub enum Command {
    /// Record a question.
    Enter {
        /// Its id.
        id: RowId,
        /// What was asked.
        asked: Asked,
        /// Who has to answer; the sender's office when empty.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        owner: Option<Owner>,
        /// The message that it came from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        from: Option<RowId>,
    },
    /// Somebody else has to answer now.
    HandOn {
        /// Which.
        id: RowId,
        /// Who.
        to: Owner,
        /// Why, or what to mind.
        note: Option<String>,
    },
    /// Record that it was answered; a question that was declined may still be.
    Answer {
        /// Which.
        id: RowId,
        /// By a statement that is out.
        statement: Option<RowId>,
        /// How else, or what was said; needed without a statement.
        note: Option<String>,
        /// When; the statement's release or now when empty.
        at: Option<Timestamp>,
    },
    /// Record that information was refused.
    Decline {
        /// Which.
        id: RowId,
        /// Code of the ground.
        ground: Option<String>,
        /// Why.
        reason: String,
        /// When; now when empty.
        at: Option<Timestamp>,
    },
    /// Correct what was recorded of the question.
    Correct {
        /// Which.
        id: RowId,
        /// What was asked.
        asked: Asked,
        /// Why it is corrected.
        reason: String,
    },
    /// Strike it out: recorded twice, or by mistake.
    Strike {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
}

/// What happened to the log of questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Event {
    /// Recorded.
    Entered {
        /// Its id.
        id: RowId,
        /// What was asked.
        asked: Asked,
        /// Who has to answer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owner: Option<Owner>,
        /// The message that it came from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<RowId>,
    },
    /// Somebody else has to answer now.
    HandedOn {
        /// Which.
        id: RowId,
        /// Who.
        to: Owner,
        /// Why, or what to mind.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// Answered.
    Answered {
        /// Which.
        id: RowId,
        /// By which statement.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        statement: Option<RowId>,
        /// How else, or what was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
        /// When.
        at: Timestamp,
    },
    /// Declined.
    Declined {
        /// Which.
        id: RowId,
        /// The ground as it was listed then.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ground: Option<Ground>,
        /// Why.
        reason: String,
        /// When.
        at: Timestamp,
    },
    /// Corrected.
    Corrected {
        /// Which.
        id: RowId,
        /// What was asked.
        asked: Asked,
        /// Why.
        reason: String,
    },
    /// Struck out.
    Struck {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
}
