//! The incident that somebody names on the command line, read from its log and checked; a server may run beside it.

use crate::domain::ids::IncidentId;
use crate::log::file::FileLog;
use crate::log::{Stream, chain};
use crate::record::Whole;
use anyhow::{Context as _, bail};
use std::path::Path;
use std::{fs, io};

/// The incident with this id or number. Of a damaged log nothing is made as if it were whole.
pub(super) fn find(data: &Path, wanted: &str) -> anyhow::Result<(IncidentId, Whole)> {
    if let Some(id) = IncidentId::new(wanted)
        && let Some(whole) = read(data, &id)?
    {
        return Ok((id, whole));
    }
    let dir = data.join("incidents");
    for file in fs::read_dir(&dir).with_context(|| format!("không đọc được {}", dir.display()))? {
        let path = file?.path();
        let log = path.extension().is_some_and(|extension| extension == "jsonl");
        let id = path.file_stem().filter(|_| log).and_then(|stem| IncidentId::new(stem.to_str()?));
        if let Some(id) = id
            && let Ok(Some(whole)) = read(data, &id)
            && whole.incident.header.as_ref().is_some_and(|header| header.number.eq_ignore_ascii_case(wanted))
        {
            return Ok((id, whole));
        }
    }
    bail!("không có sự cố “{wanted}” trong {}", dir.display())
}

fn read(data: &Path, id: &IncidentId) -> anyhow::Result<Option<Whole>> {
    let path = FileLog::path(data, &Stream::Incident(id.clone()));
    let (kept, bytes) = match FileLog::stored(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        stored => stored.with_context(|| format!("không đọc được {}", path.display()))?,
    };
    // A line that a running server has not finished is not part of the record yet.
    let verified = chain::verify(chain::split(&bytes).0, kept);
    if let Some(damage) = verified.damage {
        bail!("{} bị hỏng, {damage}", path.display());
    }
    let lines = verified.lines.into_iter().map(ToOwned::to_owned).collect();
    let whole = Whole::read(lines).map_err(|damage| anyhow::anyhow!("{}: {damage}", path.display()))?;
    Ok(whole.incident.header.is_some().then_some(whole))
}
