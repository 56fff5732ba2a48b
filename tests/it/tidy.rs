//! The house keeps its shape: a direction that never turns back, files that open by saying what they are, no office
//! and no decree in the code.

use std::fs;
use std::path::{Path, PathBuf};

/// Modules from the lowest up; a module uses only modules of earlier steps, or of its own.
const STEPS: [&[&str]; 10] = [
    &["domain"],
    &["playbook", "template", "law", "levels", "organisation", "stamp", "export", "wire", "annual"],
    &["scenario", "public", "media", "paper"],
    &["library"],
    &["clock", "log", "checkpoint", "attachments", "opening", "config"],
    &["presence", "record", "purge", "archive", "room"],
    &["directory", "draft", "index", "shelf", "notice"],
    &["courier"],
    &["rooms"],
    &["client", "api", "site", "server", "demo", "cli"],
];
/// Modules that are told everything: no time, files, network or threads of their own.
const PURE: [&str; 13] = [
    "domain",
    "playbook",
    "template",
    "law",
    "levels",
    "organisation",
    "scenario",
    "opening",
    "export",
    "public",
    "annual",
    "media",
    "stamp",
];
/// What the pure ones may not name.
const IMPURE: [&str; 9] = [
    "std::fs",
    "std::net",
    "std::thread",
    "std::time::Instant",
    "SystemTime",
    "tokio::",
    "axum::",
    "sled::",
    "tracing::",
];
/// Longer files hold more than one thing.
const LINES_MAX: usize = 450;

fn sources() -> Vec<(String, PathBuf, String)> {
    fn walk(dir: &Path, files: &mut Vec<PathBuf>) {
        for file in fs::read_dir(dir).expect("readable") {
            let path = file.expect("a file").path();
            if path.is_dir() {
                walk(&path, files);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = vec![];
    walk(&root, &mut files);
    let module = |path: &Path| {
        let inside = path.strip_prefix(&root).expect("below src").with_extension("");
        inside.components().next().expect("a name").as_os_str().to_str().expect("UTF-8").to_owned()
    };
    files
        .into_iter()
        .map(|path| (module(&path), path.clone(), fs::read_to_string(path).expect("UTF-8")))
        .collect()
}

fn step(module: &str) -> usize {
    let found = STEPS.iter().position(|step| step.contains(&module));
    found.unwrap_or_else(|| panic!("say in tests/it/tidy.rs where `{module}` stands"))
}

/// The part of a file that is not its tests.
fn product(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text)
}

fn is_test(path: &Path) -> bool {
    ["tests.rs", "fuzz.rs", "given.rs", "conformance.rs", "memory.rs", "big.rs"]
        .iter()
        .any(|name| path.ends_with(name))
}

#[test]
fn no_module_looks_up() {
    for (module, path, text) in sources() {
        if ["main", "lib"].contains(&module.as_str()) || is_test(&path) {
            continue;
        }
        for line in product(&text).lines().filter(|line| !line.trim_start().starts_with("//")) {
            for used in line.split("crate::").skip(1) {
                let used: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if used.is_empty() || used == module {
                    continue;
                }
                let below = step(&used) <= step(&module);
                assert!(below, "{} looks up at {used}: {}", path.display(), line.trim());
            }
        }
    }
}

#[test]
fn the_pure_modules_are_told_everything() {
    for (module, path, text) in sources().into_iter().filter(|(module, ..)| PURE.contains(&module.as_str())) {
        for word in IMPURE {
            assert!(
                is_test(&path) || !product(&text).contains(word),
                "{} ({module}) names {word}",
                path.display()
            );
        }
    }
}

#[test]
fn every_file_says_what_it_is_and_is_one_room() {
    for (_, path, text) in sources() {
        assert!(text.starts_with("//! "), "{} does not open by saying what it is", path.display());
        let lines = product(&text).lines().count();
        assert!(lines <= LINES_MAX, "{} has {lines} lines", path.display());
    }
}

#[test]
fn no_office_and_no_decree_in_the_code() {
    let words = ["Lào Cai", "Tỉnh ủy", "UBND tỉnh", "Sở TT", "NĐ ", "Nghị định", "NĐ-CP", "423/KH"];
    for (_, path, text) in sources() {
        if is_test(&path) {
            continue;
        }
        for (line, number) in product(&text).lines().zip(1..) {
            let code = line.split("//").next().unwrap_or(line);
            for word in words {
                assert!(!code.contains(word), "{}:{number} names {word}", path.display());
            }
        }
    }
}
