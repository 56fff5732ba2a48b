//! Time in law: minutes, working time and whole days, counted on the office's wall clock and its working calendar,
//! which is data. No time zone database: the province's clock has had one fixed offset since 1975, and the calendar
//! says which.
//!
//! Counted as the Civil Code of 2015 counts (articles 147 and 148): a term in minutes or hours begins at its moment; a
//! term in days does not count the day on which it begins, and ends when its last day does. In one thing we are
//! stricter. The Code carries a term in days whose last day is a weekend or a holiday on to the end of the next
//! working day; we leave it where it falls, and a term in working days ends with the office, not at midnight. Who is
//! early by the calendar is never late by the law, and special laws on urgent matters may not mean the general rule.
//!
//! A span of working time holds its opening and not its close: at 11:30 sharp the morning is over.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Span, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How many days are looked at for working time. The longest limit that is read, a year of minutes, takes 1 640 days
/// of an office that works 37 hours a week; a calendar with no working day would otherwise be walked for ever.
const SEARCH_DAYS_MAX: usize = 2_000;

/// When the office works, and by which clock it reads a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
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
        TimeZone::fixed(
            Offset::from_seconds(self.utc_offset_minutes.saturating_mul(60)).unwrap_or(Offset::UTC),
        )
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
    /// Working days from `first` on, itself included, in the direction of `next`.
    fn working_days(
        &self,
        first: Date,
        next: fn(Date) -> Result<Date, jiff::Error>,
    ) -> impl Iterator<Item = Date> {
        let days = std::iter::successors(Some(first), move |day| next(*day).ok());
        days.take(SEARCH_DAYS_MAX).filter(|day| self.works_on(*day))
    }
    /// The earliest moment at which `minutes` of working time have passed since `from`: time that ends with a span
    /// ends at its close, not at the next opening. 0 minutes are up at once while the office works, else when it
    /// opens next. `None` when the calendar has too little working time.
    pub fn add_working_minutes(&self, from: Timestamp, minutes: u32) -> Option<Timestamp> {
        let start = self.local(from);
        let mut left = SignedDuration::from_mins(i64::from(minutes));
        for day in self.working_days(start.date(), Date::tomorrow) {
            for (opens, closes) in &self.spans {
                let opens = day.to_datetime(*opens).max(start);
                let span = day.to_datetime(*closes).duration_since(opens);
                if span <= SignedDuration::ZERO {
                    continue;
                }
                if left <= span {
                    return self.instant(opens.checked_add(left).ok()?);
                }
                left = left.checked_sub(span)?;
            }
        }
        None
    }
    /// The latest moment from which `minutes` of working time pass until `from`. 0 minutes before are that moment
    /// while the office works, else when it closed last. `None` when the calendar has too little working time.
    pub fn subtract_working_minutes(&self, from: Timestamp, minutes: u32) -> Option<Timestamp> {
        let start = self.local(from);
        let mut left = SignedDuration::from_mins(i64::from(minutes));
        for day in self.working_days(start.date(), Date::yesterday) {
            for (opens, closes) in self.spans.iter().rev() {
                let closes = day.to_datetime(*closes).min(start);
                let span = closes.duration_since(day.to_datetime(*opens));
                if span <= SignedDuration::ZERO {
                    continue;
                }
                if left <= span {
                    return self.instant(closes.checked_sub(left).ok()?);
                }
                left = left.checked_sub(span)?;
            }
        }
        None
    }
    /// The end of the `days`-th working day after the day of `from`, whatever the hour of `from`. It ends with the
    /// office, not at midnight. 0 days: the end of the day itself, or of the next working day when the office does
    /// not work on it or has closed.
    pub fn add_working_days(&self, from: Timestamp, days: u32) -> Option<Timestamp> {
        let start = self.local(from);
        let (_, closes) = *self.spans.last()?;
        let mut ends =
            self.working_days(start.date(), Date::tomorrow).map(|day| (day, day.to_datetime(closes)));
        let (_, end) = match days.checked_sub(1) {
            None => ends.find(|(_, end)| *end >= start),
            Some(more) => ends.filter(|(day, _)| *day > start.date()).nth(usize::try_from(more).ok()?),
        }?;
        self.instant(end)
    }
    /// The opening of the `days`-th working day before the day of `from`: what is done by then leaves so many whole
    /// working days between. 0 days: the opening of the day itself, or of the working day before when the office does
    /// not work on it or has not opened yet.
    pub fn subtract_working_days(&self, from: Timestamp, days: u32) -> Option<Timestamp> {
        let start = self.local(from);
        let (opens, _) = *self.spans.first()?;
        let mut openings =
            self.working_days(start.date(), Date::yesterday).map(|day| (day, day.to_datetime(opens)));
        let (_, opening) = match days.checked_sub(1) {
            None => openings.find(|(_, opening)| *opening <= start),
            Some(more) => openings.filter(|(day, _)| *day < start.date()).nth(usize::try_from(more).ok()?),
        }?;
        self.instant(opening)
    }
    /// The end of the `days`-th day after the day of `from`: its midnight, which clocks show as 00:00 of the next day.
    pub fn add_days(&self, from: Timestamp, days: u32) -> Option<Timestamp> {
        let after = Span::new().try_days(i64::from(days) + 1).ok()?;
        self.instant(self.local(from).date().checked_add(after).ok()?.to_datetime(Time::MIN))
    }
    /// The beginning of the `days`-th day before the day of `from`: what is done by then leaves so many whole days
    /// between.
    pub fn subtract_days(&self, from: Timestamp, days: u32) -> Option<Timestamp> {
        let before = Span::new().try_days(i64::from(days)).ok()?;
        self.instant(self.local(from).date().checked_sub(before).ok()?.to_datetime(Time::MIN))
    }
}

#[cfg(test)]
mod properties;

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

    fn check(count: fn(&WorkingCalendar, Timestamp, u32) -> Option<Timestamp>, cases: &[(&str, u32, &str)]) {
        for (from, amount, due) in cases {
            let moment = |local: &str| format!("{local}:00+07:00").parse::<Timestamp>().expect("a date");
            assert_eq!(count(&office(), moment(from), *amount), Some(moment(due)), "{amount} from {from}");
        }
    }

    #[test]
    fn no_working_minutes_are_up_at_once_while_the_office_works_else_when_it_opens() {
        check(
            WorkingCalendar::add_working_minutes,
            &[
                ("2024-09-10T08:00", 0, "2024-09-10T08:00"),
                ("2024-09-10T07:30", 0, "2024-09-10T07:30"),
                ("2024-09-10T11:30", 0, "2024-09-10T13:30"),
                ("2024-09-10T12:00", 0, "2024-09-10T13:30"),
                ("2024-08-30T17:00", 0, "2024-09-04T07:30"),
            ],
        );
        check(
            WorkingCalendar::subtract_working_minutes,
            &[
                ("2024-09-10T08:00", 0, "2024-09-10T08:00"),
                ("2024-09-10T11:30", 0, "2024-09-10T11:30"),
                ("2024-09-10T12:00", 0, "2024-09-10T11:30"),
                ("2024-09-10T07:30", 0, "2024-09-09T17:00"),
                ("2024-09-04T07:30", 0, "2024-08-30T17:00"),
            ],
        );
    }

    #[test]
    fn working_time_is_counted_backwards_over_the_same_nights_and_holidays() {
        check(
            WorkingCalendar::subtract_working_minutes,
            &[
                ("2024-09-10T09:00", 60, "2024-09-10T08:00"),
                ("2024-09-10T08:00", 30, "2024-09-10T07:30"),
                ("2024-09-10T08:00", 31, "2024-09-09T16:59"),
                ("2024-09-10T14:00", 60, "2024-09-10T11:00"),
                ("2024-09-04T08:00", 60, "2024-08-30T16:30"),
                ("2024-09-08T10:00", 450, "2024-09-07T07:30"),
            ],
        );
        check(
            WorkingCalendar::subtract_working_days,
            &[
                ("2024-09-10T08:00", 1, "2024-09-09T07:30"),
                ("2024-09-04T23:00", 1, "2024-08-30T07:30"),
                ("2024-09-09T10:00", 2, "2024-09-06T07:30"),
            ],
        );
    }

    #[test]
    fn no_working_days_are_the_rest_of_a_working_day() {
        check(
            WorkingCalendar::add_working_days,
            &[
                ("2024-09-10T08:00", 0, "2024-09-10T17:00"),
                ("2024-09-10T17:00", 0, "2024-09-10T17:00"),
                ("2024-09-10T17:01", 0, "2024-09-11T17:00"),
                ("2024-09-02T08:00", 0, "2024-09-04T17:00"),
            ],
        );
        check(
            WorkingCalendar::subtract_working_days,
            &[
                ("2024-09-10T08:00", 0, "2024-09-10T07:30"),
                ("2024-09-10T07:29", 0, "2024-09-09T07:30"),
                ("2024-09-02T08:00", 0, "2024-08-30T07:30"),
            ],
        );
    }

    #[test]
    fn days_of_the_calendar_leave_out_the_first_and_end_at_midnight() {
        check(
            WorkingCalendar::add_days,
            &[
                ("2024-09-10T08:00", 0, "2024-09-11T00:00"),
                ("2024-09-10T00:00", 2, "2024-09-13T00:00"),
                ("2024-09-10T23:59", 2, "2024-09-13T00:00"),
                ("2024-02-28T08:00", 1, "2024-03-01T00:00"),
            ],
        );
        check(
            WorkingCalendar::subtract_days,
            &[
                ("2024-09-10T08:00", 0, "2024-09-10T00:00"),
                ("2024-09-10T23:59", 2, "2024-09-08T00:00"),
                ("2024-03-01T08:00", 1, "2024-02-29T00:00"),
            ],
        );
    }

    #[test]
    fn a_year_of_working_minutes_still_ends() {
        let from = "2024-09-10T08:00:00+07:00".parse().expect("a date");
        assert!(office().add_working_minutes(from, 366 * 24 * 60).is_some());
    }

    #[test]
    fn an_offset_that_no_clock_has_counts_as_none() {
        let odd = WorkingCalendar { utc_offset_minutes: i32::MAX, ..office() };
        let from: Timestamp = "2024-09-10T08:00:00Z".parse().expect("a date");
        assert_eq!(odd.local(from), date(2024, 9, 10).at(8, 0, 0, 0));
    }
}
