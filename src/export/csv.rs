//! CSV: the timeline table for a spreadsheet, one row per line, one header row. UTF-8 with a byte order mark and
//! CRLF, as spreadsheets expect. Not exact: `'` stands before whatever a spreadsheet could take for a formula. The
//! exact export is JSON. Must not carry words that were never published.

use self::Field::{Own, Said};
use super::{ExportError, Facts, Material, Out, put};
use std::borrow::Cow;
use std::io::Write;

pub(super) const FACTS: Facts = Facts {
    code: "csv",
    title: "CSV (bảng dòng thời gian)",
    media_type: "text/csv; charset=utf-8",
    extension: "csv",
};

pub(crate) const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

pub(super) fn write(material: &Material, out: Out) -> Result<(), ExportError> {
    let report = material.report;
    let not_written =
        |error: ::csv::Error| ExportError::NotWritten { format: FACTS.title, reason: error.to_string() };
    put(out, FACTS.title, BYTE_ORDER_MARK)?;
    let mut table = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
    let titles = [
        "Tính chất",
        "Số sự cố",
        "TT",
        &format!("Xảy ra lúc ({})", report.zone),
        &format!("Ghi nhận lúc ({})", report.zone),
        "Sự việc, hành động, nội dung",
        "Loại",
        "Cơ quan",
        "Người thực hiện",
        "Chức vụ",
        "Nguồn, kênh",
        "Số, ký hiệu",
        "Thời hạn, tình trạng",
        "Cách ghi",
        "Ghi chú",
        "Dòng nhật ký",
        "Mã băm đầu nhật ký",
        &format!("Xuất lúc ({})", report.zone),
        "Người xuất",
    ];
    record(&mut table, titles.map(Own)).map_err(not_written)?;
    let nature = if report.exercise { report.mark() } else { "Sự cố" };
    let nature =
        [nature, report.variant].into_iter().filter(|said| !said.is_empty()).collect::<Vec<_>>().join(". ");
    // What every row repeats is looked at once.
    let [nature, number, made_by] = [&nature, &report.number, &report.made_by].map(|said| defused(said));
    for line in &report.lines {
        let cells = [
            Own(&nature),
            Own(&number),
            Own(&line.seq.to_string()),
            Said(&line.occurred.sorts),
            Own(&line.by.at.sorts),
            Said(&line.text),
            Own(line.kind),
            Said(&line.by.office),
            Said(&line.by.name),
            Said(&line.by.title),
            Said(&line.source),
            Said(&line.document),
            Said(&line.limit),
            Own(line.method),
            Said(&line.notes.join("; ")),
            Own(&line.record.to_string()),
            Own(&report.head),
            Own(&report.made_at.sorts),
            Own(&made_by),
        ];
        record(&mut table, cells).map_err(not_written)?;
    }
    table.flush().map_err(|error| not_written(error.into()))
}

/// What goes into a field (RFC 4180), which a spreadsheet shows as a cell.
pub(crate) enum Field<'a> {
    /// What people wrote, or might have: a spreadsheet could take it for a formula.
    Said(&'a str),
    /// A word of the program, a number, the moment of the record, and what was looked at before.
    Own(&'a str),
}

impl<'a> From<&'a str> for Field<'a> {
    fn from(cell: &'a str) -> Self {
        Said(cell)
    }
}

/// One row of cells that no spreadsheet takes for a formula.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn record<'a, W: Write>(
    table: &mut ::csv::Writer<W>,
    cells: impl IntoIterator<Item = impl Into<Field<'a>>>,
) -> ::csv::Result<()> {
    for cell in cells {
        match cell.into() {
            Said(cell) => table.write_field(defused(cell).as_bytes())?,
            Own(cell) => table.write_field(cell)?,
        }
    }
    table.write_record(None::<&[u8]>)
}

/// The cell with `'` before whatever a spreadsheet could take for a formula: at the beginning, and after line ends,
/// where a reader that does not know quoting begins a new cell.
fn defused(cell: &str) -> Cow<'_, str> {
    // Nearly every cell of nearly every table: one line that begins with a letter or a digit. Looked for to the end of
    // the cell, without a way out at the first: so many bytes are compared at once.
    let several = cell.bytes().fold(false, |found, byte| found | (byte == b'\n'));
    let plain = !several && cell.chars().next().is_none_or(char::is_alphanumeric);
    if plain || !cell.split('\n').any(is_formula) {
        return Cow::Borrowed(cell);
    }
    let lines: Vec<_> = cell
        .split('\n')
        .map(|line| if is_formula(line) { format!("'{line}") } else { line.into() })
        .collect();
    let defused = lines.join("\n");
    Cow::Owned(if defused.starts_with('\'') || !is_formula(cell) { defused } else { format!("'{defused}") })
}

fn is_formula(text: &str) -> bool {
    let unseen = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(u32::from(c), 0xAD | 0x200B..=0x200F | 0x2060 | 0xFEFF)
    };
    let shown = text.trim_start_matches(unseen);
    let before = &text[..text.len() - shown.len()];
    before.contains(['\t', '\r'])
        || shown.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫'])
}

#[cfg(test)]
mod tests {
    use super::super::{Format, given};
    use super::*;

    fn table(bytes: &[u8]) -> Vec<Vec<String>> {
        let text = bytes.strip_prefix(BYTE_ORDER_MARK).expect("a byte order mark");
        let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text);
        reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn formulas_are_defused_and_nothing_else_is_touched() {
        for (cell, written) in [
            ("=1+1", "'=1+1"),
            ("+84 912", "'+84 912"),
            ("-5 °C", "'-5 °C"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            (" =1", "' =1"),
            ("\u{A0}\u{A0}=1", "'\u{A0}\u{A0}=1"),
            ("\u{3000}=1", "'\u{3000}=1"),
            ("\u{200B}=1", "'\u{200B}=1"),
            ("\n=1", "'\n'=1"),
            ("a\n=1\n b", "a\n'=1\n b"),
            ("a\n  -1", "a\n'  -1"),
            ("＝1", "'＝1"),
            ("＋1", "'＋1"),
            ("－1", "'－1"),
            ("＠x", "'＠x"),
            ("", ""),
            ("12", "12"),
            ("1-2", "1-2"),
            ("– gạch đầu dòng", "– gạch đầu dòng"),
            ("2026-03-01 12:00", "2026-03-01 12:00"),
            ("Đã nghe: “an toàn”", "Đã nghe: “an toàn”"),
        ] {
            assert_eq!(defused(cell), written, "{cell:?}");
        }
    }

    #[test]
    fn each_line_of_the_timeline_is_a_row_with_both_times() {
        let case = given::an_exercise();
        let rows = table(&case.export(Format::Csv));
        assert_eq!(rows.len(), case.incident.lines.len() + 1);
        assert_eq!(&rows[0][..4], ["Tính chất", "Số sự cố", "TT", "Xảy ra lúc (GMT+7)"]);
        for line in case.incident.lines.iter() {
            let text = defused(&line.text);
            assert!(rows.iter().any(|row| row[5] == text), "{text}");
        }
        let time = |cell: &str| cell.len() == 16 && cell.starts_with("2026-03-01 ");
        for (row, seq) in rows[1..].iter().zip(1..) {
            assert!(
                row[0] == "DIỄN TẬP" && row[2] == seq.to_string() && time(&row[3]) && time(&row[4]),
                "{row:?}"
            );
            assert_eq!(row[16], given::options().head.to_string());
        }
        let late = rows.iter().find(|row| row[5].contains("xe cứu thương")).expect("entered");
        assert_eq!((&late[3][..], &late[4][..]), ("2026-03-01 12:25", "2026-03-01 13:00"));
        assert_eq!((&late[13][..], &late[14][..]), ("nhập bổ sung", "ghi muộn 35 phút"));
    }

    #[test]
    fn a_spreadsheet_reads_it() {
        let text = given::an_exercise().text(Format::Csv);
        assert!(text.ends_with("\r\n") && text.starts_with('\u{FEFF}'));
        assert!(
            text.contains("'=HYPERLINK(\"\"http://x\"\")") && text.contains("Dân thôn 4 di chuyển trong đêm")
        );
        assert!(!text.contains(given::DRAFT));
    }
}
