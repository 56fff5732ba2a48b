//! Exports over HTTP: the same bytes as from the command line.

use super::Api;
use super::error::Error;
use super::incidents::enter;
use super::session::SignedIn;
use crate::clock;
use crate::domain::ids::RowId;
use crate::domain::statement::history::{Step, history as steps};
use crate::domain::{Actor, Viewer};
use crate::export::{self, Format, Options};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// A document brings its own style and nothing else.
pub(super) const DOCUMENT_POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-modals allow-downloads";

pub(super) async fn export(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path((id, format)): Path<(String, String)>,
) -> Result<Response, Error> {
    let format = Format::from_code(&format).ok_or(Error::NotFound)?;
    let (hall, actor) = enter(&api, &id, &signed_in).await?;
    // An export is the whole record, drafts and talk included.
    if Viewer::of(&actor) != Viewer::FULL {
        return Err(Error::Forbidden);
    }
    let whole = api.rooms.record(&hall.id).await?;
    let options =
        Options { made_at: clock::now(), made_by: made_by(&actor, &whole.incident), head: whole.head.digest };
    tracing::info!(incident = %hall.id, person = %actor.person, format = format.code(), "exported");
    let name = export::file_name(&whole.incident, format);
    let render = move || export::render(format, whole.source(), &options);
    let bytes = tokio::task::spawn_blocking(render).await.map_err(anyhow::Error::from)?;
    let bytes = bytes.map_err(|error| anyhow::Error::from(error).context("export"))?;
    let kind = if matches!(format, Format::Html) { "inline" } else { "attachment" };
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("{kind}; filename=\"{name}\"")),
        (header::CONTENT_SECURITY_POLICY, DOCUMENT_POLICY.to_owned()),
    ];
    Ok((headers, bytes).into_response())
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

pub(super) fn made_by(actor: &Actor, incident: &crate::domain::Incident) -> String {
    let office = incident.office_name(actor.office.as_ref());
    [actor.name.as_str(), actor.title.as_str(), office.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}
