//! A running server: log, index, rooms and routes put together on a listener, and the public page on one of its own,
//! until it is told to end.

use crate::api::{self, Api, Jobs, Links};
use crate::attachments::Attachments;
use crate::checkpoint::{self, Checkpoints};
use crate::clock;
use crate::config::Config;
use crate::courier::{Courier, Post};
use crate::directory::{Command, Profile};
use crate::domain::Role;
use crate::domain::ids::{CommandId, PersonId};
use crate::index::Index;
use crate::library::Library;
use crate::log::Log;
use crate::log::file::FileLog;
use crate::public::Site;
use crate::room::the_room;
use crate::rooms::Rooms;
use crate::site;
use anyhow::Context as _;
use axum::Router;
use jiff::SignedDuration;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// How long the record of what is being typed may take after that.
const SETTLE: Duration = Duration::from_secs(20);
/// How long open windows may take to hear that the server ends.
const FAREWELL: Duration = Duration::from_secs(5);

/// A listener that is being answered on.
type Serving = tokio::task::JoinHandle<std::io::Result<()>>;

/// Where the public page is.
pub struct Public {
    /// The address that people read it at.
    pub url: String,
    /// Where it listens.
    pub address: SocketAddr,
}

/// A server that listens.
pub struct Server {
    /// Rooms, directory, index, data.
    pub rooms: Arc<Rooms>,
    /// The address that browsers use.
    pub origin: String,
    /// Where it listens.
    pub address: SocketAddr,
    /// The public page, when there is one.
    pub public: Option<Public>,
    end: watch::Sender<bool>,
    serving: Vec<Serving>,
}

/// The data files that a server is told to use.
///
/// # Errors
/// When the folders cannot be read.
pub fn library(config: &Config) -> anyhow::Result<Library> {
    match (&config.playbooks, &config.seeds) {
        (Some(playbooks), Some(seeds)) => Library::from_dirs(playbooks, seeds)
            .with_context(|| format!("không đọc được {} hoặc {}", playbooks.display(), seeds.display())),
        _ => Ok(Library::embedded()),
    }
}

impl Server {
    /// Opens everything and listens. `colleague` is the demonstration's switch.
    ///
    /// # Errors
    /// When the data directory, the data files or the address cannot be used.
    pub async fn start(config: &Config, colleague: Option<Arc<AtomicBool>>) -> anyhow::Result<Self> {
        let library = library(config)?;
        for problem in &library.problems {
            tracing::warn!(file = problem.file, line = problem.line, reason = problem.reason, "left out");
        }
        if let Some(gap) = library.law.gap(library.law.calendar.local(clock::now()).date()) {
            tracing::warn!(file = gap.file, line = gap.line, todo = gap.todo, "{}", gap.words);
        }
        let log: Arc<dyn Log> = Arc::new(FileLog::open(&config.data)?);
        let index_dir = config.data.join("index");
        let opened = tokio::task::spawn_blocking(move || {
            let index = Index::open(&index_dir)?;
            index.forget_ended(clock::now())?;
            anyhow::Ok(index)
        });
        let index = opened.await??;
        let attachments = Attachments::open(&config.data)?;
        let folder = checkpoint::folder_of(&config.data, config.checkpoints.as_deref());
        let (witness, tsa) = (config.witness.as_deref(), config.tsa.as_deref());
        let checkpoints = Checkpoints::open(&config.data, &folder, witness, tsa)?;
        let rooms = Rooms::open(log, index, library, attachments, checkpoints).await?;
        let listener = listen(config.listen).await?;
        let address = listener.local_addr()?;
        let origins = config.origins(address)?;
        let origin = origins.first().cloned().unwrap_or_default();
        let (end, ending) = watch::channel(false);
        let post = config.smtp.as_deref().zip(config.mail_from.as_deref());
        let post = post.map(|(url, from)| Post::new(url, from)).transpose()?;
        let courier = Arc::new(Courier::open(&config.data, &origin, &config.push_service, post)?);
        rooms.notice(&courier, SignedDuration::from_secs(config.notice_after.into()));
        let exports = Jobs::open(config)?;
        let router =
            api::router(&Api::new(rooms.clone(), courier, origins, colleague, ending.clone(), exports));
        let mut serving = vec![serve(listener, router, ending.clone())];
        let mut public = None;
        if let Some(address) = config.public {
            let listener = listen(address).await?;
            let address = listener.local_addr()?;
            let url = config.public_url(address)?;
            let site = Site::new(&url, rooms.library.organisation.authority.as_deref());
            serving.push(serve(listener, site::router(site, rooms.index.clone()), ending));
            public = Some(Public { url, address });
        }
        Ok(Self { rooms, origin, address, public, end, serving })
    }

    /// When nobody can keep accounts yet: a one-time link with which the administrator chooses a password.
    ///
    /// # Errors
    /// When the directory cannot be written.
    pub async fn first_administrator(&self) -> anyhow::Result<Option<String>> {
        let state = self.rooms.directory.now();
        if state.state.has_administrator() {
            return Ok(None);
        }
        let id = PersonId::new("quan-tri").context("a literal that is an id")?;
        if state.state.people.get(&id).is_none() {
            let (login, name, title) = ("quantri".into(), "Quản trị viên".into(), "Quản trị hệ thống".into());
            let profile = Profile { login, name, title, function: None, roles: vec![Role::Admin] };
            let cause = CommandId::new(&clock::id()).context("an id")?;
            let add = Command::Add { id: id.clone(), profile, designation: None };
            self.rooms.directory.ask(cause, the_room(), add).await?;
        }
        Ok(Some(Links::to_choose_a_password(&self.rooms.index, &self.origin, &id)?))
    }

    /// Ends: windows are told, what is under way is answered, what was typed is recorded.
    ///
    /// # Errors
    /// When serving itself had failed.
    pub async fn end(self) -> anyhow::Result<()> {
        self.end.send_replace(true);
        let served = tokio::time::timeout(FAREWELL, futures_util::future::try_join_all(self.serving)).await;
        if tokio::time::timeout(SETTLE, self.rooms.settle()).await.is_err() {
            tracing::error!(
                "what was typed last could not be recorded; it is still in the windows that typed it"
            );
        }
        match served {
            Ok(served) => served?.into_iter().try_for_each(|served| Ok(served?)),
            // A window that does not go is no reason to stay: everything acknowledged is on disk.
            Err(_) => Ok(()),
        }
    }
}

async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    let listener = TcpListener::bind(address).await;
    listener.with_context(|| format!("không lắng nghe được ở {address}; có thể cổng đang bận"))
}

/// Answers on a listener until the server ends.
fn serve(listener: TcpListener, router: Router, mut ending: watch::Receiver<bool>) -> Serving {
    let serve = axum::serve(listener, router).with_graceful_shutdown(async move {
        // Without a sender there is nobody left who could want the server to go on.
        let _ = ending.wait_for(|over| *over).await;
    });
    tokio::spawn(serve.into_future())
}
