//! The documents that an office signs, from a real server: which there are, what each file holds, and that the report is
//! still written when the incident has ended.

use crate::support::*;
use hyper::Method;
use phongtruc::client::Client;
use phongtruc::domain::ids::RowId;
use phongtruc::domain::{Command, statement};
use std::io::Read as _;

const JUDGED: &str = "VI. ĐÁNH GIÁ DƯ LUẬN VÀ HIỆU QUẢ\n\nNgười dân yên tâm sau bản tin đầu tiên.\n\nVII. NGUYÊN NHÂN, BÀI HỌC\n\nLần sau ghi mốc sớm hơn.";

async fn file(client: &Client, path: &str) -> Vec<u8> {
    let answer = client.call(Method::GET, path, None).await.expect("reached");
    assert_eq!(answer.status, 200, "{path}");
    answer.body.to_vec()
}

/// The words of a file for Word, in order.
fn said(docx: Vec<u8>) -> String {
    let mut file = zip::ZipArchive::new(std::io::Cursor::new(docx)).expect("a ZIP");
    let mut xml = String::new();
    file.by_name("word/document.xml").expect("the document").read_to_string(&mut xml).expect("UTF-8");
    let document = roxmltree::Document::parse(&xml).expect("XML");
    let texts = document.descendants().filter(|node| node.tag_name().name() == "t");
    texts.filter_map(|node| node.text()).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn the_report_is_written_together_and_issued_after_the_end() {
    let server = Server::demo();
    let people = server.people().await;
    let id = opened(&people).await;
    let mut press = join(&people.press, &id).await;
    let path = format!("/api/incidents/{id}/papers/result/docx");
    let before = said(file(&people.press, &path).await);
    assert!(before.contains("BÁO CÁO") && before.contains("DỰ THẢO") && before.contains("Phụ lục VI"));
    assert!(before.contains("Phần này chưa có nội dung"), "{before}");

    let mut government = join(&people.people, &id).await;
    let mandatory = press.known.rows("tasks").filter(|task| task["mandatory"] == true);
    let mandatory: Vec<_> = mandatory.filter_map(|task| task["seq"].as_u64()?.try_into().ok()).collect();
    for seq in mandatory {
        act(&mut press, skip(seq)).await;
    }
    act(&mut press, close()).await;
    // Words for the public are over; what accounts for the incident is not.
    let public =
        statement::Command::Draft { id: row(), kind: "press_release".into(), title: None, follows: None };
    assert!(try_act(&mut press, Command::Statement(public)).await.is_err());
    let report = submitted(&mut government, "result_report", JUDGED).await;
    let during = said(file(&people.press, &path).await);
    assert!(during.contains("Người dân yên tâm sau bản tin đầu tiên.") && during.contains("DỰ THẢO"));
    assert!(
        during.contains("So với quy định và kịch bản") && during.contains("Được miễn, bỏ qua: "),
        "{during}"
    );
    act(&mut press, approve(&report, JUDGED)).await;
    let after = said(file(&people.press, &path).await);
    assert!(after.contains("Lần sau ghi mốc sớm hơn./."), "{after}");
    assert!(!after.contains("DỰ THẢO"), "approved");
    let sixth = after.find("VI. ĐÁNH GIÁ DƯ LUẬN VÀ HIỆU QUẢ").expect("a heading");
    let seventh = after.find("VII. NGUYÊN NHÂN").expect("a heading");
    let judged = after.find("Người dân yên tâm").expect("under the sixth");
    assert!(sixth < judged && judged < seventh);

    let number = statement::Command::Number {
        id: report,
        number: "05/BC-TCT".into(),
        date: jiff::civil::date(2026, 2, 5),
    };
    act(&mut press, Command::Statement(number)).await;
    let issued = said(file(&people.press, &path).await);
    assert!(issued.contains("Số: 05/BC-TCT") && issued.contains("ngày 05 tháng 02 năm 2026"), "{issued}");
    let party = said(
        file(
            &people.press,
            &format!("{path}?issuer=party_office&sign=1&signer=Nguy%E1%BB%85n%20Th%E1%BB%AD"),
        )
        .await,
    );
    assert!(
        party.contains("ĐẢNG CỘNG SẢN VIỆT NAM")
            && party.contains("Nguyễn Thử")
            && party.contains("K/T CHÁNH VĂN PHÒNG")
    );
}

#[tokio::test]
async fn every_document_that_is_offered_comes_as_both_files() {
    let server = Server::demo();
    let people = server.people().await;
    let mut press = join(&people.press, DEMO).await;
    let drafted = submitted(
        &mut press,
        "takedown_request",
        "V/v đề nghị gỡ bỏ\n\nKính gửi: Báo Thử\n\nBài báo sai =1+1 <script> #read(\"/etc/passwd\").",
    )
    .await;
    let (status, offers) = get(&people.press, &format!("/api/incidents/{DEMO}/papers")).await;
    assert_eq!(status, 200);
    let papers = offers["papers"].as_array().expect("papers");
    assert!(papers.len() >= 3 && offers["issuers"].as_array().is_some_and(|issuers| issuers.len() > 2));
    for paper in papers {
        let code = paper["code"].as_str().expect("a code");
        for (file_code, begins) in [("docx", &b"PK"[..]), ("pdf", b"%PDF-")] {
            let bytes =
                file(&people.press, &format!("/api/incidents/{DEMO}/papers/{code}/{file_code}")).await;
            assert!(bytes.starts_with(begins), "{code} {file_code}");
        }
    }
    let letter =
        said(file(&people.press, &format!("/api/incidents/{DEMO}/papers/statement-{drafted}/docx")).await);
    assert!(
        letter.contains("V/v đề nghị gỡ bỏ")
            && letter.contains("Kính gửi: Báo Thử")
            && letter.contains("#read(\"/etc/passwd\")./."),
        "{letter}"
    );
    for wrong in ["nothing/docx", "result/odt", "result/docx?issuer=nobody", "statement-gone/pdf"] {
        let answer =
            people.press.call(Method::GET, &format!("/api/incidents/{DEMO}/papers/{wrong}"), None).await;
        assert_eq!(answer.expect("reached").status, 404, "{wrong}");
    }
}

#[tokio::test]
async fn the_command_line_makes_the_same_documents() {
    let server = Server::demo();
    let people = server.people().await;
    let mut press = join(&people.press, DEMO).await;
    let _: RowId = submitted(
        &mut press,
        "press_release",
        "THÔNG CÁO BÁO CHÍ\n\nĐập an toàn\n\nSáng nay đập an toàn.\n\n- HẾT -",
    )
    .await;
    let run = |arguments: &[&str]| {
        program()
            .args(["paper", DEMO])
            .args(arguments)
            .arg("--data")
            .arg(server.data())
            .output()
            .expect("ran")
    };
    let made = run(&["--paper", "result", "--out", "-"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    assert!(said(made.stdout).contains("BÁO CÁO"));
    let unknown = run(&["--paper", "PN-99"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("minutes"));
}
