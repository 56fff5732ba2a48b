//! What is asked of notices and what happened to them, and who may ask for which.

use super::plan::{self, RETRY};
use super::{DEVICES_MAX, HOOKS_MAX, Notices};
use crate::domain::ids::{IncidentId, OfficeId, PersonId, RowId};
use crate::domain::purge::LEFT;
use crate::domain::refusal::{Notices as Unfit, Refusal};
use crate::domain::{Context, Role, text};
use crate::wire::{
    Delivery, Notice, NoticeAsk, NoticeMatter, Progress, PushKeys, Quiet, Recipient, Skipped, Step, Subject,
};
use jiff::Timestamp;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// Longest mailbox (RFC 5321, section 4.5.3.1.3: a path of 256 with its brackets).
const MAIL_MAX: usize = 254;
/// Why a browser is told nothing more, when its owner says so.
const DROPPED: &str = "tắt theo ý người dùng";

/// What concerns somebody in an incident, as the rooms have it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concern {
    /// The notice's id, if it becomes one.
    pub id: RowId,
    /// Whom.
    pub to: Recipient,
    /// In which incident.
    pub matter: Option<NoticeMatter>,
    /// What waits.
    pub subjects: Vec<Subject>,
    /// They have the room open.
    pub present: bool,
    /// They are on duty: awake, whatever the hour.
    pub on_duty: bool,
    /// The server can send mail.
    pub mails: bool,
    /// How often it is said.
    pub step: Step,
    /// The notice that nobody reacted to.
    pub after: Option<RowId>,
    /// Whose silence it is about.
    pub about: Option<String>,
}

/// What became of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Taken.
    Sent,
    /// Not taken; `last` when trying again is no use. `wait`: not before, if the other side said so.
    Failed {
        /// Why, in words.
        why: String,
        /// Trying again is no use.
        last: bool,
        /// Not before this moment.
        wait: Option<Timestamp>,
    },
    /// Not tried.
    Skipped(Skipped),
}

/// What is asked of notices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// What a person asks for themselves, or the administrator of programs.
    Ask {
        /// What.
        ask: NoticeAsk,
        /// The server can send mail.
        mails: bool,
    },
    /// A browser's service knows it no more.
    Forget {
        /// Whose.
        person: PersonId,
        /// Which.
        device: RowId,
        /// Why.
        why: String,
    },
    /// Tell people what concerns them and was not told yet.
    Raise {
        /// What.
        concerns: Vec<Concern>,
        /// The office's wall clock.
        local: DateTime,
    },
    /// Whoever these are for came on duty: what waits for the end of their quiet hours goes out.
    Wake {
        /// Which.
        notices: Vec<RowId>,
    },
    /// What became of a delivery.
    Report {
        /// Of which notice.
        notice: RowId,
        /// Which delivery.
        place: usize,
        /// What.
        outcome: Outcome,
    },
    /// Somebody was seen to know.
    Know {
        /// Who.
        person: PersonId,
        /// Of which notices.
        notices: Vec<RowId>,
    },
    /// What these were about waits no longer.
    Settle {
        /// Which.
        notices: Vec<RowId>,
    },
    /// What was said about an incident is taken out of the log.
    Purge {
        /// Which.
        incident: IncidentId,
    },
}

/// What happened to notices. Its JSON is permanent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Event {
    /// How the actor is reached.
    RoutesSet {
        /// Mailbox.
        mail: Option<String>,
        /// Quiet hours.
        quiet: Option<Quiet>,
    },
    /// One more browser of the actor.
    DeviceAdded {
        /// Its id.
        device: RowId,
        /// What they call it.
        name: String,
        /// Where and how to send.
        keys: PushKeys,
    },
    /// A browser less.
    DeviceDropped {
        /// Whose.
        person: PersonId,
        /// Which.
        device: RowId,
        /// Why.
        why: String,
    },
    /// A program is called.
    HookAdded {
        /// Its id.
        hook: RowId,
        /// What it is.
        name: String,
        /// Its address.
        url: String,
        /// For which office.
        office: Option<OfficeId>,
    },
    /// A program is called no more.
    HookStopped {
        /// Which.
        hook: RowId,
    },
    /// Somebody is to be told.
    Raised {
        /// What, with every way.
        notice: Box<Notice>,
    },
    /// What became of a delivery.
    Reported {
        /// Of which notice.
        notice: RowId,
        /// Which delivery, from 0.
        place: u32,
        /// What.
        progress: Progress,
    },
    /// Somebody knows.
    Seen {
        /// Of which notices.
        notices: Vec<RowId>,
    },
    /// What these were about waits no longer.
    Settled {
        /// Which.
        notices: Vec<RowId>,
    },
    /// What was said about an incident was taken out of the log.
    Purged {
        /// Which.
        incident: IncidentId,
    },
}

impl Event {
    /// The same without what was said about an incident; none when it says nothing about it.
    pub fn without_words(&self, incident: &IncidentId) -> Option<Self> {
        let Self::Raised { notice } = self else { return None };
        let of_it = notice.matter.as_ref().is_some_and(|matter| matter.incident == *incident);
        let told = notice.subjects.iter().any(|subject| subject.words != LEFT);
        (of_it && told).then(|| {
            let mut notice = notice.clone();
            notice.subjects.iter_mut().for_each(|subject| subject.words = LEFT.into());
            Self::Raised { notice }
        })
    }
}

fn may(notices: &Notices, command: &Command, context: &Context) -> bool {
    let by = context.by;
    match command {
        Command::Ask { .. } if by.is(Role::Room) => false,
        Command::Ask { ask, .. } => match ask {
            NoticeAsk::AddHook { .. } | NoticeAsk::StopHook { .. } => by.is(Role::Admin),
            NoticeAsk::Retry { notice } => notices.get(notice).is_some_and(|notice| match &notice.to {
                Recipient::Person { person } => by.person == *person,
                Recipient::Hook { .. } => by.is(Role::Admin),
            }),
            NoticeAsk::SetRoutes { .. }
            | NoticeAsk::AddDevice { .. }
            | NoticeAsk::DropDevice { .. }
            | NoticeAsk::See { .. }
            | NoticeAsk::Try { .. } => true,
        },
        Command::Forget { .. }
        | Command::Raise { .. }
        | Command::Wake { .. }
        | Command::Report { .. }
        | Command::Know { .. }
        | Command::Settle { .. } => by.is(Role::Room),
        Command::Purge { .. } => by.is(Role::Admin),
    }
}

pub(super) fn decide(notices: &Notices, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
    if !may(notices, &command, context) {
        return Err(Refusal::NotAllowed);
    }
    let at = context.at;
    Ok(match command {
        Command::Ask { ask, mails } => return asked(notices, ask, mails, context),
        Command::Forget { person, device, why } => dropped(notices, person, device, why),
        Command::Raise { concerns, local } => raised(notices, concerns, at, local),
        Command::Wake { notices: ids } => {
            let known = ids.iter().filter_map(|id| notices.get(id));
            known.flat_map(|notice| due_now(notice, at, Delivery::sleeps)).collect()
        }
        Command::Report { notice, place, outcome } => {
            let row = notices.get(&notice).ok_or(Refusal::Unknown)?;
            let Some(Progress::Due { tries, .. }) = row.deliveries.get(place).map(|it| it.progress.clone())
            else {
                return Ok(vec![]);
            };
            let progress = after(outcome, tries + 1, at);
            vec![Event::Reported { notice, place: u32::try_from(place).unwrap_or(u32::MAX), progress }]
        }
        Command::Know { person, notices: ids } => seen(notices, &person, ids),
        Command::Settle { notices: ids } => {
            let open = |id: &RowId| notices.get(id).is_some_and(|notice| notice.settled_at.is_none());
            let ids: Vec<_> = ids.into_iter().filter(open).collect();
            if ids.is_empty() { vec![] } else { vec![Event::Settled { notices: ids }] }
        }
        Command::Purge { incident } => vec![Event::Purged { incident }],
    })
}

fn asked(notices: &Notices, ask: NoticeAsk, mails: bool, context: &Context) -> Result<Vec<Event>, Refusal> {
    let (at, person) = (context.at, context.by.person.clone());
    Ok(match ask {
        NoticeAsk::SetRoutes { mail, quiet } => {
            let mail = mail.as_deref().map(str::trim).filter(|mail| !mail.is_empty());
            let mail = mail.map(mailbox).transpose()?;
            vec![Event::RoutesSet { mail, quiet: quiet.filter(|quiet| quiet.from != quiet.until) }]
        }
        NoticeAsk::AddDevice { device, name, keys } => {
            let devices = notices.routes.get(&person).map_or(&[][..], |routes| &routes.devices);
            let others = devices.iter().filter(|known| known.keys.endpoint != keys.endpoint).count();
            if others >= DEVICES_MAX {
                return Err(Refusal::Notices(Unfit::TooManyDevices { max: DEVICES_MAX }));
            }
            vec![Event::DeviceAdded { device, name: text::title(&name)?, keys }]
        }
        NoticeAsk::DropDevice { device } => dropped(notices, person, device, DROPPED.into()),
        NoticeAsk::See { notices: ids } => seen(notices, &person, ids),
        NoticeAsk::Retry { notice } => {
            let row = notices.get(&notice).ok_or(Refusal::Unknown)?;
            due_now(row, at, |it| matches!(it.progress, Progress::Failed { .. }))
        }
        NoticeAsk::Try { notice } => {
            let words = "Báo thử: bạn nhận được tin này là đã ổn.".to_owned();
            let subject = Subject { key: format!("try-{notice}"), words, due_at: None, urgent: true };
            let concern = Concern {
                id: notice,
                to: Recipient::Person { person },
                matter: None,
                subjects: vec![subject],
                present: false,
                on_duty: false,
                mails,
                step: Step::First,
                after: None,
                about: None,
            };
            // The wall clock is of no account: what is tried is heard at once.
            let local = DateTime::default();
            vec![Event::Raised { notice: Box::new(notice_of(notices, concern, at, local)) }]
        }
        NoticeAsk::AddHook { hook, name, url, office } => {
            if notices.hooks.contains_key(&hook) {
                return Err(Refusal::AlreadyThere);
            }
            if notices.hooks.values().filter(|row| row.stopped.is_none()).count() >= HOOKS_MAX {
                return Err(Refusal::Notices(Unfit::TooManyHooks { max: HOOKS_MAX }));
            }
            let url = text::link(Some(&url))?.ok_or(Refusal::BadLink)?;
            if !is_safe(&url) {
                return Err(Refusal::Notices(Unfit::PlainHook));
            }
            vec![Event::HookAdded { hook, name: text::title(&name)?, url, office }]
        }
        NoticeAsk::StopHook { hook } => {
            let row = notices.hooks.get(&hook).ok_or(Refusal::Unknown)?;
            if row.stopped.is_some() { vec![] } else { vec![Event::HookStopped { hook }] }
        }
    })
}

/// Those deliveries of a notice go out now, as if for the first time.
fn due_now(notice: &Notice, at: Timestamp, which: impl Fn(&Delivery) -> bool) -> Vec<Event> {
    let again = |(place, _)| Event::Reported {
        notice: notice.id.clone(),
        place: u32::try_from(place).unwrap_or(u32::MAX),
        progress: Progress::Due { at, quiet: false, tries: 0, last: None },
    };
    notice.deliveries.iter().enumerate().filter(|(_, it)| which(it)).map(again).collect()
}

fn dropped(notices: &Notices, person: PersonId, device: RowId, why: String) -> Vec<Event> {
    let known = notices.device(&person, &device).is_some();
    if known { vec![Event::DeviceDropped { person, device, why }] } else { vec![] }
}

/// Only what was told to this person, and what they were not seen to know.
fn seen(notices: &Notices, person: &PersonId, ids: Vec<RowId>) -> Vec<Event> {
    let to = Recipient::Person { person: person.clone() };
    let own = |id: &RowId| notices.get(id).is_some_and(|notice| notice.to == to && notice.seen_at.is_none());
    let ids: Vec<_> = ids.into_iter().filter(own).collect();
    if ids.is_empty() { vec![] } else { vec![Event::Seen { notices: ids }] }
}

/// The notices that are new: each concern without what was told already.
fn raised(notices: &Notices, concerns: Vec<Concern>, at: Timestamp, local: DateTime) -> Vec<Event> {
    let mut events = vec![];
    for mut concern in concerns {
        let Some(matter) = concern.matter.clone() else { continue };
        let Concern { to, step, .. } = concern.clone();
        concern.subjects.retain(|subject| !notices.told(&to, &matter, &subject.key, step));
        if concern.subjects.is_empty() {
            continue;
        }
        events.push(Event::Raised { notice: Box::new(notice_of(notices, concern, at, local)) });
    }
    events
}

fn notice_of(notices: &Notices, concern: Concern, at: Timestamp, local: DateTime) -> Notice {
    let deliveries = plan::deliveries(notices, &concern, at, local);
    let Concern { id, to, matter, subjects, step, after, about, .. } = concern;
    Notice {
        id,
        to,
        matter,
        subjects,
        step,
        after,
        about,
        raised_at: at,
        deliveries,
        seen_at: None,
        settled_at: None,
    }
}

fn after(outcome: Outcome, tries: u32, at: Timestamp) -> Progress {
    match outcome {
        Outcome::Sent => Progress::Sent { at, tries },
        Outcome::Skipped(why) => Progress::Skipped { why, at },
        Outcome::Failed { why, last, wait } => {
            let next = RETRY.get(tries as usize - 1).filter(|_| !last);
            match next {
                Some(pause) => {
                    let next = (at + *pause).max(wait.unwrap_or(at));
                    Progress::Due { at: next, quiet: false, tries, last: Some(why) }
                }
                None => Progress::Failed { at, tries, why },
            }
        }
    }
}

/// A mailbox as far as a form can know it: the mail server has the last word.
fn mailbox(text: &str) -> Result<String, Refusal> {
    let fits = text.len() <= MAIL_MAX && text.bytes().all(|b| b.is_ascii_graphic());
    let domain = text.rsplit_once('@').filter(|(local, _)| !local.is_empty()).map(|(_, domain)| domain);
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-');
    let whole = domain.is_some_and(|it| it.contains('.') && !it.starts_with('.') && it.bytes().all(plain));
    if fits && whole { Ok(text.to_owned()) } else { Err(Refusal::Notices(Unfit::BadMailbox)) }
}

/// Calls leave the house encrypted; a program on the same machine may be called without.
fn is_safe(url: &str) -> bool {
    let host = url.strip_prefix("http://").map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    let name = host.map(|host| host.rsplit_once(':').map_or(host, |(name, _)| name));
    name.is_none_or(|name| matches!(name, "127.0.0.1" | "localhost" | "[::1]"))
}
