"""Question records as scripts have them, read for the rubric rules: whole or with parts missing, from a file or the house."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from questions.content import LISTS, PARTS, TEXTS, Content
from questions.duplicates import Known, twins
from questions.findings import Finding
from questions.lint import TOO_ALIKE, as_asked, lint, too_alike
from questions.models import QuestionVersion
from questions.overrides import is_overruled, reasons_in
from questions.parts import all_overruled

# Where a file and the database call one thing by two names, the file's come first.
_NAMES = {"kind": ("type", "kind"), "material": ("candidate_material", "material")}


class Unreadable(Exception):
    """The file holds no question records: one sentence that says why."""


@dataclass(frozen=True)
class Linted:
    """A finding, and of which record: its slug, where it has one, and its place, counted from 1."""

    slug: str
    number: int
    finding: Finding

    def as_record(self) -> dict[str, Any]:
        return {
            "slug": self.slug,
            "number": self.number,
            "rule": self.finding.rule,
            "severity": self.finding.severity,
            "field": self.finding.field,
            "sentence": str(self.finding.sentence),
        }

    def __str__(self) -> str:
        return f"{self.slug or self.number}: {self.finding.rule} {self.finding.field}: {self.finding.sentence}"


def lint_file(path: Path) -> list[Linted]:
    """What the rules find in the records of a TOML or JSON file, but for what they say was overruled with a reason.

    Unreadable where there are none.
    """
    records = _records(path)
    told = [record.get("overruled", []) for record in records]
    reasons = [reasons_in(each) if all_overruled(each) else {} for each in told]
    found = _linted([(_text(record.get("slug")), content_of(record), _has_competency(record)) for record in records])
    return [one for one in found if not is_overruled(one.finding, reasons[one.number - 1])]


def lint_house() -> list[Linted]:
    """What the rules find in the current versions, in the order of slugs, but for what was overruled with a reason."""
    versions = sorted(
        QuestionVersion.objects.current().select_related("question").prefetch_related(*PARTS, "overrides"),
        key=lambda version: version.question.slug,
    )
    overruled = {
        (number, kept.rule, kept.field)
        for number, version in enumerate(versions, start=1)
        for kept in version.overrides.all()
        if kept.reason
    }
    found = _linted([(version.question.slug, Content.of(version), True) for version in versions])
    for number, version in enumerate(versions, start=1):
        found += [Linted(version.question.slug, number, finding) for finding in as_asked(version)]
    left = (one for one in found if (one.number, one.finding.rule, one.finding.field) not in overruled)
    return sorted(left, key=lambda one: one.number)


def content_of(record: Mapping[str, Any]) -> Content:
    """What a record says, as far as it can be read: what is missing or of another shape is left out."""
    read = {name: next((record[key] for key in _NAMES.get(name, (name,)) if key in record), "") for name in _READ}
    fields: dict[str, Any] = {name: _text(value) for name, value in read.items()}
    fields["tags"] = ", ".join(record["tags"]) if isinstance(record.get("tags"), list) else fields["tags"]
    fields["minutes"] = record.get("minutes")
    probes = record.get("probes", [])
    return Content.made_of(fields, _anchors(record.get("anchors")), _text(probes).splitlines())


_READ = (*TEXTS, *LISTS, "kind", "level")


def _records(path: Path) -> list[Mapping[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        read = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
    except (OSError, UnicodeDecodeError, ValueError) as problem:
        raise Unreadable(_("%(path)s cannot be read: %(why)s.") % {"path": path, "why": problem}) from problem
    shelf = read.get("competency", "") if isinstance(read, dict) else ""
    if isinstance(read, dict):
        read = read.get("question", read.get("questions", [read] if "prompt" in read else []))
    if not isinstance(read, list) or not all(isinstance(record, dict) for record in read) or not read:
        raise Unreadable(_("%(path)s holds no list of question records.") % {"path": path})
    return [{"competency": shelf, **record} if shelf else record for record in read]


def _has_competency(record: Mapping[str, Any]) -> bool:
    return bool(record.get("competency"))


def _linted(said: Iterable[tuple[str, Content, bool]]) -> list[Linted]:
    said = list(said)
    nothing = Known([], Known.rows_of([]))
    alike = twins([content.fields.get("prompt", "") for _slug, content, _has in said], nothing, limit=1)
    found = []
    for number, ((slug, content, has_competency), twin) in enumerate(zip(said, alike, strict=True), start=1):
        findings = lint(content)
        if not has_competency:
            findings = [Finding("E1", "competency", _("The competency is missing.")), *findings]
        if twin and twin[0].similarity > TOO_ALIKE and twin[0].place is not None:
            slug_of, other, _has = said[twin[0].place]
            findings.append(too_alike(other.fields.get("title") or slug_of or str(twin[0].place + 1)))
        found += [Linted(slug, number, finding) for finding in findings]
    return found


def _anchors(said: Any) -> dict[int, str]:
    """Anchors by level from a table of levels, or from a list of five or of tables with level and text."""
    pairs: Iterable[tuple[Any, Any]] = []
    if isinstance(said, dict):
        pairs = said.items()
    elif isinstance(said, list):
        pairs = (
            (one.get("level"), one.get("behaviour", one.get("text"))) if isinstance(one, dict) else (place, one)
            for place, one in enumerate(said, start=1)
        )
    return {int(level): _text(text) for level, text in pairs if str(level) in {"1", "2", "3", "4", "5"}}


def _text(value: Any) -> str:
    """`value` as text, a list as its lines; nothing where it is neither."""
    if isinstance(value, list):
        return "\n".join(str(one).replace("\n", " ") for one in value if isinstance(one, str | int | float))
    return str(value) if isinstance(value, str | int | float) else ""
