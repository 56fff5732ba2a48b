//! A limit: a moment that anchors it, a length, a way of counting, and whose it is. Clocks have one, tasks may.

use super::{Anchor, Anchors};
use crate::domain::calendar::WorkingCalendar;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a length of time is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// By the clock on the wall, nights and holidays included.
    Elapsed,
    /// Only the hours in which the office works.
    WorkingHours,
    /// Whole working days; ends with the office.
    WorkingDays,
    /// Whole days of the calendar, the first one not counted; ends when the last one does.
    CalendarDays,
}

/// Who set the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The law.
    Law,
    /// The office, which may change it.
    Policy,
}

/// A deadline as data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "DeadlineDue")]
pub struct Due {
    /// From when.
    pub anchor: Anchor,
    /// Minutes; for working days and days of the calendar, days.
    pub amount: u32,
    /// How they are counted.
    pub counted: Counted,
    /// Whose limit it is.
    pub source: Source,
    /// The time ends so long before the moment, not after it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>", optional)]
    pub before: bool,
}

impl Due {
    /// The moment at which the time is up, once the anchor is known.
    pub fn at(&self, anchors: &Anchors, calendar: &WorkingCalendar) -> Option<Timestamp> {
        self.after(*anchors.get(&self.anchor)?, calendar)
    }
    /// The moment at which the time is up, counted from this one.
    pub fn after(&self, from: Timestamp, calendar: &WorkingCalendar) -> Option<Timestamp> {
        let elapsed = SignedDuration::from_mins(i64::from(self.amount));
        match (self.counted, self.before) {
            (Counted::Elapsed, false) => from.checked_add(elapsed).ok(),
            (Counted::Elapsed, true) => from.checked_sub(elapsed).ok(),
            (Counted::WorkingHours, false) => calendar.add_working_minutes(from, self.amount),
            (Counted::WorkingHours, true) => calendar.subtract_working_minutes(from, self.amount),
            (Counted::WorkingDays, false) => calendar.add_working_days(from, self.amount),
            (Counted::WorkingDays, true) => calendar.subtract_working_days(from, self.amount),
            (Counted::CalendarDays, false) => calendar.add_days(from, self.amount),
            (Counted::CalendarDays, true) => calendar.subtract_days(from, self.amount),
        }
    }
}
