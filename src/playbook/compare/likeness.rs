//! Which step of one list is which of the other: equal titles first, then titles that have most words in common. Must
//! give the same answer every time it is asked.

use super::super::words::key;
use super::Step;

/// Two titles of one phase with fewer words in common, percent of all their words, are two steps: at a half, «Thông
/// tin ban đầu» still is the first word to the press, and a bulletin is not yet a report.
const LIKENESS_MIN: usize = 50;

/// The places of steps that are one step: in `before`, in `after`.
pub(super) fn pairs(before: &[Step], after: &[Step]) -> Vec<(usize, usize)> {
    let mut found = Pairs { pairs: vec![] };
    let keys = |steps: &[Step]| steps.iter().map(|step| key(&step.title)).collect::<Vec<_>>();
    let (older, newer) = (keys(before), keys(after));
    let each = || (0..before.len()).flat_map(|old| (0..after.len()).map(move |new| (old, new)));
    let same_phase = |(old, new): (usize, usize)| {
        before.get(old).map(|step| &step.phase) == after.get(new).map(|step| &step.phase)
    };
    let same_title = |(old, new): (usize, usize)| older.get(old) == newer.get(new);
    found.take(each().filter(|pair| same_title(*pair) && same_phase(*pair)));
    // Moved to another phase.
    found.take(each().filter(|pair| same_title(*pair)));
    let likeness = |(old, new): (usize, usize)| like(older.get(old)?, newer.get(new)?);
    let like = each().filter(|pair| same_phase(*pair));
    let mut like: Vec<_> = like.filter_map(|pair| Some((likeness(pair)?, pair))).collect();
    like.retain(|(likeness, _)| *likeness >= LIKENESS_MIN);
    like.sort_by_key(|(likeness, pair)| (std::cmp::Reverse(*likeness), *pair));
    found.take(like.into_iter().map(|(_, pair)| pair));
    found.pairs
}

/// Pairs as they are found; a step is in one pair at most.
struct Pairs {
    pairs: Vec<(usize, usize)>,
}

impl Pairs {
    fn take(&mut self, found: impl Iterator<Item = (usize, usize)>) {
        for (old, new) in found {
            if !self.pairs.iter().any(|(one, other)| *one == old || *other == new) {
                self.pairs.push((old, new));
            }
        }
    }
}

/// How many of all words of two folded titles are in both, percent; each word counts once on each side.
fn like(one: &str, other: &str) -> Option<usize> {
    let words = |title: &str| {
        let mut words: Vec<String> = title
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        words.sort_unstable();
        words.dedup();
        words
    };
    let (one, other) = (words(one), words(other));
    let common = one.iter().filter(|word| other.contains(word)).count();
    (200 * common).checked_div(one.len() + other.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(titles: &[(&str, &str)]) -> Vec<Step> {
        let step = |(phase, title): &(&str, &str)| Step {
            phase: (*phase).into(),
            title: (*title).into(),
            ..Step::default()
        };
        titles.iter().map(step).collect()
    }

    #[test]
    fn equal_titles_come_before_likely_ones() {
        for (before, after, expected) in [
            (vec![("a", "Họp báo")], vec![("a", "họp  báo")], vec![(0, 0)]),
            // The same words elsewhere are the same step, moved.
            (vec![("a", "Họp báo")], vec![("b", "Họp báo")], vec![(0, 0)]),
            (vec![("a", "Họp báo")], vec![("b", "Họp báo"), ("a", "Họp báo")], vec![(0, 1)]),
            // Likeness does not reach over phases.
            (vec![("a", "Họp báo chiều nay")], vec![("b", "Họp báo chiều mai")], vec![]),
            (vec![("a", "Họp báo chiều nay")], vec![("a", "Họp báo chiều mai")], vec![(0, 0)]),
            (vec![("a", "Báo gia đình")], vec![("a", "Lập đường dây nóng")], vec![]),
            // The better likeness wins, whichever stands first.
            (
                vec![("a", "Kiểm tra hồ chứa")],
                vec![("a", "Kiểm tra hồ sơ đất"), ("a", "Kiểm tra hồ chứa lớn")],
                vec![(0, 1)],
            ),
            (vec![("a", "")], vec![("a", "!")], vec![]),
            (vec![], vec![("a", "Họp")], vec![]),
        ] {
            assert_eq!(pairs(&steps(&before), &steps(&after)), expected, "{before:?} {after:?}");
        }
    }

    #[test]
    fn likeness_is_the_share_of_common_words() {
        assert_eq!(like("hop bao", "hop bao"), Some(100));
        assert_eq!(like("hop bao", "hop dan"), Some(50));
        assert_eq!(like("hop hop hop", "hop"), Some(100));
        assert_eq!(like("", ""), None);
    }
}
