//! Messages to browsers: sealed for that browser (RFC 8291), carried by its maker's push service (RFC 8030), with a proof
//! that they come from here (VAPID, RFC 8292). The service sees who and when, never what.

use crate::domain::refusal::{Notices, Refusal};
use crate::wire::PushKeys;
use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::json;

/// The push services of the browsers that offices use: Chrome and Edge's phones, Firefox, Edge on Windows, Safari. A
/// browser says where it is reached, and nobody may make this server call whatever they like.
const SERVICES: [&str; 5] = [
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    "*.push.services.mozilla.com",
    "*.notify.windows.com",
    "*.push.apple.com",
];
/// How long a service keeps a message for a browser that is off: a duty shift.
const KEPT: SignedDuration = SignedDuration::from_hours(12);
/// How long the proof of origin holds; a day is the most (RFC 8292, section 2).
const PROVEN: SignedDuration = SignedDuration::from_hours(12);

/// Sends to browsers.
pub struct Push {
    key: SigningKey,
    subject: String,
    more: Vec<String>,
}

impl Push {
    /// With the server's key; `more` are origins of further push services.
    ///
    /// # Errors
    /// When the key is none; one in 2^32 is, and a new one is not.
    pub fn new(key: &[u8; 32], origin: &str, more: &[String]) -> anyhow::Result<Self> {
        let key =
            SigningKey::from_slice(key).context("khóa báo tin không dùng được; hãy xóa tệp notice.key")?;
        // A service that has something to say writes to whoever runs the address (RFC 8292, section 2.1).
        Ok(Self { key, subject: origin.to_owned(), more: more.to_vec() })
    }

    /// The key with which browsers subscribe.
    pub fn public_key(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.key.verifying_key().to_encoded_point(false).as_bytes())
    }

    /// Whether messages may be sent so.
    ///
    /// # Errors
    /// When the service is not known, or the keys are none.
    pub fn checked(&self, keys: &PushKeys) -> Result<(), Refusal> {
        let service = service(&keys.endpoint);
        let known =
            keys.endpoint.starts_with("https://") && SERVICES.iter().any(|known| fits(known, &service));
        let told = self.more.iter().any(|origin| keys.endpoint.starts_with(&format!("{origin}/")));
        if !known && !told {
            return Err(Refusal::Notices(Notices::UnknownPushService { service }));
        }
        opened(keys).map(drop).map_err(|_| Refusal::Notices(Notices::BadPushKeys))
    }

    /// The call to the push service.
    ///
    /// # Errors
    /// When the keys are none.
    pub fn request(
        &self,
        keys: &PushKeys,
        message: Vec<u8>,
        topic: &str,
        urgent: bool,
        now: Timestamp,
    ) -> anyhow::Result<http::Request<Vec<u8>>> {
        let (public, auth) = opened(keys)?;
        let sealed = web_push_native::encrypt(message, &public, &auth);
        let sealed = sealed.map_err(|error| anyhow::anyhow!("không mã hóa được: {error}"))?;
        let proof = format!("vapid t={}, k={}", self.proof(&keys.endpoint, now), self.public_key());
        let request = http::Request::post(&keys.endpoint)
            .header("ttl", KEPT.as_secs().to_string())
            .header("urgency", if urgent { "high" } else { "normal" })
            .header("topic", topic)
            .header("content-type", "application/octet-stream")
            .header("content-encoding", "aes128gcm")
            .header("authorization", proof);
        Ok(request.body(sealed)?)
    }

    /// A JWT for the origin of the service (RFC 8292, section 2), signed with ES256.
    fn proof(&self, endpoint: &str, now: Timestamp) -> String {
        let origin = endpoint.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
        let claims = json!({ "aud": origin, "exp": (now + PROVEN).as_second(), "sub": self.subject });
        let part = |json: &serde_json::Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let signed = format!("{}.{}", part(&json!({ "typ": "JWT", "alg": "ES256" })), part(&claims));
        let signature: Signature = self.key.sign(signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
    }
}

/// The host of a web address.
pub fn service(endpoint: &str) -> String {
    let rest = endpoint.split_once("://").map_or(endpoint, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    host.split(':').next().unwrap_or_default().to_lowercase()
}

fn fits(known: &str, host: &str) -> bool {
    match known.strip_prefix('*') {
        Some(end) => host.len() > end.len() && host.ends_with(end),
        None => host == known,
    }
}

/// Base64 as browsers and libraries write it, with and without padding.
fn decoded(text: &str) -> anyhow::Result<Vec<u8>> {
    let engines = [&URL_SAFE_NO_PAD, &URL_SAFE, &STANDARD];
    engines.iter().find_map(|engine| engine.decode(text).ok()).context("không phải base64")
}

fn opened(keys: &PushKeys) -> anyhow::Result<(web_push_native::p256::PublicKey, web_push_native::Auth)> {
    let public = web_push_native::p256::PublicKey::from_sec1_bytes(&decoded(&keys.p256dh)?);
    let auth = decoded(&keys.auth)?;
    anyhow::ensure!(auth.len() == 16, "mã xác thực của trình duyệt phải dài 16 byte");
    Ok((public.context("khóa của trình duyệt không đúng")?, web_push_native::Auth::clone_from_slice(&auth)))
}
