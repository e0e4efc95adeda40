"""Documents that ask for more than anyone may have end within the limits, and nobody's saves wait for them."""

import threading

import pytest

from printing import pdf
from printing.printer import Limits
from tests.factories import ScorecardFactory
from tests.interviews.saving import Tab, scored
from tests.printing.hostile_documents import DOCUMENTS
from tests.printing.runs import ENDLESS, SHORT

pytestmark = pytest.mark.skipif(not pdf.available(), reason="Pango is not installed, so no PDF can be made")
# What each of these does to a layout engine is seen in its first second.
HANDFUL = [
    "10^9 uses",
    "lists 2,000 deep",
    "letters of a billion pixels",
    "a cell over a million columns",
    "a billion laughs",
]


def ends(html, limits=None):
    """A PDF, or the sentence of a document that is its own cause; anything else is raised."""
    try:
        return pdf.render_pdf(html, limits).startswith(b"%PDF")
    except pdf.NotPrinted as problem:
        return problem.sentence in {pdf.TOO_MUCH, pdf.FOREIGN}


@pytest.mark.parametrize("name", HANDFUL)
def test_a_hostile_document_ends_within_its_limits(name):
    assert ends(DOCUMENTS[name](), Limits(cpu=1, wall=20))
    assert pdf.render_pdf(SHORT).startswith(b"%PDF")


@pytest.mark.long
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_hostile_document_ends_within_the_real_limits(name):
    assert ends(DOCUMENTS[name]())


def test_a_document_gets_30_seconds_of_work_45_by_the_clock_a_gigabyte_and_200_pages():
    assert Limits() == (30, 45, 1 << 30, 200)


def test_there_are_31_of_them():
    assert len(DOCUMENTS) >= 31


@pytest.mark.django_db
def test_scores_are_saved_while_a_hostile_document_is_printed(signed_in):
    card = ScorecardFactory()
    tab, score = Tab(signed_in(card.interviewer), card), scored(card)
    printing = threading.Thread(target=ends, args=[ENDLESS, Limits(cpu=2, wall=30)])
    printing.start()
    saved = 0
    while printing.is_alive():
        assert tab.save(score, expected=saved, level=saved % 5 + 1).status_code == 200
        saved += 1
    printing.join()
    assert saved >= 10
    score.refresh_from_db()
    assert score.version == saved
