//! What crosses for the annual report and the office's own press log.

use crate::annual::Report;
use crate::domain::enquiry::{self, Enquiry};
use crate::domain::frozen::Ground;
use crate::domain::ids::CommandId;
use crate::domain::meeting::{self, Meeting};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use ts_rs::TS;

/// What is asked of the office's own press log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "noun", rename_all = "snake_case")]
pub enum PressCommand {
    /// Questions.
    Enquiry(enquiry::Command),
    /// Meetings.
    Meeting(meeting::Command),
}

/// Please keep this in the office's own press log.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PressRequest {
    /// Chosen by the browser; the same id is the same request.
    pub id: CommandId,
    /// What.
    pub command: PressCommand,
}

/// The office's own press log.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OfficePress {
    /// Questions, the newest first.
    #[ts(as = "Vec<Enquiry>")]
    pub enquiries: Vec<Arc<Enquiry>>,
    /// Meetings, the newest first.
    #[ts(as = "Vec<Meeting>")]
    pub meetings: Vec<Arc<Meeting>>,
    /// Grounds on which information may be refused today.
    pub grounds: Vec<Ground>,
}

/// The page of the annual report.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AnnualPage {
    /// The report.
    pub report: Report,
    /// The years for which there is a form, the newest first.
    pub years: Vec<i16>,
    /// The reader keeps the office's press log.
    pub keeps_press: bool,
}
