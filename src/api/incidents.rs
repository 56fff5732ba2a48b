//! The board, the opening of an incident, and older pages of a room.

use super::Api;
use super::error::Error;
use super::session::SignedIn;
use crate::domain::ids::{IncidentId, OfficeId, Rev};
use crate::domain::{Actor, Incident, Patch, Role, Viewer};
use crate::law::Gap;
use crate::opening::asks_impact;
use crate::organisation::Office;
use crate::playbook::{Playbook, rank};
use crate::rooms::{Hall, Rooms};
use crate::wire::{
    Choices, DataProblem, IncidentWaits, Member, OfficeChoice, OpenAction, OpenRequest, Opened,
    PlaybookChoice, Reminder, Summary,
};
use axum::Json;
use axum::extract::{Path, Query, State};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Deserialize)]
pub(super) struct Words {
    #[serde(default)]
    q: String,
}

/// The hall of an incident and the person in it, or that there is nothing there for them.
pub(super) async fn enter(api: &Api, id: &str, signed_in: &SignedIn) -> Result<(Arc<Hall>, Actor), Error> {
    let id = IncidentId::new(id).ok_or(Error::NotFound)?;
    let hall = api.rooms.find(&id).await?.ok_or(Error::NotFound)?;
    let actor = api.rooms.actor(&signed_in.person, Some(&hall)).ok_or(Error::SignIn)?;
    if Rooms::enters(&actor, &hall.room.now().state) { Ok((hall, actor)) } else { Err(Error::NotFound) }
}

pub(super) async fn board(State(api): State<Arc<Api>>, signed_in: SignedIn) -> Json<Vec<Summary>> {
    Json(api.rooms.board(&signed_in.person).await)
}

pub(super) async fn waiting(State(api): State<Arc<Api>>, signed_in: SignedIn) -> Json<Vec<IncidentWaits>> {
    Json(api.rooms.waiting(&signed_in.person).await)
}

/// What is still to be done after the incidents in which the person has a part.
pub(super) async fn owed(State(api): State<Arc<Api>>, signed_in: SignedIn) -> Json<Vec<OpenAction>> {
    Json(api.rooms.owed(&signed_in.person))
}

pub(super) async fn open(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Json(request): Json<OpenRequest>,
) -> Result<Json<Opened>, Error> {
    Ok(Json(api.rooms.begin(&signed_in.person, request).await?))
}

#[derive(Deserialize)]
pub(super) struct Before {
    before: Rev,
}

/// An older page of the timeline.
pub(super) async fn page(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    Query(Before { before }): Query<Before>,
) -> Result<Json<Patch>, Error> {
    older(&api, &id, &signed_in, |incident, viewer| incident.page(before, viewer)).await
}

/// An older page of talk.
pub(super) async fn talk(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    Query(Before { before }): Query<Before>,
) -> Result<Json<Patch>, Error> {
    older(&api, &id, &signed_in, |incident, viewer| incident.talk_page(before, viewer)).await
}

/// What the person may see of older rows.
async fn older(
    api: &Api,
    id: &str,
    signed_in: &SignedIn,
    page: impl FnOnce(&Incident, Viewer) -> Patch,
) -> Result<Json<Patch>, Error> {
    let (hall, actor) = enter(api, id, signed_in).await?;
    Ok(Json(page(&hall.room.now().state, Viewer::of(&actor))))
}

/// The people who have a part in the incident: whom a message may name, and whom something is given to.
pub(super) async fn members(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
) -> Result<Json<Vec<Member>>, Error> {
    let (hall, _) = enter(&api, &id, &signed_in).await?;
    Ok(Json(api.rooms.members_of(&hall)))
}

/// Playbooks, the best match for the words first; those without a match follow in their usual order.
pub(super) async fn choices(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Query(Words { q }): Query<Words>,
) -> Result<Json<Choices>, Error> {
    let actor = api.rooms.actor(&signed_in.person, None).ok_or(Error::SignIn)?;
    let (library, today) = (api.rooms.in_force(), api.rooms.today());
    let choice = |playbook: &Playbook, matched: Vec<String>| PlaybookChoice {
        id: playbook.id.clone(),
        title: playbook.title.clone(),
        when: playbook.when.clone(),
        level: playbook.level,
        version: playbook.version,
        tasks: u32::try_from(playbook.tasks.len()).unwrap_or(u32::MAX),
        asks_impact: asks_impact(&library.law, playbook, today),
        matched,
    };
    let ranked = rank(library.playbooks.iter(), &q);
    let rest =
        library.playbooks.iter().filter(|one| !ranked.iter().any(|ranked| ranked.playbook.id == one.id));
    let rest = rest.map(|playbook| choice(playbook, vec![]));
    let playbooks =
        ranked.iter().map(|found| choice(found.playbook, found.words.clone())).chain(rest).collect();
    let tells = !actor.is(Role::Observer);
    let problems = library.problems.iter().filter(|_| tells).map(DataProblem::from).collect();
    let reminder = |Gap { words, todo, file, line }| Reminder { words, todo, file, line };
    let reminders = library.law.gap(today).into_iter().filter(|_| tells).map(reminder).collect();
    Ok(Json(Choices { playbooks, problems, reminders }))
}

#[derive(Deserialize)]
pub(super) struct On {
    on: Option<Date>,
}

#[derive(Serialize)]
pub(super) struct CommuneChoice {
    code: String,
    name: String,
}

pub(super) async fn communes(
    State(api): State<Arc<Api>>,
    _signed_in: SignedIn,
    Query(On { on }): Query<On>,
) -> Json<Vec<CommuneChoice>> {
    let on = on.unwrap_or_else(|| api.rooms.today());
    let communes = api.rooms.library.organisation.communes_on(on).into_iter();
    let choice =
        communes.map(|commune| CommuneChoice { code: commune.code.clone(), name: commune.name.clone() });
    Json(choice.collect())
}

/// Offices of a day that may be pulled in: the province's own first, then those of communes.
pub(super) async fn offices(
    State(api): State<Arc<Api>>,
    _signed_in: SignedIn,
    Query(On { on }): Query<On>,
) -> Json<Vec<OfficeChoice>> {
    let on = on.unwrap_or_else(|| api.rooms.today());
    let organisation = &api.rooms.library.organisation;
    let choice = |office: &Office, commune| {
        let name = office.name.clone();
        OfficeId::new(&office.id).map(|id| OfficeChoice { id, name, commune })
    };
    let province = organisation.offices_on(on).into_iter().filter_map(|office| choice(office, false));
    let communes =
        organisation.communes_on(on).into_iter().filter_map(|commune| choice(&commune.office(), true));
    Json(province.chain(communes).collect())
}
