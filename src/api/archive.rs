//! The sealed archive over HTTP, and what it is checked with. Made into a file without a name, so that whoever goes away
//! half way leaves nothing; handed out piece by piece.

use super::Api;
use super::error::Error;
use super::exports::made_by;
use super::incidents::enter;
use super::session::SignedIn;
use crate::archive::{self, Material, Trouble};
use crate::domain::Viewer;
use crate::log::Stream;
use crate::wire::{Sealed, Status};
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use std::collections::BTreeMap;
use std::io::{self, Seek as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::io::AsyncReadExt as _;
use tokio::sync::Semaphore;

/// Read at once while handing out.
const PIECE_BYTES: usize = 64 * 1024;
/// Archives that are made at once: each reads every file of its incident and sets its documents.
static TURN: Semaphore = Semaphore::const_new(1);

/// Stops the making when nobody waits for it any more.
struct Waits(Arc<AtomicBool>);

impl Drop for Waits {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

pub(super) async fn make(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let (hall, actor) = enter(&api, &id, &signed_in).await?;
    // The whole record, drafts and talk included.
    if Viewer::of(&actor) != Viewer::FULL {
        return Err(Error::Forbidden);
    }
    let _turn = TURN.acquire().await.map_err(anyhow::Error::from)?;
    // A record that is not what it was is not sealed as if it were.
    if let Status::ReadOnly { why } = &hall.room.now().status {
        return Err(Error::bad("read_only", why));
    }
    hall.drafts.settle().await;
    let whole = api.rooms.record(&hall.id).await?;
    api.rooms.seal_now(&hall.id, whole.head).await?;
    let mut files = BTreeMap::new();
    for (digest, file) in archive::files_of(&whole) {
        let kept = api.rooms.attachments.find(digest, file.size).await?;
        files.insert(digest, (file, kept.map(|kept| kept.path)));
    }
    let by = made_by(&actor, &whole.incident);
    let name = archive::file_name(&whole);
    tracing::info!(incident = %hall.id, person = %actor.person, files = files.len(), "an archive is made");
    let (id, checkpoints) = (hall.id.clone(), api.rooms.checkpoints.clone());
    let file = api.rooms.attachments.nameless()?;
    let waits = Waits(Arc::default());
    let stop = waits.0.clone();
    let made = tokio::task::spawn_blocking(move || {
        let material = Material::new(id, whole, checkpoints.folder(), files, by)?;
        archive::write(&material, checkpoints.key(), &file, &stop)?;
        let length = file.metadata()?.len();
        (&file).rewind()?;
        Ok::<_, Trouble>((file, length))
    });
    let made = made.await.map_err(anyhow::Error::from)?;
    let (file, length) = made.map_err(|trouble| match &trouble {
        Trouble::Attachment(_) | Trouble::Disk(_) | Trouble::Export(_) => {
            tracing::error!(%trouble, "no archive was made");
            Error::bad("no_archive", &format!("Chưa lập được hồ sơ lưu trữ: {trouble}."))
        }
        Trouble::Stopped | Trouble::Unsealed | Trouble::Unread(_) => anyhow::Error::from(trouble).into(),
    })?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_LENGTH, length.to_string()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, Body::from_stream(pieces(tokio::fs::File::from_std(file)))).into_response())
}

fn pieces(file: tokio::fs::File) -> impl futures_util::Stream<Item = io::Result<Bytes>> {
    futures_util::stream::try_unfold(file, |mut file| async move {
        let mut piece = vec![0; PIECE_BYTES];
        let read = file.read(&mut piece).await?;
        piece.truncate(read);
        Ok((read > 0).then(|| (Bytes::from(piece), file)))
    })
}

/// With which key, and up to which line, the record is sealed.
pub(super) async fn sealed(
    State(api): State<Arc<Api>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
) -> Result<Json<Sealed>, Error> {
    let (hall, _) = enter(&api, &id, &signed_in).await?;
    let checkpoints = &api.rooms.checkpoints;
    let own = checkpoints.own(&Stream::Incident(hall.id.clone())).await?;
    let newest = own.last();
    let stamped = newest.is_some_and(|it| checkpoints.folder().token(it).is_ok_and(|token| token.is_some()));
    let key = checkpoints.public();
    Ok(Json(Sealed {
        key: key.id(),
        pem: key.pem(),
        rev: newest.map(|it| it.checkpoint.head.rev),
        at: newest.map(|it| it.checkpoint.at),
        stamped,
    }))
}
