"""Drawing a formula: one path of letters and lines, with nothing in it that a page would have to trust."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from math import ceil, floor
from threading import Lock
from xml.etree.ElementTree import Element, fromstring

from django.utils.translation import gettext as _

from formulas.reading import WrongFormula, read
from formulas.saying import Part

# Lengths are in hundredths of the formula's em. That is a little more than the text's, since letters of its face are smaller.
EM, SCALE = 100, 1.1
WIDEST, HIGHEST = 60 * EM, 6 * EM
# A line of fifty letters comes to less than this. What is drawn is kept in memory, and sent with each page.
LONGEST_PATH = 80_000
# How far a formula reaches below the line, in quarters of the text's em: tokens.css has a class for each.
STEP, STEPS = EM / 4 / SCALE, 14
# Between what is higher than a line and the line below.
GAP = 8
# About a quarter of a second. A sum over several fractions comes to a hundred or two.
MOST_WORK = 3000
_ROWS = {"math", "mrow", "mtd"}
# One font file serves all, and reading it moves its place.
_engine = Lock()


@dataclass(frozen=True)
class Drawing:
    """One path with the baseline at 0, its words, and the box around it, which ends `steps` quarters of an em below."""

    path: str
    said: str
    left: int
    top: int
    width: int
    steps: int

    @property
    def height(self) -> float:
        return round(self.steps * STEP - self.top, 1)


def draw(tex: str, *, is_block: bool) -> Drawing:
    """`tex` as a picture and in words; `WrongFormula` says why it cannot be drawn."""
    found = _found(tex, is_block=is_block)
    if isinstance(found, str):
        raise WrongFormula(found)
    return found


# A formula is read far more often than it is written: a process draws each once, and one that cannot be drawn too.
@lru_cache(maxsize=1024)
def _found(tex: str, *, is_block: bool) -> Drawing | str:
    try:
        return _draw(tex, is_block=is_block)
    except WrongFormula as problem:
        return str(problem)


def _draw(tex: str, *, is_block: bool) -> Drawing:
    formula = read(tex, is_block=is_block)
    from ziafont.config import config  # noqa: PLC0415 thirteen megabytes, for whoever meets a formula
    from ziamath.zmath import loadedfonts  # noqa: PLC0415

    for letter in unescape(re.sub(r"<[^>]*>", "", formula.drawn)):
        if not loadedfonts["default"].glyphindex(letter):
            raise WrongFormula(_("“%(name)s” is not known in a formula.") % {"name": letter})
    if _work(fromstring(formula.drawn)) > MOST_WORK:  # noqa: S314 made here, out of the signs that are known
        raise WrongFormula(_("The formula is nested too deeply: take it apart."))
    with _engine:
        # Letters as paths of their own: shared symbols would need names, over which two formulas on a page would quarrel.
        config.svg2, config.precision = False, 1
        try:
            return _drawing(formula)
        except WrongFormula:
            raise
        except Exception as problem:
            # Whatever a large engine may stumble over, the writer gets a sentence and the reader the source.
            raise WrongFormula(_("This formula cannot be drawn.")) from problem


def _drawing(formula: Part) -> Drawing:
    from ziamath.zmath import Math  # noqa: PLC0415 as above

    svg = Math(formula.drawn, size=EM, margin=0).svgxml()
    left, top, width, height = (float(figure) for figure in svg.attrib["viewBox"].split())
    below = top + height
    steps = max(0, ceil((below + GAP if below > STEP else below) / STEP))
    if width > WIDEST or height > HIGHEST or steps > STEPS:
        raise WrongFormula(_("The formula is too large for a page: take it apart."))
    path = " ".join(_paths(svg))
    if len(path) > LONGEST_PATH:
        raise WrongFormula(_("The formula has too much in it: take it apart."))
    return Drawing(path, formula.said, floor(left) - 1, floor(top) - 1, ceil(width) + 2, steps)


def _work(element: Element) -> int:
    """How many elements the engine will lay out: whatever stands in a row twice, so each row in a row doubles the work."""
    return 1 + (2 if element.tag in _ROWS else 1) * sum(_work(inside) for inside in element)


def _paths(svg: Element) -> Iterator[str]:
    for element in svg.iter():
        if element.tag == "path" and re.fullmatch(r"[MLQCZ\d. -]*", element.attrib["d"]):
            yield element.attrib["d"].strip()
        elif element.tag == "rect":
            x, y, width, height = (element.attrib[name] for name in ("x", "y", "width", "height"))
            yield f"M {x} {y} h {width} v {height} h -{width} Z"
        elif element.tag not in {"svg", "g"}:
            raise ValueError(element.tag)
