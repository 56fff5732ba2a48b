//! The incident: what a command means (`decide`), what an event changes (`apply`), and what a viewer gets to see
//! (`since`). Pure: no clock, no randomness, no files, no network, no logging. `decide` may refuse; `apply` is
//! total and never decides.

pub mod actor;
pub mod anchor;
pub mod approval;
pub mod attachment;
pub mod blank;
pub mod brief;
pub mod calendar;
pub mod claim;
pub mod clipping;
pub mod condition;
pub mod course;
pub mod deadline;
pub mod decision;
pub mod enquiry;
pub mod entry;
pub mod fact;
pub mod figures;
pub mod first_message;
pub mod folding;
pub mod frozen;
#[cfg(test)]
pub mod given;
pub mod ids;
pub mod incident;
pub mod ladder;
pub mod level;
mod limit;
pub mod line;
pub mod mandate;
pub mod may;
pub mod meeting;
pub mod message;
pub mod office;
pub mod owner;
pub mod passage;
pub mod patch;
pub mod plan;
pub mod purge;
pub mod question;
pub mod refusal;
pub mod release;
pub mod review;
pub mod shift;
pub mod statement;
pub mod table;
pub mod task;
pub mod term;
pub mod text;
pub mod waiting;
pub mod words;
pub mod written;
pub mod yardstick;

pub use actor::{Act, Actor, Context, Origin, Role};
use ids::{CommandId, OfficeId, Rev, RowId};
use jiff::Timestamp;
pub use mandate::{Mandate, MandateKind};
pub use patch::{FIRST_LOAD_ROWS, Patch, Viewer};
use refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use table::Table;
use ts_rs::TS;

/// What people and the room ask for: one variant per noun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "noun", rename_all = "snake_case")]
pub enum Command {
    /// The incident as a whole.
    Incident(incident::Command),
    /// Offices in the room.
    Office(office::Command),
    /// Tasks of the playbook.
    Task(task::Command),
    /// Clocks of the law.
    Deadline(deadline::Command),
    /// Statements, their approval and release.
    Statement(statement::Command),
    /// Facts that statements rest on.
    Fact(fact::Command),
    /// Decisions.
    Decision(decision::Command),
    /// Talk.
    Message(message::Command),
    /// Timeline entries written by people.
    Entry(entry::Command),
    /// Lines of the timeline that belong in the report.
    Line(line::Command),
    /// Questions on which tasks, clocks and rules hang.
    Question(question::Command),
    /// What the rules between the levels brought up.
    Ladder(ladder::Command),
    /// Questions of the press.
    Enquiry(enquiry::Command),
    /// Meetings with the press.
    Meeting(meeting::Command),
    /// The playbooks that run.
    Plan(plan::Command),
    /// Media watch.
    Clipping(clipping::Command),
    /// Who is on duty for each office.
    Shift(shift::Command),
    /// What somebody was told of that happened without them.
    Brief(brief::Command),
    /// Claims: what is said, and what is done about it.
    Claim(claim::Command),
    /// The after-action review.
    Review(review::Command),
    /// Words that are taken out of the log; never sent as it is.
    #[serde(skip)]
    #[ts(skip)]
    Purge(purge::Command),
}

/// What happened: one variant per noun. Its JSON is permanent: add, never rename, retype or reuse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "noun", rename_all = "snake_case")]
pub enum Event {
    /// The incident as a whole.
    Incident(incident::Event),
    /// Offices in the room.
    Office(office::Event),
    /// Tasks of the playbook.
    Task(task::Event),
    /// Clocks of the law.
    Deadline(deadline::Event),
    /// Statements, their approval and release.
    Statement(statement::Event),
    /// Facts that statements rest on.
    Fact(fact::Event),
    /// Decisions.
    Decision(decision::Event),
    /// Talk.
    Message(message::Event),
    /// Timeline entries written by people.
    Entry(entry::Event),
    /// Lines of the timeline that belong in the report.
    Line(line::Event),
    /// Questions on which tasks, clocks and rules hang.
    Question(question::Event),
    /// What the rules between the levels brought up.
    Ladder(ladder::Event),
    /// Questions of the press.
    Enquiry(enquiry::Event),
    /// Meetings with the press.
    Meeting(meeting::Event),
    /// The playbooks that run.
    Plan(plan::Event),
    /// Media watch.
    Clipping(clipping::Event),
    /// Who is on duty for each office.
    Shift(shift::Event),
    /// What somebody was told of that happened without them.
    Brief(brief::Event),
    /// Claims.
    Claim(Box<claim::Event>),
    /// The after-action review.
    Review(review::Event),
    /// Words that were taken out of the log.
    Purge(purge::Event),
}

/// One accepted command: one line of a log, without the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record<E> {
    /// The line's number.
    pub rev: Rev,
    /// When the server recorded it; never before the line above.
    pub at: Timestamp,
    /// When it was written, when that was notably earlier; the device's word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written_at: Option<Timestamp>,
    /// Who did it.
    pub by: Actor,
    /// The command's id.
    pub cause: CommandId,
    /// What it changed.
    pub events: Vec<E>,
}

impl Event {
    /// Whether conditions may hold after it that did not before.
    fn moves_conditions(&self) -> bool {
        match self {
            Self::Question(_) | Self::Fact(_) | Self::Plan(_) | Self::Claim(_) => true,
            Self::Incident(event) => !matches!(event, incident::Event::Closed { .. }),
            Self::Statement(event) => matches!(event, statement::Event::Objected { .. }),
            _ => false,
        }
    }
}

impl<E> Record<E> {
    /// Who and when, as rows keep it.
    pub fn act(&self) -> Act {
        let Actor { person, name, title, office, .. } = self.by.clone();
        Act { person, name, title, office, at: self.at, written_at: self.written_at }
    }
}

/// One incident, as it stands after some revision. Cloning is cheap.
#[derive(Clone, Debug, Default)]
pub struct Incident {
    /// The newest revision.
    pub rev: Rev,
    /// The revision of the newest purge; 0 when there was none.
    pub purged: Rev,
    /// The incident as a whole; none before it is opened.
    pub header: Option<Arc<incident::Header>>,
    /// What was frozen at opening: templates, approval rules, channels.
    pub frame: Option<Arc<incident::Frame>>,
    /// Offices in the room.
    pub offices: Table<office::Office>,
    /// Tasks.
    pub tasks: Table<task::Task>,
    /// Clocks of the law.
    pub deadlines: Table<deadline::Deadline>,
    /// Statements.
    pub statements: Table<statement::Statement>,
    /// Facts.
    pub facts: Table<fact::Fact>,
    /// Decisions.
    pub decisions: Table<decision::Decision>,
    /// Questions on which tasks, clocks and rules hang.
    pub questions: Table<question::Question>,
    /// What the rules between the levels brought up.
    pub proposals: Table<ladder::Proposal>,
    /// Questions of the press.
    pub enquiries: Table<enquiry::Enquiry>,
    /// Meetings with the press.
    pub meetings: Table<meeting::Meeting>,
    /// Media watch.
    pub clippings: Table<clipping::Clipping>,
    /// Duty, past and present.
    pub shifts: Table<shift::Shift>,
    /// How far each person was told of what happened without them.
    pub briefings: Table<brief::Briefing>,
    /// Claims.
    pub claims: Table<claim::Claim>,
    /// What people found when they looked back.
    pub findings: Table<review::Finding>,
    /// What is to be done after the incident.
    pub actions: Table<review::Action>,
    /// Talk.
    pub messages: Table<message::Message>,
    /// Where messages stand.
    pub talk: message::Talk,
    /// The timeline.
    pub lines: Table<line::Line>,
    /// Where on the timeline the newest words of each entry stand.
    pub entries: imbl::OrdMap<RowId, (Rev, u32)>,
}

/// Whether the actor may send the command at all, as the incident stands.
fn admitted(incident: &Incident, command: &Command, by: &Actor) -> Result<(), Refusal> {
    if !may::may(by, command) {
        return Err(Refusal::NotAllowed);
    }
    match &incident.header {
        None if !matches!(command, Command::Incident(incident::Command::Open(_))) => Err(Refusal::NotOpen),
        Some(header) if header.closed.is_some() && !incident.outlives_closing(command) => {
            Err(Refusal::Closed)
        }
        _ => Ok(()),
    }
}

/// Whether the command may be accepted, and what it changes then: what it asks for, and what follows from that by the
/// conditions of tasks, clocks and rules.
pub fn decide(incident: &Incident, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
    admitted(incident, &command, context.by)?;
    let mut events = asked(incident, command, context)?;
    message::record::known(incident, &events)?;
    if events.iter().any(Event::moves_conditions) {
        let after = incident.rehearsed(&events, context);
        events.extend(task::woken(&after));
        events.extend(deadline::woken(&after));
        events.extend(ladder::proposed(&after));
    }
    Ok(events)
}

fn asked(incident: &Incident, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Incident(command) => incident::decide(incident, command, context),
        Command::Office(command) => office::decide(incident, command, context),
        Command::Task(command) => task::decide(incident, command, context),
        Command::Deadline(command) => deadline::decide(incident, command, context),
        Command::Statement(command) => statement::decide(incident, command, context),
        Command::Fact(command) => fact::decide(incident, command, context),
        Command::Decision(command) => decision::decide(incident, command, context),
        Command::Message(command) => message::decide(incident, command, context),
        Command::Entry(command) => entry::decide(incident, command, context),
        Command::Line(command) => line::decide(incident, command),
        Command::Question(command) => question::decide(incident, command),
        Command::Ladder(command) => ladder::decide(incident, command),
        Command::Enquiry(command) => enquiry::decide(incident, command, context),
        Command::Meeting(command) => meeting::decide(incident, command, context),
        Command::Plan(command) => plan::decide(incident, command),
        Command::Clipping(command) => clipping::decide(incident, command, context),
        Command::Shift(command) => shift::decide(incident, command, context),
        Command::Brief(command) => brief::decide(incident, &command, context),
        Command::Claim(command) => claim::decide(incident, command, context),
        Command::Review(command) => review::decide(incident, command, context),
        Command::Purge(command) => purge::decide(incident, command, context),
    }
}

impl Incident {
    /// Folds one record in. Total: whatever the log holds, the state moves to the record's revision.
    pub fn apply(&mut self, record: &Record<Event>) {
        let act = record.act();
        let rev = record.rev;
        for (index, event) in record.events.iter().enumerate() {
            // The sentence is written before the change, while what it changes can still be named.
            let line = line::of(self, record, index, event);
            self.change(rev, event, &act);
            course::advance(self, rev, record.at, event);
            if let Some(line) = line {
                line::put(self, rev, line);
            }
        }
        self.rev = rev;
    }

    fn change(&mut self, rev: Rev, event: &Event, act: &Act) {
        match event {
            Event::Incident(event) => incident::apply(self, rev, event, act),
            Event::Office(event) => office::apply(self, rev, event, act),
            Event::Task(event) => task::apply(self, rev, event, act),
            Event::Deadline(event) => deadline::apply(self, rev, event, act),
            Event::Statement(event) => statement::apply(self, rev, event, act),
            Event::Fact(event) => fact::apply(self, rev, event, act),
            Event::Decision(event) => decision::apply(self, rev, event, act),
            Event::Message(event) => message::apply(self, rev, event, act),
            // An entry is its line of the timeline and nothing else.
            Event::Entry(_) => {}
            Event::Line(event) => line::apply(self, rev, event, act),
            Event::Question(event) => question::apply(self, rev, event, act),
            Event::Ladder(event) => ladder::apply(self, rev, event, act),
            Event::Enquiry(event) => enquiry::apply(self, rev, event, act),
            Event::Meeting(event) => meeting::apply(self, rev, event, act),
            Event::Plan(event) => plan::apply(self, rev, event, act),
            Event::Clipping(event) => clipping::apply(self, rev, event, act),
            Event::Shift(event) => shift::apply(self, rev, event, act),
            Event::Brief(event) => brief::apply(self, rev, event, act),
            Event::Claim(event) => claim::apply(self, rev, event, act),
            Event::Review(event) => review::apply(self, rev, event, act),
            Event::Purge(_) => purge::apply(self, rev),
        }
        message::record::note(self, rev, event, act);
    }

    /// The incident as it would stand after these events.
    fn rehearsed(&self, events: &[Event], context: &Context) -> Self {
        let mut after = self.clone();
        let Actor { person, name, title, office, .. } = context.by.clone();
        let act = Act { person, name, title, office, at: context.at, written_at: context.written_at };
        for event in events {
            after.change(self.rev + 1, event, &act);
        }
        after
    }

    /// Folds a whole log.
    pub fn replay<'a>(records: impl IntoIterator<Item = &'a Record<Event>>) -> Self {
        let mut incident = Self::default();
        for record in records {
            incident.apply(record);
        }
        incident
    }

    /// The time of writing that a record keeps of what the device said: a claim within bounds, or none.
    pub fn written(&self, said: Option<Timestamp>, at: Timestamp) -> Option<Timestamp> {
        written::kept(self, said, at)
    }

    /// Whether the incident is closed.
    pub fn is_closed(&self) -> bool {
        self.header.as_ref().is_some_and(|header| header.closed.is_some())
    }

    /// What time does next, and when: a clock runs out, a time box ends, a joint release is due.
    pub fn next_due(&self) -> Option<(Timestamp, Command)> {
        let clock = deadline::next_due(self).map(|(at, command)| (at, Command::Deadline(command)));
        let statement = statement::next_due(self).map(|(at, command)| (at, Command::Statement(command)));
        let talk = message::next_due(self);
        clock.into_iter().chain(statement).chain(talk).min_by_key(|(at, _)| *at)
    }

    /// What still has to be done after closing: the report on it, looking back, the tasks that count from it, the clocks' own record, what belongs in
    /// the report, the press log, because the press goes on asking, what platforms answer to a request, and what must not
    /// be here, because it is here.
    fn outlives_closing(&self, command: &Command) -> bool {
        match command {
            Command::Task(command) => {
                self.tasks.get(command.id()).is_some_and(|task| task.is_after_closing())
            }
            Command::Enquiry(_)
            | Command::Meeting(_)
            | Command::Line(_)
            | Command::Review(_)
            | Command::Purge(_) => true,
            Command::Claim(command) => matches!(command, claim::Command::Answer { .. }),
            Command::Statement(command) => {
                let row = || Some(self.statements.get(command.id())?.kind.as_str());
                command.kind().or_else(row).is_some_and(|kind| self.accounts(kind))
            }
            _ => false,
        }
    }
}

impl Incident {
    /// Whether statements of this kind account for the incident.
    pub fn accounts(&self, kind: &str) -> bool {
        let prepared = self.frame.iter().flat_map(|frame| &frame.prepared);
        prepared.into_iter().any(|prepared| prepared.account && prepared.kind == kind)
    }
    /// The office's name as it was frozen, or its id.
    pub fn office_name(&self, office: Option<&OfficeId>) -> String {
        let Some(id) = office else { return String::new() };
        self.offices.get(id).map_or_else(|| id.to_string(), |office| office.name.clone())
    }

    /// A channel's name as it was frozen, or its code.
    pub fn channel_title(&self, code: &str) -> String {
        let known = self.frame.as_ref().and_then(|frame| frame.channels.iter().find(|it| it.code == code));
        known.map_or_else(|| code.to_owned(), |known| known.title.clone())
    }

    /// A statement's number; empty when there is none.
    pub fn statement_number(&self, id: &RowId) -> String {
        self.statements.get(id).map_or_else(String::new, |row| row.number.clone())
    }
}
