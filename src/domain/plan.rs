//! The plan of an incident: the playbooks that run in it, and steps taken over from a newer version when the room
//! decides so. What people did stays; a plan only adds, and rewrites what nobody has finished.

use super::condition::{Condition, same};
use super::deadline::{Anchor, Clock, Deadline};
use super::frozen::{Expected, Phase, PlannedOffice, PlannedTask, PlaybookRef, Prepared};
use super::ids::{Rev, RowId};
use super::incident::{Frame, Header};
use super::refusal::{Playbooks, Refusal};
use super::{Act, Event as AnyEvent, Incident, office, question, task, text};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use ts_rs::TS;

/// Most playbooks in one incident: more are several incidents.
pub const PLAYBOOKS_MAX: usize = 5;

/// What a playbook brings into an incident, resolved for its day and place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Plan {
    /// The playbook.
    pub playbook: PlaybookRef,
    /// Its phases.
    pub phases: Vec<Phase>,
    /// Its tasks.
    pub tasks: Vec<PlannedTask>,
    /// The clocks of the law.
    pub clocks: Vec<Clock>,
    /// The offices that have a part in it.
    pub offices: Vec<PlannedOffice>,
    /// The prepared statements.
    pub prepared: Vec<Prepared>,
    /// What people will ask.
    pub expected: Vec<Expected>,
    /// Moments from which its tasks count and which a claim sets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claim_anchors: Vec<Anchor>,
}

/// What people ask of the plan. The server fills in what a browser must not say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[ts(rename = "PlanCommand")]
pub enum Command {
    /// One more playbook runs from now on.
    Run {
        /// Its code.
        playbook: String,
        /// Why.
        reason: String,
        /// What it brings; the server's.
        #[serde(default)]
        #[ts(skip)]
        plan: Option<Box<Plan>>,
    },
    /// Take over one step of a newer version.
    TakeStep {
        /// The playbook's code.
        playbook: String,
        /// Its version.
        version: u32,
        /// The step's number in it.
        seq: u32,
        /// The task whose place it takes; a further task when none.
        replaces: Option<RowId>,
        /// Why.
        reason: String,
        /// The step; the server's.
        #[serde(default)]
        #[ts(skip)]
        step: Option<Box<Step>>,
    },
}

/// A step of a newer version, resolved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The version that it comes from.
    pub playbook: PlaybookRef,
    /// The task.
    pub task: PlannedTask,
    /// The offices that have a part in it.
    pub offices: Vec<PlannedOffice>,
}

/// What happened to the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Event {
    /// One more playbook runs.
    Running {
        /// What it brings.
        plan: Box<Plan>,
        /// Why.
        reason: String,
    },
    /// A step of a newer version was taken over.
    StepTaken {
        /// The step.
        step: Box<Step>,
        /// The task whose place it takes.
        replaces: Option<RowId>,
        /// Why.
        reason: String,
    },
}

impl Plan {
    /// What of it the incident does not have: a task that is planned already is not done twice.
    fn new_to(mut self, incident: &Incident) -> Self {
        let frame = incident.frame.as_deref();
        let planned = |new: &PlannedTask| {
            let is = |row: &Arc<task::Task>| {
                row.plan.id == new.id
                    || (same(&row.plan.title, &new.title) && row.plan.function == new.function)
            };
            incident.tasks.iter().any(is)
        };
        self.tasks.retain(|new| !planned(new));
        self.clocks.retain(|clock| incident.deadlines.get(&clock.id).is_none());
        self.offices.retain(|office| incident.offices.get(&office.id).is_none());
        if let Some(frame) = frame {
            self.phases.retain(|new| !frame.phases.iter().any(|known| known.code == new.code));
            self.prepared.retain(|new| !frame.prepared.iter().any(|known| known.kind == new.kind));
            let asked = |new: &Expected| frame.expected.iter().any(|it| same(&it.question, &new.question));
            self.expected.retain(|new| !asked(new));
        }
        self
    }
}

impl Header {
    /// All playbooks that run, the one that it opened with first.
    pub fn playbooks(&self) -> impl Iterator<Item = &PlaybookRef> {
        std::iter::once(&self.playbook).chain(&self.more)
    }
}

pub(super) fn decide(incident: &Incident, command: Command) -> Result<Vec<AnyEvent>, Refusal> {
    let header = incident.header.as_ref().ok_or(Refusal::NotOpen)?;
    let event = match command {
        Command::Run { playbook, reason, plan } => {
            if header.playbooks().any(|known| known.id == playbook) {
                return Err(Refusal::Playbooks(Playbooks::PlaybookRuns));
            }
            if header.playbooks().count() >= PLAYBOOKS_MAX {
                return Err(Refusal::Playbooks(Playbooks::TooManyPlaybooks { max: PLAYBOOKS_MAX }));
            }
            let plan = plan
                .filter(|plan| plan.playbook.id == playbook)
                .ok_or(Refusal::Playbooks(Playbooks::UnknownPlaybook))?;
            Event::Running { plan: Box::new(plan.new_to(incident)), reason: text::note(&reason)? }
        }
        Command::TakeStep { playbook, version, replaces, reason, step, .. } => {
            let fits = |step: &Step| step.playbook.id == playbook && step.playbook.version == version;
            let mut step =
                step.filter(|step| fits(step)).ok_or(Refusal::Playbooks(Playbooks::UnknownPlaybook))?;
            if !header.playbooks().any(|known| known.id == playbook && known.version < version) {
                return Err(Refusal::Playbooks(Playbooks::UnknownPlaybook));
            }
            match &replaces {
                Some(id) => {
                    let row = incident.tasks.get(id).ok_or(Refusal::Unknown)?;
                    if !row.is_open() {
                        return Err(Refusal::TaskEnded);
                    }
                    (step.task.id, step.task.playbook) = (id.clone(), row.plan.playbook.clone());
                }
                None if incident.tasks.get(&step.task.id).is_some() => return Err(Refusal::AlreadyThere),
                None => {}
            }
            step.offices.retain(|office| incident.offices.get(&office.id).is_none());
            Event::StepTaken { step, replaces, reason: text::note(&reason)? }
        }
    };
    Ok(vec![AnyEvent::Plan(event)])
}

/// Lays a plan out: its offices, tasks and clocks become rows, and the questions on which they hang are asked.
pub(super) fn lay(incident: &mut Incident, rev: Rev, plan: Plan, at: Timestamp) {
    let conditions: Vec<Condition> = plan
        .tasks
        .iter()
        .map(|task| &task.only_if)
        .chain(plan.clocks.iter().map(|clock| &clock.only_if))
        .filter_map(Clone::clone)
        .collect();
    question::ask_for(incident, rev, &conditions);
    invite(incident, rev, plan.offices, at);
    for plan in plan.tasks {
        let row = task::Task::new(plan, incident);
        incident.tasks.put(rev, row);
    }
    for clock in plan.clocks {
        let row = Deadline::new(clock, incident);
        incident.deadlines.put(rev, row);
    }
}

fn invite(incident: &mut Incident, rev: Rev, offices: Vec<PlannedOffice>, at: Timestamp) {
    for plan in offices {
        let order = incident.offices.len();
        incident.offices.put(rev, office::Office::new(plan, order, at));
    }
}

fn frame(incident: &mut Incident, rev: Rev, change: impl FnOnce(&mut Frame)) {
    if let Some(frame) = &mut incident.frame {
        let frame = Arc::make_mut(frame);
        change(frame);
        frame.rev = rev;
    }
}

pub(super) fn apply(incident: &mut Incident, rev: Rev, event: &Event, act: &Act) {
    match event.clone() {
        Event::Running { plan, .. } => {
            if let Some(header) = &mut incident.header {
                let header = Arc::make_mut(header);
                header.more.push(plan.playbook.clone());
                header.rev = rev;
            }
            frame(incident, rev, |frame| {
                frame.phases.extend(plan.phases.clone());
                frame.prepared.extend(plan.prepared.clone());
                frame.expected.extend(plan.expected.clone());
                let known = frame.claims.anchors.clone();
                let new = plan.claim_anchors.iter().filter(|anchor| !known.contains(anchor));
                frame.claims.anchors.extend(new);
            });
            lay(incident, rev, *plan, act.at);
        }
        Event::StepTaken { step, .. } => {
            question::ask_for(incident, rev, &step.task.only_if);
            invite(incident, rev, step.offices, act.at);
            let mut row = task::Task::new(step.task, incident);
            if let Some(old) = incident.tasks.get(&row.plan.id) {
                // Whoever is at it stays at it.
                row.progress = old.progress.clone();
            }
            incident.tasks.put(rev, row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::condition::Part;
    use crate::domain::deadline::{Anchor, Counted, Due, Source};
    use crate::domain::given::{self, Case, an_opening, at};
    use crate::domain::ids::Digest;
    use crate::domain::level::Level;
    use crate::domain::{Command as AnyCommand, incident};

    fn id(id: &str) -> RowId {
        RowId::new(id).expect("an id")
    }

    fn playbook(id: &str, version: u32) -> PlaybookRef {
        PlaybookRef { id: id.into(), version, title: "Thiên tai".into(), digest: Digest::of(b"x") }
    }

    fn task(task: &str, title: &str, only_if: Option<Condition>) -> PlannedTask {
        let due = Due {
            anchor: Anchor::OpenedAt,
            amount: 60,
            counted: Counted::Elapsed,
            source: Source::Policy,
            before: false,
        };
        let like = an_opening().tasks.swap_remove(0);
        PlannedTask { id: id(task), title: title.into(), due: Some(due), only_if, ..like }
    }

    fn run(plan: Plan) -> AnyCommand {
        let (playbook, reason) = (plan.playbook.id.clone(), "tin đồn trong lũ".into());
        AnyCommand::Plan(Command::Run { playbook, reason, plan: Some(Box::new(plan)) })
    }

    fn plan(tasks: Vec<PlannedTask>) -> Plan {
        let clocks = an_opening().clocks;
        let (offices, prepared, expected, phases) = (vec![], vec![], vec![], vec![]);
        let claim_anchors = vec![];
        let playbook = playbook("flood", 1);
        Plan { playbook, phases, tasks, clocks, offices, prepared, expected, claim_anchors }
    }

    fn when(part: Part) -> Option<Condition> {
        Some(Condition { any: vec![part] })
    }

    fn with(tasks: Vec<PlannedTask>) -> Case {
        given::an_incident().at(at("13:00:00")).by("press").when(run(plan(tasks))).accepted()
    }

    #[test]
    fn a_second_playbook_adds_what_is_not_there_and_runs_once() {
        let both = with(vec![task("f-1", "Sơ tán dân", None), task("f-2", "xác  minh", None)]);
        assert!(both.incident().tasks.get(&id("f-1")).is_some());
        assert!(both.incident().tasks.get(&id("f-2")).is_none(), "the same act is planned already");
        assert_eq!(both.incident().deadlines.len(), 1, "a clock runs once");
        assert_eq!(both.incident().header.as_ref().expect("open").playbooks().count(), 2);
        both.when(run(plan(vec![]))).refused(Refusal::Playbooks(Playbooks::PlaybookRuns));
        let bare = Command::Run { playbook: "flood".into(), reason: "x".into(), plan: None };
        given::an_incident()
            .by("press")
            .when(AnyCommand::Plan(bare))
            .refused(Refusal::Playbooks(Playbooks::UnknownPlaybook));
    }

    #[test]
    fn a_task_sleeps_until_the_level_a_figure_or_an_answer_wakes_it_and_its_own_limit_runs_from_then() {
        let level = when(Part::Level { at_least: Level::new(4).expect("1 to 4") });
        let answer = when(Part::Answer { question: "Có người nước ngoài?".into(), yes: true });
        let figure = when(Part::Figure { label: "Số người chết".into(), at_least: 3 });
        let asleep = with(vec![
            task("f-1", "Họp báo", level),
            task("f-2", "Báo cơ quan đại diện", answer),
            task("f-3", "Báo cáo Thường trực", figure),
        ]);
        let row = |case: &Case, task: &str| case.incident().tasks.get(&id(task)).expect("planned").clone();
        assert_eq!(row(&asleep, "f-1").asleep.as_deref(), Some("mức từ 4"));
        assert_eq!(row(&asleep, "f-1").due_at, None);
        let take = AnyCommand::Task(task::Command::Take { id: id("f-1") });
        asleep.clone().when(take).refused(Refusal::NotYet);

        let level = Level::new(4).expect("1 to 4");
        let raise = incident::Command::SetLevel { level, reason: "lan rộng".into(), despite: false };
        let raised = asleep.at(at("15:00:00")).when(AnyCommand::Incident(raise)).accepted();
        let woken = row(&raised, "f-1");
        assert_eq!((woken.asleep.as_ref(), woken.due_at), (None, Some(at("16:00:00"))));
        assert!(row(&raised, "f-2").asleep.is_some());

        let ask = id_of(&raised, "Có người nước ngoài?");
        let answer = |yes, note: Option<&str>| {
            AnyCommand::Question(question::Command::Answer {
                id: ask.clone(),
                yes,
                note: note.map(Into::into),
            })
        };
        let no = raised.when(answer(false, None)).accepted();
        assert!(row(&no, "f-2").asleep.is_some());
        no.clone().when(answer(true, None)).refused(Refusal::ReasonMissing);
        let yes = no.when(answer(true, Some("bệnh viện xác nhận 2 du khách"))).accepted();
        assert_eq!(row(&yes, "f-2").asleep, None);

        let enter = |value: &str, fact: &str| {
            AnyCommand::Fact(crate::domain::fact::Command::Enter {
                id: id(fact),
                label: "số người chết".into(),
                value: Some(value.into()),
                as_of: at("14:00:00"),
                source: "Công an".into(),
                from: None,
            })
        };
        let two = yes.when(enter("02 người", "d-1")).accepted();
        assert!(row(&two, "f-3").asleep.is_some());
        let three = two.when(enter("3", "d-2")).accepted();
        assert_eq!(row(&three, "f-3").asleep, None);
    }

    fn id_of(case: &Case, question: &str) -> RowId {
        let row = case.incident().questions.iter().find(|row| row.text == question).expect("asked");
        row.id.clone()
    }

    #[test]
    fn a_step_of_a_newer_version_takes_its_place_without_taking_the_work_away() {
        let step = |replaces: Option<&str>, version, task: PlannedTask| {
            AnyCommand::Plan(Command::TakeStep {
                playbook: "p".into(),
                version,
                seq: 1,
                replaces: replaces.map(id),
                reason: "bản mới rõ hơn".into(),
                step: Some(Box::new(Step { playbook: playbook("p", version), task, offices: vec![] })),
            })
        };
        let new = || task("p-v2-1", "Xác minh tại chỗ và ghi tọa độ", None);
        let taken = given::an_incident()
            .by("press")
            .when(AnyCommand::Task(task::Command::Take { id: id("t-1") }))
            .accepted()
            .when(step(Some("t-1"), 2, new()))
            .accepted();
        let row = taken.incident().tasks.get(&id("t-1")).expect("planned").clone();
        assert_eq!(row.plan.title, "Xác minh tại chỗ và ghi tọa độ");
        assert!(matches!(row.progress, task::Progress::Taken { .. }), "whoever is at it stays at it");
        let both = taken.clone().when(step(None, 2, new())).accepted();
        assert_eq!(both.incident().tasks.len(), 5);
        both.when(step(None, 2, new())).refused(Refusal::AlreadyThere);
        taken.clone().when(step(None, 1, new())).refused(Refusal::Playbooks(Playbooks::UnknownPlaybook));
        taken.when(step(Some("t-9"), 2, new())).refused(Refusal::Unknown);
    }
}
