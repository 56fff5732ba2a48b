//! What an incident adds to the annual report: the bare facts of its record, without any form in mind. The form may
//! change, its mapping may be corrected; the facts stay as the log has them, and can be made from it again.

use crate::domain::Incident;
use crate::domain::deadline::{Anchor, Deadline, Stop};
use crate::domain::enquiry::{Enquiry, Outcome};
use crate::domain::ids::{IncidentId, RowId};
use crate::domain::meeting::{self, Meeting};
use crate::domain::statement::Statement;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The facts of one incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contribution {
    /// The incident.
    pub id: IncidentId,
    /// Its number in the register.
    pub number: String,
    /// Its title.
    pub title: String,
    /// An exercise.
    pub exercise: bool,
    /// When the office received it.
    pub received_at: Timestamp,
    /// It has ended.
    pub closed: bool,
    /// The playbooks that run in it.
    pub playbooks: BTreeSet<String>,
    /// The questions of fact that were answered with yes.
    pub agreed: Vec<String>,
    /// The clocks of the law that apply to it.
    pub clocks: Vec<Run>,
    /// What went out.
    pub spoken: Vec<Spoken>,
    /// What the press asked.
    pub enquiries: Vec<Question>,
    /// Meetings with the press.
    pub meetings: Vec<Met>,
}

/// A clock that applies: its time is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Code of the duty.
    pub duty: String,
    /// When time is up.
    pub due_at: Timestamp,
    /// When it was stopped, and by the statement with which number, or by what else in words.
    pub stopped: Option<(Timestamp, String)>,
}

/// A statement that is out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spoken {
    /// Its number.
    pub number: String,
    /// Its kind.
    pub kind: String,
    /// Meant for the public.
    pub public: bool,
    /// When it first went out.
    pub at: Timestamp,
}

/// A question of the press.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Who asked.
    pub outlet: String,
    /// When it arrived.
    pub received_at: Timestamp,
    /// What became of it, and when.
    pub outcome: Option<(Became, Timestamp)>,
}

/// What became of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Became {
    /// Answered, by a statement with a number or otherwise.
    Answered(Option<String>),
    /// Declined, on a ground in words.
    Declined(Option<String>),
}

/// A meeting with the press.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Met {
    /// What kind.
    pub kind: meeting::Kind,
    /// When it began.
    pub at: Timestamp,
    /// Where.
    pub place: Option<String>,
}

impl Contribution {
    /// What the incident adds as it stands; none before it is opened.
    pub fn of(id: &IncidentId, incident: &Incident) -> Option<Self> {
        let header = incident.header.as_ref()?;
        let received_at = header.anchors.get(&Anchor::ReceivedAt).copied().unwrap_or(header.opened.at);
        let number =
            |id: &RowId| incident.statements.get(id).map_or_else(String::new, |row| row.number.clone());
        let run = |row: &Deadline| {
            let by = |stop: &Stop| match &stop.statement {
                Some(id) => number(id),
                None => stop.on.clone().unwrap_or_default(),
            };
            let stopped = row.stopped.as_ref().map(|stop| (stop.at, by(stop)));
            // A clock that does not apply yet has no time.
            Some(Run { duty: row.clock.id.as_str().replace('-', "_"), due_at: row.due_at?, stopped })
        };
        let mut spoken: Vec<_> = incident.statements.iter().filter_map(|row| Spoken::of(row)).collect();
        spoken.sort_by(|a, b| (a.at, &a.number).cmp(&(b.at, &b.number)));
        Some(Self {
            id: id.clone(),
            number: header.number.clone(),
            title: header.title.clone(),
            exercise: header.exercise,
            received_at,
            closed: header.closed.is_some(),
            playbooks: std::iter::once(&header.playbook)
                .chain(&header.more)
                .map(|it| it.id.clone())
                .collect(),
            agreed: incident
                .questions
                .iter()
                .filter(|row| incident.is_so(&row.text))
                .map(|row| row.text.clone())
                .collect(),
            clocks: incident.deadlines.iter().filter_map(|row| run(row)).collect(),
            spoken,
            enquiries: incident.enquiries.iter().filter_map(|row| Question::of(row, number)).collect(),
            meetings: incident.meetings.iter().filter_map(|row| Met::of(row)).collect(),
        })
    }
}

impl Spoken {
    fn of(row: &Statement) -> Option<Self> {
        let at = row.releases.iter().map(|release| release.at).min()?;
        Some(Self { number: row.number.clone(), kind: row.kind.clone(), public: row.public, at })
    }
}

impl Question {
    /// A question of the log, unless it was struck out.
    pub fn of(row: &Enquiry, number: impl Fn(&RowId) -> String) -> Option<Self> {
        let outcome = row.outcome.as_ref().map(|outcome| match outcome {
            Outcome::Answered { statement, at, .. } => {
                (Became::Answered(statement.as_ref().map(number)), *at)
            }
            Outcome::Declined { ground, at, .. } => {
                (Became::Declined(ground.as_ref().map(|ground| ground.title.clone())), *at)
            }
        });
        let asked = &row.asked;
        row.struck.is_none().then(|| Self {
            outlet: asked.outlet.clone(),
            received_at: asked.received_at,
            outcome,
        })
    }

    /// When it was answered, if it was.
    pub fn answered_at(&self) -> Option<Timestamp> {
        match self.outcome {
            Some((Became::Answered(_), at)) => Some(at),
            _ => None,
        }
    }
}

impl Met {
    /// A meeting of the log, unless it was struck out.
    pub fn of(row: &Meeting) -> Option<Self> {
        let held = &row.held;
        row.struck.is_none().then(|| Self { kind: held.kind, at: held.held_at, place: held.place.clone() })
    }
}
