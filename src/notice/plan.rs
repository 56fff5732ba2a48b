//! Who is told by which way and when: quiet hours, the cap of an hour, and what happens when nobody reacts. Rules only;
//! the moment and the office's wall clock are told.

use super::Notices;
use super::command::Concern;
use crate::wire::{Delivery, Notice, Progress, Quiet, Recipient, Skipped, Step, Way};
use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

/// After how long without a reaction the next step follows: what is urgent, and what is not. Ten minutes is what one
/// gives a telephone that rings in another room; an hour is the rhythm of the tasks at hand.
pub const ESCALATE: [SignedDuration; 2] = [SignedDuration::from_mins(10), SignedDuration::from_mins(60)];
/// How long after a failed try the next follows; after the last of them it is given up. A mail server that restarts is
/// back within the first, a line that is cut within the hour.
pub const RETRY: [SignedDuration; 4] = [
    SignedDuration::from_mins(1),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(15),
    SignedDuration::from_mins(60),
];
/// Messages to one person in an hour, beyond which only what is urgent goes out: a telephone that never stops is put away.
pub const HOUR_MAX: usize = 12;

/// The deliveries of a notice, each with the reason when it is left out at once.
pub(super) fn deliveries(
    notices: &Notices,
    concern: &Concern,
    at: Timestamp,
    local: DateTime,
) -> Vec<Delivery> {
    let due = |at, quiet| Progress::Due { at, quiet, tries: 0, last: None };
    let person = match &concern.to {
        Recipient::Hook { hook } => {
            let way = Some(Way::Hook { hook: hook.clone() });
            return vec![Delivery { way, progress: due(at, false) }];
        }
        Recipient::Person { person } => person,
    };
    let routes = notices.routes.get(person);
    let mut ways: Vec<Way> = vec![];
    if let Some(routes) = routes {
        ways.extend(routes.devices.iter().map(|device| Way::Push { device: device.id.clone() }));
        ways.extend(routes.mail.clone().map(|address| Way::Mail { address }));
    }
    if ways.is_empty() {
        return vec![Delivery { way: None, progress: Progress::Skipped { why: Skipped::NoWay, at } }];
    }
    let urgent = concern.subjects.iter().any(|subject| subject.urgent);
    // An exercise wakes nobody; who is on duty does not sleep.
    let exercise = concern.matter.as_ref().is_some_and(|matter| matter.exercise);
    let holds = !concern.on_duty && (!urgent || exercise);
    let waits = routes.and_then(|routes| routes.quiet).filter(|_| holds);
    let rest = waits.and_then(|quiet| rest_of(quiet, local));
    let progress = |way: &Way| {
        if concern.present && concern.step == Step::First {
            Progress::Skipped { why: Skipped::Present, at }
        } else if !urgent && crowded(notices, concern, at) {
            Progress::Skipped { why: Skipped::TooMany, at }
        } else if !concern.mails && matches!(way, Way::Mail { .. }) {
            Progress::Skipped { why: Skipped::NoMailServer, at }
        } else {
            rest.map_or_else(|| due(at, false), |rest| due(at + rest, true))
        }
    };
    ways.into_iter().map(|way| Delivery { progress: progress(&way), way: Some(way) }).collect()
}

/// How long the quiet hours go on from here; none when it is not quiet.
fn rest_of(quiet: Quiet, local: DateTime) -> Option<SignedDuration> {
    let (now, Quiet { from, until }) = (local.time(), quiet);
    let over_midnight = from > until;
    let inside = if over_midnight { now >= from || now < until } else { now >= from && now < until };
    let rest = until.duration_since(now);
    let rest = if rest.is_positive() { rest } else { rest + SignedDuration::from_hours(24) };
    inside.then_some(rest)
}

fn crowded(notices: &Notices, concern: &Concern, at: Timestamp) -> bool {
    let an_hour_ago = at - SignedDuration::from_hours(1);
    let went = |notice: &&std::sync::Arc<Notice>| {
        let out = |it: &Delivery| matches!(it.progress, Progress::Sent { .. } | Progress::Due { .. });
        notice.raised_at > an_hour_ago && notice.deliveries.iter().any(out)
    };
    notices.of(&concern.to).filter(went).count() >= HOUR_MAX
}

impl Notices {
    /// The notices after which the next step is due: nobody reacted for long enough, and there is a step left.
    pub fn unheard(&self, now: Timestamp) -> Vec<&Notice> {
        let followed: BTreeSet<_> = self.iter().filter_map(|notice| notice.after.as_ref()).collect();
        let unheard = self.iter().filter(|notice| {
            let person = matches!(notice.to, Recipient::Person { .. });
            let open = notice.settled_at.is_none() && notice.seen_at.is_none() && notice.matter.is_some();
            let urgent = notice.subjects.iter().any(|subject| subject.urgent);
            let after = if urgent { ESCALATE[0] } else { ESCALATE[1] };
            // Quiet hours are no silence: the time runs from when the notice could be heard.
            let heard = notice.deliveries.iter().map(|it| match it.progress {
                Progress::Due { at, quiet: true, .. } => at,
                Progress::Due { .. } | Progress::Skipped { .. } => notice.raised_at,
                Progress::Sent { at, .. } | Progress::Failed { at, .. } => at,
            });
            let since = heard.min().unwrap_or(notice.raised_at);
            person
                && open
                && notice.step < Step::Leads
                && now.duration_since(since) >= after
                && !followed.contains(&notice.id)
        });
        unheard.map(AsRef::as_ref).collect()
    }
}
