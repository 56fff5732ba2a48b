//! One window on the words of a statement: `y-websocket`'s protocol over a socket of its own, for those who work at
//! the desk. Who speaks is asked again at every message; what is said, `draft` judges.

use super::Api;
use super::error::Error;
use super::rate::Rate;
use super::session::SignedIn;
use super::socket::{End, Reason, WRITE, bounded, entered, member, refuse, take_leave};
use crate::domain::ids::RowId;
use crate::domain::{Actor, Viewer};
use crate::draft::Window;
use crate::draft::protocol::{Frame, Said, denied};
use crate::draft::seat::Told;
use crate::rooms::Hall;
use crate::wire::{BEAT_SECONDS, close};
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, State};
use axum::response::Response;
use futures_util::SinkExt as _;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// Messages a second: the fastest typist with a caret that moves at every key. A sender beyond it waits.
const MESSAGES_A_SECOND: f64 = 60.0;
/// Messages at once: what gathered while a page was busy.
const BURST: f64 = 200.0;
/// Frames that share one write.
const TOGETHER_MAX: usize = 64;

pub(super) async fn join(
    State(api): State<Arc<Api>>,
    signed_in: Result<SignedIn, Error>,
    Path((id, statement)): Path<(String, String)>,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Error> {
    let upgrade = bounded(upgrade);
    let (hall, signed_in) = match entered(&api, signed_in, &id).await? {
        Ok(entered) => entered,
        Err(end) => return Ok(refuse(upgrade, end)),
    };
    let known = RowId::new(&statement).filter(|id| hall.room.now().state.statements.get(id).is_some());
    let Some(statement) = known else { return Ok(refuse(upgrade, (close::UNKNOWN, "no such statement"))) };
    Ok(upgrade.on_upgrade(move |mut socket| async move {
        let mut typing = Typing { api, hall, signed_in };
        if let Some(end) = typing.converse(&statement, &mut socket).await {
            take_leave(&mut socket, end).await;
        }
    }))
}

struct Typing {
    api: Arc<Api>,
    hall: Arc<Hall>,
    signed_in: SignedIn,
}

impl Typing {
    /// Who this is now, if they may see drafts.
    fn actor(&self) -> Result<Actor, Reason> {
        let actor = member(&self.api, &self.hall, &self.signed_in)?;
        let drafts = Viewer::of(&actor).drafts;
        if drafts { Ok(actor) } else { Err((close::NOT_A_MEMBER, "sees no drafts")) }
    }

    async fn converse(&mut self, statement: &RowId, socket: &mut WebSocket) -> End {
        let person = match self.actor() {
            Ok(actor) => actor.person,
            Err(end) => return Some(end),
        };
        let mut window = match self.hall.drafts.open(statement, person).await {
            Ok(window) => window,
            Err(refusal) => {
                if let Err(end) = write(socket, vec![denied(&refusal.code(), &refusal.to_string())]).await {
                    return end;
                }
                return Some((close::SLOW, "too many windows"));
            }
        };
        let mut ending = self.api.ending.clone();
        let mut beat = tokio::time::interval(Duration::from_secs(BEAT_SECONDS));
        let mut rate = Rate::new(MESSAGES_A_SECOND, BURST);
        loop {
            tokio::select! {
                biased;
                () = async { ending.wait_for(|ending| *ending).await.map_or((), drop) } => return Some((close::ENDING, "going down")),
                told = window.told() => {
                    let (frames, end) = together(told, &mut window);
                    if let Err(end) = write(socket, frames).await {
                        return end;
                    }
                    if end.is_some() {
                        return end;
                    }
                }
                message = socket.recv() => match message {
                    Some(Ok(Message::Binary(bytes))) => {
                        rate.wait().await;
                        if let Err(end) = self.hear(&bytes, &window).await {
                            return Some(end);
                        }
                    }
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                    Some(Ok(Message::Text(_))) => return Some((close::BAD_MESSAGE, "not binary")),
                    Some(Ok(Message::Close(_))) | None => return None,
                    // Gone, or a message beyond the limit; who is there hears it.
                    Some(Err(_)) => return Some((close::BAD_MESSAGE, "not readable")),
                },
                _ = beat.tick() => match self.actor() {
                    Ok(_) => window.beat(),
                    Err(end) => return Some(end),
                }
            }
        }
    }

    async fn hear(&self, bytes: &[u8], window: &Window) -> Result<(), Reason> {
        let malformed = (close::BAD_MESSAGE, "not a message");
        let said = Said::read(bytes).ok_or(malformed)?;
        let actor = self.actor()?;
        if window.say(actor, said).await { Ok(()) } else { Err(malformed) }
    }
}

/// What the window is told, with what else is ready, and whether it is to go then.
fn together(first: Option<Told>, window: &mut Window) -> (Vec<Frame>, End) {
    let (mut frames, mut next) = (vec![], first);
    loop {
        match next {
            Some(Told::Frame(frame)) => frames.push(frame),
            Some(Told::Go(code, why)) => return (frames, Some((code, why))),
            None => return (frames, Some((close::SLOW, "too slow"))),
        }
        let ready = if frames.len() < TOGETHER_MAX { window.told_already() } else { None };
        match ready {
            Some(told) => next = Some(told),
            None => return (frames, None),
        }
    }
}

async fn write(socket: &mut WebSocket, frames: Vec<Frame>) -> Result<(), End> {
    let write = async {
        for frame in frames {
            socket.feed(Message::Binary(frame)).await?;
        }
        socket.flush().await
    };
    match timeout(WRITE, write).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(None),
        Err(_) => Err(Some((close::SLOW, "too slow"))),
    }
}
