//! Finding across incidents: whoever looks finds what the room would show them, and nothing else.

use crate::designations::{by_new_link, post};
use crate::support::*;
use phongtruc::client::Client;
use phongtruc::domain::ids::RowId;
use phongtruc::domain::{Command, statement};
use serde_json::{Value, json};
use tempfile::TempDir;

const DRAFT: &str = "Lời chưa ai duyệt: cầu Ngòi Thử đã sập.";

/// An authority with a desk, an officer at the scene, an observer, and an office that has no part in what happens.
pub struct House {
    _server: Server,
    pub desk: Client,
    pub scene: Client,
    pub observer: Client,
    pub outsider: Client,
    _dir: TempDir,
}

impl House {
    pub async fn new() -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let server = Server::run(dir.path(), "127.0.0.1:0", &["serve"]);
        let admin = by_new_link(&server, &server.links[0]).await;
        let added = async |login: &str, function: &str, roles: &[&str]| {
            let new = json!({ "login": login, "name": format!("Người {login}"), "title": "Trực",
                "function": function, "roles": roles, "spokesperson": null });
            let (status, link) = post(&admin, "/api/accounts", new).await;
            assert_eq!(status, 200, "{link}");
            by_new_link(&server, link["url"].as_str().expect("a link")).await
        };
        let desk = added("ban-lam-viec", "press_authority", &["duty", "secretary", "head"]).await;
        let scene = added("hien-truong", "pc_office", &["field"]).await;
        let observer = added("theo-doi", "pc_office", &["observer"]).await;
        let outsider = added("ngoai-cuoc", "education_dept", &["duty"]).await;
        Self { _server: server, desk, scene, observer, outsider, _dir: dir }
    }

    /// An incident of the desk's.
    pub async fn incident(&self, title: &str) -> String {
        let id = fresh("su-co");
        let mut request = request(&id);
        request["title"] = title.into();
        let (status, opened) = open(&self.desk, request).await;
        assert_eq!(status, 200, "{opened}");
        id
    }
}

/// What a person finds, once the index has caught up: each question asks how far it is behind.
pub async fn find(client: &Client, query: &str) -> Value {
    loop {
        let (status, found) = get(client, &format!("/api/find?{query}")).await;
        assert_eq!(status, 200, "{found}");
        if found["behind"] == 0 {
            return found;
        }
    }
}

fn rows(found: &Value) -> Vec<&Value> {
    let incidents = found["incidents"].as_array().expect("a list").iter();
    incidents.flat_map(|incident| incident["rows"].as_array().expect("a list")).collect()
}

/// All rows of an incident, page by page; rows of one second stand in no order that means anything.
async fn all_rows(client: &Client, incident: &str, query: &str) -> Vec<String> {
    let mut all = vec![];
    for page in 0.. {
        let found = find(client, &format!("{query}&incident={incident}&page={page}")).await;
        if rows(&found).is_empty() {
            break;
        }
        all.extend(rows(&found).iter().map(ToString::to_string));
    }
    all.sort();
    all
}

fn kinds(found: &Value) -> Vec<&str> {
    let mut kinds: Vec<_> = rows(found).iter().map(|row| row["kind"].as_str().expect("a kind")).collect();
    kinds.sort_unstable();
    kinds
}

fn said(pieces: &Value) -> String {
    let piece = |piece: &Value| {
        let text = piece["text"].as_str().expect("text");
        if piece["hit"] == true { format!("[{text}]") } else { text.to_owned() }
    };
    pieces.as_array().expect("pieces").iter().map(piece).collect()
}

#[tokio::test]
async fn everybody_finds_what_the_room_shows_them_and_no_draft_leaks() {
    let house = House::new().await;
    let id = house.incident("Tin đồn sập cầu Ngòi Thử").await;
    let mut window = join(&house.desk, &id).await;
    act(&mut window, say("Cầu Ngòi Thử vẫn thông xe, hoà giải xong.")).await;
    act(&mut window, note("Xã báo cầu Ngòi Thử bình thường")).await;
    act(&mut window, decide("Không đóng cầu Ngòi Thử")).await;
    let row = row();
    let draft = statement::Command::Draft {
        id: row.clone(),
        kind: "holding_statement".into(),
        title: None,
        follows: None,
    };
    act(&mut window, Command::Statement(draft)).await;
    let before = prepared(&window, &row);
    act(&mut window, write(&row, &before, DRAFT)).await;

    for query in ["q=cau+ngoi+thu", "q=C%E1%BA%A6U+NG%C3%92I+TH%E1%BB%AC"] {
        let desk = find(&house.desk, query).await;
        let known = ["decision", "incident", "line", "line", "line", "message", "statement"];
        let all: Vec<_> =
            desk["kinds"].as_array().expect("kinds").iter().map(|it| it["kind"].as_str()).collect();
        assert_eq!(desk["rows_in_all"], known.len(), "{desk}");
        assert!(all.contains(&Some("statement")) && all.contains(&Some("decision")));
        for client in [&house.scene, &house.observer] {
            let found = find(client, query).await;
            assert_eq!(found["rows_in_all"], known.len() - 1, "all but the draft: {found}");
            assert!(!found.to_string().contains("sập.") && !kinds(&found).contains(&"statement"), "{found}");
        }
        let nothing = find(&house.outsider, query).await;
        assert_eq!((&nothing["incidents_in_all"], &nothing["kinds"]), (&json!(0), &json!([])), "{nothing}");
    }
    assert_eq!(find(&house.scene, "q=chua+ai+duyet").await["rows_in_all"], 0, "nor by its own words");
    assert_eq!(kinds(&find(&house.desk, "q=chua+ai+duyet").await), ["statement"]);
    // By a mark in another place, and by none.
    let one = find(&house.scene, "q=h%C3%B2a+giai").await;
    let [message] = &rows(&one)[..] else { panic!("{one}") };
    assert_eq!(said(&message["text"]), "Cầu Ngòi Thử vẫn thông xe, [hoà] [giải] xong.");
    assert_eq!(message["at"].as_str().map(|at| at.ends_with('Z')), Some(true));
}

#[tokio::test]
async fn rows_are_found_by_number_person_kind_and_time_and_each_is_the_very_row() {
    let house = House::new().await;
    let (first, second) =
        (house.incident("Sạt lở đường Thử").await, house.incident("Lũ quét suối Thử").await);
    let mut window = join(&house.desk, &first).await;
    let mut scene = join(&house.scene, &first).await;
    act(&mut scene, say("Đá lăn xuống mặt đường")).await;
    let (asked, figure) = (row(), row());
    let enter = json!({ "noun": "enquiry", "verb": "enter", "id": asked, "asked": { "outlet": "Báo Thử",
        "asked_by": "Phóng viên Bịa", "question": "Đường Thử bao giờ thông?", "received_at": jiff_now() } });
    act(&mut window, serde_json::from_value(enter).expect("a command")).await;
    let enter = json!({ "noun": "fact", "verb": "enter", "id": figure, "label": "Số mét đường hỏng",
        "value": "45 mét", "as_of": jiff_now(), "source": "Hạt đường bộ" });
    act(&mut window, serde_json::from_value(enter).expect("a command")).await;
    let draft: RowId = row();
    let drafted = statement::Command::Draft {
        id: draft.clone(),
        kind: "holding_statement".into(),
        title: Some("Về đường Thử".into()),
        follows: None,
    };
    let rev = act(&mut window, Command::Statement(drafted)).await;
    scene.until(rev).await.expect("seen");

    let found = find(&house.scene, "q=duong&person=bia").await;
    let [question] = &rows(&found)[..] else { panic!("{found}") };
    assert_eq!((&question["kind"], &question["row"]), (&json!("enquiry"), &json!(asked.to_string())));
    assert!(said(&question["who"]).contains("[Bịa]"), "{question}");
    let found = find(&house.desk, "person=hien-truong&kinds=message").await;
    assert_eq!(rows(&found).len(), 1, "by who said it, without a word: {found}");
    assert_eq!(kinds(&find(&house.desk, "q=45+met&kinds=fact").await), ["fact"]);
    // Every row that is found is in the room, under the id that the link names.
    for (kind, table) in
        [("message", "messages"), ("enquiry", "enquiries"), ("fact", "facts"), ("statement", "statements")]
    {
        let found = find(&house.scene, &format!("q=duong&kinds={kind}")).await;
        assert!(!rows(&found).is_empty(), "{kind}");
        for row in rows(&found) {
            assert!(scene.known.rows(table).any(|known| known["id"] == row["row"]), "{kind} {row}");
        }
    }
    let number = prepared_number(&window, &draft);
    let by_number = find(&house.scene, &format!("q={number}&kinds=statement")).await;
    assert_eq!(rows(&by_number)[0]["row"], draft.to_string(), "{by_number}");
    let lines = find(&house.scene, "q=duong&kinds=line").await;
    for row in rows(&lines) {
        let id: Vec<u64> =
            row["row"].as_str().expect("text").split('-').map(|n| n.parse().expect("n")).collect();
        assert!(scene.known.rows("lines").any(|known| known["id"] == json!(id)), "{row}");
    }
    // By incident, and by time.
    let both = find(&house.desk, "q=thu").await;
    assert_eq!(both["incidents_in_all"], 2);
    assert_eq!(both["incidents"][0]["id"], second, "the newest first");
    let one = find(&house.desk, &format!("q=thu&incident={first}")).await;
    assert_eq!((&one["incidents_in_all"], &one["incidents"][0]["id"]), (&json!(1), &json!(first)));
    assert_eq!(find(&house.desk, "q=thu&until=2020-01-01T00:00:00Z").await["rows_in_all"], 0);
    assert_eq!(
        find(&house.desk, "q=thu&from=2020-01-01T00:00:00Z").await["rows_in_all"],
        both["rows_in_all"]
    );
}

fn prepared_number(window: &phongtruc::client::Connection, id: &RowId) -> String {
    let mut rows = window.known.rows("statements");
    let row = rows.find(|row| row["id"] == id.to_string()).expect("drafted");
    row["number"].as_str().expect("text").to_owned()
}

#[tokio::test]
async fn a_long_night_is_paged_and_an_index_that_is_lost_is_made_again() {
    let server = Server::demo();
    let desk = server.people().await.press;
    let id = fresh("su-co");
    assert_eq!(open(&desk, request(&id)).await.0, 200);
    let mut window = join(&desk, &id).await;
    for n in 0..70 {
        act(&mut window, say(&format!("điện qoằn thứ {n}"))).await;
    }
    let few = find(&desk, "q=qoan").await;
    assert_eq!((rows(&few).len(), &few["rows_in_all"]), (phongtruc::rooms::ROWS_SHOWN, &json!(70)));
    let mut all = vec![];
    for page in 0..3 {
        let found = find(&desk, &format!("q=qoan&incident={id}&page={page}")).await;
        all.extend(rows(&found).iter().map(|row| row["row"].as_str().expect("text").to_owned()));
    }
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 70, "every row once, over its pages");
    assert!(rows(&find(&desk, &format!("q=qoan&incident={id}&page=3")).await).is_empty());

    // A last word begins others only from three letters on, so 7 is 7 and not 70.
    assert_eq!(find(&desk, "q=qoan+7").await["rows_in_all"], 1);
    let before = all_rows(&desk, DEMO, "q=dap").await;
    assert!(before.len() > phongtruc::rooms::ROWS_SHOWN, "{before:?}");
    drop(window);
    let left = server.kill();
    std::fs::remove_dir_all(left.data.join("index")).expect("removable");
    let server = left.start();
    let desk = server.people().await.press;
    assert_eq!(all_rows(&desk, DEMO, "q=dap").await, before, "the same rows with the same words");
    assert_eq!(find(&desk, "q=qoan").await["rows_in_all"], 70);
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused_in_words_or_finds_nothing() {
    let house = House::new().await;
    let id = house.incident("Thử").await;
    let (status, refused) = get(&house.desk, "/api/find?q=thu&kinds=zzz").await;
    assert_eq!((status, refused["code"].as_str()), (422, Some("unknown_kind")));
    assert_eq!(get(&house.desk, "/api/find?q=thu&incident=../../x").await.0, 404);
    assert_eq!(find(&house.outsider, &format!("q=thu&incident={id}")).await["rows_in_all"], 0);
    let long = "th%E1%BB%AD+".repeat(2_000);
    for query in ["", "q=", "q=%F0%9F%9A%A8", "q=%00%01", "q=%25%2F..", "q=zyzzyva", long.as_str()] {
        let found = find(&house.desk, query).await;
        assert!(found["rows_in_all"].is_u64(), "{query}");
    }
    assert_eq!(find(&house.desk, "q=thu&page=4294967295").await["incidents"], json!([]));
}
