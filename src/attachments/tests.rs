//! What lies in the folder of attachments, through starts, cuts and changes behind our back.

use super::*;
use crate::domain::ids::{IncidentId, PersonId};
use crate::domain::refusal::{Files, Refusal};
use futures_util::stream;
use hyper::body::Bytes;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR and so on";

fn of(bytes: &[u8], person: &str) -> Sending {
    let (incident, person) = (IncidentId::new("i").expect("an id"), PersonId::new(person).expect("an id"));
    Sending { incident, person, digest: Digest::of(bytes), size: u32::try_from(bytes.len()).expect("short") }
}

/// Pieces that come, and then perhaps a cut.
fn coming(pieces: &[&[u8]], cut: bool) -> impl futures_util::Stream<Item = Result<Bytes, ()>> + Send + Unpin {
    let pieces = pieces.iter().map(|piece| Ok(Bytes::copy_from_slice(piece)));
    stream::iter(pieces.chain(cut.then_some(Err(()))).collect::<Vec<_>>())
}

async fn sent(files: &Attachments, sending: &Sending, bytes: &[u8]) -> Result<Appended, Trouble> {
    files.begin(sending.clone()).await?;
    files.append(sending, 0, coming(&[bytes], false)).await
}

fn contents(dir: &Path) -> Vec<String> {
    let files = fs::read_dir(dir.join("attachments")).expect("readable").map(|file| file.expect("a file"));
    let files = files.filter(|file| file.path().is_file());
    files.map(|file| file.file_name().into_string().expect("a name")).collect()
}

#[tokio::test]
async fn what_was_cut_off_goes_on_where_it_was_also_after_a_start() {
    let dir = tempfile::tempdir().expect("a directory");
    let files = Attachments::open(dir.path()).expect("openable");
    let sending = of(PNG, "a");
    assert_eq!(files.begin(sending.clone()).await.expect("begun"), 0);
    let cut = files.append(&sending, 0, coming(&[&PNG[..5], &PNG[5..9]], true)).await;
    assert!(matches!(cut, Ok(Appended::More(9))), "{cut:?}");
    let wrong = files.append(&sending, 5, coming(&[&PNG[5..]], false)).await;
    assert!(matches!(wrong, Err(Trouble::Offset(9))), "{wrong:?}");
    assert_eq!(files.begin(sending.clone()).await.expect("known"), 9);
    assert_eq!(files.begin(of(PNG, "b")).await.expect("another's"), 0, "what one sent is nothing to another");
    drop(files);
    let files = Attachments::open(dir.path()).expect("openable");
    assert!(files.received(&sending).await.expect("readable").is_none() && contents(dir.path()).is_empty());
    assert_eq!(files.begin(sending.clone()).await.expect("known"), 9);
    let whole = files.append(&sending, 9, coming(&[&PNG[9..]], false)).await;
    assert!(
        matches!(&whole, Ok(Appended::Whole(kept, kind)) if kept.digest == sending.digest && kind.media == "image/png")
    );
    assert_eq!(contents(dir.path()), [sending.digest.to_string()]);
    assert!(files.received(&sending).await.expect("readable").is_some());
    assert!(files.received(&of(PNG, "b")).await.expect("readable").is_none(), "a digest alone opens nothing");
    let none = files.append(&sending, 0, coming(&[PNG], false)).await;
    assert!(matches!(none, Err(Trouble::Gone)), "{none:?}");
}

#[tokio::test]
async fn the_same_content_is_one_file_and_what_is_not_what_was_said_is_none() {
    let dir = tempfile::tempdir().expect("a directory");
    let files = Attachments::open(dir.path()).expect("openable");
    for person in ["a", "b"] {
        assert!(matches!(sent(&files, &of(PNG, person), PNG).await, Ok(Appended::Whole(..))));
        assert_eq!(contents(dir.path()).len(), 1);
    }
    let mut lied = of(b"%PDF-1.7", "a");
    assert!(matches!(sent(&files, &lied, b"%PDF-1.6").await, Err(Trouble::WrongDigest)));
    assert!(matches!(sent(&files, &lied, b"%PDF-1.7 ").await, Err(Trouble::TooLong)));
    assert_eq!(
        files.begin(lied.clone()).await.expect("still there"),
        0,
        "nothing of a piece that was too long"
    );
    files.forget(&lied).await;
    assert!(matches!(files.append(&lied, 0, coming(&[], false)).await, Err(Trouble::Gone)));
    for (bytes, why) in [(b"<svg/>".to_vec(), Files::Svg), (b"MZ\x90\0".to_vec(), Files::Program)] {
        lied = of(&bytes, "a");
        let refused = sent(&files, &lied, &bytes).await;
        assert!(matches!(refused, Err(Trouble::Refused(Refusal::Files(found))) if found == why));
    }
    // Words that stop being words behind what was seen first.
    let odd = [b"chu ".repeat(2_000), b"\0".to_vec()].concat();
    let refused = sent(&files, &of(&odd, "a"), &odd).await;
    assert!(matches!(refused, Err(Trouble::Refused(Refusal::Files(Files::UnknownType)))), "{refused:?}");
    assert_eq!(fs::read_dir(dir.path().join("attachments/unfinished")).expect("readable").count(), 0);
}

/// A photograph of 80 MB is refused at its first bytes.
#[tokio::test]
async fn what_is_too_large_for_its_kind_is_refused_at_once() {
    let dir = tempfile::tempdir().expect("a directory");
    let files = Attachments::open(dir.path()).expect("openable");
    let photo = Sending { size: 80_000_000, ..of(PNG, "a") };
    files.begin(photo.clone()).await.expect("a film may be so large");
    let first = [PNG, &[0; 5_000]].concat();
    let refused = files.append(&photo, 0, coming(&[&first], true)).await;
    assert!(
        matches!(refused, Err(Trouble::Refused(Refusal::Files(Files::FileTooLarge { max: 50, .. })))),
        "{refused:?}"
    );
}

#[tokio::test]
async fn nobody_has_more_on_the_way_than_may_be() {
    let dir = tempfile::tempdir().expect("a directory");
    let files = Attachments::open(dir.path()).expect("openable");
    let begin = async |number: usize, person: &str, size: u32| {
        files.begin(Sending { size, ..of(format!("{number}").as_bytes(), person) }).await
    };
    for number in 0..4 {
        begin(number, "a", 500_000_000).await.expect("fits");
    }
    assert!(matches!(begin(4, "a", 1).await, Err(Trouble::Quota)));
    begin(0, "a", 500_000_000).await.expect("what was begun goes on");
    for number in 0..sending::PERSON_FILES_MAX {
        begin(number, "b", 10).await.expect("another's");
    }
    assert!(matches!(begin(99, "b", 10).await, Err(Trouble::Quota)));
}

#[tokio::test]
async fn a_file_that_changed_behind_our_back_is_none() {
    let dir = tempfile::tempdir().expect("a directory");
    let folder = dir.path().join("attachments");
    fs::create_dir_all(&folder).expect("a folder");
    let (digest, size) = (Digest::of(PNG), u32::try_from(PNG.len()).expect("short"));
    // Kept by an older version, which noted nothing beside it.
    let path = folder.join(digest.to_string());
    fs::write(&path, PNG).expect("writable");
    fs::write(folder.join(format!("{UNFINISHED}1")), b"half").expect("writable");
    let files = Attachments::open(dir.path()).expect("openable");
    assert_eq!(contents(dir.path()).len(), 1, "what was never acknowledged is gone");
    let kept = files.find(digest, size).await.expect("readable").expect("there");
    assert_eq!(kept.kind.map(|kind| kind.media), Some("image/png"));
    assert!(files.find(digest, size + 1).await.expect("readable").is_none());
    assert!(files.find(Digest::of(b"x"), 1).await.expect("readable").is_none());
    let note = folder.join("verified").join(digest.to_string());
    assert!(note.exists(), "read whole once");
    // The kernel's clock of the last change goes in steps, so the note is made of another moment here.
    let noted = fs::read_to_string(&note).expect("readable").replacen(
        "\"changed_seconds\":",
        "\"changed_seconds\":1",
        1,
    );
    fs::write(&note, noted).expect("writable");
    let mut changed = PNG.to_vec();
    changed[10] ^= 1;
    fs::write(&path, &changed).expect("writable");
    assert!(files.find(digest, size).await.expect("readable").is_none(), "another content");
    fs::write(&path, PNG).expect("writable");
    assert!(files.find(digest, size).await.expect("readable").is_some(), "and whole again");
}
