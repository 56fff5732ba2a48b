//! What statements refuse: who writes, submits, approves, objects and publishes which words, and when not.

use super::{Command, Event, State, Statement};
use crate::domain::approval::{self, Verdict};
use crate::domain::deadline::{self, Anchor};
use crate::domain::ids::{Digest, RowId};
use crate::domain::refusal::Refusal;
use crate::domain::words::{Splice, Update};
use crate::domain::{self, Actor, Context, Event as AnyEvent, Incident, incident, text};
use jiff::Timestamp;

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

pub(in crate::domain) fn decide(
    incident: &Incident,
    command: Command,
    context: &Context,
) -> Result<Vec<AnyEvent>, Refusal> {
    let row = |id: &RowId| incident.statements.get(id).ok_or(Refusal::Unknown);
    let event = match command {
        Command::Draft { id, kind, title } => draft(incident, id, kind, title.as_deref())?,
        Command::Type { id, update } => return typing(row(&id)?, id, update),
        Command::Reopen { id, reason } => reopen(row(&id)?, id, reason.as_deref())?,
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
    let prepared =
        frame.prepared.iter().find(|prepared| prepared.kind == kind).ok_or(Refusal::UnknownKind)?;
    let title = match title.filter(|title| !title.trim().is_empty()) {
        Some(title) => text::title(title)?,
        None => prepared.title.clone(),
    };
    let number = format!("PN-{:02}", incident.statements.len() + 1);
    Ok(Event::Drafted {
        id,
        number,
        kind,
        title,
        public: prepared.public,
        text: text::statement(&prepared.text)?,
    })
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
    let mut events = vec![AnyEvent::Statement(Event::Written { id: id.clone(), text })];
    if row.submission.is_some() {
        events.insert(0, AnyEvent::Statement(reopen(row, id, None)?));
    }
    Ok(events)
}

fn reopen(row: &Statement, id: RowId, reason: Option<&str>) -> Result<Event, Refusal> {
    match row.state {
        State::Published => return Err(Refusal::AlreadyPublished),
        _ if row.submission.is_none() => return Err(Refusal::NotSubmitted),
        _ => {}
    }
    let voided = row.approvals.iter().filter(|given| given.holds_for(&row.digest)).count();
    let reason = text::note_if_any(reason)?;
    Ok(Event::Reopened { id, voided: u32::try_from(voided).unwrap_or(u32::MAX), reason })
}

/// Drafts may hold anything for a while, even what does not show: a change that was shared cannot be taken back
/// from the editors that have it. What does not show is refused when the words are submitted.
fn typing(row: &Statement, id: RowId, update: Update) -> Result<Vec<AnyEvent>, Refusal> {
    row.takes_typing()?;
    let (words, typed) = row.words.typed(&update)?;
    if words == row.words {
        return Ok(vec![]);
    }
    let splice = Splice::between(&row.text, &text::draft(&typed)?);
    Ok(vec![AnyEvent::Statement(Event::Typed { id, update, splice })])
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
    text::statement(&row.text)?;
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
    let functions: Vec<_> = asked
        .filter(|signatory| signatory.is(context.by))
        .map(|signatory| signatory.function.clone())
        .collect();
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
    let approved =
        row.approvals.iter().filter(|given| given.holds_for(digest)).map(|given| given.by.at).max();
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
