//! The folder of checkpoints: one text per log, only ever added to and synced; beside them public keys, time stamps, and what
//! witnesses answered. Better on another disk or host than the logs: who has both can change both.

use super::{Cause, Key, PublicKey, Signed};
use crate::clock;
use crate::domain::ids::Digest;
use crate::log::{Head, Stream};
use anyhow::Context as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Where checkpoints of a data folder are, unless told otherwise.
const FOLDER: &str = "checkpoints";

/// Where checkpoints of a data folder are: where it was said, or below the data.
pub fn folder_of(data: &Path, said: Option<&Path>) -> PathBuf {
    said.map_or_else(|| data.join(FOLDER), Path::to_owned)
}

/// A folder of checkpoints.
#[derive(Clone, Debug)]
pub struct Folder {
    dir: PathBuf,
}

impl Folder {
    /// To read from.
    pub fn at(dir: &Path) -> Self {
        Self { dir: dir.to_owned() }
    }

    /// To write to: made if need be, with the public key of whoever signs in it.
    ///
    /// # Errors
    /// When it cannot be made or written.
    pub fn open(dir: &Path, key: &PublicKey) -> anyhow::Result<Self> {
        let folder = Self::at(dir);
        for within in ["incidents", "keys", "tokens", "witness"] {
            let path = dir.join(within);
            fs::create_dir_all(&path)
                .with_context(|| format!("không tạo được thư mục {}", path.display()))?;
        }
        let path = folder.key_path(key);
        if !path.exists() {
            put(&path, key.pem().as_bytes())?;
        }
        Ok(folder)
    }

    /// Where it is.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    fn key_path(&self, key: &PublicKey) -> PathBuf {
        self.dir.join("keys").join(format!("{}.pem", key.id().short()))
    }

    fn path(&self, stream: &Stream) -> PathBuf {
        self.dir.join(format!("{stream}.txt"))
    }

    /// The checkpoints of a log, in the order in which they were written; of those that cannot be read, why.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn of(&self, stream: &Stream) -> anyhow::Result<Vec<Result<Signed, String>>> {
        let path = self.path(stream);
        match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(vec![]),
            read => {
                let bytes = read.with_context(|| format!("không đọc được {}", path.display()))?;
                let text = String::from_utf8_lossy(&bytes);
                // What was being written when the machine stopped was promised to nobody.
                let whole = text.rfind("\n\n").map_or(0, |end| end + 2);
                Ok(Signed::read_all(&text[..whole]))
            }
        }
    }

    /// The keys that lie in the folder. Whoever can write there can add one: compare their ids with a print.
    ///
    /// # Errors
    /// When they are there and cannot be read.
    pub fn keys(&self) -> anyhow::Result<Vec<PublicKey>> {
        let mut keys = vec![];
        let dir = self.dir.join("keys");
        if dir.is_dir() {
            for file in fs::read_dir(&dir)? {
                keys.extend(PublicKey::from_pem(&fs::read_to_string(file?.path())?));
            }
        }
        keys.sort_by_key(PublicKey::id);
        Ok(keys)
    }

    /// Signs a head and adds it, on disk when this returns.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add(&self, key: &Key, stream: &Stream, head: Head, cause: Cause) -> anyhow::Result<Signed> {
        let signed = Signed::new(key, stream.to_string(), head, clock::now(), cause);
        let path = self.path(stream);
        let written = self.append(&path, &format!("{signed}\n"));
        written.with_context(|| format!("không ghi được {}", path.display()))?;
        Ok(signed)
    }

    fn append(&self, path: &Path, text: &str) -> io::Result<()> {
        let fresh = !path.exists();
        let mut file = OpenOptions::new().create(true).read(true).append(true).open(path)?;
        // An unfinished one, from when the machine stopped, must not run into this one.
        let unfinished = {
            let bytes = fs::read(path)?;
            !bytes.is_empty() && !bytes.ends_with(b"\n\n")
        };
        let gap = if unfinished { "\n\n" } else { "" };
        file.write_all(format!("{gap}{text}").as_bytes())?;
        file.sync_data()?;
        if fresh { File::open(path.parent().unwrap_or(path))?.sync_all() } else { Ok(()) }
    }

    /// The time stamp of a checkpoint, if there is one (a response as of RFC 3161, DER).
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn token(&self, signed: &Signed) -> io::Result<Option<Vec<u8>>> {
        let token = there(&self.token_path(signed.imprint()))?;
        Ok(token.filter(|token| super::token::holds(token, &signed.imprint())))
    }

    /// What the witness answered, if it did.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn answer(&self, signed: &Signed) -> io::Result<Option<Vec<u8>>> {
        there(&self.answer_path(signed.imprint()))
    }

    pub(super) fn keep_token(&self, imprint: Digest, token: &[u8]) -> io::Result<()> {
        put(&self.token_path(imprint), token)
    }

    pub(super) fn keep_answer(&self, imprint: Digest, answer: &[u8]) -> io::Result<()> {
        put(&self.answer_path(imprint), answer)
    }

    fn token_path(&self, imprint: Digest) -> PathBuf {
        self.dir.join("tokens").join(format!("{imprint}.tsr"))
    }

    fn answer_path(&self, imprint: Digest) -> PathBuf {
        self.dir.join("witness").join(format!("{imprint}.txt"))
    }
}

fn there(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        read => read.map(Some),
    }
}

/// Writes a small file: there whole, or not at all.
fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let unfinished = path.with_extension("unfinished");
    let mut file = File::create(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&unfinished, path)?;
    File::open(path.parent().unwrap_or(path))?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checkpoints_are_added_and_an_unfinished_one_does_no_harm() {
        let dir = tempfile::tempdir().expect("a directory");
        let key = Key::from_seed(&[3; 32]);
        let folder = Folder::open(dir.path(), &key.public()).expect("made");
        let head = |rev| Head { rev, digest: Digest::of(&[1]) };
        let add = |rev| folder.add(&key, &Stream::Directory, head(rev), Cause::Interval).expect("written");
        let read = || folder.of(&Stream::Directory).expect("readable");
        assert!(read().is_empty());
        let (first, second) = (add(1), add(2));
        assert_eq!(read(), [Ok(first.clone()), Ok(second.clone())]);
        let path = dir.path().join("directory.txt");
        let text = fs::read_to_string(&path).expect("readable");
        fs::write(&path, format!("{text}phong-truc-checkpoint/1\nstream: dir")).expect("writable");
        assert_eq!(read().len(), 2, "nobody was promised the unfinished one");
        let third = add(3);
        let all = read();
        assert_eq!(([&all[0], &all[1], &all[3]], all.len()), ([&Ok(first), &Ok(second), &Ok(third)], 4));
        assert!(all[2].is_err());
        assert_eq!(folder.keys().expect("readable"), [key.public()]);
    }
}
