"""Applications as lines of a list, each holding no more than its reader may know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.functional import Promise

from accounts.models import User
from foundation import clock
from interviews.lateness import ends_at, going_on_or_ahead, late
from interviews.models import Application, ApplicationQuerySet, Interview, Scorecard
from interviews.policies import status_known_to

TONES = {"active": "on", "on_hold": "mark", "hired": "done", "rejected": "done", "withdrawn": ""}


@dataclass(frozen=True)
class CandidateRow:
    """One line. For a reader who may not know, `status` is empty and the rest None or 0."""

    application: Application
    status: str | Promise
    tone: str
    next_interview: Interview | None
    late_cards: int
    late_since: datetime | None

    @property
    def is_on(self) -> bool:
        """Whether the next interview is the one that goes on now."""
        return bool(self.next_interview and self.next_interview.starts_at <= clock.now())


def candidate_rows(applications: Iterable[Application], user: User) -> list[CandidateRow]:
    """`applications` (with candidate and role at hand) as `user` may see them, in three queries."""
    applications = list(applications)
    keys = [application.pk for application in applications]
    known = set(status_known_to(user).filter(pk__in=keys).values_list("pk", flat=True))
    coming: dict[int, Interview] = {}
    # By the clock alone: whether somebody has begun early is not for everybody who reads this.
    ahead = going_on_or_ahead(Interview.objects.filter(application__in=known))
    for interview in ahead.exclude(status=Interview.Status.CANCELLED).select_related("stage"):
        coming.setdefault(interview.application_id, interview)
    waiting: dict[int, list[Scorecard]] = {}
    chased = late(Scorecard.objects.chased_by(user)).filter(interview__application__in=keys)
    for card in chased.select_related("interview__stage").order_by("interview__starts_at"):
        waiting.setdefault(card.interview.application_id, []).append(card)
    return [_row(application, application.pk in known, coming, waiting) for application in applications]


def _row(
    application: Application, known: bool, coming: dict[int, Interview], waiting: dict[int, list[Scorecard]]
) -> CandidateRow:
    cards = waiting.get(application.pk, [])
    return CandidateRow(
        application=application,
        status=application.get_status_display() if known else "",
        tone=TONES[application.status] if known else "",
        next_interview=coming.get(application.pk),
        late_cards=len(cards),
        late_since=ends_at(cards[0].interview) if cards else None,
    )


def with_words(applications: ApplicationQuerySet, words: str, user: User) -> ApplicationQuerySet:
    """Those in whose name or code every one of `words` stands; the email counts only where `user` recruits and reads it."""
    recruited = Application.objects.run_by(user).values("pk")
    for word in words.split()[:8]:
        by_email = Q(candidate__email__icontains=word, pk__in=recruited)
        applications = applications.filter(
            Q(candidate__name__icontains=word) | Q(candidate__code__icontains=word) | by_email
        )
    return applications


def with_status(applications: ApplicationQuerySet, status: str, user: User) -> ApplicationQuerySet:
    """Those in `status`, out of the ones whose state `user` may know: the others must not be told apart by a filter."""
    return applications.filter(status=status, pk__in=status_known_to(user).values("pk"))
