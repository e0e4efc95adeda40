"""The interviews that are somebody's to hold, to chase or to expect."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from foundation import clock
from interviews.lateness import late
from interviews.models import Interview, Scorecard
from interviews.policies import interviews_run_by
from interviews.timetable import Meeting, meetings


@dataclass(frozen=True)
class Agenda:
    """One person's interviews with an open card: those that are over first, then today's in the reader's zone."""

    late: list[Meeting]
    today: list[Meeting]
    later: list[Meeting]

    @property
    def is_empty(self) -> bool:
        return not (self.late or self.today or self.later)


def my_agenda(user: User) -> Agenda:
    """What `user` still has to hold or to write up, in order of time."""
    cards = Scorecard.objects.open().filter(interviewer=user)
    found = meetings(Interview.objects.filter(pk__in=cards.values("interview")), user)
    today = timezone.localtime(clock.now()).date()
    ahead = [meeting for meeting in found if not meeting.is_past]
    is_today = {id(meeting): timezone.localtime(meeting.interview.starts_at).date() <= today for meeting in ahead}
    return Agenda(
        late=[meeting for meeting in found if meeting.is_past],
        today=[meeting for meeting in ahead if is_today[id(meeting)]],
        later=[meeting for meeting in ahead if not is_today[id(meeting)]],
    )


def submitted_interviews(user: User) -> QuerySet[Interview]:
    """Interviews of which the card of `user` is in, the newest first."""
    cards = Scorecard.objects.submitted().filter(interviewer=user)
    return Interview.objects.filter(pk__in=cards.values("interview")).order_by("-starts_at", "-pk")


def late_interviews(user: User) -> QuerySet[Interview]:
    """Interviews with a late card that `user` chases, the longest waiting first."""
    cards = late(Scorecard.objects.chased_by(user))
    return Interview.objects.filter(pk__in=cards.values("interview"))


def coming_interviews(user: User) -> QuerySet[Interview]:
    """Interviews to come of applications that `user` runs, by the clock alone: whether one has begun early is not said."""
    return interviews_run_by(user).exclude(status=Interview.Status.CANCELLED).filter(starts_at__gte=clock.now())
