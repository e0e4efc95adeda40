"""Which applications a person may read and decide, in the three states in which a committee meets them."""

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.models import User
from committee.models import Decision
from interviews.models import Application, Scorecard
from plans.models import Duty, Role


def _listed(applications: QuerySet[Application]) -> QuerySet[Application]:
    return applications.select_related("candidate", "role").order_by("-pk")


def packets_open_to(user: User) -> QuerySet[Application]:
    """Applications whose packet `user` may read now, with all that a packet needs at hand."""
    return Application.objects.packet_readable_by(user).select_related("candidate", "role", "plan")


def to_decide(user: User) -> QuerySet[Application]:
    """Readable now and not decided. `still_out` counts the cards that are not in: only recruiters read before that."""
    readable = Application.objects.packet_readable_by(user).filter(status__in=Application.OPEN)
    undecided = readable.exclude(pk__in=Decision.objects.standing().values("application"))
    open_seat = Q(interviews__scorecards__status=Scorecard.Status.OPEN)
    learner = Q(interviews__scorecards__seat=Scorecard.Seat.SHADOW)
    return _listed(undecided).annotate(still_out=Count("interviews__scorecards", filter=open_seat & ~learner))


def waiting(user: User) -> QuerySet[Application]:
    """Of the roles for which `user` reads, the ones not open to them yet.

    One at which `user` holds an open seat is always among them, however it stands: being blind, they may not learn that.
    """
    roles = Role.objects.with_duty(user, Duty.RECRUITER, Duty.HIRING_MANAGER, Duty.COMMITTEE)
    free = Application.objects.not_blind_to(user).values("pk")
    closed = Application.objects.exclude(status__in=Application.OPEN).values("pk")
    readable = Application.objects.packet_readable_by(user).values("pk")
    there = (
        Application.objects.filter(role__in=roles).exclude(pk__in=readable).exclude(Q(pk__in=free) & Q(pk__in=closed))
    )
    return _listed(there).annotate(
        is_own_card_open=~Exists(Application.objects.not_blind_to(user).filter(pk=OuterRef("pk")))
    )


def decided(user: User) -> QuerySet[Application]:
    """Readable, and decided or closed; the standing decision, if any, is in `standing_decisions`."""
    standing = Decision.objects.standing().select_related("decided_by")
    readable = Application.objects.packet_readable_by(user)
    done = readable.filter(Q(pk__in=standing.values("application")) | ~Q(status__in=Application.OPEN))
    return _listed(done).prefetch_related(Prefetch("decisions", standing, to_attr="standing_decisions"))


def decisions_supersedable_by(user: User) -> QuerySet[Decision]:
    """Decisions on applications that `user` may decide; the lifecycle says which of them still stand."""
    return Decision.objects.filter(application__in=Application.objects.decidable_by(user)).select_related("application")
