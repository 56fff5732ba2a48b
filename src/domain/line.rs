//! The timeline: one sentence per thing that happened, written here once for the screen and for every export.
//! Draft words never enter a sentence: whoever sees the timeline need not see drafts.

mod claim;
mod fact;
pub mod filter;
mod mark;
mod media;
mod plan;
mod press;
mod review;
mod shift;
mod statement;

pub use filter::{Filter, LinePage, Start};
pub use mark::{Command, Event, Mark};
pub(super) use mark::{apply, decide};

use super::attachment::Attachment;
use super::ids::{Rev, RowId};
use super::message::record;
use super::table::row;
use super::{
    Act, Event as AnyEvent, Incident, Origin, Record, deadline, decision, entry, incident, office, task,
};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use ts_rs::TS;

/// What a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "LineKind")]
pub enum Kind {
    /// Written by a person.
    Entry,
    /// The incident as a whole.
    Incident,
    /// An office.
    Office,
    /// A task.
    Task,
    /// A clock of the law.
    Deadline,
    /// A statement.
    Statement,
    /// A fact of the ledger.
    Fact,
    /// A decision.
    Decision,
    /// An answer to a question of fact.
    Question,
    /// A question of the press, or a meeting with it.
    Press,
    /// A claim of the register.
    Claim,
    /// Media watch.
    Media,
    /// The after-action review.
    Review,
}

impl Kind {
    /// All kinds.
    pub const ALL: &'static [Self] = &[
        Self::Entry,
        Self::Incident,
        Self::Office,
        Self::Task,
        Self::Deadline,
        Self::Statement,
        Self::Fact,
        Self::Decision,
        Self::Question,
        Self::Press,
        Self::Claim,
        Self::Media,
        Self::Review,
    ];
    /// The code used on the wire and in exports.
    pub fn code(self) -> &'static str {
        match self {
            Self::Entry => "entry",
            Self::Incident => "incident",
            Self::Office => "office",
            Self::Task => "task",
            Self::Deadline => "deadline",
            Self::Statement => "statement",
            Self::Fact => "fact",
            Self::Decision => "decision",
            Self::Question => "question",
            Self::Press => "press",
            Self::Claim => "claim",
            Self::Media => "media",
            Self::Review => "review",
        }
    }
    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Entry => "Diễn biến",
            Self::Incident => "Sự cố",
            Self::Office => "Cơ quan",
            Self::Task => "Nhiệm vụ",
            Self::Deadline => "Thời hạn",
            Self::Statement => "Phát ngôn",
            Self::Fact => "Dữ kiện",
            Self::Decision => "Quyết định",
            Self::Question => "Đánh giá",
            Self::Press => "Báo chí",
            Self::Claim => "Tin đồn",
            Self::Media => "Điểm báo",
            Self::Review => "Rút kinh nghiệm",
        }
    }
}

/// A line of the timeline.
#[derive(Clone, Debug, Serialize, JsonSchema, TS)]
pub struct Line {
    /// Its id: revision and place within it.
    pub id: (Rev, u32),
    /// Last change.
    pub rev: Rev,
    /// What it is about.
    pub kind: Kind,
    /// The sentence.
    pub text: String,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// Who did it, and when it was recorded.
    pub by: Act,
    /// How it is known.
    pub source: Option<String>,
    /// The entry, when a person wrote it.
    pub entry: Option<RowId>,
    /// Who corrected it.
    pub corrected: Option<Act>,
    /// The line that says it right.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub corrected_by: Option<(Rev, u32)>,
    /// The line that it says right; that one stays as it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub corrects: Option<(Rev, u32)>,
    /// Why it corrects that one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reason: Option<String>,
    /// The phase in which the incident stood when it was recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(type = "string", optional)]
    pub phase: Option<Arc<str>>,
    /// That it belongs in the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub report: Option<Mark>,
    /// Of the demonstration: on public record, or made for it.
    pub origin: Option<Origin>,
    /// Files that show it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Attachment>>", optional)]
    pub attachments: Vec<Attachment>,
    /// The message that it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub from: Option<RowId>,
}

row!(Line, (Rev, u32));

/// The line for one event of a record, as the incident stands before it; none for talk, for typing, for marks and
/// for what people have read.
pub fn of(incident: &Incident, record: &Record<AnyEvent>, index: usize, event: &AnyEvent) -> Option<Line> {
    let act = record.act();
    let recorded = record.at;
    let (kind, text, occurred_at) = match event {
        AnyEvent::Message(_) | AnyEvent::Line(_) | AnyEvent::Brief(_) => return None,
        AnyEvent::Incident(event) => (Kind::Incident, of_incident(incident, event)?, recorded),
        AnyEvent::Purge(event) => (Kind::Incident, event.sentence(), recorded),
        AnyEvent::Office(event) => (Kind::Office, of_office(incident, event), recorded),
        AnyEvent::Shift(event) => (Kind::Office, shift::of(incident, event, &act), recorded),
        AnyEvent::Task(event) => (Kind::Task, plan::of_task(incident, event), recorded),
        AnyEvent::Deadline(event) => plan::of_deadline(incident, event, recorded),
        AnyEvent::Review(event) => (Kind::Review, review::of(incident, event), recorded),
        AnyEvent::Question(event) => (Kind::Question, plan::of_question(incident, event), recorded),
        AnyEvent::Ladder(event) => (Kind::Incident, plan::of_ladder(incident, event), recorded),
        AnyEvent::Plan(event) => (Kind::Incident, plan::of_plan(incident, event), recorded),
        AnyEvent::Statement(event) => {
            let (text, occurred_at) = statement::of(incident, event)?;
            (Kind::Statement, text, occurred_at.unwrap_or(recorded))
        }
        AnyEvent::Fact(event) => (Kind::Fact, fact::of(incident, event), recorded),
        AnyEvent::Enquiry(event) => {
            let (text, occurred_at) = press::of_enquiry(incident, event);
            (Kind::Press, text, occurred_at.unwrap_or(recorded))
        }
        AnyEvent::Meeting(event) => {
            let (text, occurred_at) = press::of_meeting(incident, event);
            (Kind::Press, text, occurred_at.unwrap_or(recorded))
        }
        AnyEvent::Claim(event) => {
            let (text, occurred_at) = claim::of(incident, event);
            (Kind::Claim, text, occurred_at.unwrap_or(recorded))
        }
        AnyEvent::Clipping(event) => (Kind::Media, media::of(incident, event)?, recorded),
        AnyEvent::Decision(event) => {
            let decision::Event::Taken { occurred_at, .. } = event;
            (Kind::Decision, event.sentence(), *occurred_at)
        }
        AnyEvent::Entry(
            entry::Event::Added { text, occurred_at, .. } | entry::Event::Corrected { text, occurred_at, .. },
        ) => (Kind::Entry, text.clone(), *occurred_at),
    };
    let line = Line {
        id: (record.rev, u32::try_from(index).unwrap_or(u32::MAX)),
        rev: record.rev,
        kind,
        text,
        occurred_at,
        by: act,
        source: None,
        entry: None,
        corrected: None,
        corrected_by: None,
        corrects: None,
        reason: None,
        phase: None,
        report: None,
        origin: None,
        attachments: vec![],
        from: record::made(event).map(|(_, _, from)| from.clone()),
    };
    Some(match event {
        AnyEvent::Entry(entry::Event::Added { id, source, origin, attachments, .. }) => Line {
            entry: Some(id.clone()),
            source: source.clone(),
            origin: *origin,
            attachments: attachments.clone(),
            ..line
        },
        AnyEvent::Entry(entry::Event::Corrected { id, reason, .. }) => {
            let old = incident.entries.get(id).and_then(|old| incident.lines.get(old));
            correction(line, id, reason, old.map(Arc::as_ref))
        }
        AnyEvent::Decision(decision::Event::Taken { origin, .. }) => Line { origin: *origin, ..line },
        AnyEvent::Claim(event) => Line { attachments: claim::files(event).to_vec(), ..line },
        AnyEvent::Task(task::Event::Finished { evidence, .. }) => {
            Line { attachments: evidence.attachments.clone(), ..line }
        }
        _ => line,
    })
}

/// A line that says another one right. How that is known, what shows it and its place in the report are the old one's.
fn correction(line: Line, entry: &RowId, reason: &str, old: Option<&Line>) -> Line {
    let (entry, reason) = (Some(entry.clone()), Some(reason.to_owned()));
    match old.cloned() {
        Some(Line { id, source, origin, attachments, report, from, .. }) => {
            Line { entry, reason, corrects: Some(id), source, origin, attachments, report, from, ..line }
        }
        None => Line { entry, reason, ..line },
    }
}

/// Puts a new line at its place. The one that it corrects keeps its words and points to it.
pub(super) fn put(incident: &mut Incident, rev: Rev, line: Line) {
    let (new, by) = (line.id, line.by.clone());
    if let Some(old) = line.corrects {
        incident.lines.edit(rev, &old, |old| {
            (old.corrected, old.corrected_by, old.report) = (Some(by), Some(new), None);
        });
    }
    incident.entries.extend(line.entry.clone().map(|entry| (entry, new)));
    let phase = incident.phase();
    incident.lines.put(rev, Line { phase, ..line });
}

fn of_incident(incident: &Incident, event: &incident::Event) -> Option<String> {
    let header = incident.header.as_ref();
    Some(match event {
        incident::Event::Opened(opening) => format!(
            "Mở sự cố {}: {}. Mức {} – {}. Kịch bản: {} (phiên bản {}).",
            opening.number,
            opening.title.trim_end_matches('.'),
            opening.level.get(),
            opening.level.title(),
            opening.playbook.title,
            opening.playbook.version
        ),
        incident::Event::LevelSet { level, reason, despite } => {
            let verb = match header {
                Some(header) if header.level > *level => "Hạ",
                _ => "Nâng",
            };
            let despite = overruled(despite);
            format!("{verb} mức độ: mức {} – {}. Lý do: {reason}{despite}", level.get(), level.title())
        }
        incident::Event::AnchorSet { anchor: deadline::Anchor::ClosedAt, .. } => return None,
        incident::Event::AnchorSet { anchor, at: moment_set, reason } => {
            let at = moment(incident, *moment_set);
            let reason = reason.as_ref().map_or_else(String::new, |reason| format!(" Lý do đổi: {reason}"));
            let moved = moved(incident, *anchor, *moment_set);
            format!("Mốc tính thời hạn “{}”: {at}.{reason}{moved}", anchor.title())
        }
        incident::Event::Closed { summary, despite } => {
            format!("Kết thúc sự cố. {summary}{}", overruled(despite))
        }
    })
}

fn of_office(incident: &Incident, event: &office::Event) -> String {
    match event {
        office::Event::Accepted { office } => {
            format!("{} tiếp nhận sự cố.", incident.office_name(Some(office)))
        }
        office::Event::Invited { office } => format!("Mời {} tham gia.", office.name),
    }
}

/// What spoke against an act, and that the head decided all the same.
fn overruled(despite: &[String]) -> String {
    if despite.is_empty() {
        return String::new();
    }
    format!(" Tổ trưởng quyết định dù chưa đủ điều kiện: {}.", despite.join("; "))
}

/// The clocks that this moment moves: from when to when.
fn moved(incident: &Incident, anchor: deadline::Anchor, at: Timestamp) -> String {
    let Some((header, frame)) = incident.header.as_ref().zip(incident.frame.as_ref()) else {
        return String::new();
    };
    let mut anchors = header.anchors.clone();
    anchors.insert(anchor, at);
    let running = incident.deadlines.iter().filter(|row| row.is_running() && row.missed_at.is_none());
    let moves = running.filter_map(|row| {
        let (old, new) = (row.due_at?, row.due_by(&anchors, &frame.calendar)?);
        let (from, to) = (moment(incident, old), moment(incident, new));
        (old != new).then(|| format!(" Hạn “{}” dời từ {from} sang {to}.", row.clock.title))
    });
    moves.collect()
}

/// A moment in words, on the office's wall clock.
fn moment(incident: &Incident, at: Timestamp) -> String {
    let local = incident.frame.as_ref().map(|frame| frame.calendar.local(at));
    local.map_or_else(|| at.to_string(), |at| at.strftime("%H:%M ngày %d/%m/%Y").to_string())
}

/// What follows a reason on the timeline, if there was one.
fn because(reason: Option<&String>) -> String {
    reason.map_or_else(String::new, |reason| format!(" Lý do: {reason}"))
}
