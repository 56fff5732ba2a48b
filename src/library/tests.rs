//! The shipped library as a whole, and what happens to it when somebody edits it badly.

use super::*;
use crate::domain::deadline::{Counted, Source};
use crate::playbook::rank;
use jiff::civil::date;

fn shipped() -> Library {
    Library::embedded()
}

#[test]
fn the_shipped_files_are_in_order() {
    let library = shipped();
    assert!(library.usable());
    assert_eq!(library.problems, []);
    let found: Vec<_> = library
        .playbooks
        .iter()
        .map(|playbook| (playbook.id.as_str(), playbook.tasks.len(), playbook.level.get()))
        .collect();
    let expected = [
        ("border_gate_issue", 13, 2),
        ("cyber_incident_data_leak", 16, 3),
        ("fake_news_social", 17, 2),
        ("food_poisoning_epidemic", 14, 2),
        ("land_complaint_gathering", 14, 2),
        ("natural_disaster", 17, 3),
        ("official_misconduct", 13, 2),
        ("press_inaccuracy", 12, 1),
        ("serious_accident", 15, 3),
        ("tourism_sapa", 13, 1),
    ];
    assert_eq!(found, expected);
    assert_eq!(library.templates.len(), 25);
    assert!(library.scenario.is_some());
}

#[test]
fn everything_a_playbook_names_is_there() {
    let library = shipped();
    for playbook in &library.playbooks {
        for task in &playbook.tasks {
            for function in task.support.iter().chain([&task.lead]) {
                assert!(library.organisation.function(function).is_some(), "{function}");
                for day in [date(2024, 9, 10), date(2025, 3, 15), date(2026, 11, 23)] {
                    let held = library.organisation.holder(function, day).is_some();
                    assert_eq!(held, is_assigned(function), "{function} on {day}");
                }
            }
            for code in &task.basis {
                assert!(library.law.provision(code).is_some(), "{code}");
            }
            assert!(!task.mandatory || !task.basis.is_empty(), "{}: {}", playbook.id, task.title);
            assert!(task.due.is_some() && task.output.is_some(), "{}: {}", playbook.id, task.title);
        }
        for kind in &playbook.statements {
            let template = library.template(kind).unwrap_or_else(|| panic!("{kind}"));
            assert!(!template.blanks.is_empty());
        }
        assert!(!playbook.clocks.is_empty() && playbook.phases.len() == 5, "{}", playbook.id);
        for code in &playbook.clocks {
            let duty = library.law.duty(code, date(2026, 11, 23)).unwrap_or_else(|| panic!("{code}"));
            // Words that are no public statement stop no clock, and words that are not offered are never written.
            for kind in duty.stopped_by.iter().filter(|kind| playbook.statements.contains(kind)) {
                assert!(library.template(kind).is_some_and(|template| template.public), "{code}: {kind}");
            }
            let stopped = duty.stopped_by.iter().any(|kind| playbook.statements.contains(kind))
                || duty.stopped_when.is_some()
                || duty.stopped_on.is_some();
            assert!(stopped, "{}: {code} could never be stopped", playbook.id);
        }
    }
}

#[test]
fn every_playbook_prepares_for_questions() {
    let library = shipped();
    for playbook in &library.playbooks {
        assert!((6..=10).contains(&playbook.expected.len()), "{}", playbook.id);
        for expected in &playbook.expected {
            assert!(expected.question.ends_with('?') && expected.hint.ends_with('.'), "{expected:?}");
        }
    }
}

#[test]
fn tasks_that_hang_on_something_say_on_what() {
    let library = shipped();
    let conditions = |id: &str| -> Vec<(u32, String)> {
        let tasks = library.playbook(id).expect("shipped").tasks.iter();
        tasks.filter_map(|task| Some((task.seq, task.only_if.as_ref()?.words()))).collect()
    };
    let flood = [
        (4, "trả lời có: “Vụ việc liên quan từ hai bộ, hai tỉnh trở lên?”".to_owned()),
        (
            14,
            "mức từ 4; hoặc trả lời có: “Có báo chí trung ương hoặc nước ngoài tại hiện trường?”".to_owned(),
        ),
    ];
    assert_eq!(conditions("natural_disaster"), flood);
    for (id, hanging) in [
        ("fake_news_social", vec![3]),
        ("serious_accident", vec![9, 14]),
        ("food_poisoning_epidemic", vec![2, 6]),
        ("land_complaint_gathering", vec![8, 9, 11]),
        ("official_misconduct", vec![8, 11]),
        ("tourism_sapa", vec![7, 9, 10]),
        ("cyber_incident_data_leak", vec![2, 9, 10, 12]),
        ("press_inaccuracy", vec![4, 5, 6, 7, 8, 10]),
        ("border_gate_issue", vec![9]),
    ] {
        let found: Vec<u32> = conditions(id).into_iter().map(|(seq, _)| seq).collect();
        assert_eq!(found, hanging, "{id}");
    }
    // Who speaks first and when never waits for an answer.
    let first = library.playbooks.iter().filter(|playbook| playbook.id != "press_inaccuracy");
    for task in first.flat_map(|playbook| &playbook.tasks) {
        assert!(
            task.output.as_deref() != Some("holding_statement") || task.only_if.is_none(),
            "{}",
            task.title
        );
    }
}

#[test]
fn clocks_and_deadlines_are_those_of_the_source() {
    let library = shipped();
    let clocks = |id: &str| library.playbook(id).expect("shipped").clocks.clone();
    let fake = [
        "initial_statement_opinion",
        "false_info_label",
        "false_info_publish_severe",
        "false_info_publish_harmful",
        "platform_removal",
        "platform_removal_urgent",
    ];
    assert_eq!(clocks("fake_news_social"), fake);
    assert_eq!(clocks("natural_disaster"), ["initial_statement_event"]);
    let breach = ["cyber_initial", "cyber_full", "pd_breach_authority", "pd_breach_subjects"];
    assert!(breach.iter().all(|code| clocks("cyber_incident_data_leak").contains(&(*code).to_owned())));
    for (id, by_law, mandatory) in [
        ("fake_news_social", 4, 11),
        ("natural_disaster", 1, 2),
        ("serious_accident", 1, 1),
        ("food_poisoning_epidemic", 3, 4),
        ("land_complaint_gathering", 3, 5),
        ("official_misconduct", 1, 2),
        ("tourism_sapa", 1, 1),
        ("cyber_incident_data_leak", 6, 8),
        ("press_inaccuracy", 3, 6),
        ("border_gate_issue", 1, 4),
    ] {
        let tasks = &library.playbook(id).expect("shipped").tasks;
        let law: Vec<_> =
            tasks.iter().filter(|task| task.due.is_some_and(|due| due.source == Source::Law)).collect();
        assert_eq!(
            (law.len(), tasks.iter().filter(|task| task.mandatory).count()),
            (by_law, mandatory),
            "{id}"
        );
        assert!(law.iter().all(|task| task.mandatory && !task.basis.is_empty()), "{id}");
    }
    let publish =
        library.playbook("fake_news_social").expect("shipped").tasks[10].due.expect("it has a limit");
    assert_eq!((publish.amount, publish.counted), (720, Counted::WorkingHours));
}

#[test]
fn versions_are_compared_with_the_names_that_the_library_knows() {
    let library = shipped();
    let today = library.playbook("natural_disaster").expect("shipped");
    let text = include_str!("../../tests/old/natural_disaster.v2.md");
    let older = playbook::parse_with("v2", text, &library.words()).expect("what was right stays right");
    let comparison = playbook::compare::Comparison::of(&older, today, &library.words());
    let statements = comparison.head.first().expect("more statements are prepared");
    assert_eq!(statements.after, "Trả lời báo chí; Báo cáo nhanh; Văn bản ủy quyền phát ngôn");
    assert!(!comparison.is_empty());
    assert!(playbook::compare::Comparison::of(today, today, &library.words()).is_empty());
}

#[test]
fn what_people_type_finds_the_playbook() {
    let library = shipped();
    for (typed, expected) in [
        ("vo dap thuy dien", vec!["fake_news_social", "natural_disaster"]),
        ("Tin đồn vỡ đập thủy điện Cốc Ly", vec!["fake_news_social", "natural_disaster"]),
        ("lu quet lang nu", vec!["natural_disaster"]),
        ("SẠT LỞ, 5 người mất tích", vec!["natural_disaster"]),
        ("bao neu sai su that ve du an", vec!["press_inaccuracy", "fake_news_social"]),
        ("phóng sự điều tra một chiều", vec!["press_inaccuracy"]),
        ("trung quốc xả lũ", vec!["border_gate_issue", "fake_news_social", "natural_disaster"]),
        ("xe khách lật ở Sâu Chua", vec!["serious_accident", "tourism_sapa"]),
        ("hoc sinh ban tru nhap vien", vec!["food_poisoning_epidemic"]),
        ("dân căng băng rôn phản đối thu hồi đất", vec!["land_complaint_gathering"]),
        ("clip chủ tịch xã say rượu", vec!["official_misconduct"]),
        ("khách tố bị chặt chém ở Sa Pa", vec!["tourism_sapa"]),
        ("Cổng bị hack, rao bán dữ liệu", vec!["cyber_incident_data_leak"]),
        ("un tac o cua khau Kim Thanh", vec!["border_gate_issue"]),
        ("họp giao ban", vec![]),
        ("", vec![]),
    ] {
        let found: Vec<_> =
            rank(library.playbooks.iter(), typed).iter().map(|m| m.playbook.id.as_str()).collect();
        assert_eq!(found, expected, "{typed}");
    }
}

#[test]
fn no_word_of_a_template_is_left_undescribed_and_no_shared_blank_has_two_meanings() {
    let library = shipped();
    let mut labels: BTreeMap<&str, &str> = BTreeMap::new();
    for blank in library.templates.iter().flat_map(|template| &template.blanks) {
        let label = labels.entry(&blank.name).or_insert(&blank.label);
        assert_eq!(*label, blank.label, "{}", blank.name);
    }
    for template in &library.templates {
        assert_eq!(template::blanks_left(&template.text).len(), template.blanks.len());
    }
}

/// A copy of the shipped files in a folder, to be spoilt.
struct Copy {
    root: tempfile::TempDir,
}

impl Copy {
    fn new() -> Self {
        let root = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir_all(root.path().join("playbooks/statements")).expect("a folder");
        fs::create_dir_all(root.path().join("seeds")).expect("a folder");
        let copy = Self { root };
        for name in EmbeddedPlaybooks::iter() {
            copy.write(&format!("playbooks/{name}"), &EmbeddedPlaybooks::get(&name).expect("listed").data);
        }
        for name in EmbeddedSeeds::iter().filter(|name| is_data(name, &["toml", "csv"])) {
            copy.write(&format!("seeds/{name}"), &EmbeddedSeeds::get(&name).expect("listed").data);
        }
        copy
    }
    fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.root.path().join(name), bytes).expect("written");
    }
    fn spoil(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.root.path().join(name)).expect("copied");
        assert!(text.contains(from), "{name}: {from}");
        self.write(name, text.replacen(from, to, 1).as_bytes());
    }
    fn library(&self) -> Library {
        let root = self.root.path();
        Library::from_dirs(&root.join("playbooks"), &root.join("seeds")).expect("the folders can be read")
    }
}

#[test]
fn a_folder_gives_the_same_library_as_the_program() {
    let library = Copy::new().library();
    assert_eq!(library.problems, []);
    assert_eq!(library.playbooks, shipped().playbooks);
    assert!(Library::from_dirs(Path::new("/không/có"), Path::new("/không/có")).is_err());
}

#[test]
fn a_bad_playbook_is_left_out_and_the_others_stay() {
    let copy = Copy::new();
    copy.spoil("playbooks/natural_disaster.md", "chủ trì: Sở Công Thương", "chủ trì: Sở Công Thơng");
    copy.write("playbooks/latin.md", b"---\nm\xE3: x\n");
    copy.write("playbooks/README.md", b"not a playbook");
    let library = copy.library();
    assert!(library.usable());
    assert_eq!(library.playbooks.len(), shipped().playbooks.len() - 1);
    assert_eq!(library.problems.len(), 2, "{:#?}", library.problems);
    assert_eq!((library.problems[0].line, library.problems[0].reason.contains("UTF-8")), (2, true));
    assert!(library.problems[1].reason.ends_with("có phải «Sở Công Thương»?"), "{}", library.problems[1]);
}

#[test]
fn broken_law_or_offices_are_seen() {
    for (file, from, to, says) in [
        ("seeds/law.toml", "[[duty]]", "[[duty]", "không đọc được"),
        ("seeds/calendar.toml", "weekdays = [1, ", "weekdays = [0, ", "ngày trong tuần"),
        ("seeds/organisation.toml", "[[office]]", "[[ofice]]", "không có mục tên «ofice»"),
        (
            "seeds/approvals.toml",
            "of = \"spokesperson\"",
            "of = \"spoksperson\"",
            "vai trò «spoksperson», có phải «spokesperson»?",
        ),
        ("seeds/communes.csv", "15", "15", ""),
    ] {
        let copy = Copy::new();
        if says.is_empty() {
            fs::remove_file(copy.root.path().join(file)).expect("removed");
        } else {
            copy.spoil(file, from, to);
        }
        let library = copy.library();
        assert!(!library.usable(), "{file}");
        let found = library.problems.iter().any(|problem| problem.reason.contains(says));
        assert!(found && !library.problems.is_empty(), "{file}: {:#?}", library.problems);
    }
}

#[test]
fn names_that_are_not_there_are_named_with_their_line() {
    for (file, from, to, says) in [
        (
            "seeds/law.toml",
            "stopped_by = [\"media_reply\"]",
            "stopped_by = [\"media_replay\"]",
            "mẫu phát ngôn «media_replay», có phải «media_reply»?",
        ),
        (
            "seeds/approvals.toml",
            "kind = \"closing_statement\"",
            "kind = \"closing_statment\"",
            "mẫu phát ngôn «closing_statment», có phải «closing_statement»?",
        ),
        ("seeds/first-message.toml", "\"holding_statement\"", "\"holding\"", "mẫu phát ngôn «holding»"),
        (
            "seeds/channels.toml",
            "basis = \"N237.22\"",
            "basis = \"N237.222\"",
            "quy định «N237.222», có phải «N237.22»?",
        ),
        ("seeds/coc-ly-2024.toml", "commune = \"cu-coc-ly\"", "commune = \"02839\"", "xã, phường «02839»"),
        ("seeds/coc-ly-2024.toml", "task = 2", "task = 22", "nhiệm vụ số «22»"),
        (
            "seeds/coc-ly-2024.toml",
            "playbook = \"fake_news_social\"",
            "playbook = \"fake\"",
            "kịch bản «fake»",
        ),
    ] {
        let copy = Copy::new();
        copy.spoil(file, from, to);
        let library = copy.library();
        let problem = library.problems.iter().find(|problem| problem.reason.contains(says));
        let problem = problem.unwrap_or_else(|| panic!("{says}: {:#?}", library.problems));
        assert!(problem.line > 1, "{problem}");
        assert!(library.usable());
        assert_eq!(library.scenario.is_none(), file.contains("coc-ly"), "{file}");
    }
}

#[test]
fn two_playbooks_with_one_code_are_not_both_taken() {
    let copy = Copy::new();
    let same = EmbeddedPlaybooks::get("fake_news_social.md").expect("shipped").data;
    copy.write("playbooks/zzz.md", &same);
    copy.write("playbooks/large.md", &vec![b' '; FILE_BYTES_MAX + 10]);
    let library = copy.library();
    assert_eq!(library.playbooks.len(), shipped().playbooks.len());
    let reasons: Vec<_> = library.problems.iter().map(|problem| problem.reason.as_str()).collect();
    assert!(reasons[0].contains("quá lớn") && reasons[1].contains("đã có ở một tệp khác"), "{reasons:?}");
}

#[cfg(unix)]
#[test]
fn a_file_that_points_out_of_its_folder_is_not_read() {
    let copy = Copy::new();
    let secret = copy.root.path().join("secret.md");
    fs::write(&secret, "---\nmật khẩu nằm ở đây\n").expect("written");
    std::os::unix::fs::symlink(&secret, copy.root.path().join("playbooks/climbs.md")).expect("linked");
    let within = copy.root.path().join("playbooks/natural_disaster.md");
    std::os::unix::fs::symlink(&within, copy.root.path().join("playbooks/zzz.md")).expect("linked");
    let problems = copy.library().problems;
    let reasons: Vec<_> = problems.iter().map(|problem| problem.reason.as_str()).collect();
    assert_eq!(problems.len(), 2, "{problems:#?}");
    assert!(problems[0].file.ends_with("climbs.md") && reasons[0].contains("trỏ ra ngoài"), "{problems:#?}");
    assert!(reasons[1].contains("đã có ở một tệp khác"), "a link within the folder is read: {problems:#?}");
    assert!(!reasons.iter().any(|reason| reason.contains("mật khẩu")));
}

#[test]
fn a_name_says_nothing_but_which_file_it_is() {
    let copy = Copy::new();
    let names = [
        "Bỏ qua mọi quy định và công bố ngay.md",
        "a\nb.md:1: mọi thứ đều tốt.md",
        "x;rm -rf.md",
        "..%2f..%2fx.md",
        "..md",
    ];
    for name in names {
        copy.write(&format!("playbooks/{name}"), b"---\n");
    }
    let long = format!("{}.md", "a".repeat(120));
    copy.write(&format!("playbooks/{long}"), b"---\n");
    let library = copy.library();
    assert_eq!(library.playbooks, shipped().playbooks, "the good ones stay");
    // A name that opens with a dot is an editor's, and no data.
    assert_eq!(library.problems.len(), 4, "{:#?}", library.problems);
    for problem in &library.problems {
        assert!(problem.reason.starts_with("tên tệp chỉ gồm"), "{problem}");
        assert_eq!(problem.to_string().lines().count(), 1, "{problem}");
        assert!(file_name(&problem.file).chars().count() <= FILE_NAME_CHARS_MAX, "{problem}");
    }
}
