"""Interviews and their seats: arrange, move, cancel, add a seat, waive a card."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.recording import record
from foundation import clock
from foundation.lifecycle import Refused
from interviews.actions.closing import hold_application, settle
from interviews.lifecycles import INTERVIEW, SCORECARD
from interviews.models import Application, Interview, Score, Scorecard
from interviews.policies import openness_known_to, plan_in_force, progress_known_to, seatable, seats_taken_for
from plans.models import Item, Stage

Seat = Scorecard.Seat
ONE_LEAD = _("Choose one lead; the others are panel or shadow.")
UNKNOWABLE = _(
    "How far things are with this candidate is not open to you while a scorecard of your own is. "
    "Submit it or waive your seat first, or ask another recruiter of the role."
)


@transaction.atomic
def schedule_interview(
    *,
    application: Application,
    stage: Stage,
    starts_at: datetime,
    zone: str,
    place: str,
    extra_minutes: int = 0,
    seats: Sequence[tuple[User, str]],
    by: User,
) -> Interview:
    """A meeting of `application` at `stage`, with one open card per seat and one pending score per item on each.

    An application without a plan takes the role's plan in force. Without a lead, the first panel seat becomes it.
    Raises Refused for a decided application, a stage of another plan or already arranged, and seats that cannot be.
    """
    here = _on_a_plan(open_application(application, by))
    if stage.plan_id != here.plan_id or stage.kind != Stage.Kind.INTERVIEW:
        raise Refused(_("This stage is no interview of the candidate’s plan. Choose another."), "stage")
    when = {"starts_at": starts_at, "zone": zone, "place": place, "extra_minutes": extra_minutes}
    try:
        with transaction.atomic():
            interview = Interview.objects.create(application=here, stage=stage, **when)
    except IntegrityError as problem:
        raise Refused(_("An interview for this stage is already arranged."), "stage") from problem
    for user, seat in _with_a_lead(seats):
        _seat(interview, user, seat)
    application.plan = here.plan
    record("interview.scheduled", interview, by=by)
    return interview


@transaction.atomic
def move_interview(
    *, interview: Interview, starts_at: datetime, zone: str, place: str, by: User, extra_minutes: int | None = None
) -> None:
    """Another time, place or length for a meeting that has not begun and still stands as `interview` was read; else Refused.

    For whoever may not know whether it has begun, it begins at its time.
    """
    open_application(interview.application, by)
    as_read = Interview.objects.filter(pk=interview.pk, starts_at=interview.starts_at)
    if _knows_progress(interview, by):
        as_read = as_read.filter(status=Interview.Status.SCHEDULED)
    else:
        _refuse_unknowable(interview)
        as_read = as_read.exclude(status=Interview.Status.CANCELLED)
    extra = interview.extra_minutes if extra_minutes is None else extra_minutes
    if not as_read.update(starts_at=starts_at, zone=zone, place=place, extra_minutes=extra):
        raise Refused(_("This interview has begun, was cancelled or was moved meanwhile, so it keeps its time."))
    interview.refresh_from_db(fields=["starts_at", "zone", "place", "extra_minutes", "status"])
    record("interview.moved", interview, by=by)


def _knows_progress(interview: Interview, by: User) -> bool:
    return progress_known_to(by).filter(pk=interview.pk).exists()


def _refuse_unknowable(interview: Interview) -> None:
    if interview.starts_at <= clock.now():
        raise Refused(UNKNOWABLE)


@transaction.atomic
def cancel_interview(*, interview: Interview, reason: str, by: User) -> None:
    """Call a meeting off; its open cards are waived.

    Raises Refused once a card is in and to whoever may not know that, MoveRefused when it is over.
    """
    hold_application(interview)
    # Cards are locked first, so that none can come in between the look and the move.
    cards = list(Scorecard.objects.select_for_update().filter(interview=interview))
    if not _knows_progress(interview, by):
        raise Refused(UNKNOWABLE)
    if any(card.status == Scorecard.Status.SUBMITTED for card in cards):
        raise Refused(_("This interview has been held, so it can no longer be cancelled."))
    INTERVIEW.move(interview, Interview.Status.CANCELLED, cancel_reason=reason)
    for card in cards:
        if card.is_open:
            SCORECARD.move(card, Scorecard.Status.WAIVED, waive_reason=gettext("The interview was cancelled."))
    settle(interview)
    record("interview.cancelled", interview, by=by)


@transaction.atomic
def add_seat(*, interview: Interview, user: User, seat: str, by: User) -> Scorecard:
    """A seat for one more person, with an open card. Raises Refused when the meeting is over or the seat cannot be."""
    open_application(interview.application, by)
    here = Interview.objects.select_for_update().get(pk=interview.pk)
    _refuse_over(here, by)
    if seat == Seat.LEAD and seats_taken_for(by).filter(interview=here, seat=Seat.LEAD).exists():
        raise Refused(ONE_LEAD, "seat")
    card = _seat(here, user, seat)
    record("scorecard.opened", card, by=by)
    return card


@transaction.atomic
def waive_card(*, card: Scorecard, reason: str, by: User) -> None:
    """Give up on a card that will not come; what was written stays the author's own. MoveRefused unless it is open."""
    hold_application(card.interview)
    SCORECARD.move(card, Scorecard.Status.WAIVED, waive_reason=reason)
    settle(card.interview)
    record("scorecard.waived", card, by=by)


def _refuse_over(interview: Interview, by: User) -> None:
    """No seat at a meeting that is over. With an open seat there one knows that it is not; else see `move_interview`."""
    sits_here = interview.scorecards.open().filter(interviewer=by).exists()
    over = {Interview.Status.CANCELLED}
    if sits_here or _knows_progress(interview, by):
        over.add(Interview.Status.COMPLETED)
    else:
        _refuse_unknowable(interview)
    if interview.status in over:
        raise Refused(_("This interview is over or cancelled, so no seat can be added."))


def open_application(application: Application, by: User) -> Application:
    """The application as it stands, held until the transaction ends. Refused once decided, and to whoever may not know that."""
    here = Application.objects.select_for_update().get(pk=application.pk)
    if not openness_known_to(by).filter(pk=here.pk).exists():
        raise Refused(UNKNOWABLE)
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
