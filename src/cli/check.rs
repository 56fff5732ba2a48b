//! `check`: are the data files in order? Names file, line and reason for what is not, and what will be missing soon.

use crate::clock;
use crate::law::Gap;
use crate::library::Library;
use anyhow::Context as _;
use jiff::civil::Date;
use std::path::Path;
use std::process::ExitCode;

pub(super) fn check(dirs: Option<(&Path, &Path)>, on: Option<Date>, json: bool) -> anyhow::Result<ExitCode> {
    let library = match dirs {
        Some((playbooks, seeds)) => Library::from_dirs(playbooks, seeds)
            .with_context(|| format!("không đọc được {} hoặc {}", playbooks.display(), seeds.display()))?,
        None => Library::embedded(),
    };
    let today = on.unwrap_or_else(|| library.law.calendar.local(clock::now()).date());
    let gap = library.law.gap(today);
    let (playbooks, templates) = (library.playbooks.len(), library.templates.len());
    if json {
        let problem = |problem: &crate::playbook::Problem| serde_json::json!({ "file": problem.file, "line": problem.line, "reason": problem.reason });
        let problems: Vec<_> = library.problems.iter().map(problem).collect();
        let reminder = |gap: &Gap| serde_json::json!({ "file": gap.file, "line": gap.line, "words": gap.words, "todo": gap.todo });
        let reminders: Vec<_> = gap.iter().map(reminder).collect();
        println!(
            "{}",
            serde_json::json!({ "playbooks": playbooks, "statements": templates, "problems": problems, "reminders": reminders })
        );
    } else {
        for problem in &library.problems {
            println!("{}:{}: {}", problem.file, problem.line, problem.reason);
        }
        if let Some(gap) = &gap {
            println!("{}:{}: nhắc: {} {}", gap.file, gap.line, gap.words, gap.todo);
        }
        println!(
            "{playbooks} kịch bản, {templates} mẫu phát ngôn dùng được; {} lỗi.",
            library.problems.len()
        );
    }
    Ok(if library.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
