//! The shipped law, and what the reader of the law refuses.

mod claims;
mod deadlines;

use super::*;
use jiff::civil::date;

const LAW: Text<'_> = Text { file: "law.toml", text: include_str!("../../seeds/law.toml") };
const APPROVALS: Text<'_> = Text { file: "approvals.toml", text: include_str!("../../seeds/approvals.toml") };
const CALENDAR: Text<'_> = Text { file: "calendar.toml", text: include_str!("../../seeds/calendar.toml") };

fn shipped() -> Law {
    Law::parse(LAW, APPROVALS, CALENDAR).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

#[test]
fn the_first_statement_is_due_by_the_rule_of_its_day() {
    let law = shipped();
    for (duty, on, anchor, basis) in [
        ("initial_statement_event", date(2024, 9, 10), Anchor::OccurredAt, "N09.6"),
        ("initial_statement_event", date(2026, 6, 30), Anchor::OccurredAt, "N09.6"),
        ("initial_statement_event", date(2026, 7, 1), Anchor::ReceivedAt, "N244.7.3"),
        ("initial_statement_opinion", date(2024, 9, 10), Anchor::OccurredAt, "N09.6"),
        ("initial_statement_opinion", date(2026, 11, 23), Anchor::ImpactAssessedAt, "N244.7.4"),
    ] {
        let duty = law.duty(duty, on).expect("the first statement is always due");
        assert_eq!((duty.anchor, duty.basis.as_slice()), (anchor, [basis.to_owned()].as_slice()), "{on}");
        assert_eq!((duty.amount, duty.counted, duty.verified), (24 * 60, Counted::Elapsed, false));
        assert!(duty.stopped_by.contains(&"holding_statement".to_owned()));
    }
}

#[test]
fn no_duty_runs_before_its_law() {
    let law = shipped();
    for (code, last_day_without) in [
        ("false_info_label", date(2026, 10, 4)),
        ("false_info_publish_harmful", date(2026, 10, 4)),
        ("reply_on_press", date(2026, 6, 30)),
    ] {
        assert_eq!(law.duty(code, last_day_without), None, "{code}");
        let next = last_day_without.tomorrow().expect("a day follows");
        assert!(law.duty(code, next).is_some(), "{code}");
    }
    let publish = law.duty("false_info_publish_harmful", date(2026, 11, 23)).expect("in force");
    assert_eq!((publish.amount, publish.counted), (720, Counted::WorkingHours));
    let reply = law.duty("reply_on_press", date(2026, 11, 23)).expect("in force");
    assert_eq!((reply.amount, reply.counted, reply.anchor), (30, Counted::CalendarDays, Anchor::InquiryAt));
}

#[test]
fn an_incident_of_a_day_gets_the_clocks_of_that_day_and_no_others() {
    let law = shipped();
    let on = |day| -> Vec<&str> {
        let mut codes: Vec<_> = law.duties.iter().map(|duty| duty.code.as_str()).collect();
        codes.dedup();
        codes.retain(|code| law.duty(code, day).is_some());
        codes
    };
    let then = [
        "initial_statement_event",
        "initial_statement_opinion",
        "disease_public_information",
        "document_issuance",
    ];
    assert_eq!(on(date(2024, 9, 10)), then);
    assert!(
        !on(date(2026, 8, 18)).contains(&"cyber_initial") && on(date(2026, 8, 19)).contains(&"cyber_initial")
    );
    assert_eq!(on(date(2026, 11, 23)).len(), 22, "all of them");
}

#[test]
fn every_duty_has_an_end_and_no_question_hides_what_is_owed() {
    let law = shipped();
    let on = date(2026, 11, 23);
    let duty = |code: &str| law.duty(code, on).unwrap_or_else(|| panic!("{code}"));
    assert_eq!(duty("false_info_label").stopped_when, Some(Anchor::LabelledAt));
    assert_eq!(duty("pd_breach_subjects").stopped_by, ["data_subject_notice"]);
    for code in [
        "platform_removal",
        "press_correction_online",
        "press_correction_print_daily",
        "press_feedback",
        "pd_breach_authority",
        "cyber_initial",
        "cyber_full",
        "press_conference_notice",
        "document_issuance",
        "spokesperson_publish",
        "annual_report",
    ] {
        let duty = duty(code);
        assert!(duty.stopped_on.is_some() && duty.stopped_by.is_empty() && duty.only_if.is_none(), "{code}");
    }
    // No clock waits for an answer; what depends on a class is a claim's own, and the claim is sorted before it begins.
    assert!(law.duties.iter().all(|duty| duty.only_if.is_none()));
    let own: Vec<_> = law.per_claim(on).map(|duty| (duty.code.as_str(), duty.only)).collect();
    assert_eq!(
        own,
        [
            ("false_info_label", None),
            ("false_info_publish_severe", Some(Only::Severe)),
            ("false_info_publish_harmful", Some(Only::Harmful)),
            ("platform_removal", None),
            ("platform_removal_urgent", Some(Only::Urgent)),
        ]
    );
    assert!(law.duties.iter().all(|duty| !duty.verified));
}

#[test]
fn what_is_counted_otherwise_is_counted_rightly() {
    let law = shipped();
    let due = |code: &str, anchor: Anchor, at: &str| {
        let duty = law.duty(code, date(2026, 11, 23)).unwrap_or_else(|| panic!("{code}"));
        let at = at.parse().expect("a moment");
        let due = duty.due().at(&[(anchor, at)].into(), &law.calendar).expect("it runs");
        law.calendar.local(due).strftime("%d/%m/%Y %H:%M").to_string()
    };
    let conference = due("press_conference_notice", Anchor::ConferenceAt, "2026-11-26T09:00:00+07:00");
    assert_eq!(conference, "25/11/2026 09:00", "a day before it begins");
    for last_day in ["2026-12-14T00:00:00+07:00", "2026-12-14T23:59:00+07:00"] {
        let report = due("annual_report", Anchor::PeriodEndsAt, last_day);
        assert_eq!(report, "20/12/2026 00:00", "the 19th is the last day");
    }
    let signed = due("document_issuance", Anchor::SignedAt, "2026-11-27T16:00:00+07:00");
    assert_eq!(signed, "30/11/2026 17:00", "signed on a Friday, out by the end of Monday");
    assert_eq!(
        due("spokesperson_publish", Anchor::DesignatedAt, "2026-11-28T20:00:00+07:00"),
        "29/11/2026 20:00"
    );
}

#[test]
fn provisions_are_cited_in_words() {
    let law = shipped();
    for (code, cited) in [
        ("N244.7.3", "NĐ 244/2026/NĐ-CP, Điều 7 khoản 3"),
        ("N328.11.4b", "NĐ 328/2026/NĐ-CP, Điều 11 khoản 4 điểm b"),
        ("KH423", "KH 423/KH-UBND"),
        ("không có", "không có"),
    ] {
        assert_eq!(law.cite(code), cited);
    }
    assert!(
        law.provisions.iter().all(|provision| !law.verified(&provision.code)),
        "nobody has compared them yet"
    );
}

#[test]
fn with_one_officer_in_each_office_drafter_and_approver_can_differ() {
    let law = shipped();
    let seats = ["party_office", "pc_office", "press_authority"];
    // The spokesperson sits in the office of the People's Committee: one officer, two functions. The head sits in any.
    for head in seats {
        let officer = |function: &str| match function {
            "spokesperson" => "pc_office".to_owned(),
            "task_force_head" => head.to_owned(),
            _ => function.to_owned(),
        };
        for rule in &law.approvals {
            let approvers: Vec<String> = rule.required().map(|ask| officer(&ask.of)).collect();
            assert!(approvers.iter().all(|office| seats.contains(&office.as_str())), "{rule:?}");
            let drafts =
                |function: &&String| seats.contains(&function.as_str()) && !approvers.contains(function);
            assert!(rule.drafters.iter().any(|function| drafts(&function)), "{rule:?}");
            let twice = approvers.iter().enumerate().any(|(i, office)| approvers[..i].contains(office));
            assert!(!twice, "one officer would approve twice: {rule:?}");
            assert_eq!(rule.publisher, "spokesperson");
        }
    }
}

#[test]
fn approval_falls_back_to_the_rule_for_any_kind() {
    let law = shipped();
    let level = |level| Level::new(level).expect("1 to 4");
    let required = |kind, at| -> Vec<(u8, &str)> {
        let rule = law.approval(kind, level(at)).expect("there is a rule");
        rule.required().map(|ask| (ask.turn, ask.of.as_str())).collect()
    };
    assert_eq!(required("holding_statement", 3), [(1, "party_office"), (2, "spokesperson")]);
    assert_eq!(required("holding_statement", 2), [(1, "spokesperson")]);
    assert_eq!(required("không có loại này", 4), [(1, "spokesperson")]);
    assert!(law.approval("holding_statement", level(4)).expect("a rule").target_minutes <= 60);
}

#[test]
fn the_matrix_says_in_what_turn_and_how_long() {
    let law = shipped();
    let rule = |kind, at| law.approval(kind, Level::new(at).expect("1 to 4")).expect("there is a rule");
    for at in [3, 4] {
        let holding = rule("holding_statement", at);
        for of in ["party_office", "propaganda_board"] {
            let ask = holding.asks.iter().find(|ask| ask.of == of).expect("asked");
            assert_eq!((ask.turn, ask.minutes, ask.silence), (1, Some(15), true), "{of}");
        }
        assert_eq!(
            rule("closing_statement", at).required().map(|ask| ask.silence).collect::<Vec<_>>(),
            [false; 2]
        );
    }
    // What saves lives waits for nobody in turn; what was approved beforehand takes one signature.
    assert!(rule("public_warning", 4).asks.iter().all(|ask| ask.turn == 1));
    for at in 1..=4 {
        let asks: Vec<_> = rule("holding_preapproved", at).asks.iter().map(|ask| ask.of.as_str()).collect();
        assert_eq!(asks, ["spokesperson"]);
        assert!(rule("apology_statement", at).required().any(|ask| ask.of == "party_office" && !ask.silence));
    }
    for approval in &law.approvals {
        let last = approval.asks.iter().map(|ask| ask.turn).max();
        let spokesperson = approval.asks.iter().find(|ask| ask.of == "spokesperson");
        assert!(
            spokesperson.is_none_or(|ask| Some(ask.turn) == last),
            "who speaks decides last: {approval:?}"
        );
        assert!(approval.asks.iter().all(|ask| ask.minutes.is_some()), "{approval:?}");
        assert!(approval.consulted().all(|ask| ask.silence), "{approval:?}");
    }
    for duty in law.duties.iter().filter(|duty| duty.stopped_by.contains(&"holding_statement".to_owned())) {
        assert!(duty.stopped_by.contains(&"holding_preapproved".to_owned()), "{}", duty.code);
    }
}

#[test]
fn holidays_are_days_off_and_doubtful_days_are_worked() {
    let calendar = shipped().calendar;
    for (day, off) in [
        (date(2024, 2, 8), true),
        (date(2024, 2, 14), true),
        (date(2024, 2, 15), false),
        (date(2024, 9, 3), true),
        (date(2024, 9, 10), false),
        (date(2025, 5, 2), true),
        (date(2026, 2, 17), true),
        (date(2026, 4, 27), true),
        (date(2026, 9, 1), true),
        (date(2026, 11, 24), false),
        (date(2027, 1, 1), true),
    ] {
        assert_eq!(calendar.holidays.contains(&day), off, "{day}");
    }
    assert!(calendar.extra_days.contains(&date(2024, 5, 4)));
    assert_eq!((calendar.utc_offset_minutes, calendar.spans.len()), (420, 2));
    let both = calendar.holidays.iter().any(|day| calendar.extra_days.contains(day));
    assert!(!both, "no day is both off and made up");
}

fn calendar(from: &str, to: &str) -> Result<Law, Vec<Problem>> {
    let text = CALENDAR.text.replacen(from, to, 1);
    assert_ne!(text, CALENDAR.text, "{from}");
    Law::parse(LAW, APPROVALS, Text { text: &text, ..CALENDAR })
}

#[test]
fn a_year_without_its_days_off_is_missed_months_ahead() {
    let said = |law: &Law, today| law.gap(today).map(|gap| format!("{} {}", gap.words, gap.todo));
    let law = shipped();
    for (today, left) in [(date(2026, 10, 3), 90), (date(2026, 11, 24), 38), (date(2026, 12, 31), 1)] {
        let said = said(&law, today).expect("2027 is not settled");
        assert!(said.contains("năm 2027 chưa chốt") && said.contains("mới có một phần"), "{said}");
        assert!(said.contains(&format!("còn {left} ngày")), "{said}");
    }
    for settled in [date(2024, 1, 1), date(2024, 12, 31), date(2026, 1, 1), date(2026, 10, 2)] {
        assert_eq!(said(&law, settled), None, "{settled}");
    }
    let late = said(&law, date(2027, 1, 1)).expect("not settled on its first day either");
    assert!(late.contains("2027") && late.contains("đang là năm ấy"), "{late}");
    assert!(said(&law, date(2028, 5, 5)).expect("nothing is known").contains("chưa có ngày nào"));

    let gap = law.gap(date(2026, 11, 24)).expect("said");
    let line = CALENDAR.text.lines().nth(gap.line as usize - 1).expect("a line");
    assert!(line.starts_with("years = ") && gap.file == "calendar.toml", "{gap:?}");

    let later = calendar("2025, 2026]", "2025, 2026, 2027]").expect("2027 has days off");
    assert_eq!(said(&later, date(2026, 11, 24)), None);
    let old = calendar("years = [2024, 2025, 2026]\n", "").expect("a calendar without the entry is read");
    assert!(said(&old, date(2026, 11, 24)).expect("no year is settled").contains("năm 2026"));
    assert_eq!(said(&Law::none(), date(2026, 11, 24)), None);
}

#[test]
fn a_calendar_that_contradicts_itself_is_refused_with_its_line() {
    for (from, to, says) in [
        ("2025, 2026]", "2025, 2026, 2031]", "năm 2031 ghi trong «years» là đã chốt"),
        ("2025, 2026]", "2025, 2026, 20226]", "năm 20226 ghi trong «years»"),
        ("weekdays = [1, 2, 3, 4, 5]", "weekdays = []", "ít nhất một ngày"),
        ("weekdays = [1, 2, 3, 4, 5]", "weekdays = [0, 1]", "từ 1 (thứ Hai)"),
        ("[\"13:30\", \"17:00\"]", "[\"11:00\", \"17:00\"]", "không chồng nhau"),
        ("[\"13:30\", \"17:00\"]", "[\"17:00\", \"13:30\"]", "từ giờ sớm đến giờ muộn"),
        ("utc_offset_minutes = 420", "utc_offset_minutes = 1420", "múi giờ"),
        ("from = 2024-05-04", "from = 2024-05-01", "«Làm bù cho ngày 29/4» trùng ngày với"),
        ("from = 2026-11-24", "from = 2026-05-01", "«Ngày Văn hóa Việt Nam» trùng ngày với"),
        ("from = 2024-02-08", "from = 2024-12-08", "phải bắt đầu trước khi kết thúc"),
        ("to = 2024-02-14", "to = 2034-02-14", "không quá một tháng"),
        ("from = 2024-01-01", "from = 2024-13-01", "không đọc được"),
    ] {
        let problems = calendar(from, to).map(drop).expect_err(to);
        let told = problems.iter().find(|problem| problem.reason.contains(says));
        let told = told.unwrap_or_else(|| panic!("{to}: {problems:#?}"));
        let text = CALENDAR.text.replacen(from, to, 1);
        let line = text.lines().nth(told.line as usize - 1).expect("a line of the file");
        let named = to.contains(line.trim()) || line.contains(to);
        assert!(named || (to.starts_with("to = ") && line == "from = 2024-02-08"), "{to}: {line}");
    }
}

#[test]
fn what_contradicts_itself_is_refused_with_its_line() {
    let provision = "[[provision]]\ncode = \"N244.7.3\"\n";
    let again = format!("{provision}instrument = \"không\"\ncite = \"\"\ntext = \"\"\n{}", LAW.text);
    let problems =
        Law::parse(Text { text: &again, ..LAW }, APPROVALS, CALENDAR).expect_err("an unknown instrument");
    assert_eq!((problems[0].line, problems[0].reason.as_str()), (3, "không có văn bản «không»"));
    assert!(
        problems.iter().any(|problem| problem.reason == "quy định «N244.7.3» đã có ở trên"),
        "{problems:?}"
    );

    for (from, to, says) in [
        ("within = \"24 giờ\"", "within = \"24h\"", "thời gian phải là một số"),
        ("valid_to = 2026-06-30", "valid_to = 2026-07-01", "chồng lên nhau"),
        ("anchor = \"received_at\"", "anchor = \"receive\"", "không hiểu «receive»"),
        ("verified = false", "verifed = false", "không có mục tên «verifed»"),
        ("valid_from = 2026-10-05\nbasis", "valid_from = 2026-10-04\nbasis", "ngoài thời gian có hiệu lực"),
        ("valid_to = 2026-06-30\nverified", "valid_to = 2026-06-29\nverified", "ngoài thời gian có hiệu lực"),
        ("stopped_when = \"labelled_at\"", "only_if = \"mức từ 9\"", "mức phải từ 1 đến 4"),
        ("only = \"urgent\"", "only = \"urgnt\"", "không hiểu «urgnt»"),
        ("{ code = \"closed\"", "{ code = \"shut\"", "mã phân loại là một trong"),
        ("{ code = \"forged\"", "{ code = \"fake\"", "loại «fake» đã có ở trên"),
    ] {
        let text = LAW.text.replace(from, to);
        assert_ne!(text, LAW.text, "{from}");
        let problems = Law::parse(Text { text: &text, ..LAW }, APPROVALS, CALENDAR).expect_err(to);
        assert!(problems.iter().any(|problem| problem.reason.contains(says)), "{to}: {problems:#?}");
        let line = text.lines().nth(problems[0].line as usize - 1).expect("a line of the file");
        let elsewhere = ["chồng lên nhau", "ngoài thời gian có hiệu lực"].contains(&says);
        assert!(line.contains(to) || elsewhere, "{line}");
        assert!(!says.starts_with("ngoài") || line.starts_with("basis = "), "{line}");
    }
}

#[test]
fn a_duty_without_an_end_or_without_a_name_of_its_own_is_refused() {
    for (from, to, says) in [
        ("stopped_on = \"số, ký hiệu và giờ gửi báo cáo năm\"\n", "", "không có gì làm dừng"),
        ("stopped_on = \"số, ký hiệu và giờ gửi báo cáo năm\"", "stopped_on = \" \"", "đang để trống"),
        (
            "title = \"Báo cáo năm về phát ngôn và cung cấp thông tin cho báo chí\"",
            "title = \"Phát hành văn bản đã ký\"",
            "trùng tên với «document_issuance»",
        ),
    ] {
        let text = LAW.text.replace(from, to);
        assert_ne!(text, LAW.text, "{from}");
        let problems = Law::parse(Text { text: &text, ..LAW }, APPROVALS, CALENDAR).expect_err(says);
        let line = 1 + text.lines().position(|line| line == "code = \"annual_report\"").expect("there");
        assert_eq!(problems.len(), 1, "{problems:#?}");
        assert_eq!(problems[0].line as usize, line, "{problems:#?}");
        assert!(problems[0].reason.contains(says), "{problems:#?}");
    }
}

const MATRIX: &str = r#"
[[approval]]
kind = "holding"
levels = [1, 2]
drafters = ["press", "desk"]
asks = [
  { turn = 1, of = "party",   must = true,  minutes = 15, silence = "noted" },
  { turn = 1, of = "lead",    must = false, minutes = 20, silence = "noted" },
  { turn = 2, of = "speaker", must = true,  minutes = 15 },
]
publisher = "speaker"
target_minutes = 60

[[approval]]
kind = "*"
levels = [1, 2, 3, 4]
drafters = ["press"]
asks = [{ turn = 1, of = "speaker", must = true }]
publisher = "speaker"
target_minutes = 240
"#;

fn matrix(text: &str) -> Result<Vec<Approval>, Vec<Problem>> {
    Law::parse(LAW, Text { file: "approvals.toml", text }, CALENDAR).map(|law| law.approvals)
}

#[test]
fn a_rule_is_read_turn_by_turn() {
    let shuffled = MATRIX.replacen("turn = 1, of = \"party\"", "turn = 3, of = \"party\"", 1);
    assert!(matrix(&shuffled).is_err());
    let rules = matrix(MATRIX).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let ask = |of: &str, must, turn, minutes, silence| Ask { of: of.into(), must, turn, minutes, silence };
    let expected = [
        ask("party", true, 1, Some(15), true),
        ask("lead", false, 1, Some(20), true),
        ask("speaker", true, 2, Some(15), false),
    ];
    assert_eq!(rules[0].asks, expected);
    assert_eq!(rules[1].asks, [ask("speaker", true, 1, None, false)]);
}

#[test]
fn a_matrix_that_cannot_work_is_refused_with_its_line() {
    for (from, to, line, says) in [
        ("drafters = [\"press\", \"desk\"]", "drafters = [\"speaker\"]", 5, "phải khác người duyệt"),
        ("kind = \"*\"", "kind = \"+\"", 1, "thiếu quy tắc chung"),
        ("levels = [1, 2]", "levels = [1, 2, 5]", 4, "phải từ 1 đến 4"),
        ("levels = [1, 2]", "levels = []", 4, "phải từ 1 đến 4"),
        ("kind = \"holding\"", "kind = \"*\"", 16, "hai quy tắc cho cùng một mức"),
        ("of = \"lead\"", "of = \"party\"", 8, "được hỏi hai lần"),
        ("turn = 2", "turn = 0", 9, "lượt phải từ 1"),
        ("turn = 2", "turn = 3", 9, "có lượt 3 mà không có lượt 2"),
        ("turn = 2", "turn = 6", 9, "lượt phải từ 1 đến 5"),
        ("\"party\",   must = true", "\"party\",   must = false", 7, "không chờ gì"),
        ("minutes = 20", "minutes = 0", 8, "từ 1 đến 1440 phút"),
        ("minutes = 20", "minutes = 1441", 8, "từ 1 đến 1440 phút"),
        ("minutes = 20", "minutes = 50", 12, "dài hơn mục tiêu 60 phút"),
        ("minutes = 20, silence", "silence", 8, "khi có «minutes»"),
        ("silence = \"noted\"", "silence = \"note\"", 7, "không hiểu «note», có phải «noted»?"),
        ("minutes = 20", "minute = 20", 8, "không có mục tên «minute», có phải «minutes»?"),
        ("target_minutes = 60", "target_minutes = 0", 12, "mục tiêu phải từ 1"),
        ("must = true }]", "must = false }]", 15, "chưa có ai phê duyệt"),
        ("must = false, ", "", 8, "thiếu mục «must»"),
    ] {
        let text = MATRIX.replacen(from, to, 1);
        assert_ne!(text, MATRIX, "{from}");
        let problems = matrix(&text).expect_err(to);
        let told = problems.iter().any(|problem| problem.line == line && problem.reason.contains(says));
        assert!(told, "{to}: {problems:#?}");
    }
    assert!(matrix("approval = []").is_err());
}
