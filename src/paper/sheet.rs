//! A document as a typesetter and a word processor both see it: head, name, body, closing, annexes, all in words. What
//! stands where is decided here once; how it is drawn the two writers know.

use super::form::Layout;
use serde::Serialize;

/// A document, ready to be set.
#[derive(Clone, Debug, Serialize)]
pub struct Sheet {
    /// What the file calls itself.
    pub title: String,
    /// How it is laid out.
    pub layout: Layout,
    /// The head.
    pub head: Head,
    /// The name of the kind, in capitals; empty for a letter.
    pub name: String,
    /// What it is about, line by line.
    pub about: Vec<String>,
    /// To whom, one by one; empty when it names nobody.
    pub to: Vec<String>,
    /// The body.
    pub body: Vec<Block>,
    /// Who signs, and who gets a copy.
    pub closing: Closing,
    /// What follows behind the signature, each on a page of its own.
    pub annexes: Vec<Annex>,
    /// Boxed at the top: an exercise, a draft.
    pub marks: Vec<String>,
    /// At the foot of every page: what it was made from.
    pub foot: String,
    /// Who made the file.
    pub made_by: String,
}

/// The head of the first page.
#[derive(Clone, Debug, Serialize)]
pub struct Head {
    /// Above the issuer.
    pub superior: Vec<String>,
    /// Who issues.
    pub issuer: Vec<String>,
    /// The line of the number.
    pub number: String,
    /// What a letter is about, under its number; empty otherwise.
    pub subject: String,
    /// Place and date.
    pub date: String,
}

/// The end: left the copies, right the signature.
#[derive(Clone, Debug, Serialize)]
pub struct Closing {
    /// Who gets a copy, as the lines stand.
    pub recipients: Vec<String>,
    /// Who signs: one at the right, or two side by side.
    pub hands: Vec<Hand>,
}

/// Who signs.
#[derive(Clone, Debug, Serialize)]
pub struct Hand {
    /// In which capacity, line by line.
    pub capacity: Vec<String>,
    /// Name; empty while nobody has signed.
    pub name: String,
}

/// What follows behind the signature.
#[derive(Clone, Debug, Serialize)]
pub struct Annex {
    /// `Phụ lục I`.
    pub label: String,
    /// Its title.
    pub title: String,
    /// To which document it belongs, in words; empty when nothing stands there.
    pub with: String,
    /// It lies across, for its table.
    pub wide: bool,
    /// What stands in it.
    pub body: Vec<Block>,
}

/// A piece of the body.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Block {
    /// A heading; 1 for the parts, 2 below.
    Heading {
        /// How deep.
        level: u8,
        /// The words.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// The words.
        text: String,
    },
    /// A line in the middle: the end of a press release.
    Centred {
        /// The words.
        text: String,
    },
    /// A table.
    Table(Table),
    /// A drawing.
    Drawn(Drawn),
}

/// A drawing, black on white.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Drawn {
    /// As SVG, with words that the faces of the document can set.
    pub drawing: String,
    /// What it shows, for whoever hears it.
    pub alt: String,
    /// What stands below it.
    pub caption: String,
}

/// A table.
#[derive(Clone, Debug, Serialize)]
pub struct Table {
    /// What it shows, for whoever hears it.
    pub summary: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, one cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Clone, Debug, Serialize)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// Its part of the width; parts of all columns add up to the whole.
    pub part: u32,
    /// Its words stand in the middle.
    pub centred: bool,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// The words.
    pub text: String,
    /// What stands below them, in italics.
    pub below: String,
    /// Bold.
    pub strong: bool,
    /// Struck: a later line says it right.
    pub struck: bool,
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl Cell {
    /// With words below.
    pub fn below(mut self, below: impl Into<String>) -> Self {
        self.below = below.into();
        self
    }
    /// Bold, if so.
    pub fn strong(mut self, strong: bool) -> Self {
        self.strong = strong;
        self
    }
    /// Struck, if so.
    pub fn struck(mut self, struck: bool) -> Self {
        self.struck = struck;
        self
    }
}

impl Block {
    /// A part's heading.
    pub fn part(text: impl Into<String>) -> Self {
        Self::Heading { level: 1, text: text.into() }
    }
    /// A heading below.
    pub fn heading(text: impl Into<String>) -> Self {
        Self::Heading { level: 2, text: text.into() }
    }
    /// A paragraph.
    pub fn said(text: impl Into<String>) -> Self {
        Self::Paragraph { text: text.into() }
    }
    /// A table, or the sentence that there is nothing to list.
    pub fn listed(summary: &str, columns: &[(&str, u32)], rows: Vec<Vec<Cell>>) -> Self {
        if rows.is_empty() {
            return Self::said("Không có.");
        }
        let column = |(title, part): &(&str, u32)| Column {
            title: (*title).to_owned(),
            part: *part,
            centred: *title == "TT",
        };
        let columns = columns.iter().map(column).collect();
        Self::Table(Table { summary: summary.to_owned(), columns, rows })
    }
}
