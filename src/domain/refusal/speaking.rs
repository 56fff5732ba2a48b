//! Why somebody cannot be made a spokesperson, delegate their word, or be listed as one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A rule about who speaks, and by which document.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Speaking {
    /// Nobody speaks without a document that says so.
    #[error("Phải có văn bản giao hoặc ủy quyền phát ngôn. Hãy nhập số, ký hiệu văn bản.")]
    NoInstrument,
    /// A delegation is for one matter and for a limited time.
    #[error(
        "Ủy quyền phát ngôn phải cho một sự cố cụ thể và có thời hạn. Hãy chọn sự cố và thời điểm kết thúc."
    )]
    DelegationUnbounded,
    /// A delegation that lasts for ever in all but name.
    #[error("Ủy quyền không quá {days} ngày. Việc kéo dài hơn thì hết hạn ghi văn bản ủy quyền mới.")]
    DelegationTooLong {
        /// Days allowed.
        days: i64,
    },
    /// Only the head delegates; who speaks regularly or by delegation passes nothing on.
    #[error(
        "Chỉ người đứng đầu đang có văn bản còn hiệu lực mới được ủy quyền phát ngôn; người phát ngôn thường xuyên và người được ủy quyền không được ủy quyền lại. Hãy chọn người đứng đầu làm người ủy quyền."
    )]
    NotTheirsToDelegate,
    /// Nobody delegates to themselves.
    #[error("Không ai tự ủy quyền cho mình. Hãy chọn người ủy quyền là người đứng đầu khác.")]
    OwnDelegation,
    /// The head and the regular spokesperson speak in every matter, by nobody's delegation.
    #[error(
        "Người đứng đầu và người phát ngôn thường xuyên được giao cho mọi sự cố, không do ai ủy quyền. Giao riêng một sự cố thì chọn «Được ủy quyền»."
    )]
    NotADelegation,
    /// Who is delegated for one matter is not on the public list.
    #[error(
        "Danh sách công khai chỉ ghi người đứng đầu và người phát ngôn thường xuyên. Ủy quyền theo vụ việc ghi ở trang Tài khoản."
    )]
    NotForTheList,
    /// The person is on the list for the agency.
    #[error("{name} đã có trong danh sách của cơ quan này với cùng tư cách. Hãy sửa dòng ấy.")]
    SpeakerListed {
        /// Who.
        name: String,
    },
    /// Not a telephone number.
    #[error("Số điện thoại gồm ít nhất 6 chữ số; chỉ thêm dấu cách, dấu + ( ) . , ; / -.")]
    BadPhone,
    /// Not an address of mail.
    #[error("Thư điện tử phải có dạng ten@co-quan.vn, không dấu, không khoảng trắng.")]
    BadEmail,
    /// Made public before the decision.
    #[error("{name} được giao sau thời điểm này, không thể đã công khai trước. Hãy kiểm tra lại ngày, giờ.")]
    PublishedTooEarly {
        /// Who.
        name: String,
        /// When they were made a spokesperson.
        decided: Timestamp,
    },
    /// A designation that is over cannot be revoked.
    #[error("Văn bản này đã hết hạn hoặc đã được thu hồi, không cần thu hồi nữa. Hãy tải lại trang.")]
    DesignationOver,
}
