//! The office's own press log: the quarterly press conference, briefings, and questions that belong to no incident. The
//! same rows and rules as in an incident, kept in the directory's log.

use super::Directory;
use crate::domain::frozen::Ground;
use crate::domain::ids::{Rev, RowId};
use crate::domain::owner::Owner;
use crate::domain::refusal::{Desks, Refusal};
use crate::domain::table::Table;
use crate::domain::{Act, Actor, Context, Role, enquiry, meeting};
use crate::wire::PressCommand;
use serde::{Deserialize, Serialize};

/// The roles of which one is needed to keep the office's press log.
pub const KEEPERS: &[Role] = &[Role::Head, Role::Secretary, Role::Admin];

/// What happened to the office's press log. Its JSON is permanent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "noun", rename_all = "snake_case")]
pub enum Event {
    /// A question.
    Enquiry(enquiry::Event),
    /// A meeting.
    Meeting(meeting::Event),
}

/// The office's press log.
#[derive(Clone, Debug, Default)]
pub struct PressLog {
    /// Questions of the press.
    pub enquiries: Table<enquiry::Enquiry>,
    /// Meetings with the press.
    pub meetings: Table<meeting::Meeting>,
}

pub(super) fn may(actor: &Actor) -> bool {
    KEEPERS.iter().any(|role| actor.is(*role))
}

impl Directory {
    /// Whether the command may be accepted, with the grounds of the day.
    pub(super) fn press(
        &self,
        command: PressCommand,
        grounds: &[Ground],
        context: &Context,
    ) -> Result<Event, Refusal> {
        // Statements belong to incidents; there are none here that could answer.
        let released = |_: &RowId| Err(Refusal::Unknown);
        // Its keepers answer; offices have a part in incidents only.
        let owner = |_: Owner| Err(Refusal::Desks(Desks::NoOwnerHere));
        let desk = enquiry::Desk { rows: &self.press.enquiries, grounds, released: &released, owner: &owner };
        Ok(match command {
            // Nor is there any talk here that a question could have come from.
            PressCommand::Enquiry(enquiry::Command::Enter { from: Some(_), .. }) => {
                return Err(Refusal::Unknown);
            }
            PressCommand::Enquiry(command) => Event::Enquiry(desk.decide(command, context)?),
            PressCommand::Meeting(command) => {
                Event::Meeting(meeting::decide_over(&self.press.meetings, command, context)?)
            }
        })
    }
}

impl PressLog {
    pub(super) fn take_in(&mut self, rev: Rev, event: &Event, act: &Act) {
        match event {
            Event::Enquiry(event) => enquiry::take_in(&mut self.enquiries, rev, event, act),
            Event::Meeting(event) => meeting::take_in(&mut self.meetings, rev, event, act),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::{Command as Asked, Event as Happened};
    use crate::domain::Record;
    use crate::domain::given::{actor, at};
    use crate::domain::ids::CommandId;
    use crate::room::Fold;

    fn conference(time: &str) -> Asked {
        let kind = meeting::Kind::PressConference;
        let held = meeting::Held { kind, held_at: at(time), place: None, note: None };
        let id = RowId::new("h-1").expect("an id");
        press(PressCommand::Meeting(meeting::Command::Record { id, held }))
    }
    fn press(command: PressCommand) -> Asked {
        Asked::Press { command, grounds: vec![] }
    }
    fn decided(directory: &Directory, who: &str, command: Asked) -> Result<Vec<Happened>, Refusal> {
        directory.decide(command, &Context { at: at("12:00:00"), by: &actor(who), written_at: None })
    }

    #[test]
    fn the_leads_keep_the_offices_press_log_and_nobody_else() {
        let mut directory = Directory::default();
        for who in ["party", "drafter", "people"] {
            assert_eq!(decided(&directory, who, conference("09:00:00")), Err(Refusal::NotAllowed), "{who}");
        }
        assert_eq!(decided(&directory, "head", conference("18:00:00")), Err(Refusal::InTheFuture));
        let events = decided(&directory, "head", conference("09:00:00")).expect("recorded");
        let cause = CommandId::new("c").expect("an id");
        // What is in the log is read back as what it was.
        let stored = serde_json::to_string(&events).expect("JSON");
        assert_eq!(stored.matches("\"verb\":\"press\"").count(), 1, "{stored}");
        let events = serde_json::from_str(&stored).expect("events");
        directory.apply(&Record {
            rev: 1,
            at: at("12:00:00"),
            by: actor("head"),
            cause,
            events,
            written_at: None,
        });
        assert_eq!(directory.press.meetings.len(), 1);
        assert_eq!(decided(&directory, "head", conference("09:00:00")), Err(Refusal::AlreadyThere));
    }

    #[test]
    fn no_statement_answers_a_question_of_no_incident() {
        let id = || RowId::new("b-1").expect("an id");
        let (outlet, question, received_at) = ("Báo Thử".into(), "Vì sao?".into(), at("09:00:00"));
        let asked = enquiry::Asked { outlet, asked_by: None, question, received_at, due_at: None };
        let enter = press(PressCommand::Enquiry(enquiry::Command::Enter {
            id: id(),
            asked,
            owner: None,
            from: None,
        }));
        let mut directory = Directory::default();
        let events = decided(&directory, "head", enter).expect("entered");
        let cause = CommandId::new("c").expect("an id");
        directory.apply(&Record {
            rev: 1,
            at: at("12:00:00"),
            by: actor("head"),
            cause,
            events,
            written_at: None,
        });
        let answer = |statement: Option<RowId>, note: Option<String>| {
            press(PressCommand::Enquiry(enquiry::Command::Answer { id: id(), statement, note, at: None }))
        };
        assert_eq!(decided(&directory, "head", answer(Some(id()), None)), Err(Refusal::Unknown));
        assert!(decided(&directory, "head", answer(None, Some("đã gọi lại".into()))).is_ok());
    }
}
