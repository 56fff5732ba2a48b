//! The part of a playbook below its front matter: phases, tasks, and the attributes of tasks. Reads line by line and
//! reports; must not guess what a line could have meant.

use super::expected::{Questions, is_heading};
use super::page::{Line, Report, cut, listed};
use super::words::{self, Words, code_of, key, nearest, phase};
use super::{Phase, TASKS_MAX, Task, limit};
use crate::domain::deadline::Source;
use crate::domain::frozen::Expected;

/// Most names in one list: there are not that many offices to call.
const LIST_MAX: usize = 50;

/// What a name stands for.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Function,
    Provision,
    Duty,
    Statement,
}

/// Names looked up in the other data files; without those, names stay as they are.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    words: Option<&'a Words>,
}

impl<'a> Names<'a> {
    pub(super) fn new(words: Option<&'a Words>) -> Self {
        Self { words }
    }
    fn code(&self, kind: Kind, line: u32, written: &str, report: &mut Report) -> String {
        let written = written.trim().trim_end_matches('.');
        let Some(words) = self.words else { return written.to_owned() };
        let (what, known) = match kind {
            Kind::Function => ("cơ quan", &words.functions),
            Kind::Provision => ("căn cứ pháp lý", &words.provisions),
            Kind::Duty => ("đồng hồ", &words.duties),
            Kind::Statement => ("mẫu phát ngôn", &words.statements),
        };
        if let Some(code) = code_of(known, written) {
            return code.to_owned();
        }
        let either = known.iter().flat_map(|word| [word.name.as_str(), word.code.as_str()]);
        let hint = match nearest(written, either) {
            Some(near) => format!(", có phải «{near}»?"),
            None if written.contains(", ") => "; giữa các tên phải là dấu chấm phẩy (;)".to_owned(),
            None => String::new(),
        };
        report.add(line, format!("không có {what} «{}»{hint}", cut(written)));
        written.to_owned()
    }
    /// The codes of a list of names, each once.
    pub(super) fn codes(&self, kind: Kind, items: Vec<(u32, String)>, report: &mut Report) -> Vec<String> {
        let mut codes: Vec<String> = vec![];
        if items.len() > LIST_MAX {
            let line = items.first().map_or(1, |(line, _)| *line);
            report
                .add(line, format!("nhiều nhất {LIST_MAX} tên trong một danh sách, đang có {}", items.len()));
            return codes;
        }
        for (line, item) in items {
            let code = self.code(kind, line, &item, report);
            if codes.contains(&code) {
                report.add(line, format!("«{}» được viết hai lần", cut(&item)));
            } else {
                codes.push(code);
            }
        }
        codes
    }
}

/// The part below the front matter: phases, tasks with their attributes, and the questions to prepare for.
pub(super) struct Body<'a> {
    names: Names<'a>,
    title: &'a str,
    phases: Vec<Phase>,
    tasks: Vec<Draft>,
    questions: Questions,
    asking: bool,
    report: &'a mut Report,
}

/// A task as far as it has been read.
struct Draft {
    line: u32,
    /// Where its output stands, when that is a statement.
    stated: Option<u32>,
    task: Task,
    seen: Vec<&'static str>,
}

/// Stands before the name of a playbook that a task calls for; folded.
const CALL: &str = "kich ban";
const MANDATORY: &str = "(bắt buộc)";
const ATTRIBUTES: [&str; 6] = ["chủ trì", "phối hợp", "thời hạn", "căn cứ", "điều kiện", "đầu ra"];

impl<'a> Body<'a> {
    pub(super) fn new(names: Names<'a>, title: &'a str, report: &'a mut Report) -> Self {
        let questions = Questions::default();
        Self { names, title, phases: vec![], tasks: vec![], questions, asking: false, report }
    }

    /// Takes the next line.
    pub(super) fn line(&mut self, line: &Line) {
        let text = line.text.trim_start();
        if text.is_empty() || text.starts_with('>') {
            return;
        }
        let heading = text.strip_prefix("## ").filter(|_| text.len() == line.text.len()).map(str::trim);
        if let Some(heading) = heading {
            self.asking = is_heading(heading);
        }
        if self.asking {
            self.questions.line(line, self.report);
        } else if text.len() < line.text.len() {
            self.attribute(line.number, text);
        } else if let Some(heading) = heading {
            self.phase(line.number, heading);
        } else if let Some(heading) = text.strip_prefix("# ") {
            if key(heading) != key(self.title) {
                let title = cut(self.title);
                self.report.add(line.number, format!("tiêu đề phải giống mục «tên»: «{title}»"));
            }
        } else if let Some(title) = text.strip_prefix("- [ ] ").or_else(|| text.strip_prefix("* [ ] ")) {
            self.task(line.number, title.trim());
        } else if text.starts_with("- [x]") || text.starts_with("- [X]") {
            self.report.add(line.number, "trong kịch bản, ô của nhiệm vụ phải để trống: «- [ ] »");
        } else if text.starts_with(['-', '*', '–', '—', '•', '+']) {
            self.report.add(
                line.number,
                "nhiệm vụ phải bắt đầu bằng «- [ ] », có dấu cách trong ngoặc và sau ngoặc",
            );
        } else {
            let text = cut(text);
            self.report.add(
                line.number,
                format!("không hiểu dòng «{text}»: giai đoạn bắt đầu bằng «## », nhiệm vụ bằng «- [ ] », ghi chú bằng «> »"),
            );
        }
    }

    fn phase(&mut self, line: u32, heading: &str) {
        let (code, title) = match phase(heading) {
            Ok(known) => known,
            Err(reason) => {
                self.report.add(line, reason);
                // Tasks below are still read, so that their problems are listed too.
                ("", "")
            }
        };
        if self.phases.iter().any(|phase| phase.code == code && !code.is_empty()) {
            self.report.add(line, format!("giai đoạn «{title}» đã có ở trên"));
        }
        self.phases.push(Phase { code: code.to_owned(), title: title.to_owned() });
    }

    fn task(&mut self, line: u32, title: &str) {
        let Some(phase) = self.phases.last() else {
            self.report
                .add(line, "nhiệm vụ này chưa thuộc giai đoạn nào; viết dòng «## tên giai đoạn» ở trên");
            return;
        };
        let phase = phase.code.clone();
        let (title, mandatory) = self.mark(line, title);
        limit(line, &title, self.report);
        if title.is_empty() {
            self.report.add(line, "nhiệm vụ chưa có tên");
        }
        if self.tasks.len() == TASKS_MAX {
            self.report.add(line, format!("nhiều nhất {TASKS_MAX} nhiệm vụ trong một kịch bản"));
        }
        if self.tasks.len() >= TASKS_MAX {
            return;
        }
        let seq = u32::try_from(self.tasks.len()).unwrap_or(u32::MAX).saturating_add(1);
        let (lead, support, basis) = (String::new(), vec![], vec![]);
        let same = |other: &&Draft| other.task.phase == phase && key(&other.task.title) == key(&title);
        if let Some(first) = self.tasks.iter().find(same).filter(|_| !title.is_empty()) {
            self.report.add(line, format!("giai đoạn này đã có nhiệm vụ cùng tên ở dòng {}", first.line));
        }
        let task = Task {
            seq,
            phase,
            title,
            lead,
            support,
            due: None,
            mandatory,
            basis,
            output: None,
            only_if: None,
        };
        self.tasks.push(Draft { line, stated: None, task, seen: vec![] });
    }

    /// Takes the mark «(bắt buộc)» from the end of a title.
    fn mark(&mut self, line: u32, title: &str) -> (String, bool) {
        let plain = title.trim_end_matches('.');
        if let Some((rest, mark)) = plain.rsplit_once('(').filter(|(_, mark)| mark.ends_with(')')) {
            let mark = format!("({mark}");
            if key(&mark) == key(MANDATORY) {
                return (rest.trim().to_owned(), true);
            }
            if nearest(&mark, std::iter::once(MANDATORY)).is_some() {
                self.report.add(line, format!("không hiểu «{}», có phải «{MANDATORY}»?", cut(&mark)));
            }
        }
        (title.to_owned(), false)
    }

    fn attribute(&mut self, line: u32, text: &str) {
        if text.starts_with("- [") {
            self.report.add(line, "nhiệm vụ phải viết sát lề trái, không thụt vào");
            return;
        }
        let text = text.strip_prefix(['-', '*', '•', '–']).unwrap_or(text).trim();
        let Some((written, value)) = text.split_once(':') else {
            let text = cut(text);
            self.report
                .add(line, format!("dòng thụt vào phải có dạng «tên mục: nội dung», đang là «{text}»"));
            return;
        };
        let Some(name) = ATTRIBUTES.into_iter().find(|name| key(name) == key(written)) else {
            let near = nearest(written, ATTRIBUTES.into_iter());
            let hint = near.map_or_else(
                || format!("; các mục: {}", ATTRIBUTES.join(", ")),
                |near| format!(", có phải «{near}»?"),
            );
            self.report.add(line, format!("nhiệm vụ không có mục «{}»{hint}", cut(written.trim())));
            return;
        };
        let Some(draft) = self.tasks.last_mut() else {
            self.report.add(line, "dòng thụt vào này không thuộc nhiệm vụ nào");
            return;
        };
        if draft.seen.contains(&name) {
            self.report.add(line, format!("mục «{name}» của nhiệm vụ này đã có ở trên"));
            return;
        }
        draft.seen.push(name);
        let value = value.trim();
        if value.is_empty() {
            self.report.add(line, format!("mục «{name}» đang để trống; không có thì bỏ cả dòng"));
            return;
        }
        let task = &mut draft.task;
        match name {
            "chủ trì" => task.lead = self.names.code(Kind::Function, line, value, self.report),
            "phối hợp" => {
                task.support = self.names.codes(Kind::Function, listed(line, value), self.report)
            }
            "căn cứ" => task.basis = self.names.codes(Kind::Provision, listed(line, value), self.report),
            "thời hạn" => match words::due(value) {
                Ok(due) => task.due = Some(due),
                Err(reason) => self.report.add(line, reason),
            },
            "điều kiện" => match words::condition(value) {
                Ok(condition) => task.only_if = Some(condition),
                Err(reason) => self.report.add(line, reason),
            },
            // The last of `ATTRIBUTES`: a statement when it names one, otherwise words.
            _ => {
                let statements =
                    self.names.words.map(|words| words.statements.as_slice()).unwrap_or_default();
                let output = value.trim_end_matches('.');
                let statement = code_of(statements, output);
                draft.stated = statement.map(|_| line);
                task.output = Some(statement.unwrap_or(output).to_owned());
            }
        }
    }

    /// What has been read, when there are no more lines; `id` and `statements` are those of the front matter.
    pub(super) fn finish(
        self,
        end: u32,
        id: &str,
        statements: &[String],
    ) -> (Vec<Phase>, Vec<Task>, Vec<Expected>) {
        if self.tasks.is_empty() {
            self.report.add(end, "kịch bản chưa có nhiệm vụ nào");
        }
        for Draft { line, stated, task, seen } in &self.tasks {
            let offered = task.output.as_ref().is_some_and(|output| statements.contains(output));
            if let Some(line) = stated.filter(|_| !offered) {
                self.report.add(line, "đầu ra là một phát ngôn thì tên ấy phải có trong mục «mẫu» ở đầu tệp");
            }
            if names(&task.title, &[id, self.title]) {
                self.report
                    .add(*line, "nhiệm vụ này gọi lại chính kịch bản này; hãy gọi kịch bản khác hoặc bỏ");
            }
            if !seen.contains(&"chủ trì") {
                self.report.add(*line, "nhiệm vụ chưa có dòng «chủ trì»");
            }
            let by_law = task.due.is_some_and(|due| due.source == Source::Law);
            if (task.mandatory || by_law) && !seen.contains(&"căn cứ") {
                self.report.add(*line, "nhiệm vụ bắt buộc hoặc có thời hạn theo luật phải có dòng «căn cứ»");
            }
        }
        let expected = self.questions.finish(self.report);
        (self.phases, self.tasks.into_iter().map(|draft| draft.task).collect(), expected)
    }
}

/// Whether a text calls for the playbook with one of these names.
fn names(text: &str, of: &[&str]) -> bool {
    let plain = |text: &str| key(&text.replace(['«', '»', '“', '”', '"', ':'], " "));
    let text = format!("{} ", plain(text));
    of.iter().any(|name| !name.is_empty() && text.contains(&format!("{CALL} {} ", plain(name))))
}
