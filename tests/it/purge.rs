//! What should never have been written is taken out: of the log, the files, the index, what people were told, and what
//! windows hold; and everybody goes on where they were, with a record of it that verifies.

use crate::attachments::sent;
use crate::designations::{by_new_link, post};
use crate::search::find;
use crate::support::*;
use phongtruc::client::Client;
use phongtruc::domain::ids::Digest;
use phongtruc::domain::{Command, message, statement};
use serde_json::{Value, json};
use std::path::Path;

const SECRET: &str = "phương án ngầm 77 của cầu Ngòi Thử";
const FILE: &[u8] = "Sơ đồ phương án ngầm 77 của cầu Ngòi Thử".as_bytes();

/// The files below a folder in which the words stand.
fn holding(dir: &Path, words: &str) -> Vec<String> {
    let mut found = vec![];
    for file in std::fs::read_dir(dir).expect("readable") {
        let path = file.expect("a file").path();
        if path.is_dir() {
            found.extend(holding(&path, words));
        } else {
            let bytes = std::fs::read(&path).expect("readable");
            if bytes.windows(words.len()).any(|piece| piece == words.as_bytes()) {
                found.push(path.display().to_string());
            }
        }
    }
    found
}

fn holds(known: &phongtruc::client::Known) -> bool {
    serde_json::to_string(&known.tables).expect("JSON").contains(SECRET)
}

#[tokio::test]
async fn what_is_purged_is_nowhere_and_everybody_goes_on() {
    let server = Server::demo();
    let people = server.people().await;
    let away = join(&people.people, DEMO).await.known.clone();
    let file = sent(&server, &people.press, DEMO, "so-do.txt", FILE).await;
    let mut press = join(&people.press, DEMO).await;
    let text = format!("Chuyển nội bộ: {SECRET}, đừng để lộ");
    let mut send = message::Command::plain(row(), &text, None);
    if let message::Command::Send { attachments, .. } = &mut send {
        attachments.push(file);
    }
    let said = act(&mut press, Command::Message(send)).await;
    let noted = act(&mut press, note(&text)).await;
    act(&mut press, decide(&format!("Không nhắc đến {SECRET}"))).await;
    let id = row();
    let draft = statement::Command::Draft {
        id: id.clone(),
        kind: "holding_statement".into(),
        title: None,
        follows: None,
    };
    act(&mut press, Command::Statement(draft)).await;
    let before = prepared(&press, &id);
    act(&mut press, write(&id, &before, &text)).await;
    let number =
        press.known.rows("statements").find(|row| row["id"] == id.as_str()).expect("drafted")["number"]
            .clone();
    let saw = press.known.clone();
    assert!(holds(&saw));
    let left = server.end();

    let server = Server::run(&left.data, &left.listen, &["serve"]);
    let admin = by_new_link(&server, &server.links[0]).await;
    let path = format!("/api/purges/{DEMO}");
    let survey = async |who: &Client, question: Value| post(who, &format!("{path}/survey"), question).await;
    let order = async |who: &Client, what: Value| {
        let order =
            json!({ "id": command_id(), "what": what, "reason": "Lộ tài liệu không được đưa lên mạng" });
        post(who, &path, order).await
    };
    assert_eq!(survey(&people.press, json!({ "lines": [said] })).await.0, 403);
    assert_eq!(order(&people.press, json!({ "lines": [said] })).await.0, 403);
    let (status, found) = survey(&admin, json!({ "lines": [said] })).await;
    assert_eq!(status, 200, "{found}");
    assert_eq!(
        (&found["lines"][0]["rev"], &found["files"], &found["kept"]),
        (&json!(said), &json!(1), &json!(0))
    );
    assert_eq!(found["also"][0]["rev"], noted, "the entry with the same words is pointed out: {found}");
    assert!(found["standing"][0].as_str().expect("the draft").contains(number.as_str().expect("a number")));
    assert!(!found.to_string().contains("ngầm"), "nobody reads it on the way: {found}");
    assert_eq!(survey(&admin, json!({ "lines": [1] })).await.1["code"], "purge_opening");
    assert_eq!(survey(&admin, json!({ "passage": "77" })).await.1["code"], "purge_too_short");

    // A window that is open through all of it, and one that was away since before.
    let mut party = join(&people.party, DEMO).await;
    assert!(holds(&party.known));
    let twice = json!({ "id": command_id(), "what": { "lines": [said, noted] }, "reason": "Lộ tài liệu" });
    let (status, done) = post(&admin, &path, twice.clone()).await;
    assert_eq!((status, &done["lines"], &done["files"]), (200, &json!(2), &json!(1)), "{done}");
    assert_eq!(
        post(&admin, &path, twice).await,
        (200, done),
        "whoever did not hear the answer hears it again"
    );
    assert_eq!(order(&admin, json!({ "lines": [said] })).await.1["code"], "nothing_to_purge");
    // The draft has to be put aside first; the decision goes at once.
    let (status, done) = order(&admin, json!({ "passage": SECRET })).await;
    assert_eq!((status, &done["lines"]), (200, &json!(1)), "{done}");
    assert!(done["standing"][0].as_str().expect("the draft").contains(number.as_str().expect("a number")));
    let mut press = join_with(&people.press, DEMO, saw.clone()).await;
    let dropped = statement::Command::Drop { id: id.clone(), reason: "Lộ".into() };
    act(&mut press, Command::Statement(dropped)).await;
    let (status, done) = order(&admin, json!({ "passage": SECRET })).await;
    assert_eq!((status, &done["standing"]), (200, &json!([])), "{done}");
    let rev = u32::try_from(done["rev"].as_u64().expect("a revision")).expect("a revision");

    for window in [&mut party, &mut press] {
        window.until(rev).await.expect("seen");
        assert!(!holds(&window.known));
    }
    let mut back = join_with(&people.people, DEMO, away).await;
    back.until(rev).await.expect("seen");
    let whole = join(&people.people, DEMO).await.known.clone();
    for (window, name) in [(&party, "party"), (&press, "press"), (&back, "back")] {
        assert_eq!(window.known.tables["messages"], whole.tables["messages"], "{name}");
        assert_eq!(window.known.tables["decisions"], whole.tables["decisions"], "{name}");
    }
    let record = press.known.rows("lines").filter(|line| {
        line["text"].as_str().is_some_and(|text| text.starts_with("Quản trị viên xóa bỏ nội dung"))
    });
    let record: Vec<_> = record.map(|line| line["text"].clone()).collect();
    assert_eq!(record.len(), 3, "{record:?}");
    let digest = Digest::of(FILE);
    assert_eq!(get(&people.press, &format!("/api/incidents/{DEMO}/attachments/{digest}")).await.0, 404);
    assert_eq!(find(&people.press, "words=ng%E1%BA%A7m+77").await["incidents"], json!([]));
    act(&mut press, say("Tiếp tục công việc.")).await;
    let elsewhere = holding(&left.data, SECRET);
    assert!(elsewhere.iter().all(|path| path.contains("/index/")), "{elsewhere:?}");
    assert!(!left.data.join("attachments").join(digest.to_string()).exists());
    drop(server);

    // A start later it is not in the index either, and the log still verifies.
    let server = left.start();
    let people = server.people().await;
    assert_eq!(holding(&left.data, SECRET), Vec::<String>::new());
    let again = join(&people.press, DEMO).await;
    assert_eq!(again.known.tables["messages"].len(), whole.tables["messages"].len() + 1);
    let verified = program().arg("verify").arg(server.log(DEMO)).output().expect("runs");
    let words = String::from_utf8(verified.stdout).expect("UTF-8");
    assert!(verified.status.success() && words.contains("dòng đã bị xóa bỏ nội dung"), "{words}");
}
