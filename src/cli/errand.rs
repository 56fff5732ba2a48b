//! What every command that makes a file of an incident is told: from which data, for whom, by whom, to where; and how it
//! does it: it reads the log without a server, says each step, and puts the file in its place when it is whole.

use super::find::find;
use crate::clock;
use crate::domain::ids::{Digest, IncidentId};
use crate::export::{ExportError, Options, UNFINISHED, Variant};
use crate::record::Whole;
use anyhow::Context as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// An errand, from the command line or from a server that lets this process do it.
#[derive(Debug, clap::Args)]
pub(super) struct Errand {
    /// Số hoặc mã sự cố.
    incident: String,
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

/// The steps, as they are told to whoever waits.
const STEPS: [&str; 4] = ["đọc và kiểm tra nhật ký", "chọn nội dung theo biến thể", "lập bản xuất", "xong"];
/// The step in which the file is made, and the one after it.
const MAKING: usize = 2;
const MADE: usize = MAKING + 1;
/// Memory that it may take when a server waits for it: the machine and its rooms keep the rest.
const MEMORY_BYTES_MAX: u64 = 12 * 1024 * 1024 * 1024;
/// When the machine has no memory left, this process ends and not the server (proc(5), `oom_score_adj`).
const FIRST_TO_GO: &str = "1000";
/// How far it steps back behind the rooms.
const NICE: i32 = 10;

impl Errand {
    /// The folder from which it reads.
    pub(super) fn data(&self) -> &Path {
        &self.data
    }

    /// The incident, read and checked, and what its file says of itself.
    pub(super) fn begin(&self) -> anyhow::Result<(IncidentId, Whole, Options)> {
        let known = || Variant::ALL.map(Variant::code).join(", ");
        let variant = Variant::from_code(&self.variant)
            .with_context(|| format!("không có biến thể “{}”; có: {}", self.variant, known()))?;
        if self.progress {
            step_back();
        }
        self.at(0);
        let (id, whole) = find(&self.data, &self.incident)?;
        let options = Options {
            made_at: clock::now(),
            made_by: self.made_by.clone(),
            exporter: self.exporter.clone(),
            head: whole.head.digest,
            variant,
        };
        self.at(1);
        Ok((id, whole, options))
    }

    fn at(&self, step: usize) {
        self.say(step, STEPS[step]);
    }

    fn say(&self, step: usize, words: &str) {
        if self.progress {
            println!("{} {} {words}", step + 1, STEPS.len());
        }
    }

    /// How far the file is while it is made, in words.
    pub(super) fn making(&self, words: &str) {
        self.say(MAKING, words);
    }

    /// Makes the file, under its own name when none was asked for.
    pub(super) fn make(
        &self,
        name: &str,
        head: Digest,
        write: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), ExportError>,
    ) -> anyhow::Result<()> {
        if self.out.as_deref() == Some(Path::new("-")) {
            self.at(MAKING);
            // A screen is not told the half of what cannot be written.
            let mut bytes = vec![];
            write(&mut bytes)?;
            std::io::stdout().write_all(&bytes)?;
            self.at(MADE);
            return Ok(());
        }
        let (out, bytes) = self.save(name, |file| {
            let mut file = BufWriter::new(file);
            write(&mut file)?;
            Ok(file.flush()?)
        })?;
        eprintln!("Đã xuất {} ({bytes} byte), mã băm dòng cuối {head}", out.display());
        Ok(())
    }

    /// Writes beside the file and puts it in its place when it is whole: where, and how many bytes.
    pub(super) fn save(
        &self,
        name: &str,
        write: impl FnOnce(&File) -> anyhow::Result<()>,
    ) -> anyhow::Result<(PathBuf, u64)> {
        self.at(MAKING);
        let out = self.out.clone().unwrap_or_else(|| PathBuf::from(name));
        let unfinished = out.with_added_extension(UNFINISHED);
        let written = || -> anyhow::Result<u64> {
            let file = File::create(&unfinished)?;
            write(&file)?;
            std::fs::rename(&unfinished, &out)?;
            Ok(file.metadata()?.len())
        };
        let written = written();
        if written.is_err() {
            // What cannot be removed was not made.
            let _ = std::fs::remove_file(&unfinished);
        }
        let bytes = match written {
            Err(error) if error.is::<std::io::Error>() => {
                return Err(error.context(format!("không ghi được {}", out.display())));
            }
            written => written?,
        };
        self.at(MADE);
        Ok((out, bytes))
    }
}

/// Behind the rooms, with bounded memory, and never longer than the server that waits for it.
fn step_back() {
    use rustix::process::{Resource, Rlimit, nice, set_parent_process_death_signal, setrlimit};
    // Where the system knows none of this, the export is only less polite.
    let _ = nice(NICE);
    let most = Some(MEMORY_BYTES_MAX);
    let _ = setrlimit(Resource::As, Rlimit { current: most, maximum: most });
    let _ = set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
    let _ = std::fs::write("/proc/self/oom_score_adj", FIRST_TO_GO);
}
