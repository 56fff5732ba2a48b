//! A purge: what should never have been written here, a state secret above all, is taken out of the log by the
//! administrator. Here is the rule and the record; the words themselves are gone when it is folded, and no row is.

use super::ids::{Digest, Rev, RowId};
use super::refusal::{Purges, Refusal};
use super::statement::State;
use super::{Context, Event as AnyEvent, Incident, text};
use serde::{Deserialize, Serialize};

/// What stands in place of words that are gone.
pub const LEFT: &str = "[đã xóa bỏ]";
/// Lines that one purge may name: a night's talk; more is a damaged record, not a slip.
pub const LINES_MAX: usize = 2_000;
/// Lines that its sentence names.
const NAMED_MAX: usize = 12;

/// What is asked of a purge. It never comes from a browser as it is: the server has looked at the lines first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Words were taken out of these lines.
    Take {
        /// Which lines, in order.
        lines: Vec<Rev>,
        /// Drafts that lost all their words.
        statements: Vec<RowId>,
        /// Files that were named there.
        files: Vec<Digest>,
        /// Statements that say it too and stay as they are.
        standing: Vec<RowId>,
        /// Why, without saying what.
        reason: String,
    },
}

/// What happened. Its JSON is permanent: add, never rename, retype or reuse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Event {
    /// Words were taken out of lines.
    Taken {
        /// Which lines, in order.
        lines: Vec<Rev>,
        /// Drafts that lost all their words.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        statements: Vec<RowId>,
        /// Files that were named there.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<Digest>,
        /// Statements that said it too and stayed as they were.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        standing: Vec<RowId>,
        /// Why.
        reason: String,
    },
}

/// Whether a statement's words can go: it was put aside, and nobody outside has read it. What is public is not made
/// unread here; it is withdrawn, in the open.
///
/// # Errors
/// What has to happen first.
pub fn purgeable(incident: &Incident, id: &RowId) -> Result<(), Purges> {
    match incident.statements.get(id) {
        Some(row) if row.is_out() => Err(Purges::PurgePublished { number: row.number.clone() }),
        Some(row) if row.state != State::Dropped => Err(Purges::PurgeStanding { number: row.number.clone() }),
        _ => Ok(()),
    }
}

pub(super) fn decide(
    incident: &Incident,
    command: Command,
    _context: &Context,
) -> Result<Vec<AnyEvent>, Refusal> {
    let Command::Take { lines, statements, files, standing, reason } = command;
    if lines.is_empty() {
        return Err(Purges::NothingToPurge.into());
    }
    if lines.len() > LINES_MAX {
        return Err(Purges::PurgeTooWide { lines: lines.len(), max: LINES_MAX }.into());
    }
    if let Some(line) = lines.iter().find(|line| **line == 0 || **line > incident.rev) {
        return Err(Purges::PurgeUnknownLine { line: *line }.into());
    }
    statements.iter().try_for_each(|id| purgeable(incident, id))?;
    let reason = text::note(&reason)?;
    Ok(vec![AnyEvent::Purge(Event::Taken { lines, statements, files, standing, reason })])
}

/// Whoever saw less than this begins anew: what they have may be what is gone.
pub(super) fn apply(incident: &mut Incident, rev: Rev) {
    incident.purged = rev;
}

impl Event {
    /// The sentence of the timeline.
    pub(super) fn sentence(&self) -> String {
        let Self::Taken { lines, files, reason, .. } = self;
        let mut named: Vec<_> = lines.iter().take(NAMED_MAX).map(ToString::to_string).collect();
        if lines.len() > NAMED_MAX {
            named.push("…".into());
        }
        let files = if files.is_empty() { String::new() } else { format!(" và {} tệp", files.len()) };
        format!(
            "Quản trị viên xóa bỏ nội dung ở {} dòng của nhật ký (dòng {}){files}. Lý do: {reason}",
            lines.len(),
            named.join(", ")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::given::an_incident;
    use crate::domain::{Command as Any, Viewer, statement};

    fn row(id: &str) -> RowId {
        RowId::new(id).expect("an id")
    }

    fn take(lines: &[Rev], statements: &[&str]) -> Any {
        let statements = statements.iter().map(|id| row(id)).collect();
        let reason = "Lộ nội dung không được đưa vào mạng".into();
        let (files, standing) = (vec![], vec![]);
        Any::Purge(Command::Take { lines: lines.to_vec(), statements, files, standing, reason })
    }

    #[test]
    fn only_an_administrator_and_only_lines_that_are_there() {
        let refused = |lines: &[Rev], rule: Purges| {
            an_incident().by("admin").when(take(lines, &[])).refused(rule.into());
        };
        an_incident().by("press").when(take(&[1], &[])).refused(Refusal::NotAllowed);
        an_incident().by("admin").when(take(&[1], &[])).accepted();
        refused(&[], Purges::NothingToPurge);
        refused(&[0], Purges::PurgeUnknownLine { line: 0 });
        refused(&[99], Purges::PurgeUnknownLine { line: 99 });
        refused(&[1; LINES_MAX + 1], Purges::PurgeTooWide { lines: LINES_MAX + 1, max: LINES_MAX });
    }

    #[test]
    fn a_draft_is_put_aside_first() {
        let (id, kind) = (row("s-1"), "holding_statement".into());
        let draft = statement::Command::Draft { id: id.clone(), kind, title: None, follows: None };
        let drafted = an_incident().by("press").when(Any::Statement(draft)).accepted();
        let number = drafted.incident().statements.get(&id).expect("drafted").number.clone();
        let drop = statement::Command::Drop { id, reason: "Lộ".into() };
        let dropped = drafted.clone().when(Any::Statement(drop)).accepted();
        drafted.by("admin").when(take(&[2], &["s-1"])).refused(Purges::PurgeStanding { number }.into());
        dropped.by("admin").when(take(&[2], &["s-1"])).accepted();
    }

    #[test]
    fn who_saw_less_begins_anew_and_who_saw_it_goes_on() {
        let purged = an_incident().by("admin").when(take(&[1], &[])).accepted();
        let incident = purged.incident();
        let rev = incident.rev;
        let anew = incident.since(rev - 1, Viewer::FULL);
        assert!(anew.from == 0 && anew.header.is_some(), "everything, as at the first time");
        assert_eq!(incident.since(rev, Viewer::FULL).from, rev);
        let line = incident.lines.iter().next_back().expect("on the timeline");
        assert!(line.text.contains("xóa bỏ nội dung ở 1 dòng"), "{}", line.text);
    }
}
