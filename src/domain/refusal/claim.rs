//! Why a step of a claim cannot be taken, or not yet.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A rule about claims.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Claims {
    /// Neither a link nor words.
    #[error("Chưa rõ thấy ở đâu. Hãy dán đường dẫn, hoặc tả nơi thấy.")]
    Nowhere,
    /// The place is in the register.
    #[error(
        "Nơi này đã có trong mục {number}. Thấy lại sau khi đã kết luận thì chọn “Thấy lại sau kết luận”."
    )]
    PlaceKnown {
        /// The claim.
        number: String,
    },
    /// No such place, or one that was struck out.
    #[error("Không có nơi này trong mục {number}, hoặc nơi này đã bị gạch. Hãy chọn lại.")]
    UnknownPlace {
        /// The claim.
        number: String,
    },
    /// A request about nothing.
    #[error("Chưa chọn nơi nào cần gỡ. Hãy chọn ít nhất một nơi.")]
    NoPlace,
    /// More entries than one claim carries.
    #[error("Mỗi tin chỉ giữ nhiều nhất {max} mục loại này. Hãy ghi tin mới, dẫn tới {number}.")]
    Full {
        /// The claim.
        number: String,
        /// How many.
        max: usize,
    },
    /// Not a kind of the day's law.
    #[error("Loại tin này không có trong danh mục của ngày áp dụng. Hãy chọn lại.")]
    UnknownKind,
    /// Concluded before it was sorted.
    #[error("{number} chưa được phân loại. Hãy phân loại mức nguy hại và quyền tiếp cận trước khi kết luận.")]
    NotClassified {
        /// The claim.
        number: String,
    },
    /// Concluded although nobody verified it.
    #[error("{number} chưa giao ai kiểm chứng. Hãy ghi cơ quan kiểm chứng trước khi kết luận.")]
    NotVerified {
        /// The claim.
        number: String,
    },
    /// A verdict that rests on nothing.
    #[error("Kết luận phải có căn cứ: chọn dữ kiện trong sổ, đính kèm tệp, hoặc ghi số văn bản.")]
    NoEvidence,
    /// The verdict that it has.
    #[error("{number} đã có đúng kết luận này; thời hạn tính từ lần kết luận trước.")]
    SameVerdict {
        /// The claim.
        number: String,
    },
    /// Another body verifies what is concluded.
    #[error(
        "{number} đã có kết luận; ai kiểm chứng là một phần của kết luận ấy. Sai thì đổi kết luận, kèm lý do."
    )]
    Concluded {
        /// The claim.
        number: String,
    },
    /// What comes after a conclusion, before there is one.
    #[error("{number} chưa có kết luận kiểm chứng. Hãy ghi kết luận trước.")]
    NotConcluded {
        /// The claim.
        number: String,
    },
    /// A step that only false information gets.
    #[error("Kết luận về {number} không phải là tin giả, tin sai sự thật, nên không làm bước này.")]
    NotFalse {
        /// The claim.
        number: String,
    },
    /// A label on what citizens may not have.
    #[error(
        "{number} chứa thông tin công dân không được tiếp cận: không gắn nhãn. Chỉ yêu cầu ngăn chặn, gỡ bỏ."
    )]
    LabelForbidden {
        /// The claim.
        number: String,
    },
    /// A second label.
    #[error("Nhãn đang gắn trên {number}. Gắn sai thì gỡ nhãn trước, kèm lý do.")]
    LabelStands {
        /// The claim.
        number: String,
    },
    /// No label stands on it.
    #[error("{number} không có nhãn nào đang gắn.")]
    NotLabelled {
        /// The claim.
        number: String,
    },
    /// Made public before the label.
    #[error("{number} chưa gắn nhãn. Hãy gắn nhãn trước, hoặc ghi gắn nhãn và công bố cùng một lúc.")]
    LabelFirst {
        /// The claim.
        number: String,
    },
    /// Made public, or warned of, although citizens may not have it.
    #[error(
        "{number} chứa thông tin công dân không được tiếp cận: không công bố, không cảnh báo. Chỉ yêu cầu ngăn chặn, gỡ bỏ."
    )]
    PublicationForbidden {
        /// The claim.
        number: String,
    },
    /// Made public although only a warning is allowed.
    #[error("{number} chỉ được cảnh báo, không công bố: {why}.")]
    OnlyWarning {
        /// The claim.
        number: String,
        /// Why.
        why: String,
    },
    /// A statement that is not out tells nobody.
    #[error(
        "{statement} chưa phát hành nên chưa phải là công bố. Hãy phát hành trước, hoặc ghi cơ quan khác đã công bố thế nào."
    )]
    NoticeNotOut {
        /// The statement.
        statement: String,
    },
    /// Removal of what nobody found false.
    #[error(
        "Chưa kết luận {number} là tin giả nên chưa gửi yêu cầu gỡ. Khẩn cấp về an ninh thì ghi là yêu cầu khẩn cấp."
    )]
    RequestTooEarly {
        /// The claim.
        number: String,
    },
    /// An answer that was overtaken.
    #[error("Nơi này đã ghi kết quả “{known}”. Chỉ ghi tiếp khi kết quả đã khác.")]
    AnsweredAlready {
        /// What is known.
        known: String,
    },
    /// The law's steps do not apply.
    #[error("{number} đang ghi là không áp dụng trình tự này. Hãy ghi áp dụng lại, kèm lý do, rồi làm tiếp.")]
    Excepted {
        /// The claim.
        number: String,
    },
    /// They do apply.
    #[error("{number} đang theo trình tự này, không cần ghi áp dụng lại.")]
    NotExcepted {
        /// The claim.
        number: String,
    },
    /// Called done with a step owed.
    #[error("Chưa hoàn thành được: còn thời hạn “{owed}”.")]
    StepOwed {
        /// What.
        owed: String,
    },
    /// It is done.
    #[error("{number} đã ghi hoàn thành xử lý.")]
    AlreadyDone {
        /// The claim.
        number: String,
    },
}
