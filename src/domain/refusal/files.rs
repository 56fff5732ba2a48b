//! Why files cannot be attached as they were.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A rule about the files that a row names.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Files {
    /// A command names an attachment that was not sent up, or another one than was.
    #[error(
        "Tệp đính kèm không có trên máy chủ, hoặc không phải đúng tệp đã gửi. Hãy chọn lại tệp rồi gửi lại."
    )]
    NoSuchFile,
    /// More files than one row carries.
    #[error("Mỗi lần đính kèm nhiều nhất {max} tệp. Hãy bỏ bớt, phần còn lại gửi trong tin sau.")]
    TooMany {
        /// How many one row carries.
        max: usize,
    },
}
