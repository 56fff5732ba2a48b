//! What may be attached: how many files, under which names, and who sees them. Which and how large: [`kinds`].

pub mod kinds;

pub use kinds::{Kind, Type};

use super::ids::Digest;
use super::patch::Viewer;
use super::refusal::{Files, Refusal};
use super::{Command, Incident, entry, message, statement, task, text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Longest name, characters; longer ones do not fit into a line of the room.
pub const NAME_MAX: usize = 120;
/// Room for the longest ending of ours with its dot.
const ENDING_MAX: usize = 5;

/// Files that one message or entry carries: what a person at the scene takes in one go. More go into a second one.
pub const COUNT_MAX: usize = 10;

/// A file beside the log, kept under its digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Attachment {
    /// SHA-256 of its bytes.
    pub digest: Digest,
    /// Its name.
    pub name: String,
    /// Its size, bytes.
    pub size: u32,
    /// Its type, as its content says.
    pub media: String,
}

/// The name without the folders that it had on its sender's machine: one line, nothing that does not show.
///
/// # Errors
/// When nothing is left of it, or it is too long.
pub fn name(given: &str) -> Result<String, Refusal> {
    let last = given.rsplit(['/', '\\']).next().unwrap_or(given);
    let name = text::title(last)?;
    let length = name.chars().count();
    if length > NAME_MAX { Err(Refusal::TooLong { length, max: NAME_MAX }) } else { Ok(name) }
}

/// The name with an ending that tells the truth: what opens it on somebody's PC must be what it is. A lying ending is
/// replaced when it is one of ours (`.png` of a JPEG), and otherwise stays before the true one (`.exe` of a PDF).
///
/// # Errors
/// As for [`name`].
pub fn true_name(given: &str, kind: &Type) -> Result<String, Refusal> {
    let name = name(given)?;
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => (stem, ending.to_lowercase()),
        _ => (name.as_str(), String::new()),
    };
    if kind.endings.contains(&ending.as_str()) {
        return Ok(name);
    }
    let ours = kinds::TYPES.iter().any(|one| one.endings.contains(&ending.as_str()));
    let stem: String = if ours { stem } else { &name }.chars().take(NAME_MAX - ENDING_MAX).collect();
    Ok(format!("{}.{}", stem.trim_end(), kind.endings[0]))
}

/// The files of one row: each once, and not too many.
///
/// # Errors
/// When there are more than [`COUNT_MAX`].
pub fn together(given: Vec<Attachment>) -> Result<Vec<Attachment>, Refusal> {
    let mut files: Vec<Attachment> = vec![];
    for file in given {
        if !files.iter().any(|known| known.digest == file.digest) {
            files.push(file);
        }
    }
    let fit = files.len() <= COUNT_MAX;
    if fit { Ok(files) } else { Err(Refusal::Files(Files::TooMany { max: COUNT_MAX })) }
}

/// The files that a command names. Each is compared with what lies on disk before the command is decided, so a
/// command that names files stands here, or nobody sees to it that they are there.
pub fn named(command: &mut Command) -> Vec<&mut Attachment> {
    match command {
        Command::Message(message::Command::Send { attachments, .. })
        | Command::Entry(entry::Command::Add { attachments, .. }) => attachments.iter_mut().collect(),
        Command::Task(task::Command::Finish { evidence, .. }) => evidence.attachments.iter_mut().collect(),
        Command::Statement(statement::Command::Capture { file, .. }) => file.iter_mut().collect(),
        Command::Claim(command) => command.attachments(),
        _ => vec![],
    }
}

impl Incident {
    /// The file with this digest, when a row that the viewer sees names it. A noun whose rows name files adds them
    /// here, and nowhere else.
    pub fn attachment(&self, digest: &Digest, viewer: Viewer) -> Option<&Attachment> {
        let talk = self.messages.iter().flat_map(|row| &row.attachments);
        let lines = self.lines.iter().flat_map(|row| &row.attachments);
        // What was found on a channel is the desk's own work, as the words before they are out.
        let releases = self.statements.iter().filter(|_| viewer.drafts).flat_map(|row| &row.releases);
        let captures = releases.filter_map(|release| release.capture.as_ref()?.file.as_ref());
        let claims = self.claims.iter().flat_map(|row| row.attachments());
        talk.chain(lines).chain(claims).chain(captures).find(|file| file.digest == *digest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::given;
    use crate::domain::ids::RowId;

    /// Whoever sees the row sees its files; what was found on a channel is for the desk.
    #[test]
    fn a_file_is_seen_by_who_sees_a_row_that_names_it() {
        let (said, written, unknown) = (given::file(1), given::file(2), given::file(3));
        let id = |id| RowId::new(id).expect("an id");
        let said_in = message::Command::Send {
            id: id("m-1"),
            text: String::new(),
            origin: None,
            attachments: vec![said.clone()],
            reply: None,
            mentions: vec![],
            ask: vec![],
        };
        let written_in = entry::Command::Add {
            id: id("e-1"),
            text: "Nước rút".into(),
            occurred_at: None,
            source: None,
            origin: None,
            attachments: vec![written.clone()],
            from: None,
        };
        let room = given::an_incident().by("party").when(Command::Message(said_in)).accepted();
        let room = room.when(Command::Entry(written_in)).accepted();
        for viewer in [Viewer::FULL, Viewer { drafts: false }] {
            let found = |file: &Attachment| room.incident().attachment(&file.digest, viewer).cloned();
            assert_eq!((found(&said), found(&written)), (Some(said.clone()), Some(written.clone())));
            assert_eq!(found(&unknown), None);
        }
    }

    #[test]
    fn a_name_is_one_line_without_folders() {
        assert_eq!(name("C:\\Ảnh\\Bản  chụp.png"), Ok("Bản chụp.png".into()));
        assert_eq!(name("../../etc/passwd"), Ok("passwd".into()));
        assert_eq!(name("ảnh/"), Err(Refusal::Empty));
        assert!(name("a\u{202E}gnp.exe").is_err() && name(&"a".repeat(NAME_MAX + 1)).is_err());
    }
    #[test]
    fn a_lying_ending_is_put_right() {
        let of = |bytes: &[u8]| kinds::of(bytes).expect("a type");
        let (jpeg, pdf, words) = (of(b"\xff\xd8\xff\xe0"), of(b"%PDF-1.7"), of("Nước rút".as_bytes()));
        for (given, kind, is) in [
            ("ảnh.png", jpeg, "ảnh.jpg"),
            ("ảnh.JPEG", jpeg, "ảnh.JPEG"),
            ("ảnh", jpeg, "ảnh.jpg"),
            ("hóa đơn.exe", pdf, "hóa đơn.exe.pdf"),
            ("báo cáo v1.2", pdf, "báo cáo v1.2.pdf"),
            (".pdf", pdf, ".pdf.pdf"),
            ("số liệu.csv", words, "số liệu.csv"),
            ("trang.html", words, "trang.html.txt"),
            ("chạy.bat", words, "chạy.bat.txt"),
        ] {
            assert_eq!(true_name(given, kind).as_deref(), Ok(is));
        }
        let long = true_name(&"a".repeat(NAME_MAX), jpeg).expect("fits");
        assert!(long.chars().count() <= NAME_MAX && long.ends_with(".jpg"));
        assert_eq!(true_name(&long, jpeg), Ok(long.clone()), "once is enough");
    }
}
