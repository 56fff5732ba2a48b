//! Warnings as others read them.

use super::super::given::{self, Case, id};
use super::super::{Format, render};
use super::*;
use crate::domain::{Command, statement};
use std::io::Read as _;

fn files(bytes: Vec<u8>) -> Vec<(String, String)> {
    let read = |index| {
        let mut zip = zip::ZipArchive::new(Cursor::new(&bytes)).expect("a zip");
        let mut file = zip.by_index(index).expect("a file");
        let mut text = String::new();
        file.read_to_string(&mut text).expect("UTF-8");
        (file.name().expect("UTF-8").into_owned(), text)
    };
    (0..3).map(read).collect()
}

fn issue(case: &mut Case, key: &str, at: &str, text: &str, follows: Option<(&str, Relation)>) {
    let follows = follows.map(|(before, relation)| statement::Follows { statement: id(before), relation });
    let (kind, title) = (WARNING.to_owned(), Some("Cảnh báo <lũ> & sạt lở".to_owned()));
    let digest = |case: &Case| case.incident.statements.get(&id(key)).expect("drafted").digest;
    let then = |case: &mut Case, who: &str, command| case.then(at, who, Command::Statement(command));
    then(case, "drafter", statement::Command::Draft { id: id(key), kind, title, follows });
    let write = statement::Command::Write { id: id(key), over: digest(case), text: text.into() };
    then(case, "drafter", write);
    let digest = digest(case);
    then(case, "drafter", statement::Command::Submit { id: id(key), digest });
    for who in ["party", "people"] {
        then(case, who, statement::Command::Approve { id: id(key), digest });
    }
    let (channel, link) =
        ("portal".to_owned(), Some("https://congthongtin.example.vn/canh-bao?a=1&b=2".to_owned()));
    then(
        case,
        "people",
        statement::Command::Publish { id: id(key), digest, channel, at: given::moment(at), link },
    );
}

pub(in crate::export) fn warned() -> Case {
    let mut opening = given::an_opening();
    let mut prepared = opening.prepared[0].clone();
    (prepared.kind, prepared.title, prepared.public) = (WARNING.into(), "Cảnh báo".into(), true);
    opening.prepared.push(prepared);
    let mut rule = opening.approvals[0].clone();
    rule.kind = WARNING.into();
    opening.approvals.push(rule);
    let mut case = given::an_exercise_of(opening);
    issue(&mut case, "w-1", "14:00:00", "CẢNH BÁO: lũ quét \"&<b>\" tại Xã Thử.\n\nRời khỏi bờ suối.", None);
    issue(&mut case, "w-2", "14:10:00", "CẢNH BÁO: lũ lớn hơn.", Some(("w-1", Relation::Update)));
    issue(&mut case, "w-3", "14:20:00", "Hết cảnh báo.", Some(("w-2", Relation::Withdrawal)));
    case
}

#[test]
fn each_warning_is_a_message_that_names_those_before_it() {
    let case = warned();
    let files = files(case.export(Format::Cap));
    let kinds: Vec<_> = files
        .iter()
        .map(|(_, text)| {
            let kind = text.split("<msgType>").nth(1).expect("a kind");
            kind.split('<').next().expect("its end").to_owned()
        })
        .collect();
    assert_eq!(kinds, ["Alert", "Update", "Cancel"]);
    let first = roxmltree::Document::parse(&files[0].1).expect("XML");
    let said = |name: &str| {
        first.descendants().find(|it| it.has_tag_name(("urn:oasis:names:tc:emergency:cap:1.2", name)))
    };
    assert_eq!(said("headline").and_then(|it| it.text()), Some("Cảnh báo <lũ> & sạt lở"));
    assert_eq!(said("status").and_then(|it| it.text()), Some("Exercise"));
    assert_eq!(said("sent").and_then(|it| it.text()), Some("2026-03-01T14:00:00+07:00"));
    assert!(said("references").is_none() && said("urgency").and_then(|it| it.text()) == Some("Unknown"));
    let third = &files[2].1;
    let references =
        third.split("<references>").nth(1).and_then(|rest| rest.split('<').next()).expect("references");
    assert_eq!(references.split(' ').count(), 2, "{references}");
    assert!(references.contains(",SC-2026-0001.PN-") && references.contains("2026-03-01T14:10:00+07:00"));
}

#[test]
fn without_a_warning_there_is_nothing_to_export() {
    let case = given::an_exercise();
    let none = render(Format::Cap, case.source(), &given::options());
    assert!(matches!(none, Err(ExportError::NothingThere { .. })), "{none:?}");
}
