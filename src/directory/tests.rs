//! The rules of the directory: accounts, the register, and who becomes a spokesperson how.

use super::*;
use crate::domain::given::{actor, at};
use crate::domain::ids::{CommandId, OfficeId, RowId};
use crate::domain::{Actor, MandateKind};
use crate::room::the_room;
use crate::wire::{Position, Spokesperson};
use jiff::SignedDuration;

fn profile(login: &str, roles: &[Role]) -> Profile {
    let (name, title) = ("Nguyễn Văn Thử".into(), "Trực".into());
    Profile {
        login: login.into(),
        name,
        title,
        function: Some("press_authority".into()),
        roles: roles.into(),
    }
}
fn person(id: &str) -> PersonId {
    PersonId::new(id).expect("an id")
}
fn add(id: &str, roles: &[Role]) -> Command {
    Command::Add { id: person(id), profile: profile(id, roles), designation: None }
}
fn bar(id: &str) -> Command {
    Command::SetDisabled { id: person(id), disabled: true, left: None }
}
/// Another position, in no office, since now.
fn set(id: &str, title: &str, roles: &[Role]) -> Command {
    let (id, title, roles) = (person(id), title.into(), roles.into());
    Command::SetProfile { id, title, function: None, roles, from: None, instrument: None }
}
fn register(id: &str, exercise: bool, year: i16) -> Command {
    Command::Register { id: IncidentId::new(id).expect("an id"), exercise, year }
}
fn ask(directory: &mut Directory, by: &Actor, command: Command) -> Result<(), Refusal> {
    let events = directory.decide(command, &Context { at: at("12:00:00"), by, written_at: None })?;
    let cause = CommandId::new("c").expect("an id");
    directory.apply(&Record { rev: 1, at: at("12:00:00"), by: by.clone(), cause, events, written_at: None });
    Ok(())
}

#[test]
fn numbers_run_by_year_and_exercises_have_their_own() {
    let mut directory = Directory::default();
    let by = actor("press");
    for (id, exercise, year) in
        [("a", false, 2026), ("b", true, 2026), ("c", false, 2026), ("d", false, 2027)]
    {
        ask(&mut directory, &by, register(id, exercise, year)).expect("registered");
    }
    // Asking again gives no second number.
    ask(&mut directory, &by, register("a", false, 2026)).expect("known");
    let numbers: Vec<_> = directory.register.iter().map(|row| row.number.as_str()).collect();
    assert_eq!(numbers, ["SC-2026-0001", "DT-2026-0001", "SC-2026-0002", "SC-2027-0001"]);
}

#[test]
fn accounts_are_the_administrators_to_keep_and_one_always_stays() {
    let mut directory = Directory::default();
    assert_eq!(ask(&mut directory, &actor("press"), add("a", &[])), Err(Refusal::NotAllowed));
    ask(&mut directory, &the_room(), add("quan-tri", &[Role::Admin])).expect("added");
    let disable = bar("quan-tri");
    assert_eq!(ask(&mut directory, &the_room(), disable.clone()), Err(Refusal::LastAdministrator));
    ask(&mut directory, &the_room(), add("khac", &[Role::Admin])).expect("added");
    ask(&mut directory, &the_room(), disable).expect("disabled");
}

#[test]
fn names_are_checked_and_taken_once() {
    let mut directory = Directory::default();
    ask(&mut directory, &the_room(), add("a1", &[])).expect("added");
    let again = Command::Add { id: person("other"), profile: profile("a1", &[]), designation: None };
    assert_eq!(ask(&mut directory, &the_room(), again), Err(Refusal::NameTaken));
    for bad in ["a", "Ab", "có dấu", "a b", ""] {
        let bad = Command::Add { id: person("other"), profile: profile(bad, &[]), designation: None };
        assert_eq!(ask(&mut directory, &the_room(), bad), Err(Refusal::BadName));
    }
}

#[test]
fn nobody_becomes_spokesperson_by_a_tick_in_a_form() {
    let mut directory = Directory::default();
    ask(&mut directory, &the_room(), add("a1", &[Role::Duty, Role::Spokesperson, Role::Room]))
        .expect("added");
    assert_eq!(directory.by_login("a1").expect("added").profile.roles, [Role::Duty]);
}

const MATTER: &str = "su-co";

fn matter() -> IncidentId {
    IncidentId::new(MATTER).expect("an id")
}
fn designated(kind: MandateKind) -> Designation {
    let (from, until, instrument) = (at("08:00:00"), None, "01/QĐ".into());
    Designation { kind, from, until, instrument, incident: None, by: None }
}
fn delegated(by: &str) -> Designation {
    let (until, incident, by) = (Some(at("17:00:00")), Some(matter()), Some(person(by)));
    Designation { until, incident, by, ..designated(MandateKind::Delegated) }
}
/// A head, a regular spokesperson, two others, and one incident in the register.
fn authority() -> Directory {
    let mut directory = Directory::default();
    for id in ["head", "regular", "duty", "other"] {
        ask(&mut directory, &the_room(), add(id, &[Role::Duty])).expect("added");
    }
    ask(&mut directory, &actor("press"), register(MATTER, false, 2026)).expect("registered");
    for (id, kind) in [("head", MandateKind::Head), ("regular", MandateKind::Regular)] {
        designate(&mut directory, id, designated(kind)).expect("designated");
    }
    directory
}
fn designate(directory: &mut Directory, id: &str, designation: Designation) -> Result<(), Refusal> {
    ask(directory, &the_room(), Command::Designate { id: person(id), designation })
}
fn revoke(directory: &mut Directory, id: &str, number: u32) -> Result<(), Refusal> {
    let reason = "Thôi nhiệm vụ".into();
    ask(directory, &the_room(), Command::Revoke { id: person(id), number, reason })
}
fn speaks(directory: &Directory, id: &str, now: &str, matter: Option<&IncidentId>) -> Option<MandateKind> {
    let person = directory.people.get(&person(id)).expect("known");
    person.speaks(at(now), matter).map(|held| held.designation.kind)
}

#[test]
fn a_delegation_is_the_heads_in_writing_for_one_matter_and_a_limited_time() {
    let mut directory = authority();
    let good = delegated("head");
    let day = SignedDuration::from_hours(24);
    let refused = [
        (Designation { instrument: " ".into(), ..good.clone() }, Refusal::Speaking(Speaking::NoInstrument)),
        (Designation { until: None, ..good.clone() }, Refusal::Speaking(Speaking::DelegationUnbounded)),
        (Designation { incident: None, ..good.clone() }, Refusal::Speaking(Speaking::DelegationUnbounded)),
        (
            Designation { until: Some(good.from), ..good.clone() },
            Refusal::EndBeforeBeginning { from: good.from },
        ),
        (
            Designation { until: Some(good.from + day * 367), ..good.clone() },
            Refusal::Speaking(Speaking::DelegationTooLong { days: DELEGATION_DAYS_MAX }),
        ),
        (Designation { incident: IncidentId::new("khac"), ..good.clone() }, Refusal::UnknownMatter),
        (Designation { by: None, ..good.clone() }, Refusal::Speaking(Speaking::NotTheirsToDelegate)),
        (delegated("nobody"), Refusal::Speaking(Speaking::NotTheirsToDelegate)),
        (delegated("other"), Refusal::Speaking(Speaking::NotTheirsToDelegate)),
        (delegated("regular"), Refusal::Speaking(Speaking::NotTheirsToDelegate)),
        (delegated("duty"), Refusal::Speaking(Speaking::OwnDelegation)),
    ];
    for (designation, refusal) in refused {
        assert_eq!(designate(&mut directory, "duty", designation), Err(refusal));
    }
    let longest = Designation { until: Some(good.from + day * 366), ..good.clone() };
    assert!(directory.designation(&person("duty"), longest, at("12:00:00")).is_ok());
    designate(&mut directory, "duty", good).expect("delegated");
    // What was delegated is not passed on.
    assert_eq!(
        designate(&mut directory, "other", delegated("duty")),
        Err(Refusal::Speaking(Speaking::NotTheirsToDelegate))
    );
}

#[test]
fn who_is_no_longer_head_or_barred_delegates_nothing_and_what_was_delegated_stands() {
    let mut directory = authority();
    designate(&mut directory, "duty", delegated("head")).expect("delegated");
    let barred = |disabled| Command::SetDisabled { id: person("head"), disabled, left: None };
    ask(&mut directory, &the_room(), barred(true)).expect("barred");
    assert_eq!(
        designate(&mut directory, "other", delegated("head")),
        Err(Refusal::Speaking(Speaking::NotTheirsToDelegate))
    );
    ask(&mut directory, &the_room(), barred(false)).expect("let in");
    revoke(&mut directory, "head", 1).expect("revoked");
    assert_eq!(
        designate(&mut directory, "other", delegated("head")),
        Err(Refusal::Speaking(Speaking::NotTheirsToDelegate))
    );
    assert_eq!(speaks(&directory, "duty", "12:00:00", Some(&matter())), Some(MandateKind::Delegated));
}

#[test]
fn the_head_and_the_regular_spokesperson_speak_in_every_matter_by_nobodys_delegation() {
    let mut directory = authority();
    for kind in [MandateKind::Head, MandateKind::Regular] {
        for wrong in [
            Designation { incident: Some(matter()), ..designated(kind) },
            Designation { by: Some(person("head")), ..designated(kind) },
        ] {
            assert_eq!(
                designate(&mut directory, "duty", wrong),
                Err(Refusal::Speaking(Speaking::NotADelegation))
            );
        }
        let unwritten = Designation { instrument: String::new(), ..designated(kind) };
        assert_eq!(
            designate(&mut directory, "duty", unwritten),
            Err(Refusal::Speaking(Speaking::NoInstrument))
        );
    }
    assert_eq!(speaks(&directory, "head", "12:00:00", None), Some(MandateKind::Head));
    assert_eq!(speaks(&directory, "regular", "12:00:00", Some(&matter())), Some(MandateKind::Regular));
}

#[test]
fn a_designation_holds_for_its_time_and_its_matter() {
    let mut directory = authority();
    designate(&mut directory, "duty", delegated("head")).expect("delegated");
    let holds = |now, matter: Option<&IncidentId>| speaks(&directory, "duty", now, matter).is_some();
    let other = IncidentId::new("khac").expect("an id");
    assert!(holds("08:00:00", Some(&matter())) && holds("16:59:59", Some(&matter())));
    assert!(!holds("07:59:59", Some(&matter())) && !holds("17:00:00", Some(&matter())));
    assert!(!holds("12:00:00", Some(&other)) && !holds("12:00:00", None));
}

#[test]
fn a_revoked_designation_ends_at_once_and_stays_readable() {
    let mut directory = authority();
    designate(&mut directory, "regular", delegated("head")).expect("delegated");
    assert_eq!(speaks(&directory, "regular", "12:00:00", Some(&matter())), Some(MandateKind::Regular));
    let empty = Command::Revoke { id: person("regular"), number: 1, reason: " ".into() };
    assert_eq!(ask(&mut directory, &the_room(), empty), Err(Refusal::Empty));
    revoke(&mut directory, "regular", 1).expect("revoked");
    // The other document stands.
    assert_eq!(speaks(&directory, "regular", "12:00:00", Some(&matter())), Some(MandateKind::Delegated));
    assert_eq!(revoke(&mut directory, "regular", 1), Err(Refusal::Speaking(Speaking::DesignationOver)));
    assert_eq!(revoke(&mut directory, "regular", 3), Err(Refusal::Unknown));
    let held = &directory.people.get(&person("regular")).expect("known").designations[0];
    assert_eq!((held.number, held.state(at("12:00:00"))), (1, DesignationState::Revoked));
    assert_eq!(held.revoked.as_ref().map(|one| one.reason.as_str()), Some("Thôi nhiệm vụ"));
    let late = Command::Revoke { id: person("regular"), number: 2, reason: "muộn".into() };
    let late = directory.decide(late, &Context { at: at("17:00:00"), by: &the_room(), written_at: None });
    assert_eq!(late, Err(Refusal::Speaking(Speaking::DesignationOver)), "its time is over already");
}

#[test]
fn designations_are_the_administrators_to_record() {
    let mut directory = authority();
    let by = Actor { roles: vec![Role::Head, Role::Duty], ..actor("press") };
    for command in [
        Command::Designate { id: person("duty"), designation: delegated("head") },
        Command::Revoke { id: person("head"), number: 1, reason: "a".into() },
        set("duty", "a", &[]),
        Command::SetPosition { id: person("duty"), number: None, position: position("a", None, None) },
        Command::List { entries: vec![listed("d1", "so-y-te")] },
        Command::Relist { id: row("d1"), entry: listed("d1", "so-y-te").1 },
        Command::Delist { id: row("d1"), until: at("12:00:00"), reason: "a".into() },
        Command::Publish { ids: vec![row("d1")], at: at("12:00:00"), link: None },
    ] {
        assert_eq!(ask(&mut directory, &by, command), Err(Refusal::NotAllowed));
    }
}

#[test]
fn a_new_position_keeps_the_name_and_the_last_administrator() {
    let mut directory = authority();
    ask(&mut directory, &the_room(), add("quan-tri", &[Role::Admin])).expect("added");
    let set = |id, roles: &[Role]| set(id, " Chánh  Văn phòng ", roles);
    let last = ask(&mut directory, &the_room(), set("quan-tri", &[Role::Duty]));
    assert_eq!(last, Err(Refusal::LastAdministrator));
    ask(&mut directory, &the_room(), set("duty", &[Role::Admin, Role::Spokesperson])).expect("set");
    ask(&mut directory, &the_room(), set("quan-tri", &[Role::Duty])).expect("another keeps accounts");
    let kept = directory.by_login("duty").expect("kept").profile.clone();
    assert_eq!((kept.title.as_str(), kept.roles), ("Chánh Văn phòng", vec![Role::Admin]));
    assert_eq!((kept.name.as_str(), kept.function), ("Nguyễn Văn Thử", None));
    let same = directory.decide(
        set("duty", &[Role::Admin]),
        &Context { at: at("12:00:00"), by: &the_room(), written_at: None },
    );
    assert_eq!(same, Ok(vec![]), "nothing changed, nothing is recorded");
}

#[test]
fn what_older_logs_say_of_designations_still_holds() {
    let added = r#"{"verb":"added","id":"cu","profile":{"login":"cu","name":"Người Cũ","title":"Trực",
        "function":null,"roles":["duty"]},"designations":[{"from":"2026-01-01T00:00:00Z","until":null,
        "instrument":"09/QĐ","incident":"su-co"}]}"#;
    let events = vec![serde_json::from_str(added).expect("an event of the first release")];
    let (by, cause) = (the_room(), CommandId::new("c").expect("an id"));
    let mut directory = Directory::default();
    directory.apply(&Record { rev: 1, at: at("07:00:00"), by, cause, events, written_at: None });
    assert_eq!(speaks(&directory, "cu", "12:00:00", Some(&matter())), Some(MandateKind::Regular));
    assert_eq!(speaks(&directory, "cu", "12:00:00", None), None);
    revoke(&mut directory, "cu", 1).expect("it has a number");
    assert_eq!(speaks(&directory, "cu", "12:00:00", Some(&matter())), None);
}

fn position(title: &str, from: Option<&str>, until: Option<&str>) -> Position {
    let (from, until) = (from.map(at), until.map(at));
    Position { title: title.into(), function: None, from, until, instrument: None }
}
fn row(id: &str) -> RowId {
    RowId::new(id).expect("an id")
}
/// The regular spokesperson of an agency, from 08:00 on.
fn listed(id: &str, office: &str) -> (RowId, Spokesperson) {
    let entry = Spokesperson {
        office: OfficeId::new(office).expect("an id"),
        kind: MandateKind::Regular,
        name: format!("Người {id}"),
        title: "Giám đốc".into(),
        phone: "0214 3840 034".into(),
        email: "Thu@Example.vn".into(),
        instrument: "09/QĐ".into(),
        designated_at: Some(at("08:00:00")),
        from: at("08:00:00"),
        until: None,
        designation: None,
    };
    (row(id), entry)
}

mod dated;
