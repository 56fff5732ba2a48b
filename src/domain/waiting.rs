//! What waits for a person: what nobody else can do, or what their office is to do soon. Only what the rules would
//! accept from them now is asked of them.

mod talk;
mod work;

pub use work::{actions, is_asked_of};

use super::approval::{Answer, standing_objections};
use super::ids::{OfficeId, RowId};
use super::may::{DESK, LEADS, REPORTS};
use super::office::ACCEPT_AT_LAST;
use super::review::owed::Owed;
use super::statement::{State, Statement};
use super::{Actor, Incident, Role};
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

/// Tasks due within this time are at hand; the rest is the plan's business.
const AT_HAND: SignedDuration = SignedDuration::from_hours(1);

/// Something that waits for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Wait {
    /// What.
    pub what: WaitFor,
    /// What to do, in words.
    pub words: String,
    /// By when, if there is a limit.
    pub due_at: Option<Timestamp>,
}

/// What there is to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum WaitFor {
    /// Accept the incident for one's office.
    Accept,
    /// Reach an office that does not accept.
    Call {
        /// Which.
        office: OfficeId,
    },
    /// Read the note of a handover, and take over or decline.
    Relieve {
        /// Whose duty.
        shift: RowId,
        /// Which handover.
        handover: RowId,
    },
    /// Relieve whoever is on duty, as planned.
    Relief {
        /// Whose duty.
        shift: RowId,
    },
    /// Confirm for one's office that it knows.
    Acknowledge {
        /// What a message says.
        message: RowId,
        /// How many times the office was reminded.
        reminded: u32,
    },
    /// Read or answer a message that names the person or their office.
    Mentioned {
        /// Which.
        message: RowId,
    },
    /// Give a verdict.
    Approve {
        /// On which.
        statement: RowId,
    },
    /// Decide over a strong objection.
    Settle {
        /// On which.
        statement: RowId,
    },
    /// Agree to a joint release.
    Agree {
        /// Of which.
        statement: RowId,
    },
    /// Publish.
    Publish {
        /// Which.
        statement: RowId,
    },
    /// Look again at words whose facts changed.
    Recheck {
        /// Which.
        statement: RowId,
    },
    /// See to old words where they still stand.
    Tick {
        /// Whose.
        statement: RowId,
        /// On which channel.
        channel: String,
    },
    /// See to a clock that is running out.
    Clock {
        /// Which.
        deadline: RowId,
    },
    /// Decide about what a rule brought up.
    Propose {
        /// Which.
        proposal: RowId,
    },
    /// Do a task.
    Task {
        /// Which.
        task: RowId,
        /// Its time is over.
        over: bool,
    },
    /// Answer a question of the press.
    Enquiry {
        /// Which.
        enquiry: RowId,
        /// The time promised is over.
        over: bool,
    },
    /// Take the next step of a claim.
    Claim {
        /// Which.
        claim: RowId,
        /// Its time is over.
        over: bool,
    },
    /// Do what was given out after the incident.
    Action {
        /// Which.
        action: RowId,
        /// Its day is over.
        over: bool,
    },
}

impl WaitFor {
    /// Whether it may wake people at night: the law's time runs, an office is silent, somebody on duty waits to be
    /// relieved, or words that are ready are held up.
    pub fn is_urgent(&self) -> bool {
        match self {
            Self::Accept
            | Self::Call { .. }
            | Self::Relieve { .. }
            | Self::Relief { .. }
            | Self::Approve { .. }
            | Self::Settle { .. }
            | Self::Agree { .. }
            | Self::Publish { .. }
            | Self::Clock { .. }
            | Self::Propose { .. }
            | Self::Acknowledge { .. } => true,
            Self::Task { over, .. } | Self::Enquiry { over, .. } | Self::Claim { over, .. } => *over,
            // A review is no alarm: it waits for the morning, however late.
            Self::Recheck { .. } | Self::Tick { .. } | Self::Mentioned { .. } | Self::Action { .. } => false,
        }
    }

    /// The same thing has the same key, whoever it waits for.
    pub fn key(&self) -> String {
        // Names and ids: always JSON.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// What waits for the actor, the most urgent kinds first.
pub fn waiting(incident: &Incident, actor: &Actor, now: Timestamp) -> Vec<Wait> {
    if incident.header.is_none() {
        return vec![];
    }
    let desk = DESK.iter().any(|role| actor.is(*role));
    let mut waits = vec![];
    if incident.is_closed() {
        let rows = incident.statements.iter().filter(|row| desk && incident.accounts(&row.kind));
        waits.extend(rows.flat_map(|row| of_statement(incident, row, actor, now)));
        waits.extend(work::actions(&Owed::all(incident), actor, now));
        return waits;
    }
    let own = actor.office.as_ref().and_then(|office| incident.offices.get(office));
    let reports = REPORTS.iter().any(|role| actor.is(*role));
    if let Some(own) = own.filter(|own| reports && own.accepted.is_none()) {
        let words = format!("Tiếp nhận sự cố cho {}", own.short);
        waits.push(Wait { what: WaitFor::Accept, words, due_at: own.accept_by() });
    }
    waits.extend(shifts(incident, actor, now));
    waits.extend(silent(incident, actor, now));
    waits.extend(talk::confirmations(incident, actor));
    waits.extend(clocks(incident, actor));
    waits.extend(proposals(incident, actor));
    if desk {
        let mut rows: Vec<_> = incident.statements.iter().collect();
        rows.sort_by(|a, b| (a.number.len(), &a.number).cmp(&(b.number.len(), &b.number)));
        for row in rows {
            waits.extend(of_statement(incident, row, actor, now));
        }
    }
    waits.extend(talk::mentions(incident, actor));
    if desk {
        waits.extend(work::enquiries(incident, actor, now));
        waits.extend(work::claims(incident, actor, now));
    }
    waits.extend(work::tasks(incident, actor, now));
    waits.extend(work::actions(&Owed::all(incident), actor, now));
    waits
}

fn of_statement(incident: &Incident, row: &Statement, actor: &Actor, now: Timestamp) -> Vec<Wait> {
    let id = || row.id.clone();
    let name = format!("{} “{}”", row.number, row.title);
    let mut waits = vec![];
    let mut wait = |what, words: String, due_at| waits.push(Wait { what, words, due_at });
    let own = |office: &Option<OfficeId>| office.is_some() && *office == actor.office;
    let author = row.authors.contains(&actor.person)
        || row.submission.as_ref().is_some_and(|submission| submission.by.person == actor.person);
    if row.is_in_review() {
        let mine = row.squares.iter().filter(|square| square.signatory.is(actor));
        let asked = mine.filter(|square| square.answer == Answer::Waiting).min_by_key(|square| square.due_at);
        if let Some(square) = asked.filter(|_| !author) {
            let verb = if square.required { "Duyệt" } else { "Cho ý kiến về" };
            wait(WaitFor::Approve { statement: id() }, format!("{verb} {name}"), square.due_at);
        }
        if actor.is(Role::Head) && !standing_objections(&row.approvals, &row.digest).is_empty() {
            let words = format!("Quyết định về phản đối mạnh đối với {name}");
            wait(WaitFor::Settle { statement: id() }, words, None);
        }
        if let Some(joint) = &row.joint
            && actor.office.as_ref().is_some_and(|office| joint.missing(&row.digest).contains(&office))
        {
            let words = format!("Đồng ý cùng phát hành {name}");
            wait(WaitFor::Agree { statement: id() }, words, Some(joint.until));
        }
    }
    let held =
        row.joint.as_ref().is_some_and(|joint| joint.until > now || !joint.missing(&row.digest).is_empty());
    if row.state == State::Approved && actor.is(Role::Spokesperson) && !held {
        wait(WaitFor::Publish { statement: id() }, format!("Phát hành {name}"), None);
    }
    let shaken = row.citations.iter().any(|citation| citation.changed);
    let current = row.followed.is_none() && row.state != State::Dropped;
    if shaken && current && own(&row.drafted.office) {
        let words = format!("Rà lại {name}: dữ kiện trích dẫn đã đổi");
        wait(WaitFor::Recheck { statement: id() }, words, None);
    }
    let leads = actor.is(Role::Head) || actor.is(Role::Secretary);
    if leads || own(&row.drafted.office) {
        for release in row.unticked() {
            let channel = release.channel.clone();
            let words = format!("Xử lý bản cũ của {name} trên {}", incident.channel_title(&channel));
            wait(WaitFor::Tick { statement: id(), channel }, words, None);
        }
    }
    waits
}

/// Handovers that were offered to the actor, and duty that they are planned to take over soon.
fn shifts(incident: &Incident, actor: &Actor, now: Timestamp) -> Vec<Wait> {
    let current = incident.shifts.iter().filter(|row| row.ended.is_none());
    let wait = |row: &std::sync::Arc<super::shift::Shift>| {
        let office =
            incident.offices.get(&row.office).map_or_else(String::new, |office| office.short.clone());
        let name = row.officer.spoken();
        if let Some(offer) = row.offer() {
            let what = WaitFor::Relieve { shift: row.id.clone(), handover: offer.id.clone() };
            let words = format!("Nhận bàn giao ca trực {office} từ {name}");
            return (offer.to.person == actor.person).then_some(Wait { what, words, due_at: None });
        }
        let relief = row.relief.as_ref()?;
        let at = relief.at.filter(|at| at.duration_since(now) < AT_HAND)?;
        let mine = relief.officer.as_ref().is_some_and(|officer| officer.person == actor.person);
        let what = WaitFor::Relief { shift: row.id.clone() };
        let words = format!("Thay ca {name}, trực {office}");
        mine.then_some(Wait { what, words, due_at: Some(at) })
    };
    current.filter_map(wait).collect()
}

/// Offices that were asked a while ago and have not accepted: the leads find another way to each seat, and to the
/// others together, because a playbook pulls in many.
fn silent(incident: &Incident, actor: &Actor, now: Timestamp) -> Vec<Wait> {
    let leads = LEADS.iter().any(|role| actor.is(*role));
    let late = incident.offices.iter().filter(|row| {
        let other = actor.office.as_ref() != Some(&row.id);
        leads && other && row.accepted.is_none() && now.duration_since(row.asked_at) >= ACCEPT_AT_LAST
    });
    let mut late: Vec<_> = late.collect();
    late.sort_by_key(|row| row.order);
    let (seats, others): (Vec<_>, Vec<_>) = late.into_iter().partition(|row| row.seat);
    let call = |office: &std::sync::Arc<super::office::Office>, words| Wait {
        what: WaitFor::Call { office: office.id.clone() },
        words,
        due_at: office.accept_by(),
    };
    let one = |row: &std::sync::Arc<super::office::Office>| {
        call(row, format!("Gọi {}: chưa tiếp nhận sự cố", row.short))
    };
    let together = others.first().map(|first| match &others[..] {
        [_] => one(first),
        many => call(first, format!("Gọi {} cơ quan phối hợp: chưa tiếp nhận sự cố", many.len())),
    });
    seats.into_iter().map(one).chain(together).collect()
}

/// Clocks that were called to mind: the leads', the spokesperson's, and their office's.
fn clocks(incident: &Incident, actor: &Actor) -> Vec<Wait> {
    let everywhere = [Role::Head, Role::Secretary, Role::Spokesperson].iter().any(|role| actor.is(*role));
    let short = incident.deadlines.iter().filter(|row| {
        let own = row.clock.office.is_some() && row.clock.office == actor.office;
        let called = row.reminded.is_some() || row.missed_at.is_some();
        row.is_running() && called && (everywhere || (own && actor.is(Role::Duty)))
    });
    let mut short: Vec<_> = short.collect();
    short.sort_by_key(|row| row.due_at);
    let wait = |row: &std::sync::Arc<super::deadline::Deadline>| {
        let what = WaitFor::Clock { deadline: row.clock.id.clone() };
        let verb = if row.missed_at.is_some() { "QUÁ HẠN" } else { "Sắp hết hạn" };
        Wait { what, words: format!("{verb}: {}", row.clock.title), due_at: row.due_at }
    };
    short.into_iter().map(wait).collect()
}

fn proposals(incident: &Incident, actor: &Actor) -> Vec<Wait> {
    let leads = actor.is(Role::Head) || actor.is(Role::Secretary);
    let open = incident.proposals.iter().filter(|row| leads && row.is_open(incident));
    let wait = |row: &std::sync::Arc<super::ladder::Proposal>| {
        let what = WaitFor::Propose { proposal: row.id.clone() };
        Wait { what, words: row.rule.title.clone(), due_at: None }
    };
    open.map(wait).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::given::{self, Case, actor, at};
    use crate::domain::ids::Digest;
    use crate::domain::{Command, office, statement};

    fn id() -> RowId {
        RowId::new("s-1").expect("an id")
    }
    fn on(verb: statement::Command) -> Command {
        Command::Statement(verb)
    }
    fn kinds(case: &Case, who: &str, time: &str) -> Vec<WaitFor> {
        let waits = waiting(case.incident(), &actor(who), at(time));
        waits.into_iter().map(|wait| wait.what).filter(|what| !matches!(what, WaitFor::Task { .. })).collect()
    }
    fn accepted(case: Case) -> Case {
        ["party", "people", "press"]
            .iter()
            .fold(case, |case, who| case.by(who).when(Command::Office(office::Command::Accept)).accepted())
    }
    fn submitted() -> (Case, Digest) {
        let draft = statement::Command::Draft {
            id: id(),
            kind: "holding_statement".into(),
            title: None,
            follows: None,
        };
        let case = accepted(given::an_incident()).by("drafter").when(on(draft)).accepted();
        let over = case.incident().statements.get(&id()).expect("drafted").digest;
        let text = "Đập an toàn.".to_owned();
        let digest = Digest::of(text.as_bytes());
        let case = case.when(on(statement::Command::Write { id: id(), over, text })).accepted();
        (case.when(on(statement::Command::Submit { id: id(), digest })).accepted(), digest)
    }

    #[test]
    fn an_office_accepts_first() {
        let open = given::an_incident();
        assert_eq!(kinds(&open, "party", "12:31:00"), [WaitFor::Accept]);
        let call = |office| WaitFor::Call { office: OfficeId::new(office).expect("an id") };
        assert_eq!(kinds(&open, "press", "12:14:59"), [WaitFor::Accept]);
        assert_eq!(kinds(&open, "press", "12:15:00"), [WaitFor::Accept, call("vptu"), call("vpub")]);
        assert_eq!(kinds(&accepted(open), "party", "12:31:00"), []);
    }

    #[test]
    fn verdicts_wait_for_those_asked_and_publication_for_the_spokesperson() {
        let (case, digest) = submitted();
        let approve = || WaitFor::Approve { statement: id() };
        assert_eq!(kinds(&case, "party", "12:31:00"), [approve()]);
        assert_eq!(kinds(&case, "drafter", "12:31:00"), []);
        let verdict = || on(statement::Command::Approve { id: id(), digest });
        let half = case.by("party").when(verdict()).accepted();
        assert_eq!(kinds(&half, "party", "12:31:00"), []);
        assert_eq!(kinds(&half, "people", "12:31:00"), [approve()]);
        let all = half.by("people").when(verdict()).accepted();
        assert_eq!(kinds(&all, "people", "12:31:00"), [WaitFor::Publish { statement: id() }]);
        let offices = vec![OfficeId::new("vptu").expect("an id")];
        let hold = statement::Command::Hold { id: id(), until: at("13:00:00"), offices };
        let held = all.by("drafter").when(on(hold)).accepted();
        assert_eq!(kinds(&held, "people", "12:31:00"), [], "it is held");
        assert_eq!(kinds(&held, "party", "12:31:00"), [WaitFor::Agree { statement: id() }]);
    }

    #[test]
    fn a_strong_objection_waits_for_the_head() {
        let (case, digest) = submitted();
        let (reason, strong) = ("sai".to_owned(), true);
        let objected = case
            .by("party")
            .when(on(statement::Command::Object { id: id(), digest, reason, strong }))
            .accepted();
        assert_eq!(kinds(&objected, "head", "12:31:00"), [WaitFor::Settle { statement: id() }]);
        assert!(!kinds(&objected, "people", "12:31:00").contains(&WaitFor::Settle { statement: id() }));
    }

    #[test]
    fn tasks_of_ones_office_wait_when_they_are_at_hand_and_nothing_waits_for_a_follower() {
        let case = accepted(given::an_incident());
        let mut follower = actor("press");
        follower.roles = vec![Role::Observer];
        assert_eq!(waiting(case.incident(), &follower, at("12:31:00")), []);
        let waits = waiting(case.incident(), &actor("drafter"), at("12:31:00"));
        let [Wait { what: WaitFor::Task { over: true, .. }, due_at, .. }] = &waits[..] else {
            panic!("{waits:?}")
        };
        assert_eq!(*due_at, Some(at("12:30:00")), "half an hour after it was detected");
    }
}
