//! All that crosses between the server and a browser: the messages of the socket and the bodies of the few HTTP
//! calls. Rows cross as they are. The TypeScript twin, `web/src/wire.ts`, is generated; a test fails when it is stale.

mod account;
mod board;
mod directory;
mod finding;
mod media;
mod member;
mod notice;
mod opening;
mod playbook;
mod press;
mod purge;
mod sealed;
mod upload;

pub use account::*;
pub use board::*;
pub use directory::*;
pub use finding::*;
pub use media::*;
pub use member::*;
pub use notice::*;
pub use opening::*;
pub use playbook::*;
pub use press::*;
pub use purge::*;
pub use sealed::*;
pub use upload::*;

use crate::domain::brief::Brief;
use crate::domain::deadline::Anchor;
use crate::domain::figures::Measure;
use crate::domain::ids::{CommandId, Digest, OfficeId, PersonId, Rev};
use crate::domain::incident::Level;
use crate::domain::line::Kind;
use crate::domain::waiting::Wait;
use crate::domain::yardstick::{Prescribed, Verdict};
use crate::domain::{Actor, Command, MandateKind, Patch, passage};
use jiff::Timestamp;
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
        command: Box<Command>,
        /// When it was written, by the server's clock as the device knows it, for what waited without a network.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        written_at: Option<Timestamp>,
    },
    /// What happened since this revision? Asked by somebody who was away.
    Brief {
        /// The newest revision that the person was told of.
        since: Rev,
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
        /// Where the record stands: until the browser is there it is catching up.
        rev: Rev,
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
    /// What happened since the revision that was asked about.
    Brief {
        /// By kind of row.
        brief: Brief,
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
    /// A piece of a message that is too long for one: put together, in order, they are its text.
    Part {
        /// Which piece, from 0.
        at: u32,
        /// How many there are.
        of: u32,
        /// The piece.
        text: String,
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

    /// The message as it goes out when it may be long: in parts of which even a thin line brings one in time.
    pub fn frames(&self) -> Vec<Frame> {
        let whole = self.frame();
        let (mut rest, mut parts) = (whole.as_str(), vec![]);
        if rest.len() <= PART_BYTES {
            return vec![whole];
        }
        while !rest.is_empty() {
            let (part, after) = rest.split_at(rest.floor_char_boundary(PART_BYTES));
            parts.push(part.to_owned());
            rest = after;
        }
        let of = u32::try_from(parts.len()).unwrap_or(u32::MAX);
        let part = |(at, text)| Self::Part { at, of, text }.frame();
        (0..).zip(parts).map(part).collect()
    }
}

/// Longest piece of a message, bytes. At 64 kbit/s it takes four seconds: nobody takes the line for a dead one.
pub const PART_BYTES: usize = 32 * 1024;

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
    let passages = passage::Kind::ALL.iter().map(|kind| (kind.code().to_owned(), kind.title()));
    let measures = Measure::ALL.iter().map(|measure| (measure.code().to_owned(), measure.title()));
    let prescribed = Prescribed::ALL.iter().map(|kind| (kind.code().to_owned(), kind.title()));
    let verdicts = Verdict::ALL.iter().map(|verdict| (verdict.code().to_owned(), verdict.title()));
    let skipped = Skipped::ALL.iter().map(|why| (why.code().to_owned(), why.title()));
    vec![
        ("anchorTitle", "Anchor", anchors.collect()),
        ("levelTitle", "Level", levels.collect()),
        ("lineKindTitle", "LineKind", kinds.collect()),
        ("mandateTitle", "MandateKind", mandates.collect()),
        ("passageKindTitle", "PassageKind", passages.collect()),
        ("measureTitle", "Measure", measures.collect()),
        ("prescribedTitle", "Prescribed", prescribed.collect()),
        ("skippedTitle", "Skipped", skipped.collect()),
        ("yardstickVerdictTitle", "YardstickVerdict", verdicts.collect()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the parts of a message say when they are put together.
    fn joined(frames: &[Frame]) -> String {
        let text = |frame: &Frame| {
            let part: serde_json::Value = serde_json::from_str(frame.as_str()).expect("JSON");
            part["text"].as_str().expect("a part").to_owned()
        };
        frames.iter().map(text).collect()
    }

    #[test]
    fn a_long_message_goes_out_in_parts_that_are_its_text_and_a_short_one_as_it_is() {
        let long = ToClient::Status { status: Status::ReadOnly { why: "ữ🌊".repeat(PART_BYTES) } };
        let frames = long.frames();
        assert!(frames.len() > 6, "{}", frames.len());
        assert_eq!(joined(&frames), long.frame().as_str());
        let short = ToClient::Status { status: Status::Live };
        assert_eq!(short.frames(), [short.frame()]);
    }
}
