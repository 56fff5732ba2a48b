//! Checkpoints of what the rooms write: each room is followed, from behind, and what its log was when words were submitted,
//! approved, published, when it ended, and every so often, is signed and kept apart. A room that opens is held against
//! them: a log that has less than it had, or something else, is for reading only.

use super::Rooms;
use crate::checkpoint::{Cause, Checkpoints, EVERY, LINES, Signed};
use crate::clock;
use crate::domain::ids::IncidentId;
use crate::log::{Head, Stream};
use crate::room::{Fold, Room, Snapshot};
use crate::wire::Status;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::time::Duration;

impl Rooms {
    /// Holds a room that was just opened against its checkpoints, and follows it from now on.
    ///
    /// # Errors
    /// When the checkpoints cannot be read.
    pub(super) async fn seal<F: Fold>(
        checkpoints: &Arc<Checkpoints>,
        stream: Stream,
        room: &Room<F>,
    ) -> anyhow::Result<()> {
        let own = checkpoints.own(&stream).await?;
        let now = room.now();
        let lost = own.iter().find(|it| !now.knows(it.checkpoint.head.rev, &it.checkpoint.head.digest));
        if let Some(lost) = lost.filter(|_| now.status == Status::Live) {
            room.freeze(lost_words(&now, lost)).await;
        }
        let last = own.last().map_or((Head::EMPTY, now.at()), |it| (it.checkpoint.head, it.checkpoint.at));
        tokio::spawn(follow(checkpoints.clone(), stream, room.clone(), last, EVERY));
        Ok(())
    }

    /// Whether an incident's log, as far as is known without reading it, is not what its newest checkpoint says.
    pub(super) async fn is_doubtful(&self, id: &IncidentId, head: Option<Head>) -> bool {
        match self.checkpoints.own(&Stream::Incident(id.clone())).await {
            Ok(own) => own.last().is_some_and(|it| {
                let sealed = it.checkpoint.head;
                head.is_none_or(|head| head.rev < sealed.rev || (head.rev == sealed.rev && head != sealed))
            }),
            // What cannot be read is said when the room opens.
            Err(_) => true,
        }
    }

    /// A checkpoint at the end of an incident's log as it is now, unless the newest one is there already.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub async fn seal_now(&self, id: &IncidentId, head: Head) -> anyhow::Result<()> {
        let stream = Stream::Incident(id.clone());
        if self.checkpoints.own(&stream).await?.last().is_none_or(|last| last.checkpoint.head != head) {
            self.checkpoints.seal(&stream, head, Cause::Export).await?;
        }
        Ok(())
    }
}

fn lost_words<F>(now: &Snapshot<F>, lost: &Signed) -> String {
    let rev = lost.checkpoint.head.rev;
    let what = if rev > now.head.rev { "không còn dòng này" } else { "có nội dung khác" };
    format!(
        "Điểm chốt ký lúc {} ghi dòng {rev} mà nhật ký trên máy chủ {what}: bản ghi đã bị lùi hoặc bị thay đổi. Phòng chỉ \
         còn để đọc; hãy báo quản trị viên giữ nguyên hiện trạng.",
        lost.checkpoint.at
    )
}

/// Follows a room until it is closed; what nobody vouches for is signed after `every` at the latest. Nobody waits for it:
/// what it signs is on disk and was acknowledged.
async fn follow<F: Fold>(
    checkpoints: Arc<Checkpoints>,
    stream: Stream,
    room: Room<F>,
    (mut last, mut at): (Head, Timestamp),
    every: SignedDuration,
) {
    let mut follow = room.follow();
    follow.mark_changed();
    drop(room);
    let mut over = false;
    while !over {
        let left = every.saturating_sub(clock::now().duration_since(at));
        let waits = follow.borrow().head.rev > last.rev && follow.borrow().status == Status::Live;
        tokio::select! {
            changed = follow.changed() => over = changed.is_err(),
            () = tokio::time::sleep(Duration::try_from(left).unwrap_or_default()), if waits => {}
        }
        let now = follow.borrow_and_update().clone();
        // A log that is not what it was is not vouched for.
        if now.status != Status::Live {
            continue;
        }
        let mut due = now.marked(last.rev);
        let behind = due.last().map_or(last, |(head, _)| *head).rev;
        // The time runs from the first line that nobody vouches for.
        if last.rev == now.head.rev {
            at = clock::now();
        }
        let old = clock::now().duration_since(at) >= every || over;
        if now.head.rev >= behind + LINES || (now.head.rev > behind && old) {
            due.push((now.head, Cause::Interval));
        }
        for (head, cause) in due {
            match checkpoints.seal(&stream, head, cause).await {
                Ok(signed) => (last, at) = (head, signed.checkpoint.at),
                Err(error) => {
                    tracing::error!(%stream, rev = head.rev, error = format!("{error:#}"), "a checkpoint was not written");
                    at = clock::now();
                    break;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::given::{actor, an_opening};
    use crate::domain::ids::{CommandId, RowId};
    use crate::domain::{Command, Incident, incident, message};
    use crate::log::memory::MemoryLog;

    #[tokio::test]
    async fn lines_that_nobody_vouches_for_are_signed_when_time_has_passed_and_only_once() {
        let dir = tempfile::tempdir().expect("a directory");
        let checkpoints =
            Checkpoints::open(dir.path(), &dir.path().join("checkpoints"), None, None).expect("made");
        let stream = Stream::Incident(IncidentId::new("su-co").expect("an id"));
        let log = Arc::new(MemoryLog::default());
        let room: Room<Incident> = Room::open(log, stream.clone()).await.expect("readable");
        let every = SignedDuration::from_millis(20);
        let start = (Head::EMPTY, clock::now());
        tokio::spawn(follow(checkpoints.clone(), stream.clone(), room.clone(), start, every));
        let id = |text: &str| CommandId::new(text).expect("an id");
        let mut opening = an_opening();
        (opening.occurred_at, opening.received_at) = (clock::now(), clock::now());
        let open = Command::Incident(incident::Command::Open(Box::new(opening)));
        room.ask(id("open"), actor("press"), open).await.expect("opened");
        for rev in [1, 2] {
            // Talk marks nothing: only the time is left to have it signed.
            let own = loop {
                let own = checkpoints.own(&stream).await.expect("readable");
                if own.last().is_some_and(|it| it.checkpoint.head == room.now().head) {
                    break own;
                }
                tokio::task::yield_now().await;
            };
            let signed: Vec<_> = own.iter().map(|it| (it.checkpoint.head.rev, it.checkpoint.cause)).collect();
            assert_eq!(signed, (1..=rev).map(|rev| (rev, Cause::Interval)).collect::<Vec<_>>());
            let row = RowId::new(&format!("m-{rev}")).expect("an id");
            let say = Command::Message(message::Command::plain(row, "Có mặt", None));
            room.ask(id(&format!("say-{rev}")), actor("party"), say).await.expect("accepted");
        }
    }
}
