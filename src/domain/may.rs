//! Who may send which command: one exhaustive match. A new command does not compile until someone says it here.
//! Browsers hide what would be refused by a table made from this.

use super::{
    Actor, Command, Role, brief, claim, clipping, deadline, decision, enquiry, entry, fact, incident, ladder,
    line, meeting, message, office, plan, question, review, shift, statement, task,
};

/// They lead the task force.
pub const LEADS: &[Role] = &[Role::Head, Role::Secretary];
/// They work at the desk: they draft, approve, and see drafts.
pub const DESK: &[Role] = &[Role::Head, Role::Secretary, Role::Duty, Role::Spokesperson];
/// They report: the desk, and officers at the scene.
pub const REPORTS: &[Role] = &[Role::Head, Role::Secretary, Role::Duty, Role::Spokesperson, Role::Field];

/// They bring in tables of what was published: the desk, and services that watch the media.
pub const WATCH: &[Role] = &[Role::Head, Role::Secretary, Role::Duty, Role::Spokesperson, Role::Service];

/// They read: whoever reports, and whoever follows.
pub const READS: &[Role] =
    &[Role::Head, Role::Secretary, Role::Duty, Role::Spokesperson, Role::Field, Role::Observer];

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
            office::Command::Accept => REPORTS,
            office::Command::Invite { .. } => LEADS,
        },
        Command::Task(command) => match command {
            task::Command::Take { .. } | task::Command::Finish { .. } => REPORTS,
            task::Command::Skip { .. } | task::Command::Name { .. } => DESK,
            task::Command::Release { .. } => &[Role::Room],
            task::Command::Add { .. } => LEADS,
        },
        Command::Deadline(command) => match command {
            deadline::Command::Miss { .. } | deadline::Command::Remind { .. } => &[Role::Room],
            deadline::Command::Meet { .. } => DESK,
        },
        Command::Purge(_) => &[Role::Admin],
        Command::Statement(command) => of_statement(command),
        Command::Fact(command) => match command {
            fact::Command::Enter { .. } | fact::Command::Dispute { .. } => REPORTS,
            fact::Command::Revise { .. } | fact::Command::Verify { .. } | fact::Command::Withdraw { .. } => {
                DESK
            }
            fact::Command::NameSource { .. } => LEADS,
        },
        Command::Decision(command) => match command {
            decision::Command::Take { .. } => DESK,
        },
        Command::Message(command) => match command {
            message::Command::Send { .. }
            | message::Command::Ask { .. }
            | message::Command::Acknowledge { .. }
            | message::Command::CallOff { .. } => REPORTS,
            message::Command::See { .. } => READS,
            message::Command::Pin { .. } | message::Command::Unpin { .. } => DESK,
            message::Command::Remind { .. } => &[Role::Room],
        },
        Command::Entry(command) => match command {
            entry::Command::Add { .. } | entry::Command::Correct { .. } => REPORTS,
        },
        Command::Line(command) => match command {
            line::Command::Mark { .. } | line::Command::Unmark { .. } => DESK,
        },
        Command::Question(command) => match command {
            question::Command::Answer { .. } => DESK,
        },
        Command::Ladder(command) => match command {
            ladder::Command::Settle { .. } => LEADS,
        },
        Command::Enquiry(command) => match command {
            enquiry::Command::Enter { .. } => REPORTS,
            enquiry::Command::HandOn { .. }
            | enquiry::Command::Answer { .. }
            | enquiry::Command::Decline { .. }
            | enquiry::Command::Correct { .. }
            | enquiry::Command::Strike { .. } => DESK,
        },
        Command::Meeting(command) => match command {
            meeting::Command::Record { .. }
            | meeting::Command::Correct { .. }
            | meeting::Command::Strike { .. } => DESK,
        },
        Command::Plan(command) => match command {
            plan::Command::Run { .. } => DESK,
            plan::Command::TakeStep { .. } => LEADS,
        },
        Command::Clipping(command) => match command {
            clipping::Command::Enter { .. } | clipping::Command::Read { .. } => REPORTS,
            clipping::Command::Import { .. } => WATCH,
            clipping::Command::Correct { .. }
            | clipping::Command::Strike { .. }
            | clipping::Command::Restore { .. } => DESK,
        },
        Command::Shift(command) => match command {
            shift::Command::Take { .. }
            | shift::Command::Plan { .. }
            | shift::Command::Offer { .. }
            | shift::Command::Confirm { .. }
            | shift::Command::Decline { .. }
            | shift::Command::TakeBack { .. }
            | shift::Command::Leave { .. } => REPORTS,
            shift::Command::Assign { .. } => LEADS,
        },
        Command::Brief(command) => match command {
            brief::Command::Acknowledge { .. } => REPORTS,
        },
        Command::Review(command) => match command {
            review::Command::Find { .. }
            | review::Command::Reword { .. }
            | review::Command::Strike { .. }
            | review::Command::Assign { .. }
            | review::Command::Move { .. }
            | review::Command::Finish { .. }
            | review::Command::Drop { .. } => DESK,
        },
        Command::Claim(command) => match command {
            claim::Command::Enter { .. } | claim::Command::See { .. } | claim::Command::Reach { .. } => {
                REPORTS
            }
            claim::Command::Correct { .. }
            | claim::Command::Classify { .. }
            | claim::Command::Verify { .. }
            | claim::Command::Conclude { .. }
            | claim::Command::Label { .. }
            | claim::Command::Unlabel { .. }
            | claim::Command::Tell { .. }
            | claim::Command::Request { .. }
            | claim::Command::Answer { .. }
            | claim::Command::Report { .. }
            | claim::Command::Complete { .. }
            | claim::Command::Except { .. }
            | claim::Command::Resume { .. }
            | claim::Command::Strike { .. } => DESK,
        },
    }
}

fn of_statement(command: &statement::Command) -> &'static [Role] {
    use statement::Command as Verb;
    match command {
        Verb::Draft { .. }
        | Verb::Type { .. }
        | Verb::Write { .. }
        | Verb::Fill { .. }
        | Verb::Cite { .. }
        | Verb::Uncite { .. }
        | Verb::Drop { .. }
        | Verb::Submit { .. }
        | Verb::Reopen { .. }
        | Verb::Approve { .. }
        | Verb::Object { .. }
        | Verb::Hold { .. }
        | Verb::Agree { .. }
        | Verb::Plan { .. }
        | Verb::Capture { .. }
        | Verb::Number { .. }
        | Verb::Tick { .. } => DESK,
        Verb::Settle { .. } => &[Role::Head],
        Verb::Release { .. } => LEADS,
        Verb::Publish { .. } => &[Role::Spokesperson],
        Verb::Lapse { .. } | Verb::Reach { .. } => &[Role::Room],
    }
}
