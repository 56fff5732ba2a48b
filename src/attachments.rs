//! Files beside the logs: each under the digest of its bytes, so that what a log names is that file or no file. On disk,
//! name and all, before anybody is told that it is kept; never changed, and taken away by a purge only.

mod kept;
pub mod picture;
pub mod preview;
mod receipt;
mod sending;

pub use kept::Kept;
pub use receipt::Sending;
pub use sending::{Appended, Trouble};

use crate::domain::ids::Digest;
use anyhow::Context as _;
use preview::Previews;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a file is called until it is whole. One that is found at a start was never acknowledged.
const UNFINISHED: &str = ".unfinished-";

/// The folder of attachments.
#[derive(Clone, Debug)]
pub struct Attachments {
    folder: Arc<Folder>,
    under_way: sending::UnderWay,
    /// Pictures of pictures.
    pub previews: Previews,
}

/// Where what lies. Beside the contents, named by their digests, three folders that may be lost: the first with what
/// was on its way, the others for asking again.
#[derive(Debug)]
struct Folder {
    /// Contents.
    dir: PathBuf,
    /// What is on its way, and from whom.
    unfinished: PathBuf,
    /// What was sent up by whom into which incident.
    received: PathBuf,
    /// What was found when a content was last read whole.
    verified: PathBuf,
}

impl Attachments {
    /// The folder below a data directory that this process holds, made if need be.
    ///
    /// # Errors
    /// When it cannot be made or read.
    pub fn open(data: &Path) -> anyhow::Result<Self> {
        let dir = data.join("attachments");
        let within = |name: &str| dir.join(name);
        let (unfinished, received, verified) = (within("unfinished"), within("received"), within("verified"));
        for dir in [&dir, &unfinished, &received, &verified] {
            fs::create_dir_all(dir).with_context(|| format!("không tạo được thư mục {}", dir.display()))?;
        }
        sync_dir(&dir)?;
        sync_dir(data)?;
        for dir in [&dir, &unfinished, &received, &verified] {
            for file in fs::read_dir(dir)? {
                let file = file?;
                if file.file_name().to_str().is_some_and(|name| name.starts_with(UNFINISHED)) {
                    fs::remove_file(file.path())?;
                }
            }
        }
        let folder = Arc::new(Folder { dir, unfinished, received, verified });
        receipt::sweep(&folder);
        let under_way = sending::UnderWay::open(folder.clone())?;
        Ok(Self { folder, under_way, previews: Previews::open(data)? })
    }

    /// The content with this digest and this size; none when there is none, or what lies there is something else. It
    /// is read whole only when it does not look as it did when that was last done.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn find(&self, digest: Digest, size: u32) -> anyhow::Result<Option<Kept>> {
        let folder = self.folder.clone();
        tokio::task::spawn_blocking(move || kept::find(&folder, digest, size)).await?
    }

    /// What somebody sent up into an incident, if it is here still.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn received(&self, sending: &Sending) -> anyhow::Result<Option<Kept>> {
        if receipt::is_there(&self.folder, sending) {
            self.find(sending.digest, sending.size).await
        } else {
            Ok(None)
        }
    }

    /// Begins to take a file in, or goes on with what came of it before. How many bytes of it are on disk.
    ///
    /// # Errors
    /// When so much is not taken.
    pub async fn begin(&self, sending: Sending) -> Result<u64, Trouble> {
        self.under_way.begin(sending).await
    }

    /// Takes more of a file in, from the byte at `offset` on. What came is on disk when this returns, also when the
    /// sender was cut off in the middle.
    ///
    /// # Errors
    /// When it does not follow on what is here, cannot be kept, or may not be attached.
    pub async fn append<S, E>(&self, sending: &Sending, offset: u64, pieces: S) -> Result<Appended, Trouble>
    where
        S: futures_util::Stream<Item = Result<hyper::body::Bytes, E>> + Send + Unpin,
        E: Send,
    {
        self.under_way.append(sending, offset, pieces).await
    }

    /// Takes a content away, with everything that was made from it and known of it. One that is not there is gone already.
    ///
    /// # Errors
    /// When some of it is there still.
    pub async fn take_away(&self, digest: Digest) -> anyhow::Result<()> {
        let (folder, previews) = (self.folder.clone(), self.previews.clone());
        tokio::task::spawn_blocking(move || {
            previews.take_away(digest)?;
            receipt::take_away(&folder, digest)?;
            for dir in [&folder.verified, &folder.dir] {
                gone(&dir.join(digest.to_string()))?;
            }
            Ok(sync_dir(&folder.dir)?)
        })
        .await?
    }

    /// Forgets what came of a file that is not whole.
    pub async fn forget(&self, sending: &Sending) {
        self.under_way.forget(sending).await;
    }
}

/// Writes a small file: there whole, or as it was before.
fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let dir = path.parent().unwrap_or(path);
    let unfinished = dir.join(format!("{UNFINISHED}{}", crate::clock::id()));
    let write = || {
        let mut file = File::create_new(&unfinished)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&unfinished, path)
    };
    let written = write();
    if written.is_err() {
        // What could not be written is of no use; what cannot be removed is removed at the next start.
        let _ = fs::remove_file(&unfinished);
    }
    written.and_then(|()| sync_dir(dir))
}

/// Takes a file away that may not be there.
fn gone(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// A new name is durable only when its directory is synced.
fn sync_dir(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}

#[cfg(test)]
mod tests;
