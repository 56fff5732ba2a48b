//! The index: sled, for what can be rebuilt from the logs (summaries for the board, words for the search, what the
//! public may read, what adds to the annual report) and for what may be lost (sign-in sessions and links). Nothing acknowledged depends on it. sled 0.34 does not sync its
//! files, may panic when it opens a damaged one, and may open it as empty: so it is opened where a panic is
//! caught, moved aside on any doubt, and never believed against a log.

mod annual;
mod public;

use crate::annual::Contribution;
use crate::domain::Incident;
use crate::domain::folding::{Wanted, fold};
use crate::domain::ids::{Digest, IncidentId, OfficeId, PersonId};
use crate::log::Head;
use crate::public::Published;
use crate::wire::Summary;
use annual::Ledger;
use anyhow::{Context as _, anyhow};
use jiff::Timestamp;
use jiff::civil::Date;
use public::Shelf;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// Raised when what is stored changes shape; an older index is rebuilt.
const SHAPE: u32 = 4;
/// Longest piece of folded text kept as one value: sled stores larger ones as files that it never syncs.
const WORDS_MAX: usize = 32 * 1024;

/// Everything that can be rebuilt.
#[derive(Clone, Debug)]
pub struct Index {
    db: sled::Db,
    summaries: sled::Tree,
    words: sled::Tree,
    public: Shelf,
    annual: Ledger,
    sessions: sled::Tree,
    links: sled::Tree,
}

/// An incident as the index knows it, and the head of the log that this was made from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Indexed {
    rev: u32,
    digest: Digest,
    /// As the board shows it.
    pub summary: Summary,
    /// The day whose offices have a part.
    pub in_force_on: Date,
    /// Who has a part.
    pub offices: Vec<OfficeId>,
}

/// A signed-in browser. Found by the digest of its secret; the secret itself is stored nowhere.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Session {
    /// Who.
    pub person: PersonId,
    /// Until when.
    pub until: Timestamp,
}

/// A link that signs somebody in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignInLink {
    /// Whom.
    pub person: PersonId,
    /// Until when.
    pub until: Timestamp,
    /// For choosing a password, once; otherwise it signs in as it is, any number of times.
    pub choose_password: bool,
}

impl Index {
    /// Opens the index in `dir`. One that cannot be opened, or is of an older shape, is moved aside and begun anew.
    ///
    /// # Errors
    /// When even a new one cannot be made there.
    pub fn open(dir: &Path) -> anyhow::Result<Self> {
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
                words: db.open_tree("words")?,
                public: Shelf::new(db.open_tree("public")?),
                annual: Ledger::new(db.open_tree("annual")?),
                sessions: db.open_tree("sessions")?,
                links: db.open_tree("links")?,
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
            for tree in [&index.summaries, &index.words, &index.sessions, &index.links] {
                tree.iter().try_for_each(|row| row.map(drop))?;
            }
            index.public.read_through()?;
            index.annual.all()?;
            Ok(index)
        };
        guarded(open)
    }

    /// Whether the incident is indexed up to this head.
    pub fn is_current(&self, id: &IncidentId, head: Head) -> bool {
        let indexed: Option<Indexed> = guarded(|| get(&self.summaries, id.as_str())).ok().flatten();
        indexed.is_some_and(|indexed| (indexed.rev, indexed.digest) == (head.rev, head.digest))
    }

    /// Takes an incident in as it stands at `head`.
    ///
    /// # Errors
    /// When it could not be stored; the board is then behind until the next start.
    pub fn put(&self, id: &IncidentId, incident: &Incident, head: Head) -> anyhow::Result<()> {
        let (Some(summary), Some(header)) = (summary(id, incident), &incident.header) else { return Ok(()) };
        let in_force_on = header.in_force_on;
        guarded(|| {
            let before: Option<Indexed> = get(&self.summaries, id.as_str())?;
            // An index that knows a later revision than the log has is not of this log.
            let from = before.map_or(0, |before| if before.rev < head.rev { before.rev } else { 0 });
            let header = Some(header).filter(|header| header.rev > from).map(|header| {
                let place = header.place.as_ref().map_or("", |place| place.name.as_str());
                format!("{} {} {place} {}", header.number, header.title, header.playbook.title)
            });
            // What happens to a message later adds no words to it.
            let said = incident.messages.since(from).filter(|row| row.sent > from);
            let said = said.map(|row| row.text.clone());
            let lines = incident.lines.since(from).map(|row| row.text.clone());
            let text = fold(&header.into_iter().chain(said).chain(lines).collect::<Vec<_>>().join("\n"));
            for (part, piece) in pieces(&text).enumerate() {
                self.words.insert(format!("{id}/{from}/{part}"), piece)?;
            }
            // Before the summary, which says that all of this is done.
            if from == 0 || incident.statements.since(from).any(|row| row.public) {
                self.public.put(&summary.number, &Published::of(id, incident))?;
            }
            self.annual.put(id, Contribution::of(id, incident).as_ref())?;
            let offices = incident.offices.iter().map(|office| office.id.clone()).collect();
            let Head { rev, digest } = head;
            let indexed = Indexed { rev, digest, summary, in_force_on, offices };
            put(&self.summaries, id.as_str(), &indexed)
        })
    }

    /// The incidents whose words hold every word of `query`, diacritics and case aside; all for an empty query.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn find(&self, query: &str) -> anyhow::Result<Vec<Indexed>> {
        guarded(|| {
            let mut incidents = vec![];
            for row in self.summaries.iter().values() {
                incidents.push(serde_json::from_slice::<Indexed>(&row?)?);
            }
            for word in Wanted::of(query).words() {
                let found = self.holding(word)?;
                incidents.retain(|incident| found.contains(incident.summary.id.as_str()));
            }
            Ok(incidents)
        })
    }

    fn holding(&self, word: &str) -> anyhow::Result<BTreeSet<String>> {
        let mut found = BTreeSet::new();
        for row in &self.words {
            let (key, text) = row?;
            let key = std::str::from_utf8(&key)?;
            let id = key.split('/').next().unwrap_or(key);
            if !found.contains(id) && std::str::from_utf8(&text)?.contains(word) {
                found.insert(id.to_owned());
            }
        }
        Ok(found)
    }

    /// Signs a browser in. Written out at once, so that a program that is killed keeps its windows signed in.
    ///
    /// # Errors
    /// When it could not be stored.
    pub fn put_session(&self, secret: &str, session: &Session) -> anyhow::Result<()> {
        guarded(|| {
            put(&self.sessions, &key(secret), session)?;
            self.db.flush()?;
            Ok(())
        })
    }

    /// The session of a secret, unless it has ended. An index that cannot be read knows no session.
    pub fn session(&self, secret: &str, now: Timestamp) -> Option<Session> {
        let session: Option<Session> = guarded(|| get(&self.sessions, &key(secret))).ok().flatten();
        session.filter(|session| session.until > now)
    }

    /// Signs a browser out.
    ///
    /// # Errors
    /// When it could not be stored.
    pub fn end_session(&self, secret: &str) -> anyhow::Result<()> {
        guarded(|| Ok(self.sessions.remove(key(secret)).map(drop)?))
    }

    /// Signs all browsers of a person out.
    ///
    /// # Errors
    /// When it could not be stored.
    pub fn end_sessions_of(&self, person: &PersonId) -> anyhow::Result<()> {
        guarded(|| {
            for row in &self.sessions {
                let (key, session) = row?;
                if serde_json::from_slice::<Session>(&session)?.person == *person {
                    self.sessions.remove(key)?;
                }
            }
            Ok(())
        })
    }

    /// Forgets sessions and links that have ended.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn forget_ended(&self, now: Timestamp) -> anyhow::Result<()> {
        #[derive(Deserialize)]
        struct Ends {
            until: Timestamp,
        }
        guarded(|| {
            for tree in [&self.sessions, &self.links] {
                for row in tree {
                    let (key, ends) = row?;
                    if serde_json::from_slice::<Ends>(&ends)?.until <= now {
                        tree.remove(key)?;
                    }
                }
            }
            Ok(())
        })
    }

    /// Keeps a link.
    ///
    /// # Errors
    /// When it could not be stored.
    pub fn put_link(&self, secret: &str, link: &SignInLink) -> anyhow::Result<()> {
        guarded(|| put(&self.links, &key(secret), link))
    }

    /// The link of a secret, unless it has ended.
    pub fn link(&self, secret: &str, now: Timestamp) -> Option<SignInLink> {
        let link: Option<SignInLink> = guarded(|| get(&self.links, &key(secret))).ok().flatten();
        link.filter(|link| link.until > now)
    }

    /// Uses a link up; false when somebody else did.
    ///
    /// # Errors
    /// When it could not be stored.
    pub fn use_link(&self, secret: &str) -> anyhow::Result<bool> {
        guarded(|| Ok(self.links.remove(key(secret))?.is_some()))
    }
}

/// A secret is found by its digest: who reads the files cannot sign in with what is there.
fn key(secret: &str) -> String {
    Digest::of(secret.as_bytes()).to_string()
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

fn move_aside(dir: &Path) -> anyhow::Result<PathBuf> {
    let free = |n: &u32| !dir.with_extension(format!("broken-{n}")).exists();
    let n = (1..).find(free).context("a free name")?;
    let aside = dir.with_extension(format!("broken-{n}"));
    if dir.exists() {
        std::fs::rename(dir, &aside).with_context(|| format!("không dời được {}", dir.display()))?;
    }
    Ok(aside)
}

fn pieces(text: &str) -> impl Iterator<Item = &[u8]> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = rest.floor_char_boundary(WORDS_MAX);
        let (piece, after) = rest.split_at(end);
        rest = after;
        (!piece.is_empty()).then_some(piece.as_bytes())
    })
}

/// The incident as the board shows it; none before it is opened.
fn summary(id: &IncidentId, incident: &Incident) -> Option<Summary> {
    let header = incident.header.as_ref()?;
    let running = incident.deadlines.iter().filter(|row| row.is_running() && header.closed.is_none());
    let due = running.filter_map(|row| Some((row.due_at?, row.clock.title.clone()))).min();
    let newest = incident.lines.iter().next_back().map(|line| line.by.at);
    let said = incident.talk.newest().and_then(|id| incident.messages.get(id)).map(|message| message.by.at);
    let reviewed = incident.statements.iter().filter(|row| row.is_in_review()).count();
    let mandatory = incident.tasks.iter().filter(|task| task.holds_up_closing()).count();
    Some(Summary {
        id: id.clone(),
        number: header.number.clone(),
        title: header.title.clone(),
        level: header.level,
        exercise: header.exercise,
        place: header.place.clone(),
        playbook: header.playbook.title.clone(),
        opened_at: header.opened.at,
        closed_at: header.closed.as_ref().map(|closing| closing.by.at),
        rev: incident.rev,
        changed_at: newest.max(said).unwrap_or(header.opened.at),
        due_at: due.as_ref().map(|(at, _)| *at),
        due_title: due.map(|(_, title)| title),
        missed: incident.deadlines.iter().any(|row| row.missed_at.is_some()),
        in_review: u32::try_from(reviewed).unwrap_or(u32::MAX),
        mandatory_open: u32::try_from(mandatory).unwrap_or(u32::MAX),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::given::{self, at};

    fn id() -> IncidentId {
        IncidentId::new("su-co-1").expect("an id")
    }
    fn head(rev: u32) -> Head {
        Head { rev, digest: Digest::of(&rev.to_be_bytes()) }
    }

    #[test]
    fn an_incident_is_found_by_any_words_whatever_their_marks() {
        let dir = tempfile::tempdir().expect("a directory");
        let index = Index::open(&dir.path().join("index")).expect("openable");
        index.put(&id(), given::an_incident().incident(), head(1)).expect("stored");
        for query in ["", "tin don", "VỠ ĐẬP", "sc-2026-0001", "xa thu vo dap"] {
            assert_eq!(index.find(query).expect("readable").len(), 1, "{query}");
        }
        assert_eq!(index.find("núi lửa").expect("readable").len(), 0);
        assert!(index.is_current(&id(), head(1)) && !index.is_current(&id(), head(2)));
    }

    #[test]
    fn rubbish_in_the_folder_costs_nothing_but_a_rebuild() {
        let dir = tempfile::tempdir().expect("a directory");
        let path = dir.path().join("index");
        let index = Index::open(&path).expect("openable");
        index.put(&id(), given::an_incident().incident(), head(1)).expect("stored");
        drop(index);
        for file in ["db", "conf"] {
            std::fs::write(path.join(file), b"rubbish ".repeat(10_000)).expect("writable");
        }
        let index = Index::open(&path).expect("openable again");
        assert!(!index.is_current(&id(), head(1)));
        index.put(&id(), given::an_incident().incident(), head(1)).expect("stored");
        assert_eq!(index.find("").expect("readable").len(), 1);
    }

    #[test]
    fn sessions_and_links_end() {
        let dir = tempfile::tempdir().expect("a directory");
        let index = Index::open(&dir.path().join("index")).expect("openable");
        let person = PersonId::new("a").expect("an id");
        let session = Session { person: person.clone(), until: at("13:00:00") };
        index.put_session("one", &session).expect("stored");
        index.put_session("two", &session).expect("stored");
        assert!(index.session("one", at("12:59:59")).is_some());
        assert!(index.session("one", at("13:00:00")).is_none());
        assert!(index.session("three", at("12:00:00")).is_none());
        index.end_session("one").expect("stored");
        assert!(index.session("one", at("12:00:00")).is_none());
        index.end_sessions_of(&person).expect("stored");
        assert!(index.session("two", at("12:00:00")).is_none());
        index.put_session("four", &session).expect("stored");
        index.forget_ended(at("12:59:59")).expect("stored");
        assert_eq!(index.sessions.len(), 1);
        index.forget_ended(at("13:00:00")).expect("stored");
        assert_eq!(index.sessions.len(), 0);
        index
            .put_link("l", &SignInLink { person, until: at("13:00:00"), choose_password: true })
            .expect("stored");
        assert!(index.link("l", at("12:00:00")).is_some() && index.link("l", at("13:00:00")).is_none());
        assert!(index.use_link("l").expect("stored") && !index.use_link("l").expect("stored"));
    }
}
