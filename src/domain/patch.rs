//! What a viewer of an incident misses: first load, live update and reconnect are one answer, and so is an older page,
//! or a page of the timeline as somebody wants to see it.

use super::ids::Rev;
use super::line::{Filter, LinePage, Start};
use super::table::{Row, Table};
use super::{
    Actor, Incident, Role, brief, claim, clipping, deadline, decision, enquiry, fact, incident, ladder, line,
    meeting, message, office, question, review, shift, statement, task,
};
use serde::Serialize;
use std::sync::Arc;
use ts_rs::TS;

/// Who looks, as far as it changes what they see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Viewer {
    /// Sees the words of statements before they are published.
    pub drafts: bool,
}

impl Viewer {
    /// Sees everything: exports, the command line, duty officers.
    pub const FULL: Self = Self { drafts: true };

    /// The viewer that a person is. People at the scene and followers see words once they are public.
    pub fn of(actor: &Actor) -> Self {
        let desk =
            |role: &Role| matches!(role, Role::Head | Role::Secretary | Role::Duty | Role::Spokesperson);
        Self { drafts: actor.roles.iter().any(desk) }
    }
}

/// Messages and lines that a first load carries; older ones come by pages.
pub const FIRST_LOAD_ROWS: usize = 200;

/// Rows to put in place of those with the same id. `from` 0 means: forget what you have first.
#[derive(Clone, Debug, Default, Serialize, TS)]
pub struct Patch {
    /// The revision that the receiver has.
    pub from: Rev,
    /// The revision that the receiver has afterwards.
    pub rev: Rev,
    /// The incident as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub header: Option<Arc<incident::Header>>,
    /// What was frozen at opening.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub frame: Option<Arc<incident::Frame>>,
    /// Offices.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Arc<office::Office>>>", optional)]
    pub offices: Vec<Arc<office::Office>>,
    /// Tasks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Arc<task::Task>>>", optional)]
    pub tasks: Vec<Arc<task::Task>>,
    /// Clocks of the law.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Arc<deadline::Deadline>>>", optional)]
    pub deadlines: Vec<Arc<deadline::Deadline>>,
    /// Statements.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Arc<statement::Statement>>>", optional)]
    pub statements: Vec<Arc<statement::Statement>>,
    /// Facts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Arc<fact::Fact>>>", optional)]
    pub facts: Vec<Arc<fact::Fact>>,
    /// Decisions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Arc<decision::Decision>>>", optional)]
    pub decisions: Vec<Arc<decision::Decision>>,
    /// Questions on which tasks, clocks and rules hang.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Arc<question::Question>>>", optional)]
    pub questions: Vec<Arc<question::Question>>,
    /// What the rules between the levels brought up.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Arc<ladder::Proposal>>>", optional)]
    pub proposals: Vec<Arc<ladder::Proposal>>,
    /// Questions of the press.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Arc<enquiry::Enquiry>>>", optional)]
    pub enquiries: Vec<Arc<enquiry::Enquiry>>,
    /// Meetings with the press.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Arc<meeting::Meeting>>>", optional)]
    pub meetings: Vec<Arc<meeting::Meeting>>,
    /// Media watch.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Arc<clipping::Clipping>>>", optional)]
    pub clippings: Vec<Arc<clipping::Clipping>>,
    /// Duty, past and present.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Arc<shift::Shift>>>", optional)]
    pub shifts: Vec<Arc<shift::Shift>>,
    /// How far each person was told of what happened without them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Arc<brief::Briefing>>>", optional)]
    pub briefings: Vec<Arc<brief::Briefing>>,
    /// Claims.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Arc<claim::Claim>>>", optional)]
    pub claims: Vec<Arc<claim::Claim>>,
    /// What people found when they looked back.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Arc<review::Finding>>>", optional)]
    pub findings: Vec<Arc<review::Finding>>,
    /// What is to be done after the incident.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Arc<review::Action>>>", optional)]
    pub actions: Vec<Arc<review::Action>>,
    /// Talk.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Arc<message::Message>>>", optional)]
    pub messages: Vec<Arc<message::Message>>,
    /// Talk is whole from this revision on: the receiver has every message that was sent since; 0: all of them. Said by
    /// a first load and by an older page of talk.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub talk_from: Option<Rev>,
    /// The timeline.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Arc<line::Line>>>", optional)]
    pub lines: Vec<Arc<line::Line>>,
    /// The timeline is whole from this revision on, now; 0: nothing older is left. Said when it changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub lines_from: Option<Rev>,
}

impl Incident {
    /// What the viewer misses who has revision `from`: first load, live update and reconnect are this one answer.
    ///
    /// Whoever has less than the newest purge begins anew: the rows that they have may hold what is gone.
    pub fn since(&self, from: Rev, viewer: Viewer) -> Patch {
        let from = self.unpurged(from);
        self.newer(from, viewer, from == 0)
    }

    fn unpurged(&self, from: Rev) -> Rev {
        if from < self.purged { 0 } else { from }
    }

    /// The same with nothing left to be asked for by pages: for what reads everything once, like the index.
    pub fn all_since(&self, from: Rev, viewer: Viewer) -> Patch {
        self.newer(self.unpurged(from), viewer, false)
    }

    fn newer(&self, from: Rev, viewer: Viewer, cut: bool) -> Patch {
        fn newer<R: Row>(table: &Table<R>, from: Rev) -> Vec<Arc<R>> {
            table.since(from).cloned().collect()
        }
        // Talk and timeline grow without end; a first load carries the newest of them as they were added, so that
        // they have no gaps, whatever of the older ones changed last.
        let (messages, talk_from) = if cut { self.first_talk() } else { (newer(&self.messages, from), None) };
        let (lines, lines_from) =
            if cut { self.lines_before(Rev::MAX) } else { (newer(&self.lines, from), None) };
        Patch {
            from,
            rev: self.rev,
            header: self.header.clone().filter(|header| header.rev > from),
            frame: self.frame.clone().filter(|frame| frame.rev > from),
            offices: newer(&self.offices, from),
            tasks: newer(&self.tasks, from),
            deadlines: newer(&self.deadlines, from),
            statements: newer(&self.statements, from).into_iter().map(|row| row.seen_by(viewer)).collect(),
            facts: newer(&self.facts, from),
            decisions: newer(&self.decisions, from),
            questions: newer(&self.questions, from),
            proposals: newer(&self.proposals, from),
            enquiries: newer(&self.enquiries, from),
            meetings: newer(&self.meetings, from),
            clippings: newer(&self.clippings, from),
            shifts: newer(&self.shifts, from),
            briefings: newer(&self.briefings, from),
            claims: newer(&self.claims, from),
            findings: newer(&self.findings, from),
            actions: newer(&self.actions, from),
            messages,
            talk_from,
            lines,
            lines_from,
        }
    }

    /// The newest messages, and those that stand apart: pins, and what waits for an office, however old.
    fn first_talk(&self) -> (Vec<Arc<message::Message>>, Option<Rev>) {
        let (mut messages, talk_from) = self.talk_before(Rev::MAX);
        let apart = self.talk.apart().filter_map(|id| self.messages.get(id));
        messages.extend(apart.filter(|row| Some(row.sent) < talk_from).cloned());
        (messages, talk_from)
    }

    fn talk_before(&self, before: Rev) -> (Vec<Arc<message::Message>>, Option<Rev>) {
        let mut earlier = self.talk.before(before);
        let page: Vec<_> = earlier.by_ref().take(FIRST_LOAD_ROWS).collect();
        let whole = earlier.next().is_none();
        let from = page.last().filter(|_| !whole).map_or(0, |(sent, _)| *sent);
        (page.into_iter().filter_map(|(_, id)| self.messages.get(id).cloned()).collect(), Some(from))
    }

    /// One page of older talk: messages that were sent before `before`.
    pub fn talk_page(&self, before: Rev, _viewer: Viewer) -> Patch {
        let (messages, talk_from) = self.talk_before(before);
        Patch { from: self.rev, rev: self.rev, messages, talk_from, ..Patch::default() }
    }

    /// The newest lines that were recorded before `before`, never half of a revision's, and from where they are whole.
    fn lines_before(&self, before: Rev) -> (Vec<Arc<line::Line>>, Option<Rev>) {
        let (mut lines, mut from): (Vec<Arc<line::Line>>, _) = (vec![], before);
        for line in self.lines.below(&(before, 0)).rev() {
            if lines.len() >= FIRST_LOAD_ROWS && line.id.0 != from {
                lines.reverse();
                return (lines, Some(from));
            }
            from = line.id.0;
            lines.push(line.clone());
        }
        lines.reverse();
        (lines, Some(0))
    }

    /// One page of what a first load left out: lines that were recorded before `before`.
    pub fn page(&self, before: Rev, _viewer: Viewer) -> Patch {
        let (lines, lines_from) = self.lines_before(before);
        Patch { from: self.rev, rev: self.rev, lines, lines_from, ..Patch::default() }
    }

    /// A page of the timeline as somebody wants to see it. A line that is named and is not there counts as none.
    pub fn lines(&self, filter: &Filter, start: Start, _viewer: Viewer) -> LinePage {
        let named = match start {
            Start::Newest => None,
            Start::After(id) | Start::Around(id) => self.lines.get(&id),
        };
        filter.page(self.rev, self.lines.iter(), start, named.map(Arc::as_ref), FIRST_LOAD_ROWS)
    }
}
