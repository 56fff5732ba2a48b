//! The rules of facts: two people stand behind a verified one, and one office behind a figure that has one source.

use super::*;
use crate::domain::Command as AnyCommand;
use crate::domain::given::{self, Case, at};

fn id(name: &str) -> RowId {
    RowId::new(name).expect("an id")
}
fn enter(name: &str, value: Option<&str>) -> AnyCommand {
    AnyCommand::Fact(Command::Enter {
        id: id(name),
        label: "Số người mất tích".into(),
        value: value.map(str::to_owned),
        as_of: at("12:10:00"),
        source: "Ban chỉ huy".into(),
        from: None,
    })
}
fn revise(version: u32, value: Option<&str>) -> AnyCommand {
    let (as_of, source) = (at("12:20:00"), "Ban chỉ huy".into());
    AnyCommand::Fact(Command::Revise {
        id: id("f-1"),
        version,
        value: value.map(str::to_owned),
        as_of,
        source,
    })
}
fn verify(version: u32) -> AnyCommand {
    AnyCommand::Fact(Command::Verify { id: id("f-1"), version })
}
fn sole(office: Option<&str>) -> AnyCommand {
    AnyCommand::Fact(Command::NameSource { id: id("f-1"), office: office.and_then(OfficeId::new) })
}
fn entered() -> Case {
    given::an_incident().by("drafter").when(enter("f-1", Some("7"))).accepted()
}
fn row(case: &Case) -> std::sync::Arc<Fact> {
    case.incident().facts.get(&id("f-1")).expect("entered").clone()
}

#[test]
fn another_person_verifies_the_version_that_they_read() {
    entered().when(verify(1)).refused(Refusal::OwnFact);
    let verified = entered().by("party").when(verify(1)).accepted();
    assert_eq!(row(&verified).state, State::Verified);
    let revised = verified.by("drafter").when(revise(1, Some("8"))).accepted();
    assert_eq!(
        (row(&revised).state, row(&revised).version),
        (State::Unverified, 2),
        "a new figure is a new claim"
    );
    assert_eq!(row(&revised).earlier[0].said, "Số người mất tích: 7 (tính đến 12:10 ngày 1/3/2026)");
    let now = row(&revised).sentence();
    revised.clone().by("party").when(verify(1)).refused(Refusal::FactChanged { now: now.clone() });
    revised.by("party").when(revise(1, Some("9"))).refused(Refusal::FactChanged { now });
}

#[test]
fn one_office_is_the_only_source() {
    entered().when(sole(Some("vpub"))).refused(Refusal::NotAllowed);
    entered().by("press").when(sole(Some("nowhere"))).refused(Refusal::UnknownOffice);
    let named = entered().by("press").when(sole(Some("vpub"))).accepted();
    let refusal = || Refusal::NotTheSource { office: "Văn phòng B".into() };
    named.clone().by("drafter").when(revise(1, Some("8"))).refused(refusal());
    named.clone().by("party").when(enter("f-2", Some("9"))).refused(refusal());
    let withdraw = Command::Withdraw { id: id("f-1"), reason: "sai".into() };
    named.clone().by("drafter").when(AnyCommand::Fact(withdraw)).refused(refusal());
    named.clone().by("people").when(revise(1, Some("8"))).accepted();
    named.by("press").when(sole(None)).accepted().by("drafter").when(revise(1, Some("8"))).accepted();
}

#[test]
fn a_fact_that_was_withdrawn_stays_so() {
    let withdraw = Command::Withdraw { id: id("f-1"), reason: "nhầm nguồn".into() };
    let gone = entered().when(AnyCommand::Fact(withdraw)).accepted();
    assert_eq!(row(&gone).reason.as_deref(), Some("nhầm nguồn"));
    for command in [verify(1), revise(1, Some("8"))] {
        gone.clone().by("party").when(command).refused(Refusal::FactWithdrawn);
    }
    // The same figure may be entered anew, as another fact.
    let anew = gone.when(enter("f-2", Some("8"))).accepted();
    assert_eq!(anew.incident().facts.get(&id("f-2")).expect("entered").number, "DK-02");
}

#[test]
fn a_figure_stays_a_figure_and_its_time_has_come() {
    entered().when(revise(1, None)).refused(Refusal::Empty);
    given::an_incident()
        .at(at("12:00:00"))
        .by("drafter")
        .when(enter("f-1", None))
        .refused(Refusal::InTheFuture);
}

#[test]
fn people_at_the_scene_enter_facts_and_verify_none() {
    let mut scene = given::actor("party");
    scene.roles = vec![crate::domain::Role::Field];
    let context = Context { at: at("12:30:00"), by: &scene, written_at: None };
    let ask = |command| crate::domain::decide(entered().incident(), command, &context);
    assert_eq!(ask(verify(1)), Err(Refusal::NotAllowed));
    assert!(ask(enter("f-9", Some("1"))).is_ok());
}
