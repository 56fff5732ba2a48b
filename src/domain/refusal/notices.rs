//! Why somebody cannot be told in the way that was asked for.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A rule about the ways in which people are told.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Notices {
    /// No mailbox.
    #[error("Địa chỉ thư điện tử không đúng. Hãy nhập dạng ten@coquan.gov.vn.")]
    BadMailbox,
    /// More browsers than one person has.
    #[error("Mỗi người bật nhiều nhất {max} trình duyệt. Hãy bỏ bớt trình duyệt không dùng nữa.")]
    TooManyDevices {
        /// How many.
        max: usize,
    },
    /// More programs than are called.
    #[error("Nhiều nhất {max} địa chỉ nhận báo tin. Hãy dừng bớt địa chỉ không dùng nữa.")]
    TooManyHooks {
        /// How many.
        max: usize,
    },
    /// A call that could be read on its way.
    #[error(
        "Địa chỉ nhận báo tin phải bắt đầu bằng https://; chỉ chương trình trên chính máy chủ được dùng http://."
    )]
    PlainHook,
    /// The browser's push service is not among those that are known.
    #[error(
        "Trình duyệt này dùng dịch vụ báo tin {service} mà máy chủ không cho phép. Hãy báo quản trị viên."
    )]
    UnknownPushService {
        /// Its host.
        service: String,
    },
    /// The browser's keys are none.
    #[error("Trình duyệt gửi khóa báo tin không đúng. Hãy tải lại trang rồi bật lại.")]
    BadPushKeys,
}
