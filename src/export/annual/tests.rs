//! The documents of the annual report say what the report says, in the same order, and carry nothing that runs.

use super::*;
use crate::annual::{Quarter, Report};
use crate::domain::deadline::Basis;
use crate::domain::given::at;
use crate::domain::ids::IncidentId;
use jiff::civil::date;

fn item(number: &str, title: &str, why: &str, under_way: bool) -> Item {
    let incident = IncidentId::new("su-co-1");
    Item {
        incident,
        number: number.into(),
        title: title.into(),
        why: why.into(),
        at: at("12:00:00"),
        under_way,
        enters: true,
    }
}

fn report() -> Report {
    let basis = Basis { code: "L".into(), cite: "Điều 10".into(), text: String::new(), verified: false };
    let row = |number, counted: Vec<Item>, missed: Vec<Item>, share: bool| Row {
        number,
        title: format!("Mục thử {number}"),
        count: u32::try_from(counted.len()).expect("few"),
        of: share.then(|| u32::try_from(counted.len() + missed.len()).expect("few")),
        basis: vec![basis.clone()],
        counted,
        missed,
    };
    Report {
        year: 2026,
        from: date(2025, 12, 15),
        to: date(2026, 12, 14),
        ended: false,
        title: "Báo cáo thử".into(),
        basis: vec![basis.clone()],
        verified: false,
        due_at: None,
        made_at: at("14:00:00"),
        rows: vec![
            row(1, vec![], vec![], false),
            row(
                5,
                vec![item("SC-01", "<script>alert(1)</script>", "đúng hạn", false)],
                vec![item("SC-02", "=HYPERLINK(\"x\")", "#read(\"/etc/passwd\") chậm", true)],
                true,
            ),
        ],
        quarters: vec![Quarter {
            from: date(2025, 12, 15),
            to: date(2026, 3, 14),
            held: 0,
            state: QuarterState::Missing,
        }],
        conference_note: "Họp báo định kỳ".into(),
        notes: vec!["Ghi chú của dữ liệu".into()],
        method: vec!["Cách tính một".into()],
    }
}

fn written(format: Format) -> Vec<u8> {
    let calendar = WorkingCalendar { utc_offset_minutes: 420, ..WorkingCalendar::default() };
    let report = report();
    let sheet = Sheet::of(&report, &calendar, "Nguyễn Văn Thử, Trực", "Cơ quan thử");
    render(format, &sheet, &report).expect("written")
}

#[test]
fn the_page_shows_the_form_its_lists_and_that_it_is_not_final() {
    let page = String::from_utf8(written(Format::Html)).expect("text");
    for said in [
        "Cơ quan thử",
        "Báo cáo thử năm 2026",
        "Từ ngày 15/12/2025 đến hết ngày 14/12/2026",
        "Số liệu tạm tính",
        "chưa đối chiếu văn bản gốc",
        "<td class=value>1/2</td>",
        "SC-02 – =HYPERLINK",
        "đang xử lý",
        "không có họp báo",
        "Cách tính một",
        "Ghi chú của dữ liệu",
    ] {
        assert!(page.contains(said), "{said}");
    }
    assert!(!page.contains("<script>"));
}

#[test]
fn the_document_is_set_whatever_people_wrote_and_is_the_same_each_time() {
    let bytes = written(Format::Pdf);
    assert!(bytes.starts_with(b"%PDF-"));
    assert!(bytes == written(Format::Pdf));
}

#[test]
fn the_table_has_a_row_for_everything_and_no_formula() {
    let text = String::from_utf8(written(Format::Csv)).expect("text");
    let lines: Vec<_> = text.trim_end().split("\r\n").collect();
    assert_eq!(lines.len(), 4, "{text}");
    assert!(lines[1].starts_with("2026,1,Mục thử 1,0,"), "{}", lines[1]);
    assert!(lines[2].contains("1 trên 2,có,SC-01"), "{}", lines[2]);
    assert!(lines[3].contains("không,SC-02") && lines[3].contains("sự cố đang xử lý"), "{}", lines[3]);
}

#[test]
fn json_is_the_report_itself() {
    let file: serde_json::Value = serde_json::from_slice(&written(Format::Json)).expect("JSON");
    assert_eq!(file, serde_json::to_value(report()).expect("JSON"));
}

#[test]
fn the_file_name_is_plain() {
    assert_eq!(file_name(&report(), Format::Pdf), "bao-cao-nam-2026.pdf");
}
