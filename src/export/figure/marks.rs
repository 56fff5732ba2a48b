//! What statements, claims and duty put on the drawn line: each moment that somebody looks for later.

use super::{Mark, Shape, seconds};
use crate::domain::claim::{Answer, NoticeKind, Verdict};
use crate::domain::shift::Outcome;
use crate::export::report::Desk;
use jiff::Timestamp;

fn mark(at: Timestamp, shape: Shape, letter: char, means: &'static str, of: &str) -> Mark {
    Mark { at: seconds(at), shape, letter, means, of: of.to_owned() }
}

/// When it was begun, submitted, first went out, dropped.
pub(super) fn statements(desk: &Desk) -> Vec<Mark> {
    let mut marks = vec![];
    for row in desk.incident.statements.iter() {
        let of = format!("{} {}", row.number, row.title);
        marks.push(mark(row.drafted.at, Shape::Ring, 'S', "bắt đầu soạn", &of));
        if let Some(submission) = &row.submission {
            marks.push(mark(submission.by.at, Shape::Square, 'T', "trình duyệt", &of));
        }
        if let Some(out) = row.out_since() {
            marks.push(mark(out, Shape::Disc, 'P', "phát hành", &of));
        }
        if let Some(dropped) = &row.dropped {
            marks.push(mark(dropped.at, Shape::Block, 'X', "xếp lại", &of));
        }
    }
    marks
}

/// When it was first seen and seen again, what was concluded, and every step after that.
pub(super) fn claims(desk: &Desk) -> Vec<Mark> {
    let mut marks = vec![];
    for row in desk.incident.claims.iter().filter(|row| row.struck.is_none()) {
        let of = row.number.as_str();
        let mut put = |at, shape, letter, means| marks.push(mark(at, shape, letter, means, of));
        if let Some(first) = row.places.first() {
            put(first.seen.seen_at, Shape::Ring, 'X', "xuất hiện");
        }
        for place in row.places.iter().filter(|place| place.again && place.struck.is_none()) {
            put(place.seen.seen_at, Shape::Diamond, 'L', "thấy lại");
        }
        for one in row.earlier.iter().chain(&row.conclusion) {
            match one.judged.verdict {
                Verdict::False => put(one.judged.at, Shape::Square, 'G', "kết luận là tin giả"),
                Verdict::NotFalse => put(one.judged.at, Shape::Square, 'K', "kết luận không phải tin giả"),
                Verdict::Unverifiable => put(one.judged.at, Shape::Square, 'U', "không xác thực được"),
            }
        }
        for label in &row.labels {
            put(label.at, Shape::Disc, 'N', "gắn nhãn");
        }
        for told in row.notices.iter().map(|notice| &notice.told) {
            match told.kind {
                NoticeKind::Notice => put(told.at, Shape::Disc, 'C', "công bố"),
                NoticeKind::Warning => put(told.at, Shape::Disc, 'B', "cảnh báo"),
            }
        }
        for request in &row.requests {
            put(request.sought.at, Shape::Diamond, 'Y', "yêu cầu gỡ");
            for place in &request.places {
                match (place.answer, place.at) {
                    (Some(Answer::Removed), Some(at)) => put(at, Shape::Disc, 'D', "đã gỡ"),
                    (Some(Answer::Refused), Some(at)) => put(at, Shape::Block, 'R', "từ chối gỡ"),
                    _ => {}
                }
            }
        }
    }
    marks
}

/// Whose duty began, what was handed over, and when nobody followed.
pub(super) fn duty(desk: &Desk) -> Vec<Mark> {
    let mut marks = vec![];
    for row in desk.incident.shifts.iter() {
        let of = desk.incident.office_name(Some(&row.office));
        marks.push(mark(row.from, Shape::Ring, 'V', "vào trực", &of));
        for handover in &row.handovers {
            if let Some(Outcome::Declined { by, .. }) = &handover.outcome {
                marks.push(mark(by.at, Shape::Block, 'K', "không nhận bàn giao", &of));
            }
        }
        if let Some(ended) = row.ended.as_ref().filter(|ended| ended.next.is_none()) {
            marks.push(mark(ended.by.at, Shape::Block, 'H', "hết trực, không người thay", &of));
        }
    }
    marks
}
