//! Signing in and out: by password, or by a link that somebody was handed. A session is a random secret in a
//! cookie that no script can read; the server keeps its digest.

use super::Api;
use super::error::Error;
use super::password::{PASSWORD_MAX, PASSWORD_MIN};
use crate::clock;
use crate::directory::Command;
use crate::domain::Role;
use crate::domain::ids::{CommandId, PersonId};
use crate::index::{Index, Session, SignInLink};
use crate::room::the_room;
use crate::wire::{LinkPurpose, Me, SignIn, SignInByLink};
use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};

/// A duty shift. After it one signs in again, whatever one was doing; nothing that was written is lost.
pub(super) const SESSION: SignedDuration = SignedDuration::from_hours(12);
/// How long a link to choose a password may be used.
pub const LINK: SignedDuration = SignedDuration::from_hours(72);
/// The page that takes a link; the secret follows after `#`, so that it reaches no server log.
pub const LINK_PATH: &str = "/vao#";
/// `__Host-`: only from this host, only over TLS (browsers make an exception for this machine itself).
const COOKIE: &str = "__Host-phongtruc";
/// Failed attempts at one name before waiting begins.
const FREE_ATTEMPTS: u32 = 5;
/// Longest wait. Never for ever: a lock would be a weapon against an approver.
const WAIT_SECONDS_MAX: u64 = 900;
/// Names whose failures are remembered; beyond it the oldest knowledge goes.
const ATTEMPTS_MAX: usize = 10_000;

/// Who is signed in.
pub(super) struct SignedIn {
    pub person: PersonId,
    pub secret: String,
}

fn secret(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
    let mut pairs =
        cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, secret)| secret)
}

impl Api {
    /// Whose session this is, if it has not ended and the person is not barred.
    pub(super) fn signed_in(&self, secret: &str) -> Option<PersonId> {
        let session = self.rooms.index.session(secret, clock::now())?;
        let directory = self.rooms.directory.now();
        let person = directory.state.people.get(&session.person)?;
        (!person.disabled).then_some(session.person)
    }
}

impl FromRequestParts<Arc<Api>> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, api: &Arc<Api>) -> Result<Self, Error> {
        let secret = secret(&parts.headers).ok_or(Error::SignIn)?.to_owned();
        let person = api.signed_in(&secret).ok_or(Error::SignIn)?;
        Ok(Self { person, secret })
    }
}

/// Failed attempts by sign-in name, so that guessing one gets slower and slower.
#[derive(Debug, Default)]
pub(super) struct Attempts(Mutex<HashMap<String, (u32, Timestamp)>>);

impl Attempts {
    /// Seconds to wait before this name may be tried again.
    fn wait(&self, name: &str, now: Timestamp) -> Option<u64> {
        let attempts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (failed, at) = attempts.get(name)?;
        let over = failed.checked_sub(FREE_ATTEMPTS)?;
        let wait = 1_u64.checked_shl(over).unwrap_or(u64::MAX).min(WAIT_SECONDS_MAX);
        let passed = u64::try_from(now.duration_since(*at).as_secs()).unwrap_or(0);
        wait.checked_sub(passed).filter(|left| *left > 0)
    }
    fn failed(&self, name: &str, now: Timestamp) {
        let mut attempts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if attempts.len() >= ATTEMPTS_MAX {
            attempts.clear();
        }
        let entry = attempts.entry(name.to_owned()).or_insert((0, now));
        *entry = (entry.0.saturating_add(1), now);
    }
    fn succeeded(&self, name: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}

pub(super) async fn sign_in(
    State(api): State<Arc<Api>>,
    Json(SignIn { name, password }): Json<SignIn>,
) -> Result<impl IntoResponse, Error> {
    let now = clock::now();
    let name = name.trim().to_lowercase();
    if let Some(wait) = api.attempts.wait(&name, now) {
        return Err(Error::Slower { wait });
    }
    let person = api.rooms.directory.now().state.by_login(&name).filter(|person| !person.disabled).cloned();
    let hash = person.as_ref().and_then(|person| person.password.clone());
    let fits = password.chars().count() <= PASSWORD_MAX && api.passwords.verify(&password, hash).await?;
    match person.filter(|_| fits) {
        Some(person) => {
            api.attempts.succeeded(&name);
            tracing::info!(person = %person.id, "signed in");
            begin(&api, &person.id).await
        }
        None => {
            api.attempts.failed(&name, now);
            tracing::warn!(name, "a sign-in failed");
            Err(Error::bad("wrong_password", "Tên đăng nhập hoặc mật khẩu không đúng."))
        }
    }
}

async fn begin(api: &Api, person: &PersonId) -> Result<impl IntoResponse + use<>, Error> {
    let secret = clock::secret();
    let session = Session { person: person.clone(), until: clock::now() + SESSION };
    let (index, kept) = (api.rooms.index.clone(), secret.clone());
    let put = tokio::task::spawn_blocking(move || index.put_session(&kept, &session));
    put.await.map_err(anyhow::Error::from)??;
    let cookie = format!(
        "{COOKIE}={secret}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={}",
        SESSION.as_secs()
    );
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(header::SET_COOKIE, cookie)])))
}

pub(super) async fn sign_out(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
) -> Result<impl IntoResponse, Error> {
    api.rooms.index.end_session(&signed_in.secret)?;
    let cookie = format!("{COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(header::SET_COOKIE, cookie)])))
}

pub(super) async fn me(State(api): State<Arc<Api>>, signed_in: SignedIn) -> Result<Json<Me>, Error> {
    let actor = api.rooms.actor(&signed_in.person, None).ok_or(Error::SignIn)?;
    let office = actor.office.as_ref().and_then(|id| api.rooms.library.organisation.office(id.as_str()));
    Ok(Json(Me {
        office_name: office.map(|office| office.name.clone()).unwrap_or_default(),
        actor,
        now: clock::now(),
        demo: api.colleague.is_some(),
        colleague: api.colleague.as_ref().is_some_and(|on| on.load(Ordering::Relaxed)),
    }))
}

/// Links that sign somebody in.
pub struct Links;

impl Links {
    /// A one-time link to choose a password.
    ///
    /// # Errors
    /// When it could not be stored.
    pub fn to_choose_a_password(index: &Index, origin: &str, person: &PersonId) -> anyhow::Result<String> {
        Self::put(index, origin, person, LINK, true)
    }
    /// A link that signs in as it is; for the demonstration only.
    ///
    /// # Errors
    /// When it could not be stored.
    pub fn to_sign_in(index: &Index, origin: &str, person: &PersonId) -> anyhow::Result<String> {
        Self::put(index, origin, person, SignedDuration::from_hours(24 * 30), false)
    }
    fn put(
        index: &Index,
        origin: &str,
        person: &PersonId,
        holds: SignedDuration,
        choose_password: bool,
    ) -> anyhow::Result<String> {
        let secret = clock::secret();
        let until = clock::now() + holds;
        index.put_link(&secret, &SignInLink { person: person.clone(), until, choose_password })?;
        Ok(format!("{origin}{LINK_PATH}{secret}"))
    }
}

fn unknown_link() -> Error {
    Error::bad(
        "unknown_link",
        "Liên kết không đúng, đã dùng hoặc đã hết hạn. Hãy xin quản trị viên liên kết mới.",
    )
}

#[derive(Deserialize)]
pub(super) struct Token {
    token: String,
}

pub(super) async fn link(
    State(api): State<Arc<Api>>,
    // In the body: an address would be kept in the logs of every proxy on the way.
    Json(Token { token }): Json<Token>,
) -> Result<Json<LinkPurpose>, Error> {
    let link = api.rooms.index.link(&token, clock::now()).ok_or_else(unknown_link)?;
    let directory = api.rooms.directory.now();
    let person = directory.state.people.get(&link.person).ok_or_else(unknown_link)?;
    Ok(Json(LinkPurpose { name: person.profile.login.clone(), choose_password: link.choose_password }))
}

pub(super) async fn sign_in_by_link(
    State(api): State<Arc<Api>>,
    Json(SignInByLink { token, password }): Json<SignInByLink>,
) -> Result<impl IntoResponse, Error> {
    let link = api.rooms.index.link(&token, clock::now()).ok_or_else(unknown_link)?;
    let directory = api.rooms.directory.now();
    if directory.state.people.get(&link.person).is_none_or(|person| person.disabled) {
        return Err(unknown_link());
    }
    if link.choose_password {
        let password = password.unwrap_or_default();
        let length = password.chars().count();
        if !(PASSWORD_MIN..=PASSWORD_MAX).contains(&length) {
            let words = format!("Mật khẩu phải dài từ {PASSWORD_MIN} đến {PASSWORD_MAX} ký tự.");
            return Err(Error::bad("password_length", &words));
        }
        let hash = api.passwords.hash(&password).await?;
        // Used up before it acts, so that two windows cannot both choose.
        if !api.rooms.index.use_link(&token)? {
            return Err(unknown_link());
        }
        let id = CommandId::new(&format!("password-{}", clock::id())).ok_or(Error::NotFound)?;
        let set = Command::SetPassword { id: link.person.clone(), hash };
        api.rooms.directory.ask(id, the_room(), set).await?;
        api.rooms.index.end_sessions_of(&link.person)?;
    }
    tracing::info!(person = %link.person, "signed in by a link");
    begin(&api, &link.person).await
}

#[derive(Deserialize)]
pub(super) struct Switch {
    on: bool,
}

pub(super) async fn colleague(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Json(Switch { on }): Json<Switch>,
) -> Result<StatusCode, Error> {
    let actor = api.rooms.actor(&signed_in.person, None).ok_or(Error::SignIn)?;
    if actor.is(Role::Observer) {
        return Err(Error::Forbidden);
    }
    api.colleague.as_ref().ok_or(Error::NotFound)?.store(on, Ordering::Relaxed);
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessing_gets_slower_and_never_locks_for_ever() {
        let attempts = Attempts::default();
        let at = |second: i64| Timestamp::from_second(second).expect("a date");
        for _ in 0..FREE_ATTEMPTS {
            assert_eq!(attempts.wait("a", at(0)), None);
            attempts.failed("a", at(0));
        }
        assert_eq!(attempts.wait("a", at(0)), Some(1));
        for _ in 0..100 {
            attempts.failed("a", at(0));
        }
        assert_eq!(attempts.wait("a", at(0)), Some(WAIT_SECONDS_MAX));
        assert_eq!(attempts.wait("a", at(900)), None);
        assert_eq!(attempts.wait("b", at(0)), None);
        attempts.succeeded("a");
        assert_eq!(attempts.wait("a", at(0)), None);
    }

    #[test]
    fn the_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "a=1; __Host-phongtruc=abc; b=2".parse().expect("a header"));
        assert_eq!(secret(&headers), Some("abc"));
        headers.insert(header::COOKIE, "x__Host-phongtruc=abc".parse().expect("a header"));
        assert_eq!(secret(&headers), None);
    }
}
