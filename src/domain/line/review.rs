//! The timeline's sentences about the after-action review.

use super::because;
use crate::domain::Incident;
use crate::domain::ids::RowId;
use crate::domain::review::Event;
use jiff::civil::Date;

pub(super) fn of(incident: &Incident, event: &Event) -> String {
    let finding = |id: &RowId| incident.findings.get(id).map_or_else(String::new, |row| row.text.clone());
    let action = |id: &RowId| incident.actions.get(id).map_or_else(String::new, |row| row.text.clone());
    let day = |due: &Date| due.strftime("%d/%m/%Y").to_string();
    match event {
        Event::Found { question, text, .. } => format!("Rút kinh nghiệm, “{}” {text}", question.title()),
        Event::Reworded { id, text } => format!("Sửa nhận định “{}” thành: {text}", finding(id)),
        Event::Struck { id, reason } => {
            format!("Gạch nhận định “{}”.{}", finding(id), because(Some(reason)))
        }
        Event::Assigned { text, owner, due, .. } => {
            format!("Giao việc sau sự cố: {text}. Chủ trì: {}. Hạn: {}.", owner.words(incident), day(due))
        }
        Event::Moved { id, owner, due, reason } => format!(
            "Đổi việc sau sự cố “{}”: chủ trì {}, hạn {}.{}",
            action(id),
            owner.words(incident),
            day(due),
            because(Some(reason))
        ),
        Event::Finished { id, note } => format!("Xong việc sau sự cố “{}”: {note}", action(id)),
        Event::Dropped { id, reason } => {
            format!("Thôi việc sau sự cố “{}”.{}", action(id), because(Some(reason)))
        }
    }
}
