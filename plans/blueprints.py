"""A plan on its own: apart from any role and house, with its questions by slug. What examples, templates and copies are."""

from dataclasses import dataclass

from plans.models import InterviewPlan, Role, Stage


@dataclass(frozen=True)
class BlueprintWeight:
    slug: str
    weight: int
    reason: str


@dataclass(frozen=True)
class BlueprintItem:
    slug: str
    minutes: int
    scored: bool


@dataclass(frozen=True)
class BlueprintSection:
    competency: str
    items: tuple[BlueprintItem, ...]


@dataclass(frozen=True)
class BlueprintStage:
    name: str
    kind: str
    minutes: int
    interviewers: int
    opening: str
    closing: str
    sections: tuple[BlueprintSection, ...]

    @property
    def items(self) -> tuple[BlueprintItem, ...]:
        return tuple(item for section in self.sections for item in section.items)


@dataclass(frozen=True)
class Blueprint:
    """`title` and `level` are those of the role it was made for; `placeholders` what it says for names in its questions."""

    name: str
    about: str
    title: str
    level: str
    placeholders: dict[str, str]
    weights: tuple[BlueprintWeight, ...]
    stages: tuple[BlueprintStage, ...]

    @property
    def items(self) -> tuple[BlueprintItem, ...]:
        return tuple(item for stage in self.stages for item in stage.items)

    @property
    def minutes(self) -> int:
        return sum(stage.minutes for stage in self.stages)

    @property
    def level_name(self) -> str:
        return str(Role.Level(self.level).label)


def blueprint_of(plan: InterviewPlan, name: str = "", about: str = "") -> Blueprint:
    """`plan`, whose role is loaded, as it stands; in six queries however large it is."""
    stages = plan.stages.prefetch_related("sections__competency", "sections__items__version__question")
    return Blueprint(
        name=name or str(plan),
        about=about,
        title=plan.role.title,
        level=plan.role.level,
        placeholders=dict(plan.placeholder_values),
        weights=tuple(
            BlueprintWeight(row.competency.slug, row.weight, row.reason)
            for row in plan.competencies.select_related("competency")
        ),
        stages=tuple(_stage_of(stage) for stage in stages),
    )


def _stage_of(stage: Stage) -> BlueprintStage:
    return BlueprintStage(
        name=stage.name,
        kind=stage.kind,
        minutes=stage.minutes,
        interviewers=stage.interviewers,
        opening=stage.opening,
        closing=stage.closing,
        sections=tuple(
            BlueprintSection(
                section.competency.slug,
                tuple(
                    BlueprintItem(item.version.question.slug, item.minutes, item.scored) for item in section.items.all()
                ),
            )
            for section in stage.sections.all()
        ),
    )
