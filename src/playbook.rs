//! Playbooks: what to do when something of a known kind happens, as Markdown that officials read on paper and edit.
//! Pure: text in, playbook or problems out. A file that the grammar does not accept is refused as a whole.

mod body;
pub mod compare;
mod expected;
pub(crate) mod page;
mod rank;
pub(crate) mod words;

pub use page::{Problem, Text};
pub use rank::{Match, rank};
pub use words::{Word, Words};

use crate::domain::condition::Condition;
use crate::domain::deadline::Due;
use crate::domain::frozen::Expected;
use crate::domain::incident::Level;
use body::{Body, Kind, Names};
use page::{Head, Report, cut};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Most tasks in a playbook: nobody works through more in one incident, and each becomes a row for everybody.
pub const TASKS_MAX: usize = 200;
/// Longest code of a playbook, bytes: it stands in addresses and lists.
pub const CODE_BYTES_MAX: usize = 60;
/// Longest title of a playbook or a task, characters: two lines of a phone.
pub const TITLE_CHARS_MAX: usize = 300;
/// Most keywords: more would fit everything.
pub const KEYWORDS_MAX: usize = 100;

/// A playbook.
#[derive(Clone, Debug, PartialEq)]
pub struct Playbook {
    /// Its code, as incidents name it.
    pub id: String,
    /// Raised by whoever edits it.
    pub version: u32,
    /// Its title.
    pub title: String,
    /// When to use it.
    pub when: String,
    /// Signs that say: open an incident.
    pub triggers: String,
    /// Words by which it is found.
    pub keywords: Vec<String>,
    /// The level an incident begins with.
    pub level: Level,
    /// When to raise the level.
    pub escalation: String,
    /// How to speak.
    pub strategy: String,
    /// Codes of the duties whose clocks run.
    pub clocks: Vec<String>,
    /// Kinds of the statements prepared for it.
    pub statements: Vec<String>,
    /// Its phases, in order.
    pub phases: Vec<Phase>,
    /// Its tasks, in order.
    pub tasks: Vec<Task>,
    /// What people will ask, and what to mind when answering.
    pub expected: Vec<Expected>,
    /// SHA-256 of the file's bytes, hexadecimal.
    pub digest: String,
}

/// A phase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    /// Its code.
    pub code: String,
    /// Its heading.
    pub title: String,
}

/// A task.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Its place in the playbook, from 1.
    pub seq: u32,
    /// Code of its phase.
    pub phase: String,
    /// What is to be done.
    pub title: String,
    /// The function that leads.
    pub lead: String,
    /// The functions that help.
    pub support: Vec<String>,
    /// Its limit.
    pub due: Option<Due>,
    /// The law requires the act.
    pub mandatory: bool,
    /// Codes of the provisions it rests on.
    pub basis: Vec<String>,
    /// What it leaves behind: the kind of a statement when it is one, otherwise words.
    pub output: Option<String>,
    /// Until this holds, nobody is asked to do it.
    pub only_if: Option<Condition>,
}

/// A playbook whose names are taken as they stand. For one whose names are checked: [`parse_with`].
pub fn parse(file: &str, text: &str) -> Result<Playbook, Vec<Problem>> {
    read(file, text, None)
}

/// A playbook whose functions, provisions, duties and statements are written by name or by code, and known.
pub fn parse_with(file: &str, text: &str, words: &Words) -> Result<Playbook, Vec<Problem>> {
    read(file, text, Some(words))
}

fn read(file: &str, text: &str, words: Option<&Words>) -> Result<Playbook, Vec<Problem>> {
    let mut report = Report::new(file);
    let lines = page::lines(text, &mut report);
    let (mut head, body) = Head::read(lines, &mut report);
    let names = Names::new(words);
    let (id_line, id) = head.text("mã", &mut report);
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    if id.len() > CODE_BYTES_MAX {
        report.add(id_line, format!("mã dài {} ký tự, nhiều nhất {CODE_BYTES_MAX}", id.len()));
    } else if !id.bytes().all(plain) {
        report.add(id_line, "mã chỉ gồm chữ thường không dấu, chữ số và dấu gạch dưới, thí dụ «tin_gia»");
    }
    let version = number(head.text("phiên_bản", &mut report), 1..=u32::MAX, "phiên_bản", &mut report);
    let (title_line, title) = head.text("tên", &mut report);
    limit(title_line, &title, &mut report);
    let (_, when) = head.text("khi_dùng", &mut report);
    let (_, triggers) = head.text("dấu_hiệu", &mut report);
    let keywords: Vec<String> = head.list("từ_khóa", &mut report).into_iter().map(|(_, word)| word).collect();
    if keywords.len() > KEYWORDS_MAX {
        report.add(head.end(), format!("nhiều nhất {KEYWORDS_MAX} từ khóa, đang có {}", keywords.len()));
    }
    let level = number(head.text("mức", &mut report), 1..=4, "mức", &mut report);
    let (_, escalation) = head.text("nâng_mức", &mut report);
    let (_, strategy) = head.text("chiến_lược", &mut report);
    let clocks = head.list("đồng_hồ", &mut report);
    let clocks = names.codes(Kind::Duty, clocks, &mut report);
    let statements = head.list("mẫu", &mut report);
    let statements = names.codes(Kind::Statement, statements, &mut report);
    let end = head.end();
    head.finish(&mut report);

    let mut tasks = Body::new(names, &title, &mut report);
    for line in &body {
        tasks.line(line);
    }
    let (phases, tasks, expected) = tasks.finish(end, &id, &statements);
    let level = level.and_then(|level| Level::new(u8::try_from(level).ok()?));
    match (version, level) {
        (Some(version), Some(level)) if report.is_empty() => Ok(Playbook {
            id,
            version,
            title,
            when,
            triggers,
            keywords,
            level,
            escalation,
            strategy,
            clocks,
            statements,
            phases,
            tasks,
            expected,
            digest: hex(text.as_bytes()),
        }),
        _ => Err(report.into_problems()),
    }
}

fn number(
    (line, written): (u32, String),
    range: std::ops::RangeInclusive<u32>,
    name: &str,
    report: &mut Report,
) -> Option<u32> {
    let number = written.parse().ok().filter(|number| range.contains(number));
    if number.is_none() && !written.is_empty() {
        let to = if *range.end() == u32::MAX {
            "trở lên".to_owned()
        } else {
            format!("đến {}", range.end())
        };
        report.add(
            line,
            format!("mục «{name}» phải là số từ {} {to}, đang là «{}»", range.start(), cut(&written)),
        );
    }
    number
}

fn limit(line: u32, title: &str, report: &mut Report) {
    let length = title.chars().count();
    if length > TITLE_CHARS_MAX {
        report.add(line, format!("tên dài {length} ký tự, nhiều nhất {TITLE_CHARS_MAX}"));
    }
}

/// SHA-256, hexadecimal.
fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests;
