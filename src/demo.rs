//! The demonstration: a reconstructed incident, three invented duty officers, and a simulated colleague who acts
//! through the same door as everyone. All ids are fixed, so starting again repeats nothing.

use crate::clock;
use crate::directory::{self, Profile};
use crate::domain::ids::{CommandId, Digest, IncidentId, PersonId, RowId};
use crate::domain::task::evidence::{Evidence, Shown};
use crate::domain::{
    Command, Incident, MandateKind, Origin, Role, decision, entry, message, office, statement, task,
};
use crate::room::{Failure, the_room};
use crate::rooms::{Hall, Rooms};
use crate::scenario::{Cue, Deed, Moment, Person, Scenario};
use crate::wire::{Designation, OpenRequest};
use anyhow::{Context as _, bail};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How often the colleague looks whether it is their turn.
const TURN: Duration = Duration::from_secs(1);

/// The demonstration's incident.
pub struct Demo {
    rooms: Arc<Rooms>,
    scenario: Scenario,
    hall: Arc<Hall>,
}

/// A person of the demonstration and the office they sit in on the day that the incident is taken from.
pub struct Guest {
    /// Who.
    pub person: PersonId,
    /// Their office's name.
    pub office: String,
}

fn person_id(function: &str) -> anyhow::Result<PersonId> {
    PersonId::new(&format!("demo-{}", function.replace('_', "-"))).context("a function's code makes an id")
}

fn command_id(text: &str) -> anyhow::Result<CommandId> {
    CommandId::new(text).context("a fixed id")
}

impl Demo {
    /// Adds the people, opens the incident and puts the prepared lines on record, as far as that is not done yet.
    ///
    /// # Errors
    /// When the scenario is missing or broken, or the logs cannot be written.
    pub async fn prepare(rooms: Arc<Rooms>) -> anyhow::Result<Self> {
        let scenario = rooms.library.scenario.clone().context("thiếu kịch bản diễn tập trong seeds/")?;
        for person in &scenario.people {
            add(&rooms, person).await?;
        }
        let id = IncidentId::new(&scenario.code).context("mã kịch bản diễn tập không hợp lệ")?;
        if rooms.find(&id).await?.is_none() {
            open(&rooms, &scenario, &id).await?;
        }
        let hall = rooms.find(&id).await?.context("the incident was opened above")?;
        let demo = Self { rooms, scenario, hall };
        demo.put_lines().await?;
        Ok(demo)
    }

    /// Who can sign in, in the order of the scenario.
    ///
    /// # Errors
    /// When a function's code makes no id.
    pub fn guests(&self) -> anyhow::Result<Vec<Guest>> {
        let guest = |person: &Person| {
            let office = self.rooms.library.organisation.holder(&person.function, self.scenario.in_force_on);
            let office = office.map_or_else(|| person.function.clone(), |office| office.name.clone());
            Ok(Guest { person: person_id(&person.function)?, office })
        };
        self.scenario.people.iter().map(guest).collect()
    }

    async fn put_lines(&self) -> anyhow::Result<()> {
        let state = self.hall.room.now().state.clone();
        let opened_at = state.header.as_ref().map(|header| header.opened.at).context("open")?;
        for person in &self.scenario.people {
            let accept = Command::Office(office::Command::Accept);
            self.act(&person.function, &format!("demo-accept-{}", person.function.replace('_', "-")), accept)
                .await?;
        }
        for (line, n) in self.scenario.lines.iter().zip(1..) {
            let at = match line.moment {
                Moment::At(at) => at,
                Moment::Before(minutes) => opened_at - SignedDuration::from_mins(i64::from(minutes)),
            };
            let part = Part {
                text: &line.text,
                at: Some(at),
                origin: Some(line.origin),
                source: line.source.as_deref(),
            };
            self.perform(&line.function, &format!("demo-line-{n}"), &line.deed, part).await?;
        }
        Ok(())
    }

    /// Acts as a colleague at a human pace while the switch is on; ends when the script is at its end.
    pub async fn colleague(self, on: Arc<AtomicBool>) {
        let mut passed = 0;
        for (cue, n) in self.scenario.colleagues.iter().zip(1..) {
            // Time passes for the colleague only while they are switched on.
            while !on.load(Ordering::Relaxed) || passed < cue.after_seconds {
                tokio::time::sleep(TURN).await;
                passed += u32::from(on.load(Ordering::Relaxed));
            }
            if let Err(error) = self.take_cue(cue, n).await {
                // Visitors change the room as they like; a cue that no longer fits is left out.
                tracing::info!(%error, cue = n, "the simulated colleague left a cue out");
            }
        }
    }

    async fn take_cue(&self, cue: &Cue, n: u32) -> anyhow::Result<()> {
        let part = Part { text: &cue.text, at: None, origin: Some(Origin::Reconstructed), source: None };
        self.perform(&cue.function, &format!("demo-cue-{n}"), &cue.deed, part).await
    }

    async fn perform(&self, function: &str, id: &str, deed: &Deed, part: Part<'_>) -> anyhow::Result<()> {
        let row = RowId::new(id).context("a fixed id")?;
        let (text, origin) = (part.text.to_owned(), part.origin);
        let task = |seq: &u32| RowId::new(&format!("t-{seq}")).context("a fixed id");
        let command = match deed {
            Deed::Entry => {
                let (occurred_at, source) = (part.at, part.source.map(ToOwned::to_owned));
                Command::Entry(entry::Command::Add {
                    id: row,
                    text,
                    occurred_at,
                    source,
                    origin,
                    attachments: vec![],
                    from: None,
                })
            }
            Deed::Message => Command::Message(message::Command::plain(row, &text, origin)),
            Deed::Decision { reason } => {
                let (reason, occurred_at) = (reason.clone(), part.at);
                let from = None;
                Command::Decision(decision::Command::Take {
                    id: row,
                    text,
                    reason,
                    occurred_at,
                    decider: None,
                    rejected: vec![],
                    origin,
                    from,
                })
            }
            Deed::TaskTaken(seq) => Command::Task(task::Command::Take { id: task(seq)? }),
            Deed::TaskDone { task: seq, shown_by } => {
                let entry =
                    shown_by.map(|line| RowId::new(&format!("demo-line-{line}")).context("a fixed id"));
                let row = entry.transpose()?.map(|id| Shown::Entry { id });
                let evidence = Evidence { row, ..Evidence::default() };
                Command::Task(task::Command::Finish { id: task(seq)?, note: Some(text), evidence })
            }
            Deed::Statement(kind) => return self.draft(function, id, row, kind, text).await,
        };
        self.act(function, id, command).await
    }

    async fn draft(
        &self,
        function: &str,
        id: &str,
        row: RowId,
        kind: &str,
        text: String,
    ) -> anyhow::Result<()> {
        let draft =
            statement::Command::Draft { id: row.clone(), kind: kind.into(), title: None, follows: None };
        self.act(function, id, Command::Statement(draft)).await?;
        let state: Incident = self.hall.room.now().state.clone();
        let over: Digest = state.statements.get(&row).context("drafted above")?.digest;
        let write = statement::Command::Write { id: row, over, text };
        self.act(function, &format!("{id}-words"), Command::Statement(write)).await
    }

    async fn act(&self, function: &str, id: &str, command: Command) -> anyhow::Result<()> {
        let by = self.rooms.actor(&person_id(function)?, Some(&self.hall)).context("added above")?;
        match self.hall.drafts.post(command_id(id)?, by, command, None).await.await {
            Ok(_) => Ok(()),
            Err(Failure::Refused(refusal)) => bail!("{id}: {refusal}"),
            Err(failure) => Err(failure.into()),
        }
    }
}

/// What is said or done, and how it is known.
struct Part<'a> {
    text: &'a str,
    at: Option<Timestamp>,
    origin: Option<Origin>,
    source: Option<&'a str>,
}

async fn add(rooms: &Rooms, person: &Person) -> anyhow::Result<()> {
    let id = person_id(&person.function)?;
    if rooms.directory.now().state.people.get(&id).is_some() {
        return Ok(());
    }
    // The plan gives the chair of the task force to the office that manages the press: the last seat.
    let chairs = rooms.library.organisation.seats.last() == Some(&person.function);
    let roles = if chairs { vec![Role::Duty, Role::Secretary, Role::Head] } else { vec![Role::Duty] };
    let (name, title, function) = (person.name.clone(), person.title.clone(), Some(person.function.clone()));
    let login = id.to_string();
    let designation = person.spokesperson.then(|| Designation {
        kind: MandateKind::Regular,
        from: clock::now(),
        until: None,
        instrument: "Văn bản giả định của buổi diễn tập".into(),
        incident: None,
        by: None,
    });
    let cause = command_id(&format!("add-{id}"))?;
    let add =
        directory::Command::Add { id, profile: Profile { login, name, title, function, roles }, designation };
    rooms.directory.ask(cause, the_room(), add).await?;
    Ok(())
}

async fn open(rooms: &Arc<Rooms>, scenario: &Scenario, id: &IncidentId) -> anyhow::Result<()> {
    let before = |minutes: u32| Some(clock::now() - SignedDuration::from_mins(i64::from(minutes)));
    let request = OpenRequest {
        also: vec![],
        id: id.clone(),
        title: scenario.title.clone(),
        playbook: scenario.playbook.clone(),
        level: Some(scenario.level),
        exercise: scenario.exercise,
        commune: scenario.commune.clone(),
        occurred_at: before(scenario.occurred_minutes_before),
        received_at: before(scenario.received_minutes_before),
        impact_assessed_at: before(scenario.impact_assessed_minutes_before),
        in_force_on: Some(scenario.in_force_on),
    };
    let chair = rooms.library.organisation.seats.last().context("thiếu ghế của Tổ công tác trong seeds/")?;
    match rooms.begin(&person_id(chair)?, request).await {
        Ok(_) => Ok(()),
        Err(problem) => bail!("không mở được sự cố diễn tập: {}", problem.words),
    }
}
