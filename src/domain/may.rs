//! Who may send which command: one exhaustive match. A new command does not compile until someone says it here.
//! Browsers hide what would be refused by a table made from this.

use super::{Actor, Command, Role, deadline, decision, entry, incident, message, office, statement, task};

/// They lead the task force.
pub const LEADS: &[Role] = &[Role::Head, Role::Secretary];
/// They work at the desk: they draft, approve, and see drafts.
pub const DESK: &[Role] = &[Role::Head, Role::Secretary, Role::Duty, Role::Spokesperson];
/// They report: the desk, and officers at the scene.
pub const REPORTS: &[Role] = &[Role::Head, Role::Secretary, Role::Duty, Role::Spokesperson, Role::Field];

/// Whether the actor's roles allow the command at all. What depends on the rows, the nouns decide.
pub fn may(actor: &Actor, command: &Command) -> bool {
    roles(command).iter().any(|role| actor.is(*role))
}

/// The roles of which one is needed.
pub fn roles(command: &Command) -> &'static [Role] {
    match command {
        Command::Incident(command) => match command {
            incident::Command::Open(_) | incident::Command::SetAnchor { .. } => DESK,
            incident::Command::SetLevel { .. } | incident::Command::Close { .. } => LEADS,
        },
        Command::Office(command) => match command {
            office::Command::Accept => DESK,
            office::Command::Invite { .. } => LEADS,
        },
        Command::Task(command) => match command {
            task::Command::Take { .. } | task::Command::Finish { .. } => REPORTS,
            task::Command::Skip { .. } => DESK,
        },
        Command::Deadline(command) => match command {
            deadline::Command::Miss { .. } => &[Role::Room],
        },
        Command::Statement(command) => match command {
            statement::Command::Draft { .. }
            | statement::Command::Type { .. }
            | statement::Command::Write { .. }
            | statement::Command::Reopen { .. }
            | statement::Command::Submit { .. }
            | statement::Command::Approve { .. }
            | statement::Command::Object { .. } => DESK,
            statement::Command::Publish { .. } => &[Role::Spokesperson],
        },
        Command::Decision(command) => match command {
            decision::Command::Take { .. } => DESK,
        },
        Command::Message(command) => match command {
            message::Command::Send { .. } => REPORTS,
        },
        Command::Entry(command) => match command {
            entry::Command::Add { .. } | entry::Command::Correct { .. } => REPORTS,
        },
    }
}
