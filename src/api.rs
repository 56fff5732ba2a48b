//! HTTP: every route on one screen. What arrives is checked for origin and session here, then handed on; rules
//! are decided below.

mod accounts;
mod annual;
mod archive;
mod assets;
mod attachments;
mod directory;
mod error;
mod exports;
mod finding;
mod guard;
mod incidents;
mod lines;
mod media;
mod notices;
pub mod papers;
mod password;
mod playbooks;
mod purges;
mod rate;
mod services;
mod session;
mod socket;
mod typing;
mod uploads;

pub use exports::Jobs;
pub use session::{LINK_PATH, Links};

use crate::courier::Courier;
use crate::media::TABLE_BYTES_MAX;
use crate::rooms::Rooms;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{Extensions, HeaderMap, StatusCode, Version, header};
use axum::routing::{get, patch, post, put};
use password::Passwords;
use session::Attempts;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use tokio::sync::watch;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate as _, SizeAbove};

/// Largest body of an HTTP call that is no attachment; the largest is an opening with its title.
const BODY_BYTES_MAX: usize = 64 * 1024;

/// What all routes share.
pub struct Api {
    /// Rooms, directory, index, data.
    pub rooms: Arc<Rooms>,
    /// Carries messages out of the house.
    pub courier: Arc<Courier>,
    /// Where browsers may come from, exactly.
    pub origins: Vec<String>,
    /// The demonstration's switch for the simulated colleague; none outside it.
    pub colleague: Option<Arc<AtomicBool>>,
    /// Becomes true when the server is about to end.
    pub ending: watch::Receiver<bool>,
    /// Hashing, a few at a time.
    pub passwords: Passwords,
    /// Exports that are being made, or wait to be fetched.
    pub exports: Jobs,
    attempts: Attempts,
    calls: media::Calls,
}

impl Api {
    /// What the routes need.
    pub fn new(
        rooms: Arc<Rooms>,
        courier: Arc<Courier>,
        origins: Vec<String>,
        colleague: Option<Arc<AtomicBool>>,
        ending: watch::Receiver<bool>,
        exports: Jobs,
    ) -> Arc<Self> {
        let (passwords, attempts, calls) =
            (Passwords::default(), Attempts::default(), media::Calls::default());
        Arc::new(Self { rooms, courier, origins, colleague, ending, passwords, exports, attempts, calls })
    }
}

/// All routes.
pub fn router(api: &Arc<Api>) -> Router {
    let calls = Router::new()
        .route("/session", get(session::me).post(session::sign_in).delete(session::sign_out))
        .route("/session/link", post(session::sign_in_by_link))
        .route("/link", post(session::link))
        .route("/incidents", get(incidents::board).post(incidents::open))
        .route("/waiting", get(incidents::waiting))
        .route("/actions", get(incidents::owed))
        .route("/outlook", get(finding::outlook))
        .route("/find", get(finding::find))
        .route("/incidents/{id}/figures", get(finding::figures_of))
        .route("/incidents/{id}/yardstick", get(finding::yardstick_of))
        .route("/incidents/{id}/page", get(incidents::page))
        .route("/incidents/{id}/lines", get(lines::page))
        .route("/incidents/{id}/talk", get(incidents::talk))
        .route("/incidents/{id}/members", get(incidents::members))
        .route("/incidents/{id}/ws", get(socket::join))
        .route("/incidents/{id}/statements/{statement}/text", get(typing::join))
        .route("/incidents/{id}/statements/{statement}/history", get(exports::history))
        .route("/incidents/{id}/export/{format}", get(exports::export))
        .route("/exports/schema", get(exports::schema))
        .route("/incidents/{id}/exports", post(exports::begin))
        .route("/incidents/{id}/exports/{job}", get(exports::look).delete(exports::cancel))
        .route("/incidents/{id}/exports/{job}/file", get(exports::fetch))
        .route("/incidents/{id}/archive", get(archive::make).post(archive::begin))
        .route("/incidents/{id}/sealed", get(archive::sealed))
        .route("/incidents/{id}/papers", get(papers::offers))
        .route("/incidents/{id}/papers/{paper}/{file}", get(papers::paper).post(papers::begin))
        .route("/incidents/{id}/uploads", post(uploads::begin))
        .route(
            "/incidents/{id}/uploads/{digest}/{size}",
            patch(uploads::append).delete(uploads::forget).layer(DefaultBodyLimit::disable()),
        )
        .route("/incidents/{id}/attachments/{digest}", get(attachments::hand_out))
        .route(
            "/incidents/{id}/clippings/table",
            post(media::table).layer(DefaultBodyLimit::max(TABLE_BYTES_MAX)),
        )
        .route("/services", get(services::list).post(services::issue))
        .route("/services/{service}/end", post(services::end))
        .route("/incidents/{id}/attachments/{digest}/preview/{size}", get(attachments::preview))
        .route("/choices", get(incidents::choices))
        .route("/communes", get(incidents::communes))
        .route("/offices", get(incidents::offices))
        .route("/playbooks", get(playbooks::list))
        .route(
            "/playbooks/{id}",
            get(playbooks::page).post(playbooks::publish).layer(DefaultBodyLimit::max(playbooks::BYTES_MAX)),
        )
        .route(
            "/playbooks/{id}/check",
            post(playbooks::check).layer(DefaultBodyLimit::max(playbooks::BYTES_MAX)),
        )
        .route(
            "/playbooks/{id}/schedule",
            post(playbooks::schedule).layer(DefaultBodyLimit::max(playbooks::BYTES_MAX)),
        )
        .route("/playbooks/{id}/versions/{version}", get(playbooks::edition))
        .route("/playbooks/{id}/diff", get(playbooks::diff))
        .route("/playbooks/{id}/lessons", get(playbooks::lessons_of))
        .route("/incidents/{id}/newer", get(playbooks::newer))
        .route("/incidents/{id}/lessons", get(playbooks::lessons))
        .route("/functions", get(accounts::functions))
        .route("/accounts", get(accounts::list).post(accounts::add))
        .route("/accounts/{person}/disable", post(accounts::disable))
        .route("/accounts/{person}/enable", post(accounts::enable))
        .route("/accounts/{person}/link", post(accounts::link))
        .route("/accounts/{person}/profile", post(accounts::set_profile))
        .route("/accounts/{person}/tasks", get(accounts::tasks))
        .route("/accounts/{person}/positions", post(accounts::set_position))
        .route("/accounts/{person}/designations", post(accounts::designate))
        .route("/accounts/{person}/designations/{number}/revoke", post(accounts::revoke))
        .route("/directory", get(directory::day))
        .route("/spokespersons", get(directory::spokespersons).post(directory::list))
        .route("/spokespersons/published", post(directory::publish))
        .route("/spokespersons/table", post(directory::table))
        .route("/spokespersons/export/{format}", get(directory::export))
        .route("/spokespersons/{row}/correct", post(directory::correct))
        .route("/spokespersons/{row}/end", post(directory::end))
        .route("/matters", get(accounts::matters))
        .route("/purges", get(purges::places))
        .route("/purges/{incident}", post(purges::order))
        .route("/purges/{incident}/survey", post(purges::survey))
        .route("/annual", get(annual::report))
        .route("/annual/export/{format}", get(annual::export))
        .route("/press", get(annual::log).post(annual::keep))
        .route("/notices", get(notices::page).post(notices::ask))
        .route("/colleague", put(session::colleague))
        .fallback(error::no_such_call)
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(axum::middleware::from_fn_with_state(api.clone(), guard::same_origin))
        // A program shows a token instead of coming from our page; it has no session that another site could use.
        .route(
            "/incidents/{id}/clippings",
            post(media::receive).layer(DefaultBodyLimit::max(media::SENT_BYTES_MAX)),
        );
    // Fonts and pictures are compressed already; what is handed out in ranges keeps its bytes.
    let pictures = NotForContentType::new("font/").and(NotForContentType::new("image/"));
    let whole = |_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions| {
        !headers.contains_key(header::ACCEPT_RANGES)
    };
    let worth_it = SizeAbove::new(1_024).and(pictures).and(whole);
    Router::new()
        .nest("/api", calls)
        .fallback(assets::page)
        .layer(axum::middleware::map_response(guard::headers))
        .layer(CompressionLayer::new().compress_when(worth_it))
        .with_state(api.clone())
}
