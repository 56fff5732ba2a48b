//! Given an incident that has ended or not, when people look back on it, then what they find stands, and what is to be
//! done is followed until it is done.

use super::*;
use crate::domain::given::{self, at};
use crate::domain::ids::OfficeId;
use crate::domain::refusal::Desks;
use crate::domain::{Command as AnyCommand, incident, task};
use jiff::civil::date;

fn id(text: &str) -> RowId {
    RowId::new(text).expect("an id")
}
fn on(verb: Command) -> AnyCommand {
    AnyCommand::Review(verb)
}
fn office(code: &str) -> Owner {
    Owner::Office { office: OfficeId::new(code).expect("an id") }
}
fn find(key: &str) -> AnyCommand {
    on(Command::Find {
        id: id(key), question: Question::Why, text: "Chưa ai ghi mốc tiếp nhận".into()
    })
}
fn assign(key: &str, due: Date) -> AnyCommand {
    let (text, owner) = ("Thêm bước ghi mốc vào kịch bản".into(), office("vpub"));
    on(Command::Assign { id: id(key), text, owner, due, finding: Some(id("f-1")) })
}

#[test]
fn a_finding_is_worded_anew_and_struck_out_in_the_open() {
    let found = given::an_incident().by("people").when(find("f-1")).accepted();
    let line = found.incident().lines.newest().expect("a line").clone();
    assert!(
        line.text.contains("Vì sao khác nhau?") && line.text.contains("Chưa ai ghi mốc"),
        "{}",
        line.text
    );
    found.clone().when(find("f-1")).refused(Refusal::AlreadyThere);
    let reword = |text: &str| on(Command::Reword { id: id("f-1"), text: text.into() });
    let reworded = found.when(reword("Chưa ai ghi mốc tiếp nhận trong giờ đầu")).accepted();
    let row = reworded.incident().findings.get(&id("f-1")).expect("there").clone();
    assert!(row.reworded.is_some() && row.text.ends_with("giờ đầu"));
    let strike = || on(Command::Strike { id: id("f-1"), reason: "trùng".into() });
    let struck = reworded.when(strike()).accepted();
    struck.clone().when(strike()).refused(Refusal::StruckOut);
    struck.when(assign("a-1", date(2026, 4, 1))).refused(Refusal::StruckOut);
}

#[test]
fn an_action_has_an_owner_and_a_day_and_ends_once() {
    let found = given::an_incident().by("people").when(find("f-1")).accepted();
    found.clone().when(assign("a-1", date(2026, 2, 28))).refused(Refusal::InThePast);
    found.clone().when(assign("a-1", date(2029, 1, 1))).refused(Refusal::TooFarAhead);
    let nobody = Command::Assign {
        id: id("a-1"),
        text: "x".into(),
        owner: office("khong-co"),
        due: date(2026, 4, 1),
        finding: None,
    };
    found.clone().when(on(nobody)).refused(Refusal::Desks(Desks::NoPart));
    let given_out = found.when(assign("a-1", date(2026, 3, 1))).accepted();
    let move_to = |due: Date| {
        let (owner, reason) = (office("stt"), "đúng chuyên môn".into());
        on(Command::Move { id: id("a-1"), owner, due, reason })
    };
    let moved = given_out.when(move_to(date(2026, 3, 15))).accepted();
    let row = moved.incident().actions.get(&id("a-1")).expect("there").clone();
    assert_eq!((&row.owner, row.due), (&office("stt"), date(2026, 3, 15)));
    let finish = || on(Command::Finish { id: id("a-1"), note: "kịch bản phiên bản 2".into() });
    let done = moved.when(finish()).accepted();
    done.clone().when(finish()).refused(Refusal::TaskEnded);
    done.when(move_to(date(2026, 5, 1))).refused(Refusal::TaskEnded);
}

#[test]
fn it_goes_on_when_the_incident_has_ended_and_waits_for_its_owner() {
    use crate::domain::waiting::{WaitFor, waiting};
    let close = incident::Command::Close { summary: "Đã ổn định".into(), despite: true };
    let skip = task::Command::Skip { id: id("t-2"), reason: "đã có cơ quan khác thông tin".into() };
    let open = given::an_incident().by("press").when(AnyCommand::Task(skip)).accepted();
    let closed = open.when(AnyCommand::Incident(close)).accepted();
    let found = closed.when(find("f-1")).accepted().when(assign("a-1", date(2026, 3, 5))).accepted();
    let waits = |who: &str, now| waiting(found.incident(), &given::actor(who), now);
    let mine = waits("people", at("13:00:00"));
    assert!(
        mine.iter().any(|wait| wait.what == WaitFor::Action { action: id("a-1"), over: false }),
        "{mine:?}"
    );
    let late = waits("people", "2026-03-06T00:30:00+07:00".parse().expect("a time"));
    assert!(
        late.iter().any(|wait| wait.what == WaitFor::Action { action: id("a-1"), over: true }),
        "{late:?}"
    );
    assert!(waits("party", at("13:00:00")).is_empty());
    let follower =
        crate::domain::Actor { roles: vec![crate::domain::Role::Observer], ..given::actor("people") };
    assert_eq!(waiting(found.incident(), &follower, at("13:00:00")), [], "who only follows is asked nothing");
}

#[test]
fn what_is_owed_says_whose_and_when_its_day_is_over_until_it_is_done() {
    use super::owed::Owed;
    let found = given::an_incident().by("people").when(find("f-1")).accepted();
    let far = found.when(assign("a-1", date(2026, 4, 1))).accepted();
    let both = far.when(assign("a-2", date(2026, 3, 5))).accepted();
    let owed = Owed::all(both.incident());
    let said: Vec<_> = owed.iter().map(|row| (row.action.as_str(), row.whose.as_str())).collect();
    assert_eq!(said, [("a-2", "Văn phòng B"), ("a-1", "Văn phòng B")], "the nearest day first");
    let midnight = "2026-03-06T00:00:00+07:00".parse().expect("a time");
    assert_eq!(owed[0].over_at, Some(midnight), "the whole day counts");
    assert!(owed[0].is_over(midnight) && !owed[1].is_over(midnight));
    let done = both.when(on(Command::Finish { id: id("a-2"), note: "đã tập huấn".into() })).accepted();
    let dropped = done.when(on(Command::Drop { id: id("a-1"), reason: "trùng".into() })).accepted();
    assert_eq!(Owed::all(dropped.incident()), []);
    assert_eq!(Owed::all(&Incident::default()), []);
}
