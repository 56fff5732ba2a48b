//! Media watch: where something about the incident was published, in what tone, and how far it reached when somebody
//! looked. The same link is one row, whoever enters it and how often; a further entry is a further reading. Outlets and
//! links only: no page is ever fetched, and nobody's profile is kept.

pub mod link;
mod weighing;

pub use weighing::{Fate, Weighing};

use super::enquiry::Change;
use super::ids::{Digest, Rev, RowId};
use super::refusal::{Desks, Refusal};
use super::table::row;
use super::{Act, Context, Event as AnyEvent, Incident, incident, text};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Rows of one incident: as much as people can read of one event. A service that finds more sends what matters.
pub const ROWS_MAX: usize = 2_000;
/// Readings of one row: one an hour for four days. What grows for longer is read less often.
pub const READINGS_MAX: usize = 100;
/// Entries of one import: a day's table, in one line of the log that stays readable.
pub const IMPORT_MAX: usize = 500;
/// Highest reach that is taken: ten times the country's people; more is a slip of the keyboard.
pub const REACH_MAX: u32 = 1_000_000_000;

/// In what tone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// For what the authority does.
    Positive,
    /// Reports.
    Neutral,
    /// Against it, or alarming.
    Negative,
}

impl Tone {
    /// All tones.
    pub const ALL: [Self; 3] = [Self::Positive, Self::Neutral, Self::Negative];
    /// Its code on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Neutral => "neutral",
            Self::Negative => "negative",
        }
    }
    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Positive => "Tích cực",
            Self::Neutral => "Trung tính",
            Self::Negative => "Tiêu cực",
        }
    }
}

/// Something that was published, as somebody enters it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "ClippingEntry")]
pub struct Entry {
    /// Where it stands.
    pub link: String,
    /// The newspaper, station, site or platform; never a person's account.
    pub outlet: String,
    /// Its title, or how it begins.
    pub title: String,
    /// When it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub published_at: Option<Timestamp>,
    /// In what tone.
    pub tone: Tone,
    /// How many people it reached, as it was read; none when nobody counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reach: Option<u32>,
    /// When that was read; now when empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub read_at: Option<Timestamp>,
    /// What to mind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub note: Option<String>,
}

/// What can be corrected of a row: everything but its link, which it is known by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "ClippingWords")]
pub struct Words {
    /// The outlet.
    pub outlet: String,
    /// The title.
    pub title: String,
    /// When it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub published_at: Option<Timestamp>,
    /// In what tone.
    pub tone: Tone,
    /// What to mind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub note: Option<String>,
}

/// How far it had reached at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Reading {
    /// How many people; none when it was seen again and nobody counted.
    pub reach: Option<u32>,
    /// When it was read.
    pub at: Timestamp,
    /// Who recorded it.
    pub by: Act,
    /// The import that it came with.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub batch: Option<RowId>,
}

/// Something that was published about the incident.
#[derive(Clone, Debug, Serialize, JsonSchema, TS)]
pub struct Clipping {
    /// Its id, made from its link.
    pub id: RowId,
    /// Last change.
    pub rev: Rev,
    /// Where it stands, as it was first entered.
    pub link: String,
    /// What it is called, and its tone.
    pub words: Words,
    /// How far it reached, the oldest reading first.
    pub readings: Vec<Reading>,
    /// Who entered it first.
    pub entered: Act,
    /// The message that it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub from: Option<RowId>,
    /// The newest correction.
    pub corrected: Option<Change>,
    /// Struck out: not about this incident, or entered by mistake; counts nowhere.
    pub struck: Option<Change>,
}

row!(Clipping, RowId);

impl Clipping {
    /// How far it reached by the newest reading that has a number.
    pub fn reach(&self) -> Option<u32> {
        let counted = self.readings.iter().filter(|reading| reading.reach.is_some());
        counted.max_by_key(|reading| reading.at)?.reach
    }
}

/// What people and services ask of media watch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[ts(rename = "ClippingCommand")]
pub enum Command {
    /// Enter something that was published; what is known by its link gets a reading.
    Enter {
        /// What.
        entry: Entry,
        /// The message that it came from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        from: Option<RowId>,
    },
    /// Enter many at once: all of them, or none.
    Import {
        /// The import's id: its readings carry it.
        id: RowId,
        /// What.
        entries: Vec<Entry>,
    },
    /// Record how far it has reached now.
    Read {
        /// Which.
        id: RowId,
        /// How many people.
        reach: u32,
        /// When it was read; now when empty.
        at: Option<Timestamp>,
    },
    /// Correct what it is called, or its tone.
    Correct {
        /// Which.
        id: RowId,
        /// What is right.
        words: Words,
        /// Why.
        reason: String,
    },
    /// Strike it out.
    Strike {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
    /// Take a struck one in again.
    Restore {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
}

/// What happened to media watch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Event {
    /// Entered, or seen again.
    Entered {
        /// The row.
        id: RowId,
        /// What.
        entry: Box<Entry>,
        /// The message that it came from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<RowId>,
    },
    /// Many at once. Entries that say nothing new are left out.
    Imported {
        /// The import.
        id: RowId,
        /// What, each with its row.
        entries: Vec<(RowId, Entry)>,
    },
    /// Read again.
    Read {
        /// Which.
        id: RowId,
        /// How many people.
        reach: u32,
        /// When.
        at: Timestamp,
    },
    /// Corrected.
    Corrected {
        /// Which.
        id: RowId,
        /// What is right.
        words: Words,
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
    /// Taken in again.
    Restored {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
}

/// The entry in the form in which it is kept, and the row that it belongs to.
///
/// # Errors
/// What is wrong with it.
pub fn checked(entry: Entry, context: &Context) -> Result<(RowId, Entry), Refusal> {
    let shown = text::link(Some(&entry.link))?.ok_or(Refusal::BadLink)?;
    let id = row(&link::canonical(&shown)?);
    let words = Words {
        outlet: entry.outlet,
        title: entry.title,
        published_at: entry.published_at,
        tone: entry.tone,
        note: entry.note,
    };
    let Words { outlet, title, published_at, tone, note } = words.checked(context)?;
    let reach = entry.reach.map(reached).transpose()?;
    let read_at = incident::typed(entry.read_at.unwrap_or(context.acted_at()), context)?;
    Ok((id, Entry { link: shown, outlet, title, published_at, tone, reach, read_at: Some(read_at), note }))
}

/// The id of the row that a link belongs to: the same link, the same row.
fn row(canonical: &str) -> RowId {
    let id = format!("tin-{:.40}", Digest::of(canonical.as_bytes()).to_string());
    RowId::new(&id).expect("a prefix and hexadecimal digits make an id")
}

fn reached(reach: u32) -> Result<u32, Refusal> {
    let max = REACH_MAX;
    if reach > max { Err(Refusal::Desks(Desks::ReachTooLarge { max })) } else { Ok(reach) }
}

impl Words {
    fn checked(self, context: &Context) -> Result<Self, Refusal> {
        Ok(Self {
            outlet: text::title(&self.outlet)?,
            title: text::title(&self.title)?,
            published_at: self.published_at.map(|at| incident::typed(at, context)).transpose()?,
            tone: self.tone,
            note: text::note_if_any(self.note.as_deref())?,
        })
    }
}

pub(super) fn decide(
    incident: &Incident,
    command: Command,
    context: &Context,
) -> Result<Vec<AnyEvent>, Refusal> {
    let known = |id: &RowId| incident.clippings.get(id).ok_or(Refusal::Unknown);
    let standing = |id: &RowId| match known(id)? {
        row if row.struck.is_some() => Err(Refusal::StruckOut),
        row => Ok(row),
    };
    let event = match command {
        Command::Enter { entry, from } => {
            let (id, entry) = checked(entry, context)?;
            if Weighing::new(incident).next(&id, &entry, context.acted_at())? == Fate::Same {
                return Ok(vec![]);
            }
            Event::Entered { id, entry: Box::new(entry), from }
        }
        Command::Import { id, entries } => {
            let (length, max) = (entries.len(), IMPORT_MAX);
            if length > max {
                return Err(Refusal::Desks(Desks::ImportTooLarge { length, max }));
            }
            let (mut taken, mut weighing) = (vec![], Weighing::new(incident));
            for (entry, place) in entries.into_iter().zip(1..) {
                let of =
                    |refusal: Refusal| Refusal::Desks(Desks::BadClipping { place, why: refusal.to_string() });
                let (row, entry) = checked(entry, context).map_err(of)?;
                if weighing.next(&row, &entry, context.acted_at()).map_err(of)? != Fate::Same {
                    taken.push((row, entry));
                }
            }
            if taken.is_empty() {
                return Ok(vec![]);
            }
            Event::Imported { id, entries: taken }
        }
        Command::Read { id, reach, at } => {
            let row = standing(&id)?;
            let (reach, at) = (reached(reach)?, incident::typed(at.unwrap_or(context.acted_at()), context)?);
            if row.readings.iter().any(|one| (one.at, one.reach) == (at, Some(reach))) {
                return Ok(vec![]);
            }
            if row.readings.len() >= READINGS_MAX {
                return Err(Refusal::Desks(Desks::TooManyReadings { max: READINGS_MAX }));
            }
            Event::Read { id, reach, at }
        }
        Command::Correct { id, words, reason } => {
            let words = words.checked(context)?;
            if standing(&id)?.words == words {
                return Ok(vec![]);
            }
            Event::Corrected { id, words, reason: text::note(&reason)? }
        }
        Command::Strike { id, reason } => {
            standing(&id)?;
            Event::Struck { id, reason: text::note(&reason)? }
        }
        Command::Restore { id, .. } if known(&id)?.struck.is_none() => return Ok(vec![]),
        Command::Restore { id, reason } => Event::Restored { id, reason: text::note(&reason)? },
    };
    Ok(vec![AnyEvent::Clipping(event)])
}

pub(super) fn apply(incident: &mut Incident, rev: Rev, event: &Event, act: &Act) {
    let by = act.clone();
    match event.clone() {
        Event::Entered { id, entry, from } => take(incident, rev, &id, *entry, (None, from), act),
        Event::Imported { id: batch, entries } => {
            for (id, entry) in entries {
                take(incident, rev, &id, entry, (Some(batch.clone()), None), act);
            }
        }
        Event::Read { id, reach, at } => incident.clippings.edit(rev, &id, |row| {
            row.readings.push(Reading { reach: Some(reach), at, by, batch: None });
        }),
        Event::Corrected { id, words, reason } => incident.clippings.edit(rev, &id, |row| {
            row.words = words;
            row.corrected = Some(Change { by, reason });
        }),
        Event::Struck { id, reason } => {
            incident.clippings.edit(rev, &id, |row| row.struck = Some(Change { by, reason }));
        }
        Event::Restored { id, .. } => incident.clippings.edit(rev, &id, |row| row.struck = None),
    }
}

fn take(
    incident: &mut Incident,
    rev: Rev,
    id: &RowId,
    entry: Entry,
    (batch, from): (Option<RowId>, Option<RowId>),
    act: &Act,
) {
    let Entry { link, outlet, title, published_at, tone, reach, read_at, note } = entry;
    let reading = Reading { reach, at: read_at.unwrap_or(act.at), by: act.clone(), batch };
    if incident.clippings.get(id).is_some() {
        incident.clippings.edit(rev, id, |row| row.readings.push(reading));
        return;
    }
    let words = Words { outlet, title, published_at, tone, note };
    let (id, entered, readings) = (id.clone(), act.clone(), vec![reading]);
    let row = Clipping { id, rev, link, words, readings, entered, from, corrected: None, struck: None };
    incident.clippings.put(rev, row);
}

#[cfg(test)]
#[path = "clipping/tests.rs"]
mod tests;
