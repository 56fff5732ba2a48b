//! Attachments over HTTP, to whoever sees a row that names them: the original as a download, in ranges if need be, never
//! read whole; smaller pictures to look at.

use super::Api;
use super::error::Error;
use super::incidents::enter;
use super::session::SignedIn;
use crate::attachments::Kept;
use crate::attachments::picture::{Size, Unfit};
use crate::attachments::preview::NoPreview;
use crate::domain::Viewer;
use crate::domain::attachment::Kind;
use crate::domain::ids::Digest;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use sha2::Digest as _;
use std::io;
use std::sync::Arc;
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};

/// Read at once while handing out.
pub(super) const PIECE_BYTES: usize = 64 * 1024;

/// The content with this digest, and its name, if a row that this person sees names it.
async fn seen(api: &Api, id: &str, digest: String, signed_in: &SignedIn) -> Result<(Kept, String), Error> {
    let (hall, actor) = enter(api, id, signed_in).await?;
    let digest = Digest::try_from(digest).map_err(|_| Error::NotFound)?;
    let now = hall.room.now();
    let file = now.state.attachment(&digest, Viewer::of(&actor)).ok_or(Error::NotFound)?;
    let kept = api.rooms.attachments.find(digest, file.size).await?.ok_or_else(|| {
        tracing::error!(incident = %hall.id, %digest, "an attachment that the log names is not on disk");
        Error::bad(
            "file_lost",
            "Tệp này không còn nguyên vẹn trên máy chủ. Hãy báo quản trị viên phục hồi từ bản sao lưu.",
        )
    })?;
    Ok((kept, file.name.clone()))
}

pub(super) async fn hand_out(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path((id, digest)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let (kept, name) = seen(&api, &id, digest, &signed_in).await?;
    let size = u64::from(kept.size);
    let tag = HeaderValue::try_from(format!("\"{}\"", kept.digest)).map_err(anyhow::Error::from)?;
    let range = range(&headers, &tag, size);
    // As its content says, whatever an older line of the log calls it.
    let media = kept.kind.map_or("application/octet-stream", |kind| kind.media);
    let name = format!("attachment; filename=\"{}\"; filename*=UTF-8''{}", kept.digest.short(), coded(&name));
    let mut answer = match range {
        Range::All => Body::from_stream(pieces(&kept, 0, size, true).await?).into_response(),
        Range::Part(begin, end) => {
            let part = Body::from_stream(pieces(&kept, begin, end + 1 - begin, false).await?);
            let within = format!("bytes {begin}-{end}/{size}");
            (StatusCode::PARTIAL_CONTENT, [(header::CONTENT_RANGE, within)], part).into_response()
        }
        Range::None => {
            (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, format!("bytes */{size}"))])
                .into_response()
        }
    };
    let length = match range {
        Range::All => size,
        Range::Part(begin, end) => end + 1 - begin,
        Range::None => 0,
    };
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::try_from(name).map_err(anyhow::Error::from)?);
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::ETAG, tag);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let nothing = HeaderValue::from_static("default-src 'none'; sandbox");
    headers.insert(header::CONTENT_SECURITY_POLICY, nothing);
    Ok(answer)
}

/// A picture made smaller and written anew, without anything that the camera wrote into the original.
pub(super) async fn preview(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path((id, digest, size)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let size = Size::ALL.into_iter().find(|one| one.name() == size).ok_or(Error::NotFound)?;
    let (kept, _) = seen(&api, &id, digest, &signed_in).await?;
    if kept.kind.is_none_or(|kind| kind.kind != Kind::Photo) {
        return Err(Error::bad("no_preview", "Tệp này không có bản xem trước. Hãy tải về để mở."));
    }
    // Asked again each time, because who may see it may change; sent once.
    let tag = format!("\"{}-{}\"", kept.digest, size.name());
    let again = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let caching = [(header::ETAG, tag), (header::CACHE_CONTROL, "private, no-cache".to_owned())];
    if again {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    match api.rooms.attachments.previews.of(kept, size).await? {
        Ok(bytes) => Ok((caching, [(header::CONTENT_TYPE, "image/jpeg")], bytes).into_response()),
        Err(NoPreview::Busy) => Err(Error::upload(
            StatusCode::SERVICE_UNAVAILABLE,
            "preview_busy",
            "Máy chủ đang dựng nhiều ảnh xem trước. Hãy xem lại sau ít phút, hoặc tải bản gốc.",
        )),
        Err(NoPreview::Unfit(Unfit::TooManyPixels(width, height))) => Err(Error::bad(
            "too_many_pixels",
            &format!(
                "Ảnh {width} × {height} điểm ảnh, quá lớn để dựng bản xem trước. Bản gốc vẫn tải về được."
            ),
        )),
        Err(NoPreview::Unfit(Unfit::Unreadable) | NoPreview::TooSlow) => Err(Error::bad(
            "no_preview",
            "Không dựng được bản xem trước của ảnh này. Bản gốc vẫn tải về được.",
        )),
    }
}

/// What of a file is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Range {
    All,
    /// From this byte to that, both included.
    Part(u64, u64),
    /// Nothing that is there.
    None,
}

/// One range of bytes (RFC 9110, section 14); of several, and of what cannot be read, everything is sent, as it may be.
pub(super) fn range(headers: &HeaderMap, tag: &HeaderValue, size: u64) -> Range {
    let changed = headers.get(header::IF_RANGE).is_some_and(|known| known != tag);
    let asked = headers.get(header::RANGE).and_then(|range| range.to_str().ok()?.strip_prefix("bytes="));
    let Some((from, to)) = asked.filter(|_| !changed).and_then(|asked| asked.trim().split_once('-')) else {
        return Range::All;
    };
    let (begin, end) = match (from.parse::<u64>(), to.parse::<u64>()) {
        (Ok(from), Ok(to)) if from <= to => (from, to.min(size.saturating_sub(1))),
        (Ok(from), Err(_)) if to.is_empty() => (from, size.saturating_sub(1)),
        (Err(_), Ok(0)) if from.is_empty() => return Range::None,
        (Err(_), Ok(last)) if from.is_empty() => (size.saturating_sub(last), size.saturating_sub(1)),
        _ => return Range::All,
    };
    if begin < size { Range::Part(begin, end) } else { Range::None }
}

/// So many bytes of a file from one on. What is handed out whole is hashed on the way, and broken off before its end
/// when it is not what it was: a download that fails is better than one that lies.
async fn pieces(
    kept: &Kept,
    begin: u64,
    length: u64,
    whole: bool,
) -> anyhow::Result<impl futures_util::Stream<Item = io::Result<Bytes>> + use<>> {
    let mut file = File::open(&kept.path).await?;
    file.seek(io::SeekFrom::Start(begin)).await?;
    let (digest, hash) = (kept.digest, whole.then(sha2::Sha256::new));
    Ok(futures_util::stream::try_unfold((file, length, hash), move |(mut file, left, mut hash)| async move {
        if left == 0 {
            return Ok(None);
        }
        let mut piece = vec![0; PIECE_BYTES.min(usize::try_from(left).unwrap_or(PIECE_BYTES))];
        let read = file.read(&mut piece).await?;
        piece.truncate(read);
        let left = left - read as u64;
        if let Some(hash) = &mut hash {
            hash.update(&piece);
        }
        let found = hash
            .as_ref()
            .filter(|_| left == 0)
            .map(|hash| Digest::from_bytes(hash.clone().finalize().into()));
        if read == 0 || found.is_some_and(|found| found != digest) {
            tracing::error!(%digest, "an attachment is not what it was; handing it out was broken off");
            return Err(io::Error::from(io::ErrorKind::InvalidData));
        }
        Ok(Some((Bytes::from(piece), (file, left, hash))))
    }))
}

/// Text as percent-encoded UTF-8, with nothing left that a header could read otherwise (RFC 8187).
pub(super) fn coded(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_what_is_there_of_it() {
        let tag = HeaderValue::from_static("\"a\"");
        for (asked, is) in [
            ("bytes=0-0", Range::Part(0, 0)),
            ("bytes=2-", Range::Part(2, 9)),
            ("bytes=-3", Range::Part(7, 9)),
            ("bytes=-30", Range::Part(0, 9)),
            ("bytes=4-400", Range::Part(4, 9)),
            ("bytes=10-", Range::None),
            ("bytes=-0", Range::None),
            ("bytes=5-4", Range::All),
            ("bytes=0-1,3-4", Range::All),
            ("bytes=x-y", Range::All),
            ("lines=0-1", Range::All),
        ] {
            let mut headers = HeaderMap::from_iter([(header::RANGE, HeaderValue::from_static(asked))]);
            assert_eq!(range(&headers, &tag, 10), is, "{asked}");
            headers.insert(header::IF_RANGE, HeaderValue::from_static("\"b\""));
            assert_eq!(range(&headers, &tag, 10), Range::All, "{asked} of what it was before");
        }
    }
}
