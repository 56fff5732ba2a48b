//! Who speaks for the authority: by which document, in which incident, until when; and that an open window loses the
//! right with its next command.

use crate::support::*;
use hyper::Method;
use jiff::{SignedDuration, Timestamp};
use phongtruc::client::{Client, Connection};
use phongtruc::domain::ids::RowId;
use serde_json::{Value, json};
use tempfile::TempDir;

const WORDS: &str = "Đập an toàn. Cơ quan chức năng đang xác minh nguồn tin.";
const PASSWORD: &str = "một mật khẩu đủ dài";

/// An authority with its administrator, its head, an officer of the press authority and one of its own office.
struct Authority {
    server: Server,
    admin: Client,
    head: String,
    press: Client,
    duty: Client,
    duty_id: String,
    _dir: TempDir,
}

pub async fn by_new_link(server: &Server, link: &str) -> Client {
    let (_, token) = link.split_once('#').expect("a token");
    let mut client = Client::new(&server.origin);
    let body = json!({ "token": token, "password": PASSWORD });
    let answer = client.call(Method::POST, "/api/session/link", Some(&body)).await.expect("reached");
    client.keep_cookie(&answer).expect("signed in");
    client
}

pub async fn post(client: &Client, path: &str, body: Value) -> (u16, Value) {
    let answer = client.call(Method::POST, path, Some(&body)).await.expect("reached");
    (answer.status.as_u16(), answer.json())
}

fn hours_from_now(hours: i64) -> Timestamp {
    jiff_now() + SignedDuration::from_hours(hours)
}

impl Authority {
    async fn new() -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let server = Server::run(dir.path(), "127.0.0.1:0", &["serve"]);
        let admin = by_new_link(&server, &server.links[0]).await;
        let added = async |login: &str, function: &str, roles: &[&str]| {
            let new = json!({ "login": login, "name": login, "title": "Trực", "function": function,
                "roles": roles, "spokesperson": null });
            let (status, link) = post(&admin, "/api/accounts", new).await;
            assert_eq!(status, 200, "{link}");
            link["url"].as_str().expect("a link").to_owned()
        };
        added("lanh-dao", "pc_office", &[]).await;
        let press = added("bao-chi", "press_authority", &["duty", "secretary", "head"]).await;
        let duty = added("van-phong", "pc_office", &["duty"]).await;
        let (press, duty) = (by_new_link(&server, &press).await, by_new_link(&server, &duty).await);
        let accounts = get(&admin, "/api/accounts").await.1;
        let id = |login: &str| account(&accounts, login)["person"].as_str().expect("an id").to_owned();
        let (head, duty_id) = (id("lanh-dao"), id("van-phong"));
        let authority = Self { server, admin, head, press, duty, duty_id, _dir: dir };
        let headed = json!({ "kind": "head", "instrument": "01/NQ-HĐND", "from": hours_from_now(-24),
            "until": null, "incident": null, "by": null });
        assert_eq!(authority.designate(&authority.head, headed).await, (204, Value::Null));
        authority
    }

    async fn designate(&self, person: &str, designation: Value) -> (u16, Value) {
        let body = json!({ "id": command_id(), "designation": designation });
        post(&self.admin, &format!("/api/accounts/{person}/designations"), body).await
    }

    /// The duty officer speaks in `incident` by the head's delegation, for so many hours from so many ago.
    async fn delegate(&self, incident: &str, from: i64, until: i64) {
        let answer = self.designate(&self.duty_id, delegated(&self.head, incident, from, until)).await;
        assert_eq!(answer, (204, Value::Null));
    }

    async fn revoke(&self, number: u32) -> (u16, Value) {
        let path = format!("/api/accounts/{}/designations/{number}/revoke", self.duty_id);
        post(&self.admin, &path, json!({ "id": command_id(), "reason": "Thôi nhiệm vụ" })).await
    }

    /// An incident in which the officer of the press authority has submitted a holding statement.
    async fn incident(&self) -> (String, RowId) {
        let id = fresh("su-co");
        let mut request = request(&id);
        // At this level the spokesperson alone approves.
        request["level"] = 2.into();
        let (status, opened) = open(&self.press, request).await;
        assert_eq!(status, 200, "{opened}");
        let mut press = join(&self.press, &id).await;
        let statement = submitted(&mut press, "holding_statement", WORDS).await;
        (id, statement)
    }

    async fn designations(&self) -> Vec<Value> {
        let accounts = get(&self.admin, "/api/accounts").await.1;
        account(&accounts, "van-phong")["designations"].as_array().expect("a list").clone()
    }
}

fn account<'a>(accounts: &'a Value, login: &str) -> &'a Value {
    let found = accounts.as_array().expect("a list").iter().find(|row| row["login"] == login);
    found.expect("added")
}

fn delegated(by: &str, incident: &str, from: i64, until: i64) -> Value {
    json!({ "kind": "delegated", "instrument": "15/GUQ-UBND", "from": hours_from_now(from),
        "until": hours_from_now(until), "incident": incident, "by": by })
}

async fn publishes(window: &mut Connection, statement: &RowId) -> Result<(), String> {
    try_act(window, publish(statement, WORDS)).await.map(drop).map_err(|refused| refused.code)
}

#[tokio::test]
async fn who_is_delegated_publishes_and_the_record_says_by_what_right() {
    let authority = Authority::new().await;
    let (id, statement) = authority.incident().await;
    let mut window = join(&authority.duty, &id).await;
    let refused = try_act(&mut window, approve(&statement, WORDS)).await.expect_err("no spokesperson yet");
    assert_eq!(refused.code, "not_asked");
    // The same window, after the paper was signed.
    authority.delegate(&id, -1, 8).await;
    act(&mut window, approve(&statement, WORDS)).await;
    assert_eq!(publishes(&mut window, &statement).await, Ok(()));
    let log = std::fs::read_to_string(authority.server.log(&id)).expect("readable");
    let line: Value = serde_json::from_str(log.lines().last().expect("a line")).expect("JSON");
    let mandate = &line["by"]["mandate"];
    assert_eq!((&mandate["kind"], &mandate["instrument"]), (&json!("delegated"), &json!("15/GUQ-UBND")));
    assert!(mandate["until"].is_string(), "{mandate}");
    let first: Value = serde_json::from_str(log.lines().next().expect("a line")).expect("JSON");
    assert_eq!(first["by"].get("mandate"), None, "who has no mandate carries none");
}

#[tokio::test]
async fn a_revoked_spokesperson_publishes_nothing_from_the_window_that_was_open() {
    let authority = Authority::new().await;
    let (id, statement) = authority.incident().await;
    authority.delegate(&id, -1, 8).await;
    let mut window = join(&authority.duty, &id).await;
    act(&mut window, approve(&statement, WORDS)).await;
    assert_eq!(authority.revoke(1).await, (204, Value::Null));
    assert_eq!(publishes(&mut window, &statement).await, Err("not_allowed".into()));
    let (status, again) = authority.revoke(1).await;
    assert_eq!((status, &again["code"]), (409, &json!("designation_over")));

    let rows = authority.designations().await;
    let row = &rows[0];
    assert_eq!((&row["number"], &row["state"]), (&json!(1), &json!("revoked")));
    assert_eq!(row["revoked"]["reason"], "Thôi nhiệm vụ");
    assert_eq!(row["revoked"]["act"]["name"], "Quản trị viên");
    assert_eq!((&row["by_name"], row["incident_number"].is_string()), (&json!("lanh-dao"), true));
}

#[tokio::test]
async fn who_may_read_no_drafts_any_more_signs_in_again() {
    let authority = Authority::new().await;
    let (id, _) = authority.incident().await;
    authority.delegate(&id, -1, 8).await;
    let profile = format!("/api/accounts/{}/profile", authority.duty_id);
    let set = async |roles: &[&str]| {
        let body =
            json!({ "id": command_id(), "title": "Chuyên viên", "function": "pc_office", "roles": roles });
        assert_eq!(post(&authority.admin, &profile, body).await, (204, Value::Null));
    };
    set(&["field"]).await;
    let me = get(&authority.duty, "/api/session").await.1;
    assert_eq!((&me["actor"]["title"], &me["actor"]["roles"]), (&json!("Chuyên viên"), &json!(["field"])));
    // Only the delegation let them see drafts.
    assert_eq!(authority.revoke(1).await, (204, Value::Null));
    assert_eq!(get(&authority.duty, "/api/session").await.0, 401);
}

#[tokio::test]
async fn an_expired_delegation_or_one_for_another_incident_publishes_nothing() {
    let authority = Authority::new().await;
    let (id, statement) = authority.incident().await;
    let (other, _) = authority.incident().await;
    authority.delegate(&id, -1, 8).await;
    let mut window = join(&authority.duty, &id).await;
    act(&mut window, approve(&statement, WORDS)).await;
    assert_eq!(authority.revoke(1).await.0, 204);
    authority.delegate(&id, -8, -1).await;
    authority.delegate(&other, -1, 8).await;
    authority.delegate(&id, 1, 8).await;
    assert_eq!(publishes(&mut window, &statement).await, Err("not_allowed".into()));
    let states: Vec<_> = authority.designations().await.iter().map(|row| row["state"].clone()).collect();
    assert_eq!(json!(states), json!(["revoked", "ended", "in_force", "not_yet"]));
    authority.delegate(&id, -1, 1).await;
    assert_eq!(publishes(&mut window, &statement).await, Ok(()));
}

#[tokio::test]
async fn only_the_head_delegates_and_only_administrators_record_it() {
    let authority = Authority::new().await;
    let (id, _) = authority.incident().await;
    let regular = json!({ "instrument": "02/QĐ-UBND", "from": hours_from_now(-24), "until": null,
        "incident": null });
    assert_eq!(authority.designate(&authority.duty_id, regular).await.0, 204, "regular unless it is said");
    let by_regular = delegated(&authority.duty_id, &id, -1, 8);
    let (status, refused) = authority.designate(&authority.head, by_regular).await;
    assert_eq!((status, &refused["code"]), (409, &json!("not_theirs_to_delegate")));
    assert!(refused["words"].as_str().expect("words").contains("không được ủy quyền lại"));

    // The same request again, as after a cut of the network, records nothing twice.
    let body = json!({ "id": "lap-lai", "designation": delegated(&authority.head, &id, -1, 8) });
    let path = format!("/api/accounts/{}/designations", authority.duty_id);
    for _ in 0..2 {
        assert_eq!(post(&authority.admin, &path, body.clone()).await.0, 204);
    }
    assert_eq!(authority.designations().await.len(), 2);

    let mine = json!({ "id": command_id(), "designation": delegated(&authority.head, &id, -1, 8) });
    assert_eq!(post(&authority.press, &path, mine).await.0, 403);
    assert_eq!(get(&authority.press, "/api/matters").await.0, 403);
    let matters = get(&authority.admin, "/api/matters").await.1;
    assert_eq!((&matters[0]["id"], matters[0]["number"].is_string()), (&json!(id), true));
}
