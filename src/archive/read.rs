//! Checks an archive: every entry against the list, the list against its signature, the log against its checkpoints.
//! Nothing is unpacked; entries are read piece by piece.

use super::{ABOUT, FORMAT, MANIFEST, SIGNATURE};
use crate::checkpoint::judge::{Evidence, Judgement, Verdict, judge};
use crate::checkpoint::{PublicKey, Signed};
use crate::domain::ids::Digest;
use crate::log::file::head_in;
use serde::Serialize;
use sha2::Digest as _;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use zip::ZipArchive;

/// Read at once while hashing.
const PIECE_BYTES: usize = 256 * 1024;
/// Largest text that is read whole (a log, a list): a log of 20,000 lines is a twentieth of it. A bomb ends here.
const TEXT_MAX: u64 = 1 << 30;

/// What is wrong with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The file is no whole ZIP.
    NotZip,
    /// Listed, and not there.
    Missing,
    /// There, and not listed.
    Unlisted,
    /// Its bytes are others, or cannot be read.
    Changed,
    /// Its name is not the digest of its bytes.
    Misnamed,
    /// It is not of the form that it has to be.
    Unreadable,
    /// It names another head than the log has.
    OtherHead,
}

impl Fault {
    fn words(self) -> &'static str {
        match self {
            Self::NotZip => "không phải tệp ZIP nguyên vẹn, có thể bị cắt ngắn",
            Self::Missing => "thiếu tệp",
            Self::Unlisted => "không có trong MANIFEST",
            Self::Changed => "nội dung đã bị thay đổi hoặc bị cắt",
            Self::Misnamed => "tên không phải mã băm của nội dung",
            Self::Unreadable => "không đúng dạng",
            Self::OtherHead => "ghi đầu nhật ký khác",
        }
    }
}

/// An entry and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Its name.
    pub file: String,
    /// What is wrong.
    pub problem: Fault,
}

/// Who signed the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Seal {
    /// A key that is trusted.
    Holds,
    /// A key in the archive that is not trusted.
    UnknownKey,
    /// None of them.
    BadSignature,
}

/// What can be said of an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    /// How many entries it has, the list and its signature not counted.
    pub files: usize,
    /// What is wrong, by name.
    pub problems: Vec<Problem>,
    /// Who signed the list; nothing when there is none to look at.
    pub seal: Option<Seal>,
    /// What can be said of the log.
    pub log: Option<Judgement>,
}

impl Found {
    /// Nothing in it was changed, as far as it can be known.
    pub fn is_whole(&self) -> bool {
        self.problems.is_empty() && self.log.as_ref().is_some_and(|log| log.verdict == Verdict::Intact)
    }

    /// A signature in it is not to be trusted.
    pub fn has_untrusted(&self) -> bool {
        self.seal != Some(Seal::Holds) || self.log.as_ref().is_some_and(Judgement::has_untrusted)
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Problem { file, problem } in &self.problems {
            writeln!(f, "KHÔNG NGUYÊN VẸN: {file}: {}", problem.words())?;
        }
        let seal = match self.seal {
            Some(Seal::Holds) => "đúng",
            Some(Seal::UnknownKey) => "của KHÓA KHÔNG BIẾT",
            Some(Seal::BadSignature) => "SAI",
            None => return Ok(()),
        };
        writeln!(f, "{} tệp; chữ ký của danh sách tệp (MANIFEST): {seal}.", self.files)?;
        self.log.as_ref().map_or(Ok(()), |log| write!(f, "Nhật ký. {log}"))
    }
}

type Archive = ZipArchive<BufReader<File>>;

/// Checks the archive in a file; with the keys that are trusted, those in it when nobody said which.
///
/// # Errors
/// When the file cannot be read at all.
pub fn verify(path: &Path, trusted: Option<&[PublicKey]>) -> io::Result<Found> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let Ok(mut zip) = ZipArchive::new(BufReader::new(File::open(path)?)) else {
        let problems = vec![Problem { file: name, problem: Fault::NotZip }];
        return Ok(Found { files: 0, problems, seal: None, log: None });
    };
    let mut problems: BTreeMap<String, Fault> = BTreeMap::new();
    let names: BTreeSet<String> = zip.file_names().flatten().map(std::borrow::Cow::into_owned).collect();
    let there: BTreeSet<_> =
        names.iter().filter(|name| ![MANIFEST, SIGNATURE].contains(&name.as_str())).collect();
    let manifest = bytes(&mut zip, MANIFEST);
    let (listed, well) = listed(&manifest);
    if !well {
        problems.insert(MANIFEST.into(), Fault::Unreadable);
    }
    for name in there.iter().copied().chain(listed.keys()).collect::<BTreeSet<_>>() {
        let fault = match (there.contains(name), listed.get(name)) {
            (false, _) => Some(Fault::Missing),
            (true, None) => Some(Fault::Unlisted),
            (true, Some(digest)) if hashed(&mut zip, name) != Some(*digest) => Some(Fault::Changed),
            (true, Some(digest)) => {
                own_digest(name).is_some_and(|own| own != digest.to_string()).then_some(Fault::Misnamed)
            }
        };
        problems.extend(fault.map(|fault| (name.clone(), fault)));
    }
    let pems = names.iter().filter(|name| name.starts_with("keys/") && name.ends_with(".pem"));
    let inside: Vec<_> = pems.filter_map(|name| PublicKey::from_pem(&text(&mut zip, name))).collect();
    let keys = trusted.map_or_else(|| inside.clone(), <[PublicKey]>::to_vec);
    let signature = bytes(&mut zip, SIGNATURE);
    let by = |keys: &[PublicKey]| keys.iter().any(|key| key.verifies(&manifest, &signature));
    let seal = match (by(&keys), by(&inside)) {
        (true, _) => Seal::Holds,
        (false, true) => Seal::UnknownKey,
        (false, false) => Seal::BadSignature,
    };
    let about = text(&mut zip, ABOUT);
    let fact =
        |name: &str| about.lines().skip(1).find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    let (id, rev, digest) = (fact("incident"), fact("rev"), fact("digest"));
    if about.lines().next() != Some(FORMAT) || id.and(rev).and(digest).is_none() {
        problems.insert(ABOUT.into(), Fault::Unreadable);
    }
    let (mut checkpoints, mut stamped) = (vec![], vec![]);
    for name in names.iter().filter(|name| is_checkpoint(name)) {
        for signed in Signed::read_all(&text(&mut zip, name)) {
            let token = bytes(&mut zip, &name.replace(".txt", ".tsr"));
            let holds = |signed: &Signed| token.windows(32).any(|piece| piece == signed.imprint().bytes());
            stamped.push(signed.as_ref().is_ok_and(holds));
            checkpoints.push(signed);
        }
    }
    let id = id.unwrap_or_default().to_owned();
    let kept = head_in(&text(&mut zip, &format!("log/{id}.head")));
    let evidence = Evidence { stream: Some(format!("incidents/{id}")), kept, checkpoints, stamped, keys };
    let log = judge(&bytes(&mut zip, &format!("log/{id}.jsonl")), &evidence);
    let head = (log.lines.to_string(), log.head.to_string());
    if !problems.contains_key(ABOUT) && rev.zip(digest) != Some((head.0.as_str(), head.1.as_str())) {
        problems.insert(ABOUT.into(), Fault::OtherHead);
    }
    let problems = problems.into_iter().map(|(file, problem)| Problem { file, problem }).collect();
    Ok(Found { files: there.len(), problems, seal: Some(seal), log: Some(log) })
}

/// The entries of a list, and whether it is one to its end.
fn listed(manifest: &[u8]) -> (BTreeMap<String, Digest>, bool) {
    let text = String::from_utf8_lossy(manifest);
    let mut listed = BTreeMap::new();
    let mut well = text.ends_with('\n');
    for line in text.strip_suffix('\n').unwrap_or_default().split('\n') {
        let entry = line.split_once("  ").filter(|(_, name)| !name.is_empty() && !name.starts_with(' '));
        let entry = entry.and_then(|(digest, name)| Some((name, Digest::try_from(digest.to_owned()).ok()?)));
        let Some((name, digest)) = entry.filter(|(name, _)| !listed.contains_key(*name)) else {
            well = false;
            break;
        };
        listed.insert(name.to_owned(), digest);
    }
    (listed, well)
}

/// The digest that an entry's name says it has.
fn own_digest(name: &str) -> Option<&str> {
    if name.starts_with("statements/") {
        name.rsplit('/').next()?.strip_suffix(".txt")
    } else {
        name.strip_prefix("attachments/")
    }
}

fn is_checkpoint(name: &str) -> bool {
    let number = name.strip_prefix("checkpoints/").and_then(|name| name.strip_suffix(".txt"));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The bytes of an entry; none when it is not there or cannot be read, which was said of it then.
fn bytes(zip: &mut Archive, name: &str) -> Vec<u8> {
    let mut bytes = vec![];
    match zip.by_name(name).map(|entry| entry.take(TEXT_MAX).read_to_end(&mut bytes)) {
        Ok(Ok(_)) => bytes,
        _ => vec![],
    }
}

fn text(zip: &mut Archive, name: &str) -> String {
    String::from_utf8_lossy(&bytes(zip, name)).into_owned()
}

fn hashed(zip: &mut Archive, name: &str) -> Option<Digest> {
    let mut entry = zip.by_name(name).ok()?;
    let (mut hash, mut piece) = (sha2::Sha256::new(), vec![0; PIECE_BYTES]);
    loop {
        match entry.read(&mut piece).ok()? {
            0 => return Some(Digest::from_bytes(hash.finalize().into())),
            read => hash.update(&piece[..read]),
        }
    }
}
