//! What happened to duty. Its JSON is permanent.

use super::{Note, Officer};
use crate::domain::ids::{OfficeId, RowId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What happened to duty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Event {
    /// Somebody is on duty.
    Begun {
        /// The duty.
        id: RowId,
        /// For which office.
        office: OfficeId,
        /// Who.
        officer: Officer,
        /// Since when.
        from: Timestamp,
        /// Whose duty ends without a handover.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        replaces: Option<RowId>,
        /// Why it does.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// A relief was planned, or is not planned any more.
    Planned {
        /// Whose.
        id: RowId,
        /// Who.
        officer: Option<Officer>,
        /// When.
        at: Option<Timestamp>,
    },
    /// A handover was offered.
    Offered {
        /// Of which duty.
        id: RowId,
        /// The handover.
        handover: RowId,
        /// To whom.
        to: Officer,
        /// What was handed over.
        note: Box<Note>,
        /// What else there was to say.
        remark: Option<String>,
    },
    /// It was read and confirmed.
    Confirmed {
        /// Which duty ended.
        id: RowId,
        /// By which handover.
        handover: RowId,
        /// The duty that began.
        next: RowId,
    },
    /// It was declined.
    Declined {
        /// Which duty.
        id: RowId,
        /// Which handover.
        handover: RowId,
        /// Why.
        reason: String,
    },
    /// It was taken back.
    TakenBack {
        /// Which duty.
        id: RowId,
        /// Which handover.
        handover: RowId,
    },
    /// Duty ended and nobody followed.
    Left {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
}
