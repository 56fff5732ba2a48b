//! Cases of reading a table of what was published.

use super::*;
use crate::domain::given;
use crate::domain::ids::RowId;
use crate::domain::{Command, clipping};

fn reading(table: &str, case: &given::Case) -> ClippingReading {
    let by = given::actor("drafter");
    read(table.as_bytes(), case.incident(), &Context { at: given::at("13:00:00"), by: &by, written_at: None })
}
fn problems(table: &str) -> Vec<(u32, String)> {
    let read = reading(table, &given::an_incident());
    read.problems.into_iter().map(|problem| (problem.line, problem.reason)).collect()
}

const HEAD: &str = "TT;Cơ quan báo chí;Tiêu đề;Đường dẫn;Đăng lúc;Sắc thái;Lượt tiếp cận;Đọc lúc\r\n";

#[test]
fn a_table_is_read_with_its_duplicates_and_its_bad_lines_named() {
    let table = format!(
        "{HEAD}1;Báo Thử;Vỡ đập?;https://bao.example/1;11:30 1/3/2026;Tiêu cực;12.500;12:10 1/3/2026\r\n\
         2;Báo Thử;\"Vỡ đập;\r\nhai dòng\";https://www.bao.example/1?utm_source=x;;tiêu cực;15000;12:40 1/3/2026\r\n\
         ;;;;;;;\r\n\
         3;Đài Thử;Không có chuyện vỡ đập;https://dai.example/2;;TÍCH CỰC;;\r\n\
         4;Báo Thử;Vỡ đập?;https://bao.example/1;11:30 1/3/2026;Tiêu cực;12.500;12:10 1/3/2026\r\n\
         5;Báo Thử;Thiếu đường dẫn;;;;;\r\n\
         6;Báo Thử;Sắc thái lạ;https://bao.example/3;;gay gắt;;\r\n\
         7;Báo Thử;Số lạ;https://bao.example/4;;;1,2K;\r\n\
         8;Báo Thử;Ngày lạ;https://bao.example/5;hôm qua;;;\r\n\
         9;Báo Thử;Sắp tới;https://bao.example/6;23:00 1/3/2026;;;\r\n"
    );
    let read = reading(&table, &given::an_incident());
    assert_eq!((read.encoding.as_str(), read.separator.as_str()), ("UTF-8", "dấu chấm phẩy"));
    let lines: Vec<_> = read.lines.iter().map(|line| (line.line, line.fate)).collect();
    assert_eq!(lines, [(2, Fate::New), (3, Fate::Again), (6, Fate::New), (7, Fate::Same)]);
    assert_eq!((read.added, read.again, read.same), (2, 1, 1));
    assert_eq!(read.lines[0].entry.reach, Some(12_500));
    assert_eq!(read.lines[0].entry.published_at, Some(given::at("11:30:00")));
    let wrong: Vec<_> = read.problems.iter().map(|problem| problem.line).collect();
    assert_eq!(wrong, [8, 9, 10, 11, 12]);
    for (problem, says) in read.problems.iter().zip([
        "Thiếu «Đường dẫn»",
        "«Sắc thái»: gay gắt",
        "1,2K",
        "hôm qua",
        "ở tương lai",
    ]) {
        assert!(problem.reason.contains(says), "{problem:?}");
    }
    // What was shown is what the room takes: the counts are exact.
    let entries = read.lines.into_iter().map(|line| line.entry).collect();
    let import = clipping::Command::Import { id: RowId::new("i-1").expect("an id"), entries };
    let case = given::an_incident()
        .at(given::at("13:00:00"))
        .by("drafter")
        .when(Command::Clipping(import))
        .accepted();
    assert_eq!(case.incident().clippings.len(), 2);
    let again = reading(&table, &case);
    assert_eq!((again.added, again.again), (0, 0), "the same table at the same hour brings nothing new");
}

#[test]
fn separators_heads_and_a_first_line_for_spreadsheets() {
    let row = |mark: &str| ["https://bao.example/1", "Báo", "Tin"].join(mark);
    for (table, separator) in [
        (format!("url,nguồn,tiêu đề\n{}", row(",")), "dấu phẩy"),
        (format!("Link\tBáo\tTít\n{}", row("\t")), "dấu tab"),
        (format!("sep=;\nURL;OUTLET;TITLE\n{}", row(";")), "dấu chấm phẩy"),
    ] {
        let read = reading(&table, &given::an_incident());
        assert_eq!((read.separator.as_str(), read.added, read.problems.len()), (separator, 1, 0), "{table}");
    }
    assert_eq!(problems("sep=;\nurl;báo;tít\nx;Báo;Tin")[0].0, 3, "lines are those of the file");
}

#[test]
fn what_cannot_be_a_table_says_what_to_do() {
    assert!(problems("Tiêu đề;Ngày\nx;y")[0].1.contains("«Đường dẫn»"));
    assert_eq!(problems(HEAD), [(2, "Bảng chưa có dòng nào dưới dòng tiêu đề.".to_owned())]);
    let by = given::actor("drafter");
    let context = Context { at: given::at("13:00:00"), by: &by, written_at: None };
    let workbook = read(b"PK\x03\x04\x14\x00\x00\x00", given::an_incident().incident(), &context);
    assert!(workbook.problems[0].reason.contains("CSV"));
    let rows = (0..=IMPORT_MAX).map(|n| format!("https://bao.example/{n};Báo;Tin")).collect::<Vec<_>>();
    let long = reading(&format!("url;báo;tít\n{}", rows.join("\n")), &given::an_incident());
    assert_eq!((long.lines.len(), long.problems[0].line), (IMPORT_MAX, 502));
}
