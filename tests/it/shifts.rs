//! Duty on the whole server: a handover with the power cut in its middle, and what somebody is told who was away.

use crate::designations::{by_new_link, post};
use crate::support::*;
use phongtruc::client::{Client, Connection};
use phongtruc::domain::brief::{self, Brief, Kind};
use phongtruc::domain::ids::{OfficeId, PersonId, Rev, RowId};
use phongtruc::domain::shift::{Command as Duty, Officer};
use phongtruc::domain::{Command, office};
use phongtruc::wire::ToServer;
use serde_json::{Value, json};

/// Somebody as a browser names them: by id alone.
fn officer(person: &str) -> Officer {
    let person = PersonId::new(person).expect("an id");
    Officer { person, name: "tên do máy khách gửi".into(), title: String::new() }
}

fn duty(connection: &Connection, office: &str) -> Option<Value> {
    let mut rows = connection.known.rows("shifts");
    rows.find(|row| row["office"] == office && row["ended"].is_null()).cloned()
}

fn lines(connection: &Connection) -> Vec<String> {
    connection.known.rows("lines").filter_map(|row| row["text"].as_str()).map(ToOwned::to_owned).collect()
}

/// Reads on until what waits for this person holds the kind, and answers it.
async fn waits(connection: &mut Connection, kind: &str) -> Value {
    loop {
        let message = connection.next().await.expect("told");
        let waits = message["waits"].as_array().cloned().unwrap_or_default();
        if let Some(wait) = waits.into_iter().find(|wait| wait["what"]["kind"] == kind) {
            return wait;
        }
    }
}

async fn asked(connection: &mut Connection, since: Rev) -> Brief {
    connection.say(&ToServer::Brief { since }).await.expect("asked");
    loop {
        let message = connection.next().await.expect("answered");
        if message["type"] == "brief" {
            return serde_json::from_value(message["brief"].clone()).expect("a brief");
        }
    }
}

async fn member(client: &Client, name: &str) -> Value {
    let (status, members) = get(client, &format!("/api/incidents/{DEMO}/members")).await;
    assert_eq!(status, 200, "{members}");
    let found = members.as_array().into_iter().flatten().find(|one| one["name"].as_str() == Some(name));
    found.cloned().unwrap_or_else(|| panic!("{name} is no member: {members}"))
}

/// The demonstration with two more people: a colleague of the press authority's officer, and one of another office.
async fn with_colleagues() -> (Server, Left, People, Client, Client) {
    let server = Server::demo();
    let people = server.people().await;
    let left = server.kill();
    let server = Server::run(&left.data, &left.listen, &["serve"]);
    let admin = by_new_link(&server, &server.links[0]).await;
    let mut colleagues = vec![];
    for (login, name, function) in
        [("ca-sau", "Người Ca Sau", "press_authority"), ("noi-khac", "Người Nơi Khác", "party_office")]
    {
        let new = json!({ "login": login, "name": name, "title": "Trực ca", "function": function,
            "roles": ["duty"], "spokesperson": null });
        let (status, link) = post(&admin, "/api/accounts", new).await;
        assert_eq!(status, 200, "{link}");
        colleagues.push(by_new_link(&server, link["url"].as_str().expect("a link")).await);
    }
    let other = colleagues.pop().expect("two");
    (server, left, people, colleagues.pop().expect("two"), other)
}

#[tokio::test]
async fn a_handover_outlives_a_power_cut_and_duty_passes_when_the_other_confirms() {
    let (server, _left, people, relief, _) = with_colleagues().await;
    let mut press = join(&people.press, DEMO).await;
    let name = member(&relief, "Người Ca Sau").await;
    let (to, seat) = (name["person"].as_str().expect("an id"), name["office"].as_str().expect("an office"));
    let (shift, handover, next) = (row(), row(), row());
    act(&mut press, Command::Shift(Duty::Take { id: shift.clone(), from: None, reason: None })).await;

    let offer = |to: &str| Duty::Offer {
        id: shift.clone(),
        handover: handover.clone(),
        to: officer(to),
        remark: Some("Điện thoại trực ở ngăn bàn.".into()),
    };
    let stranger = member(&relief, "Người Nơi Khác").await;
    let stranger = stranger["person"].as_str().expect("an id");
    let refused = try_act(&mut press, Command::Shift(offer(stranger))).await.expect_err("another office");
    assert_eq!(refused.code, "not_of_the_office");
    act(&mut press, Command::Shift(offer(to))).await;
    let offered = duty(&press, seat).expect("on duty");
    assert_eq!(
        offered["handovers"][0]["to"]["name"], "Người Ca Sau",
        "the directory's name, not the browser's"
    );
    assert!(!offered["handovers"][0]["note"]["items"].as_array().expect("items").is_empty());

    // The power fails between the offer and the answer.
    let left = server.kill();
    let server = left.start();
    let mut back = join(&relief, DEMO).await;
    let wait = waits(&mut back, "relieve").await;
    assert_eq!(wait["what"]["handover"], handover.as_str());
    let still = duty(&back, seat).expect("on duty");
    assert_eq!(still, offered, "what was offered is what is there, to the letter");
    let confirm = Duty::Confirm { id: shift.clone(), handover: handover.clone(), next: next.clone() };
    act(&mut back, Command::Shift(confirm)).await;

    let mut press = join_with(&people.press, DEMO, press.known.clone()).await;
    press.until(back.known.rev).await.expect("caught up");
    assert_eq!(press.known.tables["shifts"], back.known.tables["shifts"]);
    let now = duty(&press, seat).expect("on duty");
    assert_eq!((now["id"].as_str(), now["officer"]["person"].as_str()), (Some(next.as_str()), Some(to)));
    let said = lines(&press);
    for part in ["bàn giao ca trực", "Người Ca Sau xác nhận bàn giao"] {
        assert!(said.iter().any(|line| line.contains(part)), "{part}: {said:?}");
    }
    drop(server);
}

#[tokio::test]
async fn who_was_away_is_told_what_is_new_and_that_they_know_is_on_record() {
    let (server, _left, people, relief, _) = with_colleagues().await;
    let mut press = join(&people.press, DEMO).await;
    let away = join(&relief, DEMO).await.known.clone();
    assert_eq!(asked(&mut press, away.rev).await.parts, [], "nothing happened: no brief");
    for text in ["một", "hai", "ba"] {
        act(&mut press, say(text)).await;
    }
    act(&mut press, note("nước rút")).await;
    act(&mut press, decide("Giữ trực đêm")).await;

    let mut back = join_with(&relief, DEMO, away.clone()).await;
    let brief = asked(&mut back, away.rev).await;
    let counts: Vec<_> = brief.parts.iter().map(|part| (part.kind, part.new, part.changed)).collect();
    assert_eq!(counts, [(Kind::Decision, 1, 0), (Kind::Entry, 1, 0), (Kind::Message, 3, 0)]);
    assert_eq!(asked(&mut press, away.rev).await.parts, [], "what one did oneself is no news");

    let until = brief.until;
    act(&mut back, Command::Brief(brief::Command::Acknowledge { until })).await;
    let left = server.kill();
    let server = left.start();
    let later = join(&relief, DEMO).await;
    let told = later.known.rows("briefings").next().expect("on record").clone();
    assert_eq!(
        (told["until"].as_u64(), told["by"]["name"].as_str()),
        (Some(until.into()), Some("Người Ca Sau"))
    );
    assert!(!lines(&later).iter().any(|line| line.contains("Đã nắm")), "and it is no line of the timeline");
    drop(server);
}

#[tokio::test]
async fn an_office_that_is_pulled_in_is_asked_from_then_on_and_only_members_may_be_named() {
    let server = Server::demo();
    let people = server.people().await;
    let mut press = join(&people.press, DEMO).await;
    let opened = press.known.header["opened"]["at"].clone();
    assert!(
        press.known.rows("offices").filter(|row| row["seat"] == true).all(|row| row["asked_at"] == opened)
    );
    let (_, offices) = get(&people.press, "/api/offices?on=2024-09-10").await;
    let known = |id: &str| press.known.rows("offices").any(|row| row["id"] == id);
    let mut absent = offices.as_array().into_iter().flatten().filter_map(|one| one["id"].as_str());
    let id = absent.find(|id| !known(id)).expect("one is absent").to_owned();
    let office = phongtruc::domain::incident::PlannedOffice {
        id: OfficeId::new(&id).expect("an id"),
        name: String::new(),
        short: String::new(),
        seat: false,
    };
    act(&mut press, Command::Office(office::Command::Invite { office })).await;
    let row = press.known.rows("offices").find(|row| row["id"] == id.as_str()).expect("invited").clone();
    assert!(row["accepted"].is_null() && row["asked_at"].as_str() > opened.as_str(), "{row}");

    let stranger = Duty::Assign {
        id: RowId::new("d-1").expect("an id"),
        office: OfficeId::new(&id).expect("an id"),
        officer: officer("khong-co-ai"),
        from: None,
        reason: None,
    };
    let refused = try_act(&mut press, Command::Shift(stranger)).await.expect_err("nobody");
    assert_eq!(refused.code, "not_of_the_office");
    let (status, _) = get(&Client::new(&server.origin), &format!("/api/incidents/{DEMO}/members")).await;
    assert_eq!(status, 401, "who the members are is for members");
}
