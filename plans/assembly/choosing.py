"""The best choice for a spec, or why there is none."""

import math
import time
from dataclasses import replace

import numpy as np

from plans.assembly.greedy import first_plan
from plans.assembly.relaxing import least_relaxation
from plans.assembly.rows import ONCE, Row, program_of
from plans.assembly.solver import Columns, Found, Numbers, largest, relaxed
from plans.assembly.spec import TOLERANCE, Answer, Chosen, Plan, Spec, Status, Undecided
from plans.assembly.spreading import spread

# Seconds after which the best plan so far is taken.
PATIENCE = 30
# Up to so many columns the best plan itself is looked for; beyond, one that lacks at most NEAR of the bound will do, and
# it is looked for among the CORE columns that cost the relaxation least, before it is among all that may matter.
EXACT, NEAR, CORE = 2000, 0.005, 400


def assemble(spec: Spec, *, seconds: float = PATIENCE) -> Answer:
    """The best choice found within `seconds`, the same every time unless they ran out. Raises Undecided."""
    until = time.monotonic() + seconds
    spec, plan = spread(spec, until) if spec.spread else (spec, None)
    aim = Aim(spec)
    found = aim.reached(until)
    if found.is_infeasible:
        return Answer(Status.INFEASIBLE, relax=least_relaxation(spec, until))
    if found.values is not None:
        plan = aim.plan_of(aim.evened(found.values, until))
    plan = plan or first_plan(spec)
    if plan is None:
        raise Undecided
    return _answer(spec, plan, aim.worth(plan), found.bound)


def _answer(spec: Spec, plan: Plan, worth: float, bound: float) -> Answer:
    _refuse_broken(spec, plan)
    chosen = [
        Chosen(
            ids=tuple(sorted(question.id for question in part)),
            minutes=math.fsum(question.minutes for question in part),
            value=math.fsum(question.value for question in part),
        )
        for part in plan
    ]
    # Which stage is which matters; forms are named by what is in them.
    forms = tuple(chosen) if spec.stages else tuple(sorted(chosen, key=lambda form: form.ids))
    lacking = bound - worth
    if lacking <= TOLERANCE * max(1, abs(worth)):
        return Answer(Status.OPTIMAL, forms, worth, 0)
    return Answer(Status.FEASIBLE, forms, bound, lacking / max(abs(bound), abs(worth)))


def _refuse_broken(spec: Spec, plan: Plan) -> None:
    """The solver counts in floating point: what it answers is held against the limits once more."""
    if any(sum(q.minutes for q in part) > spec.parts[place].minutes + TOLERANCE for place, part in enumerate(plan)):
        raise ArithmeticError("a part takes longer than it may")
    for group in spec.groups:
        ids = {question.id for part in group for question in plan[part]}
        counts = [question.competency for part in group for question in plan[part]]
        if any(counts.count(name) < count for name, count in spec.at_least.items()):
            raise ArithmeticError("too few of a competency")
        if any(counts.count(name) > count for name, count in spec.at_most.items()):
            raise ArithmeticError("too many of a competency")
        if any(first in ids and second in ids for first, second in spec.enemies):
            raise ArithmeticError("enemies stand together")
    asked = [question.id for part in plan for question in part]
    if len(asked) != len(set(asked)) or not spec.all_pinned <= set(asked) or spec.banned & set(asked):
        raise ArithmeticError("a question is asked twice, is missing or is banned")
    if not spec.is_spread_by(plan):
        raise ArithmeticError("a competency stands in one stage alone")


class Aim:
    """What is to be large: the value in all, or, of several forms, that of the poorest, which one more column holds."""

    def __init__(self, spec: Spec) -> None:
        self.spec, self.program = spec, program_of(spec)
        self.is_one_sum = bool(spec.stages) or spec.forms == 1
        self.values: Numbers = np.array([spec.ordered[place].value for place, _part in self.program.columns] + [0.0])
        self.is_whole = bool(np.all(self.values == np.round(self.values)))
        self.rows = [*self.program.rows, *([] if self.is_one_sum else self._poorest())]

    def _poorest(self) -> list[Row]:
        """No form is worth less than what the last column says."""
        last, rows = len(self.values) - 1, []
        for form in range(self.spec.forms):
            own = [column for column, (_place, part) in enumerate(self.program.columns) if part == form]
            rows.append(Row(ONCE, (*own, last), (*self.values[own], -1.0), 0, math.inf))
        return rows

    def columns(self) -> Columns:
        count = len(self.values)
        columns = Columns(self.values.copy(), np.zeros(count), np.ones(count), np.ones(count))
        if self.is_one_sum:
            columns.high[-1] = 0
        else:
            columns.profit[:] = 0
            columns.profit[-1], columns.low[-1], columns.high[-1] = 1, -np.inf, np.inf
            columns.whole[-1] = self.is_whole
        return columns

    def reached(self, until: float) -> Found:
        """The best, or with very many columns nearly so; its bound is a whole number where all values are."""
        found = self._exactly(until) if len(self.values) <= EXACT else self._nearly(until)
        is_rounded = self.is_whole and math.isfinite(found.bound)
        return replace(found, bound=math.floor(found.bound + TOLERANCE)) if is_rounded else found

    def _exactly(self, until: float) -> Found:
        found = largest(self.columns(), self.rows, seconds=until - time.monotonic())
        if found.is_infeasible or math.isfinite(found.bound):
            return found
        # Time ran out before there was any bound: that of the relaxation costs next to nothing here.
        ideal, _costs = relaxed(self.columns(), self.rows)
        return ideal if ideal.is_infeasible else Found(found.values, ideal.bound)

    def _nearly(self, until: float) -> Found:
        columns = self.columns()
        ideal, costs = relaxed(columns, self.rows)
        if ideal.is_infeasible:
            return ideal
        first = first_plan(self.spec)
        worth = -math.inf if first is None else self.worth(first)
        costs[-1] = 0
        core = self._within(columns, costs, np.partition(costs, CORE)[CORE], until)
        if core.values is not None:
            worth = max(worth, float(columns.profit @ core.values))
            if ideal.bound - worth <= NEAR * abs(ideal.bound):
                return Found(core.values, ideal.bound)
        # What costs the relaxation more than all that is lacking to its bound stands in no better plan.
        found = self._within(columns, costs, ideal.bound - worth + TOLERANCE, until)
        bound = min(ideal.bound, max(found.bound if found.values is not None else worth, worth))
        if found.values is None and math.isfinite(worth):
            return Found(core.values, bound if found.is_infeasible else ideal.bound)
        return replace(found, bound=bound)

    def _within(self, columns: Columns, costs: Numbers, most: float, until: float) -> Found:
        """The best among the columns that cost at most `most`."""
        high = np.where(costs <= most, columns.high, columns.low)
        return largest(replace(columns, high=high), self.rows, seconds=until - time.monotonic(), gap=NEAR)

    def evened(self, values: Numbers, until: float) -> Numbers:
        """Of several forms, the most in all among the plans whose poorest form is as good as in `values`."""
        if self.is_one_sum:
            return values
        columns = self.columns()
        columns.low[-1] = self.worth(self.plan_of(values)) - TOLERANCE
        columns.whole[-1] = 0
        gap = 0 if len(self.values) <= EXACT else NEAR
        again = largest(replace(columns, profit=self.values), self.rows, seconds=until - time.monotonic(), gap=gap)
        return values if again.values is None else again.values

    def worth(self, plan: Plan) -> float:
        sums = [math.fsum(question.value for question in part) for part in plan]
        return math.fsum(sums) if self.is_one_sum else min(sums)

    def plan_of(self, values: Numbers) -> Plan:
        return self.program.plan_of(values[:-1])
