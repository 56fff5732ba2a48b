//! Exports from the web and from the command line are the same documents; `verify` names the changed line.

use crate::attachments::call;
use crate::designations::{by_new_link, post};
use crate::support::*;
use hyper::Method;
use phongtruc::domain::ids::IncidentId;
use std::process::Output;

fn run(server: &Server, arguments: &[&str]) -> Output {
    program().args(arguments).arg("--data").arg(server.data()).output().expect("ran")
}

#[tokio::test]
async fn the_command_line_exports_what_the_web_exports() {
    let server = Server::demo();
    let people = server.people().await;
    let mut press = join(&people.press, DEMO).await;
    act(&mut press, note("=1+1 không phải công thức")).await;
    for format in ["html", "csv", "json", "pdf"] {
        let web =
            people.press.call(Method::GET, &format!("/api/incidents/{DEMO}/export/{format}"), None).await;
        let web = web.expect("reached").body;
        let cli = run(&server, &["export", DEMO, "--format", format, "--out", "-"]).stdout;
        assert!(!cli.is_empty());
        match format {
            // Apart from who made it and when, they are the same.
            "json" => {
                let parse = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).expect("JSON");
                let cli_bytes = cli.clone();
                let (web, cli) = (parse(&web), parse(&cli));
                assert_eq!(
                    (&web["incident"], &web["records"], &web["head"]),
                    (&cli["incident"], &cli["records"], &cli["head"])
                );
                let log = std::fs::read_to_string(server.log(DEMO)).expect("readable");
                assert_eq!(web["records"].as_array().map(Vec::len), Some(log.lines().count()), "complete");
                // Exact: the stored bytes of every line, so the chain can be checked in the file alone.
                let text = String::from_utf8(cli_bytes).expect("UTF-8");
                assert!(log.lines().all(|line| text.contains(line)));
            }
            "csv" => {
                assert!(cli.starts_with("\u{FEFF}".as_bytes()));
                let text = String::from_utf8(cli).expect("UTF-8");
                assert!(text.contains("'=1+1"), "a formula is defused");
                assert_eq!(
                    text.lines().count(),
                    String::from_utf8(web.to_vec()).expect("UTF-8").lines().count()
                );
            }
            "pdf" => assert!(cli.starts_with(b"%PDF-") && web.starts_with(b"%PDF-")),
            _ => assert!(String::from_utf8(cli).expect("UTF-8").contains("DIỄN TẬP")),
        }
    }
    let unknown = run(&server, &["export", "SC-1999-0001"]);
    assert_eq!(unknown.status.code(), Some(2));
    let number = press.known.header["number"].as_str().expect("a number").to_owned();
    assert!(run(&server, &["export", &number, "--format", "csv", "--out", "-"]).status.success());
}

#[tokio::test]
async fn verify_confirms_an_untouched_log_and_names_the_changed_line() {
    let server = Server::demo();
    let people = server.people().await;
    let mut press = join(&people.press, DEMO).await;
    act(&mut press, say("dòng cuối")).await;
    let path = server.log(DEMO);
    let verify = |path: &std::path::Path| program().arg("verify").arg(path).output().expect("ran");
    let whole = verify(&path);
    assert_eq!(whole.status.code(), Some(0));
    let text = std::fs::read_to_string(&path).expect("readable");
    let lines: Vec<_> = text.lines().map(ToOwned::to_owned).collect();
    let other = tempfile::tempdir().expect("a directory");
    let copy = other.path().join("log.jsonl");
    std::fs::copy(path.with_extension("head"), copy.with_extension("head")).expect("copied");
    for changed in [0, 5, lines.len() - 1] {
        let mut lines = lines.clone();
        lines[changed] = lines[changed].replacen("20", "21", 1);
        std::fs::write(&copy, lines.join("\n") + "\n").expect("writable");
        let verified = verify(&copy);
        let said = String::from_utf8_lossy(&verified.stdout).into_owned();
        assert_eq!(verified.status.code(), Some(1), "{said}");
        assert!(said.contains(&format!("dòng {}:", changed + 1)), "{changed}: {said}");
    }
    // A last line cut off, and a line taken out.
    std::fs::write(&copy, lines[..lines.len() - 1].join("\n") + "\n").expect("writable");
    assert_eq!(verify(&copy).status.code(), Some(1));
    std::fs::write(&copy, [&lines[..3], &lines[4..]].concat().join("\n") + "\n").expect("writable");
    assert_eq!(verify(&copy).status.code(), Some(1));
    assert_eq!(verify(&other.path().join("none.jsonl")).status.code(), Some(2));
}

#[tokio::test]
async fn a_log_whose_end_was_cut_off_is_not_exported_as_if_it_were_whole() {
    let server = Server::demo();
    let left = server.kill();
    let path = left.data.join(format!("incidents/{DEMO}.jsonl"));
    let text = std::fs::read_to_string(&path).expect("readable");
    let cut: String = text.lines().take(5).map(|line| format!("{line}\n")).collect();
    std::fs::write(&path, cut).expect("writable");
    let export =
        program().args(["export", DEMO, "--format", "csv", "--out", "-", "--data"]).arg(&left.data).output();
    let export = export.expect("ran");
    assert_eq!((export.status.code(), export.stdout.len()), (Some(2), 0));
    assert!(String::from_utf8_lossy(&export.stderr).contains("bị cắt"));
}

/// Ten lines of Python verify a log: nothing of ours is needed to check ours.
#[tokio::test]
async fn ten_lines_of_python_verify_a_log() {
    let server = Server::demo();
    let script = r"
import hashlib, json, sys
prev = '0' * 64
for number, line in enumerate(open(sys.argv[1], 'rb').read().split(b'\n')[:-1], 1):
    record = json.loads(line)
    if record['rev'] != number or record['prev'] != prev:
        sys.exit(f'line {number}')
    prev = record.get('purged') or hashlib.sha256(line).hexdigest()
print(prev)
";
    let python = std::process::Command::new("python3").args(["-c", script]).arg(server.log(DEMO)).output();
    let Ok(python) = python else { panic!("python3 is part of Debian") };
    assert!(python.status.success(), "{}", String::from_utf8_lossy(&python.stderr));
    let head = String::from_utf8_lossy(&python.stdout).trim().to_owned();
    let verified = program().args(["verify", "--json"]).arg(server.log(DEMO)).output().expect("ran");
    let verified: serde_json::Value = serde_json::from_slice(&verified.stdout).expect("JSON");
    assert_eq!(verified["head"], head.as_str());
    assert!(IncidentId::new(DEMO).is_some());
}

/// The job of an export when it has ended.
async fn ended(client: &phongtruc::client::Client, job: &str) -> serde_json::Value {
    loop {
        let (status, state) = get(client, job).await;
        assert_eq!(status, 200);
        if ["done", "failed"].contains(&state["state"].as_str().unwrap_or_default()) {
            return state;
        }
    }
}

#[tokio::test]
async fn an_export_is_a_job_that_is_fetched_in_parts_or_cancelled_without_a_trace() {
    let server = Server::demo();
    let people = server.people().await;
    let _press = join(&people.press, DEMO).await;
    let jobs = format!("/api/incidents/{DEMO}/exports");
    let order = |format: &str, variant: &str| serde_json::json!({ "format": format, "variant": variant });
    let begin = async |order: &serde_json::Value| {
        let begun = people.press.call(Method::POST, &jobs, Some(order)).await.expect("reached");
        assert_eq!(begun.status, 200);
        let begun: serde_json::Value = serde_json::from_slice(&begun.body).expect("JSON");
        format!("{jobs}/{}", begun["id"].as_str().expect("an id"))
    };
    let job = begin(&order("csv", "inspection")).await;
    let state = ended(&people.press, &job).await;
    assert_eq!(state["state"], "done", "{state}");
    assert_eq!(state["name"].as_str().map(|name| name.ends_with("-kiem-tra.csv")), Some(true), "{state}");
    let file = people.press.call(Method::GET, &format!("{job}/file"), None).await.expect("reached");
    assert_eq!(Some(file.body.len() as u64), state["bytes"].as_u64());
    // A download that broke goes on where it was.
    let half = file.body.len() / 2;
    let mut rest = file.body[..half].to_vec();
    let (from, path) = (format!("bytes={half}-"), format!("{job}/file"));
    let range = [("range", from.as_str())];
    let part = call(&server.origin, &people.press, Method::GET, &path, &range, vec![]).await;
    assert_eq!(part.status, 206);
    rest.extend_from_slice(&part.body);
    assert_eq!(rest, file.body);
    // It is whose it is.
    let other = people.party.call(Method::GET, &job, None).await.expect("reached");
    assert_eq!(other.status, 404);
    // What was cancelled, made or not, is gone from the disk.
    let running = begin(&order("pdf", "internal")).await;
    for job in [job, running] {
        let gone = people.press.call(Method::DELETE, &job, None).await.expect("reached");
        assert_eq!(gone.status, 204);
        assert_eq!(people.press.call(Method::GET, &job, None).await.expect("reached").status, 404);
    }
    let left = || std::fs::read_dir(server.data().join("exports")).expect("readable").count();
    while left() > 0 {
        tokio::task::yield_now().await;
    }
    let unknown =
        people.press.call(Method::POST, &jobs, Some(&order("docx", "internal"))).await.expect("reached");
    assert_eq!(unknown.status, 404);
    let none = people.press.call(Method::GET, &format!("/api/incidents/{DEMO}/export/cap"), None).await;
    let none = none.expect("reached");
    assert_eq!(none.status, 422);
    let said = String::from_utf8_lossy(&none.body);
    assert!(said.contains("\"Chưa có cảnh báo nào") && said.contains("ở định dạng này.\""), "{said}");
}

#[tokio::test]
async fn who_takes_every_form_is_served_and_a_key_that_is_held_down_is_not() {
    let server = Server::demo();
    let people = server.people().await;
    let _press = join(&people.press, DEMO).await;
    let jobs = format!("/api/incidents/{DEMO}/exports");
    let begin = async |format: &str| {
        let order = serde_json::json!({ "format": format });
        let begun = people.press.call(Method::POST, &jobs, Some(&order)).await.expect("reached");
        (begun.status.as_u16(), begun.json())
    };
    let at = |begun: &serde_json::Value| format!("{jobs}/{}", begun["id"].as_str().expect("an id"));
    let mut first = None;
    for _ in 0..26 {
        let (status, begun) = begin("csv").await;
        assert_eq!(status, 200, "{begun}");
        assert_eq!(ended(&people.press, &at(&begun)).await["state"], "done");
        first.get_or_insert(at(&begun));
    }
    // Only so many are kept.
    assert_eq!(get(&people.press, &first.expect("one")).await.0, 404);
    let mut waiting = vec![];
    let refused = loop {
        let (status, answer) = begin("pdf").await;
        if status != 200 {
            break answer;
        }
        waiting.push(at(&answer));
        assert!(waiting.len() < 100, "never refused");
    };
    assert_eq!(refused["code"], "too_many_exports");
    for job in waiting {
        people.press.call(Method::DELETE, &job, None).await.expect("reached");
    }
    assert_eq!(begin("csv").await.0, 200);
}

/// Whoever puts a new version in its place does not stop exports until the server is started again.
#[tokio::test]
async fn a_server_whose_program_was_replaced_still_makes_exports() {
    let dir = tempfile::tempdir().expect("a directory");
    let own = dir.path().join("phongtruc");
    std::fs::copy(env!("CARGO_BIN_EXE_phongtruc"), &own).expect("copied");
    let server = Server::demo_by(std::process::Command::new(&own), &dir.path().join("data"));
    let people = server.people().await;
    std::fs::remove_file(&own).expect("removed");
    std::fs::write(&own, "another version").expect("written");
    let path = format!("/api/incidents/{DEMO}/export/csv");
    let answer = people.press.call(Method::GET, &path, None).await.expect("reached");
    assert_eq!(answer.status, 200, "{:?}", answer.json());
}

/// An export is the whole record: who is at the scene, who only follows and who has no part in it get none, in any form.
#[tokio::test]
async fn only_the_desk_takes_files_of_the_whole_record() {
    let dir = tempfile::tempdir().expect("a directory");
    let server = Server::run(dir.path(), "127.0.0.1:0", &["serve"]);
    let admin = by_new_link(&server, &server.links[0]).await;
    let mut people = vec![];
    let accounts = [
        ("truc", "duty", "Trần Văn Mẫu"),
        ("hien-truong", "field", "Lý Thị Nháp"),
        ("theo-doi", "observer", "Vàng A Thử"),
    ];
    for (login, role, name) in accounts {
        let account = serde_json::json!({ "login": login, "name": name, "title": "Cán bộ",
            "function": "press_authority", "roles": [role], "spokesperson": null });
        let (status, link) = post(&admin, "/api/accounts", account).await;
        assert_eq!(status, 200, "{link}");
        people.push(by_new_link(&server, link["url"].as_str().expect("a link")).await);
    }
    let id = fresh("su-co");
    assert_eq!(open(&people[0], request(&id)).await.0, 200);
    let asked = ["export/csv", "export/json?variant=redacted", "papers", "papers/result/docx", "archive"];
    for (who, status) in [(&people[0], 200), (&people[1], 403), (&people[2], 403), (&admin, 404)] {
        for what in asked {
            let path = format!("/api/incidents/{id}/{what}");
            let answer = who.call(Method::GET, &path, None).await.expect("reached");
            assert_eq!(answer.status.as_u16(), status, "{what}");
        }
        let order = serde_json::json!({ "format": "csv", "signer": "" });
        for what in ["exports", "papers/minutes/pdf", "archive"] {
            let path = format!("/api/incidents/{id}/{what}");
            let answer = who.call(Method::POST, &path, Some(&order)).await.expect("reached");
            assert_eq!(answer.status.as_u16(), status, "{what}");
        }
    }
}
