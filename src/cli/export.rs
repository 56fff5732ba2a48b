//! `export`: an incident's documents from its log, without a server. Reads only, so it may run beside one.

use crate::clock;
use crate::domain::ids::IncidentId;
use crate::export::{self, Format, Options};
use crate::log::file::FileLog;
use crate::log::{Stream, chain};
use crate::record::Whole;
use anyhow::{Context as _, bail};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(super) async fn export(
    data: &Path,
    incident: &str,
    format: &str,
    out: Option<&Path>,
) -> anyhow::Result<ExitCode> {
    let codes = || Format::ALL.iter().map(|format| format.code()).collect::<Vec<_>>().join(", ");
    let format = Format::from_code(format)
        .with_context(|| format!("không có định dạng “{format}”; có: {}", codes()))?;
    let whole = find(data, incident)?;
    let options =
        Options {
            made_at: clock::now(), made_by: "dòng lệnh trên máy chủ".into(), head: whole.head.digest
        };
    let bytes = export::render(format, whole.source(), &options)?;
    write(&bytes, out, &export::file_name(&whole.incident, format), &options)
}

/// Writes a document where it is wanted, or under its own name.
pub(super) fn write(
    bytes: &[u8],
    out: Option<&Path>,
    name: &str,
    options: &Options,
) -> anyhow::Result<ExitCode> {
    match out {
        Some(out) if out == Path::new("-") => std::io::stdout().write_all(bytes)?,
        out => {
            let out = out.map_or_else(|| PathBuf::from(name), Path::to_owned);
            std::fs::write(&out, bytes).with_context(|| format!("không ghi được {}", out.display()))?;
            eprintln!("Đã xuất {} ({} byte), mã băm dòng cuối {}", out.display(), bytes.len(), options.head);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The incident with this id or number. A damaged log is not exported as if it were whole.
pub(super) fn find(data: &Path, wanted: &str) -> anyhow::Result<Whole> {
    if let Some(id) = IncidentId::new(wanted) {
        let path = FileLog::path(data, &Stream::Incident(id));
        if path.exists() {
            return read(&path);
        }
    }
    let dir = data.join("incidents");
    let files = std::fs::read_dir(&dir).with_context(|| format!("không đọc được {}", dir.display()))?;
    for file in files {
        let path = file?.path();
        if path.extension().is_some_and(|extension| extension == "jsonl")
            && let Ok(found) = read(&path)
            && found.incident.header.as_ref().is_some_and(|header| header.number.eq_ignore_ascii_case(wanted))
        {
            return Ok(found);
        }
    }
    bail!("không có sự cố “{wanted}” trong {}", dir.display())
}

fn read(path: &Path) -> anyhow::Result<Whole> {
    let stored = FileLog::stored(path);
    let (kept, bytes) = stored.with_context(|| format!("không đọc được {}", path.display()))?;
    // A line that a running server has not finished is not part of the record yet.
    let verified = chain::verify(chain::split(&bytes).0, kept);
    if let Some(damage) = verified.damage {
        bail!("{} bị hỏng, {damage}", path.display());
    }
    let lines = verified.lines.into_iter().map(ToOwned::to_owned).collect();
    Whole::read(lines).map_err(|damage| anyhow::anyhow!("{}: {damage}", path.display()))
}
