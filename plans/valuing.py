"""What a question is worth to a plan: the weight of its competency × how its level fits the role × how fresh it is. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

# Level of the role → how well a question of each level fits it, in per cent, until somebody says otherwise.
FIT: dict[str, dict[str, int]] = {
    "junior": {"beginner": 100, "intermediate": 60, "advanced": 20},
    "mid": {"beginner": 60, "intermediate": 100, "advanced": 60},
    "senior": {"beginner": 30, "intermediate": 90, "advanced": 100},
    "staff": {"beginner": 20, "intermediate": 70, "advanced": 100},
}
# Per cent that a question loses each time it was asked and at most so, and when it was asked in the last days.
WORN, MOST_WORN, RECENT, RECENT_DAYS = 5, 50, 20, 90


@dataclass(frozen=True)
class Value:
    """`weight` of the competency, `fit` and `freshness` in per cent."""

    weight: int
    fit: int
    freshness: int

    @property
    def worth(self) -> float:
        """To a hundredth."""
        return round(self.weight * self.fit * self.freshness / 10_000, 2)


def freshness(times_asked: int, last_asked_at: datetime | None, now: datetime) -> int:
    """Per cent: 100 for a question that was never asked, less for one that candidates may have heard of."""
    is_recent = last_asked_at is not None and now - last_asked_at < timedelta(days=RECENT_DAYS)
    return 100 - min(WORN * times_asked, MOST_WORN) - (RECENT if is_recent else 0)


def limits(weight: int, total_weight: int, room: float, available: int) -> tuple[int, int]:
    """At least and at most how many questions on a competency, where all weights share `room` questions.

    Half its share but not less than one, and one more than its share: in between the values decide. Never more than
    there are.
    """
    share = room * weight / max(total_weight, 1)
    return min(max(int(share / 2), 1), available), max(min(ceil(share) + 1, available), 1)
