//! Away and back: a returning window gets exactly what it missed; a window that knows more than the log is believed.

use crate::support::*;
use phongtruc::client::Known;

#[tokio::test]
async fn a_returning_window_gets_exactly_what_it_missed() {
    let server = Server::demo();
    let people = server.people().await;
    let party = join(&people.party, DEMO).await;
    let known = party.known.clone();
    drop(party);
    let mut press = join(&people.press, DEMO).await;
    for text in ["một", "hai", "ba"] {
        act(&mut press, say(text)).await;
    }
    let mut back = join_with(&people.party, DEMO, known.clone()).await;
    let patch = loop {
        let message = back.next().await.expect("a patch");
        if message["type"] == "patch" {
            break message["patch"].clone();
        }
    };
    assert_eq!(
        (patch["from"].as_u64(), patch["rev"].as_u64()),
        (Some(known.rev.into()), Some(press.known.rev.into()))
    );
    assert_eq!(patch["messages"].as_array().map(Vec::len), Some(3));
    assert_eq!(back.known, press.known);
}

#[tokio::test]
async fn after_kill_9_everything_acknowledged_is_there_and_windows_go_on_where_they_were() {
    let server = Server::demo();
    let people = server.people().await;
    let mut party = join(&people.party, DEMO).await;
    act(&mut party, say("trước khi mất điện")).await;
    let known = party.known.clone();
    let left = server.kill();
    while party.next().await.is_ok() {}
    let server = left.start();
    // The session outlives the restart, and so does the place in the record.
    let mut back = join_with(&people.party, DEMO, known.clone()).await;
    let rev = act(&mut back, say("sau khi có điện")).await;
    assert_eq!(rev, known.rev + 1);
    assert_eq!(back.known.rows("messages").count(), known.rows("messages").count() + 1);
    drop(server);
}

#[tokio::test]
async fn a_window_that_saw_more_than_the_log_has_freezes_the_room_and_everyone_is_told() {
    let server = Server::demo();
    let people = server.people().await;
    let mut party = join(&people.party, DEMO).await;
    let before = std::fs::read(server.log(DEMO)).expect("readable");
    let head = std::fs::read(server.log(DEMO).with_extension("head")).expect("readable");
    act(&mut party, say("dòng sẽ bị mất")).await;
    let known = party.known.clone();
    let left = server.kill();
    // Yesterday's copy is put back.
    std::fs::write(left.data.join(format!("incidents/{DEMO}.jsonl")), before).expect("writable");
    std::fs::write(left.data.join(format!("incidents/{DEMO}.head")), head).expect("writable");
    let server = left.start();
    let people = server.people().await;
    let mut press = join(&people.press, DEMO).await;
    let mut back = join_with(&people.party, DEMO, known).await;
    loop {
        let message = press.next().await.expect("told");
        if message["type"] == "status" {
            assert_eq!(message["status"]["mode"], "read_only");
            assert!(message["status"]["why"].as_str().expect("words").contains("bị lùi"), "{message}");
            break;
        }
    }
    let refused = try_act(&mut back, say("thử")).await.expect_err("frozen");
    assert_eq!(refused.code, "read_only");
}

/// A first load that is longer than a message: it comes in parts, and nothing of it counts before it is whole.
#[tokio::test]
async fn a_long_load_comes_in_parts_and_is_the_same() {
    let server = Server::demo();
    let people = server.people().await;
    let mut press = join(&people.press, DEMO).await;
    for n in 0..40 {
        act(&mut press, say(&format!("{n} {}", "nước lên 🌊 ".repeat(100)))).await;
    }
    let party = join(&people.party, DEMO).await;
    assert!(
        party.known.rows("messages").map(|row| row.to_string().len()).sum::<usize>() > 40_000,
        "it is long"
    );
    assert_eq!(party.known, press.known);
    let mut socket = people.party.socket(&format!("/api/incidents/{DEMO}/ws")).await.expect("let in");
    let hello = r#"{"type":"hello","rev":0,"head":null,"protocol":1}"#;
    futures_util::SinkExt::send(&mut socket, hello.into()).await.expect("said");
    let (mut parts, mut longest) = (0, 0);
    while parts == 0 || longest == 0 {
        let message = futures_util::StreamExt::next(&mut socket).await.expect("a message").expect("whole");
        let text = message.into_text().expect("text");
        if text.starts_with(r#"{"type":"part""#) {
            parts += 1;
            longest = longest.max(text.len());
        }
    }
    assert!(longest < 2 * phongtruc::wire::PART_BYTES, "{longest}");
}

#[tokio::test]
async fn a_first_load_carries_the_newest_and_the_rest_comes_by_pages() {
    let server = Server::demo();
    let people = server.people().await;
    let mut press = join(&people.press, DEMO).await;
    for n in 0..250 {
        press.ask(&command_id(), &say(&format!("tin {n}"))).await.expect("sent");
    }
    act(&mut press, say("cuối")).await;
    let all = press.known.rows("messages").count();
    let first = join(&people.party, DEMO).await;
    assert_eq!(first.known.rows("messages").count(), 200);
    let mut known: Known = first.known.clone();
    while known.rows("messages").count() < all {
        let oldest = known.rows("messages").filter_map(|row| row["sent"].as_u64()).min().expect("some");
        let (status, page) = get(&people.party, &format!("/api/incidents/{DEMO}/talk?before={oldest}")).await;
        assert_eq!(status, 200);
        assert!(!page["messages"].as_array().expect("older ones").is_empty());
        known.upsert(&page);
        let whole = known.rows("messages").count() == all;
        assert_eq!(page["talk_from"] == 0, whole, "the page says whether anything is left");
    }
    assert_eq!(known.tables["messages"], press.known.tables["messages"]);
}

/// `phongtruc watch`: every line once, in order, over a kill -9 in between.
#[tokio::test]
async fn the_room_in_a_terminal_goes_on_after_a_cut_and_repeats_nothing() {
    let server = Server::demo();
    let mut watch = program()
        .args(["watch", &server.links[0], "--incident", DEMO, "--json"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("the program starts");
    let out = std::io::BufReader::new(watch.stdout.take().expect("piped"));
    let mut lines = std::io::BufRead::lines(out)
        .map(|line| serde_json::from_str::<serde_json::Value>(&line.expect("text")).expect("a record"));
    let mut printed = vec![];
    let mut until = |text: &str| loop {
        let row = lines.next().expect("it watches on");
        printed.push((row["rev"].as_u64(), row["id"].clone(), row["text"].clone()));
        if row["text"] == text {
            return;
        }
    };
    let people = server.people().await;
    let mut press = join(&people.press, DEMO).await;
    act(&mut press, say("trước khi đứt")).await;
    until("trước khi đứt");
    let server = server.kill().start();
    let mut press = join(&people.press, DEMO).await;
    act(&mut press, say("sau khi nối lại")).await;
    until("sau khi nối lại");
    watch.kill().expect("running");
    watch.wait().expect("ended");
    drop(server);
    assert!(printed.is_sorted_by_key(|(rev, ..)| *rev));
    let ids: std::collections::BTreeSet<_> = printed.iter().map(|(_, id, _)| id.to_string()).collect();
    assert_eq!(ids.len(), printed.len(), "each line once");
}
