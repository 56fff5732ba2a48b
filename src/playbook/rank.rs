//! Which playbook fits what somebody types: keywords found in the typed text, however it is spelt.

use super::Playbook;
use crate::domain::folding::fold;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A playbook that fits, and why.
#[derive(Clone, Debug)]
pub struct Match<'a> {
    /// The playbook.
    pub playbook: &'a Playbook,
    /// Larger fits better; comparable only within one call.
    pub score: u32,
    /// The keywords that were found, as the playbook writes them.
    pub words: Vec<String>,
}

/// A word as typed: its plain letters and its marks. Marks are kept apart from their place, because «hòa» and
/// «hoà» are one word.
#[derive(PartialEq, Eq)]
struct Token {
    plain: String,
    marks: Vec<char>,
}

impl Token {
    fn new(word: &str) -> Self {
        let mut marks: Vec<char> =
            word.nfd().flat_map(char::to_lowercase).filter(|c| is_combining_mark(*c) || *c == 'đ').collect();
        marks.sort_unstable();
        Self { plain: fold(word), marks }
    }
    /// Typed without marks it may be any word with these letters; typed with marks it is that word only, so that
    /// «sông Hồng» does not find «hóng».
    fn fits(&self, keyword: &Self) -> bool {
        self.plain == keyword.plain && (self.marks.is_empty() || self.marks == keyword.marks)
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let text: String = text.nfc().collect();
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(Token::new).collect()
}

/// The playbooks whose keywords occur in `words`, best first. Long phrases weigh more than single words.
pub fn rank<'a>(playbooks: impl Iterator<Item = &'a Playbook>, words: &str) -> Vec<Match<'a>> {
    let typed = tokens(words);
    let mut matches: Vec<Match<'a>> = playbooks.filter_map(|playbook| fit(playbook, &typed)).collect();
    matches.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.playbook.id.cmp(&b.playbook.id)));
    matches
}

fn fit<'a>(playbook: &'a Playbook, typed: &[Token]) -> Option<Match<'a>> {
    let mut found = Match { playbook, score: 0, words: vec![] };
    for keyword in &playbook.keywords {
        let wanted = tokens(keyword);
        if wanted.is_empty() {
            continue;
        }
        let here = |window: &[Token]| window.iter().zip(&wanted).all(|(typed, wanted)| typed.fits(wanted));
        if typed.windows(wanted.len()).any(here) {
            let letters: usize = wanted.iter().map(|token| token.plain.chars().count()).sum();
            let weight = u32::try_from(letters * wanted.len()).unwrap_or(u32::MAX);
            found.score = found.score.saturating_add(weight);
            found.words.push(keyword.clone());
        }
    }
    (found.score > 0).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn playbook(id: &str, keywords: &str) -> Playbook {
        let text = format!(
            "---\nmã: {id}\nphiên_bản: 1\ntên: T\nkhi_dùng: k\ndấu_hiệu: d\ntừ_khóa: {keywords}\nmức: 2\n\
             nâng_mức: n\nchiến_lược: c\nđồng_hồ: x\nmẫu: m\n---\n\n## Phát ngôn ban đầu\n\n- [ ] Việc\n  - chủ trì: a\n"
        );
        super::super::parse("t.md", &text).expect("a correct playbook")
    }

    #[test]
    fn keywords_are_found_however_they_are_spelt() {
        let rumour = playbook("rumour", "vỡ đập; xả lũ; hóng; dịch chết người; thủy điện");
        let flood = playbook("flood", "lũ quét; vỡ đập; xả lũ; Làng Nủ");
        for (typed, expected) in [
            ("vo dap thuy dien", "rumour flood"),
            ("VỠ ĐẬP!!! chạy đi", "flood rumour"),
            ("vở đập", ""),
            ("thuỷ điện", "rumour"),
            ("lang nu", "flood"),
            ("lũ quét ở Làng Nủ, nghe nói vỡ đập", "flood rumour"),
            ("sông Hồng lên nhanh", ""),
            ("song hong", "rumour"),
            ("vỡ đậpx", ""),
            ("đập vỡ", ""),
            ("", ""),
            (" .,! ", ""),
        ] {
            let found: Vec<_> =
                rank([&rumour, &flood].into_iter(), typed).iter().map(|m| m.playbook.id.clone()).collect();
            let mut expected: Vec<_> = expected.split_whitespace().map(str::to_owned).collect();
            if typed.starts_with("VỠ") {
                expected.sort();
            }
            assert_eq!(found, expected, "{typed}");
        }
    }

    #[test]
    fn a_long_phrase_outweighs_short_ones() {
        let long = playbook("long", "dịch chết người");
        let short = playbook("short", "dịch; người");
        let found = rank([&short, &long].into_iter(), "dịch chết người ở chợ");
        assert_eq!(found.first().map(|m| m.playbook.id.as_str()), Some("long"));
        assert_eq!(found.first().map(|m| m.words.clone()), Some(vec!["dịch chết người".to_owned()]));
    }
}
