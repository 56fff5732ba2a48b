//! `schema`: writes beside the seeds what editors need to complete and check them as one types.

use crate::library::{Library, schema::FOLDER};
use anyhow::Context as _;
use std::path::Path;
use std::process::ExitCode;

pub(super) fn schema(playbooks: &Path, seeds: &Path) -> anyhow::Result<ExitCode> {
    let library = Library::from_dirs(playbooks, seeds)
        .with_context(|| format!("không đọc được {} hoặc {}", playbooks.display(), seeds.display()))?;
    // From a library without law or offices every code would be missing, and every line of the seeds be marked.
    if !library.usable() {
        println!("Dữ liệu còn lỗi nên chưa ghi lược đồ; chạy «phongtruc check» để xem lỗi ở đâu.");
        return Ok(ExitCode::FAILURE);
    }
    let folder = seeds.join(FOLDER);
    std::fs::create_dir_all(&folder).with_context(|| format!("không tạo được {}", folder.display()))?;
    for (name, text) in library.schemas() {
        let file = folder.join(format!("{name}.json"));
        std::fs::write(&file, text).with_context(|| format!("không ghi được {}", file.display()))?;
        println!("{}", file.display());
    }
    Ok(ExitCode::SUCCESS)
}
