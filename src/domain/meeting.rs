//! The press log, second half: press conferences held, and briefings of the press that the office went to. Recorded when
//! they have taken place; a mistake is corrected or struck out in the open. Kept by every incident, and by the office
//! for what belongs to none.

use super::enquiry::Change;
use super::ids::{Rev, RowId};
use super::refusal::Refusal;
use super::table::{Table, row};
use super::{Act, Context, Event as AnyEvent, Incident, incident, text};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What kind of meeting it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "MeetingKind")]
pub enum Kind {
    /// The office held a press conference.
    PressConference,
    /// The office spoke at a briefing of the press that somebody else called.
    PressBriefing,
}

impl Kind {
    /// All kinds.
    pub const ALL: &'static [Self] = &[Self::PressConference, Self::PressBriefing];
    /// The code used on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::PressConference => "press_conference",
            Self::PressBriefing => "press_briefing",
        }
    }
    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Self::PressConference => "Họp báo",
            Self::PressBriefing => "Giao ban báo chí",
        }
    }
}

/// What is recorded of a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "MeetingHeld")]
pub struct Held {
    /// What kind.
    pub kind: Kind,
    /// When it began.
    pub held_at: Timestamp,
    /// Where, or on which platform.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub place: Option<String>,
    /// Who chaired, what was said, who came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub note: Option<String>,
}

/// A meeting with the press.
#[derive(Clone, Debug, Serialize, JsonSchema, TS)]
pub struct Meeting {
    /// Its id.
    pub id: RowId,
    /// Last change.
    pub rev: Rev,
    /// What is recorded of it.
    pub held: Held,
    /// Who recorded it.
    pub recorded: Act,
    /// The newest correction.
    pub corrected: Option<Change>,
    /// Struck out: recorded by mistake, counts nowhere.
    pub struck: Option<Change>,
}

row!(Meeting, RowId);

/// What people ask of the log of meetings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[ts(rename = "MeetingCommand")]
pub enum Command {
    /// Record one that has taken place.
    Record {
        /// Its id.
        id: RowId,
        /// What is recorded of it.
        held: Held,
    },
    /// Correct what was recorded.
    Correct {
        /// Which.
        id: RowId,
        /// What is recorded of it.
        held: Held,
        /// Why it is corrected.
        reason: String,
    },
    /// Strike it out: recorded twice, or by mistake.
    Strike {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
}

/// What happened to the log of meetings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Event {
    /// Recorded.
    Recorded {
        /// Its id.
        id: RowId,
        /// What is recorded of it.
        held: Held,
    },
    /// Corrected.
    Corrected {
        /// Which.
        id: RowId,
        /// What is recorded of it.
        held: Held,
        /// Why.
        reason: String,
    },
    /// Struck out.
    Struck {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
}

impl Held {
    fn checked(self, context: &Context) -> Result<Self, Refusal> {
        Ok(Self {
            kind: self.kind,
            held_at: incident::typed(self.held_at, context)?,
            place: self
                .place
                .filter(|place| !place.trim().is_empty())
                .map(|it| text::title(&it))
                .transpose()?,
            note: text::note_if_any(self.note.as_deref())?,
        })
    }
}

/// Whether the command may be accepted over these rows, and what it changes then.
///
/// # Errors
/// Why not, in words.
pub fn decide_over(rows: &Table<Meeting>, command: Command, context: &Context) -> Result<Event, Refusal> {
    let standing = |id: &RowId| match rows.get(id) {
        None => Err(Refusal::Unknown),
        Some(row) if row.struck.is_some() => Err(Refusal::StruckOut),
        Some(_) => Ok(()),
    };
    Ok(match command {
        Command::Record { id, .. } if rows.get(&id).is_some() => return Err(Refusal::AlreadyThere),
        Command::Record { id, held } => Event::Recorded { id, held: held.checked(context)? },
        Command::Correct { id, held, reason } => {
            standing(&id)?;
            Event::Corrected { id, held: held.checked(context)?, reason: text::note(&reason)? }
        }
        Command::Strike { id, reason } => {
            standing(&id)?;
            Event::Struck { id, reason: text::note(&reason)? }
        }
    })
}

/// Takes an event in. Total: an event about a row that is not there changes nothing.
pub fn take_in(rows: &mut Table<Meeting>, rev: Rev, event: &Event, act: &Act) {
    let by = act.clone();
    match event.clone() {
        Event::Recorded { id, held } => {
            rows.put(rev, Meeting { id, rev, held, recorded: by, corrected: None, struck: None });
        }
        Event::Corrected { id, held, reason } => rows.edit(rev, &id, |row| {
            row.held = held;
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
    Ok(vec![AnyEvent::Meeting(decide_over(&incident.meetings, command, context)?)])
}

pub(super) fn apply(incident: &mut Incident, rev: Rev, event: &Event, act: &Act) {
    take_in(&mut incident.meetings, rev, event, act);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Command as AnyCommand, given};

    fn id() -> RowId {
        RowId::new("h-1").expect("an id")
    }
    fn held(time: &str) -> Held {
        let (place, note) = (Some("  Hội trường   A ".into()), Some(String::new()));
        Held { kind: Kind::PressConference, held_at: given::at(time), place, note }
    }
    fn on(verb: Command) -> AnyCommand {
        AnyCommand::Meeting(verb)
    }
    fn record(time: &str) -> AnyCommand {
        on(Command::Record { id: id(), held: held(time) })
    }

    #[test]
    fn a_conference_is_recorded_when_it_has_taken_place() {
        let open = given::an_incident().by("people");
        open.clone().when(record("18:00:00")).refused(Refusal::InTheFuture);
        let told = open.when(record("12:10:00")).accepted();
        let row = told.incident().meetings.get(&id()).expect("recorded").clone();
        assert_eq!((row.held.place.as_deref(), row.held.note.as_deref()), (Some("Hội trường A"), None));
        let line = told.incident().lines.newest().expect("a line").clone();
        assert_eq!((line.occurred_at, line.kind.code()), (given::at("12:10:00"), "press"));
        assert!(line.text.starts_with("Họp báo tại Hội trường A"), "{}", line.text);
        told.when(record("12:10:00")).refused(Refusal::AlreadyThere);
    }

    #[test]
    fn a_mistake_is_corrected_or_struck_out_with_a_reason() {
        let told = given::an_incident().by("people").when(record("12:10:00")).accepted();
        let correct = |reason: &str| {
            let held = Held { kind: Kind::PressBriefing, ..held("12:15:00") };
            on(Command::Correct { id: id(), held, reason: reason.into() })
        };
        told.clone().when(correct(" ")).refused(Refusal::Empty);
        let corrected = told.when(correct("ghi nhầm loại")).accepted();
        let row = corrected.incident().meetings.get(&id()).expect("recorded").clone();
        assert_eq!((row.held.kind, row.corrected.is_some()), (Kind::PressBriefing, true));
        let strike = || on(Command::Strike { id: id(), reason: "ghi hai lần".into() });
        let struck = corrected.when(strike()).accepted();
        struck.clone().when(strike()).refused(Refusal::StruckOut);
        struck.when(correct("lại")).refused(Refusal::StruckOut);
    }
}
