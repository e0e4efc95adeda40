"""What stands between a draft and being asked: obstacles refuse the activation, cautions are only said."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.coverage import coverage_of, time_of
from plans.outline import Outline
from plans.placeholders import unfilled


def obstacles(outline: Outline) -> list[str]:
    """One sentence for each thing without which the plan cannot be put in force."""
    if not outline.stages:
        return [_("The plan has no stage yet.")]
    found = [
        _("“%(stage)s” has no scored question.") % {"stage": stage.stage.name}
        for stage in outline.stages
        if not any(item.scored for item in stage.items)
    ]
    found += [
        _("“%(title)s” is placed in a version that is not published.") % {"title": item.version.title}
        for item in outline.items
        if not item.version.is_published
    ]
    found += [
        _("“%(title)s” measures another competency than its section, so it can only be a warm-up.")
        % {"title": item.version.title}
        for stage in outline.stages
        for section in stage.sections
        for item in (placed.item for placed in section.items)
        if item.scored and item.version.question.competency_id != section.section.competency_id
    ]
    found += [_("The placeholder “%(name)s” is not filled in.") % {"name": name} for name in unfilled(outline)]
    return found


def cautions(outline: Outline) -> list[str]:
    """One sentence for each thing to look at twice. The plan may go in force all the same."""
    found = [
        _("%(competency)s has no question yet, so every composite will be called incomplete.")
        % {"competency": row.weighted.competency.name}
        for row in coverage_of(outline).uncovered
    ]
    found += [_over(stage.stage.name, over) for stage in outline.stages if (over := time_of(stage).over)]
    found += [
        _("“%(title)s” has been retired from the bank since it was placed.") % {"title": item.version.title}
        for item in outline.items
        if item.version.question.retired_at
    ]
    found += [
        _("“%(title)s” rests until %(day)s.") % {"title": item.version.title, "day": date_format(until, "j F Y")}
        for item in outline.items
        if (until := item.version.question.resting_until)
    ]
    found += [
        _("“%(title)s” is placed in version %(old)s; version %(new)s exists.")
        % {"title": placed.item.version.title, "old": placed.item.version.number, "new": placed.newer.number}
        for stage in outline.stages
        for section in stage.sections
        for placed in section.items
        if placed.newer
    ]
    return found


def _over(stage: str, minutes: int) -> str:
    return ngettext(
        "The questions of “%(stage)s” need %(minutes)s minute more than its slot leaves.",
        "The questions of “%(stage)s” need %(minutes)s minutes more than its slot leaves.",
        minutes,
    ) % {"stage": stage, "minutes": minutes}
