//! Checkpoints of a running server: made when words are submitted, approved, published; checked by openssl; a log that was put
//! back is for reading only; what a purge takes out leaves them true; an outside authority stamps them.

use crate::attachments::sent;
use crate::designations::{by_new_link, post};
use crate::support::*;
use hyper::Method;
use phongtruc::client::Client;
use phongtruc::log::chain;
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// The checkpoints of the demonstration, each as its text.
fn checkpoints(data: &Path) -> Vec<String> {
    let text =
        std::fs::read_to_string(data.join(format!("checkpoints/incidents/{DEMO}.txt"))).unwrap_or_default();
    text.split("\n\n")
        .filter(|block| !block.trim().is_empty())
        .map(|block| format!("{}\n", block.trim()))
        .collect()
}

fn field<'a>(checkpoint: &'a str, name: &str) -> &'a str {
    let line = checkpoint.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    line.unwrap_or_else(|| panic!("{name} of {checkpoint}"))
}

/// Waits, by asking the server, until its newest checkpoint says this.
pub async fn sealed(client: &Client, incident: &str, is: impl Fn(&Value) -> bool) -> Value {
    loop {
        let (status, sealed) = get(client, &format!("/api/incidents/{incident}/sealed")).await;
        assert_eq!(status, 200, "{sealed}");
        if is(&sealed) {
            return sealed;
        }
        tokio::task::yield_now().await;
    }
}

pub fn run(command: &str, dir: &Path) -> String {
    let out = std::process::Command::new("bash")
        .args(["-o", "pipefail", "-c", command])
        .current_dir(dir)
        .output()
        .expect("bash");
    let said = format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    assert!(out.status.success(), "{command}\n{said}");
    said
}

fn verify(data: &Path, more: &[&str]) -> (Option<i32>, Value) {
    let log = data.join(format!("incidents/{DEMO}.jsonl"));
    let out = program().args(["verify", "--json"]).arg(log).args(more).output().expect("ran");
    (out.status.code(), serde_json::from_slice(&out.stdout).expect("JSON"))
}

#[tokio::test]
async fn words_that_are_submitted_and_approved_are_sealed_and_openssl_says_so() {
    let server = Server::demo();
    let people = server.people().await;
    let mut party = join(&people.party, DEMO).await;
    let words = "Không có sự cố vỡ đập. Mọi người bình tĩnh, chờ tin của cơ quan chức năng.";
    let id = submitted(&mut party, "holding_statement", words).await;
    let rev = party.known.rev;
    let found = sealed(&people.press, DEMO, |it| it["rev"].as_u64() >= Some(rev.into())).await;
    let submit = checkpoints(server.data());
    let submit =
        submit.iter().find(|it| field(it, "rev") == rev.to_string()).expect("at the line of the submission");
    assert_eq!((field(submit, "cause"), field(submit, "stream")), ("submit", "incidents/coc-ly-2024"));
    let mut press = join(&people.press, DEMO).await;
    let approved = act(&mut press, approve(&id, words)).await;
    sealed(&people.press, DEMO, |it| it["rev"].as_u64() >= Some(approved.into())).await;
    let all = checkpoints(server.data());
    assert!(all.iter().any(|it| field(it, "cause") == "approve" && field(it, "rev") == approved.to_string()));

    // Nothing of ours is needed to check a signature.
    let dir = tempfile::tempdir().expect("a directory");
    let out = program().args(["key", "--data"]).arg(server.data()).output().expect("ran");
    std::fs::write(dir.path().join("key.pem"), &out.stdout).expect("writable");
    assert_eq!(String::from_utf8_lossy(&out.stdout), found["pem"].as_str().expect("a key"));
    for checkpoint in &all {
        std::fs::write(dir.path().join("c.txt"), checkpoint).expect("writable");
        run("head -n 7 c.txt > text && tail -n 1 c.txt | cut -d ' ' -f 2 | base64 -d > sig", dir.path());
        let said =
            run("openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in text -sigfile sig", dir.path());
        assert!(said.contains("Verified Successfully"), "{said}");
    }
    let id = run("openssl pkey -pubin -in key.pem -outform DER | sha256sum", dir.path());
    assert!(id.starts_with(found["key"].as_str().expect("an id")), "{id}");
    let (code, judged) = verify(server.data(), &[]);
    assert_eq!((code, &judged["verdict"]), (Some(0), &json!("intact")), "{judged}");
    assert_eq!(judged["sealed"]["key"], found["key"]);
    let other = dir.path().join("other.pem");
    run(
        "openssl genpkey -algorithm ed25519 -out own.key && openssl pkey -in own.key -pubout -out other.pem",
        dir.path(),
    );
    let (code, judged) = verify(server.data(), &["--key", other.to_str().expect("UTF-8")]);
    assert_eq!((code, &judged["checkpoints"][0]["finding"]), (Some(3), &json!("unknown_key")), "{judged}");
}

#[tokio::test]
async fn a_log_that_was_put_back_with_its_head_opens_for_reading_only() {
    let server = Server::demo();
    let people = server.people().await;
    let mut press = join(&people.press, DEMO).await;
    act(&mut press, say("sắp bị xóa")).await;
    // An archive seals the end of the log.
    let archive = people.press.call(Method::GET, &format!("/api/incidents/{DEMO}/archive"), None).await;
    assert_eq!(archive.expect("reached").status.as_u16(), 200);
    let rev = press.known.rev;
    let left = server.kill();
    let log = left.data.join(format!("incidents/{DEMO}.jsonl"));
    let text = std::fs::read_to_string(&log).expect("readable");
    let cut: String = text.lines().take(rev as usize - 1).map(|line| format!("{line}\n")).collect();
    let head = chain::verify(cut.as_bytes(), None).head;
    std::fs::write(&log, cut).expect("writable");
    std::fs::write(log.with_extension("head"), format!("{:>10} {}\n", head.rev, head.digest))
        .expect("writable");
    let (code, judged) = verify(&left.data, &[]);
    assert_eq!(
        (code, &judged["verdict"], &judged["from"]),
        (Some(1), &json!("missing"), &json!(rev)),
        "{judged}"
    );
    let server = left.start();
    let people = server.people().await;
    let mut press = join(&people.press, DEMO).await;
    let refused = try_act(&mut press, say("thử")).await.expect_err("frozen");
    assert_eq!(refused.code, "read_only");
    let archive = people.press.call(Method::GET, &format!("/api/incidents/{DEMO}/archive"), None).await;
    let answer = archive.expect("reached").json();
    let words = answer["words"].as_str().expect("words");
    assert!(words.contains("Điểm chốt") && words.contains(&format!("dòng {rev}")), "{answer}");
}

#[tokio::test]
async fn what_a_purge_takes_out_leaves_checkpoints_before_and_after_it_true() {
    let server = Server::demo();
    let people = server.people().await;
    let file = sent(&server, &people.press, DEMO, "so-do.txt", b"So do cau Ngoi Thu").await;
    let mut press = join(&people.press, DEMO).await;
    let mut send = phongtruc::domain::message::Command::plain(row(), "điều không được ghi ở đây", None);
    if let phongtruc::domain::message::Command::Send { attachments, .. } = &mut send {
        attachments.push(file);
    }
    let said = act(&mut press, phongtruc::domain::Command::Message(send)).await;
    let take = async |client: &Client| {
        let answer =
            client.call(Method::GET, &format!("/api/incidents/{DEMO}/archive"), None).await.expect("reached");
        assert_eq!(answer.status.as_u16(), 200);
        answer.body.to_vec()
    };
    take(&people.press).await;
    let left = server.end();
    let server = Server::run(&left.data, &left.listen, &["serve"]);
    let admin = by_new_link(&server, &server.links[0]).await;
    let order = json!({ "id": command_id(), "what": { "lines": [said] }, "reason": "Lộ nội dung không được đưa lên mạng" });
    let (status, done) = post(&admin, &format!("/api/purges/{DEMO}"), order).await;
    assert_eq!(status, 200, "{done}");
    let (_, judged) = verify(&left.data, &[]);
    let certain = judged["sealed"]["rev"].as_u64().expect("sealed");
    assert!(certain >= said.into() && certain < done["rev"].as_u64().expect("a revision"), "{judged}");
    assert_eq!(judged["loose"], json!([said]), "the record of the purge is not sealed yet: {judged}");
    let zip = take(&people.press).await;
    let (code, judged) = verify(&left.data, &[]);
    assert_eq!(
        (code, &judged["verdict"], &judged["purged"]),
        (Some(0), &json!("intact"), &json!(1)),
        "{judged}"
    );
    assert_eq!((&judged["tail"], &judged["loose"]), (&json!(0), &json!([])), "{judged}");
    let held = judged["checkpoints"].as_array().expect("several");
    assert!(held.len() >= 2 && held.iter().all(|it| it["finding"] == "holds"), "{judged}");
    // The archive of afterwards holds neither the words nor the file.
    let dir = tempfile::tempdir().expect("a directory");
    std::fs::write(dir.path().join("a.zip"), zip).expect("writable");
    run(
        "python3 -m zipfile -e a.zip out && cd out && python3 verify.py && ! grep -rq 'không được ghi ở đây' log statements && test -z \"$(ls attachments 2>/dev/null)\"",
        dir.path(),
    );
}

/// An authority for time stamps: openssl behind a listener. Its first answer is to another question.
struct Authority {
    dir: PathBuf,
    asked: Mutex<u32>,
}

const AUTHORITY: &str = "[tsa]\ndefault_tsa = one\n[one]\nserial = serial\nsigner_cert = tsa.pem\nsigner_key = tsa.key\ncerts = ca.pem\n\
signer_digest = sha256\ndefault_policy = 1.2.3.4\ndigests = sha256\naccuracy = secs:1\n[ext]\nextendedKeyUsage = critical,timeStamping\nkeyUsage = critical,digitalSignature\n";

impl Authority {
    fn at(dir: &Path) -> Arc<Self> {
        std::fs::write(dir.join("tsa.cnf"), AUTHORITY).expect("writable");
        std::fs::write(dir.join("serial"), "01\n").expect("writable");
        run(
            "openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj '/CN=Co quan thu' 2>/dev/null && \
             openssl req -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr -subj '/CN=Dau thoi gian thu' 2>/dev/null && \
             openssl x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile tsa.cnf -extensions ext -out tsa.pem 2>/dev/null && \
             printf khac > other.txt && openssl ts -query -data other.txt -sha256 -cert -out other.tsq",
            dir,
        );
        Arc::new(Self { dir: dir.to_owned(), asked: Mutex::new(0) })
    }

    fn answer(&self, query: &[u8]) -> Vec<u8> {
        let mut asked = self.asked.lock().expect("held by nobody who failed");
        *asked += 1;
        std::fs::write(self.dir.join("asked.tsq"), query).expect("writable");
        let query = if *asked == 1 { "other.tsq" } else { "asked.tsq" };
        run(
            &format!(
                "openssl ts -reply -config tsa.cnf -section one -queryfile {query} -out answer.tsr 2>/dev/null"
            ),
            &self.dir,
        );
        std::fs::read(self.dir.join("answer.tsr")).expect("there")
    }
}

/// Reads one call and answers it.
fn answer(mut stream: TcpStream, with: impl Fn(&str, &[u8]) -> Vec<u8>) {
    let (mut read, mut piece) = (vec![], [0; 4096]);
    let body = loop {
        let count = stream.read(&mut piece).expect("readable");
        read.extend(&piece[..count]);
        let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&read[..end]).to_lowercase();
        let length =
            head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
        if read.len() >= end + 4 + length.unwrap_or(0) {
            break with(&head, &read[end + 4..]);
        }
    };
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    // Whoever asked may have given up; they ask again.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
}

#[tokio::test]
async fn an_authority_stamps_checkpoints_and_a_witness_keeps_them() {
    let dir = tempfile::tempdir().expect("a directory");
    let authority = Authority::at(dir.path());
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("bound"));
    let witnessed = Arc::new(Mutex::new(String::new()));
    let (asked, heard) = (authority.clone(), witnessed.clone());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            answer(stream, |head, body| {
                if head.starts_with("post /tsa") {
                    assert!(head.contains("application/timestamp-query"), "{head}");
                    return asked.answer(body);
                }
                heard.lock().expect("held by nobody who failed").push_str(&String::from_utf8_lossy(body));
                b"da nhan".to_vec()
            });
        }
    });
    let server = Server::demo_with(&["--tsa", &format!("{url}/tsa"), "--witness", &format!("{url}/giu")]);
    let people = server.people().await;
    let mut press = join(&people.press, DEMO).await;
    // Each archive seals the end of the log; by the second the authority answers what it was asked.
    for words in ["một", "hai"] {
        act(&mut press, say(words)).await;
        let archive = people.press.call(Method::GET, &format!("/api/incidents/{DEMO}/archive"), None).await;
        assert_eq!(archive.expect("reached").status.as_u16(), 200);
    }
    let rev = press.known.rev;
    sealed(&people.press, DEMO, |it| it["stamped"] == true && it["rev"].as_u64() == Some(rev.into())).await;
    let all = checkpoints(server.data());
    let newest = all.last().expect("sealed");
    let imprint = digest(newest);
    let token = server.data().join(format!("checkpoints/tokens/{imprint}.tsr"));
    std::fs::write(dir.path().join("c.txt"), newest).expect("writable");
    std::fs::copy(token, dir.path().join("c.tsr")).expect("there");
    let said = run("openssl ts -verify -data c.txt -in c.tsr -CAfile ca.pem 2>&1", dir.path());
    assert!(said.contains("Verification: OK"), "{said}");
    let said = run("openssl ts -query -in asked.tsq -text", dir.path());
    assert!(
        said.contains("sha256") && said.contains("Nonce: 0x") && said.contains("Certificate required: yes"),
        "{said}"
    );
    let answer = server.data().join(format!("checkpoints/witness/{imprint}.txt"));
    assert_eq!(std::fs::read(answer).expect("kept"), b"da nhan");
    assert!(witnessed.lock().expect("held by nobody who failed").contains(newest.as_str()));
    let (_, judged) = verify(server.data(), &[]);
    assert_eq!(judged["sealed"]["stamped"], true, "{judged}");
    // An answer to another question is no time stamp.
    let tokens = std::fs::read_dir(server.data().join("checkpoints/tokens")).expect("there").count();
    assert!(
        u32::try_from(tokens).expect("few") < *authority.asked.lock().expect("held by nobody who failed")
    );
}
