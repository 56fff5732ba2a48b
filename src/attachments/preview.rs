//! Smaller pictures, kept below the data directory so that they are made once; deleting them costs only time. One is
//! made at a time, by this program in a process of its own, which is ended when it takes too long.

use super::gone;
use super::kept::Kept;
use super::picture::{Size, Unfit};
use crate::domain::ids::Digest;
use anyhow::Context as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;
use tokio::process::Command;
use tokio::sync::Semaphore;

/// How long one may take, on a busy machine and without the compiler's best.
const TIME: Duration = Duration::from_secs(40);
/// How many may wait for their turn; whoever looks again later finds them made.
const WAITING_MAX: usize = 200;
/// The file that says why there is none.
const NONE: &str = "none";
/// The command of this program that makes one, which nobody types.
pub const COMMAND: &str = "smaller-picture";

/// Why no smaller picture is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPreview {
    /// There cannot be one.
    Unfit(Unfit),
    /// It took too long.
    TooSlow,
    /// Too many are waiting.
    Busy,
}

impl NoPreview {
    /// As it is kept, and as the process says it.
    pub fn written(&self) -> String {
        match self {
            Self::Unfit(Unfit::TooManyPixels(width, height)) => format!("pixels {width} {height}"),
            Self::Unfit(Unfit::Unreadable) => "unreadable".into(),
            Self::TooSlow => "slow".into(),
            Self::Busy => "busy".into(),
        }
    }

    fn read(text: &str) -> Self {
        match text.split_whitespace().collect::<Vec<_>>()[..] {
            ["pixels", width, height] => {
                let side = |text: &str| text.parse().unwrap_or(u32::MAX);
                Self::Unfit(Unfit::TooManyPixels(side(width), side(height)))
            }
            ["slow"] => Self::TooSlow,
            _ => Self::Unfit(Unfit::Unreadable),
        }
    }
}

/// The folder of smaller pictures.
#[derive(Clone, Debug)]
pub struct Previews {
    dir: PathBuf,
    turn: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

impl Previews {
    pub(super) fn open(data: &Path) -> anyhow::Result<Self> {
        let dir = data.join("previews");
        fs::create_dir_all(&dir).with_context(|| format!("không tạo được thư mục {}", dir.display()))?;
        Ok(Self { dir, turn: Arc::new(Semaphore::new(1)), places: Arc::new(Semaphore::new(WAITING_MAX)) })
    }

    /// Takes the smaller pictures of a content away.
    pub(super) fn take_away(&self, digest: Digest) -> std::io::Result<()> {
        let of = self.dir.join(digest.to_string());
        Size::ALL
            .iter()
            .map(|size| size.name())
            .chain([NONE])
            .try_for_each(|name| gone(&of.with_extension(name)))
    }

    /// The smaller picture of a content, made if need be.
    ///
    /// # Errors
    /// When the process cannot be started.
    pub async fn of(&self, kept: Kept, size: Size) -> anyhow::Result<Result<Vec<u8>, NoPreview>> {
        let to = self.dir.join(kept.digest.to_string());
        if let Some(known) = known(&to, size).await {
            return Ok(known);
        }
        let Ok(place) = self.places.clone().try_acquire_owned() else { return Ok(Err(NoPreview::Busy)) };
        let turn = self.turn.clone();
        // Whoever asked may have gone; the picture is for the next one, too.
        let making = tokio::spawn(async move {
            let _place = place;
            let _turn = turn.acquire_owned().await?;
            if known(&to, size).await.is_none()
                && let Err(why) = make(&kept.path, &to).await?
            {
                tracing::info!(digest = %kept.digest, ?why, "a picture has no preview");
                tokio::fs::write(to.with_extension(NONE), why.written()).await?;
            }
            anyhow::Ok(known(&to, size).await)
        });
        making.await??.context("a picture was made and is not there")
    }
}

async fn known(to: &Path, size: Size) -> Option<Result<Vec<u8>, NoPreview>> {
    if let Ok(bytes) = tokio::fs::read(to.with_extension(size.name())).await {
        return Some(Ok(bytes));
    }
    let none = tokio::fs::read_to_string(to.with_extension(NONE)).await.ok()?;
    Some(Err(NoPreview::read(&none)))
}

/// This program as it runs, to be run once more: also when a newer one was put in its place, and the old one is gone from
/// the disk until the server is started again.
///
/// # Errors
/// When the system does not say where it is.
pub fn program() -> std::io::Result<PathBuf> {
    let running = Path::new("/proc/self/exe");
    if running.exists() { Ok(running.to_owned()) } else { std::env::current_exe() }
}

async fn make(from: &Path, to: &Path) -> anyhow::Result<Result<(), NoPreview>> {
    let program = program().context("the program does not know where it is")?;
    let mut child = Command::new(program);
    child.arg(COMMAND).arg(from).arg(to).env_clear().kill_on_drop(true);
    child.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let Ok(ended) = tokio::time::timeout(TIME, child.output()).await else {
        return Ok(Err(NoPreview::TooSlow));
    };
    let ended = ended?;
    // Ended by its limits or by a fault of a decoder: it says nothing, and that is the answer.
    let said = String::from_utf8_lossy(&ended.stdout);
    Ok(if ended.status.success() { Ok(()) } else { Err(NoPreview::read(&said)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_kept_as_it_was() {
        for why in [
            NoPreview::Unfit(Unfit::TooManyPixels(50_000, 50_000)),
            NoPreview::Unfit(Unfit::Unreadable),
            NoPreview::TooSlow,
        ] {
            assert_eq!(NoPreview::read(&why.written()), why);
        }
        assert_eq!(NoPreview::read(""), NoPreview::Unfit(Unfit::Unreadable));
    }
}
