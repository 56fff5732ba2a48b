//! The timeline as somebody wants to see it: filters in the address, a page in the answer. Which lines fit is decided
//! in the domain.

use super::Api;
use super::error::Error;
use super::incidents::enter;
use super::session::SignedIn;
use crate::domain::Viewer;
use crate::domain::ids::Rev;
use crate::domain::line::{Filter, LinePage, Start};
use axum::Json;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
pub(super) struct From {
    /// `12.0`: the last line that the asker has.
    after: Option<String>,
    /// `12.0`: the line that they want to see among its neighbours.
    around: Option<String>,
}

/// A line's id as addresses write it: `12.0`.
fn line(text: &str) -> Option<(Rev, u32)> {
    let (rev, place) = text.split_once('.')?;
    Some((rev.parse().ok()?, place.parse().ok()?))
}

pub(super) async fn page(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    Query(filter): Query<Filter>,
    Query(From { after, around }): Query<From>,
) -> Result<Json<LinePage>, Error> {
    let (hall, actor) = enter(&api, &id, &signed_in).await?;
    let (after, around) = (after.as_deref().and_then(line), around.as_deref().and_then(line));
    let start = match (after, around) {
        (Some(after), _) => Start::After(after),
        (None, Some(around)) => Start::Around(around),
        (None, None) => Start::Newest,
    };
    let now = hall.room.now();
    // Every line is looked at, and folded when words are wanted: not on a thread that carries sockets.
    let page = move || now.state.lines(&filter, start, Viewer::of(&actor));
    Ok(Json(tokio::task::spawn_blocking(page).await.map_err(anyhow::Error::from)?))
}
