import io
import os
import subprocess
import sys

import pytest
from django.templatetags.static import static
from django.urls import reverse
from pypdf import PdfReader

from committee.gathering import gather_packet
from foundation.templatetags.kit import short_digest
from printing import pdf
from printing.document import document_html
from tests.committee.panels import held, seal
from tests.factories import ScorecardFactory, UserFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not pdf.available(), reason="Pango is not installed, so no PDF can be made"),
]

HOSTILE = """
![a](file:///etc/passwd) [b](file:///etc/passwd) ![c](http://127.0.0.1:9/x.png)
<link rel="attachment" href="file:///etc/passwd"><img src="/etc/passwd"><script>alert(1)</script>
<style>@import "http://127.0.0.1:9/x.css"; body { background: url(file:///etc/passwd) }</style>
"""

# A printer on a machine where loading WeasyPrint finds no Pango.
WITHOUT_PANGO = """
import runpy, sys
class NoPango:
    def find_spec(self, name, path=None, target=None):
        if name == "weasyprint": raise OSError("cannot load library 'libpango-1.0-0'")
sys.meta_path.insert(0, NoPango())
runpy.run_module("printing.printer", run_name="__main__")
"""


def html_of(panel):
    packet = gather_packet(panel.application)
    return document_html("committee/packet_document.html", {"packet": packet}, zone=packet.zone)


def text_of(answer):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


@pytest.fixture
def opened(signed_in):
    def get(panel, who="manager"):
        return signed_in(getattr(panel, who)).get(reverse("committee:packet_pdf", args=[panel.application.pk]))

    return get


def test_the_file_opens_in_the_browser_and_is_named_by_the_code_alone(opened):
    panel = held(1, name="Noor van Dijk", code="C-0417")
    answer = opened(panel)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="C-0417-packet.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.content.startswith(b"%PDF")


def test_it_is_tagged_titled_outlined_and_says_its_language(opened):
    reader = PdfReader(io.BytesIO(opened(held(1, code="C-0418")).content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-gb"
    assert "/StructTreeRoot" in root
    assert reader.metadata.title.startswith("Packet C-0418")
    assert reader.outline


def test_it_prints_the_digest_of_the_page_and_counts_its_pages(opened):
    panel = held(2)
    text = text_of(opened(panel))
    assert short_digest(gather_packet(panel.application).digest) in text
    pages = len(PdfReader(io.BytesIO(opened(panel).content)).pages)
    assert f"Page 1 of {pages}" in text


def test_two_readers_get_the_same_bytes(opened):
    panel = held(2)
    assert opened(panel, "manager").content == opened(panel, "recruiter").content


@pytest.mark.long
def test_every_printer_makes_the_same_bytes_warm_or_cold_and_clears_up(opened, own_printer, tmp_path):
    panel = held(2)
    html = html_of(panel)
    printed = [opened(panel).content, opened(panel).content]
    for temper in ([], ["--cold"]):
        own = own_printer("", *temper)
        printed += [pdf.render_pdf(html), pdf.render_pdf(html)]
        # The faces, which a warm printer keeps and a cold one has thrown away.
        assert len(list(tmp_path.glob("kit-printer-*/*"))) == (0 if temper else 1)
        own.stop()
    assert list(tmp_path.iterdir()) == []
    assert len(printed) == 6
    assert len(set(printed)) == 1


def test_the_web_process_never_loads_the_layout_engine(tmp_path):
    script = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'interviewkit.settings'; import django; django.setup();"
        "from interviewkit.wsgi import application; from printing import pdf; from django.urls import get_resolver;"
        "get_resolver().url_patterns; assert pdf.available() and pdf.render_pdf('<p>x').startswith(b'%PDF');"
        "print([name for name in sys.modules if name.split('.')[0] in {'weasyprint', 'fontTools', 'PIL', 'cffi'}])"
    )
    environment = {**os.environ, "DATA_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == "[]"


def test_references_in_what_people_wrote_fetch_nothing_and_print_no_file(opened):
    panel = held(1)
    seal(ScorecardFactory(interview=panel.cards[0].interview), [5, 1], evidence=HOSTILE, summary=HOSTILE)
    answer = opened(panel)
    assert answer.status_code == 200
    text = text_of(answer)
    assert "root:x:" not in text
    assert "file:///etc/passwd" in text.replace("\n", "")
    assert not PdfReader(io.BytesIO(answer.content)).attachments


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:9/x.png", "/etc/passwd", "kit:/x"])
def test_a_reference_that_reached_a_document_would_stop_it_unread(address):
    with pytest.raises(pdf.NotPrinted, match="a file or address that is not ours"):
        pdf.render_pdf(f'<html lang="en"><title>x</title><body><p>x</p><img alt="x" src="{address}"></body></html>')


def test_links_that_a_browser_would_run_do_not_become_links(opened):
    panel = held(1)
    reader = PdfReader(io.BytesIO(opened(panel).content))
    targets = [
        note.get_object().get("/A", {}).get("/URI", "") for page in reader.pages for note in page.get("/Annots", [])
    ]
    assert not [target for target in targets if target]


def test_only_our_own_faces_are_in_the_file(opened):
    panel = held(5, levels={0: [5, "no_evidence"], 1: [1, 2], 2: [2, "declined"]})
    reader = PdfReader(io.BytesIO(opened(panel).content))
    assert "≠ 4.00" in reader.pages[0].extract_text().replace("\xa0", " ")
    faces = {
        face.get_object()["/BaseFont"].partition("+")[2]
        for page in reader.pages
        for face in page["/Resources"]["/Font"].values()
    }
    assert faces
    assert {face[:8] for face in faces} == {"IBM-Plex"}


@pytest.mark.parametrize("above", [190, 220, 246])
def test_a_brief_that_goes_over_the_page_is_printed_once(above):
    quote = (
        "<blockquote class='quote'><p>{} and two lines of what was said, which take some room here.</p></blockquote>"
    )
    columns = ["".join(quote.format(f"{side}{number}") for number in range(3)) for side in ("Plus", "Minus")]
    two = "".join(f"<section class='brief'><h2>Words</h2>{column}</section>" for column in columns)
    html = f"<html lang='en'><title>x</title><div style='height: {above}mm'></div><div class='two'>{two}</div></html>"
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.render_pdf(html))).pages)
    assert {text.count(f"{side}{number} ") for side in ("Plus", "Minus") for number in range(3)} == {1}


def test_nothing_is_logged_for_an_ordinary_document(opened, caplog):
    panel = held(1)
    caplog.clear()
    opened(panel)
    assert [entry for entry in caplog.records if entry.name.startswith("weasyprint")] == []


def test_long_names_and_long_evidence_are_printed_whole(opened, settings):
    settings.PACKET_NAMES = True
    panel = held(2, name="N" * 80)
    writer = ScorecardFactory(interview=panel.cards[0].interview, interviewer=UserFactory(name="W" * 80))
    seal(writer, [5, 1], evidence="word " * 1590 + "the end")
    text = text_of(opened(panel))
    flat = "".join(text.split())
    assert "N" * 80 in flat
    assert "W" * 80 in flat
    assert flat.count("theend") >= 2


def test_the_printed_decision_names_its_decider(opened):
    from committee.actions import record_decision

    panel = held(1)
    said = {"rationale": "Too thin on data.", "override_reason": "One round is too little."}
    record_decision(application=panel.application, outcome="no_hire", **said, by=panel.decider)
    text = text_of(opened(panel))
    assert "Decided: No hire" in text
    assert "Too thin on data." in text
    assert "Against the composite, because: One round is too little." in text
    assert panel.decider.name in text


def test_where_pango_is_missing_the_address_shows_the_page_to_print(opened, own_printer):
    own_printer(WITHOUT_PANGO)
    answer = opened(held(1, code="C-0419"))
    assert not pdf.available()
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "apt-get install" in answer.text
    assert "Candidate C-0419" in answer.text
    assert static("css/print.css") in answer.text
