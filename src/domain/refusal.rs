//! Every reason for which a command is refused, with the words that the person who acted reads. The code is
//! stable; the words say what to do next.

mod claim;
mod desks;
mod duty;
mod files;
mod notices;
mod playbooks;
mod purges;
mod releasing;
mod speaking;
mod talk;

pub use claim::Claims;
pub use desks::Desks;
pub use duty::Duty;
pub use files::Files;
pub use notices::Notices;
pub use playbooks::Playbooks;
pub use purges::Purges;
pub use releasing::Releasing;
pub use speaking::Speaking;
pub use talk::Talk;

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
    /// Words typed into a text that was approved beforehand.
    #[error(
        "Mẫu đã duyệt trước: chỉ điền vào các chỗ trống, không sửa câu chữ. Cần viết khác thì soạn một phát ngôn mới."
    )]
    OnlyBlanks,
    /// Blanks filled one by one in a text that is written freely.
    #[error("Phát ngôn này viết tự do, không phải mẫu đã duyệt trước. Hãy sửa trực tiếp trong bản thảo.")]
    NoForm,
    /// A value that the blank does not take.
    #[error("“{blank}” không nhận nội dung này. Cần: {hint}.")]
    NotAllowedThere {
        /// The blank.
        blank: String,
        /// What belongs there.
        hint: String,
    },
    /// The statement was put aside.
    #[error("Phát ngôn này đã được xếp lại, chỉ còn để đọc. Hãy soạn phát ngôn mới.")]
    SetAside,
    /// Only what is out can be updated, corrected or withdrawn.
    #[error(
        "{number} chưa phát hành nên chưa có gì để cập nhật, đính chính hay rút. Hãy sửa ngay bản thảo ấy."
    )]
    NotPublished {
        /// The statement that was to be followed.
        number: String,
    },
    /// A newer statement of the series is out.
    #[error("Chuỗi phát ngôn này đã có {number} mới hơn. Hãy cập nhật, đính chính hoặc rút từ {number}.")]
    SeriesMovedOn {
        /// The newer one.
        number: String,
    },
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
    /// Others are asked first.
    #[error("Chưa đến lượt bạn duyệt: còn chờ {before}. Nếu thấy nội dung sai, bạn phản đối được ngay.")]
    NotYourTurn {
        /// Who comes first.
        before: String,
    },
    /// No strong objection stands.
    #[error("Không có phản đối mạnh nào đang chờ Tổ trưởng quyết định.")]
    NoObjection,
    /// The actor's office is not asked to approve this statement.
    #[error("Ma trận duyệt của loại phát ngôn và mức độ này không yêu cầu bạn duyệt.")]
    NotAsked,
    /// The office has approved these words.
    #[error("Cơ quan bạn đã duyệt đúng nội dung này rồi.")]
    AlreadyApproved,
    /// A time that is over.
    #[error("Thời điểm này đã qua. Hãy chọn một giờ sắp tới.")]
    InThePast,
    /// A time too far ahead.
    #[error("Thời điểm này quá xa. Hãy kiểm tra lại ngày, giờ.")]
    TooFarAhead,
    /// Old words stand somewhere although they were corrected or withdrawn.
    #[error(
        "{number} đã được đính chính hoặc rút nhưng bản cũ còn trên {count} kênh. Xử lý từng kênh rồi kết thúc lại."
    )]
    OldWordsStand {
        /// The older statement.
        number: String,
        /// On how many channels.
        count: usize,
    },
    /// A fact that was withdrawn.
    #[error("Dữ kiện này đã được rút. Hãy ghi dữ kiện mới.")]
    FactWithdrawn,
    /// The fact changed since it was read.
    #[error("Dữ kiện đã đổi trong lúc bạn đọc, nay là: {now}. Hãy xem lại rồi làm lại.")]
    FactChanged {
        /// What it says now.
        now: String,
    },
    /// Whoever entered a fact does not verify it.
    #[error("Người ghi dữ kiện không tự xác minh. Hãy để người khác xác minh.")]
    OwnFact,
    /// Another office is the only source.
    #[error("{office} là nguồn duy nhất của dữ kiện này. Hãy đề nghị cơ quan đó cập nhật.")]
    NotTheSource {
        /// Which.
        office: String,
    },
    /// The clock is not due or not running.
    #[error("Đồng hồ này không đến hạn.")]
    NotDue,
    /// A rule that holds publication ends with the answer to its question.
    #[error("Việc này kết thúc khi câu hỏi của nó được trả lời. Hãy trả lời câu hỏi ở mục Đánh giá.")]
    AnswerFirst,
    /// Something still speaks against a lower level, or against closing.
    #[error(
        "Chưa đủ điều kiện: {first} (còn {count} điều kiện). Tổ trưởng vẫn có thể quyết định, kèm lý do."
    )]
    ConditionsOpen {
        /// How many.
        count: usize,
        /// The first of them.
        first: String,
    },
    /// The clock is stopped by something else than what was recorded.
    #[error("Đồng hồ này không dừng bằng cách ghi nhận. Hãy xem dòng «Dừng khi» của đồng hồ.")]
    NotStoppedSo,
    /// Its condition does not hold yet.
    #[error(
        "Nhiệm vụ này chưa đến lúc: điều kiện của nó chưa có. Trả lời câu hỏi ở mục Đánh giá, hoặc chờ sự việc."
    )]
    NotYet,
    /// A date that is meant for another year.
    #[error("Thời hạn cách lúc mở sự cố hơn một năm. Hãy xem lại ngày, tháng, năm.")]
    DueTooFar,
    /// The office is in the room.
    #[error("Cơ quan này đã có trong phòng.")]
    OfficeInRoom,
    /// The office is unknown to the organisation data.
    #[error("Không có cơ quan này trong danh mục tại ngày áp dụng.")]
    UnknownOffice,
    /// A question of the press has its answer.
    #[error("Câu hỏi này đã ghi kết quả. Ghi nhầm thì sửa hoặc gạch câu hỏi, kèm lý do.")]
    AlreadyAnswered,
    /// Words that are not out answer nobody.
    #[error(
        "{number} chưa phát hành nên chưa phải là trả lời. Hãy phát hành trước, hoặc ghi đã trả lời thế nào."
    )]
    AnswerNotOut {
        /// The statement.
        number: String,
    },
    /// Information is refused on a ground that is not listed.
    #[error("Chỉ được từ chối theo căn cứ có trong danh mục. Hãy chọn một căn cứ và ghi rõ lý do.")]
    UnknownGround,
    /// The row was struck out.
    #[error("Mục này đã bị gạch, chỉ còn để đọc. Hãy ghi mục mới.")]
    StruckOut,
    /// Words that were corrected do not go into the report.
    #[error("Dòng này đã được đính chính. Hãy đưa dòng đính chính vào báo cáo.")]
    LineCorrected,
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
    #[error(
        "Đây là quản trị viên cuối cùng, không khóa và không bỏ vai quản trị được. Hãy giao vai quản trị cho một người khác trước."
    )]
    LastAdministrator,
    /// The matter is not in the register.
    #[error("Không có sự cố này trong sổ. Hãy tải lại trang rồi chọn lại sự cố.")]
    UnknownMatter,
    /// Somebody cannot be made a spokesperson, or be listed as one.
    #[serde(untagged)]
    #[error(transparent)]
    Speaking(Speaking),
    /// A playbook cannot be run, taken over or published so.
    #[serde(untagged)]
    #[error(transparent)]
    Playbooks(Playbooks),
    /// Somebody cannot be told in that way.
    #[serde(untagged)]
    #[error(transparent)]
    Notices(Notices),
    /// Files cannot be attached as they were.
    #[serde(untagged)]
    #[error(transparent)]
    Files(Files),
    /// A row of the desks cannot be kept so.
    #[serde(untagged)]
    #[error(transparent)]
    Desks(Desks),
    /// Duty does not pass on so.
    #[serde(untagged)]
    #[error(transparent)]
    Duty(Duty),
    /// A message cannot name somebody, be pinned, or be confirmed so.
    #[serde(untagged)]
    #[error(transparent)]
    Talk(Talk),
    /// Words cannot go out so, or not yet.
    #[serde(untagged)]
    #[error(transparent)]
    Releasing(Releasing),
    /// A step of a claim cannot be taken, or not yet.
    #[serde(untagged)]
    #[error(transparent)]
    Claims(Claims),
    /// Something cannot be purged, or not yet.
    #[serde(untagged)]
    #[error(transparent)]
    Purges(#[from] Purges),
}

impl From<Releasing> for Refusal {
    fn from(rule: Releasing) -> Self {
        Self::Releasing(rule)
    }
}

impl From<Claims> for Refusal {
    fn from(rule: Claims) -> Self {
        Self::Claims(rule)
    }
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
