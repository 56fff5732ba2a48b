//! An incident of twenty thousand lines: every format comes out, twice the same, and what it takes is said.
//!
//! The typesetter takes minutes for it as developers compile it, so that one is asked for by name, and so is the
//! comparison with the libraries alone: `cargo test --release --lib export::big -- --ignored --nocapture`.

use super::cell::Cell;
use super::given::{self, Case};
use super::report::Report;
use super::{Format, Material, Options, Variant, View, pdf, registers, write};
use crate::domain::ids::Digest;
use sha2::Digest as _;
use std::io::Write;
use std::time::Instant;

const LINES: usize = 20_000;

/// Counts and hashes, keeps nothing.
#[derive(Default)]
struct Sink(sha2::Sha256, usize);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        self.1 += bytes.len();
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn long(lines: usize) -> Case {
    let mut case = given::an_exercise();
    for n in 0..lines {
        let text = format!(
            "Tổ trực thôn {} báo cáo lần {n}: 12 hộ đã di chuyển, mực nước {} cm, cần thêm áo phao.",
            n % 40,
            n % 300
        );
        case.then("13:50:00", "people", given::entered(&format!("l-{n}"), &text, Some("13:49:00"), None));
    }
    case
}

fn written(case: &Case, format: Format, variant: Variant) -> (Digest, usize) {
    let options = Options { variant, ..given::options() };
    let view = View::of(case.source(), &options).expect("whole");
    let mut sink = Sink::default();
    write(format, &view, &mut sink).unwrap_or_else(|error| panic!("{format:?}: {error}"));
    (Digest::from_bytes(sink.0.finalize().into()), sink.1)
}

#[test]
fn twenty_thousand_lines_come_out_twice_the_same() {
    let case = long(LINES);
    for format in [Format::Html, Format::Xlsx, Format::Csv, Format::Markdown, Format::Ics, Format::Json] {
        let once = written(&case, format, Variant::Internal);
        assert_eq!(once, written(&case, format, Variant::Internal), "{format:?}");
        println!("{format:?}: {} bytes", once.1);
    }
}

#[test]
#[ignore = "minutes of typesetting and of looking for names; run it by name"]
fn twenty_thousand_lines_are_set_and_redacted() {
    let case = long(LINES);
    println!("redacted csv: {} bytes", written(&case, Format::Csv, Variant::Redacted).1);
    println!("pdf: {} bytes", written(&case, Format::Pdf, Variant::Internal).1);
}

/// The library alone that writes what an export holds.
type Alone<'a> = Box<dyn FnMut() -> usize + 'a>;

fn typesetter<'a>(material: &'a Material) -> Alone<'a> {
    let data = pdf::prepared(pdf::data(material.report).expect("JSON")).expect("JSON");
    let at = pdf::timestamp(material);
    Box::new(move || pdf::typeset(pdf::TEMPLATE, data.clone(), String::new(), at).expect("set").len())
}

fn workbook(report: &Report) -> Alone<'_> {
    let registers = registers::of(report);
    Box::new(move || {
        let (mut book, plain) = (rust_xlsxwriter::Workbook::new(), rust_xlsxwriter::Format::new());
        let date = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy hh:mm");
        for register in &registers {
            let sheet = book.add_worksheet();
            for (cells, row) in register.rows.iter().zip(0..) {
                for (value, column) in cells.iter().zip(0..) {
                    let written = match value {
                        Cell::Text(text) => sheet.write_string_with_format(row, column, &**text, &plain),
                        Cell::Number(number) => sheet.write_number_with_format(row, column, *number, &plain),
                        Cell::At(Some(at)) => {
                            let at =
                                rust_xlsxwriter::ExcelDateTime::parse_from_str(&at.sorts).expect("a date");
                            sheet.write_datetime_with_format(row, column, &at, &date)
                        }
                        Cell::At(None) => sheet.write_string_with_format(row, column, "", &plain),
                    };
                    written.expect("written");
                }
            }
        }
        book.save_to_buffer().expect("written").len()
    })
}

fn table(csv: Vec<u8>) -> Alone<'static> {
    let mut rows = ::csv::ReaderBuilder::new().has_headers(false).from_reader(&csv[..]);
    let rows: Vec<_> = rows.records().map(|row| row.expect("a row")).collect();
    Box::new(move || {
        let mut table = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(vec![]);
        rows.iter().for_each(|row| table.write_record(row).expect("written"));
        table.into_inner().expect("written").len()
    })
}

fn seconds(mut what: impl FnMut() -> usize) -> f64 {
    let begun = Instant::now();
    assert!(what() > 0);
    begun.elapsed().as_secs_f64()
}

#[test]
#[ignore = "a measure for a release build; run it by name"]
fn exports_beside_their_libraries_alone() {
    let case = long(LINES / 2);
    let options = given::options();
    let report = || Report::of(&case.incident, &case.records, &options).expect("open");
    let known = report();
    let material = Material { report: &known, source: case.source(), options: &options };
    let whole = |format: Format| {
        let mut out = vec![];
        format.write(&material, &mut out).expect("written");
        out
    };
    let written = table(whole(Format::Csv));
    let words = seconds(|| report().lines.len()) / seconds(|| whole(Format::Csv).len());
    println!("before that, the record in words: {words:.2} times the table");
    // The typesetter last: it leaves a heap in pieces, and a job that exports begins with a fresh one.
    let all =
        [(Format::Csv, written), (Format::Xlsx, workbook(&known)), (Format::Pdf, typesetter(&material))];
    for (format, mut alone) in all {
        // In turn, and the middle of each: the machine is not ours alone.
        let rounds = if format == Format::Pdf { 3 } else { 25 };
        let ratios = (0..rounds).map(|_| seconds(|| whole(format).len()) / seconds(&mut alone));
        let mut ratios: Vec<_> = ratios.collect();
        ratios.sort_by(f64::total_cmp);
        let (least, most) = (ratios[0], ratios[rounds - 1]);
        let middle = ratios[rounds / 2];
        println!("{format:?}: {middle:.2} times its library alone (from {least:.2} to {most:.2})");
    }
}
