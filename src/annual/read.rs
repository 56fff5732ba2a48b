//! Reads the forms of the annual report and the grounds for refusing. Refuses forms that hold on the same day, lines
//! that ask the same, and days that not every year has; must not repair anything.

use super::form::{Annual, Clause, Corrections, Counts, Form, Line, Listed};
use super::window::MONTHS;
use crate::playbook::page::{self, Day, Report, Spanned, cut, line_of, toml_as};
use crate::playbook::{Problem, Text};
use jiff::civil::Date;
use schemars::{JsonSchema, Schema};
use serde::Deserialize;

/// A year without a leap day: a report's time begins on a day that every year has.
const PLAIN_YEAR: i16 = 2023;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct File {
    form: Vec<FormEntry>,
    refusal: Vec<RefusalEntry>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct FormEntry {
    code: Spanned<String>,
    title: String,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
    verified: bool,
    #[schemars(extend("codes" = "provision"))]
    basis: Vec<String>,
    #[schemars(extend("codes" = "duty"))]
    duty: String,
    begins: Spanned<String>,
    conference_months: Spanned<i8>,
    conference_note: String,
    #[serde(default)]
    notes: Vec<String>,
    row: Vec<LineEntry>,
    clause: Vec<ClauseEntry>,
    corrections: CorrectionsEntry,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LineEntry {
    number: Spanned<u8>,
    title: String,
    #[schemars(
        with = "String",
        extend("enum" = ["conferences", "briefings", "enquiries", "cases", "on_time", "corrections"])
    )]
    counts: Counts,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ClauseEntry {
    title: Spanned<String>,
    #[schemars(extend("codes" = "provision"))]
    basis: String,
    #[schemars(extend("codes" = "duty"))]
    duty: Option<String>,
    #[serde(default)]
    asked: bool,
    question: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct CorrectionsEntry {
    #[schemars(extend("codes" = "provision"))]
    basis: String,
    #[schemars(extend("codes" = "kind"))]
    statements: Vec<String>,
    #[schemars(extend("codes" = "playbook"))]
    playbooks: Vec<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RefusalEntry {
    code: Spanned<String>,
    title: String,
    #[schemars(extend("codes" = "provision"))]
    basis: String,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
    verified: bool,
}

/// What the file looks like, for editors.
pub(crate) fn shape() -> Schema {
    page::shape::<File>()
}

struct Reading<'a> {
    text: &'a str,
    report: Report,
}

impl Reading<'_> {
    fn wrong<T>(&mut self, at: &Spanned<T>, reason: impl Into<String>) {
        self.report.add(line_of(self.text, &at.span()), reason);
    }

    /// The days of a version, compared with the versions of the same code above.
    fn days(
        &mut self,
        at: &Spanned<String>,
        days: (Option<Day>, Option<Day>),
        above: impl Iterator<Item = (Option<Date>, Option<Date>)>,
    ) -> (Option<Date>, Option<Date>) {
        let (from, to) = (days.0.map(|day| day.0), days.1.map(|day| day.0));
        let (first, last) = (from.unwrap_or(Date::MIN), to.unwrap_or(Date::MAX));
        if last < first {
            self.wrong(at, format!("«{}» hết hiệu lực trước khi có hiệu lực", cut(at.get_ref())));
        }
        let overlaps = |(from, to): (Option<Date>, Option<Date>)| {
            from.unwrap_or(Date::MIN) <= last && first <= to.unwrap_or(Date::MAX)
        };
        if above.into_iter().any(overlaps) {
            self.wrong(at, format!("«{}» có hai bản cùng hiệu lực một ngày", cut(at.get_ref())));
        }
        (from, to)
    }
}

pub(super) fn annual(source: Text<'_>) -> Result<Annual, Vec<Problem>> {
    let file: File = toml_as(source).map_err(|problem| vec![problem])?;
    let mut reading = Reading { text: source.text, report: Report::new(source.file) };
    let mut forms: Vec<Form> = vec![];
    for entry in file.form {
        let form = form(entry, &forms, &mut reading);
        forms.push(form);
    }
    let mut refusals: Vec<Listed> = vec![];
    for entry in file.refusal {
        let RefusalEntry { code, title, basis, valid_from, valid_to, verified } = entry;
        let same = refusals.iter().filter(|other| other.code == *code.get_ref());
        let above: Vec<_> = same.map(|other| (other.valid_from, other.valid_to)).collect();
        let (valid_from, valid_to) = reading.days(&code, (valid_from, valid_to), above.into_iter());
        if title.trim().is_empty() {
            reading.wrong(&code, format!("căn cứ «{}» chưa có tên (title)", cut(code.get_ref())));
        }
        refusals.push(Listed { code: code.into_inner(), title, basis, valid_from, valid_to, verified });
    }
    if reading.report.is_empty() {
        Ok(Annual { forms, refusals })
    } else {
        Err(reading.report.into_problems())
    }
}

fn form(entry: FormEntry, above: &[Form], reading: &mut Reading<'_>) -> Form {
    // Whatever their codes: of two forms on one day nobody would know which to fill in.
    let above = above.iter().map(|other| (other.valid_from, other.valid_to));
    let (valid_from, valid_to) = reading.days(&entry.code, (entry.valid_from, entry.valid_to), above);
    let begins = begins(entry.begins.get_ref());
    if begins.is_none() {
        let reason = "ngày đầu kỳ viết tháng-ngày, như \"12-15\", và phải có ở mọi năm (không phải 29/02)";
        reading.wrong(&entry.begins, reason);
    }
    let months = *entry.conference_months.get_ref();
    if !(1..=MONTHS).contains(&months) || MONTHS % months != 0 {
        reading.wrong(&entry.conference_months, "số tháng phải chia hết 12: 1, 2, 3, 4, 6 hoặc 12");
    }
    let mut rows: Vec<Line> = vec![];
    for LineEntry { number, title, counts } in entry.row {
        let same = |row: &Line| row.number == *number.get_ref() || row.counts == counts;
        if rows.iter().any(same) {
            reading.wrong(
                &number,
                format!("mục {} trùng số hoặc trùng nội dung đếm với mục ở trên", number.get_ref()),
            );
        }
        rows.push(Line { number: number.into_inner(), title, counts });
    }
    let mut clauses: Vec<Clause> = vec![];
    for ClauseEntry { title, basis, duty, asked, question } in entry.clause {
        if duty.is_none() && question.is_none() && !asked {
            let reason = "khoản này chưa nói khi nào áp dụng: ghi «duty» (đồng hồ), «question» (câu hỏi đánh giá) hoặc «asked = true» (báo chí hỏi)";
            reading.wrong(&title, reason);
        }
        clauses.push(Clause { title: title.into_inner(), basis, duty, asked, question });
    }
    let CorrectionsEntry { basis, statements, playbooks } = entry.corrections;
    if statements.is_empty() {
        reading.wrong(&entry.code, "«corrections» chưa có loại văn bản nào (statements)");
    }
    Form {
        code: entry.code.into_inner(),
        title: entry.title,
        valid_from,
        valid_to,
        verified: entry.verified,
        basis: entry.basis,
        duty: entry.duty,
        begins: begins.unwrap_or((1, 1)),
        conference_months: months,
        conference_note: entry.conference_note,
        notes: entry.notes,
        rows,
        clauses,
        corrections: Corrections { basis, statements, playbooks },
    }
}

fn begins(written: &str) -> Option<(i8, i8)> {
    let (month, day) = written.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    Date::new(PLAIN_YEAR, month, day).ok().map(|_| (month, day))
}
