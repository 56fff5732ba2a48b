//! The shelf's cases: given what was published, when somebody publishes, then it stands or is refused.

use super::*;
use crate::domain::given::actor;
use crate::domain::ids::CommandId;
use crate::library::Library;

fn a_text(version: u32, task: &str) -> String {
    format!(
        "---\nmã: tin_thu\nphiên_bản: {version}\ntên: Tin thử\nkhi_dùng: khi thử\ndấu_hiệu: có tin\ntừ_khóa: thử\n\
         mức: 2\nnâng_mức: khi lan\nchiến_lược: nói thật\nđồng_hồ: Gắn nhãn tin giả, tin sai sự thật\n\
         mẫu: Thông tin ban đầu\n---\n\n# Tin thử\n\n## Tiếp nhận và xác minh\n\n- [ ] {task}\n  \
         - chủ trì: Công an tỉnh\n"
    )
}

#[derive(Clone, Default)]
struct Given {
    shelf: Shelf,
    rev: Rev,
}

impl Given {
    fn when(mut self, who: &str, command: Command) -> Result<Self, Refusal> {
        let by = actor(who);
        let at = crate::domain::given::at("12:00:00");
        let events = self.shelf.decide(command, &Context { at, by: &by, written_at: None })?;
        self.rev += 1;
        let cause = CommandId::new(&format!("c-{}", self.rev)).expect("an id");
        // Through the log's own form, as after a restart.
        let written = serde_json::to_string(&events).expect("JSON");
        let events = serde_json::from_str(&written).expect("the same");
        self.shelf.apply(&Record { rev: self.rev, at, by, cause, events, written_at: None });
        Ok(self)
    }
    fn with_a_file(version: u32) -> Self {
        Self::default().when("room", take(version, "Ghi sổ")).expect("taken")
    }
    fn newest(&self) -> &Edition {
        self.shelf.get("tin_thu").and_then(|held| held.newest()).expect("held")
    }
    fn publish(&self, text: &str) -> Command {
        let (id, base) = ("tin_thu".into(), self.newest().version.digest);
        Command::Publish { id, base, text: text.into(), reason: "rút kinh nghiệm".into() }
    }
}

fn take(version: u32, task: &str) -> Command {
    Command::Take { file: "tin_thu.md".into(), text: a_text(version, task) }
}

#[test]
fn a_file_is_kept_once_under_its_own_bytes() {
    let given = Given::with_a_file(2);
    let edition = given.newest();
    assert_eq!(edition.version.digest, Digest::of(a_text(2, "Ghi sổ").as_bytes()));
    assert_eq!(edition.version.origin, PlaybookOrigin::File { file: "tin_thu.md".into() });
    let again = given.clone().when("room", take(2, "Ghi sổ")).expect("nothing new");
    assert_eq!(again.shelf.get("tin_thu").map(|held| held.editions.len()), Some(1));
    let other = again.when("room", take(2, "Việc khác")).expect("nothing new");
    assert_eq!(other.newest().text, a_text(2, "Ghi sổ"), "what an incident opened with is never changed");
    assert_eq!(given.when("head", take(3, "Ghi sổ")).err(), Some(Refusal::NotAllowed));
}

#[test]
fn a_version_is_numbered_by_the_shelf_and_keeps_who_and_why() {
    let given = Given::with_a_file(2);
    let publish = given.publish(&a_text(2, "Ghi sổ tin đồn").replace('\n', "\r\n"));
    let after = given.when("head", publish).expect("published");
    let edition = after.newest();
    assert_eq!((edition.version.version, edition.text.as_str()), (3, a_text(3, "Ghi sổ tin đồn").as_str()));
    assert_eq!(edition.version.reason.as_deref(), Some("rút kinh nghiệm"));
    assert_eq!(edition.version.by.name, actor("head").name);
    assert!(after.shelf.get("tin_thu").and_then(|held| held.edition(2)).is_some(), "old versions stay");
}

#[test]
fn only_those_who_lead_or_keep_the_data_publish() {
    let given = Given::with_a_file(2);
    let publish = given.publish(&a_text(2, "Khác"));
    for who in ["party", "people", "drafter"] {
        assert_eq!(given.clone().when(who, publish.clone()).err(), Some(Refusal::NotAllowed), "{who}");
    }
}

#[test]
fn words_that_were_edited_over_an_older_version_wait() {
    let given = Given::with_a_file(2);
    let stale = given.publish(&a_text(2, "Bản của người chậm"));
    let first = given.publish(&a_text(2, "Bản của người nhanh"));
    let after = given.when("head", first).expect("published");
    let refusal = Refusal::Playbooks(Playbooks::PlaybookMovedOn { version: 3, by: actor("head").name });
    assert_eq!(after.when("press", stale).err(), Some(refusal));
}

#[test]
fn what_cannot_stand_is_refused() {
    let given = Given::with_a_file(2);
    let refused = |text: &str| given.clone().when("head", given.publish(text)).err();
    assert_eq!(refused(&a_text(2, "Ghi sổ")), Some(Refusal::Playbooks(Playbooks::NothingChanged)));
    assert_eq!(
        refused(&a_text(77, "Ghi sổ")),
        Some(Refusal::Playbooks(Playbooks::NothingChanged)),
        "a number is no change"
    );
    let other = a_text(2, "Khác").replacen("tin_thu", "tin_khac", 1);
    assert_eq!(refused(&other), Some(Refusal::Playbooks(Playbooks::OtherPlaybook { id: "tin_thu".into() })));
    let broken = a_text(2, "Khác").replace("  - chủ trì", "  - chủ chì");
    assert!(matches!(
        refused(&broken),
        Some(Refusal::Playbooks(Playbooks::PlaybookUnsound { count: 2, line: 19, .. }))
    ));
    let unnumbered = a_text(2, "Khác").replace("phiên_bản: 2\n", "");
    assert!(matches!(
        refused(&unnumbered),
        Some(Refusal::Playbooks(Playbooks::PlaybookUnsound { count: 1, .. }))
    ));
    let long = format!("{}> {}\n", a_text(2, "Khác"), "dài ".repeat(FILE_BYTES_MAX));
    assert!(matches!(refused(&long), Some(Refusal::TooLong { .. })));
    let unknown = Command::Publish {
        id: "../../etc/passwd".into(),
        base: Digest::ZERO,
        text: String::new(),
        reason: "x".into(),
    };
    assert_eq!(
        given.clone().when("head", unknown).err(),
        Some(Refusal::Playbooks(Playbooks::UnknownPlaybook))
    );
    let Command::Publish { id, base, text, .. } = given.publish(&a_text(2, "Khác")) else { unreachable!() };
    let bare = Command::Publish { id, base, text, reason: " ".into() };
    assert_eq!(given.when("head", bare).err(), Some(Refusal::Empty));
}

#[test]
fn the_number_is_written_where_the_office_wrote_it() {
    let text = "---\nPhien ban : 2 # ghi chú\ntên: phiên_bản: 9\n---\nphiên_bản: 2\n";
    assert_eq!(numbered(text, 4), "---\nPhien ban : 4\ntên: phiên_bản: 9\n---\nphiên_bản: 2\n");
    assert_eq!(numbered("không có gì", 4), "không có gì");
}

#[test]
fn the_newest_sound_version_is_in_force() {
    let files = Library::embedded();
    let given = Given::with_a_file(2);
    let with = |shelf: &Shelf| in_force(shelf, &files);
    let version = |library: &Library| library.playbook("tin_thu").map(|playbook| playbook.version);
    let library = with(&given.shelf);
    assert_eq!(version(&library), Some(2), "{:?}", library.problems);
    assert_eq!(library.playbooks.len(), files.playbooks.len() + 1);
    // The grammar accepts it, today's names do not: the version before it stands, and the line is named.
    let unknown = a_text(2, "Ghi sổ").replace("Công an tỉnh", "Cơ quan không còn");
    let publish = given.publish(&unknown);
    let after = given.when("head", publish).expect("published");
    let library = with(&after.shelf);
    assert_eq!(version(&library), Some(2));
    let problem = library.problems.last().expect("listed");
    assert!(problem.file.contains("phiên bản 3") && problem.line == 20, "{problem}");
}

#[test]
fn a_file_under_a_number_that_is_taken_is_reported_and_not_used() {
    let mut files = Library::embedded();
    let given = Given::with_a_file(2);
    let source = |text: String| crate::library::Source { file: "tin_thu.md".into(), text };
    files.sources.insert("tin_thu".into(), source(a_text(2, "Ghi sổ")));
    assert_eq!(in_force(&given.shelf, &files).problems, files.problems);
    files.sources.insert("tin_thu".into(), source(a_text(2, "Sửa mà quên tăng số")));
    let problems = in_force(&given.shelf, &files).problems;
    let problem = problems.last().expect("listed");
    assert_eq!(problem.line, 3);
    assert!(problem.reason.contains("phiên_bản: 3"), "{problem}");
}
