"""Packets as boards meet them, on questions of the bank: a clear hire, a split panel, a thin one and a crowd."""

import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from pypdf import PdfReader

from committee.gathering import gather_packet
from interviews.models import Application
from printing import pdf
from questions.bank import load_bank
from tests.committee.boards import BOARDS
from tests.printing.layout import laid_out
from tests.printing.papers import html_of
from tests.printing.test_paper import failures, torn

pytestmark = [
    pytest.mark.long,
    pytest.mark.django_db,
    pytest.mark.skipif(not pdf.available(), reason="Pango is not installed, so no PDF can be made"),
]


@pytest.fixture(params=BOARDS)
def packet(request):
    load_bank(Path(settings.BASE_DIR, "fixtures/bank"))
    board = BOARDS[request.param]()
    return gather_packet(Application.objects.select_related("candidate", "role", "plan").get(pk=board.application.pk))


def test_page_one_would_do_pages_are_filled_and_every_reference_is_true(packet):
    html = html_of(packet)
    sheets = laid_out(html)
    assert list(torn(sheets)) == []
    assert [sheet.empty for sheet in sheets[:-1] if sheet.empty > 1 / 3] == []
    content = pdf.render_pdf(html)
    assert failures(content) == set()
    reader = PdfReader(io.BytesIO(content))
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    for said in (packet.code, "plan 1, in force since", "Composite", "Weights set on", "Recommendations", "Missing"):
        assert said in pages[0]
    assert any("My vote before the discussion" in page for page in pages[:2])
    at = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages, start=1)}
    led = {
        at[reader.named_destinations[note.get_object()["/Dest"]].page.idnum]
        for page in reader.pages[:2]
        for note in page.get("/Annots", [])
    }
    printed = {int(number) for page in pages[:2] for number in re.findall(r"→ (\d+)", page)}
    assert printed
    assert printed == led
