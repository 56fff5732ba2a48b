//! Talk: off the timeline, whom it names, what it answers, which offices have confirmed, and what of it becomes record.

use super::*;
use crate::domain::given::{self, Case, actor, at};
use crate::domain::ids::{OfficeId, PersonId};
use crate::domain::refusal::Files;
use crate::domain::waiting::{WaitFor, waiting};
use crate::domain::{Command as AnyCommand, Viewer, decision, entry, incident, office};
use jiff::{SignedDuration, Timestamp};

fn id(name: &str) -> RowId {
    RowId::new(name).expect("an id")
}
fn office(name: &str) -> OfficeId {
    OfficeId::new(name).expect("an id")
}
fn on(verb: Command) -> AnyCommand {
    AnyCommand::Message(verb)
}
fn said(name: &str, text: &str) -> AnyCommand {
    on(Command::plain(id(name), text, None))
}
fn with(text: &str, files: usize) -> AnyCommand {
    let attachments = (0..files).map(given::file).collect();
    let (reply, mentions, ask) = (None, vec![], vec![]);
    on(Command::Send { id: id("m-1"), text: text.into(), origin: None, attachments, reply, mentions, ask })
}
/// A message that names people and offices as the server has filled them in.
fn naming(name: &str, text: &str, reply: Option<&str>, mentions: Vec<Mention>) -> AnyCommand {
    let (reply, ask) = (reply.map(id), vec![]);
    on(Command::Send {
        id: id(name),
        text: text.into(),
        origin: None,
        attachments: vec![],
        reply,
        mentions,
        ask,
    })
}
fn person(who: &str) -> Mention {
    Mention::Person { person: PersonId::new(who).expect("an id"), name: format!("Nguyễn Văn {who}") }
}
fn the_office(name: &str) -> Mention {
    Mention::Office { office: office(name), name: String::new() }
}
fn ask(name: &str, offices: &[&str]) -> AnyCommand {
    on(Command::Ask { id: id(name), offices: offices.iter().map(|name| office(name)).collect() })
}
fn confirm(name: &str) -> AnyCommand {
    on(Command::Acknowledge { id: id(name) })
}
fn row(case: &Case, name: &str) -> std::sync::Arc<Message> {
    case.incident().messages.get(&id(name)).expect("sent").clone()
}
/// What of the talk waits for somebody.
fn calls(case: &Case, who: &str) -> Vec<WaitFor> {
    let waits = waiting(case.incident(), &actor(who), at("12:31:00")).into_iter().map(|wait| wait.what);
    waits.filter(|what| matches!(what, WaitFor::Mentioned { .. } | WaitFor::Acknowledge { .. })).collect()
}
fn minutes(n: i64) -> Timestamp {
    at("12:30:00") + SignedDuration::from_mins(n)
}
fn broken(case: Case, command: AnyCommand, rule: Broken) {
    case.when(command).refused(Refusal::Talk(rule));
}

#[test]
fn talk_stays_off_the_timeline_and_is_sent_once() {
    let open = given::an_incident();
    let lines = open.incident().lines.len();
    let said_once = open.by("party").when(said("m-1", "Đã nhận")).accepted();
    assert_eq!((said_once.incident().messages.len(), said_once.incident().lines.len()), (1, lines));
    said_once.when(said("m-1", "Đã nhận")).refused(Refusal::AlreadyThere);
}

#[test]
fn a_picture_may_speak_for_itself_and_ten_are_enough() {
    let max = attachment::COUNT_MAX;
    let open = given::an_incident().by("party");
    open.clone().when(with(" ", 0)).refused(Refusal::Empty);
    open.clone().when(with("", max + 1)).refused(Refusal::Files(Files::TooMany { max }));
    let said = open.when(with(" ", max)).accepted();
    assert_eq!((row(&said, "m-1").text.as_str(), row(&said, "m-1").attachments.len()), ("", max));
    assert_eq!(row(&said, "m-1").beginning(QUOTE_MAX), "anh-0.png");
}

#[test]
fn a_message_too_long_is_refused_with_its_length_and_a_page_is_not() {
    for length in [10_000, 1 << 20] {
        let refusal = Refusal::TooLong { length, max: text::ENTRY_MAX };
        given::an_incident().by("party").when(with(&"ạ".repeat(length), 0)).refused(refusal);
    }
    given::an_incident().by("party").when(with(&"ạ".repeat(text::ENTRY_MAX), 0)).accepted();
}

#[test]
fn letters_of_all_who_live_here_and_emoji_are_kept_in_one_form() {
    // Hmong (both writings), Dao, Tày with a mark that has no letter of its own, and a family of emoji.
    let words = "Hmôngz Lênhl njuôx · 𖬌𖬣𖬵 · Miền Đạo Záng · Tày: mừa ə̌ ă̱ · 👨\u{200D}👩\u{200D}👧 🏳\u{FE0F}";
    let apart: String = unicode_normalization::UnicodeNormalization::nfd(words).collect();
    let said = given::an_incident().by("party").when(with(&apart, 0)).accepted();
    assert_ne!(apart, words);
    assert_eq!(row(&said, "m-1").text, words);
    let cut = row(&said, "m-1").beginning(9);
    assert!(cut.ends_with('…') && words.starts_with(cut.trim_end_matches('…')), "{cut}");
}

#[test]
fn what_names_somebody_waits_for_them_until_they_read_it() {
    let words = "@Nguyễn Văn people và @VP A xem giúp";
    let mentions = vec![person("people"), the_office("vptu"), person("people")];
    let named = given::an_incident().by("press").when(naming("m-1", words, None, mentions)).accepted();
    let waits = || vec![WaitFor::Mentioned { message: id("m-1") }];
    assert_eq!(row(&named, "m-1").mentions.len(), 2, "each once");
    assert_eq!((calls(&named, "people"), calls(&named, "party")), (waits(), waits()));
    assert_eq!(calls(&named, "drafter"), []);
    let see = || on(Command::See { id: id("m-1") });
    let by_party = named.by("party").when(see()).accepted();
    assert_eq!((calls(&by_party, "party"), calls(&by_party, "people")), (vec![], waits()));
    let rev = by_party.incident().rev;
    assert_eq!(by_party.clone().when(see()).accepted().incident().rev, rev, "once is enough");
    let strangers = by_party.clone().by("drafter").when(see()).accepted();
    assert_eq!(strangers.incident().rev, rev, "it does not name them");
    // An answer is more than having read it.
    let answer = naming("m-2", "Đã xem, đúng", Some("m-1"), vec![]);
    let answered = by_party.by("people").when(answer).accepted();
    assert_eq!(calls(&answered, "people"), []);
    let seen = row(&answered, "m-1").mentions.iter().filter(|it| it.seen.is_some()).count();
    assert_eq!(seen, 2);
    assert_eq!(answered.incident().talk.calling().count(), 0);
}

#[test]
fn nobody_calls_themselves_and_an_office_is_called_by_its_own_people_too() {
    let mentions = vec![person("press"), the_office("stt")];
    let words = "@Nguyễn Văn press @Sở C ca sau xem";
    let named = given::an_incident().by("press").when(naming("m-1", words, None, mentions)).accepted();
    assert_eq!(calls(&named, "press"), []);
    assert_eq!(calls(&named, "drafter").len(), 1);
    let own = named.when(naming("m-2", "Thêm", Some("m-1"), vec![])).accepted();
    assert_eq!(calls(&own, "drafter").len(), 1, "the author's own answer is nobody's reading");
}

#[test]
fn who_is_named_stands_in_the_words_and_has_a_part_in_the_incident() {
    let open = given::an_incident().by("party");
    let name = || "VP B".to_owned();
    broken(
        open.clone(),
        naming("m-1", "Xem giúp", None, vec![the_office("vpub")]),
        Broken::NotNamed { name: name() },
    );
    let outside = Mention::Office { office: office("ca"), name: "Công an".into() };
    let refusal = Broken::OfficeOutside { office: "Công an".into() };
    broken(open.clone(), naming("m-1", "@Công an", None, vec![outside]), refusal);
    let many = (0..=MENTIONS_MAX).map(|n| person(&format!("p-{n}"))).collect::<Vec<_>>();
    let words = many.iter().map(|mention| format!("@{} ", mention.name())).collect::<String>();
    broken(open, naming("m-1", &words, None, many), Broken::TooManyMentions { max: MENTIONS_MAX });
}

#[test]
fn a_name_is_spoken_without_the_note_behind_it() {
    assert_eq!(spoken("Nguyễn Văn A (mô phỏng)"), "Nguyễn Văn A");
    assert_eq!(spoken("Nguyễn Văn A"), "Nguyễn Văn A");
}

#[test]
fn an_answer_carries_what_it_answers_and_answers_nothing_that_is_not_there() {
    let long = "Nước dâng ".repeat(40);
    let said = given::an_incident().by("party").when(said("m-1", &long)).accepted();
    said.clone().when(naming("m-2", "Rõ", Some("m-9"), vec![])).refused(Refusal::Unknown);
    let answered = said.by("people").when(naming("m-2", "Rõ", Some("m-1"), vec![])).accepted();
    let quote = row(&answered, "m-2").reply.clone().expect("an answer");
    assert_eq!((quote.id, quote.by.person.as_str()), (id("m-1"), "party"));
    assert!(quote.text.chars().count() <= QUOTE_MAX + 1 && quote.text.starts_with("Nước dâng"));
}

#[test]
fn ten_pins_and_they_say_whose_they_are() {
    let mut case = given::an_incident().by("party");
    for n in 0..=PINS_MAX {
        case = case.when(said(&format!("m-{n}"), "Số trực ban")).accepted();
    }
    let pin = |n: usize| on(Command::Pin { id: id(&format!("m-{n}")) });
    for n in 0..PINS_MAX {
        case = case.when(pin(n)).accepted();
    }
    assert_eq!(row(&case, "m-0").pinned.as_ref().map(|by| by.person.as_str()), Some("party"));
    broken(case.clone(), pin(PINS_MAX), Broken::TooManyPins { max: PINS_MAX });
    let rev = case.incident().rev;
    assert_eq!(case.clone().when(pin(0)).accepted().incident().rev, rev, "it is pinned");
    let unpinned = case.by("people").when(on(Command::Unpin { id: id("m-0") })).accepted();
    assert!(row(&unpinned, "m-0").pinned.is_none());
    unpinned.when(pin(PINS_MAX)).accepted();
}

#[test]
fn each_office_confirms_for_itself() {
    let asked = given::an_incident().by("press").when(said("m-1", "Sơ tán thôn 3 ngay")).accepted();
    broken(asked.clone(), ask("m-1", &[]), Broken::NobodyAsked);
    broken(asked.clone(), ask("m-1", &["ca"]), Broken::OfficeOutside { office: "ca".into() });
    let asked = asked.when(ask("m-1", &["vptu", "vpub", "vptu"])).accepted();
    let waits = || vec![WaitFor::Acknowledge { message: id("m-1"), reminded: 0 }];
    assert_eq!((calls(&asked, "party"), calls(&asked, "people")), (waits(), waits()));
    assert_eq!(calls(&asked, "press"), [], "who asks does not ask themselves");
    broken(asked.clone().by("drafter"), confirm("m-1"), Broken::NotAskedToConfirm);
    let half = asked.at(minutes(2)).by("party").when(confirm("m-1")).accepted();
    assert_eq!((calls(&half, "party"), calls(&half, "people")), (vec![], waits()));
    let offices = row(&half, "m-1").asked.clone().expect("asked").offices;
    let confirmed: Vec<_> =
        offices.iter().map(|it| it.confirmed.as_ref().map(|by| (by.person.to_string(), by.at))).collect();
    assert_eq!(confirmed, [Some(("party".to_owned(), minutes(2))), None]);
    let rev = half.incident().rev;
    assert_eq!(half.clone().when(confirm("m-1")).accepted().incident().rev, rev, "once is enough");
    // One more office, and nobody is asked twice.
    broken(half.clone().by("press"), ask("m-1", &["vptu", "vpub"]), Broken::NobodyAsked);
    let more = half.clone().by("people").when(ask("m-1", &["stt", "vpub"])).accepted();
    assert_eq!(row(&more, "m-1").asked.as_ref().map(|asked| asked.offices.len()), Some(3));
    assert_eq!(calls(&more, "drafter").len(), 1);
    // Who asked calls it off, or who leads.
    let off = || on(Command::CallOff { id: id("m-1") });
    let name = "Nguyễn Văn press".to_owned();
    broken(half.clone().by("party"), off(), Broken::NotYourRequest { name });
    let ended = half.by("head").when(off()).accepted();
    assert_eq!(calls(&ended, "people"), []);
    assert_eq!(next_due(ended.incident()), None);
    let anew = ended.by("press").when(ask("m-1", &["vpub", "vptu"])).accepted();
    let offices = row(&anew, "m-1").asked.clone().expect("asked").offices;
    let open: Vec<_> = offices.iter().map(|it| (it.office.as_str(), it.confirmed.is_some())).collect();
    assert_eq!(open, [("vptu", true), ("vpub", false)]);
}

#[test]
fn the_room_asks_again_until_each_office_has_confirmed_and_not_for_ever() {
    let remind = || on(Command::Remind { id: id("m-1") });
    let send = Command::Send {
        id: id("m-1"),
        text: "Sơ tán thôn 3 ngay".into(),
        origin: None,
        attachments: vec![],
        reply: None,
        mentions: vec![],
        ask: vec![office("vptu"), office("vpub")],
    };
    let asked = given::an_incident().by("press").when(on(send)).accepted();
    asked.clone().by("press").when(remind()).refused(Refusal::NotAllowed);
    let due = |case: &Case| next_due(case.incident()).map(|(at, _)| at);
    assert_eq!(due(&asked), Some(minutes(5)));
    asked.clone().at(minutes(4)).by_the_room().when(remind()).refused(Refusal::NotDue);
    let once = asked.at(minutes(5)).by_the_room().when(remind()).accepted();
    assert_eq!(due(&once), Some(minutes(10)));
    assert_eq!(calls(&once, "party"), [WaitFor::Acknowledge { message: id("m-1"), reminded: 1 }]);
    // One has confirmed; the other is asked on. The server slept through two reminders: only the newest is said.
    let half = once.at(minutes(6)).by("party").when(confirm("m-1")).accepted();
    let late = half.at(minutes(21)).by_the_room().when(remind()).accepted();
    let offices = row(&late, "m-1").asked.clone().expect("asked").offices;
    assert_eq!(offices.iter().map(|it| it.reminded).collect::<Vec<_>>(), [1, 4]);
    assert_eq!(due(&late), Some(minutes(25)));
    let last = late.at(minutes(90)).by_the_room().when(remind()).accepted();
    assert_eq!(row(&last, "m-1").asked.as_ref().map(|it| it.offices[1].reminded), Some(REMIND_TIMES));
    assert_eq!(due(&last), None, "half an hour is enough");
    assert_eq!(calls(&last, "people").len(), 1, "it waits on all the same");
}

#[test]
fn closing_ends_what_is_asked() {
    let asked = given::an_incident().by("press").when(said("m-1", "Ai trực?")).accepted();
    let skip = crate::domain::task::Command::Skip { id: id("t-2"), reason: "thử".into() };
    let case = asked.when(ask("m-1", &["vptu"])).accepted().when(AnyCommand::Task(skip)).accepted();
    let close = incident::Command::Close { summary: "xong".into(), despite: true };
    let closed = case.when(AnyCommand::Incident(close)).accepted();
    assert_eq!((next_due(closed.incident()), calls(&closed, "party")), (None, vec![]));
}

#[test]
fn a_message_becomes_record_once_it_is_there_and_says_what_came_of_it() {
    let said = given::an_incident().by("party").when(said("m-1", "Dân chạy lên đồi")).accepted();
    let written = |from: &str| {
        AnyCommand::Entry(entry::Command::Add {
            id: id("e-1"),
            text: "Dân chạy lên đồi".into(),
            occurred_at: None,
            source: None,
            origin: None,
            attachments: vec![],
            from: Some(id(from)),
        })
    };
    said.clone().when(written("m-9")).refused(Refusal::Unknown);
    let (reason, occurred_at, origin) = (None, None, None);
    let text = "Lập chốt".into();
    let take = decision::Command::Take {
        id: id("d-1"),
        text,
        reason,
        occurred_at,
        decider: None,
        rejected: vec![],
        origin,
        from: Some(id("m-1")),
    };
    let both = said.when(written("m-1")).accepted().by("people").when(AnyCommand::Decision(take)).accepted();
    let line = both.incident().lines.newest().expect("a line").clone();
    assert_eq!(line.from, Some(id("m-1")));
    let decided = both.incident().decisions.get(&id("d-1")).expect("taken").clone();
    assert_eq!(decided.from, Some(id("m-1")));
    let became: Vec<_> = row(&both, "m-1").became.iter().map(|it| (it.noun, it.id.clone())).collect();
    assert_eq!(became, [(Noun::Entry, id("e-1")), (Noun::Decision, id("d-1"))]);
    assert_eq!(row(&both, "m-1").sent, 2, "it stands where it was sent");
}

#[test]
fn a_first_load_holds_the_newest_the_pins_and_what_waits_for_an_office() {
    let max = crate::domain::FIRST_LOAD_ROWS;
    let mut case = given::an_incident().by("party");
    for n in 0..max + 10 {
        case = case.when(said(&format!("m-{n}"), "Tin")).accepted();
    }
    let case = case.when(on(Command::Pin { id: id("m-0") })).accepted();
    let case = case.when(ask("m-1", &["stt"])).accepted();
    // What happens to an old message does not bring it to the front.
    let case = case.by("people").when(naming("m-new", "Rõ", Some("m-2"), vec![])).accepted();
    let first = case.incident().since(0, Viewer::FULL);
    let loaded = |name: &str| first.messages.iter().any(|row| row.id == id(name));
    assert_eq!(first.messages.len(), max + 2);
    assert!(loaded("m-0") && loaded("m-1") && loaded("m-new") && !loaded("m-2"));
    let from = first.talk_from.expect("said");
    let page = case.incident().talk_page(from, Viewer::FULL);
    assert_eq!(page.talk_from, Some(0), "that is all of it");
    let mut all: Vec<_> = first.messages.iter().chain(&page.messages).map(|row| row.id.clone()).collect();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), max + 11);
}

#[test]
fn an_office_that_is_invited_later_can_be_named() {
    let police = crate::domain::incident::PlannedOffice {
        id: office("ca"),
        name: "Công an tỉnh".into(),
        short: "CA tỉnh".into(),
        seat: false,
    };
    let invited = given::an_incident().by("press");
    let invited = invited.when(AnyCommand::Office(office::Command::Invite { office: police })).accepted();
    let named = invited.when(naming("m-1", "@CA tỉnh xem", None, vec![the_office("ca")])).accepted();
    assert_eq!(row(&named, "m-1").mentions[0].whom.name(), "CA tỉnh");
}
