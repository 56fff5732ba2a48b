//! The history of a statement's words: who changed what when, from the first prepared word. Folded from the records
//! again, so that it can say nothing that the log does not.

use crate::domain::ids::{Rev, RowId};
use crate::domain::words::Splice;
use crate::domain::{Act, Event, Incident, Record};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

/// One step of a statement's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "StatementStep")]
pub struct Step {
    /// The line of the log.
    pub rev: Rev,
    /// When it was recorded.
    pub at: Timestamp,
    /// Who did it.
    pub by: Act,
    /// What was done: the event's verb.
    pub what: String,
    /// What it changed in the words; none when it changed none.
    pub splice: Option<Splice>,
}

/// The steps of a statement, the first draft included; empty when there is no such statement.
pub fn history(records: &[Record<Event>], id: &RowId) -> Vec<Step> {
    let mut incident = Incident::default();
    let mut steps = vec![];
    let text =
        |incident: &Incident| incident.statements.get(id).map_or_else(String::new, |row| row.text.clone());
    for record in records {
        let verbs: Vec<_> = record.events.iter().filter_map(|event| verb(event, id)).collect();
        let before = if verbs.is_empty() { String::new() } else { text(&incident) };
        incident.apply(record);
        // The first event of a record says what was asked; the others follow from it.
        let Some(what) = verbs.into_iter().next() else { continue };
        let after = text(&incident);
        let splice = (before != after).then(|| Splice::between(&before, &after));
        steps.push(Step { rev: record.rev, at: record.at, by: record.act(), what, splice });
    }
    steps
}

fn verb(event: &Event, id: &RowId) -> Option<String> {
    let Event::Statement(event) = event else { return None };
    let about = event.id() == id;
    let written = serde_json::to_value(event).ok().filter(|_| about)?;
    written["verb"].as_str().map(str::to_owned)
}
