//! What leaves the house: sealed so that the browser alone opens it, proven to come from here, signed for programs.

use super::*;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{Signature, VerifyingKey};
use serde_json::Value;

/// The browser of RFC 8291, appendix A.
fn browser() -> PushKeys {
    PushKeys {
        endpoint: "https://fcm.googleapis.com/fcm/send/abc".into(),
        p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
            .into(),
        auth: "BTBZMqHH6r4Tts7J_aSIgg".into(),
    }
}
fn push() -> Push {
    Push::new(&[7; 32], "https://truc.vn", &["http://127.0.0.1:9000".to_owned()]).expect("a key")
}

#[test]
fn the_proof_of_origin_verifies_and_names_the_service() {
    let now = Timestamp::from_second(1_790_000_000).expect("a date");
    let request = push().request(&browser(), b"xin".to_vec(), "t", true, now).expect("a call");
    let header = |name: &str| request.headers()[name].to_str().expect("text").to_owned();
    assert_eq!((header("urgency"), header("content-encoding")), ("high".into(), "aes128gcm".into()));
    let authorization = header("authorization");
    let (token, key) =
        authorization.strip_prefix("vapid t=").expect("VAPID").split_once(", k=").expect("a key");
    let (signed, signature) = token.rsplit_once('.').expect("a JWT");
    let key = VerifyingKey::from_sec1_bytes(&URL_SAFE_NO_PAD.decode(key).expect("base64")).expect("a key");
    let signature = URL_SAFE_NO_PAD.decode(signature).expect("base64");
    key.verify(signed.as_bytes(), &Signature::from_slice(&signature).expect("64 bytes")).expect("signed");
    let claims = URL_SAFE_NO_PAD.decode(signed.split_once('.').expect("two parts").1).expect("base64");
    let claims: Value = serde_json::from_slice(&claims).expect("JSON");
    assert_eq!(claims["aud"], "https://fcm.googleapis.com");
    assert_eq!(claims["exp"], 1_790_000_000 + 12 * 3600);
    assert_eq!(push().public_key(), URL_SAFE_NO_PAD.encode(key.to_encoded_point(false).as_bytes()));
}

#[test]
fn a_message_is_sealed_anew_each_time_and_shows_nothing() {
    let now = Timestamp::UNIX_EPOCH;
    let sealed =
        || push().request(&browser(), b"Duyet PN-01".to_vec(), "t", false, now).expect("a call").into_body();
    let (one, other) = (sealed(), sealed());
    assert_ne!(one, other);
    assert!(!one.windows(5).any(|window| window == b"Duyet"));
    // RFC 8188, section 2.1: salt, record size, and the sender's key of 65 bytes.
    assert_eq!((one[20], one.len()), (65, 16 + 4 + 1 + 65 + 11 + 1 + 16));
}

#[test]
fn only_known_push_services_are_called() {
    let at = |endpoint: &str| push().checked(&PushKeys { endpoint: endpoint.into(), ..browser() });
    for good in [
        "https://fcm.googleapis.com/fcm/send/a",
        "https://updates.push.services.mozilla.com/wpush/v2/a",
        "https://db5p.notify.windows.com/w/?token=a",
        "https://web.push.apple.com/a",
        "http://127.0.0.1:9000/a",
    ] {
        assert_eq!(at(good), Ok(()), "{good}");
    }
    for bad in [
        "http://fcm.googleapis.com/a",
        "https://10.0.0.1/a",
        "https://evil.vn/fcm.googleapis.com",
        "https://fcm.googleapis.com@evil.vn/a",
        "https://notify.windows.com.evil.vn/a",
        "https://.notify.windows.com/a",
        "http://127.0.0.1:90001/a",
        "",
    ] {
        assert!(at(bad).is_err(), "{bad}");
    }
    let unkeyed = PushKeys { auth: "c2hvcnQ".into(), ..browser() };
    assert!(push().checked(&unkeyed).is_err());
}

#[test]
fn a_call_to_a_program_is_signed_as_standard_webhooks_has_it() {
    // The example of the Standard Webhooks reference.
    let key = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").expect("base64");
    let signed = signature(&key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, br#"{"test": 2432232314}"#);
    assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

#[test]
fn the_key_is_made_once_and_is_its_owners() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempfile::tempdir().expect("a directory");
    let open = || Courier::open(dir.path(), "https://truc.vn", &[], None).expect("opened");
    let hook = RowId::new("h-1").expect("an id");
    let (first, second) = (open(), open());
    assert_eq!(first.push.public_key(), second.push.public_key());
    assert_eq!(first.secret(&hook), second.secret(&hook));
    assert_ne!(first.secret(&hook), first.secret(&RowId::new("h-2").expect("an id")));
    let mode = fs::metadata(dir.path().join("notice.key")).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
