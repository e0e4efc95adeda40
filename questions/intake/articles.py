"""The questions of an article with their guidance, told from all that stands around and inside them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, pairwise
from math import gcd

from django.utils.translation import gettext as _

from questions.intake import furniture
from questions.intake.asking import asks, asks_loosely, is_answer, without_answer_mark, without_source_mark
from questions.intake.blocks import Block, Kind, markdown_of
from questions.intake.clearing import Cleared, cleared
from questions.intake.columns import found_in_rows
from questions.intake.found import Form as Source
from questions.intake.found import Found, Haul, LeftOut
from questions.intake.leads import Form, Lead, Place, form_of, leads_of
from questions.intake.sequence import in_sequence, is_numbering

_SECTION = re.compile(
    r"\bquestions?\b|^(part|section|chapter|level|round|category|module|topic)\s+\w{1,6}\b"
    r"|^(basic|beginners?|easy|intermediate|advanced|hard|expert|senior|junior|general|technical|behaviou?ral|situational)\b.{0,40}$",
    re.IGNORECASE,
)
_OF_AN_ANSWER = re.compile(
    r"^(sample |model |possible |suggested |good |great |bad |poor |strong |weak |ideal )?(answers?|explanation|solution|example|examples|notes?|hints?|tips?|why|what to (listen|look) for|red flags?|follow[- ]ups?)\b.{0,60}$",
    re.IGNORECASE,
)
_LONGEST_HEADING = 90
# After so many questions without guidance in one section, none is expected.
_BARE, _BARE_ITEMS = 4, 2
_NAME = 4


@dataclass(frozen=True)
class _Article:
    blocks: Sequence[Block]
    leads: Sequence[Lead]
    form: Place
    breaks: dict[int, str]

    @cached_property
    def starts(self) -> list[int]:
        return sorted(self.breaks)

    def has_break(self, first: int, last: int) -> bool:
        """Whether a section begins between two blocks."""
        return bisect_right(self.starts, first) < bisect_left(self.starts, last)

    def section_of(self, at: int) -> str:
        """The heading of the section in which a block stands; empty before the first."""
        place = bisect_left(self.starts, at)
        return self.breaks[self.starts[place - 1]] if place else ""


def questions_of(blocks: list[Block]) -> Haul:
    """Everything that the article asks, and what of it was left out and why."""
    clean = cleared(blocks)
    leads = leads_of(clean.blocks)
    form = form_of(leads)
    if (tabled := _in_tables(clean.blocks)) and (form is None or form[0] > Form.HEADING):
        return Haul(Source.ARTICLE, tabled, _left_out(clean))
    if form is None:
        return Haul(Source.ARTICLE, [], _left_out(clean))
    chosen = _chosen(leads, form)
    article = _Article(clean.blocks, leads, form, _breaks(clean.blocks, chosen, form))
    questions = _questions(article)
    found = _without_epilogue([(lead, _found(article, lead, after)) for lead, after in _pairs(questions)])
    kept, twice = _without_contents(found)
    return Haul(Source.ARTICLE, _numbered(kept), [*_left_out(clean), *twice, *_passed(article, questions)])


def _in_tables(blocks: Sequence[Block]) -> list[Found]:
    """The rows of tables that have a column of questions."""
    tables = [found_in_rows(block.rows) for block in blocks if block.kind is Kind.TABLE]
    return [replace(one, number=place) for place, one in enumerate(chain.from_iterable(tables), start=1)]


def _chosen(leads: Sequence[Lead], form: Place) -> list[Lead]:
    return [lead for lead in leads if lead.place == form and (lead.asks or lead.number is not None)]


def _breaks(blocks: Sequence[Block], chosen: Sequence[Lead], form: Place) -> dict[int, str]:
    """Where a section of the article begins, with its heading."""
    at_lead = {lead.at for lead in chosen}
    if form[0] in {Form.HEADING, Form.NUMBERED_HEADING}:
        deepest = form[1]
    else:
        above = [one.level for at, one in enumerate(blocks) if one.kind is Kind.HEADING and at + 1 in at_lead]
        deepest = max(above, default=2)
    found: dict[int, str] = {}
    for at, block in enumerate(blocks):
        if at in at_lead:
            continue
        is_above = block.kind is Kind.HEADING and block.level <= deepest and not _OF_AN_ANSWER.match(block.text)
        if is_above or (block.kind is Kind.TEXT and _is_like_heading(block.text)):
            found[at] = block.text
    return found


def _is_like_heading(text: str) -> bool:
    if (
        len(text) > _LONGEST_HEADING
        or _OF_AN_ANSWER.match(text)
        or text.rstrip().endswith((".", "?", ",", ";"))
        or asks(text)
        or is_answer(text)
    ):
        return False
    return furniture.ends_questions(text) or bool(_SECTION.search(text) and len(text.split()) <= 12)


def _questions(article: _Article) -> list[Lead]:
    """The leads of the chosen form that are questions, and those of other forms in sections without any."""
    same = [lead for lead in article.leads if lead.place == article.form]
    numbered = [lead for lead in same if lead.number is not None]
    if len(numbered) >= max(2, len(same) * 0.6) and is_numbering(numbered):
        main = _with_gaps_filled(article, in_sequence(numbered, article.has_break))
    else:
        main = _listed(same)
    main = [lead for lead in main if not _closes(article.section_of(lead.at))]
    return sorted([*main, *_elsewhere(article, main)], key=lambda lead: lead.at)


def _listed(leads: Sequence[Lead]) -> list[Lead]:
    """Those that ask. In a list of questions some say "Tell me …"; a line of capitals among others is a heading."""
    asking = {lead.at for lead in leads if lead.asks}
    titles = [lead for lead in leads if lead.form is Form.LINE and _is_title(lead.prompt)]
    if len(titles) * 2 < len(leads):
        asking -= {lead.at for lead in titles}
    rhythm = _rhythm(sorted(asking))
    kept = []
    for lead in leads:
        near = sum(lead.at + step in asking for step in (-3, -2, -1, 1, 2, 3))
        is_among = near > 1 or (rhythm > 1 and (lead.at - min(asking)) % rhythm == 0)
        is_told = asks(lead.prompt) and (lead.form is Form.ITEM or (lead.form is Form.LINE and is_among))
        if lead.at in asking or (is_told and not _is_title(lead.prompt)):
            kept.append(lead)
    return kept


def _rhythm(places: Sequence[int]) -> int:
    """How many blocks each question takes with its answer, where all take as many; else 0."""
    steps = [after - before for before, after in pairwise(places)]
    return gcd(*steps) if len(steps) > 2 and min(steps) == gcd(*steps) else 0


def _is_title(text: str) -> bool:
    words = [word for word in text.split() if len(word) > 3]
    return len(words) > 2 and sum(word[0].isupper() for word in words) >= len(words) * 0.8


def _with_gaps_filled(article: _Article, main: list[Lead]) -> list[Lead]:
    """The same with questions that are set otherwise than the rest, where a number is missing in between or at the end."""
    taken = {lead.at for lead in main}
    added = []
    for lead, following in _pairs(main):
        if lead.number is None or (following and following.number == lead.number + 1):
            continue
        end = following.at if following else len(article.blocks)
        between = [one for one in article.leads if lead.at < one.at < end and one.at not in taken and one.asks_outright]
        awaited = lead.number + 1
        for one in between:
            is_unnumbered = one.number is None and one.form is Form.HEADING and one.depth == article.form[1]
            fills = is_unnumbered and following is not None and following.number == awaited + 1
            if one.number == awaited or (fills and not article.has_break(lead.at, one.at)):
                added.append(replace(one, number=awaited))
                awaited += 1
    return sorted([*main, *added], key=lambda lead: lead.at)


def _elsewhere(article: _Article, main: Sequence[Lead]) -> Iterator[Lead]:
    """Questions of another form, in sections that hold none of the chosen form."""
    taken, places = [lead.at for lead in main], [lead.at for lead in article.leads]
    above = ""
    for start, end in pairwise([*article.starts, len(article.blocks)]):
        heading = article.breaks[start]
        if bisect_right(taken, start) < bisect_left(taken, end) or _closes(heading):
            above = ""
            continue
        inside = article.leads[bisect_right(places, start) : bisect_left(places, end)]
        form = form_of(inside)
        of_form = [lead for lead in inside if lead.place == form]
        asking = _listed(of_form)
        # "More questions" goes for the levels named under it too.
        above = heading if _speaks_of_questions(heading) or not _SECTION.search(heading) else above
        says_so = _speaks_of_questions(above)
        if len(asking) >= (2 if says_so else 3) and len(asking) >= len(of_form) * (0.6 if says_so else 0.9):
            is_before_all = not main or end <= main[0].at
            if says_so or not (asks_loosely(heading) or is_before_all):
                yield from asking


def _speaks_of_questions(heading: str) -> bool:
    return bool(re.search(r"\bquestions\b", heading, re.IGNORECASE)) and not asks_loosely(heading)


def _closes(heading: str) -> bool:
    return furniture.ends_questions(heading) if heading else False


def _found(article: _Article, lead: Lead, following: Lead | None) -> Found:
    end = following.at if following else len(article.blocks)
    inside = []
    for at in range(lead.at + 1, end):
        if at in article.breaks:
            break
        inside.append(article.blocks[at])
    first = [Block(Kind.TEXT, lead.rest, 0)] if lead.rest else []
    guidance = without_answer_mark(markdown_of([*first, *inside]).replace("\x00", "\n"))
    line, heading = article.blocks[lead.at].line, article.section_of(lead.at)
    where = _("line %(line)s") % {"line": line}
    return Found(lead.number or 0, without_source_mark(" ".join(lead.prompt.split())), guidance, where, heading)


def _without_epilogue(found: Sequence[tuple[Lead, Found]]) -> list[Found]:
    """Where a section is a bare list, what stands behind its last question is no guidance to it."""
    kept: list[Found] = []
    bare = 0
    for place, (lead, one) in enumerate(found):
        is_last = place + 1 == len(found) or found[place + 1][1].heading != one.heading
        is_listed = lead.form in {Form.ITEM, Form.LINE}
        # A word or two between the questions of a list are the name of its next part.
        is_named = (is_listed or one.guidance.endswith(":")) and len(one.guidance.split()) <= _NAME
        is_bare = bare >= (_BARE_ITEMS if is_listed or is_named else _BARE)
        kept.append(replace(one, guidance="") if is_bare and (is_last or is_named) else one)
        bare = bare + 1 if not kept[-1].guidance else 0
        if is_last and not is_listed:
            bare = 0
    return kept


def _without_contents(found: list[Found]) -> tuple[list[Found], list[LeftOut]]:
    """Without those that come again further down with more said of them: a list of contents at the top."""
    best: dict[str, Found] = {}
    for one in found:
        key = _plain(one.prompt)
        if key not in best or (one.guidance and not best[key].guidance):
            best[key] = one
    kept, twice = [], []
    met: set[str] = set()
    for one in found:
        key = _plain(one.prompt)
        if one is best[key] or one.guidance:
            kept.append(one)
            met.add(key)
        else:
            why = _("the same question stands above") if key in met else str(furniture.CONTENTS)
            twice.append(LeftOut(one.where, one.prompt, why))
    return kept, twice


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _numbered(found: list[Found]) -> list[Found]:
    """With the article's own numbers where they go up throughout, or down, else counted from one."""
    numbers = [one.number for one in found]
    goes_up = all(before < after for before, after in pairwise(numbers))
    if all(numbers) and (goes_up or all(before > after for before, after in pairwise(numbers))):
        return found
    return [replace(one, number=place) for place, one in enumerate(found, start=1)]


def _left_out(clean: Cleared) -> list[LeftOut]:
    return [LeftOut(_("line %(line)s") % {"line": block.line}, block.text, why) for block, why in clean.left_out]


def _passed(article: _Article, questions: Sequence[Lead]) -> Iterator[LeftOut]:
    """Headings and first lines that ask something and still were not taken, so that a person can look."""
    taken = {lead.at for lead in questions}
    first = min(taken, default=0)
    for lead in article.leads:
        block = article.blocks[lead.at]
        if lead.at in taken or not lead.asks_outright:
            continue
        is_outside = lead.at < first or lead.at in article.breaks or _closes(article.section_of(lead.at))
        if is_outside or block.kind is Kind.HEADING:
            why = _("it asks the reader, not the candidate") if is_outside else _("part of the guidance above it")
            yield LeftOut(_("line %(line)s") % {"line": block.line}, block.text, why)


def _pairs(leads: Sequence[Lead]) -> Iterator[tuple[Lead, Lead | None]]:
    yield from zip(leads, [*leads[1:], None], strict=True)
