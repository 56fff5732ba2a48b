//! The timeline in an export: a row for each line, with both its times, who acted in which capacity, how it came into the
//! record, by which document it can be found, and whether a limit was kept.

use super::clock::Clock;
use super::report::{Desk, late, of_origin};
use super::task::Task;
use super::words::{Deed, Moment};
use crate::domain::ids::Rev;
use crate::domain::line::{self, Kind};
use crate::domain::statement::Event as Said;
use crate::domain::{Event, Record, Role, deadline, task};
use serde::Serialize;
use std::collections::HashMap;

/// A line of the timeline.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Its number in this table.
    pub seq: usize,
    /// When it happened.
    pub occurred: Moment,
    /// Who did it, and when it was recorded.
    pub by: Deed,
    /// The sentence.
    pub text: String,
    /// What it is about.
    pub kind: &'static str,
    /// How it is known.
    pub source: String,
    /// How it came into the record.
    pub method: &'static str,
    /// Number of the statement or document that it is about; empty without.
    pub document: String,
    /// The limit that it concerns and how that stood; empty without.
    pub limit: String,
    /// That limit was not kept.
    pub late: bool,
    /// Late, corrected, of the demonstration.
    pub notes: Vec<String>,
    /// A later line says it right; it stays readable, struck.
    pub struck: bool,
    /// It belongs in the report.
    pub marked: bool,
    /// The line of the log.
    pub record: u32,
}

/// Lines that belong in the report, below one heading.
#[derive(Clone, Debug, Serialize)]
pub struct Marked {
    /// The heading; empty for lines without one.
    pub heading: String,
    /// The lines, by when they happened.
    pub lines: Vec<MarkedLine>,
}

/// A line that belongs in the report.
#[derive(Clone, Debug, Serialize)]
pub struct MarkedLine {
    /// Its number in the timeline.
    pub seq: usize,
    /// When it happened.
    pub occurred: Moment,
    /// The sentence.
    pub text: String,
    /// The remark.
    pub note: String,
}

/// All lines, by the moment at which things happened.
pub(super) fn lines(desk: &Desk, records: &[Record<Event>]) -> Vec<Line> {
    let rows = sorted(desk);
    let seq: HashMap<_, _> = rows.iter().zip(1_usize..).map(|(row, seq)| (row.id, seq)).collect();
    let number = |id: &(Rev, u32)| seq.get(id).map_or_else(String::new, ToString::to_string);
    let line = |row: &line::Line| {
        let mut notes: Vec<_> = late(row.occurred_at, &row.by, row.origin).into_iter().collect();
        let belated = !notes.is_empty();
        if let Some((act, by)) = row.corrected.as_ref().zip(row.corrected_by.as_ref()) {
            let deed = desk.deed(act);
            notes.push(format!("đã sửa lúc {} ({}), xem dòng {}", deed.at.words, deed.name, number(by)));
        }
        notes.extend(desk.written(&row.by));
        if let Some((old, reason)) = row.corrects.as_ref().zip(row.reason.as_ref()) {
            notes.push(format!("đính chính dòng {}. Lý do: {reason}", number(old)));
        }
        if !row.attachments.is_empty() {
            let names: Vec<_> = row.attachments.iter().map(|file| file.name.as_str()).collect();
            notes.push(format!("tệp kèm: {}", names.join(", ")));
        }
        notes.extend(row.report.as_ref().map(mark));
        notes.extend(row.origin.map(of_origin));
        let record = records.get(row.id.0 as usize - 1).filter(|record| record.rev == row.id.0);
        let event = record.and_then(|record| record.events.get(row.id.1 as usize));
        let (limit, late) = event.and_then(|event| limit(event, desk)).unwrap_or_default();
        Line {
            seq: seq.get(&row.id).copied().unwrap_or_default(),
            occurred: desk.moment(row.occurred_at),
            by: desk.deed(&row.by),
            text: row.text.clone(),
            kind: row.kind.title(),
            source: row.source.clone().unwrap_or_default(),
            method: record.map_or("", |record| method(row.kind, record, belated)),
            document: event.map_or_else(String::new, |event| document(event, desk)),
            limit,
            late,
            notes,
            struck: row.corrected_by.is_some(),
            marked: row.report.is_some(),
            record: row.id.0,
        }
    };
    rows.iter().map(|row| line(row)).collect()
}

fn sorted<'a>(desk: &'a Desk) -> Vec<&'a line::Line> {
    let mut rows: Vec<_> = desk.incident.lines.iter().map(|row| &**row).collect();
    rows.sort_by_key(|row| (row.occurred_at, row.id));
    rows
}

/// The lines that belong in the report, by heading in the order of their first lines; `lines` are all of them.
pub(super) fn marked(desk: &Desk, lines: &[Line]) -> Vec<Marked> {
    let mut groups: Vec<Marked> = vec![];
    for (row, line) in sorted(desk).into_iter().zip(lines) {
        let Some(mark) = &row.report else { continue };
        let heading = mark.heading.clone().unwrap_or_default();
        let (text, note) = (line.text.clone(), mark.note.clone().unwrap_or_default());
        let marked = MarkedLine { seq: line.seq, occurred: line.occurred.clone(), text, note };
        match groups.iter_mut().find(|group| group.heading == heading) {
            Some(group) => group.lines.push(marked),
            None => groups.push(Marked { heading, lines: vec![marked] }),
        }
    }
    groups
}

/// That a line belongs in the report, with its heading and the remark.
fn mark(mark: &line::Mark) -> String {
    let heading = mark.heading.as_ref().map_or_else(String::new, |heading| format!(": {heading}"));
    let note = mark.note.as_ref().map_or_else(String::new, |note| format!(" ({note})"));
    format!("đưa vào báo cáo{heading}{note}")
}

/// How a line came into the record: written by itself when something was done here, entered by a person, or entered by
/// one long after it happened.
fn method(kind: Kind, record: &Record<Event>, belated: bool) -> &'static str {
    let entered = matches!(
        kind,
        Kind::Entry | Kind::Decision | Kind::Fact | Kind::Press | Kind::Claim | Kind::Media | Kind::Question
    );
    match () {
        () if record.by.is(Role::Service) => "dịch vụ gửi",
        () if record.by.is(Role::Room) || !entered => "hệ thống tự ghi",
        () if belated => "nhập bổ sung",
        () => "người nhập",
    }
}

/// Number and date of the statement or document that an event is about.
fn document(event: &Event, desk: &Desk) -> String {
    let statement = |id| {
        let Some(row) = desk.incident.statements.get(id) else { return String::new() };
        let issued = row.document.as_ref();
        let issued = issued.map(|it| format!("{} ngày {}", it.number, it.date.strftime("%d/%m/%Y")));
        std::iter::once(row.number.clone()).chain(issued).collect::<Vec<_>>().join("; ")
    };
    match event {
        Event::Statement(event) => statement(event.id()),
        Event::Deadline(deadline::Event::Stopped { id, .. }) => {
            let stopped = desk.incident.deadlines.get(id).and_then(|row| row.stopped.as_ref());
            stopped.and_then(|stop| stop.statement.as_ref()).map_or_else(String::new, statement)
        }
        _ => String::new(),
    }
}

/// The limit that an event concerns, and whether it was kept.
fn limit(event: &Event, desk: &Desk) -> Option<(String, bool)> {
    let due = |at: &Option<Moment>| at.as_ref().map_or_else(String::new, |at| format!("hạn {}: ", at.words));
    match event {
        Event::Task(task::Event::Finished { id, .. } | task::Event::Taken { id, .. }) => {
            let task = Task::of(desk.incident.tasks.get(id)?, desk);
            task.due.as_ref()?;
            Some((format!("{}{}", due(&task.due), task.verdict), task.late))
        }
        Event::Deadline(event) => {
            let id = match event {
                deadline::Event::Begun { clock, .. } => &clock.id,
                deadline::Event::Stopped { id, .. }
                | deadline::Event::Missed { id, .. }
                | deadline::Event::Woken { id, .. }
                | deadline::Event::Reminded { id, .. }
                | deadline::Event::Lifted { id, .. } => id,
            };
            clock(id, desk)
        }
        Event::Statement(Said::Published { id, at, .. }) => {
            // The first release of a statement is what stops clocks.
            let stopped = |row: &&std::sync::Arc<deadline::Deadline>| {
                let stop = row.stopped.as_ref();
                stop.is_some_and(|stop| stop.statement.as_ref() == Some(id) && stop.at == *at)
            };
            let clocks: Vec<_> = desk.incident.deadlines.iter().filter(stopped).collect();
            let clocks = clocks.into_iter().map(|row| Clock::of(row, desk));
            let (mut said, mut late) = (vec![], false);
            for clock in clocks {
                said.push(format!("{}: {}{}", clock.title, due(&clock.due), clock.verdict));
                late |= clock.late;
            }
            (!said.is_empty()).then(|| (said.join("; "), late))
        }
        _ => None,
    }
}

fn clock(id: &crate::domain::ids::RowId, desk: &Desk) -> Option<(String, bool)> {
    let clock = Clock::of(desk.incident.deadlines.get(id)?, desk);
    let due = clock.due.as_ref().map_or_else(String::new, |at| format!("hạn {}: ", at.words));
    Some((format!("{due}{}", clock.verdict), clock.late))
}
