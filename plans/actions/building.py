"""Building a draft: stages, the sections in them, and the questions placed in those.

`seen` is the revision at which the person saw the draft: a change of one that was changed since is Overtaken.
"""

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from foundation.lifecycle import MoveRefused, Refused
from plans.actions.drafts import change_of
from plans.models import MOST_ITEMS, MOST_STAGES, InterviewPlan, Item, PlanCompetency, Section, Stage
from plans.positions import next_position, put
from questions.models import Competency, Enemy, Question, QuestionVersion
from questions.reading import family_of


@transaction.atomic
def add_stage(*, plan: InterviewPlan, by: User, seen: int | None = None, **values: Any) -> Stage:
    """A new last stage. Refused when the plan is full or has one of that name: the name tells interviews apart."""
    change = change_of(plan, by=by, seen=seen)
    stages = change.draft.stages.all()
    if stages.count() >= MOST_STAGES:
        raise Refused(_("A plan holds at most %(most)s stages, and this one is full.") % {"most": MOST_STAGES})
    _refuse_same_name(stages, values["name"])
    stage = Stage.objects.create(plan=change.draft, position=next_position(stages), **values)
    change.done("stage_added", stage, what=stage)
    return stage


@transaction.atomic
def change_stage(*, stage: Stage, by: User, seen: int | None = None, **values: Any) -> None:
    change = change_of(stage.plan, by=by, seen=seen)
    _refuse_same_name(change.draft.stages.exclude(pk=stage.pk), values["name"])
    _update(Stage.objects.filter(pk=stage.pk), values)
    change.done("stage_changed", stage, what=values["name"])


@transaction.atomic
def remove_stage(*, stage: Stage, by: User, seen: int | None = None) -> None:
    """The stage goes, with its sections and the places of its questions; the questions stay in the bank."""
    change = change_of(stage.plan, by=by, seen=seen)
    change.done("stage_removed", stage, what=stage)
    stage.delete()


@transaction.atomic
def add_section(*, stage: Stage, competency: Competency, by: User, seen: int | None = None) -> Section:
    """A new last section of the stage, for a competency that the stage has none for yet.

    A competency that the plan does not weigh yet is taken up with weight 1, so that its scores count.
    """
    change = change_of(stage.plan, by=by, seen=seen)
    if stage.sections.filter(competency=competency).exists():
        raise Refused(_("This stage has a section for this competency already."), field="competency")
    section = section_made(change.draft, stage, competency)
    change.done("section_added", section, what=competency, place=stage)
    return section


def section_made(draft: InterviewPlan, stage: Stage, competency: Competency) -> Section:
    """The row alone, within the change of a draft that is held."""
    if not Stage.objects.filter(pk=stage.pk).exists():
        raise MoveRefused
    PlanCompetency.objects.get_or_create(plan=draft, competency=competency)
    return Section.objects.create(stage=stage, competency=competency, position=next_position(stage.sections.all()))


@transaction.atomic
def remove_section(*, section: Section, by: User, seen: int | None = None) -> None:
    change = change_of(section.stage.plan, by=by, seen=seen)
    change.done("section_removed", section, what=section, place=section.stage)
    section.delete()


@transaction.atomic
def add_item(
    *,
    section: Section,
    version: QuestionVersion,
    minutes: int,
    scored: bool,
    by: User,
    number: int | None = None,
    seen: int | None = None,
) -> Item:
    """Place a published version in the section, `number`-th or last.

    Refused for a draft, a retired or resting question, one that stands in the plan already or gives away one that does, and for
    a scored one that measures another competency than the section.
    """
    change = change_of(section.stage.plan, by=by, seen=seen)
    item = item_made(change.draft, section, version, minutes=minutes, scored=scored)
    if number is not None:
        put(item, section.items.all(), number)
    change.done("item_added", item, what=version, place=told_place(section))
    return item


@transaction.atomic
def add_item_to_stage(
    *, stage: Stage, version: QuestionVersion, minutes: int, scored: bool, by: User, seen: int | None = None
) -> Item:
    """Place it last in the section of the stage that measures its competency, which is made where there is none."""
    change = change_of(stage.plan, by=by, seen=seen)
    competency = version.question.competency
    section = stage.sections.filter(competency=competency).first() or section_made(change.draft, stage, competency)
    item = item_made(change.draft, section, version, minutes=minutes, scored=scored)
    change.done("item_added", item, what=version, place=told_place(section))
    return item


def item_made(draft: InterviewPlan, section: Section, version: QuestionVersion, *, minutes: int, scored: bool) -> Item:
    """The row alone, last in its section, within the change of a draft that is held; refused as `add_item` says."""
    if not Section.objects.filter(pk=section.pk).exists():
        raise MoveRefused
    if not version.is_published or version.question.retired_at:
        raise Refused(_("Only published questions that are not retired can be placed."))
    if until := version.question.resting_until:
        sentence = _("This question rests until %(day)s, so it cannot be placed now.")
        raise Refused(sentence % {"day": date_format(until, "j F Y")})
    refuse_other_competency(section, version, scored=scored)
    refuse_company(draft, version.question)
    place = next_position(section.items.all())
    return Item.objects.create(section=section, version=version, minutes=minutes, scored=scored, position=place)


@transaction.atomic
def change_item(*, item: Item, minutes: int, scored: bool, by: User, seen: int | None = None) -> None:
    """Refused when a scored item would measure another competency than its section."""
    change = change_of(item.section.stage.plan, by=by, seen=seen)
    refuse_other_competency(item.section, item.version, scored=scored)
    _update(Item.objects.filter(pk=item.pk), {"minutes": minutes, "scored": scored})
    now = ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    what = now if scored else _("%(minutes)s, a warm-up") % {"minutes": now}
    change.done("item_changed", item, what=item.version, place=what)


@transaction.atomic
def renew_item(*, item: Item, by: User, seen: int | None = None) -> None:
    """Take the question's newest published version in place of the one that was placed; minutes stay."""
    change = change_of(item.section.stage.plan, by=by, seen=seen)
    newest = QuestionVersion.objects.published().filter(question=item.version.question).latest("number")
    _update(Item.objects.filter(pk=item.pk), {"version": newest})
    change.done("item_renewed", item, what=item.version, place=newest.number)


@transaction.atomic
def remove_item(*, item: Item, by: User, seen: int | None = None) -> None:
    change = change_of(item.section.stage.plan, by=by, seen=seen)
    change.done("item_removed", item, what=item.version, place=told_place(item.section))
    item.delete()


def told_place(section: Section) -> str:
    """A section by name, with its stage."""
    return _("%(section)s, %(stage)s") % {"section": section.competency, "stage": section.stage}


def refuse_other_competency(section: Section, version: QuestionVersion, *, scored: bool) -> None:
    """Refused for a scored question in a section that measures something else."""
    if scored and version.question.competency_id != section.competency_id:
        sentence = _("This question measures %(other)s, so in a section on %(here)s it can only be a warm-up.")
        names = {"other": version.question.competency.name, "here": section.competency.name}
        raise Refused(sentence % names, field="scored")


def _update(rows: "QuerySet[Any]", values: dict[str, Any]) -> None:
    if not rows.update(**values):
        raise MoveRefused


def _refuse_same_name(others: "QuerySet[Stage]", name: str) -> None:
    if others.filter(name__iexact=name).exists():
        raise Refused(_("This plan has a stage of this name already."), field="name")


def refuse_company(plan: InterviewPlan, question: Question, *, instead_of: Item | None = None) -> None:
    """Refused when `question`, or what was merged with it, stands in the plan already, or one that gives it away does.

    Refused too when the plan is full. The item that it would replace does not count.
    """
    placed = Item.objects.filter(section__stage__plan=plan)
    if instead_of:
        placed = placed.exclude(pk=instead_of.pk)
    asked = list(placed.values_list("version__question", flat=True))
    if family_of(question).filter(pk__in=asked).exists():
        raise Refused(_("This question stands in this plan already. Asked twice, it would count twice."))
    if len(asked) >= MOST_ITEMS:
        raise Refused(_("A plan holds at most %(most)s questions, and this one is full.") % {"most": MOST_ITEMS})
    pairs = Enemy.objects.filter(Q(first=question, second__in=asked) | Q(second=question, first__in=asked))
    if pairs.exists():
        raise Refused(_("A question of this plan gives this one away, so the two cannot stand together."))
