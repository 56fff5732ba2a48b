//! iCalendar (RFC 5545): the limits of the incident for an office's own calendar. An event for each clock of the law and
//! each task with a limit, at the moment at which it is due; known by an id that stays, so that a newer file moves what
//! an older one put there.

use super::clock::Clock;
use super::report::Desk;
use super::task::Task;
use super::words::{harmless, noted};
use super::{ExportError, Facts, Material, Out, put};
use crate::domain::task::Progress;
use jiff::Timestamp;
use jiff::tz::TimeZone;

pub(super) const FACTS: Facts = Facts {
    code: "ics",
    title: "iCalendar (thời hạn cho lịch làm việc)",
    media_type: "text/calendar; charset=utf-8",
    extension: "ics",
};

/// Octets of a line without its end (RFC 5545, 3.1).
const LINE_MAX: usize = 75;
/// Minutes before the end at which a calendar calls a limit to mind.
const ALARM_MINUTES: u32 = 30;

/// One event.
struct Due {
    id: String,
    rev: u32,
    at: Timestamp,
    title: String,
    said: String,
    category: &'static str,
    /// It is not asked any more.
    cancelled: bool,
    /// Nothing is left to do.
    over: bool,
}

pub(super) fn write(material: &Material, to: Out) -> Result<(), ExportError> {
    let incident = material.source.incident;
    // The report exists, so the incident is open and has its frame.
    let Some(frame) = incident.frame.as_deref() else { return Err(ExportError::NotOpened) };
    let desk = Desk { incident, frame, now: material.options.made_at };
    let mut out = Lines(String::new());
    for (name, value) in
        [("BEGIN", "VCALENDAR"), ("VERSION", "2.0"), ("PRODID", "-//Phong Truc//Phong Truc//VI")]
    {
        out.put(name, value);
    }
    out.put("CALSCALE", "GREGORIAN");
    out.put("METHOD", "PUBLISH");
    out.text("X-WR-CALNAME", &format!("{}: thời hạn", material.report.number));
    for due in dues(&desk) {
        event(&mut out, &due, material);
    }
    out.put("END", "VCALENDAR");
    put(to, FACTS.title, out.0.as_bytes())
}

fn dues(desk: &Desk) -> Vec<Due> {
    let mut dues = vec![];
    for row in desk.incident.deadlines.iter().filter(|row| row.asleep.is_none()) {
        let Some(at) = row.due_at else { continue };
        let clock = Clock::of(row, desk);
        let said = [clock.limit, clock.bases.join("; "), clock.verdict, clock.stopped_by];
        dues.push(Due {
            id: format!("clock-{}", row.clock.id),
            rev: row.rev,
            at,
            title: clock.title,
            said: said.into_iter().filter(|said| !said.is_empty()).collect::<Vec<_>>().join("\n"),
            category: "Thời hạn theo quy định",
            cancelled: row.lifted.is_some(),
            over: row.stopped.is_some(),
        });
    }
    for row in desk.incident.tasks.iter() {
        let Some(at) = row.due_at else { continue };
        let task = Task::of(row, desk);
        let said =
            [task.office, task.limit, [task.state, task.verdict].join(" ").trim().to_owned(), task.note];
        dues.push(Due {
            id: format!("task-{}", row.plan.id),
            rev: row.rev,
            at,
            title: task.title,
            said: said.into_iter().filter(|said| !said.is_empty()).collect::<Vec<_>>().join("\n"),
            category: "Nhiệm vụ",
            cancelled: matches!(row.progress, Progress::Skipped { .. }),
            over: matches!(row.progress, Progress::Done { .. }),
        });
    }
    dues.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    dues
}

fn utc(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn event(out: &mut Lines, due: &Due, material: &Material) {
    let report = material.report;
    let exercise = if report.exercise { format!("{}: ", report.mark()) } else { String::new() };
    out.put("BEGIN", "VEVENT");
    out.text("UID", &format!("{}@{}.phongtruc", due.id, report.number));
    out.put("DTSTAMP", &utc(material.options.made_at));
    out.put("DTSTART", &utc(due.at));
    out.put("SEQUENCE", &due.rev.to_string());
    out.put("STATUS", if due.cancelled { "CANCELLED" } else { "CONFIRMED" });
    out.put("TRANSP", "TRANSPARENT");
    out.text("SUMMARY", &format!("{exercise}{}{}", if due.over { "✓ " } else { "Hạn: " }, due.title));
    out.text("DESCRIPTION", &format!("{}\n{}: {}", due.said, report.number, report.title));
    out.text("CATEGORIES", due.category);
    if !due.cancelled && !due.over {
        out.put("BEGIN", "VALARM");
        out.put("ACTION", "DISPLAY");
        out.put("TRIGGER", &format!("-PT{ALARM_MINUTES}M"));
        out.text("DESCRIPTION", &due.title);
        out.put("END", "VALARM");
    }
    out.put("END", "VEVENT");
}

/// Lines of a calendar, folded.
struct Lines(String);

impl Lines {
    fn put(&mut self, name: &str, value: &str) {
        let mut length = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if length + c.len_utf8() > LINE_MAX {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(c);
            length += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// A value of type TEXT (RFC 5545, 3.3.11).
    fn text(&mut self, name: &str, value: &str) {
        let value = noted(value, harmless);
        let value = value.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n");
        self.put(name, &value.replace('\t', " "));
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Format, given};
    use super::*;

    fn unfolded(text: &str) -> String {
        text.replace("\r\n ", "")
    }

    #[test]
    fn every_limit_is_an_event_with_an_id_that_stays() {
        let case = given::an_exercise();
        let text = case.text(Format::Ics);
        let whole = unfolded(&text);
        let rows = case.incident.deadlines.iter().filter(|row| row.due_at.is_some()).count()
            + case.incident.tasks.iter().filter(|row| row.due_at.is_some()).count();
        assert_eq!(whole.matches("BEGIN:VEVENT\r\n").count(), rows);
        assert!(whole.contains("UID:clock-initial@SC-2026-0001.phongtruc\r\n"), "{whole}");
        assert!(
            whole.contains("DTSTAMP:20260301T070000Z\r\n") && whole.contains("DTSTART:20260302T050000Z\r\n")
        );
        assert!(whole.contains("SUMMARY:DIỄN TẬP: ✓ Thông tin ban đầu\r\n"), "{whole}");
        assert!(text.split("\r\n").all(|line| line.len() <= LINE_MAX), "folded");
        assert!(text.ends_with("END:VCALENDAR\r\n") && !text.replace("\r\n", "").contains('\n'));
    }

    #[test]
    fn texts_are_escaped_and_folded_between_letters() {
        let mut out = Lines(String::new());
        out.text("SUMMARY", &"Đập; ế,\\\n".repeat(12));
        let whole = unfolded(&out.0);
        assert_eq!(whole, format!("SUMMARY:{}\r\n", "Đập\\; ế\\,\\\\\\n".repeat(12)));
        assert!(out.0.split("\r\n").all(|line| line.len() <= LINE_MAX));
    }
}
