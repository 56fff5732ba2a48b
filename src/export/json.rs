//! JSON: the one export that is complete and exact. Every row of every table, and every line of the log byte for
//! byte, so that its chain can be checked in the file alone. Must leave nothing out, talk and drafts included, but for what a
//! variant leaves out; its lines then are no longer the bytes of the log.

use super::{ExportError, Facts, Material, Out, put};
use crate::domain::Actor;
use crate::domain::figures::{Figure, figures};
use crate::domain::ids::{CommandId, Digest, Rev};
use crate::domain::incident::{Frame, Header};
use crate::domain::table::{Row, Table};
use crate::domain::{
    brief, claim, clipping, deadline, decision, enquiry, fact, ladder, line, meeting, message, office,
    question, review, shift, statement, task,
};
use jiff::Timestamp;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

pub(super) const FACTS: Facts = Facts {
    code: "json",
    title: "JSON (đầy đủ, nguyên văn)",
    media_type: "application/json",
    extension: "json",
};

/// Name of the format, in the file.
pub const FORMAT: &str = "phongtruc.incident";
/// Raised when a reader of the file has to change.
pub const VERSION: u32 = 1;

/// All that is known of one incident.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Incident export")]
struct Whole<'a> {
    format: &'static str,
    version: u32,
    /// For whom it is; only the whole record carries the bytes of the log.
    variant: &'static str,
    exercise: bool,
    made: Made<'a>,
    head: &'a Digest,
    incident: Rows<'a>,
    figures: Vec<Figure>,
    /// The lines of the log, each as it is stored, in their order.
    #[schemars(with = "Vec<Stored>")]
    records: Vec<&'a RawValue>,
}

/// A line of the log. What events say is the log's own, which only grows: a reader skips what it does not know.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "it is described, never made")]
struct Stored {
    /// Its number.
    rev: Rev,
    /// When it was recorded.
    at: Timestamp,
    /// Who did it.
    by: Actor,
    /// The command's id.
    cause: CommandId,
    /// What it changed.
    events: Vec<Told>,
    /// The digest of the line before; only in the whole record.
    prev: Option<Digest>,
}

/// One event: of which noun, what happened, and what belongs to it.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "it is described, never made")]
struct Told {
    noun: String,
    verb: String,
    #[serde(flatten)]
    rest: BTreeMap<String, Value>,
}

/// The schema of the file (JSON Schema, draft 2020-12), made from the types that are written.
pub fn schema() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<Whole>().to_value()
}

/// When it was made, and by whom.
#[derive(Serialize, JsonSchema)]
struct Made<'a> {
    at: Timestamp,
    by: &'a str,
}

/// The tables, as the records fold to them.
#[derive(Serialize, JsonSchema)]
struct Rows<'a> {
    rev: Rev,
    header: Option<&'a Header>,
    frame: Option<&'a Frame>,
    offices: Vec<&'a office::Office>,
    tasks: Vec<&'a task::Task>,
    deadlines: Vec<&'a deadline::Deadline>,
    statements: Vec<&'a statement::Statement>,
    facts: Vec<&'a fact::Fact>,
    decisions: Vec<&'a decision::Decision>,
    questions: Vec<&'a question::Question>,
    proposals: Vec<&'a ladder::Proposal>,
    enquiries: Vec<&'a enquiry::Enquiry>,
    clippings: Vec<&'a clipping::Clipping>,
    meetings: Vec<&'a meeting::Meeting>,
    shifts: Vec<&'a shift::Shift>,
    briefings: Vec<&'a brief::Briefing>,
    claims: Vec<&'a claim::Claim>,
    findings: Vec<&'a review::Finding>,
    actions: Vec<&'a review::Action>,
    messages: Vec<&'a message::Message>,
    lines: Vec<&'a line::Line>,
}

fn rows<R: Row>(table: &Table<R>) -> Vec<&R> {
    table.iter().map(|row| &**row).collect()
}

pub(super) fn write(material: &Material, out: Out) -> Result<(), ExportError> {
    let Material { report, source, options } = *material;
    let failed =
        |error: serde_json::Error| ExportError::NotWritten { format: FACTS.title, reason: error.to_string() };
    let records = source.lines.iter().map(|line| serde_json::from_str::<&RawValue>(line));
    let records = records.collect::<Result<_, _>>().map_err(failed)?;
    // Named one by one, without `..`: a table that is added to the incident does not compile until it is exported.
    let crate::domain::Incident {
        rev,
        header,
        frame,
        offices,
        tasks,
        deadlines,
        statements,
        facts,
        decisions,
        questions,
        proposals,
        enquiries,
        clippings,
        meetings,
        shifts,
        briefings,
        claims,
        findings,
        actions,
        messages,
        lines,
        // Only says where the lines stand, as the lines do themselves.
        entries: _,
        // Says where messages stand, as their rows do.
        talk: _,
        // Says from where a browser begins anew; the record of the purge is a line.
        purged: _,
    } = source.incident;
    let whole = Whole {
        format: FORMAT,
        version: VERSION,
        variant: options.variant.code(),
        exercise: report.exercise,
        made: Made { at: options.made_at, by: &options.made_by },
        head: &options.head,
        incident: Rows {
            rev: *rev,
            header: header.as_deref(),
            frame: frame.as_deref(),
            offices: rows(offices),
            tasks: rows(tasks),
            deadlines: rows(deadlines),
            statements: rows(statements),
            facts: rows(facts),
            decisions: rows(decisions),
            questions: rows(questions),
            proposals: rows(proposals),
            enquiries: rows(enquiries),
            clippings: rows(clippings),
            meetings: rows(meetings),
            shifts: rows(shifts),
            briefings: rows(briefings),
            claims: rows(claims),
            findings: rows(findings),
            actions: rows(actions),
            messages: rows(messages),
            lines: rows(lines),
        },
        figures: figures(source.incident),
        records,
    };
    serde_json::to_writer_pretty(&mut *out, &whole).map_err(failed)?;
    put(out, FACTS.title, b"\n")
}

#[cfg(test)]
mod tests {
    use super::super::{Format, given};
    use crate::domain::{Event, Incident, Record};
    use serde_json::Value;

    #[test]
    fn the_records_in_the_file_give_the_incident_in_the_file() {
        let case = given::an_exercise();
        let file: Value = serde_json::from_slice(&case.export(Format::Json)).expect("JSON");
        assert_eq!((&file["format"], &file["version"]), (&"phongtruc.incident".into(), &1.into()));
        assert_eq!(file["exercise"], true);
        assert_eq!(file["head"], given::options().head.to_string());
        assert_eq!(file["made"]["by"], given::options().made_by);
        let records: Vec<Record<Event>> = serde_json::from_value(file["records"].clone()).expect("records");
        assert_eq!(records, case.records);
        let replayed = Incident::replay(&records);
        let counts = |table: &str| file["incident"][table].as_array().map_or(0, Vec::len);
        assert_eq!(counts("lines"), replayed.lines.len());
        assert_eq!(counts("messages"), 1);
        assert_eq!(counts("statements"), 2);
        assert_eq!(counts("tasks"), 4);
        let counted = crate::domain::figures::figures(&replayed);
        assert_eq!(file["figures"], serde_json::to_value(&counted).expect("JSON"), "made, never typed");
        assert!(counted.len() > 8);
    }

    #[test]
    fn texts_are_exact() {
        let case = given::an_exercise();
        let file: Value = serde_json::from_slice(&case.export(Format::Json)).expect("JSON");
        let lines = file["incident"]["lines"].as_array().expect("lines");
        for line in case.incident.lines.iter() {
            assert!(lines.iter().any(|said| said["text"] == line.text), "{}", line.text);
        }
        assert!(lines.iter().any(|said| said["text"] == given::HOSTILE));
        let statements = file["incident"]["statements"].as_array().expect("statements");
        assert!(statements.iter().any(|said| said["text"] == given::DRAFT));
    }
}
