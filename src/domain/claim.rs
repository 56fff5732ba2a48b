//! The register of claims (sổ tin đồn): what is said where, what verification found, and the steps that the law asks
//! for after it, in their order: label, public notice, removal, report. A mistake is corrected or struck out in the
//! open; whether a step may be taken is decided in `judging` and nowhere else.

mod acting;
mod apply;
mod book;
mod clocks;
mod command;
mod event;
mod judging;
mod next;

pub(super) use apply::apply;
pub use book::{Book, Only, Rule, Term};
pub use command::{Command, Judged, Sought, Told};
pub use event::Event;
pub(super) use judging::decide;
pub use next::Step;

use super::Act;
use super::attachment::Attachment;
pub use super::enquiry::Change;
use super::ids::{OfficeId, Rev, RowId};
use super::table::row;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use ts_rs::TS;

/// Entries of one kind within one claim: places, requests, readings of reach. A claim is sent whole at every change;
/// what spreads further than this is sought by the platforms, not listed by hand.
pub const ENTRIES_MAX: usize = 100;
/// Characters of a claim that its short name takes: one line of a clock.
const SHORT_MAX: usize = 56;

/// How much harm it may do, as the law sorts claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ClaimHarm")]
pub enum Harm {
    /// Class (a).
    Severe,
    /// Class (b).
    Harmful,
}

/// Whether citizens may have the information that it contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ClaimAccess")]
pub enum Access {
    /// Class (a): they may not. No label, no notice; it is only blocked.
    Closed,
    /// Class (b): on conditions. Warned of, not published.
    Conditional,
    /// Class (c): they may.
    Open,
}

/// What verification found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ClaimVerdict")]
pub enum Verdict {
    /// It is false information.
    False,
    /// It is not.
    NotFalse,
    /// It cannot be verified.
    Unverifiable,
}

impl Verdict {
    /// It in words.
    pub fn title(self) -> &'static str {
        match self {
            Self::False => "là tin giả, tin sai sự thật",
            Self::NotFalse => "không phải tin giả, tin sai sự thật",
            Self::Unverifiable => "không có điều kiện xác thực",
        }
    }
}

/// How the public was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ClaimNoticeKind")]
pub enum NoticeKind {
    /// The verdict was made public.
    Notice,
    /// People were warned without it.
    Warning,
}

/// What became of a request at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ClaimAnswer")]
pub enum Answer {
    /// It was received.
    Acknowledged,
    /// Refused.
    Refused,
    /// Some of it is gone.
    Partly,
    /// Gone.
    Removed,
}

impl Answer {
    /// It in words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Acknowledged => "đã nhận yêu cầu",
            Self::Refused => "từ chối",
            Self::Partly => "gỡ một phần",
            Self::Removed => "đã gỡ",
        }
    }
}

/// A place where it was seen: a link, or words that say where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "ClaimSeen")]
pub struct Seen {
    /// The place's id.
    pub id: RowId,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub link: Option<String>,
    /// Where, in words: a group, a loudspeaker, a leaflet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub note: Option<String>,
    /// When it was seen there.
    pub seen_at: Timestamp,
    /// What shows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Attachment>>", optional)]
    pub attachments: Vec<Attachment>,
}

/// How many people it reached, as somebody read it off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "ClaimReach")]
pub struct Reach {
    /// Views, shares, comments: people or deeds, as the place counts.
    pub count: u32,
    /// When it was read off.
    pub at: Timestamp,
    /// Who read it off.
    pub by: Act,
}

/// A place with all that is known of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "ClaimPlace")]
pub struct Place {
    /// Where and when.
    pub seen: Seen,
    /// Who recorded it.
    pub by: Act,
    /// Seen again after the verdict.
    pub again: bool,
    /// Its reach, the oldest reading first.
    pub reach: Vec<Reach>,
    /// Struck out.
    pub struck: Option<Change>,
}

/// How it was sorted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "ClaimClass")]
pub struct Class {
    /// How much harm.
    pub harm: Harm,
    /// Who may have it.
    pub access: Access,
    /// Who sorted it.
    pub by: Act,
    /// Why it was sorted anew.
    pub reason: Option<String>,
}

/// Who verifies it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "ClaimVerification")]
pub struct Verification {
    /// An office of the room.
    pub office: Option<OfficeId>,
    /// Its name, or that of a body outside the room.
    pub body: String,
    /// Since when.
    pub at: Timestamp,
    /// Who recorded it.
    pub by: Act,
}

/// What verification concluded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "ClaimConclusion")]
pub struct Conclusion {
    /// What, why, on what it rests, when.
    pub judged: Judged,
    /// Who recorded it.
    pub by: Act,
}

/// A label that was put on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "ClaimLabel")]
pub struct Label {
    /// Where.
    pub place: String,
    /// When.
    pub at: Timestamp,
    /// Who recorded it.
    pub by: Act,
    /// When it was taken off.
    pub off_at: Option<Timestamp>,
    /// Why.
    pub off: Option<Change>,
}

/// That the public was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "ClaimNotice")]
pub struct Notice {
    /// How, by what, when.
    pub told: Told,
    /// Who recorded it.
    pub by: Act,
}

/// What one place answered to a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "ClaimAnswered")]
pub struct Answered {
    /// Which place.
    pub place: RowId,
    /// The newest answer; none yet.
    pub answer: Option<Answer>,
    /// When it came.
    pub at: Option<Timestamp>,
    /// What shows it, or why not.
    pub note: Option<String>,
}

/// A request for removal or blocking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "ClaimRequest")]
pub struct Request {
    /// Its id.
    pub id: RowId,
    /// To whom, by which document, when.
    pub sought: Sought,
    /// Who recorded it.
    pub by: Act,
    /// What came of it, place by place.
    pub places: Vec<Answered>,
}

/// That results went to whom the law names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "ClaimReport")]
pub struct Report {
    /// To whom.
    pub to: String,
    /// Number and date of the document.
    pub document: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Who recorded it.
    pub by: Act,
}

/// A claim.
#[derive(Clone, Debug, Serialize, JsonSchema, TS)]
pub struct Claim {
    /// Its id.
    pub id: RowId,
    /// Last change.
    pub rev: Rev,
    /// Its number in the incident.
    pub number: String,
    /// What is said, word for word.
    pub said: String,
    /// Code of the kind that it is suspected to be.
    pub kind: Option<String>,
    /// The message that it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub from: Option<RowId>,
    /// Who entered it.
    pub entered: Act,
    /// The newest correction.
    pub corrected: Option<Change>,
    /// Struck out: entered twice or by mistake.
    pub struck: Option<Change>,
    /// Where it was seen, in the order of recording.
    pub places: Vec<Place>,
    /// How it was sorted.
    pub class: Option<Class>,
    /// Who verifies it.
    pub verification: Option<Verification>,
    /// What was concluded.
    pub conclusion: Option<Conclusion>,
    /// What was concluded before, the oldest first.
    pub earlier: Vec<Conclusion>,
    /// Labels, the oldest first.
    pub labels: Vec<Label>,
    /// How the public was told, the oldest first.
    pub notices: Vec<Notice>,
    /// Requests, the oldest first.
    pub requests: Vec<Request>,
    /// Reports of the result.
    pub reports: Vec<Report>,
    /// Why these steps do not apply to it.
    pub excepted: Option<Change>,
    /// Who recorded that work on it is done.
    pub done: Option<Act>,
    /// What comes next; none when nothing does.
    pub next: Option<Step>,
}

row!(Claim, RowId);

impl Claim {
    /// Its number and its first words: what clocks and lists call it.
    pub fn name(&self) -> String {
        let line = self.said.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.chars().count() <= SHORT_MAX {
            return format!("{} “{line}”", self.number);
        }
        let mut short = String::new();
        for word in line.split(' ') {
            if short.chars().count() + word.chars().count() >= SHORT_MAX {
                break;
            }
            if !short.is_empty() {
                short.push(' ');
            }
            short.push_str(word);
        }
        if short.is_empty() {
            short = line.chars().take(SHORT_MAX).collect();
        }
        format!("{} “{short}…”", self.number)
    }
    /// What was concluded, if anything was.
    pub fn verdict(&self) -> Option<Verdict> {
        self.conclusion.as_ref().map(|conclusion| conclusion.judged.verdict)
    }
    /// The label that stands on it.
    pub fn label(&self) -> Option<&Label> {
        self.labels.last().filter(|label| label.off.is_none())
    }
    /// The places that were not struck out.
    pub fn standing_places(&self) -> impl DoubleEndedIterator<Item = &Place> {
        self.places.iter().filter(|place| place.struck.is_none())
    }
    /// How often it was seen again after the verdict.
    pub fn recurrences(&self) -> usize {
        self.standing_places().filter(|place| place.again).count()
    }
    /// Seen again, and nobody was asked to remove it since.
    pub fn recurs_unsought(&self) -> bool {
        let newest = self.standing_places().filter(|place| place.again).map(|place| place.by.at).max();
        let sought = self.requests.iter().map(|request| request.by.at).max();
        newest.is_some_and(|newest| sought.is_none_or(|sought| sought < newest))
    }
    /// Whose step is next apart from those who lead: the office that verifies it, and until one does, the office that
    /// entered it.
    pub fn held_by(&self, office: &OfficeId) -> bool {
        let holder = match &self.verification {
            Some(verification) => verification.office.as_ref(),
            None => self.entered.office.as_ref(),
        };
        holder == Some(office)
    }
    /// The steps apply to it and are not all taken.
    pub fn is_open(&self) -> bool {
        self.struck.is_none() && self.excepted.is_none() && self.done.is_none()
    }
    /// What shows it: the files of its places and of its conclusions.
    pub fn attachments(&self) -> impl Iterator<Item = &Attachment> {
        let concluded = self.earlier.iter().chain(&self.conclusion);
        let places = self.places.iter().flat_map(|place| &place.seen.attachments);
        places.chain(concluded.flat_map(|conclusion| &conclusion.judged.attachments))
    }
}

/// Something about a claim that a rule or a condition may hang on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ClaimIs")]
pub enum Is {
    /// Of class (a), and not found to be something else.
    Severe,
    /// Seen again after a label was put on it, or after it was found false.
    Recurring,
}

impl Is {
    /// Whether a claim of the register is so.
    pub fn holds(self, incident: &super::Incident) -> bool {
        let severe = |row: &Claim| {
            row.class.as_ref().is_some_and(|class| class.harm == Harm::Severe)
                && row.verdict() != Some(Verdict::NotFalse)
        };
        let is = |row: &Claim| match self {
            Self::Severe => severe(row),
            Self::Recurring => row.verdict() == Some(Verdict::False) && row.recurrences() > 0,
        };
        let counts = |row: &&Arc<Claim>| row.struck.is_none() && row.excepted.is_none();
        incident.claims.iter().filter(counts).any(|row| is(row))
    }
    /// It in words, after "khi".
    pub fn words(self) -> &'static str {
        match self {
            Self::Severe => "sổ tin đồn có tin thuộc loại đặc biệt nghiêm trọng",
            Self::Recurring => "tin đã kết luận là giả được thấy trở lại",
        }
    }
}

#[cfg(test)]
mod tests;
