//! What an incident says about itself in figures: how long until the first statement, how long each office took to
//! approve and to accept, what was corrected, how much of each limit was left. One pure function makes them from the
//! record; nobody types one. What has no figure says why: a nought that nobody measured would be a lie.

use super::Incident;
use super::approval::Approval;
use super::deadline::{Anchor, Deadline};
use super::ids::OfficeId;
use super::statement::{Relation, Statement};
use super::task::Progress;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;
use ts_rs::TS;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// From a moment to the first public statement.
    FirstStatement,
    /// What was left of a limit when it was met; below nought: late.
    Margin,
    /// From being asked to the verdict, the office's longest.
    Approval,
    /// From being asked to accepting the incident.
    Acceptance,
    /// Statements that corrected earlier ones.
    Corrections,
    /// Statements that withdrew earlier ones.
    Withdrawals,
    /// Tasks that were done within their limit.
    TasksInTime,
    /// Facts that were verified when words resting on them went out.
    FactsVerified,
}

impl Measure {
    /// All measures, as they are shown.
    pub const ALL: &'static [Self] = &[
        Self::FirstStatement,
        Self::Margin,
        Self::Approval,
        Self::Acceptance,
        Self::Corrections,
        Self::Withdrawals,
        Self::TasksInTime,
        Self::FactsVerified,
    ];
    /// The code used on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::FirstStatement => "first_statement",
            Self::Margin => "margin",
            Self::Approval => "approval",
            Self::Acceptance => "acceptance",
            Self::Corrections => "corrections",
            Self::Withdrawals => "withdrawals",
            Self::TasksInTime => "tasks_in_time",
            Self::FactsVerified => "facts_verified",
        }
    }
    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Self::FirstStatement => "Đến phát ngôn công khai đầu tiên",
            Self::Margin => "Còn lại của thời hạn khi hoàn thành",
            Self::Approval => "Thời gian duyệt, lâu nhất",
            Self::Acceptance => "Thời gian tiếp nhận sự cố",
            Self::Corrections => "Đính chính đã phát hành",
            Self::Withdrawals => "Phát ngôn đã rút",
            Self::TasksInTime => "Nhiệm vụ xong trong hạn",
            Self::FactsVerified => "Dữ kiện đã xác minh khi phát hành",
        }
    }
}

/// What came of measuring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(rename = "FigureValue")]
pub enum Value {
    /// A length of time.
    Length {
        /// Seconds; below nought: before the moment from which it is counted, or after the limit.
        #[ts(type = "number")]
        seconds: i64,
    },
    /// A number.
    Count {
        /// How many.
        count: u32,
    },
    /// So many of so many.
    Share {
        /// How many of them.
        part: u32,
        /// How many there are.
        whole: u32,
    },
    /// It has not happened.
    NotYet {
        /// What is missing.
        why: String,
    },
    /// It is not asked of this incident.
    NotApplicable {
        /// Why not.
        why: String,
    },
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Figure {
    /// What is measured.
    pub measure: Measure,
    /// Of which office or clock, from which moment; empty when there is only one.
    pub of: String,
    /// What came of it.
    pub value: Value,
    /// What it is counted from.
    pub counted: String,
}

/// The figures of an incident, as its record stands; none before it is opened.
pub fn figures(incident: &Incident) -> Vec<Figure> {
    if incident.header.is_none() {
        return vec![];
    }
    let sheet = Sheet { incident };
    let mut all = sheet.first_statement();
    all.extend(sheet.margins());
    all.extend(sheet.approvals());
    all.extend(sheet.acceptances());
    all.extend([sheet.followed(Relation::Correction), sheet.followed(Relation::Withdrawal)]);
    all.extend([sheet.tasks(), sheet.facts()]);
    all
}

/// When the first public statement went out, and which it was.
pub fn first_public(incident: &Incident) -> Option<(Timestamp, Arc<Statement>)> {
    let out = incident.statements.iter().filter(|row| row.public);
    out.filter_map(|row| Some((row.out_since()?, row.clone())))
        .min_by_key(|(at, row)| (*at, row.number.clone()))
}

struct Sheet<'a> {
    incident: &'a Incident,
}

fn seconds(from: Timestamp, to: Timestamp) -> Value {
    Value::Length { seconds: to.duration_since(from).as_secs() }
}

fn many(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Sheet<'_> {
    /// What is still missing while the incident runs was never there once it has ended.
    fn missing(&self, why: String) -> Value {
        if self.incident.is_closed() { Value::NotApplicable { why } } else { Value::NotYet { why } }
    }

    fn moment(&self, at: Timestamp) -> String {
        let local = self.incident.frame.as_ref().map(|frame| frame.calendar.local(at));
        local.map_or_else(|| at.to_string(), |at| at.strftime("%H:%M:%S ngày %d/%m/%Y").to_string())
    }

    fn first_statement(&self) -> Vec<Figure> {
        let anchors = self.incident.header.as_ref().map(|header| &header.anchors);
        let first = first_public(self.incident);
        let figure = |anchor: Anchor| {
            let from = anchors.and_then(|anchors| anchors.get(&anchor)).copied();
            let (value, counted) = match (from, &first) {
                (None, _) => (self.missing(format!("Chưa ghi mốc {}.", anchor.title())), String::new()),
                (Some(from), None) => (
                    Value::NotYet { why: "Chưa có phát ngôn công khai nào.".into() },
                    format!("Từ {}.", self.moment(from)),
                ),
                (Some(from), Some((at, row))) => (
                    seconds(from, *at),
                    format!(
                        "Từ {} đến {}, {} “{}”.",
                        self.moment(from),
                        self.moment(*at),
                        row.number,
                        row.title
                    ),
                ),
            };
            Figure {
                measure: Measure::FirstStatement,
                of: format!("từ khi {}", anchor.title()),
                value,
                counted,
            }
        };
        [Anchor::ReceivedAt, Anchor::ImpactAssessedAt, Anchor::OccurredAt].into_iter().map(figure).collect()
    }

    fn margins(&self) -> Vec<Figure> {
        let mut rows: Vec<_> = self.incident.deadlines.iter().collect();
        rows.sort_by_key(|row| (row.due_at.is_none(), row.due_at, row.clock.id.clone()));
        rows.into_iter().map(|row| self.margin(row)).collect()
    }

    fn margin(&self, row: &Deadline) -> Figure {
        let counted = match (row.due_at, &row.stopped) {
            (Some(due), Some(stop)) => {
                let number = stop.statement.as_ref().and_then(|id| self.incident.statements.get(id));
                let number = number.map(|row| row.number.as_str());
                let by = number.or(stop.on.as_deref()).unwrap_or("ghi nhận");
                format!("Hạn {}; hoàn thành {} ({by}).", self.moment(due), self.moment(stop.at))
            }
            (Some(due), None) => format!("Hạn {}.", self.moment(due)),
            (None, _) => String::new(),
        };
        let value = match (row.due_at, &row.stopped, &row.asleep) {
            (_, _, Some(asleep)) => Value::NotApplicable { why: format!("Chỉ tính khi {asleep}.") },
            (Some(due), Some(stop), _) => seconds(stop.at, due),
            (None, Some(_), _) => {
                Value::NotApplicable { why: "Xong trước khi thời hạn bắt đầu tính.".into() }
            }
            (None, None, _) => {
                self.missing(format!("Chưa ghi mốc {} nên chưa có hạn.", row.clock.due.anchor.title()))
            }
            (Some(_), None, _) if row.missed_at.is_some() => {
                Value::NotYet { why: "Đã quá hạn, chưa hoàn thành.".into() }
            }
            (Some(_), None, _) if self.incident.is_closed() => {
                Value::NotYet { why: "Kết thúc khi chưa hoàn thành.".into() }
            }
            (Some(_), None, _) => Value::NotYet { why: "Đang chạy.".into() },
        };
        Figure { measure: Measure::Margin, of: row.clock.title.clone(), value, counted }
    }

    /// Every office that was asked: its first answer to each submission, the longest of them.
    fn approvals(&self) -> Vec<Figure> {
        let given = || self.incident.statements.iter().flat_map(|row| row.approvals.iter());
        let waiting = |office: &OfficeId| {
            let squares = self.incident.statements.iter().flat_map(|row| row.squares.iter());
            squares
                .filter(|square| square.is_waited_for() && square.signatory.office.as_ref() == Some(office))
                .count()
        };
        let figure = |office: &OfficeId, name: String| {
            let mut answered: BTreeSet<(Timestamp, super::ids::Digest)> = BTreeSet::new();
            let mut first = |given: &&Approval| {
                given.by.office.as_ref() == Some(office)
                    && given.asked_at.is_some_and(|asked| answered.insert((asked, given.digest)))
            };
            let answers: Vec<_> = given().filter(|given| first(given)).collect();
            let length = |given: &&Approval| Some(given.by.at.duration_since(given.asked_at?).as_secs());
            let longest = answers.iter().filter_map(length).max();
            let left = match waiting(office) {
                0 => String::new(),
                left => format!(" Còn {left} ô đang chờ."),
            };
            let value = match longest {
                Some(seconds) => Value::Length { seconds },
                None if left.is_empty() => Value::NotApplicable {
                    why: "Không có phát ngôn nào trình cơ quan này duyệt.".into(),
                },
                None => Value::NotYet { why: "Chưa có ý kiến.".into() },
            };
            let counted = match answers.len() {
                0 => left.trim_start().to_owned(),
                many => format!("Từ lúc đến lượt tới lúc có ý kiến, {many} lần trình.{left}"),
            };
            Figure { measure: Measure::Approval, of: name, value, counted }
        };
        let asked =
            |id: &OfficeId| waiting(id) > 0 || given().any(|given| given.by.office.as_ref() == Some(id));
        let asked: Vec<_> = self.offices().into_iter().filter(|(id, _)| asked(id)).collect();
        if asked.is_empty() {
            let value = self.missing("Chưa trình phát ngôn nào để duyệt.".into());
            let (of, counted) = (String::new(), String::new());
            return vec![Figure { measure: Measure::Approval, of, value, counted }];
        }
        asked.into_iter().map(|(id, name)| figure(&id, name)).collect()
    }

    fn offices(&self) -> Vec<(OfficeId, String)> {
        let mut rows: Vec<_> = self.incident.offices.iter().collect();
        rows.sort_by_key(|row| row.order);
        rows.into_iter().map(|row| (row.id.clone(), row.short.clone())).collect()
    }

    fn acceptances(&self) -> Vec<Figure> {
        let mut rows: Vec<_> = self.incident.offices.iter().collect();
        rows.sort_by_key(|row| row.order);
        let figure = |row: &Arc<super::office::Office>| {
            let asked = self.moment(row.asked_at);
            let (value, counted) = match &row.accepted {
                Some(by) => (
                    seconds(row.asked_at, by.at),
                    format!("Từ {asked} đến {}, {}.", self.moment(by.at), by.name),
                ),
                None => (Value::NotYet { why: "Chưa tiếp nhận.".into() }, format!("Từ {asked}.")),
            };
            Figure { measure: Measure::Acceptance, of: row.short.clone(), value, counted }
        };
        rows.into_iter().map(figure).collect()
    }

    /// Statements that are out and correct or withdraw others.
    fn followed(&self, relation: Relation) -> Figure {
        let out: Vec<_> = self.incident.statements.iter().filter(|row| row.is_out()).collect();
        let following =
            out.iter().filter(|row| row.follows.as_ref().is_some_and(|it| it.relation == relation));
        let mut numbers: Vec<_> = following.map(|row| row.number.clone()).collect();
        numbers.sort();
        let value = match out.len() {
            0 => self.missing("Chưa phát hành phát ngôn nào.".into()),
            _ => Value::Count { count: many(numbers.len()) },
        };
        let counted = match (out.len(), numbers.len()) {
            (0, _) => String::new(),
            (out, 0) => format!("Trong {out} phát ngôn đã phát hành."),
            (out, _) => format!("{}; trong {out} phát ngôn đã phát hành.", numbers.join(", ")),
        };
        let measure = match relation {
            Relation::Withdrawal => Measure::Withdrawals,
            Relation::Correction | Relation::Update => Measure::Corrections,
        };
        Figure { measure, of: String::new(), value, counted }
    }

    /// Tasks with a limit that are done, and how many of them in time.
    fn tasks(&self) -> Figure {
        let limited = self.incident.tasks.iter().filter_map(|row| Some((row.due_at?, row)));
        let limited: Vec<_> = limited.filter(|(_, row)| row.asleep.is_none()).collect();
        let done = limited.iter().filter_map(|(due, row)| match &row.progress {
            Progress::Done { by, .. } => Some(by.at <= *due),
            _ => None,
        });
        let done: Vec<_> = done.collect();
        let open = limited.iter().filter(|(_, row)| row.is_open()).count();
        let skipped = limited.len() - done.len() - open;
        let value = match (limited.len(), done.len()) {
            (0, _) => Value::NotApplicable { why: "Không có nhiệm vụ nào có hạn.".into() },
            (_, 0) => self.missing("Chưa có nhiệm vụ có hạn nào xong.".into()),
            (_, whole) => Value::Share {
                part: many(done.iter().filter(|in_time| **in_time).count()),
                whole: many(whole),
            },
        };
        let mut counted = format!("{} nhiệm vụ có hạn: {} đã xong", limited.len(), done.len());
        if open > 0 {
            counted.push_str(&format!(", {open} chưa xong"));
        }
        if skipped > 0 {
            counted.push_str(&format!(", {skipped} bỏ qua hoặc được miễn"));
        }
        let counted = if limited.is_empty() { String::new() } else { counted + "." };
        Figure { measure: Measure::TasksInTime, of: String::new(), value, counted }
    }

    /// Facts cited by public statements, as they stood when each first went out.
    fn facts(&self) -> Figure {
        let public = self.incident.statements.iter().filter(|row| row.public);
        let first = public.filter_map(|row| row.releases.iter().min_by_key(|release| release.by.at));
        let grounds: Vec<_> = first.map(|release| release.rests_on).collect();
        let cited: u32 = grounds.iter().map(|ground| ground.cited).sum();
        let value = match (grounds.len(), cited) {
            (0, _) => self.missing("Chưa phát hành phát ngôn công khai nào.".into()),
            (_, 0) => Value::NotApplicable {
                why: "Phát ngôn đã phát hành không trích dữ kiện nào.".into()
            },
            (_, whole) => Value::Share { part: grounds.iter().map(|ground| ground.verified).sum(), whole },
        };
        let counted = match grounds.len() {
            0 => String::new(),
            many => format!(
                "Lượt trích dữ kiện trong {many} phát ngôn công khai, ở lần phát hành đầu của mỗi bản."
            ),
        };
        Figure { measure: Measure::FactsVerified, of: String::new(), value, counted }
    }
}

#[cfg(test)]
#[path = "figures/tests.rs"]
mod tests;
