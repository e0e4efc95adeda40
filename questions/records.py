"""A question as a plain record, the shape in which the bank leaves the house: texts, numbers, lists and tables only."""

import json
from collections.abc import Sequence
from typing import TypedDict

from foundation.richtext import lines_of
from questions.content import PARTS, Content
from questions.models import QuestionVersion, QuestionVersionQuerySet
from questions.overrides import Overruled, overruled_of


class Record(TypedDict):
    """All that one published version says. Levels are the keys "1" to "5", those that are written; dates are ISO 8601."""

    slug: str
    version: int
    title: str
    competency: str
    competency_name: str
    competency_definition: str
    level: str
    type: str
    tags: list[str]
    minutes: int
    prompt: str
    candidate_material: str
    purpose: str
    look_for: list[str]
    must_have: list[str]
    nice_to_have: list[str]
    scoring_note: str
    anchors: dict[str, str]
    probes: list[str]
    red_flags: list[str]
    references: list[str]
    source_ids: list[str]
    sample_answers: dict[str, str]
    placeholders: dict[str, str]
    review_by: str | None
    change_note: str
    overruled: list[Overruled]


def published_records(competency: str = "") -> list[Record]:
    """The bank as it stands: the current version of every question, or of those of one competency, in the order of slugs.

    Retired questions are left out. Five statements, however many there are.
    """
    versions = QuestionVersion.objects.current()
    if competency:
        versions = versions.filter(question__competency__slug=competency)
    return records_of(versions)


def drafted_records(competency: str = "") -> list[Record]:
    """Every draft, likewise."""
    drafts = QuestionVersion.objects.filter(published_at=None, question__retired_at=None)
    return records_of(drafts.filter(question__competency__slug=competency) if competency else drafts)


def records_of(versions: QuestionVersionQuerySet) -> list[Record]:
    """What each of `versions` says, in the order of slugs. Five statements, however many there are."""
    # Sorted here, because databases disagree on where a hyphen stands.
    whole = versions.select_related("question__competency").prefetch_related(*PARTS, "overrides")
    return sorted((record_of(version) for version in whole), key=lambda record: record["slug"])


def record_of(version: QuestionVersion) -> Record:
    """What `version` says; nothing is asked where its question, competency, PARTS and overrides were fetched with it."""
    content, question = Content.of(version), version.question
    measured = question.competency
    return Record(
        slug=question.slug,
        version=version.number,
        title=version.title,
        competency=measured.slug, competency_name=measured.name, competency_definition=measured.definition,
        level=version.level,
        type=version.kind,
        tags=version.tag_list,
        minutes=version.minutes,
        prompt=version.prompt,
        candidate_material=version.material,
        purpose=version.purpose,
        look_for=lines_of(version.look_for),
        must_have=lines_of(version.must_have), nice_to_have=lines_of(version.nice_to_have),
        scoring_note=version.scoring_note,
        anchors={str(level): content.anchors[level] for level in sorted(content.anchors)},
        probes=list(content.probes),
        red_flags=lines_of(version.red_flags),
        references=lines_of(version.references),
        source_ids=question.source_ids,
        sample_answers={str(level): content.samples[level] for level in sorted(content.samples)},
        placeholders=dict(sorted(version.placeholders.items())),
        review_by=version.review_by.isoformat() if version.review_by else None,
        change_note=version.change_note,
        overruled=overruled_of(version),
    )  # fmt: skip


def as_json(records: Sequence[Record]) -> str:
    """The same records always give the same text, which ends in a line feed."""
    return json.dumps(records, ensure_ascii=False, indent=2) + "\n"
