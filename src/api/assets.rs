//! The web pages, baked into the binary. Every path that is no file is the one page, which routes by itself.

use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Web;

/// A built file is named after its content, so it may be kept for ever.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

pub(super) async fn page(uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    if let Some(file) = Web::get(path).filter(|_| !path.is_empty() && path != "index.html") {
        let cache = if path.starts_with("assets/") { FOR_EVER } else { "no-cache" };
        let headers = [(header::CONTENT_TYPE, media_type(path)), (header::CACHE_CONTROL, cache)];
        return (headers, file.data).into_response();
    }
    if path.starts_with("assets/") {
        return StatusCode::NOT_FOUND.into_response();
    }
    match Web::get("index.html") {
        Some(index) => ([(header::CONTENT_TYPE, media_type("index.html"))], index.data).into_response(),
        None => {
            let words = "Chưa có giao diện web trong chương trình này. Hãy chạy ./run, hoặc: npm ci --prefix web && \
                         npm run build --prefix web, rồi biên dịch lại.\n";
            let plain = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
            (StatusCode::SERVICE_UNAVAILABLE, plain, words).into_response()
        }
    }
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("json" | "webmanifest") => "application/json",
        _ => "application/octet-stream",
    }
}
