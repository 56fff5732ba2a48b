//! Cases of the press log: asked, answered, declined, corrected, struck out.

use super::*;
use crate::domain::given::{self, Case, at};
use crate::domain::ids::Digest;
use crate::domain::statement;
use crate::domain::waiting::{WaitFor, waiting};
use crate::domain::{Command as AnyCommand, Role};

fn id() -> RowId {
    RowId::new("b-1").expect("an id")
}
fn on(verb: Command) -> AnyCommand {
    AnyCommand::Enquiry(verb)
}
fn asked() -> Asked {
    Asked {
        outlet: "Báo Thử Nghiệm".into(),
        asked_by: Some("Lê Thị Hỏi".into()),
        question: "Đập có an toàn không?".into(),
        received_at: at("12:20:00"),
        due_at: Some(at("15:00:00")),
    }
}
fn enter() -> AnyCommand {
    on(Command::Enter { id: id(), asked: asked(), owner: None, from: None })
}
fn answer(statement: Option<&str>, note: Option<&str>, time: Option<&str>) -> AnyCommand {
    let statement = statement.map(|id| RowId::new(id).expect("an id"));
    on(Command::Answer { id: id(), statement, note: note.map(Into::into), at: time.map(at) })
}
fn decline(ground: Option<&str>, reason: &str) -> AnyCommand {
    on(Command::Decline { id: id(), ground: ground.map(Into::into), reason: reason.into(), at: None })
}
fn with_grounds() -> Case {
    given::an_incident_with(|opening| {
        opening.refusal_grounds = vec![Ground {
            code: "under_investigation".into(),
            title: "Vụ án đang điều tra".into(),
            cite: "Điều 31 khoản 2".into(),
        }];
    })
}
fn entered() -> Case {
    with_grounds().by("drafter").when(enter()).accepted()
}
fn outcome(case: &Case) -> Option<Outcome> {
    case.incident().enquiries.get(&id()).expect("entered").outcome.clone()
}

#[test]
fn a_question_is_kept_as_it_was_asked_and_stands_on_the_timeline_when_it_came() {
    let case = entered();
    assert_eq!(case.incident().enquiries.get(&id()).expect("entered").asked, asked());
    let line = case.incident().lines.newest().expect("a line").clone();
    assert_eq!(line.occurred_at, at("12:20:00"));
    assert!(
        line.text.contains("Báo Thử Nghiệm") && line.text.contains("15:00 ngày 01/03/2026"),
        "{}",
        line.text
    );
    case.when(enter()).refused(Refusal::AlreadyThere);
}

#[test]
fn wrong_times_and_empty_words_are_refused() {
    type Wrong = (fn(&mut Asked), Refusal);
    let order = Refusal::OutOfOrder {
        earlier: "lúc nhận câu hỏi".into(), later: "giờ hẹn trả lời".into()
    };
    let cases: [Wrong; 5] = [
        (|it| it.outlet = " ".into(), Refusal::Empty),
        (|it| it.question = String::new(), Refusal::Empty),
        (|it| it.received_at = at("18:00:00"), Refusal::InTheFuture),
        (|it| it.due_at = Some(at("12:00:00")), order),
        (|it| it.due_at = Some(at("12:20:00") + PROMISE_MAX * 2), Refusal::TooFarAhead),
    ];
    for (change, refusal) in cases {
        let mut asked = asked();
        change(&mut asked);
        with_grounds()
            .by("drafter")
            .when(on(Command::Enter { id: id(), asked, owner: None, from: None }))
            .refused(refusal);
    }
}

#[test]
fn an_answer_is_a_statement_or_words_and_is_given_once() {
    let case = entered();
    case.clone().when(answer(None, Some("  "), None)).refused(Refusal::Empty);
    case.clone().when(answer(Some("s-9"), None, None)).refused(Refusal::Unknown);
    let order =
        Refusal::OutOfOrder { earlier: "lúc nhận câu hỏi".into(), later: "lúc trả lời".into() };
    case.clone().when(answer(None, Some("đã gọi lại"), Some("12:00:00"))).refused(order);
    let told = case.when(answer(None, Some("đã gọi lại"), None)).accepted();
    let Some(Outcome::Answered { at: when, note, .. }) = outcome(&told) else { panic!("answered") };
    assert_eq!((when, note.as_deref()), (at("12:30:00"), Some("đã gọi lại")));
    told.clone().when(answer(None, Some("nữa"), None)).refused(Refusal::AlreadyAnswered);
    told.when(decline(Some("under_investigation"), "đang điều tra")).refused(Refusal::AlreadyAnswered);
}

#[test]
fn a_statement_answers_once_it_is_out_and_at_the_moment_when_it_went_out() {
    let s = RowId::new("s-1").expect("an id");
    let verb = |verb: statement::Command| AnyCommand::Statement(verb);
    let draft =
        statement::Command::Draft { id: s.clone(), kind: "qa_sheet".into(), title: None, follows: None };
    let case = entered().when(verb(draft)).accepted();
    let number = case.incident().statements.get(&s).expect("drafted").number.clone();
    case.clone().when(answer(Some("s-1"), None, None)).refused(Refusal::AnswerNotOut { number });
    let over = case.incident().statements.get(&s).expect("drafted").digest;
    let text = "Đập an toàn.".to_owned();
    let digest = Digest::of(text.as_bytes());
    let out = case
        .when(verb(statement::Command::Write { id: s.clone(), over, text }))
        .accepted()
        .when(verb(statement::Command::Submit { id: s.clone(), digest }))
        .accepted()
        .by("people")
        .when(verb(statement::Command::Approve { id: s.clone(), digest }))
        .accepted()
        .at(at("13:00:00"))
        .when(verb(statement::Command::Publish {
            id: s.clone(),
            digest,
            channel: "portal".into(),
            at: at("12:50:00"),
            link: None,
        }))
        .accepted();
    let told = out.when(answer(Some("s-1"), None, None)).accepted();
    let Some(Outcome::Answered { at: when, statement, .. }) = outcome(&told) else { panic!("answered") };
    assert_eq!((when, statement), (at("12:50:00"), Some(s)));
}

#[test]
fn information_is_refused_on_a_listed_ground_with_a_reason_and_may_be_given_later() {
    let case = entered();
    case.clone().when(decline(None, "không nói")).refused(Refusal::UnknownGround);
    case.clone().when(decline(Some("bận"), "không nói")).refused(Refusal::UnknownGround);
    case.clone().when(decline(Some("under_investigation"), "")).refused(Refusal::Empty);
    let told = case.when(decline(Some("under_investigation"), "đang điều tra")).accepted();
    let Some(Outcome::Declined { ground: Some(ground), .. }) = outcome(&told) else { panic!("declined") };
    assert_eq!(ground.title, "Vụ án đang điều tra");
    let line = told.incident().lines.newest().expect("a line").text.clone();
    assert!(line.contains("Điều 31 khoản 2") && line.contains("đang điều tra"), "{line}");
    let later = told.when(answer(None, Some("đã có kết luận, trả lời đủ"), None)).accepted();
    assert!(matches!(outcome(&later), Some(Outcome::Answered { .. })));
}

#[test]
fn where_no_grounds_are_listed_the_reason_stands_alone() {
    let told = given::an_incident().by("drafter").when(enter()).accepted();
    let told = told.when(decline(Some("anything"), "đang điều tra")).accepted();
    assert!(matches!(outcome(&told), Some(Outcome::Declined { ground: None, .. })));
}

#[test]
fn a_mistake_is_corrected_or_struck_out_in_the_open() {
    let correct = |reason: &str| {
        let asked = Asked { outlet: "Đài Thử Nghiệm".into(), ..asked() };
        on(Command::Correct { id: id(), asked, reason: reason.into() })
    };
    entered().when(correct("")).refused(Refusal::Empty);
    let corrected = entered().when(correct("nhầm tên báo")).accepted();
    let row = corrected.incident().enquiries.get(&id()).expect("entered").clone();
    assert_eq!((row.asked.outlet.as_str(), row.corrected.is_some()), ("Đài Thử Nghiệm", true));
    let struck = corrected.when(on(Command::Strike { id: id(), reason: "ghi hai lần".into() })).accepted();
    assert!(!struck.incident().enquiries.get(&id()).expect("kept").is_open());
    struck.clone().when(correct("lại")).refused(Refusal::StruckOut);
    struck.when(answer(None, Some("đã gọi"), None)).refused(Refusal::StruckOut);
}

#[test]
fn the_press_asks_after_the_end_too() {
    let skip = crate::domain::task::Command::Skip {
        id: RowId::new("t-2").expect("an id"),
        reason: "đã có cơ quan khác".into(),
    };
    let close =
        crate::domain::incident::Command::Close { summary: "Đã ổn định".into(), despite: false };
    let closed = entered()
        .by("press")
        .when(AnyCommand::Task(skip))
        .accepted()
        .when(AnyCommand::Incident(close))
        .accepted();
    closed.when(answer(None, Some("đã gọi lại"), None)).accepted();
}

#[test]
fn an_open_question_waits_for_whoever_entered_it_and_for_the_leads() {
    let asks = |case: &Case, who: &str, time: &str| {
        let waits = waiting(case.incident(), &given::actor(who), at(time));
        waits.into_iter().find(|wait| matches!(wait.what, WaitFor::Enquiry { .. }))
    };
    let case = entered();
    let wait = asks(&case, "drafter", "14:00:00").expect("asked of the office that entered it");
    assert_eq!(
        (wait.due_at, wait.what),
        (Some(at("15:00:00")), WaitFor::Enquiry { enquiry: id(), over: false })
    );
    assert!(wait.words.contains("Báo Thử Nghiệm"), "{}", wait.words);
    assert!(matches!(
        asks(&case, "head", "16:00:00").expect("asked of the head").what,
        WaitFor::Enquiry { over: true, .. }
    ));
    assert_eq!(asks(&case, "party", "14:00:00"), None);
    let mut follower = given::actor("drafter");
    follower.roles = vec![Role::Observer];
    assert_eq!(waiting(case.incident(), &follower, at("14:00:00")), []);
    assert_eq!(asks(&case.when(answer(None, Some("đã gọi"), None)).accepted(), "drafter", "14:00:00"), None);
}

#[test]
fn a_question_has_an_owner_waits_for_them_and_is_handed_on() {
    use crate::domain::ids::OfficeId;
    use crate::domain::owner::Named;
    let office = |office: &str| Owner::Office { office: OfficeId::new(office).expect("an id") };
    let person = |who: &str| {
        let Actor { person, name, title, office, .. } = given::actor(who);
        Owner::Person { named: Named { person, name, title, office } }
    };
    let enter = |owner| on(Command::Enter { id: id(), asked: asked(), owner, from: None });
    let hand_on = |to| on(Command::HandOn { id: id(), to, note: Some("đúng việc của VP".into()) });
    let waits = |case: &Case, who: &str| {
        let waits = waiting(case.incident(), &given::actor(who), at("13:00:00"));
        waits.iter().any(|wait| matches!(wait.what, WaitFor::Enquiry { .. }))
    };
    let own = with_grounds().by("drafter").when(enter(None)).accepted();
    assert!(waits(&own, "drafter") && !waits(&own, "party"), "nobody was said: who took it in");
    with_grounds().by("drafter").when(enter(Some(office("xa")))).refused(Refusal::Desks(Desks::NoPart));
    let given_away = with_grounds().by("drafter").when(enter(Some(office("vptu")))).accepted();
    assert!(!waits(&given_away, "drafter") && waits(&given_away, "party"));
    assert!(waits(&given_away, "head"), "the leads answer for all of them");
    let line = given_away.incident().lines.newest().expect("a line").text.clone();
    assert!(line.ends_with("Giao trả lời: Văn phòng A."), "{line}");
    given_away.clone().when(hand_on(office("vptu"))).refused(Refusal::Desks(Desks::SameOwner));
    let handed = given_away.by("party").when(hand_on(person("drafter"))).accepted();
    assert!(waits(&handed, "drafter") && !waits(&handed, "party"));
    let line = handed.incident().lines.newest().expect("a line").text.clone();
    let expected = "Chuyển câu hỏi của Báo Thử Nghiệm cho Nguyễn Văn drafter, Chuyên viên (Sở C) trả lời. đúng việc của VP";
    assert_eq!(line, expected);
    let answered = handed.when(answer(None, Some("đã gọi"), Some("12:30:00"))).accepted();
    assert!(!waits(&answered, "drafter"));
    answered.when(hand_on(office("vpub"))).refused(Refusal::AlreadyAnswered);
}
