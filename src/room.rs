//! A room: one task that owns one fold. Commands in; each is known, or decided, written, synced, folded and then
//! published, in this order. Many waiting commands share one sync. Memory is never ahead of the log: a failed
//! write leaves the room read-only, with what was acknowledged.

mod fold;
mod marks;
mod purge;

use crate::checkpoint::Cause;
use crate::clock;
use crate::domain::ids::{CommandId, Digest, PersonId, Rev};
use crate::domain::refusal::Refusal;
use crate::domain::{Actor, Context, Record, Role, Viewer};
use crate::log::chain::{self, Purged};
use crate::log::{AppendError, Head, Log, Stream};
use crate::wire::{Frame, Status};
use imbl::Vector;
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use thiserror::Error;
use tokio::sync::{mpsc, oneshot, watch};

pub use fold::Fold;
pub use purge::Left;

/// Commands that may wait for a room; senders beyond it wait themselves.
const WAITING_MAX: usize = 1_024;
/// Commands that share one sync. Bounds the time until the first of them is answered.
const COMMIT_MAX: usize = 256;
/// Longest sleep until a deadline is looked at again, whatever happens to the machine's clock meanwhile.
const DUE_CHECK: Duration = Duration::from_secs(60);

/// Why a command was not accepted.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Failure {
    /// A rule refused it.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// The room is read-only; the command changed nothing that anybody will see.
    #[error("{0}")]
    ReadOnly(String),
}

impl Failure {
    /// A stable code.
    pub fn code(&self) -> String {
        match self {
            Self::Refused(refusal) => refusal.code(),
            Self::ReadOnly(_) => "read_only".into(),
        }
    }
}

/// A message in the parts in which it goes out; cloning shares them.
pub type Frames = Arc<[Frame]>;

/// What a room publishes after every commit.
#[derive(Debug)]
pub struct Snapshot<F> {
    /// The state.
    pub state: F,
    /// Where the log ends.
    pub head: Head,
    /// Whether commands are accepted.
    pub status: Status,
    heads: Vector<Digest>,
    marks: Vector<(Rev, Cause)>,
    at: Timestamp,
    frames: Mutex<HashMap<(Rev, Viewer), Frames>>,
}

impl<F> Snapshot<F> {
    /// Whether the log had this head at this revision. A revision beyond the log, or another digest, means that
    /// the record was rolled back or changed since somebody saw it.
    pub fn knows(&self, rev: Rev, head: &Digest) -> bool {
        let index = usize::try_from(rev).ok().and_then(|rev| rev.checked_sub(1));
        index.and_then(|index| self.heads.get(index)) == Some(head)
    }

    /// The frames that bring a viewer from a revision to this snapshot: made once, shared by all who need them.
    pub fn frames(&self, from: Rev, viewer: Viewer, make: impl FnOnce() -> Vec<Frame>) -> Frames {
        let mut frames = self.frames.lock().unwrap_or_else(PoisonError::into_inner);
        frames.entry((from, viewer)).or_insert_with(|| make().into()).clone()
    }
}

struct Ask<F: Fold> {
    id: CommandId,
    by: Actor,
    command: F::Command,
    /// When the device says that it was written.
    written_at: Option<Timestamp>,
    reply: oneshot::Sender<Result<Rev, Failure>>,
}

enum Message<F: Fold> {
    Asks(Vec<Ask<F>>),
    Purge(Box<Ask<F>>, Vec<Left>),
    Freeze(String),
}

/// A handle to a running room.
#[derive(Debug)]
pub struct Room<F: Fold> {
    asks: mpsc::Sender<Message<F>>,
    published: watch::Receiver<Arc<Snapshot<F>>>,
}

impl<F: Fold> Clone for Room<F> {
    fn clone(&self) -> Self {
        Self { asks: self.asks.clone(), published: self.published.clone() }
    }
}

impl<F: Fold> Room<F> {
    /// Reads the log, folds it, and starts the task. A damaged log opens read-only, with what stands before the
    /// damage.
    ///
    /// # Errors
    /// When the log cannot be read at all.
    pub async fn open(log: Arc<dyn Log>, stream: Stream) -> anyhow::Result<Self> {
        let mut task = Task::new(log, stream);
        if let Some(damage) = task.fold_on().await? {
            let why = format!("Nhật ký bị hỏng, {damage}. Phòng chỉ còn để đọc; hãy báo quản trị viên.");
            tracing::error!(stream = %task.stream, line = damage.line, reason = %damage.reason, "damaged log");
            task.status = Status::ReadOnly { why };
        }
        let (asks, waiting) = mpsc::channel(WAITING_MAX);
        let (publish, published) = watch::channel(task.snapshot());
        tokio::spawn(task.run(waiting, publish));
        Ok(Self { asks, published })
    }

    /// Asks for a change; answered when it is on disk. The same id again gives the first answer again.
    ///
    /// # Errors
    /// A refusal, or that the room is read-only. Nothing has changed then.
    pub async fn ask(&self, id: CommandId, by: Actor, command: F::Command) -> Result<Rev, Failure> {
        self.post(id, by, command).await.await
    }

    /// Puts a command into the room's queue; when this returns its place in the order is taken. The answer comes
    /// later, so that who posts many need not wait for each.
    pub async fn post(
        &self,
        id: CommandId,
        by: Actor,
        command: F::Command,
    ) -> impl Future<Output = Result<Rev, Failure>> + Send + use<F> {
        self.post_written(id, by, command, None).await
    }

    /// The same for what may have waited on a device, with when the device says that it was written.
    pub async fn post_written(
        &self,
        id: CommandId,
        by: Actor,
        command: F::Command,
        written_at: Option<Timestamp>,
    ) -> impl Future<Output = Result<Rev, Failure>> + Send + use<F> {
        let (reply, answer) = oneshot::channel();
        self.queue(vec![Ask { id, by, command, written_at, reply }]).await;
        async move { answer.await.unwrap_or_else(|_| Err(closing())) }
    }

    async fn queue(&self, asks: Vec<Ask<F>>) {
        // When the room is gone the answers never come, and that is said to who asked.
        let _ = self.asks.send(Message::Asks(asks)).await;
    }

    /// Puts commands into the queue one right behind the other: nothing comes between them, and they share a sync.
    pub async fn post_all(
        &self,
        commands: Vec<(CommandId, Actor, F::Command)>,
    ) -> impl Future<Output = Vec<Result<Rev, Failure>>> + Send + use<F> {
        let (mut asks, mut answers) = (vec![], vec![]);
        for (id, by, command) in commands {
            let (reply, answer) = oneshot::channel();
            asks.push(Ask { id, by, command, written_at: None, reply });
            answers.push(answer);
        }
        self.queue(asks).await;
        async move {
            let mut all = vec![];
            for answer in answers {
                all.push(answer.await.unwrap_or_else(|_| Err(closing())));
            }
            all
        }
    }

    /// Makes the room read-only and tells everyone why.
    pub async fn freeze(&self, why: String) {
        // A room that is gone accepts nothing anyway.
        let _ = self.asks.send(Message::Freeze(why)).await;
    }

    /// The newest snapshot.
    pub fn now(&self) -> Arc<Snapshot<F>> {
        self.published.borrow().clone()
    }

    /// Follows the snapshots: only the newest matters, so a slow follower skips.
    pub fn follow(&self) -> watch::Receiver<Arc<Snapshot<F>>> {
        self.published.clone()
    }
}

/// The room is gone, and what was asked of it was not done.
pub fn closing() -> Failure {
    Failure::ReadOnly("Phòng đang đóng. Hãy thử lại sau giây lát.".into())
}

/// The room's own identity, for what time does.
pub fn the_room() -> Actor {
    Actor {
        person: PersonId::new("phong-truc").expect("a literal that is an id"),
        name: "Phòng Trực".into(),
        title: "Hệ thống tự ghi".into(),
        office: None,
        roles: vec![Role::Room],
        mandate: None,
    }
}

/// The state that the task owns. Nobody else changes it.
struct Task<F: Fold> {
    log: Arc<dyn Log>,
    stream: Stream,
    state: F,
    head: Head,
    heads: Vector<Digest>,
    marks: Vector<(Rev, Cause)>,
    at: Timestamp,
    causes: HashMap<CommandId, (Rev, PersonId)>,
    status: Status,
}

/// A batch that was decided and is not yet on disk.
struct Draft<F> {
    state: F,
    head: Head,
    at: Timestamp,
    lines: Vec<String>,
    heads: Vec<Digest>,
    marks: Vec<(Rev, Cause)>,
    causes: HashMap<CommandId, (Rev, PersonId)>,
}

impl<F: Fold> Task<F> {
    fn new(log: Arc<dyn Log>, stream: Stream) -> Self {
        Self {
            log,
            stream,
            state: F::default(),
            head: Head::EMPTY,
            heads: Vector::new(),
            marks: Vector::new(),
            at: Timestamp::MIN,
            causes: HashMap::new(),
            status: Status::Live,
        }
    }

    /// Reads what the log has beyond the state, and folds it in.
    async fn fold_on(&mut self) -> anyhow::Result<Option<crate::log::Damage>> {
        let reading = self.log.read(&self.stream, self.head.rev).await?;
        for line in &reading.lines {
            let (record, head) = match chain::record::<F::Event>(self.head.rev + 1, line) {
                Ok(read) => read,
                Err(damage) => return Ok(Some(damage)),
            };
            self.state.apply(&record);
            self.head = head;
            self.heads.push_back(self.head.digest);
            self.marks.extend(F::mark(&record).map(|cause| (record.rev, cause)));
            self.at = record.at;
            self.causes.insert(record.cause, (record.rev, record.by.person));
        }
        Ok(reading.damage)
    }

    fn snapshot(&self) -> Arc<Snapshot<F>> {
        Arc::new(Snapshot {
            state: self.state.clone(),
            head: self.head,
            status: self.status.clone(),
            heads: self.heads.clone(),
            marks: self.marks.clone(),
            at: self.at,
            frames: Mutex::default(),
        })
    }

    async fn run(
        mut self,
        mut waiting: mpsc::Receiver<Message<F>>,
        publish: watch::Sender<Arc<Snapshot<F>>>,
    ) {
        loop {
            let (mut batch, mut purges) = (vec![], vec![]);
            tokio::select! {
                message = waiting.recv() => match message {
                    Some(message) => self.take(message, &mut batch, &mut purges),
                    None => return,
                },
                command = self.due() => batch.push(command),
            }
            while batch.len() < COMMIT_MAX
                && let Ok(message) = waiting.try_recv()
            {
                self.take(message, &mut batch, &mut purges);
            }
            let mut answers = self.commit(&batch).await;
            for (ask, left) in purges {
                answers.push(self.purge(&ask, left).await);
                batch.push(ask);
            }
            // Published before it is answered: who hears "accepted" and looks, sees it.
            let stale = {
                let published = publish.borrow();
                published.head != self.head || published.status != self.status
            };
            if stale {
                publish.send_replace(self.snapshot());
            }
            for (ask, answer) in batch.into_iter().zip(answers) {
                // Whoever asked may be gone; the record stands all the same.
                let _ = ask.reply.send(answer);
            }
        }
    }

    fn is_live(&self) -> bool {
        self.status == Status::Live
    }

    fn take(&mut self, message: Message<F>, batch: &mut Vec<Ask<F>>, purges: &mut Vec<(Ask<F>, Vec<Left>)>) {
        match message {
            Message::Asks(asks) => batch.extend(asks),
            Message::Purge(ask, left) => purges.push((*ask, left)),
            Message::Freeze(why) if self.is_live() => {
                tracing::error!(stream = %self.stream, %why, "the room is frozen");
                self.status = Status::ReadOnly { why };
            }
            Message::Freeze(_) => {}
        }
    }

    /// Waits for the next thing that time does.
    async fn due(&self) -> Ask<F> {
        loop {
            let Some((at, command)) = self.state.next_due().filter(|_| self.is_live()) else {
                std::future::pending::<()>().await;
                continue;
            };
            let left = at.duration_since(clock::now());
            if left.is_positive() {
                tokio::time::sleep(left.unsigned_abs().min(DUE_CHECK)).await;
                continue;
            }
            let id = CommandId::new(&format!("room-{}", clock::id())).expect("a prefix and an id make an id");
            let (reply, _) = oneshot::channel();
            return Ask { id, by: the_room(), command, written_at: None, reply };
        }
    }

    /// Decides a batch, writes it with one sync, and moves the state; one answer per command.
    async fn commit(&mut self, batch: &[Ask<F>]) -> Vec<Result<Rev, Failure>> {
        loop {
            if let Status::ReadOnly { why } = &self.status {
                let answer = |ask: &Ask<F>| match self.causes.get(&ask.id) {
                    Some((rev, person)) if *person == ask.by.person => Ok(*rev),
                    _ => Err(Failure::ReadOnly(why.clone())),
                };
                return batch.iter().map(answer).collect();
            }
            let mut draft = self.draft();
            let answers: Vec<_> = batch.iter().map(|ask| self.decide(&mut draft, ask, &[])).collect();
            if draft.lines.is_empty() {
                return answers;
            }
            match self.log.append(&self.stream, self.head, draft.lines, draft.head).await {
                Ok(()) => {
                    (self.state, self.head, self.at) = (draft.state, draft.head, draft.at);
                    self.heads.extend(draft.heads);
                    self.marks.extend(draft.marks);
                    self.causes.extend(draft.causes);
                    return answers;
                }
                Err(AppendError::Conflict { .. }) => {
                    // Another node was first: fold what it wrote, and decide again on that.
                    if let Err(error) = self.fold_on().await {
                        self.shut(&error.to_string());
                    }
                }
                Err(AppendError::Failed(why)) => self.shut(&why),
            }
        }
    }

    fn draft(&self) -> Draft<F> {
        let (state, head, at) = (self.state.clone(), self.head, self.at);
        Draft { state, head, at, lines: vec![], heads: vec![], marks: vec![], causes: HashMap::new() }
    }

    fn shut(&mut self, error: &str) {
        tracing::error!(stream = %self.stream, error, "the log could not be written; the room is read-only");
        let why = "Máy chủ không ghi được xuống đĩa nên phòng chỉ còn để đọc. Việc bạn vừa làm chưa được lưu; \
                   nội dung vẫn còn trên máy bạn. Hãy báo quản trị viên.";
        self.status = Status::ReadOnly { why: why.into() };
    }

    fn decide(&self, draft: &mut Draft<F>, ask: &Ask<F>, purges: &[Purged]) -> Result<Rev, Failure> {
        if let Some((rev, person)) = self.causes.get(&ask.id).or_else(|| draft.causes.get(&ask.id)) {
            return if *person == ask.by.person { Ok(*rev) } else { Err(Refusal::IdReused.into()) };
        }
        // A record is never earlier than the one before it, whatever the machine's clock does.
        let at = clock::now().max(draft.at);
        let written_at = draft.state.written(ask.written_at, at);
        let events = draft.state.decide(ask.command.clone(), &Context { at, by: &ask.by, written_at })?;
        if events.is_empty() {
            return Ok(draft.head.rev);
        }
        let rev = draft.head.rev + 1;
        let record = Record { rev, at, by: ask.by.clone(), cause: ask.id.clone(), events, written_at };
        let unwritable = |error: serde_json::Error| Failure::ReadOnly(error.to_string());
        let (line, head) = chain::purging(draft.head, &record, purges).map_err(unwritable)?;
        draft.state.apply(&record);
        draft.lines.push(line);
        draft.heads.push(head.digest);
        draft.marks.extend(F::mark(&record).map(|cause| (rev, cause)));
        draft.causes.insert(record.cause, (rev, record.by.person));
        (draft.head, draft.at) = (head, at);
        Ok(rev)
    }
}

#[cfg(test)]
#[path = "room/tests.rs"]
mod tests;
