//! What is proposed after an incident: every word of it stands where the office would look for it.

use super::*;
use crate::domain::given::{self, at};
use crate::domain::ids::{Digest, RowId};
use crate::domain::{Command, incident, task};
use crate::playbook;
use crate::shelf::Edition;
use crate::wire::{PlaybookOrigin, PlaybookVersion};

const TEXT: &str = "---\nmã: p\nphiên_bản: 1\ntên: Tin giả\nkhi_dùng: a\ndấu_hiệu: b\ntừ_khóa: c\nmức: 2\n\
    nâng_mức: d\nchiến_lược: e\nđồng_hồ: f\nmẫu: g\n---\n\n## Tiếp nhận và xác minh\n\n- [ ] Xác minh\n  \
    - chủ trì: Công an tỉnh\n\n- [ ] Bản tin cập nhật\n  - chủ trì: Công an tỉnh\n\n## Kết thúc và rút kinh nghiệm\n\n\
    - [ ] Báo cáo kết thúc\n  - chủ trì: Công an tỉnh\n";

fn shelf(reason: Option<&str>) -> Shelf {
    let by = given::actor("head");
    let by = Act {
        person: by.person,
        name: by.name,
        title: by.title,
        office: by.office,
        at: at("11:00:00"),
        written_at: None,
    };
    let version = PlaybookVersion {
        version: 1,
        digest: Digest::of(TEXT.as_bytes()),
        title: "Tin giả".into(),
        reason: reason.map(Into::into),
        by,
        origin: PlaybookOrigin::Web,
    };
    let mut shelf = Shelf::default();
    shelf.put(1, "p".into(), Edition { version, text: TEXT.into() });
    shelf
}

fn id(id: &str) -> RowId {
    RowId::new(id).expect("an id")
}

/// An incident in which a step was skipped for a reason and a task was added, closed or not.
fn after_all(reason: &str, closed: bool) -> given::Case {
    let skip = task::Command::Skip { id: id("t-1"), reason: reason.into() };
    let (phase, office) = ("intake".into(), None);
    let add = task::Command::Add {
        id: id("x"),
        title: "Gọi trưởng bản".into(),
        phase,
        office,
        due_at: None,
        from: None,
    };
    let case = given::an_incident().at(at("13:00:00")).by("press");
    let mut case = case.when(Command::Task(skip)).accepted().when(Command::Task(add)).accepted();
    if closed {
        let skip = task::Command::Skip { id: id("t-2"), reason: "đã làm ở sự cố khác".into() };
        case = case.when(Command::Task(skip)).accepted();
        let close = incident::Command::Close { summary: "xong".into(), despite: true };
        case = case.when(Command::Incident(close)).accepted();
    }
    case
}

fn of(shelf: &Shelf, case: &given::Case) -> Vec<PlaybookLessons> {
    let id = IncidentId::new("su-co").expect("an id");
    lessons(&Library::embedded(), shelf, &id, case.incident())
}

#[test]
fn nothing_is_proposed_while_it_goes_on() {
    let case = after_all("không cần", false);
    assert!(of(&shelf(None), &case).is_empty());
}

#[test]
fn skipped_and_added_steps_become_an_edit_that_the_grammar_accepts() {
    let case = after_all("không ai nghe máy\n## Giai đoạn giả", true);
    let found = of(&shelf(None), &case);
    let of = found.first().expect("lessons");
    assert_eq!((of.skipped.len(), of.added.len(), of.considered), (2, 1, None));
    let text = of.text.as_deref().expect("something to write");
    let note = "  - chủ trì: Công an tỉnh\n> SC-2026-0001: bước này đã được bỏ qua, lý do: không ai nghe máy ## Giai \
                đoạn giả\n\n- [ ] Bản tin";
    assert!(text.contains(note), "{text}");
    // Its phase is not one of this version's: it stands at the end.
    let added = "- [ ] Gọi trưởng bản\n  - chủ trì: ?\n> SC-2026-0001: việc này được thêm trong lúc xử lý.\n";
    assert!(text.ends_with(added), "{text}");
    let parsed = playbook::parse("p", text).expect("the grammar accepts it");
    assert_eq!(parsed.tasks.len(), 4);
}

#[test]
fn steps_skipped_for_one_reason_each_have_their_note_and_have_it_once() {
    let lesson = |title: &str| Lesson { title: title.into(), reason: "không cần".into(), by: None };
    let both = noted(&noted(TEXT, "SC-1", &lesson("Xác minh")), "SC-1", &lesson("Báo cáo kết thúc"));
    assert_eq!(both.matches("> SC-1: bước này đã được bỏ qua, lý do: không cần").count(), 2, "{both}");
    assert_eq!(noted(&both, "SC-1", &lesson("Xác minh")), both);
}

#[test]
fn an_added_task_stands_in_its_phase_and_is_proposed_once() {
    let case = after_all("không cần", true);
    let task = case.incident().tasks.get(&id("x")).expect("added").clone();
    let text = TEXT.replace("## Tiếp nhận và xác minh", "## Tiếp nhận");
    let with = with_task(&text, "SC-1", &task, "Công an tỉnh", case.incident());
    let (before, after) = with.split_once("- [ ] Gọi trưởng bản").expect("there");
    assert!(before.contains("Bản tin cập nhật") && after.contains("## Kết thúc"), "{with}");
    assert_eq!(with_task(&with, "SC-1", &task, "Công an tỉnh", case.incident()), with);
}

#[test]
fn who_published_for_this_incident_has_thought_about_it() {
    let case = after_all("không cần", true);
    let found = of(&shelf(Some("Rút kinh nghiệm từ SC-2026-0001")), &case);
    assert_eq!(found.first().and_then(|of| of.considered), Some(1));
}
