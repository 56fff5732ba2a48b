//! The shipped organisation on three days of its history, and what its reader refuses.

use super::*;
use jiff::civil::date;

const FILE: Text<'_> =
    Text { file: "organisation.toml", text: include_str!("../../seeds/organisation.toml") };
const COMMUNES: Text<'_> = Text { file: "communes.csv", text: include_str!("../../seeds/communes.csv") };
const CHANNELS: Text<'_> = Text { file: "channels.toml", text: include_str!("../../seeds/channels.toml") };

/// The flood, the first days after the departments merged, today.
const DAYS: [Date; 3] = [date(2024, 9, 10), date(2025, 3, 15), date(2026, 11, 23)];

fn shipped() -> Organisation {
    Organisation::parse(FILE, COMMUNES, CHANNELS).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

#[test]
fn every_function_has_a_holder_on_every_day_of_the_table() {
    let organisation = shipped();
    for function in &organisation.functions {
        for day in DAYS {
            let holder = organisation.holder(&function.code, day);
            let elsewhere = [COMMUNE_FUNCTION, CHOSEN_FUNCTION].contains(&function.code.as_str());
            assert_eq!(holder.is_none(), elsewhere, "{} on {day}", function.code);
            let exists = holder.is_none_or(|office| in_force(office.valid_from, office.valid_to, day));
            assert!(exists, "{} on {day}", function.code);
        }
    }
}

#[test]
fn the_authority_is_a_line_that_may_be_left_out_and_never_an_empty_one() {
    assert!(shipped().authority.is_some());
    let line = |line: &str| {
        let rest = FILE.text.lines().filter(|line| !line.starts_with("authority"));
        let text = [line].into_iter().chain(rest).collect::<Vec<_>>().join("\n");
        let file = Text { file: FILE.file, text: &text };
        Organisation::parse(file, COMMUNES, CHANNELS).map(|organisation| organisation.authority)
    };
    assert_eq!(line("").expect("fine"), None);
    assert_eq!(line("authority = \"Cơ quan A\"").expect("fine").as_deref(), Some("Cơ quan A"));
    for wrong in ["authority = \"\"", "authority = \" A\"", "authority = \"A\\nB\""] {
        let problems = line(wrong).expect_err(wrong);
        assert_eq!((problems.len(), problems[0].line), (1, 1), "{problems:?}");
    }
}

#[test]
fn an_office_changes_its_name_and_the_function_stays() {
    let organisation = shipped();
    for (function, names) in [
        (
            "press_authority",
            [
                "Sở Thông tin và Truyền thông tỉnh Lào Cai",
                "Sở Văn hóa, Thể thao và Du lịch tỉnh Lào Cai",
                "Sở Văn hóa, Thể thao và Du lịch tỉnh Lào Cai",
            ],
        ),
        (
            "propaganda_board",
            [
                "Ban Tuyên giáo Tỉnh ủy Lào Cai",
                "Ban Tuyên giáo và Dân vận Tỉnh ủy Lào Cai",
                "Ban Tuyên giáo và Dân vận Tỉnh ủy Lào Cai",
            ],
        ),
        ("provincial_media", ["Báo Lào Cai", "Báo Lào Cai", "Báo và Phát thanh, Truyền hình Lào Cai"]),
        ("spokesperson", ["Văn phòng UBND tỉnh Lào Cai"; 3]),
    ] {
        let found =
            DAYS.map(|day| organisation.holder(function, day).map_or("", |office| office.name.as_str()));
        assert_eq!(found, names);
    }
}

#[test]
fn an_office_ends_when_its_successor_begins() {
    let organisation = shipped();
    for office in &organisation.offices {
        for before in office.predecessors.iter().filter_map(|id| organisation.office(id)) {
            let ends =
                before.valid_to.unwrap_or_else(|| panic!("{} must end before {}", before.id, office.id));
            let begins = office.valid_from.unwrap_or_else(|| panic!("{} must begin", office.id));
            assert_eq!(ends.tomorrow().ok(), Some(begins), "{} → {}", before.id, office.id);
        }
    }
    let line: Vec<_> =
        organisation.line_of("so-vhttdl-2025-07").iter().map(|office| office.id.as_str()).collect();
    assert!(line.contains(&"so-tttt") && line.contains(&"so-vhttdl-2025-03"), "{line:?}");
}

#[test]
fn the_task_force_has_three_seats_with_short_names() {
    let organisation = shipped();
    for (day, names) in [
        (DAYS[0], ["VP Tỉnh ủy", "VP UBND tỉnh", "Sở TT&TT"]),
        (DAYS[1], ["VP Tỉnh ủy", "VP UBND tỉnh", "Sở VHTTDL"]),
        (DAYS[2], ["VP Tỉnh ủy", "VP UBND tỉnh", "Sở VHTTDL"]),
    ] {
        let seats = organisation.seats(day);
        let functions: Vec<_> = seats.iter().map(|seat| seat.function).collect();
        assert_eq!(functions, ["party_office", "pc_office", "press_authority"]);
        assert_eq!(seats.iter().map(|seat| seat.office.short.as_str()).collect::<Vec<_>>(), names);
        let spokesperson = organisation.holder("spokesperson", day).map(|office| &office.id);
        assert_eq!(spokesperson, Some(&seats[1].office.id));
    }
}

#[test]
fn places_are_those_of_their_day() {
    let organisation = shipped();
    assert_eq!(organisation.communes_on(DAYS[2]).len(), 99);
    let wards = organisation.communes_on(DAYS[2]).iter().filter(|commune| commune.level == "ward").count();
    assert_eq!(wards, 10);
    let then: Vec<_> =
        organisation.communes_on(DAYS[0]).iter().map(|commune| commune.name.as_str()).collect();
    for name in ["Xã Cốc Ly", "Xã Bảo Nhai", "Thị trấn Bắc Hà", "Xã Phúc Khánh"] {
        assert!(then.contains(&name), "{name}");
    }
    let old = organisation.commune("cu-bao-nhai").expect("listed");
    assert_eq!(old.district.as_deref(), Some("huyện Bắc Hà"));
    let office = organisation.holder_at(COMMUNE_FUNCTION, DAYS[0], Some(old)).expect("it existed");
    assert_eq!((office.id.as_str(), office.name.as_str()), ("ubnd-cu-bao-nhai", "UBND xã Bảo Nhai"));
    assert_eq!(organisation.holder_at(COMMUNE_FUNCTION, DAYS[2], Some(old)), None);
    assert_eq!(organisation.holder_at(COMMUNE_FUNCTION, DAYS[0], None), None);
    let now = organisation.commune("03006").expect("listed").office();
    assert_eq!((now.id.as_str(), now.name.as_str()), ("ubnd-03006", "UBND phường Sa Pa"));
    let justice = organisation.holder_at("justice_dept", DAYS[0], Some(old)).expect("it existed");
    assert_eq!(justice.name, "Sở Tư pháp tỉnh Lào Cai");
}

#[test]
fn channels_are_there_and_an_exercise_has_its_own() {
    let organisation = shipped();
    let codes = |exercise| -> Vec<&str> {
        organisation.channels_for(exercise).map(|channel| channel.code.as_str()).collect()
    };
    let (real, rehearsed) = (codes(false), codes(true));
    assert_eq!(real.len() + rehearsed.len(), organisation.channels.len());
    assert_eq!((real[0], rehearsed[0]), ("portal", "exercise_portal"), "what goes out first stands first");
    assert!(rehearsed.iter().all(|code| !real.contains(code) && code.starts_with("exercise_")));
    for channel in organisation.channels_for(true) {
        assert!(channel.title.contains("diễn tập") && channel.basis.is_none(), "{channel:?}");
    }
    for code in ["portal", "fanpage", "press_list", "loudspeaker", "press_conference"] {
        assert!(organisation.channel(code).is_some(), "{code}");
    }
}

#[test]
fn a_channel_that_cannot_be_told_from_another_is_refused_with_its_line() {
    const TWO: &str = "[[channel]]\ncode = \"web\"\ntitle = \"Cổng\"\nhint = \"\"\n\n[[channel]]\n\
                       code = \"play\"\ntitle = \"Cổng thử\"\nhint = \"\"\nexercise = true\n";
    let parse = |text: &str| Organisation::parse(FILE, COMMUNES, Text { file: "channels.toml", text });
    assert!(parse(TWO).is_ok());
    for (from, to, line, says) in [
        ("code = \"play\"", "code = \"web\"", 7, "kênh «web» đã có ở trên"),
        ("code = \"play\"", "code = \"Chơi thử\"", 7, "chữ thường không dấu"),
        ("title = \"Cổng thử\"", "title = \"cong\"", 7, "đã có kênh khác tên"),
        ("title = \"Cổng thử\"", "title = \" \"", 7, "chưa có tên"),
        ("exercise = true", "exercice = true", 10, "không có mục tên «exercice», có phải «exercise»?"),
        ("exercise = true", "exercise = true\nbasis = \"N1\"", 11, "không phải phát ngôn"),
        ("exercise = true", "", 1, "ít nhất một kênh diễn tập"),
        ("title = \"Cổng\"\n", "title = \"Cổng\"\nexercise = true\n", 1, "ít nhất một kênh thật"),
    ] {
        let text = TWO.replacen(from, to, 1);
        assert_ne!(text, TWO, "{from}");
        let problems = parse(&text).expect_err(to);
        let told = problems.iter().any(|problem| problem.line == line && problem.reason.contains(says));
        assert!(told, "{to}: {problems:#?}");
    }
}

#[test]
fn what_contradicts_itself_is_refused_with_its_line() {
    for (from, to, says) in [
        ("office = \"so-tttt\"", "office = \"so-ttt\"", "không có cơ quan «so-ttt»"),
        ("\"press_authority\"]", "\"press_autority\"]", "không có vai trò «press_autority»"),
        ("short = \"VP Tỉnh ủy\"", "short = \"Văn phòng Tỉnh ủy Lào Cai\"", "dài quá 20 ký tự"),
        ("id = \"so-tttt\"", "id = \"So TTTT\"", "chữ thường không dấu"),
        ("valid_to = 2025-02-28", "valid_to = 2025-02-31", "không đọc được"),
    ] {
        let text = FILE.text.replacen(from, to, 1);
        assert_ne!(text, FILE.text, "{from}");
        let problems = Organisation::parse(Text { text: &text, ..FILE }, COMMUNES, CHANNELS).expect_err(to);
        assert!(problems.iter().any(|problem| problem.reason.contains(says)), "{to}: {problems:#?}");
    }
    let text = "code,level,name,district,valid_from,valid_to,basis\n1,commune,Phường A,,,,x\n1,ward,Phường A,,2025-13-01,,x\n";
    let problems =
        Organisation::parse(FILE, Text { file: "communes.csv", text }, CHANNELS).expect_err("a broken list");
    let lines: Vec<u32> = problems.iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [2, 3], "{problems:#?}");
}
