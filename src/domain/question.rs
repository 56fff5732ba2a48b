//! Questions of fact on which tasks, clocks and rules hang: asked of the room once, answered by people, answered anew
//! when things change.

use super::condition::{Condition, same};
use super::ids::{Digest, Rev, RowId};
use super::refusal::Refusal;
use super::table::row;
use super::{Act, Event as AnyEvent, Incident, text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Hexadecimal digits of a question's digest that make its id: the same words are the same question.
const ID_DIGITS: usize = 16;

/// A question.
#[derive(Clone, Debug, Serialize, JsonSchema, TS)]
pub struct Question {
    /// Its id.
    pub id: RowId,
    /// Last change.
    pub rev: Rev,
    /// The question.
    pub text: String,
    /// The newest answer.
    pub answer: Option<Answered>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "QuestionAnswer")]
pub struct Answered {
    /// Yes or no.
    pub yes: bool,
    /// What it rests on.
    pub note: Option<String>,
    /// Who answered.
    pub by: Act,
}

row!(Question, RowId);

/// What people ask of questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[ts(rename = "QuestionCommand")]
pub enum Command {
    /// Answer one.
    Answer {
        /// Which.
        id: RowId,
        /// Yes or no.
        yes: bool,
        /// What it rests on; needed when an answer changes.
        note: Option<String>,
    },
}

/// What happened to questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Event {
    /// Answered.
    Answered {
        /// Which.
        id: RowId,
        /// Yes or no.
        yes: bool,
        /// What it rests on.
        note: Option<String>,
    },
}

/// The id of a question.
pub fn id(question: &str) -> RowId {
    let plain = question.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let digest = Digest::of(plain.as_bytes()).to_string();
    RowId::new(&format!("q-{}", digest.get(..ID_DIGITS).unwrap_or_default())).expect("digits make an id")
}

/// Puts questions that are not there yet.
pub(super) fn ask<'a>(incident: &mut Incident, rev: Rev, questions: impl IntoIterator<Item = &'a str>) {
    for text in questions {
        let id = id(text);
        if incident.questions.get(&id).is_none() {
            incident.questions.put(rev, Question { id, rev, text: text.to_owned(), answer: None });
        }
    }
}

/// Puts the questions of conditions.
pub(super) fn ask_for<'a>(
    incident: &mut Incident,
    rev: Rev,
    conditions: impl IntoIterator<Item = &'a Condition>,
) {
    for condition in conditions {
        ask(incident, rev, condition.questions());
    }
}

impl Incident {
    /// Whether a question was answered with yes.
    pub fn is_so(&self, question: &str) -> bool {
        let answer = |row: &std::sync::Arc<Question>| row.answer.as_ref().is_some_and(|answer| answer.yes);
        self.questions.iter().any(|row| same(&row.text, question) && answer(row))
    }
}

pub(super) fn decide(incident: &Incident, command: Command) -> Result<Vec<AnyEvent>, Refusal> {
    let Command::Answer { id, yes, note } = command;
    let row = incident.questions.get(&id).ok_or(Refusal::Unknown)?;
    let note = text::note_if_any(note.as_deref())?;
    match &row.answer {
        Some(answer) if answer.yes == yes && note.is_none() => return Ok(vec![]),
        Some(answer) if answer.yes != yes && note.is_none() => return Err(Refusal::ReasonMissing),
        _ => {}
    }
    Ok(vec![AnyEvent::Question(Event::Answered { id, yes, note })])
}

pub(super) fn apply(incident: &mut Incident, rev: Rev, event: &Event, act: &Act) {
    let Event::Answered { id, yes, note } = event.clone();
    let by = act.clone();
    incident.questions.edit(rev, &id, |row| row.answer = Some(Answered { yes, note, by }));
}
