//! `kill -9` under load, over and over: every acknowledged command is in the log, once, and the log is whole.

use crate::support::*;
use std::collections::BTreeSet;

/// Rounds of killing; each begins where the last one ended.
const ROUNDS: usize = 6;
/// Acknowledgements after which a round's program is killed while more commands are under way.
const ACKNOWLEDGED: usize = 60;

#[tokio::test]
async fn nothing_acknowledged_is_lost() {
    let mut server = Server::demo();
    let mut acknowledged = BTreeSet::new();
    for round in 0..ROUNDS {
        let people = server.people().await;
        let (sender, mut acks) = tokio::sync::mpsc::unbounded_channel();
        let mut windows = vec![];
        for client in [people.party, people.people, people.press] {
            let sender = sender.clone();
            windows.push(tokio::spawn(async move {
                let mut window = join(&client, DEMO).await;
                // Eight under way at any time, so that the kill falls between writing and answering.
                let mut waiting = std::collections::VecDeque::new();
                loop {
                    while waiting.len() < 8 {
                        let id = command_id();
                        if window.ask(&id, &say(&format!("vòng {round}"))).await.is_err() {
                            return;
                        }
                        waiting.push_back(id);
                    }
                    let id = waiting.pop_front().expect("eight wait");
                    match window.answer(&id).await {
                        Ok(Ok(rev)) => {
                            if sender.send((id, rev)).is_err() {
                                return;
                            }
                        }
                        Ok(Err(refused)) => panic!("{refused:?}"),
                        Err(_) => return,
                    }
                }
            }));
        }
        drop(sender);
        for _ in 0..ACKNOWLEDGED {
            acknowledged.insert(acks.recv().await.expect("acknowledged"));
        }
        let left = server.kill();
        // What was acknowledged up to the very end counts too.
        while let Some(ack) = acks.recv().await {
            acknowledged.insert(ack);
        }
        for window in windows {
            window.await.expect("no window panicked");
        }
        server = left.start();
        let log = std::fs::read_to_string(server.log(DEMO)).expect("readable");
        let lines: Vec<serde_json::Value> =
            log.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        for (id, rev) in &acknowledged {
            assert_eq!(lines[*rev as usize - 1]["cause"], id.as_str(), "acknowledged as line {rev}");
        }
        let causes: BTreeSet<_> = lines.iter().map(|line| line["cause"].as_str()).collect();
        assert_eq!(causes.len(), lines.len(), "every command acted once");
        let verified = program().arg("verify").arg(server.log(DEMO)).output().expect("ran");
        assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
    }
    assert!(acknowledged.len() >= ROUNDS * ACKNOWLEDGED);
}

#[tokio::test]
async fn without_its_index_or_with_rubbish_in_it_a_start_is_only_slower() {
    let server = Server::demo();
    let people = server.people().await;
    let id = opened(&people).await;
    let mut press = join(&people.press, &id).await;
    act(&mut press, say("còn đây")).await;
    let mut left = server.kill();
    for rubbish in [false, true] {
        let index = left.data.join("index");
        if rubbish {
            for file in std::fs::read_dir(&index).expect("readable") {
                let path = file.expect("a file").path();
                if path.is_file() {
                    std::fs::write(path, b"rubbish ".repeat(5_000)).expect("writable");
                }
            }
        } else {
            std::fs::remove_dir_all(&index).expect("removable");
        }
        let server = left.start();
        // Sessions were in the index: one signs in again.
        let people = server.people().await;
        let (_, board) = get(&people.press, "/api/incidents").await;
        assert_eq!(board.as_array().map(Vec::len), Some(2), "{board}");
        let (_, found) = get(&people.press, "/api/find?q=vo+dap").await;
        assert_eq!(found["incidents_in_all"], 2, "{found}");
        let window = join(&people.press, &id).await;
        assert!(window.known.rows("messages").any(|row| row["text"] == "còn đây"));
        left = server.kill();
    }
}

#[tokio::test]
async fn a_log_with_an_unfinished_last_line_goes_on_and_a_damaged_one_is_read_only_and_named() {
    let server = Server::demo();
    let people = server.people().await;
    let mut press = join(&people.press, DEMO).await;
    act(&mut press, say("trước")).await;
    let left = server.kill();
    let path = left.data.join(format!("incidents/{DEMO}.jsonl"));
    let whole = std::fs::read(&path).expect("readable");
    let mut cut = whole.clone();
    cut.extend_from_slice(b"{\"rev\":");
    std::fs::write(&path, &cut).expect("writable");
    let server = left.start();
    let people = server.people().await;
    let mut press = join(&people.press, DEMO).await;
    act(&mut press, say("sau")).await;
    let left = server.kill();
    let text = std::fs::read_to_string(&path).expect("readable").replacen("Nháp", "Nhap", 1);
    std::fs::write(&path, text).expect("writable");
    let verified = program().arg("verify").arg(&path).output().expect("ran");
    assert_eq!(verified.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&verified.stdout).contains("dòng 1"), "the line is named");
    // The start does not fail over one damaged incident; its room says what is wrong.
    let server = Server::run(&left.data, &left.listen, &["serve"]);
    assert_eq!(server.links.len(), 1);
}

#[test]
fn a_second_program_on_the_same_data_is_refused_in_words() {
    let server = Server::demo();
    let second = program().args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(server.data()).output();
    let second = second.expect("ran");
    assert_eq!(second.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&second.stderr).contains("tiến trình phongtruc khác"));
}

#[tokio::test]
async fn a_damaged_incident_shows_what_stands_says_what_is_wrong_and_is_not_exported() {
    let server = Server::demo();
    let people = server.people().await;
    let id = opened(&people).await;
    let mut press = join(&people.press, &id).await;
    for text in ["một", "hai", "ba"] {
        act(&mut press, say(text)).await;
    }
    let left = server.kill();
    let path = left.data.join(format!("incidents/{id}.jsonl"));
    let text = std::fs::read_to_string(&path).expect("readable").replacen("\"hai\"", "\"HAI\"", 1);
    std::fs::write(&path, text).expect("writable");

    let server = left.start();
    let people = server.people().await;
    let mut press = join(&people.press, &id).await;
    let said: Vec<_> = press.known.rows("messages").map(|row| row["text"].clone()).collect();
    assert_eq!(said, ["một"], "what comes before the damage");
    let refused = try_act(&mut press, say("bốn")).await.expect_err("read-only");
    assert_eq!(refused.code, "read_only");
    assert!(refused.words.contains("dòng 3"), "{}", refused.words);
    let (status, body) = get(&people.press, &format!("/api/incidents/{id}/export/json")).await;
    assert_eq!((status, body["code"].as_str()), (422, Some("damaged")));
    // The other incidents work as ever.
    let mut other = join(&people.press, DEMO).await;
    act(&mut other, say("vẫn làm việc")).await;
}
