//! Playbooks over HTTP: read by everybody who is signed in, checked and published by those who may.

use super::Api;
use super::error::Error;
use super::incidents::enter;
use super::session::SignedIn;
use crate::domain::deadline::Source;
use crate::domain::{Actor, Role};
use crate::library::Library;
use crate::playbook::compare::Comparison;
use crate::playbook::page::FILE_BYTES_MAX;
use crate::playbook::{Playbook, Problem, parse_with};
use crate::shelf::{self, Edition, Held, sheet};
use crate::wire::{
    DataProblem, NewPlaybookVersion, NewerPlaybook, PlaybookChecked, PlaybookEdition, PlaybookLessons,
    PlaybookList, PlaybookPage, PlaybookRow, PlaybookText, PlaybookVersion, Schedule, ScheduleRequest,
};
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use std::sync::Arc;

/// Largest body of a call with a playbook in it: the largest one, every character of it escaped, and a reason.
pub(super) const BYTES_MAX: usize = 2 * FILE_BYTES_MAX + 16 * 1024;

type Body<T> = Result<Json<T>, JsonRejection>;

fn body<T>(body: Body<T>) -> Result<T, Error> {
    match body {
        Ok(Json(body)) => Ok(body),
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            let most = FILE_BYTES_MAX / 1024;
            Err(Error::too_large(&format!(
                "Kịch bản dài quá {most} KB, không in và không đọc được lúc khẩn. Hãy rút gọn hoặc tách làm hai."
            )))
        }
        Err(_) => Err(Error::bad(
            "unreadable",
            "Máy chủ không hiểu yêu cầu này. Hãy tải lại trang; chữ đang sửa vẫn còn.",
        )),
    }
}

fn actor(api: &Api, signed_in: &SignedIn) -> Result<Actor, Error> {
    api.rooms.actor(&signed_in.person, None).ok_or(Error::SignIn)
}

fn edits(actor: &Actor) -> bool {
    shelf::EDITORS.iter().any(|role| actor.is(*role))
}

fn held(api: &Api, id: &str) -> Result<Arc<Held>, Error> {
    api.rooms.shelf.now().state.get(id).cloned().ok_or(Error::NotFound)
}

pub(super) async fn list(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
) -> Result<Json<PlaybookList>, Error> {
    let actor = actor(&api, &signed_in)?;
    let (library, shelf, today) = (api.rooms.in_force(), api.rooms.shelf.now(), api.rooms.today());
    let row = |playbook: &Playbook| {
        let sheet = sheet(&library, playbook, today);
        let limits = |source: Source| {
            let same = sheet.tasks.iter().filter(|task| task.due.is_some_and(|due| due.source == source));
            u32::try_from(same.count()).unwrap_or(u32::MAX)
        };
        let newest = shelf.state.get(&playbook.id).and_then(|held| held.newest());
        PlaybookRow {
            tasks: u32::try_from(sheet.tasks.len()).unwrap_or(u32::MAX),
            by_law: limits(Source::Law),
            by_policy: limits(Source::Policy),
            newest: newest.map(|edition| edition.version.clone()),
            id: sheet.id,
            title: sheet.title,
            when: sheet.when,
            level: sheet.level,
            version: sheet.version,
        }
    };
    let mut playbooks: Vec<_> = library.playbooks.iter().map(row).collect();
    playbooks.sort_by(|a, b| a.title.cmp(&b.title));
    let tells = !actor.is(Role::Observer);
    let problems = library.problems.iter().filter(|_| tells).map(DataProblem::from).collect();
    Ok(Json(PlaybookList { playbooks, problems }))
}

/// The text as its reader understands it with the names of today.
fn read(library: &Library, name: &str, text: &str) -> Result<Playbook, Vec<Problem>> {
    parse_with(name, text, &library.words())
}

fn opened(api: &Api, id: &str, edition: &Edition) -> PlaybookEdition {
    let library = &api.rooms.library;
    let read = read(library, id, &edition.text);
    let problems = read.as_ref().err().into_iter().flatten().map(DataProblem::from).collect();
    let sheet = read.ok().map(|playbook| sheet(library, &playbook, api.rooms.today()));
    PlaybookEdition { version: edition.version.clone(), text: edition.text.clone(), sheet, problems }
}

pub(super) async fn page(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
) -> Result<Json<PlaybookPage>, Error> {
    let may_edit = edits(&actor(&api, &signed_in)?);
    let held = held(&api, &id)?;
    let newest = opened(&api, &id, held.newest().ok_or(Error::NotFound)?);
    let in_force = api.rooms.in_force().playbook(&id).map(|playbook| playbook.version);
    let versions = held.editions.iter().rev().map(|edition| edition.version.clone()).collect();
    Ok(Json(PlaybookPage { id, versions, newest, in_force, may_edit }))
}

pub(super) async fn edition(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path((id, version)): Path<(String, u32)>,
) -> Result<Json<PlaybookEdition>, Error> {
    actor(&api, &signed_in)?;
    let held = held(&api, &id)?;
    Ok(Json(opened(&api, &id, held.edition(version).ok_or(Error::NotFound)?)))
}

/// The text as a version of this playbook, and not of another.
fn sound(library: &Library, id: &str, text: &str) -> Result<Playbook, Vec<Problem>> {
    let playbook = read(library, id, text)?;
    if playbook.id == id {
        return Ok(playbook);
    }
    let line = text.lines().position(|line| line.contains(&playbook.id)).map_or(1, |line| line + 1);
    let line = u32::try_from(line).unwrap_or(u32::MAX);
    Err(vec![Problem {
        file: id.to_owned(), line, reason: format!("mục «mã» phải giữ nguyên là «{id}»")
    }])
}

pub(super) async fn check(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    text: Body<PlaybookText>,
) -> Result<Json<PlaybookChecked>, Error> {
    actor(&api, &signed_in)?;
    held(&api, &id)?;
    let library = &api.rooms.library;
    let read = sound(library, &id, &body(text)?.text);
    let problems = read.as_ref().err().into_iter().flatten().map(DataProblem::from).collect();
    let sheet = read.ok().map(|playbook| sheet(library, &playbook, api.rooms.today()));
    Ok(Json(PlaybookChecked { problems, sheet }))
}

fn first_problem(problems: &[Problem]) -> Error {
    let first = problems.first().map(|first| format!("dòng {}: {}", first.line, first.reason));
    let first = first.unwrap_or_default();
    Error::bad(
        "playbook_unsound",
        &format!("Kịch bản còn {} chỗ chưa đúng. Chỗ đầu tiên, {first}.", problems.len()),
    )
}

pub(super) async fn schedule(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    asked: Body<ScheduleRequest>,
) -> Result<Json<Schedule>, Error> {
    let actor = actor(&api, &signed_in)?;
    held(&api, &id)?;
    let (asked, library) = (body(asked)?, &api.rooms.library);
    let playbook = sound(library, &id, &asked.text).map_err(|problems| first_problem(&problems))?;
    Ok(Json(shelf::schedule(library, playbook, asked, &actor)?))
}

pub(super) async fn publish(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    new: Body<NewPlaybookVersion>,
) -> Result<Json<PlaybookVersion>, Error> {
    let actor = actor(&api, &signed_in)?;
    if !edits(&actor) {
        return Err(Error::Forbidden);
    }
    held(&api, &id)?;
    let NewPlaybookVersion { id: cause, base, text, reason } = body(new)?;
    // The shelf knows the grammar; which names there are, only the other data files say.
    sound(&api.rooms.library, &id, &text).map_err(|problems| first_problem(&problems))?;
    let publish = shelf::Command::Publish { id: id.clone(), base, text, reason };
    api.rooms.shelf.ask(cause, actor, publish).await?;
    let held = held(&api, &id)?;
    Ok(Json(held.newest().ok_or(Error::NotFound)?.version.clone()))
}

#[derive(Deserialize)]
pub(super) struct Between {
    from: u32,
    to: u32,
}

/// Step by step what differs between two versions; none while one of them names what is not there any more.
pub(super) async fn diff(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    Query(Between { from, to }): Query<Between>,
) -> Result<Json<Option<Comparison>>, Error> {
    actor(&api, &signed_in)?;
    let held = held(&api, &id)?;
    let words = api.rooms.library.words();
    let playbook = |version: u32| {
        let edition = held.edition(version).ok_or(Error::NotFound)?;
        Ok::<_, Error>(parse_with(&id, &edition.text, &words).ok())
    };
    let both = playbook(from)?.zip(playbook(to)?);
    Ok(Json(both.map(|(before, after)| Comparison::of(&before, &after, &words))))
}

/// The newer versions of the playbooks that run in an incident, and how they differ from what it has.
pub(super) async fn newer(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
) -> Result<Json<Vec<NewerPlaybook>>, Error> {
    let (hall, _) = enter(&api, &id, &signed_in).await?;
    let (library, shelf) = (api.rooms.in_force(), api.rooms.shelf.now());
    Ok(Json(shelf::newer(&library, &shelf.state, &hall.room.now().state)))
}

/// What a closed incident says about its playbooks.
pub(super) async fn lessons(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
) -> Result<Json<Vec<PlaybookLessons>>, Error> {
    let (hall, _) = enter(&api, &id, &signed_in).await?;
    let (library, shelf) = (api.rooms.in_force(), api.rooms.shelf.now());
    Ok(Json(shelf::lessons(&library, &shelf.state, &hall.id, &hall.room.now().state)))
}

/// What closed incidents, in which the person had a part, say about a playbook.
pub(super) async fn lessons_of(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
) -> Result<Json<Vec<PlaybookLessons>>, Error> {
    actor(&api, &signed_in)?;
    let held = held(&api, &id)?;
    Ok(Json(api.rooms.lessons(&signed_in.person, &held).await?))
}
