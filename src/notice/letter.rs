//! What a notice says, by each way. What leaves the house in clear (mail, calls to programs) names the incident's number
//! and how much waits, never what statements say or are called; a browser's message is sealed for that browser alone.

use crate::domain::ids::Digest;
use crate::wire::{Notice, NoticeMatter, Step};
use serde::Serialize;

/// Most things that one message lists; a telephone shows no more.
const LISTED: usize = 3;

/// What a browser shows.
#[derive(Serialize)]
struct Push<'a> {
    title: String,
    body: String,
    /// Where a press on it leads, below the server's origin.
    path: String,
    /// A newer one about the same incident takes its place.
    tag: &'a str,
    notice: &'a str,
    urgent: bool,
}

/// What a program is called with.
#[derive(Serialize)]
struct Call<'a> {
    r#type: &'static str,
    id: &'a str,
    at: jiff::Timestamp,
    number: Option<&'a str>,
    exercise: bool,
    level: Option<u8>,
    url: String,
    waits: usize,
    urgent: bool,
    due_at: Option<jiff::Timestamp>,
}

/// A mail.
pub struct Mail {
    /// Its subject.
    pub subject: String,
    /// Its body, plain text.
    pub body: String,
}

fn path(notice: &Notice) -> String {
    match &notice.matter {
        Some(matter) => format!("/su-co/{}", matter.incident),
        None => "/bao-tin".into(),
    }
}

/// `DIỄN TẬP SC-2026-0001`.
fn name(notice: &Notice) -> String {
    match &notice.matter {
        Some(NoticeMatter { number, exercise: true, .. }) => format!("DIỄN TẬP {number}"),
        Some(NoticeMatter { number, level, .. }) => format!("{number} · mức {}", level.get()),
        None => "Phòng Trực".into(),
    }
}

fn is_urgent(notice: &Notice) -> bool {
    notice.subjects.iter().any(|subject| subject.urgent)
}

fn how_often(notice: &Notice) -> String {
    match (notice.step, &notice.about) {
        (Step::First, _) => String::new(),
        (Step::Again, _) => "Nhắc lại: ".into(),
        (Step::Leads, Some(about)) => format!("{about} chưa phản hồi: "),
        (Step::Leads, None) => "Chưa ai phản hồi: ".into(),
    }
}

/// The message for a browser: JSON that the service worker shows.
pub fn push(notice: &Notice) -> Vec<u8> {
    let mut lines: Vec<String> = notice.subjects.iter().take(LISTED).map(|it| it.words.clone()).collect();
    let more = notice.subjects.len().saturating_sub(LISTED);
    lines.extend((more > 0).then(|| format!("và {more} việc khác")));
    let tag = notice.matter.as_ref().map_or("try", |matter| matter.incident.as_str());
    let push = Push {
        title: name(notice),
        body: format!("{}{}", how_often(notice), lines.join("\n")),
        path: path(notice),
        tag,
        notice: notice.id.as_str(),
        urgent: is_urgent(notice),
    };
    // Text and numbers: always JSON.
    serde_json::to_vec(&push).unwrap_or_default()
}

/// The mail.
pub fn mail(notice: &Notice, origin: &str) -> Mail {
    let count = notice.subjects.len();
    let (name, often) = (name(notice), how_often(notice));
    let Some(_) = &notice.matter else {
        let body = format!("Báo thử từ Phòng Trực: thư đến được hộp thư này.\n\n{origin}/bao-tin\n");
        return Mail { subject: "Phòng Trực: báo thử".into(), body };
    };
    let urgent = if is_urgent(notice) { "GẤP · " } else { "" };
    let subject = format!("{urgent}{name}: {count} việc chờ bạn");
    let body = format!(
        "{often}{count} việc chờ bạn trong {name}.\n\nMở phòng: {origin}{}\n\n\
         Thư này không ghi nội dung sự cố. Cách nhận báo tin và giờ yên lặng: {origin}/bao-tin\n",
        path(notice)
    );
    Mail { subject, body }
}

/// The body of a call to a program, JSON.
pub fn call(notice: &Notice, origin: &str) -> Vec<u8> {
    let call = Call {
        r#type: if notice.step == Step::Leads { "notice.unanswered" } else { "notice.waiting" },
        id: notice.id.as_str(),
        at: notice.raised_at,
        number: notice.matter.as_ref().map(|matter| matter.number.as_str()),
        exercise: notice.matter.as_ref().is_some_and(|matter| matter.exercise),
        level: notice.matter.as_ref().map(|matter| matter.level.get()),
        url: format!("{origin}{}", path(notice)),
        waits: notice.subjects.len(),
        urgent: is_urgent(notice),
        due_at: notice.subjects.iter().filter_map(|subject| subject.due_at).min(),
    };
    serde_json::to_vec(&call).unwrap_or_default()
}

/// A name for a push message by which a service replaces an older one of the same incident (RFC 8030, section 5.4: at most
/// 32 characters of base64url).
pub fn topic(notice: &Notice) -> String {
    let about = notice.matter.as_ref().map_or(notice.id.as_str(), |matter| matter.incident.as_str());
    Digest::of(about.as_bytes()).to_string()[..32].to_owned()
}
