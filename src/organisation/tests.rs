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

/// Who holds each function on each of the days, by the office's id: reasoned from what is known of 2025 (press
/// management left the old department on 1 March, the two papers merged on 1 April, the provinces on 1 July), not
/// read off the file. `?` after an id: the file must say that something about it is not checked.
const TABLE: &[(&str, [&str; 3])] = &[
    ("province_pc", ["ubnd-tinh", "ubnd-tinh", "ubnd-tinh-2025-07"]),
    ("party_office", ["vp-tinh-uy", "vp-tinh-uy", "vp-tinh-uy-2025-07?"]),
    ("pc_office", ["vp-ubnd-tinh", "vp-ubnd-tinh", "vp-ubnd-tinh-2025-07?"]),
    ("press_authority", ["so-tttt", "so-vhttdl-2025-03?", "so-vhttdl-2025-07?"]),
    ("spokesperson", ["vp-ubnd-tinh", "vp-ubnd-tinh", "vp-ubnd-tinh-2025-07?"]),
    ("task_force_head", ["so-tttt", "so-vhttdl-2025-03?", "so-vhttdl-2025-07?"]),
    ("task_force_secretariat", ["so-tttt", "so-vhttdl-2025-03?", "so-vhttdl-2025-07?"]),
    ("propaganda_board", ["ban-tuyen-giao?", "ban-tgdv-2025-02?", "ban-tgdv-2025-07"]),
    ("provincial_police", ["cong-an-tinh", "cong-an-tinh", "cong-an-tinh-2025-07"]),
    ("provincial_media", ["bao-lao-cai", "bao-lao-cai", "bao-ptth-2025-07?"]),
    ("phansipang_magazine", ["tc-phansipang", "tc-phansipang", "tc-phansipang-2025-07?"]),
    ("provincial_portal", ["cong-ttdt?", "cong-ttdt?", "cong-ttdt-2025-07?"]),
    ("justice_dept", ["so-tu-phap", "so-tu-phap", "so-tu-phap-2025-07"]),
    ("home_affairs_dept", ["so-noi-vu", "so-noi-vu-2025-03?", "so-noi-vu-2025-07"]),
    ("health_dept", ["so-y-te", "so-y-te", "so-y-te-2025-07"]),
    ("agri_env_dept", ["so-nnptnt", "so-nnmt-2025-03?", "so-nnmt-2025-07"]),
    ("construction_dept", ["so-gtvt-xd?", "so-xay-dung-2025-03?", "so-xay-dung-2025-07"]),
    ("industry_trade_dept", ["so-cong-thuong", "so-cong-thuong", "so-cong-thuong-2025-07"]),
    ("culture_tourism_dept", ["so-vhtt?", "so-vhttdl-2025-03?", "so-vhttdl-2025-07?"]),
    ("education_dept", ["so-gd-dt", "so-gd-dt", "so-gd-dt-2025-07"]),
    ("science_tech_dept", ["so-khcn", "so-khcn-2025-03?", "so-khcn-2025-07"]),
    ("foreign_affairs_dept", ["so-ngoai-vu?", "so-ngoai-vu?", "so-ngoai-vu-2025-07?"]),
    ("inspectorate", ["thanh-tra-tinh", "thanh-tra-tinh", "thanh-tra-tinh-2025-07"]),
    ("civil_defence_command", ["bch-pctt?", "bch-pctt?", "bch-ptds-2025-07?"]),
    ("military_command", ["bch-quan-su", "bch-quan-su", "bch-quan-su-2025-07"]),
    ("border_guard", ["bo-doi-bien-phong", "bo-doi-bien-phong", "bch-bdbp-2025-07?"]),
    ("economic_zone_board", ["bql-khu-kinh-te", "bql-khu-kinh-te", "bql-khu-kinh-te-2025-07?"]),
    ("customs_authority", ["cuc-hai-quan", "hai-quan-khu-vuc-2025-03?", "hai-quan-khu-vuc-2025-03?"]),
    ("journalists_association", ["hoi-nha-bao", "hoi-nha-bao", "hoi-nha-bao-2025-07?"]),
    ("fatherland_front", ["mttq-tinh", "mttq-tinh", "mttq-tinh-2025-07?"]),
];

#[test]
fn the_days_of_change_are_those_of_the_mergers() {
    let days = [date(2025, 2, 1), date(2025, 3, 1), date(2025, 4, 1), date(2025, 7, 1)];
    assert_eq!(shipped().changed_on(), days);
}

#[test]
fn who_held_each_function_on_each_day_is_as_the_table_says() {
    let organisation = shipped();
    let elsewhere = [COMMUNE_FUNCTION, CHOSEN_FUNCTION];
    let listed: Vec<_> = TABLE.iter().map(|(function, _)| *function).chain(elsewhere).collect();
    for function in &organisation.functions {
        assert!(listed.contains(&function.code.as_str()), "{} is not in the table", function.code);
    }
    for (function, expected) in TABLE {
        let found = DAYS.map(|day| match organisation.holder(function, day) {
            Some(office) => format!("{}{}", office.id, if office.uncertain { "?" } else { "" }),
            None => "nobody".to_owned(),
        });
        assert_eq!(found, *expected, "{function}");
    }
}

#[test]
fn on_the_day_before_the_merger_the_old_offices_act_and_on_the_day_itself_the_new_ones() {
    let organisation = shipped();
    let (eve, day) = (date(2025, 6, 30), date(2025, 7, 1));
    for (function, [_, before, after]) in TABLE {
        let held = |on| organisation.holder(function, on).map(|office| office.id.as_str());
        let (before, after) = (before.trim_end_matches('?'), after.trim_end_matches('?'));
        // Only the two papers changed once more between the table's second day and the merger.
        let before = if *function == "provincial_media" { "bao-lao-cai-2025-04" } else { before };
        assert_eq!((held(eve), held(day)), (Some(before), Some(after)), "{function}");
    }
    let line: Vec<_> =
        organisation.line_of("ubnd-tinh-2025-07").iter().map(|office| office.id.as_str()).collect();
    assert!(line.contains(&"ubnd-tinh") && line.contains(&"ubnd-tinh-yen-bai"), "both provinces: {line:?}");
    let next: Vec<_> = organisation.successors_of("so-tttt").iter().map(|office| &office.id).collect();
    assert_eq!(next, ["so-vhttdl-2025-03", "so-khcn-2025-03"], "its work went to two");
}

#[test]
fn state_agencies_must_speak_and_the_party_the_police_and_the_papers_need_not() {
    let organisation = shipped();
    let agencies = organisation.agencies_on(DAYS[2]);
    let province: Vec<_> = agencies.iter().filter(|office| !office.id.starts_with("ubnd-0")).collect();
    assert_eq!(agencies.len() - province.len(), 99, "every commune");
    let departments = province.iter().filter(|office| office.name.starts_with("Sở ")).count();
    assert_eq!((province.len(), departments), (14, 12), "the authority, its departments, the inspectorate");
    for function in ["party_office", "propaganda_board", "provincial_police", "provincial_media"] {
        for day in DAYS {
            assert!(organisation.holders(function, day).iter().all(|office| !office.speaks), "{function}");
        }
    }
    for day in DAYS {
        let authority = organisation.holder(AUTHORITY_FUNCTION, day).expect("on every day");
        assert_eq!((authority.speaks, Some(&authority.name)), (true, organisation.authority.as_ref()));
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
