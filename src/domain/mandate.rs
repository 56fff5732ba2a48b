//! By what right somebody speaks for the authority: as its head, as its regular spokesperson, or delegated in writing
//! for one matter and a limited time.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The three ways to be a spokesperson, the weightiest first: who holds two in one matter speaks by the first.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum MandateKind {
    /// Head of the authority; only the head may delegate.
    Head,
    /// Assigned to speak regularly. What older logs mean when they say nothing.
    #[default]
    Regular,
    /// Delegated by the head, in writing, for one matter and a limited time; never passed on.
    Delegated,
}

impl MandateKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Head, Self::Regular, Self::Delegated];

    /// The stable code, as it stands in logs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Regular => "regular",
            Self::Delegated => "delegated",
        }
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Head => "Người đứng đầu",
            Self::Regular => "Người phát ngôn thường xuyên",
            Self::Delegated => "Người được ủy quyền",
        }
    }
}

/// The right itself, as it stood when its holder acted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Mandate {
    /// Which of the three.
    pub kind: MandateKind,
    /// The document that gives it.
    pub instrument: String,
    /// When it ends; none: no end was set.
    pub until: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_what_logs_hold() {
        for kind in MandateKind::ALL {
            assert_eq!(serde_json::to_value(kind).expect("JSON"), kind.code());
        }
    }
}
