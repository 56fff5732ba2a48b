//! The directory of a day, and the list of spokespersons: read by everybody who is signed in, kept by administrators.

use super::Api;
use super::accounts::administrator;
use super::error::Error;
use super::session::SignedIn;
use crate::clock;
use crate::directory::day::Reading;
use crate::directory::{Command, Directory, read_table, table_csv};
use crate::domain::ids::RowId;
use crate::room::Snapshot;
use crate::wire::{
    CorrectedSpokesperson, DirectoryDay, EndedSpokesperson, NewSpokespersons, PublishedSpokespersons,
    Spokesperson, SpokespersonList, SpokespersonReading, SpokespersonRow, SpokespersonTable,
};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
pub(super) struct On {
    on: Option<Date>,
}

/// The data in force, read together with the directory as it is now.
fn reading<'a>(api: &'a Api, now: &'a Snapshot<Directory>) -> Reading<'a> {
    let library = &api.rooms.library;
    Reading { directory: &now.state, organisation: &library.organisation, law: &library.law }
}

fn no_such_day() -> Error {
    Error::bad("bad_day", "Ngày này không xem được. Hãy chọn một ngày khác.")
}

pub(super) async fn day(
    State(api): State<Arc<Api>>,
    _signed_in: SignedIn,
    Query(On { on }): Query<On>,
) -> Result<Json<DirectoryDay>, Error> {
    let now = api.rooms.directory.now();
    let on = on.unwrap_or_else(|| api.rooms.today());
    reading(&api, &now).day(on).map(Json).ok_or_else(no_such_day)
}

fn list_on(api: &Api, on: Option<Date>) -> Result<SpokespersonList, Error> {
    let now = api.rooms.directory.now();
    let on = on.unwrap_or_else(|| api.rooms.today());
    reading(api, &now).spokespersons(on).ok_or_else(no_such_day)
}

pub(super) async fn spokespersons(
    State(api): State<Arc<Api>>,
    _signed_in: SignedIn,
    Query(On { on }): Query<On>,
) -> Result<Json<SpokespersonList>, Error> {
    Ok(Json(list_on(&api, on)?))
}

pub(super) async fn export(
    State(api): State<Arc<Api>>,
    _signed_in: SignedIn,
    Path(format): Path<String>,
    Query(On { on }): Query<On>,
) -> Result<Response, Error> {
    let list = list_on(&api, on)?;
    let (bytes, kind) = match format.as_str() {
        "csv" => {
            let table = table_csv(&list, &api.rooms.library.law.calendar).map_err(anyhow::Error::from)?;
            (table, "text/csv; charset=utf-8")
        }
        "json" => (serde_json::to_vec_pretty(&list).map_err(anyhow::Error::from)?, "application/json"),
        _ => return Err(Error::NotFound),
    };
    let named = format!("attachment; filename=\"nguoi-phat-ngon-{}.{format}\"", list.on);
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, named)], bytes)
        .into_response())
}

/// Refuses an agency that is none on the day from which somebody shall speak for it.
fn is_agency(api: &Api, entry: &Spokesperson) -> Result<(), Error> {
    let library = &api.rooms.library;
    let on = library.law.calendar.local(entry.from).date();
    let office = library.organisation.office_on(entry.office.as_str(), on);
    if office.is_some_and(|office| office.speaks) {
        return Ok(());
    }
    let words = "Cơ quan này không tồn tại vào ngày bắt đầu, hoặc không thuộc diện phải có người phát ngôn. Hãy \
                 kiểm tra lại cơ quan và ngày bắt đầu.";
    Err(Error::bad("not_an_agency", words))
}

fn with_rows(entries: Vec<Spokesperson>) -> Vec<(RowId, Spokesperson)> {
    entries.into_iter().filter_map(|entry| Some((RowId::new(&clock::id())?, entry))).collect()
}

pub(super) async fn list(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Json(NewSpokespersons { id, entries }): Json<NewSpokespersons>,
) -> Result<StatusCode, Error> {
    let by = administrator(&api, &signed_in)?;
    entries.iter().try_for_each(|entry| is_agency(&api, entry))?;
    api.rooms.directory.ask(id, by, Command::List { entries: with_rows(entries) }).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn correct(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(row): Path<String>,
    Json(CorrectedSpokesperson { id, entry }): Json<CorrectedSpokesperson>,
) -> Result<StatusCode, Error> {
    let by = administrator(&api, &signed_in)?;
    is_agency(&api, &entry)?;
    let row = RowId::new(&row).ok_or(Error::NotFound)?;
    api.rooms.directory.ask(id, by, Command::Relist { id: row, entry }).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn end(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(row): Path<String>,
    Json(EndedSpokesperson { id, until, reason }): Json<EndedSpokesperson>,
) -> Result<StatusCode, Error> {
    let by = administrator(&api, &signed_in)?;
    let row = RowId::new(&row).ok_or(Error::NotFound)?;
    api.rooms.directory.ask(id, by, Command::Delist { id: row, until, reason }).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn publish(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Json(PublishedSpokespersons { id, rows, at, link }): Json<PublishedSpokespersons>,
) -> Result<StatusCode, Error> {
    let by = administrator(&api, &signed_in)?;
    api.rooms.directory.ask(id, by, Command::Publish { ids: rows, at, link }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Reads a table that was pasted, and takes it when that was asked and every line is right.
pub(super) async fn table(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Json(SpokespersonTable { id, text, take }): Json<SpokespersonTable>,
) -> Result<Json<SpokespersonReading>, Error> {
    let by = administrator(&api, &signed_in)?;
    let now = api.rooms.directory.now();
    let entries = match read_table(reading(&api, &now), &text, api.rooms.today()) {
        Ok(entries) => entries,
        Err(problems) => {
            return Ok(Json(SpokespersonReading { entries: vec![], problems, taken: false }));
        }
    };
    let rows = entries.iter().map(|entry| SpokespersonRow {
        id: None,
        agency: name_of(&api, entry),
        due_at: reading(&api, &now).due_at(entry),
        entry: entry.clone(),
        published: None,
        stale: false,
    });
    let rows = rows.collect();
    if take {
        api.rooms.directory.ask(id, by, Command::List { entries: with_rows(entries) }).await?;
    }
    Ok(Json(SpokespersonReading { entries: rows, problems: vec![], taken: take }))
}

fn name_of(api: &Api, entry: &Spokesperson) -> String {
    let office = api.rooms.library.organisation.office_on(entry.office.as_str(), api.rooms.today());
    office.map(|office| office.name).unwrap_or_default()
}
