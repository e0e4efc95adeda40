"""The parts a committee packet is made of: frozen, and plain enough to be written as JSON."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from foundation.templatetags.kit import two_places
from interviews import tally
from interviews.models import Score, Scorecard
from interviews.record import Asked, Given

QUOTES = 3
QUOTE_LENGTH = 150
SENTENCE_END = re.compile(r"[.!?]['\"”’)]*(?= )")


@dataclass(frozen=True)
class Meeting:
    stage: str
    starts_at: datetime
    zone: str

    @property
    def day(self) -> date:
        """The day on which it began, where it was held."""
        return self.starts_at.astimezone(ZoneInfo(self.zone)).date()


@dataclass(frozen=True)
class Card:
    """One seat that counts, and when it was submitted beside the others.

    `place` is its place in the order of submission, `in_before` how many cards of others were in when this seat was
    given, and `opened_before` how many of these belong to interviews for which its author had submitted a card by then.
    What a duty let the author read before is not known here: duties come and go, and the packet must not.
    """

    letter: str
    stage: str
    seat: str
    status: str
    recommendation: str
    recommendation_reason: str
    summary: str
    waive_reason: str
    submitted_at: datetime | None
    place: int | None
    in_before: int
    opened_before: int

    @property
    def seat_label(self) -> str:
        return str(Scorecard.Seat(self.seat).label)

    @property
    def recommendation_label(self) -> str:
        return str(Scorecard.Recommendation(self.recommendation).label) if self.recommendation else ""


@dataclass(frozen=True)
class Interviewer:
    """A person on the panel, by one letter for the whole packet, with the mean of the levels they gave."""

    letter: str
    name: str
    mean: Fraction | None
    cards: tuple[Card, ...]

    @property
    def submitted(self) -> list[Card]:
        return [card for card in self.cards if card.status == Scorecard.Status.SUBMITTED]


@dataclass(frozen=True)
class Cell:
    """What one interviewer found on one competency; `target` is where their evidence starts in the record."""

    letter: str
    mean: Fraction | None
    empty: str
    target: str

    @property
    def step(self) -> int:
        """The level whose tint the mean takes: the nearest, halves upwards."""
        return (self.mean * 2 + 1) // 2 if self.mean is not None else 0

    @property
    def figure(self) -> str:
        """A whole level as it was given, a mean of several with two places."""
        return str(self.mean) if self.mean is not None and self.mean.denominator == 1 else two_places(self.mean)

    @property
    def empty_label(self) -> str:
        if self.empty in Score.Outcome.values:
            return str(Score.Outcome(self.empty).label)
        return str(_("Not scored")) if self.empty else str(_("Outside totals"))


@dataclass(frozen=True)
class Answer:
    """One independent score: whose, and what was put down."""

    letter: str
    name: str
    given: Given


@dataclass(frozen=True)
class Entry:
    """One question of the record with every score on it."""

    number: int
    asked: Asked
    answers: tuple[Answer, ...]
    mean: Fraction | None
    spread: Fraction | None

    @property
    def counts(self) -> bool:
        """Whether its levels enter totals: not a warm-up, and not voided."""
        return self.asked.scored and not self.asked.voided

    @property
    def differs(self) -> bool:
        return tally.disagrees(self.spread)

    @property
    def levels(self) -> list[int]:
        return sorted((a.given.level for a in self.answers if a.given.level is not None), reverse=True)


@dataclass(frozen=True)
class Row:
    """One competency of the grid and of the record. `weight` is 0 for one that the plan asks but does not weigh."""

    competency: str
    weight: int
    reason: str
    mean: Fraction | None
    spread: Fraction | None
    cells: tuple[Cell, ...]
    entries: tuple[Entry, ...]

    @property
    def differs(self) -> bool:
        return tally.disagrees(self.spread)


@dataclass(frozen=True)
class Quote:
    """Evidence in an interviewer's own words, shortened to a few lines; the whole stands in the record."""

    text: str
    level: int
    letter: str
    name: str
    competency: str
    number: int

    @property
    def target(self) -> str:
        return f"q{self.number}-{self.letter}"


def pick_quotes(rows: tuple[Row, ...], *, levels: tuple[int, ...]) -> list[Quote]:
    """At most QUOTES pieces of evidence for `levels`, the first level first, then the heavier competency.

    One per question, so that a question with many interviewers does not fill the list.
    """
    best = []
    for row in rows:
        for entry in row.entries:
            found = [
                _quote(row, entry, answer) for answer in entry.answers if entry.counts and _is_evidence(answer, levels)
            ]
            if found:
                first = min(found, key=lambda quote: levels.index(quote.level))
                best.append((levels.index(first.level), -row.weight, first))
    return [quote for *_rank, quote in sorted(best, key=lambda one: one[:2])[:QUOTES]]


def _is_evidence(answer: Answer, levels: tuple[int, ...]) -> bool:
    return answer.given.level in levels and bool(answer.given.evidence)


def _quote(row: Row, entry: Entry, answer: Answer) -> Quote:
    text = _shortened(" ".join(answer.given.evidence.split()))
    return Quote(text, answer.given.level or 0, answer.letter, answer.name, row.competency, entry.number)


def _shortened(line: str) -> str:
    """`line` up to the last whole sentence within QUOTE_LENGTH, or the last whole word where that would leave too little."""
    if len(line) <= QUOTE_LENGTH:
        return line
    start = line[: QUOTE_LENGTH + 1]
    sentence = max((found.end() for found in SENTENCE_END.finditer(start)), default=0)
    word = start.rfind(" ") if " " in start else QUOTE_LENGTH
    return f"{start[: sentence if sentence > QUOTE_LENGTH // 2 else word]}\N{NO-BREAK SPACE}…"
