//! `export`: an incident's documents from its log, without a server. Reads only, so it may run beside one.

use crate::clock;
use crate::domain::ids::IncidentId;
use crate::export::{self, ExportError, Format, Options, Variant, View};
use crate::log::file::FileLog;
use crate::log::{Stream, chain};
use crate::record::Whole;
use anyhow::{Context as _, bail};
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What is asked for, from the command line or by a server that lets this process do it.
#[derive(Debug, clap::Args)]
pub(super) struct Order {
    /// Số hoặc mã sự cố.
    incident: String,
    /// Định dạng: html, pdf, xlsx, csv, md, ics, cap hoặc json.
    #[arg(long, default_value = "html")]
    format: String,
    /// Bản cho ai: internal (đủ), inspection (phục vụ kiểm tra) hoặc redacted (che thông tin cá nhân).
    #[arg(long, default_value = "internal")]
    variant: String,
    /// Tệp ghi ra; bỏ trống thì tự đặt tên, dấu - để in ra màn hình.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Thư mục dữ liệu.
    #[arg(long, value_name = "DIR", default_value = "./data", env = "PHONGTRUC_DATA")]
    data: PathBuf,
    /// Ai xuất, bằng lời, như ghi trong bản xuất.
    #[arg(long, default_value = "dòng lệnh trên máy chủ", hide = true)]
    made_by: String,
    /// Tên riêng của người ấy.
    #[arg(long, default_value = "", hide = true)]
    exporter: String,
    /// In từng bước ra màn hình để máy chủ theo dõi, nhường máy cho phòng đang trực.
    #[arg(long, hide = true)]
    progress: bool,
}

/// Steps of an export, as they are told to whoever waits.
const STEPS: [&str; 4] = ["đọc và kiểm tra nhật ký", "chọn nội dung theo biến thể", "lập bản xuất", "xong"];
/// Memory that an export may take when a server waits for it. Twenty thousand lines as PDF take about a third.
const MEMORY_BYTES_MAX: u64 = 12 * 1024 * 1024 * 1024;
/// How far it steps back behind the rooms.
const NICE: i32 = 10;

pub(super) fn export(order: &Order) -> anyhow::Result<ExitCode> {
    let codes = || Format::ALL.iter().map(|format| format.code()).collect::<Vec<_>>().join(", ");
    let format = Format::from_code(&order.format)
        .with_context(|| format!("không có định dạng “{}”; có: {}", order.format, codes()))?;
    let known = || Variant::ALL.map(Variant::code).join(", ");
    let variant = Variant::from_code(&order.variant)
        .with_context(|| format!("không có biến thể “{}”; có: {}", order.variant, known()))?;
    if order.progress {
        step_back();
    }
    let at = |step: usize| {
        if order.progress {
            println!("{} {} {}", step + 1, STEPS.len(), STEPS[step]);
        }
    };
    at(0);
    let whole = find(&order.data, &order.incident)?;
    let options = Options {
        made_at: clock::now(),
        made_by: order.made_by.clone(),
        exporter: order.exporter.clone(),
        head: whole.head.digest,
        variant,
    };
    at(1);
    let view = View::of(whole.source(), &options)?;
    at(2);
    match &order.out {
        Some(out) if out == Path::new("-") => {
            // A screen is not told the half of what cannot be written.
            let mut bytes = vec![];
            export::write(format, &view, &mut bytes)?;
            std::io::stdout().write_all(&bytes)?;
        }
        out => {
            let name = || PathBuf::from(export::file_name(&whole.incident, format, variant));
            let out = out.clone().unwrap_or_else(name);
            let bytes = save(&out, format, &view)?;
            eprintln!("Đã xuất {} ({bytes} byte), mã băm dòng cuối {}", out.display(), options.head);
        }
    }
    at(3);
    Ok(ExitCode::SUCCESS)
}

/// Writes beside the file and puts it in its place when it is whole.
fn save(out: &Path, format: Format, view: &View) -> anyhow::Result<u64> {
    let mut unfinished = out.as_os_str().to_owned();
    unfinished.push(".unfinished");
    let unfinished = PathBuf::from(unfinished);
    let write = || -> anyhow::Result<u64> {
        let mut file = BufWriter::new(File::create(&unfinished)?);
        export::write(format, view, &mut file)?;
        let file = file.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?;
        std::fs::rename(&unfinished, out)?;
        Ok(file.metadata()?.len())
    };
    let written = write();
    if written.is_err() {
        // What cannot be removed was not made.
        let _ = std::fs::remove_file(&unfinished);
    }
    match written {
        Err(error) if error.is::<ExportError>() => Err(error),
        other => other.with_context(|| format!("không ghi được {}", out.display())),
    }
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

/// Behind the rooms, with bounded memory, and never longer than the server that waits for it.
fn step_back() {
    use rustix::process::{Resource, Rlimit, nice, set_parent_process_death_signal, setrlimit};
    // Where the system knows none of this, the export is only less polite.
    let _ = nice(NICE);
    let most = Some(MEMORY_BYTES_MAX);
    let _ = setrlimit(Resource::As, Rlimit { current: most, maximum: most });
    let _ = set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
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
