//! Attachments of captures: up, named by the log, down again; and nothing that is not on disk is ever named.

use crate::designations::{by_new_link, post};
use crate::support::*;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::{Method, Request};
use hyper_util::client::legacy::Client as Http;
use hyper_util::rt::TokioExecutor;
use phongtruc::client::{Answer, Client};
use phongtruc::domain::Command;
use phongtruc::domain::attachment::{Attachment, BYTES_MAX};
use phongtruc::domain::ids::{Digest, RowId};
use phongtruc::domain::statement::Command as Say;
use serde_json::json;

const WORDS: &str = "Đập an toàn.";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

async fn send(server: &Server, who: &Client, path: &str, name: Option<&str>, bytes: Vec<u8>) -> Answer {
    let http: Http<_, Full<Bytes>> = Http::builder(TokioExecutor::new()).build_http();
    let mut request = Request::builder()
        .method(Method::POST)
        .uri(format!("{}{path}", server.origin))
        .header("origin", &server.origin)
        .header("x-phongtruc", "1");
    if let Some(cookie) = who.cookie() {
        request = request.header("cookie", cookie);
    }
    if let Some(name) = name {
        request = request.header("x-file-name", name);
    }
    let answer = http.request(request.body(Full::new(Bytes::from(bytes))).expect("a request")).await;
    let (parts, body) = answer.expect("reached").into_parts();
    let body = body.collect().await.expect("read").to_bytes();
    Answer { status: parts.status, headers: parts.headers, body }
}

fn file(answer: &Answer) -> Attachment {
    serde_json::from_slice(&answer.body).expect("an attachment")
}

fn capture(id: &RowId, file: Attachment) -> Command {
    let (channel, text) = ("portal".into(), None);
    Command::Statement(Say::Capture { id: id.clone(), channel, text, file: Some(file) })
}

/// An incident with one statement that is out on the portal.
async fn with_a_release(people: &People) -> (String, RowId) {
    let id = opened(people).await;
    let mut press = join(&people.press, &id).await;
    let statement = submitted(&mut press, "holding_statement", WORDS).await;
    act(&mut join(&people.party, &id).await, approve(&statement, WORDS)).await;
    let mut spokesperson = join(&people.people, &id).await;
    act(&mut spokesperson, approve(&statement, WORDS)).await;
    act(&mut spokesperson, publish(&statement, WORDS)).await;
    (id, statement)
}

#[tokio::test]
async fn a_file_goes_up_is_named_by_the_log_and_comes_down_as_it_was() {
    let server = Server::demo();
    let people = server.people().await;
    let (id, statement) = with_a_release(&people).await;
    let path = format!("/api/incidents/{id}/attachments");
    let name = Some("%E1%BA%A2nh%20%22ch%E1%BB%A5p%22.png");
    let sent = send(&server, &people.press, &path, name, PNG.to_vec()).await;
    let kept = file(&sent);
    assert_eq!(
        (sent.status.as_u16(), kept.name.as_str(), kept.media.as_str()),
        (200, "Ảnh \"chụp\".png", "image/png")
    );
    assert_eq!((kept.digest, kept.size as usize), (Digest::of(PNG), PNG.len()));
    assert_eq!(
        file(&send(&server, &people.party, &path, name, PNG.to_vec()).await),
        kept,
        "the same content, one file"
    );
    let folder = server.data().join("attachments");
    let names: Vec<_> =
        std::fs::read_dir(&folder).expect("readable").map(|file| file.expect("a file").file_name()).collect();
    assert_eq!(names, [kept.digest.to_string().as_str()]);

    // Kept is not named: nothing is handed out until the log says that it belongs here.
    let down = format!("{path}/{}", kept.digest);
    assert_eq!(get(&people.press, &down).await.0, 404);
    let mut press = join(&people.press, &id).await;
    // What the sender calls the type does not count.
    act(&mut press, capture(&statement, Attachment { media: "text/html".into(), ..kept.clone() })).await;
    let row =
        press.known.rows("statements").find(|row| row["id"] == statement.as_str()).expect("there").clone();
    assert_eq!(row["releases"][0]["capture"]["file"], json!(kept));
    let answer = people.party.call(Method::GET, &down, None).await.expect("reached");
    let header =
        |name: &str| answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    assert_eq!((answer.status.as_u16(), &answer.body[..]), (200, PNG));
    assert_eq!((header("content-type"), header("x-content-type-options")), ("image/png", "nosniff"));
    let disposition = header("content-disposition");
    assert!(
        disposition.starts_with("attachment;")
            && disposition.ends_with("UTF-8''%E1%BA%A2nh%20%22ch%E1%BB%A5p%22.png")
    );
    // Only where it is named, only for who may enter, only by its whole digest.
    assert_eq!(
        get(&people.press, &format!("/api/incidents/{DEMO}/attachments/{}", kept.digest)).await.0,
        404
    );
    assert_eq!(get(&Client::new(&server.origin), &down).await.0, 401);
    for odd in ["..%2Fdirectory.jsonl", "x", &kept.digest.to_string().to_uppercase()] {
        assert_eq!(get(&people.press, &format!("{path}/{odd}")).await.0, 404, "{odd}");
    }
    // It is there after a kill, too.
    let left = server.kill();
    let server = left.start();
    let people = server.people().await;
    let again = people.press.call(Method::GET, &down, None).await.expect("reached");
    assert_eq!(&again.body[..], PNG);
}

#[tokio::test]
async fn what_cannot_be_attached_is_refused_in_words() {
    let server = Server::demo();
    let people = server.people().await;
    let id = opened(&people).await;
    let path = format!("/api/incidents/{id}/attachments");
    let mut large = PNG.to_vec();
    large.resize(BYTES_MAX, 0);
    assert_eq!(send(&server, &people.press, &path, Some("a.png"), large.clone()).await.status, 200);
    large.push(0);
    for (name, bytes, status, code) in [
        (Some("a.png"), large, 413, "too_large"),
        (Some("a.png"), b"GIF89a\x01\0".to_vec(), 422, "file_type"),
        (Some("a.txt"), b"MZ\x90\0".to_vec(), 422, "file_type"),
        (Some("a.txt"), vec![], 409, "empty"),
        (None, PNG.to_vec(), 422, "file_name"),
        (Some("%ff.png"), PNG.to_vec(), 422, "file_name"),
        (Some("a%E2%80%AEgnp.exe"), PNG.to_vec(), 409, "unseen_character"),
    ] {
        let answer = send(&server, &people.press, &path, name, bytes).await;
        let said = answer.json();
        assert_eq!((answer.status.as_u16(), said["code"].as_str()), (status, Some(code)), "{name:?} {said}");
        assert!(said["words"].as_str().expect("words").ends_with('.'), "{said}");
    }
    let nobody = send(&server, &Client::new(&server.origin), &path, Some("a.png"), PNG.to_vec()).await;
    assert_eq!(nobody.status, 401);
    let names = std::fs::read_dir(server.data().join("attachments")).expect("readable").count();
    assert_eq!(names, 1, "only what was accepted");
    // Every other call keeps its own small limit.
    let (status, _) = open(&people.press, json!({ "title": "a".repeat(100_000) })).await;
    assert_eq!(status, 413);
}

#[tokio::test]
async fn whoever_may_report_sends_them_and_nobody_else() {
    let dir = tempfile::tempdir().expect("a directory");
    let server = Server::run(dir.path(), "127.0.0.1:0", &["serve"]);
    let admin = by_new_link(&server, &server.links[0]).await;
    let mut people = vec![];
    for (login, role) in [("truc", "duty"), ("hien-truong", "field"), ("theo-doi", "observer")] {
        let account = json!({ "login": login, "name": login, "title": "Trực", "function": "press_authority",
            "roles": [role], "spokesperson": null });
        let (status, link) = post(&admin, "/api/accounts", account).await;
        assert_eq!(status, 200, "{link}");
        people.push(by_new_link(&server, link["url"].as_str().expect("a link")).await);
    }
    let id = fresh("su-co");
    assert_eq!(open(&people[0], request(&id)).await.0, 200);
    let path = format!("/api/incidents/{id}/attachments");
    let down = format!("{path}/{}", Digest::of(PNG));
    // At the desk; at the scene; who only follows; with no part in it.
    for (who, up, read) in
        [(&people[0], 200, 404), (&people[1], 200, 404), (&people[2], 403, 404), (&admin, 404, 404)]
    {
        assert_eq!(send(&server, who, &path, Some("a.png"), PNG.to_vec()).await.status, up);
        assert_eq!(get(who, &down).await.0, read);
    }
}

#[tokio::test]
async fn the_log_never_names_a_file_that_is_not_there() {
    let server = Server::demo();
    let people = server.people().await;
    let (id, statement) = with_a_release(&people).await;
    let path = format!("/api/incidents/{id}/attachments");
    let kept = file(&send(&server, &people.press, &path, Some("a.txt"), "Trang chủ".into()).await);
    let mut press = join(&people.press, &id).await;
    let before = press.known.rev;
    let unknown = Attachment { digest: Digest::of(b"never sent"), ..kept.clone() };
    let another_size = Attachment { size: kept.size + 1, ..kept.clone() };
    for wrong in [unknown, another_size] {
        let refused = try_act(&mut press, capture(&statement, wrong)).await.expect_err("not on disk");
        assert_eq!(refused.code, "no_such_file", "{refused:?}");
    }
    let on_disk = server.data().join("attachments").join(kept.digest.to_string());
    std::fs::write(&on_disk, "Trang chu ").expect("writable");
    let refused = try_act(&mut press, capture(&statement, kept.clone())).await.expect_err("changed on disk");
    assert_eq!(refused.code, "no_such_file");
    let odd = Attachment { name: "a\u{202E}b".into(), ..kept.clone() };
    std::fs::write(&on_disk, "Trang chủ").expect("writable");
    assert_eq!(
        try_act(&mut press, capture(&statement, odd)).await.expect_err("a name").code,
        "unseen_character"
    );
    assert_eq!(press.known.rev, before, "the log has none of it");
    assert_eq!(act(&mut press, capture(&statement, kept)).await, before + 1);
}
