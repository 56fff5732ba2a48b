//! Talk through the server: whom a message names, what waits for them, which office has confirmed, and what of it
//! becomes record, in every export.

use crate::designations::{by_new_link, post};
use crate::support::*;
use hyper::Method;
use phongtruc::client::{Client, Connection};
use phongtruc::domain::ids::{OfficeId, PersonId, RowId};
use phongtruc::domain::message::{self, Mention};
use phongtruc::domain::{Command, entry, fact};
use serde_json::{Value, json};

fn on(verb: message::Command) -> Command {
    Command::Message(verb)
}
/// Words that name somebody, as a browser sends them: without what the server knows better.
fn naming(id: &RowId, text: &str, mentions: Vec<Mention>, reply: Option<&RowId>) -> Command {
    let (id, text, reply) = (id.clone(), text.to_owned(), reply.cloned());
    on(message::Command::Send { id, text, origin: None, attachments: vec![], reply, mentions, ask: vec![] })
}
async fn me(client: &Client) -> Value {
    get(client, "/api/session").await.1["actor"].clone()
}
fn person(id: &str) -> Mention {
    Mention::Person { person: PersonId::new(id).expect("an id"), name: "ai đó".into() }
}
fn office(row: &Value) -> OfficeId {
    OfficeId::new(row["office"].as_str().expect("an office")).expect("an id")
}
fn the_row(connection: &Connection, id: &RowId) -> Value {
    connection.known.rows("messages").find(|row| row["id"] == id.as_str()).expect("known").clone()
}
/// What of the talk waits for somebody, on every page.
async fn waits(client: &Client) -> Vec<Value> {
    let (_, all) = get(client, "/api/waiting").await;
    let all = all.as_array().cloned().unwrap_or_default();
    let all = all.into_iter().flat_map(|one| one["waits"].as_array().cloned().unwrap_or_default());
    let talk = |wait: &Value| wait["what"]["kind"] == "mentioned" || wait["what"]["kind"] == "acknowledge";
    all.filter(talk).map(|wait| wait["what"].clone()).collect()
}

#[tokio::test]
async fn who_is_named_is_completed_waits_and_is_of_the_incident() {
    let server = Server::demo();
    let people = server.people().await;
    let id = opened(&people).await;
    let mut press = join(&people.press, &id).await;
    let mut party = join(&people.party, &id).await;
    // Whom a message may name, the server says.
    let (status, members) = get(&people.press, &format!("/api/incidents/{id}/members")).await;
    assert_eq!(status, 200);
    let actor = me(&people.party).await;
    let who = actor["person"].as_str().expect("a person").to_owned();
    let members = members.as_array().expect("people").clone();
    let known = members.iter().find(|row| row["person"] == who).expect("a member").clone();
    let name = known["name"].as_str().expect("a name").to_owned();
    assert!(actor["name"].as_str().expect("a name").starts_with(&name) && !name.contains('('));

    let named = row();
    act(&mut press, naming(&named, &format!("@{name} xem giúp"), vec![person(&who)], None)).await;
    let whom = the_row(&press, &named)["mentions"][0]["whom"].clone();
    assert_eq!(
        whom,
        json!({ "kind": "person", "person": who, "name": name }),
        "not what the sender called them"
    );
    let mentioned = json!({ "kind": "mentioned", "message": named.as_str() });
    assert!(waits(&people.party).await.contains(&mentioned));
    assert!(!waits(&people.people).await.contains(&mentioned));
    // An answer is more than having read it.
    party.until(press.known.rev).await.expect("seen");
    let answer = row();
    let rev = act(&mut party, naming(&answer, "Đã xem, đúng", vec![], Some(&named))).await;
    press.until(rev).await.expect("seen");
    assert!(!waits(&people.party).await.contains(&mentioned));
    assert_eq!(the_row(&press, &named)["mentions"][0]["seen"]["person"], who.as_str());
    assert_eq!(the_row(&press, &answer)["reply"]["id"], named.as_str());

    // Nobody at all, and an office that is not there.
    let nobody = try_act(&mut press, naming(&row(), "@ai", vec![person("khong-co")], None)).await;
    assert_eq!(nobody.expect_err("nobody").code, "nobody_so");
    let offices = get(&people.press, "/api/offices").await.1.as_array().expect("offices").clone();
    let here = |office: &Value| press.known.rows("offices").any(|row| row["id"] == office["id"]);
    let other = offices.iter().find(|office| !here(office)).expect("one outside").clone();
    let other_office = OfficeId::new(other["id"].as_str().expect("an id")).expect("an id");
    let mention = Mention::Office { office: other_office, name: "giả".into() };
    let text = format!("@{} phối hợp", other["name"].as_str().expect("a name"));
    let not_here =
        try_act(&mut press, naming(&row(), &text, vec![mention], None)).await.expect_err("not here");
    assert_eq!(not_here.code, "office_outside");
    assert!(not_here.words.contains(other["name"].as_str().expect("a name")), "{}", not_here.words);
}

#[tokio::test]
async fn somebody_without_a_part_in_the_incident_cannot_be_named() {
    let dir = tempfile::tempdir().expect("a directory");
    let server = Server::run(dir.path(), "127.0.0.1:0", &["serve"]);
    let admin = by_new_link(&server, &server.links[0]).await;
    let new = json!({ "login": "mot", "name": "Người Một", "title": "Trực", "function": "press_authority",
        "roles": ["duty", "secretary", "head"], "spokesperson": null });
    let (status, link) = post(&admin, "/api/accounts", new).await;
    assert_eq!(status, 200, "{link}");
    let press = by_new_link(&server, link["url"].as_str().expect("a link")).await;
    let id = fresh("su-co");
    assert_eq!(open(&press, request(&id)).await.0, 200);
    let mut room = join(&press, &id).await;
    // Who keeps the accounts has no part in incidents.
    let keeper = me(&admin).await;
    let (who, name) =
        (keeper["person"].as_str().expect("a person"), keeper["name"].as_str().expect("a name"));
    let (_, members) = get(&press, &format!("/api/incidents/{id}/members")).await;
    assert!(!members.as_array().expect("people").iter().any(|row| row["person"] == who));
    let name = message::spoken(name);
    let named = try_act(&mut room, naming(&row(), &format!("@{name} xem"), vec![person(who)], None)).await;
    let refused = named.expect_err("no part");
    assert_eq!(refused.code, "person_outside");
    assert!(refused.words.contains(name) && refused.words.contains("mời"), "{}", refused.words);
    assert_eq!(get(&admin, &format!("/api/incidents/{id}/members")).await.0, 404);
}

#[tokio::test]
async fn each_office_confirms_for_itself_and_what_is_pinned_comes_first() {
    let server = Server::demo();
    let people = server.people().await;
    let id = opened(&people).await;
    let mut press = join(&people.press, &id).await;
    let mut party = join(&people.party, &id).await;
    let (party_office, other_office) = (office(&me(&people.party).await), office(&me(&people.people).await));
    let urgent = row();
    let send = message::Command::Send {
        id: urgent.clone(),
        text: "Sơ tán thôn 3 ngay".into(),
        origin: None,
        attachments: vec![],
        reply: None,
        mentions: vec![],
        ask: vec![party_office.clone(), other_office.clone()],
    };
    act(&mut press, on(send)).await;
    act(&mut press, on(message::Command::Pin { id: urgent.clone() })).await;
    let waiting = json!({ "kind": "acknowledge", "message": urgent.as_str(), "reminded": 0 });
    assert!(waits(&people.party).await.contains(&waiting) && waits(&people.people).await.contains(&waiting));
    let rev = act(&mut party, on(message::Command::Acknowledge { id: urgent.clone() })).await;
    press.until(rev).await.expect("seen");
    assert!(!waits(&people.party).await.contains(&waiting));
    assert!(waits(&people.people).await.contains(&waiting), "one office ends nothing for another");
    let offices = the_row(&press, &urgent)["asked"]["offices"].clone();
    assert_eq!(offices[0]["confirmed"]["office"], party_office.as_str());
    assert!(offices[0]["confirmed"]["at"].is_string() && offices[1]["confirmed"].is_null());
    // Nobody but the room reminds.
    let refused = try_act(&mut party, on(message::Command::Remind { id: urgent.clone() })).await;
    assert_eq!(refused.expect_err("the room's own").code, "not_allowed");
    // However much is said after it, a new window has it.
    for n in 0..230 {
        press.ask(&command_id(), &say(&format!("tin {n}"))).await.expect("sent");
    }
    act(&mut press, say("cuối")).await;
    let fresh = join(&people.people, &id).await;
    assert_eq!(fresh.known.rows("messages").count(), 201);
    assert_eq!(the_row(&fresh, &urgent)["pinned"]["person"], me(&people.press).await["person"]);
    // Answering what is not loaded works, and carries what it answers.
    let oldest = press.known.rows("messages").find(|row| row["text"] == "tin 0").expect("said").clone();
    let old = RowId::new(oldest["id"].as_str().expect("an id")).expect("an id");
    assert!(!fresh.known.rows("messages").any(|row| row["id"] == old.as_str()));
    let mut fresh = fresh;
    let answer = row();
    act(&mut fresh, naming(&answer, "Rõ", vec![], Some(&old))).await;
    assert_eq!(the_row(&fresh, &answer)["reply"]["text"], "tin 0");
}

#[tokio::test]
async fn a_message_becomes_record_with_its_letters_and_says_what_came_of_it() {
    let server = Server::demo();
    let people = server.people().await;
    let id = opened(&people).await;
    let mut press = join(&people.press, &id).await;
    // Hmong, Dao and Tày, a letter that only exists as two characters, and emoji: sent apart, kept in one form.
    let words = "Bà con Hmôngz ở thôn Đhâu, người Dao ở Nậm Đét và người Tày gọi «mừa lườn» ə̌ 👨\u{200D}👩\u{200D}👧 🌊";
    let apart: String = unicode_normalization::UnicodeNormalization::nfd(words).collect();
    let said = row();
    let command = on(message::Command::plain(said.clone(), &apart, None));
    let cause = command_id();
    for _ in 0..2 {
        press.ask(&cause, &command).await.expect("sent");
        press.answer(&cause).await.expect("answered").expect("accepted");
    }
    let again = try_act(&mut press, command).await.expect_err("another command with the same message");
    assert_eq!(again.code, "already_there");
    assert_eq!(press.known.rows("messages").count(), 1, "sent thrice, it is one");
    assert_eq!(the_row(&press, &said)["text"], words);

    let (source, text) = (Some("nhắn trong phòng".to_owned()), words.to_owned());
    let (occurred_at, from) = (Some(jiff_now()), Some(said.clone()));
    let entered = row();
    let add = entry::Command::Add {
        id: entered.clone(),
        text,
        occurred_at,
        source,
        origin: None,
        attachments: vec![],
        from,
    };
    act(&mut press, Command::Entry(add)).await;
    let counted = row();
    let enter = fact::Command::Enter {
        id: counted.clone(),
        label: "Số hộ Hmôngz phải di dời".into(),
        value: Some("12 hộ".into()),
        as_of: jiff_now(),
        source: "nhắn trong phòng".into(),
        from: Some(said.clone()),
    };
    act(&mut press, Command::Fact(enter)).await;
    let became = the_row(&press, &said)["became"].clone();
    assert_eq!((&became[0]["noun"], &became[0]["id"]), (&json!("entry"), &json!(entered.as_str())));
    assert_eq!((&became[1]["noun"], &became[1]["id"]), (&json!("fact"), &json!(counted.as_str())));
    let line =
        press.known.rows("lines").find(|row| row["entry"] == entered.as_str()).expect("a line").clone();
    assert_eq!((&line["from"], &line["text"]), (&json!(said.as_str()), &json!(words)));
    let unknown = Command::Entry(entry::Command::Add {
        id: row(),
        text: "từ đâu?".into(),
        occurred_at: None,
        source: None,
        origin: None,
        attachments: vec![],
        from: Some(row()),
    });
    assert_eq!(try_act(&mut press, unknown).await.expect_err("from nowhere").code, "unknown");

    for format in ["html", "csv", "json"] {
        let path = format!("/api/incidents/{id}/export/{format}");
        let answer = people.press.call(Method::GET, &path, None).await.expect("reached");
        let text = String::from_utf8(answer.body.to_vec()).expect("UTF-8");
        assert!(text.contains(words), "{format}");
    }
    let pdf = people.press.call(Method::GET, &format!("/api/incidents/{id}/export/pdf"), None).await;
    assert_eq!(pdf.expect("reached").status, 200);

    // Too long is refused with both numbers, and what fits is not.
    let long = try_act(&mut press, say(&"ạ".repeat(10_000))).await.expect_err("too long");
    assert_eq!(long.code, "too_long");
    assert!(long.words.contains("10000") && long.words.contains("8000"), "{}", long.words);
    act(&mut press, say(&"ạ".repeat(8_000))).await;
}
