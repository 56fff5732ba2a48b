//! The editors' schemas are generated: stale ones are rewritten here, and the test fails once. What ships passes them,
//! and what the readers refuse does not.

use crate::support::*;
use phongtruc::library::Library;
use phongtruc::library::schema::FOLDER;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn file(name: &str) -> PathBuf {
    root().join("seeds").join(FOLDER).join(format!("{name}.json"))
}

#[test]
fn the_schemas_are_current_and_every_seed_names_its_own() {
    let mut stale = vec![];
    for (name, fresh) in Library::embedded().schemas() {
        if std::fs::read_to_string(file(name)).unwrap_or_default() != fresh {
            std::fs::create_dir_all(file(name).parent().expect("a folder")).expect("makeable");
            std::fs::write(file(name), fresh).expect("the sources are writable");
            stale.push(name);
        }
        let seed = std::fs::read_to_string(root().join(format!("seeds/{name}.toml"))).expect("readable");
        assert_eq!(seed.lines().next(), Some(format!("#:schema ./{FOLDER}/{name}.json").as_str()));
    }
    assert!(
        stale.is_empty(),
        "seeds/{FOLDER} was stale; it is rewritten now: look at it and commit it: {stale:?}"
    );
}

/// Where a value does not fit a schema: as much of JSON Schema as the schemas use.
fn misfits(schema: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    let kind = match value {
        Value::String(_) => "string",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::Bool(_) => "boolean",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
        Value::Null => "null",
    };
    let fits = schema["type"] == kind || (schema["type"] == "number" && kind == "integer");
    if !fits && !schema["type"].is_null() {
        found.push(format!("{path}: {kind} in place of {}", schema["type"]));
    }
    if schema["enum"].as_array().is_some_and(|known| !known.contains(value)) {
        found.push(format!("{path}: {value} is not among the known"));
    }
    let number = value.as_f64();
    let beyond = |bound: &Value, over: fn(&f64, &f64) -> bool| {
        number.zip(bound.as_f64()).is_some_and(|(number, bound)| over(&number, &bound))
    };
    if beyond(&schema["minimum"], f64::lt) || beyond(&schema["maximum"], f64::gt) {
        found.push(format!("{path}: {value} is out of bounds"));
    }
    for item in value.as_array().into_iter().flatten() {
        misfits(&schema["items"], item, path, found);
    }
    let Some(object) = value.as_object() else { return };
    let known = schema["properties"].as_object().cloned().unwrap_or_else(Map::new);
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !object.contains_key(name) {
            found.push(format!("{path}: {name} is missing"));
        }
    }
    for (name, value) in object {
        let path = format!("{path}.{name}");
        match known.get(name) {
            Some(schema) => misfits(schema, value, &path, found),
            None => found.push(format!("{path} is not known")),
        }
    }
}

fn checked(name: &str, seed: &str) -> Vec<String> {
    // Dates become text, as editors see them.
    fn plain(value: toml::Value) -> Value {
        match value {
            toml::Value::Datetime(date) => date.to_string().into(),
            toml::Value::Array(items) => items.into_iter().map(plain).collect(),
            toml::Value::Table(table) => {
                table.into_iter().map(|(name, value)| (name, plain(value))).collect()
            }
            other => serde_json::to_value(other).expect("plain"),
        }
    }
    let schemas = Library::embedded().schemas();
    let (_, schema) = schemas.iter().find(|(known, _)| *known == name).expect("a schema");
    let (schema, seed) = (serde_json::from_str(schema).expect("JSON"), toml::from_str(seed).expect("TOML"));
    let mut found = vec![];
    misfits(&schema, &plain(seed), name, &mut found);
    found
}

#[test]
fn what_ships_passes_and_slips_of_the_pen_do_not() {
    let seed =
        |name: &str| std::fs::read_to_string(root().join(format!("seeds/{name}.toml"))).expect("readable");
    for (name, _) in Library::embedded().schemas() {
        assert_eq!(checked(name, &seed(name)), Vec::<String>::new(), "{name}");
    }
    for (name, from, to, says) in [
        ("law", "anchor = \"received_at\"", "anchor = \"receive\"", "law.duty.anchor"),
        ("law", "\"holding_statement\"", "\"holding\"", "law.duty.stopped_by"),
        ("law", "basis = [\"N09.6\"]", "basis = [\"N9.6\"]", "law.duty.basis"),
        ("law", "obligor = \"spokesperson\"", "obligor = \"speaker\"", "law.duty.obligor"),
        ("law", "verified = false\nsource", "verifed = false\nsource", "law.instrument.verifed is not known"),
        ("law", "verified = false\nsource", "source", "verified is missing"),
        ("approvals", "turn = 1", "turn = 9", "approvals.approval.asks.turn"),
        ("approvals", "silence = \"noted\"", "silence = \"yes\"", "approvals.approval.asks.silence"),
        ("calendar", "weekdays = [1,", "weekdays = [0,", "calendar.weekdays"),
        ("organisation", "seats = [", "seats = [\"nobody\", ", "organisation.seats"),
        ("channels", "exercise = true\n", "exercise = 1\n", "channels.channel.exercise"),
        ("first-message", "kinds = [", "kinds = [\"poem\", ", "first-message.kinds"),
        ("annual", "counts = \"cases\"", "counts = \"case\"", "annual.form.row.counts"),
        ("annual", "duty = \"annual_report\"", "duty = \"anual_report\"", "annual.form.duty"),
        ("papers", "letter = true", "letter = 1", "papers.paper.letter"),
        ("levels", "last_words = [", "last_words = [\"poem\", ", "levels.last_words"),
    ] {
        let text = seed(name);
        let wrong = text.replacen(from, to, 1);
        assert_ne!(text, wrong, "{name}: {from}");
        let found = checked(name, &wrong);
        assert!(found.iter().any(|found| found.contains(says)), "{to}: {found:?}");
    }
}

/// Every entry says in Vietnamese what it is for, and nothing is left of the program's own notes.
#[test]
fn every_entry_is_explained() {
    fn each(schema: &Value, path: &str, unexplained: &mut Vec<String>) {
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let path = format!("{path}.{name}");
            if property["description"].as_str().is_none_or(str::is_empty) {
                unexplained.push(path.clone());
            }
            each(property, &path, unexplained);
            each(&property["items"], &path, unexplained);
        }
        assert!(schema["codes"].is_null(), "{path}: codes that are not filled in");
        assert!(schema["enum"].as_array().is_none_or(|known| !known.is_empty()), "{path}: no codes at all");
    }
    let mut unexplained = vec![];
    for (name, schema) in Library::embedded().schemas() {
        each(&serde_json::from_str(&schema).expect("JSON"), name, &mut unexplained);
    }
    assert_eq!(unexplained, Vec::<String>::new());
}

#[test]
fn an_office_renews_them_after_adding_a_function() {
    let dir = tempfile::tempdir().expect("a directory");
    let copy = |from: &str| {
        let target = dir.path().join(from);
        std::fs::create_dir_all(&target).expect("makeable");
        for found in std::fs::read_dir(root().join(from)).expect("readable") {
            let path = found.expect("a file").path();
            if path.is_file() {
                std::fs::copy(&path, target.join(path.file_name().expect("a name"))).expect("copied");
            }
        }
    };
    ["playbooks", "playbooks/statements", "seeds"].into_iter().for_each(copy);
    let offices = dir.path().join("seeds/organisation.toml");
    let text = std::fs::read_to_string(&offices).expect("readable");
    let more = format!("{text}\n[[function]]\ncode = \"river_watch\"\nname = \"Trực mực nước\"\n");
    std::fs::write(&offices, more).expect("writable");
    let write = || {
        let (playbooks, seeds) = (dir.path().join("playbooks"), dir.path().join("seeds"));
        program()
            .arg("schema")
            .arg("--playbooks")
            .arg(playbooks)
            .arg("--seeds")
            .arg(seeds)
            .output()
            .expect("ran")
    };
    assert!(write().status.success());
    let schema = || std::fs::read_to_string(dir.path().join("seeds/schema/approvals.json")).expect("written");
    assert!(schema().contains("\"river_watch\""));
    // Broken data leave the last good ones.
    std::fs::write(&offices, "[[").expect("writable");
    assert_eq!(write().status.code(), Some(1));
    assert!(schema().contains("\"river_watch\""));
}
