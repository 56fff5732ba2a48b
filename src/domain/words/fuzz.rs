//! Changes as nobody should send them: cut, bent and made up. Whatever arrives, the words stay words.

use super::tests::Editor;
use super::{Change, Update, Words};
use proptest::prelude::*;

/// A text that two hands have typed in and erased from, and changes of a third that stand on it.
fn given() -> (Words, Vec<Vec<u8>>) {
    let mut words = Words::begin("Đập 👍 an toàn, bà con yên tâm.");
    for hand in [7, 9] {
        let editor = Editor::join(&words, hand);
        for change in [editor.types(4, "Cốc Ly "), editor.erases(2, 5), editor.types(0, "Tin: ")] {
            words = words.typed(&change).expect("whole").0;
        }
    }
    let editor = Editor::join(&words, 4_000_000_000);
    let mut changes =
        vec![editor.types(3, "một"), editor.erases(1, 3), editor.types(9, "hai 👍"), editor.erases(0, 20)];
    changes.push(Update(Editor::join(&words, 5).everything()));
    (words, changes.into_iter().map(|change| change.0).collect())
}

#[derive(Clone, Debug)]
enum Bend {
    Set(prop::sample::Index, u8),
    Insert(prop::sample::Index, Vec<u8>),
    Cut(prop::sample::Index),
    Copy(prop::sample::Index, prop::sample::Index),
}

fn bends() -> impl Strategy<Value = Vec<Bend>> {
    let place = any::<prop::sample::Index>;
    let bytes = prop::collection::vec(prop_oneof![any::<u8>(), Just(0xFF), Just(0x80), Just(0)], 1..8);
    let bend = prop_oneof![
        4 => (place(), any::<u8>()).prop_map(|(at, byte)| Bend::Set(at, byte)),
        2 => (place(), 0_u8..16).prop_map(|(at, byte)| Bend::Set(at, byte)),
        1 => (place(), bytes).prop_map(|(at, bytes)| Bend::Insert(at, bytes)),
        1 => place().prop_map(Bend::Cut),
        1 => (place(), place()).prop_map(|(from, to)| Bend::Copy(from, to)),
    ];
    prop::collection::vec(bend, 1..6)
}

fn bent(mut bytes: Vec<u8>, bends: Vec<Bend>) -> Vec<u8> {
    for bend in bends {
        let length = bytes.len().max(1);
        bytes.resize(length, 0);
        match bend {
            Bend::Set(at, byte) => bytes[at.index(length)] = byte,
            Bend::Insert(at, more) => {
                let at = at.index(length);
                bytes.splice(at..at, more);
            }
            Bend::Cut(at) => bytes.truncate(at.index(length)),
            Bend::Copy(from, to) => bytes[to.index(length)] = bytes[from.index(length)],
        }
    }
    bytes
}

/// What comes of it: the same words, or other words that hold together.
fn holds(words: &Words, update: Vec<u8>) {
    let update = Update(update);
    if let Ok((after, text)) = words.typed(&update) {
        assert_eq!(after.text(), text, "what is encoded is what was read");
        assert_eq!(after.typed(&update).expect("again").0.text(), text, "again changes nothing");
        let editor = Editor::join(&after, 11);
        let (_, then) = after.typed(&editor.types(0, "A")).expect("typed on");
        assert_eq!(then, format!("A{text}"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_bent_change_never_breaks_the_words(which in any::<prop::sample::Index>(), bends in bends()) {
        let (words, changes) = given();
        holds(&words, bent(which.get(&changes).clone(), bends));
    }

    #[test]
    fn random_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Change::read(&bytes);
        holds(&given().0, bytes);
    }

    /// Well formed and made up: hands, places and neighbours at random. These reach the library.
    #[test]
    fn made_up_changes_never_break_the_words(stretches in prop::collection::vec(stretch(), 1..6), erased in erased()) {
        let mut bytes = vec![];
        super::lib0::put_number(&mut bytes, stretches.len() as u64);
        for (n, stretch) in stretches.iter().enumerate() {
            stretch.put(&mut bytes, n as u64);
        }
        bytes.extend(erased);
        assert!(Change::read(&bytes).is_some(), "made to be read");
        holds(&given().0, bytes);
    }
}

/// A place of somebody: hands 1, 7 and 9 have typed, 20 and up are made up.
fn neighbour() -> impl Strategy<Value = Option<(u64, u64)>> {
    let hand = prop_oneof![Just(1_u64), Just(7), Just(9), 20_u64..26];
    prop::option::of((hand, 0_u64..40))
}

#[derive(Clone, Debug)]
struct Stretch {
    left: Option<(u64, u64)>,
    right: Option<(u64, u64)>,
    typed: Option<String>,
    from: u64,
}

fn stretch() -> impl Strategy<Value = Stretch> {
    let typed = prop::option::of("[a👍ạ]{1,4}");
    let from = prop_oneof![5 => Just(0_u64), 1 => 0_u64..3];
    (neighbour(), neighbour(), typed, from).prop_map(|(left, right, typed, from)| Stretch {
        left,
        right,
        typed,
        from,
    })
}

impl Stretch {
    fn put(&self, out: &mut Vec<u8>, n: u64) {
        use super::lib0::{put_bytes, put_number};
        put_number(out, 1);
        put_number(out, 20 + n);
        put_number(out, self.from);
        let sides = (u8::from(self.left.is_some()) << 7) | (u8::from(self.right.is_some()) << 6);
        out.push(sides | if self.typed.is_some() { 4 } else { 1 });
        for (hand, at) in [self.left, self.right].into_iter().flatten() {
            put_number(out, hand);
            put_number(out, at);
        }
        if sides == 0 {
            put_number(out, 1);
            put_bytes(out, b"text");
        }
        match &self.typed {
            Some(text) => put_bytes(out, text.as_bytes()),
            None => put_number(out, 3),
        }
    }
}

fn erased() -> impl Strategy<Value = Vec<u8>> {
    let hand = prop_oneof![Just(1_u8), Just(7), Just(9), 20_u8..26];
    prop::collection::vec((hand, 0_u8..30, 0_u8..6), 0..3).prop_map(|erased| {
        let mut bytes = vec![u8::try_from(erased.len()).expect("few")];
        for (hand, from, length) in erased {
            bytes.extend([hand, 1, from, length]);
        }
        bytes
    })
}
