//! The course of an incident: from when it stood at which level, and in which phase of its playbook. Kept beside the
//! header, so that the line of the incident can be drawn without its whole timeline.
//!
//! Nobody declares a phase. An incident stands in the furthest phase in which somebody took or finished a task, in the
//! order of the playbook, and in the last one when it is closed; it never goes back. A task that is taken late from an
//! earlier phase does not move it.

use super::ids::{Rev, RowId};
use super::level::Level;
use super::{Event, Incident, incident, task};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;
use ts_rs::TS;

/// From when the incident stood at a level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct LevelStep {
    /// The level.
    pub level: Level,
    /// Since when, as recorded.
    pub at: Timestamp,
    /// The line of the log that says so.
    pub rev: Rev,
}

/// From when the incident stood in a phase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct PhaseStep {
    /// The phase's code.
    #[ts(type = "string")]
    pub phase: Arc<str>,
    /// Since when, as recorded.
    pub at: Timestamp,
    /// The line of the log that says so.
    pub rev: Rev,
}

/// Levels and phases, each in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Course {
    /// Levels; the first is the one that it opened with.
    pub levels: Vec<LevelStep>,
    /// Phases; the first is the playbook's first.
    pub phases: Vec<PhaseStep>,
}

impl Incident {
    /// The phase in which the incident stands; none for a playbook without phases.
    pub fn phase(&self) -> Option<Arc<str>> {
        Some(self.header.as_ref()?.course.phases.last()?.phase.clone())
    }

    fn place_of(&self, phase: &str) -> Option<usize> {
        self.frame.as_ref()?.phases.iter().position(|known| known.code == phase)
    }
}

/// Moves the course on, once the event has changed the incident.
pub(super) fn advance(incident: &mut Incident, rev: Rev, at: Timestamp, event: &Event) {
    let level = match event {
        Event::Incident(incident::Event::Opened(opening)) => Some(opening.level),
        Event::Incident(incident::Event::LevelSet { level, .. }) => Some(*level),
        _ => None,
    };
    let reached = reached(incident, event).filter(|phase| {
        let now = incident.phase().and_then(|now| incident.place_of(&now));
        // A phase that the frame does not know has no place, so it is never reached.
        incident.place_of(phase).is_some_and(|place| now.is_none_or(|now| place > now))
    });
    if level.is_none() && reached.is_none() {
        return;
    }
    incident::edit(incident, rev, |header| {
        header.course.levels.extend(level.map(|level| LevelStep { level, at, rev }));
        header.course.phases.extend(reached.map(|phase| PhaseStep { phase: phase.into(), at, rev }));
    });
}

/// The phase that an event shows the incident to be in.
fn reached(incident: &Incident, event: &Event) -> Option<String> {
    let phases = &incident.frame.as_ref()?.phases;
    let of = |id: &RowId| incident.tasks.get(id).map(|row| row.plan.phase.clone());
    match event {
        Event::Incident(incident::Event::Opened(_)) => phases.first().map(|phase| phase.code.clone()),
        Event::Incident(incident::Event::Closed { .. }) => phases.last().map(|phase| phase.code.clone()),
        Event::Task(task::Event::Taken { id } | task::Event::Finished { id, .. }) => of(id),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::given::{self, Case, at};
    use crate::domain::incident::Phase;
    use crate::domain::{Command, task};

    fn in_three_phases() -> Case {
        given::an_incident_with(|opening| {
            let phase = |code: &str| Phase { code: code.into(), title: code.into() };
            opening.phases = ["intake", "words", "learning"].map(phase).into();
            opening.tasks[1].phase = "words".into();
            opening.tasks[2].phase = "nowhere".into();
        })
    }
    fn take(seq: u32) -> Command {
        Command::Task(task::Command::Take { id: RowId::new(&format!("t-{seq}")).expect("an id") })
    }
    fn phases(case: &Case) -> Vec<String> {
        let header = case.incident().header.clone().expect("open");
        header.course.phases.iter().map(|step| step.phase.to_string()).collect()
    }

    #[test]
    fn an_incident_stands_in_the_furthest_phase_that_somebody_works_in() {
        let open = in_three_phases();
        assert_eq!(phases(&open), ["intake"]);
        let words = open.at(at("12:40:00")).by("people").when(take(2)).accepted();
        assert_eq!(phases(&words), ["intake", "words"]);
        // The act that begins a phase belongs to it; what was before does not.
        let of_lines: Vec<_> = words.incident().lines.iter().map(|line| line.phase.clone()).collect();
        assert_eq!(of_lines.last(), Some(&Some("words".into())));
        assert_eq!(of_lines.first(), Some(&Some("intake".into())));
        let back = words.by("press").when(take(1)).accepted();
        assert_eq!(phases(&back), ["intake", "words"], "an earlier task does not take it back");
    }

    #[test]
    fn levels_are_kept_with_the_line_that_says_so() {
        let level = |level| {
            Command::Incident(incident::Command::SetLevel {
                level: Level::new(level).expect("1 to 4"),
                reason: "nước lên".into(),
                despite: false,
            })
        };
        let raised = given::an_incident().at(at("12:40:00")).by("press").when(level(4)).accepted();
        let header = raised.incident().header.clone().expect("open");
        let steps: Vec<_> =
            header.course.levels.iter().map(|step| (step.level.get(), step.at, step.rev)).collect();
        assert_eq!(steps, [(3, at("12:00:00"), 1), (4, at("12:40:00"), 2)]);
    }
}
