//! The data files that ship, and what happens to bad ones.

use crate::support::*;
use phongtruc::domain::ids::RowId;
use phongtruc::domain::{Command, statement};
use std::path::Path;

/// The playbooks that ship, and how many tasks each has.
const PLAYBOOKS: [(&str, usize); 10] = [
    ("fake_news_social", 17),
    ("natural_disaster", 17),
    ("serious_accident", 15),
    ("food_poisoning_epidemic", 14),
    ("land_complaint_gathering", 14),
    ("official_misconduct", 13),
    ("tourism_sapa", 13),
    ("cyber_incident_data_leak", 16),
    ("press_inaccuracy", 12),
    ("border_gate_issue", 13),
];

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("makeable");
    for file in std::fs::read_dir(from).expect("readable") {
        let path = file.expect("a file").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target)
        } else {
            std::fs::copy(&path, &target).map(drop).expect("copied")
        }
    }
}

pub fn data() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a directory");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    copy(&root.join("playbooks"), &dir.path().join("playbooks"));
    copy(&root.join("seeds"), &dir.path().join("seeds"));
    dir
}

fn check(dir: &Path) -> (Option<i32>, String) {
    let checked = program()
        .args(["check", "--playbooks"])
        .arg(dir.join("playbooks"))
        .arg("--seeds")
        .arg(dir.join("seeds"))
        .output()
        .expect("ran");
    (checked.status.code(), String::from_utf8(checked.stdout).expect("UTF-8"))
}

#[test]
fn what_ships_is_in_order() {
    let shipped = program().arg("check").output().expect("ran");
    assert!(shipped.status.success(), "{}", String::from_utf8_lossy(&shipped.stdout));
    assert_eq!(check(data().path()).0, Some(0));
}

#[tokio::test]
async fn a_bad_playbook_is_named_and_left_out_and_the_server_starts_with_the_good_ones() {
    let dir = data();
    let bad = dir.path().join("playbooks/natural_disaster.md");
    let text = std::fs::read_to_string(&bad).expect("readable");
    let broken = text.replacen("15 phút từ", "15 phúc từ", 1);
    assert_ne!(text, broken);
    let line = 1 + text.lines().zip(broken.lines()).position(|(a, b)| a != b).expect("changed");
    std::fs::write(&bad, broken).expect("writable");
    let (code, said) = check(dir.path());
    assert_eq!(code, Some(1));
    assert!(said.contains(&format!("natural_disaster.md:{line}:")), "{said}");

    let data = tempfile::tempdir().expect("a directory");
    let (playbooks, seeds) = (dir.path().join("playbooks"), dir.path().join("seeds"));
    let arguments = [
        "demo",
        "--no-colleague",
        "--playbooks",
        playbooks.to_str().expect("UTF-8"),
        "--seeds",
        seeds.to_str().expect("UTF-8"),
    ];
    let server = Server::run(data.path(), "127.0.0.1:0", &arguments);
    let people = server.people().await;
    let (_, choices) = get(&people.press, "/api/choices?q=vo+dap").await;
    assert_eq!(choices["playbooks"].as_array().map(Vec::len), Some(PLAYBOOKS.len() - 1));
    assert_eq!(choices["playbooks"][0]["id"], "fake_news_social", "found without diacritics");
    assert_eq!(choices["problems"][0]["line"], line);
    let mut wrong = request("su-co-a");
    wrong["playbook"] = "natural_disaster".into();
    assert_eq!(open(&people.press, wrong).await.1["code"], "unknown_playbook");
}

#[tokio::test]
async fn a_calendar_that_will_lack_a_year_is_said_without_stopping_anything() {
    let on = |day: &str| {
        let out = program().args(["check", "--on", day]).output().expect("ran");
        (out.status.code(), String::from_utf8(out.stdout).expect("UTF-8"))
    };
    let (code, said) = on("2026-11-24");
    assert_eq!(code, Some(0), "a reminder is no error");
    assert!(said.contains("calendar.toml:") && said.contains("nhắc: Lịch nghỉ năm 2027"), "{said}");
    let (code, said) = on("2026-08-01");
    assert_eq!((code, said.contains("nhắc")), (Some(0), false), "{said}");

    // No year is settled: whatever the day of the test, something is missing.
    let (dir, logs) = (data(), tempfile::tempdir().expect("a directory"));
    let line = change(dir.path(), "seeds/calendar.toml", "years = [2024, 2025, 2026]", "years = []");
    let server = serve(dir.path(), logs.path());
    let people = server.people().await;
    let (_, choices) = get(&people.press, "/api/choices").await;
    let reminder = &choices["reminders"][0];
    assert_eq!(reminder["line"], line);
    assert!(reminder["words"].as_str().is_some_and(|words| words.contains("Lịch nghỉ năm")), "{reminder}");
    assert_eq!(choices["problems"].as_array().map(Vec::len), Some(0));
    assert_eq!(open(&people.press, request("su-co-a")).await.0, 200, "rooms open all the same");
}

/// What is written in place of what, in a copy of the data; the line on which that stands.
pub fn change(dir: &Path, file: &str, from: &str, to: &str) -> usize {
    let path = dir.join(file);
    let text = std::fs::read_to_string(&path).expect("readable");
    let changed = text.replacen(from, to, 1);
    assert_ne!(text, changed, "{file}: {from}");
    let line = 1 + text.lines().zip(changed.lines()).position(|(a, b)| a != b).expect("a changed line");
    std::fs::write(path, changed).expect("writable");
    line
}

/// The line of a text on which something stands for the `nth` time.
fn line_with(text: &str, wanted: &str, nth: usize) -> usize {
    let mut lines = text.lines().zip(1..).filter(|(line, _)| line.contains(wanted));
    lines.nth(nth - 1).unwrap_or_else(|| panic!("{wanted}")).1
}

#[test]
fn every_bad_playbook_is_refused_with_file_line_and_reason() {
    let title = "Họp rút kinh nghiệm; báo cáo kết thúc";
    for (from, to, at, nth, says) in [
        // A loop: the playbook that calls for itself, by name or by code.
        (title, "Mở kịch bản «Vấn đề biên giới, cửa khẩu»", "Mở kịch bản", 1, "gọi lại chính kịch bản này"),
        (title, "Mở kịch bản border_gate_issue lần nữa", "Mở kịch bản", 1, "gọi lại chính kịch bản này"),
        (
            "[ ] Thông tin cho hiệp hội, các tỉnh có hàng, Bộ Công Thương",
            "[ ] bác bỏ tin giả (xả lũ,  đóng cửa khẩu) bằng số liệu",
            "bác bỏ tin giả",
            1,
            "đã có nhiệm vụ cùng tên ở dòng",
        ),
        (
            "phối hợp: Hải quan trên địa bàn",
            "phối hợp: Hải quan trên địa bản đồ",
            "bản đồ",
            1,
            "có phải «Hải quan trên địa bàn»?",
        ),
        ("3 giờ từ phát hiện", "365250 ngày từ phát hiện", "365250 ngày", 1, "dài hơn một năm"),
        ("mức: 2", "mức: 2\nmức: 3", "mức: 3", 1, "mục «mức» đã có ở dòng"),
        ("mã: border_gate_issue", "mã: ../../etc/passwd", "mã: ..", 1, "mã chỉ gồm chữ thường không dấu"),
        ("mã: border_gate_issue", "mã: kich-ban/moi", "mã: kich", 1, "mã chỉ gồm chữ thường không dấu"),
        ("tên: Vấn đề", "tên: Vấn\u{1b}[31m đề", "tên: ", 1, "U+001B) không nhìn thấy được"),
        ("khi_dùng:", "khi_dùng:\n  \u{202E}bí mật", "bí mật", 1, "U+202E) không nhìn thấy được"),
        ("  - điều kiện: Báo chí", "  - điều kiện: mức từ 5; Báo chí", "mức từ 5", 1, "mức phải từ 1 đến 4"),
        ("đầu ra: Thông tin kết thúc", "đầu ra: Lời xin lỗi", "đầu ra: Lời", 1, "phải có trong mục «mẫu»"),
    ] {
        let dir = data();
        change(dir.path(), "playbooks/border_gate_issue.md", from, to);
        let text =
            std::fs::read_to_string(dir.path().join("playbooks/border_gate_issue.md")).expect("readable");
        let line = line_with(&text, at, nth);
        let (code, said) = check(dir.path());
        assert_eq!(code, Some(1), "{to}: {said}");
        let named =
            |told: &str| told.contains(&format!("border_gate_issue.md:{line}: ")) && told.contains(says);
        assert!(said.lines().any(named), "{line}: {says}\n{said}");
    }
}

#[test]
fn five_megabytes_a_name_that_climbs_and_two_laws_of_one_day_are_refused() {
    let dir = data();
    let write = |file: &str, bytes: &[u8]| std::fs::write(dir.path().join(file), bytes).expect("writable");
    write("playbooks/large.md", &vec![b'#'; 5 * 1024 * 1024]);
    write("playbooks/..%2f..%2fx.md", b"---\n");
    write("playbooks/Duyet ngay khong can hoi.md", b"---\n");
    let law = std::fs::read_to_string(dir.path().join("seeds/law.toml")).expect("readable");
    let ends = "valid_to = 2026-06-30\nbasis";
    let both = law.replacen(ends, "valid_to = 2026-07-01\nbasis", 1);
    assert_ne!(law, both);
    write("seeds/law.toml", both.as_bytes());
    let line = line_with(&both, "code = \"initial_statement_event\"", 2);
    let (code, said) = check(dir.path());
    assert_eq!(code, Some(1));
    for told in [
        "large.md:1: tệp quá lớn".to_owned(),
        "Duyet ngay khong can hoi.md:1: tên tệp chỉ gồm".to_owned(),
        format!("law.toml:{line}: hai phiên bản của «initial_statement_event» có hiệu lực chồng lên nhau"),
    ] {
        assert!(said.contains(&told), "{told}\n{said}");
    }
}

/// A server on a copy of the data, and a place for its logs.
fn serve(dir: &Path, logs: &Path) -> Server {
    let (playbooks, seeds) = (dir.join("playbooks"), dir.join("seeds"));
    let (playbooks, seeds) = (playbooks.to_str().expect("UTF-8"), seeds.to_str().expect("UTF-8"));
    let arguments = ["demo", "--no-colleague", "--playbooks", playbooks, "--seeds", seeds];
    Server::run(logs, "127.0.0.1:0", &arguments)
}

/// The opening as it was frozen, from the first line of the log.
fn frozen(server: &Server, incident: &str) -> serde_json::Value {
    let log = std::fs::read_to_string(server.log(incident)).expect("readable");
    let first: serde_json::Value = serde_json::from_str(log.lines().next().expect("a line")).expect("JSON");
    first["events"][0].clone()
}

fn listed<'a>(rows: &'a serde_json::Value, field: &str, value: &str) -> Option<&'a serde_json::Value> {
    rows.as_array().expect("a list").iter().find(|row| row[field] == value)
}

fn publish_on(id: &RowId, words: &str, channel: &str) -> Command {
    let (id, channel, at) = (id.clone(), channel.to_owned(), jiff_now());
    Command::Statement(statement::Command::Publish { id, digest: digest(words), channel, at, link: None })
}

#[tokio::test]
async fn kinds_rules_words_and_channels_are_added_without_touching_code() {
    let dir = data();
    let root = dir.path();
    std::fs::write(
        root.join("playbooks/statements/river_notice.md"),
        "---\nmã: river_notice\ntên: Tin mực nước\ncông_khai: có\n---\n\n\
         Mực nước lúc {{giờ_đo}} là {{mực_nước}} m, {{xu_thế}}. Gọi {{máy_trực}}.\n\n## Các chỗ cần điền\n\n\
         - {{giờ_đo}} (thời điểm; từ: bây giờ): Giờ đo — giờ đọc thước\n\
         - {{mực_nước}} (số): Mực nước — mét, một số lẻ\n\
         - {{xu_thế}} (chọn: đang lên | đang xuống): Xu thế — so với giờ trước\n\
         - {{máy_trực}} (điện thoại): Máy trực — số có người nghe\n",
    )
    .expect("writable");
    change(root, "playbooks/fake_news_social.md", "mẫu: ", "mẫu: Tin mực nước; ");
    change(
        root,
        "seeds/approvals.toml",
        "[[approval]]",
        "[[approval]]\nkind = \"river_notice\"\nlevels = [1, 2, 3, 4]\ndrafters = [\"press_authority\"]\nasks = [\n  \
         { turn = 1, of = \"agri_env_dept\", must = false, minutes = 7, silence = \"noted\" },\n  \
         { turn = 1, of = \"spokesperson\", must = true, minutes = 9 },\n]\n\
         publisher = \"spokesperson\"\ntarget_minutes = 20\n\n[[approval]]",
    );
    change(
        root,
        "seeds/channels.toml",
        "[[channel]]",
        "[[channel]]\ncode = \"river_board\"\ntitle = \"Bảng điện tử bờ sông\"\nhint = \"Chữ lớn.\"\n\n[[channel]]\n\
         code = \"exercise_board\"\ntitle = \"Bảng thử\"\nhint = \"\"\nexercise = true\n\n[[channel]]",
    );
    change(root, "seeds/first-message.toml", "kinds = [", "kinds = [\"river_notice\", ");
    let (code, said) = check(root);
    assert_eq!(code, Some(0), "{said}");

    let logs = tempfile::tempdir().expect("a directory");
    let server = serve(root, logs.path());
    let people = server.people().await;
    let id = opened(&people).await;
    let opening = frozen(&server, &id);
    let prepared = listed(&opening["prepared"], "kind", "river_notice").expect("offered");
    let answers: Vec<_> = prepared["blanks"].as_array().expect("a list").iter().collect();
    assert_eq!(answers[0]["answer"]["kind"], "moment");
    assert_eq!(answers[0]["from"], "now");
    assert_eq!(answers[2]["answer"]["of"][1], "đang xuống");
    let rule = listed(&opening["approvals"], "kind", "river_notice").expect("a rule of its own");
    assert_eq!((&rule["required"][0]["minutes"], &rule["required"][0]["turn"]), (&9.into(), &1.into()));
    assert_eq!(
        (&rule["consulted"][0]["silence"], &rule["consulted"][0]["minutes"]),
        (&true.into(), &7.into())
    );
    assert_eq!(opening["channels"][0]["code"], "river_board", "in the order of the file");
    assert!(listed(&opening["channels"], "code", "exercise_board").is_none());
    assert_eq!(opening["first_message"]["kinds"][0], "river_notice");

    // And they work: asked of whom the new rule names, out on the new channel.
    let words = "Mực nước lúc 07:30 ngày 10/9/2024 là 81,5 m, đang lên. Gọi 113.";
    let (mut press, mut speaker) = (join(&people.press, &id).await, join(&people.people, &id).await);
    let notice = submitted(&mut press, "river_notice", words).await;
    speaker.until(press.known.rev).await.expect("seen");
    act(&mut speaker, approve(&notice, words)).await;
    let refused = try_act(&mut speaker, publish_on(&notice, words, "exercise_board")).await;
    assert_eq!(refused.expect_err("a channel of exercises").code, "unknown_channel");
    act(&mut speaker, publish_on(&notice, words, "river_board")).await;
}

#[tokio::test]
async fn no_real_channel_is_in_an_exercise() {
    let server = Server::demo();
    let people = server.people().await;
    let codes = |opening: &serde_json::Value| -> Vec<String> {
        let channels = opening["channels"].as_array().expect("a list").clone();
        channels.iter().map(|channel| channel["code"].as_str().expect("a code").to_owned()).collect()
    };
    let mut request = request("su-co-thu");
    request["exercise"] = true.into();
    assert_eq!(open(&people.press, request).await.0, 200);
    let id = opened(&people).await;
    let (real, exercise) = (codes(&frozen(&server, &id)), codes(&frozen(&server, "su-co-thu")));
    assert_eq!(exercise, codes(&frozen(&server, DEMO)));
    assert!(!real.is_empty() && !exercise.is_empty() && !exercise.iter().any(|code| real.contains(code)));

    let words = "Tin thử.";
    let mut press = join(&people.press, "su-co-thu").await;
    let mut speaker = join(&people.people, "su-co-thu").await;
    let bulletin = submitted(&mut press, "press_release", words).await;
    speaker.until(press.known.rev).await.expect("seen");
    let mut party = join(&people.party, "su-co-thu").await;
    act(&mut party, approve(&bulletin, words)).await;
    act(&mut speaker, approve(&bulletin, words)).await;
    for code in real {
        let refused = try_act(&mut speaker, publish_on(&bulletin, words, &code)).await.expect_err("real");
        assert_eq!(refused.code, "no_channel_in_exercise", "{code}");
    }
    act(&mut speaker, publish_on(&bulletin, words, &exercise[0])).await;
}

#[tokio::test]
async fn words_approved_beforehand_are_offered_on_their_days_only() {
    let dir = data();
    let (days, logs) = ("2024-01-01 đến 2027-12-31", tempfile::tempdir().expect("a directory"));
    change(dir.path(), "playbooks/statements/holding_preapproved.md", days, "2024-09-01 đến 2024-09-10");
    let server = serve(dir.path(), logs.path());
    let people = server.people().await;
    let then = frozen(&server, DEMO);
    let offered = listed(&then["prepared"], "kind", "holding_preapproved").expect("on its last day");
    let approval = &offered["preapproved"];
    assert_eq!((&approval["from"], &approval["until"]), (&"2024-09-01".into(), &"2024-09-10".into()));
    assert!(
        approval["instrument"].as_str().is_some_and(|text| text.contains("chưa có số")),
        "invented, and says so"
    );
    let id = opened(&people).await;
    assert!(listed(&frozen(&server, &id)["prepared"], "kind", "holding_preapproved").is_none());
    let mut press = join(&people.press, &id).await;
    let kind = "holding_preapproved".into();
    let draft = Command::Statement(statement::Command::Draft { id: row(), kind, title: None, follows: None });
    assert_eq!(try_act(&mut press, draft).await.expect_err("not in force").code, "unknown_kind");
}

#[test]
fn what_is_wrong_in_the_statement_desks_data_is_named_with_file_line_and_reason() {
    let holding = "playbooks/statements/holding_statement.md";
    let approved = "playbooks/statements/holding_preapproved.md";
    let (rules, first) = ("seeds/approvals.toml", "seeds/first-message.toml");
    for (file, from, to, says) in [
        (holding, "(thời điểm; từ: bây giờ)", "(thời điển; từ: bây giờ)", "có phải «thời điểm»?"),
        (holding, "từ: lúc tiếp nhận", "từ: lúc tiếp nhân xong", "có phải «lúc tiếp nhận»?"),
        (holding, "(chữ; từ: địa điểm)", "(số; từ: địa điểm)", "hãy viết «(chữ; từ: địa điểm)»"),
        (approved, "- {{đường_dây_nóng}} (điện thoại)", "- {{đường_dây_nóng}}", "không có chỗ cho chữ tự do"),
        (approved, "hiệu_lực: 2024-01-01 đến", "hiệu_lực: 2024-01-01 tới", "phải có dạng"),
        (approved, "duyệt_trước:", "duyệt_trươc_x:", "có phải «duyệt_trước»?"),
        (
            rules,
            "of = \"lead_dept\"",
            "of = \"lead_dep\"",
            "không có vai trò «lead_dep», có phải «lead_dept»?",
        ),
        (rules, "\"public_warning\"", "\"public_warnin\"", "có phải «public_warning»?"),
        (rules, "turn = 2", "turn = 4", "có lượt 4 mà không có lượt 3"),
        (rules, "minutes = 15,  silence", "silence", "im lặng chỉ được ghi nhận khi có «minutes»"),
        (rules, "of = \"propaganda_board\"", "of = \"party_office\"", "được hỏi hai lần"),
        (rules, "silence = \"noted\"", "silence = \"notd\"", "có phải «noted»?"),
        ("seeds/channels.toml", "code = \"zalo\"", "code = \"portal\"", "kênh «portal» đã có ở trên"),
        ("seeds/channels.toml", "exercise = true\n", "exercice = true\n", "có phải «exercise»?"),
        ("seeds/channels.toml", "\"N244.7.5\"", "\"N244.7.55\"", "không có quy định «N244.7.55»"),
        (first, "\"chưa rõ\"", "\"chưa rõ, đã xác nhận\"", "không phân biệt được hai phần"),
        (first, "\"holding_preapproved\"", "\"holding_preaproved\"", "có phải «holding_preapproved»?"),
        (
            "seeds/law.toml",
            "\"holding_preapproved\", ",
            "\"holding_preaproved\", ",
            "có phải «holding_preapproved»?",
        ),
    ] {
        let dir = data();
        let line = change(dir.path(), file, from, to);
        let (code, said) = check(dir.path());
        assert_eq!(code, Some(1), "{to}: {said}");
        let named = |told: &str| told.contains(&format!("{file}:{line}: ")) && told.contains(says);
        assert!(said.lines().any(named), "{file}:{line}: {says}\n{said}");
    }
}

#[tokio::test]
async fn every_playbook_opens_with_owners_and_clocks() {
    let server = Server::demo();
    let people = server.people().await;
    assert!(PLAYBOOKS.iter().map(|(_, tasks)| tasks).sum::<usize>() >= 144);
    for (playbook, tasks) in PLAYBOOKS {
        let id = fresh("su-co");
        let mut request = request(&id);
        request["playbook"] = playbook.into();
        request["commune"] = "02647".into();
        assert_eq!(open(&people.press, request).await.0, 200);
        let window = join(&people.press, &id).await;
        assert_eq!(window.known.rows("tasks").count(), tasks, "{playbook}");
        for row in window.known.rows("tasks") {
            assert!(row["office"].is_string(), "{playbook}: nobody owns {}", row["title"]);
        }
        assert!(
            window.known.rows("deadlines").any(|row| row["due_at"].is_string()),
            "{playbook}: no clock runs"
        );
        let opening = frozen(&server, &id);
        for (field, least) in [("clocks", 1), ("prepared", 10), ("expected", 6)] {
            assert!(opening[field].as_array().is_some_and(|rows| rows.len() >= least), "{playbook}: {field}");
        }
        // What the law sets and what the office aims at can be told apart, and nothing unread passes for read.
        for row in
            opening["tasks"].as_array().expect("a list").iter().filter(|row| row["due"]["source"] == "law")
        {
            let basis = row["basis"].as_array().expect("a list");
            assert!(!basis.is_empty() && basis.iter().all(|basis| basis["verified"] == false), "{row}");
        }
        let by_law = |row: &serde_json::Value| row["due"]["source"] == "law";
        assert!(opening["clocks"].as_array().expect("a list").iter().all(by_law), "{playbook}");
    }
}

#[tokio::test]
async fn the_simulated_colleague_acts_through_the_room_and_only_while_switched_on() {
    let dir = data();
    let scenario = dir.path().join("seeds/coc-ly-2024.toml");
    let text = std::fs::read_to_string(&scenario).expect("readable");
    // Without the pauses of a human pace.
    let mut second = 0;
    let hurried = text.lines().map(|line| {
        if !line.starts_with("after_seconds") {
            return line.to_owned();
        }
        second += 1;
        format!("after_seconds = {second}")
    });
    std::fs::write(&scenario, hurried.collect::<Vec<_>>().join("\n")).expect("writable");
    let data = tempfile::tempdir().expect("a directory");
    let (playbooks, seeds) = (dir.path().join("playbooks"), dir.path().join("seeds"));
    let (playbooks, seeds) = (playbooks.to_str().expect("UTF-8"), seeds.to_str().expect("UTF-8"));
    let arguments = ["demo", "--no-colleague", "--playbooks", playbooks, "--seeds", seeds];
    let server = Server::run(data.path(), "127.0.0.1:0", &arguments);
    let people = server.people().await;
    let mut window = join(&people.press, DEMO).await;
    assert_eq!(get(&people.press, "/api/session").await.1["colleague"], false);
    let before = window.known.rev;
    // Everything that came before this act is here, and nothing of it is the colleague's.
    assert_eq!(act(&mut window, say("chưa bật")).await, before + 1);
    let on = serde_json::json!({ "on": true });
    let switched = people.press.call(hyper::Method::PUT, "/api/colleague", Some(&on)).await.expect("reached");
    assert_eq!(switched.status, 204);
    window.until(before + 4).await.expect("the colleague acts");
    let log = std::fs::read_to_string(server.log(DEMO)).expect("readable");
    let last: serde_json::Value = serde_json::from_str(log.lines().last().expect("a line")).expect("JSON");
    assert!(last["cause"].as_str().expect("an id").starts_with("demo-cue-"), "{last}");
}
