//! Cases of judging: what a checkpoint proves, and what is left open without one.

use super::super::{Key, Signed};
use super::*;
use crate::log::given::record;

/// A log of so many lines from line `from` on, after `head`, whose words are told apart by `words`.
fn on(head: Head, lines: u32, words: &str) -> (String, Vec<Head>) {
    let (mut text, mut head, mut heads) = (String::new(), head, vec![]);
    for rev in head.rev + 1..=head.rev + lines {
        let record = record(rev, &format!("{words} {rev}"));
        let (line, next) = chain::line(head, &record).expect("JSON");
        text.push_str(&line);
        text.push('\n');
        head = next;
        heads.push(head);
    }
    (text, heads)
}

fn key() -> Key {
    Key::from_seed(&[1; 32])
}

fn at(key: &Key, head: Head) -> Result<Signed, String> {
    Ok(Signed::new(key, "incidents/a".into(), head, Timestamp::UNIX_EPOCH, Cause::Interval))
}

fn against(checkpoints: Vec<Result<Signed, String>>) -> Evidence {
    let stamped = vec![false; checkpoints.len()];
    let stream = Some("incidents/a".into());
    Evidence { stream, kept: None, checkpoints, stamped, keys: vec![key().public()] }
}

fn said(judgement: &Judgement) -> (Verdict, Rev, Rev, Rev) {
    (judgement.verdict, judgement.from, judgement.to, judgement.tail)
}

#[test]
fn a_checkpoint_vouches_for_its_line_and_all_before_and_for_none_after() {
    let (text, heads) = on(Head::EMPTY, 5, "việc");
    let judged = judge(text.as_bytes(), &against(vec![at(&key(), heads[2])]));
    assert_eq!(said(&judged), (Verdict::Intact, 0, 0, 2));
    assert_eq!(judged.sealed.as_ref().map(|sealed| sealed.rev), Some(3));
    assert!(judged.to_string().contains("Không kết luận được về dòng 4–5"), "{judged}");
    let judged = judge(text.as_bytes(), &against(vec![]));
    assert_eq!(said(&judged), (Verdict::Intact, 0, 0, 5));
    assert!(judged.to_string().contains("Không kết luận được về dòng 1–5"), "{judged}");
}

#[test]
fn a_log_that_was_written_anew_shows_between_two_checkpoints() {
    let (text, heads) = on(Head::EMPTY, 3, "việc");
    let (old, after) = on(heads[2], 3, "việc");
    let (new, _) = on(heads[2], 3, "khác");
    let checkpoints = vec![at(&key(), heads[1]), at(&key(), after[1])];
    let judged = judge((text.clone() + &old).as_bytes(), &against(checkpoints.clone()));
    assert_eq!(said(&judged), (Verdict::Intact, 0, 0, 1));
    let judged = judge((text.clone() + &new).as_bytes(), &against(checkpoints));
    assert_eq!(said(&judged), (Verdict::Changed, 3, 5, 0));
    // Without a checkpoint after the change it cannot be known, and that is what is said.
    let judged = judge((text + &new).as_bytes(), &against(vec![at(&key(), heads[1])]));
    assert_eq!(said(&judged), (Verdict::Intact, 0, 0, 4));
}

#[test]
fn a_cut_log_shows_against_a_checkpoint_or_the_head() {
    let (text, heads) = on(Head::EMPTY, 5, "việc");
    let cut: String = text.lines().take(3).map(|line| format!("{line}\n")).collect();
    let judged = judge(cut.as_bytes(), &against(vec![at(&key(), heads[1]), at(&key(), heads[4])]));
    assert_eq!(said(&judged), (Verdict::Missing, 4, 5, 1));
    let evidence = Evidence { kept: Some(heads[3]), ..against(vec![at(&key(), heads[4])]) };
    let judged = judge(cut.as_bytes(), &evidence);
    assert_eq!(said(&judged), (Verdict::Missing, 4, 5, 3));
    assert_eq!(judge(b"", &evidence).verdict, Verdict::Missing);
}

#[test]
fn a_checkpoint_that_nobody_vouches_for_counts_for_nothing() {
    let (text, heads) = on(Head::EMPTY, 3, "việc");
    let other = Key::from_seed(&[2; 32]);
    let mut forged = at(&key(), heads[1]).expect("signed");
    forged.checkpoint.head = heads[2];
    let elsewhere = Signed::new(&key(), "incidents/b".into(), heads[2], Timestamp::UNIX_EPOCH, Cause::Close);
    let checkpoints = vec![
        at(&other, heads[2]),
        Ok(forged),
        Ok(elsewhere),
        Err("không đọc được".into()),
        at(&key(), heads[0]),
    ];
    let judged = judge(text.as_bytes(), &against(checkpoints));
    let findings: Vec<_> = judged.checkpoints.iter().map(|it| it.finding).collect();
    use Finding::{BadSignature, Holds, OtherStream, UnknownKey, Unreadable};
    assert_eq!(findings, [UnknownKey, BadSignature, OtherStream, Unreadable, Holds]);
    assert_eq!((said(&judged), judged.has_untrusted()), ((Verdict::Intact, 0, 0, 2), true));
}

#[test]
fn a_changed_line_is_named_whatever_comes_after_it() {
    let (text, heads) = on(Head::EMPTY, 5, "việc");
    let changed = text.replacen("việc 3", "việc 8", 1);
    let judged = judge(changed.as_bytes(), &against(vec![at(&key(), heads[0]), at(&key(), heads[4])]));
    assert_eq!(said(&judged), (Verdict::Changed, 3, 3, 1));
    assert_eq!(judged.checkpoints[1].finding, Finding::NotJudged);
    assert!(judged.to_string().contains("dòng 3:"), "{judged}");
}
