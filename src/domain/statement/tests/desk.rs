//! Several offices decide: turns, time boxes, silence, strong objections, joint releases.

use super::*;
use crate::domain::approval::Answer;
use crate::domain::given::an_incident_with;
use crate::domain::ids::OfficeId;
use crate::domain::refusal::Releasing;

/// The party office first, in fifteen minutes, its silence enough; then the spokesperson. A third is consulted.
fn in_turns(silence: bool) -> Case {
    let case = an_incident_with(|opening| {
        let rule = &mut opening.approvals[0];
        for (turn, signatory) in (1..).zip(&mut rule.required) {
            (signatory.turn, signatory.minutes) = (turn, Some(15));
        }
        rule.required[0].silence = silence;
        let mut consulted = rule.required[0].clone();
        (consulted.function, consulted.title) = ("lead".into(), "lead".into());
        (consulted.office, consulted.silence) = (OfficeId::new("stt"), true);
        rule.consulted = vec![consulted];
    });
    let case = case.by("drafter").when(draft()).accepted().when(write(TEMPLATE, WORDS)).accepted();
    case.when(submit(WORDS)).accepted()
}
fn square(case: &Case, function: &str) -> Square {
    let row = row(case);
    row.squares.iter().find(|square| square.signatory.function == function).expect("asked").clone()
}
fn lapse(function: &str) -> AnyCommand {
    AnyCommand::Statement(Command::Lapse { id: id(), digest: digest(WORDS), function: function.into() })
}
fn strongly() -> AnyCommand {
    let (digest, reason) = (digest(WORDS), "lộ người báo tin".into());
    AnyCommand::Statement(Command::Object { id: id(), digest, reason, strong: true })
}
fn settle(publish: bool) -> AnyCommand {
    let (digest, reason) = (digest(WORDS), "đã cân nhắc".into());
    AnyCommand::Statement(Command::Settle { id: id(), digest, publish, reason })
}

#[test]
fn the_second_turn_waits_for_the_first_and_its_time_box_begins_then() {
    let case = in_turns(false);
    assert_eq!(square(&case, "spokesperson").answer, Answer::NotYet);
    let before = "party_office".to_owned();
    case.clone().by("people").when(approve(WORDS)).refused(Refusal::NotYourTurn { before });
    assert_eq!(square(&case, "party_office").due_at, Some(at("12:45:00")));
    let first = case.at(at("12:40:00")).by("party").when(approve(WORDS)).accepted();
    let second = square(&first, "spokesperson");
    assert_eq!((second.asked_at, second.due_at), (Some(at("12:40:00")), Some(at("12:55:00"))));
    assert_eq!(row(&first.by("people").when(approve(WORDS)).accepted()).state, State::Approved);
}

#[test]
fn an_objection_need_not_wait_for_its_turn() {
    let case = in_turns(false).by("people").when(object(WORDS)).accepted();
    assert!(matches!(square(&case, "spokesperson").answer, Answer::Objected { strong: false, .. }));
    let out = case.by("party").when(approve(WORDS)).accepted();
    assert_eq!(row(&out).state, State::InReview);
}

#[test]
fn a_time_box_that_runs_out_is_noted_by_the_room_and_silence_counts_only_where_the_matrix_says_so() {
    for (silence, answer) in [(true, Answer::Silent), (false, Answer::Waiting)] {
        let case = in_turns(silence);
        let due = next_due(case.incident()).map(|(at, _)| at);
        assert_eq!(due, Some(at("12:45:00")));
        case.clone().by("party").when(lapse("party_office")).refused(Refusal::NotAllowed);
        case.clone().by_the_room().when(lapse("party_office")).refused(Refusal::NotDue);
        let over = case.at(at("12:45:00")).by_the_room().when(lapse("party_office")).accepted();
        assert_eq!(square(&over, "party_office").answer, answer);
        over.clone().by_the_room().when(lapse("party_office")).refused(Refusal::NotDue);
        let turn = square(&over, "spokesperson").asked_at;
        assert_eq!(turn, silence.then(|| at("12:45:00")), "the next turn begins where silence is enough");
        // A late word is still a word.
        let late = over.at(at("12:50:00")).by("party").when(approve(WORDS)).accepted();
        assert!(matches!(square(&late, "party_office").answer, Answer::Approved { .. }));
    }
}

#[test]
fn what_a_consulted_office_says_holds_nothing_up_unless_it_is_strong() {
    let all = |case: Case| {
        case.by("party").when(approve(WORDS)).accepted().by("people").when(approve(WORDS)).accepted()
    };
    assert_eq!(row(&all(in_turns(false))).state, State::Approved, "nobody consulted said a word");
    let objected = all(in_turns(false).by("press").when(object(WORDS)).accepted());
    assert_eq!(row(&objected).state, State::Approved);
    let strong = all(in_turns(false).by("press").when(strongly()).accepted());
    assert_eq!(row(&strong).state, State::InReview);
    let by = given::actor("press").name;
    strong
        .at(at("12:40:00"))
        .by("people")
        .when(publish(WORDS, "12:40:00"))
        .refused(Releasing::ObjectionStands { by }.into());
}

#[test]
fn the_head_decides_over_a_strong_objection_with_a_reason() {
    let strong = in_turns(false).by("party").when(strongly()).accepted();
    strong.clone().by("people").when(settle(true)).refused(Refusal::NotAllowed);
    in_turns(false).by("head").when(settle(true)).refused(Refusal::NoObjection);
    // Publish all the same: the decision stands in the square of who objected.
    let settled = strong.clone().by("head").when(settle(true)).accepted();
    let party = square(&settled, "party_office");
    assert!(party.is_satisfied() && matches!(party.answer, Answer::Objected { settled: Some(_), .. }));
    let approved = settled.by("people").when(approve(WORDS)).accepted();
    assert_eq!(row(&approved).state, State::Approved);
    // Or back to the draft, with everything void.
    let back = row(&strong.by("head").when(settle(false)).accepted());
    assert_eq!((back.state, back.submission.is_none()), (State::Draft, true));
    assert!(back.approvals.iter().all(|given| given.voided.is_some()));
}

#[test]
fn a_head_who_wrote_does_not_decide_for_their_own_words() {
    let case = an_incident_with(|_| {}).by("head").when(draft()).accepted();
    let case = case.when(write(TEMPLATE, WORDS)).accepted().by("drafter").when(submit(WORDS)).accepted();
    let strong = case.by("party").when(strongly()).accepted();
    strong.by("head").when(settle(true)).refused(Refusal::OwnApproval);
}

#[test]
fn a_strong_objection_is_its_owners_to_take_back_and_no_colleagues() {
    let strong = submitted().by("party").when(strongly()).accepted();
    let colleague = {
        let mut colleague = given::actor("party");
        colleague.person = crate::domain::ids::PersonId::new("party-2").expect("an id");
        colleague
    };
    let context = Context { at: at("12:41:00"), by: &colleague, written_at: None };
    let events = crate::domain::decide(strong.incident(), approve(WORDS), &context).expect("a verdict");
    let mut incident = strong.incident().clone();
    let cause = crate::domain::ids::CommandId::new("c").expect("an id");
    let rev = incident.rev + 1;
    incident.apply(&crate::domain::Record {
        rev,
        at: context.at,
        by: colleague.clone(),
        cause,
        events,
        written_at: None,
    });
    let row = incident.statements.get(&id()).expect("there");
    assert!(!approval::standing_objections(&row.approvals, &digest(WORDS)).is_empty());
    assert_eq!(row.state, State::InReview);
    assert_eq!(
        super::row(&strong.when(approve(WORDS)).accepted()).state,
        State::InReview,
        "the spokesperson is missing"
    );
}

#[test]
fn another_level_asks_others_and_keeps_what_was_said() {
    let level = |level| {
        let level = Level::new(level).expect("1 to 4");
        AnyCommand::Incident(incident::Command::SetLevel {
            level, reason: "đổi mức".into(), despite: false
        })
    };
    let low =
        drafted().by("press").when(level(1)).accepted().by("drafter").when(write(TEMPLATE, WORDS)).accepted();
    let low = low.when(submit(WORDS)).accepted().by("people").when(approve(WORDS)).accepted();
    assert_eq!(row(&low).state, State::Approved);
    let high = low.by("press").when(level(4)).accepted();
    assert_eq!(row(&high).state, State::InReview, "the party office is asked at this level");
    let missing = "party_office".to_owned();
    high.clone()
        .by("people")
        .when(publish(WORDS, "12:30:00"))
        .refused(Releasing::NotApproved { missing }.into());
    assert_eq!(row(&high.by("party").when(approve(WORDS)).accepted()).state, State::Approved);
}

fn hold(until: &str) -> AnyCommand {
    let offices = ["vptu", "vpub"].iter().filter_map(|id| OfficeId::new(id)).collect();
    AnyCommand::Statement(Command::Hold { id: id(), until: at(until), offices })
}
fn agree(text: &str) -> AnyCommand {
    AnyCommand::Statement(Command::Agree { id: id(), digest: digest(text) })
}
fn reach() -> AnyCommand {
    AnyCommand::Statement(Command::Reach { id: id() })
}

#[test]
fn a_joint_release_holds_until_its_time_and_until_everybody_agreed_to_these_words() {
    let held = approved().by("drafter").when(hold("13:00:00")).accepted();
    let until = at("13:00:00");
    held.clone().by("people").when(publish(WORDS, "12:40:00")).refused(Releasing::Embargoed { until }.into());
    let agreed = held.clone().by("people").when(agree(WORDS)).accepted();
    agreed.clone().when(agree(WORDS)).refused(Refusal::AlreadyApproved);
    agreed.clone().by("drafter").when(agree(WORDS)).refused(Refusal::NotAsked);
    let missing = "Văn phòng A".to_owned();
    let later = agreed.clone().at(at("13:01:00"));
    later.by("people").when(publish(WORDS, "13:01:00")).refused(Releasing::NotAgreed { missing }.into());
    let all = agreed.by("party").when(agree(WORDS)).accepted().at(at("13:01:00"));
    // Not even with a time of release that was typed to lie before.
    all.clone().by("people").when(publish(WORDS, "12:59:00")).refused(Releasing::Embargoed { until }.into());
    all.clone().by("people").when(publish(WORDS, "13:00:00")).accepted();
    let reached = all.by_the_room().when(reach()).accepted();
    assert_eq!(row(&reached).joint.as_ref().expect("held").ready, Some(true));
}

#[test]
fn a_joint_release_holds_by_itself_when_an_approval_lapses() {
    let agreed = approved().by("drafter").when(hold("13:00:00")).accepted();
    let agreed = agreed.by("people").when(agree(WORDS)).accepted().by("party").when(agree(WORDS)).accepted();
    let new = "Đập an toàn lúc 13 giờ.";
    let edited = agreed.by("drafter").when(write(WORDS, new)).accepted().when(submit(new)).accepted();
    let approved =
        edited.by("party").when(approve(new)).accepted().by("people").when(approve(new)).accepted();
    let due = next_due(approved.incident()).expect("the time of the release");
    assert_eq!(due, (at("13:00:00"), Command::Reach { id: id() }));
    let reached = approved.at(at("13:00:00")).by_the_room().when(reach()).accepted();
    assert_eq!(row(&reached).joint.as_ref().expect("held").ready, Some(false), "agreed to other words");
    assert!(next_due(reached.incident()).is_none(), "the room notes it once");
    let missing = "Văn phòng A, Văn phòng B".to_owned();
    reached
        .clone()
        .by("people")
        .when(publish(new, "13:00:00"))
        .refused(Releasing::NotAgreed { missing }.into());
    let release = Command::Release { id: id(), reason: "một nơi ra trước".into() };
    reached.clone().by("people").when(AnyCommand::Statement(release.clone())).refused(Refusal::NotAllowed);
    let called_off = reached.by("head").when(AnyCommand::Statement(release)).accepted();
    called_off.by("people").when(publish(new, "13:00:00")).accepted();
}

#[test]
fn a_joint_release_lies_ahead_and_not_too_far() {
    approved().at(at("12:50:00")).by("drafter").when(hold("12:50:00")).refused(Refusal::InThePast);
    let far = Command::Hold {
        id: id(),
        until: "2026-04-01T00:00:00Z".parse().expect("a date"),
        offices: vec![OfficeId::new("vptu").expect("an id")],
    };
    approved().by("drafter").when(AnyCommand::Statement(far)).refused(Refusal::TooFarAhead);
    submitted().by("party").when(agree(WORDS)).refused(Releasing::NotHeld.into());
}
