//! The lines of the form: what is counted, what belongs to the total and is not, and why, one reason in words for each.
//! Every decision here has its sentence in [`super::METHOD`].

use super::contribution::{Became, Contribution, Met, Question, Run};
use super::form::{Clause, Counts, Form, Line};
use super::{Item, Material, Quarter, QuarterState, Row, Window, cited};
use crate::domain::condition::same;
use crate::domain::ids::IncidentId;
use crate::domain::meeting::Kind;
use crate::export::words::Moment;
use jiff::Timestamp;

/// The office's own log, where an incident's title would stand.
const OFFICE: &str = "Ngoài sự cố";

/// What was counted, and what only belongs to the total.
#[derive(Default)]
struct Tally {
    counted: Vec<Item>,
    missed: Vec<Item>,
}

impl Tally {
    fn add(&mut self, counts: bool, item: Item) {
        if counts { &mut self.counted } else { &mut self.missed }.push(item);
    }
}

pub(super) fn row(line: &Line, window: &Window, material: &Material) -> Row {
    let form = material.form;
    let (tally, is_share, basis) = match line.counts {
        Counts::Conferences => (meetings(Kind::PressConference, window, material), false, vec![]),
        Counts::Briefings => (meetings(Kind::PressBriefing, window, material), false, vec![]),
        Counts::Enquiries => (enquiries(window, material), true, vec![]),
        Counts::Cases => (cases(window, material), true, form.clauses.iter().collect()),
        Counts::OnTime => {
            let timed = form.clauses.iter().filter(|clause| clause.duty.is_some());
            (on_time(window, material), true, timed.collect::<Vec<&Clause>>())
        }
        Counts::Corrections => (corrections(window, material), true, vec![]),
    };
    let mut basis: Vec<_> = basis.iter().map(|clause| cited(material.law, form, &clause.basis)).collect();
    if line.counts == Counts::Corrections {
        basis.push(cited(material.law, form, &form.corrections.basis));
    }
    let Tally { mut counted, mut missed } = tally;
    for items in [&mut counted, &mut missed] {
        items.sort_by(|a, b| (a.at, &a.number).cmp(&(b.at, &b.number)));
    }
    let number = |items: &[Item]| u32::try_from(items.len()).unwrap_or(u32::MAX);
    let of = is_share.then(|| number(&counted).saturating_add(number(&missed)));
    Row {
        number: line.number,
        title: line.title.clone(),
        count: number(&counted),
        of,
        basis,
        counted,
        missed,
    }
}

fn words(at: Timestamp, material: &Material) -> String {
    Moment::of(at, &material.law.calendar).words
}

/// Incidents whose facts count: never an exercise's.
fn real<'a>(material: &Material<'a>) -> impl Iterator<Item = &'a Contribution> {
    material.incidents.iter().filter(|incident| !incident.exercise)
}

/// Incidents of the year, by the moment at which they were received.
fn received<'a>(window: &Window, material: &Material<'a>) -> impl Iterator<Item = &'a Contribution> {
    let window = window.clone();
    real(material).filter(move |incident| window.holds(incident.received_at))
}

fn item(incident: Option<&Contribution>, at: Timestamp, why: String, material: &Material) -> Item {
    let Some(incident) = incident else {
        let (number, title) = (String::new(), OFFICE.to_owned());
        return Item { incident: None, number, title, why, at, under_way: false, enters: false };
    };
    let id: &IncidentId = &incident.id;
    Item {
        incident: Some(id.clone()),
        number: incident.number.clone(),
        title: incident.title.clone(),
        why,
        at,
        under_way: !incident.closed,
        enters: (material.enters)(id),
    }
}

fn held<'a>(material: &Material<'a>) -> impl Iterator<Item = (Option<&'a Contribution>, &'a Met)> {
    let own = material.office.meetings.iter().map(|met| (None, met));
    own.chain(real(material).flat_map(|one| one.meetings.iter().map(move |met| (Some(one), met))))
}

fn meetings(kind: Kind, window: &Window, material: &Material) -> Tally {
    let mut tally = Tally::default();
    for (incident, met) in held(material).filter(|(_, met)| met.kind == kind && window.holds(met.at)) {
        let place = met.place.as_ref().map_or_else(String::new, |place| format!(", {place}"));
        let why = format!("{} lúc {}{place}", kind.title(), words(met.at, material));
        tally.add(true, item(incident, met.at, why, material));
    }
    tally
}

fn enquiries(window: &Window, material: &Material) -> Tally {
    let own = material.office.enquiries.iter().map(|question| (None, question));
    let of_incidents = |one| -> Vec<_> { Contribution::questions(one).map(|it| (Some(one), it)).collect() };
    let mut tally = Tally::default();
    for (incident, question) in own.chain(real(material).flat_map(of_incidents)) {
        if !window.holds(question.received_at) {
            continue;
        }
        let (answered, became) = became(question, material);
        let why = format!("{}: hỏi lúc {}; {became}", question.outlet, words(question.received_at, material));
        tally.add(answered, item(incident, question.received_at, why, material));
    }
    tally
}

impl Contribution {
    fn questions(&self) -> impl Iterator<Item = &Question> {
        self.enquiries.iter()
    }

    /// The first time that the office spoke, and by what.
    fn first_word(&self) -> Option<(Timestamp, String)> {
        let public = self.spoken.iter().filter(|spoken| spoken.public);
        let statements = public.map(|spoken| (spoken.at, spoken.number.clone()));
        let meetings = self.meetings.iter().map(|met| (met.at, met.kind.title().to_lowercase()));
        let answered =
            |question: &Question| Some((question.answered_at()?, format!("trả lời {}", question.outlet)));
        statements.chain(meetings).chain(self.questions().filter_map(answered)).min()
    }

    /// The clauses under which it is a case.
    fn clauses<'a>(&self, form: &'a Form) -> Vec<&'a Clause> {
        let applies = |clause: &&Clause| {
            let runs = |duty: &String| self.clocks.iter().any(|run| run.duty == *duty);
            let agreed = |question: &String| self.agreed.iter().any(|one| same(one, question));
            clause.duty.as_ref().is_some_and(runs)
                || clause.question.as_ref().is_some_and(agreed)
                || (clause.asked && !self.enquiries.is_empty())
        };
        form.clauses.iter().filter(applies).collect()
    }
}

fn became(question: &Question, material: &Material) -> (bool, String) {
    match &question.outcome {
        None => (false, "chưa trả lời".into()),
        Some((Became::Answered(by), at)) => {
            let by = by.as_ref().map_or_else(String::new, |number| format!(" bằng {number}"));
            (true, format!("trả lời lúc {}{by}", words(*at, material)))
        }
        Some((Became::Declined(ground), at)) => {
            let ground = ground.as_ref().map_or_else(String::new, |ground| format!(" ({ground})"));
            (false, format!("từ chối lúc {}{ground}", words(*at, material)))
        }
    }
}

fn cases(window: &Window, material: &Material) -> Tally {
    let mut tally = Tally::default();
    for incident in received(window, material) {
        let clauses = incident.clauses(material.form);
        if clauses.is_empty() {
            continue;
        }
        let clauses = clauses.iter().map(|clause| clause.title.as_str()).collect::<Vec<_>>().join(", ");
        let first = incident.first_word();
        let spoke = first.as_ref().map_or_else(
            || "chưa phát ngôn".into(),
            |(at, by)| format!("phát ngôn lần đầu lúc {} ({by})", words(*at, material)),
        );
        let why = format!("Theo {clauses}; {spoke}");
        tally.add(first.is_some(), item(Some(incident), incident.received_at, why, material));
    }
    tally
}

fn on_time(window: &Window, material: &Material) -> Tally {
    let mut tally = Tally::default();
    for incident in received(window, material) {
        let timed = |run: &&Run| material.form.duties().any(|duty| duty == run.duty);
        let runs: Vec<_> = incident.clocks.iter().filter(timed).map(|run| met(run, material)).collect();
        if runs.is_empty() {
            continue;
        }
        let all = runs.iter().all(|(met, _)| *met);
        // What was in time says nothing about why the case as a whole was not.
        let mut reasons: Vec<String> =
            runs.into_iter().filter(|(met, _)| *met == all).map(|(_, reason)| reason).collect();
        reasons.dedup();
        tally.add(all, item(Some(incident), incident.received_at, reasons.join("; "), material));
    }
    tally
}

/// Whether a clock was met, and how it stands in words.
fn met(run: &Run, material: &Material) -> (bool, String) {
    let due = words(run.due_at, material);
    match &run.stopped {
        Some((at, number)) if *at <= run.due_at => {
            (true, format!("{number} lúc {}, hạn {due}", words(*at, material)))
        }
        Some((at, number)) => (false, format!("chậm: {number} lúc {}, hạn {due}", words(*at, material))),
        None if material.now >= run.due_at => (false, format!("quá hạn {due}, chưa phát ngôn")),
        None => (false, format!("chưa phát ngôn, chưa đến hạn {due}")),
    }
}

fn corrections(window: &Window, material: &Material) -> Tally {
    let rule = &material.form.corrections;
    let mut tally = Tally::default();
    for incident in received(window, material) {
        let demand = incident.spoken.iter().find(|spoken| rule.statements.contains(&spoken.kind));
        let opened = rule.playbooks.iter().any(|playbook| incident.playbooks.contains(playbook));
        let why = match demand {
            Some(demand) => format!("{} gửi lúc {}", demand.number, words(demand.at, material)),
            None if opened => "chưa gửi văn bản phản hồi, yêu cầu cải chính".into(),
            None => continue,
        };
        tally.add(demand.is_some(), item(Some(incident), incident.received_at, why, material));
    }
    tally
}

/// The parts of the year, each with the conferences held in it.
pub(super) fn quarters(window: &Window, material: &Material) -> Option<Vec<Quarter>> {
    let parts = window.parts(material.form.conference_months, &material.law.calendar)?;
    let quarter = |part: Window| {
        let conference = |met: &&Met| met.kind == Kind::PressConference && part.holds(met.at);
        let count = held(material).map(|(_, met)| met).filter(conference).count();
        let state = match count {
            1.. => QuarterState::Held,
            0 if material.now < part.from => QuarterState::Ahead,
            0 if material.now < part.until => QuarterState::Running,
            0 => QuarterState::Missing,
        };
        let (from, to) = (part.first_day, part.last_day()?);
        Some(Quarter { from, to, held: u32::try_from(count).unwrap_or(u32::MAX), state })
    };
    parts.into_iter().map(quarter).collect()
}
