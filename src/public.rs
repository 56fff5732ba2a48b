//! What the public may read of an incident: the statements that went out, word for word, and nothing else. Pure. Must
//! not know drafts, talk, levels, titles of incidents, or anything of an exercise.

pub mod feed;
pub mod page;
#[cfg(test)]
pub(crate) mod tests;

use crate::domain::calendar::WorkingCalendar;
use crate::domain::ids::{Digest, IncidentId, RowId};
use crate::domain::incident::Frame;
use crate::domain::release::Release;
use crate::domain::statement::{Relation, State, Statement};
use crate::domain::{Act, Incident};
use crate::export::words::Moment;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Below it, every statement has its address.
pub const STATEMENTS: &str = "/phat-ngon/";
/// The words alone: at the statement's own address with this behind it.
pub const TEXT_ENDING: &str = ".txt";
/// Longest number in an address, ASCII characters; the register's and the series' own are far shorter.
const NUMBER_MAX: usize = 40;
/// Who speaks when the organisation data names no authority.
const NOBODY_NAMED: &str = "Cơ quan phát ngôn";

/// The place on the web where all this stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Its address, without a slash at the end. Never what a visitor's browser calls it: a name that a stranger chose
    /// would be kept by caches between us and the readers, and every link would lead there.
    pub url: String,
    /// In whose name it speaks.
    pub authority: String,
}

impl Site {
    /// The site at `url`, of the authority that the organisation data names.
    pub fn new(url: &str, authority: Option<&str>) -> Self {
        let authority = authority.unwrap_or(NOBODY_NAMED).to_owned();
        Self { url: url.trim_end_matches('/').to_owned(), authority }
    }
}

/// A statement that is out, with all that the public may know of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// What it is for ever, whatever it is called and wherever it stands.
    pub id: Digest,
    /// The incident's number in the register.
    pub incident: String,
    /// Its own number in the incident.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The words, to the letter.
    pub text: String,
    /// Their digest.
    pub digest: Digest,
    /// When it first went out.
    pub at: Timestamp,
    /// When its standing last changed: it went out, or newer words did.
    pub updated: Timestamp,
    /// The incident's clock, minutes from UTC.
    pub offset_minutes: i32,
    /// The spokesperson.
    pub speaker: Speaker,
    /// The registry's number and date.
    pub document: Option<(String, Date)>,
    /// Where it went out, the first first.
    pub outlets: Vec<Outlet>,
    /// The one that it replaces.
    pub replaces: Option<Neighbour>,
    /// The newer words after it.
    pub replaced: Option<Replaced>,
    /// All of its series that are public, itself included, in the order in which they went out.
    pub series: Vec<Neighbour>,
}

/// Who spoke.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// Name.
    pub name: String,
    /// Position at that time.
    pub title: String,
}

/// A channel on which the words went out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlet {
    /// The channel.
    pub title: String,
    /// When.
    pub at: Timestamp,
    /// Where they can be read there.
    pub link: Option<String>,
}

/// Another statement of the same series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Neighbour {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// When it first went out.
    pub at: Timestamp,
    /// What it, or the newer of two, is to the one before; none for the first of a series.
    pub relation: Option<Relation>,
}

/// What became of words that hold no more as they stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    /// What the newer words are to these.
    pub relation: Relation,
    /// The newer ones; none when they are not for the public, and only the fact is told.
    pub by: Option<Neighbour>,
}

impl Published {
    /// All that the public may read of the incident, as it stands.
    pub fn of(id: &IncidentId, incident: &Incident) -> Vec<Self> {
        let (Some(header), Some(frame)) = (&incident.header, &incident.frame) else { return vec![] };
        if header.exercise || !is_number(&header.number) {
            return vec![];
        }
        let desk = Desk { id, number: &header.number, incident, frame };
        incident.statements.iter().filter_map(|row| desk.published(row)).collect()
    }

    /// Its address on the site.
    pub fn path(&self) -> String {
        path(&self.incident, &self.number)
    }
    /// The address of the words alone.
    pub fn text_path(&self) -> String {
        self.path() + TEXT_ENDING
    }
    /// Number and title.
    pub fn name(&self) -> String {
        format!("{}: {}", self.number, self.title)
    }
    /// The moment on the incident's clock.
    pub fn moment(&self, at: Timestamp) -> Moment {
        Moment::of(at, &self.calendar())
    }
    /// The newest of the series, when it is neither this one nor the one right after it.
    fn newest(&self) -> Option<&Neighbour> {
        let newest = self.series.last().filter(|newest| newest.number != self.number)?;
        let after = self.replaced.as_ref().and_then(|replaced| replaced.by.as_ref());
        (after.is_none_or(|after| after.number != newest.number)).then_some(newest)
    }
    fn calendar(&self) -> WorkingCalendar {
        WorkingCalendar { utc_offset_minutes: self.offset_minutes, ..WorkingCalendar::default() }
    }
    /// The moment for machines, with the clock's offset.
    fn stamp(&self, at: Timestamp) -> String {
        let minutes = self.offset_minutes;
        let sign = if minutes < 0 { '-' } else { '+' };
        let local = self.calendar().local(at).strftime("%Y-%m-%dT%H:%M:%S").to_string();
        format!("{local}{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
    }
}

impl Replaced {
    /// What became of the older words, as a sentence about them; who wrote the newer follows.
    fn sentence(&self) -> &'static str {
        match self.relation {
            Relation::Update => "Phát ngôn này đã có bản cập nhật",
            Relation::Correction => "Phát ngôn này đã được đính chính",
            Relation::Withdrawal => "Phát ngôn này đã được rút, không còn giá trị",
        }
    }
}

/// The address of a statement.
pub fn path(incident: &str, number: &str) -> String {
    format!("{STATEMENTS}{incident}/{number}")
}

/// Whether it may be a part of an address as it is: ASCII, nothing that a path or a proxy could read otherwise.
pub fn is_number(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'.';
    (1..=NUMBER_MAX).contains(&text.len())
        && text.bytes().all(plain)
        && !text.starts_with('.')
        && !text.ends_with(TEXT_ENDING)
}

/// The incident while its statements are looked through.
struct Desk<'a> {
    id: &'a IncidentId,
    number: &'a str,
    incident: &'a Incident,
    frame: &'a Frame,
}

/// The release with which the words became public.
fn first(row: &Statement) -> Option<&Release> {
    row.releases.iter().min_by_key(|release| release.at)
}

/// Whether the public may see it: meant for them, out, and out in these very words.
fn is_out(row: &Statement) -> bool {
    let these = |release: &Release| release.digest == row.digest;
    row.public
        && row.state == State::Published
        && !row.releases.is_empty()
        && row.releases.iter().all(these)
        && Digest::of(row.text.as_bytes()) == row.digest
        && is_number(&row.number)
}

impl Desk<'_> {
    fn published(&self, row: &Statement) -> Option<Published> {
        let first = first(row).filter(|_| is_out(row))?;
        let Act { name, title, .. } = first.by.clone();
        let replaced = row.followed.as_ref();
        let after = replaced.and_then(|newer| self.first_of(&newer.statement));
        let known =
            [Some(first), after].into_iter().flatten().flat_map(|release| [release.at, release.by.at]);
        Some(Published {
            id: Digest::of(format!("{}/{}", self.id, row.id).as_bytes()),
            incident: self.number.to_owned(),
            number: row.number.clone(),
            title: row.title.clone(),
            text: row.text.clone(),
            digest: row.digest,
            at: first.at,
            updated: known.max().unwrap_or(first.at),
            offset_minutes: self.frame.calendar.utc_offset_minutes,
            speaker: Speaker { name, title },
            document: row.document.as_ref().map(|document| (document.number.clone(), document.date)),
            outlets: self.outlets(row),
            replaces: row.follows.as_ref().and_then(|older| {
                Some(Neighbour { relation: Some(older.relation), ..self.neighbour(&older.statement)? })
            }),
            replaced: replaced.and_then(|newer| {
                let by = self.neighbour(&newer.statement);
                // An update that is not for the public leaves the public words as good as they were.
                let told = by.is_some() || newer.relation != Relation::Update;
                told.then_some(Replaced { relation: newer.relation, by })
            }),
            series: self.series(&row.series),
        })
    }

    fn first_of(&self, id: &RowId) -> Option<&Release> {
        first(self.incident.statements.get(id)?)
    }

    /// The other statement, when the public may see it.
    fn neighbour(&self, id: &RowId) -> Option<Neighbour> {
        let row = self.incident.statements.get(id).filter(|row| is_out(row))?;
        let relation = row.follows.as_ref().map(|older| older.relation);
        Some(Neighbour { number: row.number.clone(), title: row.title.clone(), at: first(row)?.at, relation })
    }

    fn series(&self, series: &RowId) -> Vec<Neighbour> {
        let rows = self.incident.statements.iter().filter(|row| row.series == *series);
        let mut all: Vec<_> = rows.filter_map(|row| self.neighbour(&row.id)).collect();
        all.sort_by(|a, b| (a.at, &a.number).cmp(&(b.at, &b.number)));
        all
    }

    fn outlets(&self, row: &Statement) -> Vec<Outlet> {
        let outlet = |release: &Release| {
            let channel = self.frame.channels.iter().find(|channel| channel.code == release.channel);
            let title = channel.map_or(&release.channel, |channel| &channel.title);
            Outlet { title: title.clone(), at: release.at, link: release.link.clone() }
        };
        let mut outlets: Vec<_> = row.releases.iter().map(outlet).collect();
        outlets.sort_by_key(|outlet| outlet.at);
        outlets
    }
}
