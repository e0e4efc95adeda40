"""The integer program of a spec: one column for each question in each part that may ask it, one row for each limit."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from plans.assembly.spec import Limit, Plan, Spec

# What a row stands for: the limit and what it is about; no limit for what can never be relaxed.
Tag = tuple[Limit | None, tuple[str, ...]]
ONCE: Tag = (None, ())


@dataclass(frozen=True)
class Row:
    """`low` ≤ the sum of weights × columns ≤ `high`."""

    tag: Tag
    columns: tuple[int, ...]
    weights: tuple[float, ...]
    low: float
    high: float


@dataclass(frozen=True)
class Program:
    """`columns` are (place in `spec.ordered`, part)."""

    spec: Spec
    columns: tuple[tuple[int, int], ...]
    rows: tuple[Row, ...]

    def plan_of(self, values: Iterable[float]) -> Plan:
        """What is asked where, of what the columns hold."""
        plan: Plan = [[] for _part in self.spec.parts]
        for (place, part), taken in zip(self.columns, values, strict=True):
            if taken > 0.5:
                plan[part].append(self.spec.ordered[place])
        return plan


def program_of(spec: Spec, *, is_elastic: bool = False) -> Program:
    """The program of `spec`. Elastic: bans are rows, and each pair of enemies has a row of its own, to be relaxed."""
    columns = [
        (place, part)
        for place, question in enumerate(spec.ordered)
        if is_elastic or question.id not in spec.banned
        for part in spec.places_of(question)
    ]
    rows = [*_time(spec, columns), *_once(columns), *_counts(spec, columns), *_pinned(spec, columns)]
    rows += [row for competency in sorted(spec.twice) for row in in_two_stages(spec, columns, competency)]
    rows += _pairs(spec, columns) if is_elastic else _cliques(spec, columns)
    if is_elastic:
        rows += _banned(spec, columns)
    return Program(spec, tuple(columns), tuple(rows))


def _time(spec: Spec, columns: list[tuple[int, int]]) -> Iterator[Row]:
    held: dict[int, list[int]] = defaultdict(list)
    for column, (_place, part) in enumerate(columns):
        held[part].append(column)
    for part, own in held.items():
        minutes = tuple(spec.ordered[columns[column][0]].minutes for column in own)
        about = (str(part + 1),) if spec.stages else ()
        yield Row((Limit.MINUTES, about), tuple(own), minutes, -math.inf, spec.parts[part].minutes)


def _once(columns: list[tuple[int, int]]) -> Iterator[Row]:
    for own in _by_question(columns).values():
        if len(own) > 1:
            yield _sum(ONCE, own, high=1)


def _counts(spec: Spec, columns: list[tuple[int, int]]) -> Iterator[Row]:
    held: dict[tuple[str, int], list[int]] = defaultdict(list)
    for column, (place, part) in enumerate(columns):
        held[spec.ordered[place].competency, part].append(column)
    for group in spec.groups:
        for limit, counts in ((Limit.AT_LEAST, spec.at_least), (Limit.AT_MOST, spec.at_most)):
            for competency, count in sorted(counts.items()):
                own = [column for part in group for column in held[competency, part]]
                ends = {"low": count} if limit is Limit.AT_LEAST else {"high": count}
                yield _sum((limit, (competency,)), own, **ends)


def in_two_stages(spec: Spec, columns: Sequence[tuple[int, int]], competency: str) -> Iterator[Row]:
    """Whichever stage is left out, another asks about the competency."""
    held: dict[int, list[int]] = defaultdict(list)
    for column, (place, part) in enumerate(columns):
        if spec.ordered[place].competency == competency:
            held[part].append(column)
    heard = {place for place, part in enumerate(spec.parts) if competency in part.heard}
    for left_out in range(len(spec.parts)):
        if not heard - {left_out}:
            yield _sum(ONCE, [column for part, own in held.items() if part != left_out for column in own], low=1)


def _pinned(spec: Spec, columns: list[tuple[int, int]]) -> Iterator[Row]:
    held = _by_question(columns)
    for place, question in enumerate(spec.ordered):
        if question.id in spec.all_pinned:
            yield _sum((Limit.PINNED, (question.id,)), held.get(place, ()), low=1)


def _banned(spec: Spec, columns: list[tuple[int, int]]) -> Iterator[Row]:
    for place, own in _by_question(columns).items():
        if spec.ordered[place].id in spec.banned:
            yield _sum((Limit.BANNED, (spec.ordered[place].id,)), own, high=0)


def _pairs(spec: Spec, columns: list[tuple[int, int]]) -> Iterator[Row]:
    yield from _together(spec, columns, sorted(spec.enemies))


def _cliques(spec: Spec, columns: list[tuple[int, int]]) -> Iterator[Row]:
    """One row for questions that are all enemies of one another: it says more than the rows of their pairs."""
    left, cliques = set(spec.enemies), []
    for first, second in sorted(spec.enemies):
        if (first, second) not in left:
            continue
        clique = [first, second]
        for other in sorted(spec.foes[first] & spec.foes[second]):
            if spec.foes[other].issuperset(clique):
                clique.append(other)
        left -= {(one, two) for one in clique for two in clique}
        cliques.append(tuple(clique))
    yield from _together(spec, columns, cliques)


def _together(spec: Spec, columns: list[tuple[int, int]], sets: Iterable[tuple[str, ...]]) -> Iterator[Row]:
    """At most one of each set in each group."""
    named = {id_ for ids in sets for id_ in ids}
    held: dict[tuple[str, int], int] = {}
    for column, (place, part) in enumerate(columns):
        if spec.ordered[place].id in named:
            held[spec.ordered[place].id, part] = column
    for ids in sets:
        for group in spec.groups:
            own = [held[id_, part] for id_ in ids for part in group if (id_, part) in held]
            if len(own) > 1:
                yield _sum((Limit.ENEMIES, ids), own, high=1)


def _by_question(columns: list[tuple[int, int]]) -> dict[int, list[int]]:
    held: dict[int, list[int]] = defaultdict(list)
    for column, (place, _part) in enumerate(columns):
        held[place].append(column)
    return held


def _sum(tag: Tag, columns: Iterable[int], *, low: float = -math.inf, high: float = math.inf) -> Row:
    own = tuple(columns)
    return Row(tag, own, (1.0,) * len(own), low, high)
