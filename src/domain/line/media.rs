//! The timeline's sentences about media watch. What only counts again is in the register, not on the timeline: a service
//! that reads every hour would bury what happened.

use super::because;
use crate::domain::Incident;
use crate::domain::clipping::{Entry, Event, Words};
use crate::domain::ids::RowId;

pub(super) fn of(incident: &Incident, event: &Event) -> Option<String> {
    let name = |id: &RowId| {
        let row = incident.clippings.get(id);
        row.map_or_else(String::new, |row| titled(&row.words.outlet, &row.words.title))
    };
    let fresh = |id: &RowId| incident.clippings.get(id).is_none();
    Some(match event {
        Event::Entered { id, entry, .. } if fresh(id) => {
            let Entry { link, outlet, title, tone, reach, .. } = &**entry;
            let reach = reach.map_or_else(String::new, |reach| format!(", {} lượt tiếp cận", grouped(reach)));
            format!("{} ({}{reach}). {link}", titled(outlet, title), tone.title().to_lowercase())
        }
        Event::Imported { entries, .. } => {
            let mut rows: Vec<_> = entries.iter().map(|(id, _)| id).filter(|id| fresh(id)).collect();
            rows.sort();
            rows.dedup();
            if rows.is_empty() {
                return None;
            }
            let again = entries.len() - rows.len();
            let again = if again > 0 { format!(", {again} lượt đọc lại") } else { String::new() };
            format!("Nhập điểm báo: {} tin bài mới{again}.", rows.len())
        }
        Event::Entered { .. } | Event::Read { .. } => return None,
        Event::Corrected { id, words, reason } => {
            let Words { outlet, title, tone, .. } = words;
            let (was, now, tone) = (name(id), titled(outlet, title), tone.title().to_lowercase());
            format!("Sửa điểm báo {was} thành: {now} ({tone}).{}", because(Some(reason)))
        }
        Event::Struck { id, reason } => format!("Gạch khỏi điểm báo: {}.{}", name(id), because(Some(reason))),
        Event::Restored { id, reason } => {
            format!("Đưa lại vào điểm báo: {}.{}", name(id), because(Some(reason)))
        }
    })
}

fn titled(outlet: &str, title: &str) -> String {
    format!("{outlet}: “{title}”")
}

/// A number as Vietnamese writes it: `12.500`.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}
