//! Given who is reached how: who is told by which way, when, and what happens when nobody reacts.

use super::*;
use crate::domain::given::{actor, at};
use crate::domain::ids::{CommandId, IncidentId};
use crate::domain::incident::Level;
use crate::domain::{Actor, Role};
use crate::room::the_room;
use crate::wire::{NoticeAsk, NoticeMatter, Subject};
use jiff::civil::{DateTime, Time, date};
use jiff::{SignedDuration, ToSpan as _};

fn id(text: &str) -> RowId {
    RowId::new(text).expect("an id")
}
fn ask(ask: NoticeAsk) -> Command {
    Command::Ask { ask, mails: true }
}
fn person() -> Recipient {
    Recipient::Person { person: actor("party").person }
}
fn day(hour: i8) -> DateTime {
    date(2026, 11, 29).at(hour, 0, 0, 0)
}

struct Case {
    notices: Notices,
    rev: Rev,
    now: Timestamp,
}

impl Case {
    fn new() -> Self {
        Self { notices: Notices::default(), rev: 0, now: at("12:00:00") }
    }
    fn when(mut self, by: &Actor, command: Command) -> Self {
        let events =
            self.notices.decide(command, &Context { at: self.now, by, written_at: None }).expect("accepted");
        self.rev += 1;
        let cause = CommandId::new(&format!("c-{}", self.rev)).expect("an id");
        // As the log keeps it.
        let events = serde_json::to_string(&events).expect("JSON");
        let events = serde_json::from_str(&events).expect("events");
        let record = Record { rev: self.rev, at: self.now, by: by.clone(), cause, events, written_at: None };
        self.notices.apply(&record);
        self
    }
    fn refused(&self, by: &Actor, command: Command) -> Refusal {
        self.notices.decide(command, &Context { at: self.now, by, written_at: None }).expect_err("refused")
    }
    fn room(self, command: Command) -> Self {
        self.when(&the_room(), command)
    }
    fn later(mut self, minutes: i64) -> Self {
        self.now += SignedDuration::from_mins(minutes);
        self
    }
    fn with_mail(self, quiet: Option<Quiet>) -> Self {
        self.when(&actor("party"), ask(NoticeAsk::SetRoutes { mail: Some("a@tinh.vn".into()), quiet }))
    }
    fn raise(self, concern: Concern, hour: i8) -> Self {
        self.room(Command::Raise { concerns: vec![concern], local: day(hour) })
    }
    fn newest(&self) -> Notice {
        Notice::clone(self.notices.of(&person()).next().expect("a notice"))
    }
    fn count(&self) -> usize {
        self.notices.of(&person()).count()
    }
}

fn concern(notice: &str, key: &str, urgent: bool) -> Concern {
    Concern {
        id: id(notice),
        to: person(),
        matter: Some(NoticeMatter {
            incident: IncidentId::new("su-co").expect("an id"),
            number: "SC-2026-0001".into(),
            exercise: false,
            level: Level::new(3).expect("a level"),
        }),
        subjects: vec![Subject { key: key.into(), words: format!("Việc {key}"), due_at: None, urgent }],
        present: false,
        on_duty: false,
        mails: true,
        step: Step::First,
        after: None,
        about: None,
    }
}

fn night() -> Option<Quiet> {
    let time = |hour| Time::new(hour, 0, 0, 0).expect("an hour");
    Some(Quiet { from: time(22), until: time(6) })
}

#[test]
fn what_was_told_is_not_told_again_until_it_is_over_and_comes_back() {
    let case = Case::new().with_mail(None).raise(concern("n-1", "a", true), 12);
    let case = case.raise(concern("n-2", "a", true), 12);
    assert_eq!(case.count(), 1);
    let mut both = concern("n-3", "a", true);
    both.subjects.extend(concern("x", "b", false).subjects);
    let case = case.raise(both, 12);
    let keys: Vec<_> = case.newest().subjects.into_iter().map(|it| it.key).collect();
    assert_eq!(keys, ["b"], "only what is new");
    let case = case.room(Command::Settle { notices: vec![id("n-1")] }).raise(concern("n-4", "a", true), 12);
    assert_eq!(case.count(), 3);
}

#[test]
fn who_has_set_up_nothing_and_who_looks_at_the_room_are_told_nothing_and_that_is_on_record() {
    let case = Case::new().raise(concern("n-1", "a", true), 12);
    let skipped = |why| Progress::Skipped { why, at: at("12:00:00") };
    assert_eq!(case.newest().deliveries, [Delivery { way: None, progress: skipped(Skipped::NoWay) }]);
    let case = Case::new().with_mail(None);
    let case = case.raise(Concern { present: true, ..concern("n-1", "a", true) }, 12);
    assert_eq!(case.newest().deliveries[0].progress, skipped(Skipped::Present));
    let case = case.raise(Concern { mails: false, ..concern("n-2", "b", true) }, 12);
    assert_eq!(case.newest().deliveries[0].progress, skipped(Skipped::NoMailServer));
}

#[test]
fn quiet_hours_hold_back_what_is_not_urgent_until_they_end_even_over_midnight() {
    let due = |case: &Case| match case.newest().deliveries[0].progress {
        Progress::Due { at, quiet, .. } => (at.duration_since(case.now).as_hours(), quiet),
        _ => panic!("{:?}", case.newest()),
    };
    for (hour, urgent, expected) in [
        (21, false, (0, false)),
        (22, false, (8, true)),
        (23, false, (7, true)),
        (2, false, (4, true)),
        (6, false, (0, false)),
        (2, true, (0, false)),
    ] {
        let case = Case::new().with_mail(night()).raise(concern("n-1", "a", urgent), hour);
        assert_eq!(due(&case), expected, "at {hour}, urgent: {urgent}");
    }
    let mut drill = concern("n-1", "a", true);
    drill.matter.as_mut().expect("a matter").exercise = true;
    let case = Case::new().with_mail(night()).raise(drill, 2);
    assert_eq!(due(&case), (4, true), "an exercise wakes nobody");
    let on_duty = Concern { on_duty: true, ..concern("n-1", "a", false) };
    let awake = Case::new().with_mail(night()).raise(on_duty, 2);
    assert_eq!(due(&awake), (0, false), "who is on duty is told at once");
    let woken = Case::new().with_mail(night()).raise(concern("n-1", "a", false), 2);
    let woken = woken.later(30).room(Command::Wake { notices: vec![id("n-1")] });
    assert_eq!(due(&woken), (0, false), "and who comes on duty, of what waited");
    assert_eq!(woken.refused(&actor("party"), Command::Wake { notices: vec![] }), Refusal::NotAllowed);
    // Done by morning: nothing goes out.
    let case = case.room(Command::Settle { notices: vec![id("n-1")] });
    assert_eq!(case.newest().deliveries[0].progress, Progress::Skipped { why: Skipped::Done, at: case.now });
}

#[test]
fn a_telephone_that_rang_often_rings_for_what_is_urgent_only() {
    let mut case = Case::new().with_mail(None);
    for n in 0..HOUR_MAX {
        case = case.raise(concern(&format!("n-{n:02}"), &format!("k-{n}"), false), 12);
    }
    let case = case.raise(concern("n-90", "one-more", false), 12);
    let skipped = Progress::Skipped { why: Skipped::TooMany, at: case.now };
    assert_eq!(case.newest().deliveries[0].progress, skipped);
    let case = case.raise(concern("n-91", "fire", true), 12);
    assert!(matches!(case.newest().deliveries[0].progress, Progress::Due { .. }));
    let case = case.later(61).raise(concern("n-92", "later", false), 13);
    assert!(matches!(case.newest().deliveries[0].progress, Progress::Due { .. }));
}

#[test]
fn a_try_that_fails_is_tried_again_and_given_up_in_the_end_and_can_be_asked_for_once_more() {
    let failed = |last| Outcome::Failed { why: "máy chủ bận".into(), last, wait: None };
    let report = |outcome| Command::Report { notice: id("n-1"), place: 0, outcome };
    let mut case = Case::new().with_mail(None).raise(concern("n-1", "a", true), 12);
    for (n, pause) in RETRY.iter().enumerate() {
        assert_eq!(case.notices.due(case.now), [(id("n-1"), 0)]);
        case = case.room(report(failed(false)));
        let Progress::Due { at, tries, last, .. } = case.newest().deliveries[0].progress.clone() else {
            panic!("{:?}", case.newest())
        };
        assert_eq!((at, tries as usize), (case.now + *pause, n + 1));
        assert_eq!((last.as_deref(), case.notices.due(case.now).len()), (Some("máy chủ bận"), 0));
        case = case.later(pause.as_mins());
    }
    let case = case.room(report(failed(false)));
    let Progress::Failed { tries, .. } = case.newest().deliveries[0].progress else { panic!("given up") };
    assert_eq!(tries as usize, RETRY.len() + 1);
    let stranger = case.refused(&actor("people"), ask(NoticeAsk::Retry { notice: id("n-1") }));
    assert_eq!(stranger, Refusal::NotAllowed);
    let case = case.when(&actor("party"), ask(NoticeAsk::Retry { notice: id("n-1") }));
    assert_eq!(case.notices.due(case.now), [(id("n-1"), 0)]);
    let case = case.room(report(failed(true)));
    assert!(matches!(case.newest().deliveries[0].progress, Progress::Failed { tries: 1, .. }), "no use");
    // A late answer about what is over changes nothing.
    let again = case.newest();
    assert_eq!(case.room(report(Outcome::Sent)).newest(), again);
}

#[test]
fn silence_is_followed_by_the_next_step_and_a_sign_of_life_ends_it() {
    let case = Case::new().with_mail(None).raise(concern("n-1", "a", true), 12);
    let case = case.room(Command::Report { notice: id("n-1"), place: 0, outcome: Outcome::Sent }).later(9);
    assert!(case.notices.unheard(case.now).is_empty());
    let case = case.later(1);
    assert_eq!(case.notices.unheard(case.now).len(), 1);
    let again =
        Concern { step: Step::Again, after: Some(id("n-1")), present: true, ..concern("n-2", "a", true) };
    let case = case.raise(again, 12);
    assert!(
        matches!(case.newest().deliveries[0].progress, Progress::Due { .. }),
        "a window that is open and nobody before it is no reason the second time"
    );
    assert!(case.notices.unheard(case.now).is_empty(), "the second runs from its own moment");
    let case = case.later(10);
    assert_eq!(case.notices.unheard(case.now).len(), 1, "the first was followed; the second was not");
    let both = vec![id("n-1"), id("n-2")];
    let seen = Command::Know { person: actor("party").person, notices: both.clone() };
    assert_eq!(case.refused(&actor("people"), seen), Refusal::NotAllowed, "nobody knows for another");
    let case = case.when(&actor("people"), ask(NoticeAsk::See { notices: both.clone() }));
    assert_eq!(case.notices.unheard(case.now).len(), 1, "nor says so");
    let case = case.when(&actor("party"), ask(NoticeAsk::See { notices: both }));
    assert!(case.notices.unheard(case.now).is_empty());
    // What is not urgent has an hour; quiet hours do not count.
    let calm = Case::new().with_mail(night()).raise(concern("n-1", "a", false), 5);
    let calm = calm.later(60 + 59);
    assert!(calm.notices.unheard(calm.now).is_empty());
    assert_eq!(calm.notices.unheard(calm.now + 1.minute()).len(), 1);
}

#[test]
fn browsers_mailboxes_and_programs_are_taken_as_they_can_be_used() {
    let keys =
        |n: usize| PushKeys { endpoint: format!("https://push/{n}"), p256dh: "k".into(), auth: "a".into() };
    let add = |n: usize| {
        ask(NoticeAsk::AddDevice {
            device: id(&format!("d-{n}")), name: "Điện thoại".into(), keys: keys(n)
        })
    };
    let mut case = Case::new();
    for n in 0..DEVICES_MAX {
        case = case.when(&actor("party"), add(n));
    }
    let Refusal::Notices(_) = case.refused(&actor("party"), add(99)) else { panic!("one too many") };
    let case = case.when(&actor("party"), add(3));
    assert_eq!(case.notices.routes.get(&actor("party").person).expect("set").devices.len(), DEVICES_MAX);
    let gone = Command::Forget { person: actor("party").person, device: id("d-1"), why: "410".into() };
    assert_eq!(case.refused(&actor("people"), gone.clone()), Refusal::NotAllowed);
    let case = case.raise(concern("n-1", "a", true), 12).room(gone);
    let called_off = case
        .newest()
        .deliveries
        .into_iter()
        .filter(|it| it.progress == Progress::Skipped { why: Skipped::Gone, at: case.now });
    assert_eq!(called_off.count(), 1, "what was meant for it is called off");
    for bad in ["a", "@b.vn", "a@b", "a b@c.vn", "a@.vn", "a@b.vn\r\nBcc: x@y.vn"] {
        let set = ask(NoticeAsk::SetRoutes { mail: Some(bad.into()), quiet: None });
        assert!(matches!(case.refused(&actor("party"), set), Refusal::Notices(_)), "{bad}");
    }
    let hook = |url: &str| {
        ask(NoticeAsk::AddHook { hook: id("h-1"), name: "SMS".into(), url: url.into(), office: None })
    };
    let admin = Actor { roles: vec![Role::Admin], ..actor("party") };
    assert_eq!(case.refused(&actor("party"), hook("https://sms.vn/x")), Refusal::NotAllowed);
    for bad in ["http://sms.vn/x", "http://127.0.0.1.sms.vn/", "http://localhost@sms.vn/"] {
        assert!(matches!(case.refused(&admin, hook(bad)), Refusal::Notices(_)), "{bad}");
    }
    let case = case.when(&admin, hook("http://127.0.0.1:9000/goi"));
    let to = Recipient::Hook { hook: id("h-1") };
    let case = case.raise(Concern { to: to.clone(), ..concern("n-2", "a", true) }, 12);
    assert_eq!(case.notices.of(&to).count(), 1);
    let case = case.when(&admin, ask(NoticeAsk::StopHook { hook: id("h-1") }));
    assert!(case.notices.due(case.now).iter().all(|(notice, _)| *notice != id("n-2")));
}

#[test]
fn old_notices_that_are_over_leave_memory_and_open_ones_never() {
    let mut case = Case::new().raise(concern("n-000", "open", true), 12);
    for n in 1..=KEPT + 5 {
        let name = format!("n-{n:03}");
        case = case.raise(concern(&name, &format!("k-{n}"), false), 12);
        case = case.room(Command::Settle { notices: vec![id(&name)] });
    }
    assert!(case.count() <= KEPT + 1);
    assert!(case.notices.get(&id("n-000")).is_some() && case.notices.get(&id("n-001")).is_none());
}

#[test]
fn what_leaves_the_house_in_clear_says_no_words_of_the_incident() {
    let mut notice = Case::new().raise(concern("n-1", "a", true), 12).newest();
    notice.subjects[0].words = "Duyệt PN-01 “Bí mật chưa công bố”".into();
    let mail = mail(&notice, "https://truc.vn");
    let call = String::from_utf8(call(&notice, "https://truc.vn")).expect("UTF-8");
    for text in [&mail.subject, &mail.body, &call] {
        assert!(!text.contains("Bí mật") && text.contains("SC-2026-0001"), "{text}");
    }
    assert!(mail.subject.starts_with("GẤP") && mail.body.contains("https://truc.vn/su-co/su-co"));
    let push = String::from_utf8(push(&notice)).expect("UTF-8");
    assert!(push.contains("Bí mật"), "a browser's message is sealed");
    assert_eq!(topic(&notice).len(), 32);
}
