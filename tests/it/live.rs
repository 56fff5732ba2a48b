//! In the room: what one does, all see; a refusal reaches the one who asked; nothing acts twice.

use crate::support::*;
use phongtruc::domain::{Command, office};
use phongtruc::wire::ToServer;

#[tokio::test]
async fn a_command_reaches_every_window_and_its_refusal_only_one() {
    let server = Server::demo();
    let people = server.people().await;
    let mut party = join(&people.party, DEMO).await;
    let mut press = join(&people.press, DEMO).await;
    let rev = act(&mut party, say("Đã nhận")).await;
    press.until(rev).await.expect("seen");
    assert!(press.known.rows("messages").any(|row| row["text"] == "Đã nhận"));
    let refused = try_act(&mut party, say("")).await.expect_err("empty");
    assert_eq!(refused.code, "empty");
    assert!(refused.words.contains("trống"));
    let rev = act(&mut press, say("Tiếp")).await;
    party.until(rev).await.expect("seen");
    assert_eq!(press.known.rows("messages").count(), party.known.rows("messages").count());
}

#[tokio::test]
async fn the_same_command_twice_acts_once() {
    let server = Server::demo();
    let people = server.people().await;
    let mut party = join(&people.party, DEMO).await;
    let (id, command) = (command_id(), say("một lần"));
    for _ in 0..3 {
        party.ask(&id, &command).await.expect("sent");
    }
    let first = party.answer(&id).await.expect("answered").expect("accepted");
    // From another window, after all that.
    let mut again = join(&people.party, DEMO).await;
    again.ask(&id, &command).await.expect("sent");
    assert_eq!(again.answer(&id).await.expect("answered"), Ok(first));
    assert_eq!(again.known.rows("messages").filter(|row| row["text"] == "một lần").count(), 1);
    // Somebody else's command under this id is another command.
    let mut press = join(&people.press, DEMO).await;
    press.ask(&id, &command).await.expect("sent");
    assert_eq!(press.answer(&id).await.expect("answered").expect_err("not theirs").code, "id_reused");
}

#[tokio::test]
async fn presence_comes_and_goes_with_the_window() {
    let server = Server::demo();
    let people = server.people().await;
    let mut press = join(&people.press, DEMO).await;
    let party = join(&people.party, DEMO).await;
    let here = |message: &serde_json::Value| message["people"].as_array().map(Vec::len);
    while here(&press.next().await.expect("presence")) != Some(2) {}
    drop(party);
    while here(&press.next().await.expect("presence")) != Some(1) {}
    press.say(&ToServer::Look { at: Some("timeline".into()), typing: true }).await.expect("sent");
    loop {
        let message = press.next().await.expect("presence");
        if here(&message).is_some() && message["people"][0]["typing"] == true {
            break;
        }
    }
}

#[tokio::test]
async fn a_megabyte_is_refused_in_words_and_the_connection_lives() {
    let server = Server::demo();
    let people = server.people().await;
    let mut party = join(&people.party, DEMO).await;
    let refused = try_act(&mut party, say(&"a".repeat(1 << 20))).await.expect_err("too long");
    assert_eq!(refused.code, "too_long");
    act(&mut party, say("ngắn")).await;
}

#[tokio::test]
async fn what_cannot_be_read_is_answered_to_its_id_and_garbage_ends_the_connection() {
    let server = Server::demo();
    let people = server.people().await;
    let mut party = join(&people.party, DEMO).await;
    let id = command_id();
    let text = format!(r#"{{"type":"command","id":"{id}","command":{{"noun":"poem","verb":"write"}}}}"#);
    party.say_text(text).await.expect("sent");
    assert_eq!(party.answer(&id).await.expect("answered").expect_err("no such noun").code, "unreadable");
    party.say_text("rác".into()).await.expect("sent");
    let end = loop {
        match party.next().await {
            Ok(_) => {}
            Err(end) => break end,
        }
    };
    assert!(end.to_string().contains("4400"), "{end}");
}

#[tokio::test]
async fn an_invited_office_gets_the_name_of_the_data_not_of_the_sender() {
    let server = Server::demo();
    let people = server.people().await;
    let mut press = join(&people.press, DEMO).await;
    let invited = |id: &str| {
        let id = phongtruc::domain::ids::OfficeId::new(id).expect("an id");
        let office = phongtruc::domain::incident::PlannedOffice {
            id,
            name: "Tên bịa".into(),
            short: "Bịa".into(),
            seat: true,
        };
        Command::Office(office::Command::Invite { office })
    };
    let refused = try_act(&mut press, invited("khong-co")).await.expect_err("unknown");
    assert_eq!(refused.code, "unknown_office");
    let here: Vec<_> =
        press.known.rows("offices").map(|row| row["id"].as_str().unwrap_or("").to_owned()).collect();
    let library = phongtruc::library::Library::embedded();
    let day = "2024-09-10".parse().expect("a date");
    let absent = library.organisation.offices_on(day).into_iter().find(|office| !here.contains(&office.id));
    let absent = absent.expect("some office has no part");
    let (_, choices) = get(&people.press, "/api/offices?on=2024-09-10").await;
    assert!(choices.as_array().expect("offices").iter().any(|row| row["id"] == absent.id.as_str()));
    act(&mut press, invited(&absent.id)).await;
    // The authority of a commune too, under the name that the data give it.
    let commune = choices
        .as_array()
        .expect("offices")
        .iter()
        .find(|row| row["commune"] == true && !here.iter().any(|id| row["id"] == id.as_str()));
    let commune = commune.expect("some commune has no part");
    act(&mut press, invited(commune["id"].as_str().expect("an id"))).await;
    let row =
        press.known.rows("offices").find(|row| row["id"] == absent.id.as_str()).expect("invited").clone();
    assert!(row["name"] == absent.name.as_str() && row["seat"] == false, "{row}");
}

#[tokio::test]
async fn what_waits_for_a_person_is_told_in_the_room_and_on_every_other_page() {
    let server = Server::demo();
    let people = server.people().await;
    let id = opened(&people).await;
    let mut party = join(&people.party, &id).await;
    let mut press = join(&people.press, &id).await;
    let words = "Tin thử.";
    let statement = submitted(&mut press, "holding_statement", words).await;
    let approves = |waits: &serde_json::Value| {
        let waits = waits.as_array().into_iter().flatten();
        let mut kinds = waits.map(|wait| (wait["what"]["kind"].as_str(), wait["what"]["statement"].as_str()));
        kinds.any(|what| what == (Some("approve"), Some(statement.as_str())))
    };
    loop {
        let message = party.next().await.expect("told");
        if message["type"] == "waiting" && approves(&message["waits"]) {
            break;
        }
    }
    let elsewhere = |waiting: serde_json::Value| {
        let incidents = waiting.as_array().cloned().unwrap_or_default();
        incidents.iter().any(|one| one["incident"] == id.as_str() && approves(&one["waits"]))
    };
    assert!(elsewhere(get(&people.party, "/api/waiting").await.1));
    assert!(!elsewhere(get(&people.press, "/api/waiting").await.1), "the writer is not asked");
    act(&mut party, approve(&statement, words)).await;
    assert!(!elsewhere(get(&people.party, "/api/waiting").await.1));
}
