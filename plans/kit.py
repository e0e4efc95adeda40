"""The interview kit: what an interviewer takes along on paper. A document first; page and PDF render the same one."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch

from foundation.richtext import fill_placeholders
from plans.coverage import KEPT_FREE
from plans.models import InterviewPlan, Item, Stage
from plans.placeholders import values_for
from plans.scripts import in_order_of_asking, in_sections, opening_of, reminders
from printing.document import canonical_json, digest_of
from questions.printed import PrintedQuestion, printed


@dataclass(frozen=True)
class KitQuestion(PrintedQuestion):
    """One question as it is asked in this plan: the version placed, with the plan's own values and minutes."""

    scored: bool
    is_voided: bool


@dataclass(frozen=True)
class KitSection:
    competency: str
    questions: tuple[KitQuestion, ...]


@dataclass(frozen=True)
class KitStage:
    number: int
    name: str
    kind: str
    minutes: int
    kept_free: int
    question_minutes: int
    opening: str
    closing: str
    sections: tuple[KitSection, ...]

    @property
    def minutes_left(self) -> int:
        """What the questions and the minutes kept free leave of the stage; 0 where they ask for more than it has."""
        return max(0, self.minutes - self.question_minutes - self.kept_free)


@dataclass(frozen=True)
class Kit:
    role: str
    team: str
    plan_number: int
    status: str
    is_draft: bool
    reminders: tuple[str, ...]
    stages: tuple[KitStage, ...]

    @cached_property
    def digest(self) -> str:
        return digest_of(canonical_json(self))

    @property
    def is_one_stage(self) -> bool:
        return len(self.stages) == 1


def kit_of(plan: InterviewPlan, stage_id: int | None = None) -> Kit:
    """The kit of `plan`, or of one stage of it, in seven queries however large it is.

    Questions are numbered within their stage, as on the scoring page.
    """
    stages = plan.stages.prefetch_related(
        "sections__competency",
        Prefetch("sections__items", Item.objects.select_related("voided")),
        "sections__items__version__anchors",
        "sections__items__version__probes",
    )
    chosen = [
        _stage(stage, number, plan)
        for number, stage in enumerate(stages, start=1)
        if stage_id is None or stage.pk == stage_id
    ]
    return Kit(
        role=plan.role.title,
        team=plan.role.team,
        plan_number=plan.number,
        status=str(plan.get_status_display()),
        is_draft=plan.is_draft,
        reminders=reminders(),
        stages=tuple(chosen),
    )


def _stage(stage: Stage, number: int, plan: InterviewPlan) -> KitStage:
    items = in_order_of_asking(item for section in stage.sections.all() for item in section.items.all())
    numbers = {item.pk: place for place, item in enumerate(items, start=1)}
    return KitStage(
        number=number,
        name=stage.name,
        kind=str(stage.get_kind_display()),
        minutes=stage.minutes,
        kept_free=min(KEPT_FREE, stage.minutes),
        question_minutes=sum(item.minutes for item in items),
        opening=opening_of(stage, plan),
        closing=fill_placeholders(stage.closing, plan.placeholder_values),
        sections=tuple(
            KitSection(name, tuple(_question(item, numbers[item.pk], plan) for item in found))
            for name, found in in_sections(items, lambda item: item)
        ),
    )


def _question(item: Item, number: int, plan: InterviewPlan) -> KitQuestion:
    question = printed(item.version, number, values_for(item.version, plan), minutes=item.minutes)
    return KitQuestion(**vars(question), scored=item.scored, is_voided=hasattr(item, "voided"))
