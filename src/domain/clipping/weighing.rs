//! What becomes of entries before anything is taken: a new row, a further reading, or nothing new. The same for a person
//! who enters one, for a table that is shown first, and for a service.

use super::{Entry, READINGS_MAX, ROWS_MAX};
use crate::domain::Incident;
use crate::domain::ids::RowId;
use crate::domain::refusal::{Desks, Refusal};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::HashMap;
use ts_rs::TS;

/// What becomes of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ClippingFate")]
pub enum Fate {
    /// A new row.
    New,
    /// A further reading of a row that is there.
    Again,
    /// Nothing: this reading is there.
    Same,
}

/// What becomes of entries that come one after the other, as the incident stands.
pub struct Weighing<'a> {
    incident: &'a Incident,
    rows: usize,
    /// Readings that came earlier in the same import: of which row, when, how far.
    earlier: HashMap<RowId, Vec<(Timestamp, Option<u32>)>>,
}

impl<'a> Weighing<'a> {
    /// Before the first of them.
    pub fn new(incident: &'a Incident) -> Self {
        Self { incident, rows: incident.clippings.len(), earlier: HashMap::new() }
    }

    /// What becomes of the next one.
    ///
    /// # Errors
    /// Struck out, or more than is kept.
    pub fn next(&mut self, id: &RowId, entry: &Entry, now: Timestamp) -> Result<Fate, Refusal> {
        let reading = (entry.read_at.unwrap_or(now), entry.reach);
        let row = self.incident.clippings.get(id);
        if row.is_some_and(|row| row.struck.is_some()) {
            return Err(Refusal::StruckOut);
        }
        let known = row.map_or(&[][..], |row| &row.readings);
        let earlier = self.earlier.get(id).map_or(&[][..], Vec::as_slice);
        if known.iter().any(|one| (one.at, one.reach) == reading) || earlier.contains(&reading) {
            return Ok(Fate::Same);
        }
        let fresh = row.is_none() && earlier.is_empty();
        if fresh && self.rows >= ROWS_MAX {
            return Err(Refusal::Desks(Desks::TooManyClippings { max: ROWS_MAX }));
        }
        if known.len() + earlier.len() >= READINGS_MAX {
            return Err(Refusal::Desks(Desks::TooManyReadings { max: READINGS_MAX }));
        }
        self.rows += usize::from(fresh);
        self.earlier.entry(id.clone()).or_default().push(reading);
        Ok(if fresh { Fate::New } else { Fate::Again })
    }
}
