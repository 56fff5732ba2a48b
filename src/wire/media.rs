//! What crosses for media watch: a table that is read before it is taken, and services that may send.

use super::TableProblem;
use crate::domain::Act;
use crate::domain::clipping::{Entry, Fate};
use crate::domain::ids::{CommandId, IncidentId, PersonId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a table says, beside what the incident knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct ClippingReading {
    /// In what encoding it came.
    pub encoding: String,
    /// What separates its cells, in words.
    pub separator: String,
    /// What would be taken, line by line.
    pub lines: Vec<ClippingLine>,
    /// How many new rows.
    pub added: u32,
    /// How many further readings of rows that are there.
    pub again: u32,
    /// How many say nothing new.
    pub same: u32,
    /// What would not be taken, and why.
    pub problems: Vec<TableProblem>,
}

/// A line of a table that would be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ClippingLine {
    /// Which line, the first being 1.
    pub line: u32,
    /// What becomes of it.
    pub fate: Fate,
    /// What it says.
    pub entry: Entry,
}

/// What a service sends.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentClippings {
    /// Chosen by the service: sending the same again is the same import. A fresh one when empty.
    #[serde(default)]
    pub id: Option<CommandId>,
    /// What was published; each is read by itself, so that one bad entry loses no others.
    pub clippings: Vec<serde_json::Value>,
}

/// What became of what a service sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReceivedClippings {
    /// New rows.
    pub added: usize,
    /// Further readings of rows that are there.
    pub again: usize,
    /// Said nothing new.
    pub same: usize,
    /// Not taken, and why.
    pub refused: Vec<RefusedClipping>,
}

/// An entry that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RefusedClipping {
    /// Its place in what was sent, from 0.
    pub index: usize,
    /// Why, in words.
    pub reason: String,
}

/// Please let this service send.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NewService {
    /// Chosen by the browser; the same id is the same request.
    pub id: CommandId,
    /// What it is called; its acts carry this name.
    pub name: String,
    /// The only incident that it may send to; every one under way when empty.
    #[serde(default)]
    #[ts(optional)]
    pub incident: Option<IncidentId>,
    /// Until when.
    pub until: Timestamp,
}

/// Please let it send no more.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct EndedService {
    /// Chosen by the browser.
    pub id: CommandId,
    /// Why.
    pub reason: String,
}

/// A service that may send, or might.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ServiceRow {
    /// Its id.
    pub id: PersonId,
    /// Its name.
    pub name: String,
    /// The only incident that it may send to.
    pub incident: Option<IncidentId>,
    /// That incident's number.
    pub incident_number: Option<String>,
    /// Until when.
    pub until: Timestamp,
    /// Who let it.
    pub issued: Act,
    /// Who ended it.
    pub revoked: Option<Act>,
    /// Why.
    pub reason: Option<String>,
}

/// A token, shown this once.
#[derive(Clone, Debug, Serialize, TS)]
pub struct IssuedToken {
    /// The secret that the service sends.
    pub token: String,
    /// Where it sends to; `{id}` stands for an incident when the token is for all.
    pub url: String,
}
