//! What was typed goes to the record, and comes off the table again when the record does not take it.

use super::{Recorded, Sheet};
use crate::clock;
use crate::domain::ids::{CommandId, PersonId};
use crate::domain::refusal::Refusal;
use crate::domain::words::Update;
use crate::domain::{Actor, Command, statement};
use crate::draft::live::Live;
use crate::draft::protocol::{self, Frame};
use crate::draft::seat::Told;
use crate::room::Failure;
use crate::wire::close;

impl Sheet {
    /// What is pending as commands of those who typed it, as they stand now.
    pub(super) fn commands(&mut self) -> Result<Vec<(CommandId, Actor, Command)>, Failure> {
        self.due = None;
        let command = |(person, update): (PersonId, Update)| {
            let by = (self.who)(&person).ok_or(Refusal::NotAllowed)?;
            let id = CommandId::new(&format!("typed-{}", clock::id())).ok_or(Refusal::Unreadable)?;
            let typed = statement::Command::Type { id: self.id.clone(), update };
            Ok((id, by, Command::Statement(typed)))
        };
        self.live.send().into_iter().map(command).collect()
    }

    /// Sends what is pending to the record, and does not wait for it.
    pub(super) async fn record(&mut self) {
        match self.commands() {
            Ok(commands) if commands.is_empty() => self.live.sent(),
            Ok(commands) => self.recording = Some(Box::pin(self.room.post_all(commands).await)),
            Err(failure) => self.take_back(&failure),
        }
    }

    /// Records all that was typed; whether it is recorded now.
    pub(super) async fn settle(&mut self) -> bool {
        loop {
            if let Some(recording) = self.recording.take() {
                let recorded = recording.await;
                let refused = recorded.iter().any(Result::is_err);
                self.recorded(recorded);
                if refused {
                    return false;
                }
            } else if self.live.is_pending() {
                self.record().await;
                if self.recording.is_none() {
                    return false;
                }
            } else {
                return true;
            }
        }
    }

    pub(super) fn recorded(&mut self, recorded: Recorded) {
        self.recording = None;
        match recorded.into_iter().find_map(Result::err) {
            None => {
                self.live.sent();
                let now = self.room.now();
                self.follow(&now);
            }
            Some(failure) => self.take_back(&failure),
        }
    }

    /// What was shared and could not be recorded is no longer there: everybody hears why, and comes back with what
    /// they have.
    pub(super) fn take_back(&mut self, failure: &Failure) {
        tracing::warn!(statement = %self.id, %failure, "typing was shared and could not be recorded");
        self.begin_anew(Some(protocol::denied(&failure.code(), &failure.to_string())));
    }

    /// From the record again: everybody is told so, and comes back with what they have.
    pub(super) fn begin_anew(&mut self, told: Option<Frame>) {
        self.due = None;
        if let Some(row) = self.room.now().state.statements.get(&self.id) {
            self.live = Live::begin(&row.words);
        }
        for seat in std::mem::take(&mut self.seats).into_values() {
            // One that is too far behind comes back anyway.
            let heard = told.clone().is_none_or(|frame| seat.tell(Told::Frame(frame)));
            let _ = heard && seat.tell(Told::Go(close::RESYNC, "come back"));
        }
    }
}
