//! Reads the ladder of levels: what makes an incident serious, and the rules between the levels. Policy of the office,
//! as data. Pure; refuses what contradicts itself.

use crate::domain::claim;
use crate::domain::condition::{Condition, Part};
use crate::domain::ladder::{Effect, Ladder, Rule, Rung};
use crate::domain::level::Level;
use crate::playbook::page::{self, Report, Spanned, line_of, toml_as};
use crate::playbook::words::{LENGTH, condition, length};
use crate::playbook::{Problem, Text};
use schemars::{JsonSchema, Schema};
use serde::Deserialize;

/// Most rules: each is looked at whenever a fact or an answer comes in, and people have to know them.
const RULES_MAX: usize = 50;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct File {
    lowering: Vec<Spanned<String>>,
    closing: Vec<Spanned<String>>,
    #[schemars(extend("codes" = "kind"))]
    last_words: Vec<String>,
    level: Vec<RungEntry>,
    #[serde(default)]
    rule: Vec<RuleEntry>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RungEntry {
    #[schemars(range(min = 1, max = 4))]
    level: Spanned<u8>,
    criteria: Vec<String>,
    speaks: String,
    rhythm: String,
    #[schemars(extend("pattern" = LENGTH))]
    first_word: Spanned<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RuleEntry {
    code: Spanned<String>,
    title: String,
    when: Option<Spanned<String>>,
    sent_back: Option<u32>,
    #[schemars(with = "Option<String>", extend("enum" = ["severe", "recurring"]))]
    claim: Option<claim::Is>,
    #[schemars(range(min = 1, max = 4))]
    propose_level: Option<Spanned<u8>>,
    hold_publishing_until: Option<Spanned<String>>,
    #[serde(default)]
    ask_head: bool,
}

/// A file as it is read: what is wrong is noted with its line.
struct Reading<'a> {
    text: &'a str,
    report: Report,
}

impl Reading<'_> {
    fn wrong<T>(&mut self, at: &Spanned<T>, reason: impl Into<String>) {
        self.report.add(line_of(self.text, &at.span()), reason);
    }
    fn level(&mut self, written: &Spanned<u8>) -> Option<Level> {
        let level = Level::new(*written.get_ref());
        if level.is_none() {
            self.wrong(written, "mức phải từ 1 đến 4");
        }
        level
    }
    /// Questions are asked in the room, so they have to be questions.
    fn question(&mut self, written: &Spanned<String>) -> String {
        let question = written.get_ref().trim().to_owned();
        if !question.ends_with('?') {
            self.wrong(written, "phải là một câu hỏi, kết thúc bằng dấu hỏi");
        }
        question
    }
}

/// The shape of the file, for editors.
pub(crate) fn shape() -> Schema {
    page::shape::<File>()
}

/// The ladder of the file, or everything that is wrong in it.
pub fn parse(source: Text<'_>) -> Result<Ladder, Vec<Problem>> {
    let file: File = toml_as(source).map_err(|problem| vec![problem])?;
    let mut reading = Reading { text: source.text, report: Report::new(source.file) };
    let mut rungs: Vec<Rung> = vec![];
    for entry in file.level {
        let level = reading.level(&entry.level);
        if level.is_some_and(|level| rungs.last().is_some_and(|below| below.level >= level)) {
            reading.wrong(&entry.level, "các mức viết theo thứ tự từ 1 đến 4, mỗi mức một lần");
        }
        let first_word = length(entry.first_word.get_ref());
        let first_word = first_word.map_err(|reason| reading.wrong(&entry.first_word, reason)).ok();
        if let (Some(level), Some((first_word_minutes, _))) = (level, first_word) {
            let RungEntry { criteria, speaks, rhythm, .. } = entry;
            rungs.push(Rung { level, criteria, speaks, rhythm, first_word_minutes });
        }
    }
    if rungs.len() != 4 && reading.report.is_empty() {
        reading.report.add(1, format!("phải có đủ bốn mức [[level]], đang có {}", rungs.len()));
    }
    if file.rule.len() > RULES_MAX {
        reading
            .report
            .add(1, format!("nhiều nhất {RULES_MAX} quy tắc [[rule]], đang có {}", file.rule.len()));
        return Err(reading.report.into_problems());
    }
    let mut rules: Vec<Rule> = vec![];
    for entry in file.rule {
        let rule = rule(entry, &rules, &mut reading);
        rules.extend(rule);
    }
    let lowering = file.lowering.iter().map(|question| reading.question(question)).collect();
    let closing = file.closing.iter().map(|question| reading.question(question)).collect();
    if reading.report.is_empty() {
        Ok(Ladder { rungs, rules, lowering, closing, last_words: file.last_words })
    } else {
        Err(reading.report.into_problems())
    }
}

fn rule(entry: RuleEntry, above: &[Rule], reading: &mut Reading<'_>) -> Option<Rule> {
    let code = entry.code.get_ref().clone();
    if code.is_empty() || !code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
        reading.wrong(&entry.code, "mã chỉ gồm chữ thường không dấu, chữ số, gạch dưới");
    }
    if above.iter().any(|other| other.code == code) {
        reading.wrong(&entry.code, format!("quy tắc «{code}» đã có ở trên"));
    }
    let mut when = Condition::default();
    if let Some(written) = &entry.when {
        match condition(written.get_ref()) {
            Ok(condition) => when = condition,
            Err(reason) => reading.wrong(written, reason),
        }
    }
    when.any.extend(entry.sent_back.map(|times| Part::SentBack { times }));
    when.any.extend(entry.claim.map(|is| Part::Claim { is }));
    if when.any.is_empty() {
        reading.wrong(&entry.code, "quy tắc phải có «when», «sent_back» hoặc «claim»");
    }
    let effect = match (&entry.propose_level, &entry.hold_publishing_until, entry.ask_head) {
        (Some(level), None, false) => Effect::ProposeLevel { level: reading.level(level)? },
        (None, Some(until), false) => Effect::HoldPublishing { until: reading.question(until) },
        (None, None, true) => Effect::AskHead,
        _ => {
            let reason =
                "quy tắc có đúng một trong «propose_level», «hold_publishing_until», «ask_head = true»";
            reading.wrong(&entry.code, reason);
            return None;
        }
    };
    Some(Rule { code, title: entry.title, when, effect })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = include_str!("../seeds/levels.toml");

    fn reasons(text: &str) -> Vec<String> {
        let problems = parse(Text { file: "levels.toml", text }).expect_err("wrong");
        problems.into_iter().map(|problem| format!("{}: {}", problem.line, problem.reason)).collect()
    }

    #[test]
    fn the_shipped_ladder_is_read() {
        let ladder = parse(Text { file: "levels.toml", text: FILE }).expect("in order");
        assert_eq!(ladder.rungs.iter().map(|rung| rung.level.get()).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert_eq!(
            ladder.rungs.iter().map(|rung| rung.first_word_minutes).collect::<Vec<_>>(),
            [1440, 240, 120, 60]
        );
        let codes: Vec<_> = ladder.rules.iter().map(|rule| rule.code.as_str()).collect();
        assert!(codes.contains(&"deaths") && codes.contains(&"secret_suspicion"));
        assert!(ladder.rules.iter().all(|rule| rule.id().is_some()), "every rule can be a row");
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (from, to, says) in [
            ("propose_level = 2", "propose_level = 5", "mức phải từ 1 đến 4"),
            ("propose_level = 2", "", "đúng một trong"),
            ("code = \"deaths\"", "code = \"central_press\"", "đã có ở trên"),
            ("code = \"deaths\"", "code = \"../deaths\"", "mã chỉ gồm"),
            (
                "closing = [\"Đã hẹn ngày họp rút kinh nghiệm?\"]",
                "closing = [\"Họp\"]",
                "phải là một câu hỏi",
            ),
            ("first_word = \"24 giờ\"", "first_word = \"24h\"", "phải là một số"),
            ("sent_back = 2", "", "phải có «when»"),
            ("ask_head = true", "ask_hed = true", "có phải «ask_head»"),
            ("when = \"Báo chí trung ương đã đưa tin?\"", "when = \"khi cần\"", "điều kiện phải có dạng"),
        ] {
            let text = FILE.replacen(from, to, 1);
            assert_ne!(text, FILE, "{from}");
            let reasons = reasons(&text);
            assert!(reasons.iter().any(|reason| reason.contains(says)), "{from}: {reasons:?}");
            assert!(reasons.iter().all(|reason| !reason.starts_with("0:")), "{reasons:?}");
        }
    }
}
