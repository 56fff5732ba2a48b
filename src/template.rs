//! Prepared statements: a plain text with blanks, what belongs into each blank, and the approval that a text got
//! beforehand. Pure.

mod blank;
pub mod first_message;

pub use crate::domain::frozen::Blank;

use crate::domain::frozen::{Answer, Preapproval};
use crate::playbook::Problem;
use crate::playbook::page::{self, Head, Line, Report, cut};
use jiff::civil::Date;

/// Opens the list of blanks below the text of a template.
const BLANKS_HEADING: &str = "## Các chỗ cần điền";
/// Longest template, characters: a prepared text longer than this is not read at two in the morning.
pub const TEXT_CHARS_MAX: usize = 10_000;
/// An opened blank that is never closed is named by at most this many characters.
const OPEN_BLANK_CHARS: usize = 40;

/// A prepared statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// The kind of statement.
    pub kind: String,
    /// Its name.
    pub title: String,
    /// Whether its words are for the public (not for an authority or for ourselves).
    pub public: bool,
    /// The text with `{{blanks}}`, plain paragraphs.
    pub text: String,
    /// Its blanks, in the order of the text.
    pub blanks: Vec<Blank>,
    /// The approval it got before anything happened, with the days on which that holds.
    pub preapproved: Option<Preapproval>,
    /// It accounts for the incident: every incident has it, also when it is closed.
    pub account: bool,
}

/// A template: a front matter, the text, then the list of its blanks, one line `- {{name}}: label — hint` each; what
/// may be put there and what of the record it is filled from may stand in brackets after the name.
pub fn parse(file: &str, text: &str) -> Result<Template, Vec<Problem>> {
    let mut report = Report::new(file);
    let lines = page::lines(text, &mut report);
    let (mut head, body) = Head::read(lines, &mut report);
    let (kind_line, kind) = head.text("mã", &mut report);
    if !kind.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
        report.add(kind_line, "mã chỉ gồm chữ thường không dấu, chữ số và dấu gạch dưới");
    }
    let (_, title) = head.text("tên", &mut report);
    let (public_line, public) = head.text("công_khai", &mut report);
    let public = yes("công_khai", public_line, &public, &mut report);
    let account = head.text_if_any("tổng_kết", &mut report);
    let account = account.is_some_and(|(line, written)| yes("tổng_kết", line, &written, &mut report));
    let preapproved = preapproval(&mut head, &mut report);
    let end = head.end();
    head.finish(&mut report);

    let split = body.iter().position(|line| line.text == BLANKS_HEADING).unwrap_or(body.len());
    let (words, list) = body.split_at(split);
    let text = joined(words);
    if text.is_empty() {
        report.add(end, "mẫu chưa có nội dung");
    }
    let length = text.chars().count();
    if length > TEXT_CHARS_MAX {
        report.add(end, format!("mẫu dài {length} ký tự, nhiều nhất {TEXT_CHARS_MAX}"));
        return Err(report.into_problems());
    }
    let described = described(list.get(1..).unwrap_or_default(), &mut report);
    if preapproved.is_some() {
        only_answers(words, &described, &mut report);
    }
    let blanks = matched(words, &text, described, end, &mut report);
    if report.is_empty() {
        Ok(Template { kind, title, public, text, blanks, preapproved, account })
    } else {
        Err(report.into_problems())
    }
}

fn yes(name: &str, line: u32, written: &str, report: &mut Report) -> bool {
    if !matches!(written, "có" | "không" | "") {
        report.add(line, format!("mục «{name}» phải là «có» hoặc «không», đang là «{written}»"));
    }
    written == "có"
}

fn joined(lines: &[Line]) -> String {
    let text: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    text.join("\n").trim().to_owned()
}

fn described(lines: &[Line], report: &mut Report) -> Vec<(u32, Blank)> {
    let mut blanks: Vec<(u32, Blank)> = vec![];
    for line in lines.iter().filter(|line| !line.text.is_empty()) {
        match blank::read(&line.text) {
            Ok(blank) if blanks.iter().any(|(_, other)| other.name == blank.name) => {
                report.add(line.number, format!("chỗ cần điền «{}» đã được mô tả ở trên", blank.name));
            }
            Ok(blank) => blanks.push((line.number, blank)),
            Err(reason) => report.add(line.number, reason),
        }
    }
    blanks
}

/// The approval of a front matter: who gave it, by which instrument, on which days; all three or none.
fn preapproval(head: &mut Head, report: &mut Report) -> Option<Preapproval> {
    let by = head.text_if_any("duyệt_trước", report);
    let instrument = head.text_if_any("văn_bản", report);
    let days = head.text_if_any("hiệu_lực", report);
    match (by, instrument, days) {
        (None, None, None) => None,
        (Some((_, by)), Some((_, instrument)), Some((line, days))) => match period(&days) {
            Some((from, until)) => Some(Preapproval { by, instrument, from, until }),
            None => {
                let reason =
                    "mục «hiệu_lực» phải có dạng «2024-01-01 đến 2027-12-31», ngày đầu trước ngày cuối";
                report.add(line, format!("{reason}; đang là «{}»", cut(&days)));
                None
            }
        },
        _ => {
            let reason = "mẫu duyệt trước phải có đủ ba mục «duyệt_trước», «văn_bản», «hiệu_lực»";
            report.add(head.end(), reason);
            None
        }
    }
}

/// `2024-01-01 đến 2027-12-31`; the same days may be written `1/1/2024 đến 31/12/2027`.
fn period(written: &str) -> Option<(Date, Date)> {
    let day = |written: &str| match written.trim().split('/').collect::<Vec<_>>().as_slice() {
        [day, month, year] => Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok(),
        _ => written.trim().parse().ok(),
    };
    let (from, until) = written.split_once(" đến ")?;
    let (from, until) = (day(from)?, day(until)?);
    (from <= until).then_some((from, until))
}

/// What was approved beforehand is approved to the letter: its blanks take what can be checked, and no free words.
fn only_answers(words: &[Line], described: &[(u32, Blank)], report: &mut Report) {
    for (line, blank) in described.iter().filter(|(_, blank)| blank.answer == Answer::Words) {
        let reason = format!(
            "mẫu duyệt trước không có chỗ cho chữ tự do: «{{{{{}}}}}» phải là thời điểm, số, điện thoại hoặc chọn",
            blank.name
        );
        report.add(*line, reason);
    }
    // Between two blanks that touch nobody could tell where one answer ends.
    for line in words.iter().filter(|line| line.text.contains("}}{{")) {
        report.add(line.number, "trong mẫu duyệt trước, giữa hai chỗ cần điền phải có chữ");
    }
}

/// Every blank of the text described, every description used; in the order of the text.
fn matched(
    words: &[Line],
    text: &str,
    mut described: Vec<(u32, Blank)>,
    end: u32,
    report: &mut Report,
) -> Vec<Blank> {
    let mut blanks = vec![];
    for name in blanks_left(text) {
        let line = words.iter().find(|line| line.text.contains(&name)).map_or(end, |line| line.number);
        if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
            report.add(line, format!("tên «{name}» trong {{{{…}}}} chỉ gồm chữ, số và dấu gạch dưới"));
        }
        match described.iter().position(|(_, blank)| blank.name == name) {
            Some(place) => blanks.push(described.remove(place).1),
            None => report.add(line, format!("chưa mô tả «{{{{{name}}}}}» trong phần «{BLANKS_HEADING}»")),
        }
    }
    for (line, blank) in described {
        report.add(line, format!("«{{{{{}}}}}» không có trong nội dung mẫu", blank.name));
    }
    blanks
}

/// The names of the blanks still in a text, in order, each once. A `{{` that is never closed on its line counts as
/// a blank too, named by what follows it: it must not be published either.
pub fn blanks_left(text: &str) -> Vec<String> {
    let mut names: Vec<String> = vec![];
    for line in text.lines() {
        let mut rest = line;
        while let Some((_, after)) = rest.split_once("{{") {
            let (name, next) = match after.split_once("}}") {
                Some((name, next)) => (name.trim().to_owned(), next),
                None => (after.trim().chars().take(OPEN_BLANK_CHARS).collect(), ""),
            };
            if !names.contains(&name) {
                names.push(name);
            }
            rest = next;
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "---\nmã: thu\ntên: Mẫu thử\ncông_khai: có\n---\n\nTại {{địa_điểm}}: {{sự_việc}}.\n\n\
                        Ở {{địa_điểm}}.\n\n## Các chỗ cần điền\n\n- {{sự_việc}}: Sự việc — một câu\n\
                        - {{địa_điểm}}: Địa điểm — thôn, xã\n";

    #[test]
    fn a_template_lists_its_blanks_in_the_order_of_the_text() {
        let template = parse("a.md", GOOD).expect("a correct template");
        assert_eq!(
            (template.kind.as_str(), template.title.as_str(), template.public),
            ("thu", "Mẫu thử", true)
        );
        assert_eq!(template.text, "Tại {{địa_điểm}}: {{sự_việc}}.\n\nỞ {{địa_điểm}}.");
        let names: Vec<_> = template.blanks.iter().map(|blank| blank.name.as_str()).collect();
        assert_eq!(names, ["địa_điểm", "sự_việc"]);
        assert_eq!(
            (template.blanks[1].label.as_str(), template.blanks[1].hint.as_str()),
            ("Sự việc", "một câu")
        );
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (from, to, line, says) in [
            ("công_khai: có", "công_khai: yes", 4, "«có» hoặc «không»"),
            ("- {{sự_việc}}: Sự việc — một câu\n", "", 7, "chưa mô tả «{{sự_việc}}»"),
            ("{{sự_việc}}.\n", "xong.\n", 13, "không có trong nội dung"),
            ("Sự việc — một câu", "Sự việc", 13, "phải có dạng"),
            ("{{sự_việc}}.\n", "{{sự-việc}}.\n", 7, "chỉ gồm chữ"),
            ("Tại {{địa_điểm}}: {{sự_việc}}.\n\nỞ {{địa_điểm}}.", "", 5, "chưa có nội dung"),
            ("mã: thu", "mã: Thử", 2, "chữ thường không dấu"),
            ("{{địa_điểm}}: Địa", "{{địa_điểm}} (chữ; từ: địa điển): Địa", 14, "có phải «địa điểm»?"),
            ("công_khai: có", "công_khai: có\nduyệt_trước: Ai đó", 6, "đủ ba mục"),
            ("công_khai: có", "công_khai: có\nduyet_truo: Ai đó", 5, "có phải «duyệt_trước»?"),
        ] {
            let problems = parse("a.md", &GOOD.replacen(from, to, 1)).expect_err(says);
            let expected = |problem: &Problem| problem.line == line && problem.reason.contains(says);
            assert!(problems.iter().any(expected), "{to}: {problems:#?}");
        }
    }

    const APPROVED: &str = "---\nmã: thu\ntên: Mẫu thử\ncông_khai: có\nduyệt_trước: Người phát ngôn\n\
                            văn_bản: Văn bản mẫu\nhiệu_lực: 2024-01-01 đến 2027-12-31\n---\n\n\
                            Lúc {{giờ}}, gọi {{máy}}.\n\n## Các chỗ cần điền\n\n\
                            - {{giờ}} (thời điểm): Giờ — giờ\n- {{máy}} (điện thoại): Máy — số\n";

    #[test]
    fn an_approval_given_beforehand_is_read_with_its_days() {
        let template = parse("a.md", APPROVED).expect("a correct template");
        let approval = template.preapproved.expect("it has one");
        assert_eq!((approval.by.as_str(), approval.instrument.as_str()), ("Người phát ngôn", "Văn bản mẫu"));
        let (from, until) = (jiff::civil::date(2024, 1, 1), jiff::civil::date(2027, 12, 31));
        assert_eq!((approval.from, approval.until), (from, until));
        let other = parse("a.md", &APPROVED.replace("2024-01-01 đến 2027-12-31", "1/1/2024 đến 31/12/2027"));
        assert_eq!(other.expect("correct too").preapproved.expect("it has one").until, until);
        assert_eq!(parse("a.md", GOOD).expect("an ordinary one").preapproved, None);
    }

    #[test]
    fn what_was_approved_beforehand_takes_no_free_words() {
        for (from, to, line, says) in [
            ("- {{giờ}} (thời điểm)", "- {{giờ}}", 14, "không có chỗ cho chữ tự do: «{{giờ}}»"),
            ("- {{giờ}} (thời điểm)", "- {{giờ}} (chữ; từ: tên sự cố)", 14, "chữ tự do"),
            ("{{giờ}}, gọi {{máy}}", "{{giờ}}{{máy}}", 10, "giữa hai chỗ cần điền phải có chữ"),
            ("2024-01-01 đến 2027-12-31", "2028-01-01 đến 2027-12-31", 7, "ngày đầu trước ngày cuối"),
            ("2024-01-01 đến 2027-12-31", "2024-02-30 đến 2027-12-31", 7, "phải có dạng"),
            ("2024-01-01 đến 2027-12-31", "từ năm 2024", 7, "phải có dạng"),
            ("văn_bản: Văn bản mẫu\n", "", 7, "đủ ba mục"),
            ("văn_bản: Văn bản mẫu", "văn_bản:", 6, "đang để trống"),
        ] {
            let problems = parse("a.md", &APPROVED.replacen(from, to, 1)).expect_err(says);
            let expected = |problem: &Problem| problem.line == line && problem.reason.contains(says);
            assert!(problems.iter().any(expected), "{to}: {problems:#?}");
        }
    }

    #[test]
    fn blanks_that_are_left_are_found() {
        for (text, left) in [
            ("không còn gì", vec![]),
            ("{{a}} {{ b }} {{a}}", vec!["a", "b"]),
            ("dở dang {{giờ cập nhật\ndòng sau {{c}}", vec!["giờ cập nhật", "c"]),
            ("{{}}", vec![""]),
            ("một { và hai }} không phải", vec![]),
            ("{{{a}}}", vec!["{a"]),
        ] {
            assert_eq!(blanks_left(text), left, "{text}");
        }
    }
}
