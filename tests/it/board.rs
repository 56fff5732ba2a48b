//! The board, the leaders' page and the figures: what they say is what the rooms hold, to those who have a part.

use crate::search::House;
use crate::support::*;
use serde_json::{Value, json};

const WORDS: &str = "Đập an toàn. Cơ quan chức năng đang xác minh nguồn tin.";

/// The row of an incident, once the index has it as far as `until` says.
async fn row_of(client: &phongtruc::client::Client, id: &str, until: impl Fn(&Value) -> bool) -> Value {
    loop {
        let (status, board) = get(client, "/api/incidents").await;
        assert_eq!(status, 200);
        let found = board.as_array().expect("a list").iter().find(|row| row["id"] == id).cloned();
        if let Some(row) = found.filter(|row| until(row)) {
            return row;
        }
    }
}

#[tokio::test]
async fn the_board_says_who_accepted_who_is_there_and_what_waits() {
    let server = Server::demo();
    let people = server.people().await;
    let id = opened(&people).await;
    let row = row_of(&people.press, &id, |_| true).await;
    let seats = row["seats"].as_array().expect("seats");
    assert_eq!(seats.iter().filter(|seat| seat["seat"] == true).count(), 3, "{row}");
    assert!(seats.iter().all(|seat| seat["accepted"].is_null() && seat["present"] == 0), "{row}");
    assert_eq!(row["outcome"]["first_public_seconds"], Value::Null, "nothing was said");
    assert!(row["waits"].as_u64() >= Some(1), "to be accepted: {row}");

    let mut window = join(&people.party, &id).await;
    let mine = row_of(&people.party, &id, |_| true).await["waits"].as_u64().expect("a number");
    act(&mut window, accept()).await;
    let row = row_of(&people.party, &id, |row| {
        row["seats"].to_string().contains("Trực")
            || row["seats"]
                .as_array()
                .is_some_and(|seats| seats.iter().any(|seat| !seat["accepted"].is_null()))
    })
    .await;
    let accepted: Vec<_> =
        row["seats"].as_array().expect("seats").iter().filter(|seat| !seat["accepted"].is_null()).collect();
    let [own] = &accepted[..] else { panic!("{row}") };
    assert_eq!(own["present"], 1, "its officer is in the room: {own}");
    assert_eq!(row["waits"].as_u64(), Some(mine - 1), "that waits no more");
}

#[tokio::test]
async fn the_outlook_and_the_figures_say_what_went_out_and_outsiders_hear_nothing() {
    let server = Server::demo();
    let people = server.people().await;
    let id = opened(&people).await;
    let mut press = join(&people.press, &id).await;
    let mut party = join(&people.party, &id).await;
    let mut speaker = join(&people.people, &id).await;
    let outlook = get(&people.press, "/api/outlook").await.1;
    let brief = |outlook: &Value| {
        let briefs = outlook["situations"].as_array().expect("briefs");
        briefs.iter().find(|brief| brief["incident"]["id"] == id.as_str()).cloned()
    };
    assert_eq!(brief(&outlook).expect("under way")["said"], Value::Null);
    act(&mut press, decide("Giao hai cơ quan xác minh")).await;
    let statement = submitted(&mut press, "holding_statement", WORDS).await;
    let rev = act(&mut party, approve(&statement, WORDS)).await;
    speaker.until(rev).await.expect("seen");
    act(&mut speaker, approve(&statement, WORDS)).await;
    let rev = act(&mut speaker, publish(&statement, WORDS)).await;
    press.until(rev).await.expect("seen");

    let outlook = get(&people.press, "/api/outlook").await.1;
    let now = brief(&outlook).expect("under way");
    assert_eq!(
        (&now["said"]["text"], &now["said"]["statement"]),
        (&json!(WORDS), &json!(statement.to_string()))
    );
    assert_eq!(now["decisions"][0]["text"], "Giao hai cơ quan xác minh");
    assert!(!outlook["heads"].as_array().expect("a list").is_empty(), "who leads is said: {outlook}");
    let row = row_of(&people.press, &id, |row| row["outcome"]["spoke"] == true).await;
    assert!(row["outcome"]["first_public_seconds"].is_i64(), "{row}");

    let (status, figures) = get(&people.press, &format!("/api/incidents/{id}/figures")).await;
    assert_eq!(status, 200);
    let of = |measure: &str| {
        figures.as_array().expect("a list").iter().find(|row| row["measure"] == measure).cloned()
    };
    assert_eq!(of("first_statement").expect("there")["value"]["is"], "length");
    assert_eq!(of("corrections").expect("there")["value"], json!({ "is": "count", "count": 0 }));
    assert!(of("margin").expect("there")["value"]["seconds"].as_i64() > Some(0), "{figures}");
    let exported = get(&people.press, &format!("/api/incidents/{id}/export/json")).await.1;
    assert_eq!(exported["figures"], figures, "the export counts the same");

    let (status, readings) = get(&people.press, &format!("/api/incidents/{id}/yardstick")).await;
    assert_eq!(status, 200);
    let of = |kind: &str| {
        let rows = readings.as_array().expect("a list").iter().filter(|row| row["kind"] == kind);
        rows.cloned().collect::<Vec<_>>()
    };
    let met = |row: &Value| row["verdict"] == "in_time" && row["left_seconds"].as_i64() > Some(0);
    assert!(of("limit").iter().any(met), "the words met a limit of the law: {readings}");
    assert!(!of("task").is_empty() && of("task").iter().all(|row| row["prescribed"] != ""), "{readings}");
    let answered = of("approval").iter().filter(|row| !row["done_at"].is_null()).count();
    assert!(answered >= 2, "both approved: {readings}");
}

#[tokio::test]
async fn who_has_no_part_sees_no_row_no_brief_and_no_figure() {
    let house = House::new().await;
    let id = house.incident("Sạt lở đường Thử").await;
    row_of(&house.desk, &id, |_| true).await;
    assert_eq!(get(&house.outsider, "/api/incidents").await.1, json!([]));
    assert_eq!(get(&house.outsider, "/api/outlook").await.1["situations"], json!([]));
    for counted in ["figures", "yardstick"] {
        assert_eq!(get(&house.outsider, &format!("/api/incidents/{id}/{counted}")).await.0, 404);
    }
    let seen = get(&house.observer, "/api/outlook").await.1;
    assert_eq!(seen["situations"].as_array().map(Vec::len), Some(1), "a leader who follows reads it");
    assert_eq!(get(&house.scene, &format!("/api/incidents/{id}/figures")).await.0, 200);
}

/// A day so many days from now, by the office's calendar.
fn day(days: i64) -> String {
    let office = jiff::tz::TimeZone::fixed(jiff::tz::offset(7));
    let today = jiff_now().to_zoned(office).date();
    today.checked_add(jiff::Span::new().days(days)).expect("a date").to_string()
}

#[tokio::test]
async fn what_is_to_be_done_after_incidents_stands_in_one_place_and_outsiders_see_nothing() {
    let house = House::new().await;
    let (ended, running) =
        (house.incident("Sạt lở đường Thử").await, house.incident("Lũ quét suối Thử").await);
    let office = async |client| get(client, "/api/session").await.1["actor"]["office"].clone();
    let (own, other) = (office(&house.desk).await, office(&house.scene).await);
    let assign = |text: &str, office: &Value, due: String| {
        let assign = json!({ "noun": "review", "verb": "assign", "id": row(), "text": text, "due": due,
            "owner": { "kind": "office", "office": office } });
        serde_json::from_value(assign).expect("a command")
    };
    let mut first = join(&house.desk, &ended).await;
    act(&mut first, assign("Thêm bước gọi xã vào kịch bản", &own, day(7))).await;
    act(&mut first, assign("Tập huấn người phát ngôn của xã", &other, day(3))).await;
    let mandatory = first.known.rows("tasks").filter(|task| task["mandatory"] == true);
    let mandatory: Vec<_> = mandatory.filter_map(|task| task["seq"].as_u64()?.try_into().ok()).collect();
    for seq in mandatory {
        act(&mut first, skip(seq)).await;
    }
    act(&mut first, close()).await;
    let mut second = join(&house.desk, &running).await;
    act(&mut second, assign("Rà danh sách báo chí", &own, day(5))).await;

    // The index follows the rooms.
    let listed = async |client, until: &dyn Fn(&[Value]) -> bool| loop {
        let (status, list) = get(client, "/api/actions").await;
        assert_eq!(status, 200, "{list}");
        let rows = list.as_array().expect("a list").clone();
        if until(&rows) {
            return rows;
        }
    };
    let closed = |rows: &[Value]| rows.iter().filter(|row| row["closed"] == true).count() == 2;
    let all = |rows: &[Value]| rows.len() == 3 && closed(rows);
    let said = |rows: &[Value]| -> Vec<(String, bool, bool)> {
        let of = |row: &Value, field: &str| row[field].as_bool().expect("yes or no");
        let one = |row: &Value| {
            (row["incident"].as_str().expect("an id").to_owned(), of(row, "mine"), of(row, "office"))
        };
        rows.iter().map(one).collect()
    };
    let desk = listed(&house.desk, &all).await;
    let expected = [(&ended, false, false), (&running, true, true), (&ended, true, true)];
    let expected = expected.map(|(id, mine, office)| (id.clone(), mine, office));
    assert_eq!(said(&desk), expected, "the nearest day first");
    assert_eq!(
        (&desk[0]["text"], &desk[0]["due"]),
        (&json!("Tập huấn người phát ngôn của xã"), &json!(day(3)))
    );
    assert!(desk.iter().all(|row| row["over"] == false));
    let scene = listed(&house.scene, &all).await;
    assert_eq!(said(&scene).iter().map(|row| row.1).collect::<Vec<_>>(), [true, false, false]);
    let observer = listed(&house.observer, &all).await;
    assert!(said(&observer).iter().all(|row| !row.1), "who follows reads all and is asked nothing");
    assert_eq!(get(&house.outsider, "/api/actions").await.1, json!([]));

    // What is done leaves the list, though the incident is closed.
    let finish =
        json!({ "noun": "review", "verb": "finish", "id": desk[2]["action"], "note": "Kịch bản mới" });
    act(&mut first, serde_json::from_value(finish).expect("a command")).await;
    let left = listed(&house.desk, &|rows| rows.len() == 2).await;
    assert!(left.iter().all(|row| row["action"] != desk[2]["action"]), "{left:?}");
}
