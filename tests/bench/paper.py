"""What a scorecard's PDF costs beside the same card, with the same look, written the obvious way (natural_scorecard.html).

All are set by one process that has loaded the same faces and its styles once, so layout alone is compared. The obvious
way takes flex for rows and leaves tables automatic and collapsed; "as on screens" also has the flex columns that .stack-s
makes of the same parts there. Around a whole question there is none: that would leave half of each page empty.
"""

from collections.abc import Callable, Iterator
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
COLUMNS = ".column { display: flex; flex-direction: column; }"


def figures() -> Iterator[Figure]:
    card = scorecard(15, evidence=NOTE, material="")
    with timezone.override(ZoneInfo(card.zone)):
        natural = (
            engines["django"].from_string((HERE / "natural_scorecard.html").read_text()).render({"document": card})
        )
    style = (HERE / "natural_scorecard.css").read_text()
    taken = side_by_side(
        {
            "ours": _printing(html_of(card), setter(STYLES)),
            "as on screens": _printing(natural, setter(STYLES[:2], style + COLUMNS)),
            "with rows alone": _printing(natural, setter(STYLES[:2], style)),
        }
    )
    for other, goal in {"as on screens": GOAL, "with rows alone": 1}.items():
        said = f"{taken['ours'] * 1000:.0f} ms of CPU against {taken[other] * 1000:.0f}"
        yield Figure(f"a scorecard's PDF to a natural template {other}", taken["ours"] / taken[other], goal, how=said)


def _printing(html: str, kept: Callable[[str], Any]) -> Callable[[], bytes]:
    return lambda: kept(html).write_pdf(finisher=complete_tags, pdf_variant="pdf/ua-1")  # type: ignore[no-any-return]
