//! A step as it is compared and shown: everything in words, wherever it comes from — the file of a version, or the
//! record of an open incident.

use super::super::{Playbook, Task, Word, Words};
use super::{Change, Field};
use crate::domain::condition::Condition;
use crate::domain::deadline::Due;
use crate::domain::frozen::{Phase, PlannedTask, Prepared};
use serde::Serialize;
use ts_rs::TS;

/// A step in words. What is not there is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "ComparedStep")]
pub struct Step {
    /// Its number in its list.
    pub seq: u32,
    /// The title of its phase.
    pub phase: String,
    /// What is to be done.
    pub title: String,
    /// The name of the function that leads.
    pub lead: String,
    /// The names of the functions that support.
    pub support: Vec<String>,
    /// Its limit.
    pub due: String,
    /// The law requires it.
    pub mandatory: bool,
    /// What it rests on, as it is cited.
    pub basis: Vec<String>,
    /// What has to be so before it is asked for.
    pub only_if: String,
    /// What it leaves behind.
    pub output: String,
}

/// The name under which people know a code; the code where it has none.
fn name(known: &[Word], code: &str) -> String {
    let found = known.iter().find(|word| word.code == code);
    found.map_or_else(|| code.to_owned(), |word| word.name.clone())
}

/// The names of codes, in their order.
pub(super) fn names(known: &[Word], codes: &[String]) -> Vec<String> {
    codes.iter().map(|code| name(known, code)).collect()
}

impl Step {
    /// A task of a version.
    pub(super) fn of_task(task: &Task, playbook: &Playbook, words: &Words) -> Self {
        let phase = playbook.phases.iter().find(|phase| phase.code == task.phase);
        Self {
            seq: task.seq,
            phase: phase.map_or_else(String::new, |phase| phase.title.clone()),
            title: task.title.clone(),
            lead: name(&words.functions, &task.lead),
            support: names(&words.functions, &task.support),
            due: task.due.as_ref().map_or_else(String::new, Due::words),
            mandatory: task.mandatory,
            basis: names(&words.provisions, &task.basis),
            only_if: task.only_if.as_ref().map_or_else(String::new, Condition::words),
            output: task.output.as_ref().map_or_else(String::new, |output| name(&words.statements, output)),
        }
    }

    /// A task as an incident planned it, with the phases and prepared statements that it was planned with.
    pub fn planned(task: &PlannedTask, phases: &[Phase], prepared: &[Prepared]) -> Self {
        let phase = phases.iter().find(|phase| phase.code == task.phase);
        let statement = |output: &String| prepared.iter().find(|it| it.kind == *output);
        let output = |output: &String| {
            statement(output).map_or_else(|| output.clone(), |statement| statement.title.clone())
        };
        Self {
            seq: task.seq,
            phase: phase.map_or_else(String::new, |phase| phase.title.clone()),
            title: task.title.clone(),
            lead: task.function_title.clone(),
            support: task.support.clone(),
            due: task.due.as_ref().map_or_else(String::new, Due::words),
            mandatory: task.mandatory,
            basis: task.basis.iter().map(|basis| basis.cite.clone()).collect(),
            only_if: task.only_if.as_ref().map_or_else(String::new, Condition::words),
            output: task.output.as_ref().map_or_else(String::new, output),
        }
    }

    /// What differs from this step to a newer one; their numbers do not count.
    pub(super) fn changes(&self, to: &Self) -> Vec<Change> {
        let mandatory = |step: &Self| if step.mandatory { "bắt buộc" } else { "không bắt buộc" };
        let changes = [
            Change::of(Field::Phase, &self.phase, &to.phase),
            Change::of(Field::Title, &self.title, &to.title),
            Change::of(Field::Lead, &self.lead, &to.lead),
            Change::of_lists(Field::Support, &self.support, &to.support),
            Change::of(Field::Due, &self.due, &to.due),
            Change::of(Field::Mandatory, mandatory(self), mandatory(to)),
            Change::of_lists(Field::Basis, &self.basis, &to.basis),
            Change::of(Field::OnlyIf, &self.only_if, &to.only_if),
            Change::of(Field::Output, &self.output, &to.output),
        ];
        changes.into_iter().flatten().collect()
    }
}
