//! Logs as files: one text file of JSON lines per stream, `fdatasync` before an append is answered. A person can
//! read them; `sha256sum` and ten lines of Python can verify them. Beside each lies its head, so that a cut tail
//! and a changed last line show.

use super::chain;
use super::{AppendError, Damage, Head, Listed, Log, Reading, Stream};
use crate::domain::ids::{Digest, IncidentId, Rev};
use anyhow::Context as _;
use futures_util::future::BoxFuture;
use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, BufWriter, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// How an unfinished last line that was set aside is called, with where it stood.
const CUT: &str = "cut-at-";
/// How a log that is written anew is called until it is whole. One that is found later never became the log.
const UNFINISHED: &str = "unfinished";

/// A directory of logs, held by one process at a time.
#[derive(Debug)]
pub struct FileLog {
    files: Arc<Files>,
    _lock: File,
}

#[derive(Debug)]
struct Files {
    dir: PathBuf,
    open: Mutex<HashMap<Stream, Arc<Mutex<Open>>>>,
}

/// One log, verified and open for appending.
#[derive(Debug)]
struct Open {
    file: File,
    kept: File,
    head: Head,
    /// Set by the first damage, failed write or failed sync; nothing is appended after it.
    shut: Option<String>,
}

impl FileLog {
    /// Takes the directory, making it if need be.
    ///
    /// # Errors
    /// When it cannot be made or written, or another process holds it.
    pub fn open(dir: &Path) -> anyhow::Result<Self> {
        let incidents = dir.join("incidents");
        fs::create_dir_all(&incidents)
            .with_context(|| format!("không tạo được thư mục {}", incidents.display()))?;
        let lock = OpenOptions::new().create(true).write(true).truncate(false).open(dir.join("lock"))?;
        if lock.try_lock().is_err() {
            anyhow::bail!("thư mục {} đang do một tiến trình phongtruc khác giữ", dir.display());
        }
        sync_dir(dir)?;
        let files = Files { dir: dir.to_owned(), open: Mutex::default() };
        Ok(Self { files: Arc::new(files), _lock: lock })
    }

    /// The file of a stream in a directory.
    pub fn path(dir: &Path, stream: &Stream) -> PathBuf {
        dir.join(format!("{stream}.jsonl"))
    }

    /// Where the head of the log in `path` is kept.
    pub fn head_path(path: &Path) -> PathBuf {
        path.with_extension("head")
    }

    /// The head kept beside the log in `path`, and the log's bytes. Read in this order: a server may append between
    /// the two, and then the log has more than the head says, never less.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn stored(path: &Path) -> io::Result<(Option<Head>, Vec<u8>)> {
        let kept = Self::kept_head(path);
        Ok((kept, fs::read(path)?))
    }

    /// The head kept beside the log in `path`; none when there is none or it cannot be read.
    pub fn kept_head(path: &Path) -> Option<Head> {
        head_in(&fs::read_to_string(Self::head_path(path)).ok()?)
    }
}

/// The head in such a text.
pub fn head_in(text: &str) -> Option<Head> {
    let (rev, digest) = text.trim().split_once(' ')?;
    Some(Head { rev: rev.trim().parse().ok()?, digest: Digest::try_from(digest.to_owned()).ok()? })
}

impl Log for FileLog {
    fn incidents(&self) -> BoxFuture<'_, anyhow::Result<Vec<Listed>>> {
        let files = self.files.clone();
        blocking(move || files.incidents())
    }

    fn read<'a>(&'a self, stream: &'a Stream, after: Rev) -> BoxFuture<'a, anyhow::Result<Reading>> {
        let (files, stream) = (self.files.clone(), stream.clone());
        blocking(move || files.read(&stream, after))
    }

    fn append<'a>(
        &'a self,
        stream: &'a Stream,
        expected: Head,
        lines: Vec<String>,
        head: Head,
    ) -> BoxFuture<'a, Result<(), AppendError>> {
        let (files, stream) = (self.files.clone(), stream.clone());
        Box::pin(async move {
            let appended =
                tokio::task::spawn_blocking(move || files.append(&stream, expected, &lines, head)).await;
            appended.unwrap_or_else(|error| Err(AppendError::Failed(error.to_string())))
        })
    }

    fn purge<'a>(
        &'a self,
        stream: &'a Stream,
        expected: Head,
        left: Vec<(Rev, String)>,
        line: String,
        head: Head,
    ) -> BoxFuture<'a, Result<(), AppendError>> {
        let (files, stream) = (self.files.clone(), stream.clone());
        Box::pin(async move {
            let purged =
                tokio::task::spawn_blocking(move || files.purge(&stream, expected, left, &line, head)).await;
            purged.unwrap_or_else(|error| Err(AppendError::Failed(error.to_string())))
        })
    }
}

fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> anyhow::Result<T> + Send + 'static,
) -> BoxFuture<'static, anyhow::Result<T>> {
    Box::pin(async move { tokio::task::spawn_blocking(work).await? })
}

impl Files {
    fn incidents(&self) -> anyhow::Result<Vec<Listed>> {
        let mut ids = vec![];
        for file in fs::read_dir(self.dir.join("incidents"))? {
            let path = file?.path();
            if path.extension().is_some_and(|extension| extension == "jsonl") {
                let id = path.file_stem().and_then(|stem| IncidentId::new(stem.to_str()?));
                ids.extend(id.map(|id| (id, FileLog::kept_head(&path))));
            }
        }
        ids.sort_by(|a: &(IncidentId, _), b| a.0.cmp(&b.0));
        Ok(ids)
    }

    fn read(&self, stream: &Stream, after: Rev) -> anyhow::Result<Reading> {
        let path = FileLog::path(&self.dir, stream);
        let (kept, bytes) = match FileLog::stored(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(missing(&path)),
            stored => stored.with_context(|| format!("không đọc được {}", path.display()))?,
        };
        let (stored, unfinished) = chain::split(&bytes);
        let whole = stored.len();
        let verified = chain::verify(stored, kept);
        let after = usize::try_from(after)?;
        let lines = verified.lines.iter().skip(after).map(ToString::to_string).collect();
        let reading = Reading { lines, damage: verified.damage };
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if !open.contains_key(stream) {
            if reading.damage.is_none() && !unfinished.is_empty() {
                set_aside(&path, unfinished, whole)?;
            }
            let unfinished = path.with_extension(UNFINISHED);
            if unfinished.exists() {
                fs::remove_file(&unfinished)?;
            }
            let shut = reading.damage.as_ref().map(ToString::to_string);
            open.insert(stream.clone(), Arc::new(Mutex::new(Open::new(&path, verified.head, shut)?)));
        }
        Ok(reading)
    }

    fn append(
        &self,
        stream: &Stream,
        expected: Head,
        lines: &[String],
        head: Head,
    ) -> Result<(), AppendError> {
        let log = self.opened(stream)?;
        let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
        log.append(expected, lines, head)
    }

    fn purge(
        &self,
        stream: &Stream,
        expected: Head,
        left: Vec<(Rev, String)>,
        line: &str,
        head: Head,
    ) -> Result<(), AppendError> {
        let log = self.opened(stream)?;
        let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
        log.purge(&FileLog::path(&self.dir, stream), expected, left, line, head)
    }

    fn opened(&self, stream: &Stream) -> Result<Arc<Mutex<Open>>, AppendError> {
        let failed = |error: &dyn std::fmt::Display| AppendError::Failed(error.to_string());
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(log) = open.get(stream) {
            return Ok(log.clone());
        }
        // A log that was never read is a new one: the trait's readers verify before they append.
        let path = FileLog::path(&self.dir, stream);
        if path.exists() {
            return Err(failed(&"nhật ký chưa được kiểm tra trước khi ghi"));
        }
        let log = Open::new(&path, Head::EMPTY, None).map_err(|error| failed(&error))?;
        let log = Arc::new(Mutex::new(log));
        open.insert(stream.clone(), log.clone());
        Ok(log)
    }
}

/// A log that is not there was never written; unless its head is there.
fn missing(path: &Path) -> Reading {
    let lost = FileLog::kept_head(path).filter(|kept| kept.rev > 0);
    let reason = |kept: Head| format!("tệp nhật ký không còn, đã từng có đến dòng {}", kept.rev);
    Reading { lines: vec![], damage: lost.map(|kept| Damage { line: 1, reason: reason(kept) }) }
}

impl Open {
    fn new(path: &Path, head: Head, shut: Option<String>) -> io::Result<Self> {
        let fresh = !path.exists();
        let mut file = OpenOptions::new().create(true).append(true).open(path)?;
        let head_path = FileLog::head_path(path);
        let kept = OpenOptions::new().create(true).write(true).truncate(false).open(head_path)?;
        if fresh {
            file.flush()?;
            file.sync_all()?;
            sync_dir(path.parent().unwrap_or(path))?;
        }
        Ok(Self { file, kept, head, shut })
    }

    fn takes(&self, expected: Head) -> Result<(), AppendError> {
        match &self.shut {
            Some(why) => Err(AppendError::Failed(why.clone())),
            None if self.head != expected => Err(AppendError::Conflict { head: self.head }),
            None => Ok(()),
        }
    }

    fn append(&mut self, expected: Head, lines: &[String], head: Head) -> Result<(), AppendError> {
        self.takes(expected)?;
        let mut bytes = Vec::with_capacity(lines.iter().map(|line| line.len() + 1).sum());
        for line in lines {
            bytes.extend_from_slice(line.as_bytes());
            bytes.push(b'\n');
        }
        // After a failed write or sync nobody knows what is on disk; trying again would only hide it.
        if let Err(error) = self.file.write_all(&bytes).and_then(|()| self.file.sync_data()) {
            let why = format!("không ghi được xuống đĩa: {error}");
            self.shut = Some(why.clone());
            return Err(AppendError::Failed(why));
        }
        self.ends_at(head);
        Ok(())
    }

    /// Writes the whole log anew beside the old one and gives it its name: whoever is cut off in between has the one or
    /// the other. Nothing is lost by a failure, and the log goes on.
    fn purge(
        &mut self,
        path: &Path,
        expected: Head,
        left: Vec<(Rev, String)>,
        line: &str,
        head: Head,
    ) -> Result<(), AppendError> {
        self.takes(expected)?;
        let failed = |error: io::Error| AppendError::Failed(format!("không ghi được xuống đĩa: {error}"));
        let fresh = path.with_extension(UNFINISHED);
        let replaced = rewritten(path, &fresh, left, line).and_then(|()| fs::rename(&fresh, path));
        if let Err(error) = replaced {
            // What is left of it is removed when the log is read again.
            let _ = fs::remove_file(&fresh);
            return Err(failed(error));
        }
        // From here on the new one is the log, whatever else fails.
        match OpenOptions::new().append(true).open(path) {
            Ok(file) => self.file = file,
            Err(error) => self.shut = Some(error.to_string()),
        }
        self.ends_at(head);
        sync_dir(path.parent().unwrap_or(path)).map_err(|error| {
            self.shut = Some(error.to_string());
            failed(error)
        })
    }

    fn ends_at(&mut self, head: Head) {
        self.head = head;
        // A witness, not the truth: it is never ahead of the log, and when it cannot be written the log stands.
        let kept = format!("{:>10} {}\n", head.rev, head.digest);
        if let Err(error) =
            self.kept.seek(SeekFrom::Start(0)).and_then(|_| self.kept.write_all(kept.as_bytes()))
        {
            tracing::warn!(%error, rev = head.rev, "the head beside the log could not be written");
        }
    }
}

/// A log with other lines in place of some, and one more, as a file of its own, on disk.
fn rewritten(path: &Path, fresh: &Path, left: Vec<(Rev, String)>, line: &str) -> io::Result<()> {
    let mut left: BTreeMap<Rev, String> = left.into_iter().collect();
    let mut file = BufWriter::new(File::create(fresh)?);
    for (number, stored) in (1..).zip(BufReader::new(File::open(path)?).lines()) {
        writeln!(file, "{}", left.remove(&number).map_or(stored, Ok)?)?;
    }
    writeln!(file, "{line}")?;
    file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    // An unfinished line that was set aside was never part of the log, and may hold what is purged.
    for aside in fs::read_dir(path.parent().unwrap_or(path))? {
        let aside = aside?.path();
        let cut = aside.extension().and_then(|ending| ending.to_str()).is_some_and(|it| it.starts_with(CUT));
        if cut && aside.file_stem() == path.file_stem() {
            fs::remove_file(aside)?;
        }
    }
    Ok(())
}

/// Keeps the bytes of an unfinished last line beside the log, then takes them off it.
fn set_aside(path: &Path, tail: &[u8], whole: usize) -> anyhow::Result<()> {
    let aside = path.with_extension(format!("{CUT}{whole}"));
    fs::write(&aside, tail).with_context(|| format!("không ghi được {}", aside.display()))?;
    let file = OpenOptions::new().write(true).open(path)?;
    file.set_len(u64::try_from(whole)?)?;
    file.sync_all()?;
    tracing::warn!(log = %path.display(), bytes = tail.len(), kept = %aside.display(),
        "an unfinished last line was taken off the log; it was never acknowledged");
    Ok(())
}

/// A new name is durable only when its directory is synced.
fn sync_dir(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}
