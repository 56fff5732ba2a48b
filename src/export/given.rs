//! An invented exercise with its log, for the tests of the exports: late, corrected and hostile entries, a statement
//! that was reopened, approved and published, a draft, tasks in every state.

use super::{Format, Options, Source, render};
use crate::domain::decision::{Decider, Rejected};
use crate::domain::ids::{CommandId, Digest, RowId};
use crate::domain::incident::{Command as IncidentCommand, Opening};
use crate::domain::task::Command as TaskCommand;
use crate::domain::task::evidence::{Evidence, Shown};
use crate::domain::{
    Command, Context, Event, Incident, Origin, Record, decide, decision, entry, fact, given, message, office,
    statement,
};
use jiff::Timestamp;

/// Text that a spreadsheet, a browser or a typesetter might take for its own.
pub const HOSTILE: &str = "=HYPERLINK(\"http://x\") <script>alert(1)</script> #read(\"/etc/passwd\") *x* 🚨";
/// The words of the draft, which no document for people may show.
pub const DRAFT: &str = "LỜI CHƯA AI DUYỆT";

/// An incident and its log.
pub struct Case {
    /// The incident.
    pub incident: Incident,
    /// Its log.
    pub records: Vec<Record<Event>>,
    /// Each as a log would store it.
    pub lines: Vec<String>,
}

/// The domain's invented opening, as an exercise.
pub fn an_opening() -> Opening {
    let mut opening = given::an_opening();
    opening.exercise = true;
    opening
}

/// Made by somebody at two.
pub fn options() -> Options {
    Options {
        made_at: given::at("14:00:00"),
        made_by: "Nguyễn Thị Lan, Chuyên viên, Sở C".into(),
        exporter: "Nguyễn Thị Lan".into(),
        variant: super::Variant::Internal,
        head: Digest::of(b"head"),
    }
}

pub fn id(text: &str) -> RowId {
    RowId::new(text).expect("an id")
}

pub fn moment(at: &str) -> Timestamp {
    if at.contains('T') { at.parse().expect("a date") } else { given::at(at) }
}

pub fn entered(key: &str, text: &str, occurred_at: Option<&str>, origin: Option<Origin>) -> Command {
    let (id, occurred_at, source) =
        (id(key), occurred_at.map(moment), Some("UBND xã báo qua điện thoại".into()));
    Command::Entry(entry::Command::Add {
        id,
        text: text.into(),
        occurred_at,
        source,
        origin,
        attachments: vec![],
        from: None,
    })
}

impl Case {
    /// An incident opened at noon.
    pub fn opened(opening: Opening) -> Self {
        let mut case = Self { incident: Incident::default(), records: vec![], lines: vec![] };
        let open = IncidentCommand::Open(Box::new(opening));
        case.then("12:00:00", "press", Command::Incident(open));
        case
    }

    /// Then this is accepted and recorded.
    pub fn then(&mut self, at: &str, who: &str, command: Command) {
        let (at, by) = (moment(at), given::actor(who));
        let context = Context { at, by: &by, written_at: None };
        let events =
            decide(&self.incident, command, &context).unwrap_or_else(|refusal| panic!("{refusal:?}"));
        let rev = self.incident.rev + 1;
        let cause = CommandId::new(&format!("c-{rev}")).expect("an id");
        let record = Record { rev, at, by, cause, events, written_at: None };
        self.incident.apply(&record);
        self.lines.push(serde_json::to_string(&record).expect("JSON"));
        self.records.push(record);
    }

    /// The export in a format.
    pub fn export(&self, format: Format) -> Vec<u8> {
        render(format, self.source(), &options()).unwrap_or_else(|error| panic!("{error}"))
    }

    /// What the export is made from.
    pub fn source(&self) -> Source<'_> {
        Source { incident: &self.incident, records: &self.records, lines: &self.lines }
    }

    /// The export in a format that is text.
    pub fn text(&self, format: Format) -> String {
        String::from_utf8(self.export(format)).expect("text")
    }

    fn digest(&self, key: &str) -> Digest {
        self.incident.statements.get(&id(key)).expect("drafted").digest
    }

    fn write(&mut self, at: &str, who: &str, key: &str, text: &str) {
        let command = statement::Command::Write { id: id(key), over: self.digest(key), text: text.into() };
        self.then(at, who, Command::Statement(command));
    }

    fn submit_and_approve(&mut self, at: &str, key: &str, who: &[&str]) {
        let digest = self.digest(key);
        let submit = statement::Command::Submit { id: id(key), digest };
        self.then(at, "drafter", Command::Statement(submit));
        for who in who {
            let approve = statement::Command::Approve { id: id(key), digest };
            self.then(at, who, Command::Statement(approve));
        }
    }
}

/// What was found where the statement went out: somebody left a word out.
fn found() -> Command {
    let text = Some("Đập Thử an toàn.".to_owned());
    let (id, channel) = (id("s-1"), "portal".to_owned());
    Command::Statement(statement::Command::Capture { id, channel, text, file: None })
}

/// A figure that was checked, and then another one.
fn figures() -> Vec<(&'static str, &'static str, fact::Command)> {
    let (f, source) = (|| id("f-1"), || "Ban chỉ huy tại hiện trường".to_owned());
    let value = |value: &str| Some(value.to_owned());
    let label = "Số hộ đã di dời".to_owned();
    let as_of = given::at("13:00:00");
    let (value_now, from) = (value("12 hộ"), None);
    let entered = fact::Command::Enter { id: f(), label, value: value_now, as_of, source: source(), from };
    let verified = fact::Command::Verify { id: f(), version: 1 };
    let as_of = given::at("13:40:00");
    let revised =
        fact::Command::Revise { id: f(), version: 1, value: value("15 hộ"), as_of, source: source() };
    vec![("13:43:00", "drafter", entered), ("13:44:00", "party", verified), ("13:50:00", "drafter", revised)]
}

/// The invented exercise.
pub fn an_exercise() -> Case {
    an_exercise_of(an_opening())
}

/// What is invented, in another setting.
pub fn an_exercise_of(opening: Opening) -> Case {
    let mut case = Case::opened(opening);
    let accept = || Command::Office(office::Command::Accept);
    let draft = |key: &str, kind: &str, title: &str| {
        let title = Some(title.to_owned());
        Command::Statement(statement::Command::Draft { id: id(key), kind: kind.into(), title, follows: None })
    };
    case.then("12:05:00", "party", accept());
    case.then("12:06:00", "people", accept());
    let said = message::Command::plain(id("m-1"), "Chỉ nói trong phòng", None);
    case.then("12:07:00", "people", Command::Message(said));
    case.then("12:30:00", "party", entered("e-1", "Dân thôn 3 di chuyển trong đêm", Some("12:24:00"), None));
    case.then("12:35:00", "people", entered("e-2", HOSTILE, None, Some(Origin::Reconstructed)));
    case.then("12:40:00", "drafter", draft("s-1", "holding_statement", "Thông tin ban đầu về an toàn đập"));
    case.write("12:41:00", "drafter", "s-1", "Đập Thử không vỡ.");
    case.submit_and_approve("12:45:00", "s-1", &["party"]);
    let long = "Đập Thử an toàn. Tin “vỡ đập” lan truyền từ 11 giờ là không đúng sự thật; mực nước hồ lúc 12 giờ thấp \
                hơn mực nước dâng bình thường 1,2 m.\n\nCơ quan chức năng đang xác minh nguồn tin. Người dân không \
                chia sẻ thông tin chưa kiểm chứng, theo dõi Cổng thông tin để nhận tin mới.";
    case.write("12:50:00", "drafter", "s-1", long);
    let source =
        entered("e-3", "Báo đăng bài đầu tiên về tin đồn", Some("12:20:00"), Some(Origin::Documented));
    case.then("12:55:00", "people", source);
    case.then("13:00:00", "people", entered("e-4", "Hai xe cứu thương tới nơi", Some("12:25:00"), None));
    let evidence = Evidence { row: Some(Shown::Entry { id: id("e-4") }), ..Evidence::default() };
    let note = Some("Đập an toàn, có ảnh hiện trường".into());
    let finish = TaskCommand::Finish { id: id("t-1"), note, evidence };
    case.then("13:05:00", "drafter", Command::Task(finish));
    let correction = entry::Command::Correct {
        id: id("e-1"),
        text: "Dân thôn 4 di chuyển trong đêm".into(),
        occurred_at: given::at("12:20:00"),
        reason: "xã báo lại".into(),
    };
    case.then("13:10:00", "party", Command::Entry(correction));
    case.submit_and_approve("13:20:00", "s-1", &["party", "people"]);
    let decided = decision::Command::Take {
        id: id("d-1"),
        text: "Lập tổ xác minh tại hiện trường, báo cáo mỗi giờ".into(),
        reason: Some("Tin đồn lan nhanh, dân đã tự sơ tán".into()),
        occurred_at: Some(given::at("12:10:00")),
        decider: Some(Decider {
            name: "Lê Văn Thử".into(),
            capacity: Some("Phó Chủ tịch, qua điện thoại".into()),
        }),
        rejected: vec![Rejected {
            option: "Chờ báo cáo sáng mai".into(),
            reason: "dân đang rời nhà trong đêm".into(),
        }],
        origin: None,
        from: None,
    };
    case.then("13:25:00", "press", Command::Decision(decided));
    let publish = statement::Command::Publish {
        id: id("s-1"),
        digest: case.digest("s-1"),
        channel: "portal".into(),
        at: given::at("13:30:00"),
        link: Some(
            "https://congthongtin.example.vn/tin-tuc/thong-bao/an-toan-dap-thu-2026-03-01.html?nguon=ttbc"
                .into(),
        ),
    };
    case.then("13:31:00", "people", Command::Statement(publish));
    case.then("13:35:00", "drafter", draft("s-2", "qa_sheet", "Hỏi đáp"));
    case.write("13:36:00", "drafter", "s-2", DRAFT);
    let skip = TaskCommand::Skip { id: id("t-2"), reason: "đã có cơ quan khác thông tin".into() };
    case.then("13:40:00", "press", Command::Task(skip));
    case.then("13:41:00", "people", Command::Task(TaskCommand::Take { id: id("t-3") }));
    case.then("13:42:00", "people", found());
    for (at, who, command) in figures() {
        case.then(at, who, Command::Fact(command));
    }
    case
}
