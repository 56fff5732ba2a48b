//! `schema`: prints the schema of the JSON export, or writes beside the seeds what editors need to complete and check them as one types.

use crate::library::{Library, schema::FOLDER};
use anyhow::Context as _;
use std::path::Path;
use std::process::ExitCode;

/// The schema of the JSON export, for whoever reads it with a program of their own.
pub(super) fn of_exports() -> anyhow::Result<ExitCode> {
    println!("{}", serde_json::to_string_pretty(&crate::export::schema())?);
    Ok(ExitCode::SUCCESS)
}

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
