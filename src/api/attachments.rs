//! Attachments over HTTP: sent up as they are before a command names them, handed out as downloads, to the desk only.

use super::Api;
use super::error::Error;
use super::incidents::enter;
use super::session::SignedIn;
use crate::domain::attachment::{self, Attachment, BYTES_MAX};
use crate::domain::ids::Digest;
use crate::domain::refusal::Refusal;
use crate::domain::{Viewer, may};
use crate::room::Failure;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest as _, Path, Request, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use std::sync::Arc;

/// The file's name, percent-encoded UTF-8: headers hold ASCII only.
const NAME: &str = "x-file-name";

pub(super) async fn keep(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    request: Request,
) -> Result<Json<Attachment>, Error> {
    let (hall, actor) = enter(&api, &id, &signed_in).await?;
    // Whoever may say or report something may send what shows it.
    if !actor.roles.iter().any(|role| may::REPORTS.contains(role)) {
        return Err(Error::Forbidden);
    }
    if hall.room.now().state.is_closed() {
        return Err(Failure::from(Refusal::Closed).into());
    }
    let name = name(request.headers())?;
    // Only now is anything of the file taken in: a stranger's ten megabytes are nobody's business.
    let bytes = Bytes::from_request(request, &()).await.map_err(|_| {
        let most = BYTES_MAX / (1024 * 1024);
        Error::too_large(&format!(
            "Tệp lớn quá {most} MB hoặc gửi chưa trọn. Hãy thu nhỏ ảnh, hoặc chỉ ghi đường dẫn."
        ))
    })?;
    if bytes.is_empty() {
        return Err(Failure::from(Refusal::Empty).into());
    }
    let media = attachment::media(&bytes).ok_or_else(|| {
        Error::bad(
            "file_type",
            "Chỉ đính kèm được ảnh PNG, JPEG, tệp PDF hoặc tệp chữ UTF-8. Hãy lưu lại ở một trong các dạng này.",
        )
    })?;
    let size = u32::try_from(bytes.len()).map_err(anyhow::Error::from)?;
    let digest = api.rooms.attachments.keep(bytes).await?;
    tracing::info!(incident = %hall.id, person = %actor.person, %digest, size, media, "an attachment is kept");
    Ok(Json(Attachment { digest, name, size, media: media.to_owned() }))
}

pub(super) async fn hand_out(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path((id, digest)): Path<(String, String)>,
) -> Result<Response, Error> {
    let (hall, actor) = enter(&api, &id, &signed_in).await?;
    let digest = Digest::try_from(digest).map_err(|_| Error::NotFound)?;
    let now = hall.room.now();
    let file = now.state.attachment(&digest, Viewer::of(&actor)).ok_or(Error::NotFound)?;
    let bytes = api.rooms.attachments.find(digest, file.size).await?.ok_or_else(|| {
        tracing::error!(incident = %hall.id, %digest, "an attachment that the log names is not on disk");
        Error::bad(
            "file_lost",
            "Tệp này không còn nguyên vẹn trên máy chủ. Hãy báo quản trị viên phục hồi từ bản sao lưu.",
        )
    })?;
    // As its content says, whatever an older line of the log calls it.
    let media = attachment::media(&bytes).unwrap_or("application/octet-stream");
    let name = format!("attachment; filename=\"{}\"; filename*=UTF-8''{}", digest.short(), coded(&file.name));
    let headers = [
        (header::CONTENT_TYPE, media.to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

fn name(headers: &HeaderMap) -> Result<String, Error> {
    let given = headers.get(NAME).and_then(|name| decoded(name.as_bytes()));
    let bad = || {
        Error::bad("file_name", "Thiếu tên tệp, hoặc tên tệp không đọc được. Hãy đặt lại tên rồi gửi lại.")
    };
    attachment::name(&given.ok_or_else(bad)?).map_err(|refusal| Failure::from(refusal).into())
}

/// Percent-encoded UTF-8 as text.
fn decoded(text: &[u8]) -> Option<String> {
    let mut bytes = vec![];
    let mut rest = text.iter();
    while let Some(byte) = rest.next() {
        bytes.push(if *byte == b'%' {
            let mut digit = || char::from(*rest.next()?).to_digit(16);
            u8::try_from(digit()? * 16 + digit()?).ok()?
        } else {
            *byte
        });
    }
    String::from_utf8(bytes).ok()
}

/// Text as percent-encoded UTF-8, with nothing left that a header could read otherwise (RFC 8187).
fn coded(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::{coded, decoded};

    #[test]
    fn names_travel_in_headers_and_come_back() {
        for name in ["ảnh chụp.png", "a\"b;c'd\r\n", "100%.txt"] {
            let header = coded(name);
            assert!(header.bytes().all(|b| b.is_ascii_alphanumeric() || b"%.-_".contains(&b)), "{header}");
            assert_eq!(decoded(header.as_bytes()).as_deref(), Some(name));
        }
        for bad in [b"%".as_slice(), b"%4", b"%zz", b"%ff"] {
            assert_eq!(decoded(bad), None, "{bad:?}");
        }
    }
}
