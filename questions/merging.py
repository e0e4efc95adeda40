"""Questions that belong together or must be kept apart: duplicates merged into one, and enemies. Actions."""

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.recording import record
from foundation import clock
from foundation.lifecycle import MoveRefused, Refused
from questions.actions import held, refuse_retired
from questions.listing import leave_list, return_to_list
from questions.models import Enemy, Question


@transaction.atomic
def merge_question(*, question: Question, into: Question, by: User) -> None:
    """Let `into` stand for `question`, its duplicate, which is retired and keeps its address, versions and scores.

    What must not be asked beside `question` must not be asked beside `into` from now on. Refused where either is
    retired, where `into` was never published, and where others were merged into `question`: what was merged is one step
    away from what stands for it.
    """
    gone, stays = _both_held(question, into)
    if gone == stays:
        raise Refused(_("A question cannot be merged into itself. Choose another."), "other")
    refuse_retired(gone)
    if stays.retired_at or not stays.versions.published().exists():
        raise Refused(_("The question that stays must be in the bank. Choose another, or publish it first."), "other")
    if gone.merged.exists():
        raise Refused(_("Other questions were merged into this one. Merge the other way round, or take those back."))
    Question.objects.filter(pk=gone.pk).update(retired_at=clock.now(), merged_into=stays)
    leave_list(gone)
    others = {pair.second if pair.first_id == gone.pk else pair.first for pair in _pairs(gone)}
    Enemy.objects.bulk_create(
        [Enemy(**_ordered(stays, other), carried_from=gone) for other in others - {stays}], ignore_conflicts=True
    )
    record("question.merged", gone, by=by, note=f"into question {stays.pk}")
    question.refresh_from_db()


@transaction.atomic
def part_question(*, question: Question, by: User) -> None:
    """Take a merge back: the question stands for itself again, and what it brought along goes with it."""
    gone = held(question)
    if not gone.merged_into_id:
        raise MoveRefused
    Question.objects.filter(pk=gone.pk).update(retired_at=None, merged_into=None)
    return_to_list(gone)
    Enemy.objects.filter(carried_from=gone).delete()
    record("question.parted", gone, by=by, note=f"from question {gone.merged_into_id}")
    question.refresh_from_db()


@transaction.atomic
def add_enemy(*, question: Question, other: Question, by: User) -> None:
    """Keep two questions out of one plan, because one gives the other away."""
    if question == other:
        raise Refused(_("A question stands in a plan only once as it is. Choose another."), "other")
    _pair, made = Enemy.objects.get_or_create(**_ordered(question, other))
    if not made:
        raise Refused(_("These two are kept apart already."), "other")
    record("question.enemy_added", question, by=by, note=f"question {other.pk}")


@transaction.atomic
def drop_enemy(*, question: Question, other: Question, by: User) -> None:
    """Let two questions stand in one plan again."""
    gone, _kinds = Enemy.objects.filter(**_ordered(question, other)).delete()
    if not gone:
        raise MoveRefused
    record("question.enemy_dropped", question, by=by, note=f"question {other.pk}")


def _both_held(one: Question, other: Question) -> tuple[Question, Question]:
    """Both as they stand now, held in one order, so that of two people who merge them crosswise one waits."""
    found = {question.pk: held(question) for question in sorted((one, other), key=lambda question: question.pk)}
    return found[one.pk], found[other.pk]


def _pairs(question: Question) -> QuerySet[Enemy]:
    return Enemy.objects.filter(Q(first=question) | Q(second=question)).select_related("first", "second")


def _ordered(one: Question, other: Question) -> dict[str, Any]:
    first, second = sorted((one, other), key=lambda question: question.pk)
    return {"first": first, "second": second}
