"""Assembling plans from large banks: how near to the bound of the relaxation, and in how many times its own time."""

import time

from plans.assembly.choosing import Aim, assemble
from plans.assembly.greedy import first_plan
from plans.assembly.solver import relaxed
from tests.bench.figures import Figure
from tests.plans.brute import large

INSTANCES, SMALL, LARGE = 20, 1000, 10_000
NEAR, TIMES, FIRST = 0.01, 6, 1


def figures():
    for count in (SMALL, LARGE):
        met = [_met(large(seed, count)) for seed in range(INSTANCES)]
        gaps, ratios, firsts, starts = zip(*met, strict=True)
        title = f"{INSTANCES} plans from {count} questions"
        yield Figure(f"{title}, farthest from the relaxation’s bound", 100 * max(gaps), 100 * NEAR, "%")
        goal = TIMES if count == LARGE else None
        yield Figure(
            f"{title}, slowest, times the relaxation’s own time", max(ratios), goal, how=f"middle {_middle(ratios):.1f}"
        )
        how = f"middle {_middle(firsts):.2f}; farthest from the bound {100 * max(starts):.1f} %"
        yield Figure(
            f"{title}, slowest first plan, times the relaxation",
            max(firsts),
            FIRST if count == LARGE else None,
            how=how,
        )


def _met(spec):
    """Of one instance: what is missing to the bound, the time of all of it and of the first plan, and what that lacks."""
    aim = Aim(spec)
    (ideal, _costs), alone = _timed(lambda: relaxed(aim.columns(), aim.rows))
    answer, taken = _timed(lambda: assemble(spec))
    first, started = _timed(lambda: first_plan(spec))
    missing = [1 - worth / ideal.bound for worth in (answer.forms[0].value, aim.worth(first))]
    return missing[0], taken / alone, started / alone, missing[1]


def _timed(act):
    """What it gives, and the fewer CPU seconds of two tries: a busy machine only ever adds."""
    tries = []
    for _try in range(2):
        start = time.process_time()
        given = act()
        tries.append(time.process_time() - start)
    return given, min(tries)


def _middle(values):
    return sorted(values)[len(values) // 2]
