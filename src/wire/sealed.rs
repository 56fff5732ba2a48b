//! What somebody needs to check a record from outside.

use crate::domain::ids::{Digest, Rev};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

/// With which key, and up to which line, an incident's record is sealed.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Sealed {
    /// The id of the public key.
    pub key: Digest,
    /// The public key, PEM.
    pub pem: String,
    /// The line of the newest checkpoint; none yet.
    pub rev: Option<Rev>,
    /// When it was signed.
    pub at: Option<Timestamp>,
    /// An authority's time stamp of it is there.
    pub stamped: bool,
}
