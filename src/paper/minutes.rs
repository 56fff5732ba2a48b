//! Minutes: of what the task force did, and of a meeting with the press. Everything in them is on the record already;
//! whoever took them signs at the left, whoever was in the chair at the right.

use super::Desk;
use super::annex::who;
use super::sheet::{Block, Cell, Hand};
use crate::domain::meeting::Meeting;
use crate::domain::shift::Shift;

/// Who signs minutes.
pub(super) fn hands() -> Vec<Hand> {
    let hand = |capacity: &str| Hand { capacity: vec![capacity.to_owned()], name: String::new() };
    vec![hand("NGƯỜI GHI BIÊN BẢN"), hand("CHỦ TRÌ")]
}

/// The minutes of the task force: when, who was there, what was decided, who does what.
pub(super) fn work(desk: &Desk) -> Vec<Block> {
    let report = desk.report;
    let header = desk.source.incident.header.as_ref();
    let opened = header.map_or_else(String::new, |header| desk.moment(header.opened.at).words);
    let closed = header.and_then(|header| header.closed.as_ref());
    let until = closed.map_or(desk.options.made_at, |closed| closed.by.at);
    let mut shifts: Vec<_> = desk.source.incident.shifts.iter().collect();
    shifts.sort_by_key(|row| (row.from, row.id.clone()));
    let shift = |row: &Shift| -> Vec<Cell> {
        let until = row.ended.as_ref().map_or_else(|| "đang trực".into(), |end| desk.moment(end.by.at).words);
        vec![
            desk.source.incident.office_name(Some(&row.office)).into(),
            Cell::from(row.officer.name.as_str()).below(row.officer.title.as_str()),
            desk.moment(row.from).words.into(),
            until.into(),
        ]
    };
    let decisions = report.decisions.iter().enumerate().flat_map(|(n, row)| {
        let taken = if row.decider.is_empty() { row.by.who.clone() } else { row.decider.clone() };
        let mut said =
            vec![Block::said(format!("{}. {} ({}, {taken}).", n + 1, row.text, row.occurred.words))];
        if !row.reason.is_empty() {
            said.push(Block::said(format!("Lý do: {}", row.reason)));
        }
        if !row.rejected.is_empty() {
            said.push(Block::said(format!("Phương án đã cân nhắc, không chọn: {}", row.rejected.join("; "))));
        }
        said
    });
    let tasks = report.tasks.iter().map(|task| {
        vec![
            task.seq.to_string().into(),
            task.title.as_str().into(),
            task.office.as_str().into(),
            task.due.as_ref().map_or("", |due| due.words.as_str()).into(),
            Cell::from(task.state).below(task.verdict),
        ]
    });
    let mut body = vec![
        Block::said(format!("Thời gian: từ {opened} đến {}.", desk.moment(until).words)),
        Block::part("I. THÀNH PHẦN"),
        Block::listed(
            "Cơ quan và người tiếp nhận",
            &[("Cơ quan", 6), ("Người tiếp nhận", 6)],
            report
                .offices
                .iter()
                .map(|office| {
                    let accepted = office.accepted.as_ref().map_or_else(|| "chưa tiếp nhận".into(), who);
                    vec![office.name.as_str().into(), accepted]
                })
                .collect(),
        ),
        Block::heading("Trực"),
        Block::listed(
            "Ca trực",
            &[("Cơ quan", 4), ("Người trực", 4), ("Từ", 3), ("Đến", 3)],
            shifts.into_iter().map(|row| shift(row)).collect(),
        ),
        Block::part("II. NỘI DUNG, QUYẾT ĐỊNH"),
    ];
    let before = body.len();
    body.extend(decisions);
    if body.len() == before {
        body.push(Block::said("Chưa ghi quyết định nào."));
    }
    body.push(Block::part("III. PHÂN CÔNG"));
    body.push(Block::listed(
        "Phân công",
        &[("TT", 1), ("Nhiệm vụ", 6), ("Chủ trì", 3), ("Hạn", 3), ("Tình trạng", 3)],
        tasks.collect(),
    ));
    body
}

/// The minutes of a meeting with the press.
pub(super) fn meeting(desk: &Desk, row: &Meeting) -> Vec<Block> {
    let place = row.held.place.as_deref().unwrap_or("không ghi");
    let mut body = vec![
        Block::said(format!("Thời gian: {}.", desk.moment(row.held.held_at).words)),
        Block::said(format!("Địa điểm, hình thức: {place}; {}.", row.held.kind.title().to_lowercase())),
        Block::part("NỘI DUNG"),
    ];
    let note = row.held.note.as_deref().unwrap_or("Không ghi nội dung.");
    body.extend(note.lines().map(str::trim).filter(|line| !line.is_empty()).map(Block::said));
    body
}
