//! Looking into the timeline: which lines fit, and a page of them. Everything that is asked has to fit. The browser
//! judges what arrives by the same rules (`web/src/timeline/filter.ts`); `tests/line_filter.json` holds both to them.

use super::{Kind, Line};
use crate::domain::folding::Wanted;
use crate::domain::ids::{OfficeId, PersonId, Rev};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use ts_rs::TS;

/// By which of its two times a line is placed, and from–to is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "LineOrder")]
pub enum Order {
    /// When it was recorded: the order of the log.
    #[default]
    Recorded,
    /// When it happened, as people say.
    Occurred,
}

/// What somebody wants to see of the timeline. What is not said does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// The office of whoever recorded it.
    pub office: Option<OfficeId>,
    /// What it is about.
    pub kind: Option<Kind>,
    /// The phase in which the incident stood.
    pub phase: Option<String>,
    /// Who recorded it.
    pub person: Option<PersonId>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Not after.
    pub to: Option<Timestamp>,
    /// By which time.
    pub order: Order,
    /// Words in the sentence, its source, or the reason of a correction.
    pub words: String,
    /// Only what belongs in the report.
    pub report: bool,
}

/// Where a page begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Start {
    /// At the newest line.
    #[default]
    Newest,
    /// After this line, towards older ones.
    After((Rev, u32)),
    /// A little before this line, so that it stands among its neighbours.
    Around((Rev, u32)),
}

/// A person who recorded lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct LinePerson {
    /// Who.
    pub person: PersonId,
    /// Name, as the newest line has it.
    pub name: String,
    /// How many lines.
    pub lines: u32,
}

/// A page of the timeline, newest first.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LinePage {
    /// The revision at which it was answered.
    pub rev: Rev,
    /// The lines.
    pub lines: Vec<Arc<Line>>,
    /// How many lines fit.
    pub matched: u32,
    /// How many lines there are.
    pub total: u32,
    /// How many that fit stand before the first one here.
    pub newer: u32,
    /// How many that fit stand after the last one here.
    pub older: u32,
    /// Everybody who recorded lines, by name.
    pub people: Vec<LinePerson>,
}

/// Lines that stand before the one that a page is asked around.
const AROUND: usize = 30;

impl Order {
    fn at(self, line: &Line) -> Timestamp {
        match self {
            Self::Recorded => line.by.at,
            Self::Occurred => line.occurred_at,
        }
    }
    /// Where a line stands among the others. Nothing in it ever changes, so pages neither miss nor repeat a line.
    fn place(self, line: &Line) -> (Option<Timestamp>, (Rev, u32)) {
        let at = match self {
            Self::Recorded => None,
            Self::Occurred => Some(line.occurred_at),
        };
        (at, line.id)
    }
}

impl Filter {
    /// Whether a line fits; `words` are the filter's own, folded once.
    fn fits(&self, line: &Line, words: &Wanted) -> bool {
        let at = self.order.at(line);
        self.office.as_ref().is_none_or(|office| line.by.office.as_ref() == Some(office))
            && self.kind.is_none_or(|kind| line.kind == kind)
            && self.phase.as_deref().is_none_or(|phase| line.phase.as_deref() == Some(phase))
            && self.person.as_ref().is_none_or(|person| line.by.person == *person)
            && self.from.is_none_or(|from| at >= from)
            && self.to.is_none_or(|to| at <= to)
            && (!self.report || line.report.is_some())
            // Last, because folding is what costs.
            && (words.is_empty() || words.is_in(&line.words()))
    }

    /// A page of the lines that fit, `size` at most.
    pub fn page<'a>(
        &self,
        rev: Rev,
        lines: impl Iterator<Item = &'a Arc<Line>>,
        start: Start,
        named: Option<&Line>,
        size: usize,
    ) -> LinePage {
        let words = Wanted::of(&self.words);
        let mut people: BTreeMap<&PersonId, LinePerson> = BTreeMap::new();
        let (mut total, mut fitting) = (0, vec![]);
        for line in lines {
            total += 1;
            let (person, name) = (&line.by.person, &line.by.name);
            let known = people.entry(person).or_insert_with(|| LinePerson {
                person: person.clone(),
                name: String::new(),
                lines: 0,
            });
            known.lines += 1;
            if known.name != *name {
                known.name.clone_from(name);
            }
            if self.fits(line, &words) {
                fitting.push(line);
            }
        }
        fitting.sort_unstable_by_key(|line| std::cmp::Reverse(self.order.place(line)));
        let place = named.map(|line| self.order.place(line));
        let from = match (start, place) {
            (Start::Newest, _) | (_, None) => 0,
            (Start::After(_), Some(place)) => fitting.partition_point(|line| self.order.place(line) >= place),
            (Start::Around(_), Some(place)) => {
                fitting.partition_point(|line| self.order.place(line) > place).saturating_sub(AROUND)
            }
        };
        let to = (from + size).min(fitting.len());
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let mut people: Vec<_> = people.into_values().collect();
        people.sort_by(|a, b| (&a.name, &a.person).cmp(&(&b.name, &b.person)));
        LinePage {
            rev,
            matched: count(fitting.len()),
            total: count(total),
            newer: count(from),
            older: count(fitting.len() - to),
            lines: fitting[from..to].iter().map(|line| (*line).clone()).collect(),
            people,
        }
    }
}

impl Line {
    /// Everything in it that is looked for by words.
    fn words(&self) -> String {
        let more = [&self.source, &self.reason].into_iter().flatten();
        more.fold(self.text.clone(), |text, more| text + "\n" + more)
    }
}

#[cfg(test)]
#[path = "filter/tests.rs"]
mod tests;
