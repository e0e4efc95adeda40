"""JSON: our own export, or any list of objects that have a question in them."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from foundation.fields import UNPRINTABLE
from questions.intake.columns import Columns, guessed_columns, sheet_of
from questions.intake.found import Form, Found, Haul, LeftOut, Unreadable
from questions.intake.sheets import MOST_ROWS
from questions.parts import LISTS, PARTS, all_overruled, record_in

_TABLES = ("anchors", "sample_answers", "placeholders")
_SHOWN = 160


def objects_in(text: str) -> list[Any] | None:
    """The list of what stands in `text`; None where it is no JSON."""
    try:
        told = _printable(json.loads(text))
    except (ValueError, RecursionError):
        return None
    if isinstance(told, dict):
        lists = [value for value in told.values() if isinstance(value, list)]
        told = lists[0] if len(lists) == 1 else [told]
    return told if isinstance(told, list) else None


def _printable(told: Any) -> Any:
    """The same without characters that no database keeps and nobody can see."""
    if isinstance(told, str):
        return UNPRINTABLE.sub("", told)
    if isinstance(told, list):
        return [_printable(one) for one in told]
    return {_printable(name): _printable(one) for name, one in told.items()} if isinstance(told, dict) else told


def questions_of_objects(told: list[Any]) -> Haul:
    if len(told) > MOST_ROWS:
        sentence = _("This has %(rows)s rows; at most %(most)s are read at once. Split it and try again.")
        raise Unreadable(sentence % {"rows": len(told), "most": MOST_ROWS})
    found: list[Found] = []
    left_out = []
    for place, one in enumerate(told, start=1):
        where = _("entry %(number)s") % {"number": place}
        record = {"prompt": one} if isinstance(one, str) else one
        shown = json.dumps(one, ensure_ascii=False)[:_SHOWN]
        if not isinstance(record, Mapping):
            left_out.append(LeftOut(where, shown, _("it is no object with a question in it")))
        elif problem := _fault(said := _said(record)):
            left_out.append(LeftOut(where, shown, problem))
        else:
            prompt, guidance = said.pop("prompt"), said.pop("guidance", "")
            guidance = guidance or "\n".join(said.get("look_for", []))
            found.append(Found(len(found) + 1, prompt, guidance, where, said=said))
    if not found and not left_out:
        raise Unreadable(_("There is nothing in this: the list is empty."))
    return Haul(Form.RECORDS, found, left_out)


def _said(record: Mapping[str, Any]) -> dict[str, Any]:
    """The parts under our own names, whatever the object calls them."""
    own = {name: value for name, value in record.items() if name in {*PARTS, *_TABLES} and value is not None}
    others = {str(name): value for name, value in record.items() if name not in {*PARTS, *_TABLES}}
    texts = {
        name: "\n".join(map(str, value)) if isinstance(value, list) else str(value) for name, value in others.items()
    }
    sheet = sheet_of([(1, [*texts]), (2, [*texts.values()])])
    columns: Columns = guessed_columns(sheet) if sheet.headings == tuple(texts) else {}
    cells = {part: [*texts.values()][place] for place, part in columns.items()}
    guidance = cells.pop("guidance", "")
    said = {**record_in(cells), **own}
    return said | ({"guidance": guidance} if guidance else {})


def _fault(said: Mapping[str, Any]) -> str:
    if not isinstance(said.get("prompt"), str) or not said["prompt"].strip():
        return _("there is no question in it")
    for name, value in said.items():
        if name in {*LISTS, "tags"}:
            is_sound = isinstance(value, list) and all(isinstance(entry, str) for entry in value)
        elif name in _TABLES:
            is_sound = isinstance(value, dict) and all(isinstance(entry, str) for entry in value.values())
        elif name == "overruled":
            is_sound = all_overruled(value)
        else:
            is_sound = isinstance(value, int if name in {"minutes", "version"} else str)
        if not is_sound:
            return _("“%(name)s” is not written as an export of ours would write it") % {"name": name}
    return ""
