//! Notices: who was told what by which way, and what became of it. The same shape as the directory, a fold of a log of
//! its own, so that nobody is told twice over a restart and every delivery has its state. Sending is the courier's.

mod command;
mod letter;
mod plan;
#[cfg(test)]
mod tests;

pub use command::{Command, Concern, Event, Outcome};
pub use letter::{Mail, call, mail, push, topic};
pub use plan::{ESCALATE, HOUR_MAX, RETRY};

use crate::domain::ids::{PersonId, Rev, RowId};
use crate::domain::refusal::Refusal;
use crate::domain::table::{Row, Table};
use crate::domain::{Act, Context, Record};
use crate::room::Fold;
use crate::wire::{Delivery, HookRow, Notice, Progress, PushKeys, Quiet, Recipient, Skipped, Step, Way};
use imbl::OrdMap;
use jiff::Timestamp;
use std::sync::Arc;

/// Notices kept in memory for each recipient: what a person looks back through; older ones that are over stay in the log.
pub const KEPT: usize = 200;
/// Browsers of one person: a PC, a phone, a tablet, each at work and at home, with some left over from before.
pub const DEVICES_MAX: usize = 10;
/// Programs that are called: one for each office, with room.
pub const HOOKS_MAX: usize = 50;

/// A browser that takes messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Its id.
    pub id: RowId,
    /// What the person calls it.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
    /// Where and how to send.
    pub keys: PushKeys,
}

/// How a person is reached.
#[derive(Clone, Debug)]
pub struct Routes {
    /// Whose.
    pub person: PersonId,
    /// Last change.
    pub rev: Rev,
    /// Mailbox.
    pub mail: Option<String>,
    /// Quiet hours.
    pub quiet: Option<Quiet>,
    /// Browsers.
    pub devices: Vec<Device>,
}

impl Row for Routes {
    type Id = PersonId;
    fn id(&self) -> &PersonId {
        &self.person
    }
    fn rev(&self) -> Rev {
        self.rev
    }
    fn stamp(&mut self, rev: Rev) {
        self.rev = rev;
    }
}

/// All notices, as they stand after some revision.
#[derive(Clone, Debug, Default)]
pub struct Notices {
    /// How people are reached.
    pub routes: Table<Routes>,
    /// Programs that are called.
    pub hooks: OrdMap<RowId, Arc<HookRow>>,
    notices: OrdMap<RowId, Arc<Notice>>,
    /// The notices of each recipient; ids sort by time.
    by_recipient: OrdMap<(Recipient, RowId), ()>,
}

impl Notices {
    /// A notice.
    pub fn get(&self, id: &RowId) -> Option<&Arc<Notice>> {
        self.notices.get(id)
    }

    /// A recipient's notices, the newest first.
    pub fn of(&self, to: &Recipient) -> impl Iterator<Item = &Arc<Notice>> {
        let first = (to.clone(), RowId::new("0").expect("a digit is an id"));
        let own = self.by_recipient.range(first..).take_while(move |((whose, _), ())| whose == to);
        let mut ids: Vec<_> = own.map(|((_, id), ())| id).collect();
        ids.reverse();
        ids.into_iter().filter_map(|id| self.notices.get(id))
    }

    /// All notices, the oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Notice>> {
        self.notices.values()
    }

    /// The browser of a person.
    pub fn device(&self, person: &PersonId, id: &RowId) -> Option<&Device> {
        self.routes.get(person)?.devices.iter().find(|device| device.id == *id)
    }

    /// What is to be sent now, or to be tried again: the notice and the place of the delivery in it.
    pub fn due(&self, now: Timestamp) -> Vec<(RowId, usize)> {
        let mut due = vec![];
        for notice in self.notices.values() {
            for (place, delivery) in notice.deliveries.iter().enumerate() {
                if matches!(delivery.progress, Progress::Due { at, .. } if at <= now) {
                    due.push((notice.id.clone(), place));
                }
            }
        }
        due
    }

    fn edit(&mut self, id: &RowId, change: impl FnOnce(&mut Notice)) {
        if let Some(old) = self.notices.get(id) {
            let mut notice = Notice::clone(old);
            change(&mut notice);
            self.notices.insert(id.clone(), Arc::new(notice));
        }
    }

    fn keep(&mut self, notice: Notice) {
        let (to, id) = (notice.to.clone(), notice.id.clone());
        self.by_recipient.insert((to.clone(), id.clone()), ());
        self.notices.insert(id, Arc::new(notice));
        let over: Vec<_> =
            self.of(&to).skip(KEPT).filter(|it| it.is_over()).map(|it| it.id.clone()).collect();
        for id in over {
            self.notices.remove(&id);
            self.by_recipient.remove(&(to.clone(), id));
        }
    }

    fn routes_of(&mut self, rev: Rev, person: &PersonId, change: impl FnOnce(&mut Routes)) {
        let known = self.routes.get(person).map(|routes| Routes::clone(routes));
        let mut routes = known.unwrap_or_else(|| Routes {
            person: person.clone(),
            rev,
            mail: None,
            quiet: None,
            devices: vec![],
        });
        change(&mut routes);
        self.routes.put(rev, routes);
    }
}

impl Notice {
    /// Whether it needs nobody any more: seen or settled, and nothing of it on the way.
    pub fn is_over(&self) -> bool {
        let on_the_way = |delivery: &Delivery| matches!(delivery.progress, Progress::Due { .. });
        (self.settled_at.is_some() || self.seen_at.is_some()) && !self.deliveries.iter().any(on_the_way)
    }

    /// Whether something of it waits for the end of quiet hours.
    pub fn sleeps(&self) -> bool {
        self.deliveries.iter().any(Delivery::sleeps)
    }

    /// Leaves out what has not gone out.
    fn call_off(&mut self, why: Skipped, at: Timestamp, of: impl Fn(&Option<Way>) -> bool) {
        for delivery in &mut self.deliveries {
            if matches!(delivery.progress, Progress::Due { .. }) && of(&delivery.way) {
                delivery.progress = Progress::Skipped { why, at };
            }
        }
    }
}

impl Delivery {
    fn sleeps(&self) -> bool {
        matches!(self.progress, Progress::Due { quiet: true, .. })
    }
}

impl Fold for Notices {
    type Command = Command;
    type Event = Event;

    fn decide(&self, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
        command::decide(self, command, context)
    }

    fn apply(&mut self, record: &Record<Event>) {
        for event in record.events.clone() {
            self.change(record.rev, event, &record.act());
        }
    }

    fn next_due(&self) -> Option<(Timestamp, Command)> {
        // The courier looks for itself: what it sends leaves the house, and no fold may do that.
        None
    }
}

impl Notices {
    fn change(&mut self, rev: Rev, event: Event, act: &Act) {
        let at = act.at;
        match event {
            Event::RoutesSet { mail, quiet } => {
                self.routes_of(rev, &act.person, |routes| (routes.mail, routes.quiet) = (mail, quiet));
            }
            Event::DeviceAdded { device, name, keys } => {
                let device = Device { id: device, name, since: at, keys };
                self.routes_of(rev, &act.person, |routes| {
                    // The same browser again, whatever it is called: its service's address is its own.
                    routes.devices.retain(|known| known.keys.endpoint != device.keys.endpoint);
                    routes.devices.push(device);
                });
            }
            Event::DeviceDropped { person, device, .. } => {
                self.routes_of(rev, &person, |routes| routes.devices.retain(|known| known.id != device));
                let way = Some(Way::Push { device });
                self.call_off_all(&Recipient::Person { person }, at, |it| *it == way);
            }
            Event::HookAdded { hook, name, url, office } => {
                let row = HookRow { id: hook.clone(), name, url, office, added: act.clone(), stopped: None };
                self.hooks.insert(hook, Arc::new(row));
            }
            Event::HookStopped { hook } => {
                if let Some(known) = self.hooks.get(&hook) {
                    let row = HookRow { stopped: Some(act.clone()), ..HookRow::clone(known) };
                    self.hooks.insert(hook.clone(), Arc::new(row));
                }
                self.call_off_all(&Recipient::Hook { hook }, at, |_| true);
            }
            Event::Raised { notice } => self.keep(*notice),
            Event::Reported { notice, place, progress } => self.edit(&notice, |notice| {
                if let Some(delivery) = notice.deliveries.get_mut(place as usize) {
                    delivery.progress = progress;
                }
            }),
            Event::Seen { notices } => {
                for id in notices {
                    self.edit(&id, |notice| notice.seen_at = notice.seen_at.or(Some(at)));
                }
            }
            // The words are gone from the lines above already.
            Event::Purged { .. } => {}
            Event::Settled { notices } => {
                for id in notices {
                    self.edit(&id, |notice| {
                        notice.settled_at = notice.settled_at.or(Some(at));
                        notice.call_off(Skipped::Done, at, |_| true);
                    });
                }
            }
        }
    }

    fn call_off_all(&mut self, to: &Recipient, at: Timestamp, of: impl Fn(&Option<Way>) -> bool) {
        let ids: Vec<_> = self.of(to).map(|notice| notice.id.clone()).collect();
        for id in ids {
            self.edit(&id, |notice| notice.call_off(Skipped::Gone, at, &of));
        }
    }

    /// Whether something of it was not told yet.
    pub fn is_news(&self, concern: &Concern) -> bool {
        let untold =
            |matter| concern.subjects.iter().any(|it| !self.told(&concern.to, matter, &it.key, concern.step));
        concern.matter.as_ref().is_some_and(untold)
    }

    /// Whether somebody was told of it and it still waits.
    fn told(&self, to: &Recipient, matter: &crate::wire::NoticeMatter, key: &str, step: Step) -> bool {
        self.of(to).any(|notice| {
            let same = notice.matter.as_ref().is_some_and(|it| it.incident == matter.incident);
            same && notice.settled_at.is_none()
                && notice.step >= step
                && notice.subjects.iter().any(|subject| subject.key == key)
        })
    }
}
