//! Reads the working calendar, and says months ahead that a year of it is missing: on the day it would be too late.

use super::read::Reading;
use super::{SpecialDay, Work};
use crate::domain::calendar::WorkingCalendar;
use crate::playbook::page::{self, Day, Spanned};
use crate::playbook::{Problem, Text};
use jiff::civil::{Date, Time};
use schemars::{JsonSchema, Schema};
use serde::Deserialize;

/// How many days before a year begins its days off are missed. They are announced in autumn, and a limit that is
/// counted from December on already reaches into them.
pub const DAYS_AHEAD: i32 = 90;
/// Longest run of special days: a month; the longest holidays take nine days.
const RUN_DAYS_MAX: i32 = 31;
/// Years that may be called settled: nobody knows a holiday further ahead, and a number outside is a slip.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2100;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[schemars(range(min = -840, max = 840))]
    utc_offset_minutes: Spanned<i32>,
    #[schemars(extend("items" = { "type": "integer", "minimum": 1, "maximum": 7 }))]
    weekdays: Spanned<Vec<u8>>,
    #[schemars(with = "Vec<[String; 2]>")]
    spans: Spanned<Vec<(Time, Time)>>,
    /// Without this entry no year is settled: a calendar written before the entry existed is asked for it.
    years: Option<Spanned<Vec<i16>>>,
    #[serde(default)]
    day_off: Vec<Entry>,
    #[serde(default)]
    make_up_day: Vec<Entry>,
    #[serde(default)]
    doubtful_day: Vec<Entry>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Entry {
    from: Spanned<Day>,
    to: Option<Day>,
    name: String,
    note: Option<String>,
}

/// The years whose days off are settled, and where the file says so.
#[derive(Clone, Debug)]
pub struct Settled {
    years: Vec<i16>,
    file: String,
    line: u32,
}

/// A year whose days off are missing, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// One line for whoever opens incidents.
    pub words: String,
    /// What has to be done, for whoever keeps the data.
    pub todo: String,
    /// The file of the calendar.
    pub file: String,
    /// The line of its years.
    pub line: u32,
}

impl Settled {
    /// What is missing on a day: the year that runs, or the next one when it begins in [`DAYS_AHEAD`] days.
    pub(super) fn gap(&self, today: Date, days: &[SpecialDay]) -> Option<Gap> {
        let missing = |year: i16| !self.years.contains(&year);
        let next = today.last_of_year().tomorrow().ok()?;
        let left = today.duration_until(next).as_hours() / 24;
        let (year, when) = if missing(today.year()) {
            (today.year(), "đang là năm ấy".to_owned())
        } else if missing(next.year()) && left <= i64::from(DAYS_AHEAD) {
            (next.year(), format!("còn {left} ngày nữa là sang năm"))
        } else {
            return None;
        };
        let partly = days.iter().any(|day| (day.from.year()..=day.to.year()).contains(&year));
        let has = if partly { "mới có một phần" } else { "chưa có ngày nào" };
        Some(Gap {
            words: format!(
                "Lịch nghỉ năm {year} chưa chốt: hạn tính theo ngày, giờ làm việc có thể hiện sớm hơn."
            ),
            todo: format!(
                "Tệp lịch {has}, {when}. Khi có thông báo, hãy ghi ngày nghỉ, ngày làm bù rồi thêm {year} vào «years»."
            ),
            file: self.file.clone(),
            line: self.line,
        })
    }
}

pub(super) fn shape() -> Schema {
    page::shape::<File>()
}

type Days = (WorkingCalendar, Vec<SpecialDay>, Settled);

pub(super) fn days(source: Text<'_>, file: File) -> Result<Days, Vec<Problem>> {
    let mut reading = Reading::new(source);
    hours(&file, &mut reading);
    let settled = Settled {
        line: file.years.as_ref().map_or(1, |years| reading.line(years)),
        years: file.years.as_ref().map(|years| years.get_ref().clone()).unwrap_or_default(),
        file: source.file.to_owned(),
    };
    let mut days: Vec<SpecialDay> = vec![];
    for (work, entries) in
        [(Work::Off, file.day_off), (Work::MakeUp, file.make_up_day), (Work::Doubtful, file.doubtful_day)]
    {
        for entry in entries {
            let day = special(entry, work, &days, &mut reading);
            days.push(day);
        }
    }
    if let Some(years) = &file.years {
        for year in &settled.years {
            let known = days.iter().any(|day| day.work == Work::Off && day.from.year() == *year);
            if !YEARS.contains(year) || !known {
                let reason = format!("năm {year} ghi trong «years» là đã chốt mà không có ngày nghỉ nào");
                reading.wrong(years, reason);
            }
        }
    }
    if !reading.report.is_empty() {
        return Err(reading.report.into_problems());
    }
    let all = |work: Work| days.iter().filter(|day| day.work == work).flat_map(SpecialDay::each).collect();
    let calendar = WorkingCalendar {
        utc_offset_minutes: file.utc_offset_minutes.into_inner(),
        weekdays: file.weekdays.into_inner(),
        spans: file.spans.into_inner(),
        holidays: all(Work::Off),
        extra_days: all(Work::MakeUp),
    };
    Ok((calendar, days, settled))
}

fn hours(file: &File, reading: &mut Reading<'_>) {
    if !(-14 * 60..=14 * 60).contains(file.utc_offset_minutes.get_ref()) {
        reading.wrong(&file.utc_offset_minutes, "múi giờ phải trong khoảng -840 đến 840 phút".to_owned());
    }
    let weekdays = file.weekdays.get_ref();
    if weekdays.is_empty() || !weekdays.iter().all(|day| (1..=7).contains(day)) {
        let reason = "ngày trong tuần phải từ 1 (thứ Hai) đến 7 (Chủ nhật), ít nhất một ngày".to_owned();
        reading.wrong(&file.weekdays, reason);
    }
    let spans = file.spans.get_ref();
    let empty = spans.is_empty() || spans.iter().any(|(opens, closes)| opens >= closes);
    let overlap = spans.windows(2).any(|pair| matches!(pair, [(_, closes), (opens, _)] if opens < closes));
    if empty || overlap {
        let reason =
            "giờ làm việc phải theo thứ tự, mỗi buổi từ giờ sớm đến giờ muộn, các buổi không chồng nhau";
        reading.wrong(&file.spans, reason.to_owned());
    }
}

fn special(entry: Entry, work: Work, above: &[SpecialDay], reading: &mut Reading<'_>) -> SpecialDay {
    let Entry { from, to, name, note } = entry;
    let first = from.get_ref().0;
    let last = to.map_or(first, |day| day.0);
    if last < first || first.duration_until(last).as_hours() > i64::from(RUN_DAYS_MAX) * 24 {
        reading.wrong(&from, format!("«{name}» phải bắt đầu trước khi kết thúc và không quá một tháng"));
    }
    let day = SpecialDay { from: first, to: last, name, work, note };
    // The same day off twice is no harm; off and worked, or sure and doubtful, is a contradiction.
    let against = |other: &&SpecialDay| other.work != work && other.from <= last && first <= other.to;
    if let Some(other) = above.iter().find(against) {
        let reason = format!("«{}» trùng ngày với «{}» ở một mục khác loại", day.name, other.name);
        reading.wrong(&from, reason);
    }
    day
}

impl SpecialDay {
    /// Its days, one by one.
    pub fn each(&self) -> impl Iterator<Item = Date> {
        self.from.series(jiff::Span::new().days(1)).take_while(|date| *date <= self.to)
    }
}
