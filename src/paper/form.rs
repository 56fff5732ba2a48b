//! What a signed document looks like and who issues it, as data: layouts with their measures and their source, offices
//! that issue, and for each kind of document its name, its first addressees and who usually issues it. Knows no office
//! and no decree by itself.

mod read;

pub use read::parse;
pub(crate) use read::shape;

use crate::playbook::page::in_force;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The kind of every statement that has no entry of its own.
pub const ANY: &str = "*";
/// The report on an incident.
pub const RESULT: &str = "result";
/// The minutes of what the task force did.
pub const MINUTES: &str = "minutes";
/// The minutes of a meeting with the press.
pub const MEETING: &str = "meeting";

/// Parts of the report on an incident.
pub const SECTIONS: usize = 7;
/// Annexes of the report on an incident.
pub const ANNEXES: usize = 6;
/// Their numbers where they are Roman.
const ROMAN: [&str; ANNEXES] = ["I", "II", "III", "IV", "V", "VI"];

/// Distances from the edges of the paper, millimetres.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Margins {
    /// Above.
    pub top: f64,
    /// Below.
    pub bottom: f64,
    /// At the left.
    pub left: f64,
    /// At the right.
    pub right: f64,
}

/// What stands under the name of who issues.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Under {
    /// A rule.
    Rule,
    /// A star.
    Star,
}

/// How annexes are named and counted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Annexes {
    /// Numbered in Roman numerals, when there are several.
    pub roman: bool,
    /// Their titles stand in capitals.
    pub capitals: bool,
    /// Each counts its pages from one.
    pub own_pages: bool,
    /// Below the title: to which document it belongs, with `{kind}`, `{number}`, `{day}`, `{month}`, `{year}`, `{issuer}`;
    /// empty when nothing stands there.
    pub with: String,
}

/// A layout.
#[derive(Clone, Debug, Serialize)]
pub struct Layout {
    /// Its code.
    pub code: String,
    /// Its name.
    pub title: String,
    /// What it was read from.
    pub source: String,
    /// Compared with the signed text.
    pub verified: bool,
    /// Distances from the edges, millimetres.
    pub margins_mm: Margins,
    /// Size of the body, points.
    pub body_pt: f64,
    /// From line to line, points.
    pub line_pt: f64,
    /// Between paragraphs, points.
    pub gap_pt: f64,
    /// First line of a paragraph, millimetres.
    pub indent_mm: f64,
    /// The lines at the right of the head.
    pub nation: Vec<String>,
    /// What stands under the issuer.
    pub under_issuer: Under,
    /// The line of the number while the registry has given none.
    number: String,
    number_of_letter: String,
    number_prefix: String,
    date: String,
    /// Before the addressees of a letter.
    pub to: String,
    /// Above the list of who gets a copy.
    pub recipients: String,
    kept: String,
    end: String,
    /// How annexes are named and counted.
    pub annex: Annexes,
    #[serde(skip)]
    valid: (Option<Date>, Option<Date>),
}

/// Who issues.
#[derive(Clone, Debug)]
pub struct Issuer {
    /// Its code.
    pub code: String,
    /// Its name, in a list.
    pub title: String,
    /// The code of its layout.
    pub layout: String,
    /// The lines above its name.
    pub superior: Vec<String>,
    /// Its name, line by line.
    pub name: Vec<String>,
    symbol: String,
    place: String,
    kept: String,
    /// The ways in which somebody signs for it, the usual one first.
    pub signs: Vec<Vec<String>>,
    valid: (Option<Date>, Option<Date>),
}

/// A kind of document.
#[derive(Clone, Debug)]
pub struct Kind {
    /// A kind of statement, or one of the documents made from the record.
    pub code: String,
    /// Its name in capitals; none for a letter, and for a statement that brings its own.
    pub name: Option<String>,
    /// What it is about, with `{title}`.
    pub about: Option<String>,
    /// Its abbreviation in the number.
    pub kind: String,
    /// A letter: no name, what it is about stands under the number.
    pub letter: bool,
    /// Who may be thought to issue it, the usual one first.
    pub issuers: Vec<String>,
    /// Who gets a copy.
    pub recipients: Vec<String>,
    /// The layout's sign of the end stands behind the last sentence.
    pub ends: bool,
    /// Titles of the parts, for the report.
    pub sections: Vec<String>,
    /// Titles of the annexes, for the report.
    pub annexes: Vec<String>,
}

/// All of them.
#[derive(Clone, Debug, Default)]
pub struct Forms {
    layouts: Vec<Layout>,
    issuers: Vec<Issuer>,
    kinds: Vec<Kind>,
}

impl Layout {
    /// The line of the number: the registry's, or the pattern with room for one.
    pub fn number(&self, given: Option<&str>, kind: &Kind, issuer: &Issuer) -> String {
        match given {
            Some(given) => format!("{}{given}", self.number_prefix),
            None => {
                let pattern = if kind.letter { &self.number_of_letter } else { &self.number };
                pattern
                    .replace("{n}", "        ")
                    .replace("{kind}", &kind.kind)
                    .replace("{issuer}", &issuer.symbol)
            }
        }
    }

    /// Place and date; room for the date while the registry has given none.
    pub fn date(&self, day: Option<Date>, issuer: &Issuer) -> String {
        dated(&self.date.replace("{place}", &issuer.place), day)
    }

    /// How an annex is called, the first being 1.
    pub fn annex(&self, number: usize) -> String {
        let roman = ROMAN.get(number.saturating_sub(1)).filter(|_| self.annex.roman);
        format!("Phụ lục {}", roman.map_or_else(|| number.to_string(), |roman| (*roman).to_owned()))
    }

    /// The title of an annex.
    pub fn annex_title(&self, title: &str) -> String {
        if self.annex.capitals { title.to_uppercase() } else { title.to_owned() }
    }

    /// To which document an annex belongs, as stands below its title; empty when nothing does.
    pub fn annex_with(&self, given: Option<&str>, day: Option<Date>, kind: &Kind, issuer: &Issuer) -> String {
        let number = self.number(given, kind, issuer);
        let name = kind.name.as_deref().unwrap_or("văn bản").to_lowercase();
        let mut letters = name.chars();
        let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
        let words = self.annex.with.replace("{kind}", &(first + letters.as_str()));
        let words = words.replace("{number}", number.strip_prefix(&self.number_prefix).unwrap_or(&number));
        dated(&words.replace("{issuer}", &issuer.title), day)
    }

    /// The last line of who gets a copy: where it is kept.
    pub fn kept(&self, issuer: &Issuer) -> String {
        self.kept.replace("{kept}", &issuer.kept)
    }

    /// The sentence with the sign of the end in place of its full stop.
    pub fn ended(&self, sentence: &str) -> String {
        format!("{}{}", sentence.trim_end().trim_end_matches('.'), self.end)
    }
}

/// Day, month and year in their places, or room for them. Days below ten and the first two months are written with a
/// nought before them, so that nothing can be put there.
fn dated(words: &str, day: Option<Date>) -> String {
    let (date, month, year) = match day {
        Some(day) => {
            let month = if day.month() < 3 { format!("{:02}", day.month()) } else { day.month().to_string() };
            (format!("{:02}", day.day()), month, day.year().to_string())
        }
        None => ("      ".into(), "      ".into(), "        ".into()),
    };
    words.replace("{day}", &date).replace("{month}", &month).replace("{year}", &year)
}

impl Forms {
    /// The kind of document for a code; that of any statement when it has none of its own.
    pub fn kind(&self, code: &str) -> Option<&Kind> {
        let named = |code: &str| self.kinds.iter().find(|kind| kind.code == code);
        named(code).or_else(|| named(ANY))
    }

    /// Who issues on a day, in the order of the data.
    pub fn issuers(&self, on: Date) -> impl Iterator<Item = &Issuer> {
        self.issuers.iter().filter(move |issuer| in_force(issuer.valid.0, issuer.valid.1, on))
    }

    /// The issuer that was asked for, or who usually issues this kind on the day, with the layout.
    pub fn issuer(&self, asked: Option<&str>, kind: &Kind, on: Date) -> Option<(&Issuer, &Layout)> {
        let named = |code: &str| self.issuers(on).find(|issuer| issuer.code == code);
        let usual = || kind.issuers.iter().find_map(|code| named(code));
        let issuer = asked.map_or_else(usual, named)?;
        let layouts = self.layouts.iter().filter(|layout| layout.code == issuer.layout);
        // Older documents than the oldest layout known are set in that one, and the page says what it is.
        let mut layouts: Vec<_> = layouts.collect();
        layouts.sort_by_key(|layout| layout.valid.0);
        let valid = layouts.iter().find(|layout| in_force(layout.valid.0, layout.valid.1, on));
        let layout = valid.or(layouts.first()).copied()?;
        Some((issuer, layout))
    }

    /// Kinds of statement that are named.
    pub(crate) fn statements(&self) -> impl Iterator<Item = &str> {
        let own = [ANY, RESULT, MINUTES, MEETING];
        self.kinds.iter().map(|kind| kind.code.as_str()).filter(move |code| !own.contains(code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::Text;
    use jiff::civil::date;

    const FILE: &str = include_str!("../../seeds/papers.toml");

    fn forms() -> Forms {
        parse(Text { file: "papers.toml", text: FILE }).expect("in order")
    }

    #[test]
    fn numbers_and_dates_are_written_as_each_layout_writes_them() {
        let forms = forms();
        let on = date(2026, 2, 5);
        let report = forms.kind(RESULT).expect("there");
        let (issuer, layout) = forms.issuer(None, report, on).expect("somebody");
        assert_eq!(layout.number(None, report, issuer), "Số:         /BC-TCT");
        assert_eq!(layout.number(Some("05/BC-TCT"), report, issuer), "Số: 05/BC-TCT");
        assert_eq!(layout.date(Some(on), issuer), "Lào Cai, ngày 05 tháng 02 năm 2026");
        assert_eq!(layout.date(Some(date(2026, 10, 12)), issuer), "Lào Cai, ngày 12 tháng 10 năm 2026");
        assert_eq!(layout.ended("Hết."), "Hết./.");
        assert_eq!(
            (layout.annex(4), layout.annex_title("Dòng tin")),
            ("Phụ lục IV".into(), "DÒNG TIN".into())
        );
        assert_eq!(
            layout.annex_with(Some("05/BC-TCT"), Some(on), report, issuer),
            "(Kèm theo Báo cáo số 05/BC-TCT ngày 05 tháng 02 năm 2026 của Tổ công tác)"
        );
        let (party, layout) = forms.issuer(Some("party_office"), report, on).expect("the other");
        assert_eq!(layout.number(None, report, party), "Số         -BC/VPTU");
        assert_eq!((layout.ended("Hết."), layout.under_issuer), ("Hết.".into(), Under::Star));
        assert_eq!(
            (layout.annex(4), layout.annex_title("Dòng tin")),
            ("Phụ lục 4".into(), "Dòng tin".into())
        );
        assert_eq!(layout.annex_with(None, Some(on), report, party), "");
        let letter = forms.kind("correction_demand").expect("there");
        let (issuer, layout) = forms.issuer(None, letter, on).expect("somebody");
        assert_eq!(layout.number(None, letter, issuer), "Số:         /UBND");
    }

    #[test]
    fn an_office_issues_while_it_exists() {
        let forms = forms();
        let kind = forms.kind("takedown_request").expect("there");
        let codes = |on| forms.issuers(on).map(|issuer| issuer.code.clone()).collect::<Vec<_>>();
        assert!(codes(date(2024, 9, 10)).contains(&"press_authority_2024".to_owned()));
        assert!(!codes(date(2026, 9, 10)).contains(&"press_authority_2024".to_owned()));
        assert!(forms.issuer(Some("press_authority_2024"), kind, date(2026, 9, 10)).is_none());
        assert_eq!(forms.kind("closing_statement").map(|kind| kind.code.as_str()), Some(ANY));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (from, to, says) in [
            ("left = 30", "left = 300", "lề phải từ"),
            ("body_pt = 14", "body_pt = 4", "cỡ chữ phải từ"),
            ("line_pt = 18", "line_pt = 8", "nhỏ hơn cỡ chữ"),
            ("layout = \"party\"", "layout = \"paty\"", "không có thể thức"),
            (
                "issuers = [\"task_force\", \"party_office\"]",
                "issuers = [\"nobody\"]",
                "không có cơ quan ban hành",
            ),
            ("  \"Dòng thời gian\",\n", "", "đúng 7 phần"),
            ("code = \"minutes\"", "code = \"result\"", "đã có ở trên"),
            ("code = \"meeting\"", "code = \"meting\"", "thiếu loại văn bản «meeting»"),
            ("signs = [[\"TỔ TRƯỞNG\"], [", "signs = [[], [", "cách ghi chức vụ"),
            ("indent_mm = 12.7", "indnt_mm = 12.7", "có phải «indent_mm»"),
        ] {
            let text = FILE.replacen(from, to, 1);
            assert_ne!(text, FILE, "{from}");
            let problems = parse(Text { file: "papers.toml", text: &text }).expect_err("wrong");
            assert!(problems.iter().any(|problem| problem.reason.contains(says)), "{from}: {problems:?}");
            assert!(problems.iter().all(|problem| problem.line > 0), "{problems:?}");
        }
    }
}
