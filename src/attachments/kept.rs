//! What lies in the folder: found by digest and size, and read whole only when it may have changed.

use super::{Folder, put};
use crate::domain::attachment::{Type, kinds};
use crate::domain::ids::Digest;
use serde::{Deserialize, Serialize};
use sha2::Digest as _;
use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Read at once while hashing.
const PIECE_BYTES: usize = 256 * 1024;

/// A content that is on disk as its digest says.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Where.
    pub path: PathBuf,
    /// SHA-256 of its bytes.
    pub digest: Digest,
    /// Its size, bytes.
    pub size: u32,
    /// Its type, if it is one that may be attached today.
    pub kind: Option<&'static Type>,
}

/// What was found when a content was last read whole. Whoever changes the content moves the clock of the last change
/// of the file with it, and that clock nobody sets but the kernel; a copy from a backup has another one, and is read
/// whole once.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Verified {
    changed_seconds: i64,
    changed_nanoseconds: i64,
    media: Option<String>,
}

impl Verified {
    fn of(metadata: &Metadata, kind: Option<&Type>) -> Self {
        let (changed_seconds, changed_nanoseconds) = (metadata.ctime(), metadata.ctime_nsec());
        Self { changed_seconds, changed_nanoseconds, media: kind.map(|kind| kind.media.to_owned()) }
    }
}

/// Only one content is read whole at a time: many who ask for the same film need not all read it.
static READING: Mutex<()> = Mutex::new(());

pub(super) fn find(folder: &Folder, digest: Digest, size: u32) -> anyhow::Result<Option<Kept>> {
    let path = folder.dir.join(digest.to_string());
    let Some(metadata) = metadata(&path, size)? else { return Ok(None) };
    if let Some(kind) = verified(folder, digest, &metadata) {
        return Ok(Some(Kept { path, digest, size, kind }));
    }
    let _turn = READING.lock().unwrap_or_else(PoisonError::into_inner);
    // While one waited, another may have read it.
    if let Some(kind) = verified(folder, digest, &metadata) {
        return Ok(Some(Kept { path, digest, size, kind }));
    }
    let (found, head) = read(&path)?;
    if found != digest {
        tracing::error!(%digest, %found, "an attachment is not what its name says");
        return Ok(None);
    }
    let kept = Kept { path, digest, size, kind: kinds::of(&head).ok() };
    note(folder, &kept, &metadata);
    Ok(Some(kept))
}

/// Notes that a content was read whole: `metadata` as it was before the reading.
fn note(folder: &Folder, kept: &Kept, metadata: &Metadata) {
    let verified = Verified::of(metadata, kept.kind);
    let written = serde_json::to_vec(&verified)
        .map_err(io::Error::from)
        .and_then(|bytes| put(&folder.verified.join(kept.digest.to_string()), &bytes));
    if let Err(error) = written {
        tracing::warn!(%error, digest = %kept.digest, "it could not be noted that an attachment was read whole");
    }
}

/// The same of one that was hashed as it was written, and has its name now.
pub(super) fn took_its_place(folder: &Folder, kept: &Kept) -> anyhow::Result<()> {
    note(folder, kept, &fs::metadata(&kept.path)?);
    Ok(())
}

fn metadata(path: &Path, size: u32) -> io::Result<Option<Metadata>> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        found => Ok(Some(found?).filter(|found| found.is_file() && found.len() == u64::from(size))),
    }
}

fn verified(folder: &Folder, digest: Digest, metadata: &Metadata) -> Option<Option<&'static Type>> {
    let text = fs::read(folder.verified.join(digest.to_string())).ok()?;
    let noted: Verified = serde_json::from_slice(&text).ok()?;
    let kind = noted.media.as_deref().and_then(kinds::named);
    (noted == Verified::of(metadata, kind)).then_some(kind)
}

/// The digest of a file's bytes, and its beginning.
pub(super) fn read(path: &Path) -> io::Result<(Digest, Vec<u8>)> {
    let (hash, head) = hashed(&File::open(path)?, u64::MAX)?;
    Ok((Digest::from_bytes(hash.finalize().into()), head))
}

/// The first bytes of a file, hashed on the way, and its beginning.
pub(super) fn hashed(file: &File, most: u64) -> io::Result<(sha2::Sha256, Vec<u8>)> {
    let (mut hash, mut head, mut piece) = (sha2::Sha256::new(), vec![], vec![0; PIECE_BYTES]);
    let mut file = file.take(most);
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            return Ok((hash, head));
        }
        hash.update(&piece[..read]);
        let missing = kinds::HEAD_BYTES.saturating_sub(head.len()).min(read);
        head.extend_from_slice(&piece[..missing]);
    }
}
