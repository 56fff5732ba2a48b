//! The board over all rooms: what the index knows of an incident, with what changes without a line of its log: who is
//! in the room, and what waits for the reader.

use super::{Hall, Rooms, has_part};
use crate::clock;
use crate::domain::ids::PersonId;
use crate::domain::statement::Statement;
use crate::domain::waiting::{actions, waiting};
use crate::domain::{Actor, Incident, Role};
use crate::index::Indexed;
use crate::wire::{Decided, IncidentWaits, Outlook, SaidPublicly, Situation, Summary};
use jiff::{SignedDuration, Timestamp};
use std::cmp::Reverse;
use std::sync::Arc;

/// Characters of a statement that a leader's page shows: its first paragraphs, the rest is one step away.
const SAID_CHARS: usize = 700;
/// Decisions that a leader's page shows of an incident.
const DECISIONS_SHOWN: usize = 3;
/// How long an incident that ended stands on a leader's page.
const ENDED_SHOWN: SignedDuration = SignedDuration::from_hours(24);

impl Rooms {
    pub(super) async fn open_halls(&self) -> Vec<Arc<Hall>> {
        self.halls.lock().await.values().filter_map(|cell| cell.get().cloned()).collect()
    }

    /// What waits for a person in every incident that they have a part in: in those under way, and what is left to do
    /// after those that are closed.
    pub async fn waiting(&self, person: &PersonId) -> Vec<IncidentWaits> {
        let halls = self.open_halls().await;
        let mut waiting: Vec<_> = halls.iter().filter_map(|hall| self.waiting_in(person, hall)).collect();
        waiting.extend(self.waiting_at_rest(person, &halls));
        waiting.sort_by(|a, b| a.number.cmp(&b.number));
        waiting
    }

    fn waiting_in(&self, person: &PersonId, hall: &Arc<Hall>) -> Option<IncidentWaits> {
        let actor = self.actor(person, Some(hall))?;
        let snapshot = hall.room.now();
        let header = snapshot.state.header.as_ref().filter(|_| Self::enters(&actor, &snapshot.state))?;
        let waits = waiting(&snapshot.state, &actor, clock::now());
        let (number, title) = (header.number.clone(), header.title.clone());
        let (incident, exercise) = (hall.id.clone(), header.exercise);
        (!waits.is_empty()).then_some(IncidentWaits { incident, number, title, exercise, waits })
    }

    /// The incidents in which the person has a part, each with the actor that they are there.
    pub(super) fn own(&self, person: &PersonId) -> Vec<(Arc<Indexed>, Actor)> {
        let known = self.index.all().into_iter();
        let own = known.filter_map(|known| {
            let actor = self.actor_on(person, known.in_force_on, Some(&known.summary.id))?;
            has_part(&actor, |office| known.offices.contains(office)).then_some((known, actor))
        });
        own.collect()
    }

    /// The board: the incidents in which the person has a part.
    pub async fn board(&self, person: &PersonId) -> Vec<Summary> {
        let halls = self.open_halls().await;
        let shown = |(known, actor): (Arc<Indexed>, Actor)| {
            let mut summary = known.summary.clone();
            match halls.iter().find(|hall| hall.id == summary.id) {
                Some(hall) => fill_in(&mut summary, hall, &actor, clock::now()),
                None => summary.waits = many(actions(&known.owed, &actor, clock::now()).len()),
            }
            summary
        };
        self.own(person).into_iter().map(shown).collect()
    }

    /// What goes on, for who leads: every incident under way that the person has a part in, and what ended lately.
    pub async fn outlook(&self, person: &PersonId) -> Outlook {
        let (halls, now) = (self.open_halls().await, clock::now());
        let (mut situations, mut ended) = (vec![], vec![]);
        for (known, actor) in self.own(person) {
            let mut summary = known.summary.clone();
            match (summary.closed_at, halls.iter().find(|hall| hall.id == summary.id)) {
                (Some(at), _) if now.duration_since(at) < ENDED_SHOWN => ended.push(summary),
                (None, Some(hall)) => {
                    fill_in(&mut summary, hall, &actor, now);
                    situations.push(situation(summary, &hall.room.now().state, &actor, now));
                }
                _ => {}
            }
        }
        ended.sort_by_key(|summary| Reverse(summary.closed_at));
        Outlook { heads: self.heads(), situations, ended }
    }

    /// Who leads the task force: the people who are its head today.
    fn heads(&self) -> Vec<String> {
        let directory = self.directory.now();
        let heads = directory
            .state
            .people
            .iter()
            .filter(|person| !person.disabled && person.profile.roles.contains(&Role::Head));
        heads.map(|person| format!("{}, {}", person.profile.name, person.profile.title)).collect()
    }
}

/// Who is in the room, and what waits for the reader.
fn fill_in(summary: &mut Summary, hall: &Hall, actor: &Actor, now: Timestamp) {
    let here = hall.presence.follow();
    for seat in &mut summary.seats {
        let present = here.borrow().iter().filter(|one| one.office.as_ref() == Some(&seat.office)).count();
        seat.present = many(present);
    }
    summary.waits = many(waiting(&hall.room.now().state, actor, now).len());
}

fn many(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn situation(summary: Summary, incident: &Incident, actor: &Actor, now: Timestamp) -> Situation {
    let public = incident.statements.iter().filter(|row| row.public);
    let last = public.filter_map(|row| Some((row.out_since()?, row))).max_by_key(|(at, row)| (*at, row.rev));
    let mut decisions: Vec<_> = incident.decisions.iter().collect();
    decisions.sort_by_key(|row| Reverse((row.occurred_at, row.rev)));
    let decided = |row: &&Arc<crate::domain::decision::Decision>| Decided {
        text: row.text.clone(),
        at: row.occurred_at,
        by: row.by.name.clone(),
    };
    Situation {
        incident: summary,
        said: last.map(|(at, row)| said(incident, row, at)),
        decisions: decisions.iter().take(DECISIONS_SHOWN).map(decided).collect(),
        waits: waiting(incident, actor, now),
    }
}

fn said(incident: &Incident, row: &Statement, at: Timestamp) -> SaidPublicly {
    SaidPublicly {
        statement: row.id.clone(),
        number: row.number.clone(),
        title: row.title.clone(),
        text: row.text.chars().take(SAID_CHARS).collect(),
        more: row.text.chars().nth(SAID_CHARS).is_some(),
        at,
        channels: row.releases.iter().map(|release| incident.channel_title(&release.channel)).collect(),
        relation: row.follows.as_ref().map(|follows| follows.relation.title().to_owned()),
    }
}
