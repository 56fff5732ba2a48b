//! Playbooks among the rooms: files are taken onto the shelf when the program starts, and the data files with the
//! playbooks in force are put together once for each change of the shelf.

use super::Rooms;
use crate::domain::ids::{CommandId, Digest};
use crate::library::{Library, Source};
use crate::room::the_room;
use crate::shelf::{Command, in_force};
use std::sync::{Arc, PoisonError};

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
