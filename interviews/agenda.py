"""The interviews that are somebody's to hold, to chase or to expect."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from foundation import clock
from foundation.paging import Figure
from interviews.lateness import due, going_on_or_ahead, late
from interviews.models import Interview, Scorecard, ScorecardQuerySet
from interviews.policies import interviews_run_by
from interviews.timetable import Meeting, meetings

# Of each part of the agenda; the rest stands in the list of all open ones.
SHOWN = 10


@dataclass(frozen=True)
class Part:
    """The first meetings of a part, and how many there are in all, counted up to SHOWN."""

    meetings: list[Meeting]
    figure: Figure


@dataclass(frozen=True)
class Agenda:
    """One person's interviews with an open card: those that are over first, then today's in the reader's zone."""

    late: Part
    today: Part
    later: Part

    @property
    def parts(self) -> tuple[Part, Part, Part]:
        return self.late, self.today, self.later

    @property
    def is_empty(self) -> bool:
        return not any(part.meetings for part in self.parts)

    @property
    def goes_on(self) -> bool:
        """Whether there are more than are shown here."""
        return any(part.figure.is_least for part in self.parts)


def my_agenda(user: User) -> Agenda:
    """What `user` still has to hold or to write up, in order of time."""
    own = Scorecard.objects.filter(interviewer=user)
    cards = (late(own), before_midnight(due(own)), from_midnight(due(own)))
    found = [list(_interviews_of(part).order_by("starts_at", "pk")[: SHOWN + 1]) for part in cards]
    # All in one go, so that the parts share their queries.
    seen = iter(meetings([interview for part in found for interview in part[:SHOWN]], user))
    return Agenda(
        *(
            Part([next(seen) for _interview in part[:SHOWN]], Figure(min(len(part), SHOWN), is_least=len(part) > SHOWN))
            for part in found
        )
    )


def before_midnight(cards: ScorecardQuerySet) -> ScorecardQuerySet:
    """Those of `cards` whose interview starts before today ends in the reader's zone."""
    return cards.filter(interview__starts_at__lt=_midnight())


def from_midnight(cards: ScorecardQuerySet) -> ScorecardQuerySet:
    """Those of `cards` whose interview starts tomorrow or later."""
    return cards.filter(interview__starts_at__gte=_midnight())


def _midnight() -> datetime:
    tomorrow = timezone.localdate(clock.now()) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time()))


def _interviews_of(cards: ScorecardQuerySet) -> QuerySet[Interview]:
    return Interview.objects.filter(pk__in=cards.values("interview"))


def open_interviews(user: User) -> QuerySet[Interview]:
    """Interviews that `user` still has to hold or to write up."""
    return _interviews_of(Scorecard.objects.open().filter(interviewer=user))


def submitted_interviews(user: User) -> QuerySet[Interview]:
    """Interviews of which the card of `user` is in."""
    return _interviews_of(Scorecard.objects.submitted().filter(interviewer=user))


def late_interviews(user: User) -> QuerySet[Interview]:
    """Interviews with a late card that `user` chases."""
    return _interviews_of(late(Scorecard.objects.chased_by(user)))


def coming_interviews(user: User) -> QuerySet[Interview]:
    """Interviews of applications that `user` runs which go on or are to come."""
    return going_on_or_ahead(interviews_run_by(user)).exclude(status=Interview.Status.CANCELLED)
