//! Variants: for whom an export is made, and what it leaves out for that. One act for every format and every paper: the
//! records are changed and folded again, so nothing that was left out is anywhere in what comes of them.
//!
//! * internal: everything that the record holds.
//! * inspection: what counts and who answers for it. Left out: talk, what each person has read, keys that were pressed,
//!   and the words of drafts that nobody ever submitted.
//! * redacted, to pass on outside the task force: as for an inspection, and names, addresses, telephone numbers, mail,
//!   accounts, links and names of files become codes. Offices, positions and public places stay.

mod codes;
mod find;

use super::{ExportError, Options, Source};
use crate::domain::ids::{Digest, PersonId, Rev, RowId, is_id};
use crate::domain::{Event, Incident, Record, Role, clipping, statement};
use codes::{Codes, Kind};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// For whom an export is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variant {
    /// For the task force: everything.
    #[default]
    Internal,
    /// For an inspection: without talk, keys and drafts that nobody submitted.
    Inspection,
    /// To pass on: codes in place of people.
    Redacted,
}

impl Variant {
    /// All of them, the fullest first.
    pub const ALL: [Self; 3] = [Self::Internal, Self::Inspection, Self::Redacted];

    /// The variant with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|variant| variant.code() == code)
    }
    /// The code used in addresses, on the command line and in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Inspection => "inspection",
            Self::Redacted => "redacted",
        }
    }
    /// What a page says of itself; empty for the whole record.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Internal => "",
            Self::Inspection => "Bản phục vụ kiểm tra: không có trao đổi nội bộ và dự thảo chưa trình",
            Self::Redacted => {
                "Bản che thông tin cá nhân: mã thay cho tên người, địa chỉ, số điện thoại, tài khoản, đường dẫn; mã băm \
                 phát ngôn tính trên lời đã che"
            }
        }
    }
    /// The end of a file's name.
    pub(crate) fn suffix(self) -> &'static str {
        match self {
            Self::Internal => "",
            Self::Inspection => "-kiem-tra",
            Self::Redacted => "-da-che",
        }
    }
}

/// What stands for the words of a draft that nobody submitted.
pub const WITHHELD: &str = "[lời dự thảo không đưa vào bản này]";

/// What is left of a record for a variant.
#[derive(Clone, Debug)]
pub struct View<'a> {
    incident: Cow<'a, Incident>,
    records: Cow<'a, [Record<Event>]>,
    lines: Cow<'a, [String]>,
    options: Cow<'a, Options>,
}

impl<'a> View<'a> {
    /// What the variant of `options` leaves of the record.
    ///
    /// # Errors
    /// When the records are not those of the incident, and when something that should have become a code is still there; then nothing goes out.
    pub fn of(source: Source<'a>, options: &'a Options) -> Result<Self, ExportError> {
        let Source { incident, records, lines } = source;
        let last = records.last().map_or(0, |record| record.rev);
        let whole =
            records.iter().zip(1..).all(|(record, rev)| record.rev == rev) && records.len() == lines.len();
        if last != incident.rev || !whole {
            return Err(ExportError::OtherRecords { records: last, incident: incident.rev });
        }
        let (incident, records, lines) = match options.variant {
            Variant::Internal => {
                let (records, lines) = (Cow::Borrowed(records), Cow::Borrowed(lines));
                let (incident, options) = (Cow::Borrowed(incident), Cow::Borrowed(options));
                return Ok(Self { incident, records, lines, options });
            }
            Variant::Inspection => fold(records, &Drafts::of(records), None)?,
            Variant::Redacted => {
                let drafts = Drafts::of(records);
                let codes = Codes::of(records, &drafts, &options.exporter);
                let (incident, records, lines) = fold(records, &drafts, Some(&codes))?;
                let (made_by, exporter) = (codes.replaced(&options.made_by), String::new());
                let options = Cow::Owned(Options { made_by, exporter, ..options.clone() });
                let (records, lines) = (Cow::Owned(records), Cow::Owned(lines));
                return Ok(Self { incident: Cow::Owned(incident), records, lines, options });
            }
        };
        let (records, lines) = (Cow::Owned(records), Cow::Owned(lines));
        Ok(Self { incident: Cow::Owned(incident), records, lines, options: Cow::Borrowed(options) })
    }

    /// What is exported.
    pub fn source(&self) -> Source<'_> {
        Source { incident: &self.incident, records: &self.records, lines: &self.lines }
    }

    /// What the export says of itself.
    pub fn options(&self) -> &Options {
        &self.options
    }
}

type Folded = (Incident, Vec<Record<Event>>, Vec<String>);

/// The records without what a variant leaves out, what they fold to, and each as a line. Every event keeps its number
/// within its record, because lines of the timeline are known by it.
fn fold(records: &[Record<Event>], drafts: &Drafts, codes: Option<&Codes>) -> Result<Folded, ExportError> {
    let (mut before, mut incident) = (Incident::default(), Incident::default());
    let (mut out, mut lines) = (Vec::with_capacity(records.len()), Vec::with_capacity(records.len()));
    // Digests of words that are other words now.
    let mut digests: BTreeMap<String, String> = BTreeMap::new();
    for record in records {
        before.apply(record);
        let mut left = Record { events: drafts.left(record), ..record.clone() };
        if let Some(codes) = codes {
            left = coded(&left, codes, &digests)?;
        } else if !digests.is_empty() {
            left.events = left.events.iter().map(|event| with_digests(event, &digests)).collect();
        }
        incident.apply(&left);
        for id in record.events.iter().filter_map(of_statement) {
            let digest = |of: &Incident| of.statements.get(id).map(|row| row.digest.to_string());
            if let (Some(old), Some(new)) = (digest(&before), digest(&incident))
                && old != new
            {
                digests.insert(old, new);
            }
        }
        // A record is JSON that was read; what is left of it is as well.
        lines.push(serde_json::to_string(&left).map_err(|error| slipped(record, &error.to_string()))?);
        out.push(left);
    }
    Ok((incident, out, lines))
}

fn of_statement(event: &Event) -> Option<&RowId> {
    match event {
        Event::Statement(event) => Some(event.id()),
        _ => None,
    }
}

fn slipped(record: &Record<Event>, reason: &str) -> ExportError {
    ExportError::NotRedacted { line: record.rev, reason: reason.to_owned() }
}

/// Which keys and words of drafts stay.
struct Drafts {
    /// Statements that nobody ever submitted.
    withheld: BTreeSet<RowId>,
    /// The words to which each run of keys came, at its last one: by record and event.
    ends: BTreeMap<(Rev, usize), String>,
}

impl Drafts {
    fn of(records: &[Record<Event>]) -> Self {
        let (mut withheld, mut ends) = (BTreeSet::new(), BTreeSet::new());
        let mut typing: BTreeMap<&RowId, (Rev, usize)> = BTreeMap::new();
        for record in records {
            for (index, event) in record.events.iter().enumerate() {
                let Event::Statement(event) = event else { continue };
                match event {
                    statement::Event::Typed { id, .. } => {
                        typing.insert(id, (record.rev, index));
                        continue;
                    }
                    statement::Event::Drafted { id, .. } => {
                        withheld.insert(id.clone());
                    }
                    statement::Event::Submitted { id, .. } => {
                        withheld.remove(id);
                    }
                    _ => {}
                }
                ends.extend(typing.remove(event.id()));
            }
        }
        ends.extend(typing.into_values());
        let ends = if ends.is_empty() { BTreeMap::new() } else { reached(records, &ends) };
        Self { withheld, ends }
    }

    /// What is left of a record.
    fn left(&self, record: &Record<Event>) -> Vec<Event> {
        let stays = |event: &&Event| !matches!(event, Event::Message(_) | Event::Brief(_));
        let events = record.events.iter().enumerate().filter(|(_, event)| stays(event));
        events
            .map(|(index, event)| match event {
                Event::Statement(event) => {
                    Event::Statement(self.words(event, self.ends.get(&(record.rev, index))))
                }
                event => event.clone(),
            })
            .collect()
    }

    fn words(&self, event: &statement::Event, reached: Option<&String>) -> statement::Event {
        use statement::Event::{Drafted, Filled, Typed, Written};
        let withheld = self.withheld.contains(event.id());
        let mut event = event.clone();
        match (&mut event, reached) {
            (Typed { id, .. }, Some(text)) => {
                let text = if withheld { WITHHELD } else { text.as_str() }.to_owned();
                return Written { id: id.clone(), text };
            }
            (Typed { .. }, None) => event.untype(),
            (Drafted { text, .. } | Written { text, .. }, _) if withheld => WITHHELD.clone_into(text),
            (Filled { value, .. }, _) if withheld && !value.is_empty() => WITHHELD.clone_into(value),
            _ => {}
        }
        event
    }
}

/// The words of drafts after these events.
fn reached(records: &[Record<Event>], ends: &BTreeSet<(Rev, usize)>) -> BTreeMap<(Rev, usize), String> {
    let (mut incident, mut reached) = (Incident::default(), BTreeMap::new());
    for record in records {
        incident.apply(record);
        for place in ends.range((record.rev, 0)..=(record.rev, usize::MAX)) {
            let id = record.events.get(place.1).and_then(of_statement);
            let row = id.and_then(|id| incident.statements.get(id));
            reached.insert(*place, row.map_or_else(String::new, |row| row.text.clone()));
        }
    }
    reached
}

fn with_digests(event: &Event, digests: &BTreeMap<String, String>) -> Event {
    let mut tree = serde_json::to_value(event).unwrap_or_default();
    each_text(&mut tree, "", &mut |_, text| {
        if let Some(new) = digests.get(text) {
            new.clone_into(text);
        }
    });
    serde_json::from_value(tree).unwrap_or_else(|_| event.clone())
}

/// A record with codes in place of people, and nothing else in them: it is looked through again, and one that still says
/// something is not passed on.
fn coded(
    record: &Record<Event>,
    codes: &Codes,
    digests: &BTreeMap<String, String>,
) -> Result<Record<Event>, ExportError> {
    let mut tree = serde_json::to_value(record).map_err(|error| slipped(record, &error.to_string()))?;
    names_of_files(&mut tree, codes);
    each_text(&mut tree, "", &mut |key, text| {
        *text = match digests.get(text.as_str()) {
            Some(digest) => digest.clone(),
            None if key == "person" => codes.person_id(text),
            None if Digest::try_from(text.clone()).is_ok() => return,
            None if like_an_id(text) => codes.row(text),
            None => codes.replaced(text),
        };
    });
    like_ids(&mut tree, codes);
    let coded = serde_json::from_value(tree).map_err(|error| slipped(record, &error.to_string()))?;
    let mut again = serde_json::to_value(&coded).map_err(|error| slipped(record, &error.to_string()))?;
    let mut said = false;
    each_text(&mut again, "", &mut |_, text| {
        said |= !like_an_id(text) && codes.is_in(text);
    });
    if said { Err(slipped(record, "còn thông tin chưa được thay bằng mã")) } else { Ok(coded) }
}

/// Whether a text has the form of an id or of a code of the program. So may a word that somebody wrote.
fn like_an_id(text: &str) -> bool {
    is_id(&text.replace('_', "-")) && text.bytes().any(|b| b.is_ascii_lowercase())
}

/// Ids and words that look like ids. Somebody may be known by a word that is also an id or a code of the program, «truc»,
/// «spokesperson»: what the record takes words for is words and gets a code, what it takes another id for gets an id that
/// says nothing, and where it takes neither stands a word of the program, which names nobody.
fn like_ids(tree: &mut Value, codes: &Codes) {
    let names = |text: &str| like_an_id(text) && codes.is_in(text);
    let mut many = 0;
    each_text(tree, "", &mut |_, text| many += usize::from(names(text)));
    // From the last on: what is changed does not move those before it.
    for nth in (0..many).rev() {
        for instead in [Codes::replaced, Codes::id] {
            let (mut tried, mut at) = (tree.clone(), 0);
            each_text(&mut tried, "", &mut |_, text| {
                if names(text) {
                    if at == nth {
                        *text = instead(codes, text);
                    }
                    at += 1;
                }
            });
            if serde_json::from_value::<Record<Event>>(tried.clone()).is_ok() {
                *tree = tried;
                break;
            }
        }
    }
}

/// Every text below a value, with the name of the field in which it stands.
fn each_text(value: &mut Value, key: &str, visit: &mut impl FnMut(&str, &mut String)) {
    match value {
        Value::String(text) => visit(key, text),
        Value::Array(values) => values.iter_mut().for_each(|value| each_text(value, key, visit)),
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                each_text(value, name, visit);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Whether an object is a file: it has a digest, a size and a type.
fn is_file(fields: &serde_json::Map<String, Value>) -> bool {
    ["digest", "name", "size", "media"].iter().all(|field| fields.contains_key(*field))
}

fn names_of_files(value: &mut Value, codes: &Codes) {
    match value {
        Value::Object(fields) if is_file(fields) => {
            if let Some(Value::String(name)) = fields.get_mut("name") {
                *name = codes.file(name);
            }
        }
        Value::Object(fields) => fields.values_mut().for_each(|value| names_of_files(value, codes)),
        Value::Array(values) => values.iter_mut().for_each(|value| names_of_files(value, codes)),
        _ => {}
    }
}

impl Codes {
    /// The codes of a record, numbered in the order in which it first names people: what a record grows by does not
    /// change the codes that it had.
    fn of(records: &[Record<Event>], drafts: &Drafts, exporter: &str) -> Self {
        let mut codes = Self::default();
        for record in records {
            let program = record.by.is(Role::Room) || record.by.is(Role::Service);
            if !program {
                codes.person(&record.by.person, &record.by.name);
            }
            for (index, event) in record.events.iter().enumerate() {
                if let Some(text) = drafts.ends.get(&(record.rev, index)) {
                    codes.collect(text);
                }
                let mut tree = serde_json::to_value(event).unwrap_or_default();
                if let Event::Clipping(event) = event {
                    codes.rows_of_links(event);
                }
                codes.collect_people(&tree);
                each_text(&mut tree, "", &mut |_, text| codes.collect(text));
            }
        }
        if !exporter.is_empty() {
            codes.named(exporter);
        }
        codes.close();
        codes
    }

    fn collect_people(&mut self, value: &Value) {
        match value {
            Value::Object(fields) => {
                let text = |field: &str| fields.get(field).and_then(Value::as_str);
                if let (Some(person), Some(name)) = (text("person").and_then(PersonId::new), text("name")) {
                    self.person(&person, name);
                }
                if let Some(name) = text("asked_by") {
                    self.named(name);
                }
                if is_file(fields) {
                    self.code(Kind::File, text("name").unwrap_or_default());
                }
                for (field, value) in fields {
                    if let (true, Some(name)) =
                        (field == "decider", value.get("name").and_then(Value::as_str))
                    {
                        self.named(name);
                    }
                    self.collect_people(value);
                }
            }
            Value::Array(values) => values.iter().for_each(|value| self.collect_people(value)),
            _ => {}
        }
    }

    /// The id of a row that is made from a link says the link to whoever guesses it.
    fn rows_of_links(&mut self, event: &clipping::Event) {
        match event {
            clipping::Event::Entered { id, .. } => {
                self.code(Kind::Row, id.as_str());
            }
            clipping::Event::Imported { entries, .. } => {
                for (id, _) in entries {
                    self.code(Kind::Row, id.as_str());
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
#[path = "variant/tests.rs"]
mod tests;
