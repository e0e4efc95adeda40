"""The parts a committee packet is made of: frozen, and plain enough to be written as JSON."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from foundation.templatetags.kit import two_places
from interviews import tally
from interviews.models import Score, Scorecard, StageResult
from interviews.record import Amended, Asked, Given
from plans.models import Stage


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
    given_at: datetime
    submitted_at: datetime | None
    amendments: tuple[Amended, ...]
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
    """A person on the panel, by one letter for the whole packet, with the mean of the levels they gave.

    `usual` is the mean of the `usual_of` levels that they gave to others on this plan; None where these are too few.
    """

    letter: str
    name: str
    mean: Fraction | None
    usual: Fraction | None
    usual_of: int
    cards: tuple[Card, ...]

    @property
    def submitted(self) -> list[Card]:
        return [card for card in self.cards if card.status == Scorecard.Status.SUBMITTED]

    @property
    def recommendations(self) -> list[str]:
        """What they recommended, each once."""
        return list(dict.fromkeys(card.recommendation_label for card in self.submitted))

    def share_of(self, recommendation: str) -> str:
        """Their letter if they recommend this; with how many of their cards, where another says something else."""
        cards = self.submitted
        said = sum(card.recommendation == recommendation for card in cards)
        if said in {0, len(cards)}:
            return self.letter if said else ""
        return str(_("{letter} ({said} of {cards} cards)")).format(letter=self.letter, said=said, cards=len(cards))


@dataclass(frozen=True)
class Result:
    """What came of a test or take-home, beside the interviews and in no mean; `verdict` is "" while nothing is recorded."""

    stage: str
    kind: str
    verdict: str
    points: int | None
    out_of: int | None
    words: str
    by: str
    at: datetime | None

    @property
    def kind_label(self) -> str:
        return str(Stage.Kind(self.kind).label)

    @property
    def figures(self) -> str:
        """The verdict and the points, as far as there are any."""
        if not self.verdict:
            return _("no result yet")
        passed = "" if self.verdict == StageResult.Verdict.NONE else str(StageResult.Verdict(self.verdict).label)
        points = _("%(points)s of %(all)s points") % {"points": self.points, "all": self.out_of}
        return ", ".join(filter(None, [passed, points if self.points is not None else ""])) or _("in words")


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
        return sorted((level for _letter, level in self.given_levels), reverse=True)

    @property
    def given_levels(self) -> list[tuple[str, int]]:
        """Letter and level of everybody who gave one."""
        return [(one.letter, one.given.level) for one in self.answers if one.given.level is not None]


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
