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
    /// Larger than files of its kind may be.
    #[error("{kind} lớn nhất {max} MB. Hãy thu nhỏ hoặc cắt ngắn, hoặc chỉ ghi đường dẫn.")]
    FileTooLarge {
        /// What it is, in words.
        kind: String,
        /// The most, millions of bytes.
        max: u32,
    },
    /// A drawing that can hold script.
    #[error(
        "Tệp này là hình SVG, có thể chứa mã chạy được, nên không nhận. Hãy chụp màn hình hoặc lưu thành PNG rồi gửi."
    )]
    Svg,
    /// A page or other markup, whatever its name says.
    #[error(
        "Tệp này là trang web hoặc tệp đánh dấu, không nhận. Hãy in trang ra PDF, hoặc chụp màn hình, rồi gửi."
    )]
    Markup,
    /// Something that a machine would run.
    #[error(
        "Tệp này là chương trình chạy được, không nhận dù mang tên gì. Đừng mở nó; nếu được ai gửi, hãy báo quản trị viên."
    )]
    Program,
    /// Files in a file.
    #[error(
        "Tệp này là tệp nén (zip, rar…), không nhận vì không biết bên trong có gì. Hãy giải nén rồi gửi từng ảnh, từng tệp PDF."
    )]
    Archive,
    /// A word processor's or a spreadsheet's own file: it can hold macros.
    #[error(
        "Tệp này là tài liệu Word, Excel hoặc PowerPoint, có thể mang mã chạy được, không nhận. Hãy lưu thành PDF (bảng số thì lưu thành CSV) rồi gửi."
    )]
    OfficeFile,
    /// A picture as some phones keep it, which most PCs of an office cannot open.
    #[error(
        "Ảnh này ở dạng HEIC hoặc AVIF, nhiều máy không mở được, nên không nhận. Trên điện thoại: Cài đặt, Camera, Định dạng, chọn Tương thích nhất; hoặc chụp màn hình ảnh ấy rồi gửi."
    )]
    Heic,
    /// Another picture, film or recording.
    #[error("Dạng tệp này không nhận. Ảnh thì lưu thành JPEG hoặc PNG, phim thì lưu thành MP4, rồi gửi lại.")]
    OtherMedia,
    /// Nothing that is known.
    #[error(
        "Không nhận ra nội dung tệp này. Chỉ nhận ảnh JPEG, PNG, WebP, tệp PDF, video MP4, MOV, WebM, tệp chữ và CSV mã UTF-8."
    )]
    UnknownType,
}
