//! The stamp on every page that leaves: up to which line of which incident it was made, as a short digest that two people
//! can read to each other and as a QR code that holds the whole one. Pure: pages draw it, nothing here does.
//!
//! Whoever scans the code gets four lines of plain text ([`Stamp::payload`]) and no address, because nobody knows here
//! where the server will be when it is scanned. They compare the digest with a checkpoint of that line, with another
//! export, or with what `phongtruc verify` says of the log.

use crate::domain::ids::{Digest, Rev};
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write as _;

/// Digits of the short digest: 64 bits, which nobody finds a second text for, and still four groups to read aloud.
const SHORT_DIGITS: usize = 16;
/// Digits in a group.
const GROUP: usize = 4;
/// Most characters of an incident's number that the code holds; a longer one is no number, and the code must fit a page.
const NUMBER_MAX: usize = 40;
/// Light modules around the code, without which scanners do not find it (ISO/IEC 18004, 9.1).
pub const QUIET: usize = 4;

/// What is drawn on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    number: String,
    rev: Rev,
    head: Digest,
}

impl Stamp {
    /// The stamp of a document that was made when the incident's log ended with this line and this digest.
    pub fn of(number: &str, rev: Rev, head: Digest) -> Self {
        Self { number: number.chars().take(NUMBER_MAX).collect(), rev, head }
    }

    /// The first digits of the digest, in groups: `3f2a 9c41 77de 01b2`.
    pub fn short(&self) -> String {
        let digits: Vec<_> = self.head.to_string().chars().take(SHORT_DIGITS).collect();
        digits.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    }

    /// The stamp as one line of text: `SC-2026-0001 · dòng 132 · 3f2a 9c41 77de 01b2`.
    pub fn words(&self) -> String {
        format!("{} · dòng {} · {}", self.number, self.rev, self.short())
    }

    /// What a person who scans the code reads: four lines, in letters without marks, because phones do not agree on how
    /// others are written in a code.
    ///
    /// ```text
    /// PHONG TRUC
    /// Su co: SC-2026-0001
    /// Dong: 132
    /// SHA-256: 64 hexadecimal digits
    /// ```
    pub fn payload(&self) -> String {
        format!("PHONG TRUC\nSu co: {}\nDong: {}\nSHA-256: {}", self.number, self.rev, self.head)
    }

    /// The code, without its quiet zone: rows from the top, modules from the left, `true` is dark. A fifth of a module may
    /// be unreadable, as on a photocopy (level M corrects 15 % of the code words).
    ///
    /// # Panics
    /// Never: the payload is bounded, and far below what a code holds.
    pub fn code(&self) -> Vec<Vec<bool>> {
        let code = QrCode::with_error_correction_level(self.payload(), EcLevel::M);
        let code = code.expect("a bounded payload fits a code");
        let modules: Vec<_> = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
        modules.chunks(code.width()).map(<[bool]>::to_vec).collect()
    }

    /// The code as an SVG picture of this many millimetres, its quiet zone included, black on white: for a page, and for a
    /// typesetter that takes pictures. It names no style, script or font.
    pub fn svg(&self, millimetres: u32) -> String {
        let code = self.code();
        let side = code.len() + 2 * QUIET;
        let mut dark = String::new();
        for (row, y) in code.iter().zip(QUIET..) {
            let mut x = 0;
            while let Some(begin) = row.iter().skip(x).position(|dark| *dark).map(|light| x + light) {
                let width = row.iter().skip(begin).take_while(|dark| **dark).count();
                // A bar of modules that touch: with one for each, printers leave hairlines between them.
                let _ = write!(dark, "M{} {y}h{width}v1h-{width}z", begin + QUIET);
                x = begin + width;
            }
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{millimetres}mm\" height=\"{millimetres}mm\" \
             viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\" role=\"img\" aria-label=\"Mã QR: {}\">\
             <path fill=\"#fff\" d=\"M0 0h{side}v{side}h-{side}z\"/><path fill=\"#000\" d=\"{dark}\"/></svg>",
            attribute(&self.words())
        )
    }
}

fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp() -> Stamp {
        Stamp::of("SC-2026-0001", 132, Digest::of(b"a line"))
    }

    #[test]
    fn it_says_number_line_and_digest_in_full_and_in_short() {
        let (stamp, digest) = (stamp(), Digest::of(b"a line").to_string());
        assert_eq!(stamp.payload(), format!("PHONG TRUC\nSu co: SC-2026-0001\nDong: 132\nSHA-256: {digest}"));
        assert_eq!(stamp.short().replace(' ', ""), digest[..16]);
        assert_eq!(stamp.words(), format!("SC-2026-0001 · dòng 132 · {}", stamp.short()));
    }

    #[test]
    fn the_code_is_a_square_that_other_lines_do_not_share() {
        let code = stamp().code();
        assert!(code.iter().all(|row| row.len() == code.len()));
        // The three corners that a scanner looks for.
        let finder = [true, true, true, true, true, true, true];
        assert!(
            code[0].starts_with(&finder)
                && code[0].ends_with(&finder)
                && code[code.len() - 1].starts_with(&finder)
        );
        assert_eq!(code, stamp().code());
        assert_ne!(code, Stamp::of("SC-2026-0001", 133, Digest::of(b"a line")).code());
        let long = Stamp::of(&"số".repeat(5_000), u32::MAX, Digest::ZERO);
        assert!(long.code().len() <= 177, "whatever the number is, it fits");
    }

    #[test]
    fn the_picture_draws_exactly_the_dark_modules() {
        let (stamp, code) = (stamp(), stamp().code());
        let svg = stamp.svg(20);
        let (_, path) = svg.rsplit_once(" d=\"").expect("a path");
        let mut drawn = vec![vec![false; code.len()]; code.len()];
        for bar in path.split('M').skip(1) {
            let number = |text: &str| text.parse::<usize>().expect("a number");
            let (x, rest) = bar.split_once(' ').expect("a place");
            let (y, rest) = rest.split_once('h').expect("a row");
            let (width, _) = rest.split_once('v').expect("a width");
            for module in &mut drawn[number(y) - QUIET][number(x) - QUIET..][..number(width)] {
                *module = true;
            }
        }
        assert_eq!(drawn, code);
        let odd = Stamp::of("\"><script>", 1, Digest::ZERO).svg(20);
        assert!(!odd.contains("<script>") && odd.contains("&quot;&gt;&lt;script&gt;"));
    }
}
