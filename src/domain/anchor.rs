//! Moments from which time is counted: explicit, on the record, and not the same although people mix them up.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// A moment from which time is counted. Moments are explicit and on the record; several are not the same
/// although people mix them up: when it happened, when the office received it, when the office found that it
/// touches public opinion.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// The matter happened.
    OccurredAt,
    /// The office received the matter and handles it within its competence.
    ReceivedAt,
    /// The matter was noticed.
    DetectedAt,
    /// The incident was opened here.
    OpenedAt,
    /// The office found that the matter touches, or may touch, public opinion.
    ImpactAssessedAt,
    /// Verification concluded.
    VerdictAt,
    /// False information was labelled.
    LabelledAt,
    /// The first public statement went out.
    PublishedAt,
    /// A question or request of the press arrived.
    InquiryAt,
    /// The article in question appeared.
    ArticlePublishedAt,
    /// A request for removal or correction was sent.
    RequestSentAt,
    /// The press conference begins.
    ConferenceAt,
    /// A breach of data was noticed.
    BreachDetectedAt,
    /// The incident was closed.
    ClosedAt,
    /// A document was signed.
    SignedAt,
    /// Somebody was made a spokesperson.
    DesignatedAt,
    /// The last day of a year's report.
    PeriodEndsAt,
}

impl Anchor {
    /// All anchors.
    pub const ALL: &'static [Self] = &[
        Self::OccurredAt,
        Self::ReceivedAt,
        Self::DetectedAt,
        Self::OpenedAt,
        Self::ImpactAssessedAt,
        Self::VerdictAt,
        Self::LabelledAt,
        Self::PublishedAt,
        Self::InquiryAt,
        Self::ArticlePublishedAt,
        Self::RequestSentAt,
        Self::ConferenceAt,
        Self::BreachDetectedAt,
        Self::ClosedAt,
        Self::SignedAt,
        Self::DesignatedAt,
        Self::PeriodEndsAt,
    ];
    /// The code used in data files.
    pub fn code(self) -> &'static str {
        match self {
            Self::OccurredAt => "occurred_at",
            Self::ReceivedAt => "received_at",
            Self::DetectedAt => "detected_at",
            Self::OpenedAt => "opened_at",
            Self::ImpactAssessedAt => "impact_assessed_at",
            Self::VerdictAt => "verdict_at",
            Self::LabelledAt => "labelled_at",
            Self::PublishedAt => "published_at",
            Self::InquiryAt => "inquiry_at",
            Self::ArticlePublishedAt => "article_published_at",
            Self::RequestSentAt => "request_sent_at",
            Self::ConferenceAt => "conference_at",
            Self::BreachDetectedAt => "breach_detected_at",
            Self::ClosedAt => "closed_at",
            Self::SignedAt => "signed_at",
            Self::DesignatedAt => "designated_at",
            Self::PeriodEndsAt => "period_ends_at",
        }
    }
    /// The words after "kể từ khi …".
    pub fn title(self) -> &'static str {
        match self {
            Self::OccurredAt => "sự việc xảy ra",
            Self::ReceivedAt => "tiếp nhận, xử lý theo thẩm quyền",
            Self::DetectedAt => "phát hiện",
            Self::OpenedAt => "mở sự cố",
            Self::ImpactAssessedAt => "xác định có tác động dư luận",
            Self::VerdictAt => "kết luận kiểm chứng",
            Self::LabelledAt => "gắn nhãn",
            Self::PublishedAt => "phát hành phát ngôn ban đầu",
            Self::InquiryAt => "nhận câu hỏi, văn bản của báo chí",
            Self::ArticlePublishedAt => "bài báo đăng",
            Self::RequestSentAt => "gửi yêu cầu gỡ, cải chính",
            Self::ConferenceAt => "họp báo",
            Self::BreachDetectedAt => "phát hiện vi phạm dữ liệu",
            Self::ClosedAt => "kết thúc sự cố",
            Self::SignedAt => "ký văn bản",
            Self::DesignatedAt => "có quyết định giao phát ngôn",
            Self::PeriodEndsAt => "hết kỳ báo cáo năm",
        }
    }
    /// Whether people may set it; the rest is recorded by what happens in the room.
    pub fn by_hand(self) -> bool {
        !matches!(
            self,
            Self::OpenedAt | Self::PublishedAt | Self::ClosedAt | Self::DesignatedAt | Self::PeriodEndsAt
        )
    }
}

/// The moments of an incident that are known so far.
pub type Anchors = BTreeMap<Anchor, Timestamp>;
