//! Cases of archives that need no server: many files, the same bytes twice, every kind of tampering.

use super::read::Fault;
use super::*;
use crate::checkpoint::{Cause, Folder, Key};
use crate::domain::ids::Digest;
use crate::export::given;
use crate::log::{Head, chain};
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::Path;

/// What somebody does to the files of an archive.
type Change<'a> = dyn Fn(&mut BTreeMap<String, Vec<u8>>) + 'a;

fn key() -> Key {
    Key::from_seed(&[5; 32])
}

fn whole() -> Whole {
    let (mut head, mut lines) = (Head::EMPTY, vec![]);
    for record in given::an_exercise().records {
        let (line, next) = chain::line(head, &record).expect("JSON");
        lines.push(line);
        head = next;
    }
    Whole::read(lines).expect("a record")
}

/// An archive's material with so many attachments.
fn material(dir: &Path, files: usize) -> Material {
    let (whole, key) = (whole(), key());
    let id = IncidentId::new("dien-tap").expect("an id");
    let folder = Folder::open(&dir.join("checkpoints"), &key.public()).expect("made");
    let stream = Stream::Incident(id.clone());
    if folder.of(&stream).expect("readable").is_empty() {
        folder.add(&key, &stream, whole.head, Cause::Export).expect("written");
    }
    let mut kept = BTreeMap::new();
    for number in 0..files {
        let bytes = format!("Ảnh hiện trường giả định số {number}");
        let digest = Digest::of(bytes.as_bytes());
        let path = dir.join(digest.to_string());
        fs::write(&path, &bytes).expect("writable");
        let size = u32::try_from(bytes.len()).expect("small");
        let file = Attachment { digest, name: format!("anh-{number}.txt"), size, media: "text/plain".into() };
        kept.insert(digest, (file, Some(path)));
    }
    Material::new(id, whole, &folder, kept, "Người Thử".into()).expect("sealed")
}

fn written(dir: &Path, name: &str, material: &Material) -> PathBuf {
    let path = dir.join(name);
    let file = File::create(&path).expect("writable");
    write(material, &key(), &file, |_, _| {}).expect("written");
    path
}

#[test]
fn a_thousand_attachments_are_sealed_and_the_same_gives_the_same_bytes() {
    let dir = tempfile::tempdir().expect("a directory");
    let material = material(dir.path(), 1_000);
    let first = written(dir.path(), "a.zip", &material);
    let found = verify(&first, Some(&[key().public()])).expect("readable");
    assert!(found.is_whole() && !found.has_untrusted(), "{found}");
    assert!(found.files > 1_000, "{found}");
    let log = found.log.expect("judged");
    assert_eq!((log.tail, log.lines), (0, material.whole.head.rev));
    let second = written(dir.path(), "b.zip", &material);
    assert!(fs::read(&first).expect("readable") == fs::read(second).expect("readable"));
    let other = verify(&first, Some(&[Key::from_seed(&[6; 32]).public()])).expect("readable");
    assert_eq!((other.is_whole(), other.seal), (true, Some(Seal::UnknownKey)), "{other}");
}

#[test]
fn one_that_names_a_changed_file_is_none() {
    let dir = tempfile::tempdir().expect("a directory");
    let material = material(dir.path(), 3);
    let file = File::create(dir.path().join("c.zip")).expect("writable");
    let (digest, (_, path)) = material.files.iter().next().expect("three");
    fs::write(path.as_ref().expect("there"), "khác").expect("writable");
    let changed = write(&material, &key(), &file, |_, _| {});
    assert!(matches!(changed, Err(Trouble::Attachment(found)) if found == *digest), "{changed:?}");
}

/// The archive with its entries changed, the list made to fit where `relist` is set, and signed anew with a key.
fn tampered(from: &Path, to: &Path, change: impl Fn(&mut BTreeMap<String, Vec<u8>>), relist: Option<&Key>) {
    let mut zip = zip::ZipArchive::new(File::open(from).expect("there")).expect("a ZIP");
    let names: Vec<_> = zip.file_names().map(|name| name.expect("a name").into_owned()).collect();
    let mut entries = BTreeMap::new();
    for name in names {
        let mut bytes = vec![];
        zip.by_name(&name).expect("there").read_to_end(&mut bytes).expect("readable");
        entries.insert(name, bytes);
    }
    change(&mut entries);
    if let Some(key) = relist {
        entries.retain(|name, _| !name.starts_with(MANIFEST));
        let lines = entries.iter().map(|(name, bytes)| format!("{}  {name}\n", Digest::of(bytes)));
        let manifest: String = lines.collect();
        entries.insert(SIGNATURE.into(), key.sign(manifest.as_bytes()).to_vec());
        entries.insert(MANIFEST.into(), manifest.into_bytes());
    }
    let mut zip = zip::ZipWriter::new(File::create(to).expect("writable"));
    for (name, bytes) in entries {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("begun");
        zip.write_all(&bytes).expect("written");
    }
    zip.finish().expect("whole");
}

/// What both verifiers say; the second one's answer without the words is held against ours.
fn both(path: &Path) -> Found {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/src/archive/verify.py");
    let trusted = path.with_extension("pem");
    fs::write(&trusted, key().public().pem()).expect("writable");
    let mut python = std::process::Command::new("python3");
    python.arg("-B").arg(script).arg(path).arg("--key").arg(&trusted).arg("--json");
    let out = python.output().expect("python3 is part of Debian");
    let second: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap_or_else(|error| {
        panic!("{error}: {} {}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr))
    });
    let found = verify(path, Some(&[key().public()])).expect("readable");
    let mut first = serde_json::to_value(&found).expect("JSON");
    if let Some(log) = first["log"].as_object_mut() {
        log.remove("reason");
    }
    assert_eq!(first, second, "{}", path.display());
    let code = if !found.is_whole() {
        1
    } else if found.has_untrusted() {
        3
    } else {
        0
    };
    assert_eq!(out.status.code(), Some(code));
    found
}

#[test]
fn both_verifiers_name_what_is_wrong_with_an_archive_and_agree() {
    let dir = tempfile::tempdir().expect("a directory");
    let good = written(dir.path(), "good.zip", &material(dir.path(), 4));
    let found = both(&good);
    assert!(found.is_whole() && !found.has_untrusted(), "{found}");
    let changed = dir.path().join("changed.zip");
    let about = |change: &Change<'_>, relist: Option<&Key>| {
        tampered(&good, &changed, change, relist);
        let found = both(&changed);
        let problems: Vec<_> = found.problems.iter().map(|it| (it.file.clone(), it.problem)).collect();
        (problems, found.seal, found.is_whole())
    };
    type Entries = BTreeMap<String, Vec<u8>>;
    let named = |entries: &Entries, begin: &str| {
        entries.keys().find(|name| name.starts_with(begin)).expect("there").clone()
    };
    let edit = |entries: &mut Entries| {
        let name = named(entries, "statements/");
        entries.get_mut(&name).expect("there").push(b'!');
    };
    let (problems, seal, _) = about(&edit, None);
    assert_eq!((problems[0].1, seal), (Fault::Changed, Some(Seal::Holds)));
    // With a list that fits, the name tells, and the key is not the server's.
    let own = Key::from_seed(&[9; 32]);
    let (problems, seal, _) = about(&edit, Some(&own));
    assert_eq!((problems[0].1, seal), (Fault::Misnamed, Some(Seal::BadSignature)));
    let with_key = |entries: &mut Entries| {
        entries.insert("keys/khac.pem".into(), own.public().pem().into_bytes());
        entries.insert("exports/them.txt".into(), b"them".to_vec());
    };
    assert_eq!(about(&with_key, Some(&own)), (vec![], Some(Seal::UnknownKey), true));
    let added = |entries: &mut Entries| drop(entries.insert("exports/them.txt".into(), vec![]));
    assert_eq!(about(&added, None).0, [("exports/them.txt".to_owned(), Fault::Unlisted)]);
    let removed = |entries: &mut Entries| {
        let name = named(entries, "attachments/");
        entries.remove(&name);
    };
    assert_eq!(about(&removed, None).0[0].1, Fault::Missing);
    let cut_log = |entries: &mut Entries| {
        let log = entries.get_mut("log/dien-tap.jsonl").expect("there");
        let lines = log.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(place, _)| place);
        let end = lines.rev().nth(1).expect("several lines") + 1;
        log.truncate(end);
    };
    let (problems, _, whole) = about(&cut_log, Some(&key()));
    assert!(!whole && problems == [(ABOUT.to_owned(), Fault::OtherHead)], "{problems:?}");
    let no_list = |entries: &mut Entries| drop(entries.insert(MANIFEST.into(), b"nothing".to_vec()));
    assert!(about(&no_list, None).0.contains(&(MANIFEST.to_owned(), Fault::Unreadable)));
}

#[test]
fn an_archive_that_was_cut_short_is_refused_wherever_it_was_cut() {
    let dir = tempfile::tempdir().expect("a directory");
    let good = written(dir.path(), "good.zip", &material(dir.path(), 2));
    let bytes = fs::read(&good).expect("readable");
    let cut = dir.path().join("cut.zip");
    for part in [0, 1, bytes.len() / 3, bytes.len() / 2, bytes.len() - 30, bytes.len() - 1] {
        fs::write(&cut, &bytes[..part]).expect("writable");
        let found = both(&cut);
        assert_eq!(found.problems[0].problem, Fault::NotZip, "{part}");
        assert!(found.to_string().contains("có thể bị cắt ngắn"), "{found}");
    }
}
