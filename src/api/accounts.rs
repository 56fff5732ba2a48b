//! The administrator's page: accounts, and the links that hand them over.

use super::Api;
use super::error::Error;
use super::session::{Links, SignedIn};
use crate::clock;
use crate::directory::{Command, Person, Profile};
use crate::domain::ids::{CommandId, PersonId};
use crate::domain::{Actor, Role};
use crate::wire::{Account, FunctionChoice, Link, NewAccount};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use std::sync::Arc;

fn administrator(api: &Api, signed_in: &SignedIn) -> Result<Actor, Error> {
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
            spokesperson: person.designations.last().cloned(),
            disabled: person.disabled,
            has_password: person.password.is_some(),
        }
    };
    Ok(Json(api.rooms.directory.now().state.people.iter().map(account).collect()))
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
    let today = api.rooms.today();
    if let Some(function) = &function
        && api.rooms.library.organisation.holder(function, today).is_none()
    {
        return Err(Error::bad("unknown_function", "Không có cơ quan nào giữ chức năng này. Hãy chọn lại."));
    }
    let id = PersonId::new(&clock::id()).ok_or(Error::NotFound)?;
    let login = login.trim().to_lowercase();
    let profile = Profile { login, name, title, function, roles };
    let command = Command::Add { id: id.clone(), profile, designation: spokesperson };
    api.rooms.directory.ask(command_id()?, by, command).await?;
    handed_over(&api, &id)
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

pub(super) async fn disable(
    state: State<Arc<Api>>,
    signed_in: SignedIn,
    path: Path<String>,
) -> Result<StatusCode, Error> {
    set_disabled(state, signed_in, path, true).await
}

pub(super) async fn enable(
    state: State<Arc<Api>>,
    signed_in: SignedIn,
    path: Path<String>,
) -> Result<StatusCode, Error> {
    set_disabled(state, signed_in, path, false).await
}

async fn set_disabled(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(person): Path<String>,
    disabled: bool,
) -> Result<StatusCode, Error> {
    let by = administrator(&api, &signed_in)?;
    let id = PersonId::new(&person).ok_or(Error::NotFound)?;
    api.rooms.directory.ask(command_id()?, by, Command::SetDisabled { id: id.clone(), disabled }).await?;
    if disabled {
        api.rooms.index.end_sessions_of(&id)?;
    }
    Ok(StatusCode::NO_CONTENT)
}
