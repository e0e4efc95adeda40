"""The columns of a sheet: which holds what, and the questions in its rows."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from questions.intake.asking import asks, asks_outright
from questions.intake.found import Form, Found, Haul, LeftOut
from questions.parts import PARTS, record_in

# A part of a record, or "guidance": whatever is told of an answer without saying at which level.
Columns = dict[int, str]
CHOICES = ("prompt", "guidance", *(part for part in PARTS if part not in {"prompt", "version"}))
_KNOWN = {
    "prompt": "question|questions|prompt|interview question|question text|stem|ask|what to ask|main question",
    "guidance": "guidance|answer|answers|what to look for|what to listen for|listen for|looking for|what we look for|what good looks like|notes|note|comments|comment|rubric|expected answer|model answer|sample answer|ideal answer|explanation|evaluation|criteria|hints",
    "anchor_5": "good answer|great answer|strong answer|excellent answer|best answer|good|great|excellent|strong|exceptional|5|level 5|score 5|rating 5|good response|strong response",
    "anchor_4": "4|level 4|score 4|rating 4",
    "anchor_3": "average answer|ok answer|okay answer|acceptable answer|medium answer|sound|average|acceptable|3|level 3|score 3|rating 3|sound answer",
    "anchor_2": "2|level 2|score 2|rating 2",
    "anchor_1": "bad answer|poor answer|weak answer|wrong answer|bad|poor|weak|insufficient|1|level 1|score 1|rating 1|bad response|weak response",
    "competency": "competency|competence|skill|skills|category|topic|area|theme|dimension|attribute|subject",
    "level": "level|difficulty|seniority|experience",
    "type": "type|kind|question type|format",
    "minutes": "minutes|min|mins|time|duration|time minutes",
    "title": "title|short title|name|short name|label",
    "tags": "tags|tag|keywords|labels",
    "probes": "probes|probe|follow up|follow ups|followup|follow up questions|probing questions",
    "red_flags": "red flags|red flag|warning signs|watch out",
    "references": "references|reference|source|sources|link|links|url",
    "purpose": "purpose|why|why we ask|rationale|intent|goal",
    "candidate_material": "material|brief|context|case",
    "must_have": "must have|must have facts|key points|facts",
}  # fmt: skip
_BY_HEADING = {heading: part for part, headings in _KNOWN.items() for heading in headings.split("|")}
_BY_HEADING |= {part.replace("_", " "): part for part in PARTS}
_SHOWN = 160


@dataclass(frozen=True)
class Sheet:
    """A table as it was given: `headings`, made up where it has none, and rows with the number of each.

    `name` is that of a sheet of a workbook.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    notes: tuple[str, ...] = ()
    name: str = ""

    @property
    def signature(self) -> str:
        """The same for every sheet with these headings, whatever its rows: 64 hexadecimal characters."""
        return hashlib.sha256("\x1f".join(_plain(heading) for heading in self.headings).encode()).hexdigest()


def sheet_of(rows: Sequence[tuple[int, Sequence[str]]], notes: Sequence[str] = ()) -> Sheet:
    """`rows` with their first taken for headings, unless it is a question itself."""
    filled = [(line, tuple(cells)) for line, cells in rows if any(cell.strip() for cell in cells)]
    if not filled:
        return Sheet((), ())
    _line, first = filled[0]
    is_asked = any(asks_outright(cell) and len(cell.split()) > 2 for cell in first)
    is_known = any(_plain(cell) in _BY_HEADING for cell in first)
    is_headed = not is_asked and (is_known or not any(asks(cell) for cell in first))
    if is_headed and len(filled) > 1:
        return Sheet(first, tuple(filled[1:]), tuple(notes))
    width = max(len(cells) for _line, cells in filled)
    made_up = tuple(_("Column %(number)s") % {"number": number} for number in range(1, width + 1))
    return Sheet(made_up, tuple(filled), tuple(notes))


def likeliest(sheets: Sequence[Sheet]) -> int:
    """The place of the first that seems to hold questions, the first of all where none does."""
    return next((place for place, sheet in enumerate(sheets) if "prompt" in guessed_columns(sheet).values()), 0)


def not_read(sheets: Sequence[Sheet], chosen: int) -> list[LeftOut]:
    """The other sheets of a workbook of which one was read."""
    why = _("another sheet of this workbook, not read: it has %(rows)s rows")
    return [
        LeftOut(
            _("sheet “%(name)s”") % {"name": sheet.name},
            " | ".join(sheet.headings)[:_SHOWN],
            why % {"rows": len(sheet.rows)},
        )
        for place, sheet in enumerate(sheets)
        if place != chosen
    ]


def guessed_columns(sheet: Sheet) -> Columns:
    """What each column seems to hold: by its heading, else by what stands in it. No part is told twice."""
    columns: Columns = {}
    for place, heading in enumerate(sheet.headings):
        part = _BY_HEADING.get(_plain(heading), "")
        if part and part not in columns.values():
            columns[place] = part
    if "prompt" not in columns.values():
        _guess_from_cells(sheet, columns)
    return columns


def _guess_from_cells(sheet: Sheet, columns: Columns) -> None:
    sample = [cells for _line, cells in sheet.rows[:200]]
    width = range(len(sheet.headings))
    asking = {
        at: sum(asks_outright(cells[at]) for cells in sample if at < len(cells)) for at in width if at not in columns
    }
    best = max(asking, key=lambda at: asking[at], default=None)
    if best is None or asking[best] * 3 < len(sample):
        return
    columns[best] = "prompt"
    lengths = {
        at: sum(len(cells[at]) for cells in sample if at < len(cells))
        for at in width
        if at not in columns and at > best
    }
    longest = max(lengths, key=lambda at: lengths[at], default=None)
    if "guidance" not in columns.values() and longest is not None and lengths[longest] > 20 * len(sample):
        columns[longest] = "guidance"


def questions_in(sheet: Sheet, columns: Mapping[int, str]) -> Haul:
    """The question of every row; rows that hold none are left out with the reason."""
    found: list[Found] = []
    left_out = [LeftOut("", "", note) for note in sheet.notes]
    for line, cells in sheet.rows:
        where = _("row %(row)s") % {"row": line}
        shown = " | ".join(cell for cell in cells if cell.strip())[:_SHOWN]
        said = {part: cells[at] for at, part in columns.items() if at < len(cells)}
        if len(_trimmed(cells)) > len(sheet.headings):
            why = _("it has %(cells)s cells, but there are only %(columns)s columns with a heading")
            why %= {"cells": len(_trimmed(cells)), "columns": len(sheet.headings)}
            left_out.append(LeftOut(where, shown, why))
        elif not said.get("prompt", "").strip():
            left_out.append(LeftOut(where, shown, _("there is no question in it")))
        else:
            found.append(_found(len(found) + 1, where, said))
    return Haul(Form.SHEET, found, left_out)


def found_in_rows(rows: Sequence[Sequence[str]]) -> list[Found]:
    """The questions of a table inside an article; none where it has no column of them."""
    sheet = sheet_of([(place, [*row]) for place, row in enumerate(rows, start=1)])
    columns = guessed_columns(sheet)
    if "prompt" not in columns.values():
        return []
    found = questions_in(sheet, columns).found
    return found if sum(asks(one.prompt) for one in found) * 2 > len(found) else []


def _found(number: int, where: str, said: Mapping[str, str]) -> Found:
    parts = record_in({part: text for part, text in said.items() if part not in {"prompt", "guidance"}})
    guidance = said.get("guidance", "").strip() or "\n".join(parts.get("look_for", []))
    return Found(number, said["prompt"].strip(), guidance, where, said=parts)


def _trimmed(cells: Sequence[str]) -> list[str]:
    width = max((at for at, cell in enumerate(cells, start=1) if cell.strip()), default=0)
    return list(cells[:width])


def _plain(heading: str) -> str:
    return " ".join(re.findall(r"\w+", heading.casefold().replace("_", " ")))
