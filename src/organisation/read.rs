//! Reads the three files of the organisation. Refuses what contradicts itself; must not repair anything.

use super::{
    AUTHORITY_CHARS_MAX, Assignment, CHOSEN_FUNCTION, COMMUNE_FUNCTION, Channel, Commune, Function, Office,
    Organisation, SEAT_CHARS_MAX,
};
use crate::playbook::page::{self, Day, Report, Spanned, line_of, toml_as};
use crate::playbook::words::key;
use crate::playbook::{Problem, Text};
use jiff::civil::Date;
use schemars::{JsonSchema, Schema};
use serde::Deserialize;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OrganisationFile {
    authority: Option<Spanned<String>>,
    #[schemars(extend("codes" = "function"))]
    seats: Vec<Spanned<String>>,
    function: Vec<FunctionEntry>,
    office: Vec<OfficeEntry>,
    assignment: Vec<AssignmentEntry>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct FunctionEntry {
    code: Spanned<String>,
    name: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OfficeEntry {
    id: Spanned<String>,
    name: String,
    short: String,
    #[serde(default)]
    speaks: bool,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
    #[serde(default)]
    #[schemars(extend("codes" = "office"))]
    predecessors: Vec<Spanned<String>>,
    basis: Option<String>,
    #[serde(default)]
    uncertain: bool,
    note: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct AssignmentEntry {
    #[schemars(extend("codes" = "function"))]
    function: Spanned<String>,
    #[schemars(extend("codes" = "office"))]
    office: Spanned<String>,
    from: Option<Day>,
    to: Option<Day>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ChannelsFile {
    channel: Vec<ChannelEntry>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ChannelEntry {
    code: Spanned<String>,
    title: String,
    hint: String,
    #[schemars(extend("codes" = "provision"))]
    basis: Option<Spanned<String>>,
    #[serde(default)]
    exercise: bool,
}

#[derive(Deserialize)]
struct CommuneEntry {
    code: String,
    level: String,
    name: String,
    district: Option<String>,
    valid_from: Option<Date>,
    valid_to: Option<Date>,
    basis: String,
}

/// A file while it is read: where its spans are, and its problems.
struct Reading<'a> {
    text: &'a str,
    report: Report,
}

impl<'a> Reading<'a> {
    fn new(source: Text<'a>) -> Self {
        Self { text: source.text, report: Report::new(source.file) }
    }
    fn wrong<T>(&mut self, at: &Spanned<T>, reason: String) {
        self.report.add(line_of(self.text, &at.span()), reason);
    }
    fn end<T>(self, whole: T) -> Result<T, Vec<Problem>> {
        if self.report.is_empty() { Ok(whole) } else { Err(self.report.into_problems()) }
    }
}

pub(super) fn shapes() -> [(&'static str, Schema); 2] {
    [("organisation", page::shape::<OrganisationFile>()), ("channels", page::shape::<ChannelsFile>())]
}

pub(super) fn organisation(
    organisation: Text<'_>,
    communes: Text<'_>,
    channels: Text<'_>,
) -> Result<Organisation, Vec<Problem>> {
    let listed = |problem| vec![problem];
    let whole = toml_as(organisation).map_err(listed).and_then(|file| offices(organisation, file));
    let places = places(communes);
    let channels = toml_as(channels).map_err(listed).and_then(|file| ways(channels, file));
    match (whole, places, channels) {
        (Ok(whole), Ok(communes), Ok(channels)) => Ok(Organisation { communes, channels, ..whole }),
        (whole, places, channels) => {
            let problems = [whole.err(), places.err(), channels.err()];
            Err(problems.into_iter().flatten().flatten().collect())
        }
    }
}

fn is_id(text: &str) -> bool {
    (1..=50).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn offices(source: Text<'_>, file: OrganisationFile) -> Result<Organisation, Vec<Problem>> {
    let mut reading = Reading::new(source);
    let mut functions: Vec<Function> = vec![];
    for FunctionEntry { code, name } in file.function {
        if functions.iter().any(|other| other.code == *code.get_ref() || other.name == name) {
            reading.wrong(&code, format!("vai trò «{}» hoặc tên của nó đã có ở trên", code.get_ref()));
        }
        functions.push(Function { code: code.into_inner(), name });
    }
    let mut offices: Vec<Office> = vec![];
    for entry in &file.office {
        let id = entry.id.get_ref();
        if !is_id(id) {
            reading.wrong(
                &entry.id,
                format!("mã cơ quan «{id}» chỉ gồm chữ thường không dấu, chữ số, gạch nối"),
            );
        }
        if offices.iter().any(|other| other.id == *id) {
            reading.wrong(&entry.id, format!("cơ quan «{id}» đã có ở trên"));
        }
        if entry.uncertain && entry.note.is_none() {
            reading.wrong(&entry.id, format!("«{id}» có điều chưa chắc chắn thì phải ghi rõ ở «note»"));
        }
        let (valid_from, valid_to) = (entry.valid_from.map(|day| day.0), entry.valid_to.map(|day| day.0));
        if matches!((valid_from, valid_to), (Some(from), Some(to)) if from > to) {
            reading.wrong(&entry.id, format!("«{id}» kết thúc trước khi bắt đầu"));
        }
        offices.push(Office {
            id: id.clone(),
            name: entry.name.clone(),
            short: entry.short.clone(),
            speaks: entry.speaks,
            commune: false,
            valid_from,
            valid_to,
            predecessors: entry.predecessors.iter().map(|id| id.get_ref().clone()).collect(),
            basis: entry.basis.clone(),
            uncertain: entry.uncertain,
            note: entry.note.clone(),
        });
    }
    for before in file.office.iter().flat_map(|entry| &entry.predecessors) {
        if !offices.iter().any(|office| office.id == *before.get_ref()) {
            reading.wrong(before, format!("không có cơ quan «{}»", before.get_ref()));
        }
    }
    let mut assignments: Vec<Assignment> = vec![];
    for entry in file.assignment {
        assignments.push(assignment(entry, &functions, &offices, &mut reading));
    }
    for seat in &file.seats {
        let function = seat.get_ref();
        let held = |held: &&Assignment| held.function == *function;
        if !functions.iter().any(|known| known.code == *function) {
            reading.wrong(seat, format!("không có vai trò «{function}»"));
        }
        for held in assignments.iter().filter(held) {
            let long =
                |office: &&Office| office.id == held.office && office.short.chars().count() > SEAT_CHARS_MAX;
            if let Some(office) = offices.iter().find(long) {
                let reason =
                    format!("tên ngắn «{}» dài quá {SEAT_CHARS_MAX} ký tự cho một ghế", office.short);
                reading.wrong(seat, reason);
            }
        }
    }
    let authority = file.authority.map(|name| authority(&name, &mut reading));
    let seats = file.seats.into_iter().map(Spanned::into_inner).collect();
    let (communes, channels) = (vec![], vec![]);
    reading.end(Organisation { authority, offices, functions, assignments, seats, communes, channels })
}

/// It heads a page: one line, and not an empty one.
fn authority(name: &Spanned<String>, reading: &mut Reading<'_>) -> String {
    let line = name.get_ref().split_whitespace().collect::<Vec<_>>().join(" ");
    let long = line.chars().count() > AUTHORITY_CHARS_MAX;
    if line.is_empty() || long || line != *name.get_ref() {
        let reason = format!(
            "tên cơ quan phát ngôn (authority) phải là một dòng chữ, không quá {AUTHORITY_CHARS_MAX} ký tự, không thừa dấu cách; chưa dùng thì bỏ hẳn dòng này"
        );
        reading.wrong(name, reason);
    }
    line
}

/// An assignment lasts as long as its office unless it says otherwise, and never longer.
fn assignment(
    entry: AssignmentEntry,
    functions: &[Function],
    offices: &[Office],
    reading: &mut Reading<'_>,
) -> Assignment {
    let (function, office) = (entry.function.get_ref(), entry.office.get_ref());
    if !functions.iter().any(|known| known.code == *function) {
        reading.wrong(&entry.function, format!("không có vai trò «{function}»"));
    }
    if function == COMMUNE_FUNCTION || function == CHOSEN_FUNCTION {
        let reason = format!("vai trò «{function}» không giao ở đây: được xác định khi mở sự cố");
        reading.wrong(&entry.function, reason);
    }
    let (mut from, mut to) = (entry.from.map(|day| day.0), entry.to.map(|day| day.0));
    match offices.iter().find(|known| known.id == *office) {
        None => reading.wrong(&entry.office, format!("không có cơ quan «{office}»")),
        Some(known) => {
            let early = matches!((from, known.valid_from), (Some(from), Some(first)) if from < first);
            let late = matches!((to, known.valid_to), (Some(to), Some(last)) if to > last);
            if early || late {
                reading.wrong(&entry.office, format!("«{office}» không tồn tại suốt thời gian được giao"));
            }
            from = from.or(known.valid_from);
            to = to.or(known.valid_to);
        }
    }
    Assignment { function: function.clone(), office: office.clone(), from, to }
}

fn places(source: Text<'_>) -> Result<Vec<Commune>, Vec<Problem>> {
    let mut report = Report::new(source.file);
    let mut communes: Vec<Commune> = vec![];
    let mut rows = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(source.text.as_bytes());
    let headers = rows.headers().cloned().unwrap_or_default();
    for row in rows.records() {
        let line = |position: Option<&csv::Position>| position.map_or(1, csv::Position::line);
        let line_of = |at: u64| u32::try_from(at).unwrap_or(u32::MAX);
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                report.add(line_of(line(error.position())), format!("không đọc được dòng này ({error})"));
                continue;
            }
        };
        let at = line_of(line(row.position()));
        let entry: CommuneEntry = match row.deserialize(Some(&headers)) {
            Ok(entry) => entry,
            Err(error) => {
                report.add(at, format!("không hiểu dòng này ({error})"));
                continue;
            }
        };
        if !is_id(&entry.code) {
            report.add(at, format!("mã «{}» chỉ gồm chữ thường không dấu, chữ số, gạch nối", entry.code));
        }
        if communes.iter().any(|other| other.code == entry.code) {
            report.add(at, format!("mã «{}» đã có ở trên", entry.code));
        }
        let kind = match entry.level.as_str() {
            "commune" => "Xã ",
            "ward" => "Phường ",
            "town" => "Thị trấn ",
            _ => "",
        };
        if kind.is_empty() || !entry.name.starts_with(kind) {
            report.add(at, format!("«{}» và loại «{}» không khớp", entry.name, entry.level));
        }
        let CommuneEntry { code, level, name, district, valid_from, valid_to, basis } = entry;
        communes.push(Commune { code, level, name, district, valid_from, valid_to, basis });
    }
    if communes.is_empty() && report.is_empty() {
        report.add(1, "danh sách xã, phường đang trống");
    }
    if report.is_empty() { Ok(communes) } else { Err(report.into_problems()) }
}

fn ways(source: Text<'_>, file: ChannelsFile) -> Result<Vec<Channel>, Vec<Problem>> {
    let mut reading = Reading::new(source);
    let mut channels: Vec<Channel> = vec![];
    for ChannelEntry { code, title, hint, basis, exercise } in file.channel {
        let name = code.get_ref();
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        {
            reading.wrong(&code, format!("mã kênh «{name}» chỉ gồm chữ thường không dấu, chữ số, gạch dưới"));
        }
        if channels.iter().any(|other| other.code == *name) {
            reading.wrong(&code, format!("kênh «{name}» đã có ở trên"));
        }
        if title.trim().is_empty() {
            reading.wrong(&code, format!("kênh «{name}» chưa có tên (title)"));
        }
        // Two channels of one name are one button for two places, perhaps one of them real and one of an exercise.
        if channels.iter().any(|other| key(&other.title) == key(&title)) {
            reading.wrong(&code, format!("đã có kênh khác tên «{title}»"));
        }
        if let (true, Some(basis)) = (exercise, &basis) {
            reading.wrong(
                basis,
                format!("kênh diễn tập «{name}» không phải phát ngôn, không có căn cứ (basis)"),
            );
        }
        let basis = basis.map(Spanned::into_inner);
        channels.push(Channel { code: code.into_inner(), title, hint, basis, exercise });
    }
    for (exercise, what) in [(false, "thật"), (true, "diễn tập (exercise = true)")] {
        if !channels.iter().any(|channel| channel.exercise == exercise) {
            reading
                .report
                .add(1, format!("cần ít nhất một kênh {what}: không có kênh thì không phát hành được gì"));
        }
    }
    reading.end(channels)
}
