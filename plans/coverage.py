"""Is the plan fair and does it fit: minutes against the slot, and which competency is asked about where. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from plans.models import PlanCompetency, Stage
from plans.outline import Outline, OutlinedStage
from plans.reliability import Expected

# Minutes of every stage that belong to the welcome and to the candidate's own questions.
KEPT_FREE = 10


@dataclass(frozen=True)
class StageTime:
    """Minutes of one stage: what its questions need, and what its slot holds."""

    used: int
    slot: int

    @property
    def budget(self) -> int:
        """Minutes of the slot that questions may fill."""
        return max(self.slot - KEPT_FREE, 0)

    @property
    def over(self) -> int:
        return max(self.used - self.budget, 0)

    @property
    def left(self) -> int:
        return max(self.budget - self.used, 0)


@dataclass(frozen=True)
class Cell:
    """Scored questions on one competency in one stage (or in all), and their minutes."""

    questions: int
    minutes: int


@dataclass(frozen=True)
class CoverageRow:
    """One competency. `interviews` ask about it, with `interviewers` people in all."""

    weighted: PlanCompetency
    cells: tuple[Cell, ...]
    total: Cell
    interviews: int
    interviewers: int

    @property
    def is_must_have(self) -> bool:
        """Whether somebody has given a reason for which it counts more than the others."""
        return self.weighted.weight > 1


@dataclass(frozen=True)
class Coverage:
    """Competencies × stages, warm-ups and voided questions left out."""

    stages: tuple[str, ...]
    rows: tuple[CoverageRow, ...]
    totals: tuple[Cell, ...]
    total: Cell
    total_weight: int
    kinds: tuple[tuple[str, int], ...]
    expected: Expected

    @property
    def uncovered(self) -> tuple[CoverageRow, ...]:
        """The competencies that no scored question measures."""
        return tuple(row for row in self.rows if not row.total.questions)

    @property
    def met_once(self) -> tuple[CoverageRow, ...]:
        """The competencies that a single interview asks about; two are better."""
        return tuple(row for row in self.rows if row.interviews == 1)


def time_of(stage: OutlinedStage) -> StageTime:
    """Warm-ups take time too."""
    return StageTime(used=sum(item.minutes for item in stage.items), slot=stage.stage.minutes)


def interviews_in(outline: Outline) -> list[OutlinedStage]:
    """The stages in which people meet the candidate; tests and take-homes stand beside them."""
    return [stage for stage in outline.stages if stage.stage.kind == Stage.Kind.INTERVIEW]


def coverage_of(outline: Outline) -> Coverage:
    rows = tuple(_row(outline, weighted) for weighted in outline.weights)
    kinds = Counter(item.version.get_kind_display() for item in outline.items if item.counts)
    interviews = [stage.stage for stage in interviews_in(outline)]
    panels = tuple((stage.name, stage.interviewers) for stage in interviews if stage.interviewers > 1)
    return Coverage(
        stages=tuple(stage.stage.name for stage in outline.stages),
        rows=rows,
        totals=tuple(_sum(row.cells[place] for row in rows) for place in range(len(outline.stages))),
        total=_sum(row.total for row in rows),
        total_weight=sum(weighted.weight for weighted in outline.weights),
        kinds=tuple(kinds.most_common()),
        expected=Expected(len(interviews), panels),
    )


def _row(outline: Outline, weighted: PlanCompetency) -> CoverageRow:
    cells = tuple(_cell(stage, weighted.competency_id) for stage in outline.stages)
    asking = [
        stage.stage.interviewers
        for stage, cell in zip(outline.stages, cells, strict=True)
        if cell.questions and stage.stage.kind == Stage.Kind.INTERVIEW
    ]
    return CoverageRow(weighted, cells, _sum(cells), len(asking), sum(asking))


def _cell(stage: OutlinedStage, competency_id: int) -> Cell:
    minutes = [
        placed.item.minutes
        for section in stage.sections
        if section.section.competency_id == competency_id
        for placed in section.items
        if placed.item.counts
    ]
    return Cell(len(minutes), sum(minutes))


def _sum(cells: Iterable[Cell]) -> Cell:
    counted = list(cells)
    return Cell(sum(cell.questions for cell in counted), sum(cell.minutes for cell in counted))
