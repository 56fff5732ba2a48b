//! The rules of statements: nothing but approved words, by nobody but a spokesperson, through no other door.

mod desk;
mod series;

use super::*;
use crate::domain::given::{self, Case, at};
use crate::domain::refusal::{Refusal, Releasing};
use crate::domain::{Command as AnyCommand, Role, deadline, incident, incident::Level};

const WORDS: &str = "Đập Cốc Thử an toàn, không có sự cố.";

fn id() -> RowId {
    RowId::new("s-1").expect("an id")
}
fn digest(text: &str) -> Digest {
    Digest::of(text.as_bytes())
}
fn draft() -> AnyCommand {
    AnyCommand::Statement(Command::Draft {
        id: id(),
        kind: "holding_statement".into(),
        title: None,
        follows: None,
    })
}
fn write(over: &str, text: &str) -> AnyCommand {
    AnyCommand::Statement(Command::Write { id: id(), over: digest(over), text: text.into() })
}
fn submit(text: &str) -> AnyCommand {
    AnyCommand::Statement(Command::Submit { id: id(), digest: digest(text) })
}
fn approve(text: &str) -> AnyCommand {
    AnyCommand::Statement(Command::Approve { id: id(), digest: digest(text) })
}
fn object(text: &str) -> AnyCommand {
    AnyCommand::Statement(Command::Object {
        id: id(),
        digest: digest(text),
        reason: "chưa đúng số liệu".into(),
        strong: false,
    })
}
fn publish(text: &str, when: &str) -> AnyCommand {
    let (channel, at) = ("portal".to_owned(), at(when));
    let link = Some("https://example.vn/1".to_owned());
    AnyCommand::Statement(Command::Publish { id: id(), digest: digest(text), channel, at, link })
}

const TEMPLATE: &str = "Đập {{tên_đập}} an toàn.";

fn drafted() -> Case {
    given::an_incident().by("drafter").when(draft()).accepted()
}
fn submitted() -> Case {
    drafted().when(write(TEMPLATE, WORDS)).accepted().when(submit(WORDS)).accepted()
}
fn approved() -> Case {
    let party = submitted().at(at("12:40:00")).by("party").when(approve(WORDS)).accepted();
    party.by("people").when(approve(WORDS)).accepted()
}
fn row(case: &Case) -> Arc<Statement> {
    case.incident().statements.get(&id()).expect("drafted").clone()
}

#[test]
fn a_draft_begins_with_the_prepared_words_and_their_blanks() {
    let row = row(&drafted());
    assert_eq!((row.text.as_str(), row.number.as_str(), row.state), (TEMPLATE, "PN-01", State::Draft));
    assert_eq!(blanks(&row.text), ["tên_đập"]);
    let other = Command::Draft { id: id(), kind: "poem".into(), title: None, follows: None };
    given::an_incident().by("drafter").when(AnyCommand::Statement(other)).refused(Refusal::UnknownKind);
}

#[test]
fn blanks_hold_up_submission() {
    drafted().when(submit(TEMPLATE)).refused(Refusal::BlanksLeft { count: 1, first: "tên đập".into() });
}

#[test]
fn a_writer_who_did_not_see_the_newest_words_does_not_overwrite_them() {
    let written = drafted().when(write(TEMPLATE, WORDS)).accepted();
    written.by("party").when(write(TEMPLATE, "Đập vỡ.")).refused(Refusal::TextChanged { now: digest(WORDS) });
}

#[test]
fn what_does_not_show_never_enters_a_statement() {
    let refusal = Refusal::UnseenCharacter { point: 0x202E, place: 5 };
    drafted().when(write(TEMPLATE, "Đập \u{202E}an toàn")).refused(refusal);
}

#[test]
fn submission_freezes_and_names_who_must_approve() {
    let row = row(&submitted());
    let submission = row.submission.as_ref().expect("submitted");
    assert_eq!(row.state, State::InReview);
    assert_eq!(submission.digest, digest(WORDS));
    let required: Vec<_> = submission.required.iter().map(|signatory| signatory.function.as_str()).collect();
    assert_eq!(required, ["party_office", "spokesperson"]);
    submitted().when(submit(WORDS)).refused(Refusal::NotADraft);
}

#[test]
fn the_level_decides_who_must_approve() {
    let level = Level::new(2).expect("1 to 4");
    let lower = incident::Command::SetLevel { level, reason: "hẹp".into(), despite: false };
    let case =
        drafted().when(write(TEMPLATE, WORDS)).accepted().by("press").when(AnyCommand::Incident(lower));
    let row = row(&case.accepted().by("drafter").when(submit(WORDS)).accepted());
    assert_eq!(row.submission.as_ref().expect("submitted").required.len(), 1);
}

#[test]
fn approvals_come_from_those_asked_and_never_from_the_writer() {
    submitted().when(approve(WORDS)).refused(Refusal::NotAsked);
    let by_people = given::an_incident().by("people").when(draft()).accepted();
    let by_people =
        by_people.when(write(TEMPLATE, WORDS)).accepted().by("drafter").when(submit(WORDS)).accepted();
    by_people.by("people").when(approve(WORDS)).refused(Refusal::OwnApproval);
    submitted()
        .by("party")
        .when(approve(WORDS))
        .accepted()
        .when(approve(WORDS))
        .refused(Refusal::AlreadyApproved);
}

#[test]
fn two_approvers_in_the_same_minute_do_not_refuse_each_other() {
    assert_eq!(row(&approved()).state, State::Approved);
    let other_order = submitted().by("people").when(approve(WORDS)).accepted();
    assert_eq!(row(&other_order.by("party").when(approve(WORDS)).accepted()).state, State::Approved);
}

#[test]
fn an_edit_after_submission_voids_every_approval() {
    let new = "Đập Cốc Thử an toàn lúc 20 giờ.";
    let edited = approved().by("drafter").when(write(WORDS, new)).accepted();
    let row = row(&edited);
    assert_eq!((row.state, row.submission.is_none()), (State::Draft, true));
    assert!(row.approvals.iter().all(|given| given.voided.is_some()));
    // What was approved can still be compared with what came after; both verdicts were on the same words.
    assert_eq!(row.versions, [Version { digest: digest(WORDS), text: WORDS.into() }]);
    edited.clone().by("people").when(publish(WORDS, "12:40:00")).refused(Refusal::NotSubmitted);
    let again = edited.by("drafter").when(submit(new)).accepted();
    again.clone().by("people").when(approve(WORDS)).refused(Refusal::StaleApproval { now: digest(new) });
    again
        .clone()
        .by("people")
        .when(publish(WORDS, "12:40:00"))
        .refused(Refusal::StaleApproval { now: digest(new) });
    let missing = "party_office, spokesperson".to_owned();
    again.by("people").when(publish(new, "12:40:00")).refused(Releasing::NotApproved { missing }.into());
}

#[test]
fn the_same_words_written_again_are_approved_again() {
    let there = approved().by("drafter").when(write(WORDS, "khác")).accepted();
    let back = there.when(write("khác", WORDS)).accepted().when(submit(WORDS)).accepted();
    let missing = "party_office, spokesperson".to_owned();
    back.by("people").when(publish(WORDS, "12:40:00")).refused(Releasing::NotApproved { missing }.into());
}

#[test]
fn an_objection_stands_until_it_is_taken_back() {
    let objected =
        submitted().by("people").when(approve(WORDS)).accepted().by("party").when(object(WORDS)).accepted();
    assert_eq!(row(&objected).state, State::InReview);
    let missing = "party_office".to_owned();
    objected
        .clone()
        .by("people")
        .when(publish(WORDS, "12:40:00"))
        .refused(Releasing::NotApproved { missing }.into());
    assert_eq!(row(&objected.when(approve(WORDS)).accepted()).state, State::Approved);
}

#[test]
fn only_a_spokesperson_publishes_and_only_approved_words() {
    approved().by("party").when(publish(WORDS, "12:40:00")).refused(Refusal::NotAllowed);
    approved().by("press").when(publish(WORDS, "12:40:00")).refused(Refusal::NotAllowed);
    drafted().by("people").when(publish(TEMPLATE, "12:30:00")).refused(Refusal::NotSubmitted);
    let missing = "party_office, spokesperson".to_owned();
    submitted()
        .by("people")
        .when(publish(WORDS, "12:30:00"))
        .refused(Releasing::NotApproved { missing }.into());
    let now = digest(WORDS);
    approved().by("people").when(publish("khác", "12:40:00")).refused(Refusal::StaleApproval { now });
}

#[test]
fn publication_stops_the_clock_and_freezes_the_words_for_ever() {
    let published = approved().at(at("12:50:00")).by("people").when(publish(WORDS, "12:45:00")).accepted();
    assert_eq!(row(&published).state, State::Published);
    let clock = published.incident().deadlines.iter().next().expect("one clock").clone();
    assert_eq!(clock.stopped.as_ref().expect("stopped").at, at("12:45:00"));
    assert!(deadline::next_due(published.incident()).is_none());
    // The follow-up counts from the first publication.
    let follow_up = RowId::new("t-3").expect("an id");
    assert_eq!(published.incident().tasks.get(&follow_up).expect("planned").due_at, Some(at("15:45:00")));
    published.clone().when(publish(WORDS, "12:46:00")).refused(Releasing::AlreadyReleased.into());
    published.by("drafter").when(write(WORDS, "khác")).refused(Releasing::AlreadyPublished.into());
}

#[test]
fn a_release_has_a_time_a_channel_and_a_link_that_can_be() {
    let out_of_order = Refusal::OutOfOrder {
        earlier: "phê duyệt cuối cùng".into(),
        later: "thời điểm phát hành".into(),
    };
    approved().by("people").when(publish(WORDS, "12:00:00")).refused(out_of_order);
    approved().by("people").when(publish(WORDS, "23:00:00")).refused(Refusal::InTheFuture);
    let other = |channel: &str, link: &str| {
        let (channel, link) = (channel.to_owned(), Some(link.to_owned()));
        AnyCommand::Statement(Command::Publish {
            id: id(),
            digest: digest(WORDS),
            channel,
            at: at("12:40:00"),
            link,
        })
    };
    approved().by("people").when(other("pigeon", "")).refused(Releasing::UnknownChannel.into());
    approved().by("people").when(other("portal", "javascript:alert(1)")).refused(Refusal::BadLink);
    approved().by("people").when(other("portal", "")).accepted();
}

#[test]
fn words_that_are_not_public_stop_no_clock() {
    let id = RowId::new("s-2").expect("an id");
    let text = "Hỏi: …";
    let draft = Command::Draft { id: id.clone(), kind: "qa_sheet".into(), title: None, follows: None };
    let submit = Command::Submit { id: id.clone(), digest: digest(text) };
    let approve = Command::Approve { id: id.clone(), digest: digest(text) };
    let (channel, link, at) = ("portal".to_owned(), None, at("12:40:00"));
    let publish = Command::Publish { id, digest: digest(text), channel, at, link };
    let case = given::an_incident().at(at).by("drafter").when(AnyCommand::Statement(draft)).accepted();
    let case = case.when(AnyCommand::Statement(submit)).accepted().by("people");
    let case =
        case.when(AnyCommand::Statement(approve)).accepted().when(AnyCommand::Statement(publish)).accepted();
    assert!(case.incident().deadlines.iter().all(|row| row.is_running()));
}

#[test]
fn drafts_are_for_those_who_draft_and_approve() {
    let mut field = given::actor("party");
    field.roles = vec![Role::Field];
    let viewer = Viewer::of(&field);
    let words = |case: &Case, viewer| case.incident().since(0, viewer).statements[0].text.clone();
    assert_eq!(words(&submitted(), viewer), "");
    assert!(approved().incident().since(0, viewer).statements[0].versions.is_empty());
    assert_eq!(words(&submitted(), Viewer::FULL), WORDS);
    let published = approved().by("people").when(publish(WORDS, "12:40:00")).accepted();
    assert_eq!(words(&published, viewer), WORDS);
    let told: String = published.incident().lines.iter().map(|line| line.text.clone()).collect();
    assert!(!told.contains("Cốc Thử"), "the timeline quotes no draft");
}
