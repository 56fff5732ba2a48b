//! The annual report as documents: the form itself, and behind it the lists and how it was counted. Pure, like all
//! exports: the same report gives the same bytes. JSON alone is exact; the others are written from one [`Sheet`].

mod csv;
mod html;
mod pdf;

pub use super::Format;

/// The formats of the annual report.
pub const FORMATS: [Format; 4] = [Format::Html, Format::Pdf, Format::Csv, Format::Json];

use super::ExportError;
use super::words::{Moment, zone};
use crate::annual::{Item, QuarterState, Report, Row};
use crate::domain::calendar::WorkingCalendar;
use crate::domain::deadline::Basis;
use jiff::civil::Date;
use serde::Serialize;

/// Everything that a document of the report says, in words.
#[derive(Clone, Debug, Serialize)]
pub struct Sheet {
    /// In whose name.
    pub authority: String,
    /// Title of the form.
    pub title: String,
    /// The year.
    pub year: i16,
    /// `Từ ngày … đến hết ngày …`.
    pub period: String,
    /// What it rests on, with what is not compared yet.
    pub basis: String,
    /// That it is not final, or not compared with the signed text; empty when neither.
    pub warnings: Vec<String>,
    /// The lines of the form.
    pub rows: Vec<Line>,
    /// What the law asks about conferences.
    pub conference_note: String,
    /// The parts of the year: the days, and how each stands.
    pub quarters: Vec<(String, String)>,
    /// What the data remark, and how it was counted.
    pub method: Vec<String>,
    /// When it was made.
    pub made_at: Moment,
    /// The zone of all moments.
    pub zone: String,
    /// Who made it.
    pub made_by: String,
    utc_offset_minutes: i32,
}

/// A line of the form.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Its number.
    pub number: u8,
    /// What it asks for.
    pub title: String,
    /// `8/15`, or `4`.
    pub value: String,
    /// What it rests on.
    pub basis: String,
    /// What was counted.
    pub counted: Vec<Entry>,
    /// What belongs to the total only.
    pub missed: Vec<Entry>,
}

/// One thing that was counted, or not.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// Number and title, or that it was outside incidents.
    pub what: String,
    /// Its number alone.
    pub number: String,
    /// The moment by which it belongs to the year, as it sorts.
    pub at: String,
    /// Why.
    pub why: String,
    /// It may change.
    pub under_way: bool,
}

/// What stands beside a provision that nobody compared.
const UNVERIFIED: &str = "chưa đối chiếu văn bản gốc";

fn day(date: Date) -> String {
    date.strftime("%d/%m/%Y").to_string()
}

impl Sheet {
    /// The sheet of a report.
    pub fn of(report: &Report, calendar: &WorkingCalendar, made_by: &str, authority: &str) -> Self {
        let basis = |rows: &[Basis]| {
            let cites = rows.iter().map(|basis| basis.cite.as_str()).collect::<Vec<_>>().join("; ");
            let sure = rows.iter().all(|basis| basis.verified);
            if sure { cites } else { format!("{cites} ({UNVERIFIED})") }
        };
        let line = |row: &Row| Line {
            number: row.number,
            title: row.title.clone(),
            value: row.of.map_or_else(|| row.count.to_string(), |of| format!("{}/{of}", row.count)),
            basis: basis(&row.basis),
            counted: row.counted.iter().map(|item| Entry::of(item, calendar)).collect(),
            missed: row.missed.iter().map(|item| Entry::of(item, calendar)).collect(),
        };
        let mut warnings = vec![];
        if !report.ended {
            warnings.push(format!("Số liệu tạm tính: kỳ báo cáo đến hết ngày {}.", day(report.to)));
        }
        if !report.verified {
            warnings.push(format!("Biểu mẫu và căn cứ {UNVERIFIED}; so lại trước khi ký."));
        }
        let quarters = report.quarters.iter().map(|quarter| {
            let state = match quarter.state {
                QuarterState::Held => format!("đã họp báo {} cuộc", quarter.held),
                QuarterState::Missing => "không có họp báo".to_owned(),
                QuarterState::Running => "chưa có, còn thời gian".to_owned(),
                QuarterState::Ahead => "chưa đến".to_owned(),
            };
            (format!("{} – {}", day(quarter.from), day(quarter.to)), state)
        });
        Self {
            authority: authority.to_owned(),
            title: report.title.clone(),
            year: report.year,
            period: format!("Từ ngày {} đến hết ngày {}", day(report.from), day(report.to)),
            basis: basis(&report.basis),
            warnings,
            rows: report.rows.iter().map(line).collect(),
            conference_note: report.conference_note.clone(),
            quarters: quarters.collect(),
            method: report.notes.iter().chain(&report.method).cloned().collect(),
            made_at: Moment::of(report.made_at, calendar),
            zone: zone(calendar),
            made_by: made_by.to_owned(),
            utc_offset_minutes: calendar.utc_offset_minutes,
        }
    }
}

impl Entry {
    fn of(item: &Item, calendar: &WorkingCalendar) -> Self {
        let what = [item.number.as_str(), item.title.as_str()];
        let what = what.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" – ");
        let (number, why, at) = (item.number.clone(), item.why.clone(), Moment::of(item.at, calendar).sorts);
        Self { what, number, at, why, under_way: item.under_way }
    }
}

/// The file's name: ASCII, safe on every system.
pub fn file_name(report: &Report, format: Format) -> String {
    format!("bao-cao-nam-{}.{}", report.year, format.extension())
}

/// The document.
///
/// # Errors
/// When it could not be written.
pub fn render(format: Format, sheet: &Sheet, report: &Report) -> Result<Vec<u8>, ExportError> {
    match format {
        Format::Html => Ok(html::write(sheet)),
        Format::Pdf => pdf::write(sheet),
        Format::Csv => csv::write(sheet),
        Format::Json => serde_json::to_vec_pretty(report)
            .map_err(|error| ExportError::NotWritten { format: "JSON", reason: error.to_string() }),
        _ => Err(ExportError::NothingThere { what: "báo cáo năm chỉ có HTML, PDF, CSV và JSON" }),
    }
}

#[cfg(test)]
#[path = "annual/tests.rs"]
mod tests;
