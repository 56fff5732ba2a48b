//! PDF: the document to file, typeset from `report.typ`. Archival (PDF/A-2a), tagged, and the same bytes for the same
//! report. Must not show words that were never published.

use super::figure::Figure;
use super::registers::{self, Cell};
use super::report::Report;
use super::words::noted;
use super::{ExportError, Facts, Material, Out, put, typesetter};
use crate::domain::calendar::WorkingCalendar;
use jiff::civil::DateTime;
use serde_json::{Value, json};
use typst::foundations::{Datetime, Smart};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

pub(super) const FACTS: Facts =
    Facts {
        code: "pdf", title: "PDF (để lưu hồ sơ)", media_type: "application/pdf", extension: "pdf"
    };

pub(super) const TEMPLATE: &str = include_str!("report.typ");

pub(super) fn write(material: &Material, out: Out) -> Result<(), ExportError> {
    let data = data(material.report).map_err(|error| not_written(error.to_string()))?;
    let ident = format!("phongtruc/{}/{}", material.report.number, material.options.head);
    put(out, FACTS.title, &document(TEMPLATE, data, ident, timestamp(material))?)
}

/// What the template reads: the report, the registers behind it as plain tables, the drawing.
pub(super) fn data(report: &Report) -> serde_json::Result<Value> {
    let mut data = serde_json::to_value(report)?;
    let value = |value: &Cell| match value {
        Cell::Text(text) => text.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::At(at) => at.map_or_else(String::new, |at| format!("{}\n{}", at.time, at.day)),
    };
    let registers = registers::behind(report).into_iter().zip(&registers::NUMERALS).map(|(register, numeral)| {
        let rows = register.rows.iter().map(|row| row.iter().map(value).collect());
        let rows: Vec<Vec<String>> = rows.collect();
        let (titles, widths): (Vec<_>, Vec<_>) = register.columns.into_iter().unzip();
        json!({ "title": format!("{numeral}. {}", register.title), "titles": titles, "widths": widths, "rows": rows })
    });
    data["registers"] = registers.collect();
    data["last"] = registers::NUMERALS[registers::NUMERALS.len() - 1].into();
    data["alt"] = report.figure.alt().into();
    data[DRAWING] = drawing(&report.figure).into();
    data[STAMP] = report.stamp.svg(STAMP_SIZE).into();
    Ok(data)
}

/// How the typesetter says that a font is not there; its name follows.
const UNKNOWN_FONT: &str = "unknown font family";

/// The figure with words that can be set.
pub(crate) fn drawing(figure: &Figure) -> String {
    figure.svg(|text| settable(text, usize::MAX))
}

/// A file of a template and its data.
pub(crate) fn document(
    template: &'static str,
    data: Value,
    ident: String,
    timestamp: Option<Timestamp>,
) -> Result<Vec<u8>, ExportError> {
    typeset(template, prepared(data).map_err(not_written)?, ident, timestamp)
}

/// What the typesetter does of it: a file of data that can be set.
pub(super) fn typeset(
    template: &'static str,
    data: Vec<u8>,
    ident: String,
    timestamp: Option<Timestamp>,
) -> Result<Vec<u8>, ExportError> {
    let (document, warnings) = typesetter::set(template, data).map_err(not_written)?;
    // Never another face in its place, and never silently.
    if let Some(missing) = warnings.iter().find(|said| said.contains(UNKNOWN_FONT)) {
        return Err(not_written(format!("thiếu phông chữ ({missing})")));
    }
    let options = PdfOptions {
        ident: Smart::Custom(ident),
        creator: Smart::Custom(Some("Phòng Trực".into())),
        timestamp,
        page_ranges: None,
        standards: PdfStandards::new(&[PdfStandard::A_2a])
            .map_err(|error| not_written(error.message().to_string()))?,
        tagged: true,
        pretty: false,
    };
    typst_pdf::pdf(&document, &options)
        .map_err(|errors| not_written(errors.iter().map(typesetter::said).collect::<Vec<_>>().join("; ")))
}

fn not_written(reason: String) -> ExportError {
    ExportError::NotWritten { format: FACTS.title, reason }
}

/// Data as they can be set, as JSON.
pub(super) fn prepared(mut data: Value) -> Result<Vec<u8>, String> {
    make_settable(&mut data, RUN_MAX);
    serde_json::to_vec(&data).map_err(|error| error.to_string())
}

/// Letters that may stand together without a place to break, in most columns.
const RUN_MAX: usize = 28;
/// The same in narrow columns: sources, numbers of documents, limits, the registers.
const NARROW_RUN_MAX: usize = 12;
const NARROW: [&str; 4] = ["source", "document", "limit", "rows"];
/// The drawing is no text to break.
const DRAWING: &str = "drawing";
/// Nor is the picture of the stamp.
const STAMP: &str = "stamp";
/// Millimetres of the stamp: each of its modules a quarter of one, which a telephone reads from paper.
const STAMP_SIZE: u32 = 15;

/// Makes every text one that can be set, whatever people wrote.
fn make_settable(data: &mut Value, run_max: usize) {
    match data {
        Value::String(text) => *text = settable(text, run_max),
        Value::Array(values) => values.iter_mut().for_each(|value| make_settable(value, run_max)),
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut().filter(|(name, _)| *name != DRAWING && *name != STAMP) {
                make_settable(value, if NARROW.contains(&name.as_str()) { NARROW_RUN_MAX } else { run_max });
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The text with a visible note in place of what the font cannot set (a box would be silent, and an archival PDF
/// would refuse the whole document), and with places to break in words that fit no column. Digests stay whole: they
/// are copied to be compared.
fn settable(text: &str, run_max: usize) -> String {
    let shown = noted(&text.replace('\t', "    "), |c| c == '\n' || (!c.is_control() && typesetter::sets(c)));
    shown.split_inclusive([' ', '\n']).map(|word| breakable(word, run_max)).collect()
}

fn breakable(word: &str, run_max: usize) -> String {
    let is_digest = |word: &str| word.len() == 64 && word.bytes().all(|b| b.is_ascii_hexdigit());
    if word.chars().count() <= run_max || is_digest(word.trim_end()) {
        return word.to_owned();
    }
    let mut out = String::with_capacity(word.len() * 2);
    let mut run = 0;
    for c in word.chars() {
        // After these a line may end anyway.
        run = if matches!(c, '/' | '-' | '?' | ' ' | '\n') { 0 } else { run + 1 };
        if run > run_max {
            out.push('\u{200B}');
            run = 1;
        }
        out.push(c);
    }
    out
}

/// When the export was made, for the file's own record of its date.
pub(super) fn timestamp(material: &Material) -> Option<Timestamp> {
    let unknown = WorkingCalendar::default();
    let calendar = material.source.incident.frame.as_ref().map_or(&unknown, |frame| &frame.calendar);
    moment(calendar.local(material.options.made_at), calendar)
}

/// A moment of the office's clock, as a file records it.
pub(crate) fn moment(local: DateTime, calendar: &WorkingCalendar) -> Option<Timestamp> {
    let part = |part: i8| u8::try_from(part).ok();
    let date = Datetime::from_ymd_hms(
        i32::from(local.year()),
        part(local.month())?,
        part(local.day())?,
        part(local.hour())?,
        part(local.minute())?,
        part(local.second())?,
    )?;
    Timestamp::new_local(date, calendar.utc_offset_minutes)
}

#[cfg(test)]
mod tests {
    use super::super::{Format, given};
    use super::*;
    use std::sync::Arc;
    use typst::layout::{Frame, FrameItem};
    use typst_layout::{Page, PagedDocument};

    fn set_of(case: &given::Case) -> (PagedDocument, Vec<String>) {
        let options = given::options();
        let report = Report::of(&case.incident, &case.records, &options).expect("open");
        let data = prepared(data(&report).expect("JSON")).expect("JSON");
        typesetter::set(TEMPLATE, data).unwrap_or_else(|error| panic!("{error}"))
    }

    /// The letters of a page in the order in which they were set, without spaces and line ends.
    fn letters(frame: &Frame, out: &mut String) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => letters(&group.frame, out),
                FrameItem::Text(text) => out.push_str(&bare(&text.text)),
                _ => {}
            }
        }
    }

    fn bare(text: &str) -> String {
        text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200B}').collect()
    }

    fn pages_of(case: &given::Case) -> Vec<String> {
        let page = |page: &Page| {
            let mut out = String::new();
            letters(&page.frame, &mut out);
            out
        };
        set_of(case).0.pages().iter().map(page).collect()
    }

    #[test]
    fn each_line_of_the_timeline_is_set_with_both_times() {
        let case = given::an_exercise();
        let whole = pages_of(&case).concat();
        let report = Report::of(&case.incident, &case.records, &given::options()).expect("open");
        assert_eq!(report.lines.len(), case.incident.lines.len());
        for line in &report.lines {
            let (occurred, recorded) = (&line.occurred, &line.by.at);
            let times =
                [&occurred.time, &occurred.day, &recorded.time, &recorded.day].map(String::as_str).concat();
            let row = bare(&format!("{}{times}{}", line.seq, settable(&line.text, RUN_MAX)));
            assert!(whole.contains(&row), "{row} in {whole}");
        }
        for (said, times) in
            [("#read(\"/etc/passwd\")*x*[U+1F6A8]", 1), ("ĐậpThửantoàn", 1), (given::DRAFT, 0)]
        {
            assert_eq!(whole.matches(&bare(said)).count(), times, "{said}");
        }
    }

    #[test]
    fn every_page_names_its_head_and_that_it_is_an_exercise() {
        let (head, exercise) = (given::options().head.short(), given::an_exercise());
        for page in pages_of(&exercise) {
            assert!(
                page.contains(&head) && page.contains("DIỄNTẬP") && page.contains("NguyễnThịLan"),
                "{page}"
            );
        }
        let mut opening = given::an_opening();
        opening.exercise = false;
        assert!(!pages_of(&given::an_exercise_of(opening)).concat().contains("DIỄNTẬP"));
    }

    #[test]
    fn a_font_that_is_not_there_is_named_and_not_replaced() {
        let calendar = WorkingCalendar::default();
        let made_at = moment(calendar.local(given::options().made_at), &calendar);
        let of = |template| document(template, json!({}), "x".into(), made_at);
        let missing = of("#set document(title: \"x\")\n#set text(font: \"Phông Thử\", lang: \"vi\")\nchữ");
        let said = missing.expect_err("refused").to_string();
        assert!(said.contains("thiếu phông chữ") && said.to_lowercase().contains("phông thử"), "{said}");
        let there = "#set document(title: \"x\")\n#set text(font: \"Liberation Serif\", lang: \"vi\")\nchữ";
        of(there).expect("made");
    }

    #[test]
    fn a_document_comes_out_whatever_people_wrote() {
        let case = given::an_exercise();
        assert_eq!(set_of(&case).1, Vec::<String>::new());
        let bytes = case.export(Format::Pdf);
        assert!(bytes.starts_with(b"%PDF-"));
    }

    #[test]
    fn a_long_timeline_takes_many_pages() {
        let mut case = given::an_exercise();
        for n in 0..200 {
            let text = format!("Lực lượng tại chỗ báo cáo lần {n}: dân thôn 3 đã di chuyển đến nơi an toàn.");
            case.then("13:50:00", "people", given::entered(&format!("l-{n}"), &text, Some("13:49:00"), None));
        }
        let (document, warnings) = set_of(&case);
        assert!(document.pages().len() > 10, "{}", document.pages().len());
        assert_eq!(warnings, Vec::<String>::new());
    }

    #[test]
    fn every_character_that_the_font_claims_can_be_filed() {
        let all: String =
            ('\u{20}'..='\u{1FFFF}').filter(|c| typesetter::sets(*c) && !c.is_control()).collect();
        let odd = "\u{0} \u{E000} 🚨 ế\u{323} 漢字 \u{202E}\u{200D} =1 #x *y* $z$ `w` @v <u> \\ // \t";
        let mut case = given::an_exercise();
        // The log may be older than today's rules of what may be written.
        case.incident.header.as_mut().map(Arc::make_mut).expect("open").title = format!("{all} {odd}");
        case.then("13:50:00", "people", given::entered("c-1", "🚨 Còi báo động 👨\u{200D}👩", None, None));
        assert!(case.export(Format::Pdf).starts_with(b"%PDF-"));
    }

    #[test]
    fn words_that_fit_no_column_may_be_broken_and_digests_may_not() {
        assert_eq!(settable(&"a".repeat(30), 12), format!("{0}\u{200B}{0}\u{200B}aaaaaa", "a".repeat(12)));
        let digest = given::options().head.to_string();
        let plain =
            format!("một hai {digest} ba\nhttps://congthongtin.example.vn/tin-tuc/thong-bao/an-toan?x=1");
        assert_eq!(settable(&plain, RUN_MAX), plain);
        assert_eq!(settable("Còi 🚨\tbáo", RUN_MAX), "Còi [U+1F6A8]    báo");
    }

    #[test]
    fn texts_without_a_place_to_break_and_texts_of_a_page_are_set() {
        let mut case = given::an_exercise();
        for (key, text) in
            [("b-1", "dâ".repeat(4_000)), ("b-2", "x\n".repeat(3_000)), ("b-3", "https://a.b/".repeat(500))]
        {
            case.then("13:50:00", "people", given::entered(key, &text, None, None));
        }
        let (document, warnings) = set_of(&case);
        assert_eq!(warnings, Vec::<String>::new());
        assert!(document.pages().len() > 60, "{}", document.pages().len());
    }
}
