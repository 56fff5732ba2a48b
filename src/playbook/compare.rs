//! Two versions of a playbook, or the steps of an open incident and those of a newer version: what is the same, what
//! changed from which words to which, what came, what went. Pure; decides nothing about what becomes of it.

mod likeness;
mod step;

pub use step::Step;

use super::{Playbook, Words};
use crate::domain::frozen::Expected;
use serde::Serialize;
use ts_rs::TS;

/// Stands where there is nothing.
const NOTHING: &str = "không có";

/// A thing that can differ; its name is the one that the files use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "PlaybookField")]
pub enum Field {
    /// The title, of a playbook or of a step.
    Title,
    /// When to use it.
    When,
    /// Signs that say: open an incident.
    Triggers,
    /// Words by which it is found.
    Keywords,
    /// The level an incident begins with.
    Level,
    /// When to raise the level.
    Escalation,
    /// How to speak.
    Strategy,
    /// The clocks of the law.
    Clocks,
    /// The statements prepared.
    Statements,
    /// The questions to prepare for, with their hints.
    Questions,
    /// The phase of a step.
    Phase,
    /// Who leads a step.
    Lead,
    /// Who supports it.
    Support,
    /// Its limit.
    Due,
    /// Whether the law requires it.
    Mandatory,
    /// What it rests on.
    Basis,
    /// What has to be so before it is asked for.
    OnlyIf,
    /// What it leaves behind.
    Output,
}

impl Field {
    /// Its name, as the files write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "tên",
            Self::When => "khi dùng",
            Self::Triggers => "dấu hiệu",
            Self::Keywords => "từ khóa",
            Self::Level => "mức",
            Self::Escalation => "nâng mức",
            Self::Strategy => "chiến lược",
            Self::Clocks => "đồng hồ",
            Self::Statements => "mẫu",
            Self::Questions => "câu hỏi cần chuẩn bị",
            Self::Phase => "giai đoạn",
            Self::Lead => "chủ trì",
            Self::Support => "phối hợp",
            Self::Due => "thời hạn",
            Self::Mandatory => "bắt buộc",
            Self::Basis => "căn cứ",
            Self::OnlyIf => "điều kiện",
            Self::Output => "đầu ra",
        }
    }
}

/// One thing that differs, in words. Of a list only the items that went and those that came are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "PlaybookChange")]
pub struct Change {
    /// What differs.
    pub field: Field,
    /// Its name.
    pub name: String,
    /// The words before.
    pub before: String,
    /// The words after.
    pub after: String,
}

impl Change {
    /// The two words, when they are not the same.
    fn of(field: Field, before: &str, after: &str) -> Option<Self> {
        let shown = |words: &str| if words.is_empty() { NOTHING.to_owned() } else { words.to_owned() };
        let name = field.name().to_owned();
        (before != after).then(|| Self { field, name, before: shown(before), after: shown(after) })
    }
    /// What went from a list and what came to it.
    fn of_lists(field: Field, before: &[String], after: &[String]) -> Option<Self> {
        let without = |these: &[String], those: &[String]| {
            these.iter().filter(|item| !those.contains(item)).cloned().collect::<Vec<_>>().join("; ")
        };
        Self::of(field, &without(before, after), &without(after, before))
    }
}

/// How a step stands to the other list. Steps are named by their numbers in their lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(rename = "StepDifference")]
pub enum Difference {
    /// The same on both sides.
    Same {
        /// Its number before.
        before: u32,
        /// Its number after.
        after: u32,
        /// What is to be done.
        title: String,
    },
    /// On both sides, and not the same.
    Changed {
        /// Its number before.
        before: u32,
        /// Its number after.
        after: u32,
        /// What is to be done, after.
        title: String,
        /// What differs.
        changes: Vec<Change>,
    },
    /// Only after.
    Added {
        /// Its number.
        after: u32,
        /// The step.
        step: Step,
    },
    /// Only before.
    Removed {
        /// Its number.
        before: u32,
        /// The step.
        step: Step,
    },
}

/// What two versions of a playbook have and have not in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "PlaybookComparison")]
pub struct Comparison {
    /// What differs above and below the steps.
    pub head: Vec<Change>,
    /// The steps, in the order of the newer version; one that went stands behind the one that it followed.
    pub steps: Vec<Difference>,
}

impl Comparison {
    /// The comparison of two versions; `words` has the names of all that they call by code.
    pub fn of(before: &Playbook, after: &Playbook, words: &Words) -> Self {
        let listed = |playbook: &Playbook| -> Vec<Step> {
            playbook.tasks.iter().map(|task| Step::of_task(task, playbook, words)).collect()
        };
        Self { head: head(before, after, words), steps: steps(&listed(before), &listed(after)) }
    }
    /// Nothing differs that anybody would see.
    pub fn is_empty(&self) -> bool {
        self.head.is_empty() && self.steps.iter().all(|it| matches!(it, Difference::Same { .. }))
    }
}

fn head(before: &Playbook, after: &Playbook, words: &Words) -> Vec<Change> {
    let level = |of: &Playbook| format!("{} – {}", of.level.get(), of.level.title());
    let clocks = |of: &Playbook| step::names(&words.duties, &of.clocks);
    let statements = |of: &Playbook| step::names(&words.statements, &of.statements);
    let mut changes: Vec<Change> = [
        Change::of(Field::Title, &before.title, &after.title),
        Change::of(Field::When, &before.when, &after.when),
        Change::of(Field::Triggers, &before.triggers, &after.triggers),
        Change::of_lists(Field::Keywords, &before.keywords, &after.keywords),
        Change::of(Field::Level, &level(before), &level(after)),
        Change::of(Field::Escalation, &before.escalation, &after.escalation),
        Change::of(Field::Strategy, &before.strategy, &after.strategy),
        Change::of_lists(Field::Clocks, &clocks(before), &clocks(after)),
        Change::of_lists(Field::Statements, &statements(before), &statements(after)),
    ]
    .into_iter()
    .flatten()
    .collect();
    changes.extend(questions(&before.expected, &after.expected));
    changes
}

/// The questions that came, went, or have another hint: one change each, because each is prepared by itself.
fn questions(before: &[Expected], after: &[Expected]) -> Vec<Change> {
    let in_list = |list: &[Expected], question: &str| {
        list.iter().find(|other| other.question == question).map(|other| other.hint.clone())
    };
    let whole = |asked: &Expected| format!("{} ({})", asked.question, asked.hint);
    let gone = before.iter().filter(|asked| in_list(after, &asked.question).is_none());
    let gone = gone.filter_map(|asked| Change::of(Field::Questions, &whole(asked), ""));
    let here = after.iter().filter_map(|asked| match in_list(before, &asked.question) {
        None => Change::of(Field::Questions, "", &whole(asked)),
        Some(hint) if hint == asked.hint => None,
        Some(hint) => {
            let was = Expected { question: asked.question.clone(), hint };
            Change::of(Field::Questions, &whole(&was), &whole(asked))
        }
    });
    gone.chain(here).collect()
}

/// The steps of two lists against each other.
pub fn steps(before: &[Step], after: &[Step]) -> Vec<Difference> {
    let pairs = likeness::pairs(before, after);
    let partner = |place: usize| pairs.iter().find(|(_, newer)| *newer == place).map(|(older, _)| *older);
    let kept = |place: usize| pairs.iter().any(|(older, _)| *older == place);
    let mut differences = vec![];
    let gone_from = |from: usize, differences: &mut Vec<Difference>| {
        for (_, step) in before.iter().enumerate().skip(from).take_while(|(place, _)| !kept(*place)) {
            differences.push(Difference::Removed { before: step.seq, step: step.clone() });
        }
    };
    gone_from(0, &mut differences);
    for (place, step) in after.iter().enumerate() {
        let Some((at, older)) = partner(place).and_then(|at| Some((at, before.get(at)?))) else {
            differences.push(Difference::Added { after: step.seq, step: step.clone() });
            continue;
        };
        let (changes, title) = (older.changes(step), step.title.clone());
        differences.push(if changes.is_empty() {
            Difference::Same { before: older.seq, after: step.seq, title }
        } else {
            Difference::Changed { before: older.seq, after: step.seq, title, changes }
        });
        gone_from(at + 1, &mut differences);
    }
    differences
}

#[cfg(test)]
mod tests;
