//! The press log and media watch in an export: who asked what and what became of it, which meetings were held, what was
//! published and how far it reached. What was struck out stays readable, and says why.

use super::report::Desk;
use super::words::{Deed, Moment};
use crate::domain::enquiry::{Change, Outcome};
use crate::domain::owner::Owner;
use crate::domain::{clipping, enquiry, meeting};
use serde::Serialize;

/// A question of the press.
#[derive(Clone, Debug, Serialize)]
pub struct Enquiry {
    /// When it arrived.
    pub received: Moment,
    /// Who asked: the outlet, and for whom.
    pub outlet: String,
    /// The question.
    pub question: String,
    /// When an answer was promised.
    pub due: Option<Moment>,
    /// Whose it is to answer.
    pub owner: String,
    /// What became of it.
    pub outcome: String,
    /// When.
    pub ended: Option<Moment>,
    /// In time or late, where an answer was promised; empty otherwise.
    pub verdict: &'static str,
    /// Who recorded it.
    pub by: Deed,
    /// Corrected, struck out.
    pub notes: Vec<String>,
}

/// A meeting with the press.
#[derive(Clone, Debug, Serialize)]
pub struct Meeting {
    /// When it began.
    pub held: Moment,
    /// What kind.
    pub kind: &'static str,
    /// Where.
    pub place: String,
    /// Who chaired, what was said.
    pub note: String,
    /// Who recorded it.
    pub by: Deed,
    /// Corrected, struck out.
    pub notes: Vec<String>,
}

/// Something that was published.
#[derive(Clone, Debug, Serialize)]
pub struct Clipping {
    /// When it was published.
    pub published: Option<Moment>,
    /// The outlet.
    pub outlet: String,
    /// Its title.
    pub title: String,
    /// In what tone.
    pub tone: &'static str,
    /// How many people it reached, by the newest reading.
    pub reach: Option<u32>,
    /// Where it stands.
    pub link: String,
    /// What to mind.
    pub note: String,
    /// Who entered it.
    pub by: Deed,
    /// Corrected, struck out.
    pub notes: Vec<String>,
}

/// What is said of a row that somebody changed.
fn changes(corrected: Option<&Change>, struck: Option<&Change>) -> Vec<String> {
    let corrected = corrected.map(|change| format!("đã đính chính: {}", change.reason));
    let struck = struck.map(|change| format!("đã gạch: {}", change.reason));
    corrected.into_iter().chain(struck).collect()
}

impl Enquiry {
    /// All questions, by the moment at which they arrived.
    pub(super) fn all(desk: &Desk) -> Vec<Self> {
        let mut rows: Vec<_> = desk.incident.enquiries.iter().collect();
        rows.sort_by(|a, b| (a.asked.received_at, &a.id).cmp(&(b.asked.received_at, &b.id)));
        rows.into_iter().map(|row| Self::of(row, desk)).collect()
    }

    fn of(row: &enquiry::Enquiry, desk: &Desk) -> Self {
        let number = |id| desk.incident.statements.get(id).map_or_else(String::new, |row| row.number.clone());
        let (outcome, ended) = match &row.outcome {
            None => ("chưa trả lời".to_owned(), None),
            Some(Outcome::Answered { statement, note, at, .. }) => {
                let by = statement.as_ref().map(|id| format!("bằng {}", number(id)));
                let said: Vec<_> = by.into_iter().chain(note.clone()).collect();
                (format!("đã trả lời {}", said.join("; ")), Some(*at))
            }
            Some(Outcome::Declined { ground, reason, at, .. }) => {
                let ground = ground
                    .as_ref()
                    .map_or_else(String::new, |ground| format!("{} ({}). ", ground.title, ground.cite));
                (format!("từ chối cung cấp: {ground}Lý do: {reason}"), Some(*at))
            }
        };
        let verdict = match (row.asked.due_at, ended) {
            (Some(due), Some(ended)) if ended > due => "quá hẹn",
            (Some(_), Some(_)) => "đúng hẹn",
            (Some(due), None) if row.is_open() && due < desk.now => "quá hẹn",
            _ => "",
        };
        let owner = match &row.owner {
            Some(Owner::Office { office }) => desk.incident.office_name(Some(office)),
            Some(Owner::Person { named }) => named.name.clone(),
            None => desk.incident.office_name(row.entered.office.as_ref()),
        };
        let outlet = match &row.asked.asked_by {
            Some(by) => format!("{} ({by})", row.asked.outlet),
            None => row.asked.outlet.clone(),
        };
        Self {
            received: desk.moment(row.asked.received_at),
            outlet,
            question: row.asked.question.clone(),
            due: row.asked.due_at.map(|at| desk.moment(at)),
            owner,
            outcome,
            ended: ended.map(|at| desk.moment(at)),
            verdict,
            by: desk.deed(&row.entered),
            notes: changes(row.corrected.as_ref(), row.struck.as_ref()),
        }
    }
}

impl Meeting {
    /// All meetings, by the moment at which they began.
    pub(super) fn all(desk: &Desk) -> Vec<Self> {
        let mut rows: Vec<_> = desk.incident.meetings.iter().collect();
        rows.sort_by(|a, b| (a.held.held_at, &a.id).cmp(&(b.held.held_at, &b.id)));
        let meeting = |row: &meeting::Meeting| Self {
            held: desk.moment(row.held.held_at),
            kind: row.held.kind.title(),
            place: row.held.place.clone().unwrap_or_default(),
            note: row.held.note.clone().unwrap_or_default(),
            by: desk.deed(&row.recorded),
            notes: changes(row.corrected.as_ref(), row.struck.as_ref()),
        };
        rows.into_iter().map(|row| meeting(row)).collect()
    }
}

impl Clipping {
    /// All that was published, by when that was, and what has no time last.
    pub(super) fn all(desk: &Desk) -> Vec<Self> {
        let mut rows: Vec<_> = desk.incident.clippings.iter().collect();
        let order = |row: &clipping::Clipping| {
            (row.words.published_at.is_none(), row.words.published_at, row.entered.at, row.id.clone())
        };
        rows.sort_by_cached_key(|row| order(row));
        let clipping = |row: &clipping::Clipping| Self {
            published: row.words.published_at.map(|at| desk.moment(at)),
            outlet: row.words.outlet.clone(),
            title: row.words.title.clone(),
            tone: row.words.tone.title(),
            reach: row.reach(),
            link: row.link.clone(),
            note: row.words.note.clone().unwrap_or_default(),
            by: desk.deed(&row.entered),
            notes: changes(row.corrected.as_ref(), row.struck.as_ref()),
        };
        rows.into_iter().map(|row| clipping(row)).collect()
    }
}
