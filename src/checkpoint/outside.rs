//! Checkpoints brought out of the house: to a witness who keeps them, and to an authority that says by its own clock when it
//! saw them (RFC 3161). Neither has to be there for anything else to work; what could not be brought is tried again for a
//! while, of each log the newest.

use super::{Folder, Signed, token};
use crate::clock;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::Instant;

/// How long another server may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Wait before the next try.
const RETRY: Duration = Duration::from_secs(60);
/// Tries for one checkpoint: an hour and a half. The next checkpoint of its log takes its place long before.
const TRIES: u32 = 90;
/// Checkpoints that may wait to be brought. Beyond it new ones stay at home, and are known as "not time-stamped".
const WAITING_MAX: usize = 256;
/// Largest answer that is kept: a time stamp with its certificates is a few KiB.
const ANSWER_MAX: u64 = 64 * 1024;

/// What a text is sent as.
const PLAIN: &str = "text/plain; charset=utf-8";
/// What a request for a time stamp is sent as (RFC 3161, section 3.4).
const QUERY: &str = "application/timestamp-query";

/// Where checkpoints are brought.
#[derive(Clone, Debug)]
pub struct Outside {
    witness: Option<String>,
    authority: Option<String>,
    folder: Folder,
    agent: ureq::Agent,
}

/// Whether something can be called at this address.
///
/// # Errors
/// In words, when not.
pub fn check_address(option: &str, url: &str) -> anyhow::Result<()> {
    let parsed = url::Url::parse(url).ok();
    if parsed.is_some_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host()) {
        return Ok(());
    }
    anyhow::bail!("{option} phải là một địa chỉ http:// hoặc https://; đang là «{url}»")
}

/// One that could not be brought yet.
struct Waiting {
    signed: Signed,
    due: Instant,
    tries: u32,
}

impl Outside {
    /// To these addresses, with what comes back kept in the folder.
    pub fn new(witness: Option<String>, authority: Option<String>, folder: Folder) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            // Where a checkpoint goes is said by who runs the server; an answer does not send it elsewhere.
            .max_redirects(0)
            .build();
        Self { witness, authority, folder, agent: config.into() }
    }

    /// Begins to bring what is put into the queue; none when there is nowhere to bring it.
    pub fn begin(self) -> Option<mpsc::Sender<Signed>> {
        if self.witness.is_none() && self.authority.is_none() {
            return None;
        }
        let (queue, mut coming) = mpsc::channel::<Signed>(WAITING_MAX);
        let outside = Arc::new(self);
        tokio::spawn(async move {
            let mut waiting: BTreeMap<String, Waiting> = BTreeMap::new();
            loop {
                let due = waiting.values().map(|one| one.due).min();
                let next = async {
                    match due {
                        Some(due) => tokio::time::sleep_until(due).await,
                        None => std::future::pending().await,
                    }
                };
                let (signed, tries) = tokio::select! {
                    signed = coming.recv() => match signed {
                        Some(signed) => (signed, 0),
                        None => return,
                    },
                    () = next => match waiting.iter().find(|(_, one)| Some(one.due) == due).map(|(log, _)| log.clone()) {
                        Some(log) => match waiting.remove(&log) {
                            Some(Waiting { signed, tries, .. }) => (signed, tries),
                            None => continue,
                        },
                        None => continue,
                    },
                };
                let log = signed.checkpoint.stream.clone();
                let brought = {
                    let (outside, signed) = (outside.clone(), signed.clone());
                    tokio::task::spawn_blocking(move || outside.bring(&signed)).await
                };
                match brought.map_err(anyhow::Error::from).flatten() {
                    // A newer one says more than an older one that still waits.
                    Ok(()) => drop(waiting.remove(&log)),
                    Err(error) if tries + 1 < TRIES => {
                        tracing::warn!(%log, rev = signed.checkpoint.head.rev, error = format!("{error:#}"),
                            "a checkpoint could not be brought out; it is tried again");
                        waiting
                            .insert(log, Waiting { signed, due: Instant::now() + RETRY, tries: tries + 1 });
                    }
                    Err(error) => {
                        tracing::error!(%log, rev = signed.checkpoint.head.rev, error = format!("{error:#}"),
                            "a checkpoint was not brought out");
                    }
                }
            }
        });
        Some(queue)
    }

    /// Brings one to both; what is there already is not asked for again.
    fn bring(&self, signed: &Signed) -> anyhow::Result<()> {
        let (imprint, text) = (signed.imprint(), signed.to_string());
        let witnessed = match &self.witness {
            Some(url) if self.folder.answer(signed)?.is_none() => {
                let answer = self.post(url, PLAIN, text.as_bytes());
                answer.and_then(|answer| Ok(self.folder.keep_answer(imprint, &answer)?))
            }
            _ => Ok(()),
        };
        if let Some(url) = &self.authority
            && self.folder.token(signed)?.is_none()
        {
            let nonce = u64::from_str_radix(&clock::secret()[..16], 16)?;
            let answer = self.post(url, QUERY, &token::request(&imprint, nonce))?;
            token::check(&answer, &imprint, nonce).map_err(anyhow::Error::msg)?;
            self.folder.keep_token(imprint, &answer)?;
        }
        witnessed
    }

    fn post(&self, url: &str, kind: &str, body: &[u8]) -> anyhow::Result<Vec<u8>> {
        let mut answer = self.agent.post(url).content_type(kind).send(body)?;
        let status = answer.status().as_u16();
        anyhow::ensure!((200..300).contains(&status), "{url} trả lời {status}");
        Ok(answer.body_mut().with_config().limit(ANSWER_MAX).read_to_vec()?)
    }
}
