//! Given / when / then for the rules beside each noun: an invented incident, invented people, and a chain that
//! decides and applies as the room does.
#![allow(missing_docs, reason = "test support reads as sentences")]

use super::approval::{Rule, Signatory};
use super::attachment::Attachment;
use super::calendar::WorkingCalendar;
use super::deadline::{Anchor, Basis, Clock, Counted, Due, Source};
use super::ids::{CommandId, Digest, OfficeId, PersonId, RowId};
use super::incident::{
    Channel, Command as IncidentCommand, FirstMessage, Level, Opening, Phase, Place, PlannedOffice,
    PlannedTask, PlaybookRef, Prepared,
};
use super::refusal::Refusal;
use super::{Actor, Command, Context, Event, Incident, Record, Role, claim, decide};
use jiff::Timestamp;

/// A moment of the day on which the invented incident opens.
pub fn at(time: &str) -> Timestamp {
    format!("2026-03-01T{time}+07:00").parse().expect("a time of day")
}

/// One of the invented people: `party` and `people` (a spokesperson) and `press` (leads the task force) sit in
/// the three offices; `drafter` shares the office of `press`.
pub fn actor(who: &str) -> Actor {
    let (office, roles) = match who {
        "party" => (Some("vptu"), vec![Role::Duty]),
        "people" => (Some("vpub"), vec![Role::Duty, Role::Spokesperson]),
        "drafter" => (Some("stt"), vec![Role::Duty]),
        "head" => (Some("stt"), vec![Role::Head]),
        "admin" => (None, vec![Role::Admin]),
        "room" => (None, vec![Role::Room]),
        _ => (Some("stt"), vec![Role::Duty, Role::Secretary, Role::Head]),
    };
    Actor {
        person: PersonId::new(who).expect("an id"),
        name: format!("Nguyễn Văn {who}"),
        title: "Chuyên viên".into(),
        office: office.map(|id| OfficeId::new(id).expect("an id")),
        roles,
        mandate: None,
    }
}

/// An invented file, a picture; the number makes it another one.
pub fn file(number: usize) -> Attachment {
    let name = format!("anh-{number}.png");
    Attachment { digest: Digest::of(name.as_bytes()), name, size: 8, media: "image/png".into() }
}

fn office(id: &str, name: &str, short: &str) -> PlannedOffice {
    PlannedOffice {
        id: OfficeId::new(id).expect("an id"),
        name: name.into(),
        short: short.into(),
        seat: true,
    }
}

fn due(anchor: Anchor, amount: u32, source: Source) -> Option<Due> {
    Some(Due { anchor, amount, counted: Counted::Elapsed, source, before: false })
}

fn task(seq: u32, title: &str, office: &str, mandatory: bool, due: Option<Due>) -> PlannedTask {
    PlannedTask {
        id: RowId::new(&format!("t-{seq}")).expect("an id"),
        seq,
        phase: "intake".into(),
        title: title.into(),
        function: office.into(),
        function_title: office.into(),
        office: OfficeId::new(office),
        support: vec![],
        due,
        mandatory,
        basis: vec![],
        output: None,
        only_if: None,
        playbook: None,
    }
}

/// What the invented incident opens with, at noon.
pub fn an_opening() -> Opening {
    let signatory = |function: &str, office: &str, role| Signatory {
        function: function.into(),
        title: function.into(),
        office: OfficeId::new(office),
        office_short: office.into(),
        role,
        turn: 0,
        minutes: None,
        silence: false,
    };
    let spokesperson = signatory("spokesperson", "vpub", Some(Role::Spokesperson));
    Opening {
        number: "SC-2026-0001".into(),
        title: "Tin đồn vỡ đập".into(),
        level: Level::new(3).expect("1 to 4"),
        exercise: false,
        place: Some(Place { code: "1".into(), name: "Xã Thử".into() }),
        occurred_at: at("11:00:00"),
        received_at: at("12:00:00"),
        impact_assessed_at: None,
        in_force_on: jiff::civil::date(2026, 3, 1),
        playbook: PlaybookRef {
            id: "p".into(),
            version: 1,
            title: "Tin giả".into(),
            digest: Digest::of(b"p"),
        },
        phases: vec![Phase { code: "intake".into(), title: "Tiếp nhận".into() }],
        tasks: vec![
            task(1, "Xác minh", "stt", false, due(Anchor::DetectedAt, 30, Source::Policy)),
            task(2, "Thông tin ban đầu", "vpub", true, due(Anchor::ReceivedAt, 1440, Source::Law)),
            task(3, "Bản tin cập nhật", "vpub", false, due(Anchor::PublishedAt, 180, Source::Policy)),
            task(4, "Báo cáo kết thúc", "stt", true, due(Anchor::ClosedAt, 14_400, Source::Policy)),
        ],
        clocks: vec![Clock {
            id: RowId::new("initial").expect("an id"),
            title: "Thông tin ban đầu".into(),
            due: Due {
                anchor: Anchor::ReceivedAt,
                amount: 1440,
                counted: Counted::Elapsed,
                source: Source::Law,
                before: false,
            },
            basis: vec![Basis {
                code: "L".into(),
                cite: "Điều 7".into(),
                text: String::new(),
                verified: false,
            }],
            stopped_by: vec!["holding_statement".into()],
            stopped_when: None,
            stopped_on: None,
            only_if: None,
            office: None,
            outside: false,
        }],
        offices: vec![
            office("vptu", "Văn phòng A", "VP A"),
            office("vpub", "Văn phòng B", "VP B"),
            office("stt", "Sở C", "Sở C"),
        ],
        prepared: vec![
            Prepared {
                kind: "holding_statement".into(),
                title: "Thông tin ban đầu".into(),
                public: true,
                text: "Đập {{tên_đập}} an toàn.".into(),
                blanks: vec![],
                preapproved: None,
                account: false,
            },
            Prepared {
                kind: "qa_sheet".into(),
                title: "Hỏi đáp".into(),
                public: false,
                text: "Hỏi: …".into(),
                blanks: vec![],
                preapproved: None,
                account: false,
            },
        ],
        approvals: vec![
            Rule {
                kind: "holding_statement".into(),
                levels: [3, 4].iter().filter_map(|level| Level::new(*level)).collect(),
                required: vec![signatory("party_office", "vptu", None), spokesperson.clone()],
                consulted: vec![],
            },
            Rule {
                kind: "*".into(),
                levels: [1, 2, 3, 4].iter().filter_map(|level| Level::new(*level)).collect(),
                required: vec![spokesperson],
                consulted: vec![signatory("party_office", "vptu", None)],
            },
        ],
        first_message: FirstMessage::default(),
        expected: vec![],
        ladder: super::ladder::Ladder::default(),
        refusal_grounds: vec![],
        claims: claim::Book::default(),
        channels: vec![
            Channel { code: "portal".into(), title: "Cổng thông tin".into(), hint: String::new() },
            Channel { code: "fanpage".into(), title: "Trang mạng xã hội".into(), hint: String::new() },
        ],
        calendar: WorkingCalendar { utc_offset_minutes: 420, ..WorkingCalendar::default() },
    }
}

/// A case under way: the incident, who acts, when, and what came of the last command.
#[derive(Clone)]
pub struct Case {
    incident: Incident,
    at: Timestamp,
    by: Actor,
    outcome: Result<Vec<Event>, Refusal>,
}

/// No incident yet.
pub fn nothing() -> Case {
    Case { incident: Incident::default(), at: at("12:00:00"), by: actor("press"), outcome: Ok(vec![]) }
}

/// The invented incident, opened at noon by `press`.
pub fn an_incident() -> Case {
    an_incident_with(|_| {})
}

/// The invented incident, opened with other data.
pub fn an_incident_with(change: impl FnOnce(&mut Opening)) -> Case {
    let mut opening = an_opening();
    change(&mut opening);
    let open = IncidentCommand::Open(Box::new(opening));
    nothing().when(Command::Incident(open)).accepted().at(at("12:30:00"))
}

impl Case {
    pub fn at(mut self, at: Timestamp) -> Self {
        self.at = at;
        self
    }
    pub fn by(mut self, who: &str) -> Self {
        self.by = actor(who);
        self
    }
    pub fn by_the_room(self) -> Self {
        self.by("room")
    }
    pub fn when(mut self, command: Command) -> Self {
        self.outcome =
            decide(&self.incident, command, &Context { at: self.at, by: &self.by, written_at: None });
        self
    }
    /// Then: it is accepted, and the record is folded in.
    pub fn accepted(mut self) -> Self {
        let events = self.outcome.clone().unwrap_or_else(|refusal| panic!("refused: {refusal:?}"));
        if !events.is_empty() {
            let rev = self.incident.rev + 1;
            let cause = CommandId::new(&format!("c-{rev}")).expect("an id");
            self.incident.apply(&Record {
                rev,
                at: self.at,
                by: self.by.clone(),
                cause,
                events,
                written_at: None,
            });
        }
        self
    }
    /// Whether it would be accepted.
    pub fn was_accepted(&self) -> bool {
        self.outcome.is_ok()
    }
    /// Then: it is refused for this reason.
    pub fn refused(self, refusal: Refusal) {
        assert_eq!(self.outcome, Err(refusal));
    }
    pub fn incident(&self) -> &Incident {
        &self.incident
    }
}

/// What shows that a task was done.
pub fn evidence() -> super::task::evidence::Evidence {
    super::task::evidence::Evidence {
        link: Some("https://example.vn/minh-chung".into()),
        ..super::task::evidence::Evidence::default()
    }
}
