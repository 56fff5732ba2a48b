//! Tasks and questions of the press on a real server: what shows that a task is done, whom it is given to, who has to
//! answer. Names come from the directory, never from whoever sends them.

use crate::support::*;
use phongtruc::client::Connection;
use phongtruc::domain::ids::{OfficeId, PersonId, RowId};
use phongtruc::domain::owner::{Named, Owner};
use phongtruc::domain::task::evidence::{Evidence, Shown};
use phongtruc::domain::{Command, enquiry, entry, task};
use serde_json::{Value, json};

fn claimed(person: &str) -> Named {
    let person = PersonId::new(person).expect("an id");
    Named {
        person, name: "Ai Đó Khác".into(), title: "Chủ tịch".into(), office: OfficeId::new("khong-co")
    }
}

fn row_of<'a>(window: &'a Connection, table: &'a str, id: &RowId) -> &'a Value {
    window.known.rows(table).into_iter().find(|row| row["id"] == id.as_str()).expect("there")
}

fn last_line(window: &Connection) -> String {
    let lines = window.known.rows("lines");
    let last = lines.into_iter().max_by_key(|line| (line["id"][0].as_u64(), line["id"][1].as_u64()));
    last.expect("a line")["text"].as_str().expect("text").to_owned()
}

/// An open mandatory task of the office that leads.
fn mandatory(window: &Connection) -> RowId {
    let open = window.known.rows("tasks").into_iter().find(|row| {
        row["mandatory"] == true
            && row["progress"]["state"] == "open"
            && row["asleep"].is_null()
            && row["due"]["anchor"] != "closed_at"
    });
    RowId::new(open.expect("one is planned")["id"].as_str().expect("an id")).expect("an id")
}

#[tokio::test]
async fn a_mandatory_task_is_done_with_evidence_that_everybody_sees_and_every_export_names() {
    let server = Server::demo();
    let people = server.people().await;
    let incident = opened(&people).await;
    let (mut press, mut party) = (join(&people.press, &incident).await, join(&people.party, &incident).await);
    let id = mandatory(&press);
    let finish = |evidence| {
        let note = Some("Đã phân loại theo biên bản".into());
        Command::Task(task::Command::Finish { id: id.clone(), note, evidence })
    };
    let refused = try_act(&mut press, finish(Evidence::default())).await.expect_err("nothing shows it");
    assert_eq!(refused.code, "evidence_missing");
    assert!(refused.words.contains("minh chứng (tệp, đường dẫn"), "{}", refused.words);
    let nothing = Evidence { row: Some(Shown::Entry { id: row() }), ..Evidence::default() };
    assert_eq!(try_act(&mut press, finish(nothing)).await.expect_err("no such entry").code, "shows_nothing");

    let said = row();
    let add = entry::Command::Add {
        id: said.clone(),
        text: "Họp phân loại, kết luận: nguy hại".into(),
        occurred_at: None,
        source: None,
        origin: None,
        attachments: vec![],
        from: None,
    };
    act(&mut press, Command::Entry(add)).await;
    let shown = Evidence { row: Some(Shown::Entry { id: said.clone() }), ..evidence() };
    let rev = act(&mut press, finish(shown)).await;
    party.until(rev).await.expect("seen");
    let progress = &row_of(&party, "tasks", &id)["progress"];
    assert_eq!(progress["evidence"]["row"], json!({ "kind": "entry", "id": said.as_str() }));
    let sentence = "Minh chứng: diễn biến “Họp phân loại, kết luận: nguy hại”; https://example.vn/minh-chung";
    assert!(last_line(&party).ends_with(sentence), "{}", last_line(&party));
    for format in ["html", "csv"] {
        let path = format!("/api/incidents/{incident}/export/{format}");
        let answer = people.party.call(hyper::Method::GET, &path, None).await.expect("reached");
        let text = String::from_utf8(answer.body.to_vec()).expect("UTF-8");
        assert!(text.contains("https://example.vn/minh-chung"), "{format}");
    }
}

#[tokio::test]
async fn a_person_is_named_as_the_directory_has_them_and_only_with_a_part_in_the_incident() {
    let server = Server::demo();
    let people = server.people().await;
    let incident = opened(&people).await;
    let (mut press, mut party) = (join(&people.press, &incident).await, join(&people.party, &incident).await);
    let (status, members) = get(&people.party, &format!("/api/incidents/{incident}/members")).await;
    let members = members.as_array().expect("a list").clone();
    assert_eq!((status, members.len()), (200, 3), "{members:?}");
    assert!(
        members.iter().all(|one| one["roles"].to_string().contains("duty") && one["office"].is_string()),
        "{members:?}"
    );
    let real = members.iter().find(|one| one["person"] == "demo-party-office").expect("has a part");

    let id = mandatory(&press);
    let name =
        |person: &str| Command::Task(task::Command::Name { id: id.clone(), to: Some(claimed(person)) });
    assert_eq!(try_act(&mut press, name("nobody")).await.expect_err("unknown").code, "no_part");
    let rev = act(&mut press, name("demo-party-office")).await;
    party.until(rev).await.expect("seen");
    let named = &row_of(&party, "tasks", &id)["named"];
    let spoken = |row: &Value| row["name"].as_str().expect("a name").replace(" (nhân vật diễn tập)", "");
    assert_eq!((spoken(named), &named["office"]), (spoken(real), &real["office"]), "not as it was sent");
    let take = Command::Task(task::Command::Take { id: id.clone() });
    act(&mut party, take).await;

    let question = row();
    let asked = enquiry::Asked {
        outlet: "Báo Thử Nghiệm".into(),
        asked_by: None,
        question: "Đập có an toàn không?".into(),
        received_at: jiff_now(),
        due_at: None,
    };
    let enter = enquiry::Command::Enter { id: question.clone(), asked, owner: None, from: None };
    act(&mut press, Command::Enquiry(enter)).await;
    let to = Owner::Person { named: claimed("demo-party-office") };
    let hand_on = enquiry::Command::HandOn { id: question.clone(), to, note: None };
    let rev = act(&mut press, Command::Enquiry(hand_on)).await;
    party.until(rev).await.expect("seen");
    let owner = &row_of(&party, "enquiries", &question)["owner"]["named"];
    assert_eq!(spoken(owner), spoken(real));
    let (_, waits) = get(&people.party, "/api/waiting").await;
    let mine = waits.as_array().expect("a list").iter().find(|one| one["incident"] == incident.as_str());
    let mine = mine.expect("something waits")["waits"].to_string();
    assert!(mine.contains(r#""kind":"enquiry""#), "{mine}");
}
