//! Ids: short, chosen by whoever creates the thing (browsers included), safe in a URL and as a file name.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use ts_rs::TS;

/// Longest id accepted; a UUID takes 36.
pub const ID_LENGTH_MAX: usize = 64;

/// Whether `text` may be an id: 1 to 64 of `a-z`, `0-9`, `-`. Nothing that a path or a shell could misread.
pub fn is_id(text: &str) -> bool {
    (1..=ID_LENGTH_MAX).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS)]
        #[serde(try_from = "String", into = "String")]
        #[schemars(extend("pattern" = "^[a-z0-9-]{1,64}$"))]
        #[ts(type = "string")]
        pub struct $name(String);

        impl $name {
            /// The id, or `None` when `text` may not be one.
            pub fn new(text: &str) -> Option<Self> {
                is_id(text).then(|| Self(text.to_owned()))
            }
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl TryFrom<String> for $name {
            type Error = String;
            fn try_from(text: String) -> Result<Self, String> {
                if is_id(&text) { Ok(Self(text)) } else { Err(format!("mã không hợp lệ: {text:.80?}")) }
            }
        }
        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// One incident; also the name of its log file.
    IncidentId
);
id!(
    /// One command, chosen by its sender and kept in the log for ever, so that sending again is always safe.
    CommandId
);
id!(
    /// One person in the directory.
    PersonId
);
id!(
    /// One office, as the organisation data names it.
    OfficeId
);
id!(
    /// A row that people add to an incident: a task, a statement, a decision, a message, an entry.
    RowId
);

/// The number of a line in a log; the first line is 1. A revision is also a moment in the life of an incident.
pub type Rev = u32;

/// SHA-256; in text, 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = "^[0-9a-f]{64}$"))]
#[ts(type = "string")]
pub struct Digest([u8; 32]);

impl Digest {
    /// What stands before the first line of a log.
    pub const ZERO: Self = Self([0; 32]);

    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        use sha2::Digest as _;
        Self(sha2::Sha256::digest(bytes).into())
    }
    /// The digest that somebody else reckoned, piece by piece.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
    /// Its 32 bytes.
    pub const fn bytes(&self) -> [u8; 32] {
        self.0
    }
    /// The first 12 digits, enough to compare two by eye.
    pub fn short(&self) -> String {
        self.to_string()[..12].to_owned()
    }
}

impl TryFrom<String> for Digest {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let digit = |b: u8| match b {
            b'0'..=b'9' => Some(b - b'0'),
            b'a'..=b'f' => Some(b - b'a' + 10),
            _ => None,
        };
        let pair = |pair: &[u8]| Some((digit(*pair.first()?)? << 4) | digit(*pair.get(1)?)?);
        let bytes: Option<Vec<u8>> = text.as_bytes().chunks(2).map(pair).collect();
        let bytes = bytes.and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or_else(|| "mã băm phải là 64 chữ số thập lục phân".into())
    }
}
impl From<Digest> for String {
    fn from(digest: Digest) -> String {
        digest.to_string()
    }
}
impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.short())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_never_a_path() {
        for bad in ["", "..", "a/b", "A", "a b", "é", &"a".repeat(65)] {
            assert!(IncidentId::new(bad).is_none(), "{bad}");
            assert!(serde_json::from_value::<IncidentId>(bad.into()).is_err(), "{bad}");
        }
        assert!(IncidentId::new("0192f0c1-7e2a-7000-8000-000000000000").is_some());
    }

    #[test]
    fn a_digest_is_the_one_that_sha256sum_prints() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Digest::of(b"abc").to_string(), abc);
        assert_eq!(Digest::try_from(abc.to_owned()), Ok(Digest::of(b"abc")));
        for bad in ["", "ab", &abc[1..], &abc.to_uppercase(), "zz"] {
            assert!(Digest::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}
