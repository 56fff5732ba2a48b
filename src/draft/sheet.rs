//! One statement on the table: the task that owns its live words and its windows. What somebody types is taken,
//! shared at once and recorded soon; the first words of a new hand are recorded before they are shared. It changes
//! nothing but through the room, and what the room refuses it takes back from everybody.

mod recording;

use super::live::Live;
use super::protocol::{self, Frame, Here, Said};
use super::seat::{Seat, Told};
use super::{Answer, RECORD_EVERY, RETURN_WAIT, RETURNED_MAX, WAITING_BYTES_MAX, WINDOWS_MAX, Who};
use crate::domain::ids::{CommandId, PersonId, Rev, RowId};
use crate::domain::refusal::Refusal;
use crate::domain::{Actor, Command, Incident, statement};
use crate::room::{Failure, Room, Snapshot, closing};
use crate::wire::Status;
use futures_util::future::{BoxFuture, OptionFuture};
use std::collections::BTreeMap;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep_until};

/// What is asked of a sheet.
pub enum Ask {
    /// Somebody opens a window; its number and what it will be told.
    Join(PersonId, oneshot::Sender<Result<(u64, mpsc::Receiver<Told>), Refusal>>),
    /// It closed.
    Leave(u64),
    /// It says something. Answered with whether that was a message.
    Hear(u64, Actor, Said, oneshot::Sender<bool>),
    /// Nothing has been heard for a while: say who is there, so that both sides know of each other.
    Beat(u64),
    /// A command about the statement: what was typed before it is recorded before it. Answered when it has its
    /// place in the order.
    Command(CommandId, Actor, Box<Command>, oneshot::Sender<Answer>),
    /// Record what was typed, now.
    Settle(oneshot::Sender<()>),
}

/// Words that somebody brought back who never typed here: most likely they saw others type them.
struct Returned {
    by: Actor,
    update: Vec<u8>,
    until: Instant,
}

type Recorded = Vec<Result<Rev, Failure>>;

/// A command on its way, and who waits for the answer.
struct Asked {
    answer: BoxFuture<'static, Recorded>,
    reply: oneshot::Sender<Result<Rev, Failure>>,
}

pub(super) struct Sheet {
    id: RowId,
    room: Room<Incident>,
    who: Who,
    live: Live,
    /// Whether the words could be typed in when last looked at.
    open: bool,
    /// The newest purge when last looked at.
    purged: Rev,
    seats: BTreeMap<u64, Seat>,
    last: u64,
    /// When what is pending is recorded.
    due: Option<Instant>,
    /// Typing on its way to the record.
    recording: Option<BoxFuture<'static, Recorded>>,
    /// A command on its way, during which nothing is heard: a submission freezes what everybody sees.
    asked: Option<Asked>,
    returned: Vec<Returned>,
}

impl Sheet {
    /// None when there is no such statement.
    pub(super) fn new(id: RowId, room: Room<Incident>, who: Who) -> Option<Self> {
        let now = room.now();
        let row = now.state.statements.get(&id)?;
        let (live, open) = (Live::begin(&row.words), row.takes_typing().is_ok());
        let (seats, returned) = (BTreeMap::new(), vec![]);
        let purged = now.state.purged;
        Some(Self {
            id,
            room,
            who,
            live,
            open,
            purged,
            seats,
            last: 0,
            due: None,
            recording: None,
            asked: None,
            returned,
        })
    }

    /// Goes on until nobody is there and nothing waits; `leave` says whether it may end then.
    pub(super) async fn run(
        mut self,
        mut asks: mpsc::UnboundedReceiver<Ask>,
        leave: impl Fn(&mpsc::UnboundedReceiver<Ask>) -> bool,
    ) {
        let mut room = self.room.follow();
        room.mark_changed();
        loop {
            if self.is_idle() && leave(&asks) {
                return;
            }
            let returns = self.returned.iter().map(|returned| returned.until).min();
            tokio::select! {
                biased;
                Some(recorded) = OptionFuture::from(self.recording.as_mut()) => self.recorded(recorded),
                Some(mut answers) = OptionFuture::from(self.asked.as_mut().map(|asked| &mut asked.answer)) => {
                    if let (Some(Asked { reply, .. }), Some(answer)) = (self.asked.take(), answers.pop()) {
                        // Who asked may be gone; the record stands all the same.
                        let _ = reply.send(answer);
                    }
                }
                changed = room.changed() => {
                    if changed.is_err() {
                        return;
                    }
                    let now = room.borrow_and_update().clone();
                    self.follow(&now);
                }
                Some(()) = OptionFuture::from(self.due.map(sleep_until)), if self.recording.is_none() => {
                    self.record().await;
                }
                Some(()) = OptionFuture::from(returns.map(sleep_until)), if self.asked.is_none() => self.take_returned(None).await,
                ask = asks.recv(), if self.asked.is_none() => match ask {
                    Some(ask) => self.answer(ask).await,
                    None => return,
                },
            }
        }
    }

    fn is_idle(&self) -> bool {
        let nothing_waits = self.recording.is_none() && self.asked.is_none() && self.returned.is_empty();
        self.seats.is_empty() && nothing_waits && !self.live.is_pending()
    }

    async fn answer(&mut self, ask: Ask) {
        match ask {
            Ask::Join(person, reply) => self.join(person, reply),
            Ask::Leave(window) => {
                self.leave(window);
                if self.seats.is_empty() {
                    self.settle().await;
                }
            }
            Ask::Hear(window, by, said, reply) => {
                let is_message = self.hear(window, &by, said).await;
                let _ = reply.send(is_message);
            }
            Ask::Beat(window) => self.tell(window, protocol::here(self.all_here())),
            Ask::Command(id, by, command, reply) => self.command(id, by, *command, reply).await,
            Ask::Settle(reply) => {
                self.settle().await;
                let _ = reply.send(());
            }
        }
    }

    fn join(
        &mut self,
        person: PersonId,
        reply: oneshot::Sender<Result<(u64, mpsc::Receiver<Told>), Refusal>>,
    ) {
        if self.seats.len() >= WINDOWS_MAX {
            let _ = reply.send(Err(Refusal::TooManyWindows { max: WINDOWS_MAX }));
            return;
        }
        let (seat, told) = Seat::new(person);
        self.last += 1;
        self.seats.insert(self.last, seat);
        self.tell(self.last, protocol::has(&self.live.state_vector()));
        self.tell(self.last, protocol::here(self.all_here()));
        if reply.send(Ok((self.last, told))).is_err() {
            self.seats.remove(&self.last);
        }
    }

    fn leave(&mut self, window: u64) {
        let here = self.seats.remove(&window).and_then(|seat| seat.here);
        if let Some(here) = here {
            self.share(None, &protocol::here([&Here { state: "null".into(), ..here }]));
        }
    }

    fn all_here(&self) -> impl Iterator<Item = &Here> {
        self.seats.values().filter_map(|seat| seat.here.as_ref())
    }

    /// Sends to one window.
    fn tell(&mut self, window: u64, frame: Frame) {
        let told = self.seats.get(&window).is_none_or(|seat| seat.tell(Told::Frame(frame)));
        if !told {
            // It hears that its place is gone, and comes back.
            self.leave(window);
        }
    }

    /// Sends to all windows but one.
    fn share(&mut self, but: Option<u64>, frame: &Frame) {
        let windows: Vec<_> = self.seats.keys().copied().filter(|window| Some(*window) != but).collect();
        for window in windows {
            self.tell(window, frame.clone());
        }
    }

    fn deny(&mut self, window: u64, failure: &Failure) {
        self.tell(window, protocol::denied(&failure.code(), &failure.to_string()));
    }

    /// Hears a window; false when what it said is no message.
    async fn hear(&mut self, window: u64, by: &Actor, said: Said) -> bool {
        match said {
            Said::Has(known) => {
                let missing = protocol::missing(&self.live.since(&known));
                self.tell(window, missing);
            }
            Said::Missing(update) => return self.typed(window, by, update, true).await,
            Said::Typed(update) => return self.typed(window, by, update, false).await,
            Said::Here(mut all) => {
                all.retain(|here| !self.is_anothers(here.hand, &by.person));
                let seat = self.seats.get_mut(&window);
                if let Some(here) = seat.and_then(|seat| seat.hear(by, &all)) {
                    // To the sender too: it knows by this that the line is alive.
                    self.share(None, &protocol::here([&here]));
                }
            }
            Said::WhoIsHere => {
                let all = protocol::here(self.all_here());
                self.tell(window, all);
            }
        }
        true
    }

    /// Takes what a window's person typed, or what it `brought` along; false when that is no change of a text.
    async fn typed(&mut self, window: u64, by: &Actor, update: Vec<u8>, brought: bool) -> bool {
        let now = self.room.now();
        self.follow(&now);
        let typable =
            statement::typable(&now.state, &self.id, by).map(|row| row.authors.contains(&by.person));
        let typable = typable.map_err(Failure::from).and_then(|is_author| match &now.status {
            Status::Live => Ok(is_author),
            Status::ReadOnly { why } => Err(Failure::ReadOnly(why.clone())),
        });
        let is_author = match typable {
            Ok(is_author) => is_author,
            Err(failure) => {
                // A window that comes back always says what it has; only what is new is refused.
                if !brought || self.live.is_news(&update) {
                    self.deny(window, &failure);
                }
                return true;
            }
        };
        self.returned.retain(|returned| !brought || returned.by.person != by.person);
        if brought && !is_author && self.returned.len() < RETURNED_MAX && !self.types_itself(window, &update)
        {
            if self.live.is_news(&update) {
                self.returned.push(Returned { by: by.clone(), update, until: Instant::now() + RETURN_WAIT });
            }
            return true;
        }
        if !brought {
            let hands: Vec<_> = self.seats.values().filter_map(|seat| seat.hand).collect();
            let anothers =
                |hand: &u64| self.is_anothers(*hand, &by.person) && self.live.brings(*hand, &update);
            if hands.iter().any(anothers) {
                return false;
            }
            self.take_returned(Some(&by.person)).await;
        }
        match self.take(Some(window), by, &update, brought).await {
            // It has more, and is asked for it; what it brought was all that it had.
            Err(Refusal::WordsMissing) if !brought => {
                let known = self.live.state_vector();
                self.tell(window, protocol::has(&known));
            }
            Err(Refusal::Unreadable) => return false,
            Err(refusal) => self.deny(window, &refusal.into()),
            Ok(()) => {}
        }
        true
    }

    /// Whether somebody else types under this number now. Two with one number would end with different words.
    fn is_anothers(&self, hand: u64, person: &PersonId) -> bool {
        self.seats.values().any(|seat| seat.hand == Some(hand) && seat.person != *person)
    }

    /// Whether the update holds new words of this very window.
    fn types_itself(&self, window: u64, update: &[u8]) -> bool {
        let hand = self.seats.get(&window).and_then(|seat| seat.hand);
        hand.is_some_and(|hand| self.live.brings(hand, update))
    }

    async fn take(
        &mut self,
        from: Option<u64>,
        by: &Actor,
        update: &[u8],
        brought: bool,
    ) -> Result<(), Refusal> {
        let is_author =
            self.room.now().state.statements.get(&self.id).map(|row| row.authors.contains(&by.person));
        let Some(new) = self.live.take(&by.person, update, brought)? else { return Ok(()) };
        // Who drafts must be known as a drafter before anybody reads it, whatever crashes.
        let shared = is_author == Some(true) || self.settle().await;
        if shared {
            self.share(from, &protocol::typed(&new));
        }
        if self.live.waiting() > WAITING_BYTES_MAX {
            self.settle().await;
        } else if self.live.is_pending() && self.due.is_none() {
            self.due = Some(Instant::now() + RECORD_EVERY);
        }
        Ok(())
    }

    /// Takes what was brought back and is still news: of one person, or of all who waited long enough.
    async fn take_returned(&mut self, person: Option<&PersonId>) {
        let now = Instant::now();
        let ripe = |returned: &mut Returned| match person {
            Some(person) => returned.by.person == *person,
            None => returned.until <= now,
        };
        let ripe: Vec<_> = self.returned.extract_if(.., ripe).collect();
        for Returned { by, update, .. } in ripe {
            let Some(by) = (self.who)(&by.person) else { continue };
            if let Err(refusal) = self.take(None, &by, &update, true).await {
                tracing::warn!(statement = %self.id, person = %by.person, %refusal, "what was brought back was not taken");
            }
        }
    }

    /// The room has moved: others' changes are shown, and words that may be typed in again are asked for.
    fn follow(&mut self, now: &Snapshot<Incident>) {
        let Some(row) = now.state.statements.get(&self.id) else { return };
        // What lies here may be what was purged; what can be typed in cannot.
        if now.state.purged > std::mem::replace(&mut self.purged, now.state.purged)
            && row.takes_typing().is_err()
        {
            self.begin_anew(None);
        }
        if let Some(new) = self.live.follow(&row.words) {
            self.share(None, &protocol::typed(&new));
        }
        let open = row.takes_typing().is_ok();
        if open && !self.open {
            let known = self.live.state_vector();
            self.share(None, &protocol::has(&known));
        }
        self.open = open;
    }

    /// Puts a command right behind what was typed before it, with one sync for both.
    async fn command(&mut self, id: CommandId, by: Actor, command: Command, reply: oneshot::Sender<Answer>) {
        if let Some(recording) = self.recording.take() {
            let recorded = recording.await;
            self.recorded(recorded);
        }
        let mut commands = self.commands().unwrap_or_else(|failure| {
            self.take_back(&failure);
            vec![]
        });
        let typed = commands.len();
        commands.push((id, by, command));
        let answers = self.room.post_all(commands).await;
        let (answered, answer) = oneshot::channel();
        let (recorded, first) = oneshot::channel();
        let both = async move {
            let mut answers = answers.await;
            let last = answers.split_off(typed);
            let _ = recorded.send(answers);
            last
        };
        self.recording = Some(Box::pin(async move { first.await.unwrap_or_default() }));
        self.asked = Some(Asked { answer: Box::pin(both), reply: answered });
        let answer = async move { answer.await.unwrap_or_else(|_| Err(closing())) };
        let _ = reply.send(Box::pin(answer));
    }
}
