//! The documents that an office signs, made from the record: the report on an incident, minutes, and every statement in
//! the layout of whoever issues it. Pure: the same incident, forms and options give the same bytes. An export hands over
//! the record; a paper says something in somebody's name, so it has a head, a number and a signature.
//!
//! What stands where is decided once, in a [`sheet::Sheet`]; DOCX and PDF are two hands that draw the same sheet.

mod annex;
mod arranged;
mod docx;
pub mod form;
mod minutes;
mod offer;
mod pdf;
mod result;
pub mod sheet;

pub use offer::{IssuerOffer, Offer, Offers, offers};

use crate::annual::{self, Contribution};
use crate::domain::Incident;
use crate::domain::ids::{IncidentId, RowId};
use crate::domain::statement::{State, Statement};
use crate::export::report::{EXERCISE, Report};
use crate::export::words::Moment;
use crate::export::{ExportError, Options, Source, Variant, View};
use crate::law::Law;
use crate::stamp::Stamp;
use form::{Forms, Issuer, Kind, Layout};
use jiff::Timestamp;
use jiff::civil::Date;
use sheet::{Block, Closing, Hand, Head, Sheet};
use std::io::Write;

/// The kind of statement that is the text of the report on an incident: what people write in it.
pub const RESULT_TEXT: &str = "result_report";
/// Longest name of a signer, characters: what fits a signature block.
const SIGNER_CHARS_MAX: usize = 80;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// For Word and its like: to be worked on.
    Docx,
    /// To be filed.
    Pdf,
}

impl File {
    /// All kinds.
    pub const ALL: [Self; 2] = [Self::Docx, Self::Pdf];
    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|file| file.code() == code)
    }
    /// The code in addresses; the end of the file's name too.
    pub fn code(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Pdf => "pdf",
        }
    }
    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
        }
    }
}

/// Which document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// The report on the incident.
    Result,
    /// The minutes of the task force.
    Minutes,
    /// The minutes of a meeting with the press.
    Meeting(RowId),
    /// A statement.
    Statement(RowId),
}

impl Which {
    /// The document with this code: `result`, `minutes`, `meeting-ID`, `statement-ID`.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            form::RESULT => Some(Self::Result),
            form::MINUTES => Some(Self::Minutes),
            _ => match code.split_once('-')? {
                ("meeting", id) => RowId::new(id).map(Self::Meeting),
                ("statement", id) => RowId::new(id).map(Self::Statement),
                _ => None,
            },
        }
    }
    /// Its code.
    pub fn code(&self) -> String {
        match self {
            Self::Result => form::RESULT.into(),
            Self::Minutes => form::MINUTES.into(),
            Self::Meeting(id) => format!("meeting-{id}"),
            Self::Statement(id) => format!("statement-{id}"),
        }
    }
}

/// What somebody asks of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// Who issues; who usually does when empty.
    pub issuer: Option<String>,
    /// In which of the issuer's ways it is signed, from 0.
    pub sign: usize,
    /// The name under the signature; empty while nobody has said who signs.
    pub signer: String,
}

/// The data that documents are laid out with.
#[derive(Clone, Copy, Debug)]
pub struct House<'a> {
    /// Layouts, issuers, kinds.
    pub forms: &'a Forms,
    /// Forms of the annual report.
    pub annual: &'a annual::Annual,
    /// The law, for citations.
    pub law: &'a Law,
}

/// The form of the year in which the incident counts.
#[derive(Clone, Copy)]
struct Yearly<'a> {
    form: &'a annual::Form,
    law: &'a Law,
    year: i16,
}

/// What a document is written from.
struct Desk<'a> {
    source: Source<'a>,
    report: &'a Report,
    options: &'a Options,
    adds: Option<Contribution>,
    annual: Option<Yearly<'a>>,
}

impl Desk<'_> {
    fn moment(&self, at: Timestamp) -> Moment {
        let frame = self.source.incident.frame.as_ref();
        frame.map_or_else(|| Moment::of(at, &Default::default()), |frame| Moment::of(at, &frame.calendar))
    }
}

fn is_draft(row: &Statement) -> bool {
    !matches!(row.state, State::Approved | State::Published)
}

/// The newest text of the report that was not put aside.
fn result_text(incident: &Incident) -> Option<&Statement> {
    let texts = incident.statements.iter().map(|row| &**row);
    texts
        .filter(|row| row.kind == RESULT_TEXT && row.state != State::Dropped)
        .max_by_key(|row| row.drafted.at)
}

fn kind_title(source: Source, row: &Statement) -> String {
    let prepared = source.incident.frame.as_ref().map(|frame| frame.prepared.as_slice()).unwrap_or_default();
    let known = prepared.iter().find(|prepared| prepared.kind == row.kind);
    known.map_or_else(|| row.kind.clone(), |prepared| prepared.title.clone())
}

/// Writes the document's file.
///
/// # Errors
/// When there is no such document, or it could not be written.
pub fn write(
    which: &Which,
    file: File,
    source: Source,
    house: House,
    ask: &Ask,
    options: &Options,
    out: &mut (dyn Write + Send),
) -> Result<(), ExportError> {
    let view = View::of(source, options)?;
    let (source, options) = (view.source(), view.options());
    let sheet = sheet(which, source, house, ask, options)?;
    let stamp = Stamp::of(&number_of(source.incident), source.incident.rev, options.head);
    let bytes = match file {
        File::Docx => docx::write(&sheet, &stamp, options.made_at),
        File::Pdf => pdf::write(&sheet, &stamp, which, source, options),
    }?;
    let failed =
        |error: std::io::Error| ExportError::NotWritten { format: file.code(), reason: error.to_string() };
    out.write_all(&bytes).map_err(failed)
}

fn number_of(incident: &Incident) -> String {
    incident.header.as_ref().map(|header| header.number.clone()).unwrap_or_default()
}

/// The file's name: ASCII, safe on every system.
pub fn file_name(which: &Which, file: File, incident: &Incident, variant: Variant) -> String {
    let number: String =
        number_of(incident).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let what = match which {
        Which::Result => "bao-cao-ket-qua".into(),
        Which::Minutes => "bien-ban".into(),
        Which::Meeting(_) => "bien-ban-hop-bao".into(),
        Which::Statement(id) => {
            let row = incident.statements.get(id);
            row.map_or_else(String::new, |row| row.number.to_lowercase().replace('.', "-"))
        }
    };
    format!("{}-{what}{}.{}", number.trim_matches('-'), variant.suffix(), file.code())
}

/// What a document is laid out from.
struct Chosen<'a> {
    row: Option<&'a Statement>,
    kind: &'a Kind,
    issuer: &'a Issuer,
    layout: &'a Layout,
}

fn chosen<'a>(
    which: &Which,
    incident: &'a Incident,
    forms: &'a Forms,
    ask: &Ask,
    today: Date,
) -> Result<Chosen<'a>, ExportError> {
    let (code, row) = match which {
        Which::Result => (form::RESULT, result_text(incident)),
        Which::Minutes => (form::MINUTES, None),
        Which::Meeting(id) => {
            incident.meetings.get(id).ok_or(ExportError::NoPaper)?;
            (form::MEETING, None)
        }
        Which::Statement(id) => {
            let row = incident.statements.get(id).ok_or(ExportError::NoPaper)?;
            (row.kind.as_str(), Some(&**row))
        }
    };
    let kind = forms.kind(code).ok_or(ExportError::NoForm)?;
    let day = row.and_then(|row| row.document.as_ref()).map_or(today, |document| document.date);
    let (issuer, layout) = forms.issuer(ask.issuer.as_deref(), kind, day).ok_or(ExportError::NoForm)?;
    Ok(Chosen { row, kind, issuer, layout })
}

/// Whether the incident has this document in this issuer's name.
///
/// # Errors
/// When it has not.
pub fn find(
    which: &Which,
    incident: &Incident,
    forms: &Forms,
    ask: &Ask,
    today: Date,
) -> Result<(), ExportError> {
    chosen(which, incident, forms, ask, today).map(|_| ())
}

fn sheet(
    which: &Which,
    source: Source,
    house: House,
    ask: &Ask,
    options: &Options,
) -> Result<Sheet, ExportError> {
    let incident = source.incident;
    let report = Report::of(incident, source.records, options).ok_or(ExportError::NotOpened)?;
    let (header, frame) =
        incident.header.as_ref().zip(incident.frame.as_ref()).ok_or(ExportError::NotOpened)?;
    let today = frame.calendar.local(options.made_at).date();
    // Only counted here, never looked up: its number is name enough.
    let adds = IncidentId::new(&header.number.to_lowercase()).and_then(|id| Contribution::of(&id, incident));
    let year = adds.as_ref().map(|adds| frame.calendar.local(adds.received_at).year());
    let yearly = |year: i16| Some(Yearly { form: house.annual.form(year)?, law: house.law, year });
    let desk = Desk { source, report: &report, options, adds, annual: year.and_then(yearly) };
    let Chosen { row, kind, issuer, layout } = chosen(which, incident, house.forms, ask, today)?;
    let document = row.and_then(|row| row.document.as_ref());
    let day = document.map(|document| document.date);
    let about = |kind: &Kind| kind.about.as_ref().map(|about| about.replace("{title}", &header.title));
    let signer = if options.variant == Variant::Redacted { "" } else { &ask.signer };
    let mut sheet = Sheet {
        title: String::new(),
        layout: layout.clone(),
        head: Head {
            superior: issuer.superior.clone(),
            issuer: issuer.name.clone(),
            number: layout.number(document.map(|document| document.number.as_str()), kind, issuer),
            subject: String::new(),
            date: layout.date(day, issuer),
        },
        name: kind.name.clone().unwrap_or_default(),
        about: about(kind).into_iter().collect(),
        to: vec![],
        body: vec![],
        closing: Closing {
            recipients: kind.recipients.iter().map(|name| format!("- {name};")).collect(),
            hands: vec![Hand {
                capacity: issuer.signs.get(ask.sign).or(issuer.signs.first()).cloned().unwrap_or_default(),
                // Nobody signs what is passed on with codes in place of people.
                name: signer.trim().chars().take(SIGNER_CHARS_MAX).collect(),
            }],
        },
        annexes: vec![],
        marks: vec![],
        foot: String::new(),
        made_by: options.made_by.clone(),
    };
    sheet.closing.recipients.push(layout.kept(issuer));
    match which {
        Which::Result => {
            sheet.body = result::body(
                &desk,
                result::Form { kind, layout },
                &row.map_or_else(String::new, |row| arranged::with_room(&row.text)),
            );
            let given = document.map(|document| document.number.as_str());
            sheet.annexes = annex::all(&desk, kind, layout, &layout.annex_with(given, day, kind, issuer));
        }
        Which::Minutes => {
            sheet.body = minutes::work(&desk);
            sheet.closing.hands = minutes::hands();
        }
        Which::Meeting(id) => {
            let row = incident.meetings.get(id).ok_or(ExportError::NoPaper)?;
            sheet.body = minutes::meeting(&desk, row);
            sheet.closing.hands = minutes::hands();
        }
        Which::Statement(_) => {
            if let Some(row) = row {
                place(row, kind_title(source, row), kind, &mut sheet);
            }
        }
    }
    if kind.ends
        && let Some(Block::Paragraph { text }) = sheet.body.last_mut()
        && text != result::NOTHING
    {
        *text = layout.ended(text);
    }
    sheet.title = [sheet.name.as_str(), &sheet.head.subject, &sheet.about.join(" ")]
        .iter()
        .filter(|it| !it.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(" – ");
    if header.exercise {
        sheet.marks.push(EXERCISE.into());
    }
    if !matches!(which, Which::Minutes | Which::Meeting(_)) && row.is_none_or(is_draft) {
        sheet.marks.push("DỰ THẢO".into());
    }
    sheet.foot = format!("Lập lúc {} từ nhật ký của phòng trực", desk.moment(options.made_at).words);
    if !options.variant.mark().is_empty() {
        sheet.foot = format!("{}. {}", sheet.foot, options.variant.mark());
    }
    Ok(sheet)
}

/// A statement's own words, each in its place.
fn place(row: &Statement, title: String, kind: &Kind, sheet: &mut Sheet) {
    let words = arranged::arranged(&arranged::with_room(&row.text));
    sheet.head.subject = words.subject;
    if kind.letter {
        sheet.name.clear();
    } else if !words.name.is_empty() {
        sheet.name = words.name;
    } else if sheet.name.is_empty() {
        sheet.name = title.to_uppercase();
    }
    if !words.about.is_empty() {
        sheet.about = vec![words.about];
    }
    sheet.to = words.to;
    sheet.body = words.body;
    if let Some(hand) = words.hand {
        sheet.closing.hands = vec![hand];
    }
}

#[cfg(test)]
mod tests;
