//! Sending a file up in pieces, before a command names it.

use crate::domain::attachment::{Attachment, Kind};
use crate::domain::ids::Digest;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The most bytes of a piece. What stands in front of the program (nginx, out of the box) lets bodies of one mebibyte
/// through, and a piece that a proxy gathers is lost whole when the network goes.
pub const PIECE_BYTES_MAX: u32 = 1024 * 1024;

/// A file that somebody wants to send up, or goes on with.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct UploadRequest {
    /// SHA-256 of all of it.
    pub digest: Digest,
    /// How long it is, bytes.
    pub size: u32,
    /// Its name.
    pub name: String,
}

/// How far it is.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Upload {
    /// Bytes that are on the server's disk; the next piece begins here.
    pub offset: u32,
    /// What a command may name, when all of it is there.
    pub attachment: Option<Attachment>,
}

/// The most bytes of a file of each kind.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FileLimit {
    /// The kind's name, as words begin with it.
    pub title: &'static str,
    /// Bytes.
    pub bytes_max: u32,
}

/// The limits by what browsers call types: the part before the slash, `application` for a page.
pub fn file_limits() -> [(&'static str, FileLimit); 4] {
    Kind::ALL.map(|kind| {
        let named = match kind {
            Kind::Photo => "image",
            Kind::Document => "application",
            Kind::Film => "video",
            Kind::Text => "text",
        };
        (named, FileLimit { title: kind.title(), bytes_max: kind.bytes_max() })
    })
}
