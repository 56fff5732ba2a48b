//! What crosses between an editor and the server: the messages of `y-protocols` 1.0, as `y-websocket` frames them, one
//! to a frame. Only their form is checked here; what is in an update, `domain::words` reads.

use crate::domain::words::lib0::{Reader, put_bytes, put_number};
use axum::body::Bytes;
use yrs::{ClientID, StateVector};

/// A message as it goes out; cloning shares the bytes.
pub type Frame = Bytes;

const SYNC: u64 = 0;
const AWARENESS: u64 = 1;
const AUTH: u64 = 2;
const QUERY: u64 = 3;
const STEP_1: u64 = 0;
const STEP_2: u64 = 1;
const UPDATE: u64 = 2;
const DENIED: u64 = 0;

/// What one editor says of itself: who is there, where the caret stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Here {
    /// The editor's own number, under which it types.
    pub hand: u64,
    /// Counts its sayings.
    pub clock: u64,
    /// JSON; `null` when it goes.
    pub state: String,
}

/// A message from an editor.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// This is what I have: send what is more.
    Has(StateVector),
    /// This is what you did not have.
    Missing(Vec<u8>),
    /// This was typed just now.
    Typed(Vec<u8>),
    /// Who is there.
    Here(Vec<Here>),
    /// Who else is there?
    WhoIsHere,
}

impl Said {
    /// Reads a frame; none when it is no message.
    pub fn read(frame: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(frame);
        let said = match reader.number()? {
            SYNC => match reader.number()? {
                STEP_1 => Self::Has(state_vector(reader.bytes()?)?),
                STEP_2 => Self::Missing(reader.bytes()?.to_vec()),
                UPDATE => Self::Typed(reader.bytes()?.to_vec()),
                _ => return None,
            },
            AWARENESS => Self::Here(all_here(reader.bytes()?)?),
            QUERY => Self::WhoIsHere,
            _ => return None,
        };
        reader.is_done().then_some(said)
    }
}

fn state_vector(bytes: &[u8]) -> Option<StateVector> {
    let (mut reader, mut known) = (Reader::new(bytes), StateVector::default());
    for _ in 0..reader.count()? {
        let hand = reader.number()?;
        known.set_max(ClientID::new(hand), u32::try_from(reader.number()?).ok()?);
    }
    reader.is_done().then_some(known)
}

fn all_here(bytes: &[u8]) -> Option<Vec<Here>> {
    let (mut reader, mut all) = (Reader::new(bytes), vec![]);
    for _ in 0..reader.count()? {
        let (hand, clock) = (reader.number()?, reader.number()?);
        all.push(Here { hand, clock, state: reader.text()?.to_owned() });
    }
    reader.is_done().then_some(all)
}

fn sync(step: u64, bytes: &[u8]) -> Frame {
    let mut out = vec![];
    put_number(&mut out, SYNC);
    put_number(&mut out, step);
    put_bytes(&mut out, bytes);
    out.into()
}

/// This is what the server has (an encoded state vector): send what is more.
pub fn has(known: &[u8]) -> Frame {
    sync(STEP_1, known)
}

/// This is what you did not have.
pub fn missing(update: &[u8]) -> Frame {
    sync(STEP_2, update)
}

/// This was typed just now.
pub fn typed(update: &[u8]) -> Frame {
    sync(UPDATE, update)
}

/// Who is there.
pub fn here<'a>(all: impl IntoIterator<Item = &'a Here>) -> Frame {
    let (mut states, mut count) = (vec![], 0);
    for here in all {
        put_number(&mut states, here.hand);
        put_number(&mut states, here.clock);
        put_bytes(&mut states, here.state.as_bytes());
        count += 1;
    }
    let mut body = vec![];
    put_number(&mut body, count);
    body.extend(states);
    let mut out = vec![];
    put_number(&mut out, AWARENESS);
    put_bytes(&mut out, &body);
    out.into()
}

/// What was typed was not taken: `{"code", "words"}`.
pub fn denied(code: &str, words: &str) -> Frame {
    let reason = serde_json::json!({ "code": code, "words": words }).to_string();
    let mut out = vec![];
    put_number(&mut out, AUTH);
    put_number(&mut out, DENIED);
    put_bytes(&mut out, reason.as_bytes());
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use yrs::updates::encoder::Encode as _;

    #[test]
    fn what_is_written_is_read() {
        let mut known = StateVector::default();
        known.set_max(ClientID::new(7), 300);
        assert_eq!(Said::read(&has(&known.encode_v1())), Some(Said::Has(known)));
        assert_eq!(Said::read(&missing(b"m")), Some(Said::Missing(b"m".to_vec())));
        assert_eq!(Said::read(&typed(b"t")), Some(Said::Typed(b"t".to_vec())));
        let caret = Here { hand: 7, clock: 1, state: r#"{"person":"a"}"#.into() };
        assert_eq!(Said::read(&here([&caret])), Some(Said::Here(vec![caret])));
        assert_eq!(Said::read(&[3]), Some(Said::WhoIsHere));
        for rubbish in [&[][..], &[9], &[0], &[0, 0], &[0, 2, 9, 1], &[1, 2, 9, 9], &[3, 3], &[0, 0, 2, 9, 9]]
        {
            assert_eq!(Said::read(rubbish), None, "{rubbish:?}");
        }
    }
}
