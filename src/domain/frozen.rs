//! What an incident is opened with and keeps: the playbook, the law, the offices and the words as they were then.

use super::approval::Rule;
use super::calendar::WorkingCalendar;
use super::claim::Book;
use super::condition::Condition;
use super::deadline::{Basis, Clock, Due};
use super::ids::{Digest, OfficeId, RowId};
use super::ladder::Ladder;
use super::level::Level;
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where it happened: a commune as it was called on the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Place {
    /// Statistical code.
    pub code: String,
    /// Name.
    pub name: String,
}

/// The playbook that the incident opened with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct PlaybookRef {
    /// Its code.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// Its title.
    pub title: String,
    /// Digest of the file's bytes.
    pub digest: Digest,
}

/// A part of the playbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Phase {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
}

/// A prepared statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Prepared {
    /// Its kind.
    pub kind: String,
    /// The kind's title.
    pub title: String,
    /// Meant for the public; only such words stop a clock.
    pub public: bool,
    /// The words, with `{{blanks}}`.
    pub text: String,
    /// What the blanks are for.
    pub blanks: Vec<Blank>,
    /// Approved beforehand: only its blanks are filled in, nothing else is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub preapproved: Option<Preapproval>,
    /// It accounts for the incident: people go on writing it when the incident is closed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>", optional)]
    pub account: bool,
}

/// The approval that a template got before anything happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Preapproval {
    /// Who gave it, as the instrument says.
    pub by: String,
    /// The instrument: number and date, as cited.
    pub instrument: String,
    /// The first day on which it holds.
    pub from: Date,
    /// The last day on which it holds.
    pub until: Date,
}

/// A blank of a prepared statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "PreparedBlank")]
pub struct Blank {
    /// Its name between the braces.
    pub name: String,
    /// What to call it.
    pub label: String,
    /// What belongs there.
    pub hint: String,
    /// What may be put there.
    #[serde(default)]
    pub answer: Answer,
    /// What of the record it is filled from when a draft begins; none when a person has to know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub from: Option<Given>,
}

/// What may be put into a blank.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(rename = "BlankAnswer")]
pub enum Answer {
    /// Words.
    #[default]
    Words,
    /// A time of a day: `07:30 ngày 10/9/2024`.
    Moment,
    /// A whole or decimal number, as Vietnamese writes it.
    Number,
    /// A telephone number.
    Phone,
    /// One of these.
    Choice {
        /// The words that may be chosen.
        of: Vec<String>,
    },
}

/// What the record knows and a blank can be filled from. Only facts of the record, verbatim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "BlankSource")]
pub enum Given {
    /// The incident's title.
    Title,
    /// The place.
    Place,
    /// When it happened.
    OccurredAt,
    /// When the office received it.
    ReceivedAt,
    /// When the draft begins.
    Now,
    /// The verified facts of the ledger, one sentence each.
    FactsVerified,
    /// The facts of the ledger that are not verified or are disputed.
    FactsOpen,
    /// The newest time of a verified figure.
    FactsAsOf,
}

/// What a first message to the public should say, and the kinds of statement that are one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct FirstMessage {
    /// Kinds of statement that are checked.
    pub kinds: Vec<String>,
    /// The parts, in order.
    pub parts: Vec<MessagePart>,
}

/// One part of a first message. It counts as there when one of its words is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct MessagePart {
    /// Its code.
    pub code: String,
    /// Its name.
    pub title: String,
    /// What to write.
    pub hint: String,
    /// Words of which one shows that it is there, lower case.
    pub words: Vec<String>,
}

/// A ground on which information may be refused to the press.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "RefusalGround")]
pub struct Ground {
    /// Its code.
    pub code: String,
    /// The ground.
    pub title: String,
    /// The provision that lists it, in words.
    pub cite: String,
}

/// A channel through which statements go out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Channel {
    /// Its code.
    pub code: String,
    /// Its name.
    pub title: String,
    /// What to mind.
    pub hint: String,
}

/// A task as the playbook plans it, its owner resolved to an office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct PlannedTask {
    /// Its id within the incident.
    pub id: RowId,
    /// Its number in the playbook.
    pub seq: u32,
    /// Its phase.
    pub phase: String,
    /// What is to be done.
    pub title: String,
    /// The function that leads it.
    pub function: String,
    /// The function's name.
    pub function_title: String,
    /// The office that held the function.
    pub office: Option<OfficeId>,
    /// Functions that support it.
    pub support: Vec<String>,
    /// Its limit.
    pub due: Option<Due>,
    /// The incident cannot be closed without it.
    pub mandatory: bool,
    /// What it rests on.
    pub basis: Vec<Basis>,
    /// What it brings forth.
    pub output: Option<String>,
    /// Until this holds, nobody is asked to do it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub only_if: Option<Condition>,
    /// The playbook that it comes from, when that is not the one which the incident opened with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub playbook: Option<String>,
}

/// A question that people will ask, and what to mind when answering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "ExpectedQuestion")]
pub struct Expected {
    /// The question.
    pub question: String,
    /// Where the answer comes from, what not to say.
    pub hint: String,
}

/// An office that has a part in the incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct PlannedOffice {
    /// Its id.
    pub id: OfficeId,
    /// Its name on the day.
    pub name: String,
    /// Its short name.
    pub short: String,
    /// One of the task force's own seats.
    pub seat: bool,
}

/// Everything with which an incident begins: what the opener said, and the versions in force, frozen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Opening {
    /// Number in the register.
    pub number: String,
    /// What happened.
    pub title: String,
    /// How serious.
    pub level: Level,
    /// An exercise, marked on every screen and page.
    pub exercise: bool,
    /// Where.
    pub place: Option<Place>,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// When the office received it.
    pub received_at: Timestamp,
    /// When the office found that it touches public opinion, if it has.
    pub impact_assessed_at: Option<Timestamp>,
    /// The day whose law and organisation apply.
    pub in_force_on: Date,
    /// The playbook.
    pub playbook: PlaybookRef,
    /// Its phases.
    pub phases: Vec<Phase>,
    /// Its tasks.
    pub tasks: Vec<PlannedTask>,
    /// The clocks of the law.
    pub clocks: Vec<Clock>,
    /// The offices.
    pub offices: Vec<PlannedOffice>,
    /// The prepared statements.
    pub prepared: Vec<Prepared>,
    /// Who approves what.
    pub approvals: Vec<Rule>,
    /// Where statements go out. An exercise has channels of its own and no others.
    pub channels: Vec<Channel>,
    /// What a first message should say.
    #[serde(default)]
    pub first_message: FirstMessage,
    /// What people will ask.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expected: Vec<Expected>,
    /// The levels and the rules between them.
    #[serde(default)]
    pub ladder: Ladder,
    /// Grounds on which information may be refused to the press.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refusal_grounds: Vec<Ground>,
    /// Words and rules of the register of claims.
    #[serde(default)]
    pub claims: Book,
    /// The working calendar.
    pub calendar: WorkingCalendar,
}
