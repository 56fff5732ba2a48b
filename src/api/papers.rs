//! The documents that an office signs: which there are, and each as a file.

use super::Api;
use super::error::Error;
use super::exports::{DOCUMENT_POLICY, made_by};
use super::incidents::enter;
use super::session::SignedIn;
use crate::clock;
use crate::domain::Viewer;
use crate::export::{ExportError, Options, Variant};
use crate::paper::{self, Ask, File, House, Offers, Which};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::sync::Arc;

/// How a document is to be issued.
#[derive(Deserialize)]
pub(super) struct Issue {
    issuer: Option<String>,
    #[serde(default)]
    sign: usize,
    #[serde(default)]
    signer: String,
}

pub(super) async fn offers(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
) -> Result<Json<Offers>, Error> {
    let (hall, actor) = enter(&api, &id, &signed_in).await?;
    if Viewer::of(&actor) != Viewer::FULL {
        return Err(Error::Forbidden);
    }
    let whole = api.rooms.record(&hall.id).await?;
    Ok(Json(paper::offers(whole.source(), &api.rooms.library.papers, api.rooms.today())))
}

pub(super) async fn paper(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path((id, which, file)): Path<(String, String, String)>,
    Query(issue): Query<Issue>,
) -> Result<Response, Error> {
    let (which, file) = Which::from_code(&which).zip(File::from_code(&file)).ok_or(Error::NotFound)?;
    let (hall, actor) = enter(&api, &id, &signed_in).await?;
    // It holds drafts, and the whole record in its annexes.
    if Viewer::of(&actor) != Viewer::FULL {
        return Err(Error::Forbidden);
    }
    // What was typed in this second belongs into the document that is asked for.
    hall.drafts.settle().await;
    let whole = api.rooms.record(&hall.id).await?;
    let options = Options {
        made_at: clock::now(),
        made_by: made_by(&actor, &whole.incident),
        exporter: actor.name.clone(),
        head: whole.head.digest,
        variant: Variant::Internal,
    };
    tracing::info!(incident = %hall.id, person = %actor.person, paper = which.code(), file = file.code(), "made a paper");
    let name = paper::file_name(&which, file, whole.source());
    let ask =
        Ask { issuer: issue.issuer.filter(|code| !code.is_empty()), sign: issue.sign, signer: issue.signer };
    let render = move || {
        let library = &api.rooms.library;
        let house = House { forms: &library.papers, annual: &library.annual, law: &library.law };
        paper::render(&which, file, whole.source(), house, &ask, &options)
    };
    let bytes = match tokio::task::spawn_blocking(render).await.map_err(anyhow::Error::from)? {
        Ok(bytes) => bytes,
        Err(ExportError::NoPaper | ExportError::NoForm) => return Err(Error::NotFound),
        Err(error) => return Err(anyhow::Error::from(error).context("paper").into()),
    };
    let headers = [
        (header::CONTENT_TYPE, file.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CONTENT_SECURITY_POLICY, DOCUMENT_POLICY.to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
