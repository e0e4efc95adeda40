"""Putting an assembled proposal into a draft."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from foundation.lifecycle import MoveRefused, Refused
from plans.actions.building import item_made, section_made
from plans.actions.drafts import change_of
from plans.models import InterviewPlan, Item
from questions.models import QuestionVersion


@transaction.atomic
def fill_plan(
    *, plan: InterviewPlan, picks: Iterable[tuple[int, int]], anew: Collection[int], by: User, seen: int | None = None
) -> None:
    """Place every pick, a stage and a version by their keys, last in the section for its competency, made where missing.

    In the stages `anew` the scored items go first. One change of the draft, all of it or nothing: refused as a whole for
    anything that `add_item` refuses, which may have come about since the proposal was made.
    """
    change = change_of(plan, by=by, seen=seen)
    wanted = list(picks)
    if not wanted:
        raise Refused(_("There is no proposed question to put into the plan."))
    stages = {stage.pk: stage for stage in change.draft.stages.all()}
    versions = QuestionVersion.objects.select_related("question__competency").in_bulk([pk for _stage, pk in wanted])
    if not stages.keys() >= {pk for pk, _version in wanted} or len(versions) < len({pk for _stage, pk in wanted}):
        raise MoveRefused
    Item.objects.filter(section__stage__plan=change.draft, section__stage__in=anew, scored=True).delete()
    for stage_pk, version_pk in wanted:
        stage, version = stages[stage_pk], versions[version_pk]
        competency = version.question.competency
        section = stage.sections.filter(competency=competency).first() or section_made(change.draft, stage, competency)
        item_made(change.draft, section, version, minutes=version.minutes, scored=True)
    change.done("filled", what=len(wanted))
