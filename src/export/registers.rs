//! The registers of an incident as tables: which there are, their columns and rows. What a spreadsheet and a page of plain
//! text show is made here, so that both show the same. Must not know formats.

pub(super) use super::cell::Cell;
use super::cell::cells;
use super::report::Report;
use super::words::Deed;

/// One table.
pub(super) struct Register<'a> {
    /// Its name, short enough for the tab of a sheet (31 characters at most).
    pub title: &'static str,
    /// Titles of its columns with their widths in characters.
    pub columns: Vec<(String, u16)>,
    /// Its rows, one cell for each column.
    pub rows: Vec<Vec<Cell<'a>>>,
}

fn columns<const N: usize>(columns: [(&str, u16); N]) -> Vec<(String, u16)> {
    columns.into_iter().map(|(title, width)| (title.to_owned(), width)).collect()
}
fn who(deed: Option<&Deed>) -> Cell<'_> {
    deed.map_or_else(|| Cell::from(""), |deed| Cell::from(&deed.who))
}
fn at(deed: Option<&Deed>) -> Cell<'_> {
    Cell::At(deed.map(|deed| &deed.at))
}

/// Every register, in the order in which they are read; those without a row too, because an empty one says something.
pub(super) fn of(report: &Report) -> Vec<Register<'_>> {
    vec![
        timeline(report),
        statements(report),
        verdicts(report),
        releases(report),
        facts(report),
        claims(report),
        decisions(report),
        tasks(report),
        clocks(report),
        press(report),
        meetings(report),
        media(report),
        duty(report),
        figures(report),
        offices(report),
    ]
}

/// The registers that documents show behind the parts that they write out themselves.
pub(super) fn behind(report: &Report) -> Vec<Register<'_>> {
    vec![claims(report), press(report), meetings(report), media(report), duty(report), figures(report)]
}

/// The Roman numeral of the first part behind those, and of what follows.
pub(super) const NUMERALS: [&str; 7] = ["IX", "X", "XI", "XII", "XIII", "XIV", "XV"];

fn timeline<'a>(report: &'a Report) -> Register<'a> {
    let columns = vec![
        ("TT".into(), 6),
        (format!("Xảy ra lúc ({})", report.zone), 17),
        (format!("Ghi nhận lúc ({})", report.zone), 17),
        ("Sự việc, hành động, nội dung".into(), 70),
        ("Loại".into(), 12),
        ("Cơ quan".into(), 26),
        ("Người thực hiện (chức vụ)".into(), 30),
        ("Nguồn, kênh".into(), 26),
        ("Số, ký hiệu".into(), 18),
        ("Thời hạn, tình trạng".into(), 30),
        ("Cách ghi".into(), 15),
        ("Ghi chú".into(), 36),
        ("Dòng nhật ký".into(), 10),
    ];
    let row = |line: &'a super::timeline::Line| {
        cells![
            line.seq,
            &line.occurred,
            &line.by.at,
            &line.text,
            line.kind,
            &line.by.office,
            &line.by.who,
            &line.source,
            &line.document,
            &line.limit,
            line.method,
            line.notes.join("; "),
            line.record,
        ]
    };
    Register { title: "Dòng thời gian", columns, rows: report.lines.iter().map(row).collect() }
}

fn statements<'a>(report: &'a Report) -> Register<'a> {
    let columns = columns([
        ("Số", 10),
        ("Tiêu đề", 40),
        ("Loại", 24),
        ("Trạng thái", 20),
        ("Còn chờ", 30),
        ("Người soạn", 30),
        ("Soạn lúc", 17),
        ("Người trình", 30),
        ("Trình lúc", 17),
        ("Thông tin thêm", 40),
        ("Mã băm SHA-256", 66),
        ("Lời đã phát hành", 80),
    ]);
    let row = |one: &'a super::statement::Statement| {
        let more = one.more.iter().map(|(label, value)| format!("{label}: {value}"));
        let more = more.collect::<Vec<_>>().join("; ");
        let submitted = one.submitted.as_ref();
        cells![
            &one.number,
            &one.title,
            &one.kind,
            one.state,
            one.waiting.join("; "),
            &one.drafted.who,
            &one.drafted.at,
            who(submitted),
            at(submitted),
            more,
            &one.digest,
            one.text.as_deref().unwrap_or_default(),
        ]
    };
    Register { title: "Phát ngôn", columns, rows: report.statements.iter().map(row).collect() }
}

fn verdicts(report: &Report) -> Register<'_> {
    let columns = columns([
        ("Phát ngôn", 10),
        ("Ý kiến", 50),
        ("Với tư cách", 30),
        ("Cơ quan", 26),
        ("Người cho ý kiến", 30),
        ("Lúc", 17),
        ("Trên mã băm", 16),
        ("Hết hiệu lực", 36),
    ]);
    let rows = report.statements.iter().flat_map(|one| {
        one.verdicts.iter().map(|given| {
            cells![
                &one.number,
                &given.verdict,
                &given.functions,
                &given.by.office,
                &given.by.who,
                &given.by.at,
                &given.digest,
                &given.void,
            ]
        })
    });
    Register { title: "Ý kiến duyệt", columns, rows: rows.collect() }
}

fn releases(report: &Report) -> Register<'_> {
    let columns = columns([
        ("Phát ngôn", 10),
        ("Kênh", 24),
        ("Phát hành lúc", 17),
        ("Đường dẫn", 50),
        ("Đối chiếu", 30),
        ("Cơ quan", 26),
        ("Người phát hành", 30),
        ("Ghi nhận lúc", 17),
    ]);
    let rows = report.statements.iter().flat_map(|one| {
        one.releases.iter().map(|out| {
            cells![
                &one.number,
                &out.channel,
                &out.at,
                &out.link,
                &out.found,
                &out.by.office,
                &out.by.who,
                &out.by.at,
            ]
        })
    });
    Register { title: "Phát hành", columns, rows: rows.collect() }
}

fn facts<'a>(report: &'a Report) -> Register<'a> {
    let columns = columns([
        ("Số", 8),
        ("Dữ kiện", 60),
        ("Tính đến", 17),
        ("Nguồn", 30),
        ("Tình trạng", 30),
        ("Trước đó", 40),
        ("Người ghi", 30),
        ("Ghi lúc", 17),
        ("Người xác minh", 30),
        ("Xác minh lúc", 17),
    ]);
    let row = |fact: &'a super::fact::Fact| {
        let judged = fact.judged.as_ref();
        cells![
            &fact.number,
            &fact.said,
            &fact.as_of,
            &fact.source,
            &fact.state,
            fact.earlier.join("; "),
            &fact.entered.who,
            &fact.entered.at,
            who(judged),
            at(judged),
        ]
    };
    Register { title: "Dữ kiện", columns, rows: report.ledger.iter().map(row).collect() }
}

fn claims<'a>(report: &'a Report) -> Register<'a> {
    let columns = columns([
        ("Số", 8),
        ("Tin", 60),
        ("Nơi thấy", 50),
        ("Phân loại", 30),
        ("Kết luận", 50),
        ("Đã làm", 60),
        ("Trạng thái", 24),
    ]);
    let row = |claim: &'a super::claim::Claim| {
        cells![
            &claim.number,
            &claim.said,
            claim.places.join("\n"),
            &claim.class,
            &claim.conclusion,
            claim.deeds.join("\n"),
            &claim.state,
        ]
    };
    Register { title: "Sổ tin đồn", columns, rows: report.claims.iter().map(row).collect() }
}

fn decisions<'a>(report: &'a Report) -> Register<'a> {
    let columns = columns([
        ("Lúc", 17),
        ("Nội dung", 60),
        ("Lý do", 40),
        ("Người quyết định", 30),
        ("Phương án không chọn", 40),
        ("Cơ quan", 26),
        ("Người ghi", 30),
        ("Ghi nhận lúc", 17),
        ("Ghi chú", 30),
    ]);
    let row = |one: &'a super::report::Decision| {
        cells![
            &one.occurred,
            &one.text,
            &one.reason,
            &one.decider,
            one.rejected.join("; "),
            &one.by.office,
            &one.by.who,
            &one.by.at,
            one.notes.join("; "),
        ]
    };
    Register { title: "Quyết định", columns, rows: report.decisions.iter().map(row).collect() }
}

fn tasks<'a>(report: &'a Report) -> Register<'a> {
    let columns = columns([
        ("TT", 6),
        ("Nhiệm vụ", 50),
        ("Giai đoạn", 20),
        ("Bắt buộc", 9),
        ("Chủ trì", 26),
        ("Thời hạn", 36),
        ("Hạn", 17),
        ("Kết quả", 14),
        ("Đúng hạn", 14),
        ("Người thực hiện", 30),
        ("Lúc", 17),
        ("Nội dung, lý do", 50),
        ("Minh chứng", 40),
    ]);
    let row = |task: &'a super::task::Task| {
        let by = task.by.as_ref();
        cells![
            task.seq,
            &task.title,
            &task.phase,
            if task.mandatory { "có" } else { "" },
            &task.office,
            &task.limit,
            &task.due,
            task.state,
            task.verdict,
            who(by),
            at(by),
            &task.note,
            &task.evidence,
        ]
    };
    Register { title: "Nhiệm vụ", columns, rows: report.tasks.iter().map(row).collect() }
}

fn clocks<'a>(report: &'a Report) -> Register<'a> {
    let columns = columns([
        ("Việc phải làm", 50),
        ("Thời hạn", 40),
        ("Căn cứ", 50),
        ("Hạn", 17),
        ("Dừng bởi", 40),
        ("Lúc", 17),
        ("Kết quả", 36),
    ]);
    let row = |clock: &'a super::clock::Clock| {
        cells![
            &clock.title,
            &clock.limit,
            clock.bases.join("; "),
            &clock.due,
            &clock.stopped_by,
            &clock.stopped,
            &clock.verdict,
        ]
    };
    Register { title: "Thời hạn", columns, rows: report.clocks.iter().map(row).collect() }
}

fn press<'a>(report: &'a Report) -> Register<'a> {
    let columns = columns([
        ("Nhận lúc", 17),
        ("Cơ quan báo chí", 30),
        ("Câu hỏi", 60),
        ("Hẹn trả lời", 17),
        ("Phụ trách", 26),
        ("Kết quả", 50),
        ("Lúc", 17),
        ("Đúng hẹn", 12),
        ("Người ghi", 30),
        ("Ghi nhận lúc", 17),
        ("Ghi chú", 30),
    ]);
    let row = |one: &'a super::press::Enquiry| {
        cells![
            &one.received,
            &one.outlet,
            &one.question,
            &one.due,
            &one.owner,
            &one.outcome,
            &one.ended,
            one.verdict,
            &one.by.who,
            &one.by.at,
            one.notes.join("; "),
        ]
    };
    Register { title: "Hỏi đáp báo chí", columns, rows: report.enquiries.iter().map(row).collect() }
}

fn meetings<'a>(report: &'a Report) -> Register<'a> {
    let columns = columns([
        ("Lúc", 17),
        ("Loại", 20),
        ("Nơi", 30),
        ("Nội dung", 60),
        ("Người ghi", 30),
        ("Ghi nhận lúc", 17),
        ("Ghi chú", 30),
    ]);
    let row = |one: &'a super::press::Meeting| {
        cells![&one.held, one.kind, &one.place, &one.note, &one.by.who, &one.by.at, one.notes.join("; ")]
    };
    Register { title: "Họp báo, giao ban", columns, rows: report.meetings.iter().map(row).collect() }
}

fn media<'a>(report: &'a Report) -> Register<'a> {
    let columns = columns([
        ("Đăng lúc", 17),
        ("Nơi đăng", 26),
        ("Tiêu đề", 60),
        ("Sắc thái", 12),
        ("Tiếp cận", 12),
        ("Đường dẫn", 50),
        ("Lưu ý", 30),
        ("Người ghi", 30),
        ("Ghi nhận lúc", 17),
        ("Ghi chú", 30),
    ]);
    let row = |one: &'a super::press::Clipping| {
        let reach = one.reach.map_or_else(|| Cell::from(""), Cell::from);
        cells![
            &one.published,
            &one.outlet,
            &one.title,
            one.tone,
            reach,
            &one.link,
            &one.note,
            &one.by.who,
            &one.by.at,
            one.notes.join("; "),
        ]
    };
    Register { title: "Điểm báo", columns, rows: report.clippings.iter().map(row).collect() }
}

fn duty<'a>(report: &'a Report) -> Register<'a> {
    let columns = columns([
        ("Cơ quan", 36),
        ("Người trực", 30),
        ("Từ", 17),
        ("Đến", 17),
        ("Bàn giao, kết thúc", 60),
        ("Người ghi", 30),
    ]);
    let row = |one: &'a super::duty::Duty| {
        cells![&one.office, &one.officer, &one.from, &one.until, &one.ended, &one.by.who]
    };
    Register { title: "Trực ban", columns, rows: report.duty.iter().map(row).collect() }
}

fn figures<'a>(report: &'a Report) -> Register<'a> {
    let columns = columns([("Số liệu", 60), ("Giá trị", 30), ("Tính từ", 70)]);
    let row = |one: &'a super::duty::Counted| cells![&one.what, &one.value, &one.counted];
    Register { title: "Số liệu", columns, rows: report.figures.iter().map(row).collect() }
}

fn offices<'a>(report: &'a Report) -> Register<'a> {
    let columns = columns([
        ("Cơ quan", 50),
        ("Viết tắt", 20),
        ("Vai trò", 14),
        ("Người tiếp nhận", 40),
        ("Tiếp nhận lúc", 17),
    ]);
    let row = |one: &'a super::report::Office| {
        let accepted = one.accepted.as_ref();
        cells![
            &one.name,
            &one.short,
            if one.seat { "Thành viên" } else { "Được mời" },
            who(accepted),
            at(accepted)
        ]
    };
    Register { title: "Cơ quan", columns, rows: report.offices.iter().map(row).collect() }
}
