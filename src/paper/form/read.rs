//! Reads the forms. Refuses what contradicts itself; must not repair anything.

use super::{
    ANNEXES, ANY, Annexes, Forms, Issuer, Kind, Layout, MEETING, MINUTES, Margins, RESULT, SECTIONS, Under,
};
use crate::playbook::page::{self, Day, Report, Spanned, line_of, toml_as};
use crate::playbook::{Problem, Text};
use jiff::civil::Date;
use schemars::{JsonSchema, Schema};
use serde::Deserialize;
use std::ops::Range;

/// Largest measure of a page, millimetres: what is larger was mistyped.
const MARGIN_MAX_MM: f64 = 60.0;
/// Smallest and largest body, points.
const BODY_PT: std::ops::RangeInclusive<f64> = 10.0..=16.0;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct File {
    layout: Vec<LayoutEntry>,
    issuer: Vec<IssuerEntry>,
    paper: Vec<KindEntry>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LayoutEntry {
    code: Spanned<String>,
    title: String,
    source: String,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
    verified: bool,
    margins_mm: Spanned<Margins>,
    body_pt: Spanned<f64>,
    line_pt: Spanned<f64>,
    gap_pt: f64,
    indent_mm: f64,
    nation: Vec<String>,
    under_issuer: Under,
    number: String,
    number_of_letter: String,
    number_prefix: String,
    date: String,
    to: String,
    recipients: String,
    kept: String,
    end: String,
    annex: Annexes,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct IssuerEntry {
    code: Spanned<String>,
    title: String,
    layout: Spanned<String>,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
    #[serde(default)]
    superior: Vec<String>,
    name: Vec<String>,
    symbol: String,
    place: String,
    kept: String,
    signs: Spanned<Vec<Vec<String>>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct KindEntry {
    code: Spanned<String>,
    name: Option<String>,
    about: Option<String>,
    kind: String,
    #[serde(default)]
    letter: bool,
    issuers: Vec<Spanned<String>>,
    #[serde(default)]
    recipients: Vec<String>,
    #[serde(default)]
    ends: bool,
    #[serde(default)]
    sections: Vec<String>,
    #[serde(default)]
    annexes: Vec<String>,
}

/// The shape of the file, for editors.
pub(crate) fn shape() -> Schema {
    page::shape::<File>()
}

/// A file as it is read: what is wrong is noted with its line.
struct Reading<'a> {
    text: &'a str,
    report: Report,
    forms: Forms,
}

impl Reading<'_> {
    fn wrong(&mut self, span: Range<usize>, reason: impl Into<String>) {
        self.report.add(line_of(self.text, &span), reason);
    }

    fn layout(&mut self, entry: LayoutEntry) {
        let Margins { top, bottom, left, right } = *entry.margins_mm.get_ref();
        if [top, bottom, left, right].iter().any(|mm| !(0.0..=MARGIN_MAX_MM).contains(mm)) {
            self.wrong(entry.margins_mm.span(), format!("lề phải từ 0 đến {MARGIN_MAX_MM} mm"));
        }
        if !BODY_PT.contains(entry.body_pt.get_ref()) {
            let (from, to) = (BODY_PT.start(), BODY_PT.end());
            self.wrong(entry.body_pt.span(), format!("cỡ chữ phải từ {from} đến {to} pt"));
        }
        if entry.line_pt.get_ref() < entry.body_pt.get_ref() {
            self.wrong(entry.line_pt.span(), "khoảng cách dòng nhỏ hơn cỡ chữ");
        }
        self.forms.layouts.push(Layout {
            code: entry.code.into_inner(),
            title: entry.title,
            source: entry.source,
            verified: entry.verified,
            margins_mm: entry.margins_mm.into_inner(),
            body_pt: entry.body_pt.into_inner(),
            line_pt: entry.line_pt.into_inner(),
            gap_pt: entry.gap_pt,
            indent_mm: entry.indent_mm,
            nation: entry.nation,
            under_issuer: entry.under_issuer,
            number: entry.number,
            number_of_letter: entry.number_of_letter,
            number_prefix: entry.number_prefix,
            date: entry.date,
            to: entry.to,
            recipients: entry.recipients,
            kept: entry.kept,
            end: entry.end,
            annex: entry.annex,
            valid: (day(entry.valid_from), day(entry.valid_to)),
        });
    }

    fn issuer(&mut self, entry: IssuerEntry) {
        if self.forms.issuers.iter().any(|other| other.code == *entry.code.get_ref()) {
            self.wrong(
                entry.code.span(),
                format!("cơ quan ban hành «{}» đã có ở trên", entry.code.get_ref()),
            );
        }
        if !self.forms.layouts.iter().any(|layout| layout.code == *entry.layout.get_ref()) {
            self.wrong(entry.layout.span(), format!("không có thể thức «{}»", entry.layout.get_ref()));
        }
        if entry.signs.get_ref().is_empty() || entry.signs.get_ref().iter().any(Vec::is_empty) {
            self.wrong(entry.signs.span(), "phải có ít nhất một cách ghi chức vụ người ký");
        }
        self.forms.issuers.push(Issuer {
            code: entry.code.into_inner(),
            title: entry.title,
            layout: entry.layout.into_inner(),
            superior: entry.superior,
            name: entry.name,
            symbol: entry.symbol,
            place: entry.place,
            kept: entry.kept,
            signs: entry.signs.into_inner(),
            valid: (day(entry.valid_from), day(entry.valid_to)),
        });
    }

    fn kind(&mut self, entry: KindEntry) {
        let code = entry.code.get_ref();
        if self.forms.kinds.iter().any(|other| other.code == *code) {
            self.wrong(entry.code.span(), format!("loại văn bản «{code}» đã có ở trên"));
        }
        if entry.issuers.is_empty() {
            self.wrong(entry.code.span(), "phải có ít nhất một cơ quan ban hành");
        }
        for issuer in &entry.issuers {
            if !self.forms.issuers.iter().any(|known| known.code == *issuer.get_ref()) {
                self.wrong(issuer.span(), format!("không có cơ quan ban hành «{}»", issuer.get_ref()));
            }
        }
        let parts = if code == RESULT { (SECTIONS, ANNEXES) } else { (0, 0) };
        if (entry.sections.len(), entry.annexes.len()) != parts {
            let reason = format!("phải có đúng {} phần (sections) và {} phụ lục (annexes)", parts.0, parts.1);
            self.wrong(entry.code.span(), reason);
        }
        self.forms.kinds.push(Kind {
            code: entry.code.into_inner(),
            name: entry.name,
            about: entry.about,
            kind: entry.kind,
            letter: entry.letter,
            issuers: entry.issuers.into_iter().map(Spanned::into_inner).collect(),
            recipients: entry.recipients,
            ends: entry.ends,
            sections: entry.sections,
            annexes: entry.annexes,
        });
    }
}

fn day(day: Option<Day>) -> Option<Date> {
    day.map(|Day(day)| day)
}

/// The forms of the file, or everything that is wrong in it.
pub fn parse(source: Text<'_>) -> Result<Forms, Vec<Problem>> {
    let file: File = toml_as(source).map_err(|problem| vec![problem])?;
    let report = Report::new(source.file);
    let mut reading = Reading { text: source.text, report, forms: Forms::default() };
    file.layout.into_iter().for_each(|entry| reading.layout(entry));
    file.issuer.into_iter().for_each(|entry| reading.issuer(entry));
    file.paper.into_iter().for_each(|entry| reading.kind(entry));
    let Reading { mut report, forms, .. } = reading;
    for code in [ANY, RESULT, MINUTES, MEETING] {
        if !forms.kinds.iter().any(|kind| kind.code == code) {
            report.add(1, format!("thiếu loại văn bản «{code}»"));
        }
    }
    if report.is_empty() { Ok(forms) } else { Err(report.into_problems()) }
}
