"""Interviews and their seats: arrange, move, cancel, add a seat, waive a card."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.recording import record
from foundation.lifecycle import Refused
from interviews.actions.completion import complete_if_done
from interviews.lifecycles import INTERVIEW, SCORECARD
from interviews.models import Application, Interview, Score, Scorecard
from interviews.policies import plan_in_force, seatable
from plans.models import Item, Stage

Seat = Scorecard.Seat
ONE_LEAD = _("Choose one lead; the others are panel or shadow.")


@transaction.atomic
def schedule_interview(
    *,
    application: Application,
    stage: Stage,
    starts_at: datetime,
    zone: str,
    place: str,
    seats: Sequence[tuple[User, str]],
    by: User,
) -> Interview:
    """A meeting of `application` at `stage`, with one open card per seat and one pending score per item on each.

    An application without a plan takes the role's plan in force. Without a lead, the first panel seat becomes it.
    Raises Refused for a decided application, a stage of another plan or already arranged, and seats that cannot be.
    """
    here = _on_a_plan(_open_application(application))
    if stage.plan_id != here.plan_id:
        raise Refused(_("This stage is not part of the candidate’s interview plan. Choose another."), "stage")
    try:
        with transaction.atomic():
            interview = Interview.objects.create(
                application=here, stage=stage, starts_at=starts_at, zone=zone, place=place
            )
    except IntegrityError as problem:
        raise Refused(_("An interview for this stage is already arranged."), "stage") from problem
    for user, seat in _with_a_lead(seats):
        _seat(interview, user, seat)
    application.plan = here.plan
    record("interview.scheduled", interview, by=by)
    return interview


@transaction.atomic
def move_interview(*, interview: Interview, starts_at: datetime, zone: str, place: str, by: User) -> None:
    """Another time or place for a meeting that has not begun and still stands as `interview` was read; else Refused."""
    _open_application(interview.application)
    as_read = Interview.objects.filter(
        pk=interview.pk, status=Interview.Status.SCHEDULED, starts_at=interview.starts_at
    )
    if not as_read.update(starts_at=starts_at, zone=zone, place=place):
        raise Refused(_("This interview has begun, was cancelled or was moved meanwhile, so it keeps its time."))
    interview.refresh_from_db(fields=["starts_at", "zone", "place", "status"])
    record("interview.moved", interview, by=by)


@transaction.atomic
def cancel_interview(*, interview: Interview, reason: str, by: User) -> None:
    """Call a meeting off; its open cards are waived. Raises Refused once a card is in, MoveRefused when it is over."""
    # Cards are locked first, so that none can come in between the look and the move.
    cards = list(Scorecard.objects.select_for_update().filter(interview=interview))
    if any(card.status == Scorecard.Status.SUBMITTED for card in cards):
        # Says nothing of whose card: a recruiter with a seat of their own may be the one who reads it.
        raise Refused(_("This interview has been held, so it can no longer be cancelled."))
    INTERVIEW.move(interview, Interview.Status.CANCELLED, cancel_reason=reason)
    for card in cards:
        if card.is_open:
            SCORECARD.move(card, Scorecard.Status.WAIVED, waive_reason=gettext("The interview was cancelled."))
    record("interview.cancelled", interview, by=by)


@transaction.atomic
def add_seat(*, interview: Interview, user: User, seat: str, by: User) -> Scorecard:
    """A seat for one more person, with an open card. Raises Refused when the meeting is over or the seat cannot be."""
    _open_application(interview.application)
    here = Interview.objects.select_for_update().get(pk=interview.pk)
    if here.status not in {Interview.Status.SCHEDULED, Interview.Status.RUNNING}:
        raise Refused(_("This interview is over or cancelled, so no seat can be added."))
    standing = here.scorecards.exclude(status=Scorecard.Status.WAIVED)
    if seat == Seat.LEAD and standing.filter(seat=Seat.LEAD).exists():
        raise Refused(ONE_LEAD, "seat")
    card = _seat(here, user, seat)
    record("scorecard.opened", card, by=by)
    return card


@transaction.atomic
def waive_card(*, card: Scorecard, reason: str, by: User) -> None:
    """Give up on a card that will not come; what was written stays the author's own. MoveRefused unless it is open."""
    SCORECARD.move(card, Scorecard.Status.WAIVED, waive_reason=reason)
    record("scorecard.waived", card, by=by)
    complete_if_done(card.interview)


def _open_application(application: Application) -> Application:
    here = Application.objects.select_for_update().get(pk=application.pk)
    if here.status not in Application.OPEN:
        raise Refused(_("This application is decided or withdrawn, so its interviews stay as they are."))
    return here


def _on_a_plan(application: Application) -> Application:
    if application.plan is None:
        application.plan = plan_in_force(application.role)
        application.save(update_fields=["plan"])
    return application


def _with_a_lead(seats: Sequence[tuple[User, str]]) -> list[tuple[User, str]]:
    """`seats` with exactly one lead; Refused when there are two, or nobody whose card counts."""
    leads = [user for user, seat in seats if seat == Seat.LEAD]
    panel = [user for user, seat in seats if seat == Seat.PANEL]
    if len(leads) > 1:
        raise Refused(ONE_LEAD, "seats")
    if not leads and not panel:
        raise Refused(_("Choose at least one person as lead or panel: a shadow’s card does not count."), "seats")
    lead = (leads or panel)[0]
    return [(user, Seat.LEAD if user == lead else seat) for user, seat in seats]


def _seat(interview: Interview, user: User, seat: str) -> Scorecard:
    if not seatable(interview.application.role).filter(pk=user.pk).exists():
        raise Refused(_("%(name)s is not an interviewer for this role.") % {"name": user.name}, "seats")
    try:
        with transaction.atomic():
            card = Scorecard.objects.create(interview=interview, interviewer=user, seat=seat)
    except IntegrityError as problem:
        raise Refused(_("%(name)s already has a seat at this interview.") % {"name": user.name}, "seats") from problem
    items = Item.objects.filter(section__stage=interview.stage_id)
    Score.objects.bulk_create(Score(scorecard=card, item=item) for item in items)
    return card
