//! Which contents may be attached and how large each kind may be. The type is what the content is; what a sender calls
//! it does not count.

use crate::domain::refusal::{Files, Refusal};

/// As much of the beginning as tells what a content is: signatures stand in the first bytes, and a drawing's first
/// element after its comments. What is refused is refused after the first piece, not after half a gigabyte.
pub const HEAD_BYTES: usize = 4096;

/// Files of one size limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A picture.
    Photo,
    /// A page or a dossier.
    Document,
    /// A moving picture.
    Film,
    /// Words and tables.
    Text,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Photo, Self::Document, Self::Film, Self::Text];

    /// The most bytes of a file of this kind, in round millions, as people read them.
    pub const fn bytes_max(self) -> u32 {
        match self {
            // What the largest sensors of phones write is below 40 MB; more is a panorama or a scan for print.
            Self::Photo => 50_000_000,
            // A scanned dossier of some hundred pages.
            Self::Document => 100_000_000,
            // Four minutes of a phone's 1080p, ten of 720p; longer films belong on a channel, with their link.
            Self::Film => 500_000_000,
            // A monitoring service's export; a longer one is cut by days.
            Self::Text => 20_000_000,
        }
    }

    /// What people call it, at the beginning of a sentence.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Photo => "Ảnh",
            Self::Document => "Tệp PDF",
            Self::Film => "Video",
            Self::Text => "Tệp chữ",
        }
    }
}

/// The most bytes of any file.
pub const BYTES_MAX: u32 = Kind::Film.bytes_max();

/// A type of content that may be attached.
#[derive(Debug, PartialEq, Eq)]
pub struct Type {
    /// Its media type.
    pub media: &'static str,
    /// Its kind.
    pub kind: Kind,
    /// The endings that its names may have, the usual one first.
    pub endings: &'static [&'static str],
}

impl Type {
    /// # Errors
    /// When a file of this type may not be so large.
    pub fn fits(&self, size: u64) -> Result<(), Refusal> {
        let max = self.kind.bytes_max();
        if size <= u64::from(max) {
            return Ok(());
        }
        let (kind, max) = (self.kind.title().to_owned(), max / 1_000_000);
        Err(Refusal::Files(Files::FileTooLarge { kind, max }))
    }
}

const fn a_type(media: &'static str, kind: Kind, endings: &'static [&'static str]) -> Type {
    Type { media, kind, endings }
}

const PNG: usize = 0;
const JPEG: usize = 1;
const WEBP: usize = 2;
const PDF: usize = 3;
const MP4: usize = 4;
const MOV: usize = 5;
const WEBM: usize = 6;
const TEXT: usize = 7;
/// All of them. Text is never shown as a page, whatever is in it.
pub(super) static TYPES: [Type; 8] = [
    a_type("image/png", Kind::Photo, &["png"]),
    a_type("image/jpeg", Kind::Photo, &["jpg", "jpeg"]),
    a_type("image/webp", Kind::Photo, &["webp"]),
    a_type("application/pdf", Kind::Document, &["pdf"]),
    a_type("video/mp4", Kind::Film, &["mp4", "m4v", "3gp"]),
    a_type("video/quicktime", Kind::Film, &["mov", "qt"]),
    a_type("video/webm", Kind::Film, &["webm"]),
    a_type("text/plain; charset=utf-8", Kind::Text, &["txt", "csv", "tsv", "md", "log", "json"]),
];

/// Brands of films in the ISO container (ISO/IEC 14496-12, the MP4 registration authority's list).
const FILM_BRANDS: [&[u8]; 18] = [
    b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso7", b"iso8", b"iso9", b"mp41", b"mp42",
    b"avc1", b"M4V ", b"M4VH", b"M4VP", b"dash", b"3gp4", b"3gp5",
];
/// Brands of still pictures in the same container.
const STILL_BRANDS: [&[u8]; 9] =
    [b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif", b"avis"];
/// What contents begin with that are refused, to say what they are.
static REFUSED: [(&[u8], Files); 23] = [
    (b"MZ", Files::Program),
    (b"\x7fELF", Files::Program),
    (b"\xfe\xed\xfa\xce", Files::Program),
    (b"\xfe\xed\xfa\xcf", Files::Program),
    (b"\xcf\xfa\xed\xfe", Files::Program),
    (b"\xca\xfe\xba\xbe", Files::Program),
    (b"dex\n", Files::Program),
    (b"\0asm", Files::Program),
    (b"PK", Files::Archive),
    (b"Rar!\x1a\x07", Files::Archive),
    (b"7z\xbc\xaf\x27\x1c", Files::Archive),
    (b"\x1f\x8b", Files::Archive),
    (b"BZh", Files::Archive),
    (b"\xfd7zXZ\0", Files::Archive),
    (b"\x28\xb5\x2f\xfd", Files::Archive),
    (b"MSCF", Files::Archive),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Files::OfficeFile),
    (b"GIF8", Files::OtherMedia),
    (b"BM", Files::OtherMedia),
    (b"II*\0", Files::OtherMedia),
    (b"MM\0*", Files::OtherMedia),
    (b"RIFF", Files::OtherMedia),
    (b"OggS", Files::OtherMedia),
];

/// The type of a content that begins so; `head` is its first [`HEAD_BYTES`], or all of it.
///
/// # Errors
/// When it may not be attached, and why. Of text only the beginning was seen: [`is_text`] judges the whole.
pub fn of(head: &[u8]) -> Result<&'static Type, Refusal> {
    let known = match head {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(PNG),
        [0xff, 0xd8, 0xff, ..] => Some(JPEG),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(WEBP),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(PDF),
        [0x1a, 0x45, 0xdf, 0xa3, ..] => Some(ebml(head)?),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some(iso(head)?),
        _ => None,
    };
    match known {
        Some(known) => Ok(&TYPES[known]),
        None if begins_as_text(head) => words(head).map(|()| &TYPES[TEXT]),
        None => Err(Refusal::Files(refused(head))),
    }
}

/// The type that a row of the log names; none for one that is no longer taken.
pub fn named(media: &str) -> Option<&'static Type> {
    TYPES.iter().find(|one| one.media == media)
}

/// Whether all of it is words in UTF-8.
pub fn is_text(bytes: &[u8]) -> bool {
    str::from_utf8(bytes).is_ok_and(|text| !text.trim().is_empty() && text.chars().all(written))
}

fn written(c: char) -> bool {
    !c.is_control() || matches!(c, '\n' | '\r' | '\t')
}

/// The same of a beginning, which may end within a letter.
fn begins_as_text(head: &[u8]) -> bool {
    match str::from_utf8(head) {
        Ok(_) => is_text(head),
        Err(error) if error.error_len().is_none() => is_text(&head[..error.valid_up_to()]),
        Err(_) => false,
    }
}

/// Words may hold anything, but do not begin as something that a machine reads.
fn words(head: &[u8]) -> Result<(), Refusal> {
    let text = String::from_utf8_lossy(head).to_lowercase();
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let why = match text.strip_prefix('<') {
        Some(rest) if rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '!' | '?' | '/')) => {
            if text.contains("<svg") { Files::Svg } else { Files::Markup }
        }
        _ if text.starts_with("#!") => Files::Program,
        _ => return Ok(()),
    };
    Err(Refusal::Files(why))
}

/// A film of the ISO container, by its brands.
fn iso(head: &[u8]) -> Result<usize, Refusal> {
    // The box: its length, `ftyp`, the major brand, a version, then compatible brands.
    let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
    let end = length.min(head.len());
    let brand = |at: usize| head.get(at..at + 4).filter(|_| at + 4 <= end);
    let compatible = (16..end).step_by(4).filter_map(brand);
    let mut brands = brand(8).into_iter().chain(compatible);
    let Some(major) = brands.next().filter(|_| length >= 16 && length.is_multiple_of(4)) else {
        return Err(Refusal::Files(Files::UnknownType));
    };
    if STILL_BRANDS.contains(&major) {
        return Err(Refusal::Files(Files::Heic));
    }
    if major == b"qt  " {
        return Ok(MOV);
    }
    let sound = major.starts_with(b"M4A") || major.starts_with(b"M4B");
    let film = |brand: &[u8]| FILM_BRANDS.contains(&brand) || brand.starts_with(b"3g");
    if !sound && (film(major) || brands.any(film)) { Ok(MP4) } else { Err(Refusal::Files(Files::OtherMedia)) }
}

/// A film of the Matroska container: only WebM, which browsers and PCs play.
fn ebml(head: &[u8]) -> Result<usize, Refusal> {
    // The element DocType (0x4282) with its length and its word, within the header at the beginning (RFC 8794).
    let header = &head[..head.len().min(64)];
    let webm = header.windows(7).any(|window| window == b"\x42\x82\x84webm");
    if webm { Ok(WEBM) } else { Err(Refusal::Files(Files::OtherMedia)) }
}

/// What a content is that may not be attached.
fn refused(head: &[u8]) -> Files {
    let has = |words: &[u8]| head.windows(words.len()).any(|window| window == words);
    match REFUSED.iter().find(|(beginning, _)| head.starts_with(beginning)) {
        // A word processor's file is an archive, too.
        Some((b"PK", _)) if has(b"[Content_Types].xml") || has(b"mimetypeapplication/vnd.oasis") => {
            Files::OfficeFile
        }
        Some((_, why)) => why.clone(),
        None if head.get(257..262) == Some(b"ustar".as_slice()) => Files::Archive,
        None => Files::UnknownType,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ftyp(major: &[u8; 4], compatible: &[&[u8; 4]]) -> Vec<u8> {
        let length = u32::try_from(16 + 4 * compatible.len()).expect("short");
        let mut bytes = length.to_be_bytes().to_vec();
        bytes.extend(b"ftyp");
        bytes.extend(major);
        bytes.extend([0; 4]);
        compatible.iter().for_each(|brand| bytes.extend(*brand));
        bytes.extend(b"\0\0\0\x08free");
        bytes
    }

    #[test]
    fn the_content_says_what_it_is() {
        for (bytes, is) in [
            (b"\x89PNG\r\n\x1a\n\0\0".to_vec(), "image/png"),
            (b"\xff\xd8\xff\xe0\0".to_vec(), "image/jpeg"),
            (b"RIFF\x10\0\0\0WEBPVP8 ".to_vec(), "image/webp"),
            (b"%PDF-1.7\n\xe2\xe3".to_vec(), "application/pdf"),
            (b"%PDF-1.7\nplain letters only".to_vec(), "application/pdf"),
            (ftyp(b"isom", &[b"iso2", b"mp41"]), "video/mp4"),
            (ftyp(b"XAVC", &[b"mp42"]), "video/mp4"),
            (ftyp(b"3gp9", &[]), "video/mp4"),
            (ftyp(b"qt  ", &[b"qt  "]), "video/quicktime"),
            (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm\x42\x87".to_vec(), "video/webm"),
            ("Trang chủ\r\n<script>".into(), "text/plain; charset=utf-8"),
            ("\u{feff}ngày;số\n1;2".into(), "text/plain; charset=utf-8"),
            ("PK là phòng khám, BM là bộ môn".into(), "text/plain; charset=utf-8"),
            ("<3 bà con".into(), "text/plain; charset=utf-8"),
        ] {
            assert_eq!(of(&bytes).map(|one| one.media), Ok(is), "{}", String::from_utf8_lossy(&bytes));
        }
        let all = "nước lên ".repeat(1_000);
        assert!(
            (HEAD_BYTES - 3..=HEAD_BYTES).all(|cut| of(&all.as_bytes()[..cut]).is_ok()),
            "within a letter"
        );
    }

    #[test]
    fn what_may_not_be_attached_is_named_whatever_its_ending() {
        let tar = [vec![b'a'; 100], vec![0; 157], b"ustar\0".to_vec()].concat();
        for (bytes, why) in [
            (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec(), Files::Svg),
            ("\u{feff}\n<?xml version='1.0'?><!-- a --><SVG onload='x'>".into(), Files::Svg),
            (b"<!DOCTYPE html><title>x</title>".to_vec(), Files::Markup),
            (b"  <script>x</script>".to_vec(), Files::Markup),
            (b"#!/bin/sh\nrm".to_vec(), Files::Program),
            (b"MZ\x90\0".to_vec(), Files::Program),
            (b"\x7fELF\x02".to_vec(), Files::Program),
            (b"PK\x03\x04\x14\0".to_vec(), Files::Archive),
            (b"PK\x03\x04\x14\0 [Content_Types].xml".to_vec(), Files::OfficeFile),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), Files::OfficeFile),
            (tar, Files::Archive),
            (ftyp(b"heic", &[b"mif1"]), Files::Heic),
            (ftyp(b"avif", &[b"mif1"]), Files::Heic),
            (ftyp(b"M4A ", &[b"isom"]), Files::OtherMedia),
            (ftyp(b"zzzz", &[]), Files::OtherMedia),
            (b"\0\0\0\x03ftypisom".to_vec(), Files::UnknownType),
            (b"\0\0\0\x18ftyp".to_vec(), Files::UnknownType),
            (b"\x1a\x45\xdf\xa3\x42\x82\x88matroska".to_vec(), Files::OtherMedia),
            (b"GIF89a\x01\0".to_vec(), Files::OtherMedia),
            (b"RIFF\x10\0\0\0WAVE".to_vec(), Files::OtherMedia),
            (b"".to_vec(), Files::UnknownType),
            (b" \n".to_vec(), Files::UnknownType),
            (b"a\0b".to_vec(), Files::UnknownType),
            (b"\xff\xfea\0".to_vec(), Files::UnknownType),
            (b" %PDF-\xff".to_vec(), Files::UnknownType),
        ] {
            assert_eq!(of(&bytes), Err(Refusal::Files(why)), "{}", String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn each_kind_has_its_size() {
        for kind in &TYPES {
            let max = u64::from(kind.kind.bytes_max());
            assert_eq!((kind.fits(max), kind.fits(max + 1).is_err()), (Ok(()), true), "{}", kind.media);
            assert!(max <= u64::from(BYTES_MAX) && named(kind.media) == Some(kind));
        }
        let photo = TYPES[JPEG].fits(80_000_000).expect_err("80 MB").to_string();
        assert!(photo.starts_with("Ảnh lớn nhất 50 MB"), "{photo}");
    }
}
