"""Where no PDF is made, its address shows the page to print with one sentence: never an error, never a hang."""

import pytest
from django.templatetags.static import static
from django.urls import reverse

from printing import pdf
from printing.printer import Limits
from tests.answers import GUARDS, guards
from tests.committee.panels import held
from tests.printing.runs import places_held

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not pdf.available(), reason="Pango is not installed, so no PDF can be made"),
]


@pytest.fixture(params=["packet", "scorecard", "kit"])
def opened(request, signed_in):
    """opened() → the answer to the address of each kind of PDF, and words that stand in that document."""

    def get():
        panel = held(1, code="C-0420")
        address = {
            # Brief and record; where the whole is too much, a page offers the two (tests/committee/test_prints_pdf.py).
            "packet": reverse("committee:packet_pdf", args=[panel.application.pk]) + "?part=record",
            "scorecard": reverse("interviews:scorecard_pdf", args=[panel.cards[0].pk]),
            "kit": reverse("plans:plan_kit_pdf", args=[panel.application.plan_id]),
        }[request.param]
        words = "Say at the start" if request.param == "kit" else "C-0420"
        return signed_in(panel.recruiter).get(address), words

    return get


def says(answer, words, sentence):
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "Content-Disposition" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert guards(answer) == GUARDS
    return str(sentence) in answer.text and words in answer.text and static("css/print.css") in answer.text


def test_a_document_beyond_its_limits_is_a_page_to_print(opened, monkeypatch):
    monkeypatch.setattr(pdf, "Limits", lambda: Limits(pages=0))
    answer, words = opened()
    assert answer.status_code == 200
    assert says(answer, words, pdf.TOO_MUCH)


def test_a_busy_printer_says_when_to_try_again(opened, monkeypatch, settings):
    monkeypatch.setattr(pdf, "PATIENCE", 0.1)
    with places_held(settings.DATA_DIR):
        answer, words = opened()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert says(answer, words, pdf.BUSY)


def test_a_printer_that_has_ended_says_when_to_try_again(opened, own_printer):
    own_printer("raise SystemExit(3)")
    answer, words = opened()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert says(answer, words, pdf.STOPPED)
