//! The annual report on speaking to the press: what every incident and the office's own press log add to it, the form's
//! six numbers for one year, and behind each number the list of what was counted and what was not, and why. Pure. What
//! is counted for which line of the form is data; how it is counted stands in [`METHOD`], which the page shows.

mod contribution;
mod form;
mod read;
mod rows;
#[cfg(test)]
mod tests;
mod window;

pub use contribution::{Contribution, Met, Question, Run, Spoken};
pub use form::{Annual, Clause, Corrections, Counts, Form, Line};
pub(crate) use read::shape;
pub use window::Window;

use crate::domain::deadline::{Anchor, Anchors, Basis};
use crate::domain::ids::IncidentId;
use crate::law::Law;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use ts_rs::TS;

/// How it is counted, for whoever has to answer for the numbers. One sentence for each decision of `rows.rs`.
pub const METHOD: &[&str] = &[
    "Chỉ đếm những gì đã ghi trong sổ này. Việc chưa ghi, hoặc xảy ra trước khi dùng sổ, phải cộng thêm bằng tay.",
    "Sự cố thuộc năm báo cáo theo lúc tiếp nhận; mở muộn, kết thúc sang năm sau vẫn tính theo lúc tiếp nhận. Sửa lúc tiếp nhận thì sự cố chuyển kỳ theo.",
    "Họp báo, giao ban tính theo lúc bắt đầu; câu hỏi của báo chí tính theo lúc nhận, kể cả khi trả lời sau ngày hết kỳ.",
    "Diễn tập không bao giờ được tính, kể cả họp báo và câu hỏi trong diễn tập.",
    "Sự cố đang xử lý được tính theo tình trạng hiện có và ghi rõ; số liệu có thể đổi cho đến khi kết thúc.",
    "Sổ không hủy sự cố đã mở. Sự cố mở nhầm vẫn nằm trong danh sách; nếu cần loại, ghi chú khi gửi báo cáo.",
    "Đã phát ngôn: có phát ngôn công khai đã phát hành, hoặc đã họp báo, giao ban trong sự cố, hoặc đã trả lời ít nhất một câu hỏi của báo chí.",
    "Đúng thời hạn: mọi đồng hồ phát ngôn của vụ việc dừng không muộn hơn hạn. Dừng đúng vào hạn là đúng hạn. Vụ việc chưa phát ngôn mà chưa đến hạn nằm trong tổng số, chưa vào số đúng hạn.",
    "Từ chối cung cấp thông tin, kể cả có căn cứ, không phải là trả lời; yêu cầu vẫn nằm trong tổng số.",
    "Vụ việc báo chí đăng sai: mở bằng kịch bản về thông tin sai trên báo chí, hoặc đã gửi văn bản yêu cầu cải chính. Một vụ việc gửi nhiều văn bản chỉ tính một.",
    "Mục đã gạch trong sổ báo chí không được tính. Một cuộc họp chung cho nhiều sự cố chỉ ghi một lần.",
];

/// What the office recorded outside every incident.
#[derive(Clone, Debug, Default)]
pub struct Office {
    /// Questions of the press.
    pub enquiries: Vec<Question>,
    /// Meetings with it.
    pub meetings: Vec<Met>,
}

/// All that a report is made from.
pub struct Material<'a> {
    /// The form of the year.
    pub form: &'a Form,
    /// The law, for citations, the day on which it is due, and the office's clock.
    pub law: &'a Law,
    /// What every incident adds.
    pub incidents: &'a [Contribution],
    /// What the office adds.
    pub office: &'a Office,
    /// When it is made.
    pub now: Timestamp,
    /// Whether the reader may enter an incident.
    pub enters: &'a dyn Fn(&IncidentId) -> bool,
}

/// The report of one year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "AnnualReport")]
pub struct Report {
    /// The year that it is for.
    pub year: i16,
    /// First day of its time.
    #[ts(type = "string")]
    pub from: Date,
    /// Last day of its time.
    #[ts(type = "string")]
    pub to: Date,
    /// Its time is over: nothing new comes in, what is recorded late still does.
    pub ended: bool,
    /// Title of the form.
    pub title: String,
    /// What it rests on.
    pub basis: Vec<Basis>,
    /// Form and provisions were compared with the signed texts.
    pub verified: bool,
    /// Sent before this moment; none when the law's data do not say.
    pub due_at: Option<Timestamp>,
    /// When it was made.
    pub made_at: Timestamp,
    /// The lines of the form.
    pub rows: Vec<Row>,
    /// The parts of the time in each of which a press conference is held.
    pub quarters: Vec<Quarter>,
    /// What the law asks about those, in words.
    pub conference_note: String,
    /// What the data remark.
    pub notes: Vec<String>,
    /// How it was counted.
    pub method: Vec<String>,
}

/// A line of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "AnnualRow")]
pub struct Row {
    /// Its number on the form.
    pub number: u8,
    /// What it asks for.
    pub title: String,
    /// How many.
    pub count: u32,
    /// Out of how many, when it asks for that.
    pub of: Option<u32>,
    /// What it rests on.
    pub basis: Vec<Basis>,
    /// What was counted.
    pub counted: Vec<Item>,
    /// What belongs to the total and was not.
    pub missed: Vec<Item>,
}

/// One thing that was counted, or was not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "AnnualItem")]
pub struct Item {
    /// The incident; none for the office's own log.
    pub incident: Option<IncidentId>,
    /// Its number; empty for the office's own log.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Why it was counted, or was not.
    pub why: String,
    /// The moment by which it belongs to the year.
    pub at: Timestamp,
    /// The incident is under way: the number may change.
    pub under_way: bool,
    /// The reader may enter the incident.
    pub enters: bool,
}

/// A part of the report's time in which a press conference is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "AnnualQuarter")]
pub struct Quarter {
    /// First day.
    #[ts(type = "string")]
    pub from: Date,
    /// Last day.
    #[ts(type = "string")]
    pub to: Date,
    /// Conferences held in it.
    pub held: u32,
    /// How it stands.
    pub state: QuarterState,
}

/// How a part of the report's time stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "AnnualQuarterState")]
pub enum QuarterState {
    /// A conference was held.
    Held,
    /// None was, and the time is over.
    Missing,
    /// None was yet.
    Running,
    /// It has not begun.
    Ahead,
}

impl Report {
    /// The report of a year; none when the year cannot be (calendars end).
    pub fn of(year: i16, material: &Material) -> Option<Self> {
        let Material { form, law, now, .. } = *material;
        let calendar = &law.calendar;
        let window = Window::of(form, year, calendar)?;
        let to = window.last_day()?;
        let basis =
            |codes: &[String]| -> Vec<Basis> { codes.iter().map(|code| cited(law, form, code)).collect() };
        let rows: Vec<_> = form.rows.iter().map(|line| rows::row(line, &window, material)).collect();
        let own = basis(&form.basis);
        let verified = form.verified && own.iter().all(|basis| basis.verified);
        Some(Self {
            year,
            from: window.first_day,
            to,
            ended: now >= window.until,
            title: form.title.clone(),
            basis: own,
            verified,
            due_at: due_at(form, law, &window),
            made_at: now,
            rows,
            quarters: rows::quarters(&window, material)?,
            conference_note: form.conference_note.clone(),
            notes: form.notes.clone(),
            method: METHOD.iter().map(|&sentence| sentence.to_owned()).collect(),
        })
    }
}

/// A provision as it is cited; only as certain as the form that leans on it.
fn cited(law: &Law, form: &Form, code: &str) -> Basis {
    Basis {
        code: code.to_owned(),
        cite: law.cite(code),
        text: law.provision(code).map_or_else(String::new, |known| known.text.clone()),
        verified: form.verified && law.verified(code),
    }
}

/// Before which moment it is sent, by the duty that the form names.
fn due_at(form: &Form, law: &Law, window: &Window) -> Option<Timestamp> {
    let ends = window.until.checked_sub(jiff::SignedDuration::from_secs(1)).ok()?;
    let duty = law.duty(&form.duty, window.last_day()?)?;
    duty.due().at(&Anchors::from([(Anchor::PeriodEndsAt, ends)]), &law.calendar)
}

/// The year whose report is the next to be sent, and the years for which there is a form, the newest first.
pub fn years(annual: &Annual, law: &Law, now: Timestamp) -> (Option<i16>, Vec<i16>) {
    let this = law.calendar.local(now).year();
    // The time of a year's report begins in the year before it, so the next year's may have begun.
    let formed = |year: &i16| {
        annual.form(*year).is_some_and(|form| {
            Window::of(form, *year, &law.calendar).is_some_and(|window| window.from <= now)
        })
    };
    let years: Vec<i16> =
        (this.saturating_sub(YEARS_BACK)..=this.saturating_add(1)).filter(formed).rev().collect();
    let owed = |year: &&i16| {
        let form = annual.form(**year);
        let due = form.and_then(|form| due_at(form, law, &Window::of(form, **year, &law.calendar)?));
        due.is_some_and(|due| now < due)
    };
    // The oldest whose day has not passed: until it is sent, last year's is the one that people look for.
    (years.iter().rev().find(owed).or(years.first()).copied(), years)
}

/// Years that are offered: records of an office are kept that long, and a list of more nobody reads.
const YEARS_BACK: i16 = 20;
