//! Playbooks among the rooms: files are taken onto the shelf when the program starts, and the data files with the
//! playbooks in force are put together once for each change of the shelf.

use super::Rooms;
use crate::domain::ids::{CommandId, Digest, PersonId};
use crate::library::{Library, Source};
use crate::room::the_room;
use crate::shelf::{Command, Held, in_force, lessons};
use crate::wire::PlaybookLessons;
use std::cmp::Reverse;
use std::sync::{Arc, PoisonError};

/// How many closed incidents are asked what they say about a playbook: each is read from its log.
const LESSONS_INCIDENTS_MAX: usize = 20;

impl Rooms {
    /// Puts every playbook of the files onto the shelf whose version it does not have, so that what an incident opens
    /// with stays readable whatever becomes of the file.
    pub(super) async fn take_in_files(&self) {
        for Source { file, text } in self.library.sources.values().cloned() {
            let cause = format!("take-{:.40}", Digest::of(text.as_bytes()).to_string());
            let cause = CommandId::new(&cause).expect("a prefix and hexadecimal digits make an id");
            let take = Command::Take { file: file.clone(), text };
            if let Err(failure) = self.shelf.ask(cause, the_room(), take).await {
                // The file's own version stands then, and the shelf says what is wrong with itself.
                tracing::error!(file, %failure, "a playbook could not be taken onto the shelf");
            }
        }
        let known = self.library.problems.len();
        for problem in self.in_force().problems.iter().skip(known) {
            tracing::warn!(file = problem.file, line = problem.line, reason = problem.reason, "left out");
        }
    }

    /// What the newest closed incidents on a playbook say about it, of those in which the person has a part.
    ///
    /// # Errors
    /// When the index or a log cannot be read.
    pub async fn lessons(
        self: &Arc<Self>,
        person: &PersonId,
        playbook: &Held,
    ) -> anyhow::Result<Vec<PlaybookLessons>> {
        let mut known: Vec<_> =
            self.own(person).into_iter().map(|(known, _)| known.summary.clone()).collect();
        known.retain(|known| {
            let titled = |title: &String| playbook.editions.iter().any(|it| it.version.title == *title);
            known.closed_at.is_some() && titled(&known.playbook)
        });
        known.sort_by_key(|known| Reverse(known.closed_at));
        let (library, shelf) = (self.in_force(), self.shelf.now());
        let mut found = vec![];
        for known in known.into_iter().take(LESSONS_INCIDENTS_MAX) {
            let Some(hall) = self.find(&known.id).await? else { continue };
            let of = lessons(&library, &shelf.state, &hall.id, &hall.room.now().state);
            found.extend(of.into_iter().filter(|of| of.playbook == playbook.id));
        }
        Ok(found)
    }

    /// The data files with the playbooks that are in force now.
    pub fn in_force(&self) -> Arc<Library> {
        let shelf = self.shelf.now();
        let mut kept = self.in_force.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some((rev, library)) if *rev == shelf.head.rev => library.clone(),
            _ => {
                let library = Arc::new(in_force(&shelf.state, &self.library));
                *kept = Some((shelf.head.rev, library.clone()));
                library
            }
        }
    }
}
