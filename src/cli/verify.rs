//! `verify`: is this log, or this archive, what it was? Needs no server and nothing but the files.

use super::archive::ids;
use crate::archive;
use crate::checkpoint::judge::{Evidence, Judgement, Verdict, judge};
use crate::checkpoint::{Folder, PublicKey, Signed, folder_of};
use crate::domain::ids::{Digest, IncidentId};
use crate::log::Stream;
use crate::log::file::FileLog;
use anyhow::{Context as _, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What is asked.
pub(super) struct Asked {
    pub file: PathBuf,
    pub checkpoints: Vec<PathBuf>,
    pub keys: Vec<PathBuf>,
    pub head: Option<String>,
    pub json: bool,
}

/// Nothing was found wrong, but a signature is by a key that nobody here trusts, or by none.
const UNTRUSTED: u8 = 3;

pub(super) fn verify(asked: &Asked) -> anyhow::Result<ExitCode> {
    let keys = asked.keys.iter().map(|path| read_key(path)).collect::<anyhow::Result<Vec<_>>>()?;
    let keys = (!keys.is_empty()).then_some(keys);
    if asked.file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip")) {
        let found = archive::verify(&asked.file, keys.as_deref());
        let found = found.with_context(|| format!("không đọc được {}", asked.file.display()))?;
        if asked.json {
            println!("{}", serde_json::to_string(&found)?);
        } else {
            print!("{}: {found}", asked.file.display());
            say_trust(keys.is_none());
        }
        return Ok(code(found.is_whole(), found.has_untrusted()));
    }
    let stored = FileLog::stored(&asked.file);
    let (kept, bytes) = stored.with_context(|| format!("không đọc được {}", asked.file.display()))?;
    let mut evidence =
        Evidence { kept, stream: stream_of(&asked.file).map(|it| it.to_string()), ..Evidence::default() };
    gather(asked, &mut evidence)?;
    let own_keys = keys.is_none() && !evidence.keys.is_empty();
    evidence.keys = keys.unwrap_or(evidence.keys);
    let mut judged = judge(&bytes, &evidence);
    let expected = asked.head.clone().map(Digest::try_from).transpose().map_err(anyhow::Error::msg)?;
    if let Some(expected) = expected {
        against(&mut judged, expected);
    }
    let whole = judged.verdict == Verdict::Intact;
    if asked.json {
        let damage =
            judged.reason.as_ref().map(|reason| serde_json::json!({ "line": judged.from, "reason": reason }));
        let mut said = serde_json::to_value(&judged)?;
        said["whole"] = whole.into();
        said["damage"] = damage.into();
        said["keys"] = serde_json::to_value(ids(&evidence.keys))?;
        println!("{said}");
    } else {
        print!("{}: {judged}", asked.file.display());
        if whole && kept.is_none() && expected.is_none() && judged.tail > 0 {
            println!("Không có tệp .head bên cạnh. So mã băm trên với bản xuất đã lưu, hoặc dùng --head.");
        }
        say_trust(own_keys);
    }
    Ok(code(whole, judged.has_untrusted()))
}

fn code(whole: bool, untrusted: bool) -> ExitCode {
    match (whole, untrusted) {
        (false, _) => ExitCode::FAILURE,
        (true, true) => ExitCode::from(UNTRUSTED),
        (true, false) => ExitCode::SUCCESS,
    }
}

fn say_trust(own_keys: bool) {
    if own_keys {
        println!("Khóa lấy từ cùng nơi với điểm chốt: hãy so mã khóa với một bản in, hoặc dùng --key.");
    }
}

/// The digest of the last line, as somebody wrote it down elsewhere, says as much as a checkpoint does.
fn against(judged: &mut Judgement, expected: Digest) {
    if judged.verdict != Verdict::Intact {
        return;
    }
    if judged.head == expected {
        judged.tail = 0;
    } else {
        (judged.verdict, judged.from, judged.to) = (Verdict::Changed, judged.lines, judged.lines);
        judged.reason = Some(format!("mã băm dòng cuối không phải {expected}"));
    }
}

fn read_key(path: &Path) -> anyhow::Result<PublicKey> {
    let text = fs::read_to_string(path).with_context(|| format!("không đọc được {}", path.display()))?;
    PublicKey::from_pem(&text)
        .with_context(|| format!("{} không phải khóa công khai Ed25519 (PEM)", path.display()))
}

/// Which log it is, as a data folder names it.
fn stream_of(file: &Path) -> Option<Stream> {
    let stem = file.file_stem()?.to_str()?;
    if file.parent()?.file_name().is_some_and(|dir| dir == "incidents") {
        return Some(Stream::Incident(IncidentId::new(stem)?));
    }
    [Stream::Directory, Stream::Playbooks, Stream::Notices].into_iter().find(|it| it.to_string() == stem)
}

/// The checkpoints that were named, or those of the data folder in which the log lies; and the keys beside them.
fn gather(asked: &Asked, evidence: &mut Evidence) -> anyhow::Result<()> {
    let stream = stream_of(&asked.file);
    let up = if matches!(stream, Some(Stream::Incident(_))) { 2 } else { 1 };
    let data = std::path::absolute(&asked.file)?.ancestors().nth(up).map(Path::to_owned);
    let beside =
        data.filter(|_| stream.is_some()).map(|data| folder_of(&data, None)).filter(|dir| dir.is_dir());
    let places =
        if asked.checkpoints.is_empty() { beside.into_iter().collect() } else { asked.checkpoints.clone() };
    for place in places {
        let found = if place.is_dir() {
            let Some(stream) = &stream else {
                bail!(
                    "không biết {} là nhật ký nào nên không tìm được điểm chốt trong thư mục; hãy chỉ ra tệp điểm chốt",
                    asked.file.display()
                );
            };
            let folder = Folder::at(&place);
            evidence.keys.extend(folder.keys()?);
            let found = folder.of(stream)?;
            let stamped = |it: &Result<Signed, String>| {
                it.as_ref().is_ok_and(|signed| folder.token(signed).is_ok_and(|token| token.is_some()))
            };
            evidence.stamped.extend(found.iter().map(stamped));
            found
        } else {
            let text =
                fs::read_to_string(&place).with_context(|| format!("không đọc được {}", place.display()))?;
            Signed::read_all(&text)
        };
        evidence.checkpoints.extend(found);
        evidence.stamped.resize(evidence.checkpoints.len(), false);
    }
    Ok(())
}
