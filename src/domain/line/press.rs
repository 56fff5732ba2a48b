//! The timeline's sentences about questions of the press and meetings with it, and when what they say happened.

use super::{because, moment};
use crate::domain::Incident;
use crate::domain::enquiry::{self, Asked};
use crate::domain::ids::RowId;
use crate::domain::meeting::{self, Held};
use jiff::Timestamp;

pub(super) fn of_enquiry(incident: &Incident, event: &enquiry::Event) -> (String, Option<Timestamp>) {
    use enquiry::Event;
    let row = |id: &RowId| incident.enquiries.get(id);
    let outlet = |id: &RowId| row(id).map_or_else(String::new, |row| row.asked.outlet.clone());
    match event {
        Event::Entered { asked, owner, .. } => {
            let owner = owner.as_ref().map(|owner| format!(" Giao trả lời: {}.", owner.words(incident)));
            (format!("{}{}", question(incident, asked), owner.unwrap_or_default()), Some(asked.received_at))
        }
        Event::HandedOn { id, to, note } => {
            let note = note.as_ref().map_or_else(String::new, |note| format!(" {note}"));
            (format!("Chuyển câu hỏi của {} cho {} trả lời.{note}", outlet(id), to.words(incident)), None)
        }
        Event::Answered { id, statement, note, at } => {
            let by =
                statement.as_ref().map(|id| format!(" bằng phát ngôn {}", incident.statement_number(id)));
            let note = note.as_ref().map_or_else(String::new, |note| format!(": {note}"));
            (format!("Trả lời câu hỏi của {}{}{note}", outlet(id), by.unwrap_or_default()), Some(*at))
        }
        Event::Declined { id, ground, reason, at } => {
            let ground = ground.as_ref().map(|it| format!(" Căn cứ: {} ({}).", it.title, it.cite));
            let text =
                format!("Từ chối cung cấp thông tin cho {}.{}", outlet(id), ground.unwrap_or_default());
            (format!("{text}{}", because(Some(reason))), Some(*at))
        }
        Event::Corrected { id, asked, reason } => {
            let text = format!(
                "Sửa câu hỏi của {} trong sổ báo chí thành: {}",
                outlet(id),
                question(incident, asked)
            );
            (format!("{text}{}", because(Some(reason))), None)
        }
        Event::Struck { id, reason } => {
            let text = format!("Gạch câu hỏi của {} trong sổ báo chí.", outlet(id));
            (format!("{text}{}", because(Some(reason))), None)
        }
    }
}

fn question(incident: &Incident, asked: &Asked) -> String {
    let Asked { outlet, asked_by, question, due_at, .. } = asked;
    let by = asked_by.as_ref().map_or_else(String::new, |by| format!(" ({by})"));
    let due = due_at.map_or_else(String::new, |at| format!(" Hẹn trả lời trước {}.", moment(incident, at)));
    format!("{outlet}{by} hỏi: “{question}”{due}")
}

pub(super) fn of_meeting(incident: &Incident, event: &meeting::Event) -> (String, Option<Timestamp>) {
    use meeting::Event;
    let title =
        |id: &RowId| incident.meetings.get(id).map_or("cuộc họp", |row| row.held.kind.title()).to_lowercase();
    match event {
        Event::Recorded { held, .. } => (meeting(held), Some(held.held_at)),
        Event::Corrected { id, held, reason } => {
            let at = moment(incident, held.held_at);
            let text =
                format!("Sửa mục {} trong sổ báo chí thành: {} Bắt đầu lúc {at}.", title(id), meeting(held));
            (format!("{text}{}", because(Some(reason))), None)
        }
        Event::Struck { id, reason } => {
            (format!("Gạch mục {} trong sổ báo chí.{}", title(id), because(Some(reason))), None)
        }
    }
}

fn meeting(held: &Held) -> String {
    let place = held.place.as_ref().map_or_else(String::new, |place| format!(" tại {place}"));
    let note = held.note.as_ref().map_or_else(String::new, |note| format!(" {note}"));
    format!("{}{place}.{note}", held.kind.title())
}
