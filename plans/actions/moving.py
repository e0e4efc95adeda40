"""Moving a part of a draft, within its whole or into another one that can hold it.

`to` is a spot, or "up" or "down" for one step; at the end of the way nothing moves.
"""

from typing import Literal, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from foundation.lifecycle import MoveRefused, Refused
from plans.actions.building import refuse_other_competency, told_place
from plans.actions.drafts import change_of
from plans.models import InterviewPlan, Item, Section, Stage
from plans.outline import outline_of
from plans.positions import put
from plans.spots import Spot, beside

Way = Spot | Literal["up", "down"]
Part = TypeVar("Part", Stage, Section, Item)


@transaction.atomic
def move_stage(*, stage: Stage, to: Way, by: User, seen: int | None = None) -> None:
    change = change_of(stage.plan, by=by, seen=seen)
    stage = _still(stage)
    if spot := _spot(change.draft, stage, to):
        put(stage, change.draft.stages.all(), spot.number)
        change.done("stage_moved", stage, what=stage, place=stage.position)


@transaction.atomic
def move_section(*, section: Section, to: Way, by: User, seen: int | None = None) -> None:
    """Refused for a stage that has a section for this competency already."""
    change = change_of(section.stage.plan, by=by, seen=seen)
    section = _still(section)
    if spot := _spot(change.draft, section, to):
        stage = _whole(change.draft.stages.filter(pk=spot.whole).first())
        if stage.sections.exclude(pk=section.pk).filter(competency=section.competency_id).exists():
            raise Refused(_("“%(stage)s” has a section for this competency already.") % {"stage": stage})
        put(section, stage.sections.all(), spot.number, stage=stage)
        change.done("section_moved", section, what=section, place=stage)


@transaction.atomic
def move_item(*, item: Item, to: Way, by: User, seen: int | None = None) -> None:
    """Refused for a scored question in a section that measures something else: there it can only be a warm-up."""
    change = change_of(item.section.stage.plan, by=by, seen=seen)
    item = _still(item)
    if spot := _spot(change.draft, item, to):
        sections = Section.objects.filter(stage__plan=change.draft).select_related("stage", "competency")
        section = _whole(sections.filter(pk=spot.whole).first())
        refuse_other_competency(section, item.version, scored=item.scored)
        put(item, section.items.all(), spot.number, section=section)
        change.done("item_moved", item, what=item.version, place=f"{told_place(section)}, {item.position}")


def _still(part: Part) -> Part:
    """The part as it stands in the held draft; it may have been moved, changed or removed since it was read."""
    return _whole(type(part)._default_manager.filter(pk=part.pk).first())


def _whole(found: Part | None) -> Part:
    if found is None:
        raise MoveRefused
    return found


def _spot(draft: InterviewPlan, part: Stage | Section | Item, to: Way) -> Spot | None:
    return to if isinstance(to, Spot) else beside(outline_of(draft), part, up=to == "up")
