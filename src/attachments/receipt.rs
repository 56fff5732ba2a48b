//! Who sent what up into which incident. It is asked twice: whether a command may name a file, and whether a file that is
//! sent again is here already. A digest alone opens nothing: whoever knows it need not have had the file.

use super::{Folder, gone, put};
use crate::clock;
use crate::domain::ids::{Digest, IncidentId, PersonId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::{fs, io};

/// How long it stays known that somebody sent a file up, hours: a month, longer than words wait in any outbox. What a
/// row names by then is seen through the row.
const KNOWN_HOURS: i64 = 31 * 24;

/// A file that somebody sends up into an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sending {
    /// The incident.
    pub incident: IncidentId,
    /// Who sends it.
    pub person: PersonId,
    /// SHA-256 of all of it.
    pub digest: Digest,
    /// How long it is, bytes.
    pub size: u32,
}

impl Sending {
    /// One name for it, always the same, so that whoever comes again finds what was begun.
    pub(super) fn name(&self) -> String {
        let Self { incident, person, digest, size } = self;
        Digest::of(format!("{incident} {person} {digest} {size}").as_bytes()).to_string()
    }
}

pub(super) fn is_there(folder: &Folder, sending: &Sending) -> bool {
    folder.received.join(sending.name()).exists()
}

pub(super) fn write(folder: &Folder, sending: &Sending) -> io::Result<()> {
    put(&folder.received.join(sending.name()), &serde_json::to_vec(sending)?)
}

/// Forgets who sent a content up.
pub(super) fn take_away(folder: &Folder, digest: Digest) -> io::Result<()> {
    for path in fs::read_dir(&folder.received)?.filter_map(Result::ok).map(|file| file.path()) {
        let receipt = fs::read(&path).ok().and_then(|bytes| serde_json::from_slice::<Sending>(&bytes).ok());
        if receipt.is_some_and(|receipt| receipt.digest == digest) {
            gone(&path)?;
        }
    }
    Ok(())
}

/// Forgets what is long ago.
pub(super) fn sweep(folder: &Folder) {
    let Ok(files) = fs::read_dir(&folder.received) else { return };
    for path in files.filter_map(Result::ok).map(|file| file.path()) {
        if is_older(&path, KNOWN_HOURS) {
            // What cannot be removed is tried again at the next start.
            let _ = fs::remove_file(path);
        }
    }
}

/// Whether a file was last written more than so many hours ago.
pub(super) fn is_older(path: &std::path::Path, hours: i64) -> bool {
    let written = fs::metadata(path).and_then(|found| found.modified()).ok();
    let written = written.and_then(|written| Timestamp::try_from(written).ok());
    written.is_some_and(|written| clock::now().duration_since(written).as_hours() >= hours)
}
