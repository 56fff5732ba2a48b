//! One change of a shared text as it arrives: read to the last byte before anything is done with it. Only what an
//! editor of plain text writes is one: characters put in, characters taken out, in the one shared text. The library
//! that folds changes reserves memory by the lengths that it is told and counts with signed 32 bits; formats, nested
//! types and values would let it recurse. None of that reaches it.

use super::lib0::Reader;
use super::{OWN_HAND, SHARED};
use std::collections::BTreeMap;
use yrs::{ClientID, StateVector};

/// Most places that one hand may have typed in, erased ones included: far from where 32 bits end.
const PLACES_MAX: u64 = 1 << 30;

/// What stands before a character …
const HAS_LEFT: u8 = 0x80;
/// … and after it, when it was typed.
const HAS_RIGHT: u8 = 0x40;
/// It is a value under a key; texts have none.
const HAS_KEY: u8 = 0x20;
/// The bits that say what it is.
const CONTENT: u8 = 0x1F;
/// Characters that were typed and erased.
const ERASED: u8 = 1;
/// Characters.
const TYPED: u8 = 4;
/// A gap: the sender does not have these itself.
const GAP: u8 = 10;

/// What a change brings and what it stands on, counted in places by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// From which place and up to where each hand typed.
    typed: BTreeMap<u64, (u32, u32)>,
    /// Up to where it names places of each hand.
    named: BTreeMap<u64, u32>,
    has_gap: bool,
}

impl Change {
    /// Reads an update (version 1); none when it is anything else than a change of the one text.
    pub fn read(update: &[u8]) -> Option<Self> {
        let (mut change, mut reader) = (Self::default(), Reader::new(update));
        for _ in 0..reader.count()? {
            change.read_hand(&mut reader)?;
        }
        for _ in 0..reader.count()? {
            let hand = reader.number()?;
            for _ in 0..reader.count()? {
                let (from, length) = (reader.number()?, reader.number()?);
                change.name(hand, place(from.checked_add(length)?)?);
            }
        }
        reader.is_done().then_some(change)
    }

    fn read_hand(&mut self, reader: &mut Reader) -> Option<()> {
        let stretches = reader.count()?;
        let hand = reader.number()?;
        let from = place(reader.number()?)?;
        let mut to = from;
        for _ in 0..stretches {
            let length = self.read_stretch(reader)?;
            if length == 0 {
                return None;
            }
            to = place(u64::from(to) + length)?;
        }
        // A hand comes once.
        self.typed.insert(hand, (from, to)).is_none().then_some(())
    }

    /// One stretch of characters; its length.
    fn read_stretch(&mut self, reader: &mut Reader) -> Option<u64> {
        let kind = reader.byte()?;
        if kind == GAP {
            self.has_gap = true;
            return reader.number();
        }
        for side in [HAS_LEFT, HAS_RIGHT] {
            if kind & side != 0 {
                let (hand, at) = (reader.number()?, reader.number()?);
                self.name(hand, place(at + 1)?);
            }
        }
        let alone = kind & (HAS_LEFT | HAS_RIGHT) == 0;
        if kind & HAS_KEY != 0 || (alone && (reader.number()?, reader.text()?) != (1, SHARED)) {
            return None;
        }
        match kind & CONTENT {
            ERASED => reader.number(),
            TYPED => Some(reader.text()?.encode_utf16().count() as u64),
            _ => None,
        }
    }

    fn name(&mut self, hand: u64, up_to: u32) {
        let named = self.named.entry(hand).or_default();
        *named = up_to.max(*named);
    }

    /// Whether all that it stands on is among what is known, or comes with it.
    pub fn stands_on(&self, known: &StateVector) -> bool {
        let known = |hand: u64| known.get(&ClientID::new(hand));
        let there = |hand: u64| self.typed.get(&hand).map_or(0, |(_, to)| *to).max(known(hand));
        !self.has_gap
            && self.typed.iter().all(|(hand, (from, _))| *from <= known(*hand))
            && self.named.iter().all(|(hand, up_to)| *up_to <= there(*hand))
    }

    /// Whether it holds characters of this hand that are not among what is known.
    pub fn brings(&self, hand: u64, known: &StateVector) -> bool {
        self.typed.get(&hand).is_some_and(|(_, to)| *to > known.get(&ClientID::new(hand)))
    }

    /// The hands of which it holds characters that are not among what is known.
    pub fn hands(&self, known: &StateVector) -> impl Iterator<Item = u64> {
        self.typed.keys().copied().filter(|hand| self.brings(*hand, known))
    }

    /// Whether somebody typed as if they were the program.
    pub(super) fn is_forged(&self, known: &StateVector) -> bool {
        self.brings(OWN_HAND, known)
    }

    /// Counts what it brings as known.
    pub fn count_in(&self, known: &mut StateVector) {
        for (hand, (_, to)) in &self.typed {
            known.set_max(ClientID::new(*hand), *to);
        }
    }
}

fn place(number: u64) -> Option<u32> {
    u32::try_from(number).ok().filter(|_| number <= PLACES_MAX)
}
