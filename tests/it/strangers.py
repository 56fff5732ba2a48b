"""Reads exports with libraries that nobody here wrote, and says of each whether every line of the timeline is there.

usage: strangers.py FOLDER, which holds lines.json (what must be found), the exports, and what LibreOffice and poppler made of them.
"""
import csv
import io
import json
import sys
import zipfile
from pathlib import Path

import icalendar
import openpyxl
import pikepdf
from lxml import etree

folder = Path(sys.argv[1])
wanted = json.loads((folder / "lines.json").read_text("utf-8"))
LINES = wanted["lines"]


def bare(text):
    """Text without what typesetting may put between letters."""
    return "".join(c for c in text if not c.isspace() and c not in "\u200b\u00ad\ufffe")


def all_in(what, text, lines=LINES):
    text = bare(text)
    lost = [line for line in lines if bare(line) not in text]
    assert not lost, f"{what} lost {len(lost)} lines, first: {lost[0]!r}"
    print(what, len(lines), "lines")


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
with open(folder / "incident-Dòng thời gian.csv", encoding="utf-8", newline="") as made:
    all_in("LibreOffice", "\n".join(cell for row in csv.reader(made) for cell in row))

# A PDF: archival, tagged, every font embedded with its letters, no script, and its text can be searched.
pdf = pikepdf.open(folder / "incident.pdf")
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
all_in("pdftotext", (folder / "incident.pdf.txt").read_text("utf-8"))

whole = json.loads((folder / "incident.json").read_text("utf-8"))
all_in("JSON", "\n".join(line["text"] for line in whole["incident"]["lines"]))

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

# Warnings: well-formed, in the namespace and the order of CAP 1.2, with the values that it lists.
ORDER = ["identifier", "sender", "sent", "status", "msgType", "source", "scope", "note", "references", "incidents", "info"]
INFO = ["language", "category", "event", "urgency", "severity", "certainty", "senderName", "headline", "description", "web", "area"]
NS = "{urn:oasis:names:tc:emergency:cap:1.2}"
if (folder / "incident.cap.zip").exists():
    with zipfile.ZipFile(folder / "incident.cap.zip") as files:
        for name in files.namelist():
            alert = etree.fromstring(files.read(name), etree.XMLParser(resolve_entities=False))
            assert alert.tag == NS + "alert", alert.tag
            said = [child.tag.removeprefix(NS) for child in alert]
            assert said == [one for one in ORDER if one in said] and set(ORDER[:5]) <= set(said), said
            info = alert.find(NS + "info")
            said = [child.tag.removeprefix(NS) for child in info]
            assert said == [one for one in INFO if one in said] and set(INFO[1:6]) <= set(said), said
            text = lambda one, of=alert: of.findtext(NS + one)
            assert text("status") in ("Actual", "Exercise") and text("msgType") in ("Alert", "Update", "Cancel")
            assert not set(" ,<&") & set(text("identifier") + text("sender"))
            assert [text(one, info) for one in ("urgency", "severity", "certainty")] == ["Unknown"] * 3
print("whole")
