"""Order within a whole: positions rise from 1, and are unique in the database at every moment."""

from typing import Any

from django.db.models import F, Max, QuerySet

# Above every position in use: rows step aside here while they change places. Three times this still fits the column.
ASIDE = 10_000


def next_position(rows: QuerySet[Any]) -> int:
    """The position after the last of `rows`."""
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1


def put(row: Any, rows: QuerySet[Any], number: int, **joining: Any) -> None:
    """Let `row` stand `number`-th among `rows`, counted from 1 without itself; beyond the last it stands last.

    `joining` says of which whole it becomes a part, where `rows` are those of another one. In a fixed number of
    statements, and in passes, because no two rows may hold one position even for a moment.
    """
    model = type(row)._default_manager
    order = list(rows.exclude(pk=row.pk).order_by("position"))
    order.insert(max(number, 1) - 1, row)
    model.filter(pk=row.pk).update(position=2 * ASIDE, **joining)
    rows.order_by().update(position=F("position") + ASIDE)
    for position, each in enumerate(order, start=1):
        each.position = position
    model.bulk_update(order, ["position"])
