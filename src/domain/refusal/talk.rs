//! Why a message cannot name somebody, be pinned, or be confirmed.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A rule of talk.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Talk {
    /// A person without a part in the incident does not read what names them.
    #[error(
        "{name} không có phần trong sự cố này nên không đọc được tin. Hãy nhờ Tổ trưởng hoặc thư ký Tổ mời cơ quan của người ấy, hoặc bỏ «@{name}» rồi gửi lại."
    )]
    PersonOutside {
        /// Who.
        name: String,
    },
    /// Nobody with an account is meant.
    #[error(
        "Người được nhắc không còn tài khoản đang dùng. Hãy bỏ tên ấy, hoặc chọn lại người từ danh sách sau dấu @."
    )]
    NobodySo,
    /// An office without a part in the incident.
    #[error(
        "{office} chưa được mời vào sự cố này nên không đọc được tin. Hãy nhờ Tổ trưởng hoặc thư ký Tổ mời cơ quan ấy, hoặc bỏ tên rồi gửi lại."
    )]
    OfficeOutside {
        /// Which.
        office: String,
    },
    /// Who is called stands in the words.
    #[error("Tin nhắc {name} nhưng trong lời không có «@{name}». Hãy chọn lại tên từ danh sách sau dấu @.")]
    NotNamed {
        /// Who.
        name: String,
    },
    /// So many names call nobody.
    #[error("Một tin nhắc nhiều nhất {max} người và cơ quan. Hãy nhắc cơ quan thay cho từng người.")]
    TooManyMentions {
        /// How many may be named.
        max: usize,
    },
    /// So many pins are read by nobody.
    #[error("Đã ghim {max} tin, là nhiều nhất. Hãy bỏ ghim một tin cũ rồi ghim lại.")]
    TooManyPins {
        /// How many may be pinned.
        max: usize,
    },
    /// All of them are asked already, or none was chosen.
    #[error("Chưa chọn cơ quan nào, hoặc các cơ quan đã chọn đều đang được hỏi. Hãy chọn cơ quan khác.")]
    NobodyAsked,
    /// The actor's office is not asked.
    #[error("Tin này không yêu cầu cơ quan bạn xác nhận, hoặc yêu cầu đã được bỏ.")]
    NotAskedToConfirm,
    /// Another's request.
    #[error("Yêu cầu này do {name} đặt. Chỉ người ấy, Tổ trưởng hoặc thư ký Tổ bỏ được.")]
    NotYourRequest {
        /// Whose.
        name: String,
    },
}
