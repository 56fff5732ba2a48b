//! `archive`: an incident's sealed archive, without a server; `key`: what it is checked with. Reads the logs only, so both
//! may run beside a server; the checkpoint at the end of the log is the one thing that is added.

use super::errand::Errand;
use crate::archive::{self, Material};
use crate::checkpoint::judge::{Evidence, Verdict, judge};
use crate::checkpoint::{self, Cause, Folder, Key};
use crate::domain::ids::Digest;
use crate::export::Variant;
use crate::log::Stream;
use anyhow::{Context as _, bail};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What is asked for.
#[derive(Debug, clap::Args)]
pub(super) struct Order {
    #[command(flatten)]
    errand: Errand,
    /// Thư mục điểm chốt; bỏ trống thì nằm trong thư mục dữ liệu.
    #[arg(long, value_name = "DIR", env = "PHONGTRUC_CHECKPOINTS")]
    checkpoints: Option<PathBuf>,
}

pub(super) fn archive(order: &Order) -> anyhow::Result<ExitCode> {
    let Order { errand, checkpoints } = order;
    let data = errand.data();
    let (id, whole, options) = errand.begin()?;
    if options.variant != Variant::Internal {
        bail!("hồ sơ lưu trữ chứng minh cả nhật ký nên chỉ có bản đủ (internal); bản khác: phongtruc export");
    }
    let key = Key::open(data)?;
    let folder = Folder::open(&checkpoint::folder_of(data, checkpoints.as_deref()), &key.public())?;
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
    let name = archive::file_name(&whole.incident);
    let material = Material::new(id, whole, &folder, files, options.made_by)?;
    let mut missing = vec![];
    let (out, bytes) = errand.save(&name, |file| {
        missing = archive::write(&material, &key, file, |at, of| {
            errand.making(&format!("lập hồ sơ: mục {at}/{of}"));
        })?;
        Ok(())
    })?;
    for digest in missing {
        eprintln!("Thiếu tệp đính kèm {digest}: không còn trên máy chủ; hồ sơ ghi rõ điều đó.");
    }
    let rev = material.whole.head.rev;
    eprintln!("Đã lập {} ({bytes} byte), nhật ký đến dòng {rev}. Kiểm tra bằng:", out.display());
    eprintln!("  phongtruc verify {} --key KHÓA.pem", out.display());
    eprintln!("Mã khóa: {}", key.public().id());
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
