//! The data files that ship, and what happens to bad ones.

use crate::support::*;
use std::path::Path;

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("makeable");
    for file in std::fs::read_dir(from).expect("readable") {
        let path = file.expect("a file").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target)
        } else {
            std::fs::copy(&path, &target).map(drop).expect("copied")
        }
    }
}

fn data() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a directory");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    copy(&root.join("playbooks"), &dir.path().join("playbooks"));
    copy(&root.join("seeds"), &dir.path().join("seeds"));
    dir
}

fn check(dir: &Path) -> (Option<i32>, String) {
    let checked = program()
        .args(["check", "--playbooks"])
        .arg(dir.join("playbooks"))
        .arg("--seeds")
        .arg(dir.join("seeds"))
        .output()
        .expect("ran");
    (checked.status.code(), String::from_utf8(checked.stdout).expect("UTF-8"))
}

#[test]
fn what_ships_is_in_order() {
    let shipped = program().arg("check").output().expect("ran");
    assert!(shipped.status.success(), "{}", String::from_utf8_lossy(&shipped.stdout));
    assert_eq!(check(data().path()).0, Some(0));
}

#[tokio::test]
async fn a_bad_playbook_is_named_and_left_out_and_the_server_starts_with_the_good_ones() {
    let dir = data();
    let bad = dir.path().join("playbooks/natural_disaster.md");
    let text = std::fs::read_to_string(&bad).expect("readable");
    let broken = text.replacen("15 phút từ", "15 phúc từ", 1);
    assert_ne!(text, broken);
    let line = 1 + text.lines().zip(broken.lines()).position(|(a, b)| a != b).expect("changed");
    std::fs::write(&bad, broken).expect("writable");
    let (code, said) = check(dir.path());
    assert_eq!(code, Some(1));
    assert!(said.contains(&format!("natural_disaster.md:{line}:")), "{said}");

    let data = tempfile::tempdir().expect("a directory");
    let (playbooks, seeds) = (dir.path().join("playbooks"), dir.path().join("seeds"));
    let arguments = [
        "demo",
        "--no-colleague",
        "--playbooks",
        playbooks.to_str().expect("UTF-8"),
        "--seeds",
        seeds.to_str().expect("UTF-8"),
    ];
    let server = Server::run(data.path(), "127.0.0.1:0", &arguments);
    let people = server.people().await;
    let (_, choices) = get(&people.press, "/api/choices?q=vo+dap").await;
    assert_eq!(choices["playbooks"].as_array().map(Vec::len), Some(2));
    assert_eq!(choices["playbooks"][0]["id"], "fake_news_social", "found without diacritics");
    assert_eq!(choices["problems"][0]["line"], line);
    let mut wrong = request("su-co-a");
    wrong["playbook"] = "natural_disaster".into();
    assert_eq!(open(&people.press, wrong).await.1["code"], "unknown_playbook");
}

#[tokio::test]
async fn every_playbook_opens_with_owners_and_clocks() {
    let server = Server::demo();
    let people = server.people().await;
    for (playbook, tasks) in [("fake_news_social", 17), ("natural_disaster", 17), ("press_inaccuracy", 12)] {
        let id = fresh("su-co");
        let mut request = request(&id);
        request["playbook"] = playbook.into();
        request["commune"] = "02647".into();
        assert_eq!(open(&people.press, request).await.0, 200);
        let window = join(&people.press, &id).await;
        assert_eq!(window.known.rows("tasks").count(), tasks, "{playbook}");
        for row in window.known.rows("tasks") {
            assert!(row["office"].is_string(), "{playbook}: nobody owns {}", row["title"]);
        }
        assert!(
            window.known.rows("deadlines").any(|row| row["due_at"].is_string()),
            "{playbook}: no clock runs"
        );
    }
}

#[tokio::test]
async fn the_simulated_colleague_acts_through_the_room_and_only_while_switched_on() {
    let dir = data();
    let scenario = dir.path().join("seeds/coc-ly-2024.toml");
    let text = std::fs::read_to_string(&scenario).expect("readable");
    // Without the pauses of a human pace.
    let mut second = 0;
    let hurried = text.lines().map(|line| {
        if !line.starts_with("after_seconds") {
            return line.to_owned();
        }
        second += 1;
        format!("after_seconds = {second}")
    });
    std::fs::write(&scenario, hurried.collect::<Vec<_>>().join("\n")).expect("writable");
    let data = tempfile::tempdir().expect("a directory");
    let (playbooks, seeds) = (dir.path().join("playbooks"), dir.path().join("seeds"));
    let (playbooks, seeds) = (playbooks.to_str().expect("UTF-8"), seeds.to_str().expect("UTF-8"));
    let arguments = ["demo", "--no-colleague", "--playbooks", playbooks, "--seeds", seeds];
    let server = Server::run(data.path(), "127.0.0.1:0", &arguments);
    let people = server.people().await;
    let mut window = join(&people.press, DEMO).await;
    assert_eq!(get(&people.press, "/api/session").await.1["colleague"], false);
    let before = window.known.rev;
    // Everything that came before this act is here, and nothing of it is the colleague's.
    assert_eq!(act(&mut window, say("chưa bật")).await, before + 1);
    let on = serde_json::json!({ "on": true });
    let switched = people.press.call(hyper::Method::PUT, "/api/colleague", Some(&on)).await.expect("reached");
    assert_eq!(switched.status, 204);
    window.until(before + 4).await.expect("the colleague acts");
    let log = std::fs::read_to_string(server.log(DEMO)).expect("readable");
    let last: serde_json::Value = serde_json::from_str(log.lines().last().expect("a line")).expect("JSON");
    assert!(last["cause"].as_str().expect("an id").starts_with("demo-cue-"), "{last}");
}
