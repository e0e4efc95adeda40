"""Taking questions out of use, for a time or for good, and bringing them back. Actions.

What was asked stays asked: versions, plans in force and scores are not touched.
"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.recording import record
from foundation import clock
from foundation.lifecycle import MoveRefused, Refused
from questions.actions import held, refuse_retired
from questions.listing import leave_list, return_to_list
from questions.models import Question


@transaction.atomic
def rest_question(*, question: Question, until: date, reason: str, by: User) -> None:
    """Leave `question` out of the list and of new plans until the day `until`, on which it comes back by itself.

    Refused for a day that is not to come, and for a question that is retired.
    """
    refuse_retired(held(question))
    if until <= clock.today():
        raise Refused(_("Name a day to come: on it the question is back."), "until")
    _put(question, rest_until=until, away_reason=reason)
    record("question.rested", question, by=by, note=until.isoformat())


@transaction.atomic
def retire_question(*, question: Question, reason: str, by: User) -> None:
    """Take `question` out of the list and of new plans for good. Refused where it is retired already."""
    if held(question).retired_at:
        raise MoveRefused
    _put(question, retired_at=clock.now(), rest_until=None, away_reason=reason)
    leave_list(question)
    record("question.retired", question, by=by)


@transaction.atomic
def bring_back(*, question: Question, by: User) -> None:
    """End a rest, or undo that `question` was retired: it is listed and can be placed again.

    Refused where neither is so, and for a merged question: that is undone by `part_question`.
    """
    stored = held(question)
    if stored.merged_into_id:
        raise Refused(_("This question was merged into another. Take the merge back instead."))
    if stored.is_askable:
        raise MoveRefused
    _put(question, retired_at=None, rest_until=None, away_reason="")
    if stored.retired_at:
        return_to_list(question)
    record("question.brought_back", question, by=by)


def _put(question: Question, **values: object) -> None:
    Question.objects.filter(pk=question.pk).update(**values)
    question.refresh_from_db()
