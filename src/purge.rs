//! What a purge takes out of a record: every word of some lines, or one passage wherever it stands, and the files that
//! are named there. Codes, numbers, times, and who did what stay, so that what happened after it still holds.

use crate::domain::attachment::Attachment;
use crate::domain::ids::{Digest, Rev, RowId};
use crate::domain::purge::{self, LEFT};
use crate::domain::refusal::{Purges, Refusal};
use crate::domain::{Event, Record};
use crate::log::Damage;
use crate::log::chain::{self, Purged};
use crate::record::Whole;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Shortest passage, characters: a shorter one stands inside words that have nothing to do with it.
pub const PASSAGE_MIN: usize = 4;
/// Shortest words by which another line is known to say the same, characters: shorter ones recur by chance.
const SAME_MIN: usize = 12;

/// What shall go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// All words of these lines.
    Lines(BTreeSet<Rev>),
    /// This passage, wherever it stands.
    Passage(String),
}

/// A line as it will be left.
#[derive(Clone, Debug)]
pub struct Cleared {
    /// Its number.
    pub rev: Rev,
    /// What is left of its events.
    pub events: Vec<Event>,
    /// How many texts lost words.
    pub texts: u32,
    /// The files that it named.
    pub files: BTreeSet<Digest>,
}

/// What a purge would do.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// The lines that it would touch, in order.
    pub cleared: Vec<Cleared>,
    /// Other lines that say the same, or name the same files.
    pub also: BTreeSet<Rev>,
    /// Drafts that would lose all their words.
    pub statements: BTreeSet<RowId>,
    /// Statements that say it too and stay as they are; `purgeable` says why.
    pub standing: BTreeSet<RowId>,
}

impl Survey {
    /// The files that are named by what goes.
    pub fn files(&self) -> BTreeSet<Digest> {
        self.cleared.iter().flat_map(|line| line.files.iter().copied()).collect()
    }

    /// The lines that are left, and what the record of the purge has to say of them.
    ///
    /// # Errors
    /// A line that cannot be read or written.
    pub fn left(&self, whole: &Whole) -> Result<Vec<(String, Purged)>, Damage> {
        let stored = |rev: Rev| whole.lines.get(rev as usize - 1).map_or("", String::as_str);
        let left = self.cleared.iter();
        left.map(|line| chain::purged(line.rev, stored(line.rev), line.events.clone())).collect()
    }
}

/// Looks at what would go.
///
/// # Errors
/// Why it cannot, or not yet.
pub fn survey(whole: &Whole, what: &What) -> Result<Survey, Refusal> {
    let eraser = Eraser::of(whole, what)?;
    let mut survey = Survey { statements: eraser.drafts(whole)?, ..Survey::default() };
    survey.standing = eraser.standing(whole, &survey.statements);
    for record in &whole.records {
        let cleared = eraser.cleared(record, &survey.statements);
        let touched = cleared.texts > 0 || !cleared.files.is_empty();
        // A line that was named and has nothing left to take out is no line to purge.
        if touched {
            survey.cleared.push(cleared);
        }
    }
    if survey.cleared.is_empty() {
        let why = survey.standing.iter().find_map(|id| purge::purgeable(&whole.incident, id).err());
        return Err(why.unwrap_or(Purges::NothingToPurge).into());
    }
    if let What::Lines(_) = what {
        let gone: BTreeSet<_> = survey.cleared.iter().map(|line| line.rev).collect();
        let words = said(whole, &gone, &eraser.plan);
        let files = survey.files();
        let same = |record: &&Record<Event>| {
            !gone.contains(&record.rev) && says_one(record, &words, &files, &eraser.plan)
        };
        survey.also = whole.records.iter().filter(same).map(|record| record.rev).collect();
        for row in whole.incident.statements.iter().filter(|row| !survey.statements.contains(&row.id)) {
            let stands = purge::purgeable(&whole.incident, &row.id).is_err();
            if stands && words.iter().any(|words| row.text.contains(words.as_str())) {
                survey.standing.insert(row.id.clone());
            }
        }
    }
    Ok(survey)
}

struct Eraser<'a> {
    what: &'a What,
    /// Texts of the opening: codes and names of the plan, which are no secret and on which everything hangs.
    plan: BTreeSet<String>,
}

impl<'a> Eraser<'a> {
    fn of(whole: &Whole, what: &'a What) -> Result<Self, Refusal> {
        match what {
            What::Lines(lines) if lines.is_empty() => return Err(Purges::NothingToPurge.into()),
            What::Lines(lines) if lines.contains(&1) => return Err(Purges::PurgeOpening.into()),
            What::Lines(lines) => {
                let last = whole.head.rev;
                if let Some(line) = lines.iter().find(|line| **line == 0 || **line > last) {
                    return Err(Purges::PurgeUnknownLine { line: *line }.into());
                }
            }
            What::Passage(passage) if passage.chars().count() < PASSAGE_MIN => {
                return Err(Purges::PurgeTooShort { min: PASSAGE_MIN }.into());
            }
            What::Passage(_) => {}
        }
        let plan = whole.records.first().map(texts).unwrap_or_default();
        Ok(Self { what, plan })
    }

    /// The drafts whose own words are concerned and can go: all of a draft or nothing, because its words are made of
    /// every key that was pressed.
    fn drafts(&self, whole: &Whole) -> Result<BTreeSet<RowId>, Refusal> {
        let incident = &whole.incident;
        match self.what {
            What::Lines(lines) => {
                let concerned = whole.records.iter().filter(|record| lines.contains(&record.rev));
                let concerned: BTreeSet<_> = concerned.flat_map(|record| words_of(record).cloned()).collect();
                concerned.iter().try_for_each(|id| purge::purgeable(incident, id))?;
                Ok(concerned)
            }
            What::Passage(passage) => {
                let concerned = holding(whole, passage);
                Ok(concerned.into_iter().filter(|id| purge::purgeable(incident, id).is_ok()).collect())
            }
        }
    }

    fn standing(&self, whole: &Whole, drafts: &BTreeSet<RowId>) -> BTreeSet<RowId> {
        let What::Passage(passage) = self.what else { return BTreeSet::new() };
        holding(whole, passage).difference(drafts).cloned().collect()
    }

    fn cleared(&self, record: &Record<Event>, drafts: &BTreeSet<RowId>) -> Cleared {
        let named = matches!(self.what, What::Lines(lines) if lines.contains(&record.rev));
        let mut cleared = Cleared { rev: record.rev, events: vec![], texts: 0, files: BTreeSet::new() };
        for event in &record.events {
            let own = match event {
                Event::Statement(event) => drafts.contains(event.id()),
                _ => false,
            };
            let left = match self.what {
                _ if named || own => self.without_words(event, &mut cleared),
                // The words of a statement that stays are what was approved, to the letter.
                What::Passage(passage) if words_in(event).is_none() => {
                    self.without(passage, event, &mut cleared)
                }
                _ => event.clone(),
            };
            cleared.events.push(left);
        }
        cleared
    }

    /// The event with every text gone that is no code, and every file.
    fn without_words(&self, event: &Event, cleared: &mut Cleared) -> Event {
        let mut left = Leaves::of(event);
        left.drop_files(&mut cleared.files);
        for place in left.texts() {
            let is_number = place.ends_with("/number");
            left.put(&place, |text| {
                let stays = is_number || text.is_empty() || text == LEFT || self.plan.contains(text);
                (!stays).then(|| LEFT.to_owned())
            });
        }
        cleared.texts += left.put;
        let mut event = left.event;
        if let Event::Statement(of_statement) = &mut event {
            let before = of_statement.clone();
            of_statement.untype();
            cleared.texts += u32::from(*of_statement != before);
        }
        event
    }

    /// The event with a passage gone.
    fn without(&self, passage: &str, event: &Event, cleared: &mut Cleared) -> Event {
        let mut left = Leaves::of(event);
        for place in left.texts() {
            left.put(&place, |text| {
                let is_code = self.plan.contains(text) && !text.contains(' ');
                (text.contains(passage) && !is_code).then(|| text.replace(passage, LEFT))
            });
        }
        cleared.texts += left.put;
        left.event
    }
}

/// An event as the tree of its texts. A text is put in place of another only where the event is still one after it: what
/// must be a code, a digest, a time or an id is not words.
struct Leaves {
    event: Event,
    tree: Value,
    put: u32,
}

impl Leaves {
    fn of(event: &Event) -> Self {
        // Every event was read from JSON or is about to be written as such.
        let tree = serde_json::to_value(event).unwrap_or_default();
        Self { event: event.clone(), tree, put: 0 }
    }

    fn texts(&self) -> Vec<String> {
        let mut places = vec![];
        walk(&self.tree, &mut String::new(), &mut |place, value| {
            if value.is_string() {
                places.push(place.to_owned());
            }
            true
        });
        places
    }

    fn put(&mut self, place: &str, change: impl FnOnce(&str) -> Option<String>) {
        let new = self.tree.pointer(place).and_then(Value::as_str).and_then(change);
        if let Some(new) = new {
            self.put += u32::from(self.attempt(place, Value::String(new)));
        }
    }

    fn attempt(&mut self, place: &str, new: Value) -> bool {
        let Some(old) = self.tree.pointer_mut(place).map(|value| std::mem::replace(value, new)) else {
            return false;
        };
        match serde_json::from_value(self.tree.clone()) {
            Ok(event) => self.event = event,
            Err(_) => {
                if let Some(value) = self.tree.pointer_mut(place) {
                    *value = old;
                }
                return false;
            }
        }
        true
    }

    /// Takes the files out of the lists that name them, and out of fields that need not name one.
    fn drop_files(&mut self, files: &mut BTreeSet<Digest>) {
        let (mut lists, mut fields) = (BTreeSet::new(), vec![]);
        walk(&self.tree, &mut String::new(), &mut |place, value| {
            let Some(file) = as_file(value) else { return true };
            files.insert(file.digest);
            match place.rsplit_once('/') {
                Some((list, index)) if index.parse::<usize>().is_ok() => {
                    lists.insert(list.to_owned());
                }
                _ => fields.push(place.to_owned()),
            }
            false
        });
        for list in lists {
            self.attempt(&list, Value::Array(vec![]));
        }
        for field in fields {
            self.attempt(&field, Value::Null);
        }
    }
}

fn as_file(value: &Value) -> Option<Attachment> {
    value.as_object()?.get("digest")?;
    serde_json::from_value(value.clone()).ok()
}

/// Walks a tree with the pointer (RFC 6901) of each place; `visit` says whether to go into it.
fn walk(value: &Value, place: &mut String, visit: &mut impl FnMut(&str, &Value) -> bool) {
    if !visit(place, value) {
        return;
    }
    let length = place.len();
    let mut inside = |key: &str, value: &Value| {
        place.push('/');
        place.push_str(&key.replace('~', "~0").replace('/', "~1"));
        walk(value, place, visit);
        place.truncate(length);
    };
    match value {
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                inside(&index.to_string(), value);
            }
        }
        Value::Object(values) => {
            for (key, value) in values {
                inside(key, value);
            }
        }
        _ => {}
    }
}

/// The statement whose own words an event holds.
fn words_in(event: &Event) -> Option<&RowId> {
    match event {
        Event::Statement(event) => event.words_of(),
        _ => None,
    }
}

fn words_of(record: &Record<Event>) -> impl Iterator<Item = &RowId> {
    record.events.iter().filter_map(words_in)
}

/// The statements that say or ever said a passage, as far as it can be known without every key that was pressed.
fn holding(whole: &Whole, passage: &str) -> BTreeSet<RowId> {
    let now = whole.incident.statements.iter().filter(|row| {
        row.text.contains(passage) || row.versions.iter().any(|version| version.text.contains(passage))
    });
    let once = whole
        .records
        .iter()
        .flat_map(|record| &record.events)
        .filter(|event| words_in(event).is_some() && says(event, |text| text.contains(passage)));
    now.map(|row| row.id.clone()).chain(once.filter_map(words_in).cloned()).collect()
}

fn says(event: &Event, told: impl Fn(&str) -> bool) -> bool {
    let mut found = false;
    walk(&Leaves::of(event).tree, &mut String::new(), &mut |_, value| {
        found = found || value.as_str().is_some_and(&told);
        !found
    });
    found
}

/// All texts of a record.
fn texts(record: &Record<Event>) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    for event in &record.events {
        walk(&Leaves::of(event).tree, &mut String::new(), &mut |_, value| {
            texts.extend(value.as_str().map(ToOwned::to_owned));
            true
        });
    }
    texts
}

/// What these lines say that is long enough to be known again.
fn said(whole: &Whole, lines: &BTreeSet<Rev>, plan: &BTreeSet<String>) -> BTreeSet<String> {
    let records = whole.records.iter().filter(|record| lines.contains(&record.rev));
    let all = records.flat_map(texts);
    all.filter(|text| is_said(text) && !plan.contains(text)).collect()
}

/// Long enough, and no digest or id: those have no spaces.
fn is_said(text: &str) -> bool {
    text.contains(' ') && text != LEFT && text.chars().count() >= SAME_MIN
}

fn says_one(
    record: &Record<Event>,
    words: &BTreeSet<String>,
    files: &BTreeSet<Digest>,
    plan: &BTreeSet<String>,
) -> bool {
    texts(record).iter().any(|text| {
        let one = |words: &String| {
            text.contains(words.as_str())
                || (is_said(text) && !plan.contains(text) && words.contains(text.as_str()))
        };
        words.iter().any(one) || Digest::try_from(text.clone()).is_ok_and(|digest| files.contains(&digest))
    })
}

/// What an event is about, for whoever decides on a line without reading it.
pub fn noun(event: &Event) -> &'static str {
    match event {
        Event::Incident(_) => "Sự cố",
        Event::Office(_) => "Cơ quan",
        Event::Task(_) => "Nhiệm vụ",
        Event::Deadline(_) => "Thời hạn",
        Event::Statement(_) => "Phát ngôn",
        Event::Fact(_) => "Dữ kiện",
        Event::Decision(_) => "Quyết định",
        Event::Message(_) => "Trao đổi",
        Event::Entry(_) => "Diễn biến",
        Event::Line(_) => "Đánh dấu",
        Event::Question(_) => "Đánh giá",
        Event::Ladder(_) => "Cấp độ",
        Event::Enquiry(_) | Event::Meeting(_) => "Báo chí",
        Event::Plan(_) => "Kịch bản",
        Event::Clipping(_) => "Điểm báo",
        Event::Shift(_) => "Ca trực",
        Event::Brief(_) => "Tóm tắt",
        Event::Claim(_) => "Tin đồn",
        Event::Review(_) => "Rút kinh nghiệm",
        Event::Purge(_) => "Xóa bỏ",
    }
}

/// The files that these events name.
pub fn files_of<'a>(events: impl IntoIterator<Item = &'a Event>) -> BTreeSet<Digest> {
    attachments_of(events).into_keys().collect()
}

/// The same with what is said of each there.
pub fn attachments_of<'a>(events: impl IntoIterator<Item = &'a Event>) -> BTreeMap<Digest, Attachment> {
    let mut files = BTreeMap::new();
    for event in events {
        walk(&Leaves::of(event).tree, &mut String::new(), &mut |_, value| {
            files.extend(as_file(value).map(|file| (file.digest, file)));
            true
        });
    }
    files
}

#[cfg(test)]
mod tests;
