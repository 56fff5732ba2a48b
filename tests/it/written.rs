//! Two times: what waited on a device without a network keeps when it was written beside when it was recorded. The
//! device's word is bounded and decides no order.

use crate::support::*;
use jiff::{SignedDuration, Timestamp};
use phongtruc::client::Connection;
use phongtruc::domain::ids::Rev;
use phongtruc::domain::written::{LATE_AFTER, WAIT_MAX};
use phongtruc::domain::{Command, Event};
use phongtruc::log::{Head, chain};
use serde_json::Value;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// A server whose incident was opened some hours ago: the log as it would be, chained anew.
fn opened_ago(ago: SignedDuration) -> Server {
    let left = Server::demo().end();
    let path = left.data.join(format!("incidents/{DEMO}.jsonl"));
    let (mut head, mut text) = (Head::EMPTY, String::new());
    for (line, number) in std::fs::read_to_string(&path).expect("readable").lines().zip(1..) {
        let (mut record, _) = chain::record::<Event>(number, line).expect("a record");
        record.at -= ago;
        let (line, next) = chain::line(head, &record).expect("JSON");
        text.push_str(&line);
        text.push('\n');
        head = next;
    }
    std::fs::write(&path, text).expect("writable");
    std::fs::remove_file(path.with_extension("head")).expect("there");
    left.start()
}

async fn late(connection: &mut Connection, command: Command, written_at: Option<Timestamp>) -> Rev {
    let id = command_id();
    connection.ask_written(&id, &command, written_at).await.expect("sent");
    let rev = connection.answer(&id).await.expect("answered").expect("accepted");
    connection.until(rev).await.expect("seen");
    rev
}

fn log_line(server: &Server, rev: Rev) -> Value {
    let text = std::fs::read_to_string(server.log(DEMO)).expect("readable");
    serde_json::from_str(text.lines().nth(rev as usize - 1).expect("a line")).expect("JSON")
}

fn row(connection: &Connection, table: &str, text: &str) -> Value {
    let row = connection.known.rows(table).find(|row| row["text"] == text);
    row.unwrap_or_else(|| panic!("no {text} in {table}")).clone()
}

#[tokio::test]
async fn what_waited_keeps_both_times_in_the_log_in_the_rows_and_in_exports() {
    let server = opened_ago(HOUR * 3);
    let people = server.people().await;
    let mut party = join(&people.party, DEMO).await;
    let written = jiff_now() - HOUR;
    let rev = late(&mut party, say("gõ lúc mất mạng"), Some(written)).await;
    let line = log_line(&server, rev);
    assert_eq!(line["written_at"], written.to_string());
    assert_ne!(line["at"], line["written_at"]);
    assert_eq!(row(&party, "messages", "gõ lúc mất mạng")["by"]["written_at"], written.to_string());

    // What happened "now" happened when it was written.
    late(&mut party, note("nước dâng ở thôn thử"), Some(written)).await;
    let entry = row(&party, "lines", "nước dâng ở thôn thử");
    assert_eq!(entry["occurred_at"], written.to_string());
    assert_eq!(entry["by"]["written_at"], written.to_string());
    late(&mut party, decide("Cấm đường thử"), Some(written)).await;
    assert_eq!(row(&party, "decisions", "Cấm đường thử")["occurred_at"], written.to_string());

    // Order is the log's: what was written earlier and came later stands later.
    let on_time = act(&mut party, say("gõ khi có mạng")).await;
    let after = late(&mut party, say("gõ trước, tới sau"), Some(written - HOUR)).await;
    assert!(after > on_time);

    for format in ["html", "csv"] {
        let path = format!("/api/incidents/{DEMO}/export/{format}");
        let answer = people.party.call(hyper::Method::GET, &path, None).await.expect("reached");
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(text.contains("khi máy chưa có mạng"), "{format}");
    }
    let (_, json) = get(&people.party, &format!("/api/incidents/{DEMO}/export/json")).await;
    assert_eq!(json["records"][rev as usize - 1]["written_at"], written.to_string());
}

#[tokio::test]
async fn a_hostile_or_wrong_clock_is_left_out_and_nothing_is_lost() {
    let server = opened_ago(WAIT_MAX + HOUR);
    let people = server.people().await;
    let mut party = join(&people.party, DEMO).await;
    let now = jiff_now();
    let wrong = [
        None,
        Some(now),
        Some(now - LATE_AFTER + SignedDuration::from_secs(30)),
        Some(now + HOUR * 5),
        Some(now - WAIT_MAX - HOUR),
        Some(Timestamp::MIN),
        Some(Timestamp::MAX),
    ];
    for (n, said) in wrong.into_iter().enumerate() {
        let text = format!("câu thứ {n}.");
        let rev = late(&mut party, say(&text), said).await;
        assert_eq!(log_line(&server, rev).get("written_at"), None, "{said:?}");
        assert_eq!(row(&party, "messages", &text)["by"].get("written_at"), None, "{said:?}");
    }
    // What is no time at all is a command that cannot be read: said so, to that command.
    let id = command_id();
    let command = serde_json::to_value(say("giờ hỏng")).expect("JSON");
    let message =
        serde_json::json!({ "type": "command", "id": id, "command": command, "written_at": "năm giờ" });
    party.say_text(message.to_string()).await.expect("sent");
    assert_eq!(party.answer(&id).await.expect("answered").expect_err("refused").code, "unreadable");
}

#[tokio::test]
async fn before_the_room_was_there_nobody_wrote_in_it() {
    let server = Server::demo();
    let people = server.people().await;
    let mut party = join(&people.party, DEMO).await;
    let rev = late(&mut party, say("từ hôm qua?"), Some(jiff_now() - HOUR * 24)).await;
    assert_eq!(log_line(&server, rev).get("written_at"), None);
}

#[tokio::test]
async fn both_times_outlive_a_restart_and_the_same_id_again_changes_nothing() {
    let server = opened_ago(HOUR * 3);
    let people = server.people().await;
    let mut party = join(&people.party, DEMO).await;
    let (id, command, written) = (command_id(), say("một lần"), jiff_now() - HOUR);
    party.ask_written(&id, &command, Some(written)).await.expect("sent");
    let rev = party.answer(&id).await.expect("answered").expect("accepted");
    party.until(rev).await.expect("seen");
    // The answer was lost: sent again with another time, it is the first act still.
    party.answers.clear();
    party.ask_written(&id, &command, Some(written - HOUR)).await.expect("sent");
    assert_eq!(party.answer(&id).await.expect("answered").expect("accepted"), rev);

    let known = party.known.clone();
    let server = server.kill().start();
    let people = server.people().await;
    let again = join(&people.party, DEMO).await;
    assert_eq!(again.known.rows("messages").last(), known.rows("messages").last());
    assert_eq!(log_line(&server, rev)["written_at"], written.to_string());
    let file = std::fs::read(server.log(DEMO)).expect("readable");
    assert_eq!(chain::verify(&file, None).damage, None);
}

#[tokio::test]
async fn what_binds_others_has_the_servers_time_only() {
    let server = opened_ago(HOUR * 3);
    let people = server.people().await;
    let mut press = join(&people.press, DEMO).await;
    let draft = phongtruc::domain::statement::Command::Draft {
        id: crate::support::row(),
        kind: "holding_statement".into(),
        title: None,
        follows: None,
    };
    let rev = late(&mut press, Command::Statement(draft), Some(jiff_now() - HOUR)).await;
    assert_eq!(log_line(&server, rev).get("written_at"), None);
}
