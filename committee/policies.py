"""Which applications a person may read and decide, in the three states in which a committee meets them."""

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from committee.models import Decision
from foundation.frozen import ERASED
from interviews.models import Application, ApplicationQuerySet, Scorecard
from plans.models import Duty, roles_held


def _listed(applications: ApplicationQuerySet) -> ApplicationQuerySet:
    return applications.select_related("candidate", "role").order_by("-pk")


def packets_open_to(user: User) -> QuerySet[Application]:
    """Applications whose packet `user` may read now, with all that a packet needs at hand."""
    return Application.objects.packet_readable_by(user).select_related("candidate", "role", "plan")


def to_decide(user: User) -> ApplicationQuerySet:
    """Readable now and not decided. `still_out` counts the cards that are not in: only recruiters read before that."""
    readable = Application.objects.packet_readable_by(user).filter(status__in=Application.OPEN)
    undecided = readable.exclude(Exists(Decision.objects.standing().filter(application=OuterRef("pk"))))
    # Counted for the rows that are shown: a join would count for all before the first is shown.
    out = Scorecard.objects.waited_for().filter(interview__application=OuterRef("pk"))
    number = out.order_by().values("interview__application").annotate(number=Count("pk")).values("number")
    return _listed(undecided).annotate(still_out=Coalesce(Subquery(number), 0))


def waiting(user: User) -> QuerySet[Application]:
    """Of the roles for which `user` reads, the ones not open to them yet.

    One at which `user` holds an open seat is always among them, however it stands: being blind, they may not learn that.
    """
    roles = roles_held(user, Duty.RECRUITER, Duty.HIRING_MANAGER, Duty.COMMITTEE)
    here = OuterRef("pk")
    free = Exists(Application.objects.not_blind_to(user).filter(pk=here))
    readable = Exists(Application.objects.packet_readable_by(user).filter(pk=here))
    there = Application.objects.filter(~readable, ~free | Q(status__in=Application.OPEN), role__in=roles)
    return _listed(there).annotate(is_own_card_open=~free)


def decided(user: User) -> QuerySet[Application]:
    """Readable, and decided or closed; the standing decision, if any, is in `standing_decisions`."""
    standing = Decision.objects.standing().select_related("decided_by")
    readable = Application.objects.packet_readable_by(user)
    is_decided = Exists(Decision.objects.standing().filter(application=OuterRef("pk")))
    done = readable.filter(is_decided | ~Q(status__in=Application.OPEN))
    return _listed(done).prefetch_related(Prefetch("decisions", standing, to_attr="standing_decisions"))


def decisions_supersedable_by(user: User) -> QuerySet[Decision]:
    """Decisions on applications that `user` may decide; the lifecycle says which of them still stand."""
    return Decision.objects.filter(application__in=Application.objects.decidable_by(user)).select_related("application")


def decisions_kept_for(user: User) -> QuerySet[Decision]:
    """Decisions on packets that `user` may read now, standing or not, whose facts are not erased.

    None of a role where they hold an open seat: facts of then may tell of a candidate at whom they are blind by now.
    """
    open_now = Application.objects.packet_readable_by(user)
    seats = Scorecard.objects.open().filter(interviewer=user)
    kept = Decision.objects.filter(application__in=open_now.values("pk")).exclude(facts=ERASED)
    kept = kept.exclude(application__role__in=seats.values("interview__application__role"))
    return kept.select_related("application__candidate")
