"""The bank, or a part of it, as a file: whole in every format, so that an import reads back what was written."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from questions.intake.plain import ours_of
from questions.parts import PARTS, cells_of, heading_of
from questions.records import Record, as_json

# What a spreadsheet would take for a formula, with its wide twins; and our own mark, so that it can be told apart.
_DANGEROUS = re.compile("^'*[=+\\-@\t\r＝＋－＠]")


@dataclass(frozen=True)
class Format:
    """How records become a file. The same records always give the same rows."""

    write: Callable[[Sequence[Record]], bytes]
    media_type: str
    suffix: str


def harmless(cell: str) -> str:
    """The cell with an apostrophe before what would be run. `freed` of the import takes it off again."""
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def as_csv(records: Sequence[Record]) -> bytes:
    """UTF-8 with a mark, which Excel wants; a row for each question, a column for each part."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_headings(), *_rows(records)])
    return text.getvalue().encode("utf-8-sig")


def as_workbook(records: Sequence[Record]) -> bytes:
    """The same cells, every one of them text."""
    from openpyxl import Workbook  # noqa: PLC0415  # takes a moment that only workbooks should cost
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = Workbook(write_only=True)
    page = book.create_sheet("Questions")
    page.freeze_panes = "A2"
    for row in [_headings(), *_rows(records)]:
        cells = []
        for text in row:
            cell = WriteOnlyCell(page, text)
            cell.data_type = "s"
            cells.append(cell)
        page.append(cells)
    told = io.BytesIO()
    book.save(told)
    return told.getvalue()


def as_markdown(records: Sequence[Record]) -> bytes:
    return ours_of(cells_of(record) for record in records).encode()


def _headings() -> list[str]:
    return [heading_of(part) for part in PARTS]


def _rows(records: Sequence[Record]) -> list[list[str]]:
    return [[harmless(text) for text in cells_of(record).values()] for record in records]


FORMATS = {
    "json": Format(lambda records: as_json(records).encode(), "application/json", "json"),
    "csv": Format(as_csv, "text/csv; charset=utf-8", "csv"),
    "xlsx": Format(as_workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "md": Format(as_markdown, "text/markdown; charset=utf-8", "md"),
}
