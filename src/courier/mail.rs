//! Mail by SMTP: the office's own mail server takes it and does the rest.

use super::{Fate, PATIENCE};
use crate::notice::Outcome;
use anyhow::Context as _;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

/// The office's mail server and the address that mail comes from.
pub struct Post {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Post {
    /// By the address of a mail server, `smtps://user:password@host` or `smtp://host:587?tls=required`.
    ///
    /// # Errors
    /// When one of the two is none.
    pub fn new(url: &str, from: &str) -> anyhow::Result<Self> {
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url);
        let server =
            server.context("--smtp không phải địa chỉ máy chủ thư, ví dụ smtps://ten:mat-khau@may-chu")?;
        let from = from.parse().context("--mail-from không phải địa chỉ thư điện tử")?;
        Ok(Self { server: server.timeout(Some(PATIENCE)).build(), from })
    }

    pub(super) async fn send(&self, to: &str, subject: &str, body: &str, id: &str) -> Fate {
        let domain = self.from.email.domain();
        let message = to.parse().map_err(anyhow::Error::from).and_then(|to| {
            let message = Message::builder()
                .from(self.from.clone())
                .to(Mailbox::new(None, to))
                .subject(subject)
                .message_id(Some(format!("<{id}@{domain}>")))
                .header(ContentType::TEXT_PLAIN);
            Ok(message.body(body.to_owned())?)
        });
        let message = match message {
            Ok(message) => message,
            Err(error) => return super::failed(format!("không soạn được thư: {error}"), true, None),
        };
        match self.server.send(message).await {
            Ok(_) => Fate::Noted(Outcome::Sent),
            Err(error) => super::failed(format!("máy chủ thư: {error}"), error.is_permanent(), None),
        }
    }
}
