//! The administrator's page: accounts, the links that hand them over, and who speaks for the authority by what document.

use super::Api;
use super::error::Error;
use super::session::{Links, SignedIn};
use crate::clock;
use crate::directory::{Command, Directory, Held, Person, Post, Profile};
use crate::domain::ids::{CommandId, PersonId};
use crate::domain::{Actor, Role};
use crate::index::Indexed;
use crate::wire::{
    Account, DesignationRow, FunctionChoice, HeldTask, Leaving, Link, Matter, NewAccount, NewDesignation,
    NewPosition, NewProfile, NewRevocation, PostRow, Summary, TaskRef,
};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use jiff::Timestamp;
use std::cmp::Reverse;
use std::sync::Arc;

pub(super) fn administrator(api: &Api, signed_in: &SignedIn) -> Result<Actor, Error> {
    let actor = api.rooms.actor(&signed_in.person, None).ok_or(Error::SignIn)?;
    if actor.is(Role::Admin) { Ok(actor) } else { Err(Error::Forbidden) }
}

fn command_id() -> Result<CommandId, Error> {
    CommandId::new(&clock::id()).ok_or(Error::NotFound)
}

pub(super) async fn list(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
) -> Result<Json<Vec<Account>>, Error> {
    administrator(&api, &signed_in)?;
    let organisation = &api.rooms.library.organisation;
    let directory = api.rooms.directory.now();
    let now = clock::now();
    let account = |person: &Arc<Person>| {
        let Profile { login, name, title, function, roles } = person.profile.clone();
        let office =
            function.as_deref().and_then(|function| organisation.holder(function, api.rooms.today()));
        Account {
            person: person.id.clone(),
            login,
            name,
            title,
            office_name: office.map(|office| office.name.clone()).unwrap_or_default(),
            function,
            roles,
            designations: person.designations.iter().map(|held| row(&directory.state, held, now)).collect(),
            posts: person.posts.iter().map(post).collect(),
            disabled: person.disabled,
            has_password: person.password.is_some(),
        }
    };
    Ok(Json(directory.state.people.iter().map(account).collect()))
}

fn post(post: &Post) -> PostRow {
    let Post { number, position, recorded } = post.clone();
    PostRow { number, position, recorded }
}

fn row(directory: &Directory, held: &Held, now: Timestamp) -> DesignationRow {
    let Held { number, designation, recorded, revoked } = held.clone();
    let incident = designation.incident.as_ref().and_then(|id| directory.register.get(id));
    let by = designation.by.as_ref().and_then(|id| directory.people.get(id));
    let incident_number = incident.map(|row| row.number.clone());
    let by_name = by.map(|person| person.profile.name.clone());
    let state = held.state(now);
    DesignationRow { number, designation, state, incident_number, by_name, recorded, revoked }
}

/// Incidents under way, newest first: what somebody may be delegated to speak in. Numbers and titles only; an
/// administrator has no part in incidents.
pub(super) async fn matters(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
) -> Result<Json<Vec<Matter>>, Error> {
    administrator(&api, &signed_in)?;
    let mut known = api.rooms.index.all();
    known.retain(|known| known.summary.closed_at.is_none());
    known.sort_by_key(|known| Reverse(known.summary.opened_at));
    let matter = |known: Arc<Indexed>| {
        let Summary { id, number, title, .. } = known.summary.clone();
        Matter { id, number, title }
    };
    Ok(Json(known.into_iter().map(matter).collect()))
}

pub(super) async fn functions(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
) -> Result<Json<Vec<FunctionChoice>>, Error> {
    administrator(&api, &signed_in)?;
    let organisation = &api.rooms.library.organisation;
    let choice = |function: &crate::organisation::Function| {
        let office = organisation.holder(&function.code, api.rooms.today())?;
        let (code, title) = (function.code.clone(), function.name.clone());
        Some(FunctionChoice { code, title, office: office.name.clone() })
    };
    Ok(Json(organisation.functions.iter().filter_map(choice).collect()))
}

pub(super) async fn add(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Json(new): Json<NewAccount>,
) -> Result<Json<Link>, Error> {
    let by = administrator(&api, &signed_in)?;
    let NewAccount { login, name, title, function, roles, spokesperson } = new;
    held_today(&api, function.as_deref())?;
    let id = PersonId::new(&clock::id()).ok_or(Error::NotFound)?;
    let login = login.trim().to_lowercase();
    let profile = Profile { login, name, title, function, roles };
    let command = Command::Add { id: id.clone(), profile, designation: spokesperson };
    api.rooms.directory.ask(command_id()?, by, command).await?;
    handed_over(&api, &id)
}

/// Refuses a function that no office holds.
fn held_today(api: &Api, function: Option<&str>) -> Result<(), Error> {
    let today = api.rooms.today();
    match function {
        Some(function) if api.rooms.library.organisation.holder(function, today).is_none() => {
            Err(Error::bad("unknown_function", "Không có cơ quan nào giữ chức năng này. Hãy chọn lại."))
        }
        _ => Ok(()),
    }
}

fn handed_over(api: &Api, person: &PersonId) -> Result<Json<Link>, Error> {
    let origin = api.origins.first().map_or("", String::as_str);
    Ok(Json(Link { url: Links::to_choose_a_password(&api.rooms.index, origin, person)? }))
}

pub(super) async fn link(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(person): Path<String>,
) -> Result<Json<Link>, Error> {
    administrator(&api, &signed_in)?;
    let person = PersonId::new(&person).ok_or(Error::NotFound)?;
    api.rooms.directory.now().state.people.get(&person).ok_or(Error::NotFound)?;
    handed_over(&api, &person)
}

/// The tasks that somebody is at: numbers and titles, for whoever is about to bar them.
pub(super) async fn tasks(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(person): Path<String>,
) -> Result<Json<Vec<HeldTask>>, Error> {
    administrator(&api, &signed_in)?;
    let person = PersonId::new(&person).ok_or(Error::NotFound)?;
    Ok(Json(api.rooms.out_of_reach(&person, None).await?))
}

/// Refuses while somebody holds tasks that the administrator was not shown.
async fn knows_tasks(
    api: &Api,
    person: &PersonId,
    becomes: Option<&Person>,
    known: &[TaskRef],
) -> Result<(), Error> {
    let held = api.rooms.out_of_reach(person, becomes).await?;
    let shown =
        |task: &&HeldTask| known.iter().any(|one| (&one.incident, &one.task) == (&task.incident, &task.task));
    let unknown: Vec<_> = held.iter().filter(|task| !shown(task)).collect();
    let Some(first) = unknown.first() else { return Ok(()) };
    let words = format!(
        "Người này đang giữ {} nhiệm vụ chưa xong, trước hết là «{}» của {}. Hãy xem danh sách và xác nhận trả các \
         nhiệm vụ ấy về cơ quan chủ trì, rồi làm lại.",
        unknown.len(),
        first.title,
        first.number
    );
    Err(Error::bad("holds_tasks", &words))
}

/// Bars somebody; what they are at waits for its office again, once the administrator knows what that is.
pub(super) async fn disable(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(person): Path<String>,
    leaving: Option<Json<Leaving>>,
) -> Result<StatusCode, Error> {
    let by = administrator(&api, &signed_in)?;
    let id = PersonId::new(&person).ok_or(Error::NotFound)?;
    let Leaving { left, released } = leaving.map(|Json(leaving)| leaving).unwrap_or_default();
    knows_tasks(&api, &id, None, &released).await?;
    let bar = Command::SetDisabled { id: id.clone(), disabled: true, left };
    api.rooms.directory.ask(command_id()?, by, bar).await?;
    api.rooms.index.end_sessions_of(&id)?;
    api.rooms.let_go(Some(&id)).await;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn enable(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(person): Path<String>,
) -> Result<StatusCode, Error> {
    let by = administrator(&api, &signed_in)?;
    let id = PersonId::new(&person).ok_or(Error::NotFound)?;
    let let_in = Command::SetDisabled { id, disabled: false, left: None };
    api.rooms.directory.ask(command_id()?, by, let_in).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Records a position of somebody, past or present; what the account may do does not change by it.
pub(super) async fn set_position(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(person): Path<String>,
    Json(new): Json<NewPosition>,
) -> Result<StatusCode, Error> {
    let by = administrator(&api, &signed_in)?;
    let NewPosition { id: cause, number, position } = new;
    let id = PersonId::new(&person).ok_or(Error::NotFound)?;
    let organisation = &api.rooms.library.organisation;
    if position.function.as_deref().is_some_and(|code| organisation.function(code).is_none()) {
        return Err(Error::bad("unknown_function", "Không có chức năng này. Hãy chọn lại."));
    }
    api.rooms.directory.ask(cause, by, Command::SetPosition { id, number, position }).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn designate(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(person): Path<String>,
    Json(new): Json<NewDesignation>,
) -> Result<StatusCode, Error> {
    let by = administrator(&api, &signed_in)?;
    let NewDesignation { id: cause, designation } = new;
    let id = PersonId::new(&person).ok_or(Error::NotFound)?;
    api.rooms.directory.ask(cause, by, Command::Designate { id, designation }).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn revoke(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path((person, number)): Path<(String, u32)>,
    Json(new): Json<NewRevocation>,
) -> Result<StatusCode, Error> {
    let by = administrator(&api, &signed_in)?;
    let NewRevocation { id: cause, reason } = new;
    let id = PersonId::new(&person).ok_or(Error::NotFound)?;
    change(&api, cause, by, &id, Command::Revoke { id: id.clone(), number, reason }).await
}

pub(super) async fn set_profile(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(person): Path<String>,
    Json(new): Json<NewProfile>,
) -> Result<StatusCode, Error> {
    let by = administrator(&api, &signed_in)?;
    let NewProfile { id: cause, title, function, roles, from, instrument, released } = new;
    let id = PersonId::new(&person).ok_or(Error::NotFound)?;
    let known = api.rooms.directory.now().state.people.get(&id).cloned().ok_or(Error::NotFound)?;
    // Who keeps a function that was abolished meanwhile may still change roles.
    if function != known.profile.function {
        held_today(&api, function.as_deref())?;
    }
    let mut becomes = Person::clone(&known);
    becomes.profile =
        Profile { title: title.clone(), function: function.clone(), roles: roles.clone(), ..becomes.profile };
    knows_tasks(&api, &id, Some(&becomes), &released).await?;
    let set = Command::SetProfile { id: id.clone(), title, function, roles, from, instrument };
    let changed = change(&api, cause, by, &id, set).await?;
    api.rooms.let_go(Some(&id)).await;
    Ok(changed)
}

/// Changes what somebody may do. An open window loses a right at its next command; what it is sent was settled when
/// it joined, so who may no longer read drafts signs in again.
async fn change(
    api: &Api,
    cause: CommandId,
    by: Actor,
    person: &PersonId,
    command: Command,
) -> Result<StatusCode, Error> {
    let reads_drafts = || {
        let directory = api.rooms.directory.now();
        let organisation = &api.rooms.library.organisation;
        let known = directory.state.people.get(person);
        known.is_some_and(|known| known.reads_drafts(organisation, api.rooms.today(), clock::now()))
    };
    let before = reads_drafts();
    api.rooms.directory.ask(cause, by, command).await?;
    if before && !reads_drafts() {
        api.rooms.index.end_sessions_of(person)?;
    }
    Ok(StatusCode::NO_CONTENT)
}
