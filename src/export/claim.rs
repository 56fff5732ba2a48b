//! The register of claims in an export: what was said, what verification found, what was done about it and when.

use super::report::Desk;
use crate::domain::claim::{self, NoticeKind, Term};
use serde::Serialize;

/// One claim.
#[derive(Clone, Debug, Serialize)]
pub struct Claim {
    /// Its number.
    pub number: String,
    /// What was said.
    pub said: String,
    /// Where it was seen, and how far it reached there.
    pub places: Vec<String>,
    /// How it was sorted.
    pub class: String,
    /// What was concluded, when and why.
    pub conclusion: String,
    /// What was done, in order.
    pub deeds: Vec<String>,
    /// How it stands.
    pub state: String,
}

impl Claim {
    pub(super) fn all(desk: &Desk) -> Vec<Self> {
        let mut rows: Vec<_> = desk.incident.claims.iter().collect();
        rows.sort_by(|a, b| (a.number.len(), &a.number).cmp(&(b.number.len(), &b.number)));
        rows.into_iter().map(|row| Self::of(row, desk)).collect()
    }

    fn of(row: &claim::Claim, desk: &Desk) -> Self {
        let book = &desk.frame.claims;
        let at = |at| desk.moment(at).words;
        let term = |terms: &[Term], code: &str| {
            terms.iter().find(|term| term.code == code).map_or_else(|| code.to_owned(), |it| it.title.clone())
        };
        let code = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let class = row.class.as_ref().map_or_else(
            || "chưa phân loại".into(),
            |class| {
                let harm = code(serde_json::json!(class.harm));
                let access = code(serde_json::json!(class.access));
                format!("{}; {}", term(&book.classes, &harm), term(&book.classes, &access))
            },
        );
        let conclusion = row.conclusion.as_ref().map_or_else(
            || "chưa kết luận".into(),
            |one| format!("{}, {}: {}", one.judged.verdict.title(), at(one.judged.at), one.judged.reason),
        );
        let state = match (&row.struck, &row.excepted, &row.done) {
            (Some(change), ..) => format!("đã gạch: {}", change.reason),
            (_, Some(change), _) => format!("không áp dụng trình tự: {}", change.reason),
            (_, _, Some(_)) if !book.done.is_empty() => book.done.clone(),
            (_, _, Some(_)) => "đã xong".into(),
            _ if !book.working.is_empty() => book.working.clone(),
            _ => "đang xử lý".into(),
        };
        let places = row.standing_places().map(|place| {
            let words = [place.seen.note.as_deref(), place.seen.link.as_deref()];
            let words: Vec<_> = words.into_iter().flatten().collect();
            let again = if place.again { "thấy lại " } else { "" };
            let reach = place
                .reach
                .last()
                .map_or_else(String::new, |reach| format!(", {} lượt lúc {}", reach.count, at(reach.at)));
            format!("{again}{} ({}){reach}", words.join(", "), at(place.seen.seen_at))
        });
        let (places, said, number) = (places.collect(), row.said.clone(), row.number.clone());
        Self { number, said, places, class, conclusion, deeds: deeds(row, desk), state }
    }
}

fn deeds(row: &claim::Claim, desk: &Desk) -> Vec<String> {
    let at = |at| desk.moment(at).words;
    let mut deeds = vec![];
    for label in &row.labels {
        let off = label.off.as_ref().map_or_else(String::new, |change| format!(", đã gỡ: {}", change.reason));
        deeds.push(format!("gắn nhãn {}, {}{off}", at(label.at), label.place));
    }
    for told in row.notices.iter().map(|notice| &notice.told) {
        let verb = if told.kind == NoticeKind::Notice { "công bố" } else { "cảnh báo" };
        let by = told.statement.as_ref().and_then(|id| desk.incident.statements.get(id));
        let by = by.map_or_else(String::new, |by| format!(", {}", by.number));
        let note = told.note.as_ref().map_or_else(String::new, |note| format!(", {note}"));
        deeds.push(format!("{verb} {}{by}{note}", at(told.at)));
    }
    for request in &row.requests {
        let gone = request.places.iter().filter(|place| place.answer == Some(claim::Answer::Removed)).count();
        let (to, when) = (&request.sought.to, at(request.sought.at));
        deeds.push(format!("yêu cầu {to} gỡ, {when}: {gone}/{} nơi đã gỡ", request.places.len()));
    }
    for report in &row.reports {
        deeds.push(format!("gửi kết quả tới {}, {}", report.to, at(report.at)));
    }
    deeds
}
