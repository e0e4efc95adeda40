"""A part of the bank on paper. A document first; PDF and page to print render the same one."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from foundation.richtext import fill_placeholders, lines_of
from printing.document import canonical_json, digest_of
from questions.content import PARTS, Content
from questions.models import QuestionVersion, QuestionVersionQuerySet

# A question of the starter bank takes a quarter of a second to set, and the printer gives a document thirty.
MOST_QUESTIONS = 60


@dataclass(frozen=True)
class BookletQuestion:
    """One question, its placeholders filled with their defaults."""

    number: int
    title: str
    version: int
    kind: str
    level: str
    minutes: int
    prompt: str
    material: str
    purpose: str
    look_for: tuple[str, ...]
    must_have: tuple[str, ...]
    nice_to_have: tuple[str, ...]
    red_flags: tuple[str, ...]
    scoring_note: str
    anchors: tuple[tuple[int, str], ...]
    probes: tuple[str, ...]


@dataclass(frozen=True)
class BookletPart:
    competency: str
    definition: str
    questions: tuple[BookletQuestion, ...]


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
    """`versions` by competency and title, in four queries however many there are."""
    whole = versions.select_related("question__competency").prefetch_related(*PARTS)
    ordered = sorted(whole, key=lambda one: (one.question.competency.name, one.title.casefold(), one.pk))
    numbered = list(enumerate(ordered, start=1))
    parts = []
    for competency, found in groupby(numbered, key=lambda pair: pair[1].question.competency):
        questions = tuple(_question(number, version) for number, version in found)
        parts.append(BookletPart(competency.name, competency.definition, questions))
    return Booklet(tuple(parts), any(not version.is_published for version in ordered))


def _question(number: int, version: QuestionVersion) -> BookletQuestion:
    content = Content.of(version)

    def said(text: str) -> str:
        return fill_placeholders(text, version.placeholders)

    def said_lines(text: str) -> tuple[str, ...]:
        return tuple(lines_of(said(text)))

    return BookletQuestion(
        number=number,
        title=version.title,
        version=version.number,
        kind=str(version.get_kind_display()),
        level=str(version.get_level_display()),
        minutes=version.minutes,
        prompt=said(version.prompt),
        material=said(version.material),
        purpose=said(version.purpose),
        look_for=said_lines(version.look_for),
        must_have=said_lines(version.must_have),
        nice_to_have=said_lines(version.nice_to_have),
        red_flags=said_lines(version.red_flags),
        scoring_note=said(version.scoring_note),
        anchors=tuple((level, said(text)) for level, text in content.scale if text),
        probes=tuple(said(probe) for probe in content.probes),
    )
