//! Exports of an incident: the record as a document that an office reads, files and defends. Pure: the same incident,
//! records and options give the same bytes. Must not read a clock, a file or the network, nor know an office or a
//! decree by name.
//!
//! All formats for people are written from one [`report::Report`], so they say the same. JSON alone is complete and
//! exact. A new format is one file in `export/` and its line in `formats!`.

pub mod annual;
#[cfg(test)]
mod big;
mod cap;
mod cell;
mod claim;
mod clock;
mod csv;
pub(crate) mod dots;
mod duty;
mod fact;
mod figure;
#[cfg(test)]
pub(crate) mod given;
mod html;
mod ics;
mod json;
mod markdown;
pub(crate) mod pdf;
mod press;
mod registers;
pub(crate) mod report;
pub(crate) mod statement;
mod task;
mod timeline;
pub(crate) mod typesetter;
pub mod variant;
pub mod words;
mod xlsx;

pub(crate) use csv::{BYTE_ORDER_MARK, record};
pub use json::schema;

use crate::domain::ids::{Digest, Rev};
use crate::domain::{Event, Incident, Record};
use jiff::Timestamp;
use report::Report;
use std::io::Write;
pub use variant::{Variant, View};

/// What a format's file says of itself.
struct Facts {
    code: &'static str,
    title: &'static str,
    media_type: &'static str,
    extension: &'static str,
}

/// What a format is written from.
struct Material<'a> {
    report: &'a Report,
    source: Source<'a>,
    options: &'a Options,
}

/// Where the bytes of an export go, as they are made.
type Out<'a> = &'a mut (dyn Write + Send);

/// Hands bytes on.
fn put(out: Out, format: &'static str, bytes: &[u8]) -> Result<(), ExportError> {
    out.write_all(bytes).map_err(|error| ExportError::NotWritten { format, reason: error.to_string() })
}

macro_rules! formats {
    ($($(#[$doc:meta])* $name:ident = $file:ident;)*) => {
        /// A form in which an incident leaves the program.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Format {
            $($(#[$doc])* $name,)*
        }

        impl Format {
            /// All formats, the ones for reading first.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            fn facts(self) -> &'static Facts {
                match self {
                    $(Self::$name => &$file::FACTS,)*
                }
            }

            fn write(self, material: &Material, out: Out) -> Result<(), ExportError> {
                match self {
                    $(Self::$name => $file::write(material, out),)*
                }
            }
        }
    };
}

formats! {
    /// One self-contained page to read on a screen and to print.
    Html = html;
    /// The document to file.
    Pdf = pdf;
    /// All registers to sort, filter and count in.
    Xlsx = xlsx;
    /// The timeline table for any spreadsheet.
    Csv = csv;
    /// Plain text that reads well as it is.
    Markdown = markdown;
    /// Limits for a calendar.
    Ics = ics;
    /// Warnings to the public, for the alerting systems of others.
    Cap = cap;
    /// Everything, exact.
    Json = json;
}

impl Format {
    /// The format with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.code() == code)
    }
    /// Whether the incident has what this format is for.
    pub fn applies(self, incident: &Incident) -> bool {
        self != Self::Cap || cap::has_warnings(incident)
    }
    /// The code used in addresses and on the command line.
    pub fn code(self) -> &'static str {
        self.facts().code
    }
    /// Its name on the screen.
    pub fn title(self) -> &'static str {
        self.facts().title
    }
    /// Its media type.
    pub fn media_type(self) -> &'static str {
        self.facts().media_type
    }
    /// The end of its file name, without the dot.
    pub fn extension(self) -> &'static str {
        self.facts().extension
    }
}

/// The incident to export, whole.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// What the records fold to.
    pub incident: &'a Incident,
    /// All its records, in the order of the log.
    pub records: &'a [Record<Event>],
    /// The stored bytes of each, as the log has them.
    pub lines: &'a [String],
}

/// What the export says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// When it was made.
    pub made_at: Timestamp,
    /// Who asked for it, in words: name, position, office; or the command line.
    pub made_by: String,
    /// Their name alone, which a variant may have to replace; empty for the command line.
    pub exporter: String,
    /// Head of the log that it was made from.
    pub head: Digest,
    /// For whom it is.
    pub variant: Variant,
}

/// Why nothing could be exported, in words for whoever runs the program.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// There is no incident in the log.
    #[error("nhật ký chưa có sự cố nào được mở, nên không có gì để xuất")]
    NotOpened,
    /// The records are not those of the incident.
    #[error(
        "nhật ký được đưa đến dòng {records} nhưng sự cố đang ở dòng {incident}: bản xuất sẽ thiếu hoặc thừa. \
         Hãy chạy «phongtruc verify» trên nhật ký của sự cố này rồi xuất lại"
    )]
    OtherRecords {
        /// The last line that was handed over.
        records: Rev,
        /// The line at which the incident stands.
        incident: Rev,
    },
    /// The record has nothing that this format is for.
    #[error("{what}, nên chưa có gì để xuất ở định dạng này")]
    NothingThere {
        /// What is missing.
        what: &'static str,
    },
    /// Something that should be a code still stands there.
    #[error(
        "bản che thông tin cá nhân không được xuất: dòng {line} của nhật ký {reason}. Hãy dùng bản phục vụ kiểm tra, tự \
         che trước khi chuyển đi, và gửi thông báo này cho đơn vị bảo trì phần mềm"
    )]
    NotRedacted {
        /// The line.
        line: Rev,
        /// What is wrong with it.
        reason: String,
    },
    /// The document is not there.
    #[error("sự cố không có văn bản này; có thể nó đã được xếp lại")]
    NoPaper,
    /// The data have no form for it.
    #[error("dữ liệu thể thức (papers.toml) chưa có mục cho văn bản hoặc cơ quan ban hành này")]
    NoForm,
    /// The format could not be written.
    #[error(
        "không tạo được bản {format}: {reason}. Hãy xuất định dạng khác để dùng ngay (JSON là bản đầy đủ) và gửi \
         thông báo này cho đơn vị bảo trì phần mềm"
    )]
    NotWritten {
        /// Which format.
        format: &'static str,
        /// What its writer says.
        reason: String,
    },
}

/// Ends the name of a file while it is being written.
pub const UNFINISHED: &str = "unfinished";

/// The file's name: ASCII, safe on every system. `SC-2026-0001-dong-thoi-gian.pdf`.
pub fn file_name(incident: &Incident, format: Format, variant: Variant) -> String {
    let number = incident.header.as_ref().map_or("su-co", |header| header.number.as_str());
    let safe = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let number: String = number.chars().map(safe).collect();
    let number = number.trim_matches('-');
    format!("{number}-dong-thoi-gian{}.{}", variant.suffix(), format.extension())
}

/// The export.
///
/// # Errors
/// When the records are not those of the incident, or the format could not be written.
pub fn render(format: Format, source: Source, options: &Options) -> Result<Vec<u8>, ExportError> {
    let mut bytes = vec![];
    write(format, &View::of(source, options)?, &mut bytes)?;
    Ok(bytes)
}

/// Writes the export of a view, piece by piece where the format allows it.
///
/// # Errors
/// When nothing was opened, or the format could not be written.
pub fn write(format: Format, view: &View, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
    let (source, options) = (view.source(), view.options());
    let report = Report::of(source.incident, source.records, options).ok_or(ExportError::NotOpened)?;
    format.write(&Material { report: &report, source, options }, out)
}

#[cfg(test)]
mod tests {
    use super::given::{self, Case};
    use super::*;

    #[test]
    fn a_format_is_found_by_its_code() {
        for format in Format::ALL {
            assert_eq!(Format::from_code(format.code()), Some(*format));
            assert!(!format.title().is_empty() && format.media_type().contains('/'));
        }
        assert_eq!(Format::from_code("docx"), None);
    }

    #[test]
    fn the_file_name_is_plain() {
        let case = given::an_exercise();
        assert_eq!(
            file_name(&case.incident, Format::Pdf, Variant::Internal),
            "SC-2026-0001-dong-thoi-gian.pdf"
        );
        let mut opening = given::an_opening();
        opening.number = "../Số 1/ĐB".into();
        let case = Case::opened(opening);
        assert_eq!(
            file_name(&case.incident, Format::Csv, Variant::Redacted),
            "S--1--B-dong-thoi-gian-da-che.csv"
        );
        assert_eq!(
            file_name(&Incident::default(), Format::Json, Variant::Internal),
            "su-co-dong-thoi-gian.json"
        );
    }

    #[test]
    fn the_same_incident_gives_the_same_bytes() {
        let case = cap::tests::warned();
        for format in Format::ALL {
            let twice = [case.export(*format), case.export(*format)];
            assert!(twice[0] == twice[1] && !twice[0].is_empty(), "{format:?}");
        }
    }

    /// All formats but the one that needs a warning.
    fn most() -> impl Iterator<Item = Format> {
        Format::ALL.iter().copied().filter(|format| *format != Format::Cap)
    }

    #[test]
    fn an_incident_in_which_nothing_happened_is_exported() {
        let case = Case::opened(given::an_opening());
        for format in most() {
            assert!(!case.export(format).is_empty(), "{format:?}");
        }
    }

    #[test]
    fn a_thousand_attachments_are_all_named() {
        let mut case = Case::opened(given::an_opening());
        for n in 0..100 {
            let mut added = given::entered(&format!("e-{n}"), "Ảnh hiện trường", None, None);
            if let crate::domain::Command::Entry(crate::domain::entry::Command::Add { attachments, .. }) =
                &mut added
            {
                *attachments = (0..10).map(|k| crate::domain::given::file(n * 10 + k)).collect();
            }
            case.then("12:30:00", "people", added);
        }
        for format in [Format::Html, Format::Csv, Format::Json, Format::Markdown] {
            let text = case.text(format);
            assert!((0..1000).all(|n| text.contains(&format!("anh-{n}.png"))), "{format:?}");
        }
        for format in most() {
            assert!(!case.export(format).is_empty(), "{format:?}");
        }
    }

    #[test]
    fn a_reader_that_goes_away_ends_the_export() {
        struct Gone;
        impl Write for Gone {
            fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
                Err(std::io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let (case, options) = (given::an_exercise(), given::options());
        let view = View::of(case.source(), &options).expect("whole");
        for format in most() {
            let ended = write(format, &view, &mut Gone);
            assert!(matches!(ended, Err(ExportError::NotWritten { .. })), "{format:?}: {ended:?}");
        }
    }

    #[test]
    fn records_of_another_incident_are_refused() {
        let case = given::an_exercise();
        let short = Source { records: &case.records[..3], lines: &case.lines[..3], ..case.source() };
        let refused = Err(ExportError::OtherRecords { records: 3, incident: case.incident.rev });
        assert_eq!(render(Format::Json, short, &given::options()), refused);
        let holes: Vec<_> = case.records.iter().filter(|record| record.rev != 2).cloned().collect();
        let holes = Source { records: &holes, ..case.source() };
        assert!(render(Format::Json, holes, &given::options()).is_err());
        let nothing = Source { incident: &Incident::default(), records: &[], lines: &[] };
        let nothing = render(Format::Pdf, nothing, &given::options());
        assert_eq!(nothing, Err(ExportError::NotOpened));
    }
}
