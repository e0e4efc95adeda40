"""What time it is, said in one place, so that a record can be made with the time it is about."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_set_to: ContextVar[datetime | None] = ContextVar("_set_to", default=None)


def now() -> datetime:
    """The present moment in UTC, or the one that `at` has set."""
    return _set_to.get() or timezone.now()


def today() -> date:
    """The day it is in UTC."""
    return now().date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let everything inside happen at `moment`: for demo data and tests, whose past must be told as past."""
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)
