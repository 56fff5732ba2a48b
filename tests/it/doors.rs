//! Doors: who gets in, from where, for how long.

use crate::support::*;
use futures_util::{SinkExt as _, StreamExt as _};
use hyper::Method;
use phongtruc::client::Client;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

async fn upgrade(server: &Server, cookie: Option<&str>, origin: Option<&str>) -> Result<(), u16> {
    let address = server.origin.replace("http", "ws");
    let mut request = format!("{address}/api/incidents/{DEMO}/ws").into_client_request().expect("an address");
    if let Some(origin) = origin {
        request.headers_mut().insert("origin", origin.parse().expect("a header"));
    }
    if let Some(cookie) = cookie {
        request.headers_mut().insert("cookie", cookie.parse().expect("a header"));
    }
    match tokio_tungstenite::connect_async(request).await {
        // Who is not let in is told by the code of the closing, which a page can see.
        Ok((mut socket, _)) => {
            let hello = r#"{"type":"hello","rev":0,"head":null,"protocol":1}"#;
            socket.send(Message::text(hello)).await.expect("sent");
            match socket.next().await {
                Some(Ok(Message::Close(Some(frame)))) => Err(frame.code.into()),
                Some(Ok(Message::Text(_))) => Ok(()),
                other => panic!("{other:?}"),
            }
        }
        Err(tokio_tungstenite::tungstenite::Error::Http(answer)) => Err(answer.status().as_u16()),
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn a_socket_opens_only_from_our_exact_origin() {
    let server = Server::demo();
    let people = server.people().await;
    let cookie = people.party.cookie().expect("signed in").to_owned();
    let ours = server.origin.clone();
    let port = ours.rsplit(':').next().expect("a port").to_owned();
    assert_eq!(upgrade(&server, Some(&cookie), Some(&ours)).await, Ok(()));
    assert_eq!(upgrade(&server, Some(&cookie), Some(&format!("http://localhost:{port}"))).await, Ok(()));
    let strangers = [
        "http://evil.example".to_owned(),
        format!("{ours}.evil.example"),
        format!("https://127.0.0.1:{port}"),
        "http://127.0.0.1".to_owned(),
        format!("{ours}/"),
        "null".to_owned(),
    ];
    for stranger in strangers {
        assert_eq!(upgrade(&server, Some(&cookie), Some(&stranger)).await, Err(403), "{stranger}");
    }
    assert_eq!(upgrade(&server, Some(&cookie), None).await, Err(403));
    assert_eq!(upgrade(&server, None, Some(&ours)).await, Err(4401));
    assert_eq!(upgrade(&server, Some("__Host-phongtruc=wrong"), Some(&ours)).await, Err(4401));
}

#[tokio::test]
async fn a_form_of_another_site_changes_nothing() {
    let server = Server::demo();
    let people = server.people().await;
    let cookie = people.party.cookie().expect("signed in").to_owned();
    let http: hyper_util::client::legacy::Client<_, http_body_util::Full<hyper::body::Bytes>> =
        hyper_util::client::legacy::Client::builder(hyper_util::rt::TokioExecutor::new()).build_http();
    for (origin, header) in
        [(Some("http://evil.example"), true), (None, true), (Some(server.origin.as_str()), false)]
    {
        let mut request =
            hyper::Request::builder().method(Method::DELETE).uri(format!("{}/api/session", server.origin));
        request = request.header("cookie", &cookie);
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        if header {
            request = request.header("x-phongtruc", "1");
        }
        let answer = http.request(request.body(http_body_util::Full::default()).expect("a request")).await;
        assert_eq!(answer.expect("reached").status(), 403);
    }
    assert_eq!(get(&people.party, "/api/session").await.0, 200, "still signed in");
}

#[tokio::test]
async fn nothing_is_told_to_who_is_not_signed_in() {
    let server = Server::demo();
    let nobody = Client::new(&server.origin);
    let export = format!("/api/incidents/{DEMO}/export/json");
    for path in [
        "/api/session",
        "/api/incidents",
        "/api/find?q=dap",
        "/api/outlook",
        "/api/choices",
        "/api/communes",
        "/api/accounts",
        "/api/functions",
        "/api/matters",
        export.as_str(),
    ] {
        let (status, body) = get(&nobody, path).await;
        assert_eq!((status, body["code"].as_str()), (401, Some("sign_in")), "{path}");
    }
    assert_eq!(open(&nobody, request("a")).await.0, 401);
}

#[tokio::test]
async fn signing_out_ends_open_windows_too() {
    let server = Server::demo();
    let people = server.people().await;
    let mut window = join(&people.party, DEMO).await;
    assert_eq!(people.party.call(Method::DELETE, "/api/session", None).await.expect("reached").status, 204);
    window.ask(&command_id(), &say("vẫn còn?")).await.expect("sent");
    let end = loop {
        match window.next().await {
            Ok(message) => assert_ne!(message["type"], "accepted"),
            Err(end) => break end,
        }
    };
    assert!(end.to_string().contains("4401"), "{end}");
}

#[tokio::test]
async fn the_first_start_asks_for_an_administrator_and_has_no_default_password() {
    let dir = tempfile::tempdir().expect("a directory");
    let server = Server::run(dir.path(), "127.0.0.1:0", &["serve"]);
    let nobody = Client::new(&server.origin);
    let (_, token) = server.links[0].split_once('#').expect("a token");
    let asked = json!({ "token": token });
    let answer = nobody.call(Method::POST, "/api/link", Some(&asked)).await.expect("reached");
    let (status, purpose) = (answer.status.as_u16(), answer.json());
    assert_eq!(
        (status, purpose["name"].as_str(), &purpose["choose_password"]),
        (200, Some("quantri"), &json!(true))
    );
    let choose = |password: &'static str| {
        let (body, nobody) = (json!({ "token": token, "password": password }), nobody.clone());
        async move { nobody.call(Method::POST, "/api/session/link", Some(&body)).await.expect("reached") }
    };
    assert_eq!(choose("ngắn").await.json()["code"], "password_length");
    let mut admin = nobody.clone();
    admin.keep_cookie(&choose("mật khẩu đủ dài").await).expect("signed in");
    assert_eq!(choose("mật khẩu khác hẳn").await.json()["code"], "unknown_link", "a link is used once");

    // The administrator keeps accounts and has no part in incidents.
    assert_eq!(open(&admin, request("su-co-a")).await.1["code"], "not_allowed");
    let new = json!({ "login": "truc.vp", "name": "Người Thử", "title": "Trực", "function": "pc_office",
        "roles": ["duty", "spokesperson"], "spokesperson": null });
    let link = admin.call(Method::POST, "/api/accounts", Some(&new)).await.expect("reached").json();
    let link = link["url"].as_str().expect("a link").to_owned();
    let (_, token) = link.split_once('#').expect("a token");
    let body = json!({ "token": token, "password": "một mật khẩu khác" });
    let mut duty = nobody.clone();
    duty.keep_cookie(&nobody.call(Method::POST, "/api/session/link", Some(&body)).await.expect("reached"))
        .expect("signed in");
    let (_, me) = get(&duty, "/api/session").await;
    assert_eq!(me["actor"]["roles"], json!(["duty"]), "spokesperson comes by designation only");
    assert_eq!(get(&duty, "/api/accounts").await.0, 403);
    let (status, opened) = open(&duty, request("su-co-a")).await;
    assert_eq!(status, 200, "{opened}");
    assert!(opened["number"].as_str().expect("a number").starts_with("SC-"));

    // Barred is out at once.
    let (_, accounts) = get(&admin, "/api/accounts").await;
    let person =
        accounts.as_array().expect("two").iter().find(|row| row["login"] == "truc.vp").expect("added");
    let disable = format!("/api/accounts/{}/disable", person["person"].as_str().expect("an id"));
    assert_eq!(admin.call(Method::POST, &disable, None).await.expect("reached").status, 204);
    assert_eq!(get(&duty, "/api/session").await.0, 401);
    let sign_in = json!({ "name": "truc.vp", "password": "một mật khẩu khác" });
    let refused = nobody.call(Method::POST, "/api/session", Some(&sign_in)).await.expect("reached");
    assert_eq!(refused.json()["code"], "wrong_password");
}

#[tokio::test]
async fn guessing_a_password_gets_slower() {
    let server = Server::demo();
    let nobody = Client::new(&server.origin);
    let guess = json!({ "name": "quantri", "password": "đoán mò" });
    let mut codes = vec![];
    for _ in 0..7 {
        let answer = nobody.call(Method::POST, "/api/session", Some(&guess)).await.expect("reached");
        codes.push(answer.json()["code"].as_str().expect("a code").to_owned());
    }
    assert_eq!(codes[0], "wrong_password");
    assert!(codes.contains(&"slower".to_owned()), "{codes:?}");
}

#[tokio::test]
async fn an_office_without_a_part_finds_nothing() {
    let dir = tempfile::tempdir().expect("a directory");
    let server = Server::run(dir.path(), "127.0.0.1:0", &["demo", "--no-colleague"]);
    let people = server.people().await;
    // 2024's offices have no part in an incident of today that does not involve them, and the other way round: here,
    // an unknown id and a foreign one look the same.
    let (status, body) = get(&people.party, "/api/incidents/khong-co/export/json").await;
    assert_eq!((status, body["code"].as_str()), (404, Some("not_found")));
}

#[tokio::test]
async fn pages_are_guarded_by_their_headers() {
    let server = Server::demo();
    let nobody = Client::new(&server.origin);
    let answer = nobody.call(Method::GET, "/api/session", None).await.expect("reached");
    for (name, part) in [
        ("content-security-policy", "default-src 'none'"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
        ("x-frame-options", "DENY"),
    ] {
        let value = answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        assert!(value.contains(part), "{name}: {value}");
    }
}
