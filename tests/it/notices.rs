//! Nobody is missed: browsers, mailboxes and programs are told what waits, by a real server, and what became of it is on
//! record; over a kill nobody is told twice.

use crate::designations::{by_new_link, post};
use crate::support::*;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use p256::elliptic_curve::sec1::ToEncodedPoint as _;
use phongtruc::client::Client;
use phongtruc::courier::signature;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

/// A server of somebody else's that takes calls, answers as it is told, and shows what came.
struct Receiver {
    origin: String,
    answer: Arc<AtomicU16>,
    came: mpsc::UnboundedReceiver<(HeaderMap, Bytes)>,
}

type Shared = (Arc<AtomicU16>, mpsc::UnboundedSender<(HeaderMap, Bytes)>);

async fn take(State((answer, came)): State<Shared>, headers: HeaderMap, body: Bytes) -> StatusCode {
    came.send((headers, body)).expect("somebody looks");
    StatusCode::from_u16(answer.load(Ordering::SeqCst)).expect("a status")
}

impl Receiver {
    async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let origin = format!("http://{}", listener.local_addr().expect("bound"));
        let (send, came) = mpsc::unbounded_channel();
        let answer = Arc::new(AtomicU16::new(201));
        let router = Router::new().fallback(take).with_state((answer.clone(), send));
        tokio::spawn(axum::serve(listener, router).into_future());
        Self { origin, answer, came }
    }
    fn answers(&self, status: u16) {
        self.answer.store(status, Ordering::SeqCst);
    }
    async fn next(&mut self) -> (HeaderMap, Bytes) {
        self.came.recv().await.expect("it stays")
    }
}

/// A browser that subscribed: its private key opens what is sealed for it.
struct Browser {
    secret: p256::SecretKey,
    auth: [u8; 16],
}

impl Browser {
    fn new() -> Self {
        Self { secret: p256::SecretKey::from_slice(&[9; 32]).expect("a key"), auth: [5; 16] }
    }
    fn keys(&self, service: &str) -> Value {
        let public = self.secret.public_key().to_encoded_point(false);
        json!({ "endpoint": format!("{service}/a"), "p256dh": URL_SAFE_NO_PAD.encode(public.as_bytes()),
            "auth": URL_SAFE_NO_PAD.encode(self.auth) })
    }
    fn opens(&self, sealed: &[u8]) -> Value {
        let auth = web_push_native::Auth::clone_from_slice(&self.auth);
        let text = web_push_native::decrypt(sealed.to_vec(), &self.secret, &auth).expect("sealed for it");
        serde_json::from_slice(&text).expect("JSON")
    }
}

/// A mail server as far as one mail needs it; shows what came between DATA and the dot.
async fn mail_server() -> (String, mpsc::UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("smtp://{}", listener.local_addr().expect("bound"));
    let (send, came) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let (read, mut write) = socket.into_split();
            let mut lines = BufReader::new(read).lines();
            write.write_all(b"220 thu\r\n").await.expect("open");
            let mut mail: Option<String> = None;
            while let Ok(Some(line)) = lines.next_line().await {
                let answer = match (&mut mail, line.as_str()) {
                    (Some(text), ".") => {
                        send.send(std::mem::take(text)).expect("somebody looks");
                        mail = None;
                        "250 ok\r\n"
                    }
                    (Some(text), _) => {
                        text.push_str(&line);
                        text.push('\n');
                        continue;
                    }
                    (None, "DATA") => {
                        mail = Some(String::new());
                        "354 go on\r\n"
                    }
                    (None, "QUIT") => "221 bye\r\n",
                    (None, _) => "250 ok\r\n",
                };
                write.write_all(answer.as_bytes()).await.expect("open");
            }
        }
    });
    (url, came)
}

async fn ask(client: &Client, ask: Value) -> (u16, Value) {
    post(client, "/api/notices", json!({ "id": command_id(), "ask": ask })).await
}

/// The page of notices, as soon as it is as wanted.
async fn page(client: &Client, wanted: impl Fn(&Value) -> bool) -> Value {
    let mut path = "/api/notices".to_owned();
    loop {
        let (status, page) = get(client, &path).await;
        assert_eq!(status, 200, "{page}");
        if wanted(&page) {
            return page;
        }
        path = format!("/api/notices?after={}", page["rev"]);
    }
}

fn of<'a>(page: &'a Value, incident: &str) -> Vec<&'a Value> {
    let notices = page["notices"].as_array().expect("a list").iter();
    notices.filter(|notice| notice["matter"]["incident"] == incident).collect()
}
fn states(notice: &Value) -> Vec<&str> {
    let deliveries = notice["deliveries"].as_array().expect("a list").iter();
    deliveries.filter_map(|it| it["progress"]["state"].as_str()).collect()
}

#[tokio::test]
async fn what_waits_reaches_a_browser_and_a_mailbox_and_nobody_is_told_twice_over_a_kill() {
    let (mut service, browser) = (Receiver::new().await, Browser::new());
    let (smtp, mut mails) = mail_server().await;
    let origin = service.origin.clone();
    let more =
        ["--notice-after", "0", "--push-service", &origin, "--smtp", &smtp, "--mail-from", "truc@tinh.vn"];
    let server = Server::demo_with(&more);
    let people = server.people().await;
    let add = json!({ "verb": "add_device", "device": "d-1", "name": "Điện thoại", "keys": browser.keys(&service.origin) });
    assert_eq!(ask(&people.people, add).await.0, 200);
    let set = json!({ "verb": "set_routes", "mail": "thu@tinh.vn", "quiet": null });
    assert_eq!(ask(&people.people, set).await.0, 200);

    let id = opened(&people).await;
    let path = format!("/su-co/{id}");
    let sealed = loop {
        let (headers, body) = service.next().await;
        assert_eq!(headers["content-encoding"], "aes128gcm");
        let message = browser.opens(&body);
        if message["path"] == path.as_str() {
            break message;
        }
    };
    assert!(sealed["body"].as_str().expect("words").contains("Tiếp nhận sự cố"), "{sealed}");
    let number = sealed["title"].as_str().expect("a title").split(' ').next().expect("a number").to_owned();
    let mail = loop {
        let mail = mails.recv().await.expect("a mail");
        if mail.contains(&path) {
            break mail;
        }
    };
    assert!(mail.contains(&number) && !mail.contains("vỡ đập"), "no words of the incident: {mail}");

    let sent = |page: &Value| of(page, &id).first().is_some_and(|it| states(it) == ["sent", "sent"]);
    let before = page(&people.people, sent).await;
    assert_eq!(before["devices"][0]["name"], "Điện thoại");
    let others = page(&people.party, |page| !of(page, &id).is_empty()).await;
    assert_eq!(states(of(&others, &id)[0]), ["skipped"], "who set up nothing is told nothing, on record");

    let again = server.kill().start_with(&more);
    let again_people = again.people().await;
    let client = &again_people.people;
    let mut window = join(client, &id).await;
    // Opening the room is a sign of life.
    let known = |page: &Value| of(page, &id).iter().all(|it| it["seen_at"].is_string());
    let after = page(client, known).await;
    let told = |page: &Value| {
        let subjects =
            of(page, &id).into_iter().flat_map(|it| it["subjects"].as_array().expect("a list").clone());
        subjects.map(|it| it["key"].to_string()).collect::<Vec<_>>()
    };
    for key in told(&before) {
        assert_eq!(told(&after).iter().filter(|it| **it == key).count(), 1, "told once: {key}");
    }
    // What waits newly is told newly, and is over when it is done.
    let (mut press, mut party) = (join(&again_people.press, &id).await, join(&again_people.party, &id).await);
    let words = "Đập an toàn.";
    let statement = submitted(&mut press, "holding_statement", words).await;
    act(&mut party, approve(&statement, words)).await;
    let about = |page: &Value, ended: bool| {
        let mut notices = of(page, &id).into_iter().filter(|it| {
            let key = it["subjects"][0]["key"].as_str().unwrap_or_default();
            key.contains("approve") && key.contains(statement.as_str())
        });
        notices.any(|it| it["settled_at"].is_string() == ended)
    };
    page(client, |page| about(page, false)).await;
    act(&mut window, approve(&statement, words)).await;
    page(client, |page| about(page, true)).await;
}

#[tokio::test]
async fn what_is_refused_is_said_can_be_tried_again_and_a_browser_that_is_gone_is_forgotten() {
    let (mut service, browser) = (Receiver::new().await, Browser::new());
    let server = Server::demo_with(&["--notice-after", "0", "--push-service", &service.origin]);
    let people = server.people().await;
    let client = &people.people;
    let add = |device: &str, keys: Value| json!({ "verb": "add_device", "device": device, "name": "PC", "keys": keys });
    let (status, words) = ask(client, add("d-0", browser.keys("http://10.0.0.1:80"))).await;
    assert_eq!((status, words["code"].as_str()), (409, Some("unknown_push_service")));
    assert_eq!(ask(client, add("d-1", browser.keys(&service.origin))).await.0, 200);

    service.answers(400);
    assert_eq!(ask(client, json!({ "verb": "try", "notice": "try-1" })).await.0, 200);
    let tried = |page: &Value, state: &str| {
        let notices = page["notices"].as_array().expect("a list");
        notices.iter().any(|it| it["id"] == "try-1" && states(it) == [state])
    };
    let failed = page(client, |page| tried(page, "failed")).await;
    let notice =
        failed["notices"].as_array().expect("a list").iter().find(|it| it["id"] == "try-1").expect("it");
    assert_eq!(notice["deliveries"][0]["progress"]["why"], "máy nhận trả lời 400");
    assert_eq!(ask(&people.party, json!({ "verb": "retry", "notice": "try-1" })).await.0, 409);
    service.answers(201);
    assert_eq!(ask(client, json!({ "verb": "retry", "notice": "try-1" })).await.0, 200);
    page(client, |page| tried(page, "sent")).await;

    service.answers(410);
    assert_eq!(ask(client, json!({ "verb": "try", "notice": "try-2" })).await.0, 200);
    let gone = page(client, |page| page["devices"].as_array().is_some_and(Vec::is_empty)).await;
    assert!(!gone.to_string().contains(&service.origin), "no address of a browser crosses back");
    while service.came.try_recv().is_ok() {}
}

#[tokio::test]
async fn a_program_of_an_office_is_called_signed_and_only_the_administrator_sets_it_up() {
    let mut program = Receiver::new().await;
    let dir = tempfile::tempdir().expect("a directory");
    let server = Server::run(dir.path(), "127.0.0.1:0", &["serve", "--notice-after", "0"]);
    let admin = by_new_link(&server, &server.links[0]).await;
    let new = json!({ "login": "bao-chi", "name": "Trực thử", "title": "Trực", "function": "press_authority",
        "roles": ["duty", "secretary", "head"], "spokesperson": null });
    let (_, link) = post(&admin, "/api/accounts", new).await;
    let press = by_new_link(&server, link["url"].as_str().expect("a link")).await;
    let add = json!({ "verb": "add_hook", "hook": "h-1", "name": "Tổng đài SMS",
        "url": format!("{}/goi", program.origin), "office": null });
    assert_eq!(ask(&press, add.clone()).await.0, 409);
    let (status, done) = ask(&admin, add).await;
    assert_eq!(status, 200, "{done}");
    let secret =
        done["secret"].as_str().expect("shown once").strip_prefix("whsec_").expect("its form").to_owned();
    let secret = STANDARD.decode(secret).expect("base64");

    let id = fresh("su-co");
    assert_eq!(open(&press, request(&id)).await.0, 200);
    let (headers, body) = program.next().await;
    let header = |name: &str| headers[name].to_str().expect("text").to_owned();
    let seconds = header("webhook-timestamp").parse().expect("seconds");
    assert_eq!(header("webhook-signature"), signature(&secret, &header("webhook-id"), seconds, &body));
    let call: Value = serde_json::from_slice(&body).expect("JSON");
    assert_eq!((call["type"].as_str(), &call["exercise"]), (Some("notice.waiting"), &json!(false)));
    assert!(call["url"].as_str().expect("a link").ends_with(&format!("/su-co/{id}")));
    assert!(!call.to_string().contains("vỡ đập"), "{call}");

    let listed = page(&admin, |page| {
        page["hook_notices"].as_array().is_some_and(|it| it.iter().any(|notice| states(notice) == ["sent"]))
    });
    assert_eq!(listed.await["hooks"][0]["name"], "Tổng đài SMS");
    let (_, own) = get(&press, "/api/notices").await;
    assert_eq!((&own["hooks"], &own["administers"]), (&json!([]), &json!(false)));
    assert_eq!(ask(&admin, json!({ "verb": "stop_hook", "hook": "h-1" })).await.0, 200);
}

/// The progress of what tells somebody that they were named.
fn named(page: &Value, incident: &str) -> Option<Value> {
    let about = |it: &&Value| it["subjects"].to_string().contains("mentioned");
    let notice = of(page, incident).into_iter().find(about)?;
    Some(notice["deliveries"][0]["progress"].clone())
}

#[tokio::test]
async fn in_quiet_hours_who_is_on_duty_is_told_at_once_and_who_is_not_in_the_morning() {
    let (smtp, _mails) = mail_server().await;
    let more = ["--notice-after", "0", "--smtp", &smtp, "--mail-from", "truc@tinh.vn"];
    let server = Server::demo_with(&more);
    let people = server.people().await;
    // Quiet all day: the hour of the test is of no matter.
    let quiet = json!({ "from": "00:00:00", "until": "23:59:59.999" });
    for client in [&people.people, &people.party] {
        let set = json!({ "verb": "set_routes", "mail": "thu@tinh.vn", "quiet": quiet });
        assert_eq!(ask(client, set).await.0, 200);
    }
    let id = opened(&people).await;
    let mut press = join(&people.press, &id).await;
    let (_, members) = get(&people.press, &format!("/api/incidents/{id}/members")).await;
    let mut both = vec![];
    for client in [&people.people, &people.party] {
        let person = get(client, "/api/session").await.1["actor"]["person"].clone();
        let known = members.as_array().expect("a list").iter().find(|one| one["person"] == person);
        both.push(known.expect("a member").clone());
    }
    let assign = json!({ "noun": "shift", "verb": "assign", "id": "d-1", "office": both[0]["office"],
        "officer": { "person": both[0]["person"], "name": "", "title": "" }, "from": null, "reason": null });
    act(&mut press, serde_json::from_value(assign).expect("a command")).await;
    // What the opening asks for is urgent and told: what follows is told by itself.
    for client in [&people.people, &people.party] {
        page(client, |page| !of(page, &id).is_empty()).await;
    }
    let names: Vec<_> = both.iter().map(|one| format!("@{}", one["name"].as_str().expect("text"))).collect();
    let mentions: Vec<_> =
        both.iter().map(|one| json!({ "kind": "person", "person": one["person"] })).collect();
    let send = json!({ "noun": "message", "verb": "send", "id": row(), "origin": null,
        "text": format!("{} xem mực nước", names.join(" ")), "mentions": mentions });
    act(&mut press, serde_json::from_value(send).expect("a command")).await;

    let awake = page(&people.people, |page| named(page, &id).is_some_and(|it| it["state"] == "sent")).await;
    assert_eq!(named(&awake, &id).expect("told")["state"], "sent");
    let asleep = page(&people.party, |page| named(page, &id).is_some()).await;
    let progress = named(&asleep, &id).expect("waits");
    assert_eq!((&progress["state"], &progress["quiet"]), (&json!("due"), &json!(true)));
    let assign = json!({ "noun": "shift", "verb": "assign", "id": "d-2", "office": both[1]["office"],
        "officer": { "person": both[1]["person"], "name": "", "title": "" }, "from": null, "reason": null });
    act(&mut press, serde_json::from_value(assign).expect("a command")).await;
    page(&people.party, |page| named(page, &id).is_some_and(|it| it["state"] == "sent")).await;
}

#[tokio::test]
async fn what_is_owed_after_a_closed_incident_calls_its_owner_while_nobody_has_the_room_open() {
    // Longer than the test: what was told before the restart would not be told again.
    let server = Server::demo_with(&["--notice-after", "3600"]);
    let people = server.people().await;
    let id = opened(&people).await;
    let mut press = join(&people.press, &id).await;
    let office = get(&people.party, "/api/session").await.1["actor"]["office"].clone();
    let due = jiff_now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let due = due.checked_add(jiff::Span::new().days(9)).expect("a date");
    let (action, text) = (row(), "Tập huấn người phát ngôn");
    let assign = json!({ "noun": "review", "verb": "assign", "id": action, "text": text, "due": due,
        "owner": { "kind": "office", "office": office } });
    act(&mut press, serde_json::from_value(assign).expect("a command")).await;
    let mandatory = press.known.rows("tasks").filter(|task| task["mandatory"] == true);
    let mandatory: Vec<_> = mandatory.filter_map(|task| task["seq"].as_u64()?.try_into().ok()).collect();
    for seq in mandatory {
        act(&mut press, skip(seq)).await;
    }
    act(&mut press, close()).await;
    drop(press);

    let again = server.end().start_with(&["--notice-after", "0"]);
    let people = again.people().await;
    let about = |notice: &&Value| notice["subjects"].to_string().contains(action.as_str());
    let told = |page: &Value| of(page, &id).into_iter().find(about).cloned();
    let notice = told(&page(&people.party, |page| told(page).is_some()).await).expect("told");
    assert!(notice["subjects"].to_string().contains(text) && notice["settled_at"].is_null(), "{notice}");
    let waiting = get(&people.party, "/api/waiting").await.1;
    let here = waiting.as_array().expect("a list").iter().find(|one| one["incident"] == id.as_str());
    assert_eq!(here.expect("it waits")["waits"][0]["what"]["action"], action.as_str());
    let others = get(&people.people, "/api/waiting").await.1;
    assert!(!others.to_string().contains(action.as_str()), "it is another office's");

    // Done in the room, it calls nobody any more.
    let mut party = join(&people.party, &id).await;
    let finish = json!({ "noun": "review", "verb": "finish", "id": action, "note": "Đã tập huấn" });
    act(&mut party, serde_json::from_value(finish).expect("a command")).await;
    page(&people.party, |page| told(page).is_some_and(|it| it["settled_at"].is_string())).await;
}
