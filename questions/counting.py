"""How often a question was asked, and what levels were given: the one writer of `Usage`."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import models, transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Coalesce, Greatest

from accounts.recording import hold_record
from questions.models import Question, Usage


@transaction.atomic
def count_asked(
    *, questions: Iterable[Question], at: datetime, levels: Mapping[int, Sequence[int]] | None = None
) -> None:
    """Count each of `questions` as asked once at `at`, however often it is named here. Part of the caller's transaction.

    `levels` are those given to its answers, by the question's key.
    """
    asked = {question.pk for question in questions}
    hold_record()
    Usage.objects.bulk_create([Usage(question_id=pk) for pk in sorted(asked)], ignore_conflicts=True)
    # A card may be sealed late: the last time asked never moves back.
    latest = Greatest(Coalesce("last_asked_at", Value(at)), Value(at), output_field=models.DateTimeField())
    given = levels or {}
    Usage.objects.filter(question__in=asked).update(
        times_asked=F("times_asked") + 1,
        last_asked_at=latest,
        times_scored=F("times_scored") + _each({pk: len(each) for pk, each in given.items()}),
        levels_total=F("levels_total") + _each({pk: sum(each) for pk, each in given.items()}),
    )


def _each(numbers: Mapping[int, int]) -> Case | Value:
    """The number of a row's question, 0 where it has none."""
    cases = [When(question=pk, then=Value(number)) for pk, number in numbers.items()]
    return Case(*cases, default=Value(0)) if cases else Value(0)
