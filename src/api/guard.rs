//! What every call passes: it comes from our own page, and what we answer may only be used by it.

use super::Api;
use super::error::Error;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use std::sync::Arc;

/// A header that a form of another site cannot set.
const OUR_HEADER: &str = "x-phongtruc";

/// Scripts, styles, fonts and calls from here only; styles may be inline because Svelte sets them on elements.
const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data: blob:; worker-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; \
    form-action 'self'; frame-ancestors 'none'";

/// Whether the request's Origin is one of ours, to the letter.
pub(super) fn is_ours(api: &Api, headers: &HeaderMap) -> bool {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let origin = origins.next().and_then(|origin| origin.to_str().ok());
    origins.next().is_none() && origin.is_some_and(|origin| api.origins.iter().any(|ours| ours == origin))
}

/// Refuses what another site's page could have sent: a change or a socket without our exact Origin, a change
/// without our header.
pub(super) async fn same_origin(State(api): State<Arc<Api>>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD);
    let upgrades = headers.contains_key(header::UPGRADE);
    let stranger = (changes || upgrades) && !is_ours(&api, headers);
    if stranger || (changes && !headers.contains_key(OUR_HEADER)) {
        tracing::warn!(origin = ?headers.get(header::ORIGIN), path = %request.uri().path(), "refused a stranger");
        return Error::Forbidden.into_response();
    }
    next.run(request).await
}

/// Puts the headers on every answer that keep a browser from doing more with it than we meant.
pub(super) async fn headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let mut put = |name, value| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    put(header::CONTENT_SECURITY_POLICY, CONTENT_POLICY);
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::REFERRER_POLICY, "no-referrer");
    put(header::X_FRAME_OPTIONS, "DENY");
    put(header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    put(header::CACHE_CONTROL, "no-store");
    response
}
