//! What goes out is compared, numbered, updated, corrected and withdrawn in the open; what it rests on is cited; a
//! text that was approved beforehand is nothing but its blanks; and what is typed together is what is frozen.

use super::*;
use crate::domain::fact;
use crate::domain::frozen::{Answer, Blank, Given, Preapproval};
use crate::domain::given::an_incident_with;
use crate::domain::refusal::Releasing;
use crate::domain::release::Comparison;
use crate::domain::words::{Update, blank as document};
use yrs::updates::decoder::Decode as _;
use yrs::{Text as _, Transact as _};

fn command(command: Command) -> AnyCommand {
    AnyCommand::Statement(command)
}
fn published() -> Case {
    approved().at(at("12:50:00")).by("people").when(publish(WORDS, "12:45:00")).accepted()
}
fn follow(id: &str, relation: Relation) -> AnyCommand {
    let follows = Some(Follows { statement: super::id(), relation });
    let id = RowId::new(id).expect("an id");
    command(Command::Draft { id, kind: "qa_sheet".into(), title: None, follows })
}
/// The second statement, out on the same channel; its rule asks the spokesperson alone.
fn followed(relation: Relation) -> Case {
    let (id, text, now) = (RowId::new("s-2").expect("an id"), "Hỏi: …", at("13:00:00"));
    let case = published().at(now).by("drafter").when(follow("s-2", relation)).accepted();
    let case = case.when(command(Command::Submit { id: id.clone(), digest: digest(text) })).accepted();
    let case =
        case.by("people").when(command(Command::Approve { id: id.clone(), digest: digest(text) })).accepted();
    let (channel, link) = ("portal".to_owned(), None);
    case.when(command(Command::Publish { id, digest: digest(text), channel, at: now, link })).accepted()
}
fn tick(channel: &str) -> AnyCommand {
    command(Command::Tick { id: id(), channel: channel.into(), note: Some("đã gắn liên kết".into()) })
}

#[test]
fn a_series_is_numbered_and_linked_both_ways() {
    drafted().when(follow("s-2", Relation::Update)).refused(Refusal::NotPublished { number: "PN-01".into() });
    let case = followed(Relation::Correction);
    let newer = case.incident().statements.get(&RowId::new("s-2").expect("an id")).expect("there").clone();
    assert_eq!((newer.number.as_str(), &newer.series), ("PN-01.2", &id()));
    assert_eq!(newer.follows.as_ref().map(|follows| &follows.statement), Some(&id()));
    let older = row(&case);
    let back = older.followed.as_ref().expect("pointed at");
    assert_eq!((&back.statement, back.relation), (&newer.id, Relation::Correction));
    assert_eq!((older.text.as_str(), older.state), (WORDS, State::Published), "the old words stay readable");
    let moved = Refusal::SeriesMovedOn { number: "PN-01.2".into() };
    case.by("drafter").when(follow("s-3", Relation::Update)).refused(moved);
}

#[test]
fn of_two_corrections_of_the_same_words_one_goes_out() {
    let both = published().by("drafter").when(follow("s-3", Relation::Correction)).accepted();
    let text = "Hỏi: …";
    let third = RowId::new("s-3").expect("an id");
    let mut case = both.when(follow("s-2", Relation::Correction)).accepted();
    for id in ["s-2", "s-3"] {
        let id = RowId::new(id).expect("an id");
        case = case
            .by("drafter")
            .when(command(Command::Submit { id: id.clone(), digest: digest(text) }))
            .accepted();
        case = case.by("people").when(command(Command::Approve { id, digest: digest(text) })).accepted();
    }
    let out = |id: &RowId| {
        let (channel, link, at) = ("portal".to_owned(), None, at("12:50:00"));
        command(Command::Publish { id: id.clone(), digest: digest(text), channel, at, link })
    };
    let second = RowId::new("s-2").expect("an id");
    let case = case.when(out(&second)).accepted();
    case.when(out(&third)).refused(Refusal::SeriesMovedOn { number: "PN-01.3".into() });
}

#[test]
fn old_words_are_ticked_off_channel_by_channel_before_the_incident_closes() {
    published().when(tick("portal")).refused(Releasing::NothingStandsThere.into());
    let close = || AnyCommand::Incident(incident::Command::Close { summary: "xong".into(), despite: false });
    let skip = crate::domain::task::Command::Skip {
        id: RowId::new("t-2").expect("an id"),
        reason: "đã ra".into(),
    };
    for (relation, holds_up) in
        [(Relation::Update, false), (Relation::Correction, true), (Relation::Withdrawal, true)]
    {
        let case = followed(relation).by("press").when(AnyCommand::Task(skip.clone())).accepted();
        assert_eq!(row(&case).unticked().count(), 1);
        if holds_up {
            let refusal = Refusal::OldWordsStand { number: "PN-01".into(), count: 1 };
            case.clone().when(close()).refused(refusal);
            case.clone().when(tick("fanpage")).refused(Releasing::NothingStandsThere.into());
        }
        let ticked = case.when(tick("portal")).accepted();
        assert_eq!(row(&ticked).unticked().count(), 0);
        ticked.when(close()).accepted();
    }
}

#[test]
fn what_stands_on_a_channel_is_compared_with_what_was_approved() {
    let capture = |channel: &str, text: Option<&str>| {
        let (channel, text) = (channel.to_owned(), text.map(str::to_owned));
        command(Command::Capture { id: id(), channel, text, file: None })
    };
    published().when(capture("fanpage", Some(WORDS))).refused(Releasing::NotReleasedThere.into());
    published().when(capture("portal", Some("  "))).refused(Refusal::Empty);
    let compared = |text: &str| {
        let case = published().when(capture("portal", Some(text))).accepted();
        row(&case).releases[0].capture.as_ref().expect("captured").compared
    };
    assert_eq!(compared(WORDS), Comparison::Matches);
    assert_eq!(compared("Đập Cốc Thử AN TOÀN."), Comparison::Differs);
    // Whatever stands there is kept as it is, hidden characters too: that is the proof.
    assert_eq!(compared(&format!("{WORDS}\u{200B}")), Comparison::Differs);
}

#[test]
fn the_registry_numbers_what_is_approved() {
    let number = || {
        command(Command::Number {
            id: id(),
            number: "12/TC-UBND".into(),
            date: jiff::civil::date(2026, 3, 1),
        })
    };
    submitted().when(number()).refused(Releasing::NumberedTooEarly.into());
    let case = approved().when(number()).accepted();
    assert_eq!(row(&case).document.as_ref().expect("numbered").number, "12/TC-UBND");
    case.by("people").when(publish(WORDS, "12:40:00")).accepted().when(number()).accepted();
}

#[test]
fn an_exercise_has_no_real_channel() {
    let exercise = an_incident_with(|opening| {
        opening.exercise = true;
        opening.channels.iter_mut().for_each(|channel| channel.code = format!("exercise_{}", channel.code));
    });
    let case = exercise.by("drafter").when(draft()).accepted().when(write(TEMPLATE, WORDS)).accepted();
    let case = case.when(submit(WORDS)).accepted().by("party").when(approve(WORDS)).accepted();
    let case = case.by("people").when(approve(WORDS)).accepted();
    case.clone().when(publish(WORDS, "12:30:00")).refused(Releasing::NoChannelInExercise.into());
    let plan = Command::Plan { id: id(), channel: "portal".into(), at: None };
    case.when(command(plan)).refused(Releasing::NoChannelInExercise.into());
}

#[test]
fn an_approval_for_another_incidents_words_is_refused() {
    let foreign = Refusal::StaleApproval { now: digest(WORDS) };
    submitted().by("party").when(approve("lời của sự cố khác")).refused(foreign);
}

#[test]
fn a_draft_that_is_put_aside_stays_readable_and_comes_back_no_more() {
    let drop = || command(Command::Drop { id: id(), reason: "trùng".into() });
    submitted().when(drop()).refused(Refusal::WordsFrozen);
    let aside = drafted().when(drop()).accepted();
    assert_eq!((row(&aside).state, row(&aside).text.as_str()), (State::Dropped, TEMPLATE));
    for command in [write(TEMPLATE, WORDS), drop()] {
        aside.clone().when(command).refused(Refusal::SetAside);
    }
    aside.clone().when(submit(TEMPLATE)).refused(Refusal::NotADraft);
    aside.by("people").when(publish(TEMPLATE, "12:30:00")).refused(Refusal::SetAside);
}

fn enter(label: &str, value: &str) -> AnyCommand {
    AnyCommand::Fact(fact::Command::Enter {
        id: RowId::new("f-1").expect("an id"),
        label: label.into(),
        value: Some(value.into()),
        as_of: at("12:10:00"),
        source: "Ban chỉ huy".into(),
        from: None,
    })
}
fn revise(value: &str) -> AnyCommand {
    let (id, value) = (RowId::new("f-1").expect("an id"), Some(value.into()));
    AnyCommand::Fact(fact::Command::Revise {
        id,
        version: 1,
        value,
        as_of: at("12:20:00"),
        source: "Ban chỉ huy".into(),
    })
}
fn cite() -> AnyCommand {
    command(Command::Cite { id: id(), fact: RowId::new("f-1").expect("an id") })
}

#[test]
fn a_fact_that_changes_turns_its_drafts_amber_until_it_is_cited_anew() {
    let cited = drafted().when(enter("Số hộ bị cô lập", "12")).accepted().when(cite()).accepted();
    let said = row(&cited).citations[0].clone();
    assert_eq!(
        (said.said.as_str(), said.changed),
        ("Số hộ bị cô lập: 12 (tính đến 12:10 ngày 1/3/2026)", false)
    );
    let changed = cited.when(revise("15")).accepted();
    assert!(row(&changed).citations[0].changed);
    assert!(changed.incident().tasks.iter().all(|task| !task.plan.title.contains("Rà lại")));
    let again = changed.when(cite()).accepted();
    assert_eq!(row(&again).citations.len(), 1);
    assert!(!row(&again).citations[0].changed && row(&again).citations[0].said.contains("15"));
}

#[test]
fn a_fact_that_changes_puts_a_task_on_its_published_words_once() {
    let cited = submitted().when(enter("Số hộ bị cô lập", "12")).accepted().when(cite()).accepted();
    let out = cited.at(at("12:40:00")).by("party").when(approve(WORDS)).accepted().by("people");
    let out = out.when(approve(WORDS)).accepted().when(publish(WORDS, "12:40:00")).accepted();
    let changed = out.by("drafter").when(revise("15")).accepted();
    let tasks = |case: &Case| {
        case.incident().tasks.iter().filter(|task| task.plan.title.contains("Rà lại phát ngôn PN-01")).count()
    };
    assert_eq!(tasks(&changed), 1);
    let withdraw = fact::Command::Withdraw { id: RowId::new("f-1").expect("an id"), reason: "nhầm".into() };
    let gone = changed.when(AnyCommand::Fact(withdraw)).accepted();
    assert_eq!(tasks(&gone), 1, "it is on somebody's desk already");
    gone.when(cite()).refused(Releasing::AlreadyPublished.into());
}

/// A pre-approved holding statement with three kinds of blanks.
fn form() -> Case {
    let case = an_incident_with(|opening| {
        let prepared = &mut opening.prepared[0];
        prepared.text = "Lúc {{giờ}}, cơ quan đã nhận tin về {{việc}}. Gọi {{số}}.".into();
        let blank = |name: &str, answer, from| {
            let (name, label, hint) = (name.into(), name.into(), "đúng mẫu".into());
            Blank { name, label, hint, answer, from }
        };
        prepared.blanks = vec![
            blank("giờ", Answer::Moment, Some(Given::ReceivedAt)),
            blank("việc", Answer::Choice { of: vec!["mưa lũ".into(), "cháy rừng".into()] }, None),
            blank("số", Answer::Phone, None),
        ];
        let day = jiff::civil::date;
        let (by, instrument) = ("Chủ tịch".into(), "mẫu".into());
        let (from, until) = (day(2026, 1, 1), day(2026, 12, 31));
        prepared.preapproved = Some(Preapproval { by, instrument, from, until });
    });
    case.by("drafter").when(draft()).accepted()
}
fn fill(blank: &str, value: &str) -> AnyCommand {
    command(Command::Fill { id: id(), blank: blank.into(), value: value.into() })
}

#[test]
fn of_a_text_that_was_approved_beforehand_only_the_blanks_are_written() {
    let case = form();
    let begun = "Lúc 12:00 ngày 1/3/2026, cơ quan đã nhận tin về {{việc}}. Gọi {{số}}.";
    assert_eq!(row(&case).text, begun, "what the record knows stands there");
    case.clone().when(write(begun, WORDS)).refused(Refusal::OnlyBlanks);
    let typed = Words::begin(begun).replaced("khác").state().to_vec();
    case.clone()
        .when(command(Command::Type { id: id(), update: Update(typed) }))
        .refused(Refusal::OnlyBlanks);
    let not_there =
        |blank: &str| Refusal::NotAllowedThere { blank: blank.into(), hint: "đúng mẫu".into() };
    case.clone().when(fill("việc", "vỡ đập")).refused(not_there("việc"));
    case.clone().when(fill("số", "gọi tôi")).refused(not_there("số"));
    case.clone().when(fill("khác", "x")).refused(Refusal::Unknown);
    case.clone().when(submit(begun)).refused(Refusal::BlanksLeft { count: 2, first: "việc".into() });
    let full = case.when(fill("việc", "mưa lũ")).accepted().when(fill("số", "0214 3840 000")).accepted();
    let words = "Lúc 12:00 ngày 1/3/2026, cơ quan đã nhận tin về mưa lũ. Gọi 0214 3840 000.";
    assert_eq!((row(&full).text.as_str(), row(&full).words.text().as_str()), (words, words));
    let emptied = full.clone().when(fill("số", " ")).accepted();
    emptied.when(submit(words)).refused(Refusal::TextChanged {
        now: digest("Lúc 12:00 ngày 1/3/2026, cơ quan đã nhận tin về mưa lũ. Gọi {{số}}."),
    });
    let frozen = full.when(submit(words)).accepted();
    frozen.clone().when(fill("việc", "cháy rừng")).refused(Refusal::WordsFrozen);
    frozen.when(write(words, "khác")).refused(Refusal::WordsFrozen);
    drafted().when(fill("tên_đập", "x")).refused(Refusal::NoForm);
}

/// What one editor types at the end of the words.
fn typed(case: &Case, hand: u64, put: &str) -> Update {
    let row = row(case);
    let (doc, shared) = document(hand);
    let state = yrs::Update::decode_v1(row.words.state()).expect("a state");
    doc.transact_mut().apply_update(state).expect("whole");
    let mut writing = doc.transact_mut();
    let end = u32::try_from(row.text.encode_utf16().count()).expect("short");
    shared.insert(&mut writing, end, put);
    Update(writing.encode_update_v1())
}
fn types(update: &Update) -> AnyCommand {
    command(Command::Type { id: id(), update: update.clone() })
}

#[test]
fn what_two_offices_type_at_once_is_one_text_with_both_as_authors() {
    let start = drafted().when(write(TEMPLATE, "A")).accepted();
    let (one, other) = (typed(&start, 7, " một"), typed(&start, 9, " hai"));
    let both = start.when(types(&one)).accepted().by("party").when(types(&other)).accepted();
    assert_eq!(row(&both).text, "A một hai");
    assert_eq!(row(&both).authors.len(), 2);
    // The same change again, from whomever, is no change and no line.
    let rev = both.incident().rev;
    assert_eq!(both.clone().when(types(&one)).accepted().incident().rev, rev);
    let frozen = both.by("drafter").when(submit("A một hai")).accepted();
    frozen.clone().when(types(&typed(&frozen, 11, "!"))).refused(Refusal::WordsFrozen);
    frozen.clone().by("party").when(approve("A một hai")).refused(Refusal::OwnApproval);
    let open = frozen.when(command(Command::Reopen { id: id(), reason: None })).accepted();
    open.clone().when(types(&typed(&open, 11, "!"))).accepted();
}

#[test]
fn one_text_in_three_encodings_is_one_text_and_the_place_of_a_tone_is_the_writers() {
    use unicode_normalization::UnicodeNormalization as _;
    let text = "Tiếng Việt: hòa, hoà";
    // Composed, decomposed, and half of each, as an old keyboard on an old machine leaves it.
    let half: String = text.replace('ế', "ê\u{301}").replace('ệ', "ẹ\u{302}");
    let encodings = [text.to_owned(), text.nfd().collect(), half];
    let texts = encodings.iter().map(|put| {
        let start = drafted().when(write(TEMPLATE, "A ")).accepted();
        let case = start.clone().when(types(&typed(&start, 7, put))).accepted();
        (row(&case).text.clone(), row(&case).digest)
    });
    let texts: Vec<_> = texts.collect();
    assert!(texts.iter().all(|one| *one == texts[0]), "{texts:?}");
    assert!(texts[0].0.contains("hòa, hoà"));
}

#[test]
fn what_does_not_show_may_be_typed_and_is_refused_when_it_would_freeze() {
    let start = drafted().when(write(TEMPLATE, "Đập")).accepted();
    let case = start.clone().when(types(&typed(&start, 7, "\u{202E}vỡ"))).accepted();
    let refusal = Refusal::UnseenCharacter { point: 0x202E, place: 4 };
    case.when(submit("Đập\u{202E}vỡ")).refused(refusal);
}

#[test]
fn a_paste_that_is_too_long_is_refused_and_loses_nothing() {
    let start = drafted().when(write(TEMPLATE, "A")).accepted();
    let paste = "ạ".repeat(200 * 1024 / 3);
    let length = paste.chars().count() + 1;
    let max = crate::domain::text::STATEMENT_MAX;
    start.clone().when(types(&typed(&start, 7, &paste))).refused(Refusal::TooLong { length, max });
    assert_eq!(row(&start).text, "A");
}
