//! One line of a template's list of blanks: what to call it, what may be put there, what of the record it is filled
//! from. Words an official reads on paper in, a blank or the reason against it out.

use crate::domain::blank::VALUE_CHARS_MAX;
use crate::domain::frozen::{Answer, Blank, Given};
use crate::playbook::page::cut;
use crate::playbook::words::{key, nearest};

/// Most words to choose from: more is no choice but a search.
const CHOICES_MAX: usize = 20;
/// What a line must look like.
const FORM: &str =
    "dòng này phải có dạng «- {{tên}}: nhãn — gợi ý» hoặc «- {{tên}} (thời điểm; từ: bây giờ): nhãn — gợi ý»";
/// Opens the words to choose from.
const CHOICE: &str = "chọn";
/// Opens what the record knows.
const SOURCE: &str = "từ";
/// What may be put into a blank, as it is written; a choice is written with its words.
const ANSWERS: [(&str, Answer); 4] = [
    ("chữ", Answer::Words),
    ("thời điểm", Answer::Moment),
    ("số", Answer::Number),
    ("điện thoại", Answer::Phone),
];
/// What the record knows, as it is written, and what it is.
const SOURCES: [(&str, Given, Answer); 8] = [
    ("tên sự cố", Given::Title, Answer::Words),
    ("địa điểm", Given::Place, Answer::Words),
    ("lúc xảy ra", Given::OccurredAt, Answer::Moment),
    ("lúc tiếp nhận", Given::ReceivedAt, Answer::Moment),
    ("bây giờ", Given::Now, Answer::Moment),
    ("điều đã xác nhận", Given::FactsVerified, Answer::Words),
    ("điều chưa xác nhận", Given::FactsOpen, Answer::Words),
    ("giờ chốt số liệu", Given::FactsAsOf, Answer::Moment),
];

/// The blank of a line.
pub(super) fn read(line: &str) -> Result<Blank, String> {
    let form = || FORM.to_owned();
    let (name, rest) = line.strip_prefix("- {{").and_then(|rest| rest.split_once("}}")).ok_or_else(form)?;
    let rest = rest.trim_start();
    let (inside, rest) = match rest.strip_prefix('(') {
        Some(rest) => rest.split_once(')').map(|(inside, rest)| (Some(inside), rest)).ok_or_else(form)?,
        None => (None, rest),
    };
    let words = rest.trim_start().strip_prefix(':').ok_or_else(form)?;
    let (label, hint) = words.split_once('—').ok_or_else(form)?;
    let (label, hint) = (label.trim().to_owned(), hint.trim().to_owned());
    if label.is_empty() || hint.is_empty() {
        return Err(form());
    }
    let (answer, from) = inside.map_or(Ok((Answer::Words, None)), typed)?;
    Ok(Blank { name: name.trim().to_owned(), label, hint, answer, from })
}

/// What stands in brackets: «thời điểm; từ: bây giờ», «chọn: một | hai».
fn typed(inside: &str) -> Result<(Answer, Option<Given>), String> {
    let (mut answer, mut source) = (None, None);
    for part in inside.split(';').map(str::trim) {
        let twice = match part.split_once(':') {
            Some((head, rest)) if key(head) == key(SOURCE) => source.replace(known_source(rest)?).is_some(),
            Some((head, rest)) if key(head) == key(CHOICE) => answer.replace(choice(rest)?).is_some(),
            _ => answer.replace(known_answer(part)?).is_some(),
        };
        if twice {
            return Err(format!("trong ngoặc chỉ nói một lần điền gì và lấy từ đâu; thừa «{}»", cut(part)));
        }
    }
    let answer = answer.unwrap_or_default();
    match source {
        Some((written, _, wanted)) if *wanted != answer => {
            let right = if *wanted == Answer::Moment { "thời điểm" } else { "chữ" };
            Err(format!("«{written}» là {right}; hãy viết «({right}; {SOURCE}: {written})»"))
        }
        _ => Ok((answer, source.map(|(_, given, _)| *given))),
    }
}

fn known_answer(written: &str) -> Result<Answer, String> {
    let found = ANSWERS.iter().find(|(word, _)| key(word) == key(written));
    found.map(|(_, answer)| answer.clone()).ok_or_else(|| {
        let (head, opens) = match written.split_once(':') {
            Some((head, _)) => (head, true),
            None => (written, false),
        };
        let near = match opens {
            true => nearest(head, [CHOICE, SOURCE].into_iter()),
            // What is empty or lacks only its colon is told the whole form.
            false if head.is_empty() || [CHOICE, SOURCE].iter().any(|word| key(head).starts_with(&key(word))) => None,
            false => nearest(head, ANSWERS.iter().map(|(word, _)| *word)),
        };
        match near {
            Some(near) => format!("trong ngoặc không có «{}», có phải «{near}»?", cut(head)),
            None => format!(
                "trong ngoặc không có «{}»; được viết: chữ, thời điểm, số, điện thoại, «{CHOICE}: một | hai», \
                 và sau dấu chấm phẩy «{SOURCE}: …»",
                cut(written)
            ),
        }
    })
}

fn known_source(written: &str) -> Result<&'static (&'static str, Given, Answer), String> {
    SOURCES.iter().find(|(word, ..)| key(word) == key(written)).ok_or_else(|| {
        let (written, words) = (written.trim(), || SOURCES.iter().map(|(word, ..)| *word));
        match nearest(written, words()) {
            Some(near) => format!("hồ sơ không có «{}», có phải «{near}»?", cut(written)),
            None => {
                let all = words().collect::<Vec<_>>().join(", ");
                format!("hồ sơ không có «{}»; lấy được từ: {all}", cut(written))
            }
        }
    })
}

fn choice(written: &str) -> Result<Answer, String> {
    let of: Vec<String> = written.split('|').map(|word| word.trim().to_owned()).collect();
    let twice =
        of.iter().enumerate().find(|(place, word)| of.iter().take(*place).any(|other| other == *word));
    let long = of.iter().find(|word| word.chars().count() > VALUE_CHARS_MAX);
    if of.iter().any(String::is_empty) || !(2..=CHOICES_MAX).contains(&of.len()) {
        return Err(format!("«{CHOICE}:» cần từ 2 đến {CHOICES_MAX} mục, giữa các mục là dấu «|»"));
    }
    if let Some((_, word)) = twice {
        return Err(format!("mục «{}» được viết hai lần", cut(word)));
    }
    if let Some(word) = long {
        return Err(format!("mục «{}» dài hơn {VALUE_CHARS_MAX} ký tự", cut(word)));
    }
    Ok(Answer::Choice { of })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_may_be_put_there_and_where_it_comes_from() {
        let two = Answer::Choice { of: vec!["24 giờ".into(), "06 giờ, khẩn: ngay".into()] };
        for (line, answer, from) in [
            ("- {{a}}: Nhãn — gợi ý", Answer::Words, None),
            ("- {{a}} (chữ): Nhãn — gợi ý", Answer::Words, None),
            ("- {{a}} (chữ; từ: tên sự cố): Nhãn — gợi ý", Answer::Words, Some(Given::Title)),
            ("- {{a}} (từ: điều đã xác nhận): Nhãn — gợi ý", Answer::Words, Some(Given::FactsVerified)),
            ("- {{a}} (thời điểm): Nhãn — gợi ý", Answer::Moment, None),
            ("- {{a}} (Thời điểm; từ: bây giờ): Nhãn — gợi ý", Answer::Moment, Some(Given::Now)),
            ("- {{a}}(số): Nhãn — gợi ý", Answer::Number, None),
            ("- {{a}} (điện thoại): Nhãn — gợi ý", Answer::Phone, None),
            ("- {{a}} (chọn: 24 giờ | 06 giờ, khẩn: ngay): Nhãn — gợi ý", two, None),
        ] {
            let blank = read(line).unwrap_or_else(|reason| panic!("{line}: {reason}"));
            assert_eq!((blank.name.as_str(), blank.label.as_str()), ("a", "Nhãn"), "{line}");
            assert_eq!((blank.hint.as_str(), blank.answer, blank.from), ("gợi ý", answer, from), "{line}");
        }
    }

    #[test]
    fn every_source_can_be_written_with_what_it_is() {
        for (word, given, answer) in &SOURCES {
            let kind = ANSWERS.iter().find(|(_, known)| known == answer).expect("words or a moment").0;
            let blank =
                read(&format!("- {{{{a}}}} ({kind}; từ: {word}): Nhãn — gợi ý")).expect("a good line");
            assert_eq!(blank.from, Some(*given));
            let other = if kind == "chữ" { "thời điểm" } else { "chữ" };
            let reason = read(&format!("- {{{{a}}}} ({other}; từ: {word}): Nhãn — gợi ý")).expect_err(word);
            assert!(reason.contains(&format!("({kind}; từ: {word})")), "{reason}");
        }
    }

    #[test]
    fn a_slip_is_told_with_the_word_that_was_meant() {
        for (inside, says) in [
            ("thời điễn", "có phải «thời điểm»?"),
            ("điện thoai bàn", "điện thoại"),
            ("cọn: a | b", "có phải «chọn»?"),
            ("chọn a | b", "được viết: chữ"),
            ("thời điểm; từ: bâi giờ", "có phải «bây giờ»?"),
            ("chữ; từ: điều đã xác nhân rồi", "có phải «điều đã xác nhận»?"),
            ("chữ; từ: trên trời", "lấy được từ: tên sự cố"),
            ("hình ảnh minh họa", "được viết: chữ"),
            ("số; số", "thừa «số»"),
            ("chữ; từ: địa điểm; từ: địa điểm", "thừa «từ: địa điểm»"),
            ("chọn: a", "từ 2 đến 20 mục"),
            ("chọn: a | ", "từ 2 đến 20 mục"),
            ("chọn: a | b | a", "được viết hai lần"),
            ("số; từ: bây giờ", "«(thời điểm; từ: bây giờ)»"),
            ("", "được viết: chữ"),
        ] {
            let reason = read(&format!("- {{{{a}}}} ({inside}): Nhãn — gợi ý")).expect_err(inside);
            assert!(reason.contains(says), "{inside}: {reason}");
        }
        for line in
            ["- {{a}} (số: Nhãn — gợi ý", "- {{a}} số: Nhãn — gợi ý", "- {{a}} (số) Nhãn — gợi ý", "a"]
        {
            assert_eq!(read(line), Err(FORM.to_owned()), "{line}");
        }
        let long = format!("- {{{{a}}}} (chọn: a | {}): Nhãn — gợi ý", "b".repeat(VALUE_CHARS_MAX + 1));
        assert!(read(&long).expect_err("too long").contains("dài hơn"));
    }
}
