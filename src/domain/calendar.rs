//! Working time: arithmetic on the working calendar, which is data. No time zone database: the province's clock
//! has had one fixed offset since 1975, and the calendar says which.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Span, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How far ahead working time is looked for. No legal limit comes near two years; a calendar with no working
/// day would otherwise be walked for ever.
const SEARCH_DAYS_MAX: u32 = 800;

/// When the office works, and by which clock it reads a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WorkingCalendar {
    /// Offset of local time from UTC, minutes.
    pub utc_offset_minutes: i32,
    /// Working days of the week, 1 = Monday … 7 = Sunday.
    pub weekdays: Vec<u8>,
    /// Working hours of a day, in order, each from–to.
    #[ts(type = "[string, string][]")]
    pub spans: Vec<(Time, Time)>,
    /// Days off.
    #[ts(type = "string[]")]
    pub holidays: Vec<Date>,
    /// Working days that make up for a day off.
    #[ts(type = "string[]")]
    pub extra_days: Vec<Date>,
}

impl Default for WorkingCalendar {
    /// The whole week round the clock, at UTC: for incidents that were never opened.
    fn default() -> Self {
        Self {
            utc_offset_minutes: 0,
            weekdays: (1..=7).collect(),
            spans: vec![(Time::MIN, Time::MAX)],
            holidays: vec![],
            extra_days: vec![],
        }
    }
}

impl WorkingCalendar {
    fn zone(&self) -> TimeZone {
        TimeZone::fixed(Offset::from_seconds(self.utc_offset_minutes * 60).unwrap_or(Offset::UTC))
    }
    /// The moment on the office's wall clock.
    pub fn local(&self, at: Timestamp) -> DateTime {
        at.to_zoned(self.zone()).datetime()
    }
    /// The moment at which the office's wall clock shows `local`.
    pub fn instant(&self, local: DateTime) -> Option<Timestamp> {
        self.zone().to_timestamp(local).ok()
    }
    /// Whether people work on this day.
    pub fn works_on(&self, day: Date) -> bool {
        let weekday = self.weekdays.contains(&day.weekday().to_monday_one_offset().unsigned_abs());
        self.extra_days.contains(&day) || (weekday && !self.holidays.contains(&day))
    }
    /// The moment after `minutes` of working time from `from`; `None` when the calendar has too little of it.
    pub fn add_working_minutes(&self, from: Timestamp, minutes: u32) -> Option<Timestamp> {
        let start = self.local(from);
        let mut left = SignedDuration::from_mins(i64::from(minutes));
        let mut day = start.date();
        for _ in 0..SEARCH_DAYS_MAX {
            if self.works_on(day) {
                for (opens, closes) in &self.spans {
                    let opens = day.to_datetime(*opens).max(start);
                    let closes = day.to_datetime(*closes);
                    let span = closes.duration_since(opens);
                    if span <= SignedDuration::ZERO {
                        continue;
                    }
                    if left <= span {
                        return self.instant(opens.checked_add(left).ok()?);
                    }
                    left = left.checked_sub(span)?;
                }
            }
            day = day.tomorrow().ok()?;
        }
        None
    }
    /// The end of the `days`-th working day after the day of `from` (the day itself is not counted).
    pub fn add_working_days(&self, from: Timestamp, days: u32) -> Option<Timestamp> {
        let mut day = self.local(from).date();
        let mut left = days;
        let mut walked = 0;
        while left > 0 {
            day = day.tomorrow().ok()?;
            walked += 1;
            if walked > SEARCH_DAYS_MAX {
                return None;
            }
            if self.works_on(day) {
                left -= 1;
            }
        }
        let closes = self.spans.last().map_or(Time::MAX, |(_, closes)| *closes);
        self.instant(day.to_datetime(closes))
    }

    /// The moment `minutes` of working time before `from`; `None` when the calendar has too little of it.
    pub fn subtract_working_minutes(&self, from: Timestamp, minutes: u32) -> Option<Timestamp> {
        let start = self.local(from);
        let mut left = SignedDuration::from_mins(i64::from(minutes));
        let mut day = start.date();
        for _ in 0..SEARCH_DAYS_MAX {
            if self.works_on(day) {
                for (opens, closes) in self.spans.iter().rev() {
                    let opens = day.to_datetime(*opens);
                    let closes = day.to_datetime(*closes).min(start);
                    let span = closes.duration_since(opens);
                    if span <= SignedDuration::ZERO {
                        continue;
                    }
                    if left <= span {
                        return self.instant(closes.checked_sub(left).ok()?);
                    }
                    left = left.checked_sub(span)?;
                }
            }
            day = day.yesterday().ok()?;
        }
        None
    }
    /// The opening of the `days`-th working day before the day of `from` (the day itself is not counted).
    pub fn subtract_working_days(&self, from: Timestamp, days: u32) -> Option<Timestamp> {
        let mut day = self.local(from).date();
        let (mut left, mut walked) = (days, 0);
        while left > 0 {
            day = day.yesterday().ok()?;
            walked += 1;
            if walked > SEARCH_DAYS_MAX {
                return None;
            }
            if self.works_on(day) {
                left -= 1;
            }
        }
        let opens = self.spans.first().map_or(Time::MIN, |(opens, _)| *opens);
        self.instant(day.to_datetime(opens))
    }
    /// The end of the `days`-th day after the day of `from` (the day itself is not counted): midnight.
    pub fn add_days(&self, from: Timestamp, days: u32) -> Option<Timestamp> {
        let after =
            self.local(from).date().checked_add(Span::new().try_days(i64::from(days) + 1).ok()?).ok()?;
        self.instant(after.to_datetime(Time::MIN))
    }
    /// The beginning of the `days`-th day before the day of `from`.
    pub fn subtract_days(&self, from: Timestamp, days: u32) -> Option<Timestamp> {
        let before = self.local(from).date().checked_sub(Span::new().try_days(i64::from(days)).ok()?).ok()?;
        self.instant(before.to_datetime(Time::MIN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    fn office() -> WorkingCalendar {
        WorkingCalendar {
            utc_offset_minutes: 420,
            weekdays: vec![1, 2, 3, 4, 5],
            spans: vec![(time(7, 30, 0, 0), time(11, 30, 0, 0)), (time(13, 30, 0, 0), time(17, 0, 0, 0))],
            holidays: vec![date(2024, 9, 2), date(2024, 9, 3)],
            extra_days: vec![date(2024, 9, 7)],
        }
    }

    /// Worked by hand from the calendar: 7.5 h a day, noon break, 2 and 3 September off, Saturday 7th worked.
    #[test]
    fn working_time_skips_nights_breaks_weekends_and_holidays() {
        for (from, minutes, due) in [
            ("2024-09-10T08:00:00+07:00", 60, "2024-09-10T09:00:00+07:00"),
            ("2024-09-10T11:00:00+07:00", 60, "2024-09-10T14:00:00+07:00"),
            ("2024-09-10T16:30:00+07:00", 60, "2024-09-11T08:00:00+07:00"),
            ("2024-09-10T22:00:00+07:00", 720, "2024-09-12T14:00:00+07:00"),
            ("2024-08-30T17:01:00+07:00", 30, "2024-09-04T08:00:00+07:00"),
            ("2024-09-06T16:30:00+07:00", 60, "2024-09-07T08:00:00+07:00"),
            ("2024-09-07T16:30:00+07:00", 60, "2024-09-09T08:00:00+07:00"),
            ("2024-09-10T08:00:00+07:00", 240 - 30, "2024-09-10T11:30:00+07:00"),
        ] {
            let due: Timestamp = due.parse().expect("a date");
            assert_eq!(
                office().add_working_minutes(from.parse().expect("a date"), minutes),
                Some(due),
                "{from}"
            );
        }
    }

    #[test]
    fn working_days_end_with_the_office() {
        for (from, days, due) in [
            ("2024-09-10T08:00:00+07:00", 1, "2024-09-11T17:00:00+07:00"),
            ("2024-08-30T23:00:00+07:00", 1, "2024-09-04T17:00:00+07:00"),
            ("2024-09-06T08:00:00+07:00", 2, "2024-09-09T17:00:00+07:00"),
        ] {
            let due: Timestamp = due.parse().expect("a date");
            assert_eq!(office().add_working_days(from.parse().expect("a date"), days), Some(due), "{from}");
        }
    }

    #[test]
    fn a_calendar_without_working_time_has_no_due_moment() {
        let idle = WorkingCalendar { weekdays: vec![], extra_days: vec![], ..office() };
        let from = "2024-09-10T08:00:00+07:00".parse().expect("a date");
        assert_eq!(idle.add_working_minutes(from, 1), None);
        assert_eq!(idle.add_working_days(from, 1), None);
    }
}
