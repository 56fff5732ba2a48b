//! Comparisons of what really shipped: the second version of a playbook with the one of today.

use super::super::{Playbook, Word, Words, parse};
use super::*;

const V2: &str = include_str!("../../../tests/old/natural_disaster.v2.md");
const TODAY: &str = include_str!("../../../playbooks/natural_disaster.md");
const PRESS_V2: &str = include_str!("../../../tests/old/press_inaccuracy.v2.md");
const PRESS_TODAY: &str = include_str!("../../../playbooks/press_inaccuracy.md");

fn read(text: &str) -> Playbook {
    parse("a.md", text).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn compared(before: &str, after: &str) -> Comparison {
    Comparison::of(&read(before), &read(after), &Words::default())
}

fn change(field: Field, before: &str, after: &str) -> Change {
    Change { field, name: field.name().into(), before: before.into(), after: after.into() }
}

fn changed(comparison: &Comparison) -> Vec<(u32, u32, Vec<Change>)> {
    let changed = comparison.steps.iter().filter_map(|it| match it {
        Difference::Changed { before, after, changes, .. } => Some((*before, *after, changes.clone())),
        _ => None,
    });
    changed.collect()
}

#[test]
fn a_version_is_the_same_as_itself() {
    for text in [V2, TODAY, PRESS_V2, PRESS_TODAY] {
        assert!(compared(text, text).is_empty());
        let spaced = text.replace("từ phát hiện", "kể từ khi phát hiện").replace("\n\n- [ ]", "\n\n\n- [ ]");
        assert!(compared(text, &spaced).is_empty(), "other words for the same are no change");
    }
}

#[test]
fn the_third_version_added_conditions_and_questions_and_took_nothing_away() {
    let comparison = compared(V2, TODAY);
    let two = "trả lời có: “Vụ việc liên quan từ hai bộ, hai tỉnh trở lên?”";
    let press = "mức từ 4; hoặc trả lời có: “Có báo chí trung ương hoặc nước ngoài tại hiện trường?”";
    let expected = [
        (4, 4, vec![change(Field::OnlyIf, "không có", two)]),
        (14, 14, vec![change(Field::OnlyIf, "không có", press)]),
    ];
    assert_eq!(changed(&comparison), expected);
    let same = comparison.steps.iter().filter(|it| matches!(it, Difference::Same { .. })).count();
    assert_eq!((same, comparison.steps.len()), (15, 17));
    assert_eq!(comparison.head[0].field, Field::Statements);
    assert_eq!(comparison.head[0].before, "không có");
    assert!(comparison.head[0].after.contains("Báo cáo nhanh"), "{:?}", comparison.head[0]);
    let questions = comparison.head.iter().filter(|change| change.field == Field::Questions);
    assert_eq!(questions.count(), read(TODAY).expected.len());
    // The other way round they go.
    let back = compared(TODAY, V2);
    assert!(changed(&back).iter().all(|(.., changes)| changes[0].after == "không có"));
    assert!(back.head.iter().all(|change| change.after == "không có"), "{:#?}", back.head);
}

#[test]
fn what_somebody_edits_is_told_field_by_field() {
    let hotline = "\n- [ ] Lập đường dây nóng cho thân nhân\n  - chủ trì: Sở Y tế\n";
    let edited = TODAY
        .replacen(
            "Chốt «một nguồn số liệu»: chỉ Ban Chỉ huy",
            "Chốt một nguồn số liệu duy nhất: Ban Chỉ huy",
            1,
        )
        .replacen(
            "phối hợp: UBND cấp xã; Sở Y tế; Công an tỉnh",
            "phối hợp: UBND cấp xã; Công an tỉnh; Sở Tư pháp",
            1,
        )
        .replacen("thời hạn: 90 phút từ phát hiện", "thời hạn: 1 giờ từ mở sự cố", 1)
        .replacen("cho báo chí (bắt buộc)", "cho báo chí", 1)
        .replacen("24 giờ từ tiếp nhận (luật)", "24 giờ từ tiếp nhận", 1)
        .replacen("mức: 3", "mức: 2", 1)
        .replacen("Làng Nủ; Yagi", "Làng Nủ; Wipha", 1)
        .replacen("\n## Kết thúc", &format!("{hotline}\n## Kết thúc"), 1);
    let start = edited.find("- [ ] Lập điểm thông tin báo chí").expect("a task");
    let end = start + edited[start..].find("\n\n").expect("its end") + 2;
    let edited = format!("{}{}", &edited[..start], &edited[end..]);
    let comparison = compared(TODAY, &edited);
    let head =
        [change(Field::Keywords, "Yagi", "Wipha"), change(Field::Level, "3 – Nghiêm trọng", "2 – Sự cố")];
    assert_eq!(comparison.head, head);
    let found = changed(&comparison);
    let fields = |at: usize| found[at].2.iter().map(|change| change.field).collect::<Vec<_>>();
    let numbers: Vec<_> = found.iter().map(|(before, after, _)| (*before, *after)).collect();
    assert_eq!(numbers, [(2, 2), (6, 6), (7, 7)]);
    assert_eq!(fields(0), [Field::Title, Field::Support]);
    assert_eq!((found[0].2[1].before.as_str(), found[0].2[1].after.as_str()), ("Sở Y tế", "Sở Tư pháp"));
    assert_eq!(fields(1), [Field::Due, Field::Mandatory]);
    let due = change(
        Field::Due,
        "1 giờ 30 phút kể từ khi phát hiện (mục tiêu nội bộ)",
        "1 giờ kể từ khi mở sự cố (mục tiêu nội bộ)",
    );
    assert_eq!(found[2].2, [due]);
    let gone = comparison.steps.iter().position(|it| matches!(it, Difference::Removed { before: 10, .. }));
    assert_eq!(gone, Some(9), "where it stood");
    let came = comparison.steps.iter().find_map(|it| match it {
        Difference::Added { after, step } => Some((*after, step.title.as_str(), step.lead.as_str())),
        _ => None,
    });
    assert_eq!(came, Some((15, "Lập đường dây nóng cho thân nhân", "Sở Y tế")));
}

#[test]
fn codes_are_told_by_their_names() {
    let word = |code: &str, name: &str| Word { code: code.into(), name: name.into() };
    let words = Words {
        functions: vec![word("health", "Sở Y tế"), word("police", "Công an tỉnh")],
        provisions: vec![word("A.7", "Luật A, Điều 7")],
        duties: vec![word("first", "Thông tin ban đầu trong 24 giờ")],
        statements: vec![word("holding", "Thông tin ban đầu")],
    };
    let mut before = read(TODAY);
    before.clocks = vec!["first".into()];
    before.tasks.truncate(1);
    let task = &mut before.tasks[0];
    (task.lead, task.basis, task.output) = ("health".into(), vec!["A.7".into()], Some("holding".into()));
    let mut after = before.clone();
    after.clocks = vec![];
    let task = &mut after.tasks[0];
    (task.lead, task.basis, task.output) = ("police".into(), vec![], Some("biên bản".into()));
    let comparison = Comparison::of(&before, &after, &words);
    assert_eq!(comparison.head, [change(Field::Clocks, "Thông tin ban đầu trong 24 giờ", "không có")]);
    let expected = [
        change(Field::Lead, "Sở Y tế", "Công an tỉnh"),
        change(Field::Basis, "Luật A, Điều 7", "không có"),
        change(Field::Output, "Thông tin ban đầu", "biên bản"),
    ];
    assert_eq!(changed(&comparison), [(1, 1, expected.to_vec())]);
}

#[test]
fn the_steps_of_an_incident_are_compared_like_those_of_a_file() {
    let opening = crate::domain::given::an_opening();
    let planned = |opening: &crate::domain::frozen::Opening| -> Vec<Step> {
        let tasks = opening.tasks.iter();
        tasks.map(|task| Step::planned(task, &opening.phases, &opening.prepared)).collect()
    };
    let before = planned(&opening);
    assert!(!before.is_empty());
    assert!(steps(&before, &before).iter().all(|it| matches!(it, Difference::Same { .. })));
    let mut newer = opening.clone();
    newer.tasks[0].due = None;
    newer.tasks.remove(1);
    let found = steps(&before, &planned(&newer));
    assert!(
        matches!(&found[0], Difference::Changed { changes, .. } if changes[0].field == Field::Due && changes[0].after == "không có")
    );
    assert!(matches!(&found[1], Difference::Removed { .. }), "{found:#?}");
}

#[test]
fn every_step_of_both_lists_is_told_once() {
    for (before, after) in [(V2, PRESS_TODAY), (PRESS_V2, TODAY), (PRESS_V2, PRESS_TODAY)] {
        let (mut older, mut newer) = (vec![], vec![]);
        for difference in compared(before, after).steps {
            match difference {
                Difference::Same { before, after, .. } | Difference::Changed { before, after, .. } => {
                    older.push(before);
                    newer.push(after);
                }
                Difference::Added { after, .. } => newer.push(after),
                Difference::Removed { before, .. } => older.push(before),
            }
        }
        let all = |text: &str| read(text).tasks.iter().map(|task| task.seq).collect::<Vec<_>>();
        assert_eq!(newer, all(after), "in the order of the newer one");
        older.sort_unstable();
        assert_eq!(older, all(before));
    }
}
