//! Asking offices to confirm that they know. Each office answers for itself: one that has confirmed ends nothing for
//! the others, and the room asks each again that has not.

use super::{Event, Message};
use crate::domain::ids::OfficeId;
use crate::domain::refusal::{Refusal, Talk};
use crate::domain::{Act, Command as AnyCommand, Incident};
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

/// Time between two reminders. What urgent messages of chat programs do: long enough to come to the desk, short enough
/// for a clock of the law that is counted in hours.
pub const REMIND_EVERY: SignedDuration = SignedDuration::from_mins(5);
/// Reminders to one office: half an hour. Whoever has not answered by then is rung up, not reminded.
pub const REMIND_TIMES: u32 = 6;

/// That offices are asked to confirm that they know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "MessageAsked")]
pub struct Asked {
    /// Who asked last.
    pub by: Act,
    /// Which offices.
    pub offices: Vec<AskedOffice>,
    /// Who called it off.
    pub ended: Option<Act>,
}

/// One office that is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "MessageAskedOffice")]
pub struct AskedOffice {
    /// Which.
    pub office: OfficeId,
    /// Since when.
    pub asked_at: Timestamp,
    /// Who confirmed for it, and when.
    pub confirmed: Option<Act>,
    /// How many times it was reminded.
    pub reminded: u32,
    /// When it was reminded last.
    pub reminded_at: Option<Timestamp>,
}

impl AskedOffice {
    /// When it is reminded next; none once it has confirmed, or has been reminded often enough.
    fn next_at(&self) -> Option<Timestamp> {
        let next = self.reminded + 1;
        let after = REMIND_EVERY * i32::try_from(next).ok()?;
        let open = self.confirmed.is_none() && next <= REMIND_TIMES;
        self.asked_at.checked_add(after).ok().filter(|_| open)
    }
    /// How many reminders should have gone out by then.
    fn owed(&self, now: Timestamp) -> u32 {
        let passed = now.duration_since(self.asked_at).as_secs() / REMIND_EVERY.as_secs();
        u32::try_from(passed).unwrap_or(0).min(REMIND_TIMES)
    }
}

impl Asked {
    /// Offices that have not confirmed.
    pub fn waits(&self) -> impl Iterator<Item = &AskedOffice> {
        self.offices.iter().filter(|it| self.ended.is_none() && it.confirmed.is_none())
    }
}

impl Message {
    /// Whether the office has still to confirm.
    pub fn asks(&self, office: &OfficeId) -> bool {
        self.wait_of(office).is_some()
    }
    /// The office as it is asked, while it has not confirmed.
    pub fn wait_of(&self, office: &OfficeId) -> Option<&AskedOffice> {
        self.asked.as_ref()?.waits().find(|it| it.office == *office)
    }
    /// Whether the office is or was asked.
    pub(super) fn asked_at_all(&self, office: Option<&OfficeId>) -> bool {
        let offices = self.asked.iter().flat_map(|asked| &asked.offices);
        offices.into_iter().any(|it| Some(&it.office) == office)
    }
    pub(super) fn ask(&mut self, offices: Vec<OfficeId>, by: Act) {
        let at = by.at;
        let fresh = offices.into_iter().map(|office| AskedOffice {
            office,
            asked_at: at,
            confirmed: None,
            reminded: 0,
            reminded_at: None,
        });
        let asked = self.asked.get_or_insert_with(|| Asked { by: by.clone(), offices: vec![], ended: None });
        if asked.ended.take().is_some() {
            // What was called off and is asked anew begins anew; who had confirmed still knows.
            asked.offices.retain(|it| it.confirmed.is_some());
        }
        asked.by = by;
        asked.offices.extend(fresh);
    }
    pub(super) fn of_asked(&mut self, office: &OfficeId, change: impl FnOnce(&mut AskedOffice)) {
        let offices = self.asked.iter_mut().flat_map(|asked| &mut asked.offices);
        if let Some(asked) = offices.into_iter().find(|it| it.office == *office) {
            change(asked);
        }
    }
}

/// The offices that are asked beside those that are already; none when there is none. All of them are of the incident.
pub(super) fn asked(
    incident: &Incident,
    row: Option<&Message>,
    offices: Vec<OfficeId>,
) -> Result<Option<Vec<OfficeId>>, Refusal> {
    let mut fresh: Vec<OfficeId> = vec![];
    for office in offices {
        if incident.offices.get(&office).is_none() {
            return Err(Refusal::Talk(Talk::OfficeOutside { office: office.to_string() }));
        }
        let standing = row.and_then(|row| row.asked.as_ref());
        let known = standing.is_some_and(|asked| {
            let same = asked.offices.iter().find(|it| it.office == office);
            same.is_some_and(|it| it.confirmed.is_some() || asked.ended.is_none())
        });
        if !known && !fresh.contains(&office) {
            fresh.push(office);
        }
    }
    Ok(Some(fresh).filter(|fresh| !fresh.is_empty()))
}

/// The reminders that are due. After a pause only the newest of those that were slept through is said.
pub(super) fn reminded(row: &Message, now: Timestamp) -> Result<Vec<Event>, Refusal> {
    let waits = row.asked.iter().flat_map(Asked::waits).filter(|it| it.owed(now) > it.reminded);
    let reminded = |it: &super::AskedOffice| Event::Reminded {
        id: row.id.clone(),
        office: it.office.clone(),
        time: it.owed(now),
    };
    let reminded: Vec<_> = waits.map(reminded).collect();
    if reminded.is_empty() { Err(Refusal::NotDue) } else { Ok(reminded) }
}

/// The next reminder. A closed incident reminds nobody.
pub fn next_due(incident: &Incident) -> Option<(Timestamp, AnyCommand)> {
    let open = incident.talk.asking().filter(|_| !incident.is_closed());
    let next = open.filter_map(|id| {
        let row = incident.messages.get(id)?;
        let at = row.asked.iter().flat_map(Asked::waits).filter_map(AskedOffice::next_at).min()?;
        Some((at, id))
    });
    next.min().map(|(at, id)| (at, AnyCommand::Message(super::Command::Remind { id: id.clone() })))
}
