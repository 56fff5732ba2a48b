//! Moments and numbers as people write them into tables. What could be read in two ways is not read.

use crate::domain::calendar::WorkingCalendar;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};

/// A moment on the office's wall clock: `21:04 10/9/2024`, `10/09/2024 21:04:30`, `10/9/2024`, `2024-09-10 21:04`; or
/// with its own offset, as RFC 3339 writes it.
pub(super) fn moment(written: &str, calendar: &WorkingCalendar) -> Option<Timestamp> {
    if let Ok(exact) = written.parse::<Timestamp>() {
        return Some(exact);
    }
    let (mut date, mut time) = (None, None);
    for part in
        written.split(|c: char| c.is_whitespace() || c == ',' || c == 'T').filter(|part| !part.is_empty())
    {
        match (day(part), hour(part)) {
            (Some(found), _) if date.is_none() => date = Some(found),
            (_, Some(found)) if time.is_none() => time = Some(found),
            _ => return None,
        }
    }
    // A day without an hour is that day's noon: no clock of the law hangs on it.
    calendar.instant(DateTime::from_parts(date?, time.unwrap_or(Time::constant(12, 0, 0, 0))))
}

/// Day before month, as Vietnam writes it, or year first.
fn day(written: &str) -> Option<Date> {
    let parts: Vec<_> = written.split(['/', '-', '.']).collect();
    let [first, second, third] = parts[..] else { return None };
    let number = |text: &str| text.parse::<i16>().ok();
    let (year, month, day) = if first.len() == 4 { (first, second, third) } else { (third, second, first) };
    let (month, day) = (i8::try_from(number(month)?).ok()?, i8::try_from(number(day)?).ok()?);
    if year.len() == 4 { Date::new(number(year)?, month, day).ok() } else { None }
}

fn hour(written: &str) -> Option<Time> {
    let parts: Option<Vec<i8>> = written.split([':', 'h']).map(|part| part.parse().ok()).collect();
    match parts?[..] {
        [hour, minute] => Time::new(hour, minute, 0, 0).ok(),
        [hour, minute, second] => Time::new(hour, minute, second, 0).ok(),
        _ => None,
    }
}

/// A whole number, with or without marks between its thousands: `12500`, `12.500`, `12,500`, `12 500`.
pub(super) fn number(written: &str) -> Option<u32> {
    let groups: Vec<_> = written.split(['.', ',', ' ', '\u{A0}', '\u{202F}']).collect();
    let digits = |group: &&str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    // «1.2» may be one and a fifth: only thousands are set apart.
    let thousands =
        groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    if !thousands || !groups.iter().all(digits) {
        return None;
    }
    groups.concat().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        for (written, is) in [
            ("0", Some(0)),
            ("12500", Some(12_500)),
            ("12.500", Some(12_500)),
            ("1,250,000", Some(1_250_000)),
            ("1 250", Some(1_250)),
            ("1.2", None),
            ("12.50", None),
            ("1,2K", None),
            ("-5", None),
            ("", None),
            ("99999999999", None),
        ] {
            assert_eq!(number(written), is, "{written}");
        }
    }

    #[test]
    fn moments_are_those_of_the_offices_clock() {
        let calendar = WorkingCalendar { utc_offset_minutes: 420, ..WorkingCalendar::default() };
        let at = |text: &str| Some(text.parse::<Timestamp>().expect("a moment"));
        for written in [
            "21:04 10/9/2024",
            "10/09/2024 21:04",
            "2024-09-10 21:04:00",
            "10-9-2024, 21h04",
            "2024-09-10T21:04",
        ] {
            assert_eq!(moment(written, &calendar), at("2024-09-10T21:04:00+07:00"), "{written}");
        }
        assert_eq!(moment("2024-09-10T21:04:00Z", &calendar), at("2024-09-11T04:04:00+07:00"));
        assert_eq!(moment("10/9/2024", &calendar), at("2024-09-10T12:00:00+07:00"));
        for bad in ["", "hôm qua", "31/2/2024", "10/9", "10/9/24", "25:00 10/9/2024", "10/9/2024 10/9/2024"]
        {
            assert_eq!(moment(bad, &calendar), None, "{bad}");
        }
    }
}
