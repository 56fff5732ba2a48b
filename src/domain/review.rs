//! The after-action review: what people find under its four questions, and what is to be done about it, each action with
//! an owner and a day, followed until it is done. It begins while memory is fresh and goes on when the incident has ended.

pub mod owed;

use super::enquiry::Change;
use super::ids::{Rev, RowId};
use super::owner::Owner;
use super::refusal::Refusal;
use super::table::row;
use super::{Act, Context, Event as AnyEvent, Incident, text};
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Furthest day of an action: what takes longer than two budget years is a plan of its own.
const DUE_YEARS_MAX: i8 = 2;

/// The four questions of an after-action review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ReviewQuestion")]
pub enum Question {
    /// What was supposed to happen.
    Planned,
    /// What happened.
    Happened,
    /// Why it was different.
    Why,
    /// What is kept, and what is done differently.
    Next,
}

impl Question {
    /// All four, in their order.
    pub const ALL: [Self; 4] = [Self::Planned, Self::Happened, Self::Why, Self::Next];
    /// The question.
    pub fn title(self) -> &'static str {
        match self {
            Self::Planned => "Lẽ ra phải diễn ra thế nào?",
            Self::Happened => "Thực tế đã diễn ra thế nào?",
            Self::Why => "Vì sao khác nhau?",
            Self::Next => "Giữ điều gì, lần sau làm khác điều gì?",
        }
    }
}

/// What somebody found.
#[derive(Clone, Debug, Serialize, JsonSchema, TS)]
pub struct Finding {
    /// Its id.
    pub id: RowId,
    /// Last change.
    pub rev: Rev,
    /// Under which question.
    pub question: Question,
    /// The words.
    pub text: String,
    /// Who found it.
    pub by: Act,
    /// Who worded it anew last.
    pub reworded: Option<Act>,
    /// Struck out.
    pub struck: Option<Change>,
}

row!(Finding, RowId);

/// What became of an action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(rename = "ActionOutcome")]
pub enum Outcome {
    /// It is done.
    Done {
        /// What was done, and what shows it.
        note: String,
        /// Who says so.
        by: Act,
    },
    /// It is not done after all.
    Dropped {
        /// Why not.
        reason: String,
        /// Who says so.
        by: Act,
    },
}

/// What is to be done after the incident.
#[derive(Clone, Debug, Serialize, JsonSchema, TS)]
#[ts(rename = "ReviewAction")]
pub struct Action {
    /// Its id.
    pub id: RowId,
    /// Last change.
    pub rev: Rev,
    /// What is to be done.
    pub text: String,
    /// Whose it is.
    pub owner: Owner,
    /// The last day for it.
    #[ts(type = "string")]
    pub due: Date,
    /// The finding that it answers.
    pub finding: Option<RowId>,
    /// Who put it down.
    pub added: Act,
    /// The newest change of owner or day.
    pub moved: Option<Change>,
    /// What became of it; none while it is open.
    pub outcome: Option<Outcome>,
}

row!(Action, RowId);

impl Action {
    /// Still to be done.
    pub fn is_open(&self) -> bool {
        self.outcome.is_none()
    }
}

/// What people ask of the review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[ts(rename = "ReviewCommand")]
pub enum Command {
    /// Put a finding down.
    Find {
        /// Its id.
        id: RowId,
        /// Under which question.
        question: Question,
        /// The words.
        text: String,
    },
    /// Word a finding anew; the old words stay in the log.
    Reword {
        /// Which.
        id: RowId,
        /// The words.
        text: String,
    },
    /// Strike a finding out.
    Strike {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
    /// Put down what is to be done.
    Assign {
        /// Its id.
        id: RowId,
        /// What.
        text: String,
        /// Whose it is.
        owner: Owner,
        /// The last day for it.
        #[ts(type = "string")]
        due: Date,
        /// The finding that it answers.
        #[serde(default)]
        finding: Option<RowId>,
    },
    /// Give it to somebody else, or another day.
    Move {
        /// Which.
        id: RowId,
        /// Whose it is now.
        owner: Owner,
        /// The last day for it now.
        #[ts(type = "string")]
        due: Date,
        /// Why.
        reason: String,
    },
    /// It is done.
    Finish {
        /// Which.
        id: RowId,
        /// What was done, and what shows it.
        note: String,
    },
    /// It is not done after all.
    Drop {
        /// Which.
        id: RowId,
        /// Why not.
        reason: String,
    },
}

/// What happened to the review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Event {
    /// A finding was put down.
    Found {
        /// Its id.
        id: RowId,
        /// Under which question.
        question: Question,
        /// The words.
        text: String,
    },
    /// A finding was worded anew.
    Reworded {
        /// Which.
        id: RowId,
        /// The words.
        text: String,
    },
    /// A finding was struck out.
    Struck {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
    /// Something is to be done.
    Assigned {
        /// Its id.
        id: RowId,
        /// What.
        text: String,
        /// Whose it is.
        owner: Owner,
        /// The last day for it.
        due: Date,
        /// The finding that it answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        finding: Option<RowId>,
    },
    /// Somebody else's now, or another day.
    Moved {
        /// Which.
        id: RowId,
        /// Whose it is now.
        owner: Owner,
        /// The last day for it now.
        due: Date,
        /// Why.
        reason: String,
    },
    /// Done.
    Finished {
        /// Which.
        id: RowId,
        /// What was done, and what shows it.
        note: String,
    },
    /// Not done after all.
    Dropped {
        /// Which.
        id: RowId,
        /// Why not.
        reason: String,
    },
}

/// A day on which something can still be done: not gone by the office's calendar, and not far beyond a plan.
fn day(incident: &Incident, due: Date, now: Timestamp) -> Result<Date, Refusal> {
    let frame = incident.frame.as_ref().ok_or(Refusal::NotOpen)?;
    let today = frame.calendar.local(now).date();
    let last = today.saturating_add(Span::new().years(DUE_YEARS_MAX));
    match due {
        _ if due < today => Err(Refusal::InThePast),
        _ if due > last => Err(Refusal::TooFarAhead),
        _ => Ok(due),
    }
}

pub(super) fn decide(
    incident: &Incident,
    command: Command,
    context: &Context,
) -> Result<Vec<AnyEvent>, Refusal> {
    let standing = |id: &RowId| match incident.findings.get(id) {
        None => Err(Refusal::Unknown),
        Some(row) if row.struck.is_some() => Err(Refusal::StruckOut),
        Some(row) => Ok(row),
    };
    let open = |id: &RowId| match incident.actions.get(id) {
        None => Err(Refusal::Unknown),
        Some(row) if !row.is_open() => Err(Refusal::TaskEnded),
        Some(row) => Ok(row),
    };
    let new = |id: &RowId| {
        let known = incident.findings.get(id).is_some() || incident.actions.get(id).is_some();
        if known { Err(Refusal::AlreadyThere) } else { Ok(()) }
    };
    let event = match command {
        Command::Find { id, question, text } => {
            new(&id)?;
            Event::Found { id, question, text: text::note(&text)? }
        }
        Command::Reword { id, text } => {
            let text = text::note(&text)?;
            if standing(&id)?.text == text {
                return Ok(vec![]);
            }
            Event::Reworded { id, text }
        }
        Command::Strike { id, reason } => {
            standing(&id)?;
            Event::Struck { id, reason: text::note(&reason)? }
        }
        Command::Assign { id, text, owner, due, finding } => {
            new(&id)?;
            if let Some(finding) = &finding {
                standing(finding)?;
            }
            let (owner, due) = (owner.checked(incident)?, day(incident, due, context.at)?);
            Event::Assigned { id, text: text::note(&text)?, owner, due, finding }
        }
        Command::Move { id, owner, due, reason } => {
            let row = open(&id)?;
            let owner = owner.checked(incident)?;
            // A day that stays may have gone by; a new one may not.
            let due = if due == row.due { due } else { day(incident, due, context.at)? };
            if row.owner == owner && row.due == due {
                return Ok(vec![]);
            }
            Event::Moved { id, owner, due, reason: text::note(&reason)? }
        }
        Command::Finish { id, note } => {
            open(&id)?;
            Event::Finished { id, note: text::note(&note)? }
        }
        Command::Drop { id, reason } => {
            open(&id)?;
            Event::Dropped { id, reason: text::note(&reason)? }
        }
    };
    Ok(vec![AnyEvent::Review(event)])
}

pub(super) fn apply(incident: &mut Incident, rev: Rev, event: &Event, act: &Act) {
    let by = act.clone();
    match event.clone() {
        Event::Found { id, question, text } => {
            let row = Finding { id, rev, question, text, by, reworded: None, struck: None };
            incident.findings.put(rev, row);
        }
        Event::Reworded { id, text } => incident.findings.edit(rev, &id, |row| {
            row.text = text;
            row.reworded = Some(by);
        }),
        Event::Struck { id, reason } => {
            incident.findings.edit(rev, &id, |row| row.struck = Some(Change { by, reason }));
        }
        Event::Assigned { id, text, owner, due, finding } => {
            let row = Action { id, rev, text, owner, due, finding, added: by, moved: None, outcome: None };
            incident.actions.put(rev, row);
        }
        Event::Moved { id, owner, due, reason } => incident.actions.edit(rev, &id, |row| {
            row.owner = owner;
            row.due = due;
            row.moved = Some(Change { by, reason });
        }),
        Event::Finished { id, note } => {
            incident.actions.edit(rev, &id, |row| row.outcome = Some(Outcome::Done { note, by }));
        }
        Event::Dropped { id, reason } => {
            incident.actions.edit(rev, &id, |row| row.outcome = Some(Outcome::Dropped { reason, by }));
        }
    }
}

#[cfg(test)]
#[path = "review/tests.rs"]
mod tests;
