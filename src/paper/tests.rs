//! Given an incident with its statements, when a document is made of it, then every word stands where an office expects it.

use super::sheet::{Cell, Table};
use super::*;
use crate::export::given::{self, Case};
use crate::law::Law;
use crate::playbook::Text;

const FORMS: &str = include_str!("../../seeds/papers.toml");

struct Drawn {
    forms: Forms,
    annual: annual::Annual,
    law: Law,
}

impl Drawn {
    fn new() -> Self {
        let forms = form::parse(Text { file: "papers.toml", text: FORMS }).expect("in order");
        Self { forms, annual: annual::Annual::default(), law: Law::none() }
    }
    fn house(&self) -> House<'_> {
        House { forms: &self.forms, annual: &self.annual, law: &self.law }
    }
    fn sheet(&self, case: &Case, which: &Which, ask: &Ask) -> Sheet {
        sheet(which, case.source(), self.house(), ask, &given::options()).expect("made")
    }
    fn file(&self, case: &Case, which: &Which, file: File) -> Vec<u8> {
        let mut bytes = vec![];
        write(which, file, case.source(), self.house(), &Ask::default(), &given::options(), &mut bytes)
            .expect("made");
        bytes
    }
}

fn words(blocks: &[Block]) -> String {
    let cell = |cell: &Cell| format!("{} {}", cell.text, cell.below);
    let table = |table: &Table| table.rows.iter().flatten().map(cell).collect::<Vec<_>>().join(" ");
    let word = |block: &Block| match block {
        Block::Heading { text, .. } | Block::Paragraph { text } | Block::Centred { text } => text.clone(),
        Block::Table(it) => table(it),
        Block::Drawn(it) => it.alt.clone(),
    };
    blocks.iter().map(word).collect::<Vec<_>>().join("\n")
}

fn first_statement(case: &Case) -> Which {
    let row = case.incident.statements.iter().find(|row| row.number == "PN-01").expect("there");
    Which::Statement(row.id.clone())
}

#[test]
fn the_report_has_seven_parts_and_six_annexes_whatever_was_written() {
    let (drawn, case) = (Drawn::new(), given::an_exercise());
    let sheet = drawn.sheet(&case, &Which::Result, &Ask::default());
    let parts = sheet.body.iter().filter(|block| matches!(block, Block::Heading { level: 1, .. })).count();
    assert_eq!((parts, sheet.annexes.len()), (form::SECTIONS, form::ANNEXES));
    assert_eq!(sheet.name, "BÁO CÁO");
    assert_eq!(sheet.marks, ["DIỄN TẬP", "DỰ THẢO"]);
    assert_eq!(sheet.closing.hands[0].capacity, ["TỔ TRƯỞNG"]);
    assert!(sheet.head.number.ends_with("/BC-TCT"), "{}", sheet.head.number);
    let timeline = words(&sheet.annexes[0].body);
    for line in case.incident.lines.iter() {
        assert!(timeline.contains(&line.text), "{}", line.text);
    }
    let register = words(&sheet.annexes[1].body);
    assert!(register.contains("PN-01") && register.contains("PN-02"));
    assert!(!words(&sheet.body).contains(given::DRAFT) && !register.contains(given::DRAFT));
}

#[test]
fn chosen_lines_stand_under_their_headings() {
    use crate::domain::{Command, line};
    let (drawn, mut case) = (Drawn::new(), given::an_exercise());
    let line = case.incident.lines.iter().find(|line| line.corrected_by.is_none()).expect("a line").clone();
    let (heading, note) = (Some("Giờ đầu".to_owned()), Some("mốc tính hạn".to_owned()));
    let mark = line::Command::Mark { line: line.id, heading, note };
    case.then("13:59:00", "people", Command::Line(mark));
    let said = words(&drawn.sheet(&case, &Which::Result, &Ask::default()).body);
    let under = said.split_once("Giờ đầu\n").expect("a heading").1;
    let told = under.lines().next().expect("a line");
    assert!(told.ends_with(&format!(": {} (mốc tính hạn)", line.text)), "{told}");
    assert!(!said.contains("Chưa chọn mốc nào"));
}

#[test]
fn a_statement_is_issued_in_the_layout_of_whoever_issues_it() {
    let (drawn, case) = (Drawn::new(), given::an_exercise());
    let which = first_statement(&case);
    let state = drawn.sheet(&case, &which, &Ask::default());
    assert_eq!(
        (state.layout.code.as_str(), state.head.issuer.join(" ").as_str()),
        ("state", "ỦY BAN NHÂN DÂN TỈNH LÀO CAI")
    );
    assert_eq!(state.name, "THÔNG TIN BAN ĐẦU");
    assert!(!state.marks.contains(&"DỰ THẢO".to_owned()), "published");
    assert_eq!(words(&state.body).replace('\n', ""), {
        let Which::Statement(id) = &which else { panic!("a statement") };
        case.incident.statements.get(id).expect("there").text.replace('\n', "")
    });
    let ask = Ask { issuer: Some("party_office".into()), sign: 1, signer: " Nguyễn Thị Lan ".into() };
    let party = drawn.sheet(&case, &which, &ask);
    assert_eq!(party.layout.code, "party");
    assert_eq!(party.closing.hands[0].capacity, ["K/T CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"]);
    assert_eq!(party.closing.hands[0].name, "Nguyễn Thị Lan");
    assert_eq!(party.closing.recipients.last().map(String::as_str), Some("- Lưu Văn phòng Tỉnh ủy."));
    let nobody = Ask { issuer: Some("nobody".into()), ..Ask::default() };
    let refused = sheet(&which, case.source(), drawn.house(), &nobody, &given::options());
    assert_eq!(refused.map(|sheet| sheet.title), Err(ExportError::NoForm));
}

#[test]
fn the_same_sheet_gives_the_same_bytes_in_both_files() {
    let (drawn, case) = (Drawn::new(), given::an_exercise());
    for which in [Which::Result, Which::Minutes, first_statement(&case)] {
        for file in File::ALL {
            let twice = [drawn.file(&case, &which, file), drawn.file(&case, &which, file)];
            assert!(twice[0] == twice[1], "{which:?} {file:?}");
            let begins: &[u8] = if file == File::Pdf { b"%PDF-" } else { b"PK" };
            assert!(twice[0].starts_with(begins));
        }
    }
}

#[test]
fn every_part_of_the_file_for_word_is_well_formed_and_says_every_line() {
    let (drawn, case) = (Drawn::new(), given::an_exercise());
    let bytes = drawn.file(&case, &Which::Result, File::Docx);
    let mut file = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a ZIP");
    let mut text = String::new();
    for index in 0..file.len() {
        let mut part = file.by_index(index).expect("a part");
        let (name, mut xml) = (part.name().expect("UTF-8").into_owned(), String::new());
        if name.ends_with(".png") {
            continue;
        }
        std::io::Read::read_to_string(&mut part, &mut xml).expect("UTF-8");
        let read = roxmltree::Document::parse(&xml).unwrap_or_else(|error| panic!("{name}: {error}"));
        if name == "word/document.xml" {
            let texts = read.descendants().filter(|node| {
                node.has_tag_name(("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "t"))
            });
            text = texts.filter_map(|node| node.text()).collect();
            let heads = read.descendants().filter(|node| node.tag_name().name() == "tblHeader").count();
            assert!(heads > 6, "every table's first row repeats");
        }
    }
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let whole = bare(&text);
    for line in case.incident.lines.iter() {
        let shown = crate::export::words::noted(&line.text, crate::export::words::harmless);
        assert!(whole.contains(&bare(&shown)), "{}", line.text);
    }
}

#[test]
fn codes_of_documents_are_read_back_and_nothing_else_is() {
    for code in ["result", "minutes", "meeting-m1", "statement-s-1"] {
        assert_eq!(Which::from_code(code).map(|which| which.code()), Some(code.to_owned()));
    }
    for code in ["", "report", "statement-", "statement-../x", "meeting"] {
        assert_eq!(Which::from_code(code), None, "{code}");
    }
}

#[test]
fn an_empty_incident_has_documents_too() {
    let (drawn, case) = (Drawn::new(), Case::opened(given::an_opening()));
    for which in [Which::Result, Which::Minutes] {
        let said = words(&drawn.sheet(&case, &which, &Ask::default()).body);
        assert!(said.contains("Không có.") || said.contains("Chưa ghi"), "{said}");
        assert!(drawn.file(&case, &which, File::Pdf).starts_with(b"%PDF-"));
    }
    let nothing = Source { incident: &Default::default(), records: &[], lines: &[] };
    let refused = sheet(&Which::Result, nothing, drawn.house(), &Ask::default(), &given::options());
    assert_eq!(refused.map(|sheet| sheet.title), Err(ExportError::NotOpened));
    let gone = Which::Statement(RowId::new("gone").expect("an id"));
    let refused = sheet(&gone, case.source(), drawn.house(), &Ask::default(), &given::options());
    assert_eq!(refused.map(|sheet| sheet.title), Err(ExportError::NoPaper));
}

#[test]
fn who_objected_is_not_offered_as_a_signer() {
    use crate::domain::{Command, statement};
    let (drawn, mut case) = (Drawn::new(), given::an_exercise());
    let on = jiff::civil::date(2026, 3, 1);
    let of = |case: &Case, number: &str| {
        let papers = offers(case.source(), &drawn.forms, on).papers;
        papers.into_iter().find(|offer| offer.title.starts_with(number)).expect("offered").approvers
    };
    assert!(!of(&case, "PN-01").is_empty(), "approved and out");
    let row = case.incident.statements.iter().find(|row| row.number == "PN-02").expect("there").clone();
    let submit = statement::Command::Submit { id: row.id.clone(), digest: row.digest };
    case.then("13:57:00", "drafter", Command::Statement(submit));
    let (id, digest, reason) = (row.id.clone(), row.digest, "chưa đúng".to_owned());
    let object = statement::Command::Object { id, digest, reason, strong: false };
    case.then("13:58:00", "people", Command::Statement(object));
    assert_eq!(of(&case, "PN-02"), Vec::<String>::new());
}
