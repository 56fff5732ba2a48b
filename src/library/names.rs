//! The data files against each other: every function, kind, provision, office and place that one of them names must
//! be there in another. Names the line, and the word that was probably meant.

use super::Library;
use crate::law::ANY_KIND;
use crate::playbook::words::nearest;
use crate::playbook::{Problem, Text};
use crate::scenario::{Deed, Scenario};

/// The files whose names are checked; none where a file could not be read.
#[derive(Clone, Copy)]
pub(super) struct Sources<'a> {
    pub(super) law: Option<Text<'a>>,
    pub(super) approvals: Option<Text<'a>>,
    pub(super) channels: Option<Text<'a>>,
    pub(super) first_message: Option<Text<'a>>,
    pub(super) annual: Option<Text<'a>>,
    pub(super) levels: Option<Text<'a>>,
    pub(super) papers: Option<Text<'a>>,
}

/// Unknown names as they are found, each once for a file.
struct Search<'a> {
    what: &'static str,
    known: Vec<&'a str>,
    problems: Vec<Problem>,
}

impl<'a> Search<'a> {
    fn of(what: &'static str, known: impl Iterator<Item = &'a str>) -> Self {
        Self { what, known: known.collect(), problems: vec![] }
    }
    fn check(&mut self, file: Option<Text<'_>>, name: &str) {
        if let Some(file) = file.filter(|_| !self.known.contains(&name)) {
            let problem = misplaced(file, name, self.what, nearest(name, self.known.iter().copied()));
            if !self.problems.contains(&problem) {
                self.problems.push(problem);
            }
        }
    }
}

/// A name that stands in a file and is not known: the line is the first on which it stands.
fn misplaced(file: Text<'_>, name: &str, what: &str, near: Option<&str>) -> Problem {
    let line_with = |written: &str| {
        let holds = |line: &str| !line.trim_start().starts_with('#') && line.contains(written);
        file.text.lines().position(holds)
    };
    // As a whole word first: «party» stands inside «party_office» too.
    let line = line_with(&format!("\"{name}\"")).or_else(|| line_with(name));
    let line = line.and_then(|line| u32::try_from(line + 1).ok()).unwrap_or(1);
    let hint = near.map(|near| format!(", có phải «{near}»?")).unwrap_or_default();
    Problem { file: file.file.to_owned(), line, reason: format!("không có {what} «{name}»{hint}") }
}

impl Library {
    fn kinds(&self) -> impl Iterator<Item = &str> {
        self.templates.iter().map(|template| template.kind.as_str())
    }

    /// Functions that the law's files name and no office can hold: without them nobody could be asked.
    pub(super) fn unknown_functions(&self, from: Sources<'_>) -> Vec<Problem> {
        let known = self.organisation.functions.iter().map(|function| function.code.as_str());
        let mut functions = Search::of("vai trò", known);
        for obligor in self.law.duties.iter().filter_map(|duty| duty.obligor.as_ref()) {
            functions.check(from.law, obligor);
        }
        for rule in &self.law.approvals {
            let named = rule.drafters.iter().chain(rule.asks.iter().map(|ask| &ask.of));
            named.chain([&rule.publisher]).for_each(|function| functions.check(from.approvals, function));
        }
        functions.problems
    }

    /// Kinds of statement and provisions that are named and not there.
    pub(super) fn unknown_names(&self, from: Sources<'_>) -> Vec<Problem> {
        let mut kinds = Search::of("mẫu phát ngôn", self.kinds());
        for kind in self.law.duties.iter().flat_map(|duty| &duty.stopped_by) {
            kinds.check(from.law, kind);
        }
        for rule in self.law.approvals.iter().filter(|rule| rule.kind != ANY_KIND) {
            kinds.check(from.approvals, &rule.kind);
        }
        for kind in &self.first_message.kinds {
            kinds.check(from.first_message, kind);
        }
        for kind in &self.ladder.last_words {
            kinds.check(from.levels, kind);
        }
        for kind in self.papers.statements() {
            kinds.check(from.papers, kind);
        }
        let known = self.law.provisions.iter().map(|provision| provision.code.as_str());
        let mut provisions = Search::of("quy định", known);
        for basis in self.organisation.channels.iter().filter_map(|channel| channel.basis.as_ref()) {
            provisions.check(from.channels, basis);
        }
        let mut duties = Search::of("nghĩa vụ", self.law.duties.iter().map(|duty| duty.code.as_str()));
        let mut playbooks =
            Search::of("kịch bản", self.playbooks.iter().map(|playbook| playbook.id.as_str()));
        for form in &self.annual.forms {
            form.provisions().for_each(|code| provisions.check(from.annual, code));
            form.duties().chain([form.duty.as_str()]).for_each(|code| duties.check(from.annual, code));
            form.corrections.statements.iter().for_each(|kind| kinds.check(from.annual, kind));
            form.corrections.playbooks.iter().for_each(|id| playbooks.check(from.annual, id));
        }
        self.annual.refusals.iter().for_each(|ground| provisions.check(from.annual, &ground.basis));
        [kinds.problems, provisions.problems, duties.problems, playbooks.problems].concat()
    }

    /// What a scenario names and is not there on its day.
    pub(super) fn unknown_in(&self, scenario: &Scenario, source: Text<'_>) -> Vec<Problem> {
        let file = Some(source);
        let playbook = self.playbook(&scenario.playbook);
        let mut playbooks =
            Search::of("kịch bản", self.playbooks.iter().map(|playbook| playbook.id.as_str()));
        playbooks.check(file, &scenario.playbook);
        let on = scenario.in_force_on;
        let all = self.organisation.functions.iter().map(|function| function.code.as_str());
        let held = all.filter(|function| self.organisation.holder(function, on).is_some());
        let mut functions = Search::of("cơ quan giữ vai trò", held);
        for function in scenario.people.iter().map(|person| &person.function).chain(&scenario.lead) {
            functions.check(file, function);
        }
        let mut places = Search::of("xã, phường", {
            self.organisation.communes_on(on).into_iter().map(|commune| commune.code.as_str())
        });
        scenario.commune.iter().for_each(|commune| places.check(file, commune));
        let mut kinds = Search::of("mẫu phát ngôn", self.kinds());
        let mut tasks = vec![];
        let deeds = scenario.lines.iter().map(|line| &line.deed);
        for deed in deeds.chain(scenario.colleagues.iter().map(|cue| &cue.deed)) {
            match deed {
                Deed::TaskTaken(seq) | Deed::TaskDone { task: seq, .. } => {
                    if playbook.is_some_and(|playbook| !playbook.tasks.iter().any(|task| task.seq == *seq)) {
                        tasks.push(misplaced(source, &seq.to_string(), "nhiệm vụ số", None));
                    }
                }
                Deed::Statement(kind) => kinds.check(file, kind),
                Deed::Entry | Deed::Message | Deed::Decision { .. } => {}
            }
        }
        [playbooks.problems, functions.problems, places.problems, kinds.problems, tasks].concat()
    }
}
