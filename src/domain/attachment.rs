//! What may be attached: which files, how large, under which names. The type is what the content is; what a sender
//! calls it does not count.

use super::refusal::Refusal;
use super::text;

/// Largest attachment, bytes: a phone's photograph or a page as PDF. A film belongs on a channel, with its link.
pub const BYTES_MAX: usize = 10 * 1024 * 1024;
/// Longest name, characters; longer ones do not fit into a line of the room.
pub const NAME_MAX: usize = 120;

/// What pictures and documents begin with.
const BEGINNINGS: [(&[u8], &str); 3] =
    [(b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"%PDF-", "application/pdf")];
/// Words, whatever they are: they are never shown as a page.
const TEXT: &str = "text/plain; charset=utf-8";

/// The type of a content; none when it is nothing that may be attached.
pub fn media(bytes: &[u8]) -> Option<&'static str> {
    let begins = BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning));
    begins.map(|(_, media)| *media).or_else(|| is_text(bytes).then_some(TEXT))
}

/// The name without the folders that it had on its sender's machine: one line, nothing that does not show.
///
/// # Errors
/// When nothing is left of it, or it is too long.
pub fn name(given: &str) -> Result<String, Refusal> {
    let last = given.rsplit(['/', '\\']).next().unwrap_or(given);
    let name = text::title(last)?;
    let length = name.chars().count();
    if length > NAME_MAX { Err(Refusal::TooLong { length, max: NAME_MAX }) } else { Ok(name) }
}

fn is_text(bytes: &[u8]) -> bool {
    let written = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    str::from_utf8(bytes).is_ok_and(|text| !text.trim().is_empty() && text.chars().all(written))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_says_what_it_is() {
        for (bytes, is) in [
            (b"\x89PNG\r\n\x1a\n\0\0".as_slice(), Some("image/png")),
            (b"\xff\xd8\xff\xe0\0", Some("image/jpeg")),
            (b"%PDF-1.7\n\xe2\xe3", Some("application/pdf")),
            ("Trang chủ\r\n<script>".as_bytes(), Some(TEXT)),
            (b"", None),
            (b" \n", None),
            (b"GIF89a\x01\0", None),
            (b"PK\x03\x04", None),
            (b"\x7fELF", None),
            (b"a\0b", None),
            (b"\xff\xfea\0", None),
            (b" %PDF-\xff", None),
        ] {
            assert_eq!(media(bytes), is, "{bytes:?}");
        }
    }

    #[test]
    fn a_name_is_one_line_without_folders() {
        assert_eq!(name("C:\\Ảnh\\Bản  chụp.png"), Ok("Bản chụp.png".into()));
        assert_eq!(name("../../etc/passwd"), Ok("passwd".into()));
        assert_eq!(name("ảnh/"), Err(Refusal::Empty));
        assert!(name("a\u{202E}gnp.exe").is_err() && name(&"a".repeat(NAME_MAX + 1)).is_err());
    }
}
