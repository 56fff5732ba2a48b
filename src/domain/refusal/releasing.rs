//! Why words cannot go out, or not yet; why what stands on a channel cannot be recorded so.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A rule about what goes out.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Releasing {
    /// Publication of words without all approvals.
    #[error("Chưa đủ phê duyệt: còn thiếu {missing}. Không thể phát hành nội dung chưa được duyệt.")]
    NotApproved {
        /// Whose approval is missing.
        missing: String,
    },
    /// A strong objection stands.
    #[error("{by} phản đối mạnh. Chỉ phát hành được khi Tổ trưởng quyết định, kèm lý do.")]
    ObjectionStands {
        /// Who objects.
        by: String,
    },
    /// Several offices go out together, later.
    #[error("Các cơ quan hẹn cùng phát hành, chưa đến giờ. Hãy chờ, hoặc bỏ hẹn kèm lý do.")]
    Embargoed {
        /// Not before.
        until: Timestamp,
    },
    /// Several offices go out together, and not all agreed to these words.
    #[error("Hẹn cùng phát hành đang giữ lại: {missing} chưa đồng ý với đúng nội dung này.")]
    NotAgreed {
        /// Who has not.
        missing: String,
    },
    /// No joint release was agreed.
    #[error("Phát ngôn này không hẹn giờ cùng phát hành.")]
    NotHeld,
    /// An exercise has no real channels.
    #[error("Đây là diễn tập: không có kênh thật nào ở đây. Hãy chọn một kênh diễn tập.")]
    NoChannelInExercise,
    /// Nothing went out on this channel.
    #[error("Phát ngôn chưa phát hành trên kênh này. Hãy ghi phát hành trước.")]
    NotReleasedThere,
    /// A registry number before approval.
    #[error("Phát ngôn chưa đủ phê duyệt nên chưa có số văn bản.")]
    NumberedTooEarly,
    /// No old words stand on this channel.
    #[error("Trên kênh này không còn bản cũ cần xử lý.")]
    NothingStandsThere,
    /// The statement went out on this channel.
    #[error("Phát ngôn này đã phát hành trên kênh đó.")]
    AlreadyReleased,
    /// A published statement is never changed.
    #[error("Phát ngôn đã phát hành, không sửa được nữa. Hãy soạn bản cập nhật hoặc cải chính.")]
    AlreadyPublished,
    /// The channel is not in the registry.
    #[error("Kênh phát hành không có trong danh mục kênh chính thức.")]
    UnknownChannel,
    /// A rule of the ladder holds publication.
    #[error("Đang giữ phát hành: {why}. Chỉ phát hành sau khi đã trả lời có: “{until}”")]
    PublishingHeld {
        /// The rule in words.
        why: String,
        /// The question.
        until: String,
    },
}
