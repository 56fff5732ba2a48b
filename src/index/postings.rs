//! How postings lie on disk: a stretch holds, for the words of one incident that begin with the same letters, the rows
//! in which each stands. Stretches are cut by the rows' numbers, so that a long night makes more of them and no long one.

use crate::domain::ids::IncidentId;
use crate::domain::passage::Kind;
use anyhow::Context as _;
use std::collections::BTreeMap;

/// Letters that a stretch's words have in common; a beginning that is looked for has at least as many.
pub(super) const LETTERS: usize = crate::domain::term::PREFIX_LETTERS_MIN;
/// Rows of one stretch. With a handful of words of each row that begin alike, a stretch stays far below the 32 KiB from
/// which sled would keep it as a file of its own.
const ROWS: u32 = 256;
/// Bytes of one entry: the row's number, what the rest says of it, when it was.
const ENTRY: usize = 10;
/// Longest word kept, bytes: longer ones are links and digests, of which the beginning is enough.
const WORD_MAX: usize = 96;

/// Where in a row a word stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Field(u8);

impl Field {
    /// Among its words.
    pub(super) const WORDS: Self = Self(1);
    /// Among the names of those who have to do with it.
    pub(super) const WHO: Self = Self(2);
    /// Either.
    pub(super) const ANYWHERE: Self = Self(3);

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
    pub(super) fn meets(self, wanted: Self) -> bool {
        self.0 & wanted.0 != 0
    }
}

/// A word in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The row's number.
    pub(super) row: u32,
    /// Its kind.
    pub(super) kind: Kind,
    /// Who sees it.
    pub(super) seen_by: u8,
    /// Where the word stands in it.
    pub(super) field: Field,
    /// When it was, in seconds since 1970.
    pub(super) second: u32,
}

impl Entry {
    fn written(self) -> [u8; ENTRY] {
        let kind = Kind::ALL.iter().position(|kind| *kind == self.kind).unwrap_or(0);
        let mut bytes = [0; ENTRY];
        bytes[..4].copy_from_slice(&self.row.to_be_bytes());
        bytes[4] = u8::try_from(kind).unwrap_or(0);
        bytes[5] = (self.seen_by << 2) | self.field.0;
        bytes[6..].copy_from_slice(&self.second.to_be_bytes());
        bytes
    }

    fn read(bytes: &[u8]) -> anyhow::Result<Self> {
        let number = |bytes: &[u8]| anyhow::Ok(u32::from_be_bytes(bytes.try_into()?));
        Ok(Self {
            row: number(&bytes[..4])?,
            kind: *Kind::ALL.get(usize::from(bytes[4])).context("a kind")?,
            seen_by: bytes[5] >> 2,
            field: Field(bytes[5] & 3),
            second: number(&bytes[6..ENTRY])?,
        })
    }
}

/// The letters under which a word is kept.
pub(super) fn letters(word: &str) -> String {
    word.chars().take(LETTERS).collect()
}

/// What the keys of all stretches with these letters begin with.
pub(super) fn stretch_of(letters: &str) -> Vec<u8> {
    [letters.as_bytes(), &[0]].concat()
}

/// Where a word of a row is kept.
pub(super) fn key(word: &str, id: &IncidentId, row: u32) -> Vec<u8> {
    let letters = letters(word);
    [letters.as_bytes(), &[0], id.as_str().as_bytes(), &[0], &(row / ROWS).to_be_bytes()].concat()
}

/// The words that are kept under one key.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Stretch(BTreeMap<String, BTreeMap<u32, Entry>>);

impl Stretch {
    /// Says what stands of a word in a row; nothing any more.
    pub(super) fn set(&mut self, mut word: String, row: u32, entry: Option<Entry>) {
        word.truncate(word.floor_char_boundary(WORD_MAX));
        let rows = self.0.entry(word).or_default();
        match entry {
            Some(entry) => rows.insert(row, entry),
            None => rows.remove(&row),
        };
    }

    /// The bytes; none when nothing is left.
    pub(super) fn written(&self) -> Option<Vec<u8>> {
        let mut bytes = vec![];
        for (word, rows) in self.0.iter().filter(|(_, rows)| !rows.is_empty()) {
            // Both fit: words are cut, and a stretch holds ROWS rows.
            bytes.push(u8::try_from(word.len()).unwrap_or(u8::MAX));
            bytes.extend_from_slice(&u16::try_from(rows.len()).unwrap_or(u16::MAX).to_be_bytes());
            bytes.extend_from_slice(word.as_bytes());
            rows.values().for_each(|entry| bytes.extend_from_slice(&entry.written()));
        }
        (!bytes.is_empty()).then_some(bytes)
    }

    pub(super) fn read(bytes: &[u8]) -> anyhow::Result<Self> {
        let mut stretch = Self::default();
        let mut rest = bytes;
        while let Some((word, entries)) = next(&mut rest)? {
            let rows =
                entries.chunks_exact(ENTRY).map(|bytes| Entry::read(bytes).map(|entry| (entry.row, entry)));
            stretch.0.insert(word.to_owned(), rows.collect::<Result<_, _>>()?);
        }
        Ok(stretch)
    }

    /// The entries of the words that are meant, without reading the others.
    pub(super) fn each(
        bytes: &[u8],
        meant: impl Fn(&str) -> bool,
        mut then: impl FnMut(Entry),
    ) -> anyhow::Result<()> {
        let mut rest = bytes;
        while let Some((word, entries)) = next(&mut rest)? {
            if meant(word) {
                for bytes in entries.chunks_exact(ENTRY) {
                    then(Entry::read(bytes)?);
                }
            }
        }
        Ok(())
    }
}

/// The next word and its entries.
fn next<'a>(rest: &mut &'a [u8]) -> anyhow::Result<Option<(&'a str, &'a [u8])>> {
    let [length, high, low, after @ ..] = *rest else { return Ok(None) };
    let entries = usize::from(u16::from_be_bytes([*high, *low])) * ENTRY;
    let (word, after) = after.split_at_checked(usize::from(*length)).context("a word")?;
    let (entries, after) = after.split_at_checked(entries).context("its rows")?;
    *rest = after;
    Ok(Some((std::str::from_utf8(word)?, entries)))
}
