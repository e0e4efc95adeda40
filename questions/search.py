"""Finding questions: what the reader wants, what that leaves, and how many each further choice would leave."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.richtext import fill_placeholders, lines_of
from questions.models import Competency, Kind, Level, QuestionVersion
from questions.policies import drafts_readable_by, versions_readable_by


@dataclass(frozen=True)
class Wanted:
    """What the reader asks the bank for; empty means any. The names are those of the address, `q` apart."""

    words: str = ""
    competency: str = ""
    level: str = ""
    type: str = ""
    state: str = ""

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

    def found_by(self, user: User) -> QuerySet[QuestionVersion]:
        """Current versions, or drafts where those are wanted and open to `user`, that fit everything asked for."""
        readable = drafts_readable_by(user) if self.state == "drafts" else versions_readable_by(user).current()
        fits = {"question__competency__slug": self.competency, "level": self.level, "kind": self.type}
        found = readable.with_words(self.words).filter(**{column: value for column, value in fits.items() if value})
        return found.order_by("question__competency__name", "title", "pk")


@dataclass(frozen=True)
class Choice:
    """One line of a facet: what choosing it (or letting it go) leads to."""

    label: str | Promise
    count: int
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


def facets(wanted: Wanted, user: User) -> list[Facet]:
    """Each facet counted under all other choices and the words. A fixed number of queries."""
    names = list(Competency.objects.values_list("slug", "name"))
    drafts = wanted.but(state="drafts").found_by(user).count()
    made = [
        _facet(
            _("Competency"),
            wanted,
            "competency",
            names,
            _counts(wanted, user, "competency", "question__competency__slug"),
        ),
        _facet(_("Level"), wanted, "level", Level.choices, _counts(wanted, user, "level", "level")),
        _facet(_("Type"), wanted, "type", Kind.choices, _counts(wanted, user, "type", "kind")),
        _facet(_("State"), wanted, "state", [("drafts", _("Drafts"))], {"drafts": drafts}),
    ]
    return [facet for facet in made if facet.choices]


def rows(versions: Iterable[QuestionVersion], words: str) -> list[Row]:
    """`versions` as the list shows them; one line of the rubric stands for the rest, the first that has one of `words`."""
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


def _counts(wanted: Wanted, user: User, name: str, column: str) -> dict[str, int]:
    """How many of each value of `column` there are once the choice called `name` is let go."""
    found = wanted.but(**{name: ""}).found_by(user)
    return dict(found.order_by().values_list(column).annotate(count=Count("pk")))


def _facet(
    label: str | Promise, wanted: Wanted, name: str, options: Iterable[tuple[str, Any]], counts: dict[str, int]
) -> Facet:
    chosen = getattr(wanted, name)
    choices = [
        Choice(
            label, counts.get(value, 0), wanted.but(**{name: "" if value == chosen else value}).query, value == chosen
        )
        for value, label in options
        if counts.get(value) or value == chosen
    ]
    return Facet(label, choices)
