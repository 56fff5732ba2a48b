//! Bytes of a table as text: what a spreadsheet saved, in whichever of the encodings that are met in Vietnam. Vietnamese
//! of Windows-1258 comes in pieces (letter, then tone mark); everything leaves here composed (NFC).

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization as _;

/// In what form the bytes came, in words.
pub const UTF8: &str = "UTF-8";
/// Two bytes a character, as some spreadsheets save "Unicode text".
pub const UTF16: &str = "UTF-16";
/// The older Vietnamese code page of Windows.
pub const CP1258: &str = "Windows-1258";

/// The text, and the encoding that it came in; none when it is no text in any of them.
///
/// A byte order mark decides; then whether it is UTF-8; then whether every other byte is zero, as in UTF-16 of letters.
/// What is left is Windows-1258, where every byte is a character: only a person can say whether it reads right.
pub fn text(bytes: &[u8]) -> Option<(String, &'static str)> {
    let (encoding, name) = match bytes {
        [0xEF, 0xBB, 0xBF, ..] => (UTF_8, UTF8),
        [0xFF, 0xFE, ..] => (UTF_16LE, UTF16),
        [0xFE, 0xFF, ..] => (UTF_16BE, UTF16),
        _ if is_utf16(bytes, 1) => (UTF_16LE, UTF16),
        _ if is_utf16(bytes, 0) => (UTF_16BE, UTF16),
        _ if str::from_utf8(bytes).is_ok() => (UTF_8, UTF8),
        _ => (WINDOWS_1258, CP1258),
    };
    let (text, _, broken) = encoding.decode(bytes);
    let text: String = text.nfc().collect();
    let readable = !broken && !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
    readable.then_some((text, name))
}

/// Whether it may be UTF-16 without a mark: most characters of a table are letters, digits and separators of Latin
/// script, which have a zero in the same place.
fn is_utf16(bytes: &[u8], zero: usize) -> bool {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let zeros = pairs.iter().filter(|pair| pair[zero] == 0 && pair[1 - zero] != 0).count();
    rest.is_empty() && !pairs.is_empty() && zeros * 2 > pairs.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "Tiêu đề;Đập Cốc Ly vỡ: người dân chạy lên đồi, đã xác thực";

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }
    /// Windows-1258 as its keyboards write it: vowel with hat or horn, then the tone mark as a character of its own.
    fn cp1258(text: &str) -> Vec<u8> {
        let mut pieces = String::new();
        for c in text.nfc() {
            let whole = c.to_string();
            let (_, _, missing) = WINDOWS_1258.encode(&whole);
            if !missing {
                pieces.push(c);
                continue;
            }
            // The tone comes last; the rest of the letter is one character of the code page.
            let apart: Vec<char> = whole.nfd().collect();
            let tone = |c: &char| matches!(u32::from(*c), 0x300 | 0x301 | 0x303 | 0x309 | 0x323);
            pieces.extend(apart.iter().filter(|c| !tone(c)).collect::<String>().nfc());
            pieces.extend(apart.iter().filter(|c| tone(c)));
        }
        let (bytes, _, missing) = WINDOWS_1258.encode(&pieces);
        assert!(!missing, "{pieces}");
        bytes.into_owned()
    }

    #[test]
    fn one_table_in_every_encoding_is_one_text() {
        let cases = [
            (SAID.as_bytes().to_vec(), UTF8),
            ([b"\xEF\xBB\xBF".as_slice(), SAID.as_bytes()].concat(), UTF8),
            (SAID.nfd().collect::<String>().into_bytes(), UTF8),
            ([vec![0xFF, 0xFE], utf16(SAID, u16::to_le_bytes)].concat(), UTF16),
            ([vec![0xFE, 0xFF], utf16(SAID, u16::to_be_bytes)].concat(), UTF16),
            (utf16(SAID, u16::to_le_bytes), UTF16),
            (cp1258(SAID), CP1258),
        ];
        for (bytes, encoding) in cases {
            assert_eq!(text(&bytes), Some((SAID.to_owned(), encoding)), "{encoding}");
        }
    }

    /// Bytes as an old keyboard left them: «Đập» and «vỡ».
    #[test]
    fn tone_marks_of_the_old_code_page_are_composed() {
        assert_eq!(text(b"\xD0\xE2\xF2p v\xF5\xDE").expect("text").0, "Đập vỡ");
    }

    #[test]
    fn what_is_no_text_is_not_read_as_one() {
        assert_eq!(text(b"PK\x03\x04\x14\x00\x00\x00"), None, "a workbook, not a table");
        assert_eq!(text(b"\x89PNG\r\n\x1a\n\0\0"), None);
        assert_eq!(text(b"\xFF\xFE\x00\xD8"), None, "half a character");
        assert_eq!(text(b""), Some((String::new(), UTF8)));
    }
}
