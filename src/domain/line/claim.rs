//! The timeline's sentences about claims, when what they say happened, and the files that show it.

use super::because;
use crate::domain::Incident;
use crate::domain::attachment::Attachment;
use crate::domain::claim::{Access, Event, Harm, Judged, NoticeKind, Seen, Sought, Told};
use crate::domain::ids::RowId;
use jiff::Timestamp;

/// The sentence, and when it happened if that is another time than its recording.
pub(super) fn of(incident: &Incident, event: &Event) -> (String, Option<Timestamp>) {
    let row = incident.claims.get(event.id());
    let name = row.map_or_else(String::new, |row| row.name());
    match event {
        Event::Entered { number, said, place, .. } => {
            (format!("Ghi sổ tin đồn {number}: “{said}”.{}", at_place(place)), Some(place.seen_at))
        }
        Event::Corrected { said, reason, .. } => {
            (format!("Sửa {name} trong sổ tin đồn thành: “{said}”.{}", because(Some(reason))), None)
        }
        Event::Seen { place, again: false, .. } => {
            (format!("Thấy thêm {name}.{}", at_place(place)), Some(place.seen_at))
        }
        Event::Seen { place, .. } => {
            let count = row.map_or(1, |row| row.recurrences() + 1);
            let text = format!("THẤY LẠI sau kết luận, lần {count}: {name}.{}", at_place(place));
            (text, Some(place.seen_at))
        }
        Event::Reached { place, count, at, .. } => {
            let place = place_name(incident, event.id(), place);
            (format!("Lan truyền của {name}: {count} lượt tại {place}."), Some(*at))
        }
        Event::Classified { harm, access, reason, .. } => {
            let classes =
                format!("{}; {}", class(incident, harm_code(*harm)), class(incident, access_code(*access)));
            (format!("Phân loại {name}: {classes}.{}", because(reason.as_ref())), None)
        }
        Event::Verifying { body, at, .. } => (format!("{body} kiểm chứng {name}."), Some(*at)),
        Event::Concluded { judged, .. } => (concluded(incident, &name, judged), Some(judged.at)),
        Event::Labelled { place, at, .. } => {
            let words = incident.frame.as_ref().map_or("", |frame| frame.claims.label.as_str());
            let words = if words.is_empty() { String::new() } else { format!(" «{words}»") };
            (format!("Gắn nhãn{words} cho {name}: {place}."), Some(*at))
        }
        Event::Unlabelled { at, reason, .. } => {
            (format!("GỠ NHÃN gắn sai của {name}.{}", because(Some(reason))), Some(*at))
        }
        Event::Told { told, .. } => (spoken(incident, &name, told), Some(told.at)),
        Event::Requested { sought, .. } => (requested(&name, sought), Some(sought.at)),
        Event::Answered { request, place, answer, at, note, .. } => {
            let to = row.and_then(|row| row.requests.iter().find(|known| known.id == *request));
            let to = to.map_or("", |request| request.sought.to.as_str());
            let place = place
                .as_ref()
                .map_or_else(String::new, |id| format!(" tại {}", place_name(incident, event.id(), id)));
            let note = note.as_ref().map_or_else(String::new, |note| format!(" {note}"));
            (format!("{to} {} {name}{place}.{note}", answer.title()), Some(*at))
        }
        Event::Reported { to, document, at, .. } => {
            (format!("Gửi kết quả xử lý {name} tới {to}.{}", by_document(document.as_ref())), Some(*at))
        }
        Event::Completed { .. } => (format!("Hoàn thành xử lý {name}."), None),
        Event::Excepted { reason, .. } => {
            (format!("Không áp dụng trình tự xử lý tin giả cho {name}.{}", because(Some(reason))), None)
        }
        Event::Resumed { reason, .. } => {
            (format!("Áp dụng lại trình tự xử lý tin giả cho {name}.{}", because(Some(reason))), None)
        }
        Event::Struck { place: None, reason, .. } => {
            (format!("Gạch {name} khỏi sổ tin đồn.{}", because(Some(reason))), None)
        }
        Event::Struck { place: Some(place), reason, .. } => {
            let place = place_name(incident, event.id(), place);
            (format!("Gạch nơi thấy {place} của {name}.{}", because(Some(reason))), None)
        }
    }
}

/// The files that an event brings with it.
pub(super) fn files(event: &Event) -> &[Attachment] {
    match event {
        Event::Entered { place, .. } | Event::Seen { place, .. } => &place.attachments,
        Event::Concluded { judged, .. } => &judged.attachments,
        _ => &[],
    }
}

fn at_place(place: &Seen) -> String {
    let words = [place.note.as_deref(), place.link.as_deref()];
    let words: Vec<_> = words.into_iter().flatten().collect();
    format!(" Thấy tại: {}.", words.join(", ").trim_end_matches('.'))
}

fn place_name(incident: &Incident, claim: &RowId, place: &RowId) -> String {
    let row = incident.claims.get(claim);
    let known = row.and_then(|row| row.places.iter().find(|known| known.seen.id == *place));
    known.map_or_else(String::new, |known| {
        known.seen.note.clone().or_else(|| known.seen.link.clone()).unwrap_or_default()
    })
}

fn by_document(document: Option<&String>) -> String {
    document.map_or_else(String::new, |document| format!(" Văn bản: {}.", document.trim_end_matches('.')))
}

fn harm_code(harm: Harm) -> (&'static str, &'static str) {
    match harm {
        Harm::Severe => ("severe", "đặc biệt nghiêm trọng"),
        Harm::Harmful => ("harmful", "nguy hại"),
    }
}

fn access_code(access: Access) -> (&'static str, &'static str) {
    match access {
        Access::Closed => ("closed", "công dân không được tiếp cận"),
        Access::Conditional => ("conditional", "công dân được tiếp cận có điều kiện"),
        Access::Open => ("open", "công dân được tiếp cận"),
    }
}

/// A class in the words of the day's law, or in plain ones.
fn class(incident: &Incident, (code, plain): (&str, &str)) -> String {
    let classes = incident.frame.as_ref().map_or(&[][..], |frame| &frame.claims.classes);
    let known = classes.iter().find(|term| term.code == code);
    known.map_or_else(|| plain.to_owned(), |term| term.title.clone())
}

fn concluded(incident: &Incident, name: &str, judged: &Judged) -> String {
    let number = |id: &RowId| incident.facts.get(id).map(|row| row.number.clone());
    let facts: Vec<_> = judged.facts.iter().filter_map(number).collect();
    let facts = if facts.is_empty() { String::new() } else { format!(" Dữ kiện: {}.", facts.join(", ")) };
    let reason = judged.reason.trim_end_matches('.');
    let document = by_document(judged.document.as_ref());
    format!("Kết luận kiểm chứng {name}: {}. Lý do: {reason}.{facts}{document}", judged.verdict.title())
}

fn spoken(incident: &Incident, name: &str, told: &Told) -> String {
    let verb = match told.kind {
        NoticeKind::Notice => "Công bố",
        NoticeKind::Warning => "Cảnh báo",
    };
    let by = told.statement.as_ref().map(|id| format!(" bằng phát ngôn {}", incident.statement_number(id)));
    let note = told.note.as_ref().map_or_else(String::new, |note| format!(" {note}"));
    format!("{verb} về {name}{}.{note}", by.unwrap_or_default())
}

fn requested(name: &str, sought: &Sought) -> String {
    let urgent = if sought.urgent { " KHẨN" } else { "" };
    let count = sought.places.len();
    let document = by_document(sought.document.as_ref());
    format!("Gửi yêu cầu ngăn chặn, gỡ bỏ{urgent} tới {}: {name}, {count} nơi.{document}", sought.to)
}
