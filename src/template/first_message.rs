//! Reads what a first message to the public should say: its parts, and the words by which each is known. Refuses
//! words that would make one part pass for another.

use crate::domain::first_message::WORD_CHARS_MIN;
use crate::domain::frozen::{FirstMessage, MessagePart};
use crate::playbook::page::{self, Report, Spanned, cut, line_of, toml_as};
use crate::playbook::{Problem, Text};
use schemars::{JsonSchema, Schema};
use serde::Deserialize;

/// Most parts: what is longer nobody checks at two in the morning.
const PARTS_MAX: usize = 12;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct File {
    #[schemars(extend("codes" = "kind"))]
    kinds: Vec<String>,
    part: Vec<Entry>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Entry {
    code: Spanned<String>,
    title: String,
    hint: String,
    words: Vec<Spanned<String>>,
}

/// The shape of the file, for editors.
pub(crate) fn shape() -> Schema {
    page::shape::<File>()
}

/// The parts of a first message, or everything that is wrong in the file.
pub fn parse(source: Text<'_>) -> Result<FirstMessage, Vec<Problem>> {
    let file: File = toml_as(source).map_err(|problem| vec![problem])?;
    let mut report = Report::new(source.file);
    if file.kinds.is_empty() {
        report.add(1, "«kinds» đang trống: ghi ít nhất một loại phát ngôn được kiểm tra");
    }
    if !(1..=PARTS_MAX).contains(&file.part.len()) {
        report.add(1, format!("cần từ 1 đến {PARTS_MAX} phần [[part]], đang có {}", file.part.len()));
        return Err(report.into_problems());
    }
    let mut parts: Vec<MessagePart> = vec![];
    for entry in file.part {
        let line = line_of(source.text, &entry.code.span());
        part(entry, line, source.text, &mut parts, &mut report);
    }
    if report.is_empty() {
        Ok(FirstMessage { kinds: file.kinds, parts })
    } else {
        Err(report.into_problems())
    }
}

fn part(entry: Entry, line: u32, text: &str, above: &mut Vec<MessagePart>, report: &mut Report) {
    let Entry { code, title, hint, words } = entry;
    let code = code.into_inner();
    if code.is_empty() || !code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
        report.add(line, format!("mã «{}» chỉ gồm chữ thường không dấu, chữ số, gạch dưới", cut(&code)));
    }
    if above.iter().any(|other| other.code == code) {
        report.add(line, format!("phần «{code}» đã có ở trên"));
    }
    if title.trim().is_empty() || hint.trim().is_empty() {
        report.add(line, format!("phần «{code}» phải có tên (title) và gợi ý (hint)"));
    }
    if words.is_empty() {
        report.add(line, format!("phần «{code}» chưa có từ nào để nhận ra (words)"));
    }
    for word in &words {
        let (at, word) = (line_of(text, &word.span()), word.get_ref());
        if *word != word.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ") {
            report.add(at, format!("«{}» phải viết thường, giữa các chữ một dấu cách", cut(word)));
        }
        if word.chars().count() < WORD_CHARS_MIN {
            report.add(at, format!("«{word}» quá ngắn, câu nào cũng có; ít nhất {WORD_CHARS_MIN} ký tự"));
        }
        let within = |other: &&String| other.contains(word.as_str()) || word.contains(other.as_str());
        for part in above.iter() {
            // «xác nhận» stands inside «chưa xác nhận»: what is not known would pass for what is.
            if let Some(other) = part.words.iter().find(within) {
                let reason = format!(
                    "«{}» và «{}» của phần «{}» nằm trong nhau, không phân biệt được hai phần",
                    cut(word),
                    cut(other),
                    part.code
                );
                report.add(at, reason);
            }
        }
    }
    above.push(MessagePart {
        code,
        title,
        hint,
        words: words.into_iter().map(Spanned::into_inner).collect(),
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::first_message::missing_parts;
    use crate::template::{self, Template};

    const SHIPPED: Text<'_> =
        Text { file: "first-message.toml", text: include_str!("../../seeds/first-message.toml") };

    fn shipped() -> FirstMessage {
        parse(SHIPPED).unwrap_or_else(|problems| panic!("{problems:#?}"))
    }

    fn holding() -> [Template; 2] {
        [
            include_str!("../../playbooks/statements/holding_statement.md"),
            include_str!("../../playbooks/statements/holding_preapproved.md"),
        ]
        .map(|text| template::parse("m.md", text).unwrap_or_else(|problems| panic!("{problems:#?}")))
    }

    /// What officers write in the night of the demonstration.
    fn filled(template: &Template) -> String {
        let mut text = template.text.clone();
        for blank in &template.blanks {
            let value = match (&blank.answer, blank.name.as_str()) {
                (crate::domain::frozen::Answer::Moment, _) => "22:00 ngày 10/9/2024",
                (crate::domain::frozen::Answer::Phone, _) => "0214 3840 888",
                (crate::domain::frozen::Answer::Number, _) => "3",
                (crate::domain::frozen::Answer::Choice { of }, _) => of[0].as_str(),
                (_, "cơ_quan_phát_ngôn") => "UBND tỉnh Lào Cai",
                (_, "sự_việc") => "Tin đồn vỡ đập thủy điện Cốc Ly",
                (_, "địa_điểm") => "Xã Cốc Ly",
                (_, "người_bị_ảnh_hưởng") => "bà con đang phải rời nhà giữa đêm mưa lũ",
                (_, "điều_đã_xác_nhận") => "đập an toàn, các cửa van hoạt động bình thường",
                (_, "điều_chưa_xác_nhận") => "nguồn gốc của tin đồn",
                (_, "việc_đang_làm") => "Sở Công Thương và huyện Bắc Hà kiểm tra tại công trình",
                (_, "hướng_dẫn_người_dân") => "không đến gần sông, suối",
                (_, "kênh_chính_thức") => "Cổng thông tin điện tử tỉnh",
                (_, "tên_người_phát_ngôn") => "Nguyễn Văn Thử",
                (_, "chức_vụ_người_phát_ngôn") => "Phó Chánh Văn phòng UBND tỉnh",
                (_, name) => panic!("say what is written into {name}"),
            };
            text = text.replace(&format!("{{{{{}}}}}", blank.name), value);
        }
        assert_eq!(crate::domain::statement::blanks(&text), Vec::<&str>::new());
        text
    }

    #[test]
    fn the_holding_statements_have_every_part_and_each_stands_in_a_paragraph_of_its_own() {
        let first = shipped();
        assert_eq!(first.parts.len(), 6);
        for template in holding() {
            let text = filled(&template);
            let missing = |text: &str| -> Vec<String> {
                missing_parts(&first, &template.kind, text).iter().map(|part| part.code.clone()).collect()
            };
            assert!(missing(&text).is_empty(), "{}: {:?}", template.kind, missing(&text));
            let paragraphs: Vec<&str> = text.split("\n\n").collect();
            let mut found: Vec<Vec<String>> = vec![];
            for left_out in 0..paragraphs.len() {
                let mut rest = paragraphs.clone();
                rest.remove(left_out);
                found.push(missing(&rest.join("\n\n")));
            }
            let mut parts: Vec<Vec<String>> =
                first.parts.iter().map(|part| vec![part.code.clone()]).collect();
            let mut telling: Vec<_> = found.into_iter().filter(|missing| !missing.is_empty()).collect();
            parts.sort();
            telling.sort();
            assert_eq!(telling, parts, "{}: one paragraph, one part", template.kind);
            assert_eq!(missing("Đập an toàn.").len(), 6);
        }
    }

    #[test]
    fn words_that_tell_nothing_apart_are_refused_with_their_line() {
        for (from, to, says) in [
            ("\"chia sẻ với\"", "\"Chia sẻ với\"", "phải viết thường"),
            ("\"chia sẻ với\"", "\"với\"", "quá ngắn"),
            ("\"chưa xác nhận\"", "\"chưa xác nhận, đã xác nhận\"", "nằm trong nhau"),
            ("code = \"known\"", "code = \"empathy\"", "đã có ở trên"),
            ("code = \"known\"", "code = \"Đã biết\"", "chữ thường không dấu"),
            ("code = \"known\"", "cod = \"known\"", "không có mục tên «cod», có phải «code»?"),
        ] {
            let text = SHIPPED.text.replacen(from, to, 1);
            assert_ne!(text, SHIPPED.text, "{from}");
            let problems = parse(Text { text: &text, ..SHIPPED }).expect_err(to);
            let told = problems.iter().find(|problem| problem.reason.contains(says));
            let told = told.unwrap_or_else(|| panic!("{to}: {problems:#?}"));
            assert!(text.lines().nth(told.line as usize - 1).is_some_and(|line| line.contains(to)), "{told}");
        }
        for (text, says) in [
            ("kinds = []\npart = []\n", "«kinds» đang trống"),
            ("kinds = [\"a\"]\npart = []\n", "cần từ 1 đến 12 phần"),
            (
                "kinds = [\"a\"]\n[[part]]\ncode = \"a\"\ntitle = \"\"\nhint = \"h\"\nwords = []\n",
                "phải có tên",
            ),
            (
                "kinds = [\"a\"]\n[[part]]\ncode = \"a\"\ntitle = \"t\"\nhint = \"h\"\nwords = []\n",
                "chưa có từ nào",
            ),
        ] {
            let problems = parse(Text { file: "f.toml", text }).expect_err(text);
            assert!(problems.iter().any(|problem| problem.reason.contains(says)), "{problems:#?}");
        }
    }
}
