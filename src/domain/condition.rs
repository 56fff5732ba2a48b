//! Conditions: what has to be so before a task, a clock or a rule has anything to say. Written in words by the office,
//! looked up in the record; nobody guesses.

use super::fact::State;
use super::level::Level;
use super::{Incident, claim};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What has to be so: any one of its parts is enough. Without parts it always holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Condition {
    /// The parts.
    pub any: Vec<Part>,
}

/// One thing that can be so or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(rename = "ConditionPart")]
pub enum Part {
    /// The incident stands at this level or above.
    Level {
        /// The lowest level.
        at_least: Level,
    },
    /// A figure of the ledger that still holds is this large.
    Figure {
        /// What the figure is about, as the ledger calls it.
        label: String,
        /// The smallest figure.
        at_least: u32,
    },
    /// A question was answered so.
    Answer {
        /// The question, with its question mark.
        question: String,
        /// Yes or no.
        yes: bool,
    },
    /// A statement was handed in and sent back this often.
    SentBack {
        /// How often.
        times: u32,
    },
    /// A claim of the register is so.
    Claim {
        /// How.
        is: claim::Is,
    },
}

impl Condition {
    /// Whether it holds.
    pub fn holds(&self, incident: &Incident) -> bool {
        self.any.is_empty() || self.any.iter().any(|part| part.holds(incident))
    }
    /// It in words, after "khi".
    pub fn words(&self) -> String {
        self.any.iter().map(Part::words).collect::<Vec<_>>().join("; hoặc ")
    }
    /// The questions that it asks.
    pub fn questions(&self) -> impl Iterator<Item = &str> {
        self.any.iter().filter_map(|part| match part {
            Part::Answer { question, .. } => Some(question.as_str()),
            _ => None,
        })
    }
}

impl Part {
    fn holds(&self, incident: &Incident) -> bool {
        match self {
            Self::Level { at_least } => {
                incident.header.as_ref().is_some_and(|header| header.level >= *at_least)
            }
            Self::Figure { label, at_least } => {
                let stands = |state: State| matches!(state, State::Unverified | State::Verified);
                let large = |value: &String| figure(value).is_some_and(|figure| figure >= *at_least);
                incident.facts.iter().any(|fact| {
                    stands(fact.state) && same(&fact.label, label) && fact.value.as_ref().is_some_and(large)
                })
            }
            Self::Answer { question, yes } => incident
                .questions
                .iter()
                .any(|row| same(&row.text, question) && row.answer.as_ref().is_some_and(|it| it.yes == *yes)),
            Self::SentBack { times } => incident.statements.iter().any(|row| row.sent_back() >= *times),
            Self::Claim { is } => is.holds(incident),
        }
    }
    /// It in words, after "khi".
    pub fn words(&self) -> String {
        match self {
            Self::Level { at_least } => format!("mức từ {}", at_least.get()),
            Self::Figure { label, at_least } => format!("{label} từ {at_least}"),
            Self::Answer { question, yes } => {
                format!("trả lời {}: “{question}”", if *yes { "có" } else { "không" })
            }
            Self::SentBack { times } => format!("một phát ngôn bị trả lại từ {times} lần"),
            Self::Claim { is } => is.words().to_owned(),
        }
    }
}

/// The same words, capitals and spacing aside.
pub fn same(one: &str, other: &str) -> bool {
    let plain = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    plain(one) == plain(other)
}

/// The whole number with which a figure begins: "1.200", "03 người". None when it does not begin with one.
fn figure(value: &str) -> Option<u32> {
    let digits: String = value
        .trim_start()
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .filter(char::is_ascii_digit)
        .collect();
    digits.parse().ok()
}
