//! Ten thousand logs that somebody tampered with, judged by the program and by the second verifier, which was written from
//! the format's description: they agree on every one; with a checkpoint behind the change it is found; without one the
//! answer says from where on nobody can judge.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use phongtruc::checkpoint::judge::{Evidence, Judgement, Verdict, judge};
use phongtruc::checkpoint::{Cause, Key, Signed};
use phongtruc::domain::ids::{CommandId, Digest, PersonId};
use phongtruc::domain::{Actor, Record, Role};
use phongtruc::log::{Head, chain};
use serde_json::{Value, json};
use std::io::Write as _;
use std::process::Stdio;

const CASES: u64 = 10_000;
/// What is drawn is the same each time; the number of a case that fails is said.
const SEED: u64 = 423;
const STREAM: &str = "incidents/su-co";

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    fn below(&mut self, most: usize) -> usize {
        (self.roll() % most as u64) as usize
    }
}

fn record(rev: u32, words: &str) -> Record<String> {
    let by = Actor {
        person: PersonId::new("a").expect("an id"),
        name: "Nguyễn Văn Thử".into(),
        title: "Trực".into(),
        office: None,
        roles: vec![Role::Duty],
        mandate: None,
    };
    let at = Timestamp::from_millisecond(1_700_000_000_000 + i64::from(rev) * 1_001).expect("a date");
    let cause = CommandId::new(&format!("c-{rev}")).expect("an id");
    Record { rev, at, by, cause, events: vec![format!("{words} {rev}")], written_at: None }
}

/// A log, and the head after each line.
#[derive(Clone)]
struct Log {
    lines: Vec<String>,
    heads: Vec<Head>,
}

impl Log {
    fn go_on(&mut self, lines: u32, words: &str) {
        for _ in 0..lines {
            let head = self.heads.last().copied().unwrap_or(Head::EMPTY);
            let (line, head) = chain::line(head, &record(head.rev + 1, words)).expect("JSON");
            self.lines.push(line);
            self.heads.push(head);
        }
    }

    /// Takes the words out of a line, with a record of it at the end.
    fn purge(&mut self, place: usize, left: &str) {
        let rev = u32::try_from(place + 1).expect("few");
        let (line, purged) = chain::purged(rev, &self.lines[place], vec![left.to_owned()]).expect("a line");
        self.lines[place] = line;
        let head = self.heads.last().copied().unwrap_or(Head::EMPTY);
        let (line, head) = chain::purging(head, &record(head.rev + 1, "xóa bỏ"), &[purged]).expect("JSON");
        self.lines.push(line);
        self.heads.push(head);
    }
}

fn base(number: usize) -> Log {
    let mut log = Log { lines: vec![], heads: vec![] };
    log.go_on(4 + u32::try_from(number).expect("few"), &format!("việc {number} của"));
    if number % 2 == 1 {
        log.purge(1 + number % 3, "[đã xóa bỏ]");
        log.go_on(3, "sau khi xóa");
    }
    log
}

/// Makes the chain hold again from a line on, as whoever owns the server can: `prev` of each is reckoned anew.
fn chained(lines: &mut [String], from: usize) {
    for place in from.max(1)..lines.len() {
        let before: Value = serde_json::from_str(&lines[place - 1]).expect("JSON");
        let digest = before["purged"]
            .as_str()
            .map_or_else(|| Digest::of(lines[place - 1].as_bytes()).to_string(), Into::into);
        let (begin, rest) = lines[place].split_once("\"prev\":\"").expect("a link");
        lines[place] = format!("{begin}\"prev\":\"{digest}{}", &rest[64..]);
    }
}

fn renumbered(lines: &mut [String]) {
    for (place, line) in lines.iter_mut().enumerate() {
        let (_, rest) = line.split_once(',').expect("fields");
        *line = format!("{{\"rev\":{},{rest}", place + 1);
    }
}

fn edited(line: &str, dice: &mut Dice) -> String {
    let places: Vec<_> =
        line.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(place, _)| place).collect();
    let place = places[dice.below(places.len())];
    let digit = (line.as_bytes()[place] - b'0' + 1 + u8::try_from(dice.below(8)).expect("small")) % 10;
    format!("{}{digit}{}", &line[..place], &line[place + 1..])
}

struct Case {
    what: &'static str,
    lines: Vec<String>,
    /// Checkpoints that the tamperer added.
    forged: Vec<Signed>,
    bytes: Option<Vec<u8>>,
}

fn tamper(log: &Log, dice: &mut Dice, others: &Key) -> Case {
    let mut lines = log.lines.clone();
    let at = dice.below(lines.len());
    let case = |what, lines| Case { what, lines, forged: vec![], bytes: None };
    let rewrite = |mut lines: Vec<String>, at: usize| {
        lines[at] = lines[at].replacen("việc", "viết", 1).replacen("sau khi", "trước khi", 1);
        chained(&mut lines, at + 1);
        lines
    };
    match dice.below(13) {
        0 => case("nothing", lines),
        1 => {
            lines[at] = edited(&lines[at], dice);
            case("edit", lines)
        }
        2 => {
            lines.remove(at);
            case("delete", lines)
        }
        3 => {
            let other = lines[dice.below(lines.len())].clone();
            lines.insert(at, other);
            case("insert", lines)
        }
        4 => {
            let other = dice.below(lines.len());
            lines.swap(at, other);
            case("swap", lines)
        }
        5 => case("re-chain", rewrite(lines, at)),
        6 => {
            lines.remove(at);
            renumbered(&mut lines);
            chained(&mut lines, at);
            case("delete and re-chain", lines)
        }
        7 => {
            lines.truncate(at);
            case("cut", lines)
        }
        8 => {
            let mut fork = Log { lines: lines[..at].to_vec(), heads: log.heads[..at].to_vec() };
            fork.go_on(u32::try_from(1 + dice.below(lines.len())).expect("few"), "nhánh khác");
            case("fork", fork.lines)
        }
        9 => {
            let lines = rewrite(lines, at);
            let head = chain::verify((lines.join("\n") + "\n").as_bytes(), None).head;
            let moment = Timestamp::from_second(1_800_000_000).expect("a date");
            let mut forged = Signed::new(others, STREAM.into(), head, moment, Cause::Export);
            if dice.below(2) == 0 {
                // Under the name of the key that is trusted.
                forged.checkpoint.key = key().public().id();
            }
            Case { what: "re-sign", lines, forged: vec![forged], bytes: None }
        }
        10 => {
            let mut forged = Log { lines, heads: log.heads.clone() };
            forged.purge(at, "lời khác hẳn");
            case("a purge that nobody ordered", forged.lines)
        }
        11 => {
            let mut bytes = (lines.join("\n") + "\n").into_bytes();
            bytes.truncate(1 + dice.below(bytes.len() - 1));
            Case { what: "cut within a line", lines, forged: vec![], bytes: Some(bytes) }
        }
        _ => {
            let mut bytes = (lines.join("\n") + "\n").into_bytes();
            let place = dice.below(bytes.len());
            bytes[place] = b"0az{}\",: \n\xc3"[dice.below(11)];
            Case { what: "a byte", lines, forged: vec![], bytes: Some(bytes) }
        }
    }
}

fn key() -> Key {
    Key::from_seed(&[1; 32])
}

/// The first line, from 1, whose bytes are not those of the log as it was.
fn first_changed(log: &Log, bytes: &[u8]) -> Option<u32> {
    let was = (log.lines.join("\n") + "\n").into_bytes();
    if was == bytes {
        return None;
    }
    let pieces = was.split(|byte| *byte == b'\n').zip(bytes.split(|byte| *byte == b'\n'));
    let same = pieces.take_while(|(one, other)| one == other).count();
    // A log that ends where a line does differs at the line that follows.
    Some(u32::try_from(same).expect("few") + 1)
}

#[test]
fn both_verifiers_agree_on_ten_thousand_logs_and_miss_nothing_that_a_checkpoint_covers() {
    let (trusted, others) = (key(), Key::from_seed(&[2; 32]));
    let bases: Vec<_> = (0..8).map(base).collect();
    let moment = Timestamp::from_second(1_700_100_000).expect("a date");
    let signed: Vec<Vec<_>> = bases
        .iter()
        .map(|log| {
            log.heads
                .iter()
                .map(|head| Signed::new(&trusted, STREAM.into(), *head, moment, Cause::Interval))
                .collect()
        })
        .collect();
    let (mut asked, mut found) = (String::new(), vec![]);
    let (mut caught, mut open) = (0, 0);
    for number in 0..CASES {
        let mut dice = Dice(SEED + number);
        let which = dice.below(bases.len());
        let log = &bases[which];
        let case = tamper(log, &mut dice, &others);
        let bytes = case.bytes.unwrap_or_else(|| {
            case.lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect::<String>().into_bytes()
        });
        let outside: Vec<_> =
            (0..dice.below(3)).map(|_| signed[which][dice.below(log.heads.len())].clone()).collect();
        let newest = outside.iter().map(|it| it.checkpoint.head.rev).max().unwrap_or(0);
        // Whoever tampers puts a fitting head beside the log; or forgets to; or there is none.
        let head = match dice.below(3) {
            0 => None,
            1 => log.heads.last().copied(),
            _ => Some(chain::verify(&bytes, None).head),
        };
        let all: Vec<_> = outside.into_iter().chain(case.forged).collect();
        let text: String = all.iter().map(|it| format!("{it}\n")).collect();
        let evidence = Evidence {
            stream: Some(STREAM.into()),
            kept: head,
            stamped: vec![false; all.len()],
            checkpoints: Signed::read_all(&text),
            keys: vec![trusted.public()],
        };
        let judged = judge(&bytes, &evidence);
        let said = format!("case {number} ({}): {judged:?}", case.what);
        if let Some(changed) = first_changed(log, &bytes) {
            if newest >= changed {
                assert!(
                    judged.verdict != Verdict::Intact || judged.loose.contains(&changed),
                    "not caught: {said}"
                );
                caught += 1;
            }
            if judged.verdict == Verdict::Intact {
                let certain = judged.lines - judged.tail;
                assert!(certain < changed || judged.loose.contains(&changed), "vouched for: {said}");
                assert_eq!(certain, judged.sealed.as_ref().map_or(0, |sealed| sealed.rev), "{said}");
                open += 1;
            }
        } else {
            assert_eq!(judged.verdict, Verdict::Intact, "{said}");
        }
        let case = json!({ "log": STANDARD.encode(&bytes), "checkpoints": text, "stream": STREAM,
            "keys": [trusted.public().pem()],
            "head": head.map(|head| format!("{:>10} {}\n", head.rev, head.digest)) });
        asked.push_str(&case.to_string());
        asked.push('\n');
        found.push((said, judged));
    }
    assert!(caught > 1_000 && open > 1_000, "{caught} caught, {open} that nobody can judge");
    let answers = second_verifier(asked);
    assert_eq!(answers.len(), found.len());
    let differ = found.iter().zip(answers).filter(|((_, judged), answer)| without_words(judged) != *answer);
    let differ: Vec<_> =
        differ.map(|((said, _), answer)| format!("{said}\nbut the second says {answer}")).collect();
    assert!(
        differ.is_empty(),
        "{} differ:\n{}",
        differ.len(),
        differ.iter().take(4).cloned().collect::<Vec<_>>().join("\n")
    );
}

fn without_words(judged: &Judgement) -> Value {
    let mut value = serde_json::to_value(judged).expect("JSON");
    value.as_object_mut().expect("an object").remove("reason");
    value
}

/// One process judges all.
fn second_verifier(asked: String) -> Vec<Value> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/src/archive/verify.py");
    let mut python = std::process::Command::new("python3")
        .args(["-B", script, "--cases"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 is part of Debian");
    let mut stdin = python.stdin.take().expect("piped");
    // It answers while it is asked: both ends of the pipe are kept busy.
    let asking = std::thread::spawn(move || stdin.write_all(asked.as_bytes()).expect("it listens"));
    let out = python.wait_with_output().expect("it ends");
    asking.join().expect("asked");
    assert!(out.status.success());
    String::from_utf8(out.stdout)
        .expect("UTF-8")
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}
