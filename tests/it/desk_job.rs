//! The statement desk, end to end, through the server: a fact, words typed together, an objection, the head's
//! decision, a joint release, proof, a correction in the open, and words that were approved beforehand.

use crate::support::editor::Editor;
use crate::support::*;
use jiff::SignedDuration;
use phongtruc::client::{Client, Connection};
use phongtruc::domain::ids::{OfficeId, RowId};
use phongtruc::domain::statement::{Command as Verb, Follows, Relation};
use phongtruc::domain::words::Splice;
use phongtruc::domain::{Command, fact};
use serde_json::Value;

fn on(verb: Verb) -> Command {
    Command::Statement(verb)
}
fn known(connection: &Connection, id: &RowId) -> Value {
    connection.known.rows("statements").find(|row| row["id"] == id.as_str()).expect("known").clone()
}
async fn until(connection: &mut Connection, is_so: impl Fn(&Connection) -> bool) {
    while !is_so(connection) {
        connection.next().await.expect("connected");
    }
}
async fn office(client: &Client) -> OfficeId {
    let (_, me) = get(client, "/api/session").await;
    OfficeId::new(me["actor"]["office"].as_str().expect("an office")).expect("an id")
}
async fn person(client: &Client) -> String {
    get(client, "/api/session").await.1["actor"]["person"].as_str().expect("signed in").to_owned()
}
fn submit(id: &RowId, words: &str) -> Command {
    on(Verb::Submit { id: id.clone(), digest: digest(words) })
}
fn published(id: &RowId, words: &str, channel: &str) -> Command {
    let (id, digest, channel) = (id.clone(), digest(words), channel.to_owned());
    on(Verb::Publish { id, digest, channel, at: jiff_now(), link: None })
}

/// Begins a statement and puts words in place of the prepared ones.
async fn drafted(connection: &mut Connection, kind: &str, follows: Option<Follows>, words: &str) -> RowId {
    let id = row();
    act(connection, on(Verb::Draft { id: id.clone(), kind: kind.into(), title: None, follows })).await;
    let over = prepared(connection, &id);
    act(connection, write(&id, &over, words)).await;
    id
}

#[tokio::test]
async fn the_desk_from_a_fact_to_a_correction() {
    let server = Server::demo();
    let people = server.people().await;
    let incident = fresh("su-co");
    let mut flood = request(&incident);
    flood["playbook"] = "natural_disaster".into();
    assert_eq!(open(&people.press, flood).await.0, 200);
    let mut press = join(&people.press, &incident).await;
    let mut party = join(&people.party, &incident).await;
    let mut speaker = join(&people.people, &incident).await;
    for connection in [&mut press, &mut party, &mut speaker] {
        act(connection, accept()).await;
    }

    // A figure, entered by one and verified by another, with one office as its only source.
    let figure = row();
    let (label, source) = ("Số hộ đã di dời".to_owned(), "Ban chỉ huy tại hiện trường".to_owned());
    let value = |value: &str| Some(value.to_owned());
    let enter = fact::Command::Enter {
        id: figure.clone(),
        label,
        value: value("12 hộ"),
        as_of: jiff_now(),
        source: source.clone(),
        from: None,
    };
    act(&mut press, Command::Fact(enter)).await;
    act(&mut party, Command::Fact(fact::Command::Verify { id: figure.clone(), version: 1 })).await;
    let sole = Some(office(&people.press).await);
    act(&mut press, Command::Fact(fact::Command::NameSource { id: figure.clone(), office: sole })).await;
    let revise = |version, figure_now: &str| {
        let (id, value, as_of, source) = (figure.clone(), value(figure_now), jiff_now(), source.clone());
        Command::Fact(fact::Command::Revise { id, version, value, as_of, source })
    };
    let refused = try_act(&mut party, revise(1, "13 hộ")).await.expect_err("another office's figure");
    assert_eq!(refused.code, "not_the_source");

    // Two type; the words rest on the figure.
    let bulletin = drafted(&mut party, "update_bulletin", None, "Đã di dời 12 hộ.").await;
    act(&mut party, on(Verb::Cite { id: bulletin.clone(), fact: figure.clone() })).await;
    let own = person(&people.party).await;
    let mut editor = Editor::open(&people.party, &incident, &bulletin, &own).await;
    editor.adds(" Bà con yên tâm.").await;
    let words = "Đã di dời 12 hộ. Bà con yên tâm.";
    until(&mut party, |it| known(it, &bulletin)["text"] == words).await;
    act(&mut party, submit(&bulletin, words)).await;

    // A strong objection stops what the spokesperson approved, until the head decides.
    press.until(party.known.rev).await.expect("seen");
    let object = |strong| {
        let (id, digest, reason) = (bulletin.clone(), digest(words), "chưa báo gia đình".to_owned());
        on(Verb::Object { id, digest, reason, strong })
    };
    act(&mut press, object(true)).await;
    act(&mut speaker, approve(&bulletin, words)).await;
    let refused = try_act(&mut speaker, published(&bulletin, words, "portal")).await.expect_err("stopped");
    assert_eq!(refused.code, "objection_stands");
    let settle = Verb::Settle {
        id: bulletin.clone(),
        digest: digest(words),
        publish: true,
        reason: "gia đình đã được báo lúc 12 giờ".into(),
    };
    let refused = try_act(&mut speaker, on(settle.clone())).await.expect_err("not the head");
    assert_eq!(refused.code, "not_allowed");
    act(&mut press, on(settle)).await;

    // Two offices go out together: not before the time, and the room notes that all was in place.
    let until_then = jiff_now() + SignedDuration::from_secs(2);
    let offices = vec![office(&people.party).await, office(&people.people).await];
    let plan = |channel: &str| {
        on(Verb::Plan { id: bulletin.clone(), channel: channel.into(), at: Some(until_then) })
    };
    act(&mut party, plan("fanpage")).await;
    act(&mut party, on(Verb::Hold { id: bulletin.clone(), until: until_then, offices })).await;
    for connection in [&mut party, &mut speaker] {
        act(connection, on(Verb::Agree { id: bulletin.clone(), digest: digest(words) })).await;
    }
    let refused = try_act(&mut speaker, published(&bulletin, words, "portal")).await.expect_err("too early");
    assert_eq!(refused.code, "embargoed");
    until(&mut speaker, |it| known(it, &bulletin)["joint"]["ready"] == true).await;
    for channel in ["portal", "fanpage"] {
        act(&mut speaker, published(&bulletin, words, channel)).await;
    }

    // What stands on a channel is compared; the registry gives a number.
    let capture = |channel: &str, text: &str| {
        let (id, channel, text) = (bulletin.clone(), channel.to_owned(), Some(text.to_owned()));
        on(Verb::Capture { id, channel, text, file: None })
    };
    act(&mut party, capture("portal", &format!("Trang chủ\n{words}"))).await;
    act(&mut party, capture("fanpage", "Đã di dời 2 hộ. Bà con yên tâm.")).await;
    let date = jiff::civil::date(2026, 11, 23);
    act(&mut press, on(Verb::Number { id: bulletin.clone(), number: "12/TC-THU".into(), date })).await;
    let row_now = known(&press, &bulletin);
    let compared: Vec<_> = row_now["releases"]
        .as_array()
        .expect("released")
        .iter()
        .map(|release| release["capture"]["compared"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(compared, ["within", "differs"]);

    // The figure changes: the published words get a task, and are corrected in the open.
    act(&mut press, revise(1, "15 hộ")).await;
    assert_eq!(known(&press, &bulletin)["citations"][0]["changed"], true);
    assert!(press.known.rows("tasks").any(|task| {
        task["title"].as_str().is_some_and(|title| title.starts_with("Rà lại phát ngôn PN-01"))
    }));
    let follows = Some(Follows { statement: bulletin.clone(), relation: Relation::Correction });
    let right = "Đính chính: đã di dời 15 hộ, không phải 12 hộ.";
    let correction = drafted(&mut party, "correction_notice", follows, right).await;
    act(&mut party, submit(&correction, right)).await;
    act(&mut speaker, approve(&correction, right)).await;
    act(&mut speaker, published(&correction, right, "portal")).await;
    assert_eq!(known(&speaker, &correction)["number"], "PN-01.2");
    assert_eq!(known(&speaker, &bulletin)["followed"]["statement"], correction.as_str());
    for channel in ["portal", "fanpage"] {
        let note = Some("đã gắn liên kết tới bản đính chính".to_owned());
        act(&mut party, on(Verb::Tick { id: bulletin.clone(), channel: channel.into(), note })).await;
    }

    // Words that were approved beforehand: only blanks, and out after one verdict.
    let form = row();
    let kind = "holding_preapproved".to_owned();
    act(&mut press, on(Verb::Draft { id: form.clone(), kind, title: None, follows: None })).await;
    let begun = prepared(&press, &form);
    let refused = try_act(&mut press, write(&form, &begun, "khác")).await.expect_err("a form");
    assert_eq!(refused.code, "only_blanks");
    let choice = |blank: &str| {
        let frame = press.known.frame["prepared"].as_array().cloned().unwrap_or_default();
        let blanks = frame.into_iter().filter(|prepared| prepared["kind"] == "holding_preapproved");
        let mut blanks =
            blanks.flat_map(|prepared| prepared["blanks"].as_array().cloned().unwrap_or_default());
        let found = blanks.find(|known| known["name"] == blank).expect("prepared");
        found["answer"]["of"][0].as_str().expect("a choice").to_owned()
    };
    let choices = ["loại_sự_việc", "điều_đã_rõ", "việc_của_lực_lượng", "lời_khuyên"]
        .map(|blank| (blank, choice(blank)));
    let typed = [
        ("đường_dây_nóng", "0214 3840 000".to_owned()),
        ("giờ_cập_nhật_tiếp", "22:00 ngày 23/11/2026".to_owned()),
    ];
    for (blank, value) in choices.into_iter().chain(typed) {
        act(&mut press, on(Verb::Fill { id: form.clone(), blank: blank.into(), value })).await;
    }
    let filled = prepared(&press, &form);
    assert!(!filled.contains("{{"), "{filled}");
    act(&mut press, submit(&form, &filled)).await;
    act(&mut speaker, approve(&form, &filled)).await;
    let rev = act(&mut speaker, published(&form, &filled, "portal")).await;
    press.until(rev).await.expect("seen");
    assert!(press.known.rows("deadlines").any(|row| row["stopped"]["statement"] == form.as_str()));

    // How the words came to be can be replayed, with who did it.
    let path = format!("/api/incidents/{incident}/statements/{bulletin}/history");
    let steps = get(&people.party, &path).await.1.as_array().expect("steps").clone();
    let replayed = steps.iter().fold(String::new(), |text, step| {
        let splice: Option<Splice> =
            serde_json::from_value(step["splice"].clone()).expect("a splice or none");
        splice.map_or_else(|| text.clone(), |splice| splice.onto(&text))
    });
    assert_eq!(replayed, words);
    let did: Vec<_> = steps.iter().filter_map(|step| step["what"].as_str()).collect();
    assert_eq!(did[..5], ["drafted", "written", "cited", "typed", "submitted"]);
    assert!(steps.iter().all(|step| step["by"]["person"].is_string() && step["at"].is_string()));
    assert_eq!(get(&people.party, &path.replace(bulletin.as_str(), "khong-co")).await.0, 404);

    // A draft is put aside, and the log is whole.
    let aside = drafted(&mut party, "qa_sheet", None, "Hỏi: …").await;
    act(&mut party, on(Verb::Drop { id: aside, reason: "trùng".into() })).await;
    let verified = program().arg("verify").arg(server.log(&incident)).output().expect("ran");
    assert!(verified.status.success());
    // A release keeps one of its logs for ever: GOLDEN=tests/golden/0.2.0.jsonl cargo test from_a_fact_to_a_correction
    if let Some(golden) = std::env::var_os("GOLDEN") {
        std::fs::copy(server.log(&incident), golden).expect("copied");
    }
}
