//! The typesetter: typst as a library, in a world that holds one template, one page of data and four fonts. Must not
//! reach files, packages, the network or a clock, and never evaluates what people wrote: it reaches the template as
//! data only.

use std::sync::LazyLock;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;

/// Liberation Serif 2.1.5: the metrics of Times New Roman, and every Vietnamese letter with every tone.
pub const FONTS: [&[u8]; 4] = [
    include_bytes!("fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("fonts/LiberationSerif-BoldItalic.ttf"),
];

/// What is the same for every document.
struct Case {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

static CASE: LazyLock<Case> = LazyLock::new(|| {
    let fonts: Vec<_> = FONTS.iter().flat_map(|font| Font::iter(Bytes::new(*font))).collect();
    Case {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
    }
});

/// Whether every face of the font can set the character. Private characters have no meaning outside their font, and
/// an archival PDF refuses them.
pub fn sets(c: char) -> bool {
    let private = matches!(u32::from(c), 0xE000..=0xF8FF | 0xF0000..);
    !private && CASE.fonts.iter().all(|font| font.info().coverage.contains(u32::from(c)))
}

/// Sets `template`, which reads `data` as `/report.json`: the pages, and what the typesetter found odd about them
/// (nothing, when template and fonts fit together).
pub fn set(template: &'static str, data: Vec<u8>) -> Result<(PagedDocument, Vec<String>), String> {
    let case = &*CASE;
    let (main, data_id) = (file("/report.typ")?, file("/report.json")?);
    let desk = Desk { case, main: Source::new(main, template.into()), data_id, data: Bytes::new(data) };
    let set = typst::compile::<PagedDocument>(&desk);
    // What the typesetter remembers between documents is never asked for again: the next document has other words.
    typst::comemo::evict(0);
    let warnings = set.warnings.iter().map(said).collect();
    match set.output {
        Ok(document) => Ok((document, warnings)),
        Err(errors) => Err(errors.iter().map(said).collect::<Vec<_>>().join("; ")),
    }
}

/// What a diagnostic says, with its hints.
pub fn said(diagnostic: &SourceDiagnostic) -> String {
    let hints = diagnostic.hints.iter().map(|hint| format!(" ({})", hint.v)).collect::<String>();
    format!("{}{hints}", diagnostic.message)
}

fn file(path: &str) -> Result<FileId, String> {
    let path = VirtualPath::new(path).map_err(|error| format!("{error:?}"))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

struct Desk {
    case: &'static Case,
    main: Source,
    data_id: FileId,
    data: Bytes,
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.case.library
    }
    fn book(&self) -> &LazyHash<FontBook> {
        &self.case.book
    }
    fn main(&self) -> FileId {
        self.main.id()
    }
    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }
    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_id { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }
    fn font(&self, index: usize) -> Option<Font> {
        self.case.fonts.get(index).cloned()
    }
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_faces_set_every_vietnamese_letter() {
        assert_eq!(CASE.fonts.len(), FONTS.len());
        let vowels = "aăâeêioôơuưyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵđ";
        let marks = "₫№“”‘’–—…·°×§«»•\u{A0}/%&@#*_$\\`<>[]{}|~^";
        for c in vowels.chars().chain(vowels.to_uppercase().chars()).chain(marks.chars()) {
            assert!(sets(c), "{c}");
        }
        assert!(!sets('🚨') && !sets('漢') && !sets('\u{E000}'));
    }

    #[test]
    fn the_template_reaches_nothing_but_its_data() {
        assert!(set("#json(\"/report.json\").word", b"{\"word\":\"x\"}".to_vec()).is_ok());
        for reach in [
            "#read(\"/etc/passwd\")",
            "#include \"other.typ\"",
            "#import \"@preview/a:1.0.0\"",
            "#datetime.today()",
        ] {
            assert!(set(reach, vec![]).is_err(), "{reach}");
        }
    }
}
