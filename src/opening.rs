//! From a request and the data in force to the opening of an incident: functions become offices, rules become
//! clocks, and everything is frozen. Pure: told the time, reads no files.

use crate::domain::approval::{Rule, Signatory};
use crate::domain::deadline::{Anchor, Basis, Clock, Due, Source};
use crate::domain::ids::{Digest, OfficeId, RowId};
use crate::domain::incident::{
    Channel, Level, Opening, Phase, Place, PlannedOffice, PlannedTask, PlaybookRef, Prepared,
};
use crate::domain::ladder::Ladder;
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
    request: &OpenRequest,
    by: &Actor,
    now: Timestamp,
) -> Result<Opening, Problem> {
    let unknown =
        || problem("unknown_playbook", format!("Không có kịch bản “{}”. Hãy chọn lại.", request.playbook));
    let playbook =
        library.playbooks.iter().find(|playbook| playbook.id == request.playbook).ok_or_else(unknown)?;
    let received_at = request.received_at.unwrap_or(now);
    let on = day(library, request, now);
    let commune = commune(library, request.commune.as_deref(), on)?;
    let day = Day { library, on, commune, opener: by.office.as_ref() };
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
        tasks: day.tasks(playbook),
        clocks: day.clocks(playbook),
        offices: day.offices(playbook),
        prepared: day.prepared(playbook),
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
        expected: playbook.expected.clone(),
        ladder: Ladder::default(),
        more: vec![],
        calendar: library.law.calendar.clone(),
    })
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

/// What a playbook plans as the law and the organisation stand on a day, wherever it happens: its tasks and clocks.
pub fn plan(library: &Library, playbook: &Playbook, on: Date) -> (Vec<PlannedTask>, Vec<Clock>) {
    let day = Day { library, on, commune: None, opener: None };
    (day.tasks(playbook), day.clocks(playbook))
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

impl Day<'_> {
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

    fn clocks(&self, playbook: &Playbook) -> Vec<Clock> {
        let clock = |duty: &Duty| {
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
                outside: duty.obligor.is_none(),
            })
        };
        let duties = playbook.clocks.iter().filter_map(|code| self.library.law.duty(code, self.on));
        duties.filter_map(clock).collect()
    }

    /// The prepared statements, in the playbook's order. An approval given beforehand that does not reach to the day
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
        };
        let listed = playbook.statements.iter().filter_map(|kind| self.library.template(kind));
        listed.filter(held).map(prepared).collect()
    }

    /// The seats first, then whoever has a part in some task.
    fn offices(&self, playbook: &Playbook) -> Vec<PlannedOffice> {
        let mut offices: Vec<PlannedOffice> =
            self.organisation().seats(self.on).iter().filter_map(|seat| planned(seat.office, true)).collect();
        let parts = playbook.tasks.iter().flat_map(|task| std::iter::once(&task.lead).chain(&task.support));
        let others: BTreeMap<String, Office> = parts
            .filter_map(|function| self.office(function))
            .map(|office| (office.id.clone(), office))
            .collect();
        for office in others.values().filter_map(|office| planned(office, false)) {
            if !offices.iter().any(|known| known.id == office.id) {
                offices.push(office);
            }
        }
        offices
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
