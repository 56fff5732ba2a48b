//! The fact ledger in an export: what was known, from where, how far it could be relied on, and what it was before.

use super::report::Desk;
use super::words::{Deed, Moment};
use crate::domain::fact::{self, State};
use serde::Serialize;

/// A fact.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    /// Its number.
    pub number: String,
    /// What it is about, with the figure if it is one.
    pub said: String,
    /// The time for which it holds.
    pub as_of: Moment,
    /// From where it is known, and which office is the only source.
    pub source: String,
    /// How far it can be relied on, and why not.
    pub state: String,
    /// Who entered what it says now.
    pub entered: Deed,
    /// Who verified, disputed or withdrew it.
    pub judged: Option<Deed>,
    /// What it said before, oldest first.
    pub earlier: Vec<String>,
}

impl Fact {
    /// All facts, by number.
    pub(super) fn all(desk: &Desk) -> Vec<Self> {
        let mut rows: Vec<_> = desk.incident.facts.iter().collect();
        rows.sort_by_key(|row| (row.number.len(), row.number.clone()));
        rows.into_iter().map(|row| Self::of(row, desk)).collect()
    }

    fn of(row: &fact::Fact, desk: &Desk) -> Self {
        let sole = row.sole.as_ref().map(|office| desk.incident.office_name(Some(office)));
        let sole = sole.map_or_else(String::new, |office| format!(" (nguồn duy nhất: {office})"));
        let reason = row.reason.as_ref().map_or_else(String::new, |reason| format!(". Lý do: {reason}"));
        Self {
            number: row.number.clone(),
            said: row.value.as_ref().map_or_else(|| row.label.clone(), |it| format!("{}: {it}", row.label)),
            as_of: desk.moment(row.as_of),
            source: format!("{}{sole}", row.source),
            state: format!("{}{reason}", state(row.state)),
            entered: desk.deed(&row.entered),
            judged: row.judged.as_ref().map(|act| desk.deed(act)),
            earlier: row.earlier.iter().map(|version| version.said.clone()).collect(),
        }
    }
}

fn state(state: State) -> &'static str {
    match state {
        State::Unverified => "Chưa xác minh",
        State::Verified => "Đã xác minh",
        State::Disputed => "Đang bị nghi ngờ",
        State::Withdrawn => "Đã rút",
    }
}
