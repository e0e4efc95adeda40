"""The starter bank: one TOML file per competency (fixtures/bank/README.md), read whole and checked before a row is written."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from foundation.lifecycle import Refused
from questions.actions import RESERVED, make_competency, publish_version, save_draft, start_draft
from questions.content import LISTS, PARTS, TEXTS, Content, content_of, fault_of, sentence_of
from questions.lint import errors, lint
from questions.models import LEVELS, Competency, Question, QuestionVersion
from questions.newcomers import Newcomer, publish_new
from questions.overrides import Reasons, is_overruled, reasons_in
from questions.parts import all_overruled

_STRINGS = ("slug", "type", "level", *(name for name in TEXTS if name != "tags"))
_ENTRIES = ("source_ids", "tags", "probes", *LISTS)
_KNOWN = {*_STRINGS, *_ENTRIES, "minutes", "review_by", "anchors", "sample_answers", "placeholders", "overruled"}
_SCALE = {str(level) for level in LEVELS}


class BankFault(Exception):
    """A file of the bank cannot be taken: one sentence with the file, the question and what is wrong. Nothing was written."""


@dataclass(frozen=True)
class Entry:
    """One question of a file."""

    slug: str
    source_ids: list[str]
    content: Content
    reasons: Reasons


@dataclass(frozen=True)
class Shelf:
    """One file: a competency and its questions."""

    file: str
    slug: str
    name: str
    definition: str
    entries: list[Entry]


@dataclass(frozen=True)
class Loaded:
    """What a load did, in questions."""

    competencies: int
    new: int
    changed: int
    unchanged: int
    kept: int

    def __str__(self) -> str:
        total = self.new + self.changed + self.unchanged + self.kept
        return (
            f"Bank: {total} questions in {self.competencies} competencies "
            f"({self.new} new, {self.changed} changed, {self.unchanged} unchanged, {self.kept} kept as edited)"
        )


def read_bank(folder: Path) -> list[Shelf]:
    """Every file of `folder`, by name. Raises BankFault for the first thing that a version in the bank could not hold."""
    shelves = [_read_file(path) for path in sorted(folder.glob("*.toml"))]
    if not shelves:
        raise BankFault(f"{folder}: there is no .toml file here.")
    for what, slugs in [
        ("competency", [(shelf.file, shelf.slug) for shelf in shelves]),
        ("question", [(shelf.file, entry.slug) for shelf in shelves for entry in shelf.entries]),
    ]:
        count = Counter(slug for _, slug in slugs)
        for file, slug in reversed(slugs):
            if count[slug] > 1:
                raise BankFault(f"{file}, {what} “{slug}”: this slug is used twice in the bank.")
    return shelves


@transaction.atomic
def load_bank(folder: Path) -> Loaded:
    """Put the files into the bank. What already stands as the file says is not written again.

    A changed record becomes a new published version. A question that a person has reworded or retired is left alone,
    and a competency, once made, keeps the words that people gave it. Raises BankFault, with nothing written.
    """
    shelves = read_bank(folder)
    newest = _newest_versions([entry.slug for shelf in shelves for entry in shelf.entries])
    known = {competency.slug: competency for competency in Competency.objects.all()}
    outcomes: Counter[str] = Counter()
    newcomers: list[Newcomer] = []
    for shelf in shelves:
        try:
            competency = known.get(shelf.slug) or make_competency(
                name=shelf.name, definition=shelf.definition, by=None, slug=shelf.slug
            )
        except Refused as problem:
            raise BankFault(f"{shelf.file}, competency “{shelf.slug}”: {problem.sentence}") from problem
        for entry in shelf.entries:
            if version := newest.get(entry.slug):
                outcomes[_load_again(shelf, entry, competency, version)] += 1
            else:
                newcomers.append(
                    Newcomer(competency, entry.slug, entry.source_ids, entry.content, reasons=entry.reasons)
                )
    if newcomers:
        publish_new(newcomers=newcomers, by=None)
    outcomes["new"] = len(newcomers)
    return Loaded(len(shelves), *(outcomes[outcome] for outcome in ("new", "changed", "unchanged", "kept")))


def _newest_versions(slugs: list[str]) -> dict[str, QuestionVersion]:
    found = QuestionVersion.objects.filter(question__slug__in=slugs).select_related("question").prefetch_related(*PARTS)
    return {version.question.slug: version for version in found.order_by("number")}


def _load_again(shelf: Shelf, entry: Entry, competency: Competency, newest: QuestionVersion) -> str:
    """What became of a question that is in the bank already."""
    question = newest.question
    if question.competency_id != competency.pk:
        raise BankFault(
            f"{shelf.file}, question “{entry.slug}”: it is in the bank under another competency and cannot move."
        )
    if newest.author_id is not None or question.retired_at:
        return "kept"
    same_sources = question.source_ids == entry.source_ids
    if not same_sources:
        Question.objects.filter(pk=question.pk).update(source_ids=entry.source_ids)
    if entry.content.says_the_same(Content.of(newest)):
        return "unchanged" if same_sources else "changed"
    draft = start_draft(question=question, by=None)
    said = entry.content
    save_draft(
        version=draft, fields=said.fields, anchors=said.anchors, probes=said.probes, samples=said.samples, by=None
    )
    publish_version(version=draft, by=None, reasons=entry.reasons)
    return "changed"


def _read_file(path: Path) -> Shelf:
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        head = read["competency"]
        competency = Competency(slug=head["slug"], name=head["name"], definition=head.get("definition", ""))
        competency.clean_fields()
        records: list[dict[str, Any]] = read.get("question", [])
        return Shelf(
            path.name,
            competency.slug,
            competency.name,
            competency.definition,
            [_read_entry(path.name, record) for record in records],
        )
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise BankFault(f"{path.name}: this is not a TOML file in UTF-8 ({problem}).") from problem
    except (KeyError, TypeError, AttributeError) as problem:
        raise BankFault(
            f"{path.name}: it needs a [competency] with slug and name, and [[question]] tables ({problem})."
        ) from problem
    except ValidationError as problem:
        raise BankFault(f"{path.name}, competency: {sentence_of(problem)}") from problem


def _read_entry(file: str, record: dict[str, Any]) -> Entry:
    slug = str(record.get("slug", ""))
    faults = [*_faults_of_shape(record)]
    if not faults:
        content = content_of(record)
        reasons = reasons_in(record.get("overruled", []))
        faults = [*_faults_of_content(slug, content, reasons)]
        if not faults:
            return Entry(slug, record.get("source_ids", []), content, reasons)
    raise BankFault(f"{file}, question “{slug}”: {faults[0]}")


def _faults_of_shape(record: dict[str, Any]) -> Iterator[str]:
    yield from (f"there is no field “{name}”." for name in sorted(record.keys() - _KNOWN))
    yield from (f"“{name}” must be text." for name in _STRINGS if not isinstance(record.get(name, ""), str))
    for name in _ENTRIES:
        entries = record.get(name, [])
        if not isinstance(entries, list) or not all(isinstance(entry, str) and "\n" not in entry for entry in entries):
            yield f"“{name}” must be a list of one-line texts."
    if not all_overruled(record.get("overruled", [])):
        yield "“overruled” must be a list of tables with rule, field and reason."
    for name, keys in (("anchors", _SCALE), ("sample_answers", _SCALE), ("placeholders", None)):
        pairs = record.get(name, {})
        if not isinstance(pairs, dict) or not all(isinstance(text, str) for text in pairs.values()):
            yield f"“{name}” must be a table of texts."
        elif keys and pairs.keys() - keys:
            yield f"“{name}” may name the levels 1 to 5 only."


def _faults_of_content(slug: str, content: Content, reasons: Reasons) -> Iterator[str]:
    if slug in RESERVED:
        yield "this slug is the address of another page."
    if fault := fault_of(slug, content):
        yield fault
    wrong = (finding for finding in errors(lint(content)) if not is_overruled(finding, reasons))
    yield from (f"{finding.field}: {finding.sentence}" for finding in wrong)
