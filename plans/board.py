"""The page of a plan, ready to be shown: the outline with its sums, so that a template adds nothing up."""

from dataclasses import dataclass

from plans.coverage import Coverage, StageTime, coverage_of, time_of
from plans.models import InterviewPlan, Section
from plans.outline import OutlinedStage, outline_of
from plans.placeholders import defaults_in, unfilled
from plans.readiness import cautions, obstacles


@dataclass(frozen=True)
class BoardStage:
    outlined: OutlinedStage
    time: StageTime
    number: int
    is_last: bool


@dataclass(frozen=True)
class Board:
    """`obstacles` and `cautions` are those of a draft; a plan in force has neither any more."""

    plan: InterviewPlan
    stages: tuple[BoardStage, ...]
    coverage: Coverage
    placeholders: tuple[tuple[str, str], ...]
    unfilled: tuple[str, ...]
    obstacles: tuple[str, ...]
    cautions: tuple[str, ...]
    minutes: int

    @property
    def next_section(self) -> Section | None:
        """Where a question is most likely wanted next: the first section without one, else the first."""
        sections = [section for stage in self.stages for section in stage.outlined.sections]
        empty = [section for section in sections if not section.items]
        return (empty or sections)[0].section if sections else None


def board_of(plan: InterviewPlan) -> Board:
    """The board of `plan` (whose role is loaded), in a fixed number of queries."""
    outline = outline_of(plan)
    last = len(outline.stages)
    values = plan.placeholder_values
    return Board(
        plan=plan,
        stages=tuple(
            BoardStage(stage, time_of(stage), number, number == last)
            for number, stage in enumerate(outline.stages, start=1)
        ),
        coverage=coverage_of(outline),
        placeholders=tuple(
            (name, values.get(name) or " / ".join(dict.fromkeys(filter(None, defaults))))
            for name, defaults in defaults_in(outline).items()
        ),
        unfilled=tuple(unfilled(outline)),
        obstacles=tuple(obstacles(outline)) if plan.is_draft else (),
        cautions=tuple(cautions(outline)) if plan.is_draft else (),
        minutes=sum(stage.stage.minutes for stage in outline.stages),
    )
