//! The sentences about statements. Draft words never enter one.

use super::{because, moment};
use crate::domain::Incident;
use crate::domain::ids::OfficeId;
use crate::domain::release::Comparison;
use crate::domain::statement::{Event, Follows};
use jiff::Timestamp;

/// The sentence, and when it happened if that is another time than its recording; none for typing.
pub(super) fn of(incident: &Incident, event: &Event) -> Option<(String, Option<Timestamp>)> {
    let row = incident.statements.get(event.id());
    let name = row.map_or_else(String::new, |row| format!("{} “{}”", row.number, row.title));
    let text = match event {
        Event::Written { .. } | Event::Typed { .. } | Event::Filled { .. } => return None,
        Event::Cited { .. } | Event::Uncited { .. } => return None,
        Event::Drafted { .. } => drafted(incident, event),
        Event::Dropped { reason, .. } => format!("Xếp lại bản thảo {name}. Lý do: {reason}"),
        Event::Reopened { voided, reason, .. } => {
            let why = because(reason.as_ref());
            format!("Mở lại {name} để sửa; {voided} phê duyệt, ý kiến không còn hiệu lực.{why}")
        }
        Event::Submitted { digest, .. } => format!("Trình duyệt {name}, mã băm {}.", digest.short()),
        Event::Approved { digest, .. } => format!("Phê duyệt {name}, mã băm {}.", digest.short()),
        Event::Objected { digest, reason, strong, .. } => {
            let verb = if *strong { "PHẢN ĐỐI MẠNH" } else { "Phản đối" };
            format!("{verb} {name}, mã băm {}. Lý do: {reason}", digest.short())
        }
        Event::Settled { digest, reason, .. } => format!(
            "Tổ trưởng quyết định cho phát hành {name} dù có phản đối mạnh, mã băm {}. Lý do: {reason}",
            digest.short()
        ),
        Event::Lapsed { function, silence, .. } => {
            let square =
                row.and_then(|row| row.squares.iter().find(|square| square.signatory.function == *function));
            let title = square.map_or_else(|| function.clone(), |square| square.signatory.title.clone());
            let silence =
                if *silence { "im lặng, được ghi nhận" } else { "quá hạn cho ý kiến" };
            format!("{title}: {silence} về {name}.")
        }
        Event::Held { until, offices, .. } => format!(
            "Hẹn cùng phát hành {name} lúc {}: {}.",
            moment(incident, *until),
            names(incident, offices)
        ),
        Event::Agreed { office, digest, .. } => format!(
            "{} đồng ý cùng phát hành {name}, mã băm {}.",
            incident.office_name(Some(office)),
            digest.short()
        ),
        Event::Released { reason, .. } => format!("Bỏ hẹn cùng phát hành {name}. Lý do: {reason}"),
        Event::Reached { ready: true, .. } => format!("Đến giờ cùng phát hành {name}: đủ điều kiện."),
        Event::Reached { .. } => {
            format!("Đến giờ cùng phát hành {name}: TẠM GIỮ, chưa đủ phê duyệt, đồng ý.")
        }
        Event::Planned { channel, at, .. } => {
            let at = at.map_or_else(String::new, |at| format!(" lúc {}", moment(incident, at)));
            format!("Dự kiến phát hành {name} trên {}{at}.", incident.channel_title(channel))
        }
        Event::Published { digest, channel, at, link, .. } => {
            let link = link.as_ref().map_or_else(String::new, |link| format!(" Đường dẫn: {link}"));
            let channel = incident.channel_title(channel);
            let text = format!("Phát hành {name} trên {channel}, mã băm {}.{link}", digest.short());
            return Some((text, Some(*at)));
        }
        Event::Captured { channel, compared, .. } => {
            let compared = match compared {
                Comparison::Matches => "khớp với bản đã duyệt",
                Comparison::Within => "có nguyên văn bản đã duyệt",
                Comparison::Differs => "KHÁC BẢN ĐÃ DUYỆT",
                Comparison::NotCompared => "lưu bản chụp, chưa so được lời",
            };
            format!("Đối chiếu {name} trên {}: {compared}.", incident.channel_title(channel))
        }
        Event::Numbered { number, date, .. } => {
            format!("Văn thư cấp số cho {name}: {number} ngày {}.", date.strftime("%d/%m/%Y"))
        }
        Event::Ticked { channel, note, .. } => {
            let note = note.as_ref().map_or_else(String::new, |note| format!(" {note}"));
            format!("Đã xử lý bản cũ {name} trên {}.{note}", incident.channel_title(channel))
        }
    };
    Some((text, None))
}

fn drafted(incident: &Incident, event: &Event) -> String {
    let Event::Drafted { number, title, follows, preapproved, .. } = event else { return String::new() };
    let follows = follows.as_ref().map_or_else(String::new, |Follows { statement, relation }| {
        format!(", {} {}", relation.title(), incident.statement_number(statement))
    });
    let form = preapproved.as_ref().map_or_else(String::new, |approval| {
        format!(" Theo mẫu đã duyệt trước: {}, {}.", approval.by, approval.instrument)
    });
    format!("Soạn phát ngôn {number} “{title}”{follows}.{form}")
}

fn names(incident: &Incident, offices: &[OfficeId]) -> String {
    offices.iter().map(|office| incident.office_name(Some(office))).collect::<Vec<_>>().join(", ")
}
