//! The first message to the public: whether all its parts are there, by words that each of them is known by. Says
//! what is missing; whether it is well said is for people to judge.

use super::frozen::{FirstMessage, MessagePart};

/// Fewest letters of a word by which a part is known: shorter ones stand in every sentence.
pub const WORD_CHARS_MIN: usize = 4;

/// The parts that a text of this kind does not have; none for a kind that is no first message.
pub fn missing_parts<'a>(first: &'a FirstMessage, kind: &str, text: &str) -> Vec<&'a MessagePart> {
    if !first.kinds.iter().any(|known| known == kind) {
        return vec![];
    }
    let text = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    first.parts.iter().filter(|part| !part.words.iter().any(|word| text.contains(word.as_str()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(code: &str, words: &[&str]) -> MessagePart {
        let words = words.iter().map(|&word| word.into()).collect();
        MessagePart { code: code.into(), title: code.into(), hint: code.into(), words }
    }

    fn first() -> FirstMessage {
        FirstMessage {
            kinds: vec!["first".into()],
            parts: vec![part("empathy", &["chia sẻ với", "chia buồn"]), part("known", &["đã xác nhận"])],
        }
    }

    #[test]
    fn a_part_is_there_when_one_of_its_words_is() {
        let first = first();
        for (text, missing) in [
            ("", vec!["empathy", "known"]),
            ("Chúng tôi CHIA BUỒN.", vec!["known"]),
            ("Chúng tôi chia\nsẻ  với bà con. Đã xác nhận: đập an toàn.", vec![]),
            ("Không chia sẻ tin. Chưa xác nhận.", vec!["empathy", "known"]),
            ("Đã\u{a0}xác nhận", vec!["empathy"]),
        ] {
            let found: Vec<_> =
                missing_parts(&first, "first", text).iter().map(|part| part.code.as_str()).collect();
            assert_eq!(found, missing, "{text}");
        }
        assert!(missing_parts(&first, "another", "").is_empty());
        assert!(missing_parts(&FirstMessage::default(), "first", "").is_empty());
    }
}
