//! Files on their way: begun, continued where they were cut off, whole in the end. After the idea of tus and of the IETF's
//! resumable uploads (draft-ietf-httpbis-resumable-upload): the server says how far it is, and only what follows on that
//! is taken. How far it is, is on disk before it is said.

use super::kept::{self, Kept};
use super::receipt::{self, Sending, is_older};
use super::{Folder, put, sync_dir};
use crate::domain::attachment::{Type, kinds};
use crate::domain::ids::{Digest, PersonId};
use crate::domain::refusal::{Files, Refusal};
use futures_util::{Stream, StreamExt as _};
use hyper::body::Bytes;
use sha2::Digest as _;
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, watch};

/// The most that one person may have on its way, bytes: four films of the largest kind.
pub const PERSON_BYTES_MAX: u64 = 2_000_000_000;
/// The most files that one person may have on their way: the rows of a phone's outbox after a night at the scene.
pub const PERSON_FILES_MAX: usize = 40;
/// How long what is not whole waits for more, hours: a week, as long as a flood keeps a commune off the network.
pub const WAITS_HOURS: i64 = 7 * 24;
/// What stays free on the disk for the logs, bytes: a full disk ends acknowledging, and no film is worth that.
pub const FREE_BYTES_MIN: u64 = 500_000_000;
/// How long a piece may stand still before what came of it is kept and its sender has to come again.
const STILL: Duration = Duration::from_secs(30);
/// Written to disk at once.
const WRITE_BYTES: usize = 256 * 1024;
/// What stands beside what came: from whom it is.
const WHOSE: &str = "json";

/// What became of a piece.
#[derive(Debug)]
pub enum Appended {
    /// There is more to come, from this byte on.
    More(u64),
    /// The file is whole and kept.
    Whole(Kept, &'static Type),
}

/// Why a piece was not taken.
#[derive(Debug)]
pub enum Trouble {
    /// Nothing of it is here: it was never begun, waited too long, or was called off.
    Gone,
    /// It does not follow on what is here: that ends at this byte.
    Offset(u64),
    /// More came than was said.
    TooLong,
    /// All of it came, and is not what its digest says.
    WrongDigest,
    /// The person has as much on its way as may be.
    Quota,
    /// The disk is full, or would be.
    Full,
    /// It may not be attached.
    Refused(Refusal),
    /// Something that the sender cannot act on.
    Broken(anyhow::Error),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        use io::ErrorKind::{FileTooLarge, NotFound, QuotaExceeded, StorageFull};
        match error.kind() {
            StorageFull | QuotaExceeded | FileTooLarge => Self::Full,
            // Called off by another window meanwhile.
            NotFound => Self::Gone,
            _ => Self::Broken(error.into()),
        }
    }
}

/// All files that are on their way.
#[derive(Clone, Debug)]
pub(super) struct UnderWay {
    folder: Arc<Folder>,
    parts: Arc<Mutex<HashMap<String, Arc<Part>>>>,
}

/// What came of one file.
#[derive(Debug)]
struct Part {
    sending: Sending,
    path: PathBuf,
    /// Whoever comes later sends the one before away: a phone that lost its network does not say good-bye.
    turn: watch::Sender<u64>,
    came: Mutex<Came>,
}

/// How far it is; after a start nothing is known of its hash.
#[derive(Clone, Debug)]
struct Came {
    offset: u64,
    hash: Option<sha2::Sha256>,
}

impl UnderWay {
    /// Finds what was on its way when the program ended.
    pub(super) fn open(folder: Arc<Folder>) -> anyhow::Result<Self> {
        let mut parts = HashMap::new();
        for file in fs::read_dir(&folder.unfinished)? {
            let beside = file?.path();
            if beside.extension().is_none_or(|extension| extension != WHOSE) {
                continue;
            }
            let path = beside.with_extension("");
            let known = fs::read(&beside).ok().and_then(|text| serde_json::from_slice::<Sending>(&text).ok());
            let length = fs::metadata(&path).map(|found| found.len()).ok();
            match known.zip(length) {
                // Behind what was said there may be more, written and never synced: the digest judges it.
                Some((sending, length)) if length <= u64::from(sending.size) => {
                    parts.insert(sending.name(), Arc::new(Part::new(sending, path, length)));
                }
                _ => remove(&path),
            }
        }
        for file in fs::read_dir(&folder.unfinished)? {
            let path = file?.path();
            if path.extension().is_none() && !path.with_extension(WHOSE).exists() {
                remove(&path);
            }
        }
        Ok(Self { folder, parts: Arc::new(Mutex::new(parts)) })
    }

    pub(super) async fn begin(&self, sending: Sending) -> Result<u64, Trouble> {
        let mut parts = self.parts.lock().await;
        parts.retain(|_, part| {
            let over = is_older(&part.path, WAITS_HOURS);
            if over {
                remove(&part.path);
            }
            !over
        });
        let name = sending.name();
        if let Some(part) = parts.get(&name).cloned() {
            drop(parts);
            return Ok(part.alone().await.offset);
        }
        allowed(&parts, &sending.person, sending.size)?;
        // What was promised to others counts as taken.
        let came = |part: &Part| fs::metadata(&part.path).map_or(0, |found| found.len());
        let missing = parts.values().map(|part| u64::from(part.sending.size).saturating_sub(came(part)));
        let needed = missing.sum::<u64>() + u64::from(sending.size) + FREE_BYTES_MIN;
        let path = self.folder.unfinished.join(&name);
        let (folder, whose) = (self.folder.clone(), sending.clone());
        let made = path.clone();
        blocking(move || {
            // Room for it and for the logs; without an answer of the system the writing itself decides.
            let free =
                rustix::fs::statvfs(&folder.dir).map(|disk| disk.f_bavail.saturating_mul(disk.f_frsize));
            if free.is_ok_and(|free| free < needed) {
                return Err(Trouble::Full);
            }
            File::create(&made)?.sync_all()?;
            put(&made.with_extension(WHOSE), &serde_json::to_vec(&whose).map_err(io::Error::from)?)?;
            Ok(())
        })
        .await?;
        parts.insert(name, Arc::new(Part::new(sending, path, 0)));
        Ok(0)
    }

    pub(super) async fn append<S, E>(
        &self,
        sending: &Sending,
        offset: u64,
        pieces: S,
    ) -> Result<Appended, Trouble>
    where
        S: Stream<Item = Result<Bytes, E>> + Send + Unpin,
        E: Send,
    {
        let part = self.parts.lock().await.get(&sending.name()).cloned().ok_or(Trouble::Gone)?;
        let mut turn = part.turn.subscribe();
        let mut came = part.came.lock().await;
        if came.offset != offset {
            return Err(Trouble::Offset(came.offset));
        }
        *came = match part.take(&came, &mut turn, pieces).await {
            Ok(came) => came,
            Err(trouble) => {
                // What is written of this piece counts for nothing, and gives its room back.
                let path = part.path.clone();
                let cut =
                    blocking(move || Ok(File::options().write(true).open(path)?.set_len(offset)?)).await;
                if let Err(error) = cut {
                    tracing::warn!(
                        ?error,
                        "a piece that failed could not be cut off; it will be written over"
                    );
                }
                return Err(trouble);
            }
        };
        let size = u64::from(sending.size);
        let judged = offset < kinds::HEAD_BYTES as u64 && came.offset > offset;
        let judged = judged && came.offset >= size.min(kinds::HEAD_BYTES as u64);
        if judged && let Err(trouble) = part.judge().await {
            drop(came);
            self.forget(sending).await;
            return Err(trouble);
        }
        if came.offset < size {
            return Ok(Appended::More(came.offset));
        }
        let kept = self.finish(&part, &mut came).await;
        // What is not what it was said to be is of no use; what could not be kept may be tried again.
        if !matches!(kept, Err(Trouble::Full | Trouble::Broken(_))) {
            drop(came);
            self.forget(sending).await;
        }
        kept
    }

    pub(super) async fn forget(&self, sending: &Sending) {
        let removed = self.parts.lock().await.remove(&sending.name());
        if let Some(part) = removed {
            drop(part.alone().await);
            remove(&part.path);
        }
    }

    /// Gives a whole file its place under its digest.
    async fn finish(&self, part: &Part, came: &mut Came) -> Result<Appended, Trouble> {
        let found = part.hash(came).await?.finalize().into();
        let Sending { digest, size, .. } = part.sending;
        if Digest::from_bytes(found) != digest {
            return Err(Trouble::WrongDigest);
        }
        let (folder, sending, path) = (self.folder.clone(), part.sending.clone(), part.path.clone());
        blocking(move || {
            let kind = kinds::of(&head(&path)?).map_err(Trouble::Refused)?;
            kind.fits(u64::from(size)).map_err(Trouble::Refused)?;
            // Words are judged whole; they are few.
            if kind.kind == kinds::Kind::Text && !kinds::is_text(&fs::read(&path)?) {
                return Err(Trouble::Refused(Refusal::Files(Files::UnknownType)));
            }
            receipt::write(&folder, &sending)?;
            if let Some(kept) = kept::find(&folder, digest, size).map_err(Trouble::Broken)? {
                return Ok(Appended::Whole(kept, kind));
            }
            let kept = Kept { path: folder.dir.join(digest.to_string()), digest, size, kind: Some(kind) };
            fs::rename(&path, &kept.path)?;
            sync_dir(&folder.dir)?;
            kept::took_its_place(&folder, &kept).map_err(Trouble::Broken)?;
            Ok(Appended::Whole(kept, kind))
        })
        .await
    }
}

impl Part {
    fn new(sending: Sending, path: PathBuf, offset: u64) -> Self {
        let came = Mutex::new(Came { offset, hash: (offset == 0).then(sha2::Sha256::new) });
        Self { sending, path, turn: watch::Sender::new(0), came }
    }

    /// How far it is, once whoever was sending has been sent away.
    async fn alone(&self) -> tokio::sync::MutexGuard<'_, Came> {
        self.turn.send_modify(|turn| *turn += 1);
        self.came.lock().await
    }

    /// Writes what comes, until it ends, stands still, or somebody else comes. On disk when this returns.
    async fn take<S, E>(
        &self,
        came: &Came,
        turn: &mut watch::Receiver<u64>,
        mut pieces: S,
    ) -> Result<Came, Trouble>
    where
        S: Stream<Item = Result<Bytes, E>> + Send + Unpin,
        E: Send,
    {
        let (mut hash, mut offset) = (self.hash(came).await?, came.offset);
        let (path, begin) = (self.path.clone(), offset);
        let mut file = blocking(move || {
            let mut file = File::options().write(true).open(path)?;
            file.set_len(begin)?;
            file.seek(SeekFrom::Start(begin))?;
            Ok(file)
        })
        .await?;
        let mut waiting = Vec::with_capacity(WRITE_BYTES);
        loop {
            // What came goes first: only who has nothing more to say is sent away.
            let piece = tokio::select! {
                biased;
                piece = tokio::time::timeout(STILL, pieces.next()) => piece,
                _ = turn.changed() => break,
            };
            let Ok(Some(Ok(piece))) = piece else { break };
            offset += piece.len() as u64;
            if offset > u64::from(self.sending.size) {
                return Err(Trouble::TooLong);
            }
            hash.update(&piece);
            waiting.extend_from_slice(&piece);
            if waiting.len() >= WRITE_BYTES {
                (file, waiting) = written(file, waiting).await?;
            }
        }
        let (file, _) = written(file, waiting).await?;
        blocking(move || Ok(file.sync_data()?)).await?;
        Ok(Came { offset, hash: Some(hash) })
    }

    /// The hash of what is here; read from the disk when it is not known.
    async fn hash(&self, came: &Came) -> Result<sha2::Sha256, Trouble> {
        if let Some(hash) = &came.hash {
            return Ok(hash.clone());
        }
        let (path, offset) = (self.path.clone(), came.offset);
        blocking(move || Ok(kept::hashed(&File::open(path)?, offset)?.0)).await
    }

    /// Whether what begins so may be attached, and be so large.
    async fn judge(&self) -> Result<(), Trouble> {
        let (path, size) = (self.path.clone(), u64::from(self.sending.size));
        blocking(move || kinds::of(&head(&path)?).and_then(|kind| kind.fits(size)).map_err(Trouble::Refused))
            .await
    }
}

fn allowed(parts: &HashMap<String, Arc<Part>>, person: &PersonId, size: u32) -> Result<(), Trouble> {
    let theirs = || parts.values().filter(|part| part.sending.person == *person);
    let bytes: u64 = theirs().map(|part| u64::from(part.sending.size)).sum();
    let fits = bytes + u64::from(size) <= PERSON_BYTES_MAX && theirs().count() < PERSON_FILES_MAX;
    if fits { Ok(()) } else { Err(Trouble::Quota) }
}

async fn written(mut file: File, waiting: Vec<u8>) -> Result<(File, Vec<u8>), Trouble> {
    blocking(move || {
        file.write_all(&waiting)?;
        let mut empty = waiting;
        empty.clear();
        Ok((file, empty))
    })
    .await
}

fn head(path: &Path) -> io::Result<Vec<u8>> {
    Ok(kept::hashed(&File::open(path)?, kinds::HEAD_BYTES as u64)?.1)
}

/// What cannot be removed is removed at a later start.
fn remove(path: &Path) {
    let _ = fs::remove_file(path.with_extension(WHOSE));
    let _ = fs::remove_file(path);
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Trouble> + Send + 'static,
) -> Result<T, Trouble> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(Trouble::Broken(error.into())))
}
