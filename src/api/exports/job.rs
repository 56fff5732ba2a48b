//! Exports as jobs: a child process makes each, so that it can be ended half way and takes nothing from the rooms; one at a
//! time, with low priority, in the order in which they were asked for. What is finished stays for a while to be fetched;
//! what was cancelled leaves nothing behind. Jobs are no record: after a restart there are none.

use crate::attachments::preview::program;
use crate::clock;
use crate::config::Config;
use crate::domain::ids::{IncidentId, PersonId};
use crate::export::{UNFINISHED, Variant};
use anyhow::Context as _;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::Command;
use tokio::sync::{Semaphore, watch};

/// Jobs of one person that may wait or be made: more is a key that was held down.
pub(super) const OF_ONE_MAX: usize = 12;
/// Finished files of one person that are kept: every form of an incident once. The oldest goes first.
const KEPT_MAX: usize = 24;
/// Bytes of them before the oldest go: an archive holds all films of its incident, and the disk is the log's as well.
const KEPT_BYTES_MAX: u64 = 4 * 1024 * 1024 * 1024;
/// How long a finished file waits to be fetched: a slow network at night, and a second try.
const KEPT: Duration = Duration::from_secs(30 * 60);
/// Bytes of what a child says when it fails that are read.
const WORDS_MAX: u64 = 4096;

/// What is asked for.
#[derive(Clone, Debug)]
pub(in crate::api) struct Order {
    pub incident: IncidentId,
    pub person: PersonId,
    /// What the program is told to make: its command and what belongs to it.
    pub command: &'static str,
    pub what: Vec<String>,
    pub variant: Variant,
    /// Who asks, in words, and by name alone.
    pub made_by: String,
    pub exporter: String,
    /// The file's name when it is handed out.
    pub name: String,
    pub media_type: &'static str,
    /// It is to be read where it is, not kept.
    pub inline: bool,
}

/// How far a job is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(super) enum State {
    /// Others are before it.
    Waiting,
    /// Being made: the step and how many there are, in words.
    Working { step: u32, of: u32, words: String },
    /// To be fetched.
    Done { bytes: u64 },
    /// Not made, and why.
    Failed { words: String },
}

/// One export.
pub(super) struct Job {
    pub id: String,
    /// Tells which was asked for before.
    seq: u64,
    pub order: Order,
    pub path: PathBuf,
    state: watch::Sender<State>,
    cancel: watch::Sender<bool>,
}

impl Job {
    pub(super) fn state(&self) -> State {
        self.state.borrow().clone()
    }

    /// The state in which it ends.
    pub(super) async fn ended(&self) -> State {
        let mut state = self.state.subscribe();
        let over = |state: &State| matches!(state, State::Done { .. } | State::Failed { .. });
        // The sender lives as long as the job does.
        state.wait_for(over).await.map_or_else(|_| self.state(), |state| state.clone())
    }

    fn has_ended(&self) -> bool {
        matches!(*self.state.borrow(), State::Done { .. } | State::Failed { .. })
    }

    fn set(&self, state: State) {
        self.state.send_replace(state);
    }

    /// What is kept of it when it has ended: which it was, bytes, its id.
    fn kept(self: &Arc<Self>) -> Option<(u64, u64, String)> {
        let bytes = match *self.state.borrow() {
            State::Done { bytes } => bytes,
            State::Failed { .. } => 0,
            State::Waiting | State::Working { .. } => return None,
        };
        Some((self.seq, bytes, self.id.clone()))
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        remove(&self.path);
    }
}

/// Removes a file, and what was written of it when its process was ended half way.
fn remove(path: &Path) {
    for path in [path.to_owned(), path.with_added_extension(UNFINISHED)] {
        if let Err(error) = std::fs::remove_file(&path)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(path = %path.display(), %error, "an export could not be removed");
        }
    }
}

/// All jobs of a server.
pub struct Jobs {
    data: PathBuf,
    /// Folders that replace the data that the program brings.
    folders: Option<(PathBuf, PathBuf)>,
    folder: PathBuf,
    turn: Arc<Semaphore>,
    asked: AtomicU64,
    jobs: Arc<Mutex<BTreeMap<String, Arc<Job>>>>,
}

impl Jobs {
    /// The desk of a data directory; what an earlier server left there goes.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(config: &Config) -> anyhow::Result<Self> {
        let data = &config.data;
        let folder = data.join("exports");
        if folder.exists() {
            std::fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
        }
        std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        let (turn, jobs) = (Arc::new(Semaphore::new(1)), Arc::default());
        let folders = config.playbooks.clone().zip(config.seeds.clone());
        Ok(Self { data: data.to_owned(), folders, folder, turn, asked: AtomicU64::new(0), jobs })
    }

    /// What a command that reads the library has to be told, so that it reads the server's.
    pub(in crate::api) fn library(&self) -> Vec<String> {
        let folders =
            self.folders.iter().flat_map(|(playbooks, seeds)| [("playbooks", playbooks), ("seeds", seeds)]);
        folders.map(|(name, path)| format!("--{name}={}", path.display())).collect()
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Job>>> {
        // Nothing that holds it can fail half way.
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many jobs of a person are still to be made.
    pub(super) fn unfinished(&self, person: &PersonId) -> usize {
        self.all().values().filter(|job| job.order.person == *person && !job.has_ended()).count()
    }

    /// Makes room for one more finished file of a person. What is being fetched is read to its end.
    fn make_room(&self, person: &PersonId) {
        let of_person = |job: &&Arc<Job>| job.order.person == *person;
        let mut ended: Vec<_> = self.all().values().filter(of_person).filter_map(Job::kept).collect();
        ended.sort_unstable_by(|a, b| b.cmp(a));
        let mut bytes = 0;
        for (at, (_, size, id)) in ended.iter().enumerate() {
            bytes += size;
            if at + 1 >= KEPT_MAX || bytes > KEPT_BYTES_MAX {
                self.cancel(id);
            }
        }
    }

    /// A job of this person for this incident.
    pub(super) fn find(&self, id: &str, person: &PersonId, incident: &IncidentId) -> Option<Arc<Job>> {
        let job = self.all().get(id).cloned()?;
        (job.order.person == *person && job.order.incident == *incident).then_some(job)
    }

    /// Ends a job and forgets it.
    pub(super) fn cancel(&self, id: &str) {
        if let Some(job) = self.all().remove(id) {
            job.cancel.send_replace(true);
        }
    }

    /// Begins a job.
    pub(super) fn begin(&self, order: Order) -> Arc<Job> {
        self.make_room(&order.person);
        let id = clock::secret();
        let job = Arc::new(Job {
            seq: self.asked.fetch_add(1, Ordering::Relaxed),
            path: self.folder.join(format!("{id}.part")),
            id: id.clone(),
            order,
            state: watch::Sender::new(State::Waiting),
            cancel: watch::Sender::new(false),
        });
        self.all().insert(id.clone(), Arc::clone(&job));
        let (turn, jobs, data, made) =
            (Arc::clone(&self.turn), Arc::clone(&self.jobs), self.data.clone(), Arc::clone(&job));
        tokio::spawn(async move {
            let mut cancel = made.cancel.subscribe();
            make(&made, &data, &turn).await;
            tokio::select! {
                () = cancelled(&mut cancel) => {}
                () = tokio::time::sleep(KEPT) => {}
            }
            jobs.lock().unwrap_or_else(PoisonError::into_inner).remove(&made.id);
        });
        job
    }
}

async fn make(job: &Job, data: &Path, turn: &Semaphore) {
    let mut cancel = job.cancel.subscribe();
    let _turn = tokio::select! {
        () = cancelled(&mut cancel) => return,
        turn = turn.acquire() => turn,
    };
    let state = match run(job, data).await {
        Ok(bytes) => State::Done { bytes },
        Err(_) if *job.cancel.borrow() => return remove(&job.path),
        Err(error) => {
            let order = &job.order;
            tracing::error!(incident = %order.incident, name = order.name, error = format!("{error:#}"), "an export failed");
            remove(&job.path);
            State::Failed { words: sentence(&error.to_string()) }
        }
    };
    job.set(state);
}

/// What a program gives as its reason, as people are told it: from a capital to a full stop.
fn sentence(reason: &str) -> String {
    let mut rest = reason.chars();
    let first: String = rest.next().into_iter().flat_map(char::to_uppercase).collect();
    let end = if reason.ends_with(['.', '…', '!', '?']) { "" } else { "." };
    format!("{first}{}{end}", rest.as_str())
}

async fn cancelled(cancel: &mut watch::Receiver<bool>) {
    // When the sender is gone nobody waits either.
    let _ = cancel.wait_for(|cancel| *cancel).await;
}

async fn run(job: &Job, data: &Path) -> anyhow::Result<u64> {
    let order = &job.order;
    let program = program().context("không tìm thấy chương trình để xuất")?;
    let mut child = Command::new(program)
        .args([order.command, order.incident.as_str()])
        .args(&order.what)
        .args(["--progress", "--variant", order.variant.code()])
        // Joined to their names: what people are called may begin with a hyphen.
        .arg(format!("--made-by={}", order.made_by))
        .arg(format!("--exporter={}", order.exporter))
        .arg("--data")
        .arg(data)
        .arg("--out")
        .arg(&job.path)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .context("không chạy được tiến trình xuất")?;
    let (said, failed) = (child.stdout.take(), child.stderr.take());
    let progress = async {
        let Some(said) = said else { return };
        let mut lines = BufReader::new(said).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            let mut parts = line.splitn(3, ' ');
            let (step, of, words) = (parts.next(), parts.next(), parts.next().unwrap_or_default());
            if let (Some(Ok(step)), Some(Ok(of))) = (step.map(str::parse), of.map(str::parse)) {
                job.set(State::Working { step, of, words: words.to_owned() });
            }
        }
    };
    let words = async {
        let mut words = String::new();
        if let Some(failed) = failed {
            // What cannot be read is not said; the exit code speaks for itself.
            let _ = failed.take(WORDS_MAX).read_to_string(&mut words).await;
        }
        words
    };
    let mut cancel = job.cancel.subscribe();
    let (ended, (), words) = tokio::select! {
        all = async { tokio::join!(child.wait(), progress, words) } => all,
        () = cancelled(&mut cancel) => {
            // Gone before its file is, so that it cannot write another.
            child.kill().await.context("không dừng được tiến trình xuất")?;
            anyhow::bail!("đã hủy");
        }
    };
    let ended = ended.context("tiến trình xuất")?;
    if !ended.success() {
        let words = words.trim().trim_start_matches("Không thực hiện được: ").to_owned();
        anyhow::bail!(if words.is_empty() {
            format!("tiến trình xuất dừng giữa chừng ({ended}); có thể máy chủ hết bộ nhớ")
        } else {
            words
        });
    }
    Ok(tokio::fs::metadata(&job.path).await.context("không thấy tệp vừa xuất")?.len())
}

/// A job that is cancelled when nobody waits for it any more.
pub(super) struct Awaited<'a> {
    pub jobs: &'a Jobs,
    pub job: Arc<Job>,
}

impl Drop for Awaited<'_> {
    fn drop(&mut self) {
        self.jobs.cancel(&self.job.id);
    }
}
