//! Words laid plain for finding: no marks, no capitals, đ as d. So «hoà» and «hòa», «Cốc Ly» and «coc ly» are one.
//! What is looked for in the room, on the board and in data files is folded here and nowhere else; the browser's twin
//! is `web/src/lib/fold.ts`, and `tests/folding.json` holds both to the same cases.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Text for comparing: no diacritics, đ as d, lower case.
pub fn fold(text: &str) -> String {
    // Most of what is stored is Vietnamese: about a third longer as bytes than folded.
    let mut folded = String::with_capacity(text.len());
    let plain = text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    folded.extend(plain.map(|c| if c == 'đ' { 'd' } else { c }));
    folded
}

/// What somebody looks for: words that all have to be there, in any order, each as a piece of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted(Vec<String>);

impl Wanted {
    /// The words of what was typed.
    pub fn of(typed: &str) -> Self {
        Self(fold(typed).split_whitespace().map(ToOwned::to_owned).collect())
    }
    /// The words, folded.
    pub fn words(&self) -> &[String] {
        &self.0
    }
    /// Whether nothing is looked for; then everything is found.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// Whether a text that is folded already holds every word.
    pub fn is_in_folded(&self, folded: &str) -> bool {
        self.0.iter().all(|word| folded.contains(word))
    }
    /// Whether a text holds every word.
    pub fn is_in(&self, text: &str) -> bool {
        self.is_empty() || self.is_in_folded(&fold(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn folding_forgets_marks_where_they_stand_and_capitals() {
        let cases: Value = serde_json::from_str(include_str!("../../tests/folding.json")).expect("JSON");
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        for case in cases["folded"].as_array().expect("cases") {
            let (written, folded) = (text(&case[0]), text(&case[1]));
            assert_eq!(fold(&written), folded, "{written}");
            let apart: String = written.nfd().collect();
            assert_eq!(fold(&apart), folded, "{written}, marks sent apart");
        }
        for case in cases["found"].as_array().expect("cases") {
            let (written, typed) = (text(&case[0]), text(&case[1]));
            assert_eq!(Wanted::of(&typed).is_in(&written), case[2] == true, "{typed} in {written}");
        }
    }
}
