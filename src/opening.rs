//! From a request and the data in force to the opening of an incident: functions become offices, rules become
//! clocks, and everything is frozen. Pure: told the time, reads no files.

mod claims;

pub use claims::claim_clocks_on;

use crate::domain::approval::{Rule, Signatory};
use crate::domain::deadline::{Anchor, Basis, Clock, Due, Source};
use crate::domain::ids::{Digest, OfficeId, RowId};
use crate::domain::incident::{
    Channel, Header, Level, Opening, Phase, Place, PlannedOffice, PlannedTask, PlaybookRef, Prepared,
};
use crate::domain::plan::{Plan, Step};
use crate::domain::{Actor, Role};
use crate::law::{Approval, Ask, Duty, Law};
use crate::library::Library;
use crate::organisation::{CHOSEN_FUNCTION, Commune, Office, Organisation};
use crate::playbook::Playbook;
use crate::template::Template;
use crate::wire::{OpenRequest, Problem};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Functions that are a person's role, not an office: such a signatory signs in that role, wherever they sit.
const FUNCTIONS_OF_PEOPLE: [(&str, Role); 3] = [
    ("spokesperson", Role::Spokesperson),
    ("task_force_head", Role::Head),
    ("task_force_secretariat", Role::Secretary),
];

fn problem(code: &str, words: String) -> Problem {
    Problem { code: code.into(), words }
}

/// The day whose law and organisation an incident takes: the one that was asked for, else the day of reception.
pub fn day(library: &Library, request: &OpenRequest, now: Timestamp) -> Date {
    let received_at = request.received_at.unwrap_or(now);
    request.in_force_on.unwrap_or_else(|| library.law.calendar.local(received_at).date())
}

/// The opening for a request; its number is given by the register, later.
///
/// # Errors
/// What is wrong with the request, in words.
pub fn opening(
    library: &Library,
    playbooks: &[Playbook],
    request: &OpenRequest,
    by: &Actor,
    now: Timestamp,
) -> Result<Opening, Problem> {
    let known = |id: &String| playbooks.iter().find(|playbook| playbook.id == *id);
    let unknown =
        |id: &String| problem("unknown_playbook", format!("Không có kịch bản “{id}”. Hãy chọn lại."));
    let playbook = known(&request.playbook).ok_or_else(|| unknown(&request.playbook))?;
    if let Some(id) = request.also.iter().find(|id| known(id).is_none()) {
        return Err(unknown(id));
    }
    let received_at = request.received_at.unwrap_or(now);
    let on = day(library, request, now);
    let commune = commune(library, request.commune.as_deref(), on)?;
    let day = Day { library, on, commune, opener: by.office.as_ref() };
    let Plan { playbook: reference, phases, tasks, clocks, offices, prepared, expected, .. } =
        day.plan(playbook);
    Ok(Opening {
        number: String::new(),
        title: request.title.clone(),
        level: request.level.unwrap_or(playbook.level),
        exercise: request.exercise,
        place: commune.map(|commune| Place { code: commune.code.clone(), name: commune.name.clone() }),
        // Nobody said when: not after anything that somebody did say.
        occurred_at: request
            .occurred_at
            .unwrap_or(received_at.min(request.impact_assessed_at.unwrap_or(now))),
        received_at,
        impact_assessed_at: request.impact_assessed_at,
        in_force_on: day.on,
        playbook: reference,
        phases,
        tasks,
        clocks,
        offices: day.seats().chain(offices).collect(),
        prepared,
        approvals: day.approvals(&library.law),
        channels: library
            .organisation
            .channels_for(request.exercise)
            .map(|channel| Channel {
                code: channel.code.clone(),
                title: channel.title.clone(),
                hint: channel.hint.clone(),
            })
            .collect(),
        first_message: library.first_message.clone(),
        expected,
        ladder: library.ladder.clone(),
        refusal_grounds: library.annual.grounds(&library.law, day.on),
        claims: day.book(playbook),
        calendar: library.law.calendar.clone(),
    })
}

/// What a playbook brings into an incident that is open, by its day, place and opener.
pub fn plan(library: &Library, playbook: &Playbook, header: &Header) -> Plan {
    let mut plan = Day::of(library, header).plan(playbook);
    let code = playbook.id.replace('_', "-");
    for task in &mut plan.tasks {
        task.id = RowId::new(&format!("{code}-{}", task.seq)).unwrap_or_else(|| task.id.clone());
        task.playbook = Some(playbook.id.clone());
    }
    plan
}

/// One step of a version, as an incident that is open takes it over.
pub fn step(library: &Library, playbook: &Playbook, seq: u32, header: &Header) -> Option<Step> {
    let Plan { playbook: reference, tasks, offices, .. } = Day::of(library, header).plan(playbook);
    let mut task = tasks.into_iter().find(|task| task.seq == seq)?;
    task.id = RowId::new(&format!("{}-v{}-{seq}", playbook.id.replace('_', "-"), playbook.version))?;
    task.playbook = Some(playbook.id.clone()).filter(|id| *id != header.playbook.id);
    Some(Step { playbook: reference, task, offices })
}

fn commune<'a>(library: &'a Library, code: Option<&str>, on: Date) -> Result<Option<&'a Commune>, Problem> {
    let Some(code) = code.filter(|code| !code.is_empty()) else { return Ok(None) };
    let known = library.organisation.communes_on(on).into_iter().find(|commune| commune.code == code);
    let unknown = || {
        problem(
            "unknown_place",
            "Xã, phường này không có trong danh mục tại ngày áp dụng. Hãy chọn lại.".into(),
        )
    };
    known.map(Some).ok_or_else(unknown)
}

/// Whether a clock of the playbook, as the law stood on a day, counts from the assessment of impact.
pub fn asks_impact(law: &Law, playbook: &Playbook, on: Date) -> bool {
    let counts =
        |code: &String| law.duty(code, on).is_some_and(|duty| duty.anchor == Anchor::ImpactAssessedAt);
    playbook.clocks.iter().any(counts)
}

/// What a playbook plans as the law and the organisation stand on a day, wherever it happens.
pub fn plan_on(library: &Library, playbook: &Playbook, on: Date) -> Plan {
    Day { library, on, commune: None, opener: None }.plan(playbook)
}

/// An office of the organisation data, as an incident keeps it.
pub fn planned(office: &Office, seat: bool) -> Option<PlannedOffice> {
    let id = OfficeId::new(&office.id)?;
    Some(PlannedOffice { id, name: office.name.clone(), short: office.short.clone(), seat })
}

/// The data as they stood on a day, for a place.
struct Day<'a> {
    library: &'a Library,
    on: Date,
    commune: Option<&'a Commune>,
    opener: Option<&'a OfficeId>,
}

impl<'a> Day<'a> {
    fn of(library: &'a Library, header: &'a Header) -> Self {
        let on = header.in_force_on;
        let communes = library.organisation.communes_on(on).into_iter();
        let place = header.place.as_ref();
        let commune = place.and_then(|place| communes.into_iter().find(|it| it.code == place.code));
        Self { library, on, commune, opener: header.opened.office.as_ref() }
    }

    /// All that a playbook plans, with the offices that have a part in it.
    fn plan(&self, playbook: &Playbook) -> Plan {
        Plan {
            playbook: PlaybookRef {
                id: playbook.id.clone(),
                version: playbook.version,
                title: playbook.title.clone(),
                digest: Digest::try_from(playbook.digest.clone()).unwrap_or(Digest::ZERO),
            },
            phases: playbook
                .phases
                .iter()
                .map(|phase| Phase { code: phase.code.clone(), title: phase.title.clone() })
                .collect(),
            tasks: self.tasks(playbook),
            clocks: self.clocks(playbook),
            offices: self.offices(playbook),
            prepared: self.prepared(playbook),
            expected: playbook.expected.clone(),
            claim_anchors: self.claim_anchors(playbook),
        }
    }

    fn organisation(&self) -> &Organisation {
        &self.library.organisation
    }

    fn office(&self, function: &str) -> Option<Office> {
        if function == CHOSEN_FUNCTION {
            // Who leads on substance is the opener's office until somebody decides otherwise.
            return self.opener.and_then(|id| self.organisation().office(id.as_str())).cloned();
        }
        self.organisation().holder_at(function, self.on, self.commune)
    }

    fn title(&self, function: &str) -> String {
        self.organisation().function(function).map_or_else(|| function.to_owned(), |known| known.name.clone())
    }

    fn basis(&self, codes: &[String]) -> Vec<Basis> {
        let law = &self.library.law;
        // A playbook of today may cite law that did not exist on the day; such a citation would be wrong there.
        let held = codes.iter().filter(|code| law.holds(code, self.on));
        let basis = |code: &String| Basis {
            code: code.clone(),
            cite: law.cite(code),
            text: law.provision(code).map_or_else(String::new, |known| known.text.clone()),
            verified: law.verified(code),
        };
        held.map(basis).collect()
    }

    fn tasks(&self, playbook: &Playbook) -> Vec<PlannedTask> {
        let task = |task: &crate::playbook::Task| {
            let basis = self.basis(&task.basis);
            // Without law behind it, a limit is the office's own.
            let source = if basis.is_empty() { Source::Policy } else { Source::Law };
            let due = task.due.map(|due| if due.source == Source::Law { Due { source, ..due } } else { due });
            Some(PlannedTask {
                id: RowId::new(&format!("t-{}", task.seq))?,
                seq: task.seq,
                phase: task.phase.clone(),
                title: task.title.clone(),
                function: task.lead.clone(),
                function_title: self.title(&task.lead),
                office: self.office(&task.lead).and_then(|office| OfficeId::new(&office.id)),
                support: task.support.iter().map(|function| self.title(function)).collect(),
                due,
                mandatory: task.mandatory,
                basis,
                output: task.output.clone(),
                only_if: task.only_if.clone(),
                playbook: None,
            })
        };
        playbook.tasks.iter().filter_map(task).collect()
    }

    /// The incident's own clocks; those of claims begin with a claim.
    fn clocks(&self, playbook: &Playbook) -> Vec<Clock> {
        let duties = playbook.clocks.iter().filter_map(|code| self.library.law.duty(code, self.on));
        duties.filter(|duty| duty.per.is_none()).filter_map(|duty| self.clock(duty)).collect()
    }

    fn clock(&self, duty: &Duty) -> Option<Clock> {
        let mut basis = self.basis(&duty.basis);
        // The law's own duty may be less certain than the provision that it cites.
        basis.iter_mut().for_each(|basis| basis.verified &= duty.verified);
        Some(Clock {
            id: RowId::new(&duty.code.replace('_', "-"))?,
            title: duty.title.clone(),
            due: duty.due(),
            basis,
            stopped_by: duty.stopped_by.clone(),
            stopped_when: duty.stopped_when,
            stopped_on: duty.stopped_on.clone(),
            only_if: duty.only_if.clone(),
            office: duty.obligor.as_ref().and_then(|function| OfficeId::new(&self.office(function)?.id)),
            outside: duty.obligor.is_none(),
        })
    }

    /// The prepared statements, in the playbook's order, then those that account for any incident. An approval given beforehand that does not reach to the day
    /// is none: such words are not offered at all.
    fn prepared(&self, playbook: &Playbook) -> Vec<Prepared> {
        let held = |template: &&Template| {
            let approval = template.preapproved.as_ref();
            approval.is_none_or(|approval| (approval.from..=approval.until).contains(&self.on))
        };
        let prepared = |template: &Template| Prepared {
            kind: template.kind.clone(),
            title: template.title.clone(),
            public: template.public,
            text: template.text.clone(),
            blanks: template.blanks.clone(),
            preapproved: template.preapproved.clone(),
            account: template.account,
        };
        let listed = playbook.statements.iter().filter_map(|kind| self.library.template(kind));
        let unlisted =
            |template: &&Template| template.account && !playbook.statements.contains(&template.kind);
        listed.chain(self.library.templates.iter().filter(unlisted)).filter(held).map(prepared).collect()
    }

    fn seats(&self) -> impl Iterator<Item = PlannedOffice> {
        self.organisation().seats(self.on).into_iter().filter_map(|seat| planned(seat.office, true))
    }

    /// Whoever has a part in some task and no seat.
    fn offices(&self, playbook: &Playbook) -> Vec<PlannedOffice> {
        let seats: Vec<_> = self.seats().collect();
        let parts = playbook.tasks.iter().flat_map(|task| std::iter::once(&task.lead).chain(&task.support));
        let others: BTreeMap<String, Office> = parts
            .filter_map(|function| self.office(function))
            .map(|office| (office.id.clone(), office))
            .collect();
        let others = others.values().filter_map(|office| planned(office, false));
        others.filter(|office| !seats.iter().any(|seat| seat.id == office.id)).collect()
    }

    fn approvals(&self, law: &Law) -> Vec<Rule> {
        let rule = |approval: &Approval| Rule {
            kind: approval.kind.clone(),
            levels: approval.levels.iter().filter_map(|level| Level::new(*level)).collect(),
            required: approval.required().map(|ask| self.signatory(ask)).collect(),
            consulted: approval.consulted().map(|ask| self.signatory(ask)).collect(),
        };
        law.approvals.iter().map(rule).collect()
    }

    fn signatory(&self, ask: &Ask) -> Signatory {
        let function = ask.of.as_str();
        let role = FUNCTIONS_OF_PEOPLE.iter().find(|(code, _)| *code == function).map(|(_, role)| *role);
        let holder = self.office(function);
        let office_short = holder.as_ref().map(|office| office.short.clone()).unwrap_or_default();
        let office = holder.and_then(|office| OfficeId::new(&office.id));
        // A function that nobody holds on the day would make publication impossible: the head signs for it.
        let role = role.or(if office.is_none() { Some(Role::Head) } else { None });
        Signatory {
            function: function.into(),
            title: self.title(function),
            office,
            office_short,
            role,
            turn: ask.turn,
            minutes: ask.minutes,
            silence: ask.silence,
        }
    }
}

#[cfg(test)]
mod tests;
