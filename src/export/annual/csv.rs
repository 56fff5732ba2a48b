//! CSV of the annual report: one row for each thing that was counted or belongs to a total, so that a spreadsheet can
//! add the numbers up again; a line of the form with nothing behind it is one row too.

use super::{Entry, Line, Sheet};
use crate::export::ExportError;
use crate::export::csv::{BYTE_ORDER_MARK, record};

pub(super) fn write(sheet: &Sheet) -> Result<Vec<u8>, ExportError> {
    let not_written = |reason: String| ExportError::NotWritten { format: "CSV", reason };
    let mut table =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(BYTE_ORDER_MARK.to_vec());
    let mut row =
        |cells: [&str; 9]| record(&mut table, cells).map_err(|error| not_written(error.to_string()));
    let at = format!("Thuộc kỳ theo lúc ({})", sheet.zone);
    row(["Năm", "Mục", "Nội dung", "Kết quả", "Được tính", "Số sự cố", "Vụ việc", &at, "Vì sao"])?;
    let year = sheet.year.to_string();
    for line in &sheet.rows {
        let Line { number, title, value, counted, missed, .. } = line;
        let number = number.to_string();
        // A date for a spreadsheet, unless it is told otherwise: 8/15 is not the fifteenth of August.
        let value = value.replace('/', " trên ");
        if counted.is_empty() && missed.is_empty() {
            row([&year, &number, title, &value, "", "", "", "", ""])?;
        }
        let entries =
            counted.iter().map(|entry| ("có", entry)).chain(missed.iter().map(|entry| ("không", entry)));
        for (counts, Entry { what, number: incident, at, why, under_way }) in entries {
            let why = if *under_way { format!("{why} (sự cố đang xử lý)") } else { why.clone() };
            row([&year, &number, title, &value, counts, incident, what, at, &why])?;
        }
    }
    table.into_inner().map_err(|error| not_written(error.to_string()))
}
