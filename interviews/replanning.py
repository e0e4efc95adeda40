"""Which applications of a role can follow its new plan, and what keeps the others."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from accounts.models import User
from foundation import clock
from interviews.models import Application, ApplicationQuerySet, Interview, Score, Scorecard, StageResult
from interviews.policies import standing_for
from plans.models import InterviewPlan, Stage


@dataclass(frozen=True)
class Meeting:
    """An interview that is arranged, and the stage of the new plan at which it will be held."""

    interview: Interview
    stage: Stage


@dataclass(frozen=True)
class Standing:
    """An application that does not follow the plan: it moves with `meetings`, or `kept` says what keeps it."""

    application: Application
    meetings: tuple[Meeting, ...]
    kept: str = ""


def not_following(plan: InterviewPlan, user: User) -> ApplicationQuerySet:
    """Applications for the plan's role that stand, as far as `user` may know, and follow another plan or none."""
    elsewhere = ~Q(plan=plan) | Q(plan=None)
    return standing_for(user).filter(elsewhere, role=plan.role_id, pk__in=Application.objects.run_by(user).values("pk"))


def standings_of(plan: InterviewPlan, user: User) -> list[Standing]:
    """In a fixed number of queries, however many there are."""
    cards = Prefetch("scorecards", Scorecard.objects.select_related("interviewer"))
    arranged = Interview.objects.exclude(status=Interview.Status.CANCELLED).select_related("stage")
    listed = not_following(plan, user).select_related("candidate", "plan").order_by("candidate__name", "pk")
    applications = listed.prefetch_related(Prefetch("interviews", arranged.prefetch_related(cards), to_attr="arranged"))
    free = set(Application.objects.not_blind_to(user).filter(role=plan.role_id).values_list("pk", flat=True))
    stages = {stage.name.casefold(): stage for stage in plan.stages.filter(kind=Stage.Kind.INTERVIEW)}
    tried = set(
        StageResult.objects.filter(application__role=plan.role_id).order_by().values_list("application", flat=True)
    )
    saved = Score.objects.filter(version__gt=0, scorecard__interview__application__role=plan.role_id).order_by()
    written = set(saved.values_list("scorecard__interview", flat=True).distinct())
    found = []
    for application in applications:
        if application.pk not in free:
            kept = _("You hold an open scorecard there. Another recruiter of the role can see to it.")
            found.append(Standing(application, (), kept))
        elif application.pk in tried:
            found.append(Standing(application, (), _("A result is recorded under the present plan.")))
        else:
            found.append(_standing(application, application.arranged, stages, written))  # type: ignore[attr-defined]  # prefetched
    return found


def _standing(
    application: Application, arranged: Iterable[Interview], stages: dict[str, Stage], written: set[int]
) -> Standing:
    if begun := [meeting for meeting in arranged if meeting.pk in written or _has_begun(meeting)]:
        return Standing(application, (), _("“%(stage)s” has begun.") % {"stage": begun[0].stage.name})
    meetings = []
    for interview in arranged:
        stage = stages.get(interview.stage.name.casefold())
        if stage is None:
            words = {"stage": interview.stage.name}
            return Standing(
                application, (), _("“%(stage)s” is arranged, and the plan has no interview of that name.") % words
            )
        meetings.append(Meeting(interview, stage))
    return Standing(application, tuple(meetings))


def _has_begun(interview: Interview) -> bool:
    """By its state, by the clock, or because somebody has written on a card there already."""
    written = any(card.version for card in interview.scorecards.all())
    return written or interview.status != Interview.Status.SCHEDULED or interview.starts_at <= clock.now()
