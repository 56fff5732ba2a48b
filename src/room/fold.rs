//! What a room needs of its state: rules that may refuse, and a fold that may not.

use crate::checkpoint::{self, Cause};
use crate::domain::refusal::Refusal;
use crate::domain::{self, Context, Event, Incident, Record};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A state that is a fold of a log. `decide` may refuse; `apply` is total.
pub trait Fold: Clone + Default + Send + Sync + 'static {
    /// What is asked of it.
    type Command: Clone + Send + Sync + 'static;
    /// What happened to it.
    type Event: Serialize + DeserializeOwned + Send;

    /// Whether the command may be accepted, and what it changes then.
    ///
    /// # Errors
    /// The rule that it would break.
    fn decide(&self, command: Self::Command, context: &Context) -> Result<Vec<Self::Event>, Refusal>;
    /// Folds one record in.
    fn apply(&mut self, record: &Record<Self::Event>);
    /// What nobody does and time does: when, and the command.
    fn next_due(&self) -> Option<(Timestamp, Self::Command)>;
    /// Why a record asks for a checkpoint, if it does.
    fn mark(_record: &Record<Self::Event>) -> Option<Cause> {
        None
    }
    /// The time of writing that a record keeps of what a device said; none where nothing waits on devices.
    fn written(&self, _said: Option<Timestamp>, _at: Timestamp) -> Option<Timestamp> {
        None
    }
}

impl Fold for Incident {
    type Command = domain::Command;
    type Event = Event;

    fn decide(&self, command: domain::Command, context: &Context) -> Result<Vec<Event>, Refusal> {
        domain::decide(self, command, context)
    }
    fn apply(&mut self, record: &Record<Event>) {
        Self::apply(self, record);
    }
    fn next_due(&self) -> Option<(Timestamp, domain::Command)> {
        Self::next_due(self)
    }
    fn mark(record: &Record<Event>) -> Option<Cause> {
        checkpoint::of_incident(record)
    }
    fn written(&self, said: Option<Timestamp>, at: Timestamp) -> Option<Timestamp> {
        Self::written(self, said, at)
    }
}
