//! What a running server signs checkpoints with, and where it puts them.

use super::{Cause, Folder, Key, Outside, PublicKey, Signed};
use crate::log::{Head, Stream};
use anyhow::Context as _;
use std::path::Path;
use std::sync::Arc;
use tokio::sync::{Mutex, mpsc};

/// Lines after which a checkpoint is made whatever they say: what can be lost unseen between two is a page of a timeline.
pub const LINES: u32 = 256;
/// Time after which lines without a checkpoint get one: short enough that a night's record has many, and two hundred bytes
/// a minute of disk.
pub const EVERY: jiff::SignedDuration = jiff::SignedDuration::from_mins(5);

/// Signs checkpoints.
pub struct Checkpoints {
    key: Key,
    folder: Folder,
    queue: Option<mpsc::Sender<Signed>>,
    /// One at a time is written.
    writing: Mutex<()>,
}

impl Checkpoints {
    /// Of a data folder that this process holds, in a folder of checkpoints; brought to a witness and an authority for time
    /// stamps where there are such.
    ///
    /// # Errors
    /// When the key or the folder cannot be read or made, or an address is none.
    pub fn open(
        data: &Path,
        dir: &Path,
        witness: Option<&str>,
        authority: Option<&str>,
    ) -> anyhow::Result<Arc<Self>> {
        for (option, url) in [("--witness", witness), ("--tsa", authority)] {
            url.map_or(Ok(()), |url| super::check_address(option, url))?;
        }
        let key = Key::open(data)?;
        let folder = Folder::open(dir, &key.public())?;
        let queue = Outside::new(witness.map(Into::into), authority.map(Into::into), folder.clone()).begin();
        Ok(Arc::new(Self { key, folder, queue, writing: Mutex::default() }))
    }

    /// The key with which its checkpoints are checked.
    pub fn public(&self) -> PublicKey {
        self.key.public()
    }

    /// The key itself, to sign an archive with.
    pub fn key(&self) -> &Key {
        &self.key
    }

    /// Where they are.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// The checkpoints of a log that this server signed. One that it did not counts for nothing here, and is said.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn own(self: &Arc<Self>, stream: &Stream) -> anyhow::Result<Vec<Signed>> {
        let (this, stream) = (self.clone(), stream.clone());
        tokio::task::spawn_blocking(move || {
            let (public, mut own) = (this.public(), vec![]);
            let keys = this.folder.keys()?;
            for signed in this.folder.of(&stream)? {
                let mine = |signed: &Signed| {
                    signed.checkpoint.stream == stream.to_string()
                        && (signed.is_signed_by(&public) || keys.iter().any(|key| signed.is_signed_by(key)))
                };
                match signed {
                    Ok(signed) if mine(&signed) => own.push(signed),
                    other => {
                        tracing::error!(%stream, checkpoint = ?other, "a checkpoint that nobody here signed")
                    }
                }
            }
            Ok(own)
        })
        .await?
    }

    /// Signs the head of a log that is on disk; on disk itself when this returns. Bringing it out is begun.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn seal(self: &Arc<Self>, stream: &Stream, head: Head, cause: Cause) -> anyhow::Result<Signed> {
        let _turn = self.writing.lock().await;
        let (this, stream) = (self.clone(), stream.clone());
        let added = tokio::task::spawn_blocking(move || this.folder.add(&this.key, &stream, head, cause));
        let signed = added.await.context("a checkpoint")??;
        if let Some(queue) = &self.queue
            && queue.try_send(signed.clone()).is_err()
        {
            tracing::warn!(
                stream = signed.checkpoint.stream,
                rev = head.rev,
                "too many checkpoints wait to be brought out"
            );
        }
        Ok(signed)
    }
}
