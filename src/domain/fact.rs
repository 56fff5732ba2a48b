//! The fact ledger: figures and claims with their source, the time for which they hold, who verified them, and which
//! office is the only source. Statements cite them; when a fact changes, statements that rest on it say so.

use super::blank::Facts;
use super::frozen::PlannedTask;
use super::ids::{OfficeId, Rev, RowId};
use super::refusal::Refusal;
use super::statement;
use super::table::row;
use super::{Act, Context, Event as AnyEvent, Incident, incident, task, text};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How far a fact can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "FactState")]
pub enum State {
    /// Somebody says so.
    Unverified,
    /// Somebody else checked it.
    Verified,
    /// Somebody has reason to doubt it.
    Disputed,
    /// It does not hold.
    Withdrawn,
}

/// What a fact said before it was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "FactVersion")]
pub struct Version {
    /// The fact in words.
    pub said: String,
    /// From where.
    pub source: String,
    /// Who entered it.
    pub by: Act,
}

/// A fact.
#[derive(Clone, Debug, Serialize, JsonSchema, TS)]
pub struct Fact {
    /// Its id.
    pub id: RowId,
    /// Last change.
    pub rev: Rev,
    /// Its number in the incident.
    pub number: String,
    /// What it is about: "Số hộ bị cô lập"; for a claim, the whole sentence.
    pub label: String,
    /// The figure; none for a claim.
    pub value: Option<String>,
    /// The time for which it holds.
    pub as_of: Timestamp,
    /// From where it is known.
    pub source: String,
    /// How far it can be relied on.
    pub state: State,
    /// Counts the changes of what it says; a verification names the one that was read.
    pub version: u32,
    /// Who entered what it says now.
    pub entered: Act,
    /// Who verified, disputed or withdrew it.
    pub judged: Option<Act>,
    /// Why it is disputed or withdrawn.
    pub reason: Option<String>,
    /// The only office that may change it.
    pub sole: Option<OfficeId>,
    /// What it said before, the oldest first.
    pub earlier: Vec<Version>,
    /// The message that it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub from: Option<RowId>,
    /// Its time in words, as its sentence carries it.
    #[serde(skip)]
    #[ts(skip)]
    pub as_of_words: String,
}

row!(Fact, RowId);

impl Fact {
    /// The fact in words.
    pub fn sentence(&self) -> String {
        match &self.value {
            Some(value) => format!("{}: {value} (tính đến {})", self.label, self.as_of_words),
            None => self.label.clone(),
        }
    }
}

/// What people ask of facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[ts(rename = "FactCommand")]
pub enum Command {
    /// Enter one.
    Enter {
        /// Its id.
        id: RowId,
        /// What it is about.
        label: String,
        /// The figure; none for a claim.
        value: Option<String>,
        /// The time for which it holds.
        as_of: Timestamp,
        /// From where it is known.
        source: String,
        /// The message that it came from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        from: Option<RowId>,
    },
    /// It is another figure now.
    Revise {
        /// Which.
        id: RowId,
        /// The version that was read.
        version: u32,
        /// The figure; none for a claim.
        value: Option<String>,
        /// The time for which it holds.
        as_of: Timestamp,
        /// From where it is known.
        source: String,
    },
    /// Somebody else checked it.
    Verify {
        /// Which.
        id: RowId,
        /// The version that was read.
        version: u32,
    },
    /// There is reason to doubt it.
    Dispute {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
    /// It does not hold.
    Withdraw {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
    /// One office is its only source; none: any again.
    NameSource {
        /// Which.
        id: RowId,
        /// The office.
        office: Option<OfficeId>,
    },
}

/// What happened to facts. Its JSON is permanent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Event {
    /// Entered.
    Entered {
        /// Its id.
        id: RowId,
        /// Its number.
        number: String,
        /// What it is about.
        label: String,
        /// The figure.
        value: Option<String>,
        /// The time for which it holds.
        as_of: Timestamp,
        /// From where it is known.
        source: String,
        /// The message that it came from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<RowId>,
    },
    /// Changed.
    Revised {
        /// Which.
        id: RowId,
        /// The figure.
        value: Option<String>,
        /// The time for which it holds.
        as_of: Timestamp,
        /// From where it is known.
        source: String,
    },
    /// Verified.
    Verified {
        /// Which.
        id: RowId,
        /// The version that was read.
        version: u32,
    },
    /// Doubted.
    Disputed {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
    /// Withdrawn.
    Withdrawn {
        /// Which.
        id: RowId,
        /// Why.
        reason: String,
    },
    /// One office became the only source, or any is again.
    SourceNamed {
        /// Which.
        id: RowId,
        /// The office.
        office: Option<OfficeId>,
    },
}

pub(super) fn decide(
    incident: &Incident,
    command: Command,
    context: &Context,
) -> Result<Vec<AnyEvent>, Refusal> {
    let row = |id: &RowId| {
        let row = incident.facts.get(id).ok_or(Refusal::Unknown)?;
        if row.state == State::Withdrawn { Err(Refusal::FactWithdrawn) } else { Ok(row) }
    };
    let event = match command {
        Command::Enter { id, label, value, as_of, source, from } => {
            let label = text::title(&label)?;
            let same = |row: &&std::sync::Arc<Fact>| {
                row.state != State::Withdrawn && row.label.to_lowercase() == label.to_lowercase()
            };
            if let Some(there) = incident.facts.iter().find(same) {
                sole_source(incident, there, context)?;
            }
            if incident.facts.get(&id).is_some() {
                return Err(Refusal::AlreadyThere);
            }
            let number = format!("DK-{:02}", incident.facts.len() + 1);
            let (value, as_of) = (figure(value.as_deref())?, incident::typed(as_of, context)?);
            Event::Entered { id, number, label, value, as_of, source: text::note(&source)?, from }
        }
        Command::Revise { id, version, value, as_of, source } => {
            let row = row(&id)?;
            sole_source(incident, row, context)?;
            the_read(row, version)?;
            let (value, as_of) = (figure(value.as_deref())?, incident::typed(as_of, context)?);
            // A figure stays a figure: without one it would be another fact.
            if value.is_some() != row.value.is_some() {
                return Err(Refusal::Empty);
            }
            Event::Revised { id, value, as_of, source: text::note(&source)? }
        }
        Command::Verify { id, version } => {
            let row = row(&id)?;
            the_read(row, version)?;
            if row.entered.person == context.by.person {
                return Err(Refusal::OwnFact);
            }
            if row.state == State::Verified {
                return Ok(vec![]);
            }
            Event::Verified { id, version }
        }
        Command::Dispute { id, reason } => {
            row(&id)?;
            Event::Disputed { id, reason: text::note(&reason)? }
        }
        Command::Withdraw { id, reason } => {
            sole_source(incident, row(&id)?, context)?;
            Event::Withdrawn { id, reason: text::note(&reason)? }
        }
        Command::NameSource { id, office } => {
            let row = row(&id)?;
            if office.as_ref().is_some_and(|office| incident.offices.get(office).is_none()) {
                return Err(Refusal::UnknownOffice);
            }
            if row.sole == office {
                return Ok(vec![]);
            }
            Event::SourceNamed { id, office }
        }
    };
    let mut events = checks(incident, &event);
    events.insert(0, AnyEvent::Fact(event));
    Ok(events)
}

fn figure(value: Option<&str>) -> Result<Option<String>, Refusal> {
    value.filter(|value| !value.trim().is_empty()).map(text::title).transpose()
}

fn the_read(row: &Fact, version: u32) -> Result<(), Refusal> {
    if row.version == version { Ok(()) } else { Err(Refusal::FactChanged { now: row.sentence() }) }
}

fn sole_source(incident: &Incident, row: &Fact, context: &Context) -> Result<(), Refusal> {
    match &row.sole {
        Some(sole) if context.by.office.as_ref() != Some(sole) => {
            Err(Refusal::NotTheSource { office: incident.office_name(Some(sole)) })
        }
        _ => Ok(()),
    }
}

/// A fact under published words is another one: somebody has to look at those words.
fn checks(incident: &Incident, event: &Event) -> Vec<AnyEvent> {
    let (id, happened) = match event {
        Event::Revised { id, .. } => (id, "đã đổi"),
        Event::Disputed { id, .. } => (id, "bị nghi ngờ"),
        Event::Withdrawn { id, .. } => (id, "đã rút"),
        Event::Entered { .. } | Event::Verified { .. } | Event::SourceNamed { .. } => return vec![],
    };
    let number = incident.facts.get(id).map_or_else(String::new, |row| row.number.clone());
    let stands = |row: &&std::sync::Arc<statement::Statement>| {
        row.state == statement::State::Published
            && row.followed.is_none()
            && row.citations.iter().any(|citation| citation.fact == *id && !citation.changed)
    };
    let task = |(index, row): (usize, &std::sync::Arc<statement::Statement>)| {
        let seq = u32::try_from(incident.tasks.len() + index + 1).unwrap_or(u32::MAX);
        let office = row.drafted.office.clone();
        Some(AnyEvent::Task(task::Event::Added {
            plan: Box::new(PlannedTask {
                id: RowId::new(&format!("added-{seq}"))?,
                seq: incident.tasks.iter().map(|task| task.plan.seq).max().unwrap_or(0) + 1,
                phase: incident.frame.as_ref()?.phases.last().map_or_else(String::new, |it| it.code.clone()),
                title: format!(
                    "Rà lại phát ngôn {} “{}”: dữ kiện {number} {happened}. Cập nhật, đính chính hoặc rút nếu cần.",
                    row.number, row.title
                ),
                function: String::new(),
                function_title: incident.office_name(office.as_ref()),
                office,
                support: vec![],
                due: None,
                mandatory: false,
                basis: vec![],
                output: None,
                only_if: None,
                playbook: None,
            }),
            from: None,
        }))
    };
    incident.statements.iter().filter(stands).enumerate().filter_map(task).collect()
}

/// What the ledger says when a draft begins: the verified facts, the others that stand, the newest verified time.
pub(super) fn with_ledger<T>(incident: &Incident, use_it: impl FnOnce(&Facts) -> T) -> T {
    let mut rows: Vec<_> = incident.facts.iter().filter(|row| row.state != State::Withdrawn).collect();
    rows.sort_by(|a, b| (a.number.len(), &a.number).cmp(&(b.number.len(), &b.number)));
    let sentences = |verified: bool| {
        let chosen = rows.iter().filter(|row| (row.state == State::Verified) == verified);
        let sentence = |row: &&std::sync::Arc<Fact>| row.sentence().trim_end_matches('.').to_owned();
        let sentences: Vec<_> = chosen.map(sentence).collect();
        sentences.join("; ")
    };
    let figures = rows.iter().filter(|row| row.state == State::Verified && row.value.is_some());
    let as_of = figures.map(|row| row.as_of).max();
    use_it(&Facts { verified: &sentences(true), open: &sentences(false), as_of })
}

pub(super) fn apply(incident: &mut Incident, rev: Rev, event: &Event, act: &Act) {
    let frame = incident.frame.clone();
    let spoken = |at: Timestamp| {
        let local = frame.as_ref().map(|frame| frame.calendar.local(at));
        local.map_or_else(|| at.to_string(), |at| at.strftime("%H:%M ngày %-d/%-m/%Y").to_string())
    };
    let by = act.clone();
    let rows = &mut incident.facts;
    match event.clone() {
        Event::Entered { id, number, label, value, as_of, source, from } => rows.put(
            rev,
            Fact {
                id,
                rev,
                number,
                label,
                value,
                as_of,
                source,
                state: State::Unverified,
                version: 1,
                entered: by,
                judged: None,
                reason: None,
                sole: None,
                earlier: vec![],
                from,
                as_of_words: spoken(as_of),
            },
        ),
        Event::Revised { id, value, as_of, source } => rows.edit(rev, &id, |row| {
            let was = Version { said: row.sentence(), source: row.source.clone(), by: row.entered.clone() };
            row.earlier.push(was);
            (row.value, row.as_of, row.as_of_words, row.source) = (value, as_of, spoken(as_of), source);
            (row.state, row.version, row.entered) = (State::Unverified, row.version + 1, by);
            (row.judged, row.reason) = (None, None);
        }),
        Event::Verified { id, .. } => rows.edit(rev, &id, |row| row.judged(State::Verified, by, None)),
        Event::Disputed { id, reason } => {
            rows.edit(rev, &id, |row| row.judged(State::Disputed, by, Some(reason)));
        }
        Event::Withdrawn { id, reason } => {
            rows.edit(rev, &id, |row| row.judged(State::Withdrawn, by, Some(reason)));
        }
        Event::SourceNamed { id, office } => rows.edit(rev, &id, |row| row.sole = office),
    }
    if let Event::Revised { id, .. } | Event::Disputed { id, .. } | Event::Withdrawn { id, .. } = event {
        statement::facts_changed(incident, rev, id);
    }
}

impl Fact {
    fn judged(&mut self, state: State, by: Act, reason: Option<String>) {
        (self.state, self.judged, self.reason) = (state, Some(by), reason);
    }
}

#[cfg(test)]
mod tests;
