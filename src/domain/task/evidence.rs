//! What shows that a task was done: files, a link, or a row of the incident's own record. A mandatory task is not done
//! by saying so.

use crate::domain::attachment::{self, Attachment};
use crate::domain::ids::RowId;
use crate::domain::refusal::{Desks, Refusal};
use crate::domain::{Incident, fact, statement, text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is missing, in words: a sentence about what was done.
const NOTE: &str = "một câu cho biết đã làm gì";
/// What is missing, in words: something that others can look at.
const SHOWN: &str = "minh chứng (tệp, đường dẫn, phát ngôn, dữ kiện hoặc dòng diễn biến)";

/// Characters of a row that a sentence about the evidence quotes: two lines of a page.
const QUOTE_MAX: usize = 160;

/// A row of the incident that shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(rename = "EvidenceRow")]
pub enum Shown {
    /// A statement.
    Statement {
        /// Which.
        id: RowId,
    },
    /// A fact.
    Fact {
        /// Which.
        id: RowId,
    },
    /// A line that a person wrote on the timeline.
    Entry {
        /// Which.
        id: RowId,
    },
}

/// What shows that a task was done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Evidence {
    /// Files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Attachment>>", optional)]
    pub attachments: Vec<Attachment>,
    /// Where it can be seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub link: Option<String>,
    /// The row of this incident that shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub row: Option<Shown>,
}

impl Evidence {
    /// Nothing that anybody could look at.
    pub fn is_empty(&self) -> bool {
        self.attachments.is_empty() && self.link.is_none() && self.row.is_none()
    }

    /// The evidence in the form in which it is kept.
    ///
    /// # Errors
    /// Too many files, a link that is none, a row that is not there or no longer stands.
    pub(super) fn checked(self, incident: &Incident) -> Result<Self, Refusal> {
        let attachments = attachment::together(self.attachments)?;
        let link = text::link(self.link.as_deref())?;
        if self.row.as_ref().is_some_and(|row| !row.stands(incident)) {
            return Err(Refusal::Desks(Desks::ShowsNothing));
        }
        Ok(Self { attachments, link, row: self.row })
    }

    /// The evidence in words, empty when there is none.
    pub fn words(&self, incident: &Incident) -> String {
        let files = match self.attachments.len() {
            0 => None,
            _ => {
                let names: Vec<_> = self.attachments.iter().map(|file| file.name.as_str()).collect();
                Some(format!("tệp {}", names.join(", ")))
            }
        };
        let row = self.row.as_ref().map(|row| row.words(incident));
        let parts: Vec<_> = row.into_iter().chain(self.link.clone()).chain(files).collect();
        parts.join("; ")
    }
}

impl Shown {
    fn stands(&self, incident: &Incident) -> bool {
        match self {
            Self::Statement { id } => {
                incident.statements.get(id).is_some_and(|row| row.state != statement::State::Dropped)
            }
            Self::Fact { id } => {
                incident.facts.get(id).is_some_and(|row| row.state != fact::State::Withdrawn)
            }
            Self::Entry { id } => incident.entries.contains_key(id),
        }
    }

    // Numbers of statements, never their words: whoever reads the timeline need not see drafts.
    fn words(&self, incident: &Incident) -> String {
        match self {
            Self::Statement { id } => format!("phát ngôn {}", incident.statement_number(id)),
            Self::Fact { id } => {
                let said = incident.facts.get(id).map_or_else(String::new, |row| row.sentence());
                format!("dữ kiện “{}”", begun(&said))
            }
            Self::Entry { id } => {
                let line = incident.entries.get(id).and_then(|line| incident.lines.get(line));
                format!("diễn biến “{}”", begun(line.map_or("", |line| &line.text)))
            }
        }
    }
}

/// The beginning of a text that may be a page.
fn begun(text: &str) -> String {
    match text.char_indices().nth(QUOTE_MAX) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// Whether a mandatory task may be called done.
///
/// # Errors
/// What is missing, in words.
pub(super) fn sufficient(note: Option<&String>, evidence: &Evidence) -> Result<(), Refusal> {
    let note = note.is_none().then_some(NOTE);
    let shown = evidence.is_empty().then_some(SHOWN);
    let missing: Vec<_> = note.into_iter().chain(shown).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Refusal::Desks(Desks::EvidenceMissing { missing: missing.join(" và ") }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::given::{self, Case};
    use crate::domain::task::{Command as Verb, Event, Progress};
    use crate::domain::{Command, Event as AnyEvent, entry};

    fn id(id: &str) -> RowId {
        RowId::new(id).expect("an id")
    }
    fn finish(task: &str, note: Option<&str>, evidence: Evidence) -> Command {
        Command::Task(Verb::Finish { id: id(task), note: note.map(Into::into), evidence })
    }
    fn link(link: &str) -> Evidence {
        Evidence { link: Some(link.into()), ..Evidence::default() }
    }
    fn row(row: Shown) -> Evidence {
        Evidence { row: Some(row), ..Evidence::default() }
    }
    fn missing(missing: &str) -> Refusal {
        Refusal::Desks(Desks::EvidenceMissing { missing: missing.into() })
    }
    fn with_an_entry() -> Case {
        let add = entry::Command::Add {
            id: id("e-1"),
            text: format!("Đã đăng trên Cổng lúc 12:20. {}", "Chi tiết. ".repeat(40)),
            occurred_at: None,
            source: None,
            origin: None,
            attachments: vec![],
            from: None,
        };
        given::an_incident().by("people").when(Command::Entry(add)).accepted()
    }

    #[test]
    fn a_mandatory_task_is_done_when_something_shows_it_and_the_refusal_says_what_is_missing() {
        let case = with_an_entry();
        let none = Evidence::default;
        let both = format!("{NOTE} và {SHOWN}");
        case.clone().when(finish("t-2", None, none())).refused(missing(&both));
        case.clone().when(finish("t-2", Some(" "), none())).refused(missing(&both));
        case.clone().when(finish("t-2", Some("đã đăng"), none())).refused(missing(SHOWN));
        case.clone().when(finish("t-2", Some("đã đăng"), link("  "))).refused(missing(SHOWN));
        case.clone().when(finish("t-2", None, link("https://example.vn/1"))).refused(missing(NOTE));
        case.clone().when(finish("t-2", Some("đã đăng"), link("Cổng thông tin"))).refused(Refusal::BadLink);
        case.clone().when(finish("t-2", Some("đã đăng"), link("https://example.vn/1"))).accepted();
        let file = Evidence { attachments: vec![given::file(1), given::file(1)], ..none() };
        let filed = case.clone().when(finish("t-2", Some("đã đăng"), file)).accepted();
        let line = filed.incident().lines.newest().expect("a line").clone();
        assert_eq!(line.attachments, [given::file(1)], "whoever sees the line gets the file");
        let shown = case.when(finish("t-2", Some("đã đăng"), row(Shown::Entry { id: id("e-1") }))).accepted();
        let line = shown.incident().lines.newest().expect("a line").text.clone();
        assert!(line.starts_with("Hoàn thành nhiệm vụ: Thông tin ban đầu. Kết quả: đã đăng. Minh chứng: diễn biến “Đã đăng trên Cổng"));
        assert!(line.chars().count() < 320 && line.ends_with("…”"), "a page is not quoted whole: {line}");
    }

    #[test]
    fn a_row_that_is_not_there_shows_nothing_and_other_tasks_need_none() {
        let case = with_an_entry();
        for shown in [
            Shown::Entry { id: id("e-9") },
            Shown::Fact { id: id("f-9") },
            Shown::Statement { id: id("s-9") },
        ] {
            case.clone()
                .when(finish("t-2", Some("xong"), row(shown)))
                .refused(Refusal::Desks(Desks::ShowsNothing));
        }
        case.when(finish("t-3", None, Evidence::default())).accepted();
    }

    /// Tasks that were finished before evidence was asked for stay finished.
    #[test]
    fn an_old_line_of_the_log_replays() {
        let old = r#"{"noun":"task","verb":"finished","id":"t-2","note":null}"#;
        let event: AnyEvent = serde_json::from_str(old).expect("an event");
        assert!(matches!(&event, AnyEvent::Task(Event::Finished { evidence, .. }) if evidence.is_empty()));
        let mut incident = given::an_incident().incident().clone();
        let by = given::actor("people");
        let cause = crate::domain::ids::CommandId::new("c-9").expect("an id");
        incident.apply(&crate::domain::Record {
            rev: 9,
            at: given::at("13:00:00"),
            by,
            written_at: None,
            cause,
            events: vec![event],
        });
        let progress = &incident.tasks.get(&id("t-2")).expect("planned").progress;
        assert!(matches!(progress, Progress::Done { note: None, .. }));
        assert_eq!(incident.lines.newest().expect("a line").text, "Hoàn thành nhiệm vụ: Thông tin ban đầu.");
    }
}
