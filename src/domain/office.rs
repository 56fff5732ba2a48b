//! Offices in the room: the task force's own seats and whoever is pulled in, and whether each has accepted the
//! incident. Who is present is not here: presence is never on the record.

use super::frozen::PlannedOffice;
use super::ids::{OfficeId, Rev};
use super::refusal::Refusal;
use super::table::row;
use super::{Act, Context, Event as AnyEvent, Incident};
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An office that has not accepted by then is called: the office's own aim for a first statement is five minutes, and
/// nobody waits for it behind a screen.
pub const ACCEPT_WITHIN: SignedDuration = SignedDuration::from_mins(5);
/// And by then the leads are told to find another way to it.
pub const ACCEPT_AT_LAST: SignedDuration = SignedDuration::from_mins(15);

/// An office with a part in the incident.
#[derive(Clone, Debug, Serialize, JsonSchema, TS)]
pub struct Office {
    /// Its id.
    pub id: OfficeId,
    /// Last change.
    pub rev: Rev,
    /// Its name on the day.
    pub name: String,
    /// Its short name.
    pub short: String,
    /// One of the task force's own seats.
    pub seat: bool,
    /// Its place among the offices: seats in their order of precedence, then as they were pulled in.
    pub order: u32,
    /// When it was asked to take the incident on: at the opening, or when it was pulled in.
    pub asked_at: Timestamp,
    /// Who accepted the incident for it, and when.
    pub accepted: Option<Act>,
}

impl Office {
    pub(super) fn new(plan: PlannedOffice, order: usize, asked_at: Timestamp) -> Self {
        let PlannedOffice { id, name, short, seat } = plan;
        let order = u32::try_from(order).unwrap_or(u32::MAX);
        Self { id, rev: 0, name, short, seat, order, asked_at, accepted: None }
    }
    /// Until when it is expected to accept; none once it has.
    pub fn accept_by(&self) -> Option<Timestamp> {
        self.accepted.is_none().then(|| self.asked_at.saturating_add(ACCEPT_WITHIN).unwrap_or(Timestamp::MAX))
    }
}

row!(Office, OfficeId);

/// What people ask of offices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[ts(rename = "OfficeCommand")]
pub enum Command {
    /// The actor's office takes the incident on.
    Accept,
    /// Pull another office in.
    Invite {
        /// Which, with its name on the day the incident's organisation is taken from; the server fills it in.
        office: PlannedOffice,
    },
}

/// What happened to offices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Event {
    /// An office took the incident on.
    Accepted {
        /// Which.
        office: OfficeId,
    },
    /// An office was pulled in.
    Invited {
        /// Which.
        office: PlannedOffice,
    },
}

pub(super) fn decide(
    incident: &Incident,
    command: Command,
    context: &Context,
) -> Result<Vec<AnyEvent>, Refusal> {
    let event = match command {
        Command::Accept => {
            let id = context.by.office.as_ref().ok_or(Refusal::UnknownOffice)?;
            let office = incident.offices.get(id).ok_or(Refusal::UnknownOffice)?;
            if office.accepted.is_some() {
                return Ok(vec![]);
            }
            Event::Accepted { office: id.clone() }
        }
        Command::Invite { office } => {
            if incident.offices.get(&office.id).is_some() {
                return Err(Refusal::OfficeInRoom);
            }
            Event::Invited { office: PlannedOffice { seat: false, ..office } }
        }
    };
    Ok(vec![AnyEvent::Office(event)])
}

pub(super) fn apply(incident: &mut Incident, rev: Rev, event: &Event, act: &Act) {
    match event {
        Event::Accepted { office } => {
            incident.offices.edit(rev, office, |row| row.accepted = Some(act.clone()));
        }
        Event::Invited { office } => {
            let order = incident.offices.len();
            incident.offices.put(rev, Office::new(office.clone(), order, act.at));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Command as AnyCommand, given};

    #[test]
    fn an_office_accepts_once_and_is_named() {
        let accept = || AnyCommand::Office(Command::Accept);
        let accepted = given::an_incident().by("party").when(accept()).accepted();
        let office = OfficeId::new("vptu").expect("an id");
        let act =
            accepted.incident().offices.get(&office).expect("a seat").accepted.clone().expect("accepted");
        assert_eq!(act.person.as_str(), "party");
        assert_eq!(accepted.clone().when(accept()).accepted().incident().rev, accepted.incident().rev);
    }

    #[test]
    fn an_office_is_pulled_in_once_and_never_gets_a_seat() {
        let police = PlannedOffice {
            id: OfficeId::new("ca").expect("an id"),
            name: "Công an".into(),
            short: "CA".into(),
            seat: true,
        };
        let invite = || AnyCommand::Office(Command::Invite { office: police.clone() });
        given::an_incident().by("party").when(invite()).refused(Refusal::NotAllowed);
        let invited = given::an_incident().by("press").when(invite()).accepted();
        let row = invited.incident().offices.get(&police.id).expect("invited").clone();
        assert!(!row.seat && row.accepted.is_none(), "it is asked to accept like a seat");
        assert_eq!(row.asked_at, given::at("12:30:00"));
        let seats: Vec<_> = invited.incident().offices.iter().filter(|row| row.seat).collect();
        assert!(seats.len() == 3 && seats.iter().all(|row| row.asked_at == given::at("12:00:00")));
        invited.when(invite()).refused(Refusal::OfficeInRoom);
    }
}
