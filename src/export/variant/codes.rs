//! Codes in place of people and what leads to them: one for each, the same wherever it is named and however it is
//! written, with and without marks, in capitals, as part of a file's name.

use super::find::{Found, find, follows_a_place, plain};
use crate::domain::ids::PersonId;
use crate::domain::message::spoken;
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// What a code stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Person,
    Phone,
    Mail,
    Account,
    Link,
    Address,
    Paper,
    File,
    Row,
}

/// Whether a text begins with a code.
pub(super) fn is_code(text: &str) -> bool {
    let kinds = [
        Kind::Person,
        Kind::Phone,
        Kind::Mail,
        Kind::Account,
        Kind::Link,
        Kind::Address,
        Kind::Paper,
        Kind::File,
    ];
    kinds.iter().any(|kind| {
        let rest = text.strip_prefix(kind.title()).and_then(|rest| rest.strip_prefix('-'));
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    })
}

impl Kind {
    fn title(self) -> &'static str {
        match self {
            Self::Person => "Người",
            Self::Phone => "Điện-thoại",
            Self::Mail => "Thư",
            Self::Account => "Tài-khoản",
            Self::Link => "Liên-kết",
            Self::Address => "Địa-chỉ",
            Self::Paper => "Số-giấy-tờ",
            Self::File => "Tệp",
            Self::Row => "ma",
        }
    }
    fn code(self, number: usize) -> String {
        match self {
            Self::Row => format!("ma-{number}"),
            _ => format!("{}-{number:02}", self.title()),
        }
    }
}

/// Shortest name without spaces by which somebody is known inside another word, letters: shorter ones are words.
const JOINED_MIN: usize = 9;

/// The codes of one record.
#[derive(Default)]
pub(super) struct Codes {
    given: BTreeMap<Kind, BTreeMap<String, usize>>,
    /// Names of one word, which are looked for as they are written only: «Lan» is a name, «lan» a verb.
    single: BTreeMap<String, usize>,
    ids: BTreeMap<String, usize>,
    names: Option<(AhoCorasick, Vec<(Kind, usize)>)>,
}

impl Codes {
    pub(super) fn code(&mut self, kind: Kind, key: &str) -> usize {
        let known = self.given.entry(kind).or_default();
        let next = known.len() + 1;
        *known.entry(key.to_owned()).or_insert(next)
    }

    /// Takes in a person who has an account.
    pub(super) fn person(&mut self, id: &PersonId, name: &str) {
        let number = self.named(name);
        if let Some(number) = number {
            self.ids.entry(id.to_string()).or_insert(number);
        }
    }

    /// Takes in somebody by a field that holds a name and nothing else.
    pub(super) fn named(&mut self, name: &str) -> Option<usize> {
        let found = find(name).into_iter().find(|one| one.kind == Kind::Person);
        let key = found.map_or_else(|| plain(spoken(name)), |found| found.key);
        if key.is_empty() {
            return None;
        }
        let number = self.code(Kind::Person, &key);
        if !key.contains(' ') {
            self.single.insert(spoken(name).trim().to_owned(), number);
        }
        Some(number)
    }

    /// Takes in what of a text is known by its form.
    pub(super) fn collect(&mut self, text: &str) {
        for Found { kind, at, key } in find(text) {
            if kind == Kind::Person && !key.contains(' ') {
                // A given name alone is whoever bears it, when only one does.
                let end = format!(" {key}");
                let people = self.given.get(&kind);
                let bearers = people.into_iter().flatten().filter(|(name, _)| name.ends_with(&end));
                let bearers: Vec<_> = bearers.map(|(_, number)| *number).collect();
                let number = match bearers[..] {
                    [one] => one,
                    _ => self.code(kind, &key),
                };
                self.single.entry(text[at].to_owned()).or_insert(number);
            } else {
                self.code(kind, &key);
            }
        }
    }

    /// All that is known by name is known now.
    pub(super) fn close(&mut self) {
        let (mut patterns, mut codes) = (vec![], vec![]);
        for kind in [Kind::Person, Kind::Account] {
            for (name, number) in self.given.get(&kind).into_iter().flatten() {
                if name.contains(' ') {
                    // Two spaces between words, one for each neighbour: names may follow each other.
                    patterns.push(format!(" {} ", name.replace(' ', "  ")));
                    codes.push((kind, *number));
                }
                let joined: String = name.split(' ').collect();
                if joined.chars().count() >= JOINED_MIN {
                    patterns.push(joined);
                    codes.push((kind, *number));
                }
            }
        }
        let built = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns);
        // Only more names than memory holds are too many for it.
        self.names = built.ok().map(|built| (built, codes));
    }

    fn found(&self, text: &str) -> Vec<(std::ops::Range<usize>, String)> {
        let mut found: Vec<(std::ops::Range<usize>, String)> = vec![];
        let mut put = |at: std::ops::Range<usize>, code: String| {
            if found.iter().all(|(one, _)| one.end <= at.start || at.end <= one.start) {
                found.push((at, code));
            }
        };
        let by_form = find(text);
        // A link or an address goes whole, whoever is named in it.
        let (whole, people): (Vec<_>, Vec<_>) = by_form.into_iter().partition(|one| one.kind != Kind::Person);
        let number = |kind: Kind, key: &str| self.given.get(&kind).and_then(|known| known.get(key)).copied();
        for Found { kind, at, key } in whole {
            put(at, kind.code(number(kind, &key).unwrap_or_default()));
        }
        for (at, kind, number) in self.names_in(text) {
            put(at, kind.code(number));
        }
        for Found { at, key, .. } in people {
            let known = self.single.get(&text[at.clone()]).copied().or_else(|| number(Kind::Person, &key));
            put(at, Kind::Person.code(known.unwrap_or_default()));
        }
        for (name, number) in &self.single {
            for (start, name) in text.match_indices(name.as_str()) {
                let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric());
                let end = start + name.len();
                let part = joins(text[..start].chars().next_back()) || joins(text[end..].chars().next());
                if !part && !follows_a_place(text, start) {
                    put(start..end, Kind::Person.code(*number));
                }
            }
        }
        found.sort_by_key(|(at, _)| at.start);
        found
    }

    /// Where names stand, however they are written.
    fn names_in(&self, text: &str) -> Vec<(std::ops::Range<usize>, Kind, usize)> {
        let Some((names, codes)) = &self.names else { return vec![] };
        if codes.is_empty() || text.len() < 4 {
            return vec![];
        }
        let (folded, places) = laid_plain(text);
        let hits = names.find_iter(&folded);
        let hits = hits.filter_map(|hit| {
            let spaced = folded.as_bytes().get(hit.start()) == Some(&b' ');
            let (start, end) =
                if spaced { (hit.start() + 1, hit.end() - 1) } else { (hit.start(), hit.end()) };
            let last = end.checked_sub(1)?;
            let (from, to) = (places.get(start)?.start, places.get(last)?.end);
            let (kind, number) = *codes.get(hit.pattern().as_usize())?;
            Some((from..to, kind, number))
        });
        hits.collect()
    }

    /// The text with codes in place of people.
    pub(super) fn replaced(&self, text: &str) -> String {
        let found = self.found(text);
        if found.is_empty() {
            return text.to_owned();
        }
        let (mut out, mut from) = (String::with_capacity(text.len()), 0);
        for (at, code) in found {
            out.push_str(&text[from..at.start]);
            out.push_str(&code);
            from = at.end;
        }
        out.push_str(&text[from..]);
        out
    }

    /// Whether a text says something that should be a code.
    pub(super) fn is_in(&self, text: &str) -> bool {
        !self.found(text).is_empty()
    }

    /// The id of a person who is a code.
    pub(super) fn person_id(&self, id: &str) -> String {
        // The program itself and services are no persons.
        self.ids.get(id).map_or_else(|| id.to_owned(), |number| format!("nguoi-{number:02}"))
    }

    /// The id of a row; one that was made from a link says nothing.
    pub(super) fn row(&self, id: &str) -> String {
        let number = self.given.get(&Kind::Row).and_then(|rows| rows.get(id));
        number.map_or_else(|| id.to_owned(), |number| Kind::Row.code(*number))
    }

    /// An id in place of one that names somebody.
    pub(super) fn id(&self, id: &str) -> String {
        match &self.names_in(id)[..] {
            [] => id.to_owned(),
            [(_, _, number), ..] => format!("ma-nguoi-{number:02}"),
        }
    }

    /// The name of a file, with its ending.
    pub(super) fn file(&self, name: &str) -> String {
        let number = self.given.get(&Kind::File).and_then(|files| files.get(name)).copied();
        let ending = name
            .rsplit_once('.')
            .map(|(_, ending)| ending)
            .filter(|ending| ending.len() <= 5 && ending.bytes().all(|b| b.is_ascii_alphanumeric()));
        let code = Kind::File.code(number.unwrap_or_default());
        ending.map_or_else(|| code.clone(), |ending| format!("{code}.{ending}"))
    }
}

/// The text folded, with two spaces between words and at both ends, and where each byte of it came from.
fn laid_plain(text: &str) -> (String, Vec<std::ops::Range<usize>>) {
    let (mut out, mut places) = (String::from("  "), vec![0..0, 0..0]);
    let mut spaced = true;
    for (start, c) in text.char_indices() {
        let at = start..start + c.len_utf8();
        let plain = c.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
        for c in plain.map(|c| if c == 'đ' { 'd' } else { c }) {
            if c.is_alphanumeric() {
                out.push(c);
                places.extend(std::iter::repeat_n(at.clone(), c.len_utf8()));
                spaced = false;
            } else if !spaced {
                out.push_str("  ");
                places.extend([at.clone(), at.clone()]);
                spaced = true;
            }
        }
    }
    if !spaced {
        out.push_str("  ");
        places.extend([text.len()..text.len(), text.len()..text.len()]);
    }
    (out, places)
}
