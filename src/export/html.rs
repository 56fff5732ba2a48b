//! HTML: one self-contained page to read on a screen and to print. No script, nothing from elsewhere; whatever people
//! wrote is escaped. Must not show words that were never published.

use super::registers::{self, Cell};
use super::report::Report;
use super::statement::Statement;
use super::words::{Deed, Moment, escaped as esc};
use super::{ExportError, Facts, Material, Out, put};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

pub(super) const FACTS: Facts = Facts {
    code: "html",
    title: "HTML (để đọc và in)",
    media_type: "text/html; charset=utf-8",
    extension: "html",
};

pub(super) const STYLE: &str = include_str!("report.css");
/// Side of the code in the corner of a printed page: the margin is 20 mm.
const CORNER_MM: u32 = 14;
const NOTHING: &str = "<p>Không có.</p>\n";

pub(super) fn write(material: &Material, out: Out) -> Result<(), ExportError> {
    let report = material.report;
    let parts = [head, facts, offices, clocks, lines, statements, ledger, decisions, tasks, behind, proof];
    for part in parts {
        put(out, FACTS.title, part(report).as_bytes())?;
    }
    put(out, FACTS.title, b"</main>\n</body>\n</html>\n")
}

/// The text as a string inside the style sheet, where only these need care.
fn css_string(text: &str) -> String {
    let safe =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | ',' | ':' | '/' | '+' | '(' | ')');
    text.chars().map(|c| if safe(c) { c.to_string() } else { format!("\\{:x} ", u32::from(c)) }).collect()
}

fn cell(text: &str) -> String {
    format!("<td>{}</td>", esc(text))
}

/// A moment in a narrow column.
fn moment(moment: Option<&Moment>) -> String {
    moment.map_or_else(
        || "<td>–</td>".into(),
        |at| format!("<td class=at><time>{} <span>{}</span></time></td>", esc(&at.time), esc(&at.day)),
    )
}

/// Office, person and position.
fn actor(deed: &Deed) -> String {
    let office = if deed.short.is_empty() { String::new() } else { format!("{}<br>", esc(&deed.short)) };
    format!("{office}{}", esc(&deed.who))
}

fn deed(deed: &Deed) -> String {
    let office = if deed.office.is_empty() { String::new() } else { format!(", {}", deed.office) };
    esc(&format!("{}, {}{office}", deed.at.words, deed.who))
}

/// A table with its head repeated on each printed page.
pub(super) fn table(class: &str, titles: &[&str], rows: &[String]) -> String {
    if rows.is_empty() {
        return NOTHING.into();
    }
    let titles: String = titles.iter().map(|title| format!("<th scope=col>{}</th>", esc(title))).collect();
    let rows: String = rows.iter().map(|row| format!("<tr>{row}</tr>\n")).collect();
    format!(
        "<div class=wide><table class={class}>\n<thead><tr>{titles}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n"
    )
}

fn section(title: &str, body: &str) -> String {
    format!("<section>\n<h2>{}</h2>\n{body}</section>\n", esc(title))
}

/// Label and value, one under the other.
fn list<'a>(rows: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let rows: String =
        rows.into_iter().map(|(label, value)| format!("<dt>{}</dt><dd>{value}</dd>\n", esc(label))).collect();
    format!("<dl>\n{rows}</dl>\n")
}

fn head(report: &Report) -> String {
    let made = format!("Sự cố {}, xuất lúc {}, {}", report.number, report.made_at.words, report.made_by);
    let variant = match report.variant {
        "" => String::new(),
        said => format!("<p class=variant>{}.</p>\n", esc(said)),
    };
    let mark = if report.exercise { format!("<p class=mark>{}</p>\n", report.mark()) } else { String::new() };
    format!(
        "<!DOCTYPE html>\n<html lang=vi>\n<head>\n<meta charset=utf-8>\n\
         <meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n\
         <meta name=viewport content=\"width=device-width, initial-scale=1\">\n<title>{mark_title}{number}: {title}</title>\n\
         <style>\n@page {{ @bottom-left {{ content: \"{made_css}\" }} @bottom-right {{ content: \"{stamp_css}\" }} \
         @bottom-right-corner {{ content: url(\"data:image/svg+xml;base64,{code}\") }} @top-right {{ content: \"{exercise}\" }} }}\n\
         {STYLE}</style>\n</head>\n<body>\n{mark}<main>\n<header>\n<p>DÒNG THỜI GIAN XỬ LÝ SỰ CỐ</p>\n<h1>{title}</h1>\n\
         <div class=stamp>{stamp}</div>\n<p class=made>{made}. Mã băm nhật ký <code>{short}</code></p>\n{variant}</header>\n",
        mark_title = if report.exercise { "DIỄN TẬP – " } else { "" },
        number = esc(&report.number),
        title = esc(&report.title),
        exercise = report.mark(),
        made_css = css_string(&made),
        made = esc(&made),
        stamp = report.stamp.svg(22),
        code = STANDARD.encode(report.stamp.svg(CORNER_MM)),
        stamp_css = css_string(&format!("{}, {}", report.stamp_words, report.head_short)),
        short = esc(&report.head_short),
    )
}

fn facts(report: &Report) -> String {
    let rows = report.facts.iter().map(|(label, value)| (label.as_str(), esc(value)));
    section("I. Thông tin chung", &list(rows))
}

fn offices(report: &Report) -> String {
    let row = |(office, seq): (&super::report::Office, usize)| {
        let seat = if office.seat { "Thành viên" } else { "Được mời" };
        let accepted = office.accepted.as_ref().map_or_else(
            || "chưa tiếp nhận".into(),
            |act| format!("{}<br>{}", esc(&act.at.words), esc(&act.who)),
        );
        let (name, short) = (cell(&office.name), cell(&office.short));
        format!("<td class=no>{seq}</td>{name}{short}<td>{seat}</td><td>{accepted}</td>")
    };
    let rows: Vec<_> = report.offices.iter().zip(1..).map(row).collect();
    section(
        "II. Cơ quan tham gia",
        &table("offices", &["TT", "Cơ quan", "Viết tắt", "Vai trò", "Tiếp nhận sự cố"], &rows),
    )
}

fn clocks(report: &Report) -> String {
    let row = |clock: &super::clock::Clock| {
        let bases: String = clock.bases.iter().map(|basis| format!("; {}", esc(basis))).collect();
        let stopped = clock.stopped.as_ref().map_or_else(
            || "–".into(),
            |at| format!("{}<br>phát hành {}", esc(&clock.stopped_by), esc(&at.words)),
        );
        let verdict = emphasised(&clock.verdict, clock.late);
        let duty = format!("{}<br><em>{}{bases}</em>", esc(&clock.title), esc(&clock.limit));
        format!("<td>{duty}</td>{}<td>{stopped}</td><td>{verdict}</td>", moment(clock.due.as_ref()))
    };
    let rows: Vec<_> = report.clocks.iter().map(row).collect();
    let due = format!("Hạn ({})", report.zone);
    section(
        "III. Thời hạn theo quy định",
        &table("clocks", &["Việc phải làm, căn cứ", &due, "Dừng bởi", "Kết quả"], &rows),
    )
}

fn emphasised(text: &str, strong: bool) -> String {
    if strong { format!("<strong>{}</strong>", esc(text)) } else { esc(text) }
}

fn lines(report: &Report) -> String {
    let row = |line: &super::timeline::Line| {
        let (occurred, recorded) = (moment(Some(&line.occurred)), moment(Some(&line.by.at)));
        let (source, document) = (cell(&line.source), cell(&line.document));
        let notes = [line.kind, line.method].into_iter().chain(line.notes.iter().map(String::as_str));
        let notes = cell(&notes.filter(|note| !note.is_empty()).collect::<Vec<_>>().join("; "));
        let text = match (line.struck, line.marked) {
            (true, _) => format!("<td><s>{}</s></td>", esc(&line.text)),
            (_, true) => format!("<td class=marked>{}</td>", esc(&line.text)),
            _ => cell(&line.text),
        };
        let (seq, limit) = (line.seq, emphasised(&line.limit, line.late));
        format!(
            "<td class=no>{seq}</td>{occurred}{recorded}{text}<td>{}</td>{source}{document}<td>{limit}</td>{notes}",
            actor(&line.by)
        )
    };
    let rows: Vec<_> = report.lines.iter().map(row).collect();
    let (occurred, recorded) =
        (format!("Xảy ra lúc ({})", report.zone), format!("Ghi nhận lúc ({})", report.zone));
    let titles = [
        "TT",
        &occurred,
        &recorded,
        "Sự việc, hành động, nội dung",
        "Cơ quan, người thực hiện (chức vụ)",
        "Nguồn, kênh",
        "Số, ký hiệu",
        "Thời hạn, tình trạng",
        "Loại, cách ghi, ghi chú",
    ];
    let table = table("timeline", &titles, &rows);
    let figure = format!(
        "<figure class=course>{}<figcaption>Hình 1. Dòng thời gian của sự cố</figcaption></figure>\n",
        report.figure.svg(str::to_owned)
    );
    let body = [figure, marked(report), table].concat();
    format!("<div class=across>\n{}</div>\n", section("IV. Dòng thời gian", &body))
}

/// The lines that belong in the report, by heading.
fn marked(report: &Report) -> String {
    let line = |line: &super::timeline::MarkedLine| {
        let note =
            if line.note.is_empty() { String::new() } else { format!(" <em>({})</em>", esc(&line.note)) };
        format!("<li>{}: {}{note}</li>\n", esc(&line.occurred.words), esc(&line.text))
    };
    let group = |group: &super::timeline::Marked| {
        let heading = if group.heading.is_empty() { "Đưa vào báo cáo" } else { group.heading.as_str() };
        let lines: String = group.lines.iter().map(line).collect();
        format!("<h3>{}</h3>\n<ul>\n{lines}</ul>\n", esc(heading))
    };
    report.marked.iter().map(group).collect()
}

fn statements(report: &Report) -> String {
    let statements: String = report.statements.iter().map(statement).collect();
    section("V. Phát ngôn", if statements.is_empty() { NOTHING } else { &statements })
}

fn statement(statement: &Statement) -> String {
    let waiting = if statement.waiting.is_empty() {
        String::new()
    } else {
        format!("; còn chờ: {}", statement.waiting.join("; "))
    };
    let facts = list([
        ("Loại", esc(&statement.kind)),
        ("Trạng thái", esc(&format!("{}{waiting}", statement.state))),
        ("Người soạn", deed(&statement.drafted)),
        ("Sửa lần cuối", deed(&statement.written)),
        ("Trình duyệt", statement.submitted.as_ref().map_or_else(|| "–".into(), deed)),
        ("Mã băm SHA-256", format!("<code>{}</code>", esc(&statement.digest))),
    ]);
    let more = match &statement.more[..] {
        [] => String::new(),
        more => list(more.iter().map(|(label, value)| (*label, esc(value)))),
    };
    let text = statement
        .text
        .as_ref()
        .map_or_else(String::new, |text| format!("<blockquote>{}</blockquote>\n", esc(text)));
    let verdict = |given: &super::statement::Given| {
        let said = if given.void.is_empty() {
            esc(&given.verdict)
        } else {
            format!("<s>{}</s><br><em>{}</em>", esc(&given.verdict), esc(&given.void))
        };
        let who = format!("{}<br><em>{}</em>", actor(&given.by), esc(&given.functions));
        let (at, digest) = (moment(Some(&given.by.at)), esc(&given.digest));
        format!("<td>{said}</td><td>{who}</td>{at}<td><code>{digest}</code></td>")
    };
    let verdicts: Vec<_> = statement.verdicts.iter().map(verdict).collect();
    let out = |out: &super::statement::Out| {
        let who = format!("{}<br>{}", actor(&out.by), esc(&out.by.at.words));
        let found =
            if out.found.is_empty() { String::new() } else { format!("<br><em>{}</em>", esc(&out.found)) };
        let (channel, at) = (cell(&out.channel), moment(Some(&out.at)));
        format!("{channel}{at}<td>{}{found}</td><td>{who}</td>", link(&out.link))
    };
    let releases: Vec<_> = statement.releases.iter().map(out).collect();
    let verdicts = match &verdicts[..] {
        [] => String::new(),
        rows => table("verdicts", &["Ý kiến", "Người cho ý kiến", "Lúc", "Trên mã băm"], rows),
    };
    let releases = match &releases[..] {
        [] => String::new(),
        rows => table(
            "releases",
            &["Phát hành trên", "Lúc", "Đường dẫn, đối chiếu", "Người phát hành, ghi nhận"],
            rows,
        ),
    };
    let title = esc(&format!("{}. {}", statement.number, statement.title));
    format!("<article>\n<h3>{title}</h3>\n{facts}{more}{text}{verdicts}{releases}</article>\n")
}

/// A link that is a web address can be followed; anything else is text.
fn link(address: &str) -> String {
    let shown = esc(address);
    let web = address.starts_with("https://") || address.starts_with("http://");
    if web { format!("<a href=\"{shown}\" rel=\"noreferrer noopener\">{shown}</a>") } else { shown }
}

fn ledger(report: &Report) -> String {
    let row = |fact: &super::fact::Fact| {
        let earlier = match &fact.earlier[..] {
            [] => String::new(),
            earlier => format!("<br><em>Trước đó: {}</em>", esc(&earlier.join("; "))),
        };
        let judged = fact.judged.as_ref().map_or_else(String::new, |deed| format!("<br>{}", actor(deed)));
        let (number, at, source) = (cell(&fact.number), moment(Some(&fact.as_of)), cell(&fact.source));
        let said = format!("<td>{}{earlier}</td>", esc(&fact.said));
        format!(
            "{number}{said}{at}{source}<td>{}{judged}</td><td>{}</td>",
            esc(&fact.state),
            actor(&fact.entered)
        )
    };
    let rows: Vec<_> = report.ledger.iter().map(row).collect();
    let heads = ["Số", "Dữ kiện", "Tính đến", "Nguồn", "Tình trạng", "Người ghi"];
    section("VI. Dữ kiện", &table("ledger", &heads, &rows))
}

fn decisions(report: &Report) -> String {
    let row = |decision: &super::report::Decision| {
        let part = |label: &str, said: &str| match said {
            "" => String::new(),
            said => format!("<br><em>{label}: {}</em>", esc(said)),
        };
        let reason = [
            part("Người quyết định", &decision.decider),
            part("Lý do", &decision.reason),
            part("Phương án không chọn", &decision.rejected.join("; ")),
        ]
        .concat();
        let who = format!("{}<br>{}", actor(&decision.by), esc(&decision.by.at.words));
        let (at, text, notes) =
            (moment(Some(&decision.occurred)), esc(&decision.text), cell(&decision.notes.join("; ")));
        format!("{at}<td>{text}{reason}</td><td>{who}</td>{notes}")
    };
    let rows: Vec<_> = report.decisions.iter().map(row).collect();
    section(
        "VII. Quyết định",
        &table("decisions", &["Lúc", "Nội dung, lý do", "Người ghi", "Ghi chú"], &rows),
    )
}

fn tasks(report: &Report) -> String {
    let row = |task: &super::task::Task| {
        let mandatory = if task.mandatory { " (bắt buộc)" } else { "" };
        let due = task.due.as_ref().map_or_else(String::new, |due| format!("{}<br>", esc(&due.words)));
        let verdict = match task.verdict {
            "" => String::new(),
            verdict => format!(", {}", emphasised(verdict, task.late)),
        };
        let by = task
            .by
            .as_ref()
            .map_or_else(String::new, |by| format!("<br>{}, {}", esc(&by.at.words), esc(&by.who)));
        let note = if task.note.is_empty() { String::new() } else { format!("<br>{}", esc(&task.note)) };
        let evidence = match task.evidence.as_str() {
            "" => String::new(),
            evidence => format!("<br><em>Minh chứng: {}</em>", esc(evidence)),
        };
        format!(
            "<td class=no>{}</td><td>{}{mandatory}</td>{}<td>{due}<em>{}</em></td><td><b>{}</b>{verdict}{by}{note}{evidence}</td>",
            task.seq,
            esc(&task.title),
            cell(&task.office),
            esc(&task.limit),
            esc(task.state),
        )
    };
    let rows: Vec<_> = report.tasks.iter().map(row).collect();
    let due = format!("Hạn ({})", report.zone);
    section("VIII. Nhiệm vụ", &table("tasks", &["TT", "Nhiệm vụ", "Chủ trì", &due, "Kết quả"], &rows))
}

/// The registers behind the parts above, as tables.
fn behind(report: &Report) -> String {
    let part = |(register, numeral): (registers::Register<'_>, &&str)| {
        let heads: Vec<_> = register.columns.iter().map(|(title, _)| title.as_str()).collect();
        let value = |value: &Cell| match value {
            Cell::Text(text) if text.starts_with("http") => format!("<td>{}</td>", link(text)),
            Cell::Text(text) => cell(text),
            Cell::Number(number) => format!("<td>{number}</td>"),
            Cell::At(at) => moment(*at),
        };
        let rows = register.rows.iter().map(|row| row.iter().map(value).collect::<String>());
        let rows: Vec<_> = rows.collect();
        section(&format!("{numeral}. {}", register.title), &table("register", &heads, &rows))
    };
    let parts: String = registers::behind(report).into_iter().zip(&registers::NUMERALS).map(part).collect();
    format!("<div class=across>\n{parts}</div>\n")
}

fn proof(report: &Report) -> String {
    let body = format!(
        "<p>Bản này lập từ nhật ký có {} dòng. Mã băm SHA-256 của dòng cuối cùng:</p>\n<p class=head><code>{}</code></p>\n\
         <p>Mỗi dòng nhật ký mang mã băm của dòng trước nó, nên mã băm này thay đổi nếu bất cứ dòng nào bị sửa, thêm hay \
         bớt. Xuất lúc {} ({}), {}.</p>\n",
        report.records,
        esc(&report.head),
        esc(&report.made_at.words),
        esc(&report.zone),
        esc(&report.made_by),
    );
    section(&format!("{}. Xác thực", registers::NUMERALS[registers::NUMERALS.len() - 1]), &body)
}

#[cfg(test)]
#[path = "html/tests.rs"]
mod tests;
