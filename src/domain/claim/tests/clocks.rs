//! Cases of the clocks of claims: when they begin, what stops them, what lifts them.

use super::*;

#[test]
fn the_label_is_owed_from_the_conclusion_and_the_notice_from_the_label() {
    let case = found(Verdict::False);
    assert_eq!(clocks(&case), [("label".into(), tomorrow("12:30:00"), "runs")]);
    let case = case.at(at("14:00:00")).when(label("13:30:00", None)).accepted();
    let soon = ("tell-soon".into(), tomorrow("01:30:00"), "runs");
    assert_eq!(clocks(&case), [("label".into(), tomorrow("12:30:00"), "stopped"), soon]);
    let stopped =
        case.incident().deadlines.iter().find(|row| row.stopped.is_some()).expect("stopped").clone();
    assert_eq!(
        stopped.stopped.as_ref().map(|stop| stop.at),
        Some(at("13:30:00")),
        "when it was done, not recorded"
    );
    let case = case.when(tell(NoticeKind::Notice, "13:45:00")).accepted();
    assert!(clocks(&case).iter().all(|(_, _, how)| *how == "stopped"));
    // A statement of the kind that stops the incident's own clock does not speak for a claim.
    assert!(case.incident().deadlines.get(&id("initial")).expect("planned").is_running());
}

#[test]
fn a_severe_claim_is_made_public_at_once_and_one_act_may_do_both() {
    let severe = || sorted(Harm::Severe, Access::Open).when(conclude(Verdict::False)).accepted();
    let both = severe().when(label("12:30:00", Some(told(NoticeKind::Notice, "12:30:00")))).accepted();
    assert!(clocks(&both).iter().all(|(_, _, how)| *how == "stopped"), "{:?}", clocks(&both));
    assert_eq!(deadline::next_due(both.incident()).map(|(_, it)| it.id().clone()), Some(id("initial")));
    let alone = severe().when(label("12:30:00", None)).accepted();
    let (due, command) = alone.incident().next_due().expect("due at once");
    assert_eq!(due, at("12:30:00"));
    let missed = alone.by_the_room().when(command).accepted();
    let late =
        missed.incident().deadlines.iter().find(|row| row.missed_at.is_some()).expect("missed").clone();
    assert_eq!(late.of.as_ref().map(|of| of.rule.as_str()), Some("tell-now"));
    let before = told(NoticeKind::Notice, "12:29:00");
    let (earlier, later) = ("lúc gắn nhãn".into(), "lúc công bố, cảnh báo".into());
    severe().when(label("12:30:00", Some(before))).refused(Refusal::OutOfOrder { earlier, later });
}

#[test]
fn a_verdict_that_changes_lifts_the_clock_and_what_was_missed_stays() {
    let false_ = found(Verdict::False);
    let miss =
        false_.incident().deadlines.iter().find(|row| row.of.is_some()).expect("a clock").clock.id.clone();
    let late = tomorrow("12:30:00").expect("a date");
    let missed = false_
        .at(late)
        .by_the_room()
        .when(AnyCommand::Deadline(deadline::Command::Miss { id: miss.clone() }));
    let wrong = on(Command::Conclude { id: id("c-1"), judged: judged(Verdict::NotFalse, "13:00:00") });
    let changed = missed.accepted().by("drafter").when(wrong).accepted();
    let clock = changed.incident().deadlines.get(&miss).expect("there").clone();
    assert!(clock.missed_at.is_some() && clock.lifted.is_some() && !clock.is_running());
    assert_eq!(row(&changed).earlier.len(), 1, "what was concluded before stays");
    let again = on(Command::Conclude { id: id("c-1"), judged: judged(Verdict::False, "14:00:00") });
    let again = changed.when(again).accepted();
    assert_eq!(clocks(&again).len(), 2, "a new conclusion, a new clock");
}

#[test]
fn a_wrong_label_comes_off_in_the_open_and_its_clock_with_it() {
    let labelled = found(Verdict::False).when(label("12:30:00", None)).accepted();
    let off =
        |reason: &str| on(Command::Unlabel { id: id("c-1"), at: at("12:30:00"), reason: reason.into() });
    labelled.clone().when(off(" ")).refused(Refusal::Empty);
    let off = labelled.when(off("gắn nhầm bài")).accepted();
    assert_eq!(clocks(&off).iter().map(|(_, _, how)| *how).collect::<Vec<_>>(), ["stopped", "lifted"]);
    let claim = row(&off);
    assert!(claim.label().is_none() && claim.labels[0].off.is_some());
    off.when(conclude(Verdict::NotFalse)).accepted();
}

#[test]
fn a_platform_answers_place_by_place_and_its_clock_ends_when_all_is_gone() {
    let more = on(Command::See { id: id("c-1"), place: seen("p-2", None), again: false });
    let sent = found(Verdict::False)
        .when(more)
        .accepted()
        .when(request("y-1", true, &["p-1", "p-2", "p-1"]))
        .accepted();
    let of_platform = |case: &Case| -> Vec<_> {
        clocks(case).into_iter().filter(|(rule, ..)| rule.starts_with("removal")).collect()
    };
    assert_eq!(
        of_platform(&sent),
        [
            ("removal".into(), tomorrow("12:30:00"), "runs"),
            ("removal-urgent".into(), Some(at("18:30:00")), "runs"),
        ]
    );
    let sent = sent.at(at("15:00:00"));
    let received = sent.when(answer(None, Answer::Acknowledged, "13:00:00")).accepted();
    let half = received.when(answer(Some("p-1"), Answer::Removed, "14:00:00")).accepted();
    half.clone()
        .when(answer(Some("p-1"), Answer::Acknowledged, "14:00:00"))
        .refused(Claims::AnsweredAlready { known: "đã gỡ".into() }.into());
    half.clone()
        .when(answer(Some("p-7"), Answer::Removed, "14:00:00"))
        .refused(Claims::UnknownPlace { number: number() }.into());
    let refused = half.when(answer(Some("p-2"), Answer::Refused, "14:30:00")).accepted();
    assert!(of_platform(&refused).iter().all(|(_, _, how)| *how == "runs"), "a refusal meets nothing");
    let gone = refused.when(answer(Some("p-2"), Answer::Removed, "14:45:00")).accepted();
    let stop = gone
        .incident()
        .deadlines
        .iter()
        .filter(|row| row.clock.outside && row.of.is_some())
        .map(|row| row.stopped.clone());
    assert!(stop.into_iter().all(|stop| stop.is_some_and(|stop| stop.at == at("14:45:00"))));
    let before = answer(None, Answer::Refused, "12:00:00");
    let (earlier, later) = ("lúc gửi yêu cầu".into(), "lúc trả lời".into());
    gone.when(before).refused(Refusal::OutOfOrder { earlier, later });
}

#[test]
fn under_investigation_the_steps_rest_and_their_clocks_with_them() {
    let case = found(Verdict::False);
    let rest = |reason: &str| on(Command::Except { id: id("c-1"), reason: reason.into() });
    case.clone().when(rest("")).refused(Refusal::Empty);
    case.clone()
        .when(on(Command::Resume { id: id("c-1"), reason: "x".into() }))
        .refused(Claims::NotExcepted { number: number() }.into());
    let resting = case.when(rest("Cơ quan điều tra đã khởi tố")).accepted();
    assert_eq!((row(&resting).next, clocks(&resting)[0].2), (None, "lifted"));
    resting.clone().when(label("12:30:00", None)).refused(Claims::Excepted { number: number() }.into());
    let resumed =
        resting.when(on(Command::Resume { id: id("c-1"), reason: "đình chỉ điều tra".into() })).accepted();
    assert_eq!(
        clocks(&resumed),
        [("label".into(), tomorrow("12:30:00"), "runs")],
        "the same clock, from the same moment"
    );
}

#[test]
fn the_first_claim_sets_the_moments_that_tasks_count_from_unless_something_else_does() {
    let anchors = |case: &Case| case.incident().header.as_ref().expect("open").anchors.clone();
    let case = found(Verdict::False)
        .when(label("12:30:00", None))
        .accepted()
        .when(request("y-1", false, &["p-1"]))
        .accepted();
    for anchor in [Anchor::VerdictAt, Anchor::LabelledAt, Anchor::RequestSentAt] {
        assert_eq!(anchors(&case).get(&anchor), Some(&at("12:30:00")), "{anchor:?}");
    }
    // A clock of the incident counts from the moment of another conclusion: that of an outbreak, of a complaint.
    let other = given::an_incident_with(|opening| {
        opening.claims = a_book();
        opening.clocks[0].due.anchor = Anchor::VerdictAt;
    });
    let mut other = other.by("drafter").when(enter("c-1")).accepted();
    for command in [classify(Harm::Harmful, Access::Open), verify(), conclude(Verdict::False)] {
        other = other.when(command).accepted();
    }
    assert_eq!(anchors(&other).get(&Anchor::VerdictAt), None);
    // An anchor that is set by hand afterwards moves no claim's clock.
    let by_hand = incident::Command::SetAnchor {
        anchor: Anchor::VerdictAt,
        at: at("12:10:00"),
        reason: Some("x".into()),
    };
    let before = clocks(&case);
    assert_eq!(clocks(&case.when(AnyCommand::Incident(by_hand)).accepted()), before);
}

#[test]
fn an_incident_of_a_day_without_such_a_law_keeps_the_register_and_no_clocks() {
    let mut case = given::an_incident().by("drafter");
    let place = seen("p-1", Some("https://mxh.example/1"));
    case = case
        .when(on(Command::Enter { id: id("c-1"), said: "Đập vỡ".into(), kind: None, place, from: None }))
        .accepted();
    for command in
        [classify(Harm::Severe, Access::Open), verify(), conclude(Verdict::False), label("12:30:00", None)]
    {
        case = case.when(command).accepted();
    }
    assert!(clocks(&case).is_empty());
    case.when(on(Command::Complete { id: id("c-1") })).accepted();
}

#[test]
fn what_a_platform_answers_after_the_end_is_still_recorded_and_stops_its_clock() {
    let sent = found(Verdict::False).when(request("y-1", false, &["p-1"])).accepted();
    let removal = |case: &Case| {
        let clock = case.incident().deadlines.iter().find(|row| row.clock.outside && row.of.is_some());
        clock.expect("the platform's").clone()
    };
    let task = RowId::new("t-2").expect("an id");
    let waive = AnyCommand::Task(crate::domain::task::Command::Skip { id: task, reason: "đã làm".into() });
    let end = AnyCommand::Incident(incident::Command::Close { summary: "Đã yên".into(), despite: true });
    let closed = sent.by("press").when(waive).accepted().when(end).accepted();
    assert!(closed.incident().is_closed() && removal(&closed).is_running(), "it runs on, in sight");
    let closed = closed.at(at("15:00:00")).by("drafter");
    closed.clone().when(request("y-2", false, &["p-1"])).refused(Refusal::Closed);
    closed.clone().when(on(Command::Complete { id: id("c-1") })).refused(Refusal::Closed);
    let late = closed.when(answer(None, Answer::Removed, "14:00:00")).accepted();
    assert_eq!(removal(&late).stopped.as_ref().map(|stop| stop.at), Some(at("14:00:00")));
    assert_eq!(row(&late).requests[0].places[0].answer, Some(Answer::Removed));
    assert!(late.incident().lines.iter().any(|line| line.text.starts_with("Nền tảng M đã gỡ TĐ-01")));
}
