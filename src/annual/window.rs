//! The time of a year's report: from its first day's midnight, by the office's clock, up to that day's midnight a year
//! later, which belongs to the next. No time zone database, no leap-year arithmetic of our own.

use super::form::Form;
use crate::domain::calendar::WorkingCalendar;
use jiff::civil::{Date, Time};
use jiff::{Span, Timestamp};

/// Months of a year.
pub(super) const MONTHS: i8 = 12;

/// The time of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// First day.
    pub first_day: Date,
    /// The day after the last.
    pub next_day: Date,
    /// The first moment in it.
    pub from: Timestamp,
    /// The first moment after it.
    pub until: Timestamp,
}

impl Window {
    /// The time of the report for `year`; none when calendars do not reach that far.
    pub fn of(form: &Form, year: i16, calendar: &WorkingCalendar) -> Option<Self> {
        let (first_day, next_day) = form.days(year)?;
        Self::between(first_day, next_day, calendar)
    }

    fn between(first_day: Date, next_day: Date, calendar: &WorkingCalendar) -> Option<Self> {
        let midnight = |day: Date| calendar.instant(day.to_datetime(Time::MIN));
        Some(Self { first_day, next_day, from: midnight(first_day)?, until: midnight(next_day)? })
    }

    /// Whether the moment is in it.
    pub fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.until
    }

    /// Its last day.
    pub fn last_day(&self) -> Option<Date> {
        self.next_day.yesterday().ok()
    }

    /// It in parts of so many months; the parts follow each other without a gap.
    pub fn parts(&self, months: i8, calendar: &WorkingCalendar) -> Option<Vec<Self>> {
        let begins = |part: i8| self.first_day.checked_add(Span::new().months(part * months)).ok();
        let parts = MONTHS.checked_div(months)?;
        (0..parts).map(|part| Self::between(begins(part)?, begins(part + 1)?, calendar)).collect()
    }
}
