"""All applications of a role that can follow its new plan, in one action."""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.lifecycle import Refused
from interviews.actions.candidates import take_plan_in_force
from interviews.actions.scheduling import cancel_interview, schedule_interview
from interviews.models import Application
from interviews.replanning import Standing, standings_of
from plans.models import InterviewPlan, Role


@transaction.atomic
def move_applications(*, plan: InterviewPlan, by: User) -> list[Standing]:
    """Every application without a begun interview follows `plan` from now on; answered with what became of each.

    An interview that is arranged is cancelled and arranged anew at the stage of the same name, with its time, place and
    people; where that cannot be, the application stays as it was and is named. Raises Refused for a plan that is not in
    force, and where nobody can be moved.
    """
    Role.objects.select_for_update().get(pk=plan.role_id)
    plan.refresh_from_db()
    if plan.status != InterviewPlan.Status.ACTIVE:
        raise Refused(_("This plan is not in force, so nobody is moved to it."))
    # Locked before it is looked at, so that no interview begins in between.
    list(Application.objects.select_for_update().filter(role=plan.role_id).order_by("pk").values_list("pk"))
    done = [standing if standing.kept else _moved(standing, plan, by) for standing in standings_of(plan, by)]
    if all(standing.kept for standing in done):
        raise Refused(_("There is nobody to move: each candidate follows this plan, or has begun under another."))
    return done


def _moved(standing: Standing, plan: InterviewPlan, by: User) -> Standing:
    try:
        with transaction.atomic():
            _move(standing, plan, by)
    except Refused as problem:
        return replace(standing, meetings=(), kept=str(problem.sentence))
    return standing


def _move(standing: Standing, plan: InterviewPlan, by: User) -> None:
    seats = {
        meeting.interview.pk: [
            (card.interviewer, card.seat) for card in meeting.interview.scorecards.all() if card.is_open
        ]
        for meeting in standing.meetings
    }
    for meeting in standing.meetings:
        reason = gettext("Arranged anew under plan %(number)s.") % {"number": plan.number}
        cancel_interview(interview=meeting.interview, reason=reason, by=by)
    take_plan_in_force(application=standing.application, by=by)
    standing.application.plan = plan
    for meeting in standing.meetings:
        was = meeting.interview
        schedule_interview(
            application=standing.application,
            stage=meeting.stage,
            starts_at=was.starts_at,
            zone=was.zone,
            place=was.place,
            extra_minutes=was.extra_minutes,
            seats=seats[was.pk],
            by=by,
        )
