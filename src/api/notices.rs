//! Notices over HTTP: what somebody was told, how they are reached, and programs that are called. A page that asks with the
//! revision that it has is answered when there is a newer one.

use super::Api;
use super::error::Error;
use super::session::SignedIn;
use crate::courier::service;
use crate::domain::ids::Rev;
use crate::domain::{Actor, Role};
use crate::notice::{Command, Device};
use crate::room::Failure;
use crate::wire::{DeviceRow, HookRow, Notice, NoticeAsk, NoticeDone, NoticePage, NoticeRequest, Recipient};
use axum::Json;
use axum::extract::{Query, State};
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;

/// How long a page waits for something newer; shorter than the patience of proxies.
const WAIT: Duration = Duration::from_secs(20);
/// Notices to programs that the administrator sees: the newest of each.
const HOOK_NOTICES: usize = 20;

#[derive(Deserialize)]
pub(super) struct After {
    after: Option<Rev>,
}

fn who(api: &Api, signed_in: &SignedIn) -> Result<Actor, Error> {
    api.rooms.actor(&signed_in.person, None).ok_or(Error::SignIn)
}

pub(super) async fn page(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Query(After { after }): Query<After>,
) -> Result<Json<NoticePage>, Error> {
    let actor = who(&api, &signed_in)?;
    let mut follow = api.rooms.notices.follow();
    if let Some(after) = after {
        let mut ending = api.ending.clone();
        tokio::select! {
            // Nothing newer is an answer too.
            _ = tokio::time::timeout(WAIT, follow.wait_for(|now| now.head.rev > after)) => {}
            _ = ending.wait_for(|over| *over) => {}
        }
    }
    let now = api.rooms.notices.now();
    let routes = now.state.routes.get(&actor.person);
    let device = |device: &Device| DeviceRow {
        id: device.id.clone(),
        name: device.name.clone(),
        since: device.since,
        service: service(&device.keys.endpoint),
    };
    let own = Recipient::Person { person: actor.person.clone() };
    let admin = actor.is(Role::Admin);
    let hooks: Vec<_> = now.state.hooks.values().filter(|_| admin).collect();
    let calls = hooks.iter().flat_map(|hook| {
        let to = Recipient::Hook { hook: hook.id.clone() };
        now.state.of(&to).take(HOOK_NOTICES).map(|notice| Notice::clone(notice)).collect::<Vec<_>>()
    });
    let mut hook_notices: Vec<_> = calls.collect();
    hook_notices.sort_by(|a, b| b.id.cmp(&a.id));
    Ok(Json(NoticePage {
        rev: now.head.rev,
        notices: now.state.of(&own).map(|notice| Notice::clone(notice)).collect(),
        mail: routes.and_then(|routes| routes.mail.clone()),
        quiet: routes.and_then(|routes| routes.quiet),
        devices: routes.map(|routes| routes.devices.iter().map(device).collect()).unwrap_or_default(),
        push_key: api.courier.push.public_key(),
        mails: api.courier.post.is_some(),
        administers: admin,
        hooks: hooks.into_iter().map(|row| HookRow::clone(row)).collect(),
        hook_notices,
    }))
}

pub(super) async fn ask(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Json(NoticeRequest { id, ask }): Json<NoticeRequest>,
) -> Result<Json<NoticeDone>, Error> {
    let by = who(&api, &signed_in)?;
    if let NoticeAsk::AddDevice { keys, .. } = &ask {
        api.courier.push.checked(keys).map_err(Failure::from)?;
    }
    let secret = match &ask {
        NoticeAsk::AddHook { hook, .. } => Some(api.courier.secret(hook)),
        _ => None,
    };
    let command = Command::Ask { ask, mails: api.courier.post.is_some() };
    api.rooms.notices.ask(id, by, command).await?;
    Ok(Json(NoticeDone { secret }))
}
