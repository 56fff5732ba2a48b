//! Decisions: what was decided, why, and when. They are taken once and never changed; a new one replaces the old.

use super::ids::{Rev, RowId};
use super::refusal::Refusal;
use super::table::Row;
use super::{Act, Context, Event as AnyEvent, Incident, Origin, incident, text};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A decision.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Decision {
    /// Its id.
    pub id: RowId,
    /// Last change.
    pub rev: Rev,
    /// What was decided.
    pub text: String,
    /// Why.
    pub reason: Option<String>,
    /// When it was taken.
    pub occurred_at: Timestamp,
    /// Who recorded it.
    pub by: Act,
    /// Of the demonstration: on public record, or made for it.
    pub origin: Option<Origin>,
    /// The message that it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub from: Option<RowId>,
}

impl Row for Decision {
    type Id = RowId;
    fn id(&self) -> &RowId {
        &self.id
    }
    fn rev(&self) -> Rev {
        self.rev
    }
    fn stamp(&mut self, rev: Rev) {
        self.rev = rev;
    }
}

/// What people ask of decisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[ts(rename = "DecisionCommand")]
pub enum Command {
    /// Put a decision on record.
    Take {
        /// Its id.
        id: RowId,
        /// What was decided.
        text: String,
        /// Why.
        reason: Option<String>,
        /// When; now when empty.
        occurred_at: Option<Timestamp>,
        /// Of the demonstration: on public record, or made for it.
        #[serde(default)]
        #[ts(optional)]
        origin: Option<Origin>,
        /// The message that it came from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        from: Option<RowId>,
    },
}

/// What happened to decisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Event {
    /// Taken.
    Taken {
        /// Its id.
        id: RowId,
        /// What was decided.
        text: String,
        /// Why.
        reason: Option<String>,
        /// When.
        occurred_at: Timestamp,
        /// Of the demonstration.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        origin: Option<Origin>,
        /// The message that it came from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<RowId>,
    },
}

pub(super) fn decide(
    incident: &Incident,
    command: Command,
    context: &Context,
) -> Result<Vec<AnyEvent>, Refusal> {
    let Command::Take { id, text, reason, occurred_at, origin, from } = command;
    if incident.decisions.get(&id).is_some() {
        return Err(Refusal::AlreadyThere);
    }
    let occurred_at = incident::typed(occurred_at.unwrap_or(context.acted_at()), context)?;
    let (text, reason) = (text::entry(&text)?, text::note_if_any(reason.as_deref())?);
    Ok(vec![AnyEvent::Decision(Event::Taken { id, text, reason, occurred_at, origin, from })])
}

pub(super) fn apply(incident: &mut Incident, rev: Rev, event: &Event, act: &Act) {
    let Event::Taken { id, text, reason, occurred_at, origin, from } = event.clone();
    let by = act.clone();
    incident.decisions.put(rev, Decision { id, rev, text, reason, occurred_at, by, origin, from });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Command as AnyCommand, given};

    fn take(id: &str, text: &str, when: Option<&str>) -> AnyCommand {
        let occurred_at = when.map(given::at);
        let id = RowId::new(id).expect("an id");
        let (text, origin) = (text.into(), None);
        let command = Command::Take { id, text, reason: None, occurred_at, origin, from: None };
        AnyCommand::Decision(command)
    }

    #[test]
    fn a_decision_is_taken_once_at_a_time_that_has_come() {
        let taken = given::an_incident().by("party").when(take("d-1", "Lập tổ xác minh", None)).accepted();
        let row = taken.incident().decisions.get(&RowId::new("d-1").expect("an id")).expect("taken").clone();
        assert_eq!(row.occurred_at, row.by.at);
        taken.clone().when(take("d-1", "khác", None)).refused(Refusal::AlreadyThere);
        taken.clone().when(take("d-2", "khác", Some("23:59:59"))).refused(Refusal::InTheFuture);
        taken.when(take("d-2", "", None)).refused(Refusal::Empty);
    }
}
