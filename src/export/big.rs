//! An incident of twenty thousand lines: every format comes out, twice the same, and what it takes is said.
//!
//! The typesetter takes minutes for it as developers compile it, so that one is asked for by name:
//! `cargo test --lib export::big -- --ignored --nocapture`.

use super::given::{self, Case};
use super::{Format, Options, Variant, View, write};
use crate::domain::ids::Digest;
use sha2::Digest as _;
use std::io::Write;

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
