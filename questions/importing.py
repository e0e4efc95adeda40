"""What importing a question would do, and doing it: drafts of new questions, and new versions of those that came from here."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from foundation.fields import tidy
from questions.actions import free_slug, make_competency, save_draft, slug_stem, start_draft
from questions.content import PARTS, Content, content_of, fault_of, sentence_of
from questions.duplicates import Twin, known, twins
from questions.guessing import Guesser, kind_in, level_in
from questions.intake.found import Found
from questions.models import Competency, Kind, Level, Question, QuestionVersion
from questions.newcomers import Newcomer, carry_reasons, draft_new
from questions.overrides import Reasons, reasons_in

LONGEST_TITLE = 60
_LONGEST_LIST = 3000
_MINUTES = 8


class Fate(StrEnum):
    """What importing the row would do."""

    NEW = "new"
    NEXT = "next"
    SAME = "same"
    FAULTY = "faulty"


@dataclass(frozen=True)
class Planned:
    """One row as it would be written. `sentence` says why it would not, or what is worth knowing of it.

    `new_competency` is the name of the competency where that is made with it, and `definition` its definition.
    """

    found: Found
    fate: Fate
    slug: str
    competency: str
    content: Content
    sentence: str = ""
    number: int = 1
    source_ids: Sequence[str] = ()
    reasons: Reasons = field(default_factory=dict)
    new_competency: str = ""
    definition: str = ""
    twins: Sequence[Twin] = field(default=())

    @property
    def will_be_written(self) -> bool:
        return self.fate in {Fate.NEW, Fate.NEXT}


def plan(found: Sequence[Found], *, with_twins: bool = True) -> list[Planned]:
    """What importing each of `found` would do. Nothing is written; the statements do not grow with the rows."""
    planner = _Planner(found)
    planned = [planner.plan(one) for one in found]
    if not with_twins:
        return planned
    alike = twins([one.found.prompt for one in planned], known())
    return [replace(one, twins=tuple(found)) for one, found in zip(planned, alike, strict=True)]


@transaction.atomic
def import_drafts(*, planned: Iterable[Planned], by: User | None) -> list[QuestionVersion]:
    """Write every row that can be written as a draft, in this order. Nothing is published."""
    rows = [one for one in planned if one.will_be_written]
    competencies = {one.slug: one for one in Competency.objects.filter(slug__in={row.competency for row in rows})}
    for row in rows:
        if (slug := row.competency) not in competencies:
            competencies[slug] = make_competency(name=row.new_competency, definition=row.definition, by=by, slug=slug)
    new = [row for row in rows if row.fate is Fate.NEW]
    made = draft_new(
        newcomers=[
            Newcomer(competencies[row.competency], row.slug, row.source_ids, row.content, row.number, row.reasons)
            for row in new
        ],
        by=by,
    )
    drafts = dict(zip((row.slug for row in new), made, strict=True))
    for row in rows:
        if row.fate is Fate.NEXT:
            drafts[row.slug] = _next_version(row, by)
    return [drafts[row.slug] for row in rows]


def _next_version(row: Planned, by: User | None) -> QuestionVersion:
    draft = start_draft(question=Question.objects.get(slug=row.slug), by=by)
    said = row.content
    save_draft(version=draft, fields=said.fields, anchors=said.anchors, probes=said.probes, samples=said.samples, by=by)
    carry_reasons([(draft, said, row.reasons)])
    return draft


class _Planner:
    """What the bank knows already, read once."""

    def __init__(self, found: Sequence[Found]) -> None:
        self.guesser = Guesser.of_the_bank()
        names = list(Competency.objects.values_list("slug", "name"))
        self.competencies = {slug for slug, _named in names}
        self.by_name = {name.casefold(): slug for slug, name in names}
        self.new_slugs: dict[str, str] = {}
        self.slugs = set(Question.objects.values_list("slug", flat=True))
        titles = QuestionVersion.objects.values_list("title", "question__slug")
        self.titles = {title.casefold(): slug for title, slug in titles}
        asked = [slug for one in found if isinstance(slug := one.said.get("slug"), str) and slug in self.slugs]
        versions = QuestionVersion.objects.select_related("question__competency").prefetch_related(*PARTS)
        newest = versions.filter(question__slug__in=asked).order_by("number") if asked else versions.none()
        self.newest = {version.question.slug: version for version in newest}

    def plan(self, found: Found) -> Planned:
        said = {**found.said, **_guided(found), "prompt": found.prompt}
        try:
            said |= self._labelled(found, said)
        except ValueError as problem:
            guess = self.guesser.competency(found.prompt, found.heading, found.guidance)
            return Planned(found, Fate.FAULTY, "", guess, content_of({}), str(problem))
        if version := self.newest.get(str(said.get("slug", ""))):
            return self._again(found, said, version)
        said["title"] = self._title(said, found.prompt)
        content = content_of(said)
        slug = self._slug(said)
        if fault := fault_of(slug, content):
            return Planned(found, Fate.FAULTY, slug, said["competency"], content, fault)
        number, reasons = said.get("version", 1), reasons_in(said.get("overruled", []))
        return Planned(
            found,
            Fate.NEW,
            slug,
            said["competency"],
            content,
            said.get("remark", ""),
            number,
            said.get("source_ids", []),
            reasons,
            said["new_competency"],
            said.get("definition", ""),
        )

    def _again(self, found: Found, said: Mapping[str, Any], version: QuestionVersion) -> Planned:
        """A question that is in the bank under the same slug."""
        stands = Content.of(version)
        content = content_of({"title": version.title, **said})
        slug, competency = version.question.slug, version.question.competency.slug
        if content.says_the_same(stands):
            sentence = _("It is in the bank already, word for word.")
            return Planned(found, Fate.SAME, slug, competency, content, sentence)
        if not version.is_published:
            sentence = _("“%(slug)s” has a draft already. Publish or finish that one first.") % {"slug": slug}
            return Planned(found, Fate.FAULTY, slug, competency, content, sentence)
        if fault := fault_of(slug, content):
            return Planned(found, Fate.FAULTY, slug, competency, content, fault)
        if self.titles.get(content.fields["title"].casefold(), slug) != slug:
            sentence = _("title: There is already another question with this title.")
            return Planned(found, Fate.FAULTY, slug, competency, content, sentence)
        sentence = _("It is in the bank already, in other words: these become the draft of its next version.")
        reasons = reasons_in(said.get("overruled", []))
        return Planned(found, Fate.NEXT, slug, competency, content, sentence, reasons=reasons)

    def _labelled(self, found: Found, said: Mapping[str, Any]) -> dict[str, Any]:
        """Labels as the bank knows them, guessed where none was given. ValueError in words for one that is no such."""
        told = str(said.get("level", ""))
        level = level_in(told) if told else level_in(found.heading) or Level.INTERMEDIATE.value
        if not level:
            raise ValueError(
                _("level: “%(told)s” is none of ours (beginner, intermediate, advanced).") % {"told": told}
            )
        told = str(said.get("type", ""))
        kind = kind_in(told) if told else kind_in(found.prompt) or kind_in(found.heading) or Kind.KNOWLEDGE.value
        if not kind:
            choices = ", ".join(Kind.values)
            raise ValueError(_("type: “%(told)s” is none of ours (%(choices)s).") % {"told": told, "choices": choices})
        minutes = said.get("minutes", _MINUTES)
        if not isinstance(minutes, int):
            raise ValueError(_("minutes: “%(told)s” is no number.") % {"told": minutes})  # noqa: TRY004  # a person's slip
        number = said.get("version", 1)
        if not isinstance(number, int) or not 1 <= number <= 9999:
            raise ValueError(_("version: “%(told)s” is no number of a version.") % {"told": number})
        review_by = date.fromisoformat(said["review_by"]) if isinstance(said.get("review_by"), str) else None
        return {
            "level": level,
            "type": kind,
            "minutes": minutes,
            "review_by": review_by,
            **self._competency(found, said),
        }

    def _competency(self, found: Found, said: Mapping[str, Any]) -> dict[str, str]:
        told, own = str(said.get("competency", "")).strip(), str(said.get("new_competency", ""))
        name = str(said.get("competency_name", "")).strip()
        if known := self._known(told, own, name):
            return {"competency": known, "new_competency": ""}
        is_slug = told and said.get("slug") and slugify(told) == told
        if own or is_slug:
            new = self._new_competency(told, own or name or _name_of(told), said.get("competency_definition", ""))
            remark = _("The competency “%(told)s” is made with it.") % {"told": new.name}
            return {
                "competency": new.slug,
                "new_competency": new.name,
                "definition": new.definition,
                "remark": remark,
            }
        told = told or name
        guess = self.guesser.competency(found.prompt, f"{found.heading} {told}", found.guidance)
        if not guess:
            raise ValueError(_("There is no competency yet. Make one first, then import."))
        remark = _("There is no competency “%(told)s” here, so this is a guess.") % {"told": told} if told else ""
        return {"competency": guess, "new_competency": "", "remark": remark}

    def _known(self, told: str, own: str, name: str) -> str:
        """The competency of the bank that is meant, by its slug or else by its name; empty where it is to be made."""
        if told in self.competencies:
            return told
        names = [own] if own else [name, told, _name_of(told)]
        return next((self.by_name[one.casefold()] for one in names if one.casefold() in self.by_name), "")

    def _new_competency(self, told: str, name: str, definition: str) -> Competency:
        """One to be made, the same for every row that tells its slug or its name. ValueError where it could not be kept."""
        slug = told if told in self.new_slugs.values() else self.new_slugs.get(name.casefold(), "")
        if not slug:
            slug = free_slug(told or slug_stem(name, "competency"), {*self.competencies, *self.new_slugs.values()})
            self.new_slugs[name.casefold()] = slug
        new = Competency(slug=slug, name=tidy(name), definition=tidy(definition))
        try:
            new.clean_fields()
        except ValidationError as problem:
            raise ValueError(f"competency_{sentence_of(problem)}") from problem
        return new

    def _title(self, said: Mapping[str, Any], prompt: str) -> str:
        """The title told, else the beginning of the prompt; one that no other question has."""
        title = str(said.get("title", "")).strip() or shortened(prompt)
        free, count = title, 1
        while free.casefold() in self.titles:
            count += 1
            free = f"{title[: LONGEST_TITLE - 6].rstrip()} ({count})"
        self.titles[free.casefold()] = str(said.get("slug", ""))
        return free

    def _slug(self, said: Mapping[str, Any]) -> str:
        slug = free_slug(str(said.get("slug", "")) or slug_stem(said["title"], "question"), self.slugs)
        self.slugs.add(slug)
        return slug


def shortened(prompt: str) -> str:
    """The beginning of `prompt` as a title: whole words, without marks of Markdown."""
    plain = re.sub(r"[*_`#]+", "", " ".join(prompt.split()))
    plain = re.sub(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]", "", plain)
    if len(plain) <= LONGEST_TITLE:
        return plain
    whole = plain[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] if " " in plain[:LONGEST_TITLE] else plain[: LONGEST_TITLE - 1]
    return f"{whole.rstrip(' ,;:.–—-')}…"


def _guided(found: Found) -> dict[str, Any]:
    """Guidance as parts of a record: lines to look for, or, with code, a table or at length, an answer written out."""
    lines = [re.sub(r"^\s*[-*]\s+", "", line).strip() for line in found.guidance.splitlines() if line.strip()]
    if not lines or found.said.get("look_for") == lines:
        return {}
    is_rich = "```" in found.guidance or any(line.startswith("|") for line in lines)
    if not is_rich and not found.said.get("look_for") and len("\n".join(lines)) <= _LONGEST_LIST:
        return {"look_for": lines}
    answers = found.said.get("sample_answers", {})
    return {"sample_answers": {"5": found.guidance, **answers}}


def _name_of(slug: str) -> str:
    return slug.replace("-", " ").capitalize()
