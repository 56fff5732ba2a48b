//! Words of every incident, as the index keeps them: for each word the rows in which it stands, and the rows' own words.
//! A word is kept under its first letters and its incident, so that looking for one reads one short stretch of keys,
//! as long as there are incidents, however many rows they hold.

use super::postings::{Entry, Field, Stretch, key, letters, stretch_of};
use super::{Index, guarded};
use crate::domain::Incident;
use crate::domain::ids::{IncidentId, Rev};
use crate::domain::passage::{Kind, Passage, Seen};
use crate::domain::term::{Term, words};
use anyhow::Context as _;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Longest piece kept as one value: sled stores larger ones as files that it never syncs.
const PIECE_BYTES: usize = 32 * 1024;

/// The trees. Behind a lock, because an incident's words lie in several places and nobody may read them half old and
/// half new.
#[derive(Clone, Debug)]
pub(super) struct Finder(Arc<RwLock<Trees>>);

#[derive(Debug)]
struct Trees {
    /// `<first letters>\0<incident>\0<stretch>` → the words that begin so, each with the rows where it stands.
    postings: sled::Tree,
    /// `<incident>/<row's number>/<piece>` → a passage.
    passages: sled::Tree,
    /// `<incident>/<kind>/<row>/<who sees it>` → the row's number.
    places: sled::Tree,
}

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// All of these, among the words of a row or the names of those who have to do with it.
    pub words: Vec<Term>,
    /// All of these, among the names only.
    pub people: Vec<Term>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
}

/// A row that holds what is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// When it was, in seconds since 1970: so the newest stand first without a row being read.
    pub second: u32,
    /// The row's number in the incident.
    pub row: u32,
    /// Of what kind.
    pub kind: Kind,
}

/// What was found, and how much was read for it.
#[derive(Debug, Default)]
pub struct Findings {
    /// The rows by incident, the newest first.
    pub hits: BTreeMap<IncidentId, Vec<Hit>>,
    /// Stretches of postings that were read: at most one for each word, incident and stretch of its rows.
    pub stretches: usize,
}

impl Finder {
    pub(super) fn new(postings: sled::Tree, passages: sled::Tree, places: sled::Tree) -> Self {
        Self(Arc::new(RwLock::new(Trees { postings, passages, places })))
    }

    /// Reads everything once: damage comes to light here, where it is caught.
    pub(super) fn read_through(&self) -> anyhow::Result<()> {
        let trees = self.0.read().unwrap_or_else(PoisonError::into_inner);
        for tree in [&trees.postings, &trees.passages, &trees.places] {
            tree.iter().try_for_each(|row| row.map(drop))?;
        }
        Ok(())
    }

    /// Takes in what changed in an incident after `from`; from nought on, everything anew.
    pub(super) fn put(&self, id: &IncidentId, incident: &Incident, from: Rev) -> anyhow::Result<()> {
        let seen = incident.passages_since(from);
        let trees = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if from == 0 {
            trees.forget(id)?;
        }
        trees.put(id, &seen)
    }
}

/// The words of a passage, and where each of them stands.
fn fields(passage: &Passage) -> BTreeMap<String, Field> {
    let mut fields = BTreeMap::new();
    let mut put = |text: &str, field: Field| {
        for (.., word) in words(text) {
            let known = fields.entry(word).or_insert(Field::default());
            *known = known.and(field);
        }
    };
    put(&passage.title, Field::WORDS);
    put(&passage.text, Field::WORDS);
    for name in &passage.who {
        put(name, Field::WHO);
    }
    fields
}

fn entry(row: u32, seen: &Seen, field: Field) -> Entry {
    Entry { row, kind: seen.passage.kind, seen_by: seen.by, field, second: second(seen.passage.at) }
}

/// Seconds since 1970; what was before is as old as that.
fn second(at: Timestamp) -> u32 {
    u32::try_from(at.as_second()).unwrap_or(0)
}

impl Trees {
    fn put(&self, id: &IncidentId, seen: &[Seen]) -> anyhow::Result<()> {
        // What becomes of each word in each stretch: the row's entry, or none any more.
        let mut changes = Changes::new();
        let (mut passages, mut places) = (sled::Batch::default(), sled::Batch::default());
        let mut next = self.next(id)?;
        for rows in seen.chunk_by(|a, b| (a.passage.kind, &a.passage.row) == (b.passage.kind, &b.passage.row))
        {
            let Some(first) = rows.first() else { continue };
            let place = format!("{id}/{}/{}/", first.passage.kind.code(), first.passage.row);
            let mut left: BTreeMap<u8, u32> = BTreeMap::new();
            for kept in self.places.scan_prefix(&place) {
                let (key, row) = kept?;
                let by = key.last().context("who sees it")? - b'0';
                left.insert(by, u32::from_be_bytes(row.as_ref().try_into()?));
            }
            for seen in rows {
                let old = left.remove(&seen.by);
                let row = old.unwrap_or(next);
                next = next.max(row + 1);
                let before = old.map(|row| self.passage(id, row)).transpose()?.flatten();
                let before = before.map(|passage| Seen { passage, by: seen.by });
                if before.as_ref() == Some(seen) {
                    continue;
                }
                change(&mut changes, id, row, before.as_ref(), Some(seen));
                self.write(&mut passages, id, row, Some(&seen.passage))?;
                places.insert(format!("{place}{}", seen.by).as_str(), &row.to_be_bytes());
            }
            // Nobody sees these any more: it is public now, or those who saw the same see something else.
            for (by, row) in left {
                let before = self.passage(id, row)?.map(|passage| Seen { passage, by });
                change(&mut changes, id, row, before.as_ref(), None);
                self.write(&mut passages, id, row, None)?;
                places.remove(format!("{place}{by}").as_str());
            }
        }
        // The postings first: whoever is cut off between takes the same rows in again, and finds what to take out of
        // the postings in the passages that are still the old ones.
        let mut postings = sled::Batch::default();
        for (key, words) in changes {
            let kept = self.postings.get(&key)?;
            let mut stretch = kept.map(|bytes| Stretch::read(&bytes)).transpose()?.unwrap_or_default();
            for (word, row, entry) in words {
                stretch.set(word, row, entry);
            }
            match stretch.written() {
                Some(bytes) => postings.insert(key, bytes),
                None => postings.remove(key),
            }
        }
        self.postings.apply_batch(postings)?;
        self.passages.apply_batch(passages)?;
        Ok(self.places.apply_batch(places)?)
    }

    /// Forgets an incident: it is taken in anew.
    fn forget(&self, id: &IncidentId) -> anyhow::Result<()> {
        let own = format!("{id}/");
        if self.places.scan_prefix(&own).next().is_none() {
            return Ok(());
        }
        for tree in [&self.passages, &self.places] {
            let mut batch = sled::Batch::default();
            for key in tree.scan_prefix(&own).keys() {
                batch.remove(key?);
            }
            tree.apply_batch(batch)?;
        }
        let mut batch = sled::Batch::default();
        for key in self.postings.iter().keys() {
            let key = key?;
            if key.split(|byte| *byte == 0).nth(1) == Some(id.as_str().as_bytes()) {
                batch.remove(key);
            }
        }
        Ok(self.postings.apply_batch(batch)?)
    }

    fn next(&self, id: &IncidentId) -> anyhow::Result<u32> {
        let Some(last) = self.passages.scan_prefix(format!("{id}/")).next_back() else { return Ok(0) };
        let (key, _) = last?;
        let row = std::str::from_utf8(&key)?.split('/').nth(1).context("a row's number")?;
        Ok(u32::from_str_radix(row, 16)? + 1)
    }

    fn passage(&self, id: &IncidentId, row: u32) -> anyhow::Result<Option<Passage>> {
        let mut bytes = vec![];
        for piece in self.passages.scan_prefix(format!("{id}/{row:08x}/")).values() {
            bytes.extend_from_slice(&piece?);
        }
        Ok(if bytes.is_empty() { None } else { Some(serde_json::from_slice(&bytes)?) })
    }

    fn write(
        &self,
        batch: &mut sled::Batch,
        id: &IncidentId,
        row: u32,
        passage: Option<&Passage>,
    ) -> anyhow::Result<()> {
        let place = format!("{id}/{row:08x}/");
        for key in self.passages.scan_prefix(&place).keys() {
            batch.remove(key?);
        }
        let bytes = passage.map(serde_json::to_vec).transpose()?.unwrap_or_default();
        for (number, piece) in bytes.chunks(PIECE_BYTES).enumerate() {
            batch.insert(format!("{place}{number:04}").as_str(), piece);
        }
        Ok(())
    }

    /// Every row in which a word stands, by incident and in order; of those that are left of the words before it.
    fn standing(
        &self,
        wanted: &Term,
        field: Field,
        visible: &BTreeMap<IncidentId, u8>,
        left: Option<&Rows>,
        read: &mut usize,
    ) -> anyhow::Result<Rows> {
        let mut found = Rows::new();
        for kept in self.postings.scan_prefix(stretch_of(&letters(&wanted.word))) {
            let (key, bytes) = kept?;
            let id = key.split(|byte| *byte == 0).nth(1).context("an incident")?;
            let id = IncidentId::new(std::str::from_utf8(id)?).context("an id")?;
            let (Some(eyes), before) = (visible.get(&id), left.map(|left| left.get(&id))) else { continue };
            if before.is_some_and(|before| before.is_none()) {
                continue;
            }
            *read += 1;
            let is_left = |hit: &Hit| before.flatten().is_none_or(|before| before.binary_search(hit).is_ok());
            let mut hits = vec![];
            Stretch::each(
                &bytes,
                |word| wanted.is(word),
                |entry| {
                    let hit = Hit { second: entry.second, row: entry.row, kind: entry.kind };
                    if entry.seen_by & eyes != 0 && entry.field.meets(field) && is_left(&hit) {
                        hits.push(hit);
                    }
                },
            )?;
            if !hits.is_empty() {
                found.entry(id).or_default().append(&mut hits);
            }
        }
        // Words that begin alike may stand in one row.
        for hits in found.values_mut() {
            hits.sort_unstable();
            hits.dedup();
        }
        Ok(found)
    }

    fn find(&self, question: &Question, visible: &BTreeMap<IncidentId, u8>) -> anyhow::Result<Findings> {
        let mut wanted: Vec<_> = question.words.iter().map(|word| (word, Field::ANYWHERE)).collect();
        wanted.extend(question.people.iter().map(|word| (word, Field::WHO)));
        // Numbers and the longest words are the rarest: what they leave is little.
        let rare = |word: &str| (word.contains(|c: char| c.is_ascii_digit()), word.len());
        wanted.sort_by_key(|(word, _)| std::cmp::Reverse(rare(&word.word)));
        let (mut left, mut stretches) = (None, 0);
        for (word, field) in wanted {
            left = Some(self.standing(word, field, visible, left.as_ref(), &mut stretches)?);
        }
        let (from, until) = (question.from.map(second), question.until.map(second));
        let in_time = |hit: &Hit| {
            from.is_none_or(|from| hit.second >= from) && until.is_none_or(|until| hit.second < until)
        };
        let newest_first = |hits: Vec<Hit>| hits.into_iter().rev().filter(in_time).collect::<Vec<_>>();
        let hits = left.unwrap_or_default().into_iter().map(|(id, hits)| (id, newest_first(hits)));
        Ok(Findings { hits: hits.filter(|(_, hits)| !hits.is_empty()).collect(), stretches })
    }
}

/// Rows by incident, each list in order.
type Rows = BTreeMap<IncidentId, Vec<Hit>>;

/// What becomes of words, by the stretch in which they stand: the word, the row, its entry or none any more.
type Changes = BTreeMap<Vec<u8>, Vec<(String, u32, Option<Entry>)>>;

/// Notes what becomes of a row's words.
fn change(changes: &mut Changes, id: &IncidentId, row: u32, before: Option<&Seen>, after: Option<&Seen>) {
    let entries = |seen: Option<&Seen>| -> BTreeMap<String, Entry> {
        let fields = seen.map(|seen| (seen, fields(&seen.passage)));
        let entry = |(seen, fields): (&Seen, BTreeMap<String, Field>)| {
            fields.into_iter().map(|(word, field)| (word, entry(row, seen, field))).collect()
        };
        fields.map(entry).unwrap_or_default()
    };
    let (mut before, after) = (entries(before), entries(after));
    for (word, entry) in after {
        if before.remove(&word) != Some(entry) {
            changes.entry(key(&word, id, row)).or_default().push((word, row, Some(entry)));
        }
    }
    for word in before.into_keys() {
        changes.entry(key(&word, id, row)).or_default().push((word, row, None));
    }
}

impl Index {
    /// The rows that hold what is looked for, in the incidents that are visible: each with the bits of those as whom
    /// the reader sees it (`Viewer::bit`).
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn find(&self, question: &Question, visible: &BTreeMap<IncidentId, u8>) -> anyhow::Result<Findings> {
        guarded(|| self.finder.0.read().unwrap_or_else(PoisonError::into_inner).find(question, visible))
    }

    /// The words of a row.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn passage(&self, id: &IncidentId, row: u32) -> anyhow::Result<Option<Passage>> {
        guarded(|| self.finder.0.read().unwrap_or_else(PoisonError::into_inner).passage(id, row))
    }
}

#[cfg(test)]
#[path = "finding/tests.rs"]
mod tests;
