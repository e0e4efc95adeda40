"""Lists by the page: the rows after a row, or before it. Every page costs the same, and none shows a row twice or skips
one while others come and go, as happens to pages that are counted from the start. And figures that count no further
than a reader cares.
"""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from typing import Any, Generic, Self, TypeVar

from django.db import models
from django.db.models import Q, QuerySet

from foundation.fields import UNPRINTABLE

Row = TypeVar("Row", bound=models.Model)

COUNTED = 1000
LONGEST_CURSOR = 2000


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list. `earlier` and `later` are the cursors of the pages beside it, empty where there is none."""

    rows: list[Row]
    earlier: str = ""
    later: str = ""

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True)
class Figure:
    """How many there are; at least so many where `is_least`."""

    number: int
    is_least: bool = False

    @classmethod
    def of(cls, number: int, most: int = COUNTED) -> Self:
        """What is said of `number`: nothing exact beyond `most`."""
        return cls(min(number, most), is_least=number > most)

    def __str__(self) -> str:
        return f"{self.number}+" if self.is_least else str(self.number)


def counted(found: QuerySet[Any], most: int = COUNTED) -> Figure:
    """How many rows there are, counted up to `most`."""
    return Figure.of(found.order_by().values("pk")[: most + 1].count(), most)


def page_of(
    found: QuerySet[Row], key: Sequence[str], asked: Mapping[str, Any], size: int, *, whole: QuerySet[Row] | None = None
) -> Page[Row]:
    """The page of `found` that `asked` names by `after` or `before`; the first one where it names none that makes sense.

    `key` are columns, "-" for downwards, the last of them unique. None may be empty (NULL).
    `whole`, where given, is `found` before it was narrowed: the rows are read from it once it is known which.
    Where everything beyond the cursor has gone, the nearest page stands in for it.
    """
    order = _Order(found.model, key)
    back = "after" not in asked
    start = order.read(asked.get("before" if back else "after", ""))
    rows, goes_on = _rows(found, order.turned(back and start is not None), start, size, whole)
    if start and not rows:
        back, start = not back, None
        rows, goes_on = _rows(found, order.turned(back), None, size, whole)
    elif not start:
        back = False
    if back:
        rows.reverse()
    behind = bool(start) and found.filter(order.turned(not back).beyond(order.of(rows[-1 if back else 0]))).exists()
    earlier, later = (goes_on, behind) if back else (behind, goes_on)
    return Page(rows, order.cursor(rows[0]) if earlier else "", order.cursor(rows[-1]) if later else "")


def _rows(
    found: QuerySet[Row], order: "_Order", start: list[Any] | None, size: int, whole: QuerySet[Row] | None
) -> tuple[list[Row], bool]:
    """At most `size` rows in `order` from `start` on, and whether more follow."""
    wanted = found.filter(order.beyond(start)) if start else found
    # First which, then all that is told of them: many rows may have to be put in order, few are shown.
    keys = list(wanted.order_by(*order.names).values_list("pk", flat=True)[: size + 1])
    if not keys:
        return [], False
    # By key alone: order and narrowing asked for once more tempt SQLite to read a whole index for them.
    by_key = {row.pk: row for row in (found if whole is None else whole).order_by().filter(pk__in=keys[:size])}
    return [by_key[key] for key in keys[:size] if key in by_key], len(keys) > size


class _Order:
    """An order of rows, with the place of a row in it as a value that fits into an address."""

    def __init__(self, model: type[models.Model], key: Sequence[str]) -> None:
        self.model, self.names = model, list(key)
        self.paths = [name.removeprefix("-").split("__") for name in key]
        self.fields = [_field(model, path) for path in self.paths]

    def turned(self, back: bool) -> "_Order":
        """The same order, or with `back` the opposite one."""
        names = [name[1:] if name.startswith("-") else f"-{name}" for name in self.names]
        return _Order(self.model, names if back else self.names)

    def of(self, row: models.Model) -> list[Any]:
        return [reduce(getattr, path, row) for path in self.paths]

    def cursor(self, row: models.Model) -> str:
        values = [value.isoformat() if isinstance(value, datetime) else value for value in self.of(row)]
        return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")

    def read(self, cursor: str) -> list[Any] | None:
        """The values in `cursor`, or None where it is none of ours: anybody can write an address."""
        if not cursor or len(cursor) > LONGEST_CURSOR:
            return None
        try:
            told = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
            return [_value(field, value) for field, value in zip(self.fields, told, strict=True)]
        except (ValueError, TypeError, OverflowError, RecursionError):
            return None

    def beyond(self, values: Sequence[Any]) -> Q:
        """Rows that follow on `values`. The first column alone already bounds them, so that its index is used."""
        name, value = self.names[0], values[0]
        column, way = (name[1:], "lt") if name.startswith("-") else (name, "gt")
        past = Q(**{f"{column}__{way}": value})
        if len(values) == 1:
            return past
        rest = _Order(self.model, self.names[1:]).beyond(values[1:])
        return Q(**{f"{column}__{way}e": value}) & (past | rest)


def _field(model: Any, path: Sequence[str]) -> Any:
    """The column at the end of `path`, which may lead over foreign keys."""
    name, *rest = path
    field = model._meta.pk if name == "pk" else model._meta.get_field(name)
    return _field(field.related_model, rest) if rest else field


def _value(field: Any, told: Any) -> Any:
    """What was told, as a value that `field` can be compared with on every database. An error where it cannot."""
    if isinstance(field, models.DateTimeField):
        at = datetime.fromisoformat(told)
        if at.tzinfo is None:
            raise ValueError(told)
        return at.astimezone(UTC)
    if isinstance(field, models.BooleanField):
        fits = isinstance(told, bool)
    elif isinstance(field, models.IntegerField):
        fits = isinstance(told, int) and not isinstance(told, bool) and -(2**63) <= told < 2**63
    else:
        fits = isinstance(told, str) and not UNPRINTABLE.search(told)
    if not fits:
        raise ValueError(told)
    return told
