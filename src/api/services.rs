//! Services that may send to media watch: a lead lets one into an incident of theirs, the administrator into all. The
//! token is made here, shown once, and kept as its digest only.

use super::Api;
use super::error::Error;
use super::incidents::enter;
use super::media::TOKEN_PREFIX;
use super::session::SignedIn;
use crate::clock;
use crate::directory::{Command, Directory, Service};
use crate::domain::ids::{Digest, IncidentId, PersonId};
use crate::domain::may::LEADS;
use crate::domain::{Actor, Role};
use crate::wire::{EndedService, IssuedToken, NewService, ServiceRow};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
pub(super) struct Of {
    incident: Option<IncidentId>,
}

/// Who may see to the services of an incident, or of all: its leads who have a part in it, or the administrator.
async fn keeper(api: &Api, signed_in: &SignedIn, incident: Option<&IncidentId>) -> Result<Actor, Error> {
    let actor = api.rooms.actor(&signed_in.person, None).ok_or(Error::SignIn)?;
    if actor.is(Role::Admin) {
        return Ok(actor);
    }
    let incident = incident.ok_or(Error::Forbidden)?;
    let (_, actor) = enter(api, incident.as_str(), signed_in).await?;
    if LEADS.iter().any(|role| actor.is(*role)) { Ok(actor) } else { Err(Error::Forbidden) }
}

/// The services that may send to an incident, or all; those that are over stay readable.
pub(super) async fn list(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Query(Of { incident }): Query<Of>,
) -> Result<Json<Vec<ServiceRow>>, Error> {
    keeper(&api, &signed_in, incident.as_ref()).await?;
    let directory = api.rooms.directory.now();
    let services = directory.state.services.iter();
    let here =
        services.filter(|one| incident.is_none() || one.incident.is_none() || one.incident == incident);
    let mut rows: Vec<_> = here.map(|service| row(&directory.state, service)).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.issued.at));
    Ok(Json(rows))
}

fn row(directory: &Directory, service: &Service) -> ServiceRow {
    let Service { id, name, incident, until, issued, revoked, .. } = service.clone();
    let known = incident.as_ref().and_then(|id| directory.register.get(id));
    let incident_number = known.map(|row| row.number.clone());
    let (revoked, reason) = revoked.unzip();
    ServiceRow { id, name, incident, incident_number, until, issued, revoked, reason }
}

pub(super) async fn issue(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Json(new): Json<NewService>,
) -> Result<Json<IssuedToken>, Error> {
    let by = keeper(&api, &signed_in, new.incident.as_ref()).await?;
    let NewService { id: cause, name, incident, until } = new;
    let token = format!("{TOKEN_PREFIX}{}", clock::secret());
    let id = PersonId::new(&format!("dv-{}", clock::id())).ok_or(Error::NotFound)?;
    let hash = Digest::of(token.as_bytes());
    let place = incident.as_ref().map_or("{id}", IncidentId::as_str).to_owned();
    let issue = Command::Issue { id: id.clone(), name, hash, incident, until };
    api.rooms.directory.ask(cause, by, issue).await?;
    // The same request again made nothing: a token that nobody keeps must not be shown as one that works.
    if api.rooms.directory.now().state.service(&hash).is_none() {
        return Err(Error::bad(
            "shown_once",
            "Mã đã được cấp ở lần bấm trước và chỉ hiện một lần. Hãy thu hồi rồi cấp mã mới.",
        ));
    }
    tracing::info!(service = %id, "a service may send clippings");
    let origin = api.origins.first().map_or("", String::as_str);
    Ok(Json(IssuedToken { token, url: format!("{origin}/api/incidents/{place}/clippings") }))
}

pub(super) async fn end(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(service): Path<String>,
    Json(EndedService { id: cause, reason }): Json<EndedService>,
) -> Result<StatusCode, Error> {
    let id = PersonId::new(&service).ok_or(Error::NotFound)?;
    let known = api.rooms.directory.now().state.services.get(&id).cloned().ok_or(Error::NotFound)?;
    let by = keeper(&api, &signed_in, known.incident.as_ref()).await?;
    api.rooms.directory.ask(cause, by, Command::EndService { id, reason }).await?;
    Ok(StatusCode::NO_CONTENT)
}
