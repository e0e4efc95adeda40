"""The choices beside the bank's list, each with how many questions it would leave."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.paging import COUNTED, Figure, counted
from questions.listing import resting_cells
from questions.models import Competency, Kind, Level, Usage
from questions.search import BY_TITLE, LENGTHS, NEVER, STATES, USED, USES, Wanted

# What is counted of each question, in the order of the page.
SIDES = ("competency", "level", "type", "minutes", "used")
# Those for which the bank keeps its own figures.
KEPT = SIDES[:3]
Cell = tuple[str, ...]


@dataclass(frozen=True)
class Cells:
    """How many questions there are of each combination of `sides`; with `is_least`, at least so many."""

    numbers: Mapping[Cell, int]
    sides: tuple[str, ...] = SIDES
    is_least: bool = False

    def figure(self, wanted: Wanted) -> Figure:
        """How many of them fit the choices of `wanted`."""
        return self._figure(sum(self._fitting(wanted).values()))

    def along(self, side: str, wanted: Wanted) -> dict[str, Figure]:
        """For each value of `side`, how many there are under the other choices of `wanted`."""
        sums: Counter[str] = Counter()
        for cell, number in self._fitting(wanted.but(**{side: ""})).items():
            sums[cell[self.sides.index(side)]] += number
        return {value: self._figure(number) for value, number in sums.items()}

    def _figure(self, number: int) -> Figure:
        return Figure(min(number, COUNTED), is_least=self.is_least or number > COUNTED)

    def _fitting(self, wanted: Wanted) -> dict[Cell, int]:
        chosen = [getattr(wanted, side) for side in self.sides]
        return {
            cell: number
            for cell, number in self.numbers.items()
            if all(value in ("", here) for value, here in zip(chosen, cell, strict=True))
        }


@dataclass(frozen=True)
class Choice:
    """One line of a facet: what choosing it (or letting it go) leads to."""

    label: str | Promise
    count: Figure
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    label: str | Promise
    choices: list[Choice]


def facets(wanted: Wanted, user: User) -> list[Facet]:
    """Each choice counted under all the others and the words: exactly up to COUNTED. As many statements for any bank.

    What has the words is counted to the end. Without words a large bank is not: then the figures that publishing keeps
    stand for competency, level and type, and for the others how many there are at least.
    """
    names, kept = _kept()
    cells = _counted(wanted, user)
    known = cells
    if cells.is_least and wanted.is_kept:
        known = kept
    made = [
        _facet(_("Competency"), "competency", names.items(), known, wanted),
        _facet(_("Level"), "level", Level.choices, known, wanted),
        _facet(_("Type"), "type", Kind.choices, known, wanted),
        _facet(_("Length"), "minutes", ((name, label) for name, (label, *_span) in LENGTHS.items()), cells, wanted),
        _facet(_("Use"), "used", USES.items(), cells, wanted),
        _states(wanted, user),
    ]
    return [facet for facet in made if facet.choices]


def _kept() -> tuple[dict[str, str], Cells]:
    """The competencies' names by slug, in their order, and the figures that publishing keeps of each, without those that
    rest: two statements.
    """
    counts = ("listing_counts__level", "listing_counts__kind", "listing_counts__number")
    kept = list(Competency.objects.values_list("pk", "slug", "name", *counts))
    resting = resting_cells()
    numbers: dict[Cell, int] = {
        (slug, level, kind): number - resting[pk, level, kind]
        for pk, slug, _name, level, kind, number in kept
        if number
    }
    return {slug: name for _pk, slug, name, *_counts in kept}, Cells({c: n for c, n in numbers.items() if n}, KEPT)


def _counted(wanted: Wanted, user: User) -> Cells:
    """The cells of all that has the words of `wanted` and is of its state, in one statement.

    Without words only the first rows by title are counted, up to COUNTED; one more is looked at to know whether there are
    more.
    """
    found: QuerySet[Any] = Wanted(words=wanted.words, state=wanted.state).found(user)
    is_draft = wanted.state == "drafts"
    if not wanted.words:
        found = found.model._default_manager.filter(pk__in=found.order_by(*BY_TITLE).values("pk")[: COUNTED + 1])
    competency, version = ("question__competency__slug", "") if is_draft else ("competency__slug", "version__")
    spans = [When(**{f"{version}minutes__range": span}, then=Value(name)) for name, (_label, *span) in LENGTHS.items()]
    is_used = Exists(Usage.objects.filter(question=OuterRef("question"), times_asked__gt=0))
    sides = {
        "side_competency": F(competency),
        "side_level": F("level"),
        "side_type": F("kind"),
        "side_minutes": Case(*spans, default=Value("")),
        "side_used": Case(When(is_used, then=Value(USED)), default=Value(NEVER)),
    }
    rows = found.order_by().annotate(**sides).values_list(*sides).annotate(number=Count("pk"))
    numbers = {tuple(cell): number for *cell, number in rows}
    return Cells(numbers, is_least=not wanted.words and sum(numbers.values()) > COUNTED)


def _facet(
    label: Promise, side: str, options: Iterable[tuple[str, str | Promise]], cells: Cells, wanted: Wanted
) -> Facet:
    """Choices that lead somewhere; all of them where the figures stop before the end, since any may."""
    chosen, figures = getattr(wanted, side), cells.along(side, wanted)
    choices = [
        Choice(
            label,
            figures.get(value, Figure(0, is_least=cells.is_least)),
            wanted.but(**{side: "" if value == chosen else value}).query,
            value == chosen,
        )
        for value, label in options
        if value in figures or value == chosen or cells.is_least
    ]
    return Facet(label, choices)


def _states(wanted: Wanted, user: User) -> Facet:
    """What is not in use: each state a list of its own."""
    choices = []
    for state, label in STATES.items():
        is_chosen = wanted.state == state
        figure = counted(wanted.but(state=state).found(user))
        if figure.number or is_chosen:
            choices.append(Choice(label, figure, wanted.but(state="" if is_chosen else state).query, is_chosen))
    return Facet(_("State"), choices)
