//! The courier: carries a message out of the house, to a browser's push service, a mail server or a program, and says
//! what became of it. Knows no rules of when and to whom.

mod hook;
mod mail;
mod push;
#[cfg(test)]
mod tests;

pub use hook::signature;
pub use mail::Post;
pub use push::Push;
pub use push::service;

use crate::clock;
use crate::domain::ids::RowId;
use crate::notice::Outcome;
use crate::wire::PushKeys;
use anyhow::Context as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::{SignedDuration, Timestamp};
use sha2::Sha256;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::time::Duration;

/// How long another server may take. Longer ones are as good as gone, and the next try is a minute away.
const PATIENCE: Duration = Duration::from_secs(10);
/// Longest wait that another server may ask for before the next try.
const WAIT_MAX: SignedDuration = SignedDuration::from_hours(1);

/// What is carried.
#[derive(Debug)]
pub enum Parcel {
    /// To a browser.
    Push {
        /// Which.
        keys: PushKeys,
        /// What it shows.
        message: Vec<u8>,
        /// What it replaces.
        topic: String,
        /// It may wake the device.
        urgent: bool,
    },
    /// To a mailbox.
    Mail {
        /// Its address.
        to: String,
        /// Subject.
        subject: String,
        /// Plain text.
        body: String,
        /// The same notice has the same number, so that a mail sent twice shows once.
        id: String,
    },
    /// To a program.
    Hook {
        /// Which.
        hook: RowId,
        /// Its address.
        url: String,
        /// JSON.
        body: Vec<u8>,
        /// The same notice has the same number.
        id: String,
    },
}

/// What became of a parcel.
#[derive(Debug, PartialEq, Eq)]
pub enum Fate {
    /// As the notice records it.
    Noted(Outcome),
    /// The browser is gone for good: its service knows it no more.
    Gone {
        /// What the service said.
        why: String,
    },
}

/// Carries messages out of the house.
pub struct Courier {
    /// To browsers.
    pub push: Push,
    /// To mailboxes; none when nobody said how.
    pub post: Option<Post>,
    /// What browsers call this server.
    pub origin: String,
    key: [u8; 32],
    agent: ureq::Agent,
}

impl Courier {
    /// The courier of a data directory: its key is made at the first start, and kept readable for its owner only.
    ///
    /// # Errors
    /// When the key cannot be read or made, or the mail settings are none.
    pub fn open(data: &Path, origin: &str, services: &[String], post: Option<Post>) -> anyhow::Result<Self> {
        let key = key(&data.join("notice.key"))?;
        let push = Push::new(&derived(&key, b"vapid"), origin, services)?;
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            // Where a message goes is said here; an answer does not send it elsewhere.
            .max_redirects(0)
            .http_status_as_error(false)
            .build();
        Ok(Self { push, post, origin: origin.to_owned(), key, agent: config.into() })
    }

    /// The secret with which calls to a program are signed. Made from the server's own key, so that no log holds it.
    pub fn secret(&self, hook: &RowId) -> String {
        hook::secret(&derived(&self.key, format!("hook:{hook}").as_bytes()))
    }

    /// Carries a parcel.
    pub async fn carry(&self, parcel: Parcel) -> Fate {
        match parcel {
            Parcel::Mail { to, subject, body, id } => match &self.post {
                Some(post) => post.send(&to, &subject, &body, &id).await,
                None => Fate::Noted(Outcome::Skipped(crate::wire::Skipped::NoMailServer)),
            },
            Parcel::Push { keys, message, topic, urgent } => {
                let request = match self.push.request(&keys, message, &topic, urgent, clock::now()) {
                    Ok(request) => request,
                    Err(why) => return failed(format!("{why:#}"), true, None),
                };
                let (parts, body) = request.into_parts();
                self.call(http::Request::from_parts(parts, body), true).await
            }
            Parcel::Hook { hook, url, body, id } => {
                let secret = derived(&self.key, format!("hook:{hook}").as_bytes());
                match hook::request(&secret, &url, body, &id, clock::now()) {
                    Ok(request) => self.call(request, false).await,
                    Err(why) => failed(format!("{why:#}"), true, None),
                }
            }
        }
    }

    async fn call(&self, request: http::Request<Vec<u8>>, to_browser: bool) -> Fate {
        let agent = self.agent.clone();
        let called = tokio::task::spawn_blocking(move || agent.run(request)).await;
        let answer = match called {
            Ok(Ok(answer)) => answer,
            Ok(Err(error)) => return failed(format!("không gọi được: {error}"), false, None),
            Err(error) => return failed(error.to_string(), false, None),
        };
        let status = answer.status().as_u16();
        let wait = answer.headers().get("retry-after").and_then(|wait| wait.to_str().ok()?.parse().ok());
        let wait =
            wait.map(|seconds: i64| clock::now() + SignedDuration::from_secs(seconds.max(0)).min(WAIT_MAX));
        let why = format!("máy nhận trả lời {status}");
        match status {
            200..=299 => Fate::Noted(Outcome::Sent),
            404 | 410 if to_browser => Fate::Gone { why },
            408 | 425 | 429 | 500..=599 => failed(why, false, wait),
            _ => failed(why, true, None),
        }
    }
}

fn failed(why: String, last: bool, wait: Option<Timestamp>) -> Fate {
    Fate::Noted(Outcome::Failed { why, last, wait })
}

fn derived(key: &[u8; 32], purpose: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(purpose);
    mac.finalize().into_bytes().into()
}

/// The server's own key: 64 hexadecimal digits in a file of its own, on disk before it is used.
fn key(path: &Path) -> anyhow::Result<[u8; 32]> {
    if !path.exists() {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(clock::secret().as_bytes())?;
        file.sync_all()?;
    }
    let text = fs::read_to_string(path).with_context(|| format!("không đọc được {}", path.display()))?;
    let digest = crate::domain::ids::Digest::try_from(text.trim().to_owned()).map_err(anyhow::Error::msg);
    let hex = digest.with_context(|| format!("{} không phải một khóa", path.display()))?.to_string();
    let mut bytes = [0; 32];
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[place * 2..place * 2 + 2], 16)?;
    }
    Ok(bytes)
}
