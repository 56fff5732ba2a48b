//! Approvals: who has to approve a kind of statement at a level, in which turn and time, and the verdicts that were
//! given on exact words. A verdict names a digest; new words void it, visibly.

use super::ids::{Digest, OfficeId};
use super::level::Level;
use super::{Act, Actor, Role};
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whose approval a rule asks for: an office, or a person in a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Signatory {
    /// The function in the organisation data.
    pub function: String,
    /// Its name.
    pub title: String,
    /// The office that held the function.
    pub office: Option<OfficeId>,
    /// That office's short name; empty when nobody held it.
    pub office_short: String,
    /// The role that is needed; none means any desk officer of the office.
    pub role: Option<Role>,
    /// Its turn: asked once everybody required in the turns before has approved. Equal turns are asked together.
    #[serde(default)]
    pub turn: u8,
    /// Minutes to answer in, from the moment it is their turn; none: no time box.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub minutes: Option<u32>,
    /// Silence is enough: when the time box runs out without a word, that is noted and holds nothing up.
    #[serde(default)]
    pub silence: bool,
}

impl Signatory {
    /// Whether the actor may sign here. A role outranks the office: a spokesperson signs as spokesperson.
    pub fn is(&self, actor: &Actor) -> bool {
        match self.role {
            Some(role) => actor.is(role),
            None => self.office.is_some() && actor.office == self.office,
        }
    }
}

/// One row of the approval matrix, resolved to offices and frozen at opening.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "ApprovalRule")]
pub struct Rule {
    /// The kind of statement; `*` for every kind without a rule of its own.
    pub kind: String,
    /// The levels for which it holds.
    pub levels: Vec<Level>,
    /// Who must approve.
    pub required: Vec<Signatory>,
    /// Who is asked. Their silence holds nothing up, nor does their objection, unless it is a strong one.
    pub consulted: Vec<Signatory>,
}

/// The rule for a kind at a level; the first that fits, a rule for the kind itself before the general one.
pub fn rule<'a>(rules: &'a [Rule], kind: &str, level: Level) -> Option<&'a Rule> {
    let fits = |name: &str| rules.iter().find(|rule| rule.kind == name && rule.levels.contains(&level));
    fits(kind).or_else(|| fits("*"))
}

/// What somebody said of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[serde(tag = "verdict", rename_all = "snake_case")]
#[ts(rename = "ApprovalVerdict")]
pub enum Verdict {
    /// These words may go out.
    Approved,
    /// These words should not go out.
    Objected {
        /// Why.
        reason: String,
        /// Stops publication until the head of the task force decides.
        strong: bool,
        /// How the head decided, when it was to publish all the same.
        settled: Option<Settlement>,
    },
}

/// The head's decision over a strong objection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Settlement {
    /// The head.
    pub by: Act,
    /// Why the words go out.
    pub reason: String,
}

/// A verdict on exact words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Approval {
    /// The functions for which it counts.
    pub functions: Vec<String>,
    /// Who gave it.
    pub by: Act,
    /// Since when it was their turn.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub asked_at: Option<Timestamp>,
    /// The words that were read.
    pub digest: Digest,
    /// What was said.
    #[serde(flatten)]
    #[ts(flatten)]
    pub verdict: Verdict,
    /// Who voided it by opening the text for an edit.
    pub voided: Option<Act>,
}

impl Approval {
    /// Why not, when it is an objection.
    pub fn reason(&self) -> Option<&str> {
        match &self.verdict {
            Verdict::Approved => None,
            Verdict::Objected { reason, .. } => Some(reason),
        }
    }
    /// Whether it still speaks of these words.
    pub fn holds_for(&self, digest: &Digest) -> bool {
        self.voided.is_none() && self.digest == *digest
    }
}

/// A submission: the words are frozen and have a digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "StatementSubmission")]
pub struct Submission {
    /// The words.
    pub digest: Digest,
    /// Who submitted them.
    pub by: Act,
    /// Who must approve them.
    #[serde(skip)]
    #[ts(skip)]
    pub required: Vec<Signatory>,
    /// Who is asked.
    #[serde(skip)]
    #[ts(skip)]
    pub consulted: Vec<Signatory>,
    /// The functions whose time box ran out without a word, and when that was noted.
    #[serde(skip)]
    #[ts(skip)]
    pub lapses: Vec<(String, Timestamp)>,
}

/// One signatory's square on the sheet: asked when, until when, and the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Square {
    /// Whose.
    pub signatory: Signatory,
    /// Must approve; else is asked.
    pub required: bool,
    /// Since when it is their turn; none: others come first.
    pub asked_at: Option<Timestamp>,
    /// When their time box ends.
    pub due_at: Option<Timestamp>,
    /// When it was noted that it ended without a word.
    pub lapsed_at: Option<Timestamp>,
    /// What they said.
    pub answer: Answer,
}

/// What stands in a square.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(rename = "SquareAnswer")]
pub enum Answer {
    /// Others come first.
    NotYet,
    /// Asked.
    Waiting,
    /// Approved.
    Approved {
        /// By whom.
        by: Act,
    },
    /// Objects.
    Objected {
        /// Who.
        by: Act,
        /// Why.
        reason: String,
        /// Stops publication until the head decides.
        strong: bool,
        /// How the head decided.
        settled: Option<Settlement>,
    },
    /// Said nothing in time, where that is enough.
    Silent,
}

impl Square {
    /// Nothing more is needed from here for the words to go out.
    pub fn is_satisfied(&self) -> bool {
        match &self.answer {
            Answer::Approved { .. } | Answer::Silent | Answer::Objected { settled: Some(_), .. } => true,
            Answer::Objected { strong, .. } => !self.required && !strong,
            Answer::NotYet | Answer::Waiting => !self.required,
        }
    }

    /// Their turn has come and nothing was said.
    pub fn is_waited_for(&self) -> bool {
        self.answer == Answer::Waiting
    }

    /// When it became so that nothing more is needed here.
    fn satisfied_at(&self) -> Option<Timestamp> {
        match &self.answer {
            Answer::Approved { by } => Some(by.at),
            Answer::Objected { settled: Some(settlement), .. } => Some(settlement.by.at),
            Answer::Silent => self.lapsed_at,
            _ => None,
        }
    }
}

/// The squares of a submission, in turns: a turn is asked once everybody required in the turns before is satisfied.
pub fn squares(submission: &Submission, given: &[Approval]) -> Vec<Square> {
    let asked = submission.required.iter().map(|signatory| (signatory, true));
    let mut asked: Vec<_> =
        asked.chain(submission.consulted.iter().map(|signatory| (signatory, false))).collect();
    asked.sort_by_key(|(signatory, required)| (signatory.turn, !required));
    let mut squares: Vec<Square> = vec![];
    let mut turn_at = Some(submission.by.at);
    for turn in asked.chunk_by(|(a, _), (b, _)| a.turn == b.turn) {
        let from = squares.len();
        squares.extend(
            turn.iter().map(|(signatory, required)| square(submission, given, signatory, *required, turn_at)),
        );
        let mut required = squares[from..].iter().filter(|square| square.required).peekable();
        if required.peek().is_some() {
            turn_at = required
                .map(Square::satisfied_at)
                .collect::<Option<Vec<_>>>()
                .and_then(|at| at.into_iter().max().max(turn_at))
                .filter(|_| turn_at.is_some());
        }
    }
    squares
}

fn square(
    submission: &Submission,
    given: &[Approval],
    signatory: &Signatory,
    required: bool,
    asked_at: Option<Timestamp>,
) -> Square {
    let boxed = signatory.minutes.map(|minutes| SignedDuration::from_mins(minutes.into()));
    let due_at = asked_at.zip(boxed).and_then(|(at, boxed)| at.checked_add(boxed).ok());
    let lapse = submission.lapses.iter().find(|(function, _)| *function == signatory.function);
    let lapsed_at = lapse.map(|(_, at)| *at);
    let said = given.iter().rev().find(|approval| {
        approval.holds_for(&submission.digest) && approval.functions.contains(&signatory.function)
    });
    let answer = match said.map(|approval| (&approval.verdict, approval.by.clone())) {
        Some((Verdict::Approved, by)) => Answer::Approved { by },
        Some((Verdict::Objected { reason, strong, settled }, by)) => {
            Answer::Objected { by, reason: reason.clone(), strong: *strong, settled: settled.clone() }
        }
        None if lapsed_at.is_some() && signatory.silence => Answer::Silent,
        None if asked_at.is_none() => Answer::NotYet,
        None => Answer::Waiting,
    };
    Square { signatory: signatory.clone(), required, asked_at, due_at, lapsed_at, answer }
}

/// The strong objections that still stop these words: somebody's newest word on them, on which the head has not
/// decided. A colleague's approval does not take it back.
pub fn standing_objections<'a>(given: &'a [Approval], digest: &Digest) -> Vec<&'a Approval> {
    let mut heard: Vec<&str> = vec![];
    let mut standing = vec![];
    for approval in given.iter().rev().filter(|approval| approval.holds_for(digest)) {
        let fresh = !heard.contains(&approval.by.person.as_str());
        heard.push(approval.by.person.as_str());
        if fresh && matches!(approval.verdict, Verdict::Objected { strong: true, settled: None, .. }) {
            standing.push(approval);
        }
    }
    standing
}
