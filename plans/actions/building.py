"""Building a draft: stages, the sections in them, and the questions placed in those."""

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.recording import record
from foundation.lifecycle import MoveRefused, Refused
from plans.actions.drafts import locked_draft
from plans.models import InterviewPlan, Item, PlanCompetency, Section, Stage
from plans.positions import next_position, step
from questions.models import Competency, Enemy, Question, QuestionVersion
from questions.reading import family_of


@transaction.atomic
def add_stage(
    *, plan: InterviewPlan, name: str, kind: str, minutes: int, opening: str, closing: str, by: User
) -> Stage:
    """A new last stage. Refused when the plan has one of that name: the name tells interviews apart."""
    draft = locked_draft(plan)
    _refuse_same_name(draft.stages.all(), name)
    place = next_position(draft.stages.all())
    stage = Stage.objects.create(
        plan=draft, name=name, kind=kind, minutes=minutes, opening=opening, closing=closing, position=place
    )
    record("plan.stage_added", draft, by=by, note=f"stage {stage.pk}")
    return stage


@transaction.atomic
def change_stage(*, stage: Stage, name: str, kind: str, minutes: int, opening: str, closing: str, by: User) -> None:
    draft = locked_draft(stage.plan)
    _refuse_same_name(draft.stages.exclude(pk=stage.pk), name)
    values = {"name": name, "kind": kind, "minutes": minutes, "opening": opening, "closing": closing}
    _update(Stage.objects.filter(pk=stage.pk), values)
    record("plan.stage_changed", draft, by=by, note=f"stage {stage.pk}")


@transaction.atomic
def remove_stage(*, stage: Stage, by: User) -> None:
    """The stage goes, with its sections and the places of its questions; the questions stay in the bank."""
    _remove(stage, stage.plan, by)


@transaction.atomic
def move_stage(*, stage: Stage, up: bool, by: User) -> None:
    draft = locked_draft(stage.plan)
    step(draft.stages.all(), stage.pk, up=up)
    record("plan.stage_moved", draft, by=by, note=f"stage {stage.pk}")


@transaction.atomic
def add_section(*, stage: Stage, competency: Competency, by: User) -> Section:
    """A new last section of the stage, for a competency that the stage has none for yet.

    A competency that the plan does not weigh yet is taken up with weight 1, so that its scores count.
    """
    draft = locked_draft(stage.plan)
    if stage.sections.filter(competency=competency).exists():
        raise Refused(_("This stage has a section for this competency already."), field="competency")
    if not Stage.objects.filter(pk=stage.pk).exists():
        raise MoveRefused
    PlanCompetency.objects.get_or_create(plan=draft, competency=competency)
    section = Section.objects.create(stage=stage, competency=competency, position=next_position(stage.sections.all()))
    record("plan.section_added", draft, by=by, note=f"section {section.pk}")
    return section


@transaction.atomic
def remove_section(*, section: Section, by: User) -> None:
    _remove(section, section.stage.plan, by)


@transaction.atomic
def move_section(*, section: Section, up: bool, by: User) -> None:
    draft = locked_draft(section.stage.plan)
    step(section.stage.sections.all(), section.pk, up=up)
    record("plan.section_moved", draft, by=by, note=f"section {section.pk}")


@transaction.atomic
def add_item(*, section: Section, version: QuestionVersion, minutes: int, scored: bool, by: User) -> Item:
    """Place a published version last in the section.

    Refused for a draft, a retired or resting question, one that stands in the plan already or gives away one that does, and for
    a scored one that measures another competency than the section.
    """
    draft = locked_draft(section.stage.plan)
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
    item = Item.objects.create(section=section, version=version, minutes=minutes, scored=scored, position=place)
    record("plan.item_added", draft, by=by, note=f"item {item.pk}")
    return item


@transaction.atomic
def change_item(*, item: Item, minutes: int, scored: bool, by: User) -> None:
    """Refused when a scored item would measure another competency than its section."""
    draft = locked_draft(item.section.stage.plan)
    refuse_other_competency(item.section, item.version, scored=scored)
    _update(Item.objects.filter(pk=item.pk), {"minutes": minutes, "scored": scored})
    record("plan.item_changed", draft, by=by, note=f"item {item.pk}")


@transaction.atomic
def renew_item(*, item: Item, by: User) -> None:
    """Take the question's newest published version in place of the one that was placed; minutes stay."""
    draft = locked_draft(item.section.stage.plan)
    newest = QuestionVersion.objects.published().filter(question=item.version.question).latest("number")
    _update(Item.objects.filter(pk=item.pk), {"version": newest})
    record("plan.item_renewed", draft, by=by, note=f"item {item.pk}, version {newest.number}")


@transaction.atomic
def remove_item(*, item: Item, by: User) -> None:
    _remove(item, item.section.stage.plan, by)


@transaction.atomic
def move_item(*, item: Item, up: bool, by: User) -> None:
    draft = locked_draft(item.section.stage.plan)
    step(item.section.items.all(), item.pk, up=up)
    record("plan.item_moved", draft, by=by, note=f"item {item.pk}")


def _remove(part: Stage | Section | Item, plan: InterviewPlan, by: User) -> None:
    draft = locked_draft(plan)
    kind, key = part._meta.model_name, part.pk
    part.delete()
    record(f"plan.{kind}_removed", draft, by=by, note=f"{kind} {key}")


def _update(rows: "QuerySet[Any]", values: dict[str, Any]) -> None:
    if not rows.update(**values):
        raise MoveRefused


def _refuse_same_name(others: "QuerySet[Stage]", name: str) -> None:
    if others.filter(name__iexact=name).exists():
        raise Refused(_("This plan has a stage of this name already."), field="name")


def refuse_other_competency(section: Section, version: QuestionVersion, *, scored: bool) -> None:
    """Refused when a scored item would measure another competency than its section."""
    if scored and version.question.competency_id != section.competency_id:
        sentence = _("This question measures %(other)s, so in a section on %(here)s it can only be a warm-up.")
        names = {"other": version.question.competency.name, "here": section.competency.name}
        raise Refused(sentence % names, field="scored")


def refuse_company(plan: InterviewPlan, question: Question, *, instead_of: Item | None = None) -> None:
    """Refused when `question`, or what was merged with it, stands in the plan already, or one that gives it away does.

    The item that it would replace does not count.
    """
    placed = Item.objects.filter(section__stage__plan=plan)
    if instead_of:
        placed = placed.exclude(pk=instead_of.pk)
    if placed.filter(version__question__in=family_of(question)).exists():
        raise Refused(_("This question stands in this plan already. Asked twice, it would count twice."))
    asked = placed.values("version__question")
    pairs = Enemy.objects.filter(Q(first=question, second__in=asked) | Q(second=question, first__in=asked))
    if pairs.exists():
        raise Refused(_("A question of this plan gives this one away, so the two cannot stand together."))
