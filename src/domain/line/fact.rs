//! The sentences about facts.

use super::moment;
use crate::domain::Incident;
use crate::domain::fact::Event;

/// The sentence.
pub(super) fn of(incident: &Incident, event: &Event) -> String {
    let known = |id| incident.facts.get(id);
    let name = |id| known(id).map_or_else(String::new, |row| format!("{} “{}”", row.number, row.label));
    let figure = |value: &Option<String>, as_of| match value {
        Some(value) => format!(": {value} (tính đến {})", moment(incident, as_of)),
        None => String::new(),
    };
    match event {
        Event::Entered { number, label, value, as_of, source, .. } => {
            format!("Ghi dữ kiện {number} “{label}”{}. Nguồn: {source}", figure(value, *as_of))
        }
        Event::Revised { id, value, as_of, source } => {
            let before = known(id).and_then(|row| row.value.clone());
            let before = before.map_or_else(String::new, |value| format!(" Trước đó: {value}."));
            format!("Sửa dữ kiện {}{}.{before} Nguồn: {source}", name(id), figure(value, *as_of))
        }
        Event::Verified { id, .. } => format!("Xác minh dữ kiện {}.", name(id)),
        Event::Disputed { id, reason } => format!("Nghi ngờ dữ kiện {}. Lý do: {reason}", name(id)),
        Event::Withdrawn { id, reason } => format!("Rút dữ kiện {}. Lý do: {reason}", name(id)),
        Event::SourceNamed { id, office: Some(office) } => {
            format!("{} là nguồn duy nhất của dữ kiện {}.", incident.office_name(Some(office)), name(id))
        }
        Event::SourceNamed { id, office: None } => {
            format!("Dữ kiện {} không còn một nguồn duy nhất.", name(id))
        }
    }
}
