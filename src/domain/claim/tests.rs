//! Cases of the register of claims: the order of steps, and what each refusal names.

mod clocks;

use super::*;
use crate::domain::deadline::{Anchor, Clock, Counted, Deadline, Due, Source};
use crate::domain::given::{self, Case, at, file};
use crate::domain::refusal::{Claims, Refusal};
use crate::domain::waiting::{WaitFor, waiting};
use crate::domain::{Command as AnyCommand, deadline, incident, ladder, message, statement};

const NUMBER: &str = "TĐ-01";

fn id(id: &str) -> RowId {
    RowId::new(id).expect("an id")
}
fn number() -> String {
    NUMBER.into()
}
fn on(verb: Command) -> AnyCommand {
    AnyCommand::Claim(verb)
}
fn rule(code: &str, anchor: Anchor, amount: u32, only: Option<Only>) -> Rule {
    let due = Due { anchor, amount, counted: Counted::Elapsed, source: Source::Law, before: false };
    let like = given::an_opening().clocks.swap_remove(0);
    let outside = anchor == Anchor::RequestSentAt;
    Rule { clock: Clock { id: id(code), title: code.into(), due, outside, ..like }, only }
}
fn a_book() -> Book {
    Book {
        working: "Đang xử lý".into(),
        done: "Đã hoàn thành xử lý".into(),
        label: "TIN GIẢ".into(),
        kinds: vec![Term { code: "forged".into(), title: "Giả mạo".into() }],
        rules: vec![
            rule("label", Anchor::VerdictAt, 1440, None),
            rule("tell-now", Anchor::LabelledAt, 0, Some(Only::Severe)),
            rule("tell-soon", Anchor::LabelledAt, 720, Some(Only::Harmful)),
            rule("removal", Anchor::RequestSentAt, 1440, None),
            rule("removal-urgent", Anchor::RequestSentAt, 360, Some(Only::Urgent)),
        ],
        anchors: vec![Anchor::VerdictAt, Anchor::LabelledAt, Anchor::RequestSentAt],
        ..Book::default()
    }
}
/// The invented incident with the law of claims, at half past twelve, and the press office's officer acting.
fn open() -> Case {
    given::an_incident_with(|opening| opening.claims = a_book()).by("drafter")
}
fn seen(place: &str, link: Option<&str>) -> Seen {
    let note = link.is_none().then(|| "Nhóm dân cư thôn 3".into());
    Seen {
        id: id(place),
        link: link.map(Into::into),
        note,
        seen_at: at("12:20:00"),
        attachments: vec![file(1)],
    }
}
fn enter(row: &str) -> AnyCommand {
    let (said, place) = ("Đập sắp vỡ, cả xã chạy ngay!".into(), seen("p-1", Some("https://mxh.example/1")));
    on(Command::Enter { id: id(row), said, kind: Some("forged".into()), place, from: None })
}
fn classify(harm: Harm, access: Access) -> AnyCommand {
    on(Command::Classify { id: id("c-1"), harm, access, reason: Some("theo hồ sơ".into()) })
}
fn verify() -> AnyCommand {
    on(Command::Verify { id: id("c-1"), office: OfficeId::new("stt"), body: None, at: at("12:25:00") })
}
fn judged(verdict: Verdict, time: &str) -> Judged {
    let (document, reason) = (Some("12/KL".into()), "Đơn vị quản lý đập xác nhận".into());
    Judged { verdict, reason, at: at(time), document, facts: vec![], attachments: vec![] }
}
fn conclude(verdict: Verdict) -> AnyCommand {
    on(Command::Conclude { id: id("c-1"), judged: judged(verdict, "12:30:00") })
}
fn label(time: &str, told: Option<Told>) -> AnyCommand {
    on(Command::Label { id: id("c-1"), place: "Cổng thông tin".into(), at: at(time), told })
}
fn told(kind: NoticeKind, time: &str) -> Told {
    Told { kind, statement: None, note: Some("Văn phòng B đăng trên cổng".into()), at: at(time) }
}
fn tell(kind: NoticeKind, time: &str) -> AnyCommand {
    on(Command::Tell { id: id("c-1"), told: told(kind, time) })
}
fn request(which: &str, urgent: bool, places: &[&str]) -> AnyCommand {
    let places = places.iter().map(|place| id(place)).collect();
    let sought = Sought { to: "Nền tảng M".into(), document: None, at: at("12:30:00"), urgent, places };
    on(Command::Request { id: id("c-1"), request: id(which), sought })
}
fn answer(place: Option<&str>, answer: Answer, time: &str) -> AnyCommand {
    let (request, place) = (id("y-1"), place.map(id));
    on(Command::Answer { id: id("c-1"), request, place, answer, at: at(time), note: None })
}
fn entered() -> Case {
    open().when(enter("c-1")).accepted()
}
/// Sorted and under verification.
fn sorted(harm: Harm, access: Access) -> Case {
    entered().when(classify(harm, access)).accepted().when(verify()).accepted()
}
fn found(verdict: Verdict) -> Case {
    sorted(Harm::Harmful, Access::Open).when(conclude(verdict)).accepted()
}
fn row(case: &Case) -> Claim {
    Claim::clone(case.incident().claims.get(&id("c-1")).expect("entered"))
}
/// The claim's clocks: rule, due, and how it stands.
fn clocks(case: &Case) -> Vec<(String, Option<Timestamp>, &'static str)> {
    let own =
        case.incident().deadlines.iter().filter_map(|row| Some((row.of.as_ref()?.rule.to_string(), row)));
    let how = |row: &Deadline| match (&row.stopped, &row.lifted) {
        (Some(_), _) => "stopped",
        (_, Some(_)) => "lifted",
        _ => "runs",
    };
    own.map(|(rule, row)| (rule, row.due_at, how(row))).collect()
}
fn tomorrow(time: &str) -> Option<Timestamp> {
    format!("2026-03-02T{time}+07:00").parse().ok()
}

#[test]
fn the_steps_come_one_after_the_other_and_the_row_says_which_is_next() {
    let mut case = entered();
    let steps = [
        (Step::Classify, classify(Harm::Harmful, Access::Open)),
        (Step::Verify, verify()),
        (Step::Conclude, conclude(Verdict::False)),
        (Step::Label, label("12:30:00", None)),
        (Step::Tell, tell(NoticeKind::Notice, "12:30:00")),
        (Step::Request, request("y-1", false, &["p-1"])),
        (
            Step::Report,
            on(Command::Report {
                id: id("c-1"), to: "Bộ Thử".into(), document: None, at: at("12:30:00")
            }),
        ),
        (Step::Complete, on(Command::Complete { id: id("c-1") })),
    ];
    for (step, command) in steps {
        assert_eq!(row(&case).next, Some(step));
        case = case.when(command).accepted();
    }
    let done = row(&case);
    assert_eq!((done.next, done.number.as_str(), done.is_open()), (None, NUMBER, false));
    assert_eq!(case.incident().lines.iter().last().expect("a line").kind, crate::domain::line::Kind::Claim);
    case.when(on(Command::Complete { id: id("c-1") }))
        .refused(Claims::AlreadyDone { number: number() }.into());
}

#[test]
fn a_step_before_its_time_is_refused_by_name() {
    let early =
        |case: &Case, command: AnyCommand, rule: Claims| case.clone().when(command).refused(rule.into());
    let case = entered();
    early(&case, conclude(Verdict::False), Claims::NotClassified { number: number() });
    early(&case, label("12:30:00", None), Claims::NotConcluded { number: number() });
    early(&case, tell(NoticeKind::Notice, "12:30:00"), Claims::NotConcluded { number: number() });
    early(&case, request("y-1", false, &["p-1"]), Claims::RequestTooEarly { number: number() });
    early(&case, on(Command::Complete { id: id("c-1") }), Claims::NotConcluded { number: number() });
    let again = on(Command::See { id: id("c-1"), place: seen("p-2", None), again: true });
    early(&case, again, Claims::NotConcluded { number: number() });
    let report =
        on(Command::Report { id: id("c-1"), to: "Bộ Thử".into(), document: None, at: at("12:30:00") });
    early(&case, report, Claims::NotConcluded { number: number() });
    let case = case.when(classify(Harm::Severe, Access::Open)).accepted();
    early(&case, conclude(Verdict::False), Claims::NotVerified { number: number() });
    let case = case.when(verify()).accepted();
    let bare = Judged { document: None, ..judged(Verdict::False, "12:30:00") };
    early(&case, on(Command::Conclude { id: id("c-1"), judged: bare }), Claims::NoEvidence);
    let case = case.when(conclude(Verdict::False)).accepted();
    early(&case, conclude(Verdict::False), Claims::SameVerdict { number: number() });
    early(&case, verify(), Claims::Concluded { number: number() });
    early(&case, tell(NoticeKind::Notice, "12:30:00"), Claims::LabelFirst { number: number() });
    early(
        &case,
        on(Command::Unlabel { id: id("c-1"), at: at("12:30:00"), reason: "nhầm".into() }),
        Claims::NotLabelled { number: number() },
    );
    let owed = format!("label: {NUMBER} “Đập sắp vỡ, cả xã chạy ngay!”");
    early(&case, on(Command::Complete { id: id("c-1") }), Claims::StepOwed { owed });
    let case = case.when(label("12:30:00", None)).accepted();
    early(&case, label("12:30:00", None), Claims::LabelStands { number: number() });
    early(&case, conclude(Verdict::NotFalse), Claims::LabelStands { number: number() });
    early(&case, classify(Harm::Severe, Access::Closed), Claims::LabelStands { number: number() });
    early(&case, request("y-1", false, &[]), Claims::NoPlace);
    early(&case, request("y-1", false, &["p-9"]), Claims::UnknownPlace { number: number() });
}

#[test]
fn classes_and_verdict_forbid_labels_notices_and_requests() {
    let closed = sorted(Harm::Severe, Access::Closed).when(conclude(Verdict::False)).accepted();
    closed.clone().when(label("12:30:00", None)).refused(Claims::LabelForbidden { number: number() }.into());
    for kind in [NoticeKind::Notice, NoticeKind::Warning] {
        closed
            .clone()
            .when(tell(kind, "12:30:00"))
            .refused(Claims::PublicationForbidden { number: number() }.into());
    }
    assert!(clocks(&closed).is_empty(), "nothing is owed that is forbidden");
    assert_eq!(row(&closed).next, Some(Step::Request));
    // What nobody may read is blocked before anything is concluded.
    sorted(Harm::Severe, Access::Closed).when(request("y-1", false, &["p-1"])).accepted();
    entered().when(request("y-1", true, &["p-1"])).accepted();

    let conditional = sorted(Harm::Harmful, Access::Conditional).when(conclude(Verdict::False)).accepted();
    let conditional = conditional.when(label("12:30:00", None)).accepted();
    let why = "thông tin công dân được tiếp cận có điều kiện".to_owned();
    conditional
        .clone()
        .when(tell(NoticeKind::Notice, "12:30:00"))
        .refused(Claims::OnlyWarning { number: number(), why }.into());
    conditional.when(tell(NoticeKind::Warning, "12:30:00")).accepted();

    let doubtful = found(Verdict::Unverifiable);
    doubtful.clone().when(label("12:30:00", None)).refused(Claims::NotFalse { number: number() }.into());
    let why = "không có điều kiện xác thực".to_owned();
    doubtful
        .clone()
        .when(tell(NoticeKind::Notice, "12:30:00"))
        .refused(Claims::OnlyWarning { number: number(), why }.into());
    let warned = doubtful.when(tell(NoticeKind::Warning, "12:30:00")).accepted();
    assert_eq!(row(&warned).next, Some(Step::Complete));

    let real = found(Verdict::NotFalse);
    for command in
        [label("12:30:00", None), tell(NoticeKind::Warning, "12:30:00"), request("y-1", true, &["p-1"])]
    {
        real.clone().when(command).refused(Claims::NotFalse { number: number() }.into());
    }
}

#[test]
fn seen_again_it_counts_brings_up_the_rule_and_asks_for_requests_anew() {
    let when = crate::domain::condition::Condition {
        any: vec![crate::domain::condition::Part::Claim { is: Is::Recurring }],
    };
    let rule = ladder::Rule {
        code: "recurs".into(),
        title: "Thấy lại".into(),
        when,
        effect: ladder::Effect::AskHead,
    };
    let case = given::an_incident_with(|opening| {
        opening.claims = a_book();
        opening.ladder.rules = vec![rule];
    });
    let mut case = case.by("drafter").when(enter("c-1")).accepted();
    for command in [
        classify(Harm::Harmful, Access::Open),
        verify(),
        conclude(Verdict::False),
        label("12:30:00", None),
        request("y-1", false, &["p-1"]),
    ] {
        case = case.when(command).accepted();
    }
    let same =
        on(Command::See { id: id("c-1"), place: seen("p-2", Some("https://mxh.example/1")), again: false });
    case.clone().when(same).refused(Claims::PlaceKnown { number: number() }.into());
    let early = on(Command::See { id: id("c-1"), place: seen("p-2", None), again: true });
    let (earlier, later) = ("lúc kết luận".into(), "lúc thấy lại".into());
    case.clone().when(early).refused(Refusal::OutOfOrder { earlier, later });
    assert!(case.incident().proposals.is_empty());
    let place = Seen { seen_at: at("13:00:00"), ..seen("p-2", Some("https://mxh.example/1")) };
    let again =
        case.at(at("13:10:00")).when(on(Command::See { id: id("c-1"), place, again: true })).accepted();
    let claim = row(&again);
    assert_eq!((claim.recurrences(), claim.recurs_unsought()), (1, true));
    assert_eq!(again.incident().proposals.len(), 1);
    let place =
        |reason: &str| on(Command::Strike { id: id("c-1"), place: Some(id("p-2")), reason: reason.into() });
    let struck = row(&again.clone().when(place("nhầm trang")).accepted());
    assert_eq!((struck.recurrences(), struck.places.len()), (0, 2), "struck out, and still there to read");
    let sought = Sought {
        to: "Nền tảng M".into(),
        document: None,
        at: at("13:10:00"),
        urgent: false,
        places: vec![id("p-2")],
    };
    let anew = again
        .at(at("13:11:00"))
        .when(on(Command::Request { id: id("c-1"), request: id("y-2"), sought }))
        .accepted();
    assert!(!row(&anew).recurs_unsought());
}

#[test]
fn corrections_and_strikes_need_a_reason_and_stay_in_the_open() {
    let case = entered();
    let correct = |said: &str, reason: &str| {
        on(Command::Correct { id: id("c-1"), said: said.into(), kind: None, reason: reason.into() })
    };
    case.clone().when(correct("Đập đã vỡ", " ")).refused(Refusal::Empty);
    let corrected = case.when(correct("Đập đã vỡ", "chép thiếu chữ")).accepted();
    assert_eq!(
        row(&corrected).corrected.as_ref().map(|change| change.reason.as_str()),
        Some("chép thiếu chữ")
    );
    let line = corrected.incident().lines.iter().last().expect("a line").text.clone();
    assert!(line.contains("Đập sắp vỡ") && line.contains("Đập đã vỡ"), "old and new words: {line}");
    let unsure =
        on(Command::Classify { id: id("c-1"), harm: Harm::Severe, access: Access::Open, reason: None });
    corrected
        .clone()
        .when(classify(Harm::Harmful, Access::Open))
        .accepted()
        .when(unsure)
        .refused(Refusal::ReasonMissing);
    let strike = on(Command::Strike { id: id("c-1"), place: None, reason: "ghi hai lần".into() });
    let struck = corrected.when(strike).accepted();
    struck.clone().when(verify()).refused(Refusal::StruckOut);
    assert_eq!(row(&struck).next, None);
    struck.when(enter("c-1")).refused(Refusal::AlreadyThere);
}

#[test]
fn what_is_entered_is_looked_at() {
    let with = |change: &dyn Fn(&mut Seen)| {
        let mut place = seen("p-1", None);
        change(&mut place);
        on(Command::Enter { id: id("c-1"), said: "Đập vỡ".into(), kind: None, place, from: None })
    };
    open().when(with(&|place| place.note = Some(" ".into()))).refused(Claims::Nowhere.into());
    open().when(with(&|place| place.link = Some("javascript:x".into()))).refused(Refusal::BadLink);
    open().when(with(&|place| place.seen_at = at("23:00:00"))).refused(Refusal::InTheFuture);
    let bare = |kind: Option<&str>, from: Option<&str>, said: &str| {
        let (kind, from) = (kind.map(Into::into), from.map(id));
        on(Command::Enter { id: id("c-1"), said: said.into(), kind, place: seen("p-1", None), from })
    };
    open().when(bare(Some("xxx"), None, "Đập vỡ")).refused(Claims::UnknownKind.into());
    open().when(bare(None, Some("m-1"), "Đập vỡ")).refused(Refusal::Unknown);
    open().when(bare(None, None, " \n")).refused(Refusal::Empty);
    let send = message::Command::Send {
        id: id("m-1"),
        text: "Nghe nói đập vỡ".into(),
        origin: None,
        attachments: vec![],
        reply: None,
        mentions: vec![],
        ask: vec![],
    };
    let said =
        open().when(AnyCommand::Message(send)).accepted().when(bare(None, Some("m-1"), "Đập vỡ")).accepted();
    assert_eq!(row(&said).from, Some(id("m-1")));
    let reach =
        |count, time: &str| on(Command::Reach { id: id("c-1"), place: id("p-1"), count, at: at(time) });
    let read = said.when(reach(1_200, "12:30:00")).accepted().when(reach(900, "12:25:00")).accepted();
    let counts: Vec<_> = row(&read).places[0].reach.iter().map(|reach| reach.count).collect();
    assert_eq!(counts, [900, 1_200], "in the order of reading");
    let (earlier, later) = ("lúc thấy".into(), "lúc đếm".into());
    read.clone().when(reach(1, "12:00:00")).refused(Refusal::OutOfOrder { earlier, later });
    let full = (row(&read).places[0].reach.len()..ENTRIES_MAX)
        .fold(read, |case, _| case.when(reach(5, "12:30:00")).accepted());
    full.when(reach(5, "12:30:00")).refused(Claims::Full { number: number(), max: ENTRIES_MAX }.into());
}

#[test]
fn only_a_statement_that_is_out_tells_the_public() {
    let draft = statement::Command::Draft {
        id: id("s-1"),
        kind: "holding_statement".into(),
        title: None,
        follows: None,
    };
    let case = found(Verdict::False)
        .when(label("12:30:00", None))
        .accepted()
        .when(AnyCommand::Statement(draft))
        .accepted();
    let by = |statement: Option<&str>| {
        let told =
            Told { kind: NoticeKind::Notice, statement: statement.map(id), note: None, at: at("12:30:00") };
        on(Command::Tell { id: id("c-1"), told })
    };
    let statement = case.incident().statements.get(&id("s-1")).expect("drafted").number.clone();
    case.clone().when(by(Some("s-1"))).refused(Claims::NoticeNotOut { statement }.into());
    case.clone().when(by(Some("s-9"))).refused(Refusal::Unknown);
    case.when(by(None)).refused(Refusal::Empty);
}

#[test]
fn officers_at_the_scene_enter_and_count_and_the_desk_judges() {
    let mut field = given::actor("party");
    field.roles = vec![crate::domain::Role::Field];
    let context = crate::domain::Context { at: at("12:30:00"), by: &field, written_at: None };
    let case = open();
    assert!(crate::domain::decide(case.incident(), enter("c-1"), &context).is_ok());
    let case = entered();
    for command in [classify(Harm::Severe, Access::Open), conclude(Verdict::False), label("12:30:00", None)] {
        assert_eq!(crate::domain::decide(case.incident(), command, &context), Err(Refusal::NotAllowed));
    }
}

#[test]
fn the_next_step_waits_for_the_leads_and_the_office_that_verifies() {
    let steps = |case: &Case, who: &str| -> Vec<String> {
        let waits = waiting(case.incident(), &given::actor(who), at("12:31:00"));
        waits
            .into_iter()
            .filter(|wait| matches!(wait.what, WaitFor::Claim { .. }))
            .map(|wait| wait.words)
            .collect()
    };
    let case = found(Verdict::False);
    let words = format!("Gắn nhãn: {NUMBER} “Đập sắp vỡ, cả xã chạy ngay!”");
    assert_eq!(steps(&case, "drafter"), steps(&case, "head"), "their office verifies");
    assert_eq!(steps(&case, "head"), [words]);
    assert!(steps(&case, "people").is_empty());
    let label = waiting(case.incident(), &given::actor("head"), at("12:31:00"));
    let due =
        label.iter().find(|wait| matches!(wait.what, WaitFor::Claim { .. })).and_then(|wait| wait.due_at);
    assert_eq!(due, tomorrow("12:30:00"));
}

#[test]
fn a_long_claim_has_a_short_name() {
    let mut claim = row(&entered());
    claim.said = "chữ ".repeat(200);
    let name = claim.name();
    assert!(
        name.starts_with("TĐ-01 “chữ chữ") && name.ends_with("…”") && name.chars().count() < 70,
        "{name}"
    );
    claim.said = "ạ".repeat(500);
    assert!(claim.name().chars().count() < 70);
}
