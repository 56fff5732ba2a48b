//! The main job, end to end: an incident from opening to export, by three offices.

use crate::support::*;
use hyper::Method;
use phongtruc::domain::Command;
use phongtruc::domain::incident;

const WORDS: &str = "Đập an toàn, không có sự cố vỡ đập. Thông tin tiếp theo lúc 22 giờ.";

#[tokio::test]
async fn from_opening_to_export() {
    let server = Server::demo();
    let people = server.people().await;
    let id = opened(&people).await;
    let mut press = join(&people.press, &id).await;
    let mut party = join(&people.party, &id).await;
    let mut spokesperson = join(&people.people, &id).await;

    // It has its number, its tasks with owners, its clock, its prepared statements.
    let number = press.known.header["number"].as_str().expect("a number").to_owned();
    assert!(number.starts_with("SC-") && number.ends_with("-0001"), "{number}");
    assert_eq!(press.known.rows("tasks").count(), 17);
    let clock =
        press.known.rows("deadlines").find(|row| row["due_at"].is_string()).expect("a clock runs").clone();
    assert!(clock["basis"][0]["verified"] == false && clock["stopped"].is_null());

    // Work in the room is seen by everyone.
    for connection in [&mut press, &mut party, &mut spokesperson] {
        act(connection, accept()).await;
    }
    act(&mut party, say("Văn phòng Tỉnh ủy đã nhận")).await;
    act(&mut press, note("Dân chạy lên đồi")).await;
    let rev = act(&mut press, decide("Lập tổ xác minh")).await;
    spokesperson.until(rev).await.expect("seen");
    assert_eq!(spokesperson.known.rows("messages").count(), 1);
    assert_eq!(spokesperson.known.rows("decisions").count(), 1);

    // A statement: submitted, approved by one of two, edited, void, approved again, published.
    let statement = submitted(&mut press, "holding_statement", "Bản đầu.").await;
    party.until(press.known.rev).await.expect("seen");
    let rev = act(&mut party, approve(&statement, "Bản đầu.")).await;
    press.until(rev).await.expect("seen");
    act(&mut press, write(&statement, "Bản đầu.", WORDS)).await;
    let row =
        press.known.rows("statements").find(|row| row["id"] == statement.as_str()).expect("there").clone();
    assert!(row["state"] == "draft" && row["approvals"][0]["voided"].is_object(), "{row}");
    let submit =
        phongtruc::domain::statement::Command::Submit { id: statement.clone(), digest: digest(WORDS) };
    act(&mut press, Command::Statement(submit)).await;
    // No door lets unapproved words out.
    for connection in [&mut press, &mut party, &mut spokesperson] {
        let refused = try_act(connection, publish(&statement, WORDS)).await.expect_err("not approved");
        assert!(["not_allowed", "not_approved"].contains(&refused.code.as_str()), "{refused:?}");
    }
    act(&mut party, approve(&statement, WORDS)).await;
    act(&mut spokesperson, approve(&statement, WORDS)).await;
    let stale = try_act(&mut spokesperson, publish(&statement, "Bản đầu.")).await.expect_err("other words");
    assert_eq!(stale.code, "stale_approval");
    let rev = act(&mut spokesperson, publish(&statement, WORDS)).await;
    press.until(rev).await.expect("seen");
    let stopped = press.known.rows("deadlines").find(|row| row["id"] == clock["id"]).expect("there").clone();
    assert_eq!(stopped["stopped"]["statement"], statement.as_str());

    // Closing waits for the mandatory tasks.
    let refused = try_act(&mut press, close()).await.expect_err("tasks are open");
    assert_eq!(refused.code, "mandatory_tasks_open");
    let mandatory: Vec<u32> = press
        .known
        .rows("tasks")
        .filter(|row| row["mandatory"] == true && row["progress"]["state"] == "open")
        .filter(|row| row["due"]["anchor"] != "closed_at")
        .filter_map(|row| row["seq"].as_u64().and_then(|seq| seq.try_into().ok()))
        .collect();
    for seq in mandatory {
        act(&mut press, if seq % 2 == 0 { finish(seq) } else { skip(seq) }).await;
    }
    act(&mut press, close()).await;
    let refused = try_act(&mut party, say("muộn")).await.expect_err("closed");
    assert_eq!(refused.code, "closed");

    // Every format holds what happened.
    for format in ["html", "csv", "json", "pdf"] {
        let path = format!("/api/incidents/{id}/export/{format}");
        let answer = people.press.call(Method::GET, &path, None).await.expect("reached");
        assert_eq!(answer.status, 200, "{format}");
        if format == "pdf" {
            assert!(answer.body.starts_with(b"%PDF-"));
        } else {
            let text = String::from_utf8(answer.body.to_vec()).expect("UTF-8");
            assert!(text.contains("Dân chạy lên đồi") && text.contains(&number), "{format}");
        }
    }
    // And the log is whole.
    let verified = program().arg("verify").arg(server.log(&id)).output().expect("ran");
    assert!(verified.status.success());
    // A release keeps one of its logs for ever: GOLDEN=tests/golden/0.1.0.jsonl cargo test from_opening_to_export
    if let Some(golden) = std::env::var_os("GOLDEN") {
        std::fs::copy(server.log(&id), golden).expect("copied");
    }
}

#[tokio::test]
async fn opening_again_with_the_same_id_opens_nothing_twice() {
    let server = Server::demo();
    let people = server.people().await;
    let first = open(&people.press, request("su-co-a")).await;
    let again = open(&people.press, request("su-co-a")).await;
    assert_eq!((first.0, &first.1), (200, &again.1));
    let second = open(&people.press, request("su-co-b")).await.1;
    assert!(second["number"].as_str().expect("a number").ends_with("-0002"));
    let mut exercise = request("su-co-c");
    exercise["exercise"] = true.into();
    let exercise = open(&people.press, exercise).await.1;
    assert!(exercise["number"].as_str().expect("a number").starts_with("DT-"));
}

#[tokio::test]
async fn a_request_that_cannot_be_is_refused_in_words_and_spends_no_number() {
    let server = Server::demo();
    let people = server.people().await;
    let later = jiff_now() + jiff::SignedDuration::from_hours(3);
    let earlier = jiff_now() - jiff::SignedDuration::from_hours(3);
    let cases = [
        ("title", "  ".into(), "empty"),
        ("title", "Đập \u{202E}vỡ".into(), "unseen_character"),
        ("playbook", "nui_lua".into(), "unknown_playbook"),
        ("commune", "99999".into(), "unknown_place"),
        ("occurred_at", serde_json::json!(later), "in_the_future"),
        ("received_at", serde_json::json!(later), "in_the_future"),
        ("received_at", serde_json::json!(earlier), "out_of_order"),
    ];
    for (field, value, code) in cases {
        let mut wrong = request(&fresh("su-co"));
        if code == "out_of_order" {
            wrong["occurred_at"] = serde_json::json!(jiff_now());
        }
        wrong[field] = value;
        let (status, body) = open(&people.press, wrong).await;
        assert_eq!((status, body["code"].as_str()), (422, Some(code)), "{field}: {body}");
        assert!(body["words"].as_str().expect("words").ends_with('.'), "{body}");
    }
    let opened = open(&people.press, request("su-co-a")).await.1;
    assert!(opened["number"].as_str().expect("a number").ends_with("-0001"), "{opened}");
}

#[tokio::test]
async fn an_exercise_on_a_past_event_runs_on_the_law_and_the_offices_of_its_day() {
    let server = Server::demo();
    let people = server.people().await;
    let then = join(&people.press, DEMO).await;
    let seat = |known: &phongtruc::client::Known, id: &str| {
        known.rows("offices").any(|row| row["id"] == id && row["seat"] == true)
    };
    assert_eq!(then.known.header["in_force_on"], "2024-09-10");
    assert_eq!(then.known.header["exercise"], true);
    let opener = then.known.header["opened"]["office"].clone();
    assert!(
        then.known.rows("offices").any(|row| row["id"] == opener),
        "opened by an office of that day: {opener}"
    );
    let anchors: Vec<_> = then.known.rows("deadlines").map(|row| row["due"]["anchor"].clone()).collect();
    assert!(anchors.contains(&"occurred_at".into()), "the rule of 2024 counted from the event: {anchors:?}");
    let now = join(&people.press, &opened(&people).await).await;
    let anchors: Vec<_> = now.known.rows("deadlines").map(|row| row["due"]["anchor"].clone()).collect();
    assert!(anchors.contains(&"impact_assessed_at".into()), "{anchors:?}");
    let office = |known: &phongtruc::client::Known| {
        let mut seats: Vec<_> = known
            .rows("offices")
            .filter(|row| row["seat"] == true)
            .map(|row| row["id"].to_string())
            .collect();
        seats.sort();
        seats
    };
    assert_ne!(office(&then.known), office(&now.known), "the press authority changed in between");
    assert!(!seat(&now.known, "nowhere"));
}

#[tokio::test]
async fn the_level_is_on_the_record_with_its_reason() {
    let server = Server::demo();
    let people = server.people().await;
    let mut press = join(&people.press, DEMO).await;
    let level = incident::Level::new(4).expect("1 to 4");
    let raise = incident::Command::SetLevel { level, reason: "lan sang tỉnh bên".into(), despite: false };
    act(&mut press, Command::Incident(raise)).await;
    assert_eq!(press.known.header["level"], 4);
    assert!(
        press
            .known
            .rows("lines")
            .any(|row| row["text"].as_str().is_some_and(|text| text.contains("lan sang tỉnh bên")))
    );
}
