//! Who may send which command: one exhaustive match. A new command does not compile until someone says it here.

use super::{Actor, Command, Role, deadline, decision, entry, incident, message, office, statement, task};

/// Whether the actor's roles allow the command at all. What depends on the rows, the nouns decide.
pub fn may(actor: &Actor, command: &Command) -> bool {
    let any = |roles: &[Role]| roles.iter().any(|role| actor.is(*role));
    let leads = any(&[Role::Head, Role::Secretary]);
    let desk = any(&[Role::Head, Role::Secretary, Role::Duty, Role::Spokesperson]);
    let reports = desk || actor.is(Role::Field);
    match command {
        Command::Incident(command) => match command {
            incident::Command::Open(_) | incident::Command::SetAnchor { .. } => desk,
            incident::Command::SetLevel { .. } | incident::Command::Close { .. } => leads,
        },
        Command::Office(command) => match command {
            office::Command::Accept => desk,
            office::Command::Invite { .. } => leads,
        },
        Command::Task(command) => match command {
            task::Command::Take { .. } | task::Command::Finish { .. } => reports,
            task::Command::Skip { .. } => desk,
        },
        Command::Deadline(command) => match command {
            deadline::Command::Miss { .. } => actor.is(Role::Room),
        },
        Command::Statement(command) => match command {
            statement::Command::Draft { .. }
            | statement::Command::Write { .. }
            | statement::Command::Submit { .. }
            | statement::Command::Approve { .. }
            | statement::Command::Object { .. } => desk,
            statement::Command::Publish { .. } => actor.is(Role::Spokesperson),
        },
        Command::Decision(command) => match command {
            decision::Command::Take { .. } => desk,
        },
        Command::Message(command) => match command {
            message::Command::Send { .. } => reports,
        },
        Command::Entry(command) => match command {
            entry::Command::Add { .. } | entry::Command::Correct { .. } => reports,
        },
    }
}
