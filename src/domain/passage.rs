//! What can be found of an incident: one passage per row, made from what `since` shows a viewer and from nothing else,
//! so that no word is found that its reader could not read in the room. A table that is added to the patch does not
//! compile until somebody says here what of it is looked for.

use super::enquiry::Outcome;
use super::ids::{OfficeId, Rev};
use super::task::Progress;
use super::{Act, Incident, Patch, Viewer};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// What kind of row a passage is of.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "PassageKind")]
pub enum Kind {
    /// The incident as a whole.
    Incident,
    /// A statement.
    Statement,
    /// A line of the timeline.
    Line,
    /// A message.
    Message,
    /// A fact.
    Fact,
    /// A decision.
    Decision,
    /// A task.
    Task,
    /// A question of the press.
    Enquiry,
    /// A meeting with the press.
    Meeting,
    /// A claim.
    Claim,
    /// A clipping of media watch.
    Clipping,
}

impl Kind {
    /// All kinds, as they are offered. Their order is kept in the index: a new one goes to the end.
    pub const ALL: &'static [Self] = &[
        Self::Incident,
        Self::Statement,
        Self::Line,
        Self::Message,
        Self::Fact,
        Self::Decision,
        Self::Task,
        Self::Enquiry,
        Self::Meeting,
        Self::Claim,
        Self::Clipping,
    ];
    /// The code used on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::Incident => "incident",
            Self::Statement => "statement",
            Self::Line => "line",
            Self::Message => "message",
            Self::Fact => "fact",
            Self::Decision => "decision",
            Self::Task => "task",
            Self::Enquiry => "enquiry",
            Self::Meeting => "meeting",
            Self::Claim => "claim",
            Self::Clipping => "clipping",
        }
    }
    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Incident => "Sự cố",
            Self::Statement => "Phát ngôn",
            Self::Line => "Dòng thời gian",
            Self::Message => "Trao đổi",
            Self::Fact => "Dữ kiện",
            Self::Decision => "Quyết định",
            Self::Task => "Nhiệm vụ",
            Self::Enquiry => "Câu hỏi báo chí",
            Self::Meeting => "Làm việc với báo chí",
            Self::Claim => "Tin đồn",
            Self::Clipping => "Điểm báo",
        }
    }
}

/// What is found: the words of a row, who has to do with it, and when it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Of what kind of row.
    pub kind: Kind,
    /// The row's id; for a line of the timeline its revision and place, `12-0`.
    pub row: String,
    /// When it was: what happened then, or was written.
    pub at: Timestamp,
    /// What it is called; empty for what has no name.
    pub title: String,
    /// Its words.
    pub text: String,
    /// Who acted, who was asked, who is named as having done something: people, and offices by their short names.
    pub who: Vec<String>,
}

/// A passage, and who sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The passage.
    pub passage: Passage,
    /// One bit for each of `Viewer::ALL`, in their order.
    pub by: u8,
}

impl Viewer {
    /// Every way of looking that sees something else than the others.
    pub const ALL: [Self; 2] = [Self { drafts: false }, Self { drafts: true }];

    /// The viewer's bit in `Seen::by`.
    pub fn bit(self) -> u8 {
        Self::ALL.iter().position(|viewer| *viewer == self).map_or(0, |place| 1 << place)
    }
}

impl Incident {
    /// The passages of all rows that changed after `from`, as each viewer sees them: one passage for all who see the
    /// same.
    pub fn passages_since(&self, from: Rev) -> Vec<Seen> {
        let mut seen: BTreeMap<(Kind, String), Vec<Seen>> = BTreeMap::new();
        for viewer in Viewer::ALL {
            for passage in of(self, &self.all_since(from, viewer)) {
                let ways = seen.entry((passage.kind, passage.row.clone())).or_default();
                match ways.iter_mut().find(|seen| seen.passage == passage) {
                    Some(same) => same.by |= viewer.bit(),
                    None => ways.push(Seen { passage, by: viewer.bit() }),
                }
            }
        }
        seen.into_values().flatten().collect()
    }
}

/// People and offices, each named once.
#[derive(Default)]
struct Who<'a>(Vec<String>, Option<&'a Incident>);

impl<'a> Who<'a> {
    fn of(incident: &'a Incident) -> Self {
        Self(vec![], Some(incident))
    }
    fn name(mut self, name: &str) -> Self {
        if !name.is_empty() && !self.0.iter().any(|known| known == name) {
            self.0.push(name.to_owned());
        }
        self
    }
    fn act(self, act: &Act) -> Self {
        let office = act.office.clone();
        self.name(&act.name).office(office.as_ref())
    }
    fn acts<'b>(self, acts: impl IntoIterator<Item = &'b Act>) -> Self {
        acts.into_iter().fold(self, Self::act)
    }
    fn office(self, office: Option<&OfficeId>) -> Self {
        let row = office.and_then(|office| self.1?.offices.get(office));
        let short = row.map_or_else(String::new, |row| row.short.clone());
        self.name(&short)
    }
}

/// The passages of what a viewer is sent.
fn of(incident: &Incident, patch: &Patch) -> Vec<Passage> {
    let Patch {
        from: _,
        rev: _,
        header,
        // Prepared words, rules and lists: they are read where they are used, and say nothing of what happened.
        frame: _,
        // Named wherever they act; clocks, questions and proposals are told by the timeline when they say something.
        offices: _,
        deadlines: _,
        questions: _,
        proposals: _,
        shifts: _,
        briefings: _,
        // Every word of the review is a line of the timeline.
        findings: _,
        actions: _,
        clippings,
        claims,
        tasks,
        statements,
        facts,
        decisions,
        enquiries,
        meetings,
        messages,
        talk_from: _,
        lines,
        lines_from: _,
    } = patch;
    let who = || Who::of(incident);
    let mut all = vec![];
    if let Some(row) = header {
        let place = row.place.as_ref().map_or("", |place| place.name.as_str());
        let playbooks = std::iter::once(&row.playbook).chain(&row.more).map(|it| it.title.as_str());
        let result = row.closed.as_ref().map_or("", |closing| closing.summary.as_str());
        all.push(Passage {
            kind: Kind::Incident,
            row: "incident".into(),
            at: row.opened.at,
            title: format!("{} {}", row.number, row.title),
            text: joined([place].into_iter().chain(playbooks).chain([result])),
            who: who().act(&row.opened).acts(row.closed.as_ref().map(|closing| &closing.by)).0,
        });
    }
    for row in statements {
        let document = row.document.as_ref().map_or("", |document| document.number.as_str());
        let objections = row.approvals.iter().filter_map(|given| given.reason());
        let links = row.releases.iter().filter_map(|release| release.link.as_deref());
        let asked = row.squares.iter().map(|square| square.signatory.office_short.as_str());
        let people = who().act(&row.drafted).act(&row.written).acts(&row.dropped);
        let people = people.acts(row.submission.as_ref().map(|submission| &submission.by));
        let people = people.acts(row.approvals.iter().map(|given| &given.by));
        let people = people.acts(row.releases.iter().map(|release| &release.by));
        all.push(Passage {
            kind: Kind::Statement,
            row: row.id.to_string(),
            // Not when it was written last: it would be another row with every key.
            at: row.out_since().unwrap_or(row.drafted.at),
            title: joined([row.number.as_str(), &row.title, document]),
            text: joined([row.text.as_str()].into_iter().chain(objections).chain(links)),
            who: asked.fold(people, Who::name).0,
        });
    }
    for row in lines {
        all.push(Passage {
            kind: Kind::Line,
            row: format!("{}-{}", row.id.0, row.id.1),
            at: row.occurred_at,
            title: String::new(),
            text: joined([
                row.text.as_str(),
                row.reason.as_deref().unwrap_or(""),
                row.source.as_deref().unwrap_or(""),
            ]),
            who: who().act(&row.by).acts(&row.corrected).0,
        });
    }
    for row in messages {
        let files = row.attachments.iter().map(|file| file.name.as_str());
        let people = row.mentions.iter().fold(who().act(&row.by), |who, named| who.name(named.whom.name()));
        let asked = row.asked.iter().flat_map(|asked| &asked.offices);
        let people = asked.fold(people, |who, asked| who.office(Some(&asked.office)).acts(&asked.confirmed));
        all.push(Passage {
            kind: Kind::Message,
            row: row.id.to_string(),
            at: row.by.at,
            title: String::new(),
            text: joined([row.text.as_str()].into_iter().chain(files)),
            who: people.0,
        });
    }
    for row in facts {
        let earlier = row.earlier.iter().map(|version| version.said.as_str());
        let reason = row.reason.as_deref().unwrap_or("");
        all.push(Passage {
            kind: Kind::Fact,
            row: row.id.to_string(),
            at: row.as_of,
            title: row.number.clone(),
            text: joined([row.sentence().as_str(), &row.source, reason].into_iter().chain(earlier)),
            who: who().act(&row.entered).acts(&row.judged).office(row.sole.as_ref()).0,
        });
    }
    for row in decisions {
        all.push(Passage {
            kind: Kind::Decision,
            row: row.id.to_string(),
            at: row.occurred_at,
            title: String::new(),
            text: joined([row.text.as_str(), row.reason.as_deref().unwrap_or("")]),
            who: who().act(&row.by).0,
        });
    }
    for row in tasks {
        let (by, said) = match &row.progress {
            Progress::Open => (None, ""),
            Progress::Taken { by } => (Some(by), ""),
            Progress::Done { by, note, .. } => (Some(by), note.as_deref().unwrap_or("")),
            Progress::Skipped { by, reason } => (Some(by), reason.as_str()),
        };
        let at = by.map(|by| by.at).or(row.due_at).or_else(|| Some(incident.header.as_ref()?.opened.at));
        all.push(Passage {
            kind: Kind::Task,
            row: row.plan.id.to_string(),
            at: at.unwrap_or(Timestamp::UNIX_EPOCH),
            title: String::new(),
            text: joined([row.plan.title.as_str(), row.plan.output.as_deref().unwrap_or(""), said]),
            who: who().office(row.plan.office.as_ref()).acts(by).acts(&row.left_by).0,
        });
    }
    for row in enquiries {
        let (by, said, ground) = match &row.outcome {
            None => (None, "", ""),
            Some(Outcome::Answered { note, by, .. }) => (Some(by), note.as_deref().unwrap_or(""), ""),
            Some(Outcome::Declined { ground, reason, by, .. }) => {
                (Some(by), reason.as_str(), ground.as_ref().map_or("", |ground| ground.title.as_str()))
            }
        };
        let asked = &row.asked;
        let people = who().name(asked.asked_by.as_deref().unwrap_or("")).act(&row.entered).acts(by);
        all.push(Passage {
            kind: Kind::Enquiry,
            row: row.id.to_string(),
            at: asked.received_at,
            title: asked.outlet.clone(),
            text: joined([asked.question.as_str(), said, ground]),
            who: people.0,
        });
    }
    for row in meetings {
        let held = &row.held;
        all.push(Passage {
            kind: Kind::Meeting,
            row: row.id.to_string(),
            at: held.held_at,
            title: held.kind.title().into(),
            text: joined([held.place.as_deref().unwrap_or(""), held.note.as_deref().unwrap_or("")]),
            who: who().act(&row.recorded).0,
        });
    }
    for row in claims {
        let places =
            row.places.iter().flat_map(|place| [place.seen.note.as_deref(), place.seen.link.as_deref()]);
        let reasons =
            row.earlier.iter().chain(&row.conclusion).map(|conclusion| conclusion.judged.reason.as_str());
        all.push(Passage {
            kind: Kind::Claim,
            row: row.id.to_string(),
            at: row.entered.at,
            title: row.number.clone(),
            text: joined([row.said.as_str()].into_iter().chain(places.flatten()).chain(reasons)),
            who: who().act(&row.entered).acts(row.conclusion.as_ref().map(|conclusion| &conclusion.by)).0,
        });
    }
    for row in clippings {
        let words = &row.words;
        all.push(Passage {
            kind: Kind::Clipping,
            row: row.id.to_string(),
            at: words.published_at.unwrap_or(row.entered.at),
            title: words.outlet.clone(),
            text: joined([words.title.as_str(), &row.link, words.note.as_deref().unwrap_or("")]),
            who: who().act(&row.entered).0,
        });
    }
    all
}

fn joined<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
#[path = "passage/tests.rs"]
mod tests;
