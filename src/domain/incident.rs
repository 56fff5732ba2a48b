//! The incident as a whole: opening with everything frozen that was in force, its level, the moments from which
//! time counts, and closing.

pub use super::frozen::{
    Channel, Expected, FirstMessage, Ground, Opening, Phase, Place, PlannedOffice, PlannedTask, PlaybookRef,
    Prepared,
};
pub use super::ladder::Ladder;
pub use super::level::Level;

use super::approval::Rule;
use super::calendar::WorkingCalendar;
use super::claim::Book;
use super::course::Course;
use super::deadline::{Anchor, Anchors, Due};
use super::ids::Rev;
use super::plan::{self, Plan};
use super::refusal::Refusal;
use super::{Act, Context, Event as AnyEvent, Incident, Role, deadline, ladder, statement, text};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::sync::Arc;
use ts_rs::TS;

/// Clocks of phones and PCs differ; a time this far ahead of the server's is a clock, not a wrong date.
pub const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_mins(2);
/// Nothing that this register may hold happened before the plan's own decade.
pub const EARLIEST: Timestamp = Timestamp::constant(946_684_800, 0);

/// The incident as a whole, as the room shows it.
#[derive(Clone, Debug, Serialize, JsonSchema, TS)]
pub struct Header {
    /// Last change.
    pub rev: Rev,
    /// Number in the register.
    pub number: String,
    /// What happened.
    pub title: String,
    /// How serious.
    pub level: Level,
    /// An exercise.
    pub exercise: bool,
    /// Where.
    pub place: Option<Place>,
    /// The playbook that it opened with.
    pub playbook: PlaybookRef,
    /// Further playbooks that run.
    pub more: Vec<PlaybookRef>,
    /// The day whose law and organisation apply.
    pub in_force_on: Date,
    /// The moments known so far.
    #[ts(type = "Partial<Record<Anchor, string>>")]
    pub anchors: Anchors,
    /// From when it stood at which level and in which phase.
    pub course: Course,
    /// Who opened it.
    pub opened: Act,
    /// Who closed it.
    pub closed: Option<Closing>,
}

/// How an incident ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Closing {
    /// Who closed it, and when.
    pub by: Act,
    /// With what result.
    pub summary: String,
}

/// What was frozen at opening and does not change.
#[derive(Clone, Debug, Serialize, JsonSchema, TS)]
pub struct Frame {
    /// Last change.
    pub rev: Rev,
    /// Phases of the playbook.
    pub phases: Vec<Phase>,
    /// Prepared statements.
    pub prepared: Vec<Prepared>,
    /// Who approves what.
    pub approvals: Vec<Rule>,
    /// Where statements go out.
    pub channels: Vec<Channel>,
    /// What a first message should say.
    pub first_message: FirstMessage,
    /// What people will ask.
    pub expected: Vec<Expected>,
    /// The levels and the rules between them.
    pub ladder: Ladder,
    /// Grounds on which information may be refused to the press.
    pub refusal_grounds: Vec<Ground>,
    /// Words and rules of the register of claims.
    pub claims: Book,
    /// The working calendar.
    pub calendar: WorkingCalendar,
}

/// What people ask of the incident as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[ts(rename = "IncidentCommand")]
pub enum Command {
    /// Begin. The server fills it in from the playbook and the data in force.
    Open(Box<Opening>),
    /// Raise or lower the level.
    SetLevel {
        /// The new level.
        level: Level,
        /// Why.
        reason: String,
        /// Lower it although something still speaks against it; the head's to decide.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(as = "Option<bool>", optional)]
        despite: bool,
    },
    /// Say when something happened that time counts from.
    SetAnchor {
        /// Which moment.
        anchor: Anchor,
        /// When.
        at: Timestamp,
        /// Why, when it moves.
        reason: Option<String>,
    },
    /// End.
    Close {
        /// With what result.
        summary: String,
        /// Although something still speaks against it; the head's to decide.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(as = "Option<bool>", optional)]
        despite: bool,
    },
}

/// What happened to the incident as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Event {
    /// It began.
    Opened(Box<Opening>),
    /// Its level changed.
    LevelSet {
        /// The new level.
        level: Level,
        /// Why.
        reason: String,
        /// What spoke against it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        despite: Vec<String>,
    },
    /// A moment became known, or moved.
    AnchorSet {
        /// Which.
        anchor: Anchor,
        /// When.
        at: Timestamp,
        /// Why, when it moved.
        reason: Option<String>,
    },
    /// It ended.
    Closed {
        /// With what result.
        summary: String,
        /// What spoke against it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        despite: Vec<String>,
    },
}

/// A time that somebody typed: not in the future, not absurdly long ago.
pub(super) fn typed(at: Timestamp, context: &Context) -> Result<Timestamp, Refusal> {
    let latest = context.at.checked_add(CLOCK_TOLERANCE).unwrap_or(context.at);
    match at {
        at if at > latest => Err(Refusal::InTheFuture),
        at if at < EARLIEST => Err(Refusal::TooLongAgo),
        at => Ok(at),
    }
}

fn in_order(earlier: (Anchor, Timestamp), later: (Anchor, Timestamp)) -> Result<(), Refusal> {
    if later.1 < earlier.1 {
        let (earlier, later) = (earlier.0.title().into(), later.0.title().into());
        return Err(Refusal::OutOfOrder { earlier, later });
    }
    Ok(())
}

pub(super) fn decide(
    incident: &Incident,
    command: Command,
    context: &Context,
) -> Result<Vec<AnyEvent>, Refusal> {
    let events = match command {
        Command::Open(opening) => vec![open(incident, *opening, context)?],
        Command::SetLevel { level, reason, despite } => {
            let now = incident.header.as_ref().ok_or(Refusal::NotOpen)?.level;
            let against = match level.cmp(&now) {
                Ordering::Equal => return Err(Refusal::BadLevel),
                Ordering::Less => ladder::against_lowering(incident),
                Ordering::Greater => vec![],
            };
            let despite = overruled(against, despite, context)?;
            vec![Event::LevelSet { level, reason: text::note(&reason)?, despite }]
        }
        Command::SetAnchor { anchor, at, reason } => {
            let set = set_anchor(incident, anchor, at, reason.as_deref(), context)?;
            let stops = deadline::stops_when(incident, anchor, at);
            return Ok(std::iter::once(AnyEvent::Incident(set)).chain(stops).collect());
        }
        Command::Close { summary, despite } => close(incident, &summary, despite, context)?,
    };
    Ok(events.into_iter().map(AnyEvent::Incident).collect())
}

fn open(incident: &Incident, mut opening: Opening, context: &Context) -> Result<Event, Refusal> {
    if incident.header.is_some() {
        return Err(Refusal::AlreadyOpen);
    }
    opening.title = text::title(&opening.title)?;
    let occurred = (Anchor::OccurredAt, typed(opening.occurred_at, context)?);
    let received = (Anchor::ReceivedAt, typed(opening.received_at, context)?);
    in_order(occurred, received)?;
    if let Some(assessed) = opening.impact_assessed_at {
        in_order(occurred, (Anchor::ImpactAssessedAt, typed(assessed, context)?))?;
    }
    Ok(Event::Opened(Box::new(opening)))
}

fn set_anchor(
    incident: &Incident,
    anchor: Anchor,
    at: Timestamp,
    reason: Option<&str>,
    context: &Context,
) -> Result<Event, Refusal> {
    if !anchor.by_hand() {
        return Err(Refusal::AnchorNotByHand { anchor });
    }
    let header = incident.header.as_ref().ok_or(Refusal::NotOpen)?;
    let reason = text::note_if_any(reason)?;
    if header.anchors.contains_key(&anchor) && reason.is_none() {
        return Err(Refusal::ReasonMissing);
    }
    // Only a conference is announced before it takes place.
    let at = if anchor == Anchor::ConferenceAt { at } else { typed(at, context)? };
    match (anchor, header.anchors.get(&Anchor::OccurredAt), header.anchors.get(&Anchor::ReceivedAt)) {
        (Anchor::OccurredAt, _, Some(received)) => in_order((anchor, at), (Anchor::ReceivedAt, *received))?,
        (_, Some(occurred), _) => in_order((Anchor::OccurredAt, *occurred), (anchor, at))?,
        _ => {}
    }
    Ok(Event::AnchorSet { anchor, at, reason })
}

/// What speaks against an act and is overruled: by the head alone, who says so.
fn overruled(against: Vec<String>, despite: bool, context: &Context) -> Result<Vec<String>, Refusal> {
    match against.first() {
        Some(first) if !(despite && context.by.is(Role::Head)) => {
            Err(Refusal::ConditionsOpen { count: against.len(), first: first.clone() })
        }
        _ => Ok(against),
    }
}

fn close(
    incident: &Incident,
    summary: &str,
    despite: bool,
    context: &Context,
) -> Result<Vec<Event>, Refusal> {
    let open: Vec<_> = incident.tasks.iter().filter(|task| task.holds_up_closing()).collect();
    if let Some(first) = open.iter().min_by_key(|task| task.plan.seq) {
        return Err(Refusal::MandatoryTasksOpen { count: open.len(), first: first.plan.title.clone() });
    }
    if let Some(row) = incident.statements.iter().find(|row| row.is_in_review()) {
        return Err(Refusal::StatementInReview { number: row.number.clone() });
    }
    if let Some(row) = incident.statements.iter().find(|row| row.holds_up_closing()) {
        return Err(Refusal::OldWordsStand { number: row.number.clone(), count: row.unticked().count() });
    }
    let despite = overruled(ladder::against_closing(incident), despite, context)?;
    let closed = Event::AnchorSet { anchor: Anchor::ClosedAt, at: context.at, reason: None };
    Ok(vec![Event::Closed { summary: text::note(summary)?, despite }, closed])
}

pub(super) fn apply(incident: &mut Incident, rev: Rev, event: &Event, act: &Act) {
    match event {
        Event::Opened(opening) => opened(incident, rev, opening, act),
        Event::LevelSet { level, .. } => {
            edit(incident, rev, |header| header.level = *level);
            statement::level_changed(incident, rev);
        }
        Event::AnchorSet { anchor, at, .. } => {
            edit(incident, rev, |header| {
                header.anchors.insert(*anchor, *at);
            });
            recompute(incident, rev, *anchor);
        }
        Event::Closed { summary, .. } => edit(incident, rev, |header| {
            header.closed = Some(Closing { by: act.clone(), summary: summary.clone() });
        }),
    }
}

pub(super) fn edit(incident: &mut Incident, rev: Rev, change: impl FnOnce(&mut Header)) {
    if let Some(header) = &mut incident.header {
        let header = Arc::make_mut(header);
        change(header);
        header.rev = rev;
    }
}

fn opened(incident: &mut Incident, rev: Rev, opening: &Opening, act: &Act) {
    let Opening { number, title, level, exercise, place, in_force_on, playbook, .. } = opening.clone();
    let mut anchors = Anchors::from([
        (Anchor::OccurredAt, opening.occurred_at),
        (Anchor::ReceivedAt, opening.received_at),
        (Anchor::DetectedAt, opening.received_at),
        (Anchor::OpenedAt, act.at),
    ]);
    anchors.extend(opening.impact_assessed_at.map(|at| (Anchor::ImpactAssessedAt, at)));
    let (opened, closed) = (act.clone(), None);
    incident.header = Some(Arc::new(Header {
        rev,
        number,
        title,
        level,
        exercise,
        place,
        playbook: playbook.clone(),
        more: vec![],
        in_force_on,
        anchors,
        course: Course::default(),
        opened,
        closed,
    }));
    let Opening {
        phases,
        prepared,
        approvals,
        channels,
        first_message,
        expected,
        ladder,
        refusal_grounds,
        claims,
        calendar,
        ..
    } = opening.clone();
    ladder.ask(incident, rev);
    incident.frame = Some(Arc::new(Frame {
        rev,
        phases,
        prepared,
        approvals,
        channels,
        first_message,
        expected,
        ladder,
        refusal_grounds,
        claims,
        calendar,
    }));
    let Opening { tasks, clocks, offices, .. } = opening.clone();
    // What else a plan brings, the frame has.
    let (phases, prepared, expected, anchors) = (vec![], vec![], vec![], vec![]);
    let plan = Plan { playbook, phases, tasks, clocks, offices, prepared, expected, claim_anchors: anchors };
    plan::lay(incident, rev, plan, act.at);
}

/// A moment became known or moved: what counts from it is due at another time. A clock that was stopped or
/// recorded as missed keeps what was recorded.
fn recompute(incident: &mut Incident, rev: Rev, anchor: Anchor) {
    let (Some(header), Some(frame)) = (incident.header.clone(), incident.frame.clone()) else { return };
    let counts = |due: &Due| due.anchor == anchor;
    let tasks = incident.tasks.iter().filter(|row| row.plan.due.as_ref().is_some_and(counts));
    for id in tasks.map(|row| row.plan.id.clone()).collect::<Vec<_>>() {
        incident.tasks.edit(rev, &id, |row| row.recount(&header.anchors, &frame.calendar));
    }
    let clocks = incident.deadlines.iter().filter(|row| counts(&row.clock.due));
    for id in clocks.map(|row| row.clock.id.clone()).collect::<Vec<_>>() {
        incident.deadlines.edit(rev, &id, |row| row.recount(&header.anchors, &frame.calendar));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::given::{self, an_opening, at};
    use crate::domain::ids::RowId;
    use crate::domain::{Command as AnyCommand, task};

    fn open(opening: Opening) -> AnyCommand {
        AnyCommand::Incident(Command::Open(Box::new(opening)))
    }
    fn anchor(anchor: Anchor, time: &str, reason: Option<&str>) -> AnyCommand {
        AnyCommand::Incident(Command::SetAnchor { anchor, at: at(time), reason: reason.map(Into::into) })
    }

    #[test]
    fn opening_freezes_what_is_in_force_and_starts_the_clock() {
        let open = given::an_incident();
        let incident = open.incident();
        let header = incident.header.as_ref().expect("open");
        assert_eq!(header.number, "SC-2026-0001");
        let clock = incident.deadlines.iter().next().expect("one clock");
        assert_eq!(clock.due_at, Some("2026-03-02T12:00:00+07:00".parse().expect("a date")));
        assert_eq!(incident.tasks.len(), 4);
    }

    #[test]
    fn wrong_dates_are_refused_and_nothing_is_opened() {
        type Wrong = (fn(&mut Opening), Refusal);
        let cases: [Wrong; 5] = [
            (|o| o.occurred_at = at("23:59:59"), Refusal::InTheFuture),
            (|o| o.received_at = at("23:59:59"), Refusal::InTheFuture),
            (|o| o.occurred_at = Timestamp::UNIX_EPOCH, Refusal::TooLongAgo),
            (
                |o| o.received_at = at("08:00:00"),
                Refusal::OutOfOrder {
                    earlier: Anchor::OccurredAt.title().into(),
                    later: Anchor::ReceivedAt.title().into(),
                },
            ),
            (|o| o.title = "  ".into(), Refusal::Empty),
        ];
        for (change, refusal) in cases {
            let mut opening = an_opening();
            change(&mut opening);
            given::nothing().at(at("12:30:00")).by("press").when(open(opening)).refused(refusal);
        }
    }

    #[test]
    fn an_incident_opens_once() {
        given::an_incident().by("press").when(open(an_opening())).refused(Refusal::AlreadyOpen);
    }

    #[test]
    fn a_moment_moves_only_with_a_reason_and_moves_what_counts_from_it() {
        let open = given::an_incident();
        open.clone()
            .by("press")
            .when(anchor(Anchor::ReceivedAt, "11:00:00", None))
            .refused(Refusal::ReasonMissing);
        let moved =
            open.by("press").when(anchor(Anchor::ReceivedAt, "11:00:00", Some("ghi nhầm giờ"))).accepted();
        let due = moved.incident().deadlines.iter().next().expect("one clock").due_at;
        assert_eq!(due, Some("2026-03-02T11:00:00+07:00".parse().expect("a date")));
        moved
            .by("press")
            .when(anchor(Anchor::ClosedAt, "11:00:00", None))
            .refused(Refusal::AnchorNotByHand { anchor: Anchor::ClosedAt });
    }

    #[test]
    fn levels_are_the_leads_to_set_with_a_reason() {
        let level = |level| {
            let level = Level::new(level).expect("1 to 4");
            AnyCommand::Incident(Command::SetLevel { level, reason: "lan rộng".into(), despite: false })
        };
        given::an_incident().by("party").when(level(4)).refused(Refusal::NotAllowed);
        given::an_incident().by("press").when(level(3)).refused(Refusal::BadLevel);
        let raised = given::an_incident().by("press").when(level(4)).accepted();
        assert_eq!(raised.incident().header.as_ref().expect("open").level.get(), 4);
        assert!(serde_json::from_str::<Level>("5").is_err());
    }

    #[test]
    fn closing_waits_for_the_mandatory_tasks_and_then_ends_everything() {
        let close =
            || AnyCommand::Incident(Command::Close { summary: "Đã ổn định".into(), despite: false });
        let open = given::an_incident();
        let first = "Thông tin ban đầu".to_owned();
        open.clone().by("press").when(close()).refused(Refusal::MandatoryTasksOpen { count: 1, first });
        let closed = open
            .by("press")
            .when(AnyCommand::Task(task::Command::Skip {
                id: RowId::new("t-2").expect("an id"),
                reason: "đã có cơ quan khác thông tin".into(),
            }))
            .accepted()
            .when(close())
            .accepted();
        assert!(closed.incident().is_closed());
        let say = super::super::message::Command::plain(RowId::new("m-9").expect("an id"), "muộn", None);
        closed.clone().when(AnyCommand::Message(say)).refused(Refusal::Closed);
        // What counts from closing is done after it.
        let after = RowId::new("t-4").expect("an id");
        let due = closed.incident().tasks.get(&after).expect("planned").due_at;
        assert!(due.is_some());
        let evidence = task::evidence::Evidence {
            link: Some("https://example.vn/bao-cao".into()),
            ..Default::default()
        };
        let note = Some("đã gửi báo cáo".into());
        closed.when(AnyCommand::Task(task::Command::Finish { id: after, note, evidence })).accepted();
    }

    #[test]
    fn followers_change_nothing() {
        let mut someone = given::actor("press");
        someone.roles = vec![Role::Observer];
        let level =
            Command::SetLevel { level: Level::new(4).expect("1 to 4"), reason: "x".into(), despite: false };
        let context = Context { at: at("12:30:00"), by: &someone, written_at: None };
        let refused =
            super::super::decide(given::an_incident().incident(), AnyCommand::Incident(level), &context);
        assert_eq!(refused, Err(Refusal::NotAllowed));
    }
}
