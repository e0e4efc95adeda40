"""A part of the bank on paper. A document first; PDF and page to print render the same one."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from printing.document import canonical_json, digest_of
from questions.models import QuestionVersionQuerySet
from questions.printed import PrintedQuestion, printed

# A question of the starter bank takes a quarter of a second to set, and the printer gives a document thirty.
MOST_QUESTIONS = 60


@dataclass(frozen=True)
class BookletPart:
    competency: str
    definition: str
    questions: tuple[PrintedQuestion, ...]


@dataclass(frozen=True)
class Booklet:
    """`has_drafts`: of what is not in the bank yet."""

    parts: tuple[BookletPart, ...]
    has_drafts: bool

    @cached_property
    def digest(self) -> str:
        return digest_of(canonical_json(self))

    @property
    def count(self) -> int:
        return sum(len(part.questions) for part in self.parts)


def booklet_of(versions: QuestionVersionQuerySet) -> Booklet:
    """`versions` by competency and title, placeholders filled with their defaults, in three queries however many there are."""
    whole = versions.select_related("question__competency").prefetch_related("anchors", "probes")
    ordered = sorted(whole, key=lambda one: (one.question.competency.name, one.title.casefold(), one.pk))
    numbered = list(enumerate(ordered, start=1))
    parts = []
    for competency, found in groupby(numbered, key=lambda pair: pair[1].question.competency):
        questions = tuple(printed(v, number, v.placeholders, minutes=v.minutes) for number, v in found)
        parts.append(BookletPart(competency.name, competency.definition, questions))
    return Booklet(tuple(parts), any(not version.is_published for version in ordered))
