//! The section of a playbook that lists what people will ask, with a hint for each answer. Reads line by line and
//! reports; answers nothing itself.

use super::limit;
use super::page::{Line, Report, cut};
use super::words::{key, nearest};
use crate::domain::condition::same;
use crate::domain::frozen::Expected;

/// Opens the section.
pub(super) const HEADING: &str = "Câu hỏi cần chuẩn bị";
/// Opens the hint below a question.
const HINT: &str = "gợi ý";
/// Most questions: nobody prepares more answers in the first hour.
pub(super) const QUESTIONS_MAX: usize = 50;
/// Longest hint, characters: what a person takes in while somebody waits for an answer.
const HINT_CHARS_MAX: usize = 600;

/// Whether a heading opens the section.
pub(super) fn is_heading(written: &str) -> bool {
    key(written) == key(HEADING)
}

/// The questions as far as they have been read, each with its line.
#[derive(Default)]
pub(super) struct Questions {
    opened: bool,
    asked: Vec<(u32, Expected)>,
}

impl Questions {
    /// Takes the next line of the section, its heading included.
    pub(super) fn line(&mut self, line: &Line, report: &mut Report) {
        let text = line.text.trim_start();
        if text.starts_with("## ") {
            if std::mem::replace(&mut self.opened, true) {
                report.add(line.number, format!("phần «{HEADING}» đã có ở trên"));
            }
        } else if text.len() < line.text.len() {
            self.hint(line.number, text, report);
        } else if text.starts_with("- [") {
            let reason = format!("phần «{HEADING}» không có nhiệm vụ; hãy chuyển lên một giai đoạn ở trên");
            report.add(line.number, reason);
        } else if let Some(question) = text.strip_prefix("- ").or_else(|| text.strip_prefix("* ")) {
            self.question(line.number, question.trim(), report);
        } else {
            let form = "trong phần này mỗi câu hỏi viết «- câu hỏi?», dòng dưới thụt vào «- gợi ý: …»";
            report.add(line.number, format!("{form}; đang là «{}»", cut(text)));
        }
    }

    fn question(&mut self, line: u32, question: &str, report: &mut Report) {
        limit(line, question, report);
        if !question.ends_with('?') {
            report.add(line, format!("câu hỏi phải kết thúc bằng dấu hỏi, đang là «{}»", cut(question)));
        }
        if let Some((first, _)) = self.asked.iter().find(|(_, other)| same(&other.question, question)) {
            report.add(line, format!("câu hỏi này đã có ở dòng {first}"));
        }
        if self.asked.len() == QUESTIONS_MAX {
            report.add(line, format!("nhiều nhất {QUESTIONS_MAX} câu hỏi trong một kịch bản"));
        }
        if self.asked.len() <= QUESTIONS_MAX {
            self.asked.push((line, Expected { question: question.to_owned(), hint: String::new() }));
        }
    }

    fn hint(&mut self, line: u32, text: &str, report: &mut Report) {
        let text = text.strip_prefix(['-', '*', '•', '–']).unwrap_or(text).trim();
        let (written, hint) = text.split_once(':').unwrap_or((text, ""));
        if key(written) != key(HINT) {
            let near = nearest(written, std::iter::once(HINT));
            let meant =
                near.map_or_else(|| format!("chỉ có «{HINT}: …»"), |near| format!("có phải «{near}»?"));
            report.add(line, format!("dưới câu hỏi không có mục «{}», {meant}", cut(written.trim())));
            return;
        }
        if self.asked.len() > QUESTIONS_MAX {
            return;
        }
        let hint = hint.trim();
        let Some((_, asked)) = self.asked.last_mut() else {
            report.add(line, "gợi ý này không thuộc câu hỏi nào");
            return;
        };
        let length = hint.chars().count();
        if hint.is_empty() {
            report.add(line, format!("mục «{HINT}» đang để trống"));
        } else if !asked.hint.is_empty() {
            report.add(line, format!("mục «{HINT}» của câu hỏi này đã có ở trên"));
        } else if length > HINT_CHARS_MAX {
            report.add(line, format!("gợi ý dài {length} ký tự, nhiều nhất {HINT_CHARS_MAX}"));
        }
        asked.hint = hint.to_owned();
    }

    /// What has been read, when there are no more lines.
    pub(super) fn finish(mut self, report: &mut Report) -> Vec<Expected> {
        self.asked.truncate(QUESTIONS_MAX);
        for (line, _) in self.asked.iter().filter(|(_, asked)| asked.hint.is_empty()) {
            report.add(*line, format!("câu hỏi này chưa có dòng «{HINT}»"));
        }
        self.asked.into_iter().map(|(_, asked)| asked).collect()
    }
}
