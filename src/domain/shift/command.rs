//! What people ask of duty.

use super::Officer;
use crate::domain::ids::{OfficeId, RowId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What people ask of duty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[ts(rename = "ShiftCommand")]
pub enum Command {
    /// I am on duty for my office.
    Take {
        /// The new duty's id.
        id: RowId,
        /// Since when; none: now.
        from: Option<Timestamp>,
        /// Why, when somebody else is on duty and hands nothing over.
        reason: Option<String>,
    },
    /// That officer is on duty for that office.
    Assign {
        /// The new duty's id.
        id: RowId,
        /// Which office.
        office: OfficeId,
        /// Who; the server fills the name in.
        officer: Officer,
        /// Since when; none: now.
        from: Option<Timestamp>,
        /// Why, when somebody else is on duty.
        reason: Option<String>,
    },
    /// Say who relieves, and when; neither: nothing is planned any more.
    Plan {
        /// Whose duty.
        id: RowId,
        /// Who; the server fills the name in.
        officer: Option<Officer>,
        /// When.
        at: Option<Timestamp>,
    },
    /// Hand over: the note is made now.
    Offer {
        /// Which duty.
        id: RowId,
        /// The handover's id.
        handover: RowId,
        /// To whom; the server fills the name in.
        to: Officer,
        /// What else there is to say.
        remark: Option<String>,
    },
    /// I have read the note and am on duty.
    Confirm {
        /// Which duty ends.
        id: RowId,
        /// By which handover.
        handover: RowId,
        /// The id of the duty that begins.
        next: RowId,
    },
    /// I do not take over.
    Decline {
        /// Which duty.
        id: RowId,
        /// Which handover.
        handover: RowId,
        /// Why.
        reason: String,
    },
    /// Take a handover back that nobody has answered.
    TakeBack {
        /// Which duty.
        id: RowId,
        /// Which handover.
        handover: RowId,
    },
    /// Nobody is on duty for the office any more.
    Leave {
        /// Which duty ends.
        id: RowId,
        /// Why.
        reason: String,
    },
}
