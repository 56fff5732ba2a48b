//! Is this log what it was? The chain and the checkpoints together say up to where it certainly is, which line is not, and
//! what nobody can judge. Pure; used when a room opens, by `verify`, and for archives. A second verifier does the same
//! from the description in `archive/FORMAT.md`, and both are held to agree.

use super::{Cause, PublicKey, Signed};
use crate::domain::ids::{Digest, Rev};
use crate::log::{Head, chain};
use jiff::Timestamp;
use serde::Serialize;
use std::fmt;

/// What a log is held against.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Which log it is, as checkpoints name it; any when nobody knows.
    pub stream: Option<String>,
    /// The head kept beside it.
    pub kept: Option<Head>,
    /// The checkpoints, in the order in which they were given; of those that are none, why.
    pub checkpoints: Vec<Result<Signed, String>>,
    /// For each of them, whether a time stamp of it is there.
    pub stamped: Vec<bool>,
    /// The keys that are trusted.
    pub keys: Vec<PublicKey>,
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// No line was changed, as far as it can be known: up to the newest checkpoint for certain.
    Intact,
    /// A line was changed, added, taken out of the middle, or cannot be read.
    Changed,
    /// The log ends before lines that it once had.
    Missing,
}

/// What became of one checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// The log has this digest at this line.
    Holds,
    /// It has another one.
    Differs,
    /// It ends before.
    Missing,
    /// It is broken before that line.
    NotJudged,
    /// Nobody here trusts the key that it names.
    UnknownKey,
    /// It names a key that is trusted, which did not sign it.
    BadSignature,
    /// It is of another log.
    OtherStream,
    /// It is no checkpoint.
    Unreadable,
}

impl Finding {
    /// The checkpoint itself is not to be trusted, whatever the log is.
    pub fn is_untrusted(self) -> bool {
        matches!(self, Self::UnknownKey | Self::BadSignature | Self::Unreadable)
    }

    fn words(self) -> &'static str {
        match self {
            Self::Holds => "khớp",
            Self::Differs => "KHÔNG KHỚP",
            Self::Missing => "nhật ký không còn dòng này",
            Self::NotJudged => "nhật ký hỏng trước dòng này nên chưa đối chiếu được",
            Self::UnknownKey => "ký bằng KHÓA KHÔNG BIẾT",
            Self::BadSignature => "CHỮ KÝ SAI",
            Self::OtherStream => "của một nhật ký khác",
            Self::Unreadable => "không đọc được",
        }
    }
}

/// A checkpoint and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Its line; 0 when it cannot be read.
    pub rev: Rev,
    /// What became of it.
    pub finding: Finding,
}

/// The newest checkpoint that holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sealed {
    /// Its line: this one and all before it are what they were then.
    pub rev: Rev,
    /// When it was signed.
    pub at: Timestamp,
    /// Why.
    pub cause: &'static str,
    /// The id of its key.
    pub key: Digest,
    /// A time stamp of it is there.
    pub stamped: bool,
}

/// What can be said of a log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Judgement {
    /// What was found.
    pub verdict: Verdict,
    /// The first line that is changed or missing; 0 when none is.
    pub from: Rev,
    /// The last that may be: the same one when it is known exactly.
    pub to: Rev,
    /// Lines that stand.
    pub lines: Rev,
    /// The digest at which they end.
    pub head: Digest,
    /// The newest checkpoint that holds.
    pub sealed: Option<Sealed>,
    /// How many of the standing lines come after it: nobody can judge those.
    pub tail: Rev,
    /// How many standing lines were left in place of others by a purge.
    pub purged: usize,
    /// Which of them nothing vouches for but a record of a purge that comes after the newest checkpoint: that they were
    /// there is certain, what is left of them is not.
    pub loose: Vec<Rev>,
    /// Every checkpoint, in the order in which it was given.
    pub checkpoints: Vec<Checked>,
    /// Why it is not intact, in words.
    pub reason: Option<String>,
}

impl Judgement {
    /// Some checkpoint is not to be trusted.
    pub fn has_untrusted(&self) -> bool {
        self.checkpoints.iter().any(|checked| checked.finding.is_untrusted())
    }
}

/// Judges the bytes of a log.
pub fn judge(bytes: &[u8], evidence: &Evidence) -> Judgement {
    let verified = chain::verify(bytes, evidence.kept);
    let heads = heads(&verified.lines);
    let standing = verified.head.rev;
    // Only the head beside a log knows of lines after the last that are not there.
    let ends_whole = bytes.last().is_none_or(|byte| *byte == b'\n');
    let cut = verified.damage.as_ref().filter(|damage| ends_whole && damage.line > whole_lines(bytes));
    let cut = cut.and(evidence.kept).map(|kept| kept.rev);
    let broken = verified.damage.is_some() && cut.is_none();
    let finding = |signed: &Signed| {
        let Head { rev, digest } = signed.checkpoint.head;
        let known = evidence.keys.iter().find(|key| key.id() == signed.checkpoint.key);
        match (known, heads.get(rev as usize)) {
            (None, _) => Finding::UnknownKey,
            (Some(key), _) if !signed.is_signed_by(key) => Finding::BadSignature,
            _ if evidence.stream.as_ref().is_some_and(|stream| *stream != signed.checkpoint.stream) => {
                Finding::OtherStream
            }
            (_, Some(found)) if *found == digest => Finding::Holds,
            (_, Some(_)) => Finding::Differs,
            (_, None) if broken => Finding::NotJudged,
            (_, None) => Finding::Missing,
        }
    };
    let findings: Vec<_> =
        evidence.checkpoints.iter().map(|it| it.as_ref().map_or(Finding::Unreadable, finding)).collect();
    let rev = |it: &Result<Signed, String>| it.as_ref().map_or(0, |signed| signed.checkpoint.head.rev);
    let revs: Vec<_> = evidence.checkpoints.iter().map(rev).collect();
    let found = |wanted: Finding| {
        revs.iter().zip(&findings).filter(move |(_, finding)| **finding == wanted).map(|(rev, _)| *rev)
    };
    let mut judgement = Judgement {
        verdict: Verdict::Intact,
        from: 0,
        to: 0,
        lines: standing,
        head: verified.head.digest,
        sealed: None,
        tail: 0,
        purged: 0,
        loose: vec![],
        checkpoints: revs
            .iter()
            .zip(&findings)
            .map(|(rev, finding)| Checked { rev: *rev, finding: *finding })
            .collect(),
        reason: None,
    };
    let lost = found(Finding::Missing).max().max(cut);
    if let Some(differs) = found(Finding::Differs).min() {
        // Somewhere behind the last line of which a checkpoint still holds.
        let holds = found(Finding::Holds).filter(|rev| *rev < differs).max().unwrap_or(0);
        judgement.not(Verdict::Changed, holds + 1, differs);
        judgement.reason = Some(format!("điểm chốt ở dòng {differs} không khớp: nhật ký đã được viết lại"));
        judgement.lines = holds;
        judgement.head = heads.get(holds as usize).copied().unwrap_or(Digest::ZERO);
    } else if let Some(last) = lost {
        judgement.not(Verdict::Missing, standing + 1, last);
        judgement.reason = Some(format!("nhật ký bị cắt: đã từng có đến dòng {last}"));
    } else if let Some(damage) = verified.damage {
        judgement.not(Verdict::Changed, damage.line, damage.line);
        judgement.reason = Some(damage.reason);
    }
    let holding = evidence.checkpoints.iter().zip(&evidence.stamped).zip(&findings);
    let holding = holding.filter(|(_, finding)| **finding == Finding::Holds);
    let holding = holding.filter_map(|((signed, stamped), _)| Some((signed.as_ref().ok()?, *stamped)));
    let newest = holding
        .filter(|(signed, _)| signed.checkpoint.head.rev <= judgement.lines)
        .max_by_key(|(signed, stamped)| (signed.checkpoint.head.rev, *stamped, signed.checkpoint.at));
    judgement.sealed = newest.map(|(signed, stamped)| Sealed {
        rev: signed.checkpoint.head.rev,
        at: signed.checkpoint.at,
        cause: signed.checkpoint.cause.code(),
        key: signed.checkpoint.key,
        stamped,
    });
    let certain = judgement.sealed.as_ref().map_or(0, |sealed| sealed.rev);
    judgement.tail = judgement.lines - certain;
    let left: Vec<_> =
        chain::left(&verified.lines).into_iter().filter(|(rev, _)| *rev <= judgement.lines).collect();
    judgement.purged = left.len();
    let loose = left.iter().filter(|(_, by)| by.is_none_or(|by| by > certain));
    judgement.loose = loose.map(|(rev, _)| *rev).collect();
    judgement
}

impl Judgement {
    fn not(&mut self, verdict: Verdict, from: Rev, to: Rev) {
        (self.verdict, self.from, self.to) = (verdict, from, to);
    }
}

fn whole_lines(bytes: &[u8]) -> Rev {
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
    Rev::try_from(lines).unwrap_or(Rev::MAX)
}

/// The digest at each line that stands, the one before the first included.
fn heads(lines: &[&str]) -> Vec<Digest> {
    let mut heads = vec![Digest::ZERO];
    heads.extend(lines.iter().map(|line| chain::digest_of(line.as_bytes())));
    heads
}

/// What is said to a person: one sentence on the log, then what is known up to where, then each checkpoint that is not
/// as it should be.
impl fmt::Display for Judgement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = self.reason.as_deref().unwrap_or_default();
        match self.verdict {
            Verdict::Intact => {
                writeln!(f, "Nguyên vẹn: {} dòng, mã băm dòng cuối {}", self.lines, self.head)?;
            }
            Verdict::Changed if self.from == self.to => {
                writeln!(f, "KHÔNG NGUYÊN VẸN: dòng {}: {reason}", self.from)?;
            }
            Verdict::Changed => {
                writeln!(f, "KHÔNG NGUYÊN VẸN: trong các dòng {}–{}: {reason}", self.from, self.to)?;
            }
            Verdict::Missing => {
                writeln!(f, "KHÔNG NGUYÊN VẸN: thiếu dòng {}–{}: {reason}", self.from, self.to)?;
            }
        }
        if self.purged > 0 {
            writeln!(f, "Trong đó {} dòng đã bị xóa bỏ nội dung, có biên bản trong nhật ký.", self.purged)?;
        }
        match &self.sealed {
            Some(Sealed { rev, at, cause, key, stamped }) => {
                let cause = Cause::from_code(cause).map_or("", Cause::title);
                let stamped = if *stamped { "có dấu thời gian" } else { "chưa có dấu thời gian" };
                let key = key.short();
                writeln!(
                    f,
                    "Chắc chắn đến dòng {rev}: điểm chốt ({cause}) ký bằng khóa {key} lúc {at}, {stamped}."
                )?;
            }
            None => writeln!(f, "Chưa có điểm chốt nào khớp với nhật ký này.")?,
        }
        if self.tail > 0 {
            let from = self.lines - self.tail + 1;
            writeln!(
                f,
                "Không kết luận được về dòng {from}–{}: chưa có điểm chốt nào sau đó; ai giữ máy chủ có thể viết lại hoặc cắt \
                 bớt phần này mà không để lại dấu.",
                self.lines
            )?;
        }
        if self.sealed.is_some() && self.tail == 0 && self.verdict == Verdict::Intact {
            writeln!(f, "Sau dòng {} từng có dòng nào nữa hay không thì không biết được ở đây.", self.lines)?;
        }
        let certain = self.sealed.as_ref().map_or(0, |sealed| sealed.rev);
        let loose: Vec<_> =
            self.loose.iter().filter(|rev| **rev <= certain).map(ToString::to_string).collect();
        if !loose.is_empty() {
            writeln!(
                f,
                "Phần còn lại của dòng {} (đã xóa bỏ nội dung) chỉ dựa vào biên bản xóa bỏ ở phần đuôi.",
                loose.join(", ")
            )?;
        }
        for (number, Checked { rev, finding }) in (1..).zip(&self.checkpoints) {
            if *finding != Finding::Holds {
                writeln!(f, "Điểm chốt thứ {number} (dòng {rev}): {}.", finding.words())?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "judge/tests.rs"]
mod tests;
