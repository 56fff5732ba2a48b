//! What is done about false information: telling the public, asking for removal, recording answers, reporting.

use super::judging::{Desk, fits, known_place};
use super::{Access, Answer, Claim, Command, Event, NoticeKind, Sought, Told, Verdict};
use crate::domain::ids::RowId;
use crate::domain::refusal::{Claims, Refusal};
use crate::domain::text;
use jiff::Timestamp;

/// How the public was told, as far as the verdict, the classes and the label allow it; `labelling` is the label's
/// moment when both are one act.
pub(super) fn told(
    desk: &Desk,
    row: &Claim,
    told: Told,
    labelling: Option<Timestamp>,
) -> Result<Told, Refusal> {
    let number = || row.number.clone();
    let concluded = row.conclusion.as_ref().ok_or_else(|| Claims::NotConcluded { number: number() })?;
    let verdict = concluded.judged.verdict;
    let publishes = told.kind == NoticeKind::Notice;
    let only_warning = |why: &str| Claims::OnlyWarning { number: number(), why: why.into() };
    match (verdict, row.access()) {
        (Verdict::NotFalse, _) => return Err(Claims::NotFalse { number: number() }.into()),
        (_, None | Some(Access::Closed)) => {
            return Err(Claims::PublicationForbidden { number: number() }.into());
        }
        (Verdict::Unverifiable, _) if publishes => {
            return Err(only_warning("không có điều kiện xác thực").into());
        }
        (_, Some(Access::Conditional)) if publishes => {
            return Err(only_warning("thông tin công dân được tiếp cận có điều kiện").into());
        }
        _ => {}
    }
    let label = labelling.or(row.label().map(|label| label.at));
    if publishes && label.is_none() {
        return Err(Claims::LabelFirst { number: number() }.into());
    }
    let Told { kind, statement, note, at } = told;
    let note = text::note_if_any(note.as_deref())?;
    if let Some(id) = &statement {
        let known = desk.incident.statements.get(id).ok_or(Refusal::Unknown)?;
        if known.releases.is_empty() {
            return Err(Claims::NoticeNotOut { statement: known.number.clone() }.into());
        }
    } else if note.is_none() {
        return Err(Refusal::Empty);
    }
    let from = match label.filter(|_| publishes) {
        Some(label) => ("lúc gắn nhãn", label),
        None => ("lúc kết luận", concluded.judged.at),
    };
    let at = desk.after(from, ("lúc công bố, cảnh báo", at))?;
    Ok(Told { kind, statement, note, at })
}

pub(super) fn requested(desk: &Desk, command: Command) -> Result<Event, Refusal> {
    let Command::Request { id, request, sought } = command else { return Err(Refusal::Unknown) };
    let row = desk.in_order(&id)?;
    let number = || row.number.clone();
    fits(row, row.requests.len())?;
    if row.requests.iter().any(|known| known.id == request) {
        return Err(Refusal::AlreadyThere);
    }
    let Sought { to, document, at, urgent, places } = sought;
    if row.verdict() == Some(Verdict::NotFalse) {
        return Err(Claims::NotFalse { number: number() }.into());
    }
    // What must not be read at all, and what endangers security, does not wait for the verdict.
    let early = urgent || row.access() == Some(Access::Closed);
    if row.verdict() != Some(Verdict::False) && !early {
        return Err(Claims::RequestTooEarly { number: number() }.into());
    }
    let mut named: Vec<RowId> = vec![];
    let mut first: Option<Timestamp> = None;
    for place in places {
        let known = known_place(row, &place)?;
        first = Some(first.map_or(known.seen.seen_at, |first| first.min(known.seen.seen_at)));
        if !named.contains(&place) {
            named.push(place);
        }
    }
    let first = first.ok_or(Claims::NoPlace)?;
    let at = desk.after(("lúc thấy", first), ("lúc gửi yêu cầu", at))?;
    let (to, document) = (text::title(&to)?, text::note_if_any(document.as_deref())?);
    Ok(Event::Requested { id, request, sought: Sought { to, document, at, urgent, places: named } })
}

pub(super) fn answered(desk: &Desk, command: Command) -> Result<Event, Refusal> {
    let Command::Answer { id, request, place, answer, at, note } = command else {
        return Err(Refusal::Unknown);
    };
    // Answers keep coming in, whatever became of the claim meanwhile.
    let row = desk.incident.claims.get(&id).ok_or(Refusal::Unknown)?;
    let known = row.requests.iter().find(|known| known.id == request).ok_or(Refusal::Unknown)?;
    let named = |one: &&super::Answered| place.as_ref().is_none_or(|place| one.place == *place);
    let said: Vec<_> = known.places.iter().filter(named).collect();
    if said.is_empty() {
        return Err(Claims::UnknownPlace { number: row.number.clone() }.into());
    }
    // A receipt comes before a result; a result may become another one.
    let news = |one: &&&super::Answered| match one.answer {
        None => true,
        Some(before) => before != answer && answer != Answer::Acknowledged,
    };
    if !said.iter().any(|one| news(&one)) {
        let before = said.iter().find_map(|one| one.answer);
        let known = before.map_or("", Answer::title).to_owned();
        return Err(Claims::AnsweredAlready { known }.into());
    }
    let at = desk.after(("lúc gửi yêu cầu", known.sought.at), ("lúc trả lời", at))?;
    Ok(Event::Answered { id, request, place, answer, at, note: text::note_if_any(note.as_deref())? })
}

pub(super) fn reported(
    desk: &Desk,
    id: RowId,
    (to, document): (&str, Option<&str>),
    at: Timestamp,
) -> Result<Event, Refusal> {
    let row = desk.in_order(&id)?;
    let number = || row.number.clone();
    fits(row, row.reports.len())?;
    let concluded = row.conclusion.as_ref().ok_or_else(|| Claims::NotConcluded { number: number() })?;
    let at = desk.after(("lúc kết luận", concluded.judged.at), ("lúc gửi kết quả", at))?;
    Ok(Event::Reported { id, to: text::title(to)?, document: text::note_if_any(document)?, at })
}
