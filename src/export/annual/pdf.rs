//! The annual report to file, typeset from `form.typ`: archival, tagged, and the same bytes for the same report.

use super::Sheet;
use crate::domain::calendar::WorkingCalendar;
use crate::export::ExportError;
use crate::export::pdf::{document, moment};

const TEMPLATE: &str = include_str!("form.typ");

pub(super) fn write(sheet: &Sheet) -> Result<Vec<u8>, ExportError> {
    let reason =
        |error: serde_json::Error| ExportError::NotWritten { format: "PDF", reason: error.to_string() };
    let data = serde_json::to_value(sheet).map_err(reason)?;
    let ident = format!("phongtruc/annual/{}/{}", sheet.year, sheet.made_at.sorts);
    let clock =
        WorkingCalendar { utc_offset_minutes: sheet.utc_offset_minutes, ..WorkingCalendar::default() };
    let made_at = sheet.made_at.sorts.replace(' ', "T").parse().ok();
    document(TEMPLATE, data, ident, made_at.and_then(|local| moment(local, &clock)))
}
