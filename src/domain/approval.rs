//! Approvals: who has to approve a kind of statement at a level, and the verdicts that were given on exact words.
//! A verdict names a digest; new words void it, visibly.

use super::ids::{Digest, OfficeId};
use super::level::Level;
use super::{Act, Actor, Role};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whose approval a rule asks for: an office, or a person in a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "ApprovalRule")]
pub struct Rule {
    /// The kind of statement; `*` for every kind without a rule of its own.
    pub kind: String,
    /// The levels for which it holds.
    pub levels: Vec<Level>,
    /// Who must approve.
    pub required: Vec<Signatory>,
    /// Who is asked. Their silence holds nothing up; their objection does.
    pub consulted: Vec<Signatory>,
}

/// The rule for a kind at a level; the first that fits, a rule for the kind itself before the general one.
pub fn rule<'a>(rules: &'a [Rule], kind: &str, level: Level) -> Option<&'a Rule> {
    let fits = |name: &str| rules.iter().find(|rule| rule.kind == name && rule.levels.contains(&level));
    fits(kind).or_else(|| fits("*"))
}

/// What somebody said of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "verdict", rename_all = "snake_case")]
#[ts(rename = "ApprovalVerdict")]
pub enum Verdict {
    /// These words may go out.
    Approved,
    /// These words must not go out.
    Objected {
        /// Why.
        reason: String,
    },
}

/// A verdict on exact words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Approval {
    /// The functions for which it counts.
    pub functions: Vec<String>,
    /// Who gave it.
    pub by: Act,
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
    /// Whether it still speaks of these words.
    pub fn holds_for(&self, digest: &Digest) -> bool {
        self.voided.is_none() && self.digest == *digest
    }
}

/// The required signatories whose newest verdict on these words is not an approval.
pub fn missing<'a>(required: &'a [Signatory], given: &[Approval], digest: &Digest) -> Vec<&'a Signatory> {
    let approved = |signatory: &Signatory| {
        let of_these_words = given.iter().rev().filter(|approval| approval.holds_for(digest));
        of_these_words
            .filter(|approval| approval.functions.contains(&signatory.function))
            .map(|approval| approval.verdict == Verdict::Approved)
            .next()
            .unwrap_or(false)
    };
    required.iter().filter(|signatory| !approved(signatory)).collect()
}

/// Whether the newest verdict of anybody asked, required or consulted, on these words is an objection.
pub fn objected(given: &[Approval], digest: &Digest) -> bool {
    let mut heard: Vec<&str> = vec![];
    for approval in given.iter().rev().filter(|approval| approval.holds_for(digest)) {
        let fresh = !heard.contains(&approval.by.person.as_str());
        if fresh && approval.verdict != Verdict::Approved {
            return true;
        }
        heard.push(approval.by.person.as_str());
    }
    false
}
