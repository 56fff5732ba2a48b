//! The statement desk under every interleaving: nothing is ever published but the words that everybody who counts
//! approved, by a spokesperson whose designation holds, and nobody approves their own. Told by an account kept apart
//! from the program's own rows.

use crate::mirror::an_opening;
use jiff::{SignedDuration, Timestamp};
use phongtruc::domain::approval::{Rule, Signatory};
use phongtruc::domain::ids::{CommandId, Digest, OfficeId, PersonId, RowId};
use phongtruc::domain::incident::{self, Level};
use phongtruc::domain::statement::{self, Event, State};
use phongtruc::domain::words::{self, Update};
use phongtruc::domain::{Actor, Command, Context, Event as AnyEvent, Incident, Record, Role, decide};
use std::collections::{BTreeSet, HashMap, HashSet};
use yrs::updates::decoder::Decode as _;
use yrs::{GetString as _, Text as _, Transact as _};

const TEXTS: [&str; 3] = ["Đập an toàn.", "Đập vẫn an toàn.", "Đã di dời 12 hộ."];

/// Four people in three offices; the second is the spokesperson while the designation holds.
const PEOPLE: [(&str, &str, &[Role]); 4] = [
    ("party", "vptu", &[Role::Duty]),
    ("people", "vpub", &[Role::Duty]),
    ("head", "stt", &[Role::Head, Role::Duty]),
    ("drafter", "stt", &[Role::Duty]),
];

/// Throws the same numbers again for the same seed (SplitMix64), so that a failure can be looked at.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % sides as u64) as usize
    }
}

fn id(n: usize) -> RowId {
    RowId::new(&format!("s-{n}")).expect("an id")
}

/// Who must approve at a level: `(function, silence is enough)`. Kept here again, apart from the rules' own data.
fn asked(level: u8) -> &'static [(&'static str, bool)] {
    if level <= 2 { &[("spokesperson", false)] } else { &[("party_office", true), ("spokesperson", false)] }
}

fn rules() -> Vec<Rule> {
    let signatory = |function: &str, office: &str, role, turn, silence| Signatory {
        function: function.into(),
        title: function.into(),
        office: OfficeId::new(office),
        office_short: office.into(),
        role,
        turn,
        minutes: Some(15),
        silence,
    };
    let speaks = || signatory("spokesperson", "vpub", Some(Role::Spokesperson), 2, false);
    let levels = |levels: [u8; 2]| levels.iter().filter_map(|level| Level::new(*level)).collect();
    vec![
        Rule {
            kind: "*".into(),
            levels: levels([1, 2]),
            required: vec![speaks()],
            consulted: vec![signatory("lead", "stt", None, 1, true)],
        },
        Rule {
            kind: "*".into(),
            levels: levels([3, 4]),
            required: vec![signatory("party_office", "vptu", None, 1, true), speaks()],
            consulted: vec![signatory("lead", "stt", None, 1, true)],
        },
    ]
}

/// What the account knows of one statement, from events alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Account {
    text: String,
    authors: BTreeSet<String>,
    submitted: Option<(String, String)>,
    /// Verdicts on the words as they stand, oldest first: person, functions, verdict.
    verdicts: Vec<(String, Vec<String>, Said)>,
    silent: BTreeSet<String>,
    held: Option<(Timestamp, BTreeSet<String>, BTreeSet<String>)>,
    /// The level at which it first went out; words that are out may be repeated on another channel.
    out_at: Option<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Said {
    Yes,
    No,
    Strongly,
    Settled,
}

/// The incident, the world around it, and the account.
#[derive(Clone)]
struct World {
    incident: Incident,
    records: Vec<Record<AnyEvent>>,
    keep: bool,
    now: Timestamp,
    speaks: bool,
    accounts: HashMap<RowId, Account>,
    published: usize,
}

impl World {
    fn open(keep: bool) -> Self {
        let mut opening = an_opening();
        opening.approvals = rules();
        let (now, speaks) = (opening.received_at + SignedDuration::from_hours(1), true);
        let (incident, records, accounts) = (Incident::default(), vec![], HashMap::new());
        let mut world = Self { incident, records, keep, now, speaks, accounts, published: 0 };
        assert!(world.ask("head", Command::Incident(incident::Command::Open(Box::new(opening)))));
        world
    }

    fn actor(&self, who: &str) -> Actor {
        let person = PersonId::new(who).expect("an id");
        let (name, title) = (who.to_owned(), "Trực".into());
        let known = PEOPLE.iter().find(|(name, ..)| *name == who);
        let Some((_, office, roles)) = known else {
            return Actor { roles: vec![Role::Room], office: None, ..actor_of(person, name, title) };
        };
        let mut roles = roles.to_vec();
        if who == "people" && self.speaks {
            roles.push(Role::Spokesperson);
        }
        Actor { roles, office: OfficeId::new(office), ..actor_of(person, name, title) }
    }

    fn draft(&self, n: usize) -> Option<&Account> {
        self.accounts.get(&id(n))
    }

    /// Asks; when it is accepted, checks it against the account and folds it in.
    fn ask(&mut self, who: &str, command: Command) -> bool {
        let by = self.actor(who);
        let events = self.decided(&by, command);
        let accepted = !events.is_empty();
        if accepted {
            self.accept(by, events);
        }
        accepted
    }

    /// What would happen; nothing when it is refused.
    fn decided(&self, by: &Actor, command: Command) -> Vec<AnyEvent> {
        decide(&self.incident, command, &Context { at: self.now, by, written_at: None }).unwrap_or_default()
    }

    fn accept(&mut self, by: Actor, events: Vec<AnyEvent>) {
        for event in &events {
            if let AnyEvent::Statement(event) = event {
                self.audit(event, &by);
            }
        }
        let rev = self.incident.rev + 1;
        let cause = CommandId::new(&format!("c-{rev}")).expect("an id");
        let record = Record { rev, at: self.now, by, cause, events, written_at: None };
        self.incident.apply(&record);
        if self.keep {
            self.records.push(record);
        }
    }

    /// The account's own rules, in the fewest words.
    fn audit(&mut self, event: &Event, by: &Actor) {
        let person = by.person.to_string();
        let level = self.incident.header.as_ref().map_or(3, |header| header.level.get());
        let account = self.accounts.entry(event.id().clone()).or_default();
        let fresh = |account: &mut Account| {
            account.verdicts.clear();
            account.silent.clear();
            account.submitted = None;
        };
        match event {
            Event::Drafted { text, .. } => {
                account.text = text.clone();
                account.authors.insert(person);
            }
            Event::Written { text, .. } => {
                fresh(account);
                account.text = text.clone();
                account.authors.insert(person);
            }
            Event::Typed { splice, .. } => {
                assert!(account.submitted.is_none(), "typed into frozen words");
                account.text = splice.onto(&account.text);
                account.authors.insert(person);
            }
            Event::Reopened { .. } => fresh(account),
            Event::Submitted { digest, .. } => {
                assert_eq!(*digest, Digest::of(account.text.as_bytes()), "frozen words are the words");
                account.submitted = Some((account.text.clone(), person));
            }
            Event::Approved { digest, functions, .. } => {
                judged(account, digest, &person);
                account.verdicts.push((person, functions.clone(), Said::Yes));
            }
            Event::Objected { digest, functions, strong, .. } => {
                judged(account, digest, &person);
                let said = if *strong { Said::Strongly } else { Said::No };
                account.verdicts.push((person, functions.clone(), said));
            }
            Event::Settled { digest, .. } => {
                judged(account, digest, &person);
                assert!(by.is(Role::Head), "only the head decides over an objection");
                let strong = |said: &&mut (String, Vec<String>, Said)| said.2 == Said::Strongly;
                account.verdicts.iter_mut().filter(strong).for_each(|said| said.2 = Said::Settled);
            }
            Event::Lapsed { function, silence, .. } => {
                assert!(by.is(Role::Room), "silence is noted by the room alone");
                if *silence {
                    account.silent.insert(function.clone());
                }
            }
            Event::Held { until, offices, .. } => {
                let offices = offices.iter().map(ToString::to_string).collect();
                account.held = Some((*until, offices, BTreeSet::new()));
            }
            Event::Agreed { office, digest, .. } => {
                if let Some((_, _, agreed)) = &mut account.held {
                    agreed.insert(format!("{office} {digest}"));
                }
            }
            Event::Released { .. } => account.held = None,
            Event::Published { digest, at, .. } => {
                assert!(by.is(Role::Spokesperson) && self.speaks, "published without a designation");
                let level = *account.out_at.get_or_insert(level);
                publishable(account, digest, level, *at);
                self.published += 1;
            }
            _ => {}
        }
    }

    /// Folds the log again, from its written form.
    fn restart(&mut self) {
        let written: Vec<String> =
            self.records.iter().map(|record| serde_json::to_string(record).expect("json")).collect();
        let read: Vec<Record<AnyEvent>> =
            written.iter().map(|line| serde_json::from_str(line).expect("a record")).collect();
        let again = Incident::replay(&read);
        for row in self.incident.statements.iter() {
            let other = again.statements.get(&row.id).expect("replayed");
            assert_eq!(format!("{row:?}"), format!("{other:?}"), "a restart changes nothing");
            assert_eq!(row.words.text(), other.words.text());
        }
        self.incident = again;
    }
}

fn actor_of(person: PersonId, name: String, title: String) -> Actor {
    // Fields that are not the test's business take whatever they are by default.
    let blank =
        serde_json::json!({ "person": person, "name": name, "title": title, "office": null, "roles": [] });
    serde_json::from_value(blank).expect("an actor")
}

fn judged(account: &Account, digest: &Digest, person: &String) {
    let (text, submitter) = account.submitted.as_ref().expect("a verdict on words that were submitted");
    assert_eq!(*digest, Digest::of(text.as_bytes()), "a verdict on exactly these words");
    assert!(!account.authors.contains(person) && submitter != person, "{person} judges their own words");
}

fn publishable(account: &Account, digest: &Digest, level: u8, at: Timestamp) {
    let (text, _) = account.submitted.as_ref().expect("published what was submitted");
    assert_eq!(*text, account.text, "published what was submitted");
    assert_eq!(*digest, Digest::of(text.as_bytes()), "published what was approved");
    for (function, silence) in asked(level) {
        let newest =
            account.verdicts.iter().rev().find(|(_, functions, _)| functions.iter().any(|it| it == function));
        let said = newest.map(|(_, _, said)| *said);
        let silent = *silence && account.silent.contains(*function);
        let enough = matches!(said, Some(Said::Yes | Said::Settled)) || (said.is_none() && silent);
        assert!(enough, "published without {function} at level {level}: {account:?}");
    }
    let mut heard = HashSet::new();
    for (person, _, said) in account.verdicts.iter().rev() {
        assert!(
            !(heard.insert(person) && *said == Said::Strongly),
            "published over {person}'s strong objection"
        );
    }
    if let Some((until, offices, agreed)) = &account.held {
        assert!(at >= *until, "published before the agreed time");
        let all = offices.iter().all(|office| agreed.contains(&format!("{office} {digest}")));
        assert!(all, "published without everybody's agreement to these words");
    }
}

fn of(command: statement::Command) -> Command {
    Command::Statement(command)
}
fn draft(n: usize, follows: Option<statement::Follows>) -> Command {
    of(statement::Command::Draft { id: id(n), kind: "a".into(), title: None, follows })
}
fn level(level: u8) -> Command {
    let level = Level::new(level).expect("1 to 4");
    Command::Incident(incident::Command::SetLevel { level, reason: "đổi".into(), despite: false })
}
fn digest(text: &str) -> Digest {
    Digest::of(text.as_bytes())
}

/// The desk's own acts on a statement whose words are, or once were, `read`.
fn act(world: &World, dice: &mut Dice, n: usize) -> Option<Command> {
    use statement::Command as Verb;
    let now = world.draft(n).map_or_else(String::new, |account| account.text.clone());
    // Mostly the words of the moment; sometimes words that are not, as a late click has them.
    let read = if dice.below(8) == 0 { TEXTS[dice.below(3)].to_owned() } else { now.clone() };
    let digest = digest(&read);
    let id = id(n);
    let reason = || "lý do".to_owned();
    let offices = || ["vptu", "vpub"].iter().filter_map(|id| OfficeId::new(id)).collect();
    Some(of(match dice.below(32) {
        0 if dice.below(3) == 0 => Verb::Write { id, over: digest, text: TEXTS[dice.below(3)].into() },
        1 if dice.below(3) == 0 => Verb::Type { id, update: typed(world, n, dice)? },
        2..=5 => Verb::Submit { id, digest },
        6..=15 => Verb::Approve { id, digest },
        20 if dice.below(3) == 0 => Verb::Object { id, digest, reason: reason(), strong: dice.below(2) == 0 },
        21 | 22 => Verb::Settle { id, digest, publish: dice.below(3) > 0, reason: reason() },
        23 if dice.below(4) == 0 => Verb::Reopen { id, reason: None },
        16 if dice.below(6) == 0 => {
            let until = world.now + SignedDuration::from_mins(10);
            Verb::Hold { id, until, offices: offices() }
        }
        17 => Verb::Agree { id, digest },
        18 if dice.below(4) == 0 => Verb::Release { id, reason: reason() },
        19 if dice.below(20) == 0 => Verb::Drop { id, reason: reason() },
        _ => {
            let channel = format!("c-{}", dice.below(2));
            Verb::Publish { id, digest, channel, at: world.now, link: None }
        }
    }))
}

/// A keystroke of somebody whose editor has the newest words.
fn typed(world: &World, n: usize, dice: &mut Dice) -> Option<Update> {
    let row = world.incident.statements.get(&id(n))?;
    let (doc, shared) = words::blank(1_000 + dice.below(1_000_000_000) as u64);
    doc.transact_mut().apply_update(yrs::Update::decode_v1(row.words.state()).ok()?).ok()?;
    let mut writing = doc.transact_mut();
    let place = if shared.get_string(&writing).is_empty() { 0 } else { 1 };
    shared.insert(&mut writing, place, "!");
    Some(Update(writing.encode_update_v1()))
}

/// One step of four offices, the administrator, and time.
fn step(world: &mut World, dice: &mut Dice) {
    let who = PEOPLE[dice.below(4)].0;
    match dice.below(40) {
        0 => world.speaks = false,
        5..=8 => world.speaks = true,
        9 if dice.below(8) == 0 => world.restart(),
        1 => drop(world.ask(who, level([1, 2, 3, 4][dice.below(4)]))),
        2 => {
            let n = dice.below(4);
            let statement = id(dice.below(4));
            let relation = statement::Relation::Correction;
            let follows = (dice.below(2) == 0).then_some(statement::Follows { statement, relation });
            world.ask(who, draft(n, follows));
        }
        3 | 4 => {
            world.now += SignedDuration::from_mins(1 + dice.below(12) as i64);
            // The room does what time does, as its own task would.
            while let Some((_, command)) = world.incident.next_due().filter(|(at, _)| *at <= world.now) {
                assert!(world.ask("room", command), "what is due is done");
            }
        }
        _ => {
            let n = dice.below(2) * dice.below(4);
            if let Some(command) = act(world, dice, n) {
                world.ask(who, command);
            }
        }
    }
}

const WORLDS: u64 = 4_000;
const STEPS: usize = 250;

#[test]
fn in_a_million_steps_nothing_goes_out_that_was_not_approved() {
    let run = |seeds: std::ops::Range<u64>| {
        let mut published = 0;
        for seed in seeds {
            let mut dice = Dice(seed);
            let mut world = World::open(true);
            world.ask("drafter", draft(0, None));
            for _ in 0..STEPS {
                step(&mut world, &mut dice);
            }
            world.restart();
            for row in world.incident.statements.iter() {
                let account = &world.accounts[&row.id];
                assert_eq!((row.text.as_str(), row.digest), (account.text.as_str(), digest(&account.text)));
                assert!(row.state != State::Published || !row.releases.is_empty());
            }
            published += world.published;
        }
        published
    };
    let half = WORLDS / 2;
    let published: usize = std::thread::scope(|scope| {
        let other = scope.spawn(|| run(0..half));
        run(half..WORLDS) + other.join().expect("no rule was broken")
    });
    eprintln!("{published} publications in {} steps", WORLDS * STEPS as u64);
    assert!(published > 1_000, "only {published} publications: the steps prove little");
}

/// Every sequence of six steps of three people, each step any of their acts. A step that is refused changes nothing,
/// and two ways to the same state have the same future, so each state is looked at once for each number of steps left.
#[test]
fn three_people_in_six_steps_every_way_there_is() {
    let mut world = World::open(false);
    world.ask("drafter", draft(0, None));
    let mut seen = HashSet::new();
    let mut published = 0;
    explore(&world, 6, &mut seen, &mut published);
    assert!(published > 0, "six steps suffice to publish");
    eprintln!("{} states, {published} ways to publish", seen.len());
    assert!(seen.len() > 1_000, "only {} states", seen.len());
}

fn every_act(world: &World) -> Vec<(&'static str, Command)> {
    use statement::Command as Verb;
    let account = world.draft(0).expect("drafted");
    let now = digest(&account.text);
    let other = digest(TEXTS[usize::from(account.text == TEXTS[0])]);
    let reason = || "lý do".to_owned();
    let mut acts = vec![];
    for who in ["party", "people", "head"] {
        let mut add = |verb| acts.push((who, of(verb)));
        for digest in [now, other] {
            add(Verb::Submit { id: id(0), digest });
            add(Verb::Approve { id: id(0), digest });
            let (channel, at, link) = ("c-0".into(), world.now, None);
            add(Verb::Publish { id: id(0), digest, channel, at, link });
        }
        for text in &TEXTS[..2] {
            add(Verb::Write { id: id(0), over: now, text: (*text).into() });
        }
        for strong in [false, true] {
            add(Verb::Object { id: id(0), digest: now, reason: reason(), strong });
        }
        for publish in [false, true] {
            add(Verb::Settle { id: id(0), digest: now, publish, reason: reason() });
        }
        add(Verb::Reopen { id: id(0), reason: None });
        acts.push((who, level(1)));
        acts.push((who, level(3)));
    }
    acts
}

fn explore(world: &World, left: usize, seen: &mut HashSet<(usize, String)>, published: &mut usize) {
    let row = world.incident.statements.get(&id(0)).expect("drafted");
    let mut row = serde_json::to_value(row).expect("json");
    row["rev"] = 0.into();
    let level = world.incident.header.as_ref().map(|header| header.level);
    let account = world.draft(0);
    if left == 0 || !seen.insert((left, format!("{row} {level:?} {} {account:?}", world.speaks))) {
        return;
    }
    for (who, command) in every_act(world) {
        let by = world.actor(who);
        let events = world.decided(&by, command);
        if !events.is_empty() {
            let mut next = world.clone();
            next.accept(by, events);
            *published += next.published - world.published;
            explore(&next, left - 1, seen, published);
        }
    }
    // The designation is revoked, or given again.
    let mut next = world.clone();
    next.speaks = !next.speaks;
    explore(&next, left - 1, seen, published);
}
