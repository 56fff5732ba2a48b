//! How serious an incident is: four levels, set by people with a reason.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How serious: 1 watch, 2 incident, 3 serious, 4 crisis.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(try_from = "u8", into = "u8")]
#[ts(type = "1 | 2 | 3 | 4")]
pub struct Level(u8);

impl Level {
    /// The level, if it is one of the four.
    pub fn new(level: u8) -> Option<Self> {
        (1..=4).contains(&level).then_some(Self(level))
    }
    /// 1 to 4.
    pub fn get(self) -> u8 {
        self.0
    }
    /// Its name.
    pub fn title(self) -> &'static str {
        match self.0 {
            1 => "Theo dõi",
            2 => "Sự cố",
            3 => "Nghiêm trọng",
            _ => "Khủng hoảng",
        }
    }
}

impl TryFrom<u8> for Level {
    type Error = String;
    fn try_from(level: u8) -> Result<Self, String> {
        Self::new(level).ok_or_else(|| format!("mức độ phải từ 1 đến 4, không phải {level}"))
    }
}
impl From<Level> for u8 {
    fn from(level: Level) -> u8 {
        level.0
    }
}
