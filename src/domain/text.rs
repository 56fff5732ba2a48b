//! What may be written: one form of Unicode (NFC), no invisible or direction-changing characters, known limits.
//! Approval rests on a digest of bytes, so two texts that look alike must be alike.

use super::refusal::Refusal;
use unicode_normalization::UnicodeNormalization;

/// A title fits on two lines of a phone.
pub const TITLE_MAX: usize = 300;
/// A reason, a note, a source: a paragraph.
pub const NOTE_MAX: usize = 2_000;
/// A message or a timeline entry: a page. Longer things are documents.
pub const ENTRY_MAX: usize = 8_000;
/// A statement: about ten pages, more than any press release.
pub const STATEMENT_MAX: usize = 40_000;
/// A link, as browsers accept it.
pub const LINK_MAX: usize = 2_000;

/// How strict to be with characters that do not show.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Strictness {
    /// Talk: joiners and variation selectors stay, phones put them into emoji.
    Talk,
    /// Public words: nothing that does not show.
    Public,
}

/// A title or a name: one line, not empty.
pub fn title(text: &str) -> Result<String, Refusal> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    checked(&line, TITLE_MAX, Strictness::Talk)
}

/// A reason, a note or a source: not empty.
pub fn note(text: &str) -> Result<String, Refusal> {
    checked(text, NOTE_MAX, Strictness::Talk)
}

/// An optional note: empty counts as none.
pub fn note_if_any(text: Option<&str>) -> Result<Option<String>, Refusal> {
    text.filter(|text| !text.trim().is_empty()).map(note).transpose()
}

/// A message or a timeline entry: not empty.
pub fn entry(text: &str) -> Result<String, Refusal> {
    checked(text, ENTRY_MAX, Strictness::Talk)
}

/// Words while they are typed: one form of Unicode and a limit; what does not show waits for the submission.
pub fn draft(text: &str) -> Result<String, Refusal> {
    let text = normal(text);
    limit(&text, STATEMENT_MAX)?;
    Ok(text)
}

/// The words of a statement: may be empty while drafting, never holds what does not show.
pub fn statement(text: &str) -> Result<String, Refusal> {
    let text = normal(text);
    limit(&text, STATEMENT_MAX)?;
    shown(&text, Strictness::Public)?;
    Ok(text)
}

/// A link to where something was published: http or https, no spaces; empty counts as none.
pub fn link(text: Option<&str>) -> Result<Option<String>, Refusal> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    limit(text, LINK_MAX)?;
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match rest {
        Some(rest)
            if !rest.is_empty() && text.chars().all(|c| c.is_ascii_graphic() || c.is_alphanumeric()) =>
        {
            Ok(Some(text.to_owned()))
        }
        _ => Err(Refusal::BadLink),
    }
}

fn checked(text: &str, max: usize, strictness: Strictness) -> Result<String, Refusal> {
    let text = normal(text.trim());
    if text.is_empty() {
        return Err(Refusal::Empty);
    }
    limit(&text, max)?;
    shown(&text, strictness)?;
    Ok(text)
}

fn normal(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").nfc().collect()
}

fn limit(text: &str, max: usize) -> Result<(), Refusal> {
    let length = text.chars().count();
    if length > max { Err(Refusal::TooLong { length, max }) } else { Ok(()) }
}

fn shown(text: &str, strictness: Strictness) -> Result<(), Refusal> {
    match text.chars().enumerate().find(|(_, c)| unseen(*c, strictness)) {
        Some((place, c)) => Err(Refusal::UnseenCharacter { point: u32::from(c), place: place + 1 }),
        None => Ok(()),
    }
}

/// Code points that do not show or that change the direction of what follows (Unicode categories Cc, Cf, Co, and
/// variation selectors), from–to; a line end is not among them.
pub const UNSEEN: [(u32, u32); 28] = [
    (0x00, 0x09),
    (0x0B, 0x1F),
    (0x7F, 0x9F),
    (0xAD, 0xAD),
    (0x34F, 0x34F),
    (0x600, 0x605),
    (0x61C, 0x61C),
    (0x6DD, 0x6DD),
    (0x70F, 0x70F),
    (0x8E2, 0x8E2),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x2028, 0x202E),
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFC),
    (0x1D173, 0x1D17A),
    (0xE000, 0xF8FF),
    (0xE0000, 0xE001F),
    (0xE0020, 0xE007F),
    (0xE0080, 0xE0FFF),
    (0xF0000, 0xFFFFF),
    (0x0010_0000, 0x0010_FFFF),
];
/// Those of them that talk may hold: a tab, and what phones put into emoji.
const TALK: [(u32, u32); 4] = [(0x09, 0x09), (0x200C, 0x200D), (0xFE00, 0xFE0F), (0xE0020, 0xE007F)];

fn unseen(c: char, strictness: Strictness) -> bool {
    let among = |ranges: &[(u32, u32)]| ranges.iter().any(|(from, to)| (*from..=*to).contains(&u32::from(c)));
    among(&UNSEEN) && (strictness == Strictness::Public || !among(&TALK))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_of_unicode() {
        let decomposed: String = "Tiếng Việt".nfd().collect();
        assert_ne!(decomposed, "Tiếng Việt");
        assert_eq!(statement(&decomposed), Ok("Tiếng Việt".to_owned()));
        assert_eq!(statement("a\r\nb\rc"), Ok("a\nb\nc".to_owned()));
        assert_ne!(statement("hòa"), statement("hoà"), "the place of a tone mark is the writer's");
    }

    #[test]
    fn what_does_not_show_is_refused_and_named() {
        for c in ['\u{202E}', '\u{2066}', '\u{200B}', '\u{FEFF}', '\u{00AD}', '\u{7}', '\u{E000}', '\u{2028}']
        {
            let place = 4;
            let refusal = Refusal::UnseenCharacter { point: u32::from(c), place };
            assert_eq!(statement(&format!("Đập{c} vỡ")), Err(refusal.clone()), "{c:?}");
            assert_eq!(entry(&format!("Đập{c} vỡ")), Err(refusal), "{c:?}");
        }
        assert!(statement("gia đình 👨\u{200D}👩").is_err());
        assert!(entry("gia đình 👨\u{200D}👩").is_ok());
    }

    #[test]
    fn limits_and_emptiness() {
        assert_eq!(entry(" \n "), Err(Refusal::Empty));
        assert_eq!(title("  Vỡ   đập\nCốc Ly "), Ok("Vỡ đập Cốc Ly".to_owned()));
        let long = "ạ".repeat(ENTRY_MAX + 1);
        assert_eq!(entry(&long), Err(Refusal::TooLong { length: ENTRY_MAX + 1, max: ENTRY_MAX }));
        assert!(entry(&long[..long.len() - 'ạ'.len_utf8()]).is_ok());
    }

    #[test]
    fn a_link_is_a_web_address() {
        assert_eq!(link(Some("")), Ok(None));
        assert_eq!(link(Some("https://laocai.gov.vn/tin/1")), Ok(Some("https://laocai.gov.vn/tin/1".into())));
        for bad in ["javascript:alert(1)", "laocai.gov.vn", "https://", "https://a b"] {
            assert_eq!(link(Some(bad)), Err(Refusal::BadLink), "{bad}");
        }
    }
}
