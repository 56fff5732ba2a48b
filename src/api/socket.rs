//! One connection: hello, then one loop. It remembers the last revision that it sent and asks for what is newer;
//! a slow or returning member gets a longer patch. What waits is written at once.

use super::Api;
use super::error::Error;
use super::incidents::enter;
use super::rate::Rate;
use super::session::SignedIn;
use crate::clock;
use crate::domain::brief::brief;
use crate::domain::ids::{CommandId, Digest, Rev};
use crate::domain::waiting::{Wait, waiting};
use crate::domain::{Actor, Command, Incident, Viewer};
use crate::presence::Seat;
use crate::room::{Failure, Snapshot};
use crate::rooms::{Hall, Rooms};
use crate::wire::{BEAT_SECONDS, Frame, PROTOCOL, Status, ToClient, ToServer, close};
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, State};
use axum::response::Response;
use futures_util::stream::FuturesUnordered;
use futures_util::{SinkExt as _, StreamExt as _, future::BoxFuture};
use jiff::Timestamp;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// Allocated for every socket at once, so small; most messages are smaller.
const READ_BUFFER: usize = 4 * 1024;
/// Bytes that gather before they are written without being asked.
const WRITE_BUFFER: usize = 16 * 1024;
/// Bytes that may wait for a slow reader; holds the largest first load.
const WRITE_BUFFER_MAX: usize = 16 * 1024 * 1024;
/// Largest message. Beyond the longest text that any rule allows, so that a text too long is refused in words.
const MESSAGE_MAX: usize = 2 * 1024 * 1024;
/// Time to say hello.
const HELLO: Duration = Duration::from_secs(10);
/// Time to take what is written; a reader slower than that comes back and gets one longer patch.
pub(super) const WRITE: Duration = Duration::from_secs(20);
/// Time to take leave.
const FAREWELL: Duration = Duration::from_secs(3);
/// Commands that one connection may send at once …
const BURST: f64 = 60.0;
/// … and commands a second after that. A sender beyond it waits; nothing is dropped.
const COMMANDS_A_SECOND: f64 = 30.0;

pub(super) async fn join(
    State(api): State<Arc<Api>>,
    signed_in: Result<SignedIn, Error>,
    Path(id): Path<String>,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Error> {
    let upgrade = bounded(upgrade);
    let (hall, signed_in) = match entered(&api, signed_in, &id).await? {
        Ok(entered) => entered,
        Err(end) => return Ok(refuse(upgrade, end)),
    };
    Ok(upgrade.on_upgrade(move |socket| async move {
        Connection { api, hall, signed_in, socket }.serve().await;
    }))
}

/// A socket with limits.
pub(super) fn bounded(upgrade: WebSocketUpgrade) -> WebSocketUpgrade {
    upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .max_write_buffer_size(WRITE_BUFFER_MAX)
        .max_message_size(MESSAGE_MAX)
        .max_frame_size(MESSAGE_MAX)
}

/// The hall and who enters it, or why the socket closes.
pub(super) async fn entered(
    api: &Api,
    signed_in: Result<SignedIn, Error>,
    id: &str,
) -> Result<Result<(Arc<Hall>, SignedIn), Reason>, Error> {
    let entered = match signed_in {
        Ok(signed_in) => enter(api, id, &signed_in).await.map(|(hall, _)| (hall, signed_in)),
        Err(error) => Err(error),
    };
    match entered {
        Ok(entered) => Ok(Ok(entered)),
        Err(Error::SignIn) => Ok(Err((close::SIGN_IN, "sign in"))),
        Err(Error::NotFound) => Ok(Err((close::UNKNOWN, "no such incident"))),
        Err(error) => Err(error),
    }
}

/// Closes at once. A page cannot see why an upgrade was refused, only why a socket was closed.
pub(super) fn refuse(upgrade: WebSocketUpgrade, end: Reason) -> Response {
    upgrade.on_upgrade(move |mut socket| async move { take_leave(&mut socket, end).await })
}

/// Closes with a reason. The other side is heard out, because a socket that is dropped with something unread takes
/// the reason back.
pub(super) async fn take_leave(socket: &mut WebSocket, (code, reason): Reason) {
    let reason = Utf8Bytes::from_static(reason);
    let farewell = async {
        // The other side may be gone already; then there is nobody to tell.
        let _ = socket.send(Message::Close(Some(CloseFrame { code, reason }))).await;
        while let Some(Ok(_)) = socket.recv().await {}
    };
    let _ = timeout(FAREWELL, farewell).await;
}

struct Connection {
    api: Arc<Api>,
    hall: Arc<Hall>,
    signed_in: SignedIn,
    socket: WebSocket,
}

/// Why a connection ends: a code, and a word for whoever reads logs …
pub(super) type Reason = (u16, &'static str);
/// … or none when the other side is gone.
pub(super) type End = Option<Reason>;
type Answer = BoxFuture<'static, (CommandId, Result<Rev, Failure>)>;

/// Who this is in the incident, as of now: people are barred and designations end while windows are open.
pub(super) fn member(api: &Api, hall: &Hall, signed_in: &SignedIn) -> Result<Actor, Reason> {
    let gone = (close::SIGN_IN, "sign in");
    api.signed_in(&signed_in.secret).ok_or(gone)?;
    let actor = api.rooms.actor(&signed_in.person, Some(hall)).ok_or(gone)?;
    let member = Rooms::enters(&actor, &hall.room.now().state);
    if member { Ok(actor) } else { Err((close::NOT_A_MEMBER, "not a member")) }
}

impl Connection {
    async fn serve(mut self) {
        let end = match self.hello().await {
            Ok((actor, rev)) => self.converse(actor, rev).await,
            Err(end) => end,
        };
        if let Some(end) = end {
            take_leave(&mut self.socket, end).await;
        }
    }

    fn actor(&self) -> Result<Actor, End> {
        member(&self.api, &self.hall, &self.signed_in).map_err(Some)
    }

    async fn hello(&mut self) -> Result<(Actor, Rev), End> {
        let first = timeout(HELLO, self.socket.recv()).await;
        let Ok(Some(Ok(Message::Text(text)))) = first else {
            return Err(Some((close::BAD_MESSAGE, "no hello")));
        };
        let Ok(ToServer::Hello { rev, head, protocol }) = serde_json::from_str(&text) else {
            return Err(Some((close::BAD_MESSAGE, "no hello")));
        };
        if protocol != PROTOCOL {
            return Err(Some((close::OUTDATED, "reload the page")));
        }
        let actor = self.actor()?;
        let from = self.known(rev, head, &actor).await;
        let room = self.hall.room.now();
        let (now, you, status, rev) = (clock::now(), actor.clone(), room.status.clone(), room.head.rev);
        let welcome = ToClient::Welcome { protocol: PROTOCOL, now, you, status, rev };
        self.write([welcome.frame()]).await?;
        Ok((actor, from))
    }

    /// From which revision a browser goes on: its own when the log has it, else from the beginning. Every browser
    /// is a witness: a head that the log does not have is not just forgotten.
    async fn known(&mut self, rev: Rev, head: Option<Digest>, actor: &Actor) -> Rev {
        let Some(head) = head else { return 0 };
        if self.hall.room.now().knows(rev, &head) {
            return rev;
        }
        self.api.rooms.witness(&self.hall, rev, &head, actor).await;
        0
    }

    async fn converse(&mut self, mut actor: Actor, from: Rev) -> End {
        let viewer = Viewer::of(&actor);
        let seat = self.hall.presence.enter(&actor);
        // Subscribed before anything is read, so that nothing falls between.
        let mut room = self.hall.room.follow();
        let mut presence = self.hall.presence.follow();
        let mut ending = self.api.ending.clone();
        let mut answers: FuturesUnordered<Answer> = FuturesUnordered::new();
        let mut beat = tokio::time::interval(Duration::from_secs(BEAT_SECONDS));
        let mut rate = Rate::new(COMMANDS_A_SECOND, BURST);
        let status = room.borrow().status.clone();
        let mut sent = Sent { rev: from, nothing: from == 0, status, waits: None };
        room.mark_changed();
        presence.mark_changed();
        loop {
            let mut frames = vec![];
            tokio::select! {
                biased;
                () = async { ending.wait_for(|ending| *ending).await.map_or((), drop) } => return Some((close::ENDING, "going down")),
                changed = room.changed() => match changed {
                    Ok(()) => sent.newer(&room.borrow_and_update(), viewer, &actor, &mut frames),
                    Err(_) => return Some((close::ENDING, "the room is closed")),
                },
                Some((id, answer)) = answers.next(), if !answers.is_empty() => frames.push(answered(id, answer)),
                changed = presence.changed() => if changed.is_ok() {
                    let people = presence.borrow_and_update().clone();
                    frames.push(ToClient::Presence { people }.frame());
                },
                message = self.socket.recv() => match message {
                    Some(Ok(Message::Text(text))) => {
                        rate.wait().await;
                        match self.hear(&text, &seat).await {
                            Ok(Heard::Command(answer)) => answers.push(answer),
                            Ok(Heard::Question(since)) => {
                                let brief = brief(&room.borrow().state, since, &actor);
                                frames.push(ToClient::Brief { brief }.frame());
                            }
                            Ok(Heard::Look) => {}
                            Err(end) => return end,
                        }
                    }
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                    Some(Ok(Message::Binary(_))) => return Some((close::BAD_MESSAGE, "not text")),
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                },
                _ = beat.tick() => {
                    let now = match self.actor() {
                        Ok(now) => now,
                        Err(end) => return end,
                    };
                    if Viewer::of(&now) != viewer {
                        // What the window shows is no longer what this person sees: it begins anew.
                        return Some((close::OUTDATED, "another part in this incident"));
                    }
                    if now != actor {
                        actor = now;
                        frames.push(ToClient::You { you: actor.clone() }.frame());
                    }
                    sent.waiting(&room.borrow().state, &actor, &mut frames);
                    frames.push(ToClient::Beat { now: clock::now() }.frame());
                }
            }
            // What else is ready goes out in the same write.
            while let Some(Some((id, answer))) = futures_util::FutureExt::now_or_never(answers.next()) {
                frames.push(answered(id, answer));
            }
            if room.has_changed().unwrap_or(false) {
                sent.newer(&room.borrow_and_update(), viewer, &actor, &mut frames);
            }
            if let Err(end) = self.write(frames).await {
                return end;
            }
        }
    }

    /// Each long frame has its own time: a thin line that takes one after the other is slow, and not too slow.
    async fn write(&mut self, frames: impl IntoIterator<Item = Frame>) -> Result<(), End> {
        let mut frames = frames.into_iter();
        loop {
            let write = async {
                for frame in frames.by_ref() {
                    let long = frame.len() >= WRITE_BUFFER;
                    self.socket.feed(Message::Text(frame)).await?;
                    if long {
                        self.socket.flush().await?;
                        return Ok(false);
                    }
                }
                self.socket.flush().await?;
                Ok::<_, axum::Error>(true)
            };
            match timeout(WRITE, write).await {
                Ok(Ok(true)) => return Ok(()),
                Ok(Ok(false)) => {}
                Ok(Err(_)) => return Err(None),
                Err(_) => return Err(Some((close::SLOW, "too slow"))),
            }
        }
    }

    async fn hear(&mut self, text: &str, seat: &Seat) -> Result<Heard, End> {
        match serde_json::from_str(text) {
            Ok(ToServer::Command { id, command, written_at }) => {
                let actor = self.actor()?;
                Ok(Heard::Command(self.post(id, actor, *command, written_at).await))
            }
            Ok(ToServer::Look { at, typing }) => {
                seat.look(at, typing);
                Ok(Heard::Look)
            }
            Ok(ToServer::Brief { since }) => Ok(Heard::Question(since)),
            Ok(ToServer::Hello { .. }) => Err(Some((close::BAD_MESSAGE, "hello twice"))),
            Err(error) => match serde_json::from_str::<Addressed>(text) {
                // It can be said what is wrong, and to which command.
                Ok(Addressed { id }) => {
                    tracing::warn!(%error, person = %self.signed_in.person, "a command that cannot be read");
                    Ok(Heard::Command(Box::pin(async move { (id, Err(unreadable())) })))
                }
                Err(_) => Err(Some((close::BAD_MESSAGE, "not a message"))),
            },
        }
    }

    async fn post(
        &mut self,
        id: CommandId,
        actor: Actor,
        command: Command,
        written_at: Option<Timestamp>,
    ) -> Answer {
        match self.api.rooms.completed(&self.hall, &actor, command).await {
            Ok(command) => {
                let answer = self.hall.drafts.post(id.clone(), actor, command, written_at).await;
                Box::pin(async move { (id, answer.await) })
            }
            Err(refusal) => Box::pin(async move { (id, Err(refusal.into())) }),
        }
    }
}

/// What a message asks for.
enum Heard {
    /// A change.
    Command(Answer),
    /// What happened since a revision.
    Question(Rev),
    /// Nothing: it says where the person looks.
    Look,
}

/// A command whose body cannot be read still has an id to answer to.
#[derive(serde::Deserialize)]
struct Addressed {
    id: CommandId,
}

fn unreadable() -> Failure {
    Failure::Refused(crate::domain::refusal::Refusal::Unreadable)
}

fn answered(id: CommandId, answer: Result<Rev, Failure>) -> Frame {
    match answer {
        Ok(rev) => ToClient::Accepted { id, rev },
        Err(failure) => ToClient::Refused { id, code: failure.code(), words: failure.to_string() },
    }
    .frame()
}

/// What the browser has.
struct Sent {
    rev: Rev,
    /// It has nothing yet: even an unchanged room is news.
    nothing: bool,
    status: Status,
    /// What it was told waits for this person.
    waits: Option<Vec<Wait>>,
}

impl Sent {
    fn newer(&mut self, now: &Snapshot<Incident>, viewer: Viewer, actor: &Actor, frames: &mut Vec<Frame>) {
        if now.status != self.status {
            self.status = now.status.clone();
            frames.push(ToClient::Status { status: now.status.clone() }.frame());
        }
        if now.head.rev > self.rev || self.nothing {
            let patch = || {
                let patch = Box::new(now.state.since(self.rev, viewer));
                ToClient::Patch { patch, head: now.head.digest }.frames()
            };
            frames.extend(now.frames(self.rev, viewer, patch).iter().cloned());
            (self.rev, self.nothing) = (now.head.rev, false);
        }
        self.waiting(&now.state, actor, frames);
    }

    fn waiting(&mut self, incident: &Incident, actor: &Actor, frames: &mut Vec<Frame>) {
        let waits = waiting(incident, actor, clock::now());
        if self.waits.as_ref() != Some(&waits) {
            frames.push(ToClient::Waiting { waits: waits.clone() }.frame());
            self.waits = Some(waits);
        }
    }
}
