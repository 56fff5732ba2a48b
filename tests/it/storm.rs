//! A room under weather: hundreds of windows, torn off at random and coming back, all of them writing. Nothing is
//! lost, nothing happens twice, no patch leaves a gap, and every window ends with what the log replays to.
//!
//! The short storm runs with the other tests. The long one takes minutes:
//! `cargo test --test it -- --ignored --nocapture storm_of_minutes` (`STORM_MINUTES=5` by default 3).

use crate::designations::{by_new_link, post};
use crate::support::*;
use futures_util::{Stream, StreamExt as _};
use phongtruc::client::{Client, Connection, Known, TABLES};
use phongtruc::domain::ids::{CommandId, Rev};
use phongtruc::domain::{Command, Event, Incident, Record, Viewer};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// Windows in the room.
const WINDOWS: usize = 500;
/// People behind them; some have a phone, a PC and a forgotten tab.
const PEOPLE: usize = 40;
/// Windows that are torn off in a minute of the long storm.
const TORN_A_MINUTE: u32 = 200;

/// A small generator with a seed, so that a storm that fails can be had again.
struct Chance(u64);

impl Chance {
    fn below(&mut self, below: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(below).expect("small")).expect("small")
    }
}

/// One window, and what it asked that was not answered.
struct Window {
    client: Client,
    incident: String,
    connection: Connection,
    unanswered: BTreeMap<CommandId, Command>,
    answered: BTreeMap<CommandId, Rev>,
    torn: usize,
}

/// What a window is told to do next.
#[derive(Clone, Copy)]
enum Turn {
    /// Write something.
    Write,
    /// Write something and be torn off before the answer.
    Tear,
}

impl Window {
    async fn open(client: Client, id: String) -> Self {
        let connection = join(&client, &id).await;
        let (unanswered, answered) = (BTreeMap::new(), BTreeMap::new());
        Self { client, incident: id, connection, unanswered, answered, torn: 0 }
    }

    /// Torn off with a command on the way and maybe half a patch; comes back with what it has, and sends again what
    /// was not answered.
    async fn tear(&mut self) {
        let known = std::mem::take(&mut self.connection.known);
        self.connection = self.client.join(&incident(&self.incident), known).await.expect("let in");
        for (id, command) in &self.unanswered {
            self.connection.ask(id, command).await.expect("sent");
        }
        self.torn += 1;
    }

    async fn write(&mut self, chance: &mut Chance) {
        let text = format!("bão số {}", chance.below(1_000_000));
        let command = match chance.below(3) {
            0 => note(&text),
            1 => decide(&text),
            _ => say(&text),
        };
        let id = command_id();
        self.connection.ask(&id, &command).await.expect("sent");
        self.unanswered.insert(id, command);
    }

    /// Takes the next message in; a patch must go on exactly where the window is.
    async fn hear(&mut self) {
        let had = self.connection.known.rev;
        let message = self.connection.next().await.expect("a message");
        if message["type"] == "patch" {
            assert_eq!(message["patch"]["from"], had, "a gap");
        }
        for (id, answer) in std::mem::take(&mut self.connection.answers) {
            let rev = answer.expect("accepted");
            let before = self.answered.insert(id.clone(), rev);
            assert!(before.is_none_or(|before| before == rev), "a command has one answer");
            self.unanswered.remove(&id);
        }
    }

    /// Lives through the storm, until everything that was asked is answered.
    async fn live(mut self, mut turns: mpsc::Receiver<Turn>, mut chance: Chance) -> Self {
        loop {
            tokio::select! {
                turn = turns.recv() => match turn {
                    Some(turn) => {
                        self.write(&mut chance).await;
                        if matches!(turn, Turn::Tear) {
                            self.tear().await;
                        }
                    }
                    None => break,
                },
                () = self.hear() => {}
            }
        }
        while !self.unanswered.is_empty() {
            self.hear().await;
        }
        self
    }

    async fn until(mut self, rev: Rev) -> Self {
        while self.connection.known.rev < rev {
            self.hear().await;
        }
        self
    }
}

/// An authority with an incident and its people.
async fn people(dir: &Path) -> (Server, Vec<Client>, String) {
    let server = Server::run(dir, "127.0.0.1:0", &["serve"]);
    let admin = by_new_link(&server, &server.links[0]).await;
    let mut people = vec![];
    for n in 0..PEOPLE {
        let function = ["press_authority", "pc_office", "party_office"][n % 3];
        let roles: &[&str] = if n == 0 { &["duty", "secretary", "head"] } else { &["duty"] };
        let new = json!({ "login": format!("truc-{n}"), "name": format!("Người Thử {n}"), "title": "Trực",
            "function": function, "roles": roles, "spokesperson": null });
        let (status, link) = post(&admin, "/api/accounts", new).await;
        assert_eq!(status, 200, "{link}");
        people.push(by_new_link(&server, link["url"].as_str().expect("a link")).await);
    }
    let id = fresh("su-co");
    let (status, body) = open(&people[0], request(&id)).await;
    assert_eq!(status, 200, "{body}");
    (server, people, id)
}

/// The log, line by line, as whoever checks it reads it.
fn records(server: &Server, id: &str) -> Vec<Record<Event>> {
    let log = std::fs::read_to_string(server.log(id)).expect("readable");
    let line = |line: &str| {
        let mut line: Value = serde_json::from_str(line).expect("JSON");
        line.as_object_mut().expect("an object").remove("prev");
        serde_json::from_value(line).expect("a record")
    };
    log.lines().map(line).collect()
}

/// Blows until `gusts` ends, and looks at what stands afterwards. Answers how many windows were torn off.
async fn storm(seed: u64, gusts: impl Stream<Item = Turn>) -> usize {
    let dir = tempfile::tempdir().expect("a directory");
    let (server, people, id) = people(dir.path()).await;
    let mut chance = Chance(seed);
    let (mut turns, mut living) = (vec![], JoinSet::new());
    for n in 0..WINDOWS {
        let window = Window::open(people[n % people.len()].clone(), id.clone()).await;
        let (tell, told) = mpsc::channel(1);
        turns.push(tell);
        living.spawn(window.live(told, Chance(seed ^ n as u64)));
    }
    let mut gusts = std::pin::pin!(gusts);
    while let Some(turn) = gusts.next().await {
        turns[chance.below(WINDOWS)].send(turn).await.expect("alive");
    }
    drop(turns);
    let windows = living.join_all().await;

    let records = records(&server, &id);
    let causes: BTreeMap<_, _> = records.iter().map(|record| (&record.cause, record.rev)).collect();
    assert_eq!(causes.len(), records.len(), "no command twice");
    for (id, rev) in windows.iter().flat_map(|window| &window.answered) {
        assert_eq!(causes.get(id), Some(rev), "what was acknowledged is in the log, where it was said to be");
    }
    let replayed = Incident::replay(&records);
    let torn = windows.iter().map(|window| window.torn).sum();
    let mut seen: JoinSet<Window> = windows.into_iter().map(|window| window.until(replayed.rev)).collect();
    let mut all = Known::default();
    all.upsert(&serde_json::to_value(replayed.since(0, Viewer::FULL)).expect("JSON"));
    while let Some(window) = seen.join_next().await {
        let window = window.expect("calm");
        let known = &window.connection.known;
        assert_eq!(known.header, all.header);
        for table in TABLES {
            let of = |known: &Known| known.tables.get(table).cloned().unwrap_or_default();
            let (has, newest) = (of(known), of(&all));
            // A window that was there all the time has more than a first load, whose end is cut.
            assert!(newest.iter().all(|(id, row)| has.get(id) == Some(row)), "{table}");
            let count = match table {
                "messages" => replayed.messages.len(),
                "lines" => replayed.lines.len(),
                _ => newest.len(),
            };
            assert_eq!(has.len(), count, "{table}");
        }
    }
    torn
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_hundred_windows_torn_off_and_back_agree_with_the_log() {
    let gust = |n: u32| if n.is_multiple_of(5) { Turn::Tear } else { Turn::Write };
    assert_eq!(storm(20_240_910, futures_util::stream::iter((0..500).map(gust))).await, 100);
}

/// Minutes of it at the pace of a bad night: `STORM_MINUTES`, 200 windows torn off a minute, as many acts again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes"]
async fn storm_of_minutes() {
    let minutes: u32 = std::env::var("STORM_MINUTES").map_or(3, |it| it.parse().expect("a number"));
    let turns = minutes * TORN_A_MINUTE * 2;
    let pace = tokio::time::interval(Duration::from_secs(60) / (TORN_A_MINUTE * 2));
    let gusts = futures_util::stream::unfold((pace, 0), |(mut pace, n)| async move {
        pace.tick().await;
        (n < turns).then(|| (if n % 2 == 0 { Turn::Tear } else { Turn::Write }, (pace, n + 1)))
    });
    let torn = storm(423, gusts).await;
    println!(
        "{WINDOWS} windows of {PEOPLE} people, {torn} torn off in {minutes} minutes: all agree with the log"
    );
}
