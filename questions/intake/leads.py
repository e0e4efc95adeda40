"""Which blocks of an article may open a question, and which of their forms this article uses for its questions."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from questions.intake.asking import Opening, asks, asks_loosely, asks_outright, opening_of, parted
from questions.intake.blocks import Block, Kind

Place = tuple[int, int]
_LONGEST_LINE = 500
_SEVERAL = 3
# Lists inside answers have fewer items than this, and so many forms are looked into for them.
_LONG_LIST = 6
_HEAVIEST = 8
# "More reading: What is …?" names another page.
_POINTER = re.compile(r"^(\w+ ){0,2}(reading|read|see|sources?|related|watch|video)( \w+)?:", re.IGNORECASE)


class Form(IntEnum):
    """In this order they are believed: who labels questions means it, who only ends a line with a mark may not."""

    LABEL = 0
    NUMBERED_HEADING = 1
    NUMBERED = 2
    BOLD = 3
    HEADING = 4
    ITEM = 5
    LINE = 6


@dataclass(frozen=True)
class Lead:
    """A block that may open a question. `depth` is the level of a heading or item: leads of one article agree in it."""

    at: int
    form: Form
    depth: int
    number: int | None
    prompt: str
    rest: str

    @property
    def place(self) -> Place:
        return (self.form, self.depth)

    @property
    def asks(self) -> bool:
        return asks_loosely(self.prompt) if self.form <= Form.HEADING else asks_outright(self.prompt)

    @property
    def asks_outright(self) -> bool:
        return asks_outright(self.prompt)


def leads_of(blocks: Sequence[Block]) -> list[Lead]:
    """At most one lead for each block, in their order."""
    return [lead for at, block in enumerate(blocks) if (lead := _lead(at, block))]


def form_of(leads: Iterable[Lead]) -> Place | None:
    """The form and depth in which the questions of these leads are asked; None where nothing asks."""
    groups: dict[Place, list[Lead]] = defaultdict(list)
    for lead in leads:
        groups[lead.place].append(lead)
    weights = {place: _weight(group) for place, group in groups.items()}
    if max(weights.values(), default=0) >= _SEVERAL:
        # A heading that is the only one of its rank is a title, even if it asks: what stands below it is the list.
        alone = {place for place, group in groups.items() if place[0] == Form.HEADING and len(group) == 1}
        weights |= dict.fromkeys(alone, 0)
    weights |= dict.fromkeys(_inner(groups, weights), 0)
    outlined = max((weight for place, weight in weights.items() if place[0] <= Form.HEADING), default=0)
    most = max(weights.values(), default=0)
    for place in sorted(weights):
        if weights[place] >= max(1, outlined * 0.34, most * 0.2):
            return place
    return None


def _weight(group: list[Lead]) -> int:
    """How many questions would be found by believing in this form."""
    asking = [lead for lead in group if lead.asks]
    outright = sum(lead.asks_outright for lead in group)
    if group[0].form is Form.LABEL:
        return len(group)
    if group[0].form in {Form.NUMBERED, Form.NUMBERED_HEADING}:
        # Steps inside answers are numbered too: many of them say nothing against the questions.
        is_list_of_questions = len(asking) >= len(group) * 0.5 or outright >= max(3, len(asking) * 0.4)
        return len(asking) if is_list_of_questions else 0
    share = 0.3 if group[0].form is Form.BOLD else 0.4 if group[0].form is Form.HEADING else 0.6
    return len(asking) if len(asking) >= len(group) * share and outright * 4 >= len(asking) else 0


def _inner(groups: Mapping[Place, Sequence[Lead]], weights: Mapping[Place, int]) -> set[Place]:
    """The places whose leads stand as short lists inside the answers to another's."""
    outer = [
        place for place in sorted(weights, key=lambda one: -weights[one])[:_HEAVIEST] if weights[place] >= _SEVERAL
    ]
    return {
        inner
        for place in outer
        for inner in groups
        if _rank(place) < _rank(inner) and _encloses(groups[place], groups[inner])
    }


def _rank(place: Place) -> tuple[int, int]:
    """What may stand inside the answer to what: headings, then lines, then lists with deeper ones."""
    form, depth = place
    if form in {Form.NUMBERED, Form.ITEM}:
        return 2, depth
    return (1, 0) if form in {Form.BOLD, Form.LINE} else (0, 0)


def _encloses(outer: Sequence[Lead], inner: Sequence[Lead]) -> bool:
    """Whether `inner` begins anew under each of `outer` that holds any of it, behind words of its own, short and bare."""
    starts = [lead.at for lead in outer]
    lists: dict[int, list[Lead]] = defaultdict(list)
    for lead in inner:
        lists[bisect_left(starts, lead.at) - 1].append(lead)
    lists.pop(-1, None)
    behind = sum(starts[place] + 1 < inside[0].at for place, inside in lists.items())
    gaps = [after.at - before.at for inside in lists.values() for before, after in pairwise(inside)]
    return (
        len(lists) > 1
        and all(inside[0].number in {None, 1} for inside in lists.values())
        and behind * 2 > len(lists)
        and len(gaps) < len(lists) * _LONG_LIST
        and gaps.count(1) * 2 >= len(gaps)
    )


def _lead(at: int, block: Block) -> Lead | None:
    if block.kind in {Kind.CODE, Kind.TABLE}:
        return None
    opening = opening_of(block.text)
    number = block.number if block.number is not None else opening.number
    if block.kind is Kind.HEADING:
        form = Form.HEADING if number is None and not opening.is_labelled else Form.NUMBERED_HEADING
        return Lead(at, form, block.level, number, opening.text, "")
    return _lead_of_words(at, block, opening, number)


def _lead_of_words(at: int, block: Block, opening: Opening, number: int | None) -> Lead | None:
    """The same for an item or a paragraph."""
    bold = opening_of(block.bold).text if block.bold else ""
    is_bold = asks_outright(bold) or (asks(bold) and len(bold.split()) > 3)
    if opening.is_labelled or number is not None or is_bold:
        form = Form.LABEL if opening.is_labelled else Form.BOLD if number is None else Form.NUMBERED
        return Lead(
            at, form, max(1, block.level) if form is Form.NUMBERED else 0, number, *_parted(block, opening.text)
        )
    prompt, rest = parted(opening.text)
    if block.kind is Kind.ITEM:
        return Lead(at, Form.ITEM, block.level, None, prompt, rest)
    first = block.text.partition("\n")[0]
    is_told = asks(prompt) and not rest and "\n" not in block.text
    is_line = len(first) < _LONGEST_LINE and (is_told or _is_all_question(prompt, rest, first))
    is_line = is_line and not _POINTER.match(prompt)
    return Lead(at, Form.LINE, 0, None, prompt, rest) if is_line else None


def _is_all_question(prompt: str, rest: str, first: str) -> bool:
    return asks_outright(prompt) and (not rest or prompt == first.strip())


def _parted(block: Block, text: str) -> tuple[str, str]:
    """Where the bold part asks, it is the question; a bold word inside one is none."""
    bold = opening_of(block.bold).text if block.bold else ""
    if bold and text.startswith(bold) and len(bold.split()) > 2 and (asks_loosely(bold) or len(bold) < len(text) * 0.7):
        rest = text[len(bold) :].strip(" \n:–—-")
        if asks_loosely(bold) or not asks(parted(text)[0]):
            return bold, rest
    return parted(text)
