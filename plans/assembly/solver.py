"""The one file that loads SciPy; it is loaded by the process that assembles, never by the one that answers pages."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, vstack

from plans.assembly.rows import Row

Numbers = np.ndarray[Any, np.dtype[np.float64]]
# What HiGHS answers, as SciPy numbers it.
DONE, RAN_OUT, INFEASIBLE = 0, 1, 2


@dataclass(frozen=True)
class Columns:
    """What each column may hold, whether it is whole, and what one of it adds to the sum that is to be large."""

    profit: Numbers
    low: Numbers
    high: Numbers
    whole: Numbers


@dataclass(frozen=True)
class Found:
    """`values` of the columns, None where none were found; no choice is worth more than `bound`."""

    values: Numbers | None
    bound: float = math.inf
    is_infeasible: bool = False


def matrix_of(rows: Sequence[Row], width: int) -> csr_array:
    starts = np.cumsum([0, *(len(row.columns) for row in rows)])
    columns = np.fromiter((column for row in rows for column in row.columns), dtype=np.int32, count=starts[-1])
    weights = np.fromiter((weight for row in rows for weight in row.weights), dtype=np.float64, count=starts[-1])
    return csr_array((weights, columns, starts), shape=(len(rows), width))


def largest(columns: Columns, rows: Sequence[Row], *, seconds: float, gap: float = 0) -> Found:
    """The largest sum in whole numbers; within `gap` of the bound, or what was found when `seconds` are over."""
    answer = milp(
        -columns.profit,
        integrality=columns.whole,
        bounds=Bounds(columns.low, columns.high),
        constraints=LinearConstraint(
            matrix_of(rows, len(columns.profit)), [row.low for row in rows], [row.high for row in rows]
        ),
        options={"time_limit": max(seconds, 0.01), "mip_rel_gap": gap},
    )
    if answer.status not in {DONE, RAN_OUT, INFEASIBLE}:
        raise ArithmeticError(answer.message)
    bound = math.inf if answer.mip_dual_bound is None else -answer.mip_dual_bound
    return Found(answer.x, bound, answer.status == INFEASIBLE)


def relaxed(columns: Columns, rows: Sequence[Row]) -> tuple[Found, Numbers]:
    """The largest sum without asking for whole numbers, and by how much it falls for one of each column that is at 0."""
    matrix = matrix_of(rows, len(columns.profit))
    low, high = np.array([row.low for row in rows]), np.array([row.high for row in rows])
    above, below = np.isfinite(high), np.isfinite(low)
    answer = linprog(
        -columns.profit,
        A_ub=vstack([matrix[above], -matrix[below]], format="csr"),
        b_ub=np.concatenate([high[above], -low[below]]),
        bounds=np.column_stack([columns.low, columns.high]),
        method="highs",
    )
    if answer.status == INFEASIBLE:
        return Found(None, is_infeasible=True), np.zeros(0)
    if answer.status != DONE:
        raise ArithmeticError(answer.message)
    return Found(answer.x, -answer.fun), answer.lower.marginals
