//! The directory of a day, the list of spokespersons, and what becomes of the tasks of somebody who leaves.

use crate::designations::{by_new_link, post};
use crate::support::*;
use hyper::Method;
use jiff::SignedDuration;
use phongtruc::client::{Client, Connection};
use phongtruc::domain::ids::RowId;
use phongtruc::domain::{Command, task};
use serde_json::{Value, json};
use tempfile::TempDir;

/// An office with its administrator and two officers of the press authority.
struct Office {
    server: Server,
    admin: Client,
    first: Client,
    second: Client,
    _dir: TempDir,
}

impl Office {
    async fn new() -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let server = Server::run(dir.path(), "127.0.0.1:0", &["serve"]);
        let admin = by_new_link(&server, &server.links[0]).await;
        let added = async |login: &str| {
            let new = json!({ "login": login, "name": format!("Người {login}"), "title": "Trực",
                "function": "press_authority", "roles": ["duty", "secretary", "head"], "spokesperson": null });
            let (status, link) = post(&admin, "/api/accounts", new).await;
            assert_eq!(status, 200, "{link}");
            by_new_link(&server, link["url"].as_str().expect("a link")).await
        };
        let (first, second) = (added("mot").await, added("hai").await);
        Self { server, admin, first, second, _dir: dir }
    }

    async fn id(&self, login: &str) -> String {
        let accounts = get(&self.admin, "/api/accounts").await.1;
        let row = accounts.as_array().expect("a list").iter().find(|row| row["login"] == login).cloned();
        row.expect("added")["person"].as_str().expect("an id").to_owned()
    }

    /// The list of today, as somebody who keeps no accounts reads it.
    async fn list(&self) -> Value {
        let (status, list) = get(&self.first, "/api/spokespersons").await;
        assert_eq!(status, 200, "{list}");
        list
    }

    async fn record(&self, entry: Value) -> (u16, Value) {
        post(&self.admin, "/api/spokespersons", json!({ "id": command_id(), "entries": [entry] })).await
    }

    async fn table(&self, text: &str, take: bool) -> Value {
        let body = json!({ "id": command_id(), "text": text, "take": take });
        let (status, read) = post(&self.admin, "/api/spokespersons/table", body).await;
        assert_eq!(status, 200, "{read}");
        read
    }
}

fn spokesperson(office: &str) -> Value {
    let hour = jiff_now() - SignedDuration::from_hours(1);
    json!({ "office": office, "kind": "regular", "name": "Nguyễn Thử Nghiệm", "title": "Phó Giám đốc",
        "phone": "+84 214 3840 034", "email": "thu@example.vn", "instrument": "09/QĐ", "designated_at": hour, "from": hour })
}

fn found<'a>(rows: &'a Value, field: &str, wanted: &str) -> &'a Value {
    let rows = rows.as_array().expect("a list");
    rows.iter().find(|row| row[field] == wanted).unwrap_or_else(|| panic!("no {wanted}"))
}

#[tokio::test]
async fn whoever_signs_in_reads_who_held_what_on_a_day() {
    let office = Office::new().await;
    let holder = async |on: &str, function: &str| {
        let (status, day) = get(&office.first, &format!("/api/directory?on={on}")).await;
        assert_eq!(status, 200, "{day}");
        let row = found(&day["functions"], "code", function);
        let now = row["holders"].as_array().expect("a list").iter().find(|holder| holder["now"] == true);
        now.expect("held")["office"].as_str().expect("an id").to_owned()
    };
    for (on, press) in
        [("2024-09-10", "so-tttt"), ("2025-03-15", "so-vhttdl-2025-03"), ("2026-11-23", "so-vhttdl-2025-07")]
    {
        assert_eq!(holder(on, "press_authority").await, press, "{on}");
    }
    let today = get(&office.first, "/api/directory").await.1;
    let row = found(&today["people"], "name", "Người mot");
    assert_eq!((&row["position"]["title"], &row["since_account"]), (&json!("Trực"), &json!(true)));
    assert_eq!(row["office"], found(&today["offices"], "id", "so-vhttdl-2025-07")["name"]);
    assert_eq!(today["communes"].as_array().expect("a list").len(), 99);

    // Nobody had this account then; the administrator records where they were.
    let then = get(&office.first, "/api/directory?on=2024-09-10").await.1;
    assert_eq!(then["people"], json!([]));
    let position = json!({ "title": "Chuyên viên", "function": "press_authority", "from": "2023-01-01T00:00:00Z",
        "until": "2025-03-01T00:00:00Z", "instrument": "3/QĐ" });
    let path = format!("/api/accounts/{}/positions", office.id("mot").await);
    let body = json!({ "id": command_id(), "position": position });
    assert_eq!(post(&office.first, &path, body.clone()).await.0, 403);
    assert_eq!(post(&office.admin, &path, body).await.0, 204);
    let then = get(&office.first, "/api/directory?on=2024-09-10").await.1;
    let row = found(&then["people"], "name", "Người mot");
    assert_eq!(row["position"]["title"], "Chuyên viên");
    assert_eq!(row["office"], found(&then["offices"], "id", "so-tttt")["name"], "the office of that day");
    assert_eq!(get(&Client::new(&office.server.origin), "/api/directory").await.0, 401);
    assert_eq!(get(&office.first, "/api/directory?on=hom-nay").await.0, 400);
}

#[tokio::test]
async fn a_spokesperson_closes_a_gap_and_the_list_leaves_as_a_table() {
    let office = Office::new().await;
    let before = office.list().await;
    assert_eq!((&before["agencies"], &before["covered"]), (&json!(113), &json!(0)));
    let entry = spokesperson("so-y-te-2025-07");
    let body = json!({ "id": command_id(), "entries": [entry.clone()] });
    assert_eq!(post(&office.first, "/api/spokespersons", body).await.0, 403);
    assert_eq!(office.record(entry).await, (204, Value::Null));
    let list = office.list().await;
    assert_eq!(
        (&list["covered"], &list["regular"], list["rows"][0]["stale"].as_bool()),
        (&json!(1), &json!(1), Some(false))
    );
    assert!(list["gaps"].as_array().expect("a list").iter().all(|gap| gap["id"] != "so-y-te-2025-07"));

    let mut party = spokesperson("vp-tinh-uy-2025-07");
    party["name"] = "Người khác".into();
    assert_eq!(office.record(party).await.1["code"], "not_an_agency");
    let mut early = spokesperson("so-noi-vu-2025-07");
    early["from"] = "2025-06-30T00:00:00Z".into();
    assert_eq!(office.record(early).await.1["code"], "not_an_agency", "it did not exist then");
    let (status, refused) = office.record(spokesperson("so-y-te-2025-07")).await;
    assert_eq!((status, &refused["code"]), (409, &json!("speaker_listed")));

    let row = list["rows"][0]["id"].as_str().expect("an id");
    let published =
        json!({ "id": command_id(), "rows": [row], "at": jiff_now(), "link": "https://example.vn/npn" });
    assert_eq!(post(&office.admin, "/api/spokespersons/published", published).await.0, 204);
    assert_eq!(office.list().await["rows"][0]["published"]["link"], "https://example.vn/npn");

    let answer =
        office.first.call(Method::GET, "/api/spokespersons/export/csv", None).await.expect("reached");
    let table = String::from_utf8(answer.body.to_vec()).expect("UTF-8");
    assert!(
        table.starts_with("\u{FEFF}TT,Cơ quan,Tư cách,") && table.contains(",'+84 214 3840 034,"),
        "{table}"
    );
    let json = get(&office.first, "/api/spokespersons/export/json").await.1;
    assert_eq!(json["rows"][0]["entry"]["phone"], "+84 214 3840 034", "exact, where nothing reads a formula");
    assert_eq!(get(&office.first, "/api/spokespersons/export/pdf").await.0, 404);

    // What left as a table can be read again; here every line is known already.
    let read = office.table(&table, false).await;
    let reason = read["problems"][0]["reason"].as_str().expect("words");
    assert!(reason.contains("đã có trong danh sách"), "{read}");

    let end = json!({ "id": command_id(), "until": jiff_now(), "reason": "Nghỉ hưu" });
    assert_eq!(post(&office.admin, &format!("/api/spokespersons/{row}/end"), end).await.0, 204);
    let tomorrow = (jiff_now() + SignedDuration::from_hours(48)).strftime("%Y-%m-%d").to_string();
    let later = get(&office.first, &format!("/api/spokespersons?on={tomorrow}")).await.1;
    assert_eq!((&later["covered"], later["rows"].as_array().map(Vec::len)), (&json!(0), Some(0)));
}

#[tokio::test]
async fn who_speaks_here_stands_on_the_list_until_somebody_says_how_they_are_reached() {
    let office = Office::new().await;
    let person = office.id("mot").await;
    let designation = json!({ "kind": "regular", "instrument": "12/QĐ-UBND", "from": "2026-01-01T00:00:00Z",
        "until": null, "incident": null, "by": null });
    let path = format!("/api/accounts/{person}/designations");
    let body = json!({ "id": command_id(), "designation": designation });
    assert_eq!(post(&office.admin, &path, body).await.0, 204);
    let list = office.list().await;
    let row = &list["rows"][0];
    assert_eq!((&row["id"], &row["entry"]["instrument"]), (&Value::Null, &json!("12/QĐ-UBND")));
    let mut entry = row["entry"].clone();
    entry["phone"] = "0214 3840 001".into();
    entry["email"] = "npn@example.vn".into();
    entry["from"] = "2026-01-02T00:00:00Z".into();
    assert_eq!(office.record(entry).await, (204, Value::Null));
    let list = office.list().await;
    assert_eq!((list["rows"].as_array().map(Vec::len), &list["covered"]), (Some(1), &json!(1)));
    assert!(list["rows"][0]["id"].is_string());
    // Revoked there, it ends here.
    let revoke = json!({ "id": command_id(), "reason": "Thôi nhiệm vụ" });
    assert_eq!(post(&office.admin, &format!("{path}/1/revoke"), revoke).await.0, 204);
    let tomorrow = (jiff_now() + SignedDuration::from_hours(48)).strftime("%Y-%m-%d").to_string();
    assert_eq!(get(&office.first, &format!("/api/spokespersons?on={tomorrow}")).await.1["covered"], 0);
}

#[tokio::test]
async fn a_table_is_taken_whole_or_not_at_all() {
    let office = Office::new().await;
    let head =
        "Cơ quan\tTư cách\tHọ và tên\tChức vụ\tĐiện thoại\tThư điện tử\tVăn bản\tNgày ký\tTừ ngày\tĐến ngày";
    let good = "sở y tế tỉnh lào cai\t\tNguyễn Một\tPhó Giám đốc\t0214 3840 034\tmot@example.vn\t1/QĐ\t10/11/2026\t\t\n\
                UBND phường Sa Pa\tNgười đứng đầu\tTrần Hai\tChủ tịch\t\t\t\t\t1/7/2025\t31/12/2030";
    let bad = "Sở Y tế tỉnh Lào Cai\t\tA\tB\tkhông\ta@example.vn\t1/QĐ\t10/11/2026\t\t\n\
               Sở Không Có\t\tA\tB\t0214 3840 034\ta@example.vn\t1/QĐ\t10/11/2026\t\t\n\
               Sở Nội vụ tỉnh Lào Cai\t\tA\tB\t0214 3840 034\ta@example.vn\t1/QĐ\t31/2/2026\t\t";
    let read =
        office.table(&format!("{head}\n{good}\n{bad}\n{}", good.lines().next().expect("one")), true).await;
    let lines: Vec<_> =
        read["problems"].as_array().expect("a list").iter().map(|one| one["line"].clone()).collect();
    assert_eq!((json!(lines), &read["taken"]), (json!([4, 5, 6, 7]), &json!(false)), "{read}");
    assert_eq!(office.list().await["covered"], 0, "nothing was taken");
    assert_eq!(office.table("Tên,Số\nA,1", true).await["problems"][0]["line"], 1);

    let table = format!("{head}\n{good}\n\n");
    let read = office.table(&table, false).await;
    assert_eq!((read["entries"].as_array().map(Vec::len), &read["taken"]), (Some(2), &json!(false)));
    assert_eq!(office.list().await["covered"], 0, "only read");
    assert_eq!(office.table(&table, true).await["taken"], true);
    let list = office.list().await;
    assert_eq!((&list["covered"], &list["regular"]), (&json!(2), &json!(1)));
}

fn take(seq: u32) -> Command {
    let id = RowId::new(&format!("t-{seq}")).expect("an id");
    Command::Task(task::Command::Take { id })
}

/// Reads on until the first task is as `wanted` says.
async fn until_task(window: &mut Connection, wanted: impl Fn(&Value) -> bool) -> Value {
    loop {
        let row = window.known.rows("tasks").find(|row| row["id"] == "t-1").cloned().expect("planned");
        if wanted(&row) {
            return row;
        }
        window.next().await.expect("the room answers");
    }
}

#[tokio::test]
async fn whoever_leaves_with_tasks_is_let_go_only_when_somebody_has_seen_which() {
    let office = Office::new().await;
    let id = fresh("su-co");
    let (status, opened) = open(&office.first, request(&id)).await;
    assert_eq!(status, 200, "{opened}");
    let mut first = join(&office.first, &id).await;
    act(&mut first, take(1)).await;
    let mut second = join(&office.second, &id).await;
    let person = office.id("mot").await;
    let path = format!("/api/accounts/{person}");
    assert_eq!(get(&office.second, &format!("{path}/tasks")).await.0, 403);
    let tasks = get(&office.admin, &format!("{path}/tasks")).await.1;
    assert_eq!((&tasks[0]["task"], &tasks[0]["number"]), (&json!("t-1"), &opened["number"]));

    let disable = format!("{path}/disable");
    let answer = office.admin.call(Method::POST, &disable, None).await.expect("reached");
    assert_eq!((answer.status.as_u16(), &answer.json()["code"]), (422, &json!("holds_tasks")));
    let unknown = json!({ "released": [{ "incident": id, "task": "t-2" }] });
    assert_eq!(post(&office.admin, &disable, unknown).await.1["code"], "holds_tasks");
    assert_eq!(get(&office.first, "/api/session").await.0, 200, "nothing has happened yet");

    let left = jiff_now();
    let seen = json!({ "left": left, "released": [{ "incident": id, "task": "t-1" }] });
    assert_eq!(post(&office.admin, &disable, seen).await, (204, Value::Null));
    let row = until_task(&mut second, |row| row["progress"]["state"] == "open").await;
    assert_eq!(row["left_by"]["name"], "Người mot");
    assert_eq!(get(&office.first, "/api/session").await.0, 401);
    let log = std::fs::read_to_string(office.server.log(&id)).expect("readable");
    let line: Value = serde_json::from_str(log.lines().last().expect("a line")).expect("JSON");
    assert_eq!((&line["events"][0]["verb"], &line["by"]["roles"]), (&json!("released"), &json!(["room"])));

    // It waits for the office again, and the next one takes it.
    act(&mut second, take(1)).await;
    let row = until_task(&mut second, |row| row["progress"]["state"] == "taken").await;
    assert_eq!((row["progress"]["by"]["name"].as_str(), row.get("left_by")), (Some("Người hai"), None));
    let day = get(&office.second, "/api/directory").await.1;
    let held: Vec<_> =
        day["people"].as_array().expect("a list").iter().map(|row| row["name"].clone()).collect();
    assert!(held.contains(&json!("Người mot")), "held the position until today: {held:?}");
    let tomorrow = (jiff_now() + SignedDuration::from_hours(48)).strftime("%Y-%m-%d").to_string();
    let day = get(&office.second, &format!("/api/directory?on={tomorrow}")).await.1;
    assert!(day["people"].as_array().expect("a list").iter().all(|row| row["name"] != "Người mot"));
}

#[tokio::test]
async fn whoever_moves_to_another_office_leaves_its_tasks_to_it() {
    let office = Office::new().await;
    let id = fresh("su-co");
    assert_eq!(open(&office.first, request(&id)).await.0, 200);
    let mut first = join(&office.first, &id).await;
    act(&mut first, take(1)).await;
    let mut second = join(&office.second, &id).await;
    let path = format!("/api/accounts/{}/profile", office.id("mot").await);
    let profile = |function: &str, roles: &[&str], released: Value| {
        json!({ "id": command_id(), "title": "Chuyên viên", "function": function, "roles": roles,
            "released": released })
    };
    // In the same office it stays theirs.
    assert_eq!(post(&office.admin, &path, profile("press_authority", &["duty"], json!([]))).await.0, 204);
    let moves = |released| profile("pc_office", &["duty"], released);
    assert_eq!(post(&office.admin, &path, moves(json!([]))).await.1["code"], "holds_tasks");
    let seen = json!([{ "incident": id, "task": "t-1" }]);
    assert_eq!(post(&office.admin, &path, moves(seen)).await, (204, Value::Null));
    let row = until_task(&mut second, |row| row["progress"]["state"] == "open").await;
    assert_eq!(row["left_by"]["name"], "Người mot");
}
