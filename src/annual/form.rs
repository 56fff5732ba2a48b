//! The form of the annual report as data: its lines, which clauses make a case, which clocks and kinds of statement
//! count, and the grounds on which information may be refused. Each with the days on which it holds.

use crate::domain::frozen::Ground;
use crate::law::Law;
use crate::playbook::page::in_force;
use crate::playbook::{Problem, Text};
use jiff::civil::Date;
use serde::Deserialize;

/// The forms of all times, and the grounds for refusing.
#[derive(Clone, Debug, Default)]
pub struct Annual {
    /// Forms, with older versions.
    pub forms: Vec<Form>,
    /// Grounds, with older versions.
    pub refusals: Vec<Listed>,
}

/// A form.
#[derive(Clone, Debug)]
pub struct Form {
    /// Its code; several versions share it.
    pub code: String,
    /// Its title.
    pub title: String,
    /// First day of this version.
    pub valid_from: Option<Date>,
    /// Last day of this version.
    pub valid_to: Option<Date>,
    /// Compared with the signed text by a person.
    pub verified: bool,
    /// Codes of the provisions it rests on.
    pub basis: Vec<String>,
    /// Code of the duty that says when it is sent.
    pub duty: String,
    /// Month and day on which its time begins.
    pub begins: (i8, i8),
    /// A press conference is held in every so many months of its time.
    pub conference_months: i8,
    /// The same in words.
    pub conference_note: String,
    /// What else to mind.
    pub notes: Vec<String>,
    /// Its lines.
    pub rows: Vec<Line>,
    /// What makes an incident a case.
    pub clauses: Vec<Clause>,
    /// What makes it one of wrong press.
    pub corrections: Corrections,
}

/// A line of a form.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its number.
    pub number: u8,
    /// What it asks for.
    pub title: String,
    /// What is counted for it.
    pub counts: Counts,
}

/// What is counted for a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    /// Press conferences held.
    Conferences,
    /// Briefings of the press that the office went to.
    Briefings,
    /// Questions answered, of those asked.
    Enquiries,
    /// Cases in which the office spoke, of all cases.
    Cases,
    /// Cases in which it spoke in time, of those with a deadline.
    OnTime,
    /// Cases of wrong press in which it demanded a correction, of all such cases.
    Corrections,
}

/// One of the clauses that make an incident a case.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Its short name.
    pub title: String,
    /// Code of the provision.
    pub basis: String,
    /// Code of the duty whose clock runs in such a case; it then has a deadline.
    pub duty: Option<String>,
    /// The press asked.
    pub asked: bool,
    /// The question of fact that was answered with yes.
    pub question: Option<String>,
}

/// What makes an incident a case of wrong press.
#[derive(Clone, Debug)]
pub struct Corrections {
    /// Code of the provision.
    pub basis: String,
    /// Kinds of statement that demand a correction.
    pub statements: Vec<String>,
    /// Playbooks for such cases.
    pub playbooks: Vec<String>,
}

/// A ground for refusing, as listed.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its code; several versions share it.
    pub code: String,
    /// The ground.
    pub title: String,
    /// Code of the provision.
    pub basis: String,
    /// First day of this version.
    pub valid_from: Option<Date>,
    /// Last day of this version.
    pub valid_to: Option<Date>,
    /// Compared with the signed text by a person.
    pub verified: bool,
}

impl Annual {
    /// The forms and grounds of a file, or everything that is wrong in it.
    ///
    /// # Errors
    /// All problems, each with its line.
    pub fn parse(source: Text<'_>) -> Result<Self, Vec<Problem>> {
        super::read::annual(source)
    }

    /// The form for a year's report: the one in force on the last day of that report's time.
    pub fn form(&self, year: i16) -> Option<&Form> {
        self.forms.iter().find(|form| {
            let last = form.days(year).and_then(|(_, next)| next.yesterday().ok());
            last.is_some_and(|last| in_force(form.valid_from, form.valid_to, last))
        })
    }

    /// The grounds that hold on a day, as an incident keeps them.
    pub fn grounds(&self, law: &Law, on: Date) -> Vec<Ground> {
        let held = self.refusals.iter().filter(|ground| in_force(ground.valid_from, ground.valid_to, on));
        let ground = |it: &Listed| Ground {
            code: it.code.clone(),
            title: it.title.clone(),
            cite: law.cite(&it.basis),
        };
        held.map(ground).collect()
    }
}

impl Form {
    /// The first day of a year's report, and the day after the last. The year is the one in which it ends.
    pub(super) fn days(&self, year: i16) -> Option<(Date, Date)> {
        let (month, day) = self.begins;
        let begins = if self.begins == (1, 1) { year } else { year.checked_sub(1)? };
        let ends = begins.checked_add(1)?;
        Some((Date::new(begins, month, day).ok()?, Date::new(ends, month, day).ok()?))
    }

    /// The duties whose clocks set a deadline.
    pub fn duties(&self) -> impl Iterator<Item = &str> {
        self.clauses.iter().filter_map(|clause| clause.duty.as_deref())
    }

    /// All provisions that it names.
    pub fn provisions(&self) -> impl Iterator<Item = &str> {
        let clauses = self.clauses.iter().map(|clause| &clause.basis);
        self.basis.iter().chain(clauses).chain([&self.corrections.basis]).map(String::as_str)
    }
}
