//! One fold: the live state, a replay of the log, and what a mirror built from patches holds are the same, whatever
//! people do. Random and hostile sequences, and `decide` never panics.

use crate::support::*;
use phongtruc::client::{Known, TABLES};
use phongtruc::domain::approval::{Rule, Signatory};
use phongtruc::domain::calendar::WorkingCalendar;
use phongtruc::domain::condition::{Condition, Part};
use phongtruc::domain::deadline::{Anchor, Clock, Counted, Due, Source};
use phongtruc::domain::ids::{CommandId, Digest, OfficeId, PersonId, RowId};
use phongtruc::domain::incident::{
    self, Channel, FirstMessage, Level, Opening, Phase, PlannedOffice, PlannedTask, PlaybookRef, Prepared,
};
use phongtruc::domain::ladder::Ladder;
use phongtruc::domain::owner::{Named, Owner};
use phongtruc::domain::shift::Officer;
use phongtruc::domain::task::evidence::{Evidence, Shown};
use phongtruc::domain::{
    Actor, Command, Context, Event, Incident, Record, Role, Viewer, brief, claim, clipping, deadline, decide,
    decision, enquiry, entry, ladder, line, message, office, question, review, shift, statement, task,
};
use phongtruc::log::{Head, chain};
use phongtruc::purge::{What, survey};
use phongtruc::record::Whole;
use proptest::prelude::*;

/// The one question of the plan.
const QUESTION: &str = "Có người nước ngoài?";

fn at(minute: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_second(1_772_000_000 + minute * 60).expect("a date")
}

fn actor(n: u8) -> Actor {
    let offices = ["vptu", "vpub", "stt", "xa"];
    let roles = match n % 4 {
        0 => vec![Role::Duty],
        1 => vec![Role::Duty, Role::Spokesperson],
        2 => vec![Role::Duty, Role::Head, Role::Secretary],
        _ => vec![Role::Field],
    };
    let roles = if n == 9 { vec![Role::Room] } else { roles };
    Actor {
        person: PersonId::new(&format!("p-{n}")).expect("an id"),
        name: format!("Người {n}"),
        title: "Trực".into(),
        office: OfficeId::new(offices[usize::from(n % 4)]),
        roles,
        mandate: None,
    }
}

pub fn an_opening() -> Opening {
    let office = |id: &str| PlannedOffice {
        id: OfficeId::new(id).expect("an id"),
        name: id.into(),
        short: id.into(),
        seat: true,
    };
    let signatory = |function: &str, office: &str, role| Signatory {
        function: function.into(),
        title: function.into(),
        office: OfficeId::new(office),
        office_short: office.into(),
        role,
        turn: 0,
        minutes: None,
        silence: false,
    };
    let task = |seq: u32, anchor| PlannedTask {
        id: RowId::new(&format!("r-{seq}")).expect("an id"),
        seq,
        phase: "a".into(),
        title: format!("Việc {seq}"),
        function: "f".into(),
        function_title: "f".into(),
        office: OfficeId::new(["vptu", "vpub", "stt"][seq as usize % 3]),
        support: vec![],
        due: Some(Due {
            anchor,
            amount: 60,
            counted: Counted::Elapsed,
            source: Source::Policy,
            before: false,
        }),
        mandatory: seq.is_multiple_of(2),
        basis: vec![],
        output: None,
        only_if: (seq == 1).then(|| only_if(4)),
        playbook: None,
    };
    Opening {
        number: "SC-2026-0001".into(),
        title: "Thử".into(),
        level: Level::new(3).expect("1 to 4"),
        exercise: false,
        place: None,
        occurred_at: at(-60),
        received_at: at(-30),
        impact_assessed_at: None,
        in_force_on: jiff::civil::date(2026, 2, 25),
        playbook: PlaybookRef { id: "p".into(), version: 1, title: "P".into(), digest: Digest::of(b"p") },
        phases: vec![Phase { code: "a".into(), title: "A".into() }],
        tasks: (0..4)
            .map(|seq| {
                task(
                    seq,
                    [Anchor::DetectedAt, Anchor::PublishedAt, Anchor::VerdictAt, Anchor::ClosedAt]
                        [seq as usize],
                )
            })
            .collect(),
        clocks: vec![Clock {
            id: RowId::new("r-0").expect("an id"),
            title: "Thông tin ban đầu".into(),
            due: Due {
                anchor: Anchor::ReceivedAt,
                amount: 90,
                counted: Counted::Elapsed,
                source: Source::Law,
                before: false,
            },
            basis: vec![],
            stopped_by: vec!["a".into()],
            stopped_when: Some(Anchor::LabelledAt),
            stopped_on: Some("văn bản".into()),
            only_if: None,
            office: None,
            outside: false,
        }],
        offices: vec![office("vptu"), office("vpub"), office("stt")],
        prepared: vec![Prepared {
            kind: "a".into(),
            title: "A".into(),
            public: true,
            text: "chữ 0".into(),
            blanks: vec![],
            preapproved: None,
            account: false,
        }],
        approvals: vec![Rule {
            kind: "*".into(),
            levels: [1, 2, 3, 4].iter().filter_map(|level| Level::new(*level)).collect(),
            required: vec![
                signatory("x", "vptu", None),
                signatory("spokesperson", "vpub", Some(Role::Spokesperson)),
            ],
            consulted: vec![],
        }],
        first_message: FirstMessage::default(),
        expected: vec![],
        ladder: ladder(),
        refusal_grounds: vec![],
        claims: a_book(),
        channels: ["c-0", "c-1"]
            .iter()
            .map(|code| Channel { code: (*code).into(), title: "C".into(), hint: String::new() })
            .collect(),
        calendar: WorkingCalendar { utc_offset_minutes: 420, ..WorkingCalendar::default() },
    }
}

/// At this level, or when the one question is answered with yes.
fn only_if(level: u8) -> Condition {
    let at_least = Level::new(level).expect("1 to 4");
    Condition { any: vec![Part::Level { at_least }, Part::Answer { question: QUESTION.into(), yes: true }] }
}

fn ladder() -> Ladder {
    let rule = |code: &str, effect| ladder::Rule {
        code: code.into(),
        title: code.into(),
        when: Condition { any: vec![Part::Answer { question: QUESTION.into(), yes: true }] },
        effect,
    };
    let level = Level::new(4).expect("1 to 4");
    let rules = vec![
        rule("r-0", ladder::Effect::ProposeLevel { level }),
        rule("r-1", ladder::Effect::HoldPublishing { until: "Đã rõ?".into() }),
        rule("r-2", ladder::Effect::AskHead),
    ];
    Ladder { rules, ..Ladder::default() }
}

fn id() -> impl Strategy<Value = RowId> {
    (0..4_u8).prop_map(|n| RowId::new(&format!("r-{n}")).expect("an id"))
}
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => (0..3_u8).prop_map(|n| format!("chữ {n}")),
        1 => Just(String::new()),
        1 => Just("ẩn \u{200B}".to_owned()),
        1 => Just("{{trống}}".to_owned()),
        1 => any::<String>(),
    ]
}
fn some_digest() -> impl Strategy<Value = Digest> {
    (0..3_u8).prop_map(|n| digest(&format!("chữ {n}")))
}
fn officer() -> impl Strategy<Value = Officer> {
    (0..9_u8).prop_map(|n| Officer::from(&actor(n)))
}
fn minute() -> impl Strategy<Value = jiff::Timestamp> {
    (-120..400_i64).prop_map(at)
}

/// One of a few pages, by one of the ways in which its link is shared.
fn clipping_entry(n: u8, title: String, reach: u32, at: jiff::Timestamp) -> clipping::Entry {
    let shared =
        ["https://bao.example/1", "http://www.bao.example/1/?utm_source=x", "https://bao.example/2", "bao/3"];
    clipping::Entry {
        link: shared[usize::from(n)].into(),
        outlet: "Báo Thử".into(),
        title,
        published_at: None,
        tone: clipping::Tone::Neutral,
        reach: (reach > 0).then_some(reach),
        read_at: Some(at),
        note: None,
    }
}
fn clipping_id() -> impl Strategy<Value = RowId> {
    (0..3_u8).prop_map(|n| {
        let by = actor(0);
        let entry = clipping_entry(n, "Tin".into(), 1, at(0));
        clipping::checked(entry, &Context { at: at(0), by: &by, written_at: None }).expect("a link").0
    })
}
fn shown() -> impl Strategy<Value = Option<Shown>> {
    (0..4_u8, id()).prop_map(|(kind, id)| match kind {
        0 => Some(Shown::Statement { id }),
        1 => Some(Shown::Fact { id }),
        2 => Some(Shown::Entry { id }),
        _ => None,
    })
}
fn named() -> impl Strategy<Value = Named> {
    (0..10_u8).prop_map(|who| {
        let Actor { person, name, title, office, .. } = actor(who);
        Named { person, name, title, office }
    })
}
fn owner() -> impl Strategy<Value = Owner> {
    prop_oneof![
        named().prop_map(|named| Owner::Person { named }),
        id().prop_map(|id| Owner::Office { office: OfficeId::new(id.as_str()).expect("an id") }),
        Just(Owner::Office { office: OfficeId::new("vptu").expect("an id") }),
    ]
}
/// Talk: who answers whom, names whom, and asks whom to confirm.
fn message() -> impl Strategy<Value = message::Command> {
    use message::{Command, Mention};
    let office =
        || (0..4_usize).prop_map(|n| OfficeId::new(["vptu", "vpub", "stt", "xa"][n]).expect("an id"));
    let named =
        (words(), proptest::option::of(office()), (0..10_u8)).prop_map(|(text, office, n)| match office {
            Some(office) => {
                (format!("@{office} {text}"), vec![Mention::Office { office, name: String::new() }])
            }
            None => {
                let person = PersonId::new(&format!("p-{n}")).expect("an id");
                (format!("@Người {n} {text}"), vec![Mention::Person { person, name: format!("Người {n}") }])
            }
        });
    let send =
        (id(), words(), named, any::<bool>(), proptest::option::of(id()), proptest::option::of(office()));
    let send = send.prop_map(|(id, plain, (named, mentions), calls, reply, ask)| {
        let (text, mentions) = if calls { (named, mentions) } else { (plain, vec![]) };
        let ask = ask.into_iter().collect();
        Command::Send { id, text, origin: None, attachments: vec![], reply, mentions, ask }
    });
    prop_oneof![
        4 => send,
        2 => id().prop_map(|id| Command::See { id }),
        1 => id().prop_map(|id| Command::Pin { id }),
        1 => id().prop_map(|id| Command::Unpin { id }),
        2 => (id(), proptest::collection::vec(office(), 0..3)).prop_map(|(id, offices)| Command::Ask { id, offices }),
        2 => id().prop_map(|id| Command::Acknowledge { id }),
        1 => id().prop_map(|id| Command::CallOff { id }),
        2 => id().prop_map(|id| Command::Remind { id }),
    ]
}

fn command() -> impl Strategy<Value = Command> {
    let anchor = (0..Anchor::ALL.len()).prop_map(|n| Anchor::ALL[n]);
    let level = (1..=4_u8).prop_map(|level| Level::new(level).expect("1 to 4"));
    prop_oneof![
        1 => Just(Command::Incident(incident::Command::Open(Box::new(an_opening())))),
        2 => (level, words()).prop_map(|(level, reason)| Command::Incident(incident::Command::SetLevel { level, reason, despite: false })),
        4 => (anchor, minute(), proptest::option::of(words())).prop_map(|(anchor, at, reason)| {
            Command::Incident(incident::Command::SetAnchor { anchor, at, reason })
        }),
        1 => words().prop_map(|summary| Command::Incident(incident::Command::Close { summary, despite: false })),
        2 => Just(Command::Office(office::Command::Accept)),
        4 => id().prop_map(|id| Command::Task(task::Command::Take { id })),
        4 => (id(), proptest::option::of(words()), shown()).prop_map(|(id, note, row)| {
            let evidence = Evidence { row, ..Evidence::default() };
            Command::Task(task::Command::Finish { id, note, evidence })
        }),
        2 => (id(), proptest::option::of(named())).prop_map(|(id, to)| Command::Task(task::Command::Name { id, to })),
        2 => (id(), words(), minute(), proptest::option::of(owner())).prop_map(|(id, question, received_at, owner)| {
            let asked = enquiry::Asked { outlet: "Báo Thử".into(), asked_by: None, question, received_at, due_at: None };
            Command::Enquiry(enquiry::Command::Enter { id, asked, owner, from: None })
        }),
        2 => (id(), owner()).prop_map(|(id, to)| Command::Enquiry(enquiry::Command::HandOn { id, to, note: None })),
        3 => (0..3_u8, words(), 0..3_u32, minute()).prop_map(|(n, title, reach, at)| {
            Command::Clipping(clipping::Command::Enter { entry: clipping_entry(n, title, reach, at), from: None })
        }),
        2 => (id(), proptest::collection::vec((0..4_u8, 0..3_u32, minute()), 0..4)).prop_map(|(id, entries)| {
            let entries = entries.into_iter().map(|(n, reach, at)| clipping_entry(n, "Tin".into(), reach, at)).collect();
            Command::Clipping(clipping::Command::Import { id, entries })
        }),
        2 => (clipping_id(), any::<u32>(), minute()).prop_map(|(id, reach, at)| {
            Command::Clipping(clipping::Command::Read { id, reach, at: Some(at) })
        }),
        1 => (clipping_id(), words()).prop_map(|(id, reason)| Command::Clipping(clipping::Command::Strike { id, reason })),
        1 => (clipping_id(), words()).prop_map(|(id, reason)| Command::Clipping(clipping::Command::Restore { id, reason })),
        1 => (clipping_id(), words(), words()).prop_map(|(id, title, reason)| {
            let (outlet, published_at, tone, note) = ("Báo Thử".into(), None, clipping::Tone::Negative, None);
            let words = clipping::Words { outlet, title, published_at, tone, note };
            Command::Clipping(clipping::Command::Correct { id, words, reason })
        }),
        1 => (id(), words()).prop_map(|(id, note)| {
            Command::Enquiry(enquiry::Command::Answer { id, statement: None, note: Some(note), at: None })
        }),
        3 => (id(), words()).prop_map(|(id, reason)| Command::Task(task::Command::Skip { id, reason })),
        2 => id().prop_map(|id| Command::Deadline(deadline::Command::Miss { id })),
        2 => id().prop_map(|id| Command::Deadline(deadline::Command::Remind { id })),
        1 => (id(), minute(), words()).prop_map(|(id, at, on)| Command::Deadline(deadline::Command::Meet { id, at, on })),
        3 => (any::<bool>(), any::<bool>(), words()).prop_map(|(one, yes, note)| {
            let id = question::id(if one { QUESTION } else { "Đã rõ?" });
            Command::Question(question::Command::Answer { id, yes, note: Some(note) })
        }),
        2 => (id(), words()).prop_map(|(id, reason)| Command::Ladder(ladder::Command::Settle { id, reason })),
        1 => (id(), words(), proptest::option::of(minute())).prop_map(|(id, title, due_at)| {
            Command::Task(task::Command::Add { id, title, phase: "a".into(), office: None, due_at, from: None })
        }),
        4 => (id(), proptest::option::of(minute()), proptest::option::of(words()))
            .prop_map(|(id, from, reason)| Command::Shift(shift::Command::Take { id, from, reason })),
        2 => (id(), officer(), minute()).prop_map(|(id, officer, at)| {
            Command::Shift(shift::Command::Plan { id, officer: Some(officer), at: Some(at) })
        }),
        2 => (id(), officer(), words()).prop_map(|(id, officer, reason)| {
            let office = OfficeId::new("vptu").expect("an id");
            Command::Shift(shift::Command::Assign { id, office, officer, from: None, reason: Some(reason) })
        }),
        8 => (id(), id(), officer(), words()).prop_map(|(id, handover, to, remark)| {
            Command::Shift(shift::Command::Offer { id, handover, to, remark: Some(remark) })
        }),
        8 => (id(), id(), id())
            .prop_map(|(id, handover, next)| Command::Shift(shift::Command::Confirm { id, handover, next })),
        2 => (id(), id(), words())
            .prop_map(|(id, handover, reason)| Command::Shift(shift::Command::Decline { id, handover, reason })),
        2 => (id(), id()).prop_map(|(id, handover)| Command::Shift(shift::Command::TakeBack { id, handover })),
        1 => (id(), words()).prop_map(|(id, reason)| Command::Shift(shift::Command::Leave { id, reason })),
        2 => (0..40_u32).prop_map(|until| Command::Brief(brief::Command::Acknowledge { until })),
        6 => id().prop_map(|id| Command::Statement(statement::Command::Draft { id, kind: "a".into(), title: None, follows: None })),
        8 => (id(), some_digest(), words()).prop_map(|(id, over, text)| Command::Statement(statement::Command::Write { id, over, text })),
        8 => (id(), some_digest()).prop_map(|(id, digest)| Command::Statement(statement::Command::Submit { id, digest })),
        12 => (id(), some_digest()).prop_map(|(id, digest)| Command::Statement(statement::Command::Approve { id, digest })),
        2 => (id(), some_digest(), words()).prop_map(|(id, digest, reason)| Command::Statement(statement::Command::Object { id, digest, reason, strong: false })),
        8 => (id(), some_digest(), minute()).prop_map(|(id, digest, at)| {
            Command::Statement(statement::Command::Publish { id, digest, channel: "c-0".into(), at, link: None })
        }),
        2 => (id(), words(), words(), words(), proptest::option::of(id())).prop_map(|(id, text, option, reason, from)| {
            let decider = Some(decision::Decider { name: "Lê Văn Thử".into(), capacity: None });
            let rejected = vec![decision::Rejected { option, reason }];
            let (reason, occurred_at, origin) = (None, None, None);
            Command::Decision(decision::Command::Take { id, text, reason, occurred_at, decider, rejected, origin, from })
        }),
        24 => claim_command().prop_map(Command::Claim),
        6 => review_command().prop_map(Command::Review),
        12 => message().prop_map(Command::Message),
        3 => (id(), words(), minute(), proptest::option::of(id())).prop_map(|(id, text, at, from)| {
            Command::Entry(entry::Command::Add { id, text, occurred_at: Some(at), source: None, origin: None, attachments: vec![], from })
        }),
        3 => (id(), words(), minute(), words()).prop_map(|(id, text, occurred_at, reason)| {
            Command::Entry(entry::Command::Correct { id, text, occurred_at, reason })
        }),
        3 => (1..40_u32, proptest::option::of(words())).prop_map(|(rev, heading)| {
            Command::Line(line::Command::Mark { line: (rev, 0), heading, note: None })
        }),
        1 => (1..40_u32).prop_map(|rev| Command::Line(line::Command::Unmark { line: (rev, 0) })),
    ]
}

/// Any step of a claim, in any order.
fn claim_command() -> impl Strategy<Value = claim::Command> {
    use claim::{Access, Answer, Command as Do, Harm, Judged, NoticeKind, Seen, Sought, Told, Verdict};
    let seen = || {
        (id(), minute(), words()).prop_map(|(id, seen_at, note)| Seen {
            id,
            link: None,
            note: Some(note),
            seen_at,
            attachments: vec![],
        })
    };
    let told = || {
        (any::<bool>(), minute()).prop_map(|(publishes, at)| {
            let kind = if publishes { NoticeKind::Notice } else { NoticeKind::Warning };
            Told { kind, statement: None, note: Some("cổng".into()), at }
        })
    };
    let verdict = prop_oneof![4 => Just(Verdict::False), 1 => Just(Verdict::NotFalse), 1 => Just(Verdict::Unverifiable)];
    let access =
        prop_oneof![4 => Just(Access::Open), 1 => Just(Access::Conditional), 1 => Just(Access::Closed)];
    let answer = (0..4_usize)
        .prop_map(|n| [Answer::Acknowledged, Answer::Refused, Answer::Partly, Answer::Removed][n]);
    prop_oneof![
        4 => (id(), words(), seen()).prop_map(|(id, said, place)| Do::Enter { id, said, kind: None, place, from: None }),
        1 => (id(), words(), words()).prop_map(|(id, said, reason)| Do::Correct { id, said, kind: None, reason }),
        2 => (id(), seen(), any::<bool>()).prop_map(|(id, place, again)| Do::See { id, place, again }),
        1 => (id(), id(), minute()).prop_map(|(id, place, at)| Do::Reach { id, place, count: 9, at }),
        3 => (id(), any::<bool>(), access).prop_map(|(id, severe, access)| {
            let harm = if severe { Harm::Severe } else { Harm::Harmful };
            Do::Classify { id, harm, access, reason: Some("hồ sơ".into()) }
        }),
        3 => (id(), minute()).prop_map(|(id, at)| Do::Verify { id, office: OfficeId::new("stt"), body: None, at }),
        4 => (id(), verdict, minute()).prop_map(|(id, verdict, at)| {
            let document = Some("1/KL".into());
            let judged = Judged { verdict, reason: "rõ".into(), at, document, facts: vec![], attachments: vec![] };
            Do::Conclude { id, judged }
        }),
        4 => (id(), minute(), proptest::option::of(told())).prop_map(|(id, at, told)| Do::Label { id, place: "cổng".into(), at, told }),
        1 => (id(), minute(), words()).prop_map(|(id, at, reason)| Do::Unlabel { id, at, reason }),
        3 => (id(), told()).prop_map(|(id, told)| Do::Tell { id, told }),
        2 => (id(), id(), id(), minute(), any::<bool>()).prop_map(|(id, request, place, at, urgent)| {
            let sought = Sought { to: "M".into(), document: None, at, urgent, places: vec![place] };
            Do::Request { id, request, sought }
        }),
        2 => (id(), id(), answer, minute()).prop_map(|(id, request, answer, at)| {
            Do::Answer { id, request, place: None, answer, at, note: None }
        }),
        1 => (id(), minute()).prop_map(|(id, at)| Do::Report { id, to: "B".into(), document: None, at }),
        1 => id().prop_map(|id| Do::Complete { id }),
        1 => (id(), words()).prop_map(|(id, reason)| Do::Except { id, reason }),
        1 => (id(), words()).prop_map(|(id, reason)| Do::Resume { id, reason }),
        1 => (id(), proptest::option::of(id()), words()).prop_map(|(id, place, reason)| Do::Strike { id, place, reason }),
    ]
}

/// Looking back: findings, and what is done about them, to days before and far after.
fn review_command() -> impl Strategy<Value = review::Command> {
    use review::{Command as Do, Question};
    let question = (0..4_usize).prop_map(|n| Question::ALL[n]);
    let due = || {
        (-40..900_i32)
            .prop_map(|days| jiff::civil::date(2026, 2, 25).saturating_add(jiff::Span::new().days(days)))
    };
    prop_oneof![
        3 => (id(), question, words()).prop_map(|(id, question, text)| Do::Find { id, question, text }),
        1 => (id(), words()).prop_map(|(id, text)| Do::Reword { id, text }),
        1 => (id(), words()).prop_map(|(id, reason)| Do::Strike { id, reason }),
        4 => (id(), words(), owner(), due(), proptest::option::of(id())).prop_map(|(id, text, owner, due, finding)| {
            Do::Assign { id, text, owner, due, finding }
        }),
        2 => (id(), owner(), due(), words()).prop_map(|(id, owner, due, reason)| Do::Move { id, owner, due, reason }),
        2 => (id(), words()).prop_map(|(id, note)| Do::Finish { id, note }),
        1 => (id(), words()).prop_map(|(id, reason)| Do::Drop { id, reason }),
    ]
}

/// The rules of which claims get clocks.
fn a_book() -> claim::Book {
    let rule = |code: &str, anchor, amount, only| {
        let due = Due { anchor, amount, counted: Counted::Elapsed, source: Source::Law, before: false };
        let clock = Clock {
            id: RowId::new(code).expect("an id"),
            title: code.into(),
            due,
            basis: vec![],
            stopped_by: vec![],
            stopped_when: None,
            stopped_on: None,
            only_if: None,
            office: None,
            outside: false,
        };
        claim::Rule { clock, only }
    };
    let rules = vec![
        rule("label", Anchor::VerdictAt, 30, None),
        rule("tell-now", Anchor::LabelledAt, 0, Some(claim::Only::Severe)),
        rule("tell-soon", Anchor::LabelledAt, 20, Some(claim::Only::Harmful)),
        rule("removal", Anchor::RequestSentAt, 60, None),
    ];
    claim::Book { rules, anchors: vec![Anchor::VerdictAt], ..claim::Book::default() }
}

/// When a device says that something was written: near, long ago, in the future, absurd.
fn said() -> impl Strategy<Value = Option<jiff::Timestamp>> {
    let absurd = prop_oneof![Just(jiff::Timestamp::MIN), Just(jiff::Timestamp::MAX)];
    proptest::option::of(prop_oneof![4 => (-120..240_i64).prop_map(at), 1 => absurd])
}

/// Everything that a client could hold, as JSON.
fn tables(incident: &Incident, viewer: Viewer) -> Known {
    let mut known = Known::default();
    known.upsert(&serde_json::to_value(incident.since(0, viewer)).expect("JSON"));
    known
}

fn same(a: &Known, b: &Known) {
    assert_eq!(a.header, b.header);
    for table in TABLES {
        assert_eq!(a.tables.get(table), b.tables.get(table), "{table}");
    }
}

/// Whoever looks at the record finds at most one officer on duty for each office, and no gap by a handover.
fn one_is_on_duty(incident: &Incident) {
    for office in incident.offices.iter() {
        let current = incident.shifts.iter().filter(|row| row.office == office.id && row.ended.is_none());
        assert!(current.count() <= 1, "two on duty for {}", office.id);
    }
    for row in incident.shifts.iter() {
        let next = row.ended.as_ref().and_then(|end| end.next.as_ref());
        assert!(next.is_none_or(|next| incident.shifts.get(next).is_some()), "duty passed to nobody");
        let open = row.handovers.iter().filter(|one| one.outcome.is_none()).count();
        assert!(open <= usize::from(row.ended.is_none()), "a handover waits for nobody");
    }
}

/// Whoever looks at the record finds that only approved words were published.
fn only_approved_words_went_out(records: &[Record<Event>]) {
    for record in records {
        for event in &record.events {
            let Event::Statement(statement::Event::Published { id, digest, .. }) = event else { continue };
            assert!(record.by.is(Role::Spokesperson));
            let mut approved = std::collections::BTreeSet::new();
            let mut authors = std::collections::BTreeSet::new();
            let earlier = records.iter().take_while(|earlier| earlier.rev < record.rev);
            for (by, event) in
                earlier.flat_map(|record| record.events.iter().map(|event| (&record.by, event)))
            {
                match event {
                    Event::Statement(statement::Event::Drafted { id: of, .. }) if of == id => {
                        authors.insert(by.person.clone());
                    }
                    Event::Statement(statement::Event::Written { id: of, .. }) if of == id => {
                        approved.clear();
                        authors.insert(by.person.clone());
                    }
                    Event::Statement(statement::Event::Approved { id: of, digest: words, functions })
                        if of == id =>
                    {
                        assert!(!authors.contains(&by.person), "nobody approves what they wrote");
                        if words == digest {
                            approved.extend(functions.clone());
                        }
                    }
                    _ => {}
                }
            }
            assert!(
                approved.contains("x") && approved.contains("spokesperson"),
                "published without approval"
            );
        }
    }
}

/// Whoever reads a line that was corrected finds the right one, and back; the old one is not in the report.
fn corrections_point_both_ways(incident: &Incident) {
    for line in incident.lines.iter() {
        let other =
            |id: Option<_>| id.map(|id| incident.lines.get(&id).expect("a line that is there").clone());
        if let Some(new) = other(line.corrected_by) {
            assert_eq!(new.corrects, Some(line.id));
            assert!(line.corrected.is_some() && line.report.is_none());
        }
        if let Some(old) = other(line.corrects) {
            assert_eq!(old.corrected_by, Some(line.id));
        }
    }
}

/// Whatever people did: without the words of one line the record still reads, every row is there, in the state in which
/// it was, and nothing of what was said is left in the line.
fn any_line_can_be_purged(records: &[Record<Event>], live: &Incident) {
    let (mut lines, mut head) = (vec![], Head::EMPTY);
    for record in records {
        let (line, next) = chain::line(head, record).expect("JSON");
        lines.push(line);
        head = next;
    }
    let whole = Whole::read(lines).expect("a record");
    let line = u32::try_from(records.len()).expect("few") / 2 + 1;
    let Ok(survey) = survey(&whole, &What::Lines([line].into())) else { return };
    for (left, purged) in survey.left(&whole).expect("readable") {
        let (record, _) = chain::record::<Event>(purged.rev, &left).expect("a record");
        assert_eq!(record.events.len(), records[purged.rev as usize - 1].events.len());
    }
    let mut cleared = survey.cleared.into_iter().map(|line| (line.rev, line.events));
    let mut next = cleared.next();
    let mut purged = Incident::default();
    for record in records {
        let mut record = record.clone();
        if let Some((_, events)) = next.take_if(|(rev, _)| *rev == record.rev) {
            record.events = events;
            next = cleared.next();
        }
        purged.apply(&record);
    }
    for (table, rows) in &tables(live, Viewer::FULL).tables {
        let left = &tables(&purged, Viewer::FULL).tables[table];
        assert!(rows.keys().eq(left.keys()), "{table}");
        for (id, row) in rows {
            assert_eq!(row.get("state"), left[id].get("state"), "{table} {id}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn live_state_replay_and_mirror_are_one(steps in proptest::collection::vec((command(), 0..10_u8, 0..4_i64, said()), 1..120)) {
        let mut live = Incident::default();
        let mut records: Vec<Record<Event>> = vec![];
        let mut mirrors: Vec<(Viewer, Known)> =
            [Viewer::FULL, Viewer { drafts: false }].map(|viewer| (viewer, Known::default())).into();
        let opening = Command::Incident(incident::Command::Open(Box::new(an_opening())));
        let steps = std::iter::once((opening, 2, 0, None)).chain(steps);
        let mut minute = 0;
        for (n, (command, who, passes, said)) in steps.enumerate() {
            minute += passes;
            let by = actor(who);
            let before = (live.rev, tables(&live, Viewer::FULL));
            let written_at = live.written(said, at(minute));
            let decided = decide(&live, command, &Context { at: at(minute), by: &by, written_at });
            let Ok(events) = decided else {
                // A refusal changes nothing.
                prop_assert_eq!(&before, &(live.rev, tables(&live, Viewer::FULL)));
                continue;
            };
            if events.is_empty() {
                continue;
            }
            let cause = CommandId::new(&format!("c-{n}")).expect("an id");
            let record = Record { rev: live.rev + 1, at: at(minute), by, cause, events, written_at };
            live.apply(&record);
            records.push(record);
            // One mirror follows every step; the other falls behind and catches up now and then.
            for (place, (viewer, mirror)) in mirrors.iter_mut().enumerate() {
                if place == 0 || n % 7 == 0 {
                    let from = mirror.rev;
                    mirror.upsert(&serde_json::to_value(live.since(from, *viewer)).expect("JSON"));
                }
            }
        }
        // The log as stored, read again.
        let stored: Vec<String> = records.iter().map(|record| serde_json::to_string(record).expect("JSON")).collect();
        let read: Vec<Record<Event>> = stored.iter().map(|line| serde_json::from_str(line).expect("a record")).collect();
        let replayed = Incident::replay(&read);
        for (viewer, mirror) in &mut mirrors {
            mirror.upsert(&serde_json::to_value(live.since(mirror.rev, *viewer)).expect("JSON"));
            same(mirror, &tables(&live, *viewer));
            same(&tables(&replayed, *viewer), &tables(&live, *viewer));
        }
        any_line_can_be_purged(&records, &live);
        only_approved_words_went_out(&records);
        one_is_on_duty(&live);
        corrections_point_both_ways(&live);
    }
}

/// The same over the wire: three people at once, and each window ends with what the log replays to.
#[tokio::test]
async fn three_windows_and_the_log_agree_after_a_storm() {
    let server = Server::demo();
    let people = server.people().await;
    let storm = |client: phongtruc::client::Client, name: &'static str| async move {
        let mut window = join(&client, DEMO).await;
        let mut last = command_id();
        for n in 0..60 {
            last = command_id();
            let text = format!("{name} {n}");
            let command = match n % 3 {
                0 => say(&text),
                1 => note(&text),
                _ => decide_(&text),
            };
            window.ask(&last, &command).await.expect("sent");
        }
        window.answer(&last).await.expect("answered").expect("accepted");
        window
    };
    fn decide_(text: &str) -> Command {
        crate::support::decide(text)
    }
    let (mut a, mut b, mut c) =
        tokio::join!(storm(people.party, "tỉnh ủy"), storm(people.people, "ubnd"), storm(people.press, "sở"));
    let last = [a.known.rev, b.known.rev, c.known.rev].into_iter().max().expect("three");
    let log = std::fs::read_to_string(server.log(DEMO)).expect("readable");
    let records: Vec<Record<Event>> = log
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"))
        .map(|mut line| {
            line.as_object_mut().expect("an object").remove("prev");
            serde_json::from_value(line).expect("a record")
        })
        .collect();
    let replayed = Incident::replay(&records);
    let rev = replayed.rev.max(last);
    for window in [&mut a, &mut b, &mut c] {
        window.until(rev).await.expect("seen");
        assert_eq!(
            window.known.tables["decisions"].len(),
            60 + usize::from(replayed.decisions.len() > 60) * (replayed.decisions.len() - 60)
        );
        assert_eq!(window.known.tables["messages"].len(), replayed.messages.len());
    }
    assert_eq!(a.known, b.known);
    assert_eq!(b.known, c.known);
}
