//! What of a text names a person or leads to one, found by its form: telephone numbers, mail, links, accounts,
//! addresses, numbers of papers, and names where a form of address or a family name shows them. A form that is found
//! too often costs a code where none was needed; one that is missed costs a person. So these lean to the first.

use super::codes::{Kind, is_code};
use crate::domain::folding::fold;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Something in a text that becomes a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// What it is.
    pub kind: Kind,
    /// Where it stands, bytes.
    pub at: Range<usize>,
    /// What it is known by: the same thing written otherwise has the same.
    pub key: String,
}

fn regex(pattern: &str) -> Regex {
    // Constants of this file, each tried by its tests.
    Regex::new(pattern).unwrap_or_else(|error| unreachable!("{error}"))
}

static MAIL: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+"));
static LINK: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"(?i)(?:https?://|www\.)[^\s<>"“”'()\[\]{}|\\^`]+|(?:[a-z0-9-]+\.)+(?:vn|com|net|org|info|biz|tv|me|io|gov|edu|asia|top|xyz|site|online|page|link|gl|gle|ly|be|app|dev|co|cc|club|news|live|test)(?:[/?#][^\s<>"“”'()\[\]{}|\\^`]*)?"#,
    )
});
static HANDLE: LazyLock<Regex> = LazyLock::new(|| regex(r"@[\p{L}\p{N}_.]{2,}"));
/// Trunk nought or country code, then eight to ten digits with a space, a dot or a dash between any two.
static PHONE: LazyLock<Regex> = LazyLock::new(|| regex(r"(?:\+?84|\(?0)(?:[ .\-)]{0,2}\d){8,10}"));
static DATE: LazyLock<Regex> = LazyLock::new(|| regex(r"^\d{2}[-./ ]\d{2}[-./ ](?:19|20)\d{2}"));
static PAPER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i:cccd|cmnd|căn cước|chứng minh|hộ chiếu|định danh|stk|số tài khoản|ngân hàng)[^\d\n]{0,24}([A-Z]?\d[\d .]{5,18}\d)|\b(0\d{11})\b|\b(\d{2}[A-Z]{1,2}\d?[- ]?\d{3}\.?\d{2})\b",
    )
});
static ACCOUNT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"(?i:tài khoản|nick|fanpage|trang cá nhân|trang|facebook|zalo|tiktok|youtube|telegram|instagram|nhóm|group)(?i:\s+(?:facebook|zalo|tiktok|youtube|telegram|instagram|cá nhân|chat|kín|tên|là|mang tên))*\s*:?\s*(?:“([^”\n]{2,80})”|"([^"\n]{2,80})"|«([^»\n]{2,80})»)|(?i:tài khoản|nick|fanpage)(?i:\s+(?:facebook|zalo|tiktok|youtube|telegram|instagram|cá nhân|tên|là|mang tên))*\s*:?\s+(\p{Lu}[\p{L}\d_.]*(?:\s\p{Lu}[\p{L}\d_.]*){1,4})"#,
    )
});
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:(?i:số nhà|nhà số|số|ngõ|ngách|hẻm|kiệt)\s*\d+[A-Za-z]?(?:[/-]\d+[A-Za-z]?)*\s*,?\s*)+(?i:đường|phố|tổ dân phố|tổ|thôn|bản|khu|xóm)\s+(?:\d+|\p{Lu}\p{L}*(?:\s\p{Lu}\p{L}*)*)|(?i:số nhà|nhà số)\s*\d+[A-Za-z]?(?:[/-]\d+[A-Za-z]?)*",
    )
});
/// A form of address, and the name after it.
static ADDRESSED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i:\b(?:ông|bà|anh|chị|cô|chú|bác|cậu|em|cháu|mr|ms|mrs|pv|bs|đồng chí|đ/c|nhà báo|phóng viên|bác sĩ|nạn nhân|chủ hộ|người dân tên))\.?\s+(\p{Lu}\p{Ll}*(?:\s\p{Lu}\p{Ll}*){0,4})",
    )
});
/// A family name that is common in the north, and two or three more words.
static FAMILY: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trịnh|Đoàn|Mai|Tô|Lương|Đào|Lâm|Trương|Hà|Tạ|Lại|Quách|Kiều|Chu|Vương|Châu|Cao|Thái|Tống|Phùng|Giàng|Sùng|Thào|Vàng|Lù|Tẩn|Chảo|Hầu|Cứ|Má|Ma|Phàn|Lò|Cư|Hạng|Ly|Sẩn|Thền|Nông|Tráng|Bàn|Triệu|Hảng|Lồ|Vùi|La|Lầu|Mùa|Khang|Mã)(?:\s\p{Lu}\p{Ll}*){2,3}",
    )
});
/// The same in capitals, as documents write it.
static CAPITALS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?:NGUYỄN|TRẦN|LÊ|PHẠM|HOÀNG|PHAN|VŨ|VÕ|ĐẶNG|BÙI|ĐỖ|NGÔ|DƯƠNG|LÝ|ĐINH|TRỊNH|ĐOÀN|LƯƠNG|ĐÀO|TRƯƠNG|GIÀNG|SÙNG|THÀO|VÀNG|TẨN|CHẢO|LÒ|HẠNG|TRÁNG|TRIỆU)(?:\s\p{Lu}{1,7}){2,3}\b",
    )
});
/// What stands before the name of a place or a public body: then it is no person.
const PLACES: [&str; 37] = [
    "báo",
    "tạp chí",
    "đài",
    "sở",
    "ban",
    "chi cục",
    "xã",
    "phường",
    "huyện",
    "tỉnh",
    "thành phố",
    "thị xã",
    "thị trấn",
    "đặc khu",
    "thôn",
    "bản",
    "xóm",
    "đường",
    "phố",
    "sông",
    "suối",
    "hồ",
    "đập",
    "cầu",
    "đèo",
    "núi",
    "dãy",
    "đỉnh",
    "trường",
    "công ty",
    "bệnh viện",
    "khách sạn",
    "chợ",
    "khu",
    "vườn quốc gia",
    "thủy điện",
    "quốc lộ",
];
/// Words that begin a position or an office, not a name.
const POSITIONS: [&str; 28] = [
    "Chủ",
    "Phó",
    "Bí",
    "Giám",
    "Trưởng",
    "Chánh",
    "Thường",
    "Cục",
    "Tổ",
    "Ban",
    "Bộ",
    "Sở",
    "Công",
    "Cán",
    "Đại",
    "Trung",
    "Thượng",
    "Thiếu",
    "Hiệu",
    "Thủ",
    "Tổng",
    "Ủy",
    "Uỷ",
    "Hội",
    "Viện",
    "Báo",
    "Đài",
    "Văn",
];

/// Everything in the text that is known by its form, in the order in which it stands, without overlaps.
pub(super) fn find(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = vec![];
    let mut put = |kind: Kind, at: Range<usize>, key: String| {
        let free = found.iter().all(|one| one.at.end <= at.start || at.end <= one.at.start);
        if free && !key.is_empty() && !is_code(&text[at.start..]) {
            found.push(Found { kind, at, key });
        }
    };
    // Most texts of a log are codes, times and single words.
    let has = |any: &[char]| text.contains(any);
    if has(&['@']) {
        MAIL.find_iter(text).for_each(|one| put(Kind::Mail, one.range(), one.as_str().to_lowercase()));
    }
    if has(&['.']) {
        for one in LINK.find_iter(text).filter(|one| stands_alone(text, &one.range())) {
            let shown = one.as_str().trim_end_matches(['.', ',', ';', ':', '!', '?', '…']);
            put(Kind::Link, one.start()..one.start() + shown.len(), shown.to_lowercase());
        }
    }
    if text.bytes().any(|b| b.is_ascii_digit()) {
        for one in PAPER.captures_iter(text) {
            let number = one.iter().skip(1).flatten().next();
            if let Some(number) = number.filter(|number| stands_alone(text, &number.range())) {
                put(Kind::Paper, number.range(), digits(number.as_str()));
            }
        }
        for one in PHONE.find_iter(text).filter(|one| stands_alone(text, &one.range())) {
            if !DATE.is_match(one.as_str()) {
                put(Kind::Phone, one.range(), national(&digits(one.as_str())));
            }
        }
        for one in ADDRESS.find_iter(text).filter(|one| begins_a_word(text, one.start())) {
            put(Kind::Address, one.range(), plain(one.as_str()));
        }
    }
    for one in ACCOUNT.captures_iter(text) {
        if let Some(name) = one.iter().skip(1).flatten().next() {
            put(Kind::Account, name.range(), plain(name.as_str()));
        }
    }
    for one in FAMILY.find_iter(text).chain(CAPITALS.find_iter(text)) {
        if !follows_a_place(text, one.start()) {
            put(Kind::Person, one.range(), plain(one.as_str()));
        }
    }
    for one in ADDRESSED.captures_iter(text) {
        let Some(name) = one.get(1) else { continue };
        let first = name.as_str().split(' ').next().unwrap_or_default();
        if !POSITIONS.contains(&first) {
            put(Kind::Person, name.range(), plain(name.as_str()));
        }
    }
    if has(&['@']) {
        for one in HANDLE.find_iter(text) {
            let key = one.as_str().trim_start_matches('@').trim_end_matches('.').to_lowercase();
            put(Kind::Account, one.range(), key);
        }
    }
    found.sort_by_key(|one| one.at.start);
    found
}

/// Text for comparing: folded, and whatever stands between words is one space.
pub(super) fn plain(text: &str) -> String {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// A telephone number with its trunk nought, however it was dialled.
fn national(digits: &str) -> String {
    digits.strip_prefix("84").map_or_else(|| digits.to_owned(), |rest| format!("0{rest}"))
}

fn begins_a_word(text: &str, start: usize) -> bool {
    text[..start].chars().next_back().is_none_or(|c| !c.is_alphanumeric())
}

/// No part of a longer number, code or word.
fn stands_alone(text: &str, at: &Range<usize>) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    let before = text[..at.start].chars().next_back().is_none_or(|c| !joins(c));
    before && text[at.end..].chars().next().is_none_or(|c| !joins(c))
}

/// Whether a word stands after what places are called by.
pub(super) fn follows_a_place(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end().to_lowercase();
    PLACES.iter().any(|place| before.ends_with(place) && begins_a_word(&before, before.len() - place.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<(Kind, &str)> {
        find(text).into_iter().map(|one| (one.kind, &text[one.at])).collect()
    }

    #[test]
    fn what_leads_to_a_person_is_found_by_its_form() {
        use Kind::{Account, Address, Link, Mail, Paper, Person, Phone};
        for (text, expected) in [
            ("Gọi 0912 345 678 gấp", vec![(Phone, "0912 345 678")]),
            ("(+84912345678)", vec![(Phone, "+84912345678")]),
            ("máy 0214.3840.034, số lẻ", vec![(Phone, "0214.3840.034")]),
            ("hoa.le@example.vn gửi", vec![(Mail, "hoa.le@example.vn")]),
            ("xem https://vd.example/a?b=1.", vec![(Link, "https://vd.example/a?b=1")]),
            ("facebook.com/nguoi.dan đăng", vec![(Link, "facebook.com/nguoi.dan")]),
            ("theo @banlangque, lúc", vec![(Account, "@banlangque")]),
            ("tài khoản Facebook “Chợ Cốc Thử” đăng", vec![(Account, "Chợ Cốc Thử")]),
            ("Tài khoản Mây Trắng Thử nói", vec![(Account, "Mây Trắng Thử")]),
            ("ở số nhà 12A/3 đường Hoàng Liên", vec![(Address, "số nhà 12A/3 đường Hoàng Liên")]),
            ("số 7, ngõ 12, phố Cốc Lếu", vec![(Address, "số 7, ngõ 12, phố Cốc Lếu")]),
            ("CCCD 001 234 567 890", vec![(Paper, "001 234 567 890")]),
            ("xe 24A-123.45 đâm", vec![(Paper, "24A-123.45")]),
            ("bà Hoa kể", vec![(Person, "Hoa")]),
            ("đ/c Lan báo", vec![(Person, "Lan")]),
            ("Giàng A Thử và Nguyễn Văn Thử đến", vec![(Person, "Giàng A Thử"), (Person, "Nguyễn Văn Thử")]),
            ("NGUYỄN VĂN THỬ ký", vec![(Person, "NGUYỄN VĂN THỬ")]),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }

    #[test]
    fn public_places_numbers_and_times_are_no_persons() {
        for text in [
            "bà con thôn 3 di chuyển lúc 12:20 ngày 01/03/2026",
            "ông Chủ tịch Ủy ban chỉ đạo",
            "2026-03-01T12:00:00+07:00",
            "05-02-2026 10:30 họp",
            "lưu lượng 1.250.000 m³, đợt 2 lúc 01.03.2026 08:00",
            "xã Lâm Văn Thử, đường Hoàng Liên Sơn",
            "0192f0c1-7e2a-7000-8000-000000000000",
            "tin đồn lan nhanh, chị em phụ nữ",
            "Hội đồng số 2 tổ chức họp",
        ] {
            assert_eq!(said(text), [], "{text}");
        }
    }

    #[test]
    fn a_number_is_one_however_it_is_dialled() {
        let key = |text: &str| find(text).remove(0).key;
        assert_eq!(key("0912.345.678"), key("+84 912 345 678"));
        assert_eq!(key("ông Nguyễn Văn Thử"), key("NGUYỄN VĂN THỬ"));
    }
}
