"""The arithmetic of scores, over plain values: exact fractions, and None where there is nothing to average.

Each mark is one level that one interviewer gave on one item. What may not count (open and shadow cards, voided items,
warm-ups, "not asked" and the other empties) is left out by the caller: it never reaches these functions as a number.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Mark:
    """A level of 1 to 5. The keys mean nothing here; equal keys are the same interviewer, item, competency."""

    interviewer: int
    item: int
    competency: int
    level: int


@dataclass(frozen=True)
class Composite:
    """The weighted mean, how much of all weight stands behind it, and the competencies that have no score."""

    value: Fraction | None
    weight_counted: int
    weight: int
    missing: tuple[int, ...]


def mean(values: Collection[int | Fraction]) -> Fraction | None:
    return Fraction(sum(values), len(values)) if values else None


def spread(values: Collection[int | Fraction]) -> Fraction | None:
    """Highest minus lowest; None for fewer than two, who cannot differ."""
    return Fraction(max(values) - min(values)) if len(values) > 1 else None


def disagrees(difference: Fraction | None) -> bool:
    """Whether a spread is wide enough to be talked about: more than one point."""
    return difference is not None and difference > 1


def item_levels(marks: Iterable[Mark]) -> dict[int, list[int]]:
    """Item → every level given on it."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for mark in marks:
        found[mark.item].append(mark.level)
    return dict(found)


def beside_the_rest(levels: Mapping[int, Collection[int]]) -> dict[int, tuple[Fraction, Fraction]]:
    """Of one meeting, by question: the mean of its levels, and the mean of the means of all the others."""
    means = {question: Fraction(sum(given), len(given)) for question, given in levels.items()}
    rest, total = len(means) - 1, sum(means.values())
    return {question: (own, (total - own) / rest) for question, own in means.items()} if rest > 0 else {}


def competency_means(marks: Collection[Mark]) -> dict[int, Fraction]:
    """Competency → mean of its item means, so that an item with many interviewers weighs no more than one with few."""
    means: defaultdict[int, list[Fraction]] = defaultdict(list)
    competency_of = {mark.item: mark.competency for mark in marks}
    for item, levels in item_levels(marks).items():
        means[competency_of[item]].append(Fraction(sum(levels), len(levels)))
    return {competency: Fraction(sum(found), len(found)) for competency, found in means.items()}


def interviewer_means(marks: Iterable[Mark]) -> dict[tuple[int, int], Fraction]:
    """(interviewer, competency) → mean of the levels this person gave there."""
    levels: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for mark in marks:
        levels[mark.interviewer, mark.competency].append(mark.level)
    return {key: Fraction(sum(found), len(found)) for key, found in levels.items()}


def composite(weights: Mapping[int, int], means: Mapping[int, Fraction]) -> Composite:
    """Σ weight × mean / Σ weight over the weighted competencies that have a mean."""
    counted = {key: weight for key, weight in weights.items() if key in means}
    total = sum(counted.values())
    value = sum((weight * means[key] for key, weight in counted.items()), Fraction(0)) / total if total else None
    missing = tuple(key for key in weights if key not in means)
    return Composite(value, total, sum(weights.values()), missing)


def shares(weights: Mapping[int, int], marks: Collection[Mark]) -> dict[Mark, Fraction]:
    """How much of the composite each mark carries: Σ share × level is the composite, and the shares sum to 1."""
    levels = item_levels(marks)
    items = Counter(competency for _item, competency in {(mark.item, mark.competency) for mark in marks})
    total = sum(weights.get(competency, 0) for competency in items)
    return {
        mark: Fraction(weight, total * items[mark.competency] * len(levels[mark.item]))
        for mark in marks
        if (weight := weights.get(mark.competency, 0))
    }
