//! Approved words, laid out: what of a statement's text belongs into the head of a document, what is its body, who signs
//! it. Only places things; not one letter is added to the words or taken from them.

use super::sheet::{Block, Hand};

/// A first line that is longer is no title.
const TITLE_CHARS_MAX: usize = 160;

/// Words by their place in a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Arranged {
    /// What a letter is about, `V/v …`.
    pub subject: String,
    /// The name of the kind, as the words have it.
    pub name: String,
    /// The title below that.
    pub about: String,
    /// The addressees.
    pub to: Vec<String>,
    /// The body.
    pub body: Vec<Block>,
    /// Who signs, when the words end with it.
    pub hand: Option<Hand>,
}

/// The words as the parts of a document.
pub(super) fn arranged(text: &str) -> Arranged {
    let lines: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut lines = lines.as_slice();
    let mut out = Arranged::default();
    let take = |lines: &mut &[&str], fits: &dyn Fn(&str) -> bool| match lines.split_first() {
        Some((first, rest)) if fits(first) => {
            let first = (*first).to_owned();
            *lines = rest;
            Some(first)
        }
        _ => None,
    };
    out.subject = take(&mut lines, &|line| line.starts_with("V/v")).unwrap_or_default();
    if out.subject.is_empty() {
        out.name = take(&mut lines, &is_name).unwrap_or_default();
    }
    if !out.name.is_empty() {
        let title = |line: &str| {
            !is_addressee(line) && !line.ends_with(['.', ':', ',']) && line.chars().count() <= TITLE_CHARS_MAX
        };
        out.about = take(&mut lines, &title).unwrap_or_default();
    }
    if let Some(line) = take(&mut lines, &is_addressee) {
        let names = line.split_once(':').map_or("", |(_, names)| names);
        out.to =
            names.split(';').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
        while let Some(more) = take(&mut lines, &|line| line.starts_with("- ")) {
            out.to.push(more.trim_start_matches("- ").to_owned());
        }
    }
    if let [rest @ .., capacity, name] = lines
        && is_name(capacity)
        && !is_name(name)
    {
        out.hand = Some(Hand { capacity: vec![(*capacity).to_owned()], name: (*name).to_owned() });
        lines = rest;
    }
    out.body = lines.iter().map(|line| block(line)).collect();
    out
}

/// The words with room in place of what nobody has filled in: `{{địa_điểm}}` is `[địa điểm: ……]`. Only a draft has any.
pub(super) fn with_room(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, (blank, after))) =
        rest.split_once("{{").and_then(|(before, behind)| Some((before, behind.split_once("}}")?)))
    {
        out.push_str(before);
        out.push_str(&format!("[{}: ……]", blank.replace('_', " ")));
        rest = after;
    }
    out + rest
}

/// A line of the body.
pub(super) fn block(line: &str) -> Block {
    match line {
        _ if part(line).is_some() => Block::part(line),
        _ if line.starts_with("- ") && line.ends_with(" -") => Block::Centred { text: line.to_owned() },
        _ => Block::said(line),
    }
}

/// The part of a report that a line opens: `VI. …` is 6. A line that is a sentence is none.
pub(super) fn part(line: &str) -> Option<usize> {
    let (number, title) = line.split_once(". ")?;
    let parts = ["I", "II", "III", "IV", "V", "VI", "VII"];
    let number = parts.iter().position(|part| *part == number)?;
    (!title.ends_with('.') && title.chars().count() <= TITLE_CHARS_MAX).then_some(number + 1)
}

/// In capitals, and not a sentence.
fn is_name(line: &str) -> bool {
    line.chars().any(char::is_alphabetic)
        && line.to_uppercase() == *line
        && !line.starts_with('-')
        && line.chars().count() <= TITLE_CHARS_MAX
}

fn is_addressee(line: &str) -> bool {
    line.starts_with("Kính gửi:")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(block: &Block) -> &str {
        match block {
            Block::Heading { text, .. } | Block::Paragraph { text } | Block::Centred { text } => text,
            Block::Table(_) | Block::Drawn(_) => "",
        }
    }

    #[test]
    fn a_letter_has_its_subject_under_the_number_and_its_addressees_above_the_body() {
        let text = "V/v phản hồi thông tin\n\nKính gửi: Tổng Biên tập Báo Thử; Sở C\n- Công an tỉnh\n\nLúc 07:30 báo đăng.\n\n\
                    NGƯỜI PHÁT NGÔN\nNguyễn Thị Lan, Chánh Văn phòng";
        let words = arranged(text);
        assert_eq!((words.subject.as_str(), words.name.as_str()), ("V/v phản hồi thông tin", ""));
        assert_eq!(words.to, ["Tổng Biên tập Báo Thử", "Sở C", "Công an tỉnh"]);
        assert_eq!(words.body.iter().map(said).collect::<Vec<_>>(), ["Lúc 07:30 báo đăng."]);
        let hand = words.hand.expect("signed");
        assert_eq!(
            (hand.capacity, hand.name.as_str()),
            (vec!["NGƯỜI PHÁT NGÔN".to_owned()], "Nguyễn Thị Lan, Chánh Văn phòng")
        );
    }

    #[test]
    fn a_press_release_has_its_name_its_title_and_its_end() {
        let words = arranged("THÔNG CÁO BÁO CHÍ\n\nĐập Thử an toàn\n\nSáng nay đập an toàn.\n\n- HẾT -");
        assert_eq!((words.name.as_str(), words.about.as_str()), ("THÔNG CÁO BÁO CHÍ", "Đập Thử an toàn"));
        assert!(
            matches!(&words.body[..], [Block::Paragraph { .. }, Block::Centred { text }] if text == "- HẾT -")
        );
        let plain = arranged("Đập an toàn.\nNgười dân yên tâm.");
        assert_eq!((plain.name.as_str(), plain.about.as_str(), plain.body.len()), ("", "", 2));
    }

    #[test]
    fn a_draft_has_room_where_nobody_wrote_yet() {
        assert_eq!(with_room("Tại {{địa_điểm}}, {{sự_việc}}."), "Tại [địa điểm: ……], [sự việc: ……].");
        for plain in ["Không có gì.", "{{mở", "đóng}}", "{một}", ""] {
            assert_eq!(with_room(plain), plain);
        }
    }

    #[test]
    fn a_part_is_a_heading_and_a_sentence_is_none() {
        assert_eq!(part("VI. ĐÁNH GIÁ DƯ LUẬN"), Some(6));
        assert_eq!(part("I. Khái quát"), Some(1));
        for line in ["VIII. Khác", "V. Đây là một câu.", "1. Việc", "IV.", "V"] {
            assert_eq!(part(line), None, "{line}");
        }
    }

    #[test]
    fn not_one_letter_is_lost() {
        let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        for text in [
            "V/v a\nKính gửi: B; C\nD.\nE\nNGƯỜI PHÁT NGÔN\nF",
            "BÁO CÁO\nKính gửi: B\n1. C\nVI. D\nE.",
            "A\n\nB\nCHỮ HOA\nC",
            "",
            "Kính gửi: X\n- Y\n- Z -",
        ] {
            let words = arranged(text);
            let hand =
                words.hand.as_ref().map(|hand| hand.capacity.concat() + &hand.name).unwrap_or_default();
            let to = if words.to.is_empty() {
                String::new()
            } else {
                format!("Kính gửi {}", words.to.concat())
            };
            let body: String = words.body.iter().map(said).collect();
            let whole = [&words.subject, &words.name, &words.about, &to, &body, &hand]
                .map(|part| bare(part))
                .concat();
            assert_eq!(whole, bare(text));
        }
    }
}
