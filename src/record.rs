//! The whole record of one incident, read from the lines of its log: what was stored, what it says, what it folds to.

use crate::domain::{Event, Incident, Record};
use crate::export::Source;
use crate::log::{Damage, Head, chain};

/// An incident with everything that its log holds.
#[derive(Clone, Debug)]
pub struct Whole {
    /// What the records fold to.
    pub incident: Incident,
    /// Every record.
    pub records: Vec<Record<Event>>,
    /// The stored bytes of each, without line ends.
    pub lines: Vec<String>,
    /// Where they end.
    pub head: Head,
}

impl Whole {
    /// Reads the verified lines of a log, from the first.
    ///
    /// # Errors
    /// The first line that is no record of an incident.
    pub fn read(lines: Vec<String>) -> Result<Self, Damage> {
        let (mut incident, mut records, mut head) = (Incident::default(), vec![], Head::EMPTY);
        for line in &lines {
            let (record, end) = chain::record(head.rev + 1, line)?;
            incident.apply(&record);
            head = end;
            records.push(record);
        }
        Ok(Self { incident, records, lines, head })
    }

    /// What exports are made from.
    pub fn source(&self) -> Source<'_> {
        Source { incident: &self.incident, records: &self.records, lines: &self.lines }
    }
}
