//! Statements: from the prepared words to a draft, frozen on submission, approved as exact words, published by a
//! spokesperson. There is one way out, and it compares digests.

use super::approval::{self, Approval, Signatory, Verdict};
use super::deadline::{self, Anchor};
use super::ids::{Digest, PersonId, Rev, RowId};
use super::refusal::Refusal;
use super::release::Release;
use super::table::Row;
use super::{Act, Context, Event as AnyEvent, Incident, Viewer, incident, text};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use ts_rs::TS;

/// How far a statement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "StatementState")]
pub enum State {
    /// Being written.
    Draft,
    /// Frozen, waiting for approvals.
    InReview,
    /// Frozen, all approvals given.
    Approved,
    /// Out.
    Published,
}

/// A submission: the words are frozen and have a digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "StatementSubmission")]
pub struct Submission {
    /// The words.
    pub digest: Digest,
    /// Who submitted them.
    pub by: Act,
    /// Who must approve them.
    pub required: Vec<Signatory>,
    /// Who is asked.
    pub consulted: Vec<Signatory>,
}

/// A statement.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Statement {
    /// Its id.
    pub id: RowId,
    /// Last change.
    pub rev: Rev,
    /// Its number in the incident.
    pub number: String,
    /// Its kind.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Meant for the public.
    pub public: bool,
    /// How far it is.
    pub state: State,
    /// The words; empty for a viewer who does not see drafts.
    pub text: String,
    /// The digest of the words.
    pub digest: Digest,
    /// Who began it.
    pub drafted: Act,
    /// Who wrote last.
    pub written: Act,
    /// Everybody who wrote in it.
    pub authors: Vec<PersonId>,
    /// The newest submission, while it stands.
    pub submission: Option<Submission>,
    /// All verdicts, void ones included.
    pub approvals: Vec<Approval>,
    /// Where it went out.
    pub releases: Vec<Release>,
}

impl Row for Statement {
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

impl Statement {
    /// Submitted and not yet out.
    pub fn is_in_review(&self) -> bool {
        matches!(self.state, State::InReview | State::Approved)
    }

    /// The row as the viewer may see it: words that are not public are for those who draft and approve.
    pub(super) fn seen_by(self: Arc<Self>, viewer: Viewer) -> Arc<Self> {
        if viewer.drafts || self.state == State::Published {
            return self;
        }
        Arc::new(Self { text: String::new(), approvals: vec![], ..Self::clone(&self) })
    }

    fn state(&self) -> State {
        match &self.submission {
            _ if !self.releases.is_empty() => State::Published,
            None => State::Draft,
            Some(submission) => {
                let missing = approval::missing(&submission.required, &self.approvals, &submission.digest);
                let objected = approval::objected(&self.approvals, &submission.digest);
                if missing.is_empty() && !objected { State::Approved } else { State::InReview }
            }
        }
    }
}

/// What people ask of statements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[ts(rename = "StatementCommand")]
pub enum Command {
    /// Begin one from the prepared words.
    Draft {
        /// Its id.
        id: RowId,
        /// Its kind.
        kind: String,
        /// Its title; the kind's title when empty.
        title: Option<String>,
    },
    /// Put new words in place of those that the writer saw. On a submitted statement: opens it and voids the
    /// approvals.
    Write {
        /// Which.
        id: RowId,
        /// The digest of the words that were changed.
        over: Digest,
        /// The new words.
        text: String,
    },
    /// Freeze the words and ask for approval.
    Submit {
        /// Which.
        id: RowId,
        /// The words that were read.
        digest: Digest,
    },
    /// These words may go out.
    Approve {
        /// Which.
        id: RowId,
        /// The words that were read.
        digest: Digest,
    },
    /// These words must not go out.
    Object {
        /// Which.
        id: RowId,
        /// The words that were read.
        digest: Digest,
        /// Why.
        reason: String,
    },
    /// They went out.
    Publish {
        /// Which.
        id: RowId,
        /// The words that went out.
        digest: Digest,
        /// On which channel.
        channel: String,
        /// When.
        at: Timestamp,
        /// Where they can be read.
        link: Option<String>,
    },
}

/// What happened to statements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Event {
    /// Begun.
    Drafted {
        /// Its id.
        id: RowId,
        /// Its number.
        number: String,
        /// Its kind.
        kind: String,
        /// Its title.
        title: String,
        /// Meant for the public.
        public: bool,
        /// The prepared words.
        text: String,
    },
    /// A submission was taken back for an edit; its approvals are void.
    Reopened {
        /// Which.
        id: RowId,
        /// How many verdicts became void.
        voided: u32,
    },
    /// New words.
    Written {
        /// Which.
        id: RowId,
        /// The words.
        text: String,
    },
    /// Frozen.
    Submitted {
        /// Which.
        id: RowId,
        /// The words.
        digest: Digest,
        /// Who must approve.
        required: Vec<Signatory>,
        /// Who is asked.
        consulted: Vec<Signatory>,
    },
    /// Approved.
    Approved {
        /// Which.
        id: RowId,
        /// The words.
        digest: Digest,
        /// The functions for which it counts.
        functions: Vec<String>,
    },
    /// Objected to.
    Objected {
        /// Which.
        id: RowId,
        /// The words.
        digest: Digest,
        /// The functions for which it counts.
        functions: Vec<String>,
        /// Why.
        reason: String,
    },
    /// Out.
    Published {
        /// Which.
        id: RowId,
        /// The words.
        digest: Digest,
        /// On which channel.
        channel: String,
        /// When.
        at: Timestamp,
        /// Where.
        link: Option<String>,
    },
}

/// Names of the blanks (`{{…}}`) that are still in a text, in order, each once.
pub fn blanks(text: &str) -> Vec<&str> {
    let mut names = vec![];
    for piece in text.split("{{").skip(1) {
        if let Some((name, _)) = piece.split_once("}}")
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}

pub(super) fn decide(
    incident: &Incident,
    command: Command,
    context: &Context,
) -> Result<Vec<AnyEvent>, Refusal> {
    let row = |id: &RowId| incident.statements.get(id).ok_or(Refusal::Unknown);
    let event = match command {
        Command::Draft { id, kind, title } => draft(incident, id, kind, title.as_deref())?,
        Command::Write { id, over, text } => return write(row(&id)?, id, &over, &text),
        Command::Submit { id, digest } => submit(incident, row(&id)?, id, digest)?,
        Command::Approve { id, digest } => {
            let functions = verdict(row(&id)?, &digest, context)?;
            let given = row(&id)?.approvals.iter().rev().find(|given| given.by.person == context.by.person);
            if given.is_some_and(|given| given.holds_for(&digest) && given.verdict == Verdict::Approved) {
                return Err(Refusal::AlreadyApproved);
            }
            Event::Approved { id, digest, functions }
        }
        Command::Object { id, digest, reason } => {
            let functions = verdict(row(&id)?, &digest, context)?;
            Event::Objected { id, digest, functions, reason: text::note(&reason)? }
        }
        Command::Publish { id, digest, channel, at, link } => {
            let link = text::link(link.as_deref())?;
            return publish(incident, row(&id)?, Event::Published { id, digest, channel, at, link }, context);
        }
    };
    Ok(vec![AnyEvent::Statement(event)])
}

fn draft(incident: &Incident, id: RowId, kind: String, title: Option<&str>) -> Result<Event, Refusal> {
    if incident.statements.get(&id).is_some() {
        return Err(Refusal::AlreadyThere);
    }
    let frame = incident.frame.as_ref().ok_or(Refusal::NotOpen)?;
    let prepared = frame.prepared.iter().find(|prepared| prepared.kind == kind).ok_or(Refusal::UnknownKind)?;
    let title = match title.filter(|title| !title.trim().is_empty()) {
        Some(title) => text::title(title)?,
        None => prepared.title.clone(),
    };
    let number = format!("PN-{:02}", incident.statements.len() + 1);
    Ok(Event::Drafted { id, number, kind, title, public: prepared.public, text: text::statement(&prepared.text)? })
}

fn write(row: &Statement, id: RowId, over: &Digest, text: &str) -> Result<Vec<AnyEvent>, Refusal> {
    if row.state == State::Published {
        return Err(Refusal::AlreadyPublished);
    }
    let text = text::statement(text)?;
    if Digest::of(text.as_bytes()) == row.digest {
        return Ok(vec![]);
    }
    if *over != row.digest {
        return Err(Refusal::TextChanged { now: row.digest });
    }
    let voided = row.approvals.iter().filter(|given| given.holds_for(&row.digest)).count();
    let reopened = Event::Reopened { id: id.clone(), voided: u32::try_from(voided).unwrap_or(u32::MAX) };
    let mut events = vec![AnyEvent::Statement(Event::Written { id, text })];
    if row.submission.is_some() {
        events.insert(0, AnyEvent::Statement(reopened));
    }
    Ok(events)
}

fn submit(incident: &Incident, row: &Statement, id: RowId, digest: Digest) -> Result<Event, Refusal> {
    if row.state != State::Draft {
        return Err(Refusal::NotADraft);
    }
    if digest != row.digest {
        return Err(Refusal::TextChanged { now: row.digest });
    }
    if row.text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    let blanks = blanks(&row.text);
    if let Some(first) = blanks.first() {
        return Err(Refusal::BlanksLeft { count: blanks.len(), first: first.replace('_', " ") });
    }
    let (header, frame) = (incident.header.as_ref(), incident.frame.as_ref());
    let level = header.ok_or(Refusal::NotOpen)?.level;
    let rules = &frame.ok_or(Refusal::NotOpen)?.approvals;
    // Without a rule nobody could approve, so nothing could go out: safe, and said.
    let rule = approval::rule(rules, &row.kind, level).ok_or(Refusal::UnknownKind)?;
    let (required, consulted) = (rule.required.clone(), rule.consulted.clone());
    Ok(Event::Submitted { id, digest, required, consulted })
}

/// The functions for which the actor's verdict on these words counts.
fn verdict(row: &Statement, digest: &Digest, context: &Context) -> Result<Vec<String>, Refusal> {
    let submission = match &row.submission {
        _ if row.state == State::Published => return Err(Refusal::AlreadyPublished),
        None => return Err(Refusal::NotSubmitted),
        Some(submission) => submission,
    };
    if submission.digest != *digest {
        return Err(Refusal::StaleApproval { now: submission.digest });
    }
    let asked = submission.required.iter().chain(&submission.consulted);
    let functions: Vec<_> =
        asked.filter(|signatory| signatory.is(context.by)).map(|signatory| signatory.function.clone()).collect();
    if functions.is_empty() {
        return Err(Refusal::NotAsked);
    }
    if row.authors.contains(&context.by.person) || submission.by.person == context.by.person {
        return Err(Refusal::OwnApproval);
    }
    Ok(functions)
}

fn publish(
    incident: &Incident,
    row: &Statement,
    event: Event,
    context: &Context,
) -> Result<Vec<AnyEvent>, Refusal> {
    let Event::Published { id, digest, channel, at, .. } = &event else { return Err(Refusal::Unknown) };
    let submission = row.submission.as_ref().ok_or(Refusal::NotSubmitted)?;
    if submission.digest != *digest || row.digest != *digest {
        return Err(Refusal::StaleApproval { now: submission.digest });
    }
    let missing = approval::missing(&submission.required, &row.approvals, digest);
    if !missing.is_empty() || submission.required.is_empty() {
        let missing = missing.iter().map(|signatory| signatory.title.as_str()).collect::<Vec<_>>().join(", ");
        return Err(Refusal::NotApproved { missing });
    }
    if approval::objected(&row.approvals, digest) {
        return Err(Refusal::NotApproved { missing: "ý kiến phản đối chưa được rút".into() });
    }
    let frame = incident.frame.as_ref().ok_or(Refusal::NotOpen)?;
    if !frame.channels.iter().any(|known| known.code == *channel) {
        return Err(Refusal::UnknownChannel);
    }
    if row.releases.iter().any(|release| release.channel == *channel) {
        return Err(Refusal::AlreadyReleased);
    }
    let at = incident::typed(*at, context)?;
    // Words that went out before the last approval were not approved words.
    let approved = row.approvals.iter().filter(|given| given.holds_for(digest)).map(|given| given.by.at).max();
    let to_the_minute = |at: Timestamp| at.as_second().div_euclid(60);
    if approved.is_some_and(|approved| to_the_minute(at) < to_the_minute(approved)) {
        let (earlier, later) = ("phê duyệt cuối cùng".into(), "thời điểm phát hành".into());
        return Err(Refusal::OutOfOrder { earlier, later });
    }
    let (id, kind, public) = (id.clone(), row.kind.clone(), row.public);
    let mut events = vec![AnyEvent::Statement(event)];
    if public {
        events.extend(deadline::stops(incident, &kind, &id, at));
        let header = incident.header.as_ref().ok_or(Refusal::NotOpen)?;
        if !header.anchors.contains_key(&Anchor::PublishedAt) {
            let first = incident::Event::AnchorSet { anchor: Anchor::PublishedAt, at, reason: None };
            events.push(AnyEvent::Incident(first));
        }
    }
    Ok(events)
}

pub(super) fn apply(incident: &mut Incident, rev: Rev, event: &Event, act: &Act) {
    let rows = &mut incident.statements;
    let by = act.clone();
    match event.clone() {
        Event::Drafted { id, number, kind, title, public, text } => {
            let digest = Digest::of(text.as_bytes());
            let authors = vec![by.person.clone()];
            let (drafted, written) = (by.clone(), by);
            let (state, submission) = (State::Draft, None);
            let (approvals, releases) = (vec![], vec![]);
            rows.put(
                rev,
                Statement {
                    id,
                    rev,
                    number,
                    kind,
                    title,
                    public,
                    state,
                    text,
                    digest,
                    drafted,
                    written,
                    authors,
                    submission,
                    approvals,
                    releases,
                },
            );
        }
        Event::Reopened { id, .. } => rows.edit(rev, &id, |row| {
            row.submission = None;
            for given in row.approvals.iter_mut().filter(|given| given.voided.is_none()) {
                given.voided = Some(by.clone());
            }
            row.state = row.state();
        }),
        Event::Written { id, text } => rows.edit(rev, &id, |row| {
            row.digest = Digest::of(text.as_bytes());
            row.text = text;
            if !row.authors.contains(&by.person) {
                row.authors.push(by.person.clone());
            }
            row.written = by;
        }),
        Event::Submitted { id, digest, required, consulted } => rows.edit(rev, &id, |row| {
            row.submission = Some(Submission { digest, by, required, consulted });
            row.state = row.state();
        }),
        Event::Approved { id, digest, functions } => rows.edit(rev, &id, |row| {
            row.approvals.push(Approval { functions, by, digest, verdict: Verdict::Approved, voided: None });
            row.state = row.state();
        }),
        Event::Objected { id, digest, functions, reason } => rows.edit(rev, &id, |row| {
            let verdict = Verdict::Objected { reason };
            row.approvals.push(Approval { functions, by, digest, verdict, voided: None });
            row.state = row.state();
        }),
        Event::Published { id, digest, channel, at, link } => rows.edit(rev, &id, |row| {
            row.releases.push(Release { channel, at, link, digest, by });
            row.state = row.state();
        }),
    }
}

#[cfg(test)]
#[path = "statement/tests.rs"]
mod tests;
