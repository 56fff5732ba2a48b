//! Logs of every release must verify and replay for ever, to what they replayed to then.

use phongtruc::domain::{Event, Incident, statement};
use phongtruc::log::chain;
use serde_json::{Value, json};
use std::path::Path;

/// What a log says, in numbers and digests that no later release may read differently.
fn summary(text: &str) -> Value {
    let verified = chain::verify(text.as_bytes(), None);
    assert_eq!(verified.damage, None);
    let mut incident = Incident::default();
    for (line, number) in verified.lines.iter().zip(1..) {
        let (record, _) = chain::record::<Event>(number, line).unwrap_or_else(|damage| panic!("{damage}"));
        incident.apply(&record);
    }
    let header = incident.header.as_ref().expect("opened");
    let published = |row: &statement::Statement| row.state == statement::State::Published;
    let published: Vec<_> =
        incident.statements.iter().filter(|row| published(row)).map(|row| row.digest).collect();
    json!({
        "rev": incident.rev,
        "head": verified.head.digest,
        "number": header.number,
        "closed": header.closed.is_some(),
        "offices": incident.offices.len(),
        "accepted": incident.offices.iter().filter(|office| office.accepted.is_some()).count(),
        "tasks_open": incident.tasks.iter().filter(|task| task.is_open()).count(),
        "clocks_stopped": incident.deadlines.iter().filter(|row| !row.is_running()).count(),
        "statements": incident.statements.len(),
        "published": published,
        "decisions": incident.decisions.len(),
        "messages": incident.messages.len(),
        "lines": incident.lines.len(),
    })
}

#[test]
fn logs_of_every_release_replay_to_what_they_said_then() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut logs = 0;
    for file in std::fs::read_dir(dir).expect("readable") {
        let path = file.expect("a file").path();
        if path.extension().is_none_or(|extension| extension != "jsonl") {
            continue;
        }
        logs += 1;
        let said = summary(&std::fs::read_to_string(&path).expect("UTF-8"));
        let kept = path.with_extension("summary.json");
        let Ok(then) = std::fs::read_to_string(&kept) else {
            std::fs::write(&kept, format!("{said:#}\n")).expect("writable");
            panic!("{} is new: look at it and commit it", kept.display());
        };
        let then: Value = serde_json::from_str(&then).expect("JSON");
        assert_eq!(said, then, "{}", path.display());
    }
    assert!(logs > 0, "every release adds a log");
}
