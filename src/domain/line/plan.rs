//! Sentences about what the plan asks: tasks, clocks, questions, playbooks and the rules between the levels.

use super::{Kind, moment};
use crate::domain::{Incident, deadline, ladder, plan, question, task};
use jiff::Timestamp;

pub(super) fn of_task(incident: &Incident, event: &task::Event) -> String {
    let title = |id| incident.tasks.get(id).map_or_else(String::new, |task| task.plan.title.clone());
    match event {
        task::Event::Added { plan, .. } => format!("Thêm nhiệm vụ: {}", plan.title),
        task::Event::Woken { id, why } => {
            format!("Đến lúc làm: {}, vì {why}.", title(id).trim_end_matches('.'))
        }
        task::Event::Taken { id } => format!("Nhận nhiệm vụ: {}", title(id)),
        task::Event::Finished { id, note, evidence } => {
            let note = note.as_ref().map_or_else(String::new, |note| format!(" Kết quả: {note}"));
            let shown = evidence.words(incident);
            let end = if note.is_empty() || note.ends_with(['.', '!', '?', '…']) { "" } else { "." };
            let shown = if shown.is_empty() { shown } else { format!("{end} Minh chứng: {shown}") };
            format!("Hoàn thành nhiệm vụ: {}.{note}{shown}", title(id).trim_end_matches('.'))
        }
        task::Event::Named { id, to } => match to {
            Some(named) => {
                format!("Giao nhiệm vụ: {}, cho {}.", title(id).trim_end_matches('.'), named.words(incident))
            }
            None => format!("Bỏ giao đích danh nhiệm vụ: {}.", title(id).trim_end_matches('.')),
        },
        task::Event::Skipped { id, reason } => {
            let mandatory = incident.tasks.get(id).is_some_and(|task| task.plan.mandatory);
            let verb =
                if mandatory { "Cho miễn nhiệm vụ bắt buộc" } else { "Bỏ qua nhiệm vụ" };
            format!("{verb}: {}. Lý do: {reason}", title(id).trim_end_matches('.'))
        }
        task::Event::Released { id, reason } => {
            format!("Nhiệm vụ chờ nhận lại: {}. Lý do: {reason}", title(id).trim_end_matches('.'))
        }
    }
}

pub(super) fn of_deadline(
    incident: &Incident,
    event: &deadline::Event,
    recorded: Timestamp,
) -> (Kind, String, Timestamp) {
    let clock = |id| incident.deadlines.get(id);
    let title = |id| clock(id).map_or_else(String::new, |row| row.clock.title.clone());
    match event {
        deadline::Event::Stopped { id, stop } => {
            let late = clock(id).and_then(|row| row.due_at).is_some_and(|due_at| stop.at > due_at);
            let verdict = if late { "QUÁ HẠN" } else { "đúng hạn" };
            let number = stop.statement.as_ref().map(|id| incident.statement_number(id));
            let text = match (number, &stop.on) {
                (Some(number), _) => {
                    format!("Đồng hồ “{}” dừng bởi phát ngôn {number}: {verdict}.", title(id))
                }
                (None, on) => {
                    let on = on.as_deref().unwrap_or_default().trim_end_matches('.');
                    format!("Đồng hồ “{}” dừng: {verdict}. Ghi nhận: {on}.", title(id))
                }
            };
            (Kind::Deadline, text, stop.at)
        }
        deadline::Event::Woken { id, why } => {
            (Kind::Deadline, format!("Bắt đầu áp dụng đồng hồ “{}”, khi {why}.", title(id)), recorded)
        }
        deadline::Event::Reminded { id, minutes, due_at } => {
            let left = if minutes % 60 == 0 {
                format!("{} giờ", minutes / 60)
            } else {
                format!("{minutes} phút")
            };
            let due_at = moment(incident, *due_at);
            (Kind::Deadline, format!("Sắp hết hạn “{}”: còn {left}, đến {due_at}.", title(id)), recorded)
        }
        deadline::Event::Begun { clock, of } => {
            let due_at = incident.frame.as_ref().and_then(|frame| clock.due.after(of.from, &frame.calendar));
            let due_at = due_at.map_or_else(String::new, |at| format!(", đến {}", moment(incident, at)));
            (Kind::Deadline, format!("Bắt đầu tính đồng hồ “{}”{due_at}.", clock.title), recorded)
        }
        deadline::Event::Lifted { id, why } => {
            (Kind::Deadline, format!("Thôi áp dụng đồng hồ “{}”: {why}.", title(id)), recorded)
        }
        deadline::Event::Missed { id, .. } => (Kind::Deadline, format!("QUÁ HẠN: {}.", title(id)), recorded),
    }
}

pub(super) fn of_question(incident: &Incident, event: &question::Event) -> String {
    let question::Event::Answered { id, yes, note } = event;
    let text = incident.questions.get(id).map_or_else(String::new, |row| row.text.clone());
    let note = note.as_ref().map_or_else(String::new, |note| format!(" Căn cứ: {note}"));
    format!("{text} {}.{note}", if *yes { "Có" } else { "Không" })
}

pub(super) fn of_plan(incident: &Incident, event: &plan::Event) -> String {
    match event {
        plan::Event::Running { plan, reason } => format!(
            "Chạy thêm kịch bản: {} (phiên bản {}), thêm {} nhiệm vụ. Lý do: {reason}",
            plan.playbook.title,
            plan.playbook.version,
            plan.tasks.len()
        ),
        plan::Event::StepTaken { step, replaces, reason } => {
            let title = step.task.title.trim_end_matches('.');
            let of = format!("{}, phiên bản {}", step.playbook.title, step.playbook.version);
            let old = replaces.as_ref().and_then(|id| incident.tasks.get(id));
            match old {
                Some(old) => format!(
                    "Nhận bước mới của kịch bản ({of}): {title}; thay cho: {}. Lý do: {reason}",
                    old.plan.title.trim_end_matches('.')
                ),
                None => format!("Nhận thêm bước của kịch bản ({of}): {title}. Lý do: {reason}"),
            }
        }
    }
}

pub(super) fn of_ladder(incident: &Incident, event: &ladder::Event) -> String {
    match event {
        ladder::Event::Proposed { rule } => match &rule.effect {
            ladder::Effect::ProposeLevel { level } => {
                format!("Đề xuất nâng lên mức {} – {}: {}.", level.get(), level.title(), rule.title)
            }
            ladder::Effect::HoldPublishing { .. } => format!("Giữ phát hành: {}.", rule.title),
            ladder::Effect::AskHead => format!("Đề nghị Tổ trưởng quyết định: {}.", rule.title),
        },
        ladder::Event::Settled { id, reason } => {
            let title = incident.proposals.get(id).map_or_else(String::new, |row| row.rule.title.clone());
            format!("Đã xử lý đề xuất “{title}”. Lý do: {reason}")
        }
    }
}
