//! What is still to be done after an incident, in short: enough to list it beside that of other incidents, to know whose
//! it is, and to call it to mind while nobody has the room open.

use super::Action;
use crate::domain::Incident;
use crate::domain::ids::RowId;
use crate::domain::owner::Owner;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// An action that is neither done nor dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owed {
    /// Which.
    pub action: RowId,
    /// What is to be done.
    pub text: String,
    /// Whose it is.
    pub owner: Owner,
    /// The same in words, offices by the names that the incident froze.
    pub whose: String,
    /// The last day for it.
    pub due: Date,
    /// When that day is over, by the incident's calendar.
    pub over_at: Option<Timestamp>,
}

impl Owed {
    /// All that is still to be done after an incident, the nearest day first.
    pub fn all(incident: &Incident) -> Vec<Self> {
        let Some(frame) = &incident.frame else { return vec![] };
        let mut open: Vec<_> = incident.actions.iter().filter(|row| row.is_open()).collect();
        open.sort_by_key(|row| (row.due, row.id.clone()));
        let owed = |row: &Arc<Action>| {
            let after = row.due.tomorrow().ok().map(|day| day.to_datetime(Time::midnight()));
            Self {
                action: row.id.clone(),
                text: row.text.clone(),
                owner: row.owner.clone(),
                whose: row.owner.words(incident),
                due: row.due,
                over_at: after.and_then(|midnight| frame.calendar.instant(midnight)),
            }
        };
        open.into_iter().map(owed).collect()
    }

    /// Its last day has gone by.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.over_at.is_some_and(|at| at <= now)
    }
}
