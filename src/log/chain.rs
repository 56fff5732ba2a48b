//! The chain: a line holds the digest of the stored bytes of the line before it, so a changed line shows in the
//! next. Never re-serialise to verify. A cut tail shows only against a head kept elsewhere.
//!
//! What must not be here at all can be taken out of a line and the chain still holds: the line left in its place says
//! which digest the first one had, and goes on under that; a later line, chained like any other, names both digests. One
//! without the other is damage.

use super::{Damage, Head};
use crate::domain::ids::{CommandId, Digest, Rev};
use crate::domain::{Actor, Record};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One line as stored: a record and the digest of the line before. Events are nested, never flattened: a field of
/// an event may be called like one of the line.
#[derive(Serialize)]
struct Written<'a, E> {
    rev: Rev,
    at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    written_at: Option<Timestamp>,
    by: &'a Actor,
    cause: &'a CommandId,
    events: &'a [E],
    /// Lines before it out of which words were taken with it.
    #[serde(skip_serializing_if = "<[Purged]>::is_empty")]
    purges: &'a [Purged],
    prev: Digest,
    /// In a line left in place of another: that one's digest.
    #[serde(skip_serializing_if = "Option::is_none")]
    purged: Option<Digest>,
}

/// That a line was left in place of another: which, the digest under which it stands in the chain, and the digest of the
/// bytes that are there now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purged {
    /// The line's number.
    pub rev: Rev,
    /// Of the line as it was written first.
    pub was: Digest,
    /// Of the line that is there now.
    pub now: Digest,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read<E> {
    rev: Rev,
    at: Timestamp,
    #[serde(default)]
    written_at: Option<Timestamp>,
    by: Actor,
    cause: CommandId,
    events: Vec<E>,
    #[serde(default, rename = "purges")]
    _purges: Vec<Purged>,
    prev: Digest,
    #[serde(default)]
    purged: Option<Digest>,
}

fn written<E: Serialize>(
    record: &Record<E>,
    purges: &[Purged],
    prev: Digest,
    purged: Option<Digest>,
) -> Result<String, serde_json::Error> {
    let Record { rev, at, written_at, by, cause, events } = record;
    let (rev, at, written_at) = (*rev, *at, *written_at);
    serde_json::to_string(&Written { rev, at, written_at, by, cause, events, purges, prev, purged })
}

/// The record as a line after `head`, and the head that it makes.
///
/// # Errors
/// When the record cannot be written as JSON; no record that was decided here is such a one.
pub fn line<E: Serialize>(head: Head, record: &Record<E>) -> Result<(String, Head), serde_json::Error> {
    purging(head, record, &[])
}

/// The same of the record of a purge, with the lines out of which it takes words.
///
/// # Errors
/// As of [`line`].
pub fn purging<E: Serialize>(
    head: Head,
    record: &Record<E>,
    purges: &[Purged],
) -> Result<(String, Head), serde_json::Error> {
    let line = written(record, purges, head.digest, None)?;
    let head = Head { rev: record.rev, digest: Digest::of(line.as_bytes()) };
    Ok((line, head))
}

/// The line that is left in place of this one, with other events in the same record, and what the record of the purge has
/// to say of it. A line can be left in place of one that was left itself.
///
/// # Errors
/// The damage when the line is none, and when it cannot be written.
pub fn purged<E: Serialize + DeserializeOwned>(
    number: Rev,
    line: &str,
    events: Vec<E>,
) -> Result<(String, Purged), Damage> {
    let Read { rev, at, written_at, by, cause, _purges: purges, prev, purged, .. } = read::<E>(number, line)?;
    let was = purged.unwrap_or_else(|| Digest::of(line.as_bytes()));
    let record = Record { rev, at, written_at, by, cause, events };
    let left = written(&record, &purges, prev, Some(was));
    let left = left.map_err(|error| Damage { line: number, reason: error.to_string() })?;
    let now = Digest::of(left.as_bytes());
    Ok((left, Purged { rev, was, now }))
}

fn read<E: DeserializeOwned>(number: Rev, line: &str) -> Result<Read<E>, Damage> {
    serde_json::from_str(line)
        .map_err(|error| Damage {
            line: number, reason: format!("không đọc được nội dung ({error})")
        })
}

/// The record of a line, and the head that it makes.
///
/// # Errors
/// The damage, in words, when the line is not one.
pub fn record<E: DeserializeOwned>(number: Rev, line: &str) -> Result<(Record<E>, Head), Damage> {
    let Read { rev, at, written_at, by, cause, events, purged, .. } = read(number, line)?;
    let digest = purged.unwrap_or_else(|| Digest::of(line.as_bytes()));
    Ok((Record { rev, at, written_at, by, cause, events }, Head { rev, digest }))
}

/// Where a record of a purge names its lines.
const PURGES: &[u8] = b"\"purges\":";

/// What every line of every stream holds, whatever its events.
#[derive(Deserialize)]
struct Link {
    rev: Rev,
    #[serde(deserialize_with = "exact")]
    at: Timestamp,
    #[serde(default)]
    purges: Vec<Purged>,
    prev: Digest,
    #[serde(default)]
    purged: Option<Digest>,
}

/// The link of a line, if it is one: text first, whatever a reader of JSON lets pass in fields that it skips.
fn link(line: &[u8]) -> Option<Link> {
    serde_json::from_str(std::str::from_utf8(line).ok()?).ok()
}

/// A moment as it is written here and no other way: who checks a log elsewhere need not know more ways.
fn exact<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
    let text = std::borrow::Cow::<str>::deserialize(from)?;
    let moment: Option<Timestamp> = text.parse().ok();
    let moment = moment.filter(|moment| moment.to_string() == *text);
    moment.ok_or_else(|| serde::de::Error::custom("thời điểm ghi không đúng dạng"))
}

/// Walks a chain line by line.
#[derive(Clone, Debug)]
pub struct Walk {
    /// The head so far.
    pub head: Head,
    at: Timestamp,
    /// What all records of purges say, the later ones too.
    named: BTreeSet<Purged>,
}

impl Walk {
    /// To walk these lines from the first.
    pub fn over<'a>(lines: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let purging =
            lines.into_iter().filter(|line| line.windows(PURGES.len()).any(|piece| piece == PURGES));
        let links = purging.filter_map(link);
        let named = links.flat_map(|link| link.purges.into_iter().filter(move |named| named.rev < link.rev));
        Self { head: Head::EMPTY, at: Timestamp::MIN, named: named.collect() }
    }

    /// Takes the next line.
    ///
    /// # Errors
    /// The damage that this line shows; when its `prev` is wrong, the line before it was changed.
    pub fn step(&mut self, line: &str) -> Result<(), Damage> {
        let number = self.head.rev + 1;
        let damaged = |line, reason: String| Err(Damage { line, reason });
        let link: Link = match serde_json::from_str(line) {
            Ok(link) => link,
            Err(error) => return damaged(number, format!("không phải một dòng nhật ký ({error})")),
        };
        if link.rev != number {
            return damaged(
                number,
                format!("ghi số {} ở vị trí {number}: có dòng bị thêm hoặc bớt", link.rev),
            );
        }
        let now = Digest::of(line.as_bytes());
        if let Some(was) = link.purged
            && !self.named.contains(&Purged { rev: number, was, now })
        {
            let reason = "nội dung đã bị xóa hoặc đổi mà không có biên bản xóa bỏ nào khớp";
            return damaged(number, reason.into());
        }
        if link.prev != self.head.digest {
            let changed = self.head.rev.max(1);
            return damaged(changed, format!("nội dung không khớp mã băm mà dòng {number} đã ghi"));
        }
        if link.at < self.at {
            return damaged(number, "thời điểm ghi sớm hơn dòng trước".into());
        }
        self.head = Head { rev: number, digest: link.purged.unwrap_or(now) };
        self.at = link.at;
        Ok(())
    }
}

/// The finished lines of a log, and what stands unfinished after them.
pub fn split(bytes: &[u8]) -> (&[u8], &[u8]) {
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
    bytes.split_at(whole)
}

/// The result of verifying a whole file: the lines that stand, and what is wrong after them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified<'a> {
    /// The lines before the damage, without line ends.
    pub lines: Vec<&'a str>,
    /// The head that they make.
    pub head: Head,
    /// The first damage.
    pub damage: Option<Damage>,
}

/// Verifies the bytes of a log file, against the head kept beside it when there is one.
pub fn verify(bytes: &[u8], kept: Option<Head>) -> Verified<'_> {
    let mut walk = Walk::over(bytes.split(|byte| *byte == b'\n'));
    let (mut lines, mut heads, mut damage) = (vec![], vec![Head::EMPTY], None);
    let mut pieces = bytes.split(|byte| *byte == b'\n').peekable();
    while let Some(piece) = pieces.next() {
        let number = walk.head.rev + 1;
        let Some(next) = pieces.peek() else {
            if !piece.is_empty() {
                damage = Some(Damage {
                    line: number,
                    reason: "dòng cuối ghi dở, thiếu dấu xuống dòng".into(),
                });
            }
            break;
        };
        let step = match std::str::from_utf8(piece) {
            Ok(line) => walk.step(line).map(|()| lines.push(line)),
            Err(_) => Err(Damage { line: number, reason: "không phải văn bản UTF-8".into() }),
        };
        if let Err(mut found) = step {
            // A link that does not hold has two ends. When the next one does not hold either, the line between
            // them was changed.
            let digest = digest_of(piece);
            let next_holds = match link(next) {
                Some(link) => link.prev == digest,
                None => kept.is_none_or(|kept| kept.rev != number || kept.digest == digest),
            };
            if found.line < number && !next_holds {
                found = Damage {
                    line: number,
                    reason: "mã băm dòng trước ghi trong dòng này đã bị đổi".into(),
                };
            }
            damage = Some(found);
            break;
        }
        heads.push(walk.head);
        if kept.is_some_and(|kept| kept.rev == walk.head.rev && kept.digest != walk.head.digest) {
            let reason = "nội dung không khớp mã băm đã lưu bên cạnh nhật ký".into();
            damage = Some(Damage { line: number, reason });
            break;
        }
    }
    if damage.is_none()
        && let Some(kept) = kept.filter(|kept| kept.rev > walk.head.rev)
    {
        let reason = format!("nhật ký bị cắt: đã từng có đến dòng {}", kept.rev);
        damage = Some(Damage { line: walk.head.rev + 1, reason });
    }
    // What stands is what comes before the line that is named.
    let standing = damage.as_ref().map_or(usize::MAX, |damage| damage.line.saturating_sub(1) as usize);
    lines.truncate(standing);
    let head = heads.get(lines.len()).copied().unwrap_or(Head::EMPTY);
    Verified { lines, head, damage }
}

/// The lines that were left in place of others, each with the number of the line that vouches for what is there now; none
/// when that one is not among these.
pub fn left(lines: &[&str]) -> Vec<(Rev, Option<Rev>)> {
    let links = lines.iter().map(|line| serde_json::from_str::<Link>(line).ok());
    let links: Vec<_> = (1..).zip(links).collect();
    let vouches = |named: Purged| {
        let naming = links.iter().find(|(_, link)| {
            link.as_ref().is_some_and(|link| named.rev < link.rev && link.purges.contains(&named))
        });
        naming.map(|(number, _)| *number)
    };
    let left = links.iter().zip(lines).filter_map(|((rev, link), line)| {
        let was = link.as_ref()?.purged?;
        Some((*rev, vouches(Purged { rev: *rev, was, now: Digest::of(line.as_bytes()) })))
    });
    left.collect()
}

/// The digest under which the bytes of a line stand in the chain.
pub(crate) fn digest_of(piece: &[u8]) -> Digest {
    link(piece).and_then(|link| link.purged).unwrap_or_else(|| Digest::of(piece))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::given::record as record_of;

    fn log(lines: u32) -> (String, Vec<Head>) {
        let (mut text, mut head, mut heads) = (String::new(), Head::EMPTY, vec![]);
        for rev in 1..=lines {
            let record = record_of(rev, &format!("việc {rev}"));
            let (line, next) = line(head, &record).expect("JSON");
            text.push_str(&line);
            text.push('\n');
            head = next;
            heads.push(head);
        }
        (text, heads)
    }

    #[test]
    fn an_untouched_log_verifies() {
        let (text, heads) = log(5);
        let verified = verify(text.as_bytes(), heads.last().copied());
        assert_eq!((verified.lines.len(), verified.damage), (5, None));
        assert_eq!(verified.head, *heads.last().expect("five"));
        assert_eq!(verify(b"", None).head, Head::EMPTY);
    }

    #[test]
    fn a_line_reads_back_as_its_record_and_prev_is_the_sha256_of_the_bytes_before() {
        let (text, heads) = log(2);
        let lines: Vec<_> = text.lines().collect();
        let (second, head): (Record<String>, _) = record(2, lines[1]).expect("a record");
        assert_eq!(head, heads[1]);
        assert_eq!(second.events, ["việc 2"]);
        assert!(lines[1].ends_with(&format!("\"prev\":\"{}\"}}", Digest::of(lines[0].as_bytes()))));
        assert!(lines[0].ends_with(&format!("\"prev\":\"{}\"}}", "0".repeat(64))));
    }

    /// Four lines; words were taken out of the second, and the fifth says so.
    fn a_purged_log() -> (String, Vec<Head>) {
        let (text, mut heads) = log(4);
        let mut lines: Vec<_> = text.lines().map(ToOwned::to_owned).collect();
        let (left, purged) = purged(2, &lines[1], vec!["[đã xóa bỏ]".to_owned()]).expect("a line");
        assert_eq!((purged.rev, purged.was), (2, heads[1].digest));
        let (mut last, _): (Record<String>, _) = record(4, &lines[3]).expect("a record");
        last.rev = 5;
        let (line, head) = purging(heads[3], &last, &[purged]).expect("JSON");
        lines[1] = left;
        lines.push(line);
        heads.push(head);
        (lines.iter().map(|line| format!("{line}\n")).collect(), heads)
    }

    #[test]
    fn a_purged_line_stands_under_its_first_digest_and_only_with_the_record_of_it() {
        let (text, heads) = a_purged_log();
        let verified = verify(text.as_bytes(), heads.last().copied());
        assert_eq!(
            (&verified.damage, left(&verified.lines), verified.head),
            (&None, vec![(2, Some(5))], heads[4])
        );
        let (second, head): (Record<String>, _) = record(2, verified.lines[1]).expect("a record");
        assert_eq!((second.events, head), (vec!["[đã xóa bỏ]".to_owned()], heads[1]));
        let without: String = text.lines().take(4).map(|line| format!("{line}\n")).collect();
        assert_eq!(verify(without.as_bytes(), Some(heads[3])).damage.map(|damage| damage.line), Some(2));
    }

    /// Every single changed byte, in every place, is found; in the last line thanks to the kept head.
    #[test]
    fn every_changed_byte_is_found_and_its_line_is_named() {
        let (text, heads) = log(4);
        every_changed_byte(&text, heads.last().copied(), |line, named| assert_eq!(line, named));
        // Where the record of the purge cannot be read any more, nothing vouches for the line that it names.
        let (text, heads) = a_purged_log();
        every_changed_byte(&text, heads.last().copied(), |line, named| {
            assert!(named == line || (line >= 4 && named == 2), "{named} is named for {line}");
        });
    }

    fn every_changed_byte(text: &str, kept: Option<Head>, check: impl Fn(Rev, Rev)) {
        for place in 0..text.len() {
            let mut bytes = text.to_owned().into_bytes();
            let line =
                1 + u32::try_from(bytes[..place].iter().filter(|byte| **byte == b'\n').count()).expect("few");
            bytes[place] ^= 1;
            let damage = verify(&bytes, kept).damage.unwrap_or_else(|| panic!("byte {place} of {line}"));
            check(line, damage.line);
        }
    }

    #[test]
    fn lines_added_removed_swapped_or_cut_are_found() {
        let (text, heads) = log(4);
        let lines: Vec<_> = text.lines().collect();
        let kept = heads.last().copied();
        let damage = |order: &[usize]| {
            let text: String = order.iter().map(|i| format!("{}\n", lines[*i])).collect();
            verify(text.as_bytes(), kept).damage.map(|damage| damage.line)
        };
        assert_eq!(damage(&[0, 1, 2, 3]), None);
        assert_eq!(damage(&[0, 2, 3]), Some(2));
        assert_eq!(damage(&[0, 1, 1, 2, 3]), Some(3));
        assert_eq!(damage(&[0, 2, 1, 3]), Some(2));
        assert_eq!(damage(&[1, 2, 3]), Some(1));
        assert_eq!(damage(&[0, 1, 2]), Some(4), "a cut tail shows against the kept head");
        let unfinished = &text[..text.len() - 3];
        assert_eq!(verify(unfinished.as_bytes(), None).damage.map(|damage| damage.line), Some(4));
    }
}
