//! Drafts as they are typed: for each statement that has a window open, what was shared and is not yet recorded. In
//! memory only, and never far ahead of the log: typing is shared at once and recorded about once a second, through the
//! room like everything else. A command about a statement comes after what was typed before it.

pub mod live;
pub mod protocol;
pub mod seat;
mod sheet;

use crate::domain::ids::{CommandId, PersonId, Rev, RowId};
use crate::domain::refusal::Refusal;
use crate::domain::{Actor, Command, Incident, incident, statement};
use crate::room::{Failure, Room};
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use protocol::Said;
use seat::Told;
use sheet::{Ask, Sheet};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// Typing is recorded this long after its first key: a crash costs no more than editors themselves still have, and
/// somebody who types without a pause makes one line a second.
pub const RECORD_EVERY: Duration = Duration::from_secs(1);
/// After a crash, words of the last second come back with everybody who saw them. Who never typed waits so long with
/// them, that those who typed them come back first and stay their authors.
pub const RETURN_WAIT: Duration = Duration::from_secs(10);
/// People who may wait so; beyond it what they bring is taken at once.
pub const RETURNED_MAX: usize = 16;
/// Windows on one text: the whole task force, with a phone and a desk each.
pub const WINDOWS_MAX: usize = 200;
/// Bytes of typing that wait for the record; beyond it typing waits for the disk.
pub const WAITING_BYTES_MAX: usize = 256 * 1024;

/// A person as an actor of this incident, as of now; none for somebody who is barred or has no part any more.
pub type Who = Arc<dyn Fn(&PersonId) -> Option<Actor> + Send + Sync>;
/// The answer to a command that has its place in the order.
pub type Answer = BoxFuture<'static, Result<Rev, Failure>>;

type Sheets = Arc<Mutex<HashMap<RowId, mpsc::UnboundedSender<Ask>>>>;

/// The drafts of one incident.
#[derive(Clone)]
pub struct Drafts {
    room: Room<Incident>,
    who: Who,
    sheets: Sheets,
}

impl std::fmt::Debug for Drafts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Drafts").finish_non_exhaustive()
    }
}

impl Drafts {
    /// Of a room.
    pub fn new(room: Room<Incident>, who: Who) -> Self {
        Self { room, who, sheets: Sheets::default() }
    }

    /// Opens a person's window on a statement.
    ///
    /// # Errors
    /// There is no such statement, or too many windows are open on it.
    pub async fn open(&self, id: &RowId, person: PersonId) -> Result<Window, Refusal> {
        let (reply, answer) = oneshot::channel();
        let asks = self.ask(id, Ask::Join(person, reply))?;
        let (number, told) = answer.await.unwrap_or(Err(Refusal::Unknown))?;
        Ok(Window { number, told, asks })
    }

    /// Sends to a sheet, which is begun when there is none.
    fn ask(&self, id: &RowId, ask: Ask) -> Result<mpsc::UnboundedSender<Ask>, Refusal> {
        let mut sheets = self.sheets.lock().unwrap_or_else(PoisonError::into_inner);
        // Sent under the lock, as a sheet looks for asks under it before it ends. Unbounded: a window waits for an
        // answer before it asks again.
        let ask = match sheets.get(id) {
            Some(asks) => match asks.send(ask) {
                Ok(()) => return Ok(asks.clone()),
                Err(unsent) => unsent.0,
            },
            None => ask,
        };
        let sheet = Sheet::new(id.clone(), self.room.clone(), self.who.clone()).ok_or(Refusal::Unknown)?;
        let (asks, inbox) = mpsc::unbounded_channel();
        let _ = asks.send(ask);
        sheets.insert(id.clone(), asks.clone());
        let (all, own) = (self.sheets.clone(), id.clone());
        tokio::spawn(sheet.run(inbox, move |inbox| {
            let mut sheets = all.lock().unwrap_or_else(PoisonError::into_inner);
            let done = inbox.is_empty();
            if done {
                sheets.remove(&own);
            }
            done
        }));
        Ok(asks)
    }

    /// Puts a command into the room's queue, behind what was typed before it; `written_at` is when the device says
    /// that it was written. What binds others is done in sight of the present state and never waits: a command about a
    /// statement has no time but the server's.
    pub async fn post(
        &self,
        id: CommandId,
        by: Actor,
        command: Command,
        written_at: Option<Timestamp>,
    ) -> Answer {
        if let Command::Incident(incident::Command::Close { .. }) = command {
            self.settle().await;
        }
        let written_at = written_at.filter(|_| !matches!(command, Command::Statement(_)));
        if let Command::Statement(about) = &command
            && !matches!(about, statement::Command::Draft { .. })
            && self.is_open(about.id())
        {
            let (reply, placed) = oneshot::channel();
            let ask = Ask::Command(id.clone(), by.clone(), Box::new(command.clone()), reply);
            if self.ask(about.id(), ask).is_ok()
                && let Ok(answer) = placed.await
            {
                return answer;
            }
        }
        Box::pin(self.room.post_written(id, by, command, written_at).await)
    }

    fn is_open(&self, id: &RowId) -> bool {
        self.sheets.lock().unwrap_or_else(PoisonError::into_inner).contains_key(id)
    }

    /// Records all that was typed so far.
    pub async fn settle(&self) {
        let mut waiting = vec![];
        for asks in self.sheets.lock().unwrap_or_else(PoisonError::into_inner).values() {
            let (reply, settled) = oneshot::channel();
            if asks.send(Ask::Settle(reply)).is_ok() {
                waiting.push(settled);
            }
        }
        for settled in waiting {
            // A sheet that ended has nothing left to record.
            let _ = settled.await;
        }
    }
}

/// One window on a statement. Dropping it closes it.
#[derive(Debug)]
pub struct Window {
    number: u64,
    told: mpsc::Receiver<Told>,
    asks: mpsc::UnboundedSender<Ask>,
}

impl Window {
    /// What the window is to be told next; none when it is too far behind.
    pub async fn told(&mut self) -> Option<Told> {
        self.told.recv().await
    }

    /// What else it is to be told already.
    pub fn told_already(&mut self) -> Option<Told> {
        self.told.try_recv().ok()
    }

    /// Says something as this person; false when that was no message.
    pub async fn say(&self, by: Actor, said: Said) -> bool {
        let (reply, answer) = oneshot::channel();
        let _ = self.asks.send(Ask::Hear(self.number, by, said, reply));
        // A sheet that is gone told the window so.
        answer.await.unwrap_or(true)
    }

    /// Lets it be told who is there.
    pub fn beat(&self) {
        let _ = self.asks.send(Ask::Beat(self.number));
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // The sheet may be gone, and the window with it.
        let _ = self.asks.send(Ask::Leave(self.number));
    }
}
