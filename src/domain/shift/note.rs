//! The note of a handover: what an office has on its hands at one moment, from the record and from nothing else. It is
//! made when the handover is offered and frozen with it, so that the record says what was handed over.

use crate::domain::approval::Answer;
use crate::domain::clipping::Tone;
use crate::domain::ids::{OfficeId, RowId};
use crate::domain::may::LEADS;
use crate::domain::message::spoken;
use crate::domain::statement::{State, Statement};
use crate::domain::{Actor, Incident};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Characters of a message in the note.
const SAID: usize = 120;
/// Pieces of media watch in the note: what somebody who comes on duty reads before the first telephone call.
const CLIPPINGS: usize = 10;

/// What an item of the note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "NoteKind")]
pub enum Kind {
    /// A clock of the law that runs.
    Clock,
    /// A square of the approval matrix that waits for the office.
    Approval,
    /// A message of which the office is asked to confirm that it knows.
    Confirmation,
    /// A statement that the office began and that is not out.
    Statement,
    /// An open task.
    Task,
    /// An open question of the press.
    Enquiry,
    /// A claim of the register with a step to take.
    Claim,
    /// Something against us that was published during this duty; those that reached most.
    Clipping,
    /// What a rule brought up and nobody has settled.
    Proposal,
}

impl Kind {
    /// All kinds, in the order of the note.
    pub const ALL: [Self; 9] = [
        Self::Clock,
        Self::Approval,
        Self::Confirmation,
        Self::Statement,
        Self::Task,
        Self::Enquiry,
        Self::Claim,
        Self::Clipping,
        Self::Proposal,
    ];
    /// So many of them, in words.
    fn counted(self, count: usize) -> String {
        match self {
            Self::Clock => format!("{count} thời hạn đang chạy"),
            Self::Approval => format!("{count} phát ngôn chờ cơ quan duyệt"),
            Self::Confirmation => format!("{count} tin chờ cơ quan xác nhận"),
            Self::Statement => format!("{count} phát ngôn đang làm"),
            Self::Task => format!("{count} nhiệm vụ chưa xong"),
            Self::Enquiry => format!("{count} câu hỏi báo chí chưa trả lời"),
            Self::Claim => format!("{count} tin đồn đang xử lý"),
            Self::Clipping => format!("{count} tin bài tiêu cực đáng chú ý trong ca"),
            Self::Proposal => format!("{count} đề xuất chưa xử lý"),
        }
    }
}

/// One thing that is handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "NoteItem")]
pub struct Item {
    /// What it is.
    pub kind: Kind,
    /// The row.
    pub row: RowId,
    /// In words, as they were at that moment.
    pub words: String,
    /// By when.
    pub due_at: Option<Timestamp>,
}

/// What an office has on its hands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "HandoverNote")]
pub struct Note {
    /// As of when.
    pub at: Timestamp,
    /// What there is: by kind, the most urgent of each first.
    pub items: Vec<Item>,
}

impl Note {
    /// The note of an office. A lead also hands over what waits for the leads: proposals, the questions and claims that
    /// other offices took in, and what media watch found.
    pub fn of(incident: &Incident, office: &OfficeId, by: &Actor, at: Timestamp) -> Self {
        let leads = LEADS.iter().any(|role| by.is(*role));
        let mut items = vec![];
        for kind in Kind::ALL {
            let mut some = match kind {
                Kind::Clock => clocks(incident, office),
                Kind::Approval => approvals(incident, office),
                Kind::Confirmation => confirmations(incident, office),
                Kind::Statement => statements(incident, office),
                Kind::Task => tasks(incident, office),
                Kind::Enquiry => enquiries(incident, office, leads),
                Kind::Claim => claims(incident, office, leads),
                Kind::Clipping if leads => clippings(incident, office),
                Kind::Proposal if leads => proposals(incident),
                Kind::Clipping | Kind::Proposal => vec![],
            };
            some.sort_by_key(|item| (item.due_at.is_none(), item.due_at));
            items.extend(some);
        }
        Self { at, items }
    }

    /// What it comes to, in words: `2 nhiệm vụ chưa xong, 1 thời hạn đang chạy`.
    pub fn sum(&self) -> String {
        let count = |kind: Kind| self.items.iter().filter(|item| item.kind == kind).count();
        let counts = Kind::ALL.into_iter().map(|kind| (kind, count(kind))).filter(|(_, count)| *count > 0);
        let words: Vec<_> = counts.map(|(kind, count)| kind.counted(count)).collect();
        if words.is_empty() { "không còn việc nào dở dang".into() } else { words.join(", ") }
    }
}

/// Those that the office owes, and those that are the whole task force's.
fn clocks(incident: &Incident, office: &OfficeId) -> Vec<Item> {
    let ours = |owner: &Option<OfficeId>| owner.as_ref().is_none_or(|owner| owner == office);
    let running = incident.deadlines.iter().filter(|row| row.is_running() && ours(&row.clock.office));
    let item = |row: &std::sync::Arc<crate::domain::deadline::Deadline>| {
        let missed = if row.missed_at.is_some() { " (đã quá hạn)" } else { "" };
        let words = format!("{}{missed}", row.clock.title);
        Item { kind: Kind::Clock, row: row.clock.id.clone(), words, due_at: row.due_at }
    };
    running.map(item).collect()
}

fn named(row: &Statement) -> String {
    format!("{} “{}”", row.number, row.title)
}

fn approvals(incident: &Incident, office: &OfficeId) -> Vec<Item> {
    let asked = |row: &Statement| {
        let squares = row.squares.iter().filter(|square| {
            square.answer == Answer::Waiting && square.signatory.office.as_ref() == Some(office)
        });
        let item = |square: &crate::domain::approval::Square| {
            let verb = if square.required { "Duyệt" } else { "Cho ý kiến về" };
            let words = format!("{verb} {} ({})", named(row), square.signatory.title);
            Item { kind: Kind::Approval, row: row.id.clone(), words, due_at: square.due_at }
        };
        squares.map(item).collect::<Vec<_>>()
    };
    incident.statements.iter().filter(|row| row.is_in_review()).flat_map(|row| asked(row)).collect()
}

fn confirmations(incident: &Incident, office: &OfficeId) -> Vec<Item> {
    let asking = incident.talk.asking().filter_map(|id| incident.messages.get(id));
    let open = asking.filter(|row| row.wait_of(office).is_some());
    let item = |row: &std::sync::Arc<crate::domain::message::Message>| {
        let words = format!("Tin của {}: {}", spoken(&row.by.name), row.beginning(SAID));
        Item { kind: Kind::Confirmation, row: row.id.clone(), words, due_at: None }
    };
    open.map(item).collect()
}

fn statements(incident: &Incident, office: &OfficeId) -> Vec<Item> {
    let ours = incident.statements.iter().filter(|row| row.drafted.office.as_ref() == Some(office));
    let under_way = ours.filter(|row| matches!(row.state, State::Draft | State::InReview | State::Approved));
    let item = |row: &std::sync::Arc<Statement>| {
        let words = format!("{} – {}", named(row), row.state.title().to_lowercase());
        Item { kind: Kind::Statement, row: row.id.clone(), words, due_at: None }
    };
    under_way.map(item).collect()
}

fn tasks(incident: &Incident, office: &OfficeId) -> Vec<Item> {
    let ours = incident.tasks.iter().filter(|row| row.is_asked() && row.plan.office.as_ref() == Some(office));
    let item = |row: &std::sync::Arc<crate::domain::task::Task>| {
        let mandatory = if row.plan.mandatory { " (bắt buộc)" } else { "" };
        let taker = row.taker().map_or_else(String::new, |by| format!(" – {} đang làm", spoken(&by.name)));
        let words = format!("{}{mandatory}{taker}", row.plan.title);
        Item { kind: Kind::Task, row: row.plan.id.clone(), words, due_at: row.due_at }
    };
    ours.map(item).collect()
}

fn enquiries(incident: &Incident, office: &OfficeId, leads: bool) -> Vec<Item> {
    let ours = incident
        .enquiries
        .iter()
        .filter(|row| row.is_open() && (leads || row.entered.office.as_ref() == Some(office)));
    let item = |row: &std::sync::Arc<crate::domain::enquiry::Enquiry>| {
        let words = format!("{}: “{}”", row.asked.outlet, row.asked.question);
        Item { kind: Kind::Enquiry, row: row.id.clone(), words, due_at: row.asked.due_at }
    };
    ours.map(item).collect()
}

fn claims(incident: &Incident, office: &OfficeId, leads: bool) -> Vec<Item> {
    let item = |row: &std::sync::Arc<crate::domain::claim::Claim>| {
        let step = row.next.filter(|_| leads || row.held_by(office))?;
        let clocks = incident
            .deadlines
            .iter()
            .filter(|clock| clock.of.as_ref().is_some_and(|of| of.claim == row.id) && clock.is_running());
        let due_at = clocks.filter(|clock| !clock.clock.outside).filter_map(|clock| clock.due_at).min();
        let again = if row.recurs_unsought() { ", thấy lại" } else { "" };
        let words = format!("{}{again} – tiếp: {}", row.name(), step.title().to_lowercase());
        Some(Item { kind: Kind::Claim, row: row.id.clone(), words, due_at })
    };
    incident.claims.iter().filter_map(item).collect()
}

fn clippings(incident: &Incident, office: &OfficeId) -> Vec<Item> {
    let since = incident.on_duty(office).map(|shift| shift.from);
    let came = |row: &&std::sync::Arc<crate::domain::clipping::Clipping>| {
        let standing = row.struck.is_none() && row.words.tone == Tone::Negative;
        standing && since.is_none_or(|since| row.entered.at >= since)
    };
    let mut rows: Vec<_> = incident.clippings.iter().filter(came).collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.reach(), row.entered.at)));
    let item = |row: &std::sync::Arc<crate::domain::clipping::Clipping>| {
        let reach = row.reach().map_or_else(String::new, |reach| format!(" – {reach} lượt"));
        let words = format!("{}: “{}”{reach}", row.words.outlet, row.words.title);
        Item { kind: Kind::Clipping, row: row.id.clone(), words, due_at: None }
    };
    rows.into_iter().take(CLIPPINGS).map(item).collect()
}

fn proposals(incident: &Incident) -> Vec<Item> {
    let open = incident.proposals.iter().filter(|row| row.is_open(incident));
    let item = |row: &std::sync::Arc<crate::domain::ladder::Proposal>| Item {
        kind: Kind::Proposal,
        row: row.id.clone(),
        words: row.rule.title.clone(),
        due_at: None,
    };
    open.map(item).collect()
}
