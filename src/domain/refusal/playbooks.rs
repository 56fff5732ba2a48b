//! Why a playbook cannot be run, taken over or published as it was asked.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A rule about playbooks and their versions.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Playbooks {
    /// The playbook runs in the incident.
    #[error("Kịch bản này đang chạy trong sự cố.")]
    PlaybookRuns,
    /// More playbooks than one incident can be worked by.
    #[error("Một sự cố chạy nhiều nhất {max} kịch bản. Việc khác hẳn thì mở sự cố khác.")]
    TooManyPlaybooks {
        /// How many there may be.
        max: usize,
    },
    /// There is no such playbook, version or step.
    #[error("Không có kịch bản, phiên bản hoặc bước này. Hãy tải lại trang rồi chọn lại.")]
    UnknownPlaybook,
    /// Somebody published a newer version while this one was edited.
    #[error(
        "{by} đã công bố phiên bản {version} trong lúc bạn sửa. Phần bạn viết vẫn còn trên máy; hãy xem khác biệt, đưa vào bản mới rồi công bố lại."
    )]
    PlaybookMovedOn {
        /// The newest version.
        version: u32,
        /// Who published it.
        by: String,
    },
    /// The grammar does not accept the text.
    #[error("Kịch bản còn {count} chỗ chưa đúng. Chỗ đầu tiên, dòng {line}: {first}.")]
    PlaybookUnsound {
        /// How many problems.
        count: usize,
        /// The line of the first.
        line: u32,
        /// The first.
        first: String,
    },
    /// The text is that of another playbook.
    #[error("Mục «mã» phải giữ nguyên là «{id}»: mỗi kịch bản giữ một mã suốt các phiên bản.")]
    OtherPlaybook {
        /// The code that it has to keep.
        id: String,
    },
    /// The words are those that are in force.
    #[error("Nội dung không khác phiên bản đang dùng nên không có gì để công bố.")]
    NothingChanged,
    /// No more versions, or playbooks, are kept.
    #[error("Đã hết chỗ: mỗi kịch bản giữ nhiều nhất {versions} phiên bản. Hãy báo quản trị viên.")]
    ShelfFull {
        /// Versions of a playbook.
        versions: usize,
    },
}
