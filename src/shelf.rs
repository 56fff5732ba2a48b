//! The shelf: every version of every playbook, with who published it and why. The same shape as the directory, a fold
//! of its own log. An incident stays on the version that it opened with, so none is ever taken away.

mod in_force;
mod lessons;
mod newer;
mod schedule;
mod sheet;

pub use in_force::in_force;
pub use lessons::lessons;
pub use newer::newer;
pub use schedule::schedule;
pub use sheet::sheet;

use crate::domain::folding::fold;
use crate::domain::ids::{Digest, Rev};
use crate::domain::refusal::{Playbooks, Refusal};
use crate::domain::table::{Table, row};
use crate::domain::{Act, Context, Record, Role, text};
use crate::playbook::page::FILE_BYTES_MAX;
use crate::playbook::{self, Playbook};
use crate::room::Fold;
use crate::wire::{PlaybookOrigin, PlaybookVersion};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Who may publish: they lead the task force, or keep its data.
pub const EDITORS: &[Role] = &[Role::Head, Role::Secretary, Role::Admin];
/// Most versions of one playbook: one a day for a year and a half. All of them are kept in memory.
pub const VERSIONS_MAX: usize = 500;
/// Most playbooks: an office that has more does not find the right one at night.
pub const PLAYBOOKS_MAX: usize = 200;
/// Longest code of a playbook: it stands in an address.
pub const ID_LENGTH_MAX: usize = 64;

/// The entry of the front matter that holds the version.
const VERSION_ENTRY: &str = "phien_ban";

/// One version of a playbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// What is known of it without its words.
    pub version: PlaybookVersion,
    /// The Markdown, byte for byte.
    pub text: String,
}

/// A playbook and all its versions.
#[derive(Clone, Debug)]
pub struct Held {
    /// Its code.
    pub id: String,
    /// Last change.
    pub rev: Rev,
    /// Its versions by number, the newest last; never empty.
    pub editions: Vec<Arc<Edition>>,
}

row!(Held, String);

impl Held {
    /// The version with this number.
    pub fn edition(&self, version: u32) -> Option<&Arc<Edition>> {
        self.editions.iter().find(|edition| edition.version.version == version)
    }
    /// The newest version.
    pub fn newest(&self) -> Option<&Arc<Edition>> {
        self.editions.last()
    }
}

/// What is asked of the shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Keep the version that stands in a file; sent by the program when it starts.
    Take {
        /// The file, as its reader knows it.
        file: String,
        /// Its content.
        text: String,
    },
    /// Put a new version in force.
    Publish {
        /// Which playbook.
        id: String,
        /// The version that was edited, by its words.
        base: Digest,
        /// The Markdown; the number of the version is written into it here.
        text: String,
        /// Why.
        reason: String,
    },
}

/// What happened to the shelf. Its JSON is permanent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Event {
    /// A file's version was kept.
    Taken {
        /// The playbook.
        id: String,
        /// The number of the version.
        version: u32,
        /// The playbook's title.
        title: String,
        /// The file.
        file: String,
        /// The Markdown.
        text: String,
    },
    /// A new version is in force.
    Published {
        /// The playbook.
        id: String,
        /// The number of the version.
        version: u32,
        /// The playbook's title.
        title: String,
        /// Why.
        reason: String,
        /// The Markdown.
        text: String,
    },
}

/// All playbooks, as they stand after some revision.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// Playbooks by their code.
    pub playbooks: Table<Held>,
}

impl Shelf {
    /// The playbook with this code.
    pub fn get(&self, id: &str) -> Option<&Arc<Held>> {
        self.playbooks.get(&id.to_owned())
    }

    fn take(&self, file: String, text: String) -> Result<Vec<Event>, Refusal> {
        let playbook = parsed(&file, &text)?;
        let held = self.get(&playbook.id);
        if held.is_some_and(|held| held.edition(playbook.version).is_some()) {
            // The number is taken. Other words under it are the start's to report, not the log's to keep.
            return Ok(vec![]);
        }
        self.room_for(&playbook.id)?;
        let Playbook { id, version, title, .. } = playbook;
        Ok(vec![Event::Taken { id, version, title, file, text }])
    }

    fn publish(&self, id: &str, base: Digest, text: &str, reason: &str) -> Result<Vec<Event>, Refusal> {
        let newest = self
            .get(id)
            .and_then(|held| held.newest())
            .ok_or(Refusal::Playbooks(Playbooks::UnknownPlaybook))?;
        let PlaybookVersion { version, digest, by, .. } = &newest.version;
        if *digest != base {
            return Err(Refusal::Playbooks(Playbooks::PlaybookMovedOn {
                version: *version,
                by: by.name.clone(),
            }));
        }
        self.room_for(id)?;
        let text = kept(text)?;
        if numbered(&text, *version) == numbered(&kept(&newest.text)?, *version) {
            return Err(Refusal::Playbooks(Playbooks::NothingChanged));
        }
        let version = version.saturating_add(1);
        let text = numbered(&text, version);
        let playbook = parsed(id, &text)?;
        if playbook.id != id || playbook.version != version {
            return Err(Refusal::Playbooks(Playbooks::OtherPlaybook { id: id.to_owned() }));
        }
        let (id, title, reason) = (playbook.id, playbook.title, text::note(reason)?);
        Ok(vec![Event::Published { id, version, title, reason, text }])
    }

    fn room_for(&self, id: &str) -> Result<(), Refusal> {
        let full = match self.get(id) {
            Some(held) => held.editions.len() >= VERSIONS_MAX,
            None => self.playbooks.len() >= PLAYBOOKS_MAX || id.len() > ID_LENGTH_MAX,
        };
        if full { Err(Refusal::Playbooks(Playbooks::ShelfFull { versions: VERSIONS_MAX })) } else { Ok(()) }
    }

    fn put(&mut self, rev: Rev, id: String, edition: Edition) {
        let mut held = match self.get(&id) {
            Some(held) => held.as_ref().clone(),
            None => Held { id, rev, editions: vec![] },
        };
        held.editions.push(Arc::new(edition));
        held.editions.sort_by_key(|edition| edition.version.version);
        self.playbooks.put(rev, held);
    }
}

/// Text as the shelf keeps it: one form of line end, one form of Unicode, a line end at its end, so that versions are
/// compared by their words.
fn kept(text: &str) -> Result<String, Refusal> {
    let text = text::found(text.strip_prefix('\u{FEFF}').unwrap_or(text), FILE_BYTES_MAX)?;
    Ok(format!("{text}\n"))
}

/// Where the number of the version stands: which line, from 0, and how its entry is called there.
fn entry_of_version(text: &str) -> Option<(usize, &str)> {
    let is_fence = |line: &&str| line.trim_end() == "---";
    let begin = text.lines().position(|line| is_fence(&line))? + 1;
    let entries = text.lines().enumerate().skip(begin).take_while(|(_, line)| !is_fence(line));
    let name = |line: &'_ str| line.split_once(':').map(|(name, _)| fold(name.trim()).replace(' ', "_"));
    let mut entries = entries.filter(|(_, line)| name(line).is_some_and(|name| name == VERSION_ENTRY));
    entries.find_map(|(place, line)| Some((place, line.split_once(':')?.0)))
}

/// The text with this number in its front matter. One without such an entry stays as it is; its reader says so.
fn numbered(text: &str, version: u32) -> String {
    let Some((place, name)) = entry_of_version(text) else { return text.to_owned() };
    let entry = format!("{name}: {version}");
    let lines = text.split('\n').enumerate();
    let lines: Vec<_> = lines.map(|(at, line)| if at == place { entry.as_str() } else { line }).collect();
    lines.join("\n")
}

fn parsed(file: &str, text: &str) -> Result<Playbook, Refusal> {
    if text.len() > FILE_BYTES_MAX {
        return Err(Refusal::TooLong { length: text.len(), max: FILE_BYTES_MAX });
    }
    playbook::parse(file, text).map_err(|problems| {
        let first = problems.first();
        let (line, first) = first.map_or((1, String::new()), |first| (first.line, first.reason.clone()));
        Refusal::Playbooks(Playbooks::PlaybookUnsound { count: problems.len(), line, first })
    })
}

impl Fold for Shelf {
    type Command = Command;
    type Event = Event;

    fn decide(&self, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
        let may: &[Role] = match &command {
            Command::Take { .. } => &[Role::Room],
            Command::Publish { .. } => EDITORS,
        };
        if !may.iter().any(|role| context.by.is(*role)) {
            return Err(Refusal::NotAllowed);
        }
        match command {
            Command::Take { file, text } => self.take(file, text),
            Command::Publish { id, base, text, reason } => self.publish(&id, base, &text, &reason),
        }
    }

    fn apply(&mut self, record: &Record<Event>) {
        let edition = |number: u32, title, reason, origin, text: String, by: Act| Edition {
            version: PlaybookVersion {
                version: number,
                digest: Digest::of(text.as_bytes()),
                title,
                reason,
                by,
                origin,
            },
            text,
        };
        for event in record.events.clone() {
            let (id, edition) = match event {
                Event::Taken { id, version, title, file, text } => {
                    let origin = PlaybookOrigin::File { file };
                    (id, edition(version, title, None, origin, text, record.act()))
                }
                Event::Published { id, version, title, reason, text } => {
                    let reason = Some(reason);
                    (id, edition(version, title, reason, PlaybookOrigin::Web, text, record.act()))
                }
            };
            self.put(record.rev, id, edition);
        }
    }

    fn next_due(&self) -> Option<(Timestamp, Command)> {
        None
    }
}

#[cfg(test)]
mod tests;
