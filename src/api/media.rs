//! Media watch over HTTP: a table read before it is taken, and the door for services that send what they found. A service
//! shows a token with every call and has no session; it sends, and is shown nothing.

use super::Api;
use super::error::Error;
use super::incidents::enter;
use super::session::SignedIn;
use crate::clock;
use crate::directory::Service;
use crate::domain::clipping::{self, Entry, Weighing, checked};
use crate::domain::ids::{CommandId, Digest, IncidentId, PersonId, RowId};
use crate::domain::refusal::Refusal;
use crate::domain::{Command, Context, Incident, may};
use crate::media::{TABLE_BYTES_MAX, read};
use crate::room::Failure;
use crate::wire::{ClippingReading, ReceivedClippings, RefusedClipping, SentClippings};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest as _, Path, Request, State};
use axum::http::{HeaderMap, header};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Calls that a service may make in a minute. Found words are sent together, a few times an hour; more is a loop gone wild.
const CALLS_A_MINUTE: u32 = 30;
/// Entries of one call: what a service finds in an hour. More come in the next call.
const SENT_MAX: usize = 200;
/// Largest body of a call: two hundred entries with long titles.
pub(super) const SENT_BYTES_MAX: usize = 512 * 1024;
/// With what every token begins, so that one that leaks is recognised as ours.
pub(super) const TOKEN_PREFIX: &str = "phongtruc_";

/// How often each service called in its running minute.
#[derive(Debug, Default)]
pub(super) struct Calls(Mutex<HashMap<PersonId, (Instant, u32)>>);

impl Calls {
    /// Counts one more; the seconds to wait when that is too many.
    fn wait(&self, service: &PersonId, now: Instant) -> Option<u64> {
        const MINUTE: Duration = Duration::from_secs(60);
        let mut calls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        calls.retain(|_, (began, _)| now.duration_since(*began) < MINUTE);
        let (began, count) = calls.entry(service.clone()).or_insert((now, 0));
        *count += 1;
        (*count > CALLS_A_MINUTE).then(|| (MINUTE - now.duration_since(*began)).as_secs() + 1)
    }
}

/// A table, read and not taken.
pub(super) async fn table(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    request: Request,
) -> Result<Json<ClippingReading>, Error> {
    let (hall, actor) = enter(&api, &id, &signed_in).await?;
    if !may::WATCH.iter().any(|role| actor.is(*role)) {
        return Err(Error::Forbidden);
    }
    let bytes = Bytes::from_request(request, &()).await.map_err(|_| {
        let most = TABLE_BYTES_MAX / 1024;
        Error::too_large(&format!("Tệp lớn quá {most} KB hoặc gửi chưa trọn. Hãy tách thành nhiều tệp."))
    })?;
    let now = hall.room.now();
    let reading =
        move || read(&bytes, &now.state, &Context { at: clock::now(), by: &actor, written_at: None });
    Ok(Json(tokio::task::spawn_blocking(reading).await.map_err(anyhow::Error::from)?))
}

/// What a service sends: every entry that can be taken is, in one line of the log; the others are named.
pub(super) async fn receive(
    State(api): State<Arc<Api>>,
    headers: HeaderMap,
    Path(id): Path<String>,
    request: Request,
) -> Result<Json<ReceivedClippings>, Error> {
    let service = service(&api, &headers)?;
    let id = IncidentId::new(&id).ok_or(Error::NotFound)?;
    if service.incident.as_ref().is_some_and(|only| *only != id) {
        return Err(Error::token("token_scope", "Mã này chỉ dùng được cho một sự cố khác."));
    }
    if let Some(wait) = api.calls.wait(&service.id, Instant::now()) {
        return Err(Error::Slower { wait });
    }
    let bytes = Bytes::from_request(request, &()).await.map_err(|_| {
        Error::too_large(&format!("Nội dung lớn quá {} KB. Hãy gửi làm nhiều lần.", SENT_BYTES_MAX / 1024))
    })?;
    let sent: SentClippings = serde_json::from_slice(&bytes)
        .map_err(|error| Error::bad("unreadable", &format!("Nội dung không đúng dạng: {error}.")))?;
    if sent.clippings.len() > SENT_MAX {
        return Err(Error::bad("too_many", &format!("Mỗi lần gửi nhiều nhất {SENT_MAX} tin bài.")));
    }
    let hall = api.rooms.find(&id).await?.ok_or(Error::NotFound)?;
    let (by, now) = (service.actor(), hall.room.now());
    if now.state.is_closed() {
        return Err(Failure::from(Refusal::Closed).into());
    }
    let context = Context { at: clock::now(), by: &by, written_at: None };
    let (mut entries, mut refused) = (vec![], vec![]);
    let mut weighing = Weighing::new(&now.state);
    for (index, value) in sent.clippings.into_iter().enumerate() {
        let entry: Result<Entry, String> =
            serde_json::from_value(value).map_err(|error| format!("Không đúng dạng: {error}."));
        let entry = entry.and_then(|entry| {
            let (row, entry) = checked(entry, &context).map_err(|refusal| refusal.to_string())?;
            weighing.next(&row, &entry, context.at).map_err(|refusal| refusal.to_string())?;
            Ok(entry)
        });
        match entry {
            Ok(entry) => entries.push(entry),
            Err(reason) => refused.push(RefusedClipping { index, reason }),
        }
    }
    let cause = match sent.id {
        // Two services may choose the same id.
        Some(id) => format!("dv-{:.40}", Digest::of(format!("{} {id}", service.id).as_bytes()).to_string()),
        None => clock::id(),
    };
    let (cause, batch) = (CommandId::new(&cause), RowId::new(&cause));
    let (cause, batch) = cause.zip(batch).ok_or(Error::NotFound)?;
    let taken = entries.len();
    if taken > 0 {
        let import = Command::Clipping(clipping::Command::Import { id: batch.clone(), entries });
        hall.room.ask(cause, by, import).await?;
    }
    tracing::info!(incident = %hall.id, service = %service.id, taken, refused = refused.len(), "clippings came in");
    // Counted from the rows that carry it, so that sending again gives the same answer.
    let (added, again) = brought(&hall.room.now().state, &batch);
    Ok(Json(ReceivedClippings { added, again, same: taken.saturating_sub(added + again), refused }))
}

/// New rows and further readings that an import brought.
fn brought(incident: &Incident, batch: &RowId) -> (usize, usize) {
    let (mut added, mut again) = (0, 0);
    for row in incident.clippings.iter() {
        let brought =
            row.readings.iter().enumerate().filter(|(_, reading)| reading.batch.as_ref() == Some(batch));
        for (place, _) in brought {
            let counted = if place == 0 { &mut added } else { &mut again };
            *counted += 1;
        }
    }
    (added, again)
}

/// The service whose token the call shows, while it holds.
fn service(api: &Api, headers: &HeaderMap) -> Result<Service, Error> {
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = shown.and_then(|value| value.strip_prefix("Bearer ")).map(str::trim);
    let token = token.filter(|token| token.starts_with(TOKEN_PREFIX));
    let unknown = || Error::token("token_unknown", "Thiếu mã truy cập, hoặc mã không đúng.");
    let directory = api.rooms.directory.now();
    let service = directory.state.service(&Digest::of(token.ok_or_else(unknown)?.as_bytes()));
    let service = service.ok_or_else(unknown)?;
    if service.revoked.is_some() {
        return Err(Error::token("token_revoked", "Mã truy cập đã bị thu hồi."));
    }
    if !service.holds(clock::now()) {
        return Err(Error::token("token_expired", "Mã truy cập đã hết hạn. Hãy xin mã mới."));
    }
    Ok(service.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loop_gone_wild_is_told_to_wait_and_others_are_not() {
        let (calls, began) = (Calls::default(), Instant::now());
        let id = |id| PersonId::new(id).expect("an id");
        for _ in 0..CALLS_A_MINUTE {
            assert_eq!(calls.wait(&id("a"), began), None);
        }
        assert_eq!(calls.wait(&id("a"), began + Duration::from_secs(20)), Some(41));
        assert_eq!(calls.wait(&id("b"), began), None);
        assert_eq!(calls.wait(&id("a"), began + Duration::from_secs(61)), None);
    }
}
