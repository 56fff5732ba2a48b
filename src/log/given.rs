//! Records of an invented officer, for the tests of logs and of what judges them.

use crate::domain::ids::{CommandId, PersonId, Rev};
use crate::domain::{Actor, Record, Role};
use jiff::Timestamp;

/// The record of this number, which says these words; one a second.
pub fn record(rev: Rev, words: &str) -> Record<String> {
    let by = Actor {
        person: PersonId::new("a").expect("an id"),
        name: "Nguyễn Văn Thử".into(),
        title: "Trực".into(),
        office: None,
        roles: vec![Role::Duty],
        mandate: None,
    };
    let at = Timestamp::from_second(1_700_000_000 + i64::from(rev)).expect("a date");
    let cause = CommandId::new(&format!("c-{rev}")).expect("an id");
    Record { rev, at, by, cause, events: vec![words.to_owned()], written_at: None }
}
