//! The list of spokespersons as a table: written for a spreadsheet, and read as an office pastes it from one. What is
//! written can be read back. Must not repair what it reads: a line that is not right is named.

use super::day::Reading;
use crate::domain::calendar::WorkingCalendar;
use crate::domain::folding::fold;
use crate::domain::ids::OfficeId;
use crate::domain::refusal::Refusal;
use crate::domain::{MandateKind, text};
use crate::export::{BYTE_ORDER_MARK, record};
use crate::organisation::Office;
use crate::wire::{Spokesperson, SpokespersonList, TableProblem};
use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};

/// The columns, by the words at their head. The first names of each are written; all are read.
const COLUMNS: [(Column, &[&str]); 10] = [
    (Column::Agency, &["Cơ quan", "Tên cơ quan", "Đơn vị"]),
    (Column::Kind, &["Tư cách", "Loại"]),
    (Column::Name, &["Họ và tên", "Họ tên"]),
    (Column::Title, &["Chức vụ"]),
    (Column::Phone, &["Điện thoại", "Số điện thoại"]),
    (Column::Email, &["Thư điện tử", "Email", "Địa chỉ thư điện tử"]),
    (Column::Instrument, &["Văn bản", "Số văn bản", "Quyết định"]),
    (Column::Signed, &["Ngày ký", "Ngày quyết định"]),
    (Column::From, &["Từ ngày"]),
    (Column::Until, &["Đến ngày"]),
];
/// Without these a line says nothing.
const NEEDED: [Column; 3] = [Column::Agency, Column::Name, Column::Title];
/// What a person is on the list as, in words.
const KINDS: [(MandateKind, &str); 2] =
    [(MandateKind::Regular, "Thường xuyên"), (MandateKind::Head, "Người đứng đầu")];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Column {
    Agency,
    Kind,
    Name,
    Title,
    Phone,
    Email,
    Instrument,
    Signed,
    From,
    Until,
}

/// The list for a spreadsheet: UTF-8 with a byte order mark, CRLF, nothing that could be taken for a formula.
///
/// # Errors
/// When a row cannot be written.
pub fn csv(list: &SpokespersonList, calendar: &WorkingCalendar) -> Result<Vec<u8>, csv::Error> {
    let mut table =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(BYTE_ORDER_MARK.to_vec());
    let heads = COLUMNS.iter().filter_map(|(_, names)| names.first().copied());
    table.write_record(["TT"].into_iter().chain(heads).chain(["Công khai lúc", "Đường dẫn"]))?;
    let day = |at: Timestamp| {
        let day = calendar.local(at).date();
        format!("{}/{}/{}", day.day(), day.month(), day.year())
    };
    for (row, number) in list.rows.iter().zip(1..) {
        let entry = &row.entry;
        let kind = KINDS.iter().find(|(kind, _)| *kind == entry.kind).map_or("", |(_, words)| words);
        let published = row.published.as_ref();
        let moment = |at: Timestamp| {
            let local = calendar.local(at);
            format!("{:02}:{:02} {}", local.hour(), local.minute(), day(at))
        };
        let cells = [
            number.to_string(),
            row.agency.clone(),
            kind.to_owned(),
            entry.name.clone(),
            entry.title.clone(),
            entry.phone.clone(),
            entry.email.clone(),
            entry.instrument.clone(),
            entry.designated_at.map(day).unwrap_or_default(),
            day(entry.from),
            entry.until.map(|until| day(last_of(until))).unwrap_or_default(),
            published.map(|published| moment(published.at)).unwrap_or_default(),
            published.and_then(|published| published.link.clone()).unwrap_or_default(),
        ];
        record(&mut table, cells.iter().map(String::as_str))?;
    }
    table.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

/// The day on which it still holds.
fn last_of(until: Timestamp) -> Timestamp {
    until.checked_sub(SignedDuration::from_secs(1)).unwrap_or(until)
}

/// What a table says, for the agencies of a day: entries that the list would take, or everything that is wrong.
pub fn read(reading: Reading<'_>, text: &str, on: Date) -> Result<Vec<Spokesperson>, Vec<TableProblem>> {
    let problem =
        |line: u64, reason: String| TableProblem { line: u32::try_from(line).unwrap_or(u32::MAX), reason };
    let text = text.trim_start_matches('\u{FEFF}');
    let head = text.lines().next().unwrap_or_default();
    // A table that is copied comes with tabs; a saved one with commas, or with semicolons from a Vietnamese spreadsheet.
    let most = [b'\t', b';', b','].into_iter().max_by_key(|mark| head.bytes().filter(|b| b == mark).count());
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(most.unwrap_or(b','))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let heads: Vec<_> = match rows.headers() {
        Ok(heads) => heads.iter().map(column).collect(),
        Err(error) => return Err(vec![problem(1, format!("Không đọc được dòng tiêu đề ({error})."))]),
    };
    if let Some(missing) = NEEDED.into_iter().find(|needed| !heads.contains(&Some(*needed))) {
        let reason = format!(
            "Dòng đầu phải là tiêu đề cột và có cột «{}». Các cột đọc được: {}.",
            head_of(missing),
            COLUMNS.iter().filter_map(|(_, names)| names.first().copied()).collect::<Vec<_>>().join(", ")
        );
        return Err(vec![problem(1, reason)]);
    }
    let agencies = reading.organisation.agencies_on(on);
    let (mut entries, mut problems) = (vec![], vec![]);
    for row in rows.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line);
                problems.push(problem(line, format!("Không đọc được dòng này ({error}).")));
                continue;
            }
        };
        let line = row.position().map_or(1, csv::Position::line);
        if row.iter().all(str::is_empty) {
            continue;
        }
        let cell = |wanted: Column| {
            let at = heads.iter().position(|head| *head == Some(wanted));
            // What our own table put before a formula is not part of the words.
            at.and_then(|at| row.get(at)).unwrap_or_default().trim_start_matches('\'').trim()
        };
        let entry = entry(cell, &agencies, &reading.law.calendar).and_then(|entry| {
            reading.directory.admitted(entry, entries.iter()).map_err(|refusal| refused(&refusal))
        });
        match entry {
            Ok(entry) => entries.push(entry),
            Err(reason) => problems.push(problem(line, reason)),
        }
    }
    if entries.is_empty() && problems.is_empty() {
        problems.push(problem(2, "Bảng chưa có dòng nào dưới dòng tiêu đề.".to_owned()));
    }
    if problems.is_empty() { Ok(entries) } else { Err(problems) }
}

fn refused(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Empty => "Thiếu họ tên hoặc chức vụ.".to_owned(),
        refusal => refusal.to_string(),
    }
}

fn head_of(wanted: Column) -> &'static str {
    let found = COLUMNS.iter().find(|(column, _)| *column == wanted);
    found.and_then(|(_, names)| names.first().copied()).unwrap_or_default()
}

fn column(head: &str) -> Option<Column> {
    let head = key(head);
    let found = COLUMNS.iter().find(|(_, names)| names.iter().any(|name| key(name) == head));
    found.map(|(column, _)| *column)
}

fn key(text: &str) -> String {
    fold(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn entry<'a>(
    cell: impl Fn(Column) -> &'a str,
    agencies: &[Office],
    calendar: &WorkingCalendar,
) -> Result<Spokesperson, String> {
    let midnight = |day: Date| {
        calendar.instant(day.to_datetime(Time::midnight())).ok_or_else(|| "Ngày không có thật.".to_owned())
    };
    let day = |column: Column| match cell(column) {
        "" => Ok(None),
        written => match read_day(written) {
            Some(day) => Ok(Some(day)),
            None => {
                Err(format!("Cột «{}»: «{written}» không phải là ngày; ghi như 10/9/2026.", head_of(column)))
            }
        },
    };
    let (signed, from, until) = (day(Column::Signed)?, day(Column::From)?, day(Column::Until)?);
    let Some(first) = from.or(signed) else {
        return Err("Thiếu «Từ ngày» (hoặc «Ngày ký»).".to_owned());
    };
    let agency = agency(cell(Column::Agency), agencies)?;
    if let Some(begins) = agency.valid_from.filter(|begins| first < *begins) {
        let begins = format!("{}/{}/{}", begins.day(), begins.month(), begins.year());
        return Err(format!(
            "Cơ quan này có từ {begins}; ngày bắt đầu không thể sớm hơn. Việc giao trước đó là của cơ quan cũ."
        ));
    }
    let past = |day: Date| day.tomorrow().map_err(|_| "Ngày không có thật.".to_owned());
    Ok(Spokesperson {
        office: OfficeId::new(&agency.id).ok_or_else(|| "Mã cơ quan không hợp lệ.".to_owned())?,
        kind: kind(cell(Column::Kind))?,
        name: cell(Column::Name).to_owned(),
        title: cell(Column::Title).to_owned(),
        phone: cell(Column::Phone).to_owned(),
        email: cell(Column::Email).to_owned(),
        instrument: cell(Column::Instrument).to_owned(),
        designated_at: signed.map(midnight).transpose()?,
        from: midnight(first)?,
        until: until.map(|until| midnight(past(until)?)).transpose()?,
        designation: None,
    })
}

/// The agency by its name, its short name or its id; a spreadsheet's capitals and marks do not matter, the name does.
fn agency<'a>(written: &str, agencies: &'a [Office]) -> Result<&'a Office, String> {
    if written.is_empty() {
        return Err("Thiếu tên cơ quan.".to_owned());
    }
    let exact =
        |office: &&Office| office.name.to_lowercase() == written.to_lowercase() || office.id == written;
    let wanted = key(written);
    let loose = |office: &&Office| key(&office.name) == wanted || key(&office.short) == wanted;
    let found: Vec<_> = match agencies.iter().find(exact) {
        Some(office) => vec![office],
        None => agencies.iter().filter(loose).collect(),
    };
    match found.as_slice() {
        [office] => Ok(*office),
        [] => Err(format!(
            "Không có cơ quan «{}» trong danh mục phải có người phát ngôn của ngày này.",
            short(written)
        )),
        _ => Err(format!("«{}» khớp nhiều cơ quan; hãy ghi tên đầy đủ, có dấu.", short(written))),
    }
}

fn short(written: &str) -> String {
    text::title(written).unwrap_or_default().chars().take(80).collect()
}

fn kind(written: &str) -> Result<MandateKind, String> {
    let wanted = key(written);
    if wanted.is_empty() {
        return Ok(MandateKind::Regular);
    }
    let found = KINDS.iter().find(|(_, words)| wanted.ends_with(&key(words)));
    found.map(|(kind, _)| *kind).ok_or_else(|| {
        format!(
            "Cột «Tư cách»: «{}» không đọc được; ghi «Thường xuyên» hoặc «Người đứng đầu».",
            short(written)
        )
    })
}

/// `10/9/2026`, `10-9-2026`, `10.9.2026`, and what a spreadsheet makes of it: `2026-09-10`.
fn read_day(written: &str) -> Option<Date> {
    if let Ok(day) = written.parse::<Date>() {
        return Some(day);
    }
    let parts: Vec<_> = written.split(['/', '-', '.']).map(str::trim).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let year: i16 = year.parse().ok().filter(|year| *year > 1_900)?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}
