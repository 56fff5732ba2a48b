//! Which version of each playbook is in force: the newest of the log that its reader accepts with the names of today.
//! One that names an office or a provision which is no longer there is listed, and the version before it stands.

use super::{Edition, Held, Shelf, entry_of_version};
use crate::library::{Library, Source};
use crate::playbook::{Playbook, Problem, Words, parse_with};

/// The data files with the playbooks of the shelf in place of their own, and what is wrong with those.
pub fn in_force(shelf: &Shelf, files: &Library) -> Library {
    let mut library = files.clone();
    if !files.usable() {
        // Names cannot be checked, and nothing can be opened.
        return library;
    }
    let words = files.words();
    for held in shelf.playbooks.iter() {
        library.problems.extend(files.sources.get(&held.id).and_then(|source| taken_number(held, source)));
        let Some(playbook) = newest_sound(held, &words, &mut library.problems) else { continue };
        match library.playbooks.iter_mut().find(|known| known.id == held.id) {
            // A log that cannot be written takes no files in; a newer file stands then.
            Some(known) if known.version > playbook.version => {}
            Some(known) => *known = playbook,
            None => library.playbooks.push(playbook),
        }
    }
    library.playbooks.sort_by(|a, b| a.id.cmp(&b.id));
    library
}

fn newest_sound(held: &Held, words: &Words, problems: &mut Vec<Problem>) -> Option<Playbook> {
    held.editions.iter().rev().find_map(|edition| {
        let name = format!("{}, phiên bản {}", held.id, edition.version.version);
        parse_with(&name, &edition.text, words).map_err(|found| problems.extend(found)).ok()
    })
}

/// A file whose number stands in the log with other words: nobody would see them, so somebody has to be told.
fn taken_number(held: &Held, source: &Source) -> Option<Problem> {
    let (place, _) = entry_of_version(&source.text)?;
    let written = source.text.lines().nth(place)?.split_once(':')?.1.trim().parse().ok()?;
    let edition = held.edition(written)?;
    let newest = held.newest().map_or(written, |newest| newest.version.version);
    let differs = |edition: &Edition| edition.text != source.text;
    differs(edition).then(|| Problem {
        file: source.file.clone(),
        line: u32::try_from(place + 1).unwrap_or(u32::MAX),
        reason: format!(
            "phiên bản {written} đã được ghi với nội dung khác nên tệp này chưa được dùng; muốn dùng thì ghi \
             «phiên_bản: {}»",
            newest.saturating_add(1)
        ),
    })
}
