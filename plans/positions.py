"""Order within a whole: positions count from 1 without gaps, and are unique in the database at every moment."""

from typing import Any

from django.db.models import F, Max, QuerySet

# Above every position in use: rows step aside here while they change places.
ASIDE = 10_000


def next_position(rows: QuerySet[Any]) -> int:
    """The position after the last of `rows`."""
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1


def step(rows: QuerySet[Any], key: int, *, up: bool) -> None:
    """Move the row with primary key `key` one place up or down among `rows`; at the end of the way nothing moves.

    Written in two passes, because no two rows may hold one position even for a moment.
    """
    keys = list(rows.order_by("position").values_list("pk", flat=True))
    if key not in keys:
        return
    here = keys.index(key)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(keys):
        return
    keys[here], keys[there] = keys[there], keys[here]
    rows.order_by().update(position=F("position") + ASIDE)
    for position, moved in enumerate(keys, start=1):
        rows.filter(pk=moved).update(position=position)
