//! The log: the truth, of which everything else is a fold. Streams of lines, chained by digests; a line is on disk
//! before anybody sees its effect. What is below the trait (files here, a replicated engine later) nobody above
//! it may know.

pub mod chain;
#[cfg(test)]
mod conformance;
pub mod file;
#[cfg(test)]
pub(crate) mod given;
#[cfg(test)]
pub mod memory;

use crate::domain::ids::{Digest, IncidentId, Rev};
use futures_util::future::BoxFuture;
use std::fmt;
use thiserror::Error;

/// Which log.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stream {
    /// People, accounts, designations, and the register of incidents.
    Directory,
    /// Every version of every playbook.
    Playbooks,
    /// Who was told what.
    Notices,
    /// One incident.
    Incident(IncidentId),
}

impl fmt::Display for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Directory => f.write_str("directory"),
            Self::Playbooks => f.write_str("playbooks"),
            Self::Notices => f.write_str("notices"),
            Self::Incident(id) => write!(f, "incidents/{id}"),
        }
    }
}

/// The end of a log: its newest line's number and digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The number of the newest line; 0 for an empty log.
    pub rev: Rev,
    /// The digest of its stored bytes; zeros for an empty log.
    pub digest: Digest,
}

impl Head {
    /// Before the first line.
    pub const EMPTY: Self = Self { rev: 0, digest: Digest::ZERO };
}

/// A place at which a log is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The first line that is wrong, from 1.
    pub line: u32,
    /// What is wrong with it.
    pub reason: String,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "dòng {}: {}", self.line, self.reason)
    }
}

/// What reading a log gave: the lines up to the first damage.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Stored bytes of each good line after the one asked for, without line ends.
    pub lines: Vec<String>,
    /// The damage after them. Nothing may be appended then.
    pub damage: Option<Damage>,
}

/// Why an append did not happen. Nothing of it is acknowledged.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AppendError {
    /// Somebody else appended first: read on from here and decide again.
    #[error("the log has gone on to line {}", .head.rev)]
    Conflict {
        /// The head now.
        head: Head,
    },
    /// A write or a sync failed. Final: what a failed sync left behind nobody knows until the log is read again.
    #[error("{0}")]
    Failed(String),
}

/// An incident's log, and its head as far as that is known without reading it.
pub type Listed = (IncidentId, Option<Head>);

/// A store of logs.
pub trait Log: Send + Sync + 'static {
    /// The incidents that have a log. Their heads are a hint for what can be rebuilt, never the truth.
    fn incidents(&self) -> BoxFuture<'_, anyhow::Result<Vec<Listed>>>;

    /// The lines after `after`; the whole log is verified on the way. Only an unfinished last line is dropped.
    fn read<'a>(&'a self, stream: &'a Stream, after: Rev) -> BoxFuture<'a, anyhow::Result<Reading>>;

    /// Appends all lines or none, if the log ends at `expected`; on disk when it answers `Ok`. The lines are
    /// chained to `expected` and to each other; `head` is where they end.
    fn append<'a>(
        &'a self,
        stream: &'a Stream,
        expected: Head,
        lines: Vec<String>,
        head: Head,
    ) -> BoxFuture<'a, Result<(), AppendError>>;

    /// Appends one line, as [`Log::append`] does, and puts others in place of lines before it: all of it at once or
    /// nothing. What stood there is in no file of this log any more.
    fn purge<'a>(
        &'a self,
        stream: &'a Stream,
        expected: Head,
        left: Vec<(Rev, String)>,
        line: String,
        head: Head,
    ) -> BoxFuture<'a, Result<(), AppendError>>;
}
