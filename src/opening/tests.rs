//! An incident runs on the law of its day: which clocks it gets, and how they run, move, stop and are missed.

use super::*;
use crate::domain::given::{self, Case, actor};
use crate::domain::ids::{Digest as Words, IncidentId};
use crate::domain::refusal::Refusal;
use crate::domain::{Command, deadline, incident, statement};

/// Words without blanks, in place of the prepared ones.
const WORDS: &str = "Đập Cốc Thử an toàn, không có sự cố.";
/// The prepared words of the invented incident.
const TEMPLATE: &str = "Đập {{tên_đập}} an toàn.";

fn moment(local: &str) -> Timestamp {
    format!("{local}+07:00").parse().expect("a moment")
}

fn asked(playbook: &str, received: &str, in_force_on: Option<Date>) -> Opening {
    let request = OpenRequest {
        id: IncidentId::new("su-co").expect("an id"),
        title: "Tin đồn vỡ đập".into(),
        playbook: playbook.into(),
        level: None,
        exercise: in_force_on.is_some(),
        commune: None,
        occurred_at: Some(moment(received)),
        received_at: Some(moment(received)),
        impact_assessed_at: None,
        in_force_on,
        also: vec![],
    };
    let (library, now) = (Library::embedded(), moment("2026-12-31T23:59:59"));
    let opened = opening(&library, &library.playbooks, &request, &actor("press"), now);
    opened.unwrap_or_else(|problem| panic!("{problem:?}"))
}

/// Code, anchor and provision of each clock.
fn clocks(opening: &Opening) -> Vec<(&str, Anchor, &str)> {
    fn row(clock: &Clock) -> (&str, Anchor, &str) {
        (clock.id.as_str(), clock.due.anchor, clock.basis.first().map_or("", |basis| basis.code.as_str()))
    }
    opening.clocks.iter().map(row).collect()
}

#[test]
fn the_law_changes_at_the_provinces_midnight() {
    use Anchor::{ImpactAssessedAt, OccurredAt, ReceivedAt};
    for (received, expected) in [
        ("2024-09-10T06:00:00", (OccurredAt, "N09.6")),
        ("2026-06-30T23:59:59", (OccurredAt, "N09.6")),
        ("2026-07-01T00:00:00", (ReceivedAt, "N244.7.3")),
        ("2026-11-24T08:00:00", (ReceivedAt, "N244.7.3")),
    ] {
        let opened = asked("natural_disaster", received, None);
        let (anchor, basis) = expected;
        assert_eq!(clocks(&opened), [("initial-statement-event", anchor, basis)], "{received}");
        let day: Date = received[..10].parse().expect("a day");
        assert_eq!(opened.in_force_on, day);
    }
    let opinion = |anchor, basis| ("initial-statement-opinion", anchor, basis);
    for (received, first, false_info) in [
        ("2024-09-10T06:00:00", opinion(OccurredAt, "N09.6"), false),
        ("2026-06-30T23:59:59", opinion(OccurredAt, "N09.6"), false),
        ("2026-07-01T00:00:00", opinion(ImpactAssessedAt, "N244.7.4"), false),
        ("2026-10-04T23:59:59", opinion(ImpactAssessedAt, "N244.7.4"), false),
        ("2026-10-05T00:00:00", opinion(ImpactAssessedAt, "N244.7.4"), true),
    ] {
        let opened = asked("fake_news_social", received, None);
        let codes: Vec<_> = clocks(&opened);
        assert_eq!(codes.first(), Some(&first), "{received}");
        assert!(!codes.iter().any(|(code, ..)| code.starts_with("false-info")), "those are each claim's own");
        let label = opened.claims.rules.iter().find(|rule| rule.clock.id.as_str() == "false-info-label");
        assert_eq!(label.is_some(), false_info, "{received}");
        assert!(label.is_none_or(|rule| rule.clock.office.is_some() && !rule.clock.basis[0].verified));
        assert_eq!(opened.claims.kinds.len(), if false_info { 7 } else { 0 }, "{received}");
        assert_eq!(opened.claims.anchors.contains(&Anchor::VerdictAt), false_info, "{received}");
    }
}

#[test]
fn an_exercise_runs_on_the_law_of_the_day_that_it_names() {
    let today = "2026-11-24T08:00:00";
    let then = asked("natural_disaster", today, Some(jiff::civil::date(2024, 9, 10)));
    assert_eq!(clocks(&then), [("initial-statement-event", Anchor::OccurredAt, "N09.6")]);
    assert!(then.clocks.iter().all(|clock| clock.basis.iter().all(|basis| !basis.verified)));
}

/// The invented incident with the clocks of two playbooks as the law stood in November 2026; received at noon of
/// 1 March 2026, like everything in it.
fn with_two_clocks() -> Case {
    let day = "2026-11-24T08:00:00";
    let both = [asked("natural_disaster", day, None), asked("fake_news_social", day, None)];
    given::an_incident_with(|opening| opening.clocks = both.into_iter().flat_map(|one| one.clocks).collect())
}

fn clock(case: &Case, code: &str) -> deadline::Deadline {
    let id = RowId::new(code).expect("an id");
    deadline::Deadline::clone(case.incident().deadlines.get(&id).expect("planned"))
}

fn set(anchor: Anchor, local: &str, reason: Option<&str>) -> Command {
    let (at, reason) = (moment(local), reason.map(str::to_owned));
    Command::Incident(incident::Command::SetAnchor { anchor, at, reason })
}

fn miss(code: &str) -> Command {
    Command::Deadline(deadline::Command::Miss { id: RowId::new(code).expect("an id") })
}

fn said(case: &Case) -> Vec<String> {
    case.incident().lines.iter().map(|line| line.text.clone()).collect()
}

const EVENT: &str = "initial-statement-event";
const OPINION: &str = "initial-statement-opinion";

#[test]
fn each_moment_moves_only_the_clocks_that_count_from_it() {
    let open = with_two_clocks();
    assert_eq!(clock(&open, EVENT).due_at, Some(moment("2026-03-02T12:00:00")));
    assert_eq!(clock(&open, OPINION).due_at, None, "nobody has found yet that it touches opinion");

    let assessed = open.when(set(Anchor::ImpactAssessedAt, "2026-03-01T12:10:00", None)).accepted();
    assert_eq!(clock(&assessed, EVENT).due_at, Some(moment("2026-03-02T12:00:00")));
    assert_eq!(clock(&assessed, OPINION).due_at, Some(moment("2026-03-02T12:10:00")));

    // That it happened earlier than was thought moves neither.
    let earlier = set(Anchor::OccurredAt, "2026-03-01T09:00:00", Some("có người thấy từ 9 giờ"));
    let earlier = assessed.when(earlier).accepted();
    assert_eq!(clock(&earlier, EVENT).due_at, Some(moment("2026-03-02T12:00:00")));
    assert_eq!(clock(&earlier, OPINION).due_at, Some(moment("2026-03-02T12:10:00")));

    let again = set(Anchor::ImpactAssessedAt, "2026-03-01T11:40:00", Some("văn bản ghi 11 giờ 40"));
    let again = earlier.when(again).accepted();
    assert_eq!(clock(&again, OPINION).due_at, Some(moment("2026-03-02T11:40:00")));
    let lines = said(&again);
    for part in ["12:10", "11:40", "Lý do đổi: văn bản ghi 11 giờ 40"] {
        assert!(lines.iter().any(|line| line.contains(part)), "{part}: {lines:#?}");
    }
}

fn published(case: Case, on: &str) -> Case {
    let id = || RowId::new("s-1").expect("an id");
    let digest = || Words::of(WORDS.as_bytes());
    let statement = |command| Command::Statement(command);
    let kind = "holding_statement".to_owned();
    let draft = statement::Command::Draft { id: id(), kind, title: None, follows: None };
    let over = Words::of(TEMPLATE.as_bytes());
    let write = statement::Command::Write { id: id(), over, text: WORDS.into() };
    let approve = || statement(statement::Command::Approve { id: id(), digest: digest() });
    let (channel, at) = ("portal".to_owned(), moment(on));
    let publish = statement::Command::Publish { id: id(), digest: digest(), channel, at, link: None };
    let drafted =
        case.at(moment(on)).by("drafter").when(statement(draft)).accepted().when(statement(write)).accepted();
    let submitted =
        drafted.when(statement(statement::Command::Submit { id: id(), digest: digest() })).accepted();
    let approved = submitted.by("party").when(approve()).accepted().by("people").when(approve()).accepted();
    approved.when(statement(publish)).accepted()
}

#[test]
fn one_statement_stops_both_clocks_of_the_first_statement_and_no_other() {
    let open = with_two_clocks();
    let open = open.when(set(Anchor::ImpactAssessedAt, "2026-03-01T12:10:00", None)).accepted();
    let out = published(open, "2026-03-01T14:50:00");
    for code in [EVENT, OPINION] {
        let stop = clock(&out, code).stopped.expect("stopped");
        assert_eq!((stop.at, stop.statement), (moment("2026-03-01T14:50:00"), RowId::new("s-1")), "{code}");
    }

    // A moment that moves afterwards moves no clock that has stopped.
    let later = set(Anchor::ImpactAssessedAt, "2026-03-01T12:30:00", Some("ghi nhầm"));
    let moved = out.by("press").when(later).accepted();
    assert_eq!(clock(&moved, OPINION).due_at, Some(moment("2026-03-02T12:10:00")));
}

#[test]
fn a_missed_clock_stays_missed_when_its_moment_moves_and_when_words_follow() {
    let after = moment("2026-03-02T12:00:01");
    let missed = with_two_clocks().at(after).by_the_room().when(miss(EVENT)).accepted();
    let later = set(Anchor::ReceivedAt, "2026-03-02T08:00:00", Some("văn thư nhận sáng hôm sau"));
    let moved = missed.by("press").when(later).accepted();
    let row = clock(&moved, EVENT);
    assert_eq!((row.missed_at, row.due_at), (Some(after), Some(moment("2026-03-02T12:00:00"))));
    moved.clone().at(moment("2026-03-03T12:00:00")).by_the_room().when(miss(EVENT)).refused(Refusal::NotDue);

    let out = published(moved, "2026-03-02T14:00:00");
    let row = clock(&out, EVENT);
    assert_eq!(row.missed_at, Some(after));
    assert!(row.stopped.is_some() && said(&out).iter().any(|line| line.contains("PN-01: QUÁ HẠN")));
}

#[test]
fn a_moment_that_moves_earlier_may_leave_a_clock_run_out_and_it_is_then_missed() {
    let open = with_two_clocks().at(moment("2026-03-02T11:30:00"));
    let earlier = set(Anchor::ReceivedAt, "2026-03-01T11:00:00", Some("công văn đến lúc 11 giờ"));
    let moved = open.by("press").when(earlier).accepted();
    assert_eq!(clock(&moved, EVENT).due_at, Some(moment("2026-03-02T11:00:00")));
    let missed = moved.by_the_room().when(miss(EVENT)).accepted();
    assert_eq!(clock(&missed, EVENT).missed_at, Some(moment("2026-03-02T11:30:00")));
}
