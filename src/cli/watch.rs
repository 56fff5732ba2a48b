//! `watch`: a room in a terminal. Goes on after a cut where it was, and says so.

use crate::client::{Client, Connection, Known};
use crate::domain::ids::IncidentId;
use anyhow::{Context as _, bail};
use hyper::Method;
use serde_json::Value;
use std::process::ExitCode;
use std::time::Duration;

/// First and longest pause before the next try.
const PAUSES: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(30));
/// Without a word for so long, the connection is dead.
const SILENCE: Duration = Duration::from_secs(25);

pub(super) async fn watch(link: &str, incident: Option<&str>, json: bool) -> anyhow::Result<ExitCode> {
    let client = Client::by_link(link).await?;
    let id = choose(&client, incident).await?;
    let (mut known, mut pause, mut shown) = (Known::default(), PAUSES.0, 0);
    loop {
        let cut = match client.join(&id, known.clone()).await {
            Ok(mut connection) => {
                pause = PAUSES.0;
                let cut = follow(&mut connection, json, &mut shown).await;
                known = connection.known;
                cut
            }
            Err(error) => error,
        };
        eprintln!("-- đứt kết nối ({cut:#}); thử lại sau {} giây", pause.as_secs());
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(PAUSES.1);
    }
}

async fn choose(client: &Client, wanted: Option<&str>) -> anyhow::Result<IncidentId> {
    let board = client.call(Method::GET, "/api/incidents", None).await?.json();
    let rows = board.as_array().context("máy chủ không trả danh sách sự cố")?;
    let fits = |row: &&Value| match wanted {
        Some(wanted) => [&row["id"], &row["number"]].iter().any(|name| name.as_str() == Some(wanted)),
        None => row["closed_at"].is_null(),
    };
    let found: Vec<_> = rows.iter().filter(fits).collect();
    match found.as_slice() {
        [row] => IncidentId::new(row["id"].as_str().unwrap_or_default()).context("mã sự cố"),
        [] => bail!("không có sự cố nào phù hợp"),
        several => {
            for row in several {
                eprintln!(
                    "{}  {}",
                    row["number"].as_str().unwrap_or(""),
                    row["title"].as_str().unwrap_or("")
                );
            }
            bail!("có nhiều sự cố, hãy chọn một bằng --incident")
        }
    }
}

/// Prints what is new until the connection ends; returns why it did.
async fn follow(connection: &mut Connection, json: bool, shown: &mut u64) -> anyhow::Error {
    loop {
        let message = match tokio::time::timeout(SILENCE, connection.next()).await {
            Ok(Ok(message)) => message,
            Ok(Err(error)) => return error,
            Err(_) => return anyhow::anyhow!("không nghe gì từ máy chủ"),
        };
        if message["type"] == "status" {
            eprintln!("-- {}", message["status"]["why"].as_str().unwrap_or("phòng hoạt động trở lại"));
        }
        if message["type"] == "patch" {
            *shown = print(&message["patch"], json, *shown);
        }
    }
}

/// Prints lines and messages beyond the last revision shown, in the order of the record.
fn print(patch: &Value, json: bool, shown: u64) -> u64 {
    let rows = |table: &str| patch[table].as_array().cloned().unwrap_or_default();
    let mut fresh: Vec<Value> = rows("lines").into_iter().chain(rows("messages")).collect();
    // A message is told when it is sent, a line has the number of its record for ever: what happens to them later adds
    // no words.
    let told = |row: &Value| row.get("sent").unwrap_or(&row["id"][0]).as_u64();
    fresh.retain(|row| told(row) > Some(shown));
    fresh.sort_by_key(told);
    for row in &fresh {
        if json {
            println!("{row}");
        } else {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            println!("{}  {}: {}", text(&row["by"]["at"]), text(&row["by"]["name"]), text(&row["text"]));
        }
    }
    patch["rev"].as_u64().unwrap_or(shown)
}
