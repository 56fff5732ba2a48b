//! The press log, first half: what newspapers and stations ask, and what became of it. A question is answered, or it is
//! declined on a ground that the law lists and with a reason; until then it has an owner who has to answer, and may be
//! handed on. A mistake is corrected or struck out in the open. Kept by every incident, and by the office for what
//! belongs to none.

mod command;

pub use command::{Command, Event};

use super::frozen::Ground;
use super::ids::{Rev, RowId};
use super::owner::Owner;
use super::refusal::{Desks, Refusal};
use super::table::{Table, row};
use super::{Act, Actor, Context, Event as AnyEvent, Incident, incident, text};
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Furthest that an answer may be promised: what takes longer than the longest time that the law gives for a reply is
/// a wrong month, not a promise.
pub const PROMISE_MAX: SignedDuration = SignedDuration::from_hours(24 * 92);

/// What was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "EnquiryAsked")]
pub struct Asked {
    /// The newspaper, station, or body that directs or manages the press.
    pub outlet: String,
    /// Who asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub asked_by: Option<String>,
    /// The question.
    pub question: String,
    /// When it arrived.
    pub received_at: Timestamp,
    /// When an answer was promised, or is wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub due_at: Option<Timestamp>,
}

/// What became of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(rename = "EnquiryOutcome")]
pub enum Outcome {
    /// It was answered.
    Answered {
        /// By a statement that is out.
        statement: Option<RowId>,
        /// How else, or what was said.
        note: Option<String>,
        /// When.
        at: Timestamp,
        /// Who recorded it.
        by: Act,
    },
    /// Information was refused.
    Declined {
        /// On which ground; none where the data of the day list none.
        ground: Option<Ground>,
        /// Why.
        reason: String,
        /// When.
        at: Timestamp,
        /// Who recorded it.
        by: Act,
    },
}

/// That somebody changed a row, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "PressChange")]
pub struct Change {
    /// Who.
    pub by: Act,
    /// Why.
    pub reason: String,
}

/// A question of the press.
#[derive(Clone, Debug, Serialize, JsonSchema, TS)]
pub struct Enquiry {
    /// Its id.
    pub id: RowId,
    /// Last change.
    pub rev: Rev,
    /// What was asked.
    pub asked: Asked,
    /// Who recorded it.
    pub entered: Act,
    /// Who has to answer; the office that recorded it when nobody was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub owner: Option<Owner>,
    /// Who handed it on last.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub handed: Option<Act>,
    /// What became of it; none while it is open.
    pub outcome: Option<Outcome>,
    /// The newest correction.
    pub corrected: Option<Change>,
    /// Struck out: recorded by mistake, counts nowhere.
    pub struck: Option<Change>,
    /// The message that it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub from: Option<RowId>,
}

row!(Enquiry, RowId);

impl Enquiry {
    /// Whether the actor has to answer it.
    pub fn is_owned_by(&self, actor: &Actor) -> bool {
        match &self.owner {
            Some(owner) => owner.is(actor),
            None => self.entered.office.is_some() && self.entered.office == actor.office,
        }
    }
    /// Waits for an answer.
    pub fn is_open(&self) -> bool {
        self.outcome.is_none() && self.struck.is_none()
    }
}

/// What a log of questions is kept beside: an incident with its statements, or the office's register without any.
pub struct Desk<'a> {
    /// The questions.
    pub rows: &'a Table<Enquiry>,
    /// Grounds on which information may be refused.
    pub grounds: &'a [Ground],
    /// When a statement first went out, or why it answers nothing.
    pub released: &'a dyn Fn(&RowId) -> Result<Timestamp, Refusal>,
    /// The owner, when they have a part where the log is kept, or why they cannot be it.
    pub owner: &'a dyn Fn(Owner) -> Result<Owner, Refusal>,
}

impl Asked {
    fn checked(self, context: &Context) -> Result<Self, Refusal> {
        let received_at = incident::typed(self.received_at, context)?;
        let due_at = self.due_at.map(|due_at| promised(received_at, due_at)).transpose()?;
        Ok(Self {
            outlet: text::title(&self.outlet)?,
            asked_by: self
                .asked_by
                .filter(|by| !by.trim().is_empty())
                .map(|by| text::title(&by))
                .transpose()?,
            question: text::note(&self.question)?,
            received_at,
            due_at,
        })
    }
}

fn promised(received_at: Timestamp, due_at: Timestamp) -> Result<Timestamp, Refusal> {
    after(received_at, due_at, "giờ hẹn trả lời")?;
    if due_at.duration_since(received_at) > PROMISE_MAX { Err(Refusal::TooFarAhead) } else { Ok(due_at) }
}

fn after(received_at: Timestamp, at: Timestamp, later: &str) -> Result<Timestamp, Refusal> {
    if at < received_at {
        let (earlier, later) = ("lúc nhận câu hỏi".into(), later.into());
        return Err(Refusal::OutOfOrder { earlier, later });
    }
    Ok(at)
}

impl Desk<'_> {
    fn standing(&self, id: &RowId) -> Result<&Enquiry, Refusal> {
        let row = self.rows.get(id).ok_or(Refusal::Unknown)?;
        if row.struck.is_some() { Err(Refusal::StruckOut) } else { Ok(row) }
    }

    fn unanswered(&self, id: &RowId) -> Result<&Enquiry, Refusal> {
        let row = self.standing(id)?;
        let answered = matches!(row.outcome, Some(Outcome::Answered { .. }));
        if answered { Err(Refusal::AlreadyAnswered) } else { Ok(row) }
    }

    /// Whether the command may be accepted, and what it changes then.
    ///
    /// # Errors
    /// Why not, in words.
    pub fn decide(&self, command: Command, context: &Context) -> Result<Event, Refusal> {
        Ok(match command {
            Command::Enter { id, .. } if self.rows.get(&id).is_some() => return Err(Refusal::AlreadyThere),
            Command::Enter { id, asked, owner, from } => Event::Entered {
                id,
                asked: asked.checked(context)?,
                owner: owner.map(self.owner).transpose()?,
                from,
            },
            Command::HandOn { id, to, note } => {
                let row = self.unanswered(&id)?;
                if row.outcome.is_some() {
                    return Err(Refusal::AlreadyAnswered);
                }
                let to = (self.owner)(to)?;
                if row.owner.as_ref() == Some(&to) {
                    return Err(Refusal::Desks(Desks::SameOwner));
                }
                Event::HandedOn { id, to, note: text::note_if_any(note.as_deref())? }
            }
            Command::Answer { id, statement, note, at } => {
                let received_at = self.unanswered(&id)?.asked.received_at;
                let note = text::note_if_any(note.as_deref())?;
                if statement.is_none() && note.is_none() {
                    return Err(Refusal::Empty);
                }
                let released = statement.as_ref().map(self.released).transpose()?;
                // Words that were out before the question came were pointed out later: when, only a person knows.
                let released = released.filter(|released| *released >= received_at);
                let at = incident::typed(at.or(released).unwrap_or(context.at), context)?;
                Event::Answered { id, statement, note, at: after(received_at, at, "lúc trả lời")? }
            }
            Command::Decline { id, ground, reason, at } => {
                let row = self.unanswered(&id)?;
                if row.outcome.is_some() {
                    return Err(Refusal::AlreadyAnswered);
                }
                let at = incident::typed(at.unwrap_or(context.at), context)?;
                let at = after(row.asked.received_at, at, "lúc từ chối")?;
                Event::Declined {
                    ground: self.ground(ground.as_deref())?,
                    id,
                    reason: text::note(&reason)?,
                    at,
                }
            }
            Command::Correct { id, asked, reason } => {
                let row = self.standing(&id)?;
                let asked = asked.checked(context)?;
                match &row.outcome {
                    Some(Outcome::Answered { at, .. } | Outcome::Declined { at, .. }) => {
                        after(asked.received_at, *at, "lúc trả lời")?;
                    }
                    None => {}
                }
                Event::Corrected { asked, reason: text::note(&reason)?, id }
            }
            Command::Strike { id, reason } => {
                self.standing(&id)?;
                Event::Struck { id, reason: text::note(&reason)? }
            }
        })
    }

    fn ground(&self, code: Option<&str>) -> Result<Option<Ground>, Refusal> {
        let listed = code.and_then(|code| self.grounds.iter().find(|ground| ground.code == code));
        match listed {
            // The data of an older day list no grounds; the reason stands alone then.
            None if self.grounds.is_empty() => Ok(None),
            None => Err(Refusal::UnknownGround),
            listed => Ok(listed.cloned()),
        }
    }
}

/// Takes an event in. Total: an event about a row that is not there changes nothing.
pub fn take_in(rows: &mut Table<Enquiry>, rev: Rev, event: &Event, act: &Act) {
    let by = act.clone();
    match event.clone() {
        Event::Entered { id, asked, owner, from } => {
            let (handed, outcome, corrected, struck) = (None, None, None, None);
            rows.put(
                rev,
                Enquiry { id, rev, asked, entered: by, owner, handed, outcome, corrected, struck, from },
            );
        }
        Event::HandedOn { id, to, .. } => rows.edit(rev, &id, |row| {
            row.owner = Some(to);
            row.handed = Some(by);
        }),
        Event::Answered { id, statement, note, at } => {
            rows.edit(rev, &id, |row| row.outcome = Some(Outcome::Answered { statement, note, at, by }));
        }
        Event::Declined { id, ground, reason, at } => {
            rows.edit(rev, &id, |row| row.outcome = Some(Outcome::Declined { ground, reason, at, by }));
        }
        Event::Corrected { id, asked, reason } => rows.edit(rev, &id, |row| {
            row.asked = asked;
            row.corrected = Some(Change { by, reason });
        }),
        Event::Struck { id, reason } => {
            rows.edit(rev, &id, |row| row.struck = Some(Change { by, reason }));
        }
    }
}

pub(super) fn decide(
    incident: &Incident,
    command: Command,
    context: &Context,
) -> Result<Vec<AnyEvent>, Refusal> {
    let released = |id: &RowId| {
        let row = incident.statements.get(id).ok_or(Refusal::Unknown)?;
        let first = row.releases.iter().map(|release| release.at).min();
        first.ok_or_else(|| Refusal::AnswerNotOut { number: row.number.clone() })
    };
    let grounds = incident.frame.as_ref().map_or(&[][..], |frame| &frame.refusal_grounds);
    let owner = |owner: Owner| owner.checked(incident);
    let desk = Desk { rows: &incident.enquiries, grounds, released: &released, owner: &owner };
    Ok(vec![AnyEvent::Enquiry(desk.decide(command, context)?)])
}

pub(super) fn apply(incident: &mut Incident, rev: Rev, event: &Event, act: &Act) {
    take_in(&mut incident.enquiries, rev, event, act);
}

#[cfg(test)]
#[path = "enquiry/tests.rs"]
mod tests;
