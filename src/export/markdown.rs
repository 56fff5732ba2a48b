//! Markdown: the record as plain text that reads well as it is and better where it is shown. Whatever people wrote is
//! text: what Markdown or a page would take for its own is escaped.

use super::registers::{Cell, Register, of};
use super::statement::Statement;
use super::words::{escaped, harmless, noted};
use super::{ExportError, Facts, Material, Out, put};
use std::fmt::Write as _;

pub(super) const FACTS: Facts = Facts {
    code: "md",
    title: "Markdown (chữ thường, để đọc và chép)",
    media_type: "text/markdown; charset=utf-8",
    extension: "md",
};

pub(super) fn write(material: &Material, to: Out) -> Result<(), ExportError> {
    let report = material.report;
    let mut out = String::new();
    let mark = if report.exercise { format!("**{}**\n\n", report.mark()) } else { String::new() };
    let variant =
        if report.variant.is_empty() { String::new() } else { format!("*{}.*\n\n", report.variant) };
    // Writing to a string cannot fail.
    let _ = write!(out, "# {}: {}\n\n{mark}{variant}", line(&report.number), line(&report.title));
    for (label, value) in &report.facts {
        let _ = writeln!(out, "* {}: {}", line(label), line(value));
    }
    let _ = writeln!(
        out,
        "* Xuất lúc: {} ({}), {}\n* Nhật ký: {} dòng, mã băm SHA-256 của dòng cuối `{}`",
        report.made_at.words,
        report.zone,
        line(&report.made_by),
        report.records,
        report.head
    );
    for group in &report.marked {
        let heading = if group.heading.is_empty() { "Đưa vào báo cáo" } else { group.heading.as_str() };
        let _ = write!(out, "\n## {}\n\n", line(heading));
        for marked in &group.lines {
            let note =
                if marked.note.is_empty() { String::new() } else { format!(" *({})*", line(&marked.note)) };
            let _ = writeln!(out, "* {}: {}{note}", marked.occurred.words, line(&marked.text));
        }
    }
    for register in of(report) {
        table(&mut out, &register);
    }
    for statement in report.statements.iter().filter(|one| one.text.is_some()) {
        words(&mut out, statement);
    }
    put(to, FACTS.title, out.as_bytes())
}

fn table(out: &mut String, register: &Register) {
    let _ = write!(out, "\n## {}\n\n", register.title);
    if register.rows.is_empty() {
        out.push_str("Không có.\n");
        return;
    }
    let heads: Vec<_> = register.columns.iter().map(|(title, _)| line(title)).collect();
    let _ = writeln!(out, "| {} |\n|{}", heads.join(" | "), "---|".repeat(heads.len()));
    for row in &register.rows {
        for cell in row {
            let said = match cell {
                Cell::Text(text) => line(text),
                Cell::Number(number) => number.to_string(),
                Cell::At(at) => at.map_or_else(String::new, |at| at.sorts.clone()),
            };
            let _ = write!(out, "| {said} ");
        }
        out.push_str("|\n");
    }
}

/// The words that went out, as a quotation.
fn words(out: &mut String, statement: &Statement) {
    let _ = write!(out, "\n## {}. {}\n\n", line(&statement.number), line(&statement.title));
    for part in statement.text.as_deref().unwrap_or_default().lines() {
        let _ = writeln!(out, "> {}", line(part));
    }
}

/// Text on one line, as text: marks of Markdown and of HTML escaped, line ends as breaks.
fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let text = noted(text, harmless).replace('\t', " ");
    let text = text.trim_matches('\n');
    for c in text.chars() {
        match c {
            '\n' => out.push_str("<br>"),
            '<' | '>' | '&' => out.push_str(&escaped(&c.to_string())),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '$' | '!' | '@' => {
                out.push('\\');
                out.push(c);
            }
            // A list or a heading where a line begins.
            '-' | '+' | '=' if out.is_empty() || out.ends_with("<br>") => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    // Bare addresses would become links.
    out.replace("://", "&#58;//")
}
