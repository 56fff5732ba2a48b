//! Cases of the brief: what is new, what changed, what is one's own, what was acknowledged.

use super::*;
use crate::domain::given::{self, Case, actor, at};
use crate::domain::ids::RowId;
use crate::domain::{Command as AnyCommand, claim, clipping, decision, fact, message, task};

fn id(text: &str) -> RowId {
    RowId::new(text).expect("an id")
}
fn say(number: u32) -> AnyCommand {
    AnyCommand::Message(message::Command::Send {
        id: id(&format!("m-{number}")),
        text: format!("tin {number}"),
        origin: None,
        attachments: vec![],
        reply: None,
        mentions: vec![],
        ask: vec![],
    })
}
fn enter(number: u32) -> AnyCommand {
    AnyCommand::Fact(fact::Command::Enter {
        id: id(&format!("f-{number}")),
        label: format!("Số {number}"),
        value: Some("1".into()),
        as_of: at("12:20:00"),
        source: "thử".into(),
        from: None,
    })
}
fn finish(seq: u32) -> AnyCommand {
    AnyCommand::Task(task::Command::Finish {
        id: id(&format!("t-{seq}")),
        note: Some("xong".into()),
        evidence: given::evidence(),
    })
}
fn acknowledge(until: Rev) -> AnyCommand {
    AnyCommand::Brief(Command::Acknowledge { until })
}
/// Kind, new, changed.
fn counts(case: &Case, since: Rev, who: &str) -> Vec<(Kind, u32, u32)> {
    let brief = brief(case.incident(), since, &actor(who));
    assert_eq!((brief.since, brief.until), (since, case.incident().rev));
    brief.parts.into_iter().map(|part| (part.kind, part.new, part.changed)).collect()
}

#[test]
fn what_is_new_and_what_changed_are_two_numbers_and_nothing_is_no_brief() {
    let case = given::an_incident().by("drafter").when(enter(0)).accepted();
    let since = case.incident().rev;
    assert_eq!(counts(&case, since, "party"), []);
    let case = (1..=3).fold(case, |case, n| case.when(enter(n)).accepted()).when(finish(1)).accepted();
    let dispute = fact::Command::Dispute { id: id("f-0"), reason: "chưa rõ".into() };
    let case = case.by("people").when(AnyCommand::Fact(dispute)).accepted();
    assert_eq!(counts(&case, since, "party"), [(Kind::Fact, 3, 1), (Kind::Task, 0, 1)]);
    let brief = brief(case.incident(), since, &actor("party"));
    let facts: Vec<_> = brief.parts[0].rows.iter().map(|row| (row.words.as_str(), row.new)).collect();
    assert_eq!(facts, [("Số 3", true), ("Số 2", true), ("Số 1", true), ("Số 0", false)]);
}

#[test]
fn a_fact_that_came_and_changed_meanwhile_is_new_once() {
    let case = given::an_incident();
    let since = case.incident().rev;
    let dispute = fact::Command::Dispute { id: id("f-0"), reason: "chưa rõ".into() };
    let case =
        case.by("drafter").when(enter(0)).accepted().by("people").when(AnyCommand::Fact(dispute)).accepted();
    assert_eq!(counts(&case, since, "party"), [(Kind::Fact, 1, 0)]);
}

#[test]
fn what_one_wrote_oneself_is_no_news_and_a_long_absence_names_a_few() {
    let case = given::an_incident();
    let since = case.incident().rev;
    let text = "Sơ tán".to_owned();
    let take = decision::Command::Take {
        id: id("q-1"),
        text,
        reason: None,
        occurred_at: None,
        origin: None,
        from: None,
        decider: None,
        rejected: vec![],
    };
    let case =
        case.by("party").when(say(0)).accepted().when(AnyCommand::Decision(take)).accepted().by("people");
    let case = (1..=7).fold(case, |case, n| case.when(say(n)).accepted());
    assert_eq!(counts(&case, since, "party"), [(Kind::Message, 7, 0)]);
    assert_eq!(counts(&case, since, "people"), [(Kind::Decision, 1, 0), (Kind::Message, 1, 0)]);
    let brief = brief(case.incident(), since, &actor("party"));
    let names: Vec<_> = brief.parts[0].rows.iter().map(|row| row.words.as_str()).collect();
    let newest: Vec<_> = (3..=7).rev().map(|n| format!("Nguyễn Văn people: tin {n}")).collect();
    assert_eq!(names, newest, "the newest, and no more than are read");
}

#[test]
fn a_claim_is_told_with_its_next_step_and_media_watch_only_by_what_is_new() {
    let clip = |link: &str, reach: u32| {
        let (link, outlet, title, note) = (link.into(), "Báo Thử".into(), "Tin đồn vỡ đập".into(), None);
        let (tone, reach, published_at, read_at) = (clipping::Tone::Negative, Some(reach), None, None);
        let entry = clipping::Entry { link, outlet, title, published_at, tone, reach, read_at, note };
        AnyCommand::Clipping(clipping::Command::Enter { entry, from: None })
    };
    let claim = |verb| AnyCommand::Claim(verb);
    let seen_at = at("12:20:00");
    let note = Some("Nhóm thôn 3".into());
    let place = claim::Seen { id: id("p-1"), link: None, note, seen_at, attachments: vec![] };
    let said = "Đập sắp vỡ".to_owned();
    let enter = claim::Command::Enter { id: id("c-1"), said, kind: None, place, from: None };
    let sort = claim::Command::Classify {
        id: id("c-1"),
        harm: claim::Harm::Harmful,
        access: claim::Access::Open,
        reason: None,
    };
    let case = given::an_incident().by("drafter").when(clip("https://bao.example/1", 100)).accepted();
    let since = case.incident().rev;
    let case = case.when(claim(enter)).accepted();
    let entered = case.incident().rev;
    let case = case.when(claim(sort)).accepted();
    let case = case.when(clip("https://bao.example/1", 900)).accepted();
    assert_eq!(counts(&case, since, "party"), [(Kind::Claim, 1, 0)], "read again is no news");
    let case = case.when(clip("https://bao.example/2", 100)).accepted();
    assert_eq!(counts(&case, entered, "party"), [(Kind::Claim, 0, 1), (Kind::Clipping, 1, 0)]);
    assert_eq!(counts(&case, entered, "drafter"), [(Kind::Claim, 0, 1)], "what one entered is no news");
    let words: Vec<_> = brief(case.incident(), since, &actor("party"))
        .parts
        .into_iter()
        .flat_map(|part| part.rows.into_iter().map(|row| row.words))
        .collect();
    let claim = "TĐ-01 “Đập sắp vỡ” – tiếp: giao kiểm chứng";
    assert_eq!(words, [claim, "Báo Thử: “Tin đồn vỡ đập” – tiêu cực"]);
}

#[test]
fn an_acknowledgement_is_on_record_moves_forward_only_and_is_no_line_and_no_news() {
    let case = given::an_incident().by("people").when(say(1)).accepted();
    let (rev, lines) = (case.incident().rev, case.incident().lines.len());
    let told = case.by("party").when(acknowledge(rev)).accepted();
    let row = told.incident().briefings.get(&actor("party").person).expect("on record").clone();
    assert_eq!((row.until, row.by.at), (rev, at("12:30:00")));
    assert_eq!(told.incident().lines.len(), lines);
    assert_eq!(counts(&told, rev, "people"), []);
    let again = told.clone().when(acknowledge(rev - 1)).accepted();
    assert_eq!(again.incident().rev, told.incident().rev, "nobody forgets what they were told");
    told.clone().when(acknowledge(rev + 9)).refused(Refusal::Unknown);
    told.when(acknowledge(0)).refused(Refusal::Unknown);
}

#[test]
fn long_words_are_cut_where_a_letter_ends() {
    let long = "ữ".repeat(WORDS_MAX + 5);
    let row = named("m".into(), &long, true);
    assert_eq!(row.words.chars().count(), WORDS_MAX + 1);
    assert_eq!(named("m".into(), &"ữ".repeat(WORDS_MAX), true).words.chars().count(), WORDS_MAX);
}
