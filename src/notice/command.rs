//! What is asked of notices and what happened to them, and who may ask for which.

use super::plan::{self, RETRY};
use super::{DEVICES_MAX, HOOKS_MAX, Notices};
use crate::domain::ids::{OfficeId, PersonId, RowId};
use crate::domain::refusal::{Notices as Unfit, Refusal};
use crate::domain::{Context, Role, text};
use crate::wire::{Notice, NoticeMatter, Progress, PushKeys, Quiet, Recipient, Skipped, Step, Subject};
use jiff::Timestamp;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// Longest mailbox (RFC 5321, section 4.5.3.1.3: a path of 256 with its brackets).
const MAIL_MAX: usize = 254;

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
    /// How the actor is reached apart from browsers.
    SetRoutes {
        /// Mailbox.
        mail: Option<String>,
        /// Quiet hours.
        quiet: Option<Quiet>,
    },
    /// One more browser of the actor.
    AddDevice {
        /// Its id.
        device: RowId,
        /// What they call it.
        name: String,
        /// Where and how to send; its address was checked.
        keys: PushKeys,
    },
    /// A browser less: the actor's own, or one whose service knows it no more.
    DropDevice {
        /// Whose.
        person: PersonId,
        /// Which.
        device: RowId,
        /// Why.
        why: String,
    },
    /// Call a program.
    AddHook {
        /// Its id.
        hook: RowId,
        /// What it is.
        name: String,
        /// Its address.
        url: String,
        /// For which office.
        office: Option<OfficeId>,
    },
    /// Call a program no more.
    StopHook {
        /// Which.
        hook: RowId,
    },
    /// Tell people what concerns them and was not told yet.
    Raise {
        /// What.
        concerns: Vec<Concern>,
        /// The office's wall clock.
        local: DateTime,
    },
    /// The actor tries their own ways.
    Try {
        /// The notice's id.
        notice: RowId,
        /// The server can send mail.
        mails: bool,
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
    /// Somebody knows.
    See {
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
    /// Try what was given up once more.
    Retry {
        /// Which notice.
        notice: RowId,
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
}

fn may(notices: &Notices, command: &Command, context: &Context) -> bool {
    let by = context.by;
    let own = |person: &PersonId| by.person == *person || by.is(Role::Room);
    match command {
        Command::SetRoutes { .. } | Command::AddDevice { .. } | Command::Try { .. } => !by.is(Role::Room),
        Command::DropDevice { person, .. } | Command::See { person, .. } => own(person),
        Command::AddHook { .. } | Command::StopHook { .. } => by.is(Role::Admin),
        Command::Raise { .. } | Command::Report { .. } | Command::Settle { .. } => by.is(Role::Room),
        Command::Retry { notice } => notices.get(notice).is_some_and(|notice| match &notice.to {
            Recipient::Person { person } => by.person == *person,
            Recipient::Hook { .. } => by.is(Role::Admin),
        }),
    }
}

pub(super) fn decide(notices: &Notices, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
    if !may(notices, &command, context) {
        return Err(Refusal::NotAllowed);
    }
    let at = context.at;
    Ok(match command {
        Command::SetRoutes { mail, quiet } => {
            let mail = mail.as_deref().map(str::trim).filter(|mail| !mail.is_empty());
            let mail = mail.map(mailbox).transpose()?;
            vec![Event::RoutesSet { mail, quiet: quiet.filter(|quiet| quiet.from != quiet.until) }]
        }
        Command::AddDevice { device, name, keys } => {
            let devices = notices.routes.get(&context.by.person).map_or(&[][..], |routes| &routes.devices);
            let others = devices.iter().filter(|known| known.keys.endpoint != keys.endpoint).count();
            if others >= DEVICES_MAX {
                return Err(Refusal::Notices(Unfit::TooManyDevices { max: DEVICES_MAX }));
            }
            vec![Event::DeviceAdded { device, name: text::title(&name)?, keys }]
        }
        Command::DropDevice { person, device, why } => {
            let known = notices.device(&person, &device).is_some();
            known.then(|| Event::DeviceDropped { person, device, why }).into_iter().collect()
        }
        Command::AddHook { hook, name, url, office } => {
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
        Command::StopHook { hook } => {
            let row = notices.hooks.get(&hook).ok_or(Refusal::Unknown)?;
            if row.stopped.is_some() { vec![] } else { vec![Event::HookStopped { hook }] }
        }
        Command::Raise { concerns, local } => raised(notices, concerns, at, local),
        Command::Try { notice, mails } => {
            let words = "Báo thử: bạn nhận được tin này là đã ổn.".to_owned();
            let subject = Subject { key: format!("try-{notice}"), words, due_at: None, urgent: true };
            let concern = Concern {
                id: notice,
                to: Recipient::Person { person: context.by.person.clone() },
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
        Command::Report { notice, place, outcome } => {
            let row = notices.get(&notice).ok_or(Refusal::Unknown)?;
            let Some(Progress::Due { tries, .. }) = row.deliveries.get(place).map(|it| it.progress.clone())
            else {
                return Ok(vec![]);
            };
            let progress = after(outcome, tries + 1, at);
            vec![Event::Reported { notice, place: u32::try_from(place).unwrap_or(u32::MAX), progress }]
        }
        Command::See { person, notices: ids } => {
            let own = |id: &RowId| {
                let to = Recipient::Person { person: person.clone() };
                notices.get(id).is_some_and(|notice| notice.to == to && notice.seen_at.is_none())
            };
            let ids: Vec<_> = ids.into_iter().filter(own).collect();
            if ids.is_empty() { vec![] } else { vec![Event::Seen { notices: ids }] }
        }
        Command::Settle { notices: ids } => {
            let open = |id: &RowId| notices.get(id).is_some_and(|notice| notice.settled_at.is_none());
            let ids: Vec<_> = ids.into_iter().filter(open).collect();
            if ids.is_empty() { vec![] } else { vec![Event::Settled { notices: ids }] }
        }
        Command::Retry { notice } => {
            let row = notices.get(&notice).ok_or(Refusal::Unknown)?;
            let failed = row.deliveries.iter().enumerate();
            let failed = failed.filter(|(_, it)| matches!(it.progress, Progress::Failed { .. }));
            let again = |place| Event::Reported {
                notice: notice.clone(),
                place: u32::try_from(place).unwrap_or(u32::MAX),
                progress: Progress::Due { at, quiet: false, tries: 0, last: None },
            };
            failed.map(|(place, _)| again(place)).collect()
        }
    })
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
