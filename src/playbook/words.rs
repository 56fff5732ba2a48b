//! The words that people write in the data files and the codes that the program keeps for them: anchors, phases,
//! lengths of time. Names of offices, laws and statements are data and come in a `Words`; none is known here.

use super::expected;
use super::page::cut;
use crate::domain::condition::{Condition, Part};
use crate::domain::deadline::{Anchor, Counted, Due, Source};
use crate::domain::folding::fold;
use crate::domain::level::Level;

/// Longest deadline accepted, minutes: a year; a longer one is a slip of the pen.
const DUE_MINUTES_MAX: u32 = 366 * 24 * 60;

/// Longest part of a condition, characters: a question that is longer is not read at night.
const CONDITION_CHARS_MAX: usize = 200;

/// Opens a level in a condition.
const LEVEL: &str = "mức";
/// Stands before the smallest number of a condition.
const FROM: &str = "từ";
/// Opens a question that has to be answered with no.
const NO: &str = "không";

/// Longer than any name: not worth comparing letter by letter.
const NAME_BYTES_MAX: usize = 400;

/// A code and the name under which people know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// What the program keeps.
    pub code: String,
    /// What people write.
    pub name: String,
}

/// The names a playbook may use, from the other data files.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// Functions of offices.
    pub functions: Vec<Word>,
    /// Provisions of law, by their citation.
    pub provisions: Vec<Word>,
    /// Clocks of the law.
    pub duties: Vec<Word>,
    /// Kinds of statement.
    pub statements: Vec<Word>,
}

/// Folded, «&» read as «và», one space between words.
pub(crate) fn key(text: &str) -> String {
    fold(text).replace('&', " va ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The code of what somebody wrote: the code itself, or the name (diacritics and capitals do not matter).
pub(crate) fn code_of<'a>(words: &'a [Word], written: &str) -> Option<&'a str> {
    let wanted = key(written);
    let same = |word: &&Word| word.code == written || key(&word.name) == wanted;
    words.iter().find(same).map(|word| word.code.as_str())
}

/// The one of `among` that `written` probably meant.
pub(crate) fn nearest<'a>(written: &str, among: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if written.len() > NAME_BYTES_MAX {
        return None;
    }
    let written = key(written);
    let near = among.map(|word| (distance(&written, &key(word)), word)).min_by_key(|(far, _)| *far)?;
    let tolerated = (written.chars().count() / 3).max(2);
    (near.0 <= tolerated).then_some(near.1)
}

/// Letters to insert, drop or change to get from one text to the other.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, b) in row.iter_mut().skip(1).zip(&to) {
            let best = (diagonal + usize::from(a != *b)).min(*cell + 1).min(left + 1);
            diagonal = *cell;
            *cell = best;
            left = best;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

/// What may follow «từ» in a deadline; the first of each is the one to write.
const ANCHORS: &[(Anchor, &[&str])] = &[
    (Anchor::OccurredAt, &["xảy ra", "vụ việc xảy ra"]),
    (Anchor::ReceivedAt, &["tiếp nhận"]),
    (Anchor::DetectedAt, &["phát hiện"]),
    (Anchor::OpenedAt, &["mở sự cố"]),
    (Anchor::ImpactAssessedAt, &["xác định tác động dư luận", "xác định tác động"]),
    (Anchor::VerdictAt, &["kết luận kiểm chứng", "kết luận"]),
    (Anchor::LabelledAt, &["gắn nhãn"]),
    (Anchor::PublishedAt, &["phát ngôn ban đầu"]),
    (Anchor::InquiryAt, &["báo chí yêu cầu", "báo chí hỏi"]),
    (Anchor::ArticlePublishedAt, &["bài báo đăng"]),
    (Anchor::RequestSentAt, &["gửi yêu cầu"]),
    (Anchor::ConferenceAt, &["họp báo"]),
    (Anchor::BreachDetectedAt, &["phát hiện vi phạm dữ liệu"]),
    (Anchor::ClosedAt, &["kết thúc sự cố"]),
    (Anchor::SignedAt, &["ký văn bản"]),
    (Anchor::DesignatedAt, &["có quyết định giao phát ngôn"]),
    (Anchor::PeriodEndsAt, &["hết kỳ báo cáo năm"]),
];

/// The phases of a playbook: code and heading.
const PHASES: &[(&str, &str)] = &[
    ("intake_verification", "Tiếp nhận và xác minh"),
    ("assessment_activation", "Đánh giá và kích hoạt"),
    ("initial_statement", "Phát ngôn ban đầu"),
    ("response_operations", "Xử lý và truyền thông liên tục"),
    ("closure_learning", "Kết thúc và rút kinh nghiệm"),
];

/// The phase that a heading names: code and title.
pub(crate) fn phase(heading: &str) -> Result<(&'static str, &'static str), String> {
    let shown = cut(heading);
    let found = PHASES.iter().find(|(_, title)| key(title) == key(heading));
    found.copied().ok_or_else(|| {
        let titles = PHASES.iter().map(|(_, title)| *title).chain([expected::HEADING]);
        match nearest(heading, titles.clone()) {
            Some(near) => format!("không có giai đoạn «{shown}», có phải «{near}»?"),
            None => {
                let titles: Vec<_> = titles.map(|title| format!("«{title}»")).collect();
                format!("không có giai đoạn «{shown}»; các giai đoạn: {}", titles.join(", "))
            }
        }
    })
}

fn anchor(written: &str) -> Result<Anchor, String> {
    let (wanted, shown) = (key(written), cut(written));
    let known = |anchor: &Anchor| {
        anchor.code() == written.trim()
            || key(anchor.title()) == wanted
            || ANCHORS
                .iter()
                .any(|(code, names)| code == anchor && names.iter().any(|name| key(name) == wanted))
    };
    Anchor::ALL.iter().find(|anchor| known(anchor)).copied().ok_or_else(|| {
        let names = || ANCHORS.iter().flat_map(|(_, names)| names.iter().copied());
        match nearest(written, names()) {
            Some(near) => format!("không có mốc «{shown}», có phải «{near}»?"),
            None => {
                let first: Vec<_> = ANCHORS.iter().filter_map(|(_, names)| names.first().copied()).collect();
                format!("không có mốc «{shown}»; các mốc: {}", first.join(", "))
            }
        }
    })
}

/// A length of time: «15 phút», «24 giờ», «30 ngày», «12 giờ làm việc», «5 ngày làm việc», «ngay».
pub(crate) fn length(written: &str) -> Result<(u32, Counted), String> {
    let folded = key(written);
    if folded == "ngay" || folded == "ngay lap tuc" {
        return Ok((0, Counted::Elapsed));
    }
    let wrong = || {
        format!(
            "thời gian phải là một số và một đơn vị (phút, giờ, ngày, giờ làm việc, ngày làm việc), \
             thí dụ «15 phút», hoặc chữ «ngay»; đang là «{}»",
            cut(written.trim())
        )
    };
    let (number, unit) = folded.split_once(' ').ok_or_else(wrong)?;
    let number: u32 = number.parse().map_err(|_| wrong())?;
    let (minutes, counted) = match unit {
        "phut" => (1, Counted::Elapsed),
        "gio" => (60, Counted::Elapsed),
        "ngay" => (24 * 60, Counted::CalendarDays),
        "gio lam viec" => (60, Counted::WorkingHours),
        "ngay lam viec" => (24 * 60, Counted::WorkingDays),
        _ => return Err(wrong()),
    };
    let total = number.checked_mul(minutes).filter(|total| *total <= DUE_MINUTES_MAX);
    let total = total.ok_or_else(|| format!("«{}» dài hơn một năm", cut(written.trim())))?;
    let in_days = matches!(counted, Counted::WorkingDays | Counted::CalendarDays);
    Ok(if in_days { (number, counted) } else { (total, counted) })
}

/// What [`length`] reads, as an editor checks it while one types.
pub(crate) const LENGTH: &str = "^(ngay|[0-9]+ (phút|giờ|ngày|giờ làm việc|ngày làm việc))$";
/// What [`limit`] reads, likewise.
pub(crate) const LIMIT: &str = "^(ngay|[0-9]+ (phút|giờ|ngày|giờ làm việc|ngày làm việc)( trước)?)$";

/// A length of time and on which side of the moment it lies: «24 giờ», «24 giờ trước».
pub(crate) fn limit(written: &str) -> Result<(u32, Counted, bool), String> {
    let words: Vec<_> = written.split_whitespace().collect();
    match words.split_last() {
        Some((last, rest)) if fold(last) == "truoc" => {
            length(&rest.join(" ")).map(|(amount, counted)| (amount, counted, true))
        }
        _ => length(written).map(|(amount, counted)| (amount, counted, false)),
    }
}

/// A condition: «mức từ 3; số người chết từ 1; Có người nước ngoài bị nạn?; không: Đã có đầu mối?». Any one part is
/// enough. A part with a question mark is a question that the room answers.
pub(crate) fn condition(written: &str) -> Result<Condition, String> {
    let parts =
        written.trim().trim_end_matches('.').split(';').map(str::trim).filter(|part| !part.is_empty());
    let any = parts.map(part).collect::<Result<Vec<_>, _>>()?;
    if any.is_empty() { Err("điều kiện đang để trống".to_owned()) } else { Ok(Condition { any }) }
}

fn part(written: &str) -> Result<Part, String> {
    if written.chars().count() > CONDITION_CHARS_MAX {
        return Err(format!("điều kiện dài quá {CONDITION_CHARS_MAX} ký tự"));
    }
    if written.ends_with('?') {
        return answer(written);
    }
    let wrong = || {
        format!(
            "điều kiện phải có dạng «mức từ 3», «số người chết từ 1» hoặc một câu hỏi kết thúc bằng dấu hỏi; \
             đang là «{}»",
            cut(written)
        )
    };
    let words: Vec<_> = written.split_whitespace().collect();
    let (number, before) = words.split_last().ok_or_else(wrong)?;
    let number: u32 = number.parse().map_err(|_| wrong())?;
    let (from, label) = before.split_last().ok_or_else(wrong)?;
    match (fold(from).as_str(), label) {
        ("muc", []) => level(number),
        ("tu", [one]) if fold(one) == "muc" => level(number),
        // One word that is nearly «mức» is a slip, not a figure of the ledger.
        ("tu", [one]) if nearest(one, std::iter::once(LEVEL)).is_some() => {
            Err(format!("không hiểu «{}», có phải «{LEVEL} từ {number}»?", cut(written)))
        }
        ("tu", label) if !label.is_empty() => Ok(Part::Figure { label: label.join(" "), at_least: number }),
        (from, label) if !label.is_empty() && nearest(from, std::iter::once(FROM)).is_some() => {
            Err(format!("không hiểu «{}», có phải «{} {FROM} {number}»?", cut(written), label.join(" ")))
        }
        _ => Err(wrong()),
    }
}

/// A question, answered with yes; with «không:» before it, answered with no.
fn answer(written: &str) -> Result<Part, String> {
    let (question, yes) = match written.split_once(':') {
        Some((no, question)) if key(no) == key(NO) => (question.trim(), false),
        Some((no, _)) if nearest(no, std::iter::once(NO)).is_some() => {
            return Err(format!("không hiểu «{}:», có phải «{NO}:»?", cut(no)));
        }
        _ => (written, true),
    };
    if question.chars().any(char::is_alphanumeric) {
        Ok(Part::Answer { question: question.to_owned(), yes })
    } else {
        Err(format!("câu hỏi của điều kiện đang để trống: «{}»", cut(written)))
    }
}

fn level(number: u32) -> Result<Part, String> {
    let level = u8::try_from(number).ok().and_then(Level::new);
    level
        .map(|at_least| Part::Level { at_least })
        .ok_or_else(|| format!("mức phải từ 1 đến 4, đang là {number}"))
}

/// A deadline: «24 giờ từ tiếp nhận (luật)», «ngay từ gắn nhãn (luật)». Without «(luật)» it is the office's own.
pub(crate) fn due(written: &str) -> Result<Due, String> {
    let written = written.trim().trim_end_matches('.');
    let (rest, source) = match written.rsplit_once('(') {
        None => (written, Source::Policy),
        Some((rest, mark)) => match key(mark.trim_end_matches(')')).as_str() {
            "luat" => (rest, Source::Law),
            "noi bo" => (rest, Source::Policy),
            _ => {
                return Err(format!(
                    "trong ngoặc chỉ được viết «luật» hoặc «nội bộ», đang là «({}»",
                    cut(mark)
                ));
            }
        },
    };
    let words: Vec<&str> = rest.split_whitespace().collect();
    let from = words.iter().position(|word| matches!(fold(word).as_str(), "tu" | "sau" | "truoc"));
    let Some(from) = from else {
        return Err(format!("thời hạn phải có dạng «15 phút từ phát hiện», đang là «{}»", cut(rest.trim())));
    };
    let before = words.get(from).is_some_and(|word| fold(word) == "truoc");
    let (amount, mut anchored) = words.split_at(from);
    let amount = if amount.last().is_some_and(|word| fold(word) == "ke") {
        amount.split_last().map_or(amount, |(_, rest)| rest)
    } else {
        amount
    };
    anchored = anchored.split_first().map_or(anchored, |(_, rest)| rest);
    if anchored.first().is_some_and(|word| fold(word) == "khi") {
        anchored = anchored.split_first().map_or(anchored, |(_, rest)| rest);
    }
    let (amount, counted) = length(&amount.join(" "))?;
    Ok(Due { anchor: anchor(&anchored.join(" "))?, amount, counted, source, before })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_anchor_has_a_word_and_every_word_one_anchor() {
        for anchored in Anchor::ALL {
            let (_, names) =
                ANCHORS.iter().find(|(code, _)| code == anchored).expect("every anchor is listed");
            for name in *names {
                assert_eq!(anchor(name), Ok(*anchored));
            }
            assert_eq!(anchor(anchored.title()), Ok(*anchored));
            assert_eq!(anchor(anchored.code()), Ok(*anchored));
        }
    }

    #[test]
    fn deadlines_are_written_in_words() {
        use {Anchor::*, Counted::*, Source::*};
        for (written, anchor, amount, counted, source) in [
            ("15 phút từ phát hiện", DetectedAt, 15, Elapsed, Policy),
            ("24 giờ từ tiếp nhận (luật)", ReceivedAt, 1440, Elapsed, Law),
            ("24 GIỜ kể từ khi tiếp nhận, xử lý theo thẩm quyền (Luật)", ReceivedAt, 1440, Elapsed, Law),
            ("12 giờ làm việc từ gắn nhãn (luật)", LabelledAt, 720, WorkingHours, Law),
            ("5 ngày làm việc từ kết luận", VerdictAt, 5, WorkingDays, Policy),
            ("30 ngày từ báo chí yêu cầu (luật).", InquiryAt, 30, CalendarDays, Law),
            ("ngay sau khi gắn nhãn (luật)", LabelledAt, 0, Elapsed, Law),
            ("2 gio tu mo su co (nội bộ)", OpenedAt, 120, Elapsed, Policy),
        ] {
            assert_eq!(due(written), Ok(Due { anchor, amount, counted, source, before: false }), "{written}");
        }
    }

    #[test]
    fn a_limit_may_lie_before_its_moment() {
        let due = due("24 giờ trước họp báo (luật)").expect("a limit");
        assert_eq!((due.anchor, due.amount, due.before), (Anchor::ConferenceAt, 1440, true));
        assert_eq!(limit("24 giờ trước"), Ok((1440, Counted::Elapsed, true)));
    }

    #[test]
    fn conditions_are_written_in_words() {
        let level = |at_least| Part::Level { at_least: Level::new(at_least).expect("1 to 4") };
        let answer = |question: &str, yes| Part::Answer { question: question.into(), yes };
        let dead = Part::Figure { label: "số người chết".into(), at_least: 3 };
        for (written, any) in [
            ("mức từ 3", vec![level(3)]),
            ("Mức 4", vec![level(4)]),
            ("số người chết từ 3; mức từ 4.", vec![dead, level(4)]),
            ("Có người nước ngoài?", vec![answer("Có người nước ngoài?", true)]),
            ("không: Đã có đầu mối?", vec![answer("Đã có đầu mối?", false)]),
        ] {
            assert_eq!(condition(written), Ok(Condition { any }), "{written}");
        }
        for (wrong, says) in [
            ("", "để trống"),
            (" ; ", "để trống"),
            ("mức từ 7", "từ 1 đến 4"),
            ("khi cần", "phải có dạng"),
            ("mức từ ba", "phải có dạng"),
            ("từ 3", "phải có dạng"),
            ("mứcc từ 3", "có phải «mức từ 3»?"),
            ("số người chết tưf 3", "có phải «số người chết từ 3»?"),
            ("khôg: Đã có đầu mối?", "có phải «không:»?"),
            ("không: ?", "đang để trống"),
            ("Có người nước ngoài", "kết thúc bằng dấu hỏi"),
        ] {
            let reason = condition(wrong).expect_err(wrong);
            assert!(reason.contains(says), "{wrong}: {reason}");
        }
    }

    #[test]
    fn a_wrong_deadline_says_what_to_write() {
        for (written, says) in [
            ("15 phutt từ phát hiện", "đang là «15 phutt»"),
            ("24h từ phát hiện", "đang là «24h»"),
            ("1,5 giờ từ phát hiện", "đang là «1,5 giờ»"),
            ("15 phút từ phát hien ra", "có phải «phát hiện»?"),
            ("15 phút từ hôm kia", "các mốc:"),
            ("15 phút", "phải có dạng"),
            ("từ phát hiện", "phải là một số"),
            ("15 phút từ phát hiện (lệnh)", "trong ngoặc chỉ được viết"),
            ("9999 ngày từ phát hiện", "dài hơn một năm"),
            ("99999999999 ngày từ phát hiện", "phải là một số"),
        ] {
            let reason = due(written).expect_err(written);
            assert!(reason.contains(says), "{written}: {reason}");
        }
    }

    #[test]
    fn a_typo_finds_its_word() {
        let words = ["chủ trì", "phối hợp", "thời hạn"];
        for (written, near) in [
            ("chu tri", Some("chủ trì")),
            ("phoi hop", Some("phối hợp")),
            ("chủ chì", Some("chủ trì")),
            ("xyz", None),
        ] {
            assert_eq!(nearest(written, words.into_iter()), near, "{written}");
        }
    }
}
