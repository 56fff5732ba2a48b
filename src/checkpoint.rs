//! Checkpoints: "this log had this digest at this line at this time", signed (Ed25519, RFC 8032) and kept apart from the
//! log, so that a cut tail and a log that was written anew from some line on both show. Text that a person reads and
//! `openssl pkeyutl -verify -rawin` checks; `archive/FORMAT.md` describes it for whoever writes another verifier.
//!
//! A checkpoint is made of a head that is on disk, after it was acknowledged, and nobody waits for it.

mod cause;
pub mod judge;
mod kept;
mod key;
mod outside;
mod sealing;
mod token;

pub use cause::{Cause, of_incident};
pub use kept::{Folder, folder_of};
pub use key::{Key, PublicKey};
use outside::{Outside, check_address};
pub use sealing::{Checkpoints, EVERY, LINES};

use crate::domain::ids::{Digest, Rev};
use crate::log::Head;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use std::fmt;

/// The first line of a checkpoint: what it is and how it is read. Another number is another format.
const FORMAT: &str = "phong-truc-checkpoint/1";

/// What a checkpoint says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Of which log, as [`crate::log::Stream`] is written.
    pub stream: String,
    /// Where the log ended.
    pub head: Head,
    /// When that was signed, by the server's clock.
    pub at: Timestamp,
    /// Why just then.
    pub cause: Cause,
    /// The id of the key that signed it.
    pub key: Digest,
}

/// The seven lines that are signed, each with its line end.
impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { stream, head: Head { rev, digest }, at, cause, key } = self;
        let cause = cause.code();
        writeln!(
            f,
            "{FORMAT}\nstream: {stream}\nrev: {rev}\ndigest: {digest}\nat: {at}\ncause: {cause}\nkey: {key}"
        )
    }
}

/// A checkpoint and its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// What is signed.
    pub checkpoint: Checkpoint,
    /// Ed25519 over its text.
    pub signature: [u8; 64],
}

/// The eighth line as well: the text as it is kept, sent to a witness, and time-stamped.
impl fmt::Display for Signed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}signature: {}", self.checkpoint, STANDARD.encode(self.signature))
    }
}

impl Signed {
    /// Signs a head.
    pub fn new(key: &Key, stream: String, head: Head, at: Timestamp, cause: Cause) -> Self {
        let checkpoint = Checkpoint { stream, head, at, cause, key: key.public().id() };
        let signature = key.sign(checkpoint.to_string().as_bytes());
        Self { checkpoint, signature }
    }

    /// The digest of the text as it is kept: what a time stamp is asked for, and the name of what came back.
    pub fn imprint(&self) -> Digest {
        Digest::of(self.to_string().as_bytes())
    }

    /// Reads one: exactly the eight lines, in this order, as they are written here.
    ///
    /// # Errors
    /// What is not as it has to be, in words.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut lines = text.lines();
        if lines.next() != Some(FORMAT) {
            return Err(format!("dòng đầu không phải «{FORMAT}»"));
        }
        let mut field = |name: &str| {
            let line = lines.next().unwrap_or_default();
            let value = line.strip_prefix(name).and_then(|rest| rest.strip_prefix(": "));
            value.map(ToOwned::to_owned).ok_or_else(|| format!("thiếu dòng «{name}: …»"))
        };
        let (stream, rev, digest) = (field("stream")?, field("rev")?, field("digest")?);
        let (at, cause, key, signature) = (field("at")?, field("cause")?, field("key")?, field("signature")?);
        let rev: Rev = rev.parse().map_err(|_| "dòng «rev» không phải một số".to_owned())?;
        let at: Timestamp = at.parse().map_err(|_| "dòng «at» không phải một thời điểm".to_owned())?;
        let cause = Cause::from_code(&cause).ok_or_else(|| format!("không biết lý do «{cause:.20}»"))?;
        let signature = STANDARD.decode(&signature).ok().and_then(|bytes| bytes.try_into().ok());
        let signature = signature.ok_or_else(|| "dòng «signature» không phải một chữ ký".to_owned())?;
        let head = Head { rev, digest: Digest::try_from(digest)? };
        let signed = Self {
            checkpoint: Checkpoint { stream, head, at, cause, key: Digest::try_from(key)? },
            signature,
        };
        // What was read must be what was signed: another spelling of the same number is another text.
        if signed.to_string().trim_end() == text.trim_end_matches('\n') {
            Ok(signed)
        } else {
            Err("không đúng từng chữ như một điểm chốt được ghi".into())
        }
    }

    /// Reads a text of checkpoints, an empty line after each; with those that are none, why.
    pub fn read_all(text: &str) -> Vec<Result<Self, String>> {
        text.split("\n\n")
            .map(|block| block.trim_matches('\n'))
            .filter(|it| !it.is_empty())
            .map(Self::read)
            .collect()
    }

    /// Whether this key signed it.
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        self.checkpoint.key == key.id()
            && key.verifies(self.checkpoint.to_string().as_bytes(), &self.signature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(key: &Key) -> Signed {
        let head = Head { rev: 132, digest: Digest::of(b"a line") };
        let at = "2026-11-29T10:51:04.123Z".parse().expect("a moment");
        Signed::new(key, "incidents/su-co-1".into(), head, at, Cause::Publish)
    }

    #[test]
    fn what_is_written_is_read_and_verifies_with_its_key_only() {
        let (key, other) = (Key::from_seed(&[7; 32]), Key::from_seed(&[8; 32]));
        let signed = signed(&key);
        let text = signed.to_string();
        assert_eq!(text.lines().count(), 8);
        assert_eq!(Signed::read(&text), Ok(signed.clone()));
        assert_eq!(Signed::read_all(&format!("{text}\n{text}\n")), [Ok(signed.clone()), Ok(signed.clone())]);
        assert!(signed.is_signed_by(&key.public()) && !signed.is_signed_by(&other.public()));
    }

    #[test]
    fn no_changed_character_is_read_as_the_same_or_still_verifies() {
        let key = Key::from_seed(&[7; 32]);
        let text = signed(&key).to_string();
        for place in 0..text.trim_end().len() {
            let mut bytes = text.clone().into_bytes();
            bytes[place] ^= 1;
            let Ok(changed) = String::from_utf8(bytes) else { continue };
            let read = Signed::read_all(&changed);
            let holds =
                |it: &Result<Signed, String>| it.as_ref().is_ok_and(|it| it.is_signed_by(&key.public()));
            assert!(!read.iter().any(holds), "byte {place}: {changed}");
        }
    }
}
