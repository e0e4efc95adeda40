"""Candidates and their applications: add, withdraw, move to the plan in force."""

import secrets
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.recording import record
from foundation.lifecycle import Refused
from interviews.actions.scheduling import UNKNOWABLE, cancel_interview
from interviews.lifecycles import APPLICATION
from interviews.models import Application, Candidate, Interview, Scorecard
from interviews.policies import plan_in_force, progress_known_to, standing_for
from plans.models import Role


class AlreadyActive(Refused):
    """The candidate already stands for that role."""

    def __init__(self, candidate: Candidate) -> None:
        self.candidate = candidate
        super().__init__(_("This person is already a candidate for that role."), "email")


@transaction.atomic
def add_candidate(*, role: Role, name: str, email: str, by: User) -> Application:
    """A new application of the person with `email`, who is made if unknown and keeps the stored name if known.

    Raises Refused for a closed role, and AlreadyActive, also to whoever may not know whether the one there was is decided.
    """
    if not Role.objects.open().select_for_update().filter(pk=role.pk).exists():
        raise Refused(_("This role is closed, so nobody can be added to it. Choose another role."), "role")
    candidate = _known_or_new(name=name, email=email.strip().lower(), by=by)
    if standing_for(by).filter(candidate=candidate, role=role).exists():
        raise AlreadyActive(candidate)
    plan = plan_in_force(role)
    try:
        with transaction.atomic():
            application = Application.objects.create(candidate=candidate, role=role, plan=plan)
    except IntegrityError as problem:
        raise AlreadyActive(candidate) from problem
    record("application.added", application, by=by)
    return application


@transaction.atomic
def add_candidates(*, role: Role, people: Iterable[tuple[str, str]], by: User) -> list[Application]:
    """One application for each (name, email); who is already active on the role is left out. All or nothing."""
    added = []
    for name, email in people:
        try:
            added.append(add_candidate(role=role, name=name, email=email, by=by))
        except AlreadyActive:
            continue
    return added


def _known_or_new(*, name: str, email: str, by: User) -> Candidate:
    known = Candidate.objects.filter(email__iexact=email).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            # The code is made of the key, which is not known before the row is there.
            candidate = Candidate.objects.create(name=name, email=email, code=secrets.token_hex(6))
            candidate.code = f"C-{candidate.pk:04d}"
            candidate.save(update_fields=["code"])
    except IntegrityError:  # Somebody has just added the same person.
        return Candidate.objects.get(email__iexact=email)
    record("candidate.added", candidate, by=by)
    return candidate


@transaction.atomic
def withdraw_application(*, application: Application, by: User) -> None:
    """The candidate has withdrawn: interviews without a card that is in are cancelled, the others stand.

    Raises MoveRefused for an application that is decided or already withdrawn, Refused to whoever may not know which
    interviews have been held.
    """
    meetings = application.interviews.exclude(status=Interview.Status.CANCELLED)
    if meetings.exclude(pk__in=progress_known_to(by).values("pk")).exists():
        raise Refused(UNKNOWABLE)
    APPLICATION.move(application, Application.Status.WITHDRAWN)
    held = Scorecard.objects.submitted().filter(interview__application=application)
    for interview in meetings.exclude(pk__in=held.values("interview")):
        cancel_interview(interview=interview, reason=gettext("The candidate has withdrawn."), by=by)
    record("application.withdrawn", application, by=by)


@transaction.atomic
def take_plan_in_force(*, application: Application, by: User) -> None:
    """Move an open application to its role's active plan. Raises Refused while an interview of the old plan stands."""
    plan = plan_in_force(application.role)
    here = Application.objects.select_for_update().get(pk=application.pk)
    if plan is None or here.plan_id == plan.pk:
        raise Refused(_("This application already follows the role’s plan."))
    if here.interviews.exclude(status=Interview.Status.CANCELLED).exists():
        raise Refused(
            _(
                "An interview of the present plan is arranged or held, so the plan stays. Cancel what has not begun first."
            )
        )
    if here.results.exists():
        raise Refused(_("A result is recorded under the present plan, so the plan stays."))
    # Asked last: who is blind here has an interview that stands, and is told no more than that.
    if here.status not in Application.OPEN:
        raise Refused(_("This application is decided or withdrawn, so it keeps its plan."))
    here.plan = plan
    here.save(update_fields=["plan"])
    record("application.replanned", here, by=by, note=str(plan.number))
