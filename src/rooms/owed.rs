//! What is still to be done after incidents, closed ones too. Nobody opens a room for it: the index knows it of every
//! incident, so it waits for its owners while the rooms are closed.

use super::{Hall, Rooms};
use crate::clock;
use crate::domain::ids::{IncidentId, PersonId};
use crate::domain::waiting::actions;
use crate::index::Indexed;
use crate::wire::IncidentWaits;
use std::collections::BTreeSet;
use std::sync::Arc;

impl Rooms {
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
