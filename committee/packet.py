"""The committee packet: everything that is read of one application, as one frozen document."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property

from committee.comparison import Comparison
from committee.packet_parts import Answer, Card, Entry, Interviewer, Meeting, Result, Row
from committee.quotes import Quote, pick_quotes
from interviews.models import Scorecard
from printing.document import canonical_json, digest_of

YES = {Scorecard.Recommendation.YES, Scorecard.Recommendation.STRONG_YES}
NO = {Scorecard.Recommendation.NO, Scorecard.Recommendation.STRONG_NO}
HEAD_LETTERS = 40
# The form in which the facts are written: docs/schemas/packet-<FORM>.json. A changed form takes the next number.
FORM = 2


@dataclass(frozen=True)
class Packet:
    """Brief and record of all submitted cards of one application, without shadows and private notes.

    `candidate` is the name, "" where the house prints codes alone.
    """

    form: int
    code: str
    candidate: str
    role: str
    plan: int
    in_force_since: datetime
    meetings: tuple[Meeting, ...]
    stages_without: tuple[str, ...]
    interviewers: tuple[Interviewer, ...]
    rows: tuple[Row, ...]
    composite: Fraction | None
    weight_counted: int
    weight: int
    missing: tuple[str, ...]
    results: tuple[Result, ...]
    comparison: Comparison
    keep_until: date | None

    @cached_property
    def facts(self) -> str:
        """The packet as canonical JSON."""
        return canonical_json(self)

    @cached_property
    def digest(self) -> str:
        return digest_of(self.facts)

    @property
    def first_day(self) -> date:
        return min(meeting.day for meeting in self.meetings)

    @property
    def last_day(self) -> date:
        return max(meeting.day for meeting in self.meetings)

    @property
    def first_day_format(self) -> str:
        """How the first day is written before the last one: without what both have alike."""
        if self.first_day.year != self.last_day.year:
            return "j M Y"
        return "j M" if self.first_day.month != self.last_day.month else "j"

    @property
    def zone(self) -> str:
        """The one zone in which the printed packet tells its times: that of the last interview."""
        return max(self.meetings, key=lambda meeting: meeting.starts_at).zone

    @cached_property
    def entries(self) -> list[Entry]:
        return [entry for row in self.rows for entry in row.entries]

    @cached_property
    def cards(self) -> list[Card]:
        """Submitted cards, in the order in which they came in."""
        found = [card for interviewer in self.interviewers for card in interviewer.submitted]
        return sorted(found, key=lambda card: card.place or 0)

    @cached_property
    def panel(self) -> list[Interviewer]:
        """Those with at least one submitted card: the columns of the grid."""
        return [person for person in self.interviewers if person.submitted]

    @property
    def awaited(self) -> list[tuple[Interviewer, Card]]:
        """Cards that are still open: who has not submitted."""
        return self._seats(Scorecard.Status.OPEN)

    @property
    def waived(self) -> list[tuple[Interviewer, Card]]:
        return self._seats(Scorecard.Status.WAIVED)

    def _seats(self, status: str) -> list[tuple[Interviewer, Card]]:
        return [(person, card) for person in self.interviewers for card in person.cards if card.status == status]

    @property
    def results_missing(self) -> list[Result]:
        return [result for result in self.results if not result.verdict]

    @property
    def counted(self) -> list[Row]:
        """The rows that stand in the composite."""
        return [row for row in self.rows if row.weight and row.mean is not None]

    @property
    def recommended(self) -> list[tuple[str, list[str]]]:
        """Who gave each recommendation, the strongest yes first; Not enough evidence is none of them."""
        kinds = [one for one in reversed(Scorecard.Recommendation) if one != Scorecard.Recommendation.NOT_ENOUGH]
        said = {kind: [share for person in self.panel if (share := person.share_of(kind))] for kind in kinds}
        return [(str(kind.label), people) for kind, people in said.items() if people]

    @property
    def not_enough(self) -> list[tuple[str, str]]:
        """Letter and reason of each who lacked evidence."""
        cards = [card for card in self.cards if card.recommendation == Scorecard.Recommendation.NOT_ENOUGH]
        return list(dict.fromkeys((card.letter, card.recommendation_reason) for card in cards))

    @property
    def panel_means(self) -> tuple[Fraction, Fraction] | None:
        """The lowest and the highest mean that an interviewer gave here."""
        means = [person.mean for person in self.panel if person.mean is not None]
        return (min(means), max(means)) if len(means) > 1 else None

    @property
    def empties(self) -> list[tuple[Entry, Answer]]:
        """Every answer without a level where there could have been one."""
        return [
            (entry, answer)
            for entry in self.entries
            for answer in entry.answers
            if entry.counts and answer.given.level is None
        ]

    @property
    def heavier(self) -> list[Row]:
        return [row for row in self.rows if row.weight > 1]

    @property
    def unweighted(self) -> list[Row]:
        return [row for row in self.rows if not row.weight]

    @property
    def voided(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.asked.voided]

    @property
    def differing_rows(self) -> list[Row]:
        """The widest first, as `differing_entries`."""
        return sorted((row for row in self.rows if row.differs), key=lambda row: -(row.spread or 0))

    @property
    def differing_entries(self) -> list[Entry]:
        return sorted((entry for entry in self.entries if entry.differs), key=lambda entry: -(entry.spread or 0))

    @property
    def in_favour(self) -> list[str]:
        """Letters of those with a card that recommends."""
        return [person.letter for person in self.panel if any(card.recommendation in YES for card in person.submitted)]

    @property
    def against(self) -> list[str]:
        return [person.letter for person in self.panel if any(card.recommendation in NO for card in person.submitted)]

    @property
    def is_split(self) -> bool:
        """Whether some recommend and some advise against."""
        return bool(self.in_favour and self.against)

    @property
    def independent(self) -> bool:
        """Whether every seat was given before a card of another was in: from then on its author was shown none."""
        return not any(card.in_before for card in self.cards)

    @property
    def some_were_opened(self) -> bool:
        """Whether an earlier seat had opened cards of others to an author before their next seat was given."""
        return any(card.opened_before for card in self.cards)

    @property
    def names_fit(self) -> bool:
        """Whether the grid has room for names at the head of its columns; letters stand there otherwise.

        On paper the columns share some 40 characters, and a name may take two lines but must not be broken in a word.
        """
        room = HEAD_LETTERS // max(len(self.panel), 1)
        return all(
            len(person.name) <= 2 * room and all(len(word) <= room for word in person.name.split())
            for person in self.panel
        )

    @cached_property
    def levels(self) -> list[int]:
        """Every level that counts, the lowest first."""
        return sorted(level for entry in self.entries if entry.counts for level in entry.levels)

    @cached_property
    def strengths(self) -> list[Quote]:
        return pick_quotes(self.rows, levels=(5, 4))

    @cached_property
    def concerns(self) -> list[Quote]:
        return pick_quotes(self.rows, levels=(1, 2))
