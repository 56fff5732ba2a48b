//! A full disk: the program may write no more bytes to a file than a limit, which fails as a full disk does, in the
//! middle of a line. Nothing acknowledged is lost, nothing is half done, and it is said in words.

use crate::support::*;

#[tokio::test]
async fn a_full_disk_ends_acknowledging_and_loses_nothing() {
    let dir = tempfile::tempdir().expect("a directory");
    let server = Server::on_a_full_disk(dir.path());
    let client = server.people().await.press;
    let mut window = join(&client, DEMO).await;
    let mut acknowledged = vec![];
    let refused = loop {
        let id = command_id();
        window.ask(&id, &say(&"nước lên ".repeat(100))).await.expect("sent");
        match window.answer(&id).await.expect("answered") {
            Ok(rev) => acknowledged.push((id, rev)),
            Err(refused) => break refused,
        }
        assert!(acknowledged.len() < 1_000, "the limit holds");
    };
    assert_eq!(refused.code, "read_only");
    assert!(refused.words.contains("không ghi được xuống đĩa"), "{}", refused.words);
    assert!(!acknowledged.is_empty());
    // Reading goes on.
    let (status, _) = get(&client, "/api/incidents").await;
    assert_eq!(status, 200);
    server.kill();

    // With room again: the unfinished line is set aside, everything acknowledged is there, and writing goes on.
    let server = Server::run(dir.path(), "127.0.0.1:0", &["demo", "--no-colleague"]);
    let people = server.people().await;
    let mut window = join(&people.press, DEMO).await;
    let log = std::fs::read_to_string(server.log(DEMO)).expect("readable");
    let lines: Vec<serde_json::Value> =
        log.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    for (id, rev) in &acknowledged {
        assert_eq!(lines[*rev as usize - 1]["cause"], id.as_str());
    }
    act(&mut window, say("đĩa đã có chỗ")).await;
}
