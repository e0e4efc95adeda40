"""What can be chosen from when a plan is assembled, and what stands in it already; in a fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from accounts.models import User
from foundation import clock
from plans.coverage import time_of
from plans.models import InterviewPlan, Item, PlanCompetency, Stage
from plans.outline import Outline, OutlinedStage, outline_of
from plans.valuing import FIT, Value, freshness
from questions.policies import listings_readable_by

# So many questions of one competency are chosen from: those worth most a minute.
PER_COMPETENCY = 120


@dataclass(frozen=True)
class Offer:
    """The newest version of a question of the bank, with what it is worth besides its level; `key` is the question's."""

    key: int
    version: int
    slug: str
    title: str
    level: str
    competency: int
    minutes: int
    weight: int
    freshness: int

    def value(self, fit: Mapping[str, int]) -> Value:
        return Value(self.weight, fit[self.level], self.freshness)


@dataclass(frozen=True)
class Table:
    """A draft to be assembled: the stages to fill, which are all its interviews or one, and the questions on offer."""

    outline: Outline
    only: Stage | None
    offers: tuple[Offer, ...]

    @property
    def plan(self) -> InterviewPlan:
        return self.outline.plan

    @cached_property
    def stages(self) -> tuple[OutlinedStage, ...]:
        interviews = (stage for stage in self.outline.stages if stage.stage.kind == Stage.Kind.INTERVIEW)
        return tuple(stage for stage in interviews if self.only in {None, stage.stage})

    @cached_property
    def fit(self) -> dict[str, int]:
        return FIT[self.plan.role.level]

    @cached_property
    def weights(self) -> tuple[PlanCompetency, ...]:
        """The plan's competencies that the stages may ask about: those of their sections, all where one has none."""
        sections = [{part.section.competency_id for part in stage.sections} for stage in self.stages]
        asked = set().union(*sections)
        return tuple(row for row in self.outline.weights if row.competency_id in asked or not all(sections))

    @cached_property
    def by_competency(self) -> dict[int, list[Offer]]:
        found: dict[int, list[Offer]] = defaultdict(list)
        for offer in self.offers:
            found[offer.competency].append(offer)
        return found

    def standing(self, stage: OutlinedStage, *, is_kept: bool) -> list[Item]:
        """What stays in a stage: everything, or its warm-ups only."""
        return [item for item in stage.items if is_kept or not item.scored]

    def staying(self, *, is_kept: bool) -> list[Item]:
        """What stays in the whole plan."""
        keys = {stage.stage.pk for stage in self.stages}
        return [
            item
            for stage in self.outline.stages
            for item in self.standing(stage, is_kept=is_kept or stage.stage.pk not in keys)
        ]

    def budget(self, stage: OutlinedStage) -> int:
        return time_of(stage).budget


def table_of(plan: InterviewPlan, only: Stage | None, reader: User) -> Table:
    """The table of `plan`, whose role is loaded; `only` one of its stages, or all."""
    outline = outline_of(plan)
    fit, taken, offers = FIT[plan.role.level], Counter[int](), []
    for offer in sorted(
        _offers(outline, reader), key=lambda offer: (-offer.value(fit).worth / offer.minutes, offer.key)
    ):
        taken[offer.competency] += 1
        if taken[offer.competency] <= PER_COMPETENCY:
            offers.append(offer)
    return Table(outline, only, tuple(offers))


def _offers(outline: Outline, reader: User) -> Iterator[Offer]:
    """Every question on a competency of the plan that is neither retired nor resting."""
    now, weight = clock.now(), {row.competency_id: row.weight for row in outline.weights}
    listed = listings_readable_by(reader).select_related(None).filter(competency__in=weight)
    columns = ("question", "version", "question__slug", "title", "level", "competency", "version__minutes")
    asked = ("question__usage__times_asked", "question__usage__last_asked_at")
    for key, version, slug, title, level, competency, minutes, times, last in listed.values_list(*columns, *asked):
        fresh = freshness(times or 0, last, now)
        yield Offer(key, version, slug, title, level, competency, minutes, weight[competency], fresh)
