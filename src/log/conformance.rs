//! What every `Log` promises, run against each of them.

use super::chain;
use super::file::FileLog;
use super::given::record;
use super::memory::MemoryLog;
use super::{AppendError, Head, Log, Stream};
use crate::domain::ids::{Digest, IncidentId, Rev};
use std::fs;
use std::path::PathBuf;

fn stream() -> Stream {
    Stream::Incident(IncidentId::new("su-co-1").expect("an id"))
}

fn line(head: Head, what: &str) -> (String, Head) {
    chain::line(head, &record(head.rev + 1, what)).expect("JSON")
}

async fn append(log: &dyn Log, mut head: Head, what: &[&str]) -> Result<Head, AppendError> {
    let expected = head;
    let mut lines = vec![];
    for what in what {
        let (line, next) = line(head, what);
        lines.push(line);
        head = next;
    }
    log.append(&stream(), expected, lines, head).await.map(|()| head)
}

async fn promises(log: &dyn Log) {
    // An empty log reads as empty.
    assert!(log.read(&stream(), 0).await.expect("readable").lines.is_empty());
    // What was appended is read back, byte for byte, from anywhere.
    let one = append(log, Head::EMPTY, &["một"]).await.expect("appended");
    let three = append(log, one, &["hai", "ba"]).await.expect("appended");
    let read = |after: Rev| async move { log.read(&stream(), after).await.expect("readable").lines };
    assert_eq!(read(0).await.len(), 3);
    assert_eq!(read(0).await[2], line(line(one, "hai").1, "ba").0);
    assert_eq!(read(2).await.len(), 1);
    assert_eq!(read(3).await.len(), 0);
    // Who expects an older head, or another one, appends nothing and learns the real one.
    for stale in [Head::EMPTY, one, Head { rev: 3, digest: Digest::of(b"another") }] {
        let refused = append(log, stale, &["bốn"]).await;
        assert_eq!(refused, Err(AppendError::Conflict { head: three }));
    }
    assert_eq!(read(0).await.len(), 3);
    // Streams do not mix, and are listed.
    let other = Stream::Incident(IncidentId::new("su-co-2").expect("an id"));
    let (first, head) = line(Head::EMPTY, "khác");
    log.append(&other, Head::EMPTY, vec![first], head).await.expect("appended");
    assert_eq!(log.incidents().await.expect("readable").len(), 2);
    assert_eq!(read(0).await.len(), 3);
    // A purge leaves a line in place of another and appends its record, at once or not at all.
    let (left, record, four) = a_purge(three, &read(0).await[1]);
    let stale = log.purge(&stream(), one, vec![(2, left.clone())], record.clone(), four).await;
    assert_eq!(stale, Err(AppendError::Conflict { head: three }));
    assert!(read(0).await[1].contains("hai"));
    log.purge(&stream(), three, vec![(2, left.clone())], record.clone(), four).await.expect("purged");
    assert_eq!(read(0).await[1..], [left, line(line(one, "hai").1, "ba").0, record]);
    append(log, four, &["năm"]).await.expect("the log goes on");
}

/// The line that is left in place of the second, and the record of it after `head`.
fn a_purge(head: Head, second: &str) -> (String, String, Head) {
    let (left, purged) = chain::purged(2, second, vec!["—".to_owned()]).expect("a line");
    let record = record(head.rev + 1, "biên bản");
    let (line, head) = chain::purging(head, &record, &[purged]).expect("JSON");
    (left, line, head)
}

#[tokio::test]
async fn memory_keeps_the_promises() {
    promises(&MemoryLog::default()).await;
}

#[tokio::test]
async fn files_keep_the_promises_and_keep_them_over_a_restart() {
    let dir = tempfile::tempdir().expect("a directory");
    promises(&FileLog::open(dir.path()).expect("openable")).await;
    let log = FileLog::open(dir.path()).expect("openable again");
    assert_eq!(log.read(&stream(), 0).await.expect("readable").lines.len(), 5);
}

#[tokio::test]
async fn what_is_purged_is_in_no_file_and_a_purge_that_was_cut_off_left_nothing() {
    let (dir, head) = three_lines().await;
    let log = FileLog::open(dir.path()).expect("openable");
    let lines = log.read(&stream(), 0).await.expect("readable").lines;
    let (left, record, four) = a_purge(head, &lines[1]);
    // What an earlier start set aside, and what a purge that was cut off left behind.
    let whole = fs::read(file(&dir)).expect("readable").len();
    fs::write(file(&dir).with_extension(format!("cut-at-{whole}")), "{\"hai\"").expect("writable");
    fs::write(file(&dir).with_extension("unfinished"), "hai").expect("writable");
    log.purge(&stream(), head, vec![(2, left)], record, four).await.expect("purged");
    for found in fs::read_dir(dir.path().join("incidents")).expect("readable") {
        let path = found.expect("a file").path();
        assert!(!fs::read_to_string(&path).expect("text").contains("hai"), "{}", path.display());
    }
    drop(log);
    fs::write(file(&dir).with_extension("unfinished"), "hai").expect("writable");
    let log = FileLog::open(dir.path()).expect("openable again");
    let reading = log.read(&stream(), 0).await.expect("readable");
    assert_eq!((reading.lines.len(), reading.damage), (4, None));
    assert!(!file(&dir).with_extension("unfinished").exists());
    append(&log, four, &["năm"]).await.expect("appended");
}

fn file(dir: &tempfile::TempDir) -> PathBuf {
    FileLog::path(dir.path(), &stream())
}

async fn three_lines() -> (tempfile::TempDir, Head) {
    let dir = tempfile::tempdir().expect("a directory");
    let log = FileLog::open(dir.path()).expect("openable");
    let head = append(&log, Head::EMPTY, &["một", "hai", "ba"]).await.expect("appended");
    (dir, head)
}

#[tokio::test]
async fn a_directory_is_held_by_one_process() {
    let dir = tempfile::tempdir().expect("a directory");
    let _held = FileLog::open(dir.path()).expect("openable");
    assert!(FileLog::open(dir.path()).is_err());
}

#[tokio::test]
async fn an_unfinished_last_line_is_set_aside_and_writing_goes_on() {
    let (dir, head) = three_lines().await;
    let mut bytes = fs::read(file(&dir)).expect("readable");
    let whole = bytes.len();
    bytes.extend_from_slice("{\"rev\":4,\"at\"".as_bytes());
    fs::write(file(&dir), &bytes).expect("writable");
    let log = FileLog::open(dir.path()).expect("openable");
    let reading = log.read(&stream(), 0).await.expect("readable");
    assert_eq!((reading.lines.len(), reading.damage), (3, None));
    let aside = file(&dir).with_extension(format!("cut-at-{whole}"));
    assert_eq!(fs::read(aside).expect("kept").len(), 13);
    append(&log, head, &["bốn"]).await.expect("appended");
    assert_eq!(log.read(&stream(), 0).await.expect("readable").lines.len(), 4);
}

#[tokio::test]
async fn a_cut_tail_shows_against_the_head_and_shuts_the_log() {
    let (dir, _) = three_lines().await;
    let text = fs::read_to_string(file(&dir)).expect("readable");
    let two: String = text.lines().take(2).map(|line| format!("{line}\n")).collect();
    fs::write(file(&dir), &two).expect("writable");
    let log = FileLog::open(dir.path()).expect("openable");
    let reading = log.read(&stream(), 0).await.expect("readable");
    assert_eq!(reading.lines.len(), 2);
    assert_eq!(reading.damage.expect("seen").line, 3);
    let head = line(line(Head::EMPTY, "một").1, "hai").1;
    assert!(matches!(append(&log, head, &["khác"]).await, Err(AppendError::Failed(_))));
    assert_eq!(fs::read_to_string(file(&dir)).expect("readable"), two, "nothing was repaired in silence");
}

#[tokio::test]
async fn damage_in_the_middle_names_the_line_and_shuts_the_log() {
    let (dir, head) = three_lines().await;
    let text = fs::read_to_string(file(&dir)).expect("readable").replace("hai", "HAI");
    fs::write(file(&dir), text).expect("writable");
    let log = FileLog::open(dir.path()).expect("openable");
    let reading = log.read(&stream(), 0).await.expect("readable");
    assert_eq!(reading.damage.expect("seen").line, 2);
    assert!(matches!(append(&log, head, &["bốn"]).await, Err(AppendError::Failed(_))));
}

#[tokio::test]
async fn a_log_that_vanished_is_not_a_new_one() {
    let (dir, _) = three_lines().await;
    fs::remove_file(file(&dir)).expect("removable");
    let log = FileLog::open(dir.path()).expect("openable");
    assert!(log.read(&stream(), 0).await.expect("readable").damage.is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_reads_while_another_appends_never_sees_damage() {
    let dir = tempfile::tempdir().expect("a directory");
    let log = std::sync::Arc::new(FileLog::open(dir.path()).expect("openable"));
    let writer = log.clone();
    let writing = tokio::spawn(async move {
        let mut head = Head::EMPTY;
        for n in 0..400 {
            head = append(writer.as_ref(), head, &[&n.to_string()]).await.expect("appended");
        }
    });
    let mut seen = 0;
    while !writing.is_finished() {
        let reading = log.read(&stream(), 0).await.expect("readable");
        assert_eq!(reading.damage, None);
        assert!(reading.lines.len() >= seen);
        seen = reading.lines.len();
        let (kept, bytes) = FileLog::stored(&file(&dir)).unwrap_or_default();
        assert_eq!(chain::verify(chain::split(&bytes).0, kept).damage, None);
    }
    writing.await.expect("no panic");
}
