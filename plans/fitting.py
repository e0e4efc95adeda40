"""A blueprint beside the bank as it stands: what a draft made of it will hold, and what has to be left out, and why."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plans.blueprints import Blueprint, BlueprintItem, BlueprintSection, BlueprintStage
from questions.models import Competency, Enemy, QuestionVersion


@dataclass(frozen=True)
class FittedItem:
    """The newest version of a question of the bank, where the blueprint puts it."""

    version: QuestionVersion
    minutes: int
    scored: bool


@dataclass(frozen=True)
class FittedSection:
    competency: Competency
    items: tuple[FittedItem, ...]


@dataclass(frozen=True)
class FittedStage:
    told: BlueprintStage
    sections: tuple[FittedSection, ...]

    @property
    def asked(self) -> list[tuple[Competency, FittedItem]]:
        """What is asked under which competency, in the order of asking: warm-ups first."""
        placed = [(section.competency, item) for section in self.sections for item in section.items]
        return sorted(placed, key=lambda found: found[1].scored)

    @property
    def minutes_asked(self) -> int:
        return sum(item.minutes for _competency, item in self.asked)


@dataclass(frozen=True)
class FittedWeight:
    competency: Competency
    weight: int
    reason: str


@dataclass(frozen=True)
class Fitted:
    """`left_out` has one sentence for each thing of the blueprint that cannot be carried over."""

    blueprint: Blueprint
    weights: tuple[FittedWeight, ...]
    stages: tuple[FittedStage, ...]
    left_out: tuple[str, ...]


def fitted(blueprint: Blueprint) -> Fitted:
    """In three queries however large it is."""
    return _Fitting(blueprint).done()


class _Fitting:
    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint = blueprint
        self.left_out: list[str] = []
        competencies = {row.slug for row in blueprint.weights}
        self.competencies = {row.slug: row for row in Competency.objects.filter(slug__in=competencies)}
        asked = QuestionVersion.objects.current().filter(question__slug__in={item.slug for item in blueprint.items})
        self.versions = {version.question.slug: version for version in asked.select_related("question__competency")}
        questions = {version.question_id for version in self.versions.values()}
        self.enemies = set(
            Enemy.objects.filter(first__in=questions, second__in=questions).values_list("first", "second")
        )
        self.placed: set[int] = set()

    def done(self) -> Fitted:
        weights = tuple(
            FittedWeight(self.competencies[row.slug], row.weight, row.reason)
            for row in self.blueprint.weights
            if row.slug in self.competencies
        )
        self.left_out += [
            _("The bank has no competency “%(slug)s”, so its weight and its sections are left out.")
            % {"slug": row.slug}
            for row in self.blueprint.weights
            if row.slug not in self.competencies
        ]
        stages = tuple(FittedStage(stage, self._sections(stage)) for stage in self.blueprint.stages)
        return Fitted(self.blueprint, weights, stages, tuple(self.left_out))

    def _sections(self, stage: BlueprintStage) -> tuple[FittedSection, ...]:
        return tuple(
            FittedSection(competency, self._items(section, competency))
            for section in stage.sections
            if (competency := self.competencies.get(section.competency))
        )

    def _items(self, section: BlueprintSection, competency: Competency) -> tuple[FittedItem, ...]:
        items = []
        for told in section.items:
            version = self.versions.get(told.slug)
            if refusal := self._refusal(told, version, competency):
                self.left_out.append(refusal)
            elif version:
                self.placed.add(version.question_id)
                items.append(FittedItem(version, told.minutes, told.scored))
        return tuple(items)

    def _refusal(self, told: BlueprintItem, version: QuestionVersion | None, competency: Competency) -> str:
        """Why this question cannot stand here, in the words of the rules of `add_item`; else nothing."""
        if version is None:
            return _("The question “%(slug)s” is retired or not in the bank.") % {"slug": told.slug}
        question = version.question
        words = {"title": version.title, "other": question.competency.name, "here": competency.name}
        if until := question.resting_until:
            return _("“%(title)s” rests until %(day)s.") % {**words, "day": date_format(until, "j F Y")}
        if question.pk in self.placed:
            return _("“%(title)s” stands in the plan already.") % words
        if told.scored and question.competency_id != competency.pk:
            return _("“%(title)s” measures %(other)s here, not %(here)s.") % words
        if any({(question.pk, other), (other, question.pk)} & self.enemies for other in self.placed):
            return _("“%(title)s” gives another question of the plan away.") % words
        return ""
