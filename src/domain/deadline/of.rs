//! Clocks that are a claim's own: they stand among the others, and count from a moment of the claim.

use super::{Clock, Deadline};
use crate::domain::Incident;
use crate::domain::ids::{Rev, RowId};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The claim whose clock it is: it counts from a moment of the claim, not of the incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "DeadlineOf")]
pub struct Of {
    /// Which claim.
    pub claim: RowId,
    /// The rule that the incident froze.
    pub rule: RowId,
    /// From when it counts.
    pub from: Timestamp,
    /// The request whose answer it awaits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub request: Option<RowId>,
}

/// A clock of a claim begins, or applies again: what was recorded of it stays.
pub(super) fn begun(incident: &mut Incident, rev: Rev, clock: &Clock, of: &Of) {
    let known = incident.deadlines.get(&clock.id).filter(|row| row.of.as_ref() == Some(of));
    let mut row = known.map_or_else(|| Deadline::new(clock.clone(), incident), |row| Deadline::clone(row));
    (row.of, row.lifted) = (Some(of.clone()), None);
    if let (Some(header), Some(frame)) = (&incident.header, &incident.frame) {
        row.was_due_at = row.was_due_at.filter(|_| known.is_some());
        row.due_at = row.due_at.filter(|_| known.is_some());
        row.recount(&header.anchors, &frame.calendar);
    }
    incident.deadlines.put(rev, row);
}
