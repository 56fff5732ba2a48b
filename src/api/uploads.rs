//! Files that come up in pieces, before a command names them: begun or gone on with, piece by piece, called off.

use super::Api;
use super::error::Error;
use super::incidents::enter;
use super::session::SignedIn;
use crate::attachments::{Appended, Kept, Sending, Trouble};
use crate::domain::attachment::{self, Attachment, kinds};
use crate::domain::ids::Digest;
use crate::domain::refusal::{Files, Refusal};
use crate::domain::{Viewer, may};
use crate::room::Failure;
use crate::rooms::Hall;
use crate::wire::{PIECE_BYTES_MAX, Upload, UploadRequest};
use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use http_body_util::{BodyExt as _, Limited};
use std::sync::Arc;

/// The file's name, percent-encoded UTF-8: headers hold ASCII only.
const NAME: &str = "x-file-name";
/// Where a piece begins, and how far the file is (draft-ietf-httpbis-resumable-upload, section 4.1).
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");

/// The incident, and what of whom is sent there, by somebody who may.
async fn sent(
    api: &Api,
    id: &str,
    signed_in: &SignedIn,
    digest: Digest,
    size: u32,
) -> Result<(Arc<Hall>, Viewer, Sending), Error> {
    let (hall, actor) = enter(api, id, signed_in).await?;
    // Whoever may say or report something may send what shows it.
    if !actor.roles.iter().any(|role| may::REPORTS.contains(role)) {
        return Err(Error::Forbidden);
    }
    if hall.room.now().state.is_closed() {
        return Err(Failure::from(Refusal::Closed).into());
    }
    let sending = Sending { incident: hall.id.clone(), person: actor.person.clone(), digest, size };
    Ok((hall, Viewer::of(&actor), sending))
}

/// Begins, or says how far it came before. Only what the asker sent up or sees in this incident is said to be here:
/// of anything else all bytes have to come, so that a digest alone tells nobody which files exist.
pub(super) async fn begin(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    Json(UploadRequest { digest, size, name }): Json<UploadRequest>,
) -> Result<Json<Upload>, Error> {
    let (hall, viewer, sending) = sent(&api, &id, &signed_in, digest, size).await?;
    attachment::name(&name).map_err(Failure::from)?;
    if size == 0 {
        return Err(Failure::from(Refusal::Empty).into());
    }
    if size > kinds::BYTES_MAX {
        let (kind, max) = ("Tệp".to_owned(), kinds::BYTES_MAX / 1_000_000);
        return Err(Failure::from(Refusal::Files(Files::FileTooLarge { kind, max })).into());
    }
    let seen = hall.room.now().state.attachment(&digest, viewer).is_some_and(|seen| seen.size == size);
    let files = &api.rooms.attachments;
    let here = if seen { files.find(digest, size).await? } else { files.received(&sending).await? };
    if let Some((kept, kind)) = here.and_then(|kept| kept.kind.map(|kind| (kept, kind))) {
        return Ok(Json(whole(&kept, kind, &name)?));
    }
    let offset = files.begin(sending).await.map_err(refused)?;
    Ok(Json(Upload { offset: u32::try_from(offset).map_err(anyhow::Error::from)?, attachment: None }))
}

/// The next piece.
pub(super) async fn append(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path((id, digest, size)): Path<(String, String, u32)>,
    request: Request,
) -> Result<Response, Error> {
    let digest = Digest::try_from(digest).map_err(|_| Error::NotFound)?;
    let (hall, _, sending) = sent(&api, &id, &signed_in, digest, size).await?;
    let name = name(request.headers())?;
    let offset = request.headers().get(OFFSET).and_then(|offset| offset.to_str().ok()?.parse().ok());
    let offset = offset
        .ok_or_else(|| Error::bad("upload_offset", "Thiếu chỗ bắt đầu của phần gửi. Hãy gửi lại tệp."))?;
    // What is longer is cut there, and what came counts.
    let body = Limited::new(request.into_body(), PIECE_BYTES_MAX as usize);
    // In a task of its own: when the sender's network goes, what came is kept all the same.
    let (files, person) = (api.rooms.attachments.clone(), sending.person.clone());
    let appended = tokio::spawn(async move { files.append(&sending, offset, body.into_data_stream()).await });
    let upload = match appended.await.map_err(anyhow::Error::from)? {
        Ok(Appended::More(offset)) => {
            Upload { offset: u32::try_from(offset).map_err(anyhow::Error::from)?, attachment: None }
        }
        Ok(Appended::Whole(kept, kind)) => {
            tracing::info!(incident = %hall.id, %person, %digest, size, media = kind.media, "an attachment is kept");
            whole(&kept, kind, &name)?
        }
        Err(Trouble::Offset(there)) => {
            let mut answer = refused(Trouble::Offset(there)).into_response();
            answer.headers_mut().insert(OFFSET, HeaderValue::from(there));
            return Ok(answer);
        }
        Err(trouble) => return Err(refused(trouble)),
    };
    Ok(([(OFFSET, HeaderValue::from(upload.offset))], Json(upload)).into_response())
}

/// Called off.
pub(super) async fn forget(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path((id, digest, size)): Path<(String, String, u32)>,
) -> Result<(), Error> {
    let digest = Digest::try_from(digest).map_err(|_| Error::NotFound)?;
    let (.., sending) = sent(&api, &id, &signed_in, digest, size).await?;
    api.rooms.attachments.forget(&sending).await;
    Ok(())
}

fn whole(kept: &Kept, kind: &attachment::Type, name: &str) -> Result<Upload, Error> {
    let Kept { digest, size, .. } = *kept;
    let name = attachment::true_name(name, kind).map_err(Failure::from)?;
    Ok(Upload {
        offset: size,
        attachment: Some(Attachment { digest, name, size, media: kind.media.to_owned() }),
    })
}

fn refused(trouble: Trouble) -> Error {
    match trouble {
        Trouble::Gone => Error::upload(
            StatusCode::GONE,
            "upload_gone",
            "Phần đã gửi không còn trên máy chủ. Hãy gửi lại tệp từ đầu.",
        ),
        Trouble::Offset(_) => Error::upload(
            StatusCode::CONFLICT,
            "upload_offset",
            "Phần gửi không nối tiếp phần đã có trên máy chủ. Hãy gửi lại tệp.",
        ),
        Trouble::TooLong => Error::bad(
            "upload_length",
            "Tệp dài hơn đã báo; có thể tệp vừa bị sửa. Hãy chọn lại tệp rồi gửi lại.",
        ),
        Trouble::WrongDigest => Error::bad(
            "wrong_digest",
            "Tệp nhận được không giống tệp đã chọn: hỏng trên đường truyền, hoặc tệp vừa bị sửa. Hãy chọn lại tệp rồi gửi lại.",
        ),
        Trouble::Quota => Error::upload(
            StatusCode::TOO_MANY_REQUESTS,
            "upload_quota",
            "Bạn đang gửi dở quá nhiều (nhiều nhất 2 GB hoặc 40 tệp cùng lúc). Chờ gửi xong, hoặc bỏ bớt tệp đang gửi.",
        ),
        Trouble::Full => Error::upload(
            StatusCode::INSUFFICIENT_STORAGE,
            "disk_full",
            "Máy chủ không còn chỗ cho tệp này. Chữ vẫn ghi được bình thường. Hãy báo quản trị viên, rồi gửi lại tệp; phần đã gửi vẫn còn.",
        ),
        Trouble::Refused(refusal) => Failure::from(refusal).into(),
        Trouble::Broken(error) => error.into(),
    }
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

#[cfg(test)]
mod tests {
    use super::super::attachments::coded;
    use super::decoded;

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
