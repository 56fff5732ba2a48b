//! Purges: asked about and ordered by administrators, who need not be able to read what they purge.

use super::Api;
use super::accounts::administrator;
use super::error::Error;
use super::session::SignedIn;
use crate::domain::ids::IncidentId;
use crate::rooms::Hall;
use crate::wire::{PurgeDone, PurgeOrder, PurgePlace, PurgeQuestion, PurgeSurvey};
use axum::Json;
use axum::extract::{Path, State};
use std::cmp::Reverse;
use std::sync::Arc;

/// Every incident, over or not, the newest first.
pub(super) async fn places(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
) -> Result<Json<Vec<PurgePlace>>, Error> {
    administrator(&api, &signed_in)?;
    let mut known = api.rooms.index.all();
    known.sort_by_key(|known| Reverse(known.summary.opened_at));
    let place = |known: &crate::index::Indexed| {
        let summary = known.summary.clone();
        let closed = summary.closed_at.is_some();
        PurgePlace { id: summary.id, number: summary.number, title: summary.title, closed }
    };
    Ok(Json(known.iter().map(|known| place(known)).collect()))
}

async fn hall(api: &Api, id: &str) -> Result<Arc<Hall>, Error> {
    let id = IncidentId::new(id).ok_or(Error::NotFound)?;
    api.rooms.find(&id).await.map_err(Error::Internal)?.ok_or(Error::NotFound)
}

pub(super) async fn survey(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    Json(question): Json<PurgeQuestion>,
) -> Result<Json<PurgeSurvey>, Error> {
    administrator(&api, &signed_in)?;
    let hall = hall(&api, &id).await?;
    api.rooms.purge_survey(&hall, &question).await.map(Json).map_err(Error::Bad)
}

pub(super) async fn order(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    Json(order): Json<PurgeOrder>,
) -> Result<Json<PurgeDone>, Error> {
    let by = administrator(&api, &signed_in)?;
    let hall = hall(&api, &id).await?;
    api.rooms.purge(&hall, by, order).await.map(Json).map_err(Error::Bad)
}
