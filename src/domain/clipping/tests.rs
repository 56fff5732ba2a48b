//! Cases of media watch: one link is one row, readings add up, imports are whole or nothing.

use super::*;
use crate::domain::given::{self, Case, at};
use crate::domain::{Command as AnyCommand, Role};

fn entry(link: &str, reach: Option<u32>, read: &str) -> Entry {
    Entry {
        link: link.into(),
        outlet: "Báo Thử Nghiệm".into(),
        title: "Tin đồn vỡ đập".into(),
        published_at: Some(at("11:30:00")),
        tone: Tone::Negative,
        reach,
        read_at: Some(at(read)),
        note: None,
    }
}
fn on(verb: Command) -> AnyCommand {
    AnyCommand::Clipping(verb)
}
fn enter(link: &str, reach: Option<u32>, read: &str) -> AnyCommand {
    on(Command::Enter { entry: entry(link, reach, read), from: None })
}
fn import(entries: Vec<Entry>) -> AnyCommand {
    on(Command::Import { id: RowId::new("i-1").expect("an id"), entries })
}
fn rows(case: &Case) -> Vec<(Option<u32>, usize)> {
    case.incident().clippings.iter().map(|row| (row.reach(), row.readings.len())).collect()
}
fn lines(case: &Case) -> Vec<String> {
    let lines = case.incident().lines.iter().filter(|line| line.kind == crate::domain::line::Kind::Media);
    lines.map(|line| line.text.clone()).collect()
}
fn only(case: &Case) -> Clipping {
    (**case.incident().clippings.iter().next().expect("one")).clone()
}
const LINK: &str = "https://baothu.example/vo-dap.html";
const SHARED: &str = "http://www.baothu.example/vo-dap.html?utm_source=zalo#top";

#[test]
fn the_same_link_twice_is_one_row_with_two_readings() {
    let case = given::an_incident().by("drafter").when(enter(LINK, Some(12_500), "12:10:00")).accepted();
    let case = case.by("party").when(enter(SHARED, Some(20_000), "12:25:00")).accepted();
    assert_eq!(rows(&case), [(Some(20_000), 2)]);
    assert_eq!(only(&case).link, LINK, "the link as it was first entered");
    assert_eq!(only(&case).readings[1].by.person.as_str(), "party");
    let again = case.clone().when(enter(LINK, Some(20_000), "12:25:00")).accepted();
    assert_eq!(again.incident().rev, case.incident().rev, "the same reading says nothing new");
    let said = "Báo Thử Nghiệm: “Tin đồn vỡ đập” (tiêu cực, 12.500 lượt tiếp cận). https://baothu.example/vo-dap.html";
    assert_eq!(lines(&case), [said], "what is only counted again is not on the timeline");
}

#[test]
fn reach_is_the_newest_reading_that_was_counted() {
    let id = || row(&link::canonical(LINK).expect("a link"));
    let read = |reach, time: &str| on(Command::Read { id: id(), reach, at: Some(at(time)) });
    let case = given::an_incident().by("drafter").when(enter(LINK, Some(900), "12:20:00")).accepted();
    let case = case.when(read(300, "12:05:00")).accepted().when(enter(LINK, None, "12:29:00")).accepted();
    assert_eq!(rows(&case), [(Some(900), 3)], "an earlier count that was found later is earlier");
    case.clone()
        .when(read(REACH_MAX + 1, "12:20:00"))
        .refused(Refusal::Desks(Desks::ReachTooLarge { max: REACH_MAX }));
    case.clone().when(read(1, "23:00:00")).refused(Refusal::InTheFuture);
    let mut full = case;
    for n in 3..READINGS_MAX {
        full = full.when(read(1_000 + u32::try_from(n).expect("small"), "12:20:00")).accepted();
    }
    let many = Refusal::Desks(Desks::TooManyReadings { max: READINGS_MAX });
    full.clone().when(read(5, "12:20:00")).refused(many.clone());
    full.when(enter(LINK, Some(6), "12:20:00")).refused(many);
}

#[test]
fn an_import_is_one_line_and_all_of_it_or_nothing() {
    let other = "https://tv.example/xem?id=7";
    let table = vec![
        entry(LINK, Some(100), "12:10:00"),
        entry(SHARED, Some(150), "12:20:00"),
        entry(other, None, "12:10:00"),
        entry(LINK, Some(100), "12:10:00"),
    ];
    let case = given::an_incident().by("drafter").when(import(table.clone())).accepted();
    let mut found = rows(&case);
    found.sort_unstable();
    assert_eq!(found, [(None, 1), (Some(150), 2)]);
    assert_eq!(lines(&case), ["Nhập điểm báo: 2 tin bài mới, 1 lượt đọc lại."]);
    let again = case.clone().when(import(table.clone())).accepted();
    assert_eq!(again.incident().rev, case.incident().rev, "the same table twice is one import");
    let bad =
        [table, vec![Entry { title: " ".into(), ..entry("https://a.example/x", None, "12:00:00") }]].concat();
    let why = Refusal::Empty.to_string();
    case.clone().when(import(bad)).refused(Refusal::Desks(Desks::BadClipping { place: 5, why }));
    let length = IMPORT_MAX + 1;
    let long = vec![entry(LINK, None, "12:00:00"); length];
    case.when(import(long)).refused(Refusal::Desks(Desks::ImportTooLarge { length, max: IMPORT_MAX }));
}

#[test]
fn a_row_is_corrected_struck_out_and_taken_in_again_with_reasons() {
    let case = given::an_incident().by("drafter").when(enter(LINK, Some(5), "12:10:00")).accepted();
    let id = only(&case).id;
    let words = Words { tone: Tone::Neutral, ..only(&case).words };
    let correct =
        |reason: &str| on(Command::Correct { id: id.clone(), words: words.clone(), reason: reason.into() });
    case.clone().when(correct(" ")).refused(Refusal::Empty);
    let case = case.when(correct("đọc lại: chỉ đưa tin")).accepted();
    assert_eq!(only(&case).words.tone, Tone::Neutral);
    let strike = on(Command::Strike { id: id.clone(), reason: "không nói về vụ này".into() });
    let struck = case.when(strike.clone()).accepted();
    struck.clone().when(strike).refused(Refusal::StruckOut);
    struck.clone().when(enter(SHARED, Some(9), "12:20:00")).refused(Refusal::StruckOut);
    let restore = on(Command::Restore { id, reason: "gạch nhầm".into() });
    let back = struck.when(restore).accepted().when(enter(SHARED, Some(9), "12:20:00")).accepted();
    assert_eq!(rows(&back), [(Some(9), 2)]);
    assert_eq!(lines(&back).len(), 4);
}

#[test]
fn a_service_brings_tables_and_does_nothing_else() {
    let mut service = given::actor("party");
    (service.roles, service.office) = (vec![Role::Service], None);
    let asked = |command| {
        let incident = given::an_incident().incident().clone();
        super::super::decide(
            &incident,
            command,
            &Context { at: at("12:30:00"), by: &service, written_at: None },
        )
    };
    assert!(asked(import(vec![entry(LINK, None, "12:10:00")])).is_ok());
    for command in [
        enter(LINK, None, "12:10:00"),
        on(Command::Strike { id: row("x"), reason: "x".into() }),
        AnyCommand::Office(crate::domain::office::Command::Accept),
    ] {
        assert_eq!(asked(command), Err(Refusal::NotAllowed));
    }
}
