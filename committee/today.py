"""What is a person's to do today, by duty: read in a fixed number of queries, and nothing that they may not know."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from accounts.models import User
from committee.policies import to_decide
from foundation import clock
from interviews.agenda import before_midnight, from_midnight
from interviews.lateness import due, ends_at, going_on_or_ahead, late
from interviews.models import Application, Interview, Scorecard, ScorecardQuerySet
from interviews.policies import interviews_run_by
from plans.models import Duty, InterviewPlan, Role, roles_held
from questions.models import QuestionVersion, Review
from questions.policies import reviews_waiting_for

SHOWN = 8
AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class Seat:
    """An open card, and when it is due: the end of its interview."""

    card: Scorecard
    due_at: datetime


@dataclass(frozen=True)
class Setup:
    """What a recruiter keeps running."""

    late: list[Seat]
    meetings: list[Interview]
    roles: list[Role]
    plans: list[InterviewPlan]
    questions: list[QuestionVersion]
    reviews: list[Review]


@dataclass(frozen=True)
class Today:
    """Each list is empty where there is nothing to do or the duty is not held; each stops at SHOWN rows."""

    overdue: list[Seat]
    today: list[Seat]
    later: list[Seat]
    packets: list[Application]
    setup: Setup
    newcomers: list[User]
    has_roles: bool
    has_people: bool

    @property
    def is_empty(self) -> bool:
        lists = (self.overdue, self.today, self.later, self.packets, self.newcomers, *vars(self.setup).values())
        return not any(lists)


def gather_today(user: User) -> Today:
    own = Scorecard.objects.filter(interviewer=user)
    return Today(
        # Each apart, so that many that are overdue do not push today's out of sight.
        overdue=_seats(late(own)),
        today=_seats(before_midnight(due(own))),
        later=_seats(from_midnight(due(own))),
        packets=_packets(user),
        setup=_setup(user),
        newcomers=_newcomers(user),
        has_roles=Role.objects.with_duty(user).exists(),
        has_people=User.objects.exclude(pk=user.pk).exists(),
    )


def _seats(cards: ScorecardQuerySet) -> list[Seat]:
    # First which, then all that is told of them: many are put in order, few are shown.
    first = cards.order_by("interview__starts_at", "pk").values("pk")[:SHOWN]
    found = Scorecard.objects.filter(pk__in=first).select_related(
        "interviewer", "interview__stage", "interview__application__candidate", "interview__application__role"
    )
    return [Seat(card, ends_at(card.interview)) for card in found.order_by("interview__starts_at", "pk")]


def _packets(user: User) -> list[Application]:
    """Complete packets of the roles for which `user` sits on the committee or hires; `may_decide` on each."""
    reading = roles_held(user, Duty.HIRING_MANAGER, Duty.COMMITTEE)
    may_decide = Exists(Application.objects.decidable_by(user).filter(pk=OuterRef("pk")))
    first = to_decide(user).complete().filter(role__in=reading).order_by("-pk").values("pk")[:SHOWN]
    shown = Application.objects.filter(pk__in=first).select_related("candidate", "role").order_by("-pk")
    return list(shown.annotate(may_decide=may_decide))


def _setup(user: User) -> Setup:
    now = clock.now()
    ahead = going_on_or_ahead(interviews_run_by(user)).filter(starts_at__lte=now + AHEAD)
    begun = InterviewPlan.objects.filter(status__in=[InterviewPlan.Status.DRAFT, InterviewPlan.Status.ACTIVE])
    drafts = InterviewPlan.objects.editable_by(user).filter(status=InterviewPlan.Status.DRAFT)
    return Setup(
        late=_seats(late(Scorecard.objects.chased_by(user))),
        meetings=list(
            ahead.exclude(status=Interview.Status.CANCELLED)
            .select_related("stage", "application__candidate", "application__role")
            .order_by("starts_at", "pk")[:SHOWN]
        ),
        roles=list(Role.objects.with_duty(user, Duty.RECRUITER).open().exclude(pk__in=begun.values("role"))[:SHOWN]),
        plans=list(drafts.select_related("role").order_by("-created_at")[:SHOWN]),
        questions=list(
            QuestionVersion.objects.filter(author=user, published_at=None).select_related("question__competency")[
                :SHOWN
            ]
        ),
        # Those that they may answer: not what they wrote or handed in themselves.
        reviews=list(reviews_waiting_for(user).exclude(asked_by=user).exclude(version__author=user)[:SHOWN]),
    )


def _newcomers(user: User) -> list[User]:
    """People who have an account and have never signed in; for administrators."""
    never = User.objects.filter(is_active=True, last_login=None).exclude(pk=user.pk)
    return list(never.order_by("name")[:SHOWN]) if user.is_administrator else []
