//! The public page of the real program: what stands there, what never does, and what caches and strangers get.

use crate::support::*;
use phongtruc::client::Connection;
use phongtruc::domain::Command;
use phongtruc::domain::ids::RowId;
use phongtruc::domain::statement::{Command as Say, Follows, Relation};
use serde_json::Value;
use std::collections::HashMap;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

const URL: &str = "https://phatngon.example.vn";
pub const PUBLIC: [&str; 4] = ["--public", "127.0.0.1:0", "--public-url", URL];
/// Times that a page is asked for until the index has followed the room.
const PATIENCE: usize = 20_000;

/// An answer as it came over the wire.
struct Answer {
    status: u16,
    headers: HashMap<String, String>,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("UTF-8")
    }
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// Asks with exactly these bytes in the request line: no client cleans them up.
async fn ask(server: &Server, method: &str, target: &str, headers: &[(&str, &str)]) -> Answer {
    let address = server.public.as_ref().expect("a public page");
    let mut stream = tokio::net::TcpStream::connect(address).await.expect("reached");
    let mut request = format!("{method} {target} HTTP/1.1\r\nconnection: close\r\n");
    if !headers.iter().any(|(name, _)| *name == "host") {
        request += "host: evil.example\r\n";
    }
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    stream.write_all(format!("{request}\r\n").as_bytes()).await.expect("sent");
    let mut bytes = vec![];
    stream.read_to_end(&mut bytes).await.expect("read");
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    let head = String::from_utf8(bytes[..end].to_vec()).expect("UTF-8");
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).expect("a status");
    let pair =
        |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    Answer { status, headers: lines.filter_map(pair).collect(), body: bytes[end + 4..].to_vec() }
}

async fn get(server: &Server, path: &str) -> Answer {
    ask(server, "GET", path, &[]).await
}

/// The page, as soon as it holds these words: the index follows the room.
pub async fn page_with(server: &Server, path: &str, words: &str) -> String {
    for _ in 0..PATIENCE {
        let answer = get(server, path).await;
        if answer.status == 200 && answer.text().contains(words) {
            return answer.text();
        }
    }
    panic!("{path} never said {words}");
}

/// Three people in one room.
pub struct Desk {
    number: String,
    press: Connection,
    party: Connection,
    people: Connection,
}

impl Desk {
    pub async fn of(people: &People, id: &str) -> Self {
        let (press, party) = (join(&people.press, id).await, join(&people.party, id).await);
        let number = press.known.header["number"].as_str().expect("a number").to_owned();
        Self { number, press, party, people: join(&people.people, id).await }
    }
    fn path(&self, number: &str) -> String {
        format!("/phat-ngon/{}/{number}", self.number)
    }
    async fn drafted(&mut self, kind: &str, title: &str, follows: Option<Follows>) -> RowId {
        let id = row();
        let draft = Say::Draft { id: id.clone(), kind: kind.into(), title: Some(title.into()), follows };
        act(&mut self.press, Command::Statement(draft)).await;
        id
    }
    async fn submitted(&mut self, kind: &str, title: &str, words: &str, follows: Option<Follows>) -> RowId {
        let id = self.drafted(kind, title, follows).await;
        let over = prepared(&self.press, &id);
        act(&mut self.press, write(&id, &over, words)).await;
        act(&mut self.press, Command::Statement(Say::Submit { id: id.clone(), digest: digest(words) })).await;
        id
    }
    pub async fn out(
        &mut self,
        kind: &str,
        title: &str,
        words: &str,
        follows: Option<Follows>,
        on: &str,
    ) -> RowId {
        let id = self.submitted(kind, title, words, follows).await;
        // Not every kind asks this office.
        let _ = try_act(&mut self.party, approve(&id, words)).await;
        act(&mut self.people, approve(&id, words)).await;
        let (digest, link) = (digest(words), Some("https://cong.example.vn/?a=1&b=\"".to_owned()));
        let publish = Say::Publish { id: id.clone(), digest, channel: on.into(), at: jiff_now(), link };
        act(&mut self.people, Command::Statement(publish)).await;
        id
    }
}

pub fn follows(id: &RowId, relation: Relation) -> Option<Follows> {
    Some(Follows { statement: id.clone(), relation })
}

#[tokio::test]
async fn it_is_off_unless_asked_for_and_never_on_the_duty_rooms_own_door() {
    let server = Server::demo();
    assert!(server.public.is_none());
    let people = server.people().await;
    let id = opened(&people).await;
    let mut desk = Desk::of(&people, &id).await;
    desk.out("holding_statement", "Thông tin ban đầu", "Đập an toàn.", None, "portal").await;
    for path in [desk.path("PN-01"), "/atom.xml".into(), "/feed.json".into()] {
        let answer =
            phongtruc::client::Client::new(&server.origin).call(hyper::Method::GET, &path, None).await;
        let body = String::from_utf8(answer.expect("reached").body.to_vec()).expect("UTF-8");
        assert!(!body.contains("Đập an toàn"), "{path}");
    }
    // An address that nobody could reach, or that is none, is refused before anything is served.
    for wrong in [
        ["--public", "0.0.0.0:0", "--data"].as_slice(),
        ["--public", "127.0.0.1:0", "--public-url", "phatngon.tinh.vn/x", "--data"].as_slice(),
    ] {
        let dir = tempfile::tempdir().expect("a directory");
        let ran =
            program().arg("serve").args(["--listen", "127.0.0.1:0"]).args(wrong).arg(dir.path()).output();
        let ran = ran.expect("ran");
        assert_eq!(ran.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&ran.stderr).contains("--public-url"));
    }
}

#[tokio::test]
async fn nothing_leaks_that_is_not_public_words_that_are_out() {
    let server = Server::demo_with(&PUBLIC);
    let people = server.people().await;
    let mut drill = Desk::of(&people, DEMO).await;
    drill.out("holding_statement", "Diễn tập lộ", "Lời diễn tập.", None, "exercise_portal").await;
    let id = opened(&people).await;
    let mut desk = Desk::of(&people, &id).await;
    act(&mut desk.press, say("Trao đổi kín")).await;
    act(&mut desk.press, note("Diễn biến kín")).await;
    desk.out("qa_sheet", "Hỏi đáp kín", "Lời trong phòng.", None, "portal").await;
    let dropped = desk.drafted("holding_statement", "Bản bỏ", None).await;
    let drop = Say::Drop { id: dropped, reason: "Lý do kín".into() };
    act(&mut desk.press, Command::Statement(drop)).await;
    desk.submitted("holding_statement", "Bản trình", "Lời đang duyệt.", None).await;
    desk.drafted("holding_statement", "Bản thảo", None).await;
    let hostile =
        "<script>alert(1)</script>\n<img src=x onerror=alert(2)>\n\n[bấm](javascript:alert(3)) & ]]> **đậm**";
    desk.out("holding_statement", "</title><script>\"'&", hostile, None, "portal").await;

    // Out last, so whoever shows it has seen all the others.
    let path = desk.path("PN-05");
    let page = page_with(&server, &path, "&lt;script&gt;alert(1)").await;
    let list = get(&server, "/").await.text();
    let (atom, json) = (get(&server, "/atom.xml").await.text(), get(&server, "/feed.json").await.text());
    let title = page.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).expect("a title");
    assert!(title.contains("&lt;/title&gt;&lt;script&gt;&quot;&#39;&amp;"), "{title}");
    for shown in [&page, &list, &atom] {
        for markup in ["<script", "<img", "onerror=\"", "href=\"javascript"] {
            assert!(!shown.contains(markup), "{markup} in {shown}");
        }
    }
    let everything = [page, list, atom.clone(), json.clone()].concat();
    for kept in [
        "Diễn tập lộ",
        "Lời diễn tập",
        "kín",
        "Lời trong phòng",
        "Bản bỏ",
        "Bản trình",
        "Lời đang duyệt",
        "Bản thảo",
        "Tin đồn vỡ đập ở xã thử nghiệm",
        drill.number.as_str(),
        "PN-01",
        "PN-04",
    ] {
        assert!(!everything.contains(kept), "{kept}");
    }
    for number in ["PN-01", "PN-02", "PN-03", "PN-04", "PN-06"] {
        for path in [desk.path(number), desk.path(number) + ".txt"] {
            assert_eq!(get(&server, &path).await.status, 404, "{path}");
        }
    }
    assert_eq!(get(&server, &drill.path("PN-01")).await.status, 404);
    roxmltree::Document::parse(&atom).expect("well-formed whatever people wrote");
    let feed: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(feed["items"][0]["content_text"], hostile);
}

#[tokio::test]
async fn the_words_hash_to_their_digest_and_older_and_newer_point_at_each_other() {
    let server = Server::demo_with(&PUBLIC);
    let people = server.people().await;
    let id = opened(&people).await;
    let mut desk = Desk::of(&people, &id).await;
    let (first, second) =
        ("Hai người bị nạn.\n\nThông tin tiếp theo lúc 22 giờ.", "Một người bị nạn; đã xin lỗi.");
    let a = desk.out("holding_statement", "Thông tin ban đầu", first, None, "portal").await;
    let number =
        Say::Number { id: a.clone(), number: "12/TB-UBND".into(), date: jiff::civil::date(2026, 3, 1) };
    act(&mut desk.press, Command::Statement(number)).await;
    let (old, new) = (desk.path("PN-01"), desk.path("PN-01.2"));
    let before = page_with(&server, &old, "12/TB-UBND").await;
    assert!(before.contains("ngày 01/03/2026") && !before.contains("<aside"), "{before}");
    let entry = |atom: &str, number: &str| {
        let document = roxmltree::Document::parse(atom).expect("XML");
        let child = |node: roxmltree::Node<'_, '_>, name: &str| {
            let found =
                node.children().find(|child| child.has_tag_name(("http://www.w3.org/2005/Atom", name)));
            found.and_then(|child| child.text().map(ToOwned::to_owned))
        };
        let entries = document.descendants().filter(|node| node.has_tag_name("entry"));
        let title = |node: &roxmltree::Node<'_, '_>| {
            child(*node, "title").is_some_and(|title| title.starts_with(number))
        };
        let found = entries.into_iter().find(title).expect("an entry");
        let field = |name| child(found, name).expect(name);
        (field("id"), field("updated"), field("content"), field("title"))
    };
    let alone = entry(&get(&server, "/atom.xml").await.text(), "PN-01:");

    desk.out("correction_notice", "Đính chính số người", second, follows(&a, Relation::Correction), "portal")
        .await;
    let older = page_with(&server, &old, "đã được đính chính").await;
    assert!(older.find("<aside").expect("a notice") < older.find("<article>").expect("the words"));
    assert!(older.contains(&format!("<a href=\"{new}\">PN-01.2: Đính chính số người</a>")), "{older}");
    let newer = get(&server, &new).await.text();
    assert!(
        newer.contains(&format!("Bản này đính chính <a href=\"{old}\">PN-01: Thông tin ban đầu</a>")),
        "{newer}"
    );
    for (path, words) in [(&old, first), (&new, second)] {
        let text = get(&server, &format!("{path}.txt")).await;
        assert_eq!((text.header("content-type"), text.text().as_str()), ("text/plain; charset=utf-8", words));
        let page = get(&server, path).await.text();
        let sum = phongtruc::domain::ids::Digest::of(&text.body).to_string();
        assert!(page.contains(&format!("<code>{sum}</code>")) && sum == digest(words).to_string());
    }

    // Feeds: what the standards ask for, links that lead to the address that was said, ids that stay.
    let atom = get(&server, "/atom.xml").await;
    assert_eq!(atom.header("content-type"), "application/atom+xml; charset=utf-8");
    let atom = atom.text();
    let (corrected, correction) = (entry(&atom, "PN-01:"), entry(&atom, "PN-01.2:"));
    assert!(corrected.0 == alone.0 && corrected.0.starts_with("urn:sha256:") && corrected.0 != correction.0);
    assert!(corrected.1 > alone.1, "the standing changed: {} then {}", alone.1, corrected.1);
    assert!(corrected.2.contains("đã được đính chính") && correction.2.contains("Bản này đính chính PN-01"));
    assert!(correction.3.ends_with("(đính chính PN-01)"), "{}", correction.3);
    let document = roxmltree::Document::parse(&atom).expect("XML");
    let feed = document.root_element();
    assert!(feed.has_tag_name(("http://www.w3.org/2005/Atom", "feed")));
    for name in ["id", "title", "updated", "author"] {
        assert_eq!(feed.children().filter(|child| child.has_tag_name(name)).count(), 1, "{name}");
    }
    for node in document.descendants().filter(|node| node.has_tag_name("link")) {
        assert!(node.attribute("href").expect("a link").starts_with(URL), "{node:?}");
    }
    for node in
        document.descendants().filter(|node| ["updated", "published"].contains(&node.tag_name().name()))
    {
        let text = node.text().expect("a date");
        assert!(text.ends_with("+07:00") && text.parse::<jiff::Timestamp>().is_ok(), "{text}");
    }
    let json: Value = serde_json::from_str(&get(&server, "/feed.json").await.text()).expect("JSON");
    assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(
        (json["home_page_url"].as_str(), json["language"].as_str()),
        (Some("https://phatngon.example.vn/"), Some("vi"))
    );
    let items = json["items"].as_array().expect("items");
    let [newest, oldest] = &items[..] else { panic!("two items: {json}") };
    assert_eq!(
        (newest["id"].as_str(), oldest["id"].as_str()),
        (Some(correction.0.as_str()), Some(corrected.0.as_str()))
    );
    assert_eq!(newest["_statement"]["replaces"], format!("{URL}{old}"));
    assert_eq!(oldest["_statement"]["replaced_by"], format!("{URL}{new}"));
    assert_eq!(
        (&oldest["content_text"], &oldest["_statement"]["sha256"]),
        (&first.into(), &digest(first).to_string().into())
    );
}

#[tokio::test]
async fn caches_are_served_and_tricks_are_not() {
    let server = Server::demo_with(&PUBLIC);
    let people = server.people().await;
    let id = opened(&people).await;
    let mut desk = Desk::of(&people, &id).await;
    desk.out("holding_statement", "Thông tin ban đầu", &"Đập an toàn. ".repeat(200), None, "portal").await;
    let path = desk.path("PN-01");
    page_with(&server, &path, "Đập an toàn").await;
    for path in ["/", "/atom.xml", "/feed.json", &path, &format!("{path}.txt")] {
        let answer = get(&server, path).await;
        assert_eq!((answer.status, answer.header("cache-control")), (200, "public, max-age=60"), "{path}");
        let tag = answer.header("etag").to_owned();
        let strong = tag.trim_start_matches("W/");
        for named in [tag.as_str(), strong, "*", &format!("\"other\", {tag}")] {
            let again = ask(&server, "GET", path, &[("if-none-match", named)]).await;
            assert_eq!(
                (again.status, again.body.len(), again.header("etag")),
                (304, 0, tag.as_str()),
                "{path} {named}"
            );
            assert_eq!(again.header("cache-control"), "public, max-age=60");
        }
        assert_eq!(ask(&server, "GET", path, &[("if-none-match", "\"other\"")]).await.status, 200);
        let head = ask(&server, "HEAD", path, &[]).await;
        assert_eq!((head.status, head.body.len(), head.header("etag")), (200, 0, tag.as_str()), "{path}");
        let small = ask(&server, "GET", path, &[("accept-encoding", "gzip")]).await;
        assert_eq!(
            (small.header("content-encoding"), small.header("etag")),
            ("gzip", tag.as_str()),
            "{path}"
        );
        assert!(small.header("vary").contains("accept-encoding") && small.body.len() < answer.body.len());
        // No cookie, nothing from elsewhere, and no word of the name that the sender chose.
        assert!(!answer.headers.contains_key("set-cookie"));
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(!answer.text().contains("evil.example"));
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"] {
            let refused = ask(&server, method, path, &[("content-length", "0")]).await;
            assert_eq!((refused.status, refused.header("allow")), (405, "GET, HEAD"), "{method} {path}");
        }
    }
    let page = get(&server, &path).await.text();
    assert!(
        page.contains("<html lang=\"vi\">")
            && page.contains("<link rel=\"alternate\" type=\"application/atom+xml\"")
    );
    assert!(
        page.contains("<link rel=\"alternate\" type=\"application/feed+json\"") && !page.contains("<script")
    );
    let ours = phongtruc::library::Library::embedded().organisation.authority.expect("named by the data");
    assert!(page.contains(&ours), "{page}");
    let lower = path.to_lowercase();
    let beside = format!("{path}/../PN-01");
    let coded = path.replace("PN-01", "PN%2D01");
    let double = format!("/{path}");
    for trick in [
        "/api/session",
        "/api/incidents",
        "/vao",
        "/assets/",
        "/index.html",
        "/phat-ngon/",
        "/phat-ngon",
        "/trang/1",
        "/trang/2",
        "/trang/-1",
        "/..",
        "/%2e%2e/directory.jsonl",
        "/phat-ngon/../../directory.jsonl",
        "//",
        "/phat-ngon/%00/%00",
        "/phat-ngon/o/00000000000000000000",
        "/atom.xml/",
        &lower,
        &beside,
        &coded,
        &double,
    ] {
        let answer = get(&server, trick).await;
        assert_eq!((answer.status, answer.header("cache-control")), (404, "no-store"), "{trick}");
        assert!(answer.text().contains("Không có trang này"), "{trick}");
    }
    let whole =
        ask(&server, "GET", &format!("http://evil.example{path}"), &[("x-forwarded-host", "evil.example")])
            .await;
    assert!(whole.status == 200 && !whole.text().contains("evil.example"), "{}", whole.status);
    assert_eq!(get(&server, &format!("{path}?x=1")).await.status, 200);
}

#[tokio::test]
async fn what_was_public_stays_public_after_closing_and_without_the_index() {
    let server = Server::demo_with(&PUBLIC);
    let people = server.people().await;
    let id = opened(&people).await;
    let mut desk = Desk::of(&people, &id).await;
    let a = desk.out("holding_statement", "Thông tin ban đầu", "Đập an toàn.", None, "portal").await;
    desk.out("holding_statement", "Bản tin", "Đập vẫn an toàn.", follows(&a, Relation::Update), "portal")
        .await;
    let mandatory: Vec<u32> = desk
        .press
        .known
        .rows("tasks")
        .filter(|row| row["mandatory"] == true && row["progress"]["state"] == "open")
        .filter(|row| row["due"]["anchor"] != "closed_at")
        .filter_map(|row| row["seq"].as_u64().and_then(|seq| seq.try_into().ok()))
        .collect();
    for seq in mandatory {
        act(&mut desk.press, skip(seq)).await;
    }
    act(&mut desk.press, close()).await;
    page_with(&server, &desk.path("PN-01"), "đã có bản cập nhật").await;
    let paths =
        [desk.path("PN-01"), desk.path("PN-01.2"), "/".into(), "/atom.xml".into(), "/feed.json".into()];
    let mut pages = vec![];
    for path in &paths {
        pages.push(get(&server, path).await.text());
    }
    let mut left = server.kill();
    for without_index in [false, true] {
        if without_index {
            std::fs::remove_dir_all(left.data.join("index")).expect("removable");
        }
        let server = left.start_with(&PUBLIC);
        for (path, page) in paths.iter().zip(&pages) {
            let again = get(&server, path).await;
            assert_eq!(
                (again.status, &again.text()),
                (200, page),
                "{path}, without the index: {without_index}"
            );
        }
        left = server.kill();
    }
}
