"""The PDF on paper: checked with page-validation's PDF/UA-1 rules, whole in its structure, and laid out with care."""

import io
import re
import subprocess
import sys
from dataclasses import replace
from html import unescape
from itertools import pairwise

import page as checker
import pytest
from django.test import override_settings
from pypdf import PdfReader

from foundation.templatetags.kit import short_digest
from plans.kit import Kit
from printing import pdf
from printing.document import canonical_json, digest_of
from printing.typesetting import STYLES
from tests.printing import papers
from tests.printing.layout import laid_out, setter, sheets_of
from tests.printing.pages import read
from tests.printing.papers import booklet, html_of, information, kit, packet, scorecard

pytestmark = pytest.mark.skipif(not pdf.available(), reason="Pango is not installed, so no PDF can be made")
long = pytest.mark.long

FOREIGN = {"name": papers.HEBREW, "candidate": papers.ARABIC, "role": "مهندس تعلم الآلة", "evidence": papers.RTL}
NAMES = {"candidate": papers.LONG, "role": papers.MANY}
CASES = {
    "packet": lambda: packet(2, 3),
    "packet-foreign": lambda: packet(2, 1, **FOREIGN),
    "packet-12": lambda: packet(12, 1, **NAMES, name=papers.LONG, evidence="Said so."),
    "scorecard": lambda: scorecard(3),
    "scorecard-names": lambda: scorecard(2, **NAMES, interviewer=papers.LONG, stage=papers.MANY),
    "kit": lambda: kit(2, 3),
    "kit-formulas": lambda: kit(1, 1, material=papers.FORMULAS),
    "kit-names": lambda: kit(1, 1, role=papers.LONG, team=papers.MANY),
    "booklet": lambda: booklet(2, 3),
    "sheet": lambda: information(4),
    "sheet-names": lambda: information(2, role=papers.LONG, team=papers.ARABIC),
}
EMPTY = {
    "packet-unasked": lambda: packet(1, 1, rows=tuple(replace(row, entries=()) for row in packet(1, 1).rows)),
    "kit-empty": lambda: kit(0),
    "kit-stages": lambda: kit(2, 0),
    "booklet-empty": lambda: booklet(0),
    "sheet-empty": lambda: information(0),
}
MORE = {
    "packet-1": lambda: packet(1, 3),
    "packet-40": lambda: packet(3, 40, evidence=papers.WORDS[:150]),
    "packet-long": lambda: packet(2, 4, evidence=papers.WORDS * 22),
    "packet-code": lambda: packet(2, 3, material=papers.CODE),
    "packet-wide": lambda: packet(2, 3, material=papers.WIDE),
    "packet-many": lambda: packet(12, 4, **NAMES, name=papers.MANY),
    "scorecard-15": lambda: scorecard(15),
    "scorecard-long": lambda: scorecard(3, evidence=papers.WORDS * 22),
    "scorecard-foreign": lambda: scorecard(
        3, candidate=papers.HEBREW, interviewer=papers.ARABIC, stage="ראיון טכני", evidence=papers.RTL
    ),
    "scorecard-code": lambda: scorecard(3, material=papers.CODE),
    "kit-3": lambda: kit(3, 8),
    "kit-code": lambda: kit(1, 3, material=papers.CODE),
    "booklet-60": lambda: booklet(6, 10),
    "booklet-1": lambda: booklet(1, 1),
    "booklet-code": lambda: booklet(1, 4, material=papers.CODE),
    "kit-wide": lambda: kit(1, 4, material=papers.WIDE),
}


def cases(*, empty: bool = True):
    """Every document, the larger ones in the long battery."""
    short = CASES | (EMPTY if empty else {})
    return [pytest.param(make, id=name) for name, make in short.items()] + [
        pytest.param(make, id=name, marks=long) for name, make in MORE.items()
    ]


def failures(content: bytes) -> set[str]:
    report = checker.validate_pdf_bytes(content, profile=checker.ValidationProfile.PDF_UA_1)
    assert report.rules.total > 100
    return {found.rule_id for found in report.failures}


def parts(content: bytes) -> dict[str, list]:
    """The structure's elements by their kind."""
    found: dict[str, list] = {}

    def walk(element):
        if isinstance(element, int):
            return
        element = element.get_object()
        if "/S" in element:
            found.setdefault(element["/S"], []).append(element)
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            walk(kid)

    walk(PdfReader(io.BytesIO(content)).trailer["/Root"]["/StructTreeRoot"])
    return found


@pytest.mark.parametrize("make", cases())
def test_every_document_passes_the_accessibility_rules(make):
    assert failures(pdf.render_pdf(html_of(make()))) == set()


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("<h1>One</h1><h3>Three</h3>", "HEADING"),
        ("<h1>One</h1><svg width='9' height='9'><path d='M0 0h9v9z'/></svg>", "FIGURE"),
        ("<h1>One</h1><p>\U00010600</p>", "NOTDEF"),
    ],
)
def test_the_rules_find_what_is_wrong(body, rule):
    html = f"<html lang='en'><head><title>x</title></head><body>{body}</body></html>"
    assert any(rule in found for found in failures(pdf.render_pdf(html)))


def test_the_rules_miss_no_title_and_no_language():
    assert any("TITLE" in rule for rule in failures(pdf.render_pdf("<html lang='en'><body><p>x</p></body></html>")))
    untold = pdf.render_pdf("<html><head><title>x</title></head><body><p>x</p></body></html>")
    assert any("LANG" in rule for rule in failures(untold))


@pytest.mark.parametrize("make", [lambda: packet(1, 1), lambda: kit(2, 2)], ids=["packet", "kit"])
def test_header_cells_say_what_they_head_and_list_items_hold_label_and_body(make):
    found = parts(pdf.render_pdf(html_of(make())))
    assert len(found["/Table"]) > 1
    heads = {cell["/A"]["/Scope"] for cell in found["/TH"]}
    assert heads == {"/Row", "/Column"}
    for cell in found["/TH"]:
        in_head = cell["/P"]["/P"]["/S"] == "/THead"
        assert (cell["/A"]["/Scope"] == "/Column") == in_head
    kids = {kid.get_object()["/S"] for item in found["/LI"] for kid in item["/K"]}
    assert kids == {"/Lbl", "/LBody"}


def test_a_figure_keeps_its_alternative():
    drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><title>Four of five</title><path d='M0 0h9v9z'/></svg>"
    html = f"<html lang='en'><head><title>x</title></head><body><h1>x</h1><p>{drawing}</p></body></html>"
    content = pdf.render_pdf(html)
    assert failures(content) == set()
    assert [figure["/Alt"] for figure in parts(content)["/Figure"]] == ["Four of five"]


def test_a_formula_is_a_figure_with_its_words_and_the_same_in_every_process():
    """The printer ends with its connection, so a second one is a process of its own."""
    html = html_of(kit(1, 1, material=papers.FORMULAS))
    content = pdf.render_pdf(html)
    assert [figure["/Alt"] for figure in parts(content)["/Figure"]] == [
        "F sub 1 = 2PR over (P + R)",
        "−(1 over N) sum from i = 1 to N of [y sub i log p sub i]",
        "P(A given B)",
    ]
    code = "import sys; from printing import pdf; sys.stdout.buffer.write(pdf.render_pdf(sys.stdin.read()))"
    again = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); {code}"],
        input=html.encode(),
        capture_output=True,
        check=True,
    )
    assert again.stdout == content


def margins(sheet):
    """What stands above the text of a page, and what below it."""
    found = read(sheet)
    return tuple(" ".join(re.sub("[\u2068\u2069]", "", text).split()) for text in (found.header, found.footer))


def _titles(outline):
    for entry in outline:
        if isinstance(entry, list):
            yield from _titles(entry)
        else:
            yield entry.title


@pytest.mark.parametrize(
    ("document", "wanted"),
    [
        (
            packet(1, 5, evidence="Said so."),
            ["Candidate C-0417", "Competency 2", "5. Question 5 of two screening models"],
        ),
        (scorecard(2), ["Candidate C-0417", "2. Question 2 of two screening models"]),
        (kit(2, 2), ["Senior Machine Learning Engineer", "2. Stage 2", "Model evaluation", "2. Question 2"]),
        (information(2), ["Your interviews"]),
    ],
    ids=["packet", "scorecard", "kit", "sheet"],
)
def test_bookmarks_header_and_footer_stand_on_every_document(document, wanted):
    reader = PdfReader(io.BytesIO(pdf.render_pdf(html_of(document))))
    assert set(wanted) <= set(_titles(reader.outline))
    plan = getattr(document, "plan", None) or document.plan_number
    assert document.digest == digest_of(canonical_json(document))
    code = f"{document.code} · " if hasattr(document, "code") else ""
    for number, sheet in enumerate(reader.pages, start=1):
        header, footer = margins(sheet)
        assert header.startswith(f"{code}{document.role} · plan {plan}")
        assert short_digest(document.digest) in footer
        assert footer.endswith(f"Page {number} of {len(reader.pages)}")


def test_the_reason_for_a_weight_stands_in_its_sentence_without_a_stop_of_its_own():
    document = packet(2, 1)
    [row] = document.heavier
    assert row.reason.endswith(".")
    assert f"{row.competency} {row.weight} ({row.reason[:-1]}), all others 1." in html_of(document)


def test_bookmarks_contents_header_and_footer_stand_on_a_booklet():
    document = booklet(2, 2)
    content = pdf.render_pdf(html_of(document))
    reader = PdfReader(io.BytesIO(content))
    assert [*_titles(reader.outline)] == [
        "Interview questions", "Contents", "Competency 1", "Competency 2",
        "Competency 1", "1. Question 1", "2. Question 2", "Competency 2", "3. Question 3", "4. Question 4",
    ]  # fmt: skip
    texts = [" ".join(re.sub("[\u2068\u2069]", "", sheet.extract_text()).split()) for sheet in reader.pages]
    for number, (header, footer) in enumerate(map(margins, reader.pages), start=1):
        assert header.endswith("for interviewers, not for candidates")
        assert short_digest(document.digest) in footer
        assert footer.endswith(f"Page {number} of {len(texts)}")
    # The page that the contents name is the one on which the question stands.
    [page] = [number for number, text in enumerate(texts[1:], start=2) if "4. Question 4" in text]
    assert re.search(rf"4\. Question 4 \S+ \d+ → {page}\b", texts[0])


def torn(sheets):
    """What the end of a page parts from its own."""
    for sheet, following in pairwise(sheets):
        if sheet.lines and sheet.lines[-1].is_heading:
            yield f"“{sheet.lines[-1].box.text}” stands alone at the end of a page"
        if sheet.rows() & following.rows():
            yield "A row goes over the page"


PART = {
    "heading": ("<h2>Heading</h2><p>Text.</p>", "h2 { break-after: auto }", "“Heading” stands alone"),
    "label": ("<p class='label'>Label</p><p>Text.</p>", ".label { break-after: auto }", "“Label” stands alone"),
    "row": ("<table><tr><td>One<br>two<br>three<br>four</td></tr></table>", "tr { break-inside: auto }", "A row goes"),
}


@pytest.mark.long
@pytest.mark.parametrize(("part", "without", "trouble"), PART.values(), ids=PART)
def test_what_belongs_together_stays_so_wherever_the_page_ends_and_only_by_our_rules(part, without, trouble):
    ours, theirs = setter(STYLES), setter(STYLES, without)
    told = set()
    for height in range(196, 256, 2):
        html = f"<html lang='en'><body><p>Above.</p><div style='height: {height}mm'></div>{part}</body></html>"
        assert list(torn(sheets_of(ours(html)))) == []
        told |= set(torn(sheets_of(theirs(html))))
    assert [said for said in told if said.startswith(trouble)]


def test_a_scale_may_begin_on_the_page_after_its_material_and_only_by_our_rules():
    scale = "".join(
        f"<li><b class='key'>{level}</b><div class='prose'><p>{papers.WORDS}</p></div></li>" for level in range(5)
    )
    asked = f"<div class='prose material'><p>Material.</p></div><ol class='anchors'>{scale}</ol>"
    html = f"<html lang='en'><body><p>Above.</p><div style='height: 236mm'></div><section class='asked'>{asked}</section></body></html>"

    def parted(**extra):
        first, _second = sheets_of(setter(STYLES, **extra)(html))
        return first.lines[-1].box.text == "Material."

    assert parted()
    assert not parted(extra=".asked .material + .anchors { break-before: avoid }")


@pytest.mark.parametrize("paper", ["A4", pytest.param("Letter", marks=long)])
@pytest.mark.parametrize("make", cases(empty=False))
def test_pages_are_filled_headings_lead_to_something_and_rows_stay_whole(make, paper):
    document = make()
    with override_settings(PAPER=paper):
        sheets = laid_out(html_of(document))
    assert list(torn(sheets)) == []
    for sheet, following in pairwise(sheets):
        # A stage of the kit is a sheet of its own, so that each interviewer gets theirs.
        is_new_stage = isinstance(document, Kit) and following.lines[0].within("h2")
        assert is_new_stage or sheet.empty <= 1 / 3, f"Empty: {sheet.empty:.0%}, before “{following.lines[0].box.text}”"


@pytest.mark.parametrize("paper", ["A4", pytest.param("Letter", marks=long)])
@pytest.mark.parametrize("name", ["packet-12", "scorecard-names", "kit-names"])
def test_names_of_80_signs_fit_on_either_paper(name, paper):
    with override_settings(PAPER=paper):
        sheets = laid_out(html_of(CASES[name]()))
    for sheet in sheets:
        for line in sheet.lines:
            assert line.right <= sheet.box.content_box_x() + sheet.box.width + 1, line.box.text
            if (cell := line.within("td", "th")) is not None:
                assert line.right <= cell.position_x + cell.border_width() + 1, line.box.text
                assert line.bottom <= cell.position_y + cell.border_height() + 1, line.box.text


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_the_house_chooses_its_paper(paper, size):
    with override_settings(PAPER=paper):
        reader = PdfReader(io.BytesIO(pdf.render_pdf(html_of(scorecard(1)))))
    assert {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in reader.pages} == {size}


def test_names_written_from_the_right_leave_the_order_of_their_lines_alone():
    documents = [
        packet(2, 1, **FOREIGN),
        scorecard(1, candidate=papers.HEBREW, interviewer=papers.ARABIC, role=papers.HEBREW, stage=papers.ARABIC),
        kit(1, 1, role=papers.HEBREW, team=papers.ARABIC),
    ]
    for html in map(html_of, documents):
        said = [line.box.text for sheet in laid_out(html) for line in sheet.lines if line.within("blockquote") is None]
        mixed = [text for text in said if re.search(r"[א-ת؀-ۿ]", text) and re.search(r"[A-Za-z0-9]", text)]
        assert mixed == []
        running = unescape(re.search(r'data-running="([^"]*)"', html)[1])
        assert re.search(r"[א-ת؀-ۿ]", re.sub("\u2068[^\u2069]*\u2069", "", running)) is None


def test_words_in_narrow_columns_are_not_broken():
    lines = [
        line.box.text
        for sheet in laid_out(html_of(packet(12, 1, evidence="Said so.")))
        for line in sheet.lines
        if line.within("thead")
    ]
    assert lines.count("mean 3.50") + lines.count("mean") + lines.count("mean ") == 12


def test_the_digest_of_a_kit_follows_its_words():
    plain = kit(1, 1)
    assert plain.digest == kit(1, 1).digest
    assert replace(plain, team="Another").digest != plain.digest
