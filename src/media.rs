//! A table of what was published, as an office or a monitoring service saves it: bytes in, entries of media watch and
//! named problems out. Must not repair what it reads: a line that is not right is left out, with its number and why.

pub mod bytes;
mod cell;

use crate::domain::calendar::WorkingCalendar;
use crate::domain::clipping::{Entry, Fate, IMPORT_MAX, Tone, Weighing, checked};
use crate::domain::folding::fold;
use crate::domain::refusal::Refusal;
use crate::domain::{Context, Incident};
use crate::wire::{ClippingLine, ClippingReading, TableProblem};

/// Largest table, bytes: five hundred lines with long titles, in two bytes a character.
pub const TABLE_BYTES_MAX: usize = 1024 * 1024;

/// The columns, by the words at their head, folded; the first of each is how a refusal calls it.
const COLUMNS: [(Column, &[&str]); 8] = [
    (Column::Link, &["Đường dẫn", "link", "url", "dia chi", "lien ket"]),
    (Column::Outlet, &["Cơ quan báo chí", "bao", "bao, dai", "nguon", "kenh", "outlet", "source"]),
    (Column::Title, &["Tiêu đề", "tit", "ten bai", "noi dung", "title"]),
    (
        Column::Published,
        &["Đăng lúc", "thoi gian dang", "ngay dang", "gio dang", "thoi gian", "published", "date"],
    ),
    (Column::Tone, &["Sắc thái", "tone", "sentiment"]),
    (
        Column::Reach,
        &["Lượt tiếp cận", "tiep can", "luot xem", "luot tuong tac", "tuong tac", "reach", "views"],
    ),
    (Column::Read, &["Đọc lúc", "thoi diem do", "cap nhat luc", "read at"]),
    (Column::Note, &["Ghi chú", "note"]),
];
/// Without these a line says nothing.
const NEEDED: [Column; 3] = [Column::Link, Column::Outlet, Column::Title];
/// What separates cells, with its name.
const SEPARATORS: [(u8, &str); 3] = [(b';', "dấu chấm phẩy"), (b',', "dấu phẩy"), (b'\t', "dấu tab")];
/// Tones in words, folded.
const TONES: [(Tone, &[&str]); 3] = [
    (Tone::Positive, &["tich cuc", "positive", "tot", "+"]),
    (Tone::Neutral, &["trung tinh", "neutral", "binh thuong", "0", ""]),
    (Tone::Negative, &["tieu cuc", "negative", "xau", "-"]),
];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Column {
    Link,
    Outlet,
    Title,
    Published,
    Tone,
    Reach,
    Read,
    Note,
}

/// What a table says, beside what the incident knows: what would be taken, what not and why.
pub fn read(table: &[u8], incident: &Incident, context: &Context) -> ClippingReading {
    let calendar =
        incident.frame.as_ref().map_or_else(WorkingCalendar::default, |frame| frame.calendar.clone());
    let mut reading = ClippingReading::default();
    let mut wrong = |line: u64, reason: String| {
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        reading.problems.push(TableProblem { line, reason });
    };
    let Some((text, encoding)) = bytes::text(table) else {
        wrong(1, "Tệp không phải bảng chữ. Trong Excel, chọn «Lưu thành» rồi chọn CSV (UTF-8).".to_owned());
        return reading;
    };
    reading.encoding = encoding.to_owned();
    // One kind of line end, so that lines are counted as people count them.
    let text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
    let text = text.as_str();
    let head = text.lines().next().unwrap_or_default();
    // Excel may say in the first line what separates cells.
    let said = head.strip_prefix("sep=").and_then(|mark| mark.bytes().next());
    let (text, skipped) = match said {
        Some(_) => (text.split_once('\n').map_or("", |(_, rest)| rest), 1),
        None => (text, 0),
    };
    let head = text.lines().next().unwrap_or_default();
    let most = SEPARATORS.iter().max_by_key(|(mark, _)| head.bytes().filter(|b| b == mark).count());
    let mark = said.or(most.map(|(mark, _)| *mark)).unwrap_or(b',');
    let named = SEPARATORS.iter().find(|(known, _)| *known == mark);
    reading.separator = named.map_or_else(String::new, |(_, name)| (*name).to_owned());
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(mark)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut wrong = |line: u64, reason: String| {
        let line = u32::try_from(line + skipped).unwrap_or(u32::MAX);
        reading.problems.push(TableProblem { line, reason });
    };
    let heads: Vec<_> = match rows.headers() {
        Ok(heads) => heads.iter().map(column).collect(),
        Err(error) => {
            wrong(1, format!("Không đọc được dòng tiêu đề ({error})."));
            return reading;
        }
    };
    if let Some(missing) = NEEDED.into_iter().find(|needed| !heads.contains(&Some(*needed))) {
        let known: Vec<_> = COLUMNS.iter().filter_map(|(_, names)| names.first().copied()).collect();
        let reason = format!(
            "Dòng đầu phải là tiêu đề cột và có cột «{}». Các cột đọc được: {}.",
            name_of(missing),
            known.join(", ")
        );
        wrong(1, reason);
        return reading;
    }
    let mut weighing = Weighing::new(incident);
    let mut lines = vec![];
    for row in rows.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line);
                wrong(line, format!("Không đọc được dòng này ({error})."));
                continue;
            }
        };
        let line = row.position().map_or(1, csv::Position::line);
        if row.iter().all(str::is_empty) {
            continue;
        }
        let cell = |wanted: Column| {
            let at = heads.iter().position(|head| *head == Some(wanted));
            // What our own tables put before a formula is not part of the words.
            at.and_then(|at| row.get(at)).unwrap_or_default().trim_start_matches('\'').trim()
        };
        let taken = entry(cell, &calendar).and_then(|entry| {
            let (id, entry) = checked(entry, context).map_err(|refusal| refused(&refusal))?;
            let fate = weighing.next(&id, &entry, context.at).map_err(|refusal| refused(&refusal))?;
            Ok((fate, entry))
        });
        match taken {
            Ok(_) if lines.len() >= IMPORT_MAX => {
                wrong(
                    line,
                    format!("Mỗi lần nhập nhiều nhất {IMPORT_MAX} dòng. Từ dòng này hãy để sang tệp sau."),
                );
                break;
            }
            Ok((fate, entry)) => lines.push((line, fate, entry)),
            Err(reason) => wrong(line, reason),
        }
    }
    if lines.is_empty() && reading.problems.is_empty() {
        reading
            .problems
            .push(TableProblem {
                line: 2, reason: "Bảng chưa có dòng nào dưới dòng tiêu đề.".to_owned()
            });
    }
    let number = |line: u64| u32::try_from(line + skipped).unwrap_or(u32::MAX);
    reading.lines = lines
        .into_iter()
        .map(|(line, fate, entry)| ClippingLine { line: number(line), fate, entry })
        .collect();
    let count = |fate: Fate| {
        u32::try_from(reading.lines.iter().filter(|line| line.fate == fate).count()).unwrap_or(u32::MAX)
    };
    (reading.added, reading.again, reading.same) = (count(Fate::New), count(Fate::Again), count(Fate::Same));
    reading
}

fn entry<'a>(cell: impl Fn(Column) -> &'a str, calendar: &WorkingCalendar) -> Result<Entry, String> {
    let words = |column: Column| match cell(column) {
        "" => Err(format!("Thiếu «{}».", name_of(column))),
        words => Ok(words.to_owned()),
    };
    let moment = |column: Column| match cell(column) {
        "" => Ok(None),
        written => cell::moment(written, calendar).map(Some).ok_or_else(|| {
            format!("Không hiểu «{}»: {written}. Hãy viết như 21:04 10/9/2024.", name_of(column))
        }),
    };
    let tone = fold(cell(Column::Tone));
    let known = TONES.iter().find(|(_, names)| names.contains(&tone.as_str()));
    let (tone, _) = known.ok_or_else(|| {
        format!(
            "Không hiểu «{}»: {}. Chỉ nhận: tích cực, trung tính, tiêu cực.",
            name_of(Column::Tone),
            cell(Column::Tone)
        )
    })?;
    let reach = match cell(Column::Reach) {
        "" => None,
        written => Some(cell::number(written).ok_or_else(|| {
            format!("Không hiểu «{}»: {written}. Hãy viết số nguyên, như 12.500.", name_of(Column::Reach))
        })?),
    };
    Ok(Entry {
        link: words(Column::Link)?,
        outlet: words(Column::Outlet)?,
        title: words(Column::Title)?,
        published_at: moment(Column::Published)?,
        tone: *tone,
        reach,
        read_at: moment(Column::Read)?,
        note: Some(cell(Column::Note).to_owned()).filter(|note| !note.is_empty()),
    })
}

fn refused(refusal: &Refusal) -> String {
    match refusal {
        Refusal::StruckOut => {
            "Tin bài này đã bị gạch khỏi điểm báo. Muốn nhận lại thì đưa lại ở sổ điểm báo trước.".to_owned()
        }
        refusal => refusal.to_string(),
    }
}

fn name_of(wanted: Column) -> &'static str {
    let found = COLUMNS.iter().find(|(column, _)| *column == wanted);
    found.and_then(|(_, names)| names.first().copied()).unwrap_or_default()
}

fn column(head: &str) -> Option<Column> {
    let head = fold(head.trim());
    let found = COLUMNS.iter().find(|(_, names)| names.iter().any(|name| fold(name) == head));
    found.map(|(column, _)| *column)
}

#[cfg(test)]
mod tests;
