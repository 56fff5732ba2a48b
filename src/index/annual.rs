//! What every incident adds to the annual report, as the index keeps it: facts without any form in mind, so that a form
//! whose mapping is corrected needs no rebuilding. A year of thousands of incidents is read at once, with no room
//! opened.

use super::{Index, guarded};
use crate::annual::Contribution;
use crate::domain::ids::IncidentId;
use std::sync::{Arc, PoisonError, RwLock};

/// Longest piece kept as one value: sled stores larger ones as files that it never syncs.
const PIECE_BYTES: usize = 32 * 1024;

/// The tree of contributions. Behind a lock, because one may lie there in pieces and nobody may read it half old and
/// half new.
#[derive(Clone, Debug)]
pub(super) struct Ledger(Arc<RwLock<sled::Tree>>);

impl Ledger {
    pub(super) fn new(tree: sled::Tree) -> Self {
        Self(Arc::new(RwLock::new(tree)))
    }

    /// Puts what an incident adds in place of what it added.
    pub(super) fn put(&self, id: &IncidentId, contribution: Option<&Contribution>) -> anyhow::Result<()> {
        let bytes = contribution.map(serde_json::to_vec).transpose()?.unwrap_or_default();
        let tree = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let mut batch = sled::Batch::default();
        for key in tree.scan_prefix(format!("{id}/")).keys() {
            batch.remove(key?);
        }
        for (number, piece) in bytes.chunks(PIECE_BYTES).enumerate() {
            batch.insert(format!("{id}/{number:04}").as_str(), piece);
        }
        Ok(tree.apply_batch(batch)?)
    }

    /// What all incidents add, in no order that means anything.
    pub(super) fn all(&self) -> anyhow::Result<Vec<Contribution>> {
        let tree = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut all = vec![];
        let mut pieces: Vec<u8> = vec![];
        for row in tree.iter() {
            let (key, piece) = row?;
            // The pieces of one follow each other; its first begins the next.
            if key.ends_with(b"/0000") && !pieces.is_empty() {
                all.push(serde_json::from_slice(&std::mem::take(&mut pieces))?);
            }
            pieces.extend_from_slice(&piece);
        }
        if !pieces.is_empty() {
            all.push(serde_json::from_slice(&pieces)?);
        }
        Ok(all)
    }
}

impl Index {
    /// What every incident adds to the annual report.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn contributions(&self) -> anyhow::Result<Vec<Contribution>> {
        guarded(|| self.annual.all())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::given::{self, at};
    use crate::domain::ids::{Digest, RowId};
    use crate::domain::{Command, enquiry};
    use crate::log::Head;

    fn head(rev: u32) -> Head {
        Head { rev, digest: Digest::of(&rev.to_be_bytes()) }
    }
    fn enter(n: u32) -> Command {
        let (outlet, question) = (format!("Báo thử số {n} {}", "dài ".repeat(40)), "Vì sao?".into());
        let asked =
            enquiry::Asked { outlet, asked_by: None, question, received_at: at("12:05:00"), due_at: None };
        let id = RowId::new(&format!("b-{n}")).expect("an id");
        Command::Enquiry(enquiry::Command::Enter { id, asked, owner: None, from: None })
    }

    #[test]
    fn what_grew_line_by_line_is_what_a_rebuild_makes_even_in_pieces() {
        let dir = tempfile::tempdir().expect("a directory");
        let (grown, rebuilt) = (dir.path().join("grown"), dir.path().join("rebuilt"));
        let (grown, rebuilt) =
            (Index::open(&grown).expect("openable"), Index::open(&rebuilt).expect("openable"));
        let ids: Vec<_> = ["a", "a-b", "b"].map(|id| IncidentId::new(id).expect("an id")).into();
        for id in &ids {
            let mut case = given::an_incident().by("people");
            grown.put(id, case.incident(), head(case.incident().rev)).expect("stored");
            for n in 0..300 {
                case = case.when(enter(n)).accepted();
                if n % 20 == 0 || n == 299 {
                    grown.put(id, case.incident(), head(case.incident().rev)).expect("stored");
                }
            }
            rebuilt.put(id, case.incident(), head(case.incident().rev)).expect("stored");
        }
        let (grown, rebuilt) = (grown.contributions().expect("read"), rebuilt.contributions().expect("read"));
        assert_eq!(grown.len(), 3);
        assert!(serde_json::to_vec(&grown[0]).expect("JSON").len() > PIECE_BYTES, "it lies in pieces");
        assert!(grown.iter().all(|facts| facts.enquiries.len() == 300));
        assert_eq!(grown, rebuilt);
    }

    #[test]
    fn a_contribution_that_shrinks_leaves_no_piece_behind() {
        let dir = tempfile::tempdir().expect("a directory");
        let ledger = Index::open(&dir.path().join("index")).expect("openable").annual;
        let id = IncidentId::new("a").expect("an id");
        let case = (0..300).fold(given::an_incident().by("people"), |case, n| case.when(enter(n)).accepted());
        let long = Contribution::of(&id, case.incident()).expect("open");
        ledger.put(&id, Some(&long)).expect("stored");
        let short = Contribution { enquiries: vec![], ..long };
        ledger.put(&id, Some(&short)).expect("stored");
        assert_eq!(ledger.all().expect("read"), [short]);
    }
}
