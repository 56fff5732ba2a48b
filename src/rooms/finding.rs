//! Finding something in all incidents: the index knows where words stand, and the person's part in each incident says
//! whether and as whom they see it. What is handed out was read for this page; no more is.

use super::Rooms;
use crate::domain::Viewer;
use crate::domain::ids::{IncidentId, PersonId};
use crate::domain::passage::{Kind, Passage};
use crate::domain::term::{Term, marked, snippet};
use crate::index::{Hit, Indexed, Question};
use crate::wire::{Found, FoundIncident, FoundKind, FoundRow};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Incidents on one page.
pub const INCIDENTS_PAGE: usize = 10;
/// Rows of each incident on a page of several.
pub const ROWS_SHOWN: usize = 5;
/// Rows on a page of one incident.
pub const ROWS_PAGE: usize = 30;

/// What is looked for, and which page of it.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// The words, as they were typed.
    pub words: String,
    /// The name of somebody who has to do with it, as it was typed.
    pub person: String,
    /// Only in this incident.
    pub incident: Option<IncidentId>,
    /// Only of these kinds; all when empty.
    pub kinds: Vec<Kind>,
    /// Not before.
    pub from: Option<jiff::Timestamp>,
    /// Before.
    pub until: Option<jiff::Timestamp>,
    /// From nought on.
    pub page: usize,
}

impl Rooms {
    /// What the person finds. Reads the index, so it is asked on a thread that may block.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn find_rows(&self, person: &PersonId, search: &Search) -> anyhow::Result<Found> {
        // Before the index is read: what it had taken in by then is in what is found.
        let behind = many(self.behind(person));
        let mut own = self.own(person);
        own.retain(|(known, _)| search.incident.as_ref().is_none_or(|only| *only == known.summary.id));
        let eyes = own.iter().map(|(known, actor)| (known.summary.id.clone(), Viewer::of(actor).bit()));
        let (words, people) = (Term::read(&search.words), Term::read(&search.person));
        let (from, until) = (search.from, search.until);
        let question = Question { words, people, from, until };
        let mut found = self.index.find(&question, &eyes.collect())?.hits;

        let mut kinds: BTreeMap<Kind, u32> = BTreeMap::new();
        found.values().flatten().for_each(|hit| *kinds.entry(hit.kind).or_default() += 1);
        if !search.kinds.is_empty() {
            found.values_mut().for_each(|hits| hits.retain(|hit| search.kinds.contains(&hit.kind)));
            found.retain(|_, hits| !hits.is_empty());
        }
        let rows_in_all = many(found.values().map(Vec::len).sum());
        let mut order: Vec<_> =
            own.iter().filter(|(known, _)| found.contains_key(&known.summary.id)).collect();
        order.sort_by_key(|(known, _)| (known.summary.closed_at.is_some(), Reverse(known.summary.opened_at)));
        let incidents_in_all = many(order.len());
        let (skipped, rows) = match search.incident {
            Some(_) => (search.page * ROWS_PAGE, ROWS_PAGE),
            None => (0, ROWS_SHOWN),
        };
        let first = if search.incident.is_some() { 0 } else { search.page * INCIDENTS_PAGE };
        let mut incidents = vec![];
        for (known, _) in order.into_iter().skip(first).take(INCIDENTS_PAGE) {
            let hits = found.get(&known.summary.id).map_or(&[][..], Vec::as_slice);
            let shown = hits.iter().skip(skipped).take(rows);
            let rows =
                shown.map(|hit| self.row(known, hit, &question)).collect::<anyhow::Result<Vec<_>>>()?;
            incidents.push(incident(known, hits.len(), rows.into_iter().flatten().collect()));
        }
        let kinds =
            Kind::ALL.iter().filter_map(|kind| Some(FoundKind { kind: *kind, rows: *kinds.get(kind)? }));
        Ok(Found { incidents, incidents_in_all, rows_in_all, kinds: kinds.collect(), behind })
    }

    fn row(&self, known: &Indexed, hit: &Hit, question: &Question) -> anyhow::Result<Option<FoundRow>> {
        let passage = self.index.passage(&known.summary.id, hit.row)?;
        // A word that the index remembers and the row no longer holds is not shown as if it did.
        Ok(passage.filter(|passage| holds(passage, question)).map(|passage| shown(passage, question)))
    }

    /// How many of the person's incidents have lines that the index has not taken in.
    fn behind(&self, person: &PersonId) -> usize {
        let halls: Vec<_> =
            self.halls.blocking_lock().values().filter_map(|cell| cell.get().cloned()).collect();
        let behind = halls.iter().filter(|hall| {
            let now = hall.room.now();
            let known = self.index.known(&hall.id).map_or(0, |known| known.rev);
            let enters = |actor: &crate::domain::Actor| Self::enters(actor, &now.state);
            now.head.rev > known && self.actor(person, Some(hall)).as_ref().is_some_and(enters)
        });
        behind.count()
    }
}

fn many(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Whether a passage holds all that is looked for: what the index promises, said plainly.
pub fn holds(passage: &Passage, question: &Question) -> bool {
    let stands =
        |text: &str, wanted: &Term| crate::domain::term::words(text).any(|(.., folded)| wanted.is(&folded));
    let named = |wanted: &Term| passage.who.iter().any(|name| stands(name, wanted));
    let said =
        |wanted: &Term| stands(&passage.title, wanted) || stands(&passage.text, wanted) || named(wanted);
    question.words.iter().all(said) && question.people.iter().all(named)
}

fn shown(passage: Passage, question: &Question) -> FoundRow {
    let Passage { kind, row, at, title, text, who } = passage;
    let people: Vec<_> = question.words.iter().chain(&question.people).cloned().collect();
    let (title, text) = (marked(&title, &question.words), snippet(&text, &question.words));
    FoundRow { kind, row, at, title, text, who: marked(&who.join(", "), &people) }
}

fn incident(known: &Arc<Indexed>, rows_in_all: usize, rows: Vec<FoundRow>) -> FoundIncident {
    let summary = &known.summary;
    FoundIncident {
        id: summary.id.clone(),
        number: summary.number.clone(),
        title: summary.title.clone(),
        level: summary.level,
        exercise: summary.exercise,
        opened_at: summary.opened_at,
        closed_at: summary.closed_at,
        rows_in_all: many(rows_in_all),
        rows,
    }
}
