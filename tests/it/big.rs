//! An incident of twenty thousand lines leaves in every form while its room is at work: every line is in the file, the
//! room answers as before, and what it takes of memory is said. The forms that take minutes as developers compile them are
//! asked for by name: `cargo test --release --test it big -- --ignored --nocapture`.

use crate::support::*;
use hyper::Method;
use phongtruc::client::{Client, Connection};
use phongtruc::domain::ids::Digest;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

const LINES: u64 = 20_000;
/// Commands before and during: enough for a median.
const ASKED: usize = 40;
/// Commands at a pace that holds no window back for being fast, before and during alike: what is measured is the room.
const PACE: Duration = Duration::from_millis(50);
/// So many times as long as before may a room take while files are made beside it, on two shared cores and a noisy disk:
/// a room that waits for the export would take thousands.
const SLOWER_MAX: f64 = 20.0;

/// Stands before the number of each line.
const TOLD: &str = "báo lần ";

fn said(n: u64) -> String {
    format!("Tổ trực thôn {} {TOLD}{n}: {} hộ đã di chuyển, cần áo phao", n % 40, n % 17)
}

/// The log goes on by itself, each line chained to the one before.
fn grow(path: &std::path::Path) {
    let text = std::fs::read_to_string(path).expect("readable");
    let mut last = text.lines().last().expect("a line").to_owned();
    let like: Value = serde_json::from_str(&last).expect("JSON");
    let first = like["rev"].as_u64().expect("a number") + 1;
    let mut more = String::new();
    for n in first..first + LINES {
        let event = json!({ "noun": "entry", "verb": "added", "id": format!("dai-{n}"), "text": said(n),
            "occurred_at": like["at"], "source": null });
        let line = json!({ "rev": n, "at": like["at"], "by": like["by"], "cause": format!("dai-c-{n}"),
            "events": [event], "prev": Digest::of(last.as_bytes()) });
        last = line.to_string();
        let _ = writeln!(more, "{last}");
    }
    std::fs::write(path, text + &more).expect("writable");
}

/// Seconds of each command, while `goes_on` says so, and at least of as many as make a median.
async fn asked(windows: &mut [Connection], mut goes_on: impl AsyncFnMut() -> bool) -> Vec<f64> {
    let (mut times, mut pace) = (vec![], tokio::time::interval(PACE));
    while times.len() < ASKED || goes_on().await {
        pace.tick().await;
        let window = times.len() % windows.len();
        let begun = Instant::now();
        act(&mut windows[window], say("Có mặt")).await;
        times.push(begun.elapsed().as_secs_f64());
    }
    times
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// The most memory that the child of this process has taken so far, MiB, while it is there.
fn memory_of_child(parent: u32) -> Option<u64> {
    let of = |pid: &str, name: &str| -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
        status.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()?.parse().ok()
    };
    let pids = std::fs::read_dir("/proc").ok()?.flatten().map(|entry| entry.file_name());
    let mut pids = pids.filter_map(|name| name.into_string().ok());
    let child = pids.find(|pid| of(pid, "PPid:") == Some(parent.into()))?;
    Some(of(&child, "VmHWM:")? / 1024)
}

struct Asked {
    path: String,
    order: Value,
}

impl Asked {
    fn export(format: &str, variant: &str) -> Self {
        let path = format!("/api/incidents/{DEMO}/exports");
        Self { path, order: json!({ "format": format, "variant": variant }) }
    }
    fn archive() -> Self {
        Self { path: format!("/api/incidents/{DEMO}/archive"), order: json!({}) }
    }
    fn report(file: &str) -> Self {
        Self { path: format!("/api/incidents/{DEMO}/papers/result/{file}"), order: json!({}) }
    }
}

async fn job(client: &Client, job: &str) -> Value {
    client.call(Method::GET, job, None).await.expect("reached").json()
}

async fn beside_the_room(all: Vec<Asked>, whole: fn(&str, &[u8])) {
    let left = Server::demo().end();
    grow(&left.data.join(format!("incidents/{DEMO}.jsonl")));
    let server = left.start();
    let people = server.people().await;
    let mut windows = vec![];
    for person in [&people.press, &people.party, &people.people] {
        windows.push(join(person, DEMO).await);
    }
    let before = median(asked(&mut windows, async || false).await);
    for Asked { path, order } in all {
        let what = format!("{path} {order}");
        let begun = people.press.call(Method::POST, &path, Some(&order)).await.expect("reached").json();
        let id = begun["id"].as_str().unwrap_or_else(|| panic!("{what}: {begun}"));
        let at = format!("/api/incidents/{DEMO}/exports/{id}");
        let (client, steps, memory) = (&people.press, &mut vec![], &mut 0);
        let times = asked(&mut windows, async || {
            *memory = memory_of_child(server.pid()).unwrap_or(0).max(*memory);
            let now = job(client, &at).await;
            if now["state"] == "working" && steps.last() != Some(&now["step"]) {
                steps.push(now["step"].clone());
            }
            ["waiting", "working"].contains(&now["state"].as_str().unwrap_or_default())
        })
        .await;
        let done = job(&people.press, &at).await;
        assert_eq!(done["state"], "done", "{what}: {done}");
        let file = people.press.call(Method::GET, &format!("{at}/file"), None).await.expect("reached").body;
        let (bytes, during) = (file.len(), median(times));
        println!(
            "{what}: {bytes} bytes, {memory} MiB, {} steps shown, the room {:.2} times as slow",
            steps.len(),
            during / before
        );
        assert!(during < before * SLOWER_MAX, "{what}: the room waited");
        whole(&what, &file);
        let forgotten = people.press.call(Method::DELETE, &at, None).await.expect("reached");
        assert_eq!(forgotten.status, 204);
    }
}

#[tokio::test]
async fn twenty_thousand_lines_leave_while_the_room_works() {
    let all = ["json", "csv", "html"].map(|format| Asked::export(format, "internal"));
    beside_the_room(all.into(), |what, file| {
        let text = String::from_utf8_lossy(file);
        let told = text.split(TOLD).skip(1).filter_map(|rest| rest.split(':').next()?.parse::<u64>().ok());
        let told: BTreeSet<_> = told.collect();
        assert_eq!(told.len() as u64, LINES, "{what} is whole");
    })
    .await;
}

#[tokio::test]
#[ignore = "minutes of typesetting: run it by name, in a release build"]
async fn every_form_of_twenty_thousand_lines() {
    let formats = ["html", "pdf", "xlsx", "csv", "md", "ics", "json"];
    let exports = formats.into_iter().flat_map(|format| {
        ["internal", "inspection", "redacted"].map(|variant| Asked::export(format, variant))
    });
    let reports = ["docx", "pdf"].map(Asked::report);
    let all = exports.chain(reports).chain([Asked::archive()]).collect();
    beside_the_room(all, |what, file| assert!(!file.is_empty(), "{what}")).await;
}
