//! The law as data: instruments, provisions, the clocks they set, who approves what, and working time. Pure; holds
//! no number of a decree, no length of a deadline and no holiday itself.

mod claims;
mod days;
mod matrix;
mod read;

use crate::domain::calendar::WorkingCalendar;
use crate::domain::claim::Only;
use crate::domain::condition::Condition;
use crate::domain::deadline::{Anchor, Counted, Due, Source};
use crate::domain::incident::Level;
use crate::playbook::page::in_force;
use crate::playbook::{Problem, Text};
pub use claims::{CLASSES, Claims, Per};
pub use days::{DAYS_AHEAD, Gap, Settled};
use jiff::civil::Date;
use schemars::Schema;

/// Approval rules of this kind hold for every kind that has none of its own.
pub const ANY_KIND: &str = "*";

/// The rules of all times; what is in force on a day is asked with the day.
#[derive(Clone, Debug)]
pub struct Law {
    /// Laws, decrees, plans.
    pub instruments: Vec<Instrument>,
    /// Their provisions.
    pub provisions: Vec<Provision>,
    /// The clocks they set, with older versions.
    pub duties: Vec<Duty>,
    /// What it says of claims, with older versions.
    pub claims: Vec<Claims>,
    /// Who approves what.
    pub approvals: Vec<Approval>,
    /// Working time. Only days that are surely off are off in it, so that no deadline is shown too late.
    pub calendar: WorkingCalendar,
    /// Special days in words, the doubtful ones included.
    pub days: Vec<SpecialDay>,
    /// The years whose days off are settled; none when there is no calendar.
    pub settled: Option<Settled>,
}

/// A law, a decree, a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instrument {
    /// Code in the data files.
    pub code: String,
    /// How it is cited.
    pub number: String,
    /// What it is about.
    pub title: String,
    /// First day in force, when known.
    pub valid_from: Option<Date>,
    /// Last day in force.
    pub valid_to: Option<Date>,
    /// Compared with the signed text by a person.
    pub verified: bool,
    /// Where the words were read.
    pub source: String,
}

/// A provision of an instrument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provision {
    /// Code in the data files.
    pub code: String,
    /// Code of the instrument.
    pub instrument: String,
    /// Its place: article, clause, point; empty for the whole instrument.
    pub cite: String,
    /// What it says, short.
    pub text: String,
}

/// A clock: something due within a time from a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Code; several versions share it.
    pub code: String,
    /// What has to be done.
    pub title: String,
    /// From when.
    pub anchor: Anchor,
    /// Minutes; for working days, days.
    pub amount: u32,
    /// How they are counted.
    pub counted: Counted,
    /// First day of this version.
    pub valid_from: Option<Date>,
    /// Last day of this version.
    pub valid_to: Option<Date>,
    /// Codes of the provisions it rests on.
    pub basis: Vec<String>,
    /// Compared with the signed text by a person.
    pub verified: bool,
    /// Kinds of statement whose publication stops it.
    pub stopped_by: Vec<String>,
    /// The moment whose recording stops it.
    pub stopped_when: Option<Anchor>,
    /// What else stops it, in words; a person records it.
    pub stopped_on: Option<String>,
    /// Until this holds, it does not apply.
    pub only_if: Option<Condition>,
    /// Whose clock it is, when it is not the incident's.
    pub per: Option<Per>,
    /// For which claims or requests only.
    pub only: Option<Only>,
    /// The limit lies before the moment, not after it.
    pub before: bool,
    /// The function that owes it; none when it is owed by somebody outside (the press, a platform).
    pub obligor: Option<String>,
    /// What is uncertain about it.
    pub note: Option<String>,
}

impl Duty {
    /// Its limit, as the law's.
    pub fn due(&self) -> Due {
        Due {
            anchor: self.anchor,
            amount: self.amount,
            counted: self.counted,
            source: Source::Law,
            before: self.before,
        }
    }
}

/// Who drafts, approves and publishes a kind of statement at some levels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// The kind, or [`ANY_KIND`].
    pub kind: String,
    /// The levels at which it holds.
    pub levels: Vec<u8>,
    /// Functions that may draft.
    pub drafters: Vec<String>,
    /// Who is asked, turn by turn.
    pub asks: Vec<Ask>,
    /// The function that publishes.
    pub publisher: String,
    /// From the first draft to publication, minutes.
    pub target_minutes: u32,
}

/// One question of a rule: a function that is asked whether the words may go out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Which function.
    pub of: String,
    /// Nothing goes out without its approval; otherwise it is consulted.
    pub must: bool,
    /// Its turn, from 1; those of one turn are asked together.
    pub turn: u8,
    /// Minutes to answer in.
    pub minutes: Option<u32>,
    /// Silence is noted when the minutes have run out, and holds nothing up.
    pub silence: bool,
}

impl Approval {
    /// Those whose approval it takes, in the order of their turns.
    pub fn required(&self) -> impl Iterator<Item = &Ask> {
        self.asks.iter().filter(|ask| ask.must)
    }
    /// Those who are consulted, in the order of their turns.
    pub fn consulted(&self) -> impl Iterator<Item = &Ask> {
        self.asks.iter().filter(|ask| !ask.must)
    }
}

/// A day, or some days, on which work is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpecialDay {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Its name.
    pub name: String,
    /// What kind of day.
    pub work: Work,
    /// What is uncertain about it.
    pub note: Option<String>,
}

/// What a special day means for work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// A day off.
    Off,
    /// A working day that makes up for a day off.
    MakeUp,
    /// Perhaps a day off: worked, as far as deadlines go.
    Doubtful,
}

/// The shapes of the three files, for editors.
pub(crate) fn shapes() -> [(&'static str, Schema); 3] {
    [("law", read::shape()), ("approvals", matrix::shape()), ("calendar", days::shape())]
}

impl Law {
    /// The law of the three files, or everything that is wrong in them.
    pub fn parse(law: Text<'_>, approvals: Text<'_>, calendar: Text<'_>) -> Result<Self, Vec<Problem>> {
        read::law(law, approvals, calendar)
    }
    /// No law at all, for a library whose files are broken.
    pub fn none() -> Self {
        let calendar = WorkingCalendar {
            utc_offset_minutes: 0,
            weekdays: vec![],
            spans: vec![],
            holidays: vec![],
            extra_days: vec![],
        };
        Self {
            instruments: vec![],
            provisions: vec![],
            duties: vec![],
            claims: vec![],
            approvals: vec![],
            calendar,
            days: vec![],
            settled: None,
        }
    }
    /// What the calendar lacks, or will lack before long, as a person reads it on this day.
    pub fn gap(&self, today: Date) -> Option<Gap> {
        self.settled.as_ref()?.gap(today, &self.days)
    }
    /// The instrument with this code.
    pub fn instrument(&self, code: &str) -> Option<&Instrument> {
        self.instruments.iter().find(|instrument| instrument.code == code)
    }
    /// The provision with this code.
    pub fn provision(&self, code: &str) -> Option<&Provision> {
        self.provisions.iter().find(|provision| provision.code == code)
    }
    /// A provision as it is cited: instrument, article, clause. An unknown code is returned as it is.
    pub fn cite(&self, code: &str) -> String {
        let Some(provision) = self.provision(code) else { return code.to_owned() };
        let number =
            self.instrument(&provision.instrument).map_or("", |instrument| instrument.number.as_str());
        if provision.cite.is_empty() { number.to_owned() } else { format!("{number}, {}", provision.cite) }
    }
    /// Whether the instrument of a provision is in force on a day: an old incident must not be shown a younger law.
    pub fn holds(&self, code: &str, on: Date) -> bool {
        let instrument = self.provision(code).and_then(|provision| self.instrument(&provision.instrument));
        instrument.is_some_and(|known| in_force(known.valid_from, known.valid_to, on))
    }
    /// Whether a person has compared the provision's instrument with the signed text.
    pub fn verified(&self, code: &str) -> bool {
        let instrument = self.provision(code).and_then(|provision| self.instrument(&provision.instrument));
        instrument.is_some_and(|instrument| instrument.verified)
    }
    /// The version of a duty that is in force on a day.
    pub fn duty(&self, code: &str, on: Date) -> Option<&Duty> {
        let holds = |duty: &&Duty| duty.code == code && in_force(duty.valid_from, duty.valid_to, on);
        self.duties.iter().find(holds)
    }
    /// What the law says of claims on a day.
    pub fn claims(&self, on: Date) -> Option<&Claims> {
        self.claims.iter().find(|claims| in_force(claims.valid_from, claims.valid_to, on))
    }
    /// The duties of which each claim gets a clock of its own, as they stand on a day.
    pub fn per_claim(&self, on: Date) -> impl Iterator<Item = &Duty> {
        let own = self.duties.iter().filter(|duty| duty.per == Some(Per::Claim));
        own.filter(move |duty| in_force(duty.valid_from, duty.valid_to, on))
    }
    /// Who approves a kind of statement at a level; the rule for any kind when it has none of its own.
    pub fn approval(&self, kind: &str, level: Level) -> Option<&Approval> {
        let rule = |kind: &str| {
            self.approvals.iter().find(|rule| rule.kind == kind && rule.levels.contains(&level.get()))
        };
        rule(kind).or_else(|| rule(ANY_KIND))
    }
}

#[cfg(test)]
mod tests;
