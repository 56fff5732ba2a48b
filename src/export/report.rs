//! The report: what an incident's exports say, in the order in which they say it, every moment and name already in
//! words. Must not know formats.

use super::Options;
use super::claim::Claim;
use super::clock::Clock;
use super::duty::{Counted, Duty};
use super::fact::Fact;
use super::figure::Figure;
use super::press::{Clipping, Enquiry, Meeting};
use super::statement::Statement;
use super::task::Task;
use super::timeline::{self, Line, Marked};
use super::words::{Deed, Moment, length, zone};
use crate::domain::decision::{Decider, Rejected};
use crate::domain::incident::{Frame, Header};
use crate::domain::{Act, Event, Incident, Origin, Record, incident, office};
use crate::stamp::Stamp;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

/// What is recorded this long after it happened was recorded late, and the line says so.
pub const LATE_AFTER: SignedDuration = SignedDuration::from_mins(10);

/// Everything that an export for people says.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// An exercise: every page says so.
    pub exercise: bool,
    /// What a variant says of itself; empty for the whole record.
    pub variant: &'static str,
    /// The incident's number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The zone of all moments.
    pub zone: String,
    /// Label and value, for the table at the top.
    pub facts: Vec<(String, String)>,
    /// Offices with a part in it.
    pub offices: Vec<Office>,
    /// Clocks of the law.
    pub clocks: Vec<Clock>,
    /// The timeline, by the moment at which things happened.
    pub lines: Vec<Line>,
    /// The same as a drawing.
    #[serde(skip)]
    pub figure: Figure,
    /// Those of its lines that belong in the report, by heading.
    pub marked: Vec<Marked>,
    /// Statements.
    pub statements: Vec<Statement>,
    /// The fact ledger.
    pub ledger: Vec<Fact>,
    /// The register of claims.
    pub claims: Vec<Claim>,
    /// Questions of the press.
    pub enquiries: Vec<Enquiry>,
    /// Meetings with the press.
    pub meetings: Vec<Meeting>,
    /// Media watch.
    pub clippings: Vec<Clipping>,
    /// Who was on duty.
    pub duty: Vec<Duty>,
    /// What the incident says about itself in figures.
    pub figures: Vec<Counted>,
    /// Decisions.
    pub decisions: Vec<Decision>,
    /// Tasks.
    pub tasks: Vec<Task>,
    /// When the export was made.
    pub made_at: Moment,
    /// Who made it.
    pub made_by: String,
    /// Head of the log that it was made from, all 64 digits.
    pub head: String,
    /// Its first digits.
    pub head_short: String,
    /// Lines of that log.
    pub records: usize,
    /// The stamp of every page, in words.
    pub stamp_words: String,
    /// The stamp itself.
    #[serde(skip)]
    pub stamp: Stamp,
}

/// An office with a part in the incident.
#[derive(Clone, Debug, Serialize)]
pub struct Office {
    /// Its name on the day.
    pub name: String,
    /// Its short name, as narrow columns say it.
    pub short: String,
    /// One of the task force's own seats.
    pub seat: bool,
    /// Who accepted the incident for it.
    pub accepted: Option<Deed>,
}

/// A decision.
#[derive(Clone, Debug, Serialize)]
pub struct Decision {
    /// When it was taken.
    pub occurred: Moment,
    /// What was decided.
    pub text: String,
    /// Why.
    pub reason: String,
    /// Who decided, when it is not who recorded it; empty otherwise.
    pub decider: String,
    /// What was weighed and not taken, each with the reason.
    pub rejected: Vec<String>,
    /// Who recorded it, and when.
    pub by: Deed,
    /// Late, of the demonstration.
    pub notes: Vec<String>,
}

/// What rows are put into words with.
pub(super) struct Desk<'a> {
    pub incident: &'a Incident,
    pub frame: &'a Frame,
    /// When the export is made: what is still open is late or not by then.
    pub now: Timestamp,
}

impl Desk<'_> {
    pub(super) fn moment(&self, at: Timestamp) -> Moment {
        Moment::of(at, &self.frame.calendar)
    }
    pub(super) fn deed(&self, act: &Act) -> Deed {
        Deed::of(act, self.incident, &self.frame.calendar)
    }
    /// What is said of words that waited on a device without a network.
    pub(super) fn written(&self, act: &Act) -> Option<String> {
        act.written_at.map(|at| format!("viết lúc {}, khi máy chưa có mạng", self.moment(at).words))
    }
}

impl Report {
    /// The report of an incident; none before it is opened.
    pub fn of(incident: &Incident, records: &[Record<Event>], options: &Options) -> Option<Self> {
        let (header, frame) = (incident.header.as_deref()?, incident.frame.as_deref()?);
        let desk = Desk { incident, frame, now: options.made_at };
        let lines = timeline::lines(&desk, records);
        let stamp = Stamp::of(&header.number, incident.rev, options.head);
        Some(Self {
            exercise: header.exercise,
            variant: options.variant.mark(),
            number: header.number.clone(),
            title: header.title.clone(),
            zone: zone(&frame.calendar),
            facts: facts(header, &desk),
            offices: offices(&desk),
            clocks: incident.deadlines.iter().map(|row| Clock::of(row, &desk)).collect(),
            figure: Figure::of(&desk),
            marked: timeline::marked(&desk, &lines),
            lines,
            statements: Statement::all(&desk),
            ledger: Fact::all(&desk),
            claims: Claim::all(&desk),
            enquiries: Enquiry::all(&desk),
            meetings: Meeting::all(&desk),
            clippings: Clipping::all(&desk),
            duty: Duty::all(&desk),
            figures: Counted::all(&desk),
            decisions: decisions(&desk),
            tasks: Task::all(&desk),
            made_at: desk.moment(options.made_at),
            made_by: options.made_by.clone(),
            head: options.head.to_string(),
            head_short: options.head.short(),
            records: records.len(),
            stamp_words: stamp.words(),
            stamp,
        })
    }

    /// The mark of an exercise; empty for the real thing.
    pub fn mark(&self) -> &'static str {
        if self.exercise { EXERCISE } else { "" }
    }
}

/// The mark on every page of an exercise.
pub const EXERCISE: &str = "DIỄN TẬP";

fn facts(header: &Header, desk: &Desk) -> Vec<(String, String)> {
    let mut facts: Vec<(String, String)> = vec![];
    let mut say = |label: &str, value: String| facts.push((label.to_owned(), value));
    let who = |act: &Act| {
        let deed = desk.deed(act);
        let office = if deed.office.is_empty() { String::new() } else { format!(", {}", deed.office) };
        format!("{}, {}{office}", deed.at.words, deed.who)
    };
    if header.exercise {
        say("Tính chất", format!("{EXERCISE}: không phải sự cố thật"));
    }
    say("Số sự cố", header.number.clone());
    say("Mức độ", format!("Mức {} – {}", header.level.get(), header.level.title()));
    say("Nơi xảy ra", header.place.as_ref().map_or_else(|| "không ghi".into(), |place| place.name.clone()));
    let incident::PlaybookRef { id, version, title, digest } = &header.playbook;
    say("Kịch bản", format!("{title} ({id}, phiên bản {version}), mã băm {}", digest.short()));
    say("Tổ chức, pháp luật áp dụng theo ngày", header.in_force_on.strftime("%d/%m/%Y").to_string());
    let mut anchors: Vec<_> = header.anchors.iter().collect();
    anchors.sort_by_key(|(anchor, at)| (**at, **anchor));
    for (anchor, at) in anchors {
        say(&format!("Mốc: {}", anchor.title()), desk.moment(*at).words);
    }
    say("Mở sự cố", who(&header.opened));
    match &header.closed {
        Some(closed) => {
            say("Kết thúc sự cố", who(&closed.by));
            say("Kết quả", closed.summary.clone());
        }
        None => say("Kết thúc sự cố", "chưa kết thúc".into()),
    }
    facts
}

/// The offices: the seats in their order, then who was pulled in.
fn offices(desk: &Desk) -> Vec<Office> {
    let mut rows: Vec<_> = desk.incident.offices.iter().collect();
    rows.sort_by_key(|row| row.order);
    let office = |row: &office::Office| Office {
        name: row.name.clone(),
        short: row.short.clone(),
        seat: row.seat,
        accepted: row.accepted.as_ref().map(|act| desk.deed(act)),
    };
    rows.into_iter().map(|row| office(row)).collect()
}

fn decisions(desk: &Desk) -> Vec<Decision> {
    let mut rows: Vec<_> = desk.incident.decisions.iter().collect();
    rows.sort_by_key(|row| (row.occurred_at, row.rev));
    let decision = |row: &crate::domain::decision::Decision| {
        let mut notes: Vec<_> = late(row.occurred_at, &row.by, row.origin).into_iter().collect();
        notes.extend(desk.written(&row.by));
        notes.extend(row.origin.map(of_origin));
        Decision {
            occurred: desk.moment(row.occurred_at),
            text: row.text.clone(),
            reason: row.reason.clone().unwrap_or_default(),
            decider: row.decider.as_ref().map(Decider::words).unwrap_or_default(),
            rejected: row.rejected.iter().map(Rejected::words).collect(),
            by: desk.deed(&row.by),
            notes,
        }
    };
    rows.into_iter().map(|row| decision(row)).collect()
}

/// What is said of a thing that was recorded long after it happened. What the demonstration takes from public
/// record was of course recorded long after.
pub(super) fn late(occurred: Timestamp, act: &Act, origin: Option<Origin>) -> Option<String> {
    let behind = act.at.duration_since(occurred);
    (behind > LATE_AFTER && origin != Some(Origin::Documented))
        .then(|| format!("ghi muộn {}", length(behind.as_mins())))
}

pub(super) fn of_origin(origin: Origin) -> String {
    match origin {
        Origin::Documented => "tư liệu".into(),
        Origin::Reconstructed => "dựng lại cho diễn tập".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::given;
    use super::*;

    fn report() -> Report {
        let case = given::an_exercise();
        Report::of(&case.incident, &case.records, &given::options()).expect("open")
    }

    #[test]
    fn lines_stand_by_the_moment_at_which_things_happened() {
        let lines = report().lines;
        assert!(lines.is_sorted_by_key(|line| line.occurred.sorts.clone()));
        let late = lines.iter().find(|line| line.text.contains("xe cứu thương")).expect("entered");
        assert_eq!(
            (late.occurred.sorts.as_str(), late.by.at.sorts.as_str()),
            ("2026-03-01 12:25", "2026-03-01 13:00")
        );
        assert_eq!(late.notes, ["ghi muộn 35 phút"]);
        let new = lines.iter().find(|line| line.text.contains("thôn 4")).expect("corrected");
        let old = lines.iter().find(|line| line.struck).expect("stays readable");
        assert!(old.notes[0].starts_with("đã sửa lúc 13:10"), "{:?}", old.notes);
        assert!(old.notes[0].ends_with(&format!("xem dòng {}", new.seq)), "{:?}", old.notes);
        let said = format!("đính chính dòng {}. Lý do: xã báo lại", old.seq);
        assert!(new.notes.contains(&said) && !new.struck, "{:?}", new.notes);
        assert!(lines.iter().any(|line| line.notes.contains(&"tư liệu".to_owned())));
        assert!(lines.iter().all(|line| line.seq > 0 && line.record > 0));
    }

    #[test]
    fn ten_minutes_are_not_late() {
        use crate::domain::given::at;
        let late = |recorded: &str, origin| {
            let crate::domain::Actor { person, name, title, office, .. } =
                crate::domain::given::actor("press");
            super::late(
                at("12:00:00"),
                &Act { person, name, title, office, at: at(recorded), written_at: None },
                origin,
            )
        };
        assert_eq!(late("12:10:00", None), None);
        assert_eq!(late("12:10:01", None), Some("ghi muộn 10 phút".into()));
        assert_eq!(late("11:59:00", None), None);
        assert_eq!(late("13:00:00", Some(Origin::Documented)), None);
    }

    #[test]
    fn the_head_says_what_applies_and_that_it_is_an_exercise() {
        let report = report();
        assert_eq!(report.mark(), "DIỄN TẬP");
        assert_eq!(report.facts[0].0, "Tính chất");
        let said = |value: &str| report.facts.iter().any(|(_, said)| said.contains(value));
        for value in ["SC-2026-0001", "Mức 3 – Nghiêm trọng", "phiên bản 1", "01/03/2026", "Nguyễn Văn press"]
        {
            assert!(said(value), "{value}");
        }
        assert_eq!(report.zone, "GMT+7");
        let names: Vec<_> = report.offices.iter().map(|office| office.accepted.is_some()).collect();
        assert_eq!(names, [true, true, false]);
    }
}
