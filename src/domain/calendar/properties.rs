//! What holds of time in law whatever the day, the amount and the calendar, tried on random ones.

use super::*;
use crate::domain::deadline::{Anchor, Anchors, Counted, Due, Source};
use proptest::prelude::*;

/// Seconds of the years 2000 to 2100: where incidents are.
const SECONDS: std::ops::Range<i64> = 946_684_800..4_102_444_800;

fn moments() -> impl Strategy<Value = Timestamp> {
    SECONDS.prop_map(|second| Timestamp::from_second(second).expect("a moment"))
}

/// Up to three spans that do not touch, made of six different minutes of the day, in order.
fn spans() -> impl Strategy<Value = Vec<(Time, Time)>> {
    proptest::collection::btree_set(0..24 * 60_i16, 2..=6).prop_map(|minutes| {
        let at =
            |minute: i16| Time::new((minute / 60) as i8, (minute % 60) as i8, 0, 0).expect("a time of day");
        let minutes: Vec<i16> = minutes.into_iter().collect();
        minutes.chunks_exact(2).map(|pair| (at(pair[0]), at(pair[1]))).collect()
    })
}

/// Days near a moment, so that they matter.
fn days() -> impl Strategy<Value = Vec<i64>> {
    proptest::collection::vec(-40..40_i64, 0..12)
}

fn calendars() -> impl Strategy<Value = WorkingCalendar> {
    let weekdays = proptest::collection::btree_set(1..=7_u8, 1..=7);
    (-14 * 60..=14 * 60_i32, weekdays, spans()).prop_map(|(utc_offset_minutes, weekdays, spans)| {
        WorkingCalendar {
            utc_offset_minutes,
            weekdays: weekdays.into_iter().collect(),
            spans,
            holidays: vec![],
            extra_days: vec![],
        }
    })
}

/// A calendar with days off and days made up around a moment, and that moment.
fn cases() -> impl Strategy<Value = (WorkingCalendar, Timestamp)> {
    (calendars(), moments(), days(), days()).prop_map(|(calendar, from, off, extra)| {
        let around = |days: Vec<i64>| {
            let day = calendar.local(from).date();
            days.into_iter().map(|by| day.checked_add(Span::new().days(by)).expect("a day")).collect()
        };
        (WorkingCalendar { holidays: around(off), extra_days: around(extra), ..calendar.clone() }, from)
    })
}

fn ways() -> impl Strategy<Value = (Counted, bool)> {
    let counted = prop_oneof![
        Just(Counted::Elapsed),
        Just(Counted::WorkingHours),
        Just(Counted::WorkingDays),
        Just(Counted::CalendarDays)
    ];
    (counted, any::<bool>())
}

fn due(way: (Counted, bool), amount: u32, from: Timestamp, calendar: &WorkingCalendar) -> Option<Timestamp> {
    let (counted, before) = way;
    let anchor = Anchor::ReceivedAt;
    Due { anchor, amount, counted, before, source: Source::Law }
        .at(&Anchors::from([(anchor, from)]), calendar)
}

/// Working time between two moments, minute by minute: slow, and written without the code under test.
fn worked(calendar: &WorkingCalendar, from: Timestamp, to: Timestamp) -> SignedDuration {
    let (from, to) = (calendar.local(from), calendar.local(to));
    let mut total = SignedDuration::ZERO;
    for day in from.date().series(Span::new().days(1)).take_while(|day| *day <= to.date()) {
        if calendar.works_on(day) {
            for (opens, closes) in &calendar.spans {
                let opens = day.to_datetime(*opens).clamp(from, to);
                total += day.to_datetime(*closes).clamp(from, to).duration_since(opens);
            }
        }
    }
    total
}

fn in_working_time(calendar: &WorkingCalendar, at: Timestamp) -> bool {
    let at = calendar.local(at);
    let within = |(opens, closes): &(Time, Time)| (*opens..=*closes).contains(&at.time());
    calendar.works_on(at.date()) && calendar.spans.iter().any(within)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_later_moment_is_never_due_earlier(
        (calendar, from) in cases(), later in 0..90 * 86_400_i64, amount in 0..5_000_u32, way in ways(),
    ) {
        let second = from.checked_add(SignedDuration::from_secs(later)).expect("a moment");
        if let (Some(first), Some(second)) = (due(way, amount, from, &calendar), due(way, amount, second, &calendar)) {
            prop_assert!(first <= second);
        }
    }

    #[test]
    fn more_time_is_never_up_earlier(
        (calendar, from) in cases(), amount in 0..5_000_u32, more in 0..500_u32, way in ways(),
    ) {
        let (less, more) = (due(way, amount, from, &calendar), due(way, amount + more, from, &calendar));
        if let (Some(less), Some(more)) = (less, more) {
            let (first, last) = if way.1 { (more, less) } else { (less, more) };
            prop_assert!(first <= last);
        } else {
            prop_assert!(more.is_none(), "less time cannot be found where more is");
        }
    }

    #[test]
    fn a_limit_after_a_moment_lies_after_it_and_one_before_before(
        (calendar, from) in cases(), amount in 0..5_000_u32, way in ways(),
    ) {
        if let Some(due) = due(way, amount, from, &calendar) {
            let (first, last) = if way.1 { (due, from) } else { (from, due) };
            prop_assert!(first <= last);
        }
    }

    /// The amount that was asked for is what lies between; and no moment that is nearer leaves as much.
    #[test]
    fn working_minutes_between_are_as_many_as_asked((calendar, from) in cases(), minutes in 1..3_000_u32) {
        let asked = SignedDuration::from_mins(i64::from(minutes));
        let moment = SignedDuration::from_millis(1);
        if let Some(due) = calendar.add_working_minutes(from, minutes) {
            prop_assert_eq!(worked(&calendar, from, due), asked);
            prop_assert!(worked(&calendar, from, due.checked_sub(moment).expect("a moment")) < asked);
        }
        if let Some(due) = calendar.subtract_working_minutes(from, minutes) {
            prop_assert_eq!(worked(&calendar, due, from), asked);
            prop_assert!(worked(&calendar, due.checked_add(moment).expect("a moment"), from) < asked);
        }
    }

    /// There and back leads to where one started, if that is working time; else to the next opening, or going
    /// backwards first to the last close. Of the two names of one place in working time, the close of a span and the
    /// opening of the next, forward and back leads to the opening, back and forward to the close: which is what no
    /// minutes at all lead to.
    #[test]
    fn adding_working_minutes_and_taking_them_off_returns((calendar, from) in cases(), minutes in 1..3_000_u32) {
        if let Some(there) = calendar.add_working_minutes(from, minutes) {
            let back = calendar.subtract_working_minutes(there, minutes);
            prop_assert_eq!(back, calendar.add_working_minutes(from, 0));
        }
        if let Some(there) = calendar.subtract_working_minutes(from, minutes) {
            let back = calendar.add_working_minutes(there, minutes);
            prop_assert_eq!(back, calendar.subtract_working_minutes(from, 0));
        }
    }

    #[test]
    fn one_limit_after_another_is_their_sum((calendar, from) in cases(), a in 1..1_500_u32, b in 1..1_500_u32) {
        let twice = calendar.add_working_minutes(from, a).and_then(|at| calendar.add_working_minutes(at, b));
        if let Some(once) = calendar.add_working_minutes(from, a + b) {
            prop_assert_eq!(twice, Some(once));
        }
    }

    #[test]
    fn no_working_rule_is_due_outside_working_time((calendar, from) in cases(), amount in 0..200_u32, before in any::<bool>()) {
        for counted in [Counted::WorkingHours, Counted::WorkingDays] {
            if let Some(due) = due((counted, before), amount, from, &calendar) {
                prop_assert!(in_working_time(&calendar, due), "{counted:?}: {}", calendar.local(due));
            }
        }
    }

    #[test]
    fn whole_days_begin_and_end_at_midnight((calendar, from) in cases(), days in 0..400_u32, before in any::<bool>()) {
        let due = due((Counted::CalendarDays, before), days, from, &calendar).expect("there are enough days");
        let (due, day) = (calendar.local(due), calendar.local(from).date());
        prop_assert_eq!(due.time(), Time::MIN);
        let between = day.duration_until(due.date()).as_hours() / 24;
        prop_assert_eq!(between, if before { -i64::from(days) } else { i64::from(days) + 1 });
    }

    #[test]
    fn so_many_working_days_lie_between((calendar, from) in cases(), days in 1..60_u32) {
        if let Some(due) = calendar.add_working_days(from, days) {
            let (first, last) = (calendar.local(from).date(), calendar.local(due).date());
            let after = first.series(Span::new().days(1)).skip(1).take_while(|day| *day <= last);
            prop_assert_eq!(after.filter(|day| calendar.works_on(*day)).count(), days as usize);
        }
    }

    /// Whatever a log or a file may hold: an answer or none, and no panic.
    #[test]
    fn nothing_panics(
        second in Timestamp::MIN.as_second()..=Timestamp::MAX.as_second(), amount in any::<u32>(), way in ways(),
        offset in any::<i32>(), weekdays in proptest::collection::vec(any::<u8>(), 0..8), spans in spans(),
        turned in any::<bool>(),
    ) {
        let spans = if turned { spans.iter().map(|(opens, closes)| (*closes, *opens)).collect() } else { spans };
        let odd = WorkingCalendar { utc_offset_minutes: offset, weekdays, spans, holidays: vec![], extra_days: vec![] };
        let from = Timestamp::from_second(second).expect("a moment");
        let _ = due(way, amount, from, &odd);
        let _ = due(way, u32::MAX, Timestamp::MAX, &odd);
        let _ = due(way, u32::MAX, Timestamp::MIN, &odd);
    }
}
