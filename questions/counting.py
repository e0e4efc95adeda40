"""How often a question was asked, and what levels were given: the one writer of `Usage`."""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction

from django.db import models, transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Coalesce, Greatest

from accounts.recording import hold_record
from questions.models import Question, Usage


@transaction.atomic
def count_asked(
    *,
    questions: Iterable[Question],
    at: datetime,
    levels: Mapping[int, Sequence[int]] | None = None,
    beside_the_rest: Mapping[int, tuple[Fraction, Fraction]] | None = None,
) -> None:
    """Count each of `questions` as asked once at `at`, however often it is named here. Part of the caller's transaction.
    By the question's key: `levels` are those given to its answers, `beside_the_rest` their mean and that of what else was
    scored at the meeting, where anything was.
    """
    asked = {question.pk for question in questions}
    hold_record()
    Usage.objects.bulk_create([Usage(question_id=pk) for pk in sorted(asked)], ignore_conflicts=True)
    # A card may be sealed late: the last time asked never moves back.
    latest = Greatest(Coalesce("last_asked_at", Value(at)), Value(at), output_field=models.DateTimeField())
    given = levels or {}
    pairs = {pk: (_whole(own), _whole(rest)) for pk, (own, rest) in (beside_the_rest or {}).items()}
    Usage.objects.filter(question__in=asked).update(
        times_asked=F("times_asked") + 1,
        last_asked_at=latest,
        times_scored=F("times_scored") + _each({pk: len(each) for pk, each in given.items()}),
        levels_total=F("levels_total") + _each({pk: sum(each) for pk, each in given.items()}),
        pairs=F("pairs") + _each(dict.fromkeys(pairs, 1)),
        own_total=F("own_total") + _each({pk: own for pk, (own, _rest) in pairs.items()}),
        rest_total=F("rest_total") + _each({pk: rest for pk, (_own, rest) in pairs.items()}),
        own_squares=F("own_squares") + _each({pk: own * own for pk, (own, _rest) in pairs.items()}),
        rest_squares=F("rest_squares") + _each({pk: rest * rest for pk, (_own, rest) in pairs.items()}),
        products=F("products") + _each({pk: own * rest for pk, (own, rest) in pairs.items()}),
    )


def item_total(usage: Usage) -> float | None:
    """How far those who do well on the question do well on the rest: r of its level with the mean of all others.

    None where either never differs. Whether there are enough pairs to say it, the caller asks.
    """
    own = usage.pairs * usage.own_squares - usage.own_total**2
    rest = usage.pairs * usage.rest_squares - usage.rest_total**2
    both = usage.pairs * usage.products - usage.own_total * usage.rest_total
    return both / math.sqrt(own * rest) if own > 0 and rest > 0 else None


def _whole(mean: Fraction) -> int:
    """In thousandths of a level: whole numbers add up to the same in any order."""
    return round(mean * 1000)


def _each(numbers: Mapping[int, int]) -> Case | Value:
    """The number of a row's question, 0 where it has none."""
    cases = [When(question=pk, then=Value(number)) for pk, number in numbers.items()]
    return Case(*cases, default=Value(0)) if cases else Value(0)
