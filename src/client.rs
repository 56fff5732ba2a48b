//! A client: signs in, calls, joins a room and keeps what it is sent, as a browser does. For `phongtruc watch` and
//! the tests. It knows no rules and has no fold: rows are put in place of those with the same id.

use crate::domain::Command;
use crate::domain::ids::{CommandId, Digest, IncidentId, Rev};
use crate::wire::{PROTOCOL, ToServer};
use anyhow::{Context as _, bail};
use futures_util::{SinkExt as _, StreamExt as _};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::{Method, Request, StatusCode, header};
use hyper_util::client::legacy::Client as Http;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use jiff::Timestamp;
use serde_json::Value;
use std::collections::BTreeMap;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// The tables of a room, in the order in which they are compared.
pub const TABLES: [&str; 18] = [
    "offices",
    "tasks",
    "deadlines",
    "statements",
    "facts",
    "decisions",
    "questions",
    "proposals",
    "enquiries",
    "meetings",
    "findings",
    "actions",
    "clippings",
    "shifts",
    "briefings",
    "claims",
    "messages",
    "lines",
];

/// One signed-in person.
#[derive(Clone, Debug)]
pub struct Client {
    origin: String,
    cookie: Option<String>,
    http: Http<HttpConnector, Full<Bytes>>,
}

/// What an HTTP call gave.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: hyper::HeaderMap,
    /// Its body.
    pub body: Bytes,
}

impl Answer {
    /// The body as JSON; null when it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }
}

impl Client {
    /// Nobody yet, at a server's origin (`http://127.0.0.1:8423`).
    pub fn new(origin: &str) -> Self {
        let http = Http::builder(TokioExecutor::new()).build_http();
        Self { origin: origin.trim_end_matches('/').to_owned(), cookie: None, http }
    }

    /// Somebody with a sign-in link.
    ///
    /// # Errors
    /// When the link is none, or the server does not take it.
    pub async fn by_link(link: &str) -> anyhow::Result<Self> {
        let (page, token) = link.split_once('#').context("liên kết đăng nhập phải có dấu #")?;
        let origin = page.strip_suffix("/vao").context("liên kết đăng nhập phải có dạng …/vao#…")?;
        let mut client = Self::new(origin);
        let body = serde_json::json!({ "token": token });
        let answer = client.call(Method::POST, "/api/session/link", Some(&body)).await?;
        client.keep_cookie(&answer)?;
        Ok(client)
    }

    /// Keeps the session that an answer began.
    ///
    /// # Errors
    /// When it began none; the words of the server say why.
    pub fn keep_cookie(&mut self, answer: &Answer) -> anyhow::Result<()> {
        let cookie = answer.headers.get(header::SET_COOKIE).and_then(|cookie| cookie.to_str().ok());
        match cookie.and_then(|cookie| cookie.split(';').next()) {
            Some(cookie) => self.cookie = Some(cookie.to_owned()),
            None => bail!("{}", answer.json()["words"].as_str().unwrap_or("không đăng nhập được")),
        }
        Ok(())
    }

    /// The session's cookie.
    pub fn cookie(&self) -> Option<&str> {
        self.cookie.as_deref()
    }

    /// One HTTP call.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub async fn call(&self, method: Method, path: &str, body: Option<&Value>) -> anyhow::Result<Answer> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.origin))
            .header(header::ORIGIN, &self.origin)
            .header("x-phongtruc", "1");
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let body = match body {
            Some(body) => {
                request = request.header(header::CONTENT_TYPE, "application/json");
                serde_json::to_vec(body)?
            }
            None => vec![],
        };
        let answer = self.http.request(request.body(Full::new(Bytes::from(body)))?).await?;
        let (parts, body) = answer.into_parts();
        let body = body.collect().await?.to_bytes();
        Ok(Answer { status: parts.status, headers: parts.headers, body })
    }

    /// Opens a socket as this person.
    ///
    /// # Errors
    /// When the server cannot be reached or does not let this person in.
    pub async fn socket(&self, path: &str) -> anyhow::Result<Socket> {
        let address = self.origin.replacen("http", "ws", 1);
        let mut request = format!("{address}{path}").into_client_request()?;
        request.headers_mut().insert(header::ORIGIN, self.origin.parse()?);
        if let Some(cookie) = &self.cookie {
            request.headers_mut().insert(header::COOKIE, cookie.parse()?);
        }
        Ok(tokio_tungstenite::connect_async(request).await?.0)
    }

    /// Joins a room with what is known of it; `Known::default()` for nothing.
    ///
    /// # Errors
    /// When the server cannot be reached or does not let this person in.
    pub async fn join(&self, incident: &IncidentId, known: Known) -> anyhow::Result<Connection> {
        let socket = self.socket(&format!("/api/incidents/{incident}/ws")).await?;
        let mut connection = Connection { socket, known, answers: BTreeMap::new(), parts: String::new() };
        let (rev, head) = (connection.known.rev, connection.known.head);
        connection.say(&ToServer::Hello { rev, head, protocol: PROTOCOL }).await?;
        Ok(connection)
    }
}

/// A socket as it is.
pub type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// What a client knows of a room.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// The newest revision that it has.
    pub rev: Rev,
    /// The head at that revision.
    pub head: Option<Digest>,
    /// The incident as a whole.
    pub header: Value,
    /// What was frozen at opening.
    pub frame: Value,
    /// Rows by table and id.
    pub tables: BTreeMap<String, BTreeMap<String, Value>>,
}

impl Known {
    /// Puts the rows of a patch in place.
    pub fn upsert(&mut self, patch: &Value) {
        if patch["from"] == 0 {
            *self = Self::default();
        }
        for (table, rows) in patch.as_object().into_iter().flatten() {
            match rows {
                Value::Array(rows) => {
                    let kept = self.tables.entry(table.clone()).or_default();
                    kept.extend(rows.iter().map(|row| (row["id"].to_string(), row.clone())));
                }
                header if table == "header" => self.header = header.clone(),
                frame if table == "frame" => self.frame = frame.clone(),
                _ => {}
            }
        }
        self.rev = patch["rev"].as_u64().and_then(|rev| Rev::try_from(rev).ok()).unwrap_or(self.rev);
    }

    /// The rows of a table, by id.
    pub fn rows(&self, table: &str) -> impl Iterator<Item = &Value> {
        self.tables.get(table).into_iter().flat_map(BTreeMap::values)
    }
}

/// A refusal as the server said it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// A stable code.
    pub code: String,
    /// What to do.
    pub words: String,
}

/// An open socket to a room.
#[derive(Debug)]
pub struct Connection {
    socket: Socket,
    /// What is known of the room.
    pub known: Known,
    /// Answers to commands, by id.
    pub answers: BTreeMap<CommandId, Result<Rev, Refused>>,
    /// What has come of a message that is sent in parts.
    parts: String,
}

impl Connection {
    /// Sends a message.
    ///
    /// # Errors
    /// When the connection is gone.
    pub async fn say(&mut self, message: &ToServer) -> anyhow::Result<()> {
        Ok(self.socket.send(Message::text(serde_json::to_string(message)?)).await?)
    }

    /// Sends a text as it is, for tests of what is no message.
    ///
    /// # Errors
    /// When the connection is gone.
    pub async fn say_text(&mut self, text: String) -> anyhow::Result<()> {
        Ok(self.socket.send(Message::text(text)).await?)
    }

    /// Asks for a change; the answer comes with `next`.
    ///
    /// # Errors
    /// When the connection is gone.
    pub async fn ask(&mut self, id: &CommandId, command: &Command) -> anyhow::Result<()> {
        self.ask_written(id, command, None).await
    }

    /// The same for what waited without a network, with when it was written.
    ///
    /// # Errors
    /// When the connection is gone.
    pub async fn ask_written(
        &mut self,
        id: &CommandId,
        command: &Command,
        written_at: Option<Timestamp>,
    ) -> anyhow::Result<()> {
        self.say(&ToServer::Command { id: id.clone(), command: Box::new(command.clone()), written_at }).await
    }

    /// Takes in the next message and returns it.
    ///
    /// # Errors
    /// When the connection ended; the close code is in the words.
    pub async fn next(&mut self) -> anyhow::Result<Value> {
        loop {
            let text = match self.socket.next().await.context("kết nối đã đóng")?? {
                Message::Text(text) => text,
                Message::Close(frame) => {
                    let code = frame.map_or(1005, |frame| u16::from(frame.code));
                    bail!("máy chủ đóng kết nối, mã {code}");
                }
                _ => continue,
            };
            let mut message: Value = serde_json::from_str(&text)?;
            if message["type"] == "part" {
                self.parts.push_str(message["text"].as_str().unwrap_or_default());
                if message["at"].as_u64().map(|at| at + 1) != message["of"].as_u64() {
                    continue;
                }
                message = serde_json::from_str(&std::mem::take(&mut self.parts))?;
            }
            self.take_in(&message)?;
            return Ok(message);
        }
    }

    fn take_in(&mut self, message: &Value) -> anyhow::Result<()> {
        let text = |field: &str| message[field].as_str().unwrap_or_default().to_owned();
        let id = || CommandId::new(&text("id")).context("an id");
        match message["type"].as_str() {
            Some("patch") => {
                self.known.upsert(&message["patch"]);
                self.known.head = Digest::try_from(text("head")).ok();
            }
            Some("accepted") => {
                let rev =
                    message["rev"].as_u64().and_then(|rev| Rev::try_from(rev).ok()).context("a revision")?;
                self.answers.insert(id()?, Ok(rev));
            }
            Some("refused") => {
                self.answers.insert(id()?, Err(Refused { code: text("code"), words: text("words") }));
            }
            _ => {}
        }
        Ok(())
    }

    /// Reads on until the room is at `rev`.
    ///
    /// # Errors
    /// When the connection ends before.
    pub async fn until(&mut self, rev: Rev) -> anyhow::Result<()> {
        while self.known.rev < rev {
            self.next().await?;
        }
        Ok(())
    }

    /// Reads on until the command is answered.
    ///
    /// # Errors
    /// When the connection ends before.
    pub async fn answer(&mut self, id: &CommandId) -> anyhow::Result<Result<Rev, Refused>> {
        while !self.answers.contains_key(id) {
            self.next().await?;
        }
        self.answers.get(id).cloned().context("answered above")
    }
}
