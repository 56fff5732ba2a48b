//! All data files together: read from the program itself or from two folders, parsed, and checked against each
//! other. A bad playbook or template is left out and listed; without law or offices nothing can be opened.

mod names;

use crate::domain::frozen::FirstMessage;
use crate::domain::ladder::Ladder;
use crate::law::Law;
use crate::levels;
use crate::organisation::{CHOSEN_FUNCTION, COMMUNE_FUNCTION, Organisation};
use crate::playbook::page::FILE_BYTES_MAX;
use crate::playbook::{self, Playbook, Problem, Text, Word, Words};
use crate::scenario::{self, Scenario};
use crate::template::{self, Template, first_message};
use names::Sources;
use rust_embed::RustEmbed;
use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

/// Folder of the prepared statements, inside that of the playbooks.
const STATEMENTS: &str = "statements";

/// The seeds that every province has; another TOML file beside them is a scenario.
const SEEDS: [&str; 7] = [
    "law.toml",
    "approvals.toml",
    "calendar.toml",
    "organisation.toml",
    "channels.toml",
    "first-message.toml",
    "levels.toml",
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
    /// The levels and the rules between them; none when their file is broken.
    pub ladder: Ladder,
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
        let (first, levels) = (needed("first-message.toml"), needed("levels.toml"));
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
        let usable = law.is_some() && organisation.is_some();
        let law = law.unwrap_or_else(Law::none);
        let organisation = organisation.unwrap_or_default();

        let first_message = first
            .and_then(|source| first_message::parse(source).map_err(|found| problems.extend(found)).ok());
        let ladder =
            levels.and_then(|source| levels::parse(source).map_err(|found| problems.extend(found)).ok());
        let ladder = ladder.unwrap_or_default();
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
        let mut library = Self {
            playbooks,
            templates,
            law,
            organisation,
            first_message,
            ladder,
            scenario: None,
            problems,
            usable,
        };
        if usable {
            let (law, approvals, _) = law_files;
            let sources =
                Sources { law, approvals, channels: organisation_files.2, first_message: first, levels };
            let unknown = library.unknown_functions(sources);
            library.usable = unknown.is_empty();
            library.problems.extend(unknown);
            let unknown = library.unknown_names(sources);
            library.problems.extend(unknown);
            library.take_scenario(seeds);
        }
        library
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
