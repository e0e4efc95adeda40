"""Finding questions: what the reader wants, and one page of what that leaves. The facets beside it: `questions/facets.py`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.addresses import key_of
from foundation.paging import COUNTED, Figure, Page, counted, page_of
from foundation.richtext import fill_placeholders, in_words, lines_of
from questions.listing import number_in_use
from questions.models import (
    Competency,
    Kind,
    Level,
    Listing,
    ListingQuerySet,
    Question,
    QuestionVersion,
    QuestionVersionQuerySet,
    Rank,
    Usage,
)
from questions.policies import all_listings_readable_by, drafts_readable_by
from questions.sought import Sought

BY_TITLE = ("title", "pk")
# By the name in the address: what it is called, and the least and most minutes.
LENGTHS = {
    "5": (_("up to 5 minutes"), 0, 5),
    "10": (_("6 to 10 minutes"), 6, 10),
    "20": (_("11 to 20 minutes"), 11, 20),
    "more": (_("more than 20 minutes"), 21, 240),
}
USED, NEVER = "yes", "no"
USES = {USED: _("asked at least once"), NEVER: _("never asked")}
STATES = {"resting": _("resting"), "retired": _("retired"), "drafts": _("drafts")}
PER_PAGE = 25


@dataclass(frozen=True)
class Wanted:
    """What the reader asks the bank for; empty means any. The names are those of the address, `words` apart (`q`)."""

    words: str = ""
    competency: str = ""
    level: str = ""
    type: str = ""
    minutes: str = ""
    used: str = ""
    state: str = ""

    @classmethod
    def of(cls, said: Mapping[str, str]) -> Self:
        """What an address says, by the names that stand there."""
        return cls(words=said.get("q", ""), **{name: said.get(name, "") for name in CHOICES})

    @property
    def pairs(self) -> dict[str, str]:
        """What an address says of it."""
        said = {"q": self.words} | {name: getattr(self, name) for name in CHOICES}
        return {name: value for name, value in said.items() if value}

    @property
    def query(self) -> str:
        """The same as the end of an address."""
        return f"?{urlencode(self.pairs)}" if self.pairs else ""

    @property
    def told(self) -> str:
        """The same for a reader."""
        labels: dict[str, Any] = {**dict(Level.choices), **dict(Kind.choices), **USES, **STATES}
        labels |= {name: label for name, (label, *_span) in LENGTHS.items()}
        words = f"“{self.words}”" if self.words else ""
        # A competency's slug is its first name, which says enough here.
        said = [words, self.competency.replace("-", " ")]
        said += [
            str(labels.get(value, value)) for value in (self.level, self.type, self.minutes, self.used, self.state)
        ]
        return " · ".join(filter(None, said))

    @property
    def narrows(self) -> bool:
        return bool(self.pairs)

    @property
    def is_kept(self) -> bool:
        """Whether publishing keeps how many there are, so that nobody has to count."""
        return not (self.words or self.minutes or self.used or self.state)

    @property
    def only_words(self) -> Self:
        return type(self)(words=self.words)

    def but(self, **changes: str) -> Self:
        return replace(self, **changes)

    def found(self, user: User) -> ListingQuerySet | QuestionVersionQuerySet:
        """All that is asked for, as `user` may read it, in no order."""
        return self.drafts(user) if self.state == "drafts" else self.listed(user)

    def listed(self, user: User) -> ListingQuerySet:
        """What the bank's list holds of all that is asked for: what is in use, unless another state is named."""
        found = _of_state(self.state, user).with_words(self.words)
        if self.competency:
            # Its key, looked up first: a join by the slug would hide from PostgreSQL that the index is in order.
            found = found.filter(competency=Competency.objects.filter(slug=self.competency).values("pk")[:1])
        return found.filter(*self._fits("version__"))

    def drafts(self, user: User) -> QuestionVersionQuerySet:
        """The drafts that fit all that is asked for, where they are open to `user`."""
        found = drafts_readable_by(user).with_words(self.words)
        if self.competency:
            # Asked of each draft: a join would start from all questions of the competency, most of which have none.
            measures = Question.objects.filter(pk=OuterRef("question"), competency__slug=self.competency)
            found = found.filter(Exists(measures))
        return found.filter(*self._fits(""))

    def look(self, user: User, asked: Mapping[str, Any], size: int) -> "Finding":
        """The page of what is asked for that `asked` names: the best answers first, or by title where no word is sought."""
        found, is_draft = self.found(user), self.state == "drafts"
        whole = drafts_readable_by(user) if is_draft else all_listings_readable_by(user)
        terms = Sought.of(self.words).terms
        if terms:
            rank = Rank("indexed__words" if is_draft else "version__indexed__words", terms)
            return _ranked(found.order_by(rank, *BY_TITLE), whole, asked, size)
        page = page_of(found, BY_TITLE, asked, size, whole=whole)
        return Finding(page, self._number(found) if self.narrows else None)

    def versions(self, user: User) -> QuestionVersionQuerySet:
        """The versions of all that is asked for, in no order."""
        if self.state == "drafts":
            return self.drafts(user)
        return QuestionVersion.objects.filter(pk__in=self.listed(user).order_by().values("version"))

    def _number(self, found: QuerySet[Any]) -> Figure:
        return Figure.of(number_in_use(self.competency, self.level, self.type)) if self.is_kept else counted(found)

    def _fits(self, version: str) -> Iterator[Q]:
        """The choices but that of competency; `version` is the path to it."""
        if self.level:
            yield Q(level=self.level)
        if self.type:
            yield Q(kind=self.type)
        if self.minutes:
            _label, *span = LENGTHS.get(self.minutes, ("", 0, 0))
            yield Q(**{f"{version}minutes__range": span})
        if self.used:
            is_used = Exists(Usage.objects.filter(question=OuterRef("question"), times_asked__gt=0))
            yield {USED: Q(is_used), NEVER: ~Q(is_used)}.get(self.used, Q(pk__in=[]))


CHOICES = tuple(field.name for field in fields(Wanted) if field.name != "words")


@dataclass(frozen=True)
class Finding:
    """One page, and how many there are on all pages, which is not counted where nothing is asked for."""

    page: Page[Any]
    found: Figure | None = None


def _of_state(state: str, user: User) -> ListingQuerySet:
    listings = all_listings_readable_by(user)
    return {"resting": listings.resting, "retired": listings.retired}.get(state, listings.in_bank)()


def _ranked(found: QuerySet[Any], whole: QuerySet[Any], asked: Mapping[str, Any], size: int) -> Finding:
    """A page of `found`, which is in order, out of its first COUNTED rows: beyond, nobody looks for an answer.

    As in every list a page is the rows after one, or before it. Where that row is not found any more, it is the first.
    """
    keys = list(found.values_list("pk", flat=True)[: COUNTED + 1])
    number, start = min(len(keys), COUNTED), 0
    after, before = (key_of(str(asked.get(name, ""))) for name in ("after", "before"))
    if after in keys:
        start = keys.index(after) + 1
    elif before in keys:
        start = max(keys.index(before) - size, 0)
    chosen = keys[start : min(start + size, number)]
    by_key = {row.pk: row for row in whole.filter(pk__in=chosen)}
    rows = [by_key[key] for key in chosen if key in by_key]
    page = Page(rows, str(chosen[0]) if start else "", str(chosen[-1]) if start + size < number else "")
    return Finding(page, Figure(number, is_least=len(keys) > COUNTED))


@dataclass(frozen=True)
class Row:
    """One question as the list shows it."""

    version: QuestionVersion
    prompt: str
    look: str
    times_asked: int
    last_asked_at: datetime | None


def rows(found: Iterable[Listing | QuestionVersion], words: str) -> list[Row]:
    """What was found, as the list shows it; one line of the rubric stands for the rest, the first with one of `words`."""
    versions = (row.version if isinstance(row, Listing) else row for row in found)
    sought = Sought.of(words)
    return [_row(version, sought) for version in versions]


def _row(version: QuestionVersion, sought: Sought) -> Row:
    lines = version.look_for_lines
    # Words may have been found in a fact only: then the fact shows why the question is here.
    rubric = (version.look_for, version.must_have, version.red_flags)
    hits = (line for text in rubric for line in lines_of(in_words(text)))
    usage = getattr(version.question, "usage", None)
    return Row(
        version=version,
        prompt=in_words(fill_placeholders(version.prompt, version.placeholders)),
        look=next((line for line in hits if sought.stands_in(line)), in_words(next(iter(lines), ""))),
        times_asked=usage.times_asked if usage else 0,
        last_asked_at=usage.last_asked_at if usage else None,
    )
