//! Statements: from the prepared words to a draft, frozen on submission, approved as exact words, published by a
//! spokesperson. There is one way out, and it compares digests.

mod rules;

pub(super) use rules::decide;
pub use rules::{blanks, typable};

use super::approval::{self, Approval, Signatory, Verdict};
use super::ids::{Digest, PersonId, Rev, RowId};
use super::refusal::Refusal;
use super::release::Release;
use super::table::Row;
use super::words::{Splice, Update, Words};
use super::{Act, Incident, Viewer};
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

/// Words on which somebody gave a verdict, kept so that they can be compared with what came after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "StatementVersion")]
pub struct Version {
    /// Their digest.
    pub digest: Digest,
    /// The words.
    pub text: String,
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
    /// The words of those verdicts, each once.
    pub versions: Vec<Version>,
    /// Where it went out.
    pub releases: Vec<Release>,
    /// The words as they are typed together.
    #[serde(skip)]
    #[ts(skip)]
    pub words: Words,
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
    /// Whether its words may be typed in now.
    ///
    /// # Errors
    /// Why not.
    pub fn takes_typing(&self) -> Result<(), Refusal> {
        match self.state {
            State::Published => Err(Refusal::AlreadyPublished),
            _ if self.submission.is_some() => Err(Refusal::WordsFrozen),
            _ => Ok(()),
        }
    }

    /// Submitted and not yet out.
    pub fn is_in_review(&self) -> bool {
        matches!(self.state, State::InReview | State::Approved)
    }

    /// The row as the viewer may see it: words that are not public are for those who draft and approve.
    pub(super) fn seen_by(self: Arc<Self>, viewer: Viewer) -> Arc<Self> {
        if viewer.drafts || self.state == State::Published {
            return self;
        }
        Arc::new(Self { text: String::new(), approvals: vec![], versions: vec![], ..Self::clone(&self) })
    }

    /// From now on it reads so.
    fn reads(&mut self, text: String, by: Act) {
        self.digest = Digest::of(text.as_bytes());
        self.text = text;
        if !self.authors.contains(&by.person) {
            self.authors.push(by.person.clone());
        }
        self.written = by;
    }

    /// Takes a verdict on the words as they stand.
    fn judged(&mut self, approval: Approval) {
        if !self.versions.iter().any(|version| version.digest == approval.digest) {
            self.versions.push(Version { digest: approval.digest, text: self.text.clone() });
        }
        self.approvals.push(approval);
        self.state = self.state();
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
    /// A change of the shared text, as an editor makes it; only while it is a draft.
    Type {
        /// Which.
        id: RowId,
        /// The change.
        update: Update,
    },
    /// Open a submitted text for an edit; its approvals become void.
    Reopen {
        /// Which.
        id: RowId,
        /// Why, if it has to be said.
        #[serde(default)]
        reason: Option<String>,
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

impl Command {
    /// The statement that it is about.
    pub fn id(&self) -> &RowId {
        match self {
            Self::Draft { id, .. }
            | Self::Type { id, .. }
            | Self::Reopen { id, .. }
            | Self::Write { id, .. }
            | Self::Submit { id, .. }
            | Self::Approve { id, .. }
            | Self::Object { id, .. }
            | Self::Publish { id, .. } => id,
        }
    }
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
        /// Why, if it was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// Typed: the change of the shared text, and what it means in plain words.
    Typed {
        /// Which.
        id: RowId,
        /// The change, for editors.
        update: Update,
        /// What differs in the words, for everybody else.
        splice: Splice,
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

pub(super) fn apply(incident: &mut Incident, rev: Rev, event: &Event, act: &Act) {
    let rows = &mut incident.statements;
    let by = act.clone();
    match event.clone() {
        Event::Drafted { id, number, kind, title, public, text } => {
            let (digest, words) = (Digest::of(text.as_bytes()), Words::begin(&text));
            let authors = vec![by.person.clone()];
            let (drafted, written) = (by.clone(), by);
            let (state, submission) = (State::Draft, None);
            let (approvals, versions, releases) = (vec![], vec![], vec![]);
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
                    versions,
                    releases,
                    words,
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
        Event::Typed { id, update, splice } => rows.edit(rev, &id, |row| {
            // The rule saw the same change on the same state; were it damage, the words still follow the splice.
            let typed = row.words.typed(&update).map(|(words, _)| words);
            let text = splice.onto(&row.text);
            row.words = typed.unwrap_or_else(|_| row.words.replaced(&text));
            row.reads(text, by);
        }),
        Event::Written { id, text } => rows.edit(rev, &id, |row| {
            row.words = row.words.replaced(&text);
            row.reads(text, by);
        }),
        Event::Submitted { id, digest, required, consulted } => rows.edit(rev, &id, |row| {
            row.submission = Some(Submission { digest, by, required, consulted });
            row.state = row.state();
        }),
        Event::Approved { id, digest, functions } => rows.edit(rev, &id, |row| {
            row.judged(Approval { functions, by, digest, verdict: Verdict::Approved, voided: None });
        }),
        Event::Objected { id, digest, functions, reason } => rows.edit(rev, &id, |row| {
            let verdict = Verdict::Objected { reason };
            row.judged(Approval { functions, by, digest, verdict, voided: None });
        }),
        Event::Published { id, digest, channel, at, link } => rows.edit(rev, &id, |row| {
            row.releases.push(Release { channel, at, link, digest, by });
            row.state = row.state();
        }),
    }
}

#[cfg(test)]
mod tests;
