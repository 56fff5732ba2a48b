//! The sealed archive of a running server and of the command line: what stands in it, that its own page of instructions works
//! to the letter, and that whoever may not see drafts does not get one.

use crate::attachments::{film, say_with, sent};
use crate::checkpoints::run;
use crate::support::*;
use hyper::Method;
use phongtruc::domain::{Command, message};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;

/// Of a film that somebody took.
const FILM_BYTES: usize = 32 * 1024 * 1024;

/// The commands of the page, as they stand there.
fn commands(page: &str) -> Vec<&str> {
    page.lines().filter_map(|line| line.strip_prefix("    $ ")).collect()
}

fn verify(zip: &Path, more: &[&str]) -> (Option<i32>, String) {
    let out = program().arg("verify").arg(zip).args(more).output().expect("ran");
    (out.status.code(), String::from_utf8(out.stdout).expect("UTF-8"))
}

#[tokio::test]
async fn an_archive_proves_itself_without_us() {
    let server = Server::demo();
    let people = server.people().await;
    let bytes = "Ảnh chụp màn hình bài viết giả định".as_bytes();
    let file = sent(&server, &people.press, DEMO, "bai-viet.txt", bytes).await;
    let mut press = join(&people.press, DEMO).await;
    let mut send = message::Command::plain(row(), "Gửi bài viết", None);
    if let message::Command::Send { attachments, .. } = &mut send {
        attachments.push(file);
    }
    act(&mut press, Command::Message(send)).await;
    let words = "Thông tin vỡ đập là không đúng. Cơ quan chức năng đang có mặt.";
    submitted(&mut press, "holding_statement", words).await;
    let take = async || {
        let path = format!("/api/incidents/{DEMO}/archive");
        let answer = people.press.call(Method::GET, &path, None).await.expect("reached");
        assert_eq!(answer.status.as_u16(), 200, "{:?}", answer.body);
        answer.body.to_vec()
    };
    let zip = take().await;
    assert!(take().await == zip, "the same record gives the same bytes");
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("ho-so.zip");
    std::fs::write(&path, &zip).expect("writable");
    run("python3 -m zipfile -e ho-so.zip out", dir.path());
    let out = dir.path().join("out");
    let read = |name: &str| std::fs::read(out.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(read(&format!("attachments/{}", phongtruc::domain::ids::Digest::of(bytes))), bytes);
    assert_eq!(read(&format!("log/{DEMO}.jsonl")), std::fs::read(server.log(DEMO)).expect("readable"));
    run(
        &format!(
            "grep -rlq '{words}' statements && ls exports/*.pdf exports/*.json exports/*.csv exports/*.html"
        ),
        &out,
    );
    run("! grep -rqi 'argon2\\|PRIVATE KEY' . --include=* --exclude=*.pdf --exclude=verify.py", &out);

    let page = String::from_utf8(read("CACH-KIEM-TRA.txt")).expect("UTF-8");
    assert!(commands(&page).len() >= 9, "{page}");
    for command in commands(&page) {
        let said = run(command, &out);
        if command.contains("pkeyutl") {
            assert!(said.contains("Signature Verified Successfully"), "{command}: {said}");
        }
        if let Some((wc, _)) = command.split_once(';').filter(|(_, second)| second.contains("grep")) {
            // Two numbers, or two digests, that a person compares.
            let lines: Vec<_> = said.lines().collect();
            let first = lines[0].split_whitespace().next().expect("a value");
            assert!(lines.len() == 2 && lines[1].contains(first), "{wc}: {said}");
        }
    }
    let (code, said) = verify(&path, &[]);
    assert!(code == Some(0) && said.contains("Chắc chắn đến dòng"), "{said}");
    run("python3 out/verify.py ho-so.zip", dir.path());

    // The command line makes one too, and the server goes on meanwhile.
    let own = dir.path().join("dong-lenh.zip");
    let made = program()
        .args(["archive", DEMO, "--out"])
        .arg(&own)
        .arg("--data")
        .arg(server.data())
        .output()
        .expect("ran");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let key = dir.path().join("key.pem");
    std::fs::write(&key, program().args(["key", "--data"]).arg(server.data()).output().expect("ran").stdout)
        .expect("writable");
    let (code, said) = verify(&own, &["--key", key.to_str().expect("UTF-8")]);
    assert_eq!(code, Some(0), "{said}");
    assert!(!dir.path().join("dong-lenh.zip.unfinished").exists());
    let unwritable =
        program().args(["archive", DEMO, "--out", "/khong/co/a.zip", "--data"]).arg(server.data()).output();
    assert_eq!(unwritable.expect("ran").status.code(), Some(2));
    std::fs::write(&own, &zip[..zip.len() / 2]).expect("writable");
    let (code, said) = verify(&own, &[]);
    assert!(code == Some(1) && said.contains("có thể bị cắt ngắn"), "{said}");
}

#[tokio::test]
async fn what_is_cancelled_or_left_half_way_leaves_nothing_and_who_sees_no_drafts_gets_none() {
    let server = Server::demo();
    let people = server.people().await;
    let path = format!("/api/incidents/{DEMO}/archive");
    // More than a network holds on its way.
    let film = sent(&server, &people.press, DEMO, "hien-truong.mp4", &film(FILM_BYTES)).await;
    act(&mut join(&people.press, DEMO).await, say_with(vec![film])).await;
    let kept = || std::fs::read_dir(server.data().join("exports")).expect("readable").count();
    let all_gone = async || {
        while kept() > 0 {
            tokio::task::yield_now().await;
        }
    };

    let begun = people.press.call(Method::POST, &path, None).await.expect("reached").json();
    let job = format!("/api/incidents/{DEMO}/exports/{}", begun["id"].as_str().expect("a job"));
    // It is being written.
    while kept() == 0 {
        assert_ne!(get(&people.press, &job).await.1["state"], "failed");
    }
    assert_eq!(people.press.call(Method::DELETE, &job, None).await.expect("reached").status, 204);
    all_gone().await;

    let mut away = TcpStream::connect(server.origin.trim_start_matches("http://")).expect("reached");
    let cookie = people.press.cookie().expect("signed in");
    write!(away, "GET {path} HTTP/1.1\r\nhost: phong-truc\r\ncookie: {cookie}\r\n\r\n").expect("asked");
    let mut first = [0; 64];
    away.read_exact(&mut first).expect("answered");
    assert!(first.starts_with(b"HTTP/1.1 200 OK"), "{}", String::from_utf8_lossy(&first));
    assert_eq!(kept(), 1, "it is on its way");
    drop(away);
    all_gone().await;

    let answer = people.press.call(Method::GET, &path, None).await.expect("reached");
    assert!(answer.status == 200 && answer.body.len() > FILM_BYTES);
    let nobody = phongtruc::client::Client::new(&server.origin);
    assert_eq!(nobody.call(Method::GET, &path, None).await.expect("reached").status, 401);
}
