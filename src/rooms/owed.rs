//! What is still to be done after incidents, closed ones too. Nobody opens a room for it: the index knows it of every
//! incident, so it is listed in one place and waits for its owners while the rooms are closed.

use super::{Hall, Rooms};
use crate::clock;
use crate::domain::Actor;
use crate::domain::ids::{IncidentId, PersonId};
use crate::domain::review::owed::Owed;
use crate::domain::waiting::{actions, is_asked_of};
use crate::index::Indexed;
use crate::wire::{IncidentWaits, OpenAction};
use std::collections::BTreeSet;
use std::sync::Arc;

impl Rooms {
    /// What is still to be done after the incidents in which the person has a part, the nearest day first; what is
    /// practised comes last.
    pub fn owed(&self, person: &PersonId) -> Vec<OpenAction> {
        let now = clock::now();
        let own = self.own(person);
        let row = |known: &Indexed, actor: &Actor, owed: &Owed| OpenAction {
            incident: known.summary.id.clone(),
            number: known.summary.number.clone(),
            title: known.summary.title.clone(),
            exercise: known.summary.exercise,
            closed: known.summary.closed_at.is_some(),
            action: owed.action.clone(),
            text: owed.text.clone(),
            whose: owed.whose.clone(),
            due: owed.due,
            over: owed.is_over(now),
            mine: is_asked_of(owed, actor),
            office: actor.office.is_some() && owed.owner.office() == actor.office.as_ref(),
        };
        let rows =
            own.iter().flat_map(|(known, actor)| known.owed.iter().map(move |owed| row(known, actor, owed)));
        let mut rows: Vec<_> = rows.collect();
        rows.sort_by(|a, b| (a.exercise, a.due, &a.number).cmp(&(b.exercise, b.due, &b.number)));
        rows
    }

    /// What waits for the person in closed incidents whose rooms are closed too.
    pub(super) fn waiting_at_rest(&self, person: &PersonId, open: &[Arc<Hall>]) -> Vec<IncidentWaits> {
        let open = ids(open);
        let (own, now) = (self.own(person), clock::now());
        let at_rest = own.into_iter().filter(|(known, _)| is_at_rest(known, &open));
        let waits = at_rest.map(|(known, actor)| IncidentWaits {
            incident: known.summary.id.clone(),
            number: known.summary.number.clone(),
            title: known.summary.title.clone(),
            exercise: known.summary.exercise,
            waits: actions(&known.owed, &actor, now),
        });
        waits.filter(|one| !one.waits.is_empty()).collect()
    }

    /// Closed incidents whose rooms are closed too, and after which something is still to be done.
    pub(super) fn at_rest(&self, open: &[Arc<Hall>]) -> Vec<Arc<Indexed>> {
        let open = ids(open);
        self.index.all().into_iter().filter(|known| is_at_rest(known, &open)).collect()
    }
}

fn ids(halls: &[Arc<Hall>]) -> BTreeSet<IncidentId> {
    halls.iter().map(|hall| hall.id.clone()).collect()
}

fn is_at_rest(known: &Indexed, open: &BTreeSet<IncidentId>) -> bool {
    !known.owed.is_empty() && known.summary.closed_at.is_some() && !open.contains(&known.summary.id)
}
