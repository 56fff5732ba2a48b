//! Words that every export uses: moments on the office's wall clock, who did something, lengths of time, and notes
//! for characters that would not show. Must not know formats.

use crate::domain::calendar::WorkingCalendar;
use crate::domain::{Act, Incident};
use jiff::Timestamp;
use serde::Serialize;

/// A moment on the wall clock of the incident's calendar, to the minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// `20:15`.
    pub time: String,
    /// `10/09/2024`.
    pub day: String,
    /// `20:15 ngày 10/09/2024`.
    pub words: String,
    /// `2024-09-10 20:15`: sorts as text.
    pub sorts: String,
}

impl Moment {
    /// The moment as the calendar's clock shows it.
    pub fn of(at: Timestamp, calendar: &WorkingCalendar) -> Self {
        let local = calendar.local(at);
        let shown = |format: &str| local.strftime(format).to_string();
        Self {
            time: shown("%H:%M"),
            day: shown("%d/%m/%Y"),
            words: shown("%H:%M ngày %d/%m/%Y"),
            sorts: shown("%Y-%m-%d %H:%M"),
        }
    }
}

/// Who did something, and when it was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deed {
    /// When it was recorded.
    pub at: Moment,
    /// The office's name; empty for the program itself.
    pub office: String,
    /// Its short name, for narrow columns.
    pub short: String,
    /// The person's name.
    pub name: String,
    /// Their position at that moment.
    pub title: String,
    /// Name and position.
    pub who: String,
}

impl Deed {
    /// The act with its office named.
    pub fn of(act: &Act, incident: &Incident, calendar: &WorkingCalendar) -> Self {
        let who =
            if act.title.is_empty() { act.name.clone() } else { format!("{} ({})", act.name, act.title) };
        let office = incident.office_name(act.office.as_ref());
        let row = act.office.as_ref().and_then(|id| incident.offices.get(id));
        let short = row.map(|row| row.short.clone()).filter(|short| !short.is_empty());
        Self {
            at: Moment::of(act.at, calendar),
            short: short.unwrap_or_else(|| office.clone()),
            office,
            name: act.name.clone(),
            title: act.title.clone(),
            who,
        }
    }
}

/// The calendar's zone: `GMT+7`, `GMT+5:30`.
pub fn zone(calendar: &WorkingCalendar) -> String {
    let minutes = calendar.utc_offset_minutes;
    let sign = if minutes < 0 { '-' } else { '+' };
    match (minutes.abs() / 60, minutes.abs() % 60) {
        (hours, 0) => format!("GMT{sign}{hours}"),
        (hours, rest) => format!("GMT{sign}{hours}:{rest:02}"),
    }
}

/// A length of time by the clock: `35 phút`, `2 giờ 5 phút`, `1 ngày 3 giờ`.
pub fn length(minutes: i64) -> String {
    let parts = [(minutes / 1440, "ngày"), (minutes / 60 % 24, "giờ"), (minutes % 60, "phút")];
    let said: Vec<_> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, unit)| format!("{n} {unit}")).collect();
    if said.is_empty() { "0 phút".into() } else { said.join(" ") }
}

/// The text with a visible note in place of each run of characters that `shows` does not accept.
pub fn noted(text: &str, shows: impl Fn(char) -> bool) -> String {
    if text.chars().all(&shows) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut hidden = vec![];
    let note = |hidden: &mut Vec<String>, out: &mut String| {
        if !hidden.is_empty() {
            out.push_str(&format!("[{}]", hidden.join(" ")));
            hidden.clear();
        }
    };
    for c in text.chars() {
        if shows(c) {
            note(&mut hidden, &mut out);
            out.push(c);
        } else {
            hidden.push(format!("U+{:04X}", u32::from(c)));
        }
    }
    note(&mut hidden, &mut out);
    out
}

/// The text as text, wherever it stands in a page of HTML or a file of XML.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in noted(text, harmless).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// Whether the character neither steers a reader's machine nor changes the direction of what follows it,
/// and may stand in XML.
pub fn harmless(c: char) -> bool {
    let steers = matches!(u32::from(c), 0x61C | 0x200E..=0x200F | 0x2028..=0x202E | 0x2066..=0x2069 | 0xFEFF | 0xFFFE..=0xFFFF);
    c == '\n' || c == '\t' || !(c.is_control() || steers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_spoken() {
        for (minutes, words) in
            [(0, "0 phút"), (35, "35 phút"), (125, "2 giờ 5 phút"), (1620, "1 ngày 3 giờ")]
        {
            assert_eq!(length(minutes), words);
        }
    }

    #[test]
    fn the_zone_is_the_calendars() {
        let zone =
            |utc_offset_minutes| zone(&WorkingCalendar { utc_offset_minutes, ..WorkingCalendar::default() });
        assert_eq!([zone(420), zone(330), zone(-60), zone(0)], ["GMT+7", "GMT+5:30", "GMT-1", "GMT+0"]);
    }

    #[test]
    fn what_would_not_show_is_noted_in_its_place() {
        assert_eq!(noted("a🚨b", |c| c.is_ascii()), "a[U+1F6A8]b");
        assert_eq!(noted("👨\u{200D}👩", |c| c.is_ascii()), "[U+1F468 U+200D U+1F469]");
        assert_eq!(noted("đập\u{202E}vỡ\n\u{0}", harmless), "đập[U+202E]vỡ\n[U+0000]");
    }
}
