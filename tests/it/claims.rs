//! The register of claims on the real program: the whole life of one claim between two offices, its clocks, a kill in
//! the middle, and nothing of it where the public reads.

use crate::public::{PUBLIC, page_with};
use crate::support::*;
use jiff::{SignedDuration, Timestamp};
use phongtruc::client::Connection;
use phongtruc::domain::claim::{
    Access, Answer, Command as Do, Harm, Judged, NoticeKind, Seen, Sought, Told, Verdict,
};
use phongtruc::domain::fact::Command as Fact;
use phongtruc::domain::ids::{OfficeId, RowId};
use phongtruc::domain::{Command, Event, Incident, Record};
use serde_json::{Value, json};

const SAID: &str = "Đập thủy điện đã vỡ, cả xã chạy ngay!";
/// A day on which the law of claims is in force, so that the test does not depend on today's.
const DAY: &str = "2026-10-12";

fn ago(minutes: i64) -> Timestamp {
    jiff_now().checked_sub(SignedDuration::from_mins(minutes)).expect("a time")
}

fn on(verb: Do) -> Command {
    Command::Claim(verb)
}

fn seen(id: &RowId, link: &str, seen_at: Timestamp) -> Seen {
    Seen { id: id.clone(), link: Some(link.into()), note: None, seen_at, attachments: vec![] }
}

/// An exercise under the law of that day, about false information.
async fn an_exercise(people: &People) -> String {
    let id = fresh("su-co");
    let mut request = request(&id);
    (request["in_force_on"], request["exercise"]) = (json!(DAY), json!(true));
    // Before the claim was seen: a conclusion about something that had not happened moves nothing.
    (request["occurred_at"], request["received_at"]) = (json!(ago(60)), json!(ago(60)));
    let (status, body) = open(&people.press, request).await;
    assert_eq!(status, 200, "{body}");
    id
}

fn claim(window: &Connection, id: &RowId) -> Value {
    window.known.rows("claims").find(|row| row["id"] == id.as_str()).expect("in the register").clone()
}

/// The clocks of a claim: rule, and how it stands.
fn clocks(window: &Connection, id: &RowId) -> Vec<(String, &'static str)> {
    let own = window.known.rows("deadlines").filter(|row| row["of"]["claim"] == id.as_str());
    let how = |row: &Value| match (row["stopped"].is_null(), row["lifted"].is_null()) {
        (false, _) => "stopped",
        (_, false) => "lifted",
        _ => "runs",
    };
    own.map(|row| (row["of"]["rule"].as_str().expect("a rule").to_owned(), how(row))).collect()
}

async fn refused(window: &mut Connection, command: Do) -> String {
    try_act(window, on(command)).await.expect_err("refused").code
}

/// Every row of the register and every clock, as a log replays to them.
fn replayed(server: &Server, incident: &str) -> Value {
    let log = std::fs::read_to_string(server.log(incident)).expect("readable");
    let record = |line: &str| -> Record<Event> {
        let mut line: Value = serde_json::from_str(line).expect("JSON");
        line.as_object_mut().expect("an object").remove("prev");
        serde_json::from_value(line).expect("a record")
    };
    let records: Vec<_> = log.lines().map(record).collect();
    let incident = Incident::replay(&records);
    let claims: Vec<_> = incident.claims.iter().map(|row| json!(**row)).collect();
    let clocks: Vec<_> = incident.deadlines.iter().map(|row| json!(**row)).collect();
    json!({ "claims": claims, "deadlines": clocks })
}

fn held(window: &Connection) -> Value {
    let rows = |table: &str| window.known.rows(table).cloned().collect::<Vec<_>>();
    json!({ "claims": rows("claims"), "deadlines": rows("deadlines") })
}

#[tokio::test]
async fn the_whole_life_of_a_claim_between_two_offices_with_a_kill_in_the_middle() {
    let server = Server::demo();
    let people = server.people().await;
    let id = an_exercise(&people).await;
    let (mut party, mut press) = (join(&people.party, &id).await, join(&people.press, &id).await);
    let frame = &press.known.frame;
    assert_eq!(frame["claims"]["kinds"].as_array().map(Vec::len), Some(7));
    assert_eq!(frame["claims"]["working"], "Đang xử lý");
    let unread = |row: &Value| {
        row["clock"]["basis"].as_array().is_some_and(|all| all.iter().all(|it| it["verified"] == false))
    };
    assert!(
        frame["claims"]["rules"].as_array().is_some_and(|rules| rules.len() == 5 && rules.iter().all(unread))
    );
    let before: Vec<_> = press.known.rows("deadlines").map(|row| row["id"].clone()).collect();
    assert_eq!(before, ["initial-statement-opinion"], "without a claim no clock of one runs");

    // A message becomes a claim, and says so.
    let said = row();
    let mut message = serde_json::to_value(say(SAID)).expect("JSON");
    message["id"] = json!(said);
    act(&mut party, serde_json::from_value(message).expect("a command")).await;
    let (c, first, second, sent) = (row(), row(), row(), row());
    let place = seen(&first, "https://mxh.example/bai/1", ago(50));
    let enter = Do::Enter {
        id: c.clone(),
        said: SAID.into(),
        kind: Some("invented".into()),
        place,
        from: Some(said.clone()),
    };
    press.until(act(&mut party, on(enter)).await).await.expect("seen");
    let message = press.known.rows("messages").find(|row| row["id"] == said.as_str()).expect("said").clone();
    assert_eq!(message["became"][0]["noun"], "claim");

    let judged = |verdict, document: Option<&str>, facts: Vec<RowId>| Judged {
        verdict,
        reason: "Đơn vị quản lý đập xác nhận an toàn".into(),
        at: ago(30),
        document: document.map(Into::into),
        facts,
        attachments: vec![],
    };
    let conclude = |judged| Do::Conclude { id: c.clone(), judged };
    assert_eq!(
        refused(&mut press, conclude(judged(Verdict::False, Some("1/KL"), vec![]))).await,
        "not_classified"
    );
    act(
        &mut press,
        on(Do::Classify { id: c.clone(), harm: Harm::Harmful, access: Access::Open, reason: None }),
    )
    .await;
    let office =
        OfficeId::new(press.known.rows("offices").next().expect("one")["id"].as_str().expect("an id"));
    act(&mut press, on(Do::Verify { id: c.clone(), office, body: None, at: ago(45) })).await;
    assert_eq!(refused(&mut press, conclude(judged(Verdict::False, None, vec![]))).await, "no_evidence");
    let fact = row();
    let (label, source) = ("Đập an toàn".into(), "Đơn vị quản lý đập".into());
    let known = Fact::Enter { id: fact.clone(), label, value: None, as_of: ago(40), source, from: None };
    act(&mut press, Command::Fact(known)).await;
    act(&mut press, on(conclude(judged(Verdict::False, None, vec![fact])))).await;
    assert_eq!(clocks(&press, &c), [("false-info-label".into(), "runs")]);
    let clock =
        press.known.rows("deadlines").find(|row| row["of"]["claim"] == c.as_str()).expect("a clock").clone();
    let at = |value: &Value| value.as_str().expect("a time").parse::<Timestamp>().expect("a time");
    let given = at(&clock["due_at"]).duration_since(at(&clock["of"]["from"]));
    assert_eq!(given, SignedDuration::from_hours(24));
    assert!(clock["title"].as_str().is_some_and(|title| title.contains("TĐ-01")), "{clock}");
    let anchors = &press.known.header["anchors"];
    assert_eq!(at(&anchors["verdict_at"]), at(&clock["of"]["from"]), "the playbook's tasks count from it");

    // Killed and started again: the register and every clock are what the log says, and what a window held.
    let held_before = held(&press);
    let left = server.kill();
    let server = left.start();
    let people = server.people().await;
    let (mut party, mut press) = (join(&people.party, &id).await, join(&people.press, &id).await);
    assert_eq!(held(&press), held_before);
    assert_eq!(replayed(&server, &id), held_before);

    let told = Told {
        kind: NoticeKind::Notice,
        statement: None,
        note: Some("Cổng thông tin đăng".into()),
        at: ago(10),
    };
    assert_eq!(refused(&mut press, Do::Tell { id: c.clone(), told: told.clone() }).await, "label_first");
    let label = Do::Label { id: c.clone(), place: "Cổng thông tin".into(), at: ago(20), told: None };
    act(&mut press, on(label.clone())).await;
    assert_eq!(refused(&mut press, label).await, "label_stands");
    assert_eq!(
        clocks(&press, &c),
        [("false-info-label".into(), "stopped"), ("false-info-publish-harmful".into(), "runs")]
    );
    act(&mut press, on(Do::Tell { id: c.clone(), told })).await;
    let sought = |places| Sought {
        to: "Nền tảng M".into(),
        document: Some("15/CV".into()),
        at: ago(9),
        urgent: false,
        places,
    };
    let request =
        |request: &RowId, sought| on(Do::Request { id: c.clone(), request: request.clone(), sought });
    act(&mut press, request(&sent, sought(vec![first.clone()]))).await;
    let removed = Do::Answer {
        id: c.clone(),
        request: sent.clone(),
        place: None,
        answer: Answer::Removed,
        at: ago(5),
        note: None,
    };
    act(&mut press, on(removed.clone())).await;
    assert_eq!(refused(&mut press, removed).await, "answered_already");
    assert!(clocks(&press, &c).iter().all(|(_, how)| *how == "stopped"), "{:?}", clocks(&press, &c));

    // Seen again by the other office: it counts, and the rule of the ladder comes up.
    let again =
        Do::See { id: c.clone(), place: seen(&second, "https://mxh.example/bai/2", ago(3)), again: true };
    press.until(act(&mut party, on(again)).await).await.expect("seen");
    let rules: Vec<_> = press.known.rows("proposals").map(|row| row["id"].clone()).collect();
    assert!(rules.contains(&json!("label-recurs")), "{rules:?}");
    assert_eq!(claim(&press, &c)["next"], "request");
    act(&mut press, request(&row(), Sought { at: ago(2), ..sought(vec![second.clone()]) })).await;
    act(&mut press, on(Do::Report { id: c.clone(), to: "Bộ Thử".into(), document: None, at: ago(1) })).await;
    act(&mut press, on(Do::Complete { id: c.clone() })).await;
    assert_eq!(claim(&press, &c)["next"], Value::Null);
    let rev = press.known.rev;
    party.until(rev).await.expect("seen");
    assert_eq!(held(&party), held(&press));
    assert_eq!(replayed(&server, &id), held(&press));
    let text: Vec<_> =
        press.known.rows("lines").map(|row| row["text"].as_str().unwrap_or_default().to_owned()).collect();
    for words in [
        "Ghi sổ tin đồn TĐ-01",
        "là tin giả, tin sai sự thật",
        "THẤY LẠI sau kết luận, lần 1",
        "Hoàn thành xử lý TĐ-01",
    ] {
        assert!(text.iter().any(|line| line.contains(words)), "{words}: {text:#?}");
    }
    let whole = people
        .press
        .call(hyper::Method::GET, &format!("/api/incidents/{id}/export/json"), None)
        .await
        .expect("reached");
    assert_eq!(whole.json()["incident"]["claims"][0]["number"], "TĐ-01");
    let page = people.press.call(hyper::Method::GET, &format!("/api/incidents/{id}/export/html"), None).await;
    let page = String::from_utf8(page.expect("reached").body.to_vec()).expect("UTF-8");
    for words in [". Sổ tin đồn</h2>", SAID, "thấy lại", "1/1 nơi đã gỡ", "Đã hoàn thành xử lý"]
    {
        assert!(page.contains(words), "{words}");
    }
}

#[tokio::test]
async fn nothing_of_the_register_is_where_the_public_reads() {
    let server = Server::demo_with(&PUBLIC);
    let people = server.people().await;
    let id = opened(&people).await;
    let mut press = join(&people.press, &id).await;
    let place = seen(&row(), "https://mxh.example/bai/9", ago(1));
    act(&mut press, on(Do::Enter { id: row(), said: SAID.into(), kind: None, place, from: None })).await;
    let words = "Đập an toàn.";
    let statement = submitted(&mut press, "holding_statement", words).await;
    act(&mut join(&people.party, &id).await, approve(&statement, words)).await;
    let mut spokesperson = join(&people.people, &id).await;
    act(&mut spokesperson, approve(&statement, words)).await;
    act(&mut spokesperson, publish(&statement, words)).await;
    for path in ["/", "/atom.xml", "/feed.json"] {
        let page = page_with(&server, path, "PN-01").await;
        assert!(!page.contains("vỡ, cả xã") && !page.contains("mxh.example"), "{path}: {page}");
    }
}
