"""When a card is due, and since when it is late: the moment its interview ends."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, IntegerField, Q, QuerySet, Value

from foundation import clock
from interviews.models import MOST_EXTRA_MINUTES, Interview, ScorecardQuerySet
from plans.models import LONGEST_STAGE

_MINUTE = timedelta(minutes=1)
# What began earlier than this can no longer be going on.
LONGEST = (LONGEST_STAGE + MOST_EXTRA_MINUTES) * _MINUTE


def ends_at(interview: Interview) -> datetime:
    """The planned end, in UTC: the card is due then, and late from then on."""
    return interview.starts_at + interview.minutes * _MINUTE


def is_past(interview: Interview) -> bool:
    return ends_at(interview) <= clock.now()


def late(cards: ScorecardQuerySet) -> ScorecardQuerySet:
    """Those of `cards` that are open after their interview has ended. Whose lateness one may know is not said here."""
    return cards.open().alias(ended_at=_ended_at()).filter(_is_over())


def due(cards: ScorecardQuerySet) -> ScorecardQuerySet:
    """Those of `cards` that are open and not late."""
    return cards.open().alias(ended_at=_ended_at()).filter(~_is_over())


def going_on_or_ahead(interviews: QuerySet[Interview]) -> QuerySet[Interview]:
    """Those of `interviews` that have not ended, by the clock alone: whether one has begun or ended early is not said."""
    now = clock.now()
    lately = interviews.filter(starts_at__gt=now - LONGEST)
    return lately.alias(ended_at=_ended_at("")).filter(ended_at__gt=now)


def _is_over() -> Q:
    """Reckons the end only of what began lately; anything older than the longest stage has ended."""
    now = clock.now()
    long_ago = Q(interview__starts_at__lte=now - LONGEST)
    return long_ago | Q(interview__starts_at__lte=now) & Q(ended_at__lte=now)


def _ended_at(interview: str = "interview__") -> Any:
    """The planned end; `interview` is the path to it."""
    # SQLite multiplies a length of time by a plain integer only, so the small one is named as such.
    minutes = ExpressionWrapper(
        F(f"{interview}stage__minutes") + F(f"{interview}extra_minutes"), output_field=IntegerField()
    )
    length = ExpressionWrapper(minutes * Value(_MINUTE), output_field=DurationField())
    return ExpressionWrapper(F(f"{interview}starts_at") + length, output_field=DateTimeField())
