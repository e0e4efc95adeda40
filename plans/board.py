"""The page of a plan, ready to be shown: the outline with its sums, so that a template adds nothing up."""

from dataclasses import dataclass

from accounts.models import User
from plans.coverage import Coverage, StageTime, coverage_of, time_of
from plans.edits import done_in
from plans.models import InterviewPlan, Item, PlanEdit, Section, Stage
from plans.outline import Outline, OutlinedSection, OutlinedStage, PlacedItem, outline_of
from plans.placeholders import defaults_in, unfilled
from plans.plan_lint import Finding, findings_in
from plans.spots import beside


@dataclass(frozen=True)
class Steps:
    """Whether a part can go one step up, one down."""

    up: bool
    down: bool


@dataclass(frozen=True)
class BoardItem:
    placed: PlacedItem
    steps: Steps


@dataclass(frozen=True)
class BoardSection:
    section: Section
    items: tuple[BoardItem, ...]
    steps: Steps


@dataclass(frozen=True)
class BoardStage:
    stage: Stage
    sections: tuple[BoardSection, ...]
    time: StageTime
    number: int
    steps: Steps

    @property
    def asked(self) -> int:
        """How many questions it asks, warm-ups among them."""
        return sum(len(section.items) for section in self.sections)


@dataclass(frozen=True)
class Board:
    """`findings` are those of a draft; a plan in force has none any more."""

    plan: InterviewPlan
    stages: tuple[BoardStage, ...]
    coverage: Coverage
    placeholders: tuple[tuple[str, str], ...]
    unfilled: tuple[str, ...]
    findings: tuple[Finding, ...]
    minutes: int
    last_done: str
    undo: str

    @property
    def obstacles(self) -> tuple[str, ...]:
        """What it cannot be put in force without, a sentence each."""
        return tuple(finding.sentence for finding in self.findings if finding.blocks)

    @property
    def cautions(self) -> tuple[str, ...]:
        """What to look at twice, a sentence each."""
        return tuple(finding.sentence for finding in self.findings if not finding.blocks)


def board_of(plan: InterviewPlan, reader: User | None = None) -> Board:
    """The board of `plan` (whose role is loaded), in a fixed number of queries; `reader` may undo its last change."""
    outline = outline_of(plan)
    values = plan.placeholder_values
    last = _last(plan) if reader and plan.is_draft else None
    return Board(
        plan=plan,
        stages=tuple(_stage(outline, number, stage) for number, stage in enumerate(outline.stages, start=1)),
        coverage=coverage_of(outline),
        placeholders=tuple(
            (name, values.get(name) or " / ".join(dict.fromkeys(filter(None, defaults))))
            for name, defaults in defaults_in(outline).items()
        ),
        unfilled=tuple(unfilled(outline)),
        findings=findings_in(outline) if plan.is_draft else (),
        minutes=sum(stage.stage.minutes for stage in outline.stages),
        last_done=done_in(last) if last else "",
        undo=_undo(plan, reader) if reader and last else "",
    )


def _stage(outline: Outline, number: int, outlined: OutlinedStage) -> BoardStage:
    sections = tuple(
        BoardSection(each.section, _items(outline, each), _steps(outline, each.section)) for each in outlined.sections
    )
    return BoardStage(outlined.stage, sections, time_of(outlined), number, _steps(outline, outlined.stage))


def _items(outline: Outline, section: OutlinedSection) -> tuple[BoardItem, ...]:
    last = len(section.items) - 1
    # What is neither first nor last has neighbours; only the others need the whole plan looked through.
    return tuple(
        BoardItem(placed, Steps(up=True, down=True) if 0 < place < last else _steps(outline, placed.item))
        for place, placed in enumerate(section.items)
    )


def _steps(outline: Outline, part: Stage | Section | Item) -> Steps:
    return Steps(*(beside(outline, part, up=up) is not None for up in (True, False)))


def _last(plan: InterviewPlan) -> PlanEdit | None:
    return plan.edits.defer("before").last()


def _undo(plan: InterviewPlan, reader: User) -> str:
    """What would be undone next, and whose change it was where it was not the reader's; empty where there is nothing."""
    edit = plan.edits.filter(before__isnull=False).defer("before").select_related("by").last()
    if edit is None:
        return ""
    return done_in(edit) if edit.by_id == reader.pk else f"{edit.by.name} {done_in(edit)}"
