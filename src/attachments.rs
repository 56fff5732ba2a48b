//! Files beside the logs: each under the digest of its bytes, so that what a log names is that file or no file. On disk,
//! name and all, before anybody is told that it is kept; never changed and never taken away.

use crate::clock;
use crate::domain::ids::Digest;
use anyhow::Context as _;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// What a file is called until it is whole. One that is found at a start was never acknowledged.
const UNFINISHED: &str = ".unfinished-";

/// The folder of attachments.
#[derive(Clone, Debug)]
pub struct Attachments {
    dir: PathBuf,
}

impl Attachments {
    /// The folder below a data directory that this process holds, made if need be.
    ///
    /// # Errors
    /// When it cannot be made or read.
    pub fn open(data: &Path) -> anyhow::Result<Self> {
        let dir = data.join("attachments");
        fs::create_dir_all(&dir).with_context(|| format!("không tạo được thư mục {}", dir.display()))?;
        sync_dir(data)?;
        for file in fs::read_dir(&dir)? {
            let file = file?;
            if file.file_name().to_str().is_some_and(|name| name.starts_with(UNFINISHED)) {
                fs::remove_file(file.path())?;
            }
        }
        Ok(Self { dir })
    }

    /// Keeps a content; it is on disk when this returns. The same content again is the same file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn keep(&self, bytes: impl AsRef<[u8]> + Send + 'static) -> anyhow::Result<Digest> {
        let dir = self.dir.clone();
        tokio::task::spawn_blocking(move || keep(&dir, bytes.as_ref())).await?
    }

    /// The content with this digest and this size; none when there is none, or what lies there is something else.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn find(&self, digest: Digest, size: u32) -> anyhow::Result<Option<Vec<u8>>> {
        let path = self.dir.join(digest.to_string());
        tokio::task::spawn_blocking(move || find(&path, digest, size)).await?
    }
}

fn keep(dir: &Path, bytes: &[u8]) -> anyhow::Result<Digest> {
    let digest = Digest::of(bytes);
    let unfinished = dir.join(format!("{UNFINISHED}{}", clock::id()));
    let path = dir.join(digest.to_string());
    let written = write(&unfinished, bytes).and_then(|()| fs::rename(&unfinished, &path));
    if let Err(error) = written {
        // What could not be written is of no use; what cannot be removed is removed at the next start.
        let _ = fs::remove_file(&unfinished);
        return Err(error).with_context(|| format!("không ghi được {}", path.display()));
    }
    sync_dir(dir)?;
    Ok(digest)
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn find(path: &Path, digest: Digest, size: u32) -> anyhow::Result<Option<Vec<u8>>> {
    let length = match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        found => found?.len(),
    };
    if length != u64::from(size) {
        return Ok(None);
    }
    let bytes = fs::read(path)?;
    Ok((Digest::of(&bytes) == digest).then_some(bytes))
}

/// A new name is durable only when its directory is synced.
fn sync_dir(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_content_is_one_file_and_an_unfinished_one_is_none() {
        let dir = tempfile::tempdir().expect("a directory");
        let files = Attachments::open(dir.path()).expect("openable");
        let digest = files.keep(b"abc").await.expect("kept");
        assert_eq!((digest, files.keep(b"abc").await.expect("kept")), (Digest::of(b"abc"), digest));
        let names = || fs::read_dir(dir.path().join("attachments")).expect("readable").count();
        assert_eq!(names(), 1);
        assert_eq!(files.find(digest, 3).await.expect("readable").as_deref(), Some(b"abc".as_slice()));
        assert_eq!(files.find(digest, 4).await.expect("readable"), None);
        assert_eq!(files.find(Digest::of(b"x"), 1).await.expect("readable"), None);
        let folder = dir.path().join("attachments");
        fs::write(folder.join(format!("{UNFINISHED}1")), b"half").expect("writable");
        fs::write(folder.join(digest.to_string()), b"abd").expect("writable");
        let files = Attachments::open(dir.path()).expect("openable");
        assert_eq!(names(), 1);
        assert_eq!(files.find(digest, 3).await.expect("readable"), None, "changed behind our back");
        files.keep(b"abc").await.expect("kept");
        assert!(files.find(digest, 3).await.expect("readable").is_some(), "and whole again");
    }
}
