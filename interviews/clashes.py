"""Two meetings of one person at the same time: said, not forbidden."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from accounts.models import User
from interviews.lateness import LONGEST, ends_at
from interviews.models import Application, Candidate, Interview
from interviews.policies import seats_taken_for


@dataclass(frozen=True)
class Clash:
    """`person` (None: the candidate) already has `interview`. `named` is its candidate, if the reader may know."""

    interview: Interview
    ends_at: datetime
    person: User | None
    named: str


def find_clashes(
    *, people: Iterable[User], candidate: Candidate | None, meeting: Interview, reader: User
) -> list[Clash]:
    """What `people` and `candidate` already have during `meeting`, which may be unsaved, in three queries."""
    taken = seats_taken_for(reader).filter(interviewer__in=people).select_related("interviewer")
    near = (
        Interview.objects.exclude(status=Interview.Status.CANCELLED)
        .exclude(pk=meeting.pk)
        .filter(starts_at__gt=meeting.starts_at - LONGEST, starts_at__lt=ends_at(meeting))
        .select_related("stage", "application__candidate")
        .prefetch_related(Prefetch("scorecards", taken, to_attr="seats_of_people"))
    )
    overlapping = [interview for interview in near if ends_at(interview) > meeting.starts_at]
    readable = set(Application.objects.run_by(reader).filter(interviews__in=overlapping).values_list("pk", flat=True))
    found = []
    for interview in overlapping:
        theirs = interview.application
        named = f"{theirs.candidate.code}, {theirs.candidate.name}" if theirs.pk in readable else ""
        if candidate is not None and theirs.candidate_id == candidate.pk:
            found.append(Clash(interview, ends_at(interview), None, named))
        found += [Clash(interview, ends_at(interview), card.interviewer, named) for card in interview.seats_of_people]
    return found
