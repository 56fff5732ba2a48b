//! An editor of a shared text, as a browser has one: its own copy, typed in with or without a network, and
//! `y-websocket`'s protocol to the server.

use super::incident;
use anyhow::{Context as _, bail};
use futures_util::{SinkExt as _, StreamExt as _};
use phongtruc::client::{Client, Socket};
use phongtruc::domain::ids::RowId;
use phongtruc::domain::words::blank;
use phongtruc::domain::words::lib0::{Reader, put_bytes, put_number};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio_tungstenite::tungstenite::Message;
use yrs::updates::decoder::Decode as _;
use yrs::updates::encoder::Encode as _;
use yrs::{Doc, GetString as _, ReadTxn as _, StateVector, Text as _, TextRef, Transact as _, Update};

/// A test that waits longer waits for what does not come.
pub const PATIENCE: std::time::Duration = std::time::Duration::from_secs(40);

pub struct Editor {
    path: String,
    pub person: String,
    pub hand: u64,
    doc: Doc,
    shared: TextRef,
    socket: Option<Socket>,
    clock: u64,
    /// The server's step 2 came since the last connection.
    synced: bool,
    /// Refusals: code and words.
    pub denied: Vec<(String, String)>,
    /// Who is there, by hand.
    pub here: BTreeMap<u64, Value>,
    /// Updates that came from others, one by one.
    pub updates: Vec<Vec<u8>>,
}

impl Editor {
    /// An empty copy; nothing is sent.
    pub fn new(of: &str, statement: &RowId, person: &str) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1_000);
        let hand = NEXT.fetch_add(1, Ordering::Relaxed);
        let (doc, shared) = blank(hand);
        Self {
            path: format!("/api/incidents/{}/statements/{statement}/text", incident(of)),
            person: person.into(),
            hand,
            doc,
            shared,
            socket: None,
            clock: 0,
            synced: false,
            denied: vec![],
            here: BTreeMap::new(),
            updates: vec![],
        }
    }

    /// Opens and has the words.
    pub async fn open(client: &Client, of: &str, statement: &RowId, person: &str) -> Self {
        let mut editor = Self::new(of, statement, person);
        editor.connect(client).await.expect("let in");
        editor
    }

    /// Connects, says what it has and who it is, and waits for what it does not have.
    pub async fn connect(&mut self, client: &Client) -> anyhow::Result<()> {
        self.connect_only(client).await?;
        while !self.synced {
            self.next().await?;
        }
        Ok(())
    }

    pub async fn connect_only(&mut self, client: &Client) -> anyhow::Result<()> {
        self.socket = Some(client.socket(&self.path).await?);
        self.synced = false;
        let known = self.doc.transact().state_vector().encode_v1();
        self.send(frame(&[0, 0], &known)).await?;
        let person = self.person.clone();
        self.appear(&json!({ "person": person })).await
    }

    /// Says who is there.
    pub async fn appear(&mut self, state: &Value) -> anyhow::Result<()> {
        self.clock += 1;
        self.send(here(self.hand, self.clock, &state.to_string())).await
    }

    pub fn disconnect(&mut self) {
        self.socket = None;
    }

    pub async fn send(&mut self, bytes: Vec<u8>) -> anyhow::Result<()> {
        let socket = self.socket.as_mut().context("offline")?;
        Ok(socket.send(Message::binary(bytes)).await?)
    }

    /// Types under another's number from now on; only for a copy that is still empty.
    pub fn take_number(&mut self, hand: u64) {
        (self.doc, self.shared) = blank(hand);
        self.hand = hand;
    }

    /// Reads what has arrived, if anything has.
    pub async fn drain(&mut self) {
        while let Some(Ok(message)) = futures_util::FutureExt::now_or_never(self.arrives()) {
            self.take_in(Ok(message)).await.expect("connected");
        }
    }

    /// Types here, places counted in UTF-16; the update, unsent.
    pub fn types_quietly(&mut self, at: u32, cut: u32, put: &str) -> Vec<u8> {
        let mut writing = self.doc.transact_mut();
        if cut > 0 {
            self.shared.remove_range(&mut writing, at, cut);
        }
        if !put.is_empty() {
            self.shared.insert(&mut writing, at, put);
        }
        writing.encode_update_v1()
    }

    /// Types, and sends it when there is a network.
    pub async fn types(&mut self, at: u32, cut: u32, put: &str) {
        let update = self.types_quietly(at, cut, put);
        if self.socket.is_some() && self.send(frame(&[0, 2], &update)).await.is_err() {
            self.socket = None;
        }
    }

    /// Types at the end.
    pub async fn adds(&mut self, put: &str) {
        let end = self.length();
        self.types(end, 0, put).await;
    }

    pub fn length(&self) -> u32 {
        self.shared.len(&self.doc.transact())
    }

    pub fn text(&self) -> String {
        self.shared.get_string(&self.doc.transact())
    }

    /// Takes in the next message.
    pub async fn next(&mut self) -> anyhow::Result<()> {
        let next = tokio::time::timeout(PATIENCE, self.arrives()).await;
        self.take_in(next.unwrap_or_else(|_| panic!("no message for {}: {}", self.person, self.text()))).await
    }

    /// Waits for a message; may be given up at any time.
    async fn arrives(&mut self) -> anyhow::Result<Message> {
        let socket = self.socket.as_mut().context("offline")?;
        Ok(socket.next().await.context("the connection is gone")??)
    }

    async fn take_in(&mut self, message: anyhow::Result<Message>) -> anyhow::Result<()> {
        let bytes = match message? {
            Message::Binary(bytes) => bytes,
            Message::Close(frame) => {
                self.socket = None;
                bail!("closed: {}", frame.map_or(1005, |frame| u16::from(frame.code)));
            }
            _ => return Ok(()),
        };
        let mut reader = Reader::new(&bytes);
        match reader.number() {
            Some(0) => {
                let (step, body) = (reader.number(), reader.bytes().context("a body")?);
                match step {
                    Some(0) => {
                        let known = StateVector::decode_v1(body)?;
                        let missing = self.doc.transact().encode_state_as_update_v1(&known);
                        self.send(frame(&[0, 1], &missing)).await?;
                    }
                    Some(1) => {
                        self.fold(body)?;
                        self.synced = true;
                    }
                    _ => {
                        self.fold(body)?;
                        self.updates.push(body.to_vec());
                    }
                }
            }
            Some(1) => {
                let mut states = Reader::new(reader.bytes().context("states")?);
                for _ in 0..states.number().context("a count")? {
                    let (hand, _clock) = (states.number().context("a hand")?, states.number());
                    let state: Value = serde_json::from_str(states.text().context("a state")?)?;
                    if state.is_null() {
                        self.here.remove(&hand);
                    } else {
                        self.here.insert(hand, state);
                    }
                }
            }
            Some(2) => {
                reader.number();
                let reason: Value = serde_json::from_str(reader.text().context("a reason")?)?;
                let field = |name: &str| reason[name].as_str().unwrap_or_default().to_owned();
                self.denied.push((field("code"), field("words")));
            }
            other => bail!("an unknown message: {other:?}"),
        }
        Ok(())
    }

    fn fold(&self, update: &[u8]) -> anyhow::Result<()> {
        Ok(self.doc.transact_mut().apply_update(Update::decode_v1(update)?)?)
    }

    /// Reads on until it is so.
    pub async fn until(&mut self, is_so: impl Fn(&Self) -> bool) {
        all_until(&mut [self], |all| is_so(all[0])).await;
    }

    /// Reads on until the server closes; the words with the code.
    pub async fn closed(&mut self) -> String {
        loop {
            if let Err(end) = self.next().await {
                return end.to_string();
            }
        }
    }
}

/// All read on until it is so.
pub async fn all_until(editors: &mut [&mut Editor], is_so: impl Fn(&[&mut Editor]) -> bool) {
    let reads = async {
        while !is_so(editors) {
            let arrive: Vec<_> = editors.iter_mut().map(|editor| Box::pin(editor.arrives())).collect();
            let (message, who, _) = futures_util::future::select_all(arrive).await;
            editors[who].take_in(message).await.expect("connected");
        }
    };
    let in_time = tokio::time::timeout(PATIENCE, reads).await;
    let texts: Vec<_> =
        editors.iter().map(|editor| (&editor.person, editor.text(), &editor.denied)).collect();
    assert!(in_time.is_ok(), "not in time: {texts:?}");
}

/// A message with one body.
pub fn frame(kind: &[u8], body: &[u8]) -> Vec<u8> {
    let mut out = kind.to_vec();
    put_bytes(&mut out, body);
    out
}

/// What a window says of itself.
pub fn here(hand: u64, clock: u64, state: &str) -> Vec<u8> {
    let mut body = vec![1];
    put_number(&mut body, hand);
    put_number(&mut body, clock);
    put_bytes(&mut body, state.as_bytes());
    frame(&[1], &body)
}
