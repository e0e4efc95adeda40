"""Blueprints as files and as what a template stores: read whole and strictly, written so that they read back the same."""

import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError

from foundation.fields import refuse_unprintable
from foundation.lifecycle import Refused
from plans.blueprints import Blueprint, BlueprintItem, BlueprintSection, BlueprintStage, BlueprintWeight
from plans.kept import PlanTemplate
from plans.models import (
    LONGEST_ITEM,
    LONGEST_STAGE,
    MOST_INTERVIEWERS,
    MOST_ITEMS,
    MOST_STAGES,
    SHORTEST_STAGE,
    PlanCompetency,
    Role,
    Stage,
)
from plans.placeholders import PLACEHOLDER_LIMIT
from plans.weights import refuse_weight

# So many bytes a file may have; the largest plan has fewer.
MOST_BYTES = 128 * 1024
# A key of thousands of parts would keep the reader of TOML busy for minutes.
_MOST_DOTS = 200
_KNOWN = {
    "the file": ("name", "about", "title", "level", "placeholders", "competencies", "stages"),
    "competency": ("slug", "weight", "reason"),
    "stage": ("name", "kind", "minutes", "interviewers", "opening", "closing", "sections"),
    "section": ("competency", "questions"),
    "question": ("slug", "minutes", "warm_up"),
}


class BlueprintFault(Exception):
    """A blueprint cannot be taken: one sentence with the place and what is wrong there."""


def read_toml(told: bytes) -> Blueprint:
    """Out of a file like those in fixtures/plans. Raises BlueprintFault."""
    if len(told) > MOST_BYTES:
        raise BlueprintFault(f"the file: it has more than {MOST_BYTES // 1024} kB.")
    try:
        text = told.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise BlueprintFault("the file: it is not text in UTF-8.") from problem
    for number, line in enumerate(text.split("\n"), start=1):  # lines as TOML counts them
        if line.count(".") > _MOST_DOTS:
            raise BlueprintFault(f"the file: line {number} has more dots than a plan needs.")
    try:
        raw = tomllib.loads(text)
    except RecursionError as problem:
        raise BlueprintFault("the file: it is not a TOML file of this kind (too many brackets).") from problem
    except ValueError as problem:
        raise BlueprintFault(f"the file: it is not a TOML file ({problem}).") from problem
    return read_blueprint(raw)


def read_blueprint(raw: dict[str, Any]) -> Blueprint:
    """Out of what a TOML file or a stored template holds. Raises BlueprintFault for the first thing no plan could hold."""
    _refuse_shape(raw, "the file", "the file")
    found = Blueprint(
        name=_text(raw, "name", "the file"),
        about=_text(raw, "about", "the file"),
        title=_text(raw, "title", "the file"),
        level=_text(raw, "level", "the file"),
        placeholders={name: _text(raw["placeholders"], name, "placeholders") for name in raw.get("placeholders", {})},
        weights=tuple(_read_weight(told) for told in _tables(raw, "competencies", "the file")),
        stages=tuple(_read_stage(told) for told in _tables(raw, "stages", "the file")),
    )
    for fault in _faults(found):
        raise BlueprintFault(fault)
    return found


def _faults(found: Blueprint) -> Iterator[str]:
    """What a plan could not hold or no candidate should meet, whatever the bank has."""
    yield from _refusals(PlanTemplate(name=found.name, about=found.about), "the file")
    yield from _refusals(Role(title=found.title, level=found.level), "the file")
    yield from _twice("competency", [row.slug for row in found.weights])
    for row in found.weights:
        yield from _refusals(PlanCompetency(weight=row.weight, reason=row.reason), f"competency “{row.slug}”")
        try:
            refuse_weight(row.weight, row.reason)
        except Refused as problem:
            yield f"competency “{row.slug}”: {problem.sentence}"
    if not 1 <= len(found.stages) <= MOST_STAGES:
        yield f"the file: it needs from one to {MOST_STAGES} [[stages]]."
    if len(found.items) > MOST_ITEMS:
        yield f"the file: a plan holds at most {MOST_ITEMS} questions."
    yield from _twice("stage", [stage.name.casefold() for stage in found.stages])
    yield from _twice("question", [item.slug for item in found.items])
    for name, value in found.placeholders.items():
        if len(value) > PLACEHOLDER_LIMIT or "\n" in value:
            yield f"placeholder “{name}”: it is one line of at most {PLACEHOLDER_LIMIT} characters."
    for stage in found.stages:
        yield from _faults_of_stage(stage, {row.slug for row in found.weights})


def as_tables(found: Blueprint) -> dict[str, Any]:
    """The same as plain tables and texts: what `read_blueprint` takes."""
    return {
        "name": found.name,
        "about": found.about,
        "title": found.title,
        "level": found.level,
        "placeholders": found.placeholders,
        "competencies": [{"slug": row.slug, "weight": row.weight, "reason": row.reason} for row in found.weights],
        "stages": [
            {
                "name": stage.name,
                "kind": stage.kind,
                "minutes": stage.minutes,
                "interviewers": stage.interviewers,
                "opening": stage.opening,
                "closing": stage.closing,
                "sections": [
                    {"competency": section.competency, "questions": [_item_table(item) for item in section.items]}
                    for section in stage.sections
                ],
            }
            for stage in found.stages
        ],
    }


def as_toml(found: Blueprint) -> str:
    """A file like those in fixtures/plans, which `read_blueprint` takes back."""
    lines = [f"{name} = {_said(getattr(found, name))}" for name in ("name", "about", "title", "level")]
    if found.placeholders:
        lines += ["", "[placeholders]"]
        lines += [f"{_said(name)} = {_said(value)}" for name, value in found.placeholders.items()]
    for row in found.weights:
        lines += ["", "[[competencies]]", f"slug = {_said(row.slug)}", f"weight = {row.weight}"]
        lines += [f"reason = {_said(row.reason)}"] if row.reason else []
    for stage in found.stages:
        lines += ["", "[[stages]]", f"name = {_said(stage.name)}", f"kind = {_said(stage.kind)}"]
        lines += [f"minutes = {stage.minutes}", f"interviewers = {stage.interviewers}"]
        lines += [f"{name} = {_said(text)}" for name in ("opening", "closing") if (text := getattr(stage, name))]
        for section in stage.sections:
            lines += ["", "[[stages.sections]]", f"competency = {_said(section.competency)}", "questions = ["]
            lines += [f"  {_item_line(item)}," for item in section.items]
            lines += ["]"]
    return "\n".join([*lines, ""])


def _item_table(item: BlueprintItem) -> dict[str, Any]:
    return {"slug": item.slug, "minutes": item.minutes} | ({} if item.scored else {"warm_up": True})


def _item_line(item: BlueprintItem) -> str:
    return f"{{ slug = {_said(item.slug)}, minutes = {item.minutes}{'' if item.scored else ', warm_up = true'} }}"


def _said(text: str) -> str:
    """`text` as TOML writes it: with JSON's quotes and escapes, which are TOML's too; over several lines where it has some."""
    lines = [json.dumps(line, ensure_ascii=False)[1:-1] for line in text.split("\n")]
    return f'"{lines[0]}"' if len(lines) == 1 else '"""\n' + "\n".join(lines) + '"""'


def _read_weight(told: dict[str, Any]) -> BlueprintWeight:
    slug = _text(told, "slug", "competency")
    _refuse_shape(told, "competency", f"competency “{slug}”")
    reason = _text(told, "reason", f"competency “{slug}”")
    return BlueprintWeight(slug, _number(told, "weight", f"competency “{slug}”", 1), reason)


def _read_stage(told: dict[str, Any]) -> BlueprintStage:
    name = _text(told, "name", "stage")
    where = f"stage “{name}”"
    _refuse_shape(told, "stage", where)
    return BlueprintStage(
        name=name,
        kind=_text(told, "kind", where) or Stage.Kind.INTERVIEW.value,
        minutes=_number(told, "minutes", where),
        interviewers=_number(told, "interviewers", where, 1),
        opening=_text(told, "opening", where),
        closing=_text(told, "closing", where),
        sections=tuple(_read_section(section, where) for section in _tables(told, "sections", where)),
    )


def _read_section(told: dict[str, Any], where: str) -> BlueprintSection:
    _refuse_shape(told, "section", where)
    items = tuple(_read_item(item, where) for item in _tables(told, "questions", where))
    return BlueprintSection(_text(told, "competency", where), items)


def _read_item(told: dict[str, Any], where: str) -> BlueprintItem:
    slug = _text(told, "slug", where)
    _refuse_shape(told, "question", f"{where}, question “{slug}”")
    warm_up = told.get("warm_up", False)
    if not isinstance(warm_up, bool):
        raise BlueprintFault(f"{where}, question “{slug}”: “warm_up” must be true or false.")
    return BlueprintItem(slug, _number(told, "minutes", f"{where}, question “{slug}”"), not warm_up)


def _refuse_shape(told: dict[str, Any], kind: str, where: str) -> None:
    for name in sorted(told.keys() - set(_KNOWN[kind])):
        raise BlueprintFault(f"{where}: there is no field “{name}”.")
    if not isinstance(told.get("placeholders", {}), dict):
        raise BlueprintFault(f"{where}: “placeholders” must be a table of texts.")


def _text(told: dict[str, Any], name: str, where: str) -> str:
    text = told.get(name, "")
    if not isinstance(text, str):
        raise BlueprintFault(f"{where}: “{name}” must be text.")
    try:
        refuse_unprintable(name + text)
    except ValidationError as problem:
        raise BlueprintFault(f"{where}: “{name}”: {problem.messages[0]}") from problem
    return text.strip()


def _number(told: dict[str, Any], name: str, where: str, default: int | None = None) -> int:
    number = told.get(name, default)
    if not isinstance(number, int) or isinstance(number, bool):
        raise BlueprintFault(f"{where}: “{name}” must be a whole number.")
    return number


def _tables(told: dict[str, Any], name: str, where: str) -> list[dict[str, Any]]:
    tables = told.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise BlueprintFault(f"{where}: “{name}” must be a list of tables.")
    return tables


def _faults_of_stage(stage: BlueprintStage, weighed: set[str]) -> Iterator[str]:
    where = f"stage “{stage.name}”"
    columns = {name: getattr(stage, name) for name in ("name", "kind", "minutes", "interviewers", "opening", "closing")}
    yield from _refusals(Stage(position=1, **columns), where)
    if not SHORTEST_STAGE <= stage.minutes <= LONGEST_STAGE:
        yield f"{where}: “minutes” is from {SHORTEST_STAGE} to {LONGEST_STAGE}."
    if not 1 <= stage.interviewers <= MOST_INTERVIEWERS:
        yield f"{where}: “interviewers” is from 1 to {MOST_INTERVIEWERS}."
    yield from _twice(f"{where}, section", [section.competency for section in stage.sections])
    for section in stage.sections:
        if section.competency not in weighed:
            yield f"{where}: the competency “{section.competency}” is not among [[competencies]]."
        for item in section.items:
            if not 1 <= item.minutes <= LONGEST_ITEM:
                yield f"{where}, question “{item.slug}”: “minutes” is from 1 to {LONGEST_ITEM}."


def _refusals(row: PlanTemplate | Role | Stage | PlanCompetency, where: str) -> Iterator[str]:
    """What the columns of `row` themselves do not take, in their own words."""
    try:
        row.clean_fields(exclude=["plan", "competency", "content", "by"])
    except ValidationError as problem:
        field, sentences = next(iter(problem.message_dict.items()))
        yield f"{where}: “{field}”: {sentences[0]}"


def _twice(what: str, names: list[str]) -> Iterator[str]:
    yield from (f"{what} “{name}”: it is there twice." for name, count in Counter(names).items() if count > 1)
