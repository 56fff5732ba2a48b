//! Duty in an export: who answered for which office, from when to when, and how it was handed on. And the figures of the
//! incident, in words.

use super::report::Desk;
use super::words::{Deed, Moment, length};
use crate::domain::figures::{self, Measure, Value};
use crate::domain::shift;
use serde::Serialize;

/// One officer's duty.
#[derive(Clone, Debug, Serialize)]
pub struct Duty {
    /// The office.
    pub office: String,
    /// Who was on duty.
    pub officer: String,
    /// Since when.
    pub from: Moment,
    /// Until when; none while it lasts.
    pub until: Option<Moment>,
    /// How it ended, and what handovers came before.
    pub ended: String,
    /// Who recorded its beginning.
    pub by: Deed,
}

/// One figure.
#[derive(Clone, Debug, Serialize)]
pub struct Counted {
    /// What is measured, and of whom.
    pub what: String,
    /// What came of it.
    pub value: String,
    /// What it is counted from.
    pub counted: String,
}

impl Duty {
    /// All duties, by when they began.
    pub(super) fn all(desk: &Desk) -> Vec<Self> {
        let mut rows: Vec<_> = desk.incident.shifts.iter().collect();
        rows.sort_by(|a, b| (a.from, &a.id).cmp(&(b.from, &b.id)));
        rows.into_iter().map(|row| Self::of(row, desk)).collect()
    }

    fn of(row: &shift::Shift, desk: &Desk) -> Self {
        let mut said = vec![];
        for handover in &row.handovers {
            let to = &handover.to.name;
            let at = desk.moment(handover.offered.at).words;
            said.push(match &handover.outcome {
                None => format!("bàn giao cho {to} lúc {at}, chờ xác nhận"),
                Some(shift::Outcome::Confirmed { by }) => {
                    format!("bàn giao cho {to} lúc {at}, nhận lúc {}", desk.moment(by.at).words)
                }
                Some(shift::Outcome::Declined { reason, .. }) => {
                    format!("{to} không nhận bàn giao: {reason}")
                }
                Some(shift::Outcome::TakenBack { .. }) => format!("rút lại bàn giao cho {to}"),
            });
        }
        if let Some(ended) = &row.ended {
            said.extend(ended.reason.as_ref().map(|reason| format!("kết thúc không bàn giao: {reason}")));
            if ended.next.is_none() {
                said.push("sau đó không có người trực".into());
            }
        }
        Self {
            office: desk.incident.office_name(Some(&row.office)),
            officer: row.officer.name.clone(),
            from: desk.moment(row.from),
            until: row.ended.as_ref().map(|ended| desk.moment(ended.by.at)),
            ended: said.join("; "),
            by: desk.deed(&row.begun),
        }
    }
}

impl Counted {
    /// All figures, as they are shown.
    pub(super) fn all(desk: &Desk) -> Vec<Self> {
        let counted = |figure: figures::Figure| {
            let title = figure.measure.title();
            let what =
                if figure.of.is_empty() { title.to_owned() } else { format!("{title}: {}", figure.of) };
            Self { what, value: said(&figure.value, figure.measure), counted: figure.counted }
        };
        figures::figures(desk.incident).into_iter().map(counted).collect()
    }
}

fn said(value: &Value, measure: Measure) -> String {
    let long = |seconds: i64| match seconds.abs() {
        short @ 0..60 => format!("{short} giây"),
        seconds => length(seconds / 60),
    };
    match value {
        Value::Length { seconds } if *seconds >= 0 => long(*seconds),
        Value::Length { seconds } if measure == Measure::Margin => format!("muộn {}", long(*seconds)),
        Value::Length { seconds } => format!("trước mốc {}", long(*seconds)),
        Value::Count { count } => count.to_string(),
        Value::Share { part, whole } => format!("{part}/{whole}"),
        Value::NotYet { why } => format!("chưa có: {why}"),
        Value::NotApplicable { why } => format!("không áp dụng: {why}"),
    }
}
