//! What stands in an archive: every entry by its name, in order, as bytes or as where they come from.

use super::{ABOUT, FORMAT, Material, page};
use crate::domain::ids::Digest;
use crate::domain::{Event, Incident, statement};
use crate::export::{self, Format, Variant};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// How another looks at the format.
const DESCRIPTION: &str = include_str!("FORMAT.md");
/// The second verifier.
const VERIFIER: &str = include_str!("verify.py");

/// Where an entry's bytes come from.
pub(super) enum Content {
    /// From here.
    Bytes(Vec<u8>),
    /// From an attachment, which is read piece by piece.
    File(Digest, PathBuf),
    /// From the writer of an export, when its turn comes.
    Export(Format),
}

/// All entries but the list and its signature. Names are ASCII and sort as they stand in the archive.
pub(super) fn entries(material: &Material) -> BTreeMap<String, Content> {
    let Material { id, whole, sealings, keys, files, .. } = material;
    let mut entries = BTreeMap::new();
    let mut put = |name: String, bytes: Vec<u8>| entries.insert(name, Content::Bytes(bytes));
    put(ABOUT.into(), about(material).into_bytes());
    put("CACH-KIEM-TRA.txt".into(), page::page(material).into_bytes());
    put("FORMAT.md".into(), DESCRIPTION.into());
    put("verify.py".into(), VERIFIER.into());
    let log: String = whole.lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
    put(format!("log/{id}.jsonl"), log.into_bytes());
    put(format!("log/{id}.head"), format!("{:>10} {}\n", whole.head.rev, whole.head.digest).into_bytes());
    for ((number, digest), text) in versions(material) {
        put(format!("statements/{}/{digest}.txt", plain(&number)), text.into_bytes());
    }
    for (number, sealing) in (1..).zip(sealings) {
        put(format!("checkpoints/{number:04}.txt"), sealing.signed.to_string().into_bytes());
        if let Some(token) = &sealing.token {
            put(format!("checkpoints/{number:04}.tsr"), token.clone());
        }
        if let Some(answer) = &sealing.answer {
            put(format!("checkpoints/{number:04}.witness"), answer.clone());
        }
    }
    for key in keys {
        put(format!("keys/{}.pem", key.id().short()), key.pem().into_bytes());
    }
    let mut names = String::new();
    for (digest, (file, path)) in files {
        let lost = if path.is_none() { "missing\t" } else { "" };
        names.push_str(&format!("{lost}{digest}\t{}\t{}\t{}\n", file.size, file.media, one_line(&file.name)));
    }
    put("attachments.txt".into(), names.into_bytes());
    for (digest, (_, path)) in files {
        if let Some(path) = path {
            entries.insert(format!("attachments/{digest}"), Content::File(*digest, path.clone()));
        }
    }
    for format in Format::ALL.iter().filter(|format| format.applies(&whole.incident)) {
        let name = export::file_name(&whole.incident, *format, Variant::Internal);
        entries.insert(format!("exports/{name}"), Content::Export(*format));
    }
    entries
}

fn about(material: &Material) -> String {
    let Material { id, whole, made_at, made_by, .. } = material;
    let header = whole.incident.header.as_ref();
    let (number, title) = header.map_or(("", ""), |header| (&header.number, &header.title));
    let (number, title, by) = (one_line(number), one_line(title), one_line(made_by));
    let (rev, digest) = (whole.head.rev, whole.head.digest);
    format!(
        "{FORMAT}\nincident: {id}\nnumber: {number}\ntitle: {title}\nrev: {rev}\ndigest: {digest}\nmade-at: {made_at}\n\
         made-by: {by}\n"
    )
}

/// Every text that was submitted, and the words as they stand, each under its statement's number and its digest.
fn versions(material: &Material) -> BTreeMap<(String, Digest), String> {
    let (mut incident, mut versions) = (Incident::default(), BTreeMap::new());
    let mut keep = |row: &statement::Statement| {
        let digest = Digest::of(row.text.as_bytes());
        versions.insert((row.number.clone(), digest), row.text.clone());
    };
    for record in &material.whole.records {
        incident.apply(record);
        for event in &record.events {
            if let Event::Statement(event @ statement::Event::Submitted { .. }) = event
                && let Some(row) = incident.statements.get(event.id())
            {
                keep(row);
            }
        }
    }
    for row in incident.statements.iter() {
        keep(row);
    }
    versions
}

/// A number as a name of a folder or a file: ASCII, and never a way out of it.
pub(super) fn plain(text: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' };
    let safe: String = text.chars().map(safe).collect();
    let safe = safe.trim_matches(['-', '.']);
    if safe.is_empty() { "khong-so".into() } else { safe.into() }
}

fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_inside_and_lines_stay_lines() {
        assert_eq!(
            [plain("PN-01.2"), plain("../Số 1"), plain("")],
            ["PN-01.2", "S--1", "khong-so"].map(String::from)
        );
        assert_eq!(one_line("một\nhai\tba"), "một hai ba");
    }
}
