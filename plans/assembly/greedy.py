"""A first plan at once: what is needed first, then the most value a minute. It may find none where there is one."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import islice

from plans.assembly.spec import TOLERANCE, Candidate, Plan, Spec


def first_plan(spec: Spec) -> Plan | None:
    """A choice that keeps every limit, or None where taking one question after the other did not lead to one."""
    ranked = sorted(
        (question for question in spec.ordered if question.id not in spec.banned),
        key=lambda question: (-question.value / question.minutes, question.id),
    )
    table = _Table(spec, ranked)
    pinned = [question for question in ranked if question.id in spec.all_pinned]
    if len(pinned) < len(spec.all_pinned) or not all(table.place(question) for question in pinned):
        return None
    # What is worth most a minute first: it takes the room that the shortest of the others leave.
    place = {question.id: number for number, question in enumerate(ranked)}
    for competency in sorted(
        spec.at_least, key=lambda name: min((place[q.id] for q in table.ranked[name][:1]), default=0)
    ):
        if not table.cover(competency):
            return None
    table.fill(question for question in ranked if question.value > 0)
    return table.plan if spec.is_spread_by(table.plan) else None


class _Table:
    """A plan that grows by one question at a time and keeps every upper limit."""

    def __init__(self, spec: Spec, ranked: list[Candidate]) -> None:
        self.spec = spec
        self.plan: Plan = [[] for _part in spec.parts]
        self.left = [part.minutes + TOLERANCE for part in spec.parts]
        self.worth = [0.0 for _part in spec.parts]
        self.counts: dict[tuple[int, str], int] = defaultdict(int)
        self.placed: set[str] = set()
        self.group_of = {part: number for number, group in enumerate(spec.groups) for part in group}
        self.shunned: list[set[str]] = [set() for _group in spec.groups]
        self.ranked: dict[str, list[Candidate]] = defaultdict(list)
        for question in ranked:
            self.ranked[question.competency].append(question)
        self.shortest = {name: sorted(question.minutes for question in own) for name, own in self.ranked.items()}

    def place(self, question: Candidate, only: int | None = None, spare: float = 0) -> bool:
        """Put it into the part that is worth least so far and has room for it, or into none.

        `only` into that group of parts, and so that `spare` minutes are left in it.
        """
        if question.id in self.placed:
            return False
        open_to = [
            place
            for place in self.spec.places_of(question)
            if only in {None, self.group_of[place]} and self._has_room(question, place, spare)
        ]
        if not open_to:
            return False
        place = min(open_to, key=lambda place: (self.worth[place], place))
        group = self.group_of[place]
        self.plan[place].append(question)
        self.placed.add(question.id)
        self.left[place] -= question.minutes
        self.worth[place] += question.value
        self.counts[group, question.competency] += 1
        self.shunned[group] |= self.spec.foes.get(question.id, set())
        return True

    def cover(self, competency: str) -> bool:
        """As many of the competency as each group needs, while what is needed after it still has room."""
        for group in range(len(self.shunned)):
            spare = sum(self._needed(group, other) for other in self.spec.at_least)
            for question in self.ranked[competency]:
                if (missing := self._missing(group, competency)) <= 0:
                    break
                rest = spare - self._needed(group, competency) + sum(islice(self.shortest[competency], missing - 1))
                if self.place(question, group, rest):
                    spare = sum(self._needed(group, other) for other in self.spec.at_least)
            if self._missing(group, competency) > 0:
                return False
        return True

    def fill(self, ranked: Iterable[Candidate]) -> None:
        shortest = min((own[0] for own in self.shortest.values()), default=0)
        for question in ranked:
            if max(self.left) < shortest:
                break
            self.place(question)

    def _missing(self, group: int, competency: str) -> int:
        return self.spec.at_least[competency] - self.counts[group, competency]

    def _needed(self, group: int, competency: str) -> float:
        """The fewest minutes in which what is missing of the competency can be asked."""
        return sum(islice(self.shortest.get(competency, ()), max(self._missing(group, competency), 0)))

    def _has_room(self, question: Candidate, place: int, spare: float) -> bool:
        group = self.group_of[place]
        most = self.spec.at_most.get(question.competency)
        together = sum(self.left[part] for part in self.spec.groups[group])
        return (
            question.minutes <= min(self.left[place], together - spare)
            and question.id not in self.shunned[group]
            and (most is None or self.counts[group, question.competency] < most)
        )
