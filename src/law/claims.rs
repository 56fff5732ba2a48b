//! Reads what the law says of claims: the words that the register shows, the kinds and the classes. The rules with their
//! clocks are duties like others; they say so themselves.

use super::read::{Reading, between};
use crate::domain::claim::{Only, Term};
use crate::domain::deadline::Anchor;
use crate::playbook::page::{Day, Spanned};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

/// From which moments of a claim its clocks may count.
const ANCHORS: [Anchor; 3] = [Anchor::VerdictAt, Anchor::LabelledAt, Anchor::RequestSentAt];
/// The classes that the register knows, in the order in which they are chosen.
pub const CLASSES: [&str; 5] = ["severe", "harmful", "open", "conditional", "closed"];

/// The words of the register of claims on the days of one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    /// First day of this version.
    pub valid_from: Option<Date>,
    /// Last day of this version.
    pub valid_to: Option<Date>,
    /// Codes of the provisions it rests on.
    pub basis: Vec<String>,
    /// Compared with the signed text by a person.
    pub verified: bool,
    /// What the portal shows while a claim is worked on.
    pub working: String,
    /// What it shows afterwards.
    pub done: String,
    /// The words of the label.
    pub label: String,
    /// To whom results are sent.
    pub reported_to: String,
    /// What a claim may be.
    pub kinds: Vec<Term>,
    /// What the classes mean.
    pub classes: Vec<Term>,
}

/// Whose clock a duty is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// Each claim's own, for all or for some of them.
    Claim,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    label: Spanned<String>,
    working: String,
    done: String,
    reported_to: String,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
    #[schemars(extend("codes" = "provision"))]
    basis: Vec<Spanned<String>>,
    verified: bool,
    kind: Vec<TermEntry>,
    class: Vec<TermEntry>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct TermEntry {
    code: Spanned<String>,
    title: String,
}

fn terms(entries: Vec<TermEntry>, what: &str, reading: &mut Reading<'_>) -> Vec<Term> {
    let mut terms: Vec<Term> = vec![];
    for TermEntry { code, title } in entries {
        if terms.iter().any(|other| other.code == *code.get_ref()) {
            reading.wrong(&code, format!("{what} «{}» đã có ở trên", code.get_ref()));
        }
        terms.push(Term { code: code.into_inner(), title });
    }
    terms
}

pub(super) fn claims(
    entries: Vec<Entry>,
    known: &dyn Fn(&str) -> bool,
    reading: &mut Reading<'_>,
) -> Vec<Claims> {
    let mut all: Vec<Claims> = vec![];
    for entry in entries {
        let (valid_from, valid_to) = reading.days(&entry.label, entry.valid_from, entry.valid_to);
        for basis in entry.basis.iter().filter(|basis| !known(basis.get_ref())) {
            reading.wrong(basis, format!("không có quy định «{}»", basis.get_ref()));
        }
        let (from, to) = between(valid_from, valid_to);
        let overlaps = |other: &Claims| {
            let (other_from, other_to) = between(other.valid_from, other.valid_to);
            other_from <= to && from <= other_to
        };
        if all.iter().any(overlaps) {
            reading.wrong(&entry.label, "hai phiên bản của [[claims]] có hiệu lực chồng lên nhau".into());
        }
        for code in entry.class.iter().map(|class| &class.code) {
            if !CLASSES.contains(&code.get_ref().as_str()) {
                reading.wrong(code, format!("mã phân loại là một trong: {}", CLASSES.join(", ")));
            }
        }
        if entry.class.len() != CLASSES.len() {
            reading.wrong(&entry.label, format!("phải có đủ các phân loại: {}", CLASSES.join(", ")));
        }
        let kinds = terms(entry.kind, "loại", reading);
        let classes = terms(entry.class, "phân loại", reading);
        let basis = entry.basis.into_iter().map(Spanned::into_inner).collect();
        let Entry { label, working, done, reported_to, verified, .. } = entry;
        let label = label.into_inner();
        let words = Claims {
            valid_from,
            valid_to,
            basis,
            verified,
            working,
            done,
            label,
            reported_to,
            kinds,
            classes,
        };
        all.push(words);
    }
    all
}

/// What is wrong with whose clock a duty says it is.
pub(super) fn fits(per: Option<Per>, only: Option<Only>, anchor: Anchor) -> Result<(), String> {
    let urgent = only == Some(Only::Urgent);
    match per {
        None if only.is_some() => Err("«only» chỉ đi cùng «per = \"claim\"»".into()),
        Some(Per::Claim) if !ANCHORS.contains(&anchor) => {
            let codes: Vec<_> = ANCHORS.iter().map(|anchor| anchor.code()).collect();
            Err(format!("đồng hồ của từng tin chỉ tính từ: {}", codes.join(", ")))
        }
        _ if urgent && anchor != Anchor::RequestSentAt => {
            Err("«only = \"urgent\"» chỉ dùng cho đồng hồ tính từ khi gửi yêu cầu".into())
        }
        _ => Ok(()),
    }
}
