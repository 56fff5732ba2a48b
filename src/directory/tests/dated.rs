//! Positions with their days, and the list of spokespersons: recorded, corrected, made public, ended.

use super::*;

/// Titles of the positions that somebody held at a moment.
fn held_at(directory: &Directory, id: &str, now: &str) -> Vec<String> {
    let person = directory.people.get(&person(id)).expect("known");
    let moment = at(now) + SignedDuration::from_secs(1);
    let held = person.posts.iter().filter(|post| post.held(at(now), moment));
    held.map(|post| post.position.title.clone()).collect()
}
fn ask_at(directory: &mut Directory, time: &str, command: Command) -> Result<(), Refusal> {
    let by = the_room();
    let events = directory.decide(command, &Context { at: at(time), by: &by, written_at: None })?;
    let cause = CommandId::new("c").expect("an id");
    directory.apply(&Record { rev: 1, at: at(time), by, cause, events, written_at: None });
    Ok(())
}

#[test]
fn who_was_what_stays_answerable_after_they_moved_on() {
    let mut directory = Directory::default();
    ask_at(&mut directory, "08:00:00", add("a1", &[Role::Duty])).expect("added");
    let moves = |from| Command::SetProfile {
        id: person("a1"),
        title: "Trưởng phòng".into(),
        function: None,
        roles: vec![Role::Duty],
        from,
        instrument: Some("7/QĐ".into()),
    };
    for (from, refusal) in [
        (Some(at("13:00:00")), Refusal::InTheFuture),
        (Some(at("08:00:00")), Refusal::EndBeforeBeginning { from: at("08:00:00") }),
    ] {
        assert_eq!(ask_at(&mut directory, "12:00:00", moves(from)), Err(refusal));
    }
    ask_at(&mut directory, "12:00:00", moves(Some(at("10:00:00")))).expect("moved");
    assert_eq!(held_at(&directory, "a1", "07:59:58"), Vec::<String>::new());
    assert_eq!(held_at(&directory, "a1", "09:00:00"), ["Trực"]);
    assert_eq!(held_at(&directory, "a1", "10:00:00"), ["Trưởng phòng"]);
    // Other roles are no other position.
    let roles = Command::SetProfile {
        id: person("a1"),
        title: "Trưởng phòng".into(),
        function: None,
        roles: vec![Role::Field],
        from: Some(at("11:00:00")),
        instrument: None,
    };
    ask_at(&mut directory, "12:30:00", roles).expect("set");
    let known = directory.people.get(&person("a1")).expect("known").clone();
    assert_eq!(
        (known.posts.len(), known.post().and_then(|post| post.position.from)),
        (2, Some(at("10:00:00")))
    );

    let leaves = Command::SetDisabled { id: person("a1"), disabled: true, left: Some(at("13:00:00")) };
    assert_eq!(ask_at(&mut directory, "12:40:00", leaves.clone()), Err(Refusal::InTheFuture));
    ask_at(&mut directory, "14:00:00", leaves).expect("left");
    assert_eq!(held_at(&directory, "a1", "13:30:00"), Vec::<String>::new());
    let back = Command::SetDisabled { id: person("a1"), disabled: false, left: None };
    ask_at(&mut directory, "15:00:00", back).expect("back");
    assert_eq!(held_at(&directory, "a1", "14:30:00"), Vec::<String>::new());
    assert_eq!(held_at(&directory, "a1", "15:00:00"), ["Trưởng phòng"]);
}

#[test]
fn a_shut_account_ends_no_position_and_an_old_log_gives_one_since_the_account() {
    let mut directory = authority();
    ask(&mut directory, &the_room(), bar("duty")).expect("barred");
    assert_eq!(held_at(&directory, "duty", "18:00:00"), ["Trực"]);
    let old = r#"[{"verb":"disabled_set","id":"duty","disabled":false},
        {"verb":"profile_set","id":"duty","title":"Phó phòng","function":null,"roles":["duty"]}]"#;
    let events: Vec<Event> = serde_json::from_str(old).expect("events of the first release");
    assert_eq!(
        serde_json::to_value(&events).expect("JSON"),
        serde_json::from_str::<serde_json::Value>(old).expect("JSON")
    );
    let cause = CommandId::new("c").expect("an id");
    directory.apply(&Record { rev: 2, at: at("16:00:00"), by: the_room(), cause, events, written_at: None });
    assert_eq!(held_at(&directory, "duty", "15:59:58"), ["Trực"]);
    assert_eq!(held_at(&directory, "duty", "16:00:00"), ["Phó phòng"]);
}

#[test]
fn earlier_positions_are_recorded_and_wrong_ones_corrected() {
    let mut directory = authority();
    let put = |number, position| Command::SetPosition { id: person("duty"), number, position };
    let backwards = put(None, position("a", Some("09:00:00"), Some("08:00:00")));
    let refused = Refusal::EndBeforeBeginning { from: at("09:00:00") };
    assert_eq!(ask(&mut directory, &the_room(), backwards), Err(refused));
    assert_eq!(
        ask(&mut directory, &the_room(), put(Some(7), position("a", None, None))),
        Err(Refusal::Unknown)
    );
    ask(&mut directory, &the_room(), put(None, position("Phó phòng", Some("01:00:00"), Some("06:00:00"))))
        .expect("recorded");
    assert_eq!(held_at(&directory, "duty", "05:00:00"), ["Phó phòng"]);
    // The account's own position began before the account.
    ask(
        &mut directory,
        &the_room(),
        put(
            Some(1),
            Position {
                function: Some("press_authority".into()), ..position("Trực", Some("06:00:00"), None)
            },
        ),
    )
    .expect("corrected");
    assert_eq!(held_at(&directory, "duty", "07:00:00"), ["Trực"]);
    assert!(directory.people.get(&person("duty")).expect("known").post().is_some(), "still the account's");
}

#[test]
fn the_list_takes_all_entries_or_none_and_says_what_is_wrong() {
    let mut directory = authority();
    let (id, good) = listed("d1", "so-y-te");
    let list = |entries: Vec<(RowId, Spokesperson)>| Command::List { entries };
    let wrong = [
        (
            Spokesperson { kind: MandateKind::Delegated, ..good.clone() },
            Refusal::Speaking(Speaking::NotForTheList),
        ),
        (Spokesperson { name: " ".into(), ..good.clone() }, Refusal::Empty),
        (Spokesperson { phone: "không có".into(), ..good.clone() }, Refusal::Speaking(Speaking::BadPhone)),
        (Spokesperson { phone: "113".into(), ..good.clone() }, Refusal::Speaking(Speaking::BadPhone)),
        (Spokesperson { phone: String::new(), ..good.clone() }, Refusal::Speaking(Speaking::BadPhone)),
        (Spokesperson { email: "a@b".into(), ..good.clone() }, Refusal::Speaking(Speaking::BadEmail)),
        (Spokesperson { email: "a@b@c.vn".into(), ..good.clone() }, Refusal::Speaking(Speaking::BadEmail)),
        (
            Spokesperson { email: "giám.đốc@c.vn".into(), ..good.clone() },
            Refusal::Speaking(Speaking::BadEmail),
        ),
        (Spokesperson { instrument: " ".into(), ..good.clone() }, Refusal::Speaking(Speaking::NoInstrument)),
        (
            Spokesperson { until: Some(good.from), ..good.clone() },
            Refusal::EndBeforeBeginning { from: good.from },
        ),
        (Spokesperson { designation: Some((person("head"), 9)), ..good.clone() }, Refusal::Unknown),
    ];
    for (entry, refusal) in wrong {
        let both = list(vec![listed("d0", "so-noi-vu"), (id.clone(), entry)]);
        assert_eq!(ask(&mut directory, &the_room(), both), Err(refusal));
    }
    assert!(directory.speakers.is_empty(), "nothing was taken");
    let bare = Spokesperson {
        kind: MandateKind::Head,
        phone: String::new(),
        email: String::new(),
        instrument: String::new(),
        ..good.clone()
    };
    ask(&mut directory, &the_room(), list(vec![(id.clone(), good.clone()), (row("d2"), bare)]))
        .expect("listed");
    let kept = directory.speakers.get(&id).expect("listed").entry.clone();
    assert_eq!(kept.email, "thu@example.vn");
    let again = ask(&mut directory, &the_room(), list(vec![(row("d3"), good.clone())]));
    assert_eq!(again, Err(Refusal::Speaking(Speaking::SpeakerListed { name: "Người d1".into() })));
    let twice = list(vec![listed("d4", "so-noi-vu"), (row("d5"), listed("d4", "so-noi-vu").1)]);
    assert_eq!(
        ask(&mut directory, &the_room(), twice),
        Err(Refusal::Speaking(Speaking::SpeakerListed { name: "Người d4".into() }))
    );
}

#[test]
fn a_row_is_corrected_published_and_ended_and_all_of_it_stays_readable() {
    let mut directory = authority();
    let (id, good) = listed("d1", "so-y-te");
    ask(&mut directory, &the_room(), Command::List { entries: vec![(id.clone(), good.clone())] })
        .expect("listed");
    let publish = |time| Command::Publish { ids: vec![row("d1"), row("d1")], at: at(time), link: None };
    let early = Refusal::Speaking(Speaking::PublishedTooEarly {
        name: "Người d1".into(),
        decided: at("08:00:00"),
    });
    assert_eq!(ask(&mut directory, &the_room(), publish("07:00:00")), Err(early));
    assert_eq!(ask(&mut directory, &the_room(), publish("13:00:00")), Err(Refusal::InTheFuture));
    ask(&mut directory, &the_room(), publish("11:00:00")).expect("published");
    let now = |directory: &Directory| directory.speakers.get(&row("d1")).expect("listed").clone();
    assert!(!now(&directory).is_stale());

    let other = Spokesperson {
        phone: "0214 3840 099".into(),
        office: OfficeId::new("so-noi-vu").expect("an id"),
        ..good.clone()
    };
    let relist = |entry| Command::Relist { id: row("d1"), entry };
    ask_at(&mut directory, "12:10:00", relist(other.clone())).expect("corrected");
    let kept = now(&directory);
    assert_eq!((kept.entry.phone.as_str(), kept.entry.office.as_str()), ("0214 3840 099", "so-y-te"));
    assert!(kept.is_stale(), "the public reads the old number");
    let same = directory.decide(
        relist(kept.entry.clone()),
        &Context { at: at("12:20:00"), by: &the_room(), written_at: None },
    );
    assert_eq!(same, Ok(vec![]));

    let delist = |time| Command::Delist { id: row("d1"), until: at(time), reason: "Nghỉ hưu".into() };
    let refused = Refusal::EndBeforeBeginning { from: good.from };
    assert_eq!(ask(&mut directory, &the_room(), delist("08:00:00")), Err(refused));
    ask(&mut directory, &the_room(), delist("12:00:00")).expect("ended");
    assert_eq!(
        ask(&mut directory, &the_room(), delist("12:30:00")),
        Err(Refusal::Speaking(Speaking::DesignationOver))
    );
    let kept = now(&directory);
    let speaks = |begin, end| directory.speaks(&kept, at(begin), at(end));
    assert!(speaks("11:00:00", "11:30:00") && !speaks("12:00:00", "13:00:00"));
    assert_eq!(kept.ended.as_ref().map(|(_, reason)| reason.as_str()), Some("Nghỉ hưu"));
}

#[test]
fn a_row_about_an_account_ends_with_its_designation_and_gives_no_right_itself() {
    let mut directory = authority();
    let (id, good) = listed("d1", "ubnd");
    let entry = Spokesperson { designation: Some((person("regular"), 1)), ..good };
    ask(&mut directory, &the_room(), Command::List { entries: vec![(id.clone(), entry)] }).expect("listed");
    let speaks = |directory: &Directory, begin, end| {
        directory.speaks(directory.speakers.get(&row("d1")).expect("listed"), at(begin), at(end))
    };
    assert!(speaks(&directory, "12:30:00", "13:00:00"));
    revoke(&mut directory, "regular", 1).expect("revoked");
    assert!(speaks(&directory, "11:00:00", "11:30:00") && !speaks(&directory, "12:30:00", "13:00:00"));

    let (_, other) = listed("d2", "so-y-te");
    ask(
        &mut directory,
        &the_room(),
        Command::List { entries: vec![(row("d2"), Spokesperson { name: "duty".into(), ..other })] },
    )
    .expect("listed");
    assert_eq!(
        speaks_here(&directory, "duty"),
        None,
        "an agency's spokesperson does not speak for the authority"
    );
}

fn speaks_here(directory: &Directory, id: &str) -> Option<MandateKind> {
    speaks(directory, id, "12:00:00", None)
}
