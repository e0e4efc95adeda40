"""Where a part of a plan may go: one step up or down, or to any spot that can hold it. Pure, over an outline."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from foundation.addresses import key_of
from plans.models import InterviewPlan, Item, Section, Stage
from plans.outline import Outline, OutlinedSection, OutlinedStage

# Of what each part is one.
WHOLE: dict[type, type] = {Stage: InterviewPlan, Section: Stage, Item: Section}
# Past the end of every whole.
LAST = 9_999


@dataclass(frozen=True)
class Spot:
    """The `number`-th place, counted from 1 without the part that goes there, in the whole with this key."""

    whole: int
    number: int

    def __str__(self) -> str:
        return f"{self.whole}:{self.number}"


def spot_of(text: str) -> Spot | None:
    """The spot that `text` names, as `str` writes it; None where it names none."""
    whole, _colon, number = text.partition(":")
    keys = key_of(whole), key_of(number)
    return Spot(keys[0], min(keys[1], LAST)) if keys[0] and keys[1] else None


def holds(section: OutlinedSection, item: Item) -> bool:
    """Whether `item` may stand in `section` as it is: a scored one only where its competency is measured."""
    return not item.scored or item.version.question.competency_id == section.section.competency_id


def takes(stage: OutlinedStage, section: Section) -> bool:
    """Whether `section` may stand in `stage`: its own, or one that measures its competency nowhere yet."""
    here = [each.section for each in stage.sections]
    return section in here or all(each.competency_id != section.competency_id for each in here)


def beside(outline: Outline, part: Stage | Section | Item, *, up: bool) -> Spot | None:
    """One step up or down: past its neighbour, else into the next whole on the way that can hold it; None at the end."""
    wholes = list(_wholes(outline, part))
    here = next((place for place, (_whole, keys, _held) in enumerate(wholes) if part.pk in keys), None)
    if here is None:
        return None
    whole, keys, _held = wholes[here]
    there = keys.index(part.pk) + (-1 if up else 1)
    if 0 <= there < len(keys):
        return Spot(whole, there + 1)
    way = wholes[:here][::-1] if up else wholes[here + 1 :]
    return next((Spot(whole, LAST if up else 1) for whole, _keys, held in way if held), None)


def spots_for(outline: Outline, part: Stage | Section | Item) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every spot that can hold `part`, in order, under the names of the wholes: [(name, [(spot, in words)])]."""
    names = _names(outline)
    found = []
    for whole, keys, held in _wholes(outline, part):
        others = [key for key in keys if key != part.pk]
        if held:
            first = [(str(Spot(whole, 1)), _("first"))]
            after = [
                (str(Spot(whole, number)), _("after “%(name)s”") % {"name": names[type(part), key]})
                for number, key in enumerate(others, start=2)
            ]
            found.append((names[WHOLE[type(part)], whole], first + after))
    return found


def _names(outline: Outline) -> dict[tuple[type, int], str]:
    """What each whole and each part is called."""
    names: dict[tuple[type, int], str] = {(InterviewPlan, outline.plan.pk): _("Stages")}
    for stage in outline.stages:
        names[Stage, stage.stage.pk] = stage.stage.name
        for section in stage.sections:
            names[Section, section.section.pk] = f"{stage.stage.name}: {section.section.competency}"
            names |= {(Item, placed.item.pk): placed.item.version.title for placed in section.items}
    return names


def _wholes(outline: Outline, part: Stage | Section | Item) -> Iterator[tuple[int, Sequence[int], bool]]:
    """In order: the key of each whole of which `part` could be one, the keys in it, and whether it can hold `part`."""
    if isinstance(part, Stage):
        yield outline.plan.pk, [stage.stage.pk for stage in outline.stages], True
    for stage in outline.stages:
        if isinstance(part, Section):
            yield stage.stage.pk, [each.section.pk for each in stage.sections], takes(stage, part)
        elif isinstance(part, Item):
            for section in stage.sections:
                yield section.section.pk, [each.item.pk for each in section.items], holds(section, part)
