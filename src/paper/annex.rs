//! The six annexes of the report on an incident: the registers whole, as tables that lie across.

use super::Desk;
use super::form::{Kind, Layout};
use super::sheet::{Annex, Block, Cell, Drawn};
use crate::annual;
use crate::domain::clipping::Clipping;
use crate::domain::enquiry::{Enquiry, Outcome};
use crate::domain::meeting::Meeting;
use crate::export::pdf::drawing;
use crate::export::statement::Statement;
use crate::export::words::Deed;
use std::iter::once;

/// All six, titled as the data title them, `with` below each title.
pub(super) fn all(desk: &Desk, kind: &Kind, layout: &Layout, with: &str) -> Vec<Annex> {
    let bodies = [timeline(desk), statements(desk), press(desk), claims(desk), work(desk), yearly(desk)];
    let annex = |((number, title), body): ((usize, &String), Vec<Block>)| Annex {
        label: layout.annex(number),
        title: layout.annex_title(title),
        with: with.to_owned(),
        wide: true,
        body,
    };
    (1..).zip(&kind.annexes).zip(bodies).map(annex).collect()
}

/// Who, of which office, in which capacity.
pub(super) fn who(deed: &Deed) -> Cell {
    if deed.short.is_empty() {
        deed.who.as_str().into()
    } else {
        Cell::from(deed.short.as_str()).below(&deed.who)
    }
}

/// The timeline: drawn, then as a table with both times, who in which capacity, how it is known, what is to be said of it.
pub(super) fn timeline(desk: &Desk) -> Vec<Block> {
    let zone = &desk.report.zone;
    let rows = desk.report.lines.iter().map(|line| {
        vec![
            line.seq.to_string().into(),
            line.occurred.words.as_str().into(),
            line.by.at.words.as_str().into(),
            Cell::from(line.text.as_str()).struck(line.struck),
            who(&line.by),
            line.source.as_str().into(),
            Cell::from(
                once(&line.limit)
                    .chain(&line.notes)
                    .filter(|it| !it.is_empty())
                    .cloned()
                    .collect::<Vec<_>>()
                    .join("; "),
            )
            .strong(line.late),
        ]
    });
    let (occurred, recorded) = (format!("Xảy ra lúc ({zone})"), format!("Ghi vào hệ thống lúc ({zone})"));
    let columns = [
        ("TT", 4),
        (occurred.as_str(), 9),
        (recorded.as_str(), 9),
        ("Sự việc, hành động, nội dung", 36),
        ("Cơ quan, người thực hiện (chức vụ)", 18),
        ("Nguồn, kênh", 11),
        ("Thời hạn, tình trạng, ghi chú", 13),
    ];
    let figure = &desk.report.figure;
    let drawn = Drawn {
        drawing: drawing(figure),
        alt: figure.alt().to_owned(),
        caption: "Hình: dòng thời gian của sự cố".into(),
    };
    vec![Block::Drawn(drawn), Block::listed("Dòng thời gian", &columns, rows.collect())]
}

fn statements(desk: &Desk) -> Vec<Block> {
    let row = |row: &Statement| {
        let verdicts = row.verdicts.iter().filter(|given| given.void.is_empty());
        let verdicts =
            verdicts.map(|given| format!("{}: {}, {}", given.verdict, given.by.who, given.by.at.words));
        let out = row.releases.iter().map(|out| {
            let link = if out.link.is_empty() { String::new() } else { format!(", {}", out.link) };
            format!("{}, {}{link}", out.channel, out.at.words)
        });
        let number =
            row.more.iter().find(|(label, _)| *label == "Số, ký hiệu").map_or("", |(_, value)| value);
        vec![
            row.number.as_str().into(),
            Cell::from(row.title.as_str()).below(row.kind.as_str()),
            Cell::from(row.state).below(number),
            verdicts.collect::<Vec<_>>().join("\n").into(),
            out.collect::<Vec<_>>().join("\n").into(),
            row.digest.chars().take(12).collect::<String>().into(),
        ]
    };
    let columns = [
        ("Số", 7),
        ("Tên, loại", 22),
        ("Tình trạng, số văn bản", 14),
        ("Ý kiến duyệt", 24),
        ("Phát hành", 24),
        ("Mã băm lời văn", 11),
    ];
    vec![Block::listed("Danh mục phát ngôn", &columns, desk.report.statements.iter().map(row).collect())]
}

fn press(desk: &Desk) -> Vec<Block> {
    let incident = desk.source.incident;
    let at = |at| desk.moment(at).words;
    let mut enquiries: Vec<_> = incident.enquiries.iter().filter(|row| row.struck.is_none()).collect();
    enquiries.sort_by_key(|row| (row.asked.received_at, row.id.clone()));
    let became = |row: &Enquiry| match &row.outcome {
        None => "chưa trả lời".to_owned(),
        Some(Outcome::Answered { statement, note, at: when, .. }) => {
            let by = statement.as_ref().map(|id| incident.statement_number(id));
            let said: Vec<_> = by.into_iter().chain(note.clone()).collect();
            format!("trả lời {}: {}", at(*when), said.join("; "))
        }
        Some(Outcome::Declined { ground, reason, at: when, .. }) => {
            let ground = ground.as_ref().map_or_else(String::new, |ground| format!("{}; ", ground.title));
            format!("không cung cấp, {}: {ground}{reason}", at(*when))
        }
    };
    let asked = enquiries.into_iter().map(|row| {
        let by = row.asked.asked_by.clone().unwrap_or_default();
        vec![
            at(row.asked.received_at).into(),
            Cell::from(row.asked.outlet.as_str()).below(by),
            row.asked.question.as_str().into(),
            became(row).into(),
        ]
    });
    let mut meetings: Vec<_> = incident.meetings.iter().filter(|row| row.struck.is_none()).collect();
    meetings.sort_by_key(|row| (row.held.held_at, row.id.clone()));
    let met = |row: &Meeting| -> Vec<Cell> {
        let (place, note) =
            (row.held.place.clone().unwrap_or_default(), row.held.note.clone().unwrap_or_default());
        vec![at(row.held.held_at).into(), row.held.kind.title().into(), place.into(), note.into()]
    };
    let mut clippings: Vec<_> = incident.clippings.iter().filter(|row| row.struck.is_none()).collect();
    clippings.sort_by_key(|row| (row.words.published_at, row.id.clone()));
    let clipped = |row: &Clipping| -> Vec<Cell> {
        vec![
            row.words.published_at.map_or_else(String::new, at).into(),
            Cell::from(row.words.title.as_str()).below(row.link.as_str()),
            row.words.outlet.as_str().into(),
            row.words.tone.title().into(),
            row.reach().map_or_else(String::new, |reach| reach.to_string()).into(),
        ]
    };
    vec![
        Block::heading("1. Câu hỏi, yêu cầu của báo chí"),
        Block::listed(
            "Câu hỏi, yêu cầu của báo chí",
            &[("Nhận lúc", 12), ("Cơ quan báo chí, người hỏi", 20), ("Nội dung", 36), ("Kết quả", 32)],
            asked.collect(),
        ),
        Block::heading("2. Họp báo, giao ban báo chí"),
        Block::listed(
            "Họp báo, giao ban báo chí",
            &[("Thời điểm", 14), ("Hình thức", 18), ("Nơi họp", 22), ("Ghi chú", 46)],
            meetings.into_iter().map(|row| met(row)).collect(),
        ),
        Block::heading("3. Tin, bài"),
        Block::listed(
            "Tin, bài",
            &[
                ("Đăng lúc", 12),
                ("Tên bài, đường dẫn", 46),
                ("Nơi đăng", 18),
                ("Sắc thái", 12),
                ("Lượt tiếp cận", 12),
            ],
            clippings.into_iter().map(|row| clipped(row)).collect(),
        ),
    ]
}

fn claims(desk: &Desk) -> Vec<Block> {
    let rows = desk.report.claims.iter().map(|claim| {
        vec![
            claim.number.as_str().into(),
            Cell::from(claim.said.as_str()).below(claim.class.as_str()),
            claim.places.join("\n").into(),
            claim.conclusion.as_str().into(),
            claim.deeds.join("\n").into(),
            claim.state.as_str().into(),
        ]
    });
    let columns = [
        ("Số", 6),
        ("Nội dung tin, phân loại", 24),
        ("Nơi thấy", 20),
        ("Kết luận kiểm chứng", 18),
        ("Đã xử lý", 20),
        ("Tình trạng", 12),
    ];
    vec![Block::listed("Sổ tin đồn, tin sai sự thật", &columns, rows.collect())]
}

fn work(desk: &Desk) -> Vec<Block> {
    let tasks = desk.report.tasks.iter().map(|task| {
        let due = task.due.as_ref().map_or("", |due| due.words.as_str());
        let done = task.by.as_ref().map_or_else(String::new, |by| format!("{}, {}", by.at.words, by.who));
        let shown: Vec<_> =
            [task.note.as_str(), &task.evidence].into_iter().filter(|it| !it.is_empty()).collect();
        vec![
            task.seq.to_string().into(),
            Cell::from(task.title.as_str()).below(task.phase.as_str()),
            task.office.as_str().into(),
            Cell::from(due).below(task.limit.as_str()),
            Cell::from(task.state).below(done),
            shown.join("; ").into(),
            Cell::from(task.verdict).strong(task.late),
        ]
    });
    let clocks = desk.report.clocks.iter().map(|clock| {
        let stopped = clock.stopped.as_ref().map_or("", |at| at.words.as_str());
        vec![
            Cell::from(clock.title.as_str()).below(clock.bases.join("; ")),
            clock.limit.as_str().into(),
            clock.due.as_ref().map_or("", |due| due.words.as_str()).into(),
            Cell::from(stopped).below(clock.stopped_by.as_str()),
            Cell::from(clock.verdict.as_str()).strong(clock.late),
        ]
    });
    vec![
        Block::heading("1. Nhiệm vụ"),
        Block::listed(
            "Nhiệm vụ",
            &[
                ("TT", 4),
                ("Nhiệm vụ, giai đoạn", 28),
                ("Chủ trì", 15),
                ("Hạn", 14),
                ("Kết quả", 16),
                ("Nội dung, minh chứng", 14),
                ("Đúng hạn", 9),
            ],
            tasks.collect(),
        ),
        Block::heading("2. Thời hạn theo quy định"),
        Block::listed(
            "Thời hạn theo quy định",
            &[
                ("Việc phải làm, căn cứ", 34),
                ("Thời hạn", 18),
                ("Hết hạn lúc", 14),
                ("Dừng lúc, bởi", 18),
                ("Kết quả", 16),
            ],
            clocks.collect(),
        ),
    ]
}

/// What this one incident adds to the lines of the year's form; that the form is not compared is said with it.
fn yearly(desk: &Desk) -> Vec<Block> {
    let (Some(own), Some(form)) = (&desk.adds, desk.annual) else {
        return vec![Block::said("Chưa có biểu mẫu báo cáo năm cho năm của sự cố này.")];
    };
    let own = std::slice::from_ref(own);
    let office = annual::Office { enquiries: vec![], meetings: vec![] };
    let material = annual::Material {
        form: form.form,
        law: form.law,
        incidents: own,
        office: &office,
        now: desk.options.made_at,
        enters: &|_| false,
    };
    let Some(report) = annual::Report::of(form.year, &material) else {
        return vec![Block::said("Chưa có biểu mẫu báo cáo năm cho năm của sự cố này.")];
    };
    let rows = report.rows.iter().map(|row| {
        let count = row.of.map_or_else(|| row.count.to_string(), |of| format!("{}/{of}", row.count));
        let why = row.counted.iter().chain(&row.missed).map(|item| item.why.as_str());
        vec![
            row.number.to_string().into(),
            row.title.as_str().into(),
            count.into(),
            why.collect::<Vec<_>>().join("\n").into(),
        ]
    });
    let columns = [("TT", 5), ("Chỉ tiêu", 40), ("Sự cố này", 12), ("Vì sao được đếm hoặc không", 43)];
    let mut out = vec![
        Block::said(format!("{}, năm {}. Chỉ tính sự cố này.", report.title, report.year)),
        Block::listed("Số liệu phục vụ báo cáo năm", &columns, rows.collect()),
    ];
    if !report.verified {
        out.push(Block::said("Biểu mẫu và căn cứ chưa được đối chiếu với văn bản ký."));
    }
    if desk.source.incident.header.as_ref().is_some_and(|header| header.exercise) {
        out.push(Block::said("Diễn tập không được đếm vào báo cáo năm."));
    }
    out
}
