//! Exports of three incidents, looked at once and kept byte for byte: two that were reconstructed from what newspapers said
//! (what is documented and what was made stands beside each line), and the invented one of a release. What is large is kept as its digest. A change of what exports say shows here as a difference
//! to read; this test then rewrites the file and fails once.

use jiff::Timestamp;
use phongtruc::domain::ids::Digest;
use phongtruc::export::{ExportError, Format, Options, Variant, render};
use phongtruc::library::Library;
use phongtruc::log::chain;
use phongtruc::paper::{self, Ask, File, House, Which};
use phongtruc::record::Whole;
use std::path::{Path, PathBuf};

/// Kept whole; others as digests.
const WHOLE: [Format; 3] = [Format::Markdown, Format::Csv, Format::Ics];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn whole(log: &Path) -> Whole {
    let text = std::fs::read(log).expect("readable");
    let verified = chain::verify(&text, None);
    assert_eq!(verified.damage, None, "{}", log.display());
    Whole::read(verified.lines.into_iter().map(ToOwned::to_owned).collect()).expect("records")
}

fn options(whole: &Whole, variant: Variant) -> Options {
    let made_at: Timestamp = "2026-12-01T05:00:00Z".parse().expect("a moment");
    Options {
        made_at,
        made_by: "Nguyễn Thị Thử, Chuyên viên".into(),
        exporter: "Nguyễn Thị Thử".into(),
        head: whole.head.digest,
        variant,
    }
}

#[test]
fn exports_of_three_incidents_are_what_was_looked_at() {
    let library = Library::embedded();
    let mut changed = vec![];
    let mut keep = |path: PathBuf, bytes: &[u8]| {
        if std::fs::read(&path).ok().as_deref() != Some(bytes) {
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
            std::fs::write(&path, bytes).expect("writable");
            changed.push(path);
        }
    };
    let logs = ["exports/coc-ly-2024.jsonl", "exports/lang-nu-2024.jsonl", "0.2.0.jsonl"];
    for (name, log) in ["coc-ly-2024", "lang-nu-2024", "0.2.0"].into_iter().zip(logs) {
        let whole = whole(&folder().join(log));
        let mut digests = String::new();
        for variant in Variant::ALL {
            let options = options(&whole, variant);
            for format in Format::ALL {
                let bytes = match render(*format, whole.source(), &options) {
                    Ok(bytes) => bytes,
                    // Not every incident warned anybody.
                    Err(ExportError::NothingThere { .. }) => continue,
                    Err(error) => panic!("{name} {format:?} {variant:?}: {error}"),
                };
                let file = format!("{name}.{}.{}", variant.code(), format.extension());
                if WHOLE.contains(format) && variant != Variant::Inspection {
                    keep(folder().join("exports").join(&file), &bytes);
                }
                digests.push_str(&format!("{}  {file}\n", Digest::of(&bytes)));
            }
            for file in File::ALL {
                let mut bytes = vec![];
                let house = House { forms: &library.papers, annual: &library.annual, law: &library.law };
                let ask = Ask::default();
                paper::write(&Which::Result, file, whole.source(), house, &ask, &options, &mut bytes)
                    .unwrap_or_else(|error| panic!("{name} {file:?} {variant:?}: {error}"));
                let file = format!("{name}.{}.report.{}", variant.code(), file.code());
                digests.push_str(&format!("{}  {file}\n", Digest::of(&bytes)));
            }
        }
        keep(folder().join(format!("exports/{name}.sha256")), digests.as_bytes());
    }
    assert!(changed.is_empty(), "other than before; look at the difference and commit it: {changed:#?}");
}
