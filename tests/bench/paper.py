"""What a scorecard's PDF costs beside the same card written the obvious way (natural_scorecard.html)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.template import engines
from django.utils import timezone

from printing.typesetting import STYLES, complete_tags
from tests.bench.figures import Figure, side_by_side
from tests.printing.layout import setter
from tests.printing.papers import WORDS, html_of, scorecard

GOAL = 0.65
HERE = Path(__file__).parent
NOTE = " ".join(WORDS.split()[:60])


def figures() -> Iterator[Figure]:
    card = scorecard(15, evidence=NOTE, material="")
    with timezone.override(ZoneInfo(card.zone)):
        natural = (
            engines["django"].from_string((HERE / "natural_scorecard.html").read_text()).render({"document": card})
        )
    style = (HERE / "natural_scorecard.css").read_text()
    # The printer keeps styles and faces; a view that renders the obvious way reads them for each document.
    ours, kept = html_of(card), setter(STYLES)
    taken = side_by_side(
        {
            "ours": lambda: _printed(kept(ours)),
            "natural": lambda: _printed(setter(STYLES[:2], style)(natural)),
        }
    )
    said = f"{taken['ours'] * 1000:.0f} ms beside {taken['natural'] * 1000:.0f} ms of CPU"
    yield Figure("a scorecard's PDF, warm, beside a natural template", taken["ours"] / taken["natural"], GOAL, how=said)


def _printed(document: Any) -> bytes:
    return document.write_pdf(finisher=complete_tags, pdf_variant="pdf/ua-1")  # type: ignore[no-any-return]
