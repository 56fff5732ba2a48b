//! CAP 1.2 (OASIS Common Alerting Protocol): the warnings that went out to the public, as the alerting systems of others
//! take them. One message for each, in the order in which they went out; a newer one of a series names those before it.
//! What CAP asks and the record does not know is said to be unknown: urgency, severity, certainty, and the area beyond
//! the name of the place.

use super::words::{escaped as esc, harmless, noted};
use super::{ExportError, Facts, Material, Out, put};
use crate::domain::calendar::WorkingCalendar;
use crate::domain::statement::{Relation, Statement};
use crate::domain::{Incident, ids::RowId};
use jiff::Timestamp;
use std::io::{Cursor, Write as _};
use std::sync::Arc;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

pub(super) const FACTS: Facts = Facts {
    code: "cap",
    title: "CAP 1.2 (cảnh báo đã phát, mỗi bản một tệp XML)",
    media_type: "application/zip",
    extension: "cap.zip",
};

/// The kind of statement that is a warning to the public, as the prepared words call it.
const WARNING: &str = "public_warning";

pub(super) fn write(material: &Material, out: Out) -> Result<(), ExportError> {
    let incident = material.source.incident;
    let not_written = |reason: String| ExportError::NotWritten { format: FACTS.title, reason };
    let mut warnings: Vec<_> = incident.statements.iter().filter(|row| is_warning(incident, row)).collect();
    warnings.sort_by_key(|row| (row.out_since(), row.number.len(), row.number.clone()));
    if warnings.is_empty() {
        return Err(ExportError::NothingThere {
            what: "chưa có cảnh báo nào cho người dân được phát hành"
        });
    }
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    // The same bytes for the same record: no time of this machine.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    for row in warnings {
        zip.start_file(format!("{}.cap.xml", file(&row.number)), options)
            .map_err(|error| not_written(error.to_string()))?;
        zip.write_all(alert(row, material).as_bytes()).map_err(|error| not_written(error.to_string()))?;
    }
    let zip = zip.finish().map_err(|error| not_written(error.to_string()))?;
    put(out, FACTS.title, &zip.into_inner())
}

/// Whether a warning went out.
pub(super) fn has_warnings(incident: &Incident) -> bool {
    incident.statements.iter().any(|row| is_warning(incident, row))
}

fn file(number: &str) -> String {
    number.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).collect()
}

/// A warning that is out, or what corrects, updates or withdraws one.
fn is_warning(incident: &Incident, row: &Statement) -> bool {
    let begun = incident.statements.get(&row.series).map_or(&row.kind, |first| &first.kind);
    row.is_out() && (row.kind == WARNING || begun == WARNING)
}

/// A name without what separates references (CAP 1.2, 3.2.1: no spaces, commas, `<`, `&`).
fn name(text: &str) -> String {
    text.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '.') { c } else { '-' }).collect()
}

fn sent(at: Timestamp, calendar: &WorkingCalendar) -> String {
    let minutes = calendar.utc_offset_minutes;
    // CAP writes UTC as -00:00 and never as Z.
    let sign = if minutes > 0 { '+' } else { '-' };
    let local = calendar.local(at).strftime("%Y-%m-%dT%H:%M:%S");
    format!("{local}{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

/// How a message is known: sender, identifier, moment.
fn reference(row: &Statement, material: &Material, calendar: &WorkingCalendar) -> (String, String, String) {
    let number = name(&material.report.number);
    let at = row.out_since().unwrap_or(material.options.made_at);
    (format!("{number}.phongtruc"), format!("{number}.{}", name(&row.number)), sent(at, calendar))
}

/// Those before it in its series that are out, the newest first.
fn before(incident: &Incident, row: &Arc<Statement>) -> Vec<Arc<Statement>> {
    let (mut before, mut of): (Vec<Arc<Statement>>, Option<&RowId>) =
        (vec![], row.follows.as_ref().map(|it| &it.statement));
    while let Some(earlier) = of.and_then(|id| incident.statements.get(id)) {
        // A series is never longer than the statements that there are.
        if before.len() >= incident.statements.iter().count() {
            break;
        }
        before.push(Arc::clone(earlier));
        of = earlier.follows.as_ref().map(|it| &it.statement);
    }
    before.retain(|row| row.is_out());
    before
}

fn alert(row: &Arc<Statement>, material: &Material) -> String {
    let incident = material.source.incident;
    let unknown = WorkingCalendar::default();
    let calendar = incident.frame.as_ref().map_or(&unknown, |frame| &frame.calendar);
    let (sender, identifier, sent) = reference(row, material, calendar);
    let earlier = before(incident, row);
    let relation = row.follows.as_ref().map(|follows| follows.relation).filter(|_| !earlier.is_empty());
    let kind = match relation {
        None => "Alert",
        Some(Relation::Withdrawal) => "Cancel",
        Some(Relation::Update | Relation::Correction) => "Update",
    };
    let status = if material.report.exercise { "Exercise" } else { "Actual" };
    let references: Vec<_> = earlier
        .iter()
        .map(|row| {
            let (sender, identifier, sent) = reference(row, material, calendar);
            format!("{sender},{identifier},{sent}")
        })
        .collect();
    let element = |name: &str, value: &str| match value {
        "" => String::new(),
        value => format!("<{name}>{}</{name}>\n", esc(value)),
    };
    let place = incident.header.as_ref().and_then(|header| header.place.as_ref());
    let area = place.map_or("Không ghi", |place| place.name.as_str());
    let links =
        row.releases.iter().find_map(|out| out.link.as_deref()).filter(|link| link.starts_with("http"));
    let text = noted(row.text.trim(), harmless);
    [
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">\n".into(),
        element("identifier", &identifier),
        element("sender", &sender),
        element("sent", &sent),
        element("status", status),
        element("msgType", kind),
        element("source", "Phòng Trực"),
        element("scope", "Public"),
        element("note", &format!("Mã băm SHA-256 của lời: {}. {}", row.digest, material.report.variant)),
        element("references", &references.join(" ")),
        element("incidents", &name(&material.report.number)),
        "<info>\n".into(),
        element("language", "vi-VN"),
        element("category", "Other"),
        element("event", &row.title),
        element("urgency", "Unknown"),
        element("severity", "Unknown"),
        element("certainty", "Unknown"),
        element("senderName", &incident.office_name(row.drafted.office.as_ref())),
        element("headline", &row.title),
        element("description", &text),
        element("web", links.unwrap_or_default()),
        format!("<area>\n{}</area>\n", element("areaDesc", area)),
        "</info>\n</alert>\n".into(),
    ]
    .concat()
}

#[cfg(test)]
#[path = "cap/tests.rs"]
pub(super) mod tests;
