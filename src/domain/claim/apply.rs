//! What an event changes in the register of claims. Total: an event about a row that is not there changes nothing.

use super::{
    Answered, Change, Claim, Class, Conclusion, Event, Label, Notice, Place, Reach, Report, Request, Seen,
    Verification, next,
};
use crate::domain::ids::Rev;
use crate::domain::{Act, Incident};

impl Place {
    fn new(seen: Seen, again: bool, by: Act) -> Self {
        Self { seen, by, again, reach: vec![], struck: None }
    }
}

fn entered(event: Event, rev: Rev, by: Act) -> Option<Claim> {
    let Event::Entered { id, number, said, kind, place, from } = event else { return None };
    let mut row = Claim {
        id,
        rev,
        number,
        said,
        kind,
        from,
        entered: by.clone(),
        corrected: None,
        struck: None,
        places: vec![Place::new(place, false, by)],
        class: None,
        verification: None,
        conclusion: None,
        earlier: vec![],
        labels: vec![],
        notices: vec![],
        requests: vec![],
        reports: vec![],
        excepted: None,
        done: None,
        next: None,
    };
    row.next = next::of(&row);
    Some(row)
}

pub(in crate::domain) fn apply(incident: &mut Incident, rev: Rev, event: &Event, act: &Act) {
    if matches!(event, Event::Entered { .. }) {
        if let Some(row) = entered(event.clone(), rev, act.clone()) {
            incident.claims.put(rev, row);
        }
        return;
    }
    incident.claims.edit(rev, event.id(), |row| {
        change(row, event.clone(), act.clone());
        row.next = next::of(row);
    });
}

fn change(row: &mut Claim, event: Event, by: Act) {
    match event {
        Event::Entered { .. } => {}
        Event::Corrected { said, kind, reason, .. } => {
            (row.said, row.kind) = (said, kind);
            row.corrected = Some(Change { by, reason });
        }
        Event::Seen { place, again, .. } => {
            row.places.push(Place::new(place, again, by));
            if again {
                // Work begins anew.
                row.done = None;
            }
        }
        Event::Reached { place, count, at, .. } => {
            if let Some(known) = row.places.iter_mut().find(|known| known.seen.id == place) {
                known.reach.push(Reach { count, at, by });
                known.reach.sort_by_key(|reach| reach.at);
            }
        }
        Event::Classified { harm, access, reason, .. } => {
            row.class = Some(Class { harm, access, by, reason });
            row.done = None;
        }
        Event::Verifying { office, body, at, .. } => {
            row.verification = Some(Verification { office, body, at, by });
        }
        Event::Concluded { judged, .. } => {
            row.earlier.extend(row.conclusion.replace(Conclusion { judged, by }));
            row.done = None;
        }
        Event::Labelled { place, at, .. } => {
            row.labels.push(Label { place, at, by, off_at: None, off: None });
        }
        Event::Unlabelled { at, reason, .. } => {
            if let Some(label) = row.labels.last_mut() {
                (label.off_at, label.off) = (Some(at), Some(Change { by, reason }));
            }
            row.done = None;
        }
        Event::Told { told, .. } => row.notices.push(Notice { told, by }),
        Event::Requested { request, sought, .. } => {
            let unanswered =
                |place: &_| Answered { place: Clone::clone(place), answer: None, at: None, note: None };
            let places = sought.places.iter().map(unanswered).collect();
            row.requests.push(Request { id: request, sought, by, places });
        }
        Event::Answered { request, place, answer, at, note, .. } => {
            let known = row.requests.iter_mut().find(|known| known.id == request);
            for one in known.into_iter().flat_map(|known| &mut known.places) {
                let meant = place.as_ref().map_or(one.answer < Some(answer), |place| one.place == *place);
                if meant {
                    (one.answer, one.at, one.note) = (Some(answer), Some(at), note.clone());
                }
            }
        }
        Event::Reported { to, document, at, .. } => row.reports.push(Report { to, document, at, by }),
        Event::Completed { .. } => row.done = Some(by),
        Event::Excepted { reason, .. } => row.excepted = Some(Change { by, reason }),
        Event::Resumed { .. } => row.excepted = None,
        Event::Struck { place: None, reason, .. } => row.struck = Some(Change { by, reason }),
        Event::Struck { place: Some(place), reason, .. } => {
            if let Some(known) = row.places.iter_mut().find(|known| known.seen.id == place) {
                known.struck = Some(Change { by, reason });
            }
        }
    }
}
