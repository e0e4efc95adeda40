"""One deed on many questions at once, and its undoing. Actions.

Each question goes through the action for one, with its own entry in the record; what cannot be done to one is left out.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Self

from django.db import transaction

from accounts.models import User
from foundation import clock
from foundation.lifecycle import Refused
from questions.models import Question, Step
from questions.retiring import bring_back, rest_question, retire_question


@dataclass(frozen=True)
class InUse:
    """How a question is in use: neither resting nor retired, or one of them for a reason."""

    until: str = ""
    is_retired: bool = False
    reason: str = ""

    @classmethod
    def of(cls, question: Question) -> Self:
        if question.is_askable:
            return cls()
        until = question.rest_until.isoformat() if question.rest_until else ""
        return cls(until, question.retired_at is not None, question.away_reason)


@transaction.atomic
def put_to_use(*, questions: Iterable[Question], use: InUse, by: User) -> list[Question]:
    """Let every one of `questions` rest, be retired or come back, as `use` says; those with which that could be done.

    `undo_step` takes it back, until the next one.
    """
    changed, told = [], []
    for question in questions:
        before = InUse.of(question)
        if before != use and _done(_put, question, use, by):
            changed.append(question)
            told.append({"question": question.pk, "before": asdict(before), "after": asdict(InUse.of(question))})
    if told:
        Step.objects.update_or_create(user=by, defaults={"changed": told, "at": clock.now()})
    return changed


@transaction.atomic
def undo_step(*, by: User) -> list[Question]:
    """Put back what the last step of `by` changed, but for questions that somebody has changed since; those put back."""
    step = Step.objects.select_for_update().filter(user=by).first()
    if step is None:
        return []
    told = {each["question"]: each for each in step.changed}
    step.delete()
    questions = Question.objects.filter(pk__in=told).order_by("pk")
    as_left = [question for question in questions if asdict(InUse.of(question)) == told[question.pk]["after"]]
    return [question for question in as_left if _done(_put_back, question, InUse(**told[question.pk]["before"]), by)]


def _put(question: Question, use: InUse, by: User) -> None:
    if use.is_retired:
        retire_question(question=question, reason=use.reason, by=by)
    elif use.until:
        rest_question(question=question, until=date.fromisoformat(use.until), reason=use.reason, by=by)
    else:
        bring_back(question=question, by=by)


def _put_back(question: Question, before: InUse, by: User) -> None:
    # A retired question must come back before it can rest again.
    if question.retired_at or before == InUse():
        bring_back(question=question, by=by)
    if before != InUse():
        _put(question, before, by)


def _done(act: Callable[[Question, InUse, User], None], question: Question, use: InUse, by: User) -> bool:
    try:
        with transaction.atomic():
            act(question, use, by)
    except Refused:
        return False
    return True
