//! What the public may read, as the index keeps it: every published statement under its address, and all of them in
//! the order in which they went out. Rooms of closed incidents are not loaded, and their words stay public.

use super::{Index, guarded};
use crate::public::Published;
use anyhow::Context as _;
use std::sync::{Arc, PoisonError, RwLock};

/// Longest piece kept as one value: sled stores larger ones as files that it never syncs.
const PIECE_BYTES: usize = 32 * 1024;

/// The tree of what is public. Behind a lock, because a statement lies there in pieces and nobody may read one that is
/// half old and half new.
#[derive(Clone, Debug)]
pub(super) struct Shelf(Arc<RwLock<sled::Tree>>);

/// Before the pieces of a statement: `s/<incident>/<number>/<piece>`.
fn pieces_of(incident: &str, number: &str) -> String {
    format!("s/{incident}/{number}/")
}

/// Its place in the order, the newest first: `o/<time left until the end of time>/<incident>/<number>`.
fn place(row: &Published) -> String {
    let at = u64::try_from(row.at.as_millisecond()).unwrap_or(0);
    format!("o/{:020}/{}/{}", u64::MAX - at, row.incident, row.number)
}

impl Shelf {
    pub(super) fn new(tree: sled::Tree) -> Self {
        Self(Arc::new(RwLock::new(tree)))
    }

    /// Reads everything once: damage comes to light here, where it is caught.
    pub(super) fn read_through(&self) -> anyhow::Result<()> {
        let tree = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Ok(tree.iter().try_for_each(|row| row.map(drop))?)
    }

    /// Puts what is public of an incident in place of what was, all at once.
    pub(super) fn put(&self, incident: &str, all: &[Published]) -> anyhow::Result<()> {
        let tree = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let mut batch = sled::Batch::default();
        for key in tree.scan_prefix(format!("s/{incident}/")).keys() {
            batch.remove(key?);
        }
        for key in tree.scan_prefix("o/").keys() {
            let key = key?;
            if std::str::from_utf8(&key)?.split('/').nth(2) == Some(incident) {
                batch.remove(key);
            }
        }
        for row in all {
            let bytes = serde_json::to_vec(row)?;
            for (number, piece) in bytes.chunks(PIECE_BYTES).enumerate() {
                let key = format!("{}{number:04}", pieces_of(&row.incident, &row.number));
                batch.insert(key.as_str(), piece);
            }
            batch.insert(place(row).as_str(), "");
        }
        Ok(tree.apply_batch(batch)?)
    }

    fn one(tree: &sled::Tree, incident: &str, number: &str) -> anyhow::Result<Option<Published>> {
        let mut bytes = vec![];
        for piece in tree.scan_prefix(pieces_of(incident, number)).values() {
            bytes.extend_from_slice(&piece?);
        }
        Ok(if bytes.is_empty() { None } else { Some(serde_json::from_slice(&bytes)?) })
    }

    fn newest(&self, skipped: usize, most: usize) -> anyhow::Result<(Vec<Published>, usize)> {
        let tree = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let (mut rows, mut count) = (vec![], 0);
        for key in tree.scan_prefix("o/").keys() {
            let key = key?;
            if count >= skipped && rows.len() < most {
                let mut parts = std::str::from_utf8(&key)?.split('/').skip(2);
                let (incident, number) = parts.next().zip(parts.next()).context("a place in the order")?;
                rows.push(Self::one(&tree, incident, number)?.context("what the order names")?);
            }
            count += 1;
        }
        Ok((rows, count))
    }
}

impl Index {
    /// The statement at an address, when the public may read it.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn published(&self, incident: &str, number: &str) -> anyhow::Result<Option<Published>> {
        guarded(|| {
            let tree = self.public.0.read().unwrap_or_else(PoisonError::into_inner);
            Shelf::one(&tree, incident, number)
        })
    }

    /// Statements from the newest on, some left out at the beginning; and how many there are in all.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn newest(&self, skipped: usize, most: usize) -> anyhow::Result<(Vec<Published>, usize)> {
        guarded(|| self.public.newest(skipped, most))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::given::at;
    use crate::public::tests::given;

    #[test]
    fn what_is_public_is_found_by_its_address_in_order_and_replaced_at_once() {
        let dir = tempfile::tempdir().expect("a directory");
        let index = Index::open(&dir.path().join("index")).expect("openable");
        // Longer than one piece, with letters of several bytes at the seams.
        let row = |incident: &str, number: &str, time: &str| Published {
            incident: incident.into(),
            number: number.into(),
            at: at(time),
            text: "ạ".repeat(40_000),
            ..given()
        };
        let (a, b) = (row("SC-1", "PN-01", "13:00:00"), row("SC-1", "PN-01.2", "14:00:00"));
        let other = row("SC-10", "PN-01", "13:30:00");
        index.public.put("SC-10", std::slice::from_ref(&other)).expect("stored");
        index.public.put("SC-1", &[a.clone(), b.clone()]).expect("stored");
        assert_eq!(index.newest(0, 10).expect("readable"), (vec![b, other.clone(), a.clone()], 3));
        assert_eq!(index.newest(1, 1).expect("readable"), (vec![other.clone()], 3));
        assert_eq!(index.published("SC-1", "PN-01").expect("readable"), Some(a));
        for (incident, number) in [("SC-1", "PN-0"), ("SC-", "PN-01"), ("SC-1/PN-01", "0000"), ("SC-1", "")] {
            assert_eq!(index.published(incident, number).expect("readable"), None, "{incident} {number}");
        }
        let moved = row("SC-1", "PN-01.2", "12:00:00");
        index.public.put("SC-1", std::slice::from_ref(&moved)).expect("stored");
        assert_eq!(index.newest(0, 10).expect("readable"), (vec![other, moved], 2));
    }
}
