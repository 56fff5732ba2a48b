//! Looking after what waits: who has to be told, who knows by now, what is over; and handing what is due to the courier.
//! What is told and what became of it is the notices' fold; here is only what a glance round the rooms shows.

mod glance;

use super::Rooms;
use crate::clock;
use crate::courier::{Courier, Fate, Parcel};
use crate::domain::ids::{CommandId, IncidentId, PersonId, RowId};
use crate::notice::{self, Command, Outcome};
use crate::room::the_room;
use crate::wire::{Notice, NoticeMatter, Progress, Recipient, Skipped, Step, Way};
use futures_util::StreamExt as _;
use glance::Glance;
use jiff::SignedDuration;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Weak};
use std::time::Duration;

/// How often the rooms are looked at.
const GLANCE: Duration = Duration::from_secs(1);
/// Messages that are on their way at once. One server that does not answer must not hold up the others.
const AT_ONCE: usize = 8;

impl Rooms {
    /// Looks after what waits for as long as the rooms are there. `after`: how long something waits before anybody is
    /// told outside the room.
    pub fn notice(self: &Arc<Self>, courier: &Arc<Courier>, after: SignedDuration) {
        tokio::spawn(look(Arc::downgrade(self), courier.post.is_some(), after));
        tokio::spawn(deliver(Arc::downgrade(self), courier.clone()));
    }

    async fn tell(&self, command: Command) {
        let id = CommandId::new(&clock::id()).expect("a time and digits make an id");
        if let Err(failure) = self.notices.ask(id, the_room(), command).await {
            tracing::error!(%failure, "a notice could not be recorded");
        }
    }
}

async fn look(rooms: Weak<Rooms>, mails: bool, after: SignedDuration) {
    let mut glances: HashMap<IncidentId, Glance> = HashMap::new();
    let mut ticks = tokio::time::interval(GLANCE);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let Some(rooms) = rooms.upgrade() else { return };
        let halls = rooms.open_halls().await;
        let at_rest = rooms.at_rest(&halls);
        let (open, closed) = (halls.iter().map(|hall| &hall.id), at_rest.iter().map(|it| &it.summary.id));
        let looked_at: BTreeSet<_> = open.chain(closed).cloned().collect();
        glances.retain(|id, _| looked_at.contains(id));
        let mut came = vec![];
        for hall in &halls {
            let state = hall.room.now().state.clone();
            let before = glances.remove(&hall.id);
            let here: BTreeSet<_> =
                hall.presence.follow().borrow().iter().map(|one| one.person.clone()).collect();
            let known = before.as_ref().map(|before| before.present.clone()).unwrap_or_default();
            came.extend(here.difference(&known).map(|person| (hall.id.clone(), person.clone())));
            let glance = match before {
                Some(before) if before.is_fresh(state.rev, &here) => Some(before),
                before => rooms.glance(hall, &state, before),
            };
            glances.extend(glance.map(|glance| (hall.id.clone(), glance)));
        }
        for known in at_rest {
            let id = known.summary.id.clone();
            let glance = match glances.remove(&id) {
                Some(before) if before.is_fresh(known.rev, &BTreeSet::new()) => before,
                before => rooms.glance_at_rest(&known, before),
            };
            glances.insert(id, glance);
        }
        see(&rooms, &glances, &came).await;
        raise(&rooms, &glances, mails, after).await;
        wake(&rooms, &glances).await;
    }
}

/// Notices of people who know by now, and of things that wait no longer.
async fn see(rooms: &Rooms, glances: &HashMap<IncidentId, Glance>, came: &[(IncidentId, PersonId)]) {
    let notices = rooms.notices.now();
    let (mut seen, mut settled) = (BTreeMap::<PersonId, Vec<RowId>>::new(), vec![]);
    for notice in notices.state.iter().filter(|notice| !(notice.is_over() && notice.settled_at.is_some())) {
        let Some(matter) = &notice.matter else { continue };
        let glance = glances.get(&matter.incident);
        let waits = glance.and_then(|glance| glance.waiting.get(&notice.to));
        // Those who lead are told of what waits for somebody else.
        let elsewhere = || {
            let mut all = glance.into_iter().flat_map(|glance| glance.waiting.values());
            all.any(|waits| notice.subjects.iter().any(|subject| waits.contains_key(&subject.key)))
        };
        let own = waits.is_some_and(|waits| notice.subjects.iter().any(|it| waits.contains_key(&it.key)));
        let stands = if notice.step == Step::Leads { elsewhere() } else { own };
        if notice.settled_at.is_none() && !stands {
            settled.push(notice.id.clone());
        }
        let Recipient::Person { person } = &notice.to else { continue };
        let entered = came.iter().any(|(incident, who)| *incident == matter.incident && who == person);
        let acted =
            glance.and_then(|glance| glance.acted.get(person)).is_some_and(|at| *at > notice.raised_at);
        if notice.seen_at.is_none() && (entered || acted) {
            seen.entry(person.clone()).or_default().push(notice.id.clone());
        }
    }
    for (person, notices) in seen {
        rooms.tell(Command::Know { person, notices }).await;
    }
    if !settled.is_empty() {
        rooms.tell(Command::Settle { notices: settled }).await;
    }
}

async fn raise(rooms: &Rooms, glances: &HashMap<IncidentId, Glance>, mails: bool, after: SignedDuration) {
    let now = clock::now();
    let notices = rooms.notices.now();
    let stood = glances.values().flat_map(|glance| glance.stood(after, now, mails));
    let mut concerns: Vec<_> = stood.filter(|concern| notices.state.is_news(concern)).collect();
    let directory = rooms.directory.now();
    for unheard in notices.state.unheard(now) {
        let matter = unheard.matter.as_ref();
        let Some(glance) = matter.and_then(|matter| glances.get(&matter.incident)) else { continue };
        let Recipient::Person { person } = &unheard.to else { continue };
        let name = directory.state.people.get(person).map(|person| person.profile.name.clone());
        let next = glance.next(unheard, &name.unwrap_or_default(), mails).into_iter();
        concerns.extend(next.filter(|concern| notices.state.is_news(concern)));
    }
    for concern in &mut concerns {
        concern.on_duty = is_on_duty(glances, &concern.to, concern.matter.as_ref());
    }
    if !concerns.is_empty() {
        let local = rooms.library.law.calendar.local(now);
        rooms.tell(Command::Raise { concerns, local }).await;
    }
}

/// What waited for the morning goes out when its reader comes on duty.
async fn wake(rooms: &Rooms, glances: &HashMap<IncidentId, Glance>) {
    let notices = rooms.notices.now();
    let sleeping = notices.state.iter().filter(|notice| notice.sleeps());
    let awake = sleeping.filter(|notice| is_on_duty(glances, &notice.to, notice.matter.as_ref()));
    let awake: Vec<_> = awake.map(|notice| notice.id.clone()).collect();
    if !awake.is_empty() {
        rooms.tell(Command::Wake { notices: awake }).await;
    }
}

/// Whether somebody is on duty in this incident, or in any that is no exercise: duty in an exercise is no reason to be
/// called about something else at night.
fn is_on_duty(glances: &HashMap<IncidentId, Glance>, to: &Recipient, matter: Option<&NoticeMatter>) -> bool {
    let Recipient::Person { person } = to else { return false };
    let here = matter.map(|matter| &matter.incident);
    let counts = |glance: &&Glance| !glance.matter.exercise || Some(&glance.matter.incident) == here;
    glances.values().filter(counts).any(|glance| glance.on_duty.contains(person))
}

/// Hands what is due to the courier, and records what became of it. What was sent when the power failed is sent again,
/// under the same number.
async fn deliver(rooms: Weak<Rooms>, courier: Arc<Courier>) {
    let mut ticks = tokio::time::interval(GLANCE);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let Some(rooms) = rooms.upgrade() else { return };
        let due = rooms.notices.now().state.due(clock::now());
        let rooms = &rooms;
        let courier = &courier;
        futures_util::stream::iter(due)
            .for_each_concurrent(AT_ONCE, |(notice, place)| async move {
                carry(rooms, courier, notice, place).await;
            })
            .await;
    }
}

async fn carry(rooms: &Rooms, courier: &Courier, id: RowId, place: usize) {
    let now = rooms.notices.now();
    let Some(notice) = now.state.get(&id) else { return };
    let Some(delivery) = notice.deliveries.get(place) else { return };
    if !matches!(delivery.progress, Progress::Due { .. }) {
        return;
    }
    let parcel = parcel(&now.state, courier, notice, delivery.way.as_ref());
    let fate = match parcel {
        Some(parcel) => courier.carry(parcel).await,
        None => Fate::Noted(Outcome::Skipped(Skipped::Gone)),
    };
    let outcome = match fate {
        Fate::Noted(outcome) => outcome,
        Fate::Gone { why } => {
            if let (Recipient::Person { person }, Some(Way::Push { device })) = (&notice.to, &delivery.way) {
                let (person, device) = (person.clone(), device.clone());
                rooms.tell(Command::Forget { person, device, why: why.clone() }).await;
            }
            Outcome::Failed { why, last: true, wait: None }
        }
    };
    rooms.tell(Command::Report { notice: id, place, outcome }).await;
}

/// What the courier carries; none when the way is there no more.
fn parcel(
    notices: &notice::Notices,
    courier: &Courier,
    notice: &Notice,
    way: Option<&Way>,
) -> Option<Parcel> {
    let id = notice.id.to_string();
    Some(match way? {
        Way::Push { device } => {
            let Recipient::Person { person } = &notice.to else { return None };
            let keys = notices.device(person, device)?.keys.clone();
            let urgent = notice.subjects.iter().any(|subject| subject.urgent);
            Parcel::Push { keys, message: notice::push(notice), topic: notice::topic(notice), urgent }
        }
        Way::Mail { address } => {
            let notice::Mail { subject, body } = notice::mail(notice, &courier.origin);
            Parcel::Mail { to: address.clone(), subject, body, id }
        }
        Way::Hook { hook } => {
            let row = notices.hooks.get(hook).filter(|row| row.stopped.is_none())?;
            let body = notice::call(notice, &courier.origin);
            Parcel::Hook { hook: hook.clone(), url: row.url.clone(), body, id }
        }
    })
}
