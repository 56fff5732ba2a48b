//! The sealed archive: one ZIP that holds an incident's log, its statements in all versions, its attachments, its exports,
//! the checkpoints and the public keys, how to check them without us, and a second verifier. `archive/FORMAT.md`
//! describes it. The same log, made by the same person, gives the same bytes.

mod content;
mod page;
mod read;
mod write;

pub use read::{Found, Seal, verify};
pub use write::write;

use crate::checkpoint::{Folder, PublicKey, Signed};
use crate::domain::attachment::Attachment;
use crate::domain::ids::{Digest, IncidentId};
use crate::domain::{Event, Incident};
use crate::export::ExportError;
use crate::log::Stream;
use crate::purge::attachments_of;
use crate::record::Whole;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

/// What the format is called in `ARCHIVE.txt`. Another number is another format.
const FORMAT: &str = "phong-truc-archive/1";
/// The list of all entries with their digests.
const MANIFEST: &str = "MANIFEST";
/// Its signature.
const SIGNATURE: &str = "MANIFEST.sig";
/// What the archive is of.
const ABOUT: &str = "ARCHIVE.txt";

/// A checkpoint with what came back for it.
pub struct Sealing {
    /// The checkpoint.
    pub signed: Signed,
    /// Its time stamp.
    pub token: Option<Vec<u8>>,
    /// What the witness answered.
    pub answer: Option<Vec<u8>>,
}

/// What an archive is made from.
pub struct Material {
    /// The incident.
    pub id: IncidentId,
    /// All that its log holds.
    pub whole: Whole,
    /// Its checkpoints, the newest at the end of the log.
    pub sealings: Vec<Sealing>,
    /// The keys that signed them.
    pub keys: Vec<PublicKey>,
    /// The files that the log names, and where they are; those that are lost are nowhere.
    pub files: BTreeMap<Digest, (Attachment, Option<PathBuf>)>,
    /// When it was made: when its newest checkpoint was signed.
    pub made_at: Timestamp,
    /// Who asked for it, in words.
    pub made_by: String,
}

impl Material {
    /// Puts together what is on disk. The newest checkpoint has to stand at the end of the log.
    ///
    /// # Errors
    /// When a checkpoint cannot be read, or is not of this log.
    pub fn new(
        id: IncidentId,
        whole: Whole,
        folder: &Folder,
        files: BTreeMap<Digest, (Attachment, Option<PathBuf>)>,
        made_by: String,
    ) -> Result<Self, Trouble> {
        let (stream, known) = (Stream::Incident(id.clone()), folder.keys().map_err(Trouble::Unread)?);
        let (mut sealings, mut keys) = (vec![], vec![]);
        for signed in folder.of(&stream).map_err(Trouble::Unread)?.into_iter().flatten() {
            let Some(key) = known.iter().find(|key| signed.is_signed_by(key)) else { continue };
            if !keys.contains(key) {
                keys.push(*key);
            }
            let (token, answer) = (folder.token(&signed)?, folder.answer(&signed)?);
            sealings.push(Sealing { signed, token, answer });
        }
        let newest = sealings.iter().rev().find(|it| it.signed.checkpoint.head == whole.head);
        let made_at = newest.ok_or(Trouble::Unsealed)?.signed.checkpoint.at;
        Ok(Self { id, whole, sealings, keys, files, made_at, made_by })
    }
}

/// The files that the records of an incident name.
pub fn files_of(whole: &Whole) -> BTreeMap<Digest, Attachment> {
    attachments_of(whole.records.iter().flat_map(|record| &record.events).collect::<Vec<&Event>>())
}

/// The name of the file, as those of exports.
pub fn file_name(incident: &Incident) -> String {
    let number = incident.header.as_ref().map_or("su-co", |header| header.number.as_str());
    format!("{}-luu-tru.zip", content::plain(number))
}

/// Why no archive was made. Nothing of it is left.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// An export could not be made.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// A file could not be read, or is not what its name says.
    #[error("tệp đính kèm {0} không còn nguyên vẹn trên máy chủ. Hãy phục hồi từ bản sao lưu rồi lập lại")]
    Attachment(Digest),
    /// There is no checkpoint at the end of the log.
    #[error("chưa ký được điểm chốt ở cuối nhật ký nên chưa lập được hồ sơ lưu trữ")]
    Unsealed,
    /// Checkpoints or keys cannot be read.
    #[error("không đọc được điểm chốt: {0:#}")]
    Unread(anyhow::Error),
    /// The disk.
    #[error("không đọc hoặc ghi được: {0}. Hãy kiểm tra ổ đĩa còn chỗ rồi lập lại")]
    Disk(#[from] io::Error),
}

impl From<zip::result::ZipError> for Trouble {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Disk(error.into())
    }
}

#[cfg(test)]
mod tests;
