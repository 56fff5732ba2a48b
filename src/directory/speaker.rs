//! The list of spokespersons that the authority publishes: who speaks for which agency, by which document, how they
//! are reached, and when that was made public. It gives nobody a right here: who publishes through this program has
//! a designation of their own, and a row may say that it is about the same.

use super::{Directory, position};
use crate::domain::ids::{PersonId, Rev, RowId};
use crate::domain::incident::CLOCK_TOLERANCE;
use crate::domain::refusal::{Refusal, Speaking};
use crate::domain::table::row;
use crate::domain::{Act, MandateKind, text};
use crate::wire::{Publication, Spokesperson};
use jiff::Timestamp;
use std::collections::HashSet;

/// Fewest digits of a telephone number: short numbers of agencies have as many.
const PHONE_DIGITS_MIN: usize = 6;
/// Longest telephone field: an office gives two numbers and an extension.
const PHONE_CHARS_MAX: usize = 60;
/// Longest address of mail, as the standard has it.
const EMAIL_CHARS_MAX: usize = 254;
/// Most rows put on the list, or made public, at once: every agency of a large province several times over, in one
/// line of the log.
pub const ROWS_MAX: usize = 1_000;

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// Its id.
    pub id: RowId,
    /// Last change.
    pub rev: Rev,
    /// What it says.
    pub entry: Spokesperson,
    /// Who recorded it, and when.
    pub recorded: Act,
    /// Who corrected it last, and when.
    pub corrected: Option<Act>,
    /// Why it ended, once somebody said so, and who did.
    pub ended: Option<(Act, String)>,
    /// When it was made public last.
    pub published: Option<Publication>,
}

row!(Speaker, RowId);

impl Speaker {
    pub(super) fn new(id: RowId, entry: Spokesperson, recorded: Act) -> Self {
        Self { id, rev: 0, entry, recorded, corrected: None, ended: None, published: None }
    }
    /// What the public reads is older than what the list says.
    pub fn is_stale(&self) -> bool {
        let changed = self.corrected.as_ref().map(|act| act.at);
        self.published.as_ref().is_some_and(|published| changed > Some(published.recorded.at))
    }
}

impl Directory {
    /// Whether the row held at some moment from `begin` until just before `end`. A row about a designation of this
    /// directory ends with it.
    pub fn speaks(&self, row: &Speaker, begin: Timestamp, end: Timestamp) -> bool {
        let Spokesperson { from, until, designation, .. } = &row.entry;
        let own = position::held(Some(*from), *until, begin, end);
        own && designation
            .as_ref()
            .is_none_or(|(person, number)| self.designated(person, *number, begin, end))
    }

    /// Whether a designation of somebody held in that time.
    pub fn designated(&self, person: &PersonId, number: u32, begin: Timestamp, end: Timestamp) -> bool {
        let person = self.people.get(person);
        let held = person.and_then(|person| person.designations.iter().find(|held| held.number == number));
        held.is_some_and(|held| held.held(begin, end))
    }

    /// Entries in the form in which they are kept; one that cannot be refuses all.
    pub(super) fn listed(
        &self,
        entries: Vec<(RowId, Spokesperson)>,
    ) -> Result<Vec<(RowId, Spokesperson)>, Refusal> {
        if entries.len() > ROWS_MAX {
            return Err(Refusal::TooLong { length: entries.len(), max: ROWS_MAX });
        }
        let mut listed: Vec<(RowId, Spokesperson)> = vec![];
        for (id, entry) in entries {
            let entry = self.admitted(entry, listed.iter().map(|(_, one)| one))?;
            if self.speakers.get(&id).is_some() || listed.iter().any(|(known, _)| *known == id) {
                return Err(Refusal::AlreadyThere);
            }
            listed.push((id, entry));
        }
        Ok(listed)
    }

    /// An entry in the form in which it is kept, beside the list and those that come with it.
    pub(super) fn admitted<'a>(
        &'a self,
        entry: Spokesperson,
        beside: impl Iterator<Item = &'a Spokesperson>,
    ) -> Result<Spokesperson, Refusal> {
        let entry = self.spokesperson(entry)?;
        let mut others = self.speakers.iter().map(|row| &row.entry).chain(beside);
        match others.find(|other| same(other, &entry)) {
            Some(other) => Err(Refusal::Speaking(Speaking::SpeakerListed { name: other.name.clone() })),
            None => Ok(entry),
        }
    }

    /// A correction in the form in which it is kept; none when it changes nothing.
    pub(super) fn relisted(&self, id: &RowId, entry: Spokesperson) -> Result<Option<Spokesperson>, Refusal> {
        let row = self.speakers.get(id).ok_or(Refusal::Unknown)?;
        // The agency, the account and an end that was recorded are not what a correction is about.
        let (office, designation) = (row.entry.office.clone(), row.entry.designation.clone());
        let until = if row.ended.is_some() { row.entry.until } else { entry.until };
        let entry = self.spokesperson(Spokesperson { office, designation, until, ..entry })?;
        let mut others = self.speakers.iter().filter(|other| other.id != *id);
        if let Some(other) = others.find(|other| same(&other.entry, &entry)) {
            return Err(Refusal::Speaking(Speaking::SpeakerListed { name: other.entry.name.clone() }));
        }
        Ok((entry != row.entry).then_some(entry))
    }

    pub(super) fn delisted(&self, id: &RowId, until: Timestamp) -> Result<(), Refusal> {
        let row = self.speakers.get(id).ok_or(Refusal::Unknown)?;
        if row.entry.until.is_some_and(|ends| ends <= until) {
            return Err(Refusal::Speaking(Speaking::DesignationOver));
        }
        if until <= row.entry.from {
            return Err(Refusal::EndBeforeBeginning { from: row.entry.from });
        }
        Ok(())
    }

    /// The rows that were made public, each once.
    pub(super) fn published(
        &self,
        ids: Vec<RowId>,
        at: Timestamp,
        now: Timestamp,
    ) -> Result<Vec<RowId>, Refusal> {
        if at > now.checked_add(CLOCK_TOLERANCE).unwrap_or(now) {
            return Err(Refusal::InTheFuture);
        }
        if ids.is_empty() {
            return Err(Refusal::Empty);
        }
        let mut seen = HashSet::new();
        let ids: Vec<_> = ids.into_iter().filter(|id| seen.insert(id.clone())).collect();
        for row in ids.iter().map(|id| self.speakers.get(id)) {
            let entry = &row.ok_or(Refusal::Unknown)?.entry;
            // Nobody is made known before there is a decision about them.
            if let Some(decided) = entry.designated_at.filter(|decided| at < *decided) {
                return Err(Refusal::Speaking(Speaking::PublishedTooEarly {
                    name: entry.name.clone(),
                    decided,
                }));
            }
        }
        Ok(ids)
    }

    fn spokesperson(&self, entry: Spokesperson) -> Result<Spokesperson, Refusal> {
        let Spokesperson { kind, from, until, .. } = entry;
        if kind == MandateKind::Delegated {
            return Err(Refusal::Speaking(Speaking::NotForTheList));
        }
        if until.is_some_and(|until| until <= from) {
            return Err(Refusal::EndBeforeBeginning { from });
        }
        if let Some((person, number)) = &entry.designation {
            let person = self.people.get(person).ok_or(Refusal::Unknown)?;
            person.designations.iter().find(|held| held.number == *number).ok_or(Refusal::Unknown)?;
        }
        let (name, title) = (text::title(&entry.name)?, text::title(&entry.title)?);
        let (phone, email) = (entry.phone.trim(), entry.email.trim());
        // The law has the regular spokesperson's made public; the head is known by the office.
        let regular = kind == MandateKind::Regular;
        if (regular || !phone.is_empty()) && !is_phone(phone) {
            return Err(Refusal::Speaking(Speaking::BadPhone));
        }
        if (regular || !email.is_empty()) && !is_email(email) {
            return Err(Refusal::Speaking(Speaking::BadEmail));
        }
        let instrument = text::note_if_any(Some(&entry.instrument))?.unwrap_or_default();
        if regular && instrument.is_empty() {
            return Err(Refusal::Speaking(Speaking::NoInstrument));
        }
        let (phone, email) = (phone.to_owned(), email.to_lowercase());
        Ok(Spokesperson { name, title, phone, email, instrument, ..entry })
    }
}

/// The same person for the same agency, as the same, at the same time.
fn same(one: &Spokesperson, other: &Spokesperson) -> bool {
    let end = |entry: &Spokesperson| entry.until.unwrap_or(Timestamp::MAX);
    let who = |entry: &Spokesperson| (entry.office.clone(), entry.kind, entry.name.to_lowercase());
    who(one) == who(other) && position::held(Some(one.from), one.until, other.from, end(other))
}

/// Digits with what people write between them.
fn is_phone(text: &str) -> bool {
    let known = |c: char| c.is_ascii_digit() || " +().,;/-".contains(c);
    text.chars().count() <= PHONE_CHARS_MAX
        && text.chars().all(known)
        && text.chars().filter(char::is_ascii_digit).count() >= PHONE_DIGITS_MIN
}

/// Something before one `@`, a name with a dot behind it, nothing that does not belong into an address.
fn is_email(text: &str) -> bool {
    let known = |c: char| c.is_ascii_graphic() && !"<>()[],;:\\\"".contains(c);
    let Some((before, host)) = text.split_once('@') else { return false };
    let parts = host.split('.').collect::<Vec<_>>();
    text.len() <= EMAIL_CHARS_MAX
        && text.chars().all(known)
        && !before.is_empty()
        && !host.contains('@')
        && parts.len() >= 2
        && parts.iter().all(|part| !part.is_empty())
}
