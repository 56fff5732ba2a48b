//! What judging refuses: who gives a verdict on which words in whose turn, who decides over an objection, and when
//! silence counts.

use super::{Event, State, Statement, runs};
use crate::domain::approval::{self, Answer, Square};
use crate::domain::ids::{Digest, RowId};
use crate::domain::refusal::{Refusal, Releasing};
use crate::domain::{Context, text};

/// The squares that the actor may fill, on exactly these words.
fn squares<'a>(row: &'a Statement, digest: &Digest, context: &Context) -> Result<Vec<&'a Square>, Refusal> {
    the_submitted(row, digest)?;
    let squares: Vec<_> = row.squares.iter().filter(|square| square.signatory.is(context.by)).collect();
    if squares.is_empty() {
        return Err(Refusal::NotAsked);
    }
    not_the_author(row, context)?;
    Ok(squares)
}

fn the_submitted(row: &Statement, digest: &Digest) -> Result<(), Refusal> {
    match (&row.submission, row.state) {
        (_, State::Published) => Err(Releasing::AlreadyPublished.into()),
        (_, State::Dropped) => Err(Refusal::SetAside),
        (None, _) => Err(Refusal::NotSubmitted),
        (Some(submission), _) if submission.digest != *digest => {
            Err(Refusal::StaleApproval { now: submission.digest })
        }
        _ => Ok(()),
    }
}

fn not_the_author(row: &Statement, context: &Context) -> Result<(), Refusal> {
    let person = &context.by.person;
    let submitted = row.submission.as_ref().is_some_and(|submission| submission.by.person == *person);
    if submitted || row.authors.contains(person) { Err(Refusal::OwnApproval) } else { Ok(()) }
}

fn functions(squares: &[&Square]) -> Vec<String> {
    squares.iter().map(|square| square.signatory.function.clone()).collect()
}

pub(super) fn approve(
    row: &Statement,
    id: RowId,
    digest: Digest,
    context: &Context,
) -> Result<Event, Refusal> {
    let mine = squares(row, &digest, context)?;
    let asked: Vec<_> = mine.iter().copied().filter(|square| square.asked_at.is_some()).collect();
    if asked.is_empty() {
        let first = row.squares.iter().find(|square| square.required && !square.is_satisfied());
        let before = first.map_or_else(String::new, |square| square.signatory.title.clone());
        return Err(Refusal::NotYourTurn { before });
    }
    // A colleague's approval fills the square; one's own objection is still one's own to take back.
    let approved = |square: &&Square| matches!(square.answer, Answer::Approved { .. });
    let given = row.approvals.iter().rev().find(|given| given.by.person == context.by.person);
    let objects =
        given.is_some_and(|given| given.holds_for(&digest) && given.verdict != approval::Verdict::Approved);
    if asked.iter().all(approved) && !objects {
        return Err(Refusal::AlreadyApproved);
    }
    Ok(Event::Approved { id, digest, functions: functions(&asked) })
}

pub(super) fn object(
    row: &Statement,
    id: RowId,
    digest: Digest,
    reason: &str,
    strong: bool,
    context: &Context,
) -> Result<Event, Refusal> {
    // Whoever sees that words are wrong says so, whether or not it is their turn.
    let mine = squares(row, &digest, context)?;
    Ok(Event::Objected { id, digest, functions: functions(&mine), reason: text::note(reason)?, strong })
}

pub(super) fn settle(
    row: &Statement,
    id: RowId,
    digest: Digest,
    publish: bool,
    reason: &str,
    context: &Context,
) -> Result<Event, Refusal> {
    the_submitted(row, &digest)?;
    if approval::standing_objections(&row.approvals, &digest).is_empty() {
        return Err(Refusal::NoObjection);
    }
    let reason = text::note(reason)?;
    if publish {
        not_the_author(row, context)?;
        return Ok(Event::Settled { id, digest, reason });
    }
    super::drafting::reopen(row, id, Some(&reason))
}

pub(super) fn lapse(
    row: &Statement,
    id: RowId,
    digest: Digest,
    function: String,
    context: &Context,
) -> Result<Event, Refusal> {
    the_submitted(row, &digest)?;
    let square = row.squares.iter().find(|square| square.signatory.function == function);
    let square = square.ok_or(Refusal::Unknown)?;
    let over = square.due_at.is_some_and(|due_at| due_at <= context.at);
    if !over || !runs(square) {
        return Err(Refusal::NotDue);
    }
    Ok(Event::Lapsed { id, digest, function, silence: square.signatory.silence })
}
