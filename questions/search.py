"""Finding questions: what the reader wants, what that leaves, and how many each further choice would leave."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.paging import COUNTED, Figure, Page, counted, page_of
from foundation.richtext import fill_placeholders, lines_of
from questions.models import (
    Competency,
    Kind,
    Level,
    Listing,
    ListingQuerySet,
    Question,
    QuestionVersion,
    QuestionVersionQuerySet,
)
from questions.policies import drafts_readable_by, listings_readable_by

BY_TITLE = ("title", "pk")
CHOICES = ("competency", "level", "type")


@dataclass(frozen=True)
class Wanted:
    """What the reader asks the bank for; empty means any. The names are those of the address, `q` apart."""

    words: str = ""
    competency: str = ""
    level: str = ""
    type: str = ""
    state: str = ""

    @classmethod
    def of(cls, said: Mapping[str, str]) -> Self:
        """What an address says, by the names that stand there."""
        return cls(words=said.get("q", ""), **{name: said.get(name, "") for name in (*CHOICES, "state")})

    @property
    def query(self) -> str:
        """The same as the end of an address."""
        pairs = {
            "q": self.words,
            "competency": self.competency,
            "level": self.level,
            "type": self.type,
            "state": self.state,
        }
        chosen = urlencode({name: value for name, value in pairs.items() if value})
        return f"?{chosen}" if chosen else ""

    @property
    def narrows(self) -> bool:
        return bool(self.query)

    @property
    def only_words(self) -> Self:
        return type(self)(words=self.words)

    def but(self, **changes: str) -> Self:
        return replace(self, **changes)

    def listed(self, user: User) -> ListingQuerySet:
        """What the bank's list holds of all that is asked for, as `user` reads it."""
        found = listings_readable_by(user).with_words(self.words)
        if self.competency:
            # Its key, looked up first: a join by the slug would hide from PostgreSQL that the index is in order.
            found = found.filter(competency=Competency.objects.filter(slug=self.competency).values("pk")[:1])
        return found.filter(**self._fits)

    def drafts(self, user: User) -> QuestionVersionQuerySet:
        """The drafts that fit all that is asked for, where they are open to `user`."""
        found = drafts_readable_by(user).with_words(self.words)
        if self.competency:
            # Asked of each draft: a join would start from all questions of the competency, most of which have none.
            measures = Question.objects.filter(pk=OuterRef("question"), competency__slug=self.competency)
            found = found.filter(Exists(measures))
        return found.filter(**self._fits)

    def versions(self, user: User) -> QuestionVersionQuerySet:
        """The versions of all that is asked for, in no order."""
        if self.state == "drafts":
            return self.drafts(user)
        return QuestionVersion.objects.filter(pk__in=self.listed(user).order_by().values("version"))

    def page(self, user: User, asked: Mapping[str, Any], size: int) -> Page[Listing] | Page[QuestionVersion]:
        """One page of what is asked for, by title."""
        if self.state == "drafts":
            return page_of(self.drafts(user), BY_TITLE, asked, size)
        return page_of(self.listed(user), BY_TITLE, asked, size, whole=listings_readable_by(user))

    @property
    def _fits(self) -> dict[str, str]:
        return {column: value for column, value in (("level", self.level), ("kind", self.type)) if value}


@dataclass(frozen=True)
class Cells:
    """How many questions there are of each competency (by slug), level and type; with `is_least`, at least so many."""

    numbers: Mapping[tuple[str, str, str], int]
    is_least: bool = False

    def figure(self, wanted: Wanted) -> Figure:
        """How many of them fit the choices of `wanted`."""
        number = sum(self._counted(wanted).values())
        return Figure(min(number, COUNTED) if self.is_least else number, is_least=self.is_least)

    def along(self, name: str, wanted: Wanted) -> dict[str, Figure]:
        """For each value of the choice called `name`, how many there are under the other choices of `wanted`."""
        sums: Counter[str] = Counter()
        for cell, number in self._counted(wanted.but(**{name: ""})).items():
            sums[cell[CHOICES.index(name)]] += number
        return {value: Figure(number, is_least=self.is_least) for value, number in sums.items()}

    def _counted(self, wanted: Wanted) -> dict[tuple[str, str, str], int]:
        chosen = [getattr(wanted, name) for name in CHOICES]
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


@dataclass(frozen=True)
class Row:
    """One question as the list shows it."""

    version: QuestionVersion
    prompt: str
    look: str
    times_asked: int
    last_asked_at: datetime | None


@dataclass(frozen=True)
class Figures:
    """What the page says of numbers. `found` fits everything asked for; the heads count the bank without words."""

    facets: list[Facet]
    found: Figure
    published: Figure
    drafts: Figure


def figures(wanted: Wanted, user: User) -> Figures:
    """Facets, each counted under all other choices and the words. A fixed number of queries, none of which grows.

    Without words the figures are those that publishing keeps; with words, and of drafts, they stop at COUNTED.
    """
    (names, in_bank), words = _kept(), Wanted(words=wanted.words)
    if wanted.state == "drafts":
        cells = _counted_cells(words.drafts(user), "question__competency__slug")
    else:
        cells = _counted_cells(words.listed(user), "competency__slug") if wanted.words else in_bank
    fitting = counted(wanted.drafts(user))
    made = [
        _facet(_("Competency"), wanted, "competency", names.items(), cells),
        _facet(_("Level"), wanted, "level", Level.choices, cells),
        _facet(_("Type"), wanted, "type", Kind.choices, cells),
        _drafts_facet(wanted, fitting),
    ]
    return Figures(
        facets=[facet for facet in made if facet.choices],
        found=cells.figure(wanted),
        published=in_bank.figure(Wanted()),
        drafts=counted(drafts_readable_by(user)) if wanted.but(state="").narrows else fitting,
    )


def _kept() -> tuple[dict[str, str], Cells]:
    """The competencies' names by slug, in their order, and the figures that publishing keeps of each: one statement."""
    counts = ("listing_counts__level", "listing_counts__kind", "listing_counts__number")
    kept = list(Competency.objects.values_list("slug", "name", *counts))
    numbers = {(slug, level, kind): number for slug, _name, level, kind, number in kept if number}
    return {slug: name for slug, name, *_counts in kept}, Cells(numbers)


def _counted_cells(found: QuerySet[Any], competency: str) -> Cells:
    """The cells of the first of `found`, up to COUNTED; one more is looked at to know whether there are more."""
    some = found.model._default_manager.filter(pk__in=found.order_by(*BY_TITLE).values("pk")[: COUNTED + 1])
    cells = some.order_by().values_list(competency, "level", "kind").annotate(number=Count("pk"))
    numbers = {(slug, level, kind): number for slug, level, kind, number in cells}
    return Cells(numbers, is_least=sum(numbers.values()) > COUNTED)


def rows(found: Iterable[Listing | QuestionVersion], words: str) -> list[Row]:
    """What was found, as the list shows it; one line of the rubric stands for the rest, the first with one of `words`."""
    versions = (row.version if isinstance(row, Listing) else row for row in found)
    return [_row(version, words.casefold().split()) for version in versions]


def _row(version: QuestionVersion, words: list[str]) -> Row:
    lines = version.look_for_lines
    # Words may have been found in a fact only: then the fact shows why the question is here.
    hits = [line for line in (*lines, *lines_of(version.must_have)) if any(word in line.casefold() for word in words)]
    usage = getattr(version.question, "usage", None)
    return Row(
        version=version,
        prompt=fill_placeholders(version.prompt, version.placeholders),
        look=next(iter(hits or lines), ""),
        times_asked=usage.times_asked if usage else 0,
        last_asked_at=usage.last_asked_at if usage else None,
    )


def _facet(label: Promise, wanted: Wanted, name: str, options: Iterable[tuple[str, Any]], cells: Cells) -> Facet:
    """Choices that lead somewhere; all of them where the figures stop before the end, since any may."""
    chosen, figures = getattr(wanted, name), cells.along(name, wanted)
    choices = [
        Choice(
            label,
            figures.get(value, Figure(0, is_least=cells.is_least)),
            wanted.but(**{name: "" if value == chosen else value}).query,
            value == chosen,
        )
        for value, label in options
        if value in figures or value == chosen or cells.is_least
    ]
    return Facet(label, choices)


def _drafts_facet(wanted: Wanted, figure: Figure) -> Facet:
    is_chosen = wanted.state == "drafts"
    choice = Choice(_("Drafts"), figure, wanted.but(state="" if is_chosen else "drafts").query, is_chosen)
    return Facet(_("State"), [choice] if figure.number or figure.is_least or is_chosen else [])
