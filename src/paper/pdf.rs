//! The document to file, typeset from `paper.typ`: archival, tagged, with bookmarks, the same bytes for the same record.

use super::Which;
use super::sheet::Sheet;
use crate::export::pdf::{document, moment};
use crate::export::{ExportError, Options, Source};
use crate::stamp::Stamp;

const TEMPLATE: &str = include_str!("paper.typ");

pub(super) fn write(
    sheet: &Sheet,
    stamp: &Stamp,
    which: &Which,
    source: Source,
    options: &Options,
) -> Result<Vec<u8>, ExportError> {
    let failed =
        |error: serde_json::Error| ExportError::NotWritten { format: "PDF", reason: error.to_string() };
    let mut data = serde_json::to_value(sheet).map_err(failed)?;
    data["stamp"] = serde_json::json!({ "words": stamp.words(), "code": stamp.code() });
    let ident = format!("phongtruc/{}/{}/{}", stamp.words(), which.code(), options.head);
    let calendar = source.incident.frame.as_ref().map(|frame| frame.calendar.clone()).unwrap_or_default();
    document(TEMPLATE, data, ident, moment(calendar.local(options.made_at), &calendar))
}
