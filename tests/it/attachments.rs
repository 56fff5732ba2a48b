//! Attachments: up in pieces through cuts and kills, named by the log, looked at, down again in ranges; and nothing that
//! is not on disk, or not this person's to name, is ever named.

use crate::designations::{by_new_link, post};
use crate::support::*;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::{Method, Request};
use hyper_util::client::legacy::Client as Http;
use hyper_util::rt::TokioExecutor;
use image::codecs::jpeg::JpegEncoder;
use phongtruc::client::{Answer, Client};
use phongtruc::domain::attachment::{Attachment, Kind};
use phongtruc::domain::ids::{Digest, RowId};
use phongtruc::domain::statement::Command as Say;
use phongtruc::domain::{Command, message};
use phongtruc::wire::{PIECE_BYTES_MAX, Upload};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

const WORDS: &str = "Đập an toàn.";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

pub async fn call(
    origin: &str,
    who: &Client,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    bytes: Vec<u8>,
) -> Answer {
    let http: Http<_, Full<Bytes>> = Http::builder(TokioExecutor::new()).build_http();
    let uri = format!("{origin}{path}");
    let mut request =
        Request::builder().method(method).uri(uri).header("origin", origin).header("x-phongtruc", "1");
    if let Some(cookie) = who.cookie() {
        request = request.header("cookie", cookie);
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = http.request(request.body(Full::new(Bytes::from(bytes))).expect("a request")).await;
    let (parts, body) = answer.expect("reached").into_parts();
    // What is broken off has no more than came.
    let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    Answer { status: parts.status, headers: parts.headers, body }
}

/// A file as somebody sends it up.
struct File<'a> {
    origin: &'a str,
    who: &'a Client,
    incident: &'a str,
    name: &'a str,
    bytes: &'a [u8],
    digest: Digest,
    size: usize,
}

fn file<'a>(
    server: &'a Server,
    who: &'a Client,
    incident: &'a str,
    name: &'a str,
    bytes: &'a [u8],
) -> File<'a> {
    let origin = &server.origin;
    File { origin, who, incident, name, bytes, digest: Digest::of(bytes), size: bytes.len() }
}

impl File<'_> {
    fn path(&self) -> String {
        format!("/api/incidents/{}/uploads/{}/{}", self.incident, self.digest, self.size)
    }

    async fn begin(&self) -> Answer {
        let body = json!({ "digest": self.digest, "size": self.size, "name": self.name });
        let path = format!("/api/incidents/{}/uploads", self.incident);
        self.who.call(Method::POST, &path, Some(&body)).await.expect("reached")
    }

    async fn piece(&self, from: usize, to: usize) -> Answer {
        let name = percent(self.name);
        let headers = [("upload-offset", &*from.to_string()), ("x-file-name", &*name)];
        call(self.origin, self.who, Method::PATCH, &self.path(), &headers, self.bytes[from..to].to_vec())
            .await
    }

    /// All of it, in the largest pieces; the last answer.
    async fn send(&self) -> Answer {
        let mut answer = self.begin().await;
        while answer.status == 200 && state(&answer).attachment.is_none() {
            let from = state(&answer).offset as usize;
            answer = self.piece(from, self.size.min(from + PIECE_BYTES_MAX as usize)).await;
        }
        answer
    }

    async fn kept(&self) -> Attachment {
        let answer = self.send().await;
        assert_eq!(answer.status, 200, "{}", answer.json());
        state(&answer).attachment.expect("whole")
    }

    /// A piece of which the network takes only a part.
    async fn cut(&self, from: usize, to: usize) {
        let host = self.origin.trim_start_matches("http://");
        let mut stream = tokio::net::TcpStream::connect(host).await.expect("reached");
        let head = format!(
            "PATCH {} HTTP/1.1\r\nhost: {host}\r\norigin: {}\r\nx-phongtruc: 1\r\ncookie: {}\r\nx-file-name: a.mp4\r\n\
             upload-offset: {from}\r\ncontent-length: {}\r\n\r\n",
            self.path(),
            self.origin,
            self.who.cookie().expect("signed in"),
            self.size - from
        );
        stream.write_all(head.as_bytes()).await.expect("sent");
        stream.write_all(&self.bytes[from..to]).await.expect("sent");
        stream.shutdown().await.expect("cut");
        // Over when the server has noticed.
        let _ = stream.read_to_end(&mut vec![]).await;
    }
}

/// A file that somebody sent up, as a command names it.
pub async fn sent(server: &Server, who: &Client, incident: &str, name: &str, bytes: &[u8]) -> Attachment {
    file(server, who, incident, name, bytes).kept().await
}

fn state(answer: &Answer) -> Upload {
    serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{}", answer.json()))
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Some bytes that begin as a film does.
pub fn film(length: usize) -> Vec<u8> {
    let mut bytes = b"\0\0\0\x18ftypisom\0\0\x02\0isommp41".to_vec();
    bytes.extend((0..length - bytes.len()).map(|n| (n * 31 % 251) as u8));
    bytes
}

/// A JPEG as a phone takes it, with the place in it.
fn photo() -> Vec<u8> {
    let mut jpeg = vec![];
    let picture =
        image::RgbImage::from_fn(400, 300, |x, y| image::Rgb([(x % 256) as u8, (y % 256) as u8, 90]));
    JpegEncoder::new(&mut jpeg).encode_image(&picture).expect("encoded");
    let mut tiff = b"II*\0\x08\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0".to_vec();
    tiff.extend(b"\x01\0\x01\0\x02\0\x02\0\0\0N\0\0\0\0\0\0\0");
    let length = u16::try_from(tiff.len() + 8).expect("short");
    [&jpeg[..2], b"\xff\xe1", &length.to_be_bytes(), b"Exif\0\0", &tiff, &jpeg[2..]].concat()
}

fn has(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

pub fn say_with(files: Vec<Attachment>) -> Command {
    Command::Message(message::Command::Send {
        id: row(),
        text: "xem tệp".into(),
        origin: None,
        attachments: files,
        reply: None,
        mentions: vec![],
        ask: vec![],
    })
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

fn contents(server: &Server) -> Vec<String> {
    let files = std::fs::read_dir(server.data().join("attachments")).expect("readable");
    let files = files.map(|file| file.expect("a file")).filter(|file| file.path().is_file());
    files.map(|file| file.file_name().into_string().expect("a name")).collect()
}

#[tokio::test]
async fn a_file_goes_up_is_named_by_the_log_and_comes_down_as_it_was() {
    let server = Server::demo();
    let people = server.people().await;
    let (id, statement) = with_a_release(&people).await;
    let name = "Ảnh \"chụp\".png";
    let kept = file(&server, &people.press, &id, name, PNG).kept().await;
    assert_eq!((kept.name.as_str(), kept.media.as_str()), (name, "image/png"));
    assert_eq!((kept.digest, kept.size as usize), (Digest::of(PNG), PNG.len()));
    assert_eq!(file(&server, &people.party, &id, name, PNG).kept().await, kept, "the same content, one file");
    assert_eq!(contents(&server), [kept.digest.to_string()]);

    // Kept is not named: nothing is handed out until the log says that it belongs here.
    let down = format!("/api/incidents/{id}/attachments/{}", kept.digest);
    assert_eq!(get(&people.press, &down).await.0, 404);
    let mut press = join(&people.press, &id).await;
    // What the sender calls the type does not count, and an ending that lies is put right.
    let lied = Attachment { media: "text/html".into(), name: "Ảnh \"chụp\".jpg".into(), ..kept.clone() };
    act(&mut press, capture(&statement, lied)).await;
    let row =
        press.known.rows("statements").find(|row| row["id"] == statement.as_str()).expect("there").clone();
    assert_eq!(row["releases"][0]["capture"]["file"], json!(kept));
    let answer = people.party.call(Method::GET, &down, None).await.expect("reached");
    let header =
        |name: &str| answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    assert_eq!((answer.status.as_u16(), &answer.body[..]), (200, PNG));
    assert_eq!((header("content-type"), header("x-content-type-options")), ("image/png", "nosniff"));
    assert_eq!(header("content-security-policy"), "default-src 'none'; sandbox");
    let disposition = header("content-disposition");
    assert!(
        disposition.starts_with("attachment;")
            && disposition.ends_with("UTF-8''%E1%BA%A2nh%20%22ch%E1%BB%A5p%22.png")
    );
    // Only where it is named, only for who may enter, only by its whole digest.
    for path in ["", "/preview/small"] {
        let elsewhere = format!("/api/incidents/{DEMO}/attachments/{}{path}", kept.digest);
        assert_eq!(get(&people.press, &elsewhere).await.0, 404);
        assert_eq!(get(&Client::new(&server.origin), &format!("{down}{path}")).await.0, 401);
    }
    for odd in ["..%2Fdirectory.jsonl", "x", &kept.digest.to_string().to_uppercase()] {
        assert_eq!(
            get(&people.press, &format!("/api/incidents/{id}/attachments/{odd}")).await.0,
            404,
            "{odd}"
        );
    }
    // It is there after a kill, too.
    let left = server.kill();
    let server = left.start();
    let people = server.people().await;
    let again = people.press.call(Method::GET, &down, None).await.expect("reached");
    assert_eq!(&again.body[..], PNG);
}

#[tokio::test]
async fn what_was_cut_off_goes_on_after_a_cut_and_after_a_kill() {
    let server = Server::demo();
    let people = server.people().await;
    let id = opened(&people).await;
    let bytes = film(3_000_000);
    let up = file(&server, &people.press, &id, "lũ.mp4", &bytes);
    assert_eq!(state(&up.begin().await).offset, 0);
    up.cut(0, 600_000).await;
    assert_eq!(state(&up.begin().await).offset, 600_000, "what came before the cut counts");
    // What does not follow on what is here is refused, and said where to go on.
    let wrong = up.piece(500_000, 700_000).await;
    assert_eq!((wrong.status.as_u16(), wrong.json()["code"].as_str()), (409, Some("upload_offset")));
    assert_eq!(wrong.headers["upload-offset"], "600000");
    let more = up.piece(600_000, 1_600_000).await;
    assert_eq!(
        (state(&more).offset, &more.headers["upload-offset"]),
        (1_600_000, &"1600000".parse().expect("a number"))
    );
    // Another person's is another's.
    assert_eq!(state(&file(&server, &people.party, &id, "lũ.mp4", &bytes).begin().await).offset, 0);
    assert_eq!(up.piece(1_600_000, 2_600_000).await.status, 200);
    let left = server.kill();
    let server = left.start();
    let people = server.people().await;
    let up = file(&server, &people.press, &id, "lũ.mp4", &bytes);
    let there = state(&up.begin().await).offset as usize;
    assert_eq!(there, 2_600_000, "what was said to be here is here");
    up.cut(there, 2_700_000).await;
    let left = server.kill();
    let server = left.start();
    let people = server.people().await;
    let up = file(&server, &people.press, &id, "lũ.mp4", &bytes);
    assert!(state(&up.begin().await).offset >= 2_600_000);
    let kept = up.kept().await;
    assert_eq!((kept.media.as_str(), kept.digest), ("video/mp4", Digest::of(&bytes)));
    let mut press = join(&people.press, &id).await;
    act(&mut press, say_with(vec![kept.clone()])).await;

    // Down again, whole and in ranges, as a player or a broken download asks.
    let down = format!("/api/incidents/{id}/attachments/{}", kept.digest);
    let part = async |headers: &[(&str, &str)]| {
        let answer = call(&server.origin, &people.party, Method::GET, &down, headers, vec![]).await;
        let within =
            answer.headers.get("content-range").map(|range| range.to_str().expect("text").to_owned());
        (answer.status.as_u16(), within, answer.body)
    };
    let gzip = ("accept-encoding", "gzip");
    assert!(part(&[gzip]).await == (200, None, Bytes::from(bytes.clone())));
    let tag = format!("\"{}\"", kept.digest);
    for headers in [
        vec![("range", "bytes=1000000-1999999")],
        vec![("range", "bytes=1000000-1999999"), ("if-range", &tag)],
    ] {
        let (status, within, body) = part(&headers).await;
        assert_eq!((status, within.as_deref()), (206, Some("bytes 1000000-1999999/3000000")));
        assert!(body[..] == bytes[1_000_000..2_000_000]);
    }
    assert_eq!(part(&[("range", "bytes=2999999-")]).await.2[..], bytes[2_999_999..]);
    assert_eq!(part(&[("range", "bytes=-2")]).await.2[..], bytes[2_999_998..]);
    assert_eq!(part(&[("range", "bytes=3000000-")]).await.1.as_deref(), Some("bytes */3000000"));
    assert_eq!(part(&[("range", "bytes=0-1"), ("if-range", "\"another\"")]).await.0, 200);
    // No player inside our page, and no picture of it.
    assert_eq!(get(&people.party, &format!("{down}/preview/small")).await.1["code"], "no_preview");
}

#[tokio::test]
async fn what_cannot_be_attached_is_refused_in_words() {
    let server = Server::demo();
    let people = server.people().await;
    let id = opened(&people).await;
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    for (name, bytes, status, code) in [
        ("a.png", svg.as_slice(), 409, "svg"),
        ("a.txt", b"<!doctype html><p>x", 409, "markup"),
        ("a.jpg", b"MZ\x90\0", 409, "program"),
        ("a.pdf", b"PK\x03\x04\x14\0", 409, "archive"),
        ("a.docx", b"PK\x03\x04\x14\0 [Content_Types].xml", 409, "office_file"),
        ("a.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", 409, "heic"),
        ("a.gif", b"GIF89a\x01\0", 409, "other_media"),
        ("a.txt", b"\xff\xfea\0", 409, "unknown_type"),
        ("a.txt", b"", 409, "empty"),
        ("", PNG, 409, "empty"),
        ("a\u{202E}gnp.exe", PNG, 409, "unseen_character"),
    ] {
        let answer = file(&server, &people.press, &id, name, bytes).send().await;
        let said = answer.json();
        assert_eq!((answer.status.as_u16(), said["code"].as_str()), (status, Some(code)), "{name:?} {said}");
        assert!(said["words"].as_str().expect("words").ends_with('.'), "{said}");
    }
    assert_eq!(contents(&server).len(), 0, "none of it is kept");
    // The ending says what the content is.
    let photo = photo();
    for (name, is) in [("ảnh.png", "ảnh.jpg"), ("ảnh.exe", "ảnh.exe.jpg"), ("ảnh.jpeg", "ảnh.jpeg")]
    {
        assert_eq!(file(&server, &people.press, &id, name, &photo).kept().await.name, is);
    }
    // A photograph of 80 MB is refused at its first piece, what is larger than any kind before one; a film may be so large.
    let mut up = file(&server, &people.press, &id, "a.jpg", &photo);
    up.size = 80_000_000;
    assert_eq!(state(&up.begin().await).offset, 0);
    let large = up.piece(0, photo.len()).await.json();
    assert_eq!(large["code"], "file_too_large");
    assert!(large["words"].as_str().expect("words").starts_with("Ảnh lớn nhất 50 MB"), "{large}");
    up.size = Kind::Film.bytes_max() as usize + 1;
    assert_eq!(up.begin().await.json()["code"], "file_too_large");
    // All came, and it is another content than was said; more came than was said.
    let mut up = file(&server, &people.press, &id, "a.png", PNG);
    up.digest = Digest::of(b"another");
    let answer = up.send().await;
    assert_eq!((answer.status.as_u16(), answer.json()["code"].as_str()), (422, Some("wrong_digest")));
    let gone = up.piece(0, 1).await;
    assert_eq!((gone.status.as_u16(), gone.json()["code"].as_str()), (410, Some("upload_gone")));
    up.size = 10;
    up.begin().await;
    assert_eq!(up.piece(0, PNG.len()).await.json()["code"], "upload_length");
    // Called off: nothing of it stays.
    assert_eq!(
        call(&server.origin, &people.press, Method::DELETE, &up.path(), &[], vec![]).await.status,
        200
    );
    assert_eq!(std::fs::read_dir(server.data().join("attachments/unfinished")).expect("readable").count(), 0);
    let nobody = Client::new(&server.origin);
    assert_eq!(file(&server, &nobody, &id, "a.png", PNG).begin().await.status, 401);
    // Every other call keeps its own small limit.
    let (status, _) = open(&people.press, json!({ "title": "a".repeat(100_000) })).await;
    assert_eq!(status, 413);
}

#[tokio::test]
async fn nobody_fills_the_disk_with_what_is_not_whole() {
    let server = Server::demo();
    let people = server.people().await;
    let id = opened(&people).await;
    let begin = async |who: &Client, number: usize| {
        let bytes = format!("{number}");
        let mut up = file(&server, who, &id, "a.mp4", bytes.as_bytes());
        up.size = 500_000_000;
        up.begin().await
    };
    for number in 0..4 {
        assert_eq!(begin(&people.press, number).await.status, 200);
    }
    let refused = begin(&people.press, 4).await;
    assert_eq!((refused.status.as_u16(), refused.json()["code"].as_str()), (429, Some("upload_quota")));
    assert_eq!(begin(&people.press, 0).await.status, 200, "what was begun goes on");
    assert_eq!(begin(&people.party, 4).await.status, 200, "nobody else is kept waiting");
}

#[tokio::test]
async fn a_full_disk_is_said_and_what_came_stays() {
    let dir = tempfile::tempdir().expect("a directory");
    let server = Server::on_a_full_disk(dir.path());
    let people = server.people().await;
    let bytes = film(2 * PIECE_BYTES_MAX as usize);
    let digest = Digest::of(&bytes);
    let up = file(&server, &people.press, DEMO, "lũ.mp4", &bytes);
    up.begin().await;
    assert_eq!(state(&up.piece(0, 100_000).await).offset, 100_000);
    let full = up.piece(100_000, 100_000 + PIECE_BYTES_MAX as usize).await;
    assert_eq!(
        (full.status.as_u16(), full.json()["code"].as_str()),
        (507, Some("disk_full")),
        "{}",
        full.json()
    );
    assert_eq!(state(&up.begin().await).offset, 100_000, "what came before stays");
    // Words go on.
    act(&mut join(&people.press, DEMO).await, say("vẫn ghi được")).await;
    server.kill();
    // With room again it goes on where it was.
    let server = Server::run(dir.path(), "127.0.0.1:0", &["demo", "--no-colleague"]);
    let people = server.people().await;
    let up = file(&server, &people.press, DEMO, "lũ.mp4", &bytes);
    assert_eq!(state(&up.begin().await).offset, 100_000);
    assert_eq!(up.kept().await.digest, digest);
}

#[tokio::test]
async fn a_picture_is_looked_at_without_its_place_and_a_bomb_is_not() {
    let server = Server::demo();
    let people = server.people().await;
    let id = opened(&people).await;
    let photo = photo();
    let side = 50_000_u32.to_be_bytes();
    // Nothing behind the header: its checksum is right, and it promises ten thousand megabytes.
    let header = [b"IHDR".as_slice(), &side, &side, b"\x08\x06\0\0\0"].concat();
    let crc = !header.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 },
        )
    });
    let bomb =
        [&PNG[..8], b"\0\0\0\x0d", &header, &crc.to_be_bytes(), b"\0\0\0\0IDAT\x35\xaf\x06\x1e"].concat();
    let mut files = vec![];
    for (name, bytes) in
        [("lũ.jpg", &photo[..]), ("bom.png", &bomb), ("hỏng.png", PNG), ("số.csv", "a;b\n1;2".as_bytes())]
    {
        files.push(file(&server, &people.press, &id, name, bytes).kept().await);
    }
    act(&mut join(&people.press, &id).await, say_with(files.clone())).await;
    let path = |file: &Attachment, size: &str| {
        format!("/api/incidents/{id}/attachments/{}/preview/{size}", file.digest)
    };
    assert!(has(&photo, b"Exif") && has(&photo, b"\x25\x88"), "the original says where it was taken");
    for (size, dimensions) in [("large", (400, 300)), ("small", (320, 240))] {
        let answer = people.party.call(Method::GET, &path(&files[0], size), None).await.expect("reached");
        assert_eq!(
            (answer.status.as_u16(), &answer.headers["content-type"]),
            (200, &"image/jpeg".parse().expect("a type"))
        );
        assert!(!has(&answer.body, b"Exif") && !has(&answer.body, b"\x25\x88"), "the preview does not");
        let picture = image::load_from_memory(&answer.body).expect("a picture");
        assert_eq!((picture.width(), picture.height()), dimensions);
        let tag = answer.headers["etag"].to_str().expect("text");
        let again = call(
            &server.origin,
            &people.party,
            Method::GET,
            &path(&files[0], size),
            &[("if-none-match", tag)],
            vec![],
        )
        .await;
        assert_eq!(again.status, 304);
    }
    let down = format!("/api/incidents/{id}/attachments/{}", files[0].digest);
    let original = people.party.call(Method::GET, &down, None).await.expect("reached");
    assert!(original.body[..] == photo[..], "the original is as it was");
    // Twice: the second answer is remembered.
    for _ in 0..2 {
        let (status, said) = get(&people.party, &path(&files[1], "small")).await;
        assert_eq!((status, said["code"].as_str()), (422, Some("too_many_pixels")), "{said}");
        assert!(said["words"].as_str().expect("words").contains("50000 × 50000"), "{said}");
        for unreadable in &files[2..] {
            assert_eq!(get(&people.party, &path(unreadable, "large")).await.1["code"], "no_preview");
        }
    }
    assert_eq!(get(&people.party, &path(&files[0], "huge")).await.0, 404);
    // Made anew when they were thrown away.
    std::fs::remove_dir_all(server.data().join("previews")).expect("removable");
    let left = server.kill();
    let server = left.start();
    let people = server.people().await;
    assert_eq!(
        people.party.call(Method::GET, &path(&files[0], "small"), None).await.expect("reached").status,
        200
    );
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
    let down = format!("/api/incidents/{id}/attachments/{}", Digest::of(PNG));
    // At the desk; at the scene; who only follows; with no part in it.
    for (who, up, read) in
        [(&people[0], 200, 404), (&people[1], 200, 404), (&people[2], 403, 404), (&admin, 404, 404)]
    {
        assert_eq!(file(&server, who, &id, "a.png", PNG).send().await.status, up);
        assert_eq!(get(who, &down).await.0, read);
    }
}

#[tokio::test]
async fn the_log_never_names_a_file_that_is_not_there() {
    let server = Server::demo();
    let people = server.people().await;
    let (id, statement) = with_a_release(&people).await;
    let kept = file(&server, &people.press, &id, "a.txt", "Trang chủ".as_bytes()).kept().await;
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

/// Knowing a digest is not having the file: neither sending it up nor naming it tells whether it exists somewhere.
#[tokio::test]
async fn a_digest_alone_opens_nothing() {
    let server = Server::demo();
    let people = server.people().await;
    let (id, other) = (opened(&people).await, opened(&people).await);
    let bytes = film(50_000);
    let kept = file(&server, &people.press, &id, "lũ.mp4", &bytes).kept().await;
    // Not named yet: to everybody but its sender, and in every other incident, it is as if it did not exist.
    let offset = async |who: &Client, incident: &str| {
        state(&file(&server, who, incident, "b.mp4", &bytes).begin().await).offset
    };
    assert_eq!(offset(&people.press, &id).await, kept.size, "its sender need not send it again");
    assert_eq!((offset(&people.party, &id).await, offset(&people.press, &other).await), (0, 0));
    let mut party = join(&people.party, &id).await;
    assert_eq!(
        try_act(&mut party, say_with(vec![kept.clone()])).await.expect_err("not theirs").code,
        "no_such_file"
    );
    let mut elsewhere = join(&people.press, &other).await;
    assert_eq!(
        try_act(&mut elsewhere, say_with(vec![kept.clone()])).await.expect_err("not there").code,
        "no_such_file"
    );
    // Once a row that they see names it, they need not send it again, and may name it.
    act(&mut join(&people.press, &id).await, say_with(vec![kept.clone()])).await;
    assert_eq!(offset(&people.party, &id).await, kept.size);
    act(&mut party, say_with(vec![kept.clone()])).await;
    assert_eq!(offset(&people.press, &other).await, 0);
}
