//! The words of one statement as people see them now: what is recorded, and what was typed since. Knows no windows, no
//! room and no time. What it holds beyond the record, it holds in the order in which it came, by person.

use crate::domain::ids::PersonId;
use crate::domain::refusal::Refusal;
use crate::domain::text::{self, STATEMENT_MAX};
use crate::domain::words::{CHANGE_MAX, Change, STATE_MAX, Update, Words, put};
use std::collections::{BTreeMap, VecDeque};
use yrs::updates::encoder::Encode as _;
use yrs::{Doc, GetString as _, ReadTxn as _, StateVector, Text as _, TextRef, Transact as _};

/// By how much putting a text into one form of Unicode may lengthen it; shorter texts need no counting.
const LONGER_BY_MAX: usize = 3;
/// Bytes of one record of typing, about: more is split, so that no record is larger than a change may be.
const RUN_BYTES: usize = CHANGE_MAX / 4;

/// Something typed that is not recorded yet.
#[derive(Clone, Debug)]
struct Pending {
    person: PersonId,
    update: Vec<u8>,
}

/// What one person typed, as it is to be recorded.
pub type Run = (PersonId, Update);

/// The words now.
pub struct Live {
    doc: Doc,
    shared: TextRef,
    recorded: Words,
    /// Who types with each hand, since it began: nobody goes on in another's. What somebody only brings back says
    /// nothing about whose hand it was: they may have seen others type it.
    hands: BTreeMap<u64, PersonId>,
    /// On the way to the record.
    sent: Vec<Pending>,
    pending: Vec<Pending>,
}

impl Live {
    /// The recorded words, and nothing more.
    pub fn begin(recorded: &Words) -> Self {
        let (doc, shared) = recorded.doc();
        let (hands, sent, pending) = (BTreeMap::new(), vec![], vec![]);
        Self { doc, shared, recorded: recorded.clone(), hands, sent, pending }
    }

    /// What it has, encoded.
    pub fn state_vector(&self) -> Vec<u8> {
        self.known().encode_v1()
    }

    /// What it has that somebody has not.
    pub fn since(&self, known: &StateVector) -> Vec<u8> {
        self.doc.transact().encode_state_as_update_v1(known)
    }

    /// Whether something waits to be recorded.
    pub fn is_pending(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Bytes that wait to be recorded.
    pub fn waiting(&self) -> usize {
        self.sent.iter().chain(&self.pending).map(|pending| pending.update.len()).sum()
    }

    /// Takes in what a person typed, or `brought` back; gives back what was new in it, if anything was.
    ///
    /// # Errors
    /// Why it was not taken; nothing has changed then.
    pub fn take(
        &mut self,
        person: &PersonId,
        update: &[u8],
        brought: bool,
    ) -> Result<Option<Vec<u8>>, Refusal> {
        let known = self.known();
        let hands: Vec<_> = Change::read(update).iter().flat_map(|change| change.hands(&known)).collect();
        if hands.iter().any(|hand| self.hands.get(hand).is_some_and(|owner| owner != person)) {
            return Err(Refusal::Unreadable);
        }
        let new = match put(&self.doc, &[update]) {
            Ok(None) => return Ok(None),
            Ok(Some(new)) => new,
            Err(refusal) => {
                if !matches!(refusal, Refusal::WordsMissing | Refusal::TooLong { .. }) {
                    self.rebuild();
                }
                return Err(refusal);
            }
        };
        let like = Words::of(&self.doc).is_like(&self.text());
        let taken = if like { self.fits(new.len()) } else { Err(Refusal::Unreadable) };
        if let Err(refusal) = taken {
            self.rebuild();
            return Err(refusal);
        }
        if !brought {
            self.hands.extend(hands.into_iter().map(|hand| (hand, person.clone())));
        }
        self.pending.push(Pending { person: person.clone(), update: new.clone() });
        Ok(Some(new))
    }

    /// Whether an update would change anything.
    pub fn is_news(&self, update: &[u8]) -> bool {
        let copy = Words::of(&self.doc);
        !matches!(put(&copy.doc().0, &[update]), Ok(None))
    }

    /// Whether an update holds characters of this hand that are new here.
    pub fn brings(&self, hand: u64, update: &[u8]) -> bool {
        Change::read(update).is_some_and(|change| change.brings(hand, &self.known()))
    }

    fn fits(&self, more: usize) -> Result<(), Refusal> {
        let places = usize::try_from(self.shared.len(&self.doc.transact())).unwrap_or(usize::MAX);
        if places > STATEMENT_MAX / LONGER_BY_MAX {
            text::draft(&self.text())?;
        }
        // An upper bound of what will be recorded; exact would mean encoding everything at every key.
        let state = self.recorded.state().len() + self.waiting() + more;
        if state > STATE_MAX || more > CHANGE_MAX {
            return Err(Refusal::TooLong { length: state.max(more) / 4, max: STATEMENT_MAX });
        }
        Ok(())
    }

    /// The words.
    pub fn text(&self) -> String {
        self.shared.get_string(&self.doc.transact())
    }

    fn known(&self) -> StateVector {
        self.doc.transact().state_vector()
    }

    /// Begins again from the record and all that was taken since.
    fn rebuild(&mut self) {
        (self.doc, self.shared) = self.recorded.doc();
        for pending in self.sent.iter().chain(&self.pending) {
            // Each was taken before, on the same words.
            let _ = put(&self.doc, &[&pending.update]);
        }
    }

    /// The record has moved; gives back what was new in it here, if anything was.
    pub fn follow(&mut self, recorded: &Words) -> Option<Vec<u8>> {
        if self.recorded.is(recorded) {
            return None;
        }
        self.recorded = recorded.clone();
        let before = self.known();
        let (doc, _) = recorded.doc();
        // The record may hold the program's own hand, which `put` refuses from others.
        let new = doc.transact().encode_state_as_update_v1(&before);
        let mut writing = self.doc.transact_mut();
        let taken = yrs::updates::decoder::Decode::decode_v1(&new).map(|new| writing.apply_update(new));
        writing.commit();
        let new = writing.encode_update_v1();
        drop(writing);
        if !matches!(taken, Ok(Ok(()))) {
            tracing::error!("recorded words could not be folded into the live ones; they are begun again");
            self.rebuild();
        }
        (new != [0, 0]).then_some(new)
    }

    /// Hands out what is pending, to be recorded in this order. Call only when nothing is on the way.
    pub fn send(&mut self) -> Vec<Run> {
        self.sent.append(&mut self.pending);
        let (doc, shared) = self.recorded.doc();
        let merged = arranged(&doc, &self.sent).into_iter().map(|run| {
            let changes: Vec<_> = run.iter().map(|pending| &*pending.update).collect();
            Ok((run.first().map(|first| first.person.clone()), put(&doc, &changes)?))
        });
        let merged: Result<Vec<_>, Refusal> = merged.collect();
        let same = shared.get_string(&doc.transact()) == self.text();
        match merged {
            Ok(runs) if same => {
                let run = |(person, update): (Option<_>, Option<_>)| Some((person?, Update(update?)));
                runs.into_iter().filter_map(run).collect()
            }
            // Must not happen; were it to, each is recorded as it came.
            _ => {
                tracing::error!("typing could not be merged and is recorded piece by piece");
                let run = |pending: &Pending| (pending.person.clone(), Update(pending.update.clone()));
                self.sent.iter().map(run).collect()
            }
        }
    }

    /// What was handed out is recorded.
    pub fn sent(&mut self) {
        self.sent.clear();
    }
}

/// Which of them go together, and in which order: one run a person when each can stand on the ones before; what
/// remains when people typed on each other's newest words, in runs as it came.
fn arranged<'a>(recorded: &Doc, all: &'a [Pending]) -> Vec<Vec<&'a Pending>> {
    let mut known = recorded.transact().state_vector();
    let stands = |run: &[&Pending], known: &StateVector| {
        let mut known = known.clone();
        let mut fits = |pending: &&Pending| {
            let change = Change::read(&pending.update).filter(|change| change.stands_on(&known))?;
            change.count_in(&mut known);
            Some(())
        };
        run.iter().all(|pending| fits(pending).is_some()).then_some(known)
    };
    let mut people: VecDeque<Vec<&Pending>> = VecDeque::new();
    for pending in all {
        match people.iter_mut().find(|run| is_by(run, &pending.person)) {
            Some(run) => run.push(pending),
            None => people.push_back(vec![pending]),
        }
    }
    let (mut runs, mut tries) = (vec![], people.len());
    while let Some(run) = people.pop_front() {
        if let Some(then) = stands(&run, &known) {
            (known, tries) = (then, people.len());
            runs.push(run);
        } else if tries > 0 {
            tries -= 1;
            people.push_back(run);
        } else {
            people.push_back(run);
            break;
        }
    }
    let left: Vec<_> = people.iter().filter_map(|run| run.first()).map(|first| &first.person).collect();
    for pending in all.iter().filter(|pending| left.contains(&&pending.person)) {
        match runs.last_mut().filter(|run| is_by(run, &pending.person)) {
            Some(run) => run.push(pending),
            None => runs.push(vec![pending]),
        }
    }
    runs.into_iter().flat_map(split).collect()
}

/// A run is by one person.
fn is_by(run: &[&Pending], person: &PersonId) -> bool {
    run.first().is_some_and(|first| first.person == *person)
}

/// The same in pieces of a size that can be recorded.
fn split(run: Vec<&Pending>) -> Vec<Vec<&Pending>> {
    let (mut pieces, mut bytes) = (vec![vec![]], 0);
    for pending in run {
        if bytes + pending.update.len() > RUN_BYTES && bytes > 0 {
            pieces.push(vec![]);
            bytes = 0;
        }
        bytes += pending.update.len();
        pieces.last_mut().expect("begun with one").push(pending);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn person(id: &str) -> PersonId {
        PersonId::new(id).expect("an id")
    }

    /// An editor with its own copy.
    struct Editor {
        doc: Doc,
        shared: TextRef,
        by: PersonId,
    }

    impl Editor {
        fn join(live: &Live, hand: u64, by: &str) -> Self {
            let (doc, shared) = crate::domain::words::blank(hand);
            let editor = Self { doc, shared, by: person(by) };
            editor.hear(&live.since(&StateVector::default()));
            editor
        }
        fn hear(&self, update: &[u8]) {
            let update = yrs::updates::decoder::Decode::decode_v1(update).expect("an update");
            self.doc.transact_mut().apply_update(update).expect("whole");
        }
        fn types(&self, at: u32, put: &str) -> Vec<u8> {
            let mut writing = self.doc.transact_mut();
            self.shared.insert(&mut writing, at, put);
            writing.encode_update_v1()
        }
    }

    /// The record as the room makes it from what is handed out.
    fn recorded(words: &Words, live: &mut Live) -> (Words, Vec<PersonId>) {
        let runs = live.send();
        let people = runs.iter().map(|(person, _)| person.clone()).collect();
        let words =
            runs.iter().fold(words.clone(), |words, (_, update)| words.typed(update).expect("whole").0);
        live.sent();
        assert!(live.follow(&words).is_none(), "the record brings nothing that is not there");
        (words, people)
    }

    #[test]
    fn one_record_a_person_unless_they_type_on_each_others_newest_words() {
        let words = Words::begin("Tin.");
        let mut live = Live::begin(&words);
        let (one, other) = (Editor::join(&live, 7, "one"), Editor::join(&live, 9, "other"));
        for n in 0..5 {
            live.take(&one.by, &one.types(n, "a"), false).expect("taken");
            live.take(&other.by, &other.types(4 + n, "b"), false).expect("taken");
        }
        let (words, people) = recorded(&words, &mut live);
        assert_eq!((people, words.text().as_str()), (vec![person("one"), person("other")], "aaaaaTin.bbbbb"));
        // Now each stands on the other's word before.
        let (one, other) = (Editor::join(&live, 17, "one"), Editor::join(&live, 19, "other"));
        let mut words_by = vec![];
        for n in 0..3 {
            for (mine, its) in [(&one, &other), (&other, &one)] {
                let new =
                    live.take(&mine.by, &mine.types(14 + words_by.len() as u32, "c"), false).expect("taken");
                let new = yrs::updates::decoder::Decode::decode_v1(&new.expect("new")).expect("an update");
                its.doc.transact_mut().apply_update(new).expect("whole");
                words_by.push((n, mine.by.clone()));
            }
        }
        let (words, people) = recorded(&words, &mut live);
        assert_eq!(words.text(), "aaaaaTin.bbbbbcccccc");
        assert_eq!(people, words_by.into_iter().map(|(_, by)| by).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_not_taken_leaves_everything_as_it_was() {
        let words = Words::begin("Tin.");
        let mut live = Live::begin(&words);
        let editor = Editor::join(&live, 7, "one");
        live.take(&editor.by, &editor.types(4, " Mưa."), false).expect("taken");
        let before = (live.text(), live.waiting(), live.state_vector());
        let paste = Editor::join(&live, 8, "other").types(0, &"a".repeat(STATEMENT_MAX));
        assert!(matches!(live.take(&person("other"), &paste, false), Err(Refusal::TooLong { .. })));
        assert_eq!(live.take(&person("other"), b"rubbish", false), Err(Refusal::Unreadable));
        let far = Editor::join(&live, 8, "other");
        let (_lost, next) = (far.types(0, "a"), far.types(3, "b"));
        assert_eq!(
            live.take(&person("other"), &next, false),
            Err(Refusal::WordsMissing),
            "its own hand has a gap"
        );
        assert_eq!((live.text(), live.waiting(), live.state_vector()), before);
        assert_eq!(live.take(&editor.by, &[0, 0], false), Ok(None));
    }

    #[test]
    fn nobody_goes_on_in_anothers_hand() {
        let mut live = Live::begin(&Words::begin("Tin."));
        let (honest, bad) = (Editor::join(&live, 7, "one"), Editor::join(&live, 7, "other"));
        live.take(&honest.by, &honest.types(0, "ạ"), false).expect("taken");
        let _same_places = bad.types(0, "x");
        assert_eq!(live.take(&bad.by, &bad.types(1, "x"), false), Err(Refusal::Unreadable));
        assert!(live.take(&honest.by, &honest.types(0, "ạ"), false).expect("taken").is_some());
        assert_eq!(live.text(), "ạạTin.");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

        /// Bent bytes between honest ones: the honest are taken all the same, and record and words agree.
        #[test]
        fn whoever_sends_rubbish_others_type_on(bends in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
            let words = Words::begin("Đập 👍 an toàn.");
            let mut live = Live::begin(&words);
            let honest = Editor::join(&live, 7, "one");
            let bad = Editor::join(&live, 9, "other");
            live.take(&honest.by, &honest.types(0, "ạ"), false).expect("taken");
            for (n, (at, byte)) in bends.into_iter().enumerate() {
                let mut change = bad.types(u32::try_from(n).expect("few") % 4, "x");
                let at = at.index(change.len());
                change[at] = byte;
                let _ = live.take(&bad.by, &change, false);
                prop_assert!(live.take(&honest.by, &honest.types(0, "ạ"), false).expect("taken").is_some());
            }
            let (words, _) = recorded(&words, &mut live);
            prop_assert_eq!(words.text(), live.text());
        }
    }
}
