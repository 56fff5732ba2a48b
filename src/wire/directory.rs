//! The directory on the wire: who was what on a day, and the list of spokespersons as it is published.

use crate::domain::ids::{CommandId, OfficeId, PersonId, RowId};
use crate::domain::{Act, MandateKind};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A position with its days. Its JSON stands in the directory's log and is permanent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// Its name.
    pub title: String,
    /// The function whose office it is in; which office that is depends on the day.
    #[serde(default)]
    pub function: Option<String>,
    /// From when, when known.
    #[serde(default)]
    pub from: Option<Timestamp>,
    /// Until just before when; none while it lasts.
    #[serde(default)]
    pub until: Option<Timestamp>,
    /// The document that says so.
    #[serde(default)]
    pub instrument: Option<String>,
}

/// A spokesperson of an agency. Its JSON stands in the directory's log and is permanent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Spokesperson {
    /// The agency, as the organisation's data names it.
    pub office: OfficeId,
    /// Its head, or whom the head assigned.
    pub kind: MandateKind,
    /// Name.
    pub name: String,
    /// Position.
    pub title: String,
    /// Telephone; empty for a head who is reached through the office.
    #[serde(default)]
    pub phone: String,
    /// Official mail; empty for a head who is reached through the office.
    #[serde(default)]
    pub email: String,
    /// The document that says so; empty for a head of whom none was given.
    #[serde(default)]
    pub instrument: String,
    /// When that was decided; the limit for making it public counts from here.
    #[serde(default)]
    pub designated_at: Option<Timestamp>,
    /// From when.
    pub from: Timestamp,
    /// Until just before when.
    #[serde(default)]
    pub until: Option<Timestamp>,
    /// The account and the number of its designation, when this is about somebody who speaks here too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub designation: Option<(PersonId, u32)>,
}

/// That a row of the list was made public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Publication {
    /// When.
    pub at: Timestamp,
    /// Where.
    pub link: Option<String>,
    /// Who recorded it, and when.
    pub recorded: Act,
}

/// Offices, functions, places, channels and people of one day.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DirectoryDay {
    /// The day.
    pub on: Date,
    /// The days on which offices began or took a function over, oldest first.
    pub changed_on: Vec<Date>,
    /// What offices are for, in the order of the data; who holds each on that day, the first speaks.
    pub functions: Vec<FunctionRow>,
    /// Offices that exist on that day, those of communes left out.
    pub offices: Vec<OfficeRow>,
    /// Positions held on that day, by people who have or had an account.
    pub people: Vec<PersonRow>,
    /// Communes, wards and towns that exist on that day.
    pub communes: Vec<CommuneRow>,
    /// Where statements go, in the order in which they go out.
    pub channels: Vec<ChannelRow>,
}

/// A function and the offices that held it, of all times.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FunctionRow {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How its holder is found when no office holds it for good.
    pub elsewhere: Option<Elsewhere>,
    /// All holders of all times, oldest first.
    pub holders: Vec<HolderRow>,
}

/// How the holder of a function is found when no office holds it for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Elsewhere {
    /// By the place where something happens.
    ByPlace,
    /// Chosen when an incident opens.
    ByChoice,
}

/// An office that held a function for some time.
#[derive(Clone, Debug, Serialize, TS)]
pub struct HolderRow {
    /// The office.
    pub office: String,
    /// Its name.
    pub name: String,
    /// First day, when known.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Something about the office has not been checked.
    pub uncertain: bool,
    /// What, or another remark.
    pub note: Option<String>,
    /// It holds the function on the day that was asked about.
    pub now: bool,
}

/// An office of a day.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OfficeRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The names of what it is for on that day.
    pub functions: Vec<String>,
    /// First day, when known.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// The names of those whose work it took over.
    pub before: Vec<String>,
    /// The names of those who took over its work.
    pub after: Vec<String>,
    /// The decision that made it.
    pub basis: Option<String>,
    /// Something about it has not been checked.
    pub uncertain: bool,
    /// What, or another remark.
    pub note: Option<String>,
    /// It has to have a spokesperson.
    pub speaks: bool,
}

/// A position that was held on the day.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PersonRow {
    /// The person.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// The position.
    pub position: Position,
    /// The name of the function.
    pub function: String,
    /// The office that held the function on that day.
    pub office: String,
    /// It began when the account was made: nobody said since when it was really held.
    pub since_account: bool,
}

/// A commune, ward or town.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CommuneRow {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The district that it belonged to.
    pub district: Option<String>,
    /// First day, when known.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// The decision that made or ended it.
    pub basis: String,
}

/// Where statements go.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ChannelRow {
    /// Its code.
    pub code: String,
    /// Its name.
    pub title: String,
    /// What to mind.
    pub hint: String,
    /// The provision that knows this form of speaking, in words.
    pub basis: Option<String>,
    /// There only in exercises.
    pub exercise: bool,
}

/// A position of an account, as the administrator sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PostRow {
    /// Its number among the person's.
    pub number: u32,
    /// The position.
    pub position: Position,
    /// Who recorded it, and when.
    pub recorded: Act,
}

/// Please record a position, or correct one.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NewPosition {
    /// Chosen by the browser; sending again with the same id records nothing twice.
    pub id: CommandId,
    /// Which is corrected; a further one when nothing is said.
    #[serde(default)]
    pub number: Option<u32>,
    /// The position.
    pub position: Position,
}

/// The list of spokespersons on a day, and who is missing.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SpokespersonList {
    /// The day.
    pub on: Date,
    /// The authority that publishes it.
    pub authority: String,
    /// The provision that asks for it, in words, and whether that was compared with the signed text.
    pub basis: Option<String>,
    /// Compared with the signed text.
    pub verified: bool,
    /// Agencies that have to have a spokesperson on that day.
    pub agencies: u32,
    /// Agencies with a head or a regular spokesperson on the list.
    pub covered: u32,
    /// Agencies with a regular spokesperson on the list.
    pub regular: u32,
    /// The rows of the day, in the order of the agencies.
    pub rows: Vec<SpokespersonRow>,
    /// Agencies without a row.
    pub gaps: Vec<Agency>,
    /// All agencies of the day.
    pub all: Vec<Agency>,
}

/// An agency that has to have a spokesperson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Agency {
    /// Its id.
    pub id: OfficeId,
    /// Its name.
    pub name: String,
    /// It governs a commune.
    pub commune: bool,
}

/// A row of the list.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SpokespersonRow {
    /// Its id; none while there is only a designation of an account, and nobody said how the person is reached.
    pub id: Option<RowId>,
    /// The agency's name on the day.
    pub agency: String,
    /// What the list says.
    pub entry: Spokesperson,
    /// When it must be public at the latest; none when the law in force on the day of the decision sets no limit.
    pub due_at: Option<Timestamp>,
    /// When it was made public last.
    pub published: Option<Publication>,
    /// It was corrected since.
    pub stale: bool,
}

/// Please put spokespersons on the list: all of them, or none.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NewSpokespersons {
    /// Chosen by the browser; sending again with the same id records nothing twice.
    pub id: CommandId,
    /// What the list shall say.
    pub entries: Vec<Spokesperson>,
}

/// Please correct a row of the list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CorrectedSpokesperson {
    /// Chosen by the browser.
    pub id: CommandId,
    /// What is right; the agency stays.
    pub entry: Spokesperson,
}

/// Please record that somebody no longer speaks for their agency.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct EndedSpokesperson {
    /// Chosen by the browser.
    pub id: CommandId,
    /// Since when.
    pub until: Timestamp,
    /// Why, or by which document.
    pub reason: String,
}

/// Please record that rows of the list were made public.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PublishedSpokespersons {
    /// Chosen by the browser.
    pub id: CommandId,
    /// Which rows.
    pub rows: Vec<RowId>,
    /// When.
    pub at: Timestamp,
    /// Where.
    pub link: Option<String>,
}

/// Please read a table of spokespersons, as it is copied from a spreadsheet.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SpokespersonTable {
    /// Chosen by the browser.
    pub id: CommandId,
    /// The table, its head line first.
    pub text: String,
    /// Put them on the list if every line is right; otherwise it is only read.
    pub take: bool,
}

/// What a table of spokespersons holds.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SpokespersonReading {
    /// What was read, line by line, when every line is right.
    pub entries: Vec<SpokespersonRow>,
    /// What is wrong, line by line; nothing is taken while there is anything.
    pub problems: Vec<TableProblem>,
    /// They are on the list now.
    pub taken: bool,
}

/// What is wrong in a line of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TableProblem {
    /// Which line, the head line being 1.
    pub line: u32,
    /// What is wrong with it, for whoever wrote it.
    pub reason: String,
}
