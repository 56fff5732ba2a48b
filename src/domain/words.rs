//! The words of a draft as several people type them at once: a replicated text (Yjs), kept as its encoded state.
//! Pure: the same bytes give the same words on every machine and after every restart.

mod change;
pub mod lib0;

pub use change::Change;

use super::refusal::Refusal;
use super::text;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::mem::ManuallyDrop;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use ts_rs::TS;
use yrs::updates::decoder::Decode as _;
use yrs::{
    ClientID, Doc, GetString as _, OffsetKind, Options, ReadTxn as _, StateVector, Text as _, TextRef,
    Transact as _, Uuid,
};

/// The name under which every editor finds the shared text.
pub const SHARED: &str = "text";
/// The program's own hand: the prepared words, and texts that are put in place whole. Browsers draw theirs at
/// random from 32 bits, where one in four thousand million takes this one.
const OWN_HAND: u64 = 1;
/// Largest single change, encoded. The longest statement typed key by key without a network, erasures included, is
/// about a third of it.
pub const CHANGE_MAX: usize = 1024 * 1024;
/// A change that changes nothing.
const NOTHING: [u8; 2] = [0, 0];
/// Largest encoded state. Erased words leave their places behind; beyond this a draft was typed over for days, and
/// a new one is begun.
pub const STATE_MAX: usize = 4 * 1024 * 1024;

/// One change of the shared text, as Yjs encodes it (update, version 1); in JSON, Base64.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct Update(pub Vec<u8>);

impl Update {
    /// A change that changes nothing.
    pub fn nothing() -> Self {
        Self(NOTHING.to_vec())
    }
}

impl TryFrom<String> for Update {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        STANDARD.decode(text).map(Self).map_err(|error| error.to_string())
    }
}
impl From<Update> for String {
    fn from(update: Update) -> Self {
        STANDARD.encode(update.0)
    }
}
impl std::fmt::Debug for Update {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Update({} bytes)", self.0.len())
    }
}

/// The encoded state of the shared text. Cloning shares it.
#[derive(Clone, PartialEq, Eq)]
pub struct Words(Arc<[u8]>);

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Words({} bytes)", self.0.len())
    }
}

impl Words {
    /// The words with which a draft begins.
    pub fn begin(text: &str) -> Self {
        let (doc, shared) = blank(OWN_HAND);
        shared.insert(&mut doc.transact_mut(), 0, text);
        Self::of(&doc)
    }

    /// The encoded state, to begin another copy from.
    pub fn state(&self) -> &[u8] {
        &self.0
    }

    /// The state as a document to type in.
    pub fn doc(&self) -> (Doc, TextRef) {
        let (doc, shared) = blank(OWN_HAND);
        // What was encoded here is decoded here; were it not, the words would be empty and the digest would say so.
        if let Ok(change) = yrs::Update::decode_v1(&self.0) {
            let _ = doc.transact_mut().apply_update(change);
        }
        (doc, shared)
    }

    /// The state and the words after a change.
    ///
    /// # Errors
    /// A change that is malformed, too large, or stands on changes that are not there.
    pub fn typed(&self, update: &Update) -> Result<(Self, String), Refusal> {
        let (doc, shared) = self.doc();
        put(&doc, &[&update.0])?;
        let words = Self::of(&doc);
        if words.0.len() > STATE_MAX {
            return Err(Refusal::TooLong { length: words.0.len() / 4, max: text::STATEMENT_MAX });
        }
        let text = shared.get_string(&doc.transact());
        if words.is_like(&text) { Ok((words, text)) } else { Err(Refusal::Unreadable) }
    }

    /// Whether who begins from this state reads the same as who heard of every change. Editors name the neighbours
    /// that they saw; made up, these may give the one and the other different words for ever.
    pub fn is_like(&self, text: &str) -> bool {
        self.text() == text
    }

    /// The state after a whole text was put in place: what is the same stays, so that carets stay where they are.
    #[must_use]
    pub fn replaced(&self, text: &str) -> Self {
        let (doc, shared) = self.doc();
        let before = shared.get_string(&doc.transact());
        let Splice { at, cut, put } = Splice::between(&before, text);
        let units = |chars: &mut dyn Iterator<Item = char>| -> u32 {
            chars.map(|c| u32::try_from(c.len_utf16()).unwrap_or(2)).sum()
        };
        let start = units(&mut before.chars().take(at as usize));
        let length = units(&mut before.chars().skip(at as usize).take(cut as usize));
        {
            let mut writing = doc.transact_mut();
            if length > 0 {
                shared.remove_range(&mut writing, start, length);
            }
            if !put.is_empty() {
                shared.insert(&mut writing, start, &put);
            }
        }
        Self::of(&doc)
    }

    /// Whether it is the very same state, without looking at it.
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// The words.
    pub fn text(&self) -> String {
        let (doc, shared) = self.doc();
        shared.get_string(&doc.transact())
    }

    /// The state of a document.
    pub fn of(doc: &Doc) -> Self {
        Self(doc.transact().encode_state_as_update_v1(&StateVector::default()).into())
    }
}

/// Puts changes into a document, all or none, and gives back as one change what was new in them, if anything was.
///
/// # Errors
/// `WordsMissing` and `TooLong` leave the document as it was. After any other it must not be used again.
pub fn put(doc: &Doc, changes: &[&[u8]]) -> Result<Option<Vec<u8>>, Refusal> {
    let mut known = doc.transact().state_vector();
    for bytes in changes {
        if bytes.len() > CHANGE_MAX {
            return Err(Refusal::TooLong { length: bytes.len() / 4, max: text::STATEMENT_MAX });
        }
        let change = Change::read(bytes).ok_or(Refusal::Unreadable)?;
        if change.is_forged(&known) {
            return Err(Refusal::Unreadable);
        }
        if !change.stands_on(&known) {
            return Err(Refusal::WordsMissing);
        }
        change.count_in(&mut known);
    }
    // What was read above should not be able to hurt the library; should it all the same, then nobody but the
    // sender. Its transaction folds when dropped, so on the way out of a panic it is forgotten instead: a second
    // panic there would end the program.
    let folded = catch_unwind(AssertUnwindSafe(|| {
        let mut writing = ManuallyDrop::new(doc.transact_mut());
        let taken = changes.iter().all(|bytes| {
            yrs::Update::decode_v1(bytes).is_ok_and(|change| writing.apply_update(change).is_ok())
        });
        writing.commit();
        let new = (taken && !writing.has_missing_updates()).then(|| writing.encode_update_v1());
        drop(ManuallyDrop::into_inner(writing));
        new
    }));
    let new = folded.ok().flatten().ok_or(Refusal::Unreadable)?;
    Ok((new != NOTHING).then_some(new))
}

/// An empty document, counting places as browsers do.
pub fn blank(hand: u64) -> (Doc, TextRef) {
    let doc = Doc::with_options(Options {
        client_id: ClientID::new(hand),
        guid: Uuid::from(SHARED),
        collection_id: None,
        offset_kind: OffsetKind::Utf16,
        skip_gc: false,
        auto_load: false,
        should_load: true,
        cleanup_formatting: false,
    });
    let shared = doc.get_or_insert_text(SHARED);
    (doc, shared)
}

/// The one stretch in which two texts differ: at this character, so many cut, these put in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Splice {
    /// Characters that stay before it.
    pub at: u32,
    /// Characters that went.
    pub cut: u32,
    /// What came.
    pub put: String,
}

impl Splice {
    /// What turns `before` into `after`.
    pub fn between(before: &str, after: &str) -> Self {
        let (old, new): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
        let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        let rest = old.len().min(new.len()) - head;
        let tail = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let put = new[head..new.len() - tail].iter().collect();
        Self { at: count(head), cut: count(old.len() - tail - head), put }
    }

    /// `before` with the change made. Total: a place beyond the end is the end.
    pub fn onto(&self, before: &str) -> String {
        let (at, cut) = (self.at as usize, self.cut as usize);
        let head = before.chars().take(at);
        head.chain(self.put.chars()).chain(before.chars().skip(at.saturating_add(cut))).collect()
    }
}

#[cfg(test)]
mod fuzz;

#[cfg(test)]
mod tests {
    use super::*;

    /// One person's editor.
    pub(super) struct Editor(Doc, TextRef);

    impl Editor {
        pub fn join(words: &Words, hand: u64) -> Self {
            let (doc, shared) = blank(hand);
            doc.transact_mut()
                .apply_update(yrs::Update::decode_v1(words.state()).expect("a state"))
                .expect("whole");
            Self(doc, shared)
        }
        pub fn types(&self, at: u32, put: &str) -> Update {
            let mut writing = self.0.transact_mut();
            self.1.insert(&mut writing, at, put);
            Update(writing.encode_update_v1())
        }
        pub fn everything(&self) -> Vec<u8> {
            self.0.transact().encode_state_as_update_v1(&StateVector::default())
        }
        pub fn erases(&self, at: u32, length: u32) -> Update {
            let mut writing = self.0.transact_mut();
            self.1.remove_range(&mut writing, at, length);
            Update(writing.encode_update_v1())
        }
    }

    #[test]
    fn two_hands_at_once_lose_no_character_in_either_order() {
        let words = Words::begin("Đập an toàn.");
        let (one, other) = (Editor::join(&words, 7), Editor::join(&words, 9));
        let (first, second) = (one.types(3, " Cốc Ly"), other.types(12, " Bà con yên tâm."));
        let both = |a: &Update, b: &Update| words.typed(a).expect("typed").0.typed(b).expect("typed").1;
        assert_eq!(both(&first, &second), "Đập Cốc Ly an toàn. Bà con yên tâm.");
        assert_eq!(both(&first, &second), both(&second, &first));
    }

    #[test]
    fn a_change_again_changes_nothing_and_the_same_bytes_come_out() {
        let words = Words::begin("Mưa 👍 lớn");
        let editor = Editor::join(&words, 7);
        let change = editor.types(6, "rất ");
        let (after, text) = words.typed(&change).expect("typed");
        assert_eq!(text, "Mưa 👍rất  lớn", "places are counted in UTF-16, as browsers count");
        assert_eq!(after.typed(&change).expect("typed again").0, after);
        assert_eq!(Words::begin("Mưa 👍 lớn"), words, "a fold of the log gives the same state");
        let gone = editor.erases(0, 4);
        assert_eq!(after.typed(&gone).expect("erased").0.text().chars().next(), Some('👍'));
    }

    #[test]
    fn a_change_that_stands_on_missing_words_or_is_none_is_refused() {
        let words = Words::begin("a");
        let editor = Editor::join(&words, 7);
        let (_lost, next) = (editor.types(1, "b"), editor.types(2, "c"));
        assert_eq!(words.typed(&next), Err(Refusal::WordsMissing));
        assert_eq!(words.typed(&editor.erases(1, 1)), Err(Refusal::WordsMissing));
        for rubbish in [&b"rubbish"[..], &[255; 40], &[]] {
            assert_eq!(words.typed(&Update(rubbish.to_vec())), Err(Refusal::Unreadable));
        }
    }

    #[test]
    fn a_whole_text_in_place_keeps_what_is_the_same() {
        let words = Words::begin("Đập 👍 an toàn.");
        let editor = Editor::join(&words, 7);
        let replaced = words.replaced("Đập 👍 rất an toàn.");
        assert_eq!(replaced.text(), "Đập 👍 rất an toàn.");
        let (both, text) = replaced.typed(&editor.types(0, "Tin: ")).expect("typed");
        assert_eq!(text, "Tin: Đập 👍 rất an toàn.");
        assert_eq!(both.replaced("").text(), "");
    }

    #[test]
    fn a_splice_is_what_differs() {
        for (before, after) in [
            ("", "a"),
            ("a", ""),
            ("abc", "abc"),
            ("aa", "aaa"),
            ("Tiếng", "Tiến"),
            ("hòa", "hoà"),
            ("ab", "ba"),
        ] {
            let splice = Splice::between(before, after);
            assert_eq!(splice.onto(before), after, "{splice:?}");
        }
        assert_eq!(Splice { at: 9, cut: 9, put: "x".into() }.onto("ab"), "abx");
        let written = serde_json::to_string(&Update(vec![1, 2, 255])).expect("json");
        assert_eq!(serde_json::from_str::<Update>(&written).expect("read"), Update(vec![1, 2, 255]));
    }
}
