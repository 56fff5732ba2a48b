//! Exports of an incident: the record as a document that an office reads, files and defends. Pure: the same incident,
//! records and options give the same bytes. Must not read a clock, a file or the network, nor know an office or a
//! decree by name.
//!
//! All formats for people are written from one [`report::Report`], so they say the same. JSON alone is complete and
//! exact. A new format is one file in `export/` and its line in `formats!`.

pub mod annual;
mod claim;
mod clock;
mod csv;
mod fact;
#[cfg(test)]
pub(crate) mod given;
mod html;
mod json;
pub(crate) mod pdf;
pub(crate) mod report;
pub(crate) mod statement;
mod task;
mod typesetter;
pub mod words;

pub(crate) use csv::{BYTE_ORDER_MARK, defused};

use crate::domain::ids::{Digest, Rev};
use crate::domain::{Event, Incident, Record};
use jiff::Timestamp;
use report::Report;

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

            fn write(self, material: &Material) -> Result<Vec<u8>, ExportError> {
                match self {
                    $(Self::$name => $file::write(material),)*
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
    /// The timeline table for a spreadsheet.
    Csv = csv;
    /// Everything, exact.
    Json = json;
}

impl Format {
    /// The format with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.code() == code)
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
    /// Head of the log that it was made from.
    pub head: Digest,
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

/// The file's name: ASCII, safe on every system. `SC-2026-0001-dong-thoi-gian.pdf`.
pub fn file_name(incident: &Incident, format: Format) -> String {
    let number = incident.header.as_ref().map_or("su-co", |header| header.number.as_str());
    let safe = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let number: String = number.chars().map(safe).collect();
    format!("{}-dong-thoi-gian.{}", number.trim_matches('-'), format.extension())
}

/// The export.
///
/// # Errors
/// When the records are not those of the incident, or the format could not be written.
pub fn render(format: Format, source: Source, options: &Options) -> Result<Vec<u8>, ExportError> {
    let Source { incident, records, lines } = source;
    let last = records.last().map_or(0, |record| record.rev);
    let whole =
        records.iter().zip(1..).all(|(record, rev)| record.rev == rev) && records.len() == lines.len();
    if last != incident.rev || !whole {
        return Err(ExportError::OtherRecords { records: last, incident: incident.rev });
    }
    let report = Report::of(incident, records, options).ok_or(ExportError::NotOpened)?;
    format.write(&Material { report: &report, source, options })
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
        assert_eq!(file_name(&case.incident, Format::Pdf), "SC-2026-0001-dong-thoi-gian.pdf");
        let mut opening = given::an_opening();
        opening.number = "../Số 1/ĐB".into();
        let case = Case::opened(opening);
        assert_eq!(file_name(&case.incident, Format::Csv), "S--1--B-dong-thoi-gian.csv");
        assert_eq!(file_name(&Incident::default(), Format::Json), "su-co-dong-thoi-gian.json");
    }

    #[test]
    fn the_same_incident_gives_the_same_bytes() {
        let case = given::an_exercise();
        for format in Format::ALL {
            let twice = [case.export(*format), case.export(*format)];
            assert!(twice[0] == twice[1] && !twice[0].is_empty(), "{format:?}");
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
