"""The sheet for candidates: what they are judged on and how it goes, without any question. A document; page and PDF alike."""

from dataclasses import dataclass
from functools import cached_property

from plans.coverage import KEPT_FREE
from plans.models import InterviewPlan, Stage
from plans.outline import OutlinedStage, outline_of
from printing.document import canonical_json, digest_of


@dataclass(frozen=True)
class InformationStage:
    """`kind` is empty for an interview; `competencies` are those that its scored questions measure, by name."""

    name: str
    kind: str
    minutes: int
    competencies: tuple[str, ...]


@dataclass(frozen=True)
class Information:
    """`judged` are the competencies of the plan with what they mean; how much each weighs is not said."""

    role: str
    team: str
    plan_number: int
    is_draft: bool
    kept_free: int
    stages: tuple[InformationStage, ...]
    judged: tuple[tuple[str, str], ...]

    @cached_property
    def digest(self) -> str:
        return digest_of(canonical_json(self))


def information_of(plan: InterviewPlan) -> Information:
    """The sheet of `plan`, whose role is loaded, in a fixed number of queries."""
    outline = outline_of(plan)
    stages = tuple(_stage(stage) for stage in outline.stages)
    asked = {name for stage in stages for name in stage.competencies}
    return Information(
        role=plan.role.title,
        team=plan.role.team,
        plan_number=plan.number,
        is_draft=plan.is_draft,
        kept_free=KEPT_FREE,
        stages=stages,
        judged=tuple(
            (competency.name, competency.definition)
            for competency in sorted((row.competency for row in outline.weights), key=lambda found: found.name)
            if competency.name in asked
        ),
    )


def _stage(outlined: OutlinedStage) -> InformationStage:
    names = [
        section.section.competency.name
        for section in outlined.sections
        if any(placed.item.counts for placed in section.items)
    ]
    stage = outlined.stage
    kind = "" if stage.kind == Stage.Kind.INTERVIEW else str(stage.get_kind_display())
    return InformationStage(stage.name, kind, stage.minutes, tuple(names))
