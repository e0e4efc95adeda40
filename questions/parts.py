"""The parts of a record as cells of one row: what each column is called, how it is written, and how it is read back."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from foundation.richtext import lines_of

SCALE = ("1", "2", "3", "4", "5")
LISTS = ("look_for", "must_have", "nice_to_have", "red_flags", "probes", "references", "source_ids")
# In the order of the columns; a record with these parts is whole.
PARTS = (
    "slug", "version", "title", "competency", "level", "type", "tags", "minutes", "prompt", "candidate_material",
    "purpose", "look_for", "must_have", "nice_to_have", "red_flags", "scoring_note",
    *(f"anchor_{level}" for level in reversed(SCALE)), "probes", "references", "source_ids",
    *(f"sample_answer_{level}" for level in reversed(SCALE)), "placeholders", "review_by", "change_note", "overruled",
    "competency_name", "competency_definition",
)  # fmt: skip
_OF_SCALE = re.compile(r"^(anchor|sample_answer)_([1-5])$")
# What is told of a finding that was overruled, and how long each may be.
_LONGEST = {"rule": 4, "field": 20, "reason": 600}
_OVERRULED = re.compile(r"^([EW]\d) (\w+): (.*)$")
_LABELS = {"slug", "competency", "competency_name", "level", "type", "review_by", "title"}
_TABLES = {"anchor": "anchors", "sample_answer": "sample_answers"}


def heading_of(part: str) -> str:
    """What the column is called."""
    return part.replace("_", " ").capitalize()


def cells_of(record: Mapping[str, Any]) -> dict[str, str]:
    """Every part of `record` as text; lists one entry a line. Empty where the record says nothing."""
    return {part: _cell(record, part) for part in PARTS}


def record_in(cells: Mapping[str, str]) -> dict[str, Any]:
    """The parts that are written in `cells`, as a record holds them. ValueError says in words what cannot be read."""
    record: dict[str, Any] = {}
    for part, text in cells.items():
        if not text.strip():
            continue
        if found := _OF_SCALE.match(part):
            record.setdefault(_TABLES[found[1]], {})[found[2]] = text
        else:
            record[part] = _value(part, text)
    return record


def all_overruled(told: Any) -> bool:
    """Whether `told` is a list of what was overruled, each with rule, field and reason as they can be kept."""
    return isinstance(told, list) and all(
        isinstance(one, dict)
        and one.keys() == _LONGEST.keys()
        and all(isinstance(text, str) and len(text) <= _LONGEST[name] for name, text in one.items())
        for one in told
    )


def _cell(record: Mapping[str, Any], part: str) -> str:
    if found := _OF_SCALE.match(part):
        return str(record.get(_TABLES[found[1]], {}).get(found[2], ""))
    value = record.get(part)
    if part in LISTS:
        return "\n".join(value or [])
    if part == "tags":
        return ", ".join(value or [])
    if part == "placeholders":
        return "\n".join(f"{name} = {default}" for name, default in (value or {}).items())
    if part == "overruled":
        return "\n".join(_told(one) for one in value or [])
    return "" if value is None else str(value)


def _value(part: str, text: str) -> Any:
    if part in LISTS:
        return lines_of(text)
    if part == "tags":
        return [tag.strip() for tag in re.split(r"[,;\n]", text) if tag.strip()]
    if part == "placeholders":
        return dict(_pair(line) for line in lines_of(text))
    if part == "overruled":
        return _overruled(text)
    if part in {"minutes", "version"}:
        found = re.match(r"\s*(\d{1,4})(\.0+)?\b", text)
        return int(found[1]) if found else text.strip()
    return text.strip() if part in _LABELS else text


def _told(one: Mapping[str, str]) -> str:
    """Further lines of the reason stand in by two spaces."""
    return f"{one['rule']} {one['field']}: " + one["reason"].replace("\n", "\n  ")


def _overruled(text: str) -> list[dict[str, str]]:
    told: list[dict[str, str]] = []
    for line in text.split("\n"):
        if found := _OVERRULED.match(line):
            told.append({"rule": found[1], "field": found[2], "reason": found[3]})
        elif told and (line.startswith("  ") or not line):
            told[-1]["reason"] += f"\n{line[2:]}"
        elif line.strip():
            raise ValueError(_("overruled: “%(line)s” is not of the form “E5 prompt: reason”.") % {"line": line[:80]})
    return told


def _pair(line: str) -> tuple[str, str]:
    name, _equals, default = line.partition("=")
    return name.strip(), default.strip()
