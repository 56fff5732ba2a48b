//! Statements: from the prepared words to a draft that several offices type, frozen on submission, approved as exact
//! words, published by a spokesperson, corrected in the open. There is one way out, and it compares digests.

mod apply;
mod command;
mod drafting;
mod event;
pub mod history;
mod judging;
mod releasing;

pub use super::approval::Submission;
pub(super) use apply::{apply, facts_changed, level_changed};
pub use command::Command;
pub use drafting::{blanks, typable};
pub use event::Event;

use super::approval::{self, Approval, Square, Verdict};
use super::frozen::Preapproval;
use super::ids::{Digest, PersonId, Rev, RowId};
use super::refusal::Refusal;
use super::release::{Document, Joint, Plan, Release};
use super::table::row;
use super::words::Words;
use super::{Act, Context, Event as AnyEvent, Incident, Viewer};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use ts_rs::TS;

/// How far a statement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
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
    /// Put aside.
    Dropped,
}

impl State {
    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Draft => "Bản thảo",
            Self::InReview => "Chờ duyệt",
            Self::Approved => "Đã đủ duyệt",
            Self::Published => "Đã phát hành",
            Self::Dropped => "Đã xếp lại",
        }
    }
}

/// What a statement is to the one before it in its series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "StatementRelation")]
pub enum Relation {
    /// Newer figures, newer events.
    Update,
    /// Something in it was wrong.
    Correction,
    /// It holds no more.
    Withdrawal,
}

impl Relation {
    /// What it does to the one before, in words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Update => "cập nhật",
            Self::Correction => "đính chính",
            Self::Withdrawal => "rút",
        }
    }
}

/// The statement before, and what this one is to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "StatementFollows")]
pub struct Follows {
    /// The statement before.
    pub statement: RowId,
    /// What this one is to it.
    pub relation: Relation,
}

/// Words on which somebody gave a verdict, kept so that they can be compared with what came after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "StatementVersion")]
pub struct Version {
    /// Their digest.
    pub digest: Digest,
    /// The words.
    pub text: String,
}

/// A fact that a statement rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Citation {
    /// The fact.
    pub fact: RowId,
    /// The fact in words, as it stood.
    pub said: String,
    /// It is another one now.
    pub changed: bool,
}

/// A template that was approved beforehand: nothing but its blanks is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename = "StatementForm")]
pub struct Form {
    /// The approval.
    pub approval: Preapproval,
    /// The words, with `{{blanks}}`.
    pub template: String,
    /// What stands in the blanks, by name.
    pub values: BTreeMap<String, String>,
}

/// A statement.
#[derive(Clone, Debug, Serialize, JsonSchema, TS)]
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
    /// The first of its series.
    pub series: RowId,
    /// The statement before it in the series.
    pub follows: Option<Follows>,
    /// The published statement after it, and what that one is to this.
    pub followed: Option<Follows>,
    /// Approved beforehand: only blanks are filled in.
    pub form: Option<Form>,
    /// The facts that it rests on.
    pub citations: Vec<Citation>,
    /// The parts of a first message that are not there, by title; empty for kinds that are none.
    pub lacks: Vec<String>,
    /// The newest submission, while it stands.
    pub submission: Option<Submission>,
    /// The squares of that submission.
    pub squares: Vec<Square>,
    /// All verdicts, void ones included.
    pub approvals: Vec<Approval>,
    /// The words of those verdicts, each once.
    pub versions: Vec<Version>,
    /// A joint release.
    pub joint: Option<Joint>,
    /// Where it is meant to go out.
    pub plans: Vec<Plan>,
    /// Where it went out.
    pub releases: Vec<Release>,
    /// The registry's number.
    pub document: Option<Document>,
    /// Who put it aside.
    pub dropped: Option<Act>,
    /// The words as they are typed together.
    #[serde(skip)]
    #[ts(skip)]
    pub words: Words,
}

row!(Statement, RowId);

impl Statement {
    /// Its words went out.
    pub fn is_out(&self) -> bool {
        !self.releases.is_empty()
    }
    /// When its words first went out.
    pub fn out_since(&self) -> Option<Timestamp> {
        self.releases.iter().map(|release| release.at).min()
    }
    /// How many of its versions were objected to.
    pub fn sent_back(&self) -> u32 {
        let objected = |given: &&Approval| matches!(given.verdict, Verdict::Objected { .. });
        let digests: BTreeSet<_> = self.approvals.iter().filter(objected).map(|given| given.digest).collect();
        u32::try_from(digests.len()).unwrap_or(u32::MAX)
    }
    /// Submitted and not yet out.
    pub fn is_in_review(&self) -> bool {
        matches!(self.state, State::InReview | State::Approved)
    }

    /// Releases where the old words still stand although newer ones are out.
    pub fn unticked(&self) -> impl Iterator<Item = &Release> {
        let followed = self.followed.is_some();
        self.releases.iter().filter(move |release| followed && release.tick.is_none())
    }

    /// Old words that are wrong or withdrawn still stand somewhere.
    pub fn holds_up_closing(&self) -> bool {
        let wrong = |followed: &Follows| followed.relation != Relation::Update;
        self.followed.as_ref().is_some_and(wrong) && self.unticked().next().is_some()
    }

    /// The row as the viewer may see it: words that are not public are for those who draft and approve.
    pub(super) fn seen_by(self: Arc<Self>, viewer: Viewer) -> Arc<Self> {
        if viewer.drafts {
            return self;
        }
        let mut seen = Self::clone(&self);
        (seen.approvals, seen.versions, seen.squares, seen.form) = (vec![], vec![], vec![], None);
        if self.state != State::Published {
            (seen.text, seen.citations, seen.lacks) = (String::new(), vec![], vec![]);
        }
        for release in &mut seen.releases {
            release.capture = None;
        }
        Arc::new(seen)
    }

    /// The words go out as they are once this is empty: the squares that are not satisfied.
    pub fn missing(&self) -> Vec<&Square> {
        self.squares.iter().filter(|square| !square.is_satisfied()).collect()
    }

    fn settled(&self) -> State {
        match &self.submission {
            _ if self.dropped.is_some() => State::Dropped,
            _ if !self.releases.is_empty() => State::Published,
            None => State::Draft,
            Some(submission) => {
                let asked = self.squares.iter().any(|square| square.required);
                let stopped = !approval::standing_objections(&self.approvals, &submission.digest).is_empty();
                let open = !asked || stopped || self.squares.iter().any(|square| !square.is_satisfied());
                if open { State::InReview } else { State::Approved }
            }
        }
    }
}

/// What time does to statements: the next time box that ends, the next joint release.
pub fn next_due(incident: &Incident) -> Option<(Timestamp, Command)> {
    if incident.is_closed() {
        return None;
    }
    let boxes = incident.statements.iter().filter(|row| row.is_in_review()).flat_map(|row| {
        let waiting = row.squares.iter().filter(|square| runs(square));
        waiting.filter_map(|square| {
            let (id, digest) = (row.id.clone(), row.submission.as_ref()?.digest);
            let function = square.signatory.function.clone();
            Some((square.due_at?, Command::Lapse { id, digest, function }))
        })
    });
    let joint = incident.statements.iter().filter_map(|row| {
        let joint = row.joint.as_ref().filter(|joint| joint.ready.is_none())?;
        let waits = !matches!(row.state, State::Published | State::Dropped);
        waits.then(|| (joint.until, Command::Reach { id: row.id.clone() }))
    });
    boxes.chain(joint).min_by_key(|(at, _)| *at)
}

/// Asked, without an answer, and not yet noted as late.
fn runs(square: &Square) -> bool {
    square.lapsed_at.is_none() && square.answer == approval::Answer::Waiting
}

pub(super) fn decide(
    incident: &Incident,
    command: Command,
    context: &Context,
) -> Result<Vec<AnyEvent>, Refusal> {
    let row = |id: &RowId| incident.statements.get(id).ok_or(Refusal::Unknown);
    let event = match command {
        Command::Draft { id, kind, title, follows } => {
            return drafting::draft(incident, id, kind, title.as_deref(), follows, context);
        }
        Command::Type { id, update } => return drafting::typing(row(&id)?, id, update),
        Command::Write { id, over, text } => return drafting::write(row(&id)?, id, &over, &text),
        Command::Fill { id, blank, value } => drafting::fill(incident, row(&id)?, id, blank, &value)?,
        Command::Cite { id, fact } => drafting::cite(incident, row(&id)?, id, fact)?,
        Command::Uncite { id, fact } => drafting::uncite(row(&id)?, id, fact)?,
        Command::Drop { id, reason } => drafting::set_aside(row(&id)?, id, &reason)?,
        Command::Submit { id, digest } => drafting::submit(incident, row(&id)?, id, digest)?,
        Command::Reopen { id, reason } => drafting::reopen(row(&id)?, id, reason.as_deref())?,
        Command::Approve { id, digest } => judging::approve(row(&id)?, id, digest, context)?,
        Command::Object { id, digest, reason, strong } => {
            judging::object(row(&id)?, id, digest, &reason, strong, context)?
        }
        Command::Settle { id, digest, publish, reason } => {
            judging::settle(row(&id)?, id, digest, publish, &reason, context)?
        }
        Command::Lapse { id, digest, function } => judging::lapse(row(&id)?, id, digest, function, context)?,
        Command::Hold { id, until, offices } => {
            releasing::hold(incident, row(&id)?, id, until, offices, context)?
        }
        Command::Agree { id, digest } => releasing::agree(row(&id)?, id, digest, context)?,
        Command::Release { id, reason } => releasing::release(row(&id)?, id, &reason)?,
        Command::Reach { id } => releasing::reach(row(&id)?, id, context)?,
        Command::Plan { id, channel, at } => releasing::plan(incident, row(&id)?, id, channel, at)?,
        Command::Publish { id, digest, channel, at, link } => {
            let link = super::text::link(link.as_deref())?;
            let row = row(&id)?;
            return releasing::publish(
                incident,
                row,
                Event::Published { id, digest, channel, at, link },
                context,
            );
        }
        Command::Capture { id, channel, text, file } => {
            releasing::capture(row(&id)?, id, channel, text.as_deref(), file)?
        }
        Command::Number { id, number, date } => releasing::number(row(&id)?, id, &number, date)?,
        Command::Tick { id, channel, note } => releasing::tick(row(&id)?, id, channel, note.as_deref())?,
    };
    Ok(vec![AnyEvent::Statement(event)])
}

#[cfg(test)]
mod tests;
