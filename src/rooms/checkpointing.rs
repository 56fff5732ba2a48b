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
use jiff::Timestamp;
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
        tokio::spawn(follow(checkpoints.clone(), stream, room.clone(), last));
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

/// Follows a room until it is closed. Nobody waits for it: what it signs is on disk and was acknowledged.
async fn follow<F: Fold>(
    checkpoints: Arc<Checkpoints>,
    stream: Stream,
    room: Room<F>,
    (mut last, mut at): (Head, Timestamp),
) {
    let mut follow = room.follow();
    follow.mark_changed();
    drop(room);
    let mut over = false;
    while !over {
        let left = EVERY.saturating_sub(clock::now().duration_since(at));
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
        let old = clock::now().duration_since(at) >= EVERY || over;
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
