"""Which competencies can be asked about in two stages: found before the values count."""

import time
from dataclasses import replace

import numpy as np

from plans.assembly.rows import in_two_stages, program_of
from plans.assembly.solver import Columns, largest
from plans.assembly.spec import Plan, Spec


def spread(spec: Spec, until: float) -> tuple[Spec, Plan | None]:
    """`spec` with `twice`, the competencies that count most together; and a plan that keeps it, where one was found.

    Where nothing keeps the limits even without, or nothing was found in half the time, it stays as it is.
    """
    program, wanted = program_of(spec), sorted(spec.spread)
    first = len(program.columns)
    rows = list(program.rows)
    for column, competency in enumerate(wanted, start=first):
        rows += [
            replace(row, columns=(*row.columns, column), weights=(*row.weights, -1.0), low=0)
            for row in in_two_stages(spec, program.columns, competency)
        ]
    counts = np.array([spec.spread[competency] for competency in wanted])
    # Between choices that spread as well, the values decide: all of a plan weigh half as much as one competency.
    values = np.array([spec.ordered[place].value for place, _part in program.columns])
    profit = np.concatenate([values * counts.min() / (2 * _most(spec)), counts])
    ones = np.ones(len(profit))
    seconds, gap = (until - time.monotonic()) / 2, counts.min() / (4 * counts.sum())
    found = largest(Columns(profit, np.zeros(len(profit)), ones, ones), rows, seconds=seconds, gap=gap)
    if found.values is None:
        return spec, None
    twice = {name for name, taken in zip(wanted, found.values[first:], strict=True) if taken > 0.5}
    return replace(spec, twice=frozenset(twice)), program.plan_of(found.values[:first])


def _most(spec: Spec) -> float:
    """No plan is worth more, or loses more."""
    minutes = sum(part.minutes for part in spec.parts)
    return minutes * max((abs(question.value) / question.minutes for question in spec.questions), default=0) or 1
