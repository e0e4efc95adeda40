"""Cells: pasted out of a spreadsheet, from a file with delimiters, or from a workbook."""

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from foundation.fields import UNPRINTABLE
from questions.intake.columns import Sheet, guessed_columns, sheet_of
from questions.intake.found import Unreadable

MOST_ROWS = 20_000
MOST_COLUMNS = 500
MOST_UNPACKED = 60 * 1024 * 1024
MOST_PACKING = 200
_DELIMITERS = "\t;,|"
_HARMLESS = re.compile("^'+[=+\\-@\t\r＝＋－＠]")
# A list copied out of a word processor has a tab behind each mark.
_LIST_MARK = re.compile(r"^\s*(\(?\d{1,3}[.)]|[a-zA-Z][.)]|[o§•·▪◦●○■–-])\s*$")
_Rows = Sequence[tuple[int, Sequence[str]]]


def sheet_in(text: str, *, is_named: bool) -> Sheet | None:
    """The table in `text`; None where it is none. `is_named` says that its name calls it one."""
    try:
        best, width = max(((_mark, _common_width(text, _mark)) for _mark in _DELIMITERS), key=lambda pair: pair[1][1])
    except Unreadable:
        if is_named:
            raise
        return None
    columns, share = width
    if not is_named and not _is_evident(text, best, columns, share):
        return None
    if columns < 2 or share < 0.3:
        rows: _Rows = [(line, [words]) for line, words in enumerate(text.split("\n"), start=1)]
    else:
        rows = list(_rows_of(text, best))
    return sheet_of(_bounded(rows))


def sheets_in_workbook(told: bytes) -> list[Sheet]:
    """Every sheet with anything in it, at least one. Values stand for formulas; macros are never read."""
    try:
        with zipfile.ZipFile(io.BytesIO(told)) as archive:
            notes = _looked_over(archive)
            has_formulas = any(_has_formula(archive, name) for name in archive.namelist())
        return _read_workbook(told, notes, has_formulas=has_formulas)
    except Unreadable:
        raise
    except Exception as problem:  # a broken or hostile workbook fails in any of many libraries' ways
        raise Unreadable(_("This workbook is damaged, so it could not be read. Save it anew, or as .csv.")) from problem


def freed(cell: str) -> str:
    """A cell without the mark that our own export puts before what a spreadsheet would take for a formula."""
    return cell[1:] if _HARMLESS.match(cell) else cell


def _common_width(text: str, mark: str) -> tuple[int, float]:
    """(columns, share of rows that have so many) if `mark` parts the cells."""
    widths = Counter[int]()
    for place, (_line, cells) in enumerate(_rows_of(text[:200_000], mark)):
        if any(cells):
            widths[len(cells)] += 1
        if place > 300:
            break
    if not widths:
        return 1, 0.0
    several = {columns: rows for columns, rows in widths.items() if columns > 1}
    if not several:
        return 1, 0.0
    columns = max(several, key=lambda one: (several[one], one))
    return columns, several[columns] / widths.total()


def _is_evident(text: str, mark: str, columns: int, share: float) -> bool:
    if columns < 2 or share < 0.5:
        return False
    if mark == "\t":
        marks = [
            bool(_LIST_MARK.match(cells[0])) for _line, cells in _rows_of(text[:20_000], mark) if len(cells) == columns
        ]
        if columns == 2 and sum(marks) > len(marks) * 0.8:
            return False
        return share > 0.7 or text.split("\n", 1)[0].count("\t") + 1 == columns
    head = sheet_of([*_rows_of(text[:20_000], mark)][:20])
    named = [part for place, part in guessed_columns(head).items() if head.headings[place]]
    return "prompt" in named and len(named) > 1 and not head.headings[0].startswith("|") and mark != "|"


def _rows_of(text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    line = 1
    try:
        for row, cells in enumerate(reader, start=1):
            yield row, [freed(cell) for cell in cells]
            line = reader.line_num + 1
    except csv.Error as problem:
        sentence = _("A cell that begins in line %(line)s never ends: look for a quotation mark that is not closed.")
        raise Unreadable(sentence % {"line": line}) from problem


def _bounded(rows: _Rows) -> _Rows:
    if len(rows) > MOST_ROWS + 1:
        sentence = _("This has %(rows)s rows; at most %(most)s are read at once. Split it and try again.")
        raise Unreadable(sentence % {"rows": len(rows), "most": MOST_ROWS})
    if rows and max(len(cells) for _line, cells in rows) > MOST_COLUMNS:
        sentence = _("This has more than %(most)s columns. Copy those with the questions into a sheet of their own.")
        raise Unreadable(sentence % {"most": MOST_COLUMNS})
    return rows


def _looked_over(archive: zipfile.ZipFile) -> list[str]:
    """What is worth saying of the workbook; Unreadable where it is none, or would unpack to too much."""
    parts = archive.infolist()
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if unpacked > MOST_UNPACKED or (unpacked > 1024 * 1024 and unpacked > MOST_PACKING * max(packed, 1)):
        most = MOST_UNPACKED // 1024 // 1024
        sentence = _(
            "This file would unpack to %(size)s MB; at most %(most)s MB are opened, and no file packed so tightly."
        )
        raise Unreadable(sentence % {"size": -(-unpacked // 1024 // 1024), "most": most})
    names = {part.filename for part in parts}
    if "word/document.xml" in names:
        raise Unreadable(
            _("This is a Word document. Copy its text and paste it, or save it as plain text or as a web page.")
        )
    if "xl/workbook.xml" not in names:
        raise Unreadable(_("This is an archive, not a workbook. Unpack it and give the file inside."))
    has_macros = any(name.endswith("vbaProject.bin") for name in names)
    return (
        [_("The workbook has macros. They were neither read nor run; only its cells were taken.")] if has_macros else []
    )


def _has_formula(archive: zipfile.ZipFile, name: str) -> bool:
    if not name.startswith("xl/worksheets/"):
        return False
    before = b""
    with archive.open(name) as part:
        while chunk := part.read(1024 * 1024):
            if re.search(rb"<f[ >]", before[-4:] + chunk):
                return True
            before = chunk
    return False


def _read_workbook(told: bytes, notes: list[str], *, has_formulas: bool) -> list[Sheet]:
    formulas = _cells(told, data_only=False) if has_formulas else {}
    sheets = []
    for name, values in _cells(told, data_only=True).items():
        rows, about = [(line, [_text(cell) for cell in cells]) for line, cells in values], [*notes]
        if name in formulas:
            rows, count = _with_formulas(rows, formulas[name])
            sentence = _(
                "%(count)s cells hold formulas: what they last came to was taken, or else their text. None was run."
            )
            about += [sentence % {"count": count}] if count else []
        bounded = _bounded([(line, [freed(cell) for cell in cells]) for line, cells in rows])
        sheets.append(replace(sheet_of(bounded, about), name=name))
    if not sheets:
        raise Unreadable(_("There is nothing in this workbook: every sheet is empty."))
    return sheets


def _cells(told: bytes, *, data_only: bool) -> dict[str, list[tuple[int, tuple[Any, ...]]]]:
    """The rows of each sheet that has any, by its name. Unreadable where there are too many in all."""
    from openpyxl import load_workbook  # noqa: PLC0415  # takes a moment that only workbooks should cost

    book = load_workbook(io.BytesIO(told), read_only=True, data_only=data_only, keep_links=False)
    found, left = {}, MOST_ROWS + 1
    try:
        for page in book.worksheets:
            rows = [*_filled(page, left + 1)]
            left -= len(rows)
            if left < 0:
                sentence = _(
                    "This has more than %(most)s rows, which is as many as are read at once. Split it and try again."
                )
                raise Unreadable(sentence % {"most": MOST_ROWS})
            if rows:
                found[str(page.title)] = rows
    finally:
        book.close()
    return found


def _filled(page: Any, most: int) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Up to `most` rows of a sheet that have anything in them, each with its number."""
    rows = enumerate(page.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1, max_row=MOST_ROWS * 10), start=1)
    filled = ((line, cells) for line, cells in rows if any(cell is not None for cell in cells))
    for line, cells in islice(filled, most):
        width = max(at for at, cell in enumerate(cells, start=1) if cell is not None)
        yield line, cells[:width]


def _with_formulas(rows: list[tuple[int, list[str]]], formulas: Sequence[tuple[int, tuple[Any, ...]]]) -> tuple[list[tuple[int, list[str]]], int]:  # fmt: skip
    """The rows with a formula's own text where no value of it is known, and how many formulas there are."""
    known = dict(rows)
    count = 0
    merged = []
    for line, cells in formulas:
        values = known.get(line, [""] * len(cells))
        for place, cell in enumerate(cells):
            if isinstance(cell, str) and cell.startswith("="):
                count += 1
                if place < len(values) and not values[place]:
                    values[place] = cell
        merged.append((line, values))
    return merged, count


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return UNPRINTABLE.sub("", str(cell).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n"))
