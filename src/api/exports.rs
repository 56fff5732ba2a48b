//! Files of an incident over HTTP: the same bytes as from the command line, made by the same program as a job of its own.

mod job;

pub use job::Jobs;

use super::Api;
use super::attachments::{PIECE_BYTES, Range, range};
use super::error::Error;
use super::incidents::enter;
use super::session::SignedIn;
use crate::domain::ids::RowId;
use crate::domain::statement::history::{Step, history as steps};
use crate::domain::{Actor, Incident, Viewer};
use crate::export::{self, Format, Variant};
use crate::room::Snapshot;
use crate::rooms::Hall;
use crate::wire::Status;
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
pub(super) use job::Order;
use job::{Awaited, Job, OF_ONE_MAX, State as Ended};
use serde::{Deserialize, Serialize};
use std::io;
use std::sync::Arc;
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};

/// A document brings its own style and nothing else.
pub(super) const DOCUMENT_POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-modals allow-downloads";

/// For whom; the task force itself when nothing is said.
#[derive(Deserialize)]
pub(super) struct For {
    variant: Option<String>,
}

/// Which export is wanted.
#[derive(Deserialize)]
pub(super) struct Wanted {
    format: String,
    variant: Option<String>,
}

/// A job as its page shows it.
#[derive(Serialize)]
pub(super) struct Shown {
    id: String,
    /// The file's name.
    name: String,
    #[serde(flatten)]
    state: Ended,
}

impl Shown {
    fn of(job: &Job) -> Self {
        Self { id: job.id.clone(), name: job.order.name.clone(), state: job.state() }
    }
}

/// The variant that is asked for; everything when nothing is said.
pub(super) fn variant(code: Option<&str>) -> Result<Variant, Error> {
    code.map_or(Some(Variant::Internal), Variant::from_code).ok_or(Error::NotFound)
}

/// The incident as it stands, for somebody who may have files of its whole record made.
pub(super) async fn admitted(
    api: &Api,
    id: &str,
    signed_in: &SignedIn,
) -> Result<(Arc<Hall>, Actor, Arc<Snapshot<Incident>>), Error> {
    let (hall, actor) = enter(api, id, signed_in).await?;
    // An export is the whole record, drafts and talk included; a variant leaves out for whoever reads it later.
    if Viewer::of(&actor) != Viewer::FULL {
        return Err(Error::Forbidden);
    }
    if api.exports.unfinished(&actor.person) >= OF_ONE_MAX {
        return Err(Error::bad(
            "too_many_exports",
            "Bạn đang có nhiều bản xuất chờ. Hãy đợi hoặc hủy bớt rồi xuất tiếp.",
        ));
    }
    // What was typed in this second belongs to the record that is asked for.
    hall.drafts.settle().await;
    let now = hall.room.now();
    if let Status::ReadOnly { .. } = now.status {
        // A damaged log is refused here, in words; one that is whole costs no second reading.
        api.rooms.record(&hall.id).await?;
    }
    Ok((hall, actor, now))
}

/// What is ordered.
async fn order(
    api: &Api,
    id: &str,
    signed_in: &SignedIn,
    format: &str,
    variant: Variant,
) -> Result<Order, Error> {
    let format = Format::from_code(format).ok_or(Error::NotFound)?;
    let (hall, actor, now) = admitted(api, id, signed_in).await?;
    Ok(Order {
        incident: hall.id.clone(),
        command: "export",
        what: vec!["--format".into(), format.code().into()],
        variant,
        made_by: made_by(&actor, &now.state),
        exporter: actor.name.clone(),
        name: export::file_name(&now.state, format, variant),
        media_type: format.media_type(),
        inline: format == Format::Html,
        person: actor.person,
    })
}

/// Begins what was ordered, for a page that asks how far it is.
pub(super) fn begun(api: &Api, order: Order) -> Json<Shown> {
    Json(Shown::of(&job_of(api, order)))
}

fn job_of(api: &Api, order: Order) -> Arc<Job> {
    tracing::info!(incident = %order.incident, person = %order.person, name = order.name, "a file is asked for");
    api.exports.begin(order)
}

/// The file as soon as it is made. Who goes away cancels it.
pub(super) async fn made(api: &Api, order: Order) -> Result<Response, Error> {
    let awaited = Awaited { jobs: &api.exports, job: job_of(api, order) };
    match awaited.job.ended().await {
        Ended::Done { .. } => handed_out(&awaited.job, &HeaderMap::new()).await,
        Ended::Failed { words } => Err(Error::bad("export_failed", &words)),
        Ended::Waiting | Ended::Working { .. } => Err(Error::NotFound),
    }
}

pub(super) async fn export(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path((id, format)): Path<(String, String)>,
    Query(wanted): Query<For>,
) -> Result<Response, Error> {
    let variant = variant(wanted.variant.as_deref())?;
    made(&api, order(&api, &id, &signed_in, &format, variant).await?).await
}

pub(super) async fn begin(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    Json(wanted): Json<Wanted>,
) -> Result<Json<Shown>, Error> {
    let variant = variant(wanted.variant.as_deref())?;
    Ok(begun(&api, order(&api, &id, &signed_in, &wanted.format, variant).await?))
}

/// A job of whoever asks; they may have lost the right to the incident since.
async fn own(api: &Api, signed_in: &SignedIn, id: &str, job: &str) -> Result<Arc<Job>, Error> {
    let (hall, actor) = enter(api, id, signed_in).await?;
    if Viewer::of(&actor) != Viewer::FULL {
        return Err(Error::Forbidden);
    }
    api.exports.find(job, &actor.person, &hall.id).ok_or(Error::NotFound)
}

pub(super) async fn look(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path((id, job)): Path<(String, String)>,
) -> Result<Json<Shown>, Error> {
    Ok(Json(Shown::of(&*own(&api, &signed_in, &id, &job).await?)))
}

pub(super) async fn cancel(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path((id, job)): Path<(String, String)>,
) -> Result<StatusCode, Error> {
    let job = own(&api, &signed_in, &id, &job).await?;
    api.exports.cancel(&job.id);
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn fetch(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path((id, job)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let job = own(&api, &signed_in, &id, &job).await?;
    handed_out(&job, &headers).await
}

/// A finished file, whole or a part of it, never read whole.
async fn handed_out(job: &Arc<Job>, headers: &HeaderMap) -> Result<Response, Error> {
    let Ended::Done { bytes: size } = job.state() else { return Err(Error::NotFound) };
    let order = &job.order;
    let tag = HeaderValue::try_from(format!("\"{}\"", job.id)).map_err(anyhow::Error::from)?;
    let (status, begin, length, within) = match range(headers, &tag, size) {
        Range::All => (StatusCode::OK, 0, size, None),
        Range::Part(begin, end) => {
            (StatusCode::PARTIAL_CONTENT, begin, end + 1 - begin, Some(format!("bytes {begin}-{end}/{size}")))
        }
        Range::None => {
            let within = [(header::CONTENT_RANGE, format!("bytes */{size}"))];
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, within).into_response());
        }
    };
    let mut file = File::open(&job.path).await.map_err(anyhow::Error::from)?;
    file.seek(io::SeekFrom::Start(begin)).await.map_err(anyhow::Error::from)?;
    // The job stays as long as its file is read.
    let reading = (file, length, Arc::clone(job));
    let pieces = futures_util::stream::try_unfold(reading, |(mut file, left, job)| async move {
        if left == 0 {
            return Ok::<_, io::Error>(None);
        }
        let mut piece = vec![0; PIECE_BYTES.min(usize::try_from(left).unwrap_or(PIECE_BYTES))];
        let read = file.read(&mut piece).await?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        piece.truncate(read);
        Ok(Some((Bytes::from(piece), (file, left - read as u64, job))))
    });
    let kind = if order.inline { "inline" } else { "attachment" };
    let headers = [
        (header::CONTENT_TYPE, order.media_type.to_owned()),
        (header::CONTENT_DISPOSITION, format!("{kind}; filename=\"{}\"", order.name)),
        (header::CONTENT_SECURITY_POLICY, DOCUMENT_POLICY.to_owned()),
        (header::CONTENT_LENGTH, length.to_string()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
        (header::ETAG, format!("\"{}\"", job.id)),
    ];
    let mut answer = (status, headers, Body::from_stream(pieces)).into_response();
    if let Some(within) = within {
        let within = HeaderValue::try_from(within).map_err(anyhow::Error::from)?;
        answer.headers_mut().insert(header::CONTENT_RANGE, within);
    }
    Ok(answer)
}

/// What the JSON export holds, for whoever reads it with a program of their own.
pub(super) async fn schema(_: SignedIn) -> Json<serde_json::Value> {
    Json(export::schema())
}

/// How a statement came to its words; for those who may see drafts.
pub(super) async fn history(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path((id, statement)): Path<(String, String)>,
) -> Result<Json<Vec<Step>>, Error> {
    let (hall, actor) = enter(&api, &id, &signed_in).await?;
    if Viewer::of(&actor) != Viewer::FULL {
        return Err(Error::Forbidden);
    }
    let statement = RowId::new(&statement).ok_or(Error::NotFound)?;
    // What was typed in this second belongs to the history that is asked for.
    hall.drafts.settle().await;
    let whole = api.rooms.record(&hall.id).await?;
    let steps = tokio::task::spawn_blocking(move || steps(&whole.records, &statement)).await;
    let steps = steps.map_err(anyhow::Error::from)?;
    if steps.is_empty() { Err(Error::NotFound) } else { Ok(Json(steps)) }
}

pub(super) fn made_by(actor: &Actor, incident: &Incident) -> String {
    let office = incident.office_name(actor.office.as_ref());
    [actor.name.as_str(), actor.title.as_str(), office.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}
