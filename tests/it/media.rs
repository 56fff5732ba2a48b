//! Media watch on a real server: a table is read before it is taken, and a service sends with a token that is issued,
//! used, of one incident, over, or taken back. A service is shown nothing.

use crate::designations::{by_new_link, post};
use crate::support::*;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::{Method, Request};
use hyper_util::client::legacy::Client as Http;
use hyper_util::rt::TokioExecutor;
use jiff::SignedDuration;
use phongtruc::client::Client;
use phongtruc::domain::{Command, clipping};
use serde_json::{Value, json};

/// A call as a program makes it: no session, no page of ours, only what it shows.
async fn raw(
    server: &Server,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: Vec<u8>,
) -> (u16, Value) {
    let http: Http<_, Full<Bytes>> = Http::builder(TokioExecutor::new()).build_http();
    let mut request = Request::builder().method(method).uri(format!("{}{path}", server.origin));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = http.request(request.body(Full::new(Bytes::from(body))).expect("a request")).await;
    let (parts, body) = answer.expect("reached").into_parts();
    let body = body.collect().await.expect("read").to_bytes();
    (parts.status.as_u16(), serde_json::from_slice(&body).unwrap_or_default())
}

async fn send(server: &Server, token: &str, incident: &str, body: &Value) -> (u16, Value) {
    let path = format!("/api/incidents/{incident}/clippings");
    let bearer = format!("Bearer {token}");
    raw(server, Method::POST, &path, &[("authorization", &bearer)], body.to_string().into_bytes()).await
}

async fn issued(who: &Client, incident: Option<&str>, until: jiff::Timestamp) -> (u16, Value) {
    let mut new = json!({ "id": command_id(), "name": "Theo dõi Thử", "until": until });
    if let Some(incident) = incident {
        new["incident"] = incident.into();
    }
    post(who, "/api/services", new).await
}

fn in_an_hour() -> jiff::Timestamp {
    jiff_now() + SignedDuration::from_hours(1)
}

fn found(n: u32, reach: u32) -> Value {
    json!({ "link": format!("https://bao.example/tin-{n}"), "outlet": "Báo Thử", "title": format!("Tin {n}"),
        "tone": "negative", "reach": reach, "read_at": "2026-01-02T03:04:05Z" })
}

#[tokio::test]
async fn a_service_sends_with_its_token_and_its_name_stands_on_the_record() {
    let server = Server::demo();
    let people = server.people().await;
    let (incident, other) = (opened(&people).await, opened(&people).await);
    let (status, token) = issued(&people.press, Some(&incident), in_an_hour()).await;
    assert_eq!(status, 200, "{token}");
    let url = token["url"].as_str().expect("a url");
    assert_eq!(url, format!("{}/api/incidents/{incident}/clippings", server.origin));
    let token = token["token"].as_str().expect("a token").to_owned();

    let bad = json!({ "link": "https://bao.example/x", "outlet": "Báo Thử", "title": "", "tone": "neutral" });
    let shared = json!({ "link": "http://www.bao.example/tin-1/?fbclid=x", "outlet": "Báo Thử", "title": "Tin 1",
        "tone": "negative", "reach": 30 });
    let body = json!({ "id": "lan-1", "clippings": [found(1, 10), bad, shared, { "x": 1 }, found(2, 5), found(2, 5)] });
    let (status, received) = send(&server, &token, &incident, &body).await;
    assert_eq!(status, 200, "{received}");
    let counts = |of: &Value| ["added", "again", "same"].map(|count| of[count].as_u64().expect("a count"));
    assert_eq!(counts(&received), [2, 1, 1]);
    let refused = received["refused"].as_array().expect("a list");
    assert_eq!(refused.iter().map(|one| one["index"].as_u64()).collect::<Vec<_>>(), [Some(1), Some(3)]);

    // The same call again is the same import: the same answer, and nothing is written.
    let (_, repeated) = send(&server, &token, &incident, &body).await;
    assert_eq!(repeated, received);
    let mut party = join(&people.party, &incident).await;
    let rows: Vec<_> = party.known.rows("clippings").cloned().collect();
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| row["entered"]["name"] == "Theo dõi Thử"), "{rows:?}");
    let line = party.known.rows("lines").find(|line| line["kind"] == "media").expect("a line").clone();
    assert_eq!(line["text"], "Nhập điểm báo: 2 tin bài mới, 1 lượt đọc lại.");
    assert_eq!(line["by"]["name"], "Theo dõi Thử");

    // The same again is the same: nothing is added, and nothing is written.
    let before = party.known.rev;
    let (status, again) =
        send(&server, &token, &incident, &json!({ "clippings": [found(1, 10), found(2, 5)] })).await;
    assert_eq!((status, counts(&again)), (200, [0, 0, 2]));
    let rev = act(&mut party, say("ai cũng thấy")).await;
    assert_eq!(rev, before + 1);

    // The token opens this one door of this one incident.
    let (status, refusal) = send(&server, &token, &other, &json!({ "clippings": [found(1, 1)] })).await;
    assert_eq!((status, refusal["code"].as_str()), (401, Some("token_scope")));
    let bearer = format!("Bearer {token}");
    for path in
        [format!("/api/incidents/{incident}/page?before=9"), "/api/incidents".into(), "/api/services".into()]
    {
        assert_eq!(
            raw(&server, Method::GET, &path, &[("authorization", &bearer)], vec![]).await.0,
            401,
            "{path}"
        );
    }
    let log = std::fs::read_to_string(server.log(&incident).with_file_name("../directory.jsonl"))
        .expect("readable");
    assert!(log.contains("Theo dõi Thử") && !log.contains(&token), "only the digest is kept");
}

#[tokio::test]
async fn a_token_ends_by_its_hour_by_being_taken_back_and_with_the_incident() {
    let server = Server::demo();
    let people = server.people().await;
    let incident = opened(&people).await;
    let body = json!({ "clippings": [found(1, 1)] });
    for unknown in ["", "phongtruc_khong-co", "khac"] {
        let (status, refusal) = send(&server, unknown, &incident, &body).await;
        assert_eq!((status, refusal["code"].as_str()), (401, Some("token_unknown")), "{unknown}");
    }
    // Only who leads lets one in, and only the administrator into all.
    assert_eq!(issued(&people.party, Some(&incident), in_an_hour()).await.0, 403);
    assert_eq!(issued(&people.press, None, in_an_hour()).await.0, 403);
    let past = issued(&people.press, Some(&incident), jiff_now() - SignedDuration::from_hours(1)).await;
    assert_eq!((past.0, past.1["code"].as_str()), (409, Some("in_the_past")));

    let (_, short) = issued(&people.press, Some(&incident), jiff_now() + SignedDuration::from_secs(1)).await;
    let short = short["token"].as_str().expect("a token");
    let over = loop {
        // Until its hour it sends, or is told that it sends too often; each answer takes its time.
        let (status, refusal) = send(&server, short, &incident, &body).await;
        match status {
            200 | 429 => {}
            _ => break (status, refusal["code"].clone()),
        }
    };
    assert_eq!(over, (401, json!("token_expired")));

    let (_, token) = issued(&people.press, Some(&incident), in_an_hour()).await;
    let token = token["token"].as_str().expect("a token").to_owned();
    assert_eq!(send(&server, &token, &incident, &body).await.0, 200);
    let path = format!("/api/services?incident={incident}");
    assert_eq!(get(&people.party, &path).await.0, 403);
    let (_, list) = get(&people.press, &path).await;
    let newest = list[0]["id"].as_str().expect("an id").to_owned();
    assert!(list.as_array().expect("a list").len() == 2 && !list.to_string().contains(&token), "{list}");
    let end = json!({ "id": command_id(), "reason": "hết hợp đồng" });
    assert_eq!(post(&people.party, &format!("/api/services/{newest}/end"), end.clone()).await.0, 403);
    assert_eq!(post(&people.press, &format!("/api/services/{newest}/end"), end).await.0, 204);
    let (status, refusal) = send(&server, &token, &incident, &body).await;
    assert_eq!((status, refusal["code"].as_str()), (401, Some("token_revoked")));
}

#[tokio::test]
async fn the_administrator_lets_a_service_into_all_incidents() {
    let dir = tempfile::tempdir().expect("a directory");
    let server = Server::run(dir.path(), "127.0.0.1:0", &["serve"]);
    let admin = by_new_link(&server, &server.links[0]).await;
    let (status, token) = issued(&admin, None, in_an_hour()).await;
    assert_eq!(status, 200, "{token}");
    assert!(token["url"].as_str().expect("a url").contains("/api/incidents/{id}/clippings"));
    let token = token["token"].as_str().expect("a token");
    let (status, _) = send(&server, token, "khong-co", &json!({ "clippings": [found(1, 1)] })).await;
    assert_eq!(status, 404, "it may send; there is no such incident");
    let (_, list) = get(&admin, "/api/services").await;
    assert_eq!((list[0]["name"].as_str(), list[0]["incident"].is_null()), (Some("Theo dõi Thử"), true));
}

#[tokio::test]
async fn a_table_of_the_old_code_page_is_read_first_and_taken_as_it_was_shown() {
    let server = Server::demo();
    let people = server.people().await;
    let incident = opened(&people).await;
    let mut press = join(&people.press, &incident).await;
    // Windows-1258: «Đập vỡ» with its tone marks apart, a link twice, and a line without a link.
    let table =
        b"url;b\xE1o;title;reach\nhttps://bao.example/1;B\xE1o Th\xFD\xD2;\xD0\xE2\xF2p v\xF5\xDE;10\n\
        https://m.bao.example/1?utm_source=zalo;B\xE1o;L\xE2\xCCn hai;12\n;B\xE1o;Thi\xEA\xECu;\n";
    let path = format!("/api/incidents/{incident}/clippings/table");
    let cookie = people.press.cookie().expect("signed in");
    let headers = [("cookie", cookie), ("origin", server.origin.as_str()), ("x-phongtruc", "1")];
    let (status, reading) = raw(&server, Method::POST, &path, &headers, table.to_vec()).await;
    assert_eq!(status, 200, "{reading}");
    assert_eq!(reading["encoding"], "Windows-1258");
    assert_eq!(reading["lines"][0]["entry"]["title"], "Đập vỡ");
    assert_eq!((&reading["added"], &reading["again"]), (&json!(1), &json!(1)));
    assert_eq!(reading["problems"][0]["line"], 4);
    assert_eq!(press.known.rows("clippings").count(), 0, "nothing is taken yet");
    let entries = reading["lines"].as_array().expect("lines").iter().map(|line| line["entry"].clone());
    let entries = entries.map(|entry| serde_json::from_value(entry).expect("an entry")).collect();
    act(&mut press, Command::Clipping(clipping::Command::Import { id: row(), entries })).await;
    let rows: Vec<_> = press.known.rows("clippings").collect();
    assert_eq!((rows.len(), rows[0]["readings"].as_array().map(Vec::len)), (1, Some(2)));
    let strange = [("cookie", cookie), ("origin", "http://evil.example"), ("x-phongtruc", "1")];
    assert_eq!(raw(&server, Method::POST, &path, &strange, table.to_vec()).await.0, 403);
}
