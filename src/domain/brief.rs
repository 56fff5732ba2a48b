//! The brief: what happened while somebody was away, counted from the rows between two revisions, and on the record how
//! far each person was told. What is new and what only changed are two numbers: the first has to be read, the second
//! looked at. Acknowledging changes nothing but that.

use super::clipping::Words;
use super::ids::{PersonId, Rev};
use super::line;
use super::message::spoken;
use super::refusal::Refusal;
use super::table::{Row, Table, row};
use super::{Act, Actor, Context, Event as AnyEvent, Incident};
use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use ts_rs::TS;

/// Who was away for less than this has missed what they can read up in a minute; a brief would be in the way.
pub const ABSENCE_MIN: SignedDuration = SignedDuration::from_mins(10);
/// Rows of each kind that a brief names; more would not be read.
pub const NAMED_MAX: usize = 5;
/// Characters of a row's words in a brief.
const WORDS_MAX: usize = 120;

/// How far a person was told of what happened without them.
#[derive(Clone, Debug, Serialize, JsonSchema, TS)]
pub struct Briefing {
    /// Who.
    pub id: PersonId,
    /// Last change.
    pub rev: Rev,
    /// The revision up to which they were told.
    pub until: Rev,
    /// Their acknowledgement.
    pub by: Act,
}

row!(Briefing, PersonId);

/// What people say about briefs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[ts(rename = "BriefCommand")]
pub enum Command {
    /// I know what happened up to this revision.
    Acknowledge {
        /// Which.
        until: Rev,
    },
}

/// What happened to briefs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Event {
    /// Somebody knows what happened up to a revision.
    Acknowledged {
        /// Which.
        until: Rev,
    },
}

/// What a part of a brief is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "BriefKind")]
pub enum Kind {
    /// The incident as a whole: level, moments, playbooks.
    Incident,
    /// A clock of the law.
    Clock,
    /// A statement.
    Statement,
    /// A fact.
    Fact,
    /// A decision.
    Decision,
    /// What a rule brought up.
    Proposal,
    /// A task.
    Task,
    /// A question of the press.
    Enquiry,
    /// A meeting with the press.
    Meeting,
    /// A claim of the register.
    Claim,
    /// Something that was published.
    Clipping,
    /// What is to be done after the incident.
    Action,
    /// An office.
    Office,
    /// Duty.
    Shift,
    /// What people wrote on the timeline.
    Entry,
    /// Talk.
    Message,
}

/// A row that a brief names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "BriefRow")]
pub struct Named {
    /// The row's id.
    pub id: String,
    /// In words.
    pub words: String,
    /// It was not there before.
    pub new: bool,
}

/// What happened to one kind of row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "BriefPart")]
pub struct Part {
    /// Which.
    pub kind: Kind,
    /// Rows that were not there before.
    pub new: u32,
    /// Rows that were there and are different now.
    pub changed: u32,
    /// The newest of them.
    pub rows: Vec<Named>,
}

/// What happened between two revisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Brief {
    /// After which.
    pub since: Rev,
    /// Up to which.
    pub until: Rev,
    /// The most important kinds first; kinds in which nothing happened are not there.
    pub parts: Vec<Part>,
}

/// A row as a brief sees it: its id, its words, whether it is new; none when it is not to be told.
type Told = Option<Named>;

/// What the actor missed between a revision and now. What they wrote themselves, from another window, is no news.
pub fn brief(incident: &Incident, since: Rev, actor: &Actor) -> Brief {
    let others = |act: &Act| act.person != actor.person;
    let line_of = |wanted: line::Kind| {
        let told = move |row: &Arc<line::Line>| -> Told {
            let id = format!("{}.{}", row.id.0, row.id.1);
            (row.kind == wanted && others(&row.by)).then(|| named(id, &row.text, row.id.0 > since))
        };
        incident.lines.since(since).map(told).collect::<Vec<_>>()
    };
    let offices = of(&incident.offices, since, |row| {
        let accepted = if row.accepted.is_some() { "đã tiếp nhận" } else { "chưa tiếp nhận" };
        Some(format!("{}: {accepted}", row.short))
    });
    let shifts = of(&incident.shifts, since, |row| {
        let office = incident.offices.get(&row.office).map_or("", |office| &office.short);
        row.ended.is_none().then(|| format!("{} trực {office}", row.officer.spoken()))
    });
    let decisions = of(&incident.decisions, since, |row| others(&row.by).then(|| row.text.clone()));
    let claims = of(&incident.claims, since, |row| {
        let how = match (&row.struck, row.next) {
            (Some(_), _) => " – đã gạch".to_owned(),
            (None, Some(step)) => format!(" – tiếp: {}", step.title().to_lowercase()),
            (None, None) => String::new(),
        };
        let again = if row.recurs_unsought() { ", thấy lại" } else { "" };
        Some(format!("{}{again}{how}", row.name()))
    });
    // A further reading of the same piece is no news: a service reads every hour.
    let clippings = of(&incident.clippings, since, |row| {
        let new = incident.clippings.made(&row.id).is_some_and(|made| made > since);
        let news = new && row.struck.is_none() && others(&row.entered);
        let Words { outlet, title, tone, .. } = &row.words;
        news.then(|| format!("{outlet}: “{title}” – {}", tone.title().to_lowercase()))
    });
    let messages = of(&incident.messages, since, |row| {
        let news = others(&row.by) && incident.messages.made(&row.id).is_some_and(|made| made > since);
        news.then(|| format!("{}: {}", spoken(&row.by.name), row.text))
    });
    let parts = [
        (Kind::Incident, line_of(line::Kind::Incident)),
        (Kind::Clock, of(&incident.deadlines, since, |row| Some(row.clock.title.clone()))),
        (
            Kind::Statement,
            of(&incident.statements, since, |row| {
                Some(format!("{} “{}” – {}", row.number, row.title, row.state.title().to_lowercase()))
            }),
        ),
        (Kind::Fact, of(&incident.facts, since, |row| Some(row.label.clone()))),
        (Kind::Decision, decisions),
        (Kind::Proposal, of(&incident.proposals, since, |row| Some(row.rule.title.clone()))),
        (Kind::Task, of(&incident.tasks, since, |row| Some(row.plan.title.clone()))),
        (
            Kind::Enquiry,
            of(&incident.enquiries, since, |row| {
                Some(format!("{}: {}", row.asked.outlet, row.asked.question))
            }),
        ),
        (Kind::Meeting, of(&incident.meetings, since, |row| Some(row.held.kind.title().into()))),
        (Kind::Claim, claims),
        (Kind::Clipping, clippings),
        (Kind::Action, of(&incident.actions, since, |row| Some(row.text.clone()))),
        (Kind::Office, offices),
        (Kind::Shift, shifts),
        (Kind::Entry, line_of(line::Kind::Entry)),
        (Kind::Message, messages),
    ];
    let parts = parts.into_iter().filter_map(|(kind, told)| part(kind, told)).collect();
    Brief { since, until: incident.rev, parts }
}

fn of<R: Row<Id: std::fmt::Display>>(
    table: &Table<R>,
    since: Rev,
    words: impl Fn(&R) -> Option<String>,
) -> Vec<Told> {
    let new = |row: &R| table.made(row.id()).is_some_and(|made| made > since);
    table.since(since).map(|row| Some(named(row.id().to_string(), &words(row)?, new(row)))).collect()
}

fn named(id: String, words: &str, new: bool) -> Named {
    let mut short: String = words.chars().take(WORDS_MAX).collect();
    if words.chars().nth(WORDS_MAX).is_some() {
        short.push('…');
    }
    Named { id, words: short, new }
}

fn part(kind: Kind, told: Vec<Told>) -> Option<Part> {
    let told: Vec<_> = told.into_iter().flatten().collect();
    let count =
        |new: bool| u32::try_from(told.iter().filter(|row| row.new == new).count()).unwrap_or(u32::MAX);
    let (new, changed) = (count(true), count(false));
    let mut rows: Vec<_> = told.into_iter().rev().collect();
    // What is new is named first; the sort keeps the newest in front.
    rows.sort_by_key(|row| !row.new);
    rows.truncate(NAMED_MAX);
    (!rows.is_empty()).then_some(Part { kind, new, changed, rows })
}

pub(super) fn decide(
    incident: &Incident,
    command: &Command,
    context: &Context,
) -> Result<Vec<AnyEvent>, Refusal> {
    let Command::Acknowledge { until } = *command;
    if until == 0 || until > incident.rev {
        return Err(Refusal::Unknown);
    }
    let known = incident.briefings.get(&context.by.person);
    if known.is_some_and(|known| known.until >= until) {
        return Ok(vec![]);
    }
    Ok(vec![AnyEvent::Brief(Event::Acknowledged { until })])
}

pub(super) fn apply(incident: &mut Incident, rev: Rev, event: &Event, act: &Act) {
    let Event::Acknowledged { until } = *event;
    let id = act.person.clone();
    incident.briefings.put(rev, Briefing { id, rev, until, by: act.clone() });
}

#[cfg(test)]
#[path = "brief/tests.rs"]
mod tests;
