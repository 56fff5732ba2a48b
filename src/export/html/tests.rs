//! The page as a reader gets it.

use super::super::words::Moment;
use super::super::{Format, given};
use super::*;
use crate::domain::line::Line;

#[test]
fn each_line_of_the_timeline_is_in_the_page_with_both_times() {
    let case = given::an_exercise();
    let page = case.text(Format::Html);
    let calendar = &case.incident.frame.as_ref().expect("open").calendar;
    let said = |line: &Line| match line.corrected_by {
        Some(_) => format!("<td><s>{}</s></td>", esc(&line.text)),
        None => cell(&line.text),
    };
    assert!(page.contains("<s>Dân thôn 3"), "what was corrected stays readable");
    for line in case.incident.lines.iter() {
        let (occurred, recorded) = (Moment::of(line.occurred_at, calendar), Moment::of(line.by.at, calendar));
        let row = page.lines().find(|row| row.starts_with("<tr>") && row.contains(&said(line)));
        let row = row.unwrap_or_else(|| panic!("{}", line.text));
        assert!(row.contains(&format!("{}{}", moment(Some(&occurred)), moment(Some(&recorded)))), "{row}");
    }
}

#[test]
fn what_people_wrote_stays_text() {
    let page = given::an_exercise().text(Format::Html);
    assert!(!page.contains("<script") && page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert_eq!(
        esc("<a href='x' title=\"y\">&\u{202E}"),
        "&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;[U+202E]"
    );
    assert_eq!(css_string("a\"}</style>\\"), "a\\22 \\7d \\3c /style\\3e \\5c ");
    assert_eq!(link("javascript:alert(1)"), "javascript:alert(1)");
    let mut options = given::options();
    options.made_by = "</style><script>x</script>\"".into();
    let case = given::an_exercise();
    let page = super::super::render(Format::Html, case.source(), &options).expect("a page");
    assert!(!String::from_utf8(page).expect("text").contains("<script"));
}

#[test]
fn the_page_needs_nothing_from_elsewhere_and_names_its_head() {
    let page = given::an_exercise().text(Format::Html);
    for outside in ["src=", "@import", "<link", "<script"] {
        assert!(!page.contains(outside), "{outside}");
    }
    // The code in the corner of each printed page comes with it.
    assert_eq!(
        (page.matches("url(").count(), page.matches("url(\"data:image/svg+xml;base64,").count()),
        (1, 1)
    );
    let head = given::options().head;
    assert!(page.contains(&head.to_string()) && page.matches(&head.short()).count() >= 3);
    assert!(page.contains("<html lang=vi>") && page.contains("<p class=mark>DIỄN TẬP</p>"));
    assert!(
        page.contains("Đập Thử an toàn")
            && !page.contains(given::DRAFT)
            && !page.contains("Chỉ nói trong phòng")
    );
}

#[test]
fn a_real_incident_carries_no_mark() {
    let mut opening = given::an_opening();
    opening.exercise = false;
    assert!(!given::an_exercise_of(opening).text(Format::Html).contains("DIỄN TẬP"));
}

#[test]
fn the_ledger_says_what_a_figure_was_before() {
    let page = given::an_exercise().text(Format::Html);
    for said in [
        "VI. Dữ kiện",
        "Số hộ đã di dời: 15 hộ",
        "Trước đó: Số hộ đã di dời: 12 hộ",
        "Chưa xác minh",
        "KHÁC BẢN ĐÃ DUYỆT",
    ] {
        assert!(page.contains(said), "{said}");
    }
}
