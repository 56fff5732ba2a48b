//! Why something cannot be purged.

use crate::domain::ids::Rev;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What a purge cannot take out, or not yet.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Purges {
    /// No line holds it.
    #[error("Không dòng nào có nội dung này để xóa bỏ. Hãy kiểm tra lại số dòng, hoặc chép đúng từng chữ.")]
    NothingToPurge,
    /// More lines than one purge may touch.
    #[error(
        "Có tới {lines} dòng chứa đoạn này, nhiều hơn mức {max} dòng của một lần. Hãy chọn đoạn dài hơn."
    )]
    PurgeTooWide {
        /// How many.
        lines: usize,
        /// How many are allowed.
        max: usize,
    },
    /// There is no such line.
    #[error("Nhật ký không có dòng {line}. Hãy xem lại số dòng ở Dòng thời gian.")]
    PurgeUnknownLine {
        /// Which.
        line: Rev,
    },
    /// The line with which it was opened holds the plan: only passages go out of it.
    #[error(
        "Dòng mở sự cố giữ kịch bản và cơ quan nên không xóa cả dòng được. Hãy chọn xóa bỏ một đoạn chữ và chép đoạn đó vào."
    )]
    PurgeOpening,
    /// Too short: it would stand in words that have nothing to do with it.
    #[error("Đoạn cần xóa bỏ ngắn quá, sẽ trúng cả chỗ khác. Hãy chép ít nhất {min} ký tự.")]
    PurgeTooShort {
        /// Shortest, characters.
        min: usize,
    },
    /// A statement under way holds it.
    #[error(
        "Nội dung này nằm trong {number} đang soạn hoặc chờ duyệt. Hãy nhờ người soạn xếp lại {number}, rồi xóa bỏ."
    )]
    PurgeStanding {
        /// Its number.
        number: String,
    },
    /// A statement that is out holds it.
    #[error(
        "Nội dung này nằm trong {number} đã phát hành, người ngoài đã đọc. Ở đây không xóa được: hãy rút {number} công khai và báo cơ quan có thẩm quyền."
    )]
    PurgePublished {
        /// Its number.
        number: String,
    },
}
