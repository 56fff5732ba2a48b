//! `web/src/wire.ts` is generated from the Rust types. When it is stale this test rewrites it, and fails.

use phongtruc::domain::deadline::Anchor;
use phongtruc::domain::{
    Command, FIRST_LOAD_ROWS, attachment, brief, clipping, decision, may, message, office, text,
};
use phongtruc::wire;
use serde_json::{Value, json};
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

/// One of each command, so that its roles can be asked. TypeScript refuses the table when one is missing.
fn commands() -> Vec<(String, Command)> {
    let (id, now, digest) = ("a", "2026-01-01T00:00:00Z", "0".repeat(64));
    let office = json!({ "id": id, "name": "", "short": "", "seat": false });
    let officer = json!({ "person": id, "name": "", "title": "" });
    let asked = json!({ "outlet": "", "question": "", "received_at": now });
    let place = json!({ "id": id, "seen_at": now });
    let clipping = json!({ "link": "", "outlet": "", "title": "", "tone": "neutral" });
    let held = json!({ "kind": "press_conference", "held_at": now });
    let rows = [
        json!({ "noun": "incident", "verb": "set_level", "level": 1, "reason": "" }),
        json!({ "noun": "incident", "verb": "set_anchor", "anchor": "occurred_at", "at": now, "reason": null }),
        json!({ "noun": "incident", "verb": "close", "summary": "" }),
        json!({ "noun": "office", "verb": "accept" }),
        json!({ "noun": "office", "verb": "invite", "office": office }),
        json!({ "noun": "task", "verb": "take", "id": id }),
        json!({ "noun": "task", "verb": "finish", "id": id, "note": null }),
        json!({ "noun": "task", "verb": "name", "id": id, "to": null }),
        json!({ "noun": "task", "verb": "skip", "id": id, "reason": "" }),
        json!({ "noun": "task", "verb": "release", "id": id, "reason": "" }),
        json!({ "noun": "deadline", "verb": "miss", "id": id }),
        json!({ "noun": "statement", "verb": "draft", "id": id, "kind": "", "title": null }),
        json!({ "noun": "statement", "verb": "type", "id": id, "update": "" }),
        json!({ "noun": "statement", "verb": "reopen", "id": id, "reason": null }),
        json!({ "noun": "statement", "verb": "write", "id": id, "over": digest, "text": "" }),
        json!({ "noun": "statement", "verb": "submit", "id": id, "digest": digest }),
        json!({ "noun": "statement", "verb": "approve", "id": id, "digest": digest }),
        json!({ "noun": "statement", "verb": "object", "id": id, "digest": digest, "reason": "" }),
        json!({ "noun": "statement", "verb": "publish", "id": id, "digest": digest, "channel": "", "at": now, "link": null }),
        json!({ "noun": "statement", "verb": "fill", "id": id, "blank": "", "value": "" }),
        json!({ "noun": "statement", "verb": "cite", "id": id, "fact": id }),
        json!({ "noun": "statement", "verb": "uncite", "id": id, "fact": id }),
        json!({ "noun": "statement", "verb": "drop", "id": id, "reason": "" }),
        json!({ "noun": "statement", "verb": "settle", "id": id, "digest": digest, "publish": true, "reason": "" }),
        json!({ "noun": "statement", "verb": "lapse", "id": id, "digest": digest, "function": "" }),
        json!({ "noun": "statement", "verb": "hold", "id": id, "until": now, "offices": [] }),
        json!({ "noun": "statement", "verb": "agree", "id": id, "digest": digest }),
        json!({ "noun": "statement", "verb": "release", "id": id, "reason": "" }),
        json!({ "noun": "statement", "verb": "reach", "id": id }),
        json!({ "noun": "statement", "verb": "plan", "id": id, "channel": "", "at": null }),
        json!({ "noun": "statement", "verb": "capture", "id": id, "channel": "", "text": null, "file": null }),
        json!({ "noun": "statement", "verb": "number", "id": id, "number": "", "date": "2026-01-01" }),
        json!({ "noun": "statement", "verb": "tick", "id": id, "channel": "", "note": null }),
        json!({ "noun": "fact", "verb": "enter", "id": id, "label": "", "value": null, "as_of": now, "source": "" }),
        json!({ "noun": "fact", "verb": "revise", "id": id, "version": 1, "value": null, "as_of": now, "source": "" }),
        json!({ "noun": "fact", "verb": "verify", "id": id, "version": 1 }),
        json!({ "noun": "fact", "verb": "dispute", "id": id, "reason": "" }),
        json!({ "noun": "fact", "verb": "withdraw", "id": id, "reason": "" }),
        json!({ "noun": "fact", "verb": "name_source", "id": id, "office": null }),
        json!({ "noun": "decision", "verb": "take", "id": id, "text": "", "reason": null, "occurred_at": null }),
        json!({ "noun": "message", "verb": "send", "id": id, "text": "" }),
        json!({ "noun": "message", "verb": "see", "id": id }),
        json!({ "noun": "message", "verb": "pin", "id": id }),
        json!({ "noun": "message", "verb": "unpin", "id": id }),
        json!({ "noun": "message", "verb": "ask", "id": id, "offices": [] }),
        json!({ "noun": "message", "verb": "acknowledge", "id": id }),
        json!({ "noun": "message", "verb": "call_off", "id": id }),
        json!({ "noun": "message", "verb": "remind", "id": id }),
        json!({ "noun": "entry", "verb": "add", "id": id, "text": "", "occurred_at": null, "source": null }),
        json!({ "noun": "enquiry", "verb": "enter", "id": id, "asked": asked }),
        json!({ "noun": "enquiry", "verb": "hand_on", "id": id, "to": { "kind": "office", "office": id }, "note": null }),
        json!({ "noun": "enquiry", "verb": "answer", "id": id, "statement": null, "note": null, "at": null }),
        json!({ "noun": "enquiry", "verb": "decline", "id": id, "ground": null, "reason": "", "at": null }),
        json!({ "noun": "enquiry", "verb": "correct", "id": id, "asked": asked, "reason": "" }),
        json!({ "noun": "enquiry", "verb": "strike", "id": id, "reason": "" }),
        json!({ "noun": "meeting", "verb": "record", "id": id, "held": held }),
        json!({ "noun": "meeting", "verb": "correct", "id": id, "held": held, "reason": "" }),
        json!({ "noun": "meeting", "verb": "strike", "id": id, "reason": "" }),
        json!({ "noun": "entry", "verb": "correct", "id": id, "text": "", "occurred_at": now, "reason": "" }),
        json!({ "noun": "line", "verb": "mark", "line": [1, 0] }),
        json!({ "noun": "line", "verb": "unmark", "line": [1, 0] }),
        json!({ "noun": "task", "verb": "add", "id": id, "title": "", "phase": "", "office": null, "due_at": null }),
        json!({ "noun": "deadline", "verb": "remind", "id": id }),
        json!({ "noun": "deadline", "verb": "meet", "id": id, "at": now, "on": "" }),
        json!({ "noun": "question", "verb": "answer", "id": id, "yes": true, "note": null }),
        json!({ "noun": "ladder", "verb": "settle", "id": id, "reason": "" }),
        json!({ "noun": "clipping", "verb": "enter", "entry": clipping }),
        json!({ "noun": "clipping", "verb": "import", "id": id, "entries": [] }),
        json!({ "noun": "clipping", "verb": "read", "id": id, "reach": 1, "at": null }),
        json!({ "noun": "clipping", "verb": "correct", "id": id, "words": clipping, "reason": "" }),
        json!({ "noun": "clipping", "verb": "strike", "id": id, "reason": "" }),
        json!({ "noun": "clipping", "verb": "restore", "id": id, "reason": "" }),
        json!({ "noun": "shift", "verb": "take", "id": id, "from": null, "reason": null }),
        json!({ "noun": "shift", "verb": "assign", "id": id, "office": id, "officer": officer, "from": null, "reason": null }),
        json!({ "noun": "shift", "verb": "plan", "id": id, "officer": null, "at": null }),
        json!({ "noun": "shift", "verb": "offer", "id": id, "handover": id, "to": officer, "remark": null }),
        json!({ "noun": "shift", "verb": "confirm", "id": id, "handover": id, "next": id }),
        json!({ "noun": "shift", "verb": "decline", "id": id, "handover": id, "reason": "" }),
        json!({ "noun": "shift", "verb": "take_back", "id": id, "handover": id }),
        json!({ "noun": "shift", "verb": "leave", "id": id, "reason": "" }),
        json!({ "noun": "brief", "verb": "acknowledge", "until": 1 }),
        json!({ "noun": "plan", "verb": "run", "playbook": "", "reason": "" }),
        json!({ "noun": "plan", "verb": "take_step", "playbook": "", "version": 1, "seq": 1, "replaces": null, "reason": "" }),
        json!({ "noun": "claim", "verb": "enter", "id": id, "said": "", "place": place }),
        json!({ "noun": "claim", "verb": "correct", "id": id, "said": "", "reason": "" }),
        json!({ "noun": "claim", "verb": "see", "id": id, "place": place }),
        json!({ "noun": "claim", "verb": "reach", "id": id, "place": id, "count": 1, "at": now }),
        json!({ "noun": "claim", "verb": "classify", "id": id, "harm": "severe", "access": "open" }),
        json!({ "noun": "claim", "verb": "verify", "id": id, "at": now }),
        json!({ "noun": "claim", "verb": "conclude", "id": id, "judged": { "verdict": "false", "reason": "", "at": now } }),
        json!({ "noun": "claim", "verb": "label", "id": id, "place": "", "at": now }),
        json!({ "noun": "claim", "verb": "unlabel", "id": id, "at": now, "reason": "" }),
        json!({ "noun": "claim", "verb": "tell", "id": id, "told": { "kind": "notice", "at": now } }),
        json!({ "noun": "claim", "verb": "request", "id": id, "request": id, "sought": { "to": "", "at": now, "places": [] } }),
        json!({ "noun": "claim", "verb": "answer", "id": id, "request": id, "answer": "removed", "at": now }),
        json!({ "noun": "claim", "verb": "report", "id": id, "to": "", "at": now }),
        json!({ "noun": "claim", "verb": "complete", "id": id }),
        json!({ "noun": "claim", "verb": "except", "id": id, "reason": "" }),
        json!({ "noun": "claim", "verb": "resume", "id": id, "reason": "" }),
        json!({ "noun": "claim", "verb": "strike", "id": id, "reason": "" }),
        json!({ "noun": "review", "verb": "find", "id": id, "question": "why", "text": "" }),
        json!({ "noun": "review", "verb": "reword", "id": id, "text": "" }),
        json!({ "noun": "review", "verb": "strike", "id": id, "reason": "" }),
        json!({ "noun": "review", "verb": "assign", "id": id, "text": "", "owner": { "kind": "office", "office": id }, "due": "2026-02-25" }),
        json!({ "noun": "review", "verb": "move", "id": id, "owner": { "kind": "office", "office": id }, "due": "2026-02-25", "reason": "" }),
        json!({ "noun": "review", "verb": "finish", "id": id, "note": "" }),
        json!({ "noun": "review", "verb": "drop", "id": id, "reason": "" }),
    ];
    let name = |row: &Value| {
        format!("{}.{}", row["noun"].as_str().unwrap_or(""), row["verb"].as_str().unwrap_or(""))
    };
    rows.into_iter().map(|row| (name(&row), serde_json::from_value(row).expect("a command"))).collect()
}

/// What browsers must not have to copy by hand.
fn constants() -> String {
    // A number, not this number: an old page compares it with what the server says.
    let mut out = format!("export const PROTOCOL: number = {};\n\n", wire::PROTOCOL);
    let mut constant = |name: &str, value: Value| {
        let _ = write!(out, "export const {name} = {value} as const;\n\n");
    };
    constant("BEAT_SECONDS", wire::BEAT_SECONDS.into());
    constant("FIRST_LOAD_ROWS", FIRST_LOAD_ROWS.into());
    constant("ACCEPT_WITHIN_MINUTES", office::ACCEPT_WITHIN.as_mins().into());
    constant("ACCEPT_AT_LAST_MINUTES", office::ACCEPT_AT_LAST.as_mins().into());
    constant("ABSENCE_MIN_MINUTES", brief::ABSENCE_MIN.as_mins().into());
    constant("INCIDENTS_PAGE", phongtruc::rooms::INCIDENTS_PAGE.into());
    constant("ROWS_PAGE", phongtruc::rooms::ROWS_PAGE.into());
    constant("TITLE_MAX", text::TITLE_MAX.into());
    constant("NOTE_MAX", text::NOTE_MAX.into());
    constant("ENTRY_MAX", text::ENTRY_MAX.into());
    constant("STATEMENT_MAX", text::STATEMENT_MAX.into());
    constant("FILE_LIMITS", json!(BTreeMap::from(wire::file_limits())));
    constant("PIECE_BYTES_MAX", wire::PIECE_BYTES_MAX.into());
    constant("MENTIONS_MAX", message::MENTIONS_MAX.into());
    constant("PINS_MAX", message::PINS_MAX.into());
    constant("REMIND_MINUTES", message::REMIND_EVERY.as_mins().into());
    constant("REMIND_TIMES", message::REMIND_TIMES.into());
    constant("ATTACHMENTS_MAX", attachment::COUNT_MAX.into());
    constant("CLIPPING_IMPORT_MAX", clipping::IMPORT_MAX.into());
    constant("REACH_MAX", clipping::REACH_MAX.into());
    constant("REJECTED_MAX", decision::REJECTED_MAX.into());
    constant("UNSEEN", json!(text::UNSEEN));
    constant("CLOSE", json!(wire::close::ALL.iter().copied().collect::<BTreeMap<_, _>>()));
    constant(
        "ANCHORS_BY_HAND",
        json!(Anchor::ALL.iter().filter(|anchor| anchor.by_hand()).collect::<Vec<_>>()),
    );
    constant("LEADS", json!(may::LEADS));
    constant("DESK", json!(may::DESK));
    out.push_str("type Verbs<C> = C extends { noun: infer N extends string; verb: infer V extends string } ? `${N}.${V}` : never;\n");
    out.push_str("/** A command's name: `statement.approve`. Opening is an HTTP call. */\n");
    out.push_str("export type Verb = Exclude<Verbs<Command>, \"incident.open\">;\n\n");
    out.push_str("/** The roles of which one is needed to send a command. */\n");
    out.push_str("export const commandRoles: Record<Verb, readonly Role[]> = {\n");
    for (name, command) in commands() {
        let _ = writeln!(out, "  \"{name}\": {},", json!(may::roles(&command)));
    }
    out.push_str("};\n\n");
    out
}

fn typescript() -> String {
    let config = Config::default();
    let mut all = Collect { config: &config, seen: HashSet::new(), declared: BTreeMap::new() };
    all.visit::<wire::ToServer>();
    all.visit::<wire::ToClient>();
    all.visit::<wire::Me>();
    all.visit::<phongtruc::paper::Offers>();
    all.visit::<wire::Member>();
    all.visit::<wire::ClippingReading>();
    all.visit::<wire::NewService>();
    all.visit::<wire::EndedService>();
    all.visit::<wire::ServiceRow>();
    all.visit::<wire::IssuedToken>();
    all.visit::<wire::Summary>();
    all.visit::<wire::IncidentWaits>();
    all.visit::<wire::OpenAction>();
    all.visit::<wire::Outlook>();
    all.visit::<wire::Found>();
    all.visit::<phongtruc::domain::figures::Figure>();
    all.visit::<phongtruc::domain::yardstick::Reading>();
    all.visit::<phongtruc::domain::statement::history::Step>();
    all.visit::<wire::OpenRequest>();
    all.visit::<phongtruc::playbook::compare::Comparison>();
    all.visit::<wire::Opened>();
    all.visit::<wire::Choices>();
    all.visit::<wire::SignIn>();
    all.visit::<wire::SignInByLink>();
    all.visit::<wire::LinkPurpose>();
    all.visit::<wire::Account>();
    all.visit::<wire::NewAccount>();
    all.visit::<wire::NewDesignation>();
    all.visit::<wire::NewRevocation>();
    all.visit::<wire::NewProfile>();
    all.visit::<wire::Matter>();
    all.visit::<wire::Link>();
    all.visit::<wire::Leaving>();
    all.visit::<wire::HeldTask>();
    all.visit::<wire::NewPosition>();
    all.visit::<wire::DirectoryDay>();
    all.visit::<wire::SpokespersonList>();
    all.visit::<wire::NewSpokespersons>();
    all.visit::<wire::CorrectedSpokesperson>();
    all.visit::<wire::EndedSpokesperson>();
    all.visit::<wire::PublishedSpokespersons>();
    all.visit::<wire::SpokespersonTable>();
    all.visit::<wire::SpokespersonReading>();
    all.visit::<wire::PurgePlace>();
    all.visit::<wire::PurgeSurvey>();
    all.visit::<wire::PurgeOrder>();
    all.visit::<wire::PurgeDone>();
    all.visit::<wire::Sealed>();
    all.visit::<wire::FunctionChoice>();
    all.visit::<wire::PlaybookList>();
    all.visit::<wire::PlaybookPage>();
    all.visit::<wire::PlaybookText>();
    all.visit::<wire::PlaybookChecked>();
    all.visit::<wire::ScheduleRequest>();
    all.visit::<wire::Schedule>();
    all.visit::<wire::NewPlaybookVersion>();
    all.visit::<phongtruc::playbook::compare::Comparison>();
    all.visit::<wire::NewerPlaybook>();
    all.visit::<wire::PlaybookLessons>();
    all.visit::<wire::OfficeChoice>();
    all.visit::<wire::Member>();
    all.visit::<wire::AnnualPage>();
    all.visit::<wire::OfficePress>();
    all.visit::<wire::PressRequest>();
    all.visit::<wire::UploadRequest>();
    all.visit::<wire::Upload>();
    all.visit::<phongtruc::domain::line::LinePage>();
    all.visit::<phongtruc::domain::line::filter::Order>();
    all.visit::<wire::NoticePage>();
    all.visit::<wire::NoticeRequest>();
    all.visit::<wire::NoticeDone>();
    all.visit::<wire::Problem>();
    let mut out =
        String::from("// Generated from src/wire.rs and src/domain by tests/it/wire.rs. Do not edit.\n\n");
    out.push_str(&constants());
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
