//! All data files together: read from the program itself or from two folders, parsed, and checked against each
//! other. A bad playbook or template is left out and listed; without law or offices nothing can be opened.

mod names;
pub mod schema;

use crate::annual::Annual;
use crate::domain::frozen::FirstMessage;
use crate::domain::ids::Digest;
use crate::domain::ladder::Ladder;
use crate::law::Law;
use crate::levels;
use crate::organisation::{CHOSEN_FUNCTION, COMMUNE_FUNCTION, Organisation};
use crate::paper::form::{self, Forms};
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
const SEEDS: [&str; 9] = [
    "law.toml",
    "approvals.toml",
    "calendar.toml",
    "organisation.toml",
    "channels.toml",
    "first-message.toml",
    "annual.toml",
    "levels.toml",
    "papers.toml",
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
    /// The files of those playbooks, by id.
    pub sources: BTreeMap<String, Source>,
    /// Prepared statements that are in order, by kind.
    pub templates: Vec<Template>,
    /// The law; none of it when its files are broken.
    pub law: Law,
    /// Offices; none when their files are broken.
    pub organisation: Organisation,
    /// What a first message should say; nothing when its file is broken.
    pub first_message: FirstMessage,
    /// Forms of the annual report, and grounds for refusing; none when their file is broken.
    pub annual: Annual,
    /// The levels and the rules between them; none when their file is broken.
    pub ladder: Ladder,
    /// What signed documents look like; nothing when their file is broken.
    pub papers: Forms,
    /// A reconstructed incident for practice.
    pub scenario: Option<Scenario>,
    /// Everything that is wrong, file by file.
    pub problems: Vec<Problem>,
    usable: bool,
}

/// A file of Markdown as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file, as its reader knows it.
    pub file: String,
    /// Its content.
    pub text: String,
}

/// Longest name of a data file, characters: what a line of a list shows.
const FILE_NAME_CHARS_MAX: usize = 80;

/// The bytes of one folder's files by their name for messages, or why a file is not read.
type Files = BTreeMap<String, Result<Vec<u8>, &'static str>>;

impl Library {
    /// The library that the program brings along.
    pub fn embedded() -> Self {
        let (mut playbooks, mut statements, mut seeds) = (Files::new(), Files::new(), Files::new());
        for name in EmbeddedPlaybooks::iter().filter(|name| is_data(name, &["md"])) {
            let Some(file) = EmbeddedPlaybooks::get(&name) else { continue };
            let folder = if name.contains('/') { &mut statements } else { &mut playbooks };
            folder.insert(format!("playbooks/{name}"), Ok(file.data.into_owned()));
        }
        for name in EmbeddedSeeds::iter().filter(|name| is_data(name, &["toml", "csv"])) {
            let Some(file) = EmbeddedSeeds::get(&name) else { continue };
            seeds.insert(format!("seeds/{name}"), Ok(file.data.into_owned()));
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
    /// The names behind the codes that playbooks use.
    pub fn words(&self) -> Words {
        words(&self.law, &self.organisation, &self.templates)
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
        let (yearly, signed) = (needed("annual.toml"), needed("papers.toml"));
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
        let annual =
            yearly.and_then(|source| Annual::parse(source).map_err(|found| problems.extend(found)).ok());
        let ladder =
            levels.and_then(|source| levels::parse(source).map_err(|found| problems.extend(found)).ok());
        let ladder = ladder.unwrap_or_default();
        let papers =
            signed.and_then(|source| form::parse(source).map_err(|found| problems.extend(found)).ok());
        let papers = papers.unwrap_or_default();
        let templates = parsed(statements, &mut problems, template::parse, |template| &template.kind);
        let words = words(&law, &organisation, &templates);
        let files = playbooks;
        let playbooks = if usable {
            let parse = |file: &str, text: &str| playbook::parse_with(file, text, &words);
            parsed(playbooks, &mut problems, parse, |playbook| &playbook.id)
        } else {
            // Names cannot be checked, so no playbook may be used; what its grammar gets wrong is still listed.
            parsed(playbooks, &mut problems, playbook::parse, |playbook| &playbook.id);
            vec![]
        };
        let first_message = first_message.unwrap_or_default();
        let annual = annual.unwrap_or_default();
        let sources = playbooks.iter().filter_map(|known| Some((known.id.clone(), source_of(known, files)?)));
        let sources = sources.collect();
        let mut library = Self {
            playbooks,
            sources,
            templates,
            law,
            organisation,
            first_message,
            annual,
            ladder,
            papers,
            scenario: None,
            problems,
            usable,
        };
        if usable {
            let (law, approvals, _) = law_files;
            let channels = organisation_files.2;
            let sources = Sources {
                law,
                approvals,
                channels,
                first_message: first,
                levels,
                annual: yearly,
                papers: signed,
            };
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

/// The file that a playbook was read from.
fn source_of(playbook: &Playbook, files: &Files) -> Option<Source> {
    let texts = files.iter().filter_map(|(file, bytes)| text(file, bytes).ok());
    let mut same = texts.filter(|source| Digest::of(source.text.as_bytes()).to_string() == playbook.digest);
    same.next().map(|source| Source { file: source.file.to_owned(), text: source.text.to_owned() })
}

fn text<'a>(file: &'a str, bytes: &'a Result<Vec<u8>, &'static str>) -> Result<Text<'a>, Problem> {
    let wrong = |reason: String| Problem { file: shown(file), line: 1, reason };
    if !is_plain(file_name(file)) {
        let plain = "chữ thường không dấu, chữ số, dấu gạch ngang và gạch dưới";
        return Err(wrong(format!("tên tệp chỉ gồm {plain}, thí dụ «lu_quet.md»; hãy đổi tên tệp")));
    }
    let bytes = bytes.as_ref().map_err(|reason| wrong((*reason).to_owned()))?;
    if bytes.len() > FILE_BYTES_MAX {
        return Err(wrong(format!("tệp quá lớn, nhiều nhất {FILE_BYTES_MAX} byte")));
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

/// A name stands in messages and lists: it must not climb, hide anything, or read like something that we say.
fn is_plain(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    !stem.is_empty() && name.chars().count() <= FILE_NAME_CHARS_MAX && stem.chars().all(plain)
}

/// A name of any kind, for a message: on one line, and no longer than is read.
fn shown(file: &str) -> String {
    let name = file_name(file);
    let folder = file.strip_suffix(name).unwrap_or_default();
    let seen = |c: char| if c.is_control() { '?' } else { c };
    folder.chars().chain(name.chars().take(FILE_NAME_CHARS_MAX)).map(seen).collect()
}

/// Files of another kind, instructions for readers and the leftovers of editors are not data.
fn is_data(file: &str, extensions: &[&str]) -> bool {
    let name = file_name(file);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    extensions.contains(&extension) && name != "README.md" && !name.starts_with(['.', '_', '~'])
}

fn folder(path: &Path, extensions: &[&str]) -> io::Result<Files> {
    let mut files = Files::new();
    let inside = fs::canonicalize(path)?;
    for entry in fs::read_dir(path)? {
        let path = entry?.path();
        let name = path.display().to_string();
        if !is_data(&name, extensions) || !path.is_file() {
            continue;
        }
        if !fs::canonicalize(&path)?.starts_with(&inside) {
            files.insert(name, Err("tệp này trỏ ra ngoài thư mục; hãy chép tệp vào đây"));
            continue;
        }
        // One byte more than accepted is enough to refuse a file, however large it is.
        let mut bytes = vec![];
        let most = u64::try_from(FILE_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
        io::Read::read_to_end(&mut io::Read::take(fs::File::open(&path)?, most), &mut bytes)?;
        files.insert(name, Ok(bytes));
    }
    Ok(files)
}

/// Whether the holder of a function is known from the organisation alone.
pub fn is_assigned(function: &str) -> bool {
    function != COMMUNE_FUNCTION && function != CHOSEN_FUNCTION
}

#[cfg(test)]
mod tests;
