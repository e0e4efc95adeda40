"""A figure with its goal, and how two things are timed so that a busy machine slows both alike."""

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

ROUNDS = 7
# A spread beyond this share of the median means the machine was busy with something else: measured once more.
NOISY = 0.4
HOLDS, MISSED, TOLD = "holds ", "MISSED", "told  "


@dataclass(frozen=True)
class Figure:
    """What was measured; it holds while `value` is at most `goal`, both in `unit`. Without a goal it is only told."""

    name: str
    value: float
    goal: float | None
    unit: str = "×"
    how: str = ""

    @property
    def holds(self) -> bool:
        return self.goal is None or self.value <= self.goal

    def __str__(self) -> str:
        mark, goal = (
            (TOLD, "no goal") if self.goal is None else (HOLDS if self.holds else MISSED, f"goal ≤ {self.goal:g}")
        )
        return f"{mark}  {self.name}: {self.value:.4g} {self.unit} ({goal}){'  ' + self.how if self.how else ''}"


def side_by_side(cases: Mapping[str, Callable[[], object]], *, rounds: int = ROUNDS) -> dict[str, float]:
    """Name → median CPU seconds of this process for one call, after a warm-up, all cases in turn in every round.

    What one case leaves behind is cleared away on nobody's time.
    """
    for call in cases.values():
        call()
    medians, is_noisy = _timed(cases, rounds)
    return _timed(cases, rounds)[0] if is_noisy else medians


def _timed(cases: Mapping[str, Callable[[], object]], rounds: int) -> tuple[dict[str, float], bool]:
    taken: dict[str, list[float]] = {name: [] for name in cases}
    for _round in range(rounds):
        for name, call in cases.items():
            gc.collect()
            start = time.process_time()
            call()
            taken[name].append(time.process_time() - start)
    medians = {name: median(seconds) for name, seconds in taken.items()}
    is_noisy = any(max(each) - min(each) > NOISY * medians[name] for name, each in taken.items())
    return medians, is_noisy
