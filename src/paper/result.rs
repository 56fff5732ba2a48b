//! The report on an incident, in seven parts: what the record knows is counted and listed, what people think of it comes
//! from the report's own text, each paragraph under the part that its heading names. Must not judge.

use super::Desk;
use super::arranged::{block, part};
use super::form::{Kind, Layout};
use super::sheet::{Block, Cell};
use crate::domain::Viewer;
use crate::domain::claim::Answer;
use crate::domain::figures::{Figure, Measure, Value, figures};
use crate::domain::line;
use crate::domain::review::{Action, Outcome, Question};
use crate::domain::statement::State;
use crate::domain::yardstick::{Prescribed, Reading, Verdict, count, readings};
use crate::export::words::length;
use jiff::civil::Date;

/// Stands where nobody has written yet.
pub(super) const NOTHING: &str = "Phần này chưa có nội dung.";

/// How the report is called and laid out.
#[derive(Clone, Copy)]
pub(super) struct Form<'a> {
    pub kind: &'a Kind,
    pub layout: &'a Layout,
}

impl Form<'_> {
    /// Where more is to be read.
    fn see(self, annex: usize) -> String {
        let title = self.kind.annexes.get(annex - 1).map_or("", String::as_str);
        format!("{} ({title})", self.layout.annex(annex))
    }
}

/// What people wrote, by the part under which it stands; 0 is before the first.
pub(super) fn by_part(text: &str) -> Vec<Vec<Block>> {
    let mut parts = vec![vec![]; super::form::SECTIONS + 1];
    let mut at = 0;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match part(line) {
            Some(next) => at = next,
            None => parts[at].push(block(line)),
        }
    }
    parts
}

/// The body: the seven parts, each with what the record says and then what people wrote.
pub(super) fn body(desk: &Desk, form: Form, written: &str) -> Vec<Block> {
    let mut written = by_part(written).into_iter();
    let mut body = written.next().unwrap_or_default();
    let counted = [
        outline(desk),
        course(desk, form),
        direction(desk, form),
        spoken(desk, form),
        claims(desk, form),
        measured(desk),
        looked_back(desk),
    ];
    let numbers = ["I", "II", "III", "IV", "V", "VI", "VII"];
    for (((number, title), counted), own) in numbers.iter().zip(&form.kind.sections).zip(counted).zip(written)
    {
        body.push(Block::part(format!("{number}. {}", title.to_uppercase())));
        let nothing = counted.is_empty() && own.is_empty();
        body.extend(counted);
        body.extend(own);
        if nothing {
            body.push(Block::said(NOTHING));
        }
    }
    body
}

/// I: when, where, how serious, who, and what is verified of the damage.
fn outline(desk: &Desk) -> Vec<Block> {
    let report = desk.report;
    let mut out: Vec<_> =
        report.facts.iter().map(|(label, value)| Block::said(format!("{label}: {value}."))).collect();
    let offices: Vec<_> = report.offices.iter().map(|office| office.name.as_str()).collect();
    if !offices.is_empty() {
        out.push(Block::said(format!("Cơ quan tham gia: {}.", offices.join("; "))));
    }
    let figures = report.ledger.iter().filter(|fact| fact.state.starts_with("Đã xác minh"));
    let rows = figures.map(|fact| {
        vec![fact.said.as_str().into(), fact.as_of.words.as_str().into(), fact.source.as_str().into()]
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    if !rows.is_empty() {
        out.push(Block::heading("Số liệu đã xác minh"));
        out.push(Block::listed(
            "Số liệu đã xác minh",
            &[("Nội dung", 5), ("Tính đến", 3), ("Nguồn", 4)],
            rows,
        ));
    }
    out
}

/// II: the lines that people chose, under the headings that they gave; a line that was corrected since does not stand.
fn course(desk: &Desk, form: Form) -> Vec<Block> {
    let mut out = vec![];
    let lines = desk.source.incident.lines.iter();
    let mut chosen: Vec<_> = lines.filter_map(|line| Some((line, line.report.as_ref()?))).collect();
    chosen.retain(|(line, _)| line.corrected_by.is_none());
    chosen.sort_by_key(|(line, _)| (line.occurred_at, line.id));
    let mut headings: Vec<Option<&String>> = vec![];
    for (_, mark) in &chosen {
        if !headings.contains(&mark.heading.as_ref()) {
            headings.push(mark.heading.as_ref());
        }
    }
    for heading in headings {
        out.extend(heading.map(Block::heading));
        for (line, mark) in chosen.iter().filter(|(_, mark)| mark.heading.as_ref() == heading) {
            let remark = mark.note.as_ref().map_or_else(String::new, |note| format!(" ({note})"));
            out.push(Block::said(format!("{}: {}{remark}", desk.moment(line.occurred_at).words, line.text)));
        }
    }
    if out.is_empty() {
        out.push(Block::said("Chưa chọn mốc nào của dòng thời gian vào báo cáo."));
    }
    out.push(Block::said(format!("Toàn bộ {} dòng: {}.", desk.report.lines.len(), form.see(1))));
    out
}

/// III: decisions, who was asked in and accepted, how the level moved, how the tasks stand.
fn direction(desk: &Desk, form: Form) -> Vec<Block> {
    let report = desk.report;
    let decisions = report.decisions.iter().map(|row| {
        let who = if row.decider.is_empty() { row.by.who.clone() } else { row.decider.clone() };
        let reason = if row.reason.is_empty() { String::new() } else { format!("Lý do: {}", row.reason) };
        vec![row.occurred.words.as_str().into(), Cell::from(row.text.as_str()).below(reason), who.into()]
    });
    let accepted = report.offices.iter().map(|office| {
        let accepted = office.accepted.as_ref();
        let said =
            accepted.map_or_else(|| "chưa tiếp nhận".into(), |by| format!("{}, {}", by.at.words, by.who));
        vec![office.name.as_str().into(), said.into()]
    });
    let moved = report.lines.iter().filter(|line| line.kind == line::Kind::Incident.title() && !line.struck);
    let tasks = report.tasks.len();
    let of = |state: &str| report.tasks.iter().filter(|task| task.state == state).count();
    let late = report.tasks.iter().filter(|task| task.late).count();
    vec![
        Block::heading("1. Quyết định"),
        Block::listed(
            "Các quyết định",
            &[("Thời điểm", 3), ("Nội dung", 6), ("Người quyết định", 3)],
            decisions.collect(),
        ),
        Block::heading("2. Cơ quan tiếp nhận"),
        Block::listed("Cơ quan tiếp nhận sự cố", &[("Cơ quan", 6), ("Tiếp nhận", 6)], accepted.collect()),
        Block::heading("3. Mở, nâng, hạ mức và kết thúc"),
        Block::listed(
            "Các mốc của sự cố",
            &[("Thời điểm", 3), ("Nội dung", 9)],
            moved.map(|line| vec![line.occurred.words.as_str().into(), line.text.as_str().into()]).collect(),
        ),
        Block::heading("4. Nhiệm vụ"),
        Block::said(format!(
            "Kịch bản và Tổ công tác giao {tasks} nhiệm vụ: {} đã xong, {} được miễn hoặc bỏ qua có lý do, {late} quá hạn. \
             Chi tiết: {}.",
            of("Đã xong"),
            of("Được miễn") + of("Bỏ qua"),
            form.see(5),
        )),
    ]
}

/// IV: what went out, whether in time by the law of the day, and the press.
fn spoken(desk: &Desk, form: Form) -> Vec<Block> {
    let incident = desk.source.incident;
    let out: Vec<_> = incident.statements.iter().filter(|row| row.state == State::Published).collect();
    let public = out.iter().filter(|row| row.public).count();
    let releases: usize = out.iter().map(|row| row.releases.len()).sum();
    let clocks = desk.report.clocks.iter().map(|clock| {
        let due = clock.due.as_ref().map_or("–", |due| due.words.as_str());
        vec![
            Cell::from(clock.title.as_str()).below(clock.bases.join("; ")),
            due.into(),
            Cell::from(clock.verdict.as_str()).strong(clock.late),
        ]
    });
    let asked = incident.enquiries.iter().filter(|row| row.struck.is_none());
    let (all, open) = asked.fold((0, 0), |(all, open), row| (all + 1, open + usize::from(row.is_open())));
    let met = incident.meetings.iter().filter(|row| row.struck.is_none()).count();
    vec![
        Block::said(format!(
            "Đã phát hành {} văn bản, trong đó {public} phát ngôn công khai, {releases} lượt trên các kênh. Danh mục: {}.",
            out.len(),
            form.see(2)
        )),
        Block::heading("1. Thời hạn theo quy định"),
        Block::listed(
            "Thời hạn theo quy định",
            &[("Việc phải làm, căn cứ", 6), ("Hạn", 3), ("Kết quả", 3)],
            clocks.collect(),
        ),
        Block::heading("2. Báo chí"),
        Block::said(format!(
            "{met} cuộc họp báo, giao ban báo chí; {all} câu hỏi, yêu cầu của báo chí, {open} chưa trả lời. Chi tiết: {}.",
            form.see(3)
        )),
    ]
}

/// V: the register of claims in numbers.
fn claims(desk: &Desk, form: Form) -> Vec<Block> {
    let rows: Vec<_> = desk.source.incident.claims.iter().filter(|row| row.struck.is_none()).collect();
    if rows.is_empty() {
        return vec![Block::said("Không ghi nhận tin đồn, tin sai sự thật nào.")];
    }
    let concluded = rows.iter().filter(|row| row.conclusion.is_some()).count();
    let labels: usize = rows.iter().map(|row| row.labels.len()).sum();
    let asked = || rows.iter().flat_map(|row| &row.requests).flat_map(|request| &request.places);
    let gone = asked().filter(|place| place.answer == Some(Answer::Removed)).count();
    let verdicts = desk.report.claims.iter().map(|claim| {
        vec![
            claim.number.as_str().into(),
            claim.said.as_str().into(),
            Cell::from(claim.conclusion.as_str()).below(claim.state.as_str()),
        ]
    });
    vec![
        Block::said(format!(
            "Ghi sổ {} tin: {concluded} đã kết luận, {labels} lượt gắn nhãn, yêu cầu gỡ tại {} nơi, {gone} nơi đã gỡ. \
             Chi tiết: {}.",
            rows.len(),
            asked().count(),
            form.see(4)
        )),
        Block::listed(
            "Kết luận về từng tin",
            &[("Số", 1), ("Nội dung tin", 5), ("Kết luận, tình trạng", 6)],
            verdicts.collect(),
        ),
    ]
}

/// VI: what is measured, and how that stands to what was prescribed; what people think of it they write below.
fn measured(desk: &Desk) -> Vec<Block> {
    let rows = figures(desk.source.incident).into_iter().map(|figure| {
        let of = if figure.of.is_empty() { String::new() } else { format!(" – {}", figure.of) };
        let said = value(&figure);
        vec![Cell::from(format!("{}{of}", figure.measure.title())).below(figure.counted), said.into()]
    });
    let counted = Block::listed(
        "Số liệu tính từ nhật ký",
        &[("Chỉ tiêu, cách tính", 8), ("Kết quả", 4)],
        rows.collect(),
    );
    [vec![counted], compared(desk)].concat()
}

/// What was prescribed against what happened: how much of each kind, and one by one what was late or not done.
fn compared(desk: &Desk) -> Vec<Block> {
    let all = readings(desk.source.incident, desk.options.made_at, Viewer::FULL);
    let kinds = Prescribed::ALL.iter().filter(|kind| all.iter().any(|row| row.kind == **kind));
    let tally = |kind: &Prescribed| {
        let of = |verdict: &Verdict| match count(&all, *kind, *verdict) {
            0 => None,
            many => Some(format!("{}: {many}", verdict.title())),
        };
        let said: Vec<_> = Verdict::ALL.iter().filter_map(of).collect();
        Block::said(format!("{}: {}.", kind.title(), said.join("; ")))
    };
    let kinds: Vec<_> = kinds.map(tally).collect();
    if kinds.is_empty() {
        return vec![];
    }
    let row = |row: &Reading| {
        let (due, at) = (row.due_at.map(|at| desk.moment(at).words), row.done_at.map(|at| desk.moment(at)));
        let prescribed = Cell::from(row.prescribed.as_str())
            .below(due.map_or_else(String::new, |due| format!("Hạn {due}")));
        let late = row.left_seconds.map(|left| format!("{} {}", row.verdict.title(), length(-left / 60)));
        let went = Cell::from(late.unwrap_or_else(|| row.verdict.title().to_owned()));
        let said: Vec<_> = at.map(|at| at.words).into_iter().chain(Some(row.note.clone())).collect();
        let said: Vec<_> = said.into_iter().filter(|said| !said.is_empty()).collect();
        vec![
            Cell::from(row.title.as_str()).below(row.whose.as_str()),
            prescribed,
            went.below(said.join(", ")),
        ]
    };
    let short: Vec<_> = all.iter().filter(|row| row.verdict.is_short()).map(row).collect();
    let mut out = vec![Block::heading("So với quy định và kịch bản")];
    out.extend(kinds);
    if !short.is_empty() {
        out.push(Block::said("Những việc muộn hoặc chưa làm:"));
        let columns = [("Việc, của ai", 5), ("Quy định", 4), ("Thực tế", 4)];
        out.push(Block::listed("Những việc muộn hoặc chưa làm", &columns, short));
    }
    out
}

/// A figure's value in words. Below nought a margin is a limit that was passed; a length is time before its moment.
fn value(figure: &Figure) -> String {
    match &figure.value {
        Value::Length { seconds } if *seconds < 0 => {
            let before = if figure.measure == Measure::Margin { "quá hạn" } else { "trước đó" };
            format!("{before} {}", length(-seconds / 60))
        }
        Value::Length { seconds } => length(seconds / 60),
        Value::Count { count } => count.to_string(),
        Value::Share { part, whole } => format!("{part}/{whole}"),
        Value::NotYet { why } | Value::NotApplicable { why } => why.clone(),
    }
}

/// VII: what people found under each question, and what is to be done.
fn looked_back(desk: &Desk) -> Vec<Block> {
    let incident = desk.source.incident;
    let mut findings: Vec<_> = incident.findings.iter().filter(|row| row.struck.is_none()).collect();
    findings.sort_by_key(|row| (row.question, row.by.at, row.id.clone()));
    let mut out = vec![];
    for question in Question::ALL {
        let mut under = findings.iter().filter(|row| row.question == question).peekable();
        if under.peek().is_some() {
            out.push(Block::heading(question.title()));
        }
        out.extend(under.map(|row| Block::said(format!("- {}", row.text))));
    }
    let mut actions: Vec<_> = incident.actions.iter().collect();
    actions.sort_by_key(|row| (row.due, row.id.clone()));
    let day = |due: Date| due.strftime("%d/%m/%Y").to_string();
    let row = |row: &Action| {
        let (state, more) = match &row.outcome {
            None => ("Đang làm", String::new()),
            Some(Outcome::Done { note, by }) => ("Đã xong", format!("{}: {note}", desk.moment(by.at).words)),
            Some(Outcome::Dropped { reason, .. }) => ("Không làm", reason.clone()),
        };
        vec![
            row.text.as_str().into(),
            row.owner.words(incident).into(),
            day(row.due).into(),
            Cell::from(state).below(more),
        ]
    };
    if !actions.is_empty() {
        out.push(Block::heading("Việc phải làm sau sự cố"));
        let columns = [("Việc", 5), ("Chủ trì", 3), ("Hạn", 2), ("Tình trạng", 3)];
        out.push(Block::listed(
            "Việc phải làm sau sự cố",
            &columns,
            actions.into_iter().map(|it| row(it)).collect(),
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_stands_under_the_part_that_they_named() {
        let parts =
            by_part("Mở đầu.\n\nVI. ĐÁNH GIÁ\n\nTốt.\nVII. BÀI HỌC\n1. Nhanh hơn.\nII. DIỄN BIẾN\nThêm.");
        let counts: Vec<_> = parts.iter().map(Vec::len).collect();
        assert_eq!(counts, [1, 0, 1, 0, 0, 0, 1, 1]);
    }

    #[test]
    fn a_limit_that_was_passed_is_told_from_a_time_before() {
        let figure = |measure, seconds| {
            value(&Figure {
                measure,
                of: String::new(),
                value: Value::Length { seconds },
                counted: String::new(),
            })
        };
        assert_eq!(figure(Measure::Margin, -600), "quá hạn 10 phút");
        assert_eq!(figure(Measure::Margin, 600), "10 phút");
        assert_eq!(figure(Measure::FirstStatement, -600), "trước đó 10 phút");
    }
}
