//! Why a checkpoint is made just now, and which records of an incident are such a reason. A pure function of the record.

use crate::domain::{Event, Record, incident, statement};

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Words were submitted.
    Submit,
    /// Somebody approved words, or objected to them.
    Approve,
    /// Words went out.
    Publish,
    /// The incident ended.
    Close,
    /// Enough was recorded, or enough time passed, since the one before.
    Interval,
    /// An archive was made.
    Export,
}

impl Cause {
    /// All, the one that says most first.
    const ALL: [Self; 6] =
        [Self::Publish, Self::Close, Self::Approve, Self::Submit, Self::Export, Self::Interval];

    /// The word in a checkpoint. Permanent.
    pub fn code(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Approve => "approve",
            Self::Publish => "publish",
            Self::Close => "close",
            Self::Interval => "interval",
            Self::Export => "export",
        }
    }

    /// The same for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Submit => "trình duyệt",
            Self::Approve => "duyệt hoặc phản đối",
            Self::Publish => "phát hành",
            Self::Close => "kết thúc sự cố",
            Self::Interval => "định kỳ",
            Self::Export => "lập hồ sơ lưu trữ",
        }
    }

    /// The cause of this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.code() == code)
    }
}

/// Whether a record of an incident asks for a checkpoint, and why; of several reasons the one that says most.
pub fn of_incident(record: &Record<Event>) -> Option<Cause> {
    let causes: Vec<_> = record.events.iter().filter_map(of).collect();
    Cause::ALL.into_iter().find(|cause| causes.contains(cause))
}

/// Named one by one: whoever adds an event says here whether it is one on which somebody may later have to rely.
fn of(event: &Event) -> Option<Cause> {
    match event {
        Event::Statement(event) => match event {
            statement::Event::Submitted { .. } => Some(Cause::Submit),
            statement::Event::Approved { .. }
            | statement::Event::Objected { .. }
            | statement::Event::Settled { .. } => Some(Cause::Approve),
            statement::Event::Published { .. } => Some(Cause::Publish),
            statement::Event::Drafted { .. }
            | statement::Event::Reopened { .. }
            | statement::Event::Typed { .. }
            | statement::Event::Written { .. }
            | statement::Event::Filled { .. }
            | statement::Event::Cited { .. }
            | statement::Event::Uncited { .. }
            | statement::Event::Dropped { .. }
            | statement::Event::Lapsed { .. }
            | statement::Event::Held { .. }
            | statement::Event::Agreed { .. }
            | statement::Event::Released { .. }
            | statement::Event::Reached { .. }
            | statement::Event::Planned { .. }
            | statement::Event::Captured { .. }
            | statement::Event::Numbered { .. }
            | statement::Event::Ticked { .. } => None,
        },
        Event::Incident(event) => match event {
            incident::Event::Closed { .. } => Some(Cause::Close),
            incident::Event::Opened(_)
            | incident::Event::LevelSet { .. }
            | incident::Event::AnchorSet { .. } => None,
        },
        // Other nouns are sealed by the interval: no single line of them is what an office answers for alone.
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{Digest, RowId};

    #[test]
    fn every_code_is_read_back() {
        for cause in Cause::ALL {
            assert_eq!(Cause::from_code(cause.code()), Some(cause));
            assert!(!cause.title().is_empty());
        }
        assert_eq!(Cause::from_code("other"), None);
    }

    #[test]
    fn submitting_approving_publishing_and_closing_ask_for_one_and_typing_does_not() {
        let id = RowId::new("s-1").expect("an id");
        let digest = Digest::of(b"words");
        let approved =
            Event::Statement(statement::Event::Approved { id: id.clone(), digest, functions: vec![] });
        let submitted = Event::Statement(statement::Event::Submitted {
            id: id.clone(),
            digest,
            text: None,
            required: vec![],
            consulted: vec![],
        });
        let closed = Event::Incident(incident::Event::Closed { summary: String::new(), despite: vec![] });
        let written = Event::Statement(statement::Event::Written { id, text: String::new() });
        assert_eq!([of(&approved), of(&submitted)], [Some(Cause::Approve), Some(Cause::Submit)]);
        assert_eq!([of(&closed), of(&written)], [Some(Cause::Close), None]);
    }
}
