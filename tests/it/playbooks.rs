//! Every playbook, lived through: opened, worked to its end by a scripted office, closed and exported; and owned on
//! every day of its offices' history.

use crate::support::*;
use hyper::Method;
use phongtruc::client::Connection;
use phongtruc::domain::ids::RowId;
use phongtruc::domain::{Command, deadline, incident, question, statement, task};
use serde_json::{Value, json};

const LAST_WORDS: &str = "Sự việc đã được xử lý xong. Cảm ơn người dân đã phối hợp.";
/// Days before and after each change of the offices: two provinces and a department more, one department less, one
/// province.
const DAYS: [(&str, &str); 3] = [("2024-09-10", "02647"), ("2025-03-15", "02647"), ("2026-11-23", "02647")];

async fn codes(people: &People) -> Vec<String> {
    let (_, choices) = get(&people.press, "/api/choices").await;
    let playbooks = choices["playbooks"].as_array().expect("a list");
    playbooks.iter().map(|one| one["id"].as_str().expect("a code").to_owned()).collect()
}

fn ids<'a>(window: &'a Connection, table: &'a str, which: impl Fn(&Value) -> bool + 'a) -> Vec<RowId> {
    let rows = window.known.rows(table).filter(|row| which(row));
    rows.map(|row| RowId::new(row["id"].as_str().expect("an id")).expect("an id")).collect()
}

async fn set_level(window: &mut Connection, level: u8, despite: bool) {
    let level = incident::Level::new(level).expect("1 to 4");
    let (reason, set) = ("theo bài thử".into(), |level, reason, despite| incident::Command::SetLevel {
        level,
        reason,
        despite,
    });
    act(window, Command::Incident(set(level, reason, despite))).await;
}

/// Yes to every question, and every moment that somebody has to record: now.
async fn answer_everything(window: &mut Connection) {
    for id in ids(window, "questions", |row| row["answer"].is_null()) {
        act(window, Command::Question(question::Command::Answer { id, yes: true, note: None })).await;
    }
    let known = |window: &Connection, anchor: &str| window.known.header["anchors"][anchor].is_string();
    for anchor in deadline::Anchor::ALL.iter().filter(|anchor| anchor.by_hand()) {
        if !known(window, anchor.code()) {
            let set = incident::Command::SetAnchor { anchor: *anchor, at: jiff_now(), reason: None };
            act(window, Command::Incident(set)).await;
        }
    }
}

async fn finish_all(window: &mut Connection, after_closing: bool) {
    let now = move |row: &Value| {
        row["progress"]["state"] == "open" && (row["due"]["anchor"] == "closed_at") == after_closing
    };
    for id in ids(window, "tasks", now) {
        let note = Some("đã làm xong".into());
        act(window, Command::Task(task::Command::Finish { id, note, evidence: evidence() })).await;
    }
}

#[tokio::test]
async fn all_ten_are_worked_to_their_end_closed_and_exported() {
    let server = Server::demo();
    let people = server.people().await;
    let playbooks = codes(&people).await;
    assert_eq!(playbooks.len(), 10);
    for playbook in playbooks {
        let id = fresh("su-co");
        let mut request = request(&id);
        (request["playbook"], request["level"], request["commune"]) =
            (playbook.as_str().into(), 2.into(), "02647".into());
        assert_eq!(open(&people.press, request).await.0, 200, "{playbook}");
        let mut press = join(&people.press, &id).await;
        let mut speaker = join(&people.people, &id).await;

        // The worst night: every condition comes true. Nothing that was planned stays hidden.
        let refused = try_act(&mut press, close_without_more()).await.expect_err("too early");
        assert!(["mandatory_tasks_open", "conditions_open"].contains(&refused.code.as_str()), "{refused:?}");
        set_level(&mut press, 4, false).await;
        answer_everything(&mut press).await;
        for row in press.known.rows("tasks").filter(|row| row["asleep"].is_string()) {
            let parts = row["only_if"]["any"].as_array().expect("parts");
            assert!(parts.iter().all(|part| part["kind"] == "figure"), "{playbook}: {row}");
        }
        for row in press.known.rows("deadlines") {
            assert!(
                row["asleep"].is_null() && (row["due_at"].is_string() || !row["stopped"].is_null()),
                "{row}"
            );
        }
        finish_all(&mut press, false).await;
        for clock in ids(&press, "deadlines", |row| row["stopped"].is_null() && row["stopped_on"].is_string())
        {
            let met = deadline::Command::Meet { id: clock, at: jiff_now(), on: "VB 01/BC-TCT".into() };
            act(&mut press, Command::Deadline(met)).await;
        }
        set_level(&mut press, 2, true).await;

        // The last words, by two people, as the matrix has it; then the end, with nothing overruled.
        let last = submitted(&mut press, "closing_statement", LAST_WORDS).await;
        speaker.until(press.known.rev).await.expect("seen");
        act(&mut speaker, approve(&last, LAST_WORDS)).await;
        let rev = act(&mut speaker, publish(&last, LAST_WORDS)).await;
        press.until(rev).await.expect("seen");
        act(&mut press, close_without_more()).await;
        finish_all(&mut press, true).await;
        let open = press.known.rows("tasks").filter(|row| row["progress"]["state"] == "open");
        assert!(open.into_iter().all(|row| row["asleep"].is_string()), "{playbook}: something is left open");

        for format in ["html", "csv", "json", "pdf"] {
            let path = format!("/api/incidents/{id}/export/{format}");
            let answer = people.press.call(Method::GET, &path, None).await.expect("reached");
            assert_eq!(answer.status, 200, "{playbook}: {format}");
            if format == "html" {
                let text = String::from_utf8(answer.body.to_vec()).expect("UTF-8");
                assert!(text.contains("chưa đối chiếu văn bản gốc"), "{playbook}: unread law shows as such");
                assert!(text.contains("Kết thúc sự cố"), "{playbook}");
            }
        }
        assert!(program().arg("verify").arg(server.log(&id)).output().expect("ran").status.success());
    }
}

fn close_without_more() -> Command {
    Command::Incident(incident::Command::Close { summary: "Đã ổn định".into(), despite: false })
}

#[tokio::test]
async fn every_task_and_every_clock_has_its_owner_on_every_day() {
    let server = Server::demo();
    let people = server.people().await;
    for playbook in codes(&people).await {
        for (day, commune) in DAYS {
            let (_, communes) = get(&people.press, &format!("/api/communes?on={day}")).await;
            let communes = communes.as_array().expect("a list");
            let there = communes.iter().find(|one| one["code"] == commune).or(communes.first()).expect("one");
            let id = fresh("su-co");
            let mut request = request(&id);
            request["playbook"] = playbook.as_str().into();
            request["commune"] = there["code"].clone();
            (request["exercise"], request["in_force_on"]) = (true.into(), day.into());
            let (status, body) = open(&people.press, request).await;
            assert_eq!(status, 200, "{playbook} on {day}: {body}");
            let window = join(&people.press, &id).await;
            for row in window.known.rows("tasks") {
                assert!(row["office"].is_string(), "{playbook} on {day}: nobody owns {}", row["title"]);
            }
            for row in window.known.rows("deadlines").filter(|row| row["outside"] != true) {
                assert!(row["office"].is_string(), "{playbook} on {day}: nobody owes {}", row["title"]);
            }
        }
    }
}

#[tokio::test]
async fn a_flood_and_its_rumours_run_in_one_incident() {
    let server = Server::demo();
    let people = server.people().await;
    let id = fresh("su-co");
    let mut both = request(&id);
    (both["playbook"], both["also"]) = ("natural_disaster".into(), json!(["fake_news_social"]));
    assert_eq!(open(&people.press, both.clone()).await.0, 200);
    let mut press = join(&people.press, &id).await;
    let of = |known: &phongtruc::client::Known, playbook: &str| {
        known.rows("tasks").filter(|row| row["playbook"] == playbook).count()
    };
    assert!(of(&press.known, "fake_news_social") > 10, "the rumours' tasks are there");
    assert_eq!(press.known.header["more"][0]["id"], "fake_news_social");
    let clocks: Vec<_> = press.known.rows("deadlines").map(|row| row["id"].clone()).collect();
    assert!(
        clocks.contains(&"initial-statement-opinion".into())
            && clocks.contains(&"initial-statement-event".into())
    );
    // The clocks of rumours begin with a claim; the rumours' tasks count from what the first one brings.
    let anchors = press.known.frame["claims"]["anchors"].as_array().expect("a list").clone();
    assert_eq!(anchors, ["verdict_at", "labelled_at", "request_sent_at"]);
    // The same request again adds nothing.
    let before = press.known.rev;
    assert_eq!(open(&people.press, both).await.0, 200);
    act(&mut press, say("vẫn vậy")).await;
    assert_eq!(press.known.rev, before + 1);
    // One that does not exist opens nothing at all.
    let mut wrong = request(&fresh("su-co"));
    wrong["also"] = json!(["nui_lua"]);
    assert_eq!(open(&people.press, wrong).await.1["code"], "unknown_playbook");
    // Words of any of them can be drafted.
    let draft = submitted(&mut press, "relief_information", "Điểm nhận cứu trợ: trụ sở xã.").await;
    assert!(press.known.rows("statements").any(|row| row["id"] == draft.as_str()));
    let notice =
        statement::Command::Draft { id: row(), kind: "fake_news_notice".into(), title: None, follows: None };
    act(&mut press, Command::Statement(notice)).await;
}
