//! Cases of duty: taken, assigned, planned, handed over, declined, taken back.

use super::*;
use crate::domain::given::{self, Case, actor, at};
use crate::domain::{Command as AnyCommand, Role, claim, clipping, enquiry, office, statement, task};

fn id(text: &str) -> RowId {
    RowId::new(text).expect("an id")
}
fn on(verb: Command) -> AnyCommand {
    AnyCommand::Shift(verb)
}
fn seat() -> OfficeId {
    OfficeId::new("stt").expect("an id")
}
fn take(shift: &str) -> AnyCommand {
    on(Command::Take { id: id(shift), from: None, reason: None })
}
fn offer(handover: &str, to: &str) -> AnyCommand {
    let to = Officer::from(&actor(to));
    on(Command::Offer {
        id: id("d-1"),
        handover: id(handover),
        to,
        remark: Some("Chìa khóa ở trực ban.".into()),
    })
}
fn confirm(handover: &str) -> AnyCommand {
    on(Command::Confirm { id: id("d-1"), handover: id(handover), next: id("d-2") })
}
fn duty(case: &Case) -> Option<String> {
    case.incident().on_duty(&seat()).map(|row| row.officer.person.to_string())
}
fn last_line(case: &Case) -> String {
    case.incident().lines.iter().next_back().expect("a line").text.clone()
}
/// `drafter` is on duty for the office that `press` and `head` belong to as well.
fn taken() -> Case {
    given::an_incident().by("drafter").when(take("d-1")).accepted()
}

#[test]
fn duty_is_taken_for_ones_own_office_since_when_one_says() {
    let from = Some(at("07:00:00"));
    let taken = given::an_incident()
        .by("drafter")
        .when(on(Command::Take { id: id("d-1"), from, reason: None }))
        .accepted();
    let row = taken.incident().on_duty(&seat()).expect("on duty").clone();
    assert_eq!((row.officer.person.as_str(), row.from), ("drafter", at("07:00:00")));
    assert!(last_line(&taken).contains("trực ban Sở C từ 07:00"), "{}", last_line(&taken));
    let again = taken.clone().when(take("d-9")).accepted();
    assert_eq!(again.incident().rev, taken.incident().rev, "taken already");
    let wrong = |from: Timestamp| on(Command::Take { id: id("d-1"), from: Some(from), reason: None });
    let nobody = || given::an_incident().by("drafter");
    nobody().when(wrong(at("13:00:00"))).refused(Refusal::InTheFuture);
    nobody()
        .when(wrong(at("12:30:00") - BEGUN_MAX - SignedDuration::from_secs(1)))
        .refused(Refusal::TooLongAgo);
}

#[test]
fn nobody_slips_into_anothers_duty_without_saying_why() {
    let name = actor("drafter").name;
    taken().by("head").when(take("d-2")).refused(Duty::OnDutyAlready { name }.into());
    let reason = Some("không liên lạc được".to_owned());
    let instead = taken().by("head").when(on(Command::Take { id: id("d-2"), from: None, reason })).accepted();
    assert_eq!(duty(&instead).as_deref(), Some("head"));
    let old = instead.incident().shifts.get(&id("d-1")).expect("kept").ended.clone().expect("ended");
    assert_eq!((old.next, old.reason.as_deref()), (Some(id("d-2")), Some("không liên lạc được")));
    assert!(last_line(&instead).contains("thay Nguyễn Văn drafter. Lý do: không liên lạc được"));
}

#[test]
fn the_leads_put_somebody_on_duty_for_any_office() {
    let assign = || {
        let (office, officer) = (OfficeId::new("vptu").expect("an id"), Officer::from(&actor("party")));
        on(Command::Assign { id: id("d-1"), office, officer, from: None, reason: None })
    };
    given::an_incident().by("people").when(assign()).refused(Refusal::NotAllowed);
    let assigned = given::an_incident().by("press").when(assign()).accepted();
    assert!(last_line(&assigned).starts_with("Phân công Nguyễn Văn party trực ban Văn phòng A"));
}

#[test]
fn relief_is_planned_by_the_office_for_a_time_to_come() {
    let plan = |who: Option<&str>, time: Option<Timestamp>| {
        let officer = who.map(|who| Officer::from(&actor(who)));
        on(Command::Plan { id: id("d-1"), officer, at: time })
    };
    let planned = taken().by("head").when(plan(Some("head"), Some(at("13:00:00")))).accepted();
    let relief = planned.incident().on_duty(&seat()).expect("on duty").relief.clone().expect("planned");
    assert_eq!((relief.at, relief.planned.person.as_str()), (Some(at("13:00:00")), "head"));
    let waits = crate::domain::waiting::waiting(planned.incident(), &actor("head"), at("12:31:00"));
    assert!(waits.iter().any(|wait| wait.words == "Thay ca Nguyễn Văn drafter, trực Sở C"), "{waits:?}");
    let none = planned.clone().when(plan(None, None)).accepted();
    assert_eq!(none.incident().on_duty(&seat()).expect("on duty").relief, None);
    planned.clone().when(plan(Some("drafter"), None)).refused(Duty::OwnRelief.into());
    planned.clone().when(plan(None, Some(at("12:00:00")))).refused(Refusal::InThePast);
    let far = at("12:30:00") + RELIEF_MAX + SignedDuration::from_secs(1);
    planned.clone().when(plan(None, Some(far))).refused(Refusal::TooFarAhead);
    let name = actor("drafter").name;
    planned.by("party").when(plan(Some("head"), None)).refused(Duty::NotYourDuty { name }.into());
}

#[test]
fn a_handover_holds_until_the_other_has_confirmed_and_then_duty_passes() {
    let offered = taken().when(offer("h-1", "head")).accepted();
    assert_eq!(duty(&offered).as_deref(), Some("drafter"), "until confirmed the old one stays on duty");
    let waits = crate::domain::waiting::waiting(offered.incident(), &actor("head"), at("12:31:00"));
    assert!(waits.iter().any(|wait| wait.words == "Nhận bàn giao ca trực Sở C từ Nguyễn Văn drafter"));
    let name = actor("head").name;
    let not_yours = Refusal::from(Duty::NotYourHandover { name: name.clone() });
    offered.clone().by("press").when(confirm("h-1")).refused(not_yours.clone());
    offered.clone().when(confirm("h-1")).refused(not_yours);
    offered.clone().when(offer("h-2", "press")).refused(Duty::HandoverWaits { name }.into());
    let done = offered.at(at("13:00:00")).by("head").when(confirm("h-1")).accepted();
    let row = done.incident().on_duty(&seat()).expect("on duty");
    assert_eq!((row.officer.person.as_str(), row.from, &row.id), ("head", at("13:00:00"), &id("d-2")));
    let old = done.incident().shifts.get(&id("d-1")).expect("kept");
    assert!(
        matches!(&old.handovers[0].outcome, Some(Outcome::Confirmed { by }) if by.person.as_str() == "head")
    );
    assert!(last_line(&done).starts_with("Nguyễn Văn head xác nhận bàn giao của Nguyễn Văn drafter"));
    let over = Duty::DutyOver { name: actor("drafter").name };
    done.by("drafter").when(offer("h-3", "press")).refused(over.into());
}

#[test]
fn a_handover_is_declined_with_a_reason_or_taken_back_and_the_old_one_goes_on() {
    let offered = taken().when(offer("h-1", "head")).accepted();
    let decline =
        |reason: &str| on(Command::Decline { id: id("d-1"), handover: id("h-1"), reason: reason.into() });
    offered.clone().by("head").when(decline(" ")).refused(Refusal::Empty);
    let declined = offered.clone().by("head").when(decline("đang ở hiện trường")).accepted();
    assert_eq!(duty(&declined).as_deref(), Some("drafter"));
    assert!(last_line(&declined).ends_with("tiếp tục trực. Lý do: đang ở hiện trường"));
    declined.clone().by("head").when(confirm("h-1")).refused(Duty::NoHandover.into());
    let back = || on(Command::TakeBack { id: id("d-1"), handover: id("h-1") });
    let name = actor("drafter").name;
    offered.clone().by("people").when(back()).refused(Duty::NotYourHandover { name }.into());
    let taken_back = offered.by("drafter").when(back()).accepted();
    assert_eq!(last_line(&taken_back), "Rút lại bàn giao ca trực Sở C cho Nguyễn Văn head.");
    let other = taken_back.when(offer("h-2", "press")).accepted();
    assert!(other.incident().on_duty(&seat()).expect("on duty").offer().is_some());
}

#[test]
fn nobody_hands_over_anothers_duty_or_to_themselves_or_twice_by_one_id() {
    let name = actor("drafter").name;
    taken().by("head").when(offer("h-1", "press")).refused(Duty::NotYourDuty { name }.into());
    taken().when(offer("h-1", "drafter")).refused(Duty::OwnRelief.into());
    let back = on(Command::TakeBack { id: id("d-1"), handover: id("h-1") });
    let case = taken().when(offer("h-1", "head")).accepted().when(back).accepted();
    case.when(offer("h-1", "head")).refused(Refusal::AlreadyThere);
}

#[test]
fn duty_is_left_with_a_reason_and_the_record_says_that_nobody_follows() {
    let leave = |reason: &str| on(Command::Leave { id: id("d-1"), reason: reason.into() });
    taken().when(leave("")).refused(Refusal::Empty);
    let left = taken().when(leave("bấm nhầm")).accepted();
    assert_eq!(duty(&left), None);
    assert!(last_line(&left).ends_with("chưa có người thay. Lý do: bấm nhầm"), "{}", last_line(&left));
}

/// What the office has on its hands, and not one line more or less; and it stays as it was when it was offered.
#[test]
fn the_note_says_what_is_open_and_stays_as_it_was() {
    let sid = || id("s-1");
    let draft =
        statement::Command::Draft { id: sid(), kind: "holding_statement".into(), title: None, follows: None };
    let asked = enquiry::Asked {
        outlet: "Báo Thử".into(),
        asked_by: None,
        question: "Đập có an toàn không?".into(),
        received_at: at("12:10:00"),
        due_at: Some(at("15:00:00")),
    };
    let enter = enquiry::Command::Enter { id: id("q-1"), asked, from: None, owner: None };
    let case =
        taken().when(AnyCommand::Statement(draft)).accepted().when(AnyCommand::Enquiry(enter)).accepted();
    let offered = case.when(offer("h-1", "head")).accepted();
    let note = |case: &Case| case.incident().shifts.get(&id("d-1")).expect("kept").handovers[0].note.clone();
    let words: Vec<_> = note(&offered).items.into_iter().map(|item| (item.kind, item.words)).collect();
    assert_eq!(
        words,
        [
            (NoteKind::Clock, "Thông tin ban đầu".into()),
            (NoteKind::Statement, "PN-01 “Thông tin ban đầu” – bản thảo".into()),
            (NoteKind::Task, "Xác minh".into()),
            (NoteKind::Task, "Báo cáo kết thúc (bắt buộc)".into()),
            (NoteKind::Enquiry, "Báo Thử: “Đập có an toàn không?”".into()),
        ]
    );
    let sentence = last_line(&offered);
    assert!(
        sentence.contains("1 thời hạn đang chạy, 1 phát ngôn đang làm, 2 nhiệm vụ chưa xong, 1 câu hỏi báo chí chưa trả lời. Ghi thêm: Chìa khóa"),
        "{sentence}"
    );
    let frozen = note(&offered);
    let finish = AnyCommand::Task(task::Command::Finish {
        id: id("t-1"),
        note: Some("xong".into()),
        evidence: given::evidence(),
    });
    let later = offered.when(finish).accepted();
    assert_eq!(note(&later), frozen, "what was handed over does not change");
}

/// What goes round and what was written against us, for whose it is: claims go to who verifies them and to the leads,
/// media watch to the leads, and of that only what came during this duty.
#[test]
fn the_note_knows_claims_and_what_was_published_during_this_duty() {
    let clip = |n: u32, tone| {
        let (link, outlet, title) =
            (format!("https://bao.example/{n}"), "Báo Thử".into(), format!("Tin {n}"));
        let (published_at, read_at, note) = (None, None, None);
        let reach = Some(n * 100);
        let entry = clipping::Entry { link, outlet, title, published_at, tone, reach, read_at, note };
        AnyCommand::Clipping(clipping::Command::Enter { entry, from: None })
    };
    let said = "Đập sắp vỡ".to_owned();
    let place = claim::Seen {
        id: id("p-1"),
        link: None,
        note: Some("Nhóm thôn 3".into()),
        seen_at: at("12:20:00"),
        attachments: vec![],
    };
    let enter = claim::Command::Enter { id: id("c-1"), said, kind: None, place, from: None };
    let case = given::an_incident().by("party").when(AnyCommand::Claim(enter)).accepted();
    let case = case.when(clip(1, clipping::Tone::Negative)).accepted();
    let case = case.at(at("12:40:00")).by("press").when(take("d-1")).accepted();
    let case = (2..=3).fold(case, |case, n| case.when(clip(n, clipping::Tone::Negative)).accepted());
    let case = case.when(clip(9, clipping::Tone::Neutral)).accepted();
    let of = |office: &str, who: &str| {
        let office = OfficeId::new(office).expect("an id");
        let items = Note::of(case.incident(), &office, &actor(who), at("12:41:00")).items.into_iter();
        let wanted = items.filter(|item| matches!(item.kind, NoteKind::Claim | NoteKind::Clipping));
        wanted.map(|item| item.words).collect::<Vec<_>>()
    };
    let claim = "TĐ-01 “Đập sắp vỡ” – tiếp: phân loại".to_owned();
    let wide = ["Báo Thử: “Tin 3” – 300 lượt".to_owned(), "Báo Thử: “Tin 2” – 200 lượt".to_owned()];
    assert_eq!(of("stt", "press"), [&[claim.clone()][..], &wide].concat(), "the leads");
    assert_eq!(of("vptu", "party"), [claim], "who entered it, until somebody verifies");
    assert!(of("stt", "drafter").is_empty());
    let note = Note::of(case.incident(), &seat(), &actor("press"), at("12:41:00"));
    assert!(note.sum().contains("1 tin đồn đang xử lý, 2 tin bài tiêu cực đáng chú ý trong ca"));
}

/// Notes that were frozen before claims were counted are read as they were written.
#[test]
fn a_note_of_an_older_log_is_read() {
    let frozen = r#"{"at":"2026-03-01T05:30:00Z","items":[{"kind":"task","row":"t-1","words":"Xác minh","due_at":null}]}"#;
    let note: Note = serde_json::from_str(frozen).expect("read");
    assert_eq!(note.sum(), "1 nhiệm vụ chưa xong");
    assert_eq!(serde_json::to_string(&note).expect("JSON"), frozen);
}

#[test]
fn the_note_of_an_office_that_is_asked_holds_its_square_and_an_empty_one_says_so() {
    let sid = || id("s-1");
    let draft =
        statement::Command::Draft { id: sid(), kind: "holding_statement".into(), title: None, follows: None };
    let case = given::an_incident().by("drafter").when(AnyCommand::Statement(draft)).accepted();
    let over = case.incident().statements.get(&sid()).expect("drafted").digest;
    let text = "Đập an toàn.".to_owned();
    let digest = crate::domain::ids::Digest::of(text.as_bytes());
    let case =
        case.when(AnyCommand::Statement(statement::Command::Write { id: sid(), over, text })).accepted();
    let case = case.when(AnyCommand::Statement(statement::Command::Submit { id: sid(), digest })).accepted();
    let office = OfficeId::new("vptu").expect("an id");
    let note = Note::of(case.incident(), &office, &actor("party"), at("12:40:00"));
    assert_eq!(note.sum(), "1 thời hạn đang chạy, 1 phát ngôn chờ cơ quan duyệt");
    assert_eq!(note.items[1].words, "Duyệt PN-01 “Thông tin ban đầu” (party_office)");
    let nothing = Note { at: at("12:40:00"), items: vec![] };
    assert_eq!(nothing.sum(), "không còn việc nào dở dang");
}

#[test]
fn an_officer_at_the_scene_accepts_and_takes_duty_for_their_office_and_a_follower_does_not() {
    for (role, allowed) in [(Role::Field, true), (Role::Observer, false)] {
        let mut by = actor("party");
        by.roles = vec![role];
        let commands = [AnyCommand::Office(office::Command::Accept), take("d-1")];
        assert!(commands.iter().all(|command| crate::domain::may::may(&by, command) == allowed), "{role:?}");
    }
}
