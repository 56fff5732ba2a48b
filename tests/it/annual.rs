//! The annual report of a real server: from a question of the press to the six numbers, the same after a rebuild.

use crate::designations::{by_new_link, post};
use crate::support::*;
use hyper::Method;
use phongtruc::domain::ids::RowId;
use phongtruc::domain::{Command, enquiry, meeting};
use serde_json::{Value, json};

const WORDS: &str = "Đập an toàn, không có sự cố vỡ đập.";

fn ask_of_press(id: &RowId) -> Command {
    Command::Enquiry(enquiry::Command::Enter {
        id: id.clone(),
        asked: enquiry::Asked {
            outlet: "Báo Thử Nghiệm".into(),
            asked_by: None,
            question: "Đập có an toàn không?".into(),
            received_at: jiff_now(),
            due_at: None,
        },
        owner: None,
        from: None,
    })
}

fn answered_by(id: &RowId, statement: &RowId) -> Command {
    let (id, statement, note, at) = (id.clone(), Some(statement.clone()), None, None);
    Command::Enquiry(enquiry::Command::Answer { id, statement, note, at })
}

fn conference() -> Command {
    let kind = meeting::Kind::PressConference;
    let held = meeting::Held { kind, held_at: jiff_now(), place: None, note: None };
    Command::Meeting(meeting::Command::Record { id: row(), held })
}

/// The report of the year in which the test runs.
async fn report(client: &phongtruc::client::Client) -> Value {
    let (status, page) = get(client, "/api/annual").await;
    assert_eq!(status, 200, "{page}");
    let year = page["years"][0].as_i64().expect("a year");
    get(client, &format!("/api/annual?year={year}")).await.1
}

fn numbers(page: &Value) -> Vec<(u64, Option<u64>)> {
    let rows = page["report"]["rows"].as_array().expect("rows").iter();
    rows.map(|row| (row["count"].as_u64().expect("a number"), row["of"].as_u64())).collect()
}

/// The rows alone: when it was made differs each time.
fn rows(page: &Value) -> Value {
    page["report"]["rows"].clone()
}

#[tokio::test]
async fn a_question_answered_in_a_room_stands_in_the_report_and_a_rebuilt_index_says_the_same() {
    let server = Server::demo();
    let people = server.people().await;
    let nothing = [(0, None), (0, None), (0, Some(0)), (0, Some(0)), (0, Some(0)), (0, Some(0))];
    assert_eq!(numbers(&report(&people.press).await), nothing, "the demonstration is an exercise");

    let id = opened(&people).await;
    let mut press = join(&people.press, &id).await;
    let mut party = join(&people.party, &id).await;
    let mut spokesperson = join(&people.people, &id).await;
    for connection in [&mut press, &mut party, &mut spokesperson] {
        act(connection, accept()).await;
    }
    let question = row();
    act(&mut press, ask_of_press(&question)).await;
    act(&mut spokesperson, conference()).await;
    // Not out yet: no answer.
    let statement = submitted(&mut press, "holding_statement", WORDS).await;
    let refused = try_act(&mut press, answered_by(&question, &statement)).await.expect_err("not out");
    assert_eq!(refused.code, "answer_not_out");
    act(&mut party, approve(&statement, WORDS)).await;
    act(&mut spokesperson, approve(&statement, WORDS)).await;
    act(&mut spokesperson, publish(&statement, WORDS)).await;
    let rev = act(&mut press, answered_by(&question, &statement)).await;
    party.until(rev).await.expect("seen");
    let answered = party.known.rows("enquiries").next().expect("one").clone();
    assert_eq!(answered["outcome"]["kind"], "answered");

    // Whatever happens in an exercise stays there.
    let mut exercise = join(&people.press, DEMO).await;
    act(&mut exercise, ask_of_press(&row())).await;
    act(&mut exercise, conference()).await;

    let page = report(&people.press).await;
    let expected = [(1, None), (0, None), (1, Some(1)), (1, Some(1)), (1, Some(1)), (0, Some(0))];
    assert_eq!(numbers(&page), expected, "{page}");
    let item = &page["report"]["rows"][2]["counted"][0];
    assert!(item["enters"] == true && item["under_way"] == true, "{item}");
    assert!(item["why"].as_str().is_some_and(|why| why.contains("Báo Thử Nghiệm")), "{item}");
    let left = server.kill();
    std::fs::remove_dir_all(left.data.join("index")).expect("an index");
    let rebuilt = left.start();
    let people = rebuilt.people().await;
    assert_eq!(rows(&report(&people.press).await), rows(&page));
}

#[tokio::test]
async fn the_offices_own_log_counts_and_is_its_leads_to_keep() {
    let server = Server::demo();
    let people = server.people().await;
    let record = |id: &str, held_at: jiff::Timestamp| {
        let held = json!({ "kind": "press_conference", "held_at": held_at, "place": "Hội trường thử" });
        json!({ "id": id, "command": { "noun": "meeting", "verb": "record", "id": id, "held": held } })
    };
    let keep = async |client: &phongtruc::client::Client, body: Value| {
        let answer = client.call(Method::POST, "/api/press", Some(&body)).await.expect("reached");
        (answer.status.as_u16(), if answer.body.is_empty() { Value::Null } else { answer.json() })
    };
    let (status, body) = keep(&people.party, record("h-0", jiff_now())).await;
    assert_eq!((status, body["code"].as_str()), (409, Some("not_allowed")), "{body}");
    let later = jiff_now() + jiff::SignedDuration::from_hours(3);
    let (status, body) = keep(&people.press, record("h-1", later)).await;
    assert_eq!((status, body["code"].as_str()), (409, Some("in_the_future")), "{body}");
    let kept = record("h-2", jiff_now());
    for _ in 0..2 {
        // Sent again after a broken line: the same request, not a second conference.
        assert_eq!(keep(&people.press, kept.clone()).await.0, 204);
    }
    let page = report(&people.party).await;
    assert_eq!(numbers(&page)[0], (1, None), "{page}");
    assert_eq!(page["keeps_press"], false);
    assert!(
        page["report"]["quarters"].as_array().expect("quarters").iter().any(|one| one["state"] == "held")
    );
    let (_, log) = get(&people.press, "/api/press").await;
    assert_eq!(log["meetings"][0]["held"]["place"], "Hội trường thử");
    assert!(log["grounds"].as_array().is_some_and(|grounds| !grounds.is_empty()));
    // It is in the log: a killed program still knows it.
    let again = server.kill().start();
    let people = again.people().await;
    assert_eq!(numbers(&report(&people.press).await)[0], (1, None));

    for (format, begins) in [("html", "<!DOCTYPE"), ("pdf", "%PDF-"), ("csv", "\u{FEFF}"), ("json", "{")] {
        let path = format!("/api/annual/export/{format}?year={}", page["years"][0]);
        let answer = people.press.call(Method::GET, &path, None).await.expect("reached");
        assert_eq!(answer.status, 200, "{format}");
        assert!(answer.body.starts_with(begins.as_bytes()), "{format}");
    }
    let (status, body) = get(&people.press, "/api/annual?year=1999").await;
    assert_eq!((status, body["code"].as_str()), (422, Some("no_form")), "{body}");
}

#[tokio::test]
async fn who_answers_for_the_numbers_reads_them_and_nobody_else_does() {
    let dir = tempfile::tempdir().expect("a directory");
    let server = Server::run(dir.path(), "127.0.0.1:0", &["serve"]);
    let admin = by_new_link(&server, &server.links[0]).await;
    let added = async |login: &str, function: &str, role: &str| {
        let new = json!({ "login": login, "name": login, "title": "Trực", "function": function,
            "roles": [role], "spokesperson": null });
        let (status, link) = post(&admin, "/api/accounts", new).await;
        assert_eq!(status, 200, "{link}");
        by_new_link(&server, link["url"].as_str().expect("a link")).await
    };
    // Read, and keep the office's own log.
    let cases = [
        (added("theo-doi", "pc_office", "observer").await, Some(false)),
        (added("thu-ky", "press_authority", "secretary").await, Some(true)),
        (added("truc", "pc_office", "duty").await, Some(false)),
        (added("hien-truong", "press_authority", "field").await, None),
        (added("so-y-te", "health_dept", "duty").await, None),
    ];
    for (client, reads) in &cases {
        let (status, page) = get(client, "/api/annual").await;
        match reads {
            Some(keeps) => assert_eq!((status, &page["keeps_press"]), (200, &Value::from(*keeps)), "{page}"),
            None => assert_eq!((status, page["code"].as_str()), (403, Some("forbidden")), "{page}"),
        }
        let export = client.call(Method::GET, "/api/annual/export/csv", None).await.expect("reached").status;
        assert_eq!(
            (export == 200, get(client, "/api/press").await.0 == 200),
            (reads.is_some(), reads.is_some())
        );
    }
    assert_eq!(get(&admin, "/api/annual").await.1["keeps_press"], true);
}
