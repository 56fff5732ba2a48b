//! The grammar of a playbook: what is accepted, what is refused, and in which words.

use super::*;
use crate::domain::deadline::{Anchor, Counted, Source};
use unicode_normalization::UnicodeNormalization;

const HEAD: &str = "---\nmã: thu\nphiên_bản: 3\ntên: Kịch bản thử\nkhi_dùng: Khi thử.\ndấu_hiệu: có dấu hiệu\n\
                    từ_khóa: vỡ đập; xả lũ\nmức: 2\nnâng_mức: lên 3 khi cần\nchiến_lược: nói thật\n\
                    đồng_hồ: initial\nmẫu: holding; notice\n---\n";
const BODY: &str = "\n# Kịch bản thử\n\n> Ghi chú cho người đọc.\n\n## Tiếp nhận & xác minh\n\n\
                    - [ ] Ghi sổ: lưu bằng chứng (URL, ảnh) (bắt buộc)\n  - chủ trì: Công an tỉnh\n  \
                    - phối hợp: UBND cấp xã; Sở Văn hóa, Thể thao và Du lịch\n  - thời hạn: 15 phút từ phát hiện\n  \
                    - căn cứ: Nghị định A, Điều 7 khoản 3\n  - đầu ra: Thông tin ban đầu\n\n\
                    ## Kết thúc và rút kinh nghiệm\n\n- [ ] Họp\n  chủ trì: UBND cấp xã\n  đầu ra: biên bản\n";

fn words() -> Words {
    let list = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(code, name)| Word { code: (*code).into(), name: (*name).into() }).collect()
    };
    Words {
        functions: list(&[
            ("police", "Công an tỉnh"),
            ("commune", "UBND cấp xã"),
            ("culture", "Sở Văn hóa, Thể thao và Du lịch"),
        ]),
        provisions: list(&[("A.7.3", "Nghị định A, Điều 7 khoản 3")]),
        duties: list(&[("initial", "Thông tin ban đầu trong 24 giờ")]),
        statements: list(&[("holding", "Thông tin ban đầu"), ("notice", "Công bố tin giả")]),
    }
}

fn reasons(text: &str) -> Vec<(u32, String)> {
    let problems = parse_with("thu.md", text, &words()).expect_err("the file is wrong");
    problems.into_iter().map(|problem| (problem.line, problem.reason)).collect()
}

#[test]
fn a_playbook_is_read_with_names_in_place_of_codes() {
    let text = format!("{HEAD}{BODY}");
    let playbook = parse_with("thu.md", &text, &words()).expect("a correct playbook");
    assert_eq!((playbook.id.as_str(), playbook.version, playbook.level.get()), ("thu", 3, 2));
    assert_eq!(playbook.keywords, ["vỡ đập", "xả lũ"]);
    assert_eq!(
        (playbook.clocks, playbook.statements),
        (vec!["initial".into()], vec!["holding".into(), "notice".into()])
    );
    let phases: Vec<_> =
        playbook.phases.iter().map(|phase| (phase.code.as_str(), phase.title.as_str())).collect();
    let expected = [
        ("intake_verification", "Tiếp nhận và xác minh"),
        ("closure_learning", "Kết thúc và rút kinh nghiệm"),
    ];
    assert_eq!(phases, expected);
    let [first, second] = playbook.tasks.as_slice() else { panic!("two tasks") };
    assert_eq!(first.title, "Ghi sổ: lưu bằng chứng (URL, ảnh)");
    assert!(first.mandatory && !second.mandatory);
    assert_eq!(
        (first.lead.as_str(), first.support.as_slice()),
        ("police", ["commune".into(), "culture".into()].as_slice())
    );
    let due = Due {
        anchor: Anchor::DetectedAt,
        amount: 15,
        counted: Counted::Elapsed,
        source: Source::Policy,
        before: false,
    };
    assert_eq!(first.due, Some(due));
    assert_eq!(
        (first.basis.as_slice(), first.output.as_deref()),
        (["A.7.3".into()].as_slice(), Some("holding"))
    );
    assert_eq!((second.seq, second.phase.as_str(), second.lead.as_str()), (2, "closure_learning", "commune"));
    assert_eq!((second.output.as_deref(), second.due), (Some("biên bản"), None));
}

#[test]
fn a_condition_and_the_questions_to_prepare_for_are_read() {
    let body = BODY.replace(
        "  - đầu ra: Thông tin",
        "  - điều kiện: mức từ 4; Có báo chí nước ngoài?\n  - đầu ra: Thông tin",
    );
    let questions = "\n## Câu hỏi cần chuẩn bị\n\n> Ghi chú.\n\n- Đập có vỡ không?\n  - gợi ý: số liệu: chủ đập\n\n\
                     - Bao giờ có kết luận?\n  gợi ý: hẹn giờ; không đoán\n";
    let playbook = parse_with("thu.md", &format!("{HEAD}{body}{questions}"), &words()).expect("correct");
    let condition = playbook.tasks[0].only_if.as_ref().expect("it has one");
    assert_eq!(condition.words(), "mức từ 4; hoặc trả lời có: “Có báo chí nước ngoài?”");
    assert_eq!(playbook.tasks[1].only_if, None);
    let expected = |question: &str, hint: &str| Expected { question: question.into(), hint: hint.into() };
    let both = [
        expected("Đập có vỡ không?", "số liệu: chủ đập"),
        expected("Bao giờ có kết luận?", "hẹn giờ; không đoán"),
    ];
    assert_eq!(playbook.expected, both);
    assert_eq!(playbook.phases.len(), 2, "the questions are no phase");
}

#[test]
fn what_is_wrong_among_the_questions_is_named_with_its_line() {
    let before = u32::try_from(format!("{HEAD}{BODY}").lines().count()).expect("few lines");
    for (section, line, says) in [
        ("## Câu hỏi cần chuẩn vị\n", 1, "có phải «Câu hỏi cần chuẩn bị»?"),
        ("## Câu hỏi cần chuẩn bị\n- Vỡ chưa?\n", 2, "chưa có dòng «gợi ý»"),
        ("## Câu hỏi cần chuẩn bị\n- Vỡ chưa\n  - gợi ý: a\n", 2, "kết thúc bằng dấu hỏi"),
        ("## Câu hỏi cần chuẩn bị\n- Vỡ chưa?\n  - gợi y kiến: a\n", 3, "không có mục «gợi y kiến»"),
        ("## Câu hỏi cần chuẩn bị\n- Vỡ chưa?\n  - gơi ií: a\n", 3, "có phải «gợi ý»?"),
        ("## Câu hỏi cần chuẩn bị\n- Vỡ chưa?\n  - gợi ý:\n", 3, "đang để trống"),
        ("## Câu hỏi cần chuẩn bị\n- Vỡ chưa?\n  - gợi ý: a\n  - gợi ý: b\n", 4, "đã có ở trên"),
        ("## Câu hỏi cần chuẩn bị\n  - gợi ý: a\n", 2, "không thuộc câu hỏi nào"),
        ("## Câu hỏi cần chuẩn bị\n- A?\n  - gợi ý: a\n- a?\n  - gợi ý: b\n", 4, "đã có ở dòng"),
        ("## Câu hỏi cần chuẩn bị\n- [ ] Việc\n", 2, "không có nhiệm vụ"),
        ("## Câu hỏi cần chuẩn bị\nVỡ chưa?\n", 2, "«- câu hỏi?»"),
        ("## Câu hỏi cần chuẩn bị\n## Câu hỏi cần chuẩn bị\n", 2, "đã có ở trên"),
    ] {
        let found = reasons(&format!("{HEAD}{BODY}{section}"));
        let expected = |(at, reason): &(u32, String)| *at == before + line && reason.contains(says);
        assert!(found.iter().any(expected), "{section:?}: {found:?}");
    }
}

#[test]
fn the_digest_is_of_the_bytes_and_the_meaning_is_not() {
    let text = format!("{HEAD}{BODY}");
    let plain = parse_with("a", &text, &words()).expect("correct");
    let windows = format!("\u{FEFF}{}", text.replace('\n', "\r\n").nfd().collect::<String>());
    let windows = parse_with("a", &windows, &words()).expect("the same");
    assert_ne!(plain.digest, windows.digest);
    assert_eq!(plain.digest.len(), 64);
    assert_eq!(Playbook { digest: plain.digest.clone(), ..windows }, plain);
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(hex(b""), empty);
}

#[test]
fn what_is_wrong_is_named_with_its_line_and_what_to_write() {
    let before = u32::try_from(HEAD.lines().count()).expect("few lines");
    for (body, line, says) in [
        ("## Tiep nhan xac minh\n", 1, "có phải «Tiếp nhận và xác minh»?"),
        ("## Lung tung\n", 1, "các giai đoạn:"),
        ("- [ ] Việc\n", 1, "chưa thuộc giai đoạn nào"),
        ("## Phát ngôn ban đầu\n- [ ] Việc\n", 2, "chưa có dòng «chủ trì»"),
        ("## Phát ngôn ban đầu\n- [ ] Việc\n  - chu chi: Công an tỉnh\n", 3, "có phải «chủ trì»?"),
        ("## Phát ngôn ban đầu\n- [ ] Việc\n  - chủ trì: Công an tình báo\n", 3, "không có cơ quan"),
        ("## Phát ngôn ban đầu\n- [ ] Việc\n  - chủ trì: Cong ann tỉnh\n", 3, "có phải «Công an tỉnh»?"),
        ("## Phát ngôn ban đầu\n- [ ] Việc\n  - chủ trì: UBND cấp xã, Công an tỉnh\n", 3, "dấu chấm phẩy"),
        (
            "## Phát ngôn ban đầu\n- [ ] Việc\n  - chủ trì: Công an tỉnh\n  - thời hạn: 15 phútt từ phát hiện\n",
            4,
            "15 phútt",
        ),
        (
            "## Phát ngôn ban đầu\n- [ ] Việc\n  - chủ trì: Công an tỉnh\n  - thời hạn: 1 giờ từ phát hiện (luật)\n",
            2,
            "«căn cứ»",
        ),
        ("## Phát ngôn ban đầu\n- [ ] Việc (bắt buộc)\n  - chủ trì: Công an tỉnh\n", 2, "«căn cứ»"),
        (
            "## Phát ngôn ban đầu\n- [ ] Việc (bắc buộc)\n  - chủ trì: Công an tỉnh\n",
            2,
            "có phải «(bắt buộc)»?",
        ),
        (
            "## Phát ngôn ban đầu\n- [ ] Việc\n  - chủ trì: Công an tỉnh\n  - chủ trì: UBND cấp xã\n",
            4,
            "đã có ở trên",
        ),
        (
            "## Phát ngôn ban đầu\n- [ ] Việc\n  - chủ trì: Công an tỉnh\n  - điều kiện: mức tư\n",
            4,
            "điều kiện phải có dạng",
        ),
        (
            "## Phát ngôn ban đầu\n- [ ] Việc\n  - chủ trì: Công an tỉnh\n  - điều kiên: mức từ 3\n  - điêù kiệm: mức từ 3\n",
            5,
            "có phải «điều kiện»?",
        ),
        (
            "## Phát ngôn ban đầu\n- [ ] Việc\n  - chủ trì: Công an tỉnh\n- [ ] viêc\n  - chủ trì: Công an tỉnh\n",
            4,
            "đã có nhiệm vụ cùng tên ở dòng 15",
        ),
        ("## Phát ngôn ban đầu\n- [x] Việc\n", 2, "để trống"),
        ("## Phát ngôn ban đầu\n-[ ] Việc\n", 2, "«- [ ] »"),
        ("## Phát ngôn ban đầu\nViệc\n", 2, "không hiểu dòng"),
        ("## Phát ngôn ban đầu\n  - [ ] Việc\n", 2, "sát lề trái"),
        ("## Phát ngôn ban đầu\n- [ ] Việc\n  cần nhớ\n", 3, "tên mục: nội dung"),
        ("# Tên khác\n", 1, "phải giống mục «tên»"),
        ("", 0, "chưa có nhiệm vụ nào"),
    ] {
        let found = reasons(&format!("{HEAD}{body}"));
        let expected = |(at, reason): &(u32, String)| *at == before + line && reason.contains(says);
        assert!(found.iter().any(expected), "{body:?}: {found:?}");
    }
}

#[test]
fn all_problems_are_listed_and_nothing_is_half_accepted() {
    let head = HEAD
        .replace("mức: 2", "mức: 9")
        .replace("tên: ", "tênn: ")
        .replace("holding; notice", "holding; notise");
    let body = BODY.replace("phối hợp", "phôi hơpp").replace("15 phút", "mười lăm phút");
    let lines: Vec<u32> = reasons(&format!("{head}{body}")).into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines, [4, 8, 12, 13, 15, 23, 24], "{:#?}", reasons(&format!("{head}{body}")));
}

#[test]
fn limits_hold() {
    let tasks = |most: usize| -> String {
        let task = |number| format!("- [ ] Việc {number}\n  - chủ trì: Công an tỉnh\n");
        format!("{HEAD}## Phát ngôn ban đầu\n{}", (0..most).map(task).collect::<String>())
    };
    let many = parse_with("a", &tasks(TASKS_MAX), &words()).expect("just enough");
    assert_eq!(many.tasks.len(), TASKS_MAX);
    assert!(reasons(&tasks(TASKS_MAX + 2)).iter().any(|(_, reason)| reason.contains("nhiều nhất 200")));
    let questions = |most: usize| -> String {
        let question = |number| format!("- Hỏi {number}?\n  - gợi ý: trả lời\n");
        let asked: String = (0..most).map(question).collect();
        format!("{HEAD}{BODY}\n## Câu hỏi cần chuẩn bị\n{asked}")
    };
    let many = parse_with("a", &questions(expected::QUESTIONS_MAX), &words()).expect("just enough");
    assert_eq!(many.expected.len(), expected::QUESTIONS_MAX);
    let more = reasons(&questions(expected::QUESTIONS_MAX + 3));
    assert_eq!(more.len(), 1, "said once: {more:?}");
    assert!(more[0].1.contains("nhiều nhất 50"), "{more:?}");
    let large = format!("{HEAD}{BODY}> {}", "x".repeat(page::FILE_BYTES_MAX));
    assert!(reasons(&large)[0].1.contains("quá lớn"));
    let long = BODY.replace("Họp", &"a".repeat(TITLE_CHARS_MAX + 1));
    assert!(reasons(&format!("{HEAD}{long}"))[0].1.contains("nhiều nhất 300"));
    assert_eq!(reasons(&"- sai\n".repeat(5000)).len(), page::PROBLEMS_MAX);
}

#[test]
fn whatever_is_in_the_file_the_parser_answers() {
    let asked = "## Câu hỏi cần chuẩn bị\n\n- Vỡ chưa?\n  - gợi ý: chưa\n";
    let task = "- [ ] Thêm\n  - chủ trì: Công an tỉnh\n  - điều kiện: mức từ 3; không: Xong chưa?\n";
    let text = format!("{HEAD}{BODY}{task}{asked}");
    for cut in (0..text.len()).filter(|cut| text.is_char_boundary(*cut)) {
        let _ = parse("a", &text[..cut]);
        let _ = parse("a", &text[cut..]);
    }
}
