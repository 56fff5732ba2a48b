//! Logs in memory, for tests; can be told to fail, as a disk does.

use super::chain::Walk;
use super::{AppendError, Head, Listed, Log, Reading, Stream};
use crate::domain::ids::Rev;
use futures_util::future::BoxFuture;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Logs that end with the process.
#[derive(Debug, Default)]
pub struct MemoryLog {
    inside: Mutex<Inside>,
}

#[derive(Debug, Default)]
struct Inside {
    streams: BTreeMap<Stream, Vec<String>>,
    fail_next: Option<String>,
    appends: usize,
}

impl MemoryLog {
    /// Makes the next append fail for this reason, and all after it.
    pub fn fail(&self, why: &str) {
        self.lock().fail_next = Some(why.to_owned());
    }
    /// How many appends succeeded: with group commit, fewer than lines.
    pub fn appends(&self) -> usize {
        self.lock().appends
    }
    fn lock(&self) -> std::sync::MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Log for MemoryLog {
    fn incidents(&self) -> BoxFuture<'_, anyhow::Result<Vec<Listed>>> {
        let incident = |stream: &Stream| match stream {
            Stream::Incident(id) => Some((id.clone(), None)),
            Stream::Directory | Stream::Playbooks | Stream::Notices => None,
        };
        let ids = self.lock().streams.keys().filter_map(incident).collect();
        Box::pin(async move { Ok(ids) })
    }

    fn read<'a>(&'a self, stream: &'a Stream, after: Rev) -> BoxFuture<'a, anyhow::Result<Reading>> {
        let after = usize::try_from(after).unwrap_or(usize::MAX);
        let lines = self.lock().streams.get(stream).map(|lines| lines.iter().skip(after).cloned().collect());
        Box::pin(async move { Ok(Reading { lines: lines.unwrap_or_default(), damage: None }) })
    }

    fn append<'a>(
        &'a self,
        stream: &'a Stream,
        expected: Head,
        lines: Vec<String>,
        _head: Head,
    ) -> BoxFuture<'a, Result<(), AppendError>> {
        self.put(stream, expected, vec![], lines)
    }

    fn purge<'a>(
        &'a self,
        stream: &'a Stream,
        expected: Head,
        left: Vec<(Rev, String)>,
        line: String,
        _head: Head,
    ) -> BoxFuture<'a, Result<(), AppendError>> {
        self.put(stream, expected, left, vec![line])
    }
}

impl MemoryLog {
    fn put(
        &self,
        stream: &Stream,
        expected: Head,
        left: Vec<(Rev, String)>,
        lines: Vec<String>,
    ) -> BoxFuture<'static, Result<(), AppendError>> {
        let mut inside = self.lock();
        if let Some(why) = &inside.fail_next {
            let failed = Err(AppendError::Failed(why.clone()));
            return Box::pin(async move { failed });
        }
        let stored = inside.streams.entry(stream.clone()).or_default();
        let mut walk = Walk::over(stored.iter().map(String::as_bytes));
        let head = stored.iter().try_for_each(|line| walk.step(line)).map(|()| walk.head);
        let outcome = match head {
            Ok(head) if head == expected => {
                stored.extend(lines);
                for (rev, line) in left {
                    stored[rev as usize - 1] = line;
                }
                inside.appends += 1;
                Ok(())
            }
            Ok(head) => Err(AppendError::Conflict { head }),
            Err(damage) => Err(AppendError::Failed(damage.to_string())),
        };
        Box::pin(async move { outcome })
    }
}
