//! What crosses for notices: what somebody was told, by which way, and what became of it on each.

use crate::domain::Act;
use crate::domain::ids::{CommandId, IncidentId, OfficeId, PersonId, Rev, RowId};
use crate::domain::incident::Level;
use jiff::Timestamp;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who is told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Recipient {
    /// A person.
    Person {
        /// Who.
        person: PersonId,
    },
    /// A program of somebody's, for an office or for all.
    Hook {
        /// Which.
        hook: RowId,
    },
}

/// A way to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "way", rename_all = "snake_case")]
pub enum Way {
    /// A browser that takes messages (Web Push, RFC 8030).
    Push {
        /// Which.
        device: RowId,
    },
    /// A mailbox.
    Mail {
        /// The address at that moment.
        address: String,
    },
    /// A web address that takes a signed call.
    Hook {
        /// Which.
        hook: RowId,
    },
}

/// Why nothing was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Skipped {
    /// The person had the room open and sees it there.
    Present,
    /// The person has set up no way.
    NoWay,
    /// Enough was sent within the hour; one more would be noise.
    TooMany,
    /// What it was about was done before it went out.
    Done,
    /// The way was taken away meanwhile.
    Gone,
    /// The server sends no mail: nobody told it how.
    NoMailServer,
}

impl Skipped {
    /// All reasons.
    pub const ALL: &'static [Self] =
        &[Self::Present, Self::NoWay, Self::TooMany, Self::Done, Self::Gone, Self::NoMailServer];
    /// The code used on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::NoWay => "no_way",
            Self::TooMany => "too_many",
            Self::Done => "done",
            Self::Gone => "gone",
            Self::NoMailServer => "no_mail_server",
        }
    }
    /// In words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Present => "không gửi: đang mở phòng",
            Self::NoWay => "không gửi: chưa bật cách báo nào",
            Self::TooMany => "không gửi: đã báo nhiều trong một giờ qua",
            Self::Done => "không gửi: việc đã xong trước đó",
            Self::Gone => "không gửi: cách báo này đã được bỏ",
            Self::NoMailServer => "không gửi: máy chủ chưa được cấu hình gửi thư",
        }
    }
}

/// What became of a delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
#[ts(rename = "DeliveryState")]
pub enum Progress {
    /// Waits to be sent, or to be tried again.
    Due {
        /// Not before.
        at: Timestamp,
        /// It waits for the end of the person's quiet hours.
        quiet: bool,
        /// How often it was tried.
        tries: u32,
        /// Why the last try failed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        last: Option<String>,
    },
    /// Left out.
    Skipped {
        /// Why.
        why: Skipped,
        /// When that was decided.
        at: Timestamp,
    },
    /// Taken by the next server on its way.
    Sent {
        /// When.
        at: Timestamp,
        /// At which try.
        tries: u32,
    },
    /// Given up.
    Failed {
        /// When.
        at: Timestamp,
        /// After how many tries.
        tries: u32,
        /// Why the last one failed.
        why: String,
    },
}

/// One way, and what became of it there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Delivery {
    /// Which way; none when there is none.
    pub way: Option<Way>,
    /// What became of it.
    pub progress: Progress,
}

/// One thing that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Subject {
    /// What it is, as the room's list of waits has it: the same thing has the same key.
    pub key: String,
    /// What to do, in words.
    pub words: String,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub due_at: Option<Timestamp>,
    /// It may wake people at night.
    pub urgent: bool,
}

/// The incident that a notice is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NoticeMatter {
    /// Which.
    pub incident: IncidentId,
    /// Its number.
    pub number: String,
    /// An exercise.
    pub exercise: bool,
    /// How serious it was.
    pub level: Level,
}

/// How often it was said, and to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "NoticeStep")]
pub enum Step {
    /// To the one whom it concerns.
    First,
    /// To the same once more, because nothing happened.
    Again,
    /// To those who lead, because still nothing happened.
    Leads,
}

/// Something that somebody was to be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Notice {
    /// Its id; sorts by time.
    pub id: RowId,
    /// Who is told.
    pub to: Recipient,
    /// In which incident; none when somebody only tries their ways.
    pub matter: Option<NoticeMatter>,
    /// What waits.
    pub subjects: Vec<Subject>,
    /// How often it was said.
    pub step: Step,
    /// The notice that nobody reacted to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub after: Option<RowId>,
    /// Whose silence it is about, when those who lead are told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub about: Option<String>,
    /// When.
    pub raised_at: Timestamp,
    /// Every way, and what became of it.
    pub deliveries: Vec<Delivery>,
    /// When the person was seen to know: they said so, or opened the room.
    pub seen_at: Option<Timestamp>,
    /// When what it was about waited no longer.
    pub settled_at: Option<Timestamp>,
}

/// Hours in which only what is urgent may disturb, by the office's clock; over midnight when `from` is later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Quiet {
    /// From.
    #[ts(type = "string")]
    pub from: Time,
    /// Until.
    #[ts(type = "string")]
    pub until: Time,
}

/// A browser that takes messages, as its page gives it (W3C Push API, `PushSubscription`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PushKeys {
    /// The push service's address for it.
    pub endpoint: String,
    /// Its public key (P-256, uncompressed, base64url).
    pub p256dh: String,
    /// Its authentication secret (16 bytes, base64url).
    pub auth: String,
}

/// A browser that takes messages, without what only the sender needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DeviceRow {
    /// Its id.
    pub id: RowId,
    /// What the person calls it.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
    /// The push service's host.
    pub service: String,
}

/// A program that is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HookRow {
    /// Its id.
    pub id: RowId,
    /// What it is.
    pub name: String,
    /// Its address.
    pub url: String,
    /// For which office; for all when none.
    pub office: Option<OfficeId>,
    /// Who set it up.
    pub added: Act,
    /// Who stopped it.
    pub stopped: Option<Act>,
}

/// A person's notices and how they are reached.
#[derive(Clone, Debug, Serialize, TS)]
pub struct NoticePage {
    /// The newest revision of all notices; ask with it and be answered when there is a newer one.
    pub rev: Rev,
    /// Newest first.
    pub notices: Vec<Notice>,
    /// Their mailbox.
    pub mail: Option<String>,
    /// Their quiet hours.
    pub quiet: Option<Quiet>,
    /// Their browsers.
    pub devices: Vec<DeviceRow>,
    /// The key with which browsers subscribe (RFC 8292, base64url).
    pub push_key: String,
    /// The server can send mail.
    pub mails: bool,
    /// They keep accounts, and see programs too.
    pub administers: bool,
    /// Programs that are called; for the administrator only.
    pub hooks: Vec<HookRow>,
    /// Notices to programs, newest first; for the administrator only.
    pub hook_notices: Vec<Notice>,
}

/// Please do this about notices.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NoticeRequest {
    /// Chosen by the browser; the same id is the same request.
    pub id: CommandId,
    /// What.
    pub ask: NoticeAsk,
}

/// What a person asks about notices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum NoticeAsk {
    /// How I am reached apart from browsers.
    SetRoutes {
        /// The mailbox; none for no mail.
        mail: Option<String>,
        /// Quiet hours; none for none.
        quiet: Option<Quiet>,
    },
    /// Tell this browser too.
    AddDevice {
        /// Its id.
        device: RowId,
        /// What the person calls it.
        name: String,
        /// What its page gave.
        keys: PushKeys,
    },
    /// Tell this browser no more.
    DropDevice {
        /// Which.
        device: RowId,
    },
    /// I know.
    See {
        /// Of which.
        notices: Vec<RowId>,
    },
    /// Try what was given up once more.
    Retry {
        /// Which notice.
        notice: RowId,
    },
    /// Send something to every way of mine, to see that it arrives.
    Try {
        /// The notice's id.
        notice: RowId,
    },
    /// Call a program.
    AddHook {
        /// Its id.
        hook: RowId,
        /// What it is.
        name: String,
        /// Its address.
        url: String,
        /// For which office; for all when none.
        office: Option<OfficeId>,
    },
    /// Call a program no more.
    StopHook {
        /// Which.
        hook: RowId,
    },
}

/// What the server answers to a change.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct NoticeDone {
    /// The secret of a new program, shown this once (Standard Webhooks form, `whsec_…`).
    pub secret: Option<String>,
}
