//! What crosses for finding something in all incidents.

use crate::domain::ids::IncidentId;
use crate::domain::incident::Level;
use crate::domain::passage::Kind;
use crate::domain::term::Piece;
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

/// What was found: a page of incidents with their rows, and how much there is in all.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Found {
    /// The incidents of this page: those under way first, then the newest.
    pub incidents: Vec<FoundIncident>,
    /// How many incidents there are in all.
    pub incidents_in_all: u32,
    /// How many rows there are in all.
    pub rows_in_all: u32,
    /// How many rows there would be of each kind, whatever kinds were asked for.
    pub kinds: Vec<FoundKind>,
    /// Incidents whose newest lines were not looked through yet.
    pub behind: u32,
}

/// How many rows of a kind there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FoundKind {
    /// The kind.
    pub kind: Kind,
    /// How many.
    pub rows: u32,
}

/// An incident in which something was found.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FoundIncident {
    /// Which.
    pub id: IncidentId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// How serious.
    pub level: Level,
    /// An exercise.
    pub exercise: bool,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it ended.
    pub closed_at: Option<Timestamp>,
    /// How many rows were found in it.
    pub rows_in_all: u32,
    /// The newest of them.
    pub rows: Vec<FoundRow>,
}

/// A row that was found.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FoundRow {
    /// Of what kind.
    pub kind: Kind,
    /// Its id; for a line of the timeline its revision and place, `12-0`.
    pub row: String,
    /// When it was.
    pub at: Timestamp,
    /// What it is called.
    pub title: Vec<Piece>,
    /// Its words around what was looked for.
    pub text: Vec<Piece>,
    /// Who has to do with it.
    pub who: Vec<Piece>,
}
