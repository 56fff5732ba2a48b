//! What drafting refuses: which words may be begun, typed, filled in, put aside, frozen and opened again, and by
//! whose leave a pre-approved text is more than its blanks.

use super::{Command, Event, Follows, State, Statement};
use crate::domain::approval;
use crate::domain::ids::{Digest, RowId};
use crate::domain::refusal::{Refusal, Releasing};
use crate::domain::words::{Splice, Update};
use crate::domain::{self, Actor, Context, Event as AnyEvent, Incident, blank, fact, text};

/// Facts that one statement rests on; more than a page of figures is a report.
const CITATIONS_MAX: usize = 50;

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

impl Statement {
    /// Whether its words may be typed in now.
    ///
    /// # Errors
    /// Why not.
    pub fn takes_typing(&self) -> Result<(), Refusal> {
        open(self)?;
        if self.form.is_some() { Err(Refusal::OnlyBlanks) } else { Ok(()) }
    }
}

/// Being written: not frozen, not out, not put aside.
fn open(row: &Statement) -> Result<(), Refusal> {
    match row.state {
        State::Draft => Ok(()),
        State::InReview | State::Approved => Err(Refusal::WordsFrozen),
        State::Published => Err(Releasing::AlreadyPublished.into()),
        State::Dropped => Err(Refusal::SetAside),
    }
}

/// The statement, if this person may type in it now; what they type is decided when it is known.
///
/// # Errors
/// Why not.
pub fn typable<'a>(incident: &'a Incident, id: &RowId, by: &Actor) -> Result<&'a Statement, Refusal> {
    let asked = Command::Type { id: id.clone(), update: Update(vec![]) };
    domain::admitted(incident, &domain::Command::Statement(asked), by)?;
    let row = incident.statements.get(id).ok_or(Refusal::Unknown)?;
    row.takes_typing().map(|()| &**row)
}

pub(super) fn draft(
    incident: &Incident,
    id: RowId,
    kind: String,
    title: Option<&str>,
    follows: Option<Follows>,
    context: &Context,
) -> Result<Vec<AnyEvent>, Refusal> {
    if incident.statements.get(&id).is_some() {
        return Err(Refusal::AlreadyThere);
    }
    let frame = incident.frame.as_ref().ok_or(Refusal::NotOpen)?;
    let prepared =
        frame.prepared.iter().find(|prepared| prepared.kind == kind).ok_or(Refusal::UnknownKind)?;
    let title = match title.filter(|title| !title.trim().is_empty()) {
        Some(title) => text::title(title)?,
        None => prepared.title.clone(),
    };
    let number = number(incident, follows.as_ref())?;
    let filled = |text: &str| {
        fact::with_ledger(incident, |facts| blank::fill(text, &prepared.blanks, incident, context.at, facts))
    };
    let preapproved = prepared.preapproved.clone();
    // An approved template stays as it was approved; what the record knows stands in its blanks, one by one.
    let text = if preapproved.is_some() { prepared.text.clone() } else { filled(&prepared.text) };
    let mut events = vec![];
    if preapproved.is_some() {
        for known in &prepared.blanks {
            let blank = format!("{{{{{}}}}}", known.name);
            let value = filled(&blank);
            if value != blank && blank::fits(&known.answer, &value) {
                events.push(Event::Filled { id: id.clone(), blank: known.name.clone(), value });
            }
        }
    }
    let public = prepared.public;
    let text = text::statement(&text)?;
    events.insert(0, Event::Drafted { id, number, kind, title, public, text, follows, preapproved });
    Ok(events.into_iter().map(AnyEvent::Statement).collect())
}

/// A new series counts on; within one, the statements count from the first.
fn number(incident: &Incident, follows: Option<&Follows>) -> Result<String, Refusal> {
    let Some(follows) = follows else {
        let begun = incident.statements.iter().filter(|row| row.follows.is_none()).count();
        return Ok(format!("PN-{:02}", begun + 1));
    };
    let before = last(incident, follows)?;
    let first = incident.statements.get(&before.series).ok_or(Refusal::Unknown)?;
    let there = incident.statements.iter().filter(|row| row.series == first.id).count();
    Ok(format!("{}.{}", first.number, there + 1))
}

/// The statement that is followed: published, and nothing published after it.
pub(super) fn last<'a>(incident: &'a Incident, follows: &Follows) -> Result<&'a Statement, Refusal> {
    let before = incident.statements.get(&follows.statement).ok_or(Refusal::Unknown)?;
    if before.state != State::Published {
        return Err(Refusal::NotPublished { number: before.number.clone() });
    }
    match &before.followed {
        Some(followed) => {
            Err(Refusal::SeriesMovedOn { number: incident.statement_number(&followed.statement) })
        }
        None => Ok(before),
    }
}

/// Drafts may hold anything for a while, even what does not show: a change that was shared cannot be taken back
/// from the editors that have it. What does not show is refused when the words are submitted.
pub(super) fn typing(row: &Statement, id: RowId, update: Update) -> Result<Vec<AnyEvent>, Refusal> {
    row.takes_typing()?;
    let (words, typed) = row.words.typed(&update)?;
    if words == row.words {
        return Ok(vec![]);
    }
    let splice = Splice::between(&row.text, &text::draft(&typed)?);
    Ok(vec![AnyEvent::Statement(Event::Typed { id, update, splice })])
}

pub(super) fn write(row: &Statement, id: RowId, over: &Digest, text: &str) -> Result<Vec<AnyEvent>, Refusal> {
    match row.submission {
        Some(_) if row.form.is_none() && row.is_in_review() => {}
        _ => row.takes_typing()?,
    }
    let text = text::statement(text)?;
    if Digest::of(text.as_bytes()) == row.digest {
        return Ok(vec![]);
    }
    if *over != row.digest {
        return Err(Refusal::TextChanged { now: row.digest });
    }
    let mut events = vec![];
    if row.submission.is_some() {
        events.push(AnyEvent::Statement(reopen(row, id.clone(), None)?));
    }
    events.push(AnyEvent::Statement(Event::Written { id, text }));
    Ok(events)
}

pub(super) fn fill(
    incident: &Incident,
    row: &Statement,
    id: RowId,
    blank: String,
    value: &str,
) -> Result<Event, Refusal> {
    open(row)?;
    let frame = incident.frame.as_ref().ok_or(Refusal::NotOpen)?;
    if row.form.is_none() {
        return Err(Refusal::NoForm);
    }
    let prepared = frame.prepared.iter().find(|prepared| prepared.kind == row.kind);
    let known = prepared.and_then(|prepared| prepared.blanks.iter().find(|known| known.name == blank));
    let known = known.ok_or(Refusal::Unknown)?;
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let value = text::statement(&value)?;
    if !value.is_empty() && !blank::fits(&known.answer, &value) {
        return Err(Refusal::NotAllowedThere { blank: known.label.clone(), hint: known.hint.clone() });
    }
    Ok(Event::Filled { id, blank, value })
}

pub(super) fn cite(incident: &Incident, row: &Statement, id: RowId, fact: RowId) -> Result<Event, Refusal> {
    if matches!(row.state, State::Published | State::Dropped) {
        open(row)?;
    }
    let known = incident.facts.get(&fact).ok_or(Refusal::Unknown)?;
    if known.state == fact::State::Withdrawn {
        return Err(Refusal::FactWithdrawn);
    }
    if row.citations.len() >= CITATIONS_MAX {
        return Err(Refusal::TooLong { length: row.citations.len() + 1, max: CITATIONS_MAX });
    }
    Ok(Event::Cited { id, said: known.sentence(), fact })
}

pub(super) fn uncite(row: &Statement, id: RowId, fact: RowId) -> Result<Event, Refusal> {
    if matches!(row.state, State::Published | State::Dropped) {
        open(row)?;
    }
    let cited = row.citations.iter().any(|citation| citation.fact == fact);
    if cited { Ok(Event::Uncited { id, fact }) } else { Err(Refusal::Unknown) }
}

pub(super) fn set_aside(row: &Statement, id: RowId, reason: &str) -> Result<Event, Refusal> {
    open(row)?;
    Ok(Event::Dropped { id, reason: text::note(reason)? })
}

pub(super) fn submit(
    incident: &Incident,
    row: &Statement,
    id: RowId,
    digest: Digest,
) -> Result<Event, Refusal> {
    if row.state != State::Draft {
        return Err(Refusal::NotADraft);
    }
    if digest != row.digest {
        return Err(Refusal::TextChanged { now: row.digest });
    }
    if row.text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    let words = text::statement(&row.text)?;
    let blanks = blanks(&row.text);
    if let Some(first) = blanks.first() {
        return Err(Refusal::BlanksLeft { count: blanks.len(), first: first.replace('_', " ") });
    }
    if let Some(follows) = &row.follows {
        last(incident, follows)?;
    }
    let (header, frame) = (incident.header.as_ref(), incident.frame.as_ref());
    let level = header.ok_or(Refusal::NotOpen)?.level;
    let rules = &frame.ok_or(Refusal::NotOpen)?.approvals;
    // Without a rule nobody could approve, so nothing could go out: safe, and said.
    let rule = approval::rule(rules, &row.kind, level).ok_or(Refusal::UnknownKind)?;
    let (required, consulted) = (rule.required.clone(), rule.consulted.clone());
    Ok(Event::Submitted { id, digest, text: Some(words), required, consulted })
}

pub(super) fn reopen(row: &Statement, id: RowId, reason: Option<&str>) -> Result<Event, Refusal> {
    if row.submission.is_none() || !row.is_in_review() {
        open(row)?;
        return Err(Refusal::NotSubmitted);
    }
    let voided = row.approvals.iter().filter(|given| given.holds_for(&row.digest)).count();
    let reason = text::note_if_any(reason)?;
    Ok(Event::Reopened { id, voided: u32::try_from(voided).unwrap_or(u32::MAX), reason })
}
