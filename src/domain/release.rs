//! Releases: on which channel, when and where the approved words go out, what stands there, and whether it is what
//! was approved. One row per channel; a joint release holds all of them until its time.

use super::Act;
use super::attachment::Attachment;
use super::ids::{Digest, OfficeId};
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization as _;

/// A channel on which a statement is meant to go out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "ReleasePlan")]
pub struct Plan {
    /// The channel's code.
    pub channel: String,
    /// When, if that was said.
    pub at: Option<Timestamp>,
    /// Who planned it.
    pub by: Act,
}

/// A publication on one channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
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
    /// How far the facts that the words rest on were verified when they went out.
    pub rests_on: Ground,
    /// What was found there, the newest.
    pub capture: Option<Capture>,
    /// That the old words were dealt with here, after newer ones went out.
    pub tick: Option<Tick>,
}

/// The facts that words rest on, as they stood when the words went out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "ReleaseGround")]
pub struct Ground {
    /// How many were cited.
    pub cited: u32,
    /// How many of them were verified, and said what the words say.
    pub verified: u32,
}

/// What was found on a channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "ReleaseCapture")]
pub struct Capture {
    /// The words found there.
    pub text: Option<String>,
    /// A picture or a file of it.
    pub file: Option<Attachment>,
    /// How the words compare with the approved ones.
    pub compared: Comparison,
    /// Who found it.
    pub by: Act,
}

/// How words found on a channel compare with the approved ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// The same words.
    Matches,
    /// The same words, with others around them.
    Within,
    /// Other words.
    Differs,
    /// There were no words to compare.
    NotCompared,
}

/// The old words were corrected, taken down or linked to the newer ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "ReleaseTick")]
pub struct Tick {
    /// Who saw to it.
    pub by: Act,
    /// What was done.
    pub note: Option<String>,
}

/// The number that the registry gave, and the date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Document {
    /// Number and sign.
    pub number: String,
    /// The date on it.
    pub date: Date,
    /// Who entered it.
    pub by: Act,
}

/// Several offices go out together, not before a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "JointRelease")]
pub struct Joint {
    /// Not before.
    pub until: Timestamp,
    /// Who has to agree.
    pub offices: Vec<OfficeId>,
    /// Who agreed, to which words.
    pub agreed: Vec<Agreement>,
    /// Who proposed it.
    pub by: Act,
    /// When the time came: whether everything was in place. Not yet: none.
    pub ready: Option<bool>,
}

/// An office agrees to go out together with these words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Agreement {
    /// The office.
    pub office: OfficeId,
    /// The words.
    pub digest: Digest,
    /// Who said so.
    pub by: Act,
}

impl Joint {
    /// The offices that have not agreed to these words.
    pub fn missing(&self, digest: &Digest) -> Vec<&OfficeId> {
        let agreed = |office: &&OfficeId| {
            self.agreed.iter().any(|given| given.office == **office && given.digest == *digest)
        };
        self.offices.iter().filter(|office| !agreed(office)).collect()
    }
}

/// Compares words found on a channel with the approved ones. Spaces and line ends are the channel's own business.
pub fn compare(approved: &str, found: &str) -> Comparison {
    let words = |text: &str| text.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    let (approved, found) = (words(approved), words(found));
    match () {
        () if found == approved => Comparison::Matches,
        () if format!(" {found} ").contains(&format!(" {approved} ")) => Comparison::Within,
        () => Comparison::Differs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_and_not_their_layout() {
        let approved = "Đập an toàn.\n\nBà con yên tâm.";
        for (found, compared) in [
            ("Đập an toàn. Bà con yên tâm.", Comparison::Matches),
            ("Đập an toàn.\r\nBà con yên tâm.\n", Comparison::Matches),
            ("Trang chủ\nĐập an toàn. Bà con yên tâm.\nLượt xem: 9", Comparison::Within),
            ("Đập không an toàn. Bà con yên tâm.", Comparison::Differs),
            ("Đập an toàn. Bà con yên tâm.,", Comparison::Differs),
            ("", Comparison::Differs),
        ] {
            assert_eq!(compare(approved, found), compared, "{found}");
        }
        let decomposed: String = approved.nfd().collect();
        assert_eq!(compare(approved, &decomposed), Comparison::Matches);
    }
}
