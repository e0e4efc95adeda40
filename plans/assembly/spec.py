"""What is to be assembled and what came of it: plain values, the same for the command, the page and the solver."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

# Minutes are compared to a millionth, which is what the solver keeps to.
TOLERANCE = 1e-6


@dataclass(frozen=True)
class Candidate:
    """A question that may be chosen: how long it takes, and what it is worth in any unit."""

    id: str
    competency: str
    minutes: float
    value: float


# What each part asks.
Plan = list[list[Candidate]]


@dataclass(frozen=True)
class Part:
    """What is filled with questions: one of several parallel forms, or one stage of a loop.

    `competencies` are those it may ask about, any when there are none; `pinned` questions stand in it and nowhere else.
    `heard` are competencies that it asks about already, whatever is chosen.
    """

    minutes: float
    competencies: frozenset[str] = frozenset()
    pinned: frozenset[str] = frozenset()
    heard: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Spec:
    """A problem. No question is chosen twice.

    Without `stages` it is 1 to 4 parallel forms of `minutes` each: every form keeps every limit by itself, enemies may
    stand in different forms, which are put to different people, and what is made as large as possible is the value of
    the poorest form, after that the value of all together. A pinned question stands in exactly one form.

    With `stages` it is one loop that a person goes through: limits and enemies are counted over all of it, and its
    value in all is made as large as possible. Before that, of the competencies in `spread`, which says how much each
    counts, as many as can be are asked about in two stages; `twice` are those of which that was found.
    """

    minutes: float
    questions: tuple[Candidate, ...]
    at_least: Mapping[str, int] = field(default_factory=dict)
    at_most: Mapping[str, int] = field(default_factory=dict)
    enemies: frozenset[tuple[str, str]] = frozenset()
    pinned: frozenset[str] = frozenset()
    banned: frozenset[str] = frozenset()
    forms: int = 1
    stages: tuple[Part, ...] = ()
    spread: Mapping[str, float] = field(default_factory=dict)
    twice: frozenset[str] = frozenset()

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return self.stages or (Part(self.minutes),) * self.forms

    @property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """The parts over which limits and enemies are counted together."""
        places = range(len(self.parts))
        return (tuple(places),) if self.stages else tuple((place,) for place in places)

    @cached_property
    def ordered(self) -> tuple[Candidate, ...]:
        """The questions by id, so that the order in which they are named changes nothing."""
        return tuple(sorted(self.questions, key=lambda question: question.id))

    @cached_property
    def all_pinned(self) -> frozenset[str]:
        return self.pinned.union(*(part.pinned for part in self.stages))

    @cached_property
    def foes(self) -> Mapping[str, set[str]]:
        """Id → the ids that it cannot stand beside."""
        found: dict[str, set[str]] = defaultdict(set)
        for first, second in self.enemies:
            found[first].add(second)
            found[second].add(first)
        return found

    def stages_about(self, competency: str, plan: Plan) -> set[int]:
        """The parts that ask about it, once they ask what `plan` says."""
        heard = {place for place, part in enumerate(self.parts) if competency in part.heard}
        return heard | {place for place, asked in enumerate(plan) for q in asked if q.competency == competency}

    def is_spread_by(self, plan: Plan) -> bool:
        return all(len(self.stages_about(competency, plan)) > 1 for competency in self.twice)

    def places_of(self, question: Candidate) -> list[int]:
        """The parts that may ask `question`, whether it is banned or not."""
        held = [place for place, part in enumerate(self.parts) if question.id in part.pinned]
        return held or [
            place
            for place, part in enumerate(self.parts)
            if not part.competencies or question.competency in part.competencies
        ]


class Status(StrEnum):
    """`optimal`: nothing is better. `feasible`: at most `gap` is missing to `bound`. `infeasible`: no choice keeps all."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"


class Limit(StrEnum):
    """What a choice has to keep, each of which may be relaxed; in the order in which equal relaxations are preferred."""

    MINUTES = "minutes"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ENEMIES = "enemies"
    PINNED = "pinned"
    BANNED = "banned"
    FORMS = "forms"


@dataclass(frozen=True)
class Relaxation:
    """The one limit to relax. `about`: the competency, the ids, or the number of the stage from 1; empty for none.

    `by` is how much, in minutes, questions or forms, and `to` what the limit then says; 1 and None for enemies, pinned
    and banned, which are given up.
    """

    limit: Limit
    about: tuple[str, ...]
    by: float
    to: float | None = None


@dataclass(frozen=True)
class Chosen:
    """What one part asks, its ids in order."""

    ids: tuple[str, ...]
    minutes: float
    value: float


@dataclass(frozen=True)
class Answer:
    """`bound`: no choice is worth more than this. `gap`: the share of it that is missing. Both None when infeasible.

    `relax` is None as well where no single limit is enough.
    """

    status: Status
    forms: tuple[Chosen, ...] = ()
    bound: float | None = None
    gap: float | None = None
    relax: Relaxation | None = None


class Undecided(Exception):
    """Time ran out before any choice was found, and before it was shown that there is none."""
