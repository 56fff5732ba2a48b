//! Releases: on which channel, when and where the approved words went out. One row per channel.

use super::Act;
use super::ids::Digest;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A publication on one channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Release {
    /// The channel's code.
    pub channel: String,
    /// When it went out, as the spokesperson says.
    pub at: Timestamp,
    /// Where it can be read.
    pub link: Option<String>,
    /// The words that went out.
    pub digest: Digest,
    /// The spokesperson, and when it was recorded.
    pub by: Act,
}
