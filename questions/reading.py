"""What the pages of one question tell beside its words, each in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, F, Max, Q, QuerySet, Sum, When

from accounts.models import User
from questions.models import Enemy, Question, QuestionVersion, Review, Usage
from questions.policies import versions_readable_by


@dataclass(frozen=True)
class Asked:
    """At how many interviews a question was put, and when last."""

    times: int
    last_at: datetime | None


def family_of(question: Question) -> QuerySet[Question]:
    """`question` and those that were merged into it: what they were asked counts together."""
    return Question.objects.filter(Q(pk=question.pk) | Q(merged_into=question))


def asked_of(question: Question) -> Asked:
    """Of `question` and those merged into it."""
    sums = Usage.objects.filter(question__in=family_of(question)).aggregate(
        times=Sum("times_asked", default=0), last=Max("last_asked_at")
    )
    return Asked(sums["times"], sums["last"])


def away_readable_by(user: User) -> QuerySet[QuestionVersion]:
    """For each question that rests today or is retired: what stood for it in the bank, else its only draft."""
    return _faces(user).filter(question__in=Question.objects.away())


def faces_of(questions: Iterable[int], user: User) -> QuerySet[QuestionVersion]:
    """What stands in the bank for each of `questions`, by their keys, else its only draft: by title."""
    return _faces(user).filter(question__in=questions).order_by("title", "pk")


def _faces(user: User) -> QuerySet[QuestionVersion]:
    face = Q(listing__isnull=False) | Q(question__listing=None, published_at=None)
    return versions_readable_by(user).filter(face)


def enemies_of(question: Question, user: User) -> QuerySet[QuestionVersion]:
    """What stands in the bank for the questions that must not be asked beside `question`, by title."""
    pairs = Enemy.objects.filter(Q(first=question) | Q(second=question))
    others = pairs.values_list(Case(When(first=question, then=F("second")), default=F("first")))
    return _faces(user).filter(question__in=others).order_by("title", "pk")


def merged_into(question: Question, user: User) -> QuerySet[QuestionVersion]:
    """What stood in the bank for the questions that were merged into `question`, by title."""
    return _faces(user).filter(question__merged_into=question).order_by("title", "pk")


def face_of(question: Question) -> QuestionVersion:
    """The newest published version, else the draft: whose title names the question."""
    published_first = F("published_at").desc(nulls_last=True)
    return question.versions.order_by(published_first, "-number")[0]


def last_review(version: QuestionVersion) -> Review | None:
    """How the latest review of a draft stands, if it was ever handed in."""
    return version.reviews.select_related("asked_by", "answered_by").order_by("-pk").first()
