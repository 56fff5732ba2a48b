//! The public page over HTTP: its own listener with nothing of the API on it. It only reads, takes no cookie, no query
//! and no name that a client gives, and answers what a cache may keep.

use crate::domain::ids::Digest;
use crate::index::Index;
use crate::public::page::{self, ATOM, JSON, LISTED, PAGES};
use crate::public::{STATEMENTS, Site, TEXT_ENDING, feed, is_number};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tower_http::compression::CompressionLayer;

/// Pages that are read and written at once. A crowd at the public door waits there, and not in the threads that put
/// the duty room's records on disk.
const AT_ONCE: usize = 4;
/// How long a cache may keep a page without asking: a correction is seen everywhere within a minute.
const KEPT: &str = "public, max-age=60";
/// Nothing here: it may be there in a moment.
const NOT_KEPT: &str = "no-store";
/// Digits of the digest by which caches know a page.
const TAG_DIGITS: usize = 32;

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

struct Door {
    site: Site,
    index: Index,
    policy: HeaderValue,
    at_once: Semaphore,
}

/// What an address asks for.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    List { page: usize },
    Statement { incident: String, number: String },
    Text { incident: String, number: String },
    Atom,
    Json,
}

impl Wanted {
    /// Addresses are plain ASCII and compared to the letter: nothing is decoded, joined or cleaned up, so that there is
    /// nothing to trick.
    fn of(path: &str) -> Option<Self> {
        match path {
            "/" => return Some(Self::List { page: 1 }),
            ATOM => return Some(Self::Atom),
            JSON => return Some(Self::Json),
            _ => {}
        }
        if let Some(number) = path.strip_prefix(PAGES) {
            let page = number.parse().ok().filter(|page: &usize| *page > 1 && number == page.to_string())?;
            return Some(Self::List { page });
        }
        let (incident, number) = path.strip_prefix(STATEMENTS)?.split_once('/')?;
        let (number, text) = match number.strip_suffix(TEXT_ENDING) {
            Some(number) => (number, true),
            None => (number, false),
        };
        if !is_number(incident) || !is_number(number) {
            return None;
        }
        let (incident, number) = (incident.to_owned(), number.to_owned());
        Some(if text { Self::Text { incident, number } } else { Self::Statement { incident, number } })
    }
}

/// The public page's routes: one handler that knows every address.
pub fn router(site: Site, index: Index) -> Router {
    let style = STANDARD.encode(sha256(page::STYLE.as_bytes()));
    // Nothing loads, nothing runs, nothing is sent; of styles, ours alone.
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    let policy = HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"));
    let door = Door { site, index, policy, at_once: Semaphore::new(AT_ONCE) };
    Router::new().fallback(answer).layer(CompressionLayer::new()).with_state(Arc::new(door))
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    use sha2::Digest as _;
    sha2::Sha256::digest(bytes).into()
}

async fn answer(State(door): State<Arc<Door>>, request: Request) -> Response {
    let mut response = if matches!(*request.method(), Method::GET | Method::HEAD) {
        read(&door, request.uri().path(), request.headers()).await
    } else {
        let only = [(header::ALLOW, "GET, HEAD"), (header::CACHE_CONTROL, NOT_KEPT)];
        (StatusCode::METHOD_NOT_ALLOWED, only).into_response()
    };
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, door.policy.clone()),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
        (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    ];
    response.headers_mut().extend(fixed);
    response
}

async fn read(door: &Arc<Door>, path: &str, asked: &HeaderMap) -> Response {
    let found = match Wanted::of(path) {
        None => Ok(None),
        Some(wanted) => {
            // Closed only when the program ends.
            let _place = door.at_once.acquire().await;
            let door = door.clone();
            let page = tokio::task::spawn_blocking(move || door.page(wanted)).await;
            page.map_err(anyhow::Error::from).flatten()
        }
    };
    match found {
        Ok(Some((media, bytes))) => kept(media, bytes.into(), asked),
        Ok(None) => {
            let headers = [(header::CONTENT_TYPE, HTML), (header::CACHE_CONTROL, NOT_KEPT)];
            (StatusCode::NOT_FOUND, headers, page::missing(&door.site)).into_response()
        }
        Err(error) => {
            tracing::error!(error = format!("{error:#}"), path, "a public page could not be made");
            let headers = [(header::CONTENT_TYPE, TEXT), (header::CACHE_CONTROL, NOT_KEPT)];
            let words = "Trang đang tạm gián đoạn. Hãy tải lại sau ít phút.\n";
            (StatusCode::SERVICE_UNAVAILABLE, headers, words).into_response()
        }
    }
}

/// The page, or that the asker has it already.
fn kept(media: &'static str, bytes: Bytes, asked: &HeaderMap) -> Response {
    // Weak: the same page compressed and plain is the same page.
    let tag = format!("W/\"{}\"", &Digest::of(&bytes).to_string()[..TAG_DIGITS]);
    let headers = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, KEPT.to_owned())];
    if has(asked, &tag) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (headers, [(header::CONTENT_TYPE, media)], bytes).into_response()
}

/// Whether the asker says that it has the page with this tag.
fn has(asked: &HeaderMap, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let named = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|tags| tags.to_str().ok());
    named.flat_map(|tags| tags.split(',')).any(|named| named.trim() == "*" || opaque(named) == opaque(tag))
}

impl Door {
    fn page(&self, wanted: Wanted) -> anyhow::Result<Option<(&'static str, String)>> {
        let (site, index) = (&self.site, &self.index);
        let one = |incident: &str, number: &str| index.published(incident, number);
        Ok(match wanted {
            Wanted::List { page } => {
                let (rows, count) = index.newest((page - 1).saturating_mul(LISTED), LISTED)?;
                let there = page == 1 || !rows.is_empty();
                there.then(|| (HTML, page::list(site, &rows, page, count.div_ceil(LISTED))))
            }
            Wanted::Statement { incident, number } => {
                one(&incident, &number)?.map(|row| (HTML, page::statement(site, &row)))
            }
            Wanted::Text { incident, number } => one(&incident, &number)?.map(|row| (TEXT, row.text)),
            Wanted::Atom => {
                let rows = index.newest(0, feed::ENTRIES)?.0;
                Some(("application/atom+xml; charset=utf-8", feed::atom(site, &rows)))
            }
            Wanted::Json => {
                let rows = index.newest(0, feed::ENTRIES)?.0;
                Some(("application/feed+json; charset=utf-8", feed::json(site, &rows)))
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_to_the_letter() {
        let statement = |text| {
            let (incident, number) = ("SC-2026-0001".to_owned(), "PN-01.2".to_owned());
            Some(if text {
                Wanted::Text { incident, number }
            } else {
                Wanted::Statement { incident, number }
            })
        };
        assert_eq!(Wanted::of("/phat-ngon/SC-2026-0001/PN-01.2"), statement(false));
        assert_eq!(Wanted::of("/phat-ngon/SC-2026-0001/PN-01.2.txt"), statement(true));
        assert_eq!(Wanted::of("/trang/2"), Some(Wanted::List { page: 2 }));
        for nothing in [
            "",
            "//",
            "/trang/1",
            "/trang/0",
            "/trang/02",
            "/trang/+2",
            "/trang/99999999999999999999",
            "/phat-ngon",
            "/phat-ngon/",
            "/phat-ngon/SC-2026-0001",
            "/phat-ngon/SC-2026-0001/",
            "/phat-ngon/SC-2026-0001/.txt",
            "/phat-ngon/SC-2026-0001/PN-01.2/",
            "/phat-ngon/SC-2026-0001/PN-01.2.txt.txt",
            "/phat-ngon//PN-01.2",
            "/phat-ngon/../PN-01.2",
            "/phat-ngon/SC-2026-0001/..%2fPN-01",
            "/phat-ngon/SC-2026-0001/PN-01%2e2",
            "/api/session",
            "/ATOM.XML",
        ] {
            assert_eq!(Wanted::of(nothing), None, "{nothing}");
        }
    }
}
