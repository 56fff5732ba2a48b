//! A year worked by hand, the edges of its time, and files that are refused.

mod worked;

use super::contribution::{Became, Contribution, Met, Question, Run, Spoken};
use super::{Annual, Counts, Form, Material, Office, QuarterState, Report, Window, years};
use crate::domain::calendar::WorkingCalendar;
use crate::domain::deadline::{Anchor, Counted};
use crate::domain::given;
use crate::domain::ids::IncidentId;
use crate::domain::meeting::Kind;
use crate::law::{Duty, Law};
use crate::playbook::Text;
use jiff::Timestamp;
use jiff::civil::date;

const SHIPPED: Text<'_> = Text { file: "annual.toml", text: include_str!("../../seeds/annual.toml") };

fn annual() -> Annual {
    Annual::parse(SHIPPED).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn form() -> Form {
    annual().forms.remove(0)
}

/// The shipped law, with a duty to report that is the test's own.
fn law() -> Law {
    let text = |file, text| Text { file, text };
    let mut law = Law::parse(
        text("law.toml", include_str!("../../seeds/law.toml")),
        text("approvals.toml", include_str!("../../seeds/approvals.toml")),
        text("calendar.toml", include_str!("../../seeds/calendar.toml")),
    )
    .unwrap_or_else(|problems| panic!("{problems:#?}"));
    law.duties.retain(|duty| duty.code != "annual_report");
    law.duties.push(Duty {
        code: "annual_report".into(),
        title: "Gửi báo cáo năm".into(),
        anchor: Anchor::PeriodEndsAt,
        amount: 5,
        counted: Counted::CalendarDays,
        valid_from: None,
        valid_to: None,
        basis: vec![],
        verified: false,
        stopped_by: vec![],
        stopped_when: None,
        stopped_on: None,
        only_if: None,
        per: None,
        only: None,
        before: false,
        obligor: None,
        note: None,
    });
    law
}

/// A moment on the office's clock: `2026-02-03 10:00`.
fn at(local: &str) -> Timestamp {
    format!("{}:00+07:00", local.replace(' ', "T")).parse().unwrap_or_else(|error| panic!("{local}: {error}"))
}

fn report(year: i16, incidents: &[Contribution], office: &Office, now: &str) -> Report {
    let (form, law) = (form(), law());
    let enters = |id: &IncidentId| id.as_str() != "la";
    let material = Material { form: &form, law: &law, incidents, office, now: at(now), enters: &enters };
    Report::of(year, &material).expect("a year")
}

/// An incident without anything in it.
fn quiet(number: u32, received: &str) -> Contribution {
    Contribution {
        id: IncidentId::new(&format!("su-co-{number}")).expect("an id"),
        number: format!("SC-{number:02}"),
        title: format!("Sự cố thử {number}"),
        exercise: false,
        received_at: at(received),
        closed: true,
        playbooks: ["fake_news_social".to_owned()].into(),
        agreed: vec![],
        clocks: vec![],
        spoken: vec![],
        enquiries: vec![],
        meetings: vec![],
    }
}

fn window(year: i16) -> Window {
    Window::of(&form(), year, &law().calendar).expect("a year")
}

#[test]
fn a_year_begins_at_midnight_of_its_first_day_and_ends_at_midnight_after_its_last() {
    let year = window(2026);
    for (moment, inside) in [
        ("2025-12-14T23:59:59.999+07:00", false),
        ("2025-12-15T00:00:00+07:00", true),
        ("2026-12-14T23:59:59.999+07:00", true),
        ("2026-12-15T00:00:00+07:00", false),
        // The same evening elsewhere: what counts is the office's clock, not the moment's own day.
        ("2025-12-14T17:00:00Z", true),
        ("2025-12-14T16:59:59Z", false),
        ("2026-12-14T16:59:59Z", true),
        ("2026-12-14T17:00:00Z", false),
    ] {
        assert_eq!(year.holds(moment.parse().expect("a moment")), inside, "{moment}");
    }
    assert_eq!((year.first_day, year.last_day()), (date(2025, 12, 15), Some(date(2026, 12, 14))));
    assert_eq!(window(2027).from, year.until, "years follow each other without a gap");
}

#[test]
fn a_leap_day_belongs_to_its_year_and_makes_a_part_longer() {
    let year = window(2028);
    assert!(year.holds(at("2028-02-29 12:00")));
    assert_eq!(year.until.duration_since(year.from).as_hours(), 366 * 24);
    let parts = year.parts(3, &law().calendar).expect("parts");
    let days: Vec<_> =
        parts.iter().map(|part| part.until.duration_since(part.from).as_hours() / 24).collect();
    assert_eq!(days, [91, 92, 92, 91]);
    assert_eq!((parts[0].from, parts[3].until), (year.from, year.until));
    assert_eq!(parts[1].first_day, date(2028, 3, 15));
}

#[test]
fn another_offices_clock_moves_the_midnight() {
    let west = WorkingCalendar { utc_offset_minutes: -300, ..WorkingCalendar::default() };
    let year = Window::of(&form(), 2026, &west).expect("a year");
    assert!(year.holds("2025-12-15T05:00:00Z".parse().expect("a moment")));
    assert!(!year.holds("2025-12-15T04:59:59Z".parse().expect("a moment")));
}

#[test]
fn a_form_from_the_first_of_january_reports_the_year_itself() {
    let form = Form { begins: (1, 1), ..form() };
    let year = Window::of(&form, 2026, &law().calendar).expect("a year");
    assert_eq!((year.first_day, year.last_day()), (date(2026, 1, 1), Some(date(2026, 12, 31))));
}

#[test]
fn the_report_is_due_before_the_day_that_the_law_names_and_the_year_owed_is_shown_until_then() {
    let report = report(2026, &[], &Office::default(), "2026-11-24 10:00");
    assert_eq!(report.due_at, Some(at("2026-12-20 00:00")));
    assert!(!report.ended && !report.verified);
    let (annual, law) = (annual(), law());
    let offered = |now: &str| years(&annual, &law, at(now));
    assert_eq!(offered("2026-11-24 10:00"), (Some(2026), vec![2026]));
    assert_eq!(offered("2026-12-19 23:59"), (Some(2026), vec![2027, 2026]), "last year's is not sent yet");
    assert_eq!(offered("2026-12-20 00:00"), (Some(2027), vec![2027, 2026]));
    assert_eq!(offered("2025-11-24 10:00"), (None, vec![]), "there is no form for those years");
}

#[test]
fn without_the_duty_nobody_says_when_it_is_due() {
    let (form, mut law) = (form(), law());
    law.duties.clear();
    let (incidents, office) = (vec![], Office::default());
    let material = Material {
        form: &form,
        law: &law,
        incidents: &incidents,
        office: &office,
        now: at("2026-11-24 10:00"),
        enters: &|_| true,
    };
    assert_eq!(Report::of(2026, &material).expect("a year").due_at, None);
}

#[test]
fn a_conference_is_looked_for_in_each_quarter_of_the_reports_time() {
    let met = |when: &str| Met { kind: Kind::PressConference, at: at(when), place: None };
    let office =
        Office { meetings: vec![met("2026-03-14 23:59"), met("2026-01-10 09:00")], enquiries: vec![] };
    let report = report(2026, &[], &office, "2026-08-01 08:00");
    let states: Vec<_> = report.quarters.iter().map(|quarter| (quarter.held, quarter.state)).collect();
    assert_eq!(
        states,
        [
            (2, QuarterState::Held),
            (0, QuarterState::Missing),
            (0, QuarterState::Running),
            (0, QuarterState::Ahead)
        ]
    );
    assert_eq!(report.quarters[0].to, date(2026, 3, 14));
}

#[test]
fn the_facts_of_an_incident_are_those_of_its_record() {
    use crate::domain::{Command, deadline, enquiry, ids::RowId, meeting};
    let id = IncidentId::new("su-co-1").expect("an id");
    let asked = enquiry::Asked {
        outlet: "Báo Thử".into(),
        asked_by: None,
        question: "Thế nào?".into(),
        received_at: given::at("12:10:00"),
        due_at: None,
    };
    let row = |id: &str| RowId::new(id).expect("an id");
    let held = meeting::Held {
        kind: Kind::PressBriefing,
        held_at: given::at("12:20:00"),
        place: Some("Phòng A".into()),
        note: None,
    };
    let case = given::an_incident()
        .by("people")
        .when(Command::Enquiry(enquiry::Command::Enter {
            id: row("b-1"),
            asked: asked.clone(),
            owner: None,
            from: None,
        }))
        .accepted()
        .when(Command::Enquiry(enquiry::Command::Enter { id: row("b-2"), asked, owner: None, from: None }))
        .accepted()
        .when(Command::Enquiry(enquiry::Command::Strike { id: row("b-2"), reason: "hai lần".into() }))
        .accepted()
        .when(Command::Meeting(meeting::Command::Record { id: row("h-1"), held }))
        .accepted();
    let facts = Contribution::of(&id, case.incident()).expect("open");
    assert_eq!(facts.clocks.len(), 1);
    assert_eq!((facts.clocks[0].duty.as_str(), &facts.clocks[0].stopped), ("initial", &None));
    assert_eq!(facts.enquiries.len(), 1, "what was struck out counts nowhere");
    assert_eq!(facts.meetings[0].place.as_deref(), Some("Phòng A"));
    assert!(!facts.closed && facts.playbooks.contains("p"));
    let next_day = "2026-03-02T13:00:00+07:00".parse().expect("a date");
    let miss = Command::Deadline(deadline::Command::Miss { id: row("initial") });
    let missed = case.at(next_day).by_the_room().when(miss).accepted();
    assert_eq!(Contribution::of(&id, missed.incident()).expect("open").clocks, facts.clocks);
    assert!(Contribution::of(&id, &crate::domain::Incident::default()).is_none());
}

#[test]
fn what_is_stored_is_read_back_as_it_was() {
    for facts in worked::incidents() {
        let stored = serde_json::to_vec(&facts).expect("JSON");
        assert_eq!(serde_json::from_slice::<Contribution>(&stored).expect("read back"), facts);
    }
}

#[test]
fn the_shipped_form_counts_each_line_once_and_grounds_hold_from_their_day() {
    let annual = annual();
    let form = annual.form(2026).expect("a form");
    let counts: Vec<_> = form.rows.iter().map(|row| row.counts).collect();
    use Counts::*;
    assert_eq!(counts, [Conferences, Briefings, Enquiries, Cases, OnTime, Corrections]);
    assert!(annual.form(2025).is_none(), "its time ended before the form was in force");
    let law = law();
    assert_eq!(annual.grounds(&law, date(2026, 11, 24)).len(), 6);
    assert_eq!(annual.grounds(&law, date(2024, 9, 10)), []);
    assert!(!annual.grounds(&law, date(2026, 11, 24))[0].cite.is_empty());
}

#[test]
fn a_wrong_file_is_refused_with_its_lines() {
    let wrong = |from: &str, to: &str| {
        assert!(SHIPPED.text.contains(from), "{from}");
        let text = SHIPPED.text.replacen(from, to, 1);
        let problems = Annual::parse(Text { file: "annual.toml", text: &text }).expect_err("refused");
        let line = text.lines().position(|line| line.contains(to.lines().last().unwrap_or(to)));
        (problems[0].to_string(), line.map_or(0, |line| line + 1))
    };
    for (from, to, says) in [
        ("begins = \"12-15\"", "begins = \"02-29\"", "ngày đầu kỳ"),
        ("begins = \"12-15\"", "begins = \"15/12\"", "ngày đầu kỳ"),
        ("conference_months = 3", "conference_months = 5", "chia hết 12"),
        ("number = 2", "number = 1 # lại", "mục 1 trùng"),
        ("counts = \"briefings\"", "counts = \"briefing\"", "không hiểu «briefing», có phải «briefings»?"),
    ] {
        let (problem, line) = wrong(from, to);
        assert!(problem.contains(says), "{problem}");
        assert!(problem.starts_with(&format!("annual.toml:{line}: ")), "{problem}, not line {line}");
    }
    let twice = format!("{}\n{}", SHIPPED.text, SHIPPED.text);
    assert!(Annual::parse(Text { file: "annual.toml", text: &twice }).is_err());
    let (problem, _) = wrong("asked = true", "asked = false");
    assert!(problem.contains("chưa nói khi nào áp dụng"), "{problem}");
    let (problem, _) = wrong("statements = [\"correction_demand\"]", "statements = []");
    assert!(problem.contains("chưa có loại văn bản nào"), "{problem}");
}

#[test]
fn a_matter_of_two_provinces_is_a_case_once_the_room_said_so() {
    let form = form();
    let question = form.clauses.iter().find_map(|clause| clause.question.clone()).expect("one");
    assert!(
        include_str!("../../seeds/levels.toml").contains(&question),
        "the room asks what the form hangs on: {question}"
    );
    let agreed = Contribution { agreed: vec![question.to_uppercase()], ..quiet(1, "2026-05-05 08:00") };
    let report =
        report(2026, &[agreed, quiet(2, "2026-05-05 08:00")], &Office::default(), "2026-11-24 10:00");
    assert_eq!((report.rows[3].count, report.rows[3].of), (0, Some(1)));
    assert_eq!(report.rows[3].missed[0].why, "Theo khoản 2; chưa phát ngôn");
    assert_eq!(report.rows[4].of, Some(0), "it sets no deadline of its own");
}
