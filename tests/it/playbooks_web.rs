//! Playbooks edited in the web: versions are kept, what is in force is the newest, and nothing that somebody wrote is
//! lost to somebody else's.

use crate::support::*;
use hyper::Method;
use phongtruc::client::{Answer, Client};
use phongtruc::domain::ids::{OfficeId, RowId};
use phongtruc::domain::{Command, incident, plan, task};
use serde_json::{Value, json};
use std::path::Path;

const FAKE: &str = "/api/playbooks/fake_news_social";

/// The version that ships.
fn shipped() -> u64 {
    let text = include_str!("../../playbooks/fake_news_social.md");
    let line = text.lines().find_map(|line| line.strip_prefix("phiên_bản: "));
    line.and_then(|number| number.trim().parse().ok()).expect("a number")
}

async fn page(client: &Client) -> Value {
    let (status, page) = get(client, FAKE).await;
    assert_eq!(status, 200, "{page}");
    page
}

async fn post(client: &Client, path: &str, body: &Value) -> (u16, Value) {
    let answer = client.call(Method::POST, path, Some(body)).await.expect("reached");
    (answer.status.as_u16(), answer.json())
}

/// A version over the one that `page` shows, with one more task in its first phase.
fn with_a_task(page: &Value, task: &str) -> Value {
    let text = page["newest"]["text"].as_str().expect("Markdown");
    let added = format!(
        "## Tiếp nhận và xác minh\n\n- [ ] {task}\n  - chủ trì: Công an tỉnh\n  - thời hạn: 20 phút từ phát hiện\n"
    );
    let text = text.replacen("## Tiếp nhận và xác minh\n", &added, 1);
    json!({ "id": fresh("v"), "base": page["newest"]["version"]["digest"], "text": text, "reason": "sau diễn tập" })
}

fn versions(page: &Value) -> Vec<u64> {
    page["versions"].as_array().expect("a list").iter().filter_map(|row| row["version"].as_u64()).collect()
}

#[tokio::test]
async fn a_new_version_is_in_force_at_once_and_an_open_incident_stays_on_its_own() {
    let server = Server::demo();
    let people = server.people().await;
    let before = page(&people.press).await;
    assert_eq!((versions(&before), &before["may_edit"]), (vec![shipped()], &json!(true)));
    let old = opened(&people).await;

    let new = with_a_task(&before, "Gọi người đăng tin đầu tiên");
    let (status, published) = post(&people.press, FAKE, &new).await;
    assert_eq!((status, &published["version"]), (200, &json!(shipped() + 1)), "{published}");
    // Sent again after a lost answer: no fourth version.
    assert_eq!(post(&people.press, FAKE, &new).await.1["version"], shipped() + 1);

    let after = page(&people.party).await;
    assert_eq!(
        (versions(&after), &after["in_force"]),
        (vec![shipped() + 1, shipped()], &json!(shipped() + 1))
    );
    assert_eq!(
        (&after["versions"][0]["reason"], &after["may_edit"]),
        (&json!("sau diễn tập"), &json!(false))
    );
    assert_eq!(after["newest"]["sheet"]["tasks"][0]["title"], "Gọi người đăng tin đầu tiên");
    let (_, first) = get(&people.party, &format!("{FAKE}/versions/{}", shipped())).await;
    assert_eq!(first["text"], before["newest"]["text"]);

    let tasks = |id: String| {
        let client = people.press.clone();
        async move {
            let connection = join(&client, &id).await;
            let version = connection.known.header["playbook"]["version"].clone();
            (connection.known.rows("tasks").count(), version)
        }
    };
    let new = opened(&people).await;
    let ((many, two), (more, three)) = (tasks(old).await, tasks(new).await);
    assert_eq!((more, two, three), (many + 1, json!(shipped()), json!(shipped() + 1)));

    // A restart reads the same shelf.
    let server = server.kill().start();
    let people = server.people().await;
    assert_eq!(versions(&page(&people.press).await), [shipped() + 1, shipped()]);
    let (_, list) = get(&people.press, "/api/playbooks").await;
    let row =
        list["playbooks"].as_array().expect("a list").iter().find(|row| row["id"] == "fake_news_social");
    let row = row.expect("on the shelf");
    assert_eq!(
        (&row["version"], &row["newest"]["by"]["name"]),
        (&json!(shipped() + 1), &after["versions"][0]["by"]["name"])
    );
    assert!(row["by_law"].as_u64() > Some(0) && row["by_policy"].as_u64() > Some(0), "{row}");
}

#[tokio::test]
async fn who_edited_an_older_version_is_told_and_nothing_is_overwritten() {
    let server = Server::demo();
    let people = server.people().await;
    let before = page(&people.press).await;
    let (fast, slow) =
        (with_a_task(&before, "Việc của người nhanh"), with_a_task(&before, "Việc của người chậm"));
    assert_eq!(post(&people.press, FAKE, &fast).await.0, 200);
    let (status, refused) = post(&people.press, FAKE, &slow).await;
    assert_eq!((status, &refused["code"]), (409, &json!("playbook_moved_on")), "{refused}");
    let after = page(&people.press).await;
    assert!(after["newest"]["text"].as_str().is_some_and(|text| text.contains("người nhanh")));
    assert_eq!(versions(&after), [shipped() + 1, shipped()]);
}

#[tokio::test]
async fn what_may_not_be_is_refused_in_words() {
    let server = Server::demo();
    let people = server.people().await;
    let before = page(&people.press).await;
    let good = with_a_task(&before, "Việc mới");
    for client in [&people.party, &people.people] {
        assert_eq!(post(client, FAKE, &good).await.0, 403);
    }
    let with = |field: &str, value: Value| {
        let mut new = good.clone();
        new["id"] = fresh("v").into();
        new[field] = value;
        new
    };
    let unknown =
        good["text"].as_str().expect("text").replacen("chủ trì: Công an tỉnh", "chủ trì: Công an tỉn", 1);
    let big = |kib: usize| Value::from("a".repeat(kib * 1024));
    for (new, status, says) in [
        (with("reason", " ".into()), 409, "còn trống"),
        (with("text", before["newest"]["text"].clone()), 409, "không khác"),
        (with("text", unknown.clone().into()), 422, "có phải «Công an tỉnh»"),
        (with("text", "".into()), 422, "dòng 1"),
        (with("text", big(300)), 422, "tệp quá lớn"),
        (with("base", "x".into()), 422, "tải lại trang"),
    ] {
        let (got, refused) = post(&people.press, FAKE, &new).await;
        assert_eq!(got, status, "{refused}");
        assert!(refused["words"].as_str().is_some_and(|words| words.contains(says)), "{says}: {refused}");
    }
    for id in ["..%2F..%2Fetc%2Fpasswd", "khong_co", "..%2Fdirectory", "%00"] {
        let path = format!("/api/playbooks/{id}");
        assert_eq!(get(&people.press, &path).await.0, 404, "{id}");
        assert_eq!(post(&people.press, &path, &good).await.0, 404, "{id}");
        assert_eq!(get(&people.press, &format!("{path}/versions/1")).await.0, 404, "{id}");
    }
    assert_eq!(get(&people.press, &format!("{FAKE}/versions/99")).await.0, 404);
    assert_eq!(get(&Client::new(&server.origin), FAKE).await.0, 401);
    assert_eq!(versions(&page(&people.press).await), [shipped()], "nothing of it was kept");

    // The check names every line, and the file's own words pass.
    let (_, checked) = post(&people.party, &format!("{FAKE}/check"), &json!({ "text": unknown })).await;
    let line = unknown.lines().position(|line| line.ends_with("Công an tỉn")).expect("there") + 1;
    assert_eq!((&checked["problems"][0]["line"], &checked["sheet"]), (&json!(line), &Value::Null));
    let text = &before["newest"]["text"];
    let (_, checked) = post(&people.party, &format!("{FAKE}/check"), &json!({ "text": text })).await;
    assert_eq!((&checked["problems"], &checked["sheet"]["version"]), (&json!([]), &json!(shipped())));

    // Megabytes are not read to their end: refused, or cut off while they are sent. Each sender has a line of its own.
    for kib in [700, 5 * 1024] {
        let sender = server.people().await.press;
        let answer = sender.call(Method::POST, FAKE, Some(&with("text", big(kib)))).await;
        let refused = |answer: &Answer| answer.status == 413 && answer.json()["code"] == "too_large";
        assert!(answer.as_ref().map_or(true, refused), "{answer:?}");
    }
    assert_eq!(versions(&page(&server.people().await.press).await), [shipped()]);
}

#[tokio::test]
async fn a_schedule_shows_what_the_room_will() {
    let server = Server::demo();
    let people = server.people().await;
    let page = page(&people.press).await;
    let new = with_a_task(&page, "Gọi người đăng tin đầu tiên");
    let example = json!({ "text": new["text"], "received_at": "2026-10-05T21:00:00+07:00",
        "impact_assessed_at": "2026-10-05T21:30:00+07:00" });
    let (status, schedule) = post(&people.party, &format!("{FAKE}/schedule"), &example).await;
    assert_eq!(status, 200, "{schedule}");
    let task = &schedule["tasks"][0];
    assert_eq!(
        (&task["title"], &task["due_at"]),
        (&json!("Gọi người đăng tin đầu tiên"), &json!("2026-10-05T14:20:00Z"))
    );
    let owner =
        schedule["offices"].as_array().expect("a list").iter().find(|office| office["id"] == task["office"]);
    assert!(owner.is_some_and(|office| office["name"].as_str().is_some_and(|name| name.contains("Công an"))));
    let deadlines = schedule["deadlines"].as_array().expect("a list");
    // What counts from a claim starts with the claim; the incident's own clocks have their limit.
    assert!(!deadlines.is_empty() && deadlines.iter().all(|row| row["due_at"].is_string()), "{deadlines:?}");
    // Another day has other offices; a day that cannot be says so; and no incident was opened.
    let mut past = example.clone();
    past["in_force_on"] = "2024-09-10".into();
    let (_, past) = post(&people.party, &format!("{FAKE}/schedule"), &past).await;
    assert_ne!(past["offices"], schedule["offices"]);
    let mut wrong = example;
    wrong["occurred_at"] = "2026-10-05T22:00:00+07:00".into();
    let (status, refused) = post(&people.party, &format!("{FAKE}/schedule"), &wrong).await;
    assert_eq!((status, &refused["code"]), (422, &json!("in_the_future")), "{refused}");
    assert_eq!(get(&people.press, "/api/incidents").await.1.as_array().map(Vec::len), Some(1));
}

/// The folder of playbooks in a copy of the data, and the arguments with which a server reads it.
fn arguments(dir: &Path) -> Vec<String> {
    let folder = |name: &str| dir.join(name).to_str().expect("UTF-8").to_owned();
    let (playbooks, seeds) = (folder("playbooks"), folder("seeds"));
    ["demo", "--no-colleague", "--playbooks", &playbooks, "--seeds", &seeds].map(Into::into).to_vec()
}

/// The entry of the version that is so many after the one that ships.
fn number(after: u64) -> String {
    format!("phiên_bản: {}", shipped() + after)
}

#[tokio::test]
async fn files_and_the_log_agree_on_what_is_in_force() {
    let (dir, logs) = (crate::data::data(), tempfile::tempdir().expect("a directory"));
    let arguments = arguments(dir.path());
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let run = || Server::run(logs.path(), "127.0.0.1:0", &arguments);
    let server = run();
    let people = server.people().await;
    let new = with_a_task(&page(&people.press).await, "Việc từ web");
    assert_eq!(post(&people.press, FAKE, &new).await.0, 200);
    drop(server);

    // An older file changes nothing; one whose number is taken is reported, with the number to write.
    let line = crate::data::change(dir.path(), "playbooks/fake_news_social.md", &number(0), &number(1));
    let server = run();
    let people = server.people().await;
    assert_eq!(versions(&page(&people.press).await), [shipped() + 1, shipped()]);
    let (_, list) = get(&people.press, "/api/playbooks").await;
    let problem = &list["problems"][0];
    assert_eq!(problem["line"], line);
    assert!(
        problem["reason"]
            .as_str()
            .is_some_and(|reason| reason.contains(&format!("phiên_bản: {}", shipped() + 2))),
        "{problem}"
    );
    drop(server);

    // A newer file is taken onto the shelf and stays there when the file goes back.
    crate::data::change(dir.path(), "playbooks/fake_news_social.md", &number(1), &number(2));
    drop(run());
    crate::data::change(dir.path(), "playbooks/fake_news_social.md", &number(2), &number(0));
    let server = run();
    let people = server.people().await;
    let page = page(&people.press).await;
    assert_eq!(
        (versions(&page), &page["in_force"]),
        (vec![shipped() + 2, shipped() + 1, shipped()], &json!(shipped() + 2))
    );
    assert_eq!(page["versions"][0]["origin"]["from"], "file");
}

#[tokio::test]
async fn a_version_whose_names_are_gone_is_listed_and_the_one_before_it_stands() {
    let (dir, logs) = (crate::data::data(), tempfile::tempdir().expect("a directory"));
    let arguments = arguments(dir.path());
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let run = || Server::run(logs.path(), "127.0.0.1:0", &arguments);
    std::fs::copy(
        dir.path().join("playbooks/statements/closing_statement.md"),
        dir.path().join("playbooks/statements/thu.md"),
    )
    .expect("copied");
    crate::data::change(dir.path(), "playbooks/statements/thu.md", "mã: closing_statement", "mã: thu_nghiem");
    crate::data::change(dir.path(), "playbooks/statements/thu.md", "tên: ", "tên: Mẫu thử ");
    let server = run();
    let people = server.people().await;
    let before = page(&people.press).await;
    let mut new = with_a_task(&before, "Việc có mẫu thử");
    let text = new["text"].as_str().expect("text").replacen("mẫu: ", "mẫu: thu_nghiem; ", 1);
    new["text"] = text.into();
    let (status, answer) = post(&people.press, FAKE, &new).await;
    assert_eq!(status, 200, "{answer}");
    drop(server);

    std::fs::remove_file(dir.path().join("playbooks/statements/thu.md")).expect("removable");
    let server = run();
    let people = server.people().await;
    let page = page(&people.press).await;
    assert_eq!((versions(&page), &page["in_force"]), (vec![shipped() + 1, shipped()], &json!(shipped())));
    assert!(page["newest"]["sheet"].is_null() && page["newest"]["problems"][0]["line"].is_u64());
    let id = opened(&people).await;
    assert_eq!(join(&people.press, &id).await.known.header["playbook"]["version"], shipped());
}

/// Over the page that is shown: another text, published.
async fn published(client: &Client, change: impl Fn(&str) -> String, reason: &str) -> Value {
    let page = page(client).await;
    let text = change(page["newest"]["text"].as_str().expect("Markdown"));
    let new = json!({ "id": fresh("v"), "base": page["newest"]["version"]["digest"], "text": text, "reason": reason });
    let (status, version) = post(client, FAKE, &new).await;
    assert_eq!(status, 200, "{version}");
    version
}

fn take_step(newer: &Value, step: &Value) -> Command {
    let replaces = step["task"].as_str().filter(|_| step["ended"] == false);
    Command::Plan(plan::Command::TakeStep {
        playbook: newer["id"].as_str().expect("an id").into(),
        version: newer["version"].as_u64().and_then(|it| it.try_into().ok()).expect("a number"),
        seq: step["seq"].as_u64().and_then(|it| it.try_into().ok()).expect("a number"),
        replaces: replaces.and_then(RowId::new),
        reason: "bản mới rõ hơn".into(),
        step: None,
    })
}

#[tokio::test]
async fn an_open_incident_sees_a_newer_version_and_takes_it_over_step_by_step() {
    let server = Server::demo();
    let people = server.people().await;
    let id = opened(&people).await;
    let path = format!("/api/incidents/{id}/newer");
    assert_eq!(get(&people.party, &path).await.1, json!([]));
    let page = page(&people.press).await;
    let added = with_a_task(&page, "Gọi người đăng tin đầu tiên")["text"].as_str().expect("text").to_owned();
    let change =
        |_: &str| added.replacen("thời hạn: 15 phút từ phát hiện", "thời hạn: 25 phút từ phát hiện", 1);
    published(&people.press, change, "sau diễn tập").await;

    let (_, newer) = get(&people.party, &path).await;
    let newer = &newer[0];
    assert_eq!(
        (&newer["had"], &newer["version"], &newer["newest"]["reason"]),
        (&json!(shipped()), &json!(shipped() + 1), &json!("sau diễn tập"))
    );
    let steps = newer["steps"].as_array().expect("a list").clone();
    let kinds: Vec<_> =
        steps.iter().map(|step| step["difference"]["kind"].as_str().expect("a kind")).collect();
    assert_eq!(kinds, ["added", "changed"], "{newer}");

    let (mut press, mut party) = (join(&people.press, &id).await, join(&people.party, &id).await);
    let before = press.known.rows("tasks").count();
    let refused = try_act(&mut party, take_step(newer, &steps[1])).await.expect_err("the leads decide");
    assert_eq!(refused.code, "not_allowed");
    act(&mut press, take_step(newer, &steps[1])).await;
    let task = press.known.rows("tasks").find(|row| row["id"] == steps[1]["task"]).expect("there").clone();
    assert_eq!((&task["due"]["amount"], press.known.rows("tasks").count()), (&json!(25), before));
    assert_eq!(press.known.header["playbook"]["version"], shipped(), "the incident stays on its own");
    let left = get(&people.party, &path).await.1[0]["steps"].clone();
    assert_eq!(left.as_array().map(Vec::len), Some(1), "{left}");
    act(&mut press, take_step(newer, &steps[0])).await;
    assert_eq!(press.known.rows("tasks").count(), before + 1);
    assert_eq!(get(&people.party, &path).await.1[0]["steps"], json!([]));
}

#[tokio::test]
async fn after_closing_what_was_skipped_and_added_is_proposed_and_published_by_a_person() {
    let server = Server::demo();
    let people = server.people().await;
    let id = opened(&people).await;
    let mut press = join(&people.press, &id).await;
    let number = press.known.header["number"].as_str().expect("a number").to_owned();
    let phase = "intake_verification".to_owned();
    let office = press.known.rows("offices").next().and_then(|row| OfficeId::new(row["id"].as_str()?));
    let (title, due_at) = ("Gọi trưởng bản".into(), None);
    let from = None;
    act(&mut press, Command::Task(task::Command::Add { id: row(), title, phase, office, due_at, from }))
        .await;
    let path = format!("/api/incidents/{id}/lessons");
    assert_eq!(get(&people.press, &path).await.1, json!([]), "not while it goes on");
    let mandatory = |row: &&Value| row["mandatory"] == true && row["due"]["anchor"] != "closed_at";
    let seqs: Vec<_> =
        press.known.rows("tasks").filter(mandatory).filter_map(|row| row["seq"].as_u64()).collect();
    for seq in seqs {
        act(&mut press, skip(seq.try_into().expect("small"))).await;
    }
    let close = incident::Command::Close { summary: "xong".into(), despite: true };
    act(&mut press, Command::Incident(close)).await;

    let (_, found) = get(&people.press, &path).await;
    let lessons = &found[0];
    assert_eq!(
        (&lessons["number"], &lessons["added"][0]["title"]),
        (&json!(number), &json!("Gọi trưởng bản"))
    );
    assert!(lessons["skipped"].as_array().is_some_and(|skipped| !skipped.is_empty()));
    let text = lessons["text"].as_str().expect("something to write").to_owned();
    let (_, checked) = post(&people.press, &format!("{FAKE}/check"), &json!({ "text": text })).await;
    assert_eq!(checked["problems"], json!([]), "{text}");
    assert_eq!(get(&people.press, &format!("{FAKE}/lessons")).await.1, found);
    assert_eq!(get(&people.press, "/api/incidents/khong-co/lessons").await.0, 404);

    published(&people.press, |_| text.clone(), &format!("Rút kinh nghiệm từ {number}")).await;
    let (_, after) = get(&people.press, &path).await;
    assert_eq!((&after[0]["considered"], &after[0]["text"]), (&json!(shipped() + 1), &Value::Null));
    let tasks = page(&people.press).await["newest"]["sheet"]["tasks"].clone();
    assert!(tasks.as_array().is_some_and(|tasks| tasks.iter().any(|task| task["title"] == "Gọi trưởng bản")));
}

#[tokio::test]
async fn two_versions_are_compared_step_by_step() {
    let server = Server::demo();
    let people = server.people().await;
    let new = with_a_task(&page(&people.press).await, "Gọi người đăng tin đầu tiên");
    assert_eq!(post(&people.press, FAKE, &new).await.0, 200);
    let (_, diff) = get(&people.party, &format!("{FAKE}/diff?from={}&to={}", shipped(), shipped() + 1)).await;
    let differ = |step: &&Value| step["kind"] != "same";
    let steps: Vec<_> = diff["steps"].as_array().expect("a list").iter().filter(differ).collect();
    assert_eq!((steps.len(), &steps[0]["kind"]), (1, &json!("added")), "{diff}");
    assert_eq!(get(&people.party, &format!("{FAKE}/diff?from=1&to=99")).await.0, 404);
    assert_eq!(get(&people.party, &format!("{FAKE}/diff?from=2")).await.0, 400);
}
