//! The real program on a free port with its own data, and typed people who use it. Nothing here sleeps: a client
//! waits for a revision or an answer, a process for a line that it prints.

pub mod editor;

use phongtruc::client::{Client, Connection, Known, Refused};
use phongtruc::domain::ids::{CommandId, Digest, IncidentId, Rev, RowId};
use phongtruc::domain::task::evidence::Evidence;
use phongtruc::domain::{Command, decision, entry, incident, message, office, statement, task};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;

/// The demonstration's incident.
pub const DEMO: &str = "coc-ly-2024";

pub fn program() -> std::process::Command {
    std::process::Command::new(env!("CARGO_BIN_EXE_phongtruc"))
}

/// Largest file while the disk is "full", in KiB: the demonstration's log and index fit; a thousand messages, or one
/// largest piece of a film, do not.
const FILE_KIB_MAX: u32 = 800;

/// A running program; killed when dropped.
pub struct Server {
    child: Child,
    pub origin: String,
    /// Where the public page listens, when it was asked for.
    pub public: Option<String>,
    pub links: Vec<String>,
    dir: Option<Arc<TempDir>>,
    data: PathBuf,
}

impl Server {
    /// The demonstration without its colleague.
    pub fn demo() -> Self {
        Self::demo_with(&[])
    }

    /// The same, with more said on the command line.
    pub fn demo_with(more: &[&str]) -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let data = dir.path().to_owned();
        let mut server = Self::run(&data, "127.0.0.1:0", &[&["demo", "--no-colleague"], more].concat());
        server.dir = Some(Arc::new(dir));
        server
    }

    pub fn run(data: &Path, listen: &str, arguments: &[&str]) -> Self {
        Self::start(program(), data, listen, arguments)
    }

    /// The demonstration on a disk that is as good as full: no file grows beyond [`FILE_KIB_MAX`]. A write beyond it
    /// fails, instead of ending the program, when the signal for it is ignored.
    pub fn on_a_full_disk(data: &Path) -> Self {
        let mut command = std::process::Command::new("bash");
        let script = format!("trap '' XFSZ; ulimit -f {FILE_KIB_MAX}; exec \"$@\"");
        command.args(["-c", &script, "limited", env!("CARGO_BIN_EXE_phongtruc")]);
        Self::demo_by(command, data)
    }

    /// The demonstration, begun by a command of one's own.
    pub fn demo_by(command: std::process::Command, data: &Path) -> Self {
        Self::start(command, data, "127.0.0.1:0", &["demo", "--no-colleague"])
    }

    fn start(mut command: std::process::Command, data: &Path, listen: &str, arguments: &[&str]) -> Self {
        command.args(arguments).arg("--data").arg(data).args(["--listen", listen]);
        command.stdout(Stdio::piped()).env("RUST_LOG", "error");
        let mut child = command.spawn().expect("the program starts");
        let out = BufReader::new(child.stdout.take().expect("piped"));
        let (mut origin, mut public, mut links) = (String::new(), None, vec![]);
        let wanted = if arguments[0] == "demo" { 3 } else { 1 };
        for line in out.lines() {
            let line = line.expect("text");
            if let Some((_, address)) = line.split_once("đang chạy tại ") {
                origin = address.trim().to_owned();
            }
            if let Some((_, address)) = line.split_once("lắng nghe ở ") {
                public = Some(address.trim_end_matches(')').to_owned());
            }
            links.extend(line.split_whitespace().find(|word| word.contains("/vao#")).map(ToOwned::to_owned));
            if links.len() == wanted {
                break;
            }
        }
        assert_eq!(links.len(), wanted, "the program said where it is");
        Self { child, origin, public, links, dir: None, data: data.to_owned() }
    }

    pub fn data(&self) -> &Path {
        &self.data
    }

    pub fn log(&self, incident: &str) -> PathBuf {
        self.data.join(format!("incidents/{incident}.jsonl"))
    }

    /// The process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// `kill -9`, and the data directory that is left behind.
    pub fn kill(mut self) -> Left {
        self.child.kill().expect("running");
        self.child.wait().expect("ended");
        Left { listen: self.origin.replace("http://", ""), data: self.data.clone(), dir: self.dir.take() }
    }

    /// Told to end, as a service manager does, and the data directory that is left behind.
    pub fn end(mut self) -> Left {
        let told = std::process::Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(told.expect("told").success());
        self.child.wait().expect("ended");
        Left { listen: self.origin.replace("http://", ""), data: self.data.clone(), dir: self.dir.take() }
    }

    pub async fn people(&self) -> People {
        let client = |n: usize| Client::by_link(&self.links[n]);
        People {
            party: client(0).await.expect("signed in"),
            people: client(1).await.expect("signed in"),
            press: client(2).await.expect("signed in"),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Ended already when it was killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a killed program leaves.
pub struct Left {
    pub listen: String,
    pub data: PathBuf,
    dir: Option<Arc<TempDir>>,
}

impl Left {
    /// Starts it again at the same address.
    pub fn start(&self) -> Server {
        self.start_with(&[])
    }

    /// The same, with more said on the command line.
    pub fn start_with(&self, more: &[&str]) -> Server {
        let arguments = [&["demo", "--no-colleague"], more].concat();
        let mut server = Server::run(&self.data, &self.listen, &arguments);
        server.dir.clone_from(&self.dir);
        server
    }
}

/// The three duty officers: `people` is the spokesperson, `press` leads the task force.
pub struct People {
    pub party: Client,
    pub people: Client,
    pub press: Client,
}

pub fn incident(id: &str) -> IncidentId {
    IncidentId::new(id).expect("an id")
}

pub async fn join(client: &Client, id: &str) -> Connection {
    join_with(client, id, Known::default()).await
}

pub async fn join_with(client: &Client, id: &str, known: Known) -> Connection {
    let fresh = known == Known::default();
    let mut connection = client.join(&incident(id), known).await.expect("let in");
    // The welcome, and the first load.
    connection.next().await.expect("a welcome");
    while fresh && connection.known.rev == 0 {
        connection.next().await.expect("a first load");
    }
    connection
}

/// An id that nobody used yet.
pub fn fresh(prefix: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

pub fn row() -> RowId {
    RowId::new(&fresh("r")).expect("an id")
}

pub fn command_id() -> CommandId {
    CommandId::new(&fresh("c")).expect("an id")
}

pub fn digest(text: &str) -> Digest {
    Digest::of(text.as_bytes())
}

pub fn say(text: &str) -> Command {
    Command::Message(message::Command::plain(row(), text, None))
}

pub fn note(text: &str) -> Command {
    let (id, text) = (row(), text.into());
    Command::Entry(entry::Command::Add {
        id,
        text,
        occurred_at: None,
        source: None,
        origin: None,
        attachments: vec![],
        from: None,
    })
}

pub fn decide(text: &str) -> Command {
    let (id, text) = (row(), text.into());
    Command::Decision(decision::Command::Take {
        id,
        text,
        reason: None,
        occurred_at: None,
        decider: None,
        rejected: vec![],
        origin: None,
        from: None,
    })
}

pub fn finish(seq: u32) -> Command {
    let id = RowId::new(&format!("t-{seq}")).expect("an id");
    Command::Task(task::Command::Finish { id, note: Some("đã làm xong".into()), evidence: evidence() })
}

/// What shows that something was done: an address that nobody reads.
pub fn evidence() -> Evidence {
    Evidence { link: Some("https://example.vn/minh-chung".into()), ..Evidence::default() }
}

pub fn skip(seq: u32) -> Command {
    let id = RowId::new(&format!("t-{seq}")).expect("an id");
    Command::Task(task::Command::Skip { id, reason: "không cần trong bài thử".into() })
}

pub fn accept() -> Command {
    Command::Office(office::Command::Accept)
}

pub fn close() -> Command {
    Command::Incident(incident::Command::Close { summary: "Đã ổn định".into(), despite: true })
}

pub fn publish(id: &RowId, text: &str) -> Command {
    Command::Statement(statement::Command::Publish {
        id: id.clone(),
        digest: digest(text),
        channel: "portal".into(),
        at: jiff_now(),
        link: Some("https://example.vn/1".into()),
    })
}

pub fn jiff_now() -> jiff::Timestamp {
    phongtruc::clock::now()
}

/// Acts and waits until the act is accepted and seen.
pub async fn act(connection: &mut Connection, command: Command) -> Rev {
    let rev = try_act(connection, command).await.expect("accepted");
    connection.until(rev).await.expect("seen");
    rev
}

pub async fn try_act(connection: &mut Connection, command: Command) -> Result<Rev, Refused> {
    let id = command_id();
    connection.ask(&id, &command).await.expect("sent");
    connection.answer(&id).await.expect("answered")
}

/// Opens an incident over HTTP; the answer as it came.
pub async fn open(client: &Client, request: Value) -> (u16, Value) {
    let answer = client.call(hyper::Method::POST, "/api/incidents", Some(&request)).await.expect("reached");
    (answer.status.as_u16(), answer.json())
}

pub fn request(id: &str) -> Value {
    json!({ "id": id, "title": "Tin đồn vỡ đập ở xã thử nghiệm", "playbook": "fake_news_social", "level": 3,
        "impact_assessed_at": jiff_now() })
}

/// An incident of today, opened by the press authority's officer.
pub async fn opened(people: &People) -> String {
    let id = fresh("su-co");
    let (status, body) = open(&people.press, request(&id)).await;
    assert_eq!(status, 200, "{body}");
    id
}

pub async fn get(client: &Client, path: &str) -> (u16, Value) {
    let answer = client.call(hyper::Method::GET, path, None).await.expect("reached");
    (answer.status.as_u16(), answer.json())
}

/// The words with which a statement of the kind begins.
pub fn prepared(connection: &Connection, id: &RowId) -> String {
    let rows = connection.known.rows("statements");
    let row = rows.into_iter().find(|row| row["id"] == id.as_str()).expect("drafted");
    row["text"].as_str().expect("text").to_owned()
}

/// A statement taken from draft to submission by `connection`'s person.
pub async fn submitted(connection: &mut Connection, kind: &str, words: &str) -> RowId {
    let id = row();
    let draft = statement::Command::Draft { id: id.clone(), kind: kind.into(), title: None, follows: None };
    act(connection, Command::Statement(draft)).await;
    let over = digest(&prepared(connection, &id));
    let write = statement::Command::Write { id: id.clone(), over, text: words.into() };
    act(connection, Command::Statement(write)).await;
    let submit = statement::Command::Submit { id: id.clone(), digest: digest(words) };
    act(connection, Command::Statement(submit)).await;
    id
}

pub fn approve(id: &RowId, words: &str) -> Command {
    Command::Statement(statement::Command::Approve { id: id.clone(), digest: digest(words) })
}

pub fn write(id: &RowId, over: &str, words: &str) -> Command {
    Command::Statement(statement::Command::Write { id: id.clone(), over: digest(over), text: words.into() })
}
