//! WordprocessingML in small pieces: runs, paragraphs, tables (ECMA-376 Part 1, 17). Elements stand in the order of the
//! schema, or a word processor offers to repair the file.

use crate::export::words::escaped;

pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
pub(super) const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
     xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
     xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
     xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"";

/// Millimetres in twentieths of a point.
#[expect(clippy::cast_possible_truncation, reason = "measures of a page, checked when they were read")]
pub(super) fn mm(millimetres: f64) -> i64 {
    (millimetres * 1440.0 / 25.4).round() as i64
}

/// Points in twentieths of a point.
#[expect(clippy::cast_possible_truncation, reason = "measures of a page, checked when they were read")]
pub(super) fn pt(points: f64) -> i64 {
    (points * 20.0).round() as i64
}

/// Text with its look; a line end is a break.
pub(super) fn run(text: &str, look: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let look = if look.is_empty() { String::new() } else { format!("<w:rPr>{look}</w:rPr>") };
    let lines = text.split('\n').map(|line| {
        let pieces =
            line.split('\t').map(|piece| format!("<w:t xml:space=\"preserve\">{}</w:t>", escaped(piece)));
        pieces.collect::<Vec<_>>().join("<w:tab/>")
    });
    format!("<w:r>{look}{}</w:r>", lines.collect::<Vec<_>>().join("<w:br/>"))
}

/// A paragraph of a style; `own` are its own properties in the order of the schema, a section's last.
pub(super) fn paragraph(style: &str, own: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{own}</w:pPr>{runs}</w:p>")
}

/// A rule: an empty paragraph with a line above, drawn in from both sides.
pub(super) fn bordered(left: i64, right: i64) -> String {
    let own = format!(
        "<w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"auto\"/></w:pBdr>\
         <w:spacing w:before=\"80\" w:after=\"80\" w:line=\"60\" w:lineRule=\"exact\"/><w:ind w:left=\"{left}\" w:right=\"{right}\" w:firstLine=\"0\"/>"
    );
    paragraph("Tight", &own, "")
}

/// A picture in the line of text: its number in the document, its relation, what it shows, width and height in English
/// Metric Units.
pub(super) fn picture(number: usize, relation: usize, alt: &str, (width, height): (i64, i64)) -> String {
    let alt = escaped(alt);
    format!(
        "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width}\" cy=\"{height}\"/>\
         <wp:docPr id=\"{number}\" name=\"picture {number}\" descr=\"{alt}\"/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
         <pic:pic><pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"picture {number}\" descr=\"{alt}\"/><pic:cNvPicPr/></pic:nvPicPr>\
         <pic:blipFill><a:blip r:embed=\"rId{relation}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
         <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
}

fn grid(widths: &[i64]) -> String {
    let columns: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
    format!("<w:tblGrid>{columns}</w:tblGrid>")
}

fn cells(cells: &[String], widths: &[i64]) -> String {
    let cell = |(cell, width): (&String, &i64)| {
        format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{cell}</w:tc>")
    };
    cells.iter().zip(widths).map(cell).collect()
}

/// A row of a table; a head repeats on every page. A row stays on one page.
pub(super) fn row(content: &[String], widths: &[i64], head: bool) -> String {
    let head = if head { "<w:tblHeader/>" } else { "" };
    format!("<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{}</w:tr>", cells(content, widths))
}

fn table(style: &str, widths: &[i64], more: &str, rows: &str) -> String {
    let width: i64 = widths.iter().sum();
    format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"{style}\"/><w:tblW w:w=\"{width}\" w:type=\"dxa\"/>\
         <w:tblLayout w:type=\"fixed\"/>{more}</w:tblPr>{}{rows}</w:tbl>",
        grid(widths)
    )
}

/// A table without lines, which only places things.
pub(super) fn plain_table(widths: &[i64], rows: &str) -> String {
    let flush =
        "<w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar>";
    table("TableNormal", widths, flush, rows)
}

/// A table with lines, and what it shows for whoever hears it.
pub(super) fn ruled_table(widths: &[i64], summary: &str, rows: &str) -> String {
    let more = format!("<w:tblLook w:val=\"0020\"/><w:tblCaption w:val=\"{}\"/>", escaped(summary));
    table("TableGrid", widths, &more, rows)
}
