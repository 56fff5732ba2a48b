//! Terms that are looked for in texts word by word, and the texts with what was found marked in them. A word is what
//! stands between spaces and marks; it is compared folded.

use super::folding::fold;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::char::is_combining_mark;

/// A word that is still being typed is looked for by its beginning, once it has so many letters: shorter beginnings
/// begin everything.
pub const PREFIX_LETTERS_MIN: usize = 3;
/// Most words that one question holds; more are a pasted page.
pub const TERMS_MAX: usize = 12;
/// Characters of a text around the first hit that are shown.
const SNIPPET_CHARS: usize = 220;
/// Of those, how many stand before the hit.
const BEFORE_CHARS: usize = 60;

/// The words of a text, each with where it stands (bytes) and folded. A word is what stands between spaces and marks.
pub fn words(text: &str) -> impl Iterator<Item = (usize, &str, String)> {
    let inside = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    let mut rest = 0;
    std::iter::from_fn(move || {
        let from = rest + text[rest..].find(inside)?;
        let length = text[from..].find(|c| !inside(c)).unwrap_or(text.len() - from);
        rest = from + length;
        let word = &text[from..rest];
        Some((from, word, fold(word)))
    })
    .filter(|(.., folded)| !folded.is_empty())
}

/// A word that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Folded.
    pub word: String,
    /// Words that begin so are meant as well.
    pub begins: bool,
}

impl Term {
    /// The words of a question; the last one may still be being typed.
    pub fn read(question: &str) -> Vec<Self> {
        let mut wanted: Vec<Self> =
            words(question).take(TERMS_MAX).map(|(_, _, word)| Self { word, begins: false }).collect();
        if let Some(last) = wanted.last_mut() {
            last.begins = last.word.chars().count() >= PREFIX_LETTERS_MIN;
        }
        wanted
    }

    /// Whether a folded word is meant.
    pub fn is(&self, folded: &str) -> bool {
        if self.begins { folded.starts_with(&self.word) } else { folded == self.word }
    }
}

/// A piece of a text, and whether it is one of the words that were looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "TextPiece")]
pub struct Piece {
    /// As it was written.
    pub text: String,
    /// Looked for.
    pub hit: bool,
}

/// The whole text in pieces.
pub fn marked(text: &str, terms: &[Term]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = vec![];
    let mut put = |text: &str, hit: bool| match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.hit == hit => last.text.push_str(text),
        _ => pieces.push(Piece { text: text.to_owned(), hit }),
    };
    let mut rest = 0;
    for (from, word, folded) in words(text) {
        if terms.iter().any(|term| term.is(&folded)) {
            put(&text[rest..from], false);
            put(word, true);
            rest = from + word.len();
        }
    }
    put(&text[rest..], false);
    pieces
}

/// The text around the first hit, in pieces: what a list of findings shows of a long one.
pub fn snippet(text: &str, terms: &[Term]) -> Vec<Piece> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let hit = words(&text).find(|(.., folded)| terms.iter().any(|term| term.is(folded)));
    let hit = hit.map_or(0, |(from, ..)| text[..from].chars().count());
    let long = text.chars().count() > SNIPPET_CHARS;
    let skipped = if long && hit > BEFORE_CHARS { hit - BEFORE_CHARS } else { 0 };
    let shown: String = text.chars().skip(skipped).take(SNIPPET_CHARS).collect();
    let cut_before = skipped > 0;
    let cut_after = skipped + SNIPPET_CHARS < text.chars().count();
    // Cut between words, not within.
    let shown = match shown.split_once(' ') {
        Some((_, after)) if cut_before => after,
        _ => &shown,
    };
    let shown = match shown.rsplit_once(' ') {
        Some((before, _)) if cut_after => before,
        _ => shown,
    };
    let (open, end) = (if cut_before { "… " } else { "" }, if cut_after { " …" } else { "" });
    marked(&format!("{open}{shown}{end}"), terms)
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization as _;

    fn said(pieces: &[Piece]) -> String {
        let piece = |piece: &Piece| if piece.hit { format!("[{}]", piece.text) } else { piece.text.clone() };
        pieces.iter().map(piece).collect()
    }

    #[test]
    fn words_stand_between_spaces_and_marks() {
        let folded = |text| words(text).map(|(_, _, folded)| folded).collect::<Vec<_>>();
        assert_eq!(
            folded("SC-2026-0001: Vỡ đập “Cốc Ly”🚨!"),
            ["sc", "2026", "0001", "vo", "dap", "coc", "ly"]
        );
        assert_eq!(folded("\u{301} …"), Vec::<String>::new());
        let decomposed: String = "bị vỡ".nfd().collect();
        assert_eq!(folded(&decomposed), ["bi", "vo"]);
    }

    #[test]
    fn the_last_word_may_be_unfinished_once_it_says_something() {
        let read =
            |question| Term::read(question).iter().map(|it| (it.word.clone(), it.begins)).collect::<Vec<_>>();
        assert_eq!(read("Vỡ đập Cố"), [("vo".into(), false), ("dap".into(), false), ("co".into(), false)]);
        assert_eq!(read("thủy điệ"), [("thuy".into(), false), ("die".into(), true)]);
        assert_eq!(read(" ., "), []);
        assert_eq!(read(&"a ".repeat(50)).len(), TERMS_MAX);
    }

    #[test]
    fn hits_are_marked_in_the_words_as_they_were_written() {
        assert_eq!(said(&marked("Tin vỡ ĐẬP, đắp đập.", &Term::read("dap"))), "Tin vỡ [ĐẬP], [đắp] [đập].");
        assert_eq!(said(&marked("không có", &Term::read("đập"))), "không có");
        assert_eq!(marked("", &[]), []);
    }

    #[test]
    fn a_long_text_is_shown_around_its_first_hit_and_cut_between_words() {
        let long = format!("{}Đập Cốc Ly an toàn {}", "trước đó ".repeat(60), "sau đó ".repeat(60));
        let shown = said(&snippet(&long, &Term::read("coc ly")));
        assert!(shown.starts_with("… ") && shown.ends_with(" …"), "{shown}");
        assert!(shown.contains("Đập [Cốc] [Ly] an toàn sau đó"), "{shown}");
        assert!(shown.chars().count() < SNIPPET_CHARS + 10);
        assert_eq!(said(&snippet("Đập\nan toàn", &Term::read("an"))), "Đập [an] toàn");
    }
}
