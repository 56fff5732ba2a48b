//! Whether a step of a claim may be taken: the order of the law, and what verification, classes and label forbid.

use super::{Access, Claim, Command, ENTRIES_MAX, Event, Judged, Seen, Verdict, acting, clocks};
use crate::domain::ids::RowId;
use crate::domain::refusal::{Claims, Refusal};
use crate::domain::{Context, Event as AnyEvent, Incident, attachment, fact, incident, text};
use jiff::Timestamp;

/// What is looked at while a command about one claim is decided.
pub(super) struct Desk<'a> {
    pub(super) incident: &'a Incident,
    pub(super) context: &'a Context<'a>,
}

impl Desk<'_> {
    /// A claim that was not struck out.
    fn standing(&self, id: &RowId) -> Result<&Claim, Refusal> {
        let row = self.incident.claims.get(id).ok_or(Refusal::Unknown)?;
        if row.struck.is_some() { Err(Refusal::StruckOut) } else { Ok(row) }
    }
    /// A claim to which the steps apply.
    pub(super) fn in_order(&self, id: &RowId) -> Result<&Claim, Refusal> {
        let row = self.standing(id)?;
        if row.excepted.is_some() {
            Err(Claims::Excepted { number: row.number.clone() }.into())
        } else {
            Ok(row)
        }
    }
    /// A moment that somebody typed, not before another one.
    pub(super) fn after(
        &self,
        (earlier, from): (&str, Timestamp),
        (later, at): (&str, Timestamp),
    ) -> Result<Timestamp, Refusal> {
        let at = incident::typed(at, self.context)?;
        if at < from {
            return Err(Refusal::OutOfOrder { earlier: earlier.into(), later: later.into() });
        }
        Ok(at)
    }
    fn seen(&self, place: Seen) -> Result<Seen, Refusal> {
        let Seen { id, link, note, seen_at, attachments } = place;
        let (link, note) = (text::link(link.as_deref())?, text::note_if_any(note.as_deref())?);
        if link.is_none() && note.is_none() {
            return Err(Claims::Nowhere.into());
        }
        let seen_at = incident::typed(seen_at, self.context)?;
        Ok(Seen { id, link, note, seen_at, attachments: attachment::together(attachments)? })
    }
    fn kind(&self, kind: Option<String>) -> Result<Option<String>, Refusal> {
        let book = self.incident.frame.as_ref().map(|frame| &frame.claims);
        let known = |kind: &String| book.is_some_and(|book| book.knows(kind));
        match kind.filter(|kind| !kind.is_empty()) {
            Some(kind) if !known(&kind) => Err(Claims::UnknownKind.into()),
            kind => Ok(kind),
        }
    }
    fn entered(&self, command: Command) -> Result<Event, Refusal> {
        let Command::Enter { id, said, kind, place, from } = command else { return Err(Refusal::Unknown) };
        if self.incident.claims.get(&id).is_some() {
            return Err(Refusal::AlreadyThere);
        }
        let number = format!("TĐ-{:02}", self.incident.claims.len() + 1);
        let (kind, place) = (self.kind(kind)?, self.seen(place)?);
        Ok(Event::Entered { id, number, said: text::note(&said)?, kind, place, from })
    }
    fn place(&self, id: RowId, place: Seen, again: bool) -> Result<Event, Refusal> {
        let row = self.standing(&id)?;
        let number = || row.number.clone();
        fits(row, row.places.len())?;
        if row.places.iter().any(|known| known.seen.id == place.id) {
            return Err(Refusal::AlreadyThere);
        }
        let place = self.seen(place)?;
        if again {
            let concluded = row.conclusion.as_ref();
            let concluded = concluded.ok_or_else(|| Claims::NotConcluded { number: number() })?;
            self.after(("lúc kết luận", concluded.judged.at), ("lúc thấy lại", place.seen_at))?;
        } else if let Some(link) = &place.link
            && row.standing_places().any(|known| known.seen.link.as_ref() == Some(link))
        {
            return Err(Claims::PlaceKnown { number: number() }.into());
        }
        Ok(Event::Seen { id, place, again })
    }
    fn concluded(&self, id: RowId, judged: Judged) -> Result<Event, Refusal> {
        let row = self.in_order(&id)?;
        let number = || row.number.clone();
        if row.class.is_none() {
            return Err(Claims::NotClassified { number: number() }.into());
        }
        let verification =
            row.verification.as_ref().ok_or_else(|| Claims::NotVerified { number: number() })?;
        if row.verdict() == Some(judged.verdict) {
            return Err(Claims::SameVerdict { number: number() }.into());
        }
        if row.label().is_some() {
            return Err(Claims::LabelStands { number: number() }.into());
        }
        fits(row, row.earlier.len())?;
        let Judged { verdict, reason, at, document, facts, attachments } = judged;
        for fact in &facts {
            let known = self.incident.facts.get(fact).ok_or(Refusal::Unknown)?;
            if known.state == fact::State::Withdrawn {
                return Err(Refusal::FactWithdrawn);
            }
        }
        let (document, attachments) =
            (text::note_if_any(document.as_deref())?, attachment::together(attachments)?);
        // That it cannot be verified is what is left when there is nothing to show.
        let shown = !facts.is_empty() || !attachments.is_empty() || document.is_some();
        if !shown && verdict != Verdict::Unverifiable {
            return Err(Claims::NoEvidence.into());
        }
        let at = self.after(("lúc giao kiểm chứng", verification.at), ("lúc kết luận", at))?;
        let reason = text::note(&reason)?;
        Ok(Event::Concluded { id, judged: Judged { verdict, reason, at, document, facts, attachments } })
    }
    fn labelled(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        let Command::Label { id, place, at, told } = command else { return Err(Refusal::Unknown) };
        let row = self.in_order(&id)?;
        let number = || row.number.clone();
        let concluded = row.conclusion.as_ref().ok_or_else(|| Claims::NotConcluded { number: number() })?;
        if concluded.judged.verdict != Verdict::False {
            return Err(Claims::NotFalse { number: number() }.into());
        }
        if row.access() == Some(Access::Closed) {
            return Err(Claims::LabelForbidden { number: number() }.into());
        }
        if row.label().is_some() {
            return Err(Claims::LabelStands { number: number() }.into());
        }
        fits(row, row.labels.len())?;
        let at = self.after(("lúc kết luận", concluded.judged.at), ("lúc gắn nhãn", at))?;
        let mut events = vec![Event::Labelled { id: id.clone(), place: text::note(&place)?, at }];
        if let Some(told) = told {
            events.push(Event::Told { told: acting::told(self, row, told, Some(at))?, id });
        }
        Ok(events)
    }
    fn completed(&self, id: RowId) -> Result<Event, Refusal> {
        let row = self.in_order(&id)?;
        let number = row.number.clone();
        if row.done.is_some() {
            return Err(Claims::AlreadyDone { number }.into());
        }
        if row.conclusion.is_none() {
            return Err(Claims::NotConcluded { number }.into());
        }
        let own = clocks::running(self.incident, &id).find(|clock| !clock.clock.outside);
        match own {
            Some(clock) => Err(Claims::StepOwed { owed: clock.clock.title.clone() }.into()),
            None => Ok(Event::Completed { id }),
        }
    }
    fn struck(&self, id: RowId, place: Option<RowId>, reason: &str) -> Result<Event, Refusal> {
        let row = self.standing(&id)?;
        if let Some(place) = &place {
            known_place(row, place)?;
        }
        Ok(Event::Struck { id, place, reason: text::note(reason)? })
    }
}

/// Room for one more entry.
pub(super) fn fits(row: &Claim, entries: usize) -> Result<(), Refusal> {
    if entries < ENTRIES_MAX {
        return Ok(());
    }
    Err(Claims::Full { number: row.number.clone(), max: ENTRIES_MAX }.into())
}

/// A place of the claim that was not struck out.
pub(super) fn known_place<'a>(row: &'a Claim, place: &RowId) -> Result<&'a super::Place, Refusal> {
    let known = row.standing_places().find(|known| known.seen.id == *place);
    known.ok_or_else(|| Claims::UnknownPlace { number: row.number.clone() }.into())
}

fn asked(desk: &Desk, command: Command) -> Result<Vec<Event>, Refusal> {
    Ok(vec![match command {
        Command::Enter { .. } => desk.entered(command)?,
        Command::Correct { id, said, kind, reason } => {
            desk.standing(&id)?;
            let (said, kind) = (text::note(&said)?, desk.kind(kind)?);
            Event::Corrected { id, said, kind, reason: text::note(&reason)? }
        }
        Command::See { id, place, again } => desk.place(id, place, again)?,
        Command::Reach { id, place, count, at } => {
            let known = known_place(desk.standing(&id)?, &place)?;
            fits(desk.standing(&id)?, known.reach.len())?;
            let at = desk.after(("lúc thấy", known.seen.seen_at), ("lúc đếm", at))?;
            Event::Reached { id, place, count, at }
        }
        Command::Classify { id, harm, access, reason } => {
            let row = desk.in_order(&id)?;
            let reason = text::note_if_any(reason.as_deref())?;
            match &row.class {
                Some(class) if class.harm == harm && class.access == access => return Ok(vec![]),
                Some(_) if reason.is_none() => return Err(Refusal::ReasonMissing),
                _ => {}
            }
            if access == Access::Closed && row.label().is_some() {
                return Err(Claims::LabelStands { number: row.number.clone() }.into());
            }
            Event::Classified { id, harm, access, reason }
        }
        Command::Verify { id, office, body, at } => {
            let row = desk.in_order(&id)?;
            let body = match &office {
                Some(office) => {
                    let known = desk.incident.offices.get(office).ok_or(Refusal::UnknownOffice)?;
                    known.name.clone()
                }
                None => text::title(body.as_deref().unwrap_or_default())?,
            };
            if row.conclusion.is_some() {
                // Who verified is part of what was concluded.
                return Err(Claims::Concluded { number: row.number.clone() }.into());
            }
            Event::Verifying { id, office, body, at: incident::typed(at, desk.context)? }
        }
        Command::Conclude { id, judged } => desk.concluded(id, judged)?,
        Command::Label { .. } => return desk.labelled(command),
        Command::Unlabel { id, at, reason } => {
            let row = desk.standing(&id)?;
            let label = row.label().ok_or_else(|| Claims::NotLabelled { number: row.number.clone() })?;
            let at = desk.after(("lúc gắn nhãn", label.at), ("lúc gỡ nhãn", at))?;
            Event::Unlabelled { id, at, reason: text::note(&reason)? }
        }
        Command::Tell { id, told } => {
            let row = desk.in_order(&id)?;
            fits(row, row.notices.len())?;
            Event::Told { told: acting::told(desk, row, told, None)?, id }
        }
        Command::Request { .. } => acting::requested(desk, command)?,
        Command::Answer { .. } => acting::answered(desk, command)?,
        Command::Report { id, to, document, at } => {
            acting::reported(desk, id, (&to, document.as_deref()), at)?
        }
        Command::Complete { id } => desk.completed(id)?,
        Command::Except { id, reason } => {
            desk.in_order(&id)?;
            Event::Excepted { id, reason: text::note(&reason)? }
        }
        Command::Resume { id, reason } => {
            let row = desk.standing(&id)?;
            if row.excepted.is_none() {
                return Err(Claims::NotExcepted { number: row.number.clone() }.into());
            }
            Event::Resumed { id, reason: text::note(&reason)? }
        }
        Command::Strike { id, place, reason } => desk.struck(id, place, &reason)?,
    }])
}

pub(in crate::domain) fn decide(
    incident: &Incident,
    command: Command,
    context: &Context,
) -> Result<Vec<AnyEvent>, Refusal> {
    let id = command.id().clone();
    let events = asked(&Desk { incident, context }, command)?;
    let mut events: Vec<_> = events.into_iter().map(|event| AnyEvent::Claim(Box::new(event))).collect();
    if !events.is_empty() {
        let after = incident.rehearsed(&events, context);
        events.extend(clocks::anchored(&after, &id, context));
        events.extend(clocks::settled(&after, &id));
    }
    Ok(events)
}
