//! A real incident, reconstructed, to practise on: what is on public record, what was made for the exercise, and what
//! simulated colleagues do after the start. Pure: text in, scenario or problems out. Never names a private person.

use crate::domain::Origin;
use crate::domain::incident::Level;
use crate::playbook::page::{Day, Report, line_of, toml_as};
use crate::playbook::{Problem, Text};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, de::Error as _};
use toml::Spanned;

/// A scenario.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its code.
    pub code: String,
    /// The incident's title.
    pub title: String,
    /// What it is about, for whoever chooses it.
    pub summary: String,
    /// Whether everything made in it is marked as an exercise.
    pub exercise: bool,
    /// The playbook it opens with.
    pub playbook: String,
    /// The level it opens with.
    pub level: Level,
    /// Code of the commune.
    pub commune: Option<String>,
    /// The function that takes the part of the leading department.
    pub lead: Option<String>,
    /// The day whose law and offices hold.
    pub in_force_on: Date,
    /// Minutes before the start at which it happened.
    pub occurred_minutes_before: u32,
    /// Minutes before the start at which it was received.
    pub received_minutes_before: u32,
    /// Minutes before the start at which its impact on public opinion was found.
    pub impact_assessed_minutes_before: u32,
    /// Invented officers.
    pub people: Vec<Person>,
    /// What is there at the start.
    pub lines: Vec<Line>,
    /// What colleagues do after the start, in order.
    pub colleagues: Vec<Cue>,
}

/// An invented officer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// A name nobody takes for real.
    pub name: String,
    /// The position.
    pub title: String,
    /// The function; the office follows from the day.
    pub function: String,
    /// Speaks for the authority.
    #[serde(default)]
    pub spokesperson: bool,
}

/// Something that is there at the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What kind of thing.
    pub deed: Deed,
    /// The function that enters it.
    pub function: String,
    /// The words.
    pub text: String,
    /// When it happened.
    pub moment: Moment,
    /// On public record, or made for the exercise.
    pub origin: Origin,
    /// The publication, when it is on public record.
    pub source: Option<String>,
}

/// Something a colleague does after the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Seconds after the start.
    pub after_seconds: u32,
    /// The function that does it.
    pub function: String,
    /// What kind of thing.
    pub deed: Deed,
    /// The words; for a task that is taken, empty.
    pub text: String,
}

/// A kind of act in the room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A fact on the timeline.
    Entry,
    /// Talk.
    Message,
    /// A decision, with its reason.
    Decision {
        /// Why.
        reason: Option<String>,
    },
    /// A task of the playbook taken, by its number.
    TaskTaken(u32),
    /// A task of the playbook done; the text is the result.
    TaskDone {
        /// Its number.
        task: u32,
        /// The number of the line of the scenario that shows it: an entry, counted from 1.
        shown_by: Option<u32>,
    },
    /// A draft of this kind; the text is its words.
    Statement(String),
}

/// When something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// At a moment of history.
    At(Timestamp),
    /// Minutes before the start.
    Before(u32),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    scenario: Header,
    person: Vec<Person>,
    line: Vec<LineEntry>,
    colleague: Vec<CueEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    code: String,
    title: String,
    summary: String,
    exercise: bool,
    playbook: String,
    level: Spanned<u8>,
    commune: Option<String>,
    lead: Option<String>,
    in_force_on: Day,
    occurred_minutes_before: Spanned<u32>,
    received_minutes_before: u32,
    impact_assessed_minutes_before: u32,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Entry,
    Message,
    Decision,
    TaskTaken,
    TaskDone,
    Statement,
}

/// A moment written in TOML without quotes, with its offset.
#[derive(Clone, Copy)]
struct Instant(Timestamp);

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let written = toml::value::Datetime::deserialize(from)?.to_string();
        let moment = written.parse();
        moment
            .map(Self)
            .map_err(|_| D::Error::custom(format!("«{written}» phải có ngày, giờ và múi giờ +07:00")))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LineEntry {
    kind: Spanned<Kind>,
    function: String,
    text: String,
    occurred: Option<Instant>,
    minutes_before_start: Option<u32>,
    origin: Origin,
    source: Option<String>,
    task: Option<u32>,
    statement: Option<String>,
    reason: Option<String>,
    shown_by: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueEntry {
    after_seconds: Spanned<u32>,
    kind: Spanned<Kind>,
    function: String,
    #[serde(default)]
    text: String,
    task: Option<u32>,
    statement: Option<String>,
    reason: Option<String>,
    shown_by: Option<u32>,
}

/// A scenario, or everything that is wrong in its file.
pub fn parse(source: Text<'_>) -> Result<Scenario, Vec<Problem>> {
    let file: File = toml_as(source).map_err(|problem| vec![problem])?;
    let mut reading = Reading {
        text: source.text,
        report: Report::new(source.file),
        people: &file.person,
        entries: vec![],
    };
    let header = file.scenario;
    let level = Level::new(*header.level.get_ref());
    if level.is_none() {
        reading.wrong(&header.level, "mức phải từ 1 đến 4".to_owned());
    }
    let occurred = *header.occurred_minutes_before.get_ref();
    if occurred < header.received_minutes_before
        || header.received_minutes_before < header.impact_assessed_minutes_before
    {
        let reason = "sự việc xảy ra rồi mới được tiếp nhận, tiếp nhận rồi mới xác định tác động";
        reading.wrong(&header.occurred_minutes_before, reason.to_owned());
    }
    if !file.person.iter().any(|person| person.spokesperson) {
        reading.report.add(1, "phải có một người phát ngôn (spokesperson = true)");
    }
    reading.entries = (1..)
        .zip(&file.line)
        .filter(|(_, line)| matches!(line.kind.get_ref(), Kind::Entry))
        .map(|(n, _)| n)
        .collect();
    let lines: Vec<Line> = file.line.into_iter().filter_map(|entry| reading.line(entry)).collect();
    let mut colleagues: Vec<Cue> = vec![];
    for entry in file.colleague {
        let after_seconds = *entry.after_seconds.get_ref();
        if colleagues.last().is_some_and(|before| before.after_seconds >= after_seconds) {
            reading.wrong(&entry.after_seconds, "các việc phải theo thứ tự thời gian".to_owned());
        }
        reading.seated(&entry.kind, &entry.function);
        let deed = reading.deed(&entry.kind, entry.task, entry.statement, entry.reason, entry.shown_by);
        colleagues.extend(deed.map(|deed| Cue {
            after_seconds,
            function: entry.function,
            deed,
            text: entry.text,
        }));
    }
    match level {
        Some(level) if reading.report.is_empty() => Ok(Scenario {
            code: header.code,
            title: header.title,
            summary: header.summary,
            exercise: header.exercise,
            playbook: header.playbook,
            level,
            commune: header.commune,
            lead: header.lead,
            in_force_on: header.in_force_on.0,
            occurred_minutes_before: occurred,
            received_minutes_before: header.received_minutes_before,
            impact_assessed_minutes_before: header.impact_assessed_minutes_before,
            people: file.person.clone(),
            lines,
            colleagues,
        }),
        _ => Err(reading.report.into_problems()),
    }
}

struct Reading<'a> {
    text: &'a str,
    report: Report,
    people: &'a [Person],
    /// Numbers of the lines that are entries.
    entries: Vec<u32>,
}

impl Reading<'_> {
    fn wrong<T>(&mut self, at: &Spanned<T>, reason: String) {
        self.report.add(line_of(self.text, &at.span()), reason);
    }

    fn seated(&mut self, at: &Spanned<Kind>, function: &str) {
        if !self.people.iter().any(|person| person.function == function) {
            self.wrong(at, format!("không có ai giữ vai trò «{function}»"));
        }
    }

    fn deed(
        &mut self,
        kind: &Spanned<Kind>,
        task: Option<u32>,
        statement: Option<String>,
        reason: Option<String>,
        shown_by: Option<u32>,
    ) -> Option<Deed> {
        if shown_by.is_some_and(|line| !self.entries.contains(&line)) {
            self.wrong(kind, "«shown_by» phải là số thứ tự của một mục [[line]] loại entry".to_owned());
        }
        let deed = match kind.get_ref() {
            Kind::Entry => Some(Deed::Entry),
            Kind::Message => Some(Deed::Message),
            Kind::Decision => Some(Deed::Decision { reason }),
            Kind::TaskTaken => task.map(Deed::TaskTaken),
            Kind::TaskDone => task.map(|task| Deed::TaskDone { task, shown_by }),
            Kind::Statement => statement.map(Deed::Statement),
        };
        if deed.is_none() {
            self.wrong(
                kind,
                "thiếu «task» (số thứ tự nhiệm vụ) hoặc «statement» (loại phát ngôn)".to_owned(),
            );
        }
        deed
    }

    fn line(&mut self, entry: LineEntry) -> Option<Line> {
        self.seated(&entry.kind, &entry.function);
        let moment = match (entry.origin, entry.occurred, entry.minutes_before_start, &entry.source) {
            (Origin::Documented, Some(at), None, Some(_)) => Some(Moment::At(at.0)),
            (Origin::Reconstructed, None, Some(minutes), None) => Some(Moment::Before(minutes)),
            _ => None,
        };
        if moment.is_none() {
            let reason = "điều có thật (documented) cần «occurred» và «source»; \
                          điều dựng lại (reconstructed) chỉ cần «minutes_before_start»";
            self.wrong(&entry.kind, reason.to_owned());
        }
        let deed = self.deed(&entry.kind, entry.task, entry.statement, entry.reason, entry.shown_by)?;
        let LineEntry { function, text, origin, source, .. } = entry;
        Some(Line { deed, function, text, moment: moment?, origin, source })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: Text<'_> =
        Text { file: "coc-ly-2024.toml", text: include_str!("../seeds/coc-ly-2024.toml") };

    #[test]
    fn the_shipped_scenario_tells_record_from_invention() {
        let scenario = parse(SHIPPED).unwrap_or_else(|problems| panic!("{problems:#?}"));
        assert!(scenario.exercise);
        let documented = scenario.lines.iter().filter(|line| line.origin == Origin::Documented);
        assert!(documented.clone().count() >= 4);
        for line in documented {
            assert!(matches!(line.moment, Moment::At(_)) && line.source.is_some(), "{line:?}");
            assert_eq!(line.deed, Deed::Entry, "what is on record is a fact, nobody's act: {line:?}");
        }
        assert!(scenario.people.iter().all(|person| person.name.contains("(nhân vật diễn tập)")));
        assert!((12..=16).contains(&scenario.colleagues.len()));
        let mut pace =
            scenario.colleagues.windows(2).map(|pair| pair[1].after_seconds - pair[0].after_seconds);
        assert!(pace.all(|seconds| (20..=60).contains(&seconds)), "the pace of people");
    }

    #[test]
    fn a_wrong_scenario_is_refused_with_its_line() {
        for (from, to, says) in [
            ("level = 3", "level = 5", "từ 1 đến 4"),
            ("occurred_minutes_before = 75", "occurred_minutes_before = 5", "tiếp nhận rồi"),
            (
                "kind = \"task_taken\"\nfunction = \"press_authority\"\ntask = 1",
                "kind = \"task_taken\"\nfunction = \"press_authority\"",
                "thiếu «task»",
            ),
            ("\norigin = \"documented\"", "\norigin = \"reconstructed\"", "dựng lại"),
            ("function = \"party_office\"\ntext", "function = \"nobody\"\ntext", "không có ai giữ"),
            ("occurred = 2024-09-09T21:14:00+07:00", "occurred = 2024-09-09T21:14:00", "múi giờ"),
            ("kind = \"entry\"", "kind = \"entri\"", "không hiểu «entri»"),
        ] {
            let text = SHIPPED.text.replacen(from, to, 1);
            assert_ne!(text, SHIPPED.text, "{from}");
            let problems = parse(Text { text: &text, ..SHIPPED }).expect_err(to);
            assert!(
                problems.iter().any(|problem| problem.reason.contains(says) && problem.line > 1),
                "{problems:#?}"
            );
        }
    }
}
