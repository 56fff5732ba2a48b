//! The timeline: one sentence per thing that happened, written here once for the screen and for every export.
//! Draft words never enter a sentence: whoever sees the timeline need not see drafts.

mod fact;
mod media;
mod plan;
mod press;
mod statement;

use super::attachment::Attachment;
use super::ids::{Rev, RowId};
use super::message::record;
use super::table::Row;
use super::{Act, Event, Incident, Origin, Record, deadline, decision, entry, incident, office, task};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

/// What a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
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
    /// Media watch.
    Media,
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
        Self::Media,
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
            Self::Media => "media",
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
            Self::Media => "Điểm báo",
        }
    }
}

/// A line of the timeline.
#[derive(Clone, Debug, Serialize, TS)]
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

impl Row for Line {
    type Id = (Rev, u32);
    fn id(&self) -> &(Rev, u32) {
        &self.id
    }
    fn rev(&self) -> Rev {
        self.rev
    }
    fn stamp(&mut self, rev: Rev) {
        self.rev = rev;
    }
}

/// The line for one event of a record, as the incident stands before it; none for talk and for typing.
pub fn of(incident: &Incident, record: &Record<Event>, index: usize, event: &Event) -> Option<Line> {
    let act = record.act();
    let recorded = record.at;
    let (kind, text, occurred_at) = match event {
        Event::Message(_) => return None,
        Event::Incident(event) => (Kind::Incident, of_incident(incident, event)?, recorded),
        Event::Office(event) => (Kind::Office, of_office(incident, event), recorded),
        Event::Task(event) => (Kind::Task, plan::of_task(incident, event), recorded),
        Event::Deadline(event) => plan::of_deadline(incident, event, recorded),
        Event::Question(event) => (Kind::Question, plan::of_question(incident, event), recorded),
        Event::Ladder(event) => (Kind::Incident, plan::of_ladder(incident, event), recorded),
        Event::Plan(event) => (Kind::Incident, plan::of_plan(incident, event), recorded),
        Event::Statement(event) => {
            let (text, occurred_at) = statement::of(incident, event)?;
            (Kind::Statement, text, occurred_at.unwrap_or(recorded))
        }
        Event::Fact(event) => (Kind::Fact, fact::of(incident, event), recorded),
        Event::Enquiry(event) => {
            let (text, occurred_at) = press::of_enquiry(incident, event);
            (Kind::Press, text, occurred_at.unwrap_or(recorded))
        }
        Event::Meeting(event) => {
            let (text, occurred_at) = press::of_meeting(incident, event);
            (Kind::Press, text, occurred_at.unwrap_or(recorded))
        }
        Event::Clipping(event) => (Kind::Media, media::of(incident, event)?, recorded),
        Event::Decision(event) => {
            let decision::Event::Taken { occurred_at, .. } = event;
            (Kind::Decision, event.sentence(), *occurred_at)
        }
        Event::Entry(entry::Event::Added { text, occurred_at, .. }) => {
            (Kind::Entry, text.clone(), *occurred_at)
        }
        Event::Entry(entry::Event::Corrected { reason, .. }) => {
            (Kind::Entry, format!("Sửa một mốc trên dòng thời gian. Lý do: {reason}"), recorded)
        }
    };
    let (entry, source, origin) = match event {
        Event::Entry(entry::Event::Added { id, source, origin, .. }) => {
            (Some(id.clone()), source.clone(), *origin)
        }
        Event::Decision(decision::Event::Taken { origin, .. }) => (None, None, *origin),
        _ => (None, None, None),
    };
    let attachments = match event {
        Event::Entry(entry::Event::Added { attachments, .. }) => attachments.clone(),
        Event::Task(task::Event::Finished { evidence, .. }) => evidence.attachments.clone(),
        _ => vec![],
    };
    let id = (record.rev, u32::try_from(index).unwrap_or(u32::MAX));
    Some(Line {
        id,
        rev: record.rev,
        kind,
        text,
        occurred_at,
        by: act,
        source,
        entry,
        corrected: None,
        origin,
        attachments,
        from: record::made(event).map(|(_, _, from)| from.clone()),
    })
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
        let (old, new) = (row.due_at?, row.clock.due.at(&anchors, &frame.calendar)?);
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
