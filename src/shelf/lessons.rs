//! What a closed incident says about its playbook: steps that were skipped, with the reason, and tasks that people
//! added. Proposed as an edit of the newest version; a person reviews and publishes it, or does not. Derived from the
//! incident's log, kept nowhere.

use super::newer::tasks_of;
use super::{Held, Shelf};
use crate::domain::ids::IncidentId;
use crate::domain::task::{Progress, Task};
use crate::domain::{Act, Incident};
use crate::library::Library;
use crate::playbook::words::key;
use crate::wire::{Lesson, PlaybookLessons};
use jiff::civil::Date;
use std::sync::Arc;

/// What follows the dash of a task.
const BOX: &str = "- [ ] ";
/// What stands where no function fits; the reader points at the line.
const NOBODY: &str = "?";

/// The lessons of an incident for each of its playbooks; none before it is closed, none where all went as planned.
pub fn lessons(
    library: &Library,
    shelf: &Shelf,
    id: &IncidentId,
    incident: &Incident,
) -> Vec<PlaybookLessons> {
    let Some(header) = incident.header.as_ref().filter(|header| header.closed.is_some()) else {
        return vec![];
    };
    let of = |playbook: &crate::domain::frozen::PlaybookRef| {
        let held = shelf.get(&playbook.id)?;
        let newest = held.newest()?;
        let skipped = |task: &&Arc<Task>| match &task.progress {
            Progress::Skipped { by, reason } => Some(lesson(task, by, reason)),
            _ => None,
        };
        let skipped: Vec<_> = tasks_of(incident, playbook).iter().filter_map(skipped).collect();
        // What people added belongs to the playbook with which it all began.
        let own = playbook.id == header.playbook.id;
        let by_hand = incident.tasks.iter().filter(|task| own && task.plan.function.is_empty());
        let mut by_hand: Vec<_> = by_hand.collect();
        by_hand.sort_by_key(|task| task.plan.seq);
        let added = |task: &&Arc<Task>| match &task.progress {
            Progress::Done { by, note, .. } => lesson(task, by, note.as_deref().unwrap_or_default()),
            Progress::Taken { by } => lesson(task, by, ""),
            Progress::Skipped { by, reason } => lesson(task, by, reason),
            Progress::Open => Lesson { title: task.plan.title.clone(), reason: String::new(), by: None },
        };
        let added_rows = by_hand.iter().filter(|task| !matches!(task.progress, Progress::Skipped { .. }));
        let added: Vec<_> = added_rows.clone().map(added).collect();
        if skipped.is_empty() && added.is_empty() {
            return None;
        }
        let mut text = newest.text.clone();
        for lesson in &skipped {
            text = noted(&text, &header.number, lesson);
        }
        for task in added_rows {
            text = with_task(&text, &header.number, task, &lead(library, task, header.in_force_on), incident);
        }
        Some(PlaybookLessons {
            incident: id.clone(),
            playbook: playbook.id.clone(),
            title: newest.version.title.clone(),
            number: header.number.clone(),
            had: playbook.version,
            considered: considered(held, &header.number),
            text: (text != newest.text).then_some(text),
            skipped,
            added,
        })
    };
    header.playbooks().filter_map(of).collect()
}

fn lesson(task: &Task, by: &Act, reason: &str) -> Lesson {
    Lesson { title: task.plan.title.clone(), reason: reason.to_owned(), by: Some(by.clone()) }
}

/// The number of the version whose reason names the incident: somebody has thought about it.
fn considered(held: &Held, number: &str) -> Option<u32> {
    let names = |reason: &String| reason.contains(number);
    let mut editions = held.editions.iter().map(|edition| &edition.version);
    editions.find(|version| version.reason.as_ref().is_some_and(names)).map(|version| version.version)
}

/// A function that the office of an added task held on the day; a person chooses when there is none.
fn lead(library: &Library, task: &Task, on: Date) -> String {
    let office = task.plan.office.as_ref();
    let held = |code: &str| {
        let holder = library.organisation.holder(code, on);
        holder.is_some_and(|holder| office.is_some_and(|office| holder.id == office.as_str()))
    };
    let function = library.organisation.functions.iter().find(|function| held(&function.code));
    function.map_or_else(|| NOBODY.to_owned(), |function| function.name.clone())
}

/// One line of a text, whatever was typed.
fn line_of(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the line is the task with this title; its marks do not count.
fn is_task(line: &str, title: &str) -> bool {
    let of = line.strip_prefix(BOX).map(|rest| rest.trim().trim_end_matches("(bắt buộc)"));
    of.is_some_and(|of| key(of) == key(title))
}

/// The text with a note below the step that was skipped; as it is when the step is not there any more.
fn noted(text: &str, number: &str, lesson: &Lesson) -> String {
    let mut lines: Vec<String> = text.lines().map(ToOwned::to_owned).collect();
    let Some(at) = lines.iter().position(|line| is_task(line, &lesson.title)) else { return text.to_owned() };
    let attributes = lines.iter().skip(at + 1).take_while(|line| line.starts_with([' ', '\t'])).count();
    let note = format!("> {number}: bước này đã được bỏ qua, lý do: {}", line_of(&lesson.reason));
    let below = at + attributes + 1;
    if lines.get(below) != Some(&note) {
        lines.insert(below, note);
    }
    lines.join("\n") + "\n"
}

/// The text with an added task at the end of its phase; as it is when the task is there already.
fn with_task(text: &str, number: &str, task: &Task, lead: &str, incident: &Incident) -> String {
    let title = line_of(&task.plan.title);
    let mut lines: Vec<String> = text.lines().map(ToOwned::to_owned).collect();
    if lines.iter().any(|line| is_task(line, &title)) {
        return text.to_owned();
    }
    let frame = incident.frame.as_ref();
    let phase = frame.and_then(|frame| frame.phases.iter().find(|phase| phase.code == task.plan.phase));
    let heading = |line: &String| line.strip_prefix("## ").map(key);
    let wanted = phase.map(|phase| key(&phase.title));
    let begin = lines.iter().position(|line| wanted.is_some() && heading(line) == wanted);
    let end = begin.map_or(lines.len(), |begin| {
        let next = lines.iter().skip(begin + 1).position(|line| heading(line).is_some());
        next.map_or(lines.len(), |next| begin + 1 + next)
    });
    let block = [
        format!("{BOX}{title}"),
        format!("  - chủ trì: {lead}"),
        format!("> {number}: việc này được thêm trong lúc xử lý."),
        String::new(),
    ];
    if end == lines.len() && lines.last().is_some_and(|line| !line.is_empty()) {
        lines.push(String::new());
    }
    let end = if end + 1 == lines.len() { lines.len() } else { end };
    lines.splice(end..end, block);
    format!("{}\n", lines.join("\n").trim_end())
}

#[cfg(test)]
#[path = "lessons/tests.rs"]
mod tests;
