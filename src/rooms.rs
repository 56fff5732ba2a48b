//! All rooms: each opened once and shared, indexed as it goes on, closed when its incident is over and nobody is
//! there. Opening an incident goes through here: number from the register first, then the incident's own log.

mod annual;
mod board;
mod checkpointing;
mod completing;
mod finding;
mod leaving;
mod noticing;
mod officers;
mod owed;
mod playbooks;
mod purging;

pub use finding::{INCIDENTS_PAGE, ROWS_PAGE, ROWS_SHOWN, Search};

use crate::attachments::Attachments;
use crate::checkpoint::Checkpoints;
use crate::clock;
use crate::directory::{self, Directory};
use crate::domain::ids::{CommandId, Digest, IncidentId, OfficeId, PersonId, Rev};
use crate::domain::incident::{self, Opening};
use crate::domain::refusal::{Playbooks, Refusal};
use crate::domain::{Actor, Command, Context, Incident, Role, decide, plan};
use crate::draft::{Drafts, Who};
use crate::index::Index;
use crate::library::Library;
use crate::log::{Damage, Log, Stream};
use crate::notice::Notices;
use crate::opening;
use crate::presence::Presence;
use crate::record::Whole;
use crate::room::{Failure, Room, Snapshot};
use crate::shelf::Shelf;
use crate::wire::{OpenRequest, Opened, Problem, Status};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, OnceCell};

/// Why a further playbook runs that was chosen together with the first.
const RUN_AT_OPENING: &str = "Chọn cùng lúc khi mở sự cố.";

/// How often rooms without people are looked for.
const SWEEP: Duration = Duration::from_secs(300);

/// One incident's room, and who is in it.
#[derive(Debug)]
pub struct Hall {
    /// Its id.
    pub id: IncidentId,
    /// The room.
    pub room: Room<Incident>,
    /// Who is there.
    pub presence: Presence,
    /// Statements as they are typed.
    pub drafts: Drafts,
}

/// All rooms, the directory, and the data in force.
pub struct Rooms {
    log: Arc<dyn Log>,
    /// The directory's own room.
    pub directory: Room<Directory>,
    /// The room of all playbooks.
    pub shelf: Room<Shelf>,
    /// The room of all notices.
    pub notices: Room<Notices>,
    /// What can be rebuilt.
    pub index: Index,
    /// The data files.
    pub library: Library,
    in_force: std::sync::Mutex<Option<(Rev, Arc<Library>)>>,
    /// The files that logs name.
    pub attachments: Attachments,
    /// What is signed of the logs.
    pub checkpoints: Arc<Checkpoints>,
    halls: Mutex<HashMap<IncidentId, Arc<OnceCell<Arc<Hall>>>>>,
    /// One purge at a time.
    purging: Mutex<()>,
}

impl Rooms {
    /// Opens the directory, brings the index up to the logs, and opens every incident that is under way: its
    /// clocks run whether or not somebody looks.
    ///
    /// # Errors
    /// When the directory's log or the index cannot be read at all.
    pub async fn open(
        log: Arc<dyn Log>,
        index: Index,
        library: Library,
        attachments: Attachments,
        checkpoints: Arc<Checkpoints>,
    ) -> anyhow::Result<Arc<Self>> {
        let directory = Room::open(log.clone(), Stream::Directory).await?;
        let shelf = Room::open(log.clone(), Stream::Playbooks).await?;
        let notices = Room::open(log.clone(), Stream::Notices).await?;
        Self::seal(&checkpoints, Stream::Directory, &directory).await?;
        Self::seal(&checkpoints, Stream::Playbooks, &shelf).await?;
        Self::seal(&checkpoints, Stream::Notices, &notices).await?;
        let (halls, in_force, purging) = (Mutex::default(), std::sync::Mutex::default(), Mutex::default());
        let rooms = Arc::new(Self {
            log,
            directory,
            shelf,
            notices,
            index,
            library,
            in_force,
            attachments,
            checkpoints,
            halls,
            purging,
        });
        rooms.take_in_files().await;
        for (id, head) in rooms.log.incidents().await? {
            let current = head.is_some_and(|head| rooms.index.is_current(&id, head));
            let over = rooms.index.known(&id).is_some_and(|known| known.summary.closed_at.is_some());
            if (!(current && over) || rooms.is_doubtful(&id, head).await)
                && let Err(error) = rooms.hall(&id).await
            {
                // One incident that cannot be read keeps nobody from the others.
                tracing::error!(%id, error = format!("{error:#}"), "an incident's log could not be read");
            }
        }
        // What was left undone when the program ended between a departure and its consequences.
        rooms.let_go(None).await;
        tokio::spawn(Self::sweep(Arc::downgrade(&rooms)));
        Ok(rooms)
    }

    /// The hall of an incident, opened if need be; none when there is no such incident.
    ///
    /// # Errors
    /// When its log cannot be read at all.
    pub async fn find(self: &Arc<Self>, id: &IncidentId) -> anyhow::Result<Option<Arc<Hall>>> {
        let registered = self.directory.now().state.register.get(id).is_some();
        let hall = if registered { Some(self.hall(id).await?) } else { None };
        Ok(hall.filter(|hall| hall.room.now().state.header.is_some()))
    }

    async fn hall(self: &Arc<Self>, id: &IncidentId) -> anyhow::Result<Arc<Hall>> {
        let cell = self.halls.lock().await.entry(id.clone()).or_default().clone();
        let hall = cell.get_or_try_init(|| async {
            let room = Room::open(self.log.clone(), Stream::Incident(id.clone())).await?;
            Self::seal(&self.checkpoints, Stream::Incident(id.clone()), &room).await?;
            let drafts = Drafts::new(room.clone(), self.members(id, &room));
            let hall = Arc::new(Hall { id: id.clone(), room, presence: Presence::default(), drafts });
            // Indexed before anybody comes in: the public page must not deny words that are out while the index is
            // being rebuilt.
            take_in(&self.index, id, hall.room.now()).await;
            tokio::spawn(index(self.index.clone(), id.clone(), hall.room.clone()));
            anyhow::Ok(hall)
        });
        Ok(hall.await?.clone())
    }

    /// Says who somebody is in an incident, as of the moment when it is asked.
    fn members(self: &Arc<Self>, id: &IncidentId, room: &Room<Incident>) -> Who {
        let (rooms, id, room) = (Arc::downgrade(self), id.clone(), room.clone());
        Arc::new(move |person| {
            let state = room.now().state.clone();
            let on = state.header.as_ref()?.in_force_on;
            let actor = rooms.upgrade()?.actor_on(person, on, Some(&id))?;
            Self::enters(&actor, &state).then_some(actor)
        })
    }

    /// Records what is being typed everywhere: before the program ends.
    pub async fn settle(&self) {
        let halls: Vec<_> = self.halls.lock().await.values().filter_map(|cell| cell.get().cloned()).collect();
        for hall in halls {
            hall.drafts.settle().await;
        }
    }

    async fn sweep(rooms: std::sync::Weak<Self>) {
        let mut ticks = tokio::time::interval(SWEEP);
        loop {
            ticks.tick().await;
            let Some(rooms) = rooms.upgrade() else { return };
            rooms.halls.lock().await.retain(|_, cell| {
                let idle =
                    |hall: &Arc<Hall>| Arc::strong_count(hall) == 1 && hall.room.now().state.is_closed();
                !cell.get().is_some_and(idle)
            });
        }
    }

    /// Opens an incident. The same request again opens nothing twice.
    ///
    /// # Errors
    /// What is wrong with the request, in words.
    pub async fn begin(self: &Arc<Self>, person: &PersonId, request: OpenRequest) -> Result<Opened, Problem> {
        if !self.library.usable() {
            let words =
                "Dữ liệu tổ chức hoặc pháp luật bị lỗi nên chưa mở được sự cố. Hãy báo quản trị viên.";
            return Err(problem("data_broken", words));
        }
        let (id, now) = (request.id.clone(), clock::now());
        let on = opening::day(&self.library, &request, now);
        // The opener acts for the office of the incident's day, as everybody in its room does.
        let by = self.actor_on(person, on, Some(&id));
        let by = by.ok_or_else(|| problem("sign_in", "Tài khoản đã bị khóa. Hãy liên hệ quản trị viên."))?;
        let library = self.in_force();
        let opening = opening::opening(&library, &library.playbooks, &request, &by, now)?;
        // Refused before a number is spent on it.
        let context = Context { at: now, by: &by, written_at: None };
        decide(&Incident::default(), open(&opening), &context).map_err(|refusal| refused(&refusal.into()))?;
        let number = self.register(&id, &by, &opening, now).await?;
        let hall = self.hall(&id).await.map_err(|error| {
            tracing::error!(error = format!("{error:#}"), %id, "an incident's log could not be read");
            problem("unreadable", "Không đọc được nhật ký của sự cố. Hãy báo quản trị viên.")
        })?;
        let opening = Opening { number: number.clone(), ..opening };
        let opened = hall.room.ask(cause("open", &id)?, by.clone(), open(&opening)).await;
        opened.map_err(|failure| refused(&failure))?;
        for playbook in request.also.iter().filter(|also| **also != request.playbook) {
            let (cause, playbook) =
                (cause(&format!("run-{}", playbook.replace('_', "-")), &id)?, playbook.clone());
            let run = plan::Command::Run { playbook, reason: RUN_AT_OPENING.into(), plan: None };
            let run = self.completed(&hall, &by, Command::Plan(run)).await;
            let run = run.map_err(|refusal| refused(&refusal.into()))?;
            match hall.room.ask(cause, by.clone(), run).await {
                // The same request again.
                Ok(_) | Err(Failure::Refused(Refusal::Playbooks(Playbooks::PlaybookRuns))) => {}
                Err(failure) => return Err(refused(&failure)),
            }
        }
        Ok(Opened { id, number })
    }

    /// Gives an incident its number; the one that it has, when it has one.
    async fn register(
        &self,
        id: &IncidentId,
        by: &Actor,
        opening: &Opening,
        now: Timestamp,
    ) -> Result<String, Problem> {
        let year = opening.calendar.local(now).year();
        let register = directory::Command::Register { id: id.clone(), exercise: opening.exercise, year };
        let registered = self.directory.ask(cause("number", id)?, by.clone(), register).await;
        registered.map_err(|failure| refused(&failure))?;
        let directory = self.directory.now();
        let row = directory.state.register.get(id);
        row.map(|row| row.number.clone())
            .ok_or_else(|| problem("unregistered", "Chưa cấp được số sự cố. Hãy thử lại."))
    }

    /// The whole record of an incident as it is in the log now. A damaged one is not handed out as if it were whole.
    ///
    /// # Errors
    /// In words, when the log is damaged or cannot be read.
    pub async fn record(&self, id: &IncidentId) -> Result<Whole, Problem> {
        let damaged = |damage: Damage| {
            let words = format!("Nhật ký của sự cố bị hỏng, {damage}. Chưa xuất; hãy báo quản trị viên.");
            problem("damaged", &words)
        };
        let reading = self.log.read(&Stream::Incident(id.clone()), 0).await.map_err(|error| {
            tracing::error!(error = format!("{error:#}"), %id, "an incident's log could not be read");
            problem("unreadable", "Không đọc được nhật ký của sự cố. Hãy báo quản trị viên.")
        })?;
        match reading.damage {
            Some(damage) => Err(damaged(damage)),
            None => Whole::read(reading.lines).map_err(damaged),
        }
    }

    /// Today, by the office's clock.
    pub fn today(&self) -> Date {
        self.library.law.calendar.local(clock::now()).date()
    }

    /// The person as an actor in an incident, with the office of the incident's day; outside of any, with
    /// today's. None for somebody who is unknown or barred.
    pub fn actor(&self, person: &PersonId, hall: Option<&Hall>) -> Option<Actor> {
        let header = hall.and_then(|hall| hall.room.now().state.header.clone());
        let on = header.map_or_else(|| self.today(), |header| header.in_force_on);
        self.actor_on(person, on, hall.map(|hall| &hall.id))
    }

    fn actor_on(&self, person: &PersonId, on: Date, matter: Option<&IncidentId>) -> Option<Actor> {
        let directory = self.directory.now();
        let known = directory.state.people.get(person).filter(|known| !known.disabled)?;
        Some(known.actor(&self.library.organisation, on, clock::now(), matter))
    }

    /// Whether the actor has a part in the incident.
    pub fn enters(actor: &Actor, incident: &Incident) -> bool {
        has_part(actor, |office| incident.offices.get(office).is_some())
    }

    /// A browser shows a head that the log does not have: the record was rolled back or changed. Everyone is told.
    pub async fn witness(&self, hall: &Hall, rev: Rev, head: &Digest, by: &Actor) {
        let now = hall.room.now();
        if rev == 0 || now.status != Status::Live || now.knows(rev, head) {
            return;
        }
        tracing::error!(incident = %hall.id, rev, head = %head, person = %by.person, "a browser knows a head that the log does not have");
        let why = format!(
            "Máy của {} đã thấy dòng {rev} mà nhật ký trên máy chủ không có: bản ghi đã bị lùi hoặc bị thay đổi. \
             Phòng chỉ còn để đọc; hãy báo quản trị viên giữ nguyên hiện trạng.",
            by.name
        );
        hall.room.freeze(why).await;
    }
}

fn has_part(actor: &Actor, takes_part: impl Fn(&OfficeId) -> bool) -> bool {
    let acts = |role: &Role| !matches!(role, Role::Admin | Role::Room | Role::Service);
    let office = actor.office.as_ref().is_some_and(takes_part);
    actor.is(Role::Observer) || (office && actor.roles.iter().any(acts))
}

fn problem(code: &str, words: &str) -> Problem {
    Problem { code: code.into(), words: words.into() }
}

fn open(opening: &Opening) -> Command {
    Command::Incident(incident::Command::Open(Box::new(opening.clone())))
}

/// The command id for a step of opening an incident: the same step again is the same command.
fn cause(step: &str, id: &IncidentId) -> Result<CommandId, Problem> {
    let unfit = || problem("bad_id", "Mã sự cố không hợp lệ. Hãy tải lại trang.");
    CommandId::new(&format!("{step}-{id}")).ok_or_else(unfit)
}

fn refused(failure: &Failure) -> Problem {
    Problem { code: failure.code(), words: failure.to_string() }
}

/// Follows a room and keeps the index up to it, until the room is closed.
async fn index(index: Index, id: IncidentId, room: Room<Incident>) {
    let mut follow = room.follow();
    // What came since it was taken in for the first time.
    follow.mark_changed();
    drop(room);
    while follow.changed().await.is_ok() {
        let now = follow.borrow_and_update().clone();
        take_in(&index, &id, now).await;
    }
}

async fn take_in(index: &Index, id: &IncidentId, now: Arc<Snapshot<Incident>>) {
    let (index, id) = (index.clone(), id.clone());
    let put =
        move || if index.is_current(&id, now.head) { Ok(()) } else { index.put(&id, &now.state, now.head) };
    let put = tokio::task::spawn_blocking(put).await.map_err(anyhow::Error::from);
    if let Err(error) = put.flatten() {
        tracing::error!(error = format!("{error:#}"), "the index is behind; the next start rebuilds it");
    }
}
