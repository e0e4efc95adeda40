"""Why nothing fits: the one limit that, relaxed least, lets something fit.

Least is the change as a share of the larger of what the limit said and says then: 3 minutes more in 30 are less than one
of two questions fewer. A limit that is given up whole, like a pin, counts as 1. Among equals the order of `Limit` decides.
"""

import math
import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from plans.assembly.rows import Program, Row, Tag, program_of
from plans.assembly.solver import Columns, Numbers, largest
from plans.assembly.spec import TOLERANCE, Limit, Relaxation, Spec

AMOUNTS = (Limit.MINUTES, Limit.AT_LEAST, Limit.AT_MOST)
SWITCHES = (Limit.ENEMIES, Limit.PINNED, Limit.BANNED)


def least_relaxation(spec: Spec, until: float) -> Relaxation | None:
    """The least relaxation of a single limit of `spec`, which has no solution; None where none is found in time."""
    program = program_of(spec, is_elastic=True)
    tags: dict[Limit, list[Tag]] = {limit: [] for limit in Limit}
    for tag in dict.fromkeys(row.tag for row in program.rows):
        if tag[0]:
            tags[tag[0]].append(tag)
    amounts = [_amount(program, tag, until) for limit in AMOUNTS for tag in tags[limit]]
    if possible := [found for found in amounts if found]:
        return min(possible, key=_share)
    for limit in SWITCHES:
        if given_up := _given_up(program, tags[limit], until):
            return given_up
    return _fewer_forms(spec, until)


def _share(relaxation: Relaxation) -> float:
    """Rounded, so that sums in floating point do not part equals."""
    after = relaxation.to or 0
    before = after - relaxation.by if relaxation.limit is not Limit.AT_LEAST else after + relaxation.by
    return round(relaxation.by / max(before, after), 9)


def _amount(program: Program, tag: Tag, until: float) -> Relaxation | None:
    """By how much the limit of `tag` alone has to give."""
    limit, about = tag
    values = _slack(program, [tag], until, is_whole=limit is not Limit.MINUTES)
    if values is None or limit is None:
        return None
    by = max(round(float(values[0]), 6), TOLERANCE)
    row = next(row for row in program.rows if row.tag == tag)
    return Relaxation(limit, about, by, row.low - by if limit is Limit.AT_LEAST else row.high + by)


def _given_up(program: Program, tags: Sequence[Tag], until: float) -> Relaxation | None:
    """The first of `tags` that, given up, is enough."""
    values = _slack(program, tags, until, is_whole=True, most=1) if tags else None
    if values is None:
        return None
    limit, about = tags[int(np.argmax(values))]
    return Relaxation(limit, about, 1) if limit else None


def _fewer_forms(spec: Spec, until: float) -> Relaxation | None:
    for forms in range(spec.forms - 1, 0, -1):
        if _slack(program_of(replace(spec, forms=forms)), [], until, is_whole=True) is not None:
            return Relaxation(Limit.FORMS, (), spec.forms - forms, forms)
    return None


def _slack(
    program: Program, tags: Sequence[Tag], until: float, *, is_whole: bool, most: float = math.inf
) -> Numbers | None:
    """How much each of `tags` gives in the least way in which the limits can be kept, at most `most` in all.

    None where they cannot be kept even so, or it was not found out in time. An earlier tag gives before a later one.
    """
    count, first = len(program.columns), len(program.columns)
    place = {tag: first + number for number, tag in enumerate(tags)}
    rows = [_giving(row, place[row.tag]) if row.tag in place else row for row in program.rows]
    rows.append(Row((None, ()), tuple(place.values()), (1.0,) * len(tags), 0, most))
    profit = np.concatenate([np.zeros(count), -np.arange(1, len(tags) + 1, dtype=np.float64)])
    high = np.concatenate([np.ones(count), np.full(len(tags), np.inf)])
    whole = np.concatenate([np.ones(count), np.full(len(tags), float(is_whole))])
    found = largest(Columns(profit, np.zeros(len(profit)), high, whole), rows, seconds=until - time.monotonic())
    return None if found.values is None else found.values[first:]


def _giving(row: Row, column: int) -> Row:
    weight = 1.0 if math.isfinite(row.low) else -1.0
    return replace(row, columns=(*row.columns, column), weights=(*row.weights, weight))
