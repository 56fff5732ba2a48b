//! What of the talk waits for somebody: what names them, and what their office is asked to confirm.

use super::{Wait, WaitFor};
use crate::domain::may::{READS, REPORTS};
use crate::domain::message::{AskedOffice, Mention, Message, spoken};
use crate::domain::{Act, Actor, Incident};
use std::sync::Arc;

/// Characters of a message in a line of what waits.
const SAID: usize = 80;

/// What the actor's office is asked to confirm and has not, the oldest first. Who asks does not ask themselves.
pub(super) fn confirmations(incident: &Incident, actor: &Actor) -> Vec<Wait> {
    let office = actor.office.as_ref().filter(|_| REPORTS.iter().any(|role| actor.is(*role)));
    let Some(office) = office else { return vec![] };
    let open = incident.talk.asking().filter_map(|id| incident.messages.get(id));
    let open = open.filter(|row| row.asked.as_ref().is_some_and(|asked| asked.by.person != actor.person));
    let mut open: Vec<_> = open.filter_map(|row| Some((row.wait_of(office)?, row))).collect();
    open.sort_by_key(|(asked, row)| (asked.asked_at, row.sent));
    let wait = |(asked, row): (&AskedOffice, &Arc<Message>)| {
        let again =
            if asked.reminded > 0 { format!(" (nhắc lần {})", asked.reminded) } else { String::new() };
        let words = format!("Xác nhận đã nhận tin của {}: {}{again}", name(&row.by), row.beginning(SAID));
        let what = WaitFor::Acknowledge { message: row.id.clone(), reminded: asked.reminded };
        Wait { what, words, due_at: None }
    };
    open.into_iter().map(wait).collect()
}

/// Messages that name the actor or their office and that nobody meant by it has read, the oldest first.
pub(super) fn mentions(incident: &Incident, actor: &Actor) -> Vec<Wait> {
    let reads = READS.iter().any(|role| actor.is(*role));
    let open = incident.talk.calling().filter(|_| reads).filter_map(|id| incident.messages.get(id));
    let mut open: Vec<_> = open.filter_map(|row| Some((row.call(actor)?, row))).collect();
    open.sort_by_key(|(_, row)| row.sent);
    let wait = |(call, row): (&Mention, &Arc<Message>)| {
        let whom = match call {
            Mention::Person { .. } => "bạn",
            Mention::Office { name, .. } => name,
        };
        let words = format!("{} nhắc {whom}: {}", name(&row.by), row.beginning(SAID));
        Wait { what: WaitFor::Mentioned { message: row.id.clone() }, words, due_at: None }
    };
    open.into_iter().map(wait).collect()
}

fn name(act: &Act) -> &str {
    spoken(&act.name)
}
