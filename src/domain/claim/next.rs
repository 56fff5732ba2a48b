//! What comes next for a claim: one step, or none. The screen's track and what waits for people both come from here.

use super::{Access, Claim, Verdict};
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

/// A step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ClaimStep")]
pub enum Step {
    /// Sort it.
    Classify,
    /// Say who verifies it.
    Verify,
    /// Conclude.
    Conclude,
    /// Put the label on.
    Label,
    /// Tell the public.
    Tell,
    /// Ask for removal or blocking.
    Request,
    /// Send the result.
    Report,
    /// Record that work is done.
    Complete,
}

impl Step {
    /// What to do, in words, before the claim's name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Classify => "Phân loại",
            Self::Verify => "Giao kiểm chứng",
            Self::Conclude => "Kết luận kiểm chứng",
            Self::Label => "Gắn nhãn",
            Self::Tell => "Công bố, cảnh báo",
            Self::Request => "Gửi yêu cầu gỡ",
            Self::Report => "Gửi kết quả",
            Self::Complete => "Ghi hoàn thành xử lý",
        }
    }
}

/// The next step of a claim.
pub(super) fn of(claim: &Claim) -> Option<Step> {
    if !claim.is_open() {
        return None;
    }
    let Some(class) = &claim.class else { return Some(Step::Classify) };
    if claim.verification.is_none() {
        return Some(Step::Verify);
    }
    let Some(verdict) = claim.verdict() else { return Some(Step::Conclude) };
    let told = || {
        let since = claim.label().map_or_else(
            || claim.conclusion.as_ref().map(|conclusion| conclusion.judged.at),
            |label| Some(label.at),
        );
        claim.notices.iter().any(|notice| Some(notice.told.at) >= since)
    };
    let sought = || {
        let linked = claim.standing_places().any(|place| place.seen.link.is_some());
        (!claim.requests.is_empty() || !linked) && !claim.recurs_unsought()
    };
    let steps: &[(Step, bool)] = match (verdict, class.access) {
        (Verdict::NotFalse, _) => &[],
        (Verdict::Unverifiable, Access::Closed) => &[],
        (Verdict::Unverifiable, _) => &[(Step::Tell, told())],
        (Verdict::False, Access::Closed) => {
            &[(Step::Request, sought()), (Step::Report, !claim.reports.is_empty())]
        }
        (Verdict::False, _) => &[
            (Step::Label, claim.label().is_some()),
            (Step::Tell, told()),
            (Step::Request, sought()),
            (Step::Report, !claim.reports.is_empty()),
        ],
    };
    let open = steps.iter().find(|(_, taken)| !taken).map(|(step, _)| *step);
    Some(open.unwrap_or(Step::Complete))
}
