//! The ladder of levels: what makes an incident serious, and the rules by which the room proposes another level, holds
//! publication or calls for the head. Rules only propose; people decide, with a reason.

use super::condition::Condition;
use super::ids::{Rev, RowId};
use super::level::Level;
use super::refusal::{Refusal, Releasing};
use super::table::row;
use super::{Act, Event as AnyEvent, Incident, question, text};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The ladder as an incident keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Ladder {
    /// The levels, from the lowest.
    pub rungs: Vec<Rung>,
    /// The rules.
    pub rules: Vec<Rule>,
    /// What has to be answered with yes before the level goes down.
    pub lowering: Vec<String>,
    /// What has to be answered with yes before the incident is closed.
    pub closing: Vec<String>,
    /// Kinds of statement of which one has to be out before the incident is closed.
    pub last_words: Vec<String>,
}

/// One level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "LadderRung")]
pub struct Rung {
    /// Which.
    pub level: Level,
    /// What makes an incident one of this level; any one is enough.
    pub criteria: Vec<String>,
    /// Who speaks.
    pub speaks: String,
    /// How the room works.
    pub rhythm: String,
    /// Until the first public word, minutes: the office's own aim.
    pub first_word_minutes: u32,
}

/// A rule of escalation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "LadderRule")]
pub struct Rule {
    /// Its code.
    pub code: String,
    /// What it says, in words.
    pub title: String,
    /// When it speaks.
    pub when: Condition,
    /// What it brings about.
    pub effect: Effect,
}

/// What a rule brings about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(rename = "LadderEffect")]
pub enum Effect {
    /// Another level is proposed, as long as the incident stands below it.
    ProposeLevel {
        /// Which.
        level: Level,
    },
    /// Nothing is published until a question is answered with yes.
    HoldPublishing {
        /// Which question.
        until: String,
    },
    /// The head of the task force decides.
    AskHead,
}

/// Something that a rule brought up.
#[derive(Clone, Debug, Serialize, JsonSchema, TS)]
pub struct Proposal {
    /// The rule's code.
    pub id: RowId,
    /// Last change.
    pub rev: Rev,
    /// The rule.
    pub rule: Rule,
    /// When it was brought up.
    pub proposed_at: Timestamp,
    /// What people made of it.
    pub settled: Option<Settled>,
}

/// What people made of a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "ProposalSettled")]
pub struct Settled {
    /// Who.
    pub by: Act,
    /// Why.
    pub reason: String,
}

row!(Proposal, RowId);

/// What people ask of proposals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[ts(rename = "LadderCommand")]
pub enum Command {
    /// It is seen and will not be followed, or has been dealt with otherwise.
    Settle {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
}

/// What happened to proposals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Event {
    /// A rule brought something up.
    Proposed {
        /// The rule.
        rule: Box<Rule>,
    },
    /// People made something of it.
    Settled {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
}

impl Ladder {
    /// Asks the questions on which its rules hang.
    pub(super) fn ask(&self, incident: &mut Incident, rev: Rev) {
        question::ask_for(incident, rev, self.rules.iter().map(|rule| &rule.when));
        let until = self.rules.iter().filter_map(|rule| match &rule.effect {
            Effect::HoldPublishing { until } => Some(until),
            _ => None,
        });
        let asked = until.chain(&self.lowering).chain(&self.closing);
        question::ask(incident, rev, asked.map(String::as_str));
    }
}

impl Rule {
    /// The id of what it brings up.
    pub fn id(&self) -> Option<RowId> {
        RowId::new(&self.code.replace('_', "-"))
    }
    /// Whether it has something to say.
    fn speaks(&self, incident: &Incident) -> bool {
        let below = |level: &Level| incident.header.as_ref().is_some_and(|header| header.level < *level);
        let called_for = match &self.effect {
            Effect::ProposeLevel { level } => below(level),
            Effect::HoldPublishing { until } => !incident.is_so(until),
            Effect::AskHead => true,
        };
        called_for && self.when.holds(incident)
    }
}

impl Proposal {
    /// Nobody has made anything of it, and it still matters.
    pub fn is_open(&self, incident: &Incident) -> bool {
        self.settled.is_none() && self.rule.speaks(incident)
    }
}

/// The rules that have something to say and have not said it.
pub(super) fn proposed(incident: &Incident) -> Vec<AnyEvent> {
    let Some(frame) = &incident.frame else { return vec![] };
    let new = |rule: &&Rule| rule.id().is_some_and(|id| incident.proposals.get(&id).is_none());
    let speaking = frame.ladder.rules.iter().filter(new).filter(|rule| rule.speaks(incident));
    speaking.map(|rule| AnyEvent::Ladder(Event::Proposed { rule: Box::new(rule.clone()) })).collect()
}

/// Why nothing may be published now, by a rule.
pub(super) fn may_publish(incident: &Incident) -> Result<(), Refusal> {
    let Some(frame) = &incident.frame else { return Ok(()) };
    for rule in &frame.ladder.rules {
        if let Effect::HoldPublishing { until } = &rule.effect
            && rule.speaks(incident)
        {
            return Err(Releasing::PublishingHeld { why: rule.title.clone(), until: until.clone() }.into());
        }
    }
    Ok(())
}

/// What still speaks against a lower level: questions that nobody answered with yes, clocks that run.
pub fn against_lowering(incident: &Incident) -> Vec<String> {
    let Some(frame) = incident.frame.as_ref().filter(|frame| !frame.ladder.rungs.is_empty()) else {
        return vec![];
    };
    let open = frame.ladder.lowering.iter().filter(|question| !incident.is_so(question)).cloned();
    let clocks = incident.deadlines.iter().filter(|row| row.is_running() && row.due_at.is_some());
    let own = clocks.filter(|row| !row.clock.outside).map(|row| format!("Còn thời hạn: {}", row.clock.title));
    open.chain(own).collect()
}

/// What still speaks against closing, apart from what forbids it.
pub fn against_closing(incident: &Incident) -> Vec<String> {
    let Some(frame) = &incident.frame else { return vec![] };
    let ladder = &frame.ladder;
    let open = ladder.closing.iter().filter(|question| !incident.is_so(question)).cloned();
    let is_out = |kind: &String| incident.statements.iter().any(|row| row.kind == *kind && row.is_out());
    let last = (!ladder.last_words.is_empty() && !ladder.last_words.iter().any(is_out)).then(|| {
        let title =
            |kind: &String| frame.prepared.iter().find(|it| it.kind == *kind).map(|it| it.title.clone());
        let titles: Vec<_> = ladder.last_words.iter().filter_map(title).collect();
        format!(
            "Chưa phát hành {}",
            if titles.is_empty() { "phát ngôn kết thúc".into() } else { titles.join(" hoặc ") }
        )
    });
    open.chain(last).collect()
}

pub(super) fn decide(incident: &Incident, command: Command) -> Result<Vec<AnyEvent>, Refusal> {
    let Command::Settle { id, reason } = command;
    let row = incident.proposals.get(&id).ok_or(Refusal::Unknown)?;
    if row.settled.is_some() {
        return Ok(vec![]);
    }
    if matches!(row.rule.effect, Effect::HoldPublishing { .. }) && row.rule.speaks(incident) {
        return Err(Refusal::AnswerFirst);
    }
    Ok(vec![AnyEvent::Ladder(Event::Settled { id, reason: text::note(&reason)? })])
}

pub(super) fn apply(incident: &mut Incident, rev: Rev, event: &Event, act: &Act) {
    match event.clone() {
        Event::Proposed { rule } => {
            let Some(id) = rule.id() else { return };
            let row = Proposal { id, rev, rule: *rule, proposed_at: act.at, settled: None };
            incident.proposals.put(rev, row);
        }
        Event::Settled { id, reason } => {
            let settled = Settled { by: act.clone(), reason };
            incident.proposals.edit(rev, &id, |row| row.settled = Some(settled));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::condition::Part;
    use crate::domain::given::{self, Case, an_opening, at};
    use crate::domain::{Command as AnyCommand, incident, question, task};

    const CENTRAL: &str = "Báo chí trung ương đã đưa tin?";
    const TWO_PROVINCES: &str = "Liên quan hai tỉnh?";
    const AGREED: &str = "Đã thống nhất?";
    const CALMER: &str = "Đang giảm?";
    const REVIEW: &str = "Đã hẹn rút kinh nghiệm?";

    fn level(level: u8) -> Level {
        Level::new(level).expect("1 to 4")
    }
    fn rule(code: &str, question: &str, effect: Effect) -> Rule {
        let when = Condition { any: vec![Part::Answer { question: question.into(), yes: true }] };
        Rule { code: code.into(), title: format!("quy tắc {code}"), when, effect }
    }

    /// The invented incident, at level 3, with a ladder.
    fn open() -> Case {
        let rung = |n| Rung {
            level: level(n),
            criteria: vec![],
            speaks: String::new(),
            rhythm: String::new(),
            first_word_minutes: 60,
        };
        let ladder = Ladder {
            rungs: (1..=4).map(rung).collect(),
            rules: vec![
                rule("low", CENTRAL, Effect::ProposeLevel { level: level(2) }),
                rule("high", CENTRAL, Effect::ProposeLevel { level: level(4) }),
                rule("hold", TWO_PROVINCES, Effect::HoldPublishing { until: AGREED.into() }),
            ],
            lowering: vec![CALMER.into()],
            closing: vec![REVIEW.into()],
            last_words: vec!["closing_statement".into()],
        };
        let opening = incident::Command::Open(Box::new(incident::Opening { ladder, ..an_opening() }));
        given::nothing().at(at("12:30:00")).by("press").when(AnyCommand::Incident(opening)).accepted()
    }
    fn answer(question: &str, yes: bool) -> AnyCommand {
        let note = Some("trực ban báo".into());
        AnyCommand::Question(question::Command::Answer { id: question::id(question), yes, note })
    }
    fn proposal(case: &Case, code: &str) -> Option<Proposal> {
        let row = case.incident().proposals.get(&RowId::new(code).expect("an id"));
        row.map(|row| Proposal::clone(row))
    }
    fn set(to: u8, despite: bool) -> AnyCommand {
        let reason = "theo diễn biến".into();
        AnyCommand::Incident(incident::Command::SetLevel { level: level(to), reason, despite })
    }

    #[test]
    fn rules_propose_once_what_lies_above_and_people_decide() {
        let said = open().when(answer(CENTRAL, true)).accepted();
        assert!(proposal(&said, "low").is_none(), "the incident stands above that level");
        assert!(proposal(&said, "high").expect("proposed").is_open(said.incident()));
        assert_eq!(said.incident().header.as_ref().expect("open").level, level(3), "nothing moves by itself");
        let again =
            said.clone().when(answer(CENTRAL, false)).accepted().when(answer(CENTRAL, true)).accepted();
        assert_eq!(again.incident().proposals.len(), 1);
        let raised = said.clone().when(set(4, false)).accepted();
        assert!(!proposal(&raised, "high").expect("proposed").is_open(raised.incident()));
        let settle = |reason: &str| {
            let id = RowId::new("high").expect("an id");
            AnyCommand::Ladder(Command::Settle { id, reason: reason.into() })
        };
        said.clone().when(settle(" ")).refused(Refusal::Empty);
        said.clone().by("party").when(settle("chờ thêm")).refused(Refusal::NotAllowed);
        let settled = said.when(settle("chỉ đưa tin ngắn")).accepted();
        assert!(!proposal(&settled, "high").expect("proposed").is_open(settled.incident()));
    }

    #[test]
    fn publication_is_held_until_the_question_is_answered_and_not_by_waving_it_away() {
        assert_eq!(may_publish(open().incident()), Ok(()));
        let held = open().when(answer(TWO_PROVINCES, true)).accepted();
        let (why, until) = ("quy tắc hold".to_owned(), AGREED.to_owned());
        assert_eq!(may_publish(held.incident()), Err(Releasing::PublishingHeld { why, until }.into()));
        let id = RowId::new("hold").expect("an id");
        let wave = AnyCommand::Ladder(Command::Settle { id, reason: "cứ phát".into() });
        held.clone().when(wave).refused(Refusal::AnswerFirst);
        let agreed = held.when(answer(AGREED, true)).accepted();
        assert_eq!(may_publish(agreed.incident()), Ok(()));
    }

    #[test]
    fn the_level_goes_down_when_its_conditions_hold_or_the_head_decides_on_the_record() {
        let first = CALMER.to_owned();
        open().when(set(2, false)).refused(Refusal::ConditionsOpen { count: 2, first: first.clone() });
        let calmer = open().when(answer(CALMER, true)).accepted();
        let clock = "Còn thời hạn: Thông tin ban đầu".to_owned();
        calmer.when(set(2, false)).refused(Refusal::ConditionsOpen { count: 1, first: clock.clone() });
        let mut secretary = given::actor("press");
        secretary.roles.retain(|role| *role != super::super::Role::Head);
        let context = super::super::Context { at: at("12:40:00"), by: &secretary, written_at: None };
        let refused = super::super::decide(open().incident(), set(2, true), &context);
        assert_eq!(
            refused,
            Err(Refusal::ConditionsOpen { count: 2, first }),
            "a secretary does not overrule"
        );
        let lowered = open().when(set(2, true)).accepted();
        let line = lowered.incident().lines.iter().last().expect("a line").text.clone();
        assert!(line.contains(CALMER) && line.contains(&clock), "{line}");
    }

    #[test]
    fn closing_asks_for_the_last_words_and_the_review() {
        let skip = |seq: u32| {
            let id = RowId::new(&format!("t-{seq}")).expect("an id");
            AnyCommand::Task(task::Command::Skip { id, reason: "không cần".into() })
        };
        let close = |despite| {
            AnyCommand::Incident(incident::Command::Close { summary: "Đã ổn định".into(), despite })
        };
        let done = open().when(skip(2)).accepted();
        done.clone().when(close(false)).refused(Refusal::ConditionsOpen { count: 2, first: REVIEW.into() });
        let reviewed = done.clone().when(answer(REVIEW, true)).accepted();
        let first = "Chưa phát hành phát ngôn kết thúc".to_owned();
        reviewed.when(close(false)).refused(Refusal::ConditionsOpen { count: 1, first });
        assert!(done.when(close(true)).accepted().incident().is_closed());
    }
}
