//! `paper`: a document to be signed, from an incident's log, without a server. Reads only, so it may run beside one.

use super::export::{find, write};
use crate::clock;
use crate::export::{Options, Variant};
use crate::library::Library;
use crate::paper::{self, Ask, File, House, Which};
use anyhow::Context as _;
use std::path::Path;
use std::process::ExitCode;

pub(super) fn paper(
    data: &Path,
    incident: &str,
    (which, file): (&str, &str),
    ask: &Ask,
    out: Option<&Path>,
    folders: Option<(&Path, &Path)>,
) -> anyhow::Result<ExitCode> {
    let file = File::from_code(file).with_context(|| format!("không có loại tệp “{file}”; có: docx, pdf"))?;
    let library = match folders {
        Some((playbooks, seeds)) => Library::from_dirs(playbooks, seeds)
            .with_context(|| format!("không đọc được {} hoặc {}", playbooks.display(), seeds.display()))?,
        None => Library::embedded(),
    };
    let whole = find(data, incident)?;
    let numbered = whole.incident.statements.iter().find(|row| row.number.eq_ignore_ascii_case(which));
    let which = numbered.map(|row| Which::Statement(row.id.clone())).or_else(|| Which::from_code(which));
    let which = which.with_context(|| {
        let offers =
            paper::offers(whole.source(), &library.papers, library.law.calendar.local(clock::now()).date());
        let codes: Vec<_> =
            offers.papers.iter().map(|offer| format!("{} ({})", offer.code, offer.title)).collect();
        format!("không có văn bản này; có: {}", codes.join(", "))
    })?;
    let options = Options {
        made_at: clock::now(),
        made_by: "dòng lệnh trên máy chủ".into(),
        exporter: String::new(),
        head: whole.head.digest,
        variant: Variant::Internal,
    };
    let house = House { forms: &library.papers, annual: &library.annual, law: &library.law };
    let bytes = paper::render(&which, file, whole.source(), house, ask, &options)?;
    write(&bytes, out, &paper::file_name(&which, file, whole.source()), &options)
}
