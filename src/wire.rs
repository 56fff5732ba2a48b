//! All that crosses between the server and a browser: the messages of the socket and the bodies of the few HTTP
//! calls. Rows cross as they are. The TypeScript twin, `web/src/wire.ts`, is generated; a test fails when it is stale.

mod account;
mod directory;
mod playbook;
mod press;

pub use account::*;
pub use directory::*;
pub use playbook::*;
pub use press::*;

use crate::domain::deadline::Anchor;
use crate::domain::ids::{CommandId, Digest, IncidentId, OfficeId, PersonId, Rev};
use crate::domain::incident::{Level, Place};
use crate::domain::line::Kind;
use crate::domain::waiting::Wait;
use crate::domain::{Actor, Command, MandateKind, Patch};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Raised when a browser's code no longer fits the server's messages; an old tab then reloads.
pub const PROTOCOL: u32 = 1;

/// A message to the browser, written out; cloning shares the bytes.
pub type Frame = axum::extract::ws::Utf8Bytes;

/// From the browser.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToServer {
    /// The first message: what the browser has. Revision 0 without a head: nothing.
    Hello {
        /// The newest revision that it has seen.
        rev: Rev,
        /// The head of the log at that revision. The server must know it, or the record was rolled back.
        head: Option<Digest>,
        /// The protocol that its code speaks.
        protocol: u32,
    },
    /// Please do this. Sending again with the same id is always safe.
    Command {
        /// Chosen by the browser.
        id: CommandId,
        /// What.
        command: Command,
    },
    /// What the person is looking at or writing in; presence, never on the record.
    Look {
        /// A place in the room: `statement:<id>`, `timeline`, …
        at: Option<String>,
        /// Whether keys are being pressed there.
        typing: bool,
    },
}

/// To the browser.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToClient {
    /// The first message.
    Welcome {
        /// The protocol that the server speaks.
        protocol: u32,
        /// The server's clock.
        now: Timestamp,
        /// Who you are in this incident.
        you: Actor,
        /// Whether the room accepts commands.
        status: Status,
    },
    /// Rows to put in place.
    Patch {
        /// The rows.
        patch: Box<Patch>,
        /// The head of the log at the patch's revision.
        head: Digest,
    },
    /// The command is on disk.
    Accepted {
        /// Which.
        id: CommandId,
        /// The revision that it made.
        rev: Rev,
    },
    /// The command was refused and changed nothing.
    Refused {
        /// Which.
        id: CommandId,
        /// A stable code.
        code: String,
        /// What to do, for the person who acted.
        words: String,
    },
    /// Who is in the room now.
    Presence {
        /// One per person.
        people: Vec<Present>,
    },
    /// What waits for you here now; sent when it changed.
    Waiting {
        /// The most urgent kinds first.
        waits: Vec<Wait>,
    },
    /// Your own part changed while you were here: a role, a designation.
    You {
        /// Who you are in this incident now.
        you: Actor,
    },
    /// Whether the room accepts commands changed.
    Status {
        /// How it is now.
        status: Status,
    },
    /// Sent when nothing else is, so that a browser knows within seconds that it is cut off.
    Beat {
        /// The server's clock.
        now: Timestamp,
    },
}

impl ToClient {
    /// The message as it goes out.
    pub fn frame(&self) -> Frame {
        // Rows hold text, numbers and times; none of them can fail to be JSON.
        serde_json::to_string(self).unwrap_or_default().into()
    }
}

/// Seconds between two beats.
pub const BEAT_SECONDS: u64 = 10;

/// Codes with which the server closes a socket. Browsers know what to do by them.
pub mod close {
    /// What arrived is no message.
    pub const BAD_MESSAGE: u16 = 4400;
    /// The session has ended: sign in.
    pub const SIGN_IN: u16 = 4401;
    /// The person has no part in this incident.
    pub const NOT_A_MEMBER: u16 = 4403;
    /// There is no such incident, or not for this person.
    pub const UNKNOWN: u16 = 4404;
    /// The page is too old: reload it.
    pub const OUTDATED: u16 = 4409;
    /// What was sent was not taken in time: come back for one longer patch.
    pub const SLOW: u16 = 4460;
    /// Words that were shared could not be recorded: come back with what you have.
    pub const RESYNC: u16 = 4461;
    /// The server goes down: come back soon.
    pub const ENDING: u16 = 4470;
    /// All of them by name.
    pub const ALL: &[(&str, u16)] = &[
        ("bad_message", BAD_MESSAGE),
        ("sign_in", SIGN_IN),
        ("not_a_member", NOT_A_MEMBER),
        ("unknown", UNKNOWN),
        ("outdated", OUTDATED),
        ("slow", SLOW),
        ("resync", RESYNC),
        ("ending", ENDING),
    ];
}

/// Whether a room accepts commands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "mode", rename_all = "snake_case")]
#[ts(rename = "RoomStatus")]
pub enum Status {
    /// It does.
    Live,
    /// It only shows.
    ReadOnly {
        /// Why, in words.
        why: String,
    },
}

/// A person in the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Present {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Office.
    pub office: Option<OfficeId>,
    /// Looking at.
    pub at: Option<String>,
    /// Writing there.
    pub typing: bool,
}

/// Who is signed in.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Me {
    /// The person as they stand today.
    pub actor: Actor,
    /// Their office's name today.
    pub office_name: String,
    /// The server's clock.
    pub now: Timestamp,
    /// The demonstration runs.
    pub demo: bool,
    /// The demonstration's simulated colleague is on.
    pub colleague: bool,
}

/// An incident on the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Summary {
    /// Its id.
    pub id: IncidentId,
    /// Its number.
    pub number: String,
    /// What happened.
    pub title: String,
    /// How serious.
    pub level: Level,
    /// An exercise.
    pub exercise: bool,
    /// Where.
    pub place: Option<Place>,
    /// The playbook's title.
    pub playbook: String,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// The newest revision.
    pub rev: Rev,
    /// When the newest line was recorded.
    pub changed_at: Timestamp,
    /// The next clock of the law to run out.
    pub due_at: Option<Timestamp>,
    /// What that clock measures.
    pub due_title: Option<String>,
    /// A clock was missed.
    pub missed: bool,
    /// Statements waiting for approval.
    pub in_review: u32,
    /// Tasks that still hold up closing.
    pub mandatory_open: u32,
}

/// What waits for a person in one incident.
#[derive(Clone, Debug, Serialize, TS)]
pub struct IncidentWaits {
    /// Which.
    pub incident: IncidentId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// An exercise.
    pub exercise: bool,
    /// What waits, the most urgent kinds first.
    pub waits: Vec<Wait>,
}

/// Please open an incident.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenRequest {
    /// Chosen by the browser; the same id opens the same incident.
    pub id: IncidentId,
    /// What happened.
    pub title: String,
    /// The playbook's code.
    pub playbook: String,
    /// Codes of further playbooks that run beside it.
    #[serde(default)]
    pub also: Vec<String>,
    /// How serious; the playbook's default when empty.
    pub level: Option<Level>,
    /// An exercise.
    #[serde(default)]
    pub exercise: bool,
    /// The commune's code.
    pub commune: Option<String>,
    /// When it happened; now when empty.
    pub occurred_at: Option<Timestamp>,
    /// When the office received it; now when empty.
    pub received_at: Option<Timestamp>,
    /// When the office found that it touches public opinion.
    pub impact_assessed_at: Option<Timestamp>,
    /// The day whose law and organisation apply; the day of reception when empty. For exercises on a past event.
    #[serde(default)]
    pub in_force_on: Option<Date>,
}

/// The incident is open.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Opened {
    /// Its id.
    pub id: IncidentId,
    /// Its number.
    pub number: String,
}

/// A playbook to choose from.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PlaybookChoice {
    /// Its code.
    pub id: String,
    /// Its title.
    pub title: String,
    /// When to use it.
    pub when: String,
    /// Its default level.
    pub level: Level,
    /// Its version.
    pub version: u32,
    /// How many tasks it plans.
    pub tasks: u32,
    /// Some clock of it counts from the assessment of impact.
    pub asks_impact: bool,
    /// The words of the person's text that it was proposed for; empty without a match.
    pub matched: Vec<String>,
}

/// A data file that was left out, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DataProblem {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// Why.
    pub reason: String,
}

impl From<&crate::playbook::Problem> for DataProblem {
    fn from(problem: &crate::playbook::Problem) -> Self {
        Self { file: problem.file.clone(), line: problem.line, reason: problem.reason.clone() }
    }
}

/// Something that the data will lack before long.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Reminder {
    /// One line for whoever opens incidents.
    pub words: String,
    /// What has to be done, for whoever keeps the data.
    pub todo: String,
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
}

/// What the opening page needs.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Choices {
    /// Playbooks, the best match first.
    pub playbooks: Vec<PlaybookChoice>,
    /// Files that were left out.
    pub problems: Vec<DataProblem>,
    /// What will be missing before long, such as the days off of the coming year.
    pub reminders: Vec<Reminder>,
}

/// Please sign me in.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// Sign-in name.
    pub name: String,
    /// Password.
    pub password: String,
}

/// Please sign me in by a link, and set a password if the link asks for one.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SignInByLink {
    /// The link's secret.
    pub token: String,
    /// The new password, when the link is for choosing one.
    pub password: Option<String>,
}

/// What a link is for.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LinkPurpose {
    /// Sign-in name that it belongs to.
    pub name: String,
    /// A password has to be chosen.
    pub choose_password: bool,
}

/// An office that may be pulled into an incident.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OfficeChoice {
    /// Its id.
    pub id: OfficeId,
    /// Its name on the day.
    pub name: String,
    /// The authority of a commune.
    pub commune: bool,
}

/// What went wrong with an HTTP call.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Problem {
    /// A stable code.
    pub code: String,
    /// What to do, in words.
    pub words: String,
}

/// The words for the values of one type: the name of their constant, the type, and each value with its words.
pub type Words = (&'static str, &'static str, Vec<(String, &'static str)>);

/// Words for values, written once: exports and browsers read the same.
pub fn words() -> Vec<Words> {
    let anchors = Anchor::ALL.iter().map(|anchor| (anchor.code().to_owned(), anchor.title()));
    let levels = (1..=4).filter_map(Level::new).map(|level| (level.get().to_string(), level.title()));
    let kinds = Kind::ALL.iter().map(|kind| (kind.code().to_owned(), kind.title()));
    let mandates = MandateKind::ALL.iter().map(|kind| (kind.code().to_owned(), kind.title()));
    vec![
        ("anchorTitle", "Anchor", anchors.collect()),
        ("levelTitle", "Level", levels.collect()),
        ("lineKindTitle", "LineKind", kinds.collect()),
        ("mandateTitle", "MandateKind", mandates.collect()),
    ]
}
