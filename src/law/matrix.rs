//! Reads the approval matrix: who is asked about which kind of statement at which levels, in what turn, for how long.
//! Refuses rules under which nobody approves, somebody approves their own words, or a turn waits for nothing.

use super::read::Reading;
use super::{ANY_KIND, Approval, Ask};
use crate::playbook::page::{self, Spanned};
use crate::playbook::{Problem, Text};
use schemars::{JsonSchema, Schema};
use serde::Deserialize;

/// Longest time box, minutes: after a day nobody is being asked any more.
const MINUTES_MAX: u32 = 24 * 60;
/// Longest internal target, minutes: a week; what takes longer is no crisis.
const TARGET_MINUTES_MAX: u32 = 7 * 24 * 60;
/// Most turns: words that pass through more hands come too late.
const TURNS_MAX: u8 = 5;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    approval: Vec<Entry>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Entry {
    #[schemars(extend("codes" = "kind_or_any"))]
    kind: Spanned<String>,
    #[schemars(extend("items" = { "type": "integer", "minimum": 1, "maximum": 4 }))]
    levels: Spanned<Vec<u8>>,
    #[schemars(extend("codes" = "function"))]
    drafters: Spanned<Vec<String>>,
    asks: Vec<AskEntry>,
    #[schemars(extend("codes" = "function"))]
    publisher: String,
    #[schemars(range(min = 1, max = TARGET_MINUTES_MAX))]
    target_minutes: Spanned<u32>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct AskEntry {
    #[schemars(range(min = 1, max = TURNS_MAX))]
    turn: Spanned<u8>,
    #[schemars(extend("codes" = "function"))]
    of: Spanned<String>,
    must: bool,
    #[schemars(range(min = 1, max = MINUTES_MAX))]
    minutes: Option<Spanned<u32>>,
    silence: Option<Spanned<Silence>>,
}

/// What silence means when the time box has run out. Without this word an answer is waited for.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Silence {
    Noted,
}

pub(super) fn shape() -> Schema {
    page::shape::<File>()
}

pub(super) fn matrix(source: Text<'_>, file: File) -> Result<Vec<Approval>, Vec<Problem>> {
    let mut reading = Reading::new(source);
    let mut approvals: Vec<Approval> = vec![];
    for entry in file.approval {
        let approval = rule(entry, &approvals, &mut reading);
        approvals.push(approval);
    }
    let covers = |level: u8| {
        approvals.iter().any(|approval| approval.kind == ANY_KIND && approval.levels.contains(&level))
    };
    if !(1..=4).all(covers) {
        reading.report.add(1, format!("thiếu quy tắc chung «{ANY_KIND}» cho đủ các mức từ 1 đến 4"));
    }
    if reading.report.is_empty() { Ok(approvals) } else { Err(reading.report.into_problems()) }
}

fn rule(entry: Entry, above: &[Approval], reading: &mut Reading<'_>) -> Approval {
    let kind = entry.kind.get_ref().clone();
    let levels = entry.levels.get_ref();
    if levels.is_empty() || levels.iter().any(|level| !(1..=4).contains(level)) {
        reading.wrong(&entry.levels, format!("mức của «{kind}» phải từ 1 đến 4"));
    }
    let again = |other: &Approval| other.kind == kind && other.levels.iter().any(|one| levels.contains(one));
    if above.iter().any(again) {
        reading.wrong(&entry.levels, format!("«{kind}» có hai quy tắc cho cùng một mức"));
    }
    let must = |function: &String| entry.asks.iter().any(|ask| ask.must && ask.of.get_ref() == function);
    if !entry.asks.iter().any(|ask| ask.must) {
        reading.wrong(&entry.kind, format!("«{kind}» chưa có ai phê duyệt (must = true)"));
    }
    if entry.drafters.get_ref().iter().all(must) {
        let reason = format!(
            "«{kind}»: người soạn phải khác người duyệt, cần một nơi soạn không nằm trong số phải duyệt"
        );
        reading.wrong(&entry.drafters, reason);
    }
    let target = *entry.target_minutes.get_ref();
    if !(1..=TARGET_MINUTES_MAX).contains(&target) {
        let reason = format!("mục tiêu phải từ 1 đến {TARGET_MINUTES_MAX} phút (một tuần), đang là {target}");
        reading.wrong(&entry.target_minutes, reason);
    }
    let mut asks: Vec<Ask> = vec![];
    for ask in &entry.asks {
        let ask = asked(ask, &asks, reading);
        asks.push(ask);
    }
    turns(&entry, &asks, reading);
    // Whoever reads a rule reads it in the order of time.
    asks.sort_by_key(|ask| ask.turn);
    Approval {
        kind,
        levels: entry.levels.into_inner(),
        drafters: entry.drafters.into_inner(),
        asks,
        publisher: entry.publisher,
        target_minutes: target,
    }
}

fn asked(entry: &AskEntry, above: &[Ask], reading: &mut Reading<'_>) -> Ask {
    let of = entry.of.get_ref().clone();
    if above.iter().any(|other| other.of == of) {
        reading.wrong(&entry.of, format!("«{of}» được hỏi hai lần trong một quy tắc"));
    }
    if let Some(minutes) = &entry.minutes
        && !(1..=MINUTES_MAX).contains(minutes.get_ref())
    {
        let reason = format!(
            "thời gian trả lời phải từ 1 đến {MINUTES_MAX} phút (một ngày), đang là {}",
            minutes.get_ref()
        );
        reading.wrong(minutes, reason);
    }
    if let (Some(silence), None) = (&entry.silence, &entry.minutes) {
        reading.wrong(silence, format!("«{of}»: im lặng chỉ được ghi nhận khi có «minutes»"));
    }
    Ask {
        of,
        must: entry.must,
        turn: *entry.turn.get_ref(),
        minutes: entry.minutes.as_ref().map(|minutes| *minutes.get_ref()),
        silence: matches!(entry.silence.as_ref().map(Spanned::get_ref), Some(Silence::Noted)),
    }
}

/// Turns count from 1 without a gap, each but the last holds up the next, and together they keep the target.
fn turns(entry: &Entry, asks: &[Ask], reading: &mut Reading<'_>) {
    let numbers = || asks.iter().map(|ask| ask.turn);
    let last = numbers().max().unwrap_or(0);
    for ask in &entry.asks {
        let turn = *ask.turn.get_ref();
        if turn == 0 || turn > TURNS_MAX {
            reading.wrong(&ask.turn, format!("lượt phải từ 1 đến {TURNS_MAX}, đang là {turn}"));
        } else if turn > 1 && !numbers().any(|other| other == turn - 1) {
            reading.wrong(&ask.turn, format!("có lượt {turn} mà không có lượt {}", turn - 1));
        } else if turn < last && !asks.iter().any(|other| other.turn == turn && other.must) {
            let reason = format!(
                "lượt {turn} không có ai phải duyệt nên lượt {} không chờ gì: ghi cùng một lượt",
                turn + 1
            );
            reading.wrong(&ask.turn, reason);
        }
    }
    let box_of = |turn: u8| asks.iter().filter(|ask| ask.turn == turn).filter_map(|ask| ask.minutes).max();
    let all: u64 = (1..=last.min(TURNS_MAX)).filter_map(box_of).map(u64::from).sum();
    let target = *entry.target_minutes.get_ref();
    if all > u64::from(target) {
        let reason = format!("các lượt cộng lại là {all} phút, dài hơn mục tiêu {target} phút");
        reading.wrong(&entry.target_minutes, reason);
    }
}
