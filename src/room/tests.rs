//! The order of things in a room: on disk, then folded, then seen, then answered.

use super::*;
use crate::domain::given::{actor, an_opening};
use crate::domain::ids::{IncidentId, RowId};
use crate::domain::{Command, Incident, incident, message};
use crate::log::memory::MemoryLog;

fn id(text: &str) -> CommandId {
    CommandId::new(text).expect("an id")
}
fn say(text: &str) -> Command {
    let row = RowId::new(&format!("m-{text}")).expect("an id");
    Command::Message(message::Command::plain(row, text, None))
}
fn opening(at: Timestamp) -> Command {
    let mut opening = an_opening();
    (opening.occurred_at, opening.received_at) = (at, at);
    Command::Incident(incident::Command::Open(Box::new(opening)))
}
fn stream() -> Stream {
    Stream::Incident(IncidentId::new("su-co").expect("an id"))
}
async fn room(log: &Arc<MemoryLog>) -> Room<Incident> {
    Room::open(log.clone(), stream()).await.expect("readable")
}
async fn open_room(log: &Arc<MemoryLog>) -> Room<Incident> {
    let room = room(log).await;
    room.ask(id("open"), actor("press"), opening(clock::now())).await.expect("opened");
    room
}

#[tokio::test]
async fn what_is_answered_is_in_the_log_and_published() {
    let log = Arc::new(MemoryLog::default());
    let room = open_room(&log).await;
    let rev = room.ask(id("a"), actor("party"), say("a")).await.expect("accepted");
    assert_eq!(rev, 2);
    assert_eq!(room.now().head.rev, 2);
    assert_eq!(log.read(&stream(), 0).await.expect("readable").lines.len(), 2);
}

#[tokio::test]
async fn the_same_command_twice_acts_once_even_over_a_restart() {
    let log = Arc::new(MemoryLog::default());
    let first = open_room(&log).await;
    assert_eq!(first.ask(id("a"), actor("party"), say("a")).await, Ok(2));
    assert_eq!(first.ask(id("a"), actor("party"), say("a")).await, Ok(2));
    let second = room(&log).await;
    assert_eq!(second.ask(id("a"), actor("party"), say("a")).await, Ok(2));
    assert_eq!(second.now().head.rev, 2);
    // Somebody else's id is not an answer to their command.
    assert_eq!(second.ask(id("a"), actor("people"), say("b")).await, Err(Refusal::IdReused.into()));
}

#[tokio::test]
async fn commands_that_wait_share_a_sync() {
    let log = Arc::new(MemoryLog::default());
    let room = open_room(&log).await;
    let asks = (0..100).map(|i| {
        let room = room.clone();
        tokio::spawn(
            async move { room.ask(id(&format!("c-{i}")), actor("party"), say(&i.to_string())).await },
        )
    });
    let asks: Vec<_> = asks.collect();
    for ask in asks {
        ask.await.expect("ran").expect("accepted");
    }
    assert_eq!(room.now().head.rev, 101);
    assert!(log.appends() < 50, "{} appends for 100 commands", log.appends());
}

#[tokio::test]
async fn a_failed_write_ends_acknowledging_and_memory_stays_with_the_log() {
    let log = Arc::new(MemoryLog::default());
    let room = open_room(&log).await;
    log.fail("No space left on device");
    let refused = room.ask(id("a"), actor("party"), say("a")).await;
    assert!(matches!(refused, Err(Failure::ReadOnly(_))));
    let now = room.now();
    assert_eq!((now.head.rev, now.state.messages.len()), (1, 0));
    assert!(matches!(now.status, Status::ReadOnly { .. }));
    // What was acknowledged before is still acknowledged.
    assert_eq!(room.ask(id("open"), actor("press"), opening(clock::now())).await, Ok(1));
}

#[tokio::test]
async fn who_loses_a_race_folds_on_and_decides_again() {
    let log = Arc::new(MemoryLog::default());
    let here = open_room(&log).await;
    let there = room(&log).await;
    assert_eq!(there.ask(id("a"), actor("party"), say("a")).await, Ok(2));
    assert_eq!(here.ask(id("b"), actor("people"), say("b")).await, Ok(3));
    assert_eq!(here.now().state.messages.len(), 2);
    // Decided on what the other one wrote, not on what was known before.
    assert_eq!(there.ask(id("c"), actor("party"), say("b")).await, Err(Refusal::AlreadyThere.into()));
}

#[tokio::test]
async fn a_head_that_the_log_does_not_have_is_told_from_one_that_it_has() {
    let log = Arc::new(MemoryLog::default());
    let room = open_room(&log).await;
    let head = room.now().head;
    room.ask(id("a"), actor("party"), say("a")).await.expect("accepted");
    let now = room.now();
    assert!(now.knows(head.rev, &head.digest) && now.knows(2, &now.head.digest));
    assert!(
        !now.knows(1, &now.head.digest) && !now.knows(3, &now.head.digest) && !now.knows(0, &Digest::ZERO)
    );
}

#[tokio::test]
async fn a_frozen_room_tells_why_and_accepts_nothing() {
    let log = Arc::new(MemoryLog::default());
    let room = open_room(&log).await;
    room.freeze("bản ghi bị lùi".into()).await;
    let refused = room.ask(id("a"), actor("party"), say("a")).await;
    assert_eq!(refused, Err(Failure::ReadOnly("bản ghi bị lùi".into())));
}

#[tokio::test]
async fn a_clock_that_ran_out_is_recorded_by_the_room_itself() {
    let log = Arc::new(MemoryLog::default());
    let room = room(&log).await;
    let yesterday = clock::now() - jiff::SignedDuration::from_hours(25);
    room.ask(id("open"), actor("press"), opening(yesterday)).await.expect("opened");
    let mut follow = room.follow();
    let missed =
        |now: &Arc<Snapshot<Incident>>| now.state.deadlines.iter().any(|row| row.missed_at.is_some());
    let now = follow.wait_for(missed).await.expect("the room lives").clone();
    assert!(now.state.lines.iter().any(|line| line.text.starts_with("QUÁ HẠN")));
}

#[tokio::test]
async fn a_frame_is_made_once_per_revision_and_viewer() {
    let log = Arc::new(MemoryLog::default());
    let now = open_room(&log).await.now();
    let frames = now.frames(0, Viewer::FULL, || vec!["a".to_owned().into()]);
    assert_eq!(now.frames(0, Viewer::FULL, || unreachable!("shared")), frames);
    assert_ne!(now.frames(0, Viewer { drafts: false }, || vec!["b".to_owned().into()]), frames);
}
