//! A year worked by hand: invented incidents, each made to be counted, or not, for one reason; the six numbers were
//! added up from the remarks beside them, not by the program.

use super::*;

const EVENT: &str = "initial_statement_event";
const OPINION: &str = "initial_statement_opinion";

impl Contribution {
    /// A clock of this duty, due and stopped at these moments.
    fn clock(mut self, duty: &str, due: &str, stopped: Option<&str>) -> Self {
        let stopped = stopped.map(|when| (at(when), "PN-01".to_owned()));
        self.clocks.push(Run { duty: duty.into(), due_at: at(due), stopped });
        self
    }
    fn spoke(mut self, kind: &str, public: bool, when: &str) -> Self {
        let number = format!("PN-{:02}", self.spoken.len() + 1);
        self.spoken.push(Spoken { number, kind: kind.into(), public, at: at(when) });
        self
    }
    /// The initial statement, which stops the clock.
    fn spoke_by(self, duty: &str, due: &str, when: &str) -> Self {
        self.clock(duty, due, Some(when)).spoke("holding_statement", true, when)
    }
    fn asked(mut self, when: &str, outcome: Option<(Became, &str)>) -> Self {
        let outcome = outcome.map(|(became, when)| (became, at(when)));
        self.enquiries.push(Question { outlet: "Báo Thử".into(), received_at: at(when), outcome });
        self
    }
    fn met(mut self, kind: Kind, when: &str) -> Self {
        self.meetings.push(Met { kind, at: at(when), place: None });
        self
    }
    fn playbook(mut self, id: &str) -> Self {
        self.playbooks = [id.to_owned()].into();
        self
    }
    fn under_way(mut self) -> Self {
        self.closed = false;
        self
    }
    fn exercise(mut self) -> Self {
        self.exercise = true;
        self
    }
}

fn answered() -> Became {
    Became::Answered(Some("PN-02".into()))
}

/// Now is 24/11/2026, 10:00.
pub(super) fn incidents() -> Vec<Contribution> {
    use Kind::{PressBriefing, PressConference};
    let pn = "press_inaccuracy";
    vec![
        // Received a second before the year: no case, but its conference and its question are of this year.
        quiet(1, "2025-12-14 23:59")
            .spoke_by(EVENT, "2025-12-15 23:59", "2025-12-15 08:00")
            .met(PressConference, "2025-12-15 00:00") // 1: 1
            .asked("2025-12-16 08:00", Some((answered(), "2025-12-16 09:00"))), // 3: 1/1
        // Received in the year's first minute, spoken in time.
        quiet(2, "2025-12-15 00:00").spoke_by(EVENT, "2025-12-16 00:00", "2025-12-15 10:00"), // 4: 1/1, 5: 1/1
        // Spoken exactly when time was up: in time.
        quiet(3, "2026-01-05 08:00").spoke_by(EVENT, "2026-01-06 08:00", "2026-01-06 08:00"), // 4: 2/2, 5: 2/2
        // A minute late.
        quiet(4, "2026-01-20 08:00").spoke_by(EVENT, "2026-01-21 08:00", "2026-01-21 08:01"), // 4: 3/3, 5: 2/3
        // Never spoken, over.
        quiet(5, "2026-02-03 09:00").clock(EVENT, "2026-02-04 09:00", None), // 4: 3/4, 5: 2/4
        // Both clauses, both clocks met: one case.
        quiet(6, "2026-02-10 09:00").spoke_by(EVENT, "2026-02-11 09:00", "2026-02-10 12:00").clock(
            OPINION,
            "2026-02-11 10:00",
            Some("2026-02-10 12:00"),
        ), // 4: 4/5, 5: 3/5
        // Both clauses, one clock met and one missed: spoken, not in time.
        quiet(7, "2026-03-01 09:00").spoke_by(EVENT, "2026-03-02 09:00", "2026-03-01 12:00").clock(
            OPINION,
            "2026-03-03 10:00",
            Some("2026-03-04 10:00"),
        ), // 4: 5/6, 5: 3/6
        // Only the clause on opinion.
        quiet(8, "2026-03-15 09:00").spoke_by(OPINION, "2026-03-16 12:00", "2026-03-15 22:00"), // 4: 6/7, 5: 4/7
        // Nobody owed anything: a clock of another duty and internal words are no case.
        quiet(9, "2026-03-20 09:00").clock("false_info_label", "2026-03-21 09:00", None).spoke(
            "qa_sheet",
            false,
            "2026-03-20 10:00",
        ),
        // Only asked by the press, and answered: a case without a deadline.
        quiet(10, "2026-04-01 09:00").asked("2026-04-01 09:30", Some((answered(), "2026-04-01 15:00"))), // 3: 2/2, 4: 7/8
        // Asked and declined: a case in which nobody spoke.
        quiet(11, "2026-04-10 09:00").asked(
            "2026-04-10 09:30",
            Some((Became::Declined(Some("Vụ án đang điều tra".into())), "2026-04-10 10:00")),
        ), // 3: 2/3, 4: 7/9
        // Asked twice, answered once, the initial statement in time.
        quiet(12, "2026-05-02 09:00")
            .spoke_by(EVENT, "2026-05-03 09:00", "2026-05-02 11:00")
            .asked("2026-05-02 12:00", Some((answered(), "2026-05-02 16:00")))
            .asked("2026-05-02 13:00", None), // 3: 3/5, 4: 8/10, 5: 5/8
        // Wrong press, demand sent; the first public word was a conference.
        quiet(13, "2026-05-20 09:00")
            .playbook(pn)
            .spoke("correction_demand", false, "2026-05-21 09:00")
            .clock(OPINION, "2026-05-21 09:00", None)
            .met(PressConference, "2026-05-20 18:00"), // 1: 2, 4: 9/11, 5: 5/9, 6: 1/1
        // Wrong press, nothing sent.
        quiet(14, "2026-06-01 09:00").playbook(pn), // 6: 1/2
        // Opened by another playbook, a demand sent all the same; two demands are one case.
        quiet(15, "2026-06-10 09:00")
            .spoke_by(EVENT, "2026-06-11 09:00", "2026-06-10 10:00")
            .spoke("correction_demand", false, "2026-06-12 09:00")
            .spoke("correction_demand", false, "2026-06-13 09:00"), // 4: 10/12, 5: 6/10, 6: 2/3
        // An exercise: nothing of it.
        quiet(16, "2026-07-01 09:00")
            .exercise()
            .spoke_by(EVENT, "2026-07-02 09:00", "2026-07-01 10:00")
            .asked("2026-07-01 10:00", Some((answered(), "2026-07-01 11:00")))
            .met(PressConference, "2026-07-01 15:00"),
        // Two briefings in one incident.
        quiet(17, "2026-07-15 09:00")
            .spoke_by(EVENT, "2026-07-16 09:00", "2026-07-15 10:00")
            .met(PressBriefing, "2026-07-16 08:00")
            .met(PressBriefing, "2026-07-23 08:00"), // 2: 2, 4: 11/13, 5: 7/11
        // Not spoken by a statement but at a briefing.
        quiet(18, "2026-08-05 09:00")
            .clock(EVENT, "2026-08-06 09:00", None)
            .met(PressBriefing, "2026-08-05 14:00"), // 2: 3, 4: 12/14, 5: 7/12
        // Internal words do not count as speaking.
        quiet(19, "2026-09-01 09:00").clock(EVENT, "2026-09-02 09:00", None).spoke(
            "talking_points",
            false,
            "2026-09-01 10:00",
        ), // 4: 12/15, 5: 7/13
        // Under way, spoken in time.
        quiet(20, "2026-11-20 09:00").under_way().spoke_by(EVENT, "2026-11-21 09:00", "2026-11-20 10:00"), // 4: 13/16, 5: 8/14
        // Under way, not spoken, not yet due.
        quiet(21, "2026-11-24 08:00").under_way().clock(EVENT, "2026-11-25 08:00", None), // 4: 13/17, 5: 8/15
        // Of another year by its reception.
        quiet(22, "2026-12-15 00:00").spoke_by(EVENT, "2026-12-16 00:00", "2026-12-15 01:00"),
        // The press asked on the year's last evening; the answer came in the next.
        quiet(23, "2026-12-14 09:00").asked("2026-12-14 23:59", Some((answered(), "2026-12-15 08:00"))), // 3: 4/6, 4: 14/18
        // Asked in the next year, in an incident of this one: no question of this year, a case all the same.
        quiet(24, "2026-12-14 20:00").asked("2026-12-15 00:00", None), // 4: 14/19
    ]
}

fn office() -> Office {
    let met = |kind, when: &str| Met { kind, at: at(when), place: Some("Hội trường thử".into()) };
    Office {
        meetings: vec![
            met(Kind::PressConference, "2026-01-15 09:00"), // 1: 3
            met(Kind::PressConference, "2026-12-14 23:59"), // 1: 4
            met(Kind::PressConference, "2026-12-15 00:00"), // the next year's
            met(Kind::PressBriefing, "2026-02-02 08:00"),   // 2: 4
        ],
        enquiries: vec![
            // 3: 5/7
            Question {
                outlet: "Đài Thử".into(),
                received_at: at("2026-02-02 08:00"),
                outcome: Some((Became::Answered(None), at("2026-02-02 09:00"))),
            },
            // 3: 5/8
            Question { outlet: "Đài Thử".into(), received_at: at("2026-06-02 08:00"), outcome: None },
        ],
    }
}

fn numbers(items: &[super::super::Item]) -> Vec<String> {
    items.iter().map(|item| item.number.trim_start_matches("SC-").to_owned()).collect()
}

#[test]
fn a_worked_year_has_its_six_numbers() {
    let report = report(2026, &incidents(), &office(), "2026-11-24 10:00");
    let found: Vec<_> = report.rows.iter().map(|row| (row.number, row.count, row.of)).collect();
    let expected =
        [(1, 4, None), (2, 4, None), (3, 5, Some(8)), (4, 14, Some(19)), (5, 8, Some(15)), (6, 2, Some(3))];
    assert_eq!(found, expected);
}

#[test]
fn every_number_names_what_it_counted_and_what_not() {
    let report = report(2026, &incidents(), &office(), "2026-11-24 10:00");
    let [conferences, briefings, asked, cases, timed, corrections] = &report.rows[..] else { panic!("six") };
    assert_eq!(numbers(&conferences.counted), ["01", "", "13", ""]);
    assert_eq!(numbers(&briefings.counted), ["", "17", "17", "18"]);
    assert_eq!(numbers(&asked.counted), ["01", "", "10", "12", "23"]);
    assert_eq!(numbers(&asked.missed), ["11", "12", ""]);
    assert_eq!(numbers(&cases.missed), ["05", "11", "19", "21", "24"]);
    assert_eq!(numbers(&timed.counted), ["02", "03", "06", "08", "12", "15", "17", "20"]);
    assert_eq!(numbers(&timed.missed), ["04", "05", "07", "13", "18", "19", "21"]);
    assert_eq!(
        (numbers(&corrections.counted), numbers(&corrections.missed)),
        (vec!["13".into(), "15".into()], vec!["14".to_owned()])
    );
    for row in &report.rows {
        let of = row.of.unwrap_or(row.count);
        assert_eq!(usize::try_from(of).expect("few"), row.counted.len() + row.missed.len(), "{}", row.title);
    }
}

#[test]
fn the_reasons_say_what_happened() {
    let report = report(2026, &incidents(), &office(), "2026-11-24 10:00");
    let why = |row: usize, number: &str| {
        let row = &report.rows[row];
        let item = row.counted.iter().chain(&row.missed).find(|item| item.number == number);
        item.unwrap_or_else(|| panic!("{number}")).why.clone()
    };
    assert_eq!(why(4, "SC-04"), "chậm: PN-01 lúc 08:01 ngày 21/01/2026, hạn 08:00 ngày 21/01/2026");
    assert_eq!(why(4, "SC-05"), "quá hạn 09:00 ngày 04/02/2026, chưa phát ngôn");
    assert_eq!(why(4, "SC-21"), "chưa phát ngôn, chưa đến hạn 08:00 ngày 25/11/2026");
    assert_eq!(why(4, "SC-07"), "chậm: PN-01 lúc 10:00 ngày 04/03/2026, hạn 10:00 ngày 03/03/2026");
    assert_eq!(why(3, "SC-13"), "Theo khoản 4; phát ngôn lần đầu lúc 18:00 ngày 20/05/2026 (họp báo)");
    assert_eq!(why(3, "SC-11"), "Theo khoản 5; chưa phát ngôn");
    assert!(why(3, "SC-06").starts_with("Theo khoản 3, khoản 4; "));
    assert!(why(2, "SC-11").contains("từ chối lúc 10:00 ngày 10/04/2026 (Vụ án đang điều tra)"));
    assert_eq!(why(5, "SC-14"), "chưa gửi văn bản phản hồi, yêu cầu cải chính");
}

#[test]
fn what_is_under_way_is_marked_and_who_may_not_enter_gets_no_way_in() {
    let mut incidents = incidents();
    incidents[1].id = IncidentId::new("la").expect("an id");
    let report = report(2026, &incidents, &office(), "2026-11-24 10:00");
    let timed = &report.rows[4];
    let of = |number: &str| {
        timed.counted.iter().chain(&timed.missed).find(|item| item.number == number).expect("counted")
    };
    assert!(of("SC-20").under_way && !of("SC-03").under_way);
    assert!(!of("SC-02").enters && of("SC-03").enters);
}

#[test]
fn thousands_of_incidents_are_a_matter_of_moments() {
    // Not a clock's test: the counts of a large year must simply come out right.
    let many: Vec<_> =
        (0..5_000).map(|n| quiet(n, "2026-05-05 08:00").asked("2026-05-05 09:00", None)).collect();
    let report = report(2026, &many, &Office::default(), "2026-11-24 10:00");
    assert_eq!((report.rows[2].count, report.rows[2].of), (0, Some(5_000)));
}
