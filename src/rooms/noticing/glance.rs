//! One look at an incident: what waits there for whom, who is there, who acted lately. An open room is looked into; of
//! a closed incident whose room is closed too, the index says what is still to be done.

use crate::clock;
use crate::domain::ids::{OfficeId, PersonId, Rev, RowId};
use crate::domain::waiting::{Wait, actions, waiting};
use crate::domain::{Actor, Incident, Role};
use crate::index::Indexed;
use crate::notice::Concern;
use crate::rooms::{Hall, Rooms, has_part};
use crate::wire::{Notice, NoticeMatter, Recipient, Step, Subject};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// How long a glance at a room holds when nothing was recorded there: time alone makes tasks come due.
const STALE: SignedDuration = SignedDuration::from_secs(20);

/// Somebody and what waits for them in one incident.
type Waiting = BTreeMap<Recipient, BTreeMap<String, Subject>>;

/// One look at an incident.
pub(super) struct Glance {
    rev: Rev,
    at: Timestamp,
    pub(super) matter: NoticeMatter,
    pub(super) waiting: Waiting,
    /// The office of each person.
    offices: BTreeMap<PersonId, Option<OfficeId>>,
    leads: BTreeSet<PersonId>,
    /// Who recorded something lately, and when last.
    pub(super) acted: BTreeMap<PersonId, Timestamp>,
    pub(super) present: BTreeSet<PersonId>,
    /// Who answers for an office now.
    pub(super) on_duty: BTreeSet<PersonId>,
    /// Since when each thing waits, as far as this process saw it.
    since: BTreeMap<(Recipient, String), Timestamp>,
}

impl Rooms {
    /// What a room shows now.
    pub(super) fn glance(&self, hall: &Hall, state: &Incident, before: Option<Glance>) -> Option<Glance> {
        let header = state.header.as_ref()?;
        let now = clock::now();
        let matter = NoticeMatter {
            incident: hall.id.clone(),
            number: header.number.clone(),
            exercise: header.exercise,
            level: header.level,
        };
        let mut glance = Glance::new(matter, state.rev, now);
        glance.present = hall.presence.follow().borrow().iter().map(|one| one.person.clone()).collect();
        glance.on_duty = officers(state);
        let directory = self.directory.now();
        for person in directory.state.people.iter() {
            let Some(actor) = self.actor_on(&person.id, header.in_force_on, Some(&hall.id)) else { continue };
            if Self::enters(&actor, state) {
                glance.take(&actor, waiting(state, &actor, now));
            }
        }
        let lines = state.lines.iter().rev().map(|line| &line.by);
        let talk = state.messages.iter().map(|message| &message.by);
        for act in lines.take(ACTS).chain(talk) {
            let last = glance.acted.entry(act.person.clone()).or_insert(act.at);
            *last = (*last).max(act.at);
        }
        Some(self.looked(glance, before))
    }

    /// What is still to be done after a closed incident whose room is closed too. Nobody is there, and nobody acts
    /// without opening it.
    pub(super) fn glance_at_rest(&self, known: &Indexed, before: Option<Glance>) -> Glance {
        let (now, summary) = (clock::now(), &known.summary);
        let matter = NoticeMatter {
            incident: summary.id.clone(),
            number: summary.number.clone(),
            exercise: summary.exercise,
            level: summary.level,
        };
        let mut glance = Glance::new(matter, known.rev, now);
        let directory = self.directory.now();
        for person in directory.state.people.iter() {
            let actor = self.actor_on(&person.id, known.in_force_on, Some(&summary.id));
            let has_part = |actor: &Actor| has_part(actor, |office| known.offices.contains(office));
            if let Some(actor) = actor.filter(has_part) {
                glance.take(&actor, actions(&known.owed, &actor, now));
            }
        }
        self.looked(glance, before)
    }

    /// The glance with what programs are told, and with since when each thing waits.
    fn looked(&self, mut glance: Glance, before: Option<Glance>) -> Glance {
        let hooks = self.notices.now();
        for hook in hooks.state.hooks.values().filter(|hook| hook.stopped.is_none()) {
            glance.for_office(&hook.id, hook.office.as_ref());
        }
        let mut since = before.map(|before| before.since).unwrap_or_default();
        for (to, subjects) in &glance.waiting {
            for key in subjects.keys() {
                let place = (to.clone(), key.clone());
                let at = since.remove(&place).unwrap_or(glance.at);
                glance.since.insert(place, at);
            }
        }
        glance
    }
}

/// Who is on duty for an office. The end of an incident ends it, whether or not somebody said so.
fn officers(state: &Incident) -> BTreeSet<PersonId> {
    let closed = state.header.as_ref().is_some_and(|header| header.closed.is_some());
    let open = state.shifts.iter().filter(|shift| shift.ended.is_none() && !closed);
    open.map(|shift| shift.officer.person.clone()).collect()
}

/// How many of the newest lines are looked through for who acted: more than a night's busiest hour.
const ACTS: usize = 500;

impl Glance {
    fn new(matter: NoticeMatter, rev: Rev, at: Timestamp) -> Self {
        Self {
            rev,
            at,
            matter,
            waiting: Waiting::new(),
            offices: BTreeMap::new(),
            leads: BTreeSet::new(),
            acted: BTreeMap::new(),
            present: BTreeSet::new(),
            on_duty: BTreeSet::new(),
            since: BTreeMap::new(),
        }
    }

    /// Nothing has been recorded since, the same people are there, and time has not moved on.
    pub(super) fn is_fresh(&self, rev: Rev, here: &BTreeSet<PersonId>) -> bool {
        self.rev == rev && self.present == *here && clock::now().duration_since(self.at) < STALE
    }

    fn take(&mut self, actor: &Actor, waits: Vec<Wait>) {
        self.offices.insert(actor.person.clone(), actor.office.clone());
        if actor.is(Role::Head) || actor.is(Role::Secretary) {
            self.leads.insert(actor.person.clone());
        }
        let subject = |wait: Wait| {
            let (key, urgent) = (wait.what.key(), wait.what.is_urgent());
            (key.clone(), Subject { key, words: wait.words, due_at: wait.due_at, urgent })
        };
        let subjects: BTreeMap<_, _> = waits.into_iter().map(subject).collect();
        if !subjects.is_empty() {
            self.waiting.insert(Recipient::Person { person: actor.person.clone() }, subjects);
        }
    }

    /// What waits for anybody of an office, or for anybody at all.
    fn for_office(&mut self, hook: &RowId, office: Option<&OfficeId>) {
        let of = |to: &Recipient| match to {
            Recipient::Person { person } => {
                office.is_none() || self.offices.get(person).is_some_and(|its| its.as_ref() == office)
            }
            Recipient::Hook { .. } => false,
        };
        let all = self.waiting.iter().filter(|(to, _)| of(to)).flat_map(|(_, subjects)| subjects.clone());
        let all: BTreeMap<_, _> = all.collect();
        if !all.is_empty() {
            self.waiting.insert(Recipient::Hook { hook: hook.clone() }, all);
        }
    }

    fn concern(&self, to: &Recipient, subjects: Vec<Subject>, mails: bool, step: Step) -> Concern {
        let present = matches!(to, Recipient::Person { person } if self.present.contains(person));
        Concern {
            id: RowId::new(&clock::id()).expect("a time and digits make an id"),
            to: to.clone(),
            matter: Some(self.matter.clone()),
            subjects,
            present,
            on_duty: false,
            mails,
            step,
            after: None,
            about: None,
        }
    }

    /// What stood long enough to be told.
    pub(super) fn stood(&self, after: SignedDuration, now: Timestamp, mails: bool) -> Vec<Concern> {
        let mut concerns = vec![];
        for (to, subjects) in &self.waiting {
            let long = |key: &String| {
                let since = self.since.get(&(to.clone(), key.clone()));
                since.is_some_and(|since| now.duration_since(*since) >= after)
            };
            let subjects: Vec<_> =
                subjects.iter().filter(|(key, _)| long(key)).map(|(_, subject)| subject.clone()).collect();
            if !subjects.is_empty() {
                concerns.push(self.concern(to, subjects, mails, Step::First));
            }
        }
        concerns
    }

    /// The next step after a notice that nobody reacted to: the same person again, then those who lead.
    pub(super) fn next(&self, unheard: &Notice, name: &str, mails: bool) -> Vec<Concern> {
        let Some(subjects) = self.waiting.get(&unheard.to) else { return vec![] };
        let still = unheard.subjects.iter().filter_map(|subject| subjects.get(&subject.key));
        let still: Vec<_> = still.cloned().collect();
        let followed = |concern: Concern| Concern { after: Some(unheard.id.clone()), ..concern };
        if still.is_empty() {
            return vec![];
        }
        if unheard.step == Step::First {
            return vec![followed(self.concern(&unheard.to, still, mails, Step::Again))];
        }
        let Recipient::Person { person } = &unheard.to else { return vec![] };
        let others = self.leads.iter().filter(|lead| *lead != person);
        let mut to: Vec<_> = others.map(|person| Recipient::Person { person: person.clone() }).collect();
        if to.is_empty() {
            // Whoever leads alone hears it once more; there is nobody above.
            to.push(unheard.to.clone());
        }
        let hooks = self.waiting.keys().filter(|to| matches!(to, Recipient::Hook { .. }));
        let hooks = hooks.filter(|hook| {
            let theirs = self.waiting.get(hook);
            theirs.is_some_and(|theirs| still.iter().any(|subject| theirs.contains_key(&subject.key)))
        });
        to.extend(hooks.cloned());
        let concern = |to: Recipient| {
            let concern = followed(self.concern(&to, still.clone(), mails, Step::Leads));
            Concern { about: Some(name.to_owned()), ..concern }
        };
        to.into_iter().map(concern).collect()
    }
}
