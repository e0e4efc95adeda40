"""How far a composite can be trusted: variance components of candidates × questions × interviewers, and standard errors.

Pure functions over exact fractions, like `interviews.tally`. The components are the ones for which the expected sums of
squares come out as found (analogous ANOVA; R. L. Brennan, Generalizability Theory, 2001). On a full table these are the
classical estimates; gaps in the table, and interviewers who saw only some of the questions, are allowed. Two effects that
no data of this pattern can tell apart are taken as one, under the name of the coarser.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from interviews.tally import Mark

# Candidates on a plan below which no error is shown: the figure itself would be too uncertain.
NEEDED = 20
# Two-sided 95 %.
Z = Fraction(196, 100)
# Candidates (as persons), questions, interviewers (as raters).
FACETS = "pqr"
# From the coarsest: "" is the grand mean, "pqr" each single mark.
EFFECTS = ("", "p", "q", "r", "pq", "pr", "qr", "pqr")

Shares = Mapping[Mark, Fraction]


@dataclass(frozen=True)
class Components:
    """Effect → variance. `set_to_zero` names those that came out negative, which no variance is."""

    variance: Mapping[str, Fraction]
    set_to_zero: tuple[str, ...]


@dataclass(frozen=True)
class ErrorVariance:
    """Of one composite: `relative` between candidates with the same questions and interviewers, `absolute` otherwise."""

    relative: Fraction
    absolute: Fraction


def components(marks: Mapping[int, Collection[Mark]]) -> Components | None:
    """The components of candidate → marks; None where the pattern of who asked what lets them not be told apart."""
    places = [(candidate, mark.item, mark.interviewer, mark.level) for candidate, own in marks.items() for mark in own]
    parts = {effect: _part(effect, places) for effect in EFFECTS}
    kept = _distinct(parts)
    equations = [[_coefficient(parts, a, b) for b in kept] for a in kept]
    levels = [level for *_place, level in places]
    solved = _solve(equations, [_squares(parts[a], levels) for a in kept]) if places else None
    if solved is None:
        return None
    found = dict(zip(kept, solved, strict=True))
    variance = {effect: max(found.get(effect, Fraction(0)), Fraction(0)) for effect in EFFECTS if effect}
    return Components(variance, tuple(effect for effect in kept if effect and found[effect] < 0))


def error_variance(shares: Shares, of: Components) -> ErrorVariance:
    """Of a composite in which each mark has its share, all shares summing to 1.

    With equal shares over n questions and m interviewers this is the textbook's σ²(δ) = pq/n + pr/m + pqr/nm, and for
    σ²(Δ) q/n + r/m + qr/nm on top.
    """
    by_question, by_interviewer = _summed(shares, "item"), _summed(shares, "interviewer")
    single = sum((share**2 for share in shares.values()), Fraction(0))
    v = of.variance
    relative = by_question * v["pq"] + by_interviewer * v["pr"] + single * v["pqr"]
    return ErrorVariance(relative, relative + by_question * v["q"] + by_interviewer * v["r"] + single * v["qr"])


def is_beyond_error(difference: Fraction, *errors: Fraction) -> bool:
    """Whether two composites with these error variances differ at 95 %: |difference| > 1.96 √(sum of errors)."""
    return difference**2 > Z**2 * sum(errors, Fraction(0))


def root(variance: Fraction) -> Fraction:
    """The square root to the nearest thousandth, the same on every machine."""
    return Fraction((isqrt(int(variance * 4_000_000)) + 1) // 2, 1000)


@dataclass(frozen=True)
class _Part:
    """The marks as one effect divides them: the cell of each mark, the size and the first mark of each cell."""

    cell_of: tuple[int, ...]
    sizes: tuple[int, ...]
    firsts: tuple[int, ...]


def _part(effect: str, places: Sequence[tuple[int, ...]]) -> _Part:
    facets = [FACETS.index(facet) for facet in effect]
    numbers: dict[tuple[int, ...], int] = {}
    firsts: list[int] = []
    cells = []
    for place, mark in enumerate(places):
        cell = numbers.setdefault(tuple(mark[facet] for facet in facets), len(numbers))
        if cell == len(firsts):
            firsts.append(place)
        cells.append(cell)
    number = Counter(cells)
    return _Part(tuple(cells), tuple(number[cell] for cell in range(len(firsts))), tuple(firsts))


def _distinct(parts: Mapping[str, _Part]) -> list[str]:
    """The effects that divide the marks differently: of two that divide them alike, the first."""
    seen: dict[tuple[int, ...], str] = {}
    for effect, part in parts.items():
        seen.setdefault(part.cell_of, effect)
    return list(seen.values())


def _squares(part: _Part, levels: Sequence[int]) -> Fraction:
    """Σ over the cells: (sum of levels)² / number of levels."""
    total = [0] * len(part.sizes)
    for cell, level in zip(part.cell_of, levels, strict=True):
        total[cell] += level
    return _over((size, found**2) for size, found in zip(part.sizes, total, strict=True))


def _coefficient(parts: Mapping[str, _Part], squares: str, effect: str) -> Fraction:
    """How often the variance of `effect` stands in the expected `squares`: Σ (marks in both cells)² / marks in the cell."""
    both = parts["".join(facet for facet in FACETS if facet in squares + effect)]
    cells = parts[squares]
    return _over(
        (cells.sizes[cells.cell_of[first]], together**2)
        for first, together in zip(both.firsts, both.sizes, strict=True)
    )


def _over(parts: Iterable[tuple[int, int]]) -> Fraction:
    """Σ numerator / denominator; denominators are few, so they are gathered before anything is divided."""
    numerators: Counter[int] = Counter()
    for denominator, numerator in parts:
        numerators[denominator] += numerator
    return sum((Fraction(top, bottom) for bottom, top in numerators.items()), Fraction(0))


def _solve(equations: list[list[Fraction]], right: list[Fraction]) -> list[Fraction] | None:
    """Gauss and Jordan; None when there is not one solution."""
    rows = [[*equation, value] for equation, value in zip(equations, right, strict=True)]
    for place in range(len(rows)):
        pivot = next((row for row in rows[place:] if row[place]), None)
        if pivot is None:
            return None
        rows.remove(pivot)
        rows.insert(place, pivot)
        pivot[:] = [value / pivot[place] for value in pivot]
        for row in rows:
            if row is not pivot and (factor := row[place]):
                row[:] = [value - factor * top for value, top in zip(row, pivot, strict=True)]
    return [row[-1] for row in rows]


def _summed(shares: Shares, facet: str) -> Fraction:
    """Σ over the questions or interviewers: (sum of the shares of each)²."""
    found: Counter[int] = Counter()
    for mark, share in shares.items():
        found[getattr(mark, facet)] += share  # type: ignore[assignment]  # a Counter adds fractions as well
    return sum((Fraction(value) ** 2 for value in found.values()), Fraction(0))
