"""For which roles a question of the bank was asked: told apart what `count_asked` counts together, and no sooner."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Sum
from django.db.models.functions import Least

from accounts.models import User
from interviews.models import Score, Scorecard
from plans.models import roles_held
from questions.models import Question
from questions.reading import family_of

ROLES_NAMED = 20


@dataclass(frozen=True)
class AskedFor:
    """At how many interviews for one role a question was put, and when last."""

    role: str
    pk: int
    times: int
    last_at: datetime


@dataclass(frozen=True)
class Exposure:
    """`roles` are those for which the reader has a duty, the latest first; `elsewhere` counts for all others together."""

    roles: list[AskedFor]
    unnamed: int
    elsewhere: int


def exposure_of(question: Question, user: User) -> Exposure:
    """Of `question` and those merged into it, in three statements."""
    counted = Scorecard.objects.counted().exclude(interview__counted_at=None)
    put = Score.objects.filter(
        item__version__question__in=family_of(question), scorecard__in=counted, outcome__in=Score.PUT
    ).order_by()
    role = "scorecard__interview__application__role"
    # Once for an interview, whoever sat there; a question and one merged into it count each.
    once = put.values(role, f"{role}__title", "item__version__question").annotate(
        times=Count("scorecard__interview", distinct=True),
        last=Max(Least("scorecard__interview__starts_at", "scorecard__interview__counted_at")),
    )
    own = roles_held(user)
    found: dict[int, AskedFor] = {}
    for pk, title, _question, times, last in once.filter(**{f"{role}__in": own}).values_list(
        role, f"{role}__title", "item__version__question", "times", "last"
    ):
        before = found.get(pk)
        found[pk] = AskedFor(
            title, pk, times + (before.times if before else 0), max(last, before.last_at) if before else last
        )
    latest = sorted(found.values(), key=lambda asked: asked.last_at, reverse=True)
    elsewhere = once.exclude(**{f"{role}__in": own}).aggregate(all=Sum("times"))["all"] or 0
    return Exposure(latest[:ROLES_NAMED], max(len(latest) - ROLES_NAMED, 0), elsewhere)
