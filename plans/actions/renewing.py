"""The newest version of a question, for every draft that places an older one."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.recording import record
from foundation.lifecycle import Refused
from plans.actions.building import refuse_company, refuse_other_competency
from plans.actions.drafts import locked_draft
from plans.models import InterviewPlan, Item
from plans.reading import drafts_behind, items_behind, newest_of
from questions.models import Question, QuestionVersion


@dataclass(frozen=True)
class Renewal:
    """What became of the plans that placed an older version.

    `left` are drafts of the person's own, each with the sentence that says why; `elsewhere` drafts that they do not set
    up; `in_force` plans that never change.
    """

    number: int
    moved: list[InterviewPlan]
    left: list[tuple[InterviewPlan, str]]
    elsewhere: int
    in_force: int


@transaction.atomic
def renew_in_drafts(*, question: Question, by: User) -> Renewal:
    """Let every draft that `by` sets up ask the newest version of `question`, where it places an older one.

    The same for questions that were merged into it. Minutes stay. A draft in which that cannot be is left as it is.
    Refused for a question that is retired or was never published, and where no draft of theirs places an older version.
    """
    newest = newest_of(question)
    if newest is None or question.retired_at:
        raise Refused(_("This question is not in the bank, so no plan can take it."))
    behind = items_behind(question)
    drafts = list(drafts_behind(question, by).select_related("role").order_by("pk"))
    if not drafts:
        raise Refused(_("No draft of yours places an older version of this question."))
    moved: dict[InterviewPlan, list[Item]] = {}
    left = []
    for plan in drafts:
        try:
            with transaction.atomic():
                moved[plan] = _renew(plan, newest)
        except Refused as problem:
            left.append((plan, str(problem.sentence)))
    # Only now: whoever waits for a draft must not keep others from the record.
    for plan, items in moved.items():
        for item in items:
            record("plan.item_renewed", plan, by=by, note=f"item {item.pk}, version {newest.number}")
    return Renewal(
        newest.number,
        list(moved),
        left,
        _plans(behind, InterviewPlan.Status.DRAFT, but=drafts),
        _plans(behind, InterviewPlan.Status.ACTIVE, but=[]),
    )


def _renew(plan: InterviewPlan, newest: QuestionVersion) -> list[Item]:
    """The items of `plan` that place `newest` from now on. Refused, where one of them cannot, for all."""
    draft = locked_draft(plan)
    behind = items_behind(newest.question).filter(section__stage__plan=draft)
    items = list(behind.select_related("section__competency", "version"))
    for item in items:
        if item.version.question_id != newest.question_id:
            refuse_other_competency(item.section, newest, scored=item.scored)
            refuse_company(draft, newest.question, instead_of=item)
        Item.objects.filter(pk=item.pk).update(version=newest)
    return items


def _plans(behind: QuerySet[Item], status: str, but: list[InterviewPlan]) -> int:
    keys = behind.filter(section__stage__plan__status=status).values("section__stage__plan")
    return InterviewPlan.objects.filter(pk__in=keys).exclude(pk__in=[plan.pk for plan in but]).count()
