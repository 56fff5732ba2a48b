//! Several hands in one text: what is typed is shared at once, recorded soon, and never lost; what is refused is said.

use crate::support::editor::{Editor, PATIENCE, all_until, frame, here};
use crate::support::*;
use phongtruc::client::{Connection, Known};
use phongtruc::domain::ids::RowId;
use phongtruc::domain::words::Splice;
use phongtruc::domain::{Command, statement};
use serde_json::{Value, json};

const BEGUN: &str = "Tin số 1.";

/// A draft with known words in the demonstration's incident, begun by the press authority's officer.
async fn drafted(press: &mut Connection) -> RowId {
    let id = row();
    let draft = statement::Command::Draft {
        id: id.clone(),
        kind: "holding_statement".into(),
        title: None,
        follows: None,
    };
    act(press, Command::Statement(draft)).await;
    let over = prepared(press, &id);
    act(press, write(&id, &over, BEGUN)).await;
    id
}

fn about(lines: &[Value], id: &RowId) -> Vec<(Value, Value)> {
    let events = lines.iter().flat_map(|line| {
        let events = line["events"].as_array().cloned().unwrap_or_default();
        events.into_iter().map(|event| (line.clone(), event))
    });
    events.filter(|(_, event)| event["noun"] == "statement" && event["id"] == id.as_str()).collect()
}

fn log(server: &Server) -> Vec<Value> {
    let text = std::fs::read_to_string(server.log(DEMO)).expect("readable");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// The words that the log's plain splices alone give, who typed them, and in how many lines.
fn replayed(server: &Server, id: &RowId) -> (String, Vec<String>, usize) {
    let (mut text, mut authors, mut typed) = (String::new(), vec![], 0);
    for (line, event) in about(&log(server), id) {
        let before = text.clone();
        match event["verb"].as_str() {
            Some("drafted" | "written") => text = event["text"].as_str().expect("text").to_owned(),
            Some("typed") => {
                let splice: Splice = serde_json::from_value(event["splice"].clone()).expect("a splice");
                text = splice.onto(&text);
                typed += 1;
            }
            _ => {}
        }
        let by = line["by"]["person"].as_str().expect("a person").to_owned();
        if (text != before || event["verb"] == "typed") && !authors.contains(&by) {
            authors.push(by);
        }
    }
    (text, authors, typed)
}

fn known<'a>(connection: &'a Connection, id: &RowId) -> &'a Value {
    connection.known.rows("statements").find(|row| row["id"] == id.as_str()).expect("known")
}

/// Waits until the record reads so.
async fn recorded(connection: &mut Connection, id: &RowId, words: &str) {
    let reads = async {
        while known(connection, id)["text"] != words {
            connection.next().await.expect("connected");
        }
    };
    let in_time = tokio::time::timeout(PATIENCE, reads).await;
    assert!(in_time.is_ok(), "{}\nis not\n{words}", known(connection, id)["text"]);
}

fn submit(id: &RowId, words: &str) -> Command {
    Command::Statement(statement::Command::Submit { id: id.clone(), digest: digest(words) })
}

fn reopen(id: &RowId) -> Command {
    Command::Statement(statement::Command::Reopen { id: id.clone(), reason: None })
}

fn person(client_row: &Value) -> String {
    client_row["actor"]["person"].as_str().expect("signed in").to_owned()
}

/// The three people's ids: party, people, press.
async fn ids(people: &People) -> [String; 3] {
    let mut ids = vec![];
    for client in [&people.party, &people.people, &people.press] {
        ids.push(person(&get(client, "/api/session").await.1));
    }
    ids.try_into().expect("three")
}

#[tokio::test]
async fn two_offices_type_at_once_and_windows_record_and_log_read_the_same() {
    let server = Server::demo();
    let people = server.people().await;
    let [party, _, press] = ids(&people).await;
    let mut room = join(&people.press, DEMO).await;
    let id = drafted(&mut room).await;
    let mut one = Editor::open(&people.press, DEMO, &id, &press).await;
    let mut other = Editor::open(&people.party, DEMO, &id, &party).await;
    assert_eq!((one.text().as_str(), other.text().as_str()), (BEGUN, BEGUN));
    for n in 0..20 {
        one.adds(&format!(" a{n}")).await;
        other.types(0, 0, &format!("b{n} ")).await;
    }
    let (length, all) = (one.length() + other.length() - 9, |editor: &Editor| editor.length());
    one.until(|editor| all(editor) == length).await;
    other.until(|editor| all(editor) == length).await;
    assert_eq!(one.text(), other.text());
    let words = one.text();
    recorded(&mut room, &id, &words).await;
    let (text, authors, _) = replayed(&server, &id);
    assert_eq!(text, words);
    assert_eq!(authors, [press.clone(), party.clone()]);
    assert_eq!(known(&room, &id)["authors"], json!([press, party]));
    // A window that opens later reads the same, and everybody sees who is there.
    let late = Editor::open(&people.people, DEMO, &id, "people").await;
    assert_eq!(late.text(), words);
    one.until(|editor| editor.here.len() == 2).await;
    let names: Vec<_> = one.here.values().map(|state| state["person"].as_str().expect("a person")).collect();
    assert_eq!(names, [press.as_str(), party.as_str()]);
    drop(other);
    one.until(|editor| editor.here.len() == 1).await;
}

#[tokio::test]
async fn many_keys_are_shared_one_by_one_and_recorded_together() {
    let server = Server::demo();
    let people = server.people().await;
    let [party, _, press] = ids(&people).await;
    let mut room = join(&people.press, DEMO).await;
    let id = drafted(&mut room).await;
    let mut one = Editor::open(&people.press, DEMO, &id, &press).await;
    let mut other = Editor::open(&people.party, DEMO, &id, &party).await;
    const KEYS: usize = 400;
    for n in 0..KEYS {
        one.adds(if n % 5 == 4 { " " } else { "ơ" }).await;
    }
    other.until(|other| other.updates.len() == KEYS).await;
    let words = one.text();
    assert_eq!(other.text(), words);
    recorded(&mut room, &id, &words).await;
    let (text, _, typed) = replayed(&server, &id);
    assert_eq!(text, words);
    println!("{KEYS} updates in {typed} lines");
    assert!(typed * 20 <= KEYS, "{KEYS} updates in {typed} lines");
}

#[tokio::test]
async fn the_first_words_of_a_new_hand_are_in_the_log_before_another_window_sees_them() {
    let server = Server::demo();
    let people = server.people().await;
    let [party, _, press] = ids(&people).await;
    let mut room = join(&people.press, DEMO).await;
    let id = drafted(&mut room).await;
    let mut watching = Editor::open(&people.press, DEMO, &id, &press).await;
    let mut new = Editor::open(&people.party, DEMO, &id, &party).await;
    new.adds(" Lời đầu.").await;
    watching.until(|editor| editor.text().ends_with("Lời đầu.")).await;
    let (text, authors, typed) = replayed(&server, &id);
    assert_eq!((text, typed), (format!("{BEGUN} Lời đầu."), 1));
    assert_eq!(authors, [press, party]);
}

#[tokio::test]
async fn a_submission_freezes_what_everybody_sees_and_what_is_typed_after_it_waits_in_its_window() {
    let server = Server::demo();
    let people = server.people().await;
    let [party, _, press] = ids(&people).await;
    let mut room = join(&people.press, DEMO).await;
    let id = drafted(&mut room).await;
    let mut one = Editor::open(&people.press, DEMO, &id, &press).await;
    let mut other = Editor::open(&people.party, DEMO, &id, &party).await;
    one.adds(" Hồ an toàn.").await;
    other.until(|editor| editor.text().ends_with("toàn.")).await;
    // Nothing was recorded yet, and the words that were read are submitted all the same.
    act(&mut room, submit(&id, &one.text())).await;
    assert_eq!(known(&room, &id)["text"], one.text());
    let frozen = one.text();
    other.adds(" Thêm.").await;
    other.until(|editor| !editor.denied.is_empty()).await;
    assert_eq!(other.denied[0].0, "words_frozen");
    assert!(other.denied[0].1.contains("mở lại"), "{:?}", other.denied);
    assert_eq!(known(&room, &id)["text"], frozen);
    act(&mut room, reopen(&id)).await;
    all_until(&mut [&mut one, &mut other], |all| all[0].text().ends_with("Thêm.")).await;
    recorded(&mut room, &id, &other.text()).await;
    assert_eq!(replayed(&server, &id).0, other.text());
    // Words put in place whole reach the windows too, and leave the rest where it is.
    let over = other.text();
    act(&mut room, write(&id, &over, &over.replace("an toàn", "rất an toàn"))).await;
    other.until(|editor| editor.text().contains("rất an toàn")).await;
}

#[tokio::test]
async fn after_kill_9_while_two_type_no_character_is_missing_anywhere() {
    let mut server = Server::demo();
    let people = server.people().await;
    let [party, watcher, press] = ids(&people).await;
    let mut room = join(&people.press, DEMO).await;
    let id = drafted(&mut room).await;
    let mut one = Editor::open(&people.press, DEMO, &id, &press).await;
    let mut other = Editor::open(&people.party, DEMO, &id, &party).await;
    let mut watching = Editor::open(&people.people, DEMO, &id, &watcher).await;
    for round in 0..3 {
        for n in 0..15 {
            one.adds(&format!(" m{round}.{n}")).await;
            other.types(0, 0, &format!("h{n}-")).await;
        }
        // Some of it was seen, some of it may never have left.
        watching.until(|editor| editor.text().contains(&format!("m{round}.9"))).await;
        let left = server.kill();
        for editor in [&mut one, &mut other, &mut watching] {
            while editor.next().await.is_ok() {}
            editor.disconnect();
        }
        one.types(0, 0, "khi mất mạng ").await;
        server = left.start();
        // Who only watched is the first to come back, with words that others typed.
        watching.connect(&people.people).await.expect("back");
        one.connect(&people.press).await.expect("back");
        other.connect(&people.party).await.expect("back");
        // What somebody typed last reaches all, so all before it did too.
        one.adds(" xong").await;
        other.types(0, 0, &format!("và{round} ")).await;
        let done = format!("m{round}.14 xong");
        let complete = |text: String| text.contains(&done) && text.contains(&format!("và{round} "));
        let all = &mut [&mut one, &mut other, &mut watching];
        all_until(all, |all| all.iter().all(|editor| complete(editor.text()))).await;
        assert_eq!(one.text(), other.text());
        assert_eq!(one.text(), watching.text());
        let mut room = join(&people.press, DEMO).await;
        recorded(&mut room, &id, &one.text()).await;
        assert_eq!(replayed(&server, &id).0, one.text());
        assert_eq!(known(&room, &id)["authors"], json!([press, party]), "who watches is no author");
    }
    assert_eq!(one.text().matches("khi mất mạng").count(), 3);
    for round in 0..3 {
        assert!((0..15).all(|n| one.text().contains(&format!(" m{round}.{n}"))));
    }
}

#[tokio::test]
async fn a_server_that_is_told_to_end_records_what_was_typed_first() {
    let server = Server::demo();
    let people = server.people().await;
    let [_, _, press] = ids(&people).await;
    let mut room = join(&people.press, DEMO).await;
    let id = drafted(&mut room).await;
    let mut one = Editor::open(&people.press, DEMO, &id, &press).await;
    one.adds(" chữ cuối").await;
    // Once it is asked and answered, what was sent before it has been taken.
    let known = one.here.len();
    one.appear(&json!({ "person": press, "at": 1 })).await.expect("sent");
    one.until(|editor| editor.here.len() > known || editor.here.values().any(|state| state["at"] == 1)).await;
    let words = one.text();
    let path = server.log(DEMO);
    let left = server.end();
    assert!(one.closed().await.contains("4470"));
    let text = std::fs::read_to_string(path).expect("readable");
    assert!(text.lines().last().expect("a line").contains("chữ cuối"));
    let server = left.start();
    assert_eq!(replayed(&server, &id).0, words);
}

#[tokio::test]
async fn an_ended_session_closes_the_window_and_after_signing_in_again_its_words_arrive() {
    let server = Server::demo();
    let people = server.people().await;
    let [party, _, press] = ids(&people).await;
    let mut room = join(&people.press, DEMO).await;
    let id = drafted(&mut room).await;
    let mut one = Editor::open(&people.party, DEMO, &id, &party).await;
    let mut other = Editor::open(&people.press, DEMO, &id, &press).await;
    let out = people.party.call(hyper::Method::DELETE, "/api/session", None).await.expect("reached");
    assert!(out.status.is_success());
    one.adds(" gõ khi hết phiên").await;
    assert!(one.closed().await.contains("4401"));
    one.connect(&people.party).await.expect_err("signed out");
    let again = server.people().await;
    one.connect(&again.party).await.expect("signed in");
    other.until(|editor| editor.text().ends_with("hết phiên")).await;
    recorded(&mut room, &id, &other.text()).await;
    assert_eq!(known(&room, &id)["authors"], json!([press, party]));
}

#[tokio::test]
async fn what_is_no_change_ends_the_connection_and_harms_nobody() {
    let server = Server::demo();
    let people = server.people().await;
    let [party, _, press] = ids(&people).await;
    let mut room = join(&people.press, DEMO).await;
    let id = drafted(&mut room).await;
    let mut other = Editor::open(&people.press, DEMO, &id, &press).await;
    let rubbish: [&[u8]; 7] = [
        b"",
        b"rubbish",
        &[0, 2, 4, 255, 255, 255, 255],
        &[0, 2, 6, 255, 255, 255, 255, 15, 0],
        &[0, 0, 6, 255, 255, 255, 255, 15, 0],
        // A map entry, as an editor of something else would send it.
        &[0, 2, 16, 1, 1, 7, 0, 40, 1, 4, 116, 101, 120, 116, 1, 97, 1, 119, 0],
        &[9, 9, 9],
    ];
    for bytes in rubbish {
        let mut one = Editor::open(&people.party, DEMO, &id, &party).await;
        one.send(bytes.to_vec()).await.expect("sent");
        assert!(one.closed().await.contains("4400"), "{bytes:?}");
    }
    other.adds(" vẫn gõ được").await;
    recorded(&mut room, &id, &other.text()).await;
}

#[tokio::test]
async fn a_paste_beyond_every_limit_is_refused_in_words_and_the_window_goes_on_after_undoing_it() {
    let server = Server::demo();
    let people = server.people().await;
    let [party, _, press] = ids(&people).await;
    let mut room = join(&people.press, DEMO).await;
    let id = drafted(&mut room).await;
    let mut other = Editor::open(&people.press, DEMO, &id, &press).await;
    let mut one = Editor::open(&people.party, DEMO, &id, &party).await;
    one.adds(&"a".repeat(200_000)).await;
    one.until(|editor| !editor.denied.is_empty()).await;
    assert_eq!(one.denied[0].0, "too_long");
    assert!(one.denied[0].1.contains("200009"), "{:?}", one.denied);
    // Typing on stands on what is not there; the server asks for it and refuses it again.
    one.adds("b").await;
    one.until(|editor| editor.denied.len() == 2).await;
    // Undone, everything that is left is taken.
    one.types(9, 200_001, "").await;
    one.adds(" gọn.").await;
    all_until(&mut [&mut one, &mut other], |all| all[1].text() == format!("{BEGUN} gọn.")).await;
    recorded(&mut room, &id, &one.text()).await;
}

#[tokio::test]
async fn nobody_appears_as_another_or_stays_after_leaving() {
    let server = Server::demo();
    let people = server.people().await;
    let [party, _, press] = ids(&people).await;
    let mut room = join(&people.press, DEMO).await;
    let id = drafted(&mut room).await;
    let mut one = Editor::open(&people.party, DEMO, &id, &party).await;
    let mut other = Editor::open(&people.press, DEMO, &id, &press).await;
    one.appear(&json!({ "person": press, "name": "giả" })).await.expect("sent");
    one.send(here(other.hand, 99, &json!({ "person": press, "at": "giả" }).to_string())).await.expect("sent");
    one.appear(&json!({ "person": party, "name": "giả", "at": 5 })).await.expect("sent");
    other.until(|editor| editor.here.values().any(|state| state["at"] == 5)).await;
    let (of_one, of_other) = (&other.here[&one.hand], &other.here[&other.hand]);
    assert_eq!(of_one["person"], party.as_str());
    assert_ne!(of_one["name"], "giả");
    assert_eq!((&of_other["person"], &of_other["at"]), (&json!(press), &Value::Null));
}

#[tokio::test]
async fn nobody_types_under_the_number_of_another() {
    let server = Server::demo();
    let people = server.people().await;
    let [party, _, press] = ids(&people).await;
    let mut room = join(&people.press, DEMO).await;
    let id = drafted(&mut room).await;
    let mut one = Editor::open(&people.press, DEMO, &id, &press).await;
    let mut thief = Editor::open(&people.party, DEMO, &id, &party).await;
    let mut copy = Editor::new(DEMO, &id, &press);
    copy.take_number(one.hand);
    let forged = copy.types_quietly(0, 0, "giả");
    thief.send(frame(&[0, 2], &forged)).await.expect("sent");
    assert!(thief.closed().await.contains("4400"));
    one.adds(" thật").await;
    recorded(&mut room, &id, &format!("{BEGUN} thật")).await;
}

#[tokio::test]
async fn what_could_not_be_recorded_is_taken_back_from_everybody_and_said() {
    let server = Server::demo();
    let people = server.people().await;
    let [party, _, press] = ids(&people).await;
    let mut room = join(&people.press, DEMO).await;
    let id = drafted(&mut room).await;
    let mut one = Editor::open(&people.press, DEMO, &id, &press).await;
    let mut other = Editor::open(&people.party, DEMO, &id, &party).await;
    one.adds(" chưa ghi").await;
    other.until(|editor| editor.text().ends_with("ghi")).await;
    // A browser that saw more than the log has makes the room read-only.
    let known = Known { rev: 9_999, head: Some(digest("x")), ..Known::default() };
    let _witness = people.people.join(&incident(DEMO), known).await.expect("let in");
    for editor in [&mut one, &mut other] {
        assert!(editor.closed().await.contains("4461"));
        assert_eq!(editor.denied.last().map(|(code, _)| code.as_str()), Some("read_only"));
    }
    // The words are still in the window that typed them; the server has only what is on disk.
    other.connect(&people.party).await.expect("back");
    other.until(|editor| editor.denied.len() == 2).await;
    let fresh = Editor::open(&people.press, DEMO, &id, &press).await;
    assert_eq!((fresh.text().as_str(), replayed(&server, &id).0.as_str()), (BEGUN, BEGUN));
}

#[tokio::test]
async fn strangers_and_other_texts_stay_outside() {
    let server = Server::demo();
    let people = server.people().await;
    let [_, _, press] = ids(&people).await;
    let mut room = join(&people.press, DEMO).await;
    let id = drafted(&mut room).await;
    let closed = async |of: &str, id: &RowId| {
        let mut editor = Editor::new(of, id, "x");
        // Sending may already meet the closed door.
        let _ = editor.connect_only(&people.press).await;
        editor.closed().await
    };
    assert!(closed(DEMO, &RowId::new("khong-co").expect("an id")).await.contains("4404"));
    assert!(closed("khong-co", &id).await.contains("4404"));
    // Another incident does not know the statement, and its words do not stand on what is here.
    let other = opened(&people).await;
    assert!(closed(&other, &id).await.contains("4404"));
    let mut elsewhere = join(&people.press, &other).await;
    let there = row();
    let kind = "holding_statement".into();
    let draft = statement::Command::Draft { id: there.clone(), kind, title: None, follows: None };
    act(&mut elsewhere, Command::Statement(draft)).await;
    let mut stranger = Editor::open(&people.press, &other, &there, &press).await;
    let far = stranger.length();
    stranger.types(far, 0, "x").await;
    let foreign = stranger.types_quietly(far + 1, 0, " của sự cố khác");
    let mut here = Editor::open(&people.press, DEMO, &id, &press).await;
    here.send(frame(&[0, 2], &foreign)).await.expect("sent");
    here.adds(" đúng chỗ").await;
    recorded(&mut room, &id, &format!("{BEGUN} đúng chỗ")).await;
    // Without a session there is no way in at all.
    let nobody = phongtruc::client::Client::new(&server.origin);
    let mut editor = Editor::new(DEMO, &id, "x");
    let _ = editor.connect_only(&nobody).await;
    assert!(editor.closed().await.contains("4401"));
}

/// Random hands in one text, with cuts of the network, submissions and edits after them, from a seed.
#[tokio::test]
async fn many_hands_with_cuts_and_submissions_in_between_end_with_the_words_of_the_log() {
    const EDITORS: usize = 4;
    const STEPS: usize = 300;
    let server = Server::demo();
    let people = server.people().await;
    let [party, spokesperson, press] = ids(&people).await;
    let mut room = join(&people.press, DEMO).await;
    let id = drafted(&mut room).await;
    let clients = [&people.press, &people.party, &people.people, &people.press];
    let names = [&press, &party, &spokesperson, &press];
    let mut editors = vec![];
    for (client, name) in clients.iter().zip(names) {
        editors.push(Editor::open(client, DEMO, &id, name).await);
    }
    let mut dice = Dice(20_240_910);
    let mut connected = [true; EDITORS];
    let (mut typed, mut submitted) = (0, 0);
    for step in 0..STEPS {
        let who = dice.below(EDITORS as u32) as usize;
        match dice.below(20) {
            0 if connected[who] => {
                editors[who].disconnect();
                connected[who] = false;
            }
            0 | 1 if !connected[who] => {
                editors[who].connect(clients[who]).await.expect("back");
                connected[who] = true;
            }
            2 => {
                let words = known(&room, &id)["text"].as_str().expect("text").to_owned();
                // Refused when somebody typed meanwhile: these were not the words that were read.
                if let Ok(rev) = try_act(&mut room, submit(&id, &words)).await {
                    room.until(rev).await.expect("seen");
                    editors[who].types(0, 0, "trễ ").await;
                    act(&mut room, reopen(&id)).await;
                    submitted += 1;
                }
            }
            3..12 => {
                let length = editors[who].length();
                let (at, put) =
                    (dice.below(length + 1), ["a", "ơi ", "đập ", "👍", "\n"][dice.below(5) as usize]);
                editors[who].types(at, 0, put).await;
                typed += 1;
            }
            12..15 => {
                let length = editors[who].length();
                let at = dice.below(length);
                // Pairs of halves are erased whole or not at all, as a textarea does.
                if editors[who].text().encode_utf16().nth(at as usize).is_some_and(|unit| unit < 0xD800) {
                    editors[who].types(at, 1, "").await;
                }
            }
            _ => editors[who].drain().await,
        }
        if step % 50 == 49 {
            let marker = format!("[{step}]");
            for (n, editor) in editors.iter_mut().enumerate() {
                if !std::mem::replace(&mut connected[n], true) {
                    editor.connect(clients[n]).await.expect("back");
                }
                let end = editor.length();
                editor.types(end, 0, &format!("{marker}{n};")).await;
            }
            let mut all: Vec<_> = editors.iter_mut().collect();
            let complete =
                |editor: &Editor| (0..EDITORS).all(|n| editor.text().contains(&format!("{marker}{n};")));
            all_until(&mut all, |all| {
                all.iter().all(|editor| complete(editor) && editor.text() == all[0].text())
            })
            .await;
            let words = editors[0].text();
            recorded(&mut room, &id, &words).await;
            assert_eq!(replayed(&server, &id).0, words);
        }
    }
    println!("{typed} edits, {submitted} submissions");
    assert!(typed > STEPS / 4 && submitted > 0);
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % u64::from(end.max(1))).expect("below 2^32")
    }
}
