//! The timeline at its full length: twenty thousand lines, looked into by everything that can be asked. What the room
//! answers is what a plain look at every line gives; pages have no gap and repeat nothing while others write.
//!
//! `cargo test --release --test it -- --ignored --nocapture twenty_thousand_lines_cost` prints what it costs, as ratios.

use crate::mirror::an_opening;
use crate::support::*;
use phongtruc::domain::ids::{CommandId, OfficeId, PersonId, Rev};
use phongtruc::domain::line::{self, Filter, Kind, Line, LinePage, Start, filter::Order};
use phongtruc::domain::{
    Actor, Command, Event, FIRST_LOAD_ROWS, Incident, Record, Role, Viewer, entry, incident,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// As many lines as the product promises to carry.
const LINES: u32 = 20_000;

fn at(second: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_second(1_772_000_000 + second).expect("a date")
}

fn actor(n: u32) -> Actor {
    let offices = ["vptu", "vpub", "stt"];
    let n = n % 7;
    Actor {
        person: PersonId::new(&format!("p-{n}")).expect("an id"),
        name: format!("Người {n}"),
        title: "Trực".into(),
        office: OfficeId::new(offices[n as usize % 3]),
        roles: vec![Role::Head, Role::Secretary, Role::Duty],
        mandate: None,
    }
}

/// The records of a long incident: entries, decisions and talk of seven people in three offices, some of it late, some
/// of it corrected, some of it marked for the report.
fn records() -> Vec<Record<Event>> {
    let said =
        ["Nước hồ Hòa Bình dâng", "Dân thôn 3 di chuyển", "Họp nhanh ở xã Cốc Ly", "Tin đồn vỡ đập lan rộng"];
    let mut records = vec![];
    let mut lines = 0;
    for n in 0.. {
        let rev: Rev = n + 1;
        let text = format!("{} lần {n}", said[n as usize % said.len()]);
        let occurred_at = at(i64::from(n) * 60 - i64::from(n % 11) * 400);
        // As the log has them, so that fields which come later need not be named here.
        let event = |event: Value| serde_json::from_value::<Event>(event).expect("an event of the log");
        let entry = |verb: &str, id: u32| {
            json!({ "noun": "entry", "verb": verb, "id": format!("r-{id}"), "text": text,
            "occurred_at": occurred_at, "source": (n % 3 == 0).then_some("UBND xã, điện thoại"),
            "reason": "xã Hoà Bình báo lại" })
        };
        let event = match n {
            0 => Event::Incident(incident::Event::Opened(Box::new(an_opening()))),
            n if n % 50 == 7 => event(json!({ "noun": "line", "verb": "marked", "line": [rev - 3, 0] })),
            n if n % 40 == 9 => {
                event(json!({ "noun": "message", "verb": "sent", "id": format!("r-{n}"), "text": text }))
            }
            n if n % 90 == 11 => event(entry("corrected", n - 1)),
            n if n % 5 == 3 => {
                event(json!({ "noun": "decision", "verb": "taken", "id": format!("r-{n}"), "text": text,
                "reason": null, "occurred_at": occurred_at }))
            }
            _ => event(entry("added", n)),
        };
        lines += u32::from(!matches!(event, Event::Line(_) | Event::Message(_)));
        let cause = CommandId::new(&format!("c-{n}")).expect("an id");
        records.push(Record {
            rev,
            at: at(i64::from(n) * 60),
            by: actor(n / 3),
            cause,
            events: vec![event],
            written_at: None,
        });
        if lines == LINES {
            return records;
        }
    }
    records
}

/// Folded once more, by another way than the program's.
fn plainly(text: &str) -> String {
    let lower = text.to_lowercase().replace('đ', "d");
    lower.nfd().filter(|c| !is_combining_mark(*c)).collect()
}

/// Every line that fits, newest first, by looking at each.
fn by_hand(incident: &Incident, filter: &Filter) -> Vec<(Rev, u32)> {
    let mut found: Vec<&Line> = vec![];
    for line in incident.lines.iter() {
        let moment = if filter.order == Order::Occurred { line.occurred_at } else { line.by.at };
        let said = [Some(&line.text), line.source.as_ref(), line.reason.as_ref()];
        let said = plainly(&said.into_iter().flatten().cloned().collect::<Vec<_>>().join(" "));
        let fits = [
            filter.office.is_none() || filter.office == line.by.office,
            filter.kind.is_none() || filter.kind == Some(line.kind),
            filter.phase.is_none() || filter.phase.as_deref() == line.phase.as_deref(),
            filter.person.is_none() || filter.person.as_ref() == Some(&line.by.person),
            filter.from.is_none_or(|from| from <= moment),
            filter.to.is_none_or(|to| moment <= to),
            !filter.report || line.report.is_some(),
            plainly(&filter.words).split(' ').all(|word| said.contains(word)),
        ];
        if fits.into_iter().all(|fits| fits) {
            found.push(line);
        }
    }
    found.sort_by_key(|line| {
        let occurred = (filter.order == Order::Occurred).then_some(line.occurred_at);
        std::cmp::Reverse((occurred, line.id))
    });
    found.into_iter().map(|line| line.id).collect()
}

fn filters() -> Vec<Filter> {
    let none = Filter::default();
    let words = |words: &str| Filter { words: words.into(), ..Filter::default() };
    vec![
        none.clone(),
        Filter { order: Order::Occurred, ..none.clone() },
        Filter { office: OfficeId::new("vpub"), ..none.clone() },
        Filter { kind: Some(Kind::Decision), ..none.clone() },
        Filter { phase: Some("a".into()), ..none.clone() },
        Filter { person: PersonId::new("p-3"), ..none.clone() },
        Filter { from: Some(at(300_000)), to: Some(at(600_000)), ..none.clone() },
        Filter { from: Some(at(300_000)), order: Order::Occurred, ..none.clone() },
        Filter { report: true, ..none.clone() },
        words("hoà bình"),
        words("HÒA binh bao lai"),
        words("dien thoai coc ly"),
        words("không có ở đâu"),
        Filter {
            office: OfficeId::new("stt"),
            kind: Some(Kind::Entry),
            order: Order::Occurred,
            from: Some(at(60_000)),
            ..words("thôn 3")
        },
    ]
}

fn pages(incident: &Incident, filter: &Filter) -> Vec<(Rev, u32)> {
    let (mut seen, mut start) = (vec![], Start::Newest);
    loop {
        let page: LinePage = incident.lines(filter, start, Viewer::FULL);
        assert!(page.lines.len() <= FIRST_LOAD_ROWS);
        assert_eq!(page.newer as usize, seen.len());
        assert_eq!(page.matched as usize, seen.len() + page.lines.len() + page.older as usize);
        seen.extend(page.lines.iter().map(|line| line.id));
        match page.lines.last() {
            Some(last) if page.older > 0 => start = Start::After(last.id),
            _ => return seen,
        }
    }
}

#[test]
fn filters_over_twenty_thousand_lines_find_what_a_plain_look_finds() {
    let incident = Incident::replay(&records());
    assert_eq!(incident.lines.len(), LINES as usize);
    for filter in filters() {
        assert_eq!(pages(&incident, &filter), by_hand(&incident, &filter), "{filter:?}");
    }
    let corrected = incident.lines.iter().filter(|line| line.corrected_by.is_some()).count();
    assert!(corrected > 200 && incident.lines.iter().filter(|line| line.report.is_some()).count() > 300);
}

/// A first load is as long as that of a small room, and the pages behind it are all the rest, in order.
#[test]
fn a_first_load_carries_two_hundred_lines_and_pages_bring_the_rest_without_a_gap() {
    let incident = Incident::replay(&records());
    let first = incident.since(0, Viewer::FULL);
    assert_eq!(first.lines.len(), FIRST_LOAD_ROWS);
    let newest: Vec<_> = incident.lines.iter().rev().take(FIRST_LOAD_ROWS).map(|line| line.id).collect();
    assert_eq!(
        first.lines.iter().rev().map(|line| line.id).collect::<Vec<_>>(),
        newest,
        "no gaps among them"
    );
    let (mut seen, mut before) = (first.lines.len(), first.lines_from.expect("said"));
    let mut ids: BTreeSet<_> = first.lines.iter().map(|line| line.id).collect();
    while before > 0 {
        let page = incident.page(before, Viewer::FULL);
        seen += page.lines.len();
        ids.extend(page.lines.iter().map(|line| line.id));
        before = page.lines_from.expect("said");
    }
    assert_eq!((seen, ids.len()), (LINES as usize, LINES as usize));
}

/// The same over the wire, while three people write: whoever pages back reads every line once.
#[tokio::test]
async fn pages_have_no_gap_and_no_duplicate_while_others_write() {
    let server = Server::demo();
    let people = server.people().await;
    let mut press = join(&people.press, DEMO).await;
    for n in 0..450 {
        press.ask(&command_id(), &note(&format!("nước dâng lần {n}"))).await.expect("sent");
    }
    act(&mut press, note("cuối")).await;
    let mut before = BTreeSet::new();
    let id =
        |line: &Value| (line["id"][0].as_u64().expect("a number"), line["id"][1].as_u64().expect("a number"));
    before.extend(press.known.rows("lines").map(id));
    let writers = [people.party.clone(), people.people.clone(), people.press.clone()].map(|client| {
        tokio::spawn(async move {
            let mut window = join(&client, DEMO).await;
            for n in 0..40 {
                act(&mut window, note(&format!("trong lúc đọc {n}"))).await;
            }
        })
    });
    for order in ["recorded", "occurred"] {
        let mut seen = vec![];
        let mut after = String::new();
        loop {
            let path = format!("/api/incidents/{DEMO}/lines?order={order}&kind=entry{after}");
            let (status, page) = get(&people.party, &path).await;
            assert_eq!(status, 200, "{page}");
            seen.extend(page["lines"].as_array().expect("lines").iter().map(id));
            if page["older"] == 0 {
                break;
            }
            let (rev, place) = seen.last().expect("a line");
            after = format!("&after={rev}.{place}");
        }
        let unique: BTreeSet<_> = seen.iter().copied().collect();
        assert_eq!(unique.len(), seen.len(), "nothing twice, {order}");
        let entries = press.known.rows("lines").filter(|line| line["kind"] == "entry").map(id);
        let missing: Vec<_> = entries.filter(|id| before.contains(id) && !unique.contains(id)).collect();
        assert_eq!(missing, [], "nothing missing, {order}");
    }
    for writer in writers {
        writer.await.expect("written");
    }
    // What cannot be asked is refused, and a line that is not there is no reason to fail.
    let status =
        async |query: &str| get(&people.party, &format!("/api/incidents/{DEMO}/lines?{query}")).await.0;
    assert_eq!(status("kind=nonsense").await, 400);
    assert_eq!(status("around=99999.0&words=%F0%9F%9A%A8").await, 200);
}

/// What is corrected and marked is so in every window, in the log, and in the export that says everything.
#[tokio::test]
async fn a_correction_is_a_line_and_a_mark_is_on_the_record() {
    let server = Server::demo();
    let people = server.people().await;
    let mut press = join(&people.press, DEMO).await;
    let entry = row();
    let add = json!({ "noun": "entry", "verb": "add", "id": entry, "text": "Có 12 hộ bị cô lập", "occurred_at": null,
        "source": "xã báo" });
    let add: Command = serde_json::from_value(add).expect("a command");
    let old = act(&mut press, add).await;
    let mark =
        |line| Command::Line(line::Command::Mark { line, heading: Some("Diễn biến".into()), note: None });
    act(&mut press, mark((old, 0))).await;
    let correct = entry::Command::Correct {
        id: entry,
        text: "Có 15 hộ bị cô lập".into(),
        occurred_at: jiff_now(),
        reason: "xã báo lại".into(),
    };
    let new = act(&mut press, Command::Entry(correct)).await;
    assert_eq!(try_act(&mut press, mark((old, 0))).await.expect_err("refused").code, "line_corrected");
    let (status, file) = get(&people.press, &format!("/api/incidents/{DEMO}/export/json")).await;
    assert_eq!(status, 200);
    let party = join(&people.party, DEMO).await;
    let lines = file["incident"]["lines"].as_array().expect("lines");
    let line = |rev: Rev| lines.iter().find(|line| line["id"][0] == rev).expect("there");
    for rev in [old, new] {
        let seen = party.known.rows("lines").find(|line| line["id"][0] == rev).expect("seen");
        assert_eq!(seen, line(rev));
    }
    assert_eq!(
        (&line(old)["text"], &line(new)["text"]),
        (&"Có 12 hộ bị cô lập".into(), &"Có 15 hộ bị cô lập".into())
    );
    assert_eq!((&line(old)["corrected_by"][0], &line(new)["corrects"][0]), (&new.into(), &old.into()));
    assert_eq!((&line(new)["report"]["heading"], &line(old)["report"]), (&"Diễn biến".into(), &Value::Null));
    assert_eq!(line(new)["reason"], "xã báo lại");
}

/// What twenty thousand lines cost, beside two hundred and beside a plain look at every line. Prints; judges nothing.
#[test]
#[ignore = "a measurement: run it by name, in a release build"]
fn twenty_thousand_lines_cost() {
    let all = records();
    let (long, short) = (Incident::replay(&all), Incident::replay(&all[..200]));
    let lines: Vec<_> = long.lines.iter().cloned().collect();
    let median = |work: &mut dyn FnMut()| {
        let mut times: Vec<Duration> = (0..21)
            .map(|_| {
                let begun = Instant::now();
                work();
                begun.elapsed()
            })
            .collect();
        times.sort();
        times[10].as_secs_f64()
    };
    let first = |incident: &Incident| serde_json::to_vec(&incident.since(0, Viewer::FULL)).expect("JSON");
    let ratio =
        |what: &str, a: f64, b: f64| println!("{what}: {:.2} ({:.0} µs / {:.0} µs)", a / b, a * 1e6, b * 1e6);
    println!(
        "first load, bytes, 20,000 lines / 200: {:.2}",
        first(&long).len() as f64 / first(&short).len() as f64
    );
    ratio(
        "first load, 20,000 lines / 200",
        median(&mut || drop(first(&long))),
        median(&mut || drop(first(&short))),
    );
    let scan = median(&mut || assert!(lines.iter().all(|line| !line.text.contains('\u{7}'))));
    let fold = median(&mut || assert!(lines.iter().all(|line| !plainly(&line.text).contains('\u{7}'))));
    for filter in filters() {
        let page = median(&mut || drop(long.lines(&filter, Start::Newest, Viewer::FULL)));
        let (yardstick, than) =
            if filter.words.is_empty() { (scan, "a scan of all text") } else { (fold, "folding all text") };
        ratio(&format!("a page of {filter:?} / {than}"), page, yardstick);
    }
}
