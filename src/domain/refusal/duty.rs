//! Why a duty cannot be taken, planned or handed over so.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A rule about who is on duty, and how duty passes on.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Duty {
    /// Duty passes on by a handover, or with a reason.
    #[error(
        "{name} đang trực cho cơ quan này. Hãy nhờ {name} bàn giao; không liên lạc được thì nhận thay và ghi lý do."
    )]
    OnDutyAlready {
        /// Who is on duty.
        name: String,
    },
    /// That duty has ended.
    #[error("Ca trực của {name} đã kết thúc. Hãy xem ai đang trực rồi thử lại.")]
    DutyOver {
        /// Whose it was.
        name: String,
    },
    /// Another's duty is not handed over, planned or left by this person.
    #[error("Đây là ca trực của {name}. Hãy nhắn {name}, hoặc nhờ thư ký Tổ phân công lại.")]
    NotYourDuty {
        /// Whose it is.
        name: String,
    },
    /// One handover waits at a time.
    #[error("Bàn giao trước đang chờ {name} xác nhận. Hãy chờ, hoặc rút lại rồi bàn giao cho người khác.")]
    HandoverWaits {
        /// For whom it waits.
        name: String,
    },
    /// It was confirmed, declined or taken back.
    #[error("Bàn giao này không còn chờ: đã xác nhận, đã từ chối hoặc đã rút lại.")]
    NoHandover,
    /// A handover is answered by whom it is for, and taken back by whom it is from.
    #[error(
        "Việc này của {name}. Chỉ người được bàn giao mới xác nhận hoặc từ chối, chỉ người bàn giao mới rút lại."
    )]
    NotYourHandover {
        /// Whose it is.
        name: String,
    },
    /// Nobody relieves themselves.
    #[error("Không ai thay ca của chính mình. Hãy chọn người khác cùng cơ quan.")]
    OwnRelief,
    /// Duty for an office is its own people's.
    #[error(
        "Người được chọn không thuộc cơ quan này, đã rời vị trí, hoặc chỉ theo dõi. Hãy chọn người khác của cơ quan."
    )]
    NotOfTheOffice,
}

impl From<Duty> for super::Refusal {
    fn from(duty: Duty) -> Self {
        Self::Duty(duty)
    }
}
