//! The documents that an office signs: which there are, and each as a file.

use super::Api;
use super::error::Error;
use super::exports::{Order, Shown, admitted, begun, made, made_by, variant};
use super::incidents::enter;
use super::session::SignedIn;
use crate::domain::Viewer;
use crate::paper::{self, Ask, File, Offers, Which};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::response::Response;
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
    variant: Option<String>,
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

/// What is ordered: a document that the incident has, in the name of one who may issue it.
async fn order(
    api: &Api,
    signed_in: &SignedIn,
    (id, which, file): (String, String, String),
    issue: Issue,
) -> Result<Order, Error> {
    let (which, file) = Which::from_code(&which).zip(File::from_code(&file)).ok_or(Error::NotFound)?;
    let variant = variant(issue.variant.as_deref())?;
    let (hall, actor, now) = admitted(api, &id, signed_in).await?;
    let ask =
        Ask { issuer: issue.issuer.filter(|code| !code.is_empty()), sign: issue.sign, signer: issue.signer };
    let forms = &api.rooms.library.papers;
    paper::find(&which, &now.state, forms, &ask, api.rooms.today()).map_err(|_| Error::NotFound)?;
    let mut what: Vec<String> =
        ["--paper", &which.code(), "--file", file.code(), "--sign", &(ask.sign + 1).to_string()]
            .map(Into::into)
            .into();
    // Joined to its name: what people type may begin with a hyphen.
    what.push(format!("--signer={}", ask.signer));
    what.extend(api.exports.library());
    what.extend(ask.issuer.map(|issuer| format!("--issuer={issuer}")));
    Ok(Order {
        incident: hall.id.clone(),
        command: "paper",
        what,
        variant,
        made_by: made_by(&actor, &now.state),
        exporter: actor.name.clone(),
        name: paper::file_name(&which, file, &now.state, variant),
        media_type: file.media_type(),
        inline: false,
        person: actor.person,
    })
}

pub(super) async fn paper(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(path): Path<(String, String, String)>,
    Query(issue): Query<Issue>,
) -> Result<Response, Error> {
    made(&api, order(&api, &signed_in, path, issue).await?).await
}

pub(super) async fn begin(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(path): Path<(String, String, String)>,
    Json(issue): Json<Issue>,
) -> Result<Json<Shown>, Error> {
    Ok(begun(&api, order(&api, &signed_in, path, issue).await?))
}
