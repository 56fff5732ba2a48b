//! `check`: are the data files in order? Names file, line and reason for what is not.

use crate::library::Library;
use anyhow::Context as _;
use std::path::Path;
use std::process::ExitCode;

pub(super) fn check(dirs: Option<(&Path, &Path)>, json: bool) -> anyhow::Result<ExitCode> {
    let library = match dirs {
        Some((playbooks, seeds)) => Library::from_dirs(playbooks, seeds)
            .with_context(|| format!("không đọc được {} hoặc {}", playbooks.display(), seeds.display()))?,
        None => Library::embedded(),
    };
    let (playbooks, templates) = (library.playbooks.len(), library.templates.len());
    if json {
        let problem = |problem: &crate::playbook::Problem| serde_json::json!({ "file": problem.file, "line": problem.line, "reason": problem.reason });
        let problems: Vec<_> = library.problems.iter().map(problem).collect();
        println!(
            "{}",
            serde_json::json!({ "playbooks": playbooks, "statements": templates, "problems": problems })
        );
    } else {
        for problem in &library.problems {
            println!("{}:{}: {}", problem.file, problem.line, problem.reason);
        }
        println!(
            "{playbooks} kịch bản, {templates} mẫu phát ngôn dùng được; {} lỗi.",
            library.problems.len()
        );
    }
    Ok(if library.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
