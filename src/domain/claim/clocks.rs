//! The clocks of claims. The incident keeps the law's rules from its opening; a claim that reaches the moment from
//! which a rule counts gets a clock of its own among all others. After every change of a claim the clocks that it
//! should have are held against those that it has, and what follows is on the record.

use super::{Access, Answer, Claim, Request, Rule, Verdict};
use crate::domain::deadline::{self, Anchor, Clock, Deadline, Of, Stop};
use crate::domain::ids::RowId;
use crate::domain::{Context, Event as AnyEvent, Incident, incident};
use jiff::Timestamp;
use std::sync::Arc;

/// A clock that a claim should have.
struct Wanted<'a> {
    rule: &'a Rule,
    of: Of,
    stop: Option<Stop>,
}

/// The clocks of the claim that run.
pub(super) fn running<'a>(
    incident: &'a Incident,
    claim: &'a RowId,
) -> impl Iterator<Item = &'a Arc<Deadline>> {
    let own = |row: &&Arc<Deadline>| row.of.as_ref().is_some_and(|of| of.claim == *claim);
    incident.deadlines.iter().filter(own).filter(|row| row.is_running())
}

/// From when a rule counts for the claim, and how its clock was stopped.
fn moment(rule: &Rule, claim: &Claim) -> Option<(Timestamp, Option<Stop>)> {
    let concluded = claim.conclusion.as_ref().filter(|it| it.judged.verdict == Verdict::False)?;
    if claim.access() == Some(Access::Closed) || !rule.holds(claim, None) {
        return None;
    }
    match rule.clock.due.anchor {
        Anchor::VerdictAt => {
            let from = concluded.judged.at;
            let label = claim.labels.iter().find(|label| label.at >= from);
            let stop = |at| Stop { at, statement: None, on: Some(Anchor::LabelledAt.title().into()) };
            Some((from, label.map(|label| stop(label.at))))
        }
        Anchor::LabelledAt => {
            let from = claim.label()?.at;
            let told = claim.notices.iter().map(|notice| &notice.told).filter(|told| told.at >= from);
            let told = told.min_by_key(|told| told.at);
            let stop = told.map(|told| Stop {
                at: told.at,
                statement: told.statement.clone(),
                on: told.statement.is_none().then(|| told.note.clone().unwrap_or_default()),
            });
            Some((from, stop))
        }
        _ => None,
    }
}

/// When a request was complied with: everything that it names is gone.
fn complied(request: &Request) -> Option<Stop> {
    let gone = request.places.iter().all(|place| place.answer == Some(Answer::Removed));
    let at = request.places.iter().filter_map(|place| place.at).max().filter(|_| gone)?;
    Some(Stop { at, statement: None, on: Some(Answer::Removed.title().into()) })
}

fn wanted<'a>(rules: &'a [Rule], claim: &Claim) -> Vec<Wanted<'a>> {
    if claim.struck.is_some() {
        return vec![];
    }
    let of = |rule: &Rule, from, request| {
        let (claim, rule) = (claim.id.clone(), rule.clock.id.clone());
        Of { claim, rule, from, request }
    };
    let mut all = vec![];
    for rule in rules {
        if rule.clock.due.anchor == Anchor::RequestSentAt {
            // What a platform owes does not end with our own steps.
            let held = claim.requests.iter().filter(|request| rule.holds(claim, Some(request)));
            all.extend(held.map(|request| Wanted {
                rule,
                of: of(rule, request.sought.at, Some(request.id.clone())),
                stop: complied(request),
            }));
        } else if let Some((from, stop)) = moment(rule, claim).filter(|_| claim.excepted.is_none()) {
            all.push(Wanted { rule, of: of(rule, from, None), stop });
        }
    }
    all
}

/// The rule's clock for one claim, under an id of its own.
fn clock(rule: &Rule, claim: &Claim, request: Option<&RowId>, seq: usize) -> Option<Clock> {
    let to = request.and_then(|id| claim.requests.iter().find(|known| known.id == *id));
    let to = to.map_or_else(String::new, |request| format!(", {}", request.sought.to));
    Some(Clock {
        id: RowId::new(&format!("{}-{seq}", rule.clock.id))?,
        title: format!("{}: {}{to}", rule.clock.title, claim.name()),
        // What stops it is recorded in the register, and only there.
        stopped_by: vec![],
        stopped_when: None,
        stopped_on: None,
        only_if: None,
        ..rule.clock.clone()
    })
}

/// What follows for the clocks of a claim from how it stands now.
pub(super) fn settled(incident: &Incident, id: &RowId) -> Vec<AnyEvent> {
    let Some((claim, frame)) = incident.claims.get(id).zip(incident.frame.as_ref()) else { return vec![] };
    let wanted = wanted(&frame.claims.rules, claim);
    let mut seq = incident.deadlines.iter().filter(|row| row.of.is_some()).count();
    let mut events = vec![];
    let gone = |row: &&Arc<Deadline>| !wanted.iter().any(|wanted| row.of.as_ref() == Some(&wanted.of));
    for row in running(incident, id).filter(gone) {
        events.push(deadline::Event::Lifted { id: row.clock.id.clone(), why: why_not(claim).into() });
    }
    for Wanted { rule, of, stop } in &wanted {
        let known = incident.deadlines.iter().find(|row| row.of.as_ref() == Some(of));
        let clock = match known {
            Some(row) => Some(row.clock.clone()),
            None => {
                seq += 1;
                clock(rule, claim, of.request.as_ref(), seq)
            }
        };
        let Some(clock) = clock else { continue };
        let id = clock.id.clone();
        if known.is_none_or(|row| row.lifted.is_some()) {
            events.push(deadline::Event::Begun { clock: Box::new(clock), of: of.clone() });
        }
        let stopped = known.is_some_and(|row| row.stopped.is_some());
        if let Some(stop) = stop.clone().filter(|_| !stopped) {
            events.push(deadline::Event::Stopped { id, stop });
        }
    }
    events.into_iter().map(AnyEvent::Deadline).collect()
}

fn why_not(claim: &Claim) -> &'static str {
    if claim.struck.is_some() {
        "mục trong sổ tin đồn đã bị gạch"
    } else if claim.excepted.is_some() {
        "không áp dụng trình tự xử lý tin giả"
    } else if claim.verdict() != Some(Verdict::False) {
        "kết luận đã đổi"
    } else if claim.access() == Some(Access::Closed) {
        "phân loại lại: công dân không được tiếp cận"
    } else if claim.label().is_none() {
        "nhãn đã gỡ"
    } else {
        "phân loại lại"
    }
}

/// The moments of the incident that this claim is the first to know. They are the incident's own, and stay where
/// they are when something else in it counts from them.
pub(super) fn anchored(incident: &Incident, id: &RowId, context: &Context) -> Vec<AnyEvent> {
    let Some((claim, frame)) = incident.claims.get(id).zip(incident.frame.as_ref()) else { return vec![] };
    let Some(header) = &incident.header else { return vec![] };
    let known = |anchor: &Anchor| match anchor {
        Anchor::VerdictAt => {
            let conclusion = claim.conclusion.as_ref();
            conclusion.filter(|it| it.judged.verdict == Verdict::False).map(|it| it.judged.at)
        }
        Anchor::LabelledAt => claim.label().map(|label| label.at),
        Anchor::RequestSentAt => claim.requests.first().map(|request| request.sought.at),
        _ => None,
    };
    let others = |anchor: &Anchor| {
        let mut own = incident.deadlines.iter().filter(|row| row.of.is_none());
        own.any(|row| row.clock.due.anchor == *anchor || row.clock.stopped_when == Some(*anchor))
    };
    let occurred = header.anchors.get(&Anchor::OccurredAt).copied();
    let free = |anchor: &&Anchor| !header.anchors.contains_key(anchor) && !others(anchor);
    let set = |anchor: &Anchor| {
        let at = known(anchor).filter(|at| occurred.is_none_or(|occurred| occurred <= *at))?;
        let at = incident::typed(at, context).ok()?;
        let event = incident::Event::AnchorSet { anchor: *anchor, at, reason: None };
        Some(AnyEvent::Incident(event))
    };
    frame.claims.anchors.iter().filter(free).filter_map(set).collect()
}
