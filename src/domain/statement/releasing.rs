//! What releasing refuses: nothing goes out but the approved words, by nobody but a spokesperson, not before an
//! agreed time; and what stands on a channel is compared, numbered and ticked off.

use super::{Event, State, Statement};
use crate::domain::approval;
use crate::domain::attachment::Attachment;
use crate::domain::deadline::{self, Anchor};
use crate::domain::ids::{Digest, OfficeId, RowId};
use crate::domain::refusal::{Refusal, Releasing};
use crate::domain::release::{Comparison, Joint, compare};
use crate::domain::{Context, Event as AnyEvent, Incident, incident, ladder, text};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

/// An embargo is a matter of hours; one that is further off was mistyped.
const HOLD_MAX: SignedDuration = SignedDuration::from_hours(14 * 24);
/// A captured page: an article and what stands around it.
const CAPTURE_MAX: usize = 100_000;

/// Neither out nor put aside.
fn pending(row: &Statement) -> Result<(), Refusal> {
    match row.state {
        State::Published => Err(Releasing::AlreadyPublished.into()),
        State::Dropped => Err(Refusal::SetAside),
        State::Draft | State::InReview | State::Approved => Ok(()),
    }
}

pub(super) fn hold(
    incident: &Incident,
    row: &Statement,
    id: RowId,
    until: Timestamp,
    mut offices: Vec<OfficeId>,
    context: &Context,
) -> Result<Event, Refusal> {
    pending(row)?;
    if until <= context.at {
        return Err(Refusal::InThePast);
    }
    if until.duration_since(context.at) > HOLD_MAX {
        return Err(Refusal::TooFarAhead);
    }
    offices.sort();
    offices.dedup();
    if offices.is_empty() {
        return Err(Refusal::Empty);
    }
    if offices.iter().any(|office| incident.offices.get(office).is_none()) {
        return Err(Refusal::UnknownOffice);
    }
    Ok(Event::Held { id, until, offices })
}

pub(super) fn agree(row: &Statement, id: RowId, digest: Digest, context: &Context) -> Result<Event, Refusal> {
    pending(row)?;
    let joint = row.joint.as_ref().ok_or(Releasing::NotHeld)?;
    let submission = row.submission.as_ref().ok_or(Refusal::NotSubmitted)?;
    if submission.digest != digest {
        return Err(Refusal::StaleApproval { now: submission.digest });
    }
    let office = context.by.office.clone().filter(|office| joint.offices.contains(office));
    let office = office.ok_or(Refusal::NotAsked)?;
    if !joint.missing(&digest).contains(&&office) {
        return Err(Refusal::AlreadyApproved);
    }
    Ok(Event::Agreed { id, office, digest })
}

pub(super) fn release(row: &Statement, id: RowId, reason: &str) -> Result<Event, Refusal> {
    pending(row)?;
    if row.joint.is_none() {
        return Err(Releasing::NotHeld.into());
    }
    Ok(Event::Released { id, reason: text::note(reason)? })
}

/// The time has come: in place is what is approved in the very words to which everybody agreed. Anything else keeps
/// holding by itself.
pub(super) fn reach(row: &Statement, id: RowId, context: &Context) -> Result<Event, Refusal> {
    pending(row)?;
    let joint = row.joint.as_ref().filter(|joint| joint.ready.is_none()).ok_or(Releasing::NotHeld)?;
    if joint.until > context.at {
        return Err(Refusal::NotDue);
    }
    let ready = row.state == State::Approved && joint.missing(&row.digest).is_empty();
    Ok(Event::Reached { id, ready })
}

fn known_channel(incident: &Incident, channel: &str) -> Result<(), Refusal> {
    let frame = incident.frame.as_ref().ok_or(Refusal::NotOpen)?;
    let exercise = incident.header.as_ref().is_some_and(|header| header.exercise);
    match frame.channels.iter().any(|known| known.code == channel) {
        true => Ok(()),
        false if exercise => Err(Releasing::NoChannelInExercise.into()),
        false => Err(Releasing::UnknownChannel.into()),
    }
}

pub(super) fn plan(
    incident: &Incident,
    row: &Statement,
    id: RowId,
    channel: String,
    at: Option<Timestamp>,
) -> Result<Event, Refusal> {
    if row.state == State::Dropped {
        return Err(Refusal::SetAside);
    }
    known_channel(incident, &channel)?;
    if row.releases.iter().any(|release| release.channel == channel) {
        return Err(Releasing::AlreadyReleased.into());
    }
    Ok(Event::Planned { id, channel, at })
}

pub(super) fn publish(
    incident: &Incident,
    row: &Statement,
    event: Event,
    context: &Context,
) -> Result<Vec<AnyEvent>, Refusal> {
    let Event::Published { id, digest, channel, at, .. } = &event else { return Err(Refusal::Unknown) };
    if row.state == State::Dropped {
        return Err(Refusal::SetAside);
    }
    approved(row, digest)?;
    ladder::may_publish(incident)?;
    known_channel(incident, channel)?;
    if row.releases.iter().any(|release| release.channel == *channel) {
        return Err(Releasing::AlreadyReleased.into());
    }
    if let Some(joint) = &row.joint {
        in_time(incident, joint, digest, (*at).min(context.at))?;
    }
    // Two corrections of the same words cannot both be the one that counts.
    if let Some(follows) = row.follows.as_ref().filter(|_| row.releases.is_empty()) {
        super::drafting::last(incident, follows)?;
    }
    let at = incident::typed(*at, context)?;
    // Words that went out before the last approval were not approved words.
    let last = row.approvals.iter().filter(|given| given.holds_for(digest)).map(|given| given.by.at).max();
    let to_the_minute = |at: Timestamp| at.as_second().div_euclid(60);
    if last.is_some_and(|last| to_the_minute(at) < to_the_minute(last)) {
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

/// The words are the submitted ones, every square is satisfied, and no strong objection stands.
fn approved(row: &Statement, digest: &Digest) -> Result<(), Refusal> {
    let submission = row.submission.as_ref().ok_or(Refusal::NotSubmitted)?;
    if submission.digest != *digest || row.digest != *digest {
        return Err(Refusal::StaleApproval { now: submission.digest });
    }
    if let Some(objection) = approval::standing_objections(&row.approvals, digest).first() {
        return Err(Releasing::ObjectionStands { by: objection.by.name.clone() }.into());
    }
    let missing = row.missing();
    if !missing.is_empty() || submission.required.is_empty() {
        let titles: Vec<_> = missing.iter().map(|square| square.signatory.title.as_str()).collect();
        return Err(Releasing::NotApproved { missing: titles.join(", ") }.into());
    }
    Ok(())
}

fn in_time(incident: &Incident, joint: &Joint, digest: &Digest, at: Timestamp) -> Result<(), Refusal> {
    if at < joint.until {
        return Err(Releasing::Embargoed { until: joint.until }.into());
    }
    let missing = joint.missing(digest);
    if !missing.is_empty() {
        let names: Vec<_> = missing.iter().map(|office| incident.office_name(Some(office))).collect();
        return Err(Releasing::NotAgreed { missing: names.join(", ") }.into());
    }
    Ok(())
}

pub(super) fn capture(
    row: &Statement,
    id: RowId,
    channel: String,
    text: Option<&str>,
    file: Option<Attachment>,
) -> Result<Event, Refusal> {
    if !row.releases.iter().any(|release| release.channel == channel) {
        return Err(Releasing::NotReleasedThere.into());
    }
    let text = text.filter(|text| !text.trim().is_empty()).map(|text| text::found(text, CAPTURE_MAX));
    let text = text.transpose()?;
    let compared = match &text {
        Some(text) => compare(&row.text, text),
        None if file.is_some() => Comparison::NotCompared,
        None => return Err(Refusal::Empty),
    };
    Ok(Event::Captured { id, channel, text, file, compared })
}

pub(super) fn number(row: &Statement, id: RowId, number: &str, date: Date) -> Result<Event, Refusal> {
    match row.state {
        State::Approved | State::Published => Ok(Event::Numbered { id, number: text::title(number)?, date }),
        State::Dropped => Err(Refusal::SetAside),
        State::Draft | State::InReview => Err(Releasing::NumberedTooEarly.into()),
    }
}

pub(super) fn tick(
    row: &Statement,
    id: RowId,
    channel: String,
    note: Option<&str>,
) -> Result<Event, Refusal> {
    if !row.unticked().any(|release| release.channel == channel) {
        return Err(Releasing::NothingStandsThere.into());
    }
    Ok(Event::Ticked { id, channel, note: text::note_if_any(note)? })
}
