//! A data file as people write it: its lines, its front matter, and what is wrong with it, line by line.
//! Knows nothing of what the file is about; reads no file itself.

use super::words::{key, nearest};
use jiff::civil::Date;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// Largest data file accepted, bytes: the longest playbook takes 12 KiB; more is not something people print.
pub const FILE_BYTES_MAX: usize = 256 * 1024;
/// Most entries read from a front matter: there are a dozen; more is another kind of file.
const ENTRIES_MAX: usize = 100;
/// Most problems listed for one file: nobody repairs more than a screenful before trying again.
pub const PROBLEMS_MAX: usize = 100;

/// Something in a data file that is not accepted: where, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The file's name, as its reader knows it.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The reason, in Vietnamese, for the person who edits the file.
    pub reason: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}

/// A named text: what the library hands to the parsers.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// The file's name.
    pub file: &'a str,
    /// Its content.
    pub text: &'a str,
}

/// The problems of one file, as they are found.
#[derive(Debug)]
pub(crate) struct Report {
    file: String,
    problems: Vec<Problem>,
}

impl Report {
    pub(crate) fn new(file: &str) -> Self {
        Self { file: file.to_owned(), problems: vec![] }
    }
    pub(crate) fn add(&mut self, line: u32, reason: impl Into<String>) {
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(Problem { file: self.file.clone(), line, reason: reason.into() });
        }
    }
    pub(crate) fn is_empty(&self) -> bool {
        self.problems.is_empty()
    }
    /// The problems, in the order of the file's lines.
    pub(crate) fn into_problems(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(|problem| problem.line);
        self.problems
    }
}

/// One line: its number from 1, and its text in NFC without the line end.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) number: u32,
    pub(crate) text: String,
}

/// The lines of a text: a byte order mark and CR are dropped, a no-break space (Word writes it) becomes a space,
/// the rest is put into NFC; characters that do not show are refused.
pub(crate) fn lines(text: &str, report: &mut Report) -> Vec<Line> {
    if text.len() > FILE_BYTES_MAX {
        report.add(1, format!("tệp quá lớn: {} byte, nhiều nhất {FILE_BYTES_MAX} byte", text.len()));
        return vec![];
    }
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut number = 0;
    let mut lines = vec![];
    for line in text.split('\n') {
        number += 1;
        let line: String = line.strip_suffix('\r').unwrap_or(line).nfc().collect();
        let line = line.replace('\u{A0}', " ");
        if let Some((place, c)) = line.chars().enumerate().find(|(_, c)| unseen(*c)) {
            let code = u32::from(c);
            report
                .add(number, format!("ký tự thứ {} (U+{code:04X}) không nhìn thấy được; hãy xóa", place + 1));
        }
        lines.push(Line { number, text: line.trim_end().to_owned() });
    }
    lines
}

fn unseen(c: char) -> bool {
    (c.is_control() && c != '\t')
        || matches!(u32::from(c), 0xAD | 0x61C | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF)
}

/// One entry of a front matter. A value may continue on indented lines, or be a list of lines `- …`.
#[derive(Debug)]
struct Entry {
    key: String,
    line: u32,
    value: String,
    items: Vec<(u32, String)>,
}

/// A front matter: flat, every entry once.
#[derive(Debug)]
pub(crate) struct Head {
    entries: Vec<Entry>,
    known: Vec<&'static str>,
    end: u32,
}

impl Head {
    /// Reads the front matter; what remains of `lines` is the body.
    pub(crate) fn read(lines: Vec<Line>, report: &mut Report) -> (Self, Vec<Line>) {
        let mut head = Self { entries: vec![], known: vec![], end: 1 };
        let mut lines = lines.into_iter().skip_while(|line| line.text.is_empty()).peekable();
        match lines.next_if(|line| line.text == "---") {
            Some(line) => head.end = line.number,
            None => {
                report.add(1, "dòng đầu tiên phải là «---», sau đó là các mục như «mã: …», «tên: …»");
                return (head, lines.collect());
            }
        }
        while let Some(line) = lines.next() {
            head.end = line.number;
            if line.text == "---" {
                return (head, lines.collect());
            }
            head.add(line, report);
        }
        report.add(head.end, "thiếu dòng «---» kết thúc phần khai báo ở đầu tệp");
        (head, vec![])
    }

    fn add(&mut self, line: Line, report: &mut Report) {
        let text = line.text.trim();
        if text.is_empty() {
            return;
        }
        let indented = line.text.starts_with([' ', '\t']);
        if let Some(item) = text.strip_prefix("- ") {
            match self.entries.last_mut() {
                Some(entry) => entry.items.push((line.number, item.trim().to_owned())),
                None => report
                    .add(line.number, "gạch đầu dòng này không thuộc mục nào; viết «tên mục:» ở dòng trên"),
            }
        } else if indented && !self.entries.is_empty() {
            if let Some(entry) = self.entries.last_mut() {
                let space = if entry.value.is_empty() { "" } else { " " };
                entry.value.push_str(space);
                entry.value.push_str(text);
            }
        } else if let Some((written, value)) = text.split_once(':') {
            if self.entries.len() >= ENTRIES_MAX {
                return;
            }
            let key = head_key(written);
            if let Some(first) = self.entries.iter().find(|entry| entry.key == key) {
                report.add(line.number, format!("mục «{}» đã có ở dòng {}", cut(written.trim()), first.line));
                return;
            }
            self.entries.push(Entry {
                key,
                line: line.number,
                value: value.trim().to_owned(),
                items: vec![],
            });
        } else {
            report.add(
                line.number,
                format!("dòng này phải có dạng «tên mục: nội dung», đang là «{}»", cut(text)),
            );
        }
    }

    fn take(&mut self, name: &'static str) -> Option<Entry> {
        self.known.push(name);
        let place = self.entries.iter().position(|entry| entry.key == head_key(name))?;
        Some(self.entries.remove(place))
    }

    /// A text that must be there, and the line where it stands.
    pub(crate) fn text(&mut self, name: &'static str, report: &mut Report) -> (u32, String) {
        match self.take(name) {
            None => {
                report.add(self.end, format!("thiếu mục «{name}»"));
                (self.end, String::new())
            }
            Some(entry) => {
                if !entry.items.is_empty() {
                    report.add(entry.line, format!("mục «{name}» là một đoạn chữ, không phải danh sách"));
                } else if entry.value.is_empty() {
                    report.add(entry.line, format!("mục «{name}» đang để trống"));
                }
                (entry.line, entry.value)
            }
        }
    }

    /// A text that may be left out, and the line where it stands; written and empty is a slip.
    pub(crate) fn text_if_any(&mut self, name: &'static str, report: &mut Report) -> Option<(u32, String)> {
        let there = self.entries.iter().any(|entry| entry.key == head_key(name));
        if there {
            return Some(self.text(name, report));
        }
        self.known.push(name);
        None
    }

    /// A list that must not be empty: on one line with «;» between, or one `- ` line each.
    pub(crate) fn list(&mut self, name: &'static str, report: &mut Report) -> Vec<(u32, String)> {
        let Some(entry) = self.take(name) else {
            report.add(self.end, format!("thiếu mục «{name}»"));
            return vec![];
        };
        let mut items = listed(entry.line, &entry.value);
        items.extend(entry.items);
        if items.is_empty() {
            report.add(entry.line, format!("mục «{name}» đang để trống"));
        }
        items
    }

    /// The last line of the front matter.
    pub(crate) fn end(&self) -> u32 {
        self.end
    }

    /// Call when all entries have been taken: what is left is not known.
    pub(crate) fn finish(self, report: &mut Report) {
        for entry in self.entries {
            let near = nearest(&entry.key, self.known.iter().copied());
            let hint = near.map(|near| format!(", có phải «{near}»?")).unwrap_or_default();
            report.add(entry.line, format!("không có mục tên «{}»{hint}", cut(&entry.key)));
        }
    }
}

fn head_key(written: &str) -> String {
    key(written).replace(' ', "_")
}

/// The items of «a; b; c», each with the line.
pub(crate) fn listed(line: u32, value: &str) -> Vec<(u32, String)> {
    let items = value.split(';').map(str::trim).filter(|item| !item.is_empty());
    items.map(|item| (line, item.to_owned())).collect()
}

/// The beginning of a text, for a message.
pub(crate) fn cut(text: &str) -> String {
    const SHOWN: usize = 60;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The line on which a span of a TOML text begins.
pub(crate) fn line_of(text: &str, span: &Range<usize>) -> u32 {
    let before = text.as_bytes().iter().take(span.start).filter(|byte| **byte == b'\n').count();
    u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
}

/// A TOML text as `T`; what is wrong with it comes with its line and in Vietnamese.
pub(crate) fn toml_as<T: DeserializeOwned>(source: Text<'_>) -> Result<T, Problem> {
    toml::from_str(source.text).map_err(|error| Problem {
        file: source.file.to_owned(),
        line: error.span().map_or(1, |span| line_of(source.text, &span)),
        reason: in_vietnamese(error.message()),
    })
}

fn in_vietnamese(message: &str) -> String {
    let name = message.split('`').nth(1).unwrap_or_default();
    let expected = message.split_once("expected ").map(|(_, rest)| rest.replace('`', "")).unwrap_or_default();
    let expected = expected.replace("one of ", "").replace(" or ", ", ");
    if message.starts_with("missing field") {
        format!("thiếu mục «{name}»")
    } else if message.starts_with("unknown field") {
        format!("không có mục tên «{name}»{}; các mục được dùng: {expected}", perhaps(name, &expected))
    } else if message.starts_with("unknown variant") {
        format!("không hiểu «{name}»{}; được dùng: {expected}", perhaps(name, &expected))
    } else if message.starts_with("duplicate key") {
        "mục này đã được viết ở trên".to_owned()
    } else {
        format!("không đọc được ({message})")
    }
}

/// «, có phải «…»?» for what was probably meant, among words with commas between.
fn perhaps(name: &str, among: &str) -> String {
    let near = nearest(name, among.split(", "));
    near.map(|near| format!(", có phải «{near}»?")).unwrap_or_default()
}

/// A value of a TOML file, and where it stands there.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub(crate) struct Spanned<T>(toml::Spanned<T>);

impl<T> Spanned<T> {
    pub(crate) fn span(&self) -> Range<usize> {
        self.0.span()
    }
    pub(crate) fn get_ref(&self) -> &T {
        self.0.get_ref()
    }
    pub(crate) fn into_inner(self) -> T {
        self.0.into_inner()
    }
}

/// The shape of a file as `T` reads it, for editors: all in one piece, in the draft that they know.
pub(crate) fn shape<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft07().with(|settings| settings.inline_subschemas = true);
    settings.into_generator().into_root_schema_for::<T>()
}

/// Where it stands is the reader's; an editor completes the value.
impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// A date written in TOML without quotes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Day(pub(crate) Date);

impl JsonSchema for Day {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let written = toml::value::Datetime::deserialize(from)?.to_string();
        let day = written.parse().map_err(|_| D::Error::custom(format!("«{written}» không phải là ngày")))?;
        Ok(Self(day))
    }
}

/// Whether a rule or an office with these limits is in force on a day.
pub(crate) fn in_force(from: Option<Date>, to: Option<Date>, on: Date) -> bool {
    from.is_none_or(|from| from <= on) && to.is_none_or(|to| on <= to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &str) -> (Head, Vec<Line>, Report) {
        let mut report = Report::new("tệp.md");
        let lines = lines(text, &mut report);
        let (head, body) = Head::read(lines, &mut report);
        (head, body, report)
    }

    #[test]
    fn windows_line_ends_a_byte_order_mark_and_split_letters_are_read() {
        let decomposed: String = "tên: Tin giả".nfd().collect();
        let text = format!(
            "\u{FEFF}---\r\n{decomposed}\r\nKhi dùng: một\r\n  hai\r\ntừ_khóa:\r\n - a\r\n - b; c\r\n---\r\nthân\r\n"
        );
        let (mut head, body, mut report) = head(&text);
        assert_eq!(head.text("tên", &mut report), (2, "Tin giả".to_owned()));
        assert_eq!(head.text("khi_dùng", &mut report).1, "một hai");
        assert_eq!(head.list("từ_khóa", &mut report), [(6, "a".to_owned()), (7, "b; c".to_owned())]);
        assert_eq!(body[0].text, "thân");
        assert!(report.is_empty(), "{report:?}");
    }

    #[test]
    fn every_problem_of_a_front_matter_is_named_with_its_line() {
        let (mut head, _, mut report) =
            head("---\ntên: a\ntên: b\nlung tung\nkhi_dung2: x\nẩn: a\u{200B}b\n---\n");
        head.text("tên", &mut report);
        head.text("khi_dùng", &mut report);
        head.finish(&mut report);
        let found: Vec<_> = report.into_problems().into_iter().map(|p| (p.line, p.reason)).collect();
        assert_eq!(found[0], (3, "mục «tên» đã có ở dòng 2".to_owned()));
        assert_eq!(found[1].0, 4);
        assert_eq!(found[2], (5, "không có mục tên «khi_dung2», có phải «khi_dùng»?".to_owned()));
        assert_eq!(found[3].0, 6, "{found:?}");
        assert_eq!(found.last(), Some(&(7, "thiếu mục «khi_dùng»".to_owned())));
    }

    #[test]
    fn a_broken_toml_names_its_line() {
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Rule {
            #[expect(dead_code)]
            day: Day,
        }
        for (text, line, reason) in [
            ("\nday = 2026-13-45\n", 2, "không đọc được"),
            ("day = 2026-01-01\n\ndya = 1\n", 3, "không có mục tên «dya»"),
            ("", 1, "thiếu mục «day»"),
            ("day = 2026-01-01T10:00:00\n", 1, "không đọc được"),
        ] {
            match toml_as::<Rule>(Text { file: "x.toml", text }) {
                Ok(rule) => assert!(text.contains("T10"), "{rule:?}"),
                Err(problem) => {
                    assert_eq!(problem.line, line, "{text:?} {problem}");
                    assert!(problem.reason.starts_with(reason), "{problem}");
                }
            }
        }
    }
}
