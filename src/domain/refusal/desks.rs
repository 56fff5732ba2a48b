//! Why a row of the desks cannot be kept so: tasks, decisions, questions of the press, media watch.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A rule of the desks.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Desks {
    /// A mandatory task is done when something shows it.
    #[error("Nhiệm vụ bắt buộc chỉ ghi là xong khi có minh chứng. Còn thiếu: {missing}.")]
    EvidenceMissing {
        /// What, in words.
        missing: String,
    },
    /// Evidence that is not there, or no longer stands.
    #[error("Mục dùng làm minh chứng không có trong sự cố, hoặc đã rút, đã xếp lại. Hãy chọn mục khác.")]
    ShowsNothing,
    /// A person or an office without a part in the incident.
    #[error(
        "Người hoặc cơ quan này không có phần trong sự cố. Hãy mời cơ quan vào phòng trước, rồi giao lại."
    )]
    NoPart,
    /// A person who may not do what they are named for.
    #[error(
        "{name} chỉ theo dõi hoặc chỉ báo từ hiện trường nên không làm được việc này. Hãy giao người khác."
    )]
    CannotDo {
        /// Who.
        name: String,
    },
    /// Handed on to whom it is with already.
    #[error("Câu hỏi đang ở đúng người hoặc cơ quan này. Hãy chọn người khác.")]
    SameOwner,
    /// The office's own press log knows no offices of an incident.
    #[error("Sổ báo chí ngoài sự cố do Tổ trưởng, thư ký Tổ giữ; không giao cho người khác ở đây được.")]
    NoOwnerHere,
    /// A decision with more rejected options than anybody weighs.
    #[error("Mỗi quyết định ghi nhiều nhất {max} phương án không chọn. Hãy gộp những phương án gần nhau.")]
    TooManyOptions {
        /// How many.
        max: usize,
    },
    /// A reach that nothing has.
    #[error("Lượt tiếp cận vượt {max}. Hãy kiểm tra lại con số.")]
    ReachTooLarge {
        /// The largest that is taken.
        max: u32,
    },
    /// More rows than people can read of one event.
    #[error(
        "Điểm báo của sự cố này đã đủ {max} tin bài nên không nhận thêm tin mới. Lượt đọc của tin đã có vẫn ghi được."
    )]
    TooManyClippings {
        /// How many.
        max: usize,
    },
    /// Read more often than is kept.
    #[error("Tin bài này đã có {max} lượt đọc. Hãy đọc thưa hơn.")]
    TooManyReadings {
        /// How many.
        max: usize,
    },
    /// More entries than one import takes.
    #[error("Mỗi lần nhập nhiều nhất {max} dòng, bảng này có {length}. Hãy tách thành nhiều tệp.")]
    ImportTooLarge {
        /// How many came.
        length: usize,
        /// How many are taken.
        max: usize,
    },
    /// One entry of an import cannot be taken.
    #[error("Mục thứ {place}: {why}")]
    BadClipping {
        /// Its place, from 1.
        place: usize,
        /// Why, in words.
        why: String,
    },
    /// More services than any province buys.
    #[error("Đã có {max} dịch vụ đang được gửi điểm báo. Hãy thu hồi những dịch vụ không dùng nữa.")]
    TooManyServices {
        /// How many.
        max: usize,
    },
}
