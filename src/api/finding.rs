//! Finding something in all incidents, what goes on for who leads, an incident's figures, and what it was measured
//! against.

use super::Api;
use super::error::Error;
use super::incidents::enter;
use super::session::SignedIn;
use crate::clock;
use crate::domain::Viewer;
use crate::domain::figures::{Figure, figures};
use crate::domain::ids::IncidentId;
use crate::domain::passage::Kind;
use crate::domain::yardstick::{Reading, readings};
use crate::rooms::Search;
use crate::wire::{Found, Outlook};
use axum::Json;
use axum::extract::{Path, Query, State};
use jiff::Timestamp;
use serde::Deserialize;
use std::sync::Arc;

/// Longest question, characters: more is a pasted page.
const QUESTION_MAX: usize = 200;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    person: String,
    incident: Option<String>,
    /// Codes with commas between.
    #[serde(default)]
    kinds: String,
    from: Option<Timestamp>,
    until: Option<Timestamp>,
    #[serde(default)]
    page: u32,
}

impl Asked {
    fn search(self) -> Result<Search, Error> {
        let cut = |text: String| text.chars().take(QUESTION_MAX).collect();
        let kind = |code: &str| Kind::ALL.iter().find(|kind| kind.code() == code).copied();
        let kinds = self.kinds.split(',').filter(|code| !code.is_empty()).map(kind).collect::<Option<_>>();
        let unknown = || Error::bad("unknown_kind", "Không có loại nội dung này. Hãy chọn lại bộ lọc.");
        let incident =
            self.incident.filter(|id| !id.is_empty()).map(|id| IncidentId::new(&id).ok_or(Error::NotFound));
        Ok(Search {
            words: cut(self.q),
            person: cut(self.person),
            incident: incident.transpose()?,
            kinds: kinds.ok_or_else(unknown)?,
            from: self.from,
            until: self.until,
            page: usize::try_from(self.page).unwrap_or(usize::MAX).min(PAGES_MAX),
        })
    }
}

/// Furthest page: beyond, nobody reads on, and a number that large is no page.
const PAGES_MAX: usize = 10_000;

pub(super) async fn find(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Json<Found>, Error> {
    let search = asked.search()?;
    let read = move || api.rooms.find_rows(&signed_in.person, &search);
    Ok(Json(tokio::task::spawn_blocking(read).await.map_err(anyhow::Error::from)??))
}

pub(super) async fn outlook(State(api): State<Arc<Api>>, signed_in: SignedIn) -> Json<Outlook> {
    Json(api.rooms.outlook(&signed_in.person).await)
}

pub(super) async fn figures_of(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
) -> Result<Json<Vec<Figure>>, Error> {
    let (hall, _) = enter(&api, &id, &signed_in).await?;
    Ok(Json(figures(&hall.room.now().state)))
}

pub(super) async fn yardstick_of(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
) -> Result<Json<Vec<Reading>>, Error> {
    let (hall, actor) = enter(&api, &id, &signed_in).await?;
    Ok(Json(readings(&hall.room.now().state, clock::now(), Viewer::of(&actor))))
}
