"""A plan as it is read: gathered once, in a fixed number of queries, for page, readiness and print alike."""

from dataclasses import dataclass

from django.db.models import Prefetch

from plans.models import InterviewPlan, Item, PlanCompetency, Section, Stage
from questions.models import QuestionVersion


@dataclass(frozen=True)
class PlacedItem:
    """An item, and the newer published version of its question where there is one."""

    item: Item
    newer: QuestionVersion | None


@dataclass(frozen=True)
class OutlinedSection:
    section: Section
    items: tuple[PlacedItem, ...]


@dataclass(frozen=True)
class OutlinedStage:
    stage: Stage
    sections: tuple[OutlinedSection, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(placed.item for section in self.sections for placed in section.items)


@dataclass(frozen=True)
class Outline:
    """The whole plan: its weights and its stages, in order."""

    plan: InterviewPlan
    weights: tuple[PlanCompetency, ...]
    stages: tuple[OutlinedStage, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for stage in self.stages for item in stage.items)


def outline_of(plan: InterviewPlan) -> Outline:
    """Everything of `plan`, in six queries however large it is."""
    items = Prefetch("sections__items", Item.objects.select_related("voided__by"))
    stages = plan.stages.prefetch_related(
        "sections__competency", items, "sections__items__version__question__competency"
    )
    newest = _newest_versions(plan)
    return Outline(
        plan=plan,
        weights=tuple(plan.competencies.select_related("competency").order_by("-weight", "competency__name")),
        stages=tuple(OutlinedStage(stage, _sections(stage, newest)) for stage in stages),
    )


def _sections(stage: Stage, newest: dict[int, QuestionVersion]) -> tuple[OutlinedSection, ...]:
    return tuple(
        OutlinedSection(section, tuple(_placed(item, newest) for item in section.items.all()))
        for section in stage.sections.all()
    )


def _placed(item: Item, newest: dict[int, QuestionVersion]) -> PlacedItem:
    newer = newest.get(item.version.question_id)
    return PlacedItem(item, newer if newer and newer.number > item.version.number else None)


def _newest_versions(plan: InterviewPlan) -> dict[int, QuestionVersion]:
    asked = Item.objects.filter(section__stage__plan=plan).values("version__question")
    return {version.question_id: version for version in QuestionVersion.objects.current().filter(question__in=asked)}
