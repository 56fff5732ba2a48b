//! The only reader of time and randomness. Everything else is told.

use jiff::{Timestamp, TimestampRound, Unit};

/// Now, to the millisecond: what records carry.
#[expect(clippy::disallowed_methods, reason = "this is the place that the lint points to")]
pub fn now() -> Timestamp {
    let now = Timestamp::now();
    now.round(TimestampRound::new().smallest(Unit::Millisecond)).unwrap_or(now)
}

/// A secret that cannot be guessed: 256 bits in 64 hexadecimal digits.
///
/// # Panics
/// When the operating system has no randomness; nothing safe can be done then.
pub fn secret() -> String {
    use std::fmt::Write as _;
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    let mut hex = String::with_capacity(64);
    for byte in bytes {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// A fresh id: sorts by time, unique without asking anybody.
pub fn id() -> String {
    format!("{:012x}-{}", now().as_millisecond(), &secret()[..16])
}
