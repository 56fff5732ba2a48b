//! The sealed archive over HTTP, made as a job like every other file of an incident, and what it is checked with.

use super::Api;
use super::error::Error;
use super::exports::{Order, Shown, admitted, begun, made, made_by};
use super::incidents::enter;
use super::session::SignedIn;
use crate::archive;
use crate::export::Variant;
use crate::log::Stream;
use crate::wire::{Sealed, Status};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use std::sync::Arc;

async fn order(api: &Api, id: &str, signed_in: &SignedIn) -> Result<Order, Error> {
    let (hall, actor, now) = admitted(api, id, signed_in).await?;
    // A record that is not what it was is not sealed as if it were.
    if let Status::ReadOnly { why } = &now.status {
        return Err(Error::bad("read_only", why));
    }
    // Here, where it is brought to the witness as well.
    api.rooms.seal_now(&hall.id, now.head).await?;
    let folder = api.rooms.checkpoints.folder();
    Ok(Order {
        incident: hall.id.clone(),
        command: "archive",
        what: vec![format!("--checkpoints={}", folder.dir().display())],
        variant: Variant::Internal,
        made_by: made_by(&actor, &now.state),
        exporter: actor.name.clone(),
        name: archive::file_name(&now.state),
        media_type: "application/zip",
        inline: false,
        person: actor.person,
    })
}

pub(super) async fn make(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    made(&api, order(&api, &id, &signed_in).await?).await
}

pub(super) async fn begin(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
) -> Result<Json<Shown>, Error> {
    Ok(begun(&api, order(&api, &id, &signed_in).await?))
}

/// With which key, and up to which line, the record is sealed.
pub(super) async fn sealed(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
) -> Result<Json<Sealed>, Error> {
    let (hall, _) = enter(&api, &id, &signed_in).await?;
    let checkpoints = &api.rooms.checkpoints;
    let own = checkpoints.own(&Stream::Incident(hall.id.clone())).await?;
    let newest = own.last();
    let stamped = newest.is_some_and(|it| checkpoints.folder().token(it).is_ok_and(|token| token.is_some()));
    let key = checkpoints.public();
    Ok(Json(Sealed {
        key: key.id(),
        pem: key.pem(),
        rev: newest.map(|it| it.checkpoint.head.rev),
        at: newest.map(|it| it.checkpoint.at),
        stamped,
    }))
}
