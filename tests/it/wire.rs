//! `web/src/wire.ts` is generated from the Rust types. When it is stale this test rewrites it, and fails.

use phongtruc::wire;
use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use ts_rs::{Config, TS, TypeVisitor};

struct Collect<'a> {
    config: &'a Config,
    seen: HashSet<TypeId>,
    declared: BTreeMap<String, String>,
}

impl TypeVisitor for Collect<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        // Types without a file of their own (text, lists, options) are spelled out where they are used.
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            self.declared.insert(T::ident(self.config), format!("{docs}export {}", T::decl(self.config)));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

fn typescript() -> String {
    let config = Config::default();
    let mut all = Collect { config: &config, seen: HashSet::new(), declared: BTreeMap::new() };
    all.visit::<wire::ToServer>();
    all.visit::<wire::ToClient>();
    all.visit::<wire::Me>();
    all.visit::<wire::Summary>();
    all.visit::<wire::OpenRequest>();
    all.visit::<wire::Opened>();
    all.visit::<wire::Choices>();
    all.visit::<wire::SignIn>();
    all.visit::<wire::SignInByLink>();
    all.visit::<wire::LinkPurpose>();
    all.visit::<wire::Account>();
    all.visit::<wire::NewAccount>();
    all.visit::<wire::Link>();
    all.visit::<wire::FunctionChoice>();
    all.visit::<wire::Problem>();
    let mut out =
        String::from("// Generated from src/wire.rs and src/domain by tests/it/wire.rs. Do not edit.\n\n");
    let _ = write!(out, "export const PROTOCOL = {};\n\n", wire::PROTOCOL);
    let _ = write!(out, "export const BEAT_SECONDS = {};\n\n", wire::BEAT_SECONDS);
    for declaration in all.declared.values() {
        let _ = write!(out, "{declaration}\n\n");
    }
    for (name, of, words) in wire::words() {
        let _ = writeln!(out, "export const {name}: Record<{of}, string> = {{");
        for (code, word) in words {
            let _ = writeln!(out, "  {code}: {},", serde_json::to_string(word).expect("text is JSON"));
        }
        let _ = write!(out, "}};\n\n");
    }
    format!("{}\n", out.trim_end())
}

#[test]
fn the_typescript_types_are_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/web/src/wire.ts");
    let fresh = typescript();
    if std::fs::read_to_string(path).unwrap_or_default() != fresh {
        std::fs::write(path, &fresh).expect("the sources are writable");
        panic!("web/src/wire.ts was stale; it is rewritten now: look at it and commit it");
    }
}
