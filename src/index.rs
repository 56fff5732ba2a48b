//! The index: sled, for what can be rebuilt from the logs (summaries for the board, words for finding, what the
//! public may read, what adds to the annual report) and for what may be lost (sign-in sessions and links). Nothing
//! acknowledged depends on it. sled 0.34 does not sync its files, may panic when it opens a damaged one, and may open
//! it as empty: so it is opened where a panic is caught, moved aside on any doubt, and never believed against a log.

mod annual;
mod finding;
mod postings;
mod public;
mod session;
mod summary;

pub use finding::{Findings, Hit, Question};
pub use session::{Session, SignInLink};

use crate::annual::Contribution;
use crate::domain::Incident;
use crate::domain::ids::{Digest, IncidentId, OfficeId};
use crate::domain::review::owed::Owed;
use crate::log::Head;
use crate::public::Published;
use crate::wire::Summary;
use annual::Ledger;
use anyhow::{Context as _, anyhow};
use finding::Finder;
use jiff::civil::Date;
use public::Shelf;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use summary::summary;

/// How the file beside it is called that says that it held what was purged.
const PURGED: &str = "purged";
/// The file of an index that sled locks.
const LOCKED: &str = "db";
/// Raised when what is stored changes shape; an older index is rebuilt.
const SHAPE: u32 = 7;

/// Everything that can be rebuilt.
#[derive(Clone, Debug)]
pub struct Index {
    db: sled::Db,
    summaries: sled::Tree,
    /// The summaries as they were read or put last: lists are asked for all the time.
    known: Arc<RwLock<BTreeMap<IncidentId, Arc<Indexed>>>>,
    finder: Finder,
    public: Shelf,
    annual: Ledger,
    sessions: sled::Tree,
    links: sled::Tree,
    /// A file that says, when it is there, that this index must not outlive the process.
    purged: PathBuf,
}

/// An incident as the index knows it, and the head of the log that this was made from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Indexed {
    /// The revision.
    pub rev: u32,
    digest: Digest,
    /// As the board shows it.
    pub summary: Summary,
    /// The day whose offices have a part.
    pub in_force_on: Date,
    /// Who has a part.
    pub offices: Vec<OfficeId>,
    /// What is still to be done after it: it waits for its owners while the room is closed.
    pub owed: Vec<Owed>,
}

impl Index {
    /// Opens the index in `dir`. One that cannot be opened, or is of an older shape, is moved aside and begun anew; one
    /// that is held is waited for, since it is whole.
    ///
    /// # Errors
    /// When even a new one cannot be made there.
    pub fn open(dir: &Path) -> anyhow::Result<Self> {
        let purged = dir.with_extension(PURGED);
        if purged.exists() {
            remove(dir)?;
            std::fs::remove_file(purged)?;
        }
        wait_until_free(dir)?;
        match Self::attempt(dir) {
            Ok(index) => Ok(index),
            Err(error) => {
                let aside = move_aside(dir)?;
                tracing::warn!(%error, aside = %aside.display(), "the index could not be used and is rebuilt");
                Self::attempt(dir)
            }
        }
    }

    fn attempt(dir: &Path) -> anyhow::Result<Self> {
        let open = || -> anyhow::Result<Self> {
            let db = sled::Config::new().path(dir).cache_capacity(16 << 20).open()?;
            let index = Self {
                summaries: db.open_tree("summaries")?,
                known: Arc::default(),
                finder: Finder::new(
                    db.open_tree("postings")?,
                    db.open_tree("passages")?,
                    db.open_tree("places")?,
                ),
                public: Shelf::new(db.open_tree("public")?),
                annual: Ledger::new(db.open_tree("annual")?),
                sessions: db.open_tree("sessions")?,
                links: db.open_tree("links")?,
                purged: dir.with_extension(PURGED),
                db,
            };
            match index.db.get("shape")? {
                Some(shape) if shape == SHAPE.to_be_bytes() => {}
                None if index.summaries.is_empty() => {
                    index.db.insert("shape", &SHAPE.to_be_bytes())?;
                }
                _ => anyhow::bail!("the index has another shape"),
            }
            // Reading everything once brings damage to light here, where it is caught.
            for tree in [&index.sessions, &index.links] {
                tree.iter().try_for_each(|row| row.map(drop))?;
            }
            for row in index.summaries.iter().values() {
                index.know(serde_json::from_slice(&row?)?);
            }
            index.finder.read_through()?;
            index.public.read_through()?;
            index.annual.all()?;
            Ok(index)
        };
        guarded(open)
    }

    /// Whether the incident is indexed up to this head.
    pub fn is_current(&self, id: &IncidentId, head: Head) -> bool {
        self.known(id).is_some_and(|known| (known.rev, known.digest) == (head.rev, head.digest))
    }

    /// Takes an incident in as it stands at `head`.
    ///
    /// # Errors
    /// When it could not be stored; the board is then behind until the next start.
    pub fn put(&self, id: &IncidentId, incident: &Incident, head: Head) -> anyhow::Result<()> {
        let (Some(summary), Some(header)) = (summary(id, incident), &incident.header) else { return Ok(()) };
        let in_force_on = header.in_force_on;
        guarded(|| {
            let before = self.known(id);
            // An index that knows a later revision than the log has is not of this log.
            let from = before.map_or(0, |before| if before.rev < head.rev { before.rev } else { 0 });
            // What was taken in before a purge may hold what is gone.
            let from = if from < incident.purged { 0 } else { from };
            // All before the summary, which says that all of this is done.
            self.finder.put(id, incident, from)?;
            if from == 0 || incident.statements.since(from).any(|row| row.public) {
                self.public.put(&summary.number, &Published::of(id, incident))?;
            }
            self.annual.put(id, Contribution::of(id, incident).as_ref())?;
            let offices = incident.offices.iter().map(|office| office.id.clone()).collect();
            let Head { rev, digest } = head;
            let owed = Owed::all(incident);
            let indexed = Indexed { rev, digest, summary, in_force_on, offices, owed };
            put(&self.summaries, id.as_str(), &indexed)?;
            self.know(indexed);
            Ok(())
        })
    }

    /// What was taken in before a purge is out of the index, and may be in its file still: the next start begins anew,
    /// and everybody signs in again.
    ///
    /// # Errors
    /// When that could not be noted.
    pub fn begin_anew(&self) -> anyhow::Result<()> {
        Ok(File::create(&self.purged)?.sync_all()?)
    }

    /// An incident as it was taken in last.
    pub fn known(&self, id: &IncidentId) -> Option<Arc<Indexed>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }

    /// All incidents, by id.
    pub fn all(&self) -> Vec<Arc<Indexed>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    fn know(&self, indexed: Indexed) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(indexed.summary.id.clone(), Arc::new(indexed));
    }
}

/// Waits for an index that is held still. One just closed is let go by sled's threads a moment later, and by a child
/// process when its own program begins; sled itself does not wait, and its refusal reads like damage.
fn wait_until_free(dir: &Path) -> std::io::Result<()> {
    match File::open(dir.join(LOCKED)) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        held => {
            let held = held?;
            held.lock()?;
            held.unlock()
        }
    }
}

fn get<T: DeserializeOwned>(tree: &sled::Tree, key: &str) -> anyhow::Result<Option<T>> {
    Ok(tree.get(key)?.map(|bytes| serde_json::from_slice(&bytes)).transpose()?)
}

fn put<T: Serialize>(tree: &sled::Tree, key: &str, value: &T) -> anyhow::Result<()> {
    tree.insert(key, serde_json::to_vec(value)?)?;
    Ok(())
}

fn guarded<T>(work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    // sled's own state may be broken after a panic; then every later call fails too, and the next start rebuilds.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(anyhow!("sled panicked")))
}

/// Removes an index, and those that were moved aside before it.
fn remove(dir: &Path) -> std::io::Result<()> {
    let name = dir.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    for found in std::fs::read_dir(dir.parent().unwrap_or(dir))? {
        let path = found?.path();
        let found = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if found == name || found.starts_with(&format!("{name}.broken-")) {
            std::fs::remove_dir_all(path)?;
        }
    }
    Ok(())
}

fn move_aside(dir: &Path) -> anyhow::Result<PathBuf> {
    let free = |n: &u32| !dir.with_extension(format!("broken-{n}")).exists();
    let n = (1..).find(free).context("a free name")?;
    let aside = dir.with_extension(format!("broken-{n}"));
    if dir.exists() {
        std::fs::rename(dir, &aside).with_context(|| format!("không dời được {}", dir.display()))?;
    }
    Ok(aside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::given;

    fn id() -> IncidentId {
        IncidentId::new("su-co-1").expect("an id")
    }
    fn head(rev: u32) -> Head {
        Head { rev, digest: Digest::of(&rev.to_be_bytes()) }
    }
    /// An index that knows one incident up to its first line.
    fn knowing(path: &Path) -> Index {
        let index = Index::open(path).expect("openable");
        index.put(&id(), given::an_incident().incident(), head(1)).expect("stored");
        index
    }

    #[test]
    fn an_index_that_held_what_was_purged_does_not_outlive_the_process() {
        let dir = tempfile::tempdir().expect("a directory");
        let path = dir.path().join("index");
        let index = knowing(&path);
        std::fs::create_dir(path.with_extension("broken-1")).expect("writable");
        index.begin_anew().expect("noted");
        assert!(index.is_current(&id(), head(1)), "until then it goes on");
        drop(index);
        let index = Index::open(&path).expect("openable again");
        assert!(!index.is_current(&id(), head(1)) && !path.with_extension("broken-1").exists());
        index.put(&id(), given::an_incident().incident(), head(1)).expect("stored");
        drop(index);
        assert!(Index::open(&path).expect("openable a third time").is_current(&id(), head(1)));
    }

    #[test]
    fn an_index_that_is_held_for_a_moment_is_waited_for_and_keeps_what_it_knew() {
        let dir = tempfile::tempdir().expect("a directory");
        let path = dir.path().join("index");
        let index = knowing(&path);
        // As a child process holds it between its beginning and its own program.
        let held = File::open(path.join(LOCKED)).expect("there");
        drop(index);
        held.lock().expect("locked");
        let both = std::sync::Barrier::new(2);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                both.wait();
                held.unlock().expect("unlocked");
            });
            both.wait();
            assert!(Index::open(&path).expect("openable again").is_current(&id(), head(1)));
        });
        assert!(!path.with_extension("broken-1").exists());
    }

    #[test]
    fn rubbish_in_the_folder_costs_nothing_but_a_rebuild() {
        let dir = tempfile::tempdir().expect("a directory");
        let path = dir.path().join("index");
        let index = knowing(&path);
        drop(index);
        for file in ["db", "conf"] {
            std::fs::write(path.join(file), b"rubbish ".repeat(10_000)).expect("writable");
        }
        let index = Index::open(&path).expect("openable again");
        assert!(!index.is_current(&id(), head(1)));
        index.put(&id(), given::an_incident().incident(), head(1)).expect("stored");
        assert_eq!(index.all().len(), 1);
        drop(index);
        let again = Index::open(&path).expect("openable a third time");
        assert!(again.is_current(&id(), head(1)), "what was taken in is known after a start");
    }
}
