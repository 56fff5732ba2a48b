//! All data files together: read from the program itself or from two folders, parsed, and checked against each
//! other. A bad playbook or template is left out and listed; without law or offices nothing can be opened.

use crate::domain::frozen::FirstMessage;
use crate::law::{ANY_KIND, Law};
use crate::organisation::{CHOSEN_FUNCTION, COMMUNE_FUNCTION, Organisation};
use crate::playbook::page::FILE_BYTES_MAX;
use crate::playbook::{self, Playbook, Problem, Text, Word, Words};
use crate::scenario::{self, Deed, Scenario};
use crate::template::{self, Template, first_message};
use rust_embed::RustEmbed;
use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

/// Folder of the prepared statements, inside that of the playbooks.
const STATEMENTS: &str = "statements";

/// The seeds that every province has; another TOML file beside them is a scenario.
const SEEDS: [&str; 6] = [
    "law.toml",
    "approvals.toml",
    "calendar.toml",
    "organisation.toml",
    "channels.toml",
    "first-message.toml",
];

#[derive(RustEmbed)]
#[folder = "playbooks/"]
struct EmbeddedPlaybooks;

#[derive(RustEmbed)]
#[folder = "seeds/"]
struct EmbeddedSeeds;

/// The data files, parsed.
#[derive(Clone, Debug)]
pub struct Library {
    /// Playbooks that are in order, by id.
    pub playbooks: Vec<Playbook>,
    /// Prepared statements that are in order, by kind.
    pub templates: Vec<Template>,
    /// The law; none of it when its files are broken.
    pub law: Law,
    /// Offices; none when their files are broken.
    pub organisation: Organisation,
    /// What a first message should say; nothing when its file is broken.
    pub first_message: FirstMessage,
    /// A reconstructed incident for practice.
    pub scenario: Option<Scenario>,
    /// Everything that is wrong, file by file.
    pub problems: Vec<Problem>,
    usable: bool,
}

/// The bytes of one folder's files, by their name for messages.
type Files = BTreeMap<String, Vec<u8>>;

impl Library {
    /// The library that the program brings along.
    pub fn embedded() -> Self {
        let (mut playbooks, mut statements, mut seeds) = (Files::new(), Files::new(), Files::new());
        for name in EmbeddedPlaybooks::iter().filter(|name| is_data(name, &["md"])) {
            let Some(file) = EmbeddedPlaybooks::get(&name) else { continue };
            let folder = if name.contains('/') { &mut statements } else { &mut playbooks };
            folder.insert(format!("playbooks/{name}"), file.data.into_owned());
        }
        for name in EmbeddedSeeds::iter().filter(|name| is_data(name, &["toml", "csv"])) {
            let Some(file) = EmbeddedSeeds::get(&name) else { continue };
            seeds.insert(format!("seeds/{name}"), file.data.into_owned());
        }
        Self::assemble(&playbooks, &statements, &seeds)
    }

    /// The library of two folders, as a province edits it.
    pub fn from_dirs(playbooks: &Path, seeds: &Path) -> io::Result<Self> {
        let statements = playbooks.join(STATEMENTS);
        let statements = if statements.is_dir() { folder(&statements, &["md"])? } else { Files::new() };
        Ok(Self::assemble(&folder(playbooks, &["md"])?, &statements, &folder(seeds, &["toml", "csv"])?))
    }

    /// Whether law and offices could be read: without them no incident may be opened.
    pub fn usable(&self) -> bool {
        self.usable
    }
    /// The playbook with this id.
    pub fn playbook(&self, id: &str) -> Option<&Playbook> {
        self.playbooks.iter().find(|playbook| playbook.id == id)
    }
    /// The prepared statement of this kind.
    pub fn template(&self, kind: &str) -> Option<&Template> {
        self.templates.iter().find(|template| template.kind == kind)
    }

    fn assemble(playbooks: &Files, statements: &Files, seeds: &Files) -> Self {
        let mut problems = vec![];
        let seed = |name: &str, problems: &mut Vec<Problem>| {
            let found = seeds.iter().find(|(file, _)| file_name(file) == name);
            match found {
                Some((file, bytes)) => text(file, bytes).map_err(|problem| problems.push(problem)).ok(),
                None => {
                    problems.push(Problem {
                        file: name.to_owned(),
                        line: 1,
                        reason: "thiếu tệp này".to_owned(),
                    });
                    None
                }
            }
        };
        let mut needed = |name: &str| seed(name, &mut problems);
        let law_files = (needed("law.toml"), needed("approvals.toml"), needed("calendar.toml"));
        let organisation_files =
            (needed("organisation.toml"), needed("communes.csv"), needed("channels.toml"));
        let first = needed("first-message.toml");
        let law = match law_files {
            (Some(law), Some(approvals), Some(calendar)) => {
                Law::parse(law, approvals, calendar).map_err(|found| problems.extend(found)).ok()
            }
            _ => None,
        };
        let organisation = match organisation_files {
            (Some(organisation), Some(communes), Some(channels)) => {
                Organisation::parse(organisation, communes, channels)
                    .map_err(|found| problems.extend(found))
                    .ok()
            }
            _ => None,
        };
        let mut usable = law.is_some() && organisation.is_some();
        let law = law.unwrap_or_else(Law::none);
        let organisation = organisation.unwrap_or_default();

        let first_message = first
            .and_then(|source| first_message::parse(source).map_err(|found| problems.extend(found)).ok());
        let templates = parsed(statements, &mut problems, template::parse, |template| &template.kind);
        let words = words(&law, &organisation, &templates);
        let playbooks = if usable {
            let parse = |file: &str, text: &str| playbook::parse_with(file, text, &words);
            parsed(playbooks, &mut problems, parse, |playbook| &playbook.id)
        } else {
            // Names cannot be checked, so no playbook may be used; what its grammar gets wrong is still listed.
            parsed(playbooks, &mut problems, playbook::parse, |playbook| &playbook.id);
            vec![]
        };
        let first_message = first_message.unwrap_or_default();
        let mut library =
            Self { playbooks, templates, law, organisation, first_message, scenario: None, problems, usable };
        if usable {
            let unknown = library.unknown_functions(law_files);
            usable = unknown.is_empty();
            library.problems.extend(unknown);
            let unknown = library.unknown_names(law_files, organisation_files.2);
            library.problems.extend(unknown);
            library.usable = usable;
            library.take_scenario(seeds);
        }
        library
    }

    /// Functions that the law's files name and no office can hold.
    fn unknown_functions(&self, (law, approvals, _): LawFiles<'_>) -> Vec<Problem> {
        let mut problems = vec![];
        let mut check = |file: Option<Text<'_>>, function: &str| {
            if self.organisation.function(function).is_none() {
                problems.extend(file.map(|file| misplaced(file, function, "vai trò")));
            }
        };
        for duty in &self.law.duties {
            duty.obligor.iter().for_each(|obligor| check(law, obligor));
        }
        for rule in &self.law.approvals {
            let functions = rule.drafters.iter().chain(&rule.required).chain(&rule.consulted);
            functions.chain(std::iter::once(&rule.publisher)).for_each(|function| check(approvals, function));
        }
        problems
    }

    /// Kinds of statement and provisions that are named and not there.
    fn unknown_names(&self, (law, approvals, _): LawFiles<'_>, channels: Option<Text<'_>>) -> Vec<Problem> {
        let mut problems = vec![];
        for kind in self.law.duties.iter().flat_map(|duty| &duty.stopped_by) {
            if self.template(kind).is_none() {
                problems.extend(law.map(|file| misplaced(file, kind, "mẫu phát ngôn")));
            }
        }
        for rule in &self.law.approvals {
            if rule.kind != ANY_KIND && self.template(&rule.kind).is_none() {
                problems.extend(approvals.map(|file| misplaced(file, &rule.kind, "mẫu phát ngôn")));
            }
        }
        for basis in self.organisation.channels.iter().filter_map(|channel| channel.basis.as_ref()) {
            if self.law.provision(basis).is_none() {
                problems.extend(channels.map(|file| misplaced(file, basis, "quy định")));
            }
        }
        problems
    }

    /// The first scenario among the seeds that is in order.
    fn take_scenario(&mut self, seeds: &Files) {
        for (file, bytes) in seeds {
            if !file.ends_with(".toml") || SEEDS.contains(&file_name(file)) {
                continue;
            }
            let source = match text(file, bytes) {
                Ok(source) => source,
                Err(problem) => {
                    self.problems.push(problem);
                    continue;
                }
            };
            let problems = match scenario::parse(source) {
                Ok(scenario) => {
                    let unknown = self.unknown_in(&scenario, source);
                    if unknown.is_empty() && self.scenario.is_none() {
                        self.scenario = Some(scenario);
                    }
                    unknown
                }
                Err(problems) => problems,
            };
            self.problems.extend(problems);
        }
    }

    fn unknown_in(&self, scenario: &Scenario, source: Text<'_>) -> Vec<Problem> {
        let mut problems = vec![];
        let mut missing = |name: &str, what: &str| problems.push(misplaced(source, name, what));
        let playbook = self.playbook(&scenario.playbook);
        if playbook.is_none() {
            missing(&scenario.playbook, "kịch bản");
        }
        let on = scenario.in_force_on;
        for function in scenario.people.iter().map(|person| &person.function).chain(&scenario.lead) {
            if self.organisation.holder(function, on).is_none() {
                missing(function, "cơ quan giữ vai trò");
            }
        }
        if let Some(commune) = &scenario.commune
            && !self.organisation.communes_on(on).iter().any(|known| known.code == *commune)
        {
            missing(commune, "xã, phường");
        }
        let deeds = scenario.lines.iter().map(|line| &line.deed);
        for deed in deeds.chain(scenario.colleagues.iter().map(|cue| &cue.deed)) {
            match deed {
                Deed::TaskTaken(seq) | Deed::TaskDone(seq) => {
                    if playbook.is_some_and(|playbook| !playbook.tasks.iter().any(|task| task.seq == *seq)) {
                        missing(&seq.to_string(), "nhiệm vụ số");
                    }
                }
                Deed::Statement(kind) if self.template(kind).is_none() => missing(kind, "mẫu phát ngôn"),
                Deed::Statement(_) | Deed::Entry | Deed::Message | Deed::Decision { .. } => {}
            }
        }
        problems
    }
}

type LawFiles<'a> = (Option<Text<'a>>, Option<Text<'a>>, Option<Text<'a>>);

/// A name that stands in a file and is not known: the line is the first on which it stands.
fn misplaced(file: Text<'_>, name: &str, what: &str) -> Problem {
    let line = file.text.lines().position(|line| !line.trim_start().starts_with('#') && line.contains(name));
    let line = line.and_then(|line| u32::try_from(line + 1).ok()).unwrap_or(1);
    Problem { file: file.file.to_owned(), line, reason: format!("không có {what} «{name}»") }
}

/// The names that playbooks may use.
fn words(law: &Law, organisation: &Organisation, templates: &[Template]) -> Words {
    let word = |code: &str, name: &str| Word { code: code.to_owned(), name: name.to_owned() };
    Words {
        functions: organisation
            .functions
            .iter()
            .map(|function| word(&function.code, &function.name))
            .collect(),
        provisions: law.provisions.iter().map(|known| word(&known.code, &law.cite(&known.code))).collect(),
        duties: law.duties.iter().map(|duty| word(&duty.code, &duty.title)).collect(),
        statements: templates.iter().map(|template| word(&template.kind, &template.title)).collect(),
    }
}

/// The files of a folder that are in order; the second with the same code is not.
fn parsed<T>(
    files: &Files,
    problems: &mut Vec<Problem>,
    parse: impl Fn(&str, &str) -> Result<T, Vec<Problem>>,
    code: impl Fn(&T) -> &String,
) -> Vec<T> {
    let mut accepted: Vec<T> = vec![];
    for (file, bytes) in files {
        let result = match text(file, bytes) {
            Ok(source) => parse(source.file, source.text),
            Err(problem) => Err(vec![problem]),
        };
        match result {
            Err(found) => problems.extend(found),
            Ok(one) if accepted.iter().any(|other| code(other) == code(&one)) => {
                let reason = format!("mã «{}» đã có ở một tệp khác", code(&one));
                problems.push(Problem { file: file.clone(), line: 2, reason });
            }
            Ok(one) => accepted.push(one),
        }
    }
    accepted.sort_by(|a, b| code(a).cmp(code(b)));
    accepted
}

fn text<'a>(file: &'a str, bytes: &'a [u8]) -> Result<Text<'a>, Problem> {
    if bytes.len() > FILE_BYTES_MAX {
        let reason = format!("tệp quá lớn, nhiều nhất {FILE_BYTES_MAX} byte");
        return Err(Problem { file: file.to_owned(), line: 1, reason });
    }
    str::from_utf8(bytes).map(|text| Text { file, text }).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let reason = "chữ trên dòng này không phải UTF-8; khi lưu tệp hãy chọn mã UTF-8".to_owned();
        Problem { file: file.to_owned(), line: u32::try_from(line).unwrap_or(u32::MAX), reason }
    })
}

fn file_name(file: &str) -> &str {
    file.rsplit(['/', '\\']).next().unwrap_or(file)
}

/// Files of another kind, instructions for readers and the leftovers of editors are not data.
fn is_data(file: &str, extensions: &[&str]) -> bool {
    let name = file_name(file);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    extensions.contains(&extension) && name != "README.md" && !name.starts_with(['.', '_', '~'])
}

fn folder(path: &Path, extensions: &[&str]) -> io::Result<Files> {
    let mut files = Files::new();
    for entry in fs::read_dir(path)? {
        let path = entry?.path();
        let name = path.display().to_string();
        if !is_data(&name, extensions) || !path.is_file() {
            continue;
        }
        // One byte more than accepted is enough to refuse a file, however large it is.
        let mut bytes = vec![];
        let most = u64::try_from(FILE_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
        io::Read::read_to_end(&mut io::Read::take(fs::File::open(&path)?, most), &mut bytes)?;
        files.insert(name, bytes);
    }
    Ok(files)
}

/// Whether the holder of a function is known from the organisation alone.
pub fn is_assigned(function: &str) -> bool {
    function != COMMUNE_FUNCTION && function != CHOSEN_FUNCTION
}

#[cfg(test)]
mod tests;
