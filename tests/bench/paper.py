"""What a scorecard's PDF costs beside the same card, with the same look, written the obvious way (natural_scorecard.html).

The obvious way takes flex for rows, leaves tables automatic and collapsed, and is printed as WeasyPrint is called anywhere,
by a process that has loaded its faces and styles once. Ours goes through what the printer does for a document. Beside it
stands how much of that the template alone makes out, and the same template with the flex columns that .stack-s makes of
its parts on screens (docs/decisions/0036-the-natural-template.md).
"""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.template import engines
from django.utils import timezone

from printing.printer import Limits, load
from printing.typesetting import STATIC, STYLES, complete_tags
from tests.bench.figures import Figure, side_by_side
from tests.printing.layout import setter
from tests.printing.papers import WORDS, html_of, packet, scorecard

GOAL, GOAL_OF_ROWS, GOAL_OF_TEMPLATE = 0.65, 0.85, 1
# Interviewers and questions of a packet → the seconds of CPU in which it has to be printed.
PACKETS = {(4, 10): 2, (8, 40): 8}
HERE = Path(__file__).parent
NOTE = " ".join(WORDS.split()[:60])
COLUMNS = ".column { display: flex; flex-direction: column; }"


def figures() -> Iterator[Figure]:
    card = scorecard(15, evidence=NOTE, material="")
    with timezone.override(ZoneInfo(card.zone)):
        natural = (
            engines["django"].from_string((HERE / "natural_scorecard.html").read_text()).render({"document": card})
        )
    tokens, style = (STATIC / STYLES[0]).read_text(), (HERE / "natural_scorecard.css").read_text()
    faces, ours = STYLES[1:2], html_of(card)
    taken = side_by_side(
        {
            "ours": _as_the_printer(load(), ours),
            "with rows alone": _plainly(natural, setter(faces, tokens + style)),
            "as on screens": _plainly(natural, setter(faces, tokens + style + COLUMNS)),
            "our template": _plainly(ours, setter(STYLES)),
        }
    )
    of_ours, alone = "a scorecard's PDF to a natural template", "our template to it, both printed plainly"
    yield _ratio(f"{of_ours} as on screens", taken["ours"], taken["as on screens"], GOAL)
    yield _ratio(f"{of_ours} with rows alone", taken["ours"], taken["with rows alone"], GOAL_OF_ROWS)
    yield _ratio(alone, taken["our template"], taken["with rows alone"], GOAL_OF_TEMPLATE)
    sizes = {f"{people} × {questions}": html_of(packet(people, questions)) for people, questions in PACKETS}
    spent = side_by_side({name: _as_the_printer(load(), html) for name, html in sizes.items()}, rounds=3)
    for (name, seconds), goal in zip(spent.items(), PACKETS.values(), strict=True):
        yield Figure(f"a packet's PDF of {name}", seconds, goal, "s of CPU")


def _ratio(name: str, own: float, other: float, goal: float) -> Figure:
    return Figure(name, own / other, goal, how=f"{own * 1000:.0f} ms of CPU against {other * 1000:.0f}")


def _as_the_printer(print_one: Callable[[str, int], bytes], html: str) -> Callable[[], object]:
    """As a child of the printer does, which ends with its document and looks for nothing to free."""

    def call() -> None:
        gc.disable()
        print_one(html, Limits().pages)
        gc.enable()

    return call


def _plainly(html: str, kept: Callable[[str], Any]) -> Callable[[], bytes]:
    return lambda: kept(html).write_pdf(finisher=complete_tags, pdf_variant="pdf/ua-1")  # type: ignore[no-any-return]
