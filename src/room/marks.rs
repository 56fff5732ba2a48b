//! What of a room's log asks for a checkpoint: seen when the room folds, so that nobody reads the log again for it.

use super::Snapshot;
use crate::checkpoint::Cause;
use crate::domain::ids::Rev;
use crate::log::Head;
use jiff::Timestamp;

impl<F> Snapshot<F> {
    /// The heads after a revision at which a record asked for a checkpoint, and why.
    pub fn marked(&self, after: Rev) -> Vec<(Head, Cause)> {
        let newer = self.marks.iter().rev().take_while(|(rev, _)| *rev > after);
        let head = |rev: Rev| Some(Head { rev, digest: *self.heads.get(rev as usize - 1)? });
        let mut marked: Vec<_> = newer.filter_map(|(rev, cause)| Some((head(*rev)?, *cause))).collect();
        marked.reverse();
        marked
    }

    /// When the newest line was recorded; long ago for an empty log.
    pub fn at(&self) -> Timestamp {
        self.at
    }
}
