//! `archive`: an incident's sealed archive, without a server; `key`: what it is checked with. Reads the logs only, so both
//! may run beside a server; the checkpoint at the end of the log is the one thing that is added.

use super::find::find;
use crate::archive::{self, Material};
use crate::checkpoint::judge::{Evidence, Verdict, judge};
use crate::checkpoint::{self, Cause, Folder, Key};
use crate::domain::ids::Digest;
use crate::log::Stream;
use anyhow::{Context as _, bail};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

pub(super) fn archive(
    data: &Path,
    checkpoints: Option<&Path>,
    incident: &str,
    out: Option<&Path>,
) -> anyhow::Result<ExitCode> {
    let (id, whole) = find(data, incident)?;
    let key = Key::open(data)?;
    let folder = Folder::open(&checkpoint::folder_of(data, checkpoints), &key.public())?;
    let stream = Stream::Incident(id.clone());
    let evidence = Evidence {
        stream: Some(stream.to_string()),
        checkpoints: folder.of(&stream)?,
        keys: folder.keys()?,
        ..Evidence::default()
    };
    let log: String = whole.lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
    let judged = judge(log.as_bytes(), &evidence);
    if judged.verdict != Verdict::Intact {
        bail!("không lập hồ sơ từ một nhật ký không nguyên vẹn. {judged}");
    }
    let newest = evidence.checkpoints.iter().flatten().rfind(|it| it.is_signed_by(&key.public()));
    if newest.is_none_or(|newest| newest.checkpoint.head != whole.head) {
        folder.add(&key, &stream, whole.head, Cause::Export)?;
    }
    let mut files = BTreeMap::new();
    for (digest, file) in archive::files_of(&whole) {
        let path = data.join("attachments").join(digest.to_string());
        files.insert(digest, (file, path.is_file().then_some(path)));
    }
    let name = archive::file_name(&whole);
    let material = Material::new(id, whole, &folder, files, "dòng lệnh trên máy chủ".into())?;
    let out = out.map_or_else(|| PathBuf::from(&name), Path::to_owned);
    let unfinished = out.with_extension("unfinished");
    eprintln!("Đang lập {} ({} tệp đính kèm)…", out.display(), material.files.len());
    let written = File::create(&unfinished)
        .map_err(Into::into)
        .and_then(|file| archive::write(&material, &key, &file, &AtomicBool::new(false)))
        .and_then(|written| Ok(fs::rename(&unfinished, &out).map(|()| written)?));
    let written = written.inspect_err(|_| {
        // Half an archive is of no use to anybody.
        let _ = fs::remove_file(&unfinished);
    });
    let written = written.with_context(|| format!("chưa lập được {}", out.display()))?;
    for digest in &written.missing {
        eprintln!("Thiếu tệp đính kèm {digest}: không còn trên máy chủ; hồ sơ ghi rõ điều đó.");
    }
    let rev = material.whole.head.rev;
    println!("Đã lập {}: {} mục, nhật ký đến dòng {rev}. Kiểm tra bằng:", out.display(), written.entries);
    println!("  phongtruc verify {} --key KHÓA.pem", out.display());
    println!("Mã khóa: {}", key.public().id());
    Ok(ExitCode::SUCCESS)
}

pub(super) fn key(data: &Path) -> anyhow::Result<ExitCode> {
    let key = Key::find(data)?;
    let key = key.with_context(|| {
        format!("{} chưa có khóa; khóa được tạo khi máy chủ chạy lần đầu", data.display())
    })?;
    print!("{}", key.public().pem());
    eprintln!("Mã khóa: {}", key.public().id());
    Ok(ExitCode::SUCCESS)
}

/// The ids of keys, for whoever has to compare them with a print.
pub(super) fn ids(keys: &[checkpoint::PublicKey]) -> Vec<Digest> {
    keys.iter().map(checkpoint::PublicKey::id).collect()
}
