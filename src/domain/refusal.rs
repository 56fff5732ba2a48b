//! Every reason for which a command is refused, with the words that the person who acted reads. The code is
//! stable; the words say what to do next.

use super::anchor::Anchor;
use super::ids::Digest;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a command was refused. Named after the rule that it would have broken.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// The command cannot be read; an old page sent it.
    #[error("Máy chủ không hiểu yêu cầu này. Hãy tải lại trang rồi thử lại; nội dung đang soạn vẫn còn.")]
    Unreadable,
    /// The actor's role does not allow this command.
    #[error("Vai trò của bạn không cho phép việc này. Hãy nhờ người có thẩm quyền trong phòng.")]
    NotAllowed,
    /// Only the office that owns the task, the secretary or the head may act on it.
    #[error("Nhiệm vụ này do cơ quan khác chủ trì. Hãy nhắn cơ quan đó, hoặc nhờ thư ký Tổ cập nhật giúp.")]
    NotYourTask,
    /// The incident was opened before.
    #[error("Sự cố này đã được mở.")]
    AlreadyOpen,
    /// The incident is closed and read-only.
    #[error("Sự cố đã kết thúc, hồ sơ chỉ còn để đọc và xuất. Cần tiếp tục thì mở sự cố mới.")]
    Closed,
    /// There is no incident here yet.
    #[error("Sự cố chưa được mở.")]
    NotOpen,
    /// Mandatory tasks are open.
    #[error(
        "Còn {count} nhiệm vụ bắt buộc chưa xong: {first}. Hoàn thành, hoặc cho miễn kèm lý do, rồi kết thúc lại."
    )]
    MandatoryTasksOpen {
        /// How many.
        count: usize,
        /// The title of the first.
        first: String,
    },
    /// A statement is under review or a draft was submitted and not finished.
    #[error("Còn phát ngôn {number} đang chờ duyệt. Phát hành hoặc mở lại để sửa trước khi kết thúc.")]
    StatementInReview {
        /// Its number.
        number: String,
    },
    /// No such row.
    #[error("Không tìm thấy mục này trong sự cố. Hãy tải lại trang.")]
    Unknown,
    /// A row with this id exists.
    #[error("Mục này đã có trong sự cố.")]
    AlreadyThere,
    /// Nothing was written.
    #[error("Nội dung còn trống. Hãy nhập nội dung rồi gửi lại.")]
    Empty,
    /// Longer than the limit.
    #[error("Nội dung dài {length} ký tự, vượt giới hạn {max}. Hãy rút gọn hoặc tách làm nhiều mục.")]
    TooLong {
        /// Characters written.
        length: usize,
        /// Characters allowed.
        max: usize,
    },
    /// Holds a character that does not show or changes direction.
    #[error(
        "Ký tự thứ {place} là ký tự ẩn hoặc đổi chiều chữ (U+{point:04X}), thường do dán từ nơi khác. Hãy xóa ký tự đó rồi gửi lại."
    )]
    UnseenCharacter {
        /// Its code point.
        point: u32,
        /// Its place in the text, from 1.
        place: usize,
    },
    /// Not a web address.
    #[error("Đường dẫn phải bắt đầu bằng https:// hoặc http:// và không có khoảng trắng.")]
    BadLink,
    /// A time that has not come yet.
    #[error("Thời điểm đã nhập ở tương lai so với giờ máy chủ. Hãy kiểm tra lại ngày, giờ.")]
    InTheFuture,
    /// A time before anything could have happened.
    #[error("Thời điểm đã nhập quá xa trong quá khứ. Hãy kiểm tra lại năm.")]
    TooLongAgo,
    /// Received before it happened, released before it was approved, …
    #[error("Thứ tự thời gian không đúng: {later} không thể trước {earlier}.")]
    OutOfOrder {
        /// What has to come first.
        earlier: String,
        /// What has to come after it.
        later: String,
    },
    /// The level is not 1 to 4, or is the one that it has.
    #[error("Mức độ phải từ 1 đến 4 và khác mức hiện tại.")]
    BadLevel,
    /// A task in its present state cannot do this.
    #[error("Nhiệm vụ đã hoàn thành hoặc đã được bỏ qua, không cập nhật được nữa.")]
    TaskEnded,
    /// A mandatory task is waived by the head or the secretary only.
    #[error("Nhiệm vụ bắt buộc chỉ Tổ trưởng hoặc thư ký Tổ được cho miễn, kèm lý do.")]
    Mandatory,
    /// The anchor is not set by hand.
    #[error("Mốc thời gian này do hệ thống ghi, không đặt bằng tay.")]
    AnchorNotByHand {
        /// Which.
        anchor: Anchor,
    },
    /// A moment is moved only with a reason.
    #[error("Mốc này đã có. Muốn đổi phải ghi lý do.")]
    ReasonMissing,
    /// The playbook prepares no statement of this kind.
    #[error("Kịch bản của sự cố không có mẫu cho loại phát ngôn này.")]
    UnknownKind,
    /// The text changed since the writer read it.
    #[error(
        "Bản thảo đã được người khác sửa trong lúc bạn viết. Phần bạn viết vẫn còn trên máy; hãy so với bản mới rồi lưu lại."
    )]
    TextChanged {
        /// The digest of the text now.
        now: Digest,
    },
    /// The change stands on changes that the server does not have.
    #[error(
        "Máy chủ còn thiếu một phần chữ đã gõ trước đó. Trang sẽ tự gửi lại; nếu không, hãy tải lại trang."
    )]
    WordsMissing,
    /// Typing in words that were submitted.
    #[error(
        "Phát ngôn đã trình duyệt nên không gõ thêm được. Hãy mở lại để sửa; phần bạn gõ vẫn còn trên máy."
    )]
    WordsFrozen,
    /// Too many windows on one text.
    #[error("Đã có {max} cửa sổ cùng mở phát ngôn này. Hãy đóng bớt rồi mở lại.")]
    TooManyWindows {
        /// How many may be open.
        max: usize,
    },
    /// Submission with blanks left.
    #[error("Còn {count} chỗ trống chưa điền: {first}. Điền hoặc xóa rồi trình lại.")]
    BlanksLeft {
        /// How many.
        count: usize,
        /// The first.
        first: String,
    },
    /// Only a draft can be submitted.
    #[error("Phát ngôn không ở trạng thái bản thảo nên không trình được.")]
    NotADraft,
    /// Only a submitted text can be approved or objected to.
    #[error("Phát ngôn chưa được trình duyệt, hoặc đã mở lại để sửa.")]
    NotSubmitted,
    /// The approval names words that are not the submitted ones.
    #[error("Nội dung bạn duyệt không còn là bản đang trình. Hãy đọc bản hiện tại rồi duyệt lại.")]
    StaleApproval {
        /// The digest submitted now.
        now: Digest,
    },
    /// The one who wrote does not approve.
    #[error("Người soạn không được tự duyệt phát ngôn của mình. Hãy để người khác duyệt.")]
    OwnApproval,
    /// The actor's office is not asked to approve this statement.
    #[error("Ma trận duyệt của loại phát ngôn và mức độ này không yêu cầu bạn duyệt.")]
    NotAsked,
    /// The office has approved these words.
    #[error("Cơ quan bạn đã duyệt đúng nội dung này rồi.")]
    AlreadyApproved,
    /// Publication by somebody who is not a spokesperson for this matter now.
    #[error("Chỉ người phát ngôn được giao hoặc được ủy quyền còn hiệu lực mới được phát hành.")]
    NotASpokesperson,
    /// Publication of words without all approvals.
    #[error("Chưa đủ phê duyệt: còn thiếu {missing}. Không thể phát hành nội dung chưa được duyệt.")]
    NotApproved {
        /// Whose approval is missing.
        missing: String,
    },
    /// The statement went out on this channel.
    #[error("Phát ngôn này đã phát hành trên kênh đó.")]
    AlreadyReleased,
    /// A published statement is never changed.
    #[error("Phát ngôn đã phát hành, không sửa được nữa. Hãy soạn bản cập nhật hoặc cải chính.")]
    AlreadyPublished,
    /// The channel is not in the registry.
    #[error("Kênh phát hành không có trong danh mục kênh chính thức.")]
    UnknownChannel,
    /// The clock is not due or not running.
    #[error("Đồng hồ này không đến hạn.")]
    NotDue,
    /// The office is in the room.
    #[error("Cơ quan này đã có trong phòng.")]
    OfficeInRoom,
    /// The office is unknown to the organisation data.
    #[error("Không có cơ quan này trong danh mục tại ngày áp dụng.")]
    UnknownOffice,
    /// The command id was used for another command.
    #[error("Mã lệnh này đã dùng cho một lệnh khác.")]
    IdReused,
    /// Sign-in name that is taken.
    #[error("Tên đăng nhập này đã có người dùng.")]
    NameTaken,
    /// Sign-in name with other than letters, digits, dots and hyphens.
    #[error("Tên đăng nhập gồm 2–40 chữ thường không dấu, chữ số, dấu chấm hoặc gạch nối.")]
    BadName,
    /// A position or designation that ends before it begins.
    #[error("Ngày kết thúc không thể trước ngày bắt đầu.")]
    EndBeforeBeginning {
        /// The beginning.
        from: Timestamp,
    },
    /// The last administrator stays.
    #[error("Đây là quản trị viên cuối cùng, không thể khóa tài khoản này.")]
    LastAdministrator,
}

impl Refusal {
    /// The stable code, as the wire and scripts see it.
    pub fn code(&self) -> String {
        match serde_json::to_value(self) {
            Ok(value) => value["code"].as_str().unwrap_or_default().to_owned(),
            Err(_) => String::new(),
        }
    }
}
