//! The annual report and the office's own press log.

use super::Api;
use super::error::Error;
use super::session::SignedIn;
use crate::directory::Command;
use crate::domain::ids::PersonId;
use crate::export::annual::{self, Format};
use crate::wire::{AnnualPage, OfficePress, PressRequest};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
pub(super) struct Year {
    year: Option<i16>,
}

fn reader(api: &Api, person: &PersonId) -> Result<(), Error> {
    if api.rooms.reads_annual(person) { Ok(()) } else { Err(Error::Forbidden) }
}

pub(super) async fn report(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Query(Year { year }): Query<Year>,
) -> Result<Json<AnnualPage>, Error> {
    reader(&api, &signed_in.person)?;
    let keeps = api.rooms.keeps_press(&signed_in.person);
    let read = move || api.rooms.annual(&signed_in.person, year);
    let (report, years) = tokio::task::spawn_blocking(read).await.map_err(anyhow::Error::from)??;
    Ok(Json(AnnualPage { report, years, keeps_press: keeps }))
}

pub(super) async fn export(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(format): Path<String>,
    Query(Year { year }): Query<Year>,
) -> Result<Response, Error> {
    let format = Format::from_code(&format).ok_or(Error::NotFound)?;
    reader(&api, &signed_in.person)?;
    let actor = api.rooms.actor(&signed_in.person, None).ok_or(Error::SignIn)?;
    let made_by = [actor.name.as_str(), actor.title.as_str()].join(", ");
    tracing::info!(person = %actor.person, format = format.code(), "exported the annual report");
    let write = move || -> Result<_, Error> {
        let (report, _) = api.rooms.annual(&signed_in.person, year)?;
        let calendar = &api.rooms.library.law.calendar;
        let authority = api.rooms.library.organisation.authority.clone();
        let sheet = annual::Sheet::of(&report, calendar, &made_by, authority.as_deref().unwrap_or_default());
        let bytes = annual::render(format, &sheet, &report).map_err(anyhow::Error::from)?;
        Ok((annual::file_name(&report, format), bytes))
    };
    let (name, bytes) = tokio::task::spawn_blocking(write).await.map_err(anyhow::Error::from)??;
    let kind = if matches!(format, Format::Html) { "inline" } else { "attachment" };
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("{kind}; filename=\"{name}\"")),
        (header::CONTENT_SECURITY_POLICY, super::exports::DOCUMENT_POLICY.to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// The office's own press log, the newest first.
pub(super) async fn log(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
) -> Result<Json<OfficePress>, Error> {
    reader(&api, &signed_in.person)?;
    let directory = api.rooms.directory.now();
    let press = &directory.state.press;
    let mut enquiries: Vec<_> = press.enquiries.iter().cloned().collect();
    enquiries.sort_by_key(|row| std::cmp::Reverse(row.asked.received_at));
    let mut meetings: Vec<_> = press.meetings.iter().cloned().collect();
    meetings.sort_by_key(|row| std::cmp::Reverse(row.held.held_at));
    let grounds = api.rooms.library.annual.grounds(&api.rooms.library.law, api.rooms.today());
    Ok(Json(OfficePress { enquiries, meetings, grounds }))
}

pub(super) async fn keep(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Json(request): Json<PressRequest>,
) -> Result<StatusCode, Error> {
    let actor = api.rooms.actor(&signed_in.person, None).ok_or(Error::SignIn)?;
    let PressRequest { id, command } = request;
    // Grounds come from the data of the day, never from a browser.
    let grounds = api.rooms.library.annual.grounds(&api.rooms.library.law, api.rooms.today());
    api.rooms.directory.ask(id, actor, Command::Press { command, grounds }).await?;
    Ok(StatusCode::NO_CONTENT)
}
