//! What an incident keeps of the law about claims when it opens: the words of the register, the kinds, and the rules
//! of which each claim gets clocks of its own. Empty for an incident of a day on which there was no such law.

use super::{Access, Claim, Harm, Request};
use crate::domain::deadline::{Anchor, Basis, Clock};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The register's words and rules on the incident's day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "ClaimBook")]
pub struct Book {
    /// What the portal shows while a claim is worked on; none without a law.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub working: String,
    /// What it shows afterwards.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub done: String,
    /// The words of the label.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// To whom results are sent.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reported_to: String,
    /// What a claim may be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<Term>,
    /// What the classes mean, by the codes of [`Harm`] and [`Access`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<Term>,
    /// What all this rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub basis: Vec<Basis>,
    /// The rules of which a claim gets clocks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// Moments of the incident that the first claim sets, because the tasks of a playbook count from them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub anchors: Vec<Anchor>,
}

/// A code and what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "ClaimTerm")]
pub struct Term {
    /// The code.
    pub code: String,
    /// The words.
    pub title: String,
}

/// A rule of which each claim, or each request, gets a clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "ClaimRule")]
pub struct Rule {
    /// Its clock, as an incident would have it.
    pub clock: Clock,
    /// For which claims or requests only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub only: Option<Only>,
}

/// For which claims or requests a rule holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ClaimRuleOnly")]
pub enum Only {
    /// Claims of class (a).
    Severe,
    /// Claims of class (b).
    Harmful,
    /// Requests that are urgent.
    Urgent,
}

impl Book {
    /// Whether the kind may be chosen: any when the day's law lists none.
    pub fn knows(&self, kind: &str) -> bool {
        self.kinds.iter().any(|term| term.code == kind)
    }
}

impl Rule {
    /// Whether it holds for the claim, and for the request if it is about one.
    pub(super) fn holds(&self, claim: &Claim, request: Option<&Request>) -> bool {
        let harm = claim.class.as_ref().map(|class| class.harm);
        match self.only {
            None => true,
            Some(Only::Severe) => harm == Some(Harm::Severe),
            Some(Only::Harmful) => harm == Some(Harm::Harmful),
            Some(Only::Urgent) => request.is_some_and(|request| request.sought.urgent),
        }
    }
}

impl Claim {
    /// Who may have what it contains.
    pub fn access(&self) -> Option<Access> {
        self.class.as_ref().map(|class| class.access)
    }
}
