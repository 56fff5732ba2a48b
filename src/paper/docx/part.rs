//! The parts of the file beside its text: what it holds, its styles, what stands above and below every page, who made
//! it and when.

use super::half_points;
use super::xml::{self, DECLARATION, NAMESPACES, mm, paragraph, pt, run};
use crate::export::words::escaped;
use crate::paper::form::Layout;
use crate::paper::sheet::Sheet;
use crate::stamp::Stamp;
use jiff::Timestamp;

pub(super) const CONTENT_TYPES: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">",
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>",
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>",
    "<Default Extension=\"png\" ContentType=\"image/png\"/>",
    "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>",
    "<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>",
    "<Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>",
    "<Override PartName=\"/word/header.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/>",
    "<Override PartName=\"/word/footer.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>",
    "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>",
    "<Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>",
    "</Types>"
);

pub(super) const RELATIONS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>",
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>",
    "<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties\" Target=\"docProps/app.xml\"/>",
    "</Relationships>"
);

/// The first relation of a drawing: those before it are the document's own parts.
pub(super) const FIRST_DRAWING: usize = 5;

/// What the text refers to: its parts, and its drawings.
pub(super) fn document_relations(drawings: usize) -> String {
    const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let parts = ["styles", "settings", "header", "footer"].map(|part| (part, format!("{part}.xml")));
    let drawings = (1..=drawings).map(|number| ("image", format!("media/drawing{number}.png")));
    let relation = |(id, (kind, target)): (usize, (&str, String))| {
        format!("<Relationship Id=\"rId{id}\" Type=\"{KIND}/{kind}\" Target=\"{target}\"/>")
    };
    let all: String = (1..).zip(parts.into_iter().chain(drawings)).map(relation).collect();
    format!(
        "{DECLARATION}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{all}</Relationships>"
    )
}

pub(super) const FOOTER_RELATIONS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" Target=\"media/code.png\"/>",
    "</Relationships>"
);

pub(super) const APP: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">",
    "<Application>Phòng Trực</Application></Properties>"
);

pub(super) const SETTINGS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">",
    "<w:defaultTabStop w:val=\"720\"/>",
    "<w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>",
    "<w:themeFontLang w:val=\"vi-VN\"/>",
    "</w:settings>"
);

/// Side of the code on the page, English Metric Units (36,000 to the millimetre): 12 mm.
const CODE_EMU: i64 = 12 * 36_000;

/// Who made the file, what it is called and when it was made.
pub(super) fn core(sheet: &Sheet, made_at: Timestamp) -> String {
    let at = made_at.strftime("%Y-%m-%dT%H:%M:%SZ");
    let by = escaped(&sheet.made_by);
    format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:creator>{by}</dc:creator>\
         <cp:lastModifiedBy>{by}</cp:lastModifiedBy><dcterms:created xsi:type=\"dcterms:W3CDTF\">{at}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{at}</dcterms:modified><dc:language>vi-VN</dc:language></cp:coreProperties>",
        escaped(&sheet.title)
    )
}

/// The number of the page, in the middle.
pub(super) fn header() -> String {
    let number = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>\
                  <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>2</w:t></w:r>\
                  <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    format!("{DECLARATION}<w:hdr {NAMESPACES}>{}</w:hdr>", paragraph("Header", "", number))
}

/// The stamp: what the document was made from, with its code.
pub(super) fn footer(sheet: &Sheet, stamp: &Stamp) -> String {
    let code = xml::picture(1, 1, &format!("Mã QR: {}", stamp.words()), (CODE_EMU, CODE_EMU));
    let words = format!("  {}. {}", stamp.words(), sheet.foot);
    format!(
        "{DECLARATION}<w:ftr {NAMESPACES}>{}</w:ftr>",
        paragraph("Footer", "", &(code + &run(&words, "")))
    )
}

/// A paragraph style: its name in lists, its properties, its look.
struct Style {
    id: &'static str,
    name: &'static str,
    paragraph: String,
    look: String,
}

/// The styles that an office edits by: all measures are the layout's.
pub(super) fn styles(layout: &Layout) -> String {
    let body = half_points(layout.body_pt);
    let (line, gap, indent) = (pt(layout.line_pt), pt(layout.gap_pt), mm(layout.indent_mm));
    let size = |half: i64| format!("<w:sz w:val=\"{half}\"/><w:szCs w:val=\"{half}\"/>");
    let (bold, italic) = ("<w:b/><w:bCs/>", "<w:i/><w:iCs/>");
    let centre = "<w:jc w:val=\"center\"/>";
    let style = |id, name, paragraph: String, look: String| Style { id, name, paragraph, look };
    let spaced =
        format!("<w:spacing w:before=\"0\" w:after=\"{gap}\" w:line=\"{line}\" w:lineRule=\"exact\"/>");
    let flat = "<w:spacing w:before=\"0\" w:after=\"0\"/>";
    let heading = |level: u8| format!("<w:keepNext/><w:keepLines/>{spaced}<w:outlineLvl w:val=\"{level}\"/>");
    let all = [
        style(
            "BodyText",
            "Body Text",
            format!("{spaced}<w:ind w:firstLine=\"{indent}\"/><w:jc w:val=\"both\"/>"),
            String::new(),
        ),
        style("Heading1", "heading 1", heading(0), format!("{bold}{}", size(body))),
        style("Heading2", "heading 2", heading(1), format!("{bold}{italic}{}", size(body))),
        style("Heading3", "heading 3", heading(2), format!("{italic}{}", size(body))),
        style(
            "Title",
            "Title",
            format!("<w:keepNext/><w:spacing w:before=\"240\" w:after=\"0\"/>{centre}"),
            format!("{bold}{}", size(body)),
        ),
        style(
            "Subtitle",
            "Subtitle",
            format!("<w:keepNext/>{flat}{centre}"),
            format!("{bold}{}", size(body)),
        ),
        style("Nation", "Quốc hiệu", format!("{flat}{centre}"), format!("{bold}{}", size(24))),
        style("Motto", "Tiêu ngữ", format!("{flat}{centre}"), format!("{bold}{}", size(27))),
        style("Superior", "Cơ quan cấp trên", format!("{flat}{centre}"), size(26)),
        style("Issuer", "Cơ quan ban hành", format!("{flat}{centre}"), format!("{bold}{}", size(26))),
        style(
            "Number",
            "Số và ký hiệu",
            format!("<w:spacing w:before=\"120\" w:after=\"0\"/>{centre}"),
            size(26),
        ),
        style("Subject", "Trích yếu công văn", format!("{flat}{centre}"), size(25)),
        style(
            "DateLine",
            "Địa danh và ngày",
            format!("<w:spacing w:before=\"120\" w:after=\"0\"/>{centre}"),
            format!("{italic}{}", size(27)),
        ),
        style(
            "Mark",
            "Dấu chỉ",
            "<w:spacing w:before=\"120\" w:after=\"0\"/>".into(),
            format!("{bold}{}", size(24)),
        ),
        style(
            "Addressee",
            "Kính gửi",
            format!("<w:spacing w:before=\"120\" w:after=\"120\"/>{centre}"),
            size(body),
        ),
        style(
            "AddresseeList",
            "Kính gửi nhiều nơi",
            format!("{flat}<w:ind w:left=\"{}\"/>", mm(25.0)),
            size(body),
        ),
        style("Signature", "Signature", format!("{flat}{centre}"), format!("{bold}{}", size(27))),
        style("RecipientsTitle", "Nơi nhận", flat.into(), format!("{bold}{italic}{}", size(24))),
        style("Recipients", "Danh sách nơi nhận", flat.into(), size(22)),
        style(
            "Caption",
            "caption",
            format!("<w:spacing w:before=\"60\" w:after=\"120\"/>{centre}"),
            format!("{italic}{}", size(22)),
        ),
        style("TableText", "Chữ trong bảng", "<w:spacing w:before=\"20\" w:after=\"20\"/>".into(), size(22)),
        style(
            "TableHead",
            "Đầu bảng",
            format!("<w:keepNext/><w:spacing w:before=\"40\" w:after=\"40\"/>{centre}"),
            format!("{bold}{}", size(22)),
        ),
        style("Header", "header", format!("{flat}{centre}"), size(26)),
        style("Footer", "footer", flat.into(), size(16)),
        style(
            "Tight",
            "Khoảng hẹp",
            "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"120\" w:lineRule=\"exact\"/>".into(),
            size(4),
        ),
    ];
    let written = all.iter().map(|style| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{}\"><w:name w:val=\"{}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/>\
             <w:pPr>{}</w:pPr><w:rPr>{}</w:rPr></w:style>",
            style.id, style.name, style.paragraph, style.look
        )
    });
    let lines = ["top", "left", "bottom", "right", "insideH", "insideV"];
    let lines: String = lines
        .iter()
        .map(|side| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>"))
        .collect();
    let margins = "<w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"85\" w:type=\"dxa\"/>\
                   <w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"85\" w:type=\"dxa\"/></w:tblCellMar>";
    format!(
        "{DECLARATION}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"/>\
         {}<w:lang w:val=\"vi-VN\" w:eastAsia=\"vi-VN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/>\
         <w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>{margins}</w:tblPr></w:style>\
         <w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/><w:basedOn w:val=\"TableNormal\"/>\
         <w:tblPr><w:tblBorders>{lines}</w:tblBorders></w:tblPr></w:style>{}</w:styles>",
        size(body),
        written.collect::<String>()
    )
}
