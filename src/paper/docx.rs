//! The document for a word processor, as Office Open XML (ECMA-376, transitional): real styles, real tables whose first
//! row repeats, headings, page numbers, sections. Everything that people wrote is escaped; the same sheet gives the same
//! bytes.

mod part;
mod xml;

use super::form::{Layout, Under};
use super::sheet::{Annex, Block, Cell, Drawn, Hand, Sheet, Table};
use crate::export::ExportError;
use crate::export::dots::{self, Picture};
use crate::stamp::Stamp;
use jiff::Timestamp;
use std::io::{Cursor, Write as _};
use xml::{bordered, mm, paragraph, pt, row, run};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// English Metric Units.
const EMU_PER_MM: i64 = 36_000;
const EMU_PER_TWENTIETH: i64 = 635;
/// Height of a drawing: with its heading and caption on one page that lies across.
const DRAWING_MM_MAX: i64 = 125;
/// A4, twentieths of a point.
const PAPER: (i64, i64) = (11_906, 16_838);

pub(super) fn write(sheet: &Sheet, stamp: &Stamp, made_at: Timestamp) -> Result<Vec<u8>, ExportError> {
    let failed = |reason: String| ExportError::NotWritten { format: "DOCX", reason };
    let code = dots::code(stamp).map_err(failed)?;
    let drawings = Drawings::of(sheet).map_err(failed)?;
    let mut parts: Vec<(String, Vec<u8>)> = [
        ("[Content_Types].xml", part::CONTENT_TYPES.into()),
        ("_rels/.rels", part::RELATIONS.into()),
        ("docProps/core.xml", part::core(sheet, made_at).into_bytes()),
        ("docProps/app.xml", part::APP.into()),
        ("word/document.xml", document(sheet, &drawings).into_bytes()),
        ("word/_rels/document.xml.rels", part::document_relations(drawings.0.len()).into_bytes()),
        ("word/styles.xml", part::styles(&sheet.layout).into_bytes()),
        ("word/settings.xml", part::SETTINGS.into()),
        ("word/header.xml", part::header().into_bytes()),
        ("word/footer.xml", part::footer(sheet, stamp).into_bytes()),
        ("word/_rels/footer.xml.rels", part::FOOTER_RELATIONS.into()),
        ("word/media/code.png", code.png),
    ]
    .map(|(name, bytes)| (name.to_owned(), bytes))
    .into();
    parts.extend(
        (1..).zip(drawings.0).map(|(number, (_, it))| (format!("word/media/drawing{number}.png"), it.png)),
    );
    // No time of a clock goes into the file: the same sheet gives the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut file = ZipWriter::new(Cursor::new(vec![]));
    for (name, bytes) in parts {
        file.start_file(name, options).map_err(|error| failed(error.to_string()))?;
        file.write_all(&bytes).map_err(|error| failed(error.to_string()))?;
    }
    let file = file.finish().map_err(|error| failed(error.to_string()))?;
    Ok(file.into_inner())
}

/// The drawings of a document, each as a picture, in their order.
struct Drawings<'a>(Vec<(&'a Drawn, Picture)>);

impl<'a> Drawings<'a> {
    fn of(sheet: &'a Sheet) -> Result<Self, String> {
        let blocks = sheet.body.iter().chain(sheet.annexes.iter().flat_map(|annex| &annex.body));
        let drawn = blocks.filter_map(|block| if let Block::Drawn(it) = block { Some(it) } else { None });
        Ok(Self(drawn.map(|it| Ok((it, dots::drawing(&it.drawing)?))).collect::<Result<_, String>>()?))
    }

    /// The drawing as wide as the text, unless it were higher than the page bears.
    fn set(&self, drawn: &Drawn, width: i64) -> String {
        let Some((index, (_, picture))) = self.0.iter().enumerate().find(|(_, (it, _))| *it == drawn) else {
            return String::new();
        };
        let (wide, high) = (i64::from(picture.width), i64::from(picture.height).max(1));
        let most = DRAWING_MM_MAX * EMU_PER_MM;
        let width = (width * EMU_PER_TWENTIETH).min(most * wide / high);
        let size = (width, width * high / wide.max(1));
        // The stamp's code is the first picture.
        let picture = xml::picture(index + 2, index + part::FIRST_DRAWING, &drawn.alt, size);
        let centred = "<w:keepNext/><w:ind w:firstLine=\"0\"/><w:jc w:val=\"center\"/>";
        paragraph("TableText", centred, &picture) + &paragraph("Caption", "", &run(&drawn.caption, ""))
    }
}

/// Width of the text, twentieths of a point.
fn measure(layout: &Layout, wide: bool) -> i64 {
    let paper = if wide { PAPER.1 } else { PAPER.0 };
    paper - mm(layout.margins_mm.left) - mm(layout.margins_mm.right)
}

fn document(sheet: &Sheet, drawings: &Drawings) -> String {
    let layout = &sheet.layout;
    let mut body = head(sheet);
    if !sheet.marks.is_empty() {
        let marks: Vec<_> = sheet.marks.iter().map(|mark| format!("[ {mark} ]")).collect();
        body.push_str(&paragraph("Mark", "", &run(&marks.join("   "), "")));
    }
    if !sheet.name.is_empty() {
        body.push_str(&paragraph("Title", "", &run(&sheet.name, "")));
        for line in &sheet.about {
            body.push_str(&paragraph("Subtitle", "", &run(line, "")));
        }
        let side = measure(layout, false) * 34 / 100;
        body.push_str(&bordered(side, side));
    }
    match &sheet.to[..] {
        [] => {}
        [one] => body.push_str(&paragraph("Addressee", "", &run(&format!("{} {one}", layout.to), ""))),
        many => {
            body.push_str(&paragraph("AddresseeList", "", &run(&layout.to, "")));
            for name in many {
                body.push_str(&paragraph("AddresseeList", "", &run(&format!("– {name}"), "")));
            }
        }
    }
    for (index, block) in sheet.body.iter().enumerate() {
        body.push_str(&set(block, drawings, measure(layout, false), 0, index + 1 == sheet.body.len()));
    }
    body.push_str(&closing(sheet));
    let last = if sheet.annexes.is_empty() {
        body.push_str(&paragraph("Tight", "", ""));
        section(layout, false, true)
    } else {
        // The properties of a section stand in its last paragraph, those of the last one at the end of the body.
        let mut ends = section(layout, false, true);
        for annex in &sheet.annexes {
            body.push_str(&paragraph("Tight", &ends, ""));
            body.push_str(&annexed(annex, drawings, layout));
            ends = section(layout, annex.wide, layout.annex.own_pages);
        }
        ends
    };
    format!("{}<w:document {}><w:body>{body}{last}</w:body></w:document>", xml::DECLARATION, xml::NAMESPACES)
}

/// The properties of a section: paper, margins, what stands above and below. One that counts its own pages begins with one
/// that shows no number.
fn section(layout: &Layout, wide: bool, own_pages: bool) -> String {
    let (width, height) = if wide { (PAPER.1, PAPER.0) } else { PAPER };
    let lie = if wide { " w:orient=\"landscape\"" } else { "" };
    let margins = &layout.margins_mm;
    let (top, bottom, left, right) =
        (mm(margins.top), mm(margins.bottom), mm(margins.left), mm(margins.right));
    let (first_foot, title) = if own_pages {
        ("<w:footerReference w:type=\"first\" r:id=\"rId4\"/>", "<w:pgNumType w:start=\"1\"/><w:titlePg/>")
    } else {
        ("", "")
    };
    let edge = mm(10.0);
    format!(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId3\"/>\
         <w:footerReference w:type=\"default\" r:id=\"rId4\"/>{first_foot}\
         <w:pgSz w:w=\"{width}\" w:h=\"{height}\"{lie}/>\
         <w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" w:left=\"{left}\" w:header=\"{edge}\" \
         w:footer=\"{}\" w:gutter=\"0\"/>{title}</w:sectPr>",
        mm(6.0)
    )
}

/// The head: a table without lines, so that number and date stand on one line.
fn head(sheet: &Sheet) -> String {
    let width = measure(&sheet.layout, false);
    let (left, right) = (width * 42 / 100, width - width * 42 / 100);
    let mut issuer = String::new();
    for line in &sheet.head.superior {
        issuer.push_str(&paragraph("Superior", "", &run(line, "")));
    }
    for line in &sheet.head.issuer {
        issuer.push_str(&paragraph("Issuer", "", &run(line, "")));
    }
    match sheet.layout.under_issuer {
        Under::Rule => issuer.push_str(&bordered(left * 32 / 100, left * 32 / 100)),
        Under::Star => issuer.push_str(&paragraph("Issuer", "", &run("*", ""))),
    }
    let mut nation = String::new();
    for (index, line) in sheet.layout.nation.iter().enumerate() {
        nation.push_str(&paragraph(if index == 0 { "Nation" } else { "Motto" }, "", &run(line, "")));
    }
    // The rule is about as long as the line above it: half an em for a letter of this face.
    let letters = sheet.layout.nation.last().map_or(0, |line| line.chars().count());
    let long = i64::try_from(letters).unwrap_or(0) * if sheet.layout.nation.len() > 1 { 128 } else { 168 };
    let side = ((right - long) / 2).max(0);
    nation.push_str(&bordered(side, side));
    let mut number = paragraph("Number", "", &run(&sheet.head.number, ""));
    if !sheet.head.subject.is_empty() {
        number.push_str(&paragraph("Subject", "", &run(&sheet.head.subject, "")));
    }
    let date = paragraph("DateLine", "", &run(&sheet.head.date, ""));
    let rows = [[issuer, nation], [number, date]].map(|cells| row(&cells, &[left, right], false)).concat();
    xml::plain_table(&[left, right], &rows)
}

fn closing(sheet: &Sheet) -> String {
    let width = measure(&sheet.layout, false);
    let half = width / 2;
    let mut copies = String::new();
    if !sheet.closing.recipients.is_empty() {
        let line = if sheet.layout.under_issuer == Under::Star { "<w:u w:val=\"single\"/>" } else { "" };
        copies.push_str(&paragraph("RecipientsTitle", "", &run(&sheet.layout.recipients, line)));
        for line in &sheet.closing.recipients {
            copies.push_str(&paragraph("Recipients", "", &run(line, "")));
        }
    }
    let hand = |hand: &Hand| {
        let capacity =
            hand.capacity.iter().map(|line| paragraph("Signature", "<w:keepNext/>", &run(line, "")));
        // Room for a signature and a seal.
        let room =
            paragraph("Signature", &format!("<w:keepNext/><w:spacing w:before=\"{}\"/>", mm(24.0)), "");
        let name = paragraph("Signature", "", &run(&hand.name, ""));
        format!("{}{room}{name}", capacity.collect::<String>())
    };
    let gap = paragraph("Tight", "<w:keepNext/>", "");
    let filled = |cell: String| if cell.is_empty() { paragraph("Tight", "", "") } else { cell };
    match &sheet.closing.hands[..] {
        [one] => {
            let signed = row(&[filled(copies), hand(one)], &[half, width - half], false);
            gap + &xml::plain_table(&[half, width - half], &signed)
        }
        many => {
            let count = i64::try_from(many.len().max(1)).unwrap_or(1);
            let widths: Vec<_> = many.iter().map(|_| width / count).collect();
            let cells: Vec<_> = many.iter().map(hand).collect();
            gap + &xml::plain_table(&widths, &row(&cells, &widths, false))
                + &paragraph("Tight", "", "")
                + &copies
        }
    }
}

fn annexed(annex: &Annex, drawings: &Drawings, layout: &Layout) -> String {
    let (centred, width) = ("<w:jc w:val=\"center\"/>", measure(layout, annex.wide));
    let title = format!("{}\n{}", annex.label, annex.title);
    let mut out = paragraph("Heading1", centred, &run(&title, ""));
    if !annex.with.is_empty() {
        let flush = format!("<w:ind w:firstLine=\"0\"/>{centred}");
        out.push_str(&paragraph("BodyText", &flush, &run(&annex.with, "<w:i/><w:iCs/>")));
        let side = width * 44 / 100;
        out.push_str(&bordered(side, side));
    }
    for block in &annex.body {
        out.push_str(&set(block, drawings, width, 1, false));
    }
    out
}

/// A block; the last one of the body stays with the signature.
fn set(block: &Block, drawings: &Drawings, width: i64, deeper: u8, last: bool) -> String {
    let keep = if last { "<w:keepNext/>" } else { "" };
    match block {
        Block::Heading { level, text } => {
            paragraph(&format!("Heading{}", level + deeper), "", &run(text, ""))
        }
        Block::Paragraph { text } => paragraph("BodyText", keep, &run(text, "")),
        Block::Centred { text } => paragraph(
            "BodyText",
            &format!("{keep}<w:ind w:firstLine=\"0\"/><w:jc w:val=\"center\"/>"),
            &run(text, ""),
        ),
        Block::Table(table) => listed(table, width) + &paragraph("Tight", keep, ""),
        Block::Drawn(drawn) => drawings.set(drawn, width),
    }
}

fn listed(table: &Table, width: i64) -> String {
    let parts: i64 = table.columns.iter().map(|column| i64::from(column.part)).sum();
    let widths: Vec<_> =
        table.columns.iter().map(|column| width * i64::from(column.part) / parts.max(1)).collect();
    let heads = table.columns.iter().map(|column| paragraph("TableHead", "", &run(&column.title, "")));
    let mut rows = row(&heads.collect::<Vec<_>>(), &widths, true);
    for cells in &table.rows {
        let cells = cells.iter().zip(&table.columns).map(|(cell, column)| {
            let place = if column.centred { "<w:jc w:val=\"center\"/>" } else { "" };
            words(cell, place)
        });
        rows.push_str(&row(&cells.collect::<Vec<_>>(), &widths, false));
    }
    xml::ruled_table(&widths, &table.summary, &rows)
}

fn words(cell: &Cell, place: &str) -> String {
    let look = format!(
        "{}{}",
        if cell.strong { "<w:b/><w:bCs/>" } else { "" },
        if cell.struck { "<w:strike/>" } else { "" }
    );
    let text = paragraph("TableText", place, &run(&cell.text, &look));
    match (cell.text.is_empty(), cell.below.is_empty()) {
        (_, true) => text,
        (true, false) => paragraph("TableText", place, &run(&cell.below, "<w:i/><w:iCs/>")),
        (false, false) => text + &paragraph("TableText", place, &run(&cell.below, "<w:i/><w:iCs/>")),
    }
}

/// Points of the layout as half points, the unit of a run's size.
fn half_points(points: f64) -> i64 {
    pt(points) / 10
}
