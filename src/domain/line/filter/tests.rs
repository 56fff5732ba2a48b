//! Which lines fit, and that pages of them are whole.

use super::*;
use crate::domain::Origin;
use crate::domain::given::{self, at};
use crate::domain::line::Mark;
use crate::domain::{Act, Actor};
use serde_json::Value;

fn act(who: &str, recorded: Timestamp) -> Act {
    let Actor { person, name, title, office, .. } = given::actor(who);
    Act { person, name, title, office, at: recorded, written_at: None }
}

fn a_line(rev: Rev) -> Line {
    Line {
        id: (rev, 0),
        rev,
        kind: Kind::Entry,
        text: format!("dòng {rev}"),
        occurred_at: at("12:00:00"),
        by: act("people", at("12:00:00")),
        source: None,
        entry: None,
        corrected: None,
        corrected_by: None,
        corrects: None,
        reason: None,
        phase: None,
        report: None,
        origin: None::<Origin>,
        attachments: vec![],
        from: None,
    }
}

/// The lines of the cases that the browser's filter is held to as well.
fn line_of(value: &Value) -> Line {
    let text = |field: &str| value[field].as_str().map(ToOwned::to_owned);
    let moment = |field: &str| text(field).map(|text| text.parse::<Timestamp>().expect("a moment"));
    let rev = Rev::try_from(value["id"][0].as_u64().expect("a number")).expect("small");
    let recorded = moment("recorded").expect("recorded");
    let by = Act {
        person: PersonId::new(&text("person").expect("a person")).expect("an id"),
        name: "N".into(),
        title: String::new(),
        office: text("office").as_deref().and_then(OfficeId::new),
        at: recorded,
        written_at: None,
    };
    Line {
        kind: serde_json::from_value(value["kind"].clone()).expect("a kind"),
        text: text("text").expect("words"),
        source: text("source"),
        reason: text("reason"),
        occurred_at: moment("occurred").expect("occurred"),
        phase: text("phase").map(Into::into),
        report: (value["report"] == true).then(|| Mark { heading: None, note: None, by: by.clone() }),
        by,
        ..a_line(rev)
    }
}

#[test]
fn a_line_fits_when_everything_that_is_asked_fits() {
    let cases: Value =
        serde_json::from_str(include_str!("../../../../tests/line_filter.json")).expect("JSON");
    let lines: Vec<_> = cases["lines"].as_array().expect("lines").iter().map(line_of).map(Arc::new).collect();
    for case in cases["cases"].as_array().expect("cases") {
        let filter: Filter = serde_json::from_value(case["filter"].clone()).expect("a filter");
        let page = filter.page(9, lines.iter(), Start::Newest, None, 100);
        let found: Vec<_> = page.lines.iter().map(|line| line.id.0).collect();
        let wanted: Vec<Rev> = serde_json::from_value(case["found"].clone()).expect("numbers");
        assert_eq!(found, wanted, "{case}");
        assert_eq!((page.matched as usize, page.total as usize), (wanted.len(), lines.len()));
    }
}

#[test]
fn pages_neither_miss_nor_repeat_a_line_while_others_come() {
    let mut lines: Vec<_> = (1..=50).map(|rev| Arc::new(a_line(rev))).collect();
    for order in [Order::Recorded, Order::Occurred] {
        let filter = Filter { order, ..Filter::default() };
        let (mut seen, mut start, mut round): (Vec<(Rev, u32)>, _, _) = (vec![], Start::Newest, 0);
        let before: Vec<_> = lines.iter().map(|line| line.id).collect();
        loop {
            let named = match start {
                Start::After(id) => lines.iter().find(|line| line.id == id).cloned(),
                _ => None,
            };
            let page = filter.page(0, lines.iter(), start, named.as_deref(), 7);
            seen.extend(page.lines.iter().map(|line| line.id));
            // Somebody writes while the reader pages: newer lines come before what is on the page.
            round += 1;
            lines.push(Arc::new(a_line(1_000 + u32::try_from(lines.len()).expect("few") + round)));
            let Some(last) = page.lines.last().filter(|_| page.older > 0) else { break };
            start = Start::After(last.id);
        }
        let unique: std::collections::BTreeSet<_> = seen.iter().collect();
        assert_eq!(unique.len(), seen.len(), "nothing twice");
        assert!(before.iter().all(|id| unique.contains(id)), "nothing missing");
    }
}

#[test]
fn a_line_is_shown_among_its_neighbours_and_says_what_is_before_and_after() {
    let lines: Vec<_> = (1..=200).map(|rev| Arc::new(a_line(rev))).collect();
    let page = Filter::default().page(200, lines.iter(), Start::Around((100, 0)), Some(&lines[99]), 60);
    assert_eq!((page.newer, page.older), (70, 70));
    assert_eq!(page.lines.iter().position(|line| line.id == (100, 0)), Some(AROUND));
    assert_eq!(page.people.iter().map(|who| who.lines).collect::<Vec<_>>(), [200]);
    let nowhere = Filter::default().page(200, lines.iter(), Start::Around((900, 0)), None, 60);
    assert_eq!(nowhere.newer, 0);
}
