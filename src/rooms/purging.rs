//! Purging: what the administrator orders, done everywhere that it could be: what people were told, the files, the
//! incident's log and what the room holds in memory, and the index. In that order, so that whoever is cut off finds the
//! words still there and orders it again.

use super::{Hall, Rooms, problem, refused, take_in};
use crate::domain::ids::{CommandId, Digest, IncidentId, Rev, RowId};
use crate::domain::purge::{self, Command};
use crate::domain::refusal::Refusal;
use crate::domain::{Actor, Event, Record};
use crate::log::{Damage, Stream, chain};
use crate::notice;
use crate::purge::{Survey, What, files_of, noun, survey};
use crate::record::Whole;
use crate::room::Left;
use crate::wire::{Problem, PurgeDone, PurgeLine, PurgeOrder, PurgeQuestion, PurgeSurvey};
use std::collections::BTreeSet;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization as _;

/// What a question asks for: a passage, when there is one, else lines.
fn what(question: &PurgeQuestion) -> What {
    let passage = question.passage.as_deref().map(str::trim).filter(|passage| !passage.is_empty());
    match passage {
        // As every text in the log is written.
        Some(passage) => What::Passage(passage.nfc().collect()),
        None => What::Lines(question.lines.iter().copied().collect()),
    }
}

fn unread(error: &anyhow::Error) -> Problem {
    tracing::error!(error = format!("{error:#}"), "a purge could not be prepared");
    problem("unreadable", "Không đọc được nhật ký nên chưa xóa bỏ gì. Hãy xem nhật ký máy chủ.")
}

fn damaged(damage: &Damage) -> Problem {
    problem("damaged", &format!("Nhật ký bị hỏng, {damage}. Chưa xóa bỏ gì."))
}

/// What would go, with the files that only it names.
struct Found {
    whole: Whole,
    survey: Survey,
    files: BTreeSet<Digest>,
    kept: BTreeSet<Digest>,
}

impl Rooms {
    /// What a purge would do; nothing is changed.
    ///
    /// # Errors
    /// Why it cannot be done, or not yet, in words.
    pub async fn purge_survey(
        self: &Arc<Self>,
        hall: &Arc<Hall>,
        question: &PurgeQuestion,
    ) -> Result<PurgeSurvey, Problem> {
        hall.drafts.settle().await;
        let Found { whole, survey, files, kept } = self.look(&hall.id, question).await?;
        let record = |rev: Rev| whole.records.get(rev as usize - 1);
        let line = |rev: Rev, texts, files: usize| record(rev).map(|record| shown(record, texts, files));
        let number = |id| whole.incident.statements.get(id).map(|row| row.number.clone());
        Ok(PurgeSurvey {
            lines: survey.cleared.iter().filter_map(|it| line(it.rev, it.texts, it.files.len())).collect(),
            also: survey.also.iter().filter_map(|rev| line(*rev, 0, 0)).collect(),
            drafts: survey.statements.iter().filter_map(number).collect(),
            standing: standing(&whole, &survey.standing),
            files: count(files.len()),
            kept: count(kept.len()),
        })
    }

    async fn look(&self, id: &IncidentId, question: &PurgeQuestion) -> Result<Found, Problem> {
        let whole = self.record(id).await?;
        let survey = survey(&whole, &what(question)).map_err(|refusal| refused(&refusal.into()))?;
        let named = survey.files();
        let elsewhere = self.named_elsewhere(id, &whole, &survey, &named).await.map_err(|e| unread(&e))?;
        let files = named.difference(&elsewhere).copied().collect();
        Ok(Found { whole, survey, files, kept: elsewhere })
    }

    /// Which of these files something names that stays: here, or in any other incident.
    async fn named_elsewhere(
        &self,
        id: &IncidentId,
        whole: &Whole,
        survey: &Survey,
        files: &BTreeSet<Digest>,
    ) -> anyhow::Result<BTreeSet<Digest>> {
        if files.is_empty() {
            return Ok(BTreeSet::new());
        }
        let gone: BTreeSet<_> = survey.cleared.iter().map(|line| line.rev).collect();
        let here = whole.records.iter().filter(|record| !gone.contains(&record.rev));
        let left = survey.cleared.iter().flat_map(|line| &line.events);
        let mut named = files_of(here.flat_map(|record| &record.events).chain(left));
        let texts: Vec<_> = files.iter().map(ToString::to_string).collect();
        for (other, _) in self.log.incidents().await? {
            if other == *id {
                continue;
            }
            let reading = self.log.read(&Stream::Incident(other), 0).await?;
            for (line, number) in reading.lines.iter().zip(1..) {
                if texts.iter().any(|digest| line.contains(digest.as_str()))
                    && let Ok((record, _)) = chain::record::<Event>(number, line)
                {
                    named.extend(files_of(&record.events));
                }
            }
        }
        Ok(named.intersection(files).copied().collect())
    }

    /// Takes words out for good. The same order again does nothing more, and is answered as it was.
    ///
    /// # Errors
    /// Why nothing was done, or not all of it, in words.
    pub async fn purge(
        self: &Arc<Self>,
        hall: &Arc<Hall>,
        by: Actor,
        order: PurgeOrder,
    ) -> Result<PurgeDone, Problem> {
        // What one leaves, the next one reads.
        let _turn = self.purging.lock().await;
        hall.drafts.settle().await;
        let Found { whole, survey, files, .. } = match self.look(&hall.id, &order.what).await {
            Ok(found) => found,
            Err(problem) => return self.purged_before(hall, by, order.id).await.ok_or(problem),
        };
        let lines: Vec<_> = survey.cleared.iter().map(|line| line.rev).collect();
        let command = Command::Take {
            lines: lines.clone(),
            statements: survey.statements.iter().cloned().collect(),
            files: files.iter().copied().collect(),
            standing: survey.standing.iter().cloned().collect(),
            reason: order.reason,
        };
        let command = crate::domain::Command::Purge(command);
        // Refused before anything is taken away.
        let context = crate::domain::Context { at: crate::clock::now(), by: &by, written_at: None };
        crate::domain::decide(&hall.room.now().state, command.clone(), &context)
            .map_err(|refusal| refused(&refusal.into()))?;
        let left = survey.left(&whole).map_err(|damage| damaged(&damage))?;
        self.purge_notices(&hall.id, &order.id, &by).await?;
        for file in &files {
            self.attachments.take_away(*file).await.map_err(|error| unread(&error))?;
        }
        self.index.begin_anew().map_err(|error| unread(&error))?;
        let rev = hall.room.purge(order.id, by, command, left).await.map_err(|failure| refused(&failure))?;
        take_in(&self.index, &hall.id, hall.room.now()).await;
        tracing::warn!(incident = %hall.id, rev, lines = lines.len(), files = files.len(), "words were purged");
        Ok(PurgeDone {
            rev,
            lines: count(lines.len()),
            files: count(files.len()),
            standing: standing(&whole, &survey.standing),
        })
    }

    /// What an order did when it came first, for whoever did not hear the answer.
    async fn purged_before(&self, hall: &Hall, by: Actor, id: CommandId) -> Option<PurgeDone> {
        // A purge of nothing is refused; a command that was accepted is answered again.
        let (lines, statements, files, standing, reason) = Default::default();
        let nothing = Command::Take { lines, statements, files, standing, reason };
        let rev = hall.room.purge(id, by, crate::domain::Command::Purge(nothing), vec![]).await.ok()?;
        let whole = self.record(&hall.id).await.ok()?;
        match whole.records.get(rev as usize - 1)?.events.first()? {
            Event::Purge(purge::Event::Taken { lines, files, standing, .. }) => Some(PurgeDone {
                rev,
                lines: count(lines.len()),
                files: count(files.len()),
                standing: self::standing(&whole, standing),
            }),
            _ => None,
        }
    }

    /// What people were told says what waited for them, in the words of the incident.
    async fn purge_notices(&self, id: &IncidentId, cause: &CommandId, by: &Actor) -> Result<(), Problem> {
        let reading = self.log.read(&Stream::Notices, 0).await.map_err(|error| unread(&error))?;
        let mut left: Vec<Left> = vec![];
        for (line, number) in reading.lines.iter().zip(1..) {
            if !line.contains(id.as_str()) {
                continue;
            }
            let (record, _) =
                chain::record::<notice::Event>(number, line).map_err(|damage| damaged(&damage))?;
            let without = record.events.iter().map(|event| event.without_words(id));
            let without: Vec<_> = without.collect();
            if without.iter().any(Option::is_some) {
                let events = without.into_iter().zip(record.events);
                let events = events.map(|(left, event)| left.unwrap_or(event)).collect();
                left.push(chain::purged(number, line, events).map_err(|damage| damaged(&damage))?);
            }
        }
        if left.is_empty() {
            return Ok(());
        }
        let unfit = || refused(&Refusal::Unreadable.into());
        let cause = CommandId::new(&format!("purge-{cause}")).ok_or_else(unfit)?;
        let command = notice::Command::Purge { incident: id.clone() };
        let purged = self.notices.purge(cause, by.clone(), command, left).await;
        purged.map(drop).map_err(|failure| refused(&failure))
    }
}

/// What says it too, and what has to happen first there.
fn standing<'a>(whole: &Whole, ids: impl IntoIterator<Item = &'a RowId>) -> Vec<String> {
    let why = ids.into_iter().filter_map(|id| purge::purgeable(&whole.incident, id).err());
    why.map(|why| why.to_string()).collect()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn shown(record: &Record<Event>, texts: u32, files: usize) -> PurgeLine {
    let mut about: Vec<_> = record.events.iter().map(|event| noun(event).to_owned()).collect();
    about.dedup();
    let Record { rev, at, by, .. } = record;
    PurgeLine { rev: *rev, at: *at, by: by.name.clone(), about, texts, files: count(files) }
}
