//! Calls to programs, signed as Standard Webhooks 1.0 has it: whoever has the secret knows that the call came from here,
//! when, and that nothing in it was changed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use sha2::Sha256;

/// The secret as a program's settings take it.
pub(super) fn secret(key: &[u8; 32]) -> String {
    format!("whsec_{}", STANDARD.encode(key))
}

/// The signature of a call: `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`.
pub fn signature(key: &[u8], id: &str, seconds: i64, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(format!("{id}.{seconds}.").as_bytes());
    mac.update(body);
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

/// The call.
pub(super) fn request(
    key: &[u8; 32],
    url: &str,
    body: Vec<u8>,
    id: &str,
    now: Timestamp,
) -> anyhow::Result<http::Request<Vec<u8>>> {
    let seconds = now.as_second();
    let signature = signature(key, id, seconds, &body);
    let request = http::Request::post(url)
        .header("content-type", "application/json")
        .header("webhook-id", id)
        .header("webhook-timestamp", seconds.to_string())
        .header("webhook-signature", signature);
    Ok(request.body(body)?)
}
