//! XLSX: the workbook to sort, filter and count in. One sheet for what the export is, one for each register; moments are
//! dates of the spreadsheet on the office's clock, everything else that people wrote is text and never a formula.

use super::registers::{Cell, Register, of};
use super::words::{Moment, harmless, noted};
use super::{ExportError, Facts, Material, Out, dots};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, HeaderImagePosition, Image, Workbook,
    Worksheet, XlsxError,
};

pub(super) const FACTS: Facts = Facts {
    code: "xlsx",
    title: "XLSX (sổ để lọc, đếm)",
    media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    extension: "xlsx",
};

/// Most characters of a cell (the limit of spreadsheets is 32,767).
const CELL_MAX: usize = 32_000;
/// What stands at the end of a cell that holds no more.
const CUT: &str = "… [còn nữa, xem bản JSON]";

/// Height of a line of a cell, points, and the most that a row may have (the limit of spreadsheets).
const LINE_PT: u32 = 15;
const ROW_PT_MAX: u32 = 409;
/// Letters for each hundred that a column is wide: where the face is not there, its substitute is wider.
const LETTERS_OF_HUNDRED: usize = 85;
/// The stamp's code on a printed page, pixels at 96 to the inch: 20 mm.
const CODE_SIDE: u32 = 76;
/// Margins of a printed page, inches: left, right, top, bottom, of the header, of the footer. The code stands in the footer.
const MARGINS: [f64; 6] = [0.6, 0.6, 0.75, 1.15, 0.3, 0.25];

struct Style {
    head: Format,
    text: Format,
    at: Format,
    number: Format,
    code: Image,
}

impl Style {
    fn new(code: Image) -> Self {
        let cell = || Format::new().set_align(FormatAlign::Top).set_border(FormatBorder::Thin);
        let head = cell().set_bold().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
        Self {
            head: head.set_background_color("#E7E6E6").set_text_wrap(),
            text: cell().set_text_wrap(),
            at: cell().set_num_format("dd/mm/yyyy hh:mm").set_align(FormatAlign::Left),
            number: cell().set_num_format("#,##0"),
            code,
        }
    }
}

pub(super) fn write(material: &Material, out: Out) -> Result<(), ExportError> {
    let not_written =
        |error: XlsxError| ExportError::NotWritten { format: FACTS.title, reason: error.to_string() };
    let mut book = Workbook::new();
    let made = made(material).map_err(not_written)?;
    book.set_properties(
        &DocProperties::new()
            .set_title(format!("{}: {}", material.report.number, material.report.title))
            .set_author(&material.report.made_by)
            .set_comment(format!("Mã băm nhật ký {}", material.report.head))
            .set_creation_datetime(&made),
    );
    let code = dots::code(&material.report.stamp)
        .map_err(|reason| ExportError::NotWritten { format: FACTS.title, reason })?;
    let code = Image::new_from_buffer(&code.png).map_err(not_written)?;
    let words = format!("Mã QR: {}", material.report.stamp.words());
    let style = Style::new(code.set_scale_to_size(CODE_SIDE, CODE_SIDE, true).set_alt_text(words));
    about(book.add_worksheet(), material, &style).map_err(not_written)?;
    for register in of(material.report) {
        sheet(book.add_worksheet(), &register, material, &style).map_err(not_written)?;
    }
    book.save_to_writer(out).map_err(not_written)
}

fn made(material: &Material) -> Result<ExcelDateTime, XlsxError> {
    let seconds = u32::try_from(material.options.made_at.as_second()).unwrap_or_default();
    ExcelDateTime::from_timestamp(i64::from(seconds))
}

/// Text as a cell takes it: what would not show is noted, what is too long is cut where it says so.
fn cell(text: &str) -> String {
    let text = noted(text, harmless);
    if text.len() <= CELL_MAX || text.chars().count() <= CELL_MAX {
        return text;
    }
    text.chars().take(CELL_MAX).chain(CUT.chars()).collect()
}

/// What of a cell may need several lines.
fn long<'a>(value: &'a Cell<'_>) -> &'a str {
    match value {
        Cell::Text(text) => text,
        Cell::Number(_) | Cell::At(_) => "",
    }
}

/// Makes a row as high as its longest cell: some programs do so by themselves, others cut what they are not told of.
fn heighten<'a>(
    sheet: &mut Worksheet,
    row: u32,
    cells: impl Iterator<Item = (&'a str, u16)>,
) -> Result<(), XlsxError> {
    let lines = |(text, width): (&str, u16)| {
        let letters = (usize::from(width) * LETTERS_OF_HUNDRED / 100).max(1);
        text.split('\n').map(|line| line.chars().count().div_ceil(letters).max(1)).sum::<usize>()
    };
    let lines = u32::try_from(cells.map(lines).max().unwrap_or(1)).unwrap_or(u32::MAX);
    sheet.set_row_height(row, lines.saturating_mul(LINE_PT).min(ROW_PT_MAX))?;
    Ok(())
}

fn moment(at: &Moment) -> Option<ExcelDateTime> {
    ExcelDateTime::parse_from_str(&at.sorts).ok()
}

fn page(sheet: &mut Worksheet, title: &str, material: &Material, style: &Style) -> Result<(), XlsxError> {
    let report = material.report;
    let mark = if report.exercise { format!("{}  ", report.mark()) } else { String::new() };
    // `&` begins an order to the printer.
    let plain = |text: &str| text.replace('&', "&&");
    let [left, right, top, bottom, header, footer] = MARGINS;
    sheet
        .set_name(title)?
        .set_margins(left, right, top, bottom, header, footer)
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0)
        .set_header(format!("&L{}&R{}", plain(&report.number), plain(&format!("{mark}{title}"))))
        .set_footer(format!("&LMã băm nhật ký {}&CTrang &P/&N&R&[Picture]", report.head_short))
        .set_footer_image(&style.code, HeaderImagePosition::Right)?;
    Ok(())
}

/// What the workbook is: facts of the incident, when and by whom it was made, from which line.
fn about(sheet: &mut Worksheet, material: &Material, style: &Style) -> Result<(), XlsxError> {
    let report = material.report;
    page(sheet, "Bản xuất", material, style)?;
    let widths = [34, 90];
    sheet.set_column_width(0, widths[0])?.set_column_width(1, widths[1])?;
    let mut rows: Vec<(String, String)> = vec![("Tên sự cố".into(), report.title.clone())];
    if !report.variant.is_empty() {
        rows.push(("Biến thể".into(), report.variant.into()));
    }
    rows.extend(report.facts.iter().cloned());
    rows.extend([
        ("Giờ trong các trang".into(), format!("giờ của cơ quan, {}", report.zone)),
        ("Xuất lúc".into(), report.made_at.words.clone()),
        ("Người xuất".into(), report.made_by.clone()),
        ("Số dòng nhật ký".into(), report.records.to_string()),
        ("Mã băm dòng cuối".into(), report.head.clone()),
    ]);
    let bold = style.text.clone().set_bold();
    for ((label, value), row) in rows.iter().zip(0..) {
        sheet.write_string_with_format(row, 0, cell(label), &bold)?;
        sheet.write_string_with_format(row, 1, cell(value), &style.text)?;
        heighten(sheet, row, [label.as_str(), value].into_iter().zip(widths))?;
    }
    Ok(())
}

fn sheet(
    sheet: &mut Worksheet,
    register: &Register,
    material: &Material,
    style: &Style,
) -> Result<(), XlsxError> {
    page(sheet, register.title, material, style)?;
    sheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    for ((title, width), column) in register.columns.iter().zip(0_u16..) {
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(0, column, title, &style.head)?;
    }
    let widths = || register.columns.iter().map(|(_, width)| *width);
    heighten(sheet, 0, register.columns.iter().map(|(title, _)| title.as_str()).zip(widths()))?;
    for (cells, row) in register.rows.iter().zip(1_u32..) {
        for (value, column) in cells.iter().zip(0_u16..) {
            match value {
                Cell::Text(text) => sheet.write_string_with_format(row, column, cell(text), &style.text)?,
                Cell::Number(number) => {
                    sheet.write_number_with_format(row, column, *number, &style.number)?
                }
                Cell::At(at) => match at.map(|at| (moment(at), at)) {
                    Some((Some(date), _)) => {
                        sheet.write_datetime_with_format(row, column, &date, &style.at)?
                    }
                    // Before 1900 a spreadsheet has no dates.
                    Some((None, at)) => {
                        sheet.write_string_with_format(row, column, &at.sorts, &style.text)?
                    }
                    None => sheet.write_string_with_format(row, column, "", &style.text)?,
                },
            };
        }
        heighten(sheet, row, cells.iter().map(long).zip(widths()))?;
    }
    let last = u32::try_from(register.rows.len()).unwrap_or(u32::MAX);
    let columns = u16::try_from(register.columns.len()).unwrap_or(1);
    sheet.autofilter(0, 0, last.max(1), columns - 1)?;
    Ok(())
}
