//! Reads the three files of the law. Refuses what contradicts itself; must not repair anything.

use super::claims::{Claims, Per};
use super::{Duty, Instrument, Law, Provision};
use super::{claims, days, matrix};
use crate::domain::claim::Only;
use crate::domain::deadline::Anchor;
use crate::playbook::page::{self, Day, Report, Spanned, line_of, toml_as};
use crate::playbook::words::{LIMIT, condition, key, limit};
use crate::playbook::{Problem, Text};
use jiff::civil::Date;
use schemars::{JsonSchema, Schema};
use serde::Deserialize;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LawFile {
    instrument: Vec<InstrumentEntry>,
    provision: Vec<ProvisionEntry>,
    duty: Vec<DutyEntry>,
    #[serde(default)]
    claims: Vec<claims::Entry>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct InstrumentEntry {
    code: Spanned<String>,
    number: String,
    title: String,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
    verified: bool,
    source: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ProvisionEntry {
    code: Spanned<String>,
    #[schemars(extend("codes" = "instrument"))]
    instrument: Spanned<String>,
    cite: String,
    text: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct DutyEntry {
    code: Spanned<String>,
    title: String,
    #[schemars(with = "String", extend("codes" = "anchor"))]
    anchor: Anchor,
    #[schemars(extend("pattern" = LIMIT))]
    within: Spanned<String>,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
    #[schemars(extend("codes" = "provision"))]
    basis: Vec<Spanned<String>>,
    verified: bool,
    #[schemars(extend("codes" = "kind"))]
    stopped_by: Vec<String>,
    #[schemars(with = "Option<String>", extend("codes" = "anchor"))]
    stopped_when: Option<Anchor>,
    stopped_on: Option<String>,
    only_if: Option<Spanned<String>>,
    per: Option<Per>,
    #[schemars(with = "Option<String>", extend("enum" = ["severe", "harmful", "urgent"]))]
    only: Option<Only>,
    #[schemars(extend("codes" = "function"))]
    obligor: Option<String>,
    note: Option<String>,
}

/// A file while it is read: where its spans are, and its problems.
pub(super) struct Reading<'a> {
    text: &'a str,
    pub(super) report: Report,
}

impl<'a> Reading<'a> {
    pub(super) fn new(source: Text<'a>) -> Self {
        Self { text: source.text, report: Report::new(source.file) }
    }
    pub(super) fn line<T>(&self, at: &Spanned<T>) -> u32 {
        line_of(self.text, &at.span())
    }
    pub(super) fn wrong<T>(&mut self, at: &Spanned<T>, reason: String) {
        self.report.add(self.line(at), reason);
    }
    pub(super) fn days(
        &mut self,
        at: &Spanned<String>,
        from: Option<Day>,
        to: Option<Day>,
    ) -> (Option<Date>, Option<Date>) {
        let (from, to) = (from.map(|day| day.0), to.map(|day| day.0));
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            self.wrong(at, format!("«{}» hết hiệu lực trước khi có hiệu lực", at.get_ref()));
        }
        (from, to)
    }
}

pub(super) fn shape() -> Schema {
    page::shape::<LawFile>()
}

pub(super) fn law(law: Text<'_>, approvals: Text<'_>, calendar: Text<'_>) -> Result<Law, Vec<Problem>> {
    let mut problems = vec![];
    let rules = toml_as::<LawFile>(law).map_err(|problem| vec![problem]).and_then(|file| rules(law, file));
    let approvals = toml_as::<matrix::File>(approvals)
        .map_err(|problem| vec![problem])
        .and_then(|file| matrix::matrix(approvals, file));
    let calendar = toml_as::<days::File>(calendar)
        .map_err(|problem| vec![problem])
        .and_then(|file| days::days(calendar, file));
    match (rules, approvals, calendar) {
        (Ok((instruments, provisions, duties, claims)), Ok(approvals), Ok((calendar, days, settled))) => {
            let settled = Some(settled);
            Ok(Law { instruments, provisions, duties, claims, approvals, calendar, days, settled })
        }
        (rules, approvals, calendar) => {
            problems.extend(rules.err().unwrap_or_default());
            problems.extend(approvals.err().unwrap_or_default());
            problems.extend(calendar.err().unwrap_or_default());
            Err(problems)
        }
    }
}

type Rules = (Vec<Instrument>, Vec<Provision>, Vec<Duty>, Vec<Claims>);

/// A version without a limit reaches as far as dates go, so two open versions always overlap.
pub(super) fn between(from: Option<Date>, to: Option<Date>) -> (Date, Date) {
    (from.unwrap_or(Date::MIN), to.unwrap_or(Date::MAX))
}

fn rules(source: Text<'_>, file: LawFile) -> Result<Rules, Vec<Problem>> {
    let mut reading = Reading::new(source);
    let mut instruments: Vec<Instrument> = vec![];
    for entry in file.instrument {
        let (valid_from, valid_to) = reading.days(&entry.code, entry.valid_from, entry.valid_to);
        if instruments.iter().any(|other| other.code == *entry.code.get_ref()) {
            reading.wrong(&entry.code, format!("văn bản «{}» đã có ở trên", entry.code.get_ref()));
        }
        let InstrumentEntry { code, number, title, verified, source, .. } = entry;
        let code = code.into_inner();
        instruments.push(Instrument { code, number, title, valid_from, valid_to, verified, source });
    }
    let mut provisions: Vec<Provision> = vec![];
    for ProvisionEntry { code, instrument, cite, text } in file.provision {
        if provisions.iter().any(|other| other.code == *code.get_ref()) {
            reading.wrong(&code, format!("quy định «{}» đã có ở trên", code.get_ref()));
        }
        if !instruments.iter().any(|known| known.code == *instrument.get_ref()) {
            reading.wrong(&instrument, format!("không có văn bản «{}»", instrument.get_ref()));
        }
        let (code, instrument) = (code.into_inner(), instrument.into_inner());
        provisions.push(Provision { code, instrument, cite, text });
    }
    let mut duties: Vec<Duty> = vec![];
    for entry in file.duty {
        duties.extend(duty(entry, (&instruments, &provisions), &duties, &mut reading));
    }
    let known = |code: &str| provisions.iter().any(|known| known.code == code);
    let claims = claims::claims(file.claims, &known, &mut reading);
    if reading.report.is_empty() {
        Ok((instruments, provisions, duties, claims))
    } else {
        Err(reading.report.into_problems())
    }
}

fn duty(
    entry: DutyEntry,
    (instruments, provisions): (&[Instrument], &[Provision]),
    above: &[Duty],
    reading: &mut Reading<'_>,
) -> Option<Duty> {
    let (valid_from, valid_to) = reading.days(&entry.code, entry.valid_from, entry.valid_to);
    // A version without a limit reaches as far as dates go, so two open versions always overlap.
    let first = |from: Option<Date>| from.unwrap_or(Date::MIN);
    let last = |to: Option<Date>| to.unwrap_or(Date::MAX);
    for basis in &entry.basis {
        let Some(provision) = provisions.iter().find(|known| known.code == *basis.get_ref()) else {
            reading.wrong(basis, format!("không có quy định «{}»", basis.get_ref()));
            continue;
        };
        let outlives = |law: &&Instrument| {
            first(valid_from) < first(law.valid_from) || last(law.valid_to) < last(valid_to)
        };
        let law = instruments.iter().find(|known| known.code == provision.instrument);
        if let Some(law) = law.filter(outlives) {
            let code = entry.code.get_ref();
            let reason =
                format!("đồng hồ «{code}» có hiệu lực ngoài thời gian có hiệu lực của {}", law.number);
            reading.wrong(basis, format!("{reason}; sửa «valid_from», «valid_to»"));
        }
    }
    let overlaps = |other: &Duty| {
        other.code == *entry.code.get_ref()
            && first(other.valid_from) <= last(valid_to)
            && first(valid_from) <= last(other.valid_to)
    };
    if above.iter().any(overlaps) {
        let code = entry.code.get_ref();
        reading.wrong(&entry.code, format!("hai phiên bản của «{code}» có hiệu lực chồng lên nhau"));
    }
    named_and_ended(&entry, above, reading);
    if let Err(reason) = claims::fits(entry.per, entry.only, entry.anchor) {
        reading.wrong(&entry.code, reason);
    }
    let limit = limit(entry.within.get_ref()).map_err(|reason| reading.wrong(&entry.within, reason)).ok();
    let only_if = entry.only_if.as_ref().and_then(|written| {
        condition(written.get_ref()).map_err(|reason| reading.wrong(written, reason)).ok()
    });
    let (amount, counted, before) = limit?;
    let basis = entry.basis.into_iter().map(Spanned::into_inner).collect();
    let DutyEntry {
        code,
        title,
        anchor,
        verified,
        stopped_by,
        stopped_when,
        stopped_on,
        per,
        only,
        obligor,
        note,
        ..
    } = entry;
    let code = code.into_inner();
    Some(Duty {
        code,
        title,
        anchor,
        amount,
        counted,
        valid_from,
        valid_to,
        basis,
        verified,
        stopped_by,
        stopped_when,
        stopped_on,
        only_if,
        per,
        only,
        before,
        obligor,
        note,
    })
}

/// A clock has a name of its own, because playbooks call it by that, and something that ends it.
fn named_and_ended(entry: &DutyEntry, above: &[Duty], reading: &mut Reading<'_>) {
    let (code, title) = (entry.code.get_ref(), &entry.title);
    let named = |other: &&Duty| other.code != *code && key(&other.title) == key(title);
    if let Some(other) = above.iter().find(named) {
        let reason = format!("«{code}» trùng tên với «{}»: kịch bản gọi đồng hồ bằng tên", other.code);
        reading.wrong(&entry.code, reason);
    }
    let ends = entry.stopped_on.is_some() || entry.stopped_when.is_some() || !entry.stopped_by.is_empty();
    if !ends {
        let ways = "«stopped_by», «stopped_when» hoặc «stopped_on»";
        reading.wrong(&entry.code, format!("không có gì làm dừng đồng hồ «{code}»: cần {ways}"));
    }
    if entry.stopped_on.as_ref().is_some_and(|words| words.trim().is_empty()) {
        reading.wrong(&entry.code, format!("mục «stopped_on» của «{code}» đang để trống"));
    }
}
