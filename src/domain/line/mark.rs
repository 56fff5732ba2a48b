//! What of the timeline belongs in the report: the desk marks a line, under a heading if it likes, with a remark. The
//! line itself is not touched; a mark is on the record but is no line of the timeline.

use crate::domain::ids::Rev;
use crate::domain::refusal::Refusal;
use crate::domain::{Act, Event as AnyEvent, Incident, text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// That a line belongs in the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "LineMark")]
pub struct Mark {
    /// The heading under which it stands there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub heading: Option<String>,
    /// A remark for whoever writes the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub note: Option<String>,
    /// Who says so.
    pub by: Act,
}

/// What people ask of lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[ts(rename = "LineCommand")]
pub enum Command {
    /// It belongs in the report; marked again, its heading and remark are others.
    Mark {
        /// Which line.
        line: (Rev, u32),
        /// The heading under which it stands there.
        #[serde(default)]
        heading: Option<String>,
        /// A remark.
        #[serde(default)]
        note: Option<String>,
    },
    /// It does not belong there after all.
    Unmark {
        /// Which line.
        line: (Rev, u32),
    },
}

/// What happened to lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Event {
    /// It belongs in the report.
    Marked {
        /// Which line.
        line: (Rev, u32),
        /// Its heading there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        heading: Option<String>,
        /// A remark.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// It does not.
    Unmarked {
        /// Which line.
        line: (Rev, u32),
    },
}

pub(in crate::domain) fn decide(incident: &Incident, command: Command) -> Result<Vec<AnyEvent>, Refusal> {
    let (Command::Mark { line, .. } | Command::Unmark { line }) = &command;
    let row = incident.lines.get(line).ok_or(Refusal::Unknown)?;
    let event = match command {
        Command::Mark { .. } if row.corrected_by.is_some() => return Err(Refusal::LineCorrected),
        Command::Mark { line, heading, note } => {
            let heading = heading.filter(|text| !text.trim().is_empty());
            let heading = heading.as_deref().map(text::title).transpose()?;
            let note = text::note_if_any(note.as_deref())?;
            let same = row.report.as_ref().is_some_and(|mark| mark.heading == heading && mark.note == note);
            (!same).then_some(Event::Marked { line, heading, note })
        }
        Command::Unmark { line } => row.report.is_some().then_some(Event::Unmarked { line }),
    };
    Ok(event.into_iter().map(AnyEvent::Line).collect())
}

pub(in crate::domain) fn apply(incident: &mut Incident, rev: Rev, event: &Event, act: &Act) {
    match event {
        Event::Marked { line, heading, note } => {
            let mark = Mark { heading: heading.clone(), note: note.clone(), by: act.clone() };
            incident.lines.edit(rev, line, |row| row.report = Some(mark));
        }
        Event::Unmarked { line } => incident.lines.edit(rev, line, |row| row.report = None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::entry;
    use crate::domain::given::{self, Case, at};
    use crate::domain::ids::RowId;
    use crate::domain::line::Line;
    use crate::domain::{Command as AnyCommand, incident as whole};

    fn entry_added() -> Case {
        let added = serde_json::json!({ "noun": "entry", "verb": "add", "id": "e-1", "text": "Dân thôn 3 di chuyển" });
        let added: AnyCommand = serde_json::from_value(added).expect("a command");
        given::an_incident().by("people").when(added).accepted()
    }
    fn newest(case: &Case) -> Line {
        Line::clone(case.incident().lines.iter().next_back().expect("a line"))
    }
    fn mark(line: (Rev, u32), heading: &str) -> AnyCommand {
        AnyCommand::Line(Command::Mark { line, heading: Some(heading.into()), note: None })
    }

    #[test]
    fn the_desk_marks_what_belongs_in_the_report_and_takes_it_back() {
        let added = entry_added();
        let (line, count) = (newest(&added).id, added.incident().lines.len());
        let marked = added.when(mark(line, "Diễn biến")).accepted();
        let row = newest(&marked);
        assert_eq!(row.report.as_ref().and_then(|mark| mark.heading.as_deref()), Some("Diễn biến"));
        assert_eq!(marked.incident().lines.len(), count, "a mark is no line");
        let rev = marked.incident().rev;
        let again = marked.when(mark(line, "Diễn biến")).accepted();
        assert_eq!(again.incident().rev, rev, "the same mark again changes nothing");
        let back = again.when(AnyCommand::Line(Command::Unmark { line })).accepted();
        assert_eq!(newest(&back).report, None);
    }

    #[test]
    fn a_line_that_is_not_there_or_was_corrected_is_not_marked() {
        let added = entry_added();
        let line = newest(&added).id;
        added.clone().when(mark((99, 0), "")).refused(Refusal::Unknown);
        let correct = entry::Command::Correct {
            id: RowId::new("e-1").expect("an id"),
            text: "Dân thôn 4 di chuyển".into(),
            occurred_at: at("12:20:00"),
            reason: "xã báo lại".into(),
        };
        let marked = added.when(mark(line, "")).accepted();
        let corrected = marked.when(AnyCommand::Entry(correct)).accepted();
        assert!(newest(&corrected).report.is_some(), "the report goes on with the right words");
        corrected.when(mark(line, "")).refused(Refusal::LineCorrected);
    }

    #[test]
    fn a_report_is_written_after_the_end() {
        let added = entry_added();
        let line = newest(&added).id;
        let skip = |seq: u32| {
            AnyCommand::Task(crate::domain::task::Command::Skip {
                id: RowId::new(&format!("t-{seq}")).expect("an id"),
                reason: "diễn ra nhanh".into(),
            })
        };
        let close = whole::Command::Close { summary: "xong".into(), despite: true };
        let closed = added.by("press").when(skip(2)).accepted().when(AnyCommand::Incident(close)).accepted();
        closed.when(mark(line, "Kết quả")).accepted();
    }
}
