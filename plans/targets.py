"""Where a question that is found in the bank goes: a section, or a stage, which then keeps a section for it."""

from dataclasses import dataclass

from plans.models import InterviewPlan, Section, Stage


@dataclass(frozen=True)
class Target:
    """A section of a stage, or the stage itself: the section there that measures the question, made where there is none."""

    stage: Stage
    section: Section | None = None

    @property
    def word(self) -> str:
        """How a page names it."""
        return f"section-{self.section.pk}" if self.section else f"stage-{self.stage.pk}"

    def measures(self, competency: int) -> bool:
        """Whether a question on `competency` can be scored there."""
        return self.section is None or self.section.competency_id == competency


@dataclass(frozen=True)
class Targets:
    """Those of one plan, in order, and the one that a page asks for."""

    every: tuple[tuple[Stage, tuple[Target, ...]], ...]
    chosen: Target | None

    @property
    def word(self) -> str:
        return self.chosen.word if self.chosen else ""


def targets_in(plan: InterviewPlan, word: str = "") -> Targets:
    """The targets of `plan`, in three queries; chosen is the one named, and where none is, the first that lacks a question."""
    stages = plan.stages.prefetch_related("sections__competency", "sections__items")
    every = tuple((stage, _targets(stage)) for stage in stages)
    flat = [target for _stage, targets in every for target in targets]
    empty = [target for target in flat if target.section and not target.section.items.all()]
    wanted = [target for target in flat if target.word == word] if word else empty or flat
    return Targets(every, next(iter(wanted), None))


def _targets(stage: Stage) -> tuple[Target, ...]:
    for section in stage.sections.all():
        section.stage = stage
    return (*(Target(stage, section) for section in stage.sections.all()), Target(stage))
