//! The timeline's sentences about duty: who took it, who is to relieve, what was handed over to whom.

use super::{because, moment};
use crate::domain::ids::RowId;
use crate::domain::message::spoken;
use crate::domain::shift::{Event, Officer, Shift};
use crate::domain::{Act, Incident};

pub(super) fn of(incident: &Incident, event: &Event, act: &Act) -> String {
    let row = |id: &RowId| incident.shifts.get(id);
    let office = |id: &RowId| incident.office_name(row(id).map(|row| &row.office));
    let name = |id: &RowId| row(id).map_or_else(String::new, |row| row.officer.spoken().to_owned());
    match event {
        Event::Begun { office, officer, from, replaces, reason, .. } => {
            let who = if officer.person == act.person {
                format!("{} trực ban", officer.spoken())
            } else {
                format!("Phân công {} trực ban", officer.spoken())
            };
            let instead = replaces.as_ref().map_or_else(String::new, |id| format!(", thay {}", name(id)));
            let (office, from) = (incident.office_name(Some(office)), moment(incident, *from));
            format!("{who} {office} từ {from}{instead}.{}", because(reason.as_ref()))
        }
        Event::Planned { id, officer: None, at: None } => {
            format!("{}: bỏ dự kiến người thay ca của {}.", office(id), name(id))
        }
        Event::Planned { id, officer, at } => {
            let who = officer.as_ref().map_or("chưa rõ ai", Officer::spoken);
            let at = at.map_or_else(String::new, |at| format!(" lúc {}", moment(incident, at)));
            format!("{}: dự kiến thay ca {}{at}: {who}.", office(id), name(id))
        }
        Event::Offered { id, to, note, remark, .. } => {
            let remark = remark.as_ref().map_or_else(String::new, |remark| format!(" Ghi thêm: {remark}"));
            let to = to.spoken();
            format!("{} bàn giao ca trực {} cho {to}: {}.{remark}", name(id), office(id), note.sum())
        }
        Event::Confirmed { id, .. } => {
            format!("{} xác nhận bàn giao của {}, trực ban {}.", spoken(&act.name), name(id), office(id))
        }
        Event::Declined { id, reason, .. } => {
            let text =
                format!("{} không nhận bàn giao ca trực {} của {}", spoken(&act.name), office(id), name(id));
            format!("{text}; {} tiếp tục trực.{}", name(id), because(Some(reason)))
        }
        Event::TakenBack { id, .. } => {
            let to =
                row(id).and_then(|row: &std::sync::Arc<Shift>| Some(row.offer()?.to.spoken().to_owned()));
            format!("Rút lại bàn giao ca trực {} cho {}.", office(id), to.unwrap_or_default())
        }
        Event::Left { id, reason } => {
            format!("{} thôi trực ban {}, chưa có người thay.{}", name(id), office(id), because(Some(reason)))
        }
    }
}
