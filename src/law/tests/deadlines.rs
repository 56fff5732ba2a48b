//! The table of deadlines worked by hand, `tests/deadlines.csv`, against the shipped law and calendar.

use super::shipped;
use crate::domain::calendar::WorkingCalendar;
use crate::domain::deadline::{Anchor, Anchors, Due, Source};
use crate::law::Law;
use crate::playbook::words::limit;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::Deserialize;

/// What the table says when the law of the day has no such clock.
const NO_CLOCK: &str = "-";
/// What it says when the length of time is not read.
const REFUSED: &str = "từ chối";

/// One line of the table.
#[derive(Debug, Deserialize)]
struct Case {
    no: u32,
    rule: String,
    on: Option<Date>,
    anchor: String,
    from: String,
    due: String,
    why: String,
}

fn table() -> Vec<Case> {
    let text = include_str!("../../../tests/deadlines.csv");
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').comment(Some(b'#')).from_reader(text.as_bytes());
    let cases: Result<Vec<Case>, _> = reader.deserialize().collect();
    cases.unwrap_or_else(|error| panic!("tests/deadlines.csv: {error}"))
}

/// A moment as the table writes it: on the office's clock, or in UTC with a Z.
fn moment(written: &str, calendar: &WorkingCalendar) -> Timestamp {
    if let Ok(utc) = written.parse() {
        return utc;
    }
    let local: DateTime = written.parse().unwrap_or_else(|error| panic!("{written}: {error}"));
    calendar.instant(local).expect("a moment of our time")
}

impl Case {
    /// The limit that the rule sets for the day: by its code in the law, or in words.
    fn limit(&self, law: &Law) -> Result<Due, String> {
        let Some(on) = self.on else {
            let (amount, counted, before) = limit(&self.rule).map_err(|_| REFUSED.to_owned())?;
            return Ok(Due { anchor: Anchor::ReceivedAt, amount, counted, before, source: Source::Law });
        };
        let due = law.duty(&self.rule, on).map(|duty| duty.due()).ok_or_else(|| NO_CLOCK.to_owned())?;
        assert_eq!(due.anchor.code(), self.anchor, "{self:?}");
        Ok(due)
    }
    fn check(&self, law: &Law) -> Result<(), String> {
        let calendar = &law.calendar;
        let from = moment(&self.from, calendar);
        let due = self.limit(law).map(|due| due.at(&Anchors::from([(due.anchor, from)]), calendar));
        let as_written = match &due {
            Err(words) => words.clone(),
            Ok(at) => {
                at.map_or_else(|| "không có".into(), |at| calendar.local(at).strftime("%F %H:%M").to_string())
            }
        };
        let exact = as_written == self.due && due.is_ok_and(|at| at == Some(moment(&self.due, calendar)));
        let none = as_written == self.due && [NO_CLOCK, REFUSED].contains(&self.due.as_str());
        if exact || none { Ok(()) } else { Err(format!("{}: tính ra {as_written}; {self:?}", self.no)) }
    }
}

#[test]
fn the_code_agrees_with_every_deadline_worked_by_hand() {
    let law = shipped();
    let cases = table();
    let wrong: Vec<String> = cases.iter().filter_map(|case| case.check(&law).err()).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert!(cases.len() >= 150, "the table shrank to {}", cases.len());
    assert!(cases.iter().all(|case| !case.why.trim().is_empty()), "every case says why");
    assert!(cases.iter().zip(1..).all(|(case, no)| case.no == no), "numbered in order");
}

#[test]
fn every_version_of_every_clock_is_worked_by_hand_and_the_day_before_it_too() {
    let (law, cases) = (shipped(), table());
    for duty in &law.duties {
        let on = |wanted: &dyn Fn(Date) -> bool| {
            cases.iter().any(|case| case.rule == duty.code && case.on.is_some_and(wanted))
        };
        let during = |day| law.duty(&duty.code, day) == Some(duty);
        assert!(on(&during), "{} of {:?}", duty.code, duty.valid_from);
        if let Some(first) = duty.valid_from {
            assert!(on(&|day| day < first), "{} before {first}", duty.code);
        }
    }
}
